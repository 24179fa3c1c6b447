"""Selective search: propose regions by merging what looks alike.

The deck's four steps, after Uijlings et al., "Selective Search for Object
Recognition" (2013):

1. segment: divide the image into small regions.
2. similarity: compare each two neighbours.
3. merge: unite the two that are most alike.
4. Repeat 2 and 3 until one region is left. The box of every region that
   ever was is a proposal.

The paper compares colour, texture, size and fill, in several colour
spaces. Here it is colour, size and fill, once: strokes have no texture.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from course_lib._checks import check_array

BINS = 8  # of the colour histogram, for each channel
Pair = tuple[int, int]


class Region(NamedTuple):
    """A part of the image.

    Attributes:
        size: number of pixels.
        box: (x1, y1, x2, y2), end exclusive.
        colours: histogram (3 * BINS,) of its pixels; it sums to 1.
    """

    size: int
    box: tuple[int, int, int, int]
    colours: np.ndarray


def similarity(a: Region, b: Region, image_size: int) -> float:
    """Return how alike two neighbours are, 0 to 3.

    Colour is the common part of the histograms. Size is near 1 for two
    small regions, so that small ones are merged early. Fill is near 1 if
    the two fill the box around them, as a hole and its rim do.

    Args:
        a: a region.
        b: another region.
        image_size: number of pixels of the image.
    """
    colour = float(np.minimum(a.colours, b.colours).sum())
    both = a.size + b.size
    size = 1 - both / image_size
    x1, y1, x2, y2 = _around(a, b)
    fill = 1 - ((x2 - x1) * (y2 - y1) - both) / image_size
    return colour + size + fill


def merge(a: Region, b: Region) -> Region:
    """Return the union of two regions.

    The histogram is the mean of both, weighted by size: no pixel has to be
    looked at again.
    """
    size = a.size + b.size
    colours = (a.size * a.colours + b.size * b.colours) / size
    return Region(size, _around(a, b), colours)


def _around(a: Region, b: Region) -> tuple[int, int, int, int]:
    """Return the box around two regions."""
    (ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2) = a.box, b.box
    return min(ax1, bx1), min(ay1, by1), max(ax2, bx2), max(ay2, by2)


def selective_search(
    image: np.ndarray,
    k: float = 0.25,
    smallest: int = 4,
    similarity: Callable[[Region, Region, int], float] = similarity,
    merge: Callable[[Region, Region], Region] = merge,
) -> np.ndarray:
    """Return proposals (n, 4), float32, without doubles.

    Args:
        image: (3, H, W), floats in 0..1.
        k: as for segment; larger gives fewer regions to begin with.
        smallest: pixels of the smallest region to begin with.
        similarity: yours fits as well.
        merge: yours fits as well.

    Raises:
        ValueError: image is not (3, H, W) of floats.
    """
    regions = merge_all(image, segment(image, k, smallest), similarity, merge)
    boxes = np.array([region.box for region in regions], np.float32)
    _, first = np.unique(boxes, axis=0, return_index=True)
    return boxes[np.sort(first)]


def merge_all(
    image: np.ndarray,
    parts: np.ndarray,
    similarity: Callable[[Region, Region, int], float] = similarity,
    merge: Callable[[Region, Region], Region] = merge,
) -> list[Region]:
    """Return the regions of step 1, then those that merging makes.

    Args:
        image: (3, H, W), floats in 0..1.
        parts: number of the region of each pixel (H, W), from segment.
        similarity: similarity(a, b, image_size), the most alike first.
        merge: merge(a, b).
    """
    regions = regions_of(image, parts)
    size = parts.size
    alike = {
        (i, j): similarity(regions[i], regions[j], size)
        for i, j in neighbours(parts)
    }
    while alike:
        i, j = max(alike, key=alike.__getitem__)
        new = len(regions)
        # A merge of your own may return a plain tuple.
        regions.append(Region(*merge(regions[i], regions[j])))
        touching = set()
        for pair in [p for p in alike if i in p or j in p]:
            del alike[pair]
            touching.update(pair)
        for other in sorted(touching - {i, j}):
            alike[other, new] = similarity(regions[other], regions[new], size)
    return regions


def check_image(image: np.ndarray) -> None:
    """Raise ValueError unless image is (3, H, W) of floats."""
    check_array("image", image)
    if image.ndim != 3 or len(image) != 3:
        raise ValueError(
            f"image has shape {image.shape}, expected (3, H, W); one image "
            f"of a batch is images[i]"
        )
    if image.dtype.kind != "f":
        raise ValueError(
            f"image has dtype {image.dtype}, expected floats in 0..1; divide "
            f"bytes by 255"
        )


def regions_of(image: np.ndarray, parts: np.ndarray) -> list[Region]:
    """Return the regions whose numbers (H, W) are 0, 1, ... in parts."""
    check_image(image)
    count = int(parts.max()) + 1
    flat = parts.reshape(-1)
    sizes = np.bincount(flat, minlength=count)
    bins = np.minimum(image.reshape(3, -1) * BINS, BINS - 1).astype(int)
    colours = np.zeros((count, 3, BINS), np.float32)
    for channel in range(3):
        place = flat * BINS + bins[channel]
        counts = np.bincount(place, minlength=count * BINS)
        colours[:, channel] = counts.reshape(count, BINS)
    colours = colours.reshape(count, -1) / (3 * sizes[:, np.newaxis])
    rows, columns = np.divmod(np.arange(flat.size), parts.shape[1])
    start = np.full((2, count), flat.size)
    end = np.zeros((2, count), int)
    for axis, places in enumerate((columns, rows)):
        np.minimum.at(start[axis], flat, places)
        np.maximum.at(end[axis], flat, places + 1)
    boxes = np.concatenate([start, end]).T.tolist()
    return [
        Region(int(n), tuple(box), histogram)
        for n, box, histogram in zip(sizes, boxes, colours)
    ]


def neighbours(parts: np.ndarray) -> list[Pair]:
    """Return the pairs (i, j), i < j, of regions with a common side."""
    across = parts[:, :-1].reshape(-1), parts[:, 1:].reshape(-1)
    down = parts[:-1].reshape(-1), parts[1:].reshape(-1)
    pairs = np.stack([np.concatenate(p) for p in zip(across, down)])
    pairs = np.unique(np.sort(pairs[:, pairs[0] != pairs[1]], axis=0), axis=1)
    return [(i, j) for i, j in pairs.T.tolist()]


def segment(
    image: np.ndarray, k: float = 0.25, smallest: int = 4
) -> np.ndarray:
    """Return the number of the region of each pixel (H, W), from 0 on.

    Neighbouring pixels are joined, the most alike first, unless they
    differ more than what is already usual in their two regions plus k /
    size: Felzenszwalb and Huttenlocher, "Efficient Graph-Based Image
    Segmentation" (2004). Regions that stay too small then join the
    neighbour that is most alike.

    Args:
        image: (3, H, W), floats in 0..1.
        k: larger gives larger regions.
        smallest: pixels of the smallest region.

    Raises:
        ValueError: image is not (3, H, W) of floats.
    """
    check_image(image)
    H, W = image.shape[1:]
    starts, ends, differences = _edges(_smooth(image))
    root = list(range(H * W))
    size = [1] * (H * W)
    limit = [k] * (H * W)

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = i = root[root[i]]
        return i

    def join(a: int, b: int, difference: float) -> None:
        root[b] = a
        size[a] += size[b]
        limit[a] = difference + k / size[a]

    edges = list(zip(starts, ends, differences))
    for i, j, difference in edges:
        a, b = find(i), find(j)
        if a != b and difference <= limit[a] and difference <= limit[b]:
            join(a, b, difference)
    for i, j, difference in edges:
        a, b = find(i), find(j)
        if a != b and min(size[a], size[b]) < smallest:
            join(a, b, difference)
    roots = np.array([find(i) for i in range(H * W)])
    return np.unique(roots, return_inverse=True)[1].reshape(H, W)


def _smooth(image: np.ndarray) -> np.ndarray:
    """Return the image (3, H, W) with less noise."""
    for axis in (1, 2):
        before = np.pad(image, [(0, 0)] + [(1, 1)] * 2, mode="edge")
        inner = [slice(None), slice(1, -1), slice(1, -1)]
        parts = []
        for shift in (slice(0, -2), slice(1, -1), slice(2, None)):
            inner[axis] = shift
            parts.append(before[tuple(inner)])
        image = (parts[0] + 2 * parts[1] + parts[2]) / 4
    return image


def _edges(image: np.ndarray) -> tuple[list[int], list[int], list[float]]:
    """Return both pixels and the difference of each edge, least first.

    A pixel has edges to its eight neighbours: strokes may be diagonal.
    """
    H, W = image.shape[1:]
    number = np.arange(H * W).reshape(H, W)
    edges = []
    for dy, dx in ((0, 1), (1, 0), (1, 1), (1, -1)):
        first = (slice(0, H - dy), slice(max(0, -dx), W - max(0, dx)))
        second = (slice(dy, H), slice(max(0, dx), W + min(0, dx)))
        change = image[:, first[0], first[1]] - image[:, second[0], second[1]]
        away = np.sqrt((change * change).sum(axis=0))
        edges.append([number[first], number[second], away])
    starts, ends, away = (
        np.concatenate([part.reshape(-1) for part in parts])
        for parts in zip(*edges)
    )
    order = np.argsort(away, kind="stable")
    return starts[order].tolist(), ends[order].tolist(), away[order].tolist()
