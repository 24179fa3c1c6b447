"""Exercise 5_3/rows_to_maps: split, then move."""

from __future__ import annotations

from course_lib.exercises.lesson_5_3.shared import numbers
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _row_cases():
    sizes = [
        (2, 3, 4, 5),
        (3, 2, 5, 4),
        (1, 4, 2, 3),
        (2, 5, 3, 2),
        (4, 1, 3, 6),
    ]
    return [(numbers(N * OH * OW, FN), N, OH, OW) for N, OH, OW, FN in sizes]


EXERCISE = Exercise(
    name="rows_to_maps",
    title=Text("Split, then move", "分けてから入れ替える"),
    reference=lambda rows, N, OH, OW: rows.reshape(N, OH, OW, -1).transpose(
        0, 3, 1, 2
    ),
    cases=_row_cases,
    slips=(
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but the filters are mixed up: one reshape"
                " straight to (N, FN, OH, OW) cuts the line where FN still"
                " runs fastest.",
                "形状は合っていますが、フィルターが混ざっています。いきなり"
                " (N, FN, OH, OW) に reshape すると、FN がいちばん速く進む列を"
                "そのまま切ってしまいます。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(N, -1, OH, OW),
        ),
        Slip(
            "images-and-filters-mixed",
            Text(
                "After `.T` the filter runs slowest, before the image."
                " Reshaped straight to (N, FN, ...), images and filters are"
                " mixed when N is more than 1.",
                "`.T` の後では、フィルターが画像よりも前の軸になります。そのま"
                "ま (N, FN, ...) に reshape すると、N が 2 以上のときに画像と"
                "フィルターが混ざります。",
            ),
            answer=lambda rows, N, OH, OW: rows.T.reshape(N, -1, OH, OW),
        ),
        Slip(
            "axes-the-wrong-way",
            Text(
                "The split is right. The axes of the transpose are those of"
                " the way back: for each new axis, write which old one it"
                " takes.",
                "分け方は合っていますが、transpose の数字が逆向きです。新しい"
                "軸の順に、もとのどの軸を持ってくるかを書きます。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(
                N, OH, OW, -1
            ).transpose(0, 2, 3, 1),
        ),
        Slip(
            "height-and-width-swapped",
            Text(
                "FN is in its place, but OH and OW changed places.",
                "FN の位置は合っていますが、OH と OW が入れ替わっています。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(
                N, OH, OW, -1
            ).transpose(0, 3, 2, 1),
        ),
    ),
    hints=(
        Text(
            "In which order do image, position and filter run in rows?",
            "rows の中で、画像・位置・フィルターはどの順に進みますか。",
        ),
        Text(
            "They run N, OH, OW, FN. Split into exactly these four axes;"
            " then move the last one to second place.",
            "N, OH, OW, FN の順です。まずこの 4 つの軸に分け、最後の軸を 2"
            " 番目に移します。",
        ),
        Text(
            "split = rows.reshape(N, OH, OW, -1)",
            "split = rows.reshape(N, OH, OW, -1)",
        ),
    ),
)
