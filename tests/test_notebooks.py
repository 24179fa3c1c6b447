"""Every notebook runs untouched, and shows what its solution shows.

nbval runs the solutions and compares their text outputs. Here is what it
cannot see: pictures, and the notebooks that learners get. A trainee notebook
that is filled in is its solution: that is proven, not run. Each class is one
unit of parallel work (pytest-xdist, loadscope).
"""

import base64
import io
import json
import os
import re

import matplotlib.image
import nbformat
import numpy as np
import pytest

from course_lib.exercises import exercises_of
from course_lib.exercises.lessons import LESSONS
from tools.build import execute, read
from tools.lesson_source import (
    lesson_paths,
    make_notebook,
    notebook_path,
    without_asserts,
)

SAME_PICTURE = 0.01  # mean difference of pixels in 0..1
PROBE = "import json\nprint(json.dumps(check.outcomes))"
LIGHT = [number for number, lesson in LESSONS.items() if not lesson.heavy]
HEAVY = [number for number, lesson in LESSONS.items() if lesson.heavy]


def source_of(number):
    (source,) = lesson_paths([number])
    return source


def committed(number, language):
    return read(notebook_path(source_of(number), language, "solution"))


def outcomes(notebook, folder):
    """Run a notebook and return the outcome of each exercise."""
    notebook.cells.append(nbformat.v4.new_code_cell(PROBE))
    execute(notebook, folder)
    probe = notebook.cells.pop()
    return json.loads(probe.outputs[0].text)


def run_untouched(number, language, folder):
    """Run what learners get: nothing stops, nothing is judged."""
    trainee = make_notebook(source_of(number), language, "trainee")
    found = outcomes(trainee, folder)
    assert set(found) == set(exercises_of(number))
    assert set(found.values()) == {"not_attempted"}
    if not os.environ.get("COURSE_QUICK"):
        assert_same_pictures(number, trainee, committed(number, language))


def assert_same_pictures(number, trainee, solution):
    """Compare the pictures that the course's own answers draw."""
    by_id = {cell.id: cell for cell in solution.cells}
    for cell in code_cells(trainee):
        if is_ignored(cell) or is_asked(cell) or is_random(number, cell):
            continue
        assert cell.id in by_id, f"python3 course.py build {number}"
        mine, theirs = pictures(cell), pictures(by_id[cell.id])
        assert len(mine) == len(theirs), cell.source
        for a, b in zip(mine, theirs):
            assert a.shape == b.shape, cell.source
            assert np.abs(a - b).mean() < SAME_PICTURE, cell.source


def is_random(number, cell):
    """Return whether a cell uses an answer that need not be the course's."""
    used = re.findall(r'check\.use\("(\w+)"', cell.source)
    return any(exercises_of(number)[name].random for name in used)


def is_asked(cell):
    return "course" in cell.metadata


def is_ignored(cell):
    return "nbval-ignore-output" in cell.metadata.get("tags", ())


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def pictures(cell):
    return [
        matplotlib.image.imread(
            io.BytesIO(base64.b64decode(output.data["image/png"]))
        )
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]


class TestUntouched:
    @pytest.mark.parametrize("number", LIGHT)
    def test_light(self, number, tmp_path):
        run_untouched(number, "ja", tmp_path)


def case_of_its_own(number):
    """Return a test class, so that another core may take this lesson."""

    class Case:
        def test(self, tmp_path, monkeypatch):
            source = source_of(number).read_text(encoding="utf-8")
            if "quick(" in source:  # nbval is the one run in full
                monkeypatch.setenv("COURSE_QUICK", "1")
            run_untouched(number, "ja", tmp_path)

    return Case


for number in HEAVY:
    globals()[f"TestUntouched_{number}"] = case_of_its_own(number)


class TestSource:
    """What need not be run, because the source proves it."""

    @pytest.mark.parametrize("language", ["en", "ja"])
    @pytest.mark.parametrize("number", LESSONS)
    def test_filled_trainee_is_the_solution(self, number, language):
        source = source_of(number)
        trainee = make_notebook(source, language, "trainee")
        solution = make_notebook(source, language, "solution")
        answers = {c.id: c.source for c in solution.cells if is_asked(c)}
        filled = [
            (c.id, answers.get(c.id, c.source))
            for c in trainee.cells
            if c.cell_type == "code"
        ]
        here = {c.id for c in trainee.cells}
        expected = [
            (c.id, c.source if is_asked(c) else trimmed(c.source))
            for c in solution.cells
            if c.cell_type == "code" and c.id in here
        ]
        assert filled == expected
        assert set(answers) == {c.id for c in trainee.cells if is_asked(c)}

    @pytest.mark.parametrize("number", LESSONS)
    def test_both_languages_print_the_same(self, number):
        """So that a heavy lesson may run in English only."""
        english, japanese = (committed(number, k) for k in ("en", "ja"))
        pairs = list(zip(code_cells(english), code_cells(japanese)))
        assert len(code_cells(english)) == len(pairs) > 0
        for a, b in pairs:
            assert a.id == b.id
            if not says_words(a):
                assert printed(a) == printed(b), a.source


def trimmed(code):
    return without_asserts(code).rstrip("\n")


def printed(cell):
    """Return what a cell prints, without pictures."""
    return "".join(o.text for o in cell.outputs if o.output_type == "stream")


def says_words(cell):
    """Return whether the output of a cell may depend on the language."""
    return is_ignored(cell) or "language" in cell.source


class TestStart:
    @pytest.mark.parametrize("language", ["en", "ja"])
    def test_start_page_links_to_what_exists(self, language):
        (source,) = lesson_paths(["START"])
        page = make_notebook(source, language, "trainee")
        folder = notebook_path(source, language, "trainee").parent
        text = "\n".join(cell.source for cell in page.cells)
        for lesson in LESSONS.values():
            assert f"({lesson.file}_trainee.ipynb)" in text
            assert (folder / f"{lesson.file}_trainee.ipynb").exists()
            assert f"../../solutions/{language}/{lesson.file}.ipynb" in text
