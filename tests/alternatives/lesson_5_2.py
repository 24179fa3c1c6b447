"""Other right answers to the exercises of lesson 5_2."""

from fractions import Fraction

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.ndimage import shift as scipy_shift


def max_windows(x, pool_h, pool_w, stride, axis=(2, 3)):
    windows = sliding_window_view(x, (pool_h, pool_w))
    return windows[::stride, ::stride].max(axis=axis)


def max_lists(x, pool_h, pool_w, stride):
    H, W = x.shape
    return [
        [
            max(max(row[j : j + pool_w]) for row in x[i : i + pool_h])
            for j in range(0, W - pool_w + 1, stride)
        ]
        for i in range(0, H - pool_h + 1, stride)
    ]


def max_search(x, pool_h, pool_w, stride):
    y = np.full(
        (
            (x.shape[0] - pool_h) // stride + 1,
            (x.shape[1] - pool_w) // stride + 1,
        ),
        -np.inf,
        dtype=np.float32,
    )
    for i, j in np.ndindex(y.shape):
        for fy in range(pool_h):
            for fx in range(pool_w):
                value = x[i * stride + fy, j * stride + fx]
                if value > y[i, j]:
                    y[i, j] = value
    return y


def average_windows(x, pool_h, pool_w, stride):
    windows = sliding_window_view(x.astype(np.float32), (pool_h, pool_w))
    return np.mean(windows[::stride, ::stride], axis=(-1, -2))


def average_sums(x, pool_h, pool_w, stride):
    OH = (x.shape[0] - pool_h) // stride + 1
    OW = (x.shape[1] - pool_w) // stride + 1
    y = []
    for i in range(OH):
        for j in range(OW):
            window = x[i * stride :, j * stride :][:pool_h, :pool_w]
            y.append(window.sum() / window.size)
    return np.array(y).reshape(OH, OW)


def images_one_by_one(x, pool_h, pool_w, stride=1, pad=0):
    width = ((pad, pad), (pad, pad))
    return np.array(
        [
            [
                max_windows(
                    np.pad(channel, width, constant_values=-1e9),
                    pool_h,
                    pool_w,
                    stride,
                )
                for channel in image
            ]
            for image in x
        ]
    )


def images_clipped(x, pool_h, pool_w, stride, pad):
    """Never pad: cut each window to what lies inside the image."""
    N, C, H, W = x.shape
    OH = (H + 2 * pad - pool_h) // stride + 1
    OW = (W + 2 * pad - pool_w) // stride + 1
    y = np.empty((N, C, OH, OW), dtype=np.float32)
    for i in range(OH):
        top = i * stride - pad
        rows = slice(max(top, 0), top + pool_h)
        for j in range(OW):
            left = j * stride - pad
            part = x[:, :, rows, max(left, 0) : left + pool_w]
            empty = part.size == 0
            y[:, :, i, j] = -np.inf if empty else part.max((2, 3))
    return y


def share_counted(pool, shift):
    stay = [column for column in range(pool) if column + shift < pool]
    return len(stay) / pool


def share_if(pool, shift, digits=None):
    if shift >= pool:
        return 0
    return np.float32(1 - shift / pool)


def share_clipped(pool, shift):
    return float(np.clip(Fraction(pool - shift, pool), 0, 1))


def right_joined(x, s):
    zeros = np.zeros((*x.shape[:-1], s))
    return np.concatenate([zeros, x[..., : x.shape[-1] - s]], axis=-1)


def right_padded(x, s):
    width = [(0, 0)] * (x.ndim - 1) + [(s, 0)]
    return np.pad(x, width)[..., : x.shape[-1]]


def right_rolled(x, s):
    moved = np.roll(x.astype(float), s, axis=-1)
    moved[..., :s] = 0
    return moved


def right_scipy(x, s):
    return scipy_shift(x, [0] * (x.ndim - 1) + [s], order=0)


def right_loop(x, s):
    moved = np.zeros(x.shape, dtype=np.float32)
    for j in range(x.shape[-1] - s):
        moved[..., j + s] = x[..., j]
    return moved


def columns_exchanged(x):
    """Exchange the columns of each window; lower one where all are equal."""
    z = x.astype(float)
    z[:, ::2], z[:, 1::2] = x[:, 1::2], x[:, ::2]
    for i, j in np.ndindex(x.shape[0] // 2, x.shape[1] // 2):
        place = slice(2 * i, 2 * i + 2), slice(2 * j, 2 * j + 2)
        if np.array_equal(z[place], x[place]):
            z[2 * i, 2 * j] -= 1
    return z


def in_another_corner(x):
    """Keep the maximum where it is not, three lower numbers beside it."""
    rows = []
    for upper, lower in zip(x[::2].tolist(), x[1::2].tolist()):
        above, below = [], []
        for j in range(0, len(upper), 2):
            window = [*upper[j : j + 2], *lower[j : j + 2]]
            new = [max(window) - 5] * 4
            new[3 - window.index(max(window))] = max(window)
            above += new[:2]
            below += new[2:]
        rows += [above, below]
    return rows


def smaller_ones_lowered(x):
    z = x.astype(float)
    for i in range(0, x.shape[0], 2):
        for j in range(0, x.shape[1], 2):
            window = z[i : i + 2, j : j + 2]
            keep = np.unravel_index(window.argmax(), (2, 2))
            top = window[keep]
            window -= 1
            window[keep] = top
    return z


ALTERNATIVES = {
    "by_hand": [
        np.array([[2.0, 3.0], [4.0, 2.0]]),
        ((2, 3), (4, 2)),
        [np.array([2, 3]), np.array([4, 2])],
    ],
    "max_pool": [max_windows, max_lists, max_search],
    "average_pool": [average_windows, average_sums],
    "max_pool_images": [images_one_by_one, images_clipped],
    "stay_share": [share_counted, share_if, share_clipped],
    "shift_right": [
        right_joined,
        right_padded,
        right_rolled,
        right_scipy,
        right_loop,
    ],
    "same_map": [
        columns_exchanged,
        in_another_corner,
        smaller_ones_lowered,
    ],
}
