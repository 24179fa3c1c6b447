"""Every operation of course_lib.augment on a slider."""

from __future__ import annotations

import inspect

import ipywidgets
import numpy as np

from course_lib.svg import GREY, INK, Picture, png_uri

from .. import augment
from .base import Touch, choice, slider, word

WIDTH = 1100
_TOP, _GAP = 10, 8
_MOST = 10  # images
_SIGMA = 4  # pixels, of the elastic field
_DRAWS = 3  # rows of random results
# Name, value that changes nothing, least, most, step of each slider.
_AMOUNTS = (
    ("rotate", 0, -45, 45, 5),
    ("dy", 0, -8, 8, 1),
    ("dx", 0, -8, 8, 1),
    ("scale", 1.0, 0.5, 1.5, 0.05),
    ("noise", 0.0, 0.0, 0.5, 0.05),
    ("erase", 0, 0, 16, 1),
    ("elastic", 0, 0, 40, 2),
    ("seed", 0, 0, 20, 1),
)


def augmentation_playground(
    images: np.ndarray, language: str = "en"
) -> ipywidgets.Widget:
    """Show images before and after the operations on the sliders.

    "same for all" gives each image just these amounts; "random" draws for
    each image amounts up to these, as Augmenter does, three times over.
    Under the images stands the code that gives them.

    Args:
        images: (N, 1, H, W) floats from 0 to 1; the first 10 are shown.
        language: of the controls, "en" or "ja".

    Raises:
        ValueError: images are not (N, 1, H, W), or smaller than 16 pixels.
    """
    images = np.asarray(images)
    if images.ndim != 4 or images.shape[1] != 1 or not len(images):
        raise ValueError(
            f"images have shape {images.shape}, expected (N, 1, H, W)"
        )
    if min(images.shape[2:]) < 16:
        raise ValueError(
            f"images have shape {images.shape}, expected at least 16 x 16"
        )
    return AugmentationPlayground(images[:_MOST], language)


class AugmentationPlayground(Touch):
    """See augmentation_playground."""

    def __init__(self, images: np.ndarray, language: str) -> None:
        self.images = images
        self.amounts = {
            name: slider(
                word("seed", language) if name == "seed" else name,
                value,
                least,
                most,
                "255px",
                step,
            )
            for name, value, least, most, step in _AMOUNTS
        }
        self.flip = choice(
            [("–", None), ("flip ↔", "horizontal"), ("flip ↕", "vertical")]
        )
        self.mode = choice(
            [(word(name, language), name) for name in ("fixed", "random")]
        )
        bars = list(self.amounts.values())
        super().__init__([[self.mode, self.flip], bars[:4], bars[4:]])
        self.follow(self.mode, self.flip, *bars)

    def value(self, name: str) -> float:
        """Return the number on a slider."""
        return self.amounts[name].value

    def calls(self) -> list[tuple[str, tuple, bool]]:
        """Return (function, arguments, random) of what is not idle."""
        v = self.value
        calls = [
            ("flip", (self.flip.value,), False),
            ("rotate", (v("rotate"),), False),
            ("scale", (round(v("scale"), 2),), False),
            ("shift", (v("dy"), v("dx")), False),
            ("elastic", (v("elastic"), _SIGMA), True),
            ("erase", (v("erase"),), True),
            ("add_noise", (round(v("noise"), 2),), True),
        ]
        idle = {"flip": (None,), "scale": (1.0,), "shift": (0, 0)}
        idle["elastic"] = (0, _SIGMA)
        return [c for c in calls if c[1] != idle.get(c[0], (0,))]

    def fixed(self) -> np.ndarray:
        """Return the images with just the amounts of the sliders."""
        x = self.images
        for name, arguments, is_random in self.calls():
            if is_random:
                arguments = (*arguments, self.value("seed"))
            x = getattr(augment, name)(x, *arguments)
        return x

    def augmenter(self) -> dict[str, object]:
        """Return the arguments of an Augmenter up to these amounts."""
        v = self.value
        spread = round(abs(v("scale") - 1), 2)
        alpha = v("elastic")
        return {
            "rotate": abs(v("rotate")),
            "shift": max(abs(v("dy")), abs(v("dx"))),
            "scale": (round(1 - spread, 2), round(1 + spread, 2)),
            "noise": round(v("noise"), 2),
            "erase": v("erase"),
            "elastic": (alpha, _SIGMA) if alpha else None,
            "flip": self.flip.value == "horizontal",
        }

    def rows(self) -> list[np.ndarray]:
        """Return the rows of images: before, then the results."""
        if self.mode.value == "fixed":
            return [self.images, self.fixed()]
        change = augment.Augmenter(**self.augmenter(), rng=self.value("seed"))
        return [self.images, *(change(self.images) for _ in range(_DRAWS))]

    def code(self) -> str:
        """Return the code that gives the results."""
        if self.mode.value == "random":
            given = self.augmenter()
            usual = inspect.signature(augment.Augmenter).parameters
            shown = [
                f"{name}={value}"
                for name, value in given.items()
                if value != usual[name].default
            ]
            return f"Augmenter({', '.join(shown)})(x)"
        calls = [
            f"{name}(x, {', '.join(repr(a) for a in arguments)})"
            for name, arguments, _ in self.calls()
        ]
        return " → ".join(calls) or "x"

    def draw(self) -> Picture:
        """Return the images and the code."""
        rows = self.rows()
        picture = Picture(WIDTH, 372, self.alt())
        room = (372 - _TOP - 44) / (1 + _DRAWS) - _GAP
        fixed = self.mode.value == "fixed"
        side = 97 if fixed else room
        for r, images in enumerate(rows):
            y = _TOP + r * (side + _GAP + 40 * fixed)
            for n, image in enumerate(images):
                x = 44 + n * (side + _GAP)
                picture.image(x, y, side, side, png_uri(image[0]))
                picture.rect(x, y, side, side, stroke=GREY)
            picture.text(22, y + side / 2, "x" if r == 0 else "→", 22)
        code = self.code()
        size = 19 if len(code) < 100 else 16
        picture.text(10, 350, code, size, INK, "start", "bold")
        return picture

    def alt(self) -> str:
        """Return the picture in words of the field."""
        return f"Augmentation of {len(self.images)} images: {self.code()}"
