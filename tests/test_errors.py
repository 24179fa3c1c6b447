"""Exceptions that learners meet are explained, from the real thing."""

import math

import numpy as np
import pytest

from course_lib.exercises.errors import KINDS, explain
from course_lib.functional import col2im, conv_output_size, cross_entropy
from course_lib.layers import Affine, Convolution, MaxPooling, ReLU

A, B = np.zeros((2, 3)), np.zeros((4, 5))


def unbound():
    if A.any():
        value = 1
    return value


def assign():
    A[:, :2] = np.zeros((2, 4))


def unpack_number():
    a, b = 3
    return a, b


def raise_(error):
    raise error


def unpack():
    a, b = np.zeros((1, 2, 3)).shape
    return a, b


def own_assert():
    assert A.any()


def endless(n):
    return endless(n + 1)


def append():
    A.append(1)


class Layer:
    def forward(x):
        return x

    def other(self, x):
        return x


X4 = np.zeros((2, 3, 4, 4))
WHOLE = np.zeros((2, 3), dtype=int)
PIECES = [np.zeros((2, 3)), np.zeros((2, 3, 4))]
FILTERS = np.zeros((2, 3, 3, 3))


def conv(x):
    return Convolution(FILTERS, np.zeros(2)).forward(x)


def put(array, value):
    array[0] = value


def add(array, value):
    array += value


