"""Other right answers to the exercises of lesson 5_7."""

import math

import numpy as np
from scipy.special import log_softmax

from course_lib.layers import Affine, Convolution, MaxPooling, ReLU
from tests.alternatives.lesson_5_5 import (
    BookConvolution,
    LoopConvolution,
    WindowConvolution,
)
from tests.alternatives.lesson_5_6 import (
    BookPooling,
    LoopPooling,
    MaskPooling,
)


def weight_scaled(shape, rng):
    if len(shape) == 4:
        _, C, FH, FW = shape
        n = C * FH * FW
    else:
        n, _ = shape
    return rng.standard_normal(shape) * math.sqrt(2.0 / n)


def weight_flat(shape, rng, dtype=np.float32):
    inputs = math.prod(shape[1:]) if len(shape) > 2 else shape[0]
    numbers = rng.normal(scale=(2 / inputs) ** 0.5, size=math.prod(shape))
    return numbers.reshape(shape).astype(dtype)


class AffineBook:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW = self.db = None

    def forward(self, x):
        self.original_x_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx.reshape(*self.original_x_shape)


class AffineEinsum:
    def __init__(self, weight, bias, name=None):
        self.weight, self.bias, self.name = weight, bias, name

    def forward(self, x):
        self.inputs = x.astype(np.float32)
        rows = self.inputs.reshape(len(x), -1)
        return np.einsum("nd,dm->nm", rows, self.weight) + self.bias

    def backward(self, dout):
        rows = self.inputs.reshape(len(dout), -1)
        self.dW = np.einsum("nd,nm->dm", rows, dout)
        self.db = [column.sum() for column in dout.T]
        dx = np.einsum("nm,dm->nd", dout, self.weight)
        return dx.reshape(self.inputs.shape)


class LossBook:
    """Write it as the well-known book does, with a tiny number added."""

    def forward(self, x, t):
        x = x - np.max(x, axis=-1, keepdims=True)
        self.t = t
        self.y = np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)
        picked = self.y[np.arange(len(t)), t]
        return -np.sum(np.log(picked + 1e-7)) / len(t)

    def backward(self, dout=1):
        batch_size = self.t.shape[0]
        dx = self.y.copy()
        dx[np.arange(batch_size), self.t] -= 1
        return dout * dx / batch_size


class LossOneHot:
    def forward(self, x, t):
        self.one_hot = np.eye(x.shape[1])[t]
        logs = log_softmax(x, axis=1)
        self.y = np.exp(logs)
        return float(-(self.one_hot * logs).sum(axis=1).mean())

    def backward(self, dout=1.0):
        return dout * (self.y - self.one_hot) / len(self.y)


class LossLoop:
    def forward(self, x, t):
        self.t, self.y, losses = t, [], []
        for scores, label in zip(x, t):
            powers = [math.exp(s - max(scores)) for s in scores]
            self.y.append([p / sum(powers) for p in powers])
            losses.append(-math.log(self.y[-1][label] + 1e-200))
        return sum(losses) / len(losses)

    def backward(self, dout=1):
        dx = [
            [p - (k == label) for k, p in enumerate(row)]
            for row, label in zip(self.y, self.t)
        ]
        return np.array(dx, dtype=np.float32) / len(dx) * dout


def assemble_steps(p):
    layers = {}
    layers["Conv1"] = Convolution(p["W1"], p["b1"], stride=1, pad=0)
    layers["ReLU1"] = ReLU()
    layers["Pool1"] = MaxPooling(pool_h=2, pool_w=2, stride=2)
    layers["Affine1"] = Affine(p["W2"], p["b2"])
    layers["ReLU2"] = ReLU()
    layers["Affine2"] = Affine(p["W3"], p["b3"])
    return layers


def assemble_zipped(p):
    names = ("Conv1", "ReLU1", "Pool1", "Affine1", "ReLU2", "Affine2")
    layers = (
        BookConvolution(p["W1"], p["b1"]),
        ReLU(),
        BookPooling(2, 2, 2),
        AffineBook(p["W2"], p["b2"]),
        ReLU(),
        AffineBook(p["W3"], p["b3"]),
    )
    return dict(zip(names, layers))


def gradient_listed(network, x, t):
    network.loss(x, t)
    layers = [*network.layers.values(), network.last_layer]
    dout = layers.pop().backward()
    while layers:
        dout = layers.pop().backward(dout)
    grads = {}
    for i in range(len(network.weighted)):
        layer = network.layers[network.weighted[i]]
        grads["W" + str(i + 1)], grads["b" + str(i + 1)] = layer.dW, layer.db
    return grads


def gradient_recursive(network, x, t, verbose=False):
    def back(names):
        if not names:
            return network.last_layer.backward(1)
        return network.layers[names[0]].backward(back(names[1:]))

    network.last_layer.forward(network.predict(x), t)
    back(list(network.layers))
    weighted = [network.layers[name] for name in network.weighted]
    dW = {f"W{i}": layer.dW for i, layer in enumerate(weighted, 1)}
    return {**dW, **{f"b{i}": v.db for i, v in enumerate(weighted, 1)}}


def accuracy_split(network, x, t, batch_size=100):
    places = range(batch_size, len(x), batch_size)
    parts = zip(np.split(x, places), np.split(t, places))
    right = [network.predict(a).argmax(1) == b for a, b in parts]
    return np.concatenate(right).mean()


def accuracy_counted(network, x, t, batch_size=100):
    count = i = 0
    while i < len(x):
        scores = network.predict(x[i : i + batch_size])
        for row, label in zip(scores, t[i : i + batch_size]):
            count += int(np.argmax(row) == label)
        i += batch_size
    return np.float32(count / len(t))


ALTERNATIVES = {
    "sizes": [
        [24, 12, 2304, 416, 230500, 1010],
        np.array([24, 12, 2304, 416, 230500, 1010]),
        tuple(np.int64(v) for v in (24, 12, 2304, 416, 230500, 1010)),
    ],
    "own_layers": [
        lambda: (WindowConvolution, MaskPooling),
        lambda: [LoopConvolution, LoopPooling],
        lambda: (Convolution, BookPooling),
    ],
    "init_weight": [weight_scaled, weight_flat],
    "affine": [AffineBook, AffineEinsum],
    "softmax_with_loss": [LossBook, LossOneHot, LossLoop],
    "assemble": [assemble_steps, assemble_zipped],
    "gradient": [gradient_listed, gradient_recursive],
    "accuracy": [accuracy_split, accuracy_counted],
}
