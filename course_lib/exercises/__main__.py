"""For instructors: python -m course_lib.exercises report NOTEBOOK..."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from course_lib.exercises.report import (
    find_notebooks,
    print_report,
    report,
    write_csv,
)


def main(arguments: list[str] | None = None) -> int:
    """Report on filled notebooks; 0 all correct, 1 not, 2 nothing to run."""
    parser = argparse.ArgumentParser(prog="python -m course_lib.exercises")
    commands = parser.add_subparsers(required=True)
    told = commands.add_parser(
        "report", help="run filled notebooks and list the outcomes"
    )
    told.add_argument(
        "notebooks", nargs="+", type=Path, help="files, or a class's folder"
    )
    told.add_argument("--csv", type=Path, help="also write the table there")
    told.add_argument("--language", choices=["en", "ja"], default="en")
    told.add_argument(
        "--time-limit", type=int, default=300, help="seconds for one cell"
    )
    told.add_argument("--jobs", type=int, default=1, help="run at once")
    options = parser.parse_args(arguments)
    try:
        notebooks = find_notebooks(options.notebooks)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    if not notebooks:
        print("no notebooks found", file=sys.stderr)
        return 2
    rows = report(notebooks, options.time_limit, options.jobs)
    print_report(rows, options.language)
    if options.csv:
        write_csv(rows, options.csv)
    return 0 if all(row.outcome == "correct" for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
