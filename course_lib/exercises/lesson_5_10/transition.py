"""Exercise 5_10/transition: what stands between two dense blocks."""

from __future__ import annotations

from course_lib.exercises.lesson_5_10 import shared
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import AveragePooling, MaxPooling, ReLU
from course_lib.text import Text

CASES = (
    (64, 32, 6),
    (128, 32, 12),
    (256, 32, 24),
    (8, 4, 5),
    (3, 2, 4),
    (10, 1, 1),
)


def _run(transition, k0, k, L):
    return shared.said(transition(k0, k, L, shared.conv, shared.norm))


def _layers(C, out, conv, norm, size=1, stride=1):
    half = AveragePooling(2, 2, 2)
    return [norm(C), ReLU(), conv(C, out, size, stride), half]


def transition(k0, k, L, conv, norm):
    """Return the layers that halve channels, height and width."""
    C = k0 + L * k
    return _layers(C, C // 2, conv, norm)


def _with(change):
    """Return an answer whose layers are changed."""

    def answer(k0, k, L, conv, norm):
        return change(transition(k0, k, L, conv, norm))

    return answer


def _one_layer_less(k0, k, L, conv, norm):
    return transition(k0, k, L - 1, conv, norm)


def _k0_forgotten(k0, k, L, conv, norm):
    return transition(0, k, L, conv, norm)


def _block_forgotten(k0, k, L, conv, norm):
    return transition(k0, k, 0, conv, norm)


def _one_layer_only(k0, k, L, conv, norm):
    return transition(k0, k, 1, conv, norm)


def _not_halved(k0, k, L, conv, norm):
    C = k0 + L * k
    return _layers(C, C, conv, norm)


def _to_k(k0, k, L, conv, norm):
    return _layers(k0 + L * k, k, conv, norm)


def _to_k0(k0, k, L, conv, norm):
    return _layers(k0 + L * k, k0, conv, norm)


def _three(k0, k, L, conv, norm):
    C = k0 + L * k
    return _layers(C, C // 2, conv, norm, size=3)


def _stride(k0, k, L, conv, norm):
    C = k0 + L * k
    return _layers(C, C // 2, conv, norm, stride=2)


def _stride_for_pooling(k0, k, L, conv, norm):
    return _stride(k0, k, L, conv, norm)[:3]


def _conv_first(k0, k, L, conv, norm):
    C = k0 + L * k
    return [
        conv(C, C // 2, 1),
        norm(C // 2),
        ReLU(),
        AveragePooling(2, 2, 2),
    ]


def _other_norm(channels):
    def answer(k0, k, L, conv, norm):
        layers = transition(k0, k, L, conv, norm)
        return [norm(channels(k0, k0 + L * k)), *layers[1:]]

    return answer


def _channels(count):
    def answer(k0, k, L, conv, norm):
        C = count(k0, k, L)
        return _layers(C, C // 2, conv, norm)

    return answer


def _half(rounding):
    def answer(k0, k, L, conv, norm):
        C = k0 + L * k
        return _layers(C, rounding(C), conv, norm)

    return answer


EXERCISE = Exercise(
    name="transition",
    title=Text("The transition", "遷移層（transition layer）"),
    reference=transition,
    cases=lambda: list(CASES),
    run=_run,
    parts=("layers",),
    slips=(
        Slip(
            "one-layer-less",
            Text(
                "The channels are counted with one layer less. L layers of"
                " the block add k each: k0 + L * k.",
                "層を 1 つ少なく数えています。L 個の層が k チャンネルずつ足す"
                "ので、k0 + L * k です。",
            ),
            answer=_one_layer_less,
        ),
        Slip(
            "k0-forgotten",
            Text(
                "The k0 channels that entered the block are missing. They"
                " pass through it.",
                "ブロックに入った k0 チャンネルが抜けています。ブロックを素通"
                "りして出てきます。",
            ),
            answer=_k0_forgotten,
        ),
        Slip(
            "block-forgotten",
            Text(
                "k0 channels go into the block; k0 + L * k come out of it,"
                " and those the transition sees.",
                "k0 はブロックに入るチャンネル数です。ブロックから出て遷移層に"
                "入るのは k0 + L * k です。",
            ),
            answer=_block_forgotten,
        ),
        Slip(
            "one-layer-only",
            Text(
                "k0 + k is right for a block of one layer. This one has L.",
                "k0 + k は層が 1 つのときの数です。このブロックの層は L 個で"
                "す。",
            ),
            answer=_one_layer_only,
        ),
        Slip(
            "not-halved",
            Text(
                "The 1x1 convolution keeps the number of channels. In"
                " DenseNet-121 it halves it.",
                "1×1 の畳み込みでチャンネル数が変わっていません。DenseNet-121"
                " では半分にします。",
            ),
            answer=_not_halved,
        ),
        Slip(
            "down-to-k",
            Text(
                "The convolution goes down to k or k0 channels. It keeps half"
                " of what comes in.",
                "畳み込みで k または k0 チャンネルまで減らしています。残すのは"
                "入力の半分です。",
            ),
            answer=_to_k,
            also=(_to_k0,),
        ),
        Slip(
            "pooling-forgotten",
            Text(
                "The average pooling at the end is missing. It halves height"
                " and width.",
                "最後の平均プーリングがありません。縦横を半分にします。",
            ),
            answer=_with(lambda layers: layers[:3]),
        ),
        Slip(
            "max-pooling",
            Text(
                "Max pooling stands at the end. The paper has average pooling"
                " here.",
                "最後がマックスプーリングです。論文では、ここは平均プーリング"
                "です。",
            ),
            answer=_with(lambda layers: [*layers[:3], MaxPooling(2, 2, 2)]),
        ),
        Slip(
            "pooling-with-stride-1",
            Text(
                "The pooling has stride 1, so the image loses one row and one"
                " column only. With stride 2 it is halved.",
                "プーリングのストライドが 1 で、画像が 1 行 1 列しか縮みません"
                "。ストライド 2 で半分になります。",
            ),
            answer=_with(
                lambda layers: [*layers[:3], AveragePooling(2, 2, 1)]
            ),
        ),
        Slip(
            "stride-for-pooling",
            Text(
                "The convolution has a stride of 2. Here the pooling halves"
                " the image; the convolution has stride 1.",
                "畳み込みのストライドが 2 です。縦横を半分にするのはプーリング"
                "で、畳み込みはストライド 1 です。",
            ),
            answer=_stride_for_pooling,
            also=(_stride,),
        ),
        Slip(
            "3x3-for-1x1",
            Text(
                "The convolution is 3x3. A 1x1 is enough to bring the"
                " channels down, with a ninth of the weights.",
                "畳み込みが 3×3 です。チャンネルを減らすだけなら 1×1 で足り、"
                "重みは 9 分の 1 です。",
            ),
            answer=_three,
        ),
        Slip(
            "convolution-first",
            Text(
                "The convolution comes first. DenseNet normalises before it"
                " convolves: norm, ReLU, convolution.",
                "畳み込みが先頭にあります。DenseNet では、norm、ReLU、畳み込み"
                "の順です。",
            ),
            answer=_conv_first,
        ),
        Slip(
            "relu-missing",
            Text(
                "The ReLU between normalization and convolution is missing.",
                "正規化と畳み込みの間の ReLU がありません。",
            ),
            answer=_with(lambda layers: [layers[0], *layers[2:]]),
        ),
        Slip(
            "norm-missing",
            Text(
                "The normalization at the beginning is missing.",
                "最初の正規化がありません。",
            ),
            answer=_with(lambda layers: layers[1:]),
        ),
        Slip(
            "norm-of-other-number",
            Text(
                "The normalization has another number of channels than enters"
                " it: it comes first and sees all k0 + L * k.",
                "正規化のチャンネル数が入力と違います。先頭にあるので、k0 + L"
                " * k チャンネルすべてを受け取ります。",
            ),
            answer=_other_norm(lambda k0, C: k0),
            also=(_other_norm(lambda k0, C: C // 2),),
        ),
        Slip(
            "k0-multiplied",
            Text(
                "k0 was multiplied. It enters once, and each of the L layers"
                " adds k to it.",
                "k0 を掛けています。k0 は 1 回だけ入り、L 個の層がそれぞれ k "
                "を足します。",
            ),
            answer=_channels(lambda k0, k, L: (k0 + k) * L),
            also=(_channels(lambda k0, k, L: k0 * k * L),),
        ),
        Slip(
            "four-layers-always",
            Text(
                "The channels fit a block of four layers, as in the figure."
                " Here it has L.",
                "図と同じ 4 層のときのチャンネル数です。ここでは L 層ありま"
                "す。",
            ),
            answer=_channels(lambda k0, k, L: k0 + 4 * k),
        ),
        Slip(
            "one-channel-a-layer",
            Text(
                "Each layer adds k channels, not one.",
                "層ごとに増えるのは 1 チャンネルではなく k チャンネルです。",
            ),
            answer=_channels(lambda k0, k, L: k0 + L),
        ),
        Slip(
            "one-layer-more",
            Text(
                "The channels are counted with one layer more than L.",
                "層を L より 1 つ多く数えています。",
            ),
            answer=_channels(lambda k0, k, L: k0 + (L + 1) * k),
        ),
        Slip(
            "float-channels",
            Text(
                "The number of filters has a point: `/` gives a float."
                " Channels are counted with `//`.",
                "フィルター数が小数になっています。`/` の結果は float です。"
                "`//` を使います。",
            ),
            answer=_half(lambda C: C / 2),
        ),
        Slip(
            "rounded-up",
            Text(
                "Where C is odd, the half was rounded up. It is rounded down.",
                "C が奇数のとき、半分を切り上げています。切り捨てます。",
            ),
            answer=_half(lambda C: -(-C // 2)),
        ),
        Slip(
            "relu-before-norm",
            Text(
                "The ReLU comes before the normalization. The order is norm,"
                " ReLU, convolution.",
                "ReLU が正規化の前にあります。norm、ReLU、畳み込みの順です。",
            ),
            answer=_with(lambda layers: [layers[1], layers[0], *layers[2:]]),
        ),
        Slip(
            "class-for-layer",
            Text(
                "The list holds a class where a layer is wanted: write"
                " `ReLU()`, with brackets.",
                "層の代わりにクラスが入っています。`ReLU()` のように括弧を付け"
                "ます。",
            ),
            answer=_with(lambda layers: [layers[0], ReLU, *layers[2:]]),
            seen=lambda got, *case: "the class" in got,
        ),
    ),
    hints=(
        Text(
            "With k0 = 64, k = 32 and L = 6: how many channels leave the"
            " block?",
            "k0 = 64、k = 32、L = 6 のとき、ブロックから何チャンネル出てきます"
            "か。",
        ),
        Text(
            "Four layers: norm of the C channels, ReLU, 1x1 convolution to"
            " C // 2, average pooling of 2x2 with stride 2.",
            "層は 4 つです。C チャンネルの norm、ReLU、C // 2 への 1×1 の畳み"
            "込み、2×2 でストライド 2 の平均プーリングです。",
        ),
        Text("C = k0 + L * k", "C = k0 + L * k"),
    ),
)
