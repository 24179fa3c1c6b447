"""Mutants are made as promised, and the checks reject them.

All of them: python tools/mutate.py. Here every fifteenth is run.
"""

import json
from dataclasses import replace

import pytest

from course_lib.exercises import list_exercises
from course_lib.exercises.lessons import LESSONS
from tools.lesson_source import lesson_paths
from tools.mutate import (
    EQUIVALENT,
    Tally,
    count,
    kind_of,
    mutants_in,
    percent,
    subjects_of,
    total_of,
)
from tools.mutations import Mutant, mutants_of

KNOWN = json.loads(EQUIVALENT.read_text(encoding="utf-8"))
KEPT = "Kept for backward only"


def changed(code):
    """Return the first lines of all mutants of one line of code."""
    return {m.code.splitlines()[0] for m in mutants_of(code, 1, 1)}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("y = a + b", {"y = a - b"}),
        ("y = a // b", {"y = a / b", "y = a * b"}),
        ("y = a @ b", {"y = a * b"}),
        ("y = a < b", {"y = a <= b", "y = a > b"}),
        ("y = a and b", {"y = a or b"}),
        ("y = -a", {"y = a"}),
        ("y = not a", {"y = a"}),
        ("y = 3", {"y = 4", "y = 2"}),
        ("y = True", {"y = False"}),
        ("y = 'constant'", {"y = 'edge'"}),
        ("y = OH", {"y = OW"}),
        ("y = x.max()", {"y = x.min()"}),
        ("y = np.zeros", {"y = np.ones"}),
        ("y = x[a:b:c]", {"y = x[:b:c]", "y = x[a::c]", "y = x[a:b]"}),
        ("y = f(a, b)", {"y = f(b, a)", "y = f(a)"}),
        ("y = f(axis=a)", {"y = f()"}),
        ("y = (a, b, c)", {"y = (b, a, c)", "y = (a, c, b)"}),
        ("y += a", {"y -= a", "y = a"}),
        ("f(a)", {"f()"}),
        ("y = a if b else c", {"y = a if not b else c"}),
    ],
)
def test_change_is_made(code, expected):
    assert changed(code) == {*expected, "pass"}


def test_statements_are_dropped():
    code = "def f(x):\n    if x:\n        x = g(x)\n    return x"
    codes = {m.code for m in mutants_of(code, 2, 4)}
    assert "def f(x):\n    pass\n    return x" in codes
    assert "def f(x):\n    if not x:\n        x = g(x)\n    return x" in codes
    assert "def f(x):\n    if x:\n        pass\n    return x" in codes
    assert "def f(x):\n    if x:\n        x = g(x)\n    pass" in codes


def test_only_the_given_lines_are_changed():
    code = "a = 1\nb = 2\nc = 3"
    for mutant in mutants_of(code, 2, 2):
        first, _, last = mutant.code.splitlines()
        assert (first, last) == ("a = 1", "c = 3")
        assert mutant.change.startswith("b = 2  ->  ")


def test_only_solution_regions_are_changed():
    cell = (
        "n = 5\n\n\ndef f(x):\n    # BEGIN SOLUTION\n    return x + 1\n"
        "    # END SOLUTION\n\n\ncheck('f', f)"
    )
    changes = [m.change for m in mutants_in(cell)]
    assert len(changes) == len(set(changes)) == 4
    assert all(c.startswith("return x + 1  ->  ") for c in changes)


def test_no_mutant_equals_the_code_or_another():
    code = "y = x[0] + x[0]"
    codes = [m.code for m in mutants_of(code, 1, 1)]
    assert len(codes) == len(set(codes)) and code not in codes


def test_counts_and_shares():
    assert kind_of("raises") == "general"
    assert kind_of("index-outside") == "errors"
    assert kind_of("returns-none") == kind_of("scaled") == "patterns"
    assert kind_of("kernel-flipped") == "slips"
    assert (percent(1, 8), percent(0, 0)) == ("12.5 %", "-")
    tallies = [Tally("a", 9, slips=2, patterns=1, unnamed=1, general=3)] * 2
    total = total_of("sum", tallies)
    assert (total.made, total.killed, total.named, total.wrong) == (
        18,
        14,
        6,
        8,
    )
    tally = Tally("b")
    (mutant,) = (m for m in mutants_of("y = -a", 1, 1) if "pass" in m.code)
    count(tally, mutant, None, {})
    assert (tally.stopped, tally.killed, tally.survivors) == (1, 1, [])


@pytest.fixture(scope="module", params=list(LESSONS))
def subjects(request):
    (path,) = lesson_paths([request.param])
    return list(subjects_of(path))


def test_every_exercise_has_mutants(subjects):
    for subject in subjects:
        assert subject.mutants, subject.exercise


def test_sample_is_rejected(subjects):
    survivors = [
        (subject.exercise, mutant.change)
        for k, subject in enumerate(subjects)
        for mutant in subject.mutants[k % 5 :: 15]
        if mutant.change not in KNOWN.get(subject.exercise, {})
        and outcome(subject, mutant) == "correct"
    ]
    assert not survivors


def test_equivalent_mutants_still_survive(subjects):
    for subject in subjects:
        for change in KNOWN.get(subject.exercise, {}):
            twins = [m for m in subject.mutants if m.change == change]
            assert twins, f"{subject.exercise}: not made: {change}"
            assert any(outcome(subject, m) == "correct" for m in twins), (
                f"{subject.exercise}: now rejected: {change}"
            )


def test_what_forward_keeps_is_tested_by_backward(subjects):
    by_name = {subject.exercise: subject for subject in subjects}
    for name, forward in by_name.items():
        for change, reason in KNOWN.get(name, {}).items():
            if not reason.startswith(KEPT):
                continue
            (mutant,) = (m for m in forward.mutants if m.change == change)
            backward = by_name[name.replace("forward", "backward")]
            assert after(forward.code, backward) == "correct"
            assert after(mutant.code, backward) != "correct", change


def after(code, subject):
    """Return the outcome of a solution when other code runs before it."""
    space = {**subject.space, "check": lambda *args: None}
    exec(code, space)
    space["check"] = subject.check
    return outcome(replace(subject, space=space), Mutant("", subject.code))


def test_reasons_belong_to_exercises():
    names = {f"{n}/{name}" for n, name in list_exercises()}
    assert set(KNOWN) <= names
    for reasons in KNOWN.values():
        assert all(reason.endswith(".") for reason in reasons.values())


def outcome(subject, mutant):
    result = subject.judge(mutant)
    return "stopped" if result is None else result.outcome
