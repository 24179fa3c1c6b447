"""Draw small pictures as SVG text, fast enough to be redrawn at each step.

A picture is a white panel with dark ink, so it reads the same in a light
and in a dark theme. Lengths are pixels; type is at least 14 pt (19 px).
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterable
from html import escape

import numpy as np

# The colours of the whole course, its plots too. Lines and areas: Okabe and
# Ito (2008), and light tints of them that carry dark type.
BLUE, ORANGE, GREEN, PINK = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
LIGHT_BLUE, LIGHT_ORANGE = "#cfe8f7", "#ffdf9e"
LIGHT_GREEN, LIGHT_PINK = "#bfe8da", "#f5dcea"
# Numbers from below zero to above, as in the plots: matplotlib's map PuOr,
# which is by Cynthia Brewer (colorbrewer2.org).
SIGNED = (
    *("#7f3b08", "#b35806", "#e08214", "#fdb863", "#fee0b6", "#f7f7f7"),
    *("#d8daeb", "#b2abd2", "#8073ac", "#542788", "#2d004b"),
)
INK, GREY, PALE, WHITE = "#222222", "#767676", "#eeeeee", "#ffffff"
TYPE = 19  # px, which is 14 pt
FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK JP', sans-serif"


class Picture:
    """A drawing of a given size, with a sentence for who cannot see it."""

    def __init__(self, width: float, height: float, alt: str) -> None:
        self.width = width
        self.height = height
        self.alt = alt
        self.parts: list[str] = []

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str = "none",
        stroke: str = INK,
        line: float = 1,
        dash: str = "",
    ) -> None:
        """Add a rectangle; dash is like "4 3", "" for a whole line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" '
            f'height="{height:g}" fill="{fill}" stroke="{stroke}" '
            f'stroke-width="{line:g}"{dashed}/>'
        )

    def text(
        self,
        x: float,
        y: float,
        text: object,
        size: float = TYPE,
        fill: str = INK,
        anchor: str = "middle",
        weight: str = "normal",
    ) -> None:
        """Add one line of type centred on y; anchor: start, middle, end."""
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" dy=".35em" font-size="{size:g}" '
            f'fill="{fill}" text-anchor="{anchor}" font-weight="{weight}" '
            f'style="white-space:pre">{escape(str(text))}</text>'
        )

    def path(
        self,
        points: Iterable[tuple[float, float]],
        stroke: str = INK,
        line: float = 2,
        dash: str = "",
        arrow: bool = False,
    ) -> None:
        """Add straight lines through points, with a head if an arrow."""
        way = " ".join(f"{x:.5g},{y:.5g}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{way}" fill="none" stroke="{stroke}" '
            f'stroke-width="{line:g}"{dashed}/>'
        )
        if arrow:
            self._head(list(points), stroke)

    def _head(self, points: list[tuple[float, float]], fill: str) -> None:
        """Add the triangle at the end of an arrow."""
        tail, tip = np.array(points[-2]), np.array(points[-1])
        way = (tip - tail) / max(np.hypot(*(tip - tail)), 1e-9)
        side = np.array([-way[1], way[0]])
        end = tip + 2 * way
        corners = [end, tip - 11 * way + 6 * side, tip - 11 * way - 6 * side]
        way_round = " ".join(f"{x:.5g},{y:.5g}" for x, y in corners)
        self.parts.append(f'<polygon points="{way_round}" fill="{fill}"/>')

    def dot(self, x: float, y: float, radius: float, fill: str = INK) -> None:
        """Add a filled circle."""
        self.parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"/>'
        )

    def image(
        self, x: float, y: float, width: float, height: float, uri: str
    ) -> None:
        """Add an image with sharp pixels from a data address."""
        self.parts.append(
            f'<image x="{x:g}" y="{y:g}" width="{width:g}" '
            f'height="{height:g}" preserveAspectRatio="none" '
            f'style="image-rendering:pixelated" href="{uri}"/>'
        )

    def to_svg(self) -> str:
        """Return the picture as one <svg> element."""
        alt = escape(self.alt, quote=True)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
            f'aria-label="{alt}" width="{self.width:g}" '
            f'height="{self.height:g}" '
            f'viewBox="0 0 {self.width:g} {self.height:g}" '
            f'font-family="{FONT}" '
            f'style="display:block;max-width:100%;height:auto">'
            f'<rect width="100%" height="100%" fill="{WHITE}"/>'
            + "".join(self.parts)
            + "</svg>"
        )

    def to_still(self) -> str:
        """Return the picture as one <img>, which untrusted pages keep."""
        data = base64.b64encode(self.to_svg().encode()).decode()
        return (
            f'<img alt="{escape(self.alt, quote=True)}" '
            f'width="{self.width:g}" height="{self.height:g}" '
            f'style="max-width:100%;height:auto" '
            f'src="data:image/svg+xml;base64,{data}"/>'
        )


