"""What holds for every layer, and the layers that are short."""

import numpy as np
import pytest

from course_lib.gradient import check_gradients
from course_lib.layers import (
    Affine,
    AveragePooling,
    BatchNormalization,
    Convolution,
    Dropout,
    MaxPooling,
    ReLU,
    SoftmaxWithLoss,
)
from tests.layer_tools import DTYPES, close, normal, run_torch


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(3, 8), (2, 2, 2, 2), (1, 8), (4, 8, 1, 1)])
def test_affine_is_torch(torch, shape, dtype):
    x = normal(*shape, dtype=dtype)
    before = x.copy()
    layer = Affine(normal(8, 5, dtype=dtype), normal(5, dtype=dtype))
    out = layer.forward(x)
    dout = normal(*out.shape, dtype=dtype, seed=1)
    dx = layer.backward(dout)

    def f(x, W, b):
        return x.flatten(1) @ W + b

    expected, grads = run_torch(torch, f, x, dout, layer.W, layer.b)
    close(out, expected, dtype)
    for got, grad in zip((dx, layer.dW, layer.db), grads, strict=True):
        close(got, grad, dtype)
    np.testing.assert_array_equal(x, before)
    assert max(check_gradients(layer, x).values()) < 1e-7


def test_affine_refuses():
    layer = Affine(np.zeros((8, 5)), np.zeros(5))
    with pytest.raises(ValueError, match=r"\(2, 3, 2, 2\), expected \(N, 8\)"):
        layer.forward(np.zeros((2, 3, 2, 2)))
    with pytest.raises(ValueError, match=r"\(8,\), expected \(N, 8\)"):
        layer.forward(np.zeros(8))
    with pytest.raises(ValueError, match=r"b has shape \(8,\), .*\(5,\)"):
        Affine(np.zeros((8, 5)), np.zeros(8))
    with pytest.raises(ValueError, match=r"W has shape \(8,\), .*\(D, M\)"):
        Affine(np.zeros(8), np.zeros(8))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(3, 8), (2, 3, 4, 5), (1, 1)])
def test_relu(shape, dtype):
    x = normal(*shape, dtype=dtype)
    before = x.copy()
    layer = ReLU()
    out = layer.forward(x)
    dout = normal(*shape, dtype=dtype, seed=1)
    dx = layer.backward(dout)
    close(out, np.where(x > 0, x, 0), dtype)
    close(dx, np.where(x > 0, dout, 0), dtype)
    np.testing.assert_array_equal(x, before)
    assert check_gradients(layer, x)["dx"] < 1e-7


@pytest.mark.parametrize("dtype", DTYPES)
def test_dropout(dtype):
    x = np.ones((200, 300), dtype=dtype)
    layer = Dropout(0.3, rng=0)
    out = layer.forward(x)
    assert out.dtype == dtype
    kept = out > 0
    assert abs(kept.mean() - 0.7) < 0.01
    np.testing.assert_allclose(out[kept], 1 / 0.7, rtol=1e-6)
    dx = layer.backward(2 * x)
    assert dx.dtype == dtype
    np.testing.assert_array_equal(dx, 2 * out)
    np.testing.assert_array_equal(layer.forward(x, train_flg=False), x)
    again = Dropout(0.3, rng=0).forward(x)
    np.testing.assert_array_equal(again, out)
    assert x.min() == 1


def test_dropout_gradients():
    errors = check_gradients(Dropout(0.5, rng=0), normal(4, 5))
    assert errors["dx"] < 1e-7


@pytest.mark.parametrize("ratio", [-0.1, 1, 50])
def test_dropout_refuses(ratio):
    with pytest.raises(ValueError, match="expected 0 <= ratio < 1"):
        Dropout(ratio)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("one_hot", [False, True])
@pytest.mark.parametrize("N, K", [(1, 2), (5, 10), (3, 3), (4, 1)])
def test_softmax_with_loss_is_torch(torch, N, K, one_hot, dtype):
    x = normal(N, K, dtype=dtype) * 20
    labels = np.random.default_rng(0).integers(0, K, N)
    t = np.eye(K)[labels] if one_hot else labels
    kept = x.copy(), t.copy()
    layer = SoftmaxWithLoss()
    loss = layer.forward(x, t)
    dx = layer.backward()
    assert type(loss) is float

    def f(x):
        return torch.nn.functional.cross_entropy(x, torch.from_numpy(labels))

    expected, (grad,) = run_torch(torch, f, x, np.array(1, dtype))
    assert np.isclose(loss, expected, rtol=1e-5)
    close(dx, grad, dtype)
    np.testing.assert_array_equal(x, kept[0])
    np.testing.assert_array_equal(t, kept[1])


def test_softmax_with_loss_gradient():
    t = np.array([0, 2, 1])
    assert check_gradients(SoftmaxWithLoss(), normal(3, 4), t)["dx"] < 1e-7


def test_softmax_with_loss_of_huge_scores():
    x = np.array([[1000.0, 0.0]], dtype=np.float32)
    assert SoftmaxWithLoss().forward(x, np.array([1])) == 1000


def test_equal_scores_lose_the_logarithm_of_the_classes():
    loss = SoftmaxWithLoss().forward(np.zeros((4, 15)), np.arange(4))
    assert np.isclose(loss, np.log(15))


def test_softmax_with_loss_refuses():
    layer = SoftmaxWithLoss()
    with pytest.raises(ValueError, match=r"x has shape \(3,\), .*\(N, K\)"):
        layer.forward(np.zeros(3), np.array([1]))
    with pytest.raises(ValueError, match=r"labels 3\.\.3, expected 0\.\.2"):
        layer.forward(np.zeros((1, 3)), np.array([3]))


LAYERS = {
    "convolution": lambda: Convolution(np.ones((2, 3, 2, 2)), np.zeros(2)),
    "max": lambda: MaxPooling(2, 2),
    "average": lambda: AveragePooling(2, 2),
    "affine": lambda: Affine(np.ones((48, 2)), np.zeros(2)),
    "relu": ReLU,
    "dropout": Dropout,
    "normalization": lambda: BatchNormalization(np.ones(3), np.zeros(3)),
}


@pytest.mark.parametrize("name", LAYERS)
def test_backward_needs_forward_and_a_fitting_dout(name):
    layer = LAYERS[name]()
    with pytest.raises(RuntimeError, match="before forward"):
        layer.backward(np.ones((2, 2, 3, 3)))
    out = layer.forward(normal(2, 3, 4, 4))
    with pytest.raises(ValueError, match=r"dout has shape .*, expected"):
        layer.backward(np.ones((1, *out.shape[1:])))


@pytest.mark.parametrize("name", LAYERS)
def test_layers_refuse_lists(name):
    with pytest.raises(ValueError, match=r"x is a list, .*np\.array"):
        LAYERS[name]().forward([[1.0]])


def test_loss_needs_forward_first():
    with pytest.raises(RuntimeError, match="before forward"):
        SoftmaxWithLoss().backward()
