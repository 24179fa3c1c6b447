"""Find what explains a wrong result: a slip, a state, a pattern."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from course_lib.exercises.attempt import Run, Try, attempt
from course_lib.exercises.compare import Difference, alike, same
from course_lib.exercises.conditions import condition
from course_lib.exercises.model import Exercise, Slip
from course_lib.exercises.patterns import (
    WEAK,
    Seen,
    entries_pattern,
    pattern,
)
from course_lib.exercises.plain import Odd
from course_lib.exercises.variants import near_miss, variant

Kind = TypeVar("Kind")


def cause_of(
    exercise: Exercise,
    run: Run,
    expected: list[Try],
    found: Difference,
    place: int,
) -> Slip | Seen | str | None:
    """Return what explains a wrong result: the most telling that is sure."""
    slip = _recognise(exercise, run.tries)
    if slip is not None or found.diagnosis is not None:
        return slip
    if exercise.random:
        pairs = [(t.value, e.value) for t, e in zip(run.tries, expected)]
        shapes = [(g, e) for g, e in pairs if np.shape(g) != np.shape(e)]
        return pattern(shapes) if shapes else None
    if second_differs(exercise, run):
        return "second-call-differs"
    if run.moved is not None:
        return "earlier-result-changed"
    if _same_for_all(run.tries, expected):
        return Seen("same-for-all")
    seen = _pattern(exercise, run.tries, expected, found, place)
    if run.retry is not None and (seen is None or seen.name in WEAK):
        return condition(exercise, run.tries[place].case, run.retry) or seen
    return seen


def _same_for_all(tries: list[Try], expected: list[Try]) -> bool:
    first = tries[0].value
    right = expected[0].value
    return all(alike(found.value, first) for found in tries) and not all(
        alike(found.value, right) for found in expected
    )


def _recognise(exercise: Exercise, tries: list[Try]) -> Slip | None:
    """Return the slip whose results equal the learner's on every case."""
    for slip in exercise.slips:
        if slip.seen is not None:
            seen = [shows(slip, found) for found in tries]
            if all(seen) or (exercise.random and any(seen)):
                return slip
            continue
        for wrong in (slip.answer, *slip.also):
            if all(_gives(exercise, wrong, found) for found in tries):
                return slip
    return None


def _gives(exercise: Exercise, wrong: Any, found: Try) -> bool:
    """Return whether a slip's answer gives the learner's result."""
    if type(found.value) is Odd:
        return False
    theirs = attempt(exercise, wrong, found.case)
    return theirs.error is None and same(
        found.value, theirs.value, exercise.tolerance
    )


def _pattern(
    exercise: Exercise,
    tries: list[Try],
    expected: list[Try],
    found: Difference,
    place: int,
) -> Seen | None:
    """Return how the wrong results relate to the right ones."""
    seen = variant(exercise, tries)
    if seen is None and isinstance(expected[place].value, tuple):
        seen = entries_pattern(tries[place].value, expected[place].value)
        if seen is not None and seen.facts:
            seen = replace(seen, facts=_named(exercise, seen.facts))
    if seen is not None:
        return seen
    pairs = [
        (_entry(exercise, t.value, found), _entry(exercise, e.value, found))
        for t, e in zip(tries, expected)
    ]
    seen = pattern(pairs, exercise.tolerance)
    if seen is None or seen.name in WEAK:
        shown = None
        if np.ndim(pairs[place][1]):  # one number may agree by chance
            shown = pattern([pairs[place]], exercise.tolerance)
        if shown is not None and shown.name not in WEAK and seen is None:
            seen = replace(shown, here=True)
    if seen is None or seen.name in WEAK:
        return near_miss(exercise, tries) or seen
    return seen


def _named(exercise: Exercise, facts: dict[str, str]) -> dict[str, str]:
    """Return facts with the names of parts in the place of their numbers."""
    parts = exercise.parts
    return {
        key: parts[int(i)] if int(i) < len(parts) else f"[{i}]"
        for key, i in facts.items()
    }


def _entry(exercise: Exercise, value: Any, found: Difference) -> Any:
    """Return the entry of a result that a difference speaks of."""
    names = {name: i for i, name in enumerate(exercise.parts)}
    i = names.get(found.part)
    if i is None and found.part.strip("[]").isdigit():
        i = int(found.part.strip("[]"))
    whole = not isinstance(value, (tuple, list)) or not found.part
    if whole or i is None or i >= len(value):
        return value
    return value[i]


def shows(slip: Slip, found: Try) -> bool:
    """Return whether a slip's own test sees it in a result."""
    assert slip.seen is not None
    seen = slip.seen
    # A result of another form cannot show this slip.
    return safely(lambda: bool(seen(found.value, *found.case)), False)


def safely(call: Callable[[], Kind], otherwise: Kind) -> Kind:
    """Return what a diagnosis says: one that fails says nothing."""
    try:
        return call()
    except Exception:
        return otherwise


def second_differs(exercise: Exercise, run: Run) -> bool:
    """Return whether the first case gave something else when tried again."""
    if run.second is None:
        return False
    if run.second.error is not None:
        return True
    first = run.tries[0].value
    return not alike(run.second.value, first, exercise.tolerance)
