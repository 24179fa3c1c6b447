"""The picture beside a wrong result shows what differs, and where."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from course_lib.exercises.picture import CW, SHOW, difference_picture

RIGHT = np.arange(12.0).reshape(3, 4)


def parts(svg, kind):
    root = ET.fromstring(svg)
    return [node for node in root.iter() if node.tag.split("}")[-1] == kind]


def words(svg):
    return [node.text for node in parts(svg, "text")]


def rings(svg):
    """Return the column and the row of each ring."""
    found = [r for r in parts(svg, "rect") if r.get("rx")]
    return [(float(r.get("x")) // CW, float(r.get("y"))) for r in found]


def changed(*place, by=1.0):
    wrong = RIGHT.copy()
    wrong[place] += by
    return wrong


def test_both_results_are_drawn_and_the_first_difference_ringed():
    svg = difference_picture(changed(1, 2), RIGHT)
    assert words(svg).count("6") == 1 and words(svg).count("7") == 3
    assert {"expected", "got"} <= set(words(svg))
    (first, second) = rings(svg)
    assert first == second and first[0] == 2


@pytest.mark.parametrize(("language", "word"), [("en", "got"), ("ja", "結果")])
def test_words_are_in_the_learners_language(language, word):
    svg = difference_picture(changed(0, 0), RIGHT, language, "dx")
    assert any(word in text and "dx" in text for text in words(svg))


def test_other_shapes_are_drawn_as_boxes():
    svg = difference_picture(np.zeros((2, 4, 3)), np.zeros((2, 3, 4)))
    boxes = parts(svg, "rect")
    assert len(boxes) == 6
    marked = [box for box in boxes if box.get("stroke-width")]
    assert len(marked) == 4  # both axes that differ, in both rows
    assert words(svg).count("2") == 2


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (RIGHT, RIGHT),
        (None, RIGHT),
        ("text", RIGHT),
        ([[1, 2], [3]], RIGHT),
        (3.0, 4.0),
        (np.array(["a"]), np.array([1.0])),
    ],
)
def test_nothing_is_drawn_where_there_is_nothing_to_see(got, expected):
    assert difference_picture(got, expected) == ""


def test_large_results_are_cut_around_the_difference():
    right = np.zeros((2, 40, 50))
    wrong = right.copy()
    wrong[1, 30, 45] = 7
    svg = difference_picture(wrong, right)
    assert words(svg).count("0") == 2 * SHOW * SHOW - 1
    assert words(svg).count("7") == 1
    assert any("[1, :, :]" in text for text in words(svg))


def test_signs_have_the_colours_of_the_course():
    svg = difference_picture(np.array([-2.0, 2.0, 0.0]), np.array([1, 2, 0.0]))
    cells = [r.get("fill") for r in parts(svg, "rect") if not r.get("rx")]
    got = [[int(n) for n in re.findall(r"\d+", c)] for c in cells[3:]]
    (r0, _, b0), (_, g1, b1), zero = got
    assert r0 > b0 + 40  # orange
    assert b1 > g1 + 10  # purple
    assert min(zero) > 240


def test_what_is_not_finite_is_drawn_grey():
    wrong = changed(0, 0)
    wrong[2, 3] = np.nan
    svg = difference_picture(wrong, RIGHT)
    assert "#cccccc" in svg and "nan" in words(svg)
