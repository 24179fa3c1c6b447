"""Right answers to lesson 5_0 in other styles."""

import math

import numpy as np


def affine_loops(x, W, b):
    out = np.zeros((len(x), W.shape[1]))
    for n in range(len(x)):
        for m in range(W.shape[1]):
            out[n, m] = sum(x[n, d] * W[d, m] for d in range(len(W))) + b[m]
    return out


def relu_where(x, dout):
    dx = np.array(dout, copy=True)
    dx[x <= 0] = 0
    return dx


def loss_loop(y, t):
    total = 0
    for row, label in zip(y, t):
        total -= math.log(row[label])
    return total / len(y)


def loss_one_hot(y, t):
    one_hot = np.eye(y.shape[1])[t]
    return -np.sum(one_hot * np.log(y + 1e-7)) / y.shape[0]


def descend_recursive(slope, x, lr, steps):
    if steps == 0:
        return x
    return descend_recursive(slope, x - lr * slope(x), lr, steps - 1)


def descend_while(f, position, eta, n):
    while n > 0:
        position = position - np.multiply(eta, f(position))
        n -= 1
    return position


def steps_loop(images, batch_size, epochs):
    steps = 0
    for _ in range(epochs):
        for _ in range(0, images, batch_size):
            steps += 1
    return steps


ALTERNATIVES = {
    "graph": [[9, 6, 3], np.array([9, 6, 3])],
    "affine": [
        affine_loops,
        lambda x, W, b: np.dot(x, W) + b,
        lambda data, weights, bias: (
            np.einsum("nd,dm->nm", data, weights) + bias
        ),
        lambda x, W, b: np.add((W.T @ x.T).T, b[None]).tolist(),
    ],
    "relu_backward": [
        relu_where,
        lambda x, dout: np.where(x > 0, dout, 0),
        lambda x, dout: dout * np.heaviside(x, 0),
    ],
    "cross_entropy": [
        loss_loop,
        loss_one_hot,
        lambda y, t: float(np.mean([-np.log(p[k]) for p, k in zip(y, t)])),
    ],
    "descend": [descend_recursive, descend_while],
    "count_steps": [
        steps_loop,
        lambda images, batch_size, epochs: (
            math.ceil(images / batch_size) * epochs
        ),
        lambda n, b, e: (n + b - 1) // b * e,
    ],
}
