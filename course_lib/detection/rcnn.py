"""R-CNN: cut out each proposal and ask a network what it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_lib.layers import ReLU
from course_lib.networks import Sequential

from .base import Array, Rng, affine, block, without_dx
from .boxes import to_centre, to_corners
from .region_detectors import RegionDetector, RegionGoals
from .regions import BoxGoals, box_loss, join_goals, warp
from .svm import fit_ridge, fit_svm


class RCNN(RegionDetector):
    """R-CNN: each proposal is cut out and goes through the network alone.

    It is trained in the paper's three stages: `gradient` trains the
    network to tell what a region shows; `fit` then learns from its 64
    features one SVM for each label, and the ridge regression of the boxes.

    Args:
        classes: number of labels; class number `classes` is the ground.
        size: height and width of the images in pixels.
        rng: generator or seed.
    """

    WARPED = 20  # height and width of the network's input in pixels
    CONTEXT = 1 / 6  # of a region's size, that is cut out around it

    def __init__(
        self, classes: int = 4, size: int = 48, rng: Rng = None
    ) -> None:
        super().__init__(classes, size, rng)
        rng = self.rng
        body = [
            *block(3, 16, rng, pool=True),
            *block(16, 32, rng, pool=True),
            *block(32, 48, rng),
            affine(48 * 25, 64, rng),
            ReLU(),
        ]
        self.parts = {
            "body": without_dx(body),
            "scores": Sequential([affine(64, classes + 1, rng)]),
            "svm": Sequential([affine(64, classes, rng)]),
            "deltas": Sequential([affine(64, 4, rng)]),
        }
        self.parts["scores"].layers[0].W *= 0.1
        for name in ("svm", "deltas"):  # until fit has been called
            self.parts[name].layers[0].W *= 0

    def forward(self, x: Array) -> Array:
        """Return the images: regions are cut from them, not from maps."""
        return x

    def features(self, x: Array, regions: Sequence[Array]) -> Array:
        """Return the features (n, 64) of all regions of images x."""
        cut = [self.cut(image, own) for image, own in zip(x, regions)]
        return self.parts["body"].forward(np.concatenate(cut))

    def cut(self, image: Array, regions: Array) -> Array:
        """Return regions (n, 3, WARPED, WARPED) with what is around them.

        Without it, a stroke that fills its region could be a 1 or a bar;
        the paper has 16 of 227 pixels around.
        """
        sides = to_centre(regions)
        sides[:, 2:] = sides[:, 2:] * (1 + 2 * self.CONTEXT) + 2
        return warp(image, to_corners(sides), self.WARPED)

    def look_at(
        self, x: Array, regions: Sequence[Array]
    ) -> tuple[Array, Array]:
        """Return the SVMs' scores (n, classes) and deltas (n, 4)."""
        features = self.features(x, regions)
        return (
            self.parts["svm"].forward(features),
            self.parts["deltas"].forward(features),
        )

    def confidences(self, scores: Array) -> Array:
        """Return the SVMs' scores squeezed into 0..1; -1 becomes 0.12."""
        return 1 / (1 + np.exp(np.clip(-2 * scores, -50, 50)))

    def criterion(
        self, outputs: Array, goals: RegionGoals
    ) -> tuple[float, Array]:
        """Return the mean cross entropy of the regions, and its gradient."""
        features = self.features(outputs, goals.regions)
        scores = self.parts["scores"].forward(features)
        count = max(len(scores), 1)
        none = np.zeros((len(scores), 4), scores.dtype)
        only_labels = BoxGoals(
            goals.goals.labels,
            none,
            np.zeros(len(scores), bool),
            goals.goals.asked,
        )
        loss, dscores, _ = box_loss(scores, none, only_labels)
        return loss / count, dscores / count

    def backward(self, dout: Array) -> None:
        """Set the gradients of the network; SVM and boxes get 0."""
        self.parts["body"].backward(self.parts["scores"].backward(dout))
        for name in ("svm", "deltas"):
            layer = self.parts[name].layers[0]
            layer.dW, layer.db = np.zeros_like(layer.W), np.zeros_like(layer.b)

    def fit(
        self,
        images: Array,
        targets: Sequence[tuple],
        decay: float = 1e-4,
        batch_size: int = 64,
    ) -> None:
        """Learn SVMs and boxes from the features of the network.

        Args:
            images: (N, 3, H, W), floats in 0..1 or bytes.
            targets: (boxes, labels, proposals) of each image.
            decay: weight decay of the SVMs.
            batch_size: images whose regions are looked at together.
        """
        features, goals = [], []
        for start in range(0, len(images), batch_size):
            part = slice(start, start + batch_size)
            drawn = self.goals(None, targets[part])
            x = self.as_floats(images[part])
            features.append(self.features(x, drawn.regions))
            goals.append(drawn.goals)
        features, goals = np.concatenate(features), join_goals(goals)
        W, b = fit_svm(features, goals.labels, self.classes, self.rng, decay)
        self._set("svm", W, b)
        own = goals.positive
        self._set("deltas", *fit_ridge(features[own], goals.deltas[own]))

    def _set(self, name: str, W: Array, b: Array) -> None:
        """Write weights into the affine layer of a part."""
        layer = self.parts[name].layers[0]
        layer.W[...], layer.b[...] = W, b
