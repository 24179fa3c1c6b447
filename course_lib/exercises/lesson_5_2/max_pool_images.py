"""Exercise 5_2/max_pool_images: channels and padding."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_2.shared import (
    PLACES_TURNED,
    integer_array,
    places_turned,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import MaxPooling
from course_lib.text import Text


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
    return [(integer_array(rng, *x) - 6, *rest) for x, *rest in settings]


def _pads_with_zero(x, pool_h, pool_w, stride, pad):
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    return _max_pool_images(padded, pool_h, pool_w, stride)


def _batch_turned(x, pool_h, pool_w, stride, pad):
    frame = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    padded = np.pad(x, frame, constant_values=-np.inf)
    return places_turned(padded, pool_h, pool_w, stride)


def _pads_all_axes(x, pool_h, pool_w, stride, pad):
    padded = np.pad(x, pad, constant_values=-np.inf)
    return _max_pool_images(padded, pool_h, pool_w, stride)


EXERCISE = Exercise(
    name="max_pool_images",
    title=Text("Channels and padding", "複数チャンネルとパディング"),
    reference=_max_pool_images,
    cases=_batch_cases,
    slips=(
        Slip(
            "pads-with-zero",
            Text(
                "Zeros that are not in the image win at the border. Fill the"
                " frame with a number that can never be the largest.",
                "画像の端で、画像にない 0 が最大値になっています。決して最大値"
                "にならない数で枠を埋めます。",
            ),
            answer=_pads_with_zero,
        ),
        Slip(
            "pads-every-axis",
            Text(
                "There are more images or channels than before: the frame was"
                " put on all four axes. Only height and width are padded.",
                "画像やチャンネルの数が増えています。4 つの軸すべてに枠を付け"
                "ていませんか。パディングするのは高さと幅だけです。",
            ),
            answer=_pads_all_axes,
        ),
        Slip(
            "pad-ignored",
            Text(
                "The output has the size that it would have without padding."
                " Is `pad` used for the frame, and for the output size?",
                "パディングをしないときの出力サイズになっています。枠を付ける"
                "ときと、出力サイズを求めるときに、`pad` を使っていますか。",
            ),
            answer=lambda x, pool_h, pool_w, stride, pad: _max_pool_images(
                x, pool_h, pool_w, stride
            ),
        ),
        Slip(*PLACES_TURNED, answer=_batch_turned),
        Slip(
            "max-across-channels",
            Text(
                "The largest number was taken over all channels. Each channel"
                " is pooled on its own: look at the axes of the maximum.",
                "すべてのチャンネルをまとめて最大値をとっています。プーリング"
                "はチャンネルごとです。最大値をとる軸を見直しましょう。",
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
                "All images of the batch have the same result: the largest"
                " number was taken over the whole batch. Look at the axes of"
                " the maximum.",
                "どの画像の結果も同じです。バッチ全体で最大値をとっています。"
                "最大値をとる軸を見直しましょう。",
            ),
            answer=lambda x, pool_h, pool_w, stride, pad: np.broadcast_to(
                _max_pool_images(x, pool_h, pool_w, stride, pad).max(
                    axis=(0, 1), keepdims=True
                ),
                _max_pool_images(x, pool_h, pool_w, stride, pad).shape,
            ),
        ),
    ),
    hints=(
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
)
