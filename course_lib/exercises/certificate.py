"""Write a page to print when every exercise is done."""

from __future__ import annotations

import datetime
import html
from pathlib import Path

from course_lib.exercises import course_map, record
from course_lib.exercises.lessons import LESSONS
from course_lib.exercises.messages import say
from course_lib.exercises.model import CORRECT, Note

WORDS = {
    "en": (
        "Convolutional neural networks by hand",
        "has written every part of a convolutional neural network, in "
        "{lessons} lessons and {exercises} exercises.",
    ),
    "ja": (
        "手で書いて学ぶ畳み込みニューラルネットワーク",
        "さんは、{lessons} のレッスンと {exercises} の演習をとおして、"
        "畳み込みニューラルネットワークのすべての部品を自分で書きました。",
    ),
}
PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><title>{title}</title>
<style>
@page {{ size: A4 landscape; margin: 15mm }}
body {{ font-family: serif; text-align: center; border: 3px double #0072b2;
        padding: 12mm; font-size: 16pt }}
h1 {{ font-size: 24pt }} .name {{ font-size: 32pt; margin: 12mm 0 }}
li {{ display: inline-block; margin: 0 3mm; font-size: 12pt }}
ul {{ padding: 0 }}
</style>
<h1>{title}</h1><p class="name">{name}</p><p>{text}</p>
<ul>{lessons}</ul><p>{date}</p></html>
"""


def certificate(
    name: str, language: str = "en", path: Path | str | None = None
) -> Note:
    """Write a printable page with the learner's name, if all is done.

    name: as it shall stand on the page. path: the HTML file, by default
    certificate.html beside the file of the progress.
    Returns a Note that says where it is, or what is missing: a name, or
    how many exercises.
    """
    outcomes = course_map(language).outcomes
    every = [o for found in outcomes.values() for o in found.values()]
    missing = sum(outcome != CORRECT for outcome in every)
    kept = record.progress_file()
    if missing or kept is None:
        return Note(say("certificate_open", language, missing=missing))
    name = str(name or "").strip()
    if not name:
        return Note(say("certificate_name", language))
    target = Path(path) if path else kept.with_name("certificate.html")
    title, text = WORDS[language]
    titles = [x.title.of(language) for x in LESSONS.values()]
    page = PAGE.format(
        language=language,
        title=html.escape(title),
        name=html.escape(name),
        text=text.format(lessons=len(LESSONS), exercises=len(every)),
        lessons="".join(f"<li>{html.escape(t)}</li>" for t in titles),
        date=datetime.date.today().isoformat(),
    )
    try:
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        return Note(
            say("certificate_failed", language, path=target, error=error)
        )
    return Note(say("certificate_written", language, path=target))
