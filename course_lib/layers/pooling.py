"""Pooling layers: the largest or the mean number of each window."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from course_lib._blocks import by_rows
from course_lib._checks import check_dout, check_images, check_int
from course_lib._images import crop, offset_slice, pad_images
from course_lib._order import in_order_of, like, outer_axis
from course_lib.functional import output_shape


class _Pooling:
    """What the pooling layers share: window, stride, pad and their checks."""

    def __init__(
        self, pool_h: int, pool_w: int, stride: int = 1, pad: int = 0
    ) -> None:
        self.pool_h = check_int("pool_h", pool_h, 1)
        self.pool_w = check_int("pool_w", pool_w, 1)
        self.stride = check_int("stride", stride, 1)
        self.pad = check_int("pad", pad, 0)
        if pad >= min(pool_h, pool_w):
            raise ValueError(
                f"pad is {pad}, expected less than the window "
                f"{pool_h} x {pool_w}; a window in the padding sees no pixel"
            )
        self.x_shape: tuple | None = None
        self.out_shape: tuple | None = None
        self.axis = 0

    def _set_shapes(self, x: np.ndarray) -> None:
        """Check images x (N, C, H, W) and note the shapes for backward."""
        check_images("x", x)
        size = output_shape(
            x.shape, self.pool_h, self.pool_w, self.stride, self.pad
        )
        self.x_shape = x.shape
        self.out_shape = (*x.shape[:2], *size)
        # Shares of the images, or of the channels if images lie together.
        self.axis = 1 if outer_axis(x) else 0

    def _slices(self, x: np.ndarray) -> list[np.ndarray]:
        """Return views (n, C, OH, OW), one for each pixel of the window."""
        OH, OW = self.out_shape[2:]
        return [
            offset_slice(x, fy, fx, OH, OW, self.stride)
            for fy in range(self.pool_h)
            for fx in range(self.pool_w)
        ]

    def _scatter(self, parts: Iterable[np.ndarray], dx: np.ndarray) -> None:
        """Sum one part (n, C, OH, OW) for each pixel of the window in dx."""
        n, C, H, W = dx.shape
        padded = dx
        if self.pad:
            size = (H + 2 * self.pad, W + 2 * self.pad)
            padded = in_order_of(dx, (n, C, *size))
        padded[...] = 0
        overlap = self.stride < max(self.pool_h, self.pool_w)
        for place, part in zip(self._slices(padded), parts):
            if overlap:
                place += part
            else:
                place[...] = part
        if self.pad:
            dx[...] = crop(padded, self.pad)


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

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return the maxima (N, C, OH, OW) of images (N, C, H, W).

        Raises:
            ValueError: x is not (N, C, H, W) or smaller than the window.
        """
        self._set_shapes(x)
        out = in_order_of(x, self.out_shape)
        last_index = self.pool_h * self.pool_w - 1
        index_type = np.min_scalar_type(last_index)
        self.argmax = in_order_of(x, self.out_shape, index_type)
        by_rows(self._forward, x, out, self.argmax, axis=self.axis)
        return out

    def _forward(
        self, x: np.ndarray, out: np.ndarray, argmax: np.ndarray
    ) -> None:
        """Write the maxima of a block of images and where they are."""
        padded = pad_images(x, self.pad, _lowest(x.dtype))
        first, *others = self._slices(padded)
        out[...] = first
        argmax[...] = 0
        for i, part in enumerate(others, start=1):
            # Every second pixel is slow to read, so read it only once.
            part = part.copy(order="K")
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
        check_dout(dout, self.out_shape)
        dx = in_order_of(self.argmax, self.x_shape, dout.dtype)
        by_rows(self._backward, dx, dout, self.argmax, axis=self.axis)
        return dx

    def places(self) -> np.ndarray:
        """Return where the maxima are: (N, C, OH*OW) indices into H*W."""
        H, W = self.x_shape[2:]
        OH, OW = self.out_shape[2:]
        fy, fx = np.divmod(self.argmax.astype(np.intp), self.pool_w)
        y = fy + (self.stride * np.arange(OH) - self.pad)[:, np.newaxis]
        x = fx + (self.stride * np.arange(OW) - self.pad)
        # Only a window of nothing but -inf finds its first in the padding.
        y, x = np.clip(y, 0, H - 1), np.clip(x, 0, W - 1)
        return (y * W + x).reshape(*self.out_shape[:2], OH * OW)

    def _backward(
        self, dx: np.ndarray, dout: np.ndarray, argmax: np.ndarray
    ) -> None:
        """Write dx of a block of images."""
        window = range(self.pool_h * self.pool_w)
        dout = like(argmax, dout)
        self._scatter((dout * (argmax == i) for i in window), dx)


class AveragePooling(_Pooling):
    """Take the mean of each window; padding counts as zeros in it.

    The sum is always divided by pool_h * pool_w, as torch does with its
    default count_include_pad=True.
    """

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return the means (N, C, OH, OW) of images (N, C, H, W).

        Raises:
            ValueError: x is not (N, C, H, W) or smaller than the window.
        """
        self._set_shapes(x)
        area = self.pool_h * self.pool_w
        out = in_order_of(x, self.out_shape, (x[:0] / area).dtype)
        by_rows(self._forward, x, out, axis=self.axis)
        return out

    def _forward(self, x: np.ndarray, out: np.ndarray) -> None:
        """Write the means of a block of images."""
        first, *others = self._slices(pad_images(x, self.pad))
        out[...] = first
        for part in others:
            out += part
        out /= self.pool_h * self.pool_w

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx (N, C, H, W): dout is shared equally by a window.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        check_dout(dout, self.out_shape)
        area = self.pool_h * self.pool_w
        dx = in_order_of(dout, self.x_shape, (dout[:0] / area).dtype)
        by_rows(self._backward, dx, dout, axis=1 if outer_axis(dout) else 0)
        return dx

    def _backward(self, dx: np.ndarray, dout: np.ndarray) -> None:
        """Write dx of a block of images."""
        area = self.pool_h * self.pool_w
        self._scatter([dout / area] * area, dx)
