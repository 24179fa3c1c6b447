"""Run an answer on the cases of an exercise, and keep what came out."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FunctionType, TracebackType
from typing import Any

from course_lib.exercises.compare import unchanged
from course_lib.exercises.limit import TimeLimit
from course_lib.exercises.model import Exercise
from course_lib.exercises.plain import Odd, far_too_long, plain

LONGEST = 400  # characters of an exception's message that are shown


@dataclass
class Failure:
    """Hold an exception as plain data: it may be an object that bites.

    kind: its type's name. text: its message. frames: (file, line) of each
    call, the outermost first. returned: what the answer gave before, where
    the check itself stumbled over it, else None.
    """

    kind: str
    text: str
    frames: list[tuple[str, int]]
    returned: Any = None
    untouched: bool = False  # NotImplementedError: the answer is not begun


class Elsewhere(BaseException):
    """Be raised for an exception of another process; frames are its own."""

    frames: tuple[tuple[str, int], ...] = ()


@dataclass
class Try:
    """Hold what one case gave: a result, or the exception that it raised.

    changed: the argument that was written to, "" where none was.
    """

    case: tuple
    value: Any = None
    error: Failure | None = None
    changed: str = ""


@dataclass
class Run:
    """Hold all tries of an answer.

    second: the first case once more. moved: the number of a try whose
    result was changed by a later call, None where there is none. retry:
    runs the answer on one more case, for a diagnosis.
    """

    tries: list[Try] = field(default_factory=list)
    second: Try | None = None
    moved: int | None = None
    own: bool = False  # the answer is course_lib's own
    retry: Callable[[tuple], Try] | None = None  # runs it on another case


def attempt(exercise: Exercise, answer: Any, case: tuple) -> Try:
    """Run an answer on one case, on copies, and catch what it raises."""
    return _attempt(exercise, answer, case)[0]


def run_all(
    exercise: Exercise, answer: Any, cases: list[tuple], run: Run
) -> None:
    """Fill a Run; whoever stops it half way finds what was done so far."""
    raw = []
    for case in cases:
        found, result = _attempt(exercise, answer, case)
        raw.append(result)
        run.tries.append(found)
        if found.error is not None or type(found.value) is Odd:
            return  # the first exception is the one to read
    run.own = _is_packages_own(answer)
    if exercise.random or not exercise.again:
        return
    run.second = attempt(exercise, answer, cases[0])
    for number, (found, result) in enumerate(zip(run.tries, raw)):
        if not unchanged(plain(result), found.value):
            run.moved = number
            return


def _attempt(exercise: Exercise, answer: Any, case: tuple) -> tuple[Try, Any]:
    given, kept = copy.deepcopy(case), copy.deepcopy(case)
    found, result = Try(kept), None
    spy = Spy(answer)
    try:
        result = exercise.run(spy.answer, *given)
        found.value = plain(result)
    except TimeLimit:
        raise
    except _TooLong as error:
        found.value = error.args[0]
    except BaseException as error:
        found.error = _failure(error, spy)
    found.changed = _changed(exercise, given, kept)
    return found, result


class _TooLong(Exception):
    """Stop a check before it looks at a result without an end."""


class Spy:
    """Keep what a function gave last, to see what a check stumbled over."""

    def __init__(self, answer: Any) -> None:
        self.last: Any = None
        self.calls = 0
        self.answer = answer
        if type(answer) is FunctionType:

            def watched(*args: Any, **kwargs: Any) -> Any:
                self.last = None
                self.last = answer(*args, **kwargs)
                self.calls += 1
                if (odd := far_too_long(self.last)) is not None:
                    raise _TooLong(odd)
                if type(self.last) is not list and issubclass(
                    type(self.last), list
                ):  # its own __iter__ may never end
                    return list.__getitem__(self.last, slice(None))
                return self.last

            self.answer = watched


def _failure(error: BaseException, spy: Spy) -> Failure:
    kind = type.__dict__["__name__"].__get__(type(error))
    untouched = issubclass(type(error), NotImplementedError)
    back = BaseException.__traceback__.__get__(error)
    frames = _frames_of(back)
    if issubclass(type(error), Elsewhere):
        frames = list(error.frames)
    returned = None
    if spy.calls and spy.last is not None:
        returned = plain(spy.last)
    try:
        text = str(error)[:LONGEST]
    except TimeLimit:
        raise
    except BaseException:
        text = ""
    return Failure(kind, text, frames, returned, untouched)


def _frames_of(back: TracebackType | None) -> list[tuple[str, int]]:
    """Return file and line of the innermost 200 calls."""
    found: list[tuple[str, int]] = []
    while back is not None:
        found.append((back.tb_frame.f_code.co_filename, back.tb_lineno or 0))
        back = back.tb_next
        if len(found) > 400:
            del found[:200]
    return found[-200:]


def _changed(exercise: Exercise, given: tuple, before: tuple) -> str:
    """Return the name of an argument that was written to, "" for none."""
    if exercise.kept is not None:
        names: list[str] = []
        given, before = (
            (exercise.kept(*given),),
            (exercise.kept(*before),),
        )
    else:
        names = exercise.arguments()
    for number, (now, old) in enumerate(zip(given, before)):
        if not unchanged(now, old):
            return names[number] if number < len(names) else "x"
    return ""


def _is_packages_own(answer: Any) -> bool:
    """Return whether an answer is a function or class of course_lib."""
    if not issubclass(type(answer), (type, FunctionType)):
        return False
    module = getattr(answer, "__module__", "")
    return type(module) is str and module.startswith("course_lib.")
