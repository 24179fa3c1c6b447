"""Make a virtual environment and install into it, with uv or pip."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.place import ROOT
from tools.launch import trouble
from tools.launch.requirements import CONSTRAINTS, WHEELS, requirements
from tools.launch.words import say, tell

if TYPE_CHECKING:
    from tools.launch.environment import Environment


def find_uv() -> list[str] | None:
    """Return the command of uv, None if it is not on this computer."""
    program = shutil.which("uv")
    if program:
        return [program]
    if importlib.util.find_spec("uv"):
        return [sys.executable, "-m", "uv"]
    return None


def make(environment: Environment, variables: dict[str, str]) -> None:
    """Make an empty environment; exit with a sentence if that fails."""
    refuse_name(environment.folder.parent)
    tell("making", folder=environment.folder)
    pip = has_module("ensurepip")
    uv = find_uv()
    if not has_module("venv") or not (pip or uv or pip_wheel()):
        name = f"python3.{sys.version_info[1]}"
        sys.exit(say("no_ensurepip", name=name))
    command = [sys.executable, "-I", "-m", "venv", str(environment.folder)]
    without = [] if pip else ["--without-pip"]
    done = subprocess.run(
        [*command, *without],
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    with contextlib.suppress(OSError):
        environment.unfinished.touch()
    if done.returncode:
        found = trouble.common(done.stdout, environment.folder)
        text = {"folder": environment.folder, "output": done.stdout}
        sys.exit(found or say("venv_failed", **text))
    if not pip and pip_wheel():
        run_pip(environment, [*FROM_WHEELS, "pip"], variables, pip_wheel())


def refuse_name(folder: Path) -> None:
    """Exit with a sentence if a folder's name would break JupyterLab.

    Python's venv refuses the separator of paths; JupyterLab looks for its
    extensions with patterns, to which [ * ? mean something.
    """
    signs = sorted(set(str(folder)) & {os.pathsep, *"[*"})
    if os.name != "nt" and "?" in str(folder):
        signs.append("?")
    if signs:
        sys.exit(say("bad_name", folder=folder, signs=" ".join(signs)))


FROM_WHEELS = ["install", "--no-index", "--find-links", str(WHEELS)]


def has_module(name: str) -> bool:
    """Return whether this Python has a module."""
    found = importlib.util.find_spec(name)
    return found is not None and found.origin is not None


def pip_wheel() -> Path | None:
    """Return the pip that lies in wheels/, which runs as it is."""
    found = sorted(WHEELS.glob("pip-*.whl"))
    return found[-1] / "pip" if found else None


def install(
    environment: Environment, extra: str, variables: dict[str, str]
) -> str:
    """Install what the course needs; return "" or what is missing.

    extra: the optional dependencies to add. Where the folder wheels/ is,
    a learner's installation takes everything from there.
    """
    environment.unfinished.touch()
    offline = WHEELS.is_dir() and not extra
    tell(
        "installing",
        minutes=say("time_wheels" if offline else "time_network"),
    )
    source = []
    if WHEELS.is_dir():
        source = ["--find-links", str(WHEELS)]
    if offline:
        source.append("--no-index")
    what = [*source, "-c", str(CONSTRAINTS), *requirements(extra)]
    uv = find_uv()
    if uv:
        python = ["--python", str(environment.python)]
        quiet = [] if sys.stderr.isatty() else ["--quiet"]
        command = [*uv, "pip", "install", *quiet, *python, *what]
        index = dict(variables, **index_for_uv(variables))
        if subprocess.run(command, env=index, cwd=ROOT).returncode == 0:
            return ""
        tell("uv_failed")
    code, output = run_pip(environment, ["install", *what], variables)
    if code == 0:
        return ""
    return trouble.explain(output, environment.folder, offline)


def index_for_uv(variables: dict[str, str]) -> dict[str, str]:
    """Return the index that pip is told to use, in the way uv reads it."""
    if "UV_DEFAULT_INDEX" in variables or "UV_INDEX_URL" in variables:
        return {}
    index = trouble.configured("index-url")
    return {"UV_DEFAULT_INDEX": index} if index else {}


def run_pip(
    environment: Environment,
    arguments: list[str],
    variables: dict[str, str],
    pip: Path | None = None,
) -> tuple[int, str]:
    """Run the environment's pip and show how far it is.

    pip: another pip to run, in a wheel. Returns the exit code and output.
    """
    start = [str(pip)] if pip else ["-m", "pip"]
    process = subprocess.Popen(
        [str(environment.python), *start, *arguments],
        env=dict(
            variables,
            PIP_USER="0",  # else "user = true" of a configuration stops it
            PIP_DISABLE_PIP_VERSION_CHECK="1",
            PIP_NO_INPUT="1",
            PIP_PROGRESS_BAR="off",
            PYTHONUNBUFFERED="1",
            PYTHONUTF8="1",
        ),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    lines = []
    try:
        for line in process.stdout:
            lines.append(line)
            _show(line, lines)
        return process.wait(), "".join(lines)
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise


def _show(line: str, lines: list[str]) -> None:
    """Show pip's progress: on a terminal in one line that changes."""
    names = [re.match(r"Collecting ([\w.-]+)", said) for said in lines]
    count = sum(name is not None for name in names)
    begins = re.match(r"Collecting ([\w.-]+)", line)
    terminal = sys.stdout.isatty()
    if begins and (terminal or count % 20 == 1):
        text = say("fetching", count=count, name=begins.group(1))
        width = shutil.get_terminal_size().columns - 1
        end = "\r" if terminal else "\n"
        print(text[:width].ljust(width * terminal), end=end, flush=True)
    if line.startswith("Installing collected packages:"):
        text = say("unpacking", count=line.count(",") + 1)
        print(text.ljust(60 * terminal), flush=True)
