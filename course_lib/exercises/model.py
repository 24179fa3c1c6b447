"""What an exercise, a known slip and the result of a check are."""

from __future__ import annotations

import html
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from course_lib.exercises.markup import to_html
from course_lib.text import Text

NOT_ATTEMPTED = "not_attempted"
INCORRECT = "incorrect"
CORRECT = "correct"


@dataclass(frozen=True)
class Slip:
    """Describe one recognised mistake.

    `answer` is a wrong answer, written in the simplest way and of the same
    form as a learner's (a function, a class or a value). A learner whose
    results equal its results has made this slip; `also` holds further wrong
    answers that come from the same mistake. Where results are random,
    `seen(result, *case)` decides instead, and `answer` is an example.
    """

    name: str
    text: Text
    answer: Any = None
    seen: Callable[..., bool] | None = None
    also: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Remark:
    """Say something about an answer that is right.

    `seen(answer, *case)` is asked with the first case and may run the
    answer; where it is true, the text is added to "Correct".
    """

    text: Text
    seen: Callable[..., bool]


def _call(answer: Callable, *case: Any) -> Any:
    return answer(*case)


@dataclass(frozen=True)
class Exercise:
    """Describe one exercise of a lesson and how an answer is judged.

    name: the short name that `check(name, answer)` is called with.
    title: what it is about.
    reference: a right answer; `check.use(name)` hands it out.
    cases: returns the inputs to try, a list of argument tuples, the same
        ones each time; None where the answer is a value, not a function.
    run: `run(answer, *case)` gives the result to compare; by default the
        answer is called with the case.
    parts: names for the entries when the result is a tuple.
    slips: the mistakes that are recognised, the most telling one first.
    hints: three steps: a question, the idea, the first line.
    random: True where right results are not unique; then an answer is right
        if it has the reference's shape and no slip is seen.
    tolerance: the largest error allowed, relative to the largest expected
        number; None chooses it from the dtypes.
    again: whether the first case is tried once more at the end, where the
        same result must come out, and whether earlier results must have
        stayed as they were (not asked where results are random).
    kept: `kept(*case)` gives what the answer must not change; by default
        the arrays among the arguments, in lists and dicts too.
    remarks: what to say about right answers of a certain form.
    """

    name: str
    title: Text
    reference: Any
    cases: Callable[[], list[tuple]] | None = None
    run: Callable[..., Any] = _call
    parts: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    hints: tuple[Text, ...] = ()
    random: bool = False
    tolerance: float | None = None
    again: bool = True
    kept: Callable[..., Any] | None = None
    remarks: tuple[Remark, ...] = ()

    def arguments(self) -> list[str]:
        """Return the names of the arguments that a case holds."""
        if self.run is Exercise.run:
            return list(inspect.signature(self.reference).parameters)
        return list(inspect.signature(self.run).parameters)[1:]


SHORT = 200  # characters of what was printed, in a plain text
COLON = Text(": ", "：")
PRINTED = Text("What your code printed", "コードが表示したもの")
STYLE = {
    NOT_ATTEMPTED: ("#8a8a8a", "–", Text("Not attempted", "未着手")),
    INCORRECT: ("#d55e00", "×", Text("Not yet", "もう少し")),
    CORRECT: ("#0072b2", "○", Text("Correct", "正解")),
}


@dataclass(frozen=True)
class Result:
    """Hold what a check found; a notebook shows it as a coloured note.

    outcome: "not_attempted", "incorrect" or "correct".
    diagnosis: the short stable name of a recognised slip, or None.
    message: one or more lines in the learner's language.
    """

    exercise: str
    outcome: str
    message: str
    diagnosis: str | None = None
    language: str = field(default="en", repr=False)
    picture: str = field(default="", repr=False)  # SVG, "" for none
    printed: str = field(default="", repr=False)  # by the answer

    @property
    def headline(self) -> str:
        """Say the outcome in the learner's language."""
        _, sign, words = STYLE[self.outcome]
        colon = COLON.of(self.language)
        return f"{sign} {words.of(self.language)}{colon}{self.exercise}"

    def __repr__(self) -> str:
        text = f"{self.headline}\n{self.message}".rstrip()
        if not self.printed:
            return text
        begin = " / ".join(self.printed.split("\n")[:3])[:SHORT]
        said = PRINTED.of(self.language) + COLON.of(self.language)
        return f"{text}\n{said}{begin}"

    def _repr_html_(self) -> str:
        colour = STYLE[self.outcome][0]
        return (
            f'<div role="status" style="border-left:6px solid {colour};'
            'padding:6px 12px;margin:4px 0">'
            f"<strong>{html.escape(self.headline)}</strong>"
            f"{to_html(self.message, self.language)}{self.picture}"
            f"{self._printed_html()}</div>"
        )

    def _printed_html(self) -> str:
        if not self.printed:
            return ""
        return (
            f"<details><summary>{PRINTED.of(self.language)}</summary>"
            '<pre style="max-height:20em;overflow:auto;margin:4px 0;'
            f'white-space:pre-wrap">{html.escape(self.printed)}</pre>'
            "</details>"
        )


@dataclass(frozen=True)
class Note:
    """Hold a sentence that a notebook shows, a hint for instance."""

    text: str
    language: str = field(default="en", repr=False)

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return (
            '<div role="note" style="border-left:6px solid #e69f00;'
            f'padding:6px 12px">{to_html(self.text, self.language)}</div>'
        )
