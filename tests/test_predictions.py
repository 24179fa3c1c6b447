"""Predictions are kept until the result is seen, and never lost."""

import json

import pytest

from course_lib.exercises import lesson
from course_lib.exercises.predictions import Predictions


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.json"))
    return tmp_path


def write(check, name, text):
    """Type a prediction and press the button."""
    box = check.predict(name)
    box.field.value = text
    box.button.click()
    return box


@pytest.mark.parametrize(
    ("language", "words"), [("en", "You predicted: 0.9"), ("ja", "予想：0.9")]
)
def test_prediction_and_result_are_shown_together(folder, language, words):
    check = lesson("5_8", language)
    write(check, "leak", "0.8")
    write(check, "leak", "0.9")  # still open
    note = repr(check.reveal("leak", "0.873"))
    assert words in note and "0.873" in note and "0.8\n" not in note


def test_prediction_stays_once_the_result_is_seen(folder):
    check = lesson("5_8", "en")
    write(check, "leak", "0.9")
    check.reveal("leak", "0.873")
    box = write(check, "leak", "0.873")
    assert box.field.disabled and box.field.value == "0.9"
    assert "stays" in box.said.value
    later = lesson("5_8", "en")  # another kernel, another day
    assert "0.9" in repr(later.reveal("leak", "0.873"))


def test_result_without_a_prediction_leaves_it_open(folder):
    check = lesson("5_8", "en")
    assert repr(check.reveal("leak", "0.873")) == "It came out: 0.873"
    assert not write(check, "leak", "0.9").field.disabled


def test_empty_prediction_is_not_kept(folder):
    check = lesson("5_8", "en")
    assert "first" in write(check, "leak", "  ").said.value
    assert Predictions("5_8").text("leak") == ""


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"5_8": 3}', '{"5_8": {"leak": "x"}}', "null"]
)
def test_odd_file_counts_as_empty(folder, text):
    (folder / "predictions.json").write_text(text, encoding="utf-8")
    store = Predictions("5_8")
    assert store.text("leak") == ""
    assert store.keep("leak", "ア")
    kept = json.loads(
        (folder / "predictions.json").read_text(encoding="utf-8")
    )
    assert kept["5_8"]["leak"]["text"] == "ア"


def test_lessons_do_not_disturb_each_other(folder):
    one, other = Predictions("5_7"), Predictions("5_8")
    one.keep("a", "1")
    other.keep("a", "2")
    assert (Predictions("5_7").text("a"), Predictions("5_8").text("a")) == (
        "1",
        "2",
    )


def test_nothing_is_written_where_progress_is_off(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_PROGRESS", "off")
    monkeypatch.chdir(tmp_path)
    check = lesson("5_8", "en")
    write(check, "leak", "0.9")
    assert "0.9" in repr(check.reveal("leak", "1"))
    assert not list(tmp_path.iterdir())


def test_disk_that_cannot_be_written_stops_nobody(folder):
    (folder / "predictions.json").mkdir()
    check = lesson("5_8", "en")
    write(check, "leak", "0.9")
    assert "0.9" in repr(check.reveal("leak", "1"))


def test_plain_line_without_a_kernel(folder):
    bundle = lesson("5_8", "ja").predict("leak")._repr_mimebundle_()
    assert "予想" in bundle["text/plain"] and "予想" in bundle["text/html"]
