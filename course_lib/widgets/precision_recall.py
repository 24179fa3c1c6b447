"""A precision-recall curve, and the threshold that picks a point of it."""

from __future__ import annotations

import ipywidgets
import numpy as np

from course_lib.detection import average_precision, precision_recall
from course_lib.svg import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LIGHT_BLUE,
    ORANGE,
    PALE,
    Picture,
)
from course_lib.text import Text

from .base import Touch, choice, slider

WIDTH, HEIGHT = 1100, 396
_X, _Y, _W, _H = 70, 44, 430, 286  # px of the plot: left, top, width, height
_COUNTS = 600  # px where the counts begin
_WORDS = {
    "threshold": Text("score >=", "スコア >="),
    "curve": Text("curve", "曲線"),
    "area": Text("whole area", "面積全体"),
    "points": Text("11 points", "11 点"),
    "precision": Text("precision", "適合率"),
    "recall": Text("recall", "再現率"),
    "tp": Text("true positives TP", "真陽性 TP"),
    "fp": Text("false positives FP", "偽陽性 FP"),
    "missed": Text("missed objects FN", "見逃し FN"),
}


def precision_recall_view(
    correct: np.ndarray,
    scores: np.ndarray,
    objects: int,
    language: str = "en",
) -> ipywidgets.Widget:
    """Move a threshold along a precision-recall curve.

    Args:
        correct: (n,) bool, which detections are true positives.
        scores: (n,) from 0 to 1.
        objects: how many objects there are to find.
        language: of the controls, "en" or "ja".

    Raises:
        ValueError: there is not one score for each detection.
    """
    correct, scores = np.asarray(correct, bool), np.asarray(scores, float)
    if correct.ndim != 1 or correct.shape != scores.shape:
        raise ValueError(
            f"correct has shape {correct.shape} and scores {scores.shape}, "
            f"expected (n,) both"
        )
    return PrecisionRecallView(correct, scores, objects, language)


