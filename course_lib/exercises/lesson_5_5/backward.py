"""Exercise 5_5/backward: the class: backward."""

from __future__ import annotations

from itertools import permutations

from course_lib.exercises.compare import same
from course_lib.exercises.lesson_5_5.shared import (
    DB_IS_MEAN,
    DIVIDED_BY_N,
    DOUT_AXES,
    DOUT_RESHAPED,
    DW_NOT_TRANSPOSED,
    Wrong,
    layer_cases_with_dout,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import col2im
from course_lib.layers import Convolution
from course_lib.text import Text


def _backward(Layer, x, W, b, stride, pad, dout):
    layer = Layer(W, b, stride, pad)
    out = layer.forward(x)
    dx = layer.backward(dout)
    return out, dx, layer.dW, layer.db


class _DoutReshaped(Wrong):
    def rows(self, dout):
        return dout.reshape(-1, len(self.W))


def _dout_axes(axes):
    """Return a layer that puts the axes of dout into this order."""

    class Layer(Wrong):
        def rows(self, dout):
            return dout.transpose(axes).reshape(-1, len(self.W))

    return Layer


def _dout_axes_seen(got, *case):
    return any(
        same(got, _backward(_dout_axes(axes), *case))
        for axes in permutations(range(4))
    )


class _DbMean(Wrong):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = self.rows(dout).mean(axis=0)
        return dx


class _NotTransposed(Wrong):
    def filters(self, matrix):
        return matrix.reshape(self.W.shape)


class _Overwritten(Wrong):
    def image(self, dcol):
        FH, FW = self.W.shape[2:]
        return col2im(dcol, self.x_shape, FH, FW, self.stride, self.pad)


class _WrongFilterOrder(Wrong):
    def column_weights(self):
        return self.W.reshape(-1, len(self.W)).T


class _DividedByN(Wrong):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW, self.db = self.dW / len(dout), self.db / len(dout)
        return dx


class _NotStored(Wrong):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.db = None
        return dx


EXERCISE = Exercise(
    name="backward",
    title=Text("The class: backward", "クラスの逆伝播"),
    reference=Convolution,
    cases=layer_cases_with_dout,
    run=_backward,
    parts=("out", "dx", "dW", "db"),
    slips=(
        Slip(
            "gradients-not-stored",
            Text(
                "self.dW or self.db is still None after backward. An"
                " optimizer will look for both there.",
                "backward のあとも self.dW か self.db が None のままです。"
                "最適化手法はこの 2 つを参照します。",
            ),
            seen=lambda got, *case: got[2] is None or got[3] is None,
            answer=_NotStored,
        ),
        Slip(
            "overlaps-overwritten",
            Text(
                "dW and db are right. In dx a pixel keeps the gradient of"
                " one window only: where windows overlap, col2im must"
                " sum.",
                "dW と db は合っています。dx では、画素に窓 1 つ分の勾配し"
                "か残っていません。窓が重なるところでは、col2im は合計する"
                "必要があります。",
            ),
            answer=_Overwritten,
        ),
        Slip(
            "dout-reshaped-not-transposed",
            DOUT_RESHAPED,
            answer=_DoutReshaped,
        ),
        Slip("dw-not-transposed", DW_NOT_TRANSPOSED, answer=_NotTransposed),
        Slip(
            "filters-reshaped-not-transposed",
            Text(
                "dW and db are right. For dx the numbers of W were mixed"
                " between filters: give every filter one row.",
                "dW と db は合っています。dx の計算で W の数がフィルターの"
                "間で混ざっています。1 つのフィルターを 1 行に並べます。",
            ),
            answer=_WrongFilterOrder,
        ),
        Slip(*DB_IS_MEAN, answer=_DbMean),
        Slip(
            *DOUT_AXES,
            answer=_dout_axes((0, 3, 2, 1)),
            seen=_dout_axes_seen,
        ),
        Slip("divided-by-batch-size", DIVIDED_BY_N, answer=_DividedByN),
    ),
    hints=(
        Text(
            "What did forward keep in self, and what is each of it good for?",
            "順伝播で self に残したものは何で、それぞれ何に使いますか。",
        ),
        Text(
            "The exercise before gives dW and db. For dx: D times the"
            " filters as rows, and then windows back to images.",
            "dW と db は前の演習と同じです。dx は、D と「1 行に 1 つ"
            "のフィルターを並べた行列」の積を求め、窓を画像に戻します"
            "。",
        ),
        Text(
            "FN, C, FH, FW = self.W.shape",
            "FN, C, FH, FW = self.W.shape",
        ),
    ),
)
