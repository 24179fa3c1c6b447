"""Detectors with the weights that come with the course."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from course_lib.datasets import data_dir

from .base import Detector


def _place() -> Path:
    """Return the folder of the weights and records."""
    return data_dir() / "detectors"


def shipped_detectors() -> list[str]:
    """Return the names that load_detector knows."""
    return sorted(path.stem for path in _place().glob("*.npz"))


def load_detector(name: str) -> Detector:
    """Return a detector that tools/train_detectors.py has trained.

    Raises:
        ValueError: there is none of this name.
    """
    if name not in shipped_detectors():
        raise ValueError(
            f"there is no detector {name!r}, expected one of "
            f"{shipped_detectors()}"
        )
    return Detector.load(_place() / f"{name}.npz")


def recorded(file: str = "table") -> Any:
    """Return what the course's experiments with detectors recorded.

    Args:
        file: "table", "slips" or "times"; data/detectors/DATASHEET.md says
            what is in them.
    """
    return json.loads((_place() / f"{file}.json").read_text(encoding="utf-8"))
