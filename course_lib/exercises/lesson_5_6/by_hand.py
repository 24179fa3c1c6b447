"""Exercise 5_6/by_hand: dx by hand."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.exercises.typed import numbers_of
from course_lib.text import Text

OVERLAP_NOT_SUMMED = Text(
    "One pixel wins in two windows. It gets a gradient from each.",
    "2 つの窓で最大になっている画素があります。両方の窓から勾配が届きます。",
)


def _grid(got):
    return np.reshape(numbers_of(got, 9), (3, 3))


def _entries(**places):
    """Return a predicate: other than right only in these entries.

    places: any name -> (row, column, numbers).
    """

    def seen(got):
        left = _grid(got)
        for row, column, wrong in places.values():
            if left[row, column] in wrong:
                left[row, column] = RIGHT[row, column]
        return np.array_equal(left, RIGHT)

    return seen


def _same_numbers(got):
    grid = _grid(got)
    return not np.array_equal(grid, RIGHT) and (
        sorted(grid.ravel()) == sorted(RIGHT.ravel())
    )


RIGHT = np.array([[0.0, 3, 0], [0, 0, 0], [4, 0, -1]])


EXERCISE = Exercise(
    name="by_hand",
    title=Text("dx by hand", "dx を手計算"),
    reference=RIGHT,
    parts=("dx",),
    slips=(
        Slip(
            "rows-missing",
            Text(
                "The nine numbers are right, but stand in one line. Write a"
                " list of three rows.",
                "9 個の数は合っていますが、1 列に並んでいます。3 行のリストで"
                "書いてください。",
            ),
            answer=[0, 3, 0, 0, 0, 0, 4, 0, -1],
            seen=lambda got: (
                np.ndim(got) != 2 and np.array_equal(_grid(got), RIGHT)
            ),
        ),
        Slip(
            "overlaps-overwritten",
            OVERLAP_NOT_SUMMED,
            answer=[[0, 1, 0], [0, 0, 0], [4, 0, -1]],
            seen=_entries(nine=(0, 1, (1, 2))),
        ),
        Slip(
            "sign-of-delta-lost",
            Text(
                "delta 4 is -1: the gradient keeps its sign.",
                "δ4 は -1 です。勾配の符号はそのまま届きます。",
            ),
            answer=[[0, 3, 0], [0, 0, 0], [4, 0, 1]],
            seen=_entries(eight=(2, 2, (1,))),
        ),
        Slip(
            "all-zero",
            Text(
                "Every number is 0. In each window the largest pixel moves y"
                " along with it: to it the delta arrives.",
                "すべて 0 です。窓の中で最大の画素を動かすと y も動くので、そ"
                "の画素に δ が届きます。",
            ),
            answer=np.zeros((3, 3)),
        ),
        Slip(
            "window-left-out",
            Text(
                "A window is left out: its delta arrives nowhere. Each of the"
                " four windows sends its delta to its largest pixel.",
                "どこにも届いていない δ があります。4 つの窓のどれも、自分の δ"
                " を最大の画素に届けます。",
            ),
            answer=[[0, 3, 0], [0, 0, 0], [4, 0, 0]],
            seen=_entries(
                nine=(0, 1, (0,)), seven=(2, 0, (0,)), eight=(2, 2, (0,))
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
        Slip(
            "spread-evenly",
            Text(
                "Each delta was shared by the four pixels of its window. That"
                " is average pooling; here the largest gets all of it.",
                "δ を窓の 4 画素で分けています。それは平均プーリングです。ここ"
                "では最大の画素がすべて受け取ります。",
            ),
            answer=np.array([[2, 3, 1], [6, 6, 0], [4, 3, -1]]) / 4,
        ),
        Slip(
            "maxima-for-deltas",
            Text(
                "The largest pixels themselves are in it. What arrives there"
                " are the deltas.",
                "最大の画素の値が入っています。そこに届くのは δ です。",
            ),
            answer=[[0, 9, 0], [0, 0, 0], [7, 0, 8]],
            also=(
                [[0, 27, 0], [0, 0, 0], [28, 0, -8]],
                [[0, 18, 0], [0, 0, 0], [7, 0, 8]],
            ),
        ),
        Slip(
            "ones-for-deltas",
            Text(
                "The places are right, but they count wins. What arrives from"
                " each window is its delta, not 1.",
                "位置は合っていますが、最大になった回数が入っています。窓から"
                "届くのは 1 ではなく δ です。",
            ),
            answer=[[0, 2, 0], [0, 0, 0], [1, 0, 1]],
            also=([[0, 1, 0], [0, 0, 0], [1, 0, 1]],),
        ),
        Slip(
            "deltas-as-they-are",
            Text(
                "These are the deltas, in the shape of y. dx has the shape of"
                " x: three rows of three.",
                "これは δ そのもので、y と同じ形状です。dx は x と同じ形状で、"
                "3 行 3 列です。",
            ),
            answer=[[2, 1], [4, -1]],
        ),
        Slip(
            "transposed",
            Text(
                "Rows and columns have changed places.",
                "行と列が入れ替わっています。",
            ),
            answer=RIGHT.T,
        ),
        Slip(
            "winner-mistaken",
            Text(
                "The numbers 3, 4 and -1 are right, but one of them stands at"
                " another pixel. Which pixel is the largest in each window?",
                "3、4、-1 という数は合っていますが、置く画素が違います。それぞ"
                "れの窓で最大の画素はどれですか。",
            ),
            answer=[[0, 3, 0], [4, 0, 0], [0, 0, -1]],
            seen=_same_numbers,
        ),
        Slip(
            "a-pixel-that-never-wins",
            Text(
                "The three winners are right, but another pixel got a number"
                " too. It is not the largest of any window.",
                "最大になる 3 つの画素は合っていますが、ほかの画素にも数が入っ"
                "ています。その画素は、どの窓でも最大ではありません。",
            ),
            answer=[[0, 3, 0], [0, 6, 0], [4, 0, -1]],
            seen=lambda got: (
                np.array_equal(np.where(RIGHT != 0, _grid(got), 0), RIGHT)
                and np.ndim(got) == 2
            ),
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
