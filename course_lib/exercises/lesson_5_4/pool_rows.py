"""Exercise 5_4/pool_rows: the largest of each window and channel."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import (
    FIRST_CHANNEL_FOR_ALL,
    FIRST_CHANNEL_ONLY,
    FIRST_OF_WINDOW,
    LARGEST_IN_SIZE,
    MAXIMUM_FROM_MINUS_ONE,
    MAXIMUM_FROM_ZERO,
    MIN_FOR_MAX,
    NOT_THE_LARGEST,
    PLACE_FOR_VALUE,
    SUM_FOR_MAX,
    rounded,
)
from course_lib.exercises.lesson_5_4.shared import images
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _pool_cases():
    return [
        (images(6, 3 * 4), 3),
        (images(4, 2 * 9), 2),
        (images(5, 4 * 4), 4),
        (-1.25 - np.abs(images(3, 5 * 6)), 5),
        (images(7, 2 * 3), 2),
    ]


def _pool_rows(col, C):
    return col.reshape(len(col), C, -1).max(axis=2)


def _reduced(use):
    """Return the answer that makes another number of each window."""
    return lambda col, C: use(col.reshape(len(col), C, -1), axis=2)


def _stands_in_window(y, col, C):
    windows = col.reshape(len(col), C, -1)
    y = np.asarray(y)
    if y.shape != windows.shape[:2]:
        return False
    return bool((windows == y[..., np.newaxis]).any(axis=2).all())


EXERCISE = Exercise(
    name="pool_rows",
    title=Text(
        "The largest of each window and channel",
        "窓とチャンネルごとの最大値",
    ),
    reference=_pool_rows,
    cases=_pool_cases,
    slips=(
        Slip(
            "max-across-channels",
            Text(
                "One number for each position: the maximum was taken over all"
                " channels together. Pooling keeps the channels apart.",
                "位置ごとに 1 つの数しかありません。全チャンネルをまとめて最大"
                "値をとっています。プーリングではチャンネルを分けます。",
            ),
            answer=lambda col, C: col.max(axis=1),
            also=(
                lambda col, C: col.max(axis=1, keepdims=True),
                lambda col, C: np.repeat(
                    col.max(axis=1, keepdims=True), C, axis=1
                ),
            ),
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
                "大値をとっています。",
            ),
            answer=lambda col, C: col.reshape(len(col), C, -1).max(axis=1),
        ),
        Slip(
            "max-over-positions",
            Text(
                "The maximum was taken over the positions: the first axis is"
                " gone. Each position keeps its row.",
                "位置の方向に最大値をとったため、最初の軸が消えています。位置"
                "ごとの行は残します。",
            ),
            answer=lambda col, C: col.reshape(len(col), C, -1).max(axis=0),
            also=(
                lambda col, C: col.max(axis=0),
                lambda col, C: col.reshape(C, len(col), -1).max(axis=1),
            ),
        ),
        Slip(
            "mean-for-max",
            Text(
                "This is average pooling. Here it is the maximum.",
                "平均プーリングになっています。ここでは最大値です。",
            ),
            answer=_reduced(np.mean),
        ),
        Slip(*SUM_FOR_MAX, answer=_reduced(np.sum)),
        Slip(*MIN_FOR_MAX, answer=_reduced(np.min)),
        Slip(*PLACE_FOR_VALUE, answer=_reduced(np.argmax)),
        Slip(
            *MAXIMUM_FROM_ZERO,
            answer=lambda col, C: np.maximum(_pool_rows(col, C), 0),
        ),
        Slip(
            *MAXIMUM_FROM_MINUS_ONE,
            answer=lambda col, C: np.maximum(_pool_rows(col, C), -1),
        ),
        Slip(
            *LARGEST_IN_SIZE,
            answer=lambda col, C: _pool_rows(np.abs(col), C),
        ),
        Slip(
            *FIRST_OF_WINDOW,
            answer=lambda col, C: col.reshape(len(col), C, -1)[:, :, 0],
        ),
        Slip(
            "first-columns-only",
            Text(
                "These are the first C columns of `col`. They belong to the"
                " window of channel 0; split the row into its channels first.",
                "`col` の最初の C 列になっています。これはチャンネル 0 の窓の"
                "一部です。先に、行をチャンネルごとに分けます。",
            ),
            answer=lambda col, C: col[:, :C],
        ),
        Slip(
            "split-in-other-order",
            Text(
                "The matrix was cut into C pieces before its rows were: a"
                " piece holds pixels of several positions. Split the long"
                " axis only: (positions, C, pixels).",
                "行より先に全体を C 個に分けたため、複数の位置の画素が混ざって"
                "います。分けるのは長い軸だけで、(位置, C, 画素) です。",
            ),
            answer=lambda col, C: col.reshape(C, len(col), -1).max(axis=2).T,
            also=(
                lambda col, C: (
                    col.reshape(C, len(col), -1)
                    .max(axis=2)
                    .reshape(len(col), C)
                ),
            ),
        ),
        Slip(
            "not-split-back",
            Text(
                "The maxima are right, but stand in one line. Give them their"
                " two axes back: positions and channels.",
                "最大値は合っていますが、1 列に並んでいます。位置とチャンネル"
                "の 2 つの軸に戻しましょう。",
            ),
            answer=lambda col, C: _pool_rows(col, C).ravel(),
            also=(
                lambda col, C: _pool_rows(col, C).reshape(-1, 1),
                lambda col, C: _pool_rows(col, C).reshape(1, -1),
            ),
        ),
        Slip(
            "result-turned-over",
            Text(
                "Right numbers, but as (C, N*OH*OW). The positions belong in"
                " the rows.",
                "数は合っていますが、(C, N*OH*OW) になっています。行は位置で"
                "す。",
            ),
            answer=lambda col, C: _pool_rows(col, C).T,
        ),
        Slip(
            *FIRST_CHANNEL_ONLY,
            answer=lambda col, C: _pool_rows(col, C)[:, :1],
            also=(lambda col, C: _pool_rows(col, C)[:, 0],),
        ),
        Slip(
            *FIRST_CHANNEL_FOR_ALL,
            answer=lambda col, C: np.repeat(
                _pool_rows(col, C)[:, :1], C, axis=1
            ),
        ),
        Slip(
            "everything-in-one-number",
            Text(
                "A single number came back, the largest of all. Each position"
                " and channel has its own.",
                "全体の最大値が 1 つだけ返っています。位置とチャンネルごとに 1"
                " つずつ必要です。",
            ),
            answer=lambda col, C: float(col.max()),
        ),
        Slip(
            "max-of-lists",
            Text(
                "`max()` of a list of lists compares the first numbers of the"
                " lists, and picks a whole list. Use `np.max` with an axis.",
                "リストのリストの `max()` は、最初の数を比べて、リストを 1 つ"
                "選びます。`np.max` に axis を指定しましょう。",
            ),
            answer=lambda col, C: [
                max(row.reshape(-1, C).tolist()) for row in col
            ],
        ),
        rounded(_pool_rows),
        Slip(
            *NOT_THE_LARGEST,
            answer=lambda col, C: col.reshape(len(col), C, -1)[:, :, -1],
            seen=_stands_in_window,
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
            "窓の画素です。1 行を C 個に分け、それぞれの最大値をとります。",
        ),
        Text(
            "split = col.reshape(len(col), C, -1)",
            "split = col.reshape(len(col), C, -1)",
        ),
    ),
)
