"""Containers: layers made of layers, one after another or side by side.

Each is a layer itself, with forward(x, train_flg) and backward(dout), so
they may be put into one another. Nothing is recorded on the way: backward
goes the way of forward back, and branches add their gradients.
"""

from __future__ import annotations

import functools
import inspect
from typing import Any

import numpy as np

from course_lib._checks import check_dout

Layers = list | tuple | dict
Arrays = dict[str, np.ndarray]
# What a layer learns; the gradient of each has a "d" before its name.
PARAMETERS = ("W", "b", "gamma", "beta")


class Container:
    """A layer made of layers, which children() gives by their names."""

    def children(self) -> dict[str, Any]:
        """Return the layers inside, by name."""
        raise NotImplementedError

    def parameters(self) -> Arrays:
        """Return what can be learned, by its path, like "0.body.2.W"."""
        return self._collect("parameters", "")

    def gradients(self) -> Arrays:
        """Return the gradients after backward, named like parameters."""
        return self._collect("gradients", "d")

    def _collect(self, method: str, prefix: str) -> Arrays:
        """Return the arrays of all layers inside, by their paths."""
        found = {}
        for name, layer in self.children().items():
            if hasattr(layer, method):
                arrays = getattr(layer, method)()
            else:
                arrays = {
                    p: getattr(layer, prefix + p, None)
                    for p in PARAMETERS
                    if isinstance(getattr(layer, p, None), np.ndarray)
                }
            found.update({f"{name}.{p}": a for p, a in arrays.items()})
        return found


class Sequential(Container):
    """Layers one after another; without any, x and dout just pass.

    Args:
        layers: a list of layers, or a dict name -> layer.
    """

    def __init__(self, layers: Layers) -> None:
        named("layers", layers)
        self.layers = type(layers)(layers)
        for layer in self.children().values():
            want_dx(layer)

    def children(self) -> dict[str, Any]:
        """Return the layers by name; those of a list are numbered."""
        return named("layers", self.layers)

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return what the last layer returns."""
        for layer in self.children().values():
            x = run(layer, x, train_flg)
        return x

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx, from the last layer back to the first."""
        for layer in reversed(self.children().values()):
            dout = layer.backward(dout)
        return dout


class Residual(Container):
    """Add x to what the body makes of it: body(x) + x.

    From He et al., "Deep Residual Learning for Image Recognition" (2016).

    Args:
        body: a layer, or a list of layers.
        shortcut: layer or list that brings x into the body's shape, such
            as a 1x1 convolution; None if x has it already.
    """

    def __init__(self, body: Any, shortcut: Any = None) -> None:
        self.body = as_layer("body", body)
        if shortcut is not None:
            shortcut = as_layer("shortcut", shortcut)
        self.shortcut = shortcut
        self.out_shape: tuple | None = None
        keep_x(self)

    def children(self) -> dict[str, Any]:
        """Return the body, and the shortcut if there is one."""
        if self.shortcut is None:
            return {"body": self.body}
        return {"body": self.body, "shortcut": self.shortcut}

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return body(x) + shortcut(x).

        Raises:
            ValueError: the two have different shapes.
        """
        out, skip = run(self.body, x, train_flg), x
        if self.shortcut is not None:
            skip = run(self.shortcut, x, train_flg)
        if out.shape != skip.shape:
            raise ValueError(
                f"the body returned {out.shape}, the shortcut {skip.shape}, "
                f"expected the same shape; use pad, or give a shortcut with "
                f"the body's filters and stride, like a 1x1 Convolution"
            )
        self.out_shape = out.shape
        return out + skip

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx: both ways get dout, and their gradients add up."""
        check_dout(dout, self.out_shape)
        skip = dout
        if self.shortcut is not None:
            skip = self.shortcut.backward(dout)
        return self.body.backward(dout) + skip


