"""Grade one notebook: its rows, and what its learner would have read."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

from course_lib.exercises import exercises_of
from course_lib.exercises.grading import notebook as notebooks
from course_lib.exercises.grading import sandbox
from course_lib.exercises.grading.host import Judge
from course_lib.exercises.grading.notebook import Notebook, Unit, Unreadable
from course_lib.exercises.grading.peer import Gone
from course_lib.exercises.model import NOT_ATTEMPTED, Result

STARTS = 3  # kernels that one notebook may bring down
START_LIMIT = 120  # seconds until a kernel answers
TRUSTED = "run without a sandbox"


@dataclass(frozen=True)
class Row:
    """Hold one line of the report: one exercise of one notebook."""

    notebook: str
    exercise: str
    outcome: str
    diagnosis: str = ""
    note: str = ""
    student: str = ""
    lesson: str = ""


@dataclass(frozen=True)
class Options:
    """Say how notebooks are run.

    time_limit: seconds for one cell. whole_limit: for a notebook.
    full: all cells, not only those that are needed. trust: no sandbox.
    """

    time_limit: float = 300
    whole_limit: float = 900
    full: bool = False
    trust: bool = False


def grade(unit: Unit, student: str, options: Options) -> dict[str, Any]:
    """Return {"rows": [...], "said": {exercise: {...}}} as plain data."""
    try:
        found = notebooks.load(unit)
    except Unreadable as error:
        row = Row(unit.label, "", error.outcome, "", str(error), student)
        return {"rows": [asdict(row)], "said": {}}
    if notebooks.is_as_shipped(found, "solution"):
        text = "the course's own solution, unchanged"
        row = Row(unit.label, "", "left_out", "", text, student, found.number)
        return {"rows": [asdict(row)], "said": {}}
    names = list(exercises_of(found.number))
    if notebooks.is_as_shipped(found, "trainee"):
        text = "an untouched notebook"
        rows = [
            Row(unit.label, n, NOT_ATTEMPTED, "", text, student, found.number)
            for n in names
        ]
        return {"rows": [asdict(row) for row in rows], "said": {}}
    results: dict[str, Result] = {}
    said: dict[str, list[str]] = {}
    try:
        results, said, trouble = run(found, options)
    except Exception as error:  # a row must come out whatever happens
        trouble = f"not judged: {type(error).__name__}: {error}"[:80]
    notes = notebooks.cell_notes(found, names)
    rows = []
    for name in names:
        result = results.get(name)
        texts = [notes.get(name, ""), *said.get(name, ()), trouble]
        texts.append(TRUSTED if options.trust else "")
        rows.append(
            Row(
                unit.label,
                name,
                result.outcome if result else "not_run",
                (result.diagnosis or "") if result else "",
                "; ".join(text for text in texts if text),
                student,
                found.number,
            )
        )
    return {
        "rows": [asdict(row) for row in rows],
        "said": {
            name: {
                "message": result.message,
                "picture": result.picture,
                "printed": result.printed,
                "language": found.language,
            }
            for name, result in results.items()
        },
    }


def run(
    found: Notebook, options: Options
) -> tuple[dict[str, Result], dict[str, list[str]], str]:
    """Run a notebook; return results, notes, and what went wrong.

    A cell that brings the kernel down is left out in a second run, so that
    the exercises after it count.
    """
    end = time.monotonic() + options.whole_limit
    left = notebooks.needed(found)
    if options.full:
        left = list(range(len(found.cells)))
    results: dict[str, Result] = {}
    notes: dict[str, list[str]] = {}
    troubles: list[str] = []
    for _ in range(STARTS):
        with sandbox.kernel(options.trust) as line:
            judge = Judge(line, found.number, found.language)
            bad = _run_cells(found, judge, left, options, end, troubles)
        results |= judge.results
        for name, texts in judge.notes.items():
            notes.setdefault(name, []).extend(
                t for t in texts if t not in notes[name]
            )
        if bad is None or time.monotonic() > end:
            break
        left = [k for k in left if k != bad]
    return results, notes, "; ".join(dict.fromkeys(troubles[:2]))


def _run_cells(
    found: Notebook,
    judge: Judge,
    chosen: list[int],
    options: Options,
    end: float,
    troubles: list[str],
) -> int | None:
    """Run cells; return the number of one that ended the kernel, or None."""
    try:
        judge.run("", "<start>", START_LIMIT)
    except Gone as gone:
        troubles.append(f"no kernel started: {gone}")
        return None
    for k in chosen:
        seconds = min(options.time_limit, end - time.monotonic())
        if seconds <= 0:
            text = f"the notebook ran longer than {options.whole_limit:g} s"
            troubles.append(text)
            return None
        try:
            error = judge.run(found.cells[k].source, f"<cell {k}>", seconds)
        except Gone as gone:
            text = "the kernel died"
            if str(gone) == "late":
                text = f"a cell ran longer than {options.time_limit:g} s"
            troubles.append(text)
            return k
        if error:
            troubles.append(f"a cell stopped: {error}"[:80])
    return None
