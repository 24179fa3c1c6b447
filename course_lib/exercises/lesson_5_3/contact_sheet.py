"""Exercise 5_3/contact_sheet: split, move, merge."""

from __future__ import annotations

from course_lib.exercises.lesson_5_3.shared import numbers
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _sheet(images, rows, axes):
    N, _, H, W = images.shape
    split = images.reshape(rows, N // rows, H, W)
    return split.transpose(axes).reshape(rows * H, N // rows * W)


def _sheet_reference(images, rows):
    return _sheet(images, rows, (0, 2, 1, 3))


def _down_first(images, rows):
    N, _, H, W = images.shape
    split = images.reshape(N // rows, rows, H, W)
    return split.transpose(1, 2, 0, 3).reshape(rows * H, N // rows * W)


def _sheet_cases():
    return [
        (numbers(6, 1, 3, 4), 2),
        (numbers(6, 1, 2, 5), 3),
        (numbers(4, 1, 4, 3), 1),
        (numbers(8, 1, 3, 2), 2),
        (numbers(12, 1, 2, 3), 3),
    ]


EXERCISE = Exercise(
    name="contact_sheet",
    title=Text("Split, move, merge", "分けて、入れ替えて、まとめる"),
    reference=_sheet_reference,
    cases=_sheet_cases,
    slips=(
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but nothing was moved: each image still"
                " lies in one piece of the line. Before you merge, H must"
                " stand before the columns.",
                "形状は合っていますが、何も動いていません。1 枚の画像がひと続"
                "きのままです。まとめる前に、H を列より前に移します。",
            ),
            answer=lambda images, rows: _sheet(images, rows, (0, 1, 2, 3)),
        ),
        Slip(
            "images-interleaved",
            Text(
                "The rows of pixels are right, but neighbouring images are"
                " woven into each other, column by column. The last axis"
                " before merging should be W.",
                "画素の行は合っていますが、隣どうしの画像が 1 列おきに混ざって"
                "います。まとめる前の最後の軸は W です。",
            ),
            answer=lambda images, rows: _sheet(images, rows, (0, 2, 3, 1)),
        ),
        Slip(
            "fills-columns-first",
            Text(
                "Each image is whole, but they run from top to bottom first."
                " The second image belongs to the right of the first.",
                "画像はどれも正しい形ですが、上から下へ先に並んでいます。2 枚"
                "目は1 枚目の右に来ます。",
            ),
            answer=_down_first,
        ),
    ),
    hints=(
        Text(
            "In one line of pixels of the sheet, what comes first: the next"
            " pixel row of an image, or the next image?",
            "大きな画像の 1 行では、同じ画像の次の行と、隣の画像のどちらが先"
            "に来ますか。",
        ),
        Text(
            "Only neighbouring axes can be merged: rows with H, columns"
            " with W. So they must stand next to each other.",
            "まとめられるのは隣り合う軸だけです。段と H、列と W を隣どうしに"
            "します。",
        ),
        Text(
            "split = images.reshape(rows, columns, H, W)",
            "split = images.reshape(rows, columns, H, W)",
        ),
    ),
)
