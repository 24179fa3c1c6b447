"""Exercise 5_7/own_layers: your own two layers."""

from __future__ import annotations

import numpy as np

from course_lib.exercises import rounds
from course_lib.exercises.lesson_5_5.shared import (
    Accumulating,
    AccumulatingW,
    FirstColumns,
    Stepping,
    Wrong,
    with_parameters,
)
from course_lib.exercises.lesson_5_6.shared import (
    AverageRows,
    MapsReshaped,
    Overwritten,
    Rows,
)
from course_lib.exercises.lesson_5_7.shared import in_place
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import col2im
from course_lib.layers import AveragePooling, Convolution, MaxPooling
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


PARTS = (
    "classes",
    *rounds.parts("conv out", "conv dx", "dW", "db", "pool out", "pool dx"),
    "parameters as before",
)
TWO = "two classes"


def _kind(pair):
    """Say what an answer is, TWO where it can be tried."""
    if isinstance(pair, (tuple, list)) and len(pair) != 2:
        return "one class" if len(pair) == 1 else "no pair"
    if not isinstance(pair, (tuple, list)):
        return "one class" if isinstance(pair, type) else "no pair"
    if any(layer is None for layer in pair):
        return "None"
    if any(isinstance(layer, str) for layer in pair):
        return "text"
    if any(not callable(v) or isinstance(v, np.ndarray) for v in pair):
        return "objects"
    for layer in pair:
        if isinstance(layer, type) and not hasattr(layer, "backward"):
            return "no backward"
    return TWO


def _run_own(answer, x, W, b, stride, pad, dout, pool, dpool):
    pair = answer()
    if pair is None:
        return None
    if isinstance(pair, (tuple, list)) and any(v is ... for v in pair):
        raise NotImplementedError
    kind = _kind(pair)
    if kind != TWO:
        return kind, *([0.0] * (len(PARTS) - 1))
    sizes = W, b, stride, pad, dout, pool, dpool
    try:
        return TWO, *_tried(*pair, x, *sizes)
    except Exception:
        if not _works(*pair[::-1], x, *sizes):
            raise
        return "swapped", *([0.0] * (len(PARTS) - 1))


def _works(*args):
    try:
        _tried(*args)
    except Exception:
        return False
    return True


def _tried(Conv, Pool, x, W, b, stride, pad, dout, pool, dpool):
    conv, shared = in_place(Conv, W, b, stride, pad)
    before = b.copy()
    pooling = Pool(*pool)

    def call(x, douts=None):
        if douts is None:
            right = Convolution(W, before, stride, pad).forward(x)
            pooled = MaxPooling(*pool).forward(x)
            douts = rounds.gradient_like(right), rounds.gradient_like(pooled)
        out = conv.forward(x)
        dx = conv.backward(douts[0])
        pooled = pooling.forward(x)
        dpooled = pooling.backward(douts[1])
        dW, db = getattr(conv, "dW", None), getattr(conv, "db", None)
        return out, dx, dW, db, pooled, dpooled

    first, *others = rounds.inputs(x)
    calls = [lambda: call(first, (dout, dpool))]
    calls += [lambda v=v: call(v) for v in others]
    found = rounds.rounds(calls, 6)
    return *found, rounds.as_before(conv, W=(shared, W), b=(b, before))


def own_layers():
    """Return the two layer classes of the course."""
    return Convolution, MaxPooling


def _right_first(x, W, b, stride, pad, dout, pool, dpool):
    conv, pooling = Convolution(W, b, stride, pad), MaxPooling(*pool)
    out = conv.forward(x)
    dx = conv.backward(dout)
    pooled = pooling.forward(x)
    return TWO, out, dx, conv.dW, conv.db, pooled, pooling.backward(dpool)


class _Copying(Convolution):
    def __init__(self, W, b, stride=1, pad=0):
        super().__init__(W.copy(), b, stride, pad)


class _InitColumns(Wrong):
    """Make the columns of W when the layer is made."""

    def __init__(self, W, b, stride=1, pad=0):
        super().__init__(W, b, stride, pad)
        self.right = Convolution(W.copy(), b, stride, pad)


class _NotStored(Wrong):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.db = None
        return dx


class _Overwriting(Wrong):
    def image(self, dcol):
        FH, FW = self.W.shape[2:]
        return col2im(dcol, self.x_shape, FH, FW, self.stride, self.pad)


class _DoutReshaped(Wrong):
    def rows(self, dout):
        return dout.reshape(-1, len(self.W))


class _DbMean(Wrong):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = self.rows(dout).mean(axis=0)
        return dx


class _ZeroPadding(Rows):
    lowest = 0


class _ToAll(Rows):
    def share(self, rows):
        return np.ones(rows.shape)


def _conv(Layer):
    return lambda: (Layer, MaxPooling)


def _pool(Layer):
    return lambda: (Convolution, Layer)


def _is(kind):
    return lambda result, *case: result[0] == kind


