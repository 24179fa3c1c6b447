"""Pooling of regions: as many numbers from each, however large it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_lib._checks import check_dout, check_int, check_maps

# Numbers that are looked at once; the workspace stays at a few times this.
_BLOCK_NUMBERS = 1 << 20


class RoIPooling:
    """Divide each region of a map into out_h x out_w bins; keep maxima.

    As in Girshick, "Fast R-CNN" (2015): corners are rounded to whole
    pixels of the map, a region is at least one pixel wide and high, bin i
    of n goes from floor(i * size / n) to ceil((i + 1) * size / n), so that
    neighbours may share a pixel. What lies outside the map is left out; a
    bin without a pixel gives 0.

    Args:
        out_h: bins from top to bottom.
        out_w: bins from left to right.
        scale: pixels of the map in one pixel of the boxes, such as 1/8 if
            the layers before have divided the image's size by 8.
    """

    def __init__(self, out_h: int, out_w: int, scale: float = 1.0) -> None:
        self.out_h = check_int("out_h", out_h, 1)
        self.out_w = check_int("out_w", out_w, 1)
        if not 0 < scale < np.inf:
            raise ValueError(
                f"scale is {scale!r}, expected a positive number; it is the "
                f"map's size divided by the image's"
            )
        self.scale = scale
        self.x_shape: tuple | None = None
        self.out_shape: tuple | None = None
        self.argmax: np.ndarray | None = None

    def forward(
        self,
        x: np.ndarray,
        rois: np.ndarray | Sequence[np.ndarray],
        train_flg: bool = True,
    ) -> np.ndarray:
        """Return (n, C, out_h, out_w): the maxima of n regions.

        Args:
            x: maps (N, C, H, W).
            rois: (n, 5) with rows (image, x1, y1, x2, y2), or a list with
                one array (n_i, 4) of boxes for each image. x2 and y2 are
                exclusive.
            train_flg: makes no difference here.

        Raises:
            ValueError: shapes do not fit, or a row names no image.
        """
        check_maps("x", x)
        rois = _as_rows(rois, len(x))
        images = rois[:, 0].astype(np.intp)
        boxes = np.floor(rois[:, 1:] * self.scale + 0.5).astype(np.intp)
        H, W = x.shape[2:]
        rows = _bins(boxes[:, 1], boxes[:, 3], self.out_h, H)
        columns = _bins(boxes[:, 0], boxes[:, 2], self.out_w, W)
        out, self.argmax = _maxima(x, images, rows, columns)
        self.x_shape, self.out_shape = x.shape, out.shape
        return out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return the gradient (N, C, H, W) of the maps.

        What regions and bins share gets the sum of their gradients.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        check_dout(dout, self.out_shape)
        return _scatter(dout, self.argmax, self.x_shape)


class SpatialPyramidPooling:
    """Turn maps of any size into as many numbers: maxima on grids.

    Level l divides the map into l x l bins, of which each channel gives
    its maxima; (1, 2, 4) makes 1 + 4 + 16 = 21 numbers a channel. Sizes
    need not be divisible: bins share pixels then, as in
    torch.nn.AdaptiveMaxPool2d. See He et al., "Spatial Pyramid Pooling in
    Deep Convolutional Networks for Visual Recognition" (2014).
    """

    def __init__(self, levels: Sequence[int] = (1, 2, 4)) -> None:
        try:
            levels = tuple(levels)
        except TypeError:
            levels = ()
        if not levels:
            raise ValueError(
                "levels is empty or no sequence, expected bins a side such "
                "as (1, 2, 4)"
            )
        self.levels = tuple(check_int("levels", n, 1) for n in levels)
        self.x_shape: tuple | None = None
        self.out_shape: tuple | None = None
        self.argmax: list[np.ndarray] = []

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return (N, C * bins) from x (N, C, H, W).

        Level after level, and in each channel after channel.

        Raises:
            ValueError: x is not (N, C, H, W).
        """
        check_maps("x", x)
        N, C, H, W = x.shape
        parts, self.argmax = [], []
        for level in self.levels:
            start = np.zeros(N, np.intp)
            rows = _bins(start, start + H, level, H)
            columns = _bins(start, start + W, level, W)
            out, argmax = _maxima(x, np.arange(N), rows, columns)
            parts.append(out.reshape(N, C * level**2))
            self.argmax.append(argmax)
        out = np.concatenate(parts, axis=1)
        self.x_shape, self.out_shape = x.shape, out.shape
        return out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx (N, C, H, W): dout goes to the maxima of the bins.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        check_dout(dout, self.out_shape)
        C = self.x_shape[1]
        ends = np.cumsum([C * level**2 for level in self.levels])[:-1]
        dx = np.zeros(self.x_shape, dout.dtype)
        for part, argmax in zip(np.split(dout, ends, axis=1), self.argmax):
            dx += _scatter(part.reshape(argmax.shape), argmax, self.x_shape)
        return dx


