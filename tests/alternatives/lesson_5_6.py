"""Other right answers to the exercises of lesson 5_6."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.functional import col2im, im2col


def padded(x, pad, value):
    width = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    return np.pad(x, width, constant_values=value)


def rows_windows(x, pool_h, pool_w, stride, pad):
    windows = sliding_window_view(
        padded(x, pad, -np.inf), (pool_h, pool_w), axis=(2, 3)
    )[:, :, ::stride, ::stride]
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(-1, pool_h * pool_w)


def rows_loops(x, pool_h, pool_w, stride=1, pad=0):
    x = padded(x, pad, -np.inf)
    H, W = x.shape[2:]
    return np.array(
        [
            image[c, i : i + pool_h, j : j + pool_w].ravel()
            for image in x
            for i in range(0, H - pool_h + 1, stride)
            for j in range(0, W - pool_w + 1, stride)
            for c in range(len(image))
        ]
    )


def rows_split(x, pool_h, pool_w, stride, pad):
    col = im2col(x, pool_h, pool_w, stride, pad, -np.inf)
    C = x.shape[1]
    return col.reshape(len(col), C, -1).reshape(len(col) * C, -1).tolist()


class LoopPooling:
    """Go over every image, channel and window."""

    value = -np.inf

    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.pool_h, self.pool_w = pool_h, pool_w
        self.stride, self.pad = stride, pad

    def forward(self, x):
        self.x = padded(x, self.pad, self.value)
        H, W = self.x.shape[2:]
        OH = (H - self.pool_h) // self.stride + 1
        OW = (W - self.pool_w) // self.stride + 1
        out = np.zeros((*x.shape[:2], OH, OW), dtype=np.float32)
        for place in np.ndindex(out.shape):
            out[place] = self.pooled(self.x[self.window(place)])
        return out

    def window(self, place):
        n, c, i, j = place
        top, left = i * self.stride, j * self.stride
        rows = slice(top, top + self.pool_h)
        return n, c, rows, slice(left, left + self.pool_w)

    def pooled(self, window):
        return window.max()

    def share(self, window):
        best = np.unravel_index(np.argmax(window), window.shape)
        share = np.zeros(window.shape)
        share[best] = 1
        return share

    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        for place in np.ndindex(dout.shape):
            window = self.window(place)
            dx[window] += dout[place] * self.share(self.x[window])
        H, W = dx.shape[2:]
        return dx[:, :, self.pad : H - self.pad, self.pad : W - self.pad]


class LoopAverage(LoopPooling):
    value = 0

    def pooled(self, window):
        return window.mean()

    def share(self, window):
        return 1 / window.size


class BookPooling:
    """Write it as the well-known book does, with minus infinity."""

    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.pool_h, self.pool_w = pool_h, pool_w
        self.stride, self.pad = stride, pad
        self.x = self.arg_max = None

    def forward(self, x):
        N, C, H, W = x.shape
        out_h = int(1 + (H + 2 * self.pad - self.pool_h) / self.stride)
        out_w = int(1 + (W + 2 * self.pad - self.pool_w) / self.stride)
        col = im2col(
            padded(x, self.pad, -np.inf),
            self.pool_h,
            self.pool_w,
            self.stride,
            0,
        )
        col = col.reshape(-1, self.pool_h * self.pool_w)
        self.x, self.arg_max = x, np.argmax(col, axis=1)
        out = np.max(col, axis=1)
        return out.reshape(N, out_h, out_w, C).transpose(0, 3, 1, 2)

    def backward(self, dout):
        dout = dout.transpose(0, 2, 3, 1)
        pool_size = self.pool_h * self.pool_w
        dmax = np.zeros((dout.size, pool_size))
        dmax[np.arange(self.arg_max.size), self.arg_max.flatten()] = (
            dout.flatten()
        )
        dmax = dmax.reshape((*dout.shape, pool_size))
        n, h, w, _ = dout.shape
        dcol = dmax.reshape(n * h * w, -1)
        return col2im(
            dcol,
            self.x.shape,
            self.pool_h,
            self.pool_w,
            self.stride,
            self.pad,
            is_backward=True,
        )


class MaskPooling(LoopPooling):
    """Keep the window axes apart, and put back with np.put_along_axis."""

    def forward(self, x):
        s = self.stride
        self.x = padded(x, self.pad, -np.inf)
        windows = sliding_window_view(
            self.x, (self.pool_h, self.pool_w), axis=(2, 3)
        )[:, :, ::s, ::s]
        self.flat = windows.reshape(*windows.shape[:4], -1)
        self.best = self.flat.argmax(axis=-1)[..., np.newaxis]
        return np.take_along_axis(self.flat, self.best, -1)[..., 0]

    def backward(self, dout):
        shares = np.zeros(self.flat.shape)
        np.put_along_axis(shares, self.best, dout[..., np.newaxis], -1)
        N, C, OH, OW, _ = shares.shape
        dcol = shares.transpose(0, 2, 3, 1, 4).reshape(N * OH * OW, -1)
        H, W = self.x.shape[2] - 2 * self.pad, self.x.shape[3] - 2 * self.pad
        return col2im(
            dcol,
            (N, C, H, W),
            self.pool_h,
            self.pool_w,
            self.stride,
            self.pad,
            True,
        )


class SliceAverage(LoopAverage):
    """Add one slice for each pixel of the window."""

    def slices(self, x):
        s = self.stride
        OH = (x.shape[2] - self.pool_h) // s + 1
        OW = (x.shape[3] - self.pool_w) // s + 1
        for y, z in np.ndindex(self.pool_h, self.pool_w):
            yield x[:, :, y : y + s * OH : s, z : z + s * OW : s]

    def forward(self, x):
        self.x = padded(x, self.pad, 0)
        return sum(self.slices(self.x)) / self.pool_h / self.pool_w

    def backward(self, dout):
        dx = np.zeros_like(self.x)
        for part in self.slices(dx):
            part += dout / (self.pool_h * self.pool_w)
        H, W = dx.shape[2:]
        return dx[:, :, self.pad : H - self.pad, self.pad : W - self.pad]


def put_loop(dout, argmax, size):
    rows = np.zeros((dout.size, size), dtype=np.float32)
    flat = np.moveaxis(dout, 1, 3).flatten()
    for row, place, value in zip(rows, argmax, flat):
        row[place] = value
    return rows


def put_one_hot(dout, argmax, size):
    return np.eye(size)[argmax] * dout.transpose(0, 2, 3, 1).reshape(-1, 1)


def put_mask(dout, argmax, size):
    flat = dout.transpose(0, 2, 3, 1).reshape(-1, 1)
    return np.where(np.arange(size) == argmax[:, np.newaxis], flat, 0)


ALTERNATIVES = {
    "pool_rows": [rows_windows, rows_loops, rows_split],
    "forward": [LoopPooling, BookPooling, MaskPooling],
    "by_hand": [
        np.array([[0, 3, 0], [0, 0, 0], [4, 0, -1]]),
        ((0.0, 3.0, 0.0), (0.0, 0.0, 0.0), (4.0, 0.0, -1.0)),
    ],
    "put_back": [put_loop, put_one_hot, put_mask],
    "backward": [LoopPooling, BookPooling, MaskPooling],
    "ties": [[0.5, 2], np.array([0.5, 2.0]), (np.float32(0.5), np.int64(2))],
    "average_forward": [LoopAverage, SliceAverage],
    "average_backward": [LoopAverage, SliceAverage],
}
