"""Exercise 5_1/output_size: the size of the output."""

from __future__ import annotations

import math

from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import conv_output_size
from course_lib.text import Text


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


# The reference has one more parameter, which this exercise does not teach.
def _output_size(size, filter_size, stride=1, pad=0):
    return conv_output_size(size, filter_size, stride, pad)


EXERCISE = Exercise(
    name="output_size",
    title=Text("The size of the output", "出力サイズの式"),
    reference=_output_size,
    cases=_sizes,
    slips=(
        Slip(
            "ceiling-for-floor",
            Text(
                "The result is one too large where the last step does not"
                " fit. Such a step is not taken: round down.",
                "最後の 1 歩が収まらない入力で 1 大きくなっています。"
                "収まらない 1 歩は数えないので、切り捨てます。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                math.ceil((size + 2 * pad - filter_size) / stride) + 1
            ),
        ),
        Slip(
            "one-too-few",
            Text(
                "The result is always one too small. The place where the"
                " window starts counts too.",
                "いつも 1 小さくなっています。最初に置いた場所も 1 つと数えま"
                "す。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + 2 * pad - filter_size) // stride
            ),
        ),
        Slip(
            "pads-one-side-only",
            Text(
                "The padding was counted once. It lies on both sides.",
                "パディングを片側だけ数えています。両側に付きます。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + pad - filter_size) // stride + 1
            ),
        ),
        Slip(
            "one-added-before-dividing",
            Text(
                "The starting place was added before the division. Divide"
                " first: only the steps are counted by the stride.",
                "最初の場所の 1 を、割る前に足しています。ストライドで割るの"
                "は、動いた距離だけです。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + 2 * pad - filter_size + 1) // stride
            ),
        ),
        Slip(
            "exact-division",
            Text(
                "The result is not rounded: there are no half places. Look at"
                " `/` and `//`.",
                "結果が丸められていません。場所の数に端数はありません。`/` と"
                " `//` を見直しましょう。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + 2 * pad - filter_size) / stride + 1
            ),
        ),
    ),
    hints=(
        Text(
            "How far can the window travel from its first place to its last?",
            "最初の場所から最後の場所まで、窓はどれだけ動けますか。",
        ),
        Text(
            "The way is the padded size minus the filter size. Count how "
            "many whole strides fit, and the place at the start.",
            "動ける距離は、パディング後のサイズからフィルターのサイズを引い"
            "たものです。そこに歩幅がいくつ収まるかを数え、最初の場所を加え"
            "ます。",
        ),
        Text(
            "way = size + 2 * pad - filter_size",
            "way = size + 2 * pad - filter_size",
        ),
    ),
)
