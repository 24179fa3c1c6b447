"""Exercise 5_5/forward: the class: forward."""

from __future__ import annotations

import numpy as np

from course_lib.exercises import rounds
from course_lib.exercises.lesson_5_5.shared import (
    Wrong,
    changed_out,
    layer_cases,
    padded_with,
    rows_of,
    run_forward,
    with_parameters,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import Convolution
from course_lib.text import Text


def _filters_mixed(W, b):
    FN = len(W)
    return W.reshape(-1, FN).T.reshape(W.shape), b


def _first_channel(W, b):
    one = np.zeros_like(W)
    one[:, 0] = W[:, 0]
    return one, b


def _one_filter(place):
    return with_parameters(
        lambda W, b: (np.repeat(W[place][np.newaxis], len(W), 0), b)
    )


class _NotStrided(Wrong):
    """Move the windows by 1, but fill an output of the right size."""

    def forward(self, x):
        OH, OW = super().forward(x).shape[2:]
        out = Convolution(self.W, self.b, 1, self.pad).forward(x)
        return out[:, :, :OH, :OW]


class _FirstResult(Wrong):
    out = None

    def forward(self, x):
        if self.out is None:
            self.out = super().forward(x)
        return self.out


def _right_first(x, W, b, stride, pad):
    return (Convolution(W, b, stride, pad).forward(x),)


SLIPS = (
    Slip(
        "bias-forgotten",
        Text(
            "Every number is off by the bias of its filter. Was b added?",
            "どの数も、フィルターのバイアスの分だけずれています。b を"
            "足しましたか。",
        ),
        answer=with_parameters(lambda W, b: (W, 0 * b)),
    ),
    Slip(
        "bias-subtracted",
        Text(
            "The products are right, but b is taken off. It is added.",
            "積の和は合っていますが、b を引いています。b は足します。",
        ),
        answer=with_parameters(lambda W, b: (W, -b)),
    ),
    Slip(
        "bias-added-twice",
        Text(
            "b is added twice. Each output gets it once.",
            "b を 2 回足しています。出力 1 つにつき 1 回だけ足します。",
        ),
        answer=with_parameters(lambda W, b: (W, 2 * b)),
    ),
    Slip(
        "bias-added-to-each-product",
        Text(
            "b was added to each product, before the sum. It is added once,"
            " to the sum.",
            "合計する前に、積の 1 つ 1 つに b を足しています。b は、合計に 1 "
            "回だけ足します。",
        ),
        answer=with_parameters(lambda W, b: (W, b * W[0].size)),
    ),
    Slip(
        "one-bias-for-all",
        Text(
            "All feature maps got the same bias. Filter number f has b[f].",
            "どの特徴マップにも同じバイアスを足しています。f 番のフィルター"
            "には b[f] を足します。",
        ),
        answer=with_parameters(lambda W, b: (W, 0 * b + b[0])),
        also=(
            with_parameters(lambda W, b: (W, 0 * b + b[-1])),
            with_parameters(lambda W, b: (W, 0 * b + b.sum())),
            with_parameters(lambda W, b: (W, 0 * b + b.mean())),
        ),
    ),
    Slip(
        "kernel-flipped",
        Text(
            "The filters were turned by 180 degrees. In a CNN they are"
            " laid on as they stand.",
            "フィルターを 180 度回しています。CNN ではそのままの向きで"
            "重ねます。",
        ),
        answer=with_parameters(lambda W, b: (W[:, :, ::-1, ::-1], b)),
    ),
    Slip(
        "stride-ignored",
        Text(
            "The result fits stride 1. Did self.stride reach im2col"
            " and the output size?",
            "ストライド 1 のときの結果です。im2col と出力サイズの計算"
            "に self.stride を渡しましたか。",
        ),
        answer=lambda W, b, stride, pad: Convolution(W, b, 1, pad),
    ),
    Slip(
        "windows-not-strided",
        Text(
            "The size is right, but the windows move by one pixel only. The"
            " window of output i begins at i * stride.",
            "サイズは合っていますが、窓が 1 画素ずつしか動いていません。"
            "i 番目の窓は i * stride から始まります。",
        ),
        answer=_NotStrided,
    ),
    Slip(
        "pad-ignored",
        Text(
            "The result fits pad 0. Did self.pad reach im2col and the"
            " output size?",
            "パディング 0 のときの結果です。im2col と出力サイズの計算"
            "に self.pad を渡しましたか。",
        ),
        answer=lambda W, b, stride, pad: Convolution(W, b, stride, 0),
    ),
    Slip(
        "pads-with-edge",
        Text(
            "Around the image the pixels at its border are repeated. The"
            " padding is 0.",
            "画像の外側に、端の画素を繰り返しています。パディングは 0 です。",
        ),
        answer=padded_with(mode="edge"),
    ),
    Slip(
        "pads-with-one",
        Text(
            "The padding holds 1. Around the image there are zeros.",
            "パディングが 1 になっています。画像の周りは 0 で埋めます。",
        ),
        answer=padded_with(constant_values=1),
    ),
    Slip(
        "pads-on-one-side",
        Text(
            "All of the padding lies on one side. Half of it belongs on each"
            " side: pad pixels above and below, left and right.",
            "パディングが片側に寄っています。上下左右のどの側にも、pad 画素ず"
            "つ付けます。",
        ),
        answer=padded_with(side=(0, 2)),
        also=(padded_with(side=(2, 0)),),
    ),
    Slip(
        "maps-reshaped-not-transposed",
        Text(
            "The numbers are right but mixed between the feature maps."
            " The filter is the last axis of the rows.",
            "数は合っていますが、特徴マップの間で混ざっています。行の"
            "形ではフィルターが最後の軸です。",
        ),
        answer=changed_out(lambda out, _: rows_of(out).reshape(out.shape)),
    ),
    Slip(
        "channels-last",
        Text(
            "The axes are (N, OH, OW, FN). The feature maps belong in second"
            " place: (N, FN, OH, OW).",
            "軸が (N, OH, OW, FN) の順です。特徴マップの軸は 2 番目に置き、"
            "(N, FN, OH, OW) にします。",
        ),
        answer=changed_out(lambda out, _: out.transpose(0, 2, 3, 1)),
    ),
    Slip(
        "height-and-width-swapped",
        Text(
            "Height and width of the feature maps are mixed up. The rows are"
            " in the order N, OH, OW: look at reshape and transpose.",
            "特徴マップの縦と横を取り違えています。行は N, OH, OW の順です。"
            "reshape と transpose を見直してください。",
        ),
        answer=changed_out(lambda out, _: out.swapaxes(2, 3)),
        also=(
            changed_out(
                lambda out, _: (
                    rows_of(out)
                    .reshape(len(out), out.shape[3], out.shape[2], -1)
                    .transpose(0, 3, 1, 2)
                )
            ),
        ),
    ),
    Slip(
        "filters-reshaped-not-transposed",
        Text(
            "The columns of the filter matrix mix several filters:"
            " look at how you made it from W.",
            "フィルターの行列の 1 列に、複数のフィルターの数が混ざって"
            "います。W からの作り方を見直してください。",
        ),
        answer=with_parameters(_filters_mixed),
    ),
    Slip(
        "rows-returned",
        Text(
            "This is the matrix of the product, one row for each window. The"
            " next layer wants maps (N, FN, OH, OW).",
            "行列積のまま、1 行が 1 つの窓の行列を返しています。次の層が受け"
            "取るのは特徴マップ (N, FN, OH, OW) です。",
        ),
        answer=changed_out(lambda out, _: rows_of(out)),
    ),
    Slip(
        "first-channel-only",
        Text(
            "Only the first channel was looked at. A filter has a plane for"
            " each channel, and all of them are summed.",
            "最初のチャンネルしか使っていません。フィルターにはチャンネルごと"
            "の面があり、すべてのチャンネルについて合計します。",
        ),
        answer=with_parameters(_first_channel),
    ),
    Slip(
        "one-filter-for-all",
        Text(
            "Every feature map was made with the same filter. Map f is made"
            " with W[f].",
            "どの特徴マップも同じフィルターで作られています。f 番の特徴マップ"
            "は W[f] で作ります。",
        ),
        answer=_one_filter(0),
        also=(_one_filter(-1),),
    ),
    Slip(
        "mean-for-sum",
        Text(
            "The products of a window are averaged. A convolution adds them"
            " up.",
            "窓の積を平均しています。畳み込みでは合計します。",
        ),
        answer=with_parameters(lambda W, b: (W / W[0].size, b)),
        also=(
            with_parameters(lambda W, b: (W / W[0].size, b / W[0].size)),
            with_parameters(lambda W, b: (W / W[0, 0].size, b)),
        ),
    ),
    Slip(
        "relu-added",
        Text(
            "Negative results became 0. ReLU is a layer of its own; here"
            " every number stays.",
            "負の結果が 0 になっています。ReLU は別の層です。ここでは、どの数"
            "もそのまま返します。",
        ),
        answer=changed_out(lambda out, _: np.maximum(out, 0)),
    ),
    Slip(
        "activation-added",
        Text(
            "The results went through an activation function. That is a"
            " layer of its own; here the sums are returned as they are.",
            "結果が活性化関数を通っています。活性化関数は別の層です。ここでは"
            "合計をそのまま返します。",
        ),
        answer=changed_out(lambda out, _: 1 / (1 + np.exp(-out))),
        also=(changed_out(lambda out, _: np.tanh(out)),),
    ),
)

EXERCISE = Exercise(
    name="forward",
    title=Text("The class: forward", "クラスの順伝播"),
    reference=Convolution,
    cases=layer_cases,
    run=run_forward,
    parts=(*rounds.parts("out"), "parameters as before"),
    slips=(
        Slip(
            rounds.PARAMETERS_CHANGED.name,
            rounds.PARAMETERS_CHANGED.text,
            answer=changed_out(
                lambda out, layer: (layer.b.__iadd__(1), out)[1]
            ),
            seen=lambda result, *case: result[-1] is False,
        ),
        *SLIPS,
        rounds.later_call_differs(_right_first, _FirstResult),
    ),
    hints=(
        Text(
            "Which three steps lead from x to the feature maps?",
            "x から特徴マップまで、どんな 3 つの段階がありますか。",
        ),
        Text(
            "im2col, then the product with the filter matrix plus b,"
            " then rows to maps. The two exercises before are two of"
            " the steps.",
            "im2col、フィルターの行列との積に b を足す、行をマップに"
            "戻す、の 3 段階です。前の 2 つの演習がそのまま使えます。",
        ),
        Text(
            "N, (FN, C, FH, FW) = len(x), self.W.shape",
            "N, (FN, C, FH, FW) = len(x), self.W.shape",
        ),
    ),
)
