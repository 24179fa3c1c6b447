"""A message becomes prose: paragraphs, code in code style, blocks."""

from course_lib.exercises.markup import to_html


def test_names_are_code_and_nothing_is_left_unescaped():
    page = to_html("Is `x < y` <b>?", "en")
    assert ">x &lt; y</code>" in page and "`" not in page
    assert "<b>" not in page and "&lt;b&gt;" in page


def test_indented_lines_keep_their_columns():
    page = to_html("Expected:\n    [[1 2]\n     [3 4]]\nGot: 3", "ja")
    assert page.count("<pre") == 1 and "[[1 2]\n [3 4]]</pre>" in page
    assert page.count("<p ") == 2 and 'lang="ja"' in page


def test_long_lines_wrap_between_words_and_short_code_does_not():
    page = to_html(
        "    " + "word " * 30 + "\n`d_out` of `" + "y" * 50 + "`", "en"
    )
    assert "pre-wrap" in page and "word-break:normal" in page
    assert page.count("nowrap") == 1


def test_nothing_gives_nothing():
    assert to_html("", "en") == ""
