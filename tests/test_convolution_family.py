"""Dilated, grouped, depthwise and transposed convolutions against torch."""

import itertools
from functools import partial

import numpy as np
import pytest

from course_lib.functional import conv_output_size, transposed_output_size
from course_lib.gradient import check_gradients
from course_lib.layers import Convolution, TransposedConvolution, Upsample

TOLERANCE = {"float64": 1e-12, "float32": 1e-5}

# N, C, H, W, FN, FH, FW, stride, pad, dilation, groups
CONVOLUTIONS = [
    (2, 4, 7, 9, 6, 3, 2, 1, 1, 1, 2),
    (1, 4, 9, 8, 4, 3, 3, 1, 2, 2, 4),
    (3, 6, 8, 5, 6, 3, 3, 2, 1, 1, 6),
    (2, 3, 7, 7, 9, 3, 3, 1, 1, 1, 3),
    (2, 2, 11, 12, 3, 3, 2, 2, 3, 3, 1),
    (1, 1, 9, 9, 1, 2, 3, 3, 0, 4, 1),
    (2, 4, 6, 6, 4, 1, 1, 2, 1, 1, 2),
    (2, 4, 5, 6, 8, 1, 1, 1, 0, 3, 4),
    (1, 6, 10, 4, 3, 5, 1, 2, 2, 1, 3),
    (2, 4, 10, 7, 2, 1, 4, 1, 2, 2, 2),
    (2, 8, 13, 13, 8, 5, 5, 2, 2, 2, 8),
    (5, 3, 6, 6, 2, 3, 3, 4, 4, 1, 1),
]
GRID = [
    (2, 4, 9, 8, 8, FH, FW, stride, pad, dilation, groups)
    for (FH, FW), stride, pad, dilation, groups in itertools.product(
        [(1, 1), (3, 3), (2, 3)], [1, 2, 3], [0, 1, 2], [1, 2, 3], [1, 2, 4]
    )
    if dilation * (max(FH, FW) - 1) < 8 + 2 * pad
]
# N, C, H, W, FN, FH, FW, stride, pad, output_padding
TRANSPOSED = [
    (1, 1, 2, 2, 1, 2, 2, 1, 0, 0),
    (2, 3, 4, 5, 2, 3, 3, 2, 1, 1),
    (2, 3, 5, 4, 4, 4, 4, 2, 1, 0),
    (1, 2, 3, 3, 3, 3, 2, 3, 0, 2),
    (3, 2, 4, 3, 1, 2, 5, 2, 0, 1),
    (2, 2, 3, 4, 2, 2, 2, 4, 0, 3),
    (2, 2, 1, 1, 2, 3, 3, 1, 1, 0),
    (2, 4, 5, 5, 3, 1, 1, 1, 0, 0),
    (2, 1, 3, 3, 2, 16, 16, 8, 4, 0),
]


@pytest.fixture(scope="module")
def torch():
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    return torch


def normal(*shape, dtype="float64", seed=0):
    rng = np.random.default_rng((seed, *shape))
    return rng.standard_normal(shape).astype(dtype)


def compare_with_torch(torch, layer, f, x):
    """Assert that out and all gradients are those of f(x, W, b)."""
    dtype = str(x.dtype)
    kept = [a.copy() for a in (x, layer.W, layer.b)]
    out = layer.forward(x)
    dout = normal(*out.shape, dtype=dtype, seed=2)
    dx = layer.backward(dout)
    for array, copy in zip((x, layer.W, layer.b), kept, strict=True):
        np.testing.assert_array_equal(array, copy)
    np.testing.assert_array_equal(
        dout, normal(*out.shape, dtype=dtype, seed=2)
    )
    tensors = [torch.from_numpy(a).requires_grad_() for a in kept]
    expected = f(*tensors)
    expected.backward(torch.from_numpy(dout))
    pairs = [(out, expected.detach())]
    pairs += zip(
        (dx, layer.dW, layer.db), (a.grad for a in tensors), strict=True
    )
    for got, wanted in pairs:
        wanted = wanted.numpy()
        assert got.dtype == dtype
        assert got.shape == wanted.shape
        scale = max(1.0, np.abs(wanted).max())
        np.testing.assert_allclose(
            got, wanted, rtol=0, atol=TOLERANCE[dtype] * scale
        )


