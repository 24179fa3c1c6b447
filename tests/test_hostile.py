"""Whatever an answer is, returns or does: a sentence, in time, no traces."""

import os
import random
import sys
import time

import numpy as np
import pytest

import course_lib.functional
from course_lib.exercises import (
    Exercise,
    Result,
    check_answer,
    exercises_of,
    list_exercises,
)
from course_lib.exercises.judge import judge
from course_lib.layers import Convolution
from course_lib.text import Text
from tests.hostile import MADE

LANGUAGES = ("en", "ja")
LIMIT = 8.0  # seconds: the limit of a check, and room for a busy machine


def double(x):
    return x * 2


def doubles():
    rng = np.random.default_rng(0)
    return [(rng.normal(size=shape),) for shape in [(3,), (2, 4), (1, 2, 3)]]


DOUBLE = Exercise("double", Text("Double", "2 倍"), double, doubles)


def shown(result):
    """Return all that a result says, after a look at its form."""
    assert type(result) is Result
    return repr(result) + result._repr_html_()


@pytest.mark.parametrize(("number", "name"), list_exercises())
def test_any_result_gets_a_sentence(number, name):
    for place, make in enumerate(MADE.values()):
        language = LANGUAGES[place % 2]
        value = make()
        result = check_answer(number, name, lambda *_, v=value: v, language)
        assert shown(result) and result.outcome != "correct"


@pytest.mark.parametrize(("number", "name"), list_exercises())
def test_any_value_in_the_place_of_an_answer_gets_a_sentence(number, name):
    values = exercises_of(number)[name].cases is None
    step = 1 if values else 3  # a function is wanted: all end alike
    start = len(name) % step
    for place, make in enumerate([*MADE.values()][start::step]):
        result = check_answer(number, name, make(), LANGUAGES[place % 2])
        assert shown(result)
        assert result.outcome != "correct" or values


class Own(BaseException):
    def __repr__(self):
        return repr(self)

    __str__ = __repr__


def raises_own(x):
    raise Own


def stops(x):
    raise KeyboardInterrupt


def leaves(x):
    sys.exit(3)


def quits(x):
    exit()


def asks(x):
    return float(input("How much?")) * x


def recurses(x, n=0):
    sys.setrecursionlimit(10**7)
    return recurses(x, n + 1)


def catches_all(x):
    while True:
        try:
            x = x + 1
        except BaseException:
            pass


def prints(x):
    while True:
        print("again and again", x)


def sleeps(x):
    while True:
        time.sleep(0.01)


DOES = [raises_own, stops, leaves, quits, asks, recurses]
ENDLESS = [catches_all, prints, sleeps]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", DOES, ids=lambda f: f.__name__)
def test_whatever_it_does_there_is_a_sentence(answer, language):
    start = time.perf_counter()
    result = judge(DOUBLE, answer, language)
    assert result.outcome == "incorrect" and shown(result)
    assert time.perf_counter() - start < LIMIT


@pytest.mark.parametrize("answer", ENDLESS, ids=lambda f: f.__name__)
def test_what_never_ends_is_stopped(answer, monkeypatch):
    monkeypatch.setattr(sys.modules[judge.__module__], "TIME_LIMIT", 0.3)
    result = judge(DOUBLE, answer, "ja")
    assert result.diagnosis == "never-ends"
    assert len(shown(result)) < 60_000
    assert judge(DOUBLE, double, "en").outcome == "correct"


def changes_the_world(x):
    os.chdir("/")
    os.environ["COURSE_CHANGED"] = "1"
    np.set_printoptions(precision=1)
    np.random.seed(0)  # noqa: NPY002
    random.seed(0)
    sys.setrecursionlimit(150)
    sys.stdout = None
    np.seterr(all="raise")
    return x * 2


def state_of_the_world():
    return (
        os.getcwd(),  # noqa: PTH109
        dict(os.environ),
        np.get_printoptions(),
        np.geterr(),
        random.getstate(),
        np.random.get_state()[1].tolist(),  # noqa: NPY002
        sys.getrecursionlimit(),
        sys.stdout,
    )


def test_what_it_changes_is_put_back():
    before = state_of_the_world()
    assert judge(DOUBLE, changes_the_world, "en").outcome == "correct"
    assert state_of_the_world() == before


def replaces(x):
    def agree(*_, **__):
        return np.True_

    np.allclose = np.array_equal = agree
    np.isclose = lambda got, *_, **__: np.full(np.shape(got), True)
    np.asarray = lambda *_, **__: np.zeros(3)
    course_lib.functional.im2col = agree
    Convolution.forward = agree
    return x * 3


def test_what_it_replaces_lets_no_wrong_answer_pass():
    kept = np.allclose, np.asarray, course_lib.functional.im2col
    forward = Convolution.forward
    assert judge(DOUBLE, replaces, "en").diagnosis == "scaled"
    assert judge(DOUBLE, lambda x: x * 3, "en").diagnosis == "scaled"
    assert kept == (np.allclose, np.asarray, course_lib.functional.im2col)
    assert Convolution.forward is forward


def test_what_a_cell_has_replaced_changes_no_judgement(monkeypatch):
    monkeypatch.setattr(
        np, "isclose", lambda got, *_, **__: np.full(np.shape(got), True)
    )
    mine = np.isclose
    assert judge(DOUBLE, lambda x: x * 3, "en").outcome == "incorrect"
    assert np.isclose is mine


def test_import_does_not_count(monkeypatch, tmp_path):
    monkeypatch.setattr(sys.modules[judge.__module__], "TIME_LIMIT", 0.4)
    text = "import time\ntime.sleep(1)\nfactor = 2\n"
    (tmp_path / "slow_to_import.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    def answer(x):
        import slow_to_import

        return x * slow_to_import.factor

    assert judge(DOUBLE, answer, "en").outcome == "correct"
    assert "slow_to_import" in sys.modules


def test_what_is_printed_stands_folded_below():
    def answer(x):
        print("shape", x.shape, "<b>")
        return x * 2

    result = judge(DOUBLE, answer, "ja")
    page = result._repr_html_()
    assert result.outcome == "correct"
    assert "<details>" in page and "&lt;b&gt;" in page
    assert "shape (3,)" in repr(result)


KEPT = []


def grows(x):
    KEPT.append(len(KEPT))
    return x * 2 + max(KEPT) // 3


def reuses(x, room={}):  # noqa: B006
    out = room.setdefault("out", np.zeros(10))
    out[: x.size] = 2 * x.ravel()
    return out[: x.size].reshape(x.shape)


def test_what_is_kept_between_calls_is_seen():
    KEPT.clear()
    assert judge(DOUBLE, grows, "en").diagnosis == "second-call-differs"
    assert judge(DOUBLE, reuses, "ja").diagnosis == "earlier-result-changed"
    same_for_all = judge(DOUBLE, lambda x, kept=[]: first(x, kept), "en")
    assert same_for_all.diagnosis == "same-for-all"


def first(x, kept):
    if not kept:
        kept.append(x * 2)
    return kept[0]


def test_lists_and_dicts_that_are_given_must_stay():
    summed = Exercise(
        "sum",
        Text("Sum", "合計"),
        lambda p: p["a"] + p["b"][0],
        lambda: [({"a": np.arange(n), "b": [n]},) for n in range(2, 7)],
    )

    def answer(p):
        p["a"] += p["b"][0]
        return p["a"]

    result = judge(summed, answer, "en")
    assert result.diagnosis == "changes-input" and "`p`" in result.message
