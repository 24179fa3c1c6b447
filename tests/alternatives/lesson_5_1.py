"""Other right answers to the exercises of lesson 5_1."""

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import correlate2d


def convolve_lists(x, w):
    rows = []
    for i in range(len(x) - len(w) + 1):
        row = []
        for j in range(len(x[0]) - len(w[0]) + 1):
            total = 0
            for fy in range(len(w)):
                for fx in range(len(w[0])):
                    total += x[i + fy][j + fx] * w[fy][fx]
            row.append(total)
        rows.append(row)
    return rows


def convolve_windows(x, w, verbose=False):
    windows = sliding_window_view(x.astype(np.float32), w.shape)
    return np.einsum("ijyx,yx->ij", windows, w.astype(np.float32))


def convolve_shifted(x, w):
    OH, OW = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    y = np.zeros((OH, OW))
    for fy, fx in np.ndindex(w.shape):
        y += x[fy : fy + OH, fx : fx + OW] * w[fy, fx]
    return y


def size_counted(size, filter_size, stride=1, pad=0):
    count, place = 0, -pad
    while place + filter_size <= size + pad:
        count += 1
        place += stride
    return count


def size_recursive(size, filter_size, stride=1, pad=0, dilation=1):
    way = size + 2 * pad - filter_size
    if way < 0:
        return 0
    return 1 + size_recursive(size - stride, filter_size, stride, pad)


def size_floor(size, filter_size, stride, pad):
    return math.floor((size + 2 * pad - filter_size) / stride) + 1


def size_numpy(size, filter_size, stride, pad):
    return np.int64((size + pad + pad - filter_size + stride) // stride)


def convolve2d_windows(x, w, b=0, stride=1, pad=0):
    windows = sliding_window_view(np.pad(x, pad), w.shape)
    return np.tensordot(windows[::stride, ::stride], w, 2) + b


def convolve2d_scipy(x, w, b=0, stride=1, pad=0, mode="valid"):
    padded = np.zeros((x.shape[0] + 2 * pad, x.shape[1] + 2 * pad))
    padded[pad : pad + x.shape[0], pad : pad + x.shape[1]] = x
    return correlate2d(padded, w, mode)[::stride, ::stride] + b


def convolve2d_lists(x, w, b, stride, pad):
    H, W = x.shape

    def pixel(i, j):
        return x[i, j] if 0 <= i < H and 0 <= j < W else 0

    return [
        [
            b
            + sum(
                pixel(i + fy, j + fx) * w[fy, fx]
                for fy in range(len(w))
                for fx in range(len(w[0]))
            )
            for j in range(-pad, W + pad - len(w[0]) + 1, stride)
        ]
        for i in range(-pad, H + pad - len(w) + 1, stride)
    ]


def channels_summed(x, w, b=0, stride=1, pad=0):
    y = b
    for channel, part in zip(x, w):
        y = y + convolve2d_windows(channel, part, 0, stride, pad)
    return y


def channels_at_once(x, w, b, stride, pad):
    padded = np.pad(x, ((0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(padded, w.shape[1:], axis=(1, 2))
    windows = windows[:, ::stride, ::stride].astype(np.float32)
    return (np.einsum("cijyx,cyx->ij", windows, w) + b).tolist()


def images_loops(x, W, b, stride=1, pad=0):
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    N, _, H, WIDTH = padded.shape
    FN, _, FH, FW = W.shape
    OH, OW = (H - FH) // stride + 1, (WIDTH - FW) // stride + 1
    y = np.empty((N, FN, OH, OW), dtype=np.float32)
    for n in range(N):
        for k in range(FN):
            for i in range(OH):
                for j in range(OW):
                    window = padded[n, :, i * stride :, j * stride :]
                    total = (window[:, :FH, :FW] * W[k]).sum()
                    y[n, k, i, j] = total + b[k]
    return y


def images_stacked(x, W, b, stride, pad):
    maps = [
        np.stack([channels_summed(image, w, 0, stride, pad) for image in x])
        for w in W
    ]
    return np.stack(maps, axis=1) + b.reshape(1, -1, 1, 1)


def strongest_loop(y):
    best = (0, 0)
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            if y[i, j] > y[best]:
                best = (i, j)
    return best


def strongest_divmod(y):
    return list(divmod(int(y.ravel().argmax()), y.shape[1]))


def strongest_where(y):
    rows, columns = np.where(y == y.max())
    return rows[0], columns[0]


ALTERNATIVES = {
    "by_hand": [
        [15, 16],
        np.array([15.0, 16.0]),
        (np.int64(15), np.float32(16)),
    ],
    "convolve": [
        convolve_lists,
        convolve_windows,
        convolve_shifted,
        lambda x, w: correlate2d(x, w, "valid"),
    ],
    "output_size": [size_counted, size_recursive, size_floor, size_numpy],
    "convolve2d": [convolve2d_windows, convolve2d_scipy, convolve2d_lists],
    "convolve_channels": [channels_summed, channels_at_once],
    "convolve_images": [images_loops, images_stacked],
    "edge_filter": [
        np.array([[0, -1, 0], [0, 0, 0], [0, 1, 0]], dtype=np.float32),
        ((0.0, -1.0, 0.0), (0.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
        [np.array([0, -1, 0]), np.zeros(3), np.array([0, 1, 0])],
    ],
    "strongest": [strongest_loop, strongest_divmod, strongest_where],
}
