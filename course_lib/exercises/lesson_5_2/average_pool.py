"""Exercise 5_2/average_pool: average pooling."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_2.shared import (
    average_pooled,
    image_cases,
    loop_slips,
    max_pooled,
    pooled_by,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.exercises.walks import walk_slips
from course_lib.text import Text


def _divided(by):
    """Return the answer that divides each sum by by(x, h, w, stride)."""

    def answer(x, pool_h, pool_w, stride):
        total = average_pooled(x, pool_h, pool_w, stride) * (pool_h * pool_w)
        return total / by(x, pool_h, pool_w, stride)

    return answer


def _after(change):
    return lambda *case: change(average_pooled(*case))


def _of_window(use):
    return pooled_by(lambda window, axis: use(window))


EXERCISE = Exercise(
    name="average_pool",
    title=Text("Average pooling", "平均プーリング"),
    reference=average_pooled,
    cases=image_cases,
    slips=(
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
            answer=_divided(lambda x, h, w, s: 1),
        ),
        Slip(
            "rounded-down",
            Text(
                "The means are rounded to whole numbers. Look at `//` and at"
                " the dtype of the array that you fill.",
                "平均が整数になっています。`//` を使っていないか、結果を入れる"
                "配列の dtype が整数でないかを見直しましょう。",
            ),
            answer=_after(np.floor),
            also=(_after(np.trunc), _after(np.rint)),
        ),
        Slip(
            "divided-by-one-side",
            Text(
                "The sums were divided by one side of the window only. How"
                " many numbers lie in it? `/ h * w` divides and multiplies"
                " again.",
                "和を窓の 1 辺だけで割っています。窓の中に数はいくつあります"
                "か。`/ h * w` と書くと、割ってからまた掛けることになります。",
            ),
            answer=_divided(lambda x, h, w, s: h),
            also=(
                _divided(lambda x, h, w, s: w),
                _divided(lambda x, h, w, s: h / w),
                _divided(lambda x, h, w, s: w / h),
            ),
        ),
        Slip(
            "square-window-assumed",
            Text(
                "The sums were divided by the square of one side. The window"
                " need not be square: it holds pool_h * pool_w numbers.",
                "和を 1 辺の 2 乗で割っています。窓は正方形とは限りません。"
                "数は pool_h * pool_w 個あります。",
            ),
            answer=_divided(lambda x, h, w, s: h**2),
            also=(_divided(lambda x, h, w, s: w**2),),
        ),
        Slip(
            "divided-by-the-sum-of-sides",
            Text(
                "The sums were divided by pool_h + pool_w. A window has"
                " pool_h * pool_w numbers.",
                "和を pool_h + pool_w で割っています。窓の中の数は pool_h *"
                " pool_w 個です。",
            ),
            answer=_divided(lambda x, h, w, s: h + w),
        ),
        Slip(
            "divided-by-the-stride",
            Text(
                "The sums were divided by the stride, or its square. How many"
                " numbers lie in a window does not depend on the stride.",
                "和をストライドかその 2 乗で割っています。窓の中の数の個数は、"
                "ストライドとは関係ありません。",
            ),
            answer=_divided(lambda x, h, w, s: s**2),
            also=(_divided(lambda x, h, w, s: s),),
        ),
        Slip(
            "divided-by-the-image",
            Text(
                "The sums were divided by the number of all pixels. Divide by"
                " how many lie in one window.",
                "和を画像全体の画素の数で割っています。1 つの窓の中の個数で割"
                "ります。",
            ),
            answer=_divided(lambda x, h, w, s: x.size),
        ),
        Slip(
            "divided-by-four",
            Text(
                "The sums were divided by 4, as if each window were 2x2.",
                "どの窓も 2×2 であるかのように、和を 4 で割っています。",
            ),
            answer=_divided(lambda x, h, w, s: 4),
        ),
        Slip(
            "median-for-mean",
            Text(
                "This is the middle of each window (the median, or halfway"
                " from smallest to largest). The mean is the sum divided by"
                " how many there are.",
                "窓の中央の値（中央値、または最小と最大の中間）になっていま"
                "す。平均は、和を個数で割ったものです。",
            ),
            answer=_of_window(np.median),
            also=(_of_window(lambda a: (a.max() + a.min()) / 2),),
        ),
        Slip(
            "zeros-not-counted",
            Text(
                "Pixels that are 0 were left out when counting. They belong"
                " to the window too.",
                "0 の画素を数えていません。0 も窓の中の数です。",
            ),
            answer=_of_window(lambda a: a.sum() / max(np.count_nonzero(a), 1)),
        ),
        # The maximum of an empty window raises; the mean is NaN.
        *walk_slips(
            lambda start, end: pooled_by(np.mean, start, end),
            "rows-and-columns-swapped",
            "window-end-without-stride",
        ),
        *loop_slips(average_pooled, np.mean),
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
