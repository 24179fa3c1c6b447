"""The pooling layers against torch and finite differences."""

import numpy as np
import pytest

from course_lib.gradient import check_gradients
from course_lib.layers import AveragePooling, MaxPooling
from tests.layer_tools import DTYPES, close, normal, run_torch

# N, C, H, W, PH, PW, stride, pad
POOLINGS = [
    (1, 1, 4, 4, 2, 2, 2, 0),
    (1, 1, 1, 1, 1, 1, 1, 0),
    (2, 3, 7, 5, 3, 2, 1, 0),
    (2, 3, 7, 5, 2, 2, 2, 1),
    (3, 2, 5, 8, 3, 3, 2, 1),
    (1, 2, 9, 10, 2, 3, 4, 0),
    (2, 2, 8, 8, 5, 4, 3, 2),
    (1, 3, 6, 6, 6, 6, 1, 0),
    (2, 1, 3, 3, 1, 1, 2, 0),
]


def pooling_torch(torch, kind):
    if kind is MaxPooling:
        return torch.nn.functional.max_pool2d
    return torch.nn.functional.avg_pool2d


@pytest.mark.parametrize("kind", [MaxPooling, AveragePooling])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", POOLINGS)
def test_pooling_is_torch(torch, case, dtype, kind):
    N, C, H, W, PH, PW, stride, pad = case
    x = normal(N, C, H, W, dtype=dtype) - 3  # mostly negative
    before = x.copy()
    layer = kind(PH, PW, stride, pad)
    out = layer.forward(x)
    dout = normal(*out.shape, dtype=dtype, seed=2)
    dx = layer.backward(dout)
    pool = pooling_torch(torch, kind)
    expected, (grad,) = run_torch(
        torch, lambda x: pool(x, (PH, PW), stride, pad), x, dout
    )
    close(out, expected, dtype)
    close(dx, grad, dtype)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(
        dout, normal(*out.shape, dtype=dtype, seed=2)
    )


@pytest.mark.parametrize("kind", [MaxPooling, AveragePooling])
@pytest.mark.parametrize("case", POOLINGS)
def test_pooling_gradients(case, kind):
    N, C, H, W, PH, PW, stride, pad = case
    errors = check_gradients(
        kind(PH, PW, stride, pad), normal(N, C, H, W, seed=3)
    )
    assert errors["dx"] < 1e-7


DECK_POOL = [[1, 2, 1, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 4, 0, 1]]


def test_pooling_of_the_deck():
    x = np.array(DECK_POOL)[None, None]
    largest = MaxPooling(2, 2, stride=2).forward(x)
    np.testing.assert_array_equal(largest[0, 0], [[2, 3], [4, 2]])
    mean = AveragePooling(2, 2, stride=2).forward(x)
    np.testing.assert_array_equal(mean[0, 0], [[1, 1.5], [2.25, 1]])


@pytest.mark.parametrize("dtype", ["float32", "int64"])
def test_negative_pixels_survive_at_the_border(dtype):
    x = np.full((1, 1, 3, 3), -5, dtype=dtype)
    out = MaxPooling(2, 2, stride=2, pad=1).forward(x)
    np.testing.assert_array_equal(out, np.full((1, 1, 2, 2), -5))
    assert out.dtype == dtype


def test_average_counts_the_padding():
    x = np.ones((1, 1, 2, 2))
    out = AveragePooling(2, 2, stride=2, pad=1).forward(x)
    np.testing.assert_array_equal(out, np.full((1, 1, 2, 2), 0.25))


def test_ties_go_to_the_first_maximum():
    x = np.array([[7, 7, 1], [7, 7, 7], [0, 7, 7]], dtype=float)[None, None]
    layer = MaxPooling(2, 2)
    layer.forward(x)
    dx = layer.backward(np.array([[[[1.0, 10.0], [100.0, 1000.0]]]]))
    expected = [[1, 10, 0], [100, 1000, 0], [0, 0, 0]]
    np.testing.assert_array_equal(dx[0, 0], expected)


def test_a_window_of_more_than_256_pixels():
    x = np.arange(400.0).reshape(1, 1, 20, 20)
    layer = MaxPooling(17, 17)
    out = layer.forward(x)
    np.testing.assert_array_equal(out, x[:, :, 16:, 16:])
    dx = layer.backward(np.ones_like(out))
    np.testing.assert_array_equal(dx[:, :, 16:, 16:], out > 0)
    assert dx.sum() == 16


@pytest.mark.parametrize("kind", [MaxPooling, AveragePooling])
def test_pooling_refuses(kind):
    with pytest.raises(ValueError, match="pad is 2, expected less than"):
        kind(2, 3, 2, pad=2)
    with pytest.raises(ValueError, match="pool_h is 0"):
        kind(0, 2)
    with pytest.raises(ValueError, match="stride is 0"):
        kind(2, 2, 0)
    with pytest.raises(ValueError, match=r"\(4, 4\), .*reshape\(1, 1, 4, 4"):
        kind(2, 2).forward(np.zeros((4, 4)))
    with pytest.raises(ValueError, match=r"covers 5 pixels, .* at most 4"):
        kind(2, 5).forward(np.zeros((1, 1, 4, 4)))
