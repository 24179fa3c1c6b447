"""A learner trains in full; a quick test run takes a tenth."""

import pytest

from course_lib.quick import quick


def test_learner_trains_in_full(monkeypatch):
    monkeypatch.delenv("COURSE_QUICK", raising=False)
    assert [quick(n) for n in (1, 9, 2000)] == [1, 9, 2000]


@pytest.mark.parametrize(
    ("count", "least", "steps"), [(2000, 1, 200), (3, 1, 1), (100, 50, 50)]
)
def test_quick_run_takes_a_tenth(monkeypatch, count, least, steps):
    monkeypatch.setenv("COURSE_QUICK", "1")
    assert quick(count, least) == steps
