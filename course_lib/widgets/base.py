"""What all widgets share: the picture, the still copy, the controls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets

from course_lib.svg import BLUE, Picture
from course_lib.text import Text

CELL = "1 / 1 / 2 / 2"  # the one cell of the stage
# Large enough for the back row; ipywidgets' own default is 13 px.
_STYLE = f"""<style>
.course-touch {{ --jp-widgets-font-size: 18px;
  --jp-widgets-inline-height: 34px; }}
.course-touch .widget-readout {{ min-width: 2.2em; }}
.course-touch .course-over button {{ background: transparent; border: 0;
  padding: 0; margin: 0; min-width: 0; min-height: 0; line-height: 0;
  box-shadow: none; }}
.course-touch .course-over button:hover,
.course-touch .course-over button:focus-visible {{
  outline: 3px solid {BLUE}; outline-offset: -1px; }}
.course-touch .jupyter-button.mod-active {{ outline: 2px solid currentColor;
  font-weight: bold; }}
</style>"""
_WORDS = {
    "step": Text("step", "ステップ"),
    "pad": Text("pad P", "パディング P"),
    "stride": Text("stride S", "ストライド S"),
    "dilation": Text("dilation D", "ダイレーション D"),
    "groups": Text("groups G", "グループ G"),
    "filter": Text("filter FH", "フィルター FH"),
    "window": Text("window", "窓"),
    "max": Text("max", "最大値"),
    "average": Text("average", "平均"),
    "forward": Text("forward", "順伝播"),
    "backward": Text("backward", "逆伝播"),
    "element": Text("element", "要素"),
    "row": Text("row", "行"),
    "counts": Text("windows", "窓の数"),
    "pixel": Text("pixel", "画素"),
    "epoch": Text("epoch", "エポック"),
    "clear": Text("Clear", "消す"),
    "sample": Text("Load an image", "画像を読み込む"),
    "seed": Text("seed", "乱数の種"),
    "fixed": Text("same for all", "全部同じ"),
    "random": Text("random", "ランダム"),
    "probability": Text("probability", "確率"),
    "nearest": Text("nearest images", "近い画像"),
    "loss": Text("loss", "損失"),
    "accuracy": Text("accuracy", "正解率"),
    "train": Text("train", "学習用"),
    "test": Text("test", "テスト用"),
    "filters": Text("filters", "フィルター"),
}


class Touch(ipywidgets.VBox):
    """Controls above a picture that follows them.

    A subclass makes its controls, calls this and has a `draw`. Where a
    live widget is shown, it is this box; everywhere else (a page of a code
    host, an exported page) the still picture of the same moment.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[ipywidgets.Widget]],
        over: Sequence[ipywidgets.Widget] = (),
        beside: Sequence[ipywidgets.Widget] = (),
    ) -> None:
        picture = self.draw()
        self.screen = ipywidgets.HTML(
            picture.to_svg(),
            # All in one cell of a grid: buttons lie over the picture.
            layout={"margin": "0", "width": "100%", "grid_area": CELL},
        )
        # As wide as there is room, at most as wide as the picture.
        columns = f"minmax(0, {picture.width:g}px)"
        stage = ipywidgets.GridBox(
            [self.screen, *over],
            layout={"grid_template_columns": columns, "width": "100%"},
        )
        if beside:
            stage = ipywidgets.HBox(
                [*beside, stage], layout={"align_items": "flex-start"}
            )
        bars = [
            ipywidgets.HBox(
                list(row), layout={"flex_flow": "row wrap", "width": "100%"}
            )
            for row in rows
        ]
        style = ipywidgets.HTML(_STYLE, layout={"display": "none"})
        super().__init__([style, *bars, stage])
        self.add_class("course-touch")

    def draw(self) -> Picture:
        """Return the picture of this moment."""
        raise NotImplementedError

    def still(self) -> Picture:
        """Return the picture for places where nothing can be moved."""
        return self.draw()

    def refresh(self, _change: Any = None) -> None:
        """Show the picture of this moment."""
        self.screen.value = self.draw().to_svg()

    def follow(self, *controls: ipywidgets.Widget) -> None:
        """Redraw when one of the controls changes its value."""
        for control in controls:
            control.observe(self.refresh, "value")

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """Return the live view with a still picture beside it."""
        picture = self.still()
        return {
            **super()._repr_mimebundle_(**kwargs),
            "text/html": picture.to_still(),
            "text/plain": picture.alt,
        }


class Stepper(Touch):
    """A Touch with a slider `step` that its picture follows."""

    step: ipywidgets.IntSlider
    frozen: int | None = None

    @property
    def now(self) -> int:
        """The step that is drawn."""
        return self.step.value if self.frozen is None else self.frozen

    def still(self) -> Picture:
        """Return the chosen step; the last one, if none was chosen."""
        self.frozen = self.step.value or self.step.max
        try:
            return self.draw()
        finally:
            self.frozen = None


def word(key: str, language: str) -> str:
    """Return a word of the controls in "en" or "ja".

    Raises ValueError for another language.
    """
    return _WORDS[key].of(language)


def slider(
    name: str,
    value: float,
    least: float,
    most: float,
    width: str = "260px",
    step: float = 1,
) -> ipywidgets.IntSlider | ipywidgets.FloatSlider:
    """Return a slider with its name before it; whole numbers if step is."""
    whole = isinstance(step, int)
    kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
    return kind(
        value=value,
        min=least,
        max=max(most, least),
        step=step,
        description=name,
        style={"description_width": "initial"},
        layout={"width": width, "margin": "2px 16px 2px 2px"},
    )


def steps_of(
    name: str, values: Sequence[int], value: int, width: str = "250px"
) -> ipywidgets.SelectionSlider:
    """Return a slider that stops at some values only."""
    return ipywidgets.SelectionSlider(
        options=list(values),
        value=value,
        description=name,
        style={"description_width": "initial"},
        layout={"width": width, "margin": "2px 16px 2px 2px"},
    )


def choice(
    options: Sequence[tuple[str, Any]], width: str = "auto"
) -> ipywidgets.ToggleButtons:
    """Return buttons of which one is pressed; options: (word, value)."""
    return ipywidgets.ToggleButtons(
        options=options,
        style={"button_width": width},
        layout={"margin": "2px 16px 2px 2px"},
    )


def play(steps: ipywidgets.IntSlider, interval: int = 700) -> ipywidgets.Play:
    """Return play and stop buttons that move a slider.

    interval: time of a step in milliseconds.
    """
    player = ipywidgets.Play(
        value=steps.value,
        min=steps.min,
        max=steps.max,
        interval=interval,
        show_repeat=False,
    )
    # Linked in the browser, and the range from here.
    player.link = ipywidgets.jslink((player, "value"), (steps, "value"))
    steps.observe(lambda change: setattr(player, "max", change.new), "max")
    return player


def set_steps(steps: ipywidgets.IntSlider, count: int) -> None:
    """Give a slider `count` steps; its value stays inside."""
    steps.value = min(steps.value, max(count - 1, 0))
    steps.max = max(count - 1, 0)
