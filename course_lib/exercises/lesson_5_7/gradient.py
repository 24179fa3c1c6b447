"""Exercise 5_7/gradient: the way back."""

from __future__ import annotations

import numpy as np

from course_lib.exercises import rounds
from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import Affine, ReLU, SoftmaxWithLoss
from course_lib.text import Text


class Network:
    """Stand in for the learner's network: all its layers fit everywhere.

    Every layer maps D numbers to D, so that a gradient that takes a wrong
    way still gives numbers, and the slip can be named.
    """

    def __init__(self, rng, D, names):
        self.layers, self.params = {}, {}
        self.weighted = list(names)
        for i, name in enumerate(names, start=1):
            W = self.params[f"W{i}"] = rng.normal(size=(D, D))
            b = self.params[f"b{i}"] = rng.normal(size=D)
            self.layers[name] = Affine(W, b)
            self.layers[f"ReLU{i}"] = ReLU()
        del self.layers[f"ReLU{len(names)}"]
        self.last_layer = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        return self.last_layer.forward(self.predict(x), t)

    def __repr__(self):
        return f"<{' - '.join(self.layers)}>"


def _gradient_cases():
    rng = np.random.default_rng(74)
    cnn, full = ("Conv1", "Affine1", "Affine2"), ("Hidden1", "Hidden2", "Out")
    cases = []
    for N, D, names in (
        (4, 3, cnn),
        (2, 5, cnn),
        (6, 4, full),
        (3, 6, cnn),
        (5, 3, full),
    ):
        network = Network(rng, D, names)
        # An earlier batch: without a forward pass its gradients come out.
        network.loss(rng.normal(size=(N, D)), rng.integers(0, D, N))
        x, t = rng.normal(size=(N, D)), rng.integers(0, D, N)
        cases.append((network, x, t))
    return cases


PARAMETERS = ("W1", "b1", "W2", "b2", "W3", "b3")


PARTS = ("names", *PARAMETERS)
PARTS += tuple(f"2nd {name}" for name in PARAMETERS)
PARTS += ("parameters as before",)


def _run_gradient(gradient, network, x, t):
    before = {k: v.copy() for k, v in network.params.items()}
    grads = gradient(network, x, t)
    if grads is None or grads is ...:
        return grads
    names = _names(grads)
    first = _values(grads)
    try:
        second = _values(
            gradient(network, x[::-1] * 0.5, (t + 1) % x.shape[1])
        )
    except Exception:
        second = (rounds.STOPPED,) * len(PARAMETERS)
    kept = all(np.array_equal(network.params[k], v) for k, v in before.items())
    return names, *first, *second, kept


def _names(grads):
    """Return the parameters that have a gradient, or the names given."""
    if not isinstance(grads, dict):
        return type(grads).__name__
    if all(name in grads for name in PARAMETERS):
        return " ".join(PARAMETERS)
    return " ".join(str(name) for name in grads)


def _values(grads):
    if not isinstance(grads, dict):
        return (0.0,) * len(PARAMETERS)
    values = [rounds.kept(grads.get(name, 0.0)) for name in PARAMETERS]
    return tuple("none" if value is None else value for value in values)


def _right_first(network, x, t):
    grads = gradient(network, x, t)
    return " ".join(PARAMETERS), *_values(grads)


def gradient(network, x, t):
    """Return the gradients of the loss, named like network.params."""
    network.loss(x, t)
    dout = network.last_layer.backward()
    for layer in reversed(network.layers.values()):
        dout = layer.backward(dout)
    return _collect(network)


def _collect(network, weighted=None):
    grads = {}
    for i, name in enumerate(weighted or network.weighted, start=1):
        grads[f"W{i}"] = network.layers[name].dW
        grads[f"b{i}"] = network.layers[name].db
    return grads


def _not_reversed(network, x, t):
    network.loss(x, t)
    dout = network.last_layer.backward()
    for layer in network.layers.values():
        dout = layer.backward(dout)
    return _collect(network)


def _not_passed_on(network, x, t):
    network.loss(x, t)
    dout = network.last_layer.backward()
    for layer in reversed(network.layers.values()):
        layer.backward(dout)
    return _collect(network)


