"""Exercise 5_7/init_weight: initial weights."""

from __future__ import annotations

import copy
import re

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _shapes():
    shapes = ((40, 2, 5, 5), (300, 50), (24, 12, 3, 7), (60, 400), (500, 8))
    return [(shape, seed) for seed, shape in enumerate(shapes)]


PARTS = ("shape", "[std, mean]", "drawn from rng", "distribution", "numbers")
NORMAL, OTHER, NEW = "normal", "not normal", "all different"


def _run_init(init_weight, shape, seed):
    rng = np.random.default_rng(seed)
    W = init_weight(shape, rng)
    if W is None or W is ...:
        return W
    W = np.asarray(W)
    following = np.asarray(init_weight(shape, rng))
    again, other = (
        np.asarray(init_weight(shape, np.random.default_rng(s)))
        for s in (seed, seed + 1)
    )
    used = "yes"
    if not np.array_equal(W, again):
        used = "another generator"
    elif np.array_equal(W, other):
        used = "a generator of its own"
    elif np.array_equal(W, following):
        used = "a copy of rng"
    spread = np.array([W.std(), W.mean()])
    fresh = NEW if len(np.unique(W)) > 0.5 * W.size else "repeated"
    return str(W.shape), spread, used, _distribution(W), fresh


def _distribution(W):
    """Return whether numbers look normal, by their fourth moment."""
    W = W.astype(float).ravel()
    if W.size < 2 or not W.std() > 0:
        return OTHER
    z = (W - W.mean()) / W.std()
    normal = abs((z**4).mean() - 3) < 0.6 and abs((z**3).mean()) < 0.3
    return NORMAL if normal else OTHER


def _inputs(shape):
    return int(np.prod(shape[1:])) if len(shape) == 4 else shape[0]


def init_weight(shape, rng):
    """Return normal weights of the given shape, std sqrt(2 / inputs)."""
    return rng.normal(0, np.sqrt(2 / _inputs(shape)), size=shape)


def _with_std(std):
    return lambda shape, rng: rng.normal(0, std(shape), size=shape)


def _filters_by(count):
    """Return an answer that counts `count(shape)` inputs of a filter."""
    return _with_std(
        lambda shape: np.sqrt(
            2 / (count(shape) if len(shape) == 4 else shape[0])
        )
    )


def _outputs(shape):
    return shape[0] if len(shape) == 4 else shape[1]


def _own_generator(shape, rng):
    return init_weight(shape, np.random.default_rng(0))


def _copied_generator(shape, rng):
    return init_weight(shape, copy.deepcopy(rng))


def _given_as_mean(result, shape, seed):
    right = np.sqrt(2 / _inputs(shape))
    return abs(result[1][1] - right) < 0.1 * right + 0.05 and (
        result[1][0] < 0.01 or abs(result[1][0] - 1) < 0.1
    )


def _size_of(result):
    shape = [int(n) for n in re.findall(r"\d+", result[0])]
    return int(np.prod(shape))


def _flat(result, shape, seed):
    return result[0] != str(tuple(shape)) and (
        _size_of(result) == np.prod(shape)
    )


