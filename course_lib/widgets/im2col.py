"""An image and its columns, linked: touch one and see it in the other."""

from __future__ import annotations

from collections.abc import Callable

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
    ORANGE,
    PALE,
    WHITE,
    Grid,
    Picture,
    cell_width,
    number,
)

from ..functional import col2im, conv_output_size, im2col
from .base import CELL, Touch, choice, slider, word

WIDTH, HEIGHT = 1100, 430
_LEFT, _TOP, _GAP = 44, 36, 44
_ROWS, _COLUMNS = 16, 18  # of the columns' matrix, so that it can be read
_MODES = ("im2col", "col2im", "col2im +=")


def im2col_view(
    x: np.ndarray,
    FH: int,
    FW: int,
    stride: int = 1,
    pad: int = 0,
    w: np.ndarray | None = None,
    language: str = "en",
) -> ipywidgets.Widget:
    """Show an image beside its im2col; click a row or a pixel.

    A row shows its window and its product with the filter; a pixel shows
    all entries that hold it, and what col2im makes of them. In col2im the
    number of windows over each pixel stands below the image.

    Args:
        x: one small image, (H, W) or (C, H, W).
        FH: height of the window.
        FW: width of the window.
        stride: pixels from one window to the next.
        pad: rows and columns of zeros around the image.
        w: one filter, (FH, FW) or (C, FH, FW); ones if None.
        language: of the controls, "en" or "ja".

    Raises:
        ValueError: shapes do not fit, or the matrix is too large to read.
    """
    x = np.asarray(x)
    if x.ndim not in (2, 3) or x.size == 0:
        raise ValueError(
            f"x has shape {x.shape}, expected (H, W) or (C, H, W)"
        )
    x = x[np.newaxis] if x.ndim == 2 else x
    shape = (len(x), FH, FW)
    w = np.ones(shape, dtype=x.dtype) if w is None else np.asarray(w)
    if w.size != np.prod(shape):
        raise ValueError(f"w has shape {w.shape}, expected {shape}")
    rows = np.prod(
        [
            conv_output_size(n, f, stride, pad)
            for n, f in zip(x.shape[1:], (FH, FW))
        ]
    )
    if rows > _ROWS or w.size > _COLUMNS:
        raise ValueError(
            f"im2col has shape {(int(rows), w.size)}, expected at most "
            f"{(_ROWS, _COLUMNS)}; take a smaller image or filter"
        )
    return Im2colView(x, w.reshape(shape), stride, pad, language)


