"""Judge the answers of a notebook that runs in the sandbox.

The notebook's cells run inside; `check` comes out here as a request, and
the answer as a stand-in that `judge` calls as any other.
"""

from __future__ import annotations

import inspect
import linecache
import socket
import sys
import time
import types
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from course_lib.exercises import exercises_of, limit
from course_lib.exercises.grading import remote
from course_lib.exercises.grading.peer import Gone, Peer
from course_lib.exercises.judge import TIME_LIMIT, judge
from course_lib.exercises.lessons import LESSONS
from course_lib.exercises.limit import TimeLimit
from course_lib.exercises.model import (
    CORRECT,
    INCORRECT,
    NOT_ATTEMPTED,
    Exercise,
    Result,
)

GRACE = 20.0  # seconds that a reply may be late before all is ended
BUSY = 7  # times slower than usual a machine may be
MOST_CHECKS = 25  # of one exercise: nobody tries out all numbers
# What an answer may ask of the course's own objects, and nothing else.
OPEN = frozenset(
    "forward backward predict loss accuracy gradient children parameters "
    "gradients params grads layers last_layer W b dW db gamma beta dgamma "
    "dbeta x out y t col mask stride pad dilation groups pool_h pool_w FN C "
    "FH FW body shortcut branches "
    "normal uniform random integers choice permutation permuted shuffle "
    "standard_normal".split()
)


