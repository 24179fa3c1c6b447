"""Answers of the bank get what a learner should get."""

from collections import Counter

import pytest

from tests.bank import answers, bank_of, lessons_with_bank, verdict, worth

BANKS = lessons_with_bank()
MEASURED = BANKS


@pytest.mark.parametrize("number", BANKS)
def test_bank_is_large_and_mostly_wrong(number):
    entries = bank_of(number)
    wrong = [entry for entry in entries if not entry.right]
    assert len(entries) >= 60
    assert len(wrong) >= 2 / 3 * len(entries)


def test_what_is_said_is_weighed():
    (entry,) = answers("x", [], [("slip", 1, "its-slip", "too-large")])
    assert worth(entry, None) == "nothing"
    assert worth(entry, "its-slip") == "specific"
    assert worth(entry, "too-large") == "general"
    assert worth(entry, "shape-differs") == "general"
    assert worth(entry, "too-small") == "misleading"
    assert worth(entry, "another-slip") == "misleading"


@pytest.mark.parametrize("language", ("en", "ja"))
@pytest.mark.parametrize("number", MEASURED)
def test_what_learners_get(number, language):
    found = [
        (entry, *verdict(number, entry, language)) for entry in bank_of(number)
    ]
    for kind in ("refused", "passed", "crashed", "misleading"):
        assert [(e.exercise, e.note) for e, k, _ in found if k == kind] == []
    counts = Counter(kind for entry, kind, _ in found if not entry.right)
    assert counts["specific"] >= 0.9 * counts.total()
