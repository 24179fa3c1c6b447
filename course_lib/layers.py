"""Layers with forward and backward, fast by their memory layout.

Each layer keeps in forward what its backward needs. Columns are laid out
(N, C*FH*FW, OH*OW), so that one batched product gives (N, FN, OH*OW) and
nothing has to be transposed; im2col keeps the row layout for learners.
"""

from __future__ import annotations

import numpy as np

from .functional import (
    _check_array,
    _check_images,
    _check_int,
    _check_shape,
    _crop,
    _log_softmax,
    _offset_slice,
    _one_hot,
    _output_shape,
    _pad_images,
    _windows,
)


def _to_columns(
    x: np.ndarray, filter_h: int, filter_w: int, stride: int
) -> np.ndarray:
    """Copy padded images (N, C, H, W) to columns (N, C*FH*FW, OH*OW)."""
    windows = _windows(x, filter_h, filter_w, stride)
    N, C, OH, OW, FH, FW = windows.shape
    columns = windows.transpose(0, 1, 4, 5, 2, 3).copy()
    return columns.reshape(N, C * FH * FW, OH * OW)


def _add_columns(columns: np.ndarray, out: np.ndarray, stride: int) -> None:
    """Add columns (N, C, FH, FW, OH, OW) to padded images in place."""
    FH, FW, OH, OW = columns.shape[2:]
    for fy in range(FH):
        for fx in range(FW):
            place = _offset_slice(out, fy, fx, OH, OW, stride)
            place += columns[:, :, fy, fx]


def _check_dout(dout: np.ndarray, forward_shape: tuple | None) -> None:
    """Raise unless forward has run and dout has the shape it returned."""
    if forward_shape is None:
        raise RuntimeError("backward was called before forward")
    _check_shape("dout", dout, forward_shape, "dout is shaped like forward's")


