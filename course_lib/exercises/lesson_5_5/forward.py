"""Exercise 5_5/forward: the class: forward."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_5.shared import Wrong, layer_cases, rows_of
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import Convolution
from course_lib.text import Text


def _forward(Layer, x, W, b, stride, pad):
    return Layer(W, b, stride, pad).forward(x)


class _MapsReshaped(Wrong):
    def forward(self, x):
        out = super().forward(x)
        return rows_of(out).reshape(out.shape)


class _FiltersReshaped(Wrong):
    def forward(self, x):
        FN, C, FH, FW = self.W.shape
        W = self.W.reshape(C * FH * FW, FN).T.reshape(self.W.shape)
        return Convolution(W, self.b, self.stride, self.pad).forward(x)


EXERCISE = Exercise(
    name="forward",
    title=Text("The class: forward", "クラスの順伝播"),
    reference=Convolution,
    cases=layer_cases,
    run=_forward,
    slips=(
        Slip(
            "bias-forgotten",
            Text(
                "Every number is off by the bias of its filter. Was b added?",
                "どの数も、フィルターのバイアスの分だけずれています。b を"
                "足しましたか。",
            ),
            answer=lambda W, b, stride, pad: Convolution(
                W, np.zeros_like(b), stride, pad
            ),
        ),
        Slip(
            "kernel-flipped",
            Text(
                "The filters were turned by 180 degrees. In a CNN they are"
                " laid on as they stand.",
                "フィルターを 180 度回しています。CNN ではそのままの向きで"
                "重ねます。",
            ),
            answer=lambda W, b, stride, pad: Convolution(
                W[:, :, ::-1, ::-1], b, stride, pad
            ),
        ),
        Slip(
            "stride-ignored",
            Text(
                "The result fits stride 1. Did self.stride reach im2col"
                " and the output size?",
                "ストライド 1 のときの結果です。im2col と出力サイズの計算"
                "に self.stride を渡しましたか。",
            ),
            answer=lambda W, b, stride, pad: Convolution(W, b, 1, pad),
        ),
        Slip(
            "pad-ignored",
            Text(
                "The result fits pad 0. Did self.pad reach im2col and the"
                " output size?",
                "パディング 0 のときの結果です。im2col と出力サイズの計算"
                "に self.pad を渡しましたか。",
            ),
            answer=lambda W, b, stride, pad: Convolution(W, b, stride, 0),
        ),
        Slip(
            "maps-reshaped-not-transposed",
            Text(
                "The numbers are right but mixed between the feature maps."
                " The filter is the last axis of the rows.",
                "数は合っていますが、特徴マップの間で混ざっています。行の"
                "形ではフィルターが最後の軸です。",
            ),
            answer=_MapsReshaped,
        ),
        Slip(
            "filters-reshaped-not-transposed",
            Text(
                "The columns of the filter matrix mix several filters:"
                " look at how you made it from W.",
                "フィルターの行列の 1 列に、複数のフィルターの数が混ざって"
                "います。W からの作り方を見直してください。",
            ),
            answer=_FiltersReshaped,
        ),
    ),
    hints=(
        Text(
            "Which three steps lead from x to the feature maps?",
            "x から特徴マップまで、どんな 3 つの段階がありますか。",
        ),
        Text(
            "im2col, then the product with the filter matrix plus b,"
            " then rows to maps. The two exercises before are two of"
            " the steps.",
            "im2col、フィルターの行列との積に b を足す、行をマップに"
            "戻す、の 3 段階です。前の 2 つの演習がそのまま使えます。",
        ),
        Text(
            "N, (FN, C, FH, FW) = len(x), self.W.shape",
            "N, (FN, C, FH, FW) = len(x), self.W.shape",
        ),
    ),
)
