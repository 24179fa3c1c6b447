"""Each pattern of a wrong result is recognised, and said in two languages."""

import numpy as np
import pytest

from course_lib.exercises.conditions import NAMES as CONDITIONS
from course_lib.exercises.judge import judge
from course_lib.exercises.model import Exercise
from course_lib.exercises.pattern_texts import (
    EXACT,
    PATTERN_TEXTS,
    pattern_text,
)
from course_lib.exercises.patterns import (
    OTHERS,
    PATTERNS,
    Seen,
    entries_pattern,
)
from course_lib.exercises.patterns import pattern as seen_in
from course_lib.exercises.variants import NAMES
from course_lib.text import Text

X = np.random.default_rng(3).normal(size=(2, 4, 5))


def rim(x):
    out = x + np.arange(1, 41).reshape(x.shape) % 7 - 3.3
    out[..., 1:-1, 1:-1] = x[..., 1:-1, 1:-1]
    return out


def but(x, place, factor):
    out = x * np.linspace(2, factor, x.size).reshape(x.shape) - 0.1
    out[place] = x[place]
    return out


def filled(x):
    out = np.zeros_like(x)
    out[1, 1:3] = x[1, 1:3]
    return out


X5 = np.abs(X) + 0.3
WRONG = {
    "all-zero": np.zeros_like(X),
    "not-finite": np.where(X > 1, np.inf, X),
    "truncated": np.trunc(X),
    "negated": -X,
    "one-entry-differs": np.where(np.arange(40).reshape(X.shape) == 17, 9, X),
    "scaled": 2.5 * X,
    "offset": X + 1,
    "negative-cut": np.maximum(X, 0),
    "sign-lost": np.abs(X),
    "squared": X**2,
    "constant": np.full_like(X, 3),
    "summed-up": np.cumsum(X, axis=1),
    "transposed": X.transpose(0, 2, 1),
    "mirrored": X[:, ::-1],
    "moved-by-one": np.roll(X, 1, axis=2) * np.r_[3, 1, 1, 1, 1],
    "slices-in-other-order": X[:, [1, 0, 3, 2]],
    "reordered": np.random.default_rng(0)
    .permutation(X.ravel())
    .reshape(X.shape),
    "only-the-shape": X.reshape(8, 5),
    "shape-in-other-order": np.ones((4, 2, 5)),
    "shape-one-larger": np.ones((2, 5, 5)),
    "shape-one-smaller": X[:, :-1],
    "axis-summed": X.sum(axis=1),
    "axis-averaged": X.mean(axis=2),
    "axis-first-only": X[:, 0],
    "axis-last-only": X[..., -1],
    "axis-not-summed": X[..., None] * [0.25, 0.75],
    "single-number": np.array(0.5),
    "axes-missing": np.ones((4, 5)),
    "axes-extra": np.ones((1, 2, 4, 5)),
    "shape-differs": np.ones((2, 4, 8)),
    "partly-zero": filled(X),
    "border-only": rim(X),
    "first-only": but(X, 0, -3),
    "last-only": but(X, -1, -3),
    "some-slices-only": but(X, (slice(None), [0, 2]), -3),
    "too-large": X + X**2,
    "too-small": X - X**2,
}
# What the exact sentence names, where it is worth a look.
FACTS = {
    "scaled": {"factor": "2.5"},
    "offset": {"step": "+1"},
    "constant": {"value": "3"},
    "transposed": {"a": "1", "b": "2"},
    "mirrored": {"axes": "1"},
    "moved-by-one": {"axis": "2"},
    "slices-in-other-order": {"axis": "1"},
    "shape-one-larger": {"axes": "1"},
    "axis-summed": {"axis": "1"},
    "axis-averaged": {"axis": "2"},
    "axis-not-summed": {"axis": "3"},
    "one-entry-differs": {"index": "[0, 3, 2]"},
    "some-slices-only": {"axis": "1", "right": "0, 2"},
}


def pattern(pairs):
    seen = seen_in(pairs)
    return seen and seen.name


@pytest.mark.parametrize("name", WRONG)
def test_pattern_is_recognised(name):
    assert pattern([(X, X), (WRONG[name], X)]) == name
    if name in FACTS:
        assert seen_in([(WRONG[name], X)]).facts == FACTS[name]


def test_rare_ones():
    assert pattern([(np.sqrt(X5), X5)]) == "root-taken"
    assert pattern([(np.zeros(5), np.full(5, 0.3))]) == "zero-below-one"


def test_facts_are_told_only_where_all_agree():
    assert seen_in([(2 * X, X), (3 * X, X)]) == Seen("scaled")
    assert seen_in([(2 * X, X), (2 * X[0], X[0])]).facts == {"factor": "2"}
    exact = pattern_text("scaled", {"factor": "2"}, "en")
    assert "2 times" in exact
    assert "2" not in pattern_text("scaled", {}, "en")


def test_counts():
    assert pattern([(4, 3), (7, 6), (2, 2)]) == "one-too-many"
    assert pattern([(2, 3), (5, 6)]) == "one-too-few"


def test_every_wrong_result_must_show_it():
    assert pattern([(-X, X), (np.cos(9 * X), X)]) is None


def test_numbers_of_several_tries_are_seen_together():
    assert seen_in([(4.5, 3), (9, 6)]) == Seen("scaled", {"factor": "1.5"})
    assert seen_in([(5, 3), (8, 6), (1, 1)]) == Seen("offset", {"step": "+2"})
    assert pattern([(4.5, 3)]) is None


def test_nothing_is_said_of_what_is_no_number():
    assert pattern([("a", X), (None, X), ([[1], [1, 2]], X)]) is None


def test_all_patterns_are_tested_and_said():
    rare = {"root-taken", "zero-below-one"}
    tested = {*WRONG, *rare, "one-too-many", "one-too-few"}
    assert tested == set(PATTERNS)
    said = {*PATTERNS, *OTHERS, *NAMES, *CONDITIONS, "same-for-all"}
    assert said == set(PATTERN_TEXTS) and set(EXACT) <= said
    for texts in (PATTERN_TEXTS, EXACT):
        for text in texts.values():
            assert text.en.isascii() and not text.ja.isascii()


def test_tuples_of_numbers_are_compared_by_entry():
    swapped = entries_pattern((9, 4), (4, 9))
    assert swapped == Seen("entries-swapped", {"a": "0", "b": "1"})
    assert entries_pattern((9, 7, 4), (4, 9, 7)).name == (
        "entries-in-other-order"
    )
    assert entries_pattern((9, 5), (4, 9)) is None
    assert entries_pattern("ab", (4, 9)) is None


SHAPES = ((), (1,), (3,), (0,), (2, 3), (3, 2), (2, 3, 4), (1, 1, 1, 1))


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_stumbles_over_a_shape(name):
    rng = np.random.default_rng(1)
    for got in SHAPES:
        for expected in SHAPES:
            pair = rng.normal(size=got), rng.normal(size=expected)
            with np.errstate(all="ignore"):
                PATTERNS[name](*(np.asarray(array) for array in pair))


def test_one_number_for_an_array_is_said():
    def answer(x):
        return x.max()

    exercise = Exercise(
        "rows",
        Text("Rows", "行"),
        lambda x: x.sum(axis=1),
        lambda: [(np.random.default_rng(k).random((2, 3)),) for k in (0, 1)],
    )
    assert judge(exercise, answer, "en").diagnosis == "single-number"
