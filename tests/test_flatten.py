"""Tests of Flatten, GlobalAveragePooling and the train_flg of all layers."""

import inspect

import numpy as np
import pytest

from course_lib import layers
from course_lib.gradient import check_gradients
from course_lib.layers import Flatten, GlobalAveragePooling


def normal(*shape, dtype="float32"):
    return np.random.default_rng(0).standard_normal(shape).astype(dtype)


@pytest.mark.parametrize("name", layers.__all__)
def test_every_layer_takes_train_flg(name):
    parameters = inspect.signature(getattr(layers, name).forward).parameters
    if name == "SoftmaxWithLoss":  # a loss: it takes labels
        return
    assert list(parameters)[:2] == ["self", "x"]
    assert parameters["train_flg"].default is True


def test_flatten_goes_there_and_back():
    layer, x = Flatten(), normal(3, 2, 4, 5)
    out = layer.forward(x)
    np.testing.assert_array_equal(out, x.reshape(3, 40))
    np.testing.assert_array_equal(layer.backward(out), x)
    assert layer.forward(normal(0, 2, 3, 3)).shape == (0, 18)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_global_average_pooling(dtype):
    layer, x = GlobalAveragePooling(), normal(3, 2, 4, 5, dtype=dtype)
    out = layer.forward(x, False)
    assert out.shape == (3, 2) and out.dtype == dtype
    np.testing.assert_allclose(out[1, 0], x[1, 0].sum() / 20, rtol=1e-5)
    dx = layer.backward(out)
    assert dx.dtype == dtype
    np.testing.assert_allclose(dx[2, 1], np.full((4, 5), out[2, 1] / 20))
    dx[0] = 7  # an array of its own, not a view of dout


@pytest.mark.parametrize("layer", [Flatten(), GlobalAveragePooling()])
def test_gradients(layer):
    assert check_gradients(layer, normal(2, 3, 4, 3))["dx"] < 1e-9


@pytest.mark.parametrize("layer", [Flatten(), GlobalAveragePooling()])
def test_wrong_shapes_and_order(layer):
    with pytest.raises(RuntimeError, match="before forward"):
        layer.backward(np.zeros((2, 3)))
    with pytest.raises(ValueError, match=r"x has shape \(3,\)"):
        layer.forward(np.zeros(3))
    layer.forward(np.zeros((2, 3, 2, 2)))
    with pytest.raises(ValueError, match=r"dout has shape \(2, 2\)"):
        layer.backward(np.zeros((2, 2)))


def test_maps_without_pixels_have_no_mean():
    with pytest.raises(ValueError, match="expected maps of pixels"):
        GlobalAveragePooling().forward(np.zeros((2, 3, 0, 4)))
