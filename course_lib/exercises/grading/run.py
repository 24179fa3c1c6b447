"""Grade many notebooks, each in a process of its own."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any

from course_lib.exercises.grading.grade import Options, Row, grade
from course_lib.exercises.grading.notebook import Unit

MEMORY = 6 * 2**30  # bytes of address space of the process that judges
EXTRA = 120  # seconds to clean up after the notebook's time is over
LINUX = sys.platform.startswith("linux")


def grade_all(
    units: list[Unit],
    student: Callable[[Unit], str],
    options: Options,
    jobs: int,
) -> Iterator[tuple[Unit, list[Row], dict[str, Any]]]:
    """Yield notebook, rows and messages, in the order they are done."""
    waiting = list(reversed(units))
    running: dict[Connection, tuple[Unit, Any, float]] = {}
    context = multiprocessing.get_context("fork" if LINUX else "spawn")
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                unit = waiting.pop()
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(
                    target=_work, args=(unit, student(unit), options, theirs)
                )
                process.start()
                theirs.close()
                end = time.monotonic() + options.whole_limit + EXTRA
                running[ours] = unit, process, end
            ready = wait(list(running), timeout=1)
            for line in list(running):
                unit, process, end = running[line]
                if line in ready:
                    found = _received(line)
                elif time.monotonic() > end:
                    found = None
                else:
                    continue
                del running[line]
                _end(process, line)
                if found is None:
                    text = "it brought down the process that judges it"
                    row = Row(unit.label, "", "unreadable", "", text)
                    yield unit, [row], {}
                else:
                    rows = [Row(**row) for row in found["rows"]]
                    yield unit, rows, found["said"]
    finally:
        for line, (_, process, _) in running.items():
            _end(process, line)


def _received(line: Connection) -> Any:
    try:
        return json.loads(line.recv_bytes())
    except (EOFError, OSError, ValueError):
        return None


def _end(process: Any, line: Connection) -> None:
    line.close()
    process.join(5)
    if process.is_alive():
        process.terminate()
        process.join(10)
    if process.is_alive():
        process.kill()
        process.join()
    process.close()


def _work(
    unit: Unit, student: str, options: Options, line: Connection
) -> None:
    """Grade one notebook and send what was found."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if LINUX:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    line.send_bytes(json.dumps(grade(unit, student, options)).encode())
    line.close()


def jobs_of(text: str) -> int:
    """Return how many notebooks run at once: a number, or "auto"."""
    if text == "auto":
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, int(text))
