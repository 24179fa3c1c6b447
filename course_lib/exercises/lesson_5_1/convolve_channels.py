"""Exercise 5_1/convolve_channels: several channels."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_1.shared import convolution_of, size_cases
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _convolve_channels(x, w, b=0, stride=1, pad=0):
    return convolution_of(x, w, b, stride, pad)


def _channel_cases():
    return size_cases(
        np.random.default_rng(53),
        [
            ((3, 4, 4), (3, 3, 3), 1, 0),
            ((2, 5, 7), (2, 3, 2), 2, 1),
            ((4, 6, 5), (4, 2, 3), 1, 2),
            ((3, 7, 6), (3, 1, 4), 3, 0),
            ((5, 4, 6), (5, 3, 3), 2, 1),
        ],
    )


def _separate(x, w, b, stride, pad):
    """Convolve each channel and do not add."""
    return np.stack(
        [convolution_of(x[c], w[c], b, stride, pad) for c in range(len(x))]
    )


def _pads_channels(x, w, b, stride, pad):
    """Pad all three axes, so that channel 0 is a layer of zeros."""
    padded = np.pad(x, pad)[: len(x)]
    return convolution_of(padded, w, b, stride)


EXERCISE = Exercise(
    name="convolve_channels",
    title=Text("Several channels", "複数チャンネルの畳み込み"),
    reference=_convolve_channels,
    cases=_channel_cases,
    slips=(
        Slip(
            "channels-not-summed",
            Text(
                "There is one map for each channel. The maps are added to one,"
                " place by place.",
                "チャンネルごとの結果が並んだままです。同じ場所どうしを足して"
                " 1 枚にします。",
            ),
            answer=_separate,
        ),
        Slip(
            "bias-for-each-channel",
            Text(
                "The bias was added once for each channel. It belongs to the"
                " filter: add it once, after the sum over the channels.",
                "チャンネルの数だけバイアスを足しています。バイアスはフィル"
                "ターに 1 つです。チャンネルを足し終えてから 1 回だけ足しま"
                "す。",
            ),
            answer=lambda x, w, b, stride, pad: convolution_of(
                x, w, b * len(x), stride, pad
            ),
        ),
        Slip(
            "bias-forgotten",
            Text(
                "Every number is short by `b`. Add the bias to the sum.",
                "どの数も `b` だけ足りません。和にバイアスを足します。",
            ),
            answer=lambda x, w, b, stride, pad: convolution_of(
                x, w, 0, stride, pad
            ),
        ),
        Slip(
            "mean-over-channels",
            Text(
                "The channels were averaged. They are added, and none is"
                " divided.",
                "チャンネルの平均をとっています。割らずに足します。",
            ),
            answer=lambda x, w, b, stride, pad: (
                convolution_of(x, w, 0, stride, pad) / len(x) + b
            ),
        ),
        Slip(
            "pads-every-axis",
            Text(
                "The zeros were also put before and behind the channels:"
                " channel 0 became a layer of zeros. Only height and width are"
                " padded.",
                "チャンネルの軸にも 0 を付けたため、チャンネル 0 が 0 だけの層"
                "になっています。パディングするのは高さと幅だけです。",
            ),
            answer=_pads_channels,
        ),
    ),
    hints=(
        Text(
            "Which channel of `w` belongs to channel `c` of `x`?",
            "`x` のチャンネル c に対応するのは、`w` のどのチャンネルですか。",
        ),
        Text(
            "The same one. Convolve them pair by pair with bias 0, add the "
            "maps, then add the bias once.",
            "同じ番号のチャンネルです。組ごとにバイアス 0 で畳み込み、結果"
            "を足してから、バイアスを 1 回足します。",
        ),
        Text(
            "parts = [best_convolve2d(x[c], w[c], 0, stride, pad) for c in "
            "range(len(x))]",
            "parts = [best_convolve2d(x[c], w[c], 0, stride, pad) for c in "
            "range(len(x))]",
        ),
    ),
)
