"""What several exercises of lesson 5_12 use."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_lib.detection import iou, match_detections, nms
from course_lib.text import Text

NONE = np.zeros((0, 4))  # no box at all
NO_SCORES = np.zeros(0)
ONE_MORE = np.array([0, 0, 1, 1])
ONE_PIXEL_MORE = (
    "one-pixel-more",
    Text(
        "Every width and height is one pixel too large. The end of a box is"
        " exclusive: the width is x2 - x1, with no + 1.",
        "どの幅と高さも 1 画素大きく計算されています。枠の終わりは含まないの"
        "で、幅は x2 - x1 です（+ 1 は付けません）。",
    ),
)
ORDER_OF_SIDES = (
    "order-of-coordinates",
    Text(
        "The four numbers were read as (x1, x2, y1, y2). A box is (x1, y1,"
        " x2, y2): first one corner, then the other.",
        "4 つの数を (x1, x2, y1, y2) と読んでいます。枠は (x1, y1, x2, y2)、"
        "つまり先に左上の角、次に右下の角です。",
    ),
)
CORNER_AND_SIZE = (
    "corner-and-size",
    Text(
        "The last two numbers were taken as width and height. They are the"
        " corner (x2, y2).",
        "後ろの 2 つの数を幅と高さとして使っています。これは右下の角 (x2, y2)"
        " です。",
    ),
)
ASCENDING = (
    "lowest-score-first",
    Text(
        "The lowest score comes first. `argsort` sorts upwards; here the"
        " best comes first.",
        "スコアの低い順になっています。`argsort` は昇順に並べます。ここではス"
        "コアの高い順です。",
    ),
)
NOT_SORTED = (
    "order-of-scores-ignored",
    Text(
        "The boxes are taken in the order in which they came. The one with"
        " the highest score comes first.",
        "枠を渡された順に調べています。スコアの高い順に調べます。",
    ),
)
THRESHOLD_IGNORED = (
    "threshold-ignored",
    Text(
        "The result is that for 0.5, whatever `threshold` is.",
        "`threshold` がいくつでも、0.5 のときの結果になっています。",
    ),
)


def boxes_of(count: int, seed: int, size: float = 30) -> np.ndarray:
    """Return boxes (count, 4) with sides of quarters of a pixel."""
    rng = np.random.default_rng(seed)
    start = rng.integers(0, 4 * size, (count, 2)) / 4
    sides = rng.integers(12, 60, (count, 2)) / 4
    return np.concatenate([start, start + sides], axis=1)


def scores_of(count: int, seed: int) -> np.ndarray:
    """Return scores (count,) that all differ, not in order."""
    order = np.random.default_rng(seed).permutation(count)
    return (order + 1) / (count + 2)


def heap_of(count: int, seed: int, objects: int = 3) -> np.ndarray:
    """Return boxes (count, 4) that lie in a few heaps."""
    rng = np.random.default_rng(seed)
    middle = boxes_of(objects, seed)
    moved = middle[rng.integers(0, objects, count)]
    return moved + rng.integers(-12, 13, (count, 4)) / 8


def misread(boxes: np.ndarray) -> np.ndarray:
    """Return boxes as someone reads them who thinks of (x1, x2, y1, y2)."""
    return np.asarray(boxes)[:, [0, 2, 1, 3]]


def sized(boxes: np.ndarray) -> np.ndarray:
    """Return boxes as someone reads them who thinks of (x, y, w, h)."""
    boxes = np.asarray(boxes)
    return np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1)


def wide_iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the IoU with + 1 at every width and height."""
    return iou(a + ONE_MORE, b + ONE_MORE)


def wide_match(
    boxes: np.ndarray, scores: np.ndarray, truth: np.ndarray, threshold: float
) -> np.ndarray:
    """Match with + 1 at every width and height."""
    return match_detections(boxes, scores, truth, threshold, wide_iou)


def every_match(
    boxes: np.ndarray, scores: np.ndarray, truth: np.ndarray, threshold: float
) -> np.ndarray:
    """Match without remembering which objects are taken."""
    return iou(boxes, truth).max(axis=1, initial=0) > threshold


def kept_in_order(kept: np.ndarray) -> np.ndarray:
    """Return indices as they stand in the array, not by score."""
    return np.sort(kept)


def each_class(suppress: Callable = nms) -> Callable:
    """Return nms_per_class that groups by label and does not sort again."""

    def answer(boxes, scores, labels, threshold=0.5):
        kept = [np.zeros(0, int)]
        for label in np.unique(labels):
            same = np.flatnonzero(labels == label)
            kept.append(same[suppress(boxes[same], scores[same], threshold)])
        return np.concatenate(kept)

    return answer
