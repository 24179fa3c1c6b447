"""Record what depth, shortcuts and an auxiliary loss do to learning.

Plain and residual networks of 8, 20 and 32 layers with weights learn MNIST
at 14x14 pixels, with and without batch normalization, and one kind has a
sigmoid in the place of ReLU. Before the first step the size of the gradient
is noted layer by layer, and how alike the images have become. Then a plain
network of 14 layers learns 500 digits with and without an auxiliary loss,
and is compared with averages of several networks. Lesson 5_10 shows the
result: data/recorded/5_10.json.

python tools/record_depth.py            about ten minutes on one core
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_lib.datasets import load_mnist
from course_lib.functional import softmax
from course_lib.layers import (
    Affine,
    BatchNormalization,
    Convolution,
    GlobalAveragePooling,
    ReLU,
    SoftmaxWithLoss,
)
from course_lib.networks import Network, Residual, Sequential
from course_lib.optimizers import Adam

OUTPUT = Path(__file__).resolve().parents[1] / "data/recorded/5_10.json"
DEPTHS = (8, 20, 32)
SEEDS = 5
STEPS = 200
BATCH = 64
CHANNELS = 8
RATE = 0.002
SIDE_SEEDS = 10
SIDE_STEPS = 500
SIDE_RATE = 0.005
SIDE_IMAGES = 500
SIDE_WEIGHT = 0.3
# name -> shortcut, batch normalization, activation
KINDS = {
    "plain, BN": (False, True, "relu"),
    "residual, BN": (True, True, "relu"),
    "plain": (False, False, "relu"),
    "residual": (True, False, "relu"),
    "plain, sigmoid": (False, False, "sigmoid"),
}


class Sigmoid:
    """1 / (1 + exp(-x)), whose slope is 1/4 at most."""

    def forward(self, x, train_flg=True):
        """Return it for each number of x."""
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        """Return dx."""
        return dout * self.out * (1 - self.out)


class Probe:
    """Let x and dout pass; note the size of dout, and how alike x are."""

    def forward(self, x, train_flg=True):
        """Return x; cosine is the mean over all pairs of images."""
        flat = x.reshape(len(x), -1)
        flat = flat / (np.linalg.norm(flat, axis=1)[:, None] + 1e-30)
        alike = flat @ flat.T
        self.cosine = float(alike[~np.eye(len(x), dtype=bool)].mean())
        return x

    def backward(self, dout):
        """Return dout; size is its norm."""
        self.size = float(np.linalg.norm(dout))
        return dout


def conv(C, F, rng, stride=1):
    """Return a 3x3 convolution with He's weights that pads by 1."""
    W = rng.normal(0, np.sqrt(2 / (9 * C)), (F, C, 3, 3))
    b = np.zeros(F, np.float32)
    return Convolution(W.astype(np.float32), b, stride, pad=1)


def norm(C):
    """Return a batch normalization."""
    return BatchNormalization(np.ones(C, np.float32), np.zeros(C, np.float32))


def affine(C, rng):
    """Return what makes ten scores of C maps."""
    W = rng.normal(0, np.sqrt(1 / C), (C, 10)).astype(np.float32)
    return [GlobalAveragePooling(), Affine(W, np.zeros(10, np.float32))]


