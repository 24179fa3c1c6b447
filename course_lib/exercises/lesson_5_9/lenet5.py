"""Exercise 5_9/lenet5: the layers of LeNet-5, in modern form."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_9.shared import (
    Sent,
    affine,
    conv,
    seen_through,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import AveragePooling, MaxPooling, ReLU
from course_lib.text import Text

UNITS = "6x1x5x5 16x6x5x5 400x120 120x84 84x10"


def lenet5(rng):
    """Return LeNet-5 for (1, 28, 28): ReLU, max pooling, affine layers."""
    return [
        conv(1, 6, 5, rng, pad=2),
        ReLU(),
        MaxPooling(2, 2, 2),
        conv(6, 16, 5, rng),
        ReLU(),
        MaxPooling(2, 2, 2),
        affine(400, 120, rng),
        ReLU(),
        affine(120, 84, rng),
        ReLU(),
        affine(84, 10, rng),
    ]


def _cases():
    rng = np.random.default_rng(595)
    return [
        (seed, rng.normal(size=(N, 1, 28, 28)).view(Sent))
        for seed, N in enumerate((1, 3, 2, 5, 4))
    ]


def _run(answer, seed, x):
    return seen_through(answer(np.random.default_rng(seed)), x)


def _without(*places):
    """Return an answer that lacks the layers at these places."""
    return lambda rng: [
        layer for i, layer in enumerate(lenet5(rng)) if i not in places
    ]


def _averaging(rng):
    layers = lenet5(rng)
    layers[2], layers[5] = AveragePooling(2, 2, 2), AveragePooling(2, 2, 2)
    return layers


def _one_relu(rng):
    relu = ReLU()
    return [relu if isinstance(c, ReLU) else c for c in lenet5(rng)]


def _one_pooling(rng):
    layers = lenet5(rng)
    layers[5] = layers[2]
    return layers


def _relu_at_the_end(rng):
    return [*lenet5(rng), ReLU()]


def _unpadded(rng):
    layers = lenet5(rng)
    layers[0] = conv(1, 6, 5, rng)
    layers[6] = affine(16 * 4 * 4, 120, rng)
    return layers


def _without_f6(rng):
    return [*lenet5(rng)[:8], affine(120, 10, rng)]


EXERCISE = Exercise(
    name="lenet5",
    title=Text("LeNet-5 as layers", "LeNet-5 を層で組み立てる"),
    reference=lenet5,
    cases=_cases,
    run=_run,
    parts=("shapes of W", "scores", "layers"),
    slips=(
        Slip(
            "one-relu-twice",
            Text(
                "One layer object stands in two places. It can remember only"
                " one x for backward: make a new one for each place.",
                "1 つの層のオブジェクトが 2 か所に入っています。逆伝播用に"
                "覚えられる入力は 1 つだけなので、場所ごとに作ってください。",
            ),
            _one_relu,
            also=(_one_pooling,),
        ),
        Slip(
            "relu-missing",
            Text(
                "A ReLU is missing: there is one after each convolution and"
                " after each affine layer but the last.",
                "ReLU が足りません。畳み込み層と、最後以外のアフィン層の"
                "後に 1 つずつ入れます。",
            ),
            _without(1),
            also=(
                _without(4),
                _without(7),
                _without(9),
                _without(1, 4),
                _without(7, 9),
                _without(1, 4, 7, 9),
            ),
        ),
        Slip(
            "relu-at-the-end",
            Text(
                "No score is negative: a ReLU stands after the last affine"
                " layer. Softmax wants the scores as they are.",
                "負のスコアがありません。最後のアフィン層の後に ReLU が入"
                "っています。softmax にはスコアをそのまま渡します。",
            ),
            _relu_at_the_end,
        ),
        Slip(
            "average-for-maximum",
            Text(
                "These are averages. In its modern form LeNet-5 takes the"
                " maximum: `MaxPooling`.",
                "平均のプーリングになっています。現代版の LeNet-5 では"
                " `MaxPooling` を使います。",
            ),
            _averaging,
        ),
        Slip(
            "pad-missing",
            Text(
                "C1 has no padding. Our images have 28 pixels, not 32, so C1"
                " needs `pad=2`, and 400 numbers are left for C5.",
                "C1 にパディングがありません。ここの画像は 32 画素ではなく"
                " 28 画素なので、C1 に `pad=2` が必要です。C5 には 400 個の"
                "数が届きます。",
            ),
            _unpadded,
        ),
        Slip(
            "layer-missing",
            Text(
                "F6 is missing: 120 units, then 84, then 10.",
                "F6 がありません。ユニットは 120 個、84 個、10 個の順です。",
            ),
            _without_f6,
        ),
    ),
    hints=(
        Text(
            "How many channels does C3 get, and how many numbers C5?",
            "C3 に届くのは何チャンネルですか。C5 に届く数はいくつですか。",
        ),
        Text(
            "Convolution, ReLU, pooling, twice; then three affine layers"
            " with a ReLU between them. S4 leaves 16 maps of 5 x 5: 400"
            " numbers.",
            "畳み込み、ReLU、プーリングを 2 回、その後にアフィン層 3 つを、"
            "間に ReLU を挟んで並べます。S4 の後は 5×5 の特徴マップ 16 枚、"
            "つまり 400 個の数です。",
        ),
        Text(
            "layers = [conv(1, 6, 5, rng, pad=2), ReLU(),"
            " MaxPooling(2, 2, 2), ...",
            "layers = [conv(1, 6, 5, rng, pad=2), ReLU(),"
            " MaxPooling(2, 2, 2), ...",
        ),
    ),
)
