"""Exercise 5_7/softmax_with_loss: softmax with loss."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import SoftmaxWithLoss
from course_lib.text import Text


def _score_cases():
    rng = np.random.default_rng(72)
    cases = []
    for N, K in ((2, 3), (4, 3), (1, 5), (5, 2), (3, 4)):
        cases.append((rng.normal(size=(N, K)), rng.integers(0, K, N)))
    x, t = cases[1]
    apart = np.array([[3.0, 1000, 0], [-1000, -998.5, -999]])
    return [*cases, (x + 1000, t), (apart, np.array([1, 2]))]


def _run_loss(Layer, x, t):
    layer = Layer()
    loss = layer.forward(x, t)
    return loss, layer.backward()


class _Loss:
    """The loss layer as a learner writes it; each slip changes one step."""

    axis = 1

    def scores(self, x):
        return x - x.max(axis=1, keepdims=True)

    def forward(self, x, t):
        e = np.exp(self.scores(x))
        self.y = e / e.sum(axis=self.axis, keepdims=True)
        self.t = t
        self.losses = -np.log(self.y[np.arange(len(t)), t])
        return self.losses.mean()

    def backward(self, dout=1):
        dx = self.y.copy()
        dx[np.arange(len(dx)), self.t] -= 1
        return dout * dx / len(dx)


class _NoMaximum(_Loss):
    def scores(self, x):
        return x


class _OneMaximum(_Loss):
    def scores(self, x):
        return x - x.max()


class _OverBatch(_Loss):
    axis = 0


class _Summed(_Loss):
    def forward(self, x, t):
        super().forward(x, t)
        return self.losses.sum()


class _NotDivided(_Loss):
    def backward(self, dout=1):
        return super().backward(dout) * len(self.y)


class _MinusForgotten(_Loss):
    def forward(self, x, t):
        return -super().forward(x, t)


EXERCISE = Exercise(
    name="softmax_with_loss",
    title=Text("Softmax with loss", "Softmax と損失"),
    reference=SoftmaxWithLoss,
    cases=_score_cases,
    run=_run_loss,
    parts=("loss", "dx"),
    tolerance=1e-4,
    slips=(
        Slip(
            "softmax-without-maximum",
            Text(
                "With scores near 1000 the result is not a number: exp"
                " overflows. Subtracting the same number from all scores"
                " of an image changes nothing, so choose a helpful one.",
                "スコアが 1000 ほどになると、exp があふれて nan になりま"
                "す。画像ごとに、すべてのスコアから同じ数を引いても"
                " softmax は変わりません。都合のよい数を引きましょう。",
            ),
            answer=_NoMaximum,
        ),
        Slip(
            "one-maximum-for-all",
            Text(
                "Where the scores of two images are far apart, the result"
                " is not a number: one maximum was subtracted from the"
                " whole batch. Each image needs its own.",
                "画像どうしのスコアが大きく離れていると、nan になります。"
                "バッチ全体で 1 つの最大値を引いているためです。最大値は"
                "画像ごとに求めてください。",
            ),
            answer=_OneMaximum,
        ),
        Slip(
            "softmax-over-the-batch",
            Text(
                "The probabilities sum to 1 over the images. They should"
                " do so over the classes of each image.",
                "確率の合計が、画像の方向で 1 になっています。画像ごとに、"
                "クラスの方向で 1 になるはずです。",
            ),
            answer=_OverBatch,
        ),
        Slip(
            "loss-summed",
            Text(
                "The loss is N times too large: it is the sum over the"
                " batch, not the mean.",
                "損失が N 倍になっています。バッチの平均ではなく、合計です。",
            ),
            answer=_Summed,
        ),
        Slip(
            "gradient-not-divided",
            Text(
                "dx is N times too large. The loss is a mean over N"
                " images, and so its gradient has a factor 1 / N.",
                "dx が N 倍になっています。損失は N 枚の平均なので、勾配に"
                "も 1 / N が付きます。",
            ),
            answer=_NotDivided,
        ),
        Slip(
            "minus-forgotten",
            Text(
                "The loss is negative. The logarithm of a probability is"
                " below 0, the loss is its opposite.",
                "損失が負になっています。確率の対数は 0 以下で、損失はその"
                "符号を反転したものです。",
            ),
            answer=_MinusForgotten,
        ),
    ),
    hints=(
        Text(
            "What is the probability of the true class of image n? How do"
            " you pick it for all images at once?",
            "画像 n の正解クラスの確率はどれですか。全部の画像について"
            "一度に取り出すには、どう書きますか。",
        ),
        Text(
            "y[np.arange(N), t] picks one number from each row. Backward"
            " is y with 1 subtracted at the same places, divided by N.",
            "y[np.arange(N), t] で、各行から 1 つずつ取り出せます。逆伝播"
            "は、y の同じ場所から 1 を引き、N で割ったものです。",
        ),
        Text(
            "s = x - x.max(axis=1, keepdims=True)",
            "s = x - x.max(axis=1, keepdims=True)",
        ),
    ),
)
