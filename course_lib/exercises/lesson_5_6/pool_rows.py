"""Exercise 5_6/pool_rows: one row for each window."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.lesson_5_6.shared import images
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import im2col
from course_lib.text import Text


def pool_rows(x, pool_h, pool_w, stride, pad):
    """Return windows (N*OH*OW*C, PH*PW), padded with minus infinity."""
    return _rows(x, pool_h, pool_w, stride, pad, -np.inf)


def _rows(x, pool_h, pool_w, stride, pad, value):
    col = im2col(x, pool_h, pool_w, stride, pad, value)
    return col.reshape(-1, pool_h * pool_w)


def _run(answer, x, pool_h, pool_w, stride, pad):
    """Put minus infinity for every padding that is below all pixels."""
    got = answer(x, pool_h, pool_w, stride, pad)
    expected = pool_rows(x, pool_h, pool_w, stride, pad)
    if np.shape(got) != expected.shape:
        return got
    got = np.asarray(got)
    if got.dtype.kind not in "iuf":
        return got
    low = np.isneginf(expected) & (got < x.min())
    return np.where(low, -np.inf, got)


def _padding(result, *case):
    """Return the padding of rows that are right otherwise, else None."""
    expected = pool_rows(*case)
    got = np.asarray(result, dtype=float)
    padded = np.isneginf(expected)
    if got.shape != expected.shape or not same(
        np.where(padded, 0, got), np.where(padded, 0, expected)
    ):
        return None
    return got[padded]


def _pads_too_large(result, *case):
    found = _padding(result, *case)
    return found is not None and not np.isnan(found).any()


def _pads_nan(result, *case):
    found = _padding(result, *case)
    return found is not None and np.isnan(found).all()


def _with_value(value):
    return lambda *case: _rows(*case, value)


def _in_order(order):
    """Return an answer whose rows are in another order of (N, O, C)."""

    def answer(x, *sizes):
        rows = pool_rows(x, *sizes)
        N, C = x.shape[:2]
        rows = rows.reshape(N, -1, C, rows.shape[1])
        return rows.transpose(*order, 3).reshape(-1, rows.shape[3])

    return answer


def _with_sizes(change):
    return lambda x, *sizes: pool_rows(x, *change(*sizes))


def _reshaped(change):
    """Return an answer that ends in `change(col, PH * PW, C)`."""

    def answer(x, pool_h, pool_w, stride, pad):
        col = im2col(x, pool_h, pool_w, stride, pad, -np.inf)
        return change(col, pool_h * pool_w, x.shape[1])

    return answer


def _maximum(keepdims):
    return lambda *case: pool_rows(*case).max(axis=1, keepdims=keepdims)


EXERCISE = Exercise(
    name="pool_rows",
    title=Text("One row for each window", "窓ごとに 1 行"),
    reference=pool_rows,
    cases=images,
    run=_run,
    slips=(
        Slip(
            "pads-with-zero",
            Text(
                "The padding holds zeros. Where all numbers of a window"
                " are negative, such a zero would win.",
                "パディングが 0 になっています。窓の中の数がすべて負のと"
                "き、この 0 が最大になってしまいます。",
            ),
            answer=_with_value(0),
        ),
        Slip(
            "pads-with-plus-infinity",
            Text(
                "The padding is plus infinity: it always wins. Which sign"
                " must it have?",
                "パディングがプラスの無限大なので、必ず最大になってしまいま"
                "す。符号はどちらにすべきですか。",
            ),
            answer=_with_value(np.inf),
        ),
        Slip(
            "pads-with-nan",
            Text(
                "The padding is nan, and a maximum with nan in it is nan"
                " again. A number is needed that never wins.",
                "パディングが nan です。nan を含む窓の最大値は nan になりま"
                "す。決して最大にならない数で埋めます。",
            ),
            answer=_with_value(np.nan),
            seen=_pads_nan,
        ),
        Slip(
            "pads-with-too-large",
            Text(
                "The padding is as large as some pixels, or larger: in such a"
                " window it would win. Pixels may be as small as they like;"
                " which number is below all of them?",
                "パディングの数が、画素より大きくなることがあります。その窓で"
                "はパディングが最大になってしまいます。画素がどんなに小さくて"
                "も、それより小さい数は何ですか。",
            ),
            answer=_with_value(-1),
            seen=_pads_too_large,
        ),
        Slip(
            "channels-together",
            Text(
                "A row holds the windows of all channels. Pooling works on"
                " each channel by itself: one row for each.",
                "1 行にすべてのチャンネルの窓が入っています。プーリングは"
                "チャンネルごとに行うので、チャンネルごとに 1 行にしま"
                "す。",
            ),
            answer=_reshaped(lambda col, P, C: col),
        ),
        Slip(
            "windows-as-columns",
            Text(
                "Each window should be a row, not a column; and a reshape"
                " alone does not turn a matrix.",
                "窓は列ではなく行に並べます。また、reshape だけでは行列を転置"
                "できません。",
            ),
            answer=_reshaped(lambda col, P, C: col.reshape(P, -1)),
            also=(_reshaped(lambda col, P, C: col.reshape(-1, P).T),),
        ),
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but the windows are torn apart. The"
                " numbers of a window lie side by side in col: keep them"
                " so.",
                "形状は合っていますが、窓の中身がばらばらです。col では 1 "
                "つの窓の数が隣り合っています。その並びを保ちます。",
            ),
            answer=_reshaped(lambda col, P, C: col.reshape(P, -1).T),
            also=(
                _reshaped(
                    lambda col, P, C: (
                        col.reshape(len(col), P, C)
                        .swapaxes(1, 2)
                        .reshape(-1, P)
                    )
                ),
                _reshaped(lambda col, P, C: col.T.reshape(-1, P)),
            ),
        ),
        Slip(
            "channel-by-channel",
            Text(
                "All rows of one channel come first, as in some pictures of"
                " pooling. Here the order N, OH, OW, C is wanted, as a plain"
                " reshape of col gives it.",
                "チャンネルごとにまとめて並んでいます（スライドの図の順で"
                "す）。ここでは col をそのまま reshape した N, OH, OW, C の順"
                "にします。",
            ),
            answer=_in_order((2, 0, 1)),
            also=(_in_order((0, 2, 1)),),
        ),
        Slip(
            "channel-axis-kept",
            Text(
                "The channels stand on an axis of their own. Wanted is a"
                " matrix with two axes: (N·OH·OW·C, PH·PW).",
                "チャンネルが別の軸になっています。軸が 2 つの行列 (N·OH·OW·C,"
                " PH·PW) にします。",
            ),
            answer=_reshaped(lambda col, P, C: col.reshape(len(col), C, P)),
        ),
        Slip(
            "maximum-taken",
            Text(
                "The maxima are taken already. That is the next exercise;"
                " here the windows themselves are wanted.",
                "もう最大値を求めています。それは次の演習です。ここでは窓の中"
                "身をそのまま返します。",
            ),
            answer=_maximum(False),
            also=(_maximum(True),),
        ),
        Slip(
            "stride-and-pad-ignored",
            Text(
                "The windows fit stride 1 and pad 0. Give both to im2col.",
                "ストライド 1、パディング 0 のときの窓です。どちらも im2col に"
                "渡してください。",
            ),
            answer=_with_sizes(lambda h, w, stride, pad: (h, w, 1, 0)),
        ),
        Slip(
            "stride-ignored",
            Text(
                "The windows fit stride 1. Did `stride` reach im2col?",
                "ストライド 1 のときの窓です。im2col に `stride` を渡しました"
                "か。",
            ),
            answer=_with_sizes(lambda h, w, stride, pad: (h, w, 1, pad)),
        ),
        Slip(
            "pad-ignored",
            Text(
                "The windows fit pad 0. Did `pad` reach im2col?",
                "パディング 0 のときの窓です。im2col に `pad` を渡しました"
                "か。",
            ),
            answer=_with_sizes(lambda h, w, stride, pad: (h, w, stride, 0)),
        ),
        Slip(
            "height-and-width-swapped",
            Text(
                "The windows lie on their side: pool_h is the height, pool_w"
                " the width.",
                "窓の縦と横が逆です。pool_h が高さ、pool_w が幅です。",
            ),
            answer=_with_sizes(lambda h, w, *rest: (w, h, *rest)),
        ),
        Slip(
            "first-channel-only",
            Text(
                "Only the first channel is there. Every channel has rows of"
                " its own.",
                "最初のチャンネルしかありません。どのチャンネルにも自分の行が"
                "あります。",
            ),
            answer=lambda x, *sizes: pool_rows(x[:, :1], *sizes),
        ),
        Slip(
            "first-image-only",
            Text(
                "Only the first image is there. x holds N of them.",
                "1 枚目の画像しかありません。x には N 枚入っています。",
            ),
            answer=lambda x, *sizes: pool_rows(x[:1], *sizes),
        ),
    ),
    hints=(
        Text(
            "How many numbers has a window of one channel?",
            "1 チャンネル分の窓には、数がいくつ入りますか。",
        ),
        Text(
            "In a row of col the channels follow each other, PH*PW"
            " numbers each. So a reshape is enough.",
            "col の 1 行には、チャンネルごとに PH*PW 個の数が順に並んで"
            "います。reshape だけで分けられます。",
        ),
        Text(
            "col = im2col(x, pool_h, pool_w, stride, pad,"
            " constant_values=...)",
            "col = im2col(x, pool_h, pool_w, stride, pad,"
            " constant_values=...)",
        ),
    ),
)
