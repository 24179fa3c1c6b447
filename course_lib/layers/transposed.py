"""Layers that make maps larger: transposed convolution, upsampling."""

from __future__ import annotations

import numpy as np

from course_lib._blocks import blocks, in_shares
from course_lib._checks import (
    check_dout,
    check_filters,
    check_images,
    check_int,
    check_output_padding,
    check_shape,
)
from course_lib._images import offset_slice
from course_lib.functional import transposed_output_size
from course_lib.layers.convolution import Convolution

# Each thread's products of one block of images should fit into the cache.
_BLOCK_BYTES = 1 << 21


class TransposedConvolution:
    """Let each pixel write a filter, W (C, FN, FH, FW), into a larger map.

    A pixel of channel c adds its value times W[c] to all FN maps; the next
    pixel does so `stride` pixels further on, and what overlaps is summed.
    Then b (FN,) is added, `pad` pixels are cut off on each side, and
    output_padding (less than the stride) rows and columns are added at the
    bottom and at the right. Forward is what backward of a `Convolution`
    with the same W, stride and pad does to dout, hence the name.

    After backward, dW and db hold the gradients of the parameters.
    """

    def __init__(
        self,
        W: np.ndarray,
        b: np.ndarray,
        stride: int = 1,
        pad: int = 0,
        output_padding: int = 0,
    ) -> None:
        check_filters(W, "(C, FN, FH, FW)")
        slip = "b has one number for each map of W (C, FN, FH, FW)"
        check_shape("b", b, (W.shape[1],), slip)
        self.W = W
        self.b = b
        self.stride = check_int("stride", stride, 1)
        self.pad = check_int("pad", pad, 0)
        self.output_padding = check_output_padding(output_padding, self.stride)
        self.dW: np.ndarray | None = None
        self.db: np.ndarray | None = None
        self.x: np.ndarray | None = None
        self.out_shape: tuple | None = None

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return maps (N, FN, OH, OW) from x (N, C, H, W).

        OH and OW are those of `transposed_output_size`.

        Raises:
            ValueError: x is not (N, C, H, W), its channels are not those
                of W, or pad cuts everything off.
        """
        check_images("x", x)
        C, FN, FH, FW = self.W.shape
        if x.shape[1] != C:
            raise ValueError(
                f"x has shape {x.shape} with {x.shape[1]} channels, expected "
                f"{C} as in W {self.W.shape}; W is (C, FN, FH, FW) here, "
                f"inputs first"
            )
        steps = self.stride, self.pad, self.output_padding
        OH = transposed_output_size(x.shape[2], FH, *steps)
        OW = transposed_output_size(x.shape[3], FW, *steps)
        self.x = x
        self.out_shape = (len(x), FN, OH, OW)
        out = np.empty(self.out_shape, np.result_type(x, self.W, self.b))
        numbers = x.size // max(1, C) * self.W.size
        in_shares(lambda share: self._forward(share, out), len(x), numbers)
        return out

    def _forward(self, share: slice, out: np.ndarray) -> None:
        """Write the maps of a share of the images to out."""
        C, FN, FH, FW = self.W.shape
        H, W = self.x.shape[2:]
        image_bytes = FN * FH * FW * H * W * out.itemsize
        size = max(1, _BLOCK_BYTES // max(1, image_bytes))
        for block in blocks(share, size):
            x = self.x[block].reshape(-1, C, H * W)
            products = self.W.reshape(C, -1).T @ x
            products = products.reshape(-1, FN, FH, FW, H, W)
            out[block] = self._write(products, out.dtype)

    def _write(self, products: np.ndarray, dtype: np.dtype) -> np.ndarray:
        """Sum products (n, FN, FH, FW, H, W) where they overlap; add b."""
        n, FN, FH, FW, H, W = products.shape
        OH, OW = (size + 2 * self.pad for size in self.out_shape[2:])
        padded = np.empty((n, FN, OH, OW), dtype)
        padded[...] = self.b[:, np.newaxis, np.newaxis]
        for fy in range(FH):
            for fx in range(FW):
                place = offset_slice(padded, fy, fx, H, W, self.stride)
                place += products[:, :, fy, fx]
        return padded[:, :, self.pad : OH - self.pad, self.pad : OW - self.pad]

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Set dW and db, return dx (N, C, H, W) from dout (N, FN, OH, OW).

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        check_dout(dout, self.out_shape)
        # The same filters, read as those of a convolution of dout: its
        # result is dx, and its dW with x for dout is ours.
        no_bias = np.zeros(len(self.W), self.W.dtype)
        convolution = Convolution(self.W, no_bias, self.stride, self.pad)
        convolution.needs_dx = False
        dx = convolution.forward(dout)
        convolution.backward(self.x)
        self.dW = convolution.dW
        self.db = dout.sum(axis=(0, 2, 3))
        return dx


class Upsample:
    """Repeat each pixel factor times downwards and to the right."""

    def __init__(self, factor: int) -> None:
        self.factor = check_int("factor", factor, 1)
        self.out_shape: tuple | None = None

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return (N, C, H * factor, W * factor) from x (N, C, H, W).

        Raises:
            ValueError: x is not (N, C, H, W).
        """
        check_images("x", x)
        out = x.repeat(self.factor, axis=2).repeat(self.factor, axis=3)
        self.out_shape = out.shape
        return out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx (N, C, H, W): each pixel's copies are summed.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        check_dout(dout, self.out_shape)
        N, C, OH, OW = dout.shape
        f = self.factor
        return dout.reshape(N, C, OH // f, f, OW // f, f).sum(axis=(3, 5))
