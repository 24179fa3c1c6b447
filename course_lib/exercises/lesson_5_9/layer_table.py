"""Exercise 5_9/layer_table: the table of a network."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_9.conv_macs import conv_macs
from course_lib.exercises.lesson_5_9.conv_params import conv_params
from course_lib.exercises.lesson_5_9.shared import Slipped
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import conv_output_size
from course_lib.text import Text


def conv(FN, F, stride=1, pad=0, groups=1):
    """Return a row of a network's description: a convolution."""
    return dict(kind="conv", FN=FN, F=F, stride=stride, pad=pad, groups=groups)


def pool(F, stride):
    """Return a row of a network's description: a max pooling."""
    return dict(kind="pool", F=F, stride=stride, pad=0)


def affine(M):
    """Return a row of a network's description: an affine layer."""
    return dict(kind="affine", M=M)


def layer_table(layers, input_shape):
    """Return (layers, 5): C, H, W, parameters and MACs of each layer."""
    C, H, W = input_shape
    table = []
    for layer in layers:
        n = macs = 0
        if layer["kind"] == "affine":
            macs = C * H * W * layer["M"]
            C, H, W = layer["M"], 1, 1
            n = macs + C
        else:
            F, stride, pad = layer["F"], layer["stride"], layer["pad"]
            if layer["kind"] == "conv":
                FN, groups = layer["FN"], layer["groups"]
                n = conv_params(C, FN, F, F, groups)
                shape = C, H, W
                macs = conv_macs(shape, FN, F, F, stride, pad, groups)
                C = FN
            H = conv_output_size(H, F, stride, pad)
            W = conv_output_size(W, F, stride, pad)
        table.append((C, H, W, n, macs))
    return np.array(table)


def _cases():
    return [
        ([conv(4, 3, pad=1), pool(2, 2), affine(5), affine(3)], (1, 6, 8)),
        ([pool(3, 2), conv(6, 2), pool(2, 1)], (2, 9, 7)),
        ([conv(8, 5, 2, 2, 2), conv(6, 3, 1, 0, 2), affine(7)], (4, 10, 12)),
        ([affine(4), affine(2)], (3, 2, 5)),
        ([conv(3, 3, 3), conv(9, 1, groups=3), pool(2, 2)], (3, 14, 17)),
        ([conv(2, 4, 2, 1), pool(2, 2), conv(5, 2), affine(6)], (2, 12, 8)),
    ]


def _updated_too_early(layers, input_shape):
    """Return the table where MACs are counted from the layer's output."""
    table = layer_table(layers, input_shape)
    for row, layer in zip(table, layers):
        if layer["kind"] == "conv":
            sizes = layer["F"], layer["stride"], layer["pad"]
            if min(row[1:3]) + 2 * sizes[2] >= sizes[0]:
                H, W = (conv_output_size(int(n), *sizes) for n in row[1:3])
            else:
                H = W = 0
            row[4] = (row[3] - row[0]) * H * W
    return table


def _columns_swapped(layers, input_shape):
    return layer_table(layers, input_shape)[:, [0, 1, 2, 4, 3]]


