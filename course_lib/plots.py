"""Draw what the lessons look at: arrays, images, filters, histories.

Every function draws one figure and shows it. Text in figures is numbers and
field symbols only, so that the same picture serves every language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.offsetbox import AnnotationBbox, OffsetImage
from matplotlib.patches import Rectangle

from course_lib.svg import BLUE, GREEN, ORANGE, PINK, number

CELL = 0.62  # inches of one number's cell
TALLEST = 7.0  # inches: a slide has room for no more
Window = tuple[int, int, int, int]  # row, column, height, width


def use_style() -> None:
    """Give all figures that follow the look of the course."""
    plt.style.use(Path(__file__).with_name("course.mplstyle"))


def show_array(
    array: np.ndarray,
    windows: Sequence[Window] = (),
    title: str = "",
) -> None:
    """Show a small matrix as a grid of numbers.

    array: (H, W). windows: rectangles to ring, each (row, column, height,
    width). Raises ValueError for an array that is not 2-d.
    """
    show_arrays({title: array}, {title: windows})


def show_arrays(
    arrays: Mapping[str, np.ndarray],
    windows: Mapping[str, Sequence[Window]] | None = None,
) -> None:
    """Show several small matrices side by side, each under its name.

    arrays: name -> (H, W). windows: name -> rectangles to ring.
    Raises ValueError for an array that is not 2-d.
    """
    shapes = [np.shape(a) for a in arrays.values()]
    if any(len(shape) != 2 for shape in shapes):
        raise ValueError(f"shapes are {shapes}, expected (H, W) each")
    widths = [max(w, 2) for _, w in shapes]
    height = max(h for h, _ in shapes)
    cell = min(CELL, TALLEST / (height + 1.2))
    size = (cell * (sum(widths) + len(widths)), cell * (height + 1.2))
    _, axes = plt.subplots(
        1, len(arrays), figsize=size, width_ratios=widths, squeeze=False
    )
    for ax, (name, array) in zip(axes[0], arrays.items()):
        draw_array(ax, np.asarray(array), name)
        for window in (windows or {}).get(name, ()):
            ring(ax, window)
    plt.show()


def draw_array(ax: Axes, array: np.ndarray, title: str = "") -> None:
    """Draw a matrix (H, W) as a grid of numbers into given axes."""
    H, W = array.shape
    ax.imshow(np.zeros((H, W)), cmap="Greys", vmin=0, vmax=1)
    for (i, j), value in np.ndenumerate(array):
        ax.text(j, i, number(value), ha="center", va="center", color="k")
    ax.set_xticks(np.arange(W + 1) - 0.5, labels=[])
    ax.set_yticks(np.arange(H + 1) - 0.5, labels=[])
    ax.grid(color="0.6", linewidth=1)
    ax.spines[:].set(visible=True, color="0.6")
    ax.tick_params(length=0)
    ax.set_title(title)


def ring(ax: Axes, window: Window, color: str = ORANGE) -> None:
    """Draw a rectangle around entries: (row, column, height, width)."""
    row, column, height, width = window
    ax.add_patch(
        Rectangle(
            (column - 0.5, row - 0.5),
            width,
            height,
            fill=False,
            edgecolor=color,
            linewidth=4,
            zorder=3,
            clip_on=False,  # whole line width at the border too
        )
    )


def show_images(
    images: np.ndarray,
    titles: Sequence[object] | None = None,
    columns: int = 10,
    scale: float = 1.0,
) -> None:
    """Show images in rows; grey ones from 0 (black) to 1 (white).

    images: (N, 1, H, W) or (N, H, W), or (N, 3, H, W) in colour.
    titles: one for each image. columns: images in a row.
    scale: 1 gives images about one inch wide.
    Raises ValueError for another number of axes.
    """
    _show_grid(_as_pictures(images), titles, columns, scale, vmin=0, vmax=1)


def show_filters(W: np.ndarray, columns: int = 10, scale: float = 1.0) -> None:
    """Show the first channel of filters; orange below 0, purple above 0.

    W: (FN, C, FH, FW) or (FN, FH, FW).
    """
    _show_signed(W, None, columns, scale)


def show_feature_maps(
    maps: np.ndarray,
    titles: Sequence[object] | None = None,
    columns: int = 10,
    scale: float = 1.0,
) -> None:
    """Show the channels of one image; orange below 0, purple above 0.

    maps: (FN, OH, OW). titles: one for each channel.
    """
    _show_signed(np.asarray(maps), titles, columns, scale)


def _show_signed(values, titles, columns, scale):
    pictures = values[:, 0] if values.ndim == 4 else values
    limit = float(np.abs(pictures).max()) or 1.0
    _show_grid(
        pictures, titles, columns, scale, cmap="PuOr", vmin=-limit, vmax=limit
    )


def _as_pictures(images):
    images = np.asarray(images)
    if images.ndim == 4 and images.shape[1] == 1:
        return images[:, 0]
    if images.ndim == 4 and images.shape[1] == 3:
        return images.transpose(0, 2, 3, 1)
    if images.ndim == 3:
        return images
    raise ValueError(
        f"images have shape {images.shape}, expected (N, 1, H, W), "
        "(N, 3, H, W) or (N, H, W)"
    )


def _show_grid(pictures, titles, columns, scale, **how):
    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    extra = 0.35 if titles is not None else 0.05
    size = (columns * scale, rows * (scale + extra))
    _, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
    for ax in axes.flat:
        ax.axis("off")
    for i, (ax, picture) in enumerate(zip(axes.flat, pictures)):
        ax.imshow(picture, **how)
        if titles is not None:
            ax.set_title(str(titles[i]), fontsize=14)
    plt.show()


CLASS_COLORS = (
    *(BLUE, ORANGE, GREEN, PINK, "#e69f00", "#56b4e9"),
    *("#000000", "#8a6d00", "#7f3f98", "#5c5c5c"),
)


def show_boxes(
    images: np.ndarray,
    boxes: Sequence[np.ndarray],
    labels: Sequence[np.ndarray] | None = None,
    scores: Sequence[np.ndarray] | None = None,
    truth: Sequence[np.ndarray] | None = None,
    columns: int = 4,
    scale: float = 2.2,
) -> None:
    """Show images with boxes, each with its label and score.

    images: (N, 3, H, W) or (N, 1, H, W), 0..1. boxes: (n, 4) for each
    image, (x1, y1, x2, y2), end exclusive. labels, scores: (n,) for each
    image; a label gives the colour. truth: boxes drawn as dashed lines.
    columns: images in a row. scale: inches of one image.
    """
    pictures = _as_pictures(images)
    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    size = (columns * scale, rows * (scale + 0.2))
    _, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
    for ax in axes.flat:
        ax.axis("off")
    for i, (ax, picture) in enumerate(zip(axes.flat, pictures)):
        ax.imshow(picture, vmin=0, vmax=1)
        for box in () if truth is None else truth[i]:
            draw_box(ax, box, "", "white", "--")
        for k, box in enumerate(boxes[i]):
            label = None if labels is None else int(labels[i][k])
            text = "" if label is None else str(label)
            if scores is not None:
                text = f"{text} {scores[i][k]:.2f}".strip()
            color = CLASS_COLORS[(label or 0) % len(CLASS_COLORS)]
            draw_box(ax, box, text, color)
    plt.show()


def draw_box(
    ax: Axes,
    box: Sequence[float],
    text: str = "",
    color: str = ORANGE,
    line: str = "-",
) -> None:
    """Draw a box (x1, y1, x2, y2) in pixels, end exclusive, with a text."""
    # Pixel 0 is drawn from -0.5 to 0.5, so box 0 to 1 has to be moved.
    x1, y1, x2, y2 = (float(side) - 0.5 for side in box)
    style = {"edgecolor": color, "linestyle": line, "linewidth": 2.5}
    if line == "-":
        edge = {**style, "edgecolor": "white", "linewidth": 4.5}
        ax.add_patch(Rectangle((x1, y1), x2 - x1, y2 - y1, fill=False, **edge))
    ax.add_patch(Rectangle((x1, y1), x2 - x1, y2 - y1, fill=False, **style))
    if text:
        ax.text(
            x1,
            y1,
            text,
            fontsize=14,
            color="white",
            va="bottom",
            bbox={"facecolor": color, "edgecolor": "none", "pad": 1.5},
        )


def show_history(histories: Mapping[str, Mapping[str, Sequence]]) -> None:
    """Show loss by step and accuracy by epoch of one or more trainings.

    histories: name -> a Trainer's history.
    """
    _, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
    for name, history in histories.items():
        left.plot(_smooth(history["loss"]), label=name)
        epochs = range(1, len(history["test_accuracy"]) + 1)
        (line,) = right.plot(
            epochs, history["test_accuracy"], "o-", label=f"{name} test"
        )
        right.plot(
            epochs,
            history["train_accuracy"],
            "s--",
            color=line.get_color(),
            label=f"{name} train",
        )
    left.set(xlabel="step", ylabel="loss", yscale="log")
    right.set(xlabel="epoch", ylabel="accuracy")
    right.xaxis.get_major_locator().set_params(integer=True)
    right.legend()
    plt.show()


def _smooth(values, window=20):
    """Return the running mean, which shows the trend through the noise."""
    window = min(window, len(values))
    return np.convolve(values, np.ones(window) / window, mode="valid")


def show_confusion(
    counts: np.ndarray, glyphs: np.ndarray | None = None
) -> None:
    """Show a confusion matrix, rows the truth, columns the prediction.

    counts: (K, K). glyphs: (K, H, W), one picture for each class to stand
    on the axes instead of its number.
    """
    K = len(counts)
    cell = min(0.55, 6.45 / K)  # inches
    _, ax = plt.subplots(figsize=(cell * K + 1.2, cell * K + 1.0))
    wrong = counts * (1 - np.eye(K, dtype=int))
    ax.imshow(wrong, cmap="Oranges", vmin=0, vmax=max(wrong.max(), 1) * 1.4)
    for (i, j), count in np.ndenumerate(counts):
        if count:
            weight = "normal" if i == j else "bold"
            colour = "0.5" if i == j else "k"
            ax.text(
                j,
                i,
                str(count),
                ha="center",
                va="center",
                fontsize=14,
                weight=weight,
                color=colour,
            )
    ax.set_xticks(range(K))
    ax.set_yticks(range(K))
    ax.tick_params(length=0)
    if glyphs is not None:
        ax.set_xticklabels([])
        ax.set_yticklabels([])
        for k, glyph in enumerate(glyphs):
            _put_glyph(ax, glyph, (k, K - 0.15))
            _put_glyph(ax, glyph, (-0.85, k))
    ax.set_xlabel("y", labelpad=32 if glyphs is not None else 4)
    ax.set_ylabel("t", labelpad=32 if glyphs is not None else 4)
    plt.show()


def _put_glyph(ax, glyph, place):
    picture = OffsetImage(1 - np.asarray(glyph), zoom=0.7, cmap="gray")
    ax.add_artist(
        AnnotationBbox(
            picture, place, frameon=False, annotation_clip=False, pad=0
        )
    )


def show_mistakes(
    images: np.ndarray,
    truth: np.ndarray,
    predicted: np.ndarray,
    most: int = 20,
) -> None:
    """Show images that were read wrongly, titled truth -> prediction.

    images: (N, 1, H, W). truth, predicted: (N,) ints. most: how many.
    """
    wrong = np.flatnonzero(truth != predicted)[:most]
    titles = [f"{truth[i]} → {predicted[i]}" for i in wrong]
    if len(wrong):
        show_images(images[wrong], titles, columns=10, scale=1.0)


Node = tuple[float, float, str]  # column, row, label
Edge = tuple[str, str, str]  # from, to, label


def show_graph(
    nodes: Mapping[str, Node],
    forward: Sequence[Edge],
    backward: Sequence[Edge] = (),
    scale: float = 0.62,
) -> None:
    """Show a computation graph, values forward and gradients backward.

    nodes: name -> (column, row, label), rows counted downwards.
    forward: blue arrows (from, to, label) between names of nodes.
    backward: the same for orange, dashed arrows.
    scale: inches from one column or row to the next.
    """
    columns, rows, _ = zip(*nodes.values())
    size = (scale * (max(columns) + 1.2), scale * (max(rows) + 1.2))
    _, ax = plt.subplots(figsize=size)
    ax.set(xlim=(-0.6, max(columns) + 0.6), ylim=(max(rows) + 0.6, -0.6))
    ax.set_aspect("equal")
    ax.axis("off")
    for column, row, label in nodes.values():
        ax.text(column, row, label, ha="center", va="center", fontsize=17)
    for start, end, label in forward:
        _draw_arrow(ax, nodes[start], nodes[end], label, BLUE, "-")
    for start, end, label in backward:
        _draw_arrow(ax, nodes[start], nodes[end], label, ORANGE, "--")
    plt.show()


def _draw_arrow(ax, start, end, label, color, line) -> None:
    """Draw an arrow a little left of the way from start to end."""
    places = np.array([start[:2], end[:2]], dtype=float)
    way = (places[1] - places[0]) / np.hypot(*(places[1] - places[0]))
    left = np.array([way[1], -way[0]])  # rows count downwards
    # A word needs more room than one letter with its index.
    room = [
        0.32 if "$" in name or len(name) == 1 else 0.6
        for name in (start[2], end[2])
    ]
    tail = places[0] + 0.1 * left + room[0] * way
    head = places[1] + 0.1 * left - room[1] * way
    style = {"arrowstyle": "-|>", "color": color, "linestyle": line, "lw": 2}
    ax.annotate("", head, tail, arrowprops={**style, "shrinkA": 0})
    ax.text(
        *(0.55 * tail + 0.45 * head),
        label,
        ha="center",
        va="center",
        color=color,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    )
