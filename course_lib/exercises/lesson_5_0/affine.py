"""Exercise 5_0/affine: the affine layer."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _affine(x, W, b):
    return x @ W + b


def _cases():
    rng = np.random.default_rng(50)
    shapes = ((2, 3, 4), (1, 5, 2), (6, 2, 3), (4, 4, 4), (3, 1, 5))
    cases = [
        (rng.normal(size=(N, D)), rng.normal(size=(D, M)), rng.normal(size=M))
        for N, D, M in shapes
    ]
    whole = np.arange(6).reshape(2, 3)
    cases.append((whole, np.full((3, 2), 0.25), np.array([-0.5, 1.5])))
    return cases


EXERCISE = Exercise(
    name="affine",
    title=Text("The affine layer", "アフィン層"),
    reference=_affine,
    cases=_cases,
    slips=(
        Slip(
            "bias-forgotten",
            Text(
                "The bias `b` is missing from every row.",
                "どの行にもバイアス `b` が足されていません。",
            ),
            answer=lambda x, W, b: x @ W,
        ),
        Slip(
            "bias-subtracted",
            Text(
                "`b` is subtracted; it is added.",
                "`b` を引いています。足してください。",
            ),
            answer=lambda x, W, b: x @ W - b,
        ),
        Slip(
            "first-image-only",
            Text(
                "Only the first image was computed. All rows of `x` go"
                " through the layer together.",
                "最初の 1 枚だけを計算しています。`x` の全行を一度に計算しま"
                "す。",
            ),
            answer=lambda x, W, b: x[0] @ W + b,
        ),
        Slip(
            "images-summed",
            Text(
                "The images were added up. Each row of `x` gives a row of its"
                " own.",
                "画像どうしを足し合わせています。`x` の 1 行から、結果の 1 行"
                "ができます。",
            ),
            answer=lambda x, W, b: (x @ W + b).sum(axis=0),
        ),
        Slip(
            "images-as-columns",
            Text(
                "The result is transposed: each image is a row, as in `x`.",
                "結果が転置されています。`x` と同じように、1 枚を 1 行にしま"
                "す。",
            ),
            answer=lambda x, W, b: (x @ W + b).T,
        ),
        Slip(
            "rounded-to-whole-numbers",
            Text(
                "The fractions are cut off. Did the result take over whole"
                " numbers as its type?",
                "小数部分が切り捨てられています。結果の型が整数になっていませ"
                "んか。",
            ),
            answer=lambda x, W, b: (x @ W + b).astype(int),
        ),
    ),
    hints=(
        Text(
            "Which numbers of an image and of `W` meet in one output?",
            "出力の 1 つの数に、画像と `W` のどの数が関わりますか。",
        ),
        Text(
            "A row of `x` times a column of `W`: that is a matrix product."
            " NumPy adds `b` to every row by itself.",
            "`x` の 1 行と `W` の 1 列の積の和、つまり行列積です。`b` は NumPy"
            "が全行に足してくれます。",
        ),
        Text("return x @ W + ...", "return x @ W + ..."),
    ),
)
