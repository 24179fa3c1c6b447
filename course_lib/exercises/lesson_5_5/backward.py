"""Exercise 5_5/backward: the class: backward."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from course_lib.exercises import rounds
from course_lib.exercises.lesson_5_5.shared import (
    DB_IS_MEAN,
    DB_ONE_NUMBER,
    DB_OVER_FILTERS,
    DIVIDED_BY_N,
    DOUT_AXES,
    DOUT_RESHAPED,
    DW_NOT_TRANSPOSED,
    Accumulating,
    AccumulatingW,
    FirstColumns,
    Stepping,
    Wrong,
    layer_cases_with_dout,
    run_backward,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import col2im
from course_lib.layers import Convolution
from course_lib.text import Text


def _rows(make):
    """Return a layer that brings dout into rows by `make(dout, FN)`."""

    class Layer(Wrong):
        def rows(self, dout):
            return make(dout, len(self.W))

    return Layer


def _after(change):
    """Return a layer whose backward ends in `change(layer, dx, dout)`."""

    class Layer(Wrong):
        def backward(self, dout):
            dx = super().backward(dout)
            changed = change(self, dx, dout)
            return dx if changed is None else changed

    return Layer


def _gradients(**change):
    """Return a layer whose dW or db goes through a function."""

    def after(layer, dx, dout):
        for name, new in change.items():
            setattr(layer, name, new(getattr(layer, name), layer, dout))

    return _after(after)


def _dout_axes(axes):
    return _rows(lambda dout, FN: dout.transpose(axes).reshape(-1, FN))


def _by_n(value, layer, dout):
    return value / len(dout)


class _NotTransposed(Wrong):
    def filters(self, matrix):
        return matrix.reshape(self.W.shape)


class _Overwritten(Wrong):
    def image(self, dcol):
        FH, FW = self.W.shape[2:]
        return col2im(dcol, self.x_shape, FH, FW, self.stride, self.pad)


class _OverwrittenInTurn(Wrong):
    """Write window after window, each over the one before."""

    def image(self, dcol):
        N, C, H, W = self.x_shape
        FH, FW = self.W.shape[2:]
        s, p = self.stride, self.pad
        wide = np.zeros((N, C, H + 2 * p, W + 2 * p))
        OH, OW = (H + 2 * p - FH) // s + 1, (W + 2 * p - FW) // s + 1
        windows = dcol.reshape(N, OH, OW, C, FH, FW)
        for i, j in np.ndindex(OH, OW):
            top, left = i * s, j * s
            wide[:, :, top : top + FH, left : left + FW] = windows[:, i, j]
        return wide[:, :, p : p + H, p : p + W]


class _WrongFilterOrder(Wrong):
    def column_weights(self):
        return self.W.reshape(-1, len(self.W)).T


class _FilterTurned(Wrong):
    def column_weights(self):
        return self.W[:, :, ::-1, ::-1].reshape(len(self.W), -1)


class _NotCut(Wrong):
    def image(self, dcol):
        N, C, H, W = self.x_shape
        p = 2 * self.pad
        shape = N, C, H + p, W + p
        FH, FW = self.W.shape[2:]
        return col2im(dcol, shape, FH, FW, self.stride, 0, is_backward=True)


class _CutWhenZero(_NotCut):
    def image(self, dcol):
        p = self.pad
        return super().image(dcol)[:, :, p:-p, p:-p]


class _ColumnsReturned(Wrong):
    def image(self, dcol):
        return dcol


def _rows_of_ones(layer, dx, dout):
    ones = np.ones_like(layer.rows(dout))
    return layer.image(ones @ layer.column_weights())


def _not_stored(layer, dx, dout):
    layer.dW = layer.db = None


def _swap(layer, dx, dout):
    layer.dW, layer.db = layer.db, layer.dW


def _right_first(x, W, b, stride, pad, dout):
    layer = Convolution(W, b, stride, pad)
    return layer.forward(x), layer.backward(dout), layer.dW, layer.db


SLIPS = (
    Slip(
        "gradients-not-stored",
        Text(
            "self.dW or self.db is still None after backward. An"
            " optimizer will look for both there.",
            "backward のあとも self.dW か self.db が None のままです。"
            "オプティマイザーはこの 2 つを使って更新します。",
        ),
        seen=lambda got, *case: got[2] is None or got[3] is None,
        answer=_after(_not_stored),
    ),
    Slip(
        "gradients-returned",
        Text(
            "Several values came back. backward returns dx only; dW and db"
            " stay in self.",
            "値がいくつも返っています。backward が返すのは dx だけで、dW と db"
            " は self に残します。",
        ),
        seen=lambda got, *case: isinstance(got[1], (tuple, list)),
        answer=_after(lambda layer, dx, dout: (dx, layer.dW, layer.db)),
    ),
    Slip(
        "dw-and-db-swapped",
        Text(
            "self.dW and self.db have changed places.",
            "self.dW と self.db が入れ替わっています。",
        ),
        answer=_after(_swap),
    ),
    Slip(
        "gradients-accumulate",
        rounds.ACCUMULATE,
        answer=Accumulating,
        also=(AccumulatingW,),
    ),
    Slip(
        "overlaps-overwritten",
        Text(
            "dW and db are right. In dx a pixel keeps the gradient of"
            " one window only: where windows overlap, they must be summed.",
            "dW と db は合っています。dx では、画素に窓 1 つ分の勾配しか残って"
            "いません。窓が重なるところでは合計する必要があります。",
        ),
        answer=_Overwritten,
        also=(_OverwrittenInTurn,),
    ),
    Slip(
        "dout-reshaped-not-transposed",
        DOUT_RESHAPED,
        answer=_rows(lambda dout, FN: dout.reshape(-1, FN)),
        also=(_rows(lambda dout, FN: dout.reshape(FN, -1).T),),
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
    Slip(
        "kernel-flipped",
        Text(
            "dW and db are right. For dx the filters were turned by 180"
            " degrees: in D times filters they stay as they are, col2im does"
            " the rest.",
            "dW と db は合っています。dx の計算でフィルターを 180 度回してい"
            "ます。D との積ではそのまま使います。残りは col2im がします。",
        ),
        answer=_FilterTurned,
    ),
    Slip(
        "dout-not-used",
        Text(
            "dx is what comes out if every number of dout is 1. It needs dout"
            " itself.",
            "dx が、dout の数がすべて 1 のときの値になっています。dout そのも"
            "のを使います。",
        ),
        answer=_after(_rows_of_ones),
    ),
    Slip(
        "dcol-returned",
        Text(
            "This is dcol, one row for each window. col2im puts it back into"
            " the shape of x.",
            "返しているのは dcol（1 行が 1 つの窓）です。col2im で x の形状に"
            "戻します。",
        ),
        answer=_ColumnsReturned,
    ),
    Slip(
        "padding-not-cut-off",
        Text(
            "dx still has the rim of the padding. x was H by W: cut off pad"
            " pixels on each side.",
            "dx にパディングの縁が残っています。x の大きさは H、W です。各辺か"
            "ら pad 画素を取り除きます。",
        ),
        answer=_NotCut,
    ),
    Slip(
        "padding-cut-when-zero",
        Text(
            "With pad 0 nothing is left of dx: `p:-p` is `0:-0`, an empty"
            " slice. Count the end from the front: `p : H + p`.",
            "pad が 0 のとき dx が空になります。`p:-p` は `0:-0` となり、空の"
            "スライスです。終わりは `p : H + p` のように前から数えます。",
        ),
        answer=_CutWhenZero,
    ),
    Slip(
        "db-summed-over-everything",
        DB_ONE_NUMBER,
        answer=_gradients(db=lambda db, *_: db.sum()),
    ),
    Slip(
        "db-summed-over-filters",
        DB_OVER_FILTERS,
        answer=_gradients(
            db=lambda db, layer, dout: layer.rows(dout).sum(axis=1)
        ),
    ),
    Slip(
        "db-summed-over-batch-only",
        Text(
            "db has one number for each position. One bias serves all"
            " positions of its map, so those are summed too.",
            "db が位置ごとの数になっています。1 つのバイアスはマップ全"
            "体で共有されるので、位置についても合計します。",
        ),
        answer=_gradients(db=lambda db, layer, dout: dout.sum(axis=0)),
    ),
    Slip(
        "first-image-only",
        Text(
            "db holds the first image only. All images of the batch are"
            " summed.",
            "db に 1 枚目の画像の分しか入っていません。バッチのすべての画像に"
            "ついて合計します。",
        ),
        answer=_gradients(db=lambda db, layer, dout: dout[0].sum(axis=(1, 2))),
    ),
    Slip(
        *DB_IS_MEAN,
        answer=_gradients(
            db=lambda db, layer, dout: layer.rows(dout).mean(axis=0)
        ),
    ),
    Slip(
        *DOUT_AXES,
        answer=_dout_axes((0, 3, 2, 1)),
        also=tuple(
            _dout_axes(axes)
            for axes in permutations(range(4))
            if axes != (0, 2, 3, 1)
        ),
    ),
    Slip(
        "divided-by-batch-size",
        DIVIDED_BY_N,
        answer=_gradients(dW=_by_n, db=_by_n),
        also=(_gradients(dW=_by_n), _gradients(db=_by_n)),
    ),
)

EXERCISE = Exercise(
    name="backward",
    title=Text("The class: backward", "クラスの逆伝播"),
    reference=Convolution,
    cases=layer_cases_with_dout,
    run=run_backward,
    parts=(*rounds.parts("out", "dx", "dW", "db"), "parameters as before"),
    slips=(
        Slip(
            rounds.PARAMETERS_CHANGED.name,
            rounds.PARAMETERS_CHANGED.text,
            answer=Stepping,
            seen=lambda result, *case: result[-1] is False,
        ),
        *SLIPS,
        rounds.later_call_differs(_right_first, FirstColumns),
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
