"""Exercise 5_4/multiply: rows times filters."""

from __future__ import annotations

import numpy as np

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


EXERCISE = Exercise(
    name="multiply",
    title=Text("Rows times filters", "行列とフィルターの積"),
    reference=lambda col, W: col @ W.reshape(len(W), -1).T,
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
        ),
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
