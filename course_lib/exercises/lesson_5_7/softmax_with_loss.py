"""Exercise 5_7/softmax_with_loss: softmax with loss."""

from __future__ import annotations

import numpy as np

from course_lib.exercises import rounds
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import SoftmaxWithLoss
from course_lib.text import Text

LARGEST = 15.0  # what is added to y, such as 1e-7, cuts larger losses


def _score_cases():
    rng = np.random.default_rng(72)
    cases = []
    for N, K in ((4, 3), (2, 3), (1, 5), (5, 2), (3, 4)):
        cases.append((rng.normal(size=(N, K)), rng.integers(0, K, N)))
    x, t = cases[0]
    apart = np.array([[3.0, 1000, 0], [-1000, -998.5, -999]])
    never = np.array([[0.0, 2000, 1]])  # y of the true class is exactly 0
    more = [(x + 1000, t), (apart, np.array([1, 2]))]
    return [*cases, *more, (never, np.array([0]))]


PARTS = (
    "loss",
    "dx",
    "dx once more",
    "dx for dout=3",
    "2nd loss",
    "2nd dx",
    "3rd loss",
    "3rd dx",
)


def _run_loss(Layer, x, t):
    layer = Layer()
    others = list(
        zip(rounds.inputs(x % 2.5)[1:], (t[::-1].copy(), np.append(t, t[0])))
    )

    def call(x, t):
        return _cut(layer.forward(x, t)), layer.backward()

    found = [rounds.kept(value) for value in call(x, t)]
    found += [rounds.kept(layer.backward()), rounds.kept(layer.backward(3))]
    for other in others:
        try:
            found += [rounds.kept(value) for value in call(*other)]
        except Exception:
            found += [rounds.STOPPED] * 2
    return tuple(found)


def _cut(loss):
    """Return a loss, a very large one as LARGEST; infinity stays."""
    number = np.ndim(loss) == 0 and np.asarray(loss).dtype.kind in "iuf"
    return min(float(loss), LARGEST) if number and loss < 1e6 else loss


def _right_first(x, t):
    layer = SoftmaxWithLoss()
    loss, dx = _cut(layer.forward(x, t)), layer.backward()
    return loss, dx, dx, 3 * dx


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


def _forward(change):
    """Return a layer whose loss is `change(layer, x, t)`."""

    class Layer(_Safe):
        def forward(self, x, t):
            super().forward(x, t)
            return change(self, x, t)

    return Layer


def _backward(change):
    """Return a layer whose backward is `change(layer, y, dout, N)`."""

    class Layer(_Safe):
        def backward(self, dout=1):
            return change(self, self.y.copy(), dout, len(self.y))

    return Layer


def _probabilities(make):
    """Return a layer whose y is `make(x)`, with scores x - max."""

    class Layer(_Safe):
        def forward(self, x, t):
            self.y, self.t = make(self.scores(x)), t
            return self.mean_loss()

    return Layer


def _shifted(shift):
    """Return two layers that take `shift(x)` as scores."""

    def scores(self, x):
        return shift(x)

    return tuple(
        type("Layer", (Base,), {"scores": scores}) for Base in (_Safe, _Loss)
    )


class _Safe(_Loss):
    """Add a tiny number before the logarithm."""

    tiny = 1e-300

    def forward(self, x, t):
        e = np.exp(self.scores(x))
        self.y, self.t = e / e.sum(axis=self.axis, keepdims=True), t
        return self.mean_loss()

    def mean_loss(self):
        picked = self.y[np.arange(len(self.t)), self.t]
        self.losses = -np.log(picked + self.tiny)
        return self.losses.mean()


class _OverBatch(_Safe):
    axis = 0


class _NoCopy(_Safe):
    def backward(self, dout=1):
        dx = self.y
        dx[np.arange(len(dx)), self.t] -= 1
        return dout * dx / len(dx)


class _Columns(_Safe):
    def backward(self, dout=1):
        dx = self.y.copy()
        dx[:, self.t] -= 1
        return dout * dx / len(dx)


class _FirstProbabilities(_Safe):
    first = None

    def forward(self, x, t):
        loss = super().forward(x, t)
        self.first = self.y if self.first is None else self.first
        self.y = self.first
        return loss


