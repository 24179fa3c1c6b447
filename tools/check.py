"""Check what a change may have broken; say what mends it.

python tools/check.py           the lessons that differ from main
python tools/check.py --all     every lesson

Runs ruff, compares the notebooks with their sources and docs/slips.md with
the slips, and mutates the solutions of the lessons.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_lib.exercises.lessons import LESSONS

ROOT = Path(__file__).resolve().parents[1]
# What is of no lesson but may change what every check says. Beside it there
# are files that only show or keep what was said.
SHARED = re.compile(r"(course_lib/exercises/(\w+)|tools/mutat\w+)\.py$")
SHOWING = {"certificate", "icons", "lessons", "progress", "record", "report"}
OF_LESSON = re.compile(r"(?:lessons/|/lesson_)(\d+_\d+)(?=[_/.])")
# What is run, and the command that mends what it finds.
GUARDS = (
    (("-m", "ruff", "check", "."), "python -m ruff check --fix ."),
    (("-m", "ruff", "format", "--check", "."), "python -m ruff format ."),
    (("tools/build.py", "--check"), "python3 course.py build"),
    (("tools/list_slips.py", "--check"), "python tools/list_slips.py"),
)
SURVIVES = (
    "python tools/mutate.py --survivors LESSON: give the exercise a case that "
    "tells them apart, or list them in tests/equivalent_mutants.json"
)


def changed_files(root: Path = ROOT) -> list[str] | None:
    """Return what differs from main, None where git cannot say.

    On main itself: what is not committed.
    """
    base = git(root, "merge-base", "HEAD", "main") or git(
        root, "rev-parse", "HEAD"
    )
    if not base:
        return None
    differ = git(root, "diff", "--name-only", base[0]) or []
    new = git(root, "ls-files", "--others", "--exclude-standard") or []
    return sorted({*differ, *new})


def git(root: Path, *command: str) -> list[str] | None:
    """Return the lines that a git command prints, None if it fails."""
    try:
        done = subprocess.run(
            ["git", *command],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.splitlines()


def lessons_of(files: list[str] | None) -> list[str]:
    """Return the numbers of the lessons whose checks files may change."""
    shared = [SHARED.fullmatch(file) for file in files or ()]
    if files is None or any(m and m[2] not in SHOWING for m in shared):
        return list(LESSONS)
    found = {n for file in files for n in OF_LESSON.findall(file)}
    return [number for number in LESSONS if number in found]


def run(command: tuple[str, ...], mend: str) -> bool:
    """Run a guard; print what mends it and return False if it fails."""
    print(f"\n{' '.join(command)}", flush=True)
    code = subprocess.run([sys.executable, *command], cwd=ROOT).returncode
    if code:
        print(f"-> {mend}", flush=True)
    return code == 0


def main() -> int:
    """Run all guards; 1 if one fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every lesson")
    options = parser.parse_args()
    lessons = list(LESSONS) if options.all else lessons_of(changed_files())
    passed = [run(*guard) for guard in GUARDS]
    if lessons:
        command = ("tools/mutate.py", "--survivors", *lessons)
        passed.append(run(command, SURVIVES))
    else:
        print("\nNo lesson differs from main: none is mutated (--all: all).")
    print("\nAll is well." if all(passed) else "\nSomething is to be mended.")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
