"""Right answers in any style are correct, in both languages."""

import importlib

import pytest

from course_lib.exercises import check_answer, list_exercises
from course_lib.exercises.lessons import LESSONS


def alternatives_of(number):
    name = f"tests.alternatives.lesson_{number}"
    return importlib.import_module(name).ALTERNATIVES


ANSWERS = [
    pytest.param(number, name, answer, id=f"{number}-{name}-{i}")
    for number in LESSONS
    for name, answers in alternatives_of(number).items()
    for i, answer in enumerate(answers)
]


@pytest.mark.parametrize("language", ("en", "ja"))
@pytest.mark.parametrize(("number", "name", "answer"), ANSWERS)
def test_answer_is_correct(number, name, answer, language):
    result = check_answer(number, name, answer, language)
    assert result.outcome == "correct", result


@pytest.mark.parametrize(("number", "name"), list_exercises())
def test_every_exercise_has_two(number, name):
    assert len(alternatives_of(number)[name]) >= 2
