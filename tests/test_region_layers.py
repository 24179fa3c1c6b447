"""Unpooling, RoI pooling and SPP against torch and plain loops."""

import math

import numpy as np
import pytest

from course_lib.gradient import check_gradients
from course_lib.layers import (
    MaxPooling,
    MaxUnpooling,
    RoIPooling,
    SpatialPyramidPooling,
)

# N, C, H, W, PH, PW, stride, pad
POOLINGS = [
    (2, 3, 6, 8, 2, 2, 2, 0),
    (1, 2, 7, 9, 2, 2, 2, 0),
    (3, 1, 7, 5, 3, 3, 3, 1),
    (2, 2, 8, 7, 2, 3, 4, 0),
    (1, 1, 1, 1, 1, 1, 1, 0),
]


@pytest.fixture(scope="module")
def torch():
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    return torch


def normal(*shape, dtype="float64", seed=0):
    rng = np.random.default_rng((seed, *shape))
    return rng.standard_normal(shape).astype(dtype)


def pooled(case, dtype="float64"):
    """Return a pooling layer after forward, and other numbers as large."""
    N, C, H, W, *window = case
    pooling = MaxPooling(*window)
    out = pooling.forward(normal(N, C, H, W, dtype=dtype))
    return pooling, normal(*out.shape, dtype=dtype, seed=5)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("case", POOLINGS)
def test_unpooling_is_torch(torch, case, dtype):
    N, C, H, W, PH, PW, stride, pad = case
    pooling, x = pooled(case, dtype)
    layer = MaxUnpooling(pooling)
    out = layer.forward(x)
    assert out.shape == (N, C, H, W)
    dout = normal(*out.shape, dtype=dtype, seed=2)
    dx = layer.backward(dout)
    _, index = torch.nn.functional.max_pool2d(
        torch.from_numpy(normal(N, C, H, W, dtype=dtype)),
        (PH, PW),
        stride,
        pad,
        return_indices=True,
    )
    tensor = torch.from_numpy(x).requires_grad_()
    flat = torch.zeros(N, C, H * W, dtype=tensor.dtype)
    expected = flat.scatter(2, index.flatten(2), tensor.flatten(2))
    expected = expected.reshape(N, C, H, W)
    if stride == PH == PW and pad == 0:
        same = torch.nn.functional.max_unpool2d(
            tensor, index, (PH, PW), stride, pad, output_size=(H, W)
        )
        np.testing.assert_array_equal(out, same.detach().numpy())
    expected.backward(torch.from_numpy(dout))
    np.testing.assert_array_equal(out, expected.detach().numpy())
    np.testing.assert_array_equal(dx, tensor.grad.numpy())
    assert out.dtype == dx.dtype == dtype


@pytest.mark.parametrize(
    "case", [*POOLINGS, (2, 2, 7, 7, 3, 3, 2, 1), (1, 1, 5, 5, 3, 2, 1, 0)]
)
def test_unpooling_gradients(case):
    pooling, x = pooled(case)
    assert check_gradients(MaxUnpooling(pooling), x)["dx"] < 1e-7


def test_unpooling_puts_the_pooled_numbers_back():
    x = np.array([[1, 2, 1, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 4, 0, 1]])
    pooling = MaxPooling(2, 2, 2)
    out = MaxUnpooling(pooling).forward(pooling.forward(x[None, None]))
    expected = [[0, 2, 0, 0], [0, 0, 0, 3], [0, 0, 0, 2], [0, 4, 0, 0]]
    np.testing.assert_array_equal(out[0, 0], expected)


def test_unpooling_remembers_the_places_until_backward():
    pooling, x = pooled(POOLINGS[0])
    layer = MaxUnpooling(pooling)
    out = layer.forward(x)
    pooling.forward(normal(5, 1, 4, 4))
    dx = layer.backward(out)
    np.testing.assert_array_equal(dx, x)


def test_unpooling_of_nothing_but_minus_infinity():
    pooling = MaxPooling(2, 2, 2, pad=1)
    x = pooling.forward(np.full((1, 1, 2, 2), -np.inf))
    out = MaxUnpooling(pooling).forward(np.ones_like(x))
    assert out.shape == (1, 1, 2, 2)


