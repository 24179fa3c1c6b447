"""Other right answers to the exercises of lesson 5_4."""

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

IMAGE = np.arange(1, 17).reshape(4, 4)


def shape_from_windows(input_shape, filter_h, filter_w, stride=1, pad=0):
    N, C, H, W = input_shape
    rows = len(range(0, H + 2 * pad - filter_h + 1, stride))
    columns = len(range(0, W + 2 * pad - filter_w + 1, stride))
    return np.array([N * rows * columns, C * filter_h * filter_w])


def shape_as_list(input_shape, filter_h, filter_w, stride, pad):
    N, C, H, W = input_shape
    OH = int((H + 2 * pad - filter_h) / stride + 1)
    OW = int((W + 2 * pad - filter_w) / stride + 1)
    return [N * OH * OW, np.int32(C * filter_h * filter_w)]


def loops_lists(x, filter_h, filter_w, stride=1):
    N, C, H, W = x.shape
    return [
        [
            x[n, c, i + fy, j + fx]
            for c in range(C)
            for fy in range(filter_h)
            for fx in range(filter_w)
        ]
        for n in range(N)
        for i in range(0, H - filter_h + 1, stride)
        for j in range(0, W - filter_w + 1, stride)
    ]


def loops_filled(x, filter_h, filter_w, stride):
    N, C, H, W = x.shape
    OH, OW = (H - filter_h) // stride + 1, (W - filter_w) // stride + 1
    col = np.zeros((N * OH * OW, C * filter_h * filter_w), dtype=np.float32)
    row = 0
    for image in x:
        for top in range(0, OH * stride, stride):
            for left in range(0, OW * stride, stride):
                window = image[:, top:, left:][:, :filter_h, :filter_w]
                col[row] = window.reshape(-1)
                row += 1
    return col


def slice_indices(img, fy, fx, OH, OW, stride=1):
    rows = fy + stride * np.arange(OH)
    columns = fx + stride * np.arange(OW)
    return img[:, :, rows[:, np.newaxis], columns]


def slice_just_enough(img, fy, fx, OH, OW, stride=1):
    stop_y = fy + stride * (OH - 1) + 1
    stop_x = fx + stride * (OW - 1) + 1
    return img[..., fy:stop_y:stride, fx:stop_x:stride].copy()


def slice_then_cut(img, fy, fx, OH, OW, stride):
    return img[:, :, fy::stride, fx::stride][:, :, :OH, :OW].tolist()


def im2col_windows(x, filter_h, filter_w, stride=1, pad=0, constant_values=0):
    width = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    img = np.pad(x, width, constant_values=constant_values)
    windows = sliding_window_view(img, (filter_h, filter_w), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride].transpose(0, 2, 3, 1, 4, 5)
    return windows.reshape(-1, x.shape[1] * filter_h * filter_w)


def im2col_book(x, filter_h, filter_w, stride=1, pad=0, constant_values=0):
    """Fill (N, C, FH, FW, OH, OW) slice by slice, then move the axes."""
    N, C, H, W = x.shape
    OH = (H + 2 * pad - filter_h) // stride + 1
    OW = (W + 2 * pad - filter_w) // stride + 1
    img = np.pad(
        x,
        [(0, 0), (0, 0), (pad, pad), (pad, pad)],
        "constant",
        constant_values=constant_values,
    )
    col = np.zeros((N, C, filter_h, filter_w, OH, OW))
    for y in range(filter_h):
        y_max = y + stride * OH
        for i in range(filter_w):
            x_max = i + stride * OW
            col[:, :, y, i] = img[:, :, y:y_max:stride, i:x_max:stride]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(N * OH * OW, -1)


def im2col_strided(x, filter_h, filter_w, stride, pad, constant_values):
    N, C, H, W = x.shape
    size = (N, C, H + 2 * pad, W + 2 * pad)
    img = np.full(size, constant_values, dtype=np.float32)
    img[:, :, pad : pad + H, pad : pad + W] = x
    OH = (size[2] - filter_h) // stride + 1
    OW = (size[3] - filter_w) // stride + 1
    n, c, h, w = img.strides
    view = as_strided(
        img,
        (N, OH, OW, C, filter_h, filter_w),
        (n, h * stride, w * stride, c, h, w),
    )
    return view.reshape(N * OH * OW, -1)


