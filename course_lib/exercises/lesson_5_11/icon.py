"""The picture of the lesson on the map."""

from __future__ import annotations

from course_lib.exercises.icons import arrow, cells
from course_lib.svg import LIGHT_BLUE, LIGHT_GREEN, LIGHT_ORANGE, Picture

TINTS = (LIGHT_BLUE, LIGHT_ORANGE, LIGHT_GREEN)


def draw(picture: Picture) -> None:
    """Show three channels, each on its own way, and then all mixed."""
    for row, tint in enumerate(TINTS):
        y = 3 + 13.5 * row
        cells(picture, 3, y, (2, 2), 5.5, tint)
        arrow(picture, 18, y + 5.5, 27)
        cells(picture, 31, y, (2, 2), 5.5, tint)
        picture.path([(45, y + 5.5), (57, 22)], line=1.5)
    cells(picture, 58, 16.5, (2, 2), 5.5)
