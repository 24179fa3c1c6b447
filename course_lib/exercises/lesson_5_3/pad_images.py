"""Exercise 5_3/pad_images: pad images."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_3.shared import numbers
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _pad(x, width, constant_values=0):
    return np.pad(x, width, constant_values=constant_values)


def _pad_reference(x, pad, constant_values=0):
    width = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    return _pad(x, width, constant_values)


def _pad_cases():
    return [
        (numbers(2, 3, 4, 5), 1, 0),
        (numbers(1, 2, 3, 5), 2, -1),
        (numbers(3, 1, 5, 2), 0, 4),
        (numbers(2, 2, 1, 3).astype(np.float32), 1, -np.inf),
        (numbers(3, 2, 2, 4), 3, 7.5),
    ]


EXERCISE = Exercise(
    name="pad_images",
    title=Text("Pad images", "画像のパディング"),
    reference=_pad_reference,
    cases=_pad_cases,
    slips=(
        Slip(
            "pads-every-axis",
            Text(
                "There are more images and channels than before. A single"
                " number pads all four axes: give a pair for each axis.",
                "画像とチャンネルまで増えています。数を 1 つだけ渡すと、4 つの"
                "軸すべてに付きます。軸ごとに組を渡しましょう。",
            ),
            answer=_pad,
        ),
        Slip(
            "pads-channels-for-width",
            Text(
                "The height grew, but so did the channels instead of the"
                " width. Is it (N, H, W, C) that you had in mind? Here it is"
                " (N, C, H, W).",
                "幅ではなくチャンネルが増えています。(N, H, W, C) と考えて"
                "いませんか。ここでは (N, C, H, W) です。",
            ),
            answer=lambda x, pad, constant_values: _pad(
                x, ((0, 0), (pad, pad), (pad, pad), (0, 0)), constant_values
            ),
        ),
        Slip(
            "pads-height-only",
            Text(
                "Only the height grew. The filter moves along the width too.",
                "高さしか増えていません。フィルターは横にも動きます。",
            ),
            answer=lambda x, pad, constant_values: _pad(
                x, ((0, 0), (0, 0), (pad, pad), (0, 0)), constant_values
            ),
        ),
        Slip(
            "pads-one-side-only",
            Text(
                "Height and width grew by `pad` once. Each pair is"
                " (before, after), and both sides need the frame.",
                "高さと幅が `pad` 1 つ分しか増えていません。組は (前, 後) で"
                "す。縁は両側に必要です。",
            ),
            answer=lambda x, pad, constant_values: _pad(
                x, ((0, 0), (0, 0), (pad, 0), (pad, 0)), constant_values
            ),
            seen=lambda result, x, pad, constant_values: (
                np.shape(result)
                == (*x.shape[:2], x.shape[2] + pad, x.shape[3] + pad)
            ),
        ),
        Slip(
            "pads-with-zero",
            Text(
                "The frame is in the right place but always 0. Hand on"
                " `constant_values`.",
                "縁の場所は合っていますが、いつも 0 です。`constant_values` も"
                "渡しましょう。",
            ),
            answer=lambda x, pad, constant_values: _pad_reference(x, pad),
        ),
    ),
    hints=(
        Text(
            "Along which of the four axes does a filter move?",
            "4 つの軸のうち、フィルターが動くのはどの軸ですか。",
        ),
        Text(
            "np.pad takes one pair (before, after) for each axis. N and C"
            " get (0, 0).",
            "np.pad には軸ごとに (前, 後) の組を渡します。N と C は (0, 0)"
            " です。",
        ),
        Text(
            "width = ((0, 0), (0, 0), (pad, pad), (pad, pad))",
            "width = ((0, 0), (0, 0), (pad, pad), (pad, pad))",
        ),
    ),
)
