"""What is measured, and the goals: the largest ratio to torch."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from benchmarks import naive
from benchmarks.libraries import Pair, arrays


class Case(NamedTuple):
    """One layer: its title, the method of a library, its arguments."""

    title: str
    method: str
    arguments: tuple
    goal: float | None = None


def _convolution(x: tuple, FN: int, F: int, stride: int, pad: int, goal):
    title = f"conv {F}x{F}, {x} -> {FN}, stride {stride}, pad {pad}"
    arguments = (x, (FN, x[1], F, F), stride, pad)
    return Case(title, "convolution", arguments, goal)


def _depthwise(x: tuple, goal: float) -> Case:
    title = f"depthwise 3x3, {x}, pad 1"
    return Case(title, "convolution", (x, (x[1], 1, 3, 3), 1, 1), goal)


def layer_cases(N: int = 100) -> list[Case]:
    """Return the layers of the course's network and some larger ones."""
    maps, few = (N, 30, 24, 24), max(1, N * 16 // 25)
    return [
        _convolution((N, 1, 28, 28), 30, 5, 1, 0, 0.7),
        _convolution((N, 16, 28, 28), 32, 3, 1, 1, 1.3),
        _convolution((max(1, N * 8 // 25), 64, 32, 32), 128, 3, 1, 1, 1.2),
        _convolution((max(1, N // 12), 3, 224, 224), 64, 3, 2, 1, 0.8),
        _convolution((few, 32, 14, 14), 32, 3, 1, 1, 1.6),
        _convolution((few, 64, 7, 7), 64, 3, 1, 1, 1.6),
        _convolution((N, 64, 14, 14), 64, 1, 1, 0, None),
        _depthwise((few, 32, 28, 28), 2.0),
        _depthwise((few, 128, 14, 14), 2.0),
        _depthwise((few, 256, 7, 7), 2.0),
        Case(
            f"max pool 2x2, stride 2, {maps}", "max_pooling", (maps, 2, 2), 0.7
        ),
        Case(
            f"max pool 3x3, stride 2, {maps}", "max_pooling", (maps, 3, 2), 1.1
        ),
        Case(f"average pool 2x2, {maps}", "average_pooling", (maps, 2, 2)),
        Case(f"ReLU, {maps}", "relu", (maps,)),
        Case(f"batch norm, {maps}", "batch_normalization", (maps,)),
        Case(f"dropout 0.5, {maps}", "dropout", (maps, 0.5)),
        Case(f"affine ({N}, 4320) -> 100", "affine", ((N, 4320), 100)),
        Case(f"softmax + loss, ({N}, 10)", "softmax_with_loss", ((N, 10),)),
    ]


def scaling_cases(largest: int) -> dict[str, list[tuple[int, Case]]]:
    """Return convolutions that grow along one axis: what -> (size, case)."""

    def case(N: int = 64, side: int = 28, C: int = 16, F: int = 3) -> Case:
        return _convolution((N, C, side, side), 32, F, 1, F // 2, None)

    def up_to(*sizes: int) -> list[int]:
        return [size for size in sizes if size <= largest]

    return {
        "images in the batch": [
            (n, case(N=n)) for n in up_to(16, 32, 64, 128, 256, 512, 1024)
        ],
        "side of an image": [
            (side, case(side=side)) for side in up_to(8, 14, 28, 56, 112)
        ],
        "channels": [(C, case(C=C)) for C in up_to(1, 4, 16, 64, 256)],
        "side of a filter": [(F, case(F=F)) for F in up_to(1, 3, 5, 7, 9)],
    }


def naive_pair(case: Case) -> Pair | None:
    """Return forward and both of the plain loops, for one image."""
    if case.method == "convolution":
        x_shape, w_shape, stride, pad = case.arguments
        if x_shape[1] != w_shape[1]:
            return None
        W, b = arrays(*w_shape), arrays(w_shape[0])
        x = arrays(*x_shape[1:])
        x = np.pad(x, ((0, 0), (pad, pad), (pad, pad)))
        return _pair(
            lambda: naive.convolve(x, W, b, stride),
            lambda dout: naive.convolve_backward(x, W, dout, stride),
        )
    if case.method == "max_pooling":
        x_shape, size, stride = case.arguments
        x = arrays(*x_shape[1:])
        return _pair(
            lambda: naive.max_pool(x, size, stride),
            lambda dout: naive.max_pool_backward(x, dout, size, stride),
        )
    return None


def _pair(forward: Callable, backward: Callable) -> Pair:
    """Return forward and both as functions without arguments."""
    return forward, lambda: backward(forward())
