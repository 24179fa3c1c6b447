"""Exercise 5_2/max_pool: max pooling as a loop."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.exercises.kinds import (
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
from course_lib.exercises.lesson_5_2.shared import (
    average_pooled,
    image_cases,
    loop_slips,
    max_pooled,
    pooled_by,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _each(use):
    """Return an answer that makes a number of each window (H, W)."""
    return pooled_by(lambda window, axis: use(window))


def _running_maximum(*case):
    y = max_pooled(*case)
    return np.maximum.accumulate(y.ravel()).reshape(y.shape)


def _first_row(*case):
    y = max_pooled(*case)
    y[1:] = 0
    return y


def _stands_in_window(y, x, pool_h, pool_w, stride):
    windows = sliding_window_view(x, (pool_h, pool_w))[::stride, ::stride]
    y = np.asarray(y)
    if y.shape != windows.shape[:2]:
        return False
    equal = windows == y[..., np.newaxis, np.newaxis]
    return bool(equal.any(axis=(2, 3)).all())


EXERCISE = Exercise(
    name="max_pool",
    title=Text("Max pooling as a loop", "ループで書くマックスプーリング"),
    reference=max_pooled,
    cases=image_cases,
    slips=(
        Slip(
            "mean-for-max",
            Text(
                "These are the means of the windows. Max pooling keeps the"
                " largest number.",
                "窓の平均になっています。マックスプーリングでは最大値を残しま"
                "す。",
            ),
            answer=average_pooled,
        ),
        Slip(*SUM_FOR_MAX, answer=_each(np.sum)),
        Slip(*MIN_FOR_MAX, answer=_each(np.min)),
        Slip(*PLACE_FOR_VALUE, answer=_each(np.argmax)),
        Slip(
            *MAXIMUM_FROM_ZERO,
            answer=lambda *case: np.maximum(max_pooled(*case), 0),
        ),
        Slip(
            *MAXIMUM_FROM_MINUS_ONE,
            answer=lambda *case: np.maximum(max_pooled(*case), -1),
        ),
        Slip(
            *LARGEST_IN_SIZE,
            answer=lambda x, *rest: max_pooled(np.abs(x), *rest),
            also=(_each(lambda a: a.flat[np.abs(a).argmax()]),),
        ),
        Slip(*FIRST_OF_WINDOW, answer=_each(lambda a: a[0, 0])),
        Slip(
            "max-of-lists",
            Text(
                "`max()` of a list of lists compares the first numbers of the"
                " rows, and picks a whole row. Use `np.max`, or the largest of"
                " the rows' largest.",
                "リストのリストの `max()` は、行の最初の数を比べて、行を 1 つ"
                "選びます。`np.max` を使うか、行ごとの最大値の最大値を求めま"
                "しょう。",
            ),
            answer=_each(lambda a: max(max(a.tolist()))),
        ),
        Slip(
            "one-row-of-the-window",
            Text(
                "Only one row, or one column, of each window was searched."
                " The largest number may stand anywhere in it.",
                "どの窓でも、1 つの行か列しか見ていません。最大値は窓のどこに"
                "あるかわかりません。",
            ),
            answer=_each(lambda a: a[-1].max()),
            also=(
                _each(lambda a: a[0].max()),
                _each(lambda a: a[:, 0].max()),
                _each(lambda a: a[:, -1].max()),
            ),
        ),
        Slip(
            "running-maximum",
            Text(
                "Each number is the largest of all windows so far: the best is"
                " not set back for each window.",
                "それまでの窓全部の最大値になっています。窓ごとに、最大値の"
                "変数を初めの値に戻していません。",
            ),
            answer=_running_maximum,
        ),
        Slip(
            "first-row-of-the-output-only",
            Text(
                "Only the first row of the output is filled. Does the"
                " `return` stand inside the outer loop?",
                "出力の最初の行しか埋まっていません。`return` が外側のループ"
                "の中にありませんか。",
            ),
            answer=_first_row,
        ),
        *loop_slips(max_pooled, np.max)[:-2],
        rounded(max_pooled),
        Slip(
            *NOT_THE_LARGEST,
            answer=_each(lambda a: a[-1, -1]),
            seen=_stands_in_window,
        ),
    ),
    hints=(
        Text(
            "What changes against `convolve2d` of 5_1, and what stays?",
            "5_1 の `convolve2d` と比べて、変わるのはどこで、変わらないのは"
            "どこですか。",
        ),
        Text(
            "The places are the same. Only what is done with the window "
            "changes: `np.max` instead of product and sum.",
            "窓の置き方は同じです。窓の中の数の扱いだけが変わり、積和の代わ"
            "りに `np.max` を使います。",
        ),
        Text(
            "OH = conv_output_size(x.shape[0], pool_h, stride)",
            "OH = conv_output_size(x.shape[0], pool_h, stride)",
        ),
    ),
)
