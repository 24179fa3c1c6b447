"""A window that moves over an image, and the output that fills."""

from __future__ import annotations

from typing import Any

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

from .base import Stepper, play, set_steps, slider, steps_of, word

WIDTH, HEIGHT = 1100, 440
_GAP = 46  # px between two matrices, for the sign
_TOP = 34
_LARGEST = 8  # rows or columns of the image
_ROWS = 15  # rows of all channels, so that type stays readable


def convolution_stepper(
    x: np.ndarray,
    w: np.ndarray,
    stride: int = 1,
    pad: int = 0,
    dilation: int = 1,
    b: float = 0,
    language: str = "en",
    groups: int = 1,
) -> ipywidgets.Widget:
    """Show a convolution window by window, with sliders for its numbers.

    Another filter size cuts w, or repeats it, from its top left corner.

    Args:
        x: one small image, (H, W) or (C, H, W).
        w: one filter, (FH, FW) or (C, FH, FW).
        stride: pixels from one window to the next, 1 to 3.
        pad: rows and columns of zeros around the image, 0 to 2.
        dilation: pixels from one number of the filter to the next, 1 to 3.
        b: the bias.
        language: of the controls, "en" or "ja".
        groups: how many filters share the channels of w; with as many as
            channels the convolution is depthwise.

    Raises:
        ValueError: shapes do not fit, or the image is too large to read.
    """
    x, w = _channels("x", x), _channels("w", w)
    _check(x, w, stride, pad, dilation)
    if groups not in divisors(len(x)):
        raise ValueError(
            f"groups is {groups}, expected one of {divisors(len(x))}, so that "
            f"each group has equally many of the {len(x)} channels"
        )
    steps = stride, pad, dilation
    return ConvolutionStepper(x, w, *steps, b, language, groups)


def divisors(C: int) -> list[int]:
    """Return into how many equal groups C channels can be divided."""
    return [n for n in range(1, C + 1) if C % n == 0]


def _channels(name: str, array: np.ndarray) -> np.ndarray:
    """Return (C, H, W) from that or (H, W)."""
    array = np.asarray(array)
    if array.ndim not in (2, 3) or array.size == 0:
        raise ValueError(
            f"{name} has shape {array.shape}, expected (H, W) or (C, H, W)"
        )
    return array[np.newaxis] if array.ndim == 2 else array


def _check(
    x: np.ndarray, w: np.ndarray, stride: int, pad: int, dilation: int
) -> None:
    """Raise ValueError unless this can be drawn readably."""
    C, H, W = x.shape
    if len(w) != C:
        raise ValueError(f"x has {C} channels and w has {len(w)}, not as many")
    if max(H, W) > _LARGEST or C * (H + 2 * pad) > _ROWS:
        raise ValueError(
            f"x has shape {x.shape}, expected at most {_LARGEST} rows and "
            f"columns, and {_ROWS} rows of all channels with their padding"
        )
    for name, value, least, most in (
        ("stride", stride, 1, 3),
        ("pad", pad, 0, 2),
        ("dilation", dilation, 1, 3),
    ):
        if not least <= value <= most:
            raise ValueError(f"{name} is {value}, expected {least}..{most}")


