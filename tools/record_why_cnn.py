"""Compare four ways to read digits that are not where they should be.

Rules by hand, features by hand with a linear SVM, a fully connected network
and two CNNs learn the same 3,000 centred digits of MNIST and read 1,000
test digits that were moved by up to 0 to 6 pixels. Lesson 5_0 shows the
result: data/recorded/5_0.json.

python tools/record_why_cnn.py          five seeds, about four minutes
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_lib.datasets import load_mnist
from course_lib.layers import (
    Affine,
    Convolution,
    GlobalAveragePooling,
    MaxPooling,
    ReLU,
    SoftmaxWithLoss,
)
from course_lib.networks import Network
from course_lib.optimizers import Adam
from course_lib.trainer import Trainer

OUTPUT = Path(__file__).resolve().parents[1] / "data/recorded/5_0.json"
SHIFTS = (0, 1, 2, 3, 4, 6)
SEEDS = 5


def move(x, most, rng):
    """Return images moved by up to `most` pixels in each direction."""
    padded = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    H, W = x.shape[2:]
    places = rng.integers(0, 2 * most + 1, (len(x), 2))
    return np.stack(
        [p[:, i : i + H, j : j + W] for p, (i, j) in zip(padded, places)]
    )


def holes_of(ink):
    """Return (pixels, height from 0 to 1) of each hole in a digit."""
    paper = np.pad(~ink, 1, constant_values=True)
    found = []
    while paper.any():
        part = np.zeros_like(paper)
        part.flat[paper.argmax()] = True
        size = 0
        while part.sum() > size:  # let it grow over the paper
            size = part.sum()
            for axis in (0, 1):
                part = part | np.roll(part, 1, axis) | np.roll(part, -1, axis)
            part &= paper
        if not part[0, 0] and size > 2:
            found.append((size, np.argwhere(part)[:, 0].mean() / len(paper)))
        paper = paper & ~part
    return found


def rule(image):
    """Return the digit that some rules of thumb see in (28, 28)."""
    ink = image > 0.5
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    H, W = ink.shape
    holes = holes_of(ink)
    if len(holes) >= 2:
        return 8
    if len(holes) == 1:
        size, height = holes[0]
        return 0 if size > 0.2 * H * W else 9 if height < 0.5 else 6
    if W < 0.4 * H:
        return 1
    top, foot, half = ink[: H // 3], ink[H - H // 3 :], W // 2
    if top[:, half - 1 : half + 2].mean() < 0.15:
        return 4
    left, right = foot[:, :half].mean(), foot[:, half:].mean()
    if left > 1.3 * right:
        return 2 if foot.mean() > 0.25 and right > 0.12 else 7
    if left < 0.1:
        return 7 if foot.mean() < 0.22 else 4
    return 5 if top[:, :half].mean() > top[:, half:].mean() else 3


def edge_directions(x):
    """Return histograms of edge directions, 7x7 cells of 8 directions.

    The idea of HOG, after Dalal and Triggs, "Histograms of Oriented
    Gradients for Human Detection" (2005), in its simplest form.
    """
    dy, dx = np.gradient(x[:, 0], axis=(1, 2))
    turn = np.arctan2(dy, dx) / (2 * np.pi) % 1
    direction = (turn * 8).astype(int) % 8
    size = np.hypot(dy, dx)
    cells = [
        (size * (direction == k)).reshape(-1, 7, 4, 7, 4).sum(axis=(2, 4))
        for k in range(8)
    ]
    features = np.stack(cells, axis=-1).reshape(len(x), -1)
    return features / (np.linalg.norm(features, axis=1)[:, None] + 1e-6)


def train_svm(features, t, rng, steps=3000):
    """Return W, b of a linear SVM for ten classes, each against the rest."""
    W, b = np.zeros((features.shape[1], 10)), np.zeros(10)
    sign = np.where(np.eye(10)[t] > 0, 1, -1)
    for step in range(steps):
        chosen = rng.integers(0, len(features), 50)
        f, s = features[chosen], sign[chosen]
        d = np.where(s * (f @ W + b) < 1, -s, 0) / len(f)
        rate = 1 - step / steps
        W -= rate * (f.T @ d + 1e-4 * W)
        b -= rate * d.sum(axis=0)
    return W, b


def weights(rng, *shape):
    """Return random weights after He and zero biases, float32."""
    filters = len(shape) == 4
    n = np.prod(shape[1:]) if filters else shape[0]
    W = rng.normal(0, np.sqrt(2 / n), shape).astype(np.float32)
    return W, np.zeros(shape[0 if filters else 1], np.float32)


def networks(seed):
    """Return a fully connected network and two CNNs by name."""
    rng = np.random.default_rng(seed)

    def conv_part():
        return [
            Convolution(*weights(rng, 16, 1, 5, 5), pad=2),
            ReLU(),
            MaxPooling(2, 2, stride=2),
            Convolution(*weights(rng, 32, 16, 5, 5), pad=2),
            ReLU(),
        ]

    layers = {
        "fully connected": [
            Affine(*weights(rng, 784, 100)),
            ReLU(),
            Affine(*weights(rng, 100, 10)),
        ],
        "CNN": [
            *conv_part(),
            MaxPooling(2, 2, stride=2),
            Affine(*weights(rng, 32 * 49, 10)),
        ],
        "CNN, averaged": [
            *conv_part(),
            GlobalAveragePooling(),
            Affine(*weights(rng, 32, 10)),
        ],
    }
    return {k: Network(v, SoftmaxWithLoss()) for k, v in layers.items()}


def train(network, x, t, seed, epochs=8):
    """Train a network on centred digits."""
    Trainer(
        network,
        (x, t),
        (x[:1], t[:1]),
        epochs=epochs,
        batch_size=50,
        optimizer=Adam(lr=0.002),
        rng=seed,
        progress=False,
        lr_schedule=lambda step, steps: 1 - step / steps,
        evaluate_size=1,
    ).fit()


def run(seed):
    """Return the accuracies of one seed: way -> one for each shift."""
    (x, t), (x_test, t_test) = load_mnist(train_size=3000, test_size=1000)
    rng = np.random.default_rng(seed)
    tests = [move(x_test, s, rng) for s in SHIFTS]
    W, b = train_svm(edge_directions(x), t, rng)
    found = {
        "rules": [
            float(np.mean([rule(i[0]) for i in test] == t_test))
            for test in tests
        ],
        "features + SVM": [
            float(
                np.mean(
                    (edge_directions(test) @ W + b).argmax(axis=1) == t_test
                )
            )
            for test in tests
        ],
    }
    for name, network in networks(seed).items():
        train(network, x, t, seed)
        found[name] = [network.accuracy(test, t_test) for test in tests]
    return found


def main() -> None:
    """Record all seeds."""
    runs = [run(seed) for seed in range(SEEDS)]
    record = {
        "made_by": "tools/record_why_cnn.py",
        "shifts": SHIFTS,
        "seeds": SEEDS,
        "accuracy": {k: [r[k] for r in runs] for k in runs[0]},
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    text = json.dumps(record, indent=1) + "\n"
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")
    for name, values in record["accuracy"].items():
        print(f"{name:16}", np.mean(values, axis=0).round(3))


if __name__ == "__main__":
    main()
