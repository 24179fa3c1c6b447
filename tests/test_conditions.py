"""What makes a wrong answer right is found out and said."""

import numpy as np
import pytest

from course_lib.exercises.conditions import NAMES
from course_lib.exercises.judge import judge
from course_lib.exercises.model import Exercise
from course_lib.text import Text


def total(x, stride=1, pad=0):
    """A pooling of sorts: sums of pixels at a stride, with a frame."""
    framed = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    return framed[:, :, ::stride, ::stride].cumsum(axis=3).sum(axis=1)


def cases():
    rng = np.random.default_rng(3)
    shapes = [(2, 3, 5, 7), (3, 2, 6, 4), (2, 2, 7, 9)]
    return [
        (rng.normal(size=shape), stride, pad)
        for shape, stride, pad in zip(shapes, (2, 3, 2), (1, 2, 1))
    ]


EXERCISE = Exercise(
    name="total", title=Text("Total", "合計"), reference=total, cases=cases
)


def wrong_where(holds, wrong):
    """Return an answer that is wrong in a way of its own where holds(...)."""

    def answer(x, stride=1, pad=0):
        out = total(x, stride, pad)
        if holds(x, stride, pad):
            out = out + wrong(out)
        return out

    return answer


def odd(out):
    """Return an error that has no pattern, but is the same each time."""
    return np.random.default_rng(out.size).normal(size=out.shape)


WHERE = {
    "right-if-argument": [
        lambda x, stride, pad: stride > 1,
        lambda x, stride, pad: pad > 0,
    ],
    "right-if-square": [lambda x, stride, pad: x.shape[2] != x.shape[3]],
    "right-if-one-image": [lambda x, stride, pad: len(x) > 1],
    "right-if-one-channel": [lambda x, stride, pad: x.shape[1] > 1],
    "right-if-positive": [lambda x, stride, pad: (x < 0).any()],
    "right-if-whole": [lambda x, stride, pad: (x % 1).any()],
}


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", NAMES)
def test_condition_is_named(name, language):
    for holds in WHERE[name]:
        result = judge(EXERCISE, wrong_where(holds, odd), language)
        assert result.outcome == "incorrect"
        assert result.diagnosis == name, result


def test_argument_is_named_with_its_value():
    answer = wrong_where(WHERE["right-if-argument"][0], odd)
    message = judge(EXERCISE, answer, "en").message
    assert "With stride = 1 your result is right" in message.replace("`", "")
    answer = wrong_where(WHERE["right-if-argument"][1], odd)
    message = judge(EXERCISE, answer, "ja").message
    assert "pad が 0 なら" in message.replace("`", "")


def test_what_is_always_wrong_has_no_condition():
    answer = wrong_where(lambda *case: True, odd)
    assert judge(EXERCISE, answer, "en").diagnosis not in NAMES


def test_answer_that_breaks_on_simpler_arguments_says_nothing_of_them():
    def answer(x, stride=1, pad=0):
        if stride == 1 or pad == 0 or len(x) == 1:
            raise KeyError("only what I tried")
        return total(x, stride, pad) + odd(total(x, stride, pad))

    result = judge(EXERCISE, answer, "en")
    assert result.outcome == "incorrect"
    assert result.diagnosis not in NAMES


def test_answer_that_never_ends_on_simpler_arguments_is_left(monkeypatch):
    def answer(x, stride=1, pad=0):
        while pad == 0:
            pass
        return total(x, stride, pad) + odd(total(x, stride, pad))

    assert judge(EXERCISE, answer, "en").outcome == "incorrect"
