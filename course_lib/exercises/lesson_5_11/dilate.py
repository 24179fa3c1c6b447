"""Exercise 5_11/dilate: a filter with holes."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import rounded
from course_lib.exercises.lesson_5_11.shared import maps
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def dilate(W, dilation):
    """Return W with dilation - 1 zeros between its numbers."""
    FN, C, FH, FW = W.shape
    size = (dilation * (FH - 1) + 1, dilation * (FW - 1) + 1)
    holes = np.zeros((FN, C, *size), W.dtype)
    holes[:, :, ::dilation, ::dilation] = W
    return holes


def _zeros_behind(W, dilation):
    FN, C, FH, FW = W.shape
    holes = np.zeros((FN, C, dilation * FH, dilation * FW), W.dtype)
    holes[:, :, ::dilation, ::dilation] = W
    return holes


def _repeated(W, dilation):
    return W.repeat(dilation, axis=2).repeat(dilation, axis=3)


def _cut(big, W, dilation):
    """Cut a large filter to the size of the right one."""
    FH, FW = W.shape[2:]
    return big[:, :, : dilation * (FH - 1) + 1, : dilation * (FW - 1) + 1]


def _in_the_corner(W, dilation):
    holes = np.zeros_like(dilate(W, dilation))
    holes[:, :, : W.shape[2], : W.shape[3]] = W
    return holes


def _in_the_middle(W, dilation):
    FH, FW = W.shape[2:]
    holes = np.zeros_like(dilate(W, dilation))
    top, left = (holes.shape[2] - FH) // 2, (holes.shape[3] - FW) // 2
    holes[:, :, top : top + FH, left : left + FW] = W
    return holes


def _all_axes(W, dilation):
    spread = tuple(slice(None, None, dilation) for _ in W.shape)
    size = [dilation * (n - 1) + 1 for n in W.shape]
    holes = np.zeros(size, W.dtype)
    holes[spread] = W
    return holes


EXERCISE = Exercise(
    name="dilate",
    title=Text("A filter with holes", "すき間のあるフィルター"),
    reference=dilate,
    cases=lambda: [
        (maps(2, 1, 3, 3), 2),
        (maps(1, 3, 2, 3, seed=1), 3),
        (maps(3, 2, 3, 2, seed=2), 1),
        (maps(2, 2, 1, 4, seed=3), 2),
        (maps(4, 3, 2, 2, seed=4).astype(np.float32), 4),
        (maps(1, 1, 5, 3, seed=5), 2),
    ],
    slips=(
        Slip(
            "dilation-ignored",
            Text(
                "The filter came back as it was. Its numbers must move apart.",
                "フィルターが元のまま返っています。数と数の間を空けます。",
            ),
            answer=lambda W, dilation: W.copy(),
        ),
        Slip(
            "zeros-behind-the-last",
            Text(
                "Zeros also stand behind the last row or column. Holes lie"
                " *between* the numbers: D (FH - 1) + 1 rows.",
                "最後の行や列の後ろにも 0 があります。0 が入るのは数の*間*だけ"
                "なので、D (FH - 1) + 1 行です。",
            ),
            answer=_zeros_behind,
            also=(
                lambda W, dilation: _zeros_behind(W, dilation)[
                    :, :, : dilation * (W.shape[2] - 1) + 1
                ],
                lambda W, dilation: _zeros_behind(W, dilation)[
                    ..., : dilation * (W.shape[3] - 1) + 1
                ],
            ),
        ),
        Slip(
            "one-hole-too-many",
            Text(
                "D zeros stand between two numbers. Dilation D means D pixels"
                " from one number to the next: D - 1 holes.",
                "数の間に 0 が D 個あります。ダイレーション D は、隣の数まで D"
                " 画素という意味なので、0 は D - 1 個です。",
            ),
            answer=lambda W, dilation: dilate(W, dilation + 1),
        ),
        Slip(
            "one-hole-too-few",
            Text(
                "The numbers stand too close: dilation D means D pixels from"
                " one number to the next, and D = 1 changes nothing.",
                "数の間が狭すぎます。ダイレーション D は、隣の数まで D 画素と"
                "いう意味で、D = 1 なら元のままです。",
            ),
            answer=lambda W, dilation: dilate(W, max(dilation - 1, 1)),
        ),
        Slip(
            "repeated-not-spread",
            Text(
                "The numbers were repeated. Between them stand zeros: no"
                " weight lies on those pixels.",
                "数を繰り返しています。間に入るのは 0 です。その画素に重みはあ"
                "りません。",
            ),
            answer=_repeated,
            also=(lambda W, D: _cut(_repeated(W, D), W, D),),
        ),
        Slip(
            "one-axis-only",
            Text(
                "The filter was spread along one axis only. Rows and columns"
                " both move apart.",
                "片方の軸にしか広げていません。行も列も間を空けます。",
            ),
            answer=lambda W, D: dilate(W, D)[:, :, ::D],
            also=(lambda W, D: dilate(W, D)[..., ::D],),
        ),
        Slip(
            "not-spread",
            Text(
                "The size is right, but the numbers stand side by side. Write"
                " them to every D-th place: `[::D]`.",
                "大きさは合っていますが、数が隣り合ったままです。D 個おきの場"
                "所に書き込みます（`[::D]`）。",
            ),
            answer=_in_the_corner,
            also=(_in_the_middle,),
        ),
        Slip(
            "height-for-width",
            Text(
                "Height and width were mixed up: FH rows and FW columns are"
                " spread each by itself.",
                "高さと幅を取り違えています。FH 行と FW 列を別々に広げます。",
            ),
            answer=lambda W, D: dilate(W.swapaxes(2, 3), D),
            also=(
                lambda W, D: np.pad(
                    dilate(W, D),
                    (
                        (0, 0),
                        (0, 0),
                        (0, 0),
                        (0, max(0, D * (W.shape[2] - W.shape[3]))),
                    ),
                ),
            ),
        ),
        Slip(
            "other-axes",
            Text(
                "Filters or channels were moved apart as well. The holes lie"
                " in the last two axes, FH and FW.",
                "フィルターやチャンネルの間も空けています。広げるのは最後の 2 "
                "つの軸、FH と FW だけです。",
            ),
            answer=lambda W, D: np.einsum(
                "ncyx->yxnc", dilate(np.einsum("ncyx->yxnc", W), D)
            ),
            also=(_all_axes,),
        ),
        Slip(
            "every-second-number",
            Text(
                "Numbers of the filter were left out. All stay, only farther"
                " apart.",
                "フィルターの数を間引いています。数はすべて残り、間が広がるだ"
                "けです。",
            ),
            answer=lambda W, D: W[:, :, ::D, ::D],
        ),
        Slip(
            "scaled-by-dilation",
            Text(
                "The numbers were multiplied by D. They only move apart.",
                "数そのものに D を掛けています。位置が離れるだけです。",
            ),
            answer=lambda W, D: W * D,
            also=(lambda W, D: dilate(W, D) * D,),
        ),
        Slip(
            "ones-for-zeros",
            Text(
                "Ones stand in the holes. The pixels there must not count:"
                " zeros.",
                "すき間に 1 が入っています。そこの画素は数えないので、0 で"
                "す。",
            ),
            answer=lambda W, D: dilate(W, D) + 1 - dilate(np.ones_like(W), D),
        ),
        rounded(dilate),
    ),
    hints=(
        Text(
            "How many rows has a 3x3 filter with D = 2? Where do its numbers"
            " stand?",
            "3×3 のフィルターは、D = 2 のとき何行になりますか。数はどこに立ち"
            "ますか。",
        ),
        Text(
            "Begin with zeros of D (FH - 1) + 1 rows, and write W to every"
            " D-th row and column: a slice with a step.",
            "D (FH - 1) + 1 行の 0 の配列から始め、D 行おき、D 列おきに W を書"
            "き込みます。歩幅のあるスライスを使います。",
        ),
        Text(
            "holes[:, :, ::dilation, ::dilation] = W",
            "holes[:, :, ::dilation, ::dilation] = W",
        ),
    ),
)
