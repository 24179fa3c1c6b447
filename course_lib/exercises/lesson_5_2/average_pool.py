"""Exercise 5_2/average_pool: average pooling."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_2.shared import (
    PLACES_TURNED,
    average_pooled,
    image_cases,
    max_pooled,
    places_turned,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

EXERCISE = Exercise(
    name="average_pool",
    title=Text("Average pooling", "平均プーリング"),
    reference=average_pooled,
    cases=image_cases,
    slips=(
        Slip(
            *PLACES_TURNED,
            answer=lambda x, pool_h, pool_w, stride: places_turned(
                x, pool_h, pool_w, stride, np.mean
            ),
        ),
        Slip(
            "max-for-mean",
            Text(
                "These are the largest numbers. Average pooling keeps the"
                " mean.",
                "窓の最大値になっています。平均プーリングでは平均を残します。",
            ),
            answer=max_pooled,
        ),
        Slip(
            "sum-for-mean",
            Text(
                "These are the sums of the windows. What turns a sum into a"
                " mean?",
                "窓の和になっています。和から平均を求めるには、何で割ります"
                "か。",
            ),
            answer=lambda x, pool_h, pool_w, stride: (
                average_pooled(x, pool_h, pool_w, stride) * (pool_h * pool_w)
            ),
        ),
        Slip(
            "rounded-down",
            Text(
                "The means are rounded down to whole numbers. Look at `//` and"
                " at the dtype of the array that you fill.",
                "平均が整数に切り捨てられています。`//` を使っていないか、結果"
                "を入れる配列の dtype が整数でないかを見直しましょう。",
            ),
            answer=lambda x, pool_h, pool_w, stride: np.floor(
                average_pooled(x, pool_h, pool_w, stride)
            ),
        ),
        Slip(
            "divided-by-one-side",
            Text(
                "The sums were divided by `pool_h` only. How many numbers lie"
                " in the window?",
                "和を `pool_h` だけで割っています。窓の中に数はいくつあります"
                "か。",
            ),
            answer=lambda x, pool_h, pool_w, stride: (
                average_pooled(x, pool_h, pool_w, stride) * pool_w
            ),
        ),
    ),
    hints=(
        Text(
            "Which single word of `max_pool` has to change?",
            "`max_pool` のどこを 1 か所変えればよいでしょうか。",
        ),
        Text(
            "Take the mean of the window: sum divided by how many numbers "
            "it holds.",
            "窓の平均をとります。和を、窓の中の数の個数で割ったものです。",
        ),
        Text(
            "OH = conv_output_size(x.shape[0], pool_h, stride)",
            "OH = conv_output_size(x.shape[0], pool_h, stride)",
        ),
    ),
)
