"""Keep a learner's right answers as a small package of their own.

The source of each right function or class goes to a file such as
`my_cnn/lesson_5_4/im2col.py` beside the record of progress: once, readable,
with the imports and helpers that it needs. Later lessons take it from
there, and so may the learner: `from my_cnn.lesson_5_4 import im2col`.
Where no progress is kept (in `solutions/`, in tests), nothing is read or
written here either.
"""

from __future__ import annotations

import ast
import builtins
import importlib.util
import linecache
import os
import symtable
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.exercises import record
from course_lib.exercises.lessons import LESSONS

HEAD = '"""Exercise {number}/{name}: my own answer."""\n'
PACKAGE = '"""The parts of a CNN that I have written myself."""\n'
MOST_NUMBERS = 200  # a larger array is no part of an answer


class CannotKeep(ValueError):
    """Say why the source of an answer cannot stand on its own."""


def folder() -> Path | None:
    """Return the folder `my_cnn`, or None where nothing is kept."""
    progress = record.progress_file()
    return None if progress is None else progress.parent / "my_cnn"


def file_of(number: str, name: str) -> Path | None:
    """Return where the answer to an exercise is kept, or None."""
    room = folder()
    return room and room / f"lesson_{number}" / f"{name}.py"


def keep(number: str, name: str, answer: Any) -> Path | None:
    """Write the source of a right answer; return its file.

    An earlier version that differs moves to `my_cnn/earlier/` first.
    Returns None where nothing is kept: progress is switched off, the answer
    is a value or a lambda, or it needs what cannot be written down.
    """
    path = file_of(number, name)
    if path is None:
        return None
    try:
        text = HEAD.format(number=number, name=name)
        text += "\n" + source_of(answer)
        _write(path, text)
        _write_packages(path)
    except Exception:  # whatever an answer is, its check has been passed
        return None
    return path


def load(number: str, name: str) -> Any | None:
    """Return the kept answer to an exercise, or None.

    It is run from its file, so that a learner may edit it there. Whatever
    goes wrong in it gives None: the course's version is used then.
    """
    path = file_of(number, name)
    if path is None or not os.path.isfile(path):  # noqa: PTH113
        return None
    module_name = f"my_cnn.lesson_{number}.{name}"
    try:
        linecache.checkcache(str(path))
        spec = importlib.util.spec_from_file_location(module_name, path)
        module = importlib.util.module_from_spec(spec)
        exec(compile(path.read_bytes(), str(path), "exec"), vars(module))
        return getattr(module, module.__all__[0])
    except (Exception, SystemExit):
        return None


def make_importable() -> None:
    """Let `import my_cnn` work in the notebooks of the course."""
    room = folder()
    if room is not None and os.path.isdir(room):  # noqa: PTH112 - never raises
        place = str(room.parent)
        if place not in sys.path:
            sys.path.append(place)


def source_of(answer: Any) -> str:
    """Return Python source that defines an answer on its own.

    answer: a function or class from a notebook. Its imports come first,
    then the constants and helpers that it uses, then itself.
    Raises CannotKeep for a lambda, a value, a closure, a built-in, or what
    uses an object that has no short source.
    """
    if not isinstance(answer, (types.FunctionType, type)):
        raise CannotKeep("not a function or class")
    parts = _Parts()
    parts.define(answer)
    name = answer.__name__
    text = "\n".join(sorted(parts.imports))
    body = "\n\n\n".join([*parts.constants, *parts.definitions])
    return f'{text}\n\n__all__ = ["{name}"]\n\n\n{body}\n'.lstrip("\n")


class _Parts:
    """Collect what the source of an answer needs."""

    def __init__(self) -> None:
        self.imports: set[str] = set()
        self.constants: list[str] = []
        self.definitions: list[str] = []
        self.known: set[str] = set()

    def define(self, thing: Any) -> None:
        """Add a function or class after everything that it uses."""
        thing = _unwrapped(thing)
        if thing.__name__ in self.known:
            return
        self.known.add(thing.__name__)
        text, space = _definition(thing)
        for name in sorted(_free_names(text)):
            if name in space and name not in self.known:
                self._need(name, space[name])
        self.definitions.append(text)

    def _need(self, name: str, value: Any) -> None:
        """Add what a free name stands for."""
        if isinstance(value, types.ModuleType):
            self.imports.add(_import(value.__name__, name))
        elif _is_own(value):
            self.define(value)
            if value.__name__ == name:
                return
            self.definitions.append(f"{name} = {value.__name__}")
        elif getattr(value, "__module__", None) and hasattr(value, "__name__"):
            self.imports.add(_import_from(value, name))
        elif isinstance(value, np.ndarray):
            self.imports.add("import numpy as np")
            self.constants.append(f"{name} = {_array(name, value)}")
        else:
            self.constants.append(f"{name} = {_literal(name, value)}")
        self.known.add(name)


def _is_own(value: Any) -> bool:
    """Return whether a notebook's own code defines a function or class."""
    module = getattr(value, "__module__", "") or ""
    own = module == "__main__" or module.startswith("my_cnn")
    return own and isinstance(value, (types.FunctionType, type))


