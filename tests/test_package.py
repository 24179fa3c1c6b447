"""The wheel holds all that learners need, data included."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile

import pytest

from course_lib import place

TRY = """
import json, pathlib, course_lib
from course_lib import datasets, place, plots
from course_lib.exercises import lesson
plots.use_style()
mnist = datasets.load_mnist(train_size=10)
kana = datasets.load_katakana15(test_size=15)
said = lesson("5_1", "ja")("by_hand", (15, 16)).outcome
print(json.dumps({
    "package": course_lib.__file__, "said": said,
    "shapes": [list(part[0].shape) for part in (*mnist, *kana)],
    "work": str(place.work_folder()),
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build a wheel from the project."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "-w", str(folder), str(place.ROOT)]
    subprocess.run(command, check=True)
    (found,) = folder.glob("*.whl")
    return found


def test_wheel_holds_the_package_and_the_data_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {
        "course_lib",
        "cnn_course",
    }
    data = [path for path in (place.ROOT / "data").rglob("*.gz")]
    for path in data:
        name = path.relative_to(place.ROOT).as_posix()
        assert f"course_lib/{name}" in names
    assert len(data) >= 10
    assert "course_lib/course.mplstyle" in names


def test_wheel_works_in_another_environment(wheel, tmp_path):
    venv = tmp_path / "venv"
    make = [sys.executable, "-m", "venv", "--without-pip", str(venv)]
    subprocess.run(make, check=True)
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install"]
    command += ["--quiet", "--no-deps", str(wheel)]
    subprocess.run(command, check=True)
    packages = next(venv.glob("[Ll]ib/**/site-packages"))
    lent = sysconfig.get_path("purelib")  # numpy and matplotlib
    (packages / "zz_lent.pth").write_text(lent, encoding="utf-8")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COURSE_", "PYTHON"))
    }
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    done = subprocess.run(
        [str(python), "-c", TRY],
        cwd=tmp_path,
        env=environment | home,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["package"].startswith(str(packages))
    assert found["shapes"][0] == [10, 1, 28, 28]
    assert found["said"] == "correct"
    assert found["work"] == str(tmp_path / "cnn-course" / "work")
    assert (tmp_path / "cnn-course" / "work" / "progress.json").exists()
