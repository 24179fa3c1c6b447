"""What is checked before a change goes in, and what mends it."""

import subprocess

import pytest

from course_lib.exercises.lessons import LESSONS
from tools import check

ALL = list(LESSONS)


@pytest.mark.parametrize(
    ("files", "lessons"),
    [
        ([], []),
        (["README.md", "course_lib/plots.py"], []),
        (["lessons/5_1_convolution.py"], ["5_1"]),
        (["course_lib/exercises/lesson_5_4/im2col.py"], ["5_4"]),
        (
            ["tests/alternatives/lesson_5_2.py", "lessons/5_1_x.py"],
            ["5_1", "5_2"],
        ),
        (["lessons/99_9_none.py", "lessons/START.py"], []),
        (["course_lib/exercises/judge.py"], ALL),
        (["course_lib/exercises/lessons.py"], []),
        (["tools/mutations.py"], ALL),
        (None, ALL),
    ],
)
def test_lessons_of_a_change(files, lessons):
    assert check.lessons_of(files) == lessons


def test_changed_and_new_files_are_found(tmp_path):
    def git(*command):
        name = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *name, *command], cwd=tmp_path, check=True)

    git("init", "-q", "-b", "main")
    (tmp_path / "a.py").write_text("1", encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "Begin")
    assert check.changed_files(tmp_path) == []
    git("checkout", "-q", "-b", "work")
    (tmp_path / "b.py").write_text("1", encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "Add")
    (tmp_path / "a.py").write_text("2", encoding="utf-8")
    (tmp_path / "c.py").write_text("3", encoding="utf-8")
    assert check.changed_files(tmp_path) == ["a.py", "b.py", "c.py"]


def test_without_git_every_lesson_is_checked(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert check.changed_files(tmp_path) is None


def test_guard_that_fails_names_what_mends_it(capfd):
    assert check.run(("-c", "pass"), "mend") is True
    assert "mend" not in capfd.readouterr().out
    assert check.run(("-c", "raise SystemExit(3)"), "mend") is False
    assert "-> mend" in capfd.readouterr().out