class Parallel(Container):
    """Layers side by side on the same x; their channels are concatenated.

    Inception modules are made of it, and dense blocks, where one branch is
    Sequential([]): x itself.

    Args:
        branches: a list of layers (or lists of layers), or a dict of them.
    """

    def __init__(self, branches: Layers) -> None:
        given = named("branches", branches)
        layers = {n: as_layer(f"branch {n}", b) for n, b in given.items()}
        if not layers:
            raise ValueError("branches is empty, expected at least one")
        is_dict = isinstance(branches, dict)
        self.branches = layers if is_dict else list(layers.values())
        self.shapes: list[tuple] | None = None
        keep_x(self)

    def children(self) -> dict[str, Any]:
        """Return the branches by name; those of a list are numbered."""
        return named("branches", self.branches)

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return all channels, (N, C1 + C2 + ..., OH, OW) or (N, D1 + ...).

        Raises:
            ValueError: the branches return images of different sizes.
        """
        outs = [run(b, x, train_flg) for b in self.children().values()]
        self.shapes = [out.shape for out in outs]
        if len({(s[0], *s[2:]) for s in self.shapes}) > 1:
            raise ValueError(
                f"the branches returned {self.shapes}, expected the same "
                f"height and width; choose pad and stride so that they agree"
            )
        return np.concatenate(outs, axis=1)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx: each branch gets its channels, the results add up.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        if self.shapes is None:
            raise RuntimeError("backward was called before forward")
        ends = np.cumsum([shape[1] for shape in self.shapes])
        first = self.shapes[0]
        check_dout(dout, (first[0], int(ends[-1]), *first[2:]))
        parts = np.split(dout, ends[:-1], axis=1)
        branches = self.children().values()
        dxs = [b.backward(part) for b, part in zip(branches, parts)]
        return functools.reduce(np.add, dxs)


def run(layer: Any, x: np.ndarray, train_flg: bool) -> np.ndarray:
    """Return layer.forward; a layer of your own may take x alone."""
    if _takes_train_flg(type(layer)):
        return layer.forward(x, train_flg)
    return layer.forward(x)


@functools.lru_cache
def _takes_train_flg(kind: type) -> bool:
    """Return whether forward of this class takes a second argument."""
    try:
        inspect.signature(kind.forward).bind(None, None, True)
    except TypeError:
        return False
    return True


def named(name: str, layers: Layers) -> dict[str, Any]:
    """Return layers by name; those of a list are "0", "1", ...

    Raises:
        ValueError: it is no list or dict, or a name has a dot.
    """
    if not isinstance(layers, (list, tuple, dict)):
        raise ValueError(
            f"{name} is a {type(layers).__name__}, expected a list or a dict"
        )
    if not isinstance(layers, dict):
        return {str(i): layer for i, layer in enumerate(layers)}
    for key in layers:
        if not isinstance(key, str) or not key or "." in key:
            raise ValueError(
                f"{name} has the name {key!r}, expected a text without a "
                f"dot, as dots join the names of a path"
            )
    return layers


def as_layer(name: str, layer: Any) -> Any:
    """Return a layer, or Sequential of a list of layers.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(layer, (list, tuple, dict)):
        return Sequential(layer)
    want_dx(layer, name)
    return layer


def want_dx(layer: Any, name: str = "layers") -> None:
    """Let a layer inside a container return dx, as others may need it.

    Raises:
        ValueError: it has no forward and backward, or is a class.
    """
    kind = type(layer).__name__
    if isinstance(layer, type):
        raise ValueError(
            f"{name} has the class {layer.__name__}, expected a layer; write "
            f"{layer.__name__}(...)"
        )
    if not (hasattr(layer, "forward") and hasattr(layer, "backward")):
        raise ValueError(
            f"{name} has a {kind}, expected a layer with forward and backward"
        )
    if hasattr(layer, "needs_dx"):
        layer.needs_dx = True


def keep_x(layer: Any) -> None:
    """Let no ReLU inside write into x or dout: a branch reads them too."""
    if hasattr(layer, "in_place"):
        layer.in_place = False
    if hasattr(layer, "children"):
        for inner in layer.children().values():
            keep_x(inner)
