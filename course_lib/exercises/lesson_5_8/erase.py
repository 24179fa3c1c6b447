"""Exercise 5_8/erase: erase a random square."""

from __future__ import annotations

import numpy as np

from course_lib import augment
from course_lib.exercises.lesson_5_8.shared import (
    images,
    not_random,
    of_images,
    reproducible,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _erase_cases():
    shapes = [(7, 9, 3), (9, 6, 4), (8, 8, 5), (5, 7, 2), (6, 5, 1)]
    return [
        (images(seed, 120, 1 + seed % 2, H, W), size, seed)
        for seed, (H, W, size) in enumerate(shapes, start=40)
    ]


def _erased(result, x):
    """Return which pixels of each image are other than before, (N, H, W)."""
    return (np.asarray(result, dtype=float) != x).any(axis=1)


def _boxes(mask):
    """Return top, left, height, width of what is marked in each image."""
    rows, cols = mask.any(axis=2), mask.any(axis=1)
    H, W = mask.shape[1:]
    top, left = rows.argmax(axis=1), cols.argmax(axis=1)
    height = H - rows[:, ::-1].argmax(axis=1) - top
    width = W - cols[:, ::-1].argmax(axis=1) - left
    return top, left, height * rows.any(axis=1), width * cols.any(axis=1)


@of_images
def _fills_with_white(result, x, size, seed):
    result = np.asarray(result, dtype=float)
    return bool((result[result != x] == 1).all())


@of_images
def _not_black(result, x, size, seed):
    result = np.asarray(result, dtype=float)
    black = (result == 0).all(axis=1)
    return not np.array_equal(black, _erased(result, x))


@of_images
def _one_place(result, x, size, seed):
    mask = _erased(result, x)
    return bool((mask == mask[0]).all())


@of_images
def _cut_at_border(result, x, size, seed):
    """Return whether some squares are whole and others smaller."""
    _, _, height, width = _boxes(_erased(result, x))
    small = (height < size) | (width < size)
    return bool(
        0 < small.mean() < 1 and max(height.max(), width.max()) <= size
    )


@of_images
def _wrong_square(result, x, size, seed):
    mask = _erased(result, x)
    _, _, height, width = _boxes(mask)
    whole = mask.sum(axis=(1, 2)) == size * size
    return not (whole & (height == size) & (width == size)).all()


@of_images
def _diagonal_only(result, x, size, seed):
    top, left, _, _ = _boxes(_erased(result, x))
    return bool((top == left).all())


@of_images
def _place_missed(result, x, size, seed):
    top, left, _, _ = _boxes(_erased(result, x))
    H, W = x.shape[2:]
    reached = (top.min(), left.min(), top.max(), left.max())
    return reached != (0, 0, H - size, W - size)


def _erase_with(x, size, rng, value=0.0, extra=1, cut=False, diagonal=False):
    """Erase in a loop, with the slips that the arguments name."""
    H, W = x.shape[2:]
    out = x.copy()
    for image in out:
        if cut:
            i, j = rng.integers(H), rng.integers(W)
        else:
            i = rng.integers(0, H - size + extra)
            j = rng.integers(0, W - size + extra)
        if diagonal:
            i = j = rng.integers(0, min(H, W) - size + 1)
        image[:, i : i + size, j : j + size] = value
    return out


def _erase_one_place(x, size, rng):
    H, W = x.shape[2:]
    i = rng.integers(0, H - size + 1)
    j = rng.integers(0, W - size + 1)
    out = x.copy()
    out[:, :, i : i + size, j : j + size] = 0
    return out


EXERCISE = Exercise(
    name="erase",
    hints=(
        Text(
            "Which is the last row that the square may start at?",
            "正方形の上端を置ける最後の行は、何行目ですか。",
        ),
        Text(
            "Row H - size. Copy x, go through the images, and draw a row and"
            " a column for each.",
            "H - size 行目です。x をコピーし、画像を 1 枚ずつ見て、行と列を"
            "そのつど乱数で決めます。",
        ),
        Text(
            "out = x.copy(), then: for image in out:",
            "out = x.copy() のあとに for image in out: と続けます。",
        ),
    ),
    title=Text("Erase a random square", "ランダムな正方形を消す"),
    reference=augment.erase,
    cases=_erase_cases,
    run=lambda erase, x, size, seed: reproducible(erase, x, size, seed),
    random=True,
    slips=(
        not_random(
            lambda x, size, rng: augment.erase(x, size, rng=1),
        ),
        Slip(
            "fills-with-white",
            Text(
                "The square is white. Hide the character: fill with 0.",
                "正方形が白くなっています。文字を隠すので 0 で埋めます。",
            ),
            answer=lambda x, size, rng: _erase_with(x, size, rng, 1.0),
            seen=_fills_with_white,
        ),
        Slip(
            "one-place-for-batch",
            Text(
                "The square lies at the same place in every image. Each"
                " image needs a place of its own.",
                "どの画像でも同じ場所が消えています。場所は画像ごとに"
                "決めます。",
            ),
            answer=_erase_one_place,
            seen=_one_place,
        ),
        Slip(
            "cut-at-border",
            Text(
                "Some squares are smaller: they reach over the border. How"
                " far may the upper left corner go so that the square"
                " stays inside?",
                "小さい正方形が混じっています。端からはみ出したためです。"
                "全体が画像に収まるには、左上の角はどこまで動けますか。",
            ),
            answer=lambda x, size, rng: _erase_with(x, size, rng, cut=True),
            seen=_cut_at_border,
        ),
        Slip(
            "not-a-black-square",
            Text(
                "What changed is not one black square of `size` by `size`"
                " pixels in each image, the same in all channels.",
                "変わった部分が、1 辺 `size` の黒い正方形（全チャンネル共"
                "通）になっていません。",
            ),
            answer=lambda x, size, rng: _erase_with(x, size + 1, rng),
            seen=lambda *case: _not_black(*case) or _wrong_square(*case),
        ),
        Slip(
            "same-row-and-column",
            Text(
                "The square is always on the diagonal: row and column are"
                " the same random number.",
                "正方形がいつも対角線上にあります。行と列に同じ乱数を使っ"
                "ています。",
            ),
            answer=lambda x, size, rng: _erase_with(
                x, size, rng, diagonal=True
            ),
            seen=_diagonal_only,
        ),
        Slip(
            "last-place-missing",
            Text(
                "The square never touches one of the borders. The upper"
                " bound of `rng.integers` itself is never drawn.",
                "正方形が届かない端があります。`rng.integers` の上限の値"
                "そのものは出ません。",
            ),
            answer=lambda x, size, rng: _erase_with(x, size, rng, extra=0),
            seen=_place_missed,
        ),
    ),
)
