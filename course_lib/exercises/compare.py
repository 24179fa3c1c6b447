"""Compare a learner's result with the expected one.

What differs is told as data; `describe` puts it into words. The functions
of numpy are bound when the course is imported: an answer that replaces
`np.isclose` changes nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy import abs as absolute
from numpy import (
    argwhere,
    array,
    asarray,
    bool_,
    float32,
    isclose,
    isfinite,
    ndarray,
    shape,
)

FORMS = ("returns-none", "float-for-integer", "other-type")
SHOW_AT_MOST = 36  # entries of an array that still read well in a message


@dataclass(frozen=True)
class Difference:
    """Hold how two results differ: what to say, and the parts to draw.

    key: a sentence of messages.py. values: what is filled into it.
    part: the name of the entry that differs, "" where there is only one.
    diagnosis: a name from FORMS where the difference itself says the slip.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    got: Any = None
    expected: Any = None
    part: str = ""
    diagnosis: str | None = None


def difference(
    got: Any,
    expected: Any,
    parts: tuple[str, ...] = (),
    tolerance: float | None = None,
) -> Difference | None:
    """Return None when the two agree, else how they differ.

    got, expected: numbers, arrays, strings, or tuples of them. Lists are
    taken where arrays are natural, whole floats where integers are, and
    float32 and float64 both agree.
    parts: names for the entries of a tuple.
    tolerance: largest error, relative to the largest expected number.
    """
    part = parts[0] if parts and not isinstance(expected, tuple) else ""
    if got is None:
        return Difference("none", part=part, diagnosis="returns-none")
    if isinstance(expected, tuple):
        return _tuple_difference(got, expected, parts, tolerance)
    if isinstance(expected, (str, bool, bool_)):
        found = _plain_difference(got, expected)
    else:
        found = _array_difference(got, expected, tolerance)
    if found is None:
        return None
    key, values = found
    diagnosis = form(got, expected)
    return Difference(key, values, got, expected, part, diagnosis)


def same(got: Any, expected: Any, tolerance: float | None = None) -> bool:
    """Return whether two results agree within the tolerance."""
    return difference(got, expected, tolerance=tolerance) is None


def form(got: Any, expected: Any) -> str | None:
    """Return the name from FORMS for a result of another form, or None."""
    if isinstance(expected, (str, bool, bool_)):
        return None
    mine, right = as_array(got), asarray(expected)
    if mine.dtype.kind not in "buif":
        return "other-type"
    one = mine.shape == right.shape == ()
    if one and right.dtype.kind in "iu" and mine.dtype.kind == "f":
        fraction = isfinite(mine) and mine != mine.round()
        return "float-for-integer" if fraction else None
    return None


def as_array(value: Any) -> ndarray:
    """Return a plain value as an array, of objects where it is no array."""
    try:
        return asarray(value)
    except (ValueError, OverflowError):  # a ragged list
        return array(None)


def close(
    got: ndarray, expected: ndarray, tolerance: float | None = None
) -> ndarray:
    """Return for each entry whether it agrees within the tolerance."""
    if tolerance is None:
        single = float32 in (got.dtype.type, expected.dtype.type)
        tolerance = 2e-4 if single else 1e-7
    finite = absolute(expected[isfinite(expected)].astype(float))
    scale = finite.max() if finite.size and finite.max() > 0 else 1.0
    return isclose(
        got, expected, rtol=0, atol=tolerance * scale, equal_nan=True
    )


def alike(one: Any, other: Any, tolerance: float | None = None) -> bool:
    """Return whether two results of an answer agree, of whatever form."""
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(
            alike(a, b, tolerance) for a, b in zip(one, other)
        )
    mine, theirs = as_array(one), as_array(other)
    if {mine.dtype.kind, theirs.dtype.kind} - set("buif"):
        return type(one) is type(other) and bool(shape(one) == shape(other))
    if mine.shape != theirs.shape:
        return False
    return bool(close(mine, theirs, tolerance).all())


def count_numbers(value: Any) -> int:
    """Return how many numbers the arguments of a case hold."""
    if isinstance(value, ndarray):
        return value.size
    if isinstance(value, (tuple, list)):
        return sum(count_numbers(entry) for entry in value)
    if isinstance(value, dict):
        return sum(count_numbers(entry) for entry in value.values())
    return 1


def unchanged(now: Any, before: Any) -> bool:
    """Return whether arguments, or results, are exactly as they were."""
    if type(now) is not type(before):
        return False
    if isinstance(now, ndarray):
        if shape(now) != shape(before) or now.dtype != before.dtype:
            return False
        return now.tobytes() == before.tobytes()
    if isinstance(now, (tuple, list)):
        pairs = zip(now, before)
        return len(now) == len(before) and all(
            unchanged(one, other) for one, other in pairs
        )
    if isinstance(now, dict):
        return list(now) == list(before) and all(
            unchanged(now[key], before[key]) for key in now
        )
    return True  # no container: not looked into


def _plain_difference(got: Any, expected: Any) -> tuple[str, dict] | None:
    """Compare words and truth values, which have no tolerance."""
    kinds = (str,) if isinstance(expected, str) else (bool, bool_)
    if isinstance(got, ndarray) and got.shape == ():
        got = got[()]
    if isinstance(got, kinds) and got == expected:
        return None
    return "single", {"expected": expected, "got": got}


def _tuple_difference(
    got: Any,
    expected: tuple,
    parts: tuple[str, ...],
    tolerance: float | None,
) -> Difference | None:
    entries = _entries(got)
    if entries is None or len(entries) != len(expected):
        return Difference(
            "kind",
            {"expected": expected, "got": got},
            diagnosis="other-type",
        )
    for i, (mine, right) in enumerate(zip(entries, expected)):
        part = (parts[i],) if i < len(parts) else (f"[{i}]",)
        found = difference(mine, right, part, tolerance)
        if found:
            return found
    return None


def _entries(got: Any) -> list | None:
    if isinstance(got, (tuple, list)):
        return list(got)
    if isinstance(got, ndarray) and got.ndim:
        return list(got)
    return None


def _array_difference(
    got: Any, expected: Any, tolerance: float | None
) -> tuple[str, dict] | None:
    mine, right = as_array(got), asarray(expected)
    other = form(got, expected)
    if other == "other-type":
        return "kind", {"expected": expected, "got": got}
    if mine.shape != right.shape:
        return "shape", {"expected": right.shape, "got": mine.shape}
    if other == "float-for-integer":
        return "float_for_integer", {"expected": right[()], "got": mine[()]}
    wrong = ~close(mine, right, tolerance)
    if not wrong.any():
        return None
    index = tuple(int(i) for i in argwhere(wrong)[0])
    if not index:
        return "single", {"expected": right[()], "got": mine[()]}
    return "values", {
        "wrong": int(wrong.sum()),
        "size": wrong.size,
        "index": index,
        "expected": right[index],
        "got": mine[index],
    }


def number(value: Any) -> str:
    """Return a number as short text."""
    return f"{float(value):.6g}"