def _import(module: str, name: str) -> str:
    return (
        f"import {module}" if module == name else f"import {module} as {name}"
    )


def _import_from(value: Any, name: str) -> str:
    if getattr(sys.modules.get(value.__module__), value.__name__, 0) is value:
        other = "" if value.__name__ == name else f" as {name}"
        return f"from {value.__module__} import {value.__name__}{other}"
    raise CannotKeep(f"{name} cannot be imported")


def _array(name: str, value: np.ndarray) -> str:
    """Return a small array as source."""
    if value.size > MOST_NUMBERS or value.dtype.kind not in "buif":
        raise CannotKeep(f"{name} is too large to be written down")
    return f"np.array({value.tolist()!r}, dtype={value.dtype.name!r})"


def _literal(name: str, value: Any) -> str:
    """Return a constant as source."""
    try:
        if ast.literal_eval(repr(value)) == value and len(repr(value)) < 2000:
            return repr(value)
    except (ValueError, SyntaxError, TypeError):
        pass
    raise CannotKeep(f"{name} has no short source")


def _definition(thing: Any) -> tuple[str, dict[str, Any]]:
    """Return the source of a function or class and its global names."""
    if isinstance(thing, types.FunctionType):
        if thing.__name__ == "<lambda>" or thing.__closure__:
            raise CannotKeep("a lambda or a closure has no name of its own")
        return _segment(thing.__code__, thing.__name__), thing.__globals__
    methods = {k: f for k, f in vars(thing).items() if _is_function(f)}
    if not methods:
        raise CannotKeep("a class without methods")
    inside = [f for f in methods.values() if "." in f.__qualname__]
    if not inside:
        raise CannotKeep("no method was written inside the class")
    text = _segment(inside[0].__code__, thing.__name__)
    for attribute, function in methods.items():
        if "." not in function.__qualname__:  # attached in a later cell
            text += "\n\n\n" + _segment(function.__code__, function.__name__)
            text += f"\n\n\n{thing.__name__}.{attribute} = {function.__name__}"
    return text, inside[0].__globals__


def _is_function(value: Any) -> bool:
    return isinstance(value, types.FunctionType)


def _segment(code: types.CodeType, name: str) -> str:
    """Return the source of a definition of a cell or file."""
    lines = linecache.getlines(code.co_filename)
    source = "".join(lines)
    found = [
        node
        for node in ast.parse(source).body
        if getattr(node, "name", None) == name
    ]
    if not found:
        raise CannotKeep(f"the source of {name} is not known")
    node = found[-1]
    first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
    return "".join(lines[first - 1 : node.end_lineno]).rstrip()


def _free_names(text: str) -> Iterator[str]:
    """Yield the names that a definition takes from outside of itself."""
    module = symtable.symtable(text, "answer", "exec")
    todo = [module]
    while todo:
        scope = todo.pop()
        todo += scope.get_children()
        for symbol in scope.get_symbols():
            outside = symbol.is_global() or scope is module
            known = hasattr(builtins, symbol.get_name())
            if symbol.is_referenced() and outside and not known:
                yield symbol.get_name()


def _unwrapped(thing: Any) -> Any:
    """Return what the learner wrote behind what `check.use` hands out."""
    while hasattr(thing, "__wrapped__"):
        thing = thing.__wrapped__
    if isinstance(thing, type):
        base = thing.__bases__[0]
        same = thing.__name__, thing.__module__
        if (base.__name__, base.__module__) == same:
            return base  # `official` made a subclass of the same name
    return thing


def _write(path: Path, text: str) -> None:
    """Write a file; what stood there and differs is moved aside."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        old = path.read_text(encoding="utf-8", errors="replace")
        if old == text:
            return
        _move_aside(path)
    record.write_whole(path, text)


def _move_aside(path: Path) -> None:
    """Move a file to `earlier/`, under a name that is free."""
    room = path.parents[1] / "earlier"
    room.mkdir(exist_ok=True)
    number = 1
    while (
        aside := room / f"{path.parent.name}_{path.stem}_{number}.py"
    ).exists():
        number += 1
    os.replace(path, aside)


def _write_packages(path: Path) -> None:
    """Make the lesson's answers importable by their own names."""
    room = path.parent
    number = room.name.removeprefix("lesson_")
    lines = [f'"""My answers of lesson {number}."""\n\n']
    for file in sorted(room.glob("*.py")):
        if file.stem != "__init__":
            lines.append(f"from .{file.stem} import *  # noqa: F403\n")
    _write_plain(room / "__init__.py", "".join(lines))
    _write_plain(room.parent / "__init__.py", PACKAGE)


def _write_plain(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")


def kept() -> dict[str, list[str]]:
    """Return the names of the kept answers by lesson."""
    room = folder()
    if room is None:
        return {}
    return {
        number: sorted(
            file.stem
            for file in (room / f"lesson_{number}").glob("*.py")
            if file.stem != "__init__"
        )
        for number in LESSONS
        if (room / f"lesson_{number}").is_dir()
    }
