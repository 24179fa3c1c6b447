"""Draw a character and see what a trained network makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ipycanvas
import ipywidgets
import numpy as np

from course_lib.svg import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LIGHT_BLUE,
    Picture,
    png_uri,
    signed_colours,
    tiles,
)

from ..functional import softmax
from ..networks.sequential import named, run
from .base import Touch, word

SIDE = 280  # px of the canvas, ten for each pixel of a character
WIDTH, HEIGHT = 800, 430
_PIXELS = 28
_PEN = 1.2  # pixels from the middle of a stroke to its edge
_NEAREST = 6
_STEP = 5  # px of the canvas that a point is from the one before
Point = tuple[float, float]


def draw_and_predict(
    network: Any,
    labels: Sequence[str],
    images: tuple[np.ndarray, np.ndarray] | None = None,
    language: str = "en",
) -> ipywidgets.Widget:
    """Draw with the mouse; a network answers when the button is let go.

    Shows what the network is given (placed and sized like the images), its
    probabilities, the maps of its first layer and the nearest images.

    Args:
        network: has predict(x) for x (1, 1, 28, 28), and layers.
        labels: the name of each class, such as "0123456789" or KATAKANA.
        images: training images (N, 1, 28, 28) from 0 to 1 and their
            labels (N,); without them there is nothing to load or compare.
        language: of the controls, "en" or "ja".

    Raises:
        ValueError: images have another shape.
    """
    if images is not None:
        shape = np.shape(images[0])
        if shape[1:] != (1, _PIXELS, _PIXELS) or len(images[1]) != shape[0]:
            raise ValueError(
                f"images have shape {shape} and {len(images[1])} labels, "
                f"expected (N, 1, {_PIXELS}, {_PIXELS}) and N"
            )
    return DrawAndPredict(network, list(labels), images, language)


@dataclass(frozen=True)
class Placement:
    """How characters lie in their images: longest side, and the centre."""

    side: float = 20.0
    by_mass: bool = True
    centre: Point = (13.5, 13.5)


def measure(images: np.ndarray) -> Placement:
    """Return how the characters in images (N, 1, 28, 28) are placed.

    The centre is that of the ink or of the box around it, whichever moves
    less from image to image.
    """
    boxes, masses, sides = [], [], []
    for image in images[:300, 0]:
        if not (image > 0.2).any():
            continue
        box, mass = _box(image), _mass(image)
        boxes.append((box[0] + box[1]) / 2)
        masses.append(mass)
        sides.append((box[1] - box[0]).max() + 1)
    if not sides:
        return Placement()
    by_mass = np.std(masses) < np.std(boxes)
    centre = np.mean(masses if by_mass else boxes, axis=0)
    return Placement(float(np.median(sides)), bool(by_mass), tuple(centre))


def _box(image: np.ndarray) -> np.ndarray:
    """Return the first and last (row, column) of ink, (2, 2)."""
    places = np.argwhere(image > 0.2)
    return np.stack([places.min(axis=0), places.max(axis=0)])


def _mass(image: np.ndarray) -> np.ndarray:
    """Return the (row, column) of the centre of the ink."""
    places = np.indices(image.shape).reshape(2, -1)
    return places @ image.ravel() / image.sum()


def to_image(
    strokes: Sequence[Sequence[Point]], placement: Placement
) -> np.ndarray:
    """Draw strokes as an image (1, 1, 28, 28), float32 from 0 to 1.

    strokes: lists of points (x, y), in any unit, y downwards.
    """
    if not strokes:
        return np.zeros((1, 1, _PIXELS, _PIXELS), dtype=np.float32)
    points = np.concatenate([np.array(s, dtype=float) for s in strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    # A dot or a short dash is not blown up to the size of a character.
    extent = max((high - low).max(), SIDE / 8)
    factor = (placement.side - 2 * _PEN) / extent
    row, column = placement.centre
    placed = [
        (np.array(s, dtype=float) - (low + high) / 2) * factor + (column, row)
        for s in strokes
    ]
    image = _ink(placed)
    if placement.by_mass:
        move = (np.array(placement.centre) - _mass(image))[::-1]
        image = _ink([s + move for s in placed])
    return image[np.newaxis, np.newaxis].astype(np.float32)


def _ink(strokes: Sequence[np.ndarray]) -> np.ndarray:
    """Return (28, 28): 1 where a pen of radius _PEN passes, soft edges."""
    rows, columns = np.indices((_PIXELS, _PIXELS))
    pixels = np.stack([columns, rows], axis=-1)[..., np.newaxis, :]
    pixels = pixels.astype(np.float32)
    strokes = [np.asarray(s, dtype=np.float32) for s in strokes]
    starts = np.concatenate([s[:-1] if len(s) > 1 else s for s in strokes])
    ends = np.concatenate([s[1:] if len(s) > 1 else s for s in strokes])
    way = ends - starts
    length = np.maximum((way**2).sum(axis=-1), 1e-9)
    part = ((pixels - starts) * way).sum(axis=-1) / length
    nearest = starts + np.clip(part, 0, 1)[..., np.newaxis] * way
    distance = np.sqrt(((pixels - nearest) ** 2).sum(axis=-1)).min(axis=-1)
    return np.clip(_PEN + 0.5 - distance, 0, 1)


class DrawAndPredict(Touch):
    """See draw_and_predict."""

    def __init__(
        self,
        network: Any,
        labels: list[str],
        images: tuple[np.ndarray, np.ndarray] | None,
        language: str,
    ) -> None:
        self.network, self.labels, self.images = network, labels, images
        self.titles = {
            name: word(name, language)
            for name in ("probability", "nearest", "filters")
        }
        self.placement = Placement() if images is None else measure(images[0])
        self.strokes: list[list[Point]] = []
        self.down = False
        self.sample = -1
        self.image = to_image([], self.placement)
        self.canvas = ipycanvas.Canvas(
            width=SIDE,
            height=SIDE,
            layout={
                "width": f"{SIDE}px",
                "height": f"{SIDE}px",
                "margin": "4px 16px 4px 4px",
            },
        )
        self.prepare_canvas()
        clear = _button("clear", language, self.clear)
        load = _button("sample", language, self.load)
        load.disabled = images is None
        super().__init__([[clear, load]], beside=[self.canvas])
        if images is not None:
            self.load()

    def prepare_canvas(self) -> None:
        """Set the pen and say what the mouse and a finger do."""
        canvas = self.canvas
        canvas.line_width = 2 * _PEN * SIDE / _PIXELS
        canvas.line_cap = canvas.line_join = "round"
        self.blacken()
        canvas.on_mouse_down(self.start)
        canvas.on_mouse_move(self.move)
        canvas.on_mouse_up(self.stop)
        canvas.on_mouse_out(self.stop)
        canvas.on_touch_start(lambda points: self.start(*points[0]))
        canvas.on_touch_move(lambda points: self.move(*points[0]))
        canvas.on_touch_end(lambda points: self.stop())

    def blacken(self) -> None:
        """Empty the canvas."""
        self.canvas.fill_style = "black"
        self.canvas.fill_rect(0, 0, SIDE, SIDE)
        self.canvas.stroke_style = "white"

    def start(self, x: float, y: float) -> None:
        """Begin a stroke where the mouse went down."""
        if self.sample >= 0 and not self.strokes:
            self.blacken()
        self.down = True
        self.strokes.append([(x, y)])
        self.canvas.stroke_line(x, y, x + 0.1, y)

    def move(self, x: float, y: float) -> None:
        """Go on with the stroke."""
        if not self.down:
            return
        last = self.strokes[-1][-1]
        if np.hypot(x - last[0], y - last[1]) >= _STEP:
            self.canvas.stroke_line(*last, x, y)
            self.strokes[-1].append((x, y))

    def stop(self, *_place: float) -> None:
        """End the stroke and ask the network."""
        if self.down:
            self.down = False
            self.image = to_image(self.strokes, self.placement)
            self.refresh()

    def clear(self, _button: Any = None) -> None:
        """Forget the drawing."""
        self.strokes, self.down = [], False
        self.image = to_image([], self.placement)
        self.blacken()
        self.refresh()

    def load(self, _button: Any = None) -> None:
        """Show the next of the training images instead of a drawing."""
        self.strokes = []
        self.sample = (self.sample + 1) % len(self.images[0])
        self.image = np.asarray(self.images[0][self.sample : self.sample + 1])
        scale = SIDE // _PIXELS
        large = self.image[0, 0].repeat(scale, axis=0).repeat(scale, axis=1)
        pixels = np.repeat(large[..., np.newaxis] * 255, 3, axis=2)
        self.canvas.put_image_data(pixels.astype(np.uint8), 0, 0)
        self.refresh()

    def probabilities(self) -> np.ndarray:
        """Return the network's probabilities (K,)."""
        return softmax(self.network.predict(self.image))[0]

    def feature_maps(self) -> np.ndarray | None:
        """Return the first layer's maps (FN, OH, OW), if it has such."""
        layers = getattr(self.network, "layers", None)
        if not layers:
            return None
        first = next(iter(named("layers", layers).values()))
        maps = run(first, self.image, False)
        return maps[0] if maps.ndim == 4 else None

    def nearest(self) -> np.ndarray:
        """Return the indices of the images with the least distance."""
        x = self.images[0].reshape(len(self.images[0]), -1)
        # |x - v|^2 without a copy of all images; |v|^2 is the same for all.
        distance = np.einsum("ij,ij->i", x, x) - 2 * (x @ self.image.ravel())
        return np.argsort(distance, kind="stable")[:_NEAREST]

    def draw(self) -> Picture:
        """Return the input, the probabilities, the maps, the nearest."""
        y = self.probabilities() if self.image.any() else None
        picture = Picture(WIDTH, HEIGHT, self.alt(y))
        picture.text(80, 18, "x (28, 28)", weight="bold")
        picture.image(10, 36, 140, 140, png_uri(self.image[0, 0]))
        picture.rect(10, 36, 140, 140, stroke=GREY)
        if y is None:
            return picture
        best = int(y.argmax())
        picture.text(80, 240, self.labels[best], 84, BLUE, weight="bold")
        picture.text(80, 310, f"{y[best]:.0%}", 30, BLUE)
        self.draw_bars(picture, y)
        self.draw_maps(picture)
        if self.images is not None:
            self.draw_nearest(picture, best)
        return picture

    def draw_bars(self, picture: Picture, y: np.ndarray) -> None:
        """Draw one bar for each class, the best one dark."""
        title = self.titles["probability"]
        picture.text(190, 18, title, anchor="start", weight="bold")
        height = min(390 / len(y), 36)
        for k, (label, part) in enumerate(zip(self.labels, y)):
            middle = 36 + (k + 0.5) * height
            best = k == y.argmax()
            picture.text(200, middle, label, weight="bold")
            picture.rect(
                220,
                middle - height * 0.38,
                170 * float(part),
                height * 0.76,
                BLUE if best else LIGHT_BLUE,
                BLUE,
            )
            if part >= 0.005:
                text = f"{part:.0%}"
                x = 226 + 170 * float(part)
                picture.text(x, middle, text, anchor="start")

    def draw_maps(self, picture: Picture) -> None:
        """Draw the maps of the first layer, orange below 0, blue above."""
        maps = self.feature_maps()
        if maps is None:
            return
        sheet = tiles(signed_colours(maps), columns=8)
        width = min(330, 230 * sheet.shape[1] / sheet.shape[0])
        height = width * sheet.shape[0] / sheet.shape[1]
        title = f"Conv1 {maps.shape}"
        picture.text(465, 18, title, anchor="start", weight="bold")
        picture.image(465, 36, width, height, png_uri(sheet))

    def draw_nearest(self, picture: Picture, best: int) -> None:
        """Draw the nearest images over their labels."""
        x, t = self.images
        title = self.titles["nearest"]
        picture.text(465, 296, title, anchor="start", weight="bold")
        for n, index in enumerate(self.nearest()):
            left = 465 + 56 * n
            picture.image(left, 314, 52, 52, png_uri(x[index, 0]))
            same = int(t[index]) == best
            label = self.labels[int(t[index])]
            fill = GREEN if same else INK
            sign = "✓" if same else ""
            picture.text(left + 26, 388, label + sign, fill=fill)

    def alt(self, y: np.ndarray | None) -> str:
        """Return the picture in words of the field."""
        if y is None:
            return "x (28, 28): 0"
        order = np.argsort(-y)[:3]
        parts = [f"{self.labels[k]} {y[k]:.0%}" for k in order]
        return f"x (28, 28) → {', '.join(parts)}"


def _button(key: str, language: str, pressed: Any) -> ipywidgets.Button:
    """Return a button with its word."""
    button = ipywidgets.Button(
        description=word(key, language), layout={"width": "auto"}
    )
    button.on_click(pressed)
    return button
