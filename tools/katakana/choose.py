"""Choose which drawings go into the training part of katakana15.

    python tools/katakana/choose.py

A thousand writers make 15,000 drawings; the course wants 3,000. Taken at
random, most of them would show what a network has long known. So the set grows
in rounds: two networks learn what is chosen so far, then each character gets
those drawings that they are least sure of (uncertainty sampling: Lewis and
Gale, "A sequential algorithm for training text classifiers", 1994). Drawings
that networks misread which have learned from all the other writers are left
out: they are hard because they cannot be read.

Writes ``data/katakana15/sources/picks.json``; after that run
make.py. Takes about five minutes. Another machine may round sums
in another way and so choose other drawings; that is why the list is kept.
"""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.mnist import SmallLeNet, one_cycle
from course_lib.functional import softmax
from course_lib.networks import SimpleConvNet
from course_lib.optimizers import Adam
from tools.katakana.make import (
    GLYPHS,
    PARTS,
    SEED,
    TARGET,
    every_pair,
    make_part,
)

PER_CLASS = 200
FIRST = 50  # drawings of each character chosen at random
ROUNDS = 6
READABLE = 0.5  # least probability that other writers' networks give
STEPS = 500
DOUBT = 1.0  # deviation of the noise on the margins, which adds variety


def simple(rng: np.random.Generator) -> SimpleConvNet:
    """Make the network of lesson 5_7."""
    return SimpleConvNet(output_size=15, weight_init_std="he", rng=rng)


def lenet(rng: np.random.Generator) -> SmallLeNet:
    """Make a network of two convolution layers."""
    return SmallLeNet(rng, output_size=15)


def candidates() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw everything: images (N, 1, 28, 28) float32, labels, writers."""
    pairs = every_pair(PARTS[0])
    pieces = [pairs[i : i + 500] for i in range(0, len(pairs), 500)]
    with ProcessPoolExecutor() as pool:
        parts = pool.map(partial(make_part, PARTS[0], SEED), pieces)
        images, labels, writers = map(np.concatenate, zip(*parts))
    x = images[:, np.newaxis] / np.float32(255)
    return x, labels.astype(int), writers.astype(int)


def learn(make, x, t, seed: int, steps: int):
    """Train a network that `make` makes for some steps of 100 images."""
    rng = np.random.default_rng(seed)
    network, optimizer = make(rng), Adam()
    for step in range(steps):
        i = rng.integers(0, len(x), 100)
        optimizer.lr = 0.003 * one_cycle(step, steps)
        optimizer.update(network.params, network.gradient(x[i], t[i]))
    return network


def probabilities(network, x: np.ndarray) -> np.ndarray:
    """Return what a network thinks of images, (N, 15)."""
    pieces = [x[i : i + 500] for i in range(0, len(x), 500)]
    return np.concatenate([softmax(network.predict(p)) for p in pieces])


def readable(x, t, writers) -> np.ndarray:
    """Tell which drawings networks read that never saw their writers, (N,)."""
    sure = np.zeros(len(t))
    for half in (0, 1):
        own = writers // 2 % 2 == half
        network = learn(lenet, x[~own], t[~own], half, 1200)
        found = probabilities(network, x[own])
        sure[own] = found[np.arange(len(found)), t[own]]
    return sure > READABLE


def margins(network, x, t) -> np.ndarray:
    """Return how much likelier the right class is than the next, (N,), log."""
    p = np.clip(probabilities(network, x), 1e-6, 1 - 1e-6)
    every = np.arange(len(t))
    right = p[every, t]
    p[every, t] = 0
    return np.log(right) - np.log(p.max(axis=1))


def choose(x, t, usable, seed: int = 0) -> np.ndarray:
    """Choose PER_CLASS drawings of each character.

    Args:
        x: images (N, 1, 28, 28).
        t: labels (N,).
        usable: which may be chosen (N,), bool.
        seed: start of all randomness.

    Returns:
        The numbers of the chosen drawings, (15 * PER_CLASS,), sorted.
    """
    rng = np.random.default_rng(seed)
    chosen = np.zeros(len(t), dtype=bool)
    for k in range(len(GLYPHS)):
        free = np.flatnonzero(usable & (t == k))
        chosen[rng.choice(free, FIRST, replace=False)] = True
    sizes = np.linspace(FIRST, PER_CLASS, ROUNDS + 1).round().astype(int)
    for number, size in enumerate(sizes[1:]):
        known = x[chosen], t[chosen]
        margin = DOUBT * rng.standard_normal(len(t))
        for which, make in enumerate((lenet, simple)):
            start = seed + 100 * number + which
            margin += margins(learn(make, *known, start, STEPS), x, t)
        for k in range(len(GLYPHS)):
            free = np.flatnonzero(usable & (t == k) & ~chosen)
            missing = size - np.count_nonzero(chosen & (t == k))
            chosen[free[np.argsort(margin[free])][:missing]] = True
        print(f"{size} of each character", flush=True)
    return np.flatnonzero(chosen)


def main() -> None:
    """Draw, choose and write the list."""
    x, t, writers = candidates()
    print(f"{len(t)} drawings", flush=True)
    usable = readable(x, t, writers)
    print(f"{np.mean(usable):.1%} can be read", flush=True)
    picked = choose(x, t, usable)
    found = {
        glyph: sorted(writers[picked[t[picked] == k]].tolist())
        for k, glyph in enumerate(GLYPHS)
    }
    about = "Writers of the training part, chosen by tools/katakana/choose.py"
    lines = [f'  "{g}": {json.dumps(w)}' for g, w in found.items()]
    text = f'{{"about": "{about}", "writers": {{\n' + ",\n".join(lines)
    (TARGET / "sources/picks.json").write_text(text + "\n}}\n", "utf-8")


if __name__ == "__main__":
    main()
