"""Whatever a file holds, and however a run ends, its rows are kept."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from course_lib import place
from course_lib.exercises import exercises_of
from course_lib.exercises.__main__ import main
from course_lib.exercises.grading import notebook, sandbox, table
from course_lib.exercises.grading.grade import Row
from course_lib.exercises.lessons import LESSONS

NAMES = list(exercises_of("5_0"))
COURSE = {"course": {"lesson": "5_0_before_you_start", "kind": "trainee"}}
boxed = pytest.mark.skipif(
    bool(sandbox.probe()[1]), reason=f"no sandbox: {sandbox.probe()[1]}"
)
DEEP = '{"metadata": {}, "cells": ' + "[" * 10**6
SETUP = (
    "from course_lib.exercises import lesson\ncheck = lesson('5_0')\n"
    "check('affine', lambda x, W, b: x @ W + b)"
)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def as_text(cells, metadata=COURSE):
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4})


ODD = {
    "empty": "",
    "braces": "{}",
    "list": "[]",
    "number": "1",
    "text": '"x"',
    "broken": "{",
    "cells null": '{"cells": null, "metadata": {}}',
    "deep": DEEP,
    "other": as_text([{"cell_type": "code", "source": "1"}], {}),
    "metadata list": as_text([], [1]),
    "course number": as_text([], {"course": 3}),
    "lesson list": as_text([], {"course": {"lesson": ["5_0"]}}),
}


@pytest.mark.parametrize("name", ODD)
def test_a_file_that_is_no_notebook_is_one_row(name, tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text(ODD[name], encoding="utf-8")
    with pytest.raises(notebook.Unreadable) as error:
        notebook.load(notebook.Unit("x", path))
    assert 3 < len(str(error.value)) < 100


CELLS = {
    "null": None,
    "no source": [{"cell_type": "code"}],
    "source of numbers": [{"cell_type": "code", "source": [1, None]}],
    "source of a dict": [{"cell_type": "code", "source": {"a": 1}}],
    "cells of text": ["code", 3, None, []],
    "metadata list": [
        {"cell_type": "code", "source": "x", "metadata": [1]},
        {"cell_type": "code", "source": "x", "metadata": {"course": 1}},
        {"source": "x", "metadata": {"course": {"exercise": [1]}}},
    ],
}


@pytest.mark.parametrize("name", CELLS)
def test_odd_cells_are_left_out(name, tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text(as_text(CELLS[name]), encoding="utf-8")
    found = notebook.load(notebook.Unit("x", path))
    assert found.number == "5_0"
    notes = notebook.cell_notes(found, NAMES)
    assert set(notes) == set(NAMES)


def test_odd_files_are_named(tmp_path):
    (tmp_path / "folder.ipynb").mkdir()
    (tmp_path / "a.ipynb").write_bytes("{}".encode("utf-16"))
    (tmp_path / "b.ipynb").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "c.ipynb")
    (tmp_path / "d.zip").write_bytes(b"PK no archive")
    said = []
    for unit in notebook.find([tmp_path]):
        with pytest.raises(notebook.Unreadable) as error:
            notebook.load(unit)
        said.append((Path(unit.label).name, str(error.value)))
    assert [name for name, _ in said] == [
        "a.ipynb",
        "b.ipynb",
        "c.ipynb",
        "d.zip",
        "folder.ipynb",
    ]
    assert "UTF-8" in said[0][1]
    assert "link" in said[1][1]


def test_archives_lead_nowhere(tmp_path):
    archive = tmp_path / "class.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("../../out.ipynb", as_text([]))
        file.writestr("anna/x.ipynb", as_text([]))
        file.writestr("/abs.ipynb", as_text([]))
        file.writestr("anna/notes.txt", "x")
    units = notebook.find([archive])
    assert [unit.member for unit in units] == [
        "../../out.ipynb",
        "anna/x.ipynb",
        "/abs.ipynb",
    ]
    assert all(notebook.load(unit).number == "5_0" for unit in units)
    assert units[1].group == "anna"
    assert [p.name for p in tmp_path.iterdir()] == ["class.zip"]


def test_large_files_and_widget_states(tmp_path, monkeypatch):
    path = tmp_path / "x.ipynb"
    widgets = {"widgets": {"state": {str(k): {} for k in range(10**5)}}}
    path.write_text(as_text([], {**COURSE, **widgets}), encoding="utf-8")
    unit = notebook.Unit("x", path)
    assert notebook.load(unit).number == "5_0"
    monkeypatch.setattr(notebook, "MOST_BYTES", 10**5)
    with pytest.raises(notebook.Unreadable, match="larger"):
        notebook.load(unit)


def test_only_what_is_needed_runs():
    lesson = notebook.shipped("5_4", "trainee")["en"]
    assert len(lesson) > 20
    cells = [
        "import numpy as np\nfrom course_lib.exercises import lesson",
        next(c for c in lesson if "def best_time" in c),
        next(c for c in lesson if "check = lesson" in c),
        "import os  # added",
        "def f():\n    return np.zeros(helper)",
        "helper = 3",
        "check('im2col', f)",
    ]
    found = notebook.Notebook(
        "5_4", "en", "trainee", tuple(notebook.Cell(c) for c in cells)
    )
    assert notebook.needed(found) == [0, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("number", [f"5_{n}" for n in range(9)])
def test_what_an_exercise_uses_is_run(number):
    """Every global name that a chosen cell reads is made by a chosen one."""
    path = place.ROOT / "solutions" / "en" / f"{LESSONS[number].file}.ipynb"
    found = notebook.load(notebook.Unit("x", path))
    chosen = notebook.needed(found)
    every = range(len(found.cells))
    assert 0 < len(chosen) < len(found.cells)
    for k in chosen:
        uses = notebook.names_of(found.cells[k].source)[1]
        for name in uses:
            makers = {
                j
                for j in every
                if j < k
                and name in notebook.names_of(found.cells[j].source)[0]
            }
            assert makers <= set(chosen), (name, makers, chosen)


def test_table_is_kept_as_it_grows(tmp_path):
    path = tmp_path / "out.csv"
    first = table.Table(path)
    first.add([Row("=a", "affine", "correct", "", "@x\n\ud800", "anna")])
    (row,) = rows_of(path)  # before anything is closed
    assert list(row)[:5] == [
        "notebook",
        "exercise",
        "outcome",
        "diagnosis",
        "note",
    ]
    assert row["notebook"] == "'=a"
    assert row["note"].startswith("'@x ")
    first.close()
    with path.open("a", encoding="utf-8") as file:
        file.write("half a li")  # the power went off
    again = table.Table(path, resume=True)
    assert again.done() == {"=a"}
    again.close()
    assert len(rows_of(path)) == 1


def test_who_handed_in():
    roster = [("*/s17/*", "Anna"), ("b*.ipynb", "Ben")]

    def student(label, group="g"):
        unit = notebook.Unit(label, Path(label), group=group)
        return table.student_of(unit, roster)

    assert student("class/s17/x.ipynb") == "Anna"
    assert student("class/s18/b1.ipynb") == "Ben"
    assert student("class/s18/c.ipynb", "s18") == "s18"


def test_output_is_checked_before_the_run(tmp_path, capsys, monkeypatch):
    (tmp_path / "x.ipynb").write_text(as_text([]), encoding="utf-8")
    place = str(tmp_path / "x.ipynb")
    monkeypatch.setattr(
        "course_lib.exercises.grading.run.grade_all",
        lambda *_: pytest.fail("it was run"),
    )
    for out in (tmp_path / "none" / "out.csv", tmp_path):
        code = main(["report", place, "--csv", str(out), "--trust"])
        assert code == 2
        assert str(out.name) in capsys.readouterr().err
    roster = str(tmp_path / "none.csv")
    assert main(["report", place, "--roster", roster, "--trust"]) == 2


def command(*arguments):
    return [sys.executable, "-m", "course_lib.exercises", "report", *arguments]


@boxed
def test_interrupted_and_resumed(tmp_path):
    """Ctrl-C keeps what is done; --resume does the rest, each once."""
    folder = tmp_path / "class"
    for name, cell in (("ア", "1"), ("b", "import time; time.sleep(60)")):
        (folder / name).mkdir(parents=True)
        cells = [
            {"cell_type": "code", "source": source} for source in (SETUP, cell)
        ]
        path = folder / name / "x.ipynb"
        path.write_text(as_text(cells), encoding="utf-8")
    (folder / "0.ipynb").write_text("{}", encoding="utf-8")
    out = tmp_path / "out.csv"
    options = [str(folder), "--csv", str(out), "--jobs", "2"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    process = subprocess.Popen(
        command(*options),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    for _ in range(600):
        if out.exists() and len(rows_of(out)) == 1 + len(NAMES):
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"x.ipynb" in said
    assert len(rows_of(out)) == 1 + len(NAMES)
    text = as_text([{"cell_type": "code", "source": SETUP}])
    (folder / "b" / "x.ipynb").write_text(text, encoding="utf-8")
    main(["report", *options, "--resume"])
    rows = rows_of(out)
    assert len(rows) == 1 + 2 * len(NAMES)
    right = [r["student"] for r in rows if r["outcome"] == "correct"]
    assert sorted(right) == ["b", "ア"]


def test_reader_of_csv_is_any_spreadsheet(tmp_path):
    path = tmp_path / "out.csv"
    first = table.Table(path)
    first.add([Row("日本.ipynb", "a", "correct")])
    first.close()
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    text = io.StringIO(path.read_text(encoding="utf-8-sig"))
    assert next(csv.DictReader(text))["notebook"] == "日本.ipynb"
