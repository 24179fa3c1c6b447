"""Exercise 5_4/rows_by_hand: all rows by hand."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

EXERCISE = Exercise(
    name="rows_by_hand",
    title=Text("All rows by hand", "すべての行を手で書く"),
    reference=np.array(
        [[1, 2, 5, 6], [3, 4, 7, 8], [9, 10, 13, 14], [11, 12, 15, 16]]
    ),
    slips=(
        Slip(
            "rows-of-the-image",
            Text(
                "These are the rows of the image. Each row must hold one"
                " window of 2x2 pixels.",
                "画像の行がそのまま並んでいます。1 行には、2x2 の窓 1 つ分を"
                "並べます。",
            ),
            answer=np.arange(1, 17).reshape(4, 4),
        ),
        Slip(
            "windows-as-columns",
            Text(
                "The windows stand in the columns. In this course each window"
                " is a row.",
                "窓が列に並んでいます。このコースでは、1 つの窓を 1 行にしま"
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
