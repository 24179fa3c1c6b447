"""Exercise 5_6/backward: the class: backward."""

from __future__ import annotations

import numpy as np

from course_lib.exercises import rounds
from course_lib.exercises.lesson_5_6.shared import (
    COLUMNS_RETURNED,
    CUT_TO_WHOLE,
    CUT_WHEN_ZERO,
    DOUT_AXES,
    DOUT_RESHAPED,
    DX_ACCUMULATES,
    NOT_CUT,
    ONES_FOR_DOUT,
    OVERWRITTEN,
    STRIDE_IN_BACKWARD,
    DoutReshaped,
    Overwritten,
    Rows,
    accumulating,
    columns_returned,
    cut_when_zero,
    dout_axes,
    first_call,
    images_with_dout,
    not_cut,
    other_axes,
    run_backward,
    scattered,
    winner,
    with_dout,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import MaxPooling
from course_lib.text import Text


class _AllTies(Rows):
    def share(self, rows):
        return rows == rows.max(axis=1, keepdims=True)


class _TiesShared(_AllTies):
    def share(self, rows):
        tied = super().share(rows)
        return tied / tied.sum(axis=1, keepdims=True)


class _LastTie(Rows):
    def share(self, rows):
        return super().share(rows[:, ::-1])[:, ::-1]


class _Evenly(Rows):
    def share(self, rows):
        return np.full(rows.shape, 1 / rows.shape[1])


class _ToAll(Rows):
    def share(self, rows):
        return np.ones(rows.shape)


class _Smallest(Rows):
    def share(self, rows):
        return super().share(-rows)


class _SmallestPixel(Rows):
    def share(self, rows):
        return super().share(np.where(np.isinf(rows), -np.inf, -rows))


class _PositiveMaxima(Rows):
    def share(self, rows):
        return super().share(rows) * (rows.max(axis=1, keepdims=True) > 0)


class _TimesX(Rows):
    def share(self, rows):
        return super().share(rows) * rows.max(axis=1, keepdims=True)


class _ZeroPadding(Rows):
    lowest = 0


class _EdgePadding(Rows):
    """Repeat the border: its copy in the padding comes first and wins."""

    def forward(self, x):
        p = self.pad
        wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="edge")
        self.inner = Rows(*self.window, self.stride)
        return self.inner.forward(wide)

    def backward(self, dout):
        dx = self.inner.backward(dout)
        p, (H, W) = self.pad, dx.shape[2:]
        return dx[:, :, p : H - p, p : W - p]


class _FirstPlaces(Rows):
    """Keep the windows of the first input for ever."""

    first = None

    def forward(self, x):
        out = super().forward(x)
        self.first = self.cells if self.first is None else self.first
        self.cells = self.first
        return out


def _overwrite(dx, window, top, left, delta, i, j):
    a, b = winner(window)
    dx[top + a, left + b] = delta


def _not_strided(dx, window, top, left, delta, i, j):
    a, b = winner(window)
    dx[i + a, j + b] += delta


def _in_window_only(dx, window, top, left, delta, i, j):
    dx[winner(window)] += delta


def _cut(dx, window, top, left, delta, i, j):
    """Add into an array of integers."""
    a, b = winner(window)
    dx[top + a, left + b] = np.trunc(dx[top + a, left + b] + delta)


def _right(dx, window, top, left, delta, i, j):
    a, b = winner(window)
    dx[top + a, left + b] += delta


class _AddedToX(scattered(_right, Rows)):
    def backward(self, dout):
        p = self.pad
        H, W = self.x_shape[2:]
        x = self.wide[:, :, p : p + H, p : p + W]
        return x + super().backward(dout)


def _without_last(axis):
    def change(dout, layer):
        dout = dout.copy()
        dout[(slice(None),) * axis + (-1,)] = 0
        return dout

    return with_dout(change, Rows)


