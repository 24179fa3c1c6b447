"""Exercise 5_11/transposed_size: how large the map becomes."""

from __future__ import annotations

from course_lib.exercises.kinds import (
    BOTH_IGNORED,
    PAD_IGNORED,
    STRIDE_IGNORED,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import transposed_output_size
from course_lib.text import Text


# The reference has one more parameter, which this exercise does not teach.
def transposed_size(size, filter_size, stride=1, pad=0):
    """Return height or width of the map that size pixels write."""
    return transposed_output_size(size, filter_size, stride, pad)


EXERCISE = Exercise(
    name="transposed_size",
    title=Text("How large the map becomes", "転置畳み込みの出力サイズ"),
    reference=transposed_size,
    tolerance=0,
    cases=lambda: [
        (2, 2, 1, 0),
        (4, 3, 2, 0),
        (5, 3, 1, 1),
        (7, 4, 2, 1),
        (6, 5, 3, 2),
        (1, 4, 3, 0),
        (14, 2, 2, 0),
        (3, 1, 4, 0),
    ],
    slips=(
        Slip(
            *STRIDE_IGNORED,
            answer=lambda size, f, stride, pad: size - 1 + f - 2 * pad,
        ),
        Slip(
            *PAD_IGNORED,
            answer=lambda size, f, stride, pad: stride * (size - 1) + f,
        ),
        Slip(*BOTH_IGNORED, answer=lambda size, f, stride, pad: size - 1 + f),
        Slip(
            "size-of-a-convolution",
            Text(
                "This is the size after an ordinary convolution, which"
                " shrinks. Turn the formula around: from the result back to"
                " the image.",
                "縮む側、つまり普通の畳み込みの出力サイズです。式を逆にたど"
                "り、結果から画像の大きさを求めます。",
            ),
            answer=lambda size, f, stride, pad: (
                (size + 2 * pad - f) // stride + 1
            ),
            also=(
                lambda size, f, stride, pad: (size + 2 * pad - f) / stride + 1,
            ),
        ),
        Slip(
            "pad-added",
            Text(
                "The padding was added. Here it is cut off: what was a frame"
                " for the convolution is not part of its image.",
                "パディングを足しています。ここでは切り落とします。畳み込みの"
                "ときに付けた枠は、画像には含まれません。",
            ),
            answer=lambda size, f, stride, pad: (
                stride * (size - 1) + f + 2 * pad
            ),
        ),
        Slip(
            "pad-one-side-only",
            Text(
                "The padding was taken off once. It lies on both sides.",
                "パディングを片側だけ引いています。両側にあります。",
            ),
            answer=lambda size, f, stride, pad: stride * (size - 1) + f - pad,
        ),
        Slip(
            "one-step-too-many",
            Text(
                "One stride too many: from the first of `size` stamps to the"
                " last there are size - 1 steps.",
                "ストライド 1 回分だけ大きくなっています。最初のスタンプから最"
                "後のスタンプまでは size - 1 歩です。",
            ),
            answer=lambda size, f, stride, pad: stride * size + f - 2 * pad,
        ),
        Slip(
            "one-too-few",
            Text(
                "The result is always one too small: the last stamp has"
                " filter_size pixels, all of them count.",
                "いつも 1 小さくなっています。最後のスタンプの filter_size 画"
                "素は、すべて数えます。",
            ),
            answer=lambda size, f, stride, pad: (
                stride * (size - 1) + f - 2 * pad - 1
            ),
        ),
        Slip(
            "one-too-many",
            Text(
                "The result is always one too large: no further place has to"
                " be counted.",
                "いつも 1 大きくなっています。さらに 1 を足す必要はありませ"
                "ん。",
            ),
            answer=lambda size, f, stride, pad: (
                stride * (size - 1) + f - 2 * pad + 1
            ),
        ),
        Slip(
            "times-stride",
            Text(
                "This is size * stride. It holds only if the filter is as long"
                " as the stride and nothing is cut off.",
                "size * stride になっています。それが成り立つのは、フィルター"
                "とストライドが同じ大きさで、何も切り落とさないときだけです。",
            ),
            answer=lambda size, f, stride, pad: size * stride,
            also=(lambda size, f, stride, pad: size * stride - 2 * pad,),
        ),
        Slip(
            "filter-forgotten",
            Text(
                "The last stamp was left out: it begins at stride * (size -"
                " 1) and is filter_size long.",
                "最後のスタンプの長さが入っていません。stride * (size - 1) か"
                "ら始まり、長さは filter_size です。",
            ),
            answer=lambda size, f, stride, pad: stride * (size - 1) - 2 * pad,
            also=(
                lambda size, f, stride, pad: stride * (size - 1) + 1 - 2 * pad,
                lambda size, f, stride, pad: stride * (size - 1),
            ),
        ),
        Slip(
            "side-by-side",
            Text(
                "The stamps were laid side by side. They begin `stride`"
                " pixels apart, and may overlap.",
                "スタンプをすき間なく並べています。`stride` 画素ずつずらすの"
                "で、重なることもあります。",
            ),
            answer=lambda size, f, stride, pad: size * f,
            also=(lambda size, f, stride, pad: size * f - 2 * pad,),
        ),
        Slip(
            "filter-and-stride-swapped",
            Text(
                "Filter and stride changed roles: the stamps are `stride`"
                " apart and `filter_size` long.",
                "フィルターとストライドの役割が逆です。スタンプの間隔が"
                " `stride`、長さが `filter_size` です。",
            ),
            answer=lambda size, f, stride, pad: (
                f * (size - 1) + stride - 2 * pad
            ),
        ),
        Slip(
            "pad-before-the-stride",
            Text(
                "The padding was taken from `size` before the stride"
                " multiplied it. It is cut off at the very end.",
                "パディングを、ストライドを掛ける前の `size` から引いていま"
                "す。切り落とすのは最後です。",
            ),
            answer=lambda size, f, stride, pad: (
                stride * (size - 1 - 2 * pad) + f
            ),
            also=(
                lambda size, f, stride, pad: stride * (size + 2 * pad - 1) + f,
                lambda size, f, stride, pad: stride * (size - 1 - pad) + f,
            ),
        ),
    ),
    hints=(
        Text(
            "Where does the last of `size` stamps begin? How long is it?",
            "`size` 個のスタンプのうち、最後のものはどこから始まり、長さはいく"
            "つですか。",
        ),
        Text(
            "It begins at stride * (size - 1) and is filter_size long. Then"
            " pad pixels are cut off on each side.",
            "stride * (size - 1) から始まり、長さは filter_size です。そのあと"
            "両側から pad 画素ずつ切り落とします。",
        ),
        Text(
            "return stride * (size - 1) + ...",
            "return stride * (size - 1) + ...",
        ),
    ),
)
