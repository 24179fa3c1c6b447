"""What several exercises of lesson 5_1 use."""

from __future__ import annotations

import numpy as np

from course_lib.layers import Convolution


def integer_array(rng, *shape):
    """Return numbers from -9 to 9 as float64."""
    return rng.integers(-9, 10, shape).astype(np.float64)


def convolution_of(x, w, b=0, stride=1, pad=0):
    """Return the map (OH, OW) of x (H, W) or (C, H, W) and one filter."""
    if x.ndim == 2:
        x, w = x[np.newaxis], w[np.newaxis]
    layer = Convolution(w[np.newaxis], np.array([b], x.dtype), stride, pad)
    return layer.forward(x[np.newaxis])[0, 0]


def size_cases(rng, shapes):
    """Return (x, w, b, stride, pad) from (shape, shape, stride, pad)."""
    return [
        (
            integer_array(rng, *x),
            integer_array(rng, *w),
            int(rng.integers(2, 9)),
            stride,
            pad,
        )
        for x, w, stride, pad in shapes
    ]
