"""Let one process at a time change a file."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from course_lib.place import user_name

if os.name == "nt":
    import msvcrt

    def _take(lock: int) -> None:
        os.lseek(lock, 0, os.SEEK_SET)
        msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)

    def _give_back(lock: int) -> None:
        os.lseek(lock, 0, os.SEEK_SET)
        msvcrt.locking(lock, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(lock: int) -> None:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(lock: int) -> None:
        fcntl.flock(lock, fcntl.LOCK_UN)


@contextlib.contextmanager
def locked(path: Path, patience: float = 5.0) -> Iterator[bool]:
    """Hold the lock of a file; other processes of this user wait.

    The lock is a file in the computer's folder for temporary files, so
    that none stays beside the learner's own. Where there is no lock to be
    had, or nobody gives it back, the work goes on without.

    path: the file to be changed. patience: seconds to wait.
    Yields whether the lock was had.
    """
    lock = _open(path)
    taken = lock is not None and _wait(lock, patience)
    try:
        yield taken
    finally:
        if lock is not None:
            with contextlib.suppress(OSError):
                if taken:
                    _give_back(lock)
            os.close(lock)


def _open(path: Path) -> int | None:
    """Return an open lock file for a path, None if there cannot be one."""
    real = os.fspath(os.path.realpath(path))
    code = hashlib.sha256(f"{user_name()}:{real}".encode()).hexdigest()[:16]
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        name = Path(tempfile.gettempdir()) / f"cnn-course-{code}.lock"
        return os.open(name, flags, 0o600)
    except (OSError, ValueError):
        return None


def _wait(lock: int, patience: float) -> bool:
    """Wait for a lock; return whether it was taken in time."""
    end = time.monotonic() + patience
    while True:
        try:
            _take(lock)
            return True
        except PermissionError:  # Windows: another process has it
            pass
        except BlockingIOError:
            pass
        except OSError:  # this file system has no locks
            return False
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
