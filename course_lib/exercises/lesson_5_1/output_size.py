"""Exercise 5_1/output_size: the size of the output."""

from __future__ import annotations

import math

from course_lib.exercises.kinds import (
    BOTH_IGNORED,
    PAD_IGNORED,
    STRIDE_IGNORED,
)
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
        (11, 4, 3, 1),
        (12, 5, 2, 3),
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
            *STRIDE_IGNORED,
            answer=lambda size, filter_size, stride, pad: (
                size + 2 * pad - filter_size + 1
            ),
        ),
        Slip(
            *PAD_IGNORED,
            answer=lambda size, filter_size, stride, pad: (
                (size - filter_size) // stride + 1
            ),
        ),
        Slip(
            *BOTH_IGNORED,
            answer=lambda size, filter_size, stride, pad: (
                size - filter_size + 1
            ),
        ),
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
            also=(
                lambda size, filter_size, stride, pad: (
                    round((size + 2 * pad - filter_size) / stride) + 1
                ),
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
        Slip(
            "one-too-many",
            Text(
                "The result is always one too large. The way counts the"
                " steps; the start adds one place, not two.",
                "いつも 1 大きくなっています。歩数に加えるのは、最初の場所の 1"
                " だけです。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + 2 * pad - filter_size) // stride + 2
            ),
        ),
        Slip(
            "one-added-to-the-stride",
            Text(
                "The way was divided by stride + 1. Divide by the stride"
                " first, then add the place at the start: mind the brackets.",
                "動ける距離を stride + 1 で割っています。先にストライドで割"
                "り、それから最初の場所の 1 を足します。かっこに注意しましょ"
                "う。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + 2 * pad - filter_size) // (stride + 1)
            ),
        ),
        Slip(
            "missing-brackets",
            Text(
                "Only the filter size was divided by the stride: `//` binds"
                " more tightly than `-`. Put the whole way in brackets.",
                "フィルターのサイズだけをストライドで割っています。`//` は `-`"
                " より先に計算されます。動ける距離の全体をかっこで囲みましょ"
                "う。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                size + 2 * pad - filter_size // stride + 1
            ),
        ),
        Slip(
            "filter-forgotten",
            Text(
                "The filter size is not taken off. The window must stay"
                " inside, so its last place is earlier than the last pixel.",
                "フィルターのサイズを引いていません。窓ははみ出せないので、最"
                "後の場所は最後の画素より手前になります。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + 2 * pad) // stride + 1
            ),
            also=(
                lambda size, filter_size, stride, pad: (
                    (size + 2 * pad) // stride
                ),
            ),
        ),
        Slip(
            "size-divided-by-stride",
            Text(
                "The size itself was divided by the stride. The window cannot"
                " travel that far: padding and filter size belong to the way.",
                "サイズをそのままストライドで割っています。動ける距離は、パデ"
                "ィングとフィルターのサイズで決まります。",
            ),
            answer=lambda size, filter_size, stride, pad: size // stride,
            also=(
                lambda size, filter_size, stride, pad: size // stride + 1,
                lambda size, filter_size, stride, pad: size / stride,
            ),
        ),
        Slip(
            "filter-added",
            Text(
                "The filter size was added. A larger filter has fewer places.",
                "フィルターのサイズを足しています。フィルターが大きいほど、置"
                "ける場所は少なくなります。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + 2 * pad + filter_size) // stride + 1
            ),
        ),
        Slip(
            "pad-subtracted",
            Text(
                "The padding was taken off. A frame makes the image larger.",
                "パディングを引いています。枠を付けると画像は大きくなります。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size - 2 * pad - filter_size) // stride + 1
            ),
        ),
        Slip(
            "pad-squared",
            Text(
                "The padding was squared. It lies on two sides: 2 * pad.",
                "パディングを 2 乗しています。両側に付くので 2 * pad です。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + pad**2 - filter_size) // stride + 1
            ),
        ),
        Slip(
            "pad-after-dividing",
            Text(
                "The padding was added after the division. It belongs to the"
                " way, which is divided by the stride.",
                "パディングを、割った後に足しています。パディングも、ストライ"
                "ドで割る距離に含めます。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size - filter_size) // stride + 2 * pad + 1
            ),
        ),
        Slip(
            "multiplied-by-stride",
            Text(
                "The way was multiplied by the stride. Larger steps give"
                " fewer places: divide.",
                "動ける距離にストライドを掛けています。歩幅が大きいほど場所は"
                "減るので、割り算です。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + 2 * pad - filter_size) * stride + 1
            ),
        ),
        Slip(
            "stride-and-filter-swapped",
            Text(
                "Filter size and stride changed places: the filter is taken"
                " off, the stride divides.",
                "フィルターのサイズとストライドが逆です。引くのはフィルターの"
                "サイズ、割るのはストライドです。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + 2 * pad - stride) // filter_size + 1
            ),
        ),
        Slip(
            "half-filter",
            Text(
                "Only half of the filter was taken off. The whole window must"
                " lie inside the padded image.",
                "フィルターの半分しか引いていません。窓の全体が、パディング後"
                "の画像の中に入らなければなりません。",
            ),
            answer=lambda size, filter_size, stride, pad: (
                (size + 2 * pad - filter_size // 2) // stride + 1
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
