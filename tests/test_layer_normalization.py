"""Batch normalization against torch and finite differences."""

import numpy as np
import pytest

from course_lib.gradient import check_gradients
from course_lib.layers import BatchNormalization
from tests.layer_tools import DTYPES, close, normal, run_torch


def make_normalization(D, dtype):
    gamma, beta = normal(D, dtype=dtype), normal(D, dtype=dtype, seed=1)
    return BatchNormalization(gamma, beta)


BATCHES = [(6, 4), (2, 3), (3, 2, 4, 5), (1, 3, 2, 2), (2, 1, 3, 1)]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", BATCHES)
def test_batch_normalization_is_torch(torch, shape, dtype):
    layer = make_normalization(shape[1], dtype)
    x = normal(*shape, dtype=dtype) * 3 + 2
    before = x.copy()
    mean = torch.zeros(shape[1], dtype=getattr(torch, dtype))
    var = torch.ones_like(mean)
    for _ in range(2):
        out = layer.forward(x)
        dout = normal(*shape, dtype=dtype, seed=2)
        dx = layer.backward(dout)

        def f(x, gamma, beta):
            return torch.nn.functional.batch_norm(
                x, mean, var, gamma, beta, training=True, momentum=0.1
            )

        expected, grads = run_torch(torch, f, x, dout, layer.gamma, layer.beta)
        close(out, expected, dtype)
        for got, grad in zip(
            (dx, layer.dgamma, layer.dbeta), grads, strict=True
        ):
            close(got, grad, dtype)
        close(layer.running_mean, mean.numpy(), dtype)
        close(layer.running_var, var.numpy(), dtype)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [*BATCHES, (1, 4)])
def test_batch_normalization_in_use_is_torch(torch, shape, dtype):
    D = shape[1]
    mean, var = normal(D, dtype=dtype), np.abs(normal(D, dtype=dtype)) + 1
    kept = mean.copy()
    layer = BatchNormalization(
        np.full(D, 2, dtype),
        np.full(D, 3, dtype),
        running_mean=mean,
        running_var=var,
    )
    x, dout = normal(*shape, dtype=dtype), normal(*shape, dtype=dtype, seed=2)
    out = layer.forward(x, train_flg=False)
    dx = layer.backward(dout)
    means = [torch.from_numpy(a) for a in (mean, var)]

    def f(x, gamma, beta):
        return torch.nn.functional.batch_norm(x, *means, gamma, beta)

    expected, grads = run_torch(torch, f, x, dout, layer.gamma, layer.beta)
    close(out, expected, dtype)
    for got, grad in zip((dx, layer.dgamma, layer.dbeta), grads, strict=True):
        close(got, grad, dtype)
    np.testing.assert_array_equal(layer.running_mean, kept)


@pytest.mark.parametrize("shape", BATCHES)
def test_batch_normalization_gradients(shape):
    # With two values a feature they become +1 and -1, whatever they were.
    if shape == (2, 3):
        shape = (3, 3)
    layer = make_normalization(shape[1], "float64")
    errors = check_gradients(layer, normal(*shape))
    assert set(errors) == {"dx", "dgamma", "dbeta"}
    assert max(errors.values()) < 1e-6


def test_batch_normalization_keeps_what_it_was_given():
    mean = np.zeros(3)
    layer = BatchNormalization(np.ones(3), np.zeros(3), running_mean=mean)
    layer.forward(normal(5, 3) + 9)
    assert mean.max() == 0
    assert layer.running_mean.min() > 0


def test_batch_normalization_by_hand():
    layer = BatchNormalization(np.full(1, 2.0), np.zeros(1), eps=0)
    out = layer.forward(np.array([[1.0], [3.0]]))
    np.testing.assert_allclose(out, [[-2], [2]])
    np.testing.assert_allclose(layer.running_mean, 0.1 * 2)
    np.testing.assert_allclose(layer.running_var, 0.9 + 0.1 * 2)
    # In use the statistics are constants: the slope is gamma / std.
    layer.forward(np.array([[1.0], [3.0]]), train_flg=False)
    dx = layer.backward(np.ones((2, 1)))
    np.testing.assert_allclose(dx, 2 / np.sqrt(1.1))


def test_batch_normalization_refuses():
    layer = make_normalization(3, "float64")
    with pytest.raises(ValueError, match=r"\(2, 4\), expected \(N, 3\)"):
        layer.forward(np.zeros((2, 4)))
    with pytest.raises(ValueError, match=r"\(2, 3, 4\), expected \(N, 3\)"):
        layer.forward(np.zeros((2, 3, 4)))
    with pytest.raises(ValueError, match=r"1 value .* expected at least 2"):
        layer.forward(np.zeros((1, 3)))
    with pytest.raises(ValueError, match=r"gamma has shape \(1, 3\)"):
        BatchNormalization(np.ones((1, 3)), np.zeros(3))
    with pytest.raises(ValueError, match=r"beta has shape \(2,\), .*\(3,\)"):
        BatchNormalization(np.ones(3), np.zeros(2))
