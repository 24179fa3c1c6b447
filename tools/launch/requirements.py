"""Tell what the course needs, as pyproject.toml and constraints.txt say."""

from __future__ import annotations

import ast
import hashlib
import re

from course_lib.place import ROOT

CONSTRAINTS = ROOT / "constraints.txt"
WHEELS = ROOT / "wheels"


def requirements(extra: str = "") -> list[str]:
    """Return what to install, such as ["numpy>=1.26", ...].

    extra: the optional dependencies to add, "" for none.
    """
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = _list(text, "dependencies")
    return found + (_list(text, extra) if extra else [])


def _list(text: str, name: str) -> list[str]:
    """Return a list of pyproject.toml (Python 3.10 cannot read TOML)."""
    found = re.search(rf"^{name} = (\[.*?\])$", text, re.M | re.S)
    return ast.literal_eval(found.group(1))


def name_of(requirement: str) -> str:
    """Return the package's name: "numpy>=1.26" -> "numpy"."""
    return re.match(r"[\w.-]+", requirement).group()


def fingerprint() -> str:
    """Return what changes when other versions are asked for."""
    sha = hashlib.sha256(CONSTRAINTS.read_bytes())
    for extra in ("", "dev", "bundle"):
        sha.update("\n".join(requirements(extra)).encode())
    return sha.hexdigest()
