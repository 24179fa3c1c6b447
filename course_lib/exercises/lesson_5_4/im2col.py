"""Exercise 5_4/im2col: im2col with slices."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.frames import BATCH, frame_slips
from course_lib.exercises.kinds import ignoring
from course_lib.exercises.lesson_5_4.shared import (
    images,
    matrix_slips,
    split,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import im2col
from course_lib.text import Text


def _im2col_cases():
    return [
        (images(2, 3, 5, 7), 2, 3, 1, 0, 0),
        (images(3, 2, 6, 8), 3, 2, 2, 1, -5),
        (images(1, 2, 7, 5), 2, 3, 1, 2, 3.5),
        (images(2, 1, 4, 6).astype(np.float32), 3, 2, 1, 1, -np.inf),
        (images(2, 2, 8, 5), 2, 4, 3, 1, 0),
    ]


def _framed(laid):
    return lambda x, filter_h, filter_w, stride, pad, value: im2col(
        laid(x, pad, value), filter_h, filter_w, stride
    )


def _offsets(change):
    """Return the answer whose windows are changed before they are rows."""

    def answer(*case):
        windows = change(split(*case))
        return windows.reshape(im2col(*case).shape)

    return answer


def _first_offset(windows):
    first = windows[..., :1, :1]
    return np.broadcast_to(first, windows.shape)


def _only_offset(windows):
    only = np.zeros(windows.shape)
    only[..., 0, 0] = windows[..., 0, 0]
    return only


EXERCISE = Exercise(
    name="im2col",
    title=Text("im2col with slices", "スライスで書く im2col"),
    reference=im2col,
    cases=_im2col_cases,
    slips=(
        *matrix_slips(),
        Slip(
            "pads-with-zero",
            Text(
                "All is right but for the padding, which is always 0. Hand on"
                " `constant_values`.",
                "パディング以外は合っています。パディングがいつも 0 なので、"
                "`constant_values` を渡しましょう。",
            ),
            answer=_framed(
                lambda x, pad, value: np.pad(
                    x, ((0, 0), (0, 0), (pad, pad), (pad, pad))
                )
            ),
        ),
        Slip(
            "pads-every-axis",
            Text(
                "There are more rows and columns than expected: the padding"
                " also added images and channels.",
                "行も列も多すぎます。パディングで画像とチャンネルまで増えてい"
                "ます。",
            ),
            answer=_framed(
                lambda x, pad, value: np.pad(x, pad, constant_values=value)
            ),
        ),
        *ignoring(im2col, 3, 4),
        *frame_slips(_framed, BATCH),
        Slip(
            "window-reversed",
            Text(
                "Inside each row the pixels run the other way. `fy` and `fx`"
                " count from the upper left pixel of the window.",
                "1 行の中で、画素の順番が逆です。`fy` と `fx` は、窓の左上の画"
                "素から数えます。",
            ),
            answer=_offsets(lambda windows: windows[..., ::-1, ::-1]),
            also=(
                _offsets(lambda windows: windows[..., ::-1]),
                _offsets(lambda windows: windows[..., ::-1, :]),
            ),
        ),
        Slip(
            "one-offset-for-all",
            Text(
                "All pixels of a window are its first one: the slice does not"
                " depend on `fy` and `fx`.",
                "窓のどの画素も、最初の画素と同じです。スライスが `fy` と `fx`"
                " によって変わっていません。",
            ),
            answer=_offsets(_first_offset),
        ),
        Slip(
            "one-offset-only",
            Text(
                "Only the columns of the filter's first pixel are filled."
                " Does the `return` stand inside the loops?",
                "フィルターの最初の画素の列しか埋まっていません。`return` が"
                "ループの中にありませんか。",
            ),
            answer=_offsets(_only_offset),
        ),
    ),
    hints=(
        Text(
            "Which axes must the array have before it can become rows"
            " N*OH*OW and columns C*FH*FW?",
            "N*OH*OW 行、C*FH*FW 列にまとめる前に、配列はどんな軸を持ってい"
            "なければなりませんか。",
        ),
        Text(
            "Prepare an array (N, OH, OW, C, FH, FW). For each fy, fx put"
            " the slice into [..., fy, fx], its axes in the order N, OH, OW,"
            " C; reshape at the end.",
            "(N, OH, OW, C, FH, FW) の配列を用意します。fy, fx ごとに、スラ"
            "イスの軸を N, OH, OW, C の順にして [..., fy, fx] に入れ、最後に"
            " reshape します。",
        ),
        Text(
            "img = np.pad(input_data, ((0, 0), (0, 0), (pad, pad), (pad,"
            " pad)), ...)",
            "img = np.pad(input_data, ((0, 0), (0, 0), (pad, pad), (pad,"
            " pad)), ...)",
        ),
    ),
)