def _as_rows(rois: np.ndarray | Sequence[np.ndarray], N: int) -> np.ndarray:
    """Return regions as rows (image, x1, y1, x2, y2), checked."""
    if not isinstance(rois, np.ndarray):
        rois = _join(rois, N)
    if rois.ndim != 2 or rois.shape[1] != 5:
        raise ValueError(
            f"rois has shape {rois.shape}, expected (n, 5) with rows (image, "
            f"x1, y1, x2, y2); boxes without an image are given as a list "
            f"with one array (n, 4) for each image"
        )
    rois = rois.astype(float)
    if not np.isfinite(rois).all():
        raise ValueError("rois holds inf or nan, expected finite numbers")
    images = rois[:, 0]
    if ((images < 0) | (images >= N) | (images % 1 != 0)).any():
        raise ValueError(
            f"rois names images {images.min():g}..{images.max():g}, expected "
            f"whole numbers from 0 to {N - 1}; the first column is the image"
        )
    return rois


def _join(boxes: Sequence[np.ndarray], N: int) -> np.ndarray:
    """Return one array (n, 5) for a list of N arrays (n_i, 4)."""
    if len(boxes) != N:
        raise ValueError(
            f"rois has {len(boxes)} arrays of boxes, expected {N}, one for "
            f"each image; an image without boxes has an array (0, 4)"
        )
    rows = [np.empty((0, 5))]
    for image, own in enumerate(boxes):
        own = np.asarray(own, dtype=float)
        if own.size == 0:
            continue
        if own.ndim != 2 or own.shape[1] != 4:
            raise ValueError(
                f"rois[{image}] has shape {own.shape}, expected (n, 4) with "
                f"rows (x1, y1, x2, y2)"
            )
        rows.append(np.insert(own, 0, image, axis=1))
    return np.concatenate(rows)


def _bins(
    start: np.ndarray, end: np.ndarray, count: int, limit: int
) -> np.ndarray:
    """Return the places (n, count, k) of the pixels of each bin.

    A bin with fewer than k pixels repeats its last one, which changes no
    maximum; one without any pixel inside 0..limit-1 holds -1.
    """
    size = np.maximum(end - start, 1)[:, np.newaxis]
    i = np.arange(count)
    first = start[:, np.newaxis] + i * size // count
    last = start[:, np.newaxis] - (-(i + 1) * size // count) - 1
    first, last = np.maximum(first, 0), np.minimum(last, limit - 1)
    length = int((last - first + 1).max(initial=1))
    places = first[..., np.newaxis] + np.arange(max(1, length))
    places = np.minimum(places, last[..., np.newaxis])
    return np.where((first > last)[..., np.newaxis], -1, places)


def _maxima(
    x: np.ndarray, images: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the maxima (n, C, out_h, out_w) of all bins, and their places.

    A place is an index into x.ravel(), -1 for a bin without any pixel.
    """
    C, H, W = x.shape[1:]
    n, out_h, kh = rows.shape
    out_w, kw = columns.shape[1:]
    pixels = x.transpose(0, 2, 3, 1).reshape(-1, H * W, C)  # channels last
    out = np.empty((n, out_h * out_w, C), x.dtype)
    argmax = np.empty((n, out_h * out_w, C), np.intp)
    step = max(1, _BLOCK_NUMBERS // max(1, out[:1].size * kh * kw))
    for i in range(0, n, step):
        block = slice(i, i + step)
        r = rows[block][:, :, np.newaxis, :, np.newaxis]
        c = columns[block][:, np.newaxis, :, np.newaxis, :]
        places = np.where((r < 0) | (c < 0), -1, r * W + c)
        places = places.reshape(-1, out_h * out_w, kh * kw)
        image = images[block][:, np.newaxis, np.newaxis]
        values = pixels[image, places]
        best = values.argmax(axis=2)[:, :, np.newaxis]
        maxima = np.take_along_axis(values, best, axis=2)[:, :, 0]
        where = np.take_along_axis(places, best[:, :, 0], axis=2)
        out[block] = np.where(where < 0, 0, maxima)
        place = (image * C + np.arange(C)) * (H * W) + where
        argmax[block] = np.where(where < 0, -1, place)
    shape = (n, out_h, out_w, C)
    return tuple(
        np.ascontiguousarray(a.reshape(shape).transpose(0, 3, 1, 2))
        for a in (out, argmax)
    )


def _scatter(
    dout: np.ndarray, argmax: np.ndarray, x_shape: tuple
) -> np.ndarray:
    """Return dx (N, C, H, W): the sum of dout at each place."""
    dx = np.zeros(x_shape, dout.dtype)
    found = argmax >= 0
    np.add.at(dx.reshape(-1), argmax[found], dout[found])
    return dx
