"""Exercise 5_4/im2col_loops: im2col with loops."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import ignoring
from course_lib.exercises.lesson_5_4.shared import images, matrix_slips
from course_lib.exercises.model import Exercise
from course_lib.exercises.walks import walk_slips, windows_at
from course_lib.functional import conv_output_size, im2col
from course_lib.text import Text


def _im2col_loops(x, filter_h, filter_w, stride=1):
    return im2col(x, filter_h, filter_w, stride)


def _window_cases():
    return [
        (images(2, 3, 5, 7), 2, 3, 1),
        (images(3, 2, 6, 9), 3, 2, 2),
        (images(1, 2, 7, 5), 2, 2, 3),
        (images(2, 1, 4, 6), 3, 2, 1),
        (images(2, 2, 8, 6).astype(np.float32), 2, 4, 2),
    ]


def _walked(start, end):
    """Return an answer whose windows begin and end elsewhere."""

    def answer(x, filter_h, filter_w, stride):
        OH = conv_output_size(x.shape[2], filter_h, stride)
        OW = conv_output_size(x.shape[3], filter_w, stride)
        rows = [
            window.ravel()
            for image in x
            for _, _, window in windows_at(
                image, filter_h, filter_w, (OH, OW), stride, start, end
            )
        ]
        return np.array(rows)

    return answer


EXERCISE = Exercise(
    name="im2col_loops",
    title=Text("im2col with loops", "ループで書く im2col"),
    reference=_im2col_loops,
    cases=_window_cases,
    slips=(
        *walk_slips(
            _walked,
            "stride-counted-not-walked",
            "stride-on-one-axis",
            "divided-by-stride",
            "window-does-not-move",
            "window-moves-one-way-only",
            "window-one-too-small",
        ),
        *matrix_slips(),
        *ignoring(_im2col_loops, 3),
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
