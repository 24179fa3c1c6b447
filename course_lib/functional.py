"""Functions on arrays that the layers, and a learner's own code, build on.

Images are (N, C, H, W): number, channels, height, width. Filters are
(FN, C, FH, FW). Results keep the dtype of the input, inputs never change.
"""

from __future__ import annotations

import numpy as np

from course_lib._checks import (
    IMAGE_AXES,
    check_array,
    check_images,
    check_int,
    check_output_padding,
    check_shape,
)
from course_lib._images import crop, offset_slice, pad_images, windows_of


def conv_output_size(
    size: int,
    filter_size: int,
    stride: int = 1,
    pad: int = 0,
    dilation: int = 1,
) -> int:
    """Return how many positions a filter takes along one axis.

    The formula is floor((size + 2 pad - extent) / stride) + 1, where the
    filter's extent is dilation * (filter_size - 1) + 1; see Dumoulin and
    Visin, "A guide to convolution arithmetic for deep learning" (2016).

    Args:
        size: height or width of the image in pixels.
        filter_size: height or width of the filter in pixels.
        stride: step between two positions in pixels.
        pad: pixels added on each side.
        dilation: distance between two filter pixels.

    Raises:
        ValueError: a number is not an integer or too small, or the filter
            does not fit into the padded image.
    """
    size = check_int("size", size, 1)
    filter_size = check_int("filter_size", filter_size, 1)
    stride = check_int("stride", stride, 1)
    pad = check_int("pad", pad, 0)
    dilation = check_int("dilation", dilation, 1)
    extent = dilation * (filter_size - 1) + 1
    if extent > size + 2 * pad:
        raise ValueError(
            f"the filter covers {extent} pixels, expected at most "
            f"{size + 2 * pad} (size {size} + 2 * pad {pad}); use a smaller "
            f"filter or more padding"
        )
    return (size + 2 * pad - extent) // stride + 1


def output_shape(
    x_shape: tuple,
    filter_h: int,
    filter_w: int,
    stride: int,
    pad: int,
    dilation: int = 1,
) -> tuple[int, int]:
    """Return (OH, OW) for images of shape (N, C, H, W)."""
    H, W = x_shape[2:]
    return (
        conv_output_size(H, filter_h, stride, pad, dilation),
        conv_output_size(W, filter_w, stride, pad, dilation),
    )


def transposed_output_size(
    size: int,
    filter_size: int,
    stride: int = 1,
    pad: int = 0,
    output_padding: int = 0,
) -> int:
    """Return how large a transposed convolution makes one axis.

    It is the size that `conv_output_size` with the same filter, stride and
    pad turns into `size`: stride * (size - 1) + filter_size - 2 pad. With
    stride s there are s such sizes; output_padding, 0 to s - 1, chooses
    among them. See Dumoulin and Visin, "A guide to convolution arithmetic
    for deep learning" (2016).

    Args:
        size: height or width of the input in pixels.
        filter_size: height or width of the filter in pixels.
        stride: step between the places of two input pixels in the output.
        pad: pixels cut off on each side.
        output_padding: pixels added at the bottom and at the right.

    Raises:
        ValueError: a number is not an integer or too small, output_padding
            is not smaller than the stride, or pad cuts everything off.
    """
    size = check_int("size", size, 1)
    filter_size = check_int("filter_size", filter_size, 1)
    stride = check_int("stride", stride, 1)
    pad = check_int("pad", pad, 0)
    output_padding = check_output_padding(output_padding, stride)
    result = stride * (size - 1) + filter_size - 2 * pad + output_padding
    if result < 1:
        raise ValueError(
            f"the output would have {result} pixels, expected at least 1; "
            f"pad {pad} cuts off more than the filter of {filter_size} "
            f"writes, use less padding"
        )
    return result


def im2col(
    input_data: np.ndarray,
    filter_h: int,
    filter_w: int,
    stride: int = 1,
    pad: int = 0,
    constant_values: float = 0,
) -> np.ndarray:
    """Write the pixels under each filter position into one row.

    The method is described in Chellapilla, Puri and Simard,
    "High Performance Convolutional Neural Networks for Document
    Processing" (2006).

    Args:
        input_data: images (N, C, H, W).
        filter_h: height of the filter in pixels.
        filter_w: width of the filter in pixels.
        stride: step between two positions in pixels.
        pad: pixels added on each side.
        constant_values: value of the added pixels.

    Returns:
        A new array (N*OH*OW, C*FH*FW) of the same dtype.

    Raises:
        ValueError: input_data is not (N, C, H, W), or the filter, stride
            or pad do not fit to it.
    """
    check_images("input_data", input_data)
    N, C = input_data.shape[:2]
    OH, OW = output_shape(input_data.shape, filter_h, filter_w, stride, pad)
    padded = pad_images(input_data, pad, constant_values)
    windows = windows_of(padded, filter_h, filter_w, stride)
    # An explicit copy: a reshape alone could return a view of the input.
    col = windows.transpose(0, 2, 3, 1, 4, 5).copy()
    return col.reshape(N * OH * OW, C * filter_h * filter_w)


