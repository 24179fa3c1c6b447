"""Detections and truths of images that nobody has drawn."""

from __future__ import annotations

import numpy as np

NO_LABELS = np.zeros(0, int)


def made_up(
    seed: int,
    images: int = 4,
    labels: tuple[int, ...] = (0, 1, 2),
    misses: float = 0.2,
) -> tuple[list[tuple], list[tuple]]:
    """Return detections and truths of some images, objects apart."""
    rng = np.random.default_rng(seed)
    corners = np.array(
        [(20.0 * x, 20.0 * y) for x in range(4) for y in (0, 1)]
    )
    found, truths = [], []
    scores = iter(rng.permutation(200) / 201)
    for _ in range(images):
        places = corners[rng.permutation(8)]
        count = int(rng.integers(1, 5))
        truth = np.concatenate([places[:count], places[:count] + 12], axis=1)
        true_labels = rng.choice(labels, count)
        boxes, given = [], []
        for box, label in zip(truth, true_labels):
            if rng.random() < misses:
                continue
            for _ in range(int(rng.integers(1, 3))):
                boxes.append(box + rng.integers(-8, 9, 4) / 4)
                wrong = rng.random() < 0.15
                given.append(rng.choice(labels) if wrong else label)
        for corner in places[count : count + int(rng.integers(0, 3))]:
            boxes.append([*corner, *(corner + 9)])
            given.append(rng.choice(labels))
        found.append(
            (
                np.array(boxes, float).reshape(-1, 4),
                np.array([next(scores) for _ in boxes]),
                np.array(given, int),
            )
        )
        truths.append((truth, true_labels))
    return found, truths
