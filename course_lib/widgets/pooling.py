"""A pooling window that moves, and the way back of the gradient."""

from __future__ import annotations

from typing import Any

import ipywidgets
import numpy as np

from course_lib.svg import (
    BLUE,
    GREEN,
    INK,
    LIGHT_BLUE,
    LIGHT_GREEN,
    LIGHT_ORANGE,
    LIGHT_PINK,
    ORANGE,
    WHITE,
    Grid,
    Picture,
    cell_width,
    number,
)

from ..layers import AveragePooling, MaxPooling
from .base import Stepper, choice, play, set_steps, slider, word

WIDTH = 1100
_TALL = 52  # px of a cell at most
_TOP, _GAP = 40, 40
_LARGEST = 8


def pooling_stepper(
    x: np.ndarray,
    size: int = 2,
    stride: int = 2,
    dout: np.ndarray | None = None,
    language: str = "en",
) -> ipywidgets.Widget:
    """Show pooling window by window, forward and backward.

    Args:
        x: one small image, (H, W).
        size: height and width of the window, 1 to 4.
        stride: pixels from one window to the next, 1 to 4.
        dout: the gradient that comes back, (OH, OW); 1, 2, 3, ... if None
            or where another window asks for another shape.
        language: of the controls, "en" or "ja".

    Raises:
        ValueError: x is not (H, W) of 2 to 8, or a number is out of range.
    """
    x = np.asarray(x)
    if x.ndim != 2 or not 2 <= min(x.shape) <= max(x.shape) <= _LARGEST:
        raise ValueError(
            f"x has shape {x.shape}, expected (H, W), each 2 to {_LARGEST}"
        )
    most = min(*x.shape, 4)
    for name, value in (("size", size), ("stride", stride)):
        if not 1 <= value <= most:
            raise ValueError(f"{name} is {value}, expected 1..{most}")
    return PoolingStepper(x, size, stride, dout, language)


