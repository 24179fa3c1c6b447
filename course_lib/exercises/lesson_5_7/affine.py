"""Exercise 5_7/affine: the Affine layer."""

from __future__ import annotations

import numpy as np

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
    layer = in_place(Layer, W, b)
    out = layer.forward(x)
    dx = layer.backward(dout)
    return out, dx, layer.dW, layer.db


class _NoBias(Affine):
    def forward(self, x):
        return super().forward(x) - self.b


class _LeftFlat(Affine):
    def backward(self, dout):
        return super().backward(dout).reshape(len(dout), -1)


class _DbOneNumber(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = dout.sum()
        return dx


class _DwTurned(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.dW.T
        return dx


class _DividedByN(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW, self.db = self.dW / len(dout), self.db / len(dout)
        return dx


class _CopyingAffine(Affine):
    def __init__(self, W, b):
        super().__init__(W.copy(), b)


EXERCISE = Exercise(
    name="affine",
    title=Text("The Affine layer", "アフィン層"),
    reference=Affine,
    cases=_affine_cases,
    run=_run_affine,
    parts=("out", "dx", "dW", "db"),
    slips=(
        Slip(
            "bias-forgotten",
            Text(
                "Each output is off by its bias. Was b added?",
                "どの出力もバイアスの分だけずれています。b を足しましたか。",
            ),
            answer=_NoBias,
        ),
        Slip(
            "dx-left-flat",
            Text(
                "dx has the right numbers, but it is still flat. The"
                " pooling layer before expects the shape that it sent.",
                "dx の数は合っていますが、平らなままです。前のプーリング層"
                "は、自分が送り出した形状で受け取ります。",
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
            answer=_DbOneNumber,
        ),
        Slip(
            "dw-transposed",
            Text(
                "dW lies on its side: it needs the shape of W, (D, M)."
                " Which of the two factors is transposed?",
                "dW の縦と横が逆です。W と同じ (D, M) になるはずです。転置"
                "するのはどちらの行列ですか。",
            ),
            answer=_DwTurned,
        ),
        Slip(
            "divided-by-batch-size",
            Text(
                "dW and db are too small by the batch size N. The mean is"
                " already in dout, from the loss.",
                "dW と db がバッチサイズ N の分だけ小さくなっています。平"
                "均は損失の側で取られ、dout に入っています。",
            ),
            answer=_DividedByN,
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
