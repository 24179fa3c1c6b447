"""Exercise 5_5/dx_by_forward: dx by a forward pass."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import Convolution
from course_lib.text import Text


def _dx_cases():
    rng = np.random.default_rng(59)
    sizes = ((1, 1, 1, 3, 4, 2), (2, 3, 2, 4, 5, 3), (1, 2, 4, 3, 5, 3))
    more = ((3, 2, 1, 2, 5, 2), (2, 4, 3, 5, 4, 4))
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


def _with(change=None, bias=np.zeros, pad=None, turn_dout=False):
    """Return an answer with other filters, bias, padding or dout.

    change: (W turned, W) -> the filters. pad: F -> the padding.
    """

    def answer(Layer, dout, W):
        back = W[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
        if change is not None:
            back = change(back, W)
        F = W.shape[2]
        p = F - 1 if pad is None else pad(F)
        if turn_dout:
            dout = dout[:, :, ::-1, ::-1]
        return Layer(back, bias(len(back)), pad=p).forward(dout)

    return answer


def _rot90(back, W):
    return np.rot90(W, 1, (2, 3)).transpose(1, 0, 2, 3)


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
        Slip(
            "transposed-not-turned",
            Text(
                "The filters were mirrored at their diagonal (transposed),"
                " not turned. 180 degrees means: both height and width run"
                " backwards.",
                "フィルターを転置しています（対角線で折り返しています）。180 "
                "度の回転は、縦も横も逆順にすることです。",
            ),
            answer=_with(lambda back, W: W.transpose(1, 0, 3, 2)),
        ),
        Slip(
            "turned-by-90",
            Text(
                "The filters were turned by 90 degrees. np.rot90 needs 2 for"
                " half a turn, and the axes (2, 3).",
                "フィルターを 90 度回しています。np.rot90 で 180 度回すには、"
                "回数に 2 を、軸に (2, 3) を渡します。",
            ),
            answer=_with(_rot90),
            also=(_with(lambda b, W: np.rot90(W, 3, (2, 3)).swapaxes(0, 1)),),
        ),
        Slip(
            "flipped-in-all-axes",
            Text(
                "Filters and channels were reversed too. Only height and"
                " width are turned, the axes 2 and 3.",
                "フィルターとチャンネルの順番も逆になっています。逆順にするの"
                "は縦と横、つまり軸 2 と 3 だけです。",
            ),
            answer=_with(lambda back, W: back[::-1, ::-1]),
        ),
        Slip(
            "channels-reshaped-not-swapped",
            Text(
                "FN and C were exchanged by a reshape, which mixes the"
                " filters. Swap the axes with transpose.",
                "FN と C を reshape で入れ替えているので、フィルターが混ざって"
                "います。軸は transpose で入れ替えます。",
            ),
            answer=_with(
                lambda back, W: W[:, :, ::-1, ::-1].reshape(back.shape)
            ),
            also=(_with(lambda back, W: W.reshape(back.shape)),),
        ),
        Slip(
            "pad-missing",
            Text(
                "Without padding the result is smaller than dout, and dx is"
                " larger. How much must be put around dout?",
                "パディングがないので、結果が dout より小さくなっています。dx "
                "は dout より大きいはずです。周りにいくつ足せばよいですか。",
            ),
            answer=_with(pad=lambda F: 0),
        ),
        Slip(
            "pad-not-f-minus-1",
            Text(
                "The padding is another number than F - 1. The output grows"
                " by 2 * pad - (F - 1), and that must be F - 1.",
                "パディングが F - 1 になっていません。出力は 2 * pad - (F - 1)"
                " だけ大きくなり、これが F - 1 に等しくなるはずです。",
            ),
            answer=_with(pad=lambda F: F),
            also=(
                _with(pad=lambda F: F // 2),
                _with(pad=lambda F: (F - 1) // 2),
                _with(pad=lambda F: F + 1),
                _with(pad=lambda F: 1),
                _with(pad=lambda F: 2 * (F - 1)),
            ),
        ),
        Slip(
            "bias-not-zero",
            Text(
                "A bias was added. dx has none: give the layer zeros.",
                "バイアスが足されています。dx にバイアスはないので、層には 0 "
                "の配列を渡します。",
            ),
            answer=_with(bias=np.ones),
        ),
        Slip(
            "dout-turned",
            Text(
                "dout was turned by 180 degrees. Only the filters are.",
                "dout を 180 度回しています。回すのはフィルターだけです。",
            ),
            answer=_with(turn_dout=True),
            also=(_with(lambda back, W: W.swapaxes(0, 1), turn_dout=True),),
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
