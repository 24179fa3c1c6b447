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
times as fast by its memory layout (course_lib/_order.py). All images of a
row of pixels lie together. Columns are made by shifting rows along their
width only; FH rows below each other then *are* the columns of one row of
the result, without being copied:

    W (FN, FH*C*FW) @ columns (FH*C*FW, OW*N) -> row (FN, OW*N)

Backward goes the same way: FH rows of dout make a row of dx. Threads share
the rows and work through them in blocks; how much each of these steps
gains is told in docs/speed.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import gcd
from typing import Any, NamedTuple

import numpy as np

from course_lib._blocks import blocks, in_shares
from course_lib._checks import (
    check_dout,
    check_filters,
    check_images,
    check_int,
    check_shape,
)
from course_lib._order import (
    new_images,
    padded_rows,
    row_windows,
    rows_of,
    together,
)
from course_lib.functional import output_shape
from course_lib.layers import depthwise

# Each thread works on so many bytes of columns at once.
_BLOCK_BYTES = 3 << 20
# The row of a product has so many numbers; longer ones are cut.
_ROW_NUMBERS = 3000

# OpenBLAS multiplies M x K by K x L more directly if M * K * L is small.
_SMALL_PRODUCT = 1_000_000
# So many numbers of dx are made at once.
_DX_NUMBERS = 1 << 16
_SHORT = 64  # an L below this is slow


class _Block(NamedTuple):
    """A part of the work: which images, rows and columns of the result."""

    b: int
    rows: slice
    columns: slice
    images: slice


