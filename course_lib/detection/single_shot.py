"""Detectors that look once: YOLO (version 1) and SSD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_lib.functional import softmax
from course_lib.layers import MaxPooling, ReLU
from course_lib.networks import Sequential

from .anchor_boxes import default_boxes, match_anchors
from .base import Array, Detector, Rng, affine, block, conv, without_dx
from .boxes import decode
from .losses import hard_negatives, softmax_losses
from .metrics import Truth
from .regions import DELTA_SCALE, BoxGoals, box_goals, box_loss, join_goals
from .yolo import Goals, yolo_decode, yolo_goals, yolo_loss, yolo_target


class YOLO(Detector):
    """YOLO v1, with a 1x1 convolution as its head.

    The paper's head is two affine layers. Such a head has to learn each
    digit anew for each cell; with as few scenes as ours it fails.

    Args:
        classes: number of labels C.
        size: height and width of the images, a multiple of 8 pixels.
        rng: generator or seed.
        B: boxes a cell. There are size // 8 cells a side.
        head: "conv", or "affine" as in the paper.

    Attributes:
        target: target(boxes, labels, S, size), as yolo_target; yours fits.
        decode: decode(prediction, size, B), as yolo_decode; yours fits.
    """

    def __init__(
        self,
        classes: int = 4,
        size: int = 48,
        rng: Rng = None,
        B: int = 2,
        head: str = "conv",
    ) -> None:
        super().__init__(classes, size, rng)
        self.B, self.S, self.head = B, size // 8, head
        self.target, self.decode = yolo_target, yolo_decode
        rng = self.rng
        layers = [
            *block(3, 16, rng, pool=True),
            *block(16, 32, rng, pool=True),
            *block(32, 48, rng, pool=True),
            *block(48, 64, rng),
            *block(64, 64, rng),
            *self._head_layers(5 * B + classes),
        ]
        # Small at first: a cell without an object shall say 0.
        layers[-1].W *= 0.1
        self.parts = {"net": without_dx(layers)}

    def config(self) -> dict[str, Any]:
        """Return the arguments that make a detector of this form."""
        return {**super().config(), "B": self.B, "head": self.head}

    def _head_layers(self, numbers: int) -> list[Any]:
        """Return the layers that end in so many numbers a cell."""
        if self.head == "conv":
            return [conv(64, numbers, 1, self.rng)]
        cells = self.S * self.S
        return [
            affine(64 * cells, 128, self.rng),
            ReLU(),
            affine(128, cells * numbers, self.rng),
        ]

    def forward(self, x: Array) -> Array:
        """Return (N, S, S, B * 5 + C) for images (N, 3, H, W)."""
        out = self.parts["net"].forward(x)
        out = out.reshape(len(x), -1, self.S, self.S)
        return out.transpose(0, 2, 3, 1)

    def goals(self, outputs: Array, targets: Sequence[Truth]) -> Goals:
        """Return what the cells shall say."""
        grids = [self.target(*t[:2], self.S, self.size) for t in targets]
        return yolo_goals(
            outputs, grids, self.size, self.B, overlap=self.overlap
        )

    def criterion(self, outputs: Array, goals: Goals) -> tuple[float, Array]:
        """Return the loss and its gradient by the outputs."""
        return yolo_loss(outputs, goals)

    def backward(self, dout: Array) -> None:
        """Set the gradients of all layers."""
        dout = np.ascontiguousarray(dout.transpose(0, 3, 1, 2))
        if self.head == "affine":
            dout = dout.reshape(len(dout), -1)
        self.parts["net"].backward(dout)

    def candidates(self, x: Array) -> list[tuple[Array, Array]]:
        """Return boxes and scores (n, classes) of each image."""
        return [
            self.decode(cells, self.size, self.B) for cells in self.forward(x)
        ]


class SSD(Detector):
    """SSD with feature maps of an 1/4, an 1/8 and an 1/16 of the image.

    Args:
        classes: number of labels; class number `classes` is the ground.
        size: height and width of the images, a multiple of 16 pixels.
        rng: generator or seed.
        maps: how many of the maps have a head, the finest first; 1 to 3.

    Attributes:
        match: match(anchors, boxes), as match_anchors; yours fits.
        mine: mine(losses, positive, ratio, least), as hard_negatives;
            yours fits.
    """

    _RATIOS = ((2, 3), (2, 3), (2,))
    _SCALES = (0.17, 0.31, 0.52, 0.86)

    def __init__(
        self, classes: int = 4, size: int = 48, rng: Rng = None, maps: int = 3
    ) -> None:
        super().__init__(classes, size, rng)
        self.maps = maps
        self.match, self.mine = match_anchors, hard_negatives
        rng = self.rng
        first = [
            *block(3, 16, rng, pool=True),
            *block(16, 32, rng, pool=True),
            *block(32, 48, rng),
        ]
        bodies = [
            without_dx(first),
            Sequential([MaxPooling(2, 2, 2), *block(48, 64, rng)]),
            Sequential([MaxPooling(2, 2, 2), *block(64, 64, rng)]),
        ]
        for k in range(maps):
            self.parts[f"body{k}"] = bodies[k]
        channels = (48, 64, 64)
        for k in range(maps):
            self.parts[f"head{k}"] = Sequential(
                [conv(channels[k], self._boxes(k) * (classes + 5), 3, rng)]
            )
            self.parts[f"head{k}"].layers[0].W *= 0.1
        self.anchors = default_boxes(
            size,
            [size // 4, size // 8, size // 16][:maps],
            self._SCALES[: maps + 1],
            self._RATIOS[:maps],
        ).astype(np.float32)

    def _boxes(self, k: int) -> int:
        """Return how many default boxes a cell of map k has."""
        return 2 + 2 * len(self._RATIOS[k])

    def config(self) -> dict[str, Any]:
        """Return the arguments that make a detector of this form."""
        return {**super().config(), "maps": self.maps}

    def forward(self, x: Array) -> tuple[Array, Array]:
        """Return scores (N, n, classes + 1) and deltas (N, n, 4)."""
        outputs = []
        for k in range(self.maps):
            x = self.parts[f"body{k}"].forward(x)
            out = self.parts[f"head{k}"].forward(x)
            # (N, boxes * numbers, H, W) -> (N, H * W * boxes, numbers)
            out = out.transpose(0, 2, 3, 1)
            outputs.append(out.reshape(len(x), -1, self.classes + 5))
        out = np.concatenate(outputs, axis=1)
        return out[..., :-4], out[..., -4:]

    def goals(
        self, outputs: tuple[Array, Array], targets: Sequence[Truth]
    ) -> BoxGoals:
        """Return what the default boxes shall say; negatives are mined."""
        own = []
        for boxes, labels, *_ in targets:
            owner = self.match(self.anchors, boxes)
            goals = box_goals(self.anchors, owner, boxes, labels, self.classes)
            own.append(goals)
        goals = join_goals(own)
        scores = outputs[0].reshape(-1, self.classes + 1)
        losses = softmax_losses(scores, goals.labels)[0]
        rows = (len(targets), -1)
        hard = [
            self.mine(*image, 3, 3)
            for image in zip(
                losses.reshape(rows), goals.positive.reshape(rows)
            )
        ]
        goals.asked[...] = goals.positive | np.concatenate(hard)
        return goals

    def criterion(
        self, outputs: tuple[Array, Array], goals: BoxGoals
    ) -> tuple[float, Array]:
        """Return the loss and its gradient (N, n, classes + 5)."""
        scores, deltas = outputs
        loss, *parts = box_loss(
            scores.reshape(-1, self.classes + 1), deltas.reshape(-1, 4), goals
        )
        dout = np.concatenate(parts, axis=1)
        return loss, dout.reshape(*scores.shape[:2], -1)

    def backward(self, dout: Array) -> None:
        """Set the gradients of all layers."""
        ends = np.cumsum([self._count(k) for k in range(self.maps)])[:-1]
        dx = None
        for k, part in reversed(list(enumerate(np.split(dout, ends, axis=1)))):
            cells = self.size // (4 * 2**k)
            part = part.reshape(len(dout), cells, cells, -1)
            part = np.ascontiguousarray(part.transpose(0, 3, 1, 2))
            back = self.parts[f"head{k}"].backward(part)
            dx = back if dx is None else back + dx
            dx = self.parts[f"body{k}"].backward(dx)

    def _count(self, k: int) -> int:
        """Return how many default boxes map k has."""
        return (self.size // (4 * 2**k)) ** 2 * self._boxes(k)

    def candidates(self, x: Array) -> list[tuple[Array, Array]]:
        """Return boxes and scores (n, classes) of each image."""
        scores, deltas = self.forward(x)
        scores = softmax(scores)[..., :-1]
        found = []
        for own, moves in zip(scores, deltas):
            # Few boxes say anything; only those are worth decoding.
            some = own.max(axis=1) > self.score_threshold
            boxes = decode(self.anchors[some], moves[some] * DELTA_SCALE)
            found.append((boxes, own[some]))
        return found
