"""Every lesson has its picture on the map; a new one shows its number."""

import base64
import re
from xml.etree import ElementTree

import pytest

from course_lib.exercises import icons
from course_lib.exercises.icons import HEIGHT, WIDTH, arrow, icon
from course_lib.exercises.lessons import LESSONS
from course_lib.exercises.progress import CourseMap
from course_lib.svg import Picture


def svg_of(page):
    data = re.search(r"base64,([^\"]+)", page).group(1)
    return base64.b64decode(data).decode("utf-8")


@pytest.mark.parametrize("number", LESSONS)
def test_icon_is_a_whole_small_picture(number):
    page = icon(number, alt=number)
    assert f'alt="{number}"' in page
    root = ElementTree.fromstring(svg_of(page))
    assert (root.get("width"), root.get("height")) == (str(WIDTH), str(HEIGHT))
    assert len(root) > 1  # more than its white ground


def test_drawn_icons_differ():
    drawn = [icon(number) for number in LESSONS]
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("number", ["98_10", "99_1"])
def test_lesson_without_a_drawing_shows_its_number(number):
    assert f">{number}</text>" in svg_of(icon(number))


def test_map_shows_a_lesson_without_a_drawing(monkeypatch):
    monkeypatch.setattr(icons, "find_spec", lambda name: None)
    page = CourseMap({"5_1": {"by_hand": "correct"}}, "en")._repr_html_()
    assert ">5_1</text>" in svg_of(page)


def test_arrow_back_is_dashed():
    pictures = [Picture(WIDTH, HEIGHT, "") for _ in range(2)]
    arrow(pictures[0], 2, 5, 20)
    arrow(pictures[1], 20, 5, 2)
    dashed = ["dasharray" in picture.to_svg() for picture in pictures]
    assert dashed == [False, True]
