"""Open JupyterLab in a headless browser, for pictures and for tests."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tools.launch.lab import OFFLINE_OPTIONS

READY = """() => {
    const app = window.jupyterapp;
    const panel = app && app.shell.currentWidget;
    const session = panel && panel.sessionContext;
    return Boolean(session && session.isReady && session.session
        && session.session.kernel.status === 'idle'
        && panel.content.model && panel.content.widgets.length);
}"""
IDLE = """() => window.jupyterapp.shell.currentWidget
    .sessionContext.session.kernel.status === 'idle'"""
SHOW = """code => {
    const book = window.jupyterapp.shell.currentWidget.content;
    const at = book.widgets.findIndex(
        w => w.model.sharedModel.getSource().includes(code));
    book.activeCellIndex = at;
    return book.scrollToItem(at, 'start').then(() => at);
}"""


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def lab_server(folder: Path, private: Path) -> Iterator[str]:
    """Run JupyterLab on a folder and yield its address.

    folder: what it shows. private: a folder for its settings and state.
    Raises TimeoutError when it does not answer within a minute.
    """
    port = free_port()
    environment = dict(os.environ, IPYTHONDIR=str(private / "ipython"))
    for name in ("CONFIG", "DATA", "RUNTIME"):
        environment[f"JUPYTER_{name}_DIR"] = str(private / name.lower())
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab"),
            *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"),
            *(f"--ServerApp.port={port}", f"--ServerApp.root_dir={folder}"),
            *("--IdentityProvider.token=", "--ServerApp.password="),
            *("--expose-app-in-browser", *OFFLINE_OPTIONS),
        ],
        env=environment,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str) -> None:
    """Wait until a server answers; raise TimeoutError after a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(f"no answer from {address}")


def find_chromium() -> str | None:
    """Return the path of a chromium or chrome, or None."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@contextlib.contextmanager
def browser_page(width: int = 1280, height: int = 720) -> Iterator:
    """Yield a page of headless chromium that reaches this machine only.

    `page.outside` lists the addresses that were asked for and refused.
    Raises FileNotFoundError where there is no chromium.
    """
    from playwright.sync_api import sync_playwright

    program = find_chromium()
    if program is None:
        raise FileNotFoundError("no chromium on this machine")
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        size = {"width": width, "height": height}
        page = browser.new_context(viewport=size).new_page()
        page.outside = []
        page.route("**/*", lambda route: _only_local(page, route))
        yield page
        browser.close()


def _only_local(page, route) -> None:
    if "//127.0.0.1" in route.request.url or "data:" in route.request.url[:5]:
        route.continue_()
    else:
        page.outside.append(route.request.url)
        route.abort()


def open_notebook(page, address: str, path: str) -> None:
    """Open a notebook and wait until its kernel is idle.

    path: as seen from the server's folder.
    """
    page.goto(f"{address}/lab/tree/{path}?reset", timeout=90_000)
    page.wait_for_function(READY, timeout=90_000)


def run_all(page, timeout: float = 240.0) -> None:
    """Run all cells of the open notebook; timeout in seconds."""
    page.evaluate(
        "() => window.jupyterapp.commands.execute("
        "'notebook:run-all-cells').then(() => true)",
    )
    page.wait_for_function(IDLE, timeout=timeout * 1000)
    page.wait_for_timeout(500)  # outputs are drawn after the kernel is idle


def show_cell(page, code: str):
    """Scroll to the cell that holds a piece of code; return its place.

    JupyterLab does not draw a cell that is out of sight: it has no text.
    """
    index = page.evaluate(SHOW, code)
    page.wait_for_timeout(1500)
    return page.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')