class ConvolutionStepper(Stepper):
    """See convolution_stepper."""

    def __init__(
        self,
        x: np.ndarray,
        w: np.ndarray,
        stride: int,
        pad: int,
        dilation: int,
        b: float,
        language: str,
        groups: int = 1,
    ) -> None:
        C, H = x.shape[:2]
        self.x, self.w, self.b = x, w, b
        pads = max(p for p in (0, 1, 2) if p == 0 or C * (H + 2 * p) <= _ROWS)
        self.step = slider(word("step", language), 0, 0, 0, "420px")
        self.pad = slider(word("pad", language), pad, 0, pads, "230px")
        self.stride = slider(word("stride", language), stride, 1, 3, "240px")
        self.dilation = slider(
            word("dilation", language), dilation, 1, 3, "280px"
        )
        self.size = slider(
            word("filter", language), w.shape[1], 1, min(H, 5), "270px"
        )
        self.square = w.shape[1] == w.shape[2]
        self.groups = steps_of(word("groups", language), divisors(C), groups)
        controls = [self.pad, self.stride, self.dilation, self.size]
        self.count()
        for control in controls:
            control.observe(self.count, "value")
        first = [play(self.step), self.step]
        if C > 1:
            first.append(self.groups)
        super().__init__([first, controls])
        self.follow(self.step, self.groups, *controls)

    def filter(self) -> np.ndarray:
        """Return the filter (C, FH, FW) at the size of the slider."""
        FH, FW = self.w.shape[1:]
        rows = np.arange(self.size.value) % FH
        columns = np.arange(self.size.value) % FW if self.square else range(FW)
        return self.w[:, rows][:, :, list(columns)]

    def output_size(self) -> tuple[int, int]:
        """Return (OH, OW); 0 or less where the filter does not fit."""
        P, S, D = self.pad.value, self.stride.value, self.dilation.value
        sizes = zip(self.x.shape[1:], self.filter().shape[1:])
        return tuple((n + 2 * P - D * (f - 1) - 1) // S + 1 for n, f in sizes)

    def count(self, _change: Any = None) -> None:
        """Fit the step slider to the number of windows."""
        OH, OW = self.output_size()
        set_steps(self.step, max(OH, 0) * max(OW, 0))

    def products(self, row: int, column: int) -> np.ndarray:
        """Return the products (C, FH, FW) of the window of one output."""
        S, D = self.stride.value, self.dilation.value
        w = self.filter()
        rows = row * S + D * np.arange(w.shape[1])
        columns = column * S + D * np.arange(w.shape[2])
        return self.padded()[:, rows][:, :, columns] * w

    def padded(self) -> np.ndarray:
        """Return the image in its frame of zeros."""
        P = self.pad.value
        return np.pad(self.x, ((0, 0), (P, P), (P, P)))

    def place(self) -> tuple[int, int] | None:
        """Return (row, column) of the output of this step, if any."""
        OH, OW = self.output_size()
        if OH < 1 or OW < 1:
            return None
        return divmod(self.now, OW)

    def draw(self) -> Picture:
        """Return the picture of this step."""
        place = self.place()
        picture = Picture(WIDTH, HEIGHT, self.alt(place))
        channels, outputs = self.lay_out(picture)
        for c, grids in enumerate(channels):
            self.draw_channel(c, *grids, place)
        if place is not None:
            size = len(channels) // len(outputs)
            for g, gy in enumerate(outputs):
                gp = channels[g * size][2]
                self.draw_output(gy, gp, place, g)
        alone = len(self.x) == 1 or len(outputs) > 1
        self.draw_formula(picture, 10 if alone else outputs[0].x)
        return picture

    def lay_out(self, picture: Picture) -> tuple[list, list[Grid]]:
        """Return the grids (x, w, products) of each channel; those of y."""
        G = self.groups.value
        C, H, W = self.padded().shape
        FH, FW = self.filter().shape[1:]
        OH, OW = (max(n, 1) for n in self.output_size())
        left, below = (10, 90) if C == 1 else (46, 6 if G == 1 else 66)
        room = (WIDTH - left - 10 - 3 * _GAP) / (W + 2 * FW + OW)
        tall = (HEIGHT - _TOP - below - 12 * (C - 1)) / (C * max(H, FH))
        h = min(tall, 50)
        w = min(max(h, cell_width(self.x, self.w)), room)
        grids, y = [], _TOP
        for _ in range(C):
            gx = Grid(picture, left, y, (H, W), w, h)
            gw = Grid(picture, gx.right + _GAP, y, (FH, FW), w, h)
            gp = Grid(picture, gw.right + _GAP, y, (FH, FW), w, h)
            grids.append((gx, gw, gp))
            y = max(gx.bottom, gw.bottom) + 12
        # Several channels: room for their sums before the output.
        right = gp.right + (_GAP if C == 1 else 2.6 * _GAP)
        tops = [grids[c][0].y for c in range(0, C, C // G)]
        return grids, [Grid(picture, right, y, (OH, OW), w, h) for y in tops]

    def draw_channel(
        self,
        c: int,
        gx: Grid,
        gw: Grid,
        gp: Grid,
        place: tuple[int, int] | None,
    ) -> None:
        """Draw one channel's image, filter and products."""
        if c == 0:
            gx.title("x")
            gw.title("w", fill=BLUE)
            gp.title("x · w")
        if len(self.x) > 1:
            gx.picture.text(24, gx.middle, f"[{c}]", fill=GREY)
        self.draw_image(c, gx)
        gw.numbers(self.filter()[c], LIGHT_BLUE)
        picture = gx.picture
        picture.text(gx.right + _GAP / 2, gw.middle, "×", 26)
        picture.text(gw.right + _GAP / 2, gw.middle, "=", 26)
        if place is None:
            return
        self.draw_window(c, gx, place)
        products = self.products(*place)[c]
        gp.numbers(products, LIGHT_ORANGE)
        if len(self.x) > 1:
            total = f"Σ {number(products.sum())}"
            picture.text(gp.right + 8, gp.middle, total, anchor="start")

    def draw_image(self, c: int, gx: Grid) -> None:
        """Draw the pixels, those of the padding grey and dashed."""
        P = self.pad.value
        H, W = self.x.shape[1:]
        for (i, j), value in np.ndenumerate(self.padded()[c]):
            inside = P <= i < P + H and P <= j < P + W
            if inside:
                gx.fill(i, j, WHITE)
            else:
                gx.fill(i, j, PALE, dash="3 3")
            gx.write(i, j, number(value), fill=INK if inside else GREY)

    def draw_window(self, c: int, gx: Grid, place: tuple[int, int]) -> None:
        """Paint the pixels that the filter meets and ring the window."""
        S, D = self.stride.value, self.dilation.value
        FH, FW = self.filter().shape[1:]
        top, left = place[0] * S, place[1] * S
        padded = self.padded()[c]
        for i in range(top, top + D * FH, D):
            for j in range(left, left + D * FW, D):
                gx.fill(i, j, LIGHT_ORANGE)
                gx.write(i, j, number(padded[i, j]))
        gx.ring(top, left, D * (FH - 1) + 1, D * (FW - 1) + 1)

    def group_sum(self, g: int, row: int, column: int) -> float:
        """Return one output of group g."""
        size = len(self.x) // self.groups.value
        products = self.products(row, column)[g * size : (g + 1) * size]
        return products.sum() + self.b

    def draw_output(
        self, gy: Grid, gp: Grid, place: tuple[int, int], g: int
    ) -> None:
        """Draw a group's outputs so far and how this one came about."""
        OH, OW = self.output_size()
        if g == 0:
            gy.title("y", fill=GREEN)
        gy.picture.text(gy.x - _GAP / 2, gp.middle, "→", 26)
        for k in range(OH * OW):
            i, j = divmod(k, OW)
            if k > self.now:
                gy.fill(i, j, WHITE, dash="2 4")
                continue
            gy.fill(i, j, LIGHT_GREEN)
            gy.write(i, j, number(self.group_sum(g, i, j)))
        gy.ring(*place, stroke=GREEN)

    def sum_line(self, place: tuple[int, int]) -> str:
        """Return the sum of this step with its numbers."""
        if self.groups.value > 1:
            i, j = place
            return ", ".join(
                f"y[{g}][{i}, {j}] = {number(self.group_sum(g, i, j))}"
                for g in range(self.groups.value)
            )
        products = self.products(*place)
        sums = products.sum(axis=(1, 2)) if len(products) > 1 else products
        text = " + ".join(number(v) for v in sums.ravel())
        text = text.replace("+ -", "- ")
        total = number(products.sum() + self.b)
        if self.b or len(text) > 75:
            short = f"{number(products.sum())} + {number(self.b)}"
            text = f"{text} + b = {short}" if len(text) < 60 else short
        return f"y[{place[0]}, {place[1]}] = {text} = {total}"

    def formula(self) -> tuple[str, str]:
        """Return the size of the output in symbols and in live numbers."""
        D = self.dilation.value
        OH = self.output_size()[0]
        values = (self.x.shape[1], self.pad.value, D)
        values = (*values, self.filter().shape[1], self.stride.value)
        end = f"{OH}" if OH > 0 else f"{OH}  ✕"
        return (
            f"OH = {_formula('H', 'P', 'D', 'FH', 'S', D != 1)}",
            f"OH = {_formula(*values, D != 1)} = {end}",
        )

    def draw_formula(self, picture: Picture, left: float) -> None:
        """Write the sum, then the size of the output."""
        symbols, numbers = self.formula()
        place = self.place()
        total = "" if place is None else self.sum_line(place)
        lines = [
            (total, INK, "normal"),
            (symbols, GREY, "normal"),
            (numbers, INK, "bold"),
        ]
        if self.groups.value > 1:  # the numbers above need more room
            lines = [("", INK, "normal"), lines[0], lines[2]]
        for line, (text, fill, weight) in enumerate(lines):
            y = HEIGHT - 72 + 27 * line
            look = {"fill": fill, "anchor": "start", "weight": weight}
            picture.text(left, y, text, **look)

    def alt(self, place: tuple[int, int] | None) -> str:
        """Return the picture in words of the field."""
        OH, OW = self.output_size()
        start = (
            f"Convolution: x {self.x.shape[1:]}, w {self.filter().shape[1:]}, "
            f"P={self.pad.value}, S={self.stride.value}, "
            f"D={self.dilation.value}, y ({max(OH, 0)}, {max(OW, 0)})"
        )
        if self.groups.value > 1:
            start += f", G={self.groups.value}"
        return start if place is None else f"{start}. {self.sum_line(place)}"


def _formula(H: Any, P: Any, D: Any, FH: Any, S: Any, dilated: bool) -> str:
    """Return the size formula; D only where it changes something."""
    extent = f"({D}·({FH} - 1) + 1)" if dilated else FH
    return f"⌊({H} + 2·{P} - {extent}) / {S}⌋ + 1"
