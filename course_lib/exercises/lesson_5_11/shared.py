"""What several exercises of lesson 5_11 use."""

from __future__ import annotations

import numpy as np

from course_lib.functional import transposed_output_size


def maps(*shape, seed=511):
    """Return fractions that all differ, some negative."""
    order = np.random.default_rng(seed).permutation(int(np.prod(shape)))
    return (order - len(order) // 3).reshape(shape) / 2 + 0.25


def transposed(x, w, stride=1):
    """Return the map that the pixels of x (H, W) write with w (FH, FW)."""
    OH, OW = (
        transposed_output_size(n, f, stride) for n, f in zip(x.shape, w.shape)
    )
    y = np.zeros((OH, OW), np.result_type(x, w))
    FH, FW = w.shape
    for i, j in np.ndindex(x.shape):
        top, left = i * stride, j * stride
        y[top : top + FH, left : left + FW] += x[i, j] * w
    return y
