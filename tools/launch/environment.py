"""Vouch for the virtual environment: find out what is there, and mend it.

A stamp in .venv tells what was installed: for which place, for which
Python, which versions. It is believed only together with a trial: the
environment's own Python, run in another folder and without PYTHONPATH, must
find this course and every package.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from course_lib import place
from course_lib._lock import locked
from tools.launch import install
from tools.launch.requirements import fingerprint, name_of, requirements
from tools.launch.words import say, tell

TRIAL = """
import importlib.util, json, platform, sys, sysconfig
from importlib import metadata
versions = {}
for name in sys.argv[1:]:
    try:
        versions[name] = metadata.version(name)
    except metadata.PackageNotFoundError:
        versions[name] = None
try:
    import course_lib, numpy
    found = course_lib.__file__
except Exception:
    found = None
print(json.dumps({
    "found": found,
    "interpreter": f"Python {sys.version_info[0]}.{sys.version_info[1]}"
                   f" {platform.machine()}",
    "packages": sysconfig.get_path("purelib"),
    "pip": importlib.util.find_spec("pip") is not None,
    "versions": versions,
}))
"""


@dataclass(frozen=True)
class Environment:
    """Name the parts of a virtual environment.

    folder: where it is.
    """

    folder: Path

    @property
    def python(self) -> Path:
        """Return its Python."""
        windows = os.name == "nt"
        inner = "Scripts/python.exe" if windows else "bin/python"
        return self.folder / inner

    @property
    def stamp(self) -> Path:
        """Return the file that tells what was installed."""
        return self.folder / "course.json"

    @property
    def unfinished(self) -> Path:
        """Return the file that is there while something is installed."""
        return self.folder / "course-unfinished"

    def read_stamp(self) -> dict:
        """Return what was installed, {} if that is not known."""
        try:
            found = json.loads(self.stamp.read_text(encoding="utf-8"))
            return found if isinstance(found, dict) else {}
        except (OSError, ValueError):
            return {}

    def try_out(self, extra: str = "") -> dict | None:
        """Return what its Python finds, None if it does not even run."""
        names = [name_of(line) for line in requirements(extra)]
        try:
            done = subprocess.run(
                [str(self.python), "-I", "-c", TRIAL, *names],
                cwd=tempfile.gettempdir(),
                env=clean(),
                capture_output=True,
                encoding="utf-8",
                check=True,
            )
            return json.loads(done.stdout)
        except (OSError, ValueError, subprocess.CalledProcessError):
            return None


def clean() -> dict[str, str]:
    """Return the variables without those that lead Python elsewhere."""
    leave = (
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONSTARTUP",
        "__PYVENV_LAUNCHER__",
    )
    return {k: v for k, v in os.environ.items() if k not in leave}


def set_up(extra: str = "") -> Environment:
    """Return an environment that holds the course; make or mend it first.

    extra: the optional dependencies of pyproject.toml to add, "" for none.
    Exits with a sentence about what is missing if that fails.
    """
    shared = Environment(place.ROOT / ".venv")
    own = Environment(place.course_home() / ".venv")
    for environment in dict.fromkeys((shared, own)):
        if fits(environment, environment.try_out(extra), extra):
            return environment
    own.folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(own.folder, patience=0.2) as free:
        if free:
            return _mend(own, extra)
    tell("waiting")
    with locked(own.folder, patience=1200):
        return _mend(own, extra)


def fits(environment: Environment, trial: dict | None, extra: str) -> bool:
    """Return whether an environment can be used as it is."""
    stamp = environment.read_stamp()
    return (
        works(trial)
        and not environment.unfinished.exists()
        and stamp.get("wanted") == fingerprint()
        and stamp.get("interpreter") == trial["interpreter"]
        and stamp.get("place") == str(place.ROOT)
        and extra in stamp.get("extras", [])
    )


def works(trial: dict | None) -> bool:
    """Return whether everything that the course needs is found."""
    return bool(
        trial
        and is_this_course(trial["found"])
        and None not in trial["versions"].values()
    )


def is_this_course(found: str | None) -> bool:
    """Return whether the package that was found belongs to this folder."""
    if found is None:
        return False
    return Path(found).resolve().parents[1] == place.ROOT


def _mend(environment: Environment, extra: str) -> Environment:
    """Make an environment fit, with as little work as will do."""
    trial = environment.try_out(extra)
    stamp = environment.read_stamp()
    if fits(environment, trial, extra):
        return environment  # another start has done it
    why = _why_anew(environment, trial, stamp)
    if why:
        tell("rebuilt", folder=environment.folder, why=why)
        remove(environment.folder)
        trial, stamp = None, {}
    elif trial and stamp.get("place") not in (None, str(place.ROOT)):
        _wire(environment, trial)
        trial = environment.try_out(extra)
        tell("moved", folder=place.ROOT)
    done = works(trial)
    current = stamp.get("wanted") == fingerprint()
    if done and current and extra in stamp.get("extras", []):
        return _vouch(environment, trial, extra, stamp)
    return _install(environment, trial, extra, stamp)


def _why_anew(
    environment: Environment, trial: dict | None, stamp: dict
) -> str:
    """Return why nothing in an environment can be kept, "" if it can."""
    if not os.path.lexists(environment.folder):
        return ""
    if environment.unfinished.exists():
        return say("why_unfinished")
    if trial is None:
        return say("why_python")
    before = stamp.get("interpreter", trial["interpreter"])
    if before != trial["interpreter"]:
        now = trial["interpreter"]
        return say("why_upgraded", before=before, now=now)
    if not trial["pip"] and not install.find_uv():
        return say("why_pip")
    return ""


def _install(
    environment: Environment, trial: dict | None, extra: str, stamp: dict
) -> Environment:
    """Install what is missing and vouch for it."""
    new = trial is None
    if new:
        install.make(environment, clean())
    trouble = install.install(environment, extra, clean())
    trial = environment.try_out(extra)
    if trial:
        _wire(environment, trial)
        trial = environment.try_out(extra)
    if trouble and (new or not works(trial)):
        sys.exit(trouble)
    if not works(trial):
        versions = trial["versions"] if trial else {}
        lacking = [name for name, found in versions.items() if not found]
        sys.exit(say("elsewhere", names=", ".join(lacking) or "course_lib"))
    environment.unfinished.unlink(missing_ok=True)
    if trouble:
        tell("old_versions")
        return environment
    tell("ready")
    return _vouch(environment, trial, extra, stamp)


def _vouch(
    environment: Environment, trial: dict, extra: str, stamp: dict
) -> Environment:
    """Write the stamp of an environment that was tried out."""
    current = stamp.get("wanted") == fingerprint()
    extras = stamp.get("extras", []) if current else []
    text = json.dumps(
        {
            "place": str(place.ROOT),
            "interpreter": trial["interpreter"],
            "wanted": fingerprint(),
            "extras": sorted({*extras, "", extra}),
            "versions": trial["versions"],
        },
        indent=1,
    )
    environment.stamp.write_text(text, encoding="utf-8")
    return environment


def _wire(environment: Environment, trial: dict) -> None:
    """Let an environment's Python find the package in the course's folder.

    A path file does it, so nothing is written into the course's folder.
    Inside that folder the path is relative: it stays right when the whole
    is moved. What an editable installation left behind is removed.
    """
    packages = Path(trial["packages"])
    if environment.folder.parent == place.ROOT:
        line = os.path.relpath(place.ROOT, packages)
    else:  # plain letters, since Python reads it in the system's encoding
        line = f"import sys; sys.path.append({str(place.ROOT)!a})"
    (packages / "course.pth").write_text(line + "\n", encoding="ascii")
    old = [*packages.glob("*cnn_course*"), packages / "course_lib"]
    for path in old:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def remove(folder: Path) -> None:
    """Remove an environment; exit with a sentence if it is in use."""
    try:
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
        else:
            shutil.rmtree(folder)
    except OSError as error:
        sys.exit(say("in_use", path=folder, error=error.strerror))