class Judge(Peer):
    """Be the outer end of the line, for one notebook.

    results: the last Result of each exercise. notes: what is to be said of
    an exercise, by name.
    """

    serves_at = 0

    def __init__(self, line: socket.socket, number: str, language: str):
        super().__init__(line, "h")
        self.number, self.language = number, language
        self.exercises = exercises_of(number)
        self.results: dict[str, Result] = {}
        self.notes: dict[str, list[str]] = {}
        self.counts: Counter[str] = Counter()
        self.right: set[str] = set()
        self.handed_out: set[str] = set()  # whose reference was made use of
        self.judging: str | None = None
        self.refused = False
        self.end = 0.0  # of the time of the answer that is judged
        self.own: dict[int, Any] = {}
        self.own_numbers: dict[int, int] = {}
        self.part_of: dict[int, str] = {}
        self.stand_ins: dict[int, Any] = {}
        self.files: set[str] = set()

    def run(self, source: str, name: str, seconds: float) -> str:
        """Run a cell; return its error, "" if none. Raises Gone."""
        lines = source.splitlines(keepends=True)
        linecache.cache[name] = (len(source), None, lines, name)
        self.files.add(name)
        self.until = time.monotonic() + seconds
        try:
            return str(self.ask("run", source, name=name))[:200]
        except (Gone, KeyboardInterrupt):
            raise
        except BaseException as error:  # no honest kernel says that
            raise Gone(self._end(type(error).__name__)) from None

    def note(self, name: str, text: str) -> None:
        """Say something of an exercise, once."""
        said = self.notes.setdefault(name, [])
        if text not in said:
            said.append(text)

    # what crosses the line

    def refer(self, value: Any) -> dict:
        """Return a number for an object of the course; few may go in."""
        ref = getattr(value, "_said", None)
        if isinstance(value, remote.Remote) and ref is not None:
            return {"t": "yours", "ref": ref["ref"]}
        if isinstance(value, (type, types.FunctionType)):
            if "course_ref" in vars(value):
                return {"t": "yours", "ref": vars(value)["course_ref"]}
        if remote.is_plain_generator(value):
            return {"t": "rng", "state": self._rng(value)}
        if is_open_source(value):
            said = {"module": value.__module__, "name": value.__name__}
            return {"t": "import", **said}
        number = self.own_numbers.get(id(value))
        if number is None:
            number = len(self.own)
            self.own[number] = value
            self.own_numbers[id(value)] = number
        return {"t": "ref", "ref": number, "text": type(value).__name__}

    def _rng(self, value: np.random.Generator) -> Any:
        return self.coder.encode(value.bit_generator.state, [])

    def resolve(self, said: dict) -> Any:
        """Return an object of this side, or a stand-in for one inside."""
        if said["t"] == "yours":
            return self.own[said["ref"]]
        if said["t"] == "odd":
            return remote.Large(said)
        if said["t"] == "listed":
            return np.array(self.coder.decode(said["of"], []))
        number = said["ref"]
        if number not in self.stand_ins:
            self.stand_ins[number] = remote.stand_in(self, said)
        return self.stand_ins[number]

    def failure(self, error: BaseException) -> dict:
        """Tell inside what went wrong here: type and text, no more."""
        if isinstance(error, TimeLimit):
            return {"late": []}
        kind = type(error).__name__
        return {"kinds": [kind], "text": str(error)[:200]}

    def raise_failure(self, said: dict) -> Any:
        """Raise what an answer raised."""
        if "late" in said:
            end = TimeLimit()
            end.too_deep = said.get("too_deep") is True
            end.place = tuple(
                (file, line)
                for file, line in said["late"][:100]
                if file in self.files and type(line) is int
            )
            raise end
        raise remote.exception(said, self.files)

    # what the judge asks of the sandbox

    def call(self, ref: int, args: tuple, kwargs: dict) -> Any:
        """Call a function or class of the sandbox, within the time left."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeLimit
        rngs = [a for a in args if remote.is_plain_generator(a)]
        before, self.until = self.until, time.monotonic() + left + GRACE
        within = {"limit": TIME_LIMIT}
        try:
            found = self.ask("call", [list(args), kwargs], ref=ref, **within)
        finally:
            self.until = before
        result, states = found
        remote.generator_states(rngs, states)
        return remote.opened(result)

    def fetch(self, ref: int, name: str) -> Any:
        """Return an attribute of an object of the sandbox."""
        before, self.until = self.until, time.monotonic() + GRACE
        try:
            return remote.opened(self.ask("get", name, ref=ref))
        finally:
            self.until = before

    # what the sandbox asks

    def serve(self, do: str, said: dict) -> Any:
        """Do what the notebook asks, as far as it may."""
        serves: dict[str, Callable[[dict], Any]] = {
            "lesson": self._lesson,
            "check": self._check,
            "printed": self._printed,
            "use": self._use,
            "part": self._part,
            "call": self._call,
            "get": self._get,
        }
        if do not in serves:
            raise PermissionError("not served")
        return serves[do](said)

    def _lesson(self, said: dict) -> list[str]:
        number = said["value"][0]
        if number != self.number:
            raise ValueError(f"this is lesson {self.number}")
        return list(self.exercises)

    def _exercise(self, name: Any) -> Exercise:
        if not isinstance(name, str) or name not in self.exercises:
            raise ValueError(f"{name!r} is no exercise")
        return self.exercises[name]

    def _check(self, said: dict) -> str:
        name, answer = said["name"], said["value"]
        exercise = self._exercise(name)
        if self.judging is not None:
            raise PermissionError("an answer cannot check answers")
        self.counts[name] += 1
        if self.counts[name] > MOST_CHECKS:
            self.note(name, f"checked more than {MOST_CHECKS} times")
            return NOT_ATTEMPTED
        if name in self.handed_out and name not in self.right:
            self.note(name, "checked after the course's version was used")
            return NOT_ATTEMPTED
        result = self._judged(exercise, answer)
        self.results[name] = result
        if result.outcome == CORRECT:
            self.right.add(name)
        return result.outcome

    def _judged(self, exercise: Exercise, answer: Any) -> Result:
        """Return the Result of an answer, with the time that it may take."""
        self.judging, self.refused = exercise.name, False
        self.end = time.monotonic() + BUSY * TIME_LIMIT
        limit.GRACE = BUSY * TIME_LIMIT + 2 * GRACE
        try:
            if self._is_courses(answer):
                self.refused = True
                result = Result(exercise.name, NOT_ATTEMPTED, "")
            else:
                result = judge(exercise, answer, self.language)
        finally:
            limit.GRACE = 0.0
            self.judging = None
        if self.refused:
            self.note(exercise.name, "answers with the course's own version")
            return replace(result, outcome=NOT_ATTEMPTED, diagnosis=None)
        if self.broken:
            self.note(exercise.name, "the answer ended the kernel, or hung")
            text = result.message
            self.results[exercise.name] = Result(
                exercise.name, INCORRECT, text, "never-ends", self.language
            )
            raise Gone(self.broken)
        return result

    def _is_courses(self, answer: Any) -> bool:
        """Return whether an answer is the course's own, not the learner's."""
        if any(answer is thing for thing in self.own.values()):
            return True
        code = isinstance(answer, (type, types.FunctionType))
        module = vars(answer).get("course_module", "") if code else ""
        return module.startswith("course_lib.")

    def _printed(self, said: dict) -> None:
        result = self.results.get(said["name"])
        if result is not None:
            text = str(said["value"])[:10_000]
            self.results[said["name"]] = replace(result, printed=text)

    def _use(self, said: dict) -> Any:
        name = said["value"]
        exercise = self._exercise(name)
        if name in self.right:
            return ("mine", *form(exercise))
        return self._hand_out(exercise, name)

    def _part(self, said: dict) -> Any:
        number, name = said["value"]
        if number not in LESSONS or name not in exercises_of(number):
            raise ValueError(f"{number} {name} is no exercise")
        own = name if number == self.number else f"{number} {name}"
        return self._hand_out(exercises_of(number)[name], own)

    def _hand_out(self, exercise: Exercise, name: str) -> Any:
        """Return the course's version; functions stay on this side."""
        if self.judging == name:
            self.refused = True
            raise PermissionError("the exercise itself is being judged")
        reference = exercise.reference
        if exercise.cases is None or is_open_source(reference):
            self.handed_out.add(name)
            return reference
        self.refer(reference)
        self.part_of[id(reference)] = name
        return reference

    def _call(self, said: dict) -> Any:
        target = self.own[said["ref"]]
        self._allow(target)
        if self.judging is not None and time.monotonic() > self.end:
            raise TimeLimit
        args, kwargs = said["value"]
        result = target(*args, **kwargs)
        self._inherit(target, result)
        return result

    def _get(self, said: dict) -> Any:
        name = said["value"]
        target = self.own[said["ref"]]
        self._allow(target)
        if not isinstance(name, str) or not _is_open(target, name):
            raise AttributeError(f"{name!r} is not served")
        result = getattr(target, name)
        self._inherit(target, result)
        return result

    def _allow(self, target: Any) -> None:
        """Refuse the course's own answer to what is being judged."""
        name = self.part_of.get(id(target))
        if name is None:
            return
        if name == self.judging:
            self.refused = True
            raise PermissionError("the exercise itself is being judged")
        self.handed_out.add(name)

    def _inherit(self, target: Any, result: Any) -> None:
        """Let what a reference gives count as a part of it."""
        name = self.part_of.get(id(target))
        simple = (np.ndarray, np.generic, int, float, str, tuple, list, dict)
        if name is not None and not isinstance(result, simple):
            self.refer(result)  # keeps it, so that its id stays its own
            self.part_of[id(result)] = name


