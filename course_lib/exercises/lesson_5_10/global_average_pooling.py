"""Exercise 5_10/global_average_pooling: the mean of each map."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import GlobalAveragePooling
from course_lib.text import Text

SHAPES = ((1, 2, 2, 3), (3, 4, 5, 2), (2, 1, 4, 4), (4, 3, 1, 6), (2, 5, 7, 3))


def _cases():
    rng = np.random.default_rng(515)
    cases = [
        (rng.normal(size=shape), rng.normal(size=shape[:2]))
        for shape in SHAPES
    ]
    x, dout = cases[1]
    return [*cases, (x.astype("float32"), dout.astype("float32"))]


def _run(Layer, x, dout):
    layer = Layer()
    out, dx = layer.forward(x), layer.backward(dout)
    layer.forward(x[:1, :, :, 1:])
    return out, dx, layer.backward(dout[:1])


class _Wrong:
    def forward(self, x, train_flg=True):
        self.x, self.shape = x, x.shape
        return x.mean(axis=(2, 3))

    def backward(self, dout):
        H, W = self.shape[2:]
        return self.spread(dout) / (H * W)

    def spread(self, dout):
        return np.ones(self.shape) * np.asarray(dout)[:, :, None, None]


class _Sum(_Wrong):
    def forward(self, x, train_flg=True):
        return super().forward(x) * x.shape[2] * x.shape[3]

    def backward(self, dout):
        return self.spread(dout)


class _SumForward(_Sum):
    def backward(self, dout):
        return _Wrong.backward(self, dout)


class _Undivided(_Wrong):
    def backward(self, dout):
        return self.spread(dout)


class _FourAxes(_Wrong):
    def forward(self, x, train_flg=True):
        return super().forward(x)[:, :, None, None]


class _Max(_Wrong):
    def forward(self, x, train_flg=True):
        super().forward(x)
        return x.max(axis=(2, 3))

    def backward(self, dout):
        top = self.x == self.x.max(axis=(2, 3), keepdims=True)
        return self.spread(dout) * top


class _MaxForward(_Max):
    def backward(self, dout):
        return _Wrong.backward(self, dout)


class _OverChannels(_Wrong):
    def forward(self, x, train_flg=True):
        super().forward(x)
        return x.mean(axis=1)

    def backward(self, dout):
        return np.zeros(self.shape)


class _DxLeftFlat(_Wrong):
    def backward(self, dout):
        H, W = self.shape[2:]
        return dout / (H * W)


class _DividedByMore(_Wrong):
    def backward(self, dout):
        return self.spread(dout) / np.prod(self.shape[1:])


class _DividedByAll(_Wrong):
    def backward(self, dout):
        return self.spread(dout) / np.prod(self.shape)


class _DividedByN(_Wrong):
    def backward(self, dout):
        return super().backward(dout) / len(dout)


def _divided(by):
    """Return a layer that divides by by(H, W) on the way back."""

    class Layer(_Wrong):
        def backward(self, dout):
            return self.spread(dout) / by(*self.shape[2:])

    return Layer


class _OneAxis(_Wrong):
    def forward(self, x, train_flg=True):
        super().forward(x)
        return x.mean(axis=3)


EXERCISE = Exercise(
    name="global_average_pooling",
    title=Text("Global average pooling", "全体平均プーリング"),
    reference=GlobalAveragePooling,
    cases=_cases,
    run=_run,
    parts=("out", "dx", "dx of a second batch"),
    slips=(
        Slip(
            "sum-for-mean",
            Text(
                "These are the sums of the maps. Divide by H * W, and on the"
                " way back, too.",
                "マップの合計になっています。H * W で割ります。逆伝播でも同じ"
                "です。",
            ),
            answer=_Sum,
            also=(_SumForward,),
        ),
        Slip(
            "gradient-not-divided",
            Text(
                "out is right. In dx every pixel gets the whole dout: but if"
                " one pixel grows by 1, the mean grows by 1 / (H * W).",
                "out は合っています。dx では、どの画素も dout をそのまま受け取"
                "っています。1 つの画素が 1 増えても、平均は 1 / (H * W) しか"
                "増えません。",
            ),
            answer=_Undivided,
        ),
        Slip(
            "two-axes-left",
            Text(
                "The means are right, but out has four axes. (N, C) is"
                " wanted: one number for each map.",
                "平均は合っていますが、out の軸が 4 つあります。マップごとに数"
                " 1 つで、(N, C) にします。",
            ),
            answer=_FourAxes,
        ),
        Slip(
            "max-for-mean",
            Text(
                "These are the largest numbers of the maps. The mean is"
                " wanted.",
                "マップの最大値になっています。求めるのは平均です。",
            ),
            answer=_Max,
            also=(_MaxForward,),
        ),
        Slip(
            "mean-over-channels",
            Text(
                "The mean went over the channels. It goes over height and"
                " width, and each channel keeps its own.",
                "チャンネル方向に平均しています。平均するのは縦と横で、チャン"
                "ネルごとに 1 つの値が残ります。",
            ),
            answer=_OverChannels,
            seen=lambda got, x, dout: (
                np.shape(got[0]) == (len(x), *x.shape[2:])
                and np.shape(got[0]) != x.shape[:2]
            ),
        ),
        Slip(
            "dx-has-no-pixels",
            Text(
                "dx has one number for a map. x had H * W: every pixel gets"
                " its share.",
                "dx の数がマップごとに 1 つしかありません。x には H * W 個あり"
                "ました。すべての画素に勾配を分けます。",
            ),
            answer=_DxLeftFlat,
            seen=lambda got, x, dout: np.size(got[1]) == x[:, :, 0, 0].size,
        ),
        Slip(
            "divided-by-channels-too",
            Text(
                "dx was divided by the number of channels as well. A mean is"
                " taken over H * W pixels.",
                "dx をチャンネル数でも割っています。平均は H * W 個の画素につ"
                "いてのものです。",
            ),
            answer=_DividedByMore,
        ),
        Slip(
            "divided-by-batch-size",
            Text(
                "dx was divided by the batch size as well. The loss has done"
                " that already.",
                "dx をバッチサイズでも割っています。それは損失関数の側ですでに"
                "済んでいます。",
            ),
            answer=_DividedByN,
            also=(_DividedByAll,),
        ),
        Slip(
            "divided-by-other-number",
            Text(
                "out is right, but dx was divided by another number than H *"
                " W, the number of pixels of a map.",
                "out は合っていますが、dx を H * W（マップの画素数）ではない数"
                "で割っています。",
            ),
            answer=_divided(lambda H, W: H),
            also=(
                _divided(lambda H, W: W),
                _divided(lambda H, W: H * H),
                _divided(lambda H, W: W * W),
                _divided(lambda H, W: H + W),
            ),
        ),
        Slip(
            "multiplied-not-divided",
            Text(
                "dx was multiplied by the number of pixels. A pixel gets a"
                " share of dout: divide.",
                "dx に画素数を掛けています。画素が受け取るのは dout の一部なの"
                "で、割ります。",
            ),
            answer=_divided(lambda H, W: 1 / (H * W)),
        ),
        Slip(
            "one-axis-averaged",
            Text(
                "out has three axes: the mean went along one side of the map"
                " only. It goes over both, axes 2 and 3.",
                "out の軸が 3 つあります。平均が縦か横の片方だけです。軸 2 と"
                "軸 3 の両方で平均します。",
            ),
            answer=_OneAxis,
            seen=lambda got, *case: np.ndim(got[0]) == 3,
        ),
    ),
    hints=(
        Text(
            "How many pixels share one number of out, and what does each of"
            " them add to it?",
            "out の 1 つの数は、何個の画素から作られますか。1 つの画素の寄与は"
            "どれだけですか。",
        ),
        Text(
            "Mean over the axes 2 and 3. Backward: dout / (H * W) goes to each"
            " pixel of its map; give dout two more axes and np.broadcast_to"
            " does the rest.",
            "軸 2 と軸 3 で平均します。逆伝播では、dout / (H * W) をそのマップ"
            "の全画素に渡します。dout に軸を 2 つ足せば、np.broadcast_to で広"
            "げられます。",
        ),
        Text(
            "self.x_shape = x.shape",
            "self.x_shape = x.shape",
        ),
    ),
)
