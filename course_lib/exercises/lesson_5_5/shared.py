"""What several exercises of lesson 5_5 use."""

from __future__ import annotations

import numpy as np

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
