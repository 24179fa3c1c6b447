"""A line to write a prediction into, before the result may be seen."""

from __future__ import annotations

import html
from typing import Any

import ipywidgets

from course_lib.exercises.predictions import Predictions
from course_lib.text import Text

_LABEL = Text("My prediction:", "予想：")
_BUTTON = Text("Keep it", "予想を決める")
_KEPT = Text(
    "Kept. You may change it until you have seen the result.",
    "予想を記録しました。結果を見るまでは変更できます。",
)
_CLOSED = Text(
    "The result is known; your prediction stays as it is.",
    "結果を見たので、予想はもう変更できません。",
)
_EMPTY = Text("Write something first.", "先に予想を書いてください。")


class PredictionBox(ipywidgets.VBox):
    """Take one prediction and keep it.

    store: the predictions of the lesson. name: which one. language: "en"
    or "ja". Without a kernel a plain line stands there instead.
    """

    def __init__(
        self, store: Predictions, name: str, language: str = "en"
    ) -> None:
        self.store, self.name, self.language = store, name, language
        self.field = ipywidgets.Text(
            value=store.text(name),
            description=_LABEL.of(language),
            continuous_update=False,
            style={"description_width": "initial"},
            layout={"width": "min(36em, 100%)"},
        )
        self.button = ipywidgets.Button(
            description=_BUTTON.of(language), layout={"width": "auto"}
        )
        self.said = ipywidgets.HTML()
        self.button.on_click(self.keep)
        row = ipywidgets.HBox(
            [self.field, self.button], layout={"flex_flow": "row wrap"}
        )
        super().__init__([row, self.said])
        self._show(_KEPT if store.text(name) else None)

    def keep(self, _button: Any = None) -> None:
        """Keep what stands in the field."""
        text = self.field.value.strip()
        if self.store.is_open(self.name) and not text:
            self._show(_EMPTY)
            return
        self.store.keep(self.name, text)
        self._show(_KEPT)

    def _show(self, said: Text | None) -> None:
        """Say a sentence; close the field where the result is known."""
        if not self.store.is_open(self.name):
            self.field.value = self.store.text(self.name)
            self.field.disabled = self.button.disabled = True
            said = _CLOSED
        text = said.of(self.language) if said else ""
        self.said.value = f'<span role="status">{html.escape(text)}</span>'

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """Return the live field with a plain line beside it."""
        label = _LABEL.of(self.language)
        return {
            **super()._repr_mimebundle_(**kwargs),
            "text/html": f"<p>{label} ________________</p>",
            "text/plain": f"{label} ________________",
        }
