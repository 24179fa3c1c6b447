"""Exercise 5_2/max_pool: max pooling as a loop."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_2.shared import (
    average_pooled,
    image_cases,
    max_pooled,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _window_for_stride(x, pool_h, pool_w, stride):
    """Move by the size of the window, whatever the stride."""
    OH, OW = x.shape[0] // pool_h, x.shape[1] // pool_w
    blocks = x[: OH * pool_h, : OW * pool_w]
    return blocks.reshape(OH, pool_h, OW, pool_w).max(axis=(1, 3))


def _steps_of_one(x, pool_h, pool_w, stride):
    """Count the places with the stride, but move by one."""
    OH, OW = max_pooled(x, pool_h, pool_w, stride).shape
    return max_pooled(x, pool_h, pool_w, 1)[:OH, :OW]


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
        Slip(
            "maximum-starts-at-zero",
            Text(
                "Wherever all numbers of a window are negative the result is"
                " 0. A search for the largest must not begin at 0.",
                "窓の中がすべて負の数のとき、結果が 0 になっています。最大値を"
                "探すとき、0 から始めてはいけません。",
            ),
            answer=lambda x, pool_h, pool_w, stride: np.maximum(
                max_pooled(x, pool_h, pool_w, stride), 0
            ),
        ),
        Slip(
            "window-size-for-stride",
            Text(
                "The window moves by its own size. It should move by `stride`,"
                " which may be shorter or longer.",
                "窓が自分の大きさだけ動いています。動く幅は `stride` で、窓よ"
                "り短いことも長いこともあります。",
            ),
            answer=_window_for_stride,
        ),
        Slip(
            "stride-counted-not-walked",
            Text(
                "The size is right, but the window moves by one. Output (i, j)"
                " belongs to the window that begins i strides further down.",
                "出力サイズは合っていますが、窓が 1 つずつしか動いていません。"
                "出力の i 行目は、ストライド i 歩ぶん下の窓に対応します。",
            ),
            answer=_steps_of_one,
        ),
        Slip(
            "height-and-width-swapped",
            Text(
                "The window lies on its side: `pool_h` is the number of rows,"
                " `pool_w` the number of columns.",
                "窓の縦と横が逆です。`pool_h` が行の数、`pool_w` が列の数で"
                "す。",
            ),
            answer=lambda x, pool_h, pool_w, stride: max_pooled(
                x, pool_w, pool_h, stride
            ),
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
