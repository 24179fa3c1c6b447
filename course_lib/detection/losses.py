"""The losses of detectors, each with its gradient."""

from __future__ import annotations

import numpy as np

from course_lib.functional import log_softmax


def smooth_l1(difference: np.ndarray) -> np.ndarray:
    """Return d**2 / 2 where |d| < 1 and |d| - 1/2 elsewhere.

    Near 0 it is round, far away straight, so that one bad box cannot pull
    too hard: Girshick, "Fast R-CNN" (2015), equation 3.
    """
    size = np.abs(difference)
    return np.where(size < 1, size * size / 2, size - 0.5)


def smooth_l1_slope(difference: np.ndarray) -> np.ndarray:
    """Return the derivative of smooth_l1: d, but at most 1 in size."""
    return np.clip(difference, -1, 1)


def softmax_losses(
    scores: np.ndarray, labels: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the cross entropy of each row, and its gradient.

    Args:
        scores: (n, K).
        labels: (n,) in 0..K - 1.

    Returns:
        losses (n,) and their gradients (n, K) with respect to scores.
    """
    log_y = log_softmax(scores)
    rows = np.arange(len(labels))
    slopes = np.exp(log_y)
    slopes[rows, labels] -= 1
    return -log_y[rows, labels], slopes


def hard_negatives(
    losses: np.ndarray, positive: np.ndarray, ratio: float = 3, least: int = 0
) -> np.ndarray:
    """Return which negatives to learn from, (n,) bool: the worst ones.

    Nearly all anchors are ground. Of these, SSD takes only those with the
    largest loss, at most `ratio` for each positive one.

    Args:
        losses: (n,).
        positive: (n,) bool, the anchors that belong to an object.
        ratio: negatives for each positive.
        least: how many to take at least, as where there is no object.
    """
    positive = np.asarray(positive, bool)
    wanted = max(int(ratio * positive.sum()), least)
    wanted = min(wanted, int((~positive).sum()))
    order = np.argsort(np.where(positive, np.inf, -losses), kind="stable")
    chosen = np.zeros(len(losses), bool)
    chosen[order[:wanted]] = True
    return chosen
