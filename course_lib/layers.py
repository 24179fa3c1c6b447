"""Layers with forward and backward, fast by their memory layout.

Each layer keeps in forward what its backward needs. Columns are laid out
(N, C*FH*FW, OH*OW), so that one batched product gives (N, FN, OH*OW) and
nothing has to be transposed; im2col keeps the row layout for learners.
The batch is shared among threads, which work through it in blocks; how
much each of these steps gains is told in docs/speed.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ._blocks import blocks, by_rows, in_shares
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

# Each thread's columns of one block of images should fit into the cache.
_BLOCK_BYTES = 1 << 21


def _check_dout(dout: np.ndarray, forward_shape: tuple | None) -> None:
    """Raise unless forward has run and dout has the shape it returned."""
    if forward_shape is None:
        raise RuntimeError("backward was called before forward")
    _check_shape("dout", dout, forward_shape, "dout is shaped like forward's")


class Convolution:
    """Convolve images with filters W (FN, C, FH, FW) and add b (FN,).

    After backward, dW and db hold the gradients of the parameters. Set
    needs_dx to False in the first layer of a network: nobody needs the
    gradient of the images, and backward then returns None.
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
        self.needs_dx = True
        self.x: np.ndarray | None = None
        self.out_shape: tuple | None = None

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
        # x itself, not its columns: those are FH*FW times as large, and
        # backward makes them again, block by block.
        self.x = x
        self.out_shape = (len(x), FN, OH, OW)
        out = np.empty(self.out_shape, np.result_type(x, self.W, self.b))
        self._in_shares(lambda share: self._forward(share, out))
        return out

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        """Set dW and db, return dx (N, C, H, W) from dout (N, FN, OH, OW).

        Without needs_dx the result is None.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        _check_dout(dout, self.out_shape)
        dx = None
        if self.needs_dx:
            dx = np.empty(self.x.shape, np.result_type(self.W, dout))
        shares = self._in_shares(lambda s: self._backward(s, dout, dx))
        dW, db = (sum(parts) for parts in zip(*shares))
        self.dW = np.ascontiguousarray(dW.T).reshape(self.W.shape)
        self.db = db
        return dx

    def _in_shares(self, work: Callable[[slice], Any]) -> list[Any]:
        """Call work(share) for shares of the images, one a thread."""
        N, FN, OH, OW = self.out_shape
        return in_shares(work, N, N * OH * OW * (FN + self.W[0].size))

    def _workspace(self, share: slice, dtype: np.dtype) -> np.ndarray:
        """Return room for the columns of a block of the share's images."""
        C, FH, FW = self.W.shape[1:]
        shape = (C, FH, FW, *self.out_shape[2:])
        image_bytes = int(np.prod(shape)) * np.dtype(dtype).itemsize
        size = max(1, _BLOCK_BYTES // image_bytes)
        return np.empty((min(size, share.stop - share.start), *shape), dtype)

    def _forward(self, share: slice, out: np.ndarray) -> None:
        """Write the feature maps of a share of the images to out."""
        FN, OH, OW = out.shape[1:]
        W, b = self.W.reshape(FN, -1), self.b[:, np.newaxis]
        room = self._workspace(share, self.x.dtype)
        for block in blocks(share, len(room)):
            columns = self._columns(block, room)
            maps = out[block].reshape(-1, FN, OH * OW)
            np.matmul(W, columns, out=maps)
            maps += b

    def _columns(self, block: slice, room: np.ndarray) -> np.ndarray:
        """Return the block's columns (n, C*FH*FW, OH*OW), stored in room."""
        x = _pad_images(self.x[block], self.pad)
        C, FH, FW, OH, OW = room.shape[1:]
        if FH == FW == self.stride == 1:
            return x.reshape(-1, C, OH * OW)  # columns and x are the same
        windows = _windows(x, FH, FW, self.stride)
        columns = room[: len(x)]
        columns[...] = windows.transpose(0, 1, 4, 5, 2, 3)
        return columns.reshape(-1, C * FH * FW, OH * OW)

    def _backward(
        self, share: slice, dout: np.ndarray, dx: np.ndarray | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Write dx of a share; return its part of dW (C*FH*FW, FN), db."""
        FN, K = len(self.W), self.W[0].size
        W = self.W.reshape(FN, K)
        dtype = np.result_type(self.x, W, dout)
        room = self._workspace(share, dtype)
        dW, db = np.zeros((K, FN), dtype), np.zeros(FN, dout.dtype)
        for block in blocks(share, len(room)):
            maps = dout[block].reshape(-1, FN, room[0, 0, 0, 0].size)
            columns = self._columns(block, room)
            # The long side first: BLAS is a third faster with it than
            # with maps @ columns.T, which is the same, transposed.
            dW += np.matmul(columns, maps.transpose(0, 2, 1)).sum(axis=0)
            db += maps.sum(axis=(0, 2))
            if dx is not None:
                dcolumns = room[: len(maps)]
                np.matmul(
                    W.T, maps, out=dcolumns.reshape(-1, K, maps.shape[2])
                )
                self._add_columns(dcolumns, dx[block])
        return dW, db

    def _add_columns(self, dcolumns: np.ndarray, dx: np.ndarray) -> None:
        """Sum columns (n, C, FH, FW, OH, OW) where they overlap in dx."""
        n, C, FH, FW, OH, OW = dcolumns.shape
        H, W = (size + 2 * self.pad for size in dx.shape[2:])
        padded = np.zeros((n, C, H, W), dx.dtype)
        for fy in range(FH):
            for fx in range(FW):
                place = _offset_slice(padded, fy, fx, OH, OW, self.stride)
                place += dcolumns[:, :, fy, fx]
        dx[...] = _crop(padded, self.pad)


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

    def _slices(self, x: np.ndarray) -> list[np.ndarray]:
        """Return views (n, C, OH, OW), one for each pixel of the window."""
        OH, OW = self.out_shape[2:]
        return [
            _offset_slice(x, fy, fx, OH, OW, self.stride)
            for fy in range(self.pool_h)
            for fx in range(self.pool_w)
        ]

    def _scatter(self, parts: Iterable[np.ndarray], dx: np.ndarray) -> None:
        """Sum one part (n, C, OH, OW) for each pixel of the window in dx."""
        n, C, H, W = dx.shape
        padded = dx
        if self.pad:
            size = (H + 2 * self.pad, W + 2 * self.pad)
            padded = np.empty((n, C, *size), dx.dtype)
        padded[...] = 0
        overlap = self.stride < max(self.pool_h, self.pool_w)
        for place, part in zip(self._slices(padded), parts):
            if overlap:
                place += part
            else:
                place[...] = part
        if self.pad:
            dx[...] = _crop(padded, self.pad)


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
        out = np.empty(self.out_shape, x.dtype)
        last_index = self.pool_h * self.pool_w - 1
        index_type = np.min_scalar_type(last_index)
        self.argmax = np.empty(self.out_shape, index_type)
        by_rows(self._forward, x, out, self.argmax)
        return out

    def _forward(
        self, x: np.ndarray, out: np.ndarray, argmax: np.ndarray
    ) -> None:
        """Write the maxima of a block of images and where they are."""
        padded = _pad_images(x, self.pad, _lowest(x.dtype))
        first, *others = self._slices(padded)
        out[...] = first
        argmax[...] = 0
        for i, part in enumerate(others, start=1):
            # Every second pixel is slow to read, so read it only once.
            part = np.ascontiguousarray(part)
            # Strictly larger: of equal pixels the first one stays. As i
            # grows, a maximum writes it; that is faster than a mask.
            index = (part > out) * argmax.dtype.type(i)
            np.maximum(argmax, index, out=argmax)
            np.maximum(out, part, out=out)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx (N, C, H, W): dout goes to each window's first maximum.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        _check_dout(dout, self.out_shape)
        dx = np.empty(self.x_shape, dout.dtype)
        by_rows(self._backward, dx, dout, self.argmax)
        return dx

    def _backward(
        self, dx: np.ndarray, dout: np.ndarray, argmax: np.ndarray
    ) -> None:
        """Write dx of a block of images."""
        window = range(self.pool_h * self.pool_w)
        self._scatter((dout * (argmax == i) for i in window), dx)


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
        area = self.pool_h * self.pool_w
        out = np.empty(self.out_shape, (x[:0] / area).dtype)
        by_rows(self._forward, x, out)
        return out

    def _forward(self, x: np.ndarray, out: np.ndarray) -> None:
        """Write the means of a block of images."""
        first, *others = self._slices(_pad_images(x, self.pad))
        out[...] = first
        for part in others:
            out += part
        out /= self.pool_h * self.pool_w

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx (N, C, H, W): dout is shared equally by a window.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        _check_dout(dout, self.out_shape)
        area = self.pool_h * self.pool_w
        dx = np.empty(self.x_shape, (dout[:0] / area).dtype)
        by_rows(self._backward, dx, dout)
        return dx

    def _backward(self, dx: np.ndarray, dout: np.ndarray) -> None:
        """Write dx of a block of images."""
        area = self.pool_h * self.pool_w
        self._scatter([dout / area] * area, dx)


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
        out = _product(self.x, self.W)
        out += self.b
        self.out_shape = out.shape
        return out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Set dW and db, return dx in the shape of x from dout (N, M).

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        _check_dout(dout, self.out_shape)
        self.dW = _product(self.x.T, dout)
        self.db = dout.sum(axis=0)
        return _product(dout, self.W.T).reshape(self.x_shape)


def _product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return a @ b; each thread makes its share of the rows."""
    out = np.empty((len(a), b.shape[1]), np.result_type(a, b))

    def work(rows: slice) -> None:
        np.matmul(a[rows], b, out=out[rows])

    in_shares(work, len(a), a.size + b.size)
    return out


class ReLU:
    """Replace negative numbers by 0; x may have any shape.

    With in_place, forward writes into x and backward into dout: the next
    layer gets the same array, and no new memory is touched. Set it only
    where nobody else looks at x and dout, as inside a network.
    """

    def __init__(self) -> None:
        self.in_place = False
        self.mask: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return max(x, 0) in the shape of x.

        Raises:
            ValueError: x is not an array.
        """
        _check_array("x", x)
        out = x if self.in_place else np.empty_like(x)
        self.mask = np.empty(x.shape, bool)
        by_rows(_rectify, x, out, self.mask)
        return out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dout where x was positive, 0 elsewhere.

        Raises:
            ValueError: dout is not shaped like x.
        """
        _check_dout(dout, None if self.mask is None else self.mask.shape)
        dx = dout if self.in_place else np.empty_like(dout)
        by_rows(np.multiply, dout, self.mask, dx)
        return dx


def _rectify(x: np.ndarray, out: np.ndarray, mask: np.ndarray) -> None:
    """Write where x is positive to mask and max(x, 0) to out."""
    np.greater(x, 0, out=mask)
    # With an array of zeros this is three times as fast as with the
    # number 0: NumPy's vector instructions want two arrays.
    np.maximum(x, np.zeros_like(x), out=out)


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
            mean, var = _moments(x)
            self._update_running(mean, var, x.size // x.shape[1])
        mean = _per_feature(mean, x.ndim)
        self.std = np.sqrt(_per_feature(var, x.ndim) + self.eps)
        self.x_hat = np.empty(x.shape, np.result_type(x, mean, self.std))
        self.trained = train_flg
        gamma = _per_feature(self.gamma, x.ndim)
        beta = _per_feature(self.beta, x.ndim)
        out = np.empty(x.shape, np.result_type(self.x_hat, gamma, beta))

        def normalise(x: np.ndarray, x_hat: np.ndarray, out: np.ndarray):
            np.subtract(x, mean, out=x_hat)
            x_hat /= self.std
            np.multiply(gamma, x_hat, out=out)
            out += beta

        by_rows(normalise, x, self.x_hat, out)
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
        _check_dout(dout, shape)
        x_hat, ndim = self.x_hat, dout.ndim
        self.dbeta = sum(by_rows(_feature_sums, dout))
        self.dgamma = sum(
            by_rows(lambda d, x_hat: _feature_sums(d * x_hat), dout, x_hat)
        )
        slope = _per_feature(self.gamma, ndim) / self.std
        count = dout.size // dout.shape[1]
        mean_dout = _per_feature(self.dbeta / count, ndim)
        mean_slope = _per_feature(self.dgamma / count, ndim)
        dx = np.empty(dout.shape, np.result_type(slope, dout, x_hat))

        def work(dout: np.ndarray, x_hat: np.ndarray, dx: np.ndarray):
            if self.trained:
                # The batch's mean and variance depend on x too.
                dout = dout - mean_dout - x_hat * mean_slope
            np.multiply(slope, dout, out=dx)

        by_rows(work, dout, x_hat, dx)
        return dx


def _feature_sums(x: np.ndarray) -> np.ndarray:
    """Return the sum (C,) of each feature of (N, C) or (N, C, H, W)."""
    return x.sum(axis=(0,) if x.ndim == 2 else (0, 2, 3))


def _moments(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variance (C,) of each feature."""
    count = x.size // x.shape[1]
    mean = sum(by_rows(_feature_sums, x)) / count
    centre = _per_feature(mean, x.ndim)
    squares = by_rows(lambda x: _feature_sums((x - centre) ** 2), x)
    return mean, sum(squares) / count


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
