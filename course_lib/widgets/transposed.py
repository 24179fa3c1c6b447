"""Pixels that write a filter each into a larger map, one after another."""

from __future__ import annotations

import ipywidgets
import numpy as np

from course_lib.svg import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LIGHT_BLUE,
    LIGHT_GREEN,
    LIGHT_ORANGE,
    PALE,
    WHITE,
    Grid,
    Picture,
    cell_width,
    number,
)

from .base import Stepper, play, set_steps, slider, word

WIDTH, HEIGHT = 1100, 440
_GAP = 46  # px between two matrices, for the sign
_TOP = 34
_BELOW = 90  # px for the text
_LARGEST = 5  # rows or columns of x and of w


def transposed_stepper(
    x: np.ndarray,
    w: np.ndarray,
    stride: int = 2,
    pad: int = 0,
    language: str = "en",
) -> ipywidgets.Widget:
    """Show a transposed convolution pixel by pixel, with sliders.

    Args:
        x: one small map, (H, W).
        w: one filter, (FH, FW).
        stride: pixels from one stamp to the next, 1 to 3.
        pad: rows and columns cut off on each side, 0 to 2.
        language: of the controls, "en" or "ja".

    Raises:
        ValueError: shapes do not fit, or are too large to read.
    """
    x, w = np.asarray(x), np.asarray(w)
    for name, array in (("x", x), ("w", w)):
        if array.ndim != 2 or not 1 <= max(array.shape) <= _LARGEST:
            raise ValueError(
                f"{name} has shape {array.shape}, expected two axes of at "
                f"most {_LARGEST}"
            )
    for name, value, least, most in (
        ("stride", stride, 1, 3),
        ("pad", pad, 0, 2),
    ):
        if not least <= value <= most:
            raise ValueError(f"{name} is {value}, expected {least}..{most}")
    return TransposedStepper(x, w, stride, pad, language)


