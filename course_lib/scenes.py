"""Make small coloured pictures with digits in them, and tell where.

A scene has a ground whose colour changes slowly, a few bars and blobs that
are nobody's business, and digits in colours unlike the ground. Detection
asks for boxes and labels, segmentation for masks; all come from here.

The rules that hold for every scene:

* A box is (x1, y1, x2, y2) in pixels, x to the right and y down, and its
  end is exclusive: x2 - x1 is the width. It fits the digit tightly.
* Every box lies inside the image: no digit is cut by the border.
* Two boxes share at most 0.15 of the smaller one's area. So their IoU is
  at most 0.15 as well, and no digit hides another.
* Label k is the digit k. Training scenes show digits of MNIST's training
  part, test scenes digits of its test part.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ._checks import check_int
from .datasets import load_mnist

LARGEST_OVERLAP = 0.15


@dataclass(frozen=True)
class Kind:
    """How many digits a scene has, and how high they are.

    Attributes:
        digits: fewest and most digits of a scene.
        heights: lowest and highest digit, as parts of the image's height.
        scratches: fewest and most thin lines drawn over the scene.
    """

    digits: tuple[int, int]
    heights: tuple[float, float]
    scratches: tuple[int, int] = (0, 0)


KINDS = {
    "usual": Kind((1, 4), (0.2, 0.6)),
    "small": Kind((1, 4), (0.17, 0.25)),
    "large": Kind((1, 2), (0.5, 0.8)),
    "crowded": Kind((6, 9), (0.17, 0.25)),
    "scratched": Kind((1, 4), (0.2, 0.6), (1, 4)),
}


@dataclass(frozen=True)
class Scenes:
    """Scenes, and what is in them; lists hold one array for each image.

    Attributes:
        images: (N, 3, H, W) float32 in 0..1. Each number is a multiple of
            1 / 255: bytes can hold them without loss.
        boxes: (n, 4) float32 each, (x1, y1, x2, y2), end exclusive.
        labels: (n,) int64 each.
        masks: (N, H, W) uint8; 0 is the ground, label + 1 a digit. What a
            scratch covers still belongs to the digit.
    """

    images: np.ndarray
    boxes: list[np.ndarray]
    labels: list[np.ndarray]
    masks: np.ndarray

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, part: slice) -> Scenes:
        return Scenes(
            self.images[part],
            self.boxes[part],
            self.labels[part],
            self.masks[part],
        )

    @property
    def targets(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return (boxes, labels) of each image, as detectors take them."""
        return list(zip(self.boxes, self.labels))


def make_scenes(
    count: int,
    rng: np.random.Generator | int | None = None,
    kind: str = "usual",
    size: int = 48,
    classes: int = 4,
    train: bool = True,
) -> Scenes:
    """Return scenes with digits; the module's text says which rules hold.

    The same seed gives the same scenes, and fewer scenes are the beginning
    of more.

    Args:
        count: number of scenes.
        rng: generator or seed.
        kind: "usual" (1 to 4 digits), "small" or "large" digits, "crowded"
            (6 to 9 small ones) or "scratched" (usual, with thin lines over
            them).
        size: height and width in pixels.
        classes: the digits are 0 to classes - 1.
        train: digits from MNIST's training part, else from its test part.

    Raises:
        ValueError: a size is too small, classes is not 1 to 10, or there
            is no such kind.
    """
    count = check_int("count", count, 0)
    size = check_int("size", size, 24)
    classes = check_int("classes", classes, 1)
    if classes > 10:
        raise ValueError(f"classes is {classes}, expected 1 to 10 digits")
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}, expected one of {list(KINDS)}")
    rng = np.random.default_rng(rng)
    digits = _digits(bool(train))
    images = np.empty((count, 3, size, size), np.float32)
    masks = np.zeros((count, size, size), np.uint8)
    boxes, labels = [], []
    for image, mask in zip(images, masks):
        placed = _places(KINDS[kind], size, classes, digits, rng)
        _draw_ground(image, rng)
        for label, digit, (x1, y1, x2, y2) in placed:
            _draw_digit(image[:, y1:y2, x1:x2], digit, rng)
            mask[y1:y2, x1:x2][digit > 0.5] = label + 1
        _draw_scratches(image, KINDS[kind].scratches, rng)
        _finish(image, rng)
        boxes.append(np.array([b for _, _, b in placed], np.float32))
        labels.append(np.array([t for t, _, _ in placed], np.int64))
    return Scenes(images, boxes, labels, masks)


@lru_cache(maxsize=2)
def _digits(train: bool) -> list[list[np.ndarray]]:
    """Return MNIST's digits by label, cropped to what is not faint."""
    part = load_mnist(normalize=False)[0 if train else 1]
    images, labels = part[0][:, 0], part[1]
    digits: list[list[np.ndarray]] = [[] for _ in range(10)]
    strong = images > 80
    rows, columns = strong.any(axis=2), strong.any(axis=1)
    top, left = rows.argmax(axis=1), columns.argmax(axis=1)
    bottom = 28 - rows[:, ::-1].argmax(axis=1)
    right = 28 - columns[:, ::-1].argmax(axis=1)
    for i, label in enumerate(labels):
        digits[label].append(images[i, top[i] : bottom[i], left[i] : right[i]])
    return digits


