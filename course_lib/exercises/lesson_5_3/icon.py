"""The picture of the lesson on the map."""

from __future__ import annotations

from course_lib.exercises.icons import arrow, cells
from course_lib.svg import LIGHT_BLUE, Picture


def draw(picture: Picture) -> None:
    """Show a matrix and its transpose, one row ringed."""
    cells(picture, 3, 11, (2, 3), 9, LIGHT_BLUE).ring(0, 0, 1, 3, line=2.5)
    arrow(picture, 34, 20, 44)
    cells(picture, 49, 6, (3, 2), 9, LIGHT_BLUE).ring(0, 0, 3, 1, line=2.5)
