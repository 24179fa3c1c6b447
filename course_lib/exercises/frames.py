"""Slips of padding: frames that are laid around an image wrongly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.exercises.model import Slip
from course_lib.text import Text

Frame = Callable[[np.ndarray, int, float], np.ndarray]


def pad_sides(x, rows, columns, value=0, **mode):
    """Return x (..., H, W) with pairs (before, after) put around it."""
    widths = [(0, 0)] * (np.ndim(x) - 2) + [rows, columns]
    return np.pad(x, widths, **(mode or {"constant_values": value}))


def frame(x: np.ndarray, pad: int, value: float = 0) -> np.ndarray:
    """Return x (..., H, W) with the right frame."""
    return pad_sides(x, (pad, pad), (pad, pad), value)


def _mode(name: str) -> Frame:
    return lambda x, p, value: pad_sides(x, (p, p), (p, p), mode=name)


def _filled(number: float) -> Frame:
    return lambda x, p, value: frame(x, p, number)


ONE_SIDE: tuple[Frame, ...] = (
    lambda x, p, value: pad_sides(x, (0, p), (0, p), value),
    lambda x, p, value: pad_sides(x, (p, 0), (p, 0), value),
    lambda x, p, value: pad_sides(x, (p, 0), (0, p), value),
    lambda x, p, value: pad_sides(x, (0, p), (p, 0), value),
)
CORNER: tuple[Frame, ...] = (
    lambda x, p, value: pad_sides(x, (0, 2 * p), (0, 2 * p), value),
    lambda x, p, value: pad_sides(x, (2 * p, 0), (2 * p, 0), value),
)
# name -> (sentence, frames that show it)
FRAMES: dict[str, tuple[Text, tuple[Frame, ...]]] = {
    "pads-one-side-only": (
        Text(
            "Height and width grew by `pad` once. Each pair is (before,"
            " after), and both sides need the frame.",
            "高さと幅が `pad` 1 つ分しか増えていません。組は (前, 後) です。"
            "枠は両側に必要です。",
        ),
        ONE_SIDE,
    ),
    "pads-height-only": (
        Text(
            "Only the height grew. The window moves along the width too.",
            "高さしか増えていません。窓は横にも動きます。",
        ),
        (lambda x, p, value: pad_sides(x, (p, p), (0, 0), value),),
    ),
    "pads-width-only": (
        Text(
            "Only the width grew. The window moves along the height too.",
            "幅しか増えていません。窓は縦にも動きます。",
        ),
        (lambda x, p, value: pad_sides(x, (0, 0), (p, p), value),),
    ),
    "pads-with-edge": (
        Text(
            "The frame repeats or mirrors the pixels at the rim of the image."
            " It must hold one and the same number everywhere.",
            "枠に、画像の縁の画素が入っています。枠はどこも同じ 1 つの数で埋"
            "めます。",
        ),
        (_mode("edge"), _mode("symmetric"), _mode("reflect")),
    ),
    "pads-with-other-side": (
        Text(
            "The frame holds the pixels of the opposite side of the image. It"
            " must hold one and the same number everywhere.",
            "枠に、画像の反対側の画素が入っています。枠はどこも同じ 1 つの数"
            "で埋めます。",
        ),
        (_mode("wrap"),),
    ),
    "pads-with-ones": (
        Text(
            "The frame is filled with ones. Which number is wanted there?",
            "枠が 1 で埋まっています。どの数で埋めるはずですか。",
        ),
        (_filled(1),),
    ),
    "pads-twice": (
        Text(
            "The frame is twice as wide as `pad`: on each side lie `pad`"
            " rows or columns, no more.",
            "枠の幅が `pad` の 2 倍になっています。上下左右に、それぞれ `pad`"
            " ずつです。",
        ),
        (lambda x, p, value: frame(x, 2 * p, value),),
    ),
    "pads-by-one-always": (
        Text(
            "The frame is 1 wide, whatever `pad` is.",
            "`pad` がいくつでも、枠の幅が 1 になっています。",
        ),
        (lambda x, p, value: frame(x, 1, value),),
    ),
    "image-in-the-corner": (
        Text(
            "The size is right, but all of the padding lies on one side: the"
            " image sits in a corner. It belongs in the middle.",
            "サイズは合っていますが、枠が片側に寄り、画像が隅にあります。画像"
            "は真ん中に置きます。",
        ),
        CORNER,
    ),
    "pads-other-axes": (
        Text(
            "Height and width did not grow; the images and the channels did."
            " The frame lies around the last two axes.",
            "高さと幅ではなく、画像とチャンネルの数が増えています。枠を付ける"
            "のは最後の 2 軸です。",
        ),
        (lambda x, p, value: _leading(x, p, p, value),),
    ),
    "pads-channels-for-width": (
        Text(
            "The height grew, but so did the channels instead of the width."
            " Is it (N, H, W, C) that you had in mind? Here it is (N, C, H,"
            " W).",
            "幅ではなくチャンネルが増えています。(N, H, W, C) と考えていませ"
            "んか。ここでは (N, C, H, W) です。",
        ),
        (lambda x, p, value: _four(x, (0, p, p, 0), value),),
    ),
    "pads-channels-too": (
        Text(
            "Height and width are right, but there are more channels than"
            " before. Their pair is (0, 0).",
            "高さと幅は合っていますが、チャンネルまで増えています。チャンネル"
            "の組は (0, 0) です。",
        ),
        (lambda x, p, value: _four(x, (0, p, p, p), value),),
    ),
}
PLAIN = (  # those that make sense for an image without further axes
    "pads-one-side-only",
    "pads-height-only",
    "pads-width-only",
    "pads-with-edge",
    "pads-with-other-side",
    "pads-with-ones",
    "pads-twice",
    "pads-by-one-always",
    "image-in-the-corner",
)
BATCH = (*PLAIN, "pads-other-axes", "pads-channels-for-width")


def _four(x, pads, value):
    return np.pad(x, [(p, p) for p in pads], constant_values=value)


def _leading(x, images, channels, value):
    return _four(x, (images, channels, 0, 0), value)


def frame_slips(
    answer: Callable[[Frame], Any], names: tuple[str, ...] = PLAIN
) -> tuple[Slip, ...]:
    """Return the slips of padding of one exercise.

    answer(frame): an answer that is right but for its frame(x, pad, value).
    names: which of FRAMES can happen there.
    """
    found = []
    for name in names:
        text, (first, *more) = FRAMES[name]
        also = tuple(answer(wrong) for wrong in more)
        found.append(Slip(name, text, answer=answer(first), also=also))
    return tuple(found)
