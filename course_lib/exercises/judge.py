"""Judge an answer: run it on every case, compare, and name the slip."""

from __future__ import annotations

import copy
import inspect
import linecache
import traceback
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.exercises.compare import (
    Difference,
    difference,
    number,
    same,
)
from course_lib.exercises.errors import explain
from course_lib.exercises.limit import TimeLimit, run_limited
from course_lib.exercises.messages import say, say_pattern
from course_lib.exercises.model import (
    CORRECT,
    INCORRECT,
    NOT_ATTEMPTED,
    Exercise,
    Result,
    Slip,
)
from course_lib.exercises.patterns import pattern
from course_lib.exercises.picture import difference_picture

TIME_LIMIT = 5.0  # seconds for all cases of one check together
PACKAGE = str(Path(__file__).resolve().parents[1])


@dataclass
class Try:
    """Hold what one case gave: a result, or the exception that it raised."""

    case: tuple
    value: Any = None
    error: BaseException | None = None
    changed_input: bool = False


def judge(exercise: Exercise, answer: Any, language: str) -> Result:
    """Return the Result of an answer to an exercise.

    answer: a value, a function or a class, as the exercise wants.
    language: "en" or "ja".
    """
    if answer is ...:
        return _result(exercise, NOT_ATTEMPTED, language)
    if exercise.cases is None:
        return _judge_value(exercise, answer, language)
    if not callable(answer):
        text = say("not_callable", language, got=type(answer).__name__)
        return _result(exercise, INCORRECT, language, text)
    cases = exercise.cases()
    tries: list[Try] = []
    try:
        run_limited(
            lambda: _try_all(exercise, answer, cases, tries), TIME_LIMIT
        )
    except TimeLimit:
        call = _describe_call(exercise, cases[len(tries)], language)
        text = say("timeout", language, seconds=TIME_LIMIT) + "\n" + call
        return _result(exercise, INCORRECT, language, text, "never-ends")
    return _judge_tries(exercise, answer, tries, language)


def attempt(exercise: Exercise, answer: Any, case: tuple) -> Try:
    """Run an answer on one case, on copies, and catch what it raises."""
    given = copy.deepcopy(case)
    kept = copy.deepcopy(case)
    found = Try(kept)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            found.value = exercise.run(answer, *given)
    except Exception as error:
        found.error = error
    found.changed_input = _changed(given, kept)
    return found


def _try_all(exercise, answer, cases, tries):
    for case in cases:
        tries.append(attempt(exercise, answer, case))
        if tries[-1].error is not None:
            break  # the first exception is the one to read


def _changed(given: tuple, kept: tuple) -> bool:
    return any(
        isinstance(now, np.ndarray)
        and not np.array_equal(now, before, equal_nan=now.dtype.kind in "fc")
        for now, before in zip(given, kept)
    )


def _judge_value(exercise, answer, language):
    if isinstance(answer, (tuple, list)) and any(a is ... for a in answer):
        return _result(exercise, NOT_ATTEMPTED, language)
    expected = exercise.reference
    found = difference(
        answer, expected, language, exercise.parts, exercise.tolerance
    )
    if found is None:
        text = say("correct_value", language)
        return _result(exercise, CORRECT, language, text)
    for slip in exercise.slips:
        if _fits(slip, answer):
            return _wrong(exercise, found, slip, language)
    if found.diagnosis:
        return _wrong(exercise, found, None, language)
    seen = pattern([(answer, expected)], exercise.tolerance, by_hand=True)
    return _wrong(exercise, found, seen, language)


def _fits(slip: Slip, value: Any) -> bool:
    """Return whether a value is what a slip gives."""
    if slip.seen is None:
        return any(same(value, wrong) for wrong in (slip.answer, *slip.also))
    return _seen(slip, Try((), value))


def _judge_tries(exercise, answer, tries, language):
    last = tries[-1]
    if isinstance(last.error, NotImplementedError) or last.value is ...:
        return _result(exercise, NOT_ATTEMPTED, language)
    if last.error is not None:
        text = _describe_error(last.error, language)
        call = _describe_call(exercise, last.case, language)
        name, meaning = explain(last.error, language) or ("raises", "")
        if meaning:
            text = say("slip", language, text=meaning) + "\n" + text
        return _result(exercise, INCORRECT, language, f"{text}\n{call}", name)
    wrong = _first_wrong(exercise, tries, language)
    if wrong is not None:
        found, bad = wrong
        call = _describe_call(exercise, bad.case, language)
        cause = _recognise(exercise, tries)
        if cause is None and found.diagnosis is None:
            cause = _pattern(exercise, tries)
        return _wrong(exercise, found, cause, language, call)
    changed = [t for t in tries if t.changed_input]
    if changed:
        text = say("input_changed", language)
        call = _describe_call(exercise, changed[0].case, language)
        return _result(
            exercise, INCORRECT, language, f"{text}\n{call}", "changes-input"
        )
    text = say("correct", language, count=len(tries))
    if _is_packages_own(answer):
        text += "\n" + say("own_package", language)
    return _result(exercise, CORRECT, language, text)


