"""Batch normalization."""

from __future__ import annotations

import numpy as np

from course_lib._blocks import by_rows
from course_lib._checks import check_array, check_dout, check_shape
from course_lib._order import like, outer_axis


class BatchNormalization:
    """Give each feature mean beta and standard deviation gamma.

    Features are the D columns of (N, D) or the C channels of (N, C, H, W);
    gamma, beta and the running statistics have shape (D,) or (C,). See
    Ioffe and Szegedy, "Batch Normalization" (2015). The running statistics
    keep `momentum` of their old value at each step; the running variance
    is the unbiased one. After backward, dgamma and dbeta hold gradients.
    """

    def __init__(
        self,
        gamma: np.ndarray,
        beta: np.ndarray,
        momentum: float = 0.9,
        running_mean: np.ndarray | None = None,
        running_var: np.ndarray | None = None,
        eps: float = 1e-5,
    ) -> None:
        check_array("gamma", gamma)
        if gamma.ndim != 1:
            raise ValueError(
                f"gamma has shape {gamma.shape}, expected (C,) or (D,); "
                f"there is one number for each channel or column"
            )
        if running_mean is None:
            running_mean = np.zeros_like(gamma)
        if running_var is None:
            running_var = np.ones_like(gamma)
        slip = "it is shaped like gamma"
        check_shape("beta", beta, gamma.shape, slip)
        check_shape("running_mean", running_mean, gamma.shape, slip)
        check_shape("running_var", running_var, gamma.shape, slip)
        self.gamma = gamma
        self.beta = beta
        self.momentum = momentum
        self.running_mean = running_mean
        self.running_var = running_var
        self.eps = eps
        self.dgamma: np.ndarray | None = None
        self.dbeta: np.ndarray | None = None
        self.x_hat: np.ndarray | None = None
        self.std: np.ndarray | None = None
        self.trained = False

    def _check_input(self, x: np.ndarray) -> None:
        """Raise ValueError unless x has one feature for each gamma."""
        check_array("x", x)
        D = len(self.gamma)
        if x.ndim not in (2, 4) or x.shape[1] != D:
            raise ValueError(
                f"x has shape {x.shape}, expected (N, {D}) or (N, {D}, H, W) "
                f"as gamma has shape {self.gamma.shape}"
            )

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return x normalised, by its own statistics if train_flg.

        Raises:
            ValueError: x is not (N, D) or (N, C, H, W), or it has a single
                value for a feature while training.
        """
        self._check_input(x)
        mean, var = self.running_mean, self.running_var
        if train_flg:
            mean, var = _moments(x)
            self._update_running(mean, var, x.size // x.shape[1])
        mean = _per_feature(mean, x.ndim)
        self.std = np.sqrt(_per_feature(var, x.ndim) + self.eps)
        self.x_hat = np.empty_like(x, np.result_type(x, mean, self.std))
        self.trained = train_flg
        gamma = _per_feature(self.gamma, x.ndim)
        beta = _per_feature(self.beta, x.ndim)
        out = np.empty_like(x, np.result_type(self.x_hat, gamma, beta))

        def normalise(x: np.ndarray, x_hat: np.ndarray, out: np.ndarray):
            np.subtract(x, mean, out=x_hat)
            x_hat /= self.std
            np.multiply(gamma, x_hat, out=out)
            out += beta

        by_rows(normalise, x, self.x_hat, out, axis=outer_axis(x))
        return out

    def _update_running(
        self, mean: np.ndarray, var: np.ndarray, count: int
    ) -> None:
        """Move the running statistics towards those of this batch."""
        if count < 2:
            raise ValueError(
                f"x has {count} value for each feature, expected at least 2 "
                f"while training; use a larger batch or train_flg=False"
            )
        keep, dtype = self.momentum, self.gamma.dtype
        var = var * (count / (count - 1))
        new_mean = keep * self.running_mean + (1 - keep) * mean
        new_var = keep * self.running_var + (1 - keep) * var
        self.running_mean = new_mean.astype(dtype)
        self.running_var = new_var.astype(dtype)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Set dgamma and dbeta, return dx in the shape of x.

        Raises:
            ValueError: dout is not shaped like x.
        """
        shape = None if self.x_hat is None else self.x_hat.shape
        check_dout(dout, shape)
        x_hat, ndim = self.x_hat, dout.ndim
        dout = like(x_hat, dout)
        axis = outer_axis(dout)
        self.dbeta = sum(by_rows(_feature_sums, dout, axis=axis))
        products = by_rows(
            lambda d, x_hat: _feature_sums(d * x_hat), dout, x_hat, axis=axis
        )
        self.dgamma = sum(products)
        slope = _per_feature(self.gamma, ndim) / self.std
        count = dout.size // dout.shape[1]
        mean_dout = _per_feature(self.dbeta / count, ndim)
        mean_slope = _per_feature(self.dgamma / count, ndim)
        dx = np.empty_like(dout, np.result_type(slope, dout, x_hat))

        def work(dout: np.ndarray, x_hat: np.ndarray, dx: np.ndarray):
            if self.trained:
                # The batch's mean and variance depend on x too.
                dout = dout - mean_dout - x_hat * mean_slope
            np.multiply(slope, dout, out=dx)

        by_rows(work, dout, x_hat, dx, axis=axis)
        return dx


def _feature_sums(x: np.ndarray) -> np.ndarray:
    """Return the sum (C,) of each feature of (N, C) or (N, C, H, W)."""
    return x.sum(axis=(0,) if x.ndim == 2 else (0, 2, 3))


def _moments(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variance (C,) of each feature."""
    count = x.size // x.shape[1]
    axis = outer_axis(x)
    mean = sum(by_rows(_feature_sums, x, axis=axis)) / count
    centre = _per_feature(mean, x.ndim)
    squares = by_rows(lambda x: _feature_sums((x - centre) ** 2), x, axis=axis)
    return mean, sum(squares) / count


def _per_feature(value: np.ndarray, ndim: int) -> np.ndarray:
    """Reshape (C,) so that it broadcasts along axis 1 of ndim axes."""
    return value.reshape(1, -1, *[1] * (ndim - 2))
