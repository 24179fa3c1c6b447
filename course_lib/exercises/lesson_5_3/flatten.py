"""Exercise 5_3/flatten: one row for each image."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import (
    FIRST_CHANNEL_ONLY,
    FIRST_IMAGE_ONLY,
    rounded,
)
from course_lib.exercises.lesson_5_3.shared import numbers
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _batches():
    shapes = [
        (2, 3, 4, 5),
        (3, 2, 5, 4),
        (4, 5, 2, 3),
        (5, 3, 3, 2),
        (2, 4, 1, 6),
    ]
    return [(numbers(*shape),) for shape in shapes]


EXERCISE = Exercise(
    name="flatten",
    title=Text("One row for each image", "1 枚の画像を 1 行に"),
    reference=lambda x: x.reshape(len(x), -1),
    cases=_batches,
    slips=(
        Slip(
            "flattens-the-batch-too",
            Text(
                "All images ended up in one line. The first axis, N, must"
                " stay.",
                "すべての画像が 1 列につながっています。最初の軸 N は残しま"
                "す。",
            ),
            answer=lambda x: x.reshape(-1),
            also=(lambda x: x.reshape(1, -1), lambda x: x.reshape(-1, 1)),
        ),
        Slip(
            "not-flattened",
            Text(
                "The result still has the shape of `x`. `x.reshape(...)` does"
                " not change `x`, it gives a new array: return that.",
                "形状が `x` のままです。`x.reshape(...)` は `x` を変えず、新し"
                "い配列を返します。その配列を返しましょう。",
            ),
            answer=lambda x: x,
            seen=lambda y, x: np.shape(y) == x.shape,
        ),
        Slip(
            "channels-kept",
            Text(
                "The channels are still an axis of their own. An image"
                " becomes one row: merge C, H and W.",
                "チャンネルの軸が残っています。1 枚の画像を 1 行にするので、C,"
                " H, W をまとめます。",
            ),
            answer=lambda x: x.reshape(*x.shape[:2], -1),
            seen=lambda y, x: (
                np.shape(y) == (*x.shape[:2], x.shape[2] * x.shape[3])
            ),
        ),
        Slip(
            "channels-in-the-rows",
            Text(
                "Each channel got a row of its own, or each row of pixels"
                " did. One row is to hold a whole image, C*H*W numbers.",
                "チャンネルごと、または画素の行ごとに 1 行になっています。1 行"
                "には画像 1 枚の C*H*W 個を並べます。",
            ),
            answer=lambda x: x.reshape(len(x) * x.shape[1], -1),
            also=(lambda x: x.reshape(-1, x.shape[3]),),
        ),
        Slip(
            "channels-summed",
            Text(
                "The channels were added, or averaged, to one. A row holds"
                " the numbers of all of them.",
                "チャンネルを足すか平均して 1 つにしています。1 行には全チャン"
                "ネルの数を並べます。",
            ),
            answer=lambda x: x.sum(axis=1).reshape(len(x), -1),
            also=(lambda x: x.mean(axis=1).reshape(len(x), -1),),
        ),
        Slip(
            *FIRST_CHANNEL_ONLY,
            answer=lambda x: x[:, 0].reshape(len(x), -1),
        ),
        Slip(
            *FIRST_IMAGE_ONLY,
            answer=lambda x: x[0].reshape(-1),
            also=(lambda x: x[:1].reshape(1, -1),),
        ),
        Slip(
            "batch-axis-last",
            Text(
                "The shape is (C*H*W, N). The images belong in the rows.",
                "形状が (C*H*W, N) になっています。画像は行に並べます。",
            ),
            answer=lambda x: x.reshape(-1, len(x)),
            also=(
                lambda x: x.reshape(len(x), -1).T,
                lambda x: x.transpose(0, 2, 3, 1).reshape(len(x), -1).T,
            ),
        ),
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but each row holds numbers of several"
                " images. `reshape` to (-1, N) cuts the line in other places;"
                " turning it over afterwards does not mend that.",
                "形状は合っていますが、1 行に複数の画像の数が混ざっています。"
                "(-1, N) への `reshape` は別の場所で切ってしまい、後から転置し"
                "ても直りません。",
            ),
            answer=lambda x: x.reshape(-1, len(x)).T,
        ),
        Slip(
            "channels-last",
            Text(
                "The right numbers in each row, but the channels run fastest."
                " No transpose is needed here.",
                "各行の数は合っていますが、チャンネルがいちばん速く進んでいま"
                "す。ここでは transpose はいりません。",
            ),
            answer=lambda x: x.transpose(0, 2, 3, 1).reshape(len(x), -1),
        ),
        Slip(
            "column-order",
            Text(
                "The right numbers in each row, but the columns of each image"
                " were read from top to bottom. No transpose is needed here.",
                "各行の数は合っていますが、画像を列ごとに上から下へ読んでいま"
                "す。ここでは transpose はいりません。",
            ),
            answer=lambda x: x.transpose(0, 1, 3, 2).reshape(len(x), -1),
        ),
        Slip(
            "channels-before-images",
            Text(
                "Images and channels were exchanged before merging: a row"
                " holds numbers of several images.",
                "まとめる前に、画像とチャンネルの軸を入れ替えています。1 行に"
                "複数の画像の数が混ざっています。",
            ),
            answer=lambda x: x.swapaxes(0, 1).reshape(len(x), -1),
        ),
        Slip(
            "first-axis-fastest",
            Text(
                "The numbers were read with the first axis running fastest,"
                " or with all axes reversed. In NumPy the last axis runs"
                " fastest; no `.T` and no order='F' is needed.",
                "最初の軸がいちばん速く進む順に読むか、軸の順番をすべて逆にし"
                "ています。NumPy では最後の軸が速く進みます。`.T` や"
                " order='F' はいりません。",
            ),
            answer=lambda x: x.reshape(len(x), -1, order="F"),
            also=(
                lambda x: x.T.reshape(len(x), -1),
                lambda x: np.array([image.ravel(order="F") for image in x]),
            ),
        ),
        rounded(lambda x: x.reshape(len(x), -1)),
    ),
    hints=(
        Text(
            "Which axis must stay, and what becomes of the three others?",
            "残す軸はどれで、ほかの 3 つはどうなりますか。",
        ),
        Text(
            "C, H and W already lie in the right order in the line; only"
            " merge them.",
            "C, H, W はすでに正しい順に並んでいます。まとめるだけで済みます。",
        ),
        Text(
            "N = len(x)",
            "N = len(x)",
        ),
    ),
)
