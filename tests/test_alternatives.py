"""Right answers in any style are correct, in both languages.

A lesson without its file of answers fails here, and no other with it.
"""

import importlib
from importlib.util import find_spec

import pytest

from course_lib.exercises import check_answer, exercises_of, list_exercises
from course_lib.exercises.lessons import LESSONS


def alternatives_of(number):
    name = f"tests.alternatives.lesson_{number}"
    if find_spec(name) is None:
        return {}
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
    answers = alternatives_of(number).get(name, ())
    assert len(answers) >= 2, (
        f"write two right answers to {name} in other styles into "
        f"tests/alternatives/lesson_{number}.py"
    )


@pytest.mark.parametrize("number", LESSONS)
def test_answers_belong_to_exercises(number):
    assert set(alternatives_of(number)) <= set(exercises_of(number))
