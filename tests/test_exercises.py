"""The checks accept right answers, reject wrong ones, and never hang."""

import sys
import time

import numpy as np
import pytest

from course_lib.exercises import (
    Check,
    check_answer,
    exercises_of,
    lesson,
    list_exercises,
)
from course_lib.exercises.judge import judge
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

ALL = list_exercises()
LANGUAGES = ("en", "ja")
SLIPS = [
    (number, name, slip.name)
    for number, name in ALL
    for slip in exercises_of(number)[name].slips
]


def double(x):
    return x * 2


def doubles():
    rng = np.random.default_rng(0)
    return [(rng.normal(size=shape),) for shape in [(3,), (2, 4), (1, 2, 3)]]


SQUARED = Text("It was squared.", "2 乗です。")
DOUBLE = Exercise(
    name="double",
    title=Text("Double it", "2 倍する"),
    reference=double,
    cases=doubles,
    slips=(Slip("squares", SQUARED, lambda x: x * x),),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("number", "name"), ALL)
def test_reference_is_correct(number, name, language):
    exercise = exercises_of(number)[name]
    start = time.perf_counter()
    result = check_answer(number, name, exercise.reference, language)
    assert result.outcome == "correct", result
    assert time.perf_counter() - start < 4  # one second on an idle machine


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("number", "name", "slip"), SLIPS)
def test_slip_is_named(number, name, slip, language):
    exercise = exercises_of(number)[name]
    (found,) = [s for s in exercise.slips if s.name == slip]
    result = check_answer(number, name, found.answer, language)
    assert result.outcome == "incorrect", result
    assert result.diagnosis == slip
    assert found.text.of(language) in result.message


@pytest.mark.parametrize(("number", "name"), ALL)
def test_untouched_is_not_attempted(number, name):
    def stub(*args, **kwargs):
        raise NotImplementedError

    exercise = exercises_of(number)[name]
    answer = ... if exercise.cases is None else stub
    assert check_answer(number, name, answer).outcome == "not_attempted"


@pytest.mark.parametrize(("number", "name"), ALL)
def test_exercise_is_described_in_both_languages(number, name):
    exercise = exercises_of(number)[name]
    assert exercise.title.en.isascii() and exercise.title.ja
    assert len(exercise.hints) == 3
    assert all(hint.en and hint.ja for hint in exercise.hints)
    for slip in exercise.slips:
        assert slip.text.en and not slip.text.ja.isascii()
    if exercise.cases is not None:
        assert len(exercise.cases()) >= 5


@pytest.mark.parametrize(("number", "name"), ALL)
def test_constant_answer_is_rejected(number, name):
    exercise = exercises_of(number)[name]
    if exercise.cases is None:
        pytest.skip("the answer is a value")
    first = exercise.run(exercise.reference, *exercise.cases()[0])
    fixed = Exercise(
        name=name,
        title=exercise.title,
        reference=exercise.reference,
        cases=exercise.cases,
        parts=exercise.parts,
    )
    if exercise.run is not Exercise.run:
        pytest.skip("the answer is a class")
    assert judge(fixed, lambda *case: first, "en").outcome == "incorrect"


def test_styles_of_answer_are_accepted():
    for answer in (
        lambda x: x + x,
        lambda x: (x * 2).tolist(),
        lambda x, factor=2: factor * x,
        lambda x: (x * 2).astype(np.float32).astype(float),
    ):
        assert judge(DOUBLE, answer, "en").outcome == "correct"


def test_diagnosis_and_both_languages():
    wrong = judge(DOUBLE, lambda x: x**2, "en")
    assert (wrong.outcome, wrong.diagnosis) == ("incorrect", "squares")
    assert "It was squared." in wrong.message
    assert "2 乗です。" in judge(DOUBLE, lambda x: x**2, "ja").message
    assert judge(DOUBLE, lambda x: x * 3, "en").diagnosis == "scaled"
    assert judge(DOUBLE, np.cos, "en").diagnosis is None


def test_wrong_shape_says_both_shapes():
    result = judge(DOUBLE, lambda x: (2 * x)[..., :-1], "en")
    assert "(3,)" in result.message and "(2,)" in result.message


