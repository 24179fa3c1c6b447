"""Read a lesson's source and make the cells of its notebooks from it.

A source is a jupytext percent file that holds both languages, stubs and
solutions. Cell headers may carry, each as key=<JSON>:

lang="ja"        the cell belongs to one language only (markdown)
exercise="name"  the cell holds a solution region and its check
only="solution"  the cell stands in the solution notebook only
slide="slide"    its part in the slide show ("subslide", "fragment", ...)
tags=[...]       tags for nbval and others

An assert without a message stands in the solution notebook only: it is for
the tests, and would stop a learner without a word.
What a text takes from the list of lessons stands as a mark: placeholders.py.
"""

from __future__ import annotations

import ast
import hashlib
import re
import textwrap
from functools import lru_cache
from pathlib import Path

import jupytext
import nbformat

from course_lib import __version__
from course_lib.exercises.lessons import PAGES, number_of, order_of
from course_lib.text import LANGUAGES
from tools.placeholders import expand

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("trainee", "solution")
# comment_magics: without it, a comment such as `# Why?` becomes live code.
FORMAT = {
    "extension": ".py",
    "format_name": "percent",
    "comment_magics": False,
}
KEYS = {"lang", "exercise", "only", "slide", "tags"}
REGION = re.compile(
    r"^([ ]*)# BEGIN SOLUTION\n(.*?)^[ ]*# END SOLUTION\n?", re.M | re.S
)
# A line break between two Japanese characters would show as a space.
WIDE = "[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
BREAK = re.compile(rf"(?<={WIDE})\n[ ]*(?={WIDE})")
STUB_COMMENT = "# ここに書く / write here"
LANGUAGE_LINE = 'language = "en"'


class LessonError(ValueError):
    """Say what is wrong with a lesson's source."""


def read_lesson(path: Path) -> nbformat.NotebookNode:
    """Read a source file; raise LessonError where a header is unclear.

    The cells are shared by all who read the file: do not change them.
    """
    return _parse(path.read_text(encoding="utf-8"), path.name)


@lru_cache(maxsize=64)
def _parse(text: str, name: str) -> nbformat.NotebookNode:
    source = jupytext.reads(text, fmt=FORMAT)
    for index, cell in enumerate(source.cells):
        for key in ("lines_to_next_cell", "cell_marker", "title"):
            cell.metadata.pop(key, None)
        unknown = set(cell.metadata) - KEYS
        if unknown:
            raise LessonError(
                f"{name}, cell {index}: unclear header "
                f"{dict(cell.metadata)}; expected key=<JSON> with "
                f"{', '.join(sorted(KEYS))}"
            )
    return source


def make_notebook(path: Path, language: str, kind: str):
    """Return the notebook of a lesson in one language and of one kind.

    path: the source. language: "en" or "ja". kind: "trainee" or "solution".
    """
    lesson = path.stem
    used: dict[str, int] = {}
    cells = []
    for cell in read_lesson(path).cells:
        meta = cell.metadata
        if meta.get("lang", language) != language:
            continue
        if meta.get("only", kind) != kind:
            continue
        text = said = said_in(cell, lesson, language)
        if cell.cell_type == "code":
            text = code_of(text, language, kind)
            if not text:  # only asserts
                continue
        elif language == "ja":
            text = join_japanese(text)
        made = _new_cell(cell.cell_type, text, meta)
        made.id = _cell_id(lesson, meta.get("exercise") or said, used)
        cells.append(made)
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata = nbformat.from_dict(_notebook_metadata())
    notebook.metadata["course"] = {
        "lesson": lesson,
        "language": language,
        "kind": kind,
        "built_from": digest(notebook),
        "version": __version__,
    }
    return notebook


def said_in(cell, lesson: str, language: str) -> str:
    """Return what a cell of a source says, its marks filled in."""
    if cell.cell_type == "code":
        return cell.source
    try:
        return expand(cell.source, lesson, language)
    except ValueError as error:
        raise LessonError(str(error)) from error


def code_of(text: str, language: str, kind: str) -> str:
    """Return a code cell for one language, with stubs or with solutions."""
    text = text.replace(LANGUAGE_LINE, f'language = "{language}"')
    if kind == "solution":
        text = REGION.sub(lambda match: match.group(2), text + "\n")
    else:
        text = REGION.sub(_stub, text + "\n")
    if "SOLUTION" in text:
        raise LessonError(f"a solution region is not closed in:\n{text}")
    if kind == "trainee":
        text = without_asserts(text)
    return text.rstrip("\n")


