"""What several exercises of lesson 5_9 use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.functional import conv_output_size
from course_lib.layers import Affine, Convolution


def conv(C, FN, F, rng, pad=0):
    """Return a Convolution of FN filters (C, F, F) after He."""
    W = rng.normal(0, (2 / (C * F * F)) ** 0.5, (FN, C, F, F))
    b = np.zeros(FN, dtype=np.float32)
    return Convolution(W.astype(np.float32), b, pad=pad)


def affine(D, M, rng):
    """Return an Affine layer from D inputs to M outputs after He."""
    W = rng.normal(0, (2 / D) ** 0.5, (D, M))
    return Affine(W.astype(np.float32), np.zeros(M, dtype=np.float32))


class Sent(np.ndarray):
    """Images that show only their shape in a message."""

    def __repr__(self) -> str:
        return f"x {self.shape}"


def seen_through(made: Any, x: np.ndarray) -> Any:
    """Return what a list of layers does, whatever its random weights were.

    The weights are replaced by fixed ones of the same shapes. Returns the
    shapes of the weights as a text, the output, and how many layers there
    are (one that stands there twice counts once).
    """
    if isinstance(made, dict):
        made = list(made.values())
    if not isinstance(made, (list, tuple)):
        return made
    shapes = []
    for i, layer in enumerate(made):
        W = getattr(layer, "W", None)
        if W is not None:
            shapes.append("x".join(map(str, W.shape)))
            rng = np.random.default_rng([i, len(shapes)])
            inputs = W[0].size if W.ndim == 4 else len(W)
            W[...] = rng.normal(0.05, (2 / inputs) ** 0.5, W.shape)
            # No bias is 0, so that no ReLU may change its place.
            layer.b[...] = rng.normal(0, 0.5, layer.b.shape)
    x = np.asarray(x)
    for layer in made:
        x = layer.forward(x)
    return " ".join(shapes), x, len({id(layer) for layer in made})


def _places(side, F, stride, pad):
    return conv_output_size(side, F, stride, pad)


@dataclass(frozen=True)
class Slipped:
    """An answer that goes wrong in one place, or in a few.

    bias: 1 or 0, of filters and of units. macs: what a convolution counts,
    from weights, biases, sizes before and after. unit_macs: the same of
    units, from weights and biases. places: the size of an output. inputs:
    how many numbers a unit sees. filters, sizes: whether they are passed
    on. unit_size: H, W after units. pooled: what a pooling counts.
    """

    filter_bias: int = 1
    unit_bias: int = 1
    grouped: bool = True
    macs: Callable = lambda n, b, before, after: n * after[0] * after[1]
    unit_macs: Callable = lambda n, b: n
    places: Callable = _places
    inputs: Callable = lambda C, H, W: C * H * W
    next_C: Callable = lambda C, FN: FN
    next_size: Callable = lambda before, after: after
    unit_size: Callable = lambda H, W: (1, 1)
    pooled: Callable = lambda C, F, after: (0, 0)
    row: Callable = lambda before, after: after

    def __call__(self, layers, input_shape):
        """Return the table of these layers."""
        shape, table = tuple(input_shape), []
        for layer in layers:
            step = self._units if layer["kind"] == "affine" else self._maps
            after, n, macs = step(layer, *shape)
            table.append((*self.row(shape, after), n, macs))
            shape = after
        return np.array(table)

    def _units(self, layer, C, H, W):
        M = layer["M"]
        n = self.inputs(C, H, W) * M
        after = M, *self.unit_size(H, W)
        return after, n + self.unit_bias * M, self.unit_macs(n, M)

    def _maps(self, layer, C, H, W):
        F = layer["F"]
        after = tuple(
            self.places(n, F, layer["stride"], layer["pad"]) for n in (H, W)
        )
        size = self.next_size((H, W), after)
        if layer["kind"] == "pool":
            return (C, *size), *self.pooled(C, F, after)
        FN, groups = layer["FN"], layer["groups"]
        n = FN * (C // groups if self.grouped else C) * F * F
        macs = self.macs(n, FN, (H, W), after)
        C = self.next_C(C, FN)
        return (C, *size), n + self.filter_bias * FN, macs
