"""Exercise 5_8/erase: erase a random square."""

from __future__ import annotations

import numpy as np

from course_lib import augment
from course_lib.exercises.lesson_5_8.shared import (
    IMAGES_LEFT_OUT,
    images,
    not_random,
    of_images,
    reproducible,
    unchanged_images,
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
    changed = result[result != x]
    return bool(changed.size and (changed == 1).all())


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
    small &= (height > 0) & (width > 0)
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


@of_images
def _all_black(result, x, size, seed):
    return not np.any(result)


@of_images
def _kept_alone(result, x, size, seed):
    """Return whether only a square is left of each image."""
    result = np.asarray(result, dtype=float)
    _, _, height, width = _boxes((result != 0).any(axis=1))
    left = result[result != 0]
    return bool(
        (height == size).all()
        and (width == size).all()
        and np.array_equal(left, x[result != 0])
    )


@of_images
def _rest_changed(result, x, size, seed):
    """Return whether pixels all over the images have other numbers."""
    result = np.asarray(result, dtype=float)
    return bool((result != x).mean() > 0.95 and result.any())


@of_images
def _not_zero(result, x, size, seed):
    """Return whether squares of the right size hold other numbers."""
    result = np.asarray(result, dtype=float)
    mask = _erased(result, x)
    _, _, height, width = _boxes(mask)
    whole = (height == size).all() and (width == size).all()
    return bool(whole and (result[result != x] != 0).any())


@of_images
def _whole_rows(result, x, size, seed):
    _, _, height, width = _boxes(_erased(result, x))
    H, W = x.shape[2:]
    return bool(
        ((width == W) & (height == size)).all()
        or ((height == H) & (width == size)).all()
    )


@of_images
def _channels_differ(result, x, size, seed):
    """Return whether the channels of an image were erased elsewhere."""
    changed = np.asarray(result, dtype=float) != x
    return bool((changed.any(axis=1) != changed.all(axis=1)).any())


@of_images
def _other_size(result, x, size, seed):
    """Return whether all squares are whole, but larger or smaller."""
    mask = _erased(result, x)
    _, _, height, width = _boxes(mask)
    whole = mask.sum(axis=(1, 2)) == height * width
    side = height.max()
    return bool(
        side != size
        and whole.all()
        and abs(int(side) - size) <= max(1, size)
        and (height == side).mean() > 0.4
        and (width == side).mean() > 0.4
    )


@of_images
def _axis_fixed(result, x, size, seed):
    """Return whether all squares stand in the same row or column."""
    top, left, _, _ = _boxes(_erased(result, x))
    return bool((top == top[0]).all() != (left == left[0]).all())


@of_images
def _first_missed(result, x, size, seed):
    top, left, _, _ = _boxes(_erased(result, x))
    return bool(top.min() > 0 or left.min() > 0)


def _without_some(count):
    """Return an answer that leaves out images: N -> how many are reached."""

    def answer(x, size, rng):
        out = x.copy()
        reached = count(len(x))
        out[:reached] = augment.erase(x[:reached], size, rng)
        return out

    return answer


def _each_channel(x, size, rng):
    out = x.copy()
    for c in range(x.shape[1]):
        out[:, c : c + 1] = augment.erase(x[:, c : c + 1], size, rng)
    return out


def _columns_only(x, size, rng):
    out = x.copy()
    for image in out:
        j = rng.integers(0, x.shape[3] - size + 1)
        image[:, :, j : j + size] = 0
    return out


def _fixed_column(x, size, rng):
    out = x.copy()
    for image in out:
        i = rng.integers(0, x.shape[2] - size + 1)
        image[:, i : i + size, :size] = 0
    return out


def _not_the_first(x, size, rng):
    H, W = x.shape[2:]
    out = x.copy()
    for image in out:
        i = rng.integers(min(1, H - size), H - size + 1)
        j = rng.integers(min(1, W - size), W - size + 1)
        image[:, i : i + size, j : j + size] = 0
    return out


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
            "all-black",
            Text(
                "The images are black all over. Only a square of `size` by"
                " `size` pixels becomes 0.",
                "画像全体が黒くなっています。0 にするのは、1 辺 `size` の正方"
                "形だけです。",
            ),
            answer=lambda x, size, rng: 0 * x,
            seen=_all_black,
        ),
        Slip(
            "kept-instead-of-erased",
            Text(
                "Only the square is left, the rest became 0. It is the other"
                " way round.",
                "正方形だけが残り、それ以外が 0 になっています。逆です。",
            ),
            answer=lambda x, size, rng: x - augment.erase(x, size, rng),
            seen=_kept_alone,
        ),
        Slip(
            "rest-changed",
            Text(
                "Pixels outside the square changed too. They stay as they"
                " are.",
                "正方形の外の画素まで変わっています。外はそのままにします。",
            ),
            answer=lambda x, size, rng: 0.9 * augment.erase(x, size, rng),
            seen=_rest_changed,
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
            "images-left-out",
            IMAGES_LEFT_OUT,
            answer=_without_some(lambda N: N - 1),
            seen=unchanged_images,
        ),
        Slip(
            "channels-differ",
            Text(
                "In one image the channels were erased in different places, or"
                " not all of them. Take all channels at once:"
                " image[:, i : i + size, ...].",
                "1 枚の画像の中で、チャンネルによって消えた場所が違うか、消え"
                "ていないチャンネルがあります。image[:, i : i + size, …] のよ"
                "うに、全チャンネルをまとめて消します。",
            ),
            answer=_each_channel,
            seen=_channels_differ,
        ),
        Slip(
            "not-filled-with-zero",
            Text(
                "The square is there, but not black. Fill it with 0.",
                "正方形の場所は合っていますが、黒くなっていません。0 で埋めま"
                "す。",
            ),
            answer=lambda x, size, rng: _erase_with(x, size, rng, 0.5),
            seen=_not_zero,
        ),
        Slip(
            "whole-rows-or-columns",
            Text(
                "A whole stripe was erased, from border to border. Bound both"
                " slices: i : i + size and j : j + size.",
                "端から端まで帯のように消えています。i : i + size と j : j +"
                " size の両方で範囲を決めます。",
            ),
            answer=_columns_only,
            seen=_whole_rows,
        ),
        Slip(
            "wrong-size",
            Text(
                "The square has another size than `size` by `size`. A slice"
                " i : i + size has exactly `size` entries.",
                "正方形の大きさが 1 辺 `size` になっていません。スライス"
                " i : i + size の要素はちょうど `size` 個です。",
            ),
            answer=lambda x, size, rng: _erase_with(x, size + 1, rng),
            seen=_other_size,
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
            "not-a-black-square",
            Text(
                "What changed is not one black square of `size` by `size`"
                " pixels in each image, the same in all channels.",
                "変わった部分が、1 辺 `size` の黒い正方形（全チャンネル共"
                "通）になっていません。",
            ),
            answer=lambda x, size, rng: np.minimum(
                augment.erase(x, size, rng), augment.erase(x, size, rng)
            ),
            seen=lambda *case: _not_black(*case) or _wrong_square(*case),
        ),
        Slip(
            "row-or-column-fixed",
            Text(
                "The squares of all images stand in the same row or column."
                " Draw both, i and j, for each image.",
                "どの画像でも、正方形の行か列が同じです。画像ごとに i と j の"
                "両方を乱数で決めます。",
            ),
            answer=_fixed_column,
            seen=_axis_fixed,
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
            "first-place-missing",
            Text(
                "The square never touches the top or the left border. The"
                " places begin with 0.",
                "正方形が上端か左端に届くことがありません。場所は 0 から始まり"
                "ます。",
            ),
            answer=_not_the_first,
            seen=_first_missed,
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
