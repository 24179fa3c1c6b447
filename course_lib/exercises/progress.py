"""Show which exercises are done, of a lesson and of the whole course."""

from __future__ import annotations

import html
import time
from collections.abc import Mapping
from dataclasses import dataclass

from course_lib.exercises.icons import icon
from course_lib.exercises.lessons import LESSONS
from course_lib.exercises.messages import say
from course_lib.exercises.model import CORRECT, STYLE
from course_lib.text import Text

SPACE, MINUTES = Text(" ", ""), Text("min", "分")


@dataclass(frozen=True)
class Progress:
    """List the exercises of a lesson with their outcomes.

    note: a sentence to say first, "" for none.
    """

    titles: dict[str, str]
    outcomes: dict[str, str]
    language: str
    note: str = ""

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Return (sign, name, title) of each exercise."""
        return [
            (STYLE[self.outcomes[name]][1], name, title)
            for name, title in self.titles.items()
        ]

    @property
    def headline(self) -> str:
        """Count what is done."""
        return _joined(
            [self.note, count_done(self.outcomes, self.language)],
            self.language,
        )

    def __repr__(self) -> str:
        lines = [f"{sign} {name}: {title}" for sign, name, title in self.rows]
        return "\n".join([self.headline, *lines])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{sign}</td><td><code>{html.escape(name)}</code></td>"
            f'<td style="text-align:left">{html.escape(title)}</td></tr>'
            for sign, name, title in self.rows
        )
        return (
            f"<strong>{html.escape(self.headline)}</strong>"
            f"<table>{rows}</table>"
        )


@dataclass(frozen=True)
class CourseMap:
    """Show every lesson with the outcome of each of its exercises.

    outcomes: lesson -> exercise -> outcome. last_visit: seconds since the
    epoch, or None. note: a sentence to say first, "" for none.
    """

    outcomes: dict[str, dict[str, str]]
    language: str
    last_visit: float | None = None
    note: str = ""

    @property
    def headline(self) -> str:
        """Count what is done and say when the last visit was."""
        every = {
            (lesson, name): outcome
            for lesson, found in self.outcomes.items()
            for name, outcome in found.items()
        }
        parts = [self.note, count_done(every, self.language)]
        if self.last_visit is not None:
            parts.append(ago(time.time() - self.last_visit, self.language))
        return _joined(parts, self.language)

    def __repr__(self) -> str:
        lines = [
            f"{number} {signs(found)} {self._title(number)}"
            for number, found in self.outcomes.items()
        ]
        return "\n".join([self.headline, *lines])

    def _repr_html_(self) -> str:
        unit = MINUTES.of(self.language)
        rows = "".join(
            f"<tr><td>{icon(number)}</td>"
            f'<td style="text-align:left">{self._link(number)}</td>'
            f'<td style="text-align:left">{_boxes(found, self.language)}</td>'
            f"<td>{LESSONS[number].minutes} {unit}</td></tr>"
            for number, found in self.outcomes.items()
        )
        return (
            f"<strong>{html.escape(self.headline)}</strong>"
            f"<table>{rows}</table>"
        )

    def _title(self, number: str) -> str:
        return LESSONS[number].title.of(self.language)

    def _link(self, number: str) -> str:
        file = f"{LESSONS[number].file}_trainee.ipynb"
        text = html.escape(f"{number} {self._title(number)}")
        return f'<a href="{file}">{text}</a>'


def count_done(outcomes: Mapping, language: str) -> str:
    """Say how many outcomes are "correct"."""
    done = sum(outcome == CORRECT for outcome in outcomes.values())
    return say("done", language, done=done, total=len(outcomes))


def _joined(sentences: list[str], language: str) -> str:
    """Return the sentences that are not empty as one text."""
    return SPACE.of(language).join(
        sentence for sentence in sentences if sentence
    )


def signs(outcomes: Mapping[str, str]) -> str:
    """Return one sign for each outcome."""
    return "".join(STYLE[outcome][1] for outcome in outcomes.values())


def ago(seconds: float, language: str) -> str:
    """Say how long ago the last visit was, given in seconds."""
    for size, key in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= size:
            return say(f"ago_{key}", language, n=int(seconds // size))
    return say("ago_now", language)


def _boxes(outcomes: Mapping[str, str], language: str) -> str:
    """Draw one small box for each exercise, sign and colour alike."""
    boxes = []
    for name, outcome in outcomes.items():
        colour, sign, words = STYLE[outcome]
        title = html.escape(f"{name}: {words.of(language)}")
        boxes.append(
            f'<span title="{title}" style="display:inline-block;width:1.5em;'
            f"margin-right:3px;text-align:center;border:2px solid {colour}"
            f'">{sign}</span>'
        )
    return "".join(boxes)
