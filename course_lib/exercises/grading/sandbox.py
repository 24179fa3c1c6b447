"""Start a kernel where it can do no harm: bubblewrap, on Linux."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import course_lib
from course_lib import datasets

MEMORY = 4 * 2**30  # bytes of address space a process, and of all together
SCRATCH = 256 * 2**20  # bytes of its own /tmp
FIRST_USER = 2**20  # one number for each sandbox: none counts for another
PACKAGE = Path(course_lib.__file__).resolve().parent
HERE = Path(__file__).resolve().parent
# Modules of course_lib/exercises that notebooks need: no answers in them.
SHOWN = (
    "attempt compare guard icons lessons limit markup messages model official"
    " plain predictions record grading"
).split()
LIMITS = (
    "prlimit",
    f"--as={MEMORY}",
    "--fsize=67108864",
    "--cpu=1200",
    "--core=0",
    "--nofile=512",
    "--",
)
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "PYTHONPATH": "/course",
    "PYTHONDONTWRITEBYTECODE": "1",
    "COURSE_PROGRESS": "off",
    "COURSE_DATA": "/course/data",
    "MPLBACKEND": "agg",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "IPYTHONDIR": "/tmp/ipython",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


def _walls(root: bool, fonts: Path | None) -> list[str]:
    """Return the arguments of bwrap: what is seen inside, and how.

    root: bwrap runs as root, without a user namespace.
    """
    said = ["--unshare-all"]
    if root:
        said = ["--unshare-ipc", "--unshare-pid", "--unshare-net"]
        said += ["--unshare-uts", "--unshare-cgroup-try"]
    said += ["--die-with-parent", "--new-session", "--clearenv"]
    said += ["--cap-drop", "ALL"]
    if root:  # needed once, to become nobody
        said += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    prefixes = [Path(sys.prefix), Path(sys.base_prefix)]
    rooms = {room for path in prefixes for room in path.parents}
    rooms |= {Path("/etc"), Path("/course/course_lib/exercises")}
    rooms |= {room for path in list(rooms) for room in path.parents}
    for room in sorted(rooms - {Path("/"), Path("/usr")}):
        said += ["--perms", "0755", "--dir", str(room)]
    for place in ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        said += ["--ro-bind-try", place, place]
    for place in ("/etc/fonts", "/etc/ld.so.cache", "/etc/alternatives"):
        said += ["--ro-bind-try", place, place]
    said += ["--proc", "/proc", "--dev", "/dev"]
    for place, size in (("/tmp", SCRATCH), ("/dev/shm", 2**20)):
        said += ["--perms", "1777", "--size", str(size), "--tmpfs", place]
    said += ["--perms", "1777", "--dir", "/tmp/matplotlib"]
    for place in sorted({sys.prefix, sys.base_prefix}):
        if not place.startswith("/usr/") and place != "/usr":
            said += ["--ro-bind", place, place]
    for path in sorted(PACKAGE.iterdir()):
        if path.name not in ("exercises", "__pycache__"):
            said += ["--ro-bind", str(path), f"/course/course_lib/{path.name}"]
    inside = "/course/course_lib/exercises"
    said += ["--ro-bind", str(HERE / "__init__.py"), f"{inside}/__init__.py"]
    for name in SHOWN:
        path = PACKAGE / "exercises" / name
        path = path if path.is_dir() else path.with_suffix(".py")
        said += ["--ro-bind", str(path), f"{inside}/{path.name}"]
    said += ["--ro-bind-try", str(datasets.data_dir()), "/course/data"]
    if fonts is not None:
        said += ["--ro-bind", str(fonts), f"/tmp/matplotlib/{fonts.name}"]
    for name, value in ENVIRONMENT.items():
        said += ["--setenv", name, value]
    return [*said, "--chdir", "/tmp"]


def _command(root: bool, fonts: Path | None = None) -> list[str]:
    """Return the command in front of what runs inside."""
    inner = ["prlimit", "--nproc=200", "--"]  # of this namespace or user
    if root:
        user = FIRST_USER + os.getpid()
        inner += ["setpriv", f"--reuid={user}", f"--regid={user}"]
        inner += ["--clear-groups", "--"]
    return [*LIMITS, "bwrap", *_walls(root, fonts), "--", *inner]


@functools.cache
def probe() -> tuple[bool, str]:
    """Return whether root starts it, and why no sandbox is to be had.

    The reason is "" where it works. Root becomes an unknown user inside;
    others get a user namespace.
    """
    if not sys.platform.startswith("linux"):
        return False, "a sandbox is only to be had on Linux (bubblewrap)"
    for tool in ("bwrap", "prlimit"):
        if shutil.which(tool) is None:
            return False, f"{tool} is not installed (package bubblewrap)"
    said = ""
    root = os.geteuid() == 0
    for way in [True, False] if root else [False]:
        code = "import numpy, IPython, course_lib.exercises.grading.peer"
        try:
            done = subprocess.run(
                [*_command(way), sys.executable, "-c", code],
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            said = str(error)
            continue
        if done.returncode == 0:
            return way, ""
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return False, f"bwrap does not run here: {said[:200]}"


@functools.cache
def fonts() -> Path | None:
    """Return matplotlib's list of fonts, readable for everybody.

    Ask once before processes are forked: they share the copy.
    """
    try:
        import matplotlib
        from matplotlib import font_manager

        name = f"fontlist-v{font_manager.FontManager.__version__}.json"
        found = Path(matplotlib.get_cachedir()) / name
        folder = Path(tempfile.mkdtemp(prefix="course-fonts-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)
        copy = folder / name
        shutil.copyfile(found, copy)
        copy.chmod(0o644)
    except Exception:
        return None
    return copy


@contextlib.contextmanager
def kernel(trust: bool) -> Iterator[socket.socket]:
    """Start a kernel and yield the line to it; end all of it afterwards."""
    module = "course_lib.exercises.grading.inside"
    python = [sys.executable, "-m", module]
    with contextlib.ExitStack() as stack:
        if os.name == "posix":
            ours, theirs = socket.socketpair()
            stack.enter_context(contextlib.closing(ours))
            more: dict = {"pass_fds": [theirs.fileno()]}
            python.append(str(theirs.fileno()))
        else:
            raise NotImplementedError("only on Linux and macOS")
        if not trust:
            python = [*_command(probe()[0], fonts()), *python]
        else:
            kept = ("COURSE_PROGRESS", "MPLBACKEND")
            more["env"] = {**os.environ, **{k: ENVIRONMENT[k] for k in kept}}
            more["env"]["PYTHONPATH"] = str(PACKAGE.parent)
        process = subprocess.Popen(
            python,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **more,
        )
        stack.callback(_end, process)
        theirs.close()
        watch = threading.Thread(
            target=_watch_memory, args=(process,), daemon=True
        )
        watch.start()
        yield ours


def _end(process: subprocess.Popen) -> None:
    """End a kernel and whatever it started: its namespace ends with it."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _watch_memory(process: subprocess.Popen) -> None:
    """End a kernel whose processes together take too much memory."""
    while process.poll() is None:
        if _memory(process.pid) > MEMORY:
            _end(process)
            return
        time.sleep(0.5)


def _memory(pid: int) -> int:
    """Return the bytes that a process and its descendants hold."""
    total, todo = 0, [pid]
    page = os.sysconf("SC_PAGE_SIZE")
    while todo:
        room = Path(f"/proc/{todo.pop()}")
        try:
            resident, shared = map(
                int, (room / "statm").read_text().split()[1:3]
            )
            total += (resident - shared) * page
            for task in (room / "task").iterdir():
                children = (task / "children").read_text().split()
                todo += map(int, children)
        except (OSError, ValueError):
            continue
    return total
