"""Every notebook runs: untouched, and with the solutions filled in.

nbval compares the text outputs of the solutions. Here is what it cannot
see: pictures, and the notebooks that learners get. Each class is one unit
of parallel work (pytest-xdist, loadscope).
"""

import base64
import io
import json

import matplotlib.image
import nbformat
import numpy as np
import pytest

from course_lib.exercises import exercises_of
from course_lib.exercises.lessons import LESSONS
from tools.build import execute, read
from tools.lesson_source import lesson_paths, make_notebook, notebook_path

SAME_PICTURE = 0.01  # mean difference of pixels in 0..1
PROBE = "import json\nprint(json.dumps(check.outcomes))"
LIGHT = [number for number, lesson in LESSONS.items() if not lesson.heavy]
HEAVY = [number for number, lesson in LESSONS.items() if lesson.heavy]


def make(number, language, kind):
    (source,) = lesson_paths([LESSONS[number].file])
    return source, make_notebook(source, language, kind)


def outcomes(notebook, folder):
    """Run a notebook and return the outcome of each exercise."""
    notebook.cells.append(nbformat.v4.new_code_cell(PROBE))
    execute(notebook, folder)
    probe = notebook.cells.pop()
    return json.loads(probe.outputs[0].text)


def run_untouched(number, language, folder):
    _, trainee = make(number, language, "trainee")
    found = outcomes(trainee, folder)
    assert set(found) == set(exercises_of(number))
    assert set(found.values()) == {"not_attempted"}


def run_filled(number, language, folder):
    """Put each solution into its stub, by the exercise's name."""
    source, trainee = make(number, language, "trainee")
    committed = read(notebook_path(source, language, "solution"))
    answers = {
        cell.metadata["course"]["exercise"]: cell.source
        for cell in committed.cells
        if "course" in cell.metadata
    }
    for cell in trainee.cells:
        if "course" in cell.metadata:
            cell.source = answers.pop(cell.metadata["course"]["exercise"])
    assert not answers
    found = outcomes(trainee, folder)
    assert set(found.values()) == {"correct"}, found
    assert_same_pictures(trainee, committed)


def assert_same_pictures(one, other):
    """Compare the pictures of the cells whose output is compared."""
    by_id = {cell.id: cell for cell in other.cells}
    for cell in one.cells:
        tags = cell.metadata.get("tags", ())
        if cell.cell_type != "code" or "nbval-ignore-output" in tags:
            continue
        mine, theirs = pictures(cell), pictures(by_id[cell.id])
        assert len(mine) == len(theirs), cell.source
        for a, b in zip(mine, theirs):
            assert a.shape == b.shape, cell.source
            assert np.abs(a - b).mean() < SAME_PICTURE, cell.source


def pictures(cell):
    return [
        matplotlib.image.imread(
            io.BytesIO(base64.b64decode(output.data["image/png"]))
        )
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]


class TestUntouched:
    @pytest.mark.parametrize("language", ["en", "ja"])
    @pytest.mark.parametrize("number", LIGHT)
    def test_light(self, number, language, tmp_path):
        run_untouched(number, language, tmp_path)


class TestFilled:
    @pytest.mark.parametrize("language", ["en", "ja"])
    @pytest.mark.parametrize("number", LIGHT)
    def test_light(self, number, language, tmp_path):
        run_filled(number, language, tmp_path)


def case_of_its_own(run, number):
    """Return a test class, so that another core may take this lesson."""

    class Case:
        @pytest.mark.parametrize("language", ["en", "ja"])
        def test(self, language, tmp_path):
            run(number, language, tmp_path)

    return Case


for number in HEAVY:
    for run in (run_untouched, run_filled):
        name = "Test" + run.__name__.title().replace("_", "")
        globals()[f"{name}_{number}"] = case_of_its_own(run, number)


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
