"""Put back what an answer changes, and catch what it prints.

An answer runs in the learner's own kernel. What it leaves changed there
(the working directory, the seed, a replaced `np.allclose`) must neither
decide about the next answer nor surprise in a later cell.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from operator import is_
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

KEEP = 10_000  # characters of what is printed
RECURSION = 20_000  # calls inside calls that an answer may ask for
WATCHED = ("numpy", "course_lib", "builtins", "math", "random", "functools")
WATCHED += ("itertools", "operator", "copy", "time", "statistics")


class Printed(io.TextIOBase):
    """Keep the beginning of what is printed, and forget the rest."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.room = KEEP

    def write(self, text: str) -> int:
        """Take a text, as a file does."""
        if self.room >= len(text):
            self.pieces.append(text)
        elif self.room >= 0:
            self.pieces.append(f"{text[: self.room]} …")
        self.room = self.room - len(text) if self.room >= len(text) else -1
        return len(text)

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    @property
    def text(self) -> str:
        """Return what was kept."""
        return "".join(self.pieces).strip("\n")


@contextlib.contextmanager
def guarded() -> Iterator[Printed]:
    """Run a block, put back what it changed, yield what it prints."""
    printed = Printed()
    undo = [_kept_names(), _kept_random(), _kept_process(), _kept_plots()]
    with contextlib.ExitStack() as stack:
        for put_back in undo:
            stack.callback(_quietly, put_back)
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        _swap_doors(printed)
        yield printed


def _quietly(put_back: Callable[[], None]) -> None:
    with contextlib.suppress(Exception):  # what cannot be put back, stays
        put_back()


def _kept_process() -> Callable[[], None]:
    """Keep what belongs to the process: folder, variables, streams."""
    place, variables = _folder(), dict(os.environ)
    streams = sys.stdout, sys.stderr, sys.stdin
    path, limit = list(sys.path), sys.getrecursionlimit()
    doors = builtins.input, sys.setrecursionlimit
    shown, float_errors = np.get_printoptions(), np.geterr()
    shell = _shell()

    def put_back() -> None:
        sys.stdout, sys.stderr, sys.stdin = streams
        builtins.input, sys.setrecursionlimit = doors
        sys.setrecursionlimit(limit)
        sys.path[:] = path
        if place and _folder() != place:
            os.chdir(place)
        if dict(os.environ) != variables:
            os.environ.clear()
            os.environ.update(variables)
        np.set_printoptions(**shown)
        np.seterr(**float_errors)
        if shell is not None:
            vars(shell).pop("ask_exit", None)

    return put_back


def _swap_doors(printed: Printed) -> None:
    """Let nothing out: neither text nor questions nor an `exit()`."""
    sys.stdout = sys.stderr = printed
    sys.stdin = io.StringIO()
    builtins.input = _no_input
    limit_calls = sys.setrecursionlimit
    sys.setrecursionlimit = lambda n: limit_calls(min(n, RECURSION))
    shell = _shell()
    if shell is not None:  # `exit()` in a notebook would end the kernel
        vars(shell)["ask_exit"] = _exit


def _no_input(*_: Any) -> str:
    raise EOFError("input() cannot be used in an answer")


def _exit(*_: Any) -> None:
    raise SystemExit


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _folder() -> str | None:
    try:
        return str(Path.cwd())
    except OSError:  # it was deleted
        return None


def _kept_random() -> Callable[[], None]:
    """Keep the states of both global random generators."""
    one, other = random.getstate(), np.random.get_state()  # noqa: NPY002
    back, numpy_back = random.setstate, np.random.set_state

    def put_back() -> None:
        back(one)
        numpy_back(other)

    return put_back


def _kept_plots() -> Callable[[], None]:
    """Keep the figures and settings of matplotlib, where it is used."""
    plots = sys.modules.get("matplotlib.pyplot")
    library = sys.modules.get("matplotlib")
    if plots is None or library is None:
        return lambda: None
    figures = set(plots.get_fignums())
    settings = dict.copy(library.rcParams)

    def put_back() -> None:
        for number in set(plots.get_fignums()) - figures:
            plots.close(number)
        dict.update(library.rcParams, settings)

    return put_back


def _watched() -> list[ModuleType]:
    return [
        module
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in WATCHED and type(module) is ModuleType
    ]


def _classes(module: ModuleType) -> list[type]:
    return [
        value
        for value in list(vars(module).values())
        if type(value) is type and value.__module__ == module.__name__
    ]


def _kept_names() -> Callable[[], None]:
    """Keep the functions and classes that modules hold, and methods."""
    modules = dict(sys.modules)
    kept = [(m, dict(vars(m))) for m in _watched()]
    methods = [
        (owner, dict(vars(owner)))
        for module, _ in kept
        if module.__name__.startswith("course_lib")
        for owner in _classes(module)
    ]

    def put_back() -> None:
        for name, module in modules.items():
            if sys.modules.get(name) is not module:
                sys.modules[name] = module
        for owner, before in (*kept, *methods):
            for name, value in changed(vars(owner), before):
                setattr(owner, name, value)
        for owner, before in methods:
            for name in set(vars(owner)) - set(before):
                if callable(vars(owner)[name]):
                    delattr(owner, name)

    return put_back


def changed(now: Any, before: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return names and old values of what may be called and was replaced."""
    if len(now) == len(before) and all(
        map(is_, list(now.values()), before.values())
    ):
        return []  # as nearly always
    return [
        (name, value)
        for name, value in before.items()
        if now.get(name) is not value
        and (callable(value) or isinstance(value, (staticmethod, property)))
    ]


_TRUE = [(m, dict(vars(m))) for m in _watched() if m.__name__ != "builtins"]


@contextlib.contextmanager
def true_numpy() -> Iterator[None]:
    """Run a block with numpy as it was imported, whatever was replaced."""
    replaced = [
        (module, name, vars(module).get(name), value)
        for module, before in _TRUE
        if module.__name__.partition(".")[0] == "numpy"
        for name, value in changed(vars(module), before)
    ]
    for module, name, _, value in replaced:
        setattr(module, name, value)
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for module, name, theirs, _ in replaced:
            setattr(module, name, theirs)
