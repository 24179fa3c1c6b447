"""The picture of the lesson on the map."""

from __future__ import annotations

from course_lib.svg import BLUE, LIGHT_ORANGE, ORANGE, Picture


def draw(picture: Picture) -> None:
    """Show two boxes and what they share."""
    picture.rect(26, 16, 20, 16, LIGHT_ORANGE, "none")
    picture.rect(8, 6, 38, 26, "none", BLUE, 2.5)
    picture.rect(26, 16, 38, 24, "none", ORANGE, 2.5, "4 3")
