"""Run filled notebooks and report what was answered, for instructors."""

from __future__ import annotations

import csv
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from course_lib.exercises import exercises_of, record
from course_lib.exercises.lessons import LESSONS, PAGES

CALL = re.compile(r"""^[^#\n]*\bcheck\(\s*["']([^"']+)["']""", re.M)


@dataclass(frozen=True)
class Row:
    """Hold one line of the report: one exercise of one notebook."""

    notebook: str
    exercise: str
    outcome: str
    diagnosis: str = ""
    note: str = ""


HEADER = ("notebook", "exercise", "outcome", "diagnosis", "note")


def find_notebooks(places: Iterable[Path]) -> list[Path]:
    """Return the notebooks among files and below folders.

    Raises FileNotFoundError for a place that does not exist.
    """
    found: list[Path] = []
    for place in places:
        if not place.exists():
            raise FileNotFoundError(f"{place} does not exist")
        inside = sorted(place.rglob("*.ipynb")) if place.is_dir() else [place]
        found += [p for p in inside if ".ipynb_checkpoints" not in p.parts]
    pages = {page.file for page in PAGES}
    return [p for p in found if p.stem not in pages]


def report(
    notebooks: list[Path], time_limit: int = 300, jobs: int = 1
) -> list[Row]:
    """Run notebooks, each in a fresh kernel, and return the rows.

    time_limit: seconds for one cell. jobs: how many run at once.
    """
    with ThreadPoolExecutor(jobs) as pool:
        found = pool.map(lambda path: report_one(path, time_limit), notebooks)
        return [row for rows in found for row in rows]


def report_one(path: Path, time_limit: int) -> list[Row]:
    """Return the rows of one notebook; a bad file is one row that says so."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except (ValueError, OSError, KeyError, AttributeError) as error:
        reason = str(error).splitlines()[0][:80]
        return [Row(str(path), "", "unreadable", note=reason)]
    number = lesson_of(notebook)
    if number is None:
        return [Row(str(path), "", "no lesson", note="not of this course")]
    notes = cell_notes(notebook, list(exercises_of(number)))
    entries, trouble = run(notebook, path.resolve().parent, time_limit)
    rows = []
    for name in exercises_of(number):
        entry = entries.get(f"{number}/{name}", {})
        said = [note for note in (notes.get(name), trouble) if note]
        rows.append(
            Row(
                str(path),
                name,
                entry.get("outcome", "not_run"),
                entry.get("diagnosis") or "",
                "; ".join(said),
            )
        )
    return rows


def lesson_of(notebook) -> str | None:
    """Return the number of a notebook's lesson, None if it has none."""
    file = notebook.metadata.get("course", {}).get("lesson", "")
    numbers = [n for n, lesson in LESSONS.items() if lesson.file == file]
    text = "\n".join(c.source for c in notebook.cells)
    called = re.search(r"""\blesson\(\s*["']([^"']+)["']""", text)
    if not numbers and called and called.group(1) in LESSONS:
        numbers = [called.group(1)]
    return numbers[0] if numbers else None


def cell_notes(notebook, names: list[str]) -> dict[str, str]:
    """Say which exercise's cell was copied, deleted or renamed."""
    calls: Counter[str] = Counter()
    renamed = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        called = CALL.findall(cell.source)
        calls.update(called)
        own = cell.metadata.get("course", {}).get("exercise")
        if own in names and own not in called:
            other = f", checks {called[0]!r}" if called else ""
            renamed[own] = f"its cell does not check it{other}"
    notes = {}
    for name in names:
        if calls[name] > 1:
            notes[name] = f"checked in {calls[name]} cells (copied?)"
        elif name in renamed:
            notes[name] = renamed[name]
        elif not calls[name]:
            notes[name] = "its cell is missing"
    return notes


def run(notebook, folder: Path, time_limit: int) -> tuple[dict, str]:
    """Run a notebook; return what its checks kept, and what went wrong.

    The checks write to a file of their own, so that what was answered
    before a kernel died is known. The notebook's file is not touched.
    """
    trouble = ""
    with tempfile.TemporaryDirectory() as private:
        kept = Path(private) / "progress.json"
        environment = dict(os.environ, COURSE_PROGRESS=str(kept))
        client = NotebookClient(
            notebook,
            timeout=time_limit,
            kernel_name="python3",
            allow_errors=True,
            resources={"metadata": {"path": str(folder)}},
        )
        try:
            client.execute(env=environment)
        except CellTimeoutError:
            trouble = f"a cell ran longer than {time_limit} s"
        except DeadKernelError:
            trouble = "the kernel died"
        return record.read(kept)["exercises"], trouble or error_in(notebook)


def error_in(notebook) -> str:
    """Return the first error that a cell stopped with, "" if none."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                return f"a cell stopped: {output.ename}: {output.evalue}"[:80]
    return ""


def commonest_slips(rows: list[Row]) -> list[tuple[int, str, str]]:
    """Return (count, exercise, diagnosis), the commonest first."""
    counts = Counter((r.exercise, r.diagnosis) for r in rows if r.diagnosis)
    return [(count, *what) for what, count in counts.most_common()]


def write_csv(rows: list[Row], path: Path) -> None:
    """Write the rows as CSV that spreadsheets open as UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows([getattr(row, key) for key in HEADER] for row in rows)


def print_report(rows: list[Row], language: str) -> None:
    """Print the rows as a table, then the slips to explain again."""
    table = [HEADER, *([getattr(r, key) for key in HEADER] for r in rows)]
    table = [[Path(line[0]).name, *line[1:]] for line in table]
    widths = [max(len(line[k]) for line in table) for k in range(4)]
    for line in table:
        cells = [text.ljust(width) for text, width in zip(line, widths)]
        print("  ".join([*cells, line[4]]).rstrip())
    for count, exercise, diagnosis in commonest_slips(rows):
        print(f"\n{count} x {exercise}: {diagnosis}")
        print(f"    {explain(exercise, diagnosis, language)}".rstrip())
    right = sum(row.outcome == "correct" for row in rows)
    print(f"\n{right} of {len(rows)} correct", file=sys.stderr)


def explain(exercise: str, diagnosis: str, language: str) -> str:
    """Return what the check says for a slip, "" for a general diagnosis."""
    for number in LESSONS:
        found = exercises_of(number).get(exercise)
        for slip in found.slips if found else ():
            if slip.name == diagnosis:
                return slip.text.of(language)
    return ""
