"""Pad, crop and slice images (N, C, H, W); layers and im2col share these."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib._order import in_order_of


def pad_images(
    x: np.ndarray, pad: int, constant_values: float = 0
) -> np.ndarray:
    """Return x (N, C, H, W) with a border; x itself if pad is 0."""
    if pad == 0:
        return x
    N, C, H, W = x.shape
    padded_shape = (N, C, H + 2 * pad, W + 2 * pad)
    padded = in_order_of(x, padded_shape)
    padded[...] = constant_values
    padded[:, :, pad : pad + H, pad : pad + W] = x
    return padded


def windows_of(
    x: np.ndarray,
    filter_h: int,
    filter_w: int,
    stride: int,
    dilation: int = 1,
) -> np.ndarray:
    """Return a view (N, C, OH, OW, FH, FW) of every window of x."""
    extent = [dilation * (size - 1) + 1 for size in (filter_h, filter_w)]
    views = sliding_window_view(x, extent, axis=(2, 3))
    return views[:, :, ::stride, ::stride, ::dilation, ::dilation]


def offset_slice(
    x: np.ndarray,
    fy: int,
    fx: int,
    OH: int,
    OW: int,
    stride: int,
    dilation: int = 1,
) -> np.ndarray:
    """Return a view (N, C, OH, OW): pixel (fy, fx) of every window."""
    fy, fx = fy * dilation, fx * dilation
    return x[
        :, :, fy : fy + stride * OH : stride, fx : fx + stride * OW : stride
    ]


def crop(x: np.ndarray, pad: int) -> np.ndarray:
    """Return x (N, C, H, W) without a border of `pad` pixels."""
    if pad == 0:
        return x
    return x[:, :, pad:-pad, pad:-pad]
