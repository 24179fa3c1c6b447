"""Exercise 5_11/depthwise: one filter for each channel."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import (
    CHANNELS_LAST,
    FIRST_CHANNEL_ONLY,
    FIRST_IMAGE_ONLY,
    FLIPPED,
    ignoring,
    rounded,
)
from course_lib.exercises.lesson_5_11.shared import maps
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import Convolution
from course_lib.text import Text


def depthwise(x, w, stride=1, pad=0):
    """Convolve each channel of x with its own filter of w (C, FH, FW)."""
    C = len(w)
    b = np.zeros(C, np.result_type(x, w))
    layer = Convolution(w[:, np.newaxis], b, stride, pad, groups=C)
    return layer.forward(x)


def _ordinary(x, W, stride=1, pad=0):
    return Convolution(W, np.zeros(len(W)), stride, pad).forward(x)


def _every_filter(x, w, stride=1, pad=0):
    """Let every filter see every channel, (N, C * C, OH, OW)."""
    C = len(w)
    found = [
        depthwise(np.repeat(x[:, c : c + 1], C, axis=1), w, stride, pad)
        for c in range(C)
    ]
    return np.concatenate(found, axis=1)


EXERCISE = Exercise(
    name="depthwise",
    title=Text("One filter for each channel", "チャンネルごとのフィルター"),
    reference=depthwise,
    cases=lambda: [
        (maps(1, 3, 4, 5), maps(3, 2, 3, seed=1), 1, 0),
        (maps(2, 4, 5, 6), maps(4, 3, 2, seed=2), 1, 1),
        (maps(3, 2, 7, 6), maps(2, 3, 3, seed=3), 2, 0),
        (maps(2, 5, 6, 7), maps(5, 2, 2, seed=4), 3, 2),
        (maps(1, 1, 5, 5), maps(1, 3, 3, seed=5), 1, 1),
        (
            maps(4, 3, 6, 6).astype(np.float32),
            maps(3, 3, 3, seed=6).astype(np.float32),
            2,
            1,
        ),
    ],
    slips=(
        Slip(
            "channels-summed",
            Text(
                "The channels were added up: that is an ordinary convolution"
                " with one filter. Here every channel keeps its own map.",
                "チャンネルを足し合わせています。それではフィルター 1 個の普通"
                "の畳み込みです。ここでは、チャンネルごとにマップが残ります。",
            ),
            answer=lambda x, w, *steps: _ordinary(x, w[np.newaxis], *steps),
            also=(
                lambda x, w, *steps: depthwise(x, w, *steps).sum(axis=1),
                lambda x, w, *steps: depthwise(x, w, *steps).mean(
                    axis=1, keepdims=True
                ),
                lambda x, w, *steps: np.repeat(
                    _ordinary(x, w[np.newaxis], *steps), len(w), axis=1
                ),
                lambda x, w, *steps: _ordinary(
                    x, np.repeat(w[:, np.newaxis], len(w), axis=1), *steps
                ),
            ),
        ),
        Slip(
            "first-filter-for-all",
            Text(
                "Every channel is convolved with the first filter. Channel c"
                " belongs to w[c].",
                "どのチャンネルにも最初のフィルターを使っています。チャンネル"
                " c には w[c] を使います。",
            ),
            answer=lambda x, w, *steps: depthwise(
                x, np.repeat(w[:1], len(w), axis=0), *steps
            ),
        ),
        Slip(
            "first-channel-for-all",
            Text(
                "Every filter looks at channel 0. Filter c belongs to channel"
                " c.",
                "どのフィルターもチャンネル 0 を見ています。フィルター c が見"
                "るのはチャンネル c です。",
            ),
            answer=lambda x, w, *steps: depthwise(
                np.repeat(x[:, :1], len(w), axis=1), w, *steps
            ),
        ),
        Slip(
            "every-filter-on-every-channel",
            Text(
                "Every filter was laid on every channel: C * C maps. A filter"
                " has one channel only.",
                "すべてのフィルターをすべてのチャンネルに重ね、マップが C * C"
                " 枚あります。1 つのフィルターが見るのは 1 チャンネルだけで"
                "す。",
            ),
            answer=_every_filter,
            also=(
                lambda x, w, *steps: (
                    _every_filter(x, w, *steps)
                    .reshape(
                        len(x),
                        len(w),
                        len(w),
                        *depthwise(x, w, *steps).shape[2:],
                    )
                    .swapaxes(1, 2)
                    .reshape(
                        len(x), len(w) ** 2, *depthwise(x, w, *steps).shape[2:]
                    )
                ),
            ),
        ),
        Slip(
            "filters-in-other-order",
            Text(
                "The filters meet the channels in another order. Channel c"
                " belongs to w[c].",
                "フィルターとチャンネルの組み合わせがずれています。チャンネル"
                " c には w[c] を使います。",
            ),
            answer=lambda x, w, *steps: depthwise(x, w[::-1], *steps),
            also=(
                lambda x, w, *steps: depthwise(
                    x, np.roll(w, 1, axis=0), *steps
                ),
                lambda x, w, *steps: depthwise(
                    x, np.roll(w, -1, axis=0), *steps
                ),
            ),
        ),
        Slip(
            *FLIPPED,
            answer=lambda x, w, *steps: depthwise(x, w[:, ::-1, ::-1], *steps),
        ),
        *ignoring(depthwise, 2, 3),
        Slip(
            *CHANNELS_LAST,
            answer=lambda *case: depthwise(*case).transpose(0, 2, 3, 1),
        ),
        Slip(
            "channels-first",
            Text(
                "The numbers are right, but the channels stand before the"
                " images. Maps are (N, C, OH, OW).",
                "数は合っていますが、チャンネルの軸が画像の軸より前にありま"
                "す。マップは (N, C, OH, OW) です。",
            ),
            answer=lambda *case: depthwise(*case).swapaxes(0, 1),
        ),
        Slip(
            "joined-along-images",
            Text(
                "The maps were joined along the images (axis 0). The channels"
                " are axis 1.",
                "マップを画像の方向（軸 0）につないでいます。チャンネルは軸 1 "
                "です。",
            ),
            answer=lambda x, w, *steps: np.concatenate(
                [
                    depthwise(x[:, c : c + 1], w[c : c + 1], *steps)
                    for c in range(len(w))
                ]
            ),
        ),
        Slip(
            "axis-of-length-one-left",
            Text(
                "The numbers are right, but an axis of length 1 is left over."
                " Join the maps (`concatenate`) instead of stacking them.",
                "数は合っていますが、長さ 1 の軸が余っています。マップは重ねる"
                "（`stack`）のではなく、つなぎます（`concatenate`）。",
            ),
            answer=lambda *case: depthwise(*case)[:, :, np.newaxis],
            also=(lambda *case: depthwise(*case).swapaxes(0, 1)[:, :, None],),
        ),
        Slip(
            *FIRST_CHANNEL_ONLY,
            answer=lambda *case: depthwise(*case)[:, :1],
        ),
        Slip(
            "last-channel-only",
            Text(
                "Only the map of the last channel is left. Keep each one,"
                " then join them.",
                "最後のチャンネルのマップしか残っていません。1 枚ずつ取ってお"
                "き、最後につなぎます。",
            ),
            answer=lambda *case: depthwise(*case)[:, -1:],
        ),
        Slip(*FIRST_IMAGE_ONLY, answer=lambda *case: depthwise(*case)[:1]),
        rounded(depthwise),
    ),
    hints=(
        Text(
            "With how many groups has each channel one filter of its own?",
            "何グループに分ければ、1 チャンネルに 1 つのフィルターになります"
            "か。",
        ),
        Text(
            "As many groups as channels. W of a group has one channel: w"
            " needs an axis of length 1, (C, 1, FH, FW). The bias is 0.",
            "チャンネルの数だけグループを作ります。グループの W は 1 チャンネ"
            "ルなので、w に長さ 1 の軸を入れて (C, 1, FH, FW) にします。バイア"
            "スは 0 です。",
        ),
        Text(
            "W = w[:, np.newaxis]",
            "W = w[:, np.newaxis]",
        ),
    ),
)
