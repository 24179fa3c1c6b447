"""Change one stroke: bend it, shift its corners, let it tremble."""

import numpy as np


def arc_length(points: np.ndarray) -> np.ndarray:
    """Measure the way along a chain of points (P, 2) to each of them."""
    step = np.diff(points, axis=0)
    way = np.sqrt(step[:, 0] ** 2 + step[:, 1] ** 2)
    return np.concatenate([[0.0], np.cumsum(way)])


def resample(points: np.ndarray, count: int) -> np.ndarray:
    """Place points (count, 2) evenly along a chain (P, 2)."""
    way = arc_length(points)
    at = np.linspace(0.0, way[-1], count)
    return np.stack([np.interp(at, way, points[:, k]) for k in (0, 1)], axis=1)


def corners(points: np.ndarray, tolerance: float) -> list[int]:
    """List the points that a polygon within the tolerance must keep.

    Method: Douglas and Peucker (1973).
    """
    keep, todo = {0, len(points) - 1}, [(0, len(points) - 1)]
    while todo:
        a, b = todo.pop()
        if b - a < 2:
            continue
        chord = points[b] - points[a]
        length = np.sqrt(chord[0] ** 2 + chord[1] ** 2) + 1e-9
        away = points[a + 1 : b] - points[a]
        off = np.abs(away[:, 0] * chord[1] - away[:, 1] * chord[0]) / length
        if off.max() > tolerance:
            middle = a + 1 + int(off.argmax())
            keep.add(middle)
            todo += [(a, middle), (middle, b)]
    return sorted(keep)


def straighten(
    points: np.ndarray, knots: list[int], share: float
) -> np.ndarray:
    """Move points (P, 2) towards the straight lines between knots."""
    at = np.arange(len(points))
    line = np.stack(
        [np.interp(at, knots, points[knots, k]) for k in (0, 1)], axis=1
    )
    return points + share * (line - points)


def move_knots(points, knots, rng, sigma: float) -> np.ndarray:
    """Shift each knot by its own random step, and what lies between."""
    steps = rng.normal(0.0, sigma, (len(knots), 2))
    at = np.arange(len(points))
    shift = [np.interp(at, knots, steps[:, k]) for k in (0, 1)]
    return points + np.stack(shift, axis=1)


def bow(points: np.ndarray, height: float) -> np.ndarray:
    """Bend a stroke sideways, most in its middle."""
    chord = points[-1] - points[0]
    normal = np.array([-chord[1], chord[0]])
    t = np.linspace(0.0, 1.0, len(points))
    return points + (4 * t * (1 - t) * height)[:, None] * normal


def affine(points, turn: float, stretch: float, centre) -> np.ndarray:
    """Turn (degrees) and stretch points about a centre."""
    angle = np.deg2rad(turn)
    c, s = np.cos(angle), np.sin(angle)
    x, y = (points - centre).T
    x, y = x * stretch, y * stretch
    return centre + np.stack([c * x - s * y, s * x + c * y], axis=1)


def change_ends(points, before: float, after: float) -> np.ndarray:
    """Lengthen (or shorten) a stroke at its start and its end."""
    way = arc_length(points)
    total = way[-1]
    before = max(before, -0.25 * total)
    after = max(after, -0.25 * total)
    at = np.linspace(max(0.0, -before), total + min(0.0, after), len(points))
    inner = np.stack(
        [np.interp(at, way, points[:, k]) for k in (0, 1)], axis=1
    )
    if before > 0:
        inner = np.vstack([ahead(inner[::-1], before), inner])
    if after > 0:
        inner = np.vstack([inner, ahead(inner, after)])
    return resample(inner, len(points))


def ahead(points: np.ndarray, length: float) -> np.ndarray:
    """Return the point that lies straight on beyond the last one, (1, 2)."""
    step = points[-1] - points[-4]
    size = np.sqrt(step[0] ** 2 + step[1] ** 2) + 1e-9
    return (points[-1] + step * (length / size))[None]


def smooth(points: np.ndarray, width: float) -> np.ndarray:
    """Cut corners by averaging over a part of the stroke's length."""
    reach = round(width * len(points))
    if reach < 1:
        return points
    padded = np.vstack([points[:1]] * reach + [points] + [points[-1:]] * reach)
    total = np.cumsum(np.vstack([np.zeros((1, 2)), padded]), axis=0)
    window = 2 * reach + 1
    mean = (total[window:] - total[:-window]) / window
    t = np.minimum(np.arange(len(points)), np.arange(len(points))[::-1])
    keep = np.clip(1 - t / reach, 0, 1)[:, None]  # the ends stay in place
    return keep * points + (1 - keep) * mean


def tremble(points, rng, height: float) -> np.ndarray:
    """Add a tremor of a few waves along the stroke."""
    t = np.linspace(0.0, 1.0, len(points))
    shift = np.zeros_like(points)
    for waves in (1.5, 3.0, 5.0):
        phase = rng.uniform(0, 2 * np.pi, 2)
        size = rng.normal(0.0, height, 2)
        wave = np.sin(2 * np.pi * waves * t[:, None] + phase)
        shift += size * wave / np.sqrt(waves)
    return points + shift


def scale_hook(points: np.ndarray, factor: float) -> np.ndarray:
    """Shrink or enlarge what follows the lowest point of a stroke."""
    lowest = int(points[:, 1].argmax())
    if lowest > len(points) - 2:
        return points
    if factor <= 0.05:
        return resample(points[: lowest + 1], len(points))
    tail = points[lowest] + factor * (points[lowest:] - points[lowest])
    return resample(np.vstack([points[:lowest], tail]), len(points))
