"""Other right answers to the exercises of lesson 5_11."""

import itertools

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import convolve2d

from course_lib.layers import Convolution


class GroupedBySlices:
    """Cut with slices, and write into arrays made beforehand."""

    def __init__(self, W, b, stride=1, pad=0, groups=1):
        self.W, self.b, self.groups = W, b, groups
        self.stride, self.pad = stride, pad

    def forward(self, x):
        G, n = self.groups, len(self.W) // self.groups
        c = x.shape[1] // G
        self.x = x
        self.layers, maps = [], []
        for g in range(G):
            filters = slice(g * n, (g + 1) * n)
            layer = Convolution(
                self.W[filters], self.b[filters], self.stride, self.pad
            )
            maps.append(layer.forward(x[:, g * c : (g + 1) * c]))
            self.layers.append(layer)
        return np.hstack(maps)

    def backward(self, dout):
        n = len(self.W) // self.groups
        dx = np.empty_like(self.x)
        c = self.x.shape[1] // self.groups
        self.dW, self.db = np.empty_like(self.W), np.empty_like(self.b)
        for g, layer in enumerate(self.layers):
            filters = slice(g * n, g * n + n)
            dx[:, g * c : g * c + c] = layer.backward(dout[:, filters])
            self.dW[filters], self.db[filters] = layer.dW, layer.db
        return dx


class GroupedByZeros:
    """Fill W with zeros where a filter does not see a channel."""

    def __init__(self, W, b, stride=1, pad=0, groups=1):
        FN, C, FH, FW = W.shape
        whole = np.zeros((FN, C * groups, FH, FW), W.dtype)
        self.seen = []
        for k in range(FN):
            g = k // (FN // groups)
            self.seen.append(slice(g * C, g * C + C))
            whole[k, self.seen[k]] = W[k]
        self.layer = Convolution(whole, b, stride, pad)

    def forward(self, x):
        return self.layer.forward(x)

    def backward(self, dout):
        dx = self.layer.backward(dout)
        seen = enumerate(self.seen)
        self.dW = np.array(
            [self.layer.dW[k, channels] for k, channels in seen]
        )
        self.db = self.layer.db
        return dx


def depthwise_by_groups(x, w, stride=1, pad=0):
    C, FH, FW = w.shape
    layer = GroupedBySlices(
        w.reshape(C, 1, FH, FW), np.zeros(C), stride, pad, groups=C
    )
    return layer.forward(x)


