"""Turn whatever an answer returns into plain values that are safe to use.

A result may be anything: an object whose `__repr__` never ends, a view of
10^15 numbers, a list that holds itself. `plain` copies numbers, texts,
arrays, lists and tuples, and puts an `Odd` in place of all else. It runs
learners' code (`__array__`, `__float__`), so call it under a time limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import FunctionType, GeneratorType, ModuleType
from typing import Any

from numpy import array, asarray, generic, ndarray

from course_lib.exercises.limit import TimeLimit

MOST = 2_000_000  # entries of a result that are still looked at
DEEPEST = 40  # lists in lists
SIMPLE = (bool, float, complex, str, bytes, type(None), type(...))


@dataclass(frozen=True)
class Odd:
    """Stand for a result that cannot be compared.

    kind: a key of describe.KINDS, such as "generator". name: its type.
    size: its length or shape, where that tells something.
    """

    kind: str
    name: str
    size: Any = None


def plain(value: Any, room: int = MOST, depth: int = 0) -> Any:
    """Return a copy of value that holds plain Python and NumPy values only.

    room: how many entries it may have. depth: of the lists around it.
    Never raises what the value's own methods raise: then it is an Odd.
    """
    try:
        return _plain(value, room, depth)
    except TimeLimit:
        raise
    except BaseException:
        return Odd("object", type_name(value))


def far_too_long(value: Any, room: int = MOST) -> Odd | None:
    """Return an Odd for a list, range or array with too many entries."""
    kind = type(value)
    if issubclass(kind, ndarray) and ndarray.size.__get__(value) > room:
        return Odd("long", "array", tuple(ndarray.shape.__get__(value)))
    for base in (list, tuple, range):
        if issubclass(kind, base) and base.__len__(value) > room:
            return Odd("long", base.__name__, base.__len__(value))
    return None


def type_name(value: Any) -> str:
    """Return the name of a value's type, shortened."""
    return str(type.__dict__["__name__"].__get__(type(value)))[:60]


def _plain(value: Any, room: int, depth: int) -> Any:
    kind = type(value)
    if kind in SIMPLE:
        return value
    if (odd := far_too_long(value, room)) is not None:
        return odd
    if kind is int:
        return value if abs(value) < 10**300 else float("inf")
    if issubclass(kind, ndarray):
        return _array(value, room)
    if issubclass(kind, generic):
        return _array(asarray(value), room)[()]
    if issubclass(kind, (Fraction, Decimal)):
        return float(value)
    if issubclass(kind, (int, float, str)):
        base = next(b for b in (int, float, str) if issubclass(kind, b))
        return base.__new__(base, value)
    if kind is range:
        return (
            plain(list(value), room)
            if len(value) <= room
            else Odd("long", "range", len(value))
        )
    for base in (list, tuple):
        if issubclass(kind, base):
            return _entries(
                base.__getitem__(value, slice(None)), base, room, depth
            )
    if any("__array__" in vars(base) for base in kind.__mro__):
        return _array(asarray(value), room)
    return _odd(value, kind)


def _entries(entries: Any, kind: type, room: int, depth: int) -> Any:
    if len(entries) > room or depth > DEEPEST:
        return Odd("long", kind.__name__, len(entries))
    found = []
    for entry in entries:
        room -= 1
        found.append(plain(entry, room, depth + 1))
        room -= size_of(found[-1])
        if room < 0 or (type(found[-1]) is Odd and found[-1].kind == "long"):
            return Odd("long", kind.__name__, len(entries))
    return tuple(found) if kind is tuple else found


def size_of(value: Any) -> int:
    """Return how many numbers a plain value holds."""
    if type(value) is ndarray:
        return value.size
    if type(value) in (list, tuple):
        return sum(size_of(entry) for entry in value)
    if type(value) is dict:
        return sum(size_of(entry) for entry in value.values())
    return 1


def _array(value: ndarray, room: int) -> Any:
    shape = tuple(ndarray.shape.__get__(value))
    copy = array(value, copy=True, subok=False)
    if copy.dtype.kind != "O":
        return copy
    numbers = [plain(entry, 1, DEEPEST) for entry in copy.ravel()]
    if all(type(n) in (bool, int, float) for n in numbers):
        return array(numbers).reshape(shape)
    return Odd("objects", "array", shape)


def _odd(value: Any, kind: type) -> Odd:
    """Say what kind of thing a value is, without asking it anything."""
    name = type_name(value)
    if issubclass(kind, type):
        return Odd("class", str(type.__dict__["__name__"].__get__(value))[:60])
    if kind is FunctionType or name in (
        "builtin_function_or_method",
        "method",
        "ufunc",
    ):
        return Odd("function", name)
    if kind in (GeneratorType, map, zip, filter, enumerate, reversed):
        return Odd("generator", name)
    if kind is ModuleType:
        return Odd("module", name)
    if kind in (dict, set, frozenset):
        return Odd("set" if kind is not dict else "dict", name, len(value))
    return Odd("object", name)
