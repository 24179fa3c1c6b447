"""Exercise 5_0/cross_entropy: the loss."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import softmax
from course_lib.text import Text


def _cross_entropy(y, t):
    return -np.log(y[np.arange(len(t)), t]).mean()


def _cases():
    rng = np.random.default_rng(52)
    shapes = ((4, 3), (1, 5), (6, 10), (3, 2), (8, 4))
    cases = []
    for N, K in shapes:
        y = softmax(2 * rng.normal(size=(N, K)))
        cases.append((y, rng.integers(0, K, N)))
    y, t = cases[2]
    return [*cases, (y.astype(np.float32), t)]


EXERCISE = Exercise(
    name="cross_entropy",
    title=Text("The loss", "損失"),
    reference=_cross_entropy,
    cases=_cases,
    tolerance=2e-5,
    slips=(
        Slip(
            "minus-forgotten",
            Text(
                "The loss comes out negative. A logarithm of a probability is"
                " below 0: a minus stands in front.",
                "損失が負になっています。確率の対数は 0 以下なので、前にマイ"
                "ナスを付けます。",
            ),
            answer=lambda y, t: np.log(y[np.arange(len(t)), t]).mean(),
        ),
        Slip(
            "summed-not-averaged",
            Text(
                "This is the sum over the images. Divide by their number, so"
                " that the loss does not depend on the batch.",
                "画像についての合計です。バッチの大きさによらないように、枚数"
                "で割ります。",
            ),
            answer=lambda y, t: -np.log(y[np.arange(len(t)), t]).sum(),
        ),
        Slip(
            "all-pairs-picked",
            Text(
                "`y[:, t]` picks the class of every image in every row."
                " Each row has one true class of its own.",
                "`y[:, t]` では、どの行からも全画像のクラスを取り出しま"
                "す。正解クラスは行ごとに 1 つです。",
            ),
            answer=lambda y, t: -np.log(y[:, t]).mean(),
        ),
        Slip(
            "logarithm-forgotten",
            Text(
                "These are probabilities without a logarithm.",
                "対数をとっていない確率です。",
            ),
            answer=lambda y, t: -y[np.arange(len(t)), t].mean(),
            also=(
                lambda y, t: 1 - y[np.arange(len(t)), t].mean(),
                lambda y, t: y[np.arange(len(t)), t].mean(),
            ),
        ),
        Slip(
            "all-classes-averaged",
            Text(
                "All classes count here. Only the probability of the true"
                " class `t` does.",
                "すべてのクラスを数えています。使うのは正解クラス `t` の確率だ"
                "けです。",
            ),
            answer=lambda y, t: -np.log(y).mean(),
            also=(lambda y, t: -np.log(y).sum(axis=1).mean(),),
        ),
        Slip(
            "mean-before-logarithm",
            Text(
                "The mean was taken before the logarithm. First the logarithm"
                " of each image's probability, then the mean.",
                "対数より先に平均をとっています。まず画像ごとに対数をとり、そ"
                "の後で平均します。",
            ),
            answer=lambda y, t: -np.log(y[np.arange(len(t)), t].mean()),
        ),
        Slip(
            "one-loss-an-image",
            Text(
                "There is one number for each image. The loss of a batch is"
                " their mean, a single number.",
                "画像ごとに 1 つの数になっています。バッチの損失は、その平均 1"
                " つです。",
            ),
            answer=lambda y, t: -np.log(y[np.arange(len(t)), t]),
        ),
        Slip(
            "other-logarithm",
            Text(
                "Another logarithm was used. `np.log` is the natural one;"
                " `np.log10` and `np.log2` are not.",
                "別の対数を使っています。自然対数は `np.log` です（`np.log10` "
                "や `np.log2` ではありません）。",
            ),
            answer=lambda y, t: -np.log10(y[np.arange(len(t)), t]).mean(),
            also=(lambda y, t: -np.log2(y[np.arange(len(t)), t]).mean(),),
        ),
        Slip(
            "guess-for-truth",
            Text(
                "The largest probability was taken instead of that of the"
                " true class.",
                "正解クラスの確率ではなく、最大の確率を使っています。",
            ),
            answer=lambda y, t: -np.log(y.max(axis=1)).mean(),
        ),
    ),
    hints=(
        Text(
            "Which number of row n counts?",
            "n 行目の数のうち、使うのはどれですか。",
        ),
        Text(
            "y[n, t[n]] for each n. `y[np.arange(N), t]` picks them all;"
            " then -log, then the mean.",
            "各 n について y[n, t[n]] です。`y[np.arange(N), t]` でまとめて取"
            "り出せます。それから -log、最後に平均です。",
        ),
        Text(
            "true = y[np.arange(len(t)), t]", "true = y[np.arange(len(t)), t]"
        ),
    ),
)
