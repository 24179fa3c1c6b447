"""Check answers to the exercises, at the keyboard or from a script."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Any

from course_lib.exercises import own, record
from course_lib.exercises.judge import judge
from course_lib.exercises.lessons import LESSONS
from course_lib.exercises.messages import say
from course_lib.exercises.model import (
    CORRECT,
    NOT_ATTEMPTED,
    Exercise,
    Note,
    Result,
    Slip,
)
from course_lib.exercises.official import official
from course_lib.exercises.predictions import Predictions
from course_lib.exercises.progress import CourseMap, Progress
from course_lib.text import check_language

__all__ = [
    "Check",
    "Exercise",
    "Result",
    "Slip",
    "check_answer",
    "course_map",
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
        check_language(language)
        self.number = number
        self.language = language
        self.exercises = exercises_of(number)
        self.outcomes = {name: NOT_ATTEMPTED for name in self.exercises}
        self.diagnoses: dict[str, str | None] = {}
        self._answers: dict[str, Any] = {}
        self._hints_shown: dict[str, int] = {}
        self._parts: dict[str, bool] = {}  # what is used; is it theirs?
        self._predictions = Predictions(number)
        own.make_importable()

    def __call__(self, name: str, answer: Any) -> Result:
        """Judge an answer and return the Result, which a cell displays.

        name: the exercise. answer: the learner's value, function or class.
        Raises ValueError for a name that the lesson does not have.
        """
        result = judge(self._exercise(name), answer, self.language)
        self.outcomes[name] = result.outcome
        self.diagnoses[name] = result.diagnosis
        self._answers.pop(name, None)
        if result.outcome == CORRECT:
            self._answers[name] = answer
            own.keep(self.number, name, answer)
        trouble = record.note(
            self.number, name, result.outcome, result.diagnosis
        )
        if trouble is None:
            return result
        said = trouble.say(self.language)
        return replace(result, message=f"{result.message}\n{said}")

    def hint(self, name: str, step: int | None = None) -> Note:
        """Return the next hint for an exercise, or the one of a step.

        name: the exercise. step: 1 (a question), 2 (the idea) or 3 (the
        first line); None for the one after the last that was shown.
        Raises ValueError for a name that the lesson does not have.
        """
        hints = self._exercise(name).hints
        if not hints:
            return Note(say("no_hint", self.language), self.language)
        if step is None:
            step = self._hints_shown.get(name, 0) + 1
        step = max(1, min(step, len(hints)))
        self._hints_shown[name] = step
        text = hints[step - 1].of(self.language)
        said = say(
            "hint", self.language, step=step, count=len(hints), text=text
        )
        if step == len(hints):
            said += "\n" + say("hints_over", self.language)
        return Note(said, self.language)

    def use(self, name: str) -> Any:
        """Return the learner's answer if it was right, else the course's.

        So that the cells after an exercise run in any case: it takes its
        arguments by the names of the course, and gives arrays where the
        course's own version does.
        """
        exercise = self._exercise(name)
        self._parts[name] = name in self._answers
        if name not in self._answers:
            return exercise.reference
        return official(exercise, self._answers[name])

    def part(self, number: str, name: str) -> Any:
        """Return the learner's own answer of another lesson, if it is right.

        It is read from `work/my_cnn` and checked again; where there is
        none, or it is wrong, the course's version takes its place. What
        came from where, `whose()` tells.
        Raises ValueError for an unknown lesson or exercise.
        """
        other = Check(number, self.language)
        exercise = other._exercise(name)
        mine = own.load(number, name)
        right = (
            mine is not None
            and judge(exercise, mine, self.language).outcome == CORRECT
        )
        self._parts[f"{number} {name}"] = right
        return official(exercise, mine) if right else exercise.reference

    def whose(self) -> Note:
        """Tell which parts that the cells use are the learner's own."""
        lines = [
            say("yours" if right else "courses", self.language, name=name)
            for name, right in self._parts.items()
        ]
        text = "\n".join(lines) or say("no_parts", self.language)
        return Note(text, self.language)

    def predict(self, name: str) -> Any:
        """Return a line for a prediction that is kept under a name.

        It can be changed until `reveal(name)` has shown the result.
        """
        from course_lib.widgets.prediction import PredictionBox

        return PredictionBox(self._predictions, name, self.language)

    def reveal(self, name: str, result: str = "") -> Note:
        """Show what was predicted beside the result.

        result: a short text without words; "" where a picture shows it.
        """
        predicted = self._predictions.close(name)
        lines = []
        if predicted:
            lines.append(say("predicted", self.language, text=predicted))
        if result:
            lines.append(say("came_out", self.language, text=result))
        else:
            lines.append(say("compare", self.language))
        return Note("\n".join(lines), self.language)

    def progress(self) -> Progress:
        """Return the outcome of each exercise, earlier visits included."""
        kept = record.load()
        outcomes = {
            name: record.outcome_of(kept, self.number, name)
            if outcome == NOT_ATTEMPTED
            else outcome
            for name, outcome in self.outcomes.items()
        }
        titles = {
            name: exercise.title.of(self.language)
            for name, exercise in self.exercises.items()
        }
        said = record.said_of(kept, self.language)
        return Progress(titles, outcomes, self.language, said)

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
    return judge(Check(lesson, language)._exercise(exercise), answer, language)


def course_map(language: str = "en") -> CourseMap:
    """Return the map of all lessons: done, tried, open, the last visit."""
    kept = record.load()
    outcomes = {
        number: {
            name: record.outcome_of(kept, number, name)
            for name in exercises_of(number)
        }
        for number in LESSONS
    }
    note = record.said_of(kept, language)
    return CourseMap(outcomes, language, kept["last_visit"], note)


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
    room = f"{__name__}.lesson_{number}"
    names = importlib.import_module(room).NAMES
    files = [importlib.import_module(f"{room}.{name}") for name in names]
    return {file.EXERCISE.name: file.EXERCISE for file in files}
