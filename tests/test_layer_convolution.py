"""The convolution layer against torch, scipy and finite differences."""

import numpy as np
import pytest
from scipy.signal import correlate

from course_lib.gradient import check_gradients
from course_lib.layers import Convolution
from tests.layer_tools import DTYPES, close, normal, run_torch

# N, C, H, W, FN, FH, FW, stride, pad
CONVOLUTIONS = [
    (1, 1, 4, 4, 1, 3, 3, 1, 0),
    (1, 1, 1, 1, 1, 1, 1, 1, 0),
    (2, 3, 7, 5, 4, 3, 2, 1, 0),
    (3, 2, 5, 8, 2, 2, 3, 2, 1),
    (2, 4, 6, 6, 3, 1, 1, 1, 0),
    (2, 4, 6, 6, 3, 1, 1, 2, 1),
    (1, 2, 9, 7, 3, 2, 2, 4, 0),
    (2, 1, 6, 11, 2, 5, 3, 3, 2),
    (1, 3, 5, 5, 2, 5, 5, 1, 0),
    (2, 2, 2, 3, 3, 4, 5, 1, 2),
]


def make_convolution(case, dtype):
    N, C, H, W, FN, FH, FW, stride, pad = case
    weights = normal(FN, C, FH, FW, dtype=dtype, seed=1)
    layer = Convolution(weights, normal(FN, dtype=dtype), stride, pad)
    return layer, normal(N, C, H, W, dtype=dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", CONVOLUTIONS)
def test_convolution_is_torch(torch, case, dtype):
    layer, x = make_convolution(case, dtype)
    kept = [x.copy(), layer.W.copy(), layer.b.copy()]
    out = layer.forward(x)
    dout = normal(*out.shape, dtype=dtype, seed=2)
    dx = layer.backward(dout)

    def f(x, W, b):
        return torch.nn.functional.conv2d(
            x, W, b, stride=layer.stride, padding=layer.pad
        )

    expected, grads = run_torch(torch, f, x, dout, layer.W, layer.b)
    close(out, expected, dtype)
    for got, grad in zip((dx, layer.dW, layer.db), grads, strict=True):
        close(got, grad, dtype)
    for array, copy in zip((x, layer.W, layer.b), kept, strict=True):
        np.testing.assert_array_equal(array, copy)
    np.testing.assert_array_equal(
        dout, normal(*out.shape, dtype=dtype, seed=2)
    )


@pytest.mark.parametrize("case", CONVOLUTIONS)
def test_convolution_is_scipy(case):
    layer, x = make_convolution(case, "float64")
    p, s = layer.pad, layer.stride
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    expected = [
        [correlate(image, w, mode="valid")[0, ::s, ::s] for w in layer.W]
        for image in padded
    ]
    expected = np.array(expected) + layer.b[:, None, None]
    close(layer.forward(x), expected, "float64")


@pytest.mark.parametrize("case", CONVOLUTIONS)
def test_convolution_gradients(case):
    layer, x = make_convolution(case, "float64")
    errors = check_gradients(layer, x)
    assert set(errors) == {"dx", "dW", "db"}
    assert max(errors.values()) < 1e-7


def test_convolution_of_the_deck():
    x = [[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]]
    W = [[2, 0, 1], [0, 1, 2], [1, 0, 2]]
    x, W = np.array(x)[None, None], np.array(W)[None, None]
    out = Convolution(W, np.array([0])).forward(x)
    np.testing.assert_array_equal(out[0, 0], [[15, 16], [6, 15]])
    biased = Convolution(W, np.array([3])).forward(x)
    np.testing.assert_array_equal(biased[0, 0], [[18, 19], [9, 18]])


@pytest.mark.parametrize("case", CONVOLUTIONS[2:5])
def test_convolution_takes_views(case):
    layer, x = make_convolution(case, "float64")
    view = np.ascontiguousarray(x.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)
    out = layer.forward(x)
    dout = normal(*out.shape)
    dx, dW = layer.backward(dout), layer.dW
    close(layer.forward(view), out, "float64")
    strided = np.repeat(dout, 2, axis=3)[:, :, :, ::2]
    close(layer.backward(strided), dx, "float64")
    close(layer.dW, dW, "float64")


def test_a_layer_can_be_used_again_with_another_batch():
    layer, x = make_convolution(CONVOLUTIONS[2], "float64")
    first = layer.forward(x)
    layer.forward(x[:1])
    layer.backward(np.ones_like(first[:1]))
    np.testing.assert_allclose(layer.forward(x), first)


@pytest.mark.parametrize(
    "shape, message",
    [
        (
            (28, 28),
            r"x has shape \(28, 28\), expected \(N, C, H, W\); a single "
            r"image needs x\.reshape\(1, 1, 28, 28\)",
        ),
        ((2, 8, 8), r"expected \(N, C, H, W\); one image with channels"),
        ((1, 8, 8, 3), r"\(1, 8, 8, 3\) with 8 channels, expected 3"),
        ((1, 3, 2, 9), "covers 3 pixels, expected at most 2"),
    ],
)
def test_convolution_refuses_images(shape, message):
    layer = Convolution(np.zeros((2, 3, 3, 3)), np.zeros(2))
    with pytest.raises(ValueError, match=message):
        layer.forward(np.zeros(shape))


def test_convolution_refuses_parameters():
    W, b = np.zeros((2, 3, 3, 3)), np.zeros(2)
    with pytest.raises(ValueError, match=r"W has shape \(3, 3\), expected"):
        Convolution(W[0, 0], b)
    with pytest.raises(ValueError, match=r"b has shape \(3,\), .*\(2,\)"):
        Convolution(W, np.zeros(3))
    with pytest.raises(ValueError, match="stride is 0"):
        Convolution(W, b, stride=0)
    with pytest.raises(ValueError, match="pad is -1"):
        Convolution(W, b, pad=-1)
