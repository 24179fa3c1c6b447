"""The picture of the lesson on the map."""

from __future__ import annotations

from course_lib.exercises.icons import arrow, cells
from course_lib.svg import LIGHT_ORANGE, Picture


def draw(picture: Picture) -> None:
    """Show a window of an image as a row of a matrix."""
    image = cells(picture, 2, 8, (3, 3), 9)
    cells(picture, 2, 8, (2, 2), 9, LIGHT_ORANGE)
    image.ring(0, 0, 2, 2, line=2.5)
    arrow(picture, 31, 22, 38)
    matrix = cells(picture, 40, 4, (4, 4), 7.5)
    cells(picture, 40, 4, (1, 4), 7.5, LIGHT_ORANGE)
    matrix.ring(0, 0, 1, 4, line=2.5)
