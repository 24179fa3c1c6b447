"""Compare small networks of plain and of depthwise separable convolutions.

Both kinds have the same plan: a first convolution with stride 2, three
blocks, the mean of each map, an affine layer. They learn 5,000 digits of
MNIST; 2,000 others are for choosing which plain network is about as good
as which MobileNet, the test images are looked at once, at the end. Lesson
5_11 shows the result: data/recorded/5_11.json.

python tools/record_mobilenet.py        five seeds, about eight minutes
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

# One thread: then the time of the process is the time of the work.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_lib.datasets import load_mnist
from course_lib.layers import (
    Affine,
    BatchNormalization,
    Convolution,
    GlobalAveragePooling,
    ReLU,
    SoftmaxWithLoss,
)
from course_lib.networks import Network
from course_lib.optimizers import Adam
from course_lib.trainer import Trainer

OUTPUT = Path(__file__).resolve().parents[1] / "data/recorded/5_11.json"
SEEDS = 5
TRAIN, CHOOSE = 5000, 2000
EPOCHS = 8
STEM = 16
BLOCKS = ((32, 1), (64, 2), (64, 1))  # filters, stride
# kind, width: the plain ones are made narrower until they are as good.
NETWORKS = (
    ("plain", 0.25),
    ("plain", 0.375),
    ("plain", 0.5),
    ("plain", 1),
    ("mobile", 0.5),
    ("mobile", 1),
    ("mobile", 2),
)


def convolution(
    rng: np.random.Generator,
    C: int,
    FN: int,
    size: int,
    stride: int = 1,
    groups: int = 1,
) -> list:
    """Return a convolution, batch normalization and ReLU as layers."""
    shape = (FN, C // groups, size, size)
    sigma = np.sqrt(2 / np.prod(shape[1:]))
    W = rng.normal(0, sigma, shape).astype(np.float32)
    b, one = np.zeros(FN, np.float32), np.ones(FN, np.float32)
    return [
        Convolution(W, b, stride, size // 2, groups=groups),
        BatchNormalization(one, b.copy()),
        ReLU(),
    ]


def make(kind: str, width: float, seed: int) -> Network:
    """Return a network of a kind ("plain", "mobile") and width."""
    rng = np.random.default_rng(seed)
    C = int(STEM * width)
    layers = convolution(rng, 1, C, 3, 2)
    for filters, stride in BLOCKS:
        FN = int(filters * width)
        if kind == "plain":
            layers += convolution(rng, C, FN, 3, stride)
        else:
            layers += convolution(rng, C, C, 3, stride, groups=C)
            layers += convolution(rng, C, FN, 1)
        C = FN
    W = rng.normal(0, np.sqrt(1 / C), (C, 10)).astype(np.float32)
    layers += [GlobalAveragePooling(), Affine(W, np.zeros(10, np.float32))]
    return Network(layers, SoftmaxWithLoss())


def count(network: Network) -> tuple[int, int]:
    """Return weights and biases, and multiply-adds for an image.

    As in the papers: of convolutions and affine layers only.
    """
    side, parameters, macs = 28, 0, 0
    for layer in network.layers:
        if isinstance(layer, Convolution):
            side = (side - 1) // layer.stride + 1
            macs += layer.W.size * side * side
        elif isinstance(layer, Affine):
            macs += layer.W.size
        else:
            continue
        parameters += layer.W.size + layer.b.size
    return parameters, macs


def milliseconds(work, times: int = 15) -> float:
    """Return the time of the processor for one call, the median."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return 1000 * float(np.median(found))


def kind_of(layer: object) -> str:
    """Return in which part of the time a layer is counted."""
    if not isinstance(layer, Convolution):
        return "normalization, ReLU"
    if layer.groups > 1:
        return "depthwise"
    return "pointwise" if layer.W.shape[2] == 1 else "convolution"


def layer_times(
    network: Network, x: np.ndarray, times: int = 15
) -> dict[str, float]:
    """Return milliseconds of forward and backward by kind of layer."""
    rounds = []
    for _ in range(times):
        found = dict.fromkeys(map(kind_of, network.layers), 0.0)
        out = x
        for layer in network.layers:
            start = time.process_time()
            out = layer.forward(out, True)
            found[kind_of(layer)] += time.process_time() - start
        dout = out
        for layer in reversed(network.layers):
            start = time.process_time()
            dout = layer.backward(dout)
            found[kind_of(layer)] += time.process_time() - start
        rounds.append(found)
    return {
        kind: round(1000 * float(np.median([r[kind] for r in rounds])), 4)
        for kind in rounds[0]
    }


def run(kind: str, width: float, seed: int, data: tuple) -> dict:
    """Train one network; return its accuracies and the times of a batch."""
    train, choose, test = data
    network = make(kind, width, seed)
    Trainer(
        network,
        train,
        (choose[0][:1], choose[1][:1]),
        epochs=EPOCHS,
        batch_size=50,
        optimizer=Adam(lr=0.003),
        rng=seed,
        progress=False,
        lr_schedule=lambda step, steps: 1 - step / steps,
        evaluate_size=1,
    ).fit()
    x, t = train[0][:100], train[1][:100]
    return {
        "chosen_by": network.accuracy(*choose),
        "test": network.accuracy(*test),
        "predict_ms": milliseconds(lambda: network.predict(x)),
        "step_ms": milliseconds(lambda: network.gradient(x, t)),
    }


def main() -> None:
    """Record all networks and seeds."""
    (x, t), test = load_mnist()
    end = TRAIN + CHOOSE
    data = ((x[:TRAIN], t[:TRAIN]), (x[TRAIN:end], t[TRAIN:end]), test)
    networks = []
    for kind, width in NETWORKS:
        parameters, macs = count(make(kind, width, 0))
        entry = {"kind": kind, "width": width}
        entry |= {"parameters": parameters, "macs": macs}
        network = make(kind, width, 0)
        network.gradient(x[:100], t[:100])  # settles needs_dx
        entry["layer_ms"] = layer_times(network, x[:100])
        runs = [run(kind, width, seed, data) for seed in range(SEEDS)]
        entry |= {key: [round(r[key], 4) for r in runs] for key in runs[0]}
        networks.append(entry)
        means = [float(np.mean(entry[key])) for key in runs[0]]
        print(entry, np.round(means, 4), flush=True)
    record = {
        "made_by": "tools/record_mobilenet.py",
        "seeds": SEEDS,
        "train": TRAIN,
        "epochs": EPOCHS,
        "batch_of_times": 100,
        "networks": networks,
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    text = json.dumps(record, indent=1) + "\n"
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
