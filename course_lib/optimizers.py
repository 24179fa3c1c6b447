"""Optimizers: each changes the parameters in place along the gradients.

`params` and `grads` are dicts of arrays with the same names and shapes.
`lr`, the learning rate, may be changed between two steps.

Each formula is applied by by_rows to blocks of an array that fit into the
processor's cache, on all threads. So the formulas stay as in the books:
their intermediate results are small and never reach the main memory.
"""

from __future__ import annotations

import numpy as np

from ._blocks import by_rows

Arrays = dict[str, np.ndarray]


def _check_grads(params: Arrays, grads: Arrays) -> None:
    """Raise ValueError unless each parameter has a fitting gradient."""
    for name, param in params.items():
        if name not in grads:
            raise ValueError(
                f"grads has {sorted(grads)}, expected {name!r} too; "
                f"does gradient() return every parameter?"
            )
        if np.shape(grads[name]) != param.shape:
            raise ValueError(
                f"grads[{name!r}] has shape {np.shape(grads[name])}, "
                f"expected {param.shape}"
            )


def _zeros(params: Arrays) -> Arrays:
    """Return zeros in the shape and dtype of each parameter."""
    return {name: np.zeros_like(param) for name, param in params.items()}


class SGD:
    """Stochastic gradient descent: W <- W - lr dW."""

    def __init__(self, lr: float = 0.01) -> None:
        self.lr = lr

    def update(self, params: Arrays, grads: Arrays) -> None:
        """Change each array of params in place.

        Raises:
            ValueError: a gradient is missing or has another shape.
        """
        _check_grads(params, grads)

        def step(param: np.ndarray, grad: np.ndarray) -> None:
            param -= self.lr * grad

        for name, param in params.items():
            by_rows(step, param, grads[name])


class Momentum:
    """Momentum: v <- momentum v - lr dW, W <- W + v (Polyak, 1964)."""

    def __init__(self, lr: float = 0.01, momentum: float = 0.9) -> None:
        self.lr = lr
        self.momentum = momentum
        self.v: Arrays | None = None

    def update(self, params: Arrays, grads: Arrays) -> None:
        """Change each array of params in place.

        Raises:
            ValueError: a gradient is missing or has another shape.
        """
        _check_grads(params, grads)
        self.v = self.v or _zeros(params)

        def step(param: np.ndarray, grad: np.ndarray, v: np.ndarray) -> None:
            v *= self.momentum
            v -= self.lr * grad
            param += v

        for name, param in params.items():
            by_rows(step, param, grads[name], self.v[name])


class AdaGrad:
    """AdaGrad: h <- h + dW^2, W <- W - lr dW / sqrt(h).

    From Duchi, Hazan and Singer, "Adaptive Subgradient Methods" (2011).
    """

    def __init__(self, lr: float = 0.01, eps: float = 1e-10) -> None:
        self.lr = lr
        self.eps = eps
        self.h: Arrays | None = None

    def update(self, params: Arrays, grads: Arrays) -> None:
        """Change each array of params in place.

        Raises:
            ValueError: a gradient is missing or has another shape.
        """
        _check_grads(params, grads)
        self.h = self.h or _zeros(params)

        def step(param: np.ndarray, grad: np.ndarray, h: np.ndarray) -> None:
            h += grad * grad
            param -= self.lr * grad / (np.sqrt(h) + self.eps)

        for name, param in params.items():
            by_rows(step, param, grads[name], self.h[name])


class RMSProp:
    """RMSProp: like AdaGrad, but h forgets: h <- r h + (1 - r) dW^2.

    From Tieleman and Hinton, "Lecture 6.5 - RMSProp" (2012).
    """

    def __init__(
        self, lr: float = 0.01, decay_rate: float = 0.99, eps: float = 1e-8
    ) -> None:
        self.lr = lr
        self.decay_rate = decay_rate
        self.eps = eps
        self.h: Arrays | None = None

    def update(self, params: Arrays, grads: Arrays) -> None:
        """Change each array of params in place.

        Raises:
            ValueError: a gradient is missing or has another shape.
        """
        _check_grads(params, grads)
        self.h = self.h or _zeros(params)

        def step(param: np.ndarray, grad: np.ndarray, h: np.ndarray) -> None:
            h *= self.decay_rate
            h += (1 - self.decay_rate) * grad * grad
            param -= self.lr * grad / (np.sqrt(h) + self.eps)

        for name, param in params.items():
            by_rows(step, param, grads[name], self.h[name])


class Adam:
    """Adam: momentum m over the root of the squares' mean v.

    Algorithm 1 of Kingma and Ba, "Adam" (2015), bias correction included.
    """

    def __init__(
        self,
        lr: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-8,
    ) -> None:
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps
        self.step = 0
        self.m: Arrays | None = None
        self.v: Arrays | None = None

    def update(self, params: Arrays, grads: Arrays) -> None:
        """Change each array of params in place.

        Raises:
            ValueError: a gradient is missing or has another shape.
        """
        _check_grads(params, grads)
        self.m = self.m or _zeros(params)
        self.v = self.v or _zeros(params)
        self.step += 1
        m_scale = 1 / (1 - self.beta1**self.step)
        v_scale = 1 / (1 - self.beta2**self.step)

        def step(
            param: np.ndarray, grad: np.ndarray, m: np.ndarray, v: np.ndarray
        ) -> None:
            m += (1 - self.beta1) * (grad - m)
            v += (1 - self.beta2) * (grad * grad - v)
            root = np.sqrt(v * v_scale) + self.eps
            param -= (self.lr * m_scale) * m / root

        for name, param in params.items():
            by_rows(step, param, grads[name], self.m[name], self.v[name])
