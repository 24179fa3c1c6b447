"""Exercise 5_7/gradient: the way back."""

from __future__ import annotations

import numpy as np

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


def _run_gradient(gradient, network, x, t):
    grads = gradient(network, x, t)
    if grads is None:
        return None
    return tuple(grads[name] for name in PARAMETERS)


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


EXERCISE = Exercise(
    name="gradient",
    title=Text("The way back", "帰り道"),
    reference=gradient,
    cases=_gradient_cases,
    run=_run_gradient,
    parts=PARAMETERS,
    slips=(
        Slip(
            "not-reversed",
            Text(
                "The layers were passed from first to last. On the way"
                " back the last one comes first.",
                "層を最初から順にたどっています。帰り道では、最後の層が先"
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
