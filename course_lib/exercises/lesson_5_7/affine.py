"""Exercise 5_7/affine: the Affine layer."""

from __future__ import annotations

import numpy as np

from course_lib.exercises import rounds
from course_lib.exercises.lesson_5_7.shared import in_place
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import Affine
from course_lib.text import Text


def _affine_cases():
    rng = np.random.default_rng(71)
    sizes = (((3, 4), 2), ((2, 3, 2, 4), 5), ((5, 2), 3), ((4, 1, 3, 2), 3))
    cases = []
    for shape, M in (*sizes, ((1, 2, 3, 3), 4), ((6, 7), 4)):
        D = int(np.prod(shape[1:]))
        arrays = (shape, (D, M), (M,), (shape[0], M))
        cases.append(tuple(rng.normal(size=size) for size in arrays))
    return cases


def _run_affine(Layer, x, W, b, dout):
    layer, shared = in_place(Layer, W, b)
    before = b.copy()

    def call(x, dout):
        out = layer.forward(x)
        dx = layer.backward(dout)
        return out, dx, getattr(layer, "dW", None), getattr(layer, "db", None)

    first, *others = rounds.inputs(x, taller=False)
    douts = [rounds.gradient_like(np.zeros((len(v), len(b)))) for v in others]
    calls = [lambda: call(first, dout)]
    calls += [lambda v=v, d=d: call(v, d) for v, d in zip(others, douts)]
    found = rounds.rounds(calls, 4)
    same = rounds.as_before(layer, W=(shared, W), b=(b, before))
    return *found, same


def _right_first(x, W, b, dout):
    layer = Affine(W, b)
    return layer.forward(x), layer.backward(dout), layer.dW, layer.db


def _after(change):
    """Return a layer whose backward ends in `change(layer, dx, dout)`."""

    class Layer(Affine):
        def backward(self, dout):
            dx = super().backward(dout)
            changed = change(self, dx, dout)
            return dx if changed is None else changed

    return Layer


def _gradients(**change):
    """Return a layer whose dW or db goes through a function."""

    def after(layer, dx, dout):
        for name, new in change.items():
            setattr(layer, name, new(getattr(layer, name), dout))

    return _after(after)


def _out(change):
    """Return a layer whose result goes through `change(out, layer)`."""

    class Layer(Affine):
        def forward(self, x):
            return change(super().forward(x), self)

    return Layer


def _not_stored(layer, dx, dout):
    layer.dW = layer.db = None


def _step(layer, dx, dout):
    layer.W -= 0.1 * layer.dW


def _by_n(value, dout):
    return value / len(dout)


class _Accumulating(Affine):
    names = ("dW", "db")

    def backward(self, dout):
        before = {name: getattr(self, name, None) for name in self.names}
        dx = super().backward(dout)
        for name, old in before.items():
            if old is not None:
                setattr(self, name, old + getattr(self, name))
        return dx


class _AccumulatingW(_Accumulating):
    names = ("dW",)


class _FirstResult(Affine):
    out = None

    def forward(self, x):
        if self.out is None:
            self.out = super().forward(x)
        return self.out


class _LeftFlat(Affine):
    def backward(self, dout):
        return super().backward(dout).reshape(len(dout), -1)


class _CopyingAffine(Affine):
    def __init__(self, W, b):
        super().__init__(W.copy(), b)


