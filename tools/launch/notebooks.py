"""Copy the notebooks to where a learner writes, and find one by name."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path

from course_lib import place
from tools.launch.words import say, tell


def copy_all(home: Path) -> None:
    """Copy what a learner opens into their own place.

    Away from the course's folder the solutions come as well: the links of
    the start page lead there.
    """
    work = home / "work"
    try:
        copy_notebooks(place.ROOT / "notebooks", work)
        if home != place.ROOT:
            copy_notebooks(place.ROOT / "solutions", home / "solutions")
        mark_owner(work)
    except OSError as error:
        sys.exit(say("not_copied", work=work, error=error))


def mark_owner(work: Path) -> None:
    """Write whose a work folder is, where the system does not tell."""
    if place.WINDOWS and place.owner(work) is None:
        name = place.user_name()
        (work / place.OWNER_FILE).write_text(name, encoding="utf-8")


def copy_notebooks(source: Path, target: Path) -> list[Path]:
    """Copy the notebooks to where learners write; return the new copies.

    A file that is there already is never touched. source, target: folders
    that hold one folder for each language.
    """
    made = []
    for notebook in sorted(source.glob("*/*.ipynb")):
        copy = target / notebook.relative_to(source)
        if copy.exists():
            if version(copy) != version(notebook):
                tell("newer", name=copy.name, folder=notebook.parent)
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        part = copy.with_name(f"{copy.name}.{os.getpid()}.part")
        try:
            shutil.copyfile(notebook, part)
            part.rename(copy)
        finally:
            part.unlink(missing_ok=True)
        made.append(copy)
    return made


def version(notebook: Path) -> str:
    """Return which build of a lesson a notebook comes from, "" if unclear."""
    try:
        data = json.loads(notebook.read_text(encoding="utf-8"))
        return data["metadata"]["course"]["built_from"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def number_of(name: str) -> str:
    """Return a name's lesson number, "5_10_x" -> "5_10", "" if none.

    course_lib.exercises.lessons has the same rule, but needs numpy.
    """
    found = re.match(r"\d+_\d+(?=_|\.|$)", name)
    return found.group() if found else ""


def names_in(folder: Path) -> list[str]:
    """Return what can be opened: numbers of lessons, and pages by name."""
    stems = [path.stem for path in folder.glob("*.ipynb")]
    numbers = {number_of(stem) for stem in stems} - {""}
    pages = [stem for stem in stems if not number_of(stem)]
    ordered = sorted(numbers, key=lambda n: [*map(int, n.split("_"))])
    return [*ordered, *sorted(pages)]


def find(folder: Path, name: str) -> Path | None:
    """Return the notebook of a lesson, None if there is none.

    name: a number such as 5_4 (or 5.4, 5-4), a page such as START, or the
    name of a notebook's file, with or without its ending.
    """
    wanted = name.removesuffix(".ipynb").lower()
    number = wanted.replace(".", "_").replace("-", "_")
    for path in sorted(folder.glob("*.ipynb")):
        stem = path.stem.lower()
        if number_of(stem) == number != "" or wanted in (
            stem,
            stem.removesuffix("_trainee"),
        ):
            return path
    return None
