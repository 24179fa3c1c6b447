"""Recognise how a wrong result relates to the expected one.

A slip of an exercise is named by computing it. Where none fits, the shape
of the difference itself often tells: minus everywhere, a constant factor,
the axes in another order, only the border wrong.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.exercises.compare import close


def pattern(
    pairs: list[tuple[Any, Any]],
    tolerance: float | None = None,
    by_hand: bool = False,
) -> str | None:
    """Return the name of the pattern that every wrong result shows.

    pairs: (got, expected) of each try; those that agree say nothing.
    tolerance: as in `difference`. by_hand: the answer was typed, so that
    no loop or padding can be at fault. Returns None where no pattern fits.
    """
    arrays = []
    for got, expected in pairs:
        arrays += _array_pairs(got, expected)
    names = [n for n in PATTERNS if not (by_hand and n in OF_A_LOOP)]
    return _shown_by_all(names, arrays, tolerance) or _shown_by_all(
        names,
        [pair for p in pairs for pair in _rows_of_numbers(*p)],
        tolerance,
    )


def _shown_by_all(names, arrays, tolerance):
    """Return the first pattern that all wrong pairs of arrays show."""
    wrong = [
        (got, expected)
        for got, expected in arrays
        if got.shape != expected.shape
        or not close(got, expected, tolerance).all()
    ]
    if not wrong:
        return None
    for name in names:
        holds = PATTERNS[name]
        if all(_holds(holds, got, expected) for got, expected in wrong):
            return name
    return None


def _rows_of_numbers(got: Any, expected: Any) -> list[tuple]:
    """Return tuples of numbers, such as (row, column), as arrays."""
    if not isinstance(expected, tuple) or not isinstance(got, (tuple, list)):
        return []
    if len(got) != len(expected):
        return []
    if any(isinstance(e, tuple) for e in expected):
        return [
            p for g, e in zip(got, expected) for p in _rows_of_numbers(g, e)
        ]
    pairs = _array_pairs(got, expected)
    if len(pairs) < len(expected) or any(e.ndim or g.ndim for g, e in pairs):
        return []
    return [tuple(np.array(entries) for entries in zip(*pairs))]


def _array_pairs(got: Any, expected: Any) -> list[tuple]:
    """Return the numeric entries of two results, as arrays."""
    if isinstance(expected, tuple):
        if not isinstance(got, (tuple, list)) or len(got) != len(expected):
            return []
        return [p for g, e in zip(got, expected) for p in _array_pairs(g, e)]
    try:
        pair = np.asarray(got), np.asarray(expected)
    except ValueError:
        return []
    numeric = all(array.dtype.kind in "buif" for array in pair)
    return [tuple(a.astype(float) for a in pair)] if numeric else []


def _holds(holds: Callable, got: np.ndarray, expected: np.ndarray) -> bool:
    with np.errstate(all="ignore"):
        return bool(holds(got, expected))


def _equal(one, other) -> bool:
    return one.shape == other.shape and bool(close(one, other, 1e-4).all())


def _all_zero(got, expected):
    return got.shape == expected.shape and not got.any()


def _not_finite(got, expected):
    finite = np.isfinite(expected).all() and got.shape == expected.shape
    return finite and not np.isfinite(got).all()


def _negated(got, expected):
    return _equal(-got, expected)


def _one_more(got, expected):
    return got.shape == () and got == expected + 1


def _one_less(got, expected):
    return got.shape == () and got == expected - 1


def _scaled(got, expected):
    if got.shape != expected.shape or not expected.any() or got.size < 2:
        return False
    factor = (got * expected).sum() / (expected * expected).sum()
    return factor != 0 and _equal(got, factor * expected)


def _offset(got, expected):
    if got.shape != expected.shape or got.size < 2:
        return False
    return _equal(got, expected + (got - expected).flat[0])


def _transposed(got, expected):
    axes = itertools.permutations(range(got.ndim))
    next(axes)  # the first one leaves the axes where they are
    return got.ndim > 1 and any(
        _equal(got.transpose(a), expected) for a in axes
    )


def _mirrored(got, expected):
    return any(
        _equal(np.flip(got, axis), expected) for axis in range(got.ndim)
    )


def _moved(got, expected):
    """Say whether all but the rim is the expected result one step away."""
    if got.shape != expected.shape:
        return False
    return any(
        got.shape[axis] > 2 and _one_step(got, expected, axis, step)
        for axis in range(got.ndim)
        for step in (1, -1)
    )


def _one_step(got, expected, axis, step):
    inner = [slice(None)] * got.ndim
    inner[axis] = slice(1, None) if step == 1 else slice(None, -1)
    moved = np.roll(expected, step, axis)[tuple(inner)]
    return moved.any() and _equal(got[tuple(inner)], moved)


def _reordered(got, expected):
    return got.shape == expected.shape and _equal(
        np.sort(got, axis=None), np.sort(expected, axis=None)
    )


def _shape_order(got, expected):
    return got.shape != expected.shape and sorted(got.shape) == sorted(
        expected.shape
    )


def _shape_off_by_one(got, expected):
    if got.ndim != expected.ndim:
        return False
    gaps = np.abs(np.subtract(got.shape, expected.shape))
    return gaps.max(initial=0) == 1


def _axes_missing(got, expected):
    return got.ndim < expected.ndim


def _axes_extra(got, expected):
    return got.ndim > expected.ndim


def _size_differs(got, expected):
    return got.shape != expected.shape


def _one_entry(got, expected):
    if got.shape != expected.shape or got.size < 3:
        return False
    return (~close(got, expected, 1e-4)).sum() == 1


def _border(got, expected):
    """Say whether only rim entries of the last two axes differ."""
    if got.shape != expected.shape or got.ndim < 2 or min(got.shape[-2:]) < 3:
        return False
    inner = (..., slice(1, -1), slice(1, -1))
    return _equal(got[inner], expected[inner])


def _first_only(got, expected):
    """Say whether the first entry along the first axis is right."""
    if got.shape != expected.shape or got.ndim < 2 or len(got) < 2:
        return False
    return _equal(got[:1], expected[:1])


def _last_only(got, expected):
    if got.shape != expected.shape or got.ndim < 2 or len(got) < 2:
        return False
    return _equal(got[-1:], expected[-1:])


def _partly_zero(got, expected):
    """Say whether the entries that were filled are right, the rest is 0."""
    if got.shape != expected.shape or not got.any():
        return False
    filled = got != 0
    return _equal(got[filled], expected[filled])


def _too_large(got, expected):
    return got.shape == expected.shape and (got >= expected - 1e-9).all()


def _too_small(got, expected):
    return got.shape == expected.shape and (got <= expected + 1e-9).all()


PATTERNS: dict[str, Callable[[np.ndarray, np.ndarray], bool]] = {
    "all-zero": _all_zero,
    "not-finite": _not_finite,
    "negated": _negated,
    "one-too-many": _one_more,
    "one-too-few": _one_less,
    "scaled": _scaled,
    "offset": _offset,
    "transposed": _transposed,
    "mirrored": _mirrored,
    "moved-by-one": _moved,
    "reordered": _reordered,
    "shape-in-other-order": _shape_order,
    "shape-off-by-one": _shape_off_by_one,
    "axes-missing": _axes_missing,
    "axes-extra": _axes_extra,
    "shape-differs": _size_differs,
    "one-entry-differs": _one_entry,
    "partly-zero": _partly_zero,
    "border-only": _border,
    "first-only": _first_only,
    "last-only": _last_only,
    "too-large": _too_large,
    "too-small": _too_small,
}
# Patterns whose sentence speaks of loops, slices or padding.
OF_A_LOOP = {
    "moved-by-one",
    "partly-zero",
    "border-only",
    "first-only",
    "last-only",
}
