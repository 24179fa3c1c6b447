"""The same layers in each library, as functions without arguments.

Every function here returns (forward, both) for one layer, or None where
the library has no such layer; `both` is forward and backward.
"""

# ruff: noqa: D102

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import resnet
from course_lib import layers
from course_lib.networks import SimpleConvNet
from course_lib.optimizers import Adam

Pair = tuple[Callable[[], Any], Callable[[], Any]]
FILTERS, HIDDEN, CLASSES = 30, 100, 10


def arrays(*shape: int) -> np.ndarray:
    """Return normal random float32 numbers, the same for a shape."""
    rng = np.random.default_rng(shape)
    return rng.standard_normal(shape, dtype=np.float32)


class Ours:
    """course_lib."""

    name = "course_lib"

    def __init__(self, threads: int) -> None:
        from course_lib import _blocks

        _blocks.set_threads(threads)

    def _pair(self, layer: Any, x: np.ndarray) -> Pair:
        dout = arrays(*layer.forward(x).shape)

        def both() -> None:
            layer.forward(x)
            layer.backward(dout)

        return lambda: layer.forward(x), both

    def convolution(self, x_shape, w_shape, stride, pad) -> Pair:
        groups = x_shape[1] // w_shape[1]
        layer = layers.Convolution(
            arrays(*w_shape), arrays(w_shape[0]), stride, pad, groups=groups
        )
        return self._pair(layer, arrays(*x_shape))

    def max_pooling(self, x_shape, size, stride) -> Pair:
        layer = layers.MaxPooling(size, size, stride)
        return self._pair(layer, arrays(*x_shape))

    def average_pooling(self, x_shape, size, stride) -> Pair:
        layer = layers.AveragePooling(size, size, stride)
        return self._pair(layer, arrays(*x_shape))

    def relu(self, x_shape) -> Pair:
        return self._pair(layers.ReLU(), arrays(*x_shape))

    def affine(self, x_shape, width) -> Pair:
        layer = layers.Affine(arrays(x_shape[1], width), arrays(width))
        return self._pair(layer, arrays(*x_shape))

    def batch_normalization(self, x_shape) -> Pair:
        ones = np.ones(x_shape[1], np.float32)
        layer = layers.BatchNormalization(ones, 0 * ones)
        return self._pair(layer, arrays(*x_shape))

    def dropout(self, x_shape, ratio) -> Pair:
        return self._pair(layers.Dropout(ratio, rng=0), arrays(*x_shape))

    def softmax_with_loss(self, x_shape) -> Pair:
        layer, x = layers.SoftmaxWithLoss(), arrays(*x_shape)
        t = np.arange(len(x)) % x_shape[1]

        def both() -> None:
            layer.forward(x, t)
            layer.backward()

        return lambda: layer.forward(x, t), both

    def resnet_step(self) -> Callable[[], None]:
        return resnet.our_step()

    def training_step(self) -> Callable[[np.ndarray, np.ndarray], None]:
        network = SimpleConvNet(rng=0)
        optimizer = Adam()

        def step(x: np.ndarray, t: np.ndarray) -> None:
            grads = network.gradient(x, t)
            optimizer.update(network.params, grads)

        return step


class Torch:
    """PyTorch on the CPU."""

    name = "torch"

    def __init__(self, threads: int) -> None:
        import torch

        self.torch = torch
        self.F = torch.nn.functional
        torch.set_num_threads(threads)

    def _pair(self, function: Callable, *inputs: np.ndarray) -> Pair:
        tensors = [self.torch.from_numpy(a).requires_grad_() for a in inputs]
        out = function(*tensors)
        dout = self.torch.ones_like(out)
        if out.ndim:
            dout = self.torch.from_numpy(arrays(*out.shape))

        def both() -> None:
            function(*tensors).backward(dout)
            for tensor in tensors:
                tensor.grad = None

        return lambda: function(*tensors), both

    def convolution(self, x_shape, w_shape, stride, pad) -> Pair:
        inputs = arrays(*x_shape), arrays(*w_shape), arrays(w_shape[0])
        conv, groups = self.F.conv2d, x_shape[1] // w_shape[1]
        return self._pair(
            lambda x, W, b: conv(x, W, b, stride, pad, 1, groups), *inputs
        )

    def max_pooling(self, x_shape, size, stride) -> Pair:
        pool = self.F.max_pool2d
        return self._pair(lambda x: pool(x, size, stride), arrays(*x_shape))

    def average_pooling(self, x_shape, size, stride) -> Pair:
        pool = self.F.avg_pool2d
        return self._pair(lambda x: pool(x, size, stride), arrays(*x_shape))

    def relu(self, x_shape) -> Pair:
        return self._pair(self.F.relu, arrays(*x_shape))

    def affine(self, x_shape, width) -> Pair:
        inputs = arrays(*x_shape), arrays(width, x_shape[1]), arrays(width)
        return self._pair(self.F.linear, *inputs)

    def batch_normalization(self, x_shape) -> Pair:
        ones = np.ones(x_shape[1], np.float32)
        mean, var = map(self.torch.from_numpy, (0 * ones, ones.copy()))

        def run(x, gamma, beta):
            return self.F.batch_norm(x, mean, var, gamma, beta, training=True)

        return self._pair(run, arrays(*x_shape), ones, 0 * ones)

    def dropout(self, x_shape, ratio) -> Pair:
        return self._pair(lambda x: self.F.dropout(x, ratio), arrays(*x_shape))

    def softmax_with_loss(self, x_shape) -> Pair:
        t = self.torch.arange(x_shape[0]) % x_shape[1]
        loss = self.F.cross_entropy
        return self._pair(lambda x: loss(x, t), arrays(*x_shape))

    def resnet_step(self) -> Callable[[], None]:
        return resnet.torch_step()

    def training_step(self) -> Callable[[np.ndarray, np.ndarray], None]:
        torch, nn = self.torch, self.torch.nn
        network = nn.Sequential(
            nn.Conv2d(1, FILTERS, 5),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(FILTERS * 12 * 12, HIDDEN),
            nn.ReLU(),
            nn.Linear(HIDDEN, CLASSES),
        )
        optimizer = torch.optim.Adam(network.parameters())

        def step(x: np.ndarray, t: np.ndarray) -> None:
            optimizer.zero_grad()
            scores = network(torch.from_numpy(x))
            self.F.cross_entropy(scores, torch.from_numpy(t)).backward()
            optimizer.step()

        return step


