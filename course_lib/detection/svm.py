"""A linear support vector machine, learned by its hinge loss."""

from __future__ import annotations

import numpy as np


def hinge_loss(
    scores: np.ndarray, labels: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return the hinge loss of one machine for each class, and its gradient.

    Machine k says +1 for its own class and -1 for all else. It is punished
    by max(0, 1 - sign * score): nothing if it is right by 1 or more.

    Args:
        scores: (n, K).
        labels: (n,); a label outside 0..K - 1, the ground, is nobody's.

    Returns:
        the sum over the machines, mean over the examples, and its gradient
        (n, K) with respect to scores.
    """
    signs = np.where(
        labels[:, np.newaxis] == np.arange(scores.shape[1]), 1, -1
    )
    margins = 1 - signs * scores
    n = max(len(scores), 1)
    slopes = np.where(margins > 0, -signs, 0).astype(scores.dtype) / n
    return float(np.maximum(margins, 0).sum() / n), slopes


def fit_svm(
    features: np.ndarray,
    labels: np.ndarray,
    classes: int,
    rng: np.random.Generator | int | None = None,
    decay: float = 1e-4,
    epochs: int = 10,
    lr: float = 0.01,
    batch_size: int = 256,
) -> tuple[np.ndarray, np.ndarray]:
    """Return W (D, classes) and b (classes,) of one machine for each class.

    It is learned by Adam on shuffled batches; lr falls to 0 linearly.

    Args:
        features: (n, D).
        labels: (n,) in 0..classes, where `classes` is the ground.
        classes: number of machines.
        rng: generator or seed of the order.
        decay: weight of |W|^2 / 2, which asks for a wide margin.
        epochs: how often each example is seen.
        lr: learning rate of Adam.
        batch_size: examples in one step.
    """
    from course_lib.optimizers import Adam

    rng = np.random.default_rng(rng)
    W = np.zeros((features.shape[1], classes), features.dtype)
    params = {"W": W, "b": np.zeros(classes, features.dtype)}
    optimizer = Adam(lr)
    for epoch in range(epochs):
        optimizer.lr = lr * (1 - epoch / epochs)
        order = rng.permutation(len(features))
        for start in range(0, len(order), batch_size):
            chosen = order[start : start + batch_size]
            x = features[chosen]
            dscores = hinge_loss(x @ W + params["b"], labels[chosen])[1]
            grads = {"W": x.T @ dscores + decay * W, "b": dscores.sum(axis=0)}
            optimizer.update(params, grads)
    return W, params["b"]


def fit_ridge(
    features: np.ndarray, goals: np.ndarray, decay: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Return W (D, M) and b (M,) with the least squared error.

    Args:
        features: (n, D).
        goals: (n, M).
        decay: weight of |W|^2; with n = 0 the result is 0.
    """
    centre = features.mean(axis=0) if len(features) else 0
    middle = goals.mean(axis=0) if len(goals) else np.zeros(goals.shape[1])
    x = features - centre
    A = x.T @ x + decay * np.eye(features.shape[1], dtype=features.dtype)
    W = np.linalg.solve(A, x.T @ (goals - middle))
    return W, middle - centre @ W if len(features) else middle
