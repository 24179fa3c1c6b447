"""Exercise 5_8/add_noise: noise, clipped to 0..1."""

from __future__ import annotations

import numpy as np

from course_lib import augment
from course_lib.exercises.lesson_5_8.shared import (
    not_random,
    of_images,
    reproducible,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _noise_cases():
    cases = []
    shapes = [(4, 1, 12, 15), (3, 2, 9, 16), (2, 3, 14, 9), (5, 1, 10, 12)]
    shapes.append((3, 1, 18, 15))
    for seed, shape in enumerate(shapes, start=30):
        # A third of the pixels each: black, grey, white.
        x = np.arange(np.prod(shape)).reshape(shape) % 3 / 2
        std = [0.05, 0.1, 0.15, 0.08, 0.12][seed - 30]
        cases.append((x.astype(np.float32), std, seed))
    return cases


def _grey(result, x):
    """Return the changes of the grey pixels, which clipping never meets."""
    return (np.asarray(result, dtype=float) - x)[x == 0.5]


@of_images
def _leaves_range(result, x, std, seed):
    result = np.asarray(result, dtype=float)
    return bool(result.min() < 0 or result.max() > 1)


@of_images
def _noise_is_shared(result, x, std, seed):
    change = _grey(result, x)
    return len(np.unique(change)) < 0.9 * len(change)


@of_images
def _one_sided(result, x, std, seed):
    return not abs(_grey(result, x).mean()) < 0.3 * std


@of_images
def _wrong_strength(result, x, std, seed):
    return not 0.7 * std < _grey(result, x).std() < 1.3 * std


@of_images
def _ends_not_clipped(result, x, std, seed):
    """Return whether other than half of the black pixels stay black."""
    result = np.asarray(result, dtype=float)
    black, white = result[x == 0] == 0, result[x == 1] == 1
    return not (0.3 < black.mean() < 0.7 and 0.3 < white.mean() < 0.7)


@of_images
def _rescaled(result, x, std, seed):
    """Return whether just one pixel is 0 and just one is 1."""
    result = np.asarray(result, dtype=float)
    return (result == 0).sum() == 1 and (result == 1).sum() == 1


def _rescaled_noise(x, std, rng):
    y = x + rng.normal(0, std, x.shape)
    return (y - y.min()) / (y.max() - y.min())


EXERCISE = Exercise(
    name="add_noise",
    hints=(
        Text(
            "How many random numbers does a batch need?",
            "1 つのバッチに、乱数はいくつ要りますか。",
        ),
        Text(
            "One for each pixel of each image, so the noise has the shape of"
            " x. np.clip cuts off; astype gives the dtype back.",
            "すべての画像のすべての画素に 1 つずつ、つまり x と同じ形状です。"
            "np.clip で切り落とし、astype で dtype を戻します。",
        ),
        Text(
            "noise = rng.normal(0, std, x.shape)",
            "noise = rng.normal(0, std, x.shape)",
        ),
    ),
    title=Text("Noise, clipped to 0..1", "ノイズを加えて 0..1 に収める"),
    reference=augment.add_noise,
    cases=_noise_cases,
    run=lambda add_noise, x, std, seed: reproducible(add_noise, x, std, seed),
    random=True,
    slips=(
        not_random(lambda x, std, rng: np.clip(x + std, 0, 1)),
        Slip(
            "leaves-the-range",
            Text(
                "Some pixels are below 0 or above 1. Cut them off after"
                " the noise is added.",
                "0 より小さい、または 1 より大きい画素があります。ノイズを"
                "足したあとで範囲に収めます。",
            ),
            answer=lambda x, std, rng: x + rng.normal(0, std, x.shape),
            seen=_leaves_range,
        ),
        Slip(
            "noise-is-shared",
            Text(
                "Several pixels got the very same noise. Each pixel of"
                " each image needs a number of its own: which shape must"
                " the noise have?",
                "複数の画素に同じノイズが加わっています。すべての画像の"
                "すべての画素に別々の乱数が要ります。ノイズの形状は"
                "何にすればよいですか。",
            ),
            answer=lambda x, std, rng: np.clip(
                x + rng.normal(0, std, x.shape[1:]), 0, 1
            ),
            seen=_noise_is_shared,
        ),
        Slip(
            "rescaled-not-clipped",
            Text(
                "The whole batch was squeezed into 0..1, which makes all"
                " images paler. Only cut off what lies outside.",
                "全体を 0..1 に縮めているので、画像が薄くなります。はみ出"
                "した値だけを切り落とします。",
            ),
            answer=_rescaled_noise,
            seen=_rescaled,
        ),
        Slip(
            "one-sided-noise",
            Text(
                "The images become brighter or darker on average. The"
                " noise must have the mean 0.",
                "画像が全体に明るく（または暗く）なっています。ノイズの平"
                "均は 0 でなければなりません。",
            ),
            answer=lambda x, std, rng: np.clip(
                x + std * rng.random(x.shape), 0, 1
            ),
            seen=_one_sided,
        ),
        Slip(
            "ends-not-clipped",
            Text(
                "Black and white pixels changed in another way than"
                " clipping gives: about half of the black ones should"
                " still be exactly 0.",
                "黒と白の画素が、範囲に収めるのとは違う変わり方をしていま"
                "す。黒い画素の約半分は 0 のままになるはずです。",
            ),
            answer=lambda x, std, rng: np.abs(
                1 - np.abs(1 - (x + rng.normal(0, std, x.shape)))
            ),
            seen=_ends_not_clipped,
        ),
        Slip(
            "wrong-strength",
            Text(
                "The noise has another strength than `std`. Is `std` a"
                " standard deviation in your code, not a variance or the"
                " edge of a range?",
                "ノイズの強さが `std` と合いません。`std` を標準偏差として"
                "使っていますか（分散や範囲の端ではありません）。",
            ),
            answer=lambda x, std, rng: np.clip(
                x + rng.normal(0, std**2, x.shape), 0, 1
            ),
            seen=_wrong_strength,
        ),
    ),
)
