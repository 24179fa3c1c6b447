"""Exercise 5_6/average_backward: average pooling: backward."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_6.shared import (
    DOUT_AXES,
    DOUT_RESHAPED,
    OVERWRITTEN,
    AverageRows,
    DoutReshaped,
    Mean,
    Overwritten,
    dout_axes,
    dout_axes_seen,
    images_with_dout,
    run_backward,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import AveragePooling
from course_lib.text import Text


class _AverageNotShared(AverageRows):
    def share(self, rows):
        return np.ones(rows.shape)


class _AverageOverwritten(Overwritten, AverageRows):
    pass


class _AverageDoutReshaped(DoutReshaped, AverageRows):
    pass


class _AverageToOne(Mean):
    def share(self, rows):
        return super().share(rows) / rows.shape[1]


EXERCISE = Exercise(
    name="average_backward",
    title=Text("Average pooling: backward", "平均プーリングの逆伝播"),
    reference=AveragePooling,
    cases=images_with_dout,
    run=run_backward,
    parts=("out", "dx"),
    slips=(
        Slip(
            "gradient-not-shared",
            Text(
                "dx is too large by the number of pixels in a window. Each"
                " one had only a share in the mean.",
                "dx が窓の画素数倍になっています。平均に対する 1 画素の寄"
                "与はその一部だけです。",
            ),
            answer=_AverageNotShared,
        ),
        Slip(
            "overlaps-overwritten",
            OVERWRITTEN,
            answer=_AverageOverwritten,
        ),
        Slip(
            "dout-reshaped-not-transposed",
            DOUT_RESHAPED,
            answer=_AverageDoutReshaped,
        ),
        Slip(
            *DOUT_AXES,
            answer=dout_axes((0, 3, 2, 1), AverageRows),
            seen=dout_axes_seen(AverageRows),
        ),
        Slip(
            "gradient-to-one",
            Text(
                "Only the largest pixel of each window got its share. In a"
                " mean every pixel has one.",
                "窓の中で最大の画素にだけ届いています。平均には、どの画素"
                "もかかわっています。",
            ),
            answer=_AverageToOne,
        ),
    ),
    hints=(
        Text(
            "If the mean of four numbers is y, how much does y change when"
            " one of them grows by 1?",
            "4 つの数の平均が y です。1 つが 1 増えると、y はどれだけ"
            "増えますか。",
        ),
        Text(
            "A row of gradients holds the same number PH*PW times.",
            "勾配の行には、同じ数が PH*PW 個並びます。",
        ),
        Text(
            "share = dout.transpose(0, 2, 3, 1).reshape(-1, 1) / (PH * PW)",
            "share = dout.transpose(0, 2, 3, 1).reshape(-1, 1) / (PH * PW)",
        ),
    ),
)