EXERCISE = Exercise(
    name="affine",
    title=Text("The Affine layer", "アフィン層"),
    reference=Affine,
    cases=_affine_cases,
    run=_run_affine,
    parts=(*rounds.parts("out", "dx", "dW", "db"), "parameters as before"),
    slips=(
        Slip(
            "gradients-not-stored",
            Text(
                "After backward, self.dW or self.db is not there or None. The"
                " optimizer will look for both.",
                "backward の後、self.dW か self.db がないか None です。"
                "オプティマイザーはこの 2 つを使って更新します。",
            ),
            answer=_after(_not_stored),
            seen=lambda got, *case: got[2] is None or got[3] is None,
        ),
        Slip(
            "weights-copied",
            Text(
                "W changed after the layer was made, and the layer did not"
                " notice: it holds a copy. Keep W itself.",
                "層を作った後に W の中身を変えましたが、結果が変わりませ"
                "ん。コピーではなく W そのものを持たせてください。",
            ),
            answer=_CopyingAffine,
        ),
        Slip(
            rounds.PARAMETERS_CHANGED.name,
            rounds.PARAMETERS_CHANGED.text,
            answer=_after(_step),
            seen=lambda result, *case: result[-1] is False,
        ),
        Slip(
            "gradients-accumulate",
            rounds.ACCUMULATE,
            answer=_Accumulating,
            also=(_AccumulatingW,),
        ),
        Slip(
            "bias-forgotten",
            Text(
                "Each output is off by its bias. Was b added?",
                "どの出力もバイアスの分だけずれています。b を足しましたか。",
            ),
            answer=_out(lambda out, layer: out - layer.b),
        ),
        Slip(
            "bias-subtracted",
            Text(
                "The product is right, but b is taken off. It is added.",
                "行列積は合っていますが、b を引いています。b は足します。",
            ),
            answer=_out(lambda out, layer: out - 2 * layer.b),
        ),
        Slip(
            "bias-added-twice",
            Text(
                "b is added twice. Once is enough.",
                "b を 2 回足しています。足すのは 1 回だけです。",
            ),
            answer=_out(lambda out, layer: out + layer.b),
        ),
        Slip(
            "relu-added",
            Text(
                "Negative results became 0. ReLU is a layer of its own.",
                "負の結果が 0 になっています。ReLU は別の層です。",
            ),
            answer=_out(lambda out, layer: np.maximum(out, 0)),
        ),
        Slip(
            "dx-negated",
            Text(
                "dx has the other sign. It is dout times W.T, without a"
                " minus.",
                "dx の符号が逆です。dx は dout と W.T の積で、マイナスは付きま"
                "せん。",
            ),
            answer=_after(lambda layer, dx, dout: -dx),
        ),
        Slip(
            "dx-left-flat",
            Text(
                "dx has the right numbers, but still the shape (N, D). The"
                " pooling layer before expects the shape that it sent.",
                "dx の数は合っていますが、(N, D) の形のままです。前のプーリン"
                "グ層は、自分が送り出した形状で受け取ります。",
            ),
            answer=_LeftFlat,
        ),
        Slip(
            "db-summed-over-everything",
            Text(
                "db is one number. Each output has a bias of its own: sum"
                " over the images only.",
                "db が 1 つの数になっています。バイアスは出力ごとにありま"
                "す。画像の軸だけで合計してください。",
            ),
            answer=_gradients(db=lambda db, dout: dout.sum()),
        ),
        Slip(
            "db-summed-over-outputs",
            Text(
                "db has one number for each image: the outputs were summed."
                " Sum over the images, axis 0.",
                "db が画像ごとの数になっています。出力について合計したためで"
                "す。画像の軸（axis=0）で合計します。",
            ),
            answer=_gradients(db=lambda db, dout: dout.sum(axis=1)),
        ),
        Slip(
            "db-not-summed",
            Text(
                "db is dout itself. b was added to every image, so its"
                " gradients are summed over the images.",
                "db が dout のままです。b はどの画像にも足されたので、画像につ"
                "いて合計します。",
            ),
            answer=_gradients(db=lambda db, dout: dout),
        ),
        Slip(
            "db-keeps-an-axis",
            Text(
                "db is right but has an axis too many. b has the shape (M,),"
                " and so has db.",
                "db の値は合っていますが、軸が 1 つ多くなっています。b の形状"
                "は (M,) で、db も同じ形状です。",
            ),
            answer=_gradients(db=lambda db, dout: db[np.newaxis]),
            also=(_gradients(db=lambda db, dout: db[:, np.newaxis]),),
        ),
        Slip(
            "dw-transposed",
            Text(
                "dW lies on its side: it needs the shape of W, (D, M)."
                " Which of the two factors is transposed?",
                "dW の縦と横が逆です。W と同じ (D, M) になるはずです。転置"
                "するのはどちらの行列ですか。",
            ),
            answer=_gradients(dW=lambda dW, dout: dW.T),
        ),
        Slip(
            "divided-by-batch-size",
            Text(
                "dW and db are too small by the batch size N. The mean is"
                " already in dout, from the loss.",
                "dW と db がバッチサイズ N の分だけ小さくなっています。平"
                "均は損失の側で取られ、dout に入っています。",
            ),
            answer=_gradients(dW=_by_n, db=_by_n),
            also=(_gradients(dW=_by_n), _gradients(db=_by_n)),
        ),
        Slip(
            "first-image-only",
            Text(
                "dx holds the first image only. All N of them go back.",
                "dx に 1 枚目の画像しかありません。N 枚すべてを返します。",
            ),
            answer=_after(lambda layer, dx, dout: dx[:1]),
        ),
        rounds.later_call_differs(_right_first, _FirstResult),
    ),
    hints=(
        Text(
            "Which shapes do x, W and dout have? Which products of two of"
            " them have the shape of dW, and of dx?",
            "x、W、dout の形状は何ですか。どの 2 つを掛けると dW や dx の"
            "形状になりますか。",
        ),
        Text(
            "Flatten each image to one row in forward, and remember both"
            " the rows and the old shape for backward.",
            "forward で画像 1 枚を 1 行に並べ、その行列と元の形状を "
            "backward のために覚えておきます。",
        ),
        Text(
            "self.x_shape, self.x = x.shape, x.reshape(len(x), -1)",
            "self.x_shape, self.x = x.shape, x.reshape(len(x), -1)",
        ),
    ),
)
