"""Exercise 5_4/offset_slice: one slice."""

from __future__ import annotations

from course_lib.exercises.lesson_5_4.shared import images, slice_at
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

EXERCISE = Exercise(
    name="offset_slice",
    title=Text("One slice", "1 つのスライス"),
    reference=slice_at,
    cases=lambda: [
        (images(2, 3, 5, 7), 0, 1, 4, 5, 1),
        (images(1, 2, 8, 9), 1, 2, 3, 4, 2),
        (images(2, 1, 9, 7), 2, 0, 2, 2, 3),
        (images(3, 2, 6, 8), 1, 0, 2, 3, 2),
        (images(2, 2, 7, 5), 0, 3, 3, 1, 2),
    ],
    slips=(
        Slip(
            "stops-too-early",
            Text(
                "Too few rows come out when the stride is 2 or more. `stop` is"
                " a place in the image, not a number of rows: how far do OH"
                " steps reach?",
                "ストライドが 2 以上のとき、行が足りません。`stop` は個数では"
                "なく、画像の中の位置です。OH 歩でどこまで進むでしょうか。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy : fy + OH : stride, fx : fx + OW : stride
            ],
        ),
        Slip(
            "stride-ignored",
            Text(
                "The shape is right, but neighbouring pixels came out. Between"
                " two positions of the window lie `stride` pixels.",
                "形状は合っていますが、隣り合う画素が出ています。窓の位置は"
                " `stride` 画素ずつ離れています。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy : fy + OH, fx : fx + OW
            ],
        ),
        Slip(
            "runs-to-the-end",
            Text(
                "Too many rows or columns come out for some sizes. The slice"
                " must stop after OH rows and OW columns.",
                "大きさによっては、行や列が多すぎます。OH 行、OW 列で止めま"
                "す。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy::stride, fx::stride
            ],
        ),
        Slip(
            "fy-and-fx-swapped",
            Text(
                "The slice starts at (fx, fy). `fy` belongs to the rows, `fx`"
                " to the columns.",
                "(fx, fy) から始まっています。`fy` は行、`fx` は列の番号で"
                "す。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: slice_at(
                img, fx, fy, OH, OW, stride
            ),
        ),
    ),
    hints=(
        Text(
            "At which row does the slice start, and at which row does the"
            " last window have this pixel?",
            "スライスは何行目から始まり、最後の窓ではこの画素は何行目にあり"
            "ますか。",
        ),
        Text(
            "Start at fy, step by stride. The last row is fy + stride * (OH"
            " - 1): stop just behind it, or one step further.",
            "fy から始めて stride ずつ進みます。最後の行は fy + stride *"
            " (OH - 1) で、そのすぐ後か 1 歩先で止めます。",
        ),
        Text(
            "bottom = fy + stride * OH",
            "bottom = fy + stride * OH",
        ),
    ),
)
