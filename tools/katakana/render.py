"""Draw chains of points as small grey images, with numpy alone.

A pixel's ink follows from its distance to the nearest pen stroke. Only sums,
products, quotients and square roots are used, which every machine rounds in
the same way, on coordinates that are rounded first.
"""

import numpy as np

SIDE = 28
FINE = 2  # samples a pixel, each way
GRID = 1024.0  # coordinates are rounded to this part of a pixel


def fine_grid() -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of the sample points, each (SIDE * FINE,)."""
    centres = (np.arange(SIDE * FINE) + 0.5) / FINE
    return centres, centres


def segment_distance(
    starts: np.ndarray, ends: np.ndarray, radii: np.ndarray | float
) -> np.ndarray:
    """Measure how far each sample is from the nearest round-ended segment.

    Args:
        starts: where segments begin, (S, 2), in pixels.
        ends: where segments end, (S, 2).
        radii: half the pen's width, (S,) or one number.

    Returns:
        Distance to the pen's edge, negative inside, (56, 56).
    """
    starts = np.round(starts * GRID) / GRID
    ends = np.round(ends * GRID) / GRID
    radii = np.round(np.asarray(radii) * GRID) / GRID
    radii = np.broadcast_to(radii, len(starts))
    xs, ys = fine_grid()
    best = np.full((ys.size, xs.size), 1e6)
    for (x0, y0), (x1, y1), radius in zip(starts, ends, radii):
        dx, dy = x1 - x0, y1 - y0
        length2 = dx * dx + dy * dy
        px, py = xs[None, :] - x0, ys[:, None] - y0
        if length2 > 0:
            t = np.clip((px * dx + py * dy) / length2, 0.0, 1.0)
            px, py = px - t * dx, py - t * dy
        np.minimum(best, np.sqrt(px * px + py * py) - radius, out=best)
    return best


def winding(contours: list[np.ndarray]) -> np.ndarray:
    """Count how often closed contours go round each sample, (56, 56)."""
    xs, ys = fine_grid()
    turns = np.zeros((ys.size, xs.size), dtype=np.int64)
    for contour in contours:
        points = np.round(contour * GRID) / GRID
        for (x0, y0), (x1, y1) in zip(points, np.roll(points, -1, axis=0)):
            if y0 == y1:
                continue
            sign = 1 if y1 > y0 else -1
            rows = (ys >= min(y0, y1)) & (ys < max(y0, y1))
            cross = x0 + (ys[rows] - y0) * (x1 - x0) / (y1 - y0)
            turns[rows] += sign * (cross[:, None] <= xs[None, :])
    return turns


def ink(distance: np.ndarray) -> np.ndarray:
    """Turn edge distances (56, 56) into ink between 0 and 1, (28, 28)."""
    fine = np.clip(0.5 - distance * FINE, 0.0, 1.0)
    return fine.reshape(SIDE, FINE, SIDE, FINE).mean(axis=(1, 3))


def draw_strokes(
    strokes: list[np.ndarray], radii: list[np.ndarray]
) -> np.ndarray:
    """Draw pen strokes.

    Args:
        strokes: points of each stroke, (P, 2), in pixels.
        radii: the pen's half width at each point, (P,).

    Returns:
        Ink between 0 and 1, (28, 28).
    """
    starts = np.concatenate([s[:-1] for s in strokes])
    ends = np.concatenate([s[1:] for s in strokes])
    widths = np.concatenate([(r[:-1] + r[1:]) / 2 for r in radii])
    return ink(segment_distance(starts, ends, widths))


def draw_outline(contours: list[np.ndarray], bolder: float) -> np.ndarray:
    """Draw a filled outline, made bolder (or thinner) all around.

    Args:
        contours: points of each closed contour, (P, 2), in pixels.
        bolder: pixels added to the edge; below 0 takes away.

    Returns:
        Ink between 0 and 1, (28, 28).
    """
    starts = np.concatenate(contours)
    ends = np.concatenate([np.roll(c, -1, axis=0) for c in contours])
    distance = segment_distance(starts, ends, 0.0)
    inside = winding(contours) != 0
    return ink(np.where(inside, -distance, distance) - bolder)


def blur(image: np.ndarray) -> np.ndarray:
    """Smooth an image with the weights 1, 2, 1 in both directions."""
    padded = np.pad(image, 1)
    rows = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    return (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 4


def to_bytes(image: np.ndarray) -> np.ndarray:
    """Round an image in 0..1 to whole numbers in 0..255."""
    return np.round(np.clip(image, 0.0, 1.0) * 255).astype(np.uint8)
