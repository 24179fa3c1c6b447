"""Exercise 5_7/assemble: assemble the network."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import Affine, Convolution, MaxPooling, ReLU
from course_lib.text import Text


def _params(rng, weights):
    """Return W1, b1, ... with random numbers; filters are (FN, ...)."""
    params = {}
    for i, shape in enumerate(weights, start=1):
        outputs = shape[0] if len(shape) == 4 else shape[1]
        params[f"W{i}"] = rng.normal(size=shape)
        params[f"b{i}"] = rng.normal(size=outputs)
    return params


class _Params(dict):
    """Parameters that show only their shapes in a message."""

    def __repr__(self):
        shapes = (f"{k} {v.shape}" for k, v in self.items())
        return "{" + ", ".join(shapes) + "}"


def _assemble_cases():
    rng = np.random.default_rng(73)
    cases = []
    sizes = ((2, 1, 8, 8, 3, 3, 5, 4), (3, 2, 10, 8, 2, 3, 4, 3))
    more = ((1, 1, 9, 7, 4, 4, 6, 2), (4, 3, 7, 9, 2, 2, 3, 5))
    for N, C, H, W, FN, F, M, K in (*sizes, *more, (2, 1, 6, 10, 5, 3, 4, 6)):
        D = FN * ((H - F + 1) // 2) * ((W - F + 1) // 2)
        p = _Params(_params(rng, ((FN, C, F, F), (D, M), (M, K))))
        cases.append((p, rng.normal(size=(N, C, H, W))))
    return cases


def _run_assemble(assemble, p, x):
    layers = assemble(p)
    for layer in layers.values():
        x = layer.forward(x)
    # Sorted: pooling before ReLU gives the same scores, and is allowed.
    names = " ".join(sorted(layers))
    return x, len({id(layer) for layer in layers.values()}), names


def assemble(p):
    """Return the layers of the network by name, in order."""
    return {
        "Conv1": Convolution(p["W1"], p["b1"]),
        "ReLU1": ReLU(),
        "Pool1": MaxPooling(2, 2, stride=2),
        "Affine1": Affine(p["W2"], p["b2"]),
        "ReLU2": ReLU(),
        "Affine2": Affine(p["W3"], p["b3"]),
    }


def _without(name):
    return lambda p: {k: v for k, v in assemble(p).items() if k != name}


def _one_relu(p):
    layers = assemble(p)
    return {**layers, "ReLU2": layers["ReLU1"]}


def _other_names(p):
    return {name.lower(): layer for name, layer in assemble(p).items()}


def _relu_at_the_end(p):
    return {**assemble(p), "ReLU3": ReLU()}


EXERCISE = Exercise(
    name="assemble",
    title=Text("Assemble the network", "ネットワークの組み立て"),
    reference=assemble,
    cases=_assemble_cases,
    run=_run_assemble,
    parts=("scores", "layers", "names"),
    slips=(
        Slip(
            "one-relu-twice",
            Text(
                "The scores are right, but one layer object stands in two"
                " places. It can remember only one mask for backward: make"
                " two.",
                "スコアは合っていますが、同じ層のオブジェクトが 2 か所に入"
                "っています。逆伝播用に覚えられるマスクは 1 つだけなので、"
                "別々に作ってください。",
            ),
            answer=_one_relu,
        ),
        Slip(
            "relu-after-conv-missing",
            Text(
                "The ReLU after the convolution is missing.",
                "畳み込み層の後の ReLU がありません。",
            ),
            answer=_without("ReLU1"),
        ),
        Slip(
            "relu-between-affines-missing",
            Text(
                "The ReLU between the Affine layers is missing. Without it"
                " the two are no more than one.",
                "アフィン層の間の ReLU がありません。これがないと、2 つの"
                "層は 1 つ分の働きしかしません。",
            ),
            answer=_without("ReLU2"),
        ),
        Slip(
            "relu-at-the-end",
            Text(
                "No score is negative: a ReLU stands after the last Affine"
                " layer. Softmax wants the scores as they are.",
                "負のスコアがありません。最後のアフィン層の後に ReLU が入"
                "っています。softmax にはスコアをそのまま渡します。",
            ),
            answer=_relu_at_the_end,
        ),
        Slip(
            "names-differ",
            Text(
                "The layers are right, but not all of their names. Later"
                " cells look the layers up by name.",
                "層は合っていますが、名前の違うものがあります。後のセルで"
                "は、名前で層を取り出します。",
            ),
            answer=_other_names,
            seen=lambda result, p, x: same(
                result[:2], _run_assemble(assemble, p, x)[:2]
            ),
        ),
    ),
    hints=(
        Text(
            "Which layers need parameters, and which of W1 ... b3?",
            "パラメータが要るのはどの層ですか。W1 から b3 のうち、どれを"
            "使いますか。",
        ),
        Text(
            "A dict keeps the order in which you write its entries: name"
            " the six layers from the image to the scores.",
            "辞書は書いた順序を保ちます。画像からスコアに向かって、6 つの"
            "層に名前を付けて並べます。",
        ),
        Text(
            'layers = {"Conv1": ConvLayer(p["W1"], p["b1"]), ...',
            'layers = {"Conv1": ConvLayer(p["W1"], p["b1"]), ...',
        ),
    ),
)
