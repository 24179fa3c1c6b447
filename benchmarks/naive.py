"""The definitions as plain loops, one window after the other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def convolve(
    x: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int
) -> np.ndarray:
    """Return maps (FN, OH, OW) of one padded image (C, H, W)."""
    out = np.zeros((len(W), *_size(x, W.shape[2:], stride)), x.dtype)
    for row, col, rows, cols in _windows(x, W.shape[2:], stride):
        for f in range(len(W)):
            out[f, row, col] = (x[:, rows, cols] * W[f]).sum() + b[f]
    return out


def convolve_backward(
    x: np.ndarray, W: np.ndarray, dout: np.ndarray, stride: int
) -> tuple[np.ndarray, ...]:
    """Return dx (C, H, W), dW and db of one padded image."""
    dx, dW = np.zeros_like(x), np.zeros_like(W)
    for row, col, rows, cols in _windows(x, W.shape[2:], stride):
        for f in range(len(W)):
            dW[f] += dout[f, row, col] * x[:, rows, cols]
            dx[:, rows, cols] += dout[f, row, col] * W[f]
    return dx, dW, dout.sum(axis=(1, 2))


def max_pool(x: np.ndarray, size: int, stride: int) -> np.ndarray:
    """Return the maxima (C, OH, OW) of one image (C, H, W)."""
    out = np.zeros((len(x), *_size(x, (size, size), stride)), x.dtype)
    for row, col, rows, cols in _windows(x, (size, size), stride):
        for c in range(len(x)):
            out[c, row, col] = x[c, rows, cols].max()
    return out


def max_pool_backward(
    x: np.ndarray, dout: np.ndarray, size: int, stride: int
) -> np.ndarray:
    """Return dx (C, H, W) of one image."""
    dx = np.zeros_like(x)
    for row, col, rows, cols in _windows(x, (size, size), stride):
        for c in range(len(x)):
            y, z = divmod(x[c, rows, cols].argmax(), size)
            dx[c, rows, cols][y, z] += dout[c, row, col]
    return dx


def _size(x: np.ndarray, window: tuple, stride: int) -> tuple[int, int]:
    """Return (OH, OW)."""
    (H, W), (FH, FW) = x.shape[1:], window
    return (H - FH) // stride + 1, (W - FW) // stride + 1


def _windows(x: np.ndarray, window: tuple, stride: int) -> Iterator[tuple]:
    """Yield row and column of the result and the slices of its window."""
    OH, OW = _size(x, window, stride)
    for row in range(OH):
        for col in range(OW):
            top, left = row * stride, col * stride
            rows = slice(top, top + window[0])
            yield row, col, rows, slice(left, left + window[1])
