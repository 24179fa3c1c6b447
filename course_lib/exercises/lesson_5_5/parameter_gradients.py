"""Exercise 5_5/parameter_gradients: gradients of W and b."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from course_lib.exercises.lesson_5_5.shared import (
    DB_IS_MEAN,
    DB_ONE_NUMBER,
    DB_OVER_FILTERS,
    DIVIDED_BY_N,
    DOUT_AXES,
    DOUT_RESHAPED,
    DW_NOT_TRANSPOSED,
    layer_cases_with_dout,
    rows_of,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import im2col
from course_lib.text import Text


def _gradient_cases():
    return [
        (dout, im2col(x, *W.shape[2:], stride, pad), W.shape)
        for x, W, b, stride, pad, dout in layer_cases_with_dout()
    ]


def parameter_gradients(dout, col, W_shape):
    """Return dW (FN, C, FH, FW) and db (FN,)."""
    rows = rows_of(dout)
    return (col.T @ rows).T.reshape(W_shape), rows.sum(axis=0)


def _dout_reshaped(dout, col, W_shape):
    rows = dout.reshape(-1, W_shape[0])
    return (col.T @ rows).T.reshape(W_shape), rows.sum(axis=0)


def _gradient_axes(axes):
    def answer(dout, col, W_shape):
        rows = dout.transpose(axes).reshape(-1, W_shape[0])
        return (col.T @ rows).T.reshape(W_shape), rows.sum(axis=0)

    return answer


def _not_transposed(dout, col, W_shape):
    _, db = parameter_gradients(dout, col, W_shape)
    return (col.T @ rows_of(dout)).reshape(W_shape), db


def _divided(dout, col, W_shape):
    dW, db = parameter_gradients(dout, col, W_shape)
    return dW / len(dout), db / len(dout)


def _db_over_batch_only(dout, col, W_shape):
    dW, _ = parameter_gradients(dout, col, W_shape)
    return dW, dout.sum(axis=0)


def _with_db(make):
    """Return an answer whose db is `make(dout, rows)`."""

    def answer(dout, col, W_shape):
        dW, _ = parameter_gradients(dout, col, W_shape)
        return dW, make(dout, rows_of(dout))

    return answer


def _with_dW(make):
    """Return an answer whose dW is `make(matrix, W_shape)`."""

    def answer(dout, col, W_shape):
        _, db = parameter_gradients(dout, col, W_shape)
        return make(col.T @ rows_of(dout), W_shape), db

    return answer


def _ones_for_dout(dout, col, W_shape):
    return parameter_gradients(np.ones_like(dout), col, W_shape)


def _mixed(*makers):
    """Return an answer that takes dW from one and db from another."""

    def answer(*case):
        return makers[0](*case)[0], makers[1](*case)[1]

    return answer


def _divided_by(amount):
    def answer(dout, col, W_shape):
        dW, db = parameter_gradients(dout, col, W_shape)
        return dW / amount(dout), db / amount(dout)

    return answer


def _size_order(matrix, W_shape):
    FN, C, FH, FW = W_shape
    return matrix.T.reshape(FN, C, FW, FH)


def _channels_last(matrix, W_shape):
    FN, C, FH, FW = W_shape
    return matrix.T.reshape(FN, FH, FW, C).transpose(0, 3, 1, 2)


def _db_mean(dout, col, W_shape):
    dW, _ = parameter_gradients(dout, col, W_shape)
    return dW, rows_of(dout).mean(axis=0)


EXERCISE = Exercise(
    name="parameter_gradients",
    title=Text("Gradients of W and b", "W と b の勾配"),
    reference=parameter_gradients,
    cases=_gradient_cases,
    parts=("dW", "db"),
    slips=(
        Slip(
            "dout-reshaped-not-transposed",
            DOUT_RESHAPED,
            answer=_dout_reshaped,
            also=(
                lambda dout, col, W_shape: (
                    (col.T @ dout.reshape(W_shape[0], -1).T).T.reshape(
                        W_shape
                    ),
                    dout.reshape(W_shape[0], -1).sum(axis=1),
                ),
                _mixed(_dout_reshaped, parameter_gradients),
                _mixed(parameter_gradients, _dout_reshaped),
            ),
        ),
        Slip(
            "dw-not-transposed",
            DW_NOT_TRANSPOSED,
            answer=_not_transposed,
        ),
        Slip(
            "db-summed-over-batch-only",
            Text(
                "db has one number for each position. One bias serves all"
                " positions of its map, so those are summed too.",
                "db が位置ごとの数になっています。1 つのバイアスはマップ全"
                "体で共有されるので、位置についても合計します。",
            ),
            answer=_db_over_batch_only,
        ),
        Slip(
            "db-summed-over-everything",
            DB_ONE_NUMBER,
            answer=_with_db(lambda dout, rows: rows.sum()),
        ),
        Slip(
            "db-summed-over-filters",
            DB_OVER_FILTERS,
            answer=_with_db(lambda dout, rows: rows.sum(axis=1)),
        ),
        Slip(
            "db-keeps-an-axis",
            Text(
                "db is right but has an axis too many. b has the shape (FN,),"
                " and so has db.",
                "db の値は合っていますが、軸が 1 つ多くなっています。b の形状"
                "は (FN,) で、db も同じ形状です。",
            ),
            answer=_with_db(
                lambda dout, rows: rows.sum(axis=0, keepdims=True)
            ),
            also=(
                _with_db(lambda dout, rows: rows.sum(axis=0).reshape(-1, 1)),
                _with_db(
                    lambda dout, rows: dout.sum(axis=(0, 2, 3), keepdims=True)
                ),
            ),
        ),
        Slip(
            "dw-left-as-matrix",
            Text(
                "dW is still a matrix. It has the shape of W: one filter each"
                " row, then reshape(W_shape).",
                "dW が行列のままです。W と同じ形状にします。フィルターを 1 行"
                "に 1 つずつにしてから、reshape(W_shape) とします。",
            ),
            answer=_with_dW(lambda matrix, W_shape: matrix),
            also=(_with_dW(lambda matrix, W_shape: matrix.T),),
        ),
        Slip(
            "dw-and-db-swapped",
            Text(
                "dW and db have changed places. dW comes first.",
                "dW と db が入れ替わっています。dW を先に返します。",
            ),
            answer=lambda *case: parameter_gradients(*case)[::-1],
        ),
        Slip(
            "one-of-two-returned",
            Text(
                "Only one of the two gradients came back. Return dW and db.",
                "勾配が 1 つしか返っていません。dW と db の 2 つを返します。",
            ),
            answer=lambda *case: parameter_gradients(*case)[0],
            also=(lambda *case: parameter_gradients(*case)[1],),
        ),
        Slip(
            "dout-not-used",
            Text(
                "This is what comes out if every number of dout is 1. Is dout"
                " itself in both sums?",
                "dout の数がすべて 1 のときの値です。どちらの合計にも dout の"
                "値を使っていますか。",
            ),
            answer=_ones_for_dout,
            also=(
                _mixed(_ones_for_dout, parameter_gradients),
                _mixed(parameter_gradients, _ones_for_dout),
            ),
        ),
        Slip(
            "height-and-width-swapped",
            Text(
                "In dW the sizes FH and FW are mixed up. W_shape is (FN, C,"
                " FH, FW).",
                "dW で FH と FW を取り違えています。W_shape は (FN, C, FH, FW)"
                " です。",
            ),
            answer=_with_dW(_size_order),
            also=(
                _with_dW(lambda m, s: _size_order(m, s).swapaxes(2, 3)),
                _with_dW(lambda m, s: m.T.reshape(s).swapaxes(2, 3)),
            ),
        ),
        Slip(
            "channels-last",
            Text(
                "In dW the channel was taken for the last axis of a filter. A"
                " row of col has the order C, FH, FW.",
                "dW で、チャンネルをフィルターの最後の軸として扱っています。"
                "col の行は C, FH, FW の順です。",
            ),
            answer=_with_dW(_channels_last),
        ),
        Slip(*DB_IS_MEAN, answer=_db_mean),
        Slip(
            "divided-by-rows",
            Text(
                "dW and db are divided by the number of windows. The layer"
                " only sums; the mean over the batch is already in dout.",
                "dW と db を窓の総数で割っています。層は合計するだけです。平均"
                "は損失の側で取られ、dout に入っています。",
            ),
            answer=_divided_by(lambda dout: len(rows_of(dout))),
        ),
        Slip(
            *DOUT_AXES,
            answer=_gradient_axes((0, 3, 2, 1)),
            also=tuple(
                _gradient_axes(axes)
                for axes in permutations(range(4))
                if axes != (0, 2, 3, 1)
            ),
        ),
        Slip(
            "divided-by-batch-size",
            DIVIDED_BY_N,
            answer=_divided,
            also=(
                _mixed(_divided, parameter_gradients),
                _mixed(parameter_gradients, _divided),
            ),
        ),
    ),
    hints=(
        Text(
            "Which shape must D have so that col.T @ D fits?",
            "col.T @ D が計算できるには、D はどんな形でしょうか。",
        ),
        Text(
            "D has one row for each row of col and one column for"
            " each filter. The product has one column for each filter"
            " too: turn it before you reshape.",
            "D の行は col の行と対応し、列はフィルターです。積の列も"
            "フィルターなので、転置してから W の形に直します。",
        ),
        Text(
            "D = dout.transpose(0, 2, 3, 1).reshape(-1, W_shape[0])",
            "D = dout.transpose(0, 2, 3, 1).reshape(-1, W_shape[0])",
        ),
    ),
)
