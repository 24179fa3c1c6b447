"""Parts of which the papers' networks are described.

A part is only a description: measure() tells what it makes of a shape and
what it costs, without any weight; layer() makes a layer of it. A shape is
(C, H, W), or (D,) behind Flatten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from course_lib import layers
from course_lib.functional import conv_output_size
from course_lib.networks.sequential import Parallel, Residual, Sequential

Shape = tuple[int, ...]


class Measure(NamedTuple):
    """What a part makes of a shape, and what it costs."""

    output: Shape
    parameters: int = 0
    macs: int = 0


class Part:
    """A description of a layer; without measure it changes nothing."""

    def measure(self, shape: Shape) -> Measure:
        """Return the output's shape, the parameters and the MACs."""
        return Measure(shape)

    def layer(self, shape: Shape, rng: np.random.Generator) -> Any:
        """Return a layer for inputs of a shape, with random weights."""
        raise ValueError(
            f"{type(self).__name__} is only counted; build it with small=True"
        )


def he_weights(
    shape: Shape, inputs: int, rng: np.random.Generator
) -> np.ndarray:
    """Return normal float32 weights, spread as He et al. (2015) say."""
    W = rng.standard_normal(shape, dtype=np.float32)
    return W * np.float32((2 / inputs) ** 0.5)


def _zeros(count: int) -> np.ndarray:
    """Return float32 zeros."""
    return np.zeros(count, dtype=np.float32)


