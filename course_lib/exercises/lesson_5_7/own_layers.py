"""Exercise 5_7/own_layers: your own two layers."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_7.shared import in_place
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import col2im
from course_lib.layers import Convolution, MaxPooling
from course_lib.text import Text

# N, C, H, W, FN, F, stride, pad, pooling window: no two of them alike
SIZES = (
    (2, 1, 8, 7, 3, 3, 1, 0, (2, 2, 2, 0)),
    (3, 2, 6, 8, 4, 2, 2, 0, (2, 2, 2, 0)),
    (1, 3, 7, 9, 2, 3, 1, 1, (3, 3, 2, 1)),
    (2, 2, 9, 6, 5, 4, 1, 2, (2, 3, 1, 0)),
    (4, 1, 5, 8, 2, 3, 2, 1, (3, 2, 1, 1)),
)


def _own_cases():
    rng = np.random.default_rng(70)
    cases = []
    for N, C, H, W, FN, F, stride, pad, window in SIZES:
        x = rng.normal(size=(N, C, H, W)) - 1.5  # negative at the border
        filters = rng.normal(size=(FN, C, F, F))
        b = rng.normal(size=FN)
        out = Convolution(filters, b, stride, pad).forward(x)
        pooled = MaxPooling(*window).forward(x)
        douts = rng.normal(size=out.shape), rng.normal(size=pooled.shape)
        cases.append((x, filters, b, stride, pad, douts[0], window, douts[1]))
    return cases


def _run_own(answer, x, W, b, stride, pad, dout, pool, dpool):
    Conv, Pool = answer()
    if Conv is ... or Pool is ...:
        raise NotImplementedError
    conv = in_place(Conv, W, b, stride, pad)
    out = conv.forward(x)
    dx = conv.backward(dout)
    pooling = Pool(*pool)
    pooled = pooling.forward(x)
    return out, dx, conv.dW, conv.db, pooled, pooling.backward(dpool)


def own_layers():
    """Return the two layer classes of the course."""
    return Convolution, MaxPooling


class _Copying(Convolution):
    def __init__(self, W, b, stride=1, pad=0):
        super().__init__(W.copy(), b, stride, pad)


class _NotStored(Convolution):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.db = None
        return dx


class _Overwriting(Convolution):
    def forward(self, x):
        self.shape = x.shape
        return super().forward(x)

    def backward(self, dout):
        super().backward(dout)
        FN, _, FH, FW = self.W.shape
        rows = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        dcol = rows @ self.W.reshape(FN, -1)
        return col2im(dcol, self.shape, FH, FW, self.stride, self.pad)


class _ZeroPadding(MaxPooling):
    def forward(self, x):
        out = super().forward(x)
        pad = ((0, 0), (0, 0), (self.pad, self.pad), (self.pad, self.pad))
        inner = MaxPooling(self.pool_h, self.pool_w, self.stride)
        return inner.forward(np.pad(x, pad)) if self.pad else out


class _ToAll(MaxPooling):
    def forward(self, x):
        self.shape = x.shape
        return super().forward(x)

    def backward(self, dout):
        C = dout.shape[1]
        window = self.pool_h * self.pool_w
        rows = dout.transpose(0, 2, 3, 1).reshape(-1, C)
        return col2im(
            np.repeat(rows, window, axis=1),
            self.shape,
            self.pool_h,
            self.pool_w,
            self.stride,
            self.pad,
            is_backward=True,
        )


EXERCISE = Exercise(
    name="own_layers",
    title=Text("Your own two layers", "自分で書いた 2 つの層"),
    reference=own_layers,
    cases=_own_cases,
    run=_run_own,
    parts=("conv out", "conv dx", "dW", "db", "pool out", "pool dx"),
    slips=(
        Slip(
            "weights-copied",
            Text(
                "The weights changed after the layer was made, and the"
                " layer did not notice: it holds a copy. Keep W itself, or"
                " training will not reach it.",
                "層を作った後に W の中身を変えましたが、結果が変わりませ"
                "ん。層がコピーを持っているためです。W そのものを持たない"
                "と、学習の結果が層に届きません。",
            ),
            answer=lambda: (_Copying, MaxPooling),
        ),
        Slip(
            "gradients-not-stored",
            Text(
                "After backward, dW or db of the convolution is None. Keep"
                " them in self.dW and self.db.",
                "backward の後、畳み込み層の dW か db が None です。"
                "self.dW と self.db に入れてください。",
            ),
            answer=lambda: (_NotStored, MaxPooling),
            seen=lambda result, *case: result[2] is None or result[3] is None,
        ),
        Slip(
            "overlaps-overwritten",
            Text(
                "dx of the convolution keeps one gradient where windows"
                " overlap. They add up: look at is_backward of col2im.",
                "畳み込み層の dx で、窓の重なりに勾配が 1 つしか残って"
                "いません。合計が必要です。col2im の is_backward を"
                "見直してください。",
            ),
            answer=lambda: (_Overwriting, MaxPooling),
        ),
        Slip(
            "zero-padding-in-max",
            Text(
                "The pooling layer lets the padding win where all numbers"
                " are negative. Which number never wins?",
                "プーリング層で、負の数ばかりの窓ではパディングが最大値に"
                "なっています。決して最大にならない数は何ですか。",
            ),
            answer=lambda: (Convolution, _ZeroPadding),
        ),
        Slip(
            "gradient-to-all",
            Text(
                "The pooling layer sends the gradient to the whole window."
                " Only one number of it reached the output.",
                "プーリング層が勾配を窓全体に配っています。出力に届いたの"
                "は、窓の中の 1 つの数だけです。",
            ),
            answer=lambda: (Convolution, _ToAll),
        ),
    ),
    hints=(
        Text(
            "Do you have both classes, each with forward and backward?",
            "2 つのクラスに forward と backward が揃っていますか。",
        ),
        Text(
            "Paste the classes above the last line of the cell, with the"
            " functions and imports that they use. A layer that you lack"
            " can be imported from course_lib.layers.",
            "セルの最後の行より上に、使っている関数や import と一緒に"
            "クラスを貼り付けます。手元にない層は course_lib.layers から "
            "import できます。",
        ),
        Text(
            "my_convolution, my_pooling = Convolution, MaxPooling",
            "my_convolution, my_pooling = Convolution, MaxPooling",
        ),
    ),
)
