"""Two results agree or not, and the difference is said in one sentence."""

import numpy as np
import pytest

from course_lib.exercises.compare import (
    alike,
    close,
    difference,
    form,
    number,
    same,
    unchanged,
)
from course_lib.exercises.describe import difference_text

RIGHT = np.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize(
    "got",
    [
        RIGHT.tolist(),
        RIGHT.astype(np.float32),
        RIGHT.astype(int),
        RIGHT + 1e-9,
        np.asfortranarray(RIGHT),
    ],
)
def test_other_forms_of_the_same_numbers_agree(got):
    assert same(got, RIGHT)
    assert same((got, 3), (RIGHT, 3))


@pytest.mark.parametrize(
    "got", [RIGHT + 1e-4, RIGHT[None], RIGHT.T, RIGHT[:1], "text", None]
)
def test_other_numbers_or_shapes_differ(got):
    assert not same(got, RIGHT)


def test_tolerance_grows_with_the_largest_number():
    right = np.array([0.0, 1e6])
    assert close(right + 0.05, right).all()
    assert not close(right + 0.5, right).any()
    assert close(right + 100, right, tolerance=1e-3).all()


def test_single_precision_is_compared_more_loosely():
    right = np.array([1.0, 2.0])
    wrong = right + 1e-4
    assert not close(wrong, right).any()
    assert close(wrong.astype(np.float32), right).all()


def test_infinities_and_nan_have_a_place():
    right = np.array([np.inf, -np.inf, np.nan, 1])
    assert close(right, right).all()
    assert list(close(right[[1, 0, 2, 3]], right)) == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "(2, 3)"), ("ja", "(2, 3)")]
)
def test_shapes_are_said(language, said):
    text = difference_text(difference(RIGHT.T, RIGHT), language)
    assert said in text and "(3, 2)" in text


def test_first_wrong_entry_is_said():
    wrong = RIGHT.copy()
    wrong[1, 0] = 9
    text = difference_text(difference(wrong, RIGHT), "en")
    assert "[1, 0]" in text and "9" in text and "1 of 6" in text


def test_part_of_a_tuple_is_named():
    found = difference((RIGHT, 2), (RIGHT, 3), parts=("dx", "db"))
    assert found.part == "db"
    assert difference_text(found, "en").startswith("`db`: ")
    assert difference_text(found, "ja").startswith("`db`：")
    assert difference((RIGHT,), (RIGHT, 3)).diagnosis == "other-type"


@pytest.mark.parametrize(
    ("got", "expected", "name"),
    [
        (2.5, 3, "float-for-integer"),
        (2.0, 3, None),
        ("2", 3, "other-type"),
        ([[1, 2], [3]], RIGHT, "other-type"),
        (2, 3, None),
        (2.0, 3.0, None),
        (True, "yes", None),
    ],
)
def test_form_is_named(got, expected, name):
    assert form(got, expected) == name


def test_nothing_returned_is_named():
    assert difference(None, RIGHT).diagnosis == "returns-none"


def test_words_and_truth_values_have_no_tolerance():
    assert same("same", "same") and not same("Same", "same")
    assert same(np.True_, True) and not same(1, True)


def test_numbers_are_short():
    assert [number(x) for x in (2.0, 0.1234567, 1e-9)] == [
        "2",
        "0.123457",
        "1e-09",
    ]


def test_whole_floats_are_whole_numbers():
    assert same(14.0, 14) and same((4.0, np.float64(9)), (4, 9))
    assert not same(14.5, 14)


def test_two_results_of_an_answer_agree_in_any_form():
    assert alike([RIGHT, [1, 2]], [RIGHT.copy(), (1, 2)])
    assert not alike([RIGHT, [1, 2]], [RIGHT, [1, 3]])
    assert not alike(RIGHT, RIGHT[0]) and not alike("a", 1)


def test_what_is_given_stays_exactly():
    given = {"W": RIGHT, "rest": [RIGHT, 3]}
    assert unchanged(given, {"W": RIGHT.copy(), "rest": [RIGHT.copy(), 3]})
    assert not unchanged(given, {"W": RIGHT + 1e-12, "rest": [RIGHT, 3]})
    assert not unchanged({**given, "b": 1}, given)
