"""Recognise how a wrong result relates to the expected one.

A slip of an exercise is named by computing it. Where none fits, the shape
of the difference itself often tells: minus everywhere, a constant factor,
two axes swapped, only the border wrong. Nothing is guessed here: a pattern
holds exactly or it is not named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_lib.exercises.compare import as_array, close
from course_lib.exercises.pattern_kinds import (
    PATTERNS,
    Facts,
    Holds,
    equal,
    reordered,
)

Pair = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Seen:
    """Hold the name of a pattern, and what fills its exact sentence.

    facts: empty where the wrong results agree in the name only. here: True
    where it holds in the case that is shown, but not in all wrong ones.
    """

    name: str
    facts: Facts = field(default_factory=dict)
    here: bool = False


def pattern(
    pairs: list[tuple[Any, Any]], tolerance: float | None = None
) -> Seen | None:
    """Return the pattern that every wrong result shows, None if none does.

    pairs: (got, expected) of each try; those that agree say nothing.
    tolerance: as in `difference`.
    """
    wrong = [
        (got, expected)
        for got, expected in _numeric(pairs)
        if got.shape != expected.shape
        or not close(got, expected, tolerance).all()
    ]
    if not wrong:
        return None
    if all(got.shape == expected.shape == () for got, expected in wrong):
        return _shown_by_all(NUMBERS, wrong) or _of_numbers(wrong)
    return _shown_by_all(PATTERNS, wrong)


def entries_pattern(got: Any, expected: tuple) -> Seen | None:
    """Return how a tuple of numbers, such as a shape, differs."""
    mine, right = as_array(got), as_array(expected)
    fits = mine.shape == right.shape and mine.ndim == 1
    if not fits or {mine.dtype.kind, right.dtype.kind} - set("buif"):
        return None
    wrong = np.flatnonzero(~close(mine, right))
    if len(wrong) == 2 and equal(mine[wrong[::-1]], right[wrong]):
        one, other = wrong
        return Seen("entries-swapped", {"a": str(one), "b": str(other)})
    if len(wrong) > 2 and reordered(mine, right) is not None:
        return Seen("entries-in-other-order")
    return None


def _of_numbers(wrong: list[Pair]) -> Seen | None:
    """Look at several wrong numbers as if they were one array."""
    if len(wrong) < 2:
        return None
    row = tuple(np.array(entries) for entries in zip(*wrong))
    return _shown_by_all(OF_NUMBERS, [row])


def _shown_by_all(names: tuple, wrong: list[Pair]) -> Seen | None:
    """Return the first pattern that all wrong pairs of arrays show."""
    for name in names:
        found = [_facts(PATTERNS[name], *pair) for pair in wrong]
        facts = [f for f in found if f is not None]
        if len(facts) == len(wrong):
            agree = all(f == facts[0] for f in facts)
            return Seen(name, facts[0] if agree else {})
    return None


def _numeric(pairs: list[tuple[Any, Any]]) -> list[Pair]:
    """Return the pairs as arrays of floats; those of no numbers are left."""
    found = []
    for got, expected in pairs:
        pair = as_array(got), as_array(expected)
        if all(array.dtype.kind in "buif" for array in pair):
            found.append((pair[0].astype(float), pair[1].astype(float)))
    return found


def _facts(
    holds: Holds, got: np.ndarray, expected: np.ndarray
) -> Facts | None:
    with np.errstate(all="ignore"):
        return holds(got, expected)


NUMBERS = ("one-too-many", "one-too-few", "not-finite", "truncated", "negated")
OF_NUMBERS = ("scaled", "offset", "sign-lost", "squared", "root-taken")
# True, but they say little: a sharper one is looked for first.
WEAK = {"reordered", "shape-differs", "axes-missing", "axes-extra"}
WEAK |= {"partly-zero", "too-large", "too-small", "some-slices-only"}
# Patterns of tuples of numbers, such as a shape.
OTHERS = ("entries-swapped", "entries-in-other-order")
