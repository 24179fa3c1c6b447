"""Exercise 5_4/pool_rows: the largest of each window and channel."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_4.shared import images
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _pool_cases():
    return [
        (images(6, 3 * 4), 3),
        (images(4, 2 * 9), 2),
        (images(5, 4 * 4), 4),
        (-1 - np.abs(images(3, 5 * 6)), 5),
        (images(7, 2 * 3), 2),
    ]


EXERCISE = Exercise(
    name="pool_rows",
    title=Text(
        "The largest of each window and channel",
        "窓とチャンネルごとの最大値",
    ),
    reference=lambda col, C: col.reshape(len(col), C, -1).max(axis=2),
    cases=_pool_cases,
    slips=(
        Slip(
            "max-across-channels",
            Text(
                "One number for each position: the maximum was taken over all"
                " channels together. Pooling keeps the channels apart.",
                "位置ごとに 1 つの数しかありません。全チャンネルをまとめて最大"
                "値を取っています。プーリングではチャンネルを分けます。",
            ),
            answer=lambda col, C: col.max(axis=1),
        ),
        Slip(
            "channels-last",
            Text(
                "The shape is right, but the row was split with the channels"
                " last. In a row they come first: all pixels of channel 0,"
                " then those of channel 1.",
                "形状は合っていますが、チャンネルを最後の軸として分けていま"
                "す。1 行は、チャンネル 0 の全画素、次にチャンネル 1 の全画素"
                "という順です。",
            ),
            answer=lambda col, C: col.reshape(len(col), -1, C).max(axis=1),
        ),
        Slip(
            "max-over-the-wrong-axis",
            Text(
                "The split is right, but the maximum was taken over the"
                " channels instead of the pixels of the window.",
                "分け方は合っていますが、窓の画素ではなくチャンネルの方向に最"
                "大値を取っています。",
            ),
            answer=lambda col, C: col.reshape(len(col), C, -1).max(axis=1),
        ),
        Slip(
            "mean-for-max",
            Text(
                "This is average pooling. Here it is the maximum.",
                "平均プーリングになっています。ここでは最大値です。",
            ),
            answer=lambda col, C: col.reshape(len(col), C, -1).mean(axis=2),
        ),
    ),
    hints=(
        Text(
            "In one row of col, what runs fastest: the channel or the pixel"
            " of the window?",
            "col の 1 行では、チャンネルと窓の画素のどちらが速く進みますか。",
        ),
        Text(
            "The pixels do. Split the row into C pieces and take the"
            " maximum of each piece.",
            "窓の画素です。1 行を C 個に分け、それぞれの最大値を取ります。",
        ),
        Text(
            "split = col.reshape(len(col), C, -1)",
            "split = col.reshape(len(col), C, -1)",
        ),
    ),
)
