"""Exercise 5_1/convolve: convolution as a loop."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_1.shared import (
    convolution_of,
    integer_array,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

FLIPPED = Text(
    "The filter was turned by 180 degrees (what mathematics calls a"
    " convolution). In a CNN it is laid on as it stands.",
    "フィルターを 180 度回しています（数学でいう畳み込みです）。CNN では"
    "そのままの向きで重ねます。",
)


def _plain(x, w):
    return convolution_of(x, w)


def _plain_cases():
    rng = np.random.default_rng(51)
    shapes = [((4, 4), (3, 3)), ((5, 7), (2, 3)), ((8, 5), (3, 2))]
    shapes += [((6, 6), (1, 4)), ((3, 5), (3, 5)), ((7, 4), (4, 4))]
    return [
        (integer_array(rng, *x), integer_array(rng, *w)) for x, w in shapes
    ]


def _one_window(x, w):
    """Compute every place from the first window."""
    FH, FW = w.shape
    shape = (x.shape[0] - FH + 1, x.shape[1] - FW + 1)
    return np.full(shape, np.sum(x[:FH, :FW] * w))


EXERCISE = Exercise(
    name="convolve",
    title=Text("Convolution as a loop", "ループで書く畳み込み"),
    reference=_plain,
    cases=_plain_cases,
    slips=(
        Slip(
            "kernel-flipped",
            FLIPPED,
            answer=lambda x, w: convolution_of(x, w[::-1, ::-1]),
        ),
        Slip(
            "last-place-missing",
            Text(
                "The last row and the last column of the output are missing."
                " Count the places of a 3 wide window in a 4 wide image.",
                "出力の最後の行と列が足りません。幅 4 の画像に幅 3 の窓を置け"
                "る場所を数えてみましょう。",
            ),
            answer=lambda x, w: convolution_of(x, w)[:-1, :-1],
        ),
        Slip(
            "mean-for-sum",
            Text(
                "Each number is the right one divided by the size of the"
                " filter: the products were averaged. They are summed.",
                "どの数も、正しい値をフィルターの要素数で割ったものです。積の"
                "平均ではなく和をとります。",
            ),
            answer=lambda x, w: convolution_of(x, w) / w.size,
        ),
        Slip(
            "filter-not-used",
            Text(
                "These are the sums of the windows alone. Multiply each window"
                " with the filter before summing.",
                "窓の中の数をそのまま足しています。足す前にフィルターと要素ご"
                "とに掛けます。",
            ),
            answer=lambda x, w: convolution_of(x, np.ones_like(w)),
        ),
        Slip(
            "window-does-not-move",
            Text(
                "Every place holds the number of the first window. The window"
                " must begin at row i and column j.",
                "どの場所にも最初の窓の値が入っています。窓は i 行 j 列から始"
                "まるはずです。",
            ),
            answer=_one_window,
        ),
    ),
    hints=(
        Text(
            "How many rows can the window begin at?",
            "窓の上端を置ける行は、何行ありますか。",
        ),
        Text(
            "H - FH + 1 rows and W - FW + 1 columns. Make an array of that "
            "size and fill it with two loops.",
            "H - FH + 1 行、W - FW + 1 列です。そのサイズの配列を用意し、2 "
            "重のループで埋めます。",
        ),
        Text(
            "y = np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - "
            "w.shape[1] + 1))",
            "y = np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - "
            "w.shape[1] + 1))",
        ),
    ),
)
