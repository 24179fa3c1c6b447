"""Exercise 5_1/convolve2d: bias, stride and padding."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_1.shared import convolution_of, size_cases
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _pad_sides(x, before, after):
    """Return x with zeros on its last two axes only."""
    widths = [(0, 0)] * (x.ndim - 2) + [(before, after)] * 2
    return np.pad(x, widths)


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


def _steps_of_one(x, w, b, stride, pad):
    """Count the places with the stride, but move by one."""
    OH, OW = convolution_of(x, w, b, stride, pad).shape
    return convolution_of(x, w, b, 1, pad)[:OH, :OW]


def _rows_only(x, w, b, stride, pad):
    """Move by the stride downwards, by one to the right."""
    OW = convolution_of(x, w, b, stride, pad).shape[1]
    return convolution_of(x, w, b, 1, pad)[::stride, :OW]


EXERCISE = Exercise(
    name="convolve2d",
    title=Text(
        "Bias, stride and padding",
        "バイアス・ストライド・パディング",
    ),
    reference=_convolve2d,
    cases=_convolve2d_cases,
    slips=(
        Slip(
            "bias-forgotten",
            Text(
                "Every number is short by `b`. Add the bias to each output.",
                "どの数も `b` だけ足りません。出力の 1 つ 1 つにバイアスを足し"
                "ます。",
            ),
            answer=lambda x, w, b, stride, pad: convolution_of(
                x, w, 0, stride, pad
            ),
        ),
        Slip(
            "bias-in-every-product",
            Text(
                "The bias was added once for each entry of the window. Add it"
                " after the sum, once.",
                "窓の要素の数だけバイアスを足しています。和をとった後に 1 回だ"
                "け足します。",
            ),
            answer=lambda x, w, b, stride, pad: convolution_of(
                x, w, b * w.size, stride, pad
            ),
        ),
        Slip(
            "mean-for-sum",
            Text(
                "The products were averaged. They are summed, and nothing is"
                " divided.",
                "積の平均になっています。割らずに和をとります。",
            ),
            answer=lambda x, w, b, stride, pad: (
                convolution_of(x, w, 0, stride, pad) / w.size + b
            ),
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
            "stride-on-one-axis",
            Text(
                "The window moves by the stride downwards, but by one to the"
                " right. The stride holds for both directions.",
                "下方向はストライドどおりですが、右方向には 1 つずつしか動いて"
                "いません。ストライドは両方向に効きます。",
            ),
            answer=_rows_only,
        ),
        Slip(
            "pads-one-side-only",
            Text(
                "The output has the size of an image with zeros below and to"
                " the right only. The frame goes all the way round.",
                "下と右にだけ 0 を付けたときのサイズになっています。枠は上下左"
                "右に付けます。",
            ),
            answer=lambda x, w, b, stride, pad: convolution_of(
                _pad_sides(x, 0, pad), w, b, stride
            ),
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
