"""Run a learner's code with a time limit, on every operating system."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any


class TimeLimit(BaseException):
    """Signal that the code ran longer than allowed.

    It is no Exception, so that `except Exception` in the code that runs
    does not swallow it.
    """


def run_limited(call: Callable[[], Any], seconds: float) -> Any:
    """Return `call()`, or raise TimeLimit when it takes longer.

    call: a function without arguments.
    seconds: the limit in seconds.
    Raises whatever `call` raises. The call runs in a thread of its own; an
    endless loop in it is ended by an exception set from outside, the only
    way that works on Windows too (signals do not).
    Source: Python/C API, PyThreadState_SetAsyncExc.
    """
    outcome: dict[str, Any] = {}

    def target() -> None:
        try:
            outcome["value"] = call()
        except BaseException as error:
            outcome["error"] = error

    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    try:
        thread.join(seconds)
    finally:
        stopped = _stop(thread)
    if stopped:
        raise TimeLimit
    if "error" in outcome:
        raise outcome["error"]
    return outcome["value"]


def _stop(thread: threading.Thread) -> bool:
    """End a thread that still runs; say whether it had to be ended."""
    if not thread.is_alive():
        return False
    for _ in range(20):  # a bare `except:` may swallow the first ones
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(TimeLimit)
        )
        thread.join(0.05)
        if not thread.is_alive():
            break
    return True
