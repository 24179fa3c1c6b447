"""Widgets of boxes show what the detection functions compute."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from course_lib import widgets
from course_lib.detection import average_precision, iou, nms
from course_lib.widgets.boxes import _LEFT, _SIDE, _TOP, SIZE
from course_lib.widgets.suppression import GONE, KEPT, OPEN

DECK = np.array([[0.0, 0, 10, 10], [1, 0, 11, 10], [5, 0, 15, 10]])
SCORES = np.array([0.9, 0.8, 0.7])
CORRECT = np.array([True, False, True, True, False])
FALLING = np.array([0.9, 0.8, 0.7, 0.6, 0.5])


def shown(widget):
    """Return the text that stands in the picture."""
    root = ET.fromstring(widget.screen.value)
    return [node.text for node in root.iter() if node.tag.endswith("text")]


def at(column, row):
    """Return the place on the canvas of a point of the paper."""
    return _LEFT + column * _SIDE, _TOP + row * _SIDE


# IoU


@pytest.mark.parametrize(
    "a, b",
    [
        ((0, 0, 4, 4), (2, 1, 6, 5)),
        ((0, 0, 4, 4), (4, 0, 8, 4)),  # they only touch
        ((1, 1, 3, 3), (6, 7, 12, 12)),
        ((2, 2, 8, 8), (3, 3, 5, 4)),  # one inside the other
    ],
)
def test_iou_agrees_with_the_function(a, b):
    view = widgets.iou_view(a, b)
    _, _, common, union = view.numbers()
    right = iou(np.array([a]), np.array([b]))[0, 0]
    assert common / union == pytest.approx(right)
    assert f"IoU = {common} / {union} = {right:.3f}" in shown(view)


def test_sliders_move_the_box_and_the_picture():
    view = widgets.iou_view((0, 0, 4, 4), (2, 1, 6, 5))
    assert "IoU = 6 / 26 = 0.231" in shown(view)
    view.sliders["x"].value = 0
    view.sliders["y"].value = 0
    assert view.b == (0, 0, 4, 4)
    assert "IoU = 16 / 16 = 1.000" in shown(view)
    view.sliders["w"].value = SIZE
    assert view.b == (0, 0, SIZE, 4)


def test_box_follows_the_mouse_and_stays_on_the_paper():
    view = widgets.iou_view((0, 0, 4, 4), (2, 1, 6, 5))
    view.drag(*at(9, 9))  # not taken yet
    assert view.b == (2, 1, 6, 5)
    view.take(*at(3, 2))
    view.drag(*at(5.2, 4.1))
    assert view.b == (4, 3, 8, 7)
    view.drag(*at(40, -40))
    assert view.b == (SIZE - 4, 0, SIZE, 4)
    view.drop()
    view.drag(*at(3, 3))
    assert view.b == (SIZE - 4, 0, SIZE, 4)


def test_mouse_beside_the_box_takes_nothing():
    view = widgets.iou_view((0, 0, 4, 4), (2, 1, 6, 5))
    view.take(*at(9, 9))
    view.drag(*at(10, 10))
    assert view.b == (2, 1, 6, 5)


def test_box_beside_the_paper_is_refused():
    with pytest.raises(ValueError, match="b is"):
        widgets.iou_view(b=(4, 4, 4, 8))
    with pytest.raises(ValueError, match="a is"):
        widgets.iou_view(a=(0, 0, SIZE + 1, 4))


# suppression


@pytest.mark.parametrize("threshold", [0.1, 0.35, 0.4, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("seed", range(4))
def test_last_step_is_what_nms_keeps(seed, threshold):
    rng = np.random.default_rng(seed)
    start = rng.uniform(0, 10, (6, 2))
    boxes = np.concatenate([start, start + rng.uniform(4, 12, (6, 2))], 1)
    scores = rng.uniform(0.1, 1, 6)
    view = widgets.nms_stepper(boxes, scores, threshold)
    states = view.moments()[-1].states
    kept = [i for i, state in enumerate(states) if state == KEPT]
    assert kept == sorted(nms(boxes, scores, view.threshold.value).tolist())
    assert OPEN not in states
    assert view.step.max == len(view.moments()) - 1


def test_decks_boxes_step_by_step():
    view = widgets.nms_stepper(DECK, SCORES, 0.4)
    states = [moment.states for moment in view.moments()]
    assert states == [
        (OPEN, OPEN, OPEN),
        (KEPT, OPEN, OPEN),
        (KEPT, GONE, OPEN),
        (KEPT, GONE, OPEN),
        (KEPT, GONE, KEPT),
    ]
    view.step.value = 3
    assert "0.33 < 0.40" in shown(view)
    view.threshold.value = 0.3
    assert "0.33 >= 0.30" in shown(view)


def test_equal_overlap_is_suppressed():
    boxes = np.array([[0.0, 0, 8, 8], [0, 0, 8, 4]])
    view = widgets.nms_stepper(boxes, np.array([0.9, 0.5]), 0.5)
    assert view.moments()[-1].states == (KEPT, GONE)


def test_wrong_boxes_are_refused():
    with pytest.raises(ValueError, match="1 to 8"):
        widgets.nms_stepper(np.zeros((9, 4)), np.zeros(9))
    with pytest.raises(ValueError, match="scores"):
        widgets.nms_stepper(DECK, SCORES[:2])


# precision and recall


@pytest.mark.parametrize(
    "threshold, counts",
    [(0.95, (0, 0, 4)), (0.8, (1, 1, 3)), (0.6, (3, 1, 1)), (0, (3, 2, 1))],
)
def test_counts_follow_the_threshold(threshold, counts):
    view = widgets.precision_recall_view(CORRECT, FALLING, 4)
    view.threshold.value = threshold
    assert view.counts() == counts
    tp, fp, _ = counts
    value = f"{tp / (tp + fp):.3f}" if tp + fp else "-"
    assert f"precision = {tp} / {tp + fp} = {value}" in shown(view)


@pytest.mark.parametrize("kind, points", [("area", None), ("points", 11)])
def test_ap_is_that_of_the_rule(kind, points):
    view = widgets.precision_recall_view(CORRECT, FALLING, 4)
    assert view.ap() is None
    view.kind.value = kind
    right = average_precision(view.recall, view.precision, points)
    assert view.ap() == right
    assert any(text.endswith(f"= {right:.4f}") for text in shown(view))
    # The picture holds what the number says.
    grid = np.linspace(0, 1, 11) if points else np.arange(2000) / 2000
    mean = np.mean([view.best(r) for r in grid])
    assert mean == pytest.approx(right, abs=1e-3)


def test_curve_without_detections_or_objects():
    for objects in (0, 3):
        view = widgets.precision_recall_view(np.zeros(0), np.zeros(0), objects)
        view.kind.value = "area"
        assert view.ap() == 0
        assert view.rates() == (0, None)


def test_wrong_scores_are_refused():
    with pytest.raises(ValueError, match="expected"):
        widgets.precision_recall_view(CORRECT, FALLING[:3], 4)
