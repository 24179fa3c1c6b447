"""The picture of the lesson on the map."""

from __future__ import annotations

import numpy as np

from course_lib.svg import Picture

# The three strokes of シ around its middle, in pixels.
STROKES = (
    [(-8, -8), (-3, -5)],
    [(-9, -1), (-4, 2)],
    [(-8, 9), (-2, 6), (3, 2), (6, -3), (8, -7)],
)


def draw(picture: Picture) -> None:
    """Show a character, turned to the left, upright and to the right."""
    for x, degrees in ((13, -18), (36, 0), (59, 18)):
        angle = np.radians(degrees)
        turn = np.array(
            [
                [np.cos(angle), -np.sin(angle)],
                [np.sin(angle), np.cos(angle)],
            ]
        )
        for stroke in STROKES:
            picture.path((x, 22) + stroke @ turn.T, line=2.5)
