"""The exercises of lesson 5_2: max pooling."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import AveragePooling, MaxPooling
from course_lib.text import Text


def _integers(rng, *shape):
    """Return numbers from -9 to 9 as float64."""
    return rng.integers(-9, 10, shape).astype(np.float64)


def _pool(layer, x):
    """Return the result of a pooling layer for one image (H, W)."""
    return layer.forward(x[np.newaxis, np.newaxis])[0, 0]


# max_pool and average_pool -------------------------------------------------


def _max_pool(x, pool_h, pool_w, stride):
    return _pool(MaxPooling(pool_h, pool_w, stride), x)


def _average_pool(x, pool_h, pool_w, stride):
    return _pool(AveragePooling(pool_h, pool_w, stride), x)


def _image_cases():
    rng = np.random.default_rng(521)
    settings = [
        ((4, 4), 2, 2, 2),
        ((6, 9), 2, 3, 3),
        ((7, 5), 3, 2, 1),
        ((8, 7), 2, 2, 3),
        ((5, 8), 4, 3, 2),
        ((9, 6), 3, 4, 2),
    ]
    # The last image holds negative numbers only.
    cases = [(_integers(rng, *x), *rest) for x, *rest in settings]
    return [*cases, (-1 - np.abs(_integers(rng, 6, 5)), 2, 3, 2)]


def _window_for_stride(x, pool_h, pool_w, stride):
    """Move by the size of the window, whatever the stride."""
    OH, OW = x.shape[0] // pool_h, x.shape[1] // pool_w
    blocks = x[: OH * pool_h, : OW * pool_w]
    return blocks.reshape(OH, pool_h, OW, pool_w).max(axis=(1, 3))


def _at(x, pool_h, pool_w, stride, place, reduce=np.max):
    """Pool the window that begins at place(i, j) for output (i, j).

    x: (..., H, W). A window that reaches past the image is cut off there.
    """
    OH, OW = _max_pool(np.zeros(x.shape[-2:]), pool_h, pool_w, stride).shape
    y = np.empty((*x.shape[:-2], OH, OW))
    for i, j in np.ndindex(OH, OW):
        top, left = place(i, j)
        window = x[..., top : top + pool_h, left : left + pool_w]
        y[..., i, j] = reduce(window, axis=(-2, -1))
    return y


def _places_turned(x, pool_h, pool_w, stride, reduce=np.max):
    """Let the window of output (i, j) begin at row j and column i."""
    OH, OW = _max_pool(np.zeros(x.shape[-2:]), pool_h, pool_w, stride).shape
    y = np.empty((*x.shape[:-2], OH, OW))
    for i, j in np.ndindex(OH, OW):
        top, left = j * stride, i * stride
        window = x[..., top : top + pool_h, left : left + pool_w]
        y[..., i, j] = reduce(window, axis=(-2, -1))
    return y


def _steps_of_one(x, pool_h, pool_w, stride):
    """Count the places with the stride, but move by one."""
    OH, OW = _max_pool(x, pool_h, pool_w, stride).shape
    return _max_pool(x, pool_h, pool_w, 1)[:OH, :OW]


PLACES_TURNED = (
    "rows-and-columns-swapped",
    Text(
        "The window of output (i, j) begins at row j and column i. Which of"
        " the two loops counts the rows?",
        "出力 (i, j) の窓が、j 行 i 列から始まっています。行を数えているのは"
        "どちらのループですか。",
    ),
)

MAX_POOL_SLIPS = (
    Slip(
        "mean-for-max",
        Text(
            "These are the means of the windows. Max pooling keeps the largest"
            " number.",
            "窓の平均になっています。マックスプーリングでは最大値を残します。",
        ),
        answer=_average_pool,
    ),
    Slip(
        "maximum-starts-at-zero",
        Text(
            "Wherever all numbers of a window are negative the result is 0. A"
            " search for the largest must not begin at 0.",
            "窓の中がすべて負の数のとき、結果が 0 になっています。最大値を探す"
            "とき、0 から始めてはいけません。",
        ),
        answer=lambda x, pool_h, pool_w, stride: np.maximum(
            _max_pool(x, pool_h, pool_w, stride), 0
        ),
    ),
    Slip(
        "window-size-for-stride",
        Text(
            "The window moves by its own size. It should move by `stride`,"
            " which may be shorter or longer.",
            "窓が自分の大きさだけ動いています。動く幅は `stride` で、窓より"
            "短いことも長いこともあります。",
        ),
        answer=_window_for_stride,
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
        "height-and-width-swapped",
        Text(
            "The window lies on its side: `pool_h` is the number of rows,"
            " `pool_w` the number of columns.",
            "窓の縦と横が逆です。`pool_h` が行の数、`pool_w` が列の数です。",
        ),
        answer=lambda x, pool_h, pool_w, stride: _max_pool(
            x, pool_w, pool_h, stride
        ),
    ),
)

AVERAGE_POOL_SLIPS = (
    Slip(
        *PLACES_TURNED,
        answer=lambda x, pool_h, pool_w, stride: _places_turned(
            x, pool_h, pool_w, stride, np.mean
        ),
    ),
    Slip(
        "max-for-mean",
        Text(
            "These are the largest numbers. Average pooling keeps the mean.",
            "窓の最大値になっています。平均プーリングでは平均を残します。",
        ),
        answer=_max_pool,
    ),
    Slip(
        "sum-for-mean",
        Text(
            "These are the sums of the windows. What turns a sum into a mean?",
            "窓の和になっています。和から平均を求めるには、何で割りますか。",
        ),
        answer=lambda x, pool_h, pool_w, stride: (
            _average_pool(x, pool_h, pool_w, stride) * (pool_h * pool_w)
        ),
    ),
    Slip(
        "rounded-down",
        Text(
            "The means are rounded down to whole numbers. Look at `//` and at"
            " the dtype of the array that you fill.",
            "平均が整数に切り捨てられています。`//` を使っていないか、結果を入"
            "れる配列の dtype が整数でないかを見直しましょう。",
        ),
        answer=lambda x, pool_h, pool_w, stride: np.floor(
            _average_pool(x, pool_h, pool_w, stride)
        ),
    ),
    Slip(
        "divided-by-one-side",
        Text(
            "The sums were divided by `pool_h` only. How many numbers lie in"
            " the window?",
            "和を `pool_h` だけで割っています。窓の中に数はいくつありますか。",
        ),
        answer=lambda x, pool_h, pool_w, stride: (
            _average_pool(x, pool_h, pool_w, stride) * pool_w
        ),
    ),
)


# max_pool_images -----------------------------------------------------------


def _max_pool_images(x, pool_h, pool_w, stride=1, pad=0):
    return MaxPooling(pool_h, pool_w, stride, pad).forward(x)


def _batch_cases():
    rng = np.random.default_rng(522)
    settings = [
        ((1, 1, 4, 4), 2, 2, 2, 1),
        ((2, 3, 5, 7), 3, 2, 2, 1),
        ((3, 2, 6, 5), 2, 3, 1, 0),
        ((2, 4, 7, 5), 3, 4, 3, 2),
        ((4, 2, 3, 6), 3, 3, 2, 1),
    ]
    # Shifted down, so that a zero at the border would win.
    return [(_integers(rng, *x) - 6, *rest) for x, *rest in settings]


def _pads_with_zero(x, pool_h, pool_w, stride, pad):
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    return _max_pool_images(padded, pool_h, pool_w, stride)


def _batch_turned(x, pool_h, pool_w, stride, pad):
    frame = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    padded = np.pad(x, frame, constant_values=-np.inf)
    return _places_turned(padded, pool_h, pool_w, stride)


def _pads_all_axes(x, pool_h, pool_w, stride, pad):
    padded = np.pad(x, pad, constant_values=-np.inf)
    return _max_pool_images(padded, pool_h, pool_w, stride)


BATCH_SLIPS = (
    Slip(
        "pads-with-zero",
        Text(
            "Zeros that are not in the image win at the border. Fill the frame"
            " with a number that can never be the largest.",
            "画像の端で、画像にない 0 が最大値になっています。決して最大値に"
            "ならない数で枠を埋めます。",
        ),
        answer=_pads_with_zero,
    ),
    Slip(
        "pads-every-axis",
        Text(
            "There are more images or channels than before: the frame was put"
            " on all four axes. Only height and width are padded.",
            "画像やチャンネルの数が増えています。4 つの軸すべてに枠を付けて"
            "いませんか。パディングするのは高さと幅だけです。",
        ),
        answer=_pads_all_axes,
    ),
    Slip(
        "pad-ignored",
        Text(
            "The output has the size that it would have without padding. Is"
            " `pad` used for the frame, and for the output size?",
            "パディングをしないときの出力サイズになっています。枠を付けるとき"
            "と、出力サイズを求めるときに、`pad` を使っていますか。",
        ),
        answer=lambda x, pool_h, pool_w, stride, pad: _max_pool_images(
            x, pool_h, pool_w, stride
        ),
    ),
    Slip(*PLACES_TURNED, answer=_batch_turned),
    Slip(
        "max-across-channels",
        Text(
            "The largest number was taken over all channels. Each channel is"
            " pooled on its own: look at the axes of the maximum.",
            "すべてのチャンネルをまとめて最大値をとっています。プーリングは"
            "チャンネルごとです。最大値をとる軸を見直しましょう。",
        ),
        answer=lambda x, pool_h, pool_w, stride, pad: np.broadcast_to(
            _max_pool_images(x, pool_h, pool_w, stride, pad).max(
                axis=1, keepdims=True
            ),
            _max_pool_images(x, pool_h, pool_w, stride, pad).shape,
        ),
    ),
    Slip(
        "max-across-images",
        Text(
            "All images of the batch have the same result: the largest number"
            " was taken over the whole batch. Look at the axes of the"
            " maximum.",
            "どの画像の結果も同じです。バッチ全体で最大値をとっています。最大"
            "値をとる軸を見直しましょう。",
        ),
        answer=lambda x, pool_h, pool_w, stride, pad: np.broadcast_to(
            _max_pool_images(x, pool_h, pool_w, stride, pad).max(
                axis=(0, 1), keepdims=True
            ),
            _max_pool_images(x, pool_h, pool_w, stride, pad).shape,
        ),
    ),
)


# stay_share ----------------------------------------------------------------


def _stay_share(pool, shift):
    return max(pool - shift, 0) / pool


def _stay_cases():
    return [(2, 1), (2, 0), (3, 1), (4, 3), (7, 2), (5, 5), (3, 8), (1, 1)]


STAY_SLIPS = (
    Slip(
        "share-below-zero",
        Text(
            "When the pixel moves farther than the window is wide, the share"
            " becomes negative. The least possible share is 0.",
            "窓の幅より大きく動くと、割合が負になっています。割合は 0 より小さ"
            "くなりません。",
        ),
        answer=lambda pool, shift: (pool - shift) / pool,
    ),
    Slip(
        "counts-those-that-leave",
        Text(
            "This is the share that leaves the window. Asked for is the share"
            " that stays.",
            "窓から出ていく割合になっています。求めるのは残る割合です。",
        ),
        answer=lambda pool, shift: min(shift, pool) / pool,
    ),
    Slip(
        "columns-not-divided",
        Text(
            "This is the number of columns. Divide by how many there are.",
            "これは列の数です。窓の列の数で割ると割合になります。",
        ),
        answer=lambda pool, shift: max(pool - shift, 0),
    ),
    Slip(
        "one-column-too-many",
        Text(
            "One column too many stays. Draw a window 2 wide and a shift of"
            " 1.",
            "残る列を 1 つ多く数えています。幅 2 の窓とズレ 1 を図に描いて"
            "みましょう。",
        ),
        answer=lambda pool, shift: max(pool - shift + 1, 0) / pool,
    ),
)


# shift_right ---------------------------------------------------------------


def _shift(x, down, right):
    """Return x (..., H, W) moved, zeros coming in; both from -H to H."""
    H, W = x.shape[-2:]
    moved = np.zeros_like(x)
    to_rows = slice(max(down, 0), H + min(down, 0))
    to_columns = slice(max(right, 0), W + min(right, 0))
    rows = slice(max(-down, 0), H - max(down, 0))
    columns = slice(max(-right, 0), W - max(right, 0))
    moved[..., to_rows, to_columns] = x[..., rows, columns]
    return moved


def _shift_right(x, s):
    return _shift(x, 0, s)


def _shift_cases():
    rng = np.random.default_rng(523)
    shapes = [((4, 6), 1), ((5, 4), 2), ((2, 3, 5), 0)]
    shapes += [((3, 1, 4, 7), 3), ((2, 2, 6, 5), 2), ((4, 4), 3)]
    return [(rng.integers(1, 10, shape), s) for shape, s in shapes]


def _edge_repeated(x, s):
    """Move right and let the first column come in again and again."""
    W = x.shape[-1]
    return x[..., np.maximum(np.arange(W) - s, 0)]


SHIFT_SLIPS = (
    Slip(
        "wraps-around",
        Text(
            "What left on the right came in again on the left. It must be"
            " lost, and zeros come in.",
            "右にはみ出した列が左から戻ってきています。はみ出した分は消え、左"
            "には 0 が入ります。",
        ),
        answer=lambda x, s: np.roll(x, s, axis=-1),
    ),
    Slip(
        "opposite-direction",
        Text(
            "The picture moved to the left. In which column of the result must"
            " column 0 of `x` stand?",
            "画像が左に動いています。`x` の 0 列目は、結果の何列目に来るはず"
            "ですか。",
        ),
        answer=lambda x, s: _shift(x, 0, -s),
    ),
    Slip(
        "shifts-down",
        Text(
            "The picture moved down. Columns are the last axis, rows the one"
            " before.",
            "画像が下に動いています。列は最後の軸、行はその 1 つ前の軸です。",
        ),
        answer=lambda x, s: _shift(x, s, 0),
    ),
    Slip(
        "repeats-the-border",
        Text(
            "The first column was repeated on the left. The space that opens"
            " there must hold zeros.",
            "空いた左側に最初の列と同じ数が入っています。空いた所は 0 です。",
        ),
        answer=_edge_repeated,
    ),
)


# same_map ------------------------------------------------------------------


def _same_map(x):
    """Fill each window with its maximum."""
    return np.kron(_max_pool(x, 2, 2, 2), np.ones((2, 2), x.dtype))


def _twin_cases():
    """Return images without two equal numbers."""
    rng = np.random.default_rng(524)
    shapes = [(4, 4), (2, 6), (6, 4), (8, 2), (4, 10)]
    return [
        (rng.permutation(H * W).reshape(H, W) - H * W // 2,) for H, W in shapes
    ]


def _windows_of(x):
    """Return the 2x2 windows of x (H, W) as (H/2, W/2, 4)."""
    x = np.asarray(x)
    H, W = x.shape
    blocks = x.reshape(H // 2, 2, W // 2, 2).transpose(0, 2, 1, 3)
    return blocks.reshape(H // 2, W // 2, 4)


def _map_changed(z, x):
    return not np.array_equal(
        _windows_of(z).max(axis=2), _windows_of(x).max(axis=2)
    )


def _window_untouched(z, x):
    return bool((_windows_of(z) == _windows_of(x)).all(axis=2).any())


def _one_number(x):
    """Change a single number, which is not the largest of its window."""
    z = x.copy()
    i, j = np.argwhere(x == x[:2, :2].min())[0]
    z[i, j] -= 1
    return z


TWIN_SLIPS = (
    Slip(
        "same-picture",
        Text(
            "This is the same picture. The map is to stay, the picture is"
            " not.",
            "もとと同じ画像です。プーリングの結果を変えずに、画像を変えます。",
        ),
        answer=lambda x: x.copy(),
        seen=lambda z, x: np.array_equal(z, x),
    ),
    Slip(
        "map-changed",
        Text(
            "The pooled map is another one now. In each window the largest"
            " number must be the same as before; where it lies is free.",
            "プーリングの結果が変わっています。どの窓でも最大値は前と同じで"
            "なければなりません。最大値の場所は自由です。",
        ),
        answer=lambda x: x + 1,
        seen=_map_changed,
    ),
    Slip(
        "window-untouched",
        Text(
            "The map is the same, but at least one window was left as it was."
            " Something must differ in each window.",
            "プーリングの結果は同じですが、もとのままの窓があります。どの窓で"
            "も何かを変えます。",
        ),
        answer=_one_number,
        seen=_window_untouched,
    ),
)


HINTS = {
    "by_hand": (
        Text(
            "Which numbers lie in the upper left window?",
            "左上の窓の中には、どの数がありますか。",
        ),
        Text(
            "1, 2, 0 and 1. Only the largest is kept.",
            "1、2、0、1 です。最大値だけを残します。",
        ),
        Text(
            "The first row of `y` begins with 2.",
            "`y` の 1 行目は 2 から始まります。",
        ),
    ),
    "max_pool": (
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
    "average_pool": (
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
    "max_pool_images": (
        Text(
            "Which number loses against any other?",
            "どの数と比べても負ける数は何ですか。",
        ),
        Text(
            "Pad height and width with -np.inf, then take the maximum of "
            "each window over the last two axes, for all images and "
            "channels at once.",
            "高さと幅を -np.inf でパディングします。そして、窓ごとに最後の "
            "2 軸で最大値をとります。画像とチャンネルはまとめて計算できます"
            "。",
        ),
        Text(
            "x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), "
            "constant_values=-np.inf)",
            "x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), "
            "constant_values=-np.inf)",
        ),
    ),
    "stay_share": (
        Text(
            "A window 4 wide, a shift of 1: from which columns does the "
            "pixel stay inside?",
            "幅 4 の窓でズレが 1 のとき、どの列の画素が窓の中に残りますか。",
        ),
        Text(
            "From all but the last: 3 of 4. A shift by s loses s columns, "
            "but never more than there are.",
            "最後の列以外の、4 列中 3 列です。s だけずれると s 列が出ていき"
            "ますが、窓の列の数より多くは出ていきません。",
        ),
        Text(
            "stay = max(pool - shift, 0)",
            "stay = max(pool - shift, 0)",
        ),
    ),
    "shift_right": (
        Text(
            "Where does column 0 of `x` go, and where does the last column "
            "that stays come from?",
            "`x` の 0 列目はどこへ動きますか。消えずに残る最後の列は、もと"
            "の何列目ですか。",
        ),
        Text(
            "Begin with an array of zeros and write W - s columns into it. "
            "`x[..., :-s]` is empty for s = 0; count from the front.",
            "0 の配列に、W - s 列ぶんを書き込みます。`x[..., :-s]` は s = 0"
            " のとき空になるので、前から数えます。",
        ),
        Text(
            "moved = np.zeros_like(x)",
            "moved = np.zeros_like(x)",
        ),
    ),
    "same_map": (
        Text(
            "What about a window may change without the map changing?",
            "窓の中の何を変えても、結果は変わりませんか。",
        ),
        Text(
            "Where the largest number lies, and all the smaller ones. You "
            "could swap columns inside each window, or fill it with its "
            "maximum.",
            "最大値の場所と、それより小さい数です。窓の中で列を入れ替える、"
            "窓を最大値で埋める、などの方法があります。",
        ),
        Text(
            "y = best_max_pool(x, 2, 2, 2)",
            "y = best_max_pool(x, 2, 2, 2)",
        ),
    ),
}


EXERCISES = (
    Exercise(
        name="by_hand",
        title=Text("Max pooling by hand", "マックスプーリングを手計算"),
        reference=np.array([[2, 3], [4, 2]]),
        slips=(
            Slip(
                "mean-for-max",
                Text(
                    "These are the means of the windows. Keep the largest"
                    " number of each.",
                    "窓の平均になっています。それぞれの最大値を残します。",
                ),
                answer=[[1, 1.5], [2.25, 1]],
            ),
            Slip(
                "sum-for-max",
                Text(
                    "These are the sums of the windows. Nothing is added here:"
                    " keep the largest number of each.",
                    "窓の和になっています。足し算はしません。それぞれの最大値"
                    "を残します。",
                ),
                answer=[[4, 6], [9, 4]],
            ),
            Slip(
                "rows-and-columns-swapped",
                Text(
                    "The four numbers are right, but two have changed places."
                    " The first row of `y` belongs to the upper two windows.",
                    "4 つの数は合っていますが、2 つの場所が入れ替わっていま"
                    "す。`y` の 1 行目は、上の 2 つの窓の結果です。",
                ),
                answer=[[2, 4], [3, 2]],
            ),
            Slip(
                "stride-ignored",
                Text(
                    "The window moved by one and gave 3x3 numbers. Here it"
                    " moves by 2, so that the windows lie side by side.",
                    "窓を 1 つずつ動かしたため、3×3 個になっています。ここでは"
                    " 2 つずつ動かし、窓が重ならないようにします。",
                ),
                answer=[[2, 2, 3], [3, 2, 3], [4, 4, 2]],
            ),
        ),
        hints=HINTS["by_hand"],
    ),
    Exercise(
        name="max_pool",
        title=Text("Max pooling as a loop", "ループで書くマックスプーリング"),
        reference=_max_pool,
        cases=_image_cases,
        slips=MAX_POOL_SLIPS,
        hints=HINTS["max_pool"],
    ),
    Exercise(
        name="average_pool",
        title=Text("Average pooling", "平均プーリング"),
        reference=_average_pool,
        cases=_image_cases,
        slips=AVERAGE_POOL_SLIPS,
        hints=HINTS["average_pool"],
    ),
    Exercise(
        name="max_pool_images",
        title=Text("Channels and padding", "複数チャンネルとパディング"),
        reference=_max_pool_images,
        cases=_batch_cases,
        slips=BATCH_SLIPS,
        hints=HINTS["max_pool_images"],
    ),
    Exercise(
        name="stay_share",
        title=Text("How often a pixel stays", "同じ窓に残る割合"),
        reference=_stay_share,
        cases=_stay_cases,
        slips=STAY_SLIPS,
        hints=HINTS["stay_share"],
    ),
    Exercise(
        name="shift_right",
        title=Text("Move a picture", "画像を動かす"),
        reference=_shift_right,
        cases=_shift_cases,
        slips=SHIFT_SLIPS,
        hints=HINTS["shift_right"],
    ),
    Exercise(
        name="same_map",
        title=Text(
            "Another picture, the same map", "結果が同じになる別の画像"
        ),
        reference=_same_map,
        cases=_twin_cases,
        slips=TWIN_SLIPS,
        random=True,
        hints=HINTS["same_map"],
    ),
)
