"""Exercise 5_9/vgg_block: a stage of VGG."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_9.shared import Sent, conv, seen_through
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import AveragePooling, MaxPooling, ReLU
from course_lib.text import Text


def vgg_block(C, FN, count, rng):
    """Return `count` 3x3 convolutions, a ReLU after each, and a pooling."""
    layers = []
    for _ in range(count):
        layers += [conv(C, FN, 3, rng, pad=1), ReLU()]
        C = FN
    return [*layers, MaxPooling(2, 2, 2)]


def _cases():
    rng = np.random.default_rng(599)
    sizes = ((2, 3, 2, 8, 12), (1, 4, 3, 16, 8), (3, 5, 1, 4, 10))
    more = ((4, 2, 2, 12, 8), (3, 4, 3, 8, 16))
    return [
        (C, FN, count, rng.normal(size=(N, C, H, W)).view(Sent))
        for N, (C, FN, count, H, W) in enumerate((*sizes, *more), start=1)
    ]


def _run(answer, C, FN, count, x):
    return seen_through(answer(C, FN, count, np.random.default_rng(0)), x)


def _kept(keep):
    """Return an answer that keeps the layers of which keep(...) says so."""

    def answer(C, FN, count, rng):
        layers = vgg_block(C, FN, count, rng)
        return [c for i, c in enumerate(layers) if keep(i, c, layers)]

    return answer


def _unpadded(C, FN, count, rng):
    layers = []
    for _ in range(count):
        layers += [conv(C, FN, 3, rng), ReLU()]
        C = FN
    return [*layers, MaxPooling(2, 2, 2)]


def _pool_each(C, FN, count, rng):
    layers = []
    for _ in range(count):
        layers += vgg_block(C, FN, 1, rng)
        C = FN
    return layers


def _one_relu(C, FN, count, rng):
    relu = ReLU()
    layers = vgg_block(C, FN, count, rng)
    return [relu if isinstance(c, ReLU) else c for c in layers]


def _fives(C, FN, count, rng):
    layers = vgg_block(C, FN, count, rng)
    for i in range(0, 2 * count, 2):
        layers[i] = conv(layers[i].W.shape[1], FN, 5, rng, pad=2)
    return layers


def _same_channels(C, FN, count, rng):
    return [
        *vgg_block(C, C, count - 1, rng)[:-1],
        *vgg_block(C, FN, 1, rng),
    ]


EXERCISE = Exercise(
    name="vgg_block",
    title=Text("A stage of VGG", "VGG の 1 段"),
    reference=vgg_block,
    cases=_cases,
    run=_run,
    parts=("shapes of W", "output", "layers"),
    slips=(
        Slip(
            "pad-missing",
            Text(
                "The convolutions shrink the maps. With pad=1 a 3x3 filter"
                " keeps the size, so that only the pooling halves it.",
                "畳み込みのたびに特徴マップが小さくなっています。3×3 なら"
                " pad=1 で大きさが保たれ、半分にするのはプーリングだけです。",
            ),
            _unpadded,
        ),
        Slip(
            "pooling-missing",
            Text(
                "The pooling at the end is missing.",
                "最後のプーリングがありません。",
            ),
            _kept(lambda i, layer, layers: i < len(layers) - 1),
        ),
        Slip(
            "pooling-after-each",
            Text(
                "There is a pooling after every convolution. A stage has one"
                " only, at its end.",
                "畳み込みのたびにプーリングが入っています。1 段にプーリング"
                "は 1 つ、最後だけです。",
            ),
            _pool_each,
        ),
        Slip(
            "relu-missing",
            Text(
                "A ReLU is missing: there is one after each convolution."
                " Without it, two convolutions are no more than one larger.",
                "ReLU が足りません。畳み込みのたびに 1 つ入れます。ないと、"
                "2 つの畳み込みは大きな畳み込み 1 つと同じです。",
            ),
            _kept(lambda i, layer, layers: not isinstance(layer, ReLU)),
            also=(
                _kept(
                    lambda i, layer, layers: (
                        not isinstance(layer, ReLU) or i == len(layers) - 2
                    )
                ),
                _kept(
                    lambda i, layer, layers: (
                        not isinstance(layer, ReLU) or i < len(layers) - 2
                    )
                ),
                _kept(lambda i, layer, layers: i != 1),
            ),
        ),
        Slip(
            "one-relu-twice",
            Text(
                "One layer object stands in several places. It can remember"
                " only one x for backward: make a new one for each place.",
                "1 つの層のオブジェクトがいくつもの場所に入っています。逆伝播"
                "用に覚えられる入力は 1 つだけなので、場所ごとに作ってくだ"
                "さい。",
            ),
            _one_relu,
        ),
        Slip(
            "larger-filters",
            Text(
                "These filters are 5x5. VGG uses 3x3 everywhere.",
                "フィルターが 5×5 です。VGG ではすべて 3×3 です。",
            ),
            _fives,
        ),
        Slip(
            "one-convolution-only",
            Text(
                "There is one convolution, whatever `count` says.",
                "count に関係なく、畳み込みが 1 つだけです。",
            ),
            lambda C, FN, count, rng: vgg_block(C, FN, 1, rng),
            also=(lambda C, FN, count, rng: vgg_block(C, FN, 1, rng)[:-1],),
        ),
        Slip(
            "channels-change-last",
            Text(
                "The channels change in the last convolution. The first one"
                " makes FN of them, the others keep them.",
                "最後の畳み込みでチャンネル数が変わっています。FN に増やす"
                "のは最初の畳み込みで、残りはそのままです。",
            ),
            _same_channels,
        ),
        Slip(
            "average-for-maximum",
            Text(
                "This pooling takes averages. VGG takes the maximum:"
                " `MaxPooling`.",
                "平均のプーリングになっています。VGG は最大値（`MaxPooling`）"
                "です。",
            ),
            lambda C, FN, count, rng: [
                *vgg_block(C, FN, count, rng)[:-1],
                AveragePooling(2, 2, 2),
            ],
        ),
    ),
    hints=(
        Text(
            "How many channels does the second convolution get?",
            "2 つ目の畳み込みに届くのは何チャンネルですか。",
        ),
        Text(
            "In a loop add a convolution (3x3, pad 1) and a ReLU; from the"
            " second one on, FN channels come in. One pooling at the end.",
            "ループの中で、畳み込み（3×3、pad=1）と ReLU を加えます。2 つ目"
            "からは FN チャンネルが入ります。最後にプーリングを 1 つ付け"
            "ます。",
        ),
        Text(
            "layers += [conv(C, FN, 3, rng, pad=1), ReLU()]",
            "layers += [conv(C, FN, 3, rng, pad=1), ReLU()]",
        ),
    ),
)
