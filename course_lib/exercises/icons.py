"""Small pictures of the lessons, for the map on the start page.

A lesson draws its own in `lesson_5_1/icon.py`: `draw(picture)` gets a Picture
of WIDTH x HEIGHT pixels. Without that file the lesson's number is shown.
"""

from __future__ import annotations

import importlib
from importlib.util import find_spec

from course_lib.svg import BLUE, GREY, INK, ORANGE, WHITE, Grid, Picture

WIDTH, HEIGHT = 72, 44  # pixels
WORD = 11  # pixels of type


def icon(number: str, alt: str = "") -> str:
    """Return the picture of a lesson as an <img> that needs no file.

    number: such as "5_1". alt: what it says to who cannot see it.
    """
    picture = Picture(WIDTH, HEIGHT, alt)
    name = f"{__package__}.lesson_{number}"
    if find_spec(name) and find_spec(f"{name}.icon"):
        importlib.import_module(f"{name}.icon").draw(picture)
    else:
        picture.text(WIDTH / 2, HEIGHT / 2, number, 16, BLUE)
    return picture.to_still()


def cells(
    picture: Picture,
    x: float,
    y: float,
    shape: tuple[int, int],
    size: float,
    fill: str = WHITE,
) -> Grid:
    """Draw the cells of an array (rows, columns) and return its grid.

    x, y: the upper left corner. size: of a cell, in pixels.
    """
    grid = Grid(picture, x, y, shape, size)
    for row in range(shape[0]):
        for column in range(shape[1]):
            grid.fill(row, column, fill)
    return grid


def arrow(
    picture: Picture, x: float, y: float, end: float, stroke: str = INK
) -> None:
    """Draw a level arrow from x to end, dashed if it leads back."""
    back = 4 if end > x else -4
    picture.path([(x, y), (end, y)], stroke, 2, "3 2" if back < 0 else "")
    head = [(end - back, y - 4), (end, y), (end - back, y + 4)]
    picture.path(head, stroke, 2)


def layer(picture: Picture, word: str) -> None:
    """Draw a layer with its way forward and its way back."""
    picture.rect(19, 6, 34, 32, "#eeeeee", GREY)
    picture.text(36, 22, word, WORD)
    for x, end in ((2, 17), (55, 70)):
        arrow(picture, x, 14, end, BLUE)
        arrow(picture, end, 31, x, ORANGE)
