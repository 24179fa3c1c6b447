"""Optimizers: each changes the parameters in place along the gradients.

`params` and `grads` are dicts of arrays with the same names and shapes.
`lr`, the learning rate, may be changed between two steps.
"""

from __future__ import annotations

import numpy as np

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
        for name, param in params.items():
            param -= self.lr * grads[name]


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
        for name, param in params.items():
            v = self.v[name]
            v *= self.momentum
            v -= self.lr * grads[name]
            param += v


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
        for name, param in params.items():
            h, grad = self.h[name], grads[name]
            h += grad * grad
            param -= self.lr * grad / (np.sqrt(h) + self.eps)


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
        for name, param in params.items():
            h, grad = self.h[name], grads[name]
            h *= self.decay_rate
            h += (1 - self.decay_rate) * grad * grad
            param -= self.lr * grad / (np.sqrt(h) + self.eps)


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
        for name, param in params.items():
            m, v, grad = self.m[name], self.v[name], grads[name]
            m += (1 - self.beta1) * (grad - m)
            v += (1 - self.beta2) * (grad * grad - v)
            root = np.sqrt(v * v_scale) + self.eps
            param -= (self.lr * m_scale) * m / root
