"""Exercise 5_10/inception_params: parameters of an inception module."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _conv(C, F, size):
    return C * F * size * size + F


def inception_params(C, one, reduce3, three, reduce5, five, pool):
    """Return the weights and biases of the six convolutions."""
    return (
        _conv(C, one, 1)
        + _conv(C, reduce3, 1)
        + _conv(reduce3, three, 3)
        + _conv(C, reduce5, 1)
        + _conv(reduce5, five, 5)
        + _conv(C, pool, 1)
    )


def _cases():
    return [
        (192, 64, 96, 128, 16, 32, 32),
        (480, 192, 96, 208, 16, 48, 64),
        (1, 2, 3, 4, 5, 6, 7),
        (7, 5, 4, 3, 2, 1, 6),
        (10, 1, 1, 1, 1, 1, 1),
        (832, 384, 192, 384, 48, 128, 128),
    ]


def _no_biases(C, one, reduce3, three, reduce5, five, pool):
    biases = one + reduce3 + three + reduce5 + five + pool
    return inception_params(C, one, reduce3, three, reduce5, five, pool) - (
        biases
    )


def _no_pool_branch(C, one, reduce3, three, reduce5, five, pool):
    whole = inception_params(C, one, reduce3, three, reduce5, five, pool)
    return whole - _conv(C, pool, 1)


def _no_reduction(C, one, reduce3, three, reduce5, five, pool):
    return (
        _conv(C, one, 1)
        + _conv(C, three, 3)
        + _conv(C, five, 5)
        + _conv(C, pool, 1)
    )


def _reduced_for_nothing(C, one, reduce3, three, reduce5, five, pool):
    return (
        _no_reduction(C, one, reduce3, three, reduce5, five, pool)
        + _conv(C, reduce3, 1)
        + _conv(C, reduce5, 1)
    )


def _reductions_free(C, one, reduce3, three, reduce5, five, pool):
    whole = inception_params(C, one, reduce3, three, reduce5, five, pool)
    return whole - _conv(C, reduce3, 1) - _conv(C, reduce5, 1)


def _not_squared(C, one, reduce3, three, reduce5, five, pool):
    whole = inception_params(C, one, reduce3, three, reduce5, five, pool)
    return whole - 6 * reduce3 * three - 20 * reduce5 * five


def _one_behind_the_other(C, one, reduce3, three, reduce5, five, pool):
    return (
        _conv(C, one, 1)
        + _conv(one, reduce3, 1)
        + _conv(reduce3, three, 3)
        + _conv(three, reduce5, 1)
        + _conv(reduce5, five, 5)
        + _conv(five, pool, 1)
    )


def _one_bias_each(C, one, reduce3, three, reduce5, five, pool):
    return _no_biases(C, one, reduce3, three, reduce5, five, pool) + 6


def _filters_for_pool(C, one, reduce3, three, reduce5, five, pool):
    whole = inception_params(C, one, reduce3, three, reduce5, five, pool)
    return whole + 8 * C * pool


def _five_as_three(C, one, reduce3, three, reduce5, five, pool):
    whole = inception_params(C, one, reduce3, three, reduce5, five, pool)
    return whole - 16 * reduce5 * five


def _five_not_squared(C, one, reduce3, three, reduce5, five, pool):
    whole = inception_params(C, one, reduce3, three, reduce5, five, pool)
    return whole - 20 * reduce5 * five


def _channels_out(C, one, reduce3, three, reduce5, five, pool):
    return one + three + five + pool


def _big_branches_only(C, one, reduce3, three, reduce5, five, pool):
    whole = inception_params(C, one, reduce3, three, reduce5, five, pool)
    return whole - _conv(C, one, 1)


def _pool_keeps_c(C, one, reduce3, three, reduce5, five, pool):
    whole = _no_pool_branch(C, one, reduce3, three, reduce5, five, pool)
    return whole + _conv(C, C, 1)


EXERCISE = Exercise(
    name="inception_params",
    title=Text(
        "Parameters of an inception module",
        "Inception モジュールのパラメータ数",
    ),
    reference=inception_params,
    cases=_cases,
    slips=(
        Slip(
            "biases-forgotten",
            Text(
                "These are the weights alone. Each filter has a bias, too.",
                "重みだけの数です。フィルターごとにバイアスも 1 個あります。",
            ),
            answer=_no_biases,
        ),
        Slip(
            "pool-branch-forgotten",
            Text(
                "The branch with the pooling is missing. Pooling learns"
                " nothing, but the 1x1 convolution behind it does.",
                "プーリングの枝が入っていません。プーリングにパラメータはあり"
                "ませんが、その後の 1×1 の畳み込みにはあります。",
            ),
            answer=_no_pool_branch,
        ),
        Slip(
            "reduction-forgotten",
            Text(
                "This is the module without its reductions: 3x3 and 5x5 see"
                " all C channels (Figure 2a of the paper).",
                "次元削減のないモジュールの数です。3×3 と 5×5 が C チャンネル"
                "すべてを見ています（論文の図 2a）。",
            ),
            answer=_no_reduction,
        ),
        Slip(
            "reduced-for-nothing",
            Text(
                "The 1x1 convolutions are counted, but 3x3 and 5x5 still see"
                " C channels. They see what the 1x1 before them gives.",
                "1×1 は数えていますが、3×3 と 5×5 の入力が C チャンネルのまま"
                "です。直前の 1×1 の出力チャンネル数が入力になります。",
            ),
            answer=_reduced_for_nothing,
        ),
        Slip(
            "reductions-free",
            Text(
                "The two 1x1 convolutions before 3x3 and 5x5 are missing."
                " They have weights and biases as well.",
                "3×3 と 5×5 の前にある 2 つの 1×1 が入っていません。これらにも"
                "重みとバイアスがあります。",
            ),
            answer=_reductions_free,
        ),
        Slip(
            "window-not-squared",
            Text(
                "A 3x3 filter has 9 weights a channel, a 5x5 filter 25: not"
                " 3 and 5.",
                "1 チャンネルあたりの重みは、3×3 なら 9 個、5×5 なら 25 個で"
                "す。3 個と 5 個ではありません。",
            ),
            answer=_not_squared,
            also=(_five_not_squared,),
        ),
        Slip(
            "one-behind-the-other",
            Text(
                "The branches are counted as a chain. All four begin at the"
                " same x with C channels.",
                "枝を一列につないで数えています。4 本の枝は、どれも C チャンネ"
                "ルの同じ x から始まります。",
            ),
            answer=_one_behind_the_other,
        ),
        Slip(
            "one-bias-a-layer",
            Text(
                "Each convolution got one bias. It has one for each filter.",
                "バイアスが畳み込みごとに 1 個になっています。フィルターごとに"
                " 1 個です。",
            ),
            answer=_one_bias_each,
        ),
        Slip(
            "pool-filters-3x3",
            Text(
                "The convolution behind the pooling is counted as 3x3. The"
                " window of 3x3 is the pooling's, the filters are 1x1.",
                "プーリングの後の畳み込みを 3×3 として数えています。3×3 はプー"
                "リングの窓で、フィルターは 1×1 です。",
            ),
            answer=_filters_for_pool,
        ),
        Slip(
            "five-as-three",
            Text(
                "The third branch is counted with a 3x3 window. It is 5x5: 25"
                " weights a channel.",
                "3 本目の枝を 3×3 で数えています。5×5 なので、1 チャンネルあた"
                "り 25 個です。",
            ),
            answer=_five_as_three,
        ),
        Slip(
            "channels-of-the-output",
            Text(
                "These are the channels that come out of the module, not its"
                " parameters.",
                "モジュールから出るチャンネル数です。求めるのはパラメータ数で"
                "す。",
            ),
            answer=_channels_out,
        ),
        Slip(
            "first-branch-forgotten",
            Text(
                "The first branch is missing, the single 1x1 convolution.",
                "1 本目の枝、1×1 だけの畳み込みが入っていません。",
            ),
            answer=_big_branches_only,
        ),
        Slip(
            "pool-branch-keeps-c",
            Text(
                "The 1x1 behind the pooling has `pool` filters, not C.",
                "プーリングの後の 1×1 のフィルターは、C 個ではなく `pool` 個で"
                "す。",
            ),
            answer=_pool_keeps_c,
        ),
    ),
    hints=(
        Text(
            "How many convolutions are in the module, and how many channels"
            " does each of them see?",
            "モジュールに畳み込みはいくつあり、それぞれの入力は何チャンネルで"
            "すか。",
        ),
        Text(
            "A convolution has C_in x F x size x size weights and F biases."
            " Write a small function for that and call it six times.",
            "畳み込み 1 つの重みは（入力チャンネル数）×F×size×size 個、バイア"
            "スは F 個です。これを小さな関数にして 6 回呼びましょう。",
        ),
        Text(
            "def conv_params(C, F, size): return C * F * size**2 + F",
            "def conv_params(C, F, size): return C * F * size**2 + F",
        ),
    ),
)
