"""Small pictures of the lessons, for the map on the start page."""

from __future__ import annotations

import base64

WIDTH, HEIGHT = 72, 44  # pixels
BLUE, ORANGE, GREEN = "#0072b2", "#d55e00", "#009e73"
LIGHT_BLUE, LIGHT_ORANGE, LIGHT_GREEN = "#cde6f6", "#fddf9f", "#bfe5d6"


def _grid(
    x: float, y: float, rows: int, columns: int, size: float, fill="#fff"
) -> str:
    """Draw cells of an array; x, y: the upper left corner in pixels."""
    return "".join(
        f'<rect x="{x + size * j}" y="{y + size * i}" width="{size}" '
        f'height="{size}" fill="{fill}" stroke="#777"/>'
        for i in range(rows)
        for j in range(columns)
    )


def _frame(x, y, width, height, colour=ORANGE) -> str:
    """Draw a thick frame around cells."""
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" '
        f'fill="none" stroke="{colour}" stroke-width="2.5"/>'
    )


def _arrow(x0, y, x1, colour="#333", dashed=False) -> str:
    """Draw a level arrow from x0 to x1."""
    back = 4 if x1 > x0 else -4
    dash = ' stroke-dasharray="3 2"' if dashed else ""
    return (
        f'<path d="M{x0} {y}H{x1}" stroke="{colour}" stroke-width="2"{dash}/>'
        f'<path d="M{x1 - back} {y - 4}L{x1} {y}L{x1 - back} {y + 4}" '
        f'fill="none" stroke="{colour}" stroke-width="2"/>'
    )


def _word(x, y, text) -> str:
    """Write a word around x."""
    return (
        f'<text x="{x}" y="{y}" font-family="sans-serif" font-size="11" '
        f'text-anchor="middle" fill="#222">{text}</text>'
    )


def _layer(word: str) -> str:
    """Draw a layer with its way forward and its way back."""
    return (
        f'<rect x="19" y="6" width="34" height="32" rx="4" fill="#eee" '
        f'stroke="#777"/>{_word(36, 26, word)}'
        + _arrow(2, 14, 17, BLUE)
        + _arrow(55, 14, 70, BLUE)
        + _arrow(17, 31, 2, ORANGE, True)
        + _arrow(70, 31, 55, ORANGE, True)
    )


def _character(x: float, turn: float) -> str:
    """Draw a handwritten character around x, turned by some degrees."""
    return (
        f'<g transform="translate({x} 22) rotate({turn})" fill="none" '
        f'stroke="#222" stroke-width="2.5" stroke-linecap="round">'
        f'<path d="M-8 -8L-3 -5M-9 -1L-4 2M-8 9Q3 6 8 -7"/></g>'
    )


DRAWINGS = {
    "5_1": _grid(3, 4, 4, 4, 9)
    + _grid(3, 4, 3, 3, 9, LIGHT_ORANGE)
    + _frame(3, 4, 27, 27)
    + _arrow(41, 22, 49)
    + _grid(52, 13, 2, 2, 9, LIGHT_GREEN)
    + _frame(52, 13, 9, 9, GREEN),
    "5_2": _grid(3, 4, 4, 4, 9)
    + _grid(3, 4, 2, 2, 9, LIGHT_ORANGE)
    + _grid(21, 22, 2, 2, 9, LIGHT_BLUE)
    + _arrow(41, 22, 49)
    + _grid(52, 13, 1, 1, 9, LIGHT_ORANGE)
    + _grid(61, 13, 1, 1, 9)
    + _grid(52, 22, 1, 1, 9)
    + _grid(61, 22, 1, 1, 9, LIGHT_BLUE),
    "5_3": _grid(3, 11, 2, 3, 9, LIGHT_BLUE)
    + _frame(3, 11, 27, 9)
    + _arrow(34, 20, 44)
    + _grid(49, 6, 3, 2, 9, LIGHT_BLUE)
    + _frame(49, 6, 9, 27),
    "5_4": _grid(2, 8, 3, 3, 9)
    + _grid(2, 8, 2, 2, 9, LIGHT_ORANGE)
    + _frame(2, 8, 18, 18)
    + _arrow(31, 22, 38)
    + _grid(40, 4, 4, 4, 7.5)
    + _grid(40, 4, 1, 4, 7.5, LIGHT_ORANGE)
    + _frame(40, 4, 30, 7.5),
    "5_5": _layer("conv"),
    "5_6": _layer("max"),
    "5_7": _grid(3, 8, 1, 1, 28, LIGHT_BLUE)
    + _grid(35, 13, 1, 1, 18, LIGHT_ORANGE)
    + "".join(_grid(58, 4 + 7 * i, 1, 1, 7, LIGHT_GREEN) for i in range(5))
    + _arrow(31, 22, 34)
    + _arrow(53, 22, 57),
    "5_8": _character(13, -18) + _character(36, 0) + _character(59, 18),
}


def icon(number: str, alt: str = "") -> str:
    """Return the picture of a lesson as an <img> that needs no file.

    number: such as "5_1"; a lesson without a drawing shows its number.
    alt: what it says to who cannot see it.
    """
    drawing = DRAWINGS.get(number) or _word(WIDTH / 2, 26, number)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
        f'height="{HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" rx="4" '
        f'fill="#fff"/>{drawing}</svg>'
    )
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    return (
        f'<img alt="{alt}" width="{WIDTH}" height="{HEIGHT}" '
        f'src="data:image/svg+xml;base64,{data}"/>'
    )