EXERCISE = Exercise(
    name="backward",
    title=Text("The class: backward", "クラスの逆伝播"),
    reference=MaxPooling,
    cases=images_with_dout,
    run=run_backward,
    parts=rounds.parts("out", "dx"),
    slips=(
        Slip(
            "all-ties-get-gradient",
            Text(
                "Where several pixels of a window are equally large, each"
                " got the whole gradient. Only one may, the first.",
                "窓の中に同じ最大値がいくつかあるとき、そのすべてに勾配が"
                "丸ごと届いています。届けるのは最初の 1 つだけです。",
            ),
            answer=_AllTies,
        ),
        Slip(
            "ties-share-gradient",
            Text(
                "Equally large pixels share the gradient. That could be"
                " defended, but here the first one gets it all, as with"
                " np.argmax.",
                "同じ最大値の画素で勾配を分け合っています。そういう考え方"
                "もありますが、ここでは np.argmax と同じく、最初の 1 つに"
                "すべて届けます。",
            ),
            answer=_TiesShared,
        ),
        Slip(
            "last-of-ties",
            Text(
                "Of equally large pixels the last one got the gradient."
                " np.argmax takes the first.",
                "同じ最大値の画素のうち、最後のものに勾配が届いています。"
                "np.argmax が選ぶのは最初のものです。",
            ),
            answer=_LastTie,
        ),
        Slip(
            "overlaps-overwritten",
            OVERWRITTEN,
            answer=Overwritten,
            also=(scattered(_overwrite, Rows),),
        ),
        Slip(
            "dout-reshaped-not-transposed",
            DOUT_RESHAPED,
            answer=DoutReshaped,
        ),
        Slip(
            *DOUT_AXES,
            answer=dout_axes((0, 3, 2, 1)),
            also=other_axes(),
        ),
        Slip(
            "spread-evenly",
            Text(
                "The gradient was shared by all pixels of a window. That"
                " is average pooling; here the largest gets it all.",
                "勾配が窓の中の全画素に分けられています。それは平均プーリ"
                "ングです。ここでは最大の画素がすべて受け取ります。",
            ),
            answer=_Evenly,
        ),
        Slip(
            "gradient-to-all",
            Text(
                "Every pixel of a window got the whole gradient. Only the"
                " largest reached the output, so only it gets one.",
                "窓のすべての画素に勾配が丸ごと届いています。出力に届いたのは"
                "最大の画素だけなので、勾配もそこにだけ届けます。",
            ),
            answer=_ToAll,
        ),
        Slip(
            "ones-for-dout",
            ONES_FOR_DOUT,
            answer=with_dout(lambda dout, layer: np.ones_like(dout), Rows),
        ),
        Slip(
            "only-positive",
            Text(
                "Negative numbers of dout became 0. Every gradient is put"
                " back, whatever its sign.",
                "dout の負の値が 0 になっています。符号にかかわらず、どの勾配"
                "も届けます。",
            ),
            answer=with_dout(lambda dout, _: np.maximum(dout, 0), Rows),
        ),
        Slip(
            "only-positive-maxima",
            Text(
                "A window whose maximum is negative sends no gradient. Its"
                " largest pixel reached the output as well.",
                "最大値が負の窓から、勾配が届いていません。負でも、最大の画素"
                "は出力に届いています。",
            ),
            answer=_PositiveMaxima,
        ),
        Slip(
            "smallest-gets-gradient",
            Text(
                "The gradient went to the smallest number of each window, not"
                " to the largest.",
                "勾配が、窓の最大ではなく最小の数に届いています。",
            ),
            answer=_Smallest,
            also=(_SmallestPixel,),
        ),
        Slip(
            "multiplied-by-x",
            Text(
                "The gradient was multiplied with the pixel. The maximum grows"
                " as much as its pixel does: the factor is 1.",
                "勾配に画素の値を掛けています。最大値は画素と同じだけ増えるの"
                "で、掛ける数は 1 です。",
            ),
            answer=_TimesX,
        ),
        Slip(
            "padding-takes-gradient",
            Text(
                "At the border some gradients are lost: the padding holds"
                " copies of the pixels, and argmax takes the first of equal"
                " numbers. Choose a padding that never wins.",
                "端で勾配が失われています。パディングが画素のコピーなので、"
                "argmax が先にあるパディングのほうを選んでしまいます。決して最"
                "大にならない数で埋めます。",
            ),
            answer=_EdgePadding,
        ),
        Slip(
            "pads-with-zero",
            Text(
                "The padding holds zeros, and they win where all pixels of a"
                " window are negative. See forward.",
                "パディングの 0 が、画素がすべて負の窓で最大になっています。"
                "forward を見直してください。",
            ),
            answer=_ZeroPadding,
        ),
        Slip(
            "stride-ignored-in-backward",
            STRIDE_IN_BACKWARD,
            answer=scattered(_not_strided, Rows),
        ),
        Slip(
            "place-in-window-only",
            Text(
                "Every gradient went to the upper left corner: argmax tells"
                " the place within the window. Add where the window begins.",
                "どの勾配も左上の角に届いています。argmax は窓の中の位置です。"
                "窓の始まりの位置を足してください。",
            ),
            answer=scattered(_in_window_only, Rows),
        ),
        Slip(
            "gradients-added-to-x",
            Text(
                "dx begins with the numbers of x. It begins with zeros.",
                "dx が x の値から始まっています。0 から始めます。",
            ),
            answer=_AddedToX,
        ),
        Slip(
            "last-windows-left-out",
            Text(
                "The last row or column of windows sends no gradient. How far"
                " do the loops go?",
                "最後の行（または列）の窓から、勾配が届いていません。ループは"
                "どこまで回っていますか。",
            ),
            answer=_without_last(2),
            also=(_without_last(3),),
        ),
        Slip("padding-not-cut-off", NOT_CUT, answer=not_cut(Rows)),
        Slip(
            "padding-cut-when-zero", CUT_WHEN_ZERO, answer=cut_when_zero(Rows)
        ),
        Slip("dcol-returned", COLUMNS_RETURNED, answer=columns_returned(Rows)),
        Slip(
            "gradients-cut-to-whole-numbers",
            CUT_TO_WHOLE,
            answer=with_dout(lambda dout, _: np.trunc(dout), Rows),
            also=(scattered(_cut, Rows),),
        ),
        Slip(
            "gradients-accumulate", DX_ACCUMULATES, answer=accumulating(Rows)
        ),
        rounds.later_call_differs(first_call(MaxPooling), _FirstPlaces),
    ),
    hints=(
        Text(
            "What did forward do step by step? Which step undoes each?",
            "順伝播では何をどの順に行いましたか。それぞれを逆にたどる"
            "操作は何ですか。",
        ),
        Text(
            "put_back gives rows of PH*PW; col2im wants rows of C*PH*PW:"
            " the reshape of forward, backwards.",
            "put_back の行の幅は PH*PW、col2im が受け取る行の幅は C*PH*PW "
            "です。順伝播の reshape を逆に行います。",
        ),
        Text(
            "rows = check.use('put_back')(dout, self.argmax, PH * PW)",
            "rows = check.use('put_back')(dout, self.argmax, PH * PW)",
        ),
    ),
)
