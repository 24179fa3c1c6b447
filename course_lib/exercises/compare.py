"""Compare a learner's result with the expected one, and say the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.exercises.messages import say

SHOW_AT_MOST = 36  # entries of an array that still read well in a message
FORMS = ("returns-none", "float-for-integer", "other-type")


@dataclass(frozen=True)
class Difference:
    """Hold how two results differ: a sentence, and the parts to draw.

    diagnosis: a name from FORMS where the sentence itself says the slip.
    """

    text: str
    got: Any = None
    expected: Any = None
    part: str = ""
    diagnosis: str | None = None


def difference(
    got: Any,
    expected: Any,
    language: str = "en",
    parts: tuple[str, ...] = (),
    tolerance: float | None = None,
) -> Difference | None:
    """Return None when the two agree, else how they differ.

    got, expected: numbers, arrays, strings, or tuples of them. Lists are
    taken where arrays are natural; float32 and float64 both agree.
    parts: names for the entries of a tuple.
    tolerance: largest error, relative to the largest expected number.
    """
    part = parts[0] if parts and not isinstance(expected, tuple) else ""
    prefix = f"{part}: " if part else ""
    if got is None:
        text = say("none", language, part=prefix)
        return Difference(text, diagnosis="returns-none")
    if isinstance(expected, tuple):
        return _tuple_difference(got, expected, language, parts, tolerance)
    if isinstance(expected, (str, bool, np.bool_)):
        text = _plain_difference(got, expected, language, prefix)
    else:
        text = _array_difference(got, expected, language, prefix, tolerance)
    return text and Difference(text, got, expected, part, form(got, expected))


def form(got: Any, expected: Any) -> str | None:
    """Return the name from FORMS for a result of another form, or None."""
    if isinstance(expected, (str, bool, np.bool_)):
        return None
    mine, right = _array(got), np.asarray(expected)
    if mine.dtype.kind not in "buif":
        return "other-type"
    one = mine.shape == right.shape == ()
    if one and right.dtype.kind in "iu" and mine.dtype.kind == "f":
        return "float-for-integer"
    return None


def _array(got: Any) -> np.ndarray:
    try:
        return np.asarray(got)
    except ValueError:  # a ragged list
        return np.asarray(None)


def _plain_difference(got, expected, language, part):
    """Compare words and truth values, which have no tolerance."""
    kinds = (str,) if isinstance(expected, str) else (bool, np.bool_)
    if isinstance(got, kinds) and got == expected:
        return None
    return say(
        "single", language, part=part, expected=repr(expected), got=repr(got)
    )


def same(got: Any, expected: Any, tolerance: float | None = None) -> bool:
    """Return whether two results agree within the tolerance."""
    return difference(got, expected, tolerance=tolerance) is None


def _tuple_difference(got, expected, language, parts, tolerance):
    try:
        entries = list(got)
    except TypeError:
        entries = None
    if entries is None or len(entries) != len(expected):
        text = say(
            "kind",
            language,
            part="",
            expected=kind(expected),
            got=kind(got),
        )
        return Difference(text, diagnosis="other-type")
    for i, (mine, right) in enumerate(zip(entries, expected)):
        part = (parts[i],) if i < len(parts) else (f"[{i}]",)
        found = difference(mine, right, language, part, tolerance)
        if found:
            return found
    return None


def _array_difference(got, expected, language, part, tolerance):
    mine, right = _array(got), np.asarray(expected)
    other = form(got, expected)
    if other == "other-type":
        return say(
            "kind", language, part=part, expected=kind(right), got=kind(got)
        )
    if mine.shape != right.shape:
        return say(
            "shape",
            language,
            part=part,
            expected=right.shape,
            got=mine.shape,
        )
    if other == "float-for-integer":
        return say(
            "float_for_integer", language, part=part, expected=right, got=mine
        )
    wrong = ~close(mine, right, tolerance)
    if not wrong.any():
        return None
    return _describe(mine, right, wrong, language, part)


def close(
    got: np.ndarray, expected: np.ndarray, tolerance: float | None = None
) -> np.ndarray:
    """Return for each entry whether it agrees within the tolerance."""
    if tolerance is None:
        single = np.float32 in (got.dtype.type, expected.dtype.type)
        tolerance = 2e-4 if single else 1e-7
    finite = np.abs(expected[np.isfinite(expected)].astype(float))
    scale = finite.max() if finite.size and finite.max() > 0 else 1.0
    return np.isclose(
        got, expected, rtol=0, atol=tolerance * scale, equal_nan=True
    )


def _describe(got, expected, wrong, language, part):
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    if not index:
        return say(
            "single",
            language,
            part=part,
            expected=number(expected),
            got=number(got),
        )
    text = say(
        "values",
        language,
        part=part,
        wrong=int(wrong.sum()),
        size=wrong.size,
        index=list(index),
        expected=number(expected[index]),
        got=number(got[index]),
    )
    if wrong.size > SHOW_AT_MOST:
        return text
    both = say("arrays", language, expected=grid(expected), got=grid(got))
    return f"{text}\n{both}"


def number(value: Any) -> str:
    """Return a number as short text."""
    return f"{float(value):.6g}"


def grid(array: np.ndarray) -> str:
    """Return a small array as text."""
    return np.array2string(
        array, precision=4, suppress_small=True, max_line_width=75
    )


def kind(value: Any) -> str:
    """Name what a value is, in the words of numpy."""
    if isinstance(value, (tuple, list)):
        return f"{type(value).__name__} ({len(value)})"
    if isinstance(value, np.ndarray):
        return f"array {value.shape} {value.dtype}"
    return type(value).__name__