def col2im(
    col: np.ndarray,
    input_shape: tuple[int, int, int, int],
    filter_h: int,
    filter_w: int,
    stride: int = 1,
    pad: int = 0,
    is_backward: bool = False,
) -> np.ndarray:
    """Write the rows of im2col back to their places in the images.

    Args:
        col: rows (N*OH*OW, C*FH*FW).
        input_shape: shape (N, C, H, W) of the images, without padding.
        filter_h: height of the filter in pixels.
        filter_w: width of the filter in pixels.
        stride: step between two positions in pixels.
        pad: pixels that im2col had added on each side; they are cut off.
        is_backward: False overwrites, filter offset by filter offset, so
            that a pixel in several windows keeps the first window's value;
            True sums the values, which is the gradient of im2col.

    Returns:
        A new array (N, C, H, W) of the same dtype; pixels that no window
        holds are 0.

    Raises:
        ValueError: the shapes, stride and pad do not fit together.
    """
    if len(input_shape) != 4:
        raise ValueError(
            f"input_shape is {tuple(input_shape)}, expected {IMAGE_AXES}; "
            f"pass the shape of the images that im2col was given"
        )
    N, C, H, W = input_shape
    OH, OW = output_shape(input_shape, filter_h, filter_w, stride, pad)
    rows = (N * OH * OW, C * filter_h * filter_w)
    slip = "input_shape, filter, stride and pad must be those of im2col"
    check_shape("col", col, rows, slip)
    parts = col.reshape(N, OH, OW, C, filter_h, filter_w)
    parts = parts.transpose(4, 5, 0, 3, 1, 2)
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=col.dtype)
    for fy in range(filter_h):
        for fx in range(filter_w):
            place = offset_slice(img, fy, fx, OH, OW, stride)
            if is_backward:
                place += parts[fy, fx]
            else:
                place[...] = parts[fy, fx]
    return crop(img, pad)


def softmax(x: np.ndarray) -> np.ndarray:
    """Turn scores (..., K) into probabilities (..., K) that sum to 1.

    The largest score is subtracted first, so that exp cannot overflow.

    Raises:
        ValueError: x is not an array with at least one axis.
    """
    return np.exp(log_softmax(x))


def log_softmax(x: np.ndarray) -> np.ndarray:
    """Return the logarithm of softmax, finite for any finite scores."""
    check_array("x", x)
    if x.ndim == 0:
        raise ValueError("x has shape (), expected (N, K) or (K,)")
    x = x - x.max(axis=-1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))


def one_hot(t: np.ndarray, like: np.ndarray) -> np.ndarray:
    """Return labels, (N,) or one-hot (N, K), as (N, K) with like's dtype."""
    N, K = like.shape
    t = np.asarray(t)
    if t.shape == (N, K):
        return t.astype(like.dtype)
    if t.shape != (N,):
        raise ValueError(
            f"t has shape {t.shape}, expected ({N},) or ({N}, {K}); "
            f"labels and scores must be of the same images"
        )
    if t.dtype.kind not in "iu":
        raise ValueError(
            f"t has dtype {t.dtype}, expected integer labels; "
            f"use t.astype(int)"
        )
    if N and (t.min() < 0 or t.max() >= K):
        raise ValueError(
            f"t holds labels {t.min()}..{t.max()}, expected 0..{K - 1}; "
            f"are the labels counted from 1, or is output_size too small?"
        )
    one_hot = np.zeros((N, K), dtype=like.dtype)
    one_hot[np.arange(N), t] = 1
    return one_hot


def cross_entropy(y: np.ndarray, t: np.ndarray) -> float:
    """Return the mean of -log(probability of the true class).

    Args:
        y: probabilities (N, K), or (K,) for one example.
        t: labels (N,) or one-hot (N, K); a label or (K,) for one example.

    Raises:
        ValueError: shapes do not fit, or a label is outside 0..K-1.
    """
    check_array("y", y)
    if y.ndim == 1:
        y, t = y[np.newaxis], np.asarray(t)[np.newaxis]
    if y.ndim != 2:
        raise ValueError(f"y has shape {y.shape}, expected (N, K) or (K,)")
    # The smallest normal number instead of 0 keeps the logarithm finite.
    tiny = np.finfo(np.result_type(y, np.float32)).tiny
    log_y = np.log(np.maximum(y, tiny))
    return float(-(one_hot(t, log_y) * log_y).sum() / len(y))