def _places(
    kind: Kind,
    size: int,
    classes: int,
    digits: list[list[np.ndarray]],
    rng: np.random.Generator,
) -> list[tuple[int, np.ndarray, tuple[int, int, int, int]]]:
    """Return label, picture (h, w) and box of each digit of a scene."""
    wanted = int(rng.integers(kind.digits[0], kind.digits[1] + 1))
    low, high = np.log(np.array(kind.heights) * size)
    placed: list = []
    tries = 0
    # Most places are free. Where too few are, the scene begins again.
    while len(placed) < wanted:
        if tries == 20 * wanted:
            placed, tries = [], 0
        tries += 1
        label = int(rng.integers(classes))
        source = digits[label][rng.integers(len(digits[label]))]
        h = round(float(np.exp(rng.uniform(low, high))))
        w = max(3, round(h * source.shape[1] / source.shape[0]))
        if w > size:
            continue
        x1, y1 = (int(rng.integers(size - side + 1)) for side in (w, h))
        box = (x1, y1, x1 + w, y1 + h)
        if all(
            _overlap(box, other) <= LARGEST_OVERLAP for *_, other in placed
        ):
            placed.append((label, _resize(source, h, w), box))
    return placed


def _overlap(a: tuple, b: tuple) -> float:
    """Return the common area of two boxes as part of the smaller one's."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)]
    return width * height / min(areas)


@lru_cache(maxsize=4096)
def _weights(old: int, new: int) -> np.ndarray:
    """Return how much each of `old` pixels gives to `new` ones (new, old).

    Bilinear for a larger picture; for a smaller one the triangle grows as
    wide as the step, so that thin strokes do not fall between two pixels.
    """
    step = old / new
    centre = (np.arange(new) + 0.5) * step - 0.5
    distance = np.abs(centre[:, np.newaxis] - np.arange(old))
    weights = np.maximum(0, 1 - distance / max(step, 1))
    weights /= weights.sum(axis=1, keepdims=True)
    return weights.astype(np.float32)


def _resize(picture: np.ndarray, h: int, w: int) -> np.ndarray:
    """Return a grey picture of bytes as (h, w) float32, brightest 1."""
    rows = _weights(picture.shape[0], h) @ picture.astype(np.float32)
    out = rows @ _weights(picture.shape[1], w).T
    return out / out.max()


def _draw_ground(image: np.ndarray, rng: np.random.Generator) -> None:
    """Fill an image (3, H, W) with a gradient and up to three things."""
    size = image.shape[1]
    angle = rng.uniform(0, 2 * np.pi)
    across = np.linspace(-0.5, 0.5, size, dtype=np.float32)
    slope = np.cos(angle) * across + np.sin(angle) * across[:, np.newaxis]
    first = rng.random((3, 1, 1), dtype=np.float32)
    change = rng.uniform(-0.4, 0.4, (3, 1, 1)).astype(np.float32)
    image[...] = first + change * slope
    for _ in range(rng.integers(4)):
        colour = rng.random((3, 1), dtype=np.float32)
        thick = rng.uniform(0.04, 0.1) * size
        if rng.random() < 0.5:
            shape = _line(size, thick, rng)
        else:
            y, x = rng.uniform(0, size, 2)
            rows = (np.arange(size)[:, np.newaxis] - y) ** 2
            columns = (np.arange(size) - x) ** 2
            shape = rows + columns < (1.2 * thick) ** 2
        image[:, shape] = 0.4 * image[:, shape] + 0.6 * colour


def _line(size: int, thick: float, rng: np.random.Generator) -> np.ndarray:
    """Return where (H, W) a line of random place and length is."""
    angle = rng.uniform(0, np.pi)
    cos, sin = np.cos(angle), np.sin(angle)
    y, x = rng.uniform(0, size, 2)
    rows = np.arange(size)[:, np.newaxis] - y
    columns = np.arange(size) - x
    long = rng.uniform(0.15, 0.5) * size
    across = np.abs(cos * rows - sin * columns) < thick / 2
    return across & (np.abs(cos * columns + sin * rows) < long)


def _draw_digit(
    place: np.ndarray, digit: np.ndarray, rng: np.random.Generator
) -> None:
    """Paint a digit (h, w) in a colour unlike its place (3, h, w)."""
    ground = place.mean(axis=(1, 2))
    colour = rng.random(3, dtype=np.float32)
    while np.abs(colour - ground).max() < 0.5:
        colour = rng.random(3, dtype=np.float32)
    place += digit * (colour[:, np.newaxis, np.newaxis] - place)


def _draw_scratches(
    image: np.ndarray, scratches: tuple[int, int], rng: np.random.Generator
) -> None:
    """Draw thin lines from border to border over an image (3, H, W)."""
    size = image.shape[1]
    for _ in range(rng.integers(scratches[0], scratches[1] + 1)):
        angle = rng.uniform(0, np.pi)
        y, x = rng.uniform(0.2, 0.8, 2) * size
        rows = np.cos(angle) * (np.arange(size)[:, np.newaxis] - y)
        columns = np.sin(angle) * (np.arange(size) - x)
        line = np.abs(rows - columns) < 0.75
        image[:, line] = rng.random((3, 1), dtype=np.float32)


def _finish(image: np.ndarray, rng: np.random.Generator) -> None:
    """Add noise to an image, keep it in 0..1 and round it to bytes."""
    image *= 255
    noise = rng.integers(0, 256, image.shape, np.uint8)
    image += (noise - np.float32(127.5)) * np.float32(0.1)
    np.clip(image, 0, 255, out=image)
    np.rint(image, out=image)
    image /= 255


def recolour(
    images: np.ndarray, rng: np.random.Generator | int | None = None
) -> np.ndarray:
    """Return a batch in other colours; boxes and labels stay as they are.

    The three channels change their places, and every other batch becomes
    its negative. A network that has seen few scenes then knows none of
    them by heart.

    Args:
        images: (N, 3, H, W), floats in 0..1 or bytes.
        rng: generator or seed.
    """
    rng = np.random.default_rng(rng)
    images = images[:, rng.permutation(3)]
    if rng.random() < 0.5:
        return images
    return (255 if images.dtype == np.uint8 else 1) - images
