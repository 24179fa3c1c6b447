"""Exercise 5_4/col_shape: the size of the matrix."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import conv_output_size
from course_lib.text import Text


def _col_shape(input_shape, filter_h, filter_w, stride=1, pad=0):
    N, C, H, W = input_shape
    OH = conv_output_size(H, filter_h, stride, pad)
    OW = conv_output_size(W, filter_w, stride, pad)
    return N * OH * OW, C * filter_h * filter_w


def _wrong_shape(wrong):
    """Return an answer made from N, C, OH, OW, FH, FW."""

    def answer(input_shape, filter_h, filter_w, stride, pad):
        N, C, H, W = input_shape
        OH = conv_output_size(H, filter_h, stride, pad)
        OW = conv_output_size(W, filter_w, stride, pad)
        return wrong(N, C, OH, OW, filter_h, filter_w)

    return answer


def _square_assumed(result, input_shape, filter_h, filter_w, stride, pad):
    """Return whether the rows are those of a square image or filter."""
    N, C, *size = input_shape
    sides = [
        conv_output_size(side, window, stride, pad)
        for side in size
        for window in (filter_h, filter_w)
        if window <= side + 2 * pad
    ]
    rows = {N * one * other for one in sides for other in sides}
    return result[0] in rows and result[1] == C * filter_h * filter_w


EXERCISE = Exercise(
    name="col_shape",
    title=Text("The size of the matrix", "行列の大きさ"),
    reference=_col_shape,
    cases=lambda: [
        ((2, 3, 7, 9), 3, 2, 1, 0),
        ((3, 2, 8, 5), 2, 3, 2, 1),
        ((5, 4, 6, 7), 5, 3, 1, 2),
        ((1, 5, 10, 8), 4, 4, 3, 0),
        ((4, 1, 28, 28), 5, 5, 1, 0),
    ],
    parts=("rows", "columns"),
    slips=(
        Slip(
            "channels-in-the-rows",
            Text(
                "The channels were counted in the rows. A row holds the window"
                " of all channels.",
                "チャンネルを行数に数えています。1 行には、全チャンネルの窓が"
                "入ります。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (N * C * OH * OW, FH * FW)
            ),
        ),
        Slip(
            "images-forgotten",
            Text(
                "These are the rows of one image only. Every image of the"
                " batch adds as many.",
                "画像 1 枚分の行数です。ミニバッチの枚数だけ行が増えます。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (OH * OW, C * FH * FW)
            ),
        ),
        Slip(
            "rows-and-columns-swapped",
            Text(
                "Both numbers are right, but swapped: rows first.",
                "2 つの数は正しいのですが、逆です。行数を先に書きます。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (C * FH * FW, N * OH * OW)
            ),
        ),
        Slip(
            "channels-forgotten",
            Text(
                "The columns are too few when there are several channels: a"
                " row holds the pixels of all of them.",
                "チャンネルが 2 つ以上のときに列数が足りません。1 行には、全"
                "チャンネルの画素が入ります。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (N * OH * OW, FH * FW)
            ),
        ),
        Slip(
            "height-for-width",
            Text(
                "The columns are right. In the rows height and width are"
                " mixed: neither the image nor the filter need be square.",
                "列数は合っています。行数で、高さと幅を取り違えています。画像"
                "もフィルターも、正方形とは限りません。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (N * OH * OH, C * FH * FW)
            ),
            seen=_square_assumed,
        ),
    ),
    hints=(
        Text(
            "How many windows are there in one image? How many numbers in"
            " one window?",
            "1 枚の画像に窓はいくつありますか。1 つの窓に数はいくつあります"
            "か。",
        ),
        Text(
            "One row for each position in each image; one column for each"
            " filter pixel in each channel.",
            "行は、画像ごと、位置ごとに 1 つ、列は、チャンネルごと、フィルタ"
            "ーの画素ごとに 1 つです。",
        ),
        Text(
            "OH = conv_output_size(H, filter_h, stride, pad)",
            "OH = conv_output_size(H, filter_h, stride, pad)",
        ),
    ),
)
