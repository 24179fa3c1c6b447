"""What several exercises of lesson 5_10 use."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.layers import BatchNormalization, Convolution
from course_lib.networks import Sequential
from course_lib.text import Text


def random_conv(rng, C, F, size, stride=1):
    """Return a convolution with weights and biases that pads by size//2."""
    W = rng.normal(size=(F, C, size, size)) / size
    return Convolution(W, rng.normal(size=F), stride, size // 2)


def random_norm(rng, C):
    """Return a normalization whose use differs from its training."""
    gamma, beta = rng.normal(size=C), rng.normal(size=C)
    mean, var = rng.normal(size=C), 1 + rng.random(C)
    return BatchNormalization(gamma, beta, running_mean=mean, running_var=var)


def in_and_out(layer, x, dout):
    """Return what a container gives in training, and in prediction.

    The last entry is dx of a second batch, the first images without the
    last row of pixels, where dout is 1.
    """
    used = layer.forward(x, False)
    out = layer.forward(x)
    if np.shape(out) != dout.shape:
        return out, 0, 0, 0  # dout would not fit
    dx = layer.backward(dout)
    second = layer.forward(x[:2, :, :-1])
    return out, dx, used, layer.backward(np.ones_like(second))


PARTS = ("out", "dx", "prediction", "dx of a second batch")


class Piece:
    """Stand for a layer that only says what it is."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def conv(C, F, size, stride=1):
    """Say a convolution."""
    return Piece(f"conv {C} -> {F}, {size}x{size}, stride {stride}")


def norm(C):
    """Say a batch normalization."""
    return Piece(f"norm {C}")


def said(layers: Any) -> str:
    """Return a list of layers in words, one after another."""
    if layers is None:
        return "None"
    if isinstance(layers, Sequential):
        layers = list(layers.children().values())
    if not isinstance(layers, (list, tuple)):
        layers = [layers]
    return "; ".join(_word(layer) for layer in layers) or "nothing"


def _word(layer: Any) -> str:
    if isinstance(layer, Piece):
        return layer.text
    if isinstance(layer, type):
        return f"the class {layer.__name__}"
    kind = type(layer).__name__
    if kind.endswith("Pooling") and hasattr(layer, "pool_h"):
        size = f"{layer.pool_h}x{layer.pool_w}, stride {layer.stride}"
        return f"{kind} {size}" + (f", pad {layer.pad}" if layer.pad else "")
    return kind


NOT_PASSED_ON = (
    "train-flg-not-passed-on",
    Text(
        "Right in training, wrong in prediction: a layer inside did not hear"
        " of train_flg. Hand it on to each forward, or a batch normalization"
        " will never use its running mean.",
        "学習時は正しく、予測時だけ違っています。内側の層に train_flg が届いて"
        "いません。それぞれの forward に渡さないと、バッチ正規化が移動平均を使"
        "えません。",
    ),
)
