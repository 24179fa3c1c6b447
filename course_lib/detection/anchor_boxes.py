"""Anchors: boxes laid out over the image, and the objects they belong to.

"Default boxes" are SSD's word for anchors on several feature maps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .boxes import as_boxes, iou, to_corners
from .suppression import Overlap

GROUND, IGNORED = -1, -2  # what an anchor belongs to, if not to an object


def anchors(
    rows: int,
    columns: int,
    stride: float,
    scales: Sequence[float],
    ratios: Sequence[float] = (0.5, 1, 2),
) -> np.ndarray:
    """Return anchors (rows * columns * len(scales) * len(ratios), 4).

    They are ordered by row, column, scale and ratio, and centred on the
    cells of the feature map; see Ren et al., "Faster R-CNN" (2015).

    Args:
        rows: height of the feature map.
        columns: width of the feature map.
        stride: pixels of the image from one cell to the next.
        scales: the anchors' sizes, the root of their area, in pixels.
        ratios: height over width.
    """
    sizes = [(s / r**0.5, s * r**0.5) for s in scales for r in ratios]
    return _grid(rows, columns, stride, stride, sizes)


def _grid(
    rows: int,
    columns: int,
    step_y: float,
    step_x: float,
    sizes: Sequence[tuple[float, float]],
) -> np.ndarray:
    """Return a box of each size (w, h) on each cell, as corners."""
    grid = np.zeros((rows, columns, len(sizes), 4))
    grid[..., 0] = (np.arange(columns)[:, np.newaxis] + 0.5) * step_x
    grid[..., 1] = (np.arange(rows)[:, np.newaxis, np.newaxis] + 0.5) * step_y
    grid[..., 2:] = np.array(sizes, float).reshape(-1, 2)
    return to_corners(grid.reshape(-1, 4))


def default_boxes(
    size: int,
    maps: Sequence[int],
    scales: Sequence[float],
    ratios: Sequence[Sequence[float]],
) -> np.ndarray:
    """Return SSD's default boxes on square feature maps, (n, 4).

    Each cell of map k has a square of scale k, one between the scales k
    and k + 1 (their geometric mean), and for each of its ratios r a wide
    and a high box. See Liu et al., "SSD" (2016), section 2.2. The order is
    map, row, column, box.

    Args:
        size: height and width of the image in pixels.
        maps: height and width of each feature map.
        scales: len(maps) + 1 sizes as parts of the image's.
        ratios: for each map its ratios above 1, such as (2, 3).

    Raises:
        ValueError: scales or ratios do not fit to the maps.
    """
    if len(scales) != len(maps) + 1 or len(ratios) != len(maps):
        raise ValueError(
            f"there are {len(maps)} maps, {len(scales)} scales and "
            f"{len(ratios)} ratios, expected one scale more than maps, and "
            f"as many ratios as maps"
        )
    boxes = []
    for k, cells in enumerate(maps):
        small, large = scales[k] * size, scales[k + 1] * size
        between = (small * large) ** 0.5
        sizes = [(small, small), (between, between)]
        for ratio in ratios[k]:
            long, short = small * ratio**0.5, small / ratio**0.5
            sizes += [(long, short), (short, long)]
        boxes.append(_grid(cells, cells, size / cells, size / cells, sizes))
    return np.concatenate(boxes)


def match_anchors(
    anchors: np.ndarray,
    boxes: np.ndarray,
    high: float = 0.5,
    low: float = 0.5,
    overlap: Overlap = iou,
) -> np.ndarray:
    """Return for each anchor the index of its object, GROUND or IGNORED.

    An anchor belongs to the object that it overlaps most, if that is at
    least `high`; below `low` it is ground; between them it is ignored. And
    each object gets the anchor that overlaps it most, however little, so
    that none is left without; if two want the same, the last one gets it.
    SSD has 0.5 for both, the RPN of Faster R-CNN 0.7 and 0.3.

    Args:
        anchors: (n, 4).
        boxes: the objects (m, 4); without any, all anchors are ground.
        high: IoU from which on an anchor belongs to an object.
        low: IoU below which it is ground.
        overlap: overlap(a, b) -> (n, m), the IoU.

    Returns:
        (n,) int64; -1 is GROUND, -2 is IGNORED.
    """
    anchors, boxes = as_boxes("anchors", anchors), as_boxes("boxes", boxes)
    if len(anchors) == 0 or len(boxes) == 0:
        return np.full(len(anchors), GROUND, np.int64)
    # The few boxes first: NumPy is quicker with long rows.
    overlaps = overlap(boxes, anchors).T
    best, owner = overlaps.max(axis=1), overlaps.argmax(axis=1)
    owner = np.where(best < high, IGNORED, owner)
    owner = np.where(best < low, GROUND, owner)
    for j, i in enumerate(overlaps.argmax(axis=0)):
        if overlaps[i, j] > 0:
            owner[i] = j
    return owner.astype(np.int64)
