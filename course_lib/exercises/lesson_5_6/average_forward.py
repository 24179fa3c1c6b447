"""Exercise 5_6/average_forward: average pooling: forward."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_6.shared import (
    MAPS_RESHAPED,
    AverageRows,
    MapsReshaped,
    Mean,
    images,
    run_forward,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import AveragePooling, MaxPooling
from course_lib.text import Text


class _AverageInside(AverageRows):
    def forward(self, x):
        out = super().forward(x)
        return out / super().forward(np.ones_like(x))


class _AverageMinusInfinity(AverageRows):
    lowest = -np.inf


class _AverageMapsReshaped(MapsReshaped, Mean):
    pass


class _SumForAverage(Mean):
    def value(self, rows):
        return rows.sum(axis=1)


EXERCISE = Exercise(
    name="average_forward",
    title=Text("Average pooling: forward", "平均プーリングの順伝播"),
    reference=AveragePooling,
    cases=images,
    run=run_forward,
    slips=(
        Slip(
            "mean-without-padding",
            Text(
                "At the border the mean was taken over the real pixels"
                " only. That is possible, but here padding counts as"
                " zeros: divide by PH*PW everywhere.",
                "端の窓で、本物の画素だけの平均になっています。その流儀も"
                "ありますが、ここではパディングも 0 として数え、いつも"
                " PH*PW で割ります。",
            ),
            answer=_AverageInside,
        ),
        Slip(
            "pads-with-minus-infinity",
            Text(
                "The mean at the border is minus infinity. What suits the"
                " maximum does not suit the mean.",
                "端の平均がマイナス無限大です。最大値に合うパディングが、"
                "平均にも合うとは限りません。",
            ),
            answer=_AverageMinusInfinity,
        ),
        Slip(
            "sum-for-mean",
            Text(
                "These are the sums of the windows. What turns a sum into"
                " a mean?",
                "窓の合計になっています。合計から平均を求めるには、何で割"
                "りますか。",
            ),
            answer=_SumForAverage,
        ),
        Slip(
            "maps-reshaped-not-transposed",
            MAPS_RESHAPED,
            answer=_AverageMapsReshaped,
        ),
        Slip(
            "max-for-mean",
            Text(
                "These are the maxima of the windows. What is done with"
                " the numbers of one row?",
                "窓の最大値になっています。1 行の数から何を求めていますか。",
            ),
            answer=MaxPooling,
        ),
    ),
    hints=(
        Text(
            "Which two lines of MaxPooling.forward must change?",
            "MaxPooling の forward で、変える必要があるのはどの 2 行ですか。",
        ),
        Text(
            "The padding is 0 again, and the mean of each row takes the"
            " place of its maximum. No argmax is needed.",
            "パディングを 0 に戻し、行ごとの最大値を平均に替えます。"
            "argmax はいりません。",
        ),
        Text(
            "rows = im2col(x, PH, PW, self.stride, self.pad)",
            "rows = im2col(x, PH, PW, self.stride, self.pad)",
        ),
    ),
)
