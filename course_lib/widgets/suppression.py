"""Non-maximum suppression, one comparison after the other."""

from __future__ import annotations

from dataclasses import dataclass

import ipywidgets
import numpy as np

from course_lib.detection import iou
from course_lib.svg import (
    BLUE,
    GREY,
    INK,
    LIGHT_BLUE,
    LIGHT_ORANGE,
    ORANGE,
    PALE,
    WHITE,
    Picture,
)
from course_lib.text import Text

from .base import Stepper, play, set_steps, slider, word

WIDTH, HEIGHT = 1100, 360
_MOST = 8  # boxes that the table has room for
_ROOM = (20, 20, 420, 320)  # px where the boxes are drawn: x, y, width, height
_TABLE, _TOP, _ROW = 470, 24, 36
_WORDS = {
    "threshold": Text("threshold", "閾値"),
    "box": Text("box", "枠"),
    "score": Text("score", "スコア"),
    "iou": Text("IoU with {}", "{} との IoU"),
    "kept": Text("kept", "残す"),
    "gone": Text("suppressed", "取り除く"),
    "open": Text("open", "未定"),
}
KEPT, GONE, OPEN = "kept", "gone", "open"


@dataclass(frozen=True)
class Moment:
    """Hold what is known at one step.

    states: KEPT, GONE or OPEN for each box. best: the box that was kept
    last, -1 before the first. other: the box that is compared with it, -1
    where it has just been kept.
    """

    states: tuple[str, ...]
    best: int = -1
    other: int = -1


def nms_stepper(
    boxes: np.ndarray,
    scores: np.ndarray,
    threshold: float = 0.5,
    language: str = "en",
) -> ipywidgets.Widget:
    """Show non-maximum suppression step by step.

    Args:
        boxes: (n, 4), at most 8.
        scores: (n,).
        threshold: IoU from which on a box is suppressed, 0.05 to 1.
        language: of the controls, "en" or "ja".

    Raises:
        ValueError: there are no boxes, too many, or not one score each.
    """
    boxes, scores = np.asarray(boxes, float), np.asarray(scores, float)
    count = len(boxes)
    if boxes.shape != (count, 4) or not 1 <= count <= _MOST:
        raise ValueError(
            f"boxes have shape {boxes.shape}, expected (n, 4) with n from 1 "
            f"to {_MOST}"
        )
    if scores.shape != (count,):
        raise ValueError(
            f"scores have shape {scores.shape}, expected ({count},)"
        )
    return NmsStepper(boxes, scores, threshold, language)


