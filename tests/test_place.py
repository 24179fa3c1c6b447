"""A learner's own files have one place, by one rule; users never mix."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib import place


@pytest.fixture
def course_folder(tmp_path, monkeypatch):
    """Return a folder that looks like the course, and is this user's."""
    monkeypatch.delenv("COURSE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "me")
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.py").touch()
    monkeypatch.setattr(place, "ROOT", folder)
    return folder


def test_the_courses_own_folder_comes_first(course_folder):
    assert place.work_folder() == course_folder / "work"


def test_a_named_folder_wins(course_folder, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "other"))
    assert place.work_folder() == tmp_path / "other" / "work"


def test_an_installed_package_is_no_place(course_folder, tmp_path):
    (course_folder / "course.py").unlink()
    assert place.course_home() == tmp_path / "me" / "cnn-course"


def test_a_folder_that_cannot_be_written_is_no_place(
    course_folder, monkeypatch, tmp_path
):
    monkeypatch.setattr(place, "can_write", lambda folder: False)
    assert place.course_home() == tmp_path / "me" / "cnn-course"


@pytest.mark.skipif(os.name == "nt", reason="Windows names no owners")
def test_a_folder_of_another_user_is_no_place(
    course_folder, monkeypatch, tmp_path
):
    other = course_folder.stat().st_uid + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert place.course_home() == tmp_path / "me" / "cnn-course"


def test_on_windows_the_first_user_has_the_folder(
    course_folder, monkeypatch, tmp_path
):
    monkeypatch.setattr(place, "WINDOWS", True)
    assert place.course_home() == course_folder
    work = course_folder / "work"
    work.mkdir()
    (work / ".owner").write_text("aiko\n", encoding="utf-8")
    monkeypatch.setattr(place, "user_name", lambda: "aiko")
    assert place.course_home() == course_folder
    monkeypatch.setattr(place, "user_name", lambda: "ken")
    assert place.course_home() == tmp_path / "me" / "cnn-course"


def test_asking_on_windows_leaves_nothing(course_folder, monkeypatch):
    monkeypatch.setattr(place, "WINDOWS", True)
    assert place.is_own(course_folder)
    assert [path.name for path in course_folder.iterdir()] == ["course.py"]


def test_the_rule_needs_no_package(tmp_path):
    """course.py asks before anything is installed."""
    package = tmp_path / "course_lib"
    package.mkdir()
    for name in ("__init__.py", "place.py", "text.py"):
        shutil.copy(place.ROOT / "course_lib" / name, package)
    code = "import course_lib.place, course_lib.text"
    command = [sys.executable, "-I", "-S", "-c"]
    path = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
    subprocess.run([*command, path + code], check=True)
