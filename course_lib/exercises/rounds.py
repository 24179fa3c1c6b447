"""Run a layer three times, as training does: the past must not show.

A layer that is right once may still keep its first columns for ever, add up
its gradients, or change its weights. So each case runs a layer on x, then
on other numbers of the same shape, then on images of another shape.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.model import Slip
from course_lib.text import Text

STOPPED = "stopped"  # in the place of the results of a later call
TIMES = ("", "2nd ", "3rd ")


def inputs(x: np.ndarray, taller: bool = True) -> list[np.ndarray]:
    """Return x, its numbers in another order, and one image and row more.

    taller: False where the images must keep their size.
    """
    rng = np.random.default_rng(x.size)
    other = rng.permutation(x.ravel()).reshape(x.shape)
    third = np.concatenate([other[:1], x])
    if x.ndim == 4 and taller:
        third = np.concatenate([third, third[:, :, :1]], axis=2)
    return [x, other, third]


def gradient_like(out: np.ndarray) -> np.ndarray:
    """Return a random dout for a result, always the same."""
    rng = np.random.default_rng(np.size(out))
    return rng.normal(size=np.shape(out))


def kept(value: Any) -> Any:
    """Return a copy of an array: a layer may write into it later."""
    return value.copy() if isinstance(value, np.ndarray) else value


def rounds(calls: list[Callable[[], tuple]], count: int) -> tuple:
    """Return the results of all calls, one after the other.

    count: how many results a call gives. What the first call raises is
    raised; where a later one raises, its results are STOPPED.
    """
    found = [kept(value) for value in calls[0]()]
    for call in calls[1:]:
        try:
            found += [kept(value) for value in call()]
        except Exception:
            found += [STOPPED] * count
    return tuple(found)


def parts(*names: str) -> tuple[str, ...]:
    """Return the names of the results of the three calls."""
    return tuple(f"{time}{name}" for time in TIMES for name in names)


def as_before(layer: Any, **arrays: tuple[np.ndarray, np.ndarray]) -> bool:
    """Return whether parameters hold the numbers that they were given.

    arrays: name of the attribute -> (the array given, a copy of it).
    """
    for name, (given, before) in arrays.items():
        own = getattr(layer, name, given)
        if np.shape(own) != before.shape:
            own = given  # kept in another form
        if not (np.array_equal(given, before) and np.array_equal(own, before)):
            return False
    return True


PARAMETERS_CHANGED = Slip(
    "parameters-changed",
    Text(
        "After the calls the parameters hold other numbers than before. A"
        " layer only computes: forward and backward read W and b, and the"
        " optimizer changes them.",
        "呼び出しの後で、パラメータの値が変わっています。層は計算するだけで、"
        "forward も backward も W と b を読むだけです。値を更新するのは"
        "オプティマイザーの役目です。",
    ),
)
ACCUMULATE = Text(
    "The gradients of the second call hold those of the first one too. Each"
    " backward sets them anew, with `=`, not with `+=`.",
    "2 回目の呼び出しの勾配に、1 回目の勾配が足されています。backward の"
    "たびに、`+=` ではなく `=` で新しい値を入れます。",
)
LATER_CALL = Text(
    "The first call is right, a later one with another input is not:"
    " something of the first call is still used. Does every call set anew"
    " what it keeps in `self`, and is nothing kept outside?",
    "1 回目の呼び出しは正しいのに、別の入力で呼ぶと正しくありません。1 回目の"
    "ものが残って使われています。呼び出しのたびに `self` に残すものを入れ直し"
    "ていますか。関数の外に残しているものはありませんか。",
)


def later_call_differs(
    right_first: Callable[..., tuple], answer: Any, **more: Any
) -> Slip:
    """Return the slip of whoever is right in the first call only.

    right_first(*case): the right results of the first call.
    """

    def seen(result, *case):
        expected = right_first(*case)
        return same(tuple(result[: len(expected)]), expected)

    return Slip("later-call-differs", LATER_CALL, answer, seen, **more)
