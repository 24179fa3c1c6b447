"""Judge an answer: run it on every case, compare, and choose the result."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from course_lib.exercises.attempt import (
    Failure,
    Run,
    Try,
    attempt,
    run_all,
)
from course_lib.exercises.compare import (
    Difference,
    as_array,
    count_numbers,
    difference,
    same,
)
from course_lib.exercises.describe import (
    call_text,
    cause_line,
    difference_text,
    failure_text,
    learners_line,
    line_lines,
    words,
)
from course_lib.exercises.diagnose import (
    cause_of,
    safely,
    second_differs,
    shows,
)
from course_lib.exercises.guard import Printed, guarded, true_numpy
from course_lib.exercises.limit import DEEPEST, TimeLimit, run_limited
from course_lib.exercises.messages import say
from course_lib.exercises.model import (
    CORRECT,
    INCORRECT,
    NOT_ATTEMPTED,
    Exercise,
    Result,
    Slip,
)
from course_lib.exercises.patterns import (
    Seen,
)
from course_lib.exercises.picture import difference_picture
from course_lib.exercises.plain import Odd, plain

TIME_LIMIT = 5.0  # seconds for all cases of one check together
STATES = {
    "second-call-differs": "second_call",
    "earlier-result-changed": "result_moved",
    "changes-input": "input_changed",
}
Kind = TypeVar("Kind")


def judge(exercise: Exercise, answer: Any, language: str) -> Result:
    """Return the Result of an answer to an exercise.

    answer: a value, a function or a class, as the exercise wants; whatever
    it is or does, there is a Result. language: "en" or "ja".
    """
    with true_numpy():
        if answer is ...:
            return _result(exercise, NOT_ATTEMPTED, language)
        if exercise.cases is None:
            return _judge_value(exercise, answer, language)
        if not callable(answer):
            return _judge_no_function(exercise, answer, language)
        return _judge_function(exercise, answer, language)


def _judge_function(exercise: Exercise, answer: Any, language: str) -> Result:
    """Run a function or class on all cases, and judge what came out."""
    assert exercise.cases is not None
    cases = exercise.cases()
    # Before the answer runs: it may replace what the reference uses.
    expected = [attempt(exercise, exercise.reference, c) for c in cases]
    for right in expected:
        if right.error is not None:
            raise RuntimeError(f"{exercise.name}: {right.error}")
    run, end = Run(), None
    with guarded() as printed:
        try:
            run_limited(
                lambda: run_all(exercise, answer, cases, run), TIME_LIMIT
            )
        except TimeLimit as limit:
            end = limit
        except RecursionError:  # in what deals with the answer's results
            end = TimeLimit()
            end.too_deep = True
    odd = bool(run.tries) and type(run.tries[-1].value) is Odd
    if end is not None and len(run.tries) < len(cases) and not odd:
        text = _timeout(exercise, end, cases[len(run.tries)], language)
        result = _result(exercise, INCORRECT, language, text, "never-ends")
    else:
        run.retry = lambda case: _retry(exercise, answer, case)
        result = _judge_run(exercise, answer, run, expected, language)
    return _with_printed(result, printed)


def _retry(exercise: Exercise, answer: Any, case: tuple) -> Try:
    """Run an answer on one more case, in short time and without a trace."""
    with guarded():
        try:
            return run_limited(lambda: attempt(exercise, answer, case), 1.0)
        except KeyboardInterrupt:
            raise
        except BaseException:
            return Try(case, error=Failure("TimeLimit", "", []))


def _with_printed(result: Result, printed: Printed) -> Result:
    return replace(result, printed=printed.text) if printed.text else result


def _timeout(
    exercise: Exercise, end: TimeLimit, case: tuple, language: str
) -> str:
    if end.too_deep:
        text = say("too_deep", language, count=DEEPEST)
    else:
        text = say("timeout", language, seconds=TIME_LIMIT)
    where = line_lines(*learners_line(end.place), language)
    return "\n".join([text, *where, call_text(exercise, case, language)])


def _plain_answer(answer: Any) -> Any:
    """Return a value that was passed as an answer, as plain data."""
    with guarded():
        try:
            return run_limited(lambda: plain(answer), TIME_LIMIT)
        except KeyboardInterrupt:
            raise
        except BaseException:
            return Odd("object", "object")


def _judge_no_function(
    exercise: Exercise, answer: Any, language: str
) -> Result:
    got = words(_plain_answer(answer), language)
    text = say("not_callable", language, got=got)
    if isinstance(exercise.reference, type):
        text = f"{text}\n{say('class_wanted', language)}"
    return _result(exercise, INCORRECT, language, text, "other-type")


def _judge_value(exercise: Exercise, answer: Any, language: str) -> Result:
    """Judge a value that was typed in: no pattern, it has no code."""
    got = _plain_answer(answer)
    if isinstance(got, (tuple, list)) and any(entry is ... for entry in got):
        return _result(exercise, NOT_ATTEMPTED, language)
    if got is None:
        text = say("none_value", language)
        return _result(exercise, INCORRECT, language, text, "returns-none")
    found = difference(
        got, exercise.reference, exercise.parts, exercise.tolerance
    )
    if found is None:
        text = say("correct_value", language)
        return _result(exercise, CORRECT, language, text)
    found = _not_told(found)
    for slip in exercise.slips:
        if _value_shows(slip, got):
            return _wrong(exercise, found, slip, language)
    return _wrong(exercise, found, None, language)


def _not_told(found: Difference) -> Difference:
    """Return a difference that does not tell the expected numbers.

    What is to be worked out by hand would be given away.
    """
    key = {
        "single": "typed_single",
        "float_for_integer": "typed_single",
        "values": "typed_values",
    }.get(found.key, found.key)
    return replace(found, key=key, expected=None)


def _value_shows(slip: Slip, got: Any) -> bool:
    """Return whether a value is what a slip gives."""
    if slip.seen is not None:
        return shows(slip, Try((), got))
    return any(same(got, wrong) for wrong in (slip.answer, *slip.also))


def _judge_run(
    exercise: Exercise,
    answer: Any,
    run: Run,
    expected: list[Try],
    language: str,
) -> Result:
    last = run.tries[-1]
    if last.value is ... or (last.error is not None and last.error.untouched):
        return _result(exercise, NOT_ATTEMPTED, language)
    if last.error is not None:
        name, text = failure_text(last.error, language)
        class_wanted = isinstance(exercise.reference, type)
        if class_wanted and last.error.returned is not None:
            text = f"{text}\n{say('class_wanted', language)}"
        call = call_text(exercise, last.case, language)
        return _result(exercise, INCORRECT, language, f"{text}\n{call}", name)
    wrong = _smallest_wrong(exercise, run.tries, expected)
    if wrong is not None:
        found, place = wrong
        cause = safely(
            lambda: cause_of(exercise, run, expected, found, place), None
        )
        case = run.tries[place].case
        return _wrong(exercise, found, cause, language, case)
    state = _state(exercise, run, language)
    if state is not None:
        return state
    text = say("correct", language, count=len(run.tries))
    if run.own:
        text += "\n" + say("own_package", language)
    for said in _remarks(exercise, answer, run.tries[0].case, language):
        text += f"\n{said}"
    return _result(exercise, CORRECT, language, text)


def _state(exercise: Exercise, run: Run, language: str) -> Result | None:
    """Return the result for right numbers that leave something behind."""
    changed = next((t for t in run.tries if t.changed), None)
    found, name, text = run.tries[0], "", ""
    if changed is not None:
        found, name = changed, "changes-input"
        text = say("input_changed_name", language, name=changed.changed)
    elif second_differs(exercise, run):
        name = "second-call-differs"
    elif run.moved is not None:
        found, name = run.tries[run.moved], "earlier-result-changed"
    if not name:
        return None
    text = text or say(STATES[name], language)
    call = call_text(exercise, found.case, language)
    return _result(exercise, INCORRECT, language, f"{text}\n{call}", name)


def _remarks(
    exercise: Exercise, answer: Any, case: tuple, language: str
) -> list[str]:
    """Return what there is to say about a right answer."""
    found = []
    for remark in exercise.remarks:
        with guarded():
            try:
                seen = run_limited(
                    lambda r=remark: bool(r.seen(answer, *case)), TIME_LIMIT
                )
            except KeyboardInterrupt:
                raise
            except BaseException:
                seen = False
        if seen:
            found.append(remark.text.of(language))
    return found


def _smallest_wrong(
    exercise: Exercise, tries: list[Try], expected: list[Try]
) -> tuple[Difference, int] | None:
    """Return the difference in the case with the fewest numbers."""
    wrong = []
    for place, (found, right) in enumerate(zip(tries, expected)):
        compare = _random_difference if exercise.random else _difference
        differs = compare(exercise, found, right)
        if differs is not None:
            size = count_numbers(found.case)
            wrong.append((size, place, differs))
    if not wrong:
        return None
    _, place, differs = min(wrong, key=lambda entry: entry[:2])
    return differs, place


def _difference(
    exercise: Exercise, found: Try, right: Try
) -> Difference | None:
    return difference(
        found.value, right.value, exercise.parts, exercise.tolerance
    )


def _random_difference(
    exercise: Exercise, found: Try, right: Try
) -> Difference | None:
    """Compare shapes only, then ask each slip whether it is seen."""
    got, expected = found.value, right.value
    if got is None:
        return Difference("none", diagnosis="returns-none")
    if as_array(got).dtype.kind not in "buif":
        values = {"expected": expected, "got": got}
        return Difference("kind", values, diagnosis="other-type")
    shapes = np.shape(got), np.shape(expected)
    if shapes[0] != shapes[1]:
        values = {"expected": shapes[1], "got": shapes[0]}
        return Difference("shape", values, got, expected)
    if any(shows(slip, found) for slip in exercise.slips):
        return Difference("random_shape")
    if not np.isfinite(as_array(got)).all():
        return Difference("random_kind")
    return None


def _wrong(
    exercise: Exercise,
    found: Difference,
    cause: Slip | Seen | str | None,
    language: str,
    case: tuple | None = None,
) -> Result:
    """Return the result for an answer that differs, with its picture.

    cause: the slip that was made, the pattern that is seen, or a key of
    STATES; None where the difference itself says all that is known.
    """
    said: Any = (
        say(STATES[cause], language) if isinstance(cause, str) else (cause)
    )
    lines = [cause_line(said, language), difference_text(found, language)]
    if case is not None:
        lines.append(call_text(exercise, case, language, cause is None))
    name = found.diagnosis if cause is None else getattr(cause, "name", cause)
    picture = safely(
        lambda: difference_picture(
            found.got, found.expected, language, found.part
        ),
        "",
    )
    message = "\n".join(line for line in lines if line)
    return Result(exercise.name, INCORRECT, message, name, language, picture)


def _result(
    exercise: Exercise,
    outcome: str,
    language: str,
    message: str | None = None,
    diagnosis: str | None = None,
) -> Result:
    if message is None:
        message = say(outcome, language)
    return Result(exercise.name, outcome, message, diagnosis, language)
