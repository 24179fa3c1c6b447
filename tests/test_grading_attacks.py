"""Hostile notebooks: each gets its row, and nothing changes outside."""

import csv
import hashlib
import json
import os
import socket
from pathlib import Path

import pytest

from course_lib import place
from course_lib.exercises.__main__ import main
from course_lib.exercises.grading import sandbox
from tests import attacks

REASON = sandbox.probe()[1]
boxed = pytest.mark.skipif(bool(REASON), reason=f"no sandbox: {REASON}")
REFUSED_ANSWERS = {
    "answers with the course's version",
    "wraps the course's version",
}


def notebook_of(*sources):
    cells = [{"cell_type": "code", "source": s} for s in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4})


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def state_of(folder):
    """Return a hash of each file below a folder."""
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def processes_with(mark):
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in path.read_bytes():
                found.append(path)
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Grade a class in which everybody attacks; return rows by attack."""
    root = tmp_path_factory.mktemp("attacks")
    mark = f"mark-{os.getpid()}"
    listener = socket.create_server(("127.0.0.1", 0))
    values = {
        "COURSE": str(place.ROOT),
        "REAL_HOME": str(Path.home()),
        "PORT": str(listener.getsockname()[1]),
        "JUDGE": str(os.getpid()),
        "MARK": mark,
    }
    folder = root / "class"
    for name, cell in attacks.CELLS.items():
        home = folder / name
        home.mkdir(parents=True)
        (home / "course_lib").mkdir()
        (home / "course_lib" / "__init__.py").write_text(
            "raise SystemExit('imported first')", encoding="utf-8"
        )
        source = cell.replace("HOME/", f"{home}/") + attacks.END
        for key, value in values.items():
            source = source.replace(key, value)
        cells = attacks.START, source, attacks.WRONG, attacks.RIGHT
        text = notebook_of(*cells)
        (home / "x.ipynb").write_text(text, encoding="utf-8")
    before = state_of(folder), state_of(place.ROOT / "course_lib")
    os.environ["COURSE_SECRET"] = "x"
    try:
        out = root / "out.csv"
        options = ["--csv", str(out), "--jobs", "2", "--time-limit", "40"]
        main(["report", str(folder), *options])
    finally:
        del os.environ["COURSE_SECRET"]
        listener.close()
    assert (state_of(folder), state_of(place.ROOT / "course_lib")) == before
    made = {path.name for path in root.iterdir()}
    assert made - {"report.html"} == {"class", "out.csv", "out.csv.sqlite"}
    assert processes_with(mark) == []
    found = {}
    for row in rows_of(root / "out.csv"):
        name = Path(row["notebook"]).parent.name
        found.setdefault(name, {})[row["exercise"]] = row
    return found


@boxed
@pytest.mark.parametrize("name", attacks.CELLS)
def test_attack_gets_its_row(graded, name):
    rows = graded[name]
    assert len(rows) == 6
    assert rows["affine"]["outcome"] in ("incorrect", "not_attempted")
    assert "DONE" not in rows["affine"]["note"]
    assert rows["relu_backward"]["outcome"] == "correct"
    if name in REFUSED_ANSWERS:
        assert "own version" in rows["affine"]["note"]


@boxed
def test_what_never_ends(tmp_path, capsys):
    """A cell that prints for ever, and one that sleeps for ever."""
    for name, cell in (
        ("prints", "while True: print('x' * 1000)"),
        ("sleeps", "import time\ntime.sleep(10**6)"),
    ):
        text = notebook_of(attacks.START, attacks.RIGHT, cell, attacks.WRONG)
        (tmp_path / f"{name}.ipynb").write_text(text, encoding="utf-8")
    out = tmp_path / "out.csv"
    main(["report", str(tmp_path), "--csv", str(out), "--time-limit", "4"])
    rows = rows_of(out)
    assert len(rows) == 12
    for row in rows:
        assert "a cell ran longer than 4 s" in row["note"]
        if row["exercise"] == "relu_backward":
            assert row["outcome"] == "correct"
        if row["exercise"] == "affine":
            assert row["outcome"] == "incorrect"


def test_without_a_sandbox_nothing_runs(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sandbox, "probe", lambda: (False, "no bwrap"))
    mark = tmp_path / "mark"
    text = notebook_of(
        attacks.START, f"open({str(mark)!r}, 'w').close()", attacks.RIGHT
    )
    (tmp_path / "x.ipynb").write_text(text, encoding="utf-8")
    assert main(["report", str(tmp_path)]) == 2
    assert "--trust" in capsys.readouterr().err
    assert not mark.exists()
    out = tmp_path / "out.csv"
    main(["report", str(tmp_path), "--csv", str(out), "--trust"])
    assert mark.exists()
    rows = {row["exercise"]: row for row in rows_of(out)}
    assert rows["relu_backward"]["outcome"] == "correct"
    assert all("without a sandbox" in row["note"] for row in rows.values())
