"""Set up the course and open it, test it, build or export notebooks.

    python course.py                 open the course in JupyterLab
    python course.py open 5_4        open one lesson
    python course.py test            run all tests
    python course.py build 5_4       build the notebooks of a lesson
    python course.py export --pdf    write the solutions as web pages and PDF

Only Python is needed: a virtual environment is made in .venv at the first
start (this needs the network once; afterwards nothing does).
"""

import argparse
import hashlib
import json
import locale
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
# JupyterLab must not ask the network for news, updates or extensions.
OFFLINE_OPTIONS = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
OFFLINE_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    }
}


def main() -> int:
    """Do what the command line asks for; return the exit code."""
    options, rest = parse()
    if options.command == "test":
        set_up("dev")
        return run("-m", "pytest", *rest)
    if options.command in ("build", "export"):
        set_up("dev")
        return run(str(ROOT / "tools" / f"{options.command}.py"), *rest)
    set_up("")
    copy_notebooks(ROOT / "notebooks", ROOT / "work")
    return open_lab(options.language, rest)


def parse():
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(__doc__.splitlines()[2:]),
    )
    parser.add_argument(
        "command",
        nargs="?",
        default="open",
        choices=["open", "test", "build", "export"],
    )
    parser.add_argument(
        "--language",
        choices=["en", "ja"],
        default="ja" if is_japanese() else "en",
        help="of the notebooks that open (default: this computer's)",
    )
    return parser.parse_known_args()


def is_japanese() -> bool:
    """Return whether this computer speaks Japanese."""
    names = [os.environ.get("LC_ALL"), os.environ.get("LANG")]
    names.append(locale.getlocale()[0])
    return any((name or "").lower().startswith("ja") for name in names)


def set_up(extra: str) -> None:
    """Make .venv and install the course into it, unless that was done.

    extra: the optional dependencies of pyproject.toml to add, "" for none.
    """
    stamp = VENV / f"course-{extra or 'learner'}.stamp"
    wanted = fingerprint()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    if not PYTHON.exists():
        print("Making .venv (once) ...", flush=True)
        venv.create(VENV, with_pip=True)
    what = f"{ROOT}[{extra}]" if extra else str(ROOT)
    print("Installing (once, some minutes) ...", flush=True)
    code = run(
        *("-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("-c", str(ROOT / "constraints.txt"), "-e", what),
    )
    if code:
        sys.exit("The installation stopped. Is the network there? Try again.")
    settings = VENV / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    text = json.dumps(OFFLINE_SETTINGS, indent=2)
    (settings / "overrides.json").write_text(text, encoding="utf-8")
    stamp.write_text(wanted, encoding="utf-8")


def fingerprint() -> str:
    """Return what tells whether an installation is current."""
    sha = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        sha.update((ROOT / name).read_bytes())
    return sha.hexdigest()


def copy_notebooks(source: Path, target: Path) -> list[Path]:
    """Copy the notebooks to where learners write; return the new copies.

    A file that is there already is never touched. source, target: folders
    that hold one folder for each language.
    """
    made = []
    for notebook in sorted(source.glob("*/*.ipynb")):
        copy = target / notebook.relative_to(source)
        if copy.exists():
            if version(copy) != version(notebook):
                print(f"{copy.name}: a newer one is in {notebook.parent}")
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(notebook, copy)
        made.append(copy)
    return made


def version(notebook: Path) -> str:
    """Return which build of a lesson a notebook comes from, "" if unclear."""
    try:
        data = json.loads(notebook.read_text(encoding="utf-8"))
        return data["metadata"]["course"]["built_from"]
    except (ValueError, KeyError, TypeError):
        return ""


def open_lab(language: str, rest: list) -> int:
    """Open JupyterLab at the start page, or at the lesson named first.

    rest: a lesson such as 5_4, then options for JupyterLab.
    """
    name = "START.ipynb"
    if rest and not rest[0].startswith("-"):
        folder = ROOT / "work" / language
        found = sorted(folder.glob(f"{rest.pop(0)}*.ipynb"))
        if not found:
            sys.exit(f"No such lesson. There are: {lesson_names(folder)}")
        name = found[0].name
    page = ROOT / "work" / language / name
    os.chdir(ROOT)
    return run(
        *("-m", "jupyterlab", page.relative_to(ROOT).as_posix()),
        *OFFLINE_OPTIONS,
        *rest,
    )


def lesson_names(folder: Path) -> str:
    """Return the numbers of the lessons, such as "5_1 5_2"."""
    numbers = {path.name[:3] for path in folder.glob("[0-9]*.ipynb")}
    return " ".join(sorted(numbers))


def run(*arguments: str) -> int:
    """Run the virtual environment's Python; return its exit code."""
    try:
        return subprocess.run(
            [str(PYTHON), *arguments], cwd=ROOT, check=False
        ).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    if sys.version_info < (3, 10):  # noqa: UP036 - the message for old ones
        sys.exit(f"Python 3.10 or newer is needed, this is {sys.version}")
    sys.exit(main())
