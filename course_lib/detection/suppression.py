"""Non-maximum suppression: of boxes on one object keep the best."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .boxes import as_boxes, iou

Overlap = Callable[[np.ndarray, np.ndarray], np.ndarray]
_BLOCK = 64  # boxes that are compared with each other at once


def check_one_each(boxes: np.ndarray, **others: np.ndarray) -> None:
    """Raise ValueError unless there is one of each for every box."""
    for name, values in others.items():
        if np.shape(values) != (len(boxes),):
            raise ValueError(
                f"{name} have shape {np.shape(values)}, expected "
                f"({len(boxes)},): one for each box"
            )


def nms(
    boxes: np.ndarray,
    scores: np.ndarray,
    threshold: float = 0.5,
    overlap: Overlap = iou,
) -> np.ndarray:
    """Return the indices of the boxes to keep, by falling score.

    The best box is kept, and all that overlap it by at least the threshold
    are suppressed; then the best of the rest; until none is left. Of equal
    scores the first box counts as the better one.

    Args:
        boxes: (n, 4).
        scores: (n,).
        threshold: IoU from which on a box is suppressed.
        overlap: overlap(a, b) -> (n, m), the IoU; your own fits as well.

    Raises:
        ValueError: boxes are not (n, 4), or scores not (n,).
    """
    boxes, scores = as_boxes("boxes", boxes), np.asarray(scores)
    check_one_each(boxes, scores=scores)
    left = np.argsort(-scores, kind="stable")
    kept = [np.zeros(0, np.int64)]
    # One call for many boxes is quicker than one for each that is kept.
    while len(left):
        block, left = left[:_BLOCK], left[_BLOCK:]
        far = overlap(boxes[block], boxes[block]) < threshold
        stays = np.ones(len(block), bool)
        for i in range(len(block)):
            if stays[i]:
                stays[i + 1 :] &= far[i, i + 1 :]
        kept.append(block[stays])
        far = overlap(boxes[kept[-1]], boxes[left]) < threshold
        left = left[far.all(axis=0)]
    return np.concatenate(kept)


def nms_per_class(
    boxes: np.ndarray,
    scores: np.ndarray,
    labels: np.ndarray,
    threshold: float = 0.5,
    suppress: Callable[..., np.ndarray] = nms,
) -> np.ndarray:
    """Return the indices to keep if only boxes of one label compete.

    Args:
        boxes: (n, 4).
        scores: (n,).
        labels: (n,).
        threshold: IoU from which on a box is suppressed.
        suppress: suppress(boxes, scores, threshold) -> indices, as nms.

    Raises:
        ValueError: there is not one score and one label for each box.
    """
    boxes, scores = as_boxes("boxes", boxes), np.asarray(scores)
    labels = np.asarray(labels)
    check_one_each(boxes, scores=scores, labels=labels)
    kept = [np.zeros(0, np.int64)]
    for label in np.unique(labels):
        same = np.flatnonzero(labels == label)
        kept.append(same[suppress(boxes[same], scores[same], threshold)])
    indices = np.sort(np.concatenate(kept))
    return indices[np.argsort(-scores[indices], kind="stable")]
