"""The picture of the lesson on the map."""

from __future__ import annotations

from course_lib.svg import (
    BLUE,
    LIGHT_BLUE,
    LIGHT_GREEN,
    LIGHT_ORANGE,
    Picture,
)


def draw(picture: Picture) -> None:
    """Show stages of maps that get smaller and more, and then units."""
    sides = ((2, 36, LIGHT_BLUE), (17, 28, LIGHT_ORANGE), (33, 20, LIGHT_BLUE))
    for x, side, fill in (*sides, (48, 12, LIGHT_ORANGE)):
        picture.rect(x, 22 - side / 2, 9, side, fill, BLUE)
    for x in (61, 66):
        picture.rect(x, 6, 3, 32, LIGHT_GREEN, BLUE)
