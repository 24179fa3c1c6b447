"""A right answer of any form serves later cells as the course's own does."""

import inspect

import numpy as np

from course_lib.exercises import Exercise, lesson
from course_lib.exercises.official import official
from course_lib.layers import Convolution
from course_lib.text import Text

X = np.arange(6.0).reshape(2, 3)


def scale(x, factor=2, shift=0):
    return factor * x + shift, len(x)


SCALE = Exercise("scale", Text("Scale", "倍"), scale, lambda: [(X,)] * 5)


def test_renamed_arguments_and_lists_serve_later_cells():
    def mine(picture, times, plus):
        return [(times * picture + plus).tolist(), float(len(picture))]

    used = official(SCALE, mine)
    out, count = used(x=X, shift=1)
    assert isinstance(out, np.ndarray) and np.array_equal(out, 2 * X + 1)
    assert type(count) is int and count == 2
    assert inspect.signature(used) == inspect.signature(scale)
    assert used.__wrapped__ is mine


def test_arguments_that_mine_lacks_are_left_out_at_their_defaults():
    used = official(SCALE, lambda x: (2 * x, 2))
    assert np.array_equal(used(X, 2)[0], 2 * X)
    assert np.array_equal(used(X)[0], 2 * X)


def test_course_version_is_handed_out_as_it_is():
    assert official(SCALE, scale) is scale
    assert lesson("5_5", "en").use("forward") is Convolution


class MyConvolution:
    """As in the book, with other names and without train_flg."""

    def __init__(self, weight, bias, s=1, p=0):
        self.inner = Convolution(weight, bias, s, p)
        self.W, self.b = weight, bias

    def forward(self, image):
        return self.inner.forward(image).tolist()

    def backward(self, d):
        dx = self.inner.backward(d)
        self.dW, self.db = self.inner.dW, self.inner.db
        return dx


def test_class_takes_the_names_of_the_course():
    check = lesson("5_5", "ja")
    assert check("backward", MyConvolution).outcome == "correct"
    Layer = check.use("backward")
    assert issubclass(Layer, MyConvolution)
    assert Layer.__name__ == "MyConvolution"
    rng = np.random.default_rng(0)
    W, x = rng.normal(size=(2, 1, 3, 3)), rng.normal(size=(1, 1, 4, 4))
    layer = Layer(W, b=np.zeros(2), stride=1, pad=1)
    out = layer.forward(x, train_flg=True)
    right = Convolution(W, np.zeros(2), pad=1)
    assert isinstance(out, np.ndarray)
    assert np.allclose(out, right.forward(x))
    assert np.allclose(layer.backward(dout=out), right.backward(out))
    assert layer.W is W and isinstance(layer, MyConvolution)


def test_value_becomes_an_array():
    check = lesson("5_1", "en")
    kernel = np.asarray(check.use("edge_filter")).tolist()
    assert check("edge_filter", kernel).outcome == "correct"
    assert isinstance(check.use("edge_filter"), np.ndarray)


def test_empty_list_and_numbers_for_truth_serve_as_index_and_mask():
    above = Exercise(
        "above",
        Text("Above", "上"),
        lambda x: (np.flatnonzero(x > 2), x > 2),
        lambda: [(X[1],)] * 5,
    )

    def mine(x):
        return [i for i, v in enumerate(x) if v > 2], [int(v > 2) for v in x]

    used = official(above, mine)
    for row in X:
        places, mask = used(row)
        assert np.array_equal(row[places], row[row > 2])
        assert np.array_equal(row[~mask], row[row <= 2])
