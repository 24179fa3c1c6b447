"""Keep what was done, in one small file on this computer.

The file is `progress.json` in the learner's work folder (`place.py` says
where that is). The environment variable COURSE_PROGRESS names another file;
the word "off" keeps nothing. Nothing here raises: what cannot be read or
kept is said in one sentence, and checks go on.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib import place
from course_lib._lock import locked
from course_lib.exercises.messages import say
from course_lib.exercises.model import NOT_ATTEMPTED, STYLE

VERSION = 1
REASONS = {
    errno.ENOSPC: "why_full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "why_full",
    errno.EACCES: "why_denied",
    errno.EPERM: "why_denied",
    errno.EROFS: "why_denied",
}
LATEST = 1e11  # seconds since 1970: no visit is after the year 5000


@dataclass(frozen=True)
class Trouble:
    """Tell what went wrong with the file of the progress.

    key: a sentence of messages.py. values: what it names. error: why.
    """

    key: str
    values: dict[str, str] = field(default_factory=dict)
    error: Exception | None = None

    def say(self, language: str) -> str:
        """Return the sentence in "en" or "ja"."""
        reason = REASONS.get(getattr(self.error, "errno", None))
        why = say(reason, language) if reason else f"{self.error}"
        return say(self.key, language, why=why, **self.values)


def progress_file() -> Path | None:
    """Return where progress is kept, or None where it is switched off.

    Notebooks that run in solutions/ keep none: there nobody answers.
    """
    name = os.environ.get("COURSE_PROGRESS", "")
    if name.lower() == "off":
        return None
    if name:
        return Path(name)
    home = place.course_home()
    if any(_is_below(folder / "solutions") for folder in (place.ROOT, home)):
        return None
    return home / "work" / "progress.json"


def _is_below(folder: Path) -> bool:
    """Return whether Python runs in a folder or somewhere below it."""
    try:
        return folder in (Path.cwd(), *Path.cwd().parents)
    except OSError:  # the folder it runs in was deleted
        return False


def empty() -> dict[str, Any]:
    """Return what is kept of a learner who has done nothing yet."""
    return {"version": VERSION, "exercises": {}, "last_visit": None}


def load() -> dict[str, Any]:
    """Return what is kept on this computer, as `read` does."""
    path = progress_file()
    return read(path) if path else empty()


def said_of(kept: dict[str, Any], language: str) -> str:
    """Return what there is to say about a file that was read, or ""."""
    trouble = kept.get("trouble")
    return trouble.say(language) if trouble else ""


def read(path: Path) -> dict[str, Any]:
    """Return what a file keeps: {"exercises": {"5_1/name": {...}}, ...}.

    A file that cannot be read, or only in part, is set aside beside the
    new one, never deleted; the answer then holds a Trouble under "trouble".
    """
    try:
        kept, sound = _parse(path)
        if sound:
            return kept
        with locked(path):
            return _mend(path)
    except OSError as error:
        return dict(empty(), trouble=Trouble("not_read", {}, error))


def _mend(path: Path) -> dict[str, Any]:
    """Return what is kept; set an odd file aside and save what is sound."""
    kept, sound = _parse(path)
    if sound:
        return kept
    aside = _set_aside(path)
    if kept["exercises"]:
        _write(path, kept)
    return dict(kept, trouble=Trouble("set_aside", {"name": aside.name}))


def _parse(path: Path) -> tuple[dict[str, Any], bool]:
    """Return the sound part of a file, and whether that is all of it."""
    if not path.exists():
        return empty(), True
    if not path.is_file():
        return empty(), False
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (PermissionError, ValueError, RecursionError):
        return empty(), False
    if not isinstance(given, dict) or given.get("version") != VERSION:
        return empty(), False
    exercises = given.get("exercises")
    exercises = exercises if isinstance(exercises, dict) else {}
    kept = dict(
        given,
        exercises={
            name: dict(
                entry,
                tries=entry.get("tries") if _is_count(entry) else 0,
                diagnosis=_text_or_none(entry.get("diagnosis")),
            )
            for name, entry in exercises.items()
            if isinstance(entry, dict) and _outcome(entry) in STYLE
        },
        last_visit=_time_or_none(given.get("last_visit")),
    )
    kept.pop("trouble", None)
    return kept, kept == given


def _outcome(entry: dict) -> str | None:
    return _text_or_none(entry.get("outcome"))


def _is_count(entry: dict) -> bool:
    tries = entry.get("tries")
    return type(tries) is int and 0 <= tries < LATEST


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _time_or_none(value: object) -> float | None:
    number = type(value) in (int, float) and 0 <= value < LATEST
    return value if number else None


def _set_aside(path: Path) -> Path:
    """Rename what cannot be read to a name that is free."""
    for number in range(1, 10_000):
        aside = path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
        if not os.path.lexists(aside):
            break
    os.replace(path, aside)
    return aside


def note(
    lesson: str, exercise: str, outcome: str, diagnosis: str | None
) -> Trouble | None:
    """Add the outcome of a check; what was correct once stays correct.

    Returns the Trouble if something is to be said, else None.
    """
    path = progress_file()
    if path is None:
        return None
    try:
        path = Path(os.path.realpath(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):
            kept = _mend(path)
            trouble = kept.pop("trouble", None)
            _add(kept, f"{lesson}/{exercise}", outcome, diagnosis)
            _write(path, kept)
    except OSError as error:
        return Trouble("not_kept", {"path": str(path)}, error)
    return trouble


def _add(kept: dict, name: str, outcome: str, diagnosis: str | None) -> None:
    """Add one outcome to what is kept."""
    entry = kept["exercises"].setdefault(name, {"tries": 0})
    entry["tries"] += outcome != NOT_ATTEMPTED
    if entry.get("outcome") != "correct":
        entry["outcome"] = outcome
    entry["diagnosis"] = diagnosis
    kept["last_visit"] = time.time()


def _write(path: Path, kept: dict) -> None:
    """Write the file whole or not at all; raise OSError if it cannot be."""
    write_whole(path, json.dumps(kept, indent=1))


def write_whole(path: Path, text: str) -> None:
    """Write a text file whole or not at all, and leave no part behind.

    Raises OSError if it cannot be written.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        _replace(part, path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _replace(part: Path, path: Path, tries: int = 20) -> None:
    """Put the new file in place of the old one.

    On Windows that fails while somebody reads the old one: try again.
    """
    for left in reversed(range(tries)):
        try:
            os.replace(part, path)
            return
        except PermissionError:
            if not left or not place.WINDOWS:
                raise
            time.sleep(0.05)


def outcome_of(kept: dict[str, Any], lesson: str, exercise: str) -> str:
    """Return the kept outcome of an exercise, "not_attempted" if none."""
    entry = kept["exercises"].get(f"{lesson}/{exercise}", {})
    return entry.get("outcome", NOT_ATTEMPTED)
