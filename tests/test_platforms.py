"""Every platform that is promised gets the pinned set, as wheels alone.

This asks the package index, so it runs only with COURSE_NETWORK=1:

    COURSE_NETWORK=1 .venv/bin/python -m pytest tests/test_platforms.py
"""

import itertools
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from course_lib.place import ROOT
from tools.launch.bundle import MACHINES
from tools.launch.install import find_uv
from tools.launch.requirements import CONSTRAINTS, name_of, requirements

pytestmark = pytest.mark.network
PYTHONS = ["3.10", "3.11", "3.12", "3.13", "3.14"]
COMPUTERS = [machine for found in MACHINES.values() for machine, _ in found]


def resolve(computer, python, needs):
    """Return name -> version of all that a platform needs, or the error."""
    done = subprocess.run(
        [
            *(*find_uv(), "pip", "compile", str(needs)),
            *("-c", str(CONSTRAINTS), "--only-binary", ":all:"),
            *("--python-platform", computer, "--python-version", python),
            *("--no-header", "--no-annotate"),
        ],
        capture_output=True,
        encoding="utf-8",
        cwd=needs.parent,
    )
    if done.returncode:
        return done.stderr
    lines = done.stdout.splitlines()
    return dict(line.split("==") for line in lines if "==" in line)


def test_pinned_set_is_there_as_wheels(tmp_path):
    """All at once, since each waits for the index most of its time."""
    needs = tmp_path / "needs.in"
    needs.write_text("\n".join(requirements("dev")), encoding="utf-8")
    pairs = list(itertools.product(COMPUTERS, PYTHONS))
    with ThreadPoolExecutor(9) as pool:
        answers = pool.map(lambda pair: resolve(*pair, needs), pairs)
        found = dict(zip(pairs, answers))
    errors = {pair: f for pair, f in found.items() if isinstance(f, str)}
    assert not errors
    pinned = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    names = {plain(name_of(line)) for line in pinned}
    for pair, versions in found.items():
        assert {plain(name) for name in versions} <= names, pair
        assert {"numpy", "jupyterlab", "ipywidgets"} <= versions.keys()


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_a_missing_wheel_would_be_noticed(tmp_path):
    """The pin that had no wheel for Intel Macs is refused."""
    needs = tmp_path / "more.in"
    needs.write_text("argon2-cffi-bindings==26.2.0", encoding="utf-8")
    uv = [*find_uv(), "pip", "compile", str(needs), "--only-binary", ":all:"]
    for computer, code in (
        ("x86_64-apple-darwin", 1),
        ("aarch64-apple-darwin", 0),
    ):
        done = subprocess.run(
            [*uv, "--python-platform", computer, "--python-version", "3.12"],
            capture_output=True,
            cwd=tmp_path,
        )
        assert done.returncode == code


def test_five_kinds_of_computers_are_promised():
    assert len(COMPUTERS) == 5
    assert (ROOT / "constraints.txt") == CONSTRAINTS
