"""The list of slips is current, and their names are of one kind."""

import re

from course_lib.exercises import exercises_of, list_exercises
from course_lib.exercises.compare import FORMS
from course_lib.exercises.errors import KINDS
from course_lib.exercises.pattern_texts import PATTERN_TEXTS
from tools.list_slips import GENERAL, PAGE, page
from tools.mutate import GENERAL as UNSPECIFIC

SLIPS = [
    slip
    for number, name in list_exercises()
    for slip in exercises_of(number)[name].slips
]
ERRORS = [kind.name for kind in KINDS]


def test_page_is_current():
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(), "run python tools/list_slips.py"


def test_there_are_many_slips():
    assert len({slip.name for slip in SLIPS}) >= 60


def test_names_are_kebab_case():
    for name in [
        *(slip.name for slip in SLIPS),
        *PATTERN_TEXTS,
        *GENERAL,
        *ERRORS,
    ]:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name), name


def test_general_diagnoses_are_listed():
    assert set(GENERAL) == {*FORMS, *UNSPECIFIC}
    assert not set(GENERAL) & {slip.name for slip in SLIPS}


def test_messages_are_sentences_of_moderate_length():
    for slip in SLIPS:
        assert slip.text.en.endswith((".", "?")), slip.text.en
        assert slip.text.ja.endswith(("。", "？", "か。")), slip.text.ja
        assert len(slip.text.en) < 300 and len(slip.text.ja) < 200
