"""Prove that the checks reject wrong answers: mutate every solution.

    python tools/mutate.py                 all mutants of all lessons
    python tools/mutate.py 5_4             one lesson
    python tools/mutate.py --sample 10     every tenth mutant, for CI
    python tools/mutate.py --survivors     also list what was not rejected

A mutant that behaves like the solution is listed by hand, with a reason,
in tests/equivalent_mutants.json.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_lib.exercises import Check, Result
from course_lib.exercises.compare import FORMS
from course_lib.exercises.errors import KINDS
from course_lib.exercises.judge import STATES, judge
from course_lib.exercises.lessons import number_of
from course_lib.exercises.pattern_texts import PATTERN_TEXTS
from tools.lesson_source import (
    REGION,
    ROOT,
    code_of,
    is_page,
    lesson_paths,
    read_lesson,
)
from tools.mutations import Mutant, mutants_of

EQUIVALENT = ROOT / "tests" / "equivalent_mutants.json"
GENERAL = {"raises", "never-ends", *STATES}


class Capture(Check):
    """Judge like a check, and keep the last result."""

    last: Result | None = None

    def __call__(self, name: str, answer: Any) -> Result:
        """Judge an answer and keep the Result."""
        self.last = judge(self._exercise(name), answer, self.language)
        return self.last


COLUMNS = (
    "made",
    "equivalent",
    "stopped",
    "general",
    "errors",
    "slips",
    "patterns",
    "unnamed",
)


@dataclass
class Tally:
    """Count what became of the mutants of one exercise.

    stopped: the cell itself stops before its check. general: the check says
    that the answer raises, never ends or changes its input. errors: it says
    what the exception means. slips and patterns: it names a slip of the
    exercise, or a pattern of the result.
    """

    exercise: str
    made: int = 0
    equivalent: int = 0
    stopped: int = 0
    general: int = 0
    errors: int = 0
    slips: int = 0
    patterns: int = 0
    unnamed: int = 0
    survivors: list[str] = field(default_factory=list)

    @property
    def named(self) -> int:
        """Count the wrong results whose diagnosis is particular to them."""
        return self.slips + self.patterns

    @property
    def wrong(self) -> int:
        """Count the mutants that give a wrong result."""
        return self.named + self.unnamed

    @property
    def killed(self) -> int:
        """Count the mutants that are rejected."""
        return self.stopped + self.general + self.errors + self.wrong

    def line(self) -> str:
        """Return the counts as one line of the table."""
        numbers = "".join(f"{getattr(self, key):11}" for key in COLUMNS)
        rest = f"{self.killed:9}{len(self.survivors):9}"
        named = f"{percent(self.named, self.wrong):>9}"
        return f"{self.exercise:26}{numbers}{rest}{named}"


@dataclass
class Subject:
    """Hold an exercise of a lesson as its cell finds it, and its mutants."""

    exercise: str  # such as "5_4/im2col"
    code: str  # the cell with its solution
    mutants: list[Mutant]
    space: dict[str, Any]
    check: Capture

    def judge(self, mutant: Mutant) -> Result | None:
        """Run a mutant; return what its check says, None if it stops."""
        self.check.last = None
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(mutant.code, dict(self.space))
        except Exception:
            return None  # the cell itself stops; a learner sees that
        return self.check.last


def subjects_of(path: Path) -> Iterator[Subject]:
    """Run a lesson cell by cell, and yield each exercise before it runs."""
    number = number_of(path.stem)
    check = Capture(number, "en")
    space: dict[str, Any] = {}
    for cell in read_lesson(path).cells:
        if cell.cell_type != "code":
            continue
        name = cell.metadata.get("exercise")
        if name:
            yield Subject(
                f"{number}/{name}",
                code_of(cell.source, "en", "solution"),
                mutants_in(cell.source),
                dict(space),
                check,
            )
        run_cell(cell, space, check)


def tallies_of(
    path: Path, sample: int, known: dict[str, dict[str, str]]
) -> list[Tally]:
    """Mutate each solution of a lesson and return the counts.

    sample: take every so-manieth mutant. known: exercise -> change ->
    reason, the mutants that behave like the solution.
    """
    found = []
    for subject in subjects_of(path):
        tally = Tally(subject.exercise)
        reasons = known.get(subject.exercise, {})
        for mutant in subject.mutants[::sample]:
            count(tally, mutant, subject.judge(mutant), reasons)
        found.append(tally)
    return found


def mutants_in(source: str) -> list[Mutant]:
    """Return the mutants of the solution regions of a cell."""
    found = []
    code = code_of(source, "en", "solution")
    for match in REGION.finditer(source + "\n"):
        start = code.index(match.group(2).rstrip("\n"))
        first = code[:start].count("\n") + 1
        last = first + match.group(2).count("\n") - 1
        found += mutants_of(code, first, last)
    return found


def run_cell(cell, space: dict, check: Check) -> None:
    """Run a cell for what it defines; slow ones define nothing needed."""
    if "nbval-ignore-output" in cell.metadata.get("tags", ()):
        return
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(code_of(cell.source, "en", "solution"), space)
        except NameError:
            pass  # it uses what a slow cell defines
    space["check"] = check


def count(
    tally: Tally, mutant: Mutant, result: Result | None, reasons: dict
) -> None:
    """Count whether and how a mutant was rejected."""
    tally.made += 1
    if result is None:
        tally.stopped += 1
    elif result.outcome != "correct":
        key = kind_of(result.diagnosis)
        setattr(tally, key, getattr(tally, key) + 1)
    elif mutant.change in reasons:
        tally.equivalent += 1
    else:
        tally.survivors.append(mutant.change)


def kind_of(diagnosis: str | None) -> str:
    """Return the column of a diagnosis: how much it says."""
    if diagnosis is None:
        return "unnamed"
    if diagnosis in GENERAL:
        return "general"
    if diagnosis in {kind.name for kind in KINDS}:
        return "errors"
    return "patterns" if diagnosis in {*PATTERN_TEXTS, *FORMS} else "slips"


def total_of(name: str, tallies: list[Tally]) -> Tally:
    """Return the sum of all counts under a name."""
    total = Tally(name)
    for tally in tallies:
        for key in COLUMNS:
            setattr(total, key, getattr(total, key) + getattr(tally, key))
        total.survivors += tally.survivors
    return total


def percent(part: int, whole: int) -> str:
    """Return a share as text, "-" where there is nothing to share."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def print_table(tallies: list[Tally]) -> None:
    """Print one line for each exercise and lesson, and the sum."""
    heads = "".join(f"{key:>11}" for key in COLUMNS)
    print(f"{'exercise':26}{heads}{'killed':>9}{'survive':>9}{'named':>9}")
    lessons: dict[str, list[Tally]] = {}
    for tally in tallies:
        print(tally.line())
        number = tally.exercise.split("/")[0]
        lessons.setdefault(number, []).append(tally)
    for number, entries in lessons.items():
        print(total_of(f"sum of {number}", entries).line())
    total = total_of("sum", tallies)
    print(total.line())
    different = total.made - total.equivalent
    checked = total.killed - total.stopped
    told = total.named + total.errors
    print(f"killed: {percent(total.killed, different)} of those that differ")
    print(f"named: {percent(total.named, total.wrong)} of the wrong results")
    print(f"named: {percent(told, checked)} of all that a check rejects")


def main() -> int:
    """Mutate what the command line names; 1 if a mutant survives."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", help="such as 5_4; all if none")
    parser.add_argument("--sample", type=int, default=1)
    parser.add_argument("--survivors", action="store_true")
    options = parser.parse_args()
    # Not when this module is imported: kernels that start later would
    # inherit it and show no pictures.
    os.environ.setdefault("MPLBACKEND", "agg")
    os.environ["COURSE_PROGRESS"] = "off"
    known = json.loads(EQUIVALENT.read_text(encoding="utf-8"))
    start = time.perf_counter()
    paths = [p for p in lesson_paths(options.lessons) if not is_page(p)]
    tallies = [
        tally for p in paths for tally in tallies_of(p, options.sample, known)
    ]
    print_table(tallies)
    if options.survivors:
        for tally in tallies:
            for change in tally.survivors:
                print(f"{tally.exercise}: {change}")
    print(f"{time.perf_counter() - start:.0f} s")
    return 1 if any(tally.survivors for tally in tallies) else 0


if __name__ == "__main__":
    sys.exit(main())
