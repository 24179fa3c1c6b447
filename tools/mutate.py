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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("MPLBACKEND", "agg")
os.environ["COURSE_PROGRESS"] = "off"
if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_lib.exercises import Check, Result
from course_lib.exercises.judge import judge
from tools.lesson_source import (
    REGION,
    ROOT,
    code_of,
    lesson_paths,
    read_lesson,
)
from tools.mutations import Mutant, mutants_of

EQUIVALENT = ROOT / "tests" / "equivalent_mutants.json"
GENERAL = {"raises", "never-ends", "changes-input"}


class Capture(Check):
    """Judge like a check, and keep the last result."""

    last: Result | None = None

    def __call__(self, name: str, answer: Any) -> Result:
        """Judge an answer and keep the Result."""
        self.last = judge(self._exercise(name), answer, self.language)
        return self.last


@dataclass
class Tally:
    """Count what became of the mutants of one exercise."""

    exercise: str
    made: int = 0
    killed: int = 0
    named: int = 0
    raised: int = 0
    equivalent: int = 0
    survivors: list[str] = field(default_factory=list)


def tallies_of(
    path: Path, sample: int, known: dict[str, dict[str, str]]
) -> list[Tally]:
    """Mutate each solution of a lesson and return the counts.

    sample: take every so-manieth mutant. known: exercise -> change ->
    reason, the mutants that behave like the solution.
    """
    number = path.stem[:3]
    check = Capture(number, "en")
    space: dict[str, Any] = {}
    found = []
    for cell in read_lesson(path).cells:
        if cell.cell_type != "code":
            continue
        name = cell.metadata.get("exercise")
        if name:
            mutants = mutants_in(cell.source)[::sample]
            reasons = known.get(f"{number}/{name}", {})
            tally = Tally(f"{number}/{name}")
            for mutant in mutants:
                count(tally, mutant, dict(space), check, reasons)
            found.append(tally)
        run_cell(cell, space, check)
    return found


def mutants_in(source: str) -> list[Mutant]:
    """Return the mutants of the solution regions of a cell."""
    found = []
    for match in REGION.finditer(source + "\n"):
        before = code_of(source[: match.start()], "en", "solution")
        first = len(before.splitlines()) + 1 if before.strip() else 1
        code = code_of(source, "en", "solution")
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
    tally: Tally, mutant: Mutant, space: dict, check: Capture, reasons: dict
) -> None:
    """Run a mutant, and count whether and how it was rejected."""
    tally.made += 1
    check.last = None
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(mutant.code, space)
    except Exception:
        tally.killed += 1  # the cell itself stops; a learner sees that
        tally.raised += 1
        return
    result = check.last
    if result is None or result.outcome != "correct":
        tally.killed += 1
        diagnosis = result.diagnosis if result else None
        tally.raised += diagnosis in GENERAL
        tally.named += diagnosis is not None and diagnosis not in GENERAL
    elif mutant.change in reasons:
        tally.equivalent += 1
    else:
        tally.survivors.append(mutant.change)


def print_table(tallies: list[Tally]) -> None:
    """Print one line for each exercise, and the sum."""
    print(
        f"{'exercise':28}{'made':>6}{'killed':>8}{'equal':>7}"
        f"{'survive':>9}{'stopped':>9}{'named':>7}"
    )
    total = Tally("sum")
    for tally in tallies:
        for key in ("made", "killed", "named", "raised", "equivalent"):
            setattr(total, key, getattr(total, key) + getattr(tally, key))
        total.survivors += tally.survivors
    for t in [*tallies, total]:
        print(
            f"{t.exercise:28}{t.made:6}{t.killed:8}{t.equivalent:7}"
            f"{len(t.survivors):9}{t.raised:9}{t.named:7}"
        )
    different = max(total.made - total.equivalent, 1)
    results = max(total.killed - total.raised, 1)
    print(
        f"killed {100 * total.killed / different:.1f} % of those that "
        f"differ; of {results} that give a wrong result, "
        f"{100 * total.named / results:.1f} % are named"
    )


def main() -> int:
    """Mutate what the command line names; 1 if a mutant survives."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", help="such as 5_4; all if none")
    parser.add_argument("--sample", type=int, default=1)
    parser.add_argument("--survivors", action="store_true")
    options = parser.parse_args()
    known = json.loads(EQUIVALENT.read_text(encoding="utf-8"))
    start = time.perf_counter()
    paths = [p for p in lesson_paths(options.lessons) if p.stem != "START"]
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
