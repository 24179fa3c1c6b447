"""Write the list of lessons into the READMEs, from the list of lessons."""

from __future__ import annotations

from course_lib.exercises.lessons import PARTS, Lesson
from course_lib.text import Text
from tools.lesson_source import ROOT, LessonError
from tools.placeholders import MINUTES, sum_of

PAGES = Text("README.md", "README.ja.md")
BEGIN = "<!-- lessons: written by tools/build.py -->\n"
END = "<!-- lessons end -->\n"
HEADS = Text(
    "| Lesson | You will | Time |\n|:--|:--|--:|",
    "| レッスン | すること | 時間 |\n|:--|:--|--:|",
)


def readme_with_lessons(language: str) -> str:
    """Return a README with its list of lessons as it should be.

    Raises LessonError if the marks around the list are missing.
    """
    path = ROOT / PAGES.of(language)
    text = path.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise LessonError(f"{path.name}: put {BEGIN.strip()!r} and its end in")
    before, rest = text.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    return f"{before}{BEGIN}{lists(language)}{END}{after}"


def lists(language: str) -> str:
    """Return one table for each part of the course."""
    blocks = []
    for part in PARTS:
        if part.lessons:
            title = part.title.of(language)
            rows = [lesson_row(lesson, language) for lesson in part.lessons]
            head = f"**{title}** · {sum_of(part, language)}\n"
            blocks.append("\n".join([head, HEADS.of(language), *rows, ""]))
    return "\n".join(blocks)


def lesson_row(lesson: Lesson, language: str) -> str:
    """Return the row of a lesson, its link as seen from the project."""
    title = f"{lesson.number} {lesson.title.of(language)}"
    file = f"notebooks/{language}/{lesson.file}_trainee.ipynb"
    minutes = MINUTES.of(language).format(lesson.minutes)
    return f"| [{title}]({file}) | {lesson.aim.of(language)} | {minutes} |"


def outdated() -> list[str]:
    """Return the names of the READMEs whose list is not current."""
    return [
        PAGES.of(language)
        for language in ("en", "ja")
        if (ROOT / PAGES.of(language)).read_text(encoding="utf-8")
        != readme_with_lessons(language)
    ]


def write() -> None:
    """Write the lists into both READMEs."""
    for language in ("en", "ja"):
        text = readme_with_lessons(language)
        path = ROOT / PAGES.of(language)
        path.write_text(text, encoding="utf-8", newline="\n")
