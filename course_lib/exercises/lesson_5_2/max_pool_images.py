"""Exercise 5_2/max_pool_images: channels and padding."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.frames import BATCH, frame, frame_slips
from course_lib.exercises.kinds import (
    CHANNELS_LAST,
    FIRST_CHANNEL_FOR_ALL,
    FIRST_CHANNEL_ONLY,
    FIRST_IMAGE_FOR_ALL,
    FIRST_IMAGE_ONLY,
    MAXIMUM_FROM_ZERO,
    MIN_FOR_MAX,
    ignoring,
    rounded,
)
from course_lib.exercises.lesson_5_2.shared import (
    TURNED,
    fractions,
    pooled_by,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.exercises.walks import (
    LOOPS_STRIDE,
    every_stride,
    walk_slips,
)
from course_lib.layers import MaxPooling
from course_lib.text import Text

# The pixels at the rim are in the window anyway; ones are "too high".
HARMLESS = ("pads-with-edge", "pads-with-ones")


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
    cases = [(fractions(rng, *x) - 6, *rest) for x, *rest in settings]
    x, *rest = cases[1]
    return [*cases, (-1.25 - np.abs(x), *rest), (x.astype(np.float32), *rest)]


def _framed(laid):
    return lambda x, pool_h, pool_w, stride, pad: _max_pool_images(
        laid(x, pad, -np.inf), pool_h, pool_w, stride
    )


def _walked(start, end):
    """Return the answer whose windows begin and end elsewhere."""
    by = pooled_by(np.max, start, end)
    return lambda x, pool_h, pool_w, stride, pad: by(
        frame(x, pad, -np.inf), pool_h, pool_w, stride
    )


def _then(change):
    """Return the answer that changes the right result (N, C, OH, OW)."""
    return lambda *case: change(_max_pool_images(*case))


def _like(axes):
    """Return the answer that takes the largest over these axes too."""

    def answer(*case):
        y = _max_pool_images(*case)
        return np.broadcast_to(y.max(axis=axes, keepdims=True), y.shape)

    return answer


def _pads_all_axes(x, pool_h, pool_w, stride, pad):
    padded = np.pad(x, pad, constant_values=-np.inf)
    return _max_pool_images(padded, pool_h, pool_w, stride)


def _mean(x, pool_h, pool_w, stride, pad):
    by = pooled_by(np.mean)
    return by(frame(x, pad, 0), pool_h, pool_w, stride)


def _smallest(x, pool_h, pool_w, stride, pad):
    return -_max_pool_images(-x, pool_h, pool_w, stride, pad)


def _frame_wins(y, x, pool_h, pool_w, stride, pad):
    """Say whether y is right for some finite number in the frame."""
    right = _max_pool_images(x, pool_h, pool_w, stride, pad)
    y = np.asarray(y)
    above = y > right
    if y.shape != right.shape or not (y >= right).all():
        return False
    if not above.any():
        return True
    (value,) = {float(v) for v in y[above]}
    wrong = _framed(lambda x, p, _: frame(x, p, value))
    return np.isfinite(value) and np.array_equal(
        wrong(x, pool_h, pool_w, stride, pad), y
    )


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
            answer=_framed(lambda x, pad, value: frame(x, pad, 0)),
        ),
        Slip(
            "pads-too-high",
            Text(
                "At the border the frame wins where the image is lower still:"
                " the number that fills it is not small enough. Only"
                " `-np.inf` is below every number.",
                "画像の端で、枠の数が最大値になっている所があります。枠を埋め"
                "る数が十分に小さくありません。どの数よりも小さいのは"
                " `-np.inf` だけです。",
            ),
            answer=_framed(lambda x, pad, value: frame(x, pad, -1)),
            seen=lambda y, *case: _frame_wins(y, *case),
        ),
        Slip(
            "pads-with-plus-infinity",
            Text(
                "At the border plus infinity wins. The frame must never be the"
                " largest: minus infinity.",
                "画像の端で、無限大が最大値になっています。枠が選ばれてはいけ"
                "ないので、マイナス無限大にします。",
            ),
            answer=_framed(lambda x, pad, value: frame(x, pad, np.inf)),
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
        *ignoring(_max_pool_images, 3, 4),
        *walk_slips(
            _walked,
            "stride-counted-not-walked",
            "stride-on-one-axis",
            "stride-added-not-multiplied",
            "divided-by-stride",
            "rows-and-columns-swapped",
            "window-does-not-move",
            "window-moves-one-way-only",
            "slice-ends-at-stride",
            "window-one-too-small",
            "window-one-too-large",
            "height-for-width",
        ),
        Slip(*LOOPS_STRIDE, answer=every_stride(_max_pool_images, 3)),
        *frame_slips(
            _framed,
            tuple(n for n in BATCH if n not in HARMLESS),
        ),
        Slip(
            "max-across-channels",
            Text(
                "The largest number was taken over all channels. Each channel"
                " is pooled on its own: look at the axes of the maximum.",
                "すべてのチャンネルをまとめて最大値をとっています。プーリング"
                "はチャンネルごとです。最大値をとる軸を見直しましょう。",
            ),
            answer=_like(1),
            also=(
                _then(lambda y: y.max(axis=1)),
                _then(lambda y: y.max(axis=1, keepdims=True)),
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
            answer=_like((0, 1)),
            also=(_like(0), _then(lambda y: y.max(axis=0))),
        ),
        Slip(
            "channels-summed",
            Text(
                "The channels were added, as in a convolution. Pooling keeps"
                " them apart: C stays what it was.",
                "畳み込みのように、チャンネルを足しています。プーリングではチ"
                "ャンネルを分けたままにします。C は変わりません。",
            ),
            answer=_then(lambda y: y.sum(axis=1)),
            also=(_then(lambda y: y.sum(axis=1, keepdims=True)),),
        ),
        Slip(
            *FIRST_IMAGE_ONLY,
            answer=_then(lambda y: y[:1]),
            also=(_then(lambda y: y[0]),),
        ),
        Slip(
            *FIRST_IMAGE_FOR_ALL,
            answer=_then(lambda y: np.repeat(y[:1], len(y), axis=0)),
        ),
        Slip(
            *FIRST_CHANNEL_ONLY,
            answer=_then(lambda y: y[:, :1]),
            also=(_then(lambda y: y[:, 0]),),
        ),
        Slip(
            *FIRST_CHANNEL_FOR_ALL,
            answer=_then(lambda y: np.repeat(y[:, :1], y.shape[1], axis=1)),
        ),
        Slip(*CHANNELS_LAST, answer=_then(lambda y: y.transpose(0, 2, 3, 1))),
        Slip(
            "channels-before-images",
            Text(
                "The numbers are right, but the channels stand before the"
                " images. The images come first.",
                "数は合っていますが、チャンネルが画像より前の軸になっていま"
                "す。画像の軸が先です。",
            ),
            answer=_then(lambda y: y.swapaxes(0, 1)),
        ),
        Slip(
            *TURNED,
            answer=lambda x, pool_h, pool_w, stride, pad: _max_pool_images(
                x, pool_w, pool_h, stride, pad
            ),
        ),
        Slip(
            "mean-for-max",
            Text(
                "These are the means of the windows. Max pooling keeps the"
                " largest number.",
                "窓の平均になっています。マックスプーリングでは最大値を残しま"
                "す。",
            ),
            answer=_mean,
        ),
        Slip(*MIN_FOR_MAX, answer=_smallest),
        Slip(*MAXIMUM_FROM_ZERO, answer=_then(lambda y: np.maximum(y, 0))),
        rounded(_max_pool_images),
        Slip(
            "pads-the-result",
            Text(
                "The frame was laid around the result. It belongs around the"
                " image, before the window moves.",
                "結果のまわりに枠を付けています。枠は、窓を動かす前の画像に付"
                "けます。",
            ),
            answer=lambda x, pool_h, pool_w, stride, pad: frame(
                _max_pool_images(x, pool_h, pool_w, stride), pad, -np.inf
            ),
            also=(
                lambda x, pool_h, pool_w, stride, pad: frame(
                    _max_pool_images(x, pool_h, pool_w, stride), pad, 0
                ),
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
