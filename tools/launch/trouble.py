"""Say what an installation lacks, from what the installer said."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.launch.requirements import WHEELS
from tools.launch.words import say

NEED = 500  # MB: 431 were measured with pip
# What the installer says, in this order: the first that is seen counts.
SIGNS = (
    ("user", r"Can not perform a '--user' install"),
    ("disk", r"No space left on device|Errno 28|not enough space|Errno 122"),
    ("proxy", r"ProxyError|Cannot connect to proxy|407 Proxy|InvalidProxyURL"),
    ("certificate", r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification"),
    (
        "network",
        r"NewConnectionError|ConnectTimeout|ReadTimeout|ConnectionError"
        r"|NameResolutionError|name resolution|getaddrinfo failed"
        r"|Network is unreachable|Failed to establish|timed out"
        r"|ConnectionResetError|RemoteDisconnected|actively refused",
    ),
    ("denied", r"Permission denied|Errno 13|WinError 5\b|Read-only file"),
    ("index", r"No matching distribution found for|HTTP error|404 Client"),
)


def explain(output: str, folder: Path, offline: bool) -> str:
    """Return a sentence about what is missing.

    output: what pip said. folder: the environment. offline: whether it was
    told to take everything from wheels/.
    """
    if is_full(folder):
        return _sentence("disk", folder)
    for key, pattern in SIGNS:
        if re.search(pattern, output, re.I) and key != "index":
            return _sentence(key, folder)
    name = re.search(r"(?:found for|requirement) ([\w.-]+)", output)
    if name is None or not re.search(SIGNS[-1][1], output):
        return say("stopped", output=_last_lines(output))
    values = {"name": name.group(1), "python": platform.python_version()}
    if offline:
        return say("wheels", made_for=made_for(), **values)
    return say("index", index=index_name(), **values)


def common(output: str, folder: Path) -> str:
    """Return the sentence for a full disk or a folder not to be written."""
    if is_full(folder):  # ensurepip does not tell
        return _sentence("disk", folder)
    for key, pattern in SIGNS:
        if key in ("disk", "denied") and re.search(pattern, output, re.I):
            return _sentence(key, folder)
    return ""


def is_full(folder: Path) -> bool:
    """Return whether hardly anything fits on a folder's disk."""
    return shutil.disk_usage(folder.parent).free < 50_000_000


def _sentence(key: str, folder: Path) -> str:
    """Return a sentence with what it names."""
    free = shutil.disk_usage(folder.parent).free // 1_000_000
    proxy = os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy")
    return say(
        key,
        folder=folder.parent,
        need=NEED,
        free=free,
        proxy=proxy or configured("proxy") or "",
        index=index_name(),
    )


def index_name() -> str:
    """Return what pip asks for packages, in words or as an address."""
    address = configured("index-url")
    return re.sub(r"//[^/@]*@", "//", address) if address else "PyPI"


def configured(name: str) -> str:
    """Return a setting of pip, from its variables or files, "" if none."""
    variable = os.environ.get(f"PIP_{name.upper().replace('-', '_')}")
    if variable:
        return variable
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pip", "config", "list"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError:
        return ""
    found = re.search(rf"^[\w:.]*\.{name}='(.*)'$", done.stdout, re.M)
    return found.group(1) if found else ""


def made_for() -> str:
    """Return which computers the folder wheels/ was made for."""
    try:
        text = (WHEELS / "bundle.json").read_text(encoding="utf-8")
        found = json.loads(text)
        return f"{found['platform']}, Python {', '.join(found['python'])}"
    except (OSError, ValueError, KeyError, TypeError):
        return "?"


def _last_lines(output: str, count: int = 8) -> str:
    """Return the end of what was said."""
    return "\n".join(output.rstrip().splitlines()[-count:])
