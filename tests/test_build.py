"""The notebooks are what the sources give, and edits are never lost."""

import shutil
import textwrap

import nbformat
import pytest

from course_lib.exercises import exercises_of
from course_lib.exercises.lessons import LESSONS, PAGES
from tools import build, lesson_source, readme
from tools.launch.notebooks import copy_notebooks
from tools.lesson_source import (
    LessonError,
    code_of,
    join_japanese,
    lesson_paths,
    make_notebook,
    notebook_path,
)

SOURCE = """\
# %% [markdown] lang="en"
# # A lesson
#
# %% [markdown] lang="ja"
# # レッスン
#
# %%
language = "en"
print(1 + 1)

# %% exercise="one" tags=["nbval-ignore-output"]
def one(x):
    # BEGIN SOLUTION
    return x + 1
    # END SOLUTION


one(1) if language is None else 2

# %% exercise="two"
# BEGIN SOLUTION
a = 1
b, c = 2, 3
# END SOLUTION
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Lay out a project with one small lesson."""
    for module in (build, lesson_source):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "lessons").mkdir()
    source = tmp_path / "lessons" / "1_1_test.py"
    source.write_text(SOURCE, encoding="utf-8")
    return source


def test_committed_notebooks_are_current():
    assert build.check(lesson_paths()) == []


def test_readmes_list_the_lessons():
    assert readme.outdated() == []
    for language in ("en", "ja"):
        for lesson in LESSONS.values():
            assert lesson.aim.of(language) in readme.lists(language)


def test_every_lesson_and_page_of_the_package_has_a_source():
    listed = [*LESSONS.values(), *PAGES]
    files = [path.stem for path in lesson_paths()]
    assert sorted(files) == sorted(entry.file for entry in listed)
    assert files[: len(LESSONS)] == [x.file for x in LESSONS.values()]


def test_every_exercise_is_asked_and_checked_in_its_lesson():
    for number, lesson in LESSONS.items():
        (path,) = lesson_paths([lesson.file])
        cells = make_notebook(path, "en", "trainee").cells
        asked = [
            (c.metadata["course"]["exercise"], c.source)
            for c in cells
            if "course" in c.metadata
        ]
        assert [name for name, _ in asked] == list(exercises_of(number))
        for name, code in asked:
            assert f'check("{name}", ' in code
            assert "write here" in code


def test_stub_and_solution_come_from_one_cell():
    function = SOURCE.split("# %%")[4].split("\n", 1)[1]
    solution = code_of(function, "en", "solution")
    trainee = code_of(function, "en", "trainee")
    assert "return x + 1" in solution and "SOLUTION" not in solution
    assert "return x + 1" not in trainee
    assert "    raise NotImplementedError  # " in trainee
    value = SOURCE.split("# %%")[5].split("\n", 1)[1]
    assert "a, b, c = ..., ..., ...  # " in code_of(value, "en", "trainee")


def test_bare_asserts_stand_in_solutions_only():
    code = """\
for x in range(3):
    y = 2 * x
    assert y >= x
assert (
    y == 4
)
assert y < 5, "y is small"
print(y)  # assert nothing"""
    trainee = """\
for x in range(3):
    y = 2 * x
assert y < 5, "y is small"
print(y)  # assert nothing"""
    assert code_of(code, "en", "trainee") == trainee
    assert code_of(code, "en", "solution") == code
    assert code_of("assert 1\nassert 2", "en", "trainee") == ""
    with pytest.raises(LessonError, match="asserts only"):
        code_of("if x:\n    assert y", "en", "trainee")


def test_language_line_is_the_only_difference():
    assert code_of('language = "en"', "ja", "solution") == 'language = "ja"'


def test_japanese_lines_join_without_a_space():
    text = "# 見出し\n畳み込みは、\n窓を\nCNN で\n\n- 項目が\n  続く\n- 次\n"
    joined = "# 見出し\n畳み込みは、窓を\nCNN で\n\n- 項目が続く\n- 次\n"
    assert join_japanese(text) == joined
    fenced = "```\n画像\n出力\n```"
    assert join_japanese(fenced) == fenced


def test_open_region_is_an_error():
    with pytest.raises(LessonError, match="not closed"):
        code_of("# BEGIN SOLUTION\nx = 1", "en", "solution")


def test_unclear_header_is_an_error(project):
    project.write_text("# %% lang=ja\nx = 1\n", encoding="utf-8")
    with pytest.raises(LessonError, match="unclear header"):
        make_notebook(project, "en", "trainee")


def test_unknown_lesson_is_an_error():
    with pytest.raises(LessonError, match="no lesson"):
        lesson_paths(["no_such"])


