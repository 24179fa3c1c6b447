"""Exercise 5_7/assemble: assemble the network."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Remark, Slip
from course_lib.layers import (
    Affine,
    AveragePooling,
    Convolution,
    MaxPooling,
    ReLU,
    SoftmaxWithLoss,
)
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


PARTS = (
    "kind",
    "run",
    "scores",
    "layers",
    "names",
    "follows p",
    "p as before",
)
RUNS = "through"
NAMES = ("Conv1", "ReLU1", "Pool1", "Affine1", "ReLU2", "Affine2")


def _run_assemble(assemble, p, x):
    p, before = _copy(p), _copy(p)
    layers = assemble(p)
    if layers is None or layers is ...:
        return layers
    if not isinstance(layers, dict):
        return type(layers).__name__, "", 0.0, 0, "", 0.0, True
    try:
        scores = _through(layers, x)
    except Exception:
        reason = _reason(layers, p, x)
        if reason is None:
            raise
        return "dict", reason, 0.0, 0, "", 0.0, True
    kept = all(np.array_equal(p[name], before[name]) for name in before)
    count = len({id(layer) for layer in layers.values()})
    # Sorted: pooling before ReLU gives the same scores, and is allowed.
    names = " ".join(sorted(layers))
    for value in p.values():
        value *= 0.5  # as an optimizer does
    return "dict", RUNS, scores, count, names, _through(layers, x), kept


def _copy(p):
    return _Params({name: value.copy() for name, value in p.items()})


def _through(layers, x):
    for layer in layers.values():
        x = layer.forward(x)
    return x


def _reason(layers, p, x):
    """Say at which layer the images stop, None if that is not clear."""
    if any(isinstance(layer, type) for layer in layers.values()):
        return "a class"
    order = [name for name in layers if name in NAMES]
    if "Pool1" not in layers:
        return "no Pool1"
    if [n for n in order if n[:4] != "ReLU"] != [
        n for n in NAMES if n in order and n[:4] != "ReLU"
    ]:
        return "order"
    if set(layers) - set(NAMES):
        return "more layers"
    right, mine, first = assemble(p), x, x
    for name in NAMES:
        try:
            x, mine = right[name].forward(x), layers[name].forward(mine)
        except Exception:
            return "parameters" if name.startswith("Affine") else None
        if np.shape(mine) == np.shape(x):
            continue
        if name == "Pool1" and np.shape(mine)[2:] == _moved_by_one(p, first):
            return "Pool1 stride"
        return name
    return None


def _moved_by_one(p, x):
    """Return the size of the maps pooled with stride 1."""
    maps = Convolution(p["W1"], p["b1"]).forward(x)
    return MaxPooling(2, 2, 1).forward(maps).shape[2:]


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


def _with(**layers):
    """Return an answer with other layers: name -> p -> layer."""

    def answer(p):
        made = {name: make(p) for name, make in layers.items()}
        return {**assemble(p), **made}

    return answer


def _ordered(*names):
    def answer(p):
        layers = assemble(p)
        return {name: layers[name] for name in names}

    return answer


def _copied(names):
    def answer(p):
        return assemble({k: 1 * v if k in names else v for k, v in p.items()})

    return answer


def _single(p):
    return assemble({k: v.astype(np.float32) for k, v in p.items()})


def _halved(p):
    p["W1"] *= 0.5
    return assemble(p)


def _stops_at(reason):
    return lambda result, *case: result[1] == reason


def _pool_first(answer, p, x):
    names = list(answer(_copy(p)))
    return names.index("Pool1") < names.index("ReLU1")


EXERCISE = Exercise(
    name="assemble",
    title=Text("Assemble the network", "ネットワークの組み立て"),
    reference=assemble,
    cases=_assemble_cases,
    run=_run_assemble,
    parts=PARTS,
    slips=(
        Slip(
            "list-for-dict",
            Text(
                "The layers came back without their names. Return a dict,"
                " name -> layer.",
                "層が名前なしで返っています。名前から層を引ける辞書を返しま"
                "す。",
            ),
            answer=lambda p: list(assemble(p).values()),
            seen=lambda result, *case: result[0] in ("list", "tuple", "set"),
        ),
        Slip(
            "class-not-called",
            Text(
                "One entry is a class, not a layer. Write `ReLU()` with the"
                " brackets, so that a layer is made.",
                "層ではなくクラスそのものが入っています。`ReLU()` のように"
                "かっこを付けて層を作ります。",
            ),
            answer=_with(ReLU1=lambda p: ReLU),
            seen=_stops_at("a class"),
        ),
        Slip(
            "pool-missing",
            Text(
                "There is no Pool1, and Affine1 gets too many numbers.",
                "Pool1 がないので、Affine1 に入る数が多すぎます。",
            ),
            answer=_without("Pool1"),
            seen=_stops_at("no Pool1"),
        ),
        Slip(
            "pool-stride-forgotten",
            Text(
                "Pool1 moves its window by 1, so the maps stay too large for"
                " Affine1. The stride is the third argument, and it is 2.",
                "Pool1 の窓が 1 画素ずつ動いているので、Affine1 に入る数が多す"
                "ぎます。3 番目の引数がストライドで、ここでは 2 です。",
            ),
            answer=_with(Pool1=lambda p: MaxPooling(2, 2)),
            seen=_stops_at("Pool1 stride"),
        ),
        Slip(
            "pool-window-differs",
            Text(
                "Pool1 gives maps of another size than Affine1 expects. The"
                " window is 2 by 2, the stride 2, without padding.",
                "Pool1 の出力の大きさが、Affine1 の W に合いません。窓は 2x2、"
                "ストライドは 2、パディングはなしです。",
            ),
            answer=_with(Pool1=lambda p: MaxPooling(3, 3, 2)),
            seen=_stops_at("Pool1"),
        ),
        Slip(
            "conv-differs",
            Text(
                "Conv1 gives maps of another size. It has stride 1 and no"
                " padding: ConvLayer(W, b).",
                "Conv1 の出力の大きさが違います。ストライドは 1、パディングは"
                "なしで、ConvLayer(W, b) とします。",
            ),
            answer=_with(Conv1=lambda p: Convolution(p["W1"], p["b1"], 1, 1)),
            seen=_stops_at("Conv1"),
        ),
        Slip(
            "order-of-layers",
            Text(
                "The layers stand in another order than the image passes them:"
                " Conv1, ReLU1, Pool1, Affine1, ReLU2, Affine2.",
                "層の順番が、画像の通る順と違います。Conv1、ReLU1、Pool1、"
                "Affine1、ReLU2、Affine2 の順です。",
            ),
            answer=_ordered(
                "ReLU1", "Conv1", "Pool1", "Affine1", "ReLU2", "Affine2"
            ),
            also=(
                _ordered(
                    "Conv1", "ReLU1", "Pool1", "ReLU2", "Affine1", "Affine2"
                ),
                _ordered(
                    "Conv1", "ReLU1", "Pool1", "Affine1", "Affine2", "ReLU2"
                ),
            ),
        ),
        Slip(
            "affines-in-other-order",
            Text(
                "Affine2 stands before Affine1 (or another pair has changed"
                " places), and the shapes do not fit. The order is Conv1,"
                " ReLU1, Pool1, Affine1, ReLU2, Affine2.",
                "Affine2 が Affine1 の前にあるなど、層の順番が違うので、形状が"
                "合いません。Conv1、ReLU1、Pool1、Affine1、ReLU2、Affine2 の順"
                "です。",
            ),
            answer=_ordered(
                "Conv1", "ReLU1", "Pool1", "Affine2", "ReLU2", "Affine1"
            ),
            seen=_stops_at("order"),
        ),
        Slip(
            "parameters-swapped",
            Text(
                "An Affine layer has the parameters of another one. Affine1"
                " has W2 and b2, Affine2 has W3 and b3.",
                "アフィン層のパラメータを取り違えています。Affine1 は W2 と"
                " b2、Affine2 は W3 と b3 です。",
            ),
            answer=_with(Affine1=lambda p: Affine(p["W3"], p["b3"])),
            seen=_stops_at("parameters"),
        ),
        Slip(
            "loss-layer-added",
            Text(
                "There are more than the six layers. The loss layer stands by"
                " itself, behind them.",
                "6 つより多くの層があります。損失の層は、この辞書には入れま"
                "せん。",
            ),
            answer=_with(Softmax=lambda p: SoftmaxWithLoss()),
            seen=_stops_at("more layers"),
        ),
        Slip(
            "parameters-changed",
            Text(
                "The numbers in p were changed. Pass them on as they are.",
                "p の中の値が変わっています。そのまま層に渡します。",
            ),
            answer=_halved,
            seen=lambda result, *case: result[6] is False,
        ),
        Slip(
            "parameters-copied",
            Text(
                "The scores are right, but when p changes the layers do not"
                " notice: they hold copies. Training changes p, so pass"
                " p[...] itself.",
                "スコアは合っていますが、p の値を変えても層に伝わりません。コ"
                "ピーを渡しているためです。学習では p の値が変わるので、p[...]"
                " そのものを渡します。",
            ),
            answer=_copied(("W1", "W2", "W3", "b1", "b2", "b3")),
            also=(
                _copied(("W1", "W2", "W3")),
                _copied(("b1", "b2", "b3")),
                _copied(("W1", "b1")),
                _copied(("W2", "b2")),
                _copied(("W3", "b3")),
                _single,
            ),
        ),
        Slip(
            "average-for-max",
            Text(
                "Pool1 takes means. It is a max pooling layer.",
                "Pool1 が平均を求めています。マックスプーリング層を使います。",
            ),
            answer=_with(Pool1=lambda p: AveragePooling(2, 2, 2)),
        ),
        Slip(
            "relus-missing",
            Text(
                "Both ReLU layers are missing: one after the convolution, one"
                " between the Affine layers.",
                "ReLU が 2 つともありません。畳み込み層の後と、アフィン層の間"
                "に 1 つずつ入れます。",
            ),
            answer=lambda p: {
                k: v for k, v in assemble(p).items() if k[:4] != "ReLU"
            },
        ),
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
                result[:4], _run_assemble(assemble, p, x)[:4]
            ),
        ),
    ),
    remarks=(
        Remark(
            Text(
                "Your Pool1 stands before ReLU1. The numbers are the same,"
                " since ReLU keeps the order of numbers, and it is a little"
                " faster; the exercise had ReLU1 first.",
                "Pool1 が ReLU1 の前にあります。ReLU は数の大小を入れ替えない"
                "ので、結果は同じで、少し速くなります。問題文では ReLU1 が先で"
                "した。",
            ),
            seen=_pool_first,
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
