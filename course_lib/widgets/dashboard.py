"""Watch a training: one picture that is updated in its place."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from IPython.display import display

from course_lib.svg import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    Picture,
    png_uri,
    signed_colours,
    tiles,
)

from .base import Touch, slider, word

WIDTH, HEIGHT = 1100, 400
_BOX = (54, 36, 310, 310)  # left, top, width, height of the loss
_RIGHT = 430  # px, left edge of the accuracy
_PAUSE = 0.3  # s between two pictures while steps go on
_POINTS = 300  # of a line; more are not seen


def training_dashboard(
    network: Any, epochs: int, language: str = "en"
) -> TrainingDashboard:
    """Show a training as it goes on: loss, accuracies, filters.

    Display it before the training, and pass its methods to the Trainer:

        board = widgets.training_dashboard(network, epochs=3)
        display(board)
        Trainer(network, ..., epochs=3, on_epoch=board.on_epoch).fit()

    Args:
        network: has params; the first of four axes are the filters
            (FN, C, FH, FW).
        epochs: how many there will be.
        language: of the words, "en" or "ja".

    Raises:
        ValueError: epochs is not at least 1.
    """
    if epochs < 1:
        raise ValueError(f"epochs is {epochs}, expected at least 1")
    return TrainingDashboard(network, epochs, language)


class TrainingDashboard(Touch):
    """See training_dashboard."""

    def __init__(self, network: Any, epochs: int, language: str) -> None:
        self.network, self.epochs = network, epochs
        self.words = {
            name: word(name, language)
            for name in ("loss", "accuracy", "train", "test", "filters")
        }
        self.history: Mapping[str, Sequence[float]] = {
            "loss": [],
            "train_accuracy": [],
            "test_accuracy": [],
        }
        self.filters = [self.first_filters()]
        self.last = 0.0
        self.handle: Any = None
        self.epoch = slider(word("epoch", language), 0, 0, 0, "420px")
        super().__init__([[self.epoch]])
        self.follow(self.epoch)

    def first_filters(self) -> np.ndarray:
        """Return a copy of the filters' first channel, (FN, FH, FW)."""
        params = self.network.params.values()
        return np.array(next(W for W in params if W.ndim == 4)[:, 0])

    def metric(self) -> str:
        """Return the name of what the Trainer measures beside the loss."""
        tests = (key for key in self.history if key.startswith("test_"))
        return next(tests).removeprefix("test_")

    def on_epoch(self, epoch: int, history: Mapping[str, Sequence]) -> None:
        """Note the filters after an epoch and show them."""
        self.history = history
        self.filters.append(self.first_filters())
        self.epoch.max = len(self.filters) - 1
        self.epoch.value = self.epoch.max
        if epoch == self.epochs and self.handle is not None:
            # What is saved with the notebook is the end, not the start.
            self.handle.update(self._repr_mimebundle_(), raw=True)

    def on_step(self, _step: int, history: Mapping[str, Sequence]) -> None:
        """Show the loss so far, but not more often than it can be seen."""
        self.history = history
        now = time.monotonic()
        if now - self.last >= _PAUSE:
            self.last = now
            self.refresh()

    def _ipython_display_(self) -> None:
        """Display this so that the saved copy can follow at the end."""
        bundle = self._repr_mimebundle_()
        self.handle = display(bundle, raw=True, display_id=True)

    def draw(self) -> Picture:
        """Return both charts and the filters of the chosen epoch."""
        picture = Picture(WIDTH, HEIGHT, self.alt())
        self.draw_loss(picture)
        self.draw_accuracy(picture)
        self.draw_filters(picture)
        return picture

    def draw_loss(self, picture: Picture) -> None:
        """Draw the loss by step, with a logarithmic axis."""
        picture.text(_BOX[0], 16, self.words["loss"], anchor="start")
        losses = np.maximum(_thin(self.history["loss"]), 1e-6)
        low = float(np.floor(np.log10(losses.min(initial=0.1))))
        high = float(np.ceil(np.log10(losses.max(initial=1))))
        marks = {10.0**k: k for k in np.arange(low, high + 1)}
        _axes(picture, _BOX, {f"{v:g}": k for v, k in marks.items()})
        if len(losses) > 1:
            across = np.linspace(0, 1, len(losses))
            heights = (np.log10(losses) - low) / (high - low)
            _line(picture, _BOX, across, heights, BLUE)
        steps = len(self.history["loss"])
        right, bottom = _BOX[0] + _BOX[2], _BOX[1] + _BOX[3]
        picture.text(right, bottom + 22, steps, anchor="end")

    def draw_accuracy(self, picture: Picture) -> None:
        """Draw both accuracies by epoch; high ones get a closer look."""
        box = (_RIGHT, *_BOX[1:])
        metric = self.metric()
        test = list(self.history[f"test_{metric}"])
        train = list(self.history[f"train_{metric}"])
        low = 0.9 if min(test + train, default=0) >= 0.9 else 0.0
        marks = {f"{v:g}": v for v in np.linspace(low, 1, 6).round(2)}
        _axes(picture, box, marks)
        title = self.words.get(metric, metric)
        picture.text(_RIGHT, 16, title, anchor="start")
        lines = (("train", train, ORANGE, "6 5"), ("test", test, BLUE, ""))
        for n, (name, values, colour, dash) in enumerate(lines):
            across = np.arange(1, len(values) + 1) / self.epochs
            heights = (np.array(values) - low) / (1 - low)
            _line(picture, box, across, heights, colour, dash, dots=True)
            y = _BOX[1] + _BOX[3] - 22 - 26 * n
            left = _RIGHT + 110
            ends = [(left, y), (left + 34, y)]
            picture.path(ends, colour, 3, dash)
            last = f" {values[-1]:.3f}" if values else ""
            text = self.words[name] + last
            picture.text(left + 44, y, text, fill=colour, anchor="start")
        bottom = _BOX[1] + _BOX[3] + 22
        for epoch in range(1, self.epochs + 1):
            x = _RIGHT + _BOX[2] * epoch / self.epochs
            if self.epochs <= 10 or epoch in (1, self.epochs):
                picture.text(x, bottom, epoch)

    def draw_filters(self, picture: Picture) -> None:
        """Draw the filters; orange below 0, blue above 0."""
        epoch = self.epoch.value
        title = f"{self.words['filters']} ({epoch})"
        picture.text(790, 16, title, anchor="start")
        sheet = tiles(_enlarge(self.filters[epoch]), columns=6, gap=2)
        width = min(300, 350 * sheet.shape[1] / sheet.shape[0])
        height = width * sheet.shape[0] / sheet.shape[1]
        picture.image(790, _BOX[1], width, height, png_uri(sheet))

    def alt(self) -> str:
        """Return the picture in words of the field."""
        epoch = len(self.history[f"test_{self.metric()}"])
        text = f"epoch {epoch}/{self.epochs}"
        for name, values in self.history.items():
            if len(values):
                text += f", {name} {values[-1]:.3g}"
        return text


