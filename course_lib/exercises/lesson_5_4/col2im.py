"""Exercise 5_4/col2im: col2im: overwrite or sum."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.kinds import rounded
from course_lib.exercises.lesson_5_4.shared import (
    CHANNELS_LAST,
    COLUMN_ORDER,
    images,
    slice_at,
)
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


def _right_parts(col, N, C, FH, FW, OH, OW):
    """Return what each pixel of the filter brings, (N, C, FH, FW, OH, OW)."""
    parts = col.reshape(N, OH, OW, C, FH, FW)
    return parts.transpose(0, 3, 4, 5, 1, 2)


def _put_back(
    case, is_backward=None, split=_right_parts, reverse=False, step=None
):
    """Return the padded image that col2im would crop.

    is_backward: instead of the case's. split: instead of the right one.
    reverse: visit the filter's pixels from last to first, which is what a
    loop over the positions does when it overwrites. step: instead of the
    stride.
    """
    col, (N, C, H, W), filter_h, filter_w, stride, pad, flag = case
    OH = conv_output_size(H, filter_h, stride, pad)
    OW = conv_output_size(W, filter_w, stride, pad)
    parts = split(col, N, C, filter_h, filter_w, OH, OW)
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


def _split_as(split):
    """Return the answer that splits the rows in another way."""
    return lambda *case: _cropped(case, split=split)


def _kept(keep):
    """Return a split whose other pixels of the filter bring nothing.

    keep(k, count): whether pixel k of the filter is put back.
    """

    def split(*sizes):
        parts = np.array(_right_parts(*sizes))
        FH, FW = parts.shape[2:4]
        for k in range(FH * FW):
            if not keep(k, FH * FW):
                parts[:, :, k // FW, k % FW] = 0
        return parts

    return split


def _averaged(col, *rest):
    if not rest[-1]:
        return col2im(col, *rest)
    counts = col2im(np.ones_like(col), *rest)
    return col2im(col, *rest) / np.maximum(counts, 1)


def _cut_twice(*case):
    (H, W), pad = case[1][2:], case[5]
    start = 2 * pad
    return _put_back(case)[:, :, start : start + H, start : start + W]


def _first_image(*case):
    img = col2im(*case)
    img[1:] = 0
    return img


def _from_ones(*case):
    return col2im(*case) + (1 if case[-1] else 0)


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
            answer=_split_as(
                lambda col, N, C, FH, FW, OH, OW: col.reshape(
                    N, C, FH, FW, OH, OW
                )
            ),
            also=(
                _split_as(
                    lambda col, N, C, FH, FW, OH, OW: col.reshape(
                        N, C, OH, OW, FH, FW
                    ).transpose(0, 1, 4, 5, 2, 3)
                ),
            ),
        ),
        Slip(
            *CHANNELS_LAST,
            answer=_split_as(
                lambda col, N, C, FH, FW, OH, OW: col.reshape(
                    N, OH, OW, FH, FW, C
                ).transpose(0, 5, 3, 4, 1, 2)
            ),
        ),
        Slip(
            "fy-and-fx-swapped",
            Text(
                "Inside each window rows and columns changed places: split"
                " the row as C, filter_h, filter_w, the width last.",
                "窓の中で、行と列が入れ替わっています。1 行は C, filter_h,"
                " filter_w の順に分けます。幅が最後です。",
            ),
            answer=_split_as(
                lambda col, N, C, FH, FW, OH, OW: col.reshape(
                    N, OH, OW, C, FW, FH
                ).transpose(0, 3, 5, 4, 1, 2)
            ),
        ),
        Slip(
            *COLUMN_ORDER,
            answer=_split_as(
                lambda col, N, C, FH, FW, OH, OW: col.reshape(
                    N, OW, OH, C, FH, FW
                ).transpose(0, 3, 4, 5, 2, 1)
            ),
        ),
        Slip(
            "window-reversed",
            Text(
                "Inside each window the pixels run the other way. `fy` and"
                " `fx` count from the upper left pixel of the window.",
                "窓の中で、画素の順番が逆です。`fy` と `fx` は、窓の左上の画素"
                "から数えます。",
            ),
            answer=_split_as(
                lambda *sizes: _right_parts(*sizes)[:, :, ::-1, ::-1]
            ),
        ),
        Slip(
            "overlaps-averaged",
            Text(
                "Where windows overlap, their numbers were averaged. With"
                " `is_backward=True` they are added, and nothing is divided.",
                "窓が重なる所で平均をとっています。`is_backward=True` では足す"
                "だけで、何でも割りません。",
            ),
            answer=_averaged,
        ),
        Slip(
            "cut-at-one-side",
            Text(
                "The padding was cut off on one side only: the image is the"
                " middle, from row pad to row pad + H.",
                "パディングを片側しか切り落としていません。画像は真ん中にあ"
                "り、pad 行目から pad + H 行目の手前までです。",
            ),
            answer=lambda *case: _put_back(case)[
                :, :, : case[1][2], : case[1][3]
            ],
            also=(lambda *case: _put_back(case)[:, :, case[5] :, case[5] :],),
        ),
        Slip(
            "cut-twice",
            Text(
                "Twice the padding was cut off on the upper left. It is `pad`"
                " wide on each side.",
                "左上からパディングの 2 倍を切り落としています。パディングの幅"
                "は、どの側も `pad` です。",
            ),
            answer=_cut_twice,
        ),
        Slip(
            "nothing-written",
            Text(
                "The image is all 0: what you wrote went into a copy, or"
                " `view = ...` only gave the name to another array."
                " `view[...] = part` and `view += part` write into `img`.",
                "画像がすべて 0 です。コピーに書き込んだか、`view = ...` で名"
                "前を別の配列に付け替えただけです。`view[...] = part` や `view"
                " += part` なら `img` に書き込まれます。",
            ),
            answer=lambda col, input_shape, *sizes: np.zeros(input_shape),
        ),
        Slip(
            "one-offset-only",
            Text(
                "Only one pixel of the filter was put back. Make the image"
                " before the loops, and return it behind them.",
                "フィルターの 1 画素分しか戻っていません。画像はループの前に作"
                "り、ループの後で返します。",
            ),
            answer=_split_as(_kept(lambda k, count: k == count - 1)),
            also=(_split_as(_kept(lambda k, count: k == 0)),),
        ),
        Slip(
            "last-offset-missing",
            Text(
                "The last pixel of the filter was not put back. How far do"
                " the loops over `fy` and `fx` go?",
                "フィルターの最後の画素が戻っていません。`fy` と `fx` のループ"
                "は、どこまで進みますか。",
            ),
            answer=_split_as(_kept(lambda k, count: k < count - 1)),
        ),
        Slip(
            "first-image-only",
            Text(
                "Only the first image is filled. Every image of the batch has"
                " its rows in `col`.",
                "1 枚目の画像しか埋まっていません。`col` には、どの画像の行も"
                "あります。",
            ),
            answer=_first_image,
        ),
        Slip(
            "starts-with-ones",
            Text(
                "The sums are 1 too large: the image did not begin with"
                " zeros.",
                "加算の結果が 1 大きくなっています。最初の画像が 0 ではありま"
                "せん。",
            ),
            answer=_from_ones,
        ),
        rounded(col2im),
        Slip(
            "rows-rounded",
            Text(
                "What stands behind the point was lost before the numbers"
                " were added: the image holds integers. Give it `col.dtype`.",
                "足す前に小数点以下が消えています。画像が整数の配列です。"
                "`col.dtype` にしましょう。",
            ),
            answer=lambda col, *rest: col2im(np.trunc(col), *rest),
            also=(lambda col, *rest: col2im(np.floor(col), *rest),),
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
