"""Exercise 5_3/flat_index: the place in the line."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _flat_index(n, c, h, w, shape):
    return int(np.ravel_multi_index((n, c, h, w), shape))


def _places():
    return [
        (1, 2, 3, 4, (2, 3, 4, 5)),
        (0, 0, 2, 1, (1, 1, 4, 3)),
        (2, 1, 0, 3, (3, 2, 2, 7)),
        (0, 3, 1, 0, (2, 4, 3, 2)),
        (4, 0, 5, 2, (5, 3, 6, 4)),
        (1, 0, 0, 0, (2, 3, 5, 4)),
    ]


def _height_and_width_mixed(result, n, c, h, w, shape):
    _, C, H, W = shape
    mixed = [((n * C + c) * a + h) * b + w for a in (H, W) for b in (H, W)]
    return result in [*mixed, (n * C + c) * H * W + h * H + w]


EXERCISE = Exercise(
    name="flat_index",
    title=Text("The place in the line", "列の中の位置"),
    reference=_flat_index,
    cases=_places,
    slips=(
        Slip(
            "first-axis-fastest",
            Text(
                "That is the place if `n` ran fastest. In NumPy the last axis,"
                " `w`, runs fastest.",
                "`n` がいちばん速く進む並びになっています。NumPy では最後の軸"
                "の `w` がいちばん速く進みます。",
            ),
            answer=lambda n, c, h, w, shape: (
                n + shape[0] * (c + shape[1] * (h + shape[2] * w))
            ),
        ),
        Slip(
            "multiplies-by-own-length",
            Text(
                "Each index was multiplied by the length of its own axis. How"
                " many numbers do you pass when it grows by one? Those of the"
                " axes behind it.",
                "各添字に、その軸自身の長さを掛けています。1 増えたときに飛び"
                "越えるのは、後ろにある軸の分です。",
            ),
            answer=lambda n, c, h, w, shape: (
                n * shape[0] + c * shape[1] + h * shape[2] + w
            ),
        ),
        Slip(
            "height-for-width",
            Text(
                "H and W changed places somewhere. When `h` grows by one, you"
                " pass one row: how long is a row? And how many rows has a"
                " channel?",
                "どこかで H と W を取り違えています。`h` が 1 増えると 1 行進"
                "みます。1 行の長さはいくつで、1 チャンネルは何行ですか。",
            ),
            answer=lambda n, c, h, w, shape: (
                (n * shape[1] + c) * shape[2] * shape[3] + h * shape[2] + w
            ),
            seen=_height_and_width_mixed,
        ),
    ),
    hints=(
        Text(
            "How many numbers lie between [n, c, h, w] and [n, c, h + 1, w]?",
            "[n, c, h, w] から [n, c, h + 1, w] まで、数をいくつ進みますか。",
        ),
        Text(
            "One row holds W numbers, one channel H * W, one image C * H *"
            " W. Count what lies before your element.",
            "1 行は W 個、1 チャンネルは H * W 個、1 枚は C * H * W 個です。"
            "その要素より前にある数を数えます。",
        ),
        Text(
            "before = n * C * H * W",
            "before = n * C * H * W",
        ),
    ),
)
