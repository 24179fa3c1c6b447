"""Exercise 5_8/read_nearest: read the nearest pixel."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.lesson_5_8.shared import images
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def read_nearest(x, rows, cols):
    """Read x at the nearest pixel of each place; outside it is 0.

    x: (N, C, H, W). rows, cols: (H, W) floats. Returns (N, C, H, W).
    """
    return _read(x, np.rint(rows).astype(int), np.rint(cols).astype(int))


def _read(x, i, j):
    H, W = x.shape[2:]
    inside = (i >= 0) & (i < H) & (j >= 0) & (j < W)
    return x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)] * inside


def _read_cases():
    cases = []
    shapes = [(2, 1, 5, 6), (1, 3, 4, 7), (3, 2, 6, 5), (1, 1, 7, 7)]
    shapes.append((2, 1, 3, 8))
    for seed, (N, C, H, W) in enumerate(shapes, start=20):
        rng = np.random.default_rng(seed)
        # Whole numbers plus less than a half: no ties between two pixels.
        rows = rng.integers(-1, H + 1, (H, W)) + rng.uniform(-0.4, 0.4, (H, W))
        cols = rng.integers(-1, W + 1, (H, W)) + rng.uniform(-0.4, 0.4, (H, W))
        cases.append((images(seed, N, C, H, W), rows, cols))
    return cases


def _read_square(x, rows, cols, height=None, width=None):
    """Take H for W when asking what is inside, or other lengths."""
    H, W = x.shape[2:]
    i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)
    inside = (i >= 0) & (i < (height or W)) & (j >= 0) & (j < (width or H))
    return x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)] * inside


def _square_assumed(result, x, rows, cols):
    H, W = x.shape[2:]
    return any(
        same(result, _read_square(x, rows, cols, height, width))
        for height, width in ((W, H), (W, W), (H, H))
    )


def _read_wrapping(x, rows, cols):
    H, W = x.shape[2:]
    i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)
    return x[:, :, i % H, j % W]


def _read_border(x, rows, cols):
    H, W = x.shape[2:]
    i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)
    return x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)]


EXERCISE = Exercise(
    name="read_nearest",
    hints=(
        Text(
            "How do you know that a place lies inside the image?",
            "ある位置が画像の内側かどうかは、どうすれば分かりますか。",
        ),
        Text(
            "Round first. Inside means 0 <= i < H and 0 <= j < W. Clip the"
            " indices so that reading is allowed, then set to 0 what was"
            " outside.",
            "まず四捨五入します。内側とは 0 <= i < H かつ 0 <= j < W のこと"
            "です。添字を範囲内に収めて読み、外だった所はあとで 0 にします。",
        ),
        Text(
            "i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)",
            "i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)",
        ),
    ),
    title=Text("Read the nearest pixel", "いちばん近い画素を読む"),
    reference=read_nearest,
    cases=_read_cases,
    slips=(
        Slip(
            "wraps-around",
            Text(
                "Places outside the image are read on the opposite side."
                " Outside, the result is 0.",
                "画像の外の位置で、反対側の画素を読んでいます。外は 0 です。",
            ),
            answer=_read_wrapping,
        ),
        Slip(
            "repeats-the-border",
            Text(
                "Places outside the image give the pixel at the border."
                " Outside, the result is 0.",
                "画像の外の位置で、端の画素を返しています。外は 0 です。",
            ),
            answer=_read_border,
        ),
        Slip(
            "fills-with-white",
            Text(
                "Places outside the image give 1, which is white. The"
                " background is black.",
                "画像の外が 1（白）になっています。背景は黒です。",
            ),
            answer=lambda x, rows, cols: 1 - read_nearest(1 - x, rows, cols),
        ),
        Slip(
            "truncated-not-rounded",
            Text(
                "2.9 was read at pixel 2: the digits were cut off. The"
                " nearest pixel is 3, so round first.",
                "2.9 のとき 2 番の画素を読んでいます（切り捨て）。いちばん"
                "近いのは 3 番なので、四捨五入します。",
            ),
            answer=lambda x, rows, cols: _read(
                x, rows.astype(int), cols.astype(int)
            ),
        ),
        Slip(
            "floor-not-rounded",
            Text(
                "2.9 was read at pixel 2: it was rounded down. The nearest"
                " pixel is 3.",
                "2.9 のとき 2 番の画素を読んでいます（切り下げ）。いちばん"
                "近いのは 3 番です。",
            ),
            answer=lambda x, rows, cols: _read(
                x,
                np.floor(rows).astype(int),
                np.floor(cols).astype(int),
            ),
        ),
        Slip(
            "height-for-width",
            Text(
                "Some places count as inside that are not, or the other"
                " way round: H and W are mixed where you ask what is"
                " inside.",
                "内側と外側の判定が違う所があります。判定で H と W を取り"
                "違えています。",
            ),
            answer=_read_square,
            seen=_square_assumed,
        ),
        Slip(
            "rows-and-columns-swapped",
            Text(
                "rows and cols have changed places. The row counts along"
                " H, the column along W.",
                "rows と cols が入れ替わっています。行は H、列は W の方向"
                "です。",
            ),
            answer=lambda x, rows, cols: read_nearest(x, cols, rows),
        ),
    ),
)
