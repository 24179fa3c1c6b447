"""Exported pages stand alone."""

import re

import pytest

from tools.export import alone, export, put_formulas, take_formulas
from tools.lesson_source import lesson_paths


@pytest.mark.parametrize("language", ["en", "ja"])
def test_page_names_no_other_address(language, tmp_path):
    (source,) = lesson_paths(["5_1"])
    page = export(source, language, tmp_path).read_text(encoding="utf-8")
    assert "data:image/png;base64" in page
    assert "<script" not in page and "<link" not in page
    assert not re.findall(r"""(?:src|@import|url\()\s*=?\s*["']?http""", page)
    assert "<mi>H</mi>" in page and "$" not in re.sub(
        r"<(style|pre)\b.*?</\1>|data:[^\"]*", "", page, flags=re.S
    )


def test_formulas_become_mathml_but_not_in_code():
    found = []
    marked = take_formulas("$x_1$, `$x_1$`, $$\\frac{H}{S}$$", found)
    text = put_formulas(marked, found)
    assert text.count("<math") == 2 and "`$x_1$`" in text
    assert "<mi>H</mi>" in text and "<mfrac>" in text


def test_aligned_formulas_become_a_table():
    found = []
    tex = r"$$\begin{aligned} a &= b \\ c &= d \end{aligned}$$"
    text = put_formulas(take_formulas(tex, found), found)
    assert text.count("<mtr>") == 2 and "<mi>&</mi>" not in text


def test_formula_in_a_heading_stays_out_of_its_address():
    found = []
    mark = take_formulas("$x_5$", found)
    page = f'<h2 id="the-{mark}">the {mark}<a href="#the-{mark}">#</a></h2>'
    text = put_formulas(page, found)
    assert text.count("<math") == 1 and "FORMULA" not in text
    assert text.startswith('<h2 id="the-">the <math')


def test_scripts_and_links_are_taken_out():
    page = '<link rel="x" href="https://a"><script src="b">c</script>d'
    assert alone(page) == "d"
