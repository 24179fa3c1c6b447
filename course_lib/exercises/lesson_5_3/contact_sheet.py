"""Exercise 5_3/contact_sheet: split, move, merge."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import (
    FIRST_IMAGE_FOR_ALL,
    FIRST_IMAGE_ONLY,
    rounded,
)
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


def _images_changed(change):
    """Return the answer for images that change(images, rows) gives."""
    return lambda images, rows: _sheet_reference(change(images, rows), rows)


def _rows_upside_down(images, rows):
    N, _, H, W = images.shape
    return images.reshape(rows, N // rows, 1, H, W)[::-1].reshape(images.shape)


def _columns_beside(images, rows):
    """Stack the images of each row, and put the stacks side by side."""
    N, _, H, W = images.shape
    stacks = images.reshape(rows, N // rows * H, W)
    return np.hstack(list(stacks))


def _rows_interleaved(images, rows):
    return _sheet(images, rows, (2, 0, 1, 3))


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
                "目は 1 枚目の右に来ます。",
            ),
            answer=_down_first,
        ),
        Slip(
            "rows-interleaved",
            Text(
                "Each line of pixels is whole, but the lines of the rows take"
                " turns: the pixel row runs slower than the row of images."
                " The first axis before merging is `rows`.",
                "画素の行は切れていませんが、段ごとに 1 行ずつ混ざっています。"
                "まとめる前の最初の軸は「段」です。",
            ),
            answer=_rows_interleaved,
        ),
        Slip(
            "images-transposed",
            Text(
                "W stands before H: in each image rows and columns changed"
                " places. The order is (rows, H, columns, W).",
                "W が H より前に来て、画像の縦と横が入れ替わっています。順番は"
                " (段, H, 列, W) です。",
            ),
            answer=lambda images, rows: _sheet(images, rows, (0, 3, 1, 2)),
            also=(
                lambda images, rows: _sheet_reference(
                    images.swapaxes(2, 3), rows
                ),
            ),
        ),
        Slip(
            "rows-for-columns",
            Text(
                "`rows` was taken for the number of columns: the sheet has as"
                " many columns as it should have rows.",
                "`rows` を列数として使っています。段数と列数が逆です。",
            ),
            answer=lambda images, rows: _sheet_reference(
                images, len(images) // rows
            ),
        ),
        Slip(
            "one-row-only",
            Text(
                "All images stand in one row, or one column. Begin a new row"
                " after every N // rows images.",
                "すべての画像が 1 段か 1 列に並んでいます。N // rows 枚ごとに"
                "次の段に移ります。",
            ),
            answer=lambda images, rows: np.hstack(list(images[:, 0])),
            also=(
                lambda images, rows: np.vstack(list(images[:, 0])),
                lambda images, rows: np.hstack(
                    list(images[: len(images) // rows, 0])
                ),
            ),
        ),
        Slip(
            "not-merged",
            Text(
                "The axes are still apart. At the end `reshape` merges rows"
                " with H, and columns with W.",
                "軸が分かれたままです。最後に `reshape` で、段と H、列と W を"
                "まとめます。",
            ),
            answer=lambda images, rows: images.reshape(
                rows, -1, *images.shape[2:]
            ).swapaxes(1, 2),
            also=(
                lambda images, rows: images.reshape(
                    rows, -1, *images.shape[2:]
                ),
            ),
        ),
        Slip(
            "channel-left-in",
            Text(
                "The numbers are right, but an axis of length 1 is left. The"
                " sheet has two axes, rows and columns of pixels.",
                "数は合っていますが、長さ 1 の軸が残っています。結果の軸は、画"
                "素の行と列の 2 つです。",
            ),
            answer=lambda *case: _sheet_reference(*case)[np.newaxis],
            also=(lambda *case: _sheet_reference(*case)[..., np.newaxis],),
        ),
        Slip(
            "merged-to-other-sizes",
            Text(
                "The sizes of the sheet are not those of its images: it is"
                " rows * H high and columns * W wide.",
                "大きな画像のサイズが違います。高さは 段数 * H、幅は 列数 * W"
                " です。",
            ),
            answer=lambda images, rows: _sheet_reference(images, rows).reshape(
                len(images) // rows * images.shape[3], -1
            ),
            also=(_columns_beside,),
        ),
        Slip(
            "images-reversed",
            Text(
                "The images, or the rows of images, run the other way: the"
                " first image belongs to the upper left.",
                "画像か段の順番が逆です。1 枚目は左上に来ます。",
            ),
            answer=_images_changed(lambda images, rows: images[::-1]),
            also=(_images_changed(_rows_upside_down),),
        ),
        Slip(
            "images-upside-down",
            Text(
                "Each image is in its place, but mirrored.",
                "画像の場所は合っていますが、それぞれが裏返しになっています。",
            ),
            answer=_images_changed(lambda images, rows: images[:, :, ::-1]),
            also=(_images_changed(lambda images, rows: images[..., ::-1]),),
        ),
        Slip(
            *FIRST_IMAGE_FOR_ALL,
            answer=_images_changed(
                lambda images, rows: np.repeat(images[:1], len(images), axis=0)
            ),
        ),
        Slip(
            *FIRST_IMAGE_ONLY,
            answer=lambda images, rows: images[0, 0],
            also=(lambda images, rows: images[0],),
        ),
        rounded(_sheet_reference),
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