def test_unpooling_refuses():
    with pytest.raises(ValueError, match="pooling is a int, expected the Max"):
        MaxUnpooling(2)
    layer = MaxUnpooling(MaxPooling(2, 2, 2))
    with pytest.raises(RuntimeError, match="before its pooling"):
        layer.forward(np.zeros((1, 1, 2, 2)))
    layer.pooling.forward(np.zeros((1, 1, 4, 4)))
    with pytest.raises(ValueError, match=r"\(1, 1, 4, 4\), .*\(1, 1, 2, 2\)"):
        layer.forward(np.zeros((1, 1, 4, 4)))
    with pytest.raises(RuntimeError, match="before forward"):
        layer.backward(np.zeros((1, 1, 4, 4)))


SIZES = [(8, 8), (7, 9), (4, 4), (3, 5), (1, 1), (2, 13), (13, 6)]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("levels", [(1, 2, 4), (1,), (6, 3, 2, 1), (5,)])
@pytest.mark.parametrize("size", SIZES)
def test_spp_is_torch(torch, size, levels, dtype):
    x = normal(2, 3, *size, dtype=dtype)
    before = x.copy()
    layer = SpatialPyramidPooling(levels)
    out = layer.forward(x)
    dout = normal(*out.shape, dtype=dtype, seed=2)
    dx = layer.backward(dout)
    np.testing.assert_array_equal(x, before)
    tensor = torch.from_numpy(x).requires_grad_()
    pool = torch.nn.functional.adaptive_max_pool2d
    expected = torch.cat([pool(tensor, n).flatten(1) for n in levels], dim=1)
    expected.backward(torch.from_numpy(dout))
    np.testing.assert_array_equal(out, expected.detach().numpy())
    assert out.dtype == dx.dtype == dtype
    tolerance = 1e-12 if dtype == "float64" else 1e-5
    np.testing.assert_allclose(dx, tensor.grad.numpy(), atol=tolerance)


@pytest.mark.parametrize("size", SIZES)
def test_spp_gradients(size):
    layer = SpatialPyramidPooling()
    assert check_gradients(layer, normal(1, 2, *size))["dx"] < 1e-7


def test_spp_gives_as_many_numbers_for_any_size():
    layer = SpatialPyramidPooling()
    for H, W in SIZES:
        assert layer.forward(normal(2, 5, H, W)).shape == (2, 21 * 5)
    empty = layer.forward(np.zeros((0, 5, 6, 6)))
    assert layer.backward(empty).shape == (0, 5, 6, 6)


def test_spp_refuses():
    for levels in ((), 3):
        with pytest.raises(ValueError, match="levels is empty or no"):
            SpatialPyramidPooling(levels)
    with pytest.raises(ValueError, match="levels is 0"):
        SpatialPyramidPooling((1, 0))
    with pytest.raises(ValueError, match="at least one channel and pixel"):
        SpatialPyramidPooling().forward(np.zeros((1, 2, 0, 3)))
    with pytest.raises(RuntimeError, match="before forward"):
        SpatialPyramidPooling().backward(np.zeros((1, 21)))