EXERCISE = Exercise(
    name="layer_table",
    title=Text("The table of a network", "ネットワークの表"),
    reference=layer_table,
    cases=_cases,
    tolerance=0,
    slips=(
        Slip(
            "biases-forgotten",
            Text(
                "The biases are missing: each filter and each unit has one.",
                "バイアスが数に入っていません。フィルターにもユニットにも 1 つ"
                "ずつあります。",
            ),
            Slipped(filter_bias=0, unit_bias=0),
            also=(
                Slipped(unit_bias=0),
                Slipped(filter_bias=0),
            ),
        ),
        Slip(
            "biases-counted",
            Text(
                "The MACs count the biases too. Adding a bias is no"
                " multiply-add.",
                "積和にバイアスも数えています。バイアスは足すだけで、積和では"
                "ありません。",
            ),
            Slipped(unit_macs=lambda n, b: n + b),
            also=(
                Slipped(
                    unit_macs=lambda n, b: n + b,
                    macs=lambda n, b, before, after: (
                        (n + b) * after[0] * after[1]
                    ),
                ),
                Slipped(
                    macs=lambda n, b, before, after: (
                        (n + b) * after[0] * after[1]
                    )
                ),
                Slipped(
                    unit_macs=lambda n, b: n + b,
                    macs=lambda n, b, before, after: (
                        n * after[0] * after[1] + b
                    ),
                ),
            ),
        ),
        Slip(
            "macs-of-affine-missing",
            Text(
                "Affine layers multiply too: once for each weight.",
                "アフィン層も掛け算をします。重み 1 つにつき 1 回です。",
            ),
            Slipped(unit_macs=lambda n, b: 0),
        ),
        Slip(
            "weights-for-macs",
            Text(
                "The MACs of the convolutions are their weights. Each weight"
                " is used again at every place of the output.",
                "畳み込み層の積和が重みの数になっています。どの重みも、出力の"
                "すべての場所で使い回されます。",
            ),
            Slipped(macs=lambda n, b, before, after: n),
            also=(
                Slipped(
                    macs=lambda n, b, before, after: n + b,
                    unit_macs=lambda n, b: n + b,
                ),
                Slipped(macs=lambda n, b, before, after: n + b),
            ),
        ),
        Slip(
            "input-size-for-output-size",
            Text(
                "The MACs are counted at every pixel that comes in. Filters"
                " are used at the places of the output.",
                "積和を、層に入る画素の数で計算しています。フィルターが使われ"
                "るのは出力の場所の数だけです。",
            ),
            Slipped(
                macs=lambda n, b, before, after: n * before[0] * before[1]
            ),
        ),
        Slip(
            "counted-twice",
            Text(
                "The MACs are twice as many: a multiplication and its addition"
                " are one.",
                "積和がちょうど 2 倍です。掛け算と足し算の 1 組を 1 回と数えま"
                "す。",
            ),
            Slipped(
                unit_macs=lambda n, b: 2 * n,
                macs=lambda n, b, before, after: 2 * n * after[0] * after[1],
            ),
            also=(
                Slipped(
                    macs=lambda n, b, before, after: (
                        2 * n * after[0] * after[1]
                    )
                ),
            ),
        ),
        Slip(
            "pooling-learns",
            Text(
                "The pooling layers have parameters or MACs here. A maximum"
                " learns nothing and multiplies nothing.",
                "プーリング層にパラメータか積和があります。最大値を取るだけな"
                "ので、どちらも 0 です。",
            ),
            Slipped(pooled=lambda C, F, after: (C * C * F * F + C, 0)),
            also=(
                Slipped(
                    pooled=lambda C, F, after: (
                        C * C * F * F + C,
                        C * C * F * F * after[0] * after[1],
                    )
                ),
                Slipped(
                    pooled=lambda C, F, after: (
                        0,
                        C * F * F * after[0] * after[1],
                    )
                ),
                Slipped(
                    pooled=lambda C, F, after: (
                        0,
                        C * C * F * F * after[0] * after[1],
                    )
                ),
            ),
        ),
        Slip(
            "shape-of-the-input",
            Text(
                "Each row shows what goes into the layer. It should show what"
                " comes out.",
                "どの行も、層に入る大きさになっています。層から出る大きさを書"
                "いてください。",
            ),
            Slipped(row=lambda before, after: before),
        ),
        Slip(
            "affine-keeps-size",
            Text(
                "After an affine layer there is no picture left: its output is"
                " (M, 1, 1).",
                "アフィン層の後に画像は残りません。出力は (M, 1, 1) です。",
            ),
            Slipped(unit_size=lambda H, W: (H, W)),
            also=(Slipped(unit_size=lambda H, W: (0, 0)),),
        ),
        Slip(
            "groups-ignored",
            Text(
                "The groups of the convolutions were not passed on.",
                "畳み込み層の groups が渡されていません。",
            ),
            Slipped(grouped=False),
        ),
        Slip(
            "channels-for-inputs",
            Text(
                "The affine layers see C numbers here. They see the whole"
                " picture: C x H x W.",
                "アフィン層の入力が C 個になっています。入力は C×H×W 個の数す"
                "べてです。",
            ),
            Slipped(inputs=lambda C, H, W: C),
            also=(Slipped(inputs=lambda C, H, W: H * W),),
        ),
        Slip(
            "channels-not-updated",
            Text(
                "C stays that of the image. After a convolution there are FN"
                " channels.",
                "C が画像のチャンネル数のままです。畳み込みの後は FN チャンネ"
                "ルになります。",
            ),
            Slipped(next_C=lambda C, FN: C),
        ),
        Slip(
            "size-not-updated",
            Text(
                "H and W stay those of the image. Each layer is given what the"
                " one before it makes.",
                "H と W が画像のままです。層には、前の層の出力が入ります。",
            ),
            Slipped(next_size=lambda before, after: before),
        ),
        Slip(
            "height-for-width",
            Text(
                "H and W have become equal. Images need not be square.",
                "H と W が同じ値になっています。画像は正方形とは限りません。",
            ),
            Slipped(next_size=lambda before, after: (after[0], after[0])),
            also=(
                Slipped(next_size=lambda before, after: (after[1], after[1])),
            ),
        ),
        Slip(
            "pad-ignored",
            Text(
                "The padding is left out: the maps get too small.",
                "パディングを使っていません。特徴マップが小さくなりすぎていま"
                "す。",
            ),
            Slipped(places=lambda n, F, stride, pad: (n - F) // stride + 1),
        ),
        Slip(
            "pads-one-side-only",
            Text(
                "The padding is counted on one side. It stands on both.",
                "パディングを片側しか数えていません。両側にあります。",
            ),
            Slipped(
                places=lambda n, F, stride, pad: (n + pad - F) // stride + 1
            ),
        ),
        Slip(
            "stride-ignored",
            Text(
                "The stride is left out: the maps stay too large.",
                "ストライドを使っていません。特徴マップが大きいままです。",
            ),
            Slipped(places=lambda n, F, stride, pad: n + 2 * pad - F + 1),
        ),
        Slip(
            "one-too-few",
            Text(
                "The sizes are one too small. The place where the window"
                " starts counts too (lesson 5_1).",
                "大きさが 1 小さくなっています。最初に置いた場所も 1 つと数え"
                "ます（5_1）。",
            ),
            Slipped(
                places=lambda n, F, stride, pad: (n + 2 * pad - F) // stride
            ),
        ),
        Slip(
            "updated-too-early",
            Text(
                "The MACs of the convolutions start from their own output."
                " Count them before H and W change.",
                "畳み込み層の積和を、層の出力の大きさから計算しています。H と"
                " W を書き換える前に数えてください。",
            ),
            _updated_too_early,
        ),
        Slip(
            "columns-swapped",
            Text(
                "Parameters and MACs have changed places: first the"
                " parameters.",
                "パラメータ数と積和の回数が逆です。先に書くのはパラメータ数で"
                "す。",
            ),
            _columns_swapped,
        ),
    ),
    hints=(
        Text(
            "What does each kind of layer make of C, H and W, and which of"
            " the three kinds has weights?",
            "それぞれの種類の層は、C、H、W をどう変えますか。重みがあるのは"
            "どの種類ですか。",
        ),
        Text(
            "Go through the layers and keep C, H, W as they are now: first"
            " count with the old ones, then replace them, then add the row."
            " An affine layer has C x H x W inputs and leaves (M, 1, 1).",
            "層を順にたどり、今の C、H、W を持ち歩きます。古い値で数えてから"
            "新しい値に置き換え、行を加えます。アフィン層の入力は C×H×W 個、"
            "出力は (M, 1, 1) です。",
        ),
        Text(
            "for layer in layers:\n    n = macs = 0",
            "for layer in layers:\n    n = macs = 0",
        ),
    ),
)
