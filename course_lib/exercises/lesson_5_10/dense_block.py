"""Exercise 5_10/dense_block: each layer sees all that came before."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_10.shared import (
    NOT_PASSED_ON,
    PARTS,
    in_and_out,
    random_conv,
    random_norm,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import ReLU
from course_lib.networks import Container, Network, Sequential
from course_lib.text import Text

# N, k0, H, W; growth rate k and number of layers L
CASES = (
    ((2, 1, 3, 4), 1, 1),
    ((3, 2, 3, 3), 1, 2),
    ((2, 3, 4, 3), 2, 3),
    ((4, 2, 3, 4), 3, 2),
    ((2, 1, 4, 4), 2, 4),
)


class DenseBlock(Container):
    """Layers that each add channels to x and see all channels so far.

    From Huang et al., "Densely Connected Convolutional Networks" (2017).
    """

    def __init__(self, layers):
        self.layers = layers

    def children(self):
        """Return the layers by number."""
        return {str(i): layer for i, layer in enumerate(self.layers)}

    def forward(self, x, train_flg=True):
        """Return x and the new channels of every layer behind it."""
        self.counts = []
        for layer in self.layers:
            self.counts.append(x.shape[1])
            new = layer.forward(x, train_flg)
            x = np.concatenate([x, new], axis=1)
        return x

    def backward(self, dout):
        """Return dx, from the last layer to the first."""
        for layer, C in zip(self.layers[::-1], self.counts[::-1]):
            dout = dout[:, :C] + layer.backward(dout[:, C:])
        return dout


def _cases():
    rng = np.random.default_rng(518)
    cases = []
    for shape, k, L in CASES:
        N, C, H, W = shape
        dout = rng.normal(size=(N, C + L * k, H, W))
        cases.append((rng.normal(size=shape), dout, k, L))
    x, dout, *rest = cases[2]
    return [*cases, (x.astype("float32"), dout.astype("float32"), *rest)]


def _layer(rng, C, k):
    return Sequential([random_norm(rng, C), ReLU(), random_conv(rng, C, k, 3)])


def _run(Block, x, dout, k, L):
    rng = np.random.default_rng(4)
    C = x.shape[1]
    layers = [_layer(rng, C + i * k, k) for i in range(L)]
    block = Block(layers)
    count = len(Network(layers).params)
    found = len(Network([block]).params)
    return *in_and_out(block, x, dout), found == count


class _NewOnly(DenseBlock):
    def forward(self, x, train_flg=True):
        C = x.shape[1]
        return super().forward(x, train_flg)[:, C:]


class _LastOnly(DenseBlock):
    def forward(self, x, train_flg=True):
        out = super().forward(x, train_flg)
        return out[:, self.counts[-1] :]


class _PassesOnly(DenseBlock):
    def backward(self, dout):
        for layer, C in zip(self.layers[::-1], self.counts[::-1]):
            layer.backward(dout[:, C:])
            dout = dout[:, :C]
        return dout


class _LayersOnly(DenseBlock):
    def backward(self, dout):
        C = self.counts[-1]
        dout = self.layers[-1].backward(dout[:, C:])
        for layer, C in zip(self.layers[-2::-1], self.counts[-2::-1]):
            dout = layer.backward(dout[:, C:])
        return dout


class _OwnPartOnly(DenseBlock):
    """Give each layer its own part of dout, later readers left out."""

    def backward(self, dout):
        C = self.counts[0]
        dx = dout[:, :C].copy()
        ends = [*self.counts[1:], dout.shape[1]]
        for layer, a, b in zip(self.layers, self.counts, ends):
            dx = dx + layer.backward(dout[:, a:b])[:, :C]
        return dx


class _NewFirst(DenseBlock):
    """Put the new channels before x, in the result."""

    def order(self, total):
        ends = [*self.counts[1:], total]
        blocks = [range(self.counts[0])]
        blocks += [range(a, b) for a, b in zip(self.counts, ends)]
        return [c for block in blocks[::-1] for c in block]

    def forward(self, x, train_flg=True):
        out = super().forward(x, train_flg)
        return out[:, self.order(out.shape[1])]

    def backward(self, dout):
        back = np.argsort(self.order(dout.shape[1]))
        return super().backward(dout[:, back])


class _NoTrainFlag(DenseBlock):
    def forward(self, x, train_flg=True):
        return super().forward(x, True)


class _Meaned(DenseBlock):
    def backward(self, dout):
        for layer, C in zip(self.layers[::-1], self.counts[::-1]):
            dout = (dout[:, :C] + layer.backward(dout[:, C:])) / 2
        return dout


class _Hidden:
    def __init__(self, layers):
        self.inner = DenseBlock(layers)

    def forward(self, x, train_flg=True):
        return self.inner.forward(x, train_flg)

    def backward(self, dout):
        return self.inner.backward(dout)


class _Subtracted(DenseBlock):
    def backward(self, dout):
        for layer, C in zip(self.layers[::-1], self.counts[::-1]):
            dout = dout[:, :C] - layer.backward(dout[:, C:])
        return dout


EXERCISE = Exercise(
    name="dense_block",
    title=Text("The dense block", "デンスブロック"),
    reference=DenseBlock,
    cases=_cases,
    run=_run,
    parts=(*PARTS, "parameters found"),
    slips=(
        Slip(
            "x-left-out",
            Text(
                "out holds the new channels without x. The k0 channels of x"
                " stand before them.",
                "out が新しいチャンネルだけで、x が入っていません。その前に x"
                " の k0 チャンネルが並びます。",
            ),
            answer=_NewOnly,
        ),
        Slip(
            "last-layer-only",
            Text(
                "out holds only what the last layer made. All channels so far"
                " go on: k0 + L * k.",
                "out が最後の層の出力だけです。それまでのチャンネルもすべて先"
                "へ渡し、k0 + L * k になります。",
            ),
            answer=_LastOnly,
        ),
        Slip(
            "layers-gradient-missing",
            Text(
                "dx is only what passes by. Each layer has read all channels"
                " before it: add what its backward returns.",
                "dx が素通りした分だけです。どの層もそれまでの全チャンネルを読"
                "んだので、backward の戻り値を足します。",
            ),
            answer=_PassesOnly,
        ),
        Slip(
            "passing-gradient-missing",
            Text(
                "dx is only what went through the layers. The channels that"
                " were handed on bring their own part of dout: add it.",
                "dx が層を通った分だけです。素通りしたチャンネルの dout も足し"
                "ます。",
            ),
            answer=_LayersOnly,
        ),
        Slip(
            "later-readers-left-out",
            Text(
                "Each layer got its own part of dout alone. Later layers read"
                " its channels too, so their gradients come first: go from"
                " the last layer to the first.",
                "各層に渡した勾配が、dout の自分の部分だけです。後の層もそのチ"
                "ャンネルを読んでいます。最後の層から順にさかのぼり、その勾配"
                "も足します。",
            ),
            answer=_OwnPartOnly,
        ),
        Slip(
            "new-channels-first",
            Text(
                "The channels are right, but the newest stand first. x comes"
                " first, then each layer's in order.",
                "チャンネルの中身は合っていますが、新しいものが先頭にありま"
                "す。x が先頭で、その後に層の順に並べます。",
            ),
            answer=_NewFirst,
        ),
        Slip(
            "gradients-averaged",
            Text(
                "dx is too small: the two gradients that meet were averaged."
                " They are added.",
                "dx が小さくなっています。出会う 2 つの勾配は、平均ではなく合"
                "計します。",
            ),
            answer=_Meaned,
        ),
        Slip(*NOT_PASSED_ON, answer=_NoTrainFlag),
        Slip(
            "no-container",
            Text(
                "The numbers are right, but a network finds no parameter in"
                " your class. Keep `Container` in its head, and the method"
                " `children`.",
                "数は合っていますが、ネットワークがこのクラスのパラメータを見"
                "つけられません。クラスの `Container` と、メソッド `children`"
                " を残してください。",
            ),
            answer=_Hidden,
        ),
        Slip(
            "subtracted",
            Text(
                "The layers' gradients were subtracted. Where ways meet on the"
                " way back, gradients are added.",
                "層から戻った勾配を引いています。逆伝播で道が合流するところで"
                "は、勾配を足します。",
            ),
            answer=_Subtracted,
        ),
    ),
    hints=(
        Text(
            "Which channels does layer 3 see? Who reads the channels that"
            " layer 1 has made?",
            "3 番目の層はどのチャンネルを見ますか。1 番目の層が作ったチャンネ"
            "ルは、だれが読みますか。",
        ),
        Text(
            "Forward: x becomes x and the new channels, again and again; note"
            " how many there were before. Backward, last layer first: dout"
            " falls into the old and the new part, and the new part goes"
            " through the layer and is added to the old.",
            "順伝播では、x の後ろに新しいチャンネルをつなぐことを繰り返し、つ"
            "なぐ前のチャンネル数を残します。逆伝播は最後の層からです。dout を"
            "古い部分と新しい部分に分け、新しい部分を層に通して、古い部分に足"
            "します。",
        ),
        Text(
            "for layer in self.layers:",
            "for layer in self.layers:",
        ),
    ),
)
