"""What the texts say of the lessons comes from the list of lessons."""

import pytest

from course_lib.exercises import lessons
from course_lib.exercises.lessons import (
    LESSONS,
    Page,
    Part,
    number_of,
    order_of,
)
from course_lib.text import Text
from tools import placeholders
from tools.lesson_source import LessonError, lesson_paths, make_notebook
from tools.placeholders import expand, lesson_tables


def test_marks_of_a_lesson():
    name = LESSONS["5_4"].file
    text = "# <<number>> <<title>>, <<minutes>>: **<<next_lesson>>**"
    assert expand(text, name, "en") == (
        "# 5_4 im2col and col2im, 90: **5_5_convolution_layer**"
    )
    assert "im2col と col2im" in expand(text, name, "ja")
    assert expand("<<lesson_count>>", "START", "en") == str(len(LESSONS))


def test_what_is_no_mark_stays():
    text = "$x \\ll y$, `1 << 3 >> 2`, {minutes}, $\\frac{a}{b}$"
    assert expand(text, "START", "en") == text


@pytest.mark.parametrize(
    ("mark", "name", "message"),
    [
        ("<<hours>>", "5_1_convolution", "unknown"),
        ("<<minutes>>", "START", "number"),
        ("<<minutes>>", "9_9_none", "not listed"),
        ("<<next_lesson>>", list(LESSONS.values())[-1].file, "last"),
    ],
)
def test_mark_without_a_value_is_an_error(mark, name, message):
    with pytest.raises(ValueError, match=message):
        expand(mark, name, "en")


def test_no_text_tells_again_what_the_list_knows():
    for path in lesson_paths():
        text = path.read_text(encoding="utf-8")
        for lesson in LESSONS.values():
            assert f"**{lesson.file}**" not in text, path.name
            assert f"# # {lesson.number} " not in text, path.name


def test_mark_in_a_source_that_cannot_be_filled_in(tmp_path):
    path = tmp_path / "9_9_none.py"
    text = '# %% [markdown] lang="en"\n# <<minutes>>\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LessonError, match="not listed"):
        make_notebook(path, "en", "trainee")


def test_tables_show_parts_and_pages(monkeypatch):
    first, second = LESSONS["5_1"], LESSONS["5_2"]
    parts = (
        Part(Text("One", "一"), (first,)),
        Part(Text("Two", "二"), (second,)),
        Part(Text("Three", "三"), ()),
    )
    page = Page("QUIZ", Text("Quiz", "問題"), Text("to test", "試す"))
    full = Page("REPORT", Text("Report", "報告"), Text("a", "b"), True)
    monkeypatch.setattr(placeholders, "PARTS", parts)
    monkeypatch.setattr(placeholders, "PAGES", (page, full))
    english, japanese = lesson_tables("en"), lesson_tables("ja")
    assert english.count("### ") == 3 and "Three" not in english
    assert "1 lesson, about 1 hour." in english
    assert "| [5_1 Convolution](5_1_convolution_trainee.ipynb) |" in english
    assert "| [Quiz](QUIZ.ipynb) | to test |  |" in english
    assert "(../../solutions/ja/REPORT.ipynb)" in japanese


def test_numbers_are_read_and_sorted():
    assert number_of("5_10_branches.py") == number_of("5_10") == "5_10"
    assert number_of("5_1_a_2_3") == "5_1"
    for name in ("START", "5_", "5", "5_1a"):
        with pytest.raises(ValueError, match="number"):
            number_of(name)
    numbers = ["5_10", "5_2", "5_9", "10_1", "5_0"]
    ordered = ["5_0", "5_2", "5_9", "5_10", "10_1"]
    assert sorted(numbers, key=order_of) == ordered
    assert list(LESSONS) == sorted(LESSONS, key=order_of)


def test_lesson_after():
    listed = list(LESSONS)
    after = [lessons.next_lesson(number) for number in listed]
    assert after[-1] is None
    assert [lesson.number for lesson in after[:-1]] == listed[1:]
