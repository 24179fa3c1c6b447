"""What several exercises of lesson 5_1 use."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.frames import frame
from course_lib.exercises.walks import right_start, windows_at
from course_lib.layers import Convolution


def fractions(rng, *shape):
    """Return multiples of a quarter from -9 to 9, exact in float32 too."""
    return rng.integers(-36, 37, shape) / 4


def convolution_of(x, w, b=0, stride=1, pad=0):
    """Return the map (OH, OW) of x (H, W) or (C, H, W) and one filter."""
    if x.ndim == 2:
        x, w = x[np.newaxis], w[np.newaxis]
    dtype = np.result_type(x, w, np.float32)  # of integers: float64
    layer = Convolution(
        w[np.newaxis].astype(dtype), np.array([b], dtype), stride, pad
    )
    return layer.forward(x[np.newaxis].astype(dtype))[0, 0]


def size_cases(rng, shapes):
    """Return (x, w, b, stride, pad) from (shape, shape, stride, pad).

    One more has integers only in x, one negative numbers only.
    """
    cases = [
        (
            fractions(rng, *x),
            fractions(rng, *w),
            float(rng.integers(2, 9)) + 0.5,
            stride,
            pad,
        )
        for x, w, stride, pad in shapes
    ]
    (x, w, b, *sizes), (z, *rest) = cases[:2]
    whole = (np.round(x).astype(int), w, -b, *sizes)
    return [*cases, whole, (-0.25 - np.abs(z), *rest)]


def walked(use, start=right_start, end=None, laid=frame):
    """Return an answer as a loop: use(window, w, b) makes each number.

    start, end: as in `walks`. laid: frame(x, pad, value) of `frames`.
    x is (H, W) or (C, H, W), w likewise.
    """

    def answer(x, w, b=0, stride=1, pad=0):
        x = laid(x, pad, 0)
        FH, FW = w.shape[-2:]
        OH = (x.shape[-2] - FH) // stride + 1
        OW = (x.shape[-1] - FW) // stride + 1
        y = np.zeros((OH, OW))
        at = windows_at(x, FH, FW, (OH, OW), stride, start, end)
        for i, j, window in at:
            y[i, j] = use(window, w, b)
        return y

    return answer


def product(window, w, b):
    """Return what a window should give."""
    return np.sum(window * w) + b
