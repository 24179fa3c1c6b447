"""What several exercises of lesson 5_2 use."""

from __future__ import annotations

import numpy as np

from course_lib.layers import AveragePooling, MaxPooling
from course_lib.text import Text


def integer_array(rng, *shape):
    """Return numbers from -9 to 9 as float64."""
    return rng.integers(-9, 10, shape).astype(np.float64)


def pool_with(layer, x):
    """Return the result of a pooling layer for one image (H, W)."""
    return layer.forward(x[np.newaxis, np.newaxis])[0, 0]


def max_pooled(x, pool_h, pool_w, stride):
    return pool_with(MaxPooling(pool_h, pool_w, stride), x)


def average_pooled(x, pool_h, pool_w, stride):
    return pool_with(AveragePooling(pool_h, pool_w, stride), x)


def image_cases():
    rng = np.random.default_rng(521)
    settings = [
        ((4, 4), 2, 2, 2),
        ((6, 9), 2, 3, 3),
        ((7, 5), 3, 2, 1),
        ((8, 7), 2, 2, 3),
        ((5, 8), 4, 3, 2),
        ((9, 6), 3, 4, 2),
    ]
    # The last image holds negative numbers only.
    cases = [(integer_array(rng, *x), *rest) for x, *rest in settings]
    return [*cases, (-1 - np.abs(integer_array(rng, 6, 5)), 2, 3, 2)]


def places_turned(x, pool_h, pool_w, stride, reduce=np.max):
    """Let the window of output (i, j) begin at row j and column i."""
    OH, OW = max_pooled(np.zeros(x.shape[-2:]), pool_h, pool_w, stride).shape
    y = np.empty((*x.shape[:-2], OH, OW))
    for i, j in np.ndindex(OH, OW):
        top, left = j * stride, i * stride
        window = x[..., top : top + pool_h, left : left + pool_w]
        y[..., i, j] = reduce(window, axis=(-2, -1))
    return y


PLACES_TURNED = (
    "rows-and-columns-swapped",
    Text(
        "The window of output (i, j) begins at row j and column i. Which of"
        " the two loops counts the rows?",
        "出力 (i, j) の窓が、j 行 i 列から始まっています。行を数えているのは"
        "どちらのループですか。",
    ),
)
