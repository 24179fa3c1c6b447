"""Exercise 5_6/average_forward: average pooling: forward."""

from __future__ import annotations

import numpy as np

from course_lib.exercises import rounds
from course_lib.exercises.lesson_5_6.shared import (
    CHANNELS_LAST,
    ENDS_AT_NEXT,
    MAPS_RESHAPED,
    NOT_STRIDED,
    PAD_IGNORED,
    SIDES_SWAPPED,
    STRIDE_IGNORED,
    AverageRows,
    MapsReshaped,
    Mean,
    by_windows,
    changed_out,
    first_call,
    images,
    keeping_first,
    mixed_maps,
    not_strided,
    padded_with,
    run_forward,
    to_next_start,
    with_sizes,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import AveragePooling, MaxPooling
from course_lib.text import Text


class _AverageInside(AverageRows):
    def forward(self, x):
        out = super().forward(x)
        return out / super().forward(np.ones_like(x))


class _AverageMinusInfinity(AverageRows):
    lowest = -np.inf


class _AverageMapsReshaped(MapsReshaped, Mean):
    pass


def _valued(value):
    """Return a layer that takes `value(rows, layer)` of each window."""

    class Layer(Mean):
        def value(self, rows):
            return value(rows, self)

    return Layer


def _average(window):
    return window.mean(axis=(2, 3))


def _divided(amount):
    return _valued(lambda rows, layer: rows.sum(axis=1) / amount(layer))


EXERCISE = Exercise(
    name="average_forward",
    title=Text("Average pooling: forward", "平均プーリングの順伝播"),
    reference=AveragePooling,
    cases=images,
    run=run_forward,
    parts=rounds.parts("out"),
    slips=(
        Slip(
            "mean-without-padding",
            Text(
                "At the border the mean was taken over the real pixels"
                " only. That is possible, but here padding counts as"
                " zeros: divide by PH*PW everywhere.",
                "端の窓で、本物の画素だけの平均になっています。その流儀も"
                "ありますが、ここではパディングも 0 として数え、いつも"
                " PH*PW で割ります。",
            ),
            answer=_AverageInside,
            also=(
                _valued(
                    lambda rows, _: (
                        rows.sum(axis=1)
                        / np.maximum((rows != 0).sum(axis=1), 1)
                    )
                ),
            ),
        ),
        Slip(
            "pads-with-minus-infinity",
            Text(
                "The mean at the border is minus infinity. What suits the"
                " maximum does not suit the mean.",
                "端の平均がマイナス無限大です。最大値に合うパディングが、"
                "平均にも合うとは限りません。",
            ),
            answer=_AverageMinusInfinity,
        ),
        Slip(
            "pads-with-edge",
            Text(
                "Around the image the pixels at its border are repeated."
                " Padding counts as zeros here.",
                "画像の外側に、端の画素を繰り返しています。ここではパディング"
                "を 0 として数えます。",
            ),
            answer=padded_with(Mean, mode="edge"),
        ),
        Slip(
            "sum-for-mean",
            Text(
                "These are the sums of the windows. What turns a sum into"
                " a mean?",
                "窓の合計になっています。合計から平均を求めるには、何で割"
                "りますか。",
            ),
            answer=_divided(lambda layer: 1),
        ),
        Slip(
            "divided-by-square",
            Text(
                "The sums are divided by the square of one side. A window has"
                " PH * PW pixels.",
                "合計を一辺の 2 乗で割っています。窓の画素は PH * PW 個です。",
            ),
            answer=_divided(lambda layer: layer.window[0] ** 2),
            also=(_divided(lambda layer: layer.window[1] ** 2),),
        ),
        Slip(
            "divided-by-sum",
            Text(
                "The sums are divided by PH + PW. How many pixels has a"
                " window?",
                "合計を PH + PW で割っています。窓の画素はいくつありますか。",
            ),
            answer=_divided(lambda layer: sum(layer.window)),
        ),
        Slip(
            "divided-by-places",
            Text(
                "The sums are divided by the number of outputs. Divide by the"
                " number of pixels in a window, PH * PW.",
                "合計を出力の個数で割っています。窓の画素数 PH * PW で割りま"
                "す。",
            ),
            answer=_divided(lambda layer: layer.OH * layer.OW),
        ),
        Slip(
            "whole-division",
            Text(
                "The means were rounded down: `//` gives whole numbers. Divide"
                " with `/`.",
                "平均が切り捨てられています。`//` は整数の割り算です。`/` で割"
                "ります。",
            ),
            answer=_valued(lambda rows, _: rows.sum(axis=1) // rows.shape[1]),
        ),
        Slip(
            "median-for-mean",
            Text(
                "These are the medians of the windows. The mean is the sum"
                " divided by the count.",
                "窓の中央値になっています。平均は、合計を個数で割ったもので"
                "す。",
            ),
            answer=_valued(lambda rows, _: np.median(rows, axis=1)),
        ),
        Slip(
            "mean-across-channels",
            Text(
                "The mean was taken over all channels. Each channel is pooled"
                " by itself, their number stays.",
                "すべてのチャンネルを通した平均になっています。プーリングはチ"
                "ャンネルごとに行い、チャンネル数は変わりません。",
            ),
            answer=changed_out(
                lambda out, *_: out.mean(axis=1, keepdims=True), Mean
            ),
            also=(changed_out(lambda out, *_: out.mean(axis=1), Mean),),
        ),
        Slip(
            "maps-reshaped-not-transposed",
            MAPS_RESHAPED,
            answer=_AverageMapsReshaped,
        ),
        Slip(
            "channels-last",
            CHANNELS_LAST,
            answer=changed_out(
                lambda out, *_: out.transpose(0, 2, 3, 1), Mean
            ),
        ),
        Slip(
            "height-and-width-swapped",
            SIDES_SWAPPED,
            answer=changed_out(lambda out, *_: out.swapaxes(2, 3), Mean),
            also=(
                changed_out(mixed_maps, Mean),
                with_sizes(lambda h, w, s, p: (w, h, s, p), Mean),
            ),
        ),
        Slip(
            "max-for-mean",
            Text(
                "These are the maxima of the windows. What is done with"
                " the numbers of one row?",
                "窓の最大値になっています。1 行の数から何を求めていますか。",
            ),
            answer=MaxPooling,
            also=(_valued(lambda rows, _: rows.max(axis=1)),),
        ),
        Slip(
            "stride-ignored",
            STRIDE_IGNORED,
            answer=with_sizes(lambda h, w, s, p: (h, w, 1, p), Mean),
        ),
        Slip(
            "pad-ignored",
            PAD_IGNORED,
            answer=with_sizes(lambda h, w, s, p: (h, w, s, 0), Mean),
        ),
        Slip(
            "windows-not-strided",
            NOT_STRIDED,
            answer=by_windows(_average, not_strided, 0),
        ),
        Slip(
            "slice-ends-at-next-start",
            ENDS_AT_NEXT,
            answer=by_windows(_average, to_next_start, 0),
        ),
        Slip(
            "rows-returned",
            Text(
                "The means stand in one line, in the order N, OH, OW, C. The"
                " next layer wants (N, C, OH, OW).",
                "平均が N, OH, OW, C の順に 1 列に並んでいます。次の層が受け取"
                "る形は (N, C, OH, OW) です。",
            ),
            answer=changed_out(
                lambda out, *_: out.transpose(0, 2, 3, 1).ravel(), Mean
            ),
        ),
        rounds.later_call_differs(
            first_call(AveragePooling), keeping_first(Mean)
        ),
    ),
    hints=(
        Text(
            "Which two lines of MaxPooling.forward must change?",
            "MaxPooling の forward で、変える必要があるのはどの 2 行ですか。",
        ),
        Text(
            "The padding is 0 again, and the mean of each row takes the"
            " place of its maximum. No argmax is needed.",
            "パディングを 0 に戻し、行ごとの最大値を平均に替えます。"
            "argmax は必要ありません。",
        ),
        Text(
            "rows = im2col(x, PH, PW, self.stride, self.pad)",
            "rows = im2col(x, PH, PW, self.stride, self.pad)",
        ),
    ),
)
