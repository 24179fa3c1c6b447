"""Two boxes that can be moved, and how much they share."""

from __future__ import annotations

from collections.abc import Sequence

import ipycanvas
import ipywidgets
import numpy as np

from course_lib.svg import (
    BLUE,
    GREY,
    INK,
    LIGHT_ORANGE,
    ORANGE,
    PALE,
    WHITE,
    Picture,
)
from course_lib.text import Text

from .base import CELL, Touch, slider

WIDTH, HEIGHT = 1100, 384
SIZE = 12  # pixels of the squared paper
_SIDE, _TOP, _LEFT = 27, 44, 44  # px of one square; its upper left corner
_STAGE = 420  # px that can be dragged on, from the left
_WORDS = {
    "x": Text("left x1", "左 x1"),
    "y": Text("top y1", "上 y1"),
    "w": Text("width", "幅"),
    "h": Text("height", "高さ"),
    "common": Text("intersection", "共通部分"),
    "union": Text("union", "和集合"),
    "box": Text("box", "枠"),
}
Box = Sequence[float]


def iou_view(
    a: Box = (2, 2, 8, 8), b: Box = (4, 3, 10, 9), language: str = "en"
) -> ipywidgets.Widget:
    """Move a box with the mouse or the sliders, and see the IoU.

    Args:
        a: the box that stays, (x1, y1, x2, y2) on paper of 12 x 12 squares.
        b: the box that moves.
        language: of the controls, "en" or "ja".

    Raises:
        ValueError: a box does not lie on the paper or has no area.
    """
    for name, box in (("a", a), ("b", b)):
        x1, y1, x2, y2 = box
        if not (0 <= x1 < x2 <= SIZE and 0 <= y1 < y2 <= SIZE):
            raise ValueError(
                f"{name} is {tuple(box)}, expected (x1, y1, x2, y2) with "
                f"0 <= x1 < x2 <= {SIZE}, and y alike"
            )
    return IouView(a, b, language)


