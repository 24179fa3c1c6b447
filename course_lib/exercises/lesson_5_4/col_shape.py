"""Exercise 5_4/col_shape: the size of the matrix."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import ignoring
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


def _sized(height, width=conv_output_size):
    """Return the answer whose OH and OW come from other formulas."""

    def answer(input_shape, filter_h, filter_w, stride, pad):
        N, C, H, W = input_shape
        OH = height(H, filter_h, stride, pad)
        OW = width(W, filter_w, stride, pad)
        return N * OH * OW, C * filter_h * filter_w

    return answer


def _entry_right(k):
    """Return whether the rows (0) or the columns (1) are right."""
    return lambda found, *case: (
        len(found) == 2
        and found[k] == _col_shape(*case)[k]
        and found[1 - k] == int(found[1 - k])
    )


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
            "images-and-channels-forgotten",
            Text(
                "This is the matrix of one image with one channel. Every"
                " image adds rows, every channel adds columns.",
                "1 チャンネルの画像 1 枚分の大きさです。画像の枚数だけ行が、"
                "チャンネルの数だけ列が増えます。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (OH * OW, FH * FW)
            ),
        ),
        Slip(
            "images-in-the-columns",
            Text(
                "The images were counted in the columns. Each image adds rows"
                " below those of the one before.",
                "画像の枚数を列数に数えています。画像が増えると、行が下に増え"
                "ます。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (OH * OW, N * C * FH * FW)
            ),
        ),
        Slip(
            "square-filter-assumed",
            Text(
                "The rows are right. In the columns one side of the filter"
                " was used twice: it need not be square.",
                "行数は合っています。列数で、フィルターの 1 辺を 2 回使ってい"
                "ます。フィルターは正方形とは限りません。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (N * OH * OW, C * FH * FH)
            ),
            also=(
                _wrong_shape(
                    lambda N, C, OH, OW, FH, FW: (N * OH * OW, C * FW * FW)
                ),
            ),
        ),
        Slip(
            "sides-added",
            Text(
                "Two sides were added where they must be multiplied: OH * OW"
                " positions, FH * FW pixels.",
                "掛けるべき所で 2 つの辺を足しています。位置は OH * OW 個、画"
                "素は FH * FW 個です。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (N * (OH + OW), C * FH * FW)
            ),
            also=(
                _wrong_shape(
                    lambda N, C, OH, OW, FH, FW: (N * OH * OW, C * (FH + FW))
                ),
                _wrong_shape(
                    lambda N, C, OH, OW, FH, FW: (N * OH * OW, C + FH * FW)
                ),
                _wrong_shape(
                    lambda N, C, OH, OW, FH, FW: (N * (OH + OW), C * (FH + FW))
                ),
            ),
        ),
        Slip(
            "output-size-for-shape",
            Text(
                "This is (OH, OW), the size of the output. Each of its OH *"
                " OW positions gives one row.",
                "出力サイズ (OH, OW) になっています。OH * OW 個の位置のそれぞ"
                "れが 1 行になります。",
            ),
            answer=_wrong_shape(lambda N, C, OH, OW, FH, FW: (OH, OW)),
        ),
        Slip(
            "one-too-few",
            Text(
                "The windows were counted one too few along each side. The"
                " place where the window starts counts too.",
                "窓の数を、縦と横で 1 つずつ少なく数えています。最初に置いた"
                "場所も 1 つと数えます。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (
                    N * (OH - 1) * (OW - 1),
                    C * FH * FW,
                )
            ),
        ),
        *ignoring(_col_shape, 3, 4),
        Slip(
            "stride-on-one-axis",
            Text(
                "The columns are right. In the rows the stride was used for"
                " one direction only.",
                "列数は合っています。行数で、ストライドを片方の向きにしか使っ"
                "ていません。",
            ),
            answer=_sized(lambda n, f, s, p: conv_output_size(n, f, 1, p)),
            also=(
                _sized(
                    conv_output_size,
                    lambda n, f, s, p: conv_output_size(n, f, 1, p),
                ),
            ),
        ),
        Slip(
            "pads-one-side-only",
            Text(
                "The columns are right. In the rows the padding was counted"
                " once. It lies on both sides.",
                "列数は合っています。行数で、パディングを片側だけ数えていま"
                "す。両側に付きます。",
            ),
            answer=_sized(*[lambda n, f, s, p: (n + p - f) // s + 1] * 2),
        ),
        Slip(
            "ceiling-for-floor",
            Text(
                "The columns are right. There are too many rows where the"
                " last step does not fit. Such a step is not taken.",
                "列数は合っています。最後の 1 歩が収まらないときに行が多すぎま"
                "す。収まらない 1 歩は数えません。",
            ),
            answer=_sized(
                *[lambda n, f, s, p: -(-(n + 2 * p - f) // s) + 1] * 2
            ),
        ),
        Slip(
            "image-for-output-size",
            Text(
                "The columns are right. The rows are counted as if a window"
                " began at every pixel, H * W of them.",
                "列数は合っています。行数が、すべての画素から窓が始まるかのよ"
                "うに H * W で数えられています。",
            ),
            answer=_sized(*[lambda n, f, s, p: n] * 2),
        ),
        Slip(
            "image-in-the-columns",
            Text(
                "The rows are right. A row holds one window of each channel,"
                " not the whole image.",
                "行数は合っています。1 行に入るのは、チャンネルごとの窓 1 つ分"
                "で、画像全体ではありません。",
            ),
            answer=lambda input_shape, *sizes: (
                _col_shape(input_shape, *sizes)[0],
                int(np.prod(input_shape[1:])),
            ),
        ),
        Slip(
            "one-number",
            Text(
                "A single number came back. Two are wanted: rows, columns.",
                "数が 1 つしか返っていません。行数と列数の 2 つが必要です。",
            ),
            answer=lambda *case: _col_shape(*case)[0],
            also=(
                lambda *case: _col_shape(*case)[1],
                lambda *case: int(np.prod(_col_shape(*case))),
            ),
        ),
        Slip(
            "six-axes",
            Text(
                "These are the six axes before merging. The matrix has two:"
                " their products N*OH*OW and C*FH*FW.",
                "まとめる前の 6 つの軸になっています。行列の軸は 2 つで、積"
                " N*OH*OW と C*FH*FW です。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (N, OH, OW, C, FH, FW)
            ),
            also=(
                _wrong_shape(
                    lambda N, C, OH, OW, FH, FW: (N, C, FH, FW, OH, OW)
                ),
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
        Slip(
            "columns-wrong",
            Text(
                "The rows are right, the columns are not. A row holds C"
                " windows of FH * FW pixels, whatever N, OH and OW are.",
                "行数は合っていますが、列数が違います。1 行には FH * FW 画素の"
                "窓が C 個入ります。N や OH、OW は関係ありません。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (N * OH * OW, C * C * FH * FW)
            ),
            seen=_entry_right(0),
        ),
        Slip(
            "rows-wrong",
            Text(
                "The columns are right, the rows are not. There is one row"
                " for each of the OH * OW positions in each of the N images.",
                "列数は合っていますが、行数が違います。N 枚の画像のそれぞれ"
                "に、OH * OW 個の位置があり、位置ごとに 1 行です。",
            ),
            answer=_wrong_shape(
                lambda N, C, OH, OW, FH, FW: (N * N * OH * OW, C * FH * FW)
            ),
            seen=_entry_right(1),
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
