"""Run a learner's code with a time limit, on every operating system."""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable
from time import perf_counter
from types import FrameType
from typing import Any

LOOK_EVERY = 0.05  # seconds between two looks at code that runs
IMPORT_LIMIT = 60.0  # seconds that imports may take, beside the limit
DEEPEST = 50_000  # calls inside calls
CLOCK = perf_counter  # what the limit counts
GRACE = 0.0  # seconds more, where code runs elsewhere under this limit too
STACK = 64 * 2**20  # bytes of stack: deep calls must not end the process


class TimeLimit(BaseException):
    """Signal that the code ran longer, or called deeper, than allowed.

    It is no Exception, so that `except Exception` in the code that runs
    does not swallow it. too_deep: True where calls did not end.
    place: (file, line) of the frames that ran, the innermost first.
    """

    too_deep = False
    place: tuple[tuple[str, int], ...] = ()


class _Stop(TimeLimit):
    """Be raised inside the code; in a bare `except:` raise again.

    It is made in the thread that it ends, so that it can trace it: the next
    line that runs, in a handler that swallowed it, raises once more.
    """

    def __init__(self) -> None:
        frame = sys._getframe(1)
        while frame is not None and frame.f_code is not _run.__code__:
            frame.f_trace = _raise_again
            frame = frame.f_back
        sys.settrace(_raise_again)


def _raise_again(frame: FrameType, event: str, argument: Any) -> Any:
    if frame.f_code in (_run.__code__, _Stop.__init__.__code__):
        return None
    if event == "line":
        raise _Stop
    return _raise_again


def run_limited(call: Callable[[], Any], seconds: float) -> Any:
    """Return `call()`, or raise TimeLimit when it takes longer.

    call: a function without arguments.
    seconds: the limit in seconds; imports do not count.
    Raises whatever `call` raises. The call runs in a thread of its own; an
    endless loop in it is ended by an exception set from outside, the only
    way that works on Windows too (signals do not). An import is never
    interrupted: it would leave a module half made.
    Source: Python/C API, PyThreadState_SetAsyncExc.
    """
    outcome: dict[str, Any] = {}
    thread = _thread(lambda: _run(call, outcome))
    end: TimeLimit | None = None
    try:
        end = _watch(thread, seconds + GRACE)
    finally:  # after a Ctrl-C too
        _stop(thread)
    if end is not None:
        raise end
    if "error" in outcome:
        raise outcome["error"]
    return outcome["value"]


def _thread(target: Callable[[], None]) -> threading.Thread:
    """Start a thread with a large stack."""
    before = threading.stack_size()
    try:
        threading.stack_size(STACK)
    except (ValueError, RuntimeError):
        pass  # this system gives no such stack
    try:
        thread = threading.Thread(target=target, daemon=True)
        thread.start()
    finally:
        threading.stack_size(before)
    return thread


def _run(call: Callable[[], Any], outcome: dict[str, Any]) -> None:
    try:
        try:
            outcome["value"] = call()
        except BaseException as error:
            outcome["error"] = error
        finally:
            sys.settrace(None)
    except TimeLimit:  # it came while the result was put away
        pass


def _watch(thread: threading.Thread, seconds: float) -> TimeLimit | None:
    """Wait for a thread; return why it has to be ended, None if it ended."""
    worked = imported = 0.0
    last = CLOCK()
    while thread.is_alive():
        left = max(seconds - worked, 0.001)
        thread.join(min(LOOK_EVERY, left))
        now = CLOCK()
        frames = _frames(thread)
        if any("importlib._bootstrap" in name for name, _ in frames):
            imported += now - last
        else:
            worked += now - last
        last = now
        too_deep = len(frames) > DEEPEST
        if thread.is_alive() and (
            too_deep or worked >= seconds or imported >= IMPORT_LIMIT
        ):
            end = TimeLimit()
            end.too_deep = too_deep
            end.place = tuple(frames[:100])
            return end
    return None


def _frames(thread: threading.Thread) -> list[tuple[str, int]]:
    """Return file and line of each frame of a thread, innermost first."""
    frame = sys._current_frames().get(thread.ident or 0)
    found: list[tuple[str, int]] = []
    while frame is not None and len(found) <= DEEPEST:
        found.append((frame.f_code.co_filename, frame.f_lineno or 0))
        frame = frame.f_back
    return found


def _stop(thread: threading.Thread) -> None:
    """End a thread that still runs."""
    for _ in range(40):  # a bare `except:` may swallow the first ones
        if not thread.is_alive():
            return
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_Stop)
        )
        thread.join(0.025)