EXERCISE = Exercise(
    name="init_weight",
    title=Text("Initial weights", "重みの初期値"),
    reference=init_weight,
    cases=_shapes,
    run=_run_init,
    parts=PARTS,
    tolerance=0.1,
    slips=(
        Slip(
            "one-number-for-all",
            Text(
                "A single number came back. Give `rng.normal` the shape, as"
                " its third argument or as `size=shape`.",
                "数が 1 つしか返っていません。`rng.normal` の 3 番目の引数（ま"
                "たは `size=shape`）に形状を渡します。",
            ),
            answer=lambda shape, rng: init_weight(shape, rng).flat[0],
            seen=lambda result, *case: result[0] == "()",
        ),
        Slip(
            "result-flat",
            Text(
                "The count of weights is right, but not their shape. It is"
                " `shape`.",
                "重みの個数は合っていますが、形状が違います。`shape` のとおり"
                "にしてください。",
            ),
            answer=lambda shape, rng: init_weight(shape, rng).ravel(),
            seen=_flat,
        ),
        Slip(
            "all-zero",
            Text(
                "All weights are 0. Then all filters get the same gradient"
                " and stay alike for ever.",
                "重みがすべて 0 です。どのフィルターにも同じ勾配が届き、い"
                "つまでも同じままになります。",
            ),
            answer=lambda shape, rng: np.zeros(shape),
            seen=lambda result, *case: result[1][0] == result[1][1] == 0,
        ),
        Slip(
            "mean-and-spread-swapped",
            Text(
                "The number meant as spread became the mean. rng.normal takes"
                " first the mean, 0, then the standard deviation.",
                "標準偏差のつもりの数が平均になっています。rng.normal の引数"
                "は、平均（0）、標準偏差の順です。",
            ),
            answer=lambda shape, rng: rng.normal(
                np.sqrt(2 / _inputs(shape)), size=shape
            ),
            seen=_given_as_mean,
        ),
        Slip(
            "rng-not-used",
            Text(
                "The weights do not follow `rng`: the same seed must give the"
                " same weights, another seed others. Draw from the rng that"
                " is passed in.",
                "重みが `rng` で決まっていません。同じシードなら同じ重み、違う"
                "シードなら違う重みになるはずです。引数の rng から乱数を取り出"
                "してください。",
            ),
            answer=_own_generator,
            seen=lambda result, *case: (
                result[2] in ("another generator", "a generator of its own")
            ),
        ),
        Slip(
            "rng-not-advanced",
            Text(
                "Two calls with the same rng gave the same weights: you drew"
                " from a copy of it. Then all layers begin alike.",
                "同じ rng で 2 回呼ぶと同じ重みになります。rng のコピーから取"
                "り出しているためです。それでは、どの層も同じ乱数から始まりま"
                "す。",
            ),
            answer=_copied_generator,
            seen=lambda result, *case: result[2] == "a copy of rng",
        ),
        Slip(
            "weights-repeated",
            Text(
                "The same numbers come again and again. Every weight is drawn"
                " by itself: pass the whole shape.",
                "同じ数が何度も使われています。重みは 1 つずつ取り出します。形"
                "状全体を渡してください。",
            ),
            answer=lambda shape, rng: (
                np.ones(shape) * init_weight(shape, rng)[0]
            ),
            seen=lambda result, *case: result[4] == "repeated",
        ),
        Slip(
            "mean-not-zero",
            Text(
                "The mean of the weights is not 0: there are too few negative"
                " ones. Draw from rng.normal(0, ...).",
                "重みの平均が 0 ではなく、負の数が足りません。rng.normal(0,"
                " ...) から取り出します。",
            ),
            answer=lambda shape, rng: np.abs(init_weight(shape, rng)),
            seen=lambda result, *case: abs(result[1][1]) > 0.3 * result[1][0],
        ),
        Slip(
            "uniform-for-normal",
            Text(
                "The weights are not normally distributed. rng.normal gives"
                " the bell curve; rng.uniform, for instance, has limits.",
                "重みが正規分布に従っていません。正規分布の乱数は rng.normal "
                "で取り出します。たとえば rng.uniform には上限と下限がありま"
                "す。",
            ),
            answer=lambda shape, rng: (
                rng.uniform(-1, 1, shape) * np.sqrt(6 / _inputs(shape))
            ),
            seen=lambda result, *case: result[3] == OTHER,
        ),
        Slip(
            "square-root-forgotten",
            Text(
                "The standard deviation is 2 / n. That is the variance;"
                " normal() wants the standard deviation, its square root.",
                "標準偏差を 2 / n にしています。2 / n は分散です。normal() に"
                "渡す標準偏差は、その平方根です。",
            ),
            answer=_with_std(lambda shape: 2 / _inputs(shape)),
        ),
        Slip(
            "xavier-for-he",
            Text(
                "This is Xavier's spread, without the 2. With ReLU, which cuts"
                " off half of the numbers, it is sqrt(2 / n).",
                "2 のない Xavier の初期値になっています。半分を切り捨てる ReLU"
                " と組み合わせるときは sqrt(2 / n) です。",
            ),
            answer=_with_std(lambda shape: np.sqrt(1 / _inputs(shape))),
            also=(
                _with_std(
                    lambda shape: np.sqrt(
                        2 / (_inputs(shape) + _outputs(shape))
                    )
                ),
                _with_std(
                    lambda shape: np.sqrt(
                        2
                        / (
                            _inputs(shape)
                            + _outputs(shape) * np.prod(shape[2:])
                        )
                    )
                ),
            ),
        ),
        Slip(
            "fixed-spread",
            Text(
                "The spread is the same number for every shape. It depends on"
                " n: sqrt(2 / n).",
                "標準偏差が、形状によらず同じ値です。n によって変わり、sqrt(2"
                " / n) です。",
            ),
            answer=_with_std(lambda shape: 0.01),
            also=tuple(
                _with_std(lambda shape, std=std: std)
                for std in (1, 0.1, 0.05, 0.02, 0.001, 0.5, 0.2, 2**0.5)
            ),
        ),
        Slip(
            "root-of-n-only",
            Text(
                "The root was taken of n only: 2 / sqrt(n). It is the root of"
                " the whole quotient, sqrt(2 / n).",
                "2 / sqrt(n) のように、n だけの平方根になっています。割り算全"
                "体の平方根 sqrt(2 / n) です。",
            ),
            answer=_with_std(lambda shape: 2 / np.sqrt(_inputs(shape))),
        ),
        Slip(
            "root-of-2-only",
            Text(
                "The root was taken of 2 only: sqrt(2) / n. It is the root of"
                " the whole quotient, sqrt(2 / n).",
                "sqrt(2) / n のように、2 だけの平方根になっています。割り算全"
                "体の平方根 sqrt(2 / n) です。",
            ),
            answer=_with_std(lambda shape: np.sqrt(2) / _inputs(shape)),
        ),
        Slip(
            "multiplied-for-divided",
            Text(
                "2 was multiplied with n. The more inputs, the smaller the"
                " weights: 2 / n.",
                "2 に n を掛けています。入力が多いほど重みは小さくします。2 /"
                " n です。",
            ),
            answer=_with_std(lambda shape: np.sqrt(2 * _inputs(shape))),
            also=(_with_std(lambda shape: np.sqrt(_inputs(shape) / 2)),),
        ),
        Slip(
            "channels-forgotten",
            Text(
                "For filters n counts one channel only, FH * FW. An output"
                " sums over all channels: C * FH * FW.",
                "フィルターの n が 1 チャンネル分（FH * FW）です。出力 1 つに"
                "はすべてのチャンネルが足されるので、C * FH * FW です。",
            ),
            answer=_filters_by(lambda shape: shape[2] * shape[3]),
        ),
        Slip(
            "window-forgotten",
            Text(
                "For filters n counts the channels only. Each of them gives"
                " FH * FW numbers: C * FH * FW.",
                "フィルターの n がチャンネル数だけです。各チャンネルから FH *"
                " FW 個の数が入るので、C * FH * FW です。",
            ),
            answer=_filters_by(lambda shape: shape[1]),
        ),
        Slip(
            "filters-counted",
            Text(
                "n counts all numbers of W. It is the number of inputs of one"
                " output: without FN (or M).",
                "n が W の数の総数です。1 つの出力に入る数なので、FN（アフィン"
                "層では M）は含めません。",
            ),
            answer=_filters_by(np.prod),
            also=(_with_std(lambda shape: np.sqrt(2 / np.prod(shape))),),
        ),
        Slip(
            "outputs-for-inputs",
            Text(
                "n counts the outputs of the layer. It should count the"
                " numbers that go into one output.",
                "n が層の出力の数になっています。1 つの出力に入ってくる数"
                "を数えてください。",
            ),
            answer=_with_std(
                lambda shape: np.sqrt(2 * _inputs(shape) / np.prod(shape))
            ),
            also=(
                _with_std(
                    lambda shape: np.sqrt(
                        2 / (_outputs(shape) * np.prod(shape[2:]))
                    )
                ),
            ),
        ),
        Slip(
            "affine-outputs-for-inputs",
            Text(
                "Filters are right, Affine weights are not. W is (D, M), and D"
                " numbers go into each output.",
                "フィルターの重みは合っていますが、アフィン層が違います。W は"
                " (D, M) で、1 つの出力に入るのは D 個です。",
            ),
            answer=_with_std(
                lambda shape: np.sqrt(
                    2 / (shape[1] if len(shape) == 2 else _inputs(shape))
                )
            ),
        ),
        Slip(
            "filters-like-affine",
            Text(
                "Affine weights are right, filters are not. W is (FN, C,"
                " FH, FW): its first axis is not the input.",
                "アフィン層の重みは合っていますが、フィルターの方が違いま"
                "す。W は (FN, C, FH, FW) で、最初の軸は入力ではありませ"
                "ん。",
            ),
            answer=_with_std(lambda shape: np.sqrt(2 / shape[0])),
        ),
    ),
    hints=(
        Text(
            "How many numbers are multiplied and added up for one output"
            " of a convolution? And of an Affine layer?",
            "畳み込みの出力 1 つのために、いくつの数を掛けて足しますか。"
            "アフィン層ではどうですか。",
        ),
        Text(
            "len(shape) tells the two apart. n is C*FH*FW for filters and"
            " D for an Affine layer.",
            "len(shape) で 2 つを区別できます。n は、フィルターなら "
            "C*FH*FW、アフィン層なら D です。",
        ),
        Text(
            "n = np.prod(shape[1:]) if len(shape) == 4 else shape[0]",
            "n = np.prod(shape[1:]) if len(shape) == 4 else shape[0]",
        ),
    ),
)
