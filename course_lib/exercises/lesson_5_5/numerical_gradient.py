"""Exercise 5_5/numerical_gradient: a gradient by small steps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.gradient import numerical_gradient as course_gradient
from course_lib.text import Text


class _Formula:
    """A function of an array that shows its formula in messages."""

    def __init__(self, text: str, f: Callable[[np.ndarray], float]):
        self.text, self.f = text, f

    def __call__(self, x):
        return self.f(x)

    def __repr__(self):
        return self.text


def _formulas():
    rng = np.random.default_rng(58)
    square = _Formula("(x**2).sum()", lambda x: (x**2).sum())
    cube = _Formula("(x**3).sum()", lambda x: (x**3).sum())
    mixed = _Formula("x.sum() ** 2", lambda x: x.sum() ** 2)
    sine = _Formula("np.sin(x).sum()", lambda x: np.sin(x).sum())
    return [
        (square, np.array([3.0, -1.0])),
        (mixed, np.array([1.0, 2.0, -0.5])),
        (cube, rng.normal(size=(2, 3))),
        (sine, rng.normal(size=(2, 1, 3, 2))),
        (mixed, rng.normal(size=(3, 2))),
    ]


def numerical_gradient(f, x, h=1e-4):
    """Return the gradient of f at x by central differences."""
    return course_gradient(f, x, h)


def _differences(f, x, h, both_sides=True, restore=True):
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + h
        above = f(x)
        x[index] = kept - h if both_sides else kept
        below = f(x)
        if restore:
            x[index] = kept
        grad[index] = (above - below) / (2 * h if both_sides else h)
    return grad


def _one_sided(f, x, h=1e-4):
    return _differences(f, x, h, both_sides=False)


def _not_restored(f, x, h=1e-4):
    return _differences(f, x, h, restore=False)


EXERCISE = Exercise(
    name="numerical_gradient",
    title=Text("A gradient by small steps", "数値微分による勾配"),
    reference=numerical_gradient,
    cases=_formulas,
    tolerance=1e-6,
    slips=(
        Slip(
            "one-sided-difference",
            Text(
                "Close, but the error is of the size of h: only one side"
                " was stepped to. Step to both sides of x.",
                "近い値ですが、誤差が h と同じくらいあります。片側の差だけ"
                "を使っています。x の両側に h だけ動かします。",
            ),
            answer=_one_sided,
        ),
        Slip(
            "x-not-restored",
            Text(
                "x stays moved after each entry, so the next entries are"
                " taken at a slightly different place. Put the old number"
                " back.",
                "動かした要素が元に戻っていないので、次の要素は少しずれた"
                "場所で計算されています。元の値に戻してから次に進みます。",
            ),
            answer=_not_restored,
        ),
        Slip(
            "step-not-doubled",
            Text(
                "Everything is twice as large. How far is it from x - h to"
                " x + h?",
                "すべて 2 倍の値です。x - h から x + h まで、幅はいくつで"
                "すか。",
            ),
            answer=lambda f, x: 2 * numerical_gradient(f, x),
        ),
        Slip(
            "step-doubled",
            Text(
                "Everything is half as large. How far apart are the two"
                " places at which you called f?",
                "すべて半分の値です。f を呼んだ 2 か所は、どれだけ離れてい"
                "ますか。",
            ),
            answer=lambda f, x: numerical_gradient(f, x) / 2,
        ),
    ),
    hints=(
        Text(
            "Which two calls of f belong to one entry of x?",
            "x の要素 1 つにつき、f をどんな入力で 2 回呼びますか。",
        ),
        Text(
            "Keep the old number, set x[index] to it plus h, then"
            " minus h, then back again.",
            "元の値を覚えておき、x[index] を +h、次に -h にして f を"
            "呼び、最後に元へ戻します。",
        ),
        Text(
            "for index in np.ndindex(x.shape):",
            "for index in np.ndindex(x.shape):",
        ),
    ),
)
