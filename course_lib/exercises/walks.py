"""Slips of a moving window: where it begins, and where it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.exercises.model import Slip
from course_lib.text import Text

Corner = Callable[..., tuple[int, int]]


def right_start(i, j, stride):
    """Return the row and column where window (i, j) begins."""
    return i * stride, j * stride


def right_end(i, j, stride, height, width):
    """Return the row and column behind window (i, j)."""
    return i * stride + height, j * stride + width


def windows_at(x, height, width, size, stride, start, end=None):
    """Yield (i, j, window) for all places of an output of the size (OH, OW).

    start(i, j, stride) is where a window of x (..., H, W) begins;
    end(i, j, stride, height, width) is where it ends, None for as high and
    wide as it should be.
    """
    for i, j in np.ndindex(*size):
        top, left = start(i, j, stride)
        bottom, right = top + height, left + width
        if end is not None:
            bottom, right = end(i, j, stride, height, width)
        yield i, j, x[..., top:bottom, left:right]


# name -> (sentence, (start, end) that show it)
STARTS: dict[str, tuple[Text, tuple[tuple[Corner, Corner | None], ...]]] = {
    "stride-counted-not-walked": (
        Text(
            "The size is right, but the window moves by one. Output (i, j)"
            " belongs to the window that begins i strides further down.",
            "出力サイズは合っていますが、窓が 1 つずつしか動いていません。出"
            "力の i 行目は、ストライド i 歩ぶん下の窓に対応します。",
        ),
        ((lambda i, j, s: (i, j), None),),
    ),
    "stride-on-one-axis": (
        Text(
            "The window moves by the stride in one direction, but by one in"
            " the other. The stride holds for both.",
            "1 つの方向ではストライドどおりですが、もう 1 つの方向には 1 つ"
            "ずつしか動いていません。ストライドは両方向に効きます。",
        ),
        (
            (lambda i, j, s: (i * s, j), None),
            (lambda i, j, s: (i, j * s), None),
        ),
    ),
    "stride-added-not-multiplied": (
        Text(
            "The window at (i, j) begins at row i + stride. How many steps of"
            " `stride` lead to place i?",
            "(i, j) の窓が、i + stride 行目から始まっています。i 番目の場所ま"
            "でに、`stride` の歩幅で何歩進みますか。",
        ),
        ((lambda i, j, s: (i + s, j + s), None),),
    ),
    "divided-by-stride": (
        Text(
            "The window at (i, j) begins at row i // stride. A longer stride"
            " must lead further: multiply.",
            "(i, j) の窓が、i // stride 行目から始まっています。歩幅が大きい"
            "ほど遠くへ進むので、掛け算です。",
        ),
        ((lambda i, j, s: (i // s, j // s), None),),
    ),
    "rows-and-columns-swapped": (
        Text(
            "The window of output (i, j) begins at row j and column i. Which"
            " of the two loops counts the rows?",
            "出力 (i, j) の窓が、j 行 i 列から始まっています。行を数えている"
            "のはどちらのループですか。",
        ),
        ((lambda i, j, s: (j * s, i * s), None),),
    ),
    "window-does-not-move": (
        Text(
            "Every place holds the number of the first window. Where must the"
            " window of output (i, j) begin?",
            "どの場所にも最初の窓の値が入っています。出力 (i, j) の窓は、どこ"
            "から始まるはずですか。",
        ),
        ((lambda i, j, s: (0, 0), lambda i, j, s, h, w: (h, w)),),
    ),
    "window-moves-one-way-only": (
        Text(
            "The window moves in one direction only: all outputs of a row, or"
            " of a column, are the same. Both loops must move it.",
            "窓が 1 つの方向にしか動かず、同じ行か同じ列の出力がすべて等しく"
            "なっています。2 つのループの両方で動かします。",
        ),
        (
            (
                lambda i, j, s: (i * s, 0),
                lambda i, j, s, h, w: (i * s + h, w),
            ),
            (
                lambda i, j, s: (0, j * s),
                lambda i, j, s, h, w: (h, j * s + w),
            ),
        ),
    ),
    "window-grows": (
        Text(
            "Every window begins at the upper left corner of the image and"
            " grows. It must keep its size and move.",
            "どの窓も画像の左上から始まり、だんだん大きくなっています。窓は大"
            "きさを変えずに動きます。",
        ),
        ((lambda i, j, s: (0, 0), right_end),),
    ),
}
ENDS: dict[str, tuple[Text, tuple[tuple[Corner, Corner | None], ...]]] = {
    "slice-ends-at-stride": (
        Text(
            "The window is as long as the stride: its slice ends at (i + 1) *"
            " stride. It must end one window's height behind its start.",
            "窓の大きさがストライドと同じです。スライスが (i + 1) * stride で"
            "終わっています。始まりから窓の高さだけ進んだ所で終わるはずです。",
        ),
        (
            (
                right_start,
                lambda i, j, s, h, w: ((i + 1) * s, (j + 1) * s),
            ),
        ),
    ),
    "window-one-too-small": (
        Text(
            "The last row and column of each window are missing. The end of a"
            " slice does not belong to it any more.",
            "どの窓にも、最後の行と列が入っていません。スライスの終わりの番号"
            "は、スライスに含まれません。",
        ),
        (
            (
                right_start,
                lambda i, j, s, h, w: (i * s + h - 1, j * s + w - 1),
            ),
        ),
    ),
    "window-one-too-large": (
        Text(
            "Each window has a row and a column too many. The end of a slice"
            " does not belong to it, so nothing is added to it.",
            "どの窓も、行と列が 1 つずつ多くなっています。スライスの終わりの"
            "番号は含まれないので、1 を足しません。",
        ),
        (
            (
                right_start,
                lambda i, j, s, h, w: (i * s + h + 1, j * s + w + 1),
            ),
        ),
    ),
    "window-end-without-stride": (
        Text(
            "The window begins at i * stride, but ends at i plus its height:"
            " the further it goes, the smaller it gets.",
            "窓は i * stride から始まるのに、i ＋窓の高さで終わっています。進"
            "むほど窓が小さくなります。",
        ),
        ((right_start, lambda i, j, s, h, w: (i + h, j + w)),),
    ),
    "height-for-width": (
        Text(
            "The window is square: the same number was used for its height"
            " and its width.",
            "窓が正方形になっています。高さと幅に同じ数を使っています。",
        ),
        (
            (right_start, lambda i, j, s, h, w: (i * s + h, j * s + h)),
            (right_start, lambda i, j, s, h, w: (i * s + w, j * s + w)),
        ),
    ),
}


def walk_slips(
    answer: Callable[[Corner, Corner | None], Any], *names: str
) -> tuple[Slip, ...]:
    """Return the slips of a moving window of one exercise.

    answer(start, end): an answer that is right but for these two.
    names: which of STARTS and ENDS can happen there.
    """
    found = []
    for name in names:
        text, (first, *more) = (STARTS | ENDS)[name]
        also = tuple(answer(*wrong) for wrong in more)
        found.append(Slip(name, text, answer=answer(*first), also=also))
    return tuple(found)


LOOPS_STRIDE = (
    "loops-step-by-stride",
    Text(
        "Only every `stride`-th place of the output is filled: the loops"
        " themselves step by the stride. Let them count the outputs, and"
        " multiply: the window begins at i * stride.",
        "出力が `stride` おきにしか埋まっていません。ループの変数をストライド"
        "ずつ進めています。出力を 1 つずつ数え、窓を i * stride から始めま"
        "す。",
    ),
)


def every_stride(reference: Callable[..., Any], stride: int) -> Any:
    """Return the answer whose loops step by the stride over the output.

    stride: the place of this argument. The window at (i, j) begins there.
    """

    def answer(*case):
        y = np.zeros(reference(*case).shape)
        step = case[stride]
        dense = list(case)
        dense[stride] = 1
        OH, OW = y.shape[-2:]
        dense = reference(*dense)[..., :OH, :OW]
        y[..., ::step, ::step] = dense[..., ::step, ::step]
        return y

    return answer
