"""Exercise 5_6/average_backward: average pooling: backward."""

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
    AverageRows,
    DoutReshaped,
    Mean,
    Overwritten,
    accumulating,
    columns_returned,
    cut_when_zero,
    dout_axes,
    first_call,
    images_with_dout,
    keeping_first,
    not_cut,
    other_axes,
    run_backward,
    scattered,
    with_dout,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import AveragePooling
from course_lib.text import Text


class _AverageOverwritten(Overwritten, AverageRows):
    pass


class _AverageDoutReshaped(DoutReshaped, AverageRows):
    pass


class _ToLargest(Mean):
    def share(self, rows):
        return super().share(rows) / rows.shape[1]


def _shared_by(part):
    """Return a layer whose pixels get `part(layer, dout)` of a gradient."""
    return with_dout(
        lambda dout, layer: dout * np.prod(layer.window) * part(layer, dout),
        AverageRows,
    )


def _column(place, part):
    """Return a layer where one pixel of each window gets all."""

    class Layer(AverageRows):
        def share(self, rows):
            share = np.zeros(rows.shape)
            share[:, place] = part(rows)
            return share

    return Layer


class _Tiled(AverageRows):
    """Repeat the gradients of all channels, not each by itself."""

    def backward(self, dout):
        C = dout.shape[1]
        P = self.window[0] * self.window[1]
        share = dout.transpose(0, 2, 3, 1).reshape(-1, C) / P
        return self.image(np.tile(share, P))