class _Phase(NamedTuple):
    """Rows first, first + stride, ... of x, which meet the same filters."""

    first: int
    offset: int
    filters: np.ndarray
    count: int


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
        self.together = False
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
        # x itself, not its columns: those are FW times as large, and
        # backward makes them again, block by block.
        self.x = x
        self.out_shape = (len(x), FN, OH, OW)
        self.together = together(x, OW)
        if self._is_depthwise():
            return depthwise.forward(self, x)
        dtype = np.result_type(x, self.W, self.b)
        out, rows = new_images(self.out_shape, dtype, self.together)
        self._in_shares(lambda share: self._forward(share, rows))
        return out

    def _is_depthwise(self) -> bool:
        """Return whether each channel has one filter of its own."""
        return self.groups == self.x.shape[1] == len(self.W) > 1

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
        if self._is_depthwise():
            dx, self.dW, self.db = depthwise.backward(self, dout)
            return dx
        dx = dx_rows = None
        if self.needs_dx:
            dtype = np.result_type(self.W, dout)
            dx, dx_rows = new_images(self.x.shape, dtype, self.together)
        dout = rows_of(dout, self.together)
        shares = self._in_shares(lambda s: self._backward(s, dout, dx_rows))
        dW, db = (sum(parts) for parts in zip(*shares))
        _, C, FH, FW = self.W.shape
        dW = dW.reshape(self.groups, FH, C, FW, -1).transpose(0, 4, 2, 1, 3)
        self.dW = np.ascontiguousarray(dW).reshape(self.W.shape)
        self.db = db
        return dx

    def _in_shares(self, work: Callable[[slice], Any]) -> list[Any]:
        """Call work(share) for shares of the rows, one a thread."""
        N, FN, OH, OW = self.out_shape
        count = OH if self.together else N * OH
        return in_shares(work, count, N * OH * OW * (FN + self.W[0].size))

    def _blocks(self, share: slice) -> Iterator[_Block]:
        """Yield blocks of a share of the rows, small enough for the cache."""
        N, _, OH, OW = self.out_shape
        n = N if self.together else 1
        images = max(1, min(n, _ROW_NUMBERS))
        width = _equal_part(OW, max(1, _ROW_NUMBERS // images))
        row = self.x.shape[1] * self.W.shape[3] * width * images
        FH = self.W.shape[2]  # a block needs FH - 1 rows more than it has
        size = max(FH, _BLOCK_BYTES // (row * self.x.itemsize) - FH + 1)
        for b in range(share.start // OH, -(-share.stop // OH)):
            first = max(share.start - b * OH, 0)
            last = min(share.stop - b * OH, OH)
            size = _equal_part(last - first, size)
            for n0 in range(0, n, images):
                for x0 in range(0, OW, width):
                    for y0 in range(first, last, size):
                        yield _Block(
                            b,
                            slice(y0, min(y0 + size, last)),
                            slice(x0, min(x0 + width, OW)),
                            slice(n0, min(n0 + images, n)),
                        )

    def _forward(self, share: slice, out: np.ndarray) -> None:
        """Write a share of the rows (B, OH, FN, OW, n) of the maps."""
        G, FN = self.groups, len(self.W)
        x = rows_of(self.x, self.together)
        W = self.W.reshape(G, FN // G, *self.W.shape[1:])
        W = W.transpose(0, 1, 3, 2, 4).reshape(G, FN // G, -1)
        b = self.b[:, np.newaxis]
        for block in self._blocks(share):
            columns = self._columns(x, block)
            maps = out[block.b, block.rows, :, block.columns, block.images]
            maps = maps.reshape(*maps.shape[:2], -1)
            grouped = maps.reshape(len(maps), *W.shape[:2], -1)
            _multiply(W, columns, grouped)
            maps += b

    def _columns(self, x: np.ndarray, block: _Block) -> np.ndarray:
        """Return the block's columns (rows, G, FH*C/G*FW, OW*n)."""
        FH, FW = self.W.shape[2:]
        s, p, d = self.stride, self.pad, self.dilation
        y0, y1 = block.rows.start * s - p, (block.rows.stop - 1) * s - p
        x0, x1 = block.columns.start * s - p, (block.columns.stop - 1) * s - p
        rows = padded_rows(
            x[block.b, ..., block.images],
            slice(y0, y1 + (FH - 1) * d + 1),
            slice(x0, x1 + (FW - 1) * d + 1),
        )
        shifted = rows[:, :, np.newaxis]
        if FW > 1 or s > 1:
            R, C, _, n = rows.shape
            width = block.columns.stop - block.columns.start
            shifted = np.empty((R, C, FW, width, n), rows.dtype)
            for fx in range(FW):
                last = fx * d + (width - 1) * s + 1
                shifted[:, :, fx] = rows[:, :, fx * d : last : s]
        return row_windows(shifted, FH, s, d, self.groups)

    def _backward(
        self, share: slice, dout: np.ndarray, dx: np.ndarray | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Write a share of the rows of dx; return its parts of dW and db.

        dW is (G, FH*C/G*FW, FN/G) here.
        """
        G, FN = self.groups, len(self.W)
        x = rows_of(self.x, self.together)
        dtype = np.result_type(x, self.W, dout)
        dW = np.zeros((G, self.W[0].size, FN // G), dtype)
        db = np.zeros(FN, dout.dtype)
        phases = self._phases() if dx is not None else []
        for block in self._blocks(share):
            rows, own = self._dout_rows(dout, block, phases)
            maps = rows[own].reshape(own.stop - own.start, G, FN // G, -1)
            # The long side first: BLAS is a third faster with it than
            # with maps @ columns.T, which is the same, transposed.
            columns = self._columns(x, block)
            dW += np.matmul(columns, maps.swapaxes(2, 3)).sum(axis=0)
            db += maps.sum(axis=(0, 3)).reshape(FN)
            if dx is not None:
                first = block.rows.start - own.start
                target = dx[block.b, ..., block.images]
                self._write_dx(target, rows, first, block, phases)
        return dW, db

    def _phases(self) -> list[_Phase]:
        """Return which rows of the filter meet the rows of x, by phase.

        Row fy of the filter lies on row h of x in row (h + pad - fy *
        dilation) / stride of the result, if that is a whole number: which
        rows do is the same for every stride-th row of x.
        """
        s, p, d = self.stride, self.pad, self.dilation
        G, (FN, C, FH, FW) = self.groups, self.W.shape
        W = self.W.reshape(G, FN // G, C, FH, FW).transpose(0, 2, 4, 3, 1)
        phases = []
        for first in range(s):
            met = [
                fy
                for fy in reversed(range(FH))
                if (first + p - fy * d) % s == 0
            ]
            offset = (first + p - met[0] * d) // s if met else 0
            filters = W[:, :, :, met].reshape(G, C * FW, -1)
            phases.append(_Phase(first, offset, filters, len(met)))
        return phases

    def _dx_rows(self, block: _Block, phase: _Phase) -> tuple[range, int]:
        """Return a block's rows of dx in a phase; their first row of dout."""
        H, OH, s = self.x.shape[2], self.out_shape[2], self.stride
        first, last = (
            y * H // OH for y in (block.rows.start, block.rows.stop)
        )
        first += (phase.first - first) % s
        return range(first, last, s), phase.offset + (first - phase.first) // s

    def _dout_rows(
        self, dout: np.ndarray, block: _Block, phases: list[_Phase]
    ) -> tuple[np.ndarray, slice]:
        """Return rows of dout for a block and its dx; which are its own."""
        first, last = block.rows.start, block.rows.stop
        step = self.dilation // gcd(self.dilation, self.stride)
        for phase in phases:
            rows, top = self._dx_rows(block, phase)
            if rows and phase.count:
                first = min(first, top)
                reach = (phase.count - 1) * step
                last = max(last, top + len(rows) + reach)
        own = slice(block.rows.start - first, block.rows.stop - first)
        images = dout[block.b, ..., block.images]
        return padded_rows(images, slice(first, last), block.columns), own

    def _write_dx(
        self,
        dx: np.ndarray,
        dout: np.ndarray,
        first: int,
        block: _Block,
        phases: list[_Phase],
    ) -> None:
        """Write a block's rows of dx; dout begins with row `first`."""
        G, C, FW = self.groups, self.x.shape[1], self.W.shape[3]
        step = self.dilation // gcd(self.dilation, self.stride)
        for phase in phases:
            rows, top = self._dx_rows(block, phase)
            if not rows:
                continue
            target = dx[rows.start : rows.stop : self.stride]
            if block.columns.start == 0:
                target[...] = 0
            if not phase.count:
                continue
            last = top + len(rows) + (phase.count - 1) * step
            maps = dout[top - first : last - first, :, np.newaxis]
            maps = row_windows(maps, phase.count, 1, step, G)
            shape = *phase.filters.shape[:2], maps.shape[3]
            size = max(1, _DX_NUMBERS // (shape[0] * shape[1] * shape[2]))
            for some in blocks(slice(0, len(maps)), size):
                columns = np.empty((len(maps[some]), *shape), dx.dtype)
                _multiply(phase.filters, maps[some], columns)
                columns = columns.reshape(-1, C, FW, *dout.shape[2:])
                for fx in range(FW):
                    seen, place = self._shift(fx, block.columns, dx.shape[2])
                    target[some, :, place] += columns[:, :, fx, seen]

    def _shift(self, fx: int, columns: slice, W: int) -> tuple[slice, slice]:
        """Return which columns of the result see column fx inside x, where.

        The first slice counts within `columns`, the second in x.
        """
        s = self.stride
        left = columns.start * s + fx * self.dilation - self.pad
        width = columns.stop - columns.start
        first = min(width, max(0, -(left // s)))
        last = max(first, min(width, -((left - W) // s)))
        return slice(first, last), slice(left + first * s, left + last * s, s)


def _multiply(W: np.ndarray, columns: np.ndarray, out: np.ndarray) -> None:
    """Write W (G, M, K) @ columns (..., G, K, L) to out (..., G, M, L).

    OpenBLAS copies matrices into an order of its own first, except in
    products of at most 1e6 numbers: if W is small, that costs more than it
    gains, so L is cut into parts.
    """
    M, K = W.shape[1:]
    L = columns.shape[-1]
    parts = -(-M * K * L // _SMALL_PRODUCT)
    while L % parts and L > parts * _SHORT:
        parts += 1
    if parts == 1 or L % parts or L // parts < _SHORT:
        np.matmul(W, columns, out=out)
        return
    columns, out = (
        a.reshape(*a.shape[:-1], parts, L // parts).swapaxes(-2, -3)
        for a in (columns, out)
    )
    np.matmul(W[:, np.newaxis], columns, out=out)


def _equal_part(size: int, largest: int) -> int:
    """Return the length of equal parts of `size`, none above `largest`."""
    return max(1, -(-size // -(-size // largest))) if size else 1
