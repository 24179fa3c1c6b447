"""Run the cells of a notebook inside the sandbox, and serve the judge.

Whatever happens here is the learner's business: the judge outside believes
nothing of it. `lesson` gives a `check` that asks outside; expected results
and the course's own answers are not in the sandbox at all.
"""

from __future__ import annotations

import builtins
import importlib
import inspect
import os
import socket
import sys
import time
import types
from contextlib import ExitStack
from typing import Any

import numpy as np

from course_lib import exercises
from course_lib.exercises import limit, official
from course_lib.exercises.attempt import _frames_of
from course_lib.exercises.grading.peer import Gone, Peer
from course_lib.exercises.guard import guarded
from course_lib.exercises.limit import TimeLimit, run_limited
from course_lib.exercises.model import Note, Result
from course_lib.exercises.plain import type_name

MOST_NAMES = 200
SLOWER = 6  # a machine may be that busy


def clock() -> float:
    """Return seconds of work; those of waiting count little.

    So a right answer is right on a busy machine, too.
    """
    return time.process_time() + time.perf_counter() / SLOWER


class Outside:
    """Stand in for a function, class or object that stays outside."""

    def __init__(self, peer: Kernel, said: dict) -> None:
        vars(self).update(_peer=peer, _said=said)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it on the other side."""
        return self._peer.ask("call", [args, kwargs], ref=self._said["ref"])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._peer.ask("get", name, ref=self._said["ref"])

    def __deepcopy__(self, memo: Any) -> Outside:
        return self

    def __repr__(self) -> str:
        return str(self._said.get("text", "<of the course>"))


class Kernel(Peer):
    """Be the inner end of the line."""

    asks_at = 1  # while a cell is served

    def __init__(self, line: socket.socket) -> None:
        super().__init__(line, "i")
        self.objects: dict[int, Any] = {}
        self.numbers: dict[int, int] = {}
        self.shell = _shell()
        self.began = 0.0  # when the answer that is judged was handed in

    def refer(self, value: Any) -> dict:
        """Return a number for an object, and what the judge may know."""
        if isinstance(value, Outside):
            return {"t": "yours", "ref": value._said["ref"]}
        kind = type(value)
        if any("__array__" in vars(base) for base in kind.__mro__):
            if not isinstance(value, type):
                array = np.array(np.asarray(value), subok=False)
                blobs: list[bytes] = []
                found = self.coder.encode(array.tolist(), blobs)
                return {"t": "listed", "of": found}
        number = self.numbers.setdefault(id(value), len(self.objects))
        self.objects[number] = value
        said = {"t": "ref", "ref": number, "name": type_name(value)}
        said["callable"] = callable(value)
        if issubclass(kind, type):
            names = [n for n in dir(value) if not n.startswith("_")]
            said["class"] = str(value.__name__)[:60]
            said["names"] = names[:MOST_NAMES]
        said["module"] = ""
        if issubclass(kind, (type, types.FunctionType)):
            module = getattr(value, "__module__", "")
            said["module"] = module if type(module) is str else ""
        if kind in (set, frozenset):
            said["size"] = len(value)
        return said

    def resolve(self, said: dict) -> Any:
        """Return an object of this side, or what stands for one outside."""
        if said["t"] == "yours":
            return self.objects[said["ref"]]
        if said["t"] == "rng":
            rng = np.random.default_rng()
            rng.bit_generator.state = self.coder.decode(said["state"], [])
            return rng
        if said["t"] == "import":
            found = importlib.import_module(said["module"])
            return getattr(found, said["name"])
        if said["t"] == "ref":
            return Outside(self, said)
        return None

    def failure(self, error: BaseException) -> dict:
        """Tell an exception: its names, its text, the lines it went by."""
        if isinstance(error, TimeLimit):
            places = [list(place) for place in error.place]
            return {"late": places, "too_deep": error.too_deep}
        kinds = [base.__name__ for base in type(error).__mro__]
        text = ""
        try:
            text = str(error)[:400]
        except BaseException:
            pass
        frames = [list(f) for f in _frames_of(error.__traceback__)]
        return {"kinds": kinds, "text": text, "frames": frames}

    def raise_failure(self, said: dict) -> Any:
        """Raise what happened outside; the time may be over."""
        if "late" in said:
            raise TimeLimit
        kind = getattr(builtins, said["kinds"][0], RuntimeError)
        if not isinstance(kind, type) or not issubclass(kind, Exception):
            kind = RuntimeError
        raise kind(said["text"])

    def serve(self, do: str, said: dict) -> Any:
        """Do what the judge asks."""
        if do == "run":
            return self.run(said["value"], said["name"])
        if do == "forget":
            self.objects.clear()
            self.numbers.clear()
            return None
        target = self.objects[said["ref"]]
        if do == "get":
            return getattr(target, said["value"])
        if do == "set":
            name, value = said["value"]
            return setattr(target, name, value)
        args, kwargs = said["value"]
        rngs = [a for a in args if type(a) is np.random.Generator]
        left = max(said["limit"] - (clock() - self.began), 0.01)
        result = run_limited(lambda: target(*args, **kwargs), left)
        states = [_state(rng) for rng in rngs]
        return [result, states]

    def run(self, source: str, name: str) -> str:
        """Run a cell; return the error that it stopped with, "" if none."""
        self.shell.compile.get_code_name = lambda *_: name
        found = self.shell.run_cell(source, store_history=False)
        error = found.error_before_exec or found.error_in_exec
        plots = sys.modules.get("matplotlib.pyplot")
        if plots is not None:
            plots.close("all")
        if isinstance(error, Gone):
            raise error
        if error is None:
            return ""
        return f"{type(error).__name__}: {error}"[:200]


def _state(rng: np.random.Generator) -> Any:
    """Return the state of a generator as plain data."""
    return rng.bit_generator.state


class Check:
    """Be the `check` of a notebook; the answers are judged outside."""

    def __init__(self, kernel: Kernel, number: str, language: str) -> None:
        self.kernel, self.number, self.language = kernel, number, language
        names = kernel.ask("lesson", [number, language])
        self.exercises = dict.fromkeys(names)
        self.answers: dict[str, Any] = {}

    def __call__(self, name: str, answer: Any) -> Result:
        """Have an answer judged; the outcome is all that comes back."""
        with ExitStack() as stack:
            printed = stack.enter_context(guarded())
            self.kernel.began = clock()
            outcome = self.kernel.ask("check", answer, name=name)
            text = printed.text
        if text:
            self.kernel.ask("printed", text, name=name)
        self.answers.pop(name, None)
        if outcome == "correct":
            self.answers[name] = answer
        return Result(name, outcome, "", None, self.language)

    def use(self, name: str) -> Any:
        """Return the right answer of the notebook, else the course's."""
        found = self.kernel.ask("use", name)
        if isinstance(found, tuple) and found[:1] == ("mine",):
            return _official(self.answers[name], *found[1:])
        return found

    def part(self, number: str, name: str) -> Any:
        """Return the course's version of a part of another lesson."""
        return self.kernel.ask("part", [number, name])

    def hint(self, *_: Any, **__: Any) -> Note:
        """Say nothing: nobody is there to read it."""
        return Note("", self.language)

    whose = progress = reveal = predict = hint


