"""Exercise 5_6/forward: the class: forward."""

from __future__ import annotations

from course_lib.exercises.lesson_5_6.shared import (
    MAPS_RESHAPED,
    MapsReshaped,
    Mean,
    Rows,
    images,
    run_forward,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import MaxPooling
from course_lib.text import Text


class _ZeroPadding(Rows):
    lowest = 0


class _AcrossChannels(Rows):
    def forward(self, x):
        return super().forward(x).max(axis=1, keepdims=True)


EXERCISE = Exercise(
    name="forward",
    title=Text("The class: forward", "クラスの順伝播"),
    reference=MaxPooling,
    cases=images,
    run=run_forward,
    slips=(
        Slip(
            "pads-with-zero",
            Text(
                "At the border there are zeros where all pixels are"
                " negative: they come from the padding.",
                "画素がすべて負の端で、結果が 0 になっています。その 0 は"
                "パディングの値です。",
            ),
            answer=_ZeroPadding,
        ),
        Slip(
            "maps-reshaped-not-transposed",
            MAPS_RESHAPED,
            answer=MapsReshaped,
        ),
        Slip(
            "max-across-channels",
            Text(
                "The maximum was taken over all channels. Each channel is"
                " pooled by itself, their number stays.",
                "すべてのチャンネルを通した最大値になっています。プーリン"
                "グはチャンネルごとに行い、チャンネル数は変わりません。",
            ),
            answer=_AcrossChannels,
        ),
        Slip(
            "mean-for-max",
            Text(
                "These are the means of the windows. What is done with the"
                " numbers of one row?",
                "窓の平均値になっています。1 行の数から何を求めていますか。",
            ),
            answer=Mean,
        ),
        Slip(
            "stride-ignored",
            Text(
                "The result fits stride 1. Did self.stride reach im2col"
                " and the output size?",
                "ストライド 1 のときの結果です。im2col と出力サイズの計算"
                "に self.stride を渡しましたか。",
            ),
            answer=lambda pool_h, pool_w, stride, pad: MaxPooling(
                pool_h, pool_w, 1, pad
            ),
        ),
        Slip(
            "pad-ignored",
            Text(
                "The result fits pad 0. Did self.pad reach im2col and the"
                " output size?",
                "パディング 0 のときの結果です。im2col と出力サイズの計算"
                "に self.pad を渡しましたか。",
            ),
            answer=lambda pool_h, pool_w, stride, pad: MaxPooling(
                pool_h, pool_w, stride, 0
            ),
        ),
    ),
    hints=(
        Text(
            "Your rows are in the order N, OH, OW, C. Which shape fits"
            " that order?",
            "行は N, OH, OW, C の順に並んでいます。この順に合う形状は"
            "何でしょうか。",
        ),
        Text(
            "Windows as rows, the maximum and its place of each row, then"
            " back to (N, C, OH, OW) by reshape and transpose.",
            "窓を行に並べ、行ごとに最大値とその位置を求め、reshape と "
            "transpose で (N, C, OH, OW) に戻します。",
        ),
        Text(
            "N, C, H, W = self.x_shape = x.shape",
            "N, C, H, W = self.x_shape = x.shape",
        ),
    ),
)
