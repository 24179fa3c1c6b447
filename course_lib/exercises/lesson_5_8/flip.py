"""Exercise 5_8/flip: swap left and right."""

from __future__ import annotations

import numpy as np

from course_lib import augment
from course_lib.exercises.lesson_5_8.shared import images
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _flip_cases():
    shapes = [(2, 2, 4, 5), (3, 2, 5, 3), (2, 1, 6, 4), (4, 3, 3, 7)]
    shapes.append((2, 2, 1, 6))
    return [(images(i, *shape),) for i, shape in enumerate(shapes)]


def _in_place(x):
    """Write into x itself, column after column."""
    x = x.copy()
    for j in range(x.shape[3]):
        x[..., j] = x[..., x.shape[3] - 1 - j]
    return x


EXERCISE = Exercise(
    name="flip",
    hints=(
        Text(
            "Which of the four axes runs from left to right?",
            "4 つの軸のうち、左から右へ進むのはどれですか。",
        ),
        Text(
            "The last axis, W. A slice with step -1 runs backwards.",
            "最後の軸 W です。ステップが -1 のスライスは逆向きに進みます。",
        ),
        Text("return x[:, :, :, ...]", "return x[:, :, :, ...]"),
    ),
    title=Text("Swap left and right", "左右を反転する"),
    reference=augment.flip,
    cases=_flip_cases,
    slips=(
        Slip(
            "upside-down",
            Text(
                "Top and bottom are swapped. Which axis of (N, C, H, W)"
                " runs from left to right?",
                "上下が反転しています。(N, C, H, W) のうち、左右に進む軸は"
                "どれですか。",
            ),
            answer=lambda x: x[:, :, ::-1],
        ),
        Slip(
            "turned-by-180",
            Text(
                "Both axes are reversed: the image is turned by 180"
                " degrees. Only left and right should change places.",
                "縦と横の両方が逆順になり、180 度回転しています。入れ替え"
                "るのは左右だけです。",
            ),
            answer=lambda x: x[:, :, ::-1, ::-1],
        ),
        Slip(
            "image-order-changed",
            Text(
                "The order of the images is reversed, so that they no"
                " longer fit their labels. Axis 0 counts the images.",
                "画像の並びが逆になり、ラベルと合わなくなっています。軸 0 "
                "は画像の番号です。",
            ),
            answer=lambda x: x[::-1],
        ),
        Slip(
            "channels-reversed",
            Text(
                "The channels are reversed, the images themselves are not"
                " mirrored. Count the axes of (N, C, H, W) from 0.",
                "チャンネルの順が逆になっていて、画像は反転していません。"
                "(N, C, H, W) の軸を 0 から数えてみましょう。",
            ),
            answer=lambda x: x[:, ::-1],
        ),
        Slip(
            "all-axes-reversed",
            Text(
                "Every axis is reversed: images and channels too. Only the"
                " last axis runs from left to right.",
                "画像やチャンネルの順番まで、すべての軸が逆になっています。左"
                "右に進むのは最後の軸だけです。",
            ),
            answer=lambda x: x[::-1, ::-1, ::-1, ::-1],
            also=(
                lambda x: x[::-1, :, :, ::-1],
                lambda x: x[:, ::-1, :, ::-1],
            ),
        ),
        Slip(
            "transposed",
            Text(
                "Rows and columns have changed places. A flip keeps the rows"
                " and reverses the order of the columns.",
                "行と列が入れ替わっています。反転では、行はそのままで、列の順"
                "番を逆にします。",
            ),
            answer=lambda x: x.swapaxes(2, 3),
        ),
        Slip(
            "turned-by-90",
            Text(
                "The images are turned by 90 degrees. Only left and right"
                " should change places.",
                "画像が 90 度回っています。入れ替えるのは左右だけです。",
            ),
            answer=lambda x: np.rot90(x, 1, (2, 3)),
            also=(lambda x: np.rot90(x, -1, (2, 3)),),
        ),
        Slip(
            "not-changed",
            Text(
                "The images came back as they were.",
                "画像が元のまま返っています。",
            ),
            answer=lambda x: x,
        ),
        Slip(
            "every-second-column",
            Text(
                "Columns are missing: a step of 2 or -2 leaves every second"
                " one out. Backwards in single steps is ::-1.",
                "列が抜けています。ステップ 2 や -2 では 1 列おきになります。1"
                " 列ずつ逆向きに進むのは ::-1 です。",
            ),
            answer=lambda x: x[..., ::-2],
            also=(lambda x: x[..., ::2],),
        ),
        Slip(
            "empty-slice",
            Text(
                "The slice is empty. To run backwards it needs the step -1,"
                " and no end: ::-1.",
                "スライスが空です。逆向きに進むにはステップ -1 が必要で、終わ"
                "りは書きません。::-1 とします。",
            ),
            answer=lambda x: x[..., :0],
        ),
        Slip(
            "first-column-missing",
            Text(
                "The first column is missing. An end index is left out of the"
                " slice; leave the end open: ::-1.",
                "最初の列が抜けています。スライスは終わりの番号を含みません。"
                "終わりを書かずに ::-1 とします。",
            ),
            answer=lambda x: x[..., :0:-1],
        ),
        Slip(
            "first-image-only",
            Text(
                "Only the first image came back. x holds N of them.",
                "1 枚目の画像しか返っていません。x には N 枚入っています。",
            ),
            answer=lambda x: x[0, ..., ::-1],
            also=(lambda x: x[:1, ..., ::-1],),
        ),
        Slip(
            "minus-j-for-last-first",
            Text(
                "Column -j is read for column j: -0 is the first column again."
                " The columns from the end are -1, -2, ..., that is -1 - j.",
                "j 列目に -j 列目を入れています。-0 はまた最初の列です。後ろか"
                "ら数えると -1、-2、… なので、-1 - j です。",
            ),
            answer=lambda x: np.roll(x[..., ::-1], 1, axis=3),
        ),
        Slip(
            "read-after-written",
            Text(
                "The second half was read after it had been written over: both"
                " halves are now alike. Write into a new array.",
                "上書きした後の列を読んでいるので、左右が同じになっています。"
                "新しい配列に書き込みます。",
            ),
            answer=_in_place,
        ),
        Slip(
            "black-and-white-swapped",
            Text(
                "The pixel values were inverted (1 - x). A flip moves pixels"
                " and leaves their values.",
                "画素の値が反転しています（1 - x）。左右の反転では、画素の位置"
                "だけを動かします。",
            ),
            answer=lambda x: 1 - x,
            also=(lambda x: 1 - x[..., ::-1],),
        ),
        Slip(
            "originals-kept-too",
            Text(
                "The flipped images were joined to the given ones. Return the"
                " flipped ones alone.",
                "反転した画像が元の画像につながっています。反転した画像だけを"
                "返します。",
            ),
            answer=lambda x: np.concatenate([x, x[..., ::-1]]),
        ),
    ),
)
