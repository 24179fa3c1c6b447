"""Answers of the bank get what a learner should get."""

import pytest

from tests.bank import answers, bank_of, lessons_with_bank, worth

BANKS = lessons_with_bank()


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
