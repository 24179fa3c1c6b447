"""Results do not depend on how images lie in memory, on blocks or threads."""

import numpy as np
import pytest

from course_lib import _blocks
from course_lib.layers import (
    AveragePooling,
    BatchNormalization,
    Convolution,
    MaxPooling,
    ReLU,
    TransposedConvolution,
    convolution,
    depthwise,
)

ORDERS = {
    "images first": (0, 1, 2, 3),
    "images last": (2, 1, 3, 0),
    "channels last": (0, 2, 3, 1),
    "rows first": (2, 0, 1, 3),
}


def normal(*shape, seed=0):
    return np.random.default_rng((seed, *shape)).standard_normal(shape)


def ordered(x, order):
    """Return x with its axes in memory in another order."""
    back = np.argsort(order)
    return np.ascontiguousarray(x.transpose(order)).transpose(back)


LAYERS = {
    "convolution": lambda: Convolution(normal(5, 6, 3, 3), normal(5), 1, 1),
    "stride": lambda: Convolution(normal(5, 6, 3, 2), normal(5), 2, 1),
    "dilation": lambda: Convolution(normal(5, 6, 2, 3), normal(5), 1, 2, 2),
    "both": lambda: Convolution(normal(5, 6, 3, 3), normal(5), 2, 2, 3),
    "more": lambda: Convolution(normal(5, 6, 2, 2), normal(5), 3, 1, 2),
    "groups": lambda: Convolution(
        normal(4, 3, 3, 3), normal(4), 1, 1, groups=2
    ),
    "depthwise": lambda: Convolution(
        normal(6, 1, 3, 3), normal(6), 1, 1, groups=6
    ),
    "depthwise stride": lambda: Convolution(
        normal(6, 1, 3, 2), normal(6), 2, 1, 2, groups=6
    ),
    "1x1": lambda: Convolution(normal(3, 6, 1, 1), normal(3)),
    "transposed": lambda: TransposedConvolution(
        normal(6, 2, 3, 3), normal(2), 2, 1, 1
    ),
    "max": lambda: MaxPooling(2, 2, 2),
    "overlapping max": lambda: MaxPooling(3, 3, 2, 1),
    "average": lambda: AveragePooling(3, 2, 2, 1),
    "relu": ReLU,
    "normalization": lambda: BatchNormalization(normal(6), normal(6)),
}
SHAPES = [(20, 6, 13, 11), (2, 6, 9, 130), (1, 6, 12, 12)]


@pytest.fixture(autouse=True)
def restore_threads():
    before = _blocks.get_threads()
    yield
    _blocks.set_threads(before)


def run(name, x, dout_order=(0, 1, 2, 3)):
    """Return out, dx and the gradients of a layer."""
    layer = LAYERS[name]()
    out = layer.forward(x)
    dout = normal(*out.shape, seed=1)
    dx = layer.backward(ordered(dout, dout_order))
    names = [n for n in ("W", "b", "gamma", "beta") if hasattr(layer, n)]
    return [out, dx, *(getattr(layer, f"d{n}") for n in names)]


def same(results, expected):
    for got, wanted in zip(results, expected, strict=True):
        scale = np.abs(wanted).max()
        np.testing.assert_allclose(got, wanted, rtol=0, atol=1e-12 * scale)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", LAYERS)
def test_the_order_in_memory_changes_nothing(name, shape):
    x = normal(*shape)
    expected = run(name, x)
    for order in ORDERS.values():
        for dout_order in ORDERS.values():
            same(run(name, ordered(x, order), dout_order), expected)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", LAYERS)
def test_blocks_and_threads_change_nothing(name, shape, monkeypatch):
    _blocks.set_threads(1)
    x = normal(*shape)
    expected = run(name, x)
    for module, constant, value in (
        (_blocks, "_WORTH_A_THREAD", 1),
        (_blocks, "_NUMBERS_A_BLOCK", 500),
        (convolution, "_ROW_NUMBERS", 7),
        (convolution, "_BLOCK_BYTES", 1),
        (convolution, "_DX_NUMBERS", 1),
        (convolution, "_SMALL_PRODUCT", 50),
        (convolution, "_SHORT", 1),
        (depthwise, "_BLOCK_NUMBERS", 1),
        (depthwise, "_WIDTH", 3),
    ):
        monkeypatch.setattr(module, constant, value)
        for threads in (1, 3):
            _blocks.set_threads(threads)
            same(run(name, x), expected)
            same(run(name, ordered(x, (2, 1, 3, 0))), expected)


def test_images_lie_together_from_layer_to_layer():
    x = normal(20, 6, 12, 12)
    for layer in (
        Convolution(normal(5, 6, 3, 3), normal(5), pad=1),
        BatchNormalization(normal(5), normal(5)),
        ReLU(),
        MaxPooling(2, 2, 2),
        Convolution(normal(5, 1, 3, 3), normal(5), groups=5),
        Convolution(normal(4, 5, 1, 1), normal(4)),
        AveragePooling(2, 2, 2),
    ):
        x = layer.forward(x)
        assert x.strides[0] == x.itemsize
