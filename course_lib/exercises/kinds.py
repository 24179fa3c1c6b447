"""Slips that the exercises of several lessons share.

Each text says what is seen, so that it is true beside another mistake too.
The functions make the slips of one exercise from a wrong way to lay the
frame, to place the window, or to use an argument.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.exercises.model import Slip
from course_lib.text import Text

PAD_IGNORED = (
    "pad-ignored",
    Text(
        "The output has the size that it would have without padding. Is `pad`"
        " used for the frame, and for the output size?",
        "パディングをしないときの出力サイズになっています。枠を付けるときと、"
        "出力サイズを求めるときに、`pad` を使っていますか。",
    ),
)
STRIDE_IGNORED = (
    "stride-ignored",
    Text(
        "The output has the size that it would have for a stride of 1. Is"
        " `stride` used for the output size, and for where a window begins?",
        "ストライドが 1 のときの出力サイズになっています。出力サイズと、窓の"
        "始まる場所に、`stride` を使っていますか。",
    ),
)
BOTH_IGNORED = (
    "stride-and-pad-ignored",
    Text(
        "The result is that for a stride of 1 and no padding, whatever was"
        " asked for. Use `stride` and `pad`.",
        "いつもストライド 1、パディングなしの結果になっています。`stride` と"
        " `pad` を使いましょう。",
    ),
)
FIRST_IMAGE_ONLY = (
    "first-image-only",
    Text(
        "The result holds the first image alone. Each image of the batch"
        " needs its own: where is the loop over the images left?",
        "1 枚目の画像の結果しかありません。結果は画像ごとに必要です。画像の"
        "ループが途中で終わっていませんか。",
    ),
)
FIRST_IMAGE_FOR_ALL = (
    "first-image-for-all",
    Text(
        "Every image has the result of the first one. Is the index of the"
        " image used?",
        "どの画像の結果も、1 枚目と同じです。画像の添字を使っていますか。",
    ),
)
FIRST_CHANNEL_ONLY = (
    "first-channel-only",
    Text(
        "Only channel 0 is in the result. The others belong there too.",
        "チャンネル 0 の分しか結果に入っていません。ほかのチャンネルも必要で"
        "す。",
    ),
)
FIRST_CHANNEL_FOR_ALL = (
    "first-channel-for-all",
    Text(
        "Channel 0 was used in the place of every channel. Is the index of"
        " the channel used?",
        "どのチャンネルの代わりにも、チャンネル 0 を使っています。チャンネル"
        "の添字を使っていますか。",
    ),
)
CHANNELS_LAST = (
    "channels-last",
    Text(
        "The numbers are right, but the channels stand in the last axis."
        " They belong in the second, behind the images.",
        "数は合っていますが、チャンネルが最後の軸になっています。画像の次、2"
        " 番目の軸に置きます。",
    ),
)
SUM_FOR_MAX = (
    "sum-for-max",
    Text(
        "These are the sums of the windows. Max pooling keeps the largest"
        " number.",
        "窓の和になっています。マックスプーリングでは最大値を残します。",
    ),
)
MIN_FOR_MAX = (
    "min-for-max",
    Text(
        "These are the smallest numbers of the windows, not the largest.",
        "窓の最小値になっています。残すのは最大値です。",
    ),
)
PLACE_FOR_VALUE = (
    "place-for-value",
    Text(
        "These are the places of the largest numbers (`argmax`). The numbers"
        " themselves are wanted.",
        "最大値のある場所（`argmax`）になっています。求めるのは最大値そのもの"
        "です。",
    ),
)
MAXIMUM_FROM_ZERO = (
    "maximum-starts-at-zero",
    Text(
        "Wherever all numbers of a window are negative the result is 0. A"
        " search for the largest must not begin at 0.",
        "窓の中がすべて負の数のとき、結果が 0 になっています。最大値を探すと"
        "き、0 から始めてはいけません。",
    ),
)
MAXIMUM_FROM_MINUS_ONE = (
    "maximum-starts-too-high",
    Text(
        "Wherever all numbers of a window are below -1 the result is -1. No"
        " number may stand at the start that could win: begin with the first"
        " number of the window, or with `-np.inf`.",
        "窓の中がすべて -1 より小さいとき、結果が -1 になっています。窓の最初"
        "の数か、`-np.inf` から始めましょう。",
    ),
)
LARGEST_IN_SIZE = (
    "largest-in-size",
    Text(
        "This is the number farthest from 0, with or without its sign. The"
        " largest number is wanted: -9 is smaller than 1.",
        "0 から最も遠い数になっています。求めるのは最も大きい数です。-9 は 1"
        " より小さい数です。",
    ),
)
FIRST_OF_WINDOW = (
    "first-of-window",
    Text(
        "This is the first number of each window, whatever the others are.",
        "どの窓でも、最初の数がそのまま残っています。",
    ),
)
NOT_THE_LARGEST = (
    "not-the-largest",
    Text(
        "Each number does stand in its window, but a larger one stands there"
        " too. Look at all pixels of the window, and keep the largest.",
        "どの数も窓の中の数ですが、もっと大きい数が同じ窓にあります。窓の画素"
        "をすべて見て、最大値を残します。",
    ),
)
SINGLE_NUMBER = (
    "single-number",
    Text(
        "A single number came back: that of the first window. A `return`"
        " inside a loop ends the function in the first round; it belongs"
        " behind the loops.",
        "最初の窓の数が 1 つだけ返っています。ループの中の `return` は、1 回"
        "目で関数を終わらせます。ループの後に書きましょう。",
    ),
)
FLAT = (
    "flat-result",
    Text(
        "The numbers are right, but stand in one line. Give them their rows"
        " and columns back with `reshape`.",
        "数は合っていますが、1 列に並んでいます。`reshape` で行と列に戻しま"
        "しょう。",
    ),
)
NEGATIVE_CUT_OFF = (
    "negative-cut-off",
    Text(
        "Negative results became 0. Nothing is cut off here.",
        "負の結果が 0 になっています。ここでは何も切り捨てません。",
    ),
)
ABSOLUTE = (
    "absolute-value",
    Text(
        "The minus signs are gone. The sign is part of the result.",
        "マイナスの符号が消えています。符号も結果の一部です。",
    ),
)
FLIPPED = (
    "kernel-flipped",
    Text(
        "The filter was turned by 180 degrees (what mathematics calls a"
        " convolution). In a CNN it is laid on as it stands.",
        "フィルターを 180 度回しています（数学でいう畳み込みです）。CNN では"
        "そのままの向きで重ねます。",
    ),
)
MAX_FOR_SUM = (
    "max-for-sum",
    Text(
        "Only the largest product of each window was kept. All of them are"
        " added.",
        "窓ごとに、いちばん大きい積だけが残っています。積はすべて足します。",
    ),
)
FILTER_NOT_USED = (
    "filter-not-used",
    Text(
        "These are the sums of the windows alone. Multiply each window with"
        " the filter before summing.",
        "窓の中の数をそのまま足しています。足す前にフィルターと要素ごとに掛"
        "けます。",
    ),
)
ROUNDED = (
    "rounded-down",
    Text(
        "The numbers lost what stands behind the point. Look at `//`, at"
        " `int` and at the dtype of the array that you fill: an array of"
        " integers holds whole numbers only.",
        "小数点以下が消えています。`//` や `int` を使っていないか、結果を入れ"
        "る配列の dtype が整数でないかを見直しましょう。整数の配列には小数が"
        "入りません。",
    ),
)


def rounded(reference: Callable[..., Any]) -> Slip:
    """Return the slip of results that are whole numbers only."""

    def by(cut):
        return lambda *case: cut(reference(*case))

    return Slip(
        *ROUNDED, answer=by(np.trunc), also=(by(np.floor), by(np.rint))
    )


def ignoring(
    reference: Callable[..., Any], stride: int, pad: int | None = None
) -> tuple[Slip, ...]:
    """Return the slips of an ignored stride, pad, and both.

    stride, pad: the places of these arguments; pad None where there is none.
    """

    def without(*places):
        def answer(*case):
            changed = list(case)
            for place in places:
                changed[place] = 1 if place == stride else 0
            return reference(*changed)

        return answer

    found = [Slip(*STRIDE_IGNORED, answer=without(stride))]
    if pad is not None:
        found.append(Slip(*PAD_IGNORED, answer=without(pad)))
        found.append(Slip(*BOTH_IGNORED, answer=without(stride, pad)))
    return tuple(found)
