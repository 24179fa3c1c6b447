"""Exercise 5_8/add_noise: noise, clipped to 0..1."""

from __future__ import annotations

import numpy as np

from course_lib import augment
from course_lib.exercises.lesson_5_8.shared import (
    IMAGES_LEFT_OUT,
    not_random,
    of_images,
    reproducible,
    unchanged_images,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _noise_cases():
    cases = []
    shapes = [(6, 2, 40, 45), (9, 1, 45, 40), (4, 3, 44, 39), (8, 2, 33, 42)]
    shapes.append((7, 2, 38, 45))
    for seed, shape in enumerate(shapes, start=30):
        # A third of the pixels each: black, grey, white.
        x = np.arange(np.prod(shape)).reshape(shape) % 3 / 2
        std = [0.05, 0.1, 0.15, 0.08, 0.12][seed - 30]
        cases.append((x.astype(np.float32), std, seed))
    return cases


def _grey(result, x):
    """Return the changes of the grey pixels, which clipping never meets."""
    return (np.asarray(result, dtype=float) - x)[x == 0.5]


def _free(result, x):
    """Return the changes of the grey pixels that did not reach 0 or 1."""
    change = _grey(result, x)
    return change[np.abs(change) < 0.5]


@of_images
def _leaves_range(result, x, std, seed):
    result = np.asarray(result, dtype=float)
    return bool(result.min() < 0 or result.max() > 1)


@of_images
def _only_0_and_1(result, x, std, seed):
    result = np.asarray(result, dtype=float)
    return bool(np.isin(result, (0, 1)).all())


@of_images
def _noise_alone(result, x, std, seed):
    return bool(np.asarray(result, dtype=float)[x == 1].mean() < 0.3)


@of_images
def _channels_left_out(result, x, std, seed):
    """Return whether some channels, but not all, are as they were."""
    same = (np.asarray(result) == x).all(axis=(0, 2, 3))
    return bool(same.any() and not same.all())


@of_images
def _noise_clipped(result, x, std, seed):
    """Return whether half of the changes are 0, the others above."""
    change = _grey(result, x)
    return bool((change >= 0).all() and 0.3 < (change == 0).mean() < 0.7)


@of_images
def _two_values(result, x, std, seed):
    change = np.unique(_free(result, x).round(4))
    return len(change) == 2 and abs(change.sum()) < 0.01


@of_images
def _noise_is_shared(result, x, std, seed):
    change = _free(result, x)
    change = change[change != 0]
    return len(np.unique(change)) < 0.6 * len(change)


@of_images
def _multiplied(result, x, std, seed):
    """Return whether black stays and grey changes half as much."""
    black = np.asarray(result)[x == 0]
    spread = _grey(result, x).std()
    return bool((black == 0).all() and 0.45 * std < spread < 0.55 * std)


@of_images
def _black_stays(result, x, std, seed):
    return bool((np.asarray(result)[x == 0] == 0).all())


@of_images
def _one_sided(result, x, std, seed):
    return not abs(_grey(result, x).mean()) < 0.1 * std


@of_images
def _wrong_strength(result, x, std, seed):
    return not 0.93 * std < _grey(result, x).std() < 1.07 * std


@of_images
def _not_normal(result, x, std, seed):
    """Return whether the fourth moment is not that of a bell curve."""
    change = _grey(result, x)
    if not 0 < change.std() < 0.2:
        return False
    z = (change - change.mean()) / change.std()
    return bool(abs((z**4).mean() - 3) > 0.6)


@of_images
def _other_dtype(result, x, std, seed):
    return np.asarray(result).dtype != x.dtype


@of_images
def _ends_not_clipped(result, x, std, seed):
    """Return whether other than half of the black pixels stay black."""
    result = np.asarray(result, dtype=float)
    black, white = result[x == 0] == 0, result[x == 1] == 1
    return not (0.4 < black.mean() < 0.6 and 0.4 < white.mean() < 0.6)


@of_images
def _rescaled(result, x, std, seed):
    """Return whether just one pixel is 0 and just one is 1."""
    result = np.asarray(result, dtype=float)
    return (result == 0).sum() == 1 and (result == 1).sum() == 1


def _rescaled_noise(x, std, rng):
    y = x + rng.normal(0, std, x.shape)
    return (y - y.min()) / (y.max() - y.min())


def _partly(place):
    """Return an answer without noise in some place."""

    def answer(x, std, rng):
        noise = rng.normal(0, std, x.shape)
        noise[place] = 0
        return np.clip(x + noise, 0, 1)

    return answer


EXERCISE = Exercise(
    name="add_noise",
    hints=(
        Text(
            "How many random numbers does a batch need?",
            "1 つのバッチに、乱数はいくつ必要ですか。",
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
            "rounded",
            Text(
                "Every pixel is 0 or 1: the result was rounded, or cut to"
                " whole numbers.",
                "どの画素も 0 か 1 になっています。結果が丸められているか、整"
                "数に切り捨てられています。",
            ),
            answer=lambda x, std, rng: np.clip(
                x + rng.normal(0, std, x.shape), 0, 1
            ).round(),
            seen=_only_0_and_1,
        ),
        Slip(
            "noise-alone",
            Text(
                "The images are gone: this is the noise alone. Add it to x.",
                "画像がなくなり、ノイズだけになっています。x に足します。",
            ),
            answer=lambda x, std, rng: np.clip(
                rng.normal(0, std, x.shape), 0, 1
            ),
            seen=_noise_alone,
        ),
        Slip(
            "images-left-out",
            IMAGES_LEFT_OUT,
            answer=_partly((slice(-1, None),)),
            seen=unchanged_images,
        ),
        Slip(
            "channels-left-out",
            Text(
                "Some channels got no noise. Every pixel of every channel"
                " gets its own.",
                "ノイズのないチャンネルがあります。すべてのチャンネルの、すべ"
                "ての画素に加えます。",
            ),
            answer=_partly((slice(None), slice(1, None))),
            seen=_channels_left_out,
        ),
        Slip(
            "noise-clipped",
            Text(
                "The noise itself was clipped to 0..1, so no pixel becomes"
                " darker. Clip the sum, after adding.",
                "足す前のノイズを 0..1 に切り詰めているので、暗くなる画素があ"
                "りません。足した後の結果を切り詰めます。",
            ),
            answer=lambda x, std, rng: np.clip(
                x + np.clip(rng.normal(0, std, x.shape), 0, 1), 0, 1
            ),
            seen=_noise_clipped,
        ),
        Slip(
            "noise-is-shared",
            Text(
                "Several pixels got the very same noise. Each pixel of"
                " each image needs a number of its own: which shape must"
                " the noise have?",
                "複数の画素に同じノイズが加わっています。すべての画像の"
                "すべての画素に別々の乱数が必要です。ノイズの形状は"
                "何にすればよいですか。",
            ),
            answer=lambda x, std, rng: np.clip(
                x + rng.normal(0, std, x.shape[1:]), 0, 1
            ),
            seen=lambda *case: (
                _noise_is_shared(*case) and not _two_values(*case)
            ),
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
            "noise-multiplied",
            Text(
                "Dark pixels changed less than bright ones, and black not at"
                " all: x was multiplied. The noise is added.",
                "暗い画素ほど変化が小さく、黒は変わっていません。x に掛けてい"
                "るためです。ノイズは足します。",
            ),
            answer=lambda x, std, rng: np.clip(
                x * (1 + rng.normal(0, std, x.shape)), 0, 1
            ),
            seen=_multiplied,
        ),
        Slip(
            "background-without-noise",
            Text(
                "Black pixels got no noise. Every pixel gets its own, those of"
                " the background too.",
                "黒い画素にノイズが加わっていません。背景を含むすべての画素に"
                "加えます。",
            ),
            answer=lambda x, std, rng: np.clip(
                x + (x > 0) * rng.normal(0, std, x.shape), 0, 1
            ),
            seen=_black_stays,
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
            "uniform-for-normal",
            Text(
                "The noise is not normally distributed. rng.normal gives the"
                " bell curve; rng.uniform, for instance, has limits.",
                "ノイズが正規分布に従っていません。正規分布の乱数は rng.normal"
                " で取り出します。たとえば rng.uniform には上限と下限がありま"
                "す。",
            ),
            answer=lambda x, std, rng: np.clip(
                x + rng.uniform(-1, 1, x.shape) * np.sqrt(3) * std, 0, 1
            ),
            seen=lambda *case: _not_normal(*case),
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
        Slip(
            "dtype-changed",
            Text(
                "The noise is right, but the dtype is no longer that of x."
                " Give it back: .astype(x.dtype).",
                "ノイズは合っていますが、dtype が x と違います。"
                ".astype(x.dtype) で元に戻します。",
            ),
            answer=lambda x, std, rng: np.clip(
                x + rng.normal(0, std, x.shape), 0, 1
            ),
            seen=_other_dtype,
        ),
    ),
)