class _Growing(_Safe):
    total = 0

    def forward(self, x, t):
        self.total = self.total + super().forward(x, t)
        return self.total


def _with_tiny(tiny):
    return type("Layer", (_Safe,), {"tiny": tiny})


def _all_pairs(layer, x, t):
    return -np.log(layer.y[:, t] + layer.tiny).sum() / len(t)


def _all_pairs_mean(layer, x, t):
    return -np.log(layer.y[:, t] + layer.tiny).mean()


def _squared(layer, x, t):
    return ((layer.y - np.eye(x.shape[1])[t]) ** 2).sum() / len(t)


def _true_minus_1(layer, y):
    y[np.arange(len(y)), layer.t] -= 1
    return y


def _dx(factor):
    """Return a layer whose dx is the right one times `factor(y, N)`."""
    return _backward(
        lambda layer, y, dout, N: (
            dout * _true_minus_1(layer, y) / N * factor(y, N)
        )
    )


EXERCISE = Exercise(
    name="softmax_with_loss",
    title=Text("Softmax with loss", "ソフトマックス関数と損失"),
    reference=SoftmaxWithLoss,
    cases=_score_cases,
    run=_run_loss,
    parts=PARTS,
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
            answer=_shifted(lambda x: x)[0],
            also=_shifted(lambda x: x)[1:],
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
            answer=_shifted(lambda x: x - x.max())[0],
            also=_shifted(lambda x: x - x.max())[1:],
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
            answer=_forward(lambda layer, x, t: layer.losses.sum()),
        ),
        Slip(
            "gradient-not-divided",
            Text(
                "dx is N times too large. The loss is a mean over N"
                " images, and so its gradient has a factor 1 / N.",
                "dx が N 倍になっています。損失は N 枚の平均なので、勾配に"
                "も 1 / N が付きます。",
            ),
            answer=_dx(lambda y, N: N),
        ),
        Slip(
            "minus-forgotten",
            Text(
                "The loss is negative. The logarithm of a probability is"
                " below 0, the loss is its opposite.",
                "損失が負になっています。確率の対数は 0 以下で、損失はその"
                "符号を反転したものです。",
            ),
            answer=_forward(lambda layer, x, t: -layer.losses.mean()),
        ),
        Slip(
            "maximum-over-the-batch",
            Text(
                "The maximum of each class over the images was subtracted. It"
                " must be the same number for all scores of one image:"
                " axis=1.",
                "クラスごとに、画像の方向の最大値を引いています。1 枚の画像の"
                "すべてのスコアから同じ数を引かなければなりません。axis=1 で"
                "す。",
            ),
            answer=_shifted(lambda x: x - x.max(axis=0, keepdims=True))[0],
            also=_shifted(lambda x: x - x.max(axis=0, keepdims=True))[1:],
        ),
        Slip(
            "maximum-added",
            Text(
                "The maximum was added, so exp overflows even earlier."
                " Subtract it.",
                "最大値を足しているので、exp がかえってあふれます。引いてくだ"
                "さい。",
            ),
            answer=_shifted(lambda x: x + x.max(axis=1, keepdims=True))[0],
            also=_shifted(lambda x: x + x.max(axis=1, keepdims=True))[1:],
        ),
        Slip(
            "minimum-subtracted",
            Text(
                "The minimum was subtracted: large scores stay large, and exp"
                " overflows. Subtract the maximum.",
                "最小値を引いています。大きなスコアは大きいままなので、exp が"
                "あふれます。最大値を引きます。",
            ),
            answer=_shifted(lambda x: x - x.min(axis=1, keepdims=True))[0],
            also=_shifted(lambda x: x - x.min(axis=1, keepdims=True))[1:],
        ),
        Slip(
            "log-of-zero",
            Text(
                "Where the true class has probability 0 (in float arithmetic)"
                " the loss is infinite: log(0). Take log y = s - log(sum exp"
                " s) without making y first, or add a tiny number such as"
                " 1e-7 before the logarithm.",
                "正解クラスの確率が（小数の計算で）ちょうど 0 になると、log(0)"
                " で損失が無限大になります。y を作らずに log y = s - log(sum"
                " exp s) と計算するか、log の前に 1e-7 のような小さな数を足し"
                "ます。",
            ),
            answer=_Loss,
        ),
        Slip(
            "epsilon-too-large",
            Text(
                "The number added before the logarithm is so large that it"
                " changes the loss. 1e-7 is enough.",
                "log の前に足す数が大きすぎて、損失が変わっています。1e-7 で十"
                "分です。",
            ),
            answer=_with_tiny(0.01),
            also=tuple(_with_tiny(t) for t in (1, 0.1, 0.001, 1e-4)),
        ),
        Slip(
            "softmax-over-everything",
            Text(
                "The probabilities of the whole batch sum to 1. Each image's"
                " sum to 1: axis=1.",
                "バッチ全体で確率の合計が 1 になっています。画像ごとに 1 にな"
                "るはずです。axis=1 で合計します。",
            ),
            answer=_probabilities(lambda s: np.exp(s) / np.exp(s).sum()),
        ),
        Slip(
            "not-normalised",
            Text(
                "The exponentials were not divided by their sum: y are no"
                " probabilities yet.",
                "exp の値を合計で割っていません。まだ確率になっていません。",
            ),
            answer=_probabilities(np.exp),
        ),
        Slip(
            "sigmoid-for-softmax",
            Text(
                "Each score went through a sigmoid by itself. Softmax divides"
                " by the sum over the classes.",
                "スコアを 1 つずつシグモイドに通しています。softmax では、クラ"
                "ス全体の合計で割ります。",
            ),
            answer=_probabilities(lambda s: 1 / (1 + np.exp(-s))),
        ),
        Slip(
            "all-pairs-picked",
            Text(
                "`y[:, t]` takes, for every image, the classes of all images:"
                " N by N numbers. One number for each row is"
                " `y[np.arange(N), t]`.",
                "`y[:, t]` は、どの画像についても全画像の正解クラスを取り出し"
                "ます（N × N 個）。各行から 1 つずつ取り出すには"
                " `y[np.arange(N), t]` です。",
            ),
            answer=_forward(_all_pairs),
            also=(_forward(_all_pairs_mean), _Columns),
        ),
        Slip(
            "largest-for-true",
            Text(
                "The largest probability was taken. The loss asks for the"
                " probability of the true class t.",
                "最大の確率を使っています。損失に使うのは、正解クラス t の確率"
                "です。",
            ),
            answer=_forward(
                lambda layer, x, t: -np.log(layer.y.max(axis=1)).mean()
            ),
        ),
        Slip(
            "divided-by-all",
            Text(
                "The loss was divided by N * K. The mean is over the N"
                " images.",
                "損失を N * K で割っています。平均は N 枚の画像について取りま"
                "す。",
            ),
            answer=_forward(
                lambda layer, x, t: layer.losses.sum() / layer.y.size
            ),
        ),
        Slip(
            "loss-of-each-image",
            Text(
                "A loss for each image came back. forward returns their mean,"
                " one number.",
                "画像ごとの損失を返しています。forward が返すのは、その平均（1"
                " つの数）です。",
            ),
            answer=_forward(lambda layer, x, t: layer.losses),
        ),
        Slip(
            "first-image-only",
            Text(
                "This is the loss of the first image. Take the mean over all.",
                "1 枚目の画像の損失です。すべての画像の平均を取ります。",
            ),
            answer=_forward(lambda layer, x, t: layer.losses[0]),
        ),
        Slip(
            "other-logarithm",
            Text(
                "The loss has the logarithm of another base. It is the natural"
                " one, np.log.",
                "対数の底が違います。自然対数 np.log を使います。",
            ),
            answer=_forward(
                lambda layer, x, t: layer.losses.mean() / np.log(10)
            ),
            also=(
                _forward(lambda layer, x, t: layer.losses.mean() / np.log(2)),
            ),
        ),
        Slip(
            "no-logarithm",
            Text(
                "The logarithm is missing: the loss is -log of the probability"
                " of the true class.",
                "対数がありません。損失は、正解クラスの確率の -log です。",
            ),
            answer=_forward(
                lambda layer, x, t: (1 - np.exp(-layer.losses)).mean()
            ),
            also=(
                _forward(lambda layer, x, t: np.exp(-layer.losses).mean()),
                _forward(lambda layer, x, t: -np.exp(-layer.losses).mean()),
            ),
        ),
        Slip(
            "squared-error",
            Text(
                "This is the squared error. Here the loss is -log of the"
                " probability of the true class.",
                "二乗誤差になっています。ここでの損失は、正解クラスの確率の"
                " -log です。",
            ),
            answer=_forward(_squared),
            also=(
                _forward(lambda layer, x, t: _squared(layer, x, t) / 2),
                _forward(
                    lambda layer, x, t: _squared(layer, x, t) / x.shape[1]
                ),
            ),
        ),
        Slip(
            "probabilities-returned",
            Text(
                "The probabilities came back. forward returns the loss, one"
                " number; y stays in self.",
                "確率を返しています。forward が返すのは損失（1 つの数）で、y "
                "は self に残します。",
            ),
            answer=_forward(lambda layer, x, t: layer.y),
        ),
        Slip(
            "y-changed-in-backward",
            Text(
                "The second backward gives another result: `dx = self.y` is"
                " the same array, not a copy, and y was changed with it. Write"
                " `self.y.copy()`.",
                "backward を 2 回呼ぶと結果が変わります。`dx = self.y` はコ"
                "ピーではなく同じ配列なので、y まで書き換えられています。"
                "`self.y.copy()` としてください。",
            ),
            answer=_NoCopy,
        ),
        Slip(
            "dout-ignored",
            Text(
                "backward takes no notice of dout. The gradient is multiplied"
                " with it; here it is 1, elsewhere it need not be.",
                "backward で dout が使われていません。勾配には dout を掛けます"
                "（ここでは 1 でも、そうでない場合もあります）。",
            ),
            answer=_backward(
                lambda layer, y, dout, N: _true_minus_1(layer, y) / N
            ),
        ),
        Slip(
            "dout-added",
            Text(
                "dout was added. The gradient is multiplied with it.",
                "dout を足しています。勾配には dout を掛けます。",
            ),
            answer=_backward(
                lambda layer, y, dout, N: dout + _true_minus_1(layer, y) / N
            ),
        ),
        Slip(
            "divided-by-classes",
            Text(
                "dx was divided by the number of classes. The mean is over the"
                " N images.",
                "dx をクラスの数で割っています。平均は N 枚の画像について取る"
                "ので、N で割ります。",
            ),
            answer=_dx(lambda y, N: N / y.shape[1]),
            also=(_dx(lambda y, N: N / y.size),),
        ),
        Slip(
            "divided-twice",
            Text(
                "dx was divided by N twice. Once is enough.",
                "dx を N で 2 回割っています。割るのは 1 回だけです。",
            ),
            answer=_dx(lambda y, N: 1 / N),
        ),
        Slip(
            "one-not-subtracted",
            Text(
                "dx is y / N. At the true class of each image 1 is subtracted"
                " first.",
                "dx が y / N のままです。各画像の正解クラスのところから、先に"
                " 1 を引きます。",
            ),
            answer=_backward(lambda layer, y, dout, N: dout * y / N),
        ),
        Slip(
            "one-subtracted-everywhere",
            Text(
                "1 was subtracted from every number. Subtract it at the true"
                " class of each image only.",
                "すべての数から 1 を引いています。引くのは、各画像の正解クラス"
                "のところだけです。",
            ),
            answer=_backward(lambda layer, y, dout, N: dout * (y - 1) / N),
        ),
        Slip(
            "gradient-negated",
            Text(
                "dx has the other sign. It is y minus 1 at the true class, not"
                " the reverse.",
                "dx の符号が逆です。正解クラスのところは y - 1 で、その逆では"
                "ありません。",
            ),
            answer=_dx(lambda y, N: -1),
        ),
        Slip(
            "loss-accumulates",
            Text(
                "The second loss holds the first one too. Each forward begins"
                " anew.",
                "2 回目の損失に 1 回目の損失が足されています。forward のたびに"
                "新しく計算します。",
            ),
            answer=_Growing,
        ),
        rounds.later_call_differs(_right_first, _FirstProbabilities),
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
