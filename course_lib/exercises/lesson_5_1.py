"""The exercises of lesson 5_1: convolution."""

from __future__ import annotations

import math

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import conv_output_size
from course_lib.layers import Convolution
from course_lib.text import Text

FLIPPED = Text(
    "The filter was turned by 180 degrees (what mathematics calls a"
    " convolution). In a CNN it is laid on as it stands.",
    "フィルターを 180 度回しています（数学でいう畳み込みです）。CNN では"
    "そのままの向きで重ねます。",
)


def _integers(rng, *shape):
    """Return numbers from -9 to 9 as float64."""
    return rng.integers(-9, 10, shape).astype(np.float64)


def _convolve(x, w, b=0, stride=1, pad=0):
    """Return the map (OH, OW) of x (H, W) or (C, H, W) and one filter."""
    if x.ndim == 2:
        x, w = x[np.newaxis], w[np.newaxis]
    layer = Convolution(w[np.newaxis], np.array([b], x.dtype), stride, pad)
    return layer.forward(x[np.newaxis])[0, 0]


def _pad_sides(x, before, after):
    """Return x with zeros on its last two axes only."""
    widths = [(0, 0)] * (x.ndim - 2) + [(before, after)] * 2
    return np.pad(x, widths)


# convolve ------------------------------------------------------------------


def _plain(x, w):
    return _convolve(x, w)


def _plain_cases():
    rng = np.random.default_rng(51)
    shapes = [((4, 4), (3, 3)), ((5, 7), (2, 3)), ((8, 5), (3, 2))]
    shapes += [((6, 6), (1, 4)), ((3, 5), (3, 5)), ((7, 4), (4, 4))]
    return [(_integers(rng, *x), _integers(rng, *w)) for x, w in shapes]


def _one_window(x, w):
    """Compute every place from the first window."""
    FH, FW = w.shape
    shape = (x.shape[0] - FH + 1, x.shape[1] - FW + 1)
    return np.full(shape, np.sum(x[:FH, :FW] * w))


CONVOLVE_SLIPS = (
    Slip(
        "kernel-flipped",
        FLIPPED,
        answer=lambda x, w: _convolve(x, w[::-1, ::-1]),
    ),
    Slip(
        "last-place-missing",
        Text(
            "The last row and the last column of the output are missing. Count"
            " the places of a 3 wide window in a 4 wide image.",
            "出力の最後の行と列が足りません。幅 4 の画像に幅 3 の窓を置ける場"
            "所を数えてみましょう。",
        ),
        answer=lambda x, w: _convolve(x, w)[:-1, :-1],
    ),
    Slip(
        "mean-for-sum",
        Text(
            "Each number is the right one divided by the size of the filter:"
            " the products were averaged. They are summed.",
            "どの数も、正しい値をフィルターの要素数で割ったものです。積の平均"
            "ではなく和をとります。",
        ),
        answer=lambda x, w: _convolve(x, w) / w.size,
    ),
    Slip(
        "filter-not-used",
        Text(
            "These are the sums of the windows alone. Multiply each window"
            " with the filter before summing.",
            "窓の中の数をそのまま足しています。足す前にフィルターと要素ごとに"
            "掛けます。",
        ),
        answer=lambda x, w: _convolve(x, np.ones_like(w)),
    ),
    Slip(
        "window-does-not-move",
        Text(
            "Every place holds the number of the first window. The window must"
            " begin at row i and column j.",
            "どの場所にも最初の窓の値が入っています。窓は i 行 j 列から始まる"
            "はずです。",
        ),
        answer=_one_window,
    ),
)


# output_size ---------------------------------------------------------------


def _sizes():
    return [
        (7, 3, 1, 0),
        (28, 5, 1, 0),
        (7, 3, 2, 0),
        (8, 3, 2, 1),
        (6, 3, 2, 0),
        (5, 5, 3, 2),
        (10, 4, 4, 1),
        (9, 1, 3, 0),
    ]


# The reference has one more parameter, which this exercise does not teach.
def _output_size(size, filter_size, stride=1, pad=0):
    return conv_output_size(size, filter_size, stride, pad)


