"""Exercise 5_11/pointwise: a filter of one pixel."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import (
    CHANNELS_LAST,
    FIRST_CHANNEL_ONLY,
    FIRST_IMAGE_ONLY,
    rounded,
)
from course_lib.exercises.lesson_5_11.shared import maps
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def pointwise(x, W):
    """Mix the C channels of each pixel with W (FN, C)."""
    N, C, H, width = x.shape
    return (W @ x.reshape(N, C, -1)).reshape(N, len(W), H, width)


def _rows_mixed(x, W):
    """Reshape x to rows of C numbers without moving the axes."""
    N, C, H, width = x.shape
    rows = x.reshape(-1, C) @ W.T
    return rows.reshape(N, len(W), H, width)


def _rows_reshaped(x, W):
    """Multiply right rows, but reshape the result without a transpose."""
    N, C, H, width = x.shape
    rows = x.transpose(0, 2, 3, 1).reshape(-1, C) @ W.T
    return rows.reshape(N, len(W), H, width)


def _rows_half_mixed(x, W):
    N, C, H, width = x.shape
    rows = x.reshape(-1, C) @ W.T
    return rows.reshape(N, H, width, len(W)).transpose(0, 3, 1, 2)


def _weights_reshaped(x, W):
    return pointwise(x, W.T.reshape(W.shape))


def _largest(x, W):
    products = x[:, np.newaxis] * W[:, :, np.newaxis, np.newaxis]
    return products.max(axis=2)


EXERCISE = Exercise(
    name="pointwise",
    title=Text("A filter of one pixel", "1×1 のフィルター"),
    reference=pointwise,
    cases=lambda: [
        (maps(1, 3, 2, 4), maps(2, 3, seed=1)),
        (maps(2, 4, 3, 5), maps(3, 4, seed=2)),
        (maps(3, 2, 4, 3), maps(5, 2, seed=3)),
        (maps(2, 3, 3, 3), maps(3, 3, seed=4)),
        (maps(4, 1, 2, 2), maps(6, 1, seed=5)),
        (
            maps(2, 6, 4, 4).astype(np.float32),
            maps(1, 6, seed=6).astype(np.float32),
        ),
    ],
    slips=(
        Slip(
            "reshaped-not-transposed",
            Text(
                "The shape is right, but channels and pixels are mixed. The"
                " channels are axis 1 of x: a reshape alone cannot move them"
                " to the end or back.",
                "形状は合っていますが、チャンネルと画素が混ざっています。x の"
                "チャンネルは軸 1 です。reshape だけでは、最後の軸に移すこと"
                "も、戻すこともできません。",
            ),
            answer=_rows_mixed,
            also=(_rows_reshaped, _rows_half_mixed),
        ),
        Slip(
            *CHANNELS_LAST,
            answer=lambda x, W: pointwise(x, W).transpose(0, 2, 3, 1),
        ),
        Slip(
            "filters-first",
            Text(
                "The numbers are right, but the filters stand before the"
                " images. Maps are (N, FN, H, W).",
                "数は合っていますが、フィルターの軸が画像の軸より前にありま"
                "す。マップは (N, FN, H, W) です。",
            ),
            answer=lambda x, W: pointwise(x, W).swapaxes(0, 1),
        ),
        Slip(
            "image-lying-down",
            Text(
                "The numbers are right, but height and width changed places.",
                "数は合っていますが、高さと幅が入れ替わっています。",
            ),
            answer=lambda x, W: pointwise(x, W).swapaxes(2, 3),
            also=(
                lambda x, W: pointwise(x, W).transpose(0, 3, 2, 1),
                lambda x, W: pointwise(x, W).transpose(0, 1, 3, 2).copy(),
            ),
        ),
        Slip(
            "pixels-not-in-rows",
            Text(
                "The numbers are right, but the pixels lie in one line."
                " Reshape them to (H, W) at the end.",
                "数は合っていますが、画素が 1 列に並んでいます。最後に (H, W) "
                "に戻します。",
            ),
            answer=lambda x, W: pointwise(x, W).reshape(len(x), len(W), -1),
            also=(
                lambda x, W: (
                    pointwise(x, W).transpose(0, 2, 3, 1).reshape(-1, len(W))
                ),
            ),
        ),
        Slip(
            "mean-for-sum",
            Text(
                "The numbers are too small by the number of channels: the"
                " products are added, not averaged.",
                "チャンネル数の分だけ小さくなっています。積は平均せず、足しま"
                "す。",
            ),
            answer=lambda x, W: pointwise(x, W) / x.shape[1],
        ),
        Slip(
            "weights-of-each-filter-added",
            Text(
                "The channels were added first, then weighted. Every channel"
                " has a weight of its own in every filter.",
                "先にチャンネルを足してから重みを掛けています。重みは、フィル"
                "ターとチャンネルの組ごとに別です。",
            ),
            answer=lambda x, W: pointwise(
                x.sum(axis=1, keepdims=True), W.sum(axis=1, keepdims=True)
            ),
            also=(
                lambda x, W: pointwise(x.sum(axis=1, keepdims=True), W[:, :1]),
            ),
        ),
        Slip(
            "weights-reshaped",
            Text(
                "W was reshaped where it must be transposed, or the other way"
                " round: row k holds the C weights of filter k.",
                "W の転置と reshape を取り違えています。W の行 k が、フィル"
                "ター k の C 個の重みです。",
            ),
            answer=_weights_reshaped,
            also=(
                lambda x, W: pointwise(x, W.reshape(W.shape[::-1]).T.copy()),
            ),
        ),
        Slip(
            "max-for-sum",
            Text(
                "Only the largest product of each pixel was kept. All"
                " channels are added.",
                "画素ごとに、いちばん大きい積だけが残っています。全チャンネル"
                "を足します。",
            ),
            answer=_largest,
        ),
        Slip(
            "not-added-yet",
            Text(
                "The products of all channels are still there, on an axis of"
                " their own. Add them up.",
                "チャンネルごとの積が、足されずに別の軸に残っています。合計し"
                "ましょう。",
            ),
            answer=lambda x, W: (
                x[:, np.newaxis] * W[:, :, np.newaxis, np.newaxis]
            ),
        ),
        Slip(
            "weights-not-used",
            Text(
                "These are the sums of the channels alone. Each channel is"
                " multiplied by its weight before.",
                "チャンネルをそのまま足しています。足す前に、チャンネルごとの"
                "重みを掛けます。",
            ),
            answer=lambda x, W: pointwise(x, np.ones_like(W)),
        ),
        Slip(
            "pixels-added-too",
            Text(
                "The pixels were added as well. Every pixel keeps its own"
                " result: only the channels are summed.",
                "画素も足し合わせています。画素ごとに結果が残ります。足すのは"
                "チャンネルだけです。",
            ),
            answer=lambda x, W: pointwise(x, W).sum(axis=(2, 3)),
            also=(
                lambda x, W: pointwise(x, W).sum(axis=(2, 3), keepdims=True),
            ),
        ),
        Slip(
            "first-filter-only",
            Text(
                "Only the map of the first filter came out. There are FN.",
                "最初のフィルターのマップしかありません。マップは FN 枚です。",
            ),
            answer=lambda x, W: pointwise(x, W[:1]),
            also=(lambda x, W: pointwise(x, W)[:, 0],),
        ),
        Slip(
            *FIRST_CHANNEL_ONLY,
            answer=lambda x, W: pointwise(x[:, :1], W[:, :1]),
        ),
        Slip(*FIRST_IMAGE_ONLY, answer=lambda x, W: pointwise(x[:1], W)),
        rounded(pointwise),
    ),
    hints=(
        Text(
            "At one pixel: C numbers go in, FN come out. Which layer does"
            " that?",
            "1 つの画素では、C 個の数が入り、FN 個の数が出ます。それをする層は"
            "何ですか。",
        ),
        Text(
            "An affine layer, W @ numbers, at every pixel. `@` multiplies"
            " stacks of matrices: (FN, C) @ (N, C, H*W) is (N, FN, H*W).",
            "画素ごとのアフィン層、つまり W との行列積です。`@` は行列の束にも"
            "使えます。(FN, C) @ (N, C, H*W) は (N, FN, H*W) になります。",
        ),
        Text(
            "columns = x.reshape(N, C, H * width)",
            "columns = x.reshape(N, C, H * width)",
        ),
    ),
)
