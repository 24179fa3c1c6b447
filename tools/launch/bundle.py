"""Make a zip of the course with all it needs, for rooms without network."""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from course_lib.place import ROOT
from tools.launch import install
from tools.launch.environment import Environment, clean, set_up
from tools.launch.requirements import CONSTRAINTS, requirements
from tools.launch.words import say, tell

# How uv names a computer, and the wheels that fit it, as pip names them.
LINUX = [f"manylinux_2_{minor}" for minor in range(28, 4, -1)]
LINUX += ["manylinux2014", "manylinux2010", "manylinux1"]
MACHINES = {
    "windows": [("x86_64-pc-windows-msvc", ["win_amd64"])],
    "macos": [
        ("aarch64-apple-darwin", ["macosx_13_0_arm64"]),
        ("x86_64-apple-darwin", ["macosx_13_0_x86_64"]),
    ],
    "linux": [
        ("x86_64-unknown-linux-gnu", [f"{name}_x86_64" for name in LINUX])
    ],
    "linux-arm": [
        ("aarch64-unknown-linux-gnu", [f"{name}_aarch64" for name in LINUX])
    ],
}
LEAVE_OUT = {".git", ".venv", "work", "build", "wheels", "__pycache__"}


def bundle(arguments: list[str]) -> int:
    """Make the zip that the command line asks for; return the exit code."""
    options = parse(arguments)
    environment = set_up("bundle")
    with tempfile.TemporaryDirectory() as private:
        wheels = Path(private) / "wheels"
        for python in options.python:
            tell("bundling", platform=options.platform, python=python)
            for machine, tags in MACHINES[options.platform]:
                lock = Path(private) / "lock.txt"
                if not (
                    resolve(environment, machine, python, lock)
                    and fetch(environment, tags, python, lock, wheels)
                ):
                    print(say("bundle_failed"), file=sys.stderr)
                    return 1
        made_for = {"platform": options.platform, "python": options.python}
        text = json.dumps(made_for)
        (wheels / "bundle.json").write_text(text, encoding="utf-8")
        options.output.parent.mkdir(parents=True, exist_ok=True)
        pack(options.output, wheels)
    size = round(options.output.stat().st_size / 1e6)
    tell("bundled", path=options.output, size=size)
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser("course.py bundle")
    parser.add_argument("--platform", choices=MACHINES, required=True)
    parser.add_argument(
        "--python",
        action="append",
        metavar="3.12",
        help="of the room's computers; may be given several times",
    )
    parser.add_argument("--output", type=Path, metavar="FILE.zip")
    options = parser.parse_args(arguments)
    own = ".".join(platform.python_version_tuple()[:2])
    options.python = options.python or [own]
    if options.output is None:
        name = f"cnn-course-{options.platform}-{'-'.join(options.python)}"
        options.output = ROOT / "build" / f"{name}.zip"
    return options


def resolve(
    environment: Environment, machine: str, python: str, lock: Path
) -> bool:
    """Write the exact versions for another computer; return the success.

    machine: as uv names it. lock: the file to write.
    """
    needs = lock.with_suffix(".in")
    lines = [*requirements(), "pip"]  # for a Python that brings none
    needs.write_text("\n".join(lines), encoding="utf-8")
    uv = install.find_uv() or [str(environment.python), "-m", "uv"]
    command = [
        *(*uv, "pip", "compile", str(needs), "-c", str(CONSTRAINTS)),
        *("--python-platform", machine, "--python-version", python),
        *("--only-binary", ":all:", "--quiet", "--no-header"),
        *("--no-annotate", "--output-file", str(lock)),
    ]
    variables = clean()
    variables.update(install.index_for_uv(variables))
    lock.unlink(missing_ok=True)
    return subprocess.run(command, env=variables).returncode == 0


def fetch(
    environment: Environment,
    tags: list[str],
    python: str,
    lock: Path,
    wheels: Path,
) -> bool:
    """Fetch the wheels of a lock file; return the success."""
    command = ["download", "--no-deps", "--only-binary=:all:"]
    for tag in tags:
        command += ["--platform", tag]
    command += ["--python-version", python, "--implementation", "cp"]
    command += ["-d", str(wheels), "-r", str(lock)]
    code, output = install.run_pip(environment, command, clean())
    if code:
        print(output[-2000:], file=sys.stderr)
    return code == 0


def pack(target: Path, wheels: Path) -> None:
    """Write the course's files and the wheels into one zip."""
    part = target.with_name(f"{target.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files():
            archive.write(path, Path("cnn-course") / path.relative_to(ROOT))
        for path in sorted(wheels.iterdir()):
            name = f"cnn-course/wheels/{path.name}"  # packed already
            archive.write(path, name, zipfile.ZIP_STORED)
    shutil.move(part, target)


def files() -> Iterator[Path]:
    """Yield the files of the course: those that git knows, or all."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    try:
        known = subprocess.run(command, capture_output=True, check=True)
        names = known.stdout.decode().split("\0")
        found = [ROOT / name for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        found = []
    for path in found or sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not LEAVE_OUT & set(parts):
            yield path
