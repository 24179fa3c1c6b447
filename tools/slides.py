"""Measure every slide: none may be larger than the projector's 1280x720.

python tools/slides.py                 all solutions, both languages
python tools/slides.py 5_4             one lesson
python tools/slides.py --all           list the slides that fit, too
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.lab import browser_page, lab_server, open_notebook
from tools.lesson_source import (
    LANGUAGES,
    ROOT,
    has_solution,
    lesson_paths,
    notebook_path,
)

WIDTH, HEIGHT = 1280, 720
# The cells that the slide shows, as (left, top, right, bottom) and index.
SHOWN = """() => {
    const cells = [...document.querySelectorAll('.jp-Notebook .jp-Cell')];
    const notebook = window.jupyterapp.shell.currentWidget.content;
    const shown = cells.filter(c => c.classList.contains(
        'jp-deck-mod-visible')).map(c => {
            const r = c.getBoundingClientRect();
            return [r.left, r.top, r.right, r.bottom];
        });
    return [notebook.activeCellIndex, shown];
}"""
RUN = (
    "name => window.jupyterapp.commands.execute(name)"
    ".then(() => new Promise(done => setTimeout(done, 30)))"
)


@dataclass(frozen=True)
class Slide:
    """Hold where a slide is and how large, in pixels."""

    notebook: str
    cell: int
    width: int
    height: int

    @property
    def fits(self) -> bool:
        """Say whether all of it can be seen."""
        return self.width <= WIDTH and self.height <= HEIGHT


def slides_of(page, address: str, path: str) -> Iterator[Slide]:
    """Walk through the slides of a notebook and yield each.

    path: the notebook as seen from the server's folder.
    """
    open_notebook(page, address, path)
    page.evaluate(RUN, "deck:start")
    page.wait_for_selector(".jp-deck-mod-visible", timeout=30_000)
    page.wait_for_timeout(1500)
    seen: set[int] = set()
    while True:
        cell, boxes = page.evaluate(SHOWN)
        if boxes and cell not in seen:
            yield _slide(path, cell, boxes)
        seen.add(cell)
        for command in ("deck:down", "deck:forward"):
            page.evaluate(RUN, command)
            if page.evaluate(SHOWN)[0] not in seen:
                break
        else:
            break
    page.evaluate(RUN, "deck:stop")


def _slide(path: str, cell: int, boxes: list) -> Slide:
    left, top = (min(box[k] for box in boxes) for k in (0, 1))
    right, bottom = (max(box[k] for box in boxes) for k in (2, 3))
    return Slide(path, cell, round(right - left), round(bottom - top))


def measure(paths: list[Path]) -> list[Slide]:
    """Return the slides of the notebooks, which lie below the project."""
    found: list[Slide] = []
    with (
        tempfile.TemporaryDirectory() as private,
        lab_server(ROOT, Path(private)) as address,
        browser_page(WIDTH, HEIGHT) as page,
    ):
        for path in paths:
            inside = path.relative_to(ROOT).as_posix()
            found += slides_of(page, address, inside)
    return found


def main() -> int:
    """Print the slides that overflow; 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", help="such as 5_4; all if none")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    paths = [
        notebook_path(source, language, "solution")
        for source in lesson_paths(options.lessons)
        for language in LANGUAGES
        if has_solution(source)
    ]
    slides = measure(paths)
    for slide in slides:
        if options.all or not slide.fits:
            print(
                f"{slide.notebook} {slide.cell} {slide.width}x{slide.height}"
            )
    over = sum(not slide.fits for slide in slides)
    print(f"{over} of {len(slides)} slides are larger than {WIDTH}x{HEIGHT}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
