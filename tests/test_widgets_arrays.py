"""Widgets of windows, axes, columns and graphs show what layers compute."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from course_lib import widgets
from course_lib.functional import col2im, conv_output_size, im2col
from course_lib.layers import Convolution, TransposedConvolution

X = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]])
W = np.array([[2, 0, 1], [0, 1, 2], [1, 0, 2]])
X3 = np.arange(27).reshape(3, 3, 3) % 5
W3 = np.arange(12).reshape(3, 2, 2) % 4 - 1


def shown(widget):
    """Return the text that stands in the picture."""
    root = ET.fromstring(widget.screen.value)
    return [node.text for node in root.iter() if node.tag.endswith("text")]


# convolution


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize(
    "x, w, pad", [(X, W, 0), (X, W, 1), (X, W, 2), (X3, W3, 0), (X3, W3, 1)]
)
def test_convolution_agrees_with_the_layer(x, w, stride, pad):
    view = widgets.convolution_stepper(x, w, stride, pad, b=3)
    images = x.reshape(1, *view.x.shape).astype(float)
    filters = w.reshape(1, *view.w.shape).astype(float)
    layer = Convolution(filters, np.array([3.0]), stride, pad)
    y = layer.forward(images)[0, 0]
    assert view.output_size() == y.shape
    assert view.step.max == y.size - 1
    for place in np.ndindex(y.shape):
        assert view.products(*place).sum() + 3 == y[place]


def test_convolution_outputs_fill_one_by_one():
    view = widgets.convolution_stepper(X, W)
    assert (
        shown(view)[-3] == "y[0, 0] = 2 + 0 + 3 + 0 + 1 + 4 + 3 + 0 + 2 = 15"
    )
    before = len(shown(view))
    view.step.value = 3
    assert len(shown(view)) == before + 3
    assert "= 15" in view.sum_line((1, 1))


@pytest.mark.parametrize("dilation", [1, 2, 3])
def test_size_formula_has_the_live_numbers(dilation):
    x = np.ones((8, 8), dtype=int)
    view = widgets.convolution_stepper(x, W, dilation=dilation)
    size = conv_output_size(8, 3, dilation=dilation)
    assert view.formula()[1].endswith(f"= {size}")
    assert shown(view)[-1] == view.formula()[1]


def test_filter_that_does_not_fit_leaves_no_output():
    view = widgets.convolution_stepper(X, W)
    view.dilation.value = 3
    assert view.place() is None
    assert "✕" in shown(view)[-1]
    view.dilation.value = 1
    assert view.step.max == 3


def test_filter_size_cuts_or_repeats():
    view = widgets.convolution_stepper(np.ones((5, 5), dtype=int), W)
    view.size.value = 2
    np.testing.assert_array_equal(view.filter()[0], W[:2, :2])
    view.size.value = 4
    np.testing.assert_array_equal(view.filter()[0], np.pad(W, (0, 1), "wrap"))


def test_filter_that_is_not_square_keeps_its_width():
    view = widgets.convolution_stepper(X, W[:2])
    assert view.filter().shape == (1, 2, 3)
    assert view.output_size() == (3, 2)


@pytest.mark.parametrize(
    "x, w, numbers",
    [
        (X, W3, {}),
        (np.ones((9, 9)), W, {}),
        (X, W, {"pad": 3}),
        (X, W, {"stride": 0}),
        (np.ones(4), W, {}),
        (X3, W3, {"pad": 2}),
    ],
)
def test_convolution_refuses_what_cannot_be_read(x, w, numbers):
    with pytest.raises(ValueError):
        widgets.convolution_stepper(x, w, **numbers)


# pooling


def test_maximum_and_where_its_gradient_goes():
    view = widgets.pooling_stepper(X)
    view.step.value = 3
    y, _, dx = view.values()
    np.testing.assert_array_equal(y, [[2, 3], [3, 2]])
    expected = np.zeros((4, 4))
    expected[0, 1], expected[0, 2], expected[2, 0], expected[2, 3] = 1, 2, 3, 4
    np.testing.assert_array_equal(dx, expected)
    view.way.value = "backward"
    assert view.line() == "dx[2, 3] += dout[1, 1] = 4"


def test_average_shares_its_gradient():
    view = widgets.pooling_stepper(X, dout=np.full((2, 2), 8))
    view.kind.value = "average"
    view.way.value = "backward"
    _, _, dx = view.values()
    np.testing.assert_array_equal(dx[:2, :2], 2)
    assert dx[2:].sum() == 0  # later windows come later
    assert "8 / 4 = 2" in view.line()


def test_pooling_steps_follow_the_window():
    view = widgets.pooling_stepper(X)
    view.stride.value = 1
    assert view.step.max == 8
    with pytest.raises(ValueError):
        widgets.pooling_stepper(np.ones((9, 9)))


# axes


def test_element_keeps_its_place_in_memory_only_by_reshape():
    view = widgets.axis_tracer()
    view.element.value = 10
    assert view.line() == "x[0, 2, 1, 0] → y[0, 1, 0, 2],  10 → 8"
    view.operation.value = "x.reshape(2, 2, 2, 3)"
    assert view.line().endswith("10 → 10")


def test_image_survives_transpose_but_not_reshape():
    view = widgets.axis_tracer()
    original = view.image.transpose(1, 2, 0)
    np.testing.assert_array_equal(view.image_after(), original)
    view.operation.value = "x.reshape(2, 2, 2, 3)"
    assert not np.array_equal(view.image_after(), original)
    view.operation.value = "x.reshape(2, -1)"
    assert view.image_after() is None


def test_every_operation_shows_every_element():
    view = widgets.axis_tracer((2, 3, 2, 3))
    for name in view.operation.options:
        view.operation.value = name
        assert view.result().size == 36
        assert len(shown(view)) >= 4 * 36
    with pytest.raises(ValueError):
        widgets.axis_tracer((2, 3, 4, 4))


# im2col


@pytest.mark.parametrize("x, w, pad", [(X, W, 1), (X, W[:2], 0), (X3, W3, 0)])
def test_columns_are_those_of_course_lib(x, w, pad):
    FH, FW = w.shape[-2:]
    view = widgets.im2col_view(x, FH, FW, pad=pad, w=w)
    images = view.x[np.newaxis]
    col = im2col(images, FH, FW, pad=pad)
    np.testing.assert_array_equal(view.col, col)
    np.testing.assert_array_equal(view.y, col @ w.ravel())
    inner = slice(pad, view.padded.shape[1] - pad)
    back = col2im(col, images.shape, FH, FW, pad=pad, is_backward=True)[0]
    shown_back = view.back["col2im +="][:, inner, inner]
    np.testing.assert_array_equal(shown_back, back)
    ones = np.ones_like(col)
    counts = col2im(ones, images.shape, FH, FW, pad=pad, is_backward=True)[0]
    np.testing.assert_array_equal(view.counts[:, inner, inner], counts)


def test_row_and_pixel_are_linked():
    view = widgets.im2col_view(X, 2, 2)
    view.choose("row", 4)
    assert view.line() == "col[4] = x[1:3, 1:3],  y[1, 1] = 4"
    view.choose("pixel", 5)
    assert (
        view.line() == "x[1, 1] → col[0, 3], col[1, 2], col[3, 1], col[4, 0]"
    )
    view.mode.value = "col2im +="
    assert view.line().endswith("1 + 1 + 1 + 1 = 4")
    view.mode.value = "col2im"
    assert view.line() == "col2im(col)[1, 1] = 1"


def test_a_click_chooses_even_what_the_slider_shows_already():
    view = widgets.im2col_view(X, 2, 2)
    assert view.chosen == "row"
    stage = view.children[-1]
    pixels, rows = stage.children[1:]
    assert (len(pixels.children), len(rows.children)) == (16, 9)
    pixels.children[0].click()
    assert (view.chosen, view.pixel.value) == ("pixel", 0)
    rows.children[7].click()
    assert (view.chosen, view.row.value) == ("row", 7)


def test_im2col_refuses_what_cannot_be_read():
    with pytest.raises(ValueError, match="at most"):
        widgets.im2col_view(np.ones((8, 8)), 3, 3)
    with pytest.raises(ValueError, match="w has shape"):
        widgets.im2col_view(X, 2, 2, w=W)


# graph


@pytest.mark.parametrize("kind, edges", [("convolution", 8), ("pooling", 5)])
def test_graph_shows_values_then_gradients(kind, edges):
    view = widgets.graph_view(kind)
    assert view.line() == ""
    view.step.value = 1
    assert view.line() == "x   (N, C, H, W)"
    view.step.value = edges + 1
    assert view.line().startswith("dout")
    view.step.value = 2 * edges
    assert view.line() == (
        "dx = col2im(dcol, is_backward=True)   (N, C, H, W)"
    )
    with pytest.raises(ValueError):
        widgets.graph_view("affine")


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_groups_are_those_of_the_layer(groups):
    rng = np.random.default_rng(groups)
    x = rng.integers(-3, 4, (4, 3, 3))
    w = rng.integers(-2, 3, (4, 2, 2))
    view = widgets.convolution_stepper(x, w, b=1, groups=groups)
    filters = w.reshape(groups, 4 // groups, 2, 2).astype(float)
    layer = Convolution(filters, np.ones(groups), groups=groups)
    y = layer.forward(x[np.newaxis].astype(float))[0]
    view.step.value = view.step.max
    told = view.draw().alt
    for g in range(groups):
        name = f"y[{g}]" if groups > 1 else "y"
        assert f"{name}[1, 1] = " in told
        for i, j in np.ndindex(2, 2):
            assert view.group_sum(g, i, j) == y[g, i, j]


def test_groups_divide_the_channels():
    view = widgets.convolution_stepper(np.ones((4, 2, 2)), np.ones((4, 1, 1)))
    assert view.groups.options == (1, 2, 4)
    for groups in (0, 3):
        with pytest.raises(ValueError, match=r"\[1, 2, 4\]"):
            widgets.convolution_stepper(
                np.ones((4, 2, 2)), np.ones((4, 1, 1)), groups=groups
            )


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("pad", [0, 1])
def test_transposed_is_that_of_the_layer(stride, pad):
    x = np.arange(6).reshape(2, 3) - 2
    w = np.arange(6).reshape(3, 2) - 1
    view = widgets.transposed_stepper(x, w, stride, pad)
    view.step.value = view.step.max
    layer = TransposedConvolution(
        w[np.newaxis, np.newaxis].astype(float), np.zeros(1), stride, pad
    )
    y = layer.forward(x[np.newaxis, np.newaxis].astype(float))[0, 0]
    whole, stamps = view.written()
    inside = slice(pad, -pad or None)
    np.testing.assert_array_equal(whole[inside, inside], y)
    assert stamps.sum() == x.size * w.size
    assert view.formula()[1].endswith(f"= {len(y)}")
    assert f"y {y.shape}" in view.draw().alt


def test_transposed_writes_one_stamp_a_step():
    x, w = np.array([[1, 2], [3, 4]]), np.array([[1, 2], [3, 4]])
    view = widgets.transposed_stepper(x, w, stride=1)
    expected = [
        [[1, 2, 0], [3, 4, 0], [0, 0, 0]],
        [[1, 4, 4], [3, 10, 8], [0, 0, 0]],
        [[1, 4, 4], [6, 16, 8], [9, 12, 0]],
        [[1, 4, 4], [6, 20, 16], [9, 24, 16]],
    ]
    for step, y in enumerate(expected):
        view.step.value = step
        np.testing.assert_array_equal(view.written()[0], y)


@pytest.mark.parametrize(
    "x, w, numbers, match",
    [
        (np.ones((1, 2, 2)), W, {}, "x has shape"),
        (X, np.ones((6, 2)), {}, "w has shape"),
        (X, W, {"stride": 0}, "stride is 0"),
        (X, W, {"pad": 3}, "pad is 3"),
    ],
)
def test_transposed_refuses(x, w, numbers, match):
    with pytest.raises(ValueError, match=match):
        widgets.transposed_stepper(x, w, **numbers)