class PrecisionRecallView(Touch):
    """See precision_recall_view."""

    def __init__(
        self,
        correct: np.ndarray,
        scores: np.ndarray,
        objects: int,
        language: str,
    ) -> None:
        self.correct, self.scores, self.objects = correct, scores, objects
        self.recall, self.precision = precision_recall(
            correct, scores, objects
        )
        self.words = {key: text.of(language) for key, text in _WORDS.items()}
        self.threshold = slider(
            self.words["threshold"], 0.65, 0.0, 1.0, "420px", 0.05
        )
        self.kind = choice(
            [(self.words[key], key) for key in ("curve", "area", "points")]
        )
        super().__init__([[self.threshold, self.kind]])
        self.follow(self.threshold, self.kind)

    def counts(self) -> tuple[int, int, int]:
        """Return TP, FP and FN at the threshold."""
        shown = self.scores >= self.threshold.value - 1e-9
        tp = int((self.correct & shown).sum())
        return tp, int(shown.sum()) - tp, self.objects - tp

    def rates(self) -> tuple[float, float | None]:
        """Return recall and precision; None where nothing is shown."""
        tp, fp, _ = self.counts()
        precision = tp / (tp + fp) if tp + fp else None
        return tp / max(self.objects, 1), precision

    def place(self, recall: float, precision: float) -> tuple[float, float]:
        """Return where a point of the curve lies on the picture."""
        return _X + recall * _W, _Y + (1 - precision) * _H

    def draw(self) -> Picture:
        """Return the curve with the point, and the counts."""
        picture = Picture(WIDTH, HEIGHT, self.alt())
        if self.kind.value == "area":
            self.draw_area(picture)
        self.draw_frame(picture)
        places = [self.place(*p) for p in zip(self.recall, self.precision)]
        if len(places) > 1:
            picture.path(places, BLUE, 3)
        for x, y in places if len(places) <= 40 else ():
            picture.dot(x, y, 5, BLUE)
        if self.kind.value == "points":
            self.draw_points(picture)
        recall, precision = self.rates()
        if precision is not None:
            x, y = self.place(recall, precision)
            picture.dot(x, y, 10, ORANGE)
            picture.path([(x, y), (x, _Y + _H)], ORANGE, 2, "5 4")
            picture.path([(x, y), (_X, y)], ORANGE, 2, "5 4")
        self.draw_counts(picture)
        return picture

    def draw_frame(self, picture: Picture) -> None:
        """Draw the axes with their numbers and names."""
        picture.rect(_X, _Y, _W, _H, "none", GREY)
        for value in (0, 0.5, 1):
            x, y = self.place(value, value)
            picture.text(x, _Y + _H + 18, f"{value:g}")
            picture.text(_X - 24, y, f"{value:g}")
        picture.text(
            _X + _W / 2, _Y + _H + 44, self.words["recall"], weight="bold"
        )
        picture.text(
            _X, 18, self.words["precision"], anchor="start", weight="bold"
        )

    def best(self, recall: float) -> float:
        """Return the best precision at this recall or more."""
        reached = self.recall >= recall - 1e-6
        return float(self.precision[reached].max(initial=0.0))

    def draw_area(self, picture: Picture) -> None:
        """Shade what lies under the envelope."""
        before = 0.0
        for recall in np.unique(self.recall):
            x, y = self.place(before, self.best(recall))
            width = (recall - before) * _W
            picture.rect(x, y, width, _Y + _H - y, LIGHT_BLUE, LIGHT_BLUE, 0)
            before = float(recall)

    def draw_points(self, picture: Picture) -> None:
        """Draw the precision at eleven recalls as sticks."""
        for recall in np.linspace(0, 1, 11):
            x, y = self.place(recall, self.best(recall))
            picture.path([(x, _Y + _H), (x, y)], GREEN, 3)
            picture.dot(x, y, 7, GREEN)

    def ap(self) -> float | None:
        """Return the AP of the chosen rule, None for the bare curve."""
        if self.kind.value == "curve":
            return None
        points = 11 if self.kind.value == "points" else None
        return average_precision(self.recall, self.precision, points)

    def draw_counts(self, picture: Picture) -> None:
        """Write the counts, what follows from them, and the AP."""
        tp, fp, missed = self.counts()
        long = 300 / max(tp + fp + missed, 1)
        rows = (
            ("tp", tp, LIGHT_BLUE),
            ("fp", fp, PALE),
            ("missed", missed, "none"),
        )
        for row, (key, value, fill) in enumerate(rows):
            y = 44 + 42 * row
            picture.text(_COUNTS, y, self.words[key], anchor="start")
            picture.rect(_COUNTS + 190, y - 14, value * long, 28, fill, GREY)
            x = _COUNTS + 198 + value * long
            picture.text(x, y, value, anchor="start")
        bold = {"anchor": "start", "weight": "bold"}
        for y, text in zip((190, 236), self.lines()):
            picture.text(_COUNTS, y, text, 22, INK, **bold)
        ap = self.ap()
        if ap is not None:
            text = f"AP ({self.words[self.kind.value]}) = {ap:.4f}"
            picture.text(_COUNTS, 300, text, 26, GREEN, **bold)

    def lines(self) -> tuple[str, str]:
        """Return precision and recall with their numbers."""
        tp, fp, _ = self.counts()
        recall, precision = self.rates()
        value = "-" if precision is None else f"{precision:.3f}"
        return (
            f"{self.words['precision']} = {tp} / {tp + fp} = {value}",
            f"{self.words['recall']} = {tp} / {self.objects} = {recall:.3f}",
        )

    def alt(self) -> str:
        """Return the picture in words of the field."""
        tp, fp, missed = self.counts()
        text = (
            f"score >= {self.threshold.value:.2f}: TP {tp}, FP {fp}, "
            f"FN {missed}; {'; '.join(self.lines())}"
        )
        ap = self.ap()
        return text if ap is None else f"{text}; AP = {ap:.4f}"
