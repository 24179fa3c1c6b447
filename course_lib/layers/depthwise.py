"""Depthwise convolution: each channel has a filter of its own.

W @ columns would be a product of one row for each channel, which is slow.
So here the *filter* is spread out instead of the image: a band matrix T
(FH * W, OW) for each channel, mostly zeros, holds the filter once for each
place in a row. FH rows of an image times T are then a row of the result,

    rows (N, FH * W) @ T (FH * W, OW) -> row (N, OW),

and nothing is copied. It computes more products than it needs, yet takes
a fraction of the time. Wide images are cut, so that T stays small.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import as_strided

from course_lib._blocks import blocks, in_shares
from course_lib._order import new_images

if TYPE_CHECKING:
    from course_lib.layers.convolution import Convolution

_BLOCK_NUMBERS = 1 << 17
_WIDTH = 14


def forward(layer: Convolution, x: np.ndarray) -> np.ndarray:
    """Return the feature maps (N, C, OH, OW) of images x (N, C, H, W)."""
    dtype = np.result_type(x, layer.W, layer.b)
    out, _ = new_images(layer.out_shape, dtype, layer.together)

    def work(share: slice) -> None:
        for channels, columns in _blocks(layer, share):
            T = _bands(layer, channels, columns)
            rows = _Rows(layer, channels, columns, x.dtype)
            rows.read(x)
            maps = out[:, channels, :, columns].transpose(1, 2, 0, 3)
            np.matmul(rows.windows(), T[:, np.newaxis], out=maps)
            maps += layer.b[channels, np.newaxis, np.newaxis, np.newaxis]

    in_shares(work, x.shape[1], x.size * layer.W[0].size)
    return out


def backward(
    layer: Convolution, dout: np.ndarray
) -> tuple[np.ndarray | None, np.ndarray, np.ndarray]:
    """Return dx, dW and db from dout (N, C, OH, OW)."""
    x, W = layer.x, layer.W
    dW = np.empty(W.shape, np.result_type(x, W, dout))
    dx = None
    if layer.needs_dx:
        dtype = np.result_type(W, dout)
        dx, _ = new_images(x.shape, dtype, layer.together)
        dx[...] = 0
    dW[...] = 0

    def work(share: slice) -> None:
        for channels, columns in _blocks(layer, share):
            rows = _Rows(layer, channels, columns, x.dtype)
            rows.read(x)
            maps = dout[:, channels, :, columns].transpose(1, 2, 0, 3)
            maps = _ordered(maps, layer.together)
            bands = np.matmul(rows.windows().swapaxes(2, 3), maps).sum(axis=1)
            dW[channels, 0] += _from_bands(layer, bands)
            if dx is not None:
                T = _bands(layer, channels, columns)
                shape = rows.windows().shape
                parts = _empty(shape, dx.dtype, layer.together)
                np.matmul(maps, T[:, np.newaxis].swapaxes(2, 3), out=parts)
                rows.add_to(dx, parts)

    in_shares(work, x.shape[1], x.size * W[0].size)
    return dx, dW, dout.sum(axis=(0, 2, 3))


def _empty(shape: tuple, dtype: np.dtype, together: bool) -> np.ndarray:
    """Return a new array (C, OH, N, K), with N inside if together."""
    if together:
        C, OH, N, K = shape
        return np.empty((C, OH, K, N), dtype).swapaxes(2, 3)
    return np.empty(shape, dtype)


def _ordered(maps: np.ndarray, together: bool) -> np.ndarray:
    """Return a copy of maps (C, OH, N, OW), with N inside if together."""
    result = _empty(maps.shape, maps.dtype, together)
    result[...] = maps
    return result


def _blocks(layer: Convolution, share: slice) -> Iterator[tuple[slice, slice]]:
    """Yield (channels, columns of the result) of parts of a share."""
    N, _, OH, OW = layer.out_shape
    numbers = max(1, N * OH * min(OW, _WIDTH))
    width = -(-OW // -(-OW // _WIDTH))
    for channels in blocks(share, max(1, _BLOCK_NUMBERS // numbers)):
        for columns in blocks(slice(0, OW), width):
            yield channels, columns


def _bands(layer: Convolution, channels: slice, columns: slice) -> np.ndarray:
    """Return T (C, rows * width, OW) for a part of the channels."""
    W = layer.W[channels, 0]
    C, FH, FW = W.shape
    s, d = layer.stride, layer.dilation
    OW = columns.stop - columns.start
    height, width = (FH - 1) * d + 1, (FW - 1) * d + (OW - 1) * s + 1
    T = np.zeros((C, height, width, OW), W.dtype)
    ox = np.arange(OW)
    for fx in range(FW):
        T[:, ::d, ox * s + fx * d, ox] = W[:, :, fx, np.newaxis]
    return T.reshape(C, height * width, OW)


def _from_bands(layer: Convolution, bands: np.ndarray) -> np.ndarray:
    """Return the sum (C, FH, FW) of what belongs to each filter pixel."""
    FH, FW = layer.W.shape[2:]
    s, d = layer.stride, layer.dilation
    C, _, OW = bands.shape
    bands = bands.reshape(C, (FH - 1) * d + 1, -1, OW)[:, ::d]
    ox = np.arange(OW)
    parts = [bands[:, :, ox * s + fx * d, ox].sum(2) for fx in range(FW)]
    return np.stack(parts, axis=2)


class _Rows:
    """The padded pixels (n, C, H, W) that some columns of the result see."""

    def __init__(
        self,
        layer: Convolution,
        channels: slice,
        columns: slice,
        dtype: np.dtype,
    ) -> None:
        N, _, OH, _ = layer.out_shape
        _, _, H, W = layer.x.shape
        FH, FW = layer.W.shape[2:]
        s, p, d = layer.stride, layer.pad, layer.dilation
        self.stride, self.dilation, self.OH, self.FH = s, d, OH, FH
        self.height = (FH - 1) * d + 1
        height = (OH - 1) * s + self.height
        left = columns.start * s - p
        width = (columns.stop - columns.start - 1) * s + (FW - 1) * d + 1
        y1, x0 = min(H, height - p), max(0, left)
        x1 = max(x0, min(W, left + width))
        self.place = (slice(None), channels, slice(0, y1), slice(x0, x1))
        self.inside = (..., slice(p, p + y1), slice(x0 - left, x1 - left))
        C = channels.stop - channels.start
        if layer.together:
            pixels = np.zeros((C, height, width, N), dtype)
            self.pixels = pixels.transpose(3, 0, 1, 2)
        else:
            self.pixels = np.zeros((N, C, height, width), dtype)

    def windows(self) -> np.ndarray:
        """Return the rows of each window as a matrix (C, OH, N, rows * W)."""
        N, C, _, width = self.pixels.shape
        image, channel, row, column = self.pixels.strides
        return as_strided(
            self.pixels,
            (C, self.OH, N, self.height * width),
            (channel, self.stride * row, image, column),
        )

    def read(self, x: np.ndarray) -> None:
        """Take the pixels from images x."""
        self.pixels[self.inside] = x[self.place]

    def add_to(self, dx: np.ndarray, parts: np.ndarray) -> None:
        """Sum parts (C, OH, N, rows * W) in dx where windows overlap."""
        self.pixels[...] = 0
        C, OH, N, _ = parts.shape
        parts = parts.reshape(C, OH, N, self.height, -1)
        for fy in range(0, self.height, self.dilation):
            rows = slice(fy, fy + (OH - 1) * self.stride + 1, self.stride)
            self.pixels[:, :, rows] += parts[:, :, :, fy].transpose(2, 0, 1, 3)
        dx[self.place] += self.pixels[self.inside]
