"""Look at numbers that a learner typed, to name a slip of the pencil."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Seen = Callable[[Any], bool]


def numbers_of(value: Any, count: int) -> list[float]:
    """Return a value as this many numbers, or raise ValueError."""
    if not isinstance(value, (tuple, list, np.ndarray)):
        raise ValueError("no numbers")
    array = np.asarray(value)
    if array.size != count or array.dtype.kind not in "buif":
        raise ValueError("not so many numbers")
    return [float(number) for number in array.ravel()]


def entry_is(count: int, **places: tuple[int, tuple[float, ...]]) -> Seen:
    """Return a predicate: some entry is one of the numbers given for it.

    places: any name -> (the entry's place, numbers).
    """

    def seen(value: Any) -> bool:
        got = numbers_of(value, count)
        return any(got[i] in wrong for i, wrong in places.values())

    return seen


def other_order(*right: float) -> Seen:
    """Return a predicate: all numbers are there, but not in this order."""

    def seen(value: Any) -> bool:
        got = numbers_of(value, len(right))
        return got != list(right) and sorted(got) == sorted(right)

    return seen
