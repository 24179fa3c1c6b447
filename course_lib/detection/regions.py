"""From proposals to examples: warp them, sample them, say what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .boxes import as_boxes, encode, iou
from .losses import smooth_l1, smooth_l1_slope, softmax_losses
from .metrics import Truth
from .selective import check_image, selective_search
from .suppression import Overlap

# Deltas differ this much from region to region; divided by it they are as
# large as scores. SSD's authors call these numbers variances.
DELTA_SCALE = np.array([0.1, 0.1, 0.2, 0.2], np.float32)


def warp(image: np.ndarray, boxes: np.ndarray, size: int) -> np.ndarray:
    """Return the regions of an image, each as (3, size, size).

    Pixels are read between their neighbours (bilinear); beyond the border
    the last one counts on. A box without width is read along a line.

    Args:
        image: (3, H, W), floats.
        boxes: (n, 4) in pixels.
        size: height and width of the result, (n, 3, size, size).

    Raises:
        ValueError: image is not (3, H, W) of floats, or boxes not (n, 4).
    """
    check_image(image)
    boxes = as_boxes("boxes", boxes).astype(image.dtype)
    step = (np.arange(size, dtype=image.dtype) + 0.5) / size
    reads = []
    for axis, length in ((1, image.shape[1]), (0, image.shape[2])):
        start, end = boxes[:, axis, np.newaxis], boxes[:, axis + 2, np.newaxis]
        place = np.clip(start + (end - start) * step - 0.5, 0, length - 1)
        before = np.minimum(place.astype(int), max(length - 2, 0))
        after = np.minimum(before + 1, length - 1)
        part = (place - before).astype(image.dtype)
        reads.append((before, after, part))
    (top, bottom, down), (left, right, along) = reads
    down, along = down[:, :, np.newaxis], along[:, np.newaxis]

    def read(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        return image[:, rows[:, :, np.newaxis], columns[:, np.newaxis]]

    upper = read(top, left) * (1 - along) + read(top, right) * along
    lower = read(bottom, left) * (1 - along) + read(bottom, right) * along
    return (upper * (1 - down) + lower * down).transpose(1, 0, 2, 3)


def with_proposals(
    images: np.ndarray,
    targets: Sequence[Truth],
    propose: Callable[[np.ndarray], np.ndarray] = selective_search,
) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Return (boxes, labels, proposals) of each image.

    Proposals do not change while a network learns; so they are made once.

    Args:
        images: (N, 3, H, W), floats in 0..1.
        targets: (boxes, labels) of each image.
        propose: propose(image) -> (n, 4).
    """
    return [(*t[:2], propose(x)) for x, t in zip(images, targets)]


@dataclass(frozen=True)
class BoxGoals:
    """What regions or anchors shall say, and which of them are asked.

    Attributes:
        labels: (n,) int64; the last class is the ground.
        deltas: (n, 4) as from encode, divided by DELTA_SCALE.
        positive: (n,) bool, those that have an object.
        asked: (n,) bool, those whose class counts in the loss.
    """

    labels: np.ndarray
    deltas: np.ndarray
    positive: np.ndarray
    asked: np.ndarray


def box_goals(
    boxes: np.ndarray,
    owner: np.ndarray,
    truth: np.ndarray,
    labels: np.ndarray,
    ground: int,
    asked: np.ndarray | None = None,
) -> BoxGoals:
    """Return the goals of regions or anchors whose objects are known.

    Args:
        boxes: the regions or anchors (n, 4).
        owner: (n,), index of each one's object, negative without.
        truth: the objects (m, 4).
        labels: their labels (m,).
        ground: label of what has no object.
        asked: (n,) bool; all if None.
    """
    positive = owner >= 0
    own = owner[positive]
    goals = BoxGoals(
        np.full(len(boxes), ground, np.int64),
        np.zeros((len(boxes), 4), np.float32),
        positive,
        np.ones(len(boxes), bool) if asked is None else asked,
    )
    goals.labels[positive] = np.asarray(labels)[own]
    wanted = encode(boxes[positive], np.asarray(truth)[own])
    goals.deltas[positive] = wanted / DELTA_SCALE
    return goals


def join_goals(goals: Sequence[BoxGoals]) -> BoxGoals:
    """Return the goals of several images one after the other."""
    return BoxGoals(
        np.concatenate([g.labels for g in goals]),
        np.concatenate([g.deltas for g in goals]),
        np.concatenate([g.positive for g in goals]),
        np.concatenate([g.asked for g in goals]),
    )


def box_loss(
    scores: np.ndarray, deltas: np.ndarray, goals: BoxGoals
) -> tuple[float, np.ndarray, np.ndarray]:
    """Return class and box loss for each positive, and both gradients.

    Args:
        scores: (n, classes + 1), the last one the ground.
        deltas: (n, 4), divided by DELTA_SCALE.
        goals: of these n. Without any positive, the sum is divided by 1.
    """
    count = max(int(goals.positive.sum()), 1)
    losses, dscores = softmax_losses(scores, goals.labels)
    error = (deltas - goals.deltas) * goals.positive[:, np.newaxis]
    loss = (losses * goals.asked).sum() + smooth_l1(error).sum()
    dscores *= goals.asked[:, np.newaxis]
    return float(loss / count), dscores / count, smooth_l1_slope(error) / count


def sample_regions(
    proposals: np.ndarray,
    truth: np.ndarray,
    labels: np.ndarray,
    ground: int,
    rng: np.random.Generator,
    count: int = 32,
    overlap: Overlap = iou,
) -> tuple[np.ndarray, BoxGoals]:
    """Return up to `count` regions of an image, and their goals.

    The objects themselves are among the regions. One half at most has an
    object (IoU of 1/2 or more), the rest is ground.

    Args:
        proposals: (n, 4).
        truth: the objects (m, 4).
        labels: their labels (m,).
        ground: label of what has no object.
        rng: generator that draws them.
        count: how many there shall be.
        overlap: overlap(a, b) -> (n, m), the IoU.
    """
    truth = as_boxes("truth", truth)
    regions = np.concatenate([as_boxes("proposals", proposals), truth])
    owner = np.full(len(regions), -1)
    if len(truth) and len(regions):
        overlaps = overlap(regions, truth)
        near = overlaps.max(axis=1) >= 0.5
        owner[near] = overlaps.argmax(axis=1)[near]
    positive = rng.permutation(np.flatnonzero(owner >= 0))[: count // 2]
    negative = rng.permutation(np.flatnonzero(owner < 0))
    negative = negative[: count - len(positive)]
    chosen = np.concatenate([positive, negative])
    regions, owner = regions[chosen], owner[chosen]
    return regions, box_goals(regions, owner, truth, labels, ground)