def without_asserts(code: str) -> str:
    """Return code without the asserts that have no message.

    Raises LessonError where one is the only statement of a block.
    """
    lines = code.split("\n")
    dropped: set[int] = set()
    for parent in ast.walk(ast.parse(code)):
        for block in ("body", "orelse", "finalbody"):
            nodes = getattr(parent, block, None)
            if not isinstance(nodes, list):  # of a lambda
                continue
            bare = [
                n for n in nodes if isinstance(n, ast.Assert) and not n.msg
            ]
            if bare == nodes != [] and not isinstance(parent, ast.Module):
                raise LessonError(f"a block holds asserts only:\n{code}")
            for node in bare:
                dropped.update(range(node.lineno - 1, node.end_lineno))
    return "\n".join(t for i, t in enumerate(lines) if i not in dropped)


def join_japanese(text: str) -> str:
    """Join the lines of Japanese paragraphs, headings and code left alone."""
    parts = re.split(r"(^```.*?^```|^#[^\n]*$)", text, flags=re.M | re.S)
    return "".join(
        part if part.startswith(("#", "```")) else BREAK.sub("", part)
        for part in parts
    )


def _stub(match: re.Match) -> str:
    """Return the line that stands for a solution region in a trainee."""
    indent, body = match.groups()
    if indent:
        return f"{indent}raise NotImplementedError  {STUB_COMMENT}\n"
    names: list[str] = []
    for node in ast.parse(textwrap.dedent(body)).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            entries = (
                target.elts if isinstance(target, ast.Tuple) else [target]
            )
            names += [n.id for n in entries if isinstance(n, ast.Name)]
    unique = list(dict.fromkeys(names))
    if not unique:
        raise LessonError(f"a region at top level must assign:\n{body}")
    if len(unique) == 1:
        return f"{unique[0]} = ...  {STUB_COMMENT}\n"
    dots = ", ".join(["..."] * len(unique))
    return f"{', '.join(unique)} = {dots}  {STUB_COMMENT}\n"


def _new_cell(cell_type, text, meta):
    new = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
    }[cell_type](text)
    if "exercise" in meta:
        new.metadata["course"] = {"exercise": meta["exercise"]}
    if "slide" in meta:
        new.metadata["slideshow"] = {"slide_type": meta["slide"]}
    if "tags" in meta:
        new.metadata["tags"] = list(meta["tags"])
    return new


def _cell_id(lesson: str, key: str, used: dict[str, int]) -> str:
    """Return an id that stays while the cell's source stays."""
    used[key] = used.get(key, 0) + 1
    text = f"{lesson}\n{key}\n{used[key]}"
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


def _notebook_metadata() -> dict:
    return {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }


def digest(notebook) -> str:
    """Return a short hash of what the cells say, outputs left out."""
    texts = [f"{cell.cell_type}\n{cell.source}" for cell in notebook.cells]
    joined = "\n\x00".join(texts).encode("utf-8")
    return hashlib.sha256(joined).hexdigest()[:16]


def is_page(path: Path) -> bool:
    """Return whether a source is a page without a number, such as START."""
    return not path.stem[0].isdigit()


def has_solution(path: Path) -> bool:
    """Return whether a source makes a notebook in solutions/, too."""
    with_solution = {page.file for page in PAGES if page.solution}
    return not is_page(path) or path.stem in with_solution


def notebook_path(path: Path, language: str, kind: str) -> Path:
    """Return where the notebook of a source goes."""
    if kind == "solution":
        return ROOT / "solutions" / language / f"{path.stem}.ipynb"
    suffix = "" if is_page(path) else "_trainee"
    return ROOT / "notebooks" / language / f"{path.stem}{suffix}.ipynb"


def lesson_paths(names: list[str] | None = None) -> list[Path]:
    """Return the sources in the course's order, all or those named.

    names: numbers such as "5_1" or whole names such as "START".
    Raises LessonError for a name that fits none.
    """
    every = sorted((ROOT / "lessons").glob("*.py"), key=_place)
    called = {path: {path.stem} for path in every}
    for path in every:
        if not is_page(path):
            called[path].add(number_of(path.stem))
    for name in names or []:
        if not any(name in calls for calls in called.values()):
            raise LessonError(f"no lesson is called {name!r}")
    return [p for p in every if not names or called[p] & set(names)]


def _place(path: Path) -> tuple:
    """Return what sorts sources: lessons as people count, then pages."""
    if is_page(path):
        return (1, path.stem)
    return (0, order_of(number_of(path.stem)))


def targets(paths: list[Path]):
    """Yield (source, language, kind) of each notebook to be made."""
    for path in paths:
        for language in LANGUAGES:
            yield path, language, "trainee"
            if has_solution(path):
                yield path, language, "solution"