def multiply_einsum(col, W):
    _, C, FH, FW = W.shape
    windows = col.reshape(-1, C, FH, FW)
    return np.einsum("rcyx,kcyx->rk", windows, W)


def multiply_tensordot(col, W, out=None):
    windows = col.astype(np.float32).reshape(len(col), *W.shape[1:])
    return np.tensordot(windows, W, axes=([1, 2, 3], [1, 2, 3]))


def multiply_columns(col, W):
    return np.stack([col @ w.ravel() for w in W], axis=1)


def multiply_lists(col, W):
    return [[sum(row * w.ravel()) for w in W] for row in col]


def pool_split(col, C):
    parts = np.split(col, C, axis=1)
    return np.stack([part.max(axis=1) for part in parts], axis=-1)


def pool_lists(col, C):
    P = col.shape[1] // C
    return [[max(r[c * P : (c + 1) * P]) for c in range(C)] for r in col]


def col2im_positions(
    col, input_shape, filter_h, filter_w, stride=1, pad=0, is_backward=False
):
    """Go from window to window instead of from pixel to pixel."""
    N, C, H, W = input_shape
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=np.float32)
    rows = iter(col.reshape(len(col), C, filter_h, filter_w))
    for n in range(N):
        for top in range(0, H + 2 * pad - filter_h + 1, stride):
            for left in range(0, W + 2 * pad - filter_w + 1, stride):
                place = img[n, :, top:, left:][:, :filter_h, :filter_w]
                place[...] = next(rows) + (place if is_backward else 0)
    return img[:, :, pad : H + pad, pad : W + pad]


def col2im_indices(
    col, input_shape, filter_h, filter_w, stride, pad, is_backward
):
    """Number the pixels, and let im2col say where each number goes."""
    N, C, H, W = input_shape
    size = (N, C, H + 2 * pad, W + 2 * pad)
    numbers = np.arange(np.prod(size)).reshape(size)
    places = im2col_windows(numbers, filter_h, filter_w, stride)
    img = np.zeros(numbers.size)
    if is_backward:
        np.add.at(img, places.ravel(), col.ravel())
    else:
        img[places.ravel()] = col.ravel()
    return img.reshape(size)[..., pad : pad + H, pad : pad + W]


def col2im_book(
    col, input_shape, filter_h, filter_w, stride=1, pad=0, is_backward=False
):
    """Use an image that is a little too large, and two branches."""
    N, C, H, W = input_shape
    OH = (H + 2 * pad - filter_h) // stride + 1
    OW = (W + 2 * pad - filter_w) // stride + 1
    col = col.reshape(N, OH, OW, C, filter_h, filter_w)
    col = col.transpose(0, 3, 4, 5, 1, 2)
    extra = stride - 1
    img = np.zeros((N, C, H + 2 * pad + extra, W + 2 * pad + extra))
    for y in range(filter_h):
        rows = slice(y, y + stride * OH, stride)
        for x in range(filter_w):
            columns = slice(x, x + stride * OW, stride)
            if is_backward:
                img[:, :, rows, columns] += col[:, :, y, x]
            else:
                img[:, :, rows, columns] = col[:, :, y, x]
    return img[:, :, pad : H + pad, pad : W + pad]


ALTERNATIVES = {
    "rows_by_hand": [
        [IMAGE[i : i + 2, j : j + 2].ravel() for i in (0, 2) for j in (0, 2)],
        tuple(
            (float(a), a + 1, a + 4, np.int64(a + 5)) for a in (1, 3, 9, 11)
        ),
    ],
    "col_shape": [shape_from_windows, shape_as_list],
    "im2col_loops": [loops_lists, loops_filled],
    "offset_slice": [slice_indices, slice_just_enough, slice_then_cut],
    "im2col": [im2col_windows, im2col_book, im2col_strided],
    "multiply": [
        multiply_einsum,
        multiply_tensordot,
        multiply_columns,
        multiply_lists,
    ],
    "pool_rows": [
        pool_split,
        pool_lists,
        lambda col, C: np.array([r.reshape(C, -1).max(1) for r in col]),
    ],
    "col2im_by_hand": [
        ((1, 4, 3), (8, 20, 12), (7, 16, 9)),
        np.array([[1.0, 4, 3], [8, 20, 12], [7, 16, 9]]),
        np.outer([1, 2, 1], [1, 2, 1]) * np.arange(1, 10).reshape(3, 3),
    ],
    "col2im": [col2im_positions, col2im_indices, col2im_book],
}
