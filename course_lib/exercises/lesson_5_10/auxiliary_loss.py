"""Exercise 5_10/auxiliary_loss: a second head, for training only."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_10.shared import (
    NOT_PASSED_ON,
    random_conv,
    random_norm,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import (
    Affine,
    GlobalAveragePooling,
    ReLU,
    SoftmaxWithLoss,
)
from course_lib.networks import Container, Sequential
from course_lib.text import Text

# N, C, H, W; channels, classes, weight
CASES = (
    ((2, 1, 3, 4), 2, 2, 0.3),
    ((4, 2, 4, 3), 3, 5, 0.3),
    ((3, 3, 3, 3), 2, 4, 1.0),
    ((1, 2, 5, 4), 4, 3, 0.25),
    ((5, 1, 4, 4), 2, 3, 2.0),
)


class AuxiliaryNetwork(Container):
    """A network with a second head half way, which helps in training.

    Args:
        lower: layers from the image to half way.
        upper: layers from there to the scores.
        side: a second, short way from there to scores.
        weight: of the side's loss.
    """

    def __init__(self, lower, upper, side, weight=0.3):
        self.lower, self.upper, self.side = lower, upper, side
        self.weight = weight
        self.last_layer, self.side_loss = SoftmaxWithLoss(), SoftmaxWithLoss()
        self.params = self.parameters()

    def children(self):
        """Return the three parts by name."""
        return {"lower": self.lower, "upper": self.upper, "side": self.side}

    def predict(self, x, train_flg=False):
        """Return the scores of the last head."""
        h = self.lower.forward(x, train_flg)
        return self.upper.forward(h, train_flg)

    def loss(self, x, t):
        """Return loss + weight * loss of the side."""
        h = self.lower.forward(x)
        main = self.last_layer.forward(self.upper.forward(h), t)
        side = self.side_loss.forward(self.side.forward(h), t)
        return main + self.weight * side

    def backward(self):
        """Return dx, from both losses."""
        dh = self.upper.backward(self.last_layer.backward(1))
        dside = self.side_loss.backward(self.weight)
        return self.lower.backward(dh + self.side.backward(dside))

    def gradient(self, x, t):
        """Return the gradients, named like params."""
        self.loss(x, t)
        self.backward()
        return self.gradients()


class _Counted(Sequential):
    """Count how often it is run."""

    runs = 0

    def forward(self, x, train_flg=True):
        self.runs += 1
        return super().forward(x, train_flg)


def _cases():
    rng = np.random.default_rng(514)
    cases = []
    for shape, F, K, weight in CASES:
        t = rng.integers(0, K, shape[0])
        cases.append((rng.normal(size=shape), t, F, K, weight))
    x, *rest = cases[1]
    return [*cases, (x.astype("float32"), *rest)]


def _head(rng, C, K):
    W, b = rng.normal(size=(C, K)), rng.normal(size=K)
    return [GlobalAveragePooling(), Affine(W, b)]


def _flat(part):
    return np.concatenate([g.ravel() for g in part.gradients().values()])


def _run(Net, x, t, F, K, weight):
    rng = np.random.default_rng(3)
    first = [random_conv(rng, x.shape[1], F, 3), random_norm(rng, F), ReLU()]
    lower = Sequential(first)
    second = [random_conv(rng, F, F, 3), random_norm(rng, F)]
    upper = Sequential([*second, *_head(rng, F, K)])
    side = _Counted(_head(rng, F, K))
    usual = weight == 0.3
    net = Net(lower, upper, side, *([] if usual else [weight]))
    scores = net.predict(x)
    left_out = side.runs == 0
    loss = net.loss(x, t)
    dx = net.backward()
    parts = [_flat(part) for part in (upper, side, lower)]
    return scores, left_out, loss, *parts, dx


class _SideInPrediction(AuxiliaryNetwork):
    def predict(self, x, train_flg=False):
        h = self.lower.forward(x, train_flg)
        main = self.upper.forward(h, train_flg)
        return main + self.weight * self.side.forward(h, train_flg)


class _SideAveraged(AuxiliaryNetwork):
    def predict(self, x, train_flg=False):
        h = self.lower.forward(x, train_flg)
        side = self.side.forward(h, train_flg)
        return (self.upper.forward(h, train_flg) + side) / 2


class _SideRuns(AuxiliaryNetwork):
    def predict(self, x, train_flg=False):
        h = self.lower.forward(x, train_flg)
        self.side.forward(h, train_flg)
        return self.upper.forward(h, train_flg)


class _WeightForgotten(AuxiliaryNetwork):
    def loss(self, x, t):
        super().loss(x, t)
        return self.last_layer.loss + self.side_loss.loss

    def backward(self):
        weight, self.weight = self.weight, 1
        try:
            return super().backward()
        finally:
            self.weight = weight


class _WeightInLossOnly(_WeightForgotten):
    def loss(self, x, t):
        return AuxiliaryNetwork.loss(self, x, t)


class _SideNotInLoss(AuxiliaryNetwork):
    def loss(self, x, t):
        super().loss(x, t)
        return self.last_layer.loss


class _SideNotBack(AuxiliaryNetwork):
    def backward(self):
        dh = self.upper.backward(self.last_layer.backward(1))
        self.side.backward(self.side_loss.backward(self.weight))
        return self.lower.backward(dh)


class _TwiceBack(AuxiliaryNetwork):
    def backward(self):
        dh = self.upper.backward(self.last_layer.backward(1))
        dx = self.lower.backward(dh)
        dside = self.side_loss.backward(self.weight)
        return dx + self.lower.backward(self.side.backward(dside))


class _TwiceLast(_TwiceBack):
    def backward(self):
        dh = self.upper.backward(self.last_layer.backward(1))
        self.lower.backward(dh)
        dside = self.side_loss.backward(self.weight)
        return self.lower.backward(self.side.backward(dside))


class _Shared(AuxiliaryNetwork):
    """Give the main loss what is left: 1 - weight."""

    def loss(self, x, t):
        super().loss(x, t)
        main, side = self.last_layer.loss, self.side_loss.loss
        return (1 - self.weight) * main + self.weight * side

    def backward(self):
        main = self.last_layer.backward(1 - self.weight)
        dside = self.side_loss.backward(self.weight)
        dh = self.upper.backward(main) + self.side.backward(dside)
        return self.lower.backward(dh)


class _WeightSquared(AuxiliaryNetwork):
    def backward(self):
        dh = self.upper.backward(self.last_layer.backward(1))
        dside = self.side_loss.backward(self.weight)
        return self.lower.backward(
            dh + self.weight * self.side.backward(dside)
        )


class _WeightBehindSide(AuxiliaryNetwork):
    def backward(self):
        dh = self.upper.backward(self.last_layer.backward(1))
        dside = self.side.backward(self.side_loss.backward(1))
        return self.lower.backward(dh + self.weight * dside)


class _AlwaysTraining(AuxiliaryNetwork):
    def predict(self, x, train_flg=False):
        return super().predict(x, True)


class _WeightFixed(AuxiliaryNetwork):
    def loss(self, x, t):
        super().loss(x, t)
        return self.last_layer.loss + 0.3 * self.side_loss.loss

    def backward(self):
        weight, self.weight = self.weight, 0.3
        try:
            return super().backward()
        finally:
            self.weight = weight


class _WeightFixedInLoss(_WeightFixed):
    def backward(self):
        return AuxiliaryNetwork.backward(self)


class _WeightFixedBack(_WeightFixed):
    def loss(self, x, t):
        return AuxiliaryNetwork.loss(self, x, t)


class _Averaged(AuxiliaryNetwork):
    def backward(self):
        dh = self.upper.backward(self.last_layer.backward(1))
        dside = self.side_loss.backward(self.weight)
        return self.lower.backward((dh + self.side.backward(dside)) / 2)


class _Subtracted(AuxiliaryNetwork):
    def loss(self, x, t):
        super().loss(x, t)
        return self.last_layer.loss - self.weight * self.side_loss.loss

    def backward(self):
        dh = self.upper.backward(self.last_layer.backward(1))
        dside = self.side_loss.backward(self.weight)
        return self.lower.backward(dh - self.side.backward(dside))


EXERCISE = Exercise(
    name="auxiliary_loss",
    title=Text("The auxiliary loss", "補助的損失"),
    reference=AuxiliaryNetwork,
    cases=_cases,
    run=_run,
    parts=(
        "scores",
        "side left out of predict",
        "loss",
        "gradients of upper",
        "gradients of side",
        "gradients of lower",
        "dx",
    ),
    slips=(
        Slip(
            "side-in-prediction",
            Text(
                "`predict` runs the side head. It was there for training;"
                " in prediction only the last head is asked.",
                "`predict` で途中の分類器を動かしています。これは学習のための"
                "もので、予測では最後の出力だけを使います。",
            ),
            answer=_SideRuns,
            also=(_SideInPrediction, _SideAveraged),
        ),
        Slip(
            "weight-forgotten",
            Text(
                "The side's loss counts as much as the main one. Multiply it"
                " by `self.weight`, and its gradient, too.",
                "途中の損失が最後の損失と同じ重さになっています。損失にも勾配"
                "にも `self.weight` を掛けます。",
            ),
            answer=_WeightForgotten,
        ),
        Slip(
            "weight-in-loss-only",
            Text(
                "The loss is right, but the gradients of the side lack the"
                " weight: start its way back with `self.weight`.",
                "損失は合っていますが、途中の枝の勾配に重みが掛かっていませ"
                "ん。逆伝播を `self.weight` から始めます。",
            ),
            answer=_WeightInLossOnly,
        ),
        Slip(
            "side-not-in-loss",
            Text(
                "The loss is that of the last head alone. Add the side's,"
                " times its weight.",
                "損失が最後の出力の分だけです。途中の損失に重みを掛けて足しま"
                "す。",
            ),
            answer=_SideNotInLoss,
        ),
        Slip(
            "side-gradient-stops",
            Text(
                "upper and side learn rightly, but nothing of the side's"
                " gradient reaches lower. That was the purpose.",
                "upper と side は正しく学習しますが、side の勾配が lower に届"
                "いていません。それを届けることが目的です。",
            ),
            answer=_SideNotBack,
        ),
        Slip(
            "backward-twice",
            Text(
                "lower went backward twice, and the second time overwrote dW"
                " and db of the first. Add the two gradients, then go once.",
                "lower の backward を 2 回呼んだため、2 回目の dW と db が 1 "
                "回目を上書きしています。2 つの勾配を足してから 1 回だけ呼びま"
                "す。",
            ),
            answer=_TwiceBack,
            also=(_TwiceLast,),
        ),
        Slip(
            "main-loss-weighted",
            Text(
                "The main loss was multiplied by 1 - weight. It counts in"
                " full; the side is added.",
                "最後の損失に 1 - weight を掛けています。最後の損失はそのまま"
                "で、途中の損失を足します。",
            ),
            answer=_Shared,
        ),
        Slip(
            "weight-twice",
            Text(
                "On the way from the side to lower the weight was multiplied"
                " a second time.",
                "途中の枝から lower へ戻るときに、重みをもう一度掛けていま"
                "す。",
            ),
            answer=_WeightSquared,
        ),
        Slip(
            "weight-behind-side",
            Text(
                "lower is right, but the side head itself learns without the"
                " weight: multiply before its backward, not behind it.",
                "lower は合っていますが、side の中の勾配に重みが掛かっていませ"
                "ん。side の backward の前に掛けます。",
            ),
            answer=_WeightBehindSide,
        ),
        Slip(*NOT_PASSED_ON, answer=_AlwaysTraining),
        Slip(
            "weight-fixed",
            Text(
                "Right for a weight of 0.3 only. Take the weight from"
                " `self.weight`.",
                "重みが 0.3 のときだけ正しくなります。重みは `self.weight` か"
                "ら取ります。",
            ),
            answer=_WeightFixed,
            also=(
                _WeightFixedInLoss,
                _WeightFixedBack,
            ),
        ),
        Slip(
            "gradients-averaged",
            Text(
                "The gradients of lower are too small: the two that meet at h"
                " were averaged. They are added.",
                "lower の勾配が小さくなっています。h で出会う 2 つの勾配は、平"
                "均ではなく合計します。",
            ),
            answer=_Averaged,
        ),
        Slip(
            "subtracted",
            Text(
                "The loss of the side was subtracted. A wrong answer half way"
                " must cost, too: add it.",
                "途中の損失を引いています。途中の間違いにも罰が必要なので、足"
                "します。",
            ),
            answer=_Subtracted,
        ),
    ),
    hints=(
        Text(
            "Which two places does h go to, and what comes back from each?",
            "h はどの 2 か所へ行きますか。それぞれから何が戻ってきますか。",
        ),
        Text(
            "loss = main + weight * side. So backward begins with 1 at the"
            " main loss and with the weight at the side's; both gradients of"
            " h are added before lower.",
            "loss = main + weight * side です。逆伝播は、最後の損失では 1、途"
            "中の損失では weight から始め、h の勾配を 2 つ足してから lower に"
            "渡します。",
        ),
        Text(
            "dh = self.upper.backward(self.last_layer.backward(1))",
            "dh = self.upper.backward(self.last_layer.backward(1))",
        ),
    ),
)
