"""What several exercises of lesson 5_4 use."""

from __future__ import annotations

import numpy as np

from course_lib.functional import conv_output_size, im2col
from course_lib.text import Text


def images(*shape):
    """Return images whose numbers are all different, some negative."""
    order = np.random.default_rng(54).permutation(np.prod(shape))
    return order.reshape(shape) - float(np.prod(shape) // 3)


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


def slice_at(img, fy, fx, OH, OW, stride=1):
    bottom, right = fy + stride * OH, fx + stride * OW
    return img[:, :, fy:bottom:stride, fx:right:stride]
