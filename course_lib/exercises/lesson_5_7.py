"""The exercises of lesson 5_7: a simple CNN on MNIST."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import col2im
from course_lib.layers import (
    Affine,
    Convolution,
    MaxPooling,
    ReLU,
    SoftmaxWithLoss,
)
from course_lib.text import Text

# --- sizes --------------------------------------------------------------


def _entry(index: int, value: int):
    """Return a predicate: entry `index` of the answer is `value`."""
    return lambda answer: same(answer[index], value)


# --- own_layers ---------------------------------------------------------

# N, C, H, W, FN, F, stride, pad, pooling window: no two of them alike
SIZES = (
    (2, 1, 8, 7, 3, 3, 1, 0, (2, 2, 2, 0)),
    (3, 2, 6, 8, 4, 2, 2, 0, (2, 2, 2, 0)),
    (1, 3, 7, 9, 2, 3, 1, 1, (3, 3, 2, 1)),
    (2, 2, 9, 6, 5, 4, 1, 2, (2, 3, 1, 0)),
    (4, 1, 5, 8, 2, 3, 2, 1, (3, 2, 1, 1)),
)


def _own_cases():
    rng = np.random.default_rng(70)
    cases = []
    for N, C, H, W, FN, F, stride, pad, window in SIZES:
        x = rng.normal(size=(N, C, H, W)) - 1.5  # negative at the border
        filters = rng.normal(size=(FN, C, F, F))
        b = rng.normal(size=FN)
        out = Convolution(filters, b, stride, pad).forward(x)
        pooled = MaxPooling(*window).forward(x)
        douts = rng.normal(size=out.shape), rng.normal(size=pooled.shape)
        cases.append((x, filters, b, stride, pad, douts[0], window, douts[1]))
    return cases


def _in_place(Layer, W, *rest):
    """Make a layer, then write its weights as an optimizer does."""
    shared = np.zeros_like(W)
    layer = Layer(shared, *rest)
    shared[...] = W
    return layer


def _run_own(answer, x, W, b, stride, pad, dout, pool, dpool):
    Conv, Pool = answer()
    if Conv is ... or Pool is ...:
        raise NotImplementedError
    conv = _in_place(Conv, W, b, stride, pad)
    out = conv.forward(x)
    dx = conv.backward(dout)
    pooling = Pool(*pool)
    pooled = pooling.forward(x)
    return out, dx, conv.dW, conv.db, pooled, pooling.backward(dpool)


def own_layers():
    """Return the two layer classes of the course."""
    return Convolution, MaxPooling


class _Copying(Convolution):
    def __init__(self, W, b, stride=1, pad=0):
        super().__init__(W.copy(), b, stride, pad)


class _NotStored(Convolution):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.db = None
        return dx


class _Overwriting(Convolution):
    def forward(self, x):
        self.shape = x.shape
        return super().forward(x)

    def backward(self, dout):
        super().backward(dout)
        FN, _, FH, FW = self.W.shape
        rows = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        dcol = rows @ self.W.reshape(FN, -1)
        return col2im(dcol, self.shape, FH, FW, self.stride, self.pad)


class _ZeroPadding(MaxPooling):
    def forward(self, x):
        out = super().forward(x)
        pad = ((0, 0), (0, 0), (self.pad, self.pad), (self.pad, self.pad))
        inner = MaxPooling(self.pool_h, self.pool_w, self.stride)
        return inner.forward(np.pad(x, pad)) if self.pad else out


class _ToAll(MaxPooling):
    def forward(self, x):
        self.shape = x.shape
        return super().forward(x)

    def backward(self, dout):
        C = dout.shape[1]
        window = self.pool_h * self.pool_w
        rows = dout.transpose(0, 2, 3, 1).reshape(-1, C)
        return col2im(
            np.repeat(rows, window, axis=1),
            self.shape,
            self.pool_h,
            self.pool_w,
            self.stride,
            self.pad,
            is_backward=True,
        )


# --- init_weight --------------------------------------------------------


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


# --- affine -------------------------------------------------------------


def _affine_cases():
    rng = np.random.default_rng(71)
    sizes = (((3, 4), 2), ((2, 3, 2, 4), 5), ((5, 2), 3), ((4, 1, 3, 2), 3))
    cases = []
    for shape, M in (*sizes, ((1, 2, 3, 3), 4), ((6, 7), 4)):
        D = int(np.prod(shape[1:]))
        arrays = (shape, (D, M), (M,), (shape[0], M))
        cases.append(tuple(rng.normal(size=size) for size in arrays))
    return cases


def _run_affine(Layer, x, W, b, dout):
    layer = _in_place(Layer, W, b)
    out = layer.forward(x)
    dx = layer.backward(dout)
    return out, dx, layer.dW, layer.db


class _NoBias(Affine):
    def forward(self, x):
        return super().forward(x) - self.b


class _LeftFlat(Affine):
    def backward(self, dout):
        return super().backward(dout).reshape(len(dout), -1)


class _DbOneNumber(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = dout.sum()
        return dx


class _DwTurned(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.dW.T
        return dx


class _DividedByN(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW, self.db = self.dW / len(dout), self.db / len(dout)
        return dx


class _CopyingAffine(Affine):
    def __init__(self, W, b):
        super().__init__(W.copy(), b)


# --- softmax_with_loss --------------------------------------------------


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


# --- assemble -----------------------------------------------------------


def _params(rng, weights):
    """Return W1, b1, ... with random numbers; filters are (FN, ...)."""
    params = {}
    for i, shape in enumerate(weights, start=1):
        outputs = shape[0] if len(shape) == 4 else shape[1]
        params[f"W{i}"] = rng.normal(size=shape)
        params[f"b{i}"] = rng.normal(size=outputs)
    return params


class _Params(dict):
    """Parameters that show only their shapes in a message."""

    def __repr__(self):
        shapes = (f"{k} {v.shape}" for k, v in self.items())
        return "{" + ", ".join(shapes) + "}"


def _assemble_cases():
    rng = np.random.default_rng(73)
    cases = []
    sizes = ((2, 1, 8, 8, 3, 3, 5, 4), (3, 2, 10, 8, 2, 3, 4, 3))
    more = ((1, 1, 9, 7, 4, 4, 6, 2), (4, 3, 7, 9, 2, 2, 3, 5))
    for N, C, H, W, FN, F, M, K in (*sizes, *more, (2, 1, 6, 10, 5, 3, 4, 6)):
        D = FN * ((H - F + 1) // 2) * ((W - F + 1) // 2)
        p = _Params(_params(rng, ((FN, C, F, F), (D, M), (M, K))))
        cases.append((p, rng.normal(size=(N, C, H, W))))
    return cases


def _run_assemble(assemble, p, x):
    layers = assemble(p)
    for layer in layers.values():
        x = layer.forward(x)
    # Sorted: pooling before ReLU gives the same scores, and is allowed.
    names = " ".join(sorted(layers))
    return x, len({id(layer) for layer in layers.values()}), names


def assemble(p):
    """Return the layers of the network by name, in order."""
    return {
        "Conv1": Convolution(p["W1"], p["b1"]),
        "ReLU1": ReLU(),
        "Pool1": MaxPooling(2, 2, stride=2),
        "Affine1": Affine(p["W2"], p["b2"]),
        "ReLU2": ReLU(),
        "Affine2": Affine(p["W3"], p["b3"]),
    }


def _without(name):
    return lambda p: {k: v for k, v in assemble(p).items() if k != name}


def _one_relu(p):
    layers = assemble(p)
    return {**layers, "ReLU2": layers["ReLU1"]}


def _other_names(p):
    return {name.lower(): layer for name, layer in assemble(p).items()}


def _relu_at_the_end(p):
    return {**assemble(p), "ReLU3": ReLU()}


# --- gradient -----------------------------------------------------------


class Network:
    """Stand in for the learner's network: all its layers fit everywhere.

    Every layer maps D numbers to D, so that a gradient that takes a wrong
    way still gives numbers, and the slip can be named.
    """

    def __init__(self, rng, D, names):
        self.layers, self.params = {}, {}
        self.weighted = list(names)
        for i, name in enumerate(names, start=1):
            W = self.params[f"W{i}"] = rng.normal(size=(D, D))
            b = self.params[f"b{i}"] = rng.normal(size=D)
            self.layers[name] = Affine(W, b)
            self.layers[f"ReLU{i}"] = ReLU()
        del self.layers[f"ReLU{len(names)}"]
        self.last_layer = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        return self.last_layer.forward(self.predict(x), t)

    def __repr__(self):
        return f"<{' - '.join(self.layers)}>"


def _gradient_cases():
    rng = np.random.default_rng(74)
    cnn, full = ("Conv1", "Affine1", "Affine2"), ("Hidden1", "Hidden2", "Out")
    cases = []
    for N, D, names in (
        (4, 3, cnn),
        (2, 5, cnn),
        (6, 4, full),
        (3, 6, cnn),
        (5, 3, full),
    ):
        network = Network(rng, D, names)
        # An earlier batch: without a forward pass its gradients come out.
        network.loss(rng.normal(size=(N, D)), rng.integers(0, D, N))
        x, t = rng.normal(size=(N, D)), rng.integers(0, D, N)
        cases.append((network, x, t))
    return cases


PARAMETERS = ("W1", "b1", "W2", "b2", "W3", "b3")


def _run_gradient(gradient, network, x, t):
    grads = gradient(network, x, t)
    if grads is None:
        return None
    return tuple(grads[name] for name in PARAMETERS)


def gradient(network, x, t):
    """Return the gradients of the loss, named like network.params."""
    network.loss(x, t)
    dout = network.last_layer.backward()
    for layer in reversed(network.layers.values()):
        dout = layer.backward(dout)
    return _collect(network)


def _collect(network, weighted=None):
    grads = {}
    for i, name in enumerate(weighted or network.weighted, start=1):
        grads[f"W{i}"] = network.layers[name].dW
        grads[f"b{i}"] = network.layers[name].db
    return grads


def _not_reversed(network, x, t):
    network.loss(x, t)
    dout = network.last_layer.backward()
    for layer in network.layers.values():
        dout = layer.backward(dout)
    return _collect(network)


def _not_passed_on(network, x, t):
    network.loss(x, t)
    dout = network.last_layer.backward()
    for layer in reversed(network.layers.values()):
        layer.backward(dout)
    return _collect(network)


def _last_layer_skipped(network, x, t):
    dout = np.ones_like(network.predict(x))
    for layer in reversed(network.layers.values()):
        dout = layer.backward(dout)
    return _collect(network)


def _no_forward(network, x, t):
    dout = network.last_layer.backward()
    for layer in reversed(network.layers.values()):
        dout = layer.backward(dout)
    return _collect(network)


def _numbered_backwards(network, x, t):
    gradient(network, x, t)
    return _collect(network, network.weighted[::-1])


# --- accuracy -----------------------------------------------------------


class Guesser:
    """Stand in for a network: the images are the scores themselves."""

    def __init__(self):
        self.largest = 0

    def predict(self, x):
        self.largest = max(self.largest, len(x))
        return x.reshape(len(x), -1)

    def __repr__(self):
        return "<network>"


def _accuracy_cases():
    rng = np.random.default_rng(75)
    cases = []
    for N, K, batch_size in (
        (23, 3, 10),
        (50, 4, 20),
        (31, 2, 30),
        (40, 5, 10),
        (17, 3, 7),
        (12, 4, 12),
    ):
        x = rng.normal(size=(N, 1, 1, K))
        t = x.reshape(N, K).argmax(axis=1)
        wrong = rng.random(N) < 0.4
        t[wrong] = rng.integers(0, K, wrong.sum())
        t[-1] = x[-1].argmax()  # so that the last batch matters
        cases.append((Guesser(), x, t, batch_size))
    return cases


def _run_accuracy(accuracy, network, x, t, batch_size):
    part = accuracy(network, x, t, batch_size)
    return part, network.largest <= batch_size


def _batches(network, x, t, batch_size, stop):
    """Yield how many images of each batch are read rightly, and its size."""
    for start in range(0, stop, batch_size):
        batch = slice(start, start + batch_size)
        guess = network.predict(x[batch]).argmax(axis=1)
        yield int((guess == t[batch]).sum()), len(guess)


def _full_batches(network, x, t, batch_size):
    return _batches(network, x, t, batch_size, len(x) - batch_size + 1)


def accuracy(network, x, t, batch_size=100):
    """Return the part (0 to 1) of all images that are read rightly."""
    return _count(network, x, t, batch_size) / len(x)


def _count(network, x, t, batch_size=100):
    parts = _batches(network, x, t, batch_size, len(x))
    return sum(right for right, _ in parts)


def _last_as_wrong(network, x, t, batch_size=100):
    parts = _full_batches(network, x, t, batch_size)
    return sum(right for right, _ in parts) / len(x)


def _last_left_out(network, x, t, batch_size=100):
    parts = np.array(list(_full_batches(network, x, t, batch_size)))
    return parts[:, 0].sum() / parts[:, 1].sum()


def _mean_of_batches(network, x, t, batch_size=100):
    parts = _batches(network, x, t, batch_size, len(x))
    return np.mean([right / size for right, size in parts])


def _all_at_once(network, x, t, batch_size=100):
    return (network.predict(x).argmax(axis=1) == t).mean()


EXERCISES = (
    Exercise(
        name="sizes",
        title=Text("Sizes and numbers of parameters", "サイズとパラメータ数"),
        reference=(24, 12, 2304, 416, 230500, 1010),
        parts=("OH", "PH", "D", "n1", "n2", "n3"),
        slips=(
            Slip(
                "one-too-few",
                Text(
                    "OH is one too small. The place where the window starts"
                    " counts too (lesson 5_1).",
                    "OH が 1 小さくなっています。最初に置いた場所も 1 つと"
                    "数えます（5_1）。",
                ),
                answer=(23, 11, 1936, 416, 193700, 1010),
                seen=_entry(0, 23),
            ),
            Slip(
                "padding-assumed",
                Text(
                    "OH is as large as the image. That needs a padding of 2,"
                    " and here pad is 0.",
                    "OH が入力画像と同じ大きさです。それにはパディング 2 が必"
                    "要ですが、ここでは pad = 0 です。",
                ),
                answer=(28, 14, 3136, 416, 313700, 1010),
                seen=_entry(0, 28),
            ),
            Slip(
                "pooling-forgotten",
                Text(
                    "D is counted before the pooling. Affine1 sees what comes"
                    " out of it.",
                    "D をプーリングの前で数えています。Affine1 が受け取るのは"
                    "プーリングの後の数です。",
                ),
                answer=(24, 12, 9216, 416, 921700, 1010),
                seen=_entry(2, 9216),
            ),
            Slip(
                "channels-forgotten",
                Text(
                    "D counts one feature map. How many are there?",
                    "D が特徴マップ 1 枚分の数になっています。特徴マップは何枚"
                    "ありますか。",
                ),
                answer=(24, 12, 144, 416, 14500, 1010),
                seen=_entry(2, 144),
            ),
            Slip(
                "biases-forgotten",
                Text(
                    "These are the weights alone. Each filter and each unit"
                    " has a bias too.",
                    "重みだけの数になっています。フィルターにもユニットにも、"
                    "バイアスが 1 つずつあります。",
                ),
                answer=(24, 12, 2304, 400, 230400, 1000),
                seen=lambda answer: (
                    same(answer[3], 400) or same(answer[5], 1000)
                ),
            ),
        ),
        hints=(
            Text(
                "How many places can a window of 5 take along 28 pixels?",
                "幅 5 の窓は、28 画素の中で何か所に置けますか。",
            ),
            Text(
                "D is everything that comes out of the pooling for one image:"
                " maps x height x width. A layer has its weights and one bias"
                " for each output.",
                "D は画像 1 枚についてプーリングから出てくる数の総数で、"
                "枚数 × 高さ × 幅です。層のパラメータは、重みと、出力 1 つに"
                "つき 1 個のバイアスです。",
            ),
            Text("OH = 28 - 5 + 1", "OH = 28 - 5 + 1"),
        ),
    ),
    Exercise(
        name="own_layers",
        title=Text("Your own two layers", "自分で書いた 2 つの層"),
        reference=own_layers,
        cases=_own_cases,
        run=_run_own,
        parts=("conv out", "conv dx", "dW", "db", "pool out", "pool dx"),
        slips=(
            Slip(
                "weights-copied",
                Text(
                    "The weights changed after the layer was made, and the"
                    " layer did not notice: it holds a copy. Keep W itself, or"
                    " training will not reach it.",
                    "層を作った後に W の中身を変えましたが、結果が変わりませ"
                    "ん。層がコピーを持っているためです。W そのものを持たない"
                    "と、学習の結果が層に届きません。",
                ),
                answer=lambda: (_Copying, MaxPooling),
            ),
            Slip(
                "gradients-not-stored",
                Text(
                    "After backward, dW or db of the convolution is None. Keep"
                    " them in self.dW and self.db.",
                    "backward の後、畳み込み層の dW か db が None です。"
                    "self.dW と self.db に入れてください。",
                ),
                answer=lambda: (_NotStored, MaxPooling),
                seen=lambda result, *case: (
                    result[2] is None or result[3] is None
                ),
            ),
            Slip(
                "overlaps-overwritten",
                Text(
                    "dx of the convolution keeps one gradient where windows"
                    " overlap. They add up: look at is_backward of col2im.",
                    "畳み込み層の dx で、窓の重なりに勾配が 1 つしか残って"
                    "いません。合計が必要です。col2im の is_backward を"
                    "見直してください。",
                ),
                answer=lambda: (_Overwriting, MaxPooling),
            ),
            Slip(
                "zero-padding-in-max",
                Text(
                    "The pooling layer lets the padding win where all numbers"
                    " are negative. Which number never wins?",
                    "プーリング層で、負の数ばかりの窓ではパディングが最大値に"
                    "なっています。決して最大にならない数は何ですか。",
                ),
                answer=lambda: (Convolution, _ZeroPadding),
            ),
            Slip(
                "gradient-to-all",
                Text(
                    "The pooling layer sends the gradient to the whole window."
                    " Only one number of it reached the output.",
                    "プーリング層が勾配を窓全体に配っています。出力に届いたの"
                    "は、窓の中の 1 つの数だけです。",
                ),
                answer=lambda: (Convolution, _ToAll),
            ),
        ),
        hints=(
            Text(
                "Do you have both classes, each with forward and backward?",
                "2 つのクラスに forward と backward が揃っていますか。",
            ),
            Text(
                "Paste the classes above the last line of the cell, with the"
                " functions and imports that they use. A layer that you lack"
                " can be imported from course_lib.layers.",
                "セルの最後の行より上に、使っている関数や import と一緒に"
                "クラスを貼り付けます。手元にない層は course_lib.layers から "
                "import できます。",
            ),
            Text(
                "my_convolution, my_pooling = Convolution, MaxPooling",
                "my_convolution, my_pooling = Convolution, MaxPooling",
            ),
        ),
    ),
    Exercise(
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
    ),
    Exercise(
        name="affine",
        title=Text("The Affine layer", "アフィン層"),
        reference=Affine,
        cases=_affine_cases,
        run=_run_affine,
        parts=("out", "dx", "dW", "db"),
        slips=(
            Slip(
                "bias-forgotten",
                Text(
                    "Each output is off by its bias. Was b added?",
                    "どの出力もバイアスの分だけずれています。b を足しました"
                    "か。",
                ),
                answer=_NoBias,
            ),
            Slip(
                "dx-left-flat",
                Text(
                    "dx has the right numbers, but it is still flat. The"
                    " pooling layer before expects the shape that it sent.",
                    "dx の数は合っていますが、平らなままです。前のプーリング層"
                    "は、自分が送り出した形状で受け取ります。",
                ),
                answer=_LeftFlat,
            ),
            Slip(
                "db-summed-over-everything",
                Text(
                    "db is one number. Each output has a bias of its own: sum"
                    " over the images only.",
                    "db が 1 つの数になっています。バイアスは出力ごとにありま"
                    "す。画像の軸だけで合計してください。",
                ),
                answer=_DbOneNumber,
            ),
            Slip(
                "dw-transposed",
                Text(
                    "dW lies on its side: it needs the shape of W, (D, M)."
                    " Which of the two factors is transposed?",
                    "dW の縦と横が逆です。W と同じ (D, M) になるはずです。転置"
                    "するのはどちらの行列ですか。",
                ),
                answer=_DwTurned,
            ),
            Slip(
                "divided-by-batch-size",
                Text(
                    "dW and db are too small by the batch size N. The mean is"
                    " already in dout, from the loss.",
                    "dW と db がバッチサイズ N の分だけ小さくなっています。平"
                    "均は損失の側で取られ、dout に入っています。",
                ),
                answer=_DividedByN,
            ),
            Slip(
                "weights-copied",
                Text(
                    "W changed after the layer was made, and the layer did not"
                    " notice: it holds a copy. Keep W itself.",
                    "層を作った後に W の中身を変えましたが、結果が変わりませ"
                    "ん。コピーではなく W そのものを持たせてください。",
                ),
                answer=_CopyingAffine,
            ),
        ),
        hints=(
            Text(
                "Which shapes do x, W and dout have? Which products of two of"
                " them have the shape of dW, and of dx?",
                "x、W、dout の形状は何ですか。どの 2 つを掛けると dW や dx の"
                "形状になりますか。",
            ),
            Text(
                "Flatten each image to one row in forward, and remember both"
                " the rows and the old shape for backward.",
                "forward で画像 1 枚を 1 行に並べ、その行列と元の形状を "
                "backward のために覚えておきます。",
            ),
            Text(
                "self.x_shape, self.x = x.shape, x.reshape(len(x), -1)",
                "self.x_shape, self.x = x.shape, x.reshape(len(x), -1)",
            ),
        ),
    ),
    Exercise(
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
                    "損失が N 倍になっています。バッチの平均ではなく、合計で"
                    "す。",
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
    ),
    Exercise(
        name="assemble",
        title=Text("Assemble the network", "ネットワークの組み立て"),
        reference=assemble,
        cases=_assemble_cases,
        run=_run_assemble,
        parts=("scores", "layers", "names"),
        slips=(
            Slip(
                "one-relu-twice",
                Text(
                    "The scores are right, but one layer object stands in two"
                    " places. It can remember only one mask for backward: make"
                    " two.",
                    "スコアは合っていますが、同じ層のオブジェクトが 2 か所に入"
                    "っています。逆伝播用に覚えられるマスクは 1 つだけなので、"
                    "別々に作ってください。",
                ),
                answer=_one_relu,
            ),
            Slip(
                "relu-after-conv-missing",
                Text(
                    "The ReLU after the convolution is missing.",
                    "畳み込み層の後の ReLU がありません。",
                ),
                answer=_without("ReLU1"),
            ),
            Slip(
                "relu-between-affines-missing",
                Text(
                    "The ReLU between the Affine layers is missing. Without it"
                    " the two are no more than one.",
                    "アフィン層の間の ReLU がありません。これがないと、2 つの"
                    "層は 1 つ分の働きしかしません。",
                ),
                answer=_without("ReLU2"),
            ),
            Slip(
                "relu-at-the-end",
                Text(
                    "No score is negative: a ReLU stands after the last Affine"
                    " layer. Softmax wants the scores as they are.",
                    "負のスコアがありません。最後のアフィン層の後に ReLU が入"
                    "っています。softmax にはスコアをそのまま渡します。",
                ),
                answer=_relu_at_the_end,
            ),
            Slip(
                "names-differ",
                Text(
                    "The layers are right, but not all of their names. Later"
                    " cells look the layers up by name.",
                    "層は合っていますが、名前の違うものがあります。後のセルで"
                    "は、名前で層を取り出します。",
                ),
                answer=_other_names,
                seen=lambda result, p, x: same(
                    result[:2], _run_assemble(assemble, p, x)[:2]
                ),
            ),
        ),
        hints=(
            Text(
                "Which layers need parameters, and which of W1 ... b3?",
                "パラメータが要るのはどの層ですか。W1 から b3 のうち、どれを"
                "使いますか。",
            ),
            Text(
                "A dict keeps the order in which you write its entries: name"
                " the six layers from the image to the scores.",
                "辞書は書いた順序を保ちます。画像からスコアに向かって、6 つの"
                "層に名前を付けて並べます。",
            ),
            Text(
                'layers = {"Conv1": ConvLayer(p["W1"], p["b1"]), ...',
                'layers = {"Conv1": ConvLayer(p["W1"], p["b1"]), ...',
            ),
        ),
    ),
    Exercise(
        name="gradient",
        title=Text("The way back", "帰り道"),
        reference=gradient,
        cases=_gradient_cases,
        run=_run_gradient,
        parts=PARAMETERS,
        slips=(
            Slip(
                "not-reversed",
                Text(
                    "The layers were passed from first to last. On the way"
                    " back the last one comes first.",
                    "層を最初から順にたどっています。帰り道では、最後の層が先"
                    "です。",
                ),
                answer=_not_reversed,
            ),
            Slip(
                "dout-not-passed-on",
                Text(
                    "Every layer got the same dout. What one layer returns is"
                    " the dout of the next.",
                    "どの層にも同じ dout を渡しています。層が返したものが、次"
                    "の層の dout になります。",
                ),
                answer=_not_passed_on,
            ),
            Slip(
                "last-layer-skipped",
                Text(
                    "The way back began with ones at the scores. It begins at"
                    " the loss, with last_layer.",
                    "スコアのところから、1 を並べて始めています。出発点は損"
                    "失、つまり last_layer です。",
                ),
                answer=_last_layer_skipped,
            ),
            Slip(
                "forward-forgotten",
                Text(
                    "These are the gradients of the batch before. Backward"
                    " uses what forward has kept: run the loss of this batch"
                    " first.",
                    "1 つ前のバッチの勾配になっています。逆伝播は順伝播が残し"
                    "たものを使います。まずこのバッチの損失を計算してくださ"
                    "い。",
                ),
                answer=_no_forward,
            ),
            Slip(
                "numbered-backwards",
                Text(
                    "The gradients are right, but W1 is that of the last"
                    " layer. Number them from the image to the scores.",
                    "勾配の値は合っていますが、W1 が最後の層のものになっていま"
                    "す。画像の側から番号を付けてください。",
                ),
                answer=_numbered_backwards,
            ),
        ),
        hints=(
            Text(
                "In which order did the image pass the layers? And the"
                " gradient?",
                "画像はどの順に層を通りましたか。勾配はどうでしょうか。",
            ),
            Text(
                "First the loss, then last_layer.backward(), then each layer"
                " from the last to the first. After that dW and db lie ready"
                " in the layers named in network.weighted.",
                "まず損失、次に last_layer.backward()、そして最後の層から"
                "最初の層へ。終わると、network.weighted にある層の中に"
                " dW と db ができています。",
            ),
            Text("network.loss(x, t)", "network.loss(x, t)"),
        ),
    ),
    Exercise(
        name="accuracy",
        title=Text("Accuracy over all images", "すべての画像での正解率"),
        reference=accuracy,
        cases=_accuracy_cases,
        run=_run_accuracy,
        parts=("accuracy", "batches <= batch_size"),
        slips=(
            Slip(
                "last-batch-as-wrong",
                Text(
                    "Where N is no multiple of batch_size, the images of the"
                    " last batch are not looked at, but still counted in N:"
                    " they count as wrong.",
                    "N が batch_size で割り切れないとき、最後のバッチの画像を"
                    "見ていません。それでも N には入っているので、すべて不正解"
                    "の扱いになっています。",
                ),
                answer=_last_as_wrong,
            ),
            Slip(
                "last-batch-left-out",
                Text(
                    "Where N is no multiple of batch_size, the images of the"
                    " last batch are left out. All images count.",
                    "N が batch_size で割り切れないとき、最後のバッチの画像が"
                    "抜けています。すべての画像を数えてください。",
                ),
                answer=_last_left_out,
            ),
            Slip(
                "mean-of-batches",
                Text(
                    "This is the mean of the batches' accuracies. In a small"
                    " last batch each image then counts more than the others.",
                    "バッチごとの正解率を平均しています。それでは、小さな最後"
                    "のバッチの画像だけが重く数えられます。",
                ),
                answer=_mean_of_batches,
            ),
            Slip(
                "count-not-part",
                Text(
                    "This is the number of images, not the part of them.",
                    "正解した枚数になっています。割合にしてください。",
                ),
                answer=_count,
            ),
            Slip(
                "all-at-once",
                Text(
                    "The accuracy is right, but all images went through the"
                    " network in one piece. For 10,000 images im2col then"
                    " needs more than half a gigabyte.",
                    "正解率は合っていますが、全部の画像を一度に通しています。"
                    "10,000 枚では im2col だけで 0.5 GB を超えます。",
                ),
                answer=_all_at_once,
            ),
        ),
        hints=(
            Text(
                "23 images in batches of 10: how many batches, and how large"
                " is the last one?",
                "23 枚を 10 枚ずつ。バッチはいくつで、最後は何枚ですか。",
            ),
            Text(
                "range(0, len(x), batch_size) gives all starts. A slice that"
                " reaches past the end is simply shorter. Count the right"
                " ones and divide once, at the end.",
                "range(0, len(x), batch_size) で全部の開始位置が得られます。"
                "終わりを越えるスライスは短くなるだけです。正解の枚数を数え、"
                "割るのは最後に 1 回だけです。",
            ),
            Text(
                "for start in range(0, len(x), batch_size):",
                "for start in range(0, len(x), batch_size):",
            ),
        ),
    ),
)
