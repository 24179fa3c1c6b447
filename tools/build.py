"""Build the notebooks from the lessons, or check that they are current.

python tools/build.py                  build what has changed
python tools/build.py 5_4              only the lessons named
python tools/build.py --force          execute every solution again
python tools/build.py --check          write nothing; fail on a difference
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import readme
from tools.lesson_source import (
    ROOT,
    LessonError,
    digest,
    has_solution,
    lesson_paths,
    make_notebook,
    notebook_path,
    targets,
)
from tools.notebook_checks import problems_of

TIMEOUT = 300  # seconds a cell may take while building


def build(paths: list[Path], force: bool = False) -> list[str]:
    """Write the notebooks of the sources; return what could not be."""
    failed = []
    for source, language, kind in targets(paths):
        target = notebook_path(source, language, kind)
        made = make_notebook(source, language, kind)
        old = read(target) if target.exists() else None
        if old is not None and not force and same_cells(old, made):
            if kind == "trainee" or executed(old):
                continue
        if old is not None and is_edited(old):
            failed.append(f"{shown(target)}: left alone, edited by hand")
            print(failed[-1])
            continue
        start = time.perf_counter()
        if kind == "solution" and (force or not take_outputs(made, old)):
            execute(made, target.parent)
        write(made, target)
        print(f"{shown(target)}  {time.perf_counter() - start:.1f} s")
    return failed


def execute(notebook, folder: Path) -> None:
    """Run a notebook in a fresh kernel and keep its outputs, in place."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    os.environ["COURSE_PROGRESS"] = "off"  # a build is no learner
    metadata = dict(notebook.metadata)
    NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    drop_live_views(notebook)
    notebook.metadata = nbformat.from_dict(metadata)


def take_outputs(made, old) -> bool:
    """Take the outputs of an older notebook if its code is the same.

    Outputs follow from the code cells only: a corrected text needs no run.
    Returns whether that was possible.
    """
    if old is None or not executed(old):
        return False
    pairs = list(zip(*(_code_cells(n) for n in (made, old))))
    same = len(_code_cells(made)) == len(_code_cells(old))
    if not same or any(_key(a) != _key(b) for a, b in pairs):
        return False
    for cell, before in pairs:
        cell.outputs = before.outputs
        cell.execution_count = before.execution_count
    return True


def _code_cells(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def drop_live_views(notebook) -> None:
    """Keep the still picture only of a widget whose kernel is gone."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "text/html" in data:
                data.pop("application/vnd.jupyter.widget-view+json", None)


def read(path: Path):
    """Read a notebook file."""
    return nbformat.read(path, as_version=4)


def write(notebook, path: Path) -> None:
    """Write a notebook whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    text = nbformat.writes(notebook, version=4) + "\n"
    part.write_text(text, encoding="utf-8", newline="\n")
    os.replace(part, path)


def same_cells(one, other) -> bool:
    """Return whether two notebooks have the same cells, outputs aside."""
    return [_key(c) for c in one.cells] == [_key(c) for c in other.cells]


def _key(cell):
    meta = {k: v for k, v in cell.metadata.items() if k != "execution"}
    return cell.id, cell.cell_type, cell.source, meta


def is_edited(notebook) -> bool:
    """Return whether a person changed a built notebook."""
    built = notebook.metadata.get("course", {}).get("built_from")
    return built != digest(notebook)


def executed(notebook) -> bool:
    """Return whether all code cells were run, in order and without error."""
    code = [
        c for c in notebook.cells if c.cell_type == "code" and c.source.strip()
    ]
    counts = [c.execution_count for c in code]
    errors = any(o.output_type == "error" for c in code for o in c.outputs)
    return counts == list(range(1, len(code) + 1)) and not errors


def check(paths: list[Path]) -> list[str]:
    """Return what is wrong with the committed notebooks, a line each."""
    problems = []
    for source, language, kind in targets(paths):
        target = notebook_path(source, language, kind)
        made = make_notebook(source, language, kind)
        if not target.exists():
            problems.append(f"{shown(target)}: missing")
            continue
        old = read(target)
        if not same_cells(old, made) or is_edited(old):
            problems.append(f"{shown(target)}: not what the source gives")
        if kind == "solution" and not executed(old):
            problems.append(f"{shown(target)}: not executed without error")
        problems += [f"{shown(target)}: {p}" for p in problems_of(old)]
    for source in paths:
        problems += language_differences(source)
    return problems


def language_differences(source: Path) -> list[str]:
    """Say where the code cells of the two languages differ."""
    kinds = ("trainee", "solution") if has_solution(source) else ("trainee",)
    found = []
    for kind in kinds:
        codes = [
            [
                line
                for cell in make_notebook(source, language, kind).cells
                if cell.cell_type == "code"
                for line in [cell.id, *cell.source.splitlines()]
            ]
            for language in ("en", "ja")
        ]
        differ = [a for a, b in zip(*codes) if a != b]
        if len(codes[0]) != len(codes[1]) or differ != ['language = "en"']:
            found.append(f"{source.name} ({kind}): languages differ: {differ}")
    return found


def shown(path: Path) -> str:
    """Return a path as seen from the project."""
    return path.relative_to(ROOT).as_posix()


def main() -> int:
    """Build or check what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", help="such as 5_4; all if none")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--force", action="store_true", help="execute again")
    options = parser.parse_args()
    try:
        paths = lesson_paths(options.lessons)
        if options.check:
            problems = check(paths)
            problems += [f"{page}: lessons" for page in readme.outdated()]
            print("\n".join(problems) or f"{len(paths)} lessons are current")
        else:
            problems = build(paths, options.force)
            readme.write()
    except LessonError as error:
        print(error)
        return 2
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
