"""Values and objects that no check expects."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np


def bite(*_, **__):
    raise RuntimeError("bite")


class Biting:
    """Raise from every method that something might ask for."""

    __repr__ = __str__ = __len__ = __iter__ = __array__ = bite
    __eq__ = __bool__ = __getattr__ = __float__ = __index__ = bite
    __getitem__ = __add__ = __radd__ = __mul__ = __rmul__ = bite
    __hash__ = None

    @property
    def __class__(self):
        raise RuntimeError("bite")


class Recursing:
    def __repr__(self):
        return repr(self)

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self)

    def __len__(self):
        return len(self)


class Quitting:
    def __array__(self, dtype=None, copy=None):
        raise KeyboardInterrupt


class Meta(type):
    def __getattribute__(cls, name):
        raise RuntimeError("bite")

    def __instancecheck__(cls, instance):
        raise RuntimeError("bite")


class BitingClass(metaclass=Meta):
    def forward(self, x):
        return x


class LongList(list):
    def __len__(self):
        return 10**12

    def __iter__(self):
        while True:
            yield 1


class Layer:
    """A layer that any exercise of a class could be given."""

    def __init__(self, *args):
        self.args = args

    def forward(self, *args):
        return None

    def backward(self, *args):
        return None


def itself():
    holds = [1]
    holds.append(holds)
    return holds


def deep():
    nested = [1]
    for _ in range(5000):
        nested = [nested]
    return nested


MADE = {
    "none": lambda: None,
    "true": lambda: True,
    "int": lambda: 7,
    "huge int": lambda: 10**5000,
    "float": lambda: 2.5,
    "nan": lambda: math.nan,
    "inf": lambda: -math.inf,
    "complex": lambda: 1 + 2j,
    "text": lambda: "array([1, 2])",
    "braces": lambda: "{0} {got} `x` <b>",
    "bytes": lambda: b"\x00\xff",
    "empty list": lambda: [],
    "ragged": lambda: [[1, 2], [3]],
    "nested": deep,
    "holds itself": itself,
    "tuple": lambda: (1, 2, 3, 4, 5, 6, 7),
    "one in a tuple": lambda: (np.ones((2, 2)),),
    "0-d": lambda: np.array(3.0),
    "empty array": lambda: np.zeros((0, 3)),
    "ints": lambda: np.arange(12).reshape(3, 4),
    "bools": lambda: np.array([[True, False]]),
    "NaN array": lambda: np.full((2, 3), np.nan),
    "objects": lambda: np.array([1, None, "a"], dtype=object),
    "texts": lambda: np.array([["a", "b"]]),
    "dates": lambda: np.array(["2020-01-01"], dtype="datetime64[D]"),
    "records": lambda: np.zeros(2, dtype=[("a", int), ("b", float)]),
    "matrix": lambda: np.matrix([[1, 2], [3, 4]]),
    "masked": lambda: np.ma.masked_less(np.arange(3), 2),
    "five axes": lambda: np.zeros((1, 2, 1, 2, 1)),
    "huge view": lambda: np.broadcast_to(1.0, (10**6, 10**6)),
    "long list": lambda: [0.0] * 3_000_000,
    "fraction": lambda: Fraction(1, 3),
    "decimal": lambda: Decimal("NaN"),
    "range": lambda: range(3_000_000),
    "generator": lambda: (i for i in range(3)),
    "dict": lambda: {"W1": np.ones(2)},
    "set": lambda: {1, 2},
    "module": lambda: math,
    "function": lambda: bite,
    "class": lambda: Layer,
    "object": lambda: Layer(),
    "biting": Biting,
    "recursing": Recursing,
    "quitting": Quitting,
    "biting class": lambda: BitingClass,
    "endless list": LongList,
    "ellipsis": lambda: (..., 1),
}
