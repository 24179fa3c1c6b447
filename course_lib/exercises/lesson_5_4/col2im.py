"""Exercise 5_4/col2im: col2im: overwrite or sum."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.lesson_5_4.shared import images, slice_at
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import col2im, conv_output_size, im2col
from course_lib.text import Text


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
        col = im2col(images(*shape), filter_h, filter_w, stride, pad)
        if is_backward:
            col = images(*col.shape)
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
        view = slice_at(img, fy, fx, OH, OW, step or stride)
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


EXERCISE = Exercise(
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
