"""Exercise 5_1/edge_filter: a filter for edges."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

FILTER = np.array([[0, -1, 0], [0, 0, 0], [0, 1, 0]])


def _centre_counts(w):
    w = np.asarray(w, dtype=float)
    return w.shape == (3, 3) and w[1, 1] != 0


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
            also=([[0, 0, 0], [1, 0, -1], [0, 0, 0]],),
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
            "not-three-by-three",
            Text(
                "The filter is not 3x3. It has three rows of three numbers;"
                " those that do not count are 0.",
                "3×3 になっていません。3 つの数の行が 3 つ必要です。使わない"
                "所は 0 です。",
            ),
            answer=[[-1], [0], [1]],
            seen=lambda w: np.shape(w) != (3, 3),
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
