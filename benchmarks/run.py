"""Measure the speed and memory of course_lib, torch and DeZero.

    python benchmarks/run.py                 all, some minutes
    python benchmarks/run.py --only layers   one part
    python benchmarks/run.py --tiny          seconds, only to see it run

Each library runs alone in a process of its own, with the same number of
threads, one after the other and several rounds of it: the threads of torch
wait for more work in a busy loop, and would take a core from whoever comes
next in the same process. What is not installed is left out: torch comes
with pip install -e .[reference], DeZero with pip install dezero.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PARTS = [
    "layers",
    "network",
    "scaling",
    "batch",
    "memory",
    "start",
    "limits",
]
# Parts that measure all libraries; the others are about course_lib only.
COMPARED = ["layers", "network", "scaling"]


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=_cores())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("--alone", help="library to measure in this process")
    parser.add_argument("--loops", action="store_true", help="plain loops too")
    parser.add_argument("--output", type=Path, default=ROOT / "build/speed")
    return parser.parse_args()


def _cores() -> int:
    """Return the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def main() -> None:
    """Measure what was asked for; print tables, write JSON and a figure."""
    options = parse()
    # Before numpy is imported: BLAS reads these when it is loaded.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(options.threads)
    sys.path.insert(0, str(ROOT))
    if options.alone:
        measure_alone(options)
        return
    from benchmarks import report
    from benchmarks.libraries import available

    names, missing = available(options.threads)
    result = {"machine": machine(options.threads), "missing": missing}
    print("\n".join([f"{k}: {v}" for k, v in result["machine"].items()]))
    print(*missing, sep="\n", flush=True)
    result.update(in_turns(list(names), options))
    for part in options.only:
        print("\n".join(getattr(report, part)(result[part])), flush=True)
    result["machine"]["load after"] = _load()
    write(result, options)


def measure_alone(options: argparse.Namespace) -> None:
    """Measure one library here; write what was found as JSON."""
    from benchmarks import measure, parts
    from benchmarks.libraries import LIBRARIES

    if options.tiny:
        measure.BURST_S = 0.01
    library = LIBRARIES[options.alone](options.threads)
    found = {
        part: getattr(parts, part)({options.alone: library}, options)
        for part in options.only
    }
    options.output.write_text(json.dumps(found), encoding="utf-8")


def in_turns(names: list[str], options: argparse.Namespace) -> dict:
    """Measure each library in its own process, round after round."""
    from benchmarks.measure import join

    compared = [p for p in options.only if p in COMPARED]
    others = [p for p in options.only if p not in COMPARED]
    found = []
    for i in range(options.rounds):
        for name in names:
            ours = name == "course_lib" and i == 0
            only = compared + others if ours else compared
            if only:
                found.append(_process(name, only, ours, options))
    return join(found)


def _process(
    name: str, only: list[str], loops: bool, options: argparse.Namespace
) -> dict:
    """Return what a process measures of one library."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "found.json")
        command = [sys.executable, __file__, "--alone", name]
        command += ["--threads", str(options.threads), "--only", *only]
        command += ["--output", str(path)]
        command += ["--loops"] * loops + ["--tiny"] * options.tiny
        command += ["--rounds", "1"]
        subprocess.run(command, check=True)
        return json.loads(path.read_text(encoding="utf-8"))


def machine(threads: int) -> dict[str, Any]:
    """Return what the times depend on: cores, load and versions."""
    from importlib import metadata

    import numpy as np

    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    found = {"cores": _cores(), "threads": threads, "load before": _load()}
    found["python"] = platform.python_version()
    for name in ("numpy", "torch", "dezero", "threadpoolctl"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    found["blas"] = f"{blas['name']} {blas['version']}"
    return found


def _load() -> float | None:
    """Return how many processes wanted a core in the last minute."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None


def write(result: dict, options: argparse.Namespace) -> None:
    """Write speed.json, and speed.png if the scaling was measured."""
    from benchmarks import report

    options.output.mkdir(parents=True, exist_ok=True)
    path = options.output / "speed.json"
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if "scaling" in result:
        report.figure(result["scaling"], options.output / "speed.png")
    print(f"written to {options.output}")


if __name__ == "__main__":
    main()
