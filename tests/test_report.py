"""An instructor's report on filled notebooks."""

import csv

import pytest

from course_lib.exercises import exercises_of
from course_lib.exercises.__main__ import main
from tools.build import read, write
from tools.lesson_source import lesson_paths, make_notebook, notebook_path

NAMES = list(exercises_of("5_1"))


@pytest.fixture
def filled():
    """Return lesson 5_1 with all solutions filled in."""
    (source,) = lesson_paths(["5_1"])
    trainee = make_notebook(source, "en", "trainee")
    answers = {
        c.id: c.source
        for c in read(notebook_path(source, "en", "solution")).cells
    }
    for cell in trainee.cells:
        if "course" in cell.metadata:
            cell.source = answers[cell.id]
    return trainee


def exercise_cell(notebook, name):
    (cell,) = [
        c
        for c in notebook.cells
        if c.metadata.get("course", {}).get("exercise") == name
    ]
    return cell


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["exercise"]: row for row in csv.DictReader(file)}


def run_report(tmp_path, *places):
    code = main(
        ["report", *map(str, places), "--csv", str(tmp_path / "out.csv")]
    )
    return code, rows_of(tmp_path / "out.csv")


def test_all_correct(filled, tmp_path, capsys):
    write(filled, tmp_path / "a.ipynb")
    code, rows = run_report(tmp_path, tmp_path / "a.ipynb")
    assert code == 0
    assert list(rows) == NAMES
    assert {row["outcome"] for row in rows.values()} == {"correct"}
    assert "a.ipynb" in capsys.readouterr().out


def test_slips_copies_deletions_and_renames_are_said(filled, tmp_path, capsys):
    cell = exercise_cell(filled, "output_size")
    slip = "return (size + pad - filter_size) // stride + 1"
    right = "return (size + 2 * pad - filter_size) // stride + 1"
    assert right in cell.source
    cell.source = cell.source.replace(right, slip)
    copied = exercise_cell(filled, NAMES[0])
    filled.cells.append(copied.copy())
    filled.cells[-1].id = "copy"
    renamed = exercise_cell(
        filled, NAMES[2 if NAMES[2] != "output_size" else 3]
    )
    name = renamed.metadata["course"]["exercise"]
    renamed.source = renamed.source.replace(f'check("{name}"', 'check("typo"')
    filled.cells.remove(exercise_cell(filled, NAMES[-1]))
    folder = tmp_path / "class" / "a"
    folder.mkdir(parents=True)
    write(filled, folder / "x.ipynb")
    (folder.parent / "broken.ipynb").write_text("{", encoding="utf-8")
    code, rows = run_report(tmp_path, folder.parent)
    assert code == 1
    assert rows["output_size"]["outcome"] == "incorrect"
    assert rows["output_size"]["diagnosis"] == "pads-one-side-only"
    assert "2 cells" in rows[NAMES[0]]["note"]
    assert "typo" in rows[name]["note"]
    assert rows[name]["outcome"] == "not_run"
    assert "missing" in rows[NAMES[-1]]["note"]
    assert rows[""]["outcome"] == "unreadable"
    printed = capsys.readouterr().out
    assert "1 x output_size: pads-one-side-only" in printed
    (slip,) = [
        s
        for s in exercises_of("5_1")["output_size"].slips
        if s.name == "pads-one-side-only"
    ]
    assert slip.text.en in printed


def test_dead_kernel_loses_nothing(filled, tmp_path):
    dying = exercise_cell(filled, NAMES[-1])
    dying.source = "import os\nos._exit(1)"
    write(filled, tmp_path / "a.ipynb")
    before = (tmp_path / "a.ipynb").read_bytes()
    code, rows = run_report(tmp_path, tmp_path / "a.ipynb")
    assert code == 1
    assert rows[NAMES[0]]["outcome"] == "correct"
    assert "died" in rows[NAMES[0]]["note"]
    assert rows[NAMES[-1]]["outcome"] == "not_run"
    assert (tmp_path / "a.ipynb").read_bytes() == before


def test_what_cannot_be_run_is_said(tmp_path, capsys):
    assert main(["report", str(tmp_path / "none")]) == 2
    assert "does not exist" in capsys.readouterr().err
    assert main(["report", str(tmp_path)]) == 2
    assert "no notebooks" in capsys.readouterr().err