def torch_convolution(torch, steps, x, W, b):
    return torch.nn.functional.conv2d(x, W, b, *steps)


def make(case, dtype):
    N, C, H, W, FN, FH, FW, stride, pad, dilation, groups = case
    layer = Convolution(
        normal(FN, C // groups, FH, FW, dtype=dtype, seed=1),
        normal(FN, dtype=dtype),
        stride,
        pad,
        dilation,
        groups,
    )
    return layer, normal(N, C, H, W, dtype=dtype)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("case", CONVOLUTIONS)
def test_convolution_is_torch(torch, case, dtype):
    layer, x = make(case, dtype)
    conv = partial(torch_convolution, torch, case[-4:])
    compare_with_torch(torch, layer, conv, x)


def test_convolution_is_torch_on_a_grid(torch):
    for case in GRID:
        layer, x = make(case, "float64")
        conv = partial(torch_convolution, torch, case[-4:])
        compare_with_torch(torch, layer, conv, x)


@pytest.mark.parametrize("case", CONVOLUTIONS)
def test_convolution_gradients(case):
    layer, x = make(case, "float64")
    errors = check_gradients(layer, x)
    assert set(errors) == {"dx", "dW", "db"}
    assert max(errors.values()) < 1e-7


def test_one_channel_after_the_other_is_depthwise():
    layer, x = make((2, 3, 6, 7, 3, 3, 3, 1, 1, 1, 3), "float64")
    out = layer.forward(x)
    for c in range(3):
        one = slice(c, c + 1)
        alone = Convolution(layer.W[one], layer.b[one], 1, 1)
        np.testing.assert_allclose(alone.forward(x[:, one]), out[:, one])


def test_a_dilated_filter_is_one_with_holes():
    layer, x = make((2, 2, 9, 9, 3, 3, 3, 1, 1, 2, 1), "float64")
    holes = np.zeros((3, 2, 5, 5))
    holes[:, :, ::2, ::2] = layer.W
    plain = Convolution(holes, layer.b, 1, 1)
    np.testing.assert_allclose(layer.forward(x), plain.forward(x))


def test_an_empty_batch():
    layer, x = make(CONVOLUTIONS[0], "float32")
    out = layer.forward(x[:0])
    assert out.shape[0] == 0
    dx = layer.backward(out)
    assert dx.shape == x[:0].shape
    np.testing.assert_array_equal(layer.dW, np.zeros_like(layer.W))
    np.testing.assert_array_equal(layer.db, np.zeros_like(layer.b))
    layer = TransposedConvolution(normal(4, 2, 3, 3), normal(2), 2)
    out = layer.forward(np.zeros((0, 4, 5, 5)))
    assert layer.backward(out).shape == (0, 4, 5, 5)
    np.testing.assert_array_equal(layer.dW, np.zeros_like(layer.W))


def test_convolution_refuses_groups_and_dilation():
    W, b = np.zeros((4, 3, 3, 3)), np.zeros(4)
    with pytest.raises(ValueError, match="groups is 3, expected a divisor of"):
        Convolution(W, b, groups=3)
    with pytest.raises(ValueError, match="groups is 0"):
        Convolution(W, b, groups=0)
    with pytest.raises(ValueError, match="dilation is 0"):
        Convolution(W, b, dilation=0)
    with pytest.raises(ValueError, match=r"2\.0, .* use // to divide"):
        Convolution(W, b, groups=4 / 2)
    with pytest.raises(ValueError, match=r"\(0, 3, 3, 3\), .* rounded down"):
        Convolution(W[:0], b[:0])
    layer = Convolution(W, b, groups=2)
    with pytest.raises(ValueError, match=r"3 channels, expected 6 .*C // gro"):
        layer.forward(np.zeros((1, 3, 8, 8)))
    layer = Convolution(W, b, dilation=4)
    with pytest.raises(ValueError, match="covers 9 pixels, expected at most"):
        layer.forward(np.zeros((1, 3, 8, 8)))


def make_transposed(case, dtype):
    N, C, H, W, FN, FH, FW, stride, pad, output_padding = case
    layer = TransposedConvolution(
        normal(C, FN, FH, FW, dtype=dtype, seed=1),
        normal(FN, dtype=dtype),
        stride,
        pad,
        output_padding,
    )
    return layer, normal(N, C, H, W, dtype=dtype)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("case", TRANSPOSED)
def test_transposed_convolution_is_torch(torch, case, dtype):
    layer, x = make_transposed(case, dtype)
    compare_with_torch(
        torch,
        layer,
        lambda *a: torch.nn.functional.conv_transpose2d(*a, *case[-3:]),
        x,
    )


@pytest.mark.parametrize("case", TRANSPOSED)
def test_transposed_convolution_gradients(case):
    layer, x = make_transposed(case, "float64")
    errors = check_gradients(layer, x)
    assert set(errors) == {"dx", "dW", "db"}
    assert max(errors.values()) < 1e-7


def test_transposed_convolution_of_the_deck():
    square = np.array([[1.0, 2], [3, 4]])[None, None]
    out = TransposedConvolution(square, np.zeros(1)).forward(square)
    expected = [[1, 4, 4], [6, 20, 16], [9, 24, 16]]
    np.testing.assert_array_equal(out[0, 0], expected)


def test_transposed_size_is_undone_by_a_convolution():
    grid = itertools.product([1, 2, 5], [1, 2, 3, 4], [1, 2, 3], [0, 1, 2])
    for size, filter_size, stride, pad in grid:
        for extra in range(stride):
            sizes = filter_size, stride, pad
            if stride * (size - 1) + filter_size - 2 * pad + extra < 1:
                with pytest.raises(ValueError, match="use less padding"):
                    transposed_output_size(size, *sizes, extra)
                continue
            large = transposed_output_size(size, *sizes, extra)
            if large + 2 * pad >= filter_size:
                assert conv_output_size(large, *sizes) == size


def test_transposed_convolution_refuses():
    W, b = np.zeros((3, 2, 4, 4)), np.zeros(2)
    with pytest.raises(ValueError, match="output_padding is 2, expected less"):
        TransposedConvolution(W, b, 2, 1, output_padding=2)
    with pytest.raises(ValueError, match=r"b has shape \(3,\), .*\(2,\)"):
        TransposedConvolution(W, np.zeros(3))
    with pytest.raises(ValueError, match=r"W has shape .* \(C, FN, FH, FW\)"):
        TransposedConvolution(W[0], b)
    layer = TransposedConvolution(W, b, 1, 2)
    with pytest.raises(ValueError, match=r"2 channels, expected 3 .*inputs"):
        layer.forward(np.zeros((1, 2, 4, 4)))
    with pytest.raises(ValueError, match="0 pixels, expected at least 1"):
        layer.forward(np.zeros((1, 3, 1, 1)))
    with pytest.raises(RuntimeError, match="before forward"):
        layer.backward(np.zeros((1, 2, 4, 4)))


@pytest.mark.parametrize("factor", [1, 2, 3])
def test_upsample_is_torch(torch, factor):
    x = normal(2, 3, 4, 5, dtype="float32")
    layer = Upsample(factor)
    out = layer.forward(x)
    tensor = torch.from_numpy(x).requires_grad_()
    expected = torch.nn.functional.interpolate(tensor, scale_factor=factor)
    np.testing.assert_array_equal(out, expected.detach().numpy())
    dout = normal(*out.shape, dtype="float32")
    dx = layer.backward(dout)
    expected.backward(torch.from_numpy(dout))
    assert dx.dtype == "float32"
    np.testing.assert_allclose(dx, tensor.grad.numpy(), atol=1e-5)
    assert check_gradients(layer, x)["dx"] < 1e-7
    assert out is not x


def test_upsample_refuses():
    with pytest.raises(ValueError, match="factor is 0"):
        Upsample(0)
    with pytest.raises(ValueError, match=r"expected \(N, C, H, W\)"):
        Upsample(2).forward(np.zeros((4, 4)))
    with pytest.raises(RuntimeError, match="before forward"):
        Upsample(2).backward(np.zeros((1, 1, 4, 4)))
