"""Exercise 5_1/edge_filter: a filter for edges."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

EXERCISE = Exercise(
    name="edge_filter",
    title=Text("A filter for edges", "エッジを見つけるフィルター"),
    reference=np.array([[0, -1, 0], [0, 0, 0], [0, 1, 0]]),
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
        ),
        Slip(
            "centre-instead-of-above",
            Text(
                "This computes below minus centre. The centre does not count.",
                "「下 − 中心」を計算しています。中心の画素は使いません。",
            ),
            answer=[[0, 0, 0], [0, -1, 0], [0, 1, 0]],
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