class DeZero:
    """DeZero, the framework of the book "Deep Learning from Scratch 3"."""

    name = "dezero"

    def __init__(self, threads: int) -> None:
        # DeZero 0.0.13 names np.int, which NumPy dropped in 1.24, in one
        # default value. Lend it for the import; nothing else needs it.
        np.int = int  # noqa: NPY001
        try:
            import dezero
            import dezero.functions
            import dezero.layers
            import dezero.optimizers
        finally:
            del np.int  # noqa: NPY001
        self.dezero, self.F = dezero, dezero.functions

    def _pair(self, function: Callable, *inputs: np.ndarray) -> Pair:
        variables = [self.dezero.Variable(a) for a in inputs]
        out = function(*variables)
        dout = np.ones((), out.dtype)
        if out.ndim:
            dout = arrays(*out.shape)

        def both() -> None:
            out = function(*variables)
            out.grad = self.dezero.Variable(dout)
            out.backward()
            for variable in variables:
                variable.cleargrad()

        return lambda: function(*variables), both

    def convolution(self, x_shape, w_shape, stride, pad) -> Pair | None:
        if x_shape[1] != w_shape[1]:
            return None  # no groups
        inputs = arrays(*x_shape), arrays(*w_shape), arrays(w_shape[0])
        conv = self.F.conv2d
        return self._pair(lambda x, W, b: conv(x, W, b, stride, pad), *inputs)

    def max_pooling(self, x_shape, size, stride) -> Pair:
        pool = self.F.pooling
        return self._pair(lambda x: pool(x, size, stride), arrays(*x_shape))

    def average_pooling(self, x_shape, size, stride) -> Pair:
        pool = self.F.average_pooling
        return self._pair(lambda x: pool(x, size, stride), arrays(*x_shape))

    def relu(self, x_shape) -> Pair:
        return self._pair(self.F.relu, arrays(*x_shape))

    def affine(self, x_shape, width) -> Pair:
        inputs = arrays(*x_shape), arrays(x_shape[1], width), arrays(width)
        return self._pair(self.F.linear, *inputs)

    def batch_normalization(self, x_shape) -> Pair:
        ones = np.ones(x_shape[1], np.float32)
        mean, var = 0 * ones, ones.copy()

        def run(x, gamma, beta):
            return self.F.batch_nrom(x, gamma, beta, mean, var)

        return self._pair(run, arrays(*x_shape), ones, 0 * ones)

    def dropout(self, x_shape, ratio) -> Pair:
        return self._pair(lambda x: self.F.dropout(x, ratio), arrays(*x_shape))

    def softmax_with_loss(self, x_shape) -> Pair:
        t = np.arange(x_shape[0]) % x_shape[1]
        loss = self.F.softmax_cross_entropy
        return self._pair(lambda x: loss(x, t), arrays(*x_shape))

    def resnet_step(self) -> None:
        return None

    def training_step(self) -> Callable[[np.ndarray, np.ndarray], None]:
        F, layers = self.F, self.dezero.layers
        conv = layers.Conv2d(FILTERS, 5)
        affine1, affine2 = layers.Linear(HIDDEN), layers.Linear(CLASSES)
        network = self.dezero.Model()
        network.conv, network.affine1 = conv, affine1
        network.affine2 = affine2
        optimizer = self.dezero.optimizers.Adam().setup(network)

        def step(x: np.ndarray, t: np.ndarray) -> None:
            h = F.pooling(F.relu(conv(x)), 2, 2)
            h = F.relu(affine1(F.flatten(h)))
            loss = F.softmax_cross_entropy(affine2(h), t)
            network.cleargrads()
            loss.backward()
            optimizer.update()

        return step


LIBRARIES = {library.name: library for library in (Ours, Torch, DeZero)}


def available(threads: int) -> tuple[dict[str, Any], list[str]]:
    """Return the libraries that can be used, and why others cannot."""
    found, missing = {}, []
    for name, library in LIBRARIES.items():
        try:
            found[name] = library(threads)
        except ImportError as error:
            missing.append(f"{name} is not measured: {error}")
    return found, missing
