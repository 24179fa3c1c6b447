"""Tests of course_lib.gradient, with right and with wrong gradients."""

import numpy as np
import pytest

from course_lib.gradient import (
    check_gradients,
    numerical_gradient,
    relative_error,
)
from course_lib.layers import Affine, Convolution, Dropout, ReLU
from course_lib.networks import SimpleConvNet


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 1, 3, 2)])
@pytest.mark.parametrize("dtype, tolerance", [("f8", 1e-9), ("f4", 1e-3)])
def test_numerical_gradient_of_a_cubic(shape, dtype, tolerance):
    x = np.random.default_rng(0).standard_normal(shape)
    x = np.array(x, dtype=dtype)
    before = x.copy()
    grad = numerical_gradient(lambda x: (x.astype("f8") ** 3).sum(), x)
    assert grad.dtype == x.dtype
    assert grad.shape == x.shape
    np.testing.assert_allclose(grad, 3 * before**2, atol=tolerance)
    np.testing.assert_array_equal(x, before)


def test_a_function_may_ignore_its_argument():
    params = {"W": np.array([[1.0, 2.0]])}
    grad = numerical_gradient(lambda _: (params["W"] ** 2).sum(), params["W"])
    np.testing.assert_allclose(grad, [[2, 4]], atol=1e-8)


def test_views_and_steps():
    x = np.arange(6.0).reshape(2, 3)
    grad = numerical_gradient(lambda v: (v**2).sum(), x.T, h=1e-3)
    np.testing.assert_allclose(grad, 2 * x.T, atol=1e-8)


def test_x_is_restored_when_f_raises():
    x = np.ones(3)

    def f(x):
        raise KeyError("no")

    with pytest.raises(KeyError):
        numerical_gradient(f, x)
    np.testing.assert_array_equal(x, 1)


def test_numerical_gradient_refuses():
    with pytest.raises(ValueError, match=r"int64, expected floats.*astype"):
        numerical_gradient(np.sum, np.arange(3, dtype="int64"))
    with pytest.raises(ValueError, match=r"\(3,\), expected one number"):
        numerical_gradient(lambda x: x, np.ones(3))
    with pytest.raises(ValueError, match="x is a list"):
        numerical_gradient(np.sum, [1.0])


class WrongConvolution(Convolution):
    """Slips that a learner makes in backward."""

    slip = ""

    def backward(self, dout):
        dx = super().backward(dout)
        if self.slip == "db averaged":
            self.db = self.db / len(dout)
        if self.slip == "dW flipped":
            self.dW = self.dW[:, :, ::-1]
        if self.slip == "dx sign":
            dx = -dx
        return dx


def convolution(kind=Convolution, dtype="float64"):
    rng = np.random.default_rng(0)
    W = rng.standard_normal((2, 1, 3, 2)).astype(dtype)
    layer = kind(W, np.zeros(2, dtype), 2, 1)
    return layer, rng.standard_normal((2, 1, 5, 4)).astype(dtype)


@pytest.mark.parametrize(
    "slip, wrong",
    [("db averaged", "db"), ("dW flipped", "dW"), ("dx sign", "dx")],
)
def test_a_wrong_gradient_is_found(slip, wrong):
    layer, x = convolution(WrongConvolution)
    layer.slip = slip
    errors = check_gradients(layer, x)
    assert errors.pop(wrong) > 0.1
    assert max(errors.values()) < 1e-7


def test_a_float32_layer_is_checked_in_float64_and_left_alone():
    layer, x = convolution(dtype="float32")
    before = layer.W.copy()
    errors = check_gradients(layer, x)
    assert max(errors.values()) < 1e-7
    assert layer.W.dtype == np.float32
    assert layer.dW is None
    np.testing.assert_array_equal(layer.W, before)


def test_integer_input_is_taken():
    layer = Affine(np.ones((2, 2)), np.zeros(2))
    assert max(check_gradients(layer, np.array([[1, 2]])).values()) < 1e-7


def test_a_layer_with_random_numbers_repeats_itself():
    layer = Dropout(0.5)
    assert check_gradients(layer, np.ones((5, 5)))["dx"] < 1e-7


def test_a_wrong_shape_is_told():
    class Flat(ReLU):
        def backward(self, dout):
            return super().backward(dout).reshape(-1)

    with pytest.raises(ValueError, match=r"\(6,\), expected \(2, 3\)"):
        check_gradients(Flat(), np.ones((2, 3)))


def small_network(**options):
    return SimpleConvNet(
        (1, 9, 8),
        {"filter_num": 3, "filter_size": 3},
        hidden_size=7,
        output_size=4,
        weight_init_std="he",
        rng=0,
        **options,
    )


def test_a_network_is_checked_and_left_alone():
    network = small_network()
    before = {name: p.copy() for name, p in network.params.items()}
    x = np.random.default_rng(0).random((5, 1, 9, 8), dtype=np.float32)
    errors = check_gradients(network, x, np.array([0, 1, 2, 3, 0]))
    assert list(errors) == list(network.params)
    assert max(errors.values()) < 1e-6
    for name, param in network.params.items():
        assert param.dtype == np.float32
        np.testing.assert_array_equal(param, before[name])
    assert network.layers["Conv1"].W is network.params["W1"]


def test_a_wrong_network_is_found():
    class Doubled(SimpleConvNet):
        def gradient(self, x, t):
            grads = super().gradient(x, t)
            grads["W2"] = 2 * grads["W2"]
            return grads

    network = Doubled((1, 6, 6), {"filter_size": 3}, rng=0)
    errors = check_gradients(network, np.ones((1, 1, 6, 6)), np.array([3]))
    assert errors.pop("W2") > 0.4
    assert max(errors.values()) < 1e-5


def test_a_network_needs_labels():
    with pytest.raises(ValueError, match="t is None"):
        check_gradients(small_network(), np.ones((1, 1, 9, 8)))


def test_relative_error():
    assert relative_error(np.zeros(3), np.zeros(3)) == 0
    assert relative_error(np.ones(3), np.full(3, 2.0)) == 0.5
    with pytest.raises(ValueError, match=r"shape \(2,\), expected \(3,\)"):
        relative_error(np.zeros(2), np.zeros(3))
