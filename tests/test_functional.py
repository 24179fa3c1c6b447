"""Tests of course_lib.functional."""

import numpy as np
import pytest

from course_lib.functional import (
    col2im,
    conv_output_size,
    cross_entropy,
    im2col,
    softmax,
)

# N, C, H, W, FH, FW, stride, pad
SHAPES = [
    (1, 1, 4, 4, 2, 2, 2, 0),
    (1, 1, 1, 1, 1, 1, 1, 0),
    (2, 3, 7, 5, 3, 2, 1, 0),
    (2, 3, 5, 7, 2, 3, 2, 1),
    (3, 2, 9, 8, 1, 1, 3, 0),
    (1, 2, 6, 11, 3, 5, 4, 2),
    (2, 1, 8, 8, 8, 8, 1, 0),
    (1, 1, 2, 3, 5, 4, 1, 2),
    (4, 2, 10, 3, 2, 3, 5, 0),
]


def loop_im2col(x, FH, FW, stride, pad, value=0):
    """The definition: one window after the other."""
    widths = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    x = np.pad(x, widths, constant_values=value)
    rows = []
    for image in x:
        for top in range(0, x.shape[2] - FH + 1, stride):
            for left in range(0, x.shape[3] - FW + 1, stride):
                window = image[:, top : top + FH, left : left + FW]
                rows.append(window.reshape(-1))
    return np.array(rows)


def loop_col2im(col, shape, FH, FW, stride, pad, is_backward):
    N, C, H, W = shape
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    positions = [
        (n, slice(None), slice(top, top + FH), slice(left, left + FW))
        for n in range(N)
        for top in range(0, H + 2 * pad - FH + 1, stride)
        for left in range(0, W + 2 * pad - FW + 1, stride)
    ]
    windows = col.reshape(-1, C, FH, FW)
    # Backwards, so that the first window has the last word.
    for place, window in zip(positions[::-1], windows[::-1], strict=True):
        img[place] = img[place] + window if is_backward else window
    return img[:, :, pad : pad + H, pad : pad + W]


@pytest.mark.parametrize(
    "size, filter_size, stride, pad, dilation, expected",
    [
        (4, 3, 1, 0, 1, 2),
        (4, 3, 1, 1, 1, 4),
        (7, 3, 2, 0, 1, 3),
        (8, 3, 2, 0, 1, 3),  # floor
        (28, 5, 1, 0, 1, 24),
        (24, 2, 2, 0, 1, 12),
        (5, 1, 7, 0, 1, 1),
        (1, 1, 1, 0, 1, 1),
        (9, 3, 1, 0, 2, 5),
        (9, 3, 2, 1, 3, 3),
    ],
)
def test_output_size(size, filter_size, stride, pad, dilation, expected):
    got = conv_output_size(size, filter_size, stride, pad, dilation)
    assert got == expected
    assert type(got) is int


@pytest.mark.parametrize("dilation", [1, 2, 3])
@pytest.mark.parametrize("pad", [0, 1, 2])
@pytest.mark.parametrize("stride", [1, 2, 3, 9])
def test_output_size_counts_positions(stride, pad, dilation):
    for size in range(1, 12):
        for filter_size in range(1, 6):
            last = size + 2 * pad - dilation * (filter_size - 1) - 1
            if last < 0:
                continue
            positions = len(range(0, last + 1, stride))
            assert positions == conv_output_size(
                size, filter_size, stride, pad, dilation
            )


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((4, 3, 0), "stride is 0, expected an integer of at least 1"),
        ((4, 3, 1, -1), "pad is -1, expected an integer of at least 0"),
        ((4, 3, 1.5), r"stride is 1\.5, expected an integer .*use //"),
        ((4, 3, 1, "1"), "pad is '1', expected an integer"),
        ((4, 0), "filter_size is 0"),
        ((0, 1), "size is 0"),
        ((4, 3, 1, 0, 0), "dilation is 0"),
        ((4, 5), "covers 5 pixels, expected at most 4 .*smaller filter"),
        ((4, 3, 1, 0, 2), "covers 5 pixels, expected at most 4"),
    ],
)
def test_output_size_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        conv_output_size(*arguments)


