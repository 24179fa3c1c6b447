"""The picture of the lesson on the map."""

from __future__ import annotations

from course_lib.exercises.icons import arrow, cells
from course_lib.svg import LIGHT_BLUE, LIGHT_GREEN, LIGHT_ORANGE, Picture


def draw(picture: Picture) -> None:
    """Show an image that gets smaller, and then classes."""
    cells(picture, 3, 10, (1, 1), 24, LIGHT_BLUE)
    cells(picture, 38, 15, (1, 1), 14, LIGHT_ORANGE)
    cells(picture, 62, 4, (5, 1), 7, LIGHT_GREEN)
    arrow(picture, 29, 22, 36)
    arrow(picture, 54, 22, 61)
