"""Other right answers to the exercises of lesson 5_5."""

import itertools

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.functional import col2im, im2col


def columns_stacked(W):
    return np.stack([w.ravel() for w in W], axis=1)


def columns_moved(W):
    return W.transpose(1, 2, 3, 0).reshape(-1, W.shape[0])


def columns_lists(W):
    return [list(numbers) for numbers in zip(*(w.ravel() for w in W))]


def maps_by_filter(rows, N, OH, OW):
    return np.stack([f.reshape(N, OH, OW) for f in rows.T], axis=1)


def maps_loops(rows, N, OH, OW):
    maps = np.empty((N, rows.shape[1], OH, OW), dtype=np.float32)
    for row, (n, i, j) in zip(
        rows, itertools.product(*map(range, (N, OH, OW)))
    ):
        maps[n, :, i, j] = row
    return maps


class WindowConvolution:
    """Work on windows (N, C, OH, OW, FH, FW) with einsum."""

    def __init__(self, W, b, stride=1, pad=0, name="conv"):
        self.W, self.b = W, b
        self.stride, self.pad, self.name = stride, pad, name

    def forward(self, x):
        pad, s = self.pad, self.stride
        self.padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        self.windows = sliding_window_view(
            self.padded, self.W.shape[2:], axis=(2, 3)
        )[:, :, ::s, ::s]
        out = np.einsum("ncijyx,kcyx->nkij", self.windows, self.W)
        return out + self.b.reshape(1, -1, 1, 1)

    def backward(self, dout, verbose=False):
        self.dW = np.einsum("ncijyx,nkij->kcyx", self.windows, dout)
        self.db = np.einsum("nkij->k", dout)
        dwindows = np.einsum("nkij,kcyx->ncijyx", dout, self.W)
        dx = np.zeros_like(self.padded)
        s = self.stride
        for i, j in np.ndindex(dout.shape[2:]):
            FH, FW = self.W.shape[2:]
            place = dx[:, :, i * s : i * s + FH, j * s : j * s + FW]
            place += dwindows[:, :, i, j]
        H, W = dx.shape[2:]
        return dx[:, :, self.pad : H - self.pad, self.pad : W - self.pad]


class LoopConvolution:
    """Go over every image, filter and place, in float32."""

    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad

    def window(self, n, i, j):
        FH, FW = self.W.shape[2:]
        top, left = i * self.stride, j * self.stride
        return (n, slice(None), slice(top, top + FH), slice(left, left + FW))

    def forward(self, x):
        pad = self.pad
        self.x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        OH = (self.x.shape[2] - self.W.shape[2]) // self.stride + 1
        OW = (self.x.shape[3] - self.W.shape[3]) // self.stride + 1
        out = np.zeros((len(x), len(self.W), OH, OW), dtype=np.float32)
        for n, k, i, j in np.ndindex(out.shape):
            total = (self.x[self.window(n, i, j)] * self.W[k]).sum()
            out[n, k, i, j] = total + self.b[k]
        return out

    def backward(self, dout):
        dx = np.zeros(self.x.shape, dtype=np.float32)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        for n, k, i, j in np.ndindex(dout.shape):
            delta, place = dout[n, k, i, j], self.window(n, i, j)
            self.db[k] += delta
            self.dW[k] += delta * self.x[place]
            dx[place] += delta * self.W[k]
        H, W = dx.shape[2] - 2 * self.pad, dx.shape[3] - 2 * self.pad
        return dx[:, :, self.pad :, self.pad :][:, :, :H, :W]


class BookConvolution:
    """Write it as the well-known book does."""

    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad
        self.x = self.col = self.col_W = self.dW = self.db = None

    def forward(self, x):
        FN, _, FH, FW = self.W.shape
        N, _, H, W = x.shape
        out_h = 1 + int((H + 2 * self.pad - FH) / self.stride)
        out_w = 1 + int((W + 2 * self.pad - FW) / self.stride)
        col = im2col(x, FH, FW, self.stride, self.pad)
        col_W = self.W.reshape(FN, -1).T
        out = np.dot(col, col_W) + self.b
        self.x, self.col, self.col_W = x, col, col_W
        return out.reshape(N, out_h, out_w, -1).transpose(0, 3, 1, 2)

    def backward(self, dout):
        FN, C, FH, FW = self.W.shape
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.db = np.sum(dout, axis=0)
        self.dW = np.dot(self.col.T, dout)
        self.dW = self.dW.transpose(1, 0).reshape(FN, C, FH, FW)
        dcol = np.dot(dout, self.col_W.T)
        return col2im(dcol, self.x.shape, FH, FW, self.stride, self.pad, True)


def gradients_einsum(dout, col, W_shape):
    N, _, OH, OW = dout.shape
    windows = col.reshape(N, OH, OW, -1)
    dW = np.einsum("nkij,nijp->kp", dout, windows)
    return [dW.reshape(W_shape), dout.sum(axis=(0, 2, 3))]


def gradients_by_filter(dout, col, W_shape):
    FN, C, FH, FW = W_shape
    dW = np.empty(W_shape, dtype=np.float32)
    db = []
    for k in range(FN):
        delta = dout[:, k].ravel()
        dW[k] = (delta @ col).reshape(C, FH, FW)
        db.append(delta.sum())
    return dW, db


def gradient_on_copies(f, x, h=1e-5):
    grad = []
    for k in range(x.size):
        step = np.zeros(x.size)
        step[k] = h
        step = step.reshape(x.shape)
        grad.append((f(x + step) - f(x - step)) / (2 * h))
    return np.array(grad).reshape(x.shape)


def gradient_iterator(f, x):
    h = 1e-4
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        index = it.multi_index
        kept = x[index]
        x[index] = float(kept) + h
        above = f(x)
        x[index] = kept - h
        below = f(x)
        grad[index] = (above - below) / (2 * h)
        x[index] = kept
        it.iternext()
    return grad


def dx_flip(Layer, dout, W):
    turned = np.flip(W, axis=(2, 3)).swapaxes(0, 1)
    layer = Layer(turned, np.zeros(W.shape[1]), 1, W.shape[2] - 1)
    return layer.forward(dout)


def dx_rotated(Layer, dout, W):
    turned = np.rot90(W, 2, axes=(2, 3)).transpose(1, 0, 2, 3)
    pad = W.shape[-1] - 1
    wide = np.pad(dout, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    return Layer(turned.copy(), np.zeros(len(turned))).forward(wide)


def dx_by_channel(Layer, dout, W):
    """Turn the filter by lists, channel by channel."""
    maps = []
    for c in range(W.shape[1]):
        turned = np.array([[w[c][::-1, ::-1] for w in W]])
        layer = Layer(turned, np.zeros(1), pad=W.shape[2] - 1)
        maps.append(layer.forward(dout)[:, 0])
    return np.stack(maps, axis=1)


ALTERNATIVES = {
    "filter_matrix": [columns_stacked, columns_moved, columns_lists],
    "rows_to_maps": [maps_by_filter, maps_loops],
    "forward": [WindowConvolution, LoopConvolution, BookConvolution],
    "by_hand": [
        [4, 7, 8, 5],
        np.array([4.0, 7.0, 8.0, 5.0]),
        (np.int64(4), 7.0, np.float32(8), 5),
    ],
    "parameter_gradients": [gradients_einsum, gradients_by_filter],
    "backward": [WindowConvolution, LoopConvolution, BookConvolution],
    "numerical_gradient": [gradient_on_copies, gradient_iterator],
    "dx_by_forward": [dx_flip, dx_rotated, dx_by_channel],
}
