"""The picture of the lesson on the map."""

from __future__ import annotations

from course_lib.exercises.icons import WORD, arrow
from course_lib.svg import BLUE, GREY, LIGHT_BLUE, ORANGE, Picture


def draw(picture: Picture) -> None:
    """Show a block and the shortcut around it, which meet in a sum."""
    picture.rect(20, 18, 24, 18, LIGHT_BLUE, GREY)
    picture.text(32, 27, "F(x)", WORD)
    arrow(picture, 2, 27, 19, BLUE)
    arrow(picture, 44, 27, 52, BLUE)
    picture.path([(9, 27), (9, 8), (58, 8), (58, 22)], ORANGE, 2)
    picture.text(58, 27, "+", 16)
    arrow(picture, 62, 27, 69, BLUE)
