"""Imagine people who write katakana, each in a hand of their own.

A style holds what a person does the same way in every character; the rest
varies from one character and one stroke to the next. All lengths are parts of
the character's box, all angles degrees, unless pixels are named.
"""

from dataclasses import dataclass

import numpy as np

from tools.katakana.models import (
    HABITS,
    HOOKED,
    JOINS,
    LOOSE_GLYPHS,
    NEAR_GLYPHS,
    OPEN,
    PARALLEL,
    WIDER,
    Habit,
)
from tools.katakana.strokes import (
    affine,
    bow,
    change_ends,
    corners,
    move_knots,
    resample,
    scale_hook,
    smooth,
    straighten,
    tremble,
)

KNOT = 0.02  # standard deviations of corners,
LOOSE = 0.012  # of whole strokes,
ENDS = 0.02  # of stroke ends,
PLANE = 0.045  # and of the factors that bend the whole character
POINTS = 40  # points along a stroke while it is bent
FRAMES = ("fit", "mass", "stretch", "page")
SIZES = {
    "fit": (20.0, 26.5),
    "mass": (18.5, 21.5),
    "stretch": (22.0, 27.0),
    "page": (16.0, 23.0),
}
APART = 0.07  # strokes of a model further apart than this must not touch
TONES = ("grey", "binary", "blur", "scan")


@dataclass(frozen=True)
class Style:
    """What one writer, pen and scanner do in every character."""

    slant: float  # sideways shift per height
    turn: float  # degrees
    aspect: float  # width over height, as a factor
    straight: float  # 0 keeps the model's curves, 1 draws straight lines
    rounding: float  # how far corners are cut, part of the stroke's length
    wobble: float  # height of the tremor
    care: float  # factor on all variation of strokes
    reach: float  # length added to (or missing at) stroke ends
    hook: float  # factor on the hooks at stroke ends
    taper: float  # how much thinner a stroke ends than it begins
    frame: str  # how the character was fitted into the image
    size: float  # pixels
    pen: float  # width, part of the character's size
    tone: str  # how grey levels came about
    peak: float  # grey level of full ink, 0..1


def even_table(
    rng: np.random.Generator, rows: int, columns: int
) -> np.ndarray:
    """Draw numbers in 0..1 that cover each column evenly, (rows, columns).

    Latin hypercube: a few writers then still span all the styles.
    """
    table = np.empty((rows, columns))
    for column in range(columns):
        table[:, column] = rng.permutation(rows) + rng.random(rows)
    return table / rows


def between(u: float, low: float, high: float) -> float:
    """Map 0..1 to low..high."""
    return low + u * (high - low)


def middling(u: float, reach: float) -> float:
    """Map 0..1 to -reach..reach, values near 0 being more frequent."""
    v = 2 * u - 1
    return reach * (0.4 * v + 0.6 * v * v * v)


def pick(u: float, names: tuple[str, ...], shares: tuple[float, ...]) -> str:
    """Choose a name by shares that add up to 1."""
    for name, limit in zip(names, np.cumsum(shares)):
        if u < limit:
            return name
    return names[-1]


def make_styles(rng: np.random.Generator, count: int) -> list[Style]:
    """Invent writers whose styles cover what people do."""
    styles = []
    for row in even_table(rng, count, 15):
        u = iter(row)
        styles.append(
            Style(
                slant=middling(next(u), 0.28),
                turn=middling(next(u), 12.0),
                aspect=2 ** middling(next(u), 0.5),
                straight=next(u),
                rounding=0.12 * next(u) ** 2,
                wobble=0.006 * next(u) ** 2,
                care=between(next(u), 0.5, 1.15),
                reach=middling(next(u), 0.05),
                hook=between(next(u), -0.3, 2.2),
                taper=max(0.0, between(next(u), -1.0, 0.7)),
                frame=pick(next(u), FRAMES, (0.35, 0.25, 0.1, 0.3)),
                size=next(u),
                pen=0.05 * 3.2 ** next(u),
                tone=pick(next(u), TONES, (0.55, 0.2, 0.15, 0.1)),
                peak=min(1.0, between(next(u), 0.75, 1.5)),
            )
        )
    return styles


