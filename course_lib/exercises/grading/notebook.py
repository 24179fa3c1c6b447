"""Read a notebook, whatever its file holds, and choose what is to be run."""

from __future__ import annotations

import ast
import functools
import json
import re
import stat
import symtable
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib import place
from course_lib.exercises.lessons import LESSONS

MOST_BYTES = 300 * 2**20  # of a file
CALL = re.compile(r"""^[^#\n]*\bcheck\(\s*["']([^"']+)["']""", re.M)
ONLY_DRAW = {"plots", "plt", "widgets", "check", "print", "ax"}
LESSON = re.compile(r"""\blesson\(\s*["']([^"']+)["']""")


class Unreadable(Exception):
    """Say why a file is no notebook of the course."""

    outcome = "unreadable"


class NoLesson(Unreadable):
    """Say that a notebook is none of the course."""

    outcome = "no lesson"


@dataclass(frozen=True)
class Cell:
    """Hold a code cell. exercise: whose cell it was when it was shipped."""

    source: str
    exercise: str = ""


@dataclass(frozen=True)
class Notebook:
    """Hold what is needed of a notebook."""

    number: str
    language: str
    kind: str
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Unit:
    """Name one notebook: a file, or a member of a zip archive.

    label: what the table calls it. group: the folder that was handed in.
    """

    label: str
    path: Path
    member: str = ""
    group: str = field(default="", compare=False)


def find(places: list[Path]) -> list[Unit]:
    """Return the notebooks among files, below folders and in archives.

    Raises FileNotFoundError for a place that does not exist.
    """
    found: list[Unit] = []
    for given in places:
        if not given.exists() and not given.is_symlink():
            raise FileNotFoundError(f"{given} does not exist")
        paths = sorted(_below(given)) if given.is_dir() else [given]
        for path in paths:
            group = path.relative_to(given).parts if path != given else ()
            name = group[0] if len(group) > 1 else path.stem
            if path.suffix == ".zip":
                found += _members(path, name)
            else:
                found.append(Unit(str(path), path, group=name))
    return list(dict.fromkeys(found))


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if ".ipynb_checkpoints" in path.parts or "__MACOSX" in path.parts:
            continue
        if path.suffix in (".ipynb", ".zip") and not _is_page(path.stem):
            yield path


def _is_page(stem: str) -> bool:
    """Return whether a name is that of a page without a lesson."""
    from course_lib.exercises.lessons import PAGES

    return stem in {page.file for page in PAGES}


def _members(path: Path, name: str) -> list[Unit]:
    """Return the notebooks in an archive; its names lead nowhere."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()[:10_000]
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return [Unit(str(path), path, group=name)]
    members = [n for n in names if n.endswith(".ipynb")]
    several = len(members) > 1
    return [
        Unit(
            f"{path}/{member}",
            path,
            member,
            member.split("/")[0].removesuffix(".ipynb") if several else name,
        )
        for member in members
        if not _is_page(Path(member).stem) and "__MACOSX" not in member
    ]


def load(unit: Unit) -> Notebook:
    """Return a notebook; raise Unreadable with the reason for other files."""
    try:
        return _notebook(json.loads(_bytes(unit).decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise Unreadable("its text is not UTF-8") from None
    except RecursionError:
        raise Unreadable("lists in lists without an end") from None
    except MemoryError:
        raise Unreadable("too large") from None
    except (ValueError, OSError, zipfile.BadZipFile, RuntimeError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise Unreadable(reason[:80]) from None


def _bytes(unit: Unit) -> bytes:
    if unit.path.is_symlink():
        raise Unreadable("a link to another place")
    state = unit.path.stat()
    if not stat.S_ISREG(state.st_mode):
        raise Unreadable("not a file")
    if unit.member:
        with zipfile.ZipFile(unit.path) as archive:
            with archive.open(unit.member) as file:
                data = file.read(MOST_BYTES + 1)
    else:
        with unit.path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable(f"larger than {MOST_BYTES // 2**20} MB")
    return data


def _dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _notebook(data: Any) -> Notebook:
    course = _dict(_dict(_dict(data).get("metadata")).get("course"))
    sheets = _dict(data).get("worksheets")
    listed = _dict(data).get("cells")
    if listed is None and isinstance(sheets, list) and sheets:
        listed = _dict(sheets[0]).get("cells")  # of 2013
    if not isinstance(listed, list):
        listed = None
    cells = tuple(c for cell in listed or () if (c := _cell(cell)) is not None)
    number = _number(course, cells)
    if number is None and listed is None:
        raise Unreadable("no list of cells")
    if number is None:
        raise NoLesson("not of this course")
    language = course.get("language")
    language = language if language in ("en", "ja") else "en"
    return Notebook(number, language, str(course.get("kind", "")), cells)


def _cell(cell: Any) -> Cell | None:
    """Return a code cell, None for what is none."""
    if _dict(cell).get("cell_type") != "code":
        return None
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None
    course = _dict(_dict(cell.get("metadata")).get("course"))
    exercise = course.get("exercise")
    return Cell(source, exercise if isinstance(exercise, str) else "")


def _number(course: dict, cells: tuple[Cell, ...]) -> str | None:
    file = course.get("lesson")
    for number, lesson in LESSONS.items():
        if lesson.file == file:
            return number
    for cell in cells:
        called = LESSON.search(cell.source)
        if called and called.group(1) in LESSONS:
            return called.group(1)
    return None


def cell_notes(notebook: Notebook, names: list[str]) -> dict[str, str]:
    """Say which exercise's cell was copied, deleted or renamed."""
    calls: Counter[str] = Counter()
    renamed = {}
    for cell in notebook.cells:
        called = CALL.findall(cell.source)
        calls.update(called)
        own = cell.exercise
        if own in names and own not in called:
            other = f", checks {called[0][:60]!r}" if called else ""
            renamed[own] = f"its cell does not check it{other}"
    notes = {}
    for name in names:
        if calls[name] > 1:
            notes[name] = f"checked in {calls[name]} cells (copied?)"
        elif name in renamed:
            notes[name] = renamed[name]
        elif not calls[name]:
            notes[name] = "its cell is missing"
    return notes