EXERCISE = Exercise(
    name="own_layers",
    title=Text("Your own two layers", "自分で書いた 2 つの層"),
    reference=own_layers,
    cases=_own_cases,
    run=_run_own,
    parts=PARTS,
    slips=(
        Slip(
            "classes-swapped",
            Text(
                "The two classes have changed places. Convolution comes first,"
                " then MaxPooling.",
                "2 つのクラスの順番が逆です。Convolution が先、MaxPooling が後"
                "です。",
            ),
            answer=lambda: (MaxPooling, Convolution),
            seen=_is("swapped"),
        ),
        Slip(
            "instances-given",
            Text(
                "A layer that is made already was given. Give the class"
                " itself, without `()`: the network makes its own layers.",
                "作成済みの層（オブジェクト）を渡しています。`()` を付けずに、"
                "クラスそのものを渡します。層はネットワークの側で作ります。",
            ),
            answer=lambda: (Convolution, MaxPooling(2, 2)),
            seen=_is("objects"),
        ),
        Slip(
            "names-given",
            Text(
                "The names were given as text. Give the classes themselves,"
                " without quotation marks.",
                "名前を文字列で渡しています。引用符を付けずに、クラスそのもの"
                "を渡します。",
            ),
            answer=lambda: ("Convolution", "MaxPooling"),
            seen=_is("text"),
        ),
        Slip(
            "one-class-only",
            Text(
                "Only one class was given. Both are needed: Convolution and"
                " MaxPooling.",
                "クラスが 1 つしかありません。Convolution と MaxPooling の 2 "
                "つを渡します。",
            ),
            answer=lambda: Convolution,
            seen=_is("one class"),
        ),
        Slip(
            "none-given",
            Text(
                "One of the two is None. Give a class for each; a layer that"
                " you lack can be imported from course_lib.layers.",
                "片方が None です。両方にクラスを指定します。手元にない層は"
                " course_lib.layers から import できます。",
            ),
            answer=lambda: (Convolution, None),
            seen=_is("None"),
        ),
        Slip(
            "backward-not-attached",
            Text(
                "One of the classes has no backward. In 5_5 and 5_6 it was"
                " written as a function: copy that too, and the line"
                " `Convolution.backward = backward` after it (or the same for"
                " MaxPooling).",
                "backward のないクラスがあります。5_5 と 5_6 では関数として書"
                "きました。その関数と、`Convolution.backward = backward`（"
                "MaxPooling も同様）という行も貼り付けてください。",
            ),
            answer=_conv(type("Convolution", (), {"forward": Wrong.forward})),
            seen=_is("no backward"),
        ),
        Slip(
            "gradients-not-stored",
            Text(
                "After backward, dW or db of the convolution is None. Keep"
                " them in self.dW and self.db.",
                "backward の後、畳み込み層の dW か db が None です。"
                "self.dW と self.db に入れてください。",
            ),
            answer=_conv(_NotStored),
            seen=lambda result, *case: (
                result[0] == TWO and (result[3] is None or result[4] is None)
            ),
        ),
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
            answer=_conv(_Copying),
            also=(_conv(_InitColumns),),
        ),
        Slip(
            rounds.PARAMETERS_CHANGED.name,
            rounds.PARAMETERS_CHANGED.text,
            answer=_conv(Stepping),
            seen=lambda result, *case: result[-1] is False,
        ),
        Slip(
            "gradients-accumulate",
            rounds.ACCUMULATE,
            answer=_conv(Accumulating),
            also=(_conv(AccumulatingW),),
        ),
        Slip(
            "bias-forgotten",
            Text(
                "The convolution does not add its bias.",
                "畳み込み層でバイアスが足されていません。",
            ),
            answer=_conv(with_parameters(lambda W, b: (W, 0 * b))),
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
            answer=_conv(_Overwriting),
        ),
        Slip(
            "dout-reshaped-not-transposed",
            Text(
                "In the convolution the numbers of dout were mixed between"
                " filters: its axis FN stands second, in the rows last. A"
                " reshape alone cannot move it.",
                "畳み込み層で、dout の数がフィルターの間で混ざっています。FN "
                "の軸は dout では 2 番目、行の形では最後です。reshape だけでは"
                "軸を動かせません。",
            ),
            answer=_conv(_DoutReshaped),
        ),
        Slip(
            "db-is-mean",
            Text(
                "db of the convolution is a mean. The gradients of all"
                " positions add up.",
                "畳み込み層の db が平均になっています。すべての位置の勾配を合"
                "計します。",
            ),
            answer=_conv(_DbMean),
        ),
        Slip(
            "zero-padding-in-max",
            Text(
                "The pooling layer lets the padding win where all numbers"
                " are negative. Which number never wins?",
                "プーリング層で、負の数ばかりの窓ではパディングが最大値に"
                "なっています。決して最大にならない数は何ですか。",
            ),
            answer=_pool(_ZeroPadding),
        ),
        Slip(
            "mean-for-max",
            Text(
                "The pooling layer takes means. Max pooling takes the largest"
                " number.",
                "プーリング層が平均を求めています。マックスプーリングでは最大"
                "値を求めます。",
            ),
            answer=_pool(AveragePooling),
            also=(_pool(AverageRows),),
        ),
        Slip(
            "gradient-to-all",
            Text(
                "The pooling layer sends the gradient to the whole window."
                " Only one number of it reached the output.",
                "プーリング層が勾配を窓全体に配っています。出力に届いたの"
                "は、窓の中の 1 つの数だけです。",
            ),
            answer=_pool(_ToAll),
        ),
        Slip(
            "pool-overlaps-overwritten",
            Text(
                "dx of the pooling layer keeps one gradient where windows"
                " overlap. They add up.",
                "プーリング層の dx で、窓の重なりに勾配が 1 つしか残っていま"
                "せん。合計が必要です。",
            ),
            answer=_pool(Overwritten),
        ),
        Slip(
            "maps-reshaped-not-transposed",
            Text(
                "In the pooling layer the numbers are mixed between the"
                " channels: reshape with C last, then move it.",
                "プーリング層で、数がチャンネルの間で混ざっています。C を最後"
                "にして reshape してから、軸を動かします。",
            ),
            answer=_pool(MapsReshaped),
        ),
        rounds.later_call_differs(_right_first, _conv(FirstColumns)),
    ),
    hints=(
        Text(
            "Do you have both classes, each with forward and backward?",
            "2 つのクラスに forward と backward がそろっていますか。",
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