class PoolingStepper(Stepper):
    """See pooling_stepper."""

    def __init__(
        self,
        x: np.ndarray,
        size: int,
        stride: int,
        dout: np.ndarray | None,
        language: str,
    ) -> None:
        self.x = x
        self.given = None if dout is None else np.asarray(dout)
        most = min(*x.shape, 4)
        self.kind = choice(
            [(word(name, language), name) for name in ("max", "average")]
        )
        self.way = choice(
            [(word(name, language), name) for name in ("forward", "backward")]
        )
        self.step = slider(word("step", language), 0, 0, 0, "380px")
        self.size = slider(word("window", language), size, 1, most)
        self.stride = slider(word("stride", language), stride, 1, most)
        self.count()
        for control in (self.size, self.stride):
            control.observe(self.count, "value")
        super().__init__(
            [
                [play(self.step), self.step, self.way],
                [self.kind, self.size, self.stride],
            ]
        )
        self.follow(self.step, self.kind, self.way, self.size, self.stride)

    def layer(self) -> MaxPooling | AveragePooling:
        """Return the layer that the controls describe."""
        kind = MaxPooling if self.kind.value == "max" else AveragePooling
        return kind(self.size.value, self.size.value, self.stride.value)

    def count(self, _change: Any = None) -> None:
        """Fit the step slider to the number of windows."""
        y = self.layer().forward(self.x[np.newaxis, np.newaxis].astype(float))
        set_steps(self.step, y.size)

    def values(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return y, dout and the dx of the windows up to this step."""
        layer = self.layer()
        y = layer.forward(self.x[np.newaxis, np.newaxis].astype(float))
        dout = np.arange(1.0, y.size + 1).reshape(y.shape)
        if self.given is not None and self.given.shape == y.shape[2:]:
            dout = self.given.reshape(y.shape).astype(float)
        seen = np.arange(y.size).reshape(y.shape) <= self.now
        dx = layer.backward(dout * seen)
        return y[0, 0], dout[0, 0], dx[0, 0]

    def sources(self) -> np.ndarray:
        """Return the share (size, size) of each pixel of the window."""
        i, j = self.corner()
        size = self.size.value
        window = self.x[i : i + size, j : j + size]
        if self.kind.value == "average":
            return np.full(window.shape, 1 / window.size)
        share = np.zeros(window.shape)
        share[np.unravel_index(window.argmax(), window.shape)] = 1
        return share

    def corner(self) -> tuple[int, int]:
        """Return the top left pixel of this step's window."""
        OW = (self.x.shape[1] - self.size.value) // self.stride.value + 1
        i, j = divmod(self.now, OW)
        return i * self.stride.value, j * self.stride.value

    def draw(self) -> Picture:
        """Return the picture of this step."""
        height = _TOP + len(self.x) * self.cell_height() + 50
        picture = Picture(WIDTH, height, self.alt())
        y, dout, dx = self.values()
        gx, gy, gd, gdx = self.lay_out(picture, y.shape)
        gx.title("x")
        gx.numbers(self.x)
        self.draw_window(gx, LIGHT_ORANGE)
        gy.title("y", fill=GREEN)
        backward = self.way.value == "backward"
        self.fill_up(gy, y, backward or None, LIGHT_GREEN, GREEN)
        picture.text(gy.x - _GAP / 2, gx.middle, "→", 26)
        if backward:
            gd.title("dout", fill=BLUE)
            self.fill_up(gd, dout, True, LIGHT_BLUE, BLUE)
            picture.text(gdx.x - _GAP / 2, gx.middle, "→", 26)
            self.draw_gradient(gdx, dx)
        picture.text(
            10, height - 22, self.line(), anchor="start", weight="bold"
        )
        return picture

    def cell_height(self) -> float:
        """Return the height of a cell in px, the same at every step."""
        return min(310 / len(self.x), _TALL)

    def lay_out(self, picture: Picture, out: tuple[int, int]) -> list[Grid]:
        """Return the grids of x, y, dout and dx, from left to right."""
        W = self.x.shape[1]
        width = (WIDTH - 20 - 3 * _GAP) / (2 * W + 2 * out[1])
        y, dout, dx = self.values()
        h = self.cell_height()
        w = min(max(h, cell_width(self.x, y, dout, dx)), width)
        grids, left = [], 10
        for shape in (self.x.shape, out, out, self.x.shape):
            grids.append(Grid(picture, left, _TOP, shape, w, h))
            left = grids[-1].right + _GAP
        return grids

    def draw_window(self, grid: Grid, fill: str) -> None:
        """Paint the window; a dot marks where the value comes from."""
        i, j = self.corner()
        size = self.size.value
        for (a, b), share in np.ndenumerate(self.sources()):
            grid.fill(i + a, j + b, fill if share else WHITE)
            weight = "bold" if share else "normal"
            value = number(self.x[i + a, j + b])
            grid.write(i + a, j + b, value, weight=weight)
            if share:
                x, y = grid.corner(i + a, j + b)
                grid.picture.dot(x + 9, y + 9, 4, ORANGE)
        grid.ring(i, j, size, size)

    def fill_up(
        self, grid: Grid, values: np.ndarray, whole: bool, fill: str, ring: str
    ) -> None:
        """Draw the values of the windows up to this step, or all."""
        for k, value in enumerate(values.ravel()):
            i, j = divmod(k, values.shape[1])
            if k > self.now and not whole:
                grid.fill(i, j, WHITE, dash="2 4")
                continue
            grid.fill(i, j, fill)
            grid.write(i, j, number(value))
        grid.ring(*divmod(self.now, values.shape[1]), stroke=ring)

    def draw_gradient(self, grid: Grid, dx: np.ndarray) -> None:
        """Draw dx so far and mark what this window adds to."""
        grid.title("dx", fill=ORANGE)
        for (i, j), value in np.ndenumerate(dx):
            grid.fill(i, j, LIGHT_PINK if value else WHITE)
            grid.write(i, j, number(value), fill=INK)
        i, j = self.corner()
        size = self.size.value
        for (a, b), share in np.ndenumerate(self.sources()):
            if share:
                x, y = grid.corner(i + a, j + b)
                grid.picture.dot(x + 9, y + 9, 4, ORANGE)
        grid.ring(i, j, size, size)

    def line(self) -> str:
        """Return the step with its numbers."""
        y, dout, _ = self.values()
        i, j = divmod(self.now, y.shape[1])
        top, left = self.corner()
        if self.way.value == "backward":
            share = self.sources()
            a, b = np.unravel_index(share.argmax(), share.shape)
            part = number(dout[i, j] * share[a, b])
            if self.kind.value == "max":
                return f"dx[{top + a}, {left + b}] += dout[{i}, {j}] = {part}"
            rule = f"{number(dout[i, j])} / {share.size} = {part}"
            return f"dx += dout[{i}, {j}] / {share.size} = {rule}"
        size = self.size.value
        window = self.x[top : top + size, left : left + size]
        numbers = [number(v) for v in window.ravel()]
        if self.kind.value == "max":
            text = f"max({', '.join(numbers)})"
        else:
            text = f"({' + '.join(numbers)}) / {window.size}"
        return f"y[{i}, {j}] = {text} = {number(y[i, j])}"

    def alt(self) -> str:
        """Return the picture in words of the field."""
        name = "Max" if self.kind.value == "max" else "Average"
        return (
            f"{name} pooling, {self.way.value}: x {self.x.shape}, window "
            f"{self.size.value}, S={self.stride.value}. {self.line()}"
        )
