"""Progress is kept, survives damage, and can be switched off."""

import base64
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from course_lib import place
from course_lib._lock import locked
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
    "damage", ["{", "[]", '{"version": 0, "exercises": {}}', "\0\0", "{}", ""]
)
def test_damaged_or_older_file_is_set_aside_and_said(kept, damage):
    kept.parent.mkdir()
    kept.write_text(damage, encoding="utf-8")
    result = lesson("5_1", "ja")("by_hand", (15, 16))
    aside = kept.with_name("progress.damaged-1.json")
    assert aside.read_text(encoding="utf-8") == damage
    assert aside.name in result.message
    assert record.load()["exercises"]["5_1/by_hand"]["outcome"] == "correct"


RIGHT = {"tries": 1, "outcome": "correct", "diagnosis": None}
ODD = {
    "no tries": {"5_1/by_hand": {"outcome": "correct"}},
    "tries as text": {"5_1/by_hand": dict(RIGHT, tries="3")},
    "tries below 0": {"5_1/by_hand": dict(RIGHT, tries=-1)},
    "unknown outcome": {"5_1/by_hand": dict(RIGHT, outcome="finished")},
    "outcome as list": {"5_1/by_hand": dict(RIGHT, outcome=["correct"])},
    "no entry": {"5_1/by_hand": None},
    "diagnosis as list": {"5_1/by_hand": dict(RIGHT, diagnosis=[1])},
    "no exercises": ["5_1/by_hand"],
}


@pytest.mark.parametrize("name", ODD)
def test_odd_entries_never_stop_a_check(kept, name):
    kept.parent.mkdir()
    exercises = ODD[name]
    if isinstance(exercises, dict):
        exercises = exercises | {"5_1/output_size": RIGHT}
    odd = {"version": 1, "exercises": exercises, "last_visit": None}
    kept.write_text(json.dumps(odd), encoding="utf-8")
    result = lesson("5_1", "en")("by_hand", (1, 2))
    assert "progress.damaged-1.json" in result.message
    aside = kept.with_name("progress.damaged-1.json")
    assert json.loads(aside.read_text(encoding="utf-8")) == odd
    found = course_map("en").outcomes["5_1"]
    assert found["by_hand"] in ("correct", "incorrect")
    if isinstance(exercises, dict):  # what is sound goes on
        assert found["output_size"] == "correct"
    assert "damaged" not in lesson("5_1", "en")("by_hand", (1, 2)).message


@pytest.mark.parametrize(
    "when", ['"yesterday"', "NaN", "Infinity", "1" * 400, "true", "[]"]
)
def test_odd_date_of_the_last_visit_is_left_out(kept, when):
    kept.parent.mkdir()
    text = f'{{"version": 1, "exercises": {{}}, "last_visit": {when}}}'
    kept.write_text(text, encoding="utf-8")
    page = course_map("en")
    assert "damaged-1" in page.headline and "Last visit" not in repr(page)


def test_file_nested_too_deeply_is_set_aside(kept):
    kept.parent.mkdir()
    kept.write_text("[" * 200_000, encoding="utf-8")
    assert "damaged-1" in course_map("en").headline


def test_folder_of_that_name_is_set_aside(kept):
    kept.mkdir(parents=True)
    (kept / "mine.txt").write_text("x", encoding="utf-8")
    result = lesson("5_1", "en")("by_hand", (15, 16))
    assert "progress.damaged-1.json" in result.message
    assert (kept.with_name("progress.damaged-1.json") / "mine.txt").exists()
    assert course_map("en").outcomes["5_1"]["by_hand"] == "correct"


def test_progress_of_a_lesson_says_what_was_set_aside(kept):
    kept.parent.mkdir()
    kept.write_text("{", encoding="utf-8")
    assert "damaged-1" in repr(lesson("5_1", "en").progress())


def test_map_says_what_was_set_aside(kept):
    kept.parent.mkdir()
    kept.write_text("{", encoding="utf-8")
    assert "damaged-1" in course_map("en").headline
    kept.write_text("{", encoding="utf-8")
    assert "damaged-2" in course_map("en").headline


def test_switch_turns_it_off(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_PROGRESS", "off")
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    lesson("5_1", "en")("by_hand", (15, 16))
    assert list(tmp_path.rglob("*")) == []


def test_solutions_keep_nothing(monkeypatch, tmp_path):
    monkeypatch.delenv("COURSE_PROGRESS")
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    (tmp_path / "solutions" / "en").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "solutions" / "en")
    assert record.progress_file() is None
    monkeypatch.chdir(tmp_path)
    assert record.progress_file() == tmp_path / "work" / "progress.json"


def test_folder_that_cannot_be_made_is_said_and_stops_no_check(
    monkeypatch, tmp_path
):
    blocker = tmp_path / "file"
    blocker.touch()
    path = blocker / "work" / "progress.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    result = lesson("5_1", "en")("by_hand", (15, 16))
    assert result.outcome == "correct"
    assert str(path) in result.message
    assert course_map("en").outcomes["5_1"]["by_hand"] == "not_attempted"


