"""Exercise 5_1/convolve2d: bias, stride and padding."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.frames import frame_slips
from course_lib.exercises.kinds import (
    FILTER_NOT_USED,
    FLIPPED,
    MAX_FOR_SUM,
    NEGATIVE_CUT_OFF,
    ignoring,
    rounded,
)
from course_lib.exercises.lesson_5_1.shared import (
    convolution_of,
    product,
    size_cases,
    walked,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.exercises.walks import (
    LOOPS_STRIDE,
    every_stride,
    walk_slips,
)
from course_lib.text import Text


def _convolve2d(x, w, b=0, stride=1, pad=0):
    return convolution_of(x, w, b, stride, pad)


def _convolve2d_cases():
    return size_cases(
        np.random.default_rng(52),
        [
            ((4, 4), (3, 3), 1, 1),
            ((7, 7), (3, 3), 2, 0),
            ((8, 6), (3, 2), 2, 1),
            ((5, 9), (2, 4), 3, 2),
            ((6, 5), (1, 3), 1, 0),
            ((9, 8), (5, 3), 2, 2),
        ],
    )


def _with_bias(change):
    """Return the answer whose bias is change(b, w) and else right."""
    return lambda x, w, b, stride, pad: convolution_of(
        x, w, change(b, w), stride, pad
    )


def _pads_the_result(x, w, b, stride, pad):
    return np.pad(convolution_of(x, w, b, stride), pad)


def _bias_in_one_place(x, w, b, stride, pad):
    y = convolution_of(x, w, 0, stride, pad)
    y[-1, -1] += b
    return y


def _bias_in_one_column(x, w, b, stride, pad):
    y = convolution_of(x, w, 0, stride, pad)
    y[:, -1] += b
    return y


EXERCISE = Exercise(
    name="convolve2d",
    title=Text(
        "Bias, stride and padding",
        "バイアス・ストライド・パディング",
    ),
    reference=_convolve2d,
    cases=_convolve2d_cases,
    slips=(
        *ignoring(_convolve2d, 3, 4),
        Slip(
            "bias-forgotten",
            Text(
                "Every number is short by `b`. Add the bias to each output.",
                "どの数も `b` だけ足りません。出力の 1 つ 1 つにバイアスを足し"
                "ます。",
            ),
            answer=_with_bias(lambda b, w: 0),
        ),
        Slip(
            "bias-in-every-product",
            Text(
                "The bias was added once for each entry of the window. Add it"
                " after the sum, once.",
                "窓の要素の数だけバイアスを足しています。和をとった後に 1 回だ"
                "け足します。",
            ),
            answer=_with_bias(lambda b, w: b * w.size),
        ),
        Slip(
            "bias-twice",
            Text(
                "The bias was added twice. Once is enough.",
                "バイアスを 2 回足しています。足すのは 1 回だけです。",
            ),
            answer=_with_bias(lambda b, w: 2 * b),
        ),
        Slip(
            "bias-subtracted",
            Text(
                "The bias was taken off. It is added.",
                "バイアスを引いています。バイアスは足します。",
            ),
            answer=_with_bias(lambda b, w: -b),
        ),
        Slip(
            "bias-multiplied",
            Text(
                "The sum was multiplied with the bias. The bias is added.",
                "和にバイアスを掛けています。バイアスは足します。",
            ),
            answer=walked(lambda a, w, b: np.sum(a * w) * b),
        ),
        Slip(
            "bias-in-one-place",
            Text(
                "The bias is missing in most places: only a part of the"
                " output got it. Each number needs it.",
                "バイアスが、出力の一部にしか足されていません。すべての数に足"
                "します。",
            ),
            answer=_bias_in_one_column,
            also=(_bias_in_one_place,),
        ),
        Slip(
            "bias-added-to-the-image",
            Text(
                "The bias was added to the image or to the filter, before"
                " multiplying. It belongs to the sum of the products.",
                "掛ける前に、画像かフィルターにバイアスを足しています。バイア"
                "スは積の和に足します。",
            ),
            answer=lambda x, w, b, stride, pad: convolution_of(
                x + b, w, 0, stride, pad
            ),
            also=(
                lambda x, w, b, stride, pad: convolution_of(
                    x, w + b, 0, stride, pad
                ),
                lambda x, w, b, stride, pad: convolution_of(
                    np.pad(x, pad) + b, w, 0, stride
                ),
            ),
        ),
        Slip(
            "mean-for-sum",
            Text(
                "The products were averaged. They are summed, and nothing is"
                " divided.",
                "積の平均になっています。割らずに和をとります。",
            ),
            answer=walked(lambda a, w, b: np.mean(a * w) + b),
        ),
        Slip(*MAX_FOR_SUM, answer=walked(lambda a, w, b: np.max(a * w) + b)),
        Slip(*FILTER_NOT_USED, answer=walked(lambda a, w, b: np.sum(a) + b)),
        Slip(
            *FLIPPED,
            answer=lambda x, w, b, stride, pad: convolution_of(
                x, w[::-1, ::-1], b, stride, pad
            ),
        ),
        Slip(
            "last-place-missing",
            Text(
                "The last row, the last column, or both are missing. The"
                " place where the window starts counts too.",
                "出力の最後の行か列が足りません。最初に置いた場所も 1 つと数"
                "えます。",
            ),
            answer=lambda *case: _convolve2d(*case)[:-1, :-1],
            also=(
                lambda *case: _convolve2d(*case)[:-1],
                lambda *case: _convolve2d(*case)[:, :-1],
            ),
        ),
        *walk_slips(
            lambda start, end: walked(product, start, end),
            "stride-counted-not-walked",
            "stride-on-one-axis",
            "divided-by-stride",
            "window-does-not-move",
            "window-moves-one-way-only",
        ),
        Slip(*LOOPS_STRIDE, answer=every_stride(_convolve2d, 3)),
        *frame_slips(lambda laid: walked(product, laid=laid)),
        Slip(
            "pads-the-result",
            Text(
                "The frame was laid around the result. It belongs around the"
                " image, before the window moves.",
                "結果のまわりに枠を付けています。枠は、窓を動かす前の画像に付"
                "けます。",
            ),
            answer=_pads_the_result,
        ),
        rounded(_convolve2d),
        Slip(
            *NEGATIVE_CUT_OFF,
            answer=lambda *case: np.maximum(_convolve2d(*case), 0),
        ),
    ),
    hints=(
        Text(
            "Which of bias, stride and padding changes the input, which "
            "the places, which the result?",
            "バイアス、ストライド、パディングのうち、入力を変えるもの、窓の"
            "場所を変えるもの、結果を変えるものはどれですか。",
        ),
        Text(
            "Pad first, then loop over (i, j) as before. The window begins "
            "at row i * stride. Add b after the sum.",
            "先にパディングし、前と同じように (i, j) のループを回します。窓"
            "は i * stride 行目から始まります。和をとってから b を足します"
            "。",
        ),
        Text(
            "x = np.pad(x, pad)",
            "x = np.pad(x, pad)",
        ),
    ),
)
