"""Measure fairly: in turns, in bursts, medians with their spread."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

Run = Callable[[], Any]
# Threads of BLAS and OpenMP wait for new work in a busy loop for up to 26
# milliseconds. A pause keeps one library's loop out of the next one's time.
# The first call after it wakes the cores up again and is not timed.
PAUSE_S = 0.03
BURST_S = 0.2


def alternate(runs: dict[Any, Run], rounds: int) -> dict[Any, dict]:
    """Time each run in turn, `rounds` times, after a warm-up.

    A time is the mean of a burst of calls that lasts at least 200 ms.

    Returns:
        Name -> {"median", "low", "high" (quartiles), "best"} in seconds.
    """
    counts = {name: _burst_size(run) for name, run in runs.items()}
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            time.sleep(PAUSE_S)
            run()
            times[name].append(_burst(run, counts[name]))
    return {name: _summary(values) for name, values in times.items()}


def _burst_size(run: Run) -> int:
    """Return how many calls last 200 ms, after a first call to warm up."""
    run()
    return max(1, math.ceil(BURST_S / max(_burst(run, 1), 1e-7)))


def _burst(run: Run, count: int) -> float:
    """Return the mean time of `count` calls in seconds."""
    start = time.perf_counter()
    for _ in range(count):
        run()
    return (time.perf_counter() - start) / count


def _summary(times: list[float]) -> dict[str, float]:
    """Return median, quartiles and best of some times."""
    low = high = times[0]
    if len(times) > 1:
        low, _, high = statistics.quantiles(times, n=4, method="inclusive")
    return {
        "median": statistics.median(times),
        "low": low,
        "high": high,
        "best": min(times),
    }


def join(found: list) -> Any:
    """Join what several processes found into one result.

    Dictionaries are united, lists joined item by item; of the times of the
    same thing ({"median": ...}) a summary is made.
    """
    first = found[0]
    if isinstance(first, list):
        return [join(list(items)) for items in zip(*found)]
    if not isinstance(first, dict):
        return first
    if "median" in first:
        return _summary([times["median"] for times in found])
    keys = dict.fromkeys(key for part in found for key in part)
    return {key: join([p[key] for p in found if key in p]) for key in keys}


def peak_bytes(run: Run) -> int:
    """Return the largest memory that a call held, beyond that before it.

    NumPy tells tracemalloc about its arrays. The call runs once before,
    so that what is made once (threads, caches) does not count.
    """
    run()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        run()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def start_time(code: str, folder: str, times: int = 3) -> float:
    """Return the best time in seconds of code in a fresh interpreter.

    The start of the interpreter itself does not count.
    """
    timed = (
        "import time; start = time.perf_counter(); "
        f"{code}; print(time.perf_counter() - start)"
    )
    command = [sys.executable, "-c", timed]
    found = [
        subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": folder},
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        ).stdout
        for _ in range(times)
    ]
    return min(map(float, found))