class TransposedStepper(Stepper):
    """See transposed_stepper."""

    def __init__(
        self,
        x: np.ndarray,
        w: np.ndarray,
        stride: int,
        pad: int,
        language: str,
    ) -> None:
        self.x, self.w = x, w
        self.step = slider(word("step", language), 0, 0, 0, "420px")
        self.stride = slider(word("stride", language), stride, 1, 3, "240px")
        self.pad = slider(word("pad", language), pad, 0, 2, "230px")
        set_steps(self.step, x.size)
        super().__init__(
            [[play(self.step), self.step], [self.stride, self.pad]]
        )
        self.follow(self.step, self.stride, self.pad)

    def map_size(self) -> tuple[int, int]:
        """Return the size of the map before anything is cut off."""
        S = self.stride.value
        sizes = zip(self.x.shape, self.w.shape)
        return tuple(S * (n - 1) + f for n, f in sizes)

    def written(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the map up to this step, and how many stamps lie there."""
        y = np.zeros(self.map_size(), np.result_type(self.x, self.w))
        stamps = np.zeros(y.shape, int)
        for step in range(self.now + 1):
            place = self.place(step)
            y[place] += self.stamp(step)
            stamps[place] += 1
        return y, stamps

    def place(self, step: int) -> tuple[slice, slice]:
        """Return where the stamp of a step lies."""
        S = self.stride.value
        i, j = divmod(step, self.x.shape[1])
        FH, FW = self.w.shape
        return slice(i * S, i * S + FH), slice(j * S, j * S + FW)

    def stamp(self, step: int) -> np.ndarray:
        """Return the filter times the pixel of a step."""
        return self.x.flat[step] * self.w

    def draw(self) -> Picture:
        """Return the picture of this step."""
        picture = Picture(WIDTH, HEIGHT, self.alt())
        gx, gw, gp, gy = self.lay_out(picture)
        gx.title("x")
        gx.numbers(self.x)
        i, j = divmod(self.now, self.x.shape[1])
        gx.fill(i, j, LIGHT_ORANGE)
        gx.write(i, j, number(self.x[i, j]))
        gx.ring(i, j)
        gw.title("w", fill=BLUE)
        gw.numbers(self.w, LIGHT_BLUE)
        gp.title(f"{number(self.x[i, j])} · w")
        gp.numbers(self.stamp(self.now), LIGHT_ORANGE)
        for grid, sign in ((gx, "·"), (gw, "="), (gp, "→")):
            picture.text(grid.right + _GAP / 2, gp.middle, sign, 26)
        self.draw_map(gy)
        self.draw_text(picture)
        return picture

    def lay_out(self, picture: Picture) -> list[Grid]:
        """Return the grids of x, w, their product, and y."""
        shapes = [self.x.shape, self.w.shape, self.w.shape, self.map_size()]
        rows = max(shape[0] for shape in shapes)
        columns = sum(shape[1] for shape in shapes)
        room = (WIDTH - 20 - 3 * _GAP) / columns
        h = min((HEIGHT - _TOP - _BELOW) / rows, 50)
        y, _ = self.written()
        w = min(max(h, cell_width(self.x, self.w, y)), room)
        grids, left = [], 10.0
        for shape in shapes:
            grids.append(Grid(picture, left, _TOP, shape, w, h))
            left = grids[-1].right + _GAP
        return grids

    def draw_map(self, gy: Grid) -> None:
        """Draw what has been written; grey what is cut off."""
        y, stamps = self.written()
        P = self.pad.value
        rows, columns = self.place(self.now)
        gy.title("y", fill=GREEN)
        for (i, j), value in np.ndenumerate(y):
            inside = P <= i < len(y) - P and P <= j < y.shape[1] - P
            new = i in range(*rows.indices(len(y)))
            new = new and j in range(*columns.indices(y.shape[1]))
            fill = LIGHT_ORANGE if new else LIGHT_GREEN
            if not stamps[i, j]:
                fill = WHITE
            gy.fill(
                i, j, fill if inside else PALE, dash="" if inside else "3 3"
            )
            if stamps[i, j]:
                gy.write(i, j, number(value), fill=INK if inside else GREY)
        FH, FW = self.w.shape
        gy.ring(rows.start, columns.start, FH, FW)

    def formula(self) -> tuple[str, str]:
        """Return the size of the output in symbols and in live numbers."""
        S, P = self.stride.value, self.pad.value
        H, FH = len(self.x), len(self.w)
        OH = self.map_size()[0] - 2 * P
        end = f"{OH}" if OH > 0 else f"{OH}  ✕"
        return (
            "OH = S·(H - 1) + FH - 2·P",
            f"OH = {S}·({H} - 1) + {FH} - 2·{P} = {end}",
        )

    def draw_text(self, picture: Picture) -> None:
        """Write this step, then the size of the output."""
        symbols, numbers = self.formula()
        lines = [
            (self.step_line(), INK, "normal"),
            (symbols, GREY, "normal"),
            (numbers, INK, "bold"),
        ]
        for line, (text, fill, weight) in enumerate(lines):
            y = HEIGHT - 72 + 27 * line
            look = {"fill": fill, "anchor": "start", "weight": weight}
            picture.text(10, y, text, **look)

    def step_line(self) -> str:
        """Return what this step adds, and where."""
        i, j = divmod(self.now, self.x.shape[1])
        S = self.stride.value
        FH, FW = self.w.shape
        value = number(self.x[i, j])
        return f"y[{i * S}:{i * S + FH}, {j * S}:{j * S + FW}] += {value} · w"

    def alt(self) -> str:
        """Return the picture in words of the field."""
        OH, OW = (n - 2 * self.pad.value for n in self.map_size())
        return (
            f"Transposed convolution: x {self.x.shape}, w {self.w.shape}, "
            f"S={self.stride.value}, P={self.pad.value}, "
            f"y ({max(OH, 0)}, {max(OW, 0)}). {self.step_line()}"
        )
