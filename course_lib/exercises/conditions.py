"""Find out when a wrong answer is right: try it on simpler arguments.

Where no slip and no pattern explains a result, it helps to know that it is
right as soon as the stride is 1, or the image square: the fault must lie
where that argument comes in. So the answer is asked once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course_lib.exercises.attempt import Try, attempt
from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise
from course_lib.exercises.patterns import Seen

NAMES = (
    "right-if-argument",
    "right-if-square",
    "right-if-one-image",
    "right-if-one-channel",
    "right-if-positive",
    "right-if-whole",
)
# What an argument is set to, so that it plays no part.
NEUTRAL = {"stride": 1, "pad": 0, "dilation": 1, "groups": 1, "S": 1, "P": 0}
NEUTRAL |= {"constant_values": 0, "b": 0, "output_padding": 0}
Retry = Callable[[tuple], Try]


def condition(exercise: Exercise, case: tuple, retry: Retry) -> Seen | None:
    """Return what makes the answer right in a case where it is wrong.

    case: the arguments of a wrong try. retry: runs the answer once more, in
    time and without a trace.
    """
    for seen, simpler in _simpler(exercise, case):
        right = attempt(exercise, exercise.reference, simpler)
        if right.error is not None or not np.size(right.value):
            continue
        found = retry(simpler)
        if found.error is None and same(
            found.value, right.value, exercise.tolerance
        ):
            return seen
    return None


def _simpler(exercise: Exercise, case: tuple) -> Iterator[tuple[Seen, tuple]]:
    """Yield the case with one thing made simple, and what that is."""
    names = exercise.arguments()[: len(case)]
    for i, name in enumerate(names):
        value = case[i]
        easy = NEUTRAL.get(name)
        if easy is not None and isinstance(value, (int, float)):
            if value != easy:
                facts = {"name": name, "value": str(easy)}
                seen = Seen("right-if-argument", facts)
                yield seen, (*case[:i], easy, *case[i + 1 :])
    for name, change in (
        ("right-if-square", _square),
        ("right-if-one-image", _first_of(0)),
        ("right-if-one-channel", _first_of(1)),
        ("right-if-positive", _positive),
        ("right-if-whole", _whole),
    ):
        simpler = tuple(change(value) for value in case)
        if not all(a is b for a, b in zip(simpler, case)):
            yield Seen(name), simpler


def _is_floats(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _square(value: Any) -> Any:
    """Return an array whose last two axes are equally long."""
    if not isinstance(value, np.ndarray) or value.ndim < 2:
        return value
    H, W = value.shape[-2:]
    if H == W:
        return value
    return np.ascontiguousarray(value[..., : min(H, W), : min(H, W)])


def _first_of(axis: int) -> Callable[[Any], Any]:
    """Return a change that keeps one entry of an axis of images."""

    def change(value: Any) -> Any:
        images = isinstance(value, np.ndarray) and value.ndim == 4
        if not images or value.shape[axis] == 1:
            return value
        return value.take([0], axis)

    return change


def _positive(value: Any) -> Any:
    if _is_floats(value) and (value < 0).any():
        return np.abs(value)
    return value


def _whole(value: Any) -> Any:
    if _is_floats(value) and (value % 1).any() and np.isfinite(value).all():
        return np.rint(value * 10)
    return value
