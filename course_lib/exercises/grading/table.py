"""Keep the rows as they come: CSV for a spreadsheet, SQLite beside it."""

from __future__ import annotations

import contextlib
import csv
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, fields
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from course_lib.exercises.grading.grade import Row
from course_lib.exercises.grading.notebook import Unit

HEADER = tuple(field.name for field in fields(Row))
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # begin one in a spreadsheet


class Table:
    """Write the rows of each notebook as soon as it is done.

    Raises OSError where nothing can be written: before anything is run.
    """

    def __init__(self, path: Path, resume: bool = False) -> None:
        self.path = path
        self.base_path = path.with_name(f"{path.name}.sqlite")
        if path.is_dir():
            raise IsADirectoryError(f"{path} is a folder")
        self._open("a", "utf-8").close()  # says at once if it cannot be
        if not resume:
            self.base_path.unlink(missing_ok=True)
        self.base = sqlite3.connect(self.base_path)
        columns = ", ".join(f"{name} TEXT" for name in HEADER)
        with self.base:
            self.base.execute(f"CREATE TABLE IF NOT EXISTS rows ({columns})")
        self.rows = [
            Row(*values) for values in self.base.execute("SELECT * FROM rows")
        ]
        with self._open("w", "utf-8-sig") as file:
            csv.writer(file).writerow(HEADER)
        self._append(self.rows)

    def done(self) -> set[str]:
        """Return the notebooks that are in the table."""
        return {row.notebook for row in self.rows}

    def add(self, rows: list[Row]) -> None:
        """Write the rows of one notebook, all of them or none."""
        self._append(rows)
        marks = ", ".join("?" for _ in HEADER)
        with self.base:
            self.base.executemany(
                f"INSERT INTO rows VALUES ({marks})",
                [[_clean(v) for v in asdict(row).values()] for row in rows],
            )
        self.rows += rows

    def close(self) -> None:
        """Close the files."""
        self.base.close()

    def _open(self, mode: str, encoding: str) -> Any:
        return self.path.open(
            mode, encoding=encoding, errors="backslashreplace", newline=""
        )

    def _append(self, rows: Iterable[Row]) -> None:
        with self._open("a", "utf-8") as file:
            csv.writer(file).writerows(
                [_harmless(v) for v in asdict(row).values()] for row in rows
            )


def _clean(value: str) -> str:
    """Return text that can be stored: no lone half of a character."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def _harmless(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "".join(c if c.isprintable() else " " for c in _clean(value))
    return f"'{text}" if text.startswith(FORMULA) else text


def read_roster(path: Path) -> list[tuple[str, str]]:
    """Return (pattern of file or folder, student) of each line of a CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file) if len(line) >= 2]
    return [(pattern.strip(), name.strip()) for pattern, name, *_ in lines]


def student_of(unit: Unit, roster: list[tuple[str, str]]) -> str:
    """Return who handed in a notebook: by the roster, else by its folder."""
    label = unit.label.replace("\\", "/")
    parts = label.split("/")
    for pattern, student in roster:
        with contextlib.suppress(ValueError):
            if fnmatch(label, pattern) or fnmatch(label, f"*/{pattern}"):
                return student
            if any(fnmatch(part, pattern) for part in parts):
                return student
    return unit.group
