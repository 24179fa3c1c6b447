"""Convolution of images with filters.

It all comes down to ten lines, which lesson 5_5 builds up:

    def forward(self, x):
        FN, C, FH, FW = self.W.shape
        N, C, H, W = x.shape
        OH = conv_output_size(H, FH, self.stride, self.pad)
        OW = conv_output_size(W, FW, self.stride, self.pad)
        col = im2col(x, FH, FW, self.stride, self.pad)  # N*OH*OW rows
        out = col @ self.W.reshape(FN, -1).T + self.b
        return out.reshape(N, OH, OW, FN).transpose(0, 3, 1, 2)

What stands here instead is the same with dilation and groups, several
times as fast by its memory layout. Columns are laid out
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
    check_dout,
    check_filters,
    check_images,
    check_int,
    check_shape,
)
from course_lib._images import crop, offset_slice, pad_images, windows_of
from course_lib.functional import output_shape

# Each thread's columns of one block of images should fit into the cache.
_BLOCK_BYTES = 1 << 21


class Convolution:
    """Convolve images with filters W (FN, C // groups, FH, FW), add b (FN,).

    With dilation d the pixels under a filter are d apart. With groups the
    channels and the filters are divided into that many equal parts, and
    each part of the filters sees its own part of the channels; groups = C
    is the depthwise convolution.

    After backward, dW and db hold the gradients of the parameters. Set
    needs_dx to False in the first layer of a network: nobody needs the
    gradient of the images, and backward then returns None.
    """

    def __init__(
        self,
        W: np.ndarray,
        b: np.ndarray,
        stride: int = 1,
        pad: int = 0,
        dilation: int = 1,
        groups: int = 1,
    ) -> None:
        check_filters(W, "(FN, C // groups, FH, FW)")
        check_shape("b", b, (W.shape[0],), "b has one number for each filter")
        self.W = W
        self.b = b
        self.stride = check_int("stride", stride, 1)
        self.pad = check_int("pad", pad, 0)
        self.dilation = check_int("dilation", dilation, 1)
        self.groups = check_int("groups", groups, 1)
        if len(W) % self.groups:
            raise ValueError(
                f"groups is {groups}, expected a divisor of the {len(W)} "
                f"filters of W {W.shape}; each group has equally many"
            )
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
        self._check_input(x)
        FN, _, FH, FW = self.W.shape
        OH, OW = output_shape(
            x.shape, FH, FW, self.stride, self.pad, self.dilation
        )
        # x itself, not its columns: those are FH*FW times as large, and
        # backward makes them again, block by block.
        self.x = x
        self.out_shape = (len(x), FN, OH, OW)
        out = np.empty(self.out_shape, np.result_type(x, self.W, self.b))
        self._in_shares(lambda share: self._forward(share, out))
        return out

    def _check_input(self, x: np.ndarray) -> None:
        """Raise ValueError unless x has the channels that W is made for."""
        check_images("x", x)
        C = self.W.shape[1] * self.groups
        if x.shape[1] != C:
            slip = "the axes are (N, C, H, W)"
            if self.groups > 1:
                slip = (
                    f"with {self.groups} groups W is (FN, C // groups, FH, FW)"
                )
            raise ValueError(
                f"x has shape {x.shape} with {x.shape[1]} channels, expected "
                f"{C} as in W {self.W.shape}; {slip}"
            )

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
        dW = np.ascontiguousarray(dW.swapaxes(1, 2))
        self.dW = dW.reshape(self.W.shape)
        self.db = db.reshape(self.b.shape)
        return dx

    def _in_shares(self, work: Callable[[slice], Any]) -> list[Any]:
        """Call work(share) for shares of the images, one a thread."""
        N, FN, OH, OW = self.out_shape
        return in_shares(work, N, N * OH * OW * (FN + self.W[0].size))

    def _workspace(self, share: slice, dtype: np.dtype) -> np.ndarray:
        """Return room for the columns of a block of the share's images."""
        shape = (self.x.shape[1], *self.W.shape[2:], *self.out_shape[2:])
        image_bytes = int(np.prod(shape)) * np.dtype(dtype).itemsize
        size = max(1, _BLOCK_BYTES // image_bytes)
        size = min(size, max(1, share.stop - share.start))
        return np.empty((size, *shape), dtype)

    def _grouped_filters(self) -> np.ndarray:
        """Return W as (G, FN/G, C/G*FH*FW): a matrix for each group."""
        return self.W.reshape(self.groups, -1, self.W[0].size)

    def _forward(self, share: slice, out: np.ndarray) -> None:
        """Write the feature maps of a share of the images to out."""
        FN, OH, OW = out.shape[1:]
        W, b = self._grouped_filters(), self.b[:, np.newaxis]
        room = self._workspace(share, self.x.dtype)
        for block in blocks(share, len(room)):
            columns = self._columns(block, room)
            maps = out[block].reshape(-1, FN, OH * OW)
            grouped = maps.reshape(len(maps), *W.shape[:2], OH * OW)
            np.matmul(W, columns, out=grouped)
            maps += b

    def _columns(self, block: slice, room: np.ndarray) -> np.ndarray:
        """Return the columns (n, G, C/G*FH*FW, OH*OW), stored in room."""
        x = pad_images(self.x[block], self.pad)
        FH, FW, OH, OW = room.shape[2:]
        shape = (len(x), self.groups, self.W[0].size, OH * OW)
        if FH == FW == self.stride == 1:
            return x.reshape(shape)  # columns and x are the same
        windows = windows_of(x, FH, FW, self.stride, self.dilation)
        columns = room[: len(x)]
        columns[...] = windows.transpose(0, 1, 4, 5, 2, 3)
        return columns.reshape(shape)

    def _backward(
        self, share: slice, dout: np.ndarray, dx: np.ndarray | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Write dx of a share; return its parts of dW (G, K, FN/G), db."""
        W = self._grouped_filters()
        dtype = np.result_type(self.x, W, dout)
        room = self._workspace(share, dtype)
        dW = np.zeros(W.transpose(0, 2, 1).shape, dtype)
        db = np.zeros(W.shape[:2], dout.dtype)
        for block in blocks(share, len(room)):
            columns = self._columns(block, room)
            n, L = len(columns), columns.shape[3]
            maps = dout[block].reshape(n, *W.shape[:2], L)
            # The long side first: BLAS is a third faster with it than
            # with maps @ columns.T, which is the same, transposed.
            dW += np.matmul(columns, maps.swapaxes(2, 3)).sum(axis=0)
            db += maps.sum(axis=(0, 3))
            if dx is not None:
                dcolumns = room[:n]
                flat = dcolumns.reshape(n, *dW.shape[:2], L)
                np.matmul(W.swapaxes(1, 2), maps, out=flat)
                self._add_columns(dcolumns, dx[block])
        return dW, db

    def _add_columns(self, dcolumns: np.ndarray, dx: np.ndarray) -> None:
        """Sum columns (n, C, FH, FW, OH, OW) where they overlap in dx."""
        n, C, FH, FW, OH, OW = dcolumns.shape
        H, W = (size + 2 * self.pad for size in dx.shape[2:])
        padded = np.zeros((n, C, H, W), dx.dtype)
        steps = self.stride, self.dilation
        for fy in range(FH):
            for fx in range(FW):
                place = offset_slice(padded, fy, fx, OH, OW, *steps)
                place += dcolumns[:, :, fy, fx]
        dx[...] = crop(padded, self.pad)
