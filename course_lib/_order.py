"""Images in memory: rows outside, then channels, columns, images inside.

The *shape* of images is (N, C, H, W) everywhere. In memory, the layers like
to put them as (H, C, W, N): then a row of all images lies together, a row
and the one below follow each other, and every step of a layer is a walk
through long runs of numbers. NumPy's transpose makes the one look like the
other without moving a number (lesson 5_3). Large images are rather laid
down one by one, as (N, H, C, W).

Both are called rows here: an array (B, H, C, W, n) with B * n = N images,
n of them together (all or one).
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

# Rows of so many columns are long runs already, image by image.
_LONG_ROW = 64


def together(x: np.ndarray, width: int) -> bool:
    """Return whether all images of x should lie together in its result."""
    N = x.shape[0]
    return N > 1 and (width < _LONG_ROW or x.strides[0] == x.itemsize)


def new_images(
    shape: tuple[int, int, int, int], dtype: np.dtype, all_together: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return new images (N, C, H, W) and their rows, the same memory."""
    N, C, H, W = shape
    if all_together:
        rows = np.empty((1, H, C, W, N), dtype)
        return rows[0].transpose(3, 1, 0, 2), rows
    rows = np.empty((N, H, C, W, 1), dtype)
    return rows[..., 0].transpose(0, 2, 1, 3), rows


def in_order_of(
    x: np.ndarray, shape: tuple, dtype: np.dtype | None = None
) -> np.ndarray:
    """Return a new array of a shape, its axes in memory ordered as in x."""
    order = sorted(range(x.ndim), key=lambda axis: -x.strides[axis])
    new = np.empty([shape[axis] for axis in order], dtype or x.dtype)
    return new.transpose(np.argsort(order))


def like(x: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Return value ordered in memory as x, itself if it already is."""
    if outer_axis(x) == outer_axis(value):
        return value
    result = in_order_of(x, value.shape, value.dtype)
    result[...] = value
    return result


def outer_axis(x: np.ndarray) -> int:
    """Return the axis along which to share out x: images, or rows.

    If all images lie together, a share of them would be scraps.
    """
    if x.ndim == 4 and x.strides[0] < x.strides[2]:
        return 2
    return 0


def rows_of(x: np.ndarray, all_together: bool) -> np.ndarray:
    """Return images (N, C, H, W) as rows (B, H, C, W, n), a view."""
    if all_together:
        return x.transpose(2, 1, 3, 0)[np.newaxis]
    return x.transpose(0, 2, 1, 3)[..., np.newaxis]


def padded_rows(rows: np.ndarray, ys: slice, xs: slice) -> np.ndarray:
    """Return rows ys and columns xs of (H, C, W, n), 0 where there are none.

    In the result, R*C by W*n matrices can be taken; it is a view if that
    is so in `rows` and nothing has to be added.
    """
    H, C, W, n = rows.shape
    y0, y1 = (min(max(y, 0), H) for y in (ys.start, ys.stop))
    x0, x1 = (min(max(x, 0), W) for x in (xs.start, xs.stop))
    inside = rows[y0:y1, :, x0:x1]
    size = (ys.stop - ys.start, xs.stop - xs.start)
    if size == (y1 - y0, x1 - x0) and _is_matrix(inside):
        return inside
    padded = np.empty((size[0], C, size[1], n), rows.dtype)
    y0, y1, x0, x1 = y0 - ys.start, y1 - ys.start, x0 - xs.start, x1 - xs.start
    padded[:y0] = 0
    padded[y1:] = 0
    padded[y0:y1, :, :x0] = 0
    padded[y0:y1, :, x1:] = 0
    _copy(inside, padded[y0:y1, :, x0:x1])
    return padded


def _is_matrix(rows: np.ndarray) -> bool:
    """Return whether R*C by W*n matrices of (R, C, W, n) are views."""
    C, W, n = rows.shape[1:]
    row, channel, column, image = rows.strides
    return (
        (n == 1 or image == rows.itemsize)
        and (W == 1 or column == n * rows.itemsize)
        and (len(rows) == 1 or row == C * channel)
    )


def _copy(source: np.ndarray, target: np.ndarray) -> None:
    """Copy rows (R, C, W, n).

    If images are a multiple of 1024 bytes apart, the same pixel of all
    images falls into few sets of the cache, where they push each other
    out. So each row goes through a small array in which images are an odd
    number of cache lines apart.
    """
    C, W, n = source.shape[1:]
    if n == 1 or source.strides[3] % 1024 or not source.size:
        target[...] = source
        return
    line = 64 // source.itemsize
    room = np.empty((n, C * W + line + (-C * W) % (2 * line)), source.dtype)
    room = room[:, : C * W].reshape(n, C, W)
    for row, target_row in zip(source, target):
        room[...] = row.transpose(2, 0, 1)
        target_row[...] = room.transpose(1, 2, 0)


def row_windows(
    rows: np.ndarray, size: int, stride: int, dilation: int, groups: int
) -> np.ndarray:
    """Return each `size` rows of (R, C, FW, W, n) as a matrix per group.

    The result is (windows, G, size*C/G*FW, W*n), a view if the rows of a
    window follow each other and there is one group.
    """
    C, FW, W, n = rows.shape[1:]
    extent = (size - 1) * dilation + 1
    windows = sliding_window_view(rows, extent, axis=0)
    windows = np.moveaxis(windows[::stride, ..., ::dilation], -1, 1)
    count = len(windows)
    windows = windows.reshape(count, size, groups, C // groups * FW, W * n)
    return windows.swapaxes(1, 2).reshape(count, groups, -1, W * n)
