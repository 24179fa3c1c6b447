"""Report on the notebooks of a class, for instructors."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections import Counter

from course_lib.exercises import exercises_of
from course_lib.exercises.grading import notebook, page, run, sandbox, table
from course_lib.exercises.grading.grade import Options, Row
from course_lib.exercises.lessons import LESSONS
from course_lib.text import Text

SHOWN = ("notebook", "exercise", "outcome", "diagnosis", "note")
REFUSED = Text(
    "Notebooks are programs of others, and here they cannot be shut in:"
    " {reason}. Nothing was run. --trust runs them all the same, with all"
    " that you may do yourself.",
    "ノートブックは他人が書いたプログラムです。ここではそれを隔離できません"
    "（{reason}）。何も実行していません。--trust を付けると隔離せずに実行しま"
    "すが、あなたにできることはすべて、そのプログラムにもできます。",
)


class Report:
    """Run the command `report` with its options."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.table: table.Table | None = None
        self.rows: list[Row] = []
        self.said: dict[tuple[str, str], dict] = {}

    def run(self) -> int:
        """Grade all notebooks, print the table and return the exit code."""
        options = self.options
        try:
            units = notebook.find(options.places)
            roster = (
                table.read_roster(options.roster) if options.roster else []
            )
            jobs = run.jobs_of(options.jobs)
            if not units:
                raise FileNotFoundError("no notebooks found")
            reason = "" if options.trust else sandbox.probe()[1]
            if reason:
                text = REFUSED.of(options.language)
                raise PermissionError(text.format(reason=reason))
            if not options.trust:
                sandbox.fonts()
            if options.resume and not options.csv:
                raise ValueError("--resume goes on with a table: name --csv")
            if options.csv:
                self.table = table.Table(options.csv, options.resume)
        except (OSError, ValueError, table.sqlite3.Error) as error:
            print(error, file=sys.stderr)
            return 2
        if self.table is not None:
            self.rows = list(self.table.rows)
            done = self.table.done()
            units = [unit for unit in units if unit.label not in done]
        code = self._grade(units, roster, jobs)
        print_report(self.rows, options.language)
        if self.table is not None:
            self.table.close()
            return self._write_page(code)
        return code

    def _write_page(self, code: int) -> int:
        """Write report.html beside the table."""
        path = self.options.csv.with_name("report.html")
        try:
            page.write(path, self.rows, self.said, self.options.language)
        except OSError as error:
            print(f"cannot write: {error}", file=sys.stderr)
            return 2
        print(path, file=sys.stderr)
        return code

    def _grade(self, units: list, roster: list, jobs: int) -> int:
        options = Options(
            self.options.time_limit,
            3 * self.options.time_limit,
            self.options.full,
            self.options.trust,
        )
        graded = run.grade_all(
            units, lambda u: table.student_of(u, roster), options, jobs
        )
        start = time.monotonic()
        try:
            with contextlib.closing(graded):
                for count, (unit, rows, said) in enumerate(graded, start=1):
                    if self.table is not None:
                        self.table.add(rows)
                    self.rows += rows
                    for name, message in said.items():
                        self.said[unit.label, name] = message
                    show_progress(count, len(units), start)
        except KeyboardInterrupt:
            print("\nstopped; what is done is kept", file=sys.stderr)
            return 130
        except (OSError, table.sqlite3.Error) as error:
            print(f"\ncannot write: {error}", file=sys.stderr)
            return 2
        done = [row for row in self.rows if row.outcome != "left_out"]
        return 0 if all(row.outcome == "correct" for row in done) else 1


def show_progress(count: int, total: int, start: float) -> None:
    """Draw how far it is, where somebody looks on."""
    if not sys.stderr.isatty():
        return
    left = (time.monotonic() - start) / count * (total - count)
    bar = "#" * (30 * count // total)
    text = f"\r[{bar:30}] {count}/{total}, {left / 60:.0f} min left "
    print(text, end="" if count < total else "\n", file=sys.stderr, flush=True)


def commonest_slips(rows: list[Row]) -> list[tuple[int, str, str, str]]:
    """Return (count, lesson, exercise, diagnosis), the commonest first."""
    counts = Counter(
        (r.lesson, r.exercise, r.diagnosis) for r in rows if r.diagnosis
    )
    return [(count, *what) for what, count in counts.most_common()]


def print_report(rows: list[Row], language: str) -> None:
    """Print the rows as a table, then the slips to explain again."""
    table = [SHOWN, *([getattr(r, key) for key in SHOWN] for r in rows)]
    table = [[clean(text) for text in line] for line in table]
    widths = [max(len(line[k]) for line in table) for k in range(4)]
    for line in table:
        cells = [text.ljust(width) for text, width in zip(line, widths)]
        print("  ".join([*cells, line[4]]).rstrip())
    for count, lesson, exercise, diagnosis in commonest_slips(rows):
        print(f"\n{count} x {exercise}: {diagnosis}")
        said = explain(exercise, diagnosis, language, lesson)
        print(f"    {said}".rstrip())
    right = sum(row.outcome == "correct" for row in rows)
    print(f"\n{right} of {len(rows)} correct", file=sys.stderr)


def clean(text: str) -> str:
    """Return a text without what moves the cursor of a terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)


def explain(
    exercise: str, diagnosis: str, language: str, lesson: str = ""
) -> str:
    """Return what the check says for a slip, "" for a general diagnosis.

    lesson: such as "5_5", "" for the first that has the exercise.
    """
    for number in [lesson] if lesson else LESSONS:
        found = exercises_of(number).get(exercise)
        for slip in found.slips if found else ():
            if slip.name == diagnosis:
                return slip.text.of(language)
    return ""
