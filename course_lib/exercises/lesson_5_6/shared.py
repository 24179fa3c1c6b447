"""What several exercises of lesson 5_6 use."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from course_lib.exercises import rounds
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
    x, *rest = cases[1]
    return [*cases, (1e6 * (x - 5), *rest)]


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
    layer = Layer(pool_h, pool_w, stride, pad)
    return rounds.rounds(
        [lambda v=v: (layer.forward(v),) for v in rounds.inputs(x)], 1
    )


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

    def call(x, dout=None):
        out = layer.forward(x)
        if dout is None:
            right = MaxPooling(pool_h, pool_w, stride, pad).forward(x)
            dout = rounds.gradient_like(right)
        return out, layer.backward(dout)

    first, *others = rounds.inputs(x)
    calls = [lambda: call(first, dout), *(lambda v=v: call(v) for v in others)]
    return rounds.rounds(calls, 2)


def first_call(Layer):
    """Return what a right layer gives in the first call of a case."""

    def right(x, pool_h, pool_w, stride, pad, dout=None):
        layer = Layer(pool_h, pool_w, stride, pad)
        out = layer.forward(x)
        return (out,) if dout is None else (out, layer.backward(dout))

    return right


def changed_out(change, Base):
    """Return a layer whose result goes through `change(out, x, layer)`."""

    class Layer(Base):
        def forward(self, x):
            return change(super().forward(x), x, self)

    return Layer


def changed_dx(change, Base):
    """Return a layer whose dx goes through `change(dx, dout, layer)`."""

    class Layer(Base):
        def backward(self, dout):
            return change(super().backward(dout), dout, self)

    return Layer


def with_dout(change, Base):
    """Return a layer whose backward works with `change(dout, layer)`."""

    class Layer(Base):
        def backward(self, dout):
            return super().backward(change(dout, self))

    return Layer


def with_sizes(change, Base):
    """Return a layer with `change(pool_h, pool_w, stride, pad)` instead."""
    return lambda *sizes: Base(*change(*sizes))


def padded_with(Base, **how):
    """Return a layer that pads in another way, as np.pad takes it."""

    class Layer(Base):
        def forward(self, x):
            p = self.pad
            wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), **how)
            return Base(*self.window, self.stride).forward(wide)

    return Layer


def by_windows(pooled, bounds=None, lowest=-np.inf):
    """Return a layer that pools window by window, in a loop.

    pooled: (N, C, h, w) -> (N, C). bounds: (i, stride, size) -> start, end.
    """

    class Layer(Rows):
        def forward(self, x):
            p, s = self.pad, self.stride
            sides = ((0, 0), (0, 0), (p, p), (p, p))
            wide = np.pad(x, sides, constant_values=lowest)
            PH, PW = self.window
            OH = conv_output_size(x.shape[2], PH, s, p)
            OW = conv_output_size(x.shape[3], PW, s, p)
            out = np.zeros((*x.shape[:2], OH, OW))
            for i, j in np.ndindex(OH, OW):
                rows = slice(*(bounds or from_stride)(i, s, PH))
                cols = slice(*(bounds or from_stride)(j, s, PW))
                out[:, :, i, j] = pooled(wide[:, :, rows, cols])
            return out

    return Layer


def from_stride(i, stride, size):
    return i * stride, i * stride + size


def not_strided(i, stride, size):
    return i, i + size


def to_next_start(i, stride, size):
    return i * stride, (i + 1) * stride


def largest(window):
    return window.max(axis=(2, 3))


def scattered(write, Base):
    """Return a layer that writes each gradient into dx in a loop.

    write(dx, window, top, left, delta, i, j): dx is one padded channel.
    """

    class Layer(Base):
        def forward(self, x):
            p = self.pad
            sides = ((0, 0), (0, 0), (p, p), (p, p))
            self.wide = np.pad(x, sides, constant_values=self.lowest)
            return super().forward(x)

        def backward(self, dout):
            dx = np.zeros(self.wide.shape)
            PH, PW = self.window
            s, p = self.stride, self.pad
            for n, c, i, j in np.ndindex(dout.shape):
                rows = slice(i * s, i * s + PH)
                cols = slice(j * s, j * s + PW)
                window = self.wide[n, c, rows, cols]
                write(dx[n, c], window, i * s, j * s, dout[n, c, i, j], i, j)
            H, W = self.x_shape[2:]
            return dx[:, :, p : p + H, p : p + W]

    return Layer


def winner(window):
    """Return row and column of the first maximum."""
    return np.unravel_index(window.argmax(), window.shape)


def not_cut(Base):
    """Return a layer that leaves the rim of the padding in dx."""

    class Layer(Base):
        def image(self, dcol):
            N, C, H, W = self.x_shape
            p = 2 * self.pad
            shape = N, C, H + p, W + p
            return col2im(dcol, shape, *self.window, self.stride, 0, True)

    return Layer


def cut_when_zero(Base):
    """Return a layer that cuts with p:-p, which is empty for p = 0."""

    class Layer(not_cut(Base)):
        def image(self, dcol):
            p = self.pad
            return super().image(dcol)[:, :, p:-p, p:-p]

    return Layer


def columns_returned(Base):
    class Layer(Base):
        def image(self, dcol):
            return dcol

    return Layer


def accumulating(Base):
    """Return a layer that adds every dx to those before."""

    class Layer(Base):
        total = 0

        def backward(self, dout):
            self.total = self.total + super().backward(dout)
            return self.total

    return Layer


def keeping_first(Base):
    """Return a layer that keeps its first result for ever."""

    class Layer(Base):
        out = None

        def forward(self, x):
            if self.out is None:
                self.out = super().forward(x)
            return self.out

    return Layer


def mixed_maps(out, x, layer):
    rows = out.transpose(0, 2, 3, 1)
    N, C, OH, OW = out.shape
    return rows.reshape(N, OW, OH, C).transpose(0, 3, 1, 2)


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


def other_axes(Base=Rows):
    """Return a layer for each other order of the axes of dout."""
    return tuple(
        dout_axes(axes, Base)
        for axes in permutations(range(4))
        if axes != (0, 2, 3, 1)
    )


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


CHANNELS_LAST = Text(
    "The axes are (N, OH, OW, C). The channels belong in second place: (N, C,"
    " OH, OW).",
    "軸が (N, OH, OW, C) の順です。チャンネルの軸は 2 番目に置き、(N, C, OH,"
    " OW) にします。",
)


SIDES_SWAPPED = Text(
    "Height and width are mixed up: pool_h belongs to H and pool_w to W, and"
    " the rows are in the order N, OH, OW.",
    "縦と横を取り違えています。pool_h は H、pool_w は W に対応し、行は N, OH,"
    " OW の順です。",
)


STRIDE_IGNORED = Text(
    "The result fits stride 1. Did self.stride reach the windows and the"
    " output size?",
    "ストライド 1 のときの結果です。窓の位置と出力サイズの計算に self.stride "
    "を使っていますか。",
)


PAD_IGNORED = Text(
    "The result fits pad 0. Did self.pad reach the windows and the output"
    " size?",
    "パディング 0 のときの結果です。窓と出力サイズの計算に self.pad を使って"
    "いますか。",
)


NOT_STRIDED = Text(
    "The size is right, but the windows move by one pixel only. The window of"
    " output i begins at i * stride.",
    "サイズは合っていますが、窓が 1 画素ずつしか動いていません。i 番目の窓は"
    " i * stride から始まります。",
)


ENDS_AT_NEXT = Text(
    "The slices end where the next one starts, at (i + 1) * stride. A window"
    " is pool_h high: it ends at i * stride + pool_h.",
    "スライスが次の窓の始まり (i + 1) * stride で終わっています。窓の高さは"
    " pool_h なので、終わりは i * stride + pool_h です。",
)


ONES_FOR_DOUT = Text(
    "dx is what comes out if every number of dout is 1. It needs dout itself.",
    "dx が、dout の数がすべて 1 のときの値になっています。dout の値を届けま"
    "す。",
)


NOT_CUT = Text(
    "dx still has the rim of the padding. x was H by W: cut off pad pixels on"
    " each side.",
    "dx にパディングの縁が残っています。x の大きさは H、W です。各辺から pad "
    "画素を取り除きます。",
)


CUT_WHEN_ZERO = Text(
    "With pad 0 nothing is left of dx: `p:-p` is `0:-0`, an empty slice. Count"
    " the end from the front: `p : H + p`.",
    "pad が 0 のとき dx が空になります。`p:-p` は `0:-0` となり、空のスライス"
    "です。終わりは `p : H + p` のように前から数えます。",
)


COLUMNS_RETURNED = Text(
    "This is dcol, one row for each window. col2im puts it back into the shape"
    " of x.",
    "返しているのは dcol（1 行が 1 つの窓）です。col2im で x の形状に戻しま"
    "す。",
)


STRIDE_IN_BACKWARD = Text(
    "The gradients are put back as if the windows moved by one pixel. The"
    " window of output i begins at i * stride here too.",
    "窓が 1 画素ずつ動いたかのように勾配を戻しています。ここでも、i 番目の窓は"
    " i * stride から始まります。",
)


CUT_TO_WHOLE = Text(
    "The gradients were cut to whole numbers. An array of integers cannot hold"
    " fractions: make it of floats.",
    "勾配の小数部分が切り捨てられています。整数の配列に小数は入りません。小数"
    "の配列を用意してください。",
)


DX_ACCUMULATES = Text(
    "The second dx holds the first one too. Each backward begins with an array"
    " of zeros.",
    "2 回目の dx に 1 回目の dx が足されています。backward のたびに、0 の配列"
    "から始めます。",
)
