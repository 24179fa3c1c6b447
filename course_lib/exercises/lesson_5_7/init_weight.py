"""Exercise 5_7/init_weight: initial weights."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _shapes():
    shapes = ((40, 2, 5, 5), (300, 50), (24, 12, 3, 7), (60, 400), (500, 8))
    return [(shape, seed) for seed, shape in enumerate(shapes)]


def _run_init(init_weight, shape, seed):
    W, again = (
        np.asarray(init_weight(shape, np.random.default_rng(seed)))
        for _ in range(2)
    )
    spread = np.array([W.std(), W.mean()])
    return str(W.shape), spread, bool(np.array_equal(W, again))


def _inputs(shape):
    return int(np.prod(shape[1:])) if len(shape) == 4 else shape[0]


def init_weight(shape, rng):
    """Return normal weights of the given shape, std sqrt(2 / inputs)."""
    return rng.normal(0, np.sqrt(2 / _inputs(shape)), size=shape)


def _with_std(std):
    return lambda shape, rng: rng.normal(0, std(shape), size=shape)


EXERCISE = Exercise(
    name="init_weight",
    title=Text("Initial weights", "重みの初期値"),
    reference=init_weight,
    cases=_shapes,
    run=_run_init,
    parts=("shape", "[std, mean]", "same seed, same W"),
    tolerance=0.15,
    slips=(
        Slip(
            "all-zero",
            Text(
                "All weights are 0. Then all filters get the same gradient"
                " and stay alike for ever.",
                "重みがすべて 0 です。どのフィルターにも同じ勾配が届き、い"
                "つまでも同じままになります。",
            ),
            answer=lambda shape, rng: np.zeros(shape),
            seen=lambda result, *case: result[1][0] == 0,
        ),
        Slip(
            "rng-not-used",
            Text(
                "The same seed gave two different results. Draw from the"
                " rng that is passed in, so that a run can be repeated.",
                "同じシードから違う重みが出ました。実行を再現できるよう"
                "に、引数の rng から乱数を引いてください。",
            ),
            answer=lambda shape, rng: init_weight(
                shape, np.random.default_rng()
            ),
            seen=lambda result, *case: not result[2],
        ),
        Slip(
            "square-root-forgotten",
            Text(
                "The spread is 2 / n itself. That is the variance;"
                " normal() wants the standard deviation.",
                "散らばりが 2 / n そのものです。それは分散です。normal() "
                "に渡すのは標準偏差です。",
            ),
            answer=_with_std(lambda shape: 2 / _inputs(shape)),
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
