"""Keep what a learner predicts before the result may be seen.

A prediction is a text under a lesson and a name, in `predictions.json`
beside the record of progress. Once its result has been shown it stays as
it is. Where no progress is kept, predictions live as long as the kernel.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from course_lib.exercises import record

LONGEST = 500  # characters of one prediction


class Predictions:
    """Hold the predictions of one lesson.

    number: the lesson, such as "5_8".
    """

    def __init__(self, number: str) -> None:
        self.number = number
        self._here: dict[str, dict[str, Any]] = _read().get(number, {})

    def text(self, name: str) -> str:
        """Return what was predicted, "" if nothing."""
        return self._here.get(name, {}).get("text", "")

    def is_open(self, name: str) -> bool:
        """Return whether the result has not been shown yet."""
        return not self._here.get(name, {}).get("seen", False)

    def keep(self, name: str, text: str) -> bool:
        """Keep a prediction; return False if the result is known."""
        if not self.is_open(name):
            return False
        self._here[name] = {"text": text[:LONGEST], "seen": False}
        self._write()
        return True

    def close(self, name: str) -> str:
        """Say that the result is seen; return what was predicted."""
        entry = self._here.setdefault(name, {"text": ""})
        if entry["text"] and not entry.get("seen"):
            entry["seen"] = True
            self._write()
        return entry["text"]

    def _write(self) -> None:
        path = _file()
        if path is None:
            return
        everything = _read()
        everything[self.number] = self._here
        text = json.dumps(everything, ensure_ascii=False, indent=1)
        with contextlib.suppress(OSError):  # it still lives in this kernel
            path.parent.mkdir(parents=True, exist_ok=True)
            record.write_whole(path, text)


def _file() -> Path | None:
    progress = record.progress_file()
    return None if progress is None else progress.parent / "predictions.json"


def _read() -> dict[str, dict[str, dict[str, Any]]]:
    """Return all that is kept; an odd file counts as an empty one."""
    path = _file()
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(number): {
                str(name): {
                    "text": str(entry["text"]),
                    "seen": bool(entry.get("seen")),
                }
                for name, entry in entries.items()
            }
            for number, entries in found.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
