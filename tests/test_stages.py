"""A network is drawn as the sizes of what it makes of an image."""

import matplotlib.pyplot as plt
import pytest

from course_lib.stages import show_blocks, show_stages


@pytest.fixture
def axes(monkeypatch):
    """Return what gives the axes of the figure that was shown last."""
    monkeypatch.setattr(plt, "show", lambda: None)
    yield plt.gca
    plt.close("all")


def sides(axes):
    return [(p.get_width(), p.get_height()) for p in axes().patches]


def test_more_maps_make_a_higher_stack(axes):
    show_stages({"x": (1, 8, 8), "many": (64, 8, 8)})
    assert len(sides(axes)) == 1 + 7


def test_area_goes_with_the_side(axes):
    show_stages({"x": (1, 32, 32), "C1": (1, 8, 16)})
    (W, H), (narrow, low) = sides(axes)
    assert W == H
    assert narrow / W == pytest.approx((16 / 32) ** 0.5)
    assert low / H == pytest.approx((8 / 32) ** 0.5)


def test_names_and_sizes_are_written(axes):
    show_stages({"conv1": (96, 55, 54), "fc8": (1000,)})
    written = [text.get_text() for text in axes().texts]
    assert written == ["conv1", "96", "55x54", "fc8", "1000", ""]


def test_units_alone_are_drawn(axes):
    show_stages({"in": (2,), "out": (64,)})
    (_, low), (_, high) = sides(axes)
    assert low < high


@pytest.mark.parametrize("shape", [(), (3, 4), (1, 2, 3, 4)])
def test_other_shape_is_refused(shape):
    with pytest.raises(ValueError, match="bad has shape"):
        show_stages({"bad": shape})


def test_block_has_a_plane_a_channel_and_a_window_in_each(axes):
    show_blocks({"x": (3, 4, 5), "y": (1, 2, 2)}, {"x": (1, 2, 2, 3)})
    cells = [s for s in sides(axes) if s == (1, 1)]
    assert len(cells) == 3 * 4 * 5 + 2 * 2
    assert sides(axes).count((3, 2)) == 3
    written = [text.get_text() for text in axes().texts]
    assert written == ["x (3, 4, 5)", "y (1, 2, 2)"]
