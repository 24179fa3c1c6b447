"""The exercises of lesson 5_1: convolution."""

from __future__ import annotations

import math

from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import conv_output_size


def _sizes():
    return [
        (7, 3, 1, 0),
        (28, 5, 1, 0),
        (7, 3, 2, 0),
        (8, 3, 2, 1),
        (6, 3, 2, 0),
        (5, 5, 3, 2),
        (10, 4, 4, 1),
        (9, 1, 3, 0),
    ]


EXERCISES = (
    Exercise(
        name="by_hand",
        title=("The first two numbers by hand", "最初の 2 つの数を手計算"),
        reference=(15, 16),
        parts=("y00", "y01"),
        slips=(
            Slip(
                "kernel-flipped",
                "The filter was turned by 180 degrees. In a CNN it is laid on"
                " as it stands.",
                "フィルターを 180 度回しています。CNN ではそのままの向きで"
                "重ねます。",
                answer=(13, 15),
            ),
        ),
    ),
    Exercise(
        name="output_size",
        title=("The size of the output", "出力サイズの式"),
        reference=conv_output_size,
        cases=_sizes,
        slips=(
            Slip(
                "ceiling-for-floor",
                "The result is one too large where the last step does not"
                " fit. Such a step is not taken: round down.",
                "最後の 1 歩が収まらない入力で 1 大きくなっています。"
                "収まらない 1 歩は数えないので、切り捨てます。",
                answer=lambda size, filter_size, stride, pad: (
                    math.ceil((size + 2 * pad - filter_size) / stride) + 1
                ),
            ),
            Slip(
                "one-too-few",
                "The result is always one too small. The place where the"
                " window starts counts too.",
                "いつも 1 小さくなっています。最初に置いた場所も 1 つと"
                "数えます。",
                answer=lambda size, filter_size, stride, pad: (
                    (size + 2 * pad - filter_size) // stride
                ),
            ),
            Slip(
                "pads-one-side-only",
                "The padding was counted once. It lies on both sides.",
                "パディングを片側だけ数えています。両側に付きます。",
                answer=lambda size, filter_size, stride, pad: (
                    (size + pad - filter_size) // stride + 1
                ),
            ),
        ),
    ),
)