# --- one character -----------------------------------------------------------


def inside(span: tuple[float, float], rng) -> float:
    """Draw a number from a range."""
    return rng.uniform(span[0], span[1])


def draw_turns(glyph: str, count: int, rng) -> list[float]:
    """Draw by how many degrees each stroke of a character is turned."""
    turns = [
        inside(HABITS.get((glyph, i), Habit()).turn, rng) for i in range(count)
    ]
    for (name, stroke), other in PARALLEL.items():
        if name == glyph:
            turns[stroke] = 0.3 * turns[stroke] + 0.7 * turns[other]
    return turns


def vary_stroke(points, key, style: Style, turn: float, rng) -> np.ndarray:
    """Write one stroke in a writer's way, (POINTS, 2)."""
    habit, care = HABITS.get(key, Habit()), style.care
    points = resample(points, POINTS)
    if key in HOOKED:
        points = scale_hook(points, style.hook + rng.normal(0, 0.3))
    knots = corners(points, 0.05)
    share = np.clip(style.straight + rng.normal(0, 0.2), 0.0, 1.0)
    points = straighten(points, knots, share)
    points = move_knots(points, knots, rng, KNOT * care)
    points = bow(points, care * inside(habit.bow, rng))
    longer = 2 ** (care * inside(habit.longer, rng))
    points = affine(points, care * turn, longer, points.mean(axis=0))
    shift = inside(habit.dx, rng), inside(habit.dy, rng)
    return points + care * np.array(shift)


def join(strokes: list[np.ndarray], glyph: str, rng) -> list[np.ndarray]:
    """Lay strokes onto those that they meet."""
    joined = []
    for i, points in enumerate(strokes):
        meeting = JOINS.get((glyph, i))
        joined.append(points)
        if meeting is not None:
            own = round(inside(meeting.own, rng) * (POINTS - 1))
            there = round(inside(meeting.there, rng) * (POINTS - 1))
            # The other stroke may come later: then it is not yet moved.
            other = (joined + strokes[i + 1 :])[meeting.other]
            joined[i] = points + other[there] - points[own]
    return joined


def finish_stroke(points, key, style: Style, rng) -> np.ndarray:
    """Give a stroke its ends, round corners and tremor."""
    points = points + style.care * rng.normal(0, LOOSE, 2)
    ends = style.reach + style.care * rng.normal(0, ENDS, 2)
    ends = ends * HABITS.get(key, Habit()).ends
    points = change_ends(points, ends[0], ends[1])
    points = smooth(points, style.rounding)
    return tremble(points, rng, style.wobble)


def bend_plane(shapes, rng, sigma: float) -> list[np.ndarray]:
    """Shift all points by one smooth random field, a cubic in x and y."""
    factors = rng.normal(0.0, sigma, (2, 7))
    bent = []
    for points in shapes:
        x, y = (2 * points - 1).T
        terms = [x * x, x * y, y * y, x**3, x * x * y, x * y * y, y**3]
        shift = [sum(f * t for f, t in zip(row, terms)) for row in factors]
        bent.append(points + np.stack(shift, axis=1))
    return bent


def lean(shapes, style: Style, rng) -> list[np.ndarray]:
    """Slant, turn and widen a character as its writer does."""
    slant = style.slant + rng.normal(0, 0.05)
    turn = style.turn + rng.normal(0, 2.5)
    wide = style.aspect * 2 ** rng.normal(0, 0.12)
    leaned = []
    for points in shapes:
        x, y = (points - 0.5).T
        x = (x - slant * y) * np.sqrt(wide)
        y = y / np.sqrt(wide)
        flat = np.stack([x, y], axis=1)
        leaned.append(affine(flat, turn, 1.0, np.zeros(2)))
    return leaned


