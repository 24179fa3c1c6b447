"""Take the README's pictures from the real notebooks, in a browser.

python tools/make_pictures.py          writes docs/*.png and docs/*.gif
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from PIL import Image

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.lab import (
    browser_page,
    lab_server,
    open_notebook,
    run_all,
    show_cell,
)
from tools.lesson_source import (
    LANGUAGES,
    ROOT,
    lesson_paths,
    make_notebook,
)

DOCS = ROOT / "docs"
# A slip that many make: the axes are not moved before the reshape.
WRONG_IM2COL = """\
    width = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    img = np.pad(input_data, width, constant_values=constant_values)
    col = np.empty((N, C, filter_h, filter_w, OH, OW), dtype=img.dtype)
    for fy in range(filter_h):
        for fx in range(filter_w):
            col[:, :, fy, fx] = offset(img, fy, fx, OH, OW, stride)
    return col.reshape(N * OH * OW, -1)
"""


def trainee(number: str, language: str, answers: dict[str, str], end: str):
    """Return a trainee notebook with answers, cut after a cell.

    answers: exercise -> the lines that replace the stub.
    end: a piece of the last cell that is kept.
    """
    (source,) = lesson_paths([number])
    notebook = make_notebook(source, language, "trainee")
    for cell in notebook.cells:
        name = cell.metadata.get("course", {}).get("exercise")
        if name in answers:
            lines = cell.source.splitlines(keepends=True)
            stub = next(i for i, t in enumerate(lines) if "write here" in t)
            lines[stub] = answers[name]
            cell.source = "".join(lines)
    last = [i for i, c in enumerate(notebook.cells) if end in c.source][-1]
    notebook.cells = notebook.cells[: last + 2]
    return notebook


def open_and_run(page, address, folder, notebook) -> None:
    """Write a notebook, open it alone on the page, and run it."""
    nbformat.write(notebook, folder / "lesson.ipynb")
    open_notebook(page, address, "lesson.ipynb")
    page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    run_all(page)


def picture_of_check(page, address, folder, language: str) -> None:
    """Show a wrong im2col, and what the check says about it."""
    notebook = trainee(
        "5_4", language, {"im2col": WRONG_IM2COL}, 'check("im2col", im2col)'
    )
    open_and_run(page, address, folder, notebook)
    cell = show_cell(page, 'check("im2col", im2col)')
    cell.screenshot(path=DOCS / f"lesson.{language}.png")


def film_of_stepper(page, address, folder, language: str) -> None:
    """Film the window that moves over the image."""
    notebook = trainee("5_1", language, {}, "convolution_stepper(")
    open_and_run(page, address, folder, notebook)
    cell = show_cell(page, "convolution_stepper(")
    output = cell.locator(".jp-Cell-outputWrapper")
    handle = cell.locator(".widget-slider .noUi-handle").first
    frames = []
    for _ in range(4):
        frames.append(Image.open(io.BytesIO(output.screenshot())))
        handle.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(600)
    frames.append(Image.open(io.BytesIO(output.screenshot())))
    small = [f.convert("P", palette=Image.ADAPTIVE) for f in frames[1:]]
    small[0].save(
        DOCS / f"stepper.{language}.gif",
        save_all=True,
        append_images=small[1:],
        duration=1200,
        loop=0,
    )


def picture_of_drawing(page, address, folder, language: str) -> None:
    """Show the trained network read a character."""
    notebook = trainee("5_8", language, {}, "draw_and_predict(")
    open_and_run(page, address, folder, notebook)
    cell = show_cell(page, "draw_and_predict(")
    for _ in range(11):  # on to a キ that everyone can read
        cell.locator("button.jupyter-button").last.click()
        page.wait_for_timeout(500)
    page.wait_for_timeout(1500)
    output = cell.locator(".jp-Cell-outputWrapper")
    output.screenshot(path=DOCS / f"draw.{language}.png")


def main() -> int:
    """Write the pictures of both languages."""
    os.environ["COURSE_PROGRESS"] = "off"
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder, private = Path(place) / "lab", Path(place) / "private"
        folder.mkdir()
        private.mkdir()
        with lab_server(folder, private) as address:
            for language in LANGUAGES:
                for make in (
                    picture_of_check,
                    film_of_stepper,
                    picture_of_drawing,
                ):
                    with browser_page(1180, 1000) as page:
                        make(page, address, folder, language)
                    print(make.__name__, language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
