"""The pictures without a plotting library, and the palette of the course."""

import base64
import xml.etree.ElementTree as ET
import zlib

import matplotlib
import numpy as np
import pytest

from course_lib import plots, svg


def test_png_is_read_back():
    pixels = np.random.default_rng(0).uniform(0, 1, (5, 7, 3))
    data = base64.b64decode(svg.png_uri(pixels).split(",")[1])
    start = data.index(b"IDAT")
    raw = zlib.decompress(data[start + 4 : data.index(b"IEND") - 8])
    rows = np.frombuffer(raw, np.uint8).reshape(5, 22)[:, 1:]
    expected = (pixels * 255).round().reshape(5, 21)
    np.testing.assert_array_equal(rows, expected)


def test_alternative_text_is_escaped():
    picture = svg.Picture(10, 10, 'a "b" <c>')
    assert ET.fromstring(picture.to_svg()).get("aria-label") == picture.alt


@pytest.mark.parametrize(
    "value, text",
    [(np.int64(-3), "-3"), (0.5, "0.5"), (-0.0, "0"), (-np.inf, "-∞")],
)
def test_numbers_are_short(value, text):
    assert svg.number(value) == text


def test_signs_have_the_colours_of_the_plots():
    values = np.linspace(-2, 2, 41)
    drawn = svg.signed_colours(values)
    plotted = matplotlib.colormaps["PuOr"]((values + 2) / 4)[:, :3]
    np.testing.assert_allclose(drawn, plotted, atol=0.02)
    limited = svg.signed_colours(np.array([-1.0, 5.0]), limit=1)
    np.testing.assert_allclose(limited, drawn[[0, -1]])


def test_shape_gets_an_axis_of_colours_and_zeros_are_pale():
    colours = svg.signed_colours(np.zeros((2, 3)))
    assert colours.shape == (2, 3, 3)
    assert (colours > 0.95).all()


def test_plots_and_widgets_share_their_colours():
    assert plots.BLUE == svg.BLUE == plots.CLASS_COLORS[0]
    assert plots.number is svg.number
