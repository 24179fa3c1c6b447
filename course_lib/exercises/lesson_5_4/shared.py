"""What several exercises of lesson 5_4 use."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import (
    FIRST_CHANNEL_FOR_ALL,
    FIRST_CHANNEL_ONLY,
    FIRST_IMAGE_FOR_ALL,
    FIRST_IMAGE_ONLY,
    rounded,
)
from course_lib.exercises.model import Slip
from course_lib.functional import conv_output_size, im2col
from course_lib.text import Text


def images(*shape):
    """Return images of fractions that all differ, some negative."""
    size = int(np.prod(shape))
    order = np.random.default_rng(54).permutation(size)
    return (order - size // 3).reshape(shape) / 2 + 0.25


def split(x, filter_h, filter_w, stride=1, pad=0, constant_values=0):
    """Return the windows as (N, OH, OW, C, FH, FW)."""
    N, C, H, W = x.shape
    OH = conv_output_size(H, filter_h, stride, pad)
    OW = conv_output_size(W, filter_w, stride, pad)
    col = im2col(x, filter_h, filter_w, stride, pad, constant_values)
    return col.reshape(N, OH, OW, C, filter_h, filter_w)


def rows_of(windows, axes):
    """Return windows with the axes in another order, as rows."""
    moved = windows.transpose(axes)
    return moved.reshape(np.prod(moved.shape[:3]), -1)


WINDOWS_AS_COLUMNS = (
    "windows-as-columns",
    Text(
        "The right numbers, but rows and columns are swapped: each window is a"
        " row, not a column.",
        "数は合っていますが、行と列が逆です。窓は列ではなく行に並べます。",
    ),
)


CHANNELS_LAST = (
    "channels-last",
    Text(
        "In each row the channels run fastest. A row holds the whole window of"
        " channel 0, then that of channel 1, and so on.",
        "1 行の中で、チャンネルがいちばん速く進んでいます。チャンネル 0 の窓を"
        "すべて並べてから、チャンネル 1 に進みます。",
    ),
)


COLUMN_ORDER = (
    "positions-in-column-order",
    Text(
        "Every row is a right window, but they come in another order. The"
        " window goes right first, then down.",
        "どの行も正しい窓ですが、行の順番が違います。窓は、まず右へ、次に下へ"
        "動きます。",
    ),
)


WINDOW_COLUMN_ORDER = (
    "window-in-column-order",
    Text(
        "Inside each window you go down first. In a row the columns of the"
        " filter, fx, run fastest.",
        "窓の中を、上から下へ先に読んでいます。1 行の中では、フィルターの列 fx"
        " がいちばん速く進みます。",
    ),
)
BOTH_COLUMN_ORDER = (
    "all-in-column-order",
    Text(
        "You go down first twice: from window to window, and inside each"
        " window. Both go right first.",
        "窓の移動でも窓の中でも、上から下へ先に進んでいます。どちらもまず右へ"
        "進みます。",
    ),
)
IMAGES_IN_TURN = (
    "images-in-turn",
    Text(
        "The images take turns: one window of each. All rows of the first"
        " image come first.",
        "画像が 1 行ごとに入れ替わっています。1 枚目の行をすべて並べてから、2"
        " 枚目に進みます。",
    ),
)
CHANNELS_IN_ROWS = (
    "channels-in-the-rows",
    Text(
        "Each channel got rows of its own. A row holds the window of all"
        " channels, one after the other.",
        "チャンネルごとに別の行になっています。1 行には、全チャンネルの窓を順"
        "に並べます。",
    ),
)
MIXED = (
    "reshape-for-transpose",
    Text(
        "The shape is right, but a row holds numbers of several windows. An"
        " array (N, C, FH, FW, OH, OW) must get its axes in the order of the"
        " rows before it is reshaped.",
        "形状は合っていますが、1 行に複数の窓の数が混ざっています。(N, C, FH,"
        " FW, OH, OW) の配列は、reshape の前に軸を行の順に並べ替えます。",
    ),
)
FILTER_TURNED = (
    "height-and-width-swapped",
    Text(
        "The window lies on its side: `filter_h` is the number of rows,"
        " `filter_w` the number of columns.",
        "窓の縦と横が逆です。`filter_h` が行の数、`filter_w` が列の数です。",
    ),
)


def in_order(axes, cut=lambda windows: windows):
    """Return the im2col whose windows are moved and put into rows.

    axes: of (N, OH, OW, C, FH, FW). cut: changes the windows before.
    """
    return lambda x, *sizes: rows_of(cut(split(x, *sizes)), axes)


def mixed(x, *sizes):
    """Reshape (N, C, FH, FW, OH, OW) straight to rows."""
    windows = split(x, *sizes)
    col = windows.transpose(0, 3, 4, 5, 1, 2)
    return col.reshape(np.prod(windows.shape[:3]), -1)


def matrix_slips():
    """Return the slips of order that both versions of im2col share."""
    keep = (0, 1, 2, 3, 4, 5)

    def first_image(x, *sizes):
        return im2col(x[:1], *sizes)

    def repeated_image(x, *sizes):
        return np.tile(im2col(x[:1], *sizes), (len(x), 1))

    def first_channel(x, *sizes):
        return im2col(x[:, :1], *sizes)

    def repeated_channel(x, *sizes):
        return im2col(np.repeat(x[:, :1], x.shape[1], axis=1), *sizes)

    return (
        Slip(
            *CHANNELS_LAST,
            answer=in_order((0, 1, 2, 4, 5, 3)),
            also=(in_order((0, 1, 2, 5, 4, 3)),),
        ),
        Slip(*COLUMN_ORDER, answer=in_order((0, 2, 1, 3, 4, 5))),
        Slip(*WINDOW_COLUMN_ORDER, answer=in_order((0, 1, 2, 3, 5, 4))),
        Slip(*BOTH_COLUMN_ORDER, answer=in_order((0, 2, 1, 3, 5, 4))),
        Slip(
            *IMAGES_IN_TURN,
            answer=in_order((1, 2, 0, 3, 4, 5)),
            also=(in_order((2, 1, 0, 3, 4, 5)),),
        ),
        Slip(
            *CHANNELS_IN_ROWS,
            answer=lambda *case: split(*case).reshape(-1, case[1] * case[2]),
            also=(
                lambda *case: (
                    split(*case)
                    .transpose(0, 3, 1, 2, 4, 5)
                    .reshape(-1, case[1] * case[2])
                ),
                lambda *case: (
                    split(*case)
                    .transpose(0, 3, 1, 2, 4, 5)
                    .reshape(im2col(*case).shape)
                ),
            ),
        ),
        Slip(*MIXED, answer=mixed),
        Slip(
            *WINDOWS_AS_COLUMNS,
            answer=lambda *case: im2col(*case).T,
        ),
        Slip(
            *FILTER_TURNED,
            answer=lambda x, h, w, *rest: im2col(x, w, h, *rest),
        ),
        Slip(*FIRST_IMAGE_ONLY, answer=first_image),
        Slip(*FIRST_IMAGE_FOR_ALL, answer=repeated_image),
        Slip(*FIRST_CHANNEL_ONLY, answer=first_channel),
        Slip(*FIRST_CHANNEL_FOR_ALL, answer=repeated_channel),
        Slip(
            "channels-summed",
            Text(
                "The channels were added before the window became a row. A"
                " row holds the numbers of all of them.",
                "窓を行にする前に、チャンネルを足しています。1 行には全チャン"
                "ネルの数を並べます。",
            ),
            answer=lambda x, *sizes: im2col(
                x.sum(axis=1, keepdims=True), *sizes
            ),
        ),
        Slip(
            "last-place-missing",
            Text(
                "The rows of the last positions are missing. How far do the"
                " loops over OH and OW go?",
                "最後の位置の行が足りません。OH と OW のループは、どこまで進み"
                "ますか。",
            ),
            answer=in_order(keep, lambda windows: windows[:, :-1, :-1]),
            also=(
                in_order(keep, lambda windows: windows[:, :-1]),
                in_order(keep, lambda windows: windows[:, :, :-1]),
                lambda *case: im2col(*case)[:-1],
            ),
        ),
        Slip(
            "windows-not-flat",
            Text(
                "The windows are right, but still have their axes. Each must"
                " become one row, the result has two axes.",
                "窓は合っていますが、軸が残っています。1 つの窓を 1 行にし、結"
                "果の軸は 2 つにします。",
            ),
            answer=split,
            also=(
                lambda *case: split(*case).reshape(
                    len(im2col(*case)), -1, case[1], case[2]
                ),
                lambda *case: split(*case).reshape(
                    len(im2col(*case)), -1, case[1] * case[2]
                ),
            ),
        ),
        Slip(
            "rows-run-together",
            Text(
                "Several windows ran together into one row. Each window is a"
                " row of its own.",
                "複数の窓が 1 行につながっています。1 つの窓が 1 行です。",
            ),
            answer=lambda *case: im2col(*case).ravel(),
            also=(lambda *case: im2col(*case).reshape(len(case[0]), -1),),
        ),
        Slip(
            "one-number-for-a-window",
            Text(
                "Each window became a single number. A row holds all of its"
                " pixels: nothing is added or chosen yet.",
                "窓が 1 つの数になっています。1 行には窓の画素をすべて並べま"
                "す。まだ足したり選んだりしません。",
            ),
            answer=lambda *case: im2col(*case).sum(axis=1),
            also=(
                lambda *case: im2col(*case).max(axis=1),
                lambda *case: im2col(*case).mean(axis=1),
            ),
        ),
        rounded(im2col),
        Slip(
            "rows-miscounted",
            Text(
                "Each row is as long as it should be, but there are too many"
                " or too few of them: one for each of the OH * OW positions"
                " in each of the N images.",
                "行の長さは合っていますが、行数が違います。N 枚の画像のそれぞ"
                "れに、OH * OW 個の位置があり、位置ごとに 1 行です。",
            ),
            answer=lambda *case: np.repeat(im2col(*case), 2, axis=0),
            seen=_one_size_right(1),
        ),
        Slip(
            "columns-miscounted",
            Text(
                "There are as many rows as there should be, but they are too"
                " long or too short: C windows of filter_h * filter_w pixels.",
                "行数は合っていますが、行の長さが違います。1 行には filter_h *"
                " filter_w 画素の窓が C 個入ります。",
            ),
            answer=lambda *case: im2col(*case)[:, :-1],
            seen=_one_size_right(0),
        ),
    )


def _one_size_right(axis):
    """Return whether only the size of this axis is that of the matrix."""

    def seen(col, *case):
        right, found = im2col(*case).shape, np.shape(col)
        return (
            len(found) == 2 and found != right and (found[axis] == right[axis])
        )

    return seen


def slice_at(img, fy, fx, OH, OW, stride=1):
    bottom, right = fy + stride * OH, fx + stride * OW
    return img[:, :, fy:bottom:stride, fx:right:stride]