OUTPUT_SIZE_SLIPS = (
    Slip(
        "ceiling-for-floor",
        Text(
            "The result is one too large where the last step does not"
            " fit. Such a step is not taken: round down.",
            "最後の 1 歩が収まらない入力で 1 大きくなっています。"
            "収まらない 1 歩は数えないので、切り捨てます。",
        ),
        answer=lambda size, filter_size, stride, pad: (
            math.ceil((size + 2 * pad - filter_size) / stride) + 1
        ),
    ),
    Slip(
        "one-too-few",
        Text(
            "The result is always one too small. The place where the"
            " window starts counts too.",
            "いつも 1 小さくなっています。最初に置いた場所も 1 つと数えます。",
        ),
        answer=lambda size, filter_size, stride, pad: (
            (size + 2 * pad - filter_size) // stride
        ),
    ),
    Slip(
        "pads-one-side-only",
        Text(
            "The padding was counted once. It lies on both sides.",
            "パディングを片側だけ数えています。両側に付きます。",
        ),
        answer=lambda size, filter_size, stride, pad: (
            (size + pad - filter_size) // stride + 1
        ),
    ),
    Slip(
        "one-added-before-dividing",
        Text(
            "The starting place was added before the division. Divide first:"
            " only the steps are counted by the stride.",
            "最初の場所の 1 を、割る前に足しています。ストライドで割るのは、"
            "動いた距離だけです。",
        ),
        answer=lambda size, filter_size, stride, pad: (
            (size + 2 * pad - filter_size + 1) // stride
        ),
    ),
    Slip(
        "exact-division",
        Text(
            "The result is not rounded: there are no half places. Look at `/`"
            " and `//`.",
            "結果が丸められていません。場所の数に端数はありません。`/` と `//`"
            " を見直しましょう。",
        ),
        answer=lambda size, filter_size, stride, pad: (
            (size + 2 * pad - filter_size) / stride + 1
        ),
    ),
)


# convolve2d ----------------------------------------------------------------


def _settings(rng, shapes):
    """Return (x, w, b, stride, pad) from (shape, shape, stride, pad)."""
    return [
        (
            _integers(rng, *x),
            _integers(rng, *w),
            int(rng.integers(2, 9)),
            stride,
            pad,
        )
        for x, w, stride, pad in shapes
    ]


def _convolve2d(x, w, b=0, stride=1, pad=0):
    return _convolve(x, w, b, stride, pad)


