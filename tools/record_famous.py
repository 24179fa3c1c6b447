"""Cut off VGG's fully connected part, and split a 7x7 filter into 3x3.

Small networks learn the 3,000 katakana of the training set and read the 900
of the test set. The learning rate of each is chosen on 600 training images
that it did not learn; then it learns all 3,000, once for each seed. Lesson
5_9 shows the result: data/recorded/5_9.json.

python tools/record_famous.py          five seeds, about five minutes
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_lib.datasets import load_katakana15
from course_lib.exercises.lesson_5_9.shared import affine, conv
from course_lib.exercises.lesson_5_9.vgg_block import vgg_block
from course_lib.layers import (
    Dropout,
    GlobalAveragePooling,
    MaxPooling,
    ReLU,
)
from course_lib.networks import Network
from course_lib.optimizers import Adam
from course_lib.trainer import Trainer

OUTPUT = Path(__file__).resolve().parents[1] / "data/recorded/5_9.json"
RATES = (0.002, 0.004)
SEEDS = 5
EPOCHS = 6


def small_vgg(head):
    """Return what makes a small VGG with one of three ends."""

    def make(rng):
        layers = [
            *vgg_block(1, 8, 2, rng),
            *vgg_block(8, 16, 2, rng),
            *vgg_block(16, 32, 2, rng),  # (32, 3, 3)
        ]
        if head == "VGG":
            for D in (288, 256):
                drop = Dropout(0.5, rng.spawn(1)[0])
                layers += [affine(D, 256, rng), ReLU(), drop]
            return Network([*layers, affine(256, 15, rng)])
        if head == "mean":
            layers.append(GlobalAveragePooling())
            return Network([*layers, affine(32, 15, rng)])
        return Network([*layers, affine(288, 15, rng)])

    return make


def middle(*sizes, relu=True, C=8):
    """Return what makes a network of these filter sizes in the middle."""

    def make(rng):
        layers = [conv(1, C, 3, rng, pad=1), ReLU(), MaxPooling(2, 2, 2)]
        for i, F in enumerate(sizes):
            layers.append(conv(C, C, F, rng, pad=F // 2))
            if relu or i == len(sizes) - 1:
                layers.append(ReLU())
        layers.append(MaxPooling(2, 2, 2))
        return Network([*layers, affine(C * 49, 15, rng)])

    return make


WAYS = {
    "head": {
        "VGG": small_vgg("VGG"),
        "one affine": small_vgg("one"),
        "mean": small_vgg("mean"),
    },
    "filters": {
        "7x7": middle(7),
        "3x3, 3x3, 3x3": middle(3, 3, 3),
        "the same, one ReLU": middle(3, 3, 3, relu=False),
    },
}


def rise_and_fall(step, total):
    """Return the factor of the learning rate, as in lesson 5_7."""
    return min(10 * (step + 1) / total, 1) * (1 - step / total)


def trained(make, train, lr, seed):
    """Return a network that has learned."""
    network = make(np.random.default_rng(seed))
    Trainer(
        network,
        train,
        tuple(part[:1] for part in train),
        epochs=EPOCHS,
        batch_size=50,
        optimizer=Adam(lr=lr),
        rng=seed,
        progress=False,
        lr_schedule=rise_and_fall,
        evaluate_size=1,
    ).fit()
    return network


def record_one(group, name):
    """Choose a learning rate, then return what all seeds reach."""
    make = WAYS[group][name]
    train, test = load_katakana15()
    order = np.random.default_rng(0).permutation(len(train[0]))
    kept, rest = (
        tuple(part[i] for part in train) for i in (order[:600], order[600:])
    )
    rates = {
        lr: trained(make, rest, lr, seed=100).accuracy(*kept) for lr in RATES
    }
    lr = max(rates, key=rates.get)
    networks = [trained(make, train, lr, seed) for seed in range(SEEDS)]
    params = networks[0].params.values()
    found = {
        "parameters": sum(int(p.size) for p in params),
        "lr": lr,
        "accuracy": [network.accuracy(*test) for network in networks],
    }
    print(group, name, found, flush=True)
    return found


def main() -> None:
    """Record all networks, two at a time."""
    keys = [(group, name) for group, ways in WAYS.items() for name in ways]
    with ProcessPoolExecutor(2) as pool:
        found = dict(zip(keys, pool.map(record_one, *zip(*keys))))
    record = {"made_by": "tools/record_famous.py", "seeds": SEEDS}
    for (group, name), one in found.items():
        record.setdefault(group, {})[name] = one
    OUTPUT.parent.mkdir(exist_ok=True)
    text = json.dumps(record, indent=1) + "\n"
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
