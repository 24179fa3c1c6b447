"""The relations between a wrong result and the right one, one by one.

Each takes two arrays, (got, expected), and returns None where it does not
hold, else the facts that its exact sentence names.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.exercises.compare import close, number

Facts = dict[str, str]
Holds = Callable[[np.ndarray, np.ndarray], "Facts | None"]
FEW = 6  # indices that still read well in a sentence


def equal(one: np.ndarray, other: np.ndarray) -> bool:
    """Return whether two arrays agree in shape and numbers."""
    return one.shape == other.shape and bool(close(one, other, 1e-4).all())


def _when(holds: bool) -> Facts | None:
    return {} if holds else None


def _of_one_shape(holds: Holds, least: int = 2) -> Holds:
    """Ask only where the shapes agree and there are enough numbers."""

    def ask(got: np.ndarray, expected: np.ndarray) -> Facts | None:
        if got.shape != expected.shape or got.size < least:
            return None
        return holds(got, expected)

    return ask


def _all_zero(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    return _when(not got.any())


def _zero_below_one(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    return _when(not got.any() and bool((np.abs(expected) < 1).all()))


def _truncated(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    cut = equal(got, np.trunc(expected)) or equal(got, np.floor(expected))
    return _when(cut and not equal(np.trunc(expected), expected))


def _not_finite(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    bad = ~np.isfinite(got)
    return _when(bool(np.isfinite(expected).all() and bad.any()))


def _negated(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    return _when(equal(-got, expected))


def _one_more(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    return _when(got.shape == expected.shape == () and got == expected + 1)


def _one_less(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    return _when(got.shape == expected.shape == () and got == expected - 1)


def _scaled(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    square = (expected * expected).sum()
    if not square or not np.isfinite(square):
        return None
    factor = (got * expected).sum() / square
    if not factor or not np.isfinite(factor):
        return None
    return (
        {"factor": number(factor)} if equal(got, factor * expected) else (None)
    )


def _offset(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    step = (got - expected).flat[0]
    if not np.isfinite(step) or not equal(got, expected + step):
        return None
    return {"step": f"{'+' if step > 0 else ''}{number(step)}"}


def _function_of(change: Callable) -> Holds:
    """Return a pattern: the result is `change` of the expected one."""
    return _of_one_shape(lambda got, right: _when(equal(got, change(right))))


def _constant(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    same = bool((got == got.flat[0]).all()) and np.isfinite(got.flat[0])
    differs = not equal(expected, np.full_like(expected, expected.flat[0]))
    return {"value": number(got.flat[0])} if same and differs else None


def _summed_up(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    """Say whether each number holds those before it too."""
    shapes = [np.cumsum(expected).reshape(expected.shape)]
    shapes += [np.cumsum(expected, axis) for axis in range(expected.ndim)]
    return _when(any(equal(got, shape) for shape in shapes))


def _transposed(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    axes = itertools.permutations(range(got.ndim))
    next(axes)  # the first one leaves the axes where they are
    for order in axes:
        if got.ndim < 6 and equal(got.transpose(order), expected):
            moved = [i for i, axis in enumerate(order) if i != axis]
            if len(moved) == 2:
                return {"a": str(moved[0]), "b": str(moved[1])}
            return {}
    return None


def _mirrored(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    for count in (1, 2):
        for axes in itertools.combinations(range(got.ndim), count):
            if equal(np.flip(got, axes), expected):
                return {"axes": _listed(axes)}
    return None


def _moved(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    """Say whether all but the rim is the expected result one step away."""
    for axis in range(got.ndim):
        for step in (1, -1):
            if got.shape[axis] > 2 and _one_step(got, expected, axis, step):
                return {"axis": str(axis)}
    return None


def _one_step(
    got: np.ndarray, expected: np.ndarray, axis: int, step: int
) -> bool:
    inner = [slice(None)] * got.ndim
    inner[axis] = slice(1, None) if step == 1 else slice(None, -1)
    moved = np.roll(expected, step, axis)[tuple(inner)]
    return bool(moved.any()) and equal(got[tuple(inner)], moved)


def _slices_reordered(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    """Say along which axis whole slices stand in another order."""
    for axis in range(got.ndim if got.ndim > 1 else 0):
        mine, right = np.moveaxis(got, axis, 0), np.moveaxis(expected, axis, 0)
        left = list(range(len(right)))
        for entry in mine:
            fit = next((i for i in left if equal(entry, right[i])), None)
            if fit is None:
                break
            left.remove(fit)
        if not left:
            return {"axis": str(axis)}
    return None


def reordered(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    """Return {} where the same numbers stand in other places."""
    return _when(equal(np.sort(got, axis=None), np.sort(expected, axis=None)))


def _numbers_right(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    """Say whether only the shape is wrong, not the numbers' order."""
    if got.shape == expected.shape or got.size < 2:
        return None
    return _when(equal(got.ravel(), expected.ravel()))


