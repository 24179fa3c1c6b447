"""Fill in what a lesson's text takes from the list of lessons.

A markdown cell may hold these marks; the list is
course_lib/exercises/lessons.py, so that nothing is told twice.

<<number>> <<title>>   of the lesson, such as 5_1 and Convolution
<<minutes>>            the time that it needs
<<next_lesson>>        the file of the lesson after it
<<lesson_count>>       how many lessons the course has
<<lesson_tables>>      the lessons with links, a table for each part, and
                       the pages beside them
"""

from __future__ import annotations

import re

from course_lib.exercises.lessons import (
    LESSONS,
    PAGES,
    PARTS,
    Lesson,
    Page,
    Part,
    next_lesson,
    number_of,
)
from course_lib.text import Text

MARK = re.compile(r"<<(\w+)>>")
HEADS = Text(
    "| Lesson | You will | Time | Solution |\n|:--|:--|--:|:--|",
    "| レッスン | すること | 時間 | 解答 |\n|:--|:--|--:|:--|",
)
PAGE_HEADS = Text(
    "| Page | For | Solution |\n|:--|:--|:--|",
    "| ページ | 内容 | 解答 |\n|:--|:--|:--|",
)
BESIDE = Text("Beside the lessons", "レッスンのほかに")
SUM = Text(
    "{count} lesson{lessons}, about {hours} hour{s}.",
    "全 {count} レッスン、目安は約 {hours} 時間です。",
)
MINUTES = Text("{} min", "{} 分")
OPEN = Text("open", "開く")


def expand(text: str, name: str, language: str) -> str:
    """Return a text with its marks filled in.

    name: of the source that the text stands in, without ending.
    Raises ValueError for a mark that is unknown or has no value there.
    """
    return MARK.sub(lambda mark: _value(mark.group(1), name, language), text)


def _value(mark: str, name: str, language: str) -> str:
    if mark == "lesson_count":
        return str(len(LESSONS))
    if mark == "lesson_tables":
        return lesson_tables(language)
    if mark not in ("number", "title", "minutes", "next_lesson"):
        raise ValueError(f"{name}: <<{mark}>> is unknown")
    lesson = LESSONS.get(number_of(name))
    if lesson is None:
        raise ValueError(f"{name}: <<{mark}>>, but the lesson is not listed")
    if mark == "next_lesson":
        after = next_lesson(lesson.number)
        if after is None:
            raise ValueError(f"{name}: <<{mark}>>, but it is the last lesson")
        return after.file
    if mark == "title":
        return lesson.title.of(language)
    return str(getattr(lesson, mark))


def lesson_tables(language: str) -> str:
    """Return the lessons and pages as the start page shows them."""
    blocks = [part_table(part, language) for part in PARTS if part.lessons]
    pages = [page for page in PAGES if page.file != "START"]
    if pages:
        rows = [page_row(page, language) for page in pages]
        heading = f"### {BESIDE.of(language)}\n"
        blocks.append("\n".join([heading, PAGE_HEADS.of(language), *rows]))
    return "\n\n".join(blocks)


def part_table(part: Part, language: str) -> str:
    """Return the heading, the sum and the table of a part."""
    said = sum_of(part, language)
    rows = [lesson_row(lesson, language) for lesson in part.lessons]
    heading = f"### {part.title.of(language)}\n\n{said}\n"
    return "\n".join([heading, HEADS.of(language), *rows])


def sum_of(part: Part, language: str) -> str:
    """Say how many lessons a part has and how long they take."""
    count = len(part.lessons)
    minutes = sum(lesson.minutes for lesson in part.lessons)
    hours = max(round(minutes / 60), 1)
    return SUM.of(language).format(
        count=count,
        lessons="s" * (count != 1),
        hours=hours,
        s="s" * (hours != 1),
    )


def lesson_row(lesson: Lesson, language: str) -> str:
    """Return the row of a lesson."""
    title = f"{lesson.number} {lesson.title.of(language)}"
    cells = (
        f"[{title}]({lesson.file}_trainee.ipynb)",
        lesson.aim.of(language),
        MINUTES.of(language).format(lesson.minutes),
        solution_link(lesson.file, language),
    )
    return f"| {' | '.join(cells)} |"


def page_row(page: Page, language: str) -> str:
    """Return the row of a page."""
    link = f"[{page.title.of(language)}]({page.file}.ipynb)"
    solution = solution_link(page.file, language) if page.solution else ""
    return f"| {link} | {page.aim.of(language)} | {solution} |"


def solution_link(file: str, language: str) -> str:
    """Return the link from a notebook to the solution of a source."""
    return f"[{OPEN.of(language)}](../../solutions/{language}/{file}.ipynb)"
