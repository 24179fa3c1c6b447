"""What several exercises of lesson 5_6 use."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.functional import col2im, conv_output_size, im2col
from course_lib.layers import MaxPooling
from course_lib.text import Text

# N, C, H, W, PH, PW, stride, pad: no two of them alike where it matters
SIZES = (
    (1, 1, 3, 3, 2, 2, 1, 0),
    (2, 3, 5, 6, 2, 3, 1, 1),
    (5, 3, 7, 6, 3, 2, 2, 0),
    (2, 4, 6, 8, 2, 2, 2, 0),
    (2, 3, 6, 7, 3, 3, 2, 1),
)


def images():
    """Return (x, pool_h, pool_w, stride, pad), most numbers negative."""
    rng = np.random.default_rng(66)
    cases = []
    for N, C, H, W, *rest in SIZES:
        x = rng.permutation(N * C * H * W) / 10 - N * C * H * W / 12
        cases.append((x.reshape(N, C, H, W), *rest))
    return cases


def images_with_dout():
    rng = np.random.default_rng(67)
    tied = rng.integers(-3, 0, size=(2, 3, 5, 4)).astype(float)
    cases = []
    for case in (*images(), (tied, 2, 2, 1, 0), (-tied, 2, 3, 2, 1)):
        x, *rest = case
        out = MaxPooling(*rest).forward(x)
        cases.append((x, *rest, rng.normal(size=out.shape)))
    return cases


class Rows:
    """A layer as a learner writes it; each slip changes one step."""

    lowest = -np.inf

    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.window = pool_h, pool_w
        self.stride, self.pad = stride, pad

    def forward(self, x):
        self.x_shape = x.shape
        H, W = x.shape[2:]
        PH, PW = self.window
        self.OH = conv_output_size(H, PH, self.stride, self.pad)
        self.OW = conv_output_size(W, PW, self.stride, self.pad)
        self.cells = im2col(
            x, PH, PW, self.stride, self.pad, self.lowest
        ).reshape(-1, PH * PW)
        return self.maps(self.value(self.cells))

    def value(self, rows):
        return rows.max(axis=1)

    def maps(self, values):
        N, C = self.x_shape[:2]
        return values.reshape(N, self.OH, self.OW, C).transpose(0, 3, 1, 2)

    def flat(self, dout):
        return dout.transpose(0, 2, 3, 1).reshape(-1, 1)

    def share(self, rows):
        """Say which part of the gradient each number of a window gets."""
        first = rows.argmax(axis=1)[:, np.newaxis]
        return (np.arange(rows.shape[1]) == first).astype(float)

    def image(self, dcol):
        return col2im(
            dcol,
            self.x_shape,
            *self.window,
            self.stride,
            self.pad,
            is_backward=True,
        )

    def backward(self, dout):
        drows = self.flat(dout) * self.share(self.cells)
        windows = self.x_shape[0] * self.OH * self.OW
        return self.image(drows.reshape(windows, -1))


def run_forward(Layer, x, pool_h, pool_w, stride, pad):
    return Layer(pool_h, pool_w, stride, pad).forward(x)


class Mean(Rows):
    lowest = 0

    def value(self, rows):
        return rows.mean(axis=1)


class MapsReshaped(Rows):
    def maps(self, values):
        N, C = self.x_shape[:2]
        return values.reshape(N, C, self.OH, self.OW)


def run_backward(Layer, x, pool_h, pool_w, stride, pad, dout):
    layer = Layer(pool_h, pool_w, stride, pad)
    return layer.forward(x), layer.backward(dout)


class Overwritten(Rows):
    def image(self, dcol):
        return col2im(dcol, self.x_shape, *self.window, self.stride, self.pad)


class DoutReshaped(Rows):
    def flat(self, dout):
        return dout.reshape(-1, 1)


def dout_axes(axes, Base=Rows):
    """Return a layer that puts the axes of dout into this order."""

    class Layer(Base):
        def flat(self, dout):
            return dout.transpose(axes).reshape(-1, 1)

    return Layer


def dout_axes_seen(Base=Rows):
    def seen(got, *case):
        return any(
            same(got, run_backward(dout_axes(axes, Base), *case))
            for axes in permutations(range(4))
        )

    return seen


DOUT_RESHAPED = Text(
    "The gradients went to wrong windows: in the rows the channel stands"
    " last, in dout second. A reshape alone cannot move an axis.",
    "勾配が別の窓に届いています。チャンネルの軸は、行の形では最後、dout では "
    "2 番目です。reshape だけでは軸を動かせません。",
)


DOUT_AXES = (
    "dout-axes-in-other-order",
    Text(
        "The numbers of dout are not in the order of the rows: N, OH, OW, C."
        " For each axis, write which axis of dout it is.",
        "dout の数が、行の順番 N, OH, OW, C に並んでいません。新しい軸の順に、"
        "dout のどの軸を持ってくるかを書いてみましょう。",
    ),
)


OVERWRITTEN = Text(
    "A pixel keeps the gradient of one window only. Where windows overlap,"
    " col2im must sum.",
    "画素に窓 1 つ分の勾配しか残っていません。窓が重なるところでは、col2im は"
    "合計する必要があります。",
)


MAPS_RESHAPED = Text(
    "The numbers are right but mixed between the channels. In the rows the"
    " channel changes fastest: reshape with C last, then move it.",
    "数は合っていますが、チャンネルの間で混ざっています。行の形では"
    "チャンネルがいちばん速く変わります。C を最後にして reshape "
    "してから、軸を動かします。",
)


class AverageRows(Mean):
    def share(self, rows):
        return np.full(rows.shape, 1 / rows.shape[1])
