"""The picture of the lesson on the map."""

from __future__ import annotations

from course_lib.exercises.icons import layer
from course_lib.svg import Picture


def draw(picture: Picture) -> None:
    """Show the layer with its way forward and its way back."""
    layer(picture, "conv")
