"""What several exercises of lesson 5_5 use."""

from __future__ import annotations

import numpy as np

from course_lib.exercises import rounds
from course_lib.functional import col2im, im2col
from course_lib.layers import Convolution
from course_lib.text import Text

DECK_X = np.array([[1.0, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]])


DECK_W = np.array([[2.0, 0, 1], [0, 1, 2], [1, 0, 2]])


# N, C, H, W, FN, FH, FW, stride, pad: no two of them alike where it matters
SIZES = (
    (1, 2, 4, 5, 3, 2, 3, 1, 0),
    (2, 3, 6, 5, 4, 3, 2, 1, 1),
    (3, 2, 7, 5, 3, 3, 3, 2, 0),
    (2, 1, 5, 8, 2, 2, 4, 2, 1),
    (2, 3, 8, 7, 2, 3, 2, 3, 2),
)


def deck_case():
    return DECK_X.reshape(1, 1, 4, 4), DECK_W.reshape(1, 1, 3, 3), np.ones(1)


def layer_cases():
    """Return (x, W, b, stride, pad) for each size, seeded."""
    rng = np.random.default_rng(55)
    cases = [(*deck_case(), 1, 0)]
    for N, C, H, W, FN, FH, FW, stride, pad in SIZES:
        x = rng.normal(size=(N, C, H, W))
        filters = rng.normal(size=(FN, C, FH, FW))
        cases.append((x, filters, rng.normal(size=FN), stride, pad))
    return cases


def layer_cases_with_dout():
    rng = np.random.default_rng(56)
    cases = []
    for case in layer_cases():
        x, W, b, stride, pad = case
        out = Convolution(W, b, stride, pad).forward(x)
        cases.append((*case, rng.normal(size=out.shape)))
    return cases


def rows_of(dout):
    """Return dout (N, FN, OH, OW) as rows (N*OH*OW, FN)."""
    return dout.transpose(0, 2, 3, 1).reshape(-1, dout.shape[1])


class Wrong:
    """A layer as a learner writes it; each slip changes one step."""

    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad
        self.right = Convolution(W, b, stride, pad)
        self.dW = self.db = None

    def forward(self, x):
        self.x_shape = x.shape
        self.col = im2col(x, *self.W.shape[2:], self.stride, self.pad)
        return self.right.forward(x)

    def rows(self, dout):
        return rows_of(dout)

    def column_weights(self):
        return self.W.reshape(len(self.W), -1)

    def filters(self, matrix):
        return matrix.T.reshape(self.W.shape)

    def image(self, dcol):
        return col2im(
            dcol,
            self.x_shape,
            *self.W.shape[2:],
            self.stride,
            self.pad,
            is_backward=True,
        )

    def backward(self, dout):
        rows = self.rows(dout)
        self.db = rows.sum(axis=0)
        self.dW = self.filters(self.col.T @ rows)
        return self.image(rows @ self.column_weights())


def run_forward(Layer, x, W, b, stride, pad):
    before = W.copy(), b.copy()
    layer = Layer(W, b, stride, pad)
    outs = rounds.rounds(
        [lambda v=v: (layer.forward(v),) for v in rounds.inputs(x)], 1
    )
    same = rounds.as_before(layer, W=(W, before[0]), b=(b, before[1]))
    return *outs, same


def run_backward(Layer, x, W, b, stride, pad, dout):
    before = W.copy(), b.copy()
    layer = Layer(W, b, stride, pad)

    def call(x, dout=None):
        out = layer.forward(x)
        right = Convolution(*before, stride, pad).forward(x)
        dx = layer.backward(
            rounds.gradient_like(right) if dout is None else dout
        )
        return out, dx, layer.dW, layer.db

    first, *others = rounds.inputs(x)
    calls = [lambda: call(first, dout), *(lambda v=v: call(v) for v in others)]
    found = rounds.rounds(calls, 4)
    same = rounds.as_before(layer, W=(W, before[0]), b=(b, before[1]))
    return *found, same