def _shape_order(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    other = got.shape != expected.shape
    return _when(other and sorted(got.shape) == sorted(expected.shape))


def _one_off(sign: int) -> Holds:
    """Return a pattern: some axes are one too long (1) or short (-1)."""

    def holds(got: np.ndarray, expected: np.ndarray) -> Facts | None:
        if got.ndim != expected.ndim or not got.ndim:
            return None
        gaps = np.subtract(got.shape, expected.shape)
        if set(gaps.tolist()) - {0, sign} or not gaps.any():
            return None
        return {"axes": _listed(np.flatnonzero(gaps))}

    return holds


def _axis_gone(how: Callable) -> Holds:
    """Return a pattern: one axis was put together by `how`."""

    def holds(got: np.ndarray, expected: np.ndarray) -> Facts | None:
        if got.ndim != expected.ndim - 1:
            return None
        for axis in range(expected.ndim):
            if expected.shape[axis] > 1 and equal(got, how(expected, axis)):
                return {"axis": str(axis)}
        return None

    return holds


def _not_summed(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    for axis in range(got.ndim):
        if got.ndim == expected.ndim + 1 and got.shape[axis] > 1:
            if equal(got.sum(axis=axis), expected):
                return {"axis": str(axis)}
    return None


def _single_number(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    return _when(got.ndim == 0 < expected.ndim)


def _axes_missing(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    counts = {"got": str(got.ndim), "expected": str(expected.ndim)}
    return counts if got.ndim < expected.ndim else None


def _axes_extra(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    counts = {"got": str(got.ndim), "expected": str(expected.ndim)}
    return counts if got.ndim > expected.ndim else None


def _size_differs(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    if got.shape == expected.shape:
        return None
    if got.ndim != expected.ndim:
        return {}
    axes = np.flatnonzero(np.subtract(got.shape, expected.shape))
    return {"axes": _listed(axes)}


def _one_entry(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    wrong = np.argwhere(~close(got, expected, 1e-4))
    if len(wrong) != 1:
        return None
    return {"index": str([int(i) for i in wrong[0]])}


def _border(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    """Say whether only rim entries of the last two axes differ."""
    if got.ndim < 2 or min(got.shape[-2:]) < 3:
        return None
    inner = (..., slice(1, -1), slice(1, -1))
    return _when(equal(got[inner], expected[inner]))


def _right_along(
    got: np.ndarray, expected: np.ndarray
) -> tuple[int, np.ndarray] | None:
    """Return axis and indices where whole slices are right or wrong."""
    fits = close(got, expected, 1e-4)
    for axis in range(got.ndim):
        others = tuple(i for i in range(got.ndim) if i != axis)
        some, every = fits.any(axis=others), fits.all(axis=others)
        # By chance a wrong slice may hold a right number or two.
        mostly = fits.mean(axis=others) < 0.5
        if every.any() and not every.all() and (every | mostly).all():
            if got[..., :].ndim > 1 or some.sum() == every.sum():
                return axis, np.flatnonzero(every)
    return None


def _along(which: str) -> Holds:
    """Return a pattern: only the first, last or some entries are right."""

    def holds(got: np.ndarray, expected: np.ndarray) -> Facts | None:
        found = _right_along(got, expected) if got.ndim > 1 else None
        if found is None:
            return None
        axis, right = found
        last = got.shape[axis] - 1
        fits = {
            "first": list(right) == [0],
            "last": list(right) == [last],
            "some": len(right) <= FEW,
        }
        facts = {"axis": str(axis), "right": _listed(right)}
        return facts if fits[which] else None

    return holds


def _partly_zero(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    """Say whether the entries that were filled are right, the rest is 0."""
    filled = got != 0
    return _when(bool(filled.any()) and equal(got[filled], expected[filled]))


def _too_large(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    return _when(bool((got >= expected - 1e-9).all()))


def _too_small(got: np.ndarray, expected: np.ndarray) -> Facts | None:
    return _when(bool((got <= expected + 1e-9).all()))


def _listed(numbers: Any) -> str:
    return ", ".join(str(int(n)) for n in numbers)


PATTERNS: dict[str, Holds] = {
    "one-too-many": _one_more,
    "one-too-few": _one_less,
    "not-finite": _of_one_shape(_not_finite, 1),
    "zero-below-one": _of_one_shape(_zero_below_one),
    "all-zero": _of_one_shape(_all_zero),
    "truncated": _of_one_shape(_truncated, 1),
    "negated": _of_one_shape(_negated, 1),
    "scaled": _of_one_shape(_scaled),
    "offset": _of_one_shape(_offset),
    "negative-cut": _function_of(lambda right: np.maximum(right, 0)),
    "sign-lost": _function_of(np.abs),
    "squared": _function_of(np.square),
    "root-taken": _function_of(np.sqrt),
    "constant": _of_one_shape(_constant, 3),
    "summed-up": _of_one_shape(_summed_up, 3),
    "transposed": _transposed,
    "mirrored": _of_one_shape(_mirrored),
    "moved-by-one": _of_one_shape(_moved, 3),
    "slices-in-other-order": _of_one_shape(_slices_reordered, 3),
    "reordered": _of_one_shape(reordered, 3),
    "only-the-shape": _numbers_right,
    "shape-in-other-order": _shape_order,
    "shape-one-larger": _one_off(1),
    "shape-one-smaller": _one_off(-1),
    "axis-summed": _axis_gone(lambda a, axis: a.sum(axis=axis)),
    "axis-averaged": _axis_gone(lambda a, axis: a.mean(axis=axis)),
    "axis-first-only": _axis_gone(lambda a, axis: a.take(0, axis)),
    "axis-last-only": _axis_gone(lambda a, axis: a.take(-1, axis)),
    "axis-not-summed": _not_summed,
    "single-number": _single_number,
    "axes-missing": _axes_missing,
    "axes-extra": _axes_extra,
    "shape-differs": _size_differs,
    "one-entry-differs": _of_one_shape(_one_entry, 3),
    "partly-zero": _of_one_shape(_partly_zero),
    "border-only": _of_one_shape(_border),
    "first-only": _of_one_shape(_along("first")),
    "last-only": _of_one_shape(_along("last")),
    "some-slices-only": _of_one_shape(_along("some")),
    "too-large": _of_one_shape(_too_large),
    "too-small": _of_one_shape(_too_small),
}