class Im2colView(Touch):
    """See im2col_view."""

    def __init__(
        self,
        x: np.ndarray,
        w: np.ndarray,
        stride: int,
        pad: int,
        language: str,
    ) -> None:
        self.x, self.w, self.stride, self.pad = x, w, stride, pad
        self.prepare()
        rows, pixels = len(self.col), self.padded.size
        self.mode = choice([(name, name) for name in _MODES])
        self.row = slider(word("row", language), 0, 0, rows - 1, "330px")
        self.pixel = slider(word("pixel", language), 0, 0, pixels - 1, "330px")
        self.counts_name = word("counts", language)
        self.chosen = "row"
        over = self.buttons()
        super().__init__([[self.mode, self.row, self.pixel]], over)
        self.follow(self.mode)
        self.row.observe(lambda _: self.choose("row"), "value")
        self.pixel.observe(lambda _: self.choose("pixel"), "value")

    def prepare(self) -> None:
        """Work out all numbers that the picture shows."""
        FH, FW = self.w.shape[1:]
        P, S = self.pad, self.stride
        self.padded = np.pad(self.x, ((0, 0), (P, P), (P, P)))
        places = np.arange(self.padded.size).reshape(self.padded.shape)
        self.source = im2col(places[np.newaxis], FH, FW, S)
        self.col = self.padded.ravel()[self.source]
        self.y = self.col @ self.w.ravel()
        shape = (1, *self.padded.shape)
        self.counts = np.bincount(
            self.source.ravel(), minlength=self.padded.size
        ).reshape(self.padded.shape)
        self.back = {
            "im2col": self.padded,
            "col2im": col2im(self.col, shape, FH, FW, S)[0],
            "col2im +=": col2im(self.col, shape, FH, FW, S, is_backward=True)[
                0
            ],
        }
        self.OW = conv_output_size(self.x.shape[2], FW, S, P)

    def choose(self, kind: str, index: int | None = None) -> None:
        """Select a row or a pixel; index None keeps the slider's."""
        self.chosen = kind
        control = self.row if kind == "row" else self.pixel
        if index is None or control.value == index:
            self.refresh()
        else:
            control.value = index

    def lay_out(self, picture: Picture | None) -> tuple:
        """Return the grids: image channels, counts, columns, w, y."""
        C, H, W = self.padded.shape
        rows, columns = self.col.shape
        needed = cell_width(self.x, self.w, self.back["col2im +="], self.y)
        blocks = C + 1 if self.pad + H <= 8 or C > 1 else 2
        tall = (HEIGHT - _TOP - 44 - 34 * (blocks - 1)) / (blocks * H)
        h = min(tall, 34)
        images = [
            Grid(
                picture,
                _LEFT,
                _TOP + c * (H * h + 8),
                (H, W),
                max(h, needed),
                h,
            )
            for c in range(C)
        ]
        y = images[-1].bottom + 34
        counts = Grid(picture, _LEFT, y, (H, W), max(h, needed), h)
        left = counts.right + _GAP + 50
        room = (WIDTH - left - 2 * _GAP - 120) / (columns + 2)
        width = min(max(needed, 34), room)
        h = min((HEIGHT - _TOP - 44) / max(rows, columns), 34)
        col = Grid(picture, left, _TOP, (rows, columns), width, h)
        w = Grid(picture, col.right + _GAP, _TOP, (columns, 1), width, h)
        out = Grid(picture, w.right + _GAP, _TOP, (rows, 1), width, h)
        return images, counts, col, w, out

    def buttons(self) -> list[ipywidgets.Widget]:
        """Return unseen buttons over the pixels and over the rows."""
        images, _, col, _, out = self.lay_out(None)
        H, W = self.padded.shape[1:]
        boxes = [
            _overlay(
                grid,
                [
                    (f"x[{c}, {i}, {j}]", "pixel", (c * H + i) * W + j)
                    for i in range(H)
                    for j in range(W)
                ],
                self.choose,
            )
            for c, grid in enumerate(images)
        ]
        rows = Grid(
            None,
            col.x - 40,
            col.y,
            (len(self.col), 1),
            out.right - col.x + 40,
            col.cell[1],
        )
        named = [(f"col[{r}]", "row", r) for r in range(len(self.col))]
        return [*boxes, _overlay(rows, named, self.choose)]

    def draw(self) -> Picture:
        """Return the picture with the chosen row or pixel."""
        picture = Picture(WIDTH, HEIGHT, self.alt())
        images, counts, col, w, out = self.lay_out(picture)
        self.draw_images(images)
        if self.mode.value != "im2col":
            counts.title(self.counts_name)
            counts.numbers(self.counts[0], LIGHT_GREEN)
        self.draw_columns(col)
        ends = [(images[0].right + 14, _TOP + 60), (col.x - 44, _TOP + 60)]
        forward = self.mode.value == "im2col"
        picture.path(ends if forward else ends[::-1], arrow=True)
        if self.mode.value == "im2col":
            self.draw_product(picture, col, w, out)
        if self.chosen == "row":
            self.mark_row(images, col, out)
        else:
            self.mark_pixel(images, counts, col)
        picture.text(
            10, HEIGHT - 20, self.line(), anchor="start", weight="bold"
        )
        return picture

    def draw_images(self, images: list[Grid]) -> None:
        """Draw the image, or what col2im gives; padding grey, dashed."""
        values = self.back[self.mode.value]
        images[0].title("x" if self.mode.value == "im2col" else "col2im(col)")
        P = self.pad
        H, W = self.x.shape[1:]
        for (c, i, j), value in np.ndenumerate(values):
            inside = P <= i < P + H and P <= j < P + W
            look = (WHITE,) if inside else (PALE, GREY, 1, "3 3")
            images[c].fill(i, j, *look)
            images[c].write(i, j, number(value), fill=INK if inside else GREY)

    def draw_columns(self, col: Grid) -> None:
        """Draw the matrix with its row numbers and its channels."""
        col.title(f"col {self.col.shape}")
        col.numbers(self.col)
        for r in range(len(self.col)):
            x, y = col.centre(r, 0)
            col.picture.text(col.x - 20, y, r, fill=GREY)
        C, FH, FW = self.w.shape
        for c in range(1, C):
            x = col.corner(0, c * FH * FW)[0]
            col.picture.path([(x, col.y), (x, col.bottom)], line=3)

    def draw_product(
        self, picture: Picture, col: Grid, w: Grid, out: Grid
    ) -> None:
        """Draw the filter as one column and the result of the product."""
        w.title("w", fill=BLUE)
        w.numbers(self.w.reshape(-1, 1), LIGHT_BLUE)
        out.title("y", fill=GREEN)
        out.numbers(self.y.reshape(-1, 1), LIGHT_GREEN)
        picture.text(w.x - _GAP / 2, _TOP + 60, "@", 22)
        picture.text(out.x - _GAP / 2, _TOP + 60, "=", 26)

    def mark_row(self, images: list[Grid], col: Grid, out: Grid) -> None:
        """Light up a row, its window in the image and its output."""
        r = self.row.value
        FH, FW = self.w.shape[1:]
        i, j = (self.stride * n for n in divmod(r, self.OW))
        values = self.back[self.mode.value]
        for c, grid in enumerate(images):
            for y in range(i, i + FH):
                for x in range(j, j + FW):
                    _light(grid, y, x, values[c, y, x])
            grid.ring(i, j, FH, FW)
        for k, value in enumerate(self.col[r]):
            _light(col, r, k, value)
        col.ring(r, 0, 1, self.col.shape[1])
        if self.mode.value == "im2col":
            out.ring(r, 0, stroke=GREEN)

    def mark_pixel(self, images: list[Grid], counts: Grid, col: Grid) -> None:
        """Light up a pixel and all entries that hold it."""
        c, i, j = np.unravel_index(self.pixel.value, self.padded.shape)
        value = self.back[self.mode.value][c, i, j]
        _light(images[c], i, j, value)
        images[c].ring(i, j)
        if self.mode.value != "im2col":
            counts.ring(i, j)
        for r, k in zip(*np.nonzero(self.source == self.pixel.value)):
            _light(col, r, k, self.col[r, k])
            col.ring(r, k, line=3)

    def line(self) -> str:
        """Return the numbers of what is chosen."""
        if self.chosen == "row":
            return self.row_line()
        c, i, j = np.unravel_index(self.pixel.value, self.padded.shape)
        entries = self.col[self.source == self.pixel.value]
        name = f"[{c}, {i}, {j}]" if len(self.x) > 1 else f"[{i}, {j}]"
        if self.mode.value == "im2col":
            places = zip(*np.nonzero(self.source == self.pixel.value))
            text = ", ".join(f"col[{r}, {k}]" for r, k in places)
            return f"x{name} → {text or '∅'}"
        value = number(self.back[self.mode.value][c, i, j])
        if self.mode.value == "col2im":
            return f"col2im(col){name} = {value}"
        total = " + ".join(number(v) for v in entries) or "0"
        return f"col2im(col, is_backward=True){name} = {total} = {value}"

    def row_line(self) -> str:
        """Return where the chosen row comes from and its product."""
        r = self.row.value
        i, j = divmod(r, self.OW)
        S = self.stride
        FH, FW = self.w.shape[1:]
        window = f"[{i * S}:{i * S + FH}, {j * S}:{j * S + FW}]"
        channels = ":, " if len(self.x) > 1 else ""
        window = window.replace("[", f"[{channels}")
        if self.mode.value != "im2col":
            return f"col[{r}] → {window}"
        return f"col[{r}] = x{window},  y[{i}, {j}] = {number(self.y[r])}"

    def alt(self) -> str:
        """Return the picture in words of the field."""
        return (
            f"{self.mode.value}: x {self.x.shape}, window "
            f"{self.w.shape[1:]}, S={self.stride}, P={self.pad}, "
            f"col {self.col.shape}. {self.line()}"
        )