@functools.cache
def shipped(number: str, kind: str) -> dict[str, frozenset[str]]:
    """Return the code cells of a lesson as shipped, by language.

    kind: "trainee" or "solution". {} where the course's files are not here.
    """
    stem, folder = LESSONS[number].file, "solutions"
    if kind == "trainee":
        stem, folder = f"{stem}_trainee", "notebooks"
    found = {}
    for language in ("en", "ja"):
        path = place.ROOT / folder / language / f"{stem}.ipynb"
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            cells = [c for cell in data["cells"] if (c := _cell(cell))]
        except (OSError, ValueError, KeyError):
            continue
        found[language] = frozenset(c.source.strip() for c in cells)
    return found


def is_as_shipped(notebook: Notebook, kind: str) -> bool:
    """Return whether no code cell differs from the course's own file."""
    own = frozenset(cell.source.strip() for cell in notebook.cells)
    same = own in shipped(notebook.number, kind).values()
    return same and (notebook.kind or kind) == kind


def needed(notebook: Notebook) -> list[int]:
    """Return the numbers of the cells that have to run.

    A cell that the course shipped and that no other cell needs is skipped:
    what somebody added or changed runs, what is checked, and what these
    use.
    """
    known = frozenset().union(
        *shipped(notebook.number, "trainee").values(),
        *shipped(notebook.number, "solution").values(),
    )
    wanted: set[str] = set()
    chosen = []
    for k in reversed(range(len(notebook.cells))):
        source = notebook.cells[k].source
        makes, uses = names_of(source)
        own = source.strip() not in known
        if own or CALL.search(source) or makes & wanted:
            chosen.append(k)
            wanted |= uses
    return chosen[::-1]


def names_of(source: str) -> tuple[set[str], set[str]]:
    """Return which global names a cell makes or changes, and which it uses."""
    try:
        tree = ast.parse(source)
        table = symtable.symtable(source, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        words = set(re.findall(r"\w+", source))
        return words, words
    top = {symbol.get_name(): symbol for symbol in table.get_symbols()}
    makes = {
        name
        for name, symbol in top.items()
        if symbol.is_assigned() or symbol.is_imported()
    }
    uses = {name for name, symbol in top.items() if symbol.is_referenced()}
    for inner in table.get_children():
        uses |= _globals(inner)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Subscript)):
            if not isinstance(node.ctx, ast.Load):
                makes |= _root(node) & top.keys()
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            # such as names.append(x); what only draws changes nothing
            makes |= _root(node.value.func) & top.keys() - ONLY_DRAW
    return makes, uses


def _globals(table: symtable.SymbolTable) -> set[str]:
    """Return the global names that a function or class uses."""
    found = {s.get_name() for s in table.get_symbols() if s.is_global()}
    for inner in table.get_children():
        found |= _globals(inner)
    return found


def _root(node: ast.AST) -> set[str]:
    """Return the name that an expression such as a.b[c] begins with."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()