def _enlarge(filters: np.ndarray) -> np.ndarray:
    """Return filters in colour, 4 x 4 for each number, so lines are thin."""
    large = filters.repeat(4, axis=1).repeat(4, axis=2)
    return signed_colours(large)


def _thin(values: Sequence[float]) -> np.ndarray:
    """Return means of neighbours, so that a long line stays short."""
    values = np.asarray(values, dtype=float)
    parts = np.array_split(values, min(len(values), _POINTS) or 1)
    return np.array([part.mean() for part in parts if len(part)])


def _axes(picture: Picture, box: tuple, marks: Mapping[str, float]) -> None:
    """Draw a frame and horizontal lines at marks: text -> value."""
    left, top, width, height = box
    picture.rect(left, top, width, height, stroke=GREY)
    values = list(marks.values())
    low, high = min(values), max(values)
    for text, value in marks.items():
        y = top + height * (1 - (value - low) / (high - low))
        picture.path([(left, y), (left + width, y)], PALE, 1)
        picture.text(left - 6, y, text, fill=INK, anchor="end")


def _line(
    picture: Picture,
    box: tuple,
    across: np.ndarray,
    heights: np.ndarray,
    colour: str,
    dash: str = "",
    dots: bool = False,
) -> None:
    """Draw a line; across and heights go from 0 to 1."""
    left, top, width, height = box
    up = np.clip(heights, 0, 1)
    points = [
        (left + width * float(a), top + height * (1 - float(h)))
        for a, h in zip(across, up)
    ]
    picture.path(points, colour, 3, dash)
    if dots:
        for x, y in points:
            picture.dot(x, y, 5, colour)
