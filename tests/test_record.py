"""Progress is kept, survives damage, and can be switched off."""

import base64
import json
import re
import xml.etree.ElementTree as ET

import pytest

from course_lib.exercises import (
    course_map,
    exercises_of,
    lesson,
    list_exercises,
    record,
)
from course_lib.exercises.certificate import certificate
from course_lib.exercises.lessons import LESSONS
from course_lib.exercises.progress import ago


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Keep progress in a file of the test's own."""
    path = tmp_path / "work" / "progress.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    return path


def test_outcome_is_there_in_the_next_session(kept):
    lesson("5_1", "en")("by_hand", (15, 16))
    progress = lesson("5_1", "en").progress()
    assert progress.outcomes["by_hand"] == "correct"
    assert course_map("en").outcomes["5_1"]["by_hand"] == "correct"


def test_correct_stays_correct_and_tries_count(kept):
    check = lesson("5_1", "en")
    check("by_hand", ...)
    check("by_hand", (1, 2))
    check("by_hand", (15, 16))
    check("by_hand", (1, 2))
    entry = record.load()["exercises"]["5_1/by_hand"]
    assert entry["outcome"] == "correct"
    assert entry["tries"] == 3


@pytest.mark.parametrize(
    "damage", ["{", "[]", '{"version": 0, "exercises": {}}', "\0\0", "{}"]
)
def test_damaged_or_older_file_is_set_aside_and_said(kept, damage):
    kept.parent.mkdir()
    kept.write_text(damage, encoding="utf-8")
    result = lesson("5_1", "ja")("by_hand", (15, 16))
    aside = kept.with_name("progress.damaged-1.json")
    assert aside.read_text(encoding="utf-8") == damage
    assert aside.name in result.message
    assert record.load()["exercises"]["5_1/by_hand"]["outcome"] == "correct"


def test_map_says_what_was_set_aside(kept):
    kept.parent.mkdir()
    kept.write_text("{", encoding="utf-8")
    assert "damaged-1" in course_map("en").headline
    kept.write_text("{", encoding="utf-8")
    assert "damaged-2" in course_map("en").headline


def test_switch_turns_it_off(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_PROGRESS", "off")
    monkeypatch.setattr(record, "ROOT", tmp_path)
    lesson("5_1", "en")("by_hand", (15, 16))
    assert list(tmp_path.rglob("*")) == []


def test_solutions_keep_nothing(monkeypatch, tmp_path):
    monkeypatch.delenv("COURSE_PROGRESS")
    monkeypatch.setattr(record, "ROOT", tmp_path)
    (tmp_path / "solutions" / "en").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "solutions" / "en")
    assert record.progress_file() is None
    monkeypatch.chdir(tmp_path)
    assert record.progress_file() == tmp_path / "work" / "progress.json"


def test_folder_that_cannot_be_written_does_not_stop_a_check(
    monkeypatch, tmp_path
):
    blocker = tmp_path / "file"
    blocker.touch()
    monkeypatch.setenv("COURSE_PROGRESS", str(blocker / "progress.json"))
    assert lesson("5_1", "en")("by_hand", (15, 16)).outcome == "correct"


def test_file_is_written_whole(kept):
    lesson("5_1", "en")("by_hand", (15, 16))
    assert [p.name for p in kept.parent.iterdir()] == ["progress.json"]
    json.loads(kept.read_text(encoding="utf-8"))


def test_map_links_and_signs(kept):
    check = lesson("5_1", "en")
    check("by_hand", (15, 16))
    check("output_size", lambda *a: 0)
    page = course_map("en")._repr_html_()
    assert 'href="5_1_convolution_trainee.ipynb"' in page
    first = repr(course_map("en")).splitlines()[1]
    assert first.split()[1][0] == "○" and "×" in first
    assert "Last visit" in page


@pytest.mark.parametrize(
    ("seconds", "says"),
    [(5, "just now"), (150, "2 minutes"), (7300, "2 hours"), (9e5, "10 days")],
)
def test_last_visit_in_words(seconds, says):
    assert says in ago(seconds, "en")


def test_certificate_only_when_all_is_done(kept, tmp_path):
    total = len(list_exercises())
    assert str(total) in repr(certificate("Aiko", "en"))
    for number, name in list_exercises():
        record.note(number, name, "correct", None)
    note = certificate("<Aiko>", "ja")
    page = kept.with_name("certificate.html").read_text(encoding="utf-8")
    assert "certificate.html" in repr(note)
    assert "&lt;Aiko&gt;" in page and str(total) in page


def test_hints_come_in_steps():
    check = lesson("5_1", "en")
    hints = exercises_of("5_1")["output_size"].hints
    for step in (1, 2, 3, 3):
        assert hints[step - 1].en in repr(check.hint("output_size"))
    assert hints[0].en in repr(check.hint("output_size", 1))
    with pytest.raises(ValueError, match="by_hand"):
        check.hint("no_such")


def test_map_shows_a_picture_of_each_lesson():
    page = course_map("en")._repr_html_()
    codes = re.findall(r"data:image/svg\+xml;base64,([^\"]+)", page)
    assert len(codes) == len(set(codes)) == len(LESSONS)
    for code in codes:
        root = ET.fromstring(base64.b64decode(code))
        assert len(list(root.iter())) > 5
