"""Nothing asks the network: notebooks run with it cut."""

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from tools.build import execute
from tools.lesson_source import lesson_paths, make_notebook

# Runs at the kernel's start. Loopback stays open: kernels talk over it.
GUARD = """
import socket

_connect, _look_up = socket.socket.connect, socket.getaddrinfo
LOCAL = ("127.0.0.1", "::1", "localhost", None, "")


def connect(self, address):
    if isinstance(address, tuple) and address[0] not in LOCAL:
        raise OSError(f"the network is cut: {address}")
    return _connect(self, address)


def getaddrinfo(host, *args, **kwargs):
    if host not in LOCAL:
        raise OSError(f"the network is cut: {host}")
    return _look_up(host, *args, **kwargs)


socket.socket.connect = connect
socket.getaddrinfo = getaddrinfo
"""


@pytest.fixture
def no_network(tmp_path, monkeypatch):
    """Cut the network in every kernel that the test starts."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00-guard.py").write_text(GUARD, encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))


def test_guard_cuts_the_network(no_network, tmp_path):
    code = "import urllib.request\nurllib.request.urlopen('http://192.0.2.1')"
    cell = nbformat.v4.new_code_cell(code)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    with pytest.raises(CellExecutionError, match="the network is cut"):
        execute(notebook, tmp_path)


@pytest.mark.parametrize(
    ("lesson", "language", "kind"),
    [("5_4", "ja", "trainee"), ("5_2", "en", "solution")],
)
def test_notebook_runs_without_network(
    no_network, tmp_path, lesson, language, kind
):
    (source,) = lesson_paths([lesson])
    execute(make_notebook(source, language, kind), tmp_path)


@pytest.mark.parametrize("load", ["load_mnist", "load_katakana15"])
def test_data_load_without_network(no_network, tmp_path, load):
    code = f"from course_lib import datasets\ndatasets.{load}()"
    cell = nbformat.v4.new_code_cell(code)
    execute(nbformat.v4.new_notebook(cells=[cell]), tmp_path)
