"""Draw a network as what it makes of an image, stage by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course_lib.svg import LIGHT_BLUE, LIGHT_GREEN, LIGHT_ORANGE, ORANGE

TALLEST = 1.9  # inches of the largest map
SHIFT = 0.055  # inches from one map of a stack to the next


def show_stages(stages: Mapping[str, Sequence[int]], wide: float = 15) -> None:
    """Show the sizes of an image on its way through a network.

    A stage of maps is a stack of squares: the more maps, the more squares.
    A stage of units is a bar. Sides are drawn by their square root, so
    that 5 x 5 can still be seen beside 227 x 227.

    stages: name -> (C, H, W), or (D,) for units. wide: inches in all.
    Raises ValueError for a shape with another number of axes.
    """
    for name, shape in stages.items():
        if len(shape) not in (1, 3):
            raise ValueError(
                f"{name} has shape {tuple(shape)}, expected (C, H, W) or (D,)"
            )
    step = wide / len(stages)
    _, ax = plt.subplots(figsize=(wide, 3.2))
    ax.set(xlim=(0, wide), ylim=(-0.55, 2.65))
    ax.set_aspect("equal")
    ax.axis("off")
    largest = max(max(s[1:], default=1) for s in stages.values())
    for i, (name, shape) in enumerate(stages.items()):
        middle = (i + 0.5) * step
        _draw_stage(ax, middle, shape, largest)
        ax.text(middle, 2.4, name, ha="center", va="center", weight="bold")
        text = "x".join(str(size) for size in shape[1:])
        ax.text(middle, -0.12, str(shape[0]), ha="center", va="center")
        ax.text(middle, -0.4, text, ha="center", va="center", color="0.4")
    plt.show()


def _draw_stage(
    ax: Axes, middle: float, shape: Sequence[int], largest: int
) -> None:
    """Draw one stage, centred on (middle, 1.1)."""
    count = 1 + int(np.log2(shape[0]))
    if len(shape) == 1:
        _draw_map(ax, middle, 0.16, 0.14 * count)
        return
    size = np.sqrt(np.array(shape[1:]) / largest) * TALLEST * 0.55
    for k in range(count):
        move = SHIFT * (k - (count - 1) / 2)
        _draw_map(ax, middle + move, size[1], size[0], move, LIGHT_ORANGE)


def _draw_map(
    ax: Axes,
    middle: float,
    width: float,
    height: float,
    up: float = 0,
    fill: str = LIGHT_GREEN,
) -> None:
    """Draw a rectangle, centred on (middle, 1.15 - up)."""
    place = middle - width / 2, 1.15 - up - height / 2
    ax.add_patch(Rectangle(place, width, height, fc=fill, ec="0.25", lw=1))


def show_blocks(
    blocks: Mapping[str, Sequence[int]],
    windows: Mapping[str, Sequence[int]] | None = None,
) -> None:
    """Show arrays (C, H, W) as blocks: one plane of cells for each channel.

    The first channel lies in front.

    blocks: name -> (C, H, W). windows: name -> (row, column, height,
    width), framed in every plane of that block.
    """
    marks = {} if windows is None else windows
    widths = [W + 0.55 * C + 1.6 for C, _, W in blocks.values()]
    height = max(H + 0.55 * C for C, H, _ in blocks.values()) + 1.6
    _, ax = plt.subplots(figsize=(0.55 * sum(widths), 0.55 * height))
    ax.set(xlim=(-0.5, sum(widths)), ylim=(height - 0.6, -1))
    ax.set_aspect("equal")
    ax.axis("off")
    left = 0.0
    for (name, (C, H, W)), width in zip(blocks.items(), widths):
        for c in reversed(range(C)):
            _draw_plane(ax, left + 0.55 * c, 0.55 * (C - 1 - c), c, (H, W))
            if name in marks:
                row, column, FH, FW = marks[name]
                corner = (left + 0.55 * c + column, 0.55 * (C - 1 - c) + row)
                frame = Rectangle(corner, FW, FH, ec=ORANGE, fc="none", lw=3)
                ax.add_patch(frame)
        text = f"{name} ({C}, {H}, {W})"
        ax.text(left + W / 2, height - 1.1, text, ha="center", va="center")
        left += width
    plt.show()


def _draw_plane(
    ax: Axes, left: float, top: float, channel: int, size: tuple[int, int]
) -> None:
    """Draw the cells of one channel; channels have colours of their own."""
    colours = (LIGHT_ORANGE, LIGHT_GREEN, LIGHT_BLUE)
    for i in range(size[0]):
        for j in range(size[1]):
            cell = Rectangle((left + j, top + i), 1, 1, ec="0.35")
            cell.set_facecolor(colours[channel % 3])
            ax.add_patch(cell)
