"""Measure the speed and memory of course_lib, torch and DeZero.

    python benchmarks/run.py                 all, some minutes
    python benchmarks/run.py --only layers   one part
    python benchmarks/run.py --tiny          seconds, only to see it run

Everything is measured in one process, the libraries in turn, with the same
number of threads. What is not installed is left out: torch comes with
pip install -e .[reference], DeZero with pip install dezero.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
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


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=_cores())
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument("--tiny", action="store_true")
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
    from benchmarks import parts, report
    from benchmarks.libraries import available

    libraries, missing = available(options.threads)
    result = {"machine": machine(options.threads), "missing": missing}
    print("\n".join([f"{k}: {v}" for k, v in result["machine"].items()]))
    print(*missing, sep="\n", flush=True)
    for part in options.only:
        measured = getattr(parts, part)(libraries, options)
        result[part] = measured
        print("\n".join(getattr(report, part)(measured)), flush=True)
    result["machine"]["load after"] = _load()
    write(result, options)


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