def depthwise_by_windows(x, w, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(x, w.shape[1:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijyx,cyx->ncij", windows, w)


def depthwise_by_loops(x, w, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    N, C, H, W = x.shape
    FH, FW = w.shape[1:]
    OH, OW = (H - FH) // stride + 1, (W - FW) // stride + 1
    y = np.zeros((N, C, OH, OW))
    for i, j in np.ndindex(OH, OW):
        top, left = i * stride, j * stride
        window = x[:, :, top : top + FH, left : left + FW]
        y[:, :, i, j] = (window * w).sum(axis=(2, 3))
    return y


def pointwise_einsum(x, W):
    return np.einsum("nchw,kc->nkhw", x, W)


def pointwise_rows(x, W):
    rows = x.transpose(0, 2, 3, 1) @ W.T
    return rows.transpose(0, 3, 1, 2)


def pointwise_convolution(x, W):
    layer = Convolution(W[:, :, np.newaxis, np.newaxis], np.zeros(len(W)))
    return layer.forward(x)


def pointwise_tensordot(x, W):
    return np.moveaxis(np.tensordot(W, x, axes=(1, 1)), 0, 1)


def cost_in_steps(c_i, c_o, k, h, w):
    depthwise, pointwise = c_i * k**2, c_i * c_o
    return [depthwise + pointwise, depthwise * h * w + pointwise * h * w]


def cost_of_the_slide(c_i, c_o, k, h, w):
    n_p = c_i * (c_o + k**2)
    return np.array([n_p, h * w * n_p])


def params_by_lists(channels, width=1, classes=1000):
    c = [3] + [int(n * width) for n in channels]
    convolutions = [27 * c[1]]
    convolutions += [9 * n for n in c[1:-1]]
    convolutions += [a * b for a, b in itertools.pairwise(c[1:])]
    maps = c[1] + sum(c[1:-1]) + sum(c[2:])
    return sum(convolutions) + 2 * maps + (c[-1] + 1) * classes


def params_numpy(channels, width=1, classes=1000):
    c = (np.array(channels) * width).astype(int)
    blocks = 11 * c[:-1] + c[:-1] * c[1:] + 2 * c[1:]
    return 29 * c[0] + blocks.sum() + c[-1] * classes + classes


def params_loop(channels, width, classes):
    previous, total = None, 0
    for n in channels:
        n = int(width * n)
        if previous is None:
            total += n * 3 * 3 * 3 + n + n
        else:
            total += previous * 3 * 3 + 2 * previous
            total += previous * n + 2 * n
        previous = n
    return float(total + previous * classes + classes)


def dilate_kron(W, dilation):
    one = np.zeros((dilation, dilation), W.dtype)
    one[0, 0] = 1
    FH, FW = W.shape[2:]
    big = np.kron(W, one)
    return big[:, :, : dilation * (FH - 1) + 1, : dilation * (FW - 1) + 1]


def dilate_loops(W, dilation):
    FN, C, FH, FW = W.shape
    rows, columns = (FH - 1) * dilation + 1, (FW - 1) * dilation + 1
    holes = np.zeros((FN, C, rows, columns))
    for fy, fx in itertools.product(range(FH), range(FW)):
        holes[:, :, fy * dilation, fx * dilation] = W[:, :, fy, fx]
    return holes


def transposed_by_zeros(x, w, stride=1):
    """Put zeros between the pixels and convolve with the turned filter."""
    H, W = x.shape
    spread = np.zeros((stride * (H - 1) + 1, stride * (W - 1) + 1))
    spread[::stride, ::stride] = x
    return convolve2d(spread, w, mode="full")


def transposed_by_filter(x, w, stride=1):
    """Go over the numbers of the filter instead of the pixels."""
    H, W = x.shape
    FH, FW = w.shape
    y = np.zeros((stride * (H - 1) + FH, stride * (W - 1) + FW))
    for fy in range(FH):
        for fx in range(FW):
            rows = slice(fy, fy + stride * (H - 1) + 1, stride)
            columns = slice(fx, fx + stride * (W - 1) + 1, stride)
            y[rows, columns] += w[fy, fx] * x
    return y


def transposed_by_backward(x, w, stride=1):
    """Ask a convolution for dx: the gradient takes the same way."""
    OH, OW = (stride * (n - 1) + f for n, f in zip(x.shape, w.shape))
    layer = Convolution(w[np.newaxis, np.newaxis], np.zeros(1), stride)
    layer.forward(np.zeros((1, 1, OH, OW)))
    return layer.backward(x[np.newaxis, np.newaxis])[0, 0]


def transposed_in_lists(x, w, stride=1):
    rows = stride * (len(x) - 1) + len(w)
    columns = stride * (len(x[0]) - 1) + len(w[0])
    y = [[0.0] * columns for _ in range(rows)]
    for i, j in np.ndindex(x.shape):
        for fy, fx in np.ndindex(w.shape):
            y[i * stride + fy][j * stride + fx] += x[i, j] * w[fy, fx]
    return y


def size_counted(size, filter_size, stride=1, pad=0):
    last = 0
    for _ in range(size - 1):
        last += stride
    return last + filter_size - pad - pad


def size_searched(size, filter_size, stride=1, pad=0):
    """Find the smallest image whose convolution has this size."""
    image = 1
    while (image + 2 * pad - filter_size) // stride + 1 < size:
        image += 1
    return image


def size_numpy(size, filter_size, stride, pad):
    return np.int64((size - 1) * stride - 2 * pad + (filter_size - 1) + 1)


BY_HAND = [[1, 4, 4], [6, 20, 16], [9, 24, 16]]
ALTERNATIVES = {
    "grouped": (GroupedBySlices, GroupedByZeros),
    "depthwise": (
        depthwise_by_groups,
        depthwise_by_windows,
        depthwise_by_loops,
    ),
    "pointwise": (
        pointwise_einsum,
        pointwise_rows,
        pointwise_convolution,
        pointwise_tensordot,
    ),
    "separable_cost": (cost_in_steps, cost_of_the_slide),
    "mobilenet_params": (params_by_lists, params_numpy, params_loop),
    "dilate": (dilate_kron, dilate_loops),
    "transposed_by_hand": (BY_HAND, np.array(BY_HAND, dtype=float)),
    "transposed": (
        transposed_by_zeros,
        transposed_by_filter,
        transposed_by_backward,
        transposed_in_lists,
    ),
    "transposed_size": (size_counted, size_searched, size_numpy),
}
