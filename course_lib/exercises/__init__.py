"""Check answers to the exercises, at the keyboard or from a script."""

from __future__ import annotations

import importlib
from typing import Any

from course_lib.exercises.judge import judge
from course_lib.exercises.lessons import LESSONS
from course_lib.exercises.messages import say
from course_lib.exercises.model import (
    CORRECT,
    NOT_ATTEMPTED,
    Exercise,
    Result,
    Slip,
)
from course_lib.exercises.progress import Progress

__all__ = [
    "Check",
    "Exercise",
    "Result",
    "Slip",
    "check_answer",
    "exercises_of",
    "lesson",
    "list_exercises",
]


class Check:
    """Check the exercises of one lesson: `check(name, answer)`.

    number: the lesson, such as "5_1". language: "en" or "ja".
    Raises ValueError for an unknown lesson or language.
    """

    def __init__(self, number: str, language: str = "en") -> None:
        if language not in ("en", "ja"):
            raise ValueError(
                f'language is {language!r}, expected "en" or "ja"'
            )
        self.number = number
        self.language = language
        self.exercises = exercises_of(number)
        self.outcomes = {name: NOT_ATTEMPTED for name in self.exercises}
        self._answers: dict[str, Any] = {}

    def __call__(self, name: str, answer: Any) -> Result:
        """Judge an answer and return the Result, which a cell displays.

        name: the exercise. answer: the learner's value, function or class.
        Raises ValueError for a name that the lesson does not have.
        """
        result = judge(self._exercise(name), answer, self.language)
        self.outcomes[name] = result.outcome
        self._answers.pop(name, None)
        if result.outcome == CORRECT:
            self._answers[name] = answer
        return result

    def use(self, name: str) -> Any:
        """Return the learner's answer if it was right, else the course's.

        So that the cells after an exercise run in any case.
        """
        return self._answers.get(name, self._exercise(name).reference)

    def progress(self) -> Progress:
        """Return the outcome of each exercise of this lesson so far."""
        titles = {
            name: exercise.title[self.language == "ja"]
            for name, exercise in self.exercises.items()
        }
        return Progress(titles, dict(self.outcomes), self.language)

    def _exercise(self, name: str) -> Exercise:
        if name not in self.exercises:
            raise ValueError(
                say(
                    "unknown",
                    self.language,
                    lesson=self.number,
                    name=name,
                    names=", ".join(self.exercises),
                )
            )
        return self.exercises[name]


def lesson(number: str, language: str = "en") -> Check:
    """Return the `check` object of a lesson's notebook.

    number: such as "5_1". language: "en" or "ja".
    Raises ValueError for an unknown lesson or language.
    """
    return Check(number, language)


def check_answer(
    lesson: str, exercise: str, answer: Any, language: str = "en"
) -> Result:
    """Judge one answer from a script and return its Result.

    lesson: such as "5_1". exercise: its name. answer: a value, function or
    class. Raises ValueError for an unknown lesson, exercise or language.
    """
    return Check(lesson, language)(exercise, answer)


def list_exercises() -> list[tuple[str, str]]:
    """Return (lesson, exercise name) of every exercise of the course."""
    return [
        (number, name) for number in LESSONS for name in exercises_of(number)
    ]


def exercises_of(number: str) -> dict[str, Exercise]:
    """Return the exercises of a lesson by name, in the lesson's order.

    Raises ValueError for an unknown lesson.
    """
    if number not in LESSONS:
        raise ValueError(
            f"lesson is {number!r}, expected one of {', '.join(LESSONS)}"
        )
    module = importlib.import_module(f"{__name__}.lesson_{number}")
    return {exercise.name: exercise for exercise in module.EXERCISES}
