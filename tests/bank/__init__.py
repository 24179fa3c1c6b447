"""A bank of answers as learners write them, to measure the checks with.

    python -m tests.bank                    all lessons that have a bank
    python -m tests.bank 5_5 --language ja
    python -m tests.bank 5_5 --list         also what is not as it should be

Each lesson_5_N.py holds ANSWERS. What a check says to a wrong answer is

- specific: a diagnosis that the answer lists in `true`;
- general: any other diagnosis that tells only what is seen or raised, or one
  that the answer lists in `fair` (true, but it helps little);
- nothing: no diagnosis at all;
- misleading: a slip that is not listed, or a pattern that suggests a cause.
"""

from __future__ import annotations

import importlib
import linecache
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.exercises import check_answer
from course_lib.exercises.compare import FORMS
from course_lib.exercises.conditions import NAMES as CONDITIONS
from course_lib.exercises.errors import KINDS
from course_lib.exercises.lessons import LESSONS
from course_lib.exercises.patterns import PATTERNS
from course_lib.exercises.variants import NAMES as VARIANTS

# Patterns whose sentence points at a place in the code.
CAUSES = {
    "all-zero",
    "reordered",
    "mirrored",
    "moved-by-one",
    "partly-zero",
    "border-only",
    "first-only",
    "last-only",
    "too-large",
    "too-small",
}
SEEN = {
    *FORMS,
    *PATTERNS,
    *VARIANTS,
    *CONDITIONS,
    *(kind.name for kind in KINDS),
    "raises",
    "never-ends",
    "changes-input",
} - CAUSES
# Listed in `true` where a number was only miscounted: there is nothing to
# name, and the place of the difference is all that can be said.
PLACE = "place"
COLUMNS = (
    "right",
    "accepted",
    "wrong",
    "rejected",
    "crashed",
    "specific",
    "general",
    "nothing",
    "misleading",
)


@dataclass(frozen=True)
class Answer:
    """Hold one answer to an exercise.

    note: what the learner did, in a few words. answer: the value, function
    or class, or Source. true: the diagnoses that are true and specific for
    this answer. fair: those that are true but help little.
    """

    exercise: str
    right: bool
    note: str
    answer: Any
    true: frozenset[str] = frozenset()
    fair: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Source:
    """Code as a learner types it; what it defines last is the answer.

    It is run anew for each check, so that nothing is left over.
    """

    code: str

    def __post_init__(self):
        compile(self.code, "<answer>", "exec")

    def changed(self, *pairs: tuple[str, str]) -> Source:
        """Return the source with each old text replaced by a new one."""
        code = self.code
        for old, new in pairs:
            assert old in code, old
            code = code.replace(old, new)
        return Source(code)

    def make(self) -> Any:
        """Run the code and return what it defines last."""
        name = f"<answer {hash(self.code)}>"
        lines = self.code.splitlines(keepends=True)
        linecache.cache[name] = (len(self.code), None, lines, name)
        space: dict[str, Any] = {"np": np}
        exec(compile(self.code, name, "exec"), space)
        return list(space.values())[-1]


def answers(
    exercise: str, right: Iterable[tuple], wrong: Iterable[tuple]
) -> list[Answer]:
    """Return the answers to an exercise.

    right: (note, answer). wrong: (note, answer, true, fair), the last two
    are names separated by spaces and may be left out.
    """
    found = [Answer(exercise, True, *entry) for entry in right]
    for note, answer, *names in wrong:
        sets = [frozenset(text.split()) for text in names]
        found.append(Answer(exercise, False, note, answer, *sets))
    return found


def collect(bank: list[Answer]) -> tuple[Callable, Callable]:
    """Return `right` and `wrong`, which add answers to a bank one by one.

    right(exercise, note, answer) and wrong(exercise, note, true, answer);
    without an answer they are decorators of the function that is one.
    """

    def right(exercise: str, note: str, answer: Any = ...) -> Any:
        return _added(bank, answer, exercise, True, note, "")

    def wrong(exercise: str, note: str, true: str, answer: Any = ...) -> Any:
        return _added(bank, answer, exercise, False, note, true)

    return right, wrong


def _added(bank, answer, exercise, is_right, note, true):
    def add(answer):
        names = frozenset(true.split())
        bank.append(Answer(exercise, is_right, note, answer, names))
        return answer

    return add if answer is ... else add(answer)


def bank_of(number: str) -> list[Answer]:
    """Return the answers to the exercises of a lesson, such as "5_5"."""
    return importlib.import_module(f"tests.bank.lesson_{number}").ANSWERS


def lessons_with_bank() -> list[str]:
    """Return the numbers of the lessons that have a bank."""
    here = Path(__file__).parent
    return [n for n in LESSONS if (here / f"lesson_{n}.py").exists()]


def verdict(number: str, entry: Answer, language: str = "en"):
    """Return what became of an answer, one of COLUMNS, and the Result.

    A right answer is "accepted" or "refused", a wrong one "passed" or as in
    the four columns of what is said; either may be "crashed".
    """
    answer = entry.answer
    if isinstance(answer, Source):
        answer = answer.make()
    try:
        result = check_answer(number, entry.exercise, answer, language)
    except BaseException as error:
        return "crashed", error
    if entry.right or result.outcome == "correct":
        right = "accepted" if entry.right else "passed"
        return right if result.outcome == "correct" else "refused", result
    return worth(entry, result.diagnosis), result


def worth(entry: Answer, diagnosis: str | None) -> str:
    """Return how good a diagnosis is for a wrong answer."""
    if (diagnosis or PLACE) in entry.true:
        return "specific"
    if diagnosis is None:
        return "nothing"
    known = diagnosis in SEEN or diagnosis in entry.fair
    return "general" if known else "misleading"


def counted(name: str, kinds: list[tuple[Answer, str]]) -> str:
    """Return one line of the table."""
    seen = Counter(kind for _, kind in kinds)
    seen["right"] = sum(entry.right for entry, _ in kinds)
    seen["wrong"] = len(kinds) - seen["right"]
    seen["rejected"] = sum(seen[key] for key in COLUMNS[5:])
    numbers = "".join(f"{seen[key]:11}" for key in COLUMNS)
    share = 100 * seen["specific"] / max(1, seen["wrong"])
    return f"{name:26}{numbers}{share:9.1f} %"
