"""A learner's first minutes, in a real browser.

Runs where chromium and playwright are installed; .ci/run installs both.
"""

import shutil
from importlib.util import find_spec

import nbformat
import pytest

from tools.lab import (
    browser_page,
    find_chromium,
    lab_server,
    open_notebook,
    run_all,
    show_cell,
)
from tools.lesson_source import ROOT

pytestmark = pytest.mark.skipif(
    find_spec("playwright") is None or not find_chromium(),
    reason="no playwright or no chromium",
)
RIGHT = "return (size + 2 * pad - filter_size) // stride + 1"
WRONG = "return (size + pad - filter_size) // stride + 1"
SAYS = {
    "en": {"": "Not attempted", WRONG: "Not yet", RIGHT: "Correct"},
    "ja": {"": "未着手", WRONG: "もう少し", RIGHT: "正解"},
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Run one JupyterLab for all tests; yield its folder and address."""
    folder = tmp_path_factory.mktemp("lab")
    private = tmp_path_factory.mktemp("private")
    with lab_server(folder, private) as address:
        yield folder, address


@pytest.fixture
def page():
    """Open a page; its log must hold no error and nothing from outside."""
    with browser_page() as page:
        errors = []
        page.on(
            "console",
            lambda m: errors.append(m.text) if m.type == "error" else None,
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        assert page.outside == []
        assert errors == []


def fill(path, answer):
    """Write an answer where a learner would."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("course", {}).get("exercise") == "output_size":
            start = cell.source.index("raise NotImplementedError")
            end = cell.source.index("\n", start)
            cell.source = cell.source[:start] + answer + cell.source[end:]
    nbformat.write(notebook, path)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("answer", ["", WRONG, RIGHT])
def test_learner_sees_the_outcome(lab, page, language, answer):
    folder, address = lab
    source = ROOT / "notebooks" / language / "5_1_convolution_trainee.ipynb"
    copy = folder / f"{language}_{len(answer)}.ipynb"
    shutil.copyfile(source, copy)
    if answer:
        fill(copy, answer)
    open_notebook(page, address, copy.name)
    run_all(page)
    cell = show_cell(page, 'check("output_size"')
    note = cell.locator('[role="status"]')
    note.wait_for(state="visible")
    assert SAYS[language][answer] in note.inner_text()
    assert page.locator(".jp-OutputArea-output img").count() >= 1