def changed_out(change):
    """Return a layer whose result goes through `change(out, layer)`."""

    class Layer(Wrong):
        def forward(self, x):
            return change(super().forward(x), self)

    return Layer


def with_parameters(change):
    """Return a layer that works with `change(W, b)` in their place."""

    class Layer(Wrong):
        def forward(self, x):
            W, b = change(self.W, self.b)
            super().forward(x)
            return Convolution(W, b, self.stride, self.pad).forward(x)

    return Layer


def padded_with(**how):
    """Return a layer that pads in another way, as np.pad takes it."""

    class Layer(Wrong):
        sides = None

        def forward(self, x):
            sides = ((0, 0), (0, 0), *[how.get("side", (1, 1))] * 2)
            width = [(self.pad * a, self.pad * b) for a, b in sides]
            more = {k: v for k, v in how.items() if k != "side"}
            inner = Convolution(self.W, self.b, self.stride)
            return inner.forward(np.pad(x, width, **more))

    return Layer


class Stepping(Wrong):
    """Change the weights a little in each backward."""

    def backward(self, dout):
        dx = super().backward(dout)
        self.W -= 0.1 * self.dW
        return dx


class Accumulating(Wrong):
    names = ("dW", "db")

    def backward(self, dout):
        before = self.dW, self.db
        dx = super().backward(dout)
        for name, old in zip(("dW", "db"), before):
            if old is not None and name in self.names:
                setattr(self, name, old + getattr(self, name))
        return dx


class AccumulatingW(Accumulating):
    names = ("dW",)


class FirstColumns(Wrong):
    """Keep the columns of the first input for ever."""

    col = None

    def forward(self, x):
        first = self.col
        out = super().forward(x)
        self.col = self.col if first is None else first
        return out


DOUT_RESHAPED = Text(
    "The numbers of dout were mixed between filters: its axis FN stands"
    " second, in the rows it stands last. A reshape alone cannot move it.",
    "dout の数がフィルターの間で混ざっています。FN の軸は dout では 2 番目、"
    "行の形では最後です。reshape だけでは軸を動かせません。",
)


DOUT_AXES = (
    "dout-axes-in-other-order",
    Text(
        "The rows of dout are not in the order of the rows of col: N, OH, OW,"
        " and FN in the columns. For each axis, write which axis of dout it"
        " is.",
        "dout の行の順番が col の行と合っていません。行は N, OH, OW の順、列は"
        " FN です。新しい軸の順に、dout のどの軸を持ってくるかを書いてみましょ"
        "う。",
    ),
)


DB_IS_MEAN = (
    "db-is-mean",
    Text(
        "db is a mean. b was added once at each position, so the gradients of"
        " all positions add up.",
        "db が平均になっています。b はすべての位置で足されたので、勾配は合計に"
        "なります。",
    ),
)


DB_ONE_NUMBER = Text(
    "db is one number. Each filter has a bias of its own: sum over images and"
    " places, not over the filters.",
    "db が 1 つの数になっています。バイアスはフィルターごとにあります。画像と"
    "位置について合計し、フィルターについては合計しません。",
)


DB_OVER_FILTERS = Text(
    "db has one number for each window: the filters were summed. Sum over the"
    " rows (axis 0), so that one number for each filter is left.",
    "db が窓ごとの数になっています。フィルターについて合計したためです。行の"
    "方向（axis=0）に合計し、フィルターごとに 1 つの数を残します。",
)


DW_NOT_TRANSPOSED = Text(
    "dW holds the right numbers in a wrong order. The product has one"
    " column for each filter, but W.reshape(FN, -1) has one row for each.",
    "dW の数は合っていますが、並びが違います。行列積の結果は 1 列が 1 つの"
    "フィルターですが、W.reshape(FN, -1) では 1 行が 1 つのフィルターです。",
)


DIVIDED_BY_N = Text(
    "dW and db are too small by the batch size N. The mean over the batch is"
    " already in dout, from the loss: the layer only sums.",
    "dW と db がバッチサイズ N の分だけ小さくなっています。平均を取るのは損失"
    "関数の側で、dout に入っています。層は合計するだけです。",
)
