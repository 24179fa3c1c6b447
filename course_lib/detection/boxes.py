"""Boxes: areas, overlaps and other ways to write them.

A box is (x1, y1, x2, y2) in pixels, x to the right and y down, and its end
is exclusive: the width is x2 - x1, with no + 1. Many boxes are an array
(n, 4) of floats; no box at all is an array (0, 4).
"""

from __future__ import annotations

import math

import numpy as np

# Offsets need the logarithm of a side, and a side of 0 has none: encode
# takes shorter sides for this long (pixels).
SHORTEST = 1e-3
# decode enlarges an anchor at most this much; a wild network would
# overflow exp. The number is the one of the authors' Detectron.
LARGEST_GROWTH = 1000 / 16


def as_boxes(name: str, boxes: np.ndarray) -> np.ndarray:
    """Return boxes as floats (n, 4); nothing at all is (0, 4).

    Raises:
        ValueError: boxes are not (n, 4).
    """
    boxes = np.asarray(boxes)
    if boxes.size == 0 and boxes.ndim <= 2:
        boxes = boxes.reshape(0, 4)
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        slip = "; one box needs box[np.newaxis]" if boxes.ndim == 1 else ""
        raise ValueError(
            f"{name} have shape {boxes.shape}, expected (n, 4) with "
            f"(x1, y1, x2, y2){slip}"
        )
    return boxes if boxes.dtype.kind == "f" else boxes.astype(float)


def area(boxes: np.ndarray) -> np.ndarray:
    """Return the areas (n,) of boxes (n, 4), 0 where an end is first."""
    boxes = as_boxes("boxes", boxes)
    w, h = np.maximum(boxes[:, 2:] - boxes[:, :2], 0).T
    return w * h


def iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the intersection over union (n, m) of every a with every b.

    Where the union is empty, as of two boxes without width, it is 0.

    Args:
        a: boxes (n, 4).
        b: boxes (m, 4).

    Raises:
        ValueError: a or b are not boxes (n, 4).
    """
    a, b = as_boxes("a", a), as_boxes("b", b)
    # Every a with every b: columns of a, rows of b.
    x1, y1 = (np.maximum(a[:, np.newaxis, k], b[:, k]) for k in (0, 1))
    x2, y2 = (np.minimum(a[:, np.newaxis, k], b[:, k]) for k in (2, 3))
    common = np.maximum(x2 - x1, 0) * np.maximum(y2 - y1, 0)
    union = area(a)[:, np.newaxis] + area(b) - common
    return np.divide(common, union, out=np.zeros_like(common), where=union > 0)


def to_centre(boxes: np.ndarray) -> np.ndarray:
    """Return boxes (x1, y1, x2, y2) as centre and size (x, y, w, h)."""
    boxes = as_boxes("boxes", boxes)
    start, end = boxes[:, :2], boxes[:, 2:]
    return np.concatenate([(start + end) / 2, end - start], axis=1)


def to_corners(boxes: np.ndarray) -> np.ndarray:
    """Return centre and size (x, y, w, h) as corners (x1, y1, x2, y2)."""
    boxes = as_boxes("boxes", boxes)
    centre, size = boxes[:, :2], boxes[:, 2:]
    return np.concatenate([centre - size / 2, centre + size / 2], axis=1)


def clip(boxes: np.ndarray, height: int, width: int) -> np.ndarray:
    """Return the part of boxes (n, 4) that lies inside the image."""
    boxes = as_boxes("boxes", boxes)
    end = np.array([width, height, width, height], boxes.dtype)
    return np.clip(boxes, 0, end)


def encode(anchors: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Return how to move and scale each anchor to get its box (n, 4).

    The four numbers are (x - xa) / wa, (y - ya) / ha, log(w / wa) and
    log(h / ha), with centres and sizes: Girshick et al., "Rich feature
    hierarchies" (2014), appendix C. Sides below SHORTEST count as that
    long, so that the result is always finite.

    Args:
        anchors: boxes (n, 4) to start from.
        boxes: boxes (n, 4) to reach, one for each anchor.

    Raises:
        ValueError: they are not boxes, or not equally many.
    """
    start = _pair(anchors, boxes, "boxes")
    goal = to_centre(boxes)
    size, goal_size = (np.maximum(b[:, 2:], SHORTEST) for b in (start, goal))
    move = (goal[:, :2] - start[:, :2]) / size
    return np.concatenate([move, np.log(goal_size / size)], axis=1)


def decode(anchors: np.ndarray, deltas: np.ndarray) -> np.ndarray:
    """Return the boxes (n, 4) that encode turned into these deltas.

    No side grows more than LARGEST_GROWTH times.

    Args:
        anchors: boxes (n, 4).
        deltas: (n, 4) as from encode, one row for each anchor.

    Raises:
        ValueError: they are not (n, 4), or not equally many.
    """
    start = _pair(anchors, deltas, "deltas")
    deltas = as_boxes("deltas", deltas)
    size = np.maximum(start[:, 2:], SHORTEST)
    centre = start[:, :2] + deltas[:, :2] * size
    growth = np.exp(np.minimum(deltas[:, 2:], math.log(LARGEST_GROWTH)))
    return to_corners(np.concatenate([centre, size * growth], axis=1))


def _pair(anchors: np.ndarray, others: np.ndarray, name: str) -> np.ndarray:
    """Return anchors as centre and size, if there are as many others."""
    anchors, others = as_boxes("anchors", anchors), as_boxes(name, others)
    if len(anchors) != len(others):
        raise ValueError(
            f"there are {len(anchors)} anchors and {len(others)} {name}, "
            f"expected one for each; choose the matched ones first"
        )
    return to_centre(anchors)