def test_wrong_value_says_where():
    def answer(x):
        out = x * 2
        out.flat[1] += 1
        return out

    result = judge(DOUBLE, answer, "en")
    assert "1 of 3 numbers" in result.message and "[1]" in result.message


def test_none_is_explained():
    assert "return" in judge(DOUBLE, lambda x: None, "en").message
    assert "return" in judge(DOUBLE, lambda x: None, "ja").message


def test_changed_input_is_seen():
    def answer(x):
        x *= 2
        return x

    result = judge(DOUBLE, answer, "en")
    assert (result.outcome, result.diagnosis) == ("incorrect", "changes-input")


def test_exception_becomes_a_sentence_with_the_line():
    def answer(x):
        return x.reshape(7, 7)

    result = judge(DOUBLE, answer, "en")
    assert result.diagnosis == "reshape-changes-count"
    assert "3 numbers do not fill the shape (7, 7)" in result.message
    assert "ValueError" in result.message
    assert "x.reshape(7, 7)" in result.message


def test_rare_exception_is_shown_as_it_is():
    def answer(x):
        raise RuntimeError("rare")

    result = judge(DOUBLE, answer, "ja")
    assert result.diagnosis == "raises"
    assert "RuntimeError: rare" in result.message


@pytest.mark.parametrize("swallow", [False, True])
def test_endless_loop_is_stopped(monkeypatch, swallow):
    module = sys.modules[judge.__module__]  # the package hides its name
    monkeypatch.setattr(module, "TIME_LIMIT", 0.3)

    def answer(x):
        while True:
            try:
                x = x + 1
            except Exception:
                if not swallow:
                    raise

    start = time.perf_counter()
    result = judge(DOUBLE, answer, "en")
    assert time.perf_counter() - start < 3
    assert result.diagnosis == "never-ends"
    assert "loop" in result.message


def test_called_function_is_explained():
    assert "name" in judge(DOUBLE, np.zeros(3), "en").message


def test_float_where_an_integer_is_needed():
    sizes = Exercise(
        "half", Text("Half", "半分"), lambda n: n // 2, lambda: [(4,), (7,)]
    )
    assert "//" in judge(sizes, lambda n: n / 2, "en").message
    assert "//" not in judge(sizes, lambda n: n / 4, "en").message
    whole = judge(sizes, lambda n: float(n // 2), "en")
    assert whole.outcome == "correct"


def test_packages_own_function_is_allowed_but_said():
    name = "output_size"
    from course_lib.functional import conv_output_size

    result = check_answer("5_1", name, conv_output_size)
    assert result.outcome == "correct"
    assert "course_lib" in result.message


def test_unknown_names_are_explained():
    with pytest.raises(ValueError, match="by_hand"):
        lesson("5_1", "en")("no_such", 1)
    with pytest.raises(ValueError, match="5_1"):
        lesson("9_9", "en")
    with pytest.raises(ValueError, match="ja"):
        lesson("5_1", "fr")


def test_use_gives_the_learners_answer_only_if_right():
    check = Check("5_1", "en")
    reference = check.use("output_size")

    def mine(size, filter_size, stride=1, pad=0):
        return len(range(0, size + 2 * pad - filter_size + 1, stride))

    assert check("output_size", lambda *a: 1).outcome == "incorrect"
    assert check.use("output_size") is reference
    assert check("output_size", mine).outcome == "correct"
    assert check.use("output_size").__wrapped__ is mine
    check("output_size", lambda *a: 1)
    assert check.use("output_size") is reference


def test_progress_counts():
    check = Check("5_1", "ja")
    check("by_hand", (15, 16))
    total = len(check.exercises)
    assert f"{total} 問中 1 問" in repr(check.progress())
    assert "by_hand" in check.progress()._repr_html_()


def test_result_escapes_what_it_shows():
    def answer(x):
        raise ValueError("<b>bold</b>")

    page = judge(DOUBLE, answer, "en")._repr_html_()
    assert "<b>bold" not in page and "&lt;b&gt;" in page
