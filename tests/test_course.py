"""The start command: arguments, the environment it vouches for, troubles."""

import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from course_lib import place
from tools.launch import command_line, install, lab, trouble, words
from tools.launch.notebooks import copy_notebooks, find, names_in
from tools.launch.requirements import requirements

COURSE = place.ROOT / "course.py"


@pytest.fixture
def english(monkeypatch):
    """Let the computer speak English, and nobody be root."""
    monkeypatch.setattr(words, "chosen", "en")
    monkeypatch.setattr(words, "computers_language", lambda: "en")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)


@pytest.fixture
def started(monkeypatch, tmp_path, english):
    """Let course.py open a JupyterLab that only notes how it was called."""
    calls = []
    monkeypatch.setattr(place, "ROOT", tmp_path)
    monkeypatch.setattr(place, "course_home", lambda: tmp_path)
    monkeypatch.setattr(command_line, "set_up", lambda: None)
    monkeypatch.setattr(
        lab, "open_lab", lambda *args: calls.append(args[2:]) or 0
    )
    for language in ("en", "ja"):
        folder = tmp_path / "notebooks" / language
        folder.mkdir(parents=True)
        for name in ("START", "5_1_x_trainee", "5_4_y_trainee", "5_10_z"):
            (folder / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    return calls


def start(*arguments):
    return command_line.main(list(arguments), "help")


START = "work/en/START.ipynb"
LESSON = "work/en/5_4_y_trainee.ipynb"


@pytest.mark.parametrize(
    ("arguments", "page", "options"),
    [
        ("", START, []),
        ("open", START, []),
        ("5_4", LESSON, []),
        ("open 5_4", LESSON, []),
        ("5.4", LESSON, []),
        ("5_4_y_trainee.ipynb", LESSON, []),
        ("start", START, []),
        ("--port 9999", START, ["--port", "9999"]),
        ("open --port=9999", START, ["--port=9999"]),
        ("open --no-browser 5_4", LESSON, ["--no-browser"]),
        ("5_4 --no-browser --port 1", LESSON, ["--no-browser", "--port", "1"]),
        ("--port 9999 5_4", LESSON, ["--port", "9999"]),
        ("--language en open 5_4", LESSON, []),
        ("5_10", "work/en/5_10_z.ipynb", []),
        ("5_1", "work/en/5_1_x_trainee.ipynb", []),
    ],
)
def test_opens_what_is_asked_for(started, arguments, page, options):
    assert start(*arguments.split()) == 0
    assert started == [("en", page, options)]


@pytest.mark.parametrize("given", ["--language=ja", "--language ja"])
def test_opens_in_the_language_asked_for(started, given):
    start("5_4", *given.split())
    assert started == [("ja", "work/ja/5_4_y_trainee.ipynb", [])]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("9_9", "no lesson '9_9'. There are: 5_1 5_4 5_10 START"),
        ("open 5_", "no command '5_'"),
        ("opne", "no command 'opne'. There are: open"),
        ("--language fr", "en or ja"),
        ("--language", "en or ja"),
    ],
)
def test_says_what_there_is_instead(started, arguments, says):
    with pytest.raises(SystemExit, match=says):
        start(*arguments.split())
    assert started == []


