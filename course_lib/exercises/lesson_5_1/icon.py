"""The picture of the lesson on the map."""

from __future__ import annotations

from course_lib.exercises.icons import arrow, cells
from course_lib.svg import GREEN, LIGHT_GREEN, LIGHT_ORANGE, Picture


def draw(picture: Picture) -> None:
    """Show a window on an image, and the number that it gives."""
    image = cells(picture, 3, 4, (4, 4), 9)
    cells(picture, 3, 4, (3, 3), 9, LIGHT_ORANGE)
    image.ring(0, 0, 3, 3, line=2.5)
    arrow(picture, 41, 22, 49)
    output = cells(picture, 52, 13, (2, 2), 9, LIGHT_GREEN)
    output.ring(0, 0, stroke=GREEN, line=2.5)
