"""Recognise what an exception means for a learner, in two languages.

Python and NumPy say what went wrong in their own words, and in English. The
commonest of them are told here in the words of the course; the original
message is always shown as well.
"""

from __future__ import annotations

import re

from course_lib.exercises import errors_course, errors_numpy, errors_python
from course_lib.exercises.error_kinds import Kind

KINDS: tuple[Kind, ...] = (
    *errors_course.KINDS,
    *errors_numpy.KINDS,
    *errors_python.KINDS,
)


def explain(said: str, language: str, line: str = "") -> tuple[str, str]:
    """Return name and sentence for an exception: "raises" for a rare one.

    said: "Type: message". line: the learner's own line that raised it.
    language: "en" or "ja".
    """
    for kind in KINDS:
        found = re.search(kind.seen, said)
        if found and re.search(kind.near, line):
            values = found.groupdict(default="")
            values |= kind.more(values) if kind.more else {}
            return kind.name, kind.text.of(language).format(**values)
    return "raises", ""
