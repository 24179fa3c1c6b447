"""Exercise 5_1/convolve_channels: several channels."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.frames import frame_slips
from course_lib.exercises.kinds import (
    FIRST_CHANNEL_FOR_ALL,
    FIRST_CHANNEL_ONLY,
    FLIPPED,
    ignoring,
    rounded,
)
from course_lib.exercises.lesson_5_1.shared import (
    convolution_of,
    product,
    size_cases,
    walked,
)
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


def _maps(x, w, stride, pad):
    """Return the maps of the channels, not added."""
    pairs = zip(x, w)
    return np.stack([convolution_of(c, v, 0, stride, pad) for c, v in pairs])


def _joined(join):
    """Return the answer that makes one map of all in its own way."""
    return lambda x, w, b, stride, pad: join(_maps(x, w, stride, pad)) + b


def _of(change):
    """Return the answer for other images and filters: change(x, w)."""
    return lambda x, w, b, stride, pad: convolution_of(
        *change(x, w), b, stride, pad
    )


def _separate(x, w, b, stride, pad):
    """Convolve each channel and do not add."""
    return _maps(x, w, stride, pad)


def _separate_with_bias(x, w, b, stride, pad):
    return _maps(x, w, stride, pad) + b


def _pads_channels(x, w, b, stride, pad):
    """Pad all three axes, so that channel 0 is a layer of zeros."""
    padded = np.pad(x, pad)[: len(x)]
    return convolution_of(padded, w, b, stride)


def _repeated(a, k):
    return np.repeat(a[k : k + 1], len(a), axis=0)


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
            also=(_separate_with_bias,),
        ),
        Slip(
            "everything-summed",
            Text(
                "A single number came back: the places were added too. Add"
                " over the channels only, `axis=0`.",
                "数が 1 つだけ返っています。場所どうしまで足しています。足す"
                "のはチャンネルの方向（`axis=0`）だけです。",
            ),
            answer=_joined(np.sum),
        ),
        Slip(
            "summed-over-the-wrong-axis",
            Text(
                "The rows, or the columns, of each map were added. Add the"
                " maps of the channels: axis 0 of a stack (C, OH, OW).",
                "各チャンネルの結果の中で、行や列を足しています。足すのはチャ"
                "ンネルの方向、(C, OH, OW) の軸 0 です。",
            ),
            answer=_joined(lambda maps: maps.sum(axis=1)),
            also=(_joined(lambda maps: maps.sum(axis=2)),),
        ),
        Slip(
            *FIRST_CHANNEL_ONLY,
            answer=_of(lambda x, w: (x[:1], w[:1])),
        ),
        Slip(
            "last-channel-only",
            Text(
                "Only the last channel is in the result: each channel wrote"
                " over the one before. Add with `+=`.",
                "最後のチャンネルの分しか結果に入っていません。前のチャンネル"
                "の結果を上書きしています。`+=` で足しましょう。",
            ),
            answer=_of(lambda x, w: (x[-1:], w[-1:])),
        ),
        Slip(
            "last-channel-missing",
            Text(
                "The last channel is missing. How far does the loop over the"
                " channels go?",
                "最後のチャンネルが足されていません。チャンネルのループはどこ"
                "まで進みますか。",
            ),
            answer=_of(lambda x, w: (x[:-1], w[:-1])),
        ),
        Slip(
            "first-filter-channel-for-all",
            Text(
                "Every channel met `w[0]`. Channel `c` of the image has its"
                " own layer of the filter.",
                "どのチャンネルにも `w[0]` を使っています。チャンネル c には、"
                "フィルターの同じ番号の面を使います。",
            ),
            answer=_of(lambda x, w: (x, _repeated(w, 0))),
        ),
        Slip(
            *FIRST_CHANNEL_FOR_ALL,
            answer=_of(lambda x, w: (_repeated(x, 0), w)),
        ),
        Slip(
            "channels-reversed",
            Text(
                "The channels of the filter run the other way: the first"
                " channel met the last layer of the filter.",
                "フィルターのチャンネルの順番が逆です。最初のチャンネルに、"
                "フィルターの最後の面を使っています。",
            ),
            answer=_of(lambda x, w: (x, w[::-1])),
        ),
        Slip(
            "channels-summed-first",
            Text(
                "The channels were added before they met the filter. Each"
                " channel is multiplied with its own layer first.",
                "フィルターを掛ける前に、チャンネルを足しています。先に、チャ"
                "ンネルごとに対応する面を掛けます。",
            ),
            answer=_of(
                lambda x, w: (
                    x.sum(axis=0, keepdims=True),
                    w.sum(axis=0, keepdims=True),
                )
            ),
            also=(
                _of(lambda x, w: (x.sum(axis=0, keepdims=True), w[:1])),
                _of(
                    lambda x, w: (
                        x.mean(axis=0, keepdims=True),
                        w.mean(axis=0, keepdims=True),
                    )
                ),
            ),
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
            answer=_joined(lambda maps: maps.mean(axis=0)),
        ),
        Slip(
            "max-over-channels",
            Text(
                "The largest of the channels was kept at each place. They"
                " are added.",
                "場所ごとに、チャンネルの最大値を残しています。チャンネルは足"
                "します。",
            ),
            answer=_joined(lambda maps: maps.max(axis=0)),
        ),
        Slip(
            "maps-multiplied",
            Text(
                "The maps of the channels were multiplied. They are added.",
                "チャンネルごとの結果を掛けています。結果どうしは足します。",
            ),
            answer=_joined(lambda maps: maps.prod(axis=0)),
        ),
        Slip(
            "channels-side-by-side",
            Text(
                "The maps of the channels stand side by side. They lie on"
                " each other and are added, place by place.",
                "チャンネルごとの結果を、つなげて並べています。重ねて、同じ場"
                "所どうしを足します。",
            ),
            answer=_joined(np.vstack),
            also=(_joined(np.hstack),),
        ),
        *ignoring(_convolve_channels, 3, 4),
        Slip(
            "pads-every-axis",
            Text(
                "The zeros were also put before and behind the channels:"
                " channel 0 became a layer of zeros. Only height and width are"
                " padded.",
                "チャンネルの軸にも 0 を付けたため、チャンネル 0 が 0 だけの面"
                "になっています。パディングするのは高さと幅だけです。",
            ),
            answer=_pads_channels,
        ),
        *frame_slips(lambda laid: walked(product, laid=laid)),
        Slip(
            *FLIPPED,
            answer=_of(lambda x, w: (x, w[:, ::-1, ::-1])),
        ),
        rounded(_convolve_channels),
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
