"""What several exercises of lesson 5_2 use."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import (
    ABSOLUTE,
    FLAT,
    NEGATIVE_CUT_OFF,
    SINGLE_NUMBER,
    ignoring,
)
from course_lib.exercises.model import Slip
from course_lib.exercises.walks import (
    LOOPS_STRIDE,
    every_stride,
    right_start,
    walk_slips,
    windows_at,
)
from course_lib.layers import AveragePooling, MaxPooling
from course_lib.text import Text

TURNED = (
    "height-and-width-swapped",
    Text(
        "The window lies on its side: `pool_h` is the number of rows,"
        " `pool_w` the number of columns.",
        "窓の縦と横が逆です。`pool_h` が行の数、`pool_w` が列の数です。",
    ),
)


def fractions(rng, *shape):
    """Return multiples of a quarter from -9 to 9, exact in float32 too."""
    return rng.integers(-36, 37, shape) / 4


def pool_with(layer, x):
    """Return the result of a pooling layer for one image (H, W)."""
    return layer.forward(x[np.newaxis, np.newaxis])[0, 0]


def max_pooled(x, pool_h, pool_w, stride):
    return pool_with(MaxPooling(pool_h, pool_w, stride), x)


def average_pooled(x, pool_h, pool_w, stride):
    return pool_with(AveragePooling(pool_h, pool_w, stride), x.astype(float))


def image_cases():
    """Return images; the last three: integers, negative only, float32."""
    rng = np.random.default_rng(521)
    settings = [
        ((4, 4), 2, 2, 2),
        ((6, 9), 2, 3, 3),
        ((7, 5), 3, 2, 1),
        ((8, 7), 2, 2, 3),
        ((5, 8), 4, 3, 2),
        ((9, 6), 3, 4, 2),
    ]
    cases = [(fractions(rng, *x), *rest) for x, *rest in settings]
    whole = rng.integers(-9, 10, (7, 6)), 3, 2, 2
    negative = -1.25 - np.abs(fractions(rng, 6, 5)), 2, 3, 2
    single = fractions(rng, 5, 7).astype(np.float32), 2, 3, 1
    return [*cases, whole, negative, single]


def pooled_by(use, start=right_start, end=None):
    """Return an answer as a loop: use(window) makes each number.

    start, end: as in `walks`. Works on (H, W) and on (N, C, H, W).
    """

    def answer(x, pool_h, pool_w, stride):
        OH = (x.shape[-2] - pool_h) // stride + 1
        OW = (x.shape[-1] - pool_w) // stride + 1
        y = np.zeros((*x.shape[:-2], OH, OW))
        size = (OH, OW)
        at = windows_at(x, pool_h, pool_w, size, stride, start, end)
        for i, j, window in at:
            y[..., i, j] = use(window, axis=(-2, -1))
        return y

    return answer


def _square(reference, pick):
    """Return the answer that moves by the height, or width, of the window."""
    return lambda x, pool_h, pool_w, stride: reference(
        x, pool_h, pool_w, pick(pool_h, pool_w)
    )


def _side_by_side(use):
    def answer(x, pool_h, pool_w, stride):
        OH, OW = x.shape[0] // pool_h, x.shape[1] // pool_w
        blocks = x[: OH * pool_h, : OW * pool_w]
        return use(blocks.reshape(OH, pool_h, OW, pool_w), axis=(1, 3))

    return answer


def loop_slips(reference, use):
    """Return the slips of a window that moves over one image.

    reference: the right pooling; use: what it does with a window.
    """
    return (
        *walk_slips(
            lambda start, end: pooled_by(use, start, end),
            "stride-counted-not-walked",
            "stride-on-one-axis",
            "stride-added-not-multiplied",
            "divided-by-stride",
            "window-does-not-move",
            "window-moves-one-way-only",
            "window-grows",
            "slice-ends-at-stride",
            "window-one-too-small",
            "window-one-too-large",
            "height-for-width",
        ),
        Slip(
            *LOOPS_STRIDE,
            answer=every_stride(reference, 3),
        ),
        Slip(
            *TURNED,
            answer=lambda x, pool_h, pool_w, stride: reference(
                x, pool_w, pool_h, stride
            ),
        ),
        Slip(
            "window-size-for-stride",
            Text(
                "The window moves by its own size. It should move by `stride`,"
                " which may be shorter or longer.",
                "窓が自分の大きさだけ動いています。動く幅は `stride` で、窓よ"
                "り短いことも長いこともあります。",
            ),
            answer=_side_by_side(use),
            also=(
                _square(reference, lambda h, w: h),
                _square(reference, lambda h, w: w),
            ),
        ),
        *ignoring(reference, 3),
        Slip(
            "last-place-missing",
            Text(
                "The last row, the last column, or both are missing. The"
                " place where the window starts counts too.",
                "出力の最後の行か列が足りません。最初に置いた場所も 1 つと数"
                "えます。",
            ),
            answer=lambda *case: reference(*case)[:-1, :-1],
            also=(
                lambda *case: reference(*case)[:-1],
                lambda *case: reference(*case)[:, :-1],
            ),
        ),
        Slip(
            "one-axis-only",
            Text(
                "Rows and columns of the window were not reduced together:"
                " the result has an axis too many. A window of two axes must"
                " give one number.",
                "窓の行と列の片方しかまとめていないため、軸が 1 つ多くなって"
                "います。1 つの窓から、数は 1 つだけできます。",
            ),
            answer=_one_axis(use, 3),
            also=(_one_axis(use, 2),),
        ),
        Slip(
            "same-everywhere",
            Text(
                "Every place has the same number, that of the whole image."
                " Each window has its own: is it cut out of `x`?",
                "どこも同じ数で、画像全体の値になっています。`x` から窓を切り"
                "出していますか。",
            ),
            answer=lambda x, *rest: np.full(
                reference(x, *rest).shape, use(x, axis=(0, 1))
            ),
        ),
        Slip(
            *SINGLE_NUMBER,
            answer=lambda x, pool_h, pool_w, stride: float(
                use(x[:pool_h, :pool_w], axis=(0, 1))
            ),
        ),
        Slip(
            "everything-in-one-number",
            Text(
                "A single number came back, that of the whole image. Each"
                " window has a number of its own.",
                "画像全体の値が 1 つだけ返っています。窓ごとに 1 つの数が必要"
                "です。",
            ),
            answer=lambda x, *rest: float(use(x, axis=(0, 1))),
        ),
        Slip(*FLAT, answer=lambda *case: reference(*case).ravel()),
        Slip(
            *NEGATIVE_CUT_OFF,
            answer=lambda *case: np.maximum(reference(*case), 0),
        ),
        Slip(
            *ABSOLUTE,
            answer=lambda x, *rest: reference(np.abs(x), *rest),
            also=(lambda *case: np.abs(reference(*case)),),
        ),
    )


def _one_axis(use, axis):
    def answer(x, pool_h, pool_w, stride):
        windows = np.lib.stride_tricks.sliding_window_view(x, (pool_h, pool_w))
        return use(windows[::stride, ::stride], axis=axis)

    return answer
