"""A bundle opens the course where there is no network.

Making one asks the package index, so most of this runs only with
COURSE_NETWORK=1, as .ci/run does.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from course_lib.place import ROOT
from tools.launch import bundle

START = """
ip link set lo up
"$0" course.py --no-browser --allow-root --port 8999 5_1 > log 2>&1 &
for i in $(seq 400); do
    grep -q "is running at" log && break
    sleep 1
done
cat log
kill $!
.venv/bin/python ask.py
"""
ASK = """
import nbformat
from nbclient import NotebookClient
book = nbformat.read("work/en/5_1_convolution_trainee.ipynb", 4)
ask = 'check("by_hand", (15, 16))'
book.cells.append(nbformat.v4.new_code_cell(ask))
NotebookClient(book, kernel_name="python3").execute()
print(book.cells[-1].outputs[-1]["data"]["text/plain"])
"""


def test_files_of_the_course_come_without_what_is_private():
    names = {path.relative_to(ROOT).as_posix() for path in bundle.files()}
    assert {"course.py", "tools/launch/install.py", "README.md"} <= names
    assert {"data/mnist/t10k-labels-idx1-ubyte.gz", ".gitignore"} <= names
    tops = {name.split("/")[0] for name in names}
    assert not tops & {".git", ".venv", "work", "build", "wheels"}


def test_files_are_found_without_git(monkeypatch, tmp_path):
    for name in ("course.py", "work/en/a.ipynb", ".venv/x", "data/d.gz"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    names = {p.relative_to(tmp_path).as_posix() for p in bundle.files()}
    assert names == {"course.py", "data/d.gz"}


def test_no_pin_depends_on_the_third_number_of_python():
    """A bundle is made for 3.11, and the room may have 3.11.2 or 3.11.9."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not re.findall(r"'\d+\.\d+\.\d+'", text)


def test_zip_holds_course_and_wheels(monkeypatch, tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / "numpy-2.0-py3-none-any.whl").write_bytes(b"x")
    target = tmp_path / "out.zip"
    bundle.pack(target, wheels)
    names = zipfile.ZipFile(target).namelist()
    assert "cnn-course/course.py" in names
    assert "cnn-course/wheels/numpy-2.0-py3-none-any.whl" in names
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.network
def test_room_without_network(tmp_path):
    """Make a bundle, cut the network, install, open a lesson, be checked."""
    cut = ["unshare", "--net"]
    if os.geteuid():
        cut.append("--map-root-user")
    here = shutil.which("unshare")
    if not here or subprocess.run([*cut, "true"]).returncode:
        pytest.skip("the network cannot be cut on this machine")
    target = tmp_path / "stick.zip"
    command = [sys.executable, "course.py", "bundle", "--platform", "linux"]
    command += ["--output", str(target)]
    subprocess.run(command, cwd=ROOT, check=True)
    shutil.unpack_archive(target, tmp_path)
    course = tmp_path / "cnn-course"
    made_for = json.loads((course / "wheels/bundle.json").read_text("utf-8"))
    assert made_for["platform"] == "linux"
    (course / "ask.py").write_text(ASK, encoding="utf-8")
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith("COURSE_")
    }
    environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"  # without uv
    python = Path(sys.base_prefix) / "bin" / "python3"
    done = subprocess.run(
        [*cut, "bash", "-c", START, str(python)],
        cwd=course,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert "is running at" in done.stdout, done.stdout + done.stderr
    assert "Correct" in done.stdout, done.stdout + done.stderr
    progress = json.loads((course / "work/progress.json").read_text("utf-8"))
    assert progress["exercises"]["5_1/by_hand"]["outcome"] == "correct"