def body(kind, depth, rng):
    """Return the layers before the head: one convolution, then blocks."""
    shortcut, normed, activation = KINDS[kind]

    def act():
        return ReLU() if activation == "relu" else Sigmoid()

    def unit(C, stride=1):
        layers = [conv(C, CHANNELS, rng, stride)]
        return [*layers, norm(CHANNELS)] if normed else layers

    layers = [*unit(1, 2), act(), Probe()]
    for _ in range((depth - 2) // 2):
        first = [*unit(CHANNELS), act(), Probe()]
        block = [*first, *unit(CHANNELS)]
        block = [Residual(block)] if shortcut else block
        layers += [*block, act(), Probe()]
    return layers


def walk(layers):
    """Yield the layers inside containers, in order."""
    for layer in layers:
        if hasattr(layer, "children"):
            yield from walk(layer.children().values())
        else:
            yield layer


def batches(x, t, seed, steps):
    """Yield random batches."""
    rng = np.random.default_rng(1000 + seed)
    for _ in range(steps):
        chosen = rng.integers(0, len(x), BATCH)
        yield x[chosen], t[chosen]


def start(network, x, t):
    """Return sizes of gradients and cosines before any step."""
    network.gradient(x, t)
    layers = list(walk(network.layers))
    probes = [layer for layer in layers if isinstance(layer, Probe)]
    convs = [layer for layer in layers if isinstance(layer, Convolution)]
    return {
        "dW": [float(np.linalg.norm(c.dW)) for c in convs],
        "dout": [p.size for p in probes],
        "cosine": [p.cosine for p in probes],
    }


def run(kind, depth, seed, x, t):
    """Return what one network shows at the start and in training."""
    rng = np.random.default_rng(seed)
    network = Network([*body(kind, depth, rng), *affine(CHANNELS, rng)])
    found = start(network, x[:BATCH], t[:BATCH])
    optimizer, losses = Adam(lr=RATE), []
    for xb, tb in batches(x, t, seed, STEPS):
        optimizer.update(network.params, network.gradient(xb, tb))
        losses.append(network.last_layer.loss)
    found["loss"] = np.mean(np.reshape(losses, (-1, 10)), axis=1).tolist()
    return found


class SideNetwork:
    """A network with a second head half way, for training only."""

    def __init__(self, seed, weight):
        rng = np.random.default_rng(seed)
        layers = body("plain, BN", 14, rng)
        probes = [isinstance(layer, Probe) for layer in layers]
        half = np.flatnonzero(probes)[6] + 1  # after seven convolutions
        self.lower = Sequential(layers[:half])
        self.upper = Sequential([*layers[half:], *affine(CHANNELS, rng)])
        self.side = Sequential(affine(CHANNELS, rng))
        self.weight = weight
        self.losses = SoftmaxWithLoss(), SoftmaxWithLoss()
        self.params = self._named("parameters")

    def _named(self, what):
        parts = {"lower": self.lower, "upper": self.upper, "side": self.side}
        return {
            f"{name}.{key}": array
            for name, part in parts.items()
            for key, array in getattr(part, what)().items()
        }

    def predict(self, x, train_flg=False):
        """Return the scores of the last head."""
        return self.upper.forward(self.lower.forward(x, train_flg), train_flg)

    def gradient(self, x, t):
        """Return the gradients of loss + weight * the side's loss."""
        h = self.lower.forward(x, True)
        self.losses[0].forward(self.upper.forward(h, True), t)
        self.losses[1].forward(self.side.forward(h, True), t)
        dh = self.upper.backward(self.losses[0].backward(1))
        dh = dh + self.side.backward(self.losses[1].backward(self.weight))
        self.lower.backward(dh)
        return self._named("gradients")


def probabilities(network, x):
    """Return softmax scores of many images."""
    parts = np.split(x, len(x) // 100)
    return softmax(np.concatenate([network.predict(p) for p in parts]))


def sides(x, t, x_test, t_test):
    """Return test accuracies with and without an auxiliary loss."""
    found = {"plain": [], "auxiliary": [], "ensemble": []}
    first = {"plain": [], "auxiliary": []}
    guesses = []
    for seed in range(SIDE_SEEDS):
        for name, weight in (("plain", 0.0), ("auxiliary", SIDE_WEIGHT)):
            network = SideNetwork(seed, weight)
            optimizer = Adam(lr=SIDE_RATE)
            steps = batches(x, t, seed, SIDE_STEPS)
            for step, (xb, tb) in enumerate(steps):
                grads = network.gradient(xb, tb)
                if step == 0:
                    size = np.linalg.norm(grads["lower.0.W"])
                    first[name].append(float(size))
                optimizer.lr = SIDE_RATE * (1 - step / SIDE_STEPS)
                optimizer.update(network.params, grads)
            y = probabilities(network, x_test)
            found[name].append(float((y.argmax(axis=1) == t_test).mean()))
            if name == "plain":
                guesses.append(y)
    for seed in range(SIDE_SEEDS):  # three networks each, all in turn
        three = [guesses[(seed + k) % SIDE_SEEDS] for k in range(3)]
        right = np.mean(three, axis=0).argmax(axis=1) == t_test
        found["ensemble"].append(float(right.mean()))
    return {"accuracy": found, "first_dW": first}


def digits():
    """Return MNIST at 14x14 pixels, each the mean of 2x2."""

    def small(x):
        return x.reshape(len(x), 1, 14, 2, 14, 2).mean(axis=(3, 5))

    train, test = load_mnist(train_size=5000, test_size=2000)
    return small(train[0]), train[1], small(test[0]), test[1]


def main() -> None:
    """Record all kinds, depths and seeds."""
    x, t, x_test, t_test = digits()
    runs = {
        kind: {
            str(depth): [run(kind, depth, s, x, t) for s in range(SEEDS)]
            for depth in DEPTHS
        }
        for kind in KINDS
    }
    few = slice(0, SIDE_IMAGES)
    record = {
        "made_by": "tools/record_depth.py",
        "seeds": SEEDS,
        "steps": STEPS,
        "depths": DEPTHS,
        "runs": runs,
        "side_seeds": SIDE_SEEDS,
        "side": sides(x[few], t[few], x_test, t_test),
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    text = json.dumps(rounded(record), indent=1) + "\n"
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")


def rounded(value):
    """Return data with each float to five digits."""
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(v) for v in value]
    return float(f"{value:.5g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main()