def is_open_source(value: Any) -> bool:
    """Return whether something is a part of course_lib that all may read."""
    if not isinstance(value, (type, types.FunctionType)):
        return False
    module = value.__module__
    if not module.startswith("course_lib.") or "exercises" in module:
        return False
    found = getattr(sys.modules.get(module), value.__name__, None)
    return found is value


def _is_open(target: Any, name: str) -> bool:
    """Return whether the sandbox may have an attribute: data, or OPEN."""
    if name.startswith("_") or isinstance(target, types.ModuleType):
        return False
    code = (type, types.FunctionType, types.MethodType)
    own = {} if isinstance(target, code) else getattr(target, "__dict__", {})
    return name in own or name in OPEN


def form(exercise: Exercise) -> tuple[str, Any, Any]:
    """Return how a right answer is called, and what it gives, as data."""
    from course_lib.exercises.official import _example

    reference = exercise.reference
    if exercise.cases is None:
        return "value", None, _masked(reference)
    if isinstance(reference, type):
        return "class", _methods(reference), None
    return "function", _parameters(reference), _masked(_example(exercise))


def _masked(value: Any) -> Any:
    """Return a value of the same form that tells nothing."""
    if isinstance(value, type):
        return ("class", _methods(value))
    if isinstance(value, tuple):
        return tuple(_masked(part) for part in value)
    if isinstance(value, np.ndarray):
        return np.zeros(1) if value.ndim else 0.0
    if isinstance(value, (bool, np.bool_)):
        return False
    if isinstance(value, (int, np.integer)):
        return 0
    return 0.0 if isinstance(value, (float, np.floating)) else None


def _methods(reference: type) -> dict:
    names = ("__init__", "forward", "backward")
    return {
        name: _parameters(getattr(reference, name))
        for name in names
        if callable(getattr(reference, name, None))
    }


def _parameters(function: Any) -> list:
    """Return name, kind and default of each parameter."""
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    empty = inspect.Parameter.empty
    return [
        [p.name, int(p.kind), [] if p.default is empty else [p.default]]
        for p in found
    ]
