"""Layers with forward and backward, fast by their memory layout.

Each layer keeps in forward what its backward needs. Columns are laid out
(N, C*FH*FW, OH*OW), so that one batched product gives (N, FN, OH*OW) and
nothing has to be transposed; im2col keeps the row layout for learners.
The batch is shared among threads, which work through it in blocks; how
much each of these steps gains is told in docs/speed.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib._blocks import blocks, in_shares
from course_lib._checks import (
    check_array,
    check_dout,
    check_images,
    check_int,
    check_shape,
)
from course_lib._images import crop, offset_slice, pad_images, windows_of
from course_lib.functional import output_shape

# Each thread's columns of one block of images should fit into the cache.
_BLOCK_BYTES = 1 << 21


class Convolution:
    """Convolve images with filters W (FN, C, FH, FW) and add b (FN,).

    After backward, dW and db hold the gradients of the parameters. Set
    needs_dx to False in the first layer of a network: nobody needs the
    gradient of the images, and backward then returns None.
    """

    def __init__(
        self, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0
    ) -> None:
        check_array("W", W)
        if W.ndim != 4:
            raise ValueError(
                f"W has shape {W.shape}, expected (FN, C, FH, FW); "
                f"a single filter needs W.reshape(1, 1, FH, FW)"
            )
        check_shape("b", b, (W.shape[0],), "b has one number for each filter")
        self.W = W
        self.b = b
        self.stride = check_int("stride", stride, 1)
        self.pad = check_int("pad", pad, 0)
        self.dW: np.ndarray | None = None
        self.db: np.ndarray | None = None
        self.needs_dx = True
        self.x: np.ndarray | None = None
        self.out_shape: tuple | None = None

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return the feature maps (N, FN, OH, OW) of images (N, C, H, W).

        Raises:
            ValueError: x is not (N, C, H, W), its channels are not those
                of W, or the filter is larger than the padded image.
        """
        check_images("x", x)
        FN, C, FH, FW = self.W.shape
        if x.shape[1] != C:
            raise ValueError(
                f"x has shape {x.shape} with {x.shape[1]} channels, expected "
                f"{C} as in W {self.W.shape}; the axes are (N, C, H, W)"
            )
        OH, OW = output_shape(x.shape, FH, FW, self.stride, self.pad)
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
        check_dout(dout, self.out_shape)
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
        x = pad_images(self.x[block], self.pad)
        C, FH, FW, OH, OW = room.shape[1:]
        if FH == FW == self.stride == 1:
            return x.reshape(-1, C, OH * OW)  # columns and x are the same
        windows = windows_of(x, FH, FW, self.stride)
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
                place = offset_slice(padded, fy, fx, OH, OW, self.stride)
                place += dcolumns[:, :, fy, fx]
        dx[...] = crop(padded, self.pad)
