"""The parts of the benchmark; each returns what it measured as a dict."""

from __future__ import annotations

import argparse
import itertools
from typing import Any

import numpy as np

from benchmarks.cases import Case, layer_cases, naive_pair, scaling_cases
from benchmarks.libraries import arrays
from benchmarks.measure import alternate, peak_bytes, start_time
from course_lib import _blocks
from course_lib.layers import Affine, Convolution
from course_lib.networks import SimpleConvNet

MIB = 1 << 20


def _pairs(case: Case, libraries: dict) -> dict[str, tuple]:
    """Return name -> (forward, both) of each library for a case."""
    pairs = {
        name: getattr(library, case.method)(*case.arguments)
        for name, library in libraries.items()
    }
    return {name: pair for name, pair in pairs.items() if pair is not None}


def layers(libraries: dict, options: argparse.Namespace) -> list[dict]:
    """Time forward, and forward with backward, of each layer."""
    found = []
    for case in layer_cases(2 if options.tiny else 100):
        pairs = _pairs(case, libraries)
        row: dict[str, Any] = {"title": case.title, "goal": case.goal}
        for i, direction in enumerate(("forward", "both")):
            runs = {name: pair[i] for name, pair in pairs.items()}
            row[direction] = alternate(runs, options.rounds)
            loops = naive_pair(case) if options.loops else None
            if loops is not None and not options.tiny:
                once = alternate({"naive": loops[i]}, 1)["naive"]["median"]
                row[direction]["naive"] = {
                    "median": once * case.arguments[0][0]
                }
        found.append(row)
    return found


def network(libraries: dict, options: argparse.Namespace) -> list[dict]:
    """Time a training step of 100 images and an epoch of 6000."""
    images = 200 if options.tiny else 6000
    x, t = np.abs(arrays(images, 1, 28, 28)), np.arange(images) % 10
    steps = {name: lib.training_step() for name, lib in libraries.items()}

    def one_step(step):
        # Always another batch: one that is known by heart has gradients so
        # small that the processor works on them many times more slowly.
        starts = itertools.cycle(range(0, images, 100))

        def run() -> None:
            i = next(starts)
            step(x[i : i + 100], t[i : i + 100])

        return run

    def epoch(step):
        def run() -> None:
            for i in range(0, images, 100):
                step(x[i : i + 100], t[i : i + 100])

        return run

    one = {name: one_step(step) for name, step in steps.items()}
    all_ = {name: epoch(step) for name, step in steps.items()}
    deep = {name: lib.resnet_step() for name, lib in libraries.items()}
    deep = {name: step for name, step in deep.items() if step is not None}
    return [
        {
            "title": "SimpleConvNet, training step of 100 images",
            "goal": 0.8,
            "both": alternate(one, options.rounds),
        },
        {
            "title": f"SimpleConvNet, epoch of {images} images",
            "goal": None,
            "both": alternate(all_, max(1, options.rounds // 3)),
        },
        {
            "title": "ResNet-20, training step of 64 images",
            "goal": 2.0,
            "both": alternate(deep, options.rounds),
        },
    ]


def scaling(libraries: dict, options: argparse.Namespace) -> dict:
    """Time a convolution's forward and backward as it grows."""
    rounds = max(1, options.rounds // 3)
    found: dict[str, list] = {}
    for what, cases in scaling_cases(32 if options.tiny else 1024).items():
        found[what] = []
        for size, case in cases:
            runs = {n: p[1] for n, p in _pairs(case, libraries).items()}
            times = alternate(runs, rounds)
            found[what].append({"size": size, "both": times})
    return found


def batch(libraries: dict, options: argparse.Namespace) -> dict[int, float]:
    """Return how long one image takes in batches of a size, in seconds.

    The sizes are measured in turn, so that the machine's drift is the same
    for all of them.
    """
    cases = scaling_cases(32 if options.tiny else 1024)["images in the batch"]
    ours = {"course_lib": libraries["course_lib"]}
    runs = {size: _pairs(c, ours)["course_lib"][1] for size, c in cases}
    times = alternate(runs, options.rounds)
    return {size: t["median"] / size for size, t in times.items()}


def memory(libraries: dict, options: argparse.Namespace) -> list[dict]:
    """Measure the workspace: memory beyond inputs, outputs, gradients."""
    sizes = (2, 4) if options.tiny else (16, 64, 256, 1024)
    return [_convolution_memory(N) for N in sizes]


def _convolution_memory(N: int) -> dict[str, Any]:
    """Return the workspace of forward, backward and predict in MiB."""
    x = arrays(N, 16, 28, 28)
    layer = Convolution(arrays(32, 16, 3, 3), arrays(32), 1, 1)
    out = layer.forward(x)
    forward = peak_bytes(lambda: layer.forward(x)) - out.nbytes
    # What the last backward left counts as held before: dW and db are
    # replaced, so they are counted once, as is dx.
    dx = layer.backward(out)
    backward = peak_bytes(lambda: layer.backward(out)) - dx.nbytes
    images = arrays(N, 1, 28, 28)
    network = SimpleConvNet(rng=0)
    predict = peak_bytes(lambda: network.predict(images))
    return {
        "images": N,
        "forward MiB": forward / MIB,
        "backward MiB": backward / MIB,
        "columns of the whole batch MiB": N * 16 * 9 * 784 * 4 / MIB,
        "SimpleConvNet.predict, all, KiB an image": predict / N / 1024,
    }


def start(libraries: dict, options: argparse.Namespace) -> dict[str, float]:
    """Time imports and load_mnist in fresh interpreters, in seconds."""
    from course_lib import datasets

    root = str(datasets._COURSE_DATA.parent)
    times = 1 if options.tiny else 5
    codes = {
        "import course_lib": "import course_lib",
        "import numpy": "import numpy",
        "import layers, networks, optimizers, trainer": (
            "from course_lib import layers, networks, optimizers, trainer"
        ),
    }
    found = {name: start_time(c, root, times) for name, c in codes.items()}
    if (datasets.data_dir() / "mnist").exists():
        code = "datasets.load_mnist()"
        whole = f"from course_lib import datasets; {code}"
        found["import and load_mnist()"] = start_time(whole, root, times)
    found["switch BLAS to one thread and back"] = _switch_time()
    return found


def _switch_time() -> float:
    """Return the time of entering and leaving the limit on BLAS."""

    def run() -> None:
        with _blocks.one_blas_thread():
            pass

    return alternate({"switch": run}, 3)["switch"]["median"]


def limits(libraries: dict, options: argparse.Namespace) -> dict[str, float]:
    """Measure what the machine can do: products and copies."""
    size = 128 if options.tiny else 1024
    a, b = arrays(size, size), arrays(size, size)
    source, target = (np.zeros(size * size * 16, np.float32) for _ in "ab")
    found = {}
    kept = _blocks.get_threads()
    for threads in sorted({1, kept}):
        _blocks.set_threads(threads)
        runs = {
            "product": lambda: Affine(a, b[0]).forward(b),
            "copy": lambda: _blocks.by_rows(np.copyto, target, source),
        }
        times = alternate(runs, options.rounds)
        gflops = 2 * size**3 / times["product"]["median"] / 1e9
        # A copy reads each byte and writes it.
        gbytes = 2 * source.nbytes / times["copy"]["median"] / 1e9
        found[f"product, {threads} thread(s), GFLOP/s"] = gflops
        found[f"copy, {threads} thread(s), GB/s"] = gbytes
    _blocks.set_threads(kept)
    return found
