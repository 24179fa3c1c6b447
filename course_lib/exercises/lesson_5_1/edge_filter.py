"""Exercise 5_1/edge_filter: a filter for edges."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

FILTER = np.array([[0, -1, 0], [0, 0, 0], [0, 1, 0]])


def _centre_counts(w):
    w = np.asarray(w, dtype=float)
    return w.shape == (3, 3) and w[1, 1] != 0


def _other_shape(w):
    w = np.asarray(w)
    return w.dtype.kind in "iuf" and w.shape != (3, 3)


def _others_count(w):
    """Return whether a pixel counts that is not above or below."""
    w = np.asarray(w, dtype=float)
    return w.shape == (3, 3) and bool(w[FILTER == 0].any())


def _multiple(w):
    w = np.asarray(w, dtype=float)
    factor = w[2, 1] if w.shape == (3, 3) else 0
    return factor > 0 and np.array_equal(w, factor * FILTER)


EXERCISE = Exercise(
    name="edge_filter",
    title=Text("A filter for edges", "エッジを見つけるフィルター"),
    reference=FILTER,
    slips=(
        Slip(
            "upside-down",
            Text(
                "This computes above minus below. Which of the two is"
                " counted with a minus?",
                "「上 − 下」を計算しています。マイナスが付くのは上と下の"
                "どちらでしょうか。",
            ),
            answer=[[0, 1, 0], [0, 0, 0], [0, -1, 0]],
            also=(
                [[1, 2, 1], [0, 0, 0], [-1, -2, -1]],
                [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],
            ),
        ),
        Slip(
            "rows-and-columns-swapped",
            Text(
                "This compares left and right. Above and below are in"
                " other rows, not in other columns.",
                "左右の画素を比べています。上下の違いは、列ではなく行の"
                "違いです。",
            ),
            answer=[[0, 0, 0], [-1, 0, 1], [0, 0, 0]],
            also=(
                [[0, 0, 0], [1, 0, -1], [0, 0, 0]],
                [[-1, 0, 1]] * 3,
                [[1, 0, -1]] * 3,
                [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
                [[1, 0, -1], [2, 0, -2], [1, 0, -1]],
            ),
        ),
        Slip(
            "centre-instead-of-above",
            Text(
                "This compares the centre with a neighbour. The centre does"
                " not count.",
                "中心と隣の画素を比べています。中心の画素は使いません。",
            ),
            answer=[[0, 0, 0], [0, -1, 0], [0, 1, 0]],
            also=(
                [[0, -1, 0], [0, 1, 0], [0, 0, 0]],
                [[0, 0, 0], [0, 1, 0], [0, -1, 0]],
                [[0, 1, 0], [0, -1, 0], [0, 0, 0]],
            ),
        ),
        Slip(
            "whole-rows",
            Text(
                "This compares the whole rows above and below. Only the"
                " two pixels in the middle column count.",
                "上の行全体と下の行全体を比べています。使うのは中央の列の"
                " 2 画素だけです。",
            ),
            answer=[[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
        ),
        Slip(
            "sobel",
            Text(
                "This is the Sobel filter: it counts the neighbours to the"
                " left and right as well. Only the two pixels in the middle"
                " column count here.",
                "ソーベルフィルターになっています。左右の隣まで数えるフィル"
                "ターです。ここで使うのは中央の列の 2 画素だけです。",
            ),
            answer=[[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
        ),
        Slip(
            "no-minus",
            Text(
                "This adds the two pixels. One of them must be taken away.",
                "2 つの画素を足しています。片方は引かなければなりません。",
            ),
            answer=[[0, 1, 0], [0, 0, 0], [0, 1, 0]],
        ),
        Slip(
            "centre-not-zero",
            Text(
                "The pixel in the centre counts here. It should not.",
                "中心の画素を使っています。中心は使いません。",
            ),
            answer=[[0, -1, 0], [0, 1, 0], [0, 1, 0]],
            seen=_centre_counts,
        ),
        Slip(
            "above-missing",
            Text(
                "This is the pixel below alone. The one above is taken away"
                " from it.",
                "下の画素だけになっています。そこから上の画素を引きます。",
            ),
            answer=[[0, 0, 0], [0, 0, 0], [0, 1, 0]],
        ),
        Slip(
            "below-missing",
            Text(
                "This is minus the pixel above alone. It is taken away from"
                " the pixel below.",
                "上の画素を引いているだけです。下の画素から引きます。",
            ),
            answer=[[0, -1, 0], [0, 0, 0], [0, 0, 0]],
        ),
        Slip(
            "filter-of-zeros",
            Text(
                "Every number is 0: this filter answers 0 everywhere. The two"
                " pixels that count need a number.",
                "すべて 0 です。このフィルターの結果はどこでも 0 になります。"
                "使う 2 つの画素の所には、0 以外の数が必要です。",
            ),
            answer=[[0, 0, 0], [0, 0, 0], [0, 0, 0]],
        ),
        Slip(
            "wrong-column",
            Text(
                "The minus and the plus do not stand in the middle column,"
                " right above and right below the centre.",
                "1 と -1 が中央の列にありません。中心の真上と真下に置きます。",
            ),
            answer=[[-1, 0, 0], [0, 0, 0], [1, 0, 0]],
            also=(
                [[0, 0, -1], [0, 0, 0], [0, 0, 1]],
                [[-1, 0, 0], [0, 0, 0], [0, 0, 1]],
                [[0, 0, -1], [0, 0, 0], [1, 0, 0]],
            ),
        ),
        Slip(
            "multiple-of-the-filter",
            Text(
                "The places and the signs are right, but the difference comes"
                " out too large or too small. Each pixel counts once.",
                "場所と符号は合っていますが、差が何倍かになっています。どちら"
                "の画素も、1 回だけ数えます。",
            ),
            answer=[[0, -2, 0], [0, 0, 0], [0, 2, 0]],
            seen=_multiple,
        ),
        Slip(
            "other-pixels-count",
            Text(
                "Other pixels than the two count here. What is to be left out"
                " is multiplied by 0.",
                "上下の 2 つ以外の画素も使っています。使わない画素には 0 を掛"
                "けます。",
            ),
            answer=[[-1, -1, -1], [0, 0, 0], [0, 1, 0]],
            seen=_others_count,
        ),
        Slip(
            "other-weights",
            Text(
                "The two places are right, their numbers are not: below minus"
                " above takes each pixel once, with its sign.",
                "2 つの場所は合っていますが、数が違います。「下 − 上」では、ど"
                "ちらの画素も 1 回だけ、正しい符号で数えます。",
            ),
            answer=[[0, -1, 0], [0, 0, 0], [0, 2, 0]],
            seen=lambda w: np.shape(w) == (3, 3) and not _others_count(w),
        ),
        Slip(
            "not-three-by-three",
            Text(
                "The filter is not 3x3. It has three rows of three numbers;"
                " those that do not count are 0.",
                "3×3 になっていません。3 つの数の行が 3 つ必要です。使わない"
                "所は 0 です。",
            ),
            answer=[[-1], [0], [1]],
            seen=_other_shape,
        ),
    ),
    hints=(
        Text(
            "By which number is a pixel multiplied that does not count?",
            "使わない画素には、いくつを掛ければよいでしょうか。",
        ),
        Text(
            "By 0. The pixel that is added has a 1, the one that is taken "
            "away a -1.",
            "0 です。足す画素には 1、引く画素には -1 を掛けます。",
        ),
        Text(
            "The last row is [0, 1, 0].",
            "いちばん下の行は [0, 1, 0] です。",
        ),
    ),
)
