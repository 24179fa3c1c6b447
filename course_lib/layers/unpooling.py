"""Unpooling: put each maximum back where its pooling had found it."""

from __future__ import annotations

import numpy as np

from course_lib._checks import check_dout, check_shape
from course_lib.layers.pooling import MaxPooling


class MaxUnpooling:
    """Write maps back to the places of the maxima of a `MaxPooling`.

    All other pixels are 0. The result has the shape that the pooling was
    given, also if its windows did not cover the last rows or columns. The
    idea is SegNet's: Badrinarayanan, Kendall and Cipolla, "SegNet" (2015).
    Where windows overlap and share a maximum, the last one writes it.
    """

    def __init__(self, pooling: MaxPooling) -> None:
        if not isinstance(pooling, MaxPooling):
            raise ValueError(
                f"pooling is a {type(pooling).__name__}, expected the "
                f"MaxPooling layer whose places are used"
            )
        self.pooling = pooling
        self.places: np.ndarray | None = None
        self.winners: np.ndarray | None = None
        self.x_shape: tuple | None = None
        self.out_shape: tuple | None = None

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return x (N, C, OH, OW) in the pooling's input shape (N, C, H, W).

        Raises:
            RuntimeError: forward of the pooling has not run yet.
            ValueError: x is not shaped like the pooling's result.
        """
        if self.pooling.out_shape is None:
            raise RuntimeError("MaxUnpooling ran before its pooling")
        slip = "x has one number for each maximum of this pooling's last batch"
        check_shape("x", x, self.pooling.out_shape, slip)
        self.x_shape, self.out_shape = x.shape, self.pooling.x_shape
        self.places = self.pooling.places()
        out = np.zeros((*x.shape[:2], *self.out_shape[2:]), x.dtype)
        flat = out.reshape(*x.shape[:2], -1)
        values = x.reshape(*x.shape[:2], -1)
        np.put_along_axis(flat, self.places, values, axis=2)
        self.winners = self._winners(flat.shape)
        return out

    def _winners(self, flat_shape: tuple) -> np.ndarray | None:
        """Return whose number stayed, None if no two share a pixel."""
        pool = self.pooling
        if pool.stride >= max(pool.pool_h, pool.pool_w):
            return None
        order = np.broadcast_to(
            np.arange(self.places.shape[2]), self.places.shape
        )
        writer = np.zeros(flat_shape, order.dtype)
        np.put_along_axis(writer, self.places, order, axis=2)
        return np.take_along_axis(writer, self.places, axis=2) == order

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx (N, C, OH, OW): dout at the places written to.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        check_dout(dout, self.out_shape)
        flat = dout.reshape(*dout.shape[:2], -1)
        dx = np.take_along_axis(flat, self.places, axis=2)
        if self.winners is not None:
            dx *= self.winners
        return dx.reshape(self.x_shape)
