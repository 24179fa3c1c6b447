"""Exercise 5_4/im2col_loops: im2col with loops."""

from __future__ import annotations

from course_lib.exercises.lesson_5_4.shared import (
    CHANNELS_LAST,
    COLUMN_ORDER,
    WINDOWS_AS_COLUMNS,
    images,
    rows_of,
    split,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import conv_output_size, im2col
from course_lib.text import Text


def _window_cases():
    return [
        (images(2, 3, 5, 7), 2, 3, 1),
        (images(3, 2, 6, 9), 3, 2, 2),
        (images(1, 2, 7, 5), 2, 2, 3),
        (images(2, 1, 4, 6), 3, 2, 1),
        (images(2, 2, 8, 6), 2, 4, 2),
    ]


def _start_at(step_h, step_w):
    """Return an im2col whose window starts step_h(stride) * i and so on."""

    def answer(x, filter_h, filter_w, stride):
        N, _, H, W = x.shape
        OH = conv_output_size(H, filter_h, stride)
        OW = conv_output_size(W, filter_w, stride)
        dense = split(x, filter_h, filter_w)
        rows = dense[:, :: step_h(stride), :: step_w(stride)][:, :OH, :OW]
        return rows.reshape(N * OH * OW, -1)

    return answer


EXERCISE = Exercise(
    name="im2col_loops",
    title=Text("im2col with loops", "ループで書く im2col"),
    reference=lambda x, filter_h, filter_w, stride=1: im2col(
        x, filter_h, filter_w, stride
    ),
    cases=_window_cases,
    slips=(
        Slip(
            "stride-counted-not-walked",
            Text(
                "With a stride of 2 or more the windows still move by one"
                " pixel. The window at (i, j) starts further on.",
                "ストライドが 2 以上でも、窓が 1 画素ずつしか動いていません。"
                "(i, j) 番目の窓は、もっと先から始まります。",
            ),
            answer=_start_at(lambda stride: 1, lambda stride: 1),
        ),
        Slip(
            "stride-on-one-axis",
            Text(
                "The stride is right downwards, but to the right the windows"
                " move by one pixel.",
                "下方向は合っていますが、右方向には 1 画素ずつしか動いていませ"
                "ん。ストライドは両方向に効きます。",
            ),
            answer=_start_at(lambda stride: stride, lambda stride: 1),
        ),
        Slip(
            *WINDOWS_AS_COLUMNS,
            answer=lambda x, *sizes: im2col(x, *sizes).T,
        ),
        Slip(
            *CHANNELS_LAST,
            answer=lambda x, *sizes: rows_of(
                split(x, *sizes), (0, 1, 2, 4, 5, 3)
            ),
        ),
        Slip(
            *COLUMN_ORDER,
            answer=lambda x, *sizes: rows_of(
                split(x, *sizes), (0, 2, 1, 3, 4, 5)
            ),
        ),
        Slip(
            "images-in-turn",
            Text(
                "The images take turns: one window of each. All rows of the"
                " first image come first.",
                "画像が 1 行ごとに入れ替わっています。1 枚目の行をすべて並べて"
                "から、2 枚目に進みます。",
            ),
            answer=lambda x, *sizes: rows_of(
                split(x, *sizes), (1, 2, 0, 3, 4, 5)
            ),
        ),
    ),
    hints=(
        Text(
            "Which three things must you loop over, and which runs fastest?",
            "何と何と何のループが必要で、いちばん速く進むのはどれですか。",
        ),
        Text(
            "Loop over n, i, j. The window at (i, j) starts at pixel (i *"
            " stride, j * stride); ravel() puts the channels one after the"
            " other.",
            "n, i, j のループです。(i, j) の窓は画素 (i * stride, j *"
            " stride) から始まり、ravel() でチャンネルの順に並びます。",
        ),
        Text(
            "top, left = i * stride, j * stride",
            "top, left = i * stride, j * stride",
        ),
    ),
)
