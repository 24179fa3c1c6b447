"""Say how good detections are: AP, mAP and the area under a ROC curve.

Detections of an image are (boxes, scores, labels), its truth is (boxes,
labels). The rules are those of Everingham et al., "The PASCAL Visual
Object Classes Challenge" (2010).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .boxes import as_boxes, iou
from .suppression import Overlap, check_one_each

Detection = tuple[np.ndarray, np.ndarray, np.ndarray]
Truth = tuple[np.ndarray, np.ndarray]
# Recalls are fractions such as 3/10, and 0.1 * 3 is a little more.
_TOLERANCE = 1e-6


def match_detections(
    boxes: np.ndarray,
    scores: np.ndarray,
    truth: np.ndarray,
    threshold: float = 0.5,
    overlap: Overlap = iou,
) -> np.ndarray:
    """Return which detections are true positives, (n,) bool.

    All boxes are of one image and one class. By falling score, each
    detection looks at the object that it overlaps most. It is a true
    positive if their IoU is more than the threshold and no better
    detection has taken the object; a second one on it is a false positive.

    Args:
        boxes: detections (n, 4), in any order.
        scores: (n,).
        truth: boxes of the objects (m, 4).
        threshold: IoU that has to be exceeded.
        overlap: overlap(a, b) -> (n, m), the IoU.

    Raises:
        ValueError: boxes or truth are not (n, 4), or scores not (n,).
    """
    boxes, truth = as_boxes("boxes", boxes), as_boxes("truth", truth)
    check_one_each(boxes, scores=scores)
    correct = np.zeros(len(boxes), bool)
    if len(truth) == 0 or len(boxes) == 0:
        return correct
    overlaps = overlap(boxes, truth)
    taken = np.zeros(len(truth), bool)
    for i in np.argsort(-np.asarray(scores), kind="stable"):
        best = overlaps[i].argmax()
        if overlaps[i, best] > threshold and not taken[best]:
            correct[i] = taken[best] = True
    return correct


def precision_recall(
    correct: np.ndarray, scores: np.ndarray, objects: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return (recall, precision), (n,) each, as detections are added.

    Args:
        correct: (n,) bool, the true positives, of all images together.
        scores: (n,); the best detection is added first.
        objects: how many objects there are to find.
    """
    order = np.argsort(-np.asarray(scores), kind="stable")
    found = np.cumsum(np.asarray(correct, bool)[order])
    precision = found / np.arange(1, len(found) + 1)
    return found / max(objects, 1), precision


def average_precision(
    recall: np.ndarray, precision: np.ndarray, points: int | None = None
) -> float:
    """Return the area under the precision-recall curve, 0 if it is empty.

    The precision at a recall r is the best one at r or more.

    Args:
        recall: (n,), as from precision_recall.
        precision: (n,).
        points: None takes the whole area (VOC from 2010 on); a number
            takes the mean at so many recalls from 0 to 1: 11 in VOC 2007
            to 2009, 101 in COCO.

    Raises:
        ValueError: recall and precision are not equally many.
    """
    recall = np.asarray(recall, float)
    precision = np.asarray(precision, float)
    if recall.ndim != 1 or recall.shape != precision.shape:
        raise ValueError(
            f"recall has shape {recall.shape} and precision "
            f"{precision.shape}, expected (n,) both"
        )
    order = np.argsort(recall, kind="stable")
    recall = np.concatenate([[0], recall[order], [np.inf]])
    precision = np.concatenate([[0], precision[order], [0]])
    best = np.maximum.accumulate(precision[::-1])[::-1]
    if points is None:
        return float((np.diff(recall[:-1]) * best[1:-1]).sum())
    wanted = np.linspace(0, 1, points)
    at = np.searchsorted(recall[1:], wanted - _TOLERANCE)
    return float(best[1:][at].mean())


def class_average_precisions(
    detections: Sequence[Detection],
    truths: Sequence[Truth],
    threshold: float = 0.5,
    points: int | None = None,
    match: Callable[..., np.ndarray] = match_detections,
) -> dict[int, float]:
    """Return the AP of each label that is in the truth.

    A label without objects has no recall, so it is left out; detections of
    it change nothing.

    Args:
        detections: (boxes, scores, labels) of each image.
        truths: (boxes, labels) of each image.
        threshold: IoU that a true positive has to exceed.
        points: as for average_precision.
        match: match(boxes, scores, truth, threshold) -> (n,) bool.

    Raises:
        ValueError: there is not one detection and one truth an image.
    """
    if len(detections) != len(truths):
        raise ValueError(
            f"there are detections of {len(detections)} images and truths "
            f"of {len(truths)}, expected the same number"
        )
    seen = [np.asarray(labels).reshape(-1) for _, labels in truths]
    names = np.unique(np.concatenate([np.zeros(0, int), *seen]))
    result = {}
    for label in names.astype(int).tolist():
        correct, scores = [np.zeros(0, bool)], [np.zeros(0)]
        for (boxes, given, labels), (truth, true_labels) in zip(
            detections, truths
        ):
            mine = np.asarray(labels) == label
            there = np.asarray(truth)[np.asarray(true_labels) == label]
            boxes, given = np.asarray(boxes)[mine], np.asarray(given)[mine]
            correct.append(match(boxes, given, there, threshold))
            scores.append(given)
        objects = sum(int((labels == label).sum()) for labels in seen)
        curve = precision_recall(
            np.concatenate(correct), np.concatenate(scores), objects
        )
        result[label] = average_precision(*curve, points)
    return result


def mean_average_precision(
    detections: Sequence[Detection],
    truths: Sequence[Truth],
    threshold: float = 0.5,
    points: int | None = None,
    match: Callable[..., np.ndarray] = match_detections,
) -> float:
    """Return the mean over the labels of their AP, 0 without any object.

    The arguments are those of class_average_precisions.

    Raises:
        ValueError: there is not one detection and one truth an image.
    """
    by_class = class_average_precisions(
        detections, truths, threshold, points, match
    )
    return float(np.mean(list(by_class.values()))) if by_class else 0.0


def roc_curve(
    scores: np.ndarray, positive: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return false and true positive rates as the threshold falls.

    Both begin with 0 and end with 1; equal scores make one step. A rate of
    nothing (no positive or no negative at all) is 0 until the end.

    Args:
        scores: (n,).
        positive: (n,) bool, the truth.
    """
    scores, positive = np.asarray(scores), np.asarray(positive, bool)
    check_one_each(scores, positive=positive)
    order = np.argsort(-scores, kind="stable")
    last_of_equal = np.append(np.diff(scores[order]) != 0, True)[: len(order)]
    rates = []
    for kind in (~positive, positive):
        counts = np.cumsum(kind[order])[last_of_equal]
        rates.append(np.concatenate([[0], counts / max(kind.sum(), 1), [1]]))
    return rates[0], rates[1]


def roc_auc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Return how often a positive has a higher score than a negative.

    That is the area under the ROC curve; equal scores count one half. If
    there is no positive or no negative, nothing can be told: 0.5.

    Args:
        scores: (n,).
        positive: (n,) bool, the truth.
    """
    positive = np.asarray(positive, bool)
    if positive.all() or not positive.any():
        return 0.5
    x, y = roc_curve(scores, positive)
    return float((np.diff(x) * (y[1:] + y[:-1]) / 2).sum())