class Convolution:
    """Convolve images with filters W (FN, C, FH, FW) and add b (FN,).

    After backward, dW and db hold the gradients of the parameters.
    """

    def __init__(
        self, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0
    ) -> None:
        _check_array("W", W)
        if W.ndim != 4:
            raise ValueError(
                f"W has shape {W.shape}, expected (FN, C, FH, FW); "
                f"a single filter needs W.reshape(1, 1, FH, FW)"
            )
        _check_shape("b", b, (W.shape[0],), "b has one number for each filter")
        self.W = W
        self.b = b
        self.stride = _check_int("stride", stride, 1)
        self.pad = _check_int("pad", pad, 0)
        self.dW: np.ndarray | None = None
        self.db: np.ndarray | None = None
        self.x_shape: tuple | None = None
        self.out_shape: tuple | None = None
        self.columns: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the feature maps (N, FN, OH, OW) of images (N, C, H, W).

        Raises:
            ValueError: x is not (N, C, H, W), its channels are not those
                of W, or the filter is larger than the padded image.
        """
        _check_images("x", x)
        FN, C, FH, FW = self.W.shape
        if x.shape[1] != C:
            raise ValueError(
                f"x has shape {x.shape} with {x.shape[1]} channels, expected "
                f"{C} as in W {self.W.shape}; the axes are (N, C, H, W)"
            )
        OH, OW = _output_shape(x.shape, FH, FW, self.stride, self.pad)
        padded = _pad_images(x, self.pad)
        self.columns = _to_columns(padded, FH, FW, self.stride)
        self.x_shape = x.shape
        out = np.matmul(self.W.reshape(FN, -1), self.columns)
        out = out + self.b[:, np.newaxis]
        self.out_shape = (len(x), FN, OH, OW)
        return out.reshape(self.out_shape)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Set dW and db, return dx (N, C, H, W) from dout (N, FN, OH, OW).

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        _check_dout(dout, self.out_shape)
        N, FN, OH, OW = dout.shape
        dout = dout.reshape(N, FN, OH * OW)
        self.db = dout.sum(axis=(0, 2))
        dW = np.matmul(dout, self.columns.transpose(0, 2, 1)).sum(axis=0)
        self.dW = dW.reshape(self.W.shape)
        dcolumns = np.matmul(self.W.reshape(FN, -1).T, dout)
        C, FH, FW = self.W.shape[1:]
        dcolumns = dcolumns.reshape(N, C, FH, FW, OH, OW)
        H, W = self.x_shape[2:]
        padded_shape = (N, C, H + 2 * self.pad, W + 2 * self.pad)
        dx = np.zeros(padded_shape, dtype=dcolumns.dtype)
        _add_columns(dcolumns, dx, self.stride)
        return _crop(dx, self.pad)


class _Pooling:
    """What the pooling layers share: window, stride, pad and their checks."""

    def __init__(
        self, pool_h: int, pool_w: int, stride: int = 1, pad: int = 0
    ) -> None:
        self.pool_h = _check_int("pool_h", pool_h, 1)
        self.pool_w = _check_int("pool_w", pool_w, 1)
        self.stride = _check_int("stride", stride, 1)
        self.pad = _check_int("pad", pad, 0)
        if pad >= min(pool_h, pool_w):
            raise ValueError(
                f"pad is {pad}, expected less than the window "
                f"{pool_h} x {pool_w}; a window in the padding sees no pixel"
            )
        self.x_shape: tuple | None = None
        self.out_shape: tuple | None = None

    def _set_shapes(self, x: np.ndarray) -> None:
        """Check images x (N, C, H, W) and note the shapes for backward."""
        _check_images("x", x)
        size = _output_shape(
            x.shape, self.pool_h, self.pool_w, self.stride, self.pad
        )
        self.x_shape = x.shape
        self.out_shape = (*x.shape[:2], *size)

    def _padded_zeros(self, dtype: np.dtype) -> np.ndarray:
        """Return zeros in the shape of the padded images."""
        N, C, H, W = self.x_shape
        return np.zeros(
            (N, C, H + 2 * self.pad, W + 2 * self.pad), dtype=dtype
        )

    def _slices(self, x: np.ndarray) -> list[np.ndarray]:
        """Return views (N, C, OH, OW), one for each pixel of the window."""
        OH, OW = self.out_shape[2:]
        return [
            _offset_slice(x, fy, fx, OH, OW, self.stride)
            for fy in range(self.pool_h)
            for fx in range(self.pool_w)
        ]


def _lowest(dtype: np.dtype) -> float:
    """Return the value below all others: minus infinity for floats."""
    if dtype.kind in "iu":
        return np.iinfo(dtype).min
    return -np.inf


class MaxPooling(_Pooling):
    """Keep the largest pixel of each window, pad with minus infinity."""

    def __init__(
        self, pool_h: int, pool_w: int, stride: int = 1, pad: int = 0
    ) -> None:
        super().__init__(pool_h, pool_w, stride, pad)
        self.argmax: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the maxima (N, C, OH, OW) of images (N, C, H, W).

        Raises:
            ValueError: x is not (N, C, H, W) or smaller than the window.
        """
        self._set_shapes(x)
        padded = _pad_images(x, self.pad, _lowest(x.dtype))
        first, *others = self._slices(padded)
        out = first.copy()
        index_type = np.min_scalar_type(len(others)).type
        self.argmax = np.zeros(out.shape, dtype=index_type)
        for i, part in enumerate(others, start=1):
            # Strictly larger: of equal pixels the first one stays. As i
            # grows, a maximum writes it; that is faster than a mask.
            index = (part > out) * index_type(i)
            np.maximum(self.argmax, index, out=self.argmax)
            np.maximum(out, part, out=out)
        return out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx (N, C, H, W): dout goes to each window's first maximum.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        _check_dout(dout, self.out_shape)
        dx = self._padded_zeros(dout.dtype)
        for i, part in enumerate(self._slices(dx)):
            part += dout * (self.argmax == i)
        return _crop(dx, self.pad)


class AveragePooling(_Pooling):
    """Take the mean of each window; padding counts as zeros in it.

    The sum is always divided by pool_h * pool_w, as torch does with its
    default count_include_pad=True.
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the means (N, C, OH, OW) of images (N, C, H, W).

        Raises:
            ValueError: x is not (N, C, H, W) or smaller than the window.
        """
        self._set_shapes(x)
        first, *others = self._slices(_pad_images(x, self.pad))
        out = first.copy()
        for part in others:
            out += part
        return out / (self.pool_h * self.pool_w)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx (N, C, H, W): dout is shared equally by a window.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        _check_dout(dout, self.out_shape)
        share = dout / (self.pool_h * self.pool_w)
        dx = self._padded_zeros(share.dtype)
        for part in self._slices(dx):
            part += share
        return _crop(dx, self.pad)


