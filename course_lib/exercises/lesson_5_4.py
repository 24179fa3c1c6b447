"""The exercises of lesson 5_4: im2col and col2im."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import col2im, conv_output_size, im2col
from course_lib.text import Text


def _images(*shape):
    """Return images whose numbers are all different, some negative."""
    order = np.random.default_rng(54).permutation(np.prod(shape))
    return order.reshape(shape) - float(np.prod(shape) // 3)


def _split(x, filter_h, filter_w, stride=1, pad=0, constant_values=0):
    """Return the windows as (N, OH, OW, C, FH, FW)."""
    N, C, H, W = x.shape
    OH = conv_output_size(H, filter_h, stride, pad)
    OW = conv_output_size(W, filter_w, stride, pad)
    col = im2col(x, filter_h, filter_w, stride, pad, constant_values)
    return col.reshape(N, OH, OW, C, filter_h, filter_w)


def _rows(windows, axes):
    """Return windows with the axes in another order, as rows."""
    moved = windows.transpose(axes)
    return moved.reshape(np.prod(moved.shape[:3]), -1)


ROWS_BY_HAND = Exercise(
    name="rows_by_hand",
    title=Text("All rows by hand", "すべての行を手で書く"),
    reference=np.array(
        [[1, 2, 5, 6], [3, 4, 7, 8], [9, 10, 13, 14], [11, 12, 15, 16]]
    ),
    slips=(
        Slip(
            "rows-of-the-image",
            Text(
                "These are the rows of the image. Each row must hold one"
                " window of 2x2 pixels.",
                "画像の行がそのまま並んでいます。1 行には、2x2 の窓 1 つ分を"
                "並べます。",
            ),
            answer=np.arange(1, 17).reshape(4, 4),
        ),
        Slip(
            "windows-as-columns",
            Text(
                "The windows stand in the columns. In this course each window"
                " is a row.",
                "窓が列に並んでいます。このコースでは、1 つの窓を 1 行にしま"
                "す。",
            ),
            answer=np.array(
                [[1, 3, 9, 11], [2, 4, 10, 12], [5, 7, 13, 15], [6, 8, 14, 16]]
            ),
        ),
        Slip(
            "positions-in-column-order",
            Text(
                "Every window is right, but the second and third are swapped:"
                " the window goes right first, then down.",
                "どの窓も正しいのですが、2 つ目と 3 つ目が逆です。窓は、まず右"
                "へ、次に下へ動きます。",
            ),
            answer=np.array(
                [[1, 2, 5, 6], [9, 10, 13, 14], [3, 4, 7, 8], [11, 12, 15, 16]]
            ),
        ),
        Slip(
            "window-in-column-order",
            Text(
                "Inside each window you went down first. Read it like a text:"
                " the upper row, then the lower one.",
                "窓の中を、上から下へ先に読んでいます。文章と同じように、上の"
                "行、下の行の順に読みます。",
            ),
            answer=np.array(
                [[1, 5, 2, 6], [3, 7, 4, 8], [9, 13, 10, 14], [11, 15, 12, 16]]
            ),
        ),
    ),
    hints=(
        Text(
            "Where does the third window lie?",
            "3 つ目の窓はどこにありますか。",
        ),
        Text(
            "Right first, then down: the third window starts at 9. Read it"
            " like a text.",
            "まず右、次に下です。3 つ目の窓は 9 から始まり、文章のように読み"
            "ます。",
        ),
        Text(
            "[[1, 2, 5, 6], [3, 4, 7, 8], [9, 10, ...], ...]",
            "[[1, 2, 5, 6], [3, 4, 7, 8], [9, 10, ...], ...]",
        ),
    ),
)


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


COL_SHAPE = Exercise(
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


def _window_cases():
    return [
        (_images(2, 3, 5, 7), 2, 3, 1),
        (_images(3, 2, 6, 9), 3, 2, 2),
        (_images(1, 2, 7, 5), 2, 2, 3),
        (_images(2, 1, 4, 6), 3, 2, 1),
        (_images(2, 2, 8, 6), 2, 4, 2),
    ]


def _start_at(step_h, step_w):
    """Return an im2col whose window starts step_h(stride) * i and so on."""

    def answer(x, filter_h, filter_w, stride):
        N, _, H, W = x.shape
        OH = conv_output_size(H, filter_h, stride)
        OW = conv_output_size(W, filter_w, stride)
        dense = _split(x, filter_h, filter_w)
        rows = dense[:, :: step_h(stride), :: step_w(stride)][:, :OH, :OW]
        return rows.reshape(N * OH * OW, -1)

    return answer


WINDOWS_AS_COLUMNS = (
    "windows-as-columns",
    Text(
        "The right numbers, but rows and columns are swapped: each window is a"
        " row, not a column.",
        "数は合っていますが、行と列が逆です。窓は列ではなく行に並べます。",
    ),
)
CHANNELS_LAST = (
    "channels-last",
    Text(
        "In each row the channels run fastest. A row holds the whole window of"
        " channel 0, then that of channel 1, and so on.",
        "1 行の中で、チャンネルがいちばん速く進んでいます。チャンネル 0 の窓を"
        "すべて並べてから、チャンネル 1 に進みます。",
    ),
)
COLUMN_ORDER = (
    "positions-in-column-order",
    Text(
        "Every row is a right window, but they come in another order. The"
        " window goes right first, then down.",
        "どの行も正しい窓ですが、行の順番が違います。窓は、まず右へ、次に下へ"
        "動きます。",
    ),
)

IM2COL_LOOPS = Exercise(
    name="im2col_loops",
    title=Text("im2col with loops", "ループで書く im2col"),
    reference=lambda x, filter_h, filter_w, stride=1: im2col(
        x, filter_h, filter_w, stride
    ),
    cases=_window_cases,
    slips=(
        Slip(
            "stride-counted-not-walked",
            Text(
                "With a stride of 2 or more the windows still move by one"
                " pixel. The window at (i, j) starts further on.",
                "ストライドが 2 以上でも、窓が 1 画素ずつしか動いていません。"
                "(i, j) 番目の窓は、もっと先から始まります。",
            ),
            answer=_start_at(lambda stride: 1, lambda stride: 1),
        ),
        Slip(
            "stride-on-one-axis",
            Text(
                "The stride is right downwards, but to the right the windows"
                " move by one pixel.",
                "下方向は合っていますが、右方向には 1 画素ずつしか動いていませ"
                "ん。ストライドは両方向に効きます。",
            ),
            answer=_start_at(lambda stride: stride, lambda stride: 1),
        ),
        Slip(
            *WINDOWS_AS_COLUMNS,
            answer=lambda x, *sizes: im2col(x, *sizes).T,
        ),
        Slip(
            *CHANNELS_LAST,
            answer=lambda x, *sizes: _rows(
                _split(x, *sizes), (0, 1, 2, 4, 5, 3)
            ),
        ),
        Slip(
            *COLUMN_ORDER,
            answer=lambda x, *sizes: _rows(
                _split(x, *sizes), (0, 2, 1, 3, 4, 5)
            ),
        ),
        Slip(
            "images-in-turn",
            Text(
                "The images take turns: one window of each. All rows of the"
                " first image come first.",
                "画像が 1 行ごとに入れ替わっています。1 枚目の行をすべて並べて"
                "から、2 枚目に進みます。",
            ),
            answer=lambda x, *sizes: _rows(
                _split(x, *sizes), (1, 2, 0, 3, 4, 5)
            ),
        ),
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


def _offset_slice(img, fy, fx, OH, OW, stride=1):
    bottom, right = fy + stride * OH, fx + stride * OW
    return img[:, :, fy:bottom:stride, fx:right:stride]


OFFSET_SLICE = Exercise(
    name="offset_slice",
    title=Text("One slice", "1 つのスライス"),
    reference=_offset_slice,
    cases=lambda: [
        (_images(2, 3, 5, 7), 0, 1, 4, 5, 1),
        (_images(1, 2, 8, 9), 1, 2, 3, 4, 2),
        (_images(2, 1, 9, 7), 2, 0, 2, 2, 3),
        (_images(3, 2, 6, 8), 1, 0, 2, 3, 2),
        (_images(2, 2, 7, 5), 0, 3, 3, 1, 2),
    ],
    slips=(
        Slip(
            "stops-too-early",
            Text(
                "Too few rows come out when the stride is 2 or more. `stop` is"
                " a place in the image, not a number of rows: how far do OH"
                " steps reach?",
                "ストライドが 2 以上のとき、行が足りません。`stop` は個数では"
                "なく、画像の中の位置です。OH 歩でどこまで進むでしょうか。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy : fy + OH : stride, fx : fx + OW : stride
            ],
        ),
        Slip(
            "stride-ignored",
            Text(
                "The shape is right, but neighbouring pixels came out. Between"
                " two positions of the window lie `stride` pixels.",
                "形状は合っていますが、隣り合う画素が出ています。窓の位置は"
                " `stride` 画素ずつ離れています。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy : fy + OH, fx : fx + OW
            ],
        ),
        Slip(
            "runs-to-the-end",
            Text(
                "Too many rows or columns come out for some sizes. The slice"
                " must stop after OH rows and OW columns.",
                "大きさによっては、行や列が多すぎます。OH 行、OW 列で止めま"
                "す。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy::stride, fx::stride
            ],
        ),
        Slip(
            "fy-and-fx-swapped",
            Text(
                "The slice starts at (fx, fy). `fy` belongs to the rows, `fx`"
                " to the columns.",
                "(fx, fy) から始まっています。`fy` は行、`fx` は列の番号で"
                "す。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: _offset_slice(
                img, fx, fy, OH, OW, stride
            ),
        ),
    ),
    hints=(
        Text(
            "At which row does the slice start, and at which row does the"
            " last window have this pixel?",
            "スライスは何行目から始まり、最後の窓ではこの画素は何行目にあり"
            "ますか。",
        ),
        Text(
            "Start at fy, step by stride. The last row is fy + stride * (OH"
            " - 1): stop just behind it, or one step further.",
            "fy から始めて stride ずつ進みます。最後の行は fy + stride *"
            " (OH - 1) で、そのすぐ後か 1 歩先で止めます。",
        ),
        Text(
            "bottom = fy + stride * OH",
            "bottom = fy + stride * OH",
        ),
    ),
)


def _im2col_cases():
    return [
        (_images(2, 3, 5, 7), 2, 3, 1, 0, 0),
        (_images(3, 2, 6, 8), 3, 2, 2, 1, -5),
        (_images(1, 2, 7, 5), 2, 3, 1, 2, 3.5),
        (_images(2, 1, 4, 6).astype(np.float32), 3, 2, 1, 1, -np.inf),
        (_images(2, 2, 8, 5), 2, 4, 3, 1, 0),
    ]


def _uncut(*case):
    """Reshape (N, C, FH, FW, OH, OW) straight to rows."""
    windows = _split(*case)
    N, OH, OW = windows.shape[:3]
    col = windows.transpose(0, 3, 4, 5, 1, 2)
    return col.reshape(N * OH * OW, -1)


IM2COL = Exercise(
    name="im2col",
    title=Text("im2col with slices", "スライスで書く im2col"),
    reference=im2col,
    cases=_im2col_cases,
    slips=(
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but a row holds numbers of several"
                " windows. An array (N, C, FH, FW, OH, OW) must get its axes"
                " in the order of the rows before it is reshaped.",
                "形状は合っていますが、1 行に複数の窓の数が混ざっています。(N,"
                " C, FH, FW, OH, OW) の配列は、reshape の前に軸を行の順に並べ"
                "替えます。",
            ),
            answer=_uncut,
        ),
        Slip(
            *CHANNELS_LAST,
            answer=lambda *case: _rows(_split(*case), (0, 1, 2, 4, 5, 3)),
        ),
        Slip(
            *COLUMN_ORDER,
            answer=lambda *case: _rows(_split(*case), (0, 2, 1, 3, 4, 5)),
        ),
        Slip(
            "window-in-column-order",
            Text(
                "Inside each window you go down first. In a row the columns of"
                " the filter, fx, run fastest.",
                "窓の中を、上から下へ先に読んでいます。1 行の中では、フィル"
                "ターの列 fx がいちばん速く進みます。",
            ),
            answer=lambda *case: _rows(_split(*case), (0, 1, 2, 3, 5, 4)),
        ),
        Slip(*WINDOWS_AS_COLUMNS, answer=lambda *case: im2col(*case).T),
        Slip(
            "pads-with-zero",
            Text(
                "All is right but for the padding, which is always 0. Hand on"
                " `constant_values`.",
                "パディング以外は合っています。パディングがいつも 0 なので、"
                "`constant_values` を渡しましょう。",
            ),
            answer=lambda x, fh, fw, stride, pad, value: im2col(
                x, fh, fw, stride, pad
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
            answer=lambda x, fh, fw, stride, pad, value: im2col(
                np.pad(x, pad, constant_values=value), fh, fw, stride
            ),
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


def _product_cases():
    shapes = [
        (6, (3, 2, 2, 3)),
        (4, (2, 3, 3, 2)),
        (5, (4, 1, 2, 4)),
        (3, (5, 2, 3, 3)),
        (8, (2, 4, 1, 2)),
    ]
    return [
        (_images(rows, np.prod(W[1:])), _images(*W) / 7) for rows, W in shapes
    ]


MULTIPLY = Exercise(
    name="multiply",
    title=Text("Rows times filters", "行列とフィルターの積"),
    reference=lambda col, W: col @ W.reshape(len(W), -1).T,
    cases=_product_cases,
    slips=(
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but every column is made of pieces of"
                " several filters: W was reshaped straight to (C*FH*FW, FN)."
                " First make each filter one row.",
                "形状は合っていますが、1 列に複数のフィルターが混ざっていま"
                "す。W をいきなり (C*FH*FW, FN) に reshape したためです。ま"
                "ず、フィルターを 1 つずつ 1 行にします。",
            ),
            answer=lambda col, W: col @ W.reshape(-1, len(W)),
        ),
        Slip(
            "channels-last",
            Text(
                "In your filters the channels run fastest; in the rows of"
                " `col` they run slowest. Both must agree.",
                "フィルターではチャンネルがいちばん速く進み、`col` の行ではい"
                "ちばん遅く進んでいます。順番をそろえます。",
            ),
            answer=lambda col, W: (
                col @ W.transpose(0, 2, 3, 1).reshape(len(W), -1).T
            ),
        ),
        Slip(
            "kernel-flipped",
            Text(
                "The filters were turned by 180 degrees. In a CNN they are"
                " used as they stand.",
                "フィルターを 180 度回しています。CNN ではそのままの向きで使い"
                "ます。",
            ),
            answer=lambda col, W: (
                col @ W[:, :, ::-1, ::-1].reshape(len(W), -1).T
            ),
        ),
        Slip(
            "result-turned-over",
            Text(
                "Right numbers, but as (FN, N*OH*OW). The positions belong in"
                " the rows.",
                "数は合っていますが、(FN, N*OH*OW) になっています。行は位置で"
                "す。",
            ),
            answer=lambda col, W: W.reshape(len(W), -1) @ col.T,
        ),
    ),
    hints=(
        Text(
            "Which shape must the second factor have?",
            "積の 2 つ目の行列は、どんな形状でなければなりませんか。",
        ),
        Text(
            "It is (C*FH*FW, FN). One filter lies in one piece in W: make"
            " it a row first, then turn the table over.",
            "(C*FH*FW, FN) です。W の中で 1 つのフィルターはひと続きなので、"
            "まず 1 行にして、それから転置します。",
        ),
        Text(
            "filters = W.reshape(len(W), -1)",
            "filters = W.reshape(len(W), -1)",
        ),
    ),
)


def _pool_cases():
    return [
        (_images(6, 3 * 4), 3),
        (_images(4, 2 * 9), 2),
        (_images(5, 4 * 4), 4),
        (-1 - np.abs(_images(3, 5 * 6)), 5),
        (_images(7, 2 * 3), 2),
    ]


POOL_ROWS = Exercise(
    name="pool_rows",
    title=Text(
        "The largest of each window and channel",
        "窓とチャンネルごとの最大値",
    ),
    reference=lambda col, C: col.reshape(len(col), C, -1).max(axis=2),
    cases=_pool_cases,
    slips=(
        Slip(
            "max-across-channels",
            Text(
                "One number for each position: the maximum was taken over all"
                " channels together. Pooling keeps the channels apart.",
                "位置ごとに 1 つの数しかありません。全チャンネルをまとめて最大"
                "値を取っています。プーリングではチャンネルを分けます。",
            ),
            answer=lambda col, C: col.max(axis=1),
        ),
        Slip(
            "channels-last",
            Text(
                "The shape is right, but the row was split with the channels"
                " last. In a row they come first: all pixels of channel 0,"
                " then those of channel 1.",
                "形状は合っていますが、チャンネルを最後の軸として分けていま"
                "す。1 行は、チャンネル 0 の全画素、次にチャンネル 1 の全画素"
                "という順です。",
            ),
            answer=lambda col, C: col.reshape(len(col), -1, C).max(axis=1),
        ),
        Slip(
            "max-over-the-wrong-axis",
            Text(
                "The split is right, but the maximum was taken over the"
                " channels instead of the pixels of the window.",
                "分け方は合っていますが、窓の画素ではなくチャンネルの方向に最"
                "大値を取っています。",
            ),
            answer=lambda col, C: col.reshape(len(col), C, -1).max(axis=1),
        ),
        Slip(
            "mean-for-max",
            Text(
                "This is average pooling. Here it is the maximum.",
                "平均プーリングになっています。ここでは最大値です。",
            ),
            answer=lambda col, C: col.reshape(len(col), C, -1).mean(axis=2),
        ),
    ),
    hints=(
        Text(
            "In one row of col, what runs fastest: the channel or the pixel"
            " of the window?",
            "col の 1 行では、チャンネルと窓の画素のどちらが速く進みますか。",
        ),
        Text(
            "The pixels do. Split the row into C pieces and take the"
            " maximum of each piece.",
            "窓の画素です。1 行を C 個に分け、それぞれの最大値を取ります。",
        ),
        Text(
            "split = col.reshape(len(col), C, -1)",
            "split = col.reshape(len(col), C, -1)",
        ),
    ),
)


def _back_cases():
    """Return rows of gradients to sum, and real rows to overwrite.

    Rows that stem from an image agree on every pixel, so overwriting gives
    the same in any order.
    """
    sizes = [
        ((2, 3, 5, 7), 2, 3, 1, 0, True),
        ((2, 3, 5, 7), 2, 3, 1, 0, False),
        ((3, 2, 8, 5), 3, 2, 2, 1, True),
        ((2, 2, 6, 5), 3, 3, 2, 1, False),
        ((1, 2, 7, 8), 2, 2, 3, 0, False),
        ((2, 1, 4, 6), 3, 4, 1, 3, True),
    ]
    cases = []
    for shape, filter_h, filter_w, stride, pad, is_backward in sizes:
        col = im2col(_images(*shape), filter_h, filter_w, stride, pad)
        if is_backward:
            col = _images(*col.shape)
        cases.append(
            (col, shape, filter_h, filter_w, stride, pad, is_backward)
        )
    return cases


def _put_back(case, is_backward=None, mixed=False, reverse=False, step=None):
    """Return the padded image that col2im would crop.

    is_backward: instead of the case's. mixed: reshape without transpose.
    reverse: visit the filter's pixels from last to first, which is what a
    loop over the positions does when it overwrites. step: instead of the
    stride.
    """
    col, (N, C, H, W), filter_h, filter_w, stride, pad, flag = case
    OH = conv_output_size(H, filter_h, stride, pad)
    OW = conv_output_size(W, filter_w, stride, pad)
    parts = col.reshape(N, OH, OW, C, filter_h, filter_w)
    parts = parts.transpose(0, 3, 4, 5, 1, 2)
    if mixed:
        parts = col.reshape(N, C, filter_h, filter_w, OH, OW)
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    places = list(np.ndindex(filter_h, filter_w))
    for fy, fx in places[::-1] if reverse else places:
        view = _offset_slice(img, fy, fx, OH, OW, step or stride)
        total = flag if is_backward is None else is_backward
        view[...] = parts[:, :, fy, fx] + (view if total else 0)
    return img


def _cropped(case, **how):
    img, (_, _, H, W), pad = _put_back(case, **how), case[1], case[5]
    return img[:, :, pad : pad + H, pad : pad + W]


def _overwrites(result, *case):
    """Return whether numbers replace each other, in either order."""
    return any(
        same(result, _cropped(case, is_backward=False, reverse=reverse))
        for reverse in (False, True)
    )


def _reversed(result, *case):
    """Return whether the two ways are swapped."""
    if case[-1]:
        return _overwrites(result, *case)
    return same(result, _cropped(case, is_backward=True))


def _crop_by_minus_pad(*case):
    pad = case[5]
    return _put_back(case)[:, :, pad:-pad, pad:-pad]


COL2IM = Exercise(
    name="col2im",
    title=Text("col2im: overwrite or sum", "col2im：上書きと加算"),
    reference=col2im,
    cases=_back_cases,
    slips=(
        Slip(
            "overlaps-overwritten",
            Text(
                "With `is_backward=True` later windows replace what earlier"
                " ones brought. Gradients must be added.",
                "`is_backward=True` のとき、後の窓が前の窓の値を消しています。"
                "勾配は足し合わせます。",
            ),
            answer=lambda *case: _cropped(case, is_backward=False),
            seen=_overwrites,
        ),
        Slip(
            "overlaps-summed",
            Text(
                "With `is_backward=False` pixels in several windows come out"
                " too large: they were added. One of them should stay.",
                "`is_backward=False` のとき、複数の窓に含まれる画素が足されて"
                "大きくなっています。1 つだけ残します。",
            ),
            answer=lambda *case: _cropped(case, is_backward=True),
        ),
        Slip(
            "is-backward-reversed",
            Text(
                "It sums with `is_backward=False` and overwrites with `True`:"
                " the two are swapped.",
                "`is_backward=False` で加算、`True` で上書きになっています。2 "
                "つが逆です。",
            ),
            answer=lambda *case: _cropped(case, is_backward=not case[-1]),
            seen=_reversed,
        ),
        Slip(
            "stride-ignored",
            Text(
                "With a stride of 2 or more the windows are put side by side,"
                " one pixel apart. Does the slice get the stride?",
                "ストライドが 2 以上でも、窓を 1 画素ずつずらして戻していま"
                "す。スライスにストライドを渡していますか。",
            ),
            answer=lambda *case: _cropped(case, step=1),
        ),
        Slip(
            "padding-not-cut-off",
            Text(
                "The result still has its padding. `input_shape` is the size"
                " without it.",
                "結果にパディングが残っています。`input_shape` はパディングを"
                "含まない大きさです。",
            ),
            answer=lambda *case: _put_back(case),
        ),
        Slip(
            "empty-without-padding",
            Text(
                "Right with padding, but without it nothing is left. What does"
                " `img[:, :, pad:-pad]` give when pad is 0?",
                "パディングがあれば正しいのに、ないと空になります。pad が 0 の"
                "とき、`img[:, :, pad:-pad]` は何になるでしょうか。",
            ),
            answer=_crop_by_minus_pad,
        ),
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but the numbers land in the wrong places."
                " The axes of `col` are N, OH, OW, C, FH, FW: split it in this"
                " order first.",
                "形状は合っていますが、数が別の場所に入っています。`col` の軸"
                "は N, OH, OW, C, FH, FW の順です。まず、この順に分けます。",
            ),
            answer=lambda *case: _cropped(case, mixed=True),
        ),
    ),
    hints=(
        Text(
            "Which axes does col have when you undo the last reshape of"
            " im2col?",
            "im2col の最後の reshape を元に戻すと、col はどんな軸になります"
            "か。",
        ),
        Text(
            "They are N, OH, OW, C, FH, FW. For each fy, fx take that part"
            " with the axes N, C, OH, OW and write it into, or add it to,"
            " the slice of a padded image of zeros.",
            "N, OH, OW, C, FH, FW です。fy, fx ごとにその部分を N, C, OH,"
            " OW の順で取り出し、パディング込みの 0 の画像のスライスに書き込"
            "むか、足します。",
        ),
        Text(
            "split = col.reshape(N, OH, OW, C, filter_h, filter_w)",
            "split = col.reshape(N, OH, OW, C, filter_h, filter_w)",
        ),
    ),
)

EXERCISES = (
    ROWS_BY_HAND,
    COL_SHAPE,
    IM2COL_LOOPS,
    OFFSET_SLICE,
    IM2COL,
    MULTIPLY,
    POOL_ROWS,
    COL2IM,
)