def _light(grid: Grid, row: int, column: int, value: float) -> None:
    """Paint a cell as chosen and write its number again."""
    grid.fill(row, column, LIGHT_ORANGE, ORANGE)
    grid.write(row, column, number(value), weight="bold")


def _overlay(
    grid: Grid, named: list, choose: Callable[[str, int], None]
) -> ipywidgets.GridBox:
    """Return buttons that lie where the cells of a grid are drawn.

    named: (what a reader is told, kind, index) of each, row by row.
    choose: called with kind and index.
    """
    rows, columns = grid.shape
    w, h = grid.cell
    layout = ipywidgets.Layout(width="auto", height="auto")
    buttons = []
    for name, kind, index in named:
        button = ipywidgets.Button(tooltip=name, layout=layout)
        button.on_click(lambda _, k=kind, i=index: choose(k, i))
        buttons.append(button)
    box = ipywidgets.GridBox(
        buttons,
        layout={
            "grid_area": CELL,
            # In parts of the picture, which is smaller in a narrow page.
            # CSS takes all margins in parts of the width.
            "margin": f"{grid.y / WIDTH:.3%} 0 0 {grid.x / WIDTH:.3%}",
            "width": f"{columns * w / WIDTH:.3%}",
            "height": f"{rows * h / HEIGHT:.3%}",
            "grid_template_columns": f"repeat({columns}, minmax(0, 1fr))",
            "grid_template_rows": f"repeat({rows}, minmax(0, 1fr))",
            "overflow": "visible",
        },
    )
    box.add_class("course-over")
    return box
