"""Exercise 5_5/parameter_gradients: gradients of W and b."""

from __future__ import annotations

from itertools import permutations

from course_lib.exercises.compare import same
from course_lib.exercises.lesson_5_5.shared import (
    DB_IS_MEAN,
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


def _gradient_axes_seen(got, *case):
    return any(
        same(got, _gradient_axes(axes)(*case))
        for axes in permutations(range(4))
    )


def _not_transposed(dout, col, W_shape):
    _, db = parameter_gradients(dout, col, W_shape)
    return (col.T @ rows_of(dout)).reshape(W_shape), db


def _divided(dout, col, W_shape):
    dW, db = parameter_gradients(dout, col, W_shape)
    return dW / len(dout), db / len(dout)


def _db_over_batch_only(dout, col, W_shape):
    dW, _ = parameter_gradients(dout, col, W_shape)
    return dW, dout.sum(axis=0)


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
        Slip(*DB_IS_MEAN, answer=_db_mean),
        Slip(
            *DOUT_AXES,
            answer=_gradient_axes((0, 3, 2, 1)),
            seen=_gradient_axes_seen,
        ),
        Slip("divided-by-batch-size", DIVIDED_BY_N, answer=_divided),
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
