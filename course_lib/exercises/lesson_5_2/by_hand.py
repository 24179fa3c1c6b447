"""Exercise 5_2/by_hand: max pooling by hand."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import FIRST_OF_WINDOW, FLAT, MIN_FOR_MAX
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
        Slip(
            *MIN_FOR_MAX,
            answer=[[0, 0], [0, 0]],
        ),
        Slip(
            *FIRST_OF_WINDOW,
            answer=[[1, 1], [3, 0]],
        ),
        Slip(
            "last-of-window",
            Text(
                "This is the last number of each window, whatever the others"
                " are.",
                "どの窓でも、最後の数がそのまま残っています。",
            ),
            answer=[[1, 3], [4, 1]],
        ),
        Slip(
            "rows-of-the-image",
            Text(
                "These are the largest numbers of whole rows or columns. Each"
                " window is 2x2.",
                "行や列の全体の最大値になっています。窓は 2×2 です。",
            ),
            answer=[2, 3, 3, 4],
            also=([3, 4, 2, 3], [[2, 3], [3, 4]], [[3, 4], [2, 3]]),
        ),
        Slip(
            "place-for-value",
            Text(
                "These are the places of the largest numbers inside their"
                " windows. Write the numbers themselves.",
                "窓の中で最大値がある場所の番号になっています。最大値そのもの"
                "を書きます。",
            ),
            answer=[[1, 3], [1, 1]],
            also=([[1, 3], [1, 0]], [[1, 3], [3, 2]], [[2, 4], [4, 2]]),
        ),
        Slip(
            *FLAT,
            answer=[2, 3, 4, 2],
            also=([[2], [3], [4], [2]],),
        ),
        Slip(
            "rows-exchanged",
            Text(
                "The four numbers are right, but the upper and the lower, or"
                " the left and the right ones, changed places.",
                "4 つの数は合っていますが、上下か左右が入れ替わっています。",
            ),
            answer=[[4, 2], [2, 3]],
            also=([[3, 2], [2, 4]], [[2, 4], [3, 2]][::-1]),
        ),
        Slip(
            "rows-missing",
            Text(
                "These are the upper two windows alone. The lower two make a"
                " second row.",
                "上の 2 つの窓の結果だけです。下の 2 つの窓が 2 行目になりま"
                "す。",
            ),
            answer=[[2, 3]],
            also=([2, 3],),
        ),
        Slip(
            "one-window-for-all",
            Text(
                "This is the largest number of the whole image. Each of the"
                " four windows has its own.",
                "画像全体の最大値になっています。4 つの窓のそれぞれに最大値が"
                "あります。",
            ),
            answer=4,
            also=([[4]], [4]),
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
