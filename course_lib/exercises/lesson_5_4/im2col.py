"""Exercise 5_4/im2col: im2col with slices."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_4.shared import (
    CHANNELS_LAST,
    COLUMN_ORDER,
    WINDOWS_AS_COLUMNS,
    images,
    rows_of,
    split,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import im2col
from course_lib.text import Text


def _im2col_cases():
    return [
        (images(2, 3, 5, 7), 2, 3, 1, 0, 0),
        (images(3, 2, 6, 8), 3, 2, 2, 1, -5),
        (images(1, 2, 7, 5), 2, 3, 1, 2, 3.5),
        (images(2, 1, 4, 6).astype(np.float32), 3, 2, 1, 1, -np.inf),
        (images(2, 2, 8, 5), 2, 4, 3, 1, 0),
    ]


def _uncut(*case):
    """Reshape (N, C, FH, FW, OH, OW) straight to rows."""
    windows = split(*case)
    N, OH, OW = windows.shape[:3]
    col = windows.transpose(0, 3, 4, 5, 1, 2)
    return col.reshape(N * OH * OW, -1)


EXERCISE = Exercise(
    name="im2col",
    title=Text("im2col with slices", "スライスで書く im2col"),
    reference=im2col,
    cases=_im2col_cases,
    slips=(
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but a row holds numbers of several"
                " windows. An array (N, C, FH, FW, OH, OW) must get its axes"
                " in the order of the rows before it is reshaped.",
                "形状は合っていますが、1 行に複数の窓の数が混ざっています。(N,"
                " C, FH, FW, OH, OW) の配列は、reshape の前に軸を行の順に並べ"
                "替えます。",
            ),
            answer=_uncut,
        ),
        Slip(
            *CHANNELS_LAST,
            answer=lambda *case: rows_of(split(*case), (0, 1, 2, 4, 5, 3)),
        ),
        Slip(
            *COLUMN_ORDER,
            answer=lambda *case: rows_of(split(*case), (0, 2, 1, 3, 4, 5)),
        ),
        Slip(
            "window-in-column-order",
            Text(
                "Inside each window you go down first. In a row the columns of"
                " the filter, fx, run fastest.",
                "窓の中を、上から下へ先に読んでいます。1 行の中では、フィル"
                "ターの列 fx がいちばん速く進みます。",
            ),
            answer=lambda *case: rows_of(split(*case), (0, 1, 2, 3, 5, 4)),
        ),
        Slip(*WINDOWS_AS_COLUMNS, answer=lambda *case: im2col(*case).T),
        Slip(
            "pads-with-zero",
            Text(
                "All is right but for the padding, which is always 0. Hand on"
                " `constant_values`.",
                "パディング以外は合っています。パディングがいつも 0 なので、"
                "`constant_values` を渡しましょう。",
            ),
            answer=lambda x, fh, fw, stride, pad, value: im2col(
                x, fh, fw, stride, pad
            ),
        ),
        Slip(
            "pads-every-axis",
            Text(
                "There are more rows and columns than expected: the padding"
                " also added images and channels.",
                "行も列も多すぎます。パディングで画像とチャンネルまで増えてい"
                "ます。",
            ),
            answer=lambda x, fh, fw, stride, pad, value: im2col(
                np.pad(x, pad, constant_values=value), fh, fw, stride
            ),
        ),
    ),
    hints=(
        Text(
            "Which axes must the array have before it can become rows"
            " N*OH*OW and columns C*FH*FW?",
            "N*OH*OW 行、C*FH*FW 列にまとめる前に、配列はどんな軸を持ってい"
            "なければなりませんか。",
        ),
        Text(
            "Prepare an array (N, OH, OW, C, FH, FW). For each fy, fx put"
            " the slice into [..., fy, fx], its axes in the order N, OH, OW,"
            " C; reshape at the end.",
            "(N, OH, OW, C, FH, FW) の配列を用意します。fy, fx ごとに、スラ"
            "イスの軸を N, OH, OW, C の順にして [..., fy, fx] に入れ、最後に"
            " reshape します。",
        ),
        Text(
            "img = np.pad(input_data, ((0, 0), (0, 0), (pad, pad), (pad,"
            " pad)), ...)",
            "img = np.pad(input_data, ((0, 0), (0, 0), (pad, pad), (pad,"
            " pad)), ...)",
        ),
    ),
)
