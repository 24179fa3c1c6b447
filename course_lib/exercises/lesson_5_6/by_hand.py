"""Exercise 5_6/by_hand: dx by hand."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

OVERLAP_NOT_SUMMED = Text(
    "One pixel wins in two windows. It gets a gradient from each.",
    "2 つの窓で最大になっている画素があります。両方の窓から勾配が届きます。",
)


EXERCISE = Exercise(
    name="by_hand",
    title=Text("dx by hand", "dx を手計算"),
    reference=np.array([[0.0, 3, 0], [0, 0, 0], [4, 0, -1]]),
    parts=("dx",),
    slips=(
        Slip(
            "overlaps-overwritten",
            OVERLAP_NOT_SUMMED,
            answer=[[0, 1, 0], [0, 0, 0], [4, 0, -1]],
            seen=lambda got: any(
                same(got, np.array([[0, kept, 0], [0, 0, 0], [4, 0, -1]]))
                for kept in (1, 2)
            ),
        ),
        Slip(
            "gradient-to-all",
            Text(
                "Every pixel gets the deltas of all its windows. Only the"
                " largest pixel of a window has any influence on y.",
                "どの画素にも、属する窓の δ がすべて届いています。y に影響"
                "するのは、窓の中で最大の画素だけです。",
            ),
            answer=[[2, 3, 1], [6, 6, 0], [4, 3, -1]],
        ),
    ),
    hints=(
        Text(
            "Which pixel is the largest in each of the four windows?",
            "4 つの窓それぞれで、最大の画素はどれですか。",
        ),
        Text(
            "Each delta goes to the largest pixel of its window; a pixel"
            " that wins twice gets the sum.",
            "δ は、窓の中で最大の画素に届きます。2 つの窓で最大なら、和に"
            "なります。",
        ),
        Text(
            "The 9 is the largest in the windows of y1 and y2.",
            "9 は、y1 の窓でも y2 の窓でも最大です。",
        ),
    ),
)
