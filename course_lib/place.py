"""Find the place of a learner's own files: notebooks, answers, progress.

The first of these that fits is the learner's home in the course:

1. the folder that the environment variable COURSE_HOME names;
2. the course's own folder, if it is this user's and can be written;
3. `cnn-course` in the user's home folder. So it is for a course that is
   shared, read-only or installed with pip: nobody writes there, and two
   users never mix.

The learner's files are in its `work` folder. Only Python's own library is
used here: course.py asks before anything is installed.
"""

from __future__ import annotations

import functools
import getpass
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = os.name == "nt"
OWNER_FILE = ".owner"


def course_home() -> Path:
    """Return the folder that holds the learner's `work` folder."""
    given = os.environ.get("COURSE_HOME")
    if given:
        return Path(given).absolute()
    if is_course(ROOT) and is_own(ROOT):
        return ROOT
    return user_home()


def work_folder() -> Path:
    """Return the folder of the learner's notebooks and progress."""
    return course_home() / "work"


def user_home() -> Path:
    """Return `cnn-course` in the user's home folder."""
    try:
        return Path.home() / "cnn-course"
    except RuntimeError:  # an unknown user without HOME
        return Path(tempfile.gettempdir()) / f"cnn-course-{user_name()}"


def is_course(folder: Path) -> bool:
    """Return whether a folder is the course, not an installed package."""
    return (folder / "course.py").is_file()


def is_own(folder: Path) -> bool:
    """Return whether this user may write there, and nobody else has begun.

    A folder of another user is not one's own, even if it can be written.
    Windows does not say easily whose a folder is: there the name in
    `work/.owner` counts, which course.py writes at the first start.
    """
    work = folder / "work"
    parts = [folder, work] if work.exists() else [folder]
    if not all(can_write(str(part)) for part in parts):
        return False
    if WINDOWS:
        return owner(work) in (None, user_name())
    user = os.geteuid()
    return user == 0 or all(part.stat().st_uid == user for part in parts)


def owner(work: Path) -> str | None:
    """Return the user who is named in a work folder, None if nobody is."""
    try:
        return (work / OWNER_FILE).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None


def user_name() -> str:
    """Return the name of this user, "" if the computer does not know."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


@functools.cache
def can_write(folder: str) -> bool:
    """Return whether a folder can be written, asked once in a process."""
    if not WINDOWS:
        return os.access(folder, os.W_OK | os.X_OK)
    # Windows knows only when it is tried.
    probe = Path(folder) / f".course-{os.getpid()}.part"
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError:
        return False
    return True
