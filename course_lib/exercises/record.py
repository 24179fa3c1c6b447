"""Keep what was done, in one small file on this computer.

The file is `work/progress.json` in the course's folder. The environment
variable COURSE_PROGRESS names another file; the word "off" keeps nothing.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VERSION = 1
EMPTY = {"version": VERSION, "exercises": {}, "last_visit": None}


def progress_file() -> Path | None:
    """Return where progress is kept, or None where it is switched off.

    Notebooks that run in solutions/ keep none: there nobody answers.
    """
    name = os.environ.get("COURSE_PROGRESS", "")
    if name.lower() == "off":
        return None
    if name:
        return Path(name)
    if (ROOT / "solutions") in (Path.cwd(), *Path.cwd().parents):
        return None
    return ROOT / "work" / "progress.json"


def load() -> dict[str, Any]:
    """Return what is kept on this computer, as `read` does."""
    path = progress_file()
    return read(path) if path else dict(EMPTY, exercises={})


def read(path: Path) -> dict[str, Any]:
    """Return what a file keeps: {"exercises": {"5_1/name": {...}}, ...}.

    An unreadable or older file is set aside beside it, never deleted, and
    the answer then names it under "set_aside".
    """
    if not path.exists():
        return dict(EMPTY, exercises={})
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["version"] == VERSION and _is_sound(kept):
            return kept
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return dict(EMPTY, exercises={}, set_aside=_set_aside(path).name)


def _is_sound(kept: dict) -> bool:
    entries = kept["exercises"].values()
    return all(isinstance(entry["outcome"], str) for entry in entries)


def _set_aside(path: Path) -> Path:
    """Rename a file that cannot be read to a name that is free."""
    for number in range(1, 10_000):
        aside = path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
        if not aside.exists():
            break
    os.replace(path, aside)
    return aside


def note(lesson: str, exercise: str, outcome: str, diagnosis: str | None):
    """Add the outcome of a check; what was correct once stays correct.

    Returns the name of a file that was set aside, else None. A file that
    cannot be written is no reason to stop a check: nothing is raised.
    """
    path = progress_file()
    if path is None:
        return None
    try:
        kept = load()
        aside = kept.pop("set_aside", None)
        entries = kept["exercises"]
        entry = entries.setdefault(f"{lesson}/{exercise}", {"tries": 0})
        entry["tries"] += outcome != "not_attempted"
        if entry.get("outcome") != "correct":
            entry["outcome"] = outcome
        entry["diagnosis"] = diagnosis
        kept["last_visit"] = time.time()
        _write(path, kept)
    except OSError:
        return None
    return aside


def _write(path: Path, kept: dict) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def outcome_of(kept: dict[str, Any], lesson: str, exercise: str) -> str:
    """Return the kept outcome of an exercise, "not_attempted" if none."""
    entry = kept["exercises"].get(f"{lesson}/{exercise}", {})
    return entry.get("outcome", "not_attempted")
