"""Layers without windows: Affine, ReLU and Dropout."""

from __future__ import annotations

import numpy as np

from course_lib._blocks import by_rows, in_shares
from course_lib._checks import check_array, check_dout, check_shape
from course_lib._order import outer_axis


class Affine:
    """Multiply each flattened example by W (D, M) and add b (M,).

    After backward, dW and db hold the gradients of the parameters.
    """

    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        check_array("W", W)
        if W.ndim != 2:
            raise ValueError(f"W has shape {W.shape}, expected (D, M)")
        check_shape("b", b, (W.shape[1],), "b has one number a column of W")
        self.W = W
        self.b = b
        self.dW: np.ndarray | None = None
        self.db: np.ndarray | None = None
        self.x: np.ndarray | None = None
        self.x_shape: tuple | None = None
        self.out_shape: tuple | None = None

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return scores (N, M) for x, (N, D) or images with C*H*W = D.

        Raises:
            ValueError: an example of x has not D numbers.
        """
        check_array("x", x)
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
        check_dout(dout, self.out_shape)
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

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return max(x, 0) in the shape of x.

        Raises:
            ValueError: x is not an array.
        """
        check_array("x", x)
        out = x if self.in_place else np.empty_like(x)
        self.mask = np.empty_like(x, bool)
        by_rows(_rectify, x, out, self.mask, axis=outer_axis(x))
        return out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dout where x was positive, 0 elsewhere.

        Raises:
            ValueError: dout is not shaped like x.
        """
        check_dout(dout, None if self.mask is None else self.mask.shape)
        dx = dout if self.in_place else np.empty_like(dout)
        by_rows(np.multiply, dout, self.mask, dx, axis=outer_axis(dout))
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
        check_array("x", x)
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
        check_dout(dout, None if self.mask is None else self.mask.shape)
        return dout * self.mask