def _convolve2d_cases():
    return _settings(
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
    OH, OW = _convolve(x, w, b, stride, pad).shape
    return _convolve(x, w, b, 1, pad)[:OH, :OW]


def _rows_only(x, w, b, stride, pad):
    """Move by the stride downwards, by one to the right."""
    OW = _convolve(x, w, b, stride, pad).shape[1]
    return _convolve(x, w, b, 1, pad)[::stride, :OW]


CONVOLVE2D_SLIPS = (
    Slip(
        "bias-forgotten",
        Text(
            "Every number is short by `b`. Add the bias to each output.",
            "どの数も `b` だけ足りません。出力の 1 つ 1 つにバイアスを足しま"
            "す。",
        ),
        answer=lambda x, w, b, stride, pad: _convolve(x, w, 0, stride, pad),
    ),
    Slip(
        "bias-in-every-product",
        Text(
            "The bias was added once for each entry of the window. Add it"
            " after the sum, once.",
            "窓の要素の数だけバイアスを足しています。和をとった後に 1 回だけ"
            "足します。",
        ),
        answer=lambda x, w, b, stride, pad: _convolve(
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
            _convolve(x, w, 0, stride, pad) / w.size + b
        ),
    ),
    Slip(
        "stride-counted-not-walked",
        Text(
            "The size is right, but the window moves by one. Output (i, j)"
            " belongs to the window that begins i strides further down.",
            "出力サイズは合っていますが、窓が 1 つずつしか動いていません。出力"
            "の i 行目は、ストライド i 歩ぶん下の窓に対応します。",
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
            "The output has the size of an image with zeros below and to the"
            " right only. The frame goes all the way round.",
            "下と右にだけ 0 を付けたときのサイズになっています。枠は上下左右に"
            "付けます。",
        ),
        answer=lambda x, w, b, stride, pad: _convolve(
            _pad_sides(x, 0, pad), w, b, stride
        ),
    ),
)


# convolve_channels ---------------------------------------------------------


def _convolve_channels(x, w, b=0, stride=1, pad=0):
    return _convolve(x, w, b, stride, pad)


def _channel_cases():
    return _settings(
        np.random.default_rng(53),
        [
            ((3, 4, 4), (3, 3, 3), 1, 0),
            ((2, 5, 7), (2, 3, 2), 2, 1),
            ((4, 6, 5), (4, 2, 3), 1, 2),
            ((3, 7, 6), (3, 1, 4), 3, 0),
            ((5, 4, 6), (5, 3, 3), 2, 1),
        ],
    )


def _separate(x, w, b, stride, pad):
    """Convolve each channel and do not add."""
    return np.stack(
        [_convolve(x[c], w[c], b, stride, pad) for c in range(len(x))]
    )


def _pads_channels(x, w, b, stride, pad):
    """Pad all three axes, so that channel 0 is a layer of zeros."""
    padded = np.pad(x, pad)[: len(x)]
    return _convolve(padded, w, b, stride)


CHANNEL_SLIPS = (
    Slip(
        "channels-not-summed",
        Text(
            "There is one map for each channel. The maps are added to one,"
            " place by place.",
            "チャンネルごとの結果が並んだままです。同じ場所どうしを足して 1 枚"
            "にします。",
        ),
        answer=_separate,
    ),
    Slip(
        "bias-for-each-channel",
        Text(
            "The bias was added once for each channel. It belongs to the"
            " filter: add it once, after the sum over the channels.",
            "チャンネルの数だけバイアスを足しています。バイアスはフィルターに"
            " 1 つです。チャンネルを足し終えてから 1 回だけ足します。",
        ),
        answer=lambda x, w, b, stride, pad: _convolve(
            x, w, b * len(x), stride, pad
        ),
    ),
    Slip(
        "bias-forgotten",
        Text(
            "Every number is short by `b`. Add the bias to the sum.",
            "どの数も `b` だけ足りません。和にバイアスを足します。",
        ),
        answer=lambda x, w, b, stride, pad: _convolve(x, w, 0, stride, pad),
    ),
    Slip(
        "mean-over-channels",
        Text(
            "The channels were averaged. They are added, and none is divided.",
            "チャンネルの平均をとっています。割らずに足します。",
        ),
        answer=lambda x, w, b, stride, pad: (
            _convolve(x, w, 0, stride, pad) / len(x) + b
        ),
    ),
    Slip(
        "pads-every-axis",
        Text(
            "The zeros were also put before and behind the channels: channel 0"
            " became a layer of zeros. Only height and width are padded.",
            "チャンネルの軸にも 0 を付けたため、チャンネル 0 が 0 だけの層に"
            "なっています。パディングするのは高さと幅だけです。",
        ),
        answer=_pads_channels,
    ),
)


# convolve_images -----------------------------------------------------------


def _convolve_images(x, W, b, stride=1, pad=0):
    return Convolution(W, b, stride, pad).forward(x)


def _image_cases():
    rng = np.random.default_rng(54)
    shapes = [
        ((1, 1, 4, 4), (2, 1, 3, 3), 1, 0),
        ((2, 3, 5, 4), (4, 3, 3, 2), 1, 1),
        ((3, 2, 6, 7), (2, 2, 2, 3), 2, 0),
        ((2, 1, 7, 5), (3, 1, 3, 3), 2, 1),
        ((4, 2, 3, 6), (3, 2, 1, 2), 3, 2),
    ]
    return [
        (
            _integers(rng, *x),
            _integers(rng, *W),
            rng.permutation(np.arange(2.0, 2 + W[0])),
            stride,
            pad,
        )
        for x, W, stride, pad in shapes
    ]


def _bias_per_channel(x, W, b, stride, pad):
    return _convolve_images(x, W, b * x.shape[1], stride, pad)


IMAGE_SLIPS = (
    Slip(
        "filters-before-images",
        Text(
            "The axes are in the order (FN, N, OH, OW). The images come"
            " first.",
            "軸が (FN, N, OH, OW) の順になっています。画像の軸が先です。",
        ),
        answer=lambda x, W, b, stride, pad: _convolve_images(
            x, W, b, stride, pad
        ).swapaxes(0, 1),
    ),
    Slip(
        "one-bias-for-all",
        Text(
            "All filters got the first bias. How many numbers does `b` hold,"
            " and whose are they?",
            "すべてのフィルターに最初のバイアスを足しています。`b` に数はいく"
            "つ入っていて、それぞれどのフィルターのものですか。",
        ),
        answer=lambda x, W, b, stride, pad: _convolve_images(
            x, W, np.full_like(b, b[0]), stride, pad
        ),
    ),
    Slip(
        "bias-forgotten",
        Text(
            "The biases are missing. Each filter adds its own to its map.",
            "バイアスが足されていません。フィルターごとに、自分のバイアスを出"
            "力に足します。",
        ),
        answer=lambda x, W, b, stride, pad: _convolve_images(
            x, W, np.zeros_like(b), stride, pad
        ),
    ),
    Slip(
        "filters-summed",
        Text(
            "The maps of the filters were added to one. Only channels are"
            " added; each filter keeps a map of its own.",
            "フィルターごとの結果を 1 枚に足しています。足すのはチャンネルだけ"
            "で、フィルターの結果は別々のチャンネルになります。",
        ),
        answer=lambda x, W, b, stride, pad: _convolve_images(
            x, W, b, stride, pad
        ).sum(axis=1),
    ),
    Slip(
        "one-filter-for-all",
        Text(
            "Every channel of the output comes from the first filter. Each"
            " filter makes one channel: look at the index of `W`.",
            "出力のどのチャンネルも最初のフィルターの結果です。1 つのフィル"
            "ターが 1 つのチャンネルを作ります。`W` の添字を見直しましょう。",
        ),
        answer=lambda x, W, b, stride, pad: _convolve_images(
            x, np.repeat(W[:1], len(W), axis=0), b, stride, pad
        ),
    ),
)


# strongest -----------------------------------------------------------------


def _strongest(y):
    row, column = np.unravel_index(np.argmax(y), y.shape)
    return int(row), int(column)


def _map_cases():
    """Return maps whose largest value is not the largest in size."""
    rng = np.random.default_rng(55)
    cases = []
    for shape in [(3, 5), (6, 4), (4, 7), (5, 3), (8, 6)]:
        y = rng.permutation(np.arange(np.prod(shape))).reshape(shape)
        cases.append((y - 0.75 * y.size,))
    return cases


STRONGEST_SLIPS = (
    Slip(
        "flat-index",
        Text(
            "This is one number: the place in the array written out in one"
            " line. A row and a column are wanted; `np.unravel_index` splits"
            " it.",
            "これは、配列を 1 列に並べたときの番号です。求めるのは行と列です。"
            "`np.unravel_index` で分けられます。",
        ),
        answer=lambda y: int(np.argmax(y)),
    ),
    Slip(
        "rows-and-columns-swapped",
        Text(
            "Row and column are exchanged. The row comes first.",
            "行と列が逆です。行が先です。",
        ),
        answer=lambda y: _strongest(y)[::-1],
    ),
    Slip(
        "largest-in-size",
        Text(
            "This is the place of the number farthest from zero, which is a"
            " negative one. The largest number is wanted.",
            "これは 0 から最も遠い数（負の数）の場所です。求めるのは最も大きい"
            "数の場所です。",
        ),
        answer=lambda y: _strongest(np.abs(y)),
    ),
    Slip(
        "counts-from-one",
        Text(
            "Row and column are both one too large. NumPy counts from 0.",
            "行も列も 1 大きくなっています。NumPy は 0 から数えます。",
        ),
        answer=lambda y: (_strongest(y)[0] + 1, _strongest(y)[1] + 1),
    ),
)


HINTS = {
    "by_hand": (
        Text(
            "How many products does one window give?",
            "1 つの窓から、積はいくつできますか。",
        ),
        Text(
            "Nine products. Go row by row: the window's row times the row "
            "of `w` at the same height.",
            "9 つです。1 行ずつ、同じ高さにある `w` の行と掛けていきます。",
        ),
        Text(
            "The first row gives 1*2 + 2*0 + 3*1.",
            "1 行目は 1*2 + 2*0 + 3*1 です。",
        ),
    ),
    "convolve": (
        Text(
            "How many rows can the window begin at?",
            "窓の上端を置ける行は、何行ありますか。",
        ),
        Text(
            "H - FH + 1 rows and W - FW + 1 columns. Make an array of that "
            "size and fill it with two loops.",
            "H - FH + 1 行、W - FW + 1 列です。そのサイズの配列を用意し、2 "
            "重のループで埋めます。",
        ),
        Text(
            "y = np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - "
            "w.shape[1] + 1))",
            "y = np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - "
            "w.shape[1] + 1))",
        ),
    ),
    "output_size": (
        Text(
            "How far can the window travel from its first place to its last?",
            "最初の場所から最後の場所まで、窓はどれだけ動けますか。",
        ),
        Text(
            "The way is the padded size minus the filter size. Count how "
            "many whole strides fit, and the place at the start.",
            "動ける距離は、パディング後のサイズからフィルターのサイズを引い"
            "たものです。そこに歩幅がいくつ収まるかを数え、最初の場所を加え"
            "ます。",
        ),
        Text(
            "way = size + 2 * pad - filter_size",
            "way = size + 2 * pad - filter_size",
        ),
    ),
    "convolve2d": (
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
    "convolve_channels": (
        Text(
            "Which channel of `w` belongs to channel `c` of `x`?",
            "`x` のチャンネル c に対応するのは、`w` のどのチャンネルですか。",
        ),
        Text(
            "The same one. Convolve them pair by pair with bias 0, add the "
            "maps, then add the bias once.",
            "同じ番号のチャンネルです。組ごとにバイアス 0 で畳み込み、結果"
            "を足してから、バイアスを 1 回足します。",
        ),
        Text(
            "parts = [best_convolve2d(x[c], w[c], 0, stride, pad) for c in "
            "range(len(x))]",
            "parts = [best_convolve2d(x[c], w[c], 0, stride, pad) for c in "
            "range(len(x))]",
        ),
    ),
    "convolve_images": (
        Text(
            "How many maps come out in all, for N images and FN filters?",
            "画像が N 枚、フィルターが FN 個のとき、結果は全部で何枚ですか。",
        ),
        Text(
            "N * FN maps: for each image one for each filter. The outer "
            "list runs over the images.",
            "N * FN 枚です。画像ごとに、フィルターの数だけできます。外側の"
            "リストが画像です。",
        ),
        Text(
            "maps = [best_convolve_channels(x[0], W[k], b[k], stride, pad) "
            "for k in range(len(W))]",
            "maps = [best_convolve_channels(x[0], W[k], b[k], stride, pad) "
            "for k in range(len(W))]",
        ),
    ),
    "edge_filter": (
        Text(
            "By which number is a pixel multiplied that does not count?",
            "使わない画素には、いくつを掛ければよいでしょうか。",
        ),
        Text(
            "By 0. The pixel that is added has a 1, the one that is taken "
            "away a -1.",
            "0 です。足す画素には 1、引く画素には -1 を掛けます。",
        ),
        Text(
            "The last row is [0, 1, 0].",
            "いちばん下の行は [0, 1, 0] です。",
        ),
    ),
    "strongest": (
        Text(
            "What does `np.argmax(y)` answer for a table of rows and columns?",
            "行と列のある配列に対して、`np.argmax(y)` は何を返しますか。",
        ),
        Text(
            "A single number: the place when all rows are written one "
            "after another. It must be split into a row and a column.",
            "行をすべてつなげて並べたときの番号です。これを行と列に分けます。",
        ),
        Text(
            "row, column = np.unravel_index(np.argmax(y), y.shape)",
            "row, column = np.unravel_index(np.argmax(y), y.shape)",
        ),
    ),
}


EXERCISES = (
    Exercise(
        name="by_hand",
        title=Text("The first two numbers by hand", "最初の 2 つの数を手計算"),
        reference=(15.0, 16.0),
        parts=("y00", "y01"),
        slips=(
            Slip(
                "kernel-flipped",
                Text(
                    "The filter does not lie as it stands: it was turned by"
                    " 180 degrees, or its rows were read as columns.",
                    "フィルターの向きが違います。180 度回したか、行と列を入れ"
                    "替えています。そのままの向きで重ねます。",
                ),
                answer=(11, 12),
            ),
            Slip(
                "filter-not-used",
                Text(
                    "This is the sum of the window alone. Each number is first"
                    " multiplied with the number of `w` that lies on it.",
                    "窓の中の数をそのまま足しています。先に、重なっている `w` "
                    "の数を掛けます。",
                ),
                answer=(13, 14),
            ),
            Slip(
                "moved-down",
                Text(
                    "The first number is right. For the second the window went"
                    " down; it goes to the right first.",
                    "1 つ目は正解です。2 つ目は窓を下に動かしています。先に右"
                    "へ動かします。",
                ),
                answer=(15, 6),
            ),
        ),
        hints=HINTS["by_hand"],
    ),
    Exercise(
        name="convolve",
        title=Text("Convolution as a loop", "ループで書く畳み込み"),
        reference=_plain,
        cases=_plain_cases,
        slips=CONVOLVE_SLIPS,
        hints=HINTS["convolve"],
    ),
    Exercise(
        name="output_size",
        title=Text("The size of the output", "出力サイズの式"),
        reference=_output_size,
        cases=_sizes,
        slips=OUTPUT_SIZE_SLIPS,
        hints=HINTS["output_size"],
    ),
    Exercise(
        name="convolve2d",
        title=Text(
            "Bias, stride and padding",
            "バイアス・ストライド・パディング",
        ),
        reference=_convolve2d,
        cases=_convolve2d_cases,
        slips=CONVOLVE2D_SLIPS,
        hints=HINTS["convolve2d"],
    ),
    Exercise(
        name="convolve_channels",
        title=Text("Several channels", "複数チャンネルの畳み込み"),
        reference=_convolve_channels,
        cases=_channel_cases,
        slips=CHANNEL_SLIPS,
        hints=HINTS["convolve_channels"],
    ),
    Exercise(
        name="convolve_images",
        title=Text("Several filters and images", "複数のフィルターと画像"),
        reference=_convolve_images,
        cases=_image_cases,
        slips=IMAGE_SLIPS,
        hints=HINTS["convolve_images"],
    ),
    Exercise(
        name="edge_filter",
        title=Text("A filter for edges", "エッジを見つけるフィルター"),
        reference=np.array([[0, -1, 0], [0, 0, 0], [0, 1, 0]]),
        slips=(
            Slip(
                "upside-down",
                Text(
                    "This computes above minus below. Which of the two is"
                    " counted with a minus?",
                    "「上 − 下」を計算しています。マイナスが付くのは上と下の"
                    "どちらでしょうか。",
                ),
                answer=[[0, 1, 0], [0, 0, 0], [0, -1, 0]],
            ),
            Slip(
                "rows-and-columns-swapped",
                Text(
                    "This compares left and right. Above and below are in"
                    " other rows, not in other columns.",
                    "左右の画素を比べています。上下の違いは、列ではなく行の"
                    "違いです。",
                ),
                answer=[[0, 0, 0], [-1, 0, 1], [0, 0, 0]],
            ),
            Slip(
                "centre-instead-of-above",
                Text(
                    "This computes below minus centre. The centre does not"
                    " count.",
                    "「下 − 中心」を計算しています。中心の画素は使いません。",
                ),
                answer=[[0, 0, 0], [0, -1, 0], [0, 1, 0]],
            ),
            Slip(
                "whole-rows",
                Text(
                    "This compares the whole rows above and below. Only the"
                    " two pixels in the middle column count.",
                    "上の行全体と下の行全体を比べています。使うのは中央の列の"
                    " 2 画素だけです。",
                ),
                answer=[[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
            ),
        ),
        hints=HINTS["edge_filter"],
    ),
    Exercise(
        name="strongest",
        title=Text("The strongest place", "最も強く反応した場所"),
        reference=_strongest,
        cases=_map_cases,
        parts=("row", "column"),
        slips=STRONGEST_SLIPS,
        hints=HINTS["strongest"],
    ),
)
