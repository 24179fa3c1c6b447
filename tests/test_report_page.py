"""The page that an instructor sees at the end."""

from html.parser import HTMLParser

import pytest

from course_lib.exercises import check_answer, exercises_of
from course_lib.exercises.grading import page
from course_lib.exercises.grading.grade import Row

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'"


class Tags(HTMLParser):
    """Collect tags and attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("language", ("en", "ja"))
def test_page_of_a_class(tmp_path, language):
    names = list(exercises_of("5_0"))
    evil = check_answer("5_0", "affine", lambda x, W, b: EVIL)
    rows, said = [], {}
    for student, outcome in (("アンナ", "correct"), (EVIL, "incorrect")):
        for name in names:
            slip = "" if outcome == "correct" else "bias-forgotten"
            place = f"{student}/x.ipynb"
            row = Row(place, name, outcome, slip, EVIL, student, "5_0")
            rows.append(row)
            said[place, name] = {
                "message": f"{evil.message}\n{EVIL}",
                "picture": evil.picture,
                "printed": EVIL,
                "language": language,
            }
    rows.append(Row("\ud800.ipynb", "", "unreadable", "", EVIL, EVIL))
    path = tmp_path / "report.html"
    page.write(path, rows, said, language)
    text = path.read_text(encoding="utf-8")
    found = Tags()
    found.feed(text)
    assert "script" not in found.tags
    assert "img" not in found.tags
    assert not {a for a in found.attributes if a.startswith("on")}
    assert not found.attributes & {"src", "href"}
    assert "アンナ" in text
    assert "default-src 'none'" in text
    (slip,) = [
        slip
        for slip in exercises_of("5_0")["affine"].slips
        if slip.name == "bias-forgotten"
    ]
    assert slip.text.of(language)[:20].replace("`", "") in text.replace(
        "`", ""
    )
    assert text.count('<td class="o"') == 2 * len(names)
