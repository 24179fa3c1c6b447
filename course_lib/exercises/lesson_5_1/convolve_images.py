"""Exercise 5_1/convolve_images: several filters and images."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_1.shared import integer_array
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import Convolution
from course_lib.text import Text


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
            integer_array(rng, *x),
            integer_array(rng, *W),
            rng.permutation(np.arange(2.0, 2 + W[0])),
            stride,
            pad,
        )
        for x, W, stride, pad in shapes
    ]


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
            answer=lambda x, W, b, stride, pad: _convolve_images(
                x, W, b, stride, pad
            ).swapaxes(0, 1),
        ),
        Slip(
            "one-bias-for-all",
            Text(
                "All filters got the first bias. How many numbers does `b`"
                " hold, and whose are they?",
                "すべてのフィルターに最初のバイアスを足しています。`b` に数は"
                "いくつ入っていて、それぞれどのフィルターのものですか。",
            ),
            answer=lambda x, W, b, stride, pad: _convolve_images(
                x, W, np.full_like(b, b[0]), stride, pad
            ),
        ),
        Slip(
            "bias-forgotten",
            Text(
                "The biases are missing. Each filter adds its own to its map.",
                "バイアスが足されていません。フィルターごとに、自分のバイアス"
                "を出力に足します。",
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
                "フィルターごとの結果を 1 枚に足しています。足すのはチャンネル"
                "だけで、フィルターの結果は別々のチャンネルになります。",
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
                "出力のどのチャンネルも最初のフィルターの結果です。1 つのフィ"
                "ルターが 1 つのチャンネルを作ります。`W` の添字を見直しましょ"
                "う。",
            ),
            answer=lambda x, W, b, stride, pad: _convolve_images(
                x, np.repeat(W[:1], len(W), axis=0), b, stride, pad
            ),
        ),
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
