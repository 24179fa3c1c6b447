"""Write what the instructor sees at the end: one HTML file, no network."""

from __future__ import annotations

import html
from pathlib import Path

from course_lib.exercises import exercises_of
from course_lib.exercises.grading.grade import Row
from course_lib.exercises.lessons import LESSONS
from course_lib.exercises.model import STYLE, Result
from course_lib.text import Text

# Nothing in the page may run or be fetched, whatever a notebook held.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
CSS = """
body {font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 72em;
 padding: 0 1em; color: #222}
table {border-collapse: collapse} th, td {padding: 2px 8px}
th {text-align: left; font-weight: normal} td.o {text-align: center;
 color: #fff; min-width: 2em; border: 1px solid #fff}
.s {overflow-x: auto} th.e {writing-mode: vertical-rl; font-size: 85%}
td.n {text-align: right}
"""
TITLE = Text("The class", "クラスの様子")
WHO = Text("Who understood what", "誰が何をできたか")
SLIPS = Text("Commonest slips", "多かった間違い")
HARD = Text("Exercises, the hardest first", "演習（難しい順）")
STUCK = Text("Nothing right yet", "まだ 1 つもできていない人")
PAGES = Text("What each student would have read", "一人ひとりへのメッセージ")
NONE = Text("nobody", "いません")
RIGHT = Text("right", "正解")
OTHER = Text("Files that are no work", "採点しなかったファイル")
NOT_RUN = Text("not run", "実行されず")
GREY = "#555555"


def write(
    path: Path,
    rows: list[Row],
    said: dict[tuple[str, str], dict],
    language: str,
) -> None:
    """Write the page of a class.

    said: (notebook, exercise) -> message, picture and what was printed.
    """
    work = [row for row in rows if row.exercise]
    parts = [
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{TITLE.of(language)}</title><style>{CSS}</style>",
        f"<h1>{TITLE.of(language)}</h1>",
        *(_map(number, work, language) for number in _numbers(work)),
        _slips(work, language),
        _hard(work, language),
        _stuck(work, language),
        _others(rows, language),
        _students(work, said, language),
    ]
    text = "\n".join(parts) + "</html>\n"
    path.write_bytes(text.encode("utf-8", "backslashreplace"))


def _numbers(rows: list[Row]) -> list[str]:
    found = {row.lesson for row in rows}
    return [number for number in LESSONS if number in found]


def _who(row: Row) -> str:
    return row.student or row.notebook


def _title(row: Row, language: str) -> str:
    exercise = exercises_of(row.lesson).get(row.exercise)
    title = exercise.title.of(language) if exercise else row.exercise
    return html.escape(title)


def _map(number: str, rows: list[Row], language: str) -> str:
    """Return the heat map of a lesson, students by exercises."""
    mine = [row for row in rows if row.lesson == number]
    names = list(exercises_of(number))
    students: dict[tuple[str, str], dict[str, Row]] = {}
    for row in mine:
        key = _who(row), row.notebook
        students.setdefault(key, {})[row.exercise] = row
    order = sorted(
        students.items(),
        key=lambda s: (-sum(_right(r) for r in s[1].values()), s[0]),
    )
    heads = "".join(
        f'<th class="e" scope="col">{html.escape(n)}</th>' for n in names
    )
    lines = "".join(
        f'<tr><th scope="row" title="{html.escape(place)}">'
        f"{html.escape(who)}</th>"
        + "".join(_cell(found.get(name), language) for name in names)
        + "</tr>"
        for (who, place), found in order
    )
    title = html.escape(LESSONS[number].title.of(language))
    return (
        f"<h2>{WHO.of(language)}: {number} {title}</h2>"
        f'<div class="s"><table><tr><th></th>{heads}</tr>{lines}'
        "</table></div>"
    )


def _cell(row: Row | None, language: str) -> str:
    """Return a cell: its colour, its sign, and the words on pointing."""
    if row is None or row.outcome not in STYLE:
        words = NOT_RUN.of(language) + (f"; {row.note}" if row else "")
        return (
            f'<td class="o" style="background:{GREY}" '
            f'title="{html.escape(words)}">?</td>'
        )
    colour, sign, words = STYLE[row.outcome]
    texts = [words.of(language), row.diagnosis, row.note]
    said = html.escape("; ".join(text for text in texts if text))
    return (
        f'<td class="o" style="background:{colour}" title="{said}">{sign}</td>'
    )


def _right(row: Row) -> bool:
    return row.outcome == "correct"


def _slips(rows: list[Row], language: str) -> str:
    from course_lib.exercises.report import commonest_slips, explain

    lines = "".join(
        f'<tr><td class="n">{count}</td><td>{number}</td>'
        f"<td>{html.escape(exercise)}</td><td>{html.escape(slip)}</td>"
        "<td>"
        + html.escape(explain(exercise, slip, language, number))
        + "</td></tr>"
        for count, number, exercise, slip in commonest_slips(rows)[:30]
    )
    return f"<h2>{SLIPS.of(language)}</h2><table>{lines}</table>"


def _hard(rows: list[Row], language: str) -> str:
    """Return the exercises with how many have them right."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.lesson, row.exercise), []).append(row)
    order = sorted(
        groups.items(),
        key=lambda g: sum(map(_right, g[1])) / len(g[1]),
    )
    lines = "".join(
        f"<tr><td>{number}</td><td>{html.escape(name)}</td>"
        f"<td>{_title(found[0], language)}</td>"
        f'<td class="n">{sum(map(_right, found))} / {len(found)} '
        f"{RIGHT.of(language)}</td></tr>"
        for (number, name), found in order
    )
    return f"<h2>{HARD.of(language)}</h2><table>{lines}</table>"


def _stuck(rows: list[Row], language: str) -> str:
    right = {_who(row) for row in rows if _right(row)}
    names = [w for w in dict.fromkeys(map(_who, rows)) if w not in right]
    said = ", ".join(map(html.escape, names)) or NONE.of(language)
    return f"<h2>{STUCK.of(language)}</h2><p>{said}</p>"


def _others(rows: list[Row], language: str) -> str:
    lines = "".join(
        f"<tr><td>{html.escape(row.notebook)}</td>"
        f"<td>{html.escape(row.outcome)}</td>"
        f"<td>{html.escape(row.note)}</td></tr>"
        for row in rows
        if not row.exercise
    )
    if not lines:
        return ""
    return f"<h2>{OTHER.of(language)}</h2><table>{lines}</table>"


def _students(
    rows: list[Row], said: dict[tuple[str, str], dict], language: str
) -> str:
    """Return a section for each student, to be handed back."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((_who(row), row.notebook), []).append(row)
    parts = [f"<h2>{PAGES.of(language)}</h2>"]
    for (who, place), found in sorted(groups.items()):
        right = sum(map(_right, found))
        parts.append(
            f"<details><summary>{html.escape(who)}: {right} / {len(found)}"
            f"</summary><p>{html.escape(place)}</p>"
        )
        for row in found:
            message = said.get((row.notebook, row.exercise))
            if message is not None and row.outcome in STYLE:
                parts.append(_result(row, message)._repr_html_())
        parts.append("</details>")
    return "\n".join(parts)


def _result(row: Row, message: dict) -> Result:
    return Result(
        row.exercise,
        row.outcome,
        message["message"],
        row.diagnosis or None,
        message["language"],
        message["picture"],
        message["printed"],
    )