def plain_roi_pooling(x, rois, out_h, out_w, scale):
    """Return the maxima bin by bin, with the paper's floats."""
    out = np.zeros((len(rois), x.shape[1], out_h, out_w), x.dtype)
    H, W = x.shape[2:]
    for i, (image, *box) in enumerate(rois):
        x1, y1, x2, y2 = (math.floor(v * scale + 0.5) for v in box)
        w, h = max(x2 - x1, 1), max(y2 - y1, 1)
        for r in range(out_h):
            top = min(max(y1 + r * h // out_h, 0), H)
            end = min(max(y1 + math.ceil((r + 1) * h / out_h), 0), H)
            for c in range(out_w):
                left = min(max(x1 + c * w // out_w, 0), W)
                right = min(max(x1 + math.ceil((c + 1) * w / out_w), 0), W)
                part = x[int(image), :, top:end, left:right]
                if part[0].size:
                    out[i, :, r, c] = part.max(axis=(1, 2))
    return out


def random_rois(n, N, H, W, scale, seed=0):
    """Return regions, some of them reaching out of the map or inverted."""
    rng = np.random.default_rng(seed)
    corners = rng.uniform(-2, max(H, W) + 2, (n, 2, 2)) / scale
    boxes = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
    boxes[::7, 2:] = boxes[::7, :2]
    return np.insert(boxes, 0, rng.integers(0, N, n), axis=1)


@pytest.mark.parametrize("scale", [1, 0.25, 1 / 3])
@pytest.mark.parametrize("out", [(2, 2), (7, 7), (3, 1)])
def test_roi_pooling_is_the_plain_loop(out, scale):
    x = normal(3, 4, 9, 11, dtype="float32")
    before = x.copy()
    rois = random_rois(40, 3, 9, 11, scale)
    layer = RoIPooling(*out, scale)
    got = layer.forward(x, rois)
    np.testing.assert_array_equal(got, plain_roi_pooling(x, rois, *out, scale))
    assert got.dtype == "float32"
    dx = layer.backward(np.ones_like(got))
    assert dx.dtype == "float32"
    assert dx.shape == x.shape
    np.testing.assert_array_equal(x, before)


def test_roi_pooling_gradients():
    rois = random_rois(12, 2, 6, 7, 1)
    layer = RoIPooling(2, 3)
    x = normal(2, 3, 6, 7)
    out = layer.forward(x, rois)
    dout = normal(*out.shape)
    dx = layer.backward(dout)
    numeric = np.empty_like(x)
    for i in np.ndindex(x.shape):
        values = []
        for step in (1e-6, -1e-6):
            moved = x.copy()
            moved[i] += step
            values.append((layer.forward(moved, rois) * dout).sum())
        numeric[i] = (values[0] - values[1]) / 2e-6
    np.testing.assert_allclose(dx, numeric, atol=1e-7)


def test_roi_pooling_of_the_whole_map_is_adaptive_pooling(torch):
    x = normal(2, 3, 7, 5)
    rois = np.array([[0, 0, 0, 5, 7], [1, 0, 0, 5, 7]])
    out = RoIPooling(3, 2).forward(x, rois)
    expected = torch.nn.functional.adaptive_max_pool2d(
        torch.from_numpy(x), (3, 2)
    )
    np.testing.assert_array_equal(out, expected.numpy())


def test_roi_pooling_takes_boxes_of_each_image():
    x = normal(3, 2, 8, 8)
    boxes = [np.array([[0, 0, 4, 4], [2, 1, 8, 5]]), np.zeros((0, 4)), []]
    boxes[2] = np.array([[3, 3, 6, 8]])
    rows = np.array(
        [[0, 0, 0, 4, 4], [0, 2, 1, 8, 5], [2, 3, 3, 6, 8]], dtype=float
    )
    layer = RoIPooling(2, 2)
    np.testing.assert_array_equal(
        layer.forward(x, boxes), layer.forward(x, rows)
    )


def test_roi_pooling_by_hand():
    x = np.arange(16.0).reshape(1, 1, 4, 4)
    out = RoIPooling(2, 2).forward(x, np.array([[0, 0, 0, 3, 3]]))
    np.testing.assert_array_equal(out[0, 0], [[5, 6], [9, 10]])
    # A region without width still sees one pixel.
    out = RoIPooling(1, 1).forward(x, np.array([[0, 2, 1, 2, 1]]))
    np.testing.assert_array_equal(out, [[[[6]]]])


@pytest.mark.parametrize("rois", [np.zeros((0, 5)), [[], []]])
def test_roi_pooling_without_regions(rois):
    x = normal(2, 3, 4, 4)
    layer = RoIPooling(2, 2)
    out = layer.forward(x, rois)
    assert out.shape == (0, 3, 2, 2)
    np.testing.assert_array_equal(layer.backward(out), np.zeros_like(x))


def test_roi_pooling_refuses():
    layer, x = RoIPooling(2, 2), np.zeros((2, 1, 4, 4))
    cases = {
        r"rois has shape \(1, 4\), expected \(n, 5\)": np.zeros((1, 4)),
        r"rois has 1 arrays of boxes, expected 2": [np.zeros((1, 4))],
        r"rois\[1\] has shape \(1, 5\)": [np.zeros((1, 4)), np.zeros((1, 5))],
        r"names images 0\.\.2, expected whole numbers from 0 to 1": np.array(
            [[0, 0, 0, 1, 1], [2, 0, 0, 1, 1]]
        ),
        "inf or nan": np.full((1, 5), np.nan),
    }
    for message, rois in cases.items():
        with pytest.raises(ValueError, match=message):
            layer.forward(x, rois)
    with pytest.raises(ValueError, match="out_h is 0"):
        RoIPooling(0, 2)
    with pytest.raises(ValueError, match="scale is 0"):
        RoIPooling(2, 2, 0)
    with pytest.raises(RuntimeError, match="before forward"):
        layer.backward(np.zeros((1, 1, 2, 2)))
