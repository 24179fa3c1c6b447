"""Networks in files: an npz with the arrays and a description in JSON.

The description is made of the layers' constructor arguments, which each
layer keeps as attributes of the same name: nothing but these classes is
ever called when a file is read, and nothing is unpickled.
"""

from __future__ import annotations

import inspect
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from course_lib import layers, networks

_KEY = "description"
_FORMAT = 1


def write(network: Any, path: Path) -> None:
    """Write a network to a file, which is whole or not there at all.

    Raises:
        ValueError: a layer cannot be described.
    """
    writer = _Writer()
    description = {"format": _FORMAT, "network": writer.describe("", network)}
    arrays = {**writer.arrays, **network.parameters()}
    arrays[_KEY] = np.array(json.dumps(description))
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            np.savez(file, **arrays)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def read(path: Path, known: Sequence[type] = ()) -> Any:
    """Return the network in a file.

    Raises:
        ValueError: the file is damaged, foreign or has an unknown class.
    """
    with path.open("rb") as file:
        try:
            with np.load(file, allow_pickle=False) as npz:
                arrays = {name: npz[name] for name in npz.files}
            description = json.loads(str(arrays.pop(_KEY)))
            reader = _Reader(arrays, known)
            network = reader.build(description["network"])
            for name, param in network.parameters().items():
                if param.shape != arrays[name].shape:
                    raise ValueError(f"{name} has another shape")
                param[...] = arrays[name]
        except _Unknown as error:
            raise ValueError(f"{path}: {error}") from None
        except Exception as error:  # zip, NumPy and JSON have many kinds
            raise ValueError(
                f"{path} cannot be read as a network: it is damaged, or was "
                f"not written by Network.save ({type(error).__name__})"
            ) from error
    return network


class _Writer:
    """Describe objects by their constructors' arguments."""

    def __init__(self) -> None:
        self.arrays: dict[str, np.ndarray] = {}
        self.seen: dict[int, int] = {}

    def describe(self, path: str, value: Any) -> Any:
        """Return a value as JSON; arrays are kept under their path."""
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, np.generic):
            return value.item()
        if isinstance(value, np.ndarray):
            self.arrays[path] = value
            return {"array": path}
        if isinstance(value, type):
            return {"class": value.__name__}
        if isinstance(value, (list, tuple)):
            items = [
                self.describe(_join(path, i), v) for i, v in _pairs(value)
            ]
            return {type(value).__name__: items}
        if isinstance(value, dict):
            items = {
                k: self.describe(_join(path, k), v) for k, v in value.items()
            }
            return {"dict": items}
        return self.describe_object(path, value)

    def describe_object(self, path: str, value: Any) -> dict:
        """Return class and arguments, or the number of one seen before."""
        if id(value) in self.seen:
            return {"same": self.seen[id(value)]}
        settings = {}
        for name in inspect.signature(type(value)).parameters:
            if name == "rng":  # its random numbers go on, they do not repeat
                continue
            # The words that only hold the layers are left out of a path.
            place = (
                path if name in ("layers", "branches") else _join(path, name)
            )
            settings[name] = self.describe(place, _argument(value, name))
        self.seen[id(value)] = len(self.seen)
        return {"type": type(value).__name__, "settings": settings}


def _pairs(values: Sequence) -> list[tuple[str, Any]]:
    """Return values with their numbers as texts."""
    return [(str(i), value) for i, value in enumerate(values)]


def _join(path: str, name: str) -> str:
    """Return the path of something inside."""
    return f"{path}.{name}" if path else name


def _argument(value: Any, name: str) -> Any:
    """Return the argument that an object was made with."""
    if name == "loss" and hasattr(value, "last_layer"):
        name = "last_layer"
    if not hasattr(value, name):
        raise ValueError(
            f"{type(value).__name__} cannot be saved: it does not keep its "
            f"argument {name!r} as an attribute of this name"
        )
    return getattr(value, name)


class _Unknown(ValueError):
    """The file is whole, but has a class that nobody named."""


class _Reader:
    """Make objects from their descriptions."""

    def __init__(
        self, arrays: dict[str, np.ndarray], known: Sequence[type]
    ) -> None:
        course = [getattr(layers, name) for name in layers.__all__]
        course += [getattr(networks, name) for name in networks.__all__]
        kinds = [kind for kind in course if isinstance(kind, type)]
        self.classes = {kind.__name__: kind for kind in [*kinds, *known]}
        self.arrays = arrays
        self.made: list[Any] = []

    def build(self, value: Any) -> Any:
        """Return what was described."""
        if not isinstance(value, dict):
            return value
        if "settings" in value:
            settings = value["settings"].items()
            arguments = {name: self.build(v) for name, v in settings}
            made = self.find(value["type"])(**arguments)
            self.made.append(made)
            return made
        [(kind, inner)] = value.items()
        if kind == "array":
            return self.arrays[inner]
        if kind == "class":
            return self.find(inner)
        if kind == "same":
            return self.made[inner]
        if kind == "dict":
            return {key: self.build(v) for key, v in inner.items()}
        return {"list": list, "tuple": tuple}[kind](map(self.build, inner))

    def find(self, name: str) -> type:
        """Return a known class."""
        if name not in self.classes:
            raise _Unknown(
                f"the class {name} in it is not of the course; name it: "
                f"Network.load(path, known=[{name}])"
            )
        return self.classes[name]
