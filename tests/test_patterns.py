"""Each pattern of a wrong result is recognised, and said in two languages."""

import numpy as np
import pytest

from course_lib.exercises.messages import PATTERN_TEXTS, say_pattern
from course_lib.exercises.patterns import PATTERNS, pattern

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


WRONG = {
    "all-zero": np.zeros_like(X),
    "not-finite": np.where(X > 1, np.inf, X),
    "negated": -X,
    "one-entry-differs": np.where(np.arange(40).reshape(X.shape) == 17, 9, X),
    "scaled": 2.5 * X,
    "offset": X + 1,
    "transposed": X.transpose(0, 2, 1),
    "mirrored": X[:, ::-1],
    "moved-by-one": np.roll(X, 1, axis=2) * np.r_[3, 1, 1, 1, 1],
    "reordered": np.random.default_rng(0)
    .permutation(X.ravel())
    .reshape(X.shape),
    "shape-in-other-order": X.reshape(4, 2, 5),
    "shape-off-by-one": X[:, :-1],
    "axes-missing": X.sum(axis=0),
    "axes-extra": X[None],
    "shape-differs": X[:, :1],
    "partly-zero": filled(X),
    "border-only": rim(X),
    "first-only": but(X, 0, -3),
    "last-only": but(X, -1, -3),
    "too-large": X + X**2,
    "too-small": X - X**2,
}


@pytest.mark.parametrize("name", WRONG)
def test_pattern_is_recognised(name):
    assert pattern([(X, X), (WRONG[name], X)]) == name


def test_counts():
    assert pattern([(4, 3), (7, 6), (2, 2)]) == "one-too-many"
    assert pattern([(2, 3), (5, 6)]) == "one-too-few"


def test_every_wrong_result_must_show_it():
    assert pattern([(-X, X), (np.cos(9 * X), X)]) is None


def test_entries_of_tuples_are_looked_at():
    assert pattern([((X, -X), (X, X))]) == "negated"


def test_nothing_is_said_of_what_is_no_number():
    assert pattern([("a", X), (None, X), ([[1], [1, 2]], X)]) is None


def test_all_patterns_are_tested_and_said():
    tested = {*WRONG, "one-too-many", "one-too-few"}
    assert tested == set(PATTERNS) == set(PATTERN_TEXTS)
    for name in PATTERNS:
        assert say_pattern(name, "en").isascii()
        assert not say_pattern(name, "ja").isascii()


def test_what_is_typed_has_no_loop_at_fault():
    assert pattern([(rim(X), X)]) == "border-only"
    assert pattern([(rim(X), X)], by_hand=True) is None


def test_tuples_of_numbers_are_seen_as_one_row():
    assert pattern([((4, 9), (9, 4)), ((7, 2), (2, 7))]) == "mirrored"
    assert pattern([((4, 9, 1, 7), (9, 7, 4, 1))]) == "reordered"
    assert pattern([(((1, 2, 3), (5, 4, 6)), ((1, 2, 3), (4, 5, 6)))]) == (
        "reordered"
    )
