"""Turn values into JSON and bytes and back, for a peer that may lie.

Arrays go as their bytes, numbers and texts as JSON; a function, class or
object stays where it is and goes as a number, its reference. No pickle:
what is read can only become plain data or a stand-in.

Arrays keep their identity during one conversation: what one side writes
into an array, or into a view of it, the other side finds in its own copy.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

MOST = 2_000_000  # entries, as plain.MOST
DEEPEST = 45
DTYPE = re.compile(r"[<>|=]?([biufc]\d{1,2}|U\d{1,4})\Z")
SIMPLE = (bool, str, type(None))


class BadMessage(Exception):
    """Say that the peer sent what no honest peer sends."""


class Arrays:
    """Keep the arrays of a conversation: both sides have the same ones."""

    def __init__(self, side: str) -> None:
        self.side = side
        self.clear()

    def clear(self) -> None:
        """Forget all arrays: the conversation is over."""
        self.known: dict[str, np.ndarray] = {}
        self.seen: dict[str, bytes] = {}
        self.names: dict[int, str] = {}

    def add(self, name: str, array: np.ndarray) -> None:
        """Keep an array under a name that both sides use."""
        self.known[name] = array
        self.seen[name] = array.tobytes()
        self.names[id(array)] = name

    def encode(self, array: np.ndarray, blobs: list[bytes]) -> dict:
        """Return what stands for an array: known, a view of one, or new."""
        name = self.names.get(id(array))
        if name is not None:
            return {"t": "known", "name": name}
        base = array.base
        name = self.names.get(id(base))
        if name is not None and type(base) is np.ndarray:
            start = array.__array_interface__["data"][0]
            return {
                "t": "view",
                "name": name,
                "offset": start - base.__array_interface__["data"][0],
                "shape": list(array.shape),
                "strides": list(array.strides),
                "dtype": array.dtype.str,
            }
        name = f"{self.side}{len(self.known)}"
        self.add(name, array)
        blobs.append(array.tobytes())
        return {
            "t": "array",
            "name": name,
            "dtype": array.dtype.str,
            "shape": list(array.shape),
            "blob": len(blobs) - 1,
        }

    def decode(self, said: dict, blobs: list[bytes]) -> np.ndarray:
        """Return the array that is meant."""
        if said["t"] == "known":
            return self.known[said["name"]]
        dtype, shape = _dtype(said["dtype"]), _shape(said["shape"])
        if said["t"] == "view":
            base = self.known[said["name"]]
            strides = [int(s) for s in said["strides"]]
            buffer = base if base.flags.c_contiguous else base.T
            # numpy itself refuses what reaches beyond the buffer
            return np.ndarray(
                shape, dtype, buffer, int(said["offset"]), strides
            )
        data = np.frombuffer(blobs[said["blob"]], dtype)
        array = np.empty(shape, dtype)  # it owns its memory: views name it
        if data.size != array.size:
            raise BadMessage("an array of another size")
        array[...] = data.reshape(shape)
        self.add(str(said["name"]), array)
        return array

    def changes(self, blobs: list[bytes]) -> list:
        """Return what was written into known arrays since the last time."""
        found = []
        for name, array in self.known.items():
            now = array.tobytes()
            if now != self.seen[name]:
                self.seen[name] = now
                blobs.append(now)
                found.append([name, len(blobs) - 1])
        return found

    def apply(self, changes: list, blobs: list[bytes]) -> None:
        """Write what the other side has written."""
        for name, blob in changes:
            array = self.known[name]
            data = np.frombuffer(blobs[blob], array.dtype)
            if array.flags.writeable:
                array[...] = data.reshape(array.shape)
            self.seen[name] = array.tobytes()


def _dtype(text: Any) -> np.dtype:
    if not isinstance(text, str) or not DTYPE.match(text):
        raise BadMessage("an array of another dtype")
    return np.dtype(text)


def _shape(shape: Any) -> tuple[int, ...]:
    sizes = tuple(int(size) for size in shape)
    if any(s < 0 for s in sizes) or math.prod(sizes) > 20 * MOST:
        raise BadMessage("an array of another shape")
    return sizes


class Coder:
    """Encode and decode values; `refer` and `resolve` deal with objects.

    refer(object) -> dict says what stands for an object that stays here.
    resolve(dict) -> the object, or a stand-in, that a dict speaks of.
    """

    def __init__(
        self,
        arrays: Arrays,
        refer: Callable[[Any], dict],
        resolve: Callable[[dict], Any],
    ) -> None:
        self.arrays, self.refer, self.resolve = arrays, refer, resolve

    def encode(self, value: Any, blobs: list[bytes], depth: int = 0) -> Any:
        """Return JSON for a value; large data is added to blobs."""
        kind = type(value)
        if kind in SIMPLE or (kind is int and abs(value) < 2**53):
            return value
        if kind is float:
            return value if math.isfinite(value) else _text("float", value)
        if kind is int:
            return _text("int", hex(value) if abs(value) < 2**4096 else "inf")
        if kind is complex:
            return {
                "t": "complex",
                "parts": [str(value.real), str(value.imag)],
            }
        if value is ...:
            return {"t": "..."}
        if issubclass(kind, (np.ndarray, np.generic)):
            return self._array(value, kind, blobs)
        if kind is slice:
            parts = [value.start, value.stop, value.step]
            return {"t": "slice", "of": self._all(parts, blobs, depth)}
        return self._other(value, kind, blobs, depth)

    def _other(self, value: Any, kind: type, blobs: list, depth: int) -> Any:
        if issubclass(kind, (Fraction, Decimal)):
            return float(value)
        for base in (int, float, str):
            if issubclass(kind, base):
                return self.encode(base.__new__(base, value), blobs)
        if depth > DEEPEST:
            return _odd("long", kind.__name__, None)
        for base in (list, tuple):
            if issubclass(kind, base):
                if base.__len__(value) > MOST:
                    return _odd("long", base.__name__, base.__len__(value))
                entries = base.__getitem__(value, slice(None))
                found = self._all(entries, blobs, depth)
                return {"t": base.__name__, "of": found}
        if kind is range:
            if len(value) > MOST:
                return _odd("long", "range", len(value))
            return self.encode(list(value), blobs, depth)
        if issubclass(kind, dict):
            pairs = list(dict.items(value))[:MOST]
            keys = self._all([k for k, _ in pairs], blobs, depth)
            values = self._all([v for _, v in pairs], blobs, depth)
            return {"t": "dict", "keys": keys, "of": values}
        return self.refer(value)

    def _all(self, entries: Any, blobs: list[bytes], depth: int) -> list:
        return [self.encode(entry, blobs, depth + 1) for entry in entries]

    def _array(self, value: Any, kind: type, blobs: list[bytes]) -> Any:
        array = np.asarray(value)
        if type(array) is not np.ndarray:
            array = np.array(array, subok=False)
        if array.size > MOST:
            return _odd("long", "array", list(array.shape))
        if array.dtype.kind == "O":
            of = self._all(array.ravel().tolist(), blobs, DEEPEST - 1)
            return {"t": "objects", "of": of, "shape": list(array.shape)}
        if not DTYPE.match(array.dtype.str):
            return _odd("objects", "array", list(array.shape))
        if issubclass(kind, np.generic):
            blobs.append(array.tobytes())
            blob = len(blobs) - 1
            return {"t": "number", "dtype": array.dtype.str, "blob": blob}
        return self.arrays.encode(array, blobs)

    def decode(self, said: Any, blobs: list[bytes], depth: int = 0) -> Any:
        """Return the value that JSON and blobs stand for."""
        if type(said) in (bool, str, int, float, type(None)):
            return said
        if not isinstance(said, dict) or depth > DEEPEST + 5:
            raise BadMessage("no value")
        kind = said.get("t")
        if kind in ("array", "view", "known"):
            return self.arrays.decode(said, blobs)
        if kind == "number":
            return np.frombuffer(blobs[said["blob"]], _dtype(said["dtype"]))[0]
        if kind in ("list", "tuple", "slice"):
            entries = [self.decode(v, blobs, depth + 1) for v in said["of"]]
            if kind == "slice":
                return slice(*entries[:3])
            return tuple(entries) if kind == "tuple" else entries
        if kind == "dict":
            keys = [self.decode(v, blobs, depth + 1) for v in said["keys"]]
            values = [self.decode(v, blobs, depth + 1) for v in said["of"]]
            return dict(zip(keys, values))
        if kind == "float":
            return float(said["text"])
        if kind == "int":
            text = said["text"]
            return float("inf") if text == "inf" else int(text[:1100], 16)
        if kind == "complex":
            return complex(*(float(part) for part in said["parts"]))
        if kind == "...":
            return ...
        if kind == "objects":
            found = np.empty(len(said["of"]), object)
            for i, entry in enumerate(said["of"]):
                found[i] = self.decode(entry, blobs, DEEPEST)
            return found.reshape(_shape(said["shape"]))
        return self.resolve(said)


def _text(kind: str, value: Any) -> dict:
    return {"t": kind, "text": str(value)}


def _odd(kind: str, name: str, size: Any) -> dict:
    """Return what stands for a value that is too large to be sent."""
    return {"t": "odd", "kind": kind, "name": name, "size": size}
