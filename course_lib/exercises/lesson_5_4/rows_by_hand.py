"""Exercise 5_4/rows_by_hand: all rows by hand."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_4.shared import BOTH_COLUMN_ORDER
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

RIGHT = np.array(
    [[1, 2, 5, 6], [3, 4, 7, 8], [9, 10, 13, 14], [11, 12, 15, 16]]
)


def _pixel_twice(rows):
    """Return whether each row is a window, but some of them overlap."""
    rows = np.asarray(rows)
    if rows.ndim != 2 or rows.shape[1] != 4:
        return False
    windows = (rows == rows[:, :1] + np.array([0, 1, 4, 5])).all()
    return bool(windows and len(np.unique(rows)) < rows.size)


EXERCISE = Exercise(
    name="rows_by_hand",
    title=Text("All rows by hand", "すべての行を手で書く"),
    reference=RIGHT,
    slips=(
        Slip(
            "rows-of-the-image",
            Text(
                "These are the rows of the image. Each row must hold one"
                " window of 2x2 pixels.",
                "画像の行がそのまま並んでいます。1 行には、2×2 の窓 1 つ分を"
                "並べます。",
            ),
            answer=np.arange(1, 17).reshape(4, 4),
        ),
        Slip(
            "windows-as-columns",
            Text(
                "The windows stand in the columns. In this course each window"
                " is a row.",
                "窓が列に並んでいます。この教材では、1 つの窓を 1 行にしま"
                "す。",
            ),
            answer=np.array(
                [[1, 3, 9, 11], [2, 4, 10, 12], [5, 7, 13, 15], [6, 8, 14, 16]]
            ),
        ),
        Slip(
            "positions-in-column-order",
            Text(
                "Every window is right, but the second and third are swapped:"
                " the window goes right first, then down.",
                "どの窓も正しいのですが、2 つ目と 3 つ目が逆です。窓は、まず右"
                "へ、次に下へ動きます。",
            ),
            answer=np.array(
                [[1, 2, 5, 6], [9, 10, 13, 14], [3, 4, 7, 8], [11, 12, 15, 16]]
            ),
        ),
        Slip(
            "window-in-column-order",
            Text(
                "Inside each window you went down first. Read it like a text:"
                " the upper row, then the lower one.",
                "窓の中を、上から下へ先に読んでいます。文章と同じように、上の"
                "行、下の行の順に読みます。",
            ),
            answer=np.array(
                [[1, 5, 2, 6], [3, 7, 4, 8], [9, 13, 10, 14], [11, 15, 12, 16]]
            ),
        ),
        Slip(
            *BOTH_COLUMN_ORDER,
            answer=[
                [1, 5, 2, 6],
                [9, 13, 10, 14],
                [3, 7, 4, 8],
                [11, 15, 12, 16],
            ],
        ),
        Slip(
            "window-clockwise",
            Text(
                "Inside each window you went round like a clock. Read it like"
                " a text: the upper row from left to right, then the lower.",
                "窓の中を時計回りに読んでいます。文章と同じように、上の行を左"
                "から右へ、次に下の行を左から右へ読みます。",
            ),
            answer=[
                [1, 2, 6, 5],
                [3, 4, 8, 7],
                [9, 10, 14, 13],
                [11, 12, 16, 15],
            ],
        ),
        Slip(
            "stride-ignored",
            Text(
                "The windows overlap: they moved by one pixel. With stride 2"
                " no pixel stands in two rows.",
                "窓を 1 画素ずつ動かしたため、重なっています。ストライド 2 で"
                "は、同じ画素が 2 つの行に入ることはありません。",
            ),
            answer=[
                [corner + k for k in (0, 1, 4, 5)]
                for corner in (1, 2, 3, 5, 6, 7, 9, 10, 11)
            ],
            seen=_pixel_twice,
        ),
        Slip(
            "columns-of-the-image",
            Text(
                "These are the columns of the image. Each row must hold one"
                " window of 2x2 pixels.",
                "画像の列が並んでいます。1 行には、2×2 の窓 1 つ分を並べま"
                "す。",
            ),
            answer=np.arange(1, 17).reshape(4, 4).T,
        ),
        Slip(
            "windows-not-flat",
            Text(
                "The windows are right, but not yet rows: write the four"
                " numbers of each in one line.",
                "窓は合っていますが、まだ 1 行になっていません。それぞれの 4 "
                "つの数を 1 行に並べます。",
            ),
            answer=RIGHT.reshape(4, 2, 2),
        ),
        Slip(
            "rows-run-together",
            Text(
                "All numbers stand in one line. Each window is a row of its"
                " own: a list of lists.",
                "すべての数が 1 列に並んでいます。1 つの窓を 1 行にし、リスト"
                "のリストで書きます。",
            ),
            answer=RIGHT.ravel(),
        ),
        Slip(
            "one-number-for-a-window",
            Text(
                "Each window became a single number. A row holds all four"
                " pixels: nothing is added or chosen yet.",
                "窓が 1 つの数になっています。1 行には 4 つの画素をすべて並べ"
                "ます。まだ足したり選んだりしません。",
            ),
            answer=RIGHT.sum(axis=1),
            also=(RIGHT.max(axis=1), RIGHT.mean(axis=1)),
        ),
        Slip(
            "rows-missing",
            Text(
                "The rows that are there are right, but four windows give"
                " four rows.",
                "書いてある行は正しいのですが、窓は 4 つあるので 4 行必要で"
                "す。",
            ),
            answer=RIGHT[:3],
            also=(RIGHT[:2], RIGHT[:1]),
        ),
        Slip(
            "from-below",
            Text(
                "The rows are right, but begin with the last window. The"
                " upper left one comes first.",
                "行は合っていますが、最後の窓から始まっています。左上の窓が先"
                "です。",
            ),
            answer=RIGHT[::-1],
        ),
        Slip(
            "counts-from-zero",
            Text(
                "All numbers are one too small: the image begins with 1.",
                "どの数も 1 小さくなっています。画像の数は 1 から始まります。",
            ),
            answer=RIGHT - 1,
        ),
    ),
    hints=(
        Text(
            "Where does the third window lie?",
            "3 つ目の窓はどこにありますか。",
        ),
        Text(
            "Right first, then down: the third window starts at 9. Read it"
            " like a text.",
            "まず右、次に下です。3 つ目の窓は 9 から始まり、文章のように読み"
            "ます。",
        ),
        Text(
            "[[1, 2, 5, 6], [3, 4, 7, 8], [9, 10, ...], ...]",
            "[[1, 2, 5, 6], [3, 4, 7, 8], [9, 10, ...], ...]",
        ),
    ),
)
