"""Exercise 5_6/forward: the class: forward."""

from __future__ import annotations

import numpy as np

from course_lib.exercises import rounds
from course_lib.exercises.compare import same
from course_lib.exercises.lesson_5_6.shared import (
    CHANNELS_LAST,
    ENDS_AT_NEXT,
    MAPS_RESHAPED,
    NOT_STRIDED,
    PAD_IGNORED,
    SIDES_SWAPPED,
    STRIDE_IGNORED,
    MapsReshaped,
    Mean,
    Rows,
    by_windows,
    changed_out,
    first_call,
    images,
    keeping_first,
    largest,
    mixed_maps,
    not_strided,
    run_forward,
    to_next_start,
    with_sizes,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import im2col
from course_lib.layers import MaxPooling
from course_lib.text import Text


class _ZeroPadding(Rows):
    lowest = 0


class _InfinitePadding(Rows):
    lowest = np.inf


class _MinusOne(Rows):
    lowest = -1


class _MeanWithInfinity(Rows):
    def value(self, rows):
        return rows.mean(axis=1)


def _valued(value, padding=-np.inf):
    class Layer(Rows):
        lowest = padding

    Layer.value = lambda self, rows: value(rows)
    return Layer


def _padding_won(result, x, pool_h, pool_w, stride, pad):
    """Return whether one number won in windows that touch the padding."""
    got, sizes = np.asarray(result[0], dtype=float), (pool_h, pool_w)
    right = MaxPooling(*sizes, stride, pad).forward(x)
    if got.shape != right.shape:
        return False
    edge = im2col(0 * x, *sizes, stride, pad, 1).reshape(-1, pool_h * pool_w)
    N, C, OH, OW = right.shape
    edge = edge.max(axis=1).reshape(N, OH, OW, C).transpose(0, 3, 1, 2)
    wrong = got != right
    won = np.unique(got[wrong])
    return not (wrong & (edge == 0)).any() and (
        won.size == 0 or (won.size == 1 and (got >= right).all())
    )


def _two_values(result, *case):
    (right,) = first_call(Rows)(*case)
    first = result[0]
    return isinstance(first, (tuple, list)) and same(first[0], right)


SLIPS = (
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
        "pads-with-plus-infinity",
        Text(
            "At the border the results are infinite: the padding always"
            " wins. Which sign must it have?",
            "端の結果が無限大です。パディングが必ず最大になっています。符号は"
            "どちらにすべきですか。",
        ),
        answer=_InfinitePadding,
    ),
    Slip(
        "maps-reshaped-not-transposed",
        MAPS_RESHAPED,
        answer=MapsReshaped,
    ),
    Slip(
        "channels-last",
        CHANNELS_LAST,
        answer=changed_out(lambda out, *_: out.transpose(0, 2, 3, 1), Rows),
    ),
    Slip(
        "height-and-width-swapped",
        SIDES_SWAPPED,
        answer=changed_out(lambda out, *_: out.swapaxes(2, 3), Rows),
        also=(
            changed_out(mixed_maps, Rows),
            with_sizes(lambda h, w, s, p: (w, h, s, p), Rows),
        ),
    ),
    Slip(
        "square-window",
        Text(
            "The windows are square. Their height is pool_h, their width"
            " pool_w.",
            "窓が正方形になっています。高さが pool_h、幅が pool_w です。",
        ),
        answer=with_sizes(lambda h, w, s, p: (h, h, s, p), Rows),
        also=(with_sizes(lambda h, w, s, p: (w, w, s, p), Rows),),
    ),
    Slip(
        "argmax-returned",
        Text(
            "These are the places of the maxima in their windows. Returned"
            " are the maxima; the places stay in self for backward.",
            "返しているのは、窓の中の最大値の位置です。返すのは最大値で、位置"
            "は backward のために self に残します。",
        ),
        answer=_valued(lambda rows: rows.argmax(axis=1)),
    ),
    Slip(
        "argmax-returned-too",
        Text(
            "Two values came back. forward returns the maxima only; their"
            " places stay in self.",
            "値が 2 つ返っています。forward が返すのは最大値だけで、位置は"
            " self に残します。",
        ),
        answer=changed_out(lambda out, x, layer: (out, None), Rows),
        seen=_two_values,
    ),
    Slip(
        "max-across-channels",
        Text(
            "The maximum was taken over all channels. Each channel is"
            " pooled by itself, their number stays.",
            "すべてのチャンネルを通した最大値になっています。プーリン"
            "グはチャンネルごとに行い、チャンネル数は変わりません。",
        ),
        answer=changed_out(
            lambda out, *_: out.max(axis=1, keepdims=True), Rows
        ),
        also=(
            changed_out(lambda out, *_: out.max(axis=1), Rows),
            by_windows(lambda w: w.max(axis=(1, 2, 3))[:, np.newaxis]),
        ),
    ),
    Slip(
        "max-over-images",
        Text(
            "Every image got the maxima of the whole batch. Each image is"
            " pooled by itself.",
            "どの画像にも、バッチ全体の最大値が入っています。プーリングは画像"
            "ごとに行います。",
        ),
        answer=by_windows(lambda w: w.max(axis=(0, 2, 3))),
        also=(changed_out(lambda out, *_: 0 * out + out.max(axis=0), Rows),),
    ),
    Slip(
        "max-over-everything",
        Text(
            "All images and channels got one maximum, that of everything in"
            " the window. Take it over the last two axes only.",
            "どの画像のどのチャンネルにも、窓の位置全体で 1 つの最大値が入って"
            "います。最大値は最後の 2 つの軸だけで求めます。",
        ),
        answer=by_windows(lambda w: w.max()),
    ),
    Slip(
        "mean-for-max",
        Text(
            "These are the means of the windows. What is done with the"
            " numbers of one window?",
            "窓の平均値になっています。窓の数から何を求めるのでしたか。",
        ),
        answer=Mean,
        also=(_MeanWithInfinity,),
    ),
    Slip(
        "min-for-max",
        Text(
            "These are the smallest numbers of the windows.",
            "窓の最小値になっています。求めるのは最大値です。",
        ),
        answer=_valued(lambda rows: rows.min(axis=1)),
        also=(
            _valued(lambda rows: rows.min(axis=1), 0),
            _valued(lambda rows: rows.min(axis=1), np.inf),
        ),
    ),
    Slip(
        "sum-for-max",
        Text(
            "These are the sums of the windows. Max pooling takes the largest"
            " number.",
            "窓の合計になっています。マックスプーリングでは最大値を求めます。",
        ),
        answer=_valued(lambda rows: rows.sum(axis=1)),
        also=(_valued(lambda rows: rows.sum(axis=1), 0),),
    ),
    Slip(
        "relu-added",
        Text(
            "No result is negative. The largest number of a window may be: a"
            " search that begins at 0, or a ReLU, loses it.",
            "負の結果がありません。窓の最大値が負のこともあります。0 から探し"
            "始めたり ReLU を通したりすると、それが失われます。",
        ),
        answer=changed_out(lambda out, *_: np.maximum(out, 0), Rows),
    ),
    Slip(
        "absolute-values",
        Text(
            "The signs were dropped before the maximum was taken.",
            "最大値を求める前に、符号がなくなっています。",
        ),
        answer=by_windows(lambda w: np.abs(w).max(axis=(2, 3)), lowest=0),
        also=(
            by_windows(lambda w: np.abs(w.max(axis=(2, 3)))),
            by_windows(lambda w: np.abs(w).max(axis=(2, 3))),
        ),
    ),
    Slip(
        "stride-ignored",
        STRIDE_IGNORED,
        answer=with_sizes(lambda h, w, s, p: (h, w, 1, p), Rows),
    ),
    Slip(
        "stride-is-window",
        Text(
            "The windows move by their own size. They move by self.stride.",
            "窓が自分の大きさだけ動いています。動く幅は self.stride です。",
        ),
        answer=with_sizes(lambda h, w, s, p: (h, w, h, p), Rows),
        also=(with_sizes(lambda h, w, s, p: (h, w, w, p), Rows),),
    ),
    Slip(
        "pad-ignored",
        PAD_IGNORED,
        answer=with_sizes(lambda h, w, s, p: (h, w, s, 0), Rows),
    ),
    Slip(
        "windows-not-strided",
        NOT_STRIDED,
        answer=by_windows(largest, not_strided),
    ),
    Slip(
        "slice-ends-at-next-start",
        ENDS_AT_NEXT,
        answer=by_windows(largest, to_next_start),
    ),
    Slip(
        "first-image-only",
        Text(
            "Only the first image came back. All N of them are pooled.",
            "1 枚目の画像しか返っていません。N 枚すべてをプーリングします。",
        ),
        answer=changed_out(lambda out, *_: out[:1], Rows),
        also=(changed_out(lambda out, *_: out[0], Rows),),
    ),
)
TOO_LARGE = Slip(
    "pads-with-too-large",
    Text(
        "At the border the padding wins: it is larger than some pixels."
        " They may be as small as they like; which number is below all of"
        " them?",
        "端の窓で、画素より大きいパディングが最大になっています。画素がど"
        "んなに小さくても、それより小さい数は何ですか。",
    ),
    answer=_MinusOne,
    seen=_padding_won,
)

EXERCISE = Exercise(
    name="forward",
    title=Text("The class: forward", "クラスの順伝播"),
    reference=MaxPooling,
    cases=images,
    run=run_forward,
    parts=rounds.parts("out"),
    slips=(
        *SLIPS,
        rounds.later_call_differs(first_call(MaxPooling), keeping_first(Rows)),
        TOO_LARGE,
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
