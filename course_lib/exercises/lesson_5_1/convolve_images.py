"""Exercise 5_1/convolve_images: several filters and images."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.frames import BATCH, frame_slips
from course_lib.exercises.kinds import (
    CHANNELS_LAST,
    FIRST_CHANNEL_ONLY,
    FIRST_IMAGE_FOR_ALL,
    FIRST_IMAGE_ONLY,
    FLIPPED,
    ignoring,
    rounded,
)
from course_lib.exercises.lesson_5_1.shared import fractions
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import Convolution
from course_lib.text import Text


def _convolve_images(x, W, b, stride=1, pad=0):
    dtype = np.result_type(x, W, np.float32)
    layer = Convolution(W.astype(dtype), b.astype(dtype), stride, pad)
    return layer.forward(x.astype(dtype))


def _image_cases():
    rng = np.random.default_rng(54)
    shapes = [
        ((1, 1, 4, 4), (2, 1, 3, 3), 1, 0),
        ((2, 3, 5, 4), (4, 3, 3, 2), 1, 1),
        ((3, 2, 6, 7), (2, 2, 2, 3), 2, 0),
        ((2, 1, 7, 5), (3, 1, 3, 3), 2, 1),
        ((4, 2, 3, 6), (3, 2, 1, 2), 3, 2),
    ]
    cases = [
        (
            fractions(rng, *x),
            fractions(rng, *W),
            rng.permutation(np.arange(2.5, 2 + W[0])),
            stride,
            pad,
        )
        for x, W, stride, pad in shapes
    ]
    x, *rest = cases[1]
    whole = (np.round(x).astype(int), *rest)
    return [*cases, whole, (-0.25 - np.abs(x), *rest)]


def _of(change):
    """Return the answer for other arrays: change(x, W, b)."""
    return lambda x, W, b, stride, pad: _convolve_images(
        *change(x, W, b), stride, pad
    )


def _then(change):
    """Return the answer that changes the right result y (N, FN, OH, OW)."""
    return lambda *case: change(_convolve_images(*case))


def _all(a, k):
    """Return a with entry k in the place of each."""
    return np.repeat(a[[k]], len(a), axis=0)


def _framed(laid):
    return lambda x, W, b, stride, pad: _convolve_images(
        laid(x, pad, 0), W, b, stride
    )


EXERCISE = Exercise(
    name="convolve_images",
    title=Text("Several filters and images", "複数のフィルターと画像"),
    reference=_convolve_images,
    cases=_image_cases,
    slips=(
        Slip(
            "filters-before-images",
            Text(
                "The axes are in the order (FN, N, OH, OW). The images come"
                " first.",
                "軸が (FN, N, OH, OW) の順になっています。画像の軸が先です。",
            ),
            answer=_then(lambda y: y.swapaxes(0, 1)),
        ),
        Slip(
            "reshape-for-transpose",
            Text(
                "All maps are there, but they ended up with other images and"
                " filters: `reshape` does not exchange axes. Loop over the"
                " images outside, or use `transpose`.",
                "結果はすべてありますが、別の画像やフィルターの場所に入ってい"
                "ます。`reshape` では軸は入れ替わりません。外側で画像のループ"
                "を回すか、`transpose` を使いましょう。",
            ),
            answer=_then(lambda y: y.swapaxes(0, 1).reshape(y.shape)),
        ),
        Slip(*CHANNELS_LAST, answer=_then(lambda y: y.transpose(0, 2, 3, 1))),
        Slip(
            "images-and-filters-joined",
            Text(
                "All maps stand in one row, images and filters on the same"
                " axis. The result needs both axes: (N, FN, OH, OW). An inner"
                " list for each image gives it.",
                "画像とフィルターが 1 つの軸に並んでいます。結果の形状は (N,"
                " FN, OH, OW) です。画像ごとに内側のリストを作りましょう。",
            ),
            answer=_then(lambda y: y.reshape(-1, *y.shape[2:])),
        ),
        Slip(
            *FIRST_IMAGE_ONLY,
            answer=_of(lambda x, W, b: (x[:1], W, b)),
            also=(_then(lambda y: y[0]),),
        ),
        Slip(
            *FIRST_IMAGE_FOR_ALL,
            answer=_of(lambda x, W, b: (_all(x, 0), W, b)),
        ),
        Slip(
            "last-image-for-all",
            Text(
                "Every image has the result of the last one: `y[:, k]` are"
                " all images at once. One is `y[n, k]`.",
                "どの画像の結果も、最後の画像と同じです。`y[:, k]` は全画像の"
                "ことです。1 枚は `y[n, k]` です。",
            ),
            answer=_of(lambda x, W, b: (_all(x, -1), W, b)),
        ),
        Slip(
            "first-filter-only",
            Text(
                "Only the first filter made a map. Each filter makes one"
                " channel of the output.",
                "最初のフィルターの結果しかありません。1 つのフィルターが出力"
                "の 1 つのチャンネルを作ります。",
            ),
            answer=_of(lambda x, W, b: (x, W[:1], b[:1])),
        ),
        Slip(
            "one-bias-for-all",
            Text(
                "All filters got the same bias. How many numbers does `b`"
                " hold, and whose are they?",
                "すべてのフィルターに同じバイアスを足しています。`b` に数はい"
                "くつ入っていて、それぞれどのフィルターのものですか。",
            ),
            answer=_of(lambda x, W, b: (x, W, _all(b, 0))),
            also=(_of(lambda x, W, b: (x, W, _all(b, -1))),),
        ),
        Slip(
            "all-biases-added",
            Text(
                "Every map got the sum of all biases. Filter k has the bias"
                " `b[k]` alone.",
                "どの結果にも、すべてのバイアスの和を足しています。フィルター"
                " k のバイアスは `b[k]` だけです。",
            ),
            answer=_of(lambda x, W, b: (x, W, np.full_like(b, b.sum()))),
        ),
        Slip(
            "biases-reversed",
            Text(
                "The filters have each other's biases: they run the other"
                " way. Filter k has `b[k]`.",
                "バイアスの順番が逆です。フィルター k のバイアスは `b[k]` で"
                "す。",
            ),
            answer=_of(lambda x, W, b: (x, W, b[::-1])),
        ),
        Slip(
            "bias-forgotten",
            Text(
                "The biases are missing. Each filter adds its own to its map.",
                "バイアスが足されていません。フィルターごとに、自分のバイアス"
                "を出力に足します。",
            ),
            answer=_of(lambda x, W, b: (x, W, 0 * b)),
        ),
        Slip(
            "bias-for-each-channel",
            Text(
                "The bias was added once for each channel of the image. It"
                " belongs to the filter: add it once.",
                "画像のチャンネルの数だけバイアスを足しています。バイアスは"
                "フィルターごとに 1 回だけ足します。",
            ),
            answer=_of(lambda x, W, b: (x, W, b * x.shape[1])),
        ),
        Slip(
            "filters-summed",
            Text(
                "The maps of the filters were added to one. Only channels are"
                " added; each filter keeps a map of its own.",
                "フィルターごとの結果を 1 枚に足しています。足すのはチャンネル"
                "だけで、フィルターの結果は別々のチャンネルになります。",
            ),
            answer=_then(lambda y: y.sum(axis=1)),
            also=(_then(lambda y: y.sum(axis=1, keepdims=True)),),
        ),
        Slip(
            "one-filter-for-all",
            Text(
                "Every channel of the output comes from the first filter. Each"
                " filter makes one channel: look at the index of `W`.",
                "出力のどのチャンネルも最初のフィルターの結果です。1 つのフィ"
                "ルターが 1 つのチャンネルを作ります。`W` の添字を見直しましょ"
                "う。",
            ),
            answer=_of(lambda x, W, b: (x, _all(W, 0), b)),
            also=(_of(lambda x, W, b: (x, _all(W, 0), _all(b, 0))),),
        ),
        Slip(
            *FIRST_CHANNEL_ONLY,
            answer=_of(lambda x, W, b: (x[:, :1], W[:, :1], b)),
        ),
        Slip(
            "mean-over-channels",
            Text(
                "The channels were averaged. They are added, and none is"
                " divided.",
                "チャンネルの平均をとっています。割らずに足します。",
            ),
            answer=_of(lambda x, W, b: (x, W / W.shape[1], b)),
        ),
        *ignoring(_convolve_images, 3, 4),
        Slip(
            *FLIPPED,
            answer=_of(lambda x, W, b: (x, W[:, :, ::-1, ::-1], b)),
        ),
        *frame_slips(_framed, BATCH[:-2]),
        rounded(_convolve_images),
    ),
    hints=(
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
)
