"""Export the solutions as web pages that stand alone, and as PDF.

    python tools/export.py                 all solutions to build/html
    python tools/export.py 5_4 --pdf       one lesson, PDF too (chromium)

A page holds its pictures and formulas and names no other address: it can
be mailed, put on a stick, or opened in a room without a network.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import latex2mathml.converter
import nbformat
from nbconvert import HTMLExporter

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.lab import find_chromium
from tools.lesson_source import (
    LANGUAGES,
    ROOT,
    LessonError,
    has_solution,
    lesson_paths,
    notebook_path,
)

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+?)\$", re.S)
CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.S)
# Paper is narrower than a screen and cannot be scrolled.
PRINT = """<style>@media print {
math[display="block"] { font-size: 75%; }
}</style>"""
MARK = re.compile(r"FORMULA(\d{4})X")
TAG = re.compile(r"<[^<>]+>")
SCRIPT = re.compile(r"<script\b.*?</script>", re.S | re.I)
LINK = re.compile(r"<link\b[^>]*>", re.I)


def export(source: Path, language: str, folder: Path) -> Path:
    """Write the page of a lesson's solution and return where it is."""
    notebook = nbformat.read(
        notebook_path(source, language, "solution"), as_version=4
    )
    formulas: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = take_formulas(cell.source, formulas)
    title = notebook.cells[0].source.splitlines()[0].lstrip("# ")
    page, _ = HTMLExporter(embed_images=True).from_notebook_node(
        notebook,
        resources={
            "metadata": {"name": title},
            "language_code": language,
        },
    )
    target = folder / language / f"{source.stem}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    page = alone(put_formulas(page, formulas))
    page = page.replace("</head>", f"{PRINT}</head>", 1)
    target.write_text(page, encoding="utf-8")
    return target


def take_formulas(text: str, formulas: list[str]) -> str:
    """Replace the formulas of a markdown text by marks, but not in code.

    formulas: gets the MathML of each. Markdown would spoil it on the way.
    """

    def mark(match: re.Match) -> str:
        block, inline = match.groups()
        kind = "block" if block else "inline"
        # latex2mathml knows aligned formulas by their other name only.
        tex = (block or inline).strip().replace("{aligned}", "{align*}")
        formulas.append(latex2mathml.converter.convert(tex, display=kind))
        return f"FORMULA{len(formulas) - 1:04}X"

    parts = CODE.split(text)
    parts[::2] = [FORMULA.sub(mark, part) for part in parts[::2]]
    return "".join(parts)


def put_formulas(page: str, formulas: list[str]) -> str:
    """Put the formulas where the marks stand.

    A heading's mark also stands in the address of the heading, inside a
    tag; there it is left out.
    """
    page = TAG.sub(lambda tag: MARK.sub("", tag.group()), page)
    return MARK.sub(lambda mark: formulas[int(mark.group(1))], page)


def alone(page: str) -> str:
    """Take out what a static page would ask other addresses for."""
    return LINK.sub("", SCRIPT.sub("", page))


def to_pdf(page: Path) -> Path:
    """Print a page to PDF; raises FileNotFoundError without chromium."""
    program = find_chromium()
    if program is None:
        raise FileNotFoundError("a PDF needs chromium or chrome")
    target = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as private:
        subprocess.run(
            [
                *(program, "--headless", "--no-sandbox", "--disable-gpu"),
                *("--no-pdf-header-footer", f"--user-data-dir={private}"),
                *(f"--print-to-pdf={target}", page.as_uri()),
            ],
            check=True,
            capture_output=True,
        )
    return target


def main() -> int:
    """Export what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", help="such as 5_4; all if none")
    parser.add_argument("--pdf", action="store_true", help="print to PDF too")
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "html")
    options = parser.parse_args()
    try:
        for source in lesson_paths(options.lessons):
            if not has_solution(source):
                continue
            for language in LANGUAGES:
                page = export(source, language, options.to.resolve())
                print(to_pdf(page) if options.pdf else page)
    except (FileNotFoundError, LessonError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
