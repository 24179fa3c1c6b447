"""What all detectors share: parameters, files, and the way to an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from course_lib._blocks import one_blas_thread
from course_lib._checks import check_images, check_shape
from course_lib.layers import Affine, Convolution, MaxPooling, ReLU
from course_lib.networks.sequential import Container, Sequential

from .boxes import clip, iou
from .metrics import Detection, Truth, mean_average_precision
from .suppression import nms, nms_per_class

Array = np.ndarray
Rng = np.random.Generator | int | None


def without_dx(layers: list[Any]) -> Sequential:
    """Return the layers in a row; nobody needs the gradient of images."""
    row = Sequential(layers)
    layers[0].needs_dx = False
    return row


def conv(
    inputs: int, outputs: int, size: int, rng: np.random.Generator
) -> Convolution:
    """Return a convolution that keeps height and width, after He et al."""
    std = (2 / (inputs * size * size)) ** 0.5
    W = rng.standard_normal((outputs, inputs, size, size), np.float32)
    b = np.zeros(outputs, np.float32)
    return Convolution(W * np.float32(std), b, pad=size // 2)


def affine(inputs: int, outputs: int, rng: np.random.Generator) -> Affine:
    """Return an affine layer with random weights after He et al."""
    W = rng.standard_normal((inputs, outputs), np.float32)
    b = np.zeros(outputs, np.float32)
    return Affine(W * np.float32((2 / inputs) ** 0.5), b)


def block(
    inputs: int, outputs: int, rng: np.random.Generator, pool: bool = False
) -> list[Any]:
    """Return a convolution 3x3, a ReLU and, if asked for, pooling by 2."""
    relu = ReLU()
    relu.in_place = True  # nobody else looks at what comes before
    layers = [conv(inputs, outputs, 3, rng), relu]
    return [*layers, MaxPooling(2, 2, 2)] if pool else layers


class Detector(Container):
    """A network that finds objects.

    A kind of detector has parts (name -> layers) and the methods forward
    (images to outputs), goals (what the outputs shall be, frozen), criterion
    (loss and gradient of the outputs), backward and candidates.

    Args:
        classes: number of labels.
        size: height and width of the images in pixels.
        rng: generator or seed of the weights, and of what is drawn later.

    Attributes:
        params: name -> array, shared with the layers.
        last_layer: last_layer.loss is the loss of the last batch.
        suppress: suppress(boxes, scores, threshold) -> kept; yours fits.
        overlap: overlap(a, b) -> (n, m), the IoU; yours fits.
        score_threshold: what scores less is not looked at.
        nms_threshold: IoU from which on a box is suppressed.
        most: how many boxes of an image are looked at, the best ones.
    """

    def __init__(
        self, classes: int = 4, size: int = 48, rng: Rng = None
    ) -> None:
        self.classes = classes
        self.size = size
        self.rng = np.random.default_rng(rng)
        self.suppress: Callable[..., Array] = nms
        self.overlap: Callable[[Array, Array], Array] = iou
        self.score_threshold = 0.05
        self.nms_threshold = 0.45
        self.most = 100
        self.last_layer = SimpleNamespace(loss=None)
        self.parts: dict[str, Sequential] = {}

    def children(self) -> dict[str, Sequential]:
        """Return the parts by name."""
        return self.parts

    @property
    def params(self) -> dict[str, Array]:
        """Return the parameters by name."""
        return self.parameters()

    def as_floats(self, images: Array) -> Array:
        """Return images as floats in 0..1; bytes are divided by 255.

        Raises:
            ValueError: images are not (N, 3, size, size).
        """
        check_images("images", images)
        check_shape(
            "images",
            images,
            (len(images), 3, self.size, self.size),
            "a detector is made for one size: see its argument size",
        )
        if images.dtype == np.uint8:
            return images / np.float32(255)
        return images

    def loss(self, x: Array, targets: Sequence[Truth]) -> float:
        """Return the loss of images (N, 3, size, size)."""
        outputs = self.forward(self.as_floats(x))
        goals = self.goals(outputs, targets)
        self.last_layer.loss = self.criterion(outputs, goals)[0]
        return self.last_layer.loss

    def gradient(self, x: Array, targets: Sequence[Truth]) -> dict[str, Array]:
        """Return the gradients of the loss, named like params."""
        with one_blas_thread():
            outputs = self.forward(self.as_floats(x))
            goals = self.goals(outputs, targets)
            self.last_layer.loss, douts = self.criterion(outputs, goals)
            self.backward(douts)
        return self.gradients()

    def predict(self, images: Array, batch_size: int = 64) -> list[Detection]:
        """Return (boxes, scores, labels) of each image, by falling score.

        Args:
            images: (N, 3, size, size), floats in 0..1 or bytes.
            batch_size: how many go through the network at once.
        """
        found = []
        for start in range(0, len(images), batch_size):
            x = self.as_floats(images[start : start + batch_size])
            found += [self.choose(*c) for c in self.candidates(x)]
        return found

    def choose(self, boxes: Array, scores: Array) -> Detection:
        """Return the best boxes, for each label without doubles.

        Args:
            boxes: (n, 4).
            scores: (n, classes).
        """
        n, labels = np.nonzero(scores > self.score_threshold)
        chosen = scores[n, labels]
        best = np.argsort(-chosen, kind="stable")[: self.most]
        n, labels, chosen = n[best], labels[best], chosen[best]
        boxes = clip(boxes[n], self.size, self.size)
        kept = nms_per_class(
            boxes, chosen, labels, self.nms_threshold, self.suppress
        )
        return boxes[kept], chosen[kept], labels[kept]

    def accuracy(
        self, x: Array, targets: Sequence[Truth], batch_size: int = 64
    ) -> float:
        """Return the mAP at IoU 0.5, over all points."""
        return mean_average_precision(self.predict(x, batch_size), targets)

    def config(self) -> dict[str, Any]:
        """Return the arguments that make a detector of this form."""
        return {"classes": self.classes, "size": self.size}

    def save(self, path: str | Path) -> None:
        """Write the weights to an npz file, as float16 to be small."""
        about = {"kind": type(self).__name__, "options": self.config()}
        halves = {k: v.astype(np.float16) for k, v in self.params.items()}
        with Path(path).open("wb") as file:
            np.savez_compressed(file, about=json.dumps(about), **halves)

    @classmethod
    def load(cls, path: str | Path) -> Detector:
        """Return the detector that save wrote, whatever its kind.

        Raises:
            ValueError: it is no such file, or of another class than cls.
        """
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if "about" not in arrays:
            raise ValueError(
                f"{Path(path).name} was not written by save of a detector"
            )
        about = json.loads(str(arrays.pop("about")))
        kinds = {kind.__name__: kind for kind in (cls, *_below(cls))}
        if about["kind"] not in kinds:
            raise ValueError(
                f"{Path(path).name} holds a detector {about['kind']}, "
                f"expected {cls.__name__}; Detector.load reads all of them"
            )
        detector = kinds[about["kind"]](**about["options"])
        for name, param in detector.params.items():
            param[...] = arrays[name]
        return detector


def _below(kind: type) -> Iterator[type]:
    """Yield the classes that inherit from this one."""
    for inner in kind.__subclasses__():
        yield inner
        yield from _below(inner)