def _last_layer_skipped(network, x, t):
    dout = np.ones_like(network.predict(x))
    for layer in reversed(network.layers.values()):
        dout = layer.backward(dout)
    return _collect(network)


def _no_forward(network, x, t):
    dout = network.last_layer.backward()
    for layer in reversed(network.layers.values()):
        dout = layer.backward(dout)
    return _collect(network)


def _numbered_backwards(network, x, t):
    gradient(network, x, t)
    return _collect(network, network.weighted[::-1])


def _changed(change):
    """Return an answer whose gradients go through `change(g, network, x)`."""

    def answer(network, x, t):
        grads = gradient(network, x, t)
        return {k: change(g, network, x) for k, g in grads.items()}

    return answer


def _named(rename):
    """Return an answer with other names; those called None are left out."""

    def answer(network, x, t):
        grads = gradient(network, x, t)
        renamed = {rename(k, network): g for k, g in grads.items()}
        return {k: g for k, g in renamed.items() if k is not None}

    return answer


def _lower_number(name, network):
    return f"{name[0]}{int(name[1]) - 1}"


def _layer_name(name, network):
    return network.weighted[int(name[1]) - 1] + name[0]


def _taken_from(names):
    """Return an answer that collects dW and db from other places."""

    def answer(network, x, t):
        gradient(network, x, t)
        layers = [network.layers[name] for name in network.weighted]
        return names(layers)

    return answer


def _swapped(layers):
    grads = {f"W{i}": v.db for i, v in enumerate(layers, 1)}
    return {**grads, **{f"b{i}": v.dW for i, v in enumerate(layers, 1)}}


def _parameters(layers):
    grads = {f"W{i}": v.W for i, v in enumerate(layers, 1)}
    return {**grads, **{f"b{i}": v.b for i, v in enumerate(layers, 1)}}


def _of_one(place):
    def names(layers):
        layer = layers[place]
        numbers = range(1, len(layers) + 1)
        grads = {f"W{i}": layer.dW for i in numbers}
        return {**grads, **{f"b{i}": layer.db for i in numbers}}

    return names


def _backward_through(choose, start=None):
    """Return an answer that goes back through some of the layers."""

    def answer(network, x, t):
        loss = network.loss(x, t)
        dout = network.last_layer.backward()
        if start is not None:
            dout = start(network, dout, loss)
        for layer in choose(list(network.layers.values())[::-1]):
            dout = layer.backward(dout)
        return _collect(network)

    return answer


def _times_loss(network, dout, loss):
    return network.last_layer.backward(loss)


def _only_predicted(network, x, t):
    network.predict(x)
    dout = network.last_layer.backward()
    for layer in reversed(network.layers.values()):
        dout = layer.backward(dout)
    return _collect(network)


def _stepping(network, x, t):
    grads = gradient(network, x, t)
    for name, grad in grads.items():
        network.params[name] -= 0.1 * grad
    return grads


def _small_steps(result, network, x, t):
    """Return whether all gradients are one and the same part of right."""
    right = _right_first(network, x, t)[1:]
    factor = float(np.sum(result[2]) / np.sum(right[1]))
    return 0 < abs(factor) < 1 and same(
        tuple(result[1:7]), tuple(factor * g for g in right), 1e-6
    )


def _keeping(add):
    """Return an answer whose gradients stay in a dict outside."""

    def answer(network, x, t):
        box = network.__dict__.setdefault("box", {})
        for name, grad in gradient(network, x, t).items():
            if name not in box:
                box[name] = grad
            elif add:
                box[name] = box[name] + grad
        return box

    return answer


def _keeping_weights(network, x, t):
    box = network.__dict__.setdefault("box", {})
    for name, grad in gradient(network, x, t).items():
        old = box.get(name, 0) if name[0] == "W" else 0
        box[name] = old + grad
    return box


def _is(*names):
    return lambda result, *case: result[0] in names