class IouView(Touch):
    """See iou_view."""

    def __init__(self, a: Box, b: Box, language: str) -> None:
        self.a = tuple(int(side) for side in a)
        self.words = {key: text.of(language) for key, text in _WORDS.items()}
        x1, y1, x2, y2 = (int(side) for side in b)
        starts = {"x": x1, "y": y1, "w": x2 - x1, "h": y2 - y1}
        self.sliders = {
            key: slider(
                self.words[key], value, int(key in "wh"), SIZE, "230px"
            )
            for key, value in starts.items()
        }
        self.grip: tuple[float, float] | None = None
        self.canvas = self.make_canvas()
        super().__init__([list(self.sliders.values())], [self.canvas])
        self.follow(*self.sliders.values())

    def make_canvas(self) -> ipycanvas.Canvas:
        """Return an unseen canvas over the paper that feels the mouse."""
        canvas = ipycanvas.Canvas(
            width=_STAGE,
            height=HEIGHT,
            layout={
                "grid_area": CELL,
                "width": f"{100 * _STAGE / WIDTH:.4g}%",
                "height": "auto",
                "margin": "0",
            },
        )
        canvas.on_mouse_down(self.take)
        canvas.on_mouse_move(self.drag)
        canvas.on_mouse_up(self.drop)
        canvas.on_mouse_out(self.drop)
        canvas.on_touch_start(lambda points: self.take(*points[0]))
        canvas.on_touch_move(lambda points: self.drag(*points[0]))
        canvas.on_touch_end(lambda points: self.drop())
        return canvas

    @property
    def b(self) -> tuple[int, int, int, int]:
        """The moving box, cut off where the paper ends."""
        x, y, w, h = (control.value for control in self.sliders.values())
        return x, y, min(x + w, SIZE), min(y + h, SIZE)

    def take(self, x: float, y: float) -> None:
        """Take the moving box where the mouse goes down on it."""
        column, row = (x - _LEFT) / _SIDE, (y - _TOP) / _SIDE
        x1, y1, x2, y2 = self.b
        if x1 <= column <= x2 and y1 <= row <= y2:
            self.grip = column - x1, row - y1

    def drag(self, x: float, y: float) -> None:
        """Move the box with the mouse, square by square, on the paper."""
        if self.grip is None:
            return
        places = (x - _LEFT) / _SIDE, (y - _TOP) / _SIDE
        for key, side, place, grip in zip("xy", "wh", places, self.grip):
            most = SIZE - self.sliders[side].value
            value = min(max(round(place - grip), 0), max(most, 0))
            self.sliders[key].value = value

    def drop(self, *_place: float) -> None:
        """Let the box go."""
        self.grip = None

    def numbers(self) -> tuple[int, int, int, int]:
        """Return area of a, area of b, intersection and union."""
        a, b = np.array(self.a), np.array(self.b)
        area_a, area_b = (
            int(np.prod((c[2:] - c[:2]).clip(0))) for c in (a, b)
        )
        sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
        common = int(np.prod(sides.clip(0)))
        return area_a, area_b, common, area_a + area_b - common

    def draw(self) -> Picture:
        """Return the paper with both boxes, and the fraction."""
        picture = Picture(WIDTH, HEIGHT, self.alt())
        self.draw_paper(picture)
        (ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2) = self.a, self.b
        x1, y1, x2, y2 = (
            *(max(ax1, bx1), max(ay1, by1)),
            *(min(ax2, bx2), min(ay2, by2)),
        )
        if x1 < x2 and y1 < y2:
            self.draw_box(picture, (x1, y1, x2, y2), LIGHT_ORANGE, GREY, 1)
        self.draw_box(picture, self.a, "none", BLUE, 4)
        self.draw_box(picture, self.b, "none", ORANGE, 4, "9 5")
        self.draw_bars(picture)
        return picture

    def draw_paper(self, picture: Picture) -> None:
        """Draw the squares with numbers at every third line."""
        for i in range(SIZE):
            for j in range(SIZE):
                x, y = _LEFT + j * _SIDE, _TOP + i * _SIDE
                picture.rect(x, y, _SIDE, _SIDE, WHITE, PALE)
        for k in range(0, SIZE + 1, 3):
            picture.text(_LEFT + k * _SIDE, _TOP - 16, k)
            picture.text(_LEFT - 18, _TOP + k * _SIDE, k)

    def draw_box(
        self,
        picture: Picture,
        box: Box,
        fill: str,
        stroke: str,
        line: float,
        dash: str = "",
    ) -> None:
        """Draw a box (x1, y1, x2, y2) of squares."""
        x1, y1, x2, y2 = box
        picture.rect(
            _LEFT + x1 * _SIDE,
            _TOP + y1 * _SIDE,
            (x2 - x1) * _SIDE,
            (y2 - y1) * _SIDE,
            fill,
            stroke,
            line,
            dash,
        )

    def draw_bars(self, picture: Picture) -> None:
        """Write both boxes, and draw both areas as bars."""
        area_a, area_b, common, union = self.numbers()
        left, bold = 440, {"anchor": "start", "weight": "bold"}
        for y, name, box, area, fill in (
            (50, "a", self.a, area_a, BLUE),
            (86, "b", self.b, area_b, ORANGE),
        ):
            picture.text(left, y, f"{name} = {box}, {area}", fill=fill, **bold)
        long = 480 / (2 * SIZE * SIZE)
        for y, key, value, fill in (
            (140, "common", common, LIGHT_ORANGE),
            (186, "union", union, PALE),
        ):
            picture.text(left, y, f"{self.words[key]}", anchor="start")
            picture.rect(left + 130, y - 14, 2 * value * long, 28, fill, GREY)
            x = left + 138 + 2 * value * long
            picture.text(x, y, value, anchor="start")
        text = f"IoU = {common} / {union} = {common / max(union, 1):.3f}"
        picture.text(left, 254, text, 30, INK, **bold)
        sum_text = f"{union} = {area_a} + {area_b} - {common}"
        picture.text(left, 300, sum_text, anchor="start")

    def alt(self) -> str:
        """Return the picture in words of the field."""
        _, _, common, union = self.numbers()
        return (
            f"a = {self.a}, b = {self.b}: IoU = {common} / {union} = "
            f"{common / max(union, 1):.3f}"
        )
