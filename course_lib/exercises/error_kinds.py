"""What one kind of exception is, and how it is seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from course_lib.text import Text

Groups = dict[str, str]


class Kind(NamedTuple):
    """Hold one kind of exception: how it is seen and what is said.

    seen: a pattern of "Type: message", searched for; its named groups fill
    the sentences. more: makes further values from these groups, or None.
    near: a pattern that the learner's own line must show, "" for none.
    """

    name: str
    seen: str
    text: Text
    more: Callable[[Groups], Groups] | None = None
    near: str = ""


def meeting(groups: Groups) -> Groups:
    """Return the first two sizes, from the right, that do not fit."""
    one, other = (
        [int(n) for n in re.findall(r"\d+", groups[key])][::-1]
        for key in ("a", "b")
    )
    for m, n in zip(one, other):
        if m != n and 1 not in (m, n):
            return {"m": str(m), "n": str(n)}
    return {"m": "?", "n": "?"}


def last_index(groups: Groups) -> Groups:
    """Return the largest index of an axis of this size."""
    return {"last": str(int(groups["size"]) - 1)}


def as_written(groups: Groups) -> Groups:
    """Return a shape as a learner writes it: numpy says newaxis for -1."""
    sizes = groups["shape"].strip("(),").replace("newaxis", "-1").split(",")
    shown = ", ".join(size.strip() for size in sizes)
    return {"shape": f"({shown},)" if len(sizes) == 1 else f"({shown})"}