def png_uri(pixels: np.ndarray) -> str:
    """Return an image as a data address in PNG.

    pixels: (H, W) grey or (H, W, 3) colour, from 0 (black) to 1 (white);
    values outside are clipped. The format is that of RFC 2083.
    """
    levels = np.clip(np.asarray(pixels, dtype=float), 0, 1) * 255
    levels = levels.round().astype(np.uint8)
    H, W = levels.shape[:2]
    rows = levels.reshape(H, -1)
    # Each row begins with its filter type: 0, no filter.
    raw = np.hstack([np.zeros((H, 1), dtype=np.uint8), rows]).tobytes()
    colour = 2 if levels.ndim == 3 else 0
    header = struct.pack(">IIBBBBB", W, H, 8, colour, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, body)
        for name, body in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(raw, 1)),
            (b"IEND", b""),
        )
    )
    return "data:image/png;base64," + base64.b64encode(data).decode()


def _chunk(name: bytes, body: bytes) -> bytes:
    check = zlib.crc32(name + body)
    return (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)
    )


def signed_colours(
    values: np.ndarray, limit: float | None = None
) -> np.ndarray:
    """Return (..., 3): orange below 0, white at 0, purple above 0.

    values: any shape. limit: the magnitude that has the full colour, by
    default the largest.
    """
    values = np.asarray(values, dtype=float)
    if limit is None:
        limit = float(np.abs(values).max(initial=0))
    part = np.clip(values / (limit or 1.0), -1, 1)
    places = np.linspace(-1, 1, len(SIGNED))
    channels = np.array([rgb(colour) for colour in SIGNED]).T
    return np.stack([np.interp(part, places, c) for c in channels], axis=-1)


def rgb(colour: str) -> np.ndarray:
    """Return red, green and blue from 0 to 1 of a colour such as #0072b2."""
    return np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255


def tiles(pictures: np.ndarray, columns: int, gap: int = 1) -> np.ndarray:
    """Lay small pictures out in rows with a grey line between them.

    pictures: (N, H, W) or (N, H, W, 3), from 0 to 1. Returns one picture.
    """
    pictures = np.asarray(pictures, dtype=float)
    N, H, W = pictures.shape[:3]
    rows = -(-N // columns)
    shape = (rows * (H + gap) - gap, columns * (W + gap) - gap)
    sheet = np.ones(shape + pictures.shape[3:])
    for n, picture in enumerate(pictures):
        top, left = n // columns * (H + gap), n % columns * (W + gap)
        sheet[top : top + H + gap, left : left + W + gap] = 0.6
        sheet[top : top + H, left : left + W] = picture
    return sheet


def number(value: float) -> str:
    """Return a number as short as a cell needs it."""
    if isinstance(value, (np.integer, int, np.bool_)):
        return str(int(value))
    if np.isneginf(value):
        return "-∞"
    text = f"{value:.3g}"
    return "0" if text == "-0" else text


def cell_width(*arrays: np.ndarray) -> float:
    """Return the width in px that the longest number needs."""
    longest = max(
        (len(number(v)) for array in arrays for v in np.ravel(array)),
        default=1,
    )
    return 11 * longest + 8


class Grid:
    """A matrix drawn at a place: knows where its cells are.

    Args:
        picture: what is drawn on.
        x: left edge. y: top edge.
        shape: (rows, columns).
        width: of a cell. height: of a cell; as the width if None.
    """

    def __init__(
        self,
        picture: Picture,
        x: float,
        y: float,
        shape: tuple[int, int],
        width: float,
        height: float | None = None,
    ) -> None:
        self.picture = picture
        self.x = x
        self.y = y
        self.shape = shape
        self.cell = (width, width if height is None else height)

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.shape[1] * self.cell[0]

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.shape[0] * self.cell[1]

    @property
    def middle(self) -> float:
        """The height of the centre."""
        return (self.y + self.bottom) / 2

    def corner(self, row: float, column: float) -> tuple[float, float]:
        """Return the top left corner (x, y) of a cell."""
        w, h = self.cell
        return self.x + column * w, self.y + row * h

    def centre(self, row: float, column: float) -> tuple[float, float]:
        """Return the centre (x, y) of a cell."""
        return self.corner(row + 0.5, column + 0.5)

    def fill(
        self,
        row: int,
        column: int,
        fill: str,
        stroke: str = GREY,
        line: float = 1,
        dash: str = "",
    ) -> None:
        """Paint one cell."""
        x, y = self.corner(row, column)
        self.picture.rect(x, y, *self.cell, fill, stroke, line, dash)

    def write(self, row: int, column: int, text: object, **look) -> None:
        """Write into one cell; look as in Picture.text."""
        x, y = self.centre(row, column)
        self.picture.text(x, y, text, **look)

    def ring(
        self,
        row: float,
        column: float,
        rows: float = 1,
        columns: float = 1,
        stroke: str = ORANGE,
        line: float = 4,
        dash: str = "",
    ) -> None:
        """Draw a thick frame around a block of cells."""
        x, y = self.corner(row, column)
        w, h = self.cell
        self.picture.rect(
            x, y, columns * w, rows * h, "none", stroke, line, dash
        )

    def numbers(self, array: np.ndarray, fill: str = WHITE) -> None:
        """Draw all cells with the numbers of an array (rows, columns)."""
        for (i, j), value in np.ndenumerate(array):
            self.fill(i, j, fill)
            self.write(i, j, number(value))

    def title(self, text: str, **look) -> None:
        """Write a name above."""
        x = (self.x + self.right) / 2
        self.picture.text(x, self.y - 16, text, **{"weight": "bold", **look})
