"""Show which exercises of a lesson are done."""

from __future__ import annotations

import html
from dataclasses import dataclass

from course_lib.exercises.model import CORRECT, STYLE


@dataclass(frozen=True)
class Progress:
    """List the exercises of a lesson with their outcomes."""

    titles: dict[str, str]
    outcomes: dict[str, str]
    language: str

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
        done = sum(value == CORRECT for value in self.outcomes.values())
        total = len(self.outcomes)
        if self.language == "ja":
            return f"{total} 問中 {done} 問できました"
        return f"{done} of {total} exercises done"

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
