"""Open JupyterLab at a page, without a word to the network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from course_lib import place
from tools.launch.environment import Environment, clean
from tools.launch.notebooks import find
from tools.launch.words import say, tell

# JupyterLab must not ask the network for news, updates or extensions.
OFFLINE_OPTIONS = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
SETTINGS = Path(__file__).resolve().parent / "settings"


def refuse_root(options: list[str]) -> None:
    """Exit with what to do if the user is root; JupyterLab would, later."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and "--allow-root" not in options:
        sys.exit(say("root", command="python3 course.py open"))


def tell_place(home: Path) -> None:
    """Say where a learner's files are, if not in the course's folder."""
    if home == place.ROOT or os.environ.get("COURSE_HOME"):
        return
    tell("your_place", home=home)
    work = place.ROOT / "work"
    name = place.owner(work)
    if place.WINDOWS and name:
        file = work / place.OWNER_FILE
        tell("other_owner", work=work, name=name, file=file)


def page_of(language: str, lesson: str | None) -> str:
    """Return the path of a page, as seen from a learner's place.

    lesson: its number or name, None for the start page.
    """
    notebooks = place.ROOT / "notebooks" / language
    name = find(notebooks, lesson or "START").name
    return f"work/{language}/{name}"


def open_lab(
    environment: Environment,
    home: Path,
    language: str,
    page: str,
    options: list[str],
) -> int:
    """Run JupyterLab until it is closed; return its exit code."""
    folder = environment.python.parent
    return run(
        environment,
        *("-m", "jupyterlab", page),
        f"--ServerApp.root_dir={home}",
        f"--LabApp.app_settings_dir={SETTINGS / language}",
        *OFFLINE_OPTIONS,
        *options,
        folder=home,
        COURSE_HOME=str(home),
        JUPYTER_PREFER_ENV_PATH="1",
        PATH=f"{folder}{os.pathsep}{os.environ.get('PATH', '')}",
    )


def run(
    environment: Environment,
    *arguments: str,
    folder: Path = place.ROOT,
    **variables: str,
) -> int:
    """Run the environment's Python in a folder; return its exit code."""
    try:
        return subprocess.run(
            [str(environment.python), *arguments],
            cwd=folder,
            env=clean() | variables,
            check=False,
        ).returncode
    except KeyboardInterrupt:
        return 130
