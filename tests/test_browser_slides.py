"""Every slide of every solution fits on a projector of 1280x720.

Runs where chromium and playwright are installed, as .ci/run does.
"""

from importlib.util import find_spec

import pytest

from tools.lab import find_chromium
from tools.lesson_source import has_solution, lesson_paths, notebook_path
from tools.slides import measure

pytestmark = pytest.mark.skipif(
    find_spec("playwright") is None or not find_chromium(),
    reason="no playwright or no chromium",
)


def assert_all_fit(language):
    paths = [
        notebook_path(source, language, "solution")
        for source in lesson_paths()
        if has_solution(source)
    ]
    slides = measure(paths)
    assert len(slides) > 20 * len(paths)
    assert [slide for slide in slides if not slide.fits] == []


class TestEnglish:  # one unit of parallel work each (loadscope)
    def test_slides_fit(self):
        assert_all_fit("en")


class TestJapanese:
    def test_slides_fit(self):
        assert_all_fit("ja")