class Affine:
    """Multiply each flattened example by W (D, M) and add b (M,).

    After backward, dW and db hold the gradients of the parameters.
    """

    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        _check_array("W", W)
        if W.ndim != 2:
            raise ValueError(f"W has shape {W.shape}, expected (D, M)")
        _check_shape("b", b, (W.shape[1],), "b has one number a column of W")
        self.W = W
        self.b = b
        self.dW: np.ndarray | None = None
        self.db: np.ndarray | None = None
        self.x: np.ndarray | None = None
        self.x_shape: tuple | None = None
        self.out_shape: tuple | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return scores (N, M) for x, (N, D) or images with C*H*W = D.

        Raises:
            ValueError: an example of x has not D numbers.
        """
        _check_array("x", x)
        if x.ndim < 2 or np.prod(x.shape[1:]) != len(self.W):
            raise ValueError(
                f"x has shape {x.shape}, expected (N, {len(self.W)}) or "
                f"(N, C, H, W) with C*H*W = {len(self.W)} as in W "
                f"{self.W.shape}; work out the output size of the layer before"
            )
        self.x_shape = x.shape
        self.x = x.reshape(len(x), len(self.W))
        out = self.x @ self.W + self.b
        self.out_shape = out.shape
        return out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Set dW and db, return dx in the shape of x from dout (N, M).

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        _check_dout(dout, self.out_shape)
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return (dout @ self.W.T).reshape(self.x_shape)


class ReLU:
    """Replace negative numbers by 0; x may have any shape."""

    def __init__(self) -> None:
        self.mask: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return max(x, 0) in the shape of x.

        Raises:
            ValueError: x is not an array.
        """
        _check_array("x", x)
        self.mask = x > 0
        return np.maximum(x, 0)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dout where x was positive, 0 elsewhere.

        Raises:
            ValueError: dout is not shaped like x.
        """
        _check_dout(dout, None if self.mask is None else self.mask.shape)
        return dout * self.mask


class Dropout:
    """Set a random part of the numbers to 0 while training.

    The numbers that stay are divided by 1 - ratio, so that nothing has to
    be scaled in use ("inverted dropout", as in torch; the idea is from
    Srivastava et al., "Dropout" (2014)).
    """

    def __init__(
        self,
        ratio: float = 0.5,
        rng: np.random.Generator | int | None = None,
    ) -> None:
        if not 0 <= ratio < 1:
            raise ValueError(
                f"ratio is {ratio!r}, expected 0 <= ratio < 1; "
                f"it is the part that is dropped, 0.5 for one half"
            )
        self.ratio = ratio
        self.rng = np.random.default_rng(rng)
        self.mask: np.ndarray | None = None

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return x with dropped numbers, or x as it is if not train_flg.

        Raises:
            ValueError: x is not an array.
        """
        _check_array("x", x)
        self.mask = np.ones(x.shape, dtype=x.dtype)
        if train_flg:
            keep = self.rng.random(x.shape) >= self.ratio
            self.mask = keep.astype(x.dtype) / (1 - self.ratio)
        return x * self.mask

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dout with the same numbers dropped.

        Raises:
            ValueError: dout is not shaped like x.
        """
        _check_dout(dout, None if self.mask is None else self.mask.shape)
        return dout * self.mask


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
        _check_array("gamma", gamma)
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
        _check_shape("beta", beta, gamma.shape, slip)
        _check_shape("running_mean", running_mean, gamma.shape, slip)
        _check_shape("running_var", running_var, gamma.shape, slip)
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
        _check_array("x", x)
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
            axes = (0,) if x.ndim == 2 else (0, 2, 3)
            mean, var = x.mean(axis=axes), x.var(axis=axes)
            self._update_running(mean, var, x.size // x.shape[1])
        self.std = np.sqrt(_per_feature(var, x.ndim) + self.eps)
        self.x_hat = (x - _per_feature(mean, x.ndim)) / self.std
        self.trained = train_flg
        gamma = _per_feature(self.gamma, x.ndim)
        return gamma * self.x_hat + _per_feature(self.beta, x.ndim)

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
        _check_dout(dout, shape)
        axes = (0,) if dout.ndim == 2 else (0, 2, 3)
        self.dgamma = (dout * self.x_hat).sum(axis=axes)
        self.dbeta = dout.sum(axis=axes)
        dx = dout
        if self.trained:
            # The batch's mean and variance depend on x too.
            count = dout.size // dout.shape[1]
            mean_dout = _per_feature(self.dbeta / count, dout.ndim)
            slope = _per_feature(self.dgamma / count, dout.ndim)
            dx = dout - mean_dout - self.x_hat * slope
        return _per_feature(self.gamma, dout.ndim) / self.std * dx


def _per_feature(value: np.ndarray, ndim: int) -> np.ndarray:
    """Reshape (C,) so that it broadcasts along axis 1 of ndim axes."""
    return value.reshape(1, -1, *[1] * (ndim - 2))


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
        _check_array("x", x)
        if x.ndim != 2:
            raise ValueError(f"x has shape {x.shape}, expected (N, K)")
        log_y = _log_softmax(x)
        self.t = _one_hot(t, log_y)
        self.y = np.exp(log_y)
        self.loss = float(-(self.t * log_y).sum() / len(x))
        return self.loss

    def backward(self, dout: float = 1) -> np.ndarray:
        """Return the gradient (N, K) of the loss with respect to scores."""
        if self.y is None:
            raise RuntimeError("backward was called before forward")
        return (self.y - self.t) * (dout / len(self.y))
