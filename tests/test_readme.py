"""The README's commands and links are real."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib import __version__
from tools.lesson_source import ROOT, lesson_paths, make_notebook

PAGES = ["README.md", "README.ja.md"]
GUIDES = ["CONTRIBUTING.md", "docs/architecture.md", "CHANGELOG.md"]


def text(page):
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)]+)\)", text(page))
    local = [link for link in links if not link.startswith("https://")]
    assert len(local) >= 4
    for link in local:
        assert (ROOT / link).exists(), link


@pytest.mark.parametrize("page", PAGES)
def test_named_folders_exist(page):
    # work/ is made at the first start
    for folder in set(re.findall(r"`(\w+)/`", text(page))) - {"work"}:
        assert (ROOT / folder).is_dir(), folder


def test_both_languages_name_the_same_commands():
    def blocks(page):
        fences = re.findall(r"^```(\w*)\n(.*?)^```$", text(page), re.M | re.S)
        plain = [block for kind, block in fences if not kind]
        return [block.replace("/ja/", "/en/") for block in plain]

    assert len(blocks("README.md")) == 5
    assert blocks("README.md") == blocks("README.ja.md")


def test_ci_calls_the_test_command():
    command = "python3 course.py test"
    assert f"\n{command}\n" in text("README.md")
    assert f"\n{command}\n" in text(".ci/run")


@pytest.mark.parametrize("page", PAGES)
def test_script_example_runs(page):
    (code,) = re.findall(r"```python\n(.*?)```", text(page), re.S)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    assert "output_size" in done.stdout
    assert ("もう少し" if "ja" in page else "Not yet") in done.stdout


def test_version_is_told_everywhere():
    assert f"\n## {__version__}\n" in text("CHANGELOG.md")
    assert f"\nversion: {__version__}\n" in text("CITATION.cff")
    start = make_notebook(lesson_paths(["START"])[0], "en", "trainee")
    assert start.metadata["course"]["version"] == __version__


@pytest.mark.parametrize("page", GUIDES)
def test_guides_name_files_that_exist(page):
    named = re.findall(r"[\w./]+\.(?:py|md|json)\b", text(page))
    roots = (ROOT, ROOT / "course_lib", ROOT / "course_lib" / "exercises")
    made = {"double.py", "icon.py", "progress.json", "QUIZ.py"}
    for name in named:
        if Path(name).name in made or "5_10" in name or name.startswith("_"):
            continue
        assert any((root / name).exists() for root in roots), name


def test_citation_names_no_person():
    assert "given-names" not in text("CITATION.cff")
