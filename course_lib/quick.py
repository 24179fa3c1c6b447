"""Shorten a training where nobody looks at what it learns."""

from __future__ import annotations

import os


def quick(count: int, least: int = 1) -> int:
    """Return a number of steps or epochs, a tenth of it for a quick run.

    Lessons that train for long write `steps=quick(2000)`. Where COURSE_QUICK
    is set in the environment, as in all test runs of such a lesson but one,
    that is 200. A learner's notebook always trains in full.

    count: in full. least: not less than this.
    """
    if os.environ.get("COURSE_QUICK"):
        return max(count // 10, least)
    return count
