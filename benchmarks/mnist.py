"""Train on all of MNIST and tell the time and the accuracy.

    python benchmarks/mnist.py                 three seeds
    python benchmarks/mnist.py --seeds 5       one

The network is LeNet's form (LeCun et al., "Gradient-based learning applied
to document recognition" (1998)), with ReLU and max pooling.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_lib.datasets import load_mnist
from course_lib.layers import (
    Affine,
    Convolution,
    MaxPooling,
    ReLU,
    SoftmaxWithLoss,
)
from course_lib.networks import SimpleConvNet
from course_lib.optimizers import Adam
from course_lib.trainer import Trainer


class SmallLeNet:
    """Conv - Pool - ReLU twice, then Affine - ReLU - Affine.

    ReLU after the pooling gives the same as before it, for a quarter of
    the work: the larger of two numbers stays the larger one.
    """

    def __init__(
        self, rng: np.random.Generator, output_size: int = 10
    ) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.layers = [
            Convolution(*self._parameters(1, (16, 1, 5, 5), rng)),
            MaxPooling(2, 2, 2),
            ReLU(),
            Convolution(*self._parameters(2, (32, 16, 3, 3), rng), pad=1),
            MaxPooling(2, 2, 2),
            ReLU(),
            Affine(*self._parameters(3, (32 * 6 * 6, 128), rng)),
            ReLU(),
            Affine(*self._parameters(4, (128, output_size), rng)),
        ]
        self.layers[0].needs_dx = False
        self.last_layer = SoftmaxWithLoss()

    def _parameters(
        self, number: int, shape: tuple, rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray]:
        """Make and return W and b; W has the deviation of He et al."""
        is_filter = len(shape) == 4
        inputs = np.prod(shape[1:]) if is_filter else shape[0]
        W = rng.standard_normal(shape, np.float32)
        W *= np.float32((2 / inputs) ** 0.5)
        b = np.zeros(shape[0] if is_filter else shape[1], np.float32)
        self.params[f"W{number}"], self.params[f"b{number}"] = W, b
        return W, b

    def predict(self, x: np.ndarray) -> np.ndarray:
        """Return the scores (N, output_size) of images (N, 1, 28, 28)."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    accuracy = SimpleConvNet.accuracy

    def gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """Return the gradients of the loss, named like params."""
        self.last_layer.forward(self.predict(x), t)
        dout = self.last_layer.backward()
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        weighted = [layer for layer in self.layers if hasattr(layer, "dW")]
        grads = {}
        for number, layer in enumerate(weighted, start=1):
            grads[f"W{number}"], grads[f"b{number}"] = layer.dW, layer.db
        return grads


def one_cycle(step: int, total: int) -> float:
    """Return the factor of the learning rate: up for 20 %, then down to 0."""
    return min((step + 1) / (0.2 * total), (total - step) / (0.8 * total))


def train(seed: int, epochs: int, train_size: int | None) -> tuple:
    """Return seconds of training, accuracy on the test images, history."""
    train, test = load_mnist(train_size=train_size)
    rng = np.random.default_rng(seed)
    network = SmallLeNet(rng)
    trainer = Trainer(
        network,
        train,
        test,
        epochs,
        batch_size=100,
        optimizer=Adam(lr=0.004),
        evaluate_size=1000,
        rng=rng,
        progress=False,
        lr_schedule=one_cycle,
    )
    start = time.perf_counter()
    trainer.fit()
    accuracy = network.accuracy(*test, batch_size=500)
    return time.perf_counter() - start, accuracy


def main() -> None:
    """Train once for each seed and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--train-size", type=int)
    options = parser.parse_args()
    for seed in options.seeds:
        seconds, accuracy = train(seed, options.epochs, options.train_size)
        print(f"seed {seed}: {accuracy:.2%} in {seconds:.1f} s", flush=True)


if __name__ == "__main__":
    main()
