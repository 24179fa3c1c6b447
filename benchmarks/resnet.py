"""A training step of a small ResNet-20, in course_lib and in torch.

Three groups of three blocks with 8, 16 and 16 channels on 28x28, 14x14 and
7x7 pixels: the deep networks of lesson 5_10 in their size.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_lib import layers
from course_lib.networks import Network, Residual

# Channels before, channels after, stride.
BLOCKS = [
    *((8, 8, 1), (8, 8, 1), (8, 8, 1)),
    *((8, 16, 2), (16, 16, 1), (16, 16, 1)),
    *((16, 16, 2), (16, 16, 1), (16, 16, 1)),
]
IMAGES, CLASSES = 64, 10


def _batch() -> tuple[np.ndarray, np.ndarray]:
    """Return images and labels."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((IMAGES, 1, 28, 28), dtype=np.float32)
    return x, np.arange(IMAGES) % CLASSES


def our_step() -> Callable[[], None]:
    """Return a function that computes all gradients once."""
    rng = np.random.default_rng(0)

    def conv(C: int, FN: int, F: int, stride: int) -> layers.Convolution:
        W = rng.standard_normal((FN, C, F, F), dtype=np.float32)
        W *= np.float32((2 / (C * F * F)) ** 0.5)
        return layers.Convolution(W, np.zeros(FN, np.float32), stride, F // 2)

    def norm(C: int) -> layers.BatchNormalization:
        ones = np.ones(C, np.float32)
        return layers.BatchNormalization(ones, 0 * ones)

    def block(C: int, FN: int, stride: int) -> list:
        body = [conv(C, FN, 3, stride), norm(FN), layers.ReLU()]
        body += [conv(FN, FN, 3, 1), norm(FN)]
        same = C == FN and stride == 1
        shortcut = None if same else conv(C, FN, 1, stride)
        return [Residual(body, shortcut), layers.ReLU()]

    W = rng.standard_normal((16, CLASSES), dtype=np.float32)
    network = Network(
        [
            *(conv(1, 8, 3, 1), norm(8), layers.ReLU()),
            *(layer for sizes in BLOCKS for layer in block(*sizes)),
            layers.GlobalAveragePooling(),
            layers.Affine(W, np.zeros(CLASSES, np.float32)),
        ]
    )
    x, t = _batch()
    return lambda: network.gradient(x, t)


def torch_step() -> Callable[[], None]:
    """Return a function that computes all gradients once."""
    import torch
    from torch import nn

    class Block(nn.Module):
        def __init__(self, C: int, FN: int, stride: int) -> None:
            super().__init__()
            self.body = nn.Sequential(
                nn.Conv2d(C, FN, 3, stride, 1),
                nn.BatchNorm2d(FN),
                nn.ReLU(),
                nn.Conv2d(FN, FN, 3, 1, 1),
                nn.BatchNorm2d(FN),
            )
            same = C == FN and stride == 1
            self.shortcut = (
                nn.Identity() if same else nn.Conv2d(C, FN, 1, stride)
            )

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.relu(self.body(x) + self.shortcut(x))

    network = nn.Sequential(
        *(nn.Conv2d(1, 8, 3, 1, 1), nn.BatchNorm2d(8), nn.ReLU()),
        *(Block(*sizes) for sizes in BLOCKS),
        *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, CLASSES)),
    )
    x, t = map(torch.from_numpy, _batch())

    def step() -> None:
        network.zero_grad()
        nn.functional.cross_entropy(network(x), t).backward()

    return step
