"""The picture of the lesson on the map."""

from __future__ import annotations

from course_lib.exercises.icons import arrow, cells
from course_lib.svg import LIGHT_BLUE, LIGHT_ORANGE, Picture


def draw(picture: Picture) -> None:
    """Show two windows, and the small image that they give."""
    for x, y, corner, size in ((3, 4, 18, 2), (52, 13, 9, 1)):
        cells(picture, x, y, (2 * size, 2 * size), 9)
        cells(picture, x, y, (size, size), 9, LIGHT_ORANGE)
        cells(picture, x + corner, y + corner, (size, size), 9, LIGHT_BLUE)
    arrow(picture, 41, 22, 49)
