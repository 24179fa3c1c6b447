"""Exercise 5_2/by_hand: max pooling by hand."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

EXERCISE = Exercise(
    name="by_hand",
    title=Text("Max pooling by hand", "マックスプーリングを手計算"),
    reference=np.array([[2, 3], [4, 2]]),
    slips=(
        Slip(
            "mean-for-max",
            Text(
                "These are the means of the windows. Keep the largest"
                " number of each.",
                "窓の平均になっています。それぞれの最大値を残します。",
            ),
            answer=[[1, 1.5], [2.25, 1]],
        ),
        Slip(
            "sum-for-max",
            Text(
                "These are the sums of the windows. Nothing is added here:"
                " keep the largest number of each.",
                "窓の和になっています。足し算はしません。それぞれの最大値"
                "を残します。",
            ),
            answer=[[4, 6], [9, 4]],
        ),
        Slip(
            "rows-and-columns-swapped",
            Text(
                "The four numbers are right, but two have changed places."
                " The first row of `y` belongs to the upper two windows.",
                "4 つの数は合っていますが、2 つの場所が入れ替わっていま"
                "す。`y` の 1 行目は、上の 2 つの窓の結果です。",
            ),
            answer=[[2, 4], [3, 2]],
        ),
        Slip(
            "stride-ignored",
            Text(
                "The window moved by one and gave 3x3 numbers. Here it"
                " moves by 2, so that the windows lie side by side.",
                "窓を 1 つずつ動かしたため、3×3 個になっています。ここでは"
                " 2 つずつ動かし、窓が重ならないようにします。",
            ),
            answer=[[2, 2, 3], [3, 2, 3], [4, 4, 2]],
        ),
    ),
    hints=(
        Text(
            "Which numbers lie in the upper left window?",
            "左上の窓の中には、どの数がありますか。",
        ),
        Text(
            "1, 2, 0 and 1. Only the largest is kept.",
            "1、2、0、1 です。最大値だけを残します。",
        ),
        Text(
            "The first row of `y` begins with 2.",
            "`y` の 1 行目は 2 から始まります。",
        ),
    ),
)
