"""Figures look as they did, and a missing label is noticed.

    python tests/test_plots.py          draw the pictures in tests/figures anew

The pictures were drawn with the matplotlib of constraints.txt; another one
places letters differently.
"""

import io
import sys
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.testing.compare import compare_images
from matplotlib.testing.exceptions import ImageComparisonFailure

from course_lib import plots

FIGURES = Path(__file__).with_name("figures")
TOLERANCE = 3  # root mean square of the difference, of 255
DRAWN_WITH = "3.11"  # matplotlib's version
same_matplotlib = pytest.mark.skipif(
    not matplotlib.__version__.startswith(DRAWN_WITH),
    reason=f"the figures were drawn with matplotlib {DRAWN_WITH}",
)
rng = np.random.default_rng(0)
rng_images = np.random.default_rng(1)
SIGNED = rng.normal(size=(6, 1, 5, 5))
GREY = rng.random((6, 1, 12, 12))
HISTORY = {
    "loss": np.geomspace(2, 0.05, 200),
    "test_accuracy": [0.7, 0.85, 0.9],
    "train_accuracy": [0.72, 0.9, 0.97],
}
COUNTS = np.array([[40, 3, 0], [12, 28, 0], [0, 1, 39]])
NODES = {"x": (0, 0, "$x$"), "w": (0, 2, "$w$"), "y": (3, 1, "$y$")}


def ringed():
    arrays = {"x": np.arange(12).reshape(3, 4), "y": np.eye(2) / 3}
    plots.show_arrays(arrays, {"x": [(0, 1, 2, 2)]})


def boxed():
    images = rng_images.random((2, 3, 24, 24))
    boxes = [
        np.array([[3, 8, 14, 20]]),
        np.array([[1, 7, 9, 15], [10, 9, 24, 24]]),
    ]
    labels = [np.array([2]), np.array([0, 1])]
    scores = [np.array([0.875]), np.array([0.5, 1])]
    plots.show_boxes(
        images, boxes, labels, scores, truth=[b + 1 for b in boxes]
    )


DRAWERS = {
    "arrays": ringed,
    "array": lambda: plots.show_array(np.arange(6).reshape(2, 3), (), "x"),
    "images": lambda: plots.show_images(GREY, list("abcdef"), columns=3),
    "filters": lambda: plots.show_filters(SIGNED, columns=3),
    "feature_maps": lambda: plots.show_feature_maps(SIGNED[:, 0], range(6)),
    "boxes": boxed,
    "history": lambda: plots.show_history({"CNN": HISTORY}),
    "confusion": lambda: plots.show_confusion(COUNTS),
    "confusion_glyphs": lambda: plots.show_confusion(COUNTS, GREY[:3, 0]),
    "mistakes": lambda: plots.show_mistakes(
        GREY, np.arange(6), np.array([0, 2, 2, 5, 4, 1])
    ),
    "graph": lambda: plots.show_graph(
        NODES, [("x", "y", ""), ("w", "y", "")], [("y", "x", "$w$")], 1.0
    ),
}


@pytest.fixture(autouse=True)
def clean():
    """Draw each figure in the style of the course, and forget it."""
    with plt.style.context("default"):
        plots.use_style()
        yield
    plt.close("all")


def draw(name):
    """Draw a figure and return it."""
    DRAWERS[name]()
    return plt.gcf()


def difference(figure, name, folder):
    """Return how far a figure is from its picture, None if it is near."""
    found = folder / f"{name}.png"
    figure.savefig(found, dpi=80, metadata={"Software": None})
    expected = folder / f"{name}-expected.png"
    expected.write_bytes((FIGURES / f"{name}.png").read_bytes())
    try:
        return compare_images(expected, found, TOLERANCE)
    except ImageComparisonFailure as error:  # they differ in size
        return str(error)


@same_matplotlib
@pytest.mark.parametrize("name", DRAWERS)
def test_figure_looks_as_before(name, tmp_path):
    assert difference(draw(name), name, tmp_path) is None


def labels_of(figure):
    """Return every text that can be seen."""
    figure.canvas.draw()
    unseen = {
        label
        for ax in figure.axes
        for axis in (ax.xaxis, ax.yaxis)
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]
        for label in (tick.label1, tick.label2)
        if not axis.get_view_interval().min()
        <= tick.get_loc()
        <= axis.get_view_interval().max()
    }
    texts = figure.findobj(matplotlib.text.Text)
    return [
        t
        for t in texts
        if t.get_visible() and t.get_text().strip() and t not in unseen
    ]


@same_matplotlib
@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("arrays", "title"),
        ("images", "title"),
        ("history", "xlabel"),
        ("confusion", "ylabel"),
    ],
)
def test_missing_label_is_noticed(name, label, tmp_path):
    figure = draw(name)
    assert plt.getp(figure.axes[0], label)
    figure.axes[0].set(**{label: ""})
    assert difference(figure, name, tmp_path) is not None


@pytest.mark.parametrize("name", DRAWERS)
def test_letters_are_large_enough_for_the_back_row(name):
    for text in labels_of(draw(name)):
        assert text.get_fontsize() >= 14, text.get_text()


@pytest.mark.parametrize("name", DRAWERS)
def test_texts_do_not_overlap(name):
    figure = draw(name)
    boxes = [t.get_window_extent() for t in labels_of(figure)]
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            across = min(one.x1, other.x1) - max(one.x0, other.x0)
            down = min(one.y1, other.y1) - max(one.y0, other.y0)
            assert across < 2 or down < 2


def test_no_mistake_draws_nothing():
    plots.show_mistakes(GREY, np.arange(6), np.arange(6))
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: plots.show_array(np.zeros(3)), r"\(H, W\)"),
        (lambda: plots.show_images(np.zeros((3, 2, 4, 4))), r"\(N, 1, H, W\)"),
    ],
)
def test_other_shapes_are_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_colours_have_the_sign_that_the_lessons_tell():
    plots.show_filters(np.array([[[[-1.0, 1.0]]]]))
    buffer = io.BytesIO()
    plt.gcf().savefig(buffer, dpi=80)
    pixels = plt.imread(io.BytesIO(buffer.getvalue()))
    middle = pixels[len(pixels) // 2]
    left, right = (middle[int(len(middle) * part)] for part in (0.25, 0.75))
    assert left[0] > left[2]  # negative: orange
    assert right[2] > right[0]  # positive: purple


def main():
    """Draw the pictures anew."""
    matplotlib.use("agg")
    FIGURES.mkdir(exist_ok=True)
    plots.use_style()
    for name in sys.argv[1:] or DRAWERS:
        figure = draw(name)
        path = FIGURES / f"{name}.png"
        figure.savefig(path, dpi=80, metadata={"Software": None})
        plt.close("all")


if __name__ == "__main__":
    main()