def _first_wrong(exercise, tries, language):
    for found in tries:
        expected = attempt(exercise, exercise.reference, found.case)
        if expected.error is not None:
            raise expected.error
        if exercise.random:
            wrong = _random_difference(exercise, found, expected, language)
        else:
            wrong = difference(
                found.value,
                expected.value,
                language,
                exercise.parts,
                exercise.tolerance,
            )
        if wrong is not None:
            return wrong, found
    return None


def _random_difference(exercise, found, expected, language):
    """Compare shapes only, then ask each slip whether it is seen."""
    if found.value is None:
        text = say("none", language, part="")
        return Difference(text, diagnosis="returns-none")
    got, right = np.shape(found.value), np.shape(expected.value)
    if got != right:
        text = say("shape", language, part="", expected=right, got=got)
        return Difference(text, found.value, expected.value)
    if any(_seen(slip, found) for slip in exercise.slips):
        return Difference(say("random_shape", language))
    return None


def _recognise(exercise, tries):
    """Return the slip whose results equal the learner's on every case."""
    for slip in exercise.slips:
        if slip.seen is not None:
            seen = [_seen(slip, t) for t in tries]
            if all(seen) or (exercise.random and any(seen)):
                return slip
            continue
        answers = (slip.answer, *slip.also)
        if any(_gives(exercise, answer, tries) for answer in answers):
            return slip
    return None


def _gives(exercise, answer, tries):
    """Return whether an answer gives what was found, on every case."""
    for found in tries:
        theirs = attempt(exercise, answer, found.case)
        if theirs.error is not None or not same(
            found.value, theirs.value, exercise.tolerance
        ):
            return False
    return True


def _pattern(exercise, tries):
    """Return the pattern that all wrong results show, None if none."""
    expected = [attempt(exercise, exercise.reference, t.case) for t in tries]
    pairs = [(t.value, e.value) for t, e in zip(tries, expected)]
    if exercise.random:  # then only the shapes can be compared
        pairs = [(g, e) for g, e in pairs if np.shape(g) != np.shape(e)]
    return pattern(pairs, exercise.tolerance)


def _seen(slip, found) -> bool:
    try:
        return bool(slip.seen(found.value, *found.case))
    except (TypeError, ValueError, IndexError):
        return False  # a result of another form cannot show this slip


def _wrong(
    exercise: Exercise,
    found: Difference,
    cause: Slip | str | None,
    language: str,
    call: str = "",
) -> Result:
    """Return the result for an answer that differs, with its picture.

    cause: the slip that was made, or the name of the pattern that is seen;
    None where the difference itself says all that is known.
    """
    lines = [found.text, call]
    if isinstance(cause, Slip):
        said = cause.text.of(language)
        lines.insert(0, say("slip", language, text=said))
        cause = cause.name
    elif cause:
        lines.insert(0, say_pattern(cause, language))
    else:
        cause = found.diagnosis
    return Result(
        exercise.name,
        INCORRECT,
        "\n".join(line for line in lines if line),
        cause,
        language,
        difference_picture(found.got, found.expected, language, found.part),
    )


def _result(exercise, outcome, language, message=None, diagnosis=None):
    if message is None:
        message = say(outcome, language)
    return Result(exercise.name, outcome, message, diagnosis, language)


def _is_packages_own(answer) -> bool:
    module = getattr(answer, "__module__", None) or ""
    return module.startswith("course_lib.")


def _describe_error(error: BaseException, language: str) -> str:
    """Say an exception and the learner's own line that raised it."""
    text = f"{type(error).__name__}: {error}"
    said = say("raised", language, error=text)
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith(PACKAGE)
        and "site-packages" not in frame.filename
        and linecache.getline(frame.filename, frame.lineno or 0)
    ]
    if not frames:
        return said
    where = say(
        "at_line", language, line=frames[-1].lineno, text=frames[-1].line
    )
    return f"{said}\n{where}"


def _describe_call(exercise: Exercise, case: tuple, language: str) -> str:
    """Say which arguments were tried, arrays by their shape."""
    if exercise.run is Exercise.run:
        names = list(inspect.signature(exercise.reference).parameters)
    else:
        names = list(inspect.signature(exercise.run).parameters)[1:]
    shown = [f"{n}={_short(value)}" for n, value in zip(names, case)]
    return say("tried", language, call=", ".join(shown))


def _short(value: Any) -> str:
    if isinstance(value, np.ndarray):
        if value.size <= 9 and value.ndim <= 1:
            return "[" + ", ".join(number(v) for v in value.ravel()) + "]"
        return f"array {value.shape}"
    if isinstance(value, np.random.Generator):
        return "rng"
    return repr(value)
