"""Find out whether a wrong result is the right one for other arguments.

A stride that is ignored, height and width that changed places, a filter
that lies on its side: such results are what the reference gives for other
arguments. So ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course_lib.exercises.attempt import Try, attempt
from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise
from course_lib.exercises.patterns import Seen

Change = Callable[[tuple], tuple]
NAMES = (
    "argument-ignored",
    "arguments-swapped",
    "argument-off-by-one",
    "array-ignored",
    "array-transposed",
    "array-reversed",
    "array-first-only",
    "array-last-only",
)


def variant(exercise: Exercise, tries: list[Try]) -> Seen | None:
    """Return what other arguments would explain all results, else None."""
    return _first(exercise, tries, _changes(exercise, tries[0].case))


def near_miss(exercise: Exercise, tries: list[Try]) -> Seen | None:
    """Return which argument, one larger or smaller, would explain all."""
    return _first(exercise, tries, _steps(exercise, tries[0].case))


def _first(
    exercise: Exercise,
    tries: list[Try],
    changes: Iterator[tuple[Seen, Change]],
) -> Seen | None:
    ordered = sorted(tries, key=lambda found: _is_right(exercise, found))
    for seen, change in changes:
        if all(_explains(exercise, change, found) for found in ordered):
            return seen
    return None


def _is_right(exercise: Exercise, found: Try) -> bool:
    right = attempt(exercise, exercise.reference, found.case)
    return same(found.value, right.value, exercise.tolerance)


def _explains(exercise: Exercise, change: Change, found: Try) -> bool:
    try:
        case = change(found.case)
    except (TypeError, ValueError, IndexError):
        return False
    other = attempt(exercise, exercise.reference, case)
    return other.error is None and same(
        found.value, other.value, exercise.tolerance
    )


def _counts(exercise: Exercise, case: tuple) -> list[int]:
    """Return the places of the whole numbers among the arguments."""
    return [
        i
        for i, (name, value) in enumerate(zip(exercise.arguments(), case))
        if type(value) is int and name != "seed"
    ]


def _steps(exercise: Exercise, case: tuple) -> Iterator[tuple[Seen, Change]]:
    names = exercise.arguments()
    for i in _counts(exercise, case):
        for step, sign in ((1, "+ 1"), (-1, "- 1")):
            facts = {"name": names[i], "step": sign}
            yield (
                Seen("argument-off-by-one", facts),
                _with(i, lambda v, s=step: v + s),
            )


def _changes(exercise: Exercise, case: tuple) -> Iterator[tuple[Seen, Change]]:
    """Yield each change of the arguments, and what it would mean."""
    names = exercise.arguments()[: len(case)]
    counts = _counts(exercise, case)
    arrays = [
        i
        for i, v in enumerate(case[: len(names)])
        if isinstance(v, np.ndarray) and v.ndim
    ]
    for i in counts:
        for value in (0, 1):
            facts = {"name": names[i], "value": str(value)}
            yield (
                Seen("argument-ignored", facts),
                _with(i, lambda _, v=value: v),
            )
    for a in (i for i in arrays if case[i].ndim == 1):
        yield (
            Seen("array-ignored", {"name": names[a]}),
            _with(a, np.zeros_like),
        )
    for a in counts:
        for b in (i for i in counts if i > a):
            facts = {"a": names[a], "b": names[b]}
            yield Seen("arguments-swapped", facts), _swapped(a, b)
    for a in arrays:
        yield from _changes_of_array(a, names[a], case[a].ndim)


def _changes_of_array(
    place: int, name: str, axes: int
) -> Iterator[tuple[Seen, Change]]:
    if axes > 1:
        yield (
            Seen("array-transposed", {"name": name}),
            _with(place, lambda x: x.swapaxes(-1, -2)),
        )
    for turned in ((-1,), (-2,), (-2, -1))[: 1 if axes == 1 else 3]:
        shown = ", ".join(str(axis + axes) for axis in turned)
        yield (
            Seen("array-reversed", {"name": name, "axes": shown}),
            _with(place, lambda x, t=turned: np.flip(x, t)),
        )
    for axis in range(axes - 2 if axes > 2 else axes - 1):
        for which, at in (("first", 0), ("last", -1)):
            facts = {"name": name, "axis": str(axis)}
            yield (
                Seen(f"array-{which}-only", facts),
                _with(
                    place, lambda x, axis=axis, at=at: _repeated(x, axis, at)
                ),
            )


def _with(place: int, change: Callable[[Any], Any]) -> Change:
    """Return a change of one argument."""
    return lambda case: (
        *case[:place],
        change(case[place]),
        *case[place + 1 :],
    )


def _swapped(a: int, b: int) -> Change:
    def change(case: tuple) -> tuple:
        entries = list(case)
        entries[a], entries[b] = entries[b], entries[a]
        return tuple(entries)

    return change


def _repeated(x: np.ndarray, axis: int, at: int) -> np.ndarray:
    """Return x with one entry of an axis in the place of all of them."""
    return np.repeat(
        np.expand_dims(x.take(at, axis), axis), x.shape[axis], axis
    )