def test_im2col_of_the_deck():
    x = np.arange(1, 17).reshape(1, 1, 4, 4)
    expected = [
        [1, 2, 5, 6],
        [3, 4, 7, 8],
        [9, 10, 13, 14],
        [11, 12, 15, 16],
    ]
    np.testing.assert_array_equal(im2col(x, 2, 2, stride=2), expected)


@pytest.mark.parametrize("N, C, H, W, FH, FW, stride, pad", SHAPES)
def test_im2col_is_its_definition(N, C, H, W, FH, FW, stride, pad):
    x = np.random.default_rng(0).standard_normal((N, C, H, W))
    before = x.copy()
    got = im2col(x, FH, FW, stride, pad, -7)
    expected = loop_im2col(x, FH, FW, stride, pad, -7)
    np.testing.assert_array_equal(got, expected)
    np.testing.assert_array_equal(x, before)
    OH = conv_output_size(H, FH, stride, pad)
    OW = conv_output_size(W, FW, stride, pad)
    assert got.shape == (N * OH * OW, C * FH * FW)


@pytest.mark.parametrize("N, C, H, W, FH, FW, stride, pad", SHAPES)
def test_im2col_is_torch_unfold(N, C, H, W, FH, FW, stride, pad):
    torch = pytest.importorskip("torch")
    x = np.random.default_rng(1).standard_normal((N, C, H, W))
    unfolded = torch.nn.functional.unfold(
        torch.from_numpy(x), (FH, FW), padding=pad, stride=stride
    )
    expected = unfolded.numpy().transpose(0, 2, 1).reshape(-1, C * FH * FW)
    np.testing.assert_array_equal(im2col(x, FH, FW, stride, pad), expected)


@pytest.mark.parametrize("is_backward", [False, True])
@pytest.mark.parametrize("N, C, H, W, FH, FW, stride, pad", SHAPES)
def test_col2im_is_its_definition(
    N, C, H, W, FH, FW, stride, pad, is_backward
):
    rng = np.random.default_rng(2)
    shape = im2col(np.zeros((N, C, H, W)), FH, FW, stride, pad).shape
    col = rng.standard_normal(shape)
    before = col.copy()
    got = col2im(col, (N, C, H, W), FH, FW, stride, pad, is_backward)
    expected = loop_col2im(col, (N, C, H, W), FH, FW, stride, pad, is_backward)
    np.testing.assert_allclose(got, expected, atol=1e-12)
    np.testing.assert_array_equal(col, before)
    assert got.shape == (N, C, H, W)


@pytest.mark.parametrize("N, C, H, W, FH, FW, stride, pad", SHAPES)
def test_col2im_undoes_im2col_when_overwriting(
    N, C, H, W, FH, FW, stride, pad
):
    x = np.random.default_rng(3).standard_normal((N, C, H, W))
    col = im2col(x, FH, FW, stride, pad)
    back = col2im(col, x.shape, FH, FW, stride, pad)
    ones = col2im(np.ones_like(col), x.shape, FH, FW, stride, pad)
    np.testing.assert_array_equal(back, x * ones)


@pytest.mark.parametrize("N, C, H, W, FH, FW, stride, pad", SHAPES)
def test_summing_col2im_is_the_adjoint_of_im2col(
    N, C, H, W, FH, FW, stride, pad
):
    rng = np.random.default_rng(4)
    x = rng.standard_normal((N, C, H, W))
    col = im2col(x, FH, FW, stride, pad)
    y = rng.standard_normal(col.shape)
    back = col2im(y, x.shape, FH, FW, stride, pad, is_backward=True)
    assert np.isclose((col * y).sum(), (x * back).sum())


def test_summing_counts_overlaps():
    col = np.ones((4, 4))
    got = col2im(col, (1, 1, 3, 3), 2, 2, is_backward=True)
    np.testing.assert_array_equal(got[0, 0], [[1, 2, 1], [2, 4, 2], [1, 2, 1]])


@pytest.mark.parametrize("dtype", ["float32", "float64", "uint8", "int64"])
def test_columns_keep_the_dtype(dtype):
    x = np.ones((1, 1, 4, 4), dtype=dtype)
    col = im2col(x, 3, 3, pad=1)
    assert col.dtype == x.dtype
    assert col2im(col, x.shape, 3, 3, pad=1).dtype == x.dtype


