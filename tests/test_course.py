"""The start command: which language, which lesson, offline settings."""

import json
import os
import subprocess
import sys

import pytest

import course


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Let course.py open a JupyterLab that only notes how it was called."""
    calls = []
    monkeypatch.setattr(course, "ROOT", tmp_path)
    monkeypatch.setattr(course, "run", lambda *a: calls.append(a) or 0)
    monkeypatch.setattr(course, "set_up", lambda extra: None)
    monkeypatch.chdir(tmp_path)
    for language in ("en", "ja"):
        folder = tmp_path / "notebooks" / language
        folder.mkdir(parents=True)
        for name in ("START", "5_1_x_trainee", "5_4_y_trainee"):
            (folder / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    return calls


def start(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["course.py", *arguments])
    return course.main()


def test_opens_the_start_page_in_the_computers_language(started, monkeypatch):
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    assert start(monkeypatch) == 0
    assert started[0][2] == "work/ja/START.ipynb"


def test_opens_a_lesson_in_the_language_asked_for(started, monkeypatch):
    start(monkeypatch, "open", "5_4", "--language", "en", "--port=1")
    assert started[0][2] == "work/en/5_4_y_trainee.ipynb"
    assert started[0][-1] == "--port=1"


def test_names_the_lessons_when_asked_for_another(started, monkeypatch):
    with pytest.raises(SystemExit, match="5_1 5_4"):
        start(monkeypatch, "open", "9_9", "--language", "en")


def test_lab_is_told_not_to_ask_the_network(started, monkeypatch):
    start(monkeypatch)
    assert set(course.OFFLINE_OPTIONS) <= set(started[0])


def test_set_up_writes_offline_settings_once(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(course, "VENV", tmp_path)
    monkeypatch.setattr(course, "PYTHON", tmp_path / "python")
    (tmp_path / "python").touch()
    monkeypatch.setattr(course, "run", lambda *a: calls.append(a) or 0)
    course.set_up("dev")
    course.set_up("dev")
    assert len(calls) == 1 and calls[0][-1].endswith("[dev]")
    path = tmp_path / "share/jupyter/lab/settings/overrides.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    (notification,) = settings.values()
    assert notification["fetchNews"] == "false"


def test_set_up_says_when_the_installation_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(course, "VENV", tmp_path)
    monkeypatch.setattr(course, "PYTHON", tmp_path / "python")
    (tmp_path / "python").touch()
    monkeypatch.setattr(course, "run", lambda *a: 1)
    with pytest.raises(SystemExit, match="network"):
        course.set_up("")
    assert not list(tmp_path.glob("*.stamp"))  # the next start tries again


def test_help_names_the_commands():
    done = subprocess.run(
        [sys.executable, os.fspath(course.ROOT / "course.py"), "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for command in ("open", "test", "build", "export"):
        assert command in done.stdout