# Kind -> [code that raises it, and what the English sentence must hold].
RAISED = {
    "backward-before-forward": (lambda: ReLU().backward(A), "`forward`"),
    "not-an-array": (lambda: conv(3), "is of type `int`"),
    "not-a-count": (lambda: conv_output_size(5, 1.5), "at least 1"),
    "channels-differ": (lambda: conv(X4[:, :2]), "number 2"),
    "flat-size-differs": (
        lambda: Affine(B.T, np.zeros(4)).forward(X4),
        "must have 5 numbers",
    ),
    "shape-not-expected": (
        lambda: col2im(A, (2, 3, 4, 4), 2, 2),
        "`col` has shape (2, 3)",
    ),
    "input-shape-wrong": (lambda: col2im(A, (3, 3), 2, 2), "(N, C, H, W)"),
    "filter-too-large": (lambda: conv_output_size(3, 5), "5 long"),
    "pad-as-large-as-window": (lambda: MaxPooling(2, 2, 2, 2), "`pad`"),
    "labels-not-integers": (lambda: cross_entropy(A, A[:, 0]), "integers"),
    "labels-outside": (
        lambda: cross_entropy(A, np.array([3, 4])),
        "from 3 to 4",
    ),
    "pad-pairs-missing": (
        lambda: np.pad(X4, ((1, 1), (1, 1))),
        "has 4 axes",
    ),
    "shapes-do-not-broadcast": (lambda: A + B, "here 3 meets 5"),
    "does-not-broadcast-to": (
        lambda: np.broadcast_to(A, (4, 5, 6)),
        "Two shapes",
    ),
    "assigned-shape-differs": (assign, "shape (2,4), its place has shape"),
    "reshape-changes-count": (lambda: A.reshape(4, -1), "shape (4, -1)"),
    "two-unknown-sizes": (lambda: A.reshape(-1, -1), "-1 once"),
    "product-sizes-differ": (lambda: A @ B, "they have 3 and 4 numbers"),
    "dot-sizes-differ": (lambda: np.dot(A, B), "(2,3), (4,5)"),
    "product-with-a-number": (lambda: A @ 3, "written with `*`"),
    "transpose-axes-wrong": (lambda: A.transpose(0, 0), "exactly once"),
    "axis-is-empty": (lambda: A[2:][0], "Axis 0 is empty"),
    "index-outside": (lambda: A[0, 3], "Axis 1 has 3 entries, 0 to 2"),
    "too-many-indices": (lambda: A[0, 0, 0], "2 axes here, but 3 indices"),
    "axis-does-not-exist": (lambda: A.sum(axis=2), "There is no axis 2"),
    "joined-without-a-list": (lambda: np.concatenate(A, A), "one list"),
    "joined-axes-differ": (lambda: np.concatenate(PIECES), "`x[n : n + 1]`"),
    "joined-sizes-differ": (lambda: np.concatenate([A, B]), "must agree"),
    "nothing-to-join": (lambda: np.stack([]), "empty"),
    "shape-not-in-brackets": (lambda: np.zeros(3, 4), "np.zeros((3, 4))"),
    "index-in-round-brackets": (lambda: A(0), "square brackets"),
    "array-as-condition": (lambda: max(A[0], A[1]), "`np.maximum`"),
    "float-index-array": (lambda: A[np.zeros(1)], "astype(int)"),
    "infinity-as-integer": (lambda: put(WHOLE[0], -np.inf), "astype(float)"),
    "fractions-into-integers": (lambda: add(WHOLE, 0.5), "fractions"),
    "array-for-a-number": (lambda: math.sqrt(A), "np.sqrt"),
    "not-an-integer": (lambda: range(4 / 2), "`//` a whole number"),
    "rows-differ-in-length": (lambda: np.array([[1], [1, 2]]), "one array"),
    "array-into-one-place": (lambda: put(A[0], A), "one number"),
    "empty-window": (lambda: A[2:].max(), "is empty"),
    "negative-size": (lambda: np.zeros((-1, 2)), "negative"),
    "read-only": (lambda: put(np.broadcast_to(1, (2,)), 1), "copy()"),
    "mask-of-other-size": (lambda: A[np.array([True] * 3)], "mask"),
    "einsum-letters-wrong": (lambda: np.einsum("i,j", A, B), "letter"),
    "not-enough-memory": (lambda: np.zeros((10**6, 10**8)), "memory"),
    "shape-has-fewer-entries": (lambda: A.shape[2], "one number for each"),
    "list-index-outside": (lambda: [1][3], "`append`"),
    "used-before-set": (unbound, "`value` is used before"),
    "self-not-an-argument": (lambda: self.W, "first argument"),  # noqa: F821
    "name-not-defined": (lambda: colunm, "Nothing is called `colunm`"),  # noqa: F821
    "is-none": (lambda: None + 1, "is None"),
    "dict-gives-names": (lambda: "Conv1".backward(A), "`.values()`"),
    "list-for-array": (lambda: [1, 2].shape, "np.array"),
    "array-does-not-grow": (append, "does not grow"),
    "class-for-object": (lambda: Layer.W, "is the class"),
    "layer-without-method": (lambda: Layer().backward(1), "no method"),
    "attribute-missing": (lambda: A.shap, "`.shap` does not exist"),
    "key-missing": (lambda: {"W1": 1}["W2"], "no entry 'W2'"),
    "self-missing": (lambda: Layer().forward(A), "first argument is `self`"),
    "arguments-missing": (lambda: np.pad(A), "without 'pad_width'"),
    "wrong-arguments": (lambda: np.zeros(1, 2, 3, 4, 5), "Compare the call"),
    "unpacks-a-number": (unpack_number, "`.shape`"),
    "unpacks-other-number": (unpack, "one number for each axis"),
    "divided-by-zero": (lambda: 1 // 0, "divided by"),
    "loop-over-a-number": (lambda: [i for i in 3], "range(OH)"),
    "shape-called": (lambda: A.shape(0), "x.shape[0]"),
    "number-called": (lambda: (lambda n: n(3))(2), "`*`"),
    "number-for-array": (lambda: len(3), "A single number"),
    "cannot-be-written-to": (lambda: put((1, 2), 3), "cannot be set"),
    "own-assert": (own_assert, "`assert`"),
    "calls-itself": (lambda: endless(0), "calls itself"),
    "module-missing": (lambda: __import__("torhc"), "numpy is enough"),
    "asks-for-input": (lambda: raise_(EOFError()), "input"),
    "ends-the-program": (lambda: raise_(SystemExit()), "`return`"),
    "number-too-large": (lambda: math.exp(1e5), "too large"),
}
# What is known of the learner's line, where the message says too little.
NEAR = {
    "joined-without-a-list": "out = np.concatenate(a, b)",
    "loop-over-a-number": "for i in OH:",
}


def error_of(call):
    with pytest.raises(BaseException) as caught:
        call()
    return f"{type(caught.value).__name__}: {caught.value}"


@pytest.mark.parametrize("name", sorted({kind.name for kind in KINDS}))
def test_kind_is_recognised(name):
    call, piece = RAISED[name]
    said, near = error_of(call), NEAR.get(name, "")
    found, english = explain(said, "en", near)
    assert found == name and piece in english, (said, found, english)
    found, japanese = explain(said, "ja", near)
    assert found == name and not japanese.isascii()
    for text in (english, japanese):
        assert "{" not in text and "?}" not in text


def test_all_that_is_tested_exists():
    assert set(RAISED) == {kind.name for kind in KINDS}


def test_other_exceptions_are_left_alone():
    assert explain("RuntimeError: rare", "en") == ("raises", "")


def test_the_same_words_mean_other_things_in_other_lines():
    said = error_of(lambda: np.zeros(A))
    assert explain(said, "en", "np.zeros(A)")[0] == "array-for-a-number"
    said = error_of(lambda: sum(3))
    assert explain(said, "en", "sum(3)")[0] == "number-for-array"


def test_product_of_the_layers_is_explained():
    said = error_of(lambda: np.matmul(np.zeros((3, 4)), np.zeros((3, 5))))
    assert "they have 4 and 3 numbers" in explain(said, "en")[1]