class NmsStepper(Stepper):
    """See nms_stepper."""

    def __init__(
        self,
        boxes: np.ndarray,
        scores: np.ndarray,
        threshold: float,
        language: str,
    ) -> None:
        self.boxes, self.scores = boxes, scores
        self.overlaps = iou(boxes, boxes)
        self.words = {key: text.of(language) for key, text in _WORDS.items()}
        self.step = slider(word("step", language), 0, 0, 0, "380px")
        self.threshold = slider(
            self.words["threshold"], threshold, 0.05, 1.0, "300px", 0.05
        )
        self.count()
        self.threshold.observe(self.count, "value")
        super().__init__([[play(self.step), self.step, self.threshold]])
        self.follow(self.step, self.threshold)

    def moments(self) -> list[Moment]:
        """Return all steps for the chosen threshold."""
        order = np.argsort(-self.scores, kind="stable")
        states = [OPEN] * len(order)
        found = [Moment(tuple(states))]
        for best in order.tolist():
            if states[best] != OPEN:
                continue
            states[best] = KEPT
            found.append(Moment(tuple(states), best))
            for other in order.tolist():
                if states[other] != OPEN:
                    continue
                # 0.43 >= 0.43, whatever the slider's last digit is
                if self.overlaps[best, other] >= self.threshold.value - 1e-9:
                    states[other] = GONE
                found.append(Moment(tuple(states), best, other))
        return found

    def count(self, _change: object = None) -> None:
        """Fit the step slider to the number of steps."""
        set_steps(self.step, len(self.moments()))

    def moment(self) -> Moment:
        """Return what is drawn."""
        found = self.moments()
        return found[min(self.now, len(found) - 1)]

    def draw(self) -> Picture:
        """Return the boxes and the table of this step."""
        picture = Picture(WIDTH, HEIGHT, self.alt())
        moment = self.moment()
        # The best are drawn last, so that they lie on top.
        for i in np.argsort(self.scores, kind="stable").tolist():
            self.draw_box(picture, i, moment)
        self.draw_table(picture, moment)
        return picture

    def draw_box(self, picture: Picture, i: int, moment: Moment) -> None:
        """Draw one box as its state says."""
        low = self.boxes[:, :2].min(axis=0)
        high = self.boxes[:, 2:].max(axis=0)
        left, top, width, height = _ROOM
        scale = min(np.array([width, height]) / np.maximum(high - low, 1e-9))
        x1, y1, x2, y2 = (
            (self.boxes[i].reshape(2, 2) - low) * scale + (left, top)
        ).ravel()
        state = moment.states[i]
        look = {
            KEPT: (BLUE, 5.0, ""),
            GONE: (GREY, 1.5, "2 5"),
            OPEN: (INK, 2.5, "9 5"),
        }[state]
        if i == moment.other:
            look = (ORANGE, 4.0, "9 5")
        picture.rect(x1, y1, x2 - x1, y2 - y1, "none", *look)
        picture.rect(x1 + 4, y1 + 4 + 30 * i % 240, 28, 26, WHITE, look[0])
        picture.text(x1 + 18, y1 + 17 + 30 * i % 240, i, weight="bold")

    def draw_table(self, picture: Picture, moment: Moment) -> None:
        """Draw a row for each box, by falling score."""
        columns = (_TABLE + 20, _TABLE + 120, _TABLE + 280, _TABLE + 470)
        heads = [self.words["box"], self.words["score"], "IoU"]
        if moment.best >= 0:
            heads[2] = self.words["iou"].format(moment.best)
        for x, text in zip(columns, heads):
            picture.text(x, _TOP, text, weight="bold")
        order = np.argsort(-self.scores, kind="stable").tolist()
        for row, i in enumerate(order):
            y = _TOP + (row + 1) * _ROW
            state = moment.states[i]
            fill = {KEPT: LIGHT_BLUE, GONE: PALE, OPEN: WHITE}[state]
            fill = LIGHT_ORANGE if i == moment.other else fill
            picture.rect(_TABLE - 10, y - 17, 620, 34, fill, GREY)
            texts = [i, f"{self.scores[i]:.2f}"]
            texts.append(self.overlap_text(i, moment))
            for x, text in zip(columns, [*texts, self.words[state]]):
                picture.text(x, y, text)

    def overlap_text(self, i: int, moment: Moment) -> str:
        """Return the IoU of a box with the one that was kept last."""
        if moment.best < 0 or i == moment.best:
            return ""
        value = self.overlaps[moment.best, i]
        if i != moment.other:
            return f"{value:.2f}"
        gone = moment.states[i] == GONE
        sign = ">=" if gone else "<"
        return f"{value:.2f} {sign} {self.threshold.value:.2f}"

    def alt(self) -> str:
        """Return the picture in words of the field."""
        moment = self.moment()
        kept = [i for i, s in enumerate(moment.states) if s == KEPT]
        gone = [i for i, s in enumerate(moment.states) if s == GONE]
        text = f"NMS, {self.threshold.value:.2f}: {kept} kept, {gone} gone"
        if moment.other >= 0:
            value = self.overlaps[moment.best, moment.other]
            text += f"; IoU({moment.best}, {moment.other}) = {value:.2f}"
        return text