def write_glyph(strokes, glyph: str, style: Style, rng) -> list[np.ndarray]:
    """Write a character: its strokes around (0, 0), about 1 high."""
    turns = draw_turns(glyph, len(strokes), rng)
    wide = np.array([2 ** WIDER.get(glyph, 0.0), 1.0])
    varied = [
        vary_stroke(
            0.5 + (points - 0.5) * wide, (glyph, i), style, turns[i], rng
        )
        for i, points in enumerate(strokes)
    ]
    joined = join(varied, glyph, rng)
    written = [
        finish_stroke(points, (glyph, i), style, rng)
        for i, points in enumerate(joined)
    ]
    written = bend_plane(written, rng, PLANE * style.care)
    return lean(written, style, rng)


# --- onto the image ----------------------------------------------------------


def frame_size(style: Style) -> float:
    """Return how large a writer's characters are in the image, in pixels."""
    low, high = SIZES[style.frame]
    return between(style.size, low, high)


def fit_frame(shapes, style: Style, radius: float, rng) -> list[np.ndarray]:
    """Scale a character to pixels and place it in the image.

    Args:
        shapes: points around (0, 0), about 1 high.
        style: gives the way of fitting and the size.
        radius: pixels that the ink reaches beyond the points.
        rng: source of the small shifts.

    Returns:
        The points in pixels.
    """
    everything = np.concatenate(shapes)
    low, high = everything.min(axis=0), everything.max(axis=0)
    middle, span = (low + high) / 2, np.maximum(high - low, 0.05)
    size, shift = frame_size(style), 14 + rng.normal(0, 1.2, 2)
    if style.frame == "page":
        scale = np.full(2, size * 1.2)
        shift = shift + rng.normal(0, 1.1, 2) + middle * scale
    else:
        scale = np.full(2, (size - 2 * radius) / span.max())
    if style.frame == "stretch":
        scale = scale * (span.max() / span) ** rng.uniform(0.5, 1.0)
    if style.frame == "mass":
        middle = np.mean([s.mean(axis=0) for s in shapes], axis=0)
    half = span * scale / 2 + radius + 0.5
    scale = scale * min(1.0, float((14 / half).min()))
    half = np.minimum(half, 14.0)
    centre = shift + ((low + high) / 2 - middle) * scale
    shift = shift + np.clip(centre, half, 28 - half) - centre
    return [(points - middle) * scale + shift for points in shapes]


def pen_width(style: Style, rng) -> float:
    """Return the width of the pen in pixels for one character."""
    width = frame_size(style) * style.pen * 2 ** rng.normal(0, 0.1)
    return max(1.1, width)


def pressure(count: int, style: Style, rng) -> np.ndarray:
    """Return the factor on the pen's width along a stroke, (count,)."""
    t = np.linspace(0.0, 1.0, count)
    level = 1 + rng.normal(0, 0.06)
    return np.maximum(0.35, level * (1 - style.taper * t * t))


# --- can it still be read? ---------------------------------------------------


def gap(one: np.ndarray, other: np.ndarray) -> float:
    """Return the smallest distance between points of two strokes."""
    step = one[:, None] - other[None]
    return float(np.sqrt((step**2).sum(axis=2).min()))


def closest(glyph: str, width: float) -> float:
    """Return how near strokes may come that do not touch, in pixels."""
    return 0.75 * width + 0.3 if glyph in NEAR_GLYPHS else width + 0.8


def legible(placed, model, glyph: str, width: float, size: float) -> bool:
    """Tell whether strokes still join, or stay apart, as in the model.

    Args:
        placed: strokes in pixels.
        model: the strokes they were made from, in 0..1.
        glyph: what they are to be read as.
        width: the pen's width in pixels.
        size: the character's size in pixels.
    """
    if glyph in LOOSE_GLYPHS:
        return True
    if glyph in OPEN:
        one, other = (placed[i] for i in OPEN[glyph])
        if gap(one[-1:], other[POINTS // 2 :]) < width + 0.12 * size:
            return False
    near = closest(glyph, width)
    for i in range(len(model)):
        for j in range(i):
            apart = gap(resample(model[i], POINTS), resample(model[j], POINTS))
            distance = gap(placed[i], placed[j])
            if apart > APART and distance < near:
                return False
            if apart <= APART and distance > 0.5 * width + 0.06 * size:
                return False
    return True