def test_root_is_told_before_anything_is_installed(started, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(
        command_line, "set_up", lambda: pytest.fail("too late")
    )
    with pytest.raises(SystemExit, match="--allow-root"):
        start("5_4")
    monkeypatch.setattr(command_line, "set_up", lambda: None)
    assert start("--allow-root") == 0


def test_lab_stays_off_the_network_and_speaks_the_language(monkeypatch):
    calls = []
    monkeypatch.setattr(
        subprocess,
        "run",
        lambda command, **named: (
            calls.append((command, named))
            or subprocess.CompletedProcess(command, 0)
        ),
    )
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    environment = command_line.set_up.__globals__["Environment"](Path("e"))
    lab.open_lab(environment, place.ROOT, "ja", START, ["--port=1"])
    ((command, named),) = calls
    assert set(lab.OFFLINE_OPTIONS) < set(command)
    assert command[-1] == "--port=1"
    assert "PYTHONPATH" not in named["env"]
    assert "stdout" not in named and "stderr" not in named  # log is seen
    (settings,) = [x for x in command if "app_settings_dir" in x]
    path = Path(settings.partition("=")[2]) / "overrides.json"
    text = json.loads(path.read_text(encoding="utf-8"))
    assert text["@jupyterlab/translation-extension:plugin"] == {
        "locale": "ja_JP"
    }
    notes = text["@jupyterlab/apputils-extension:notification"]
    assert notes["fetchNews"] == "false" and not notes["checkForUpdates"]


def test_help_names_the_commands():
    done = subprocess.run(
        [sys.executable, str(COURSE), "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for command in command_line.COMMANDS:
        assert f"course.py {command}" in done.stdout or command == "open"


def test_old_pythons_get_a_sentence():
    text = COURSE.read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 6))
    code = (
        "import runpy, sys; sys.version_info = (3, 8, 1, 'final', 0); "
        f"runpy.run_path({str(COURSE)!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert "needs Python 3.10 or newer; this is 3.8" in done.stderr
    assert "3.10 以降" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(not shutil.which("pypy3"), reason="no Python 3.9 here")
def test_a_real_old_python_gets_the_sentence():
    done = subprocess.run(["pypy3", str(COURSE)], capture_output=True)
    assert done.returncode == 1 and b"Traceback" not in done.stderr


# The environment. A real one is made, but its packages are empty, so that
# nothing has to be installed.

PARTS = ("course.py", "pyproject.toml", "constraints.txt", "course_lib/*.py")
PARTS += ("tools/__init__.py", "tools/launch/*.py")
SET_UP = "from tools.launch.environment import set_up; print(set_up().folder)"


def make_course(folder):
    """Copy what course.py needs."""
    for pattern in PARTS:
        for path in place.ROOT.glob(pattern):
            copy = folder / path.relative_to(place.ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    path = folder / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index("dependencies = [")
    end = text.index("]", start)
    text = f'{text[:start]}dependencies = ["numpy", "tqdm>=4"{text[end:]}'
    path.write_text(text, encoding="utf-8")
    (folder / "constraints.txt").write_text("", encoding="utf-8")


def set_up(folder, **variables):
    """Set up a course without network; return what it said and the end."""
    environment = dict(os.environ, LC_ALL="C.UTF-8", PIP_NO_INDEX="1")
    environment |= {"PYTHONPATH": "", "UV_OFFLINE": "1", "PATH": "/usr/bin"}
    done = subprocess.run(
        [sys.executable, "-c", SET_UP],
        cwd=folder,
        env=environment | variables,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout + done.stderr


def make_ready(folder, python=sys.executable):
    """Make a course with an environment that it has vouched for."""
    make_course(folder)
    venv = folder / ".venv"
    subprocess.run([python, "-m", "venv", str(venv)], check=True)
    packages = next(venv.glob("[Ll]ib/**/site-packages"))
    for name in ("numpy", "tqdm"):  # enough to be found
        (packages / f"{name}.py").touch()
        info = packages / f"{name}-9.0.dist-info"
        info.mkdir()
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: 9.0\n"
        (info / "METADATA").write_text(text, encoding="utf-8")
    said = set_up(folder)
    assert "Ready" in said and said.endswith(f"{venv}\n"), said
    return folder


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """Return a course with an environment that it has vouched for."""
    return make_ready(tmp_path_factory.mktemp("first") / "課程 #1 50%")


@pytest.fixture
def course_copy(ready, tmp_path):
    """Return a copy of the course, its environment included."""
    folder = tmp_path / "copy"
    shutil.copytree(ready, folder, symlinks=True)
    return folder


def test_nothing_is_done_when_all_is_well(ready):
    assert set_up(ready) == f"{ready / '.venv'}\n"


def test_stamp_holds_place_interpreter_and_versions(ready):
    stamp = json.loads((ready / ".venv/course.json").read_text("utf-8"))
    assert stamp["place"] == str(ready)
    assert (
        f"{sys.version_info[0]}.{sys.version_info[1]}"
        in (stamp["interpreter"])
    )
    assert stamp["versions"].keys() >= {"numpy", "tqdm"}


def test_copied_course_uses_its_own_package(course_copy):
    said = set_up(course_copy)
    assert f"now belongs to {course_copy}" in said, said
    assert package_of(course_copy) == course_copy
    assert set_up(course_copy) == f"{course_copy / '.venv'}\n"


def package_of(folder):
    """Return the course whose package an environment finds."""
    python = folder / ".venv" / "bin" / "python"
    code = "import course_lib; print(course_lib.__file__)"
    done = subprocess.run(
        [str(python), "-I", "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd="/",
    )
    return Path(done.stdout.strip()).parents[1]


def test_what_an_older_course_left_behind_is_removed(course_copy, ready):
    """An editable installation would lead to the original for ever."""
    packages = next(course_copy.glob(".venv/lib/**/site-packages"))
    old = packages / "__editable__.cnn_course-0.1.0.pth"
    old.write_text(str(ready), encoding="utf-8")
    assert package_of(course_copy) == ready
    set_up(course_copy)
    assert package_of(course_copy) == course_copy and not old.exists()


def test_pythonpath_is_no_help(course_copy):
    """A variable must not hide that the environment finds nothing."""
    (packages,) = course_copy.glob(".venv/lib/**/site-packages")
    (packages / "course.pth").unlink()
    set_up(course_copy, PYTHONPATH=str(course_copy))
    assert package_of(course_copy) == course_copy


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("dangling", "does not run any more"),
        ("upgraded", "made for Python 3.9"),
        ("unfinished", "interrupted"),
        ("file", "does not run any more"),
    ],
)
def test_broken_environment_is_made_anew_and_said(course_copy, fault, says):
    venv = course_copy / ".venv"
    python = venv / "bin" / "python"
    if fault == "dangling":
        for path in python.parent.glob("python*"):
            path.unlink()
        python.symlink_to("/usr/bin/python0.9")
    elif fault == "upgraded":
        stamp = venv / "course.json"
        text = json.loads(stamp.read_text(encoding="utf-8"))
        text["interpreter"] = "Python 3.9 x86_64"
        stamp.write_text(json.dumps(text), encoding="utf-8")
    elif fault == "unfinished":
        (venv / "course-unfinished").touch()
    else:
        shutil.rmtree(venv)
        venv.touch()
    said = set_up(course_copy)
    assert says in said, said
    assert "Traceback" not in said
    assert "PyPI does not have" in said  # the index was forbidden above
    assert (venv / "course-unfinished").exists()  # the next start tries again


def test_newer_versions_that_cannot_be_had_do_not_stop_a_start(course_copy):
    path = course_copy / "constraints.txt"
    path.write_text("tqdm==999.0\n", encoding="utf-8")
    said = set_up(course_copy)
    assert "opens with those that are here" in said, said
    assert said.endswith(f"{course_copy / '.venv'}\n")


def test_no_module_for_environments_is_named(monkeypatch, tmp_path, english):
    monkeypatch.setattr(install, "has_module", lambda name: name == "venv")
    monkeypatch.setattr(install, "find_uv", lambda: None)
    environment = command_line.set_up.__globals__["Environment"](
        tmp_path / ".venv"
    )
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        install.make(environment, {})


@pytest.mark.parametrize("name", ["a[1]", "a*", "a:b"])
def test_folder_names_that_break_jupyterlab_are_named(name, english):
    with pytest.raises(SystemExit, match="Rename the folder"):
        install.refuse_name(Path("/home") / name)


@pytest.mark.parametrize("name", ["部屋", "a b", "a#b", "50%", "it's", "ü"])
def test_other_folder_names_are_fine(name):
    install.refuse_name(Path("/home") / name)


PIP_SAYS = {
    "network": "WARNING: Retrying (Retry(total=4)) after connection broken by "
    "'NewConnectionError: Failed to establish a new connection'\nERROR: No "
    "matching distribution found for numpy",
    "HTTPS_PROXY": "ProxyError('Cannot connect to proxy.', OSError())",
    "global.cert": "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_"
    "VERIFY_FAILED]",
    "disk": "ERROR: Could not install packages due to an OSError: [Errno 28] "
    "No space left on device",
    "user = true": "ERROR: Can not perform a '--user' install. User site-",
    "have numpy": "ERROR: No matching distribution found for numpy>=2",
    "cannot be written": "PermissionError: [Errno 13] Permission denied: 'x'",
    "said last:\nboo": "boo",
}


@pytest.mark.parametrize("says", PIP_SAYS)
def test_what_is_missing_is_named(says, tmp_path, english):
    said = trouble.explain(PIP_SAYS[says], tmp_path / ".venv", False)
    assert says in said
    words.chosen = "ja"
    assert trouble.explain(PIP_SAYS[says], tmp_path / ".venv", False) != said


def test_wheels_for_another_computer_are_named(tmp_path, monkeypatch, english):
    monkeypatch.setattr(trouble, "WHEELS", tmp_path)
    text = json.dumps({"platform": "windows", "python": ["3.12"]})
    (tmp_path / "bundle.json").write_text(text, encoding="utf-8")
    output = "ERROR: No matching distribution found for numpy>=1.26"
    said = trouble.explain(output, tmp_path / ".venv", True)
    assert "windows, Python 3.12" in said and "lacks numpy" in said
    said = trouble.explain("Killed", tmp_path / ".venv", True)
    assert said.endswith("last:\nKilled")  # no guess


def test_full_disk_is_named_even_if_the_installer_does_not(
    tmp_path, monkeypatch, english
):
    monkeypatch.setattr(trouble, "is_full", lambda folder: True)
    for explain in (trouble.common, lambda *a: trouble.explain(*a, False)):
        assert "disk" in explain("exit status 1", tmp_path / ".venv")


def test_passwords_of_an_index_are_not_shown(monkeypatch):
    address = "https://me:secret@mirror.example/simple"
    monkeypatch.setenv("PIP_INDEX_URL", address)
    assert trouble.index_name() == "https://mirror.example/simple"
    assert install.index_for_uv({}) == {"UV_DEFAULT_INDEX": address}


def test_requirements_are_those_of_the_project():
    tomllib = pytest.importorskip("tomllib")
    text = (place.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    assert requirements() == project["dependencies"]
    for name, lines in project["optional-dependencies"].items():
        assert requirements(name) == project["dependencies"] + lines


def test_every_text_has_the_same_values_in_both_languages():
    import string

    def names(text):
        found = {field for _, field, _, _ in string.Formatter().parse(text)}
        return found - {None}

    for key, text in words.WORDS.items():
        assert names(text.en) == names(text.ja), key


# The notebooks.


def test_notebooks_are_copied_whole_and_never_overwritten(tmp_path, capsys):
    source, target = tmp_path / "notebooks", tmp_path / "work"
    (source / "en").mkdir(parents=True)
    (source / "en" / "a.ipynb").write_text("{}", encoding="utf-8")
    (copy,) = copy_notebooks(source, target)
    copy.write_text("mine", encoding="utf-8")
    new = {"metadata": {"course": {"built_from": "new"}}}
    text = json.dumps(new)
    (source / "en" / "a.ipynb").write_text(text, encoding="utf-8")
    assert copy_notebooks(source, target) == []
    assert copy.read_text(encoding="utf-8") == "mine"
    assert "a.ipynb" in capsys.readouterr().out
    assert [path.name for path in copy.parent.iterdir()] == ["a.ipynb"]


def test_lessons_are_found_by_their_whole_number(tmp_path):
    for name in ("5_10_boxes_trainee", "5_1_convolution_trainee", "QUIZ"):
        (tmp_path / f"{name}.ipynb").touch()
    assert find(tmp_path, "5_1").stem == "5_1_convolution_trainee"
    assert find(tmp_path, "5_10").stem == "5_10_boxes_trainee"
    assert find(tmp_path, "quiz").stem == "QUIZ"
    assert find(tmp_path, "5") is None and find(tmp_path, "") is None
    assert names_in(tmp_path) == ["5_1", "5_10", "QUIZ"]


OTHER_USER = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
SHOW = (
    SET_UP
    + """
from course_lib import place
from tools.launch.notebooks import copy_all
copy_all(place.course_home()); print(place.work_folder())
"""
)


@pytest.fixture
def shared():
    """Return a course of root's and a home of nobody's, in open folders."""
    python = shutil.which("python3", path="/usr/local/bin:/usr/bin")
    if getattr(os, "geteuid", int)() or not shutil.which("setpriv"):
        pytest.skip("only root can become another user")
    new = python and subprocess.run(
        [
            python,
            "-c",
            "import ensurepip, sys; 1 / (sys.version_info > (3, 10))",
        ]
    )
    if not new or new.returncode:
        pytest.skip("no Python that every user can run")
    folders = [Path(tempfile.mkdtemp()) for _ in range(2)]
    try:
        course = make_ready(folders[0] / "course", python)
        for kind in ("notebooks", "solutions"):
            path = course / kind / "en" / "START.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text("{}", encoding="utf-8")
        subprocess.run(["chmod", "-R", "a+rX", folders[0]], check=True)
        os.chown(folders[1], 65534, 65534)
        yield course, folders[1], python
    finally:
        for folder in folders:
            shutil.rmtree(folder)


def test_second_user_writes_nothing_into_the_course(shared):
    """The environment of a shared course is used; files are one's own."""
    course, home, python = shared
    before = sorted(course.rglob("*"))
    done = subprocess.run(
        [*OTHER_USER, python, "-B", "-c", SHOW],
        cwd=course,
        env={"HOME": str(home), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin"},
        capture_output=True,
        encoding="utf-8",
    )
    work = home / "cnn-course" / "work"
    assert done.stdout.splitlines() == [str(course / ".venv"), str(work)], (
        done.stdout + done.stderr
    )
    assert sorted(course.rglob("*")) == before
    assert (work / "en" / "START.ipynb").exists()
    assert (home / "cnn-course" / "solutions/en/START.ipynb").exists()