CHECK = """
from course_lib.exercises import course_map, lesson
print(lesson("5_1", "en")("by_hand", (15, 16)).message)
print(course_map("en").headline)
"""
OTHER_USER = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
needs_root = pytest.mark.skipif(
    getattr(os, "geteuid", int)() != 0 or not shutil.which("setpriv"),
    reason="only root can become another user",
)


def check_as_other_user(path):
    """Check an answer as the user nobody; return what was said."""
    return subprocess.run(
        [*OTHER_USER, sys.executable, "-c", CHECK],
        env=dict(os.environ, COURSE_PROGRESS=str(path), HOME="/nonexistent"),
        capture_output=True,
        encoding="utf-8",
        cwd=place.ROOT,
    )


@pytest.fixture
def open_folder(tmp_path):
    """Return a folder that every user can get into, Python as well."""
    if subprocess.run(
        [*OTHER_USER, sys.executable, "-c", "import numpy"],
        capture_output=True,
    ).returncode:
        pytest.skip("other users cannot run this Python")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@needs_root
def test_folder_of_another_user_is_said(open_folder):
    done = check_as_other_user(open_folder / "progress.json")
    assert "not allowed" in done.stdout, done.stderr
    assert list(open_folder.iterdir()) == []


@needs_root
def test_file_of_another_user_is_set_aside(open_folder):
    path = open_folder / "progress.json"
    path.write_text("{}", encoding="utf-8")
    path.chmod(0o600)
    os.chown(open_folder, 65534, 65534)
    done = check_as_other_user(path)
    assert "progress.damaged-1.json" in done.stdout, done.stderr
    assert json.loads(path.read_text(encoding="utf-8"))["exercises"]


@needs_root
def test_full_disk_is_said_and_leaves_nothing(tmp_path):
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", tmp_path]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        path = tmp_path / "progress.json"
        good = json.dumps(record.empty())
        path.write_text(good, encoding="utf-8")
        with contextlib.suppress(OSError):
            (tmp_path / "large").write_bytes(b"x" * 70_000)
        done = subprocess.run(
            [sys.executable, "-c", CHECK],
            env=dict(os.environ, COURSE_PROGRESS=str(path)),
            capture_output=True,
            encoding="utf-8",
            cwd=place.ROOT,
        )
        assert "the disk is full" in done.stdout, done.stderr
        names = sorted(file.name for file in tmp_path.iterdir())
        assert names == ["large", "progress.json"]
        assert path.read_text(encoding="utf-8") == good
    finally:
        subprocess.run(["umount", tmp_path], check=True)


WRITER = """
import sys
from course_lib.exercises import record
for k in range(60):
    trouble = record.note("5_1", f"{sys.argv[1]}_{k}", "correct", None)
    assert trouble is None, trouble
"""


def test_two_notebooks_at_once_lose_nothing(kept):
    environment = dict(os.environ, COURSE_PROGRESS=str(kept))
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, name],
            env=environment,
            cwd=place.ROOT,
        )
        for name in ("one", "two", "three")
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert len(record.read(kept)["exercises"]) == 180
    assert [path.name for path in kept.parent.iterdir()] == ["progress.json"]


def test_lock_of_somebody_who_hangs_is_not_waited_for(tmp_path):
    path = tmp_path / "progress.json"
    with locked(path), locked(path, patience=0.05):
        pass


def test_file_is_written_whole(kept):
    lesson("5_1", "en")("by_hand", (15, 16))
    assert {p.name for p in kept.parent.iterdir()} <= {
        "progress.json",
        "my_cnn",
    }
    json.loads(kept.read_text(encoding="utf-8"))


def test_map_links_and_signs(kept):
    check = lesson("5_1", "en")
    check("by_hand", (15, 16))
    check("output_size", lambda *a: 0)
    page = course_map("en")._repr_html_()
    assert 'href="5_1_convolution_trainee.ipynb"' in page
    lines = repr(course_map("en")).splitlines()
    (line,) = [line for line in lines if line.startswith("5_1 ")]
    assert line.split()[1][0] == "○" and "×" in line
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


@pytest.mark.parametrize("name", ["", "  ", "\u3000", None])
def test_certificate_asks_for_a_name(kept, name):
    for number, exercise in list_exercises():
        record.note(number, exercise, "correct", None)
    assert "name" in repr(certificate(name, "en"))
    assert not kept.with_name("certificate.html").exists()


def test_certificate_says_when_it_cannot_be_written(kept, tmp_path):
    for number, exercise in list_exercises():
        record.note(number, exercise, "correct", None)
    page = tmp_path / "no" / "such" / "page.html"
    assert str(page) in repr(certificate("Aiko", "en", page))


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
        assert len(list(root.iter())) > 2  # more than its white ground