def test_im2col_never_shares_memory():
    x = np.ones((1, 1, 4, 4))
    col = im2col(x, 1, 1)
    col[...] = 0
    assert x.min() == 1


def test_im2col_takes_views():
    x = np.arange(2 * 3 * 4 * 5.0).reshape(2, 4, 5, 3).transpose(0, 3, 1, 2)
    np.testing.assert_array_equal(
        im2col(x, 2, 3), loop_im2col(x.copy(), 2, 3, 1, 0)
    )


@pytest.mark.parametrize(
    "shape, message",
    [
        (
            (28, 28),
            r"input_data has shape \(28, 28\), expected \(N, C, H, W\); a "
            r"single image needs input_data\.reshape\(1, 1, 28, 28\)",
        ),
        ((1, 28, 28), r"shape \(1, 28, 28\).*input_data\[np\.newaxis\]"),
        ((28,), r"shape \(28,\), expected \(N, C, H, W\)$"),
        ((1, 1, 2, 5), "covers 3 pixels, expected at most 2"),
        ((1, 1, 5, 2), "covers 3 pixels, expected at most 2"),
    ],
)
def test_im2col_refuses(shape, message):
    with pytest.raises(ValueError, match=message):
        im2col(np.zeros(shape), 3, 3)


def test_im2col_refuses_lists():
    with pytest.raises(ValueError, match=r"is a list, .*np\.array"):
        im2col([[[[1.0]]]], 1, 1)


def test_col2im_refuses():
    col = np.zeros((4, 4))
    with pytest.raises(
        ValueError, match=r"col has shape \(4, 4\), expected \(9, 4\)"
    ):
        col2im(col, (1, 1, 4, 4), 2, 2)
    with pytest.raises(
        ValueError, match=r"input_shape is \(4, 4\), expected \(N, C, H, W\)"
    ):
        col2im(col, (4, 4), 2, 2)


def test_softmax_is_torch():
    torch = pytest.importorskip("torch")
    x = np.random.default_rng(0).standard_normal((5, 7)) * 10
    before = x.copy()
    expected = torch.softmax(torch.from_numpy(x), dim=1).numpy()
    np.testing.assert_allclose(softmax(x), expected, rtol=1e-12)
    np.testing.assert_array_equal(x, before)


def test_softmax_is_stable():
    x = np.array([[1000.0, 0.0], [-1000.0, -1000.0]], dtype=np.float32)
    y = softmax(x)
    assert y.dtype == np.float32
    np.testing.assert_array_equal(y, [[1, 0], [0.5, 0.5]])
    np.testing.assert_allclose(softmax(np.array([0.0, 0.0])), [0.5, 0.5])


def test_softmax_refuses():
    with pytest.raises(ValueError, match="x has shape"):
        softmax(np.array(1.0))


def test_cross_entropy_by_hand():
    y = np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]])
    expected = -(np.log(0.25) + np.log(0.8)) / 2
    assert np.isclose(cross_entropy(y, np.array([2, 1])), expected)
    one_hot = np.array([[0, 0, 1], [0, 1, 0]])
    assert np.isclose(cross_entropy(y, one_hot), expected)
    assert np.isclose(cross_entropy(y[0], 2), -np.log(0.25))
    assert np.isclose(cross_entropy(y[0], one_hot[0]), -np.log(0.25))


def test_cross_entropy_stays_finite():
    y = np.array([[1.0, 0.0]], dtype=np.float32)
    assert np.isfinite(cross_entropy(y, np.array([1])))


@pytest.mark.parametrize(
    "t, message",
    [
        (np.array([0, 3]), r"labels 0\.\.3, expected 0\.\.2; .*from 1"),
        (np.array([-1, 0]), r"labels -1\.\.0, expected 0\.\.2"),
        (np.array([0, 1, 2]), r"shape \(3,\), expected \(2,\) or \(2, 3\)"),
        (np.array([0.0, 1.0]), "dtype float64, expected integer"),
        (np.zeros((2, 4)), r"shape \(2, 4\), expected \(2,\) or \(2, 3\)"),
    ],
)
def test_cross_entropy_refuses(t, message):
    with pytest.raises(ValueError, match=message):
        cross_entropy(np.full((2, 3), 1 / 3), t)
