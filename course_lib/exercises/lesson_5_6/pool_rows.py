"""Exercise 5_6/pool_rows: one row for each window."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_6.shared import images
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import im2col
from course_lib.text import Text


def pool_rows(x, pool_h, pool_w, stride, pad):
    """Return windows (N*OH*OW*C, PH*PW), padded with minus infinity."""
    col = im2col(x, pool_h, pool_w, stride, pad, -np.inf)
    return col.reshape(-1, pool_h * pool_w)


def _zero_rows(x, pool_h, pool_w, stride, pad):
    col = im2col(x, pool_h, pool_w, stride, pad)
    return col.reshape(-1, pool_h * pool_w)


def _unsplit_rows(x, pool_h, pool_w, stride, pad):
    return im2col(x, pool_h, pool_w, stride, pad, -np.inf)


def _scrambled_rows(x, pool_h, pool_w, stride, pad):
    col = im2col(x, pool_h, pool_w, stride, pad, -np.inf)
    return col.reshape(pool_h * pool_w, -1).T


def _channel_first_rows(x, pool_h, pool_w, stride, pad):
    P = pool_h * pool_w
    rows = pool_rows(x, pool_h, pool_w, stride, pad)
    return rows.reshape(-1, x.shape[1], P).transpose(1, 0, 2).reshape(-1, P)


EXERCISE = Exercise(
    name="pool_rows",
    title=Text("One row for each window", "窓ごとに 1 行"),
    reference=pool_rows,
    cases=images,
    slips=(
        Slip(
            "pads-with-zero",
            Text(
                "The padding holds zeros. Where all numbers of a window"
                " are negative, such a zero would win.",
                "パディングが 0 になっています。窓の中の数がすべて負のと"
                "き、この 0 が最大になってしまいます。",
            ),
            answer=_zero_rows,
        ),
        Slip(
            "channels-together",
            Text(
                "A row holds the windows of all channels. Pooling works on"
                " each channel by itself: one row for each.",
                "1 行にすべてのチャンネルの窓が入っています。プーリングは"
                "チャンネルごとに行うので、チャンネルごとに 1 行にしま"
                "す。",
            ),
            answer=_unsplit_rows,
        ),
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but the windows are torn apart. The"
                " numbers of a window lie side by side in col: keep them"
                " so.",
                "形状は合っていますが、窓の中身がばらばらです。col では 1 "
                "つの窓の数が隣り合っています。その並びを保ちます。",
            ),
            answer=_scrambled_rows,
        ),
        Slip(
            "channel-by-channel",
            Text(
                "All rows of one channel come first. Here the order N, OH,"
                " OW, C is wanted, as a plain reshape of col gives it.",
                "チャンネルごとにまとめて並んでいます。ここでは N, OH, OW,"
                " C の順、つまり col をそのまま reshape した順にします。",
            ),
            answer=_channel_first_rows,
        ),
    ),
    hints=(
        Text(
            "How many numbers has a window of one channel?",
            "1 チャンネル分の窓には、数がいくつ入りますか。",
        ),
        Text(
            "In a row of col the channels follow each other, PH*PW"
            " numbers each. So a reshape is enough.",
            "col の 1 行には、チャンネルごとに PH*PW 個の数が順に並んで"
            "います。reshape だけで分けられます。",
        ),
        Text(
            "col = im2col(x, pool_h, pool_w, stride, pad,"
            " constant_values=...)",
            "col = im2col(x, pool_h, pool_w, stride, pad,"
            " constant_values=...)",
        ),
    ),
)
