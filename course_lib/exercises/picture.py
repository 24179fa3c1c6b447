"""Draw a wrong result beside the expected one, as SVG text.

No plotting library: a check must answer at once, and the picture must
stand in a saved notebook, in the light and in the dark theme.
"""

from __future__ import annotations

import html
from typing import Any

import numpy as np

from course_lib.exercises.compare import close
from course_lib.svg import ORANGE, number, signed_colours

CW, CH = 50, 30  # pixels of one entry: width and height
SHOW = 9  # rows and columns at most


def difference_picture(
    got: Any, expected: Any, language: str = "en", part: str = ""
) -> str:
    """Return SVG of two results that differ, "" where nothing can be drawn.

    got, expected: arrays. Different shapes are drawn as boxes, one for
    each axis; different values as two heat maps, the first difference
    ringed. part: the name of the result, where there are several.
    """
    try:
        mine, right = np.asarray(got), np.asarray(expected)
    except ValueError:  # a ragged list
        return ""
    if mine.dtype.kind not in "buif" or right.ndim == 0:
        return ""
    words = ("expected", "got") if language == "en" else ("期待", "結果")
    names = [f"{part} {word}".strip() for word in words]
    if mine.shape != right.shape:
        return _shapes_picture(right.shape, mine.shape, names)
    wrong = ~close(mine, right)
    if right.size < 2 or not wrong.any():
        return ""
    return _heatmaps(mine, right, wrong, names)


def _heatmaps(got, expected, wrong, names):
    """Draw the plane that holds the first difference, near it."""
    first = np.argwhere(wrong)[0]
    lead, (row, column) = tuple(first[:-2]), ([0, *first])[-2:]
    planes = [np.atleast_2d(a[lead]) for a in (expected, got)]
    H, W = planes[0].shape
    top, left = _start(row, H), _start(column, W)
    view = (slice(top, top + SHOW), slice(left, left + SHOW))
    drawn = [plane[view] for plane in planes]
    finite = np.abs(drawn[0][np.isfinite(drawn[0])].astype(float))
    limit = finite.max() if finite.size and finite.max() > 0 else 1.0
    where = ", ".join(str(i) for i in lead)
    prefix = f"[{where}, :, :] " if lead else ""
    ring = (row - top, column - left)
    maps = [
        _heatmap(plane, limit, ring, f"{prefix}{name}")
        for plane, name in zip(drawn, names)
    ]
    width = drawn[0].shape[1] * CW + 30
    height = (drawn[0].shape[0] + 1) * CH
    size = max(width, 230)
    body = maps[0] + f'<g transform="translate({size} 0)">{maps[1]}</g>'
    return _svg(body, 2 * size, height, " / ".join(names))


def _start(place: int, size: int) -> int:
    """Return where a window of SHOW begins so that it holds a place."""
    return int(max(0, min(place - SHOW // 2, size - SHOW)))


def _heatmap(plane, limit, ring, title):
    parts = [_text(0, 18, title, anchor="start")]
    for (i, j), value in np.ndenumerate(plane):
        x, y = j * CW + 1, i * CH + 26
        parts.append(
            f'<rect x="{x}" y="{y}" width="{CW}" height="{CH}" '
            f'fill="{_colour(value, limit)}" stroke="#999"/>'
        )
        place = (x + CW / 2, y + CH / 2 + 5)
        parts.append(_text(*place, number(value), fill="#000"))
    i, j = ring
    parts.append(
        f'<rect x="{j * CW + 2}" y="{i * CH + 27}" width="{CW - 2}" '
        f'height="{CH - 2}" rx="12" fill="none" stroke="#000" '
        'stroke-width="3"/>'
    )
    return "".join(parts)


def _colour(value, limit):
    """Return white for 0, purple above it and orange below it."""
    if not np.isfinite(value):
        return "#cccccc"
    # Pale, so that a black number on it can be read.
    levels = 255 * signed_colours(float(value), limit / 0.5)
    return "rgb({},{},{})".format(*levels.round().astype(int))


def _shapes_picture(expected, got, names):
    """Draw each shape as a row of boxes; ring the axes that differ."""
    rows = []
    for place, (name, shape) in enumerate(
        zip(names, (tuple(expected), tuple(got)))
    ):
        other = (tuple(got), tuple(expected))[place]
        y = place * 48
        rows.append(_text(0, y + 26, name, anchor="start"))
        for axis, size in enumerate(shape):
            same = axis < len(other) and other[axis] == size
            x = 130 + axis * 74
            line = '"#888"' if same else f'"{ORANGE}" stroke-width="4"'
            rows.append(
                f'<rect x="{x}" y="{y + 4}" width="66" height="34" '
                f'fill="none" stroke={line}/>'
            )
            rows.append(_text(x + 33, y + 27, str(size), "middle", 16))
    axes = max(len(expected), len(got), 1)
    label = f"{names[0]} {tuple(expected)}, {names[1]} {tuple(got)}"
    return _svg("".join(rows), 140 + axes * 74, 96, label)


def _text(x, y, text, anchor="middle", size=14, fill="currentColor"):
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" '
        f'fill="{fill}" font-family="sans-serif">{html.escape(text)}</text>'
    )


def _svg(body, width, height, label):
    return (
        f'<svg role="img" aria-label="{html.escape(label)}" '
        f'width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{body}</svg>'
    )
