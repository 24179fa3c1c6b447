"""Exercise 5_10/parallel: branches side by side."""

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
from course_lib.networks import Network, Parallel, Sequential
from course_lib.text import Text

# N, C, H, W and the branches: (filters, size) of a convolution, "x" for x
# itself, "norm" for a batch normalization of x.
CASES = (
    ((2, 1, 3, 4), ((1, 1), (2, 3))),
    ((3, 2, 4, 3), ((3, 1), (1, 3), (2, 5))),
    ((2, 3, 4, 5), ("norm", (2, 3))),
    ((4, 2, 3, 3), ("x", (3, 1), "norm")),
    ((2, 2, 5, 4), ((2, 3),)),
    ((3, 1, 4, 4), ((4, 3), "x", "norm", (1, 1))),
)


def _made(branch, C, rng):
    if branch == "x":
        return Sequential([])
    if branch == "norm":
        return random_norm(rng, C)
    return random_conv(rng, C, *branch)


def _cases():
    rng = np.random.default_rng(510)
    cases = []
    for shape, branches in CASES:
        N, C, H, W = shape
        kept = [C if isinstance(b, str) else b[0] for b in branches]
        dout = rng.normal(size=(N, sum(kept), H, W))
        cases.append((rng.normal(size=shape), dout, branches))
    x, dout, branches = cases[1]
    return [*cases, (x.astype("float32"), dout.astype("float32"), branches)]


def _run(Layer, x, dout, branches):
    rng = np.random.default_rng(1)
    made = [_made(branch, x.shape[1], rng) for branch in branches]
    count = len(Network([Parallel(made)]).params)
    layer = Layer(made)
    found = len(Network([layer]).params)
    return *in_and_out(layer, x, dout), found == count


class _Wrong(Parallel):
    """Parallel, of which each slip changes one step."""

    def outs(self, x, train_flg):
        return [b.forward(x, train_flg) for b in self.branches]

    def join(self, outs):
        return np.concatenate(outs, axis=1)

    def forward(self, x, train_flg=True):
        outs = self.outs(x, train_flg)
        self.counts = [out.shape[1] for out in outs]
        return self.join(outs)

    def parts(self, dout):
        return np.split(dout, np.cumsum(self.counts)[:-1], axis=1)

    def total(self, dxs):
        return sum(dxs)

    def backward(self, dout):
        pairs = zip(self.branches, self.parts(dout))
        return self.total([b.backward(part) for b, part in pairs])


class _LastOnly(_Wrong):
    def total(self, dxs):
        return dxs[-1]


class _FirstOnly(_Wrong):
    def total(self, dxs):
        return dxs[0]


class _MeanOf(_Wrong):
    def total(self, dxs):
        return sum(dxs) / len(dxs)


class _TurnedAround(_Wrong):
    def join(self, outs):
        return np.concatenate(outs[::-1], axis=1)

    def parts(self, dout):
        parts = np.split(dout, np.cumsum(self.counts[::-1])[:-1], axis=1)
        return parts[::-1]


class _NoTrainFlag(_Wrong):
    def outs(self, x, train_flg):
        return [b.forward(x) for b in self.branches]


class _Hidden:
    """No Container: a network finds nothing to learn in it."""

    def __init__(self, branches):
        self.inner = _Wrong(branches)

    def forward(self, x, train_flg=True):
        return self.inner.forward(x, train_flg)

    def backward(self, dout):
        return self.inner.backward(dout)


EXERCISE = Exercise(
    name="parallel",
    title=Text("Branches side by side", "枝を並べる Parallel"),
    reference=Parallel,
    cases=_cases,
    run=_run,
    parts=(*PARTS, "parameters found"),
    slips=(
        Slip(
            "dx-of-last-branch",
            Text(
                "dx is that of the last branch alone. Every branch has read"
                " x, so their gradients add up.",
                "dx が最後の枝の分だけになっています。どの枝も x を読んだの"
                "で、勾配は足し合わせます。",
            ),
            answer=_LastOnly,
        ),
        Slip(
            "dx-of-first-branch",
            Text(
                "dx is that of the first branch alone. Every branch has read"
                " x, so their gradients add up.",
                "dx が最初の枝の分だけになっています。どの枝も x を読んだの"
                "で、勾配は足し合わせます。",
            ),
            answer=_FirstOnly,
        ),
        Slip(
            "dx-is-mean",
            Text(
                "dx is the mean over the branches. x was used once by each:"
                " the gradients are summed, not averaged.",
                "dx が枝の平均になっています。x は枝ごとに 1 回ずつ使われたの"
                "で、平均ではなく合計です。",
            ),
            answer=_MeanOf,
        ),
        Slip(
            "order-reversed",
            Text(
                "The channels of the last branch stand first. Keep the order"
                " of the list.",
                "最後の枝のチャンネルが先頭にあります。リストの順に並べます。",
            ),
            answer=_TurnedAround,
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
    ),
    hints=(
        Text(
            "Which axis of (N, C, H, W) grows, and which part of dout came"
            " from which branch?",
            "(N, C, H, W) のどの軸が長くなりますか。dout のどの部分が、どの枝"
            "から来たものですか。",
        ),
        Text(
            "np.concatenate(outs, axis=1) joins. np.split cuts at the sums of"
            " the channels so far: np.cumsum(counts)[:-1]. The dx of all"
            " branches are added.",
            "np.concatenate(outs, axis=1) でつなぎます。np.split は、チャンネ"
            "ル数を順に足した位置 np.cumsum(counts)[:-1] で切ります。dx はす"
            "べての枝の分を足します。",
        ),
        Text(
            "outs = [b.forward(x, train_flg) for b in self.branches]",
            "outs = [b.forward(x, train_flg) for b in self.branches]",
        ),
    ),
)
