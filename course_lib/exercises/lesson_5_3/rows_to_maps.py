"""Exercise 5_3/rows_to_maps: split, then move."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import FIRST_IMAGE_ONLY, rounded
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


def _rows_to_maps(rows, N, OH, OW):
    return rows.reshape(N, OH, OW, -1).transpose(0, 3, 1, 2)


def _split(sizes, axes):
    """Return the answer that splits to sizes(N, OH, OW), then moves axes."""
    return lambda rows, N, OH, OW: rows.reshape(sizes(N, OH, OW)).transpose(
        axes
    )


EXERCISE = Exercise(
    name="rows_to_maps",
    title=Text("Split, then move", "分けてから入れ替える"),
    reference=_rows_to_maps,
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
            also=(
                lambda rows, N, OH, OW: rows.reshape(
                    rows.shape[1], N, OH, OW
                ).swapaxes(0, 1),
            ),
        ),
        Slip(
            "split-in-other-order",
            Text(
                "The rows were split in another order. They run N, OH, OW:"
                " image by image, row by row.",
                "行を分ける順番が違います。rows は N, OH, OW の順（画像ごと、"
                "上の段から）に進みます。",
            ),
            answer=_split(lambda N, OH, OW: (OH, OW, N, -1), (2, 3, 0, 1)),
            also=(
                _split(lambda N, OH, OW: (N, OW, OH, -1), (0, 3, 2, 1)),
                _split(lambda N, OH, OW: (N, OW, OH, -1), (0, 3, 1, 2)),
                _split(lambda N, OH, OW: (OH, N, OW, -1), (1, 3, 0, 2)),
            ),
        ),
        Slip(
            "not-transposed",
            Text(
                "The split is right, but FN is still the last axis. Move it"
                " to the second place with `transpose`.",
                "分け方は合っていますが、FN が最後の軸のままです。`transpose`"
                " で 2 番目に移しましょう。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(N, OH, OW, -1),
        ),
        Slip(
            "filters-before-images",
            Text(
                "The filters stand before the images. The images come first.",
                "フィルターが画像より前の軸になっています。画像の軸が先です。",
            ),
            answer=lambda *case: _rows_to_maps(*case).swapaxes(0, 1),
            also=(
                _split(lambda N, OH, OW: (N, OH, OW, -1), (3, 2, 1, 0)),
                _split(lambda N, OH, OW: (N, OH, OW, -1), (3, 1, 2, 0)),
            ),
        ),
        Slip(
            "not-split",
            Text(
                "The result has two axes still: the long one, N*OH*OW, was"
                " not split.",
                "軸が 2 つのままです。長い軸 N*OH*OW を分けていません。",
            ),
            answer=lambda rows, N, OH, OW: rows,
            also=(lambda rows, N, OH, OW: rows.T,),
        ),
        Slip(
            "images-piled-up",
            Text(
                "The maps of all images lie on one axis. The result needs N"
                " and FN apart: (N, FN, OH, OW).",
                "すべての画像の結果が 1 つの軸に重なっています。N と FN を別の"
                "軸にし、(N, FN, OH, OW) とします。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(-1, OH, OW),
            seen=lambda y, rows, N, OH, OW: (
                np.shape(y) == (N * rows.shape[1], OH, OW)
            ),
        ),
        Slip(
            "first-axis-fastest",
            Text(
                "The rows were split with order='F', the first axis running"
                " fastest. Leave the order out.",
                "order='F'（最初の軸がいちばん速く進む順）で分けています。"
                "order は指定しません。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(
                N, OH, OW, -1, order="F"
            ).transpose(0, 3, 1, 2),
        ),
        Slip(
            "first-filter-only",
            Text(
                "Only the first filter's map is there. Each filter makes one.",
                "最初のフィルターの結果しかありません。結果はフィルターごとに"
                "必要です。",
            ),
            answer=lambda *case: _rows_to_maps(*case)[:, :1],
            also=(lambda *case: _rows_to_maps(*case)[:, 0],),
        ),
        Slip(
            *FIRST_IMAGE_ONLY,
            answer=lambda *case: _rows_to_maps(*case)[0],
            also=(lambda *case: _rows_to_maps(*case)[:1],),
        ),
        Slip(
            "filters-summed",
            Text(
                "The maps of the filters were added to one. Each filter keeps"
                " a map of its own.",
                "フィルターごとの結果を 1 枚に足しています。結果は別々のチャン"
                "ネルのままにします。",
            ),
            answer=lambda *case: _rows_to_maps(*case).sum(axis=1),
        ),
        rounded(_rows_to_maps),
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
                "軸の順に、元のどの軸を持ってくるかを書きます。",
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