@dataclass(frozen=True)
class Conv(Part):
    """A convolution; without bias, BatchNormalization comes after it."""

    filters: int
    size: int
    stride: int = 1
    pad: int = 0
    groups: int = 1
    bias: bool = True

    def measure(self, shape: Shape) -> Measure:
        """Return filters of size x size x C / groups, at each place."""
        C, *image = shape
        OH, OW = (
            conv_output_size(side, self.size, self.stride, self.pad)
            for side in image
        )
        weights = self.filters * (C // self.groups) * self.size**2
        biases = self.filters if self.bias else 0
        output = (self.filters, OH, OW)
        return Measure(output, weights + biases, weights * OH * OW)

    def layer(
        self, shape: Shape, rng: np.random.Generator
    ) -> layers.Convolution:
        """Return a Convolution; it always has b, and zeros add nothing."""
        C = shape[0] // self.groups
        W_shape = (self.filters, C, self.size, self.size)
        W = he_weights(W_shape, C * self.size**2, rng)
        b = _zeros(self.filters)
        return layers.Convolution(
            W, b, self.stride, self.pad, groups=self.groups
        )


@dataclass(frozen=True)
class TableConv(Part):
    """A convolution where filter i sees only the maps seen[i] of x."""

    seen: Sequence[Sequence[int]]
    size: int

    def measure(self, shape: Shape) -> Measure:
        """Return one size x size filter for each map seen, and biases."""
        filters = len(self.seen)
        output = Conv(filters, self.size).measure(shape).output
        weights = self.size**2 * sum(len(maps) for maps in self.seen)
        macs = weights * output[1] * output[2]
        return Measure(output, weights + filters, macs)


@dataclass(frozen=True)
class Subsampling(Part):
    """LeNet's pooling: the sum of 2x2, times a weight, plus a bias."""

    def measure(self, shape: Shape) -> Measure:
        """Return half the sides; a map has one weight and one bias."""
        C, H, W = shape
        return Measure((C, H // 2, W // 2), 2 * C)


@dataclass(frozen=True)
class RBF(Part):
    """LeNet's output: distances to drawn characters, which are fixed."""

    classes: int

    def measure(self, shape: Shape) -> Measure:
        """Return one distance for each class; nothing is learned."""
        return Measure((self.classes,), 0, self.classes * shape[0])


@dataclass(frozen=True)
class Dense(Part):
    """A fully connected (affine) layer; it flattens what it is given."""

    outputs: int

    def measure(self, shape: Shape) -> Measure:
        """Return a weight for each input and output, and biases."""
        weights = int(np.prod(shape)) * self.outputs
        return Measure((self.outputs,), weights + self.outputs, weights)

    def layer(self, shape: Shape, rng: np.random.Generator) -> layers.Affine:
        """Return an Affine layer."""
        inputs = int(np.prod(shape))
        W = he_weights((inputs, self.outputs), inputs, rng)
        return layers.Affine(W, _zeros(self.outputs))


@dataclass(frozen=True)
class Pool(Part):
    """Max or average pooling."""

    size: int
    stride: int
    pad: int = 0
    average: bool = False

    def measure(self, shape: Shape) -> Measure:
        """Return smaller maps; nothing is learned or counted."""
        sizes = (
            conv_output_size(side, self.size, self.stride, self.pad)
            for side in shape[1:]
        )
        return Measure((shape[0], *sizes))

    def layer(self, shape: Shape, rng: np.random.Generator) -> Any:
        """Return a pooling layer."""
        kind = layers.AveragePooling if self.average else layers.MaxPooling
        return kind(self.size, self.size, self.stride, self.pad)


@dataclass(frozen=True)
class GlobalAverage(Part):
    """The mean of each map."""

    def measure(self, shape: Shape) -> Measure:
        """Return one number for each map."""
        return Measure(shape[:1])

    def layer(self, shape: Shape, rng: np.random.Generator) -> Any:
        """Return a GlobalAveragePooling layer."""
        return layers.GlobalAveragePooling()


@dataclass(frozen=True)
class Norm(Part):
    """Batch normalization."""

    def measure(self, shape: Shape) -> Measure:
        """Return a gamma and a beta for each channel."""
        return Measure(shape, 2 * shape[0])

    def layer(self, shape: Shape, rng: np.random.Generator) -> Any:
        """Return a BatchNormalization layer."""
        gamma = np.ones(shape[0], dtype=np.float32)
        return layers.BatchNormalization(gamma, _zeros(shape[0]))


@dataclass(frozen=True)
class Relu(Part):
    """max(x, 0)."""

    def layer(self, shape: Shape, rng: np.random.Generator) -> layers.ReLU:
        """Return a ReLU layer."""
        return layers.ReLU()


@dataclass(frozen=True)
class Drop(Part):
    """Dropout."""

    ratio: float

    def layer(self, shape: Shape, rng: np.random.Generator) -> layers.Dropout:
        """Return a Dropout layer with random numbers of its own."""
        return layers.Dropout(self.ratio, rng.spawn(1)[0])


class Chain(Part):
    """Parts one after another; none at all is x itself."""

    def __init__(self, *parts: Part) -> None:
        self.parts = parts

    def measure(self, shape: Shape) -> Measure:
        """Return the last output and the sums of all parts."""
        parameters = macs = 0
        for part in self.parts:
            shape, more_parameters, more_macs = part.measure(shape)
            parameters += more_parameters
            macs += more_macs
        return Measure(shape, parameters, macs)

    def layer(self, shape: Shape, rng: np.random.Generator) -> Sequential:
        """Return a Sequential."""
        made = []
        for part in self.parts:
            made.append(part.layer(shape, rng))
            shape = part.measure(shape).output
        return Sequential(made)


@dataclass(frozen=True)
class Add(Part):
    """A residual block: body(x) + shortcut(x)."""

    body: Part
    shortcut: Part = field(default_factory=Chain)

    def measure(self, shape: Shape) -> Measure:
        """Return the body's output and the sums of both ways."""
        body, skip = self.body.measure(shape), self.shortcut.measure(shape)
        if body.output != skip.output:
            raise ValueError(f"{body.output} is added to {skip.output}")
        parameters = body.parameters + skip.parameters
        return Measure(body.output, parameters, body.macs + skip.macs)

    def layer(self, shape: Shape, rng: np.random.Generator) -> Residual:
        """Return a Residual."""
        made = [p.layer(shape, rng) for p in (self.body, self.shortcut)]
        return Residual(*made)


class Join(Part):
    """Branches side by side, whose channels are concatenated."""

    def __init__(self, *branches: Part) -> None:
        self.branches = branches

    def measure(self, shape: Shape) -> Measure:
        """Return all channels and the sums of all branches."""
        outputs, parameters, macs = zip(
            *(branch.measure(shape) for branch in self.branches)
        )
        C = sum(output[0] for output in outputs)
        return Measure((C, *outputs[0][1:]), sum(parameters), sum(macs))

    def layer(self, shape: Shape, rng: np.random.Generator) -> Parallel:
        """Return a Parallel."""
        return Parallel([b.layer(shape, rng) for b in self.branches])