class _WholeDivision(AverageRows):
    def backward(self, dout):
        P = self.window[0] * self.window[1]
        return super().backward(dout // P * P)


def _overwrite(dx, window, top, left, delta, i, j):
    h, w = window.shape
    dx[top : top + h, left : left + w] = delta / window.size


def _not_strided(dx, window, top, left, delta, i, j):
    h, w = window.shape
    dx[i : i + h, j : j + w] += delta / window.size


def _product(layer, dout):
    return layer.window[0] * layer.window[1]


EXERCISE = Exercise(
    name="average_backward",
    title=Text("Average pooling: backward", "平均プーリングの逆伝播"),
    reference=AveragePooling,
    cases=images_with_dout,
    run=run_backward,
    parts=rounds.parts("out", "dx"),
    slips=(
        Slip(
            "gradient-not-shared",
            Text(
                "dx is too large by the number of pixels in a window. Each"
                " one had only a share in the mean.",
                "dx が窓の画素数倍になっています。平均に対する 1 画素の寄"
                "与はその一部だけです。",
            ),
            answer=_shared_by(lambda layer, dout: 1),
        ),
        Slip(
            "overlaps-overwritten",
            OVERWRITTEN,
            answer=_AverageOverwritten,
            also=(scattered(_overwrite, AverageRows),),
        ),
        Slip(
            "dout-reshaped-not-transposed",
            DOUT_RESHAPED,
            answer=_AverageDoutReshaped,
        ),
        Slip(
            *DOUT_AXES,
            answer=dout_axes((0, 3, 2, 1), AverageRows),
            also=other_axes(AverageRows),
        ),
        Slip(
            "tile-for-repeat",
            Text(
                "The channels are mixed. A row of dcol holds one channel after"
                " the other: each gradient PH*PW times side by side, as"
                " np.repeat does it.",
                "チャンネルが混ざっています。dcol の行にはチャンネルが順に並び"
                "ます。同じ勾配が PH*PW 個ずつ隣り合うように、np.repeat を使い"
                "ます。",
            ),
            answer=_Tiled,
        ),
        Slip(
            "divided-by-square",
            Text(
                "The gradient is divided by the square of one side. A window"
                " has PH * PW pixels.",
                "勾配を一辺の 2 乗で割っています。窓の画素は PH * PW 個です。",
            ),
            answer=_shared_by(lambda layer, dout: layer.window[0] ** -2.0),
            also=(_shared_by(lambda layer, dout: layer.window[1] ** -2.0),),
        ),
        Slip(
            "brackets-missing",
            Text(
                "Brackets are missing: `/ PH * PW` divides by PH and"
                " multiplies with PW. Write `/ (PH * PW)`.",
                "かっこが足りません。`/ PH * PW` は PH で割って PW を掛ける式"
                "です。`/ (PH * PW)` と書きます。",
            ),
            answer=_shared_by(
                lambda layer, dout: layer.window[1] / layer.window[0]
            ),
        ),
        Slip(
            "divided-by-sum",
            Text(
                "The gradient is divided by PH + PW. How many pixels has a"
                " window?",
                "勾配を PH + PW で割っています。窓の画素はいくつありますか。",
            ),
            answer=_shared_by(lambda layer, dout: 1 / sum(layer.window)),
        ),
        Slip(
            "divided-by-places",
            Text(
                "The gradient is divided by the number of outputs. Divide by"
                " the number of pixels in a window, PH * PW.",
                "勾配を出力の個数で割っています。窓の画素数 PH * PW で割りま"
                "す。",
            ),
            answer=_shared_by(
                lambda layer, dout: 1 / (dout.shape[2] * dout.shape[3])
            ),
        ),
        Slip(
            "divided-twice",
            Text(
                "The gradient is divided by PH * PW twice. Once is enough.",
                "勾配を PH * PW で 2 回割っています。割るのは 1 回だけです。",
            ),
            answer=_shared_by(
                lambda layer, dout: _product(layer, dout) ** -2.0
            ),
        ),
        Slip(
            "multiplied-for-divided",
            Text(
                "The gradient is multiplied with PH * PW. It is shared out:"
                " divide.",
                "勾配に PH * PW を掛けています。分けるのですから、割ります。",
            ),
            answer=_shared_by(_product),
        ),
        Slip(
            "divided-by-batch-size",
            Text(
                "dx is too small by the batch size N. The mean over the batch"
                " is already in dout, from the loss.",
                "dx がバッチサイズ N の分だけ小さくなっています。平均は損失の"
                "側で取られ、dout に入っています。",
            ),
            answer=_shared_by(
                lambda layer, dout: 1 / _product(layer, dout) / len(dout)
            ),
        ),
        Slip(
            "whole-division",
            Text(
                "The shares were rounded down: `//` gives whole numbers."
                " Divide with `/`.",
                "分けた勾配が切り捨てられています。`//` は整数の割り算です。"
                "`/` で割ります。",
            ),
            answer=_WholeDivision,
        ),
        Slip(
            "gradient-to-one",
            Text(
                "Only one pixel of each window got its share. In a"
                " mean every pixel has one.",
                "窓の中の 1 つの画素にしか届いていません。平均には、どの画素"
                "もかかわっています。",
            ),
            answer=_ToLargest,
            also=(
                Mean,
                _column(0, lambda rows: 1 / rows.shape[1]),
                _column(0, lambda rows: 1),
            ),
        ),
        Slip(
            "ones-for-dout",
            ONES_FOR_DOUT,
            answer=with_dout(
                lambda dout, layer: np.ones_like(dout), AverageRows
            ),
        ),
        Slip(
            "stride-ignored-in-backward",
            STRIDE_IN_BACKWARD,
            answer=scattered(_not_strided, AverageRows),
        ),
        Slip("padding-not-cut-off", NOT_CUT, answer=not_cut(AverageRows)),
        Slip(
            "padding-cut-when-zero",
            CUT_WHEN_ZERO,
            answer=cut_when_zero(AverageRows),
        ),
        Slip(
            "dcol-returned",
            COLUMNS_RETURNED,
            answer=columns_returned(AverageRows),
        ),
        Slip(
            "gradients-cut-to-whole-numbers",
            CUT_TO_WHOLE,
            answer=with_dout(lambda dout, _: np.trunc(dout), AverageRows),
        ),
        Slip(
            "gradients-accumulate",
            DX_ACCUMULATES,
            answer=accumulating(AverageRows),
        ),
        rounds.later_call_differs(
            first_call(AveragePooling), keeping_first(AverageRows)
        ),
    ),
    hints=(
        Text(
            "If the mean of four numbers is y, how much does y change when"
            " one of them grows by 1?",
            "4 つの数の平均が y です。1 つが 1 増えると、y はどれだけ"
            "増えますか。",
        ),
        Text(
            "A row of gradients holds the same number PH*PW times.",
            "勾配の行には、同じ数が PH*PW 個並びます。",
        ),
        Text(
            "share = dout.transpose(0, 2, 3, 1).reshape(-1, 1) / (PH * PW)",
            "share = dout.transpose(0, 2, 3, 1).reshape(-1, 1) / (PH * PW)",
        ),
    ),
)
