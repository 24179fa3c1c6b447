"""Write docs/slips.md: every mistake that the checks recognise.

    python tools/list_slips.py            write the page
    python tools/list_slips.py --check    write nothing; fail if it is old

For instructors, to see what a name in a class's report means.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_lib.exercises import exercises_of
from course_lib.exercises.errors import KINDS
from course_lib.exercises.lessons import LESSONS
from course_lib.exercises.messages import MESSAGES
from course_lib.exercises.pattern_texts import PATTERN_TEXTS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "slips.md"
# Diagnoses of every exercise -> the sentence of messages.py that is said.
GENERAL = {
    "returns-none": "none",
    "float-for-integer": "float_for_integer",
    "other-type": "kind",
    "raises": "raised",
    "never-ends": "timeout",
    "changes-input": "input_changed",
    "second-call-differs": "second_call",
    "earlier-result-changed": "result_moved",
}
INTRODUCTION = """\
# What the checks recognise

Written by `python tools/list_slips.py`; do not edit it by hand.

A check compares a learner's result with what each slip would compute. The
names are those of `python -m course_lib.exercises report`; the same slip has
the same name in every lesson. There are {slips} slips with {names} different
names in {exercises} exercises. Where no slip fits, a pattern of the result is
named (the last three tables), or only the difference is shown.
"""


def page() -> str:
    """Return the whole page."""
    exercises = [e for n in LESSONS for e in exercises_of(n).values()]
    names = [slip.name for e in exercises for slip in e.slips]
    parts = [
        INTRODUCTION.format(
            slips=len(names),
            names=len(set(names)),
            exercises=len(exercises),
        )
    ]
    for number, lesson in LESSONS.items():
        parts.append(f"## {number} {lesson.title.en} / {lesson.title.ja}\n")
        parts.append(lesson_table(number))
    parts.append("## Patterns of a result\n")
    parts.append(table(("name", "English", "日本語"), patterns()))
    parts.append("## Exceptions\n")
    parts.append(table(("name", "English", "日本語"), errors()))
    parts.append("## In every exercise\n")
    parts.append(table(("name", "English", "日本語"), general()))
    return "\n".join(parts)


def lesson_table(number: str) -> str:
    """Return the table of a lesson's slips."""
    rows = [
        (exercise.name, slip.name, slip.text.en, slip.text.ja)
        for exercise in exercises_of(number).values()
        for slip in exercise.slips
    ]
    return table(("exercise", "name", "English", "日本語"), rows)


def patterns() -> list[tuple[str, ...]]:
    """Return name and sentences of each pattern of a wrong result."""
    return [(name, text.en, text.ja) for name, text in PATTERN_TEXTS.items()]


def errors() -> list[tuple[str, ...]]:
    """Return name and sentences of each exception that is explained."""
    return [(kind.name, kind.text.en, kind.text.ja) for kind in KINDS]


def general() -> list[tuple[str, ...]]:
    """Return name and sentences of what is recognised everywhere."""
    return [
        (name, *(t.replace("{part}", "") for t in astuple(MESSAGES[key])))
        for name, key in GENERAL.items()
    ]


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table in Markdown; the last two columns are sentences."""
    lines = [heads, ("---",) * len(heads)]
    for *names, english, japanese in rows:
        lines.append((*(f"`{n}`" for n in names), english, japanese))
    return "".join(
        f"| {' | '.join(e.replace('|', chr(92) + '|') for e in line)} |\n"
        for line in lines
    )


def is_current() -> bool:
    """Return whether the page says what the exercises say."""
    return PAGE.exists() and PAGE.read_text(encoding="utf-8") == page()


def main() -> int:
    """Write the page, or check it; 1 if it is not current."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    if parser.parse_args().check:
        print(f"docs/slips.md is {'' if is_current() else 'not '}current")
        return 0 if is_current() else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