def _official(answer: Any, kind: str, signature: Any, example: Any) -> Any:
    """Adapt an answer as `official` does, without the reference."""
    if kind == "value":
        return official.alike(answer, _example(example))
    if kind == "class":
        return official._class(answer, _class(signature))
    return official._function(answer, _function(signature), _example(example))


def _function(parameters: Any) -> Any:
    """Return a function with a signature, which does nothing."""

    def nothing(*_: Any, **__: Any) -> None:
        pass

    nothing.__signature__ = inspect.Signature(  # type: ignore
        [
            inspect.Parameter(
                name,
                inspect._ParameterKind(kind),
                default=default[0] if default else inspect.Parameter.empty,
            )
            for name, kind, default in parameters
        ]
    )
    return nothing


def _class(methods: dict) -> type:
    return type("Form", (), {n: _function(p) for n, p in methods.items()})


def _example(example: Any) -> Any:
    if isinstance(example, tuple) and example[:1] == ("class",):
        return _class(example[1])
    if isinstance(example, tuple):
        return tuple(_example(part) for part in example)
    return example


def _shell() -> Any:
    """Return IPython without a screen, a history or a terminal."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = InteractiveShell.instance(config=config)
    shell.showtraceback = lambda *_, **__: None
    return shell


def _open_line() -> socket.socket:
    """Return the line to the judge, from what stands in the arguments."""
    if sys.argv[1].startswith("port:"):  # only where nothing is protected
        line = socket.create_connection(("127.0.0.1", int(sys.argv[1][5:])))
        line.sendall(os.environ.pop("COURSE_TOKEN").encode())
        return line
    return socket.socket(fileno=int(sys.argv[1]))


def main() -> None:
    """Serve until the judge goes."""
    line = _open_line()
    nothing = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
    sys.stdout = sys.stderr = nothing
    kernel = Kernel(line)
    limit.CLOCK = clock
    exercises.lesson = lambda number, language="en": Check(
        kernel, number, language
    )
    exercises.course_map = lambda *_: None
    quiet = types.ModuleType(f"{exercises.__name__}.certificate")
    quiet.certificate = lambda *_, **__: None
    sys.modules[quiet.__name__] = quiet
    try:
        while True:
            said, value = kernel.receive()
            kernel.answer(said, value)
    except Gone:
        os._exit(0)


if __name__ == "__main__":
    main()
