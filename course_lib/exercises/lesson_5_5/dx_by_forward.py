"""Exercise 5_5/dx_by_forward: dx by a forward pass."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import Convolution
from course_lib.text import Text


def _dx_cases():
    rng = np.random.default_rng(59)
    sizes = ((1, 1, 1, 3, 4, 2), (2, 3, 2, 4, 5, 3), (1, 2, 4, 3, 2, 3))
    more = ((3, 2, 1, 2, 5, 2), (2, 4, 3, 5, 3, 4))
    return [
        (
            Convolution,
            rng.normal(size=(N, FN, OH, OW)),
            rng.normal(size=(FN, C, F, F)),
        )
        for N, FN, C, OH, OW, F in (*sizes, *more)
    ]


def dx_by_forward(Layer, dout, W):
    """Return dx (N, C, H, W) for stride 1, pad 0 and square filters."""
    back = W[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
    return Layer(back, np.zeros(len(back)), pad=W.shape[2] - 1).forward(dout)


def _turned(turn):
    return lambda Layer, dout, W: dx_by_forward(Layer, dout, turn(W))


EXERCISE = Exercise(
    name="dx_by_forward",
    title=Text("dx by a forward pass", "順伝播で dx を求める"),
    reference=dx_by_forward,
    cases=_dx_cases,
    slips=(
        Slip(
            "filter-not-flipped",
            Text(
                "The filter was laid on as it stands. Follow one pixel of"
                " x: the first window that holds it has it at the lower"
                " right, the last one at the upper left. In which order do"
                " the deltas meet the numbers of the filter?",
                "フィルターをそのままの向きで重ねています。x の画素を 1 つ"
                "選んで追ってみましょう。その画素は、最初に入る窓では右"
                "下、最後に入る窓では左上にあります。δ はフィルターの数と"
                "どんな順番で掛け合わされますか。",
            ),
            answer=_turned(lambda W: W[:, :, ::-1, ::-1]),
        ),
        Slip(
            "flipped-up-down-only",
            Text(
                "The filter was reversed along its height only. Which"
                " other axis does the window move along?",
                "フィルターを縦方向にだけ反転しています。窓が動くのは縦だ"
                "けですか。",
            ),
            answer=_turned(lambda W: W[:, :, :, ::-1]),
        ),
        Slip(
            "flipped-left-right-only",
            Text(
                "The filter was reversed along its width only. Which other"
                " axis does the window move along?",
                "フィルターを横方向にだけ反転しています。窓が動くのは横だ"
                "けですか。",
            ),
            answer=_turned(lambda W: W[:, :, ::-1]),
        ),
        Slip(
            "flipped-in-the-wrong-axes",
            Text(
                "The order of the filters and channels was reversed, but"
                " the picture of each filter stands as it was. Count the"
                " axes of (FN, C, F, F).",
                "フィルターとチャンネルの順番が逆になり、1 枚ずつの向きは"
                "そのままです。(FN, C, F, F) の軸を数えてみましょう。",
            ),
            answer=_turned(lambda W: W[::-1, ::-1, ::-1, ::-1]),
        ),
        Slip(
            "height-and-width-swapped",
            Text(
                "The filters lie on their side: height and width changed"
                " places in the transpose.",
                "フィルターの縦と横が入れ替わっています。transpose に渡す"
                "数字を見直してください。",
            ),
            answer=_turned(lambda W: W.swapaxes(2, 3)),
        ),
    ),
    hints=(
        Text(
            "The new layer goes from dout to dx: how many channels go"
            " in, how many come out?",
            "新しい層は dout から dx を作ります。入力と出力のチャンネ"
            "ル数はいくつですか。",
        ),
        Text(
            "FN go in and C come out: swap these axes of W. Turn"
            " height and width. The output must grow by F - 1, so pad"
            " on each side.",
            "入力が FN、出力が C なので、W のこの 2 軸を入れ替えます"
            "。縦と横は逆順にします。出力は F - 1 だけ大きくなるよう"
            "に、両側にパディングします。",
        ),
        Text(
            "turned = W[:, :, ::-1, ::-1]",
            "turned = W[:, :, ::-1, ::-1]",
        ),
    ),
)