@pytest.fixture
def ten_lessons(project):
    """Lay out lessons whose numbers begin alike, and a page."""
    for name in ("5_10_branches", "5_1_a", "5_9_b", "5_2_c", "START"):
        path = project.with_name(f"{name}.py")
        path.write_text(SOURCE, encoding="utf-8")
    project.unlink()
    return project.parent


def test_number_is_compared_not_its_beginning(ten_lessons):
    def named(*names):
        return [path.stem for path in lesson_paths(list(names))]

    assert named("5_1") == ["5_1_a"]
    assert named("5_10") == named("5_10_branches") == ["5_10_branches"]
    assert named("START", "5_9") == ["5_9_b", "START"]
    for unknown in ("5", "5_", "5_1_", "5_100", "STAR"):
        with pytest.raises(LessonError, match="no lesson"):
            lesson_paths([unknown])


def test_lessons_are_in_order_as_people_count(ten_lessons):
    assert [path.stem for path in lesson_paths()] == [
        *("5_1_a", "5_2_c", "5_9_b", "5_10_branches", "START")
    ]


def test_page_has_no_suffix_and_no_solution(ten_lessons):
    kinds = list(lesson_source.targets(lesson_paths(["START"])))
    assert [kind for _, _, kind in kinds] == ["trainee", "trainee"]
    assert {notebook_path(*k).name for k in kinds} == {"START.ipynb"}


def test_corrected_text_needs_no_run(project, monkeypatch):
    build.build([project])
    target = notebook_path(project, "en", "solution")
    before = build.read(target)
    text = SOURCE.replace("# # A lesson", "# # A fine lesson")
    project.write_text(text, encoding="utf-8")
    monkeypatch.setattr(build, "execute", None)
    assert build.build([project]) == [] and build.check([project]) == []
    after = build.read(target)
    assert after.cells[0].source.strip() == "# A fine lesson"
    assert after.cells[1:] == before.cells[1:]


def test_build_then_check_then_build_again(project):
    assert build.build([project]) == []
    assert build.check([project]) == []
    files = [notebook_path(*target) for target in build.targets([project])]
    before = [path.read_bytes() for path in files]
    assert len(files) == 4
    assert build.build([project], force=True) == []
    assert [path.read_bytes() for path in files] == before


def test_check_sees_what_nbval_does_not(project):
    build.build([project])
    target = notebook_path(project, "en", "solution")
    notebook = build.read(target)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count, cell.outputs = None, []
    build.write(notebook, target)
    assert any("not executed" in p for p in build.check([project]))


def test_check_sees_a_changed_source(project):
    build.build([project])
    changed = SOURCE.replace("x + 1", "x + 2")
    project.write_text(changed, encoding="utf-8")
    problems = build.check([project])
    assert len(problems) == 2  # the solutions; the stubs are as before
    assert all("not what the source gives" in p for p in problems)


def test_check_sees_bad_cells(project):
    bad = textwrap.dedent("""
        # %% tags=["raises-exception"]
        from numpy import *
        plot();
        """)
    project.write_text(SOURCE + bad, encoding="utf-8")
    notebook = make_notebook(project, "en", "trainee")
    problems = "\n".join(build.problems_of(notebook))
    for word in ("star import", "semicolon", "raises-exception"):
        assert word in problems


def test_build_leaves_an_edited_notebook_alone(project, capsys):
    build.build([project])
    target = notebook_path(project, "ja", "trainee")
    notebook = build.read(target)
    notebook.cells[-1].source += "\nmine = 1"
    build.write(notebook, target)
    kept = target.read_bytes()
    project.write_text(SOURCE + "\n# %%\nnew = 1\n", encoding="utf-8")
    failed = build.build([project], force=True)
    assert target.read_bytes() == kept
    assert len(failed) == 1 and "edited by hand" in failed[0]


def test_learners_copy_is_never_overwritten(tmp_path, capsys):
    source, work = tmp_path / "notebooks", tmp_path / "work"
    shutil.copytree(build.ROOT / "notebooks", source)
    made = copy_notebooks(source, work)
    assert len(made) == len(list(source.glob("*/*.ipynb"))) >= 18
    mine = work / "ja" / "5_4_im2col_col2im_trainee.ipynb"
    mine.write_text("what I wrote", encoding="utf-8")
    assert copy_notebooks(source, work) == []
    assert mine.read_text(encoding="utf-8") == "what I wrote"
    assert "newer" in capsys.readouterr().out


def test_notebooks_are_valid():
    for target in build.targets(lesson_paths()):
        nbformat.validate(build.read(notebook_path(*target)))