EXERCISE = Exercise(
    name="gradient",
    title=Text("The way back", "逆伝播：すべての勾配"),
    reference=gradient,
    cases=_gradient_cases,
    run=_run_gradient,
    parts=PARTS,
    slips=(
        Slip(
            "list-for-dict",
            Text(
                "The gradients came back without their names. Return a dict"
                " with W1, b1, W2, ...",
                "勾配が名前なしで返っています。W1、b1、W2、… という名前の辞書"
                "を返します。",
            ),
            answer=lambda *case: list(gradient(*case).values()),
            seen=_is("list", "tuple", "ndarray"),
        ),
        Slip(
            "numbered-from-zero",
            Text(
                "The numbers begin with 0. They begin with 1, like those of"
                " the parameters: W1, b1.",
                "番号が 0 から始まっています。パラメータと同じく W1、b1 から始"
                "めます。",
            ),
            answer=_named(_lower_number),
            seen=lambda result, *case: "W0" in result[0].split(),
        ),
        Slip(
            "biases-missing",
            Text(
                "Only the weights have gradients. Each layer has a db as"
                " well.",
                "重みの勾配しかありません。どの層にも db があります。",
            ),
            answer=_named(lambda k, network: k if k[0] == "W" else None),
            seen=_is("W1 W2 W3"),
        ),
        Slip(
            "one-layer-only",
            Text(
                "Only one layer's gradients are there. Is the `return`"
                " indented into the loop, or does the loop leave layers out?",
                "1 つの層の勾配しかありません。`return` がループの中に入ってい"
                "ませんか。あるいは、ループが一部の層しか回っていないのかもし"
                "れません。",
            ),
            answer=_named(lambda k, network: k if k[1] == "1" else None),
            seen=_is("W1 b1", "W3 b3"),
        ),
        Slip(
            "names-differ",
            Text(
                "The gradients have other names than the parameters. Wanted"
                " are W1, b1, W2, b2, W3, b3.",
                "勾配の名前がパラメータと違います。W1、b1、W2、b2、W3、b3 とし"
                "ます。",
            ),
            answer=_named(_layer_name),
            seen=lambda result, *case: result[0] != " ".join(PARAMETERS),
        ),
        Slip(
            "parameters-changed",
            Text(
                "The parameters of the network changed. `gradient` only"
                " computes; the step is made by the optimizer.",
                "ネットワークのパラメータが変わっています。gradient は勾配を計"
                "算するだけで、更新はオプティマイザーが行います。",
            ),
            answer=_stepping,
            seen=lambda result, *case: result[-1] is False,
        ),
        Slip(
            "not-reversed",
            Text(
                "The layers were passed from first to last. On the way"
                " back the last one comes first.",
                "層を最初から順にたどっています。逆伝播では、最後の層が先"
                "です。",
            ),
            answer=_not_reversed,
        ),
        Slip(
            "dout-not-passed-on",
            Text(
                "Every layer got the same dout. What one layer returns is"
                " the dout of the next.",
                "どの層にも同じ dout を渡しています。層が返したものが、次"
                "の層の dout になります。",
            ),
            answer=_not_passed_on,
        ),
        Slip(
            "last-layer-skipped",
            Text(
                "The way back began with ones at the scores. It begins at"
                " the loss, with last_layer.",
                "スコアのところから、1 を並べて始めています。出発点は損"
                "失、つまり last_layer です。",
            ),
            answer=_last_layer_skipped,
        ),
        Slip(
            "forward-forgotten",
            Text(
                "These are the gradients of the batch before. Backward"
                " uses what forward has kept: run the loss of this batch"
                " first.",
                "1 つ前のバッチの勾配になっています。逆伝播は順伝播が残し"
                "たものを使います。まずこのバッチの損失を計算してくださ"
                "い。",
            ),
            answer=_no_forward,
        ),
        Slip(
            "numbered-backwards",
            Text(
                "The gradients are right, but W1 is that of the last"
                " layer. Number them from the image to the scores.",
                "勾配の値は合っていますが、W1 が最後の層のものになっていま"
                "す。画像の側から番号を付けてください。",
            ),
            answer=_numbered_backwards,
        ),
        Slip(
            "dw-and-db-swapped",
            Text(
                "dW and db have changed places.",
                "dW と db が入れ替わっています。",
            ),
            answer=_taken_from(_swapped),
        ),
        Slip(
            "parameters-for-gradients",
            Text(
                "These are the parameters themselves. The gradients are dW"
                " and db of the layers.",
                "パラメータそのものが入っています。勾配は、層の dW と db で"
                "す。",
            ),
            answer=_taken_from(_parameters),
        ),
        Slip(
            "one-layer-for-all",
            Text(
                "All gradients come from the same layer. The number i belongs"
                " to the layer network.weighted[i - 1].",
                "どの勾配も同じ層のものです。i 番の勾配は"
                " network.weighted[i - 1] の層のものです。",
            ),
            answer=_taken_from(_of_one(0)),
            also=(_taken_from(_of_one(-1)),),
        ),
        Slip(
            "negated",
            Text(
                "All gradients have the other sign. The optimizer takes them"
                " off; here they are as backward gives them.",
                "すべての勾配の符号が逆です。引くのはオプティマイザーの役目"
                "で、ここでは backward の結果をそのまま返します。",
            ),
            answer=_changed(lambda g, network, x: -g),
        ),
        Slip(
            "divided-by-batch-size",
            Text(
                "All gradients are too small by the batch size. The mean is"
                " already in what last_layer.backward() gives.",
                "すべての勾配がバッチサイズの分だけ小さくなっています。平均"
                "は、last_layer.backward() の結果にもう入っています。",
            ),
            answer=_changed(lambda g, network, x: g / len(x)),
        ),
        Slip(
            "loss-passed-to-backward",
            Text(
                "All gradients are multiplied with the loss: it was given to"
                " last_layer.backward. That needs 1, or nothing.",
                "すべての勾配に損失が掛かっています。last_layer.backward に損"
                "失を渡しているためです。渡すのは 1 か、何もなしです。",
            ),
            answer=_backward_through(lambda layers: layers, _times_loss),
        ),
        Slip(
            "last-layer-twice",
            Text(
                "The backward of the loss layer ran twice. Its first result"
                " goes straight to the last layer of the network.",
                "損失の層の backward を 2 回呼んでいます。1 回目の結果を、その"
                "ままネットワークの最後の層に渡します。",
            ),
            answer=_backward_through(
                lambda layers: layers,
                lambda network, dout, loss: network.last_layer.backward(dout),
            ),
        ),
        Slip(
            "a-layer-skipped",
            Text(
                "A layer at one end was left out on the way back. The gradient"
                " passes every layer.",
                "端の層が抜けています。勾配はすべての層を通ります。",
            ),
            answer=_backward_through(lambda layers: layers[1:]),
            also=(_backward_through(lambda layers: layers[:-1]),),
        ),
        Slip(
            "loss-not-computed",
            Text(
                "The scores are new, but the loss layer still holds an earlier"
                " batch: predict does not reach it. Call network.loss(x, t).",
                "スコアは新しいのに、損失の層には前のバッチが残っています。"
                "predict は損失の層を通りません。network.loss(x, t) を呼びま"
                "す。",
            ),
            answer=_only_predicted,
        ),
        Slip(
            "learning-rate-inside",
            Text(
                "All gradients are multiplied with the same small number. The"
                " learning rate belongs into the optimizer, not here.",
                "すべての勾配に同じ小さな数が掛かっています。学習率を掛けるの"
                "はオプティマイザーの役目です。",
            ),
            answer=_changed(lambda g, network, x: 0.1 * g),
            seen=_small_steps,
        ),
        Slip(
            "gradients-accumulate",
            Text(
                "The gradients of the second call hold those of the first one"
                " too. Begin each call with a new dict.",
                "2 回目の呼び出しの勾配に、1 回目の勾配が足されています。呼び"
                "出しのたびに新しい辞書から始めます。",
            ),
            answer=_keeping(True),
            also=(_keeping_weights,),
        ),
        rounds.later_call_differs(_right_first, _keeping(False)),
    ),
    hints=(
        Text(
            "In which order did the image pass the layers? And the gradient?",
            "画像はどの順に層を通りましたか。勾配はどうでしょうか。",
        ),
        Text(
            "First the loss, then last_layer.backward(), then each layer"
            " from the last to the first. After that dW and db lie ready"
            " in the layers named in network.weighted.",
            "まず損失、次に last_layer.backward()、そして最後の層から"
            "最初の層へ。終わると、network.weighted にある層の中に"
            " dW と db ができています。",
        ),
        Text("network.loss(x, t)", "network.loss(x, t)"),
    ),
)
