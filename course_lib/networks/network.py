"""A network: layers, and a loss that says how wrong their scores are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from course_lib._blocks import one_blas_thread
from course_lib._checks import check_int
from course_lib.layers import SoftmaxWithLoss
from course_lib.networks import files
from course_lib.networks.sequential import Arrays, Layers, Sequential


class Network:
    """Layers from images to scores, and a loss to learn by.

    Args:
        layers: a list of layers and containers, or a dict name -> layer.
        loss: has forward(scores, t) -> float and backward(1) -> gradient
            of the scores; SoftmaxWithLoss() if None.

    Attributes:
        params: what can be learned, by its path ("0.W", "2.body.1.gamma"):
            the very arrays of the layers, which optimizers change in place.
            What you delete from it stays as it is in training.
        layers: as given.
        last_layer: the loss; last_layer.loss is its latest value.

    Raises:
        ValueError: something is not a layer, or one stands there twice.
    """

    def __init__(self, layers: Layers, loss: Any = None) -> None:
        self.last_layer = SoftmaxWithLoss() if loss is None else loss
        self._body = Sequential(layers)
        self.layers = self._body.layers
        _check_once(self._body)
        self.params: Arrays = self.parameters()

    def parameters(self) -> Arrays:
        """Return all that can be learned, by its path."""
        return self._body.parameters()

    def predict(self, x: np.ndarray, train_flg: bool = False) -> np.ndarray:
        """Return the scores of images x.

        train_flg says whether Dropout and BatchNormalization act as in
        training.
        """
        return self._body.forward(x, train_flg)

    def loss(self, x: np.ndarray, t: Any, train_flg: bool = True) -> float:
        """Return the loss of x for targets t, as in training or in use."""
        scores = self.predict(x, train_flg)
        self.last_layer.loss = self.last_layer.forward(scores, t)
        return self.last_layer.loss

    def accuracy(
        self, x: np.ndarray, t: np.ndarray, batch_size: int = 100
    ) -> float:
        """Return the part (0 to 1) of images x read as labels t say.

        All images count, also those of a last batch that is not full.

        Raises:
            ValueError: x or t do not fit, or there is no image.
        """
        batch_size = check_int("batch_size", batch_size, 1)
        t = np.asarray(t)
        labels = t.argmax(axis=1) if t.ndim == 2 else t
        if len(x) == 0 or labels.shape != (len(x),):
            raise ValueError(
                f"t has shape {t.shape}, expected ({len(x)},) as x has "
                f"{len(x)} images, and at least one image"
            )
        correct = 0
        for start in range(0, len(x), batch_size):
            batch = slice(start, start + batch_size)
            guess = self.predict(x[batch]).argmax(axis=1)
            correct += int((guess == labels[batch]).sum())
        return correct / len(x)

    def gradient(self, x: np.ndarray, t: Any) -> Arrays:
        """Return the gradients of the loss, named like params.

        The loss itself stays in last_layer.loss.
        """
        # Each layer keeps BLAS to one thread; here it is set only once.
        with one_blas_thread():
            self.loss(x, t)
            self._backward()
        return self._body.gradients()

    def _backward(self) -> None:
        """Go from the loss back to the first layer."""
        layers = list(self._body.children().values())
        # Nobody needs the gradient of the images. (A learner's layer has
        # no such switch and just returns it.)
        first = layers[0] if layers else None
        needed = getattr(first, "needs_dx", None)
        if needed:
            first.needs_dx = False
        try:
            dout = self.last_layer.backward(1)
            for layer in reversed(layers):
                dout = layer.backward(dout)
        finally:
            if needed:
                first.needs_dx = True

    def save(self, path: str | Path) -> None:
        """Write layers, parameters and running statistics to an npz file.

        Raises:
            ValueError: a layer's class is not one of the course.
        """
        files.write(self, Path(path))

    @classmethod
    def load(cls, path: str | Path, known: Sequence[type] = ()) -> Any:
        """Return the network that save wrote.

        Args:
            path: the file.
            known: classes in it that are not of the course.

        Raises:
            ValueError: the file is damaged, or is not such a file.
        """
        return files.read(Path(path), [cls, *known])


def _check_once(body: Sequential) -> None:
    """Raise ValueError if a layer stands in two places."""
    seen: dict[int, str] = {}
    for path, layer in _walk(body, ""):
        if id(layer) in seen:
            raise ValueError(
                f"layers has the same {type(layer).__name__} at "
                f"{seen[id(layer)]!r} and {path!r}, expected one for each "
                f"place, as a layer remembers its last x; make a second one"
            )
        seen[id(layer)] = path


def _walk(container: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    """Yield the path and layer of everything inside a container."""
    for name, layer in container.children().items():
        yield prefix + name, layer
        if hasattr(layer, "children"):
            yield from _walk(layer, f"{prefix}{name}.")
