"""Exceptions that learners meet are explained, from the real thing."""

import numpy as np
import pytest

from course_lib.exercises.errors import KINDS, explain

A, B = np.zeros((2, 3)), np.zeros((4, 5))


def unbound():
    if A.any():
        value = 1
    return value


def assign():
    A[:, :2] = np.zeros((2, 4))


def unpack():
    a, b = np.zeros((1, 2, 3)).shape
    return a, b


# Kind -> code that raises it, and what the English sentence must hold.
RAISED = {
    "shapes-do-not-broadcast": (lambda: A + B, "here 3 meets 5"),
    "assigned-shape-differs": (assign, "shape (2,4), its place has shape"),
    "reshape-changes-count": (lambda: A.reshape(4, -1), "6 numbers"),
    "product-sizes-differ": (lambda: A @ B, "they have 3 and 4 numbers"),
    "transpose-axes-wrong": (lambda: A.transpose(0, 0), "exactly once"),
    "index-outside": (lambda: A[0, 3], "Axis 1 has 3 entries, 0 to 2"),
    "axis-does-not-exist": (lambda: A.sum(axis=2), "There is no axis 2"),
    "shape-has-fewer-entries": (lambda: A.shape[2], "one number for each"),
    "not-an-integer": (lambda: range(4 / 2), "`//` a whole number"),
    "used-before-set": (unbound, "`value` is used before"),
    "name-not-defined": (lambda: colunm, "Nothing is called `colunm`"),  # noqa: F821
    "is-none": (lambda: None.shape, "is None"),
    "attribute-missing": (lambda: A.shap, "`.shap` does not exist"),
    "key-missing": (lambda: {"W1": 1}["W2"], "no entry 'W2'"),
    "wrong-arguments": (lambda: np.zeros(), "Compare the call"),
    "unpacks-other-number": (unpack, "one number for each axis"),
    "rows-differ-in-length": (lambda: np.array([[1], [1, 2]]), "one array"),
    "empty-window": (lambda: A[2:].max(), "is empty"),
    "negative-size": (lambda: np.zeros((-1, 2)), "negative"),
    "divided-by-zero": (lambda: 1 // 0, "divided by"),
    "number-or-list-for-array": (lambda: len(3), "A single number"),
}


def error_of(call):
    with pytest.raises(Exception) as caught:
        call()
    return caught.value


@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_kind_is_recognised(name):
    call, piece = RAISED[name]
    error = error_of(call)
    found, english = explain(error, "en")
    assert found == name and piece in english
    found, japanese = explain(error, "ja")
    assert found == name and not japanese.isascii()
    for text in (english, japanese):
        assert "{" not in text and "?}" not in text


def test_other_exceptions_are_left_alone():
    assert explain(RuntimeError("rare"), "en") is None


def test_product_of_the_layers_is_explained():
    error = error_of(lambda: np.matmul(np.zeros((3, 4)), np.zeros((3, 5))))
    assert "they have 4 and 3 numbers" in explain(error, "en")[1]
