"""Exercise 5_4/multiply: rows times filters."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import ABSOLUTE, rounded
from course_lib.exercises.lesson_5_4.shared import images
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _product_cases():
    shapes = [
        (6, (3, 2, 2, 3)),
        (4, (2, 3, 3, 2)),
        (5, (4, 1, 2, 4)),
        (3, (5, 2, 3, 3)),
        (8, (2, 4, 1, 2)),
    ]
    return [
        (images(rows, np.prod(W[1:])), images(*W) / 7) for rows, W in shapes
    ]


def _multiply(col, W):
    return col @ W.reshape(len(W), -1).T


EXERCISE = Exercise(
    name="multiply",
    title=Text("Rows times filters", "行列とフィルターの積"),
    reference=_multiply,
    cases=_product_cases,
    slips=(
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but every column is made of pieces of"
                " several filters: W was reshaped straight to (C*FH*FW, FN)."
                " First make each filter one row.",
                "形状は合っていますが、1 列に複数のフィルターが混ざっていま"
                "す。W をいきなり (C*FH*FW, FN) に reshape したためです。ま"
                "ず、フィルターを 1 つずつ 1 行にします。",
            ),
            answer=lambda col, W: col @ W.reshape(-1, len(W)),
            also=(
                lambda col, W: _multiply(col, W).T.reshape(len(col), len(W)),
            ),
        ),
        Slip(
            "axes-reversed",
            Text(
                "`W.T` of an array with four axes turns all of them round."
                " Make W a table first (one filter a row), then turn it over.",
                "軸が 4 つある `W` の `W.T` は、軸の順番をすべて逆にします。先"
                "に W を表（1 つのフィルターを 1 行）にしてから転置します。",
            ),
            answer=lambda col, W: col @ W.T.reshape(-1, len(W)),
        ),
        Slip(
            "window-in-column-order",
            Text(
                "In your filters the rows run fastest; in the rows of `col`"
                " the columns do. Both must agree.",
                "フィルターでは縦方向が先に進み、`col` の行では横方向が先に進"
                "んでいます。順番をそろえます。",
            ),
            answer=lambda col, W: _multiply(col, W.transpose(0, 1, 3, 2)),
        ),
        Slip(
            "filters-reversed",
            Text(
                "The filters run the other way: column k of the result"
                " belongs to filter k.",
                "フィルターの順番が逆です。結果の k 列目は、フィルター k のも"
                "のです。",
            ),
            answer=lambda col, W: _multiply(col, W[::-1]),
        ),
        Slip(
            "first-filter-only",
            Text(
                "Only the first filter was used. Each filter makes a column.",
                "最初のフィルターしか使っていません。1 つのフィルターが 1 列に"
                "なります。",
            ),
            answer=lambda col, W: _multiply(col, W[:1]),
            also=(lambda col, W: _multiply(col, W[:1])[:, 0],),
        ),
        Slip(
            "one-filter-for-all",
            Text(
                "All columns are the same, those of the first filter. Is the"
                " index of the filter used?",
                "どの列も最初のフィルターの結果です。フィルターの添字を使って"
                "いますか。",
            ),
            answer=lambda col, W: _multiply(
                col, np.repeat(W[:1], len(W), axis=0)
            ),
        ),
        Slip(
            "filters-summed",
            Text(
                "The results of the filters were added. Each filter keeps a"
                " column of its own.",
                "フィルターの結果を足しています。結果はフィルターごとに 1 列で"
                "す。",
            ),
            answer=lambda col, W: _multiply(col, W).sum(axis=1),
            also=(
                lambda col, W: _multiply(col, W).sum(axis=1, keepdims=True),
            ),
        ),
        Slip(
            "mean-for-sum",
            Text(
                "The products were averaged. They are summed, and nothing is"
                " divided.",
                "積の平均になっています。割らずに和をとります。",
            ),
            answer=lambda col, W: _multiply(col, W) / col.shape[1],
        ),
        Slip(
            "everything-summed",
            Text(
                "A single number came back, the sum of all products. The"
                " result has a row for each position, a column for each"
                " filter.",
                "すべての積の和が 1 つだけ返っています。結果は、位置ごとに 1"
                " 行、フィルターごとに 1 列です。",
            ),
            answer=lambda col, W: float(_multiply(col, W).sum()),
        ),
        rounded(_multiply),
        Slip(
            "filters-rounded",
            Text(
                "The filters lost what stands behind the point before the"
                " product was made. Is there an `int`?",
                "積の前に、フィルターの小数点以下が消えています。`int` を使っ"
                "ていませんか。",
            ),
            answer=lambda col, W: _multiply(col, np.trunc(W)),
            also=(
                lambda col, W: _multiply(col, np.rint(W)),
                lambda col, W: _multiply(np.trunc(col), W),
                lambda col, W: _multiply(np.trunc(col), np.trunc(W)),
            ),
        ),
        Slip(*ABSOLUTE, answer=lambda col, W: np.abs(_multiply(col, W))),
        Slip(
            "channels-last",
            Text(
                "In your filters the channels run fastest; in the rows of"
                " `col` they run slowest. Both must agree.",
                "フィルターではチャンネルがいちばん速く進み、`col` の行ではい"
                "ちばん遅く進んでいます。順番をそろえます。",
            ),
            answer=lambda col, W: (
                col @ W.transpose(0, 2, 3, 1).reshape(len(W), -1).T
            ),
        ),
        Slip(
            "kernel-flipped",
            Text(
                "The filters were turned by 180 degrees. In a CNN they are"
                " used as they stand.",
                "フィルターを 180 度回しています。CNN ではそのままの向きで使い"
                "ます。",
            ),
            answer=lambda col, W: (
                col @ W[:, :, ::-1, ::-1].reshape(len(W), -1).T
            ),
            also=(lambda col, W: _multiply(col[:, ::-1], W),),
        ),
        Slip(
            "result-turned-over",
            Text(
                "Right numbers, but as (FN, N*OH*OW). The positions belong in"
                " the rows.",
                "数は合っていますが、(FN, N*OH*OW) になっています。行は位置で"
                "す。",
            ),
            answer=lambda col, W: W.reshape(len(W), -1) @ col.T,
        ),
    ),
    hints=(
        Text(
            "Which shape must the second factor have?",
            "積の 2 つ目の行列は、どんな形状でなければなりませんか。",
        ),
        Text(
            "It is (C*FH*FW, FN). One filter lies in one piece in W: make"
            " it a row first, then turn the table over.",
            "(C*FH*FW, FN) です。W の中で 1 つのフィルターはひと続きなので、"
            "まず 1 行にして、それから転置します。",
        ),
        Text(
            "filters = W.reshape(len(W), -1)",
            "filters = W.reshape(len(W), -1)",
        ),
    ),
)
