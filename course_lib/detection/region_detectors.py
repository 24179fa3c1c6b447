"""Detectors that look at regions of a map: SPP-net, Fast and Faster R-CNN."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.functional import softmax
from course_lib.layers import ReLU, RoIPooling
from course_lib.networks import Sequential

from .anchor_boxes import IGNORED, anchors, match_anchors
from .base import (
    Array,
    Detector,
    Rng,
    affine,
    block,
    conv,
    without_dx,
)
from .boxes import clip, decode
from .metrics import Detection
from .regions import (
    DELTA_SCALE,
    BoxGoals,
    box_goals,
    box_loss,
    join_goals,
    sample_regions,
)
from .selective import selective_search

STRIDE = 4  # pixels of the image in one of the feature map


@dataclass(frozen=True)
class RegionGoals:
    """Regions of a batch, drawn, and what they shall say.

    Attributes:
        regions: (n, 4) for each image.
        goals: those of all regions, one image after the other.
        rpn: goals of the anchors; only Faster R-CNN has them.
    """

    regions: list[Array]
    goals: BoxGoals
    rpn: BoxGoals | None = None


class RegionDetector(Detector):
    """What detectors with proposals share.

    Targets are (boxes, labels, proposals), as from with_proposals.

    Attributes:
        propose: propose(image) -> (n, 4); selective search, or yours.
        sampled: regions of an image that are learned from in one step.
    """

    def __init__(
        self, classes: int = 4, size: int = 48, rng: Rng = None
    ) -> None:
        super().__init__(classes, size, rng)
        self.propose: Callable[[Array], Array] = selective_search
        self.sampled = 32

    def goals(self, outputs: Any, targets: Sequence[tuple]) -> RegionGoals:
        """Return regions drawn from the proposals, and their goals."""
        if any(len(target) < 3 for target in targets):
            raise ValueError(
                "a target has 2 parts, expected (boxes, labels, proposals); "
                "with_proposals(images, targets) adds the proposals"
            )
        return self._sample([t[2] for t in targets], targets)

    def _sample(
        self, proposals: Sequence[Array], targets: Sequence[tuple]
    ) -> RegionGoals:
        """Return regions drawn from these proposals, and their goals."""
        drawn = [
            sample_regions(
                *(own, *target[:2], self.classes, self.rng),
                count=self.sampled,
                overlap=self.overlap,
            )
            for own, target in zip(proposals, targets)
        ]
        return RegionGoals(
            [regions for regions, _ in drawn],
            join_goals([goals for _, goals in drawn]),
        )

    def predict(
        self,
        images: Array,
        batch_size: int = 64,
        proposals: Sequence[Array] | None = None,
    ) -> list[Detection]:
        """Return (boxes, scores, labels) of each image, by falling score.

        Args:
            images: (N, 3, H, W), floats in 0..1 or bytes.
            batch_size: how many go through the network at once.
            proposals: (n, 4) of each image; made if None.
        """
        found = []
        for start in range(0, len(images), batch_size):
            part = slice(start, start + batch_size)
            x = self.as_floats(images[part])
            own = None if proposals is None else proposals[part]
            found += [self.choose(*c) for c in self.candidates(x, own)]
        return found

    def candidates(
        self, x: Array, proposals: Sequence[Array] | None = None
    ) -> list[tuple[Array, Array]]:
        """Return boxes (n, 4) and scores (n, classes) of each image."""
        if proposals is None:
            proposals = [self.propose(image) for image in x]
        scores, deltas = self.look_at(self.forward(x), proposals)
        return _split(proposals, self.confidences(scores), deltas)

    def confidences(self, scores: Array) -> Array:
        """Return the probability (n, classes) of each label."""
        return softmax(scores)[:, :-1]


def _split(
    regions: Sequence[Array], scores: Array, deltas: Array
) -> list[tuple[Array, Array]]:
    """Return moved boxes and scores by image."""
    ends = np.cumsum([len(own) for own in regions])[:-1]
    parts = zip(regions, np.split(scores, ends), np.split(deltas, ends))
    return [(decode(r, d * DELTA_SCALE), s) for r, s, d in parts]


class FastRCNN(RegionDetector):
    """Fast R-CNN: the image goes through the convolutions only once.

    Deltas are shared by all labels; the paper has four for each.

    Args:
        classes: number of labels; class number `classes` is the ground.
        size: height and width of the images, a multiple of 4 pixels.
        rng: generator or seed.
        levels: RoI pooling makes levels[0] x levels[0] numbers of each
            channel; several levels are a pyramid, as in SPP-net.
    """

    def __init__(
        self,
        classes: int = 4,
        size: int = 48,
        rng: Rng = None,
        levels: Sequence[int] = (5,),
    ) -> None:
        super().__init__(classes, size, rng)
        self.levels = tuple(levels)
        rng = self.rng
        body = [
            *block(3, 16, rng, pool=True),
            *block(16, 32, rng, pool=True),
            *block(32, 48, rng),
        ]
        numbers = 48 * sum(n * n for n in self.levels)
        self.pools = [RoIPooling(n, n, 1 / STRIDE) for n in self.levels]
        self.parts = {
            "body": without_dx(body),
            "head": Sequential([affine(numbers, 64, rng), ReLU()]),
            "scores": Sequential([affine(64, classes + 1, rng)]),
            "deltas": Sequential([affine(64, 4, rng)]),
        }
        self.parts["scores"].layers[0].W *= 0.1
        self.parts["deltas"].layers[0].W *= 0.1

    def config(self) -> dict[str, Any]:
        """Return the arguments that make a detector of this form."""
        return {**super().config(), "levels": self.levels}

    def forward(self, x: Array) -> Array:
        """Return the feature map (N, 48, H / 4, W / 4) of images."""
        return self.parts["body"].forward(x)

    def look_at(
        self, features: Array, regions: Sequence[Array]
    ) -> tuple[Array, Array]:
        """Return scores (n, classes + 1) and deltas (n, 4) of all regions."""
        pooled = [pool.forward(features, regions) for pool in self.pools]
        flat = [
            out.reshape(len(out), 48 * pool.out_h**2)
            for pool, out in zip(self.pools, pooled)
        ]
        hidden = self.parts["head"].forward(np.concatenate(flat, axis=1))
        return (
            self.parts["scores"].forward(hidden),
            self.parts["deltas"].forward(hidden),
        )

    def criterion(
        self, outputs: Array, goals: RegionGoals
    ) -> tuple[float, tuple[Array, Array]]:
        """Return the loss, and its gradients by scores and deltas."""
        scores, deltas = self.look_at(outputs, goals.regions)
        loss, *douts = box_loss(scores, deltas, goals.goals)
        return loss, tuple(douts)

    def backward(self, douts: tuple[Array, Array]) -> None:
        """Set the gradients of all layers."""
        self.parts["body"].backward(self._backward_regions(*douts))

    def _backward_regions(self, dscores: Array, ddeltas: Array) -> Array:
        """Return the gradient of the feature map."""
        dhidden = self.parts["scores"].backward(dscores)
        dhidden = dhidden + self.parts["deltas"].backward(ddeltas)
        dflat = self.parts["head"].backward(dhidden)
        ends = np.cumsum([48 * n * n for n in self.levels])[:-1]
        dfeatures = 0
        for pool, part in zip(self.pools, np.split(dflat, ends, axis=1)):
            dout = part.reshape(pool.out_shape)
            dfeatures = dfeatures + pool.backward(dout)
        return dfeatures


class SPPNet(FastRCNN):
    """SPP-net: Fast R-CNN with a pyramid of poolings, 21 numbers a channel.

    The paper trains its parts one after the other, with an SVM at the end;
    here all is trained together, so that only the pooling differs.
    """

    def __init__(
        self,
        classes: int = 4,
        size: int = 48,
        rng: Rng = None,
        levels: Sequence[int] = (1, 2, 4),
    ) -> None:
        super().__init__(classes, size, rng, levels)


class FasterRCNN(FastRCNN):
    """Faster R-CNN: proposals come from the feature map, too.

    Both networks learn at the same time; targets are (boxes, labels).

    Attributes:
        proposed: how many proposals of an image are looked at.
    """

    def __init__(
        self,
        classes: int = 4,
        size: int = 48,
        rng: Rng = None,
        levels: Sequence[int] = (5,),
    ) -> None:
        super().__init__(classes, size, rng, levels)
        self.proposed = 30
        cells, scales = size // STRIDE, (size / 6, size / 3.4, size / 2)
        boxes = anchors(cells, cells, STRIDE, scales, (0.8, 1.4, 3))
        self.anchors = boxes.astype(np.float32)
        self.parts["rpn"] = Sequential(block(48, 48, self.rng))
        # For each of the 9 anchors of a cell: 2 scores and 4 deltas.
        self.parts["say"] = Sequential([conv(48, 9 * 6, 1, self.rng)])
        self.parts["say"].layers[0].W *= 0.1

    def forward(self, x: Array) -> tuple[Array, Array, Array]:
        """Return the feature map, and what the RPN says of each anchor.

        The last two are scores (N, n, 2), object first, and deltas
        (N, n, 4).
        """
        features = super().forward(x)
        out = self.parts["rpn"].forward(features)
        out = self.parts["say"].forward(out).transpose(0, 2, 3, 1)
        out = out.reshape(len(x), -1, 6)
        return features, out[..., :2], out[..., 2:]

    def proposals(self, scores: Array, deltas: Array) -> list[Array]:
        """Return the RPN's best boxes (n, 4) of each image."""
        better = scores[..., 0] - scores[..., 1]
        found = []
        for own, moves in zip(better, deltas):
            best = np.argsort(-own, kind="stable")[: 3 * self.proposed]
            boxes = decode(self.anchors[best], moves[best] * DELTA_SCALE)
            boxes = clip(boxes, self.size, self.size)
            kept = self.suppress(boxes, own[best], 0.7)[: self.proposed]
            found.append(boxes[kept])
        return found

    def goals(self, outputs: tuple, targets: Sequence[tuple]) -> RegionGoals:
        """Return goals of the anchors, and of regions the RPN proposes."""
        _, scores, deltas = outputs
        drawn = self._sample(self.proposals(scores, deltas), targets)
        rpn = [self._anchor_goals(*target[:2]) for target in targets]
        return RegionGoals(drawn.regions, drawn.goals, join_goals(rpn))

    def _anchor_goals(self, boxes: Array, labels: Array) -> BoxGoals:
        """Return the goals of an image's anchors: object (0) or not (1).

        All with an object are asked and 3 times as many of the others, at
        least 16.
        """
        owner = match_anchors(self.anchors, boxes, 0.6, 0.3, self.overlap)
        asked = owner >= 0
        others = np.flatnonzero((owner < 0) & (owner != IGNORED))
        count = max(16, 3 * int(asked.sum()))
        asked[self.rng.permutation(others)[:count]] = True
        zeros = np.zeros(len(boxes), np.int64)
        return box_goals(self.anchors, owner, boxes, zeros, 1, asked)

    def criterion(
        self, outputs: tuple, goals: RegionGoals
    ) -> tuple[float, tuple]:
        """Return the sum of both losses, and the four gradients."""
        features, scores, deltas = outputs
        second, douts = super().criterion(features, goals)
        first, *rpn = box_loss(
            scores.reshape(-1, 2), deltas.reshape(-1, 4), goals.rpn
        )
        return first + second, (*douts, *rpn)

    def backward(self, douts: tuple) -> None:
        """Set the gradients of all layers."""
        dfeatures = self._backward_regions(*douts[:2])
        dout = np.concatenate(douts[2:], axis=1)
        N, cells = len(dfeatures), self.size // STRIDE
        dout = dout.reshape(N, cells, cells, -1).transpose(0, 3, 1, 2)
        back = self.parts["say"].backward(np.ascontiguousarray(dout))
        dfeatures = dfeatures + self.parts["rpn"].backward(back)
        self.parts["body"].backward(dfeatures)

    def candidates(
        self, x: Array, proposals: Sequence[Array] | None = None
    ) -> list[tuple[Array, Array]]:
        """Return boxes (n, 4) and scores (n, classes) of each image."""
        features, *said = self.forward(x)
        regions = self.proposals(*said) if proposals is None else proposals
        scores, deltas = self.look_at(features, regions)
        return _split(regions, self.confidences(scores), deltas)
