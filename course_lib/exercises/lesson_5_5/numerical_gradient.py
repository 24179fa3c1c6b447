"""Exercise 5_5/numerical_gradient: a gradient by small steps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_lib.exercises.compare import same
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


def _quotients(
    quotient, h=1e-4, above=1.0, below=-1.0, restore=True, places=np.ndindex
):
    """Return an answer with `quotient(f above, f below, h)` for each entry.

    above, below: the two places, in steps of h.
    """

    def answer(f, x):
        grad = np.zeros_like(x)
        for index in places(x.shape):
            kept = x[index]
            x[index] = kept + above * h
            p = f(x)
            x[index] = kept + below * h
            m = f(x)
            if restore:
                x[index] = kept
            grad[index] = quotient(p, m, h)
        return grad

    return answer


def _difference(p, m, h):
    return (p - m) / (2 * h)


def _by_h(p, m, h):
    return (p - m) / h


def _first_axis(shape):
    return range(shape[0])


def _rows_moved(f, x, h=1e-4):
    """Move whole rows, and forget that `kept` is a view of them."""
    grad = np.zeros_like(x)
    for i in range(len(x)):
        kept = x[i]
        x[i] = kept + h
        p = f(x)
        x[i] = kept - h
        m = f(x)
        grad[i] = (p - m) / (2 * h)
        x[i] = kept
    return grad


def _rows_moved_on(f, x, h=1e-4):
    grad = np.zeros_like(x)
    for i in range(len(x)):
        x[i] += h
        p = f(x)
        x[i] -= 2 * h
        m = f(x)
        x[i] += h
        grad[i] = (p - m) / (2 * h)
    return grad


def _all_at_once(f, x, h=1e-4):
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


def _one_for_all(f, x, h=1e-4):
    return (f(x + h) - f(x - h)) / (2 * h)


def _last_quotient(f, x):
    return numerical_gradient(f, x).ravel()[-1]


def _first_entry(f, x):
    right = numerical_gradient(f, x)
    grad = np.zeros_like(x)
    grad.flat[0] = right.flat[0]
    return grad


def _step(h):
    return _quotients(_difference, h=h)


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
            answer=_quotients(_by_h, below=0),
            also=(_quotients(_by_h, above=0),),
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
            answer=_quotients(_difference, restore=False),
        ),
        Slip(
            "first-axis-only",
            Text(
                "The loop runs along the first axis only, and whole rows are"
                " moved at once. Every single entry has its turn:"
                " np.ndindex(x.shape).",
                "ループが最初の軸だけを回り、1 行をまとめて動かしています。要"
                "素を 1 つずつ動かします。np.ndindex(x.shape) を使います。",
            ),
            answer=_quotients(_difference, places=_first_axis, restore=True),
            also=(_rows_moved, _rows_moved_on),
        ),
        Slip(
            "brackets-missing",
            Text(
                "A pair of brackets is missing. The whole difference is"
                " divided by the whole 2 * h: (p - m) / (2 * h).",
                "かっこが足りません。差の全体を、2 * h の全体で割ります。"
                "(p - m) / (2 * h) です。",
            ),
            answer=_quotients(lambda p, m, h: p - m / (2 * h)),
            also=(
                _quotients(lambda p, m, h: (p - m) / 2 * h),
                _quotients(lambda p, m, h: p - m / 2 * h),
                _quotients(lambda p, m, h: p - m / h),
            ),
        ),
        Slip(
            "step-not-doubled",
            Text(
                "Everything is twice as large. How far is it from x - h to"
                " x + h?",
                "すべて 2 倍の値です。x - h から x + h まで、幅はいくつで"
                "すか。",
            ),
            answer=_quotients(_by_h),
        ),
        Slip(
            "step-doubled",
            Text(
                "Everything is half as large. How far apart are the two"
                " places at which you called f?",
                "すべて半分の値です。f を呼んだ 2 か所は、どれだけ離れてい"
                "ますか。",
            ),
            answer=_quotients(_difference, below=0),
            also=(
                _quotients(_difference, above=0),
                lambda f, x: numerical_gradient(f, x) / 2,
            ),
        ),
        Slip(
            "not-divided-by-step",
            Text(
                "This is the difference of f alone. Divide it by the width of"
                " the step, 2 * h.",
                "f の差のままです。動かした幅 2 * h で割ります。",
            ),
            answer=_quotients(lambda p, m, h: p - m),
        ),
        Slip(
            "negated",
            Text(
                "The sign is the other way round: f(x + h) comes first, and"
                " f(x - h) is taken off.",
                "符号が逆です。f(x + h) から f(x - h) を引きます。",
            ),
            answer=lambda f, x: -numerical_gradient(f, x),
        ),
        Slip(
            "sum-for-difference",
            Text(
                "The two values of f are added. The slope is their"
                " difference, divided by 2 * h.",
                "f の 2 つの値を足しています。傾きは、差を 2 * h で割ったもの"
                "です。",
            ),
            answer=_quotients(lambda p, m, h: (p + m) / (2 * h)),
            also=(_quotients(lambda p, m, h: (p + m) / h),),
        ),
        Slip(
            "all-entries-moved-at-once",
            Text(
                "All entries of x were moved together. Each entry of the"
                " gradient moves a single number and leaves the others.",
                "x のすべての要素を同時に動かしています。勾配の要素 1 つにつ"
                "き、動かす数も 1 つだけです。",
            ),
            answer=_all_at_once,
            also=(_one_for_all,),
        ),
        Slip(
            "one-number-for-all",
            Text(
                "One number came back: that of the last entry. Write each"
                " quotient to its place, `grad[index] = ...`.",
                "返ったのは最後の要素の値 1 つだけです。商はそれぞれの場所に、"
                "`grad[index] = ...` と書き込みます。",
            ),
            answer=_last_quotient,
        ),
        Slip(
            "return-in-loop",
            Text(
                "Only the first entry is filled. Is the `return` indented"
                " into the loop?",
                "最初の要素だけが埋まっています。`return` がループの中に入って"
                "いませんか。",
            ),
            answer=_first_entry,
        ),
        Slip(
            "result-flat",
            Text(
                "The numbers are right, but in one line. The gradient has the"
                " shape of x.",
                "数は合っていますが、1 列に並んでいます。勾配は x と同じ形状に"
                "します。",
            ),
            answer=lambda f, x: numerical_gradient(f, x).ravel(),
            seen=lambda result, f, x: same(
                np.asarray(result), numerical_gradient(f, x).ravel(), 1e-6
            ),
        ),
        Slip(
            "step-too-large",
            Text(
                "The step is so large that the curve bends within it. Use the"
                " h that is passed in, 1e-4.",
                "h が大きすぎて、その間に曲線が曲がってしまいます。引数の h"
                "（1e-4）をそのまま使います。",
            ),
            answer=_step(0.5),
            also=tuple(_step(h) for h in (1.0, 0.1, 0.05, 0.01, 0.001)),
        ),
        Slip(
            "step-too-small",
            Text(
                "The numbers scatter about the right ones: the step is so"
                " small that the digits of f run out. Use the h that is"
                " passed in, 1e-4.",
                "正しい値の周りにばらついています。h が小さすぎて、f の差の桁"
                "が足りなくなるためです。引数の h（1e-4）をそのまま使います。",
            ),
            answer=_step(1e-14),
            also=tuple(_step(10.0**-k) for k in (9, 10, 11, 12, 13, 15)),
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
