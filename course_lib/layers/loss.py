"""The loss at the end of a network."""

from __future__ import annotations

import numpy as np

from course_lib._checks import check_array
from course_lib.functional import log_softmax, one_hot


class SoftmaxWithLoss:
    """Turn scores into probabilities and measure the cross entropy.

    After forward, y holds the probabilities (N, K), t the labels as
    one-hot (N, K) and loss the mean over the batch.
    """

    def __init__(self) -> None:
        self.loss: float | None = None
        self.y: np.ndarray | None = None
        self.t: np.ndarray | None = None

    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        """Return the mean loss of scores x (N, K) for labels t.

        Labels are numbers (N,) or one-hot (N, K).

        Raises:
            ValueError: x is not (N, K), or t does not fit to it.
        """
        check_array("x", x)
        if x.ndim != 2:
            raise ValueError(f"x has shape {x.shape}, expected (N, K)")
        log_y = log_softmax(x)
        self.t = one_hot(t, log_y)
        self.y = np.exp(log_y)
        self.loss = float(-(self.t * log_y).sum() / len(x))
        return self.loss

    def backward(self, dout: float = 1) -> np.ndarray:
        """Return the gradient (N, K) of the loss with respect to scores."""
        if self.y is None:
            raise RuntimeError("backward was called before forward")
        return (self.y - self.t) * (dout / len(self.y))
