"""Follow one element through reshape and transpose."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets
import numpy as np

from course_lib.svg import BLUE, GREEN, INK, ORANGE, Grid, Picture, png_uri

from .base import Touch, play, slider, word

WIDTH, HEIGHT = 1100, 430
_TOP, _LEFT = 40, 14
_MOST = 36  # elements, so that the memory fits into one line
# One tint for each channel, with a sign, since colour alone is not enough.
_TINTS = ("#f7c8a8", "#bfe8da", "#bcdff5", "#f5dcea")
_INKS = (ORANGE, GREEN, BLUE, "#a0467c")
Operation = Callable[[np.ndarray], np.ndarray]


def axis_tracer(
    shape: tuple[int, int, int, int] = (2, 3, 2, 2),
    image: np.ndarray | None = None,
    language: str = "en",
) -> ipywidgets.Widget:
    """Follow one element of an array through transpose and reshape.

    Each element shows its place in memory and the colour of its channel.
    Below lie both arrays in the order of their memory. Beside the result
    stands what the same operation makes of a colour image.

    Args:
        shape: (N, C, H, W) with at most 36 elements and 4 channels.
        image: (3, H, W) from 0 to 1; a square on a ground if None.
        language: of the controls, "en" or "ja".

    Raises:
        ValueError: shape has not four axes, or there are too many elements.
    """
    size = int(np.prod(shape))
    if len(shape) != 4 or not 1 <= size <= _MOST or shape[1] > len(_TINTS):
        raise ValueError(
            f"shape is {tuple(shape)}, expected (N, C, H, W) with at most "
            f"{_MOST} elements and {len(_TINTS)} channels"
        )
    image = _picture() if image is None else np.asarray(image)
    if image.ndim != 3 or len(image) != 3:
        raise ValueError(f"image has shape {image.shape}, expected (3, H, W)")
    return AxisTracer(tuple(shape), image, language)


def _picture() -> np.ndarray:
    """Return an orange disc on a blue ground, (3, 24, 24)."""
    place = np.arange(24) - 11.5
    disc = np.hypot(place, place[:, np.newaxis]) < 8
    orange, blue = (0.9, 0.6, 0.0), (0.0, 0.35, 0.6)
    return np.stack([np.where(disc, o, b) for o, b in zip(orange, blue)])


def operations(shape: tuple[int, int, int, int]) -> dict[str, Operation]:
    """Return what can be chosen, under the code that does it."""
    N, C, H, W = shape
    return {
        "x.transpose(0, 2, 3, 1)": lambda x: x.transpose(0, 2, 3, 1),
        f"x.reshape({N}, {H}, {W}, {C})": lambda x: x.reshape(N, H, W, C),
        "x.transpose(0, 2, 3, 1).reshape(-1, C)": lambda x: x.transpose(
            0, 2, 3, 1
        ).reshape(-1, C),
        "x.reshape(-1, C)": lambda x: x.reshape(-1, C),
        "x.transpose(1, 0, 2, 3)": lambda x: x.transpose(1, 0, 2, 3),
        f"x.reshape({N}, -1)": lambda x: x.reshape(N, -1),
    }


class AxisTracer(Touch):
    """See axis_tracer."""

    def __init__(
        self,
        shape: tuple[int, int, int, int],
        image: np.ndarray,
        language: str,
    ) -> None:
        self.x = np.arange(np.prod(shape)).reshape(shape)
        self.image = image
        self.operations = operations(shape)
        self.operation = ipywidgets.Dropdown(
            options=list(self.operations),
            layout={"width": "420px", "margin": "2px 16px 2px 2px"},
        )
        self.element = slider(
            word("element", language),
            self.x.size * 5 // 12,
            0,
            self.x.size - 1,
            "360px",
        )
        super().__init__(
            [[self.operation, play(self.element, 900), self.element]]
        )
        self.follow(self.operation, self.element)

    def result(self) -> np.ndarray:
        """Return what the chosen operation makes of the array."""
        return self.operations[self.operation.value](self.x)

    def draw(self) -> Picture:
        """Return both arrays, their memory and the image."""
        result = self.result()
        picture = Picture(WIDTH, HEIGHT, self.alt())
        right = self.draw_array(picture, self.x, _LEFT, "x")
        picture.text(right + 26, _TOP + 60, "→", 30)
        right = self.draw_array(picture, result, right + 56, "y")
        self.draw_image(picture, max(right + 40, 700))
        look = {"anchor": "start", "weight": "bold"}
        picture.text(700, _TOP + 190, self.line(), **look)
        rows = (HEIGHT - 104, "x", self.x), (HEIGHT - 40, "y", result)
        ends = [self.draw_memory(picture, *row) for row in rows]
        (x0, y0), (x1, y1) = ends
        picture.path([(x0, y0 + 18), (x1, y1 - 18)], INK, 3, arrow=True)
        return picture

    def draw_array(
        self, picture: Picture, array: np.ndarray, left: float, name: str
    ) -> float:
        """Draw blocks: axes 0, 1 outside, 2, 3 inside. Return the edge."""
        blocks = array.reshape((1,) * (4 - array.ndim) + array.shape)
        A, B, H, W = blocks.shape
        # Height is shared by A blocks, width is about 420 px for all.
        tall = (HEIGHT - _TOP - 140 - 10 * (A - 1)) / (A * H)
        wide = (430 - 12 * (B - 1)) / (B * W)
        w = max(min(tall, wide, 40), 24)
        h = min(tall, w)
        for a in range(A):
            for b in range(B):
                x = left + b * (W * w + 12)
                y = _TOP + a * (H * h + 10)
                self.draw_block(picture, blocks[a, b], x, y, w, h)
        right = left + B * (W * w + 12) - 12
        picture.text(
            left, 18, f"{name} {array.shape}", anchor="start", weight="bold"
        )
        return right

    def draw_block(
        self,
        picture: Picture,
        block: np.ndarray,
        x: float,
        y: float,
        w: float,
        h: float,
    ) -> None:
        """Draw one matrix of elements, and a frame around it."""
        grid = Grid(picture, x, y, block.shape, w, h)
        for (i, j), value in np.ndenumerate(block):
            self.draw_element(grid, i, j, value)
        grid.ring(0, 0, *block.shape, stroke=INK, line=2)
        for i, j in np.argwhere(block == self.element.value):
            grid.ring(i, j, stroke=INK, line=5)

    def draw_element(self, grid: Grid, i: int, j: int, value: int) -> None:
        """Draw one element in the colour and with the line of its channel."""
        C, H, W = self.x.shape[1:]
        c = value // (H * W) % C
        grid.fill(i, j, _TINTS[c])
        x, y = grid.corner(i, j)
        # A bar on another side for each channel.
        w, h = grid.cell
        bars = ((0, 0, w, 4), (0, h - 4, w, 4), (0, 0, 4, h), (w - 4, 0, 4, h))
        dx, dy, width, height = bars[c]
        picture = grid.picture
        picture.rect(x + dx, y + dy, width, height, _INKS[c], _INKS[c], 0)
        chosen = value == self.element.value
        size = 19 if h >= 22 else 16
        weight = "bold" if chosen else "normal"
        grid.write(i, j, value, size=size, weight=weight)

    def draw_memory(
        self, picture: Picture, middle: float, name: str, array: np.ndarray
    ) -> tuple[float, float]:
        """Draw all elements in memory's order; return the chosen one."""
        w = min((WIDTH - 60) / array.size, 40)
        grid = Grid(picture, 44, middle - 17, (1, array.size), w, 34)
        picture.text(22, middle, name, weight="bold")
        for k, value in enumerate(array.ravel()):
            self.draw_element(grid, 0, k, value)
        place = int(np.flatnonzero(array.ravel() == self.element.value)[0])
        grid.ring(0, place, stroke=INK, line=5)
        return grid.centre(0, place)

    def draw_image(self, picture: Picture, left: float) -> None:
        """Draw the image before and after, where that gives an image."""
        C, H, W = self.image.shape
        before = self.image.transpose(1, 2, 0)
        picture.image(left, _TOP, 150, 150, png_uri(before))
        picture.text(left, 18, f"{(1, C, H, W)}", anchor="start")
        after = self.image_after()
        if after is None:
            return
        left += 200
        picture.text(left - 25, _TOP + 75, "→", 30)
        picture.image(left, _TOP, 150, 150, png_uri(after))
        picture.text(left, 18, f"{(1, H, W, C)}", anchor="start")

    def image_after(self) -> np.ndarray | None:
        """Return the image after the operation as (H, W, 3), or None."""
        C, H, W = self.image.shape
        names = list(self.operations)
        chosen = names.index(self.operation.value)
        if chosen > 3:
            return None
        if chosen % 2 == 0:
            return self.image.transpose(1, 2, 0)
        return self.image.reshape(H, W, C)

    def line(self) -> str:
        """Return where the element is before and after."""
        k = self.element.value
        result = self.result()
        before = [int(i) for i in np.argwhere(self.x == k)[0]]
        after = [int(i) for i in np.argwhere(result == k)[0]]
        place = int(np.flatnonzero(result.ravel() == k)[0])
        return f"x{before} → y{after},  {k} → {place}"

    def alt(self) -> str:
        """Return the picture in words of the field."""
        return (
            f"{self.operation.value}: x {self.x.shape}, "
            f"y {self.result().shape}. {self.line()}"
        )
