"""YOLO's grid: what each cell shall say, says, and is punished for.

The image is divided into S x S cells. A cell predicts B boxes of five
numbers and C numbers for the classes: (S, S, B * 5 + C), as in Redmon et
al., "You Only Look Once" (2016). The five are

    x, y    the centre inside the cell, 0..1 from its upper left corner
    w, h    the root of the size, as part of the image's
    c       the confidence
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .boxes import as_boxes, iou, to_centre, to_corners
from .suppression import Overlap


class Grid(NamedTuple):
    """What the cells of one image (S, S) shall say.

    Attributes:
        owns: (S, S) bool, whether the centre of an object is in the cell.
        boxes: (S, S, 4), x, y, w, h of that object; 0 elsewhere.
        labels: (S, S) int64, its label; -1 elsewhere.
    """

    owns: np.ndarray
    boxes: np.ndarray
    labels: np.ndarray


def yolo_target(
    boxes: np.ndarray, labels: np.ndarray, S: int, size: float
) -> Grid:
    """Return what the cells shall say about the objects of an image.

    A cell has one object only: of two centres in a cell the first counts.

    Args:
        boxes: (n, 4) in pixels.
        labels: (n,).
        S: cells a side.
        size: height and width of the image in pixels.
    """
    target = Grid(
        np.zeros((S, S), bool),
        np.zeros((S, S, 4)),
        np.full((S, S), -1, np.int64),
    )
    places = to_centre(as_boxes("boxes", boxes)) / size
    for (x, y, w, h), label in zip(places, np.asarray(labels)):
        # A centre on the right or lower border belongs to the last cell.
        column, row = (min(max(int(v * S), 0), S - 1) for v in (x, y))
        if target.owns[row, column]:
            continue
        target.owns[row, column] = True
        inside = x * S - column, y * S - row
        root = max(w, 0) ** 0.5, max(h, 0) ** 0.5
        target.boxes[row, column] = (*inside, *root)
        target.labels[row, column] = label
    return target


def yolo_boxes(cells: np.ndarray, size: float) -> np.ndarray:
    """Return the boxes (..., S, S, B, 4) in pixels of what cells say.

    Args:
        cells: (..., S, S, B, 4) with x, y, w, h.
        size: height and width of the image in pixels.
    """
    S = cells.shape[-3]
    corner = np.zeros((S, S, 1, 2), cells.dtype)
    corner[..., 0] = np.arange(S)[:, np.newaxis]
    corner[..., 1] = np.arange(S)[:, np.newaxis, np.newaxis]
    centre = (corner + cells[..., :2]) * (size / S)
    parts = [centre, cells[..., 2:] ** 2 * size]
    flat = np.concatenate(parts, axis=-1).reshape(-1, 4)
    return to_corners(flat).reshape(cells.shape)


def yolo_decode(
    prediction: np.ndarray, size: float, B: int = 2
) -> tuple[np.ndarray, np.ndarray]:
    """Return the boxes of an image and their scores for each class.

    A score is confidence times probability of the class.

    Args:
        prediction: (S, S, B * 5 + C).
        size: height and width of the image in pixels.
        B: boxes a cell.

    Returns:
        boxes (S * S * B, 4) in pixels and scores (S * S * B, C).
    """
    S = len(prediction)
    five = prediction[..., : 5 * B].reshape(S, S, B, 5)
    boxes = yolo_boxes(five[..., :4], size)
    classes = prediction[..., np.newaxis, 5 * B :]
    scores = five[..., 4:] * classes
    return boxes.reshape(-1, 4), scores.reshape(S * S * B, -1)


def responsible(
    boxes: np.ndarray, truth: np.ndarray, overlap: Overlap = iou
) -> tuple[np.ndarray, np.ndarray]:
    """Return which of a cell's boxes answers for its object, and its IoU.

    It is the one that overlaps the object most, the first of equal ones.

    Args:
        boxes: (n, B, 4), the boxes of n cells with an object, in pixels.
        truth: (n, 4), the objects.
        overlap: overlap(a, b) -> (n, m), the IoU.

    Returns:
        index (n,) in 0..B - 1 and IoU (n,).
    """
    overlaps = np.array(
        [overlap(own, one[np.newaxis])[:, 0] for own, one in zip(boxes, truth)]
    ).reshape(boxes.shape[:2])
    best = overlaps.argmax(axis=1)
    return best, overlaps[np.arange(len(best)), best]


@dataclass(frozen=True)
class Goals:
    """What a batch shall predict, and how much each number counts.

    Both are (N, S, S, B * 5 + C). Whoever checks gradients keeps them as
    they are: they depend on the prediction, but nobody derives them.
    """

    values: np.ndarray
    weights: np.ndarray


def yolo_goals(
    prediction: np.ndarray,
    grids: list[Grid],
    size: float,
    B: int = 2,
    coord: float = 5.0,
    noobj: float = 0.5,
    overlap: Overlap = iou,
) -> Goals:
    """Return the goals of a batch, the responsible boxes chosen.

    The confidence of a responsible box shall be its IoU, that of all
    others 0.

    Args:
        prediction: (N, S, S, B * 5 + C).
        grids: what the cells of each image shall say.
        size: height and width of the image in pixels.
        B: boxes a cell.
        coord: weight of boxes (the paper's lambda_coord).
        noobj: weight of the confidence where there is nothing.
        overlap: overlap(a, b) -> (n, m), the IoU.
    """
    values = np.zeros_like(prediction)
    weights = np.zeros_like(prediction)
    weights[..., 4 : 5 * B : 5] = noobj
    owns, boxes, labels = map(np.array, zip(*grids))
    n, rows, columns = np.nonzero(owns)
    five = prediction[..., : 5 * B].reshape(*prediction.shape[:3], B, 5)
    at = (n, rows, columns)
    own = yolo_boxes(five[..., :4], size)[at]
    there = yolo_boxes(boxes[..., np.newaxis, :], size)[at][:, 0]
    best, overlaps = responsible(own, there, overlap)
    for k in range(4):
        values[(*at, 5 * best + k)] = boxes[at][:, k]
        weights[(*at, 5 * best + k)] = coord
    values[(*at, 5 * best + 4)] = overlaps
    weights[(*at, 5 * best + 4)] = 1
    values[(*at, 5 * B + labels[at])] = 1
    weights[..., 5 * B :][at] = 1
    return Goals(values, weights)


def yolo_loss(
    prediction: np.ndarray, goals: Goals
) -> tuple[float, np.ndarray]:
    """Return the weighted squared error an image, and its gradient.

    Args:
        prediction: (N, S, S, B * 5 + C).
        goals: from yolo_goals.
    """
    error = prediction - goals.values
    N = max(len(prediction), 1)
    loss = float((goals.weights * error * error).sum() / N)
    return loss, goals.weights * error * (2 / N)
