"""For instructors: python -m course_lib.exercises report PLACES..."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from course_lib.exercises.report import Report


def main(arguments: list[str] | None = None) -> int:
    """Report on filled notebooks.

    Returns 0 if all is correct, 1 if not, 2 if nothing could be run, 130
    after Ctrl-C.
    """
    parser = argparse.ArgumentParser(prog="python -m course_lib.exercises")
    commands = parser.add_subparsers(required=True)
    told = commands.add_parser(
        "report", help="run filled notebooks and list the outcomes"
    )
    told.add_argument(
        "places", nargs="+", type=Path, help="files, archives, folders"
    )
    told.add_argument("--csv", type=Path, help="write each row there at once")
    told.add_argument("--language", choices=["en", "ja"], default="en")
    told.add_argument(
        "--time-limit", type=float, default=300, help="seconds for one cell"
    )
    told.add_argument("--jobs", default="1", help="run at once, or: auto")
    told.add_argument(
        "--full", action="store_true", help="run all cells, needed or not"
    )
    told.add_argument(
        "--roster", type=Path, help="CSV: file or folder pattern, student"
    )
    told.add_argument(
        "--resume", action="store_true", help="go on with the table of --csv"
    )
    told.add_argument(
        "--trust",
        action="store_true",
        help="run without a sandbox: notebooks can do all that you can",
    )
    for stream in (sys.stdout, sys.stderr):  # names of any console
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    return Report(parser.parse_args(arguments)).run()


if __name__ == "__main__":
    sys.exit(main())
