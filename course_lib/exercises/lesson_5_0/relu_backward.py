"""Exercise 5_0/relu_backward: ReLU backward."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _relu_backward(x, dout):
    return dout * (x > 0)


def _cases():
    rng = np.random.default_rng(51)
    shapes = ((2, 3), (4, 5), (1, 7), (2, 3, 4, 2), (6,))
    cases = [(rng.normal(size=s), rng.normal(size=s)) for s in shapes]
    cases.append((-rng.random((2, 2)) - 0.1, rng.normal(size=(2, 2))))
    x, dout = cases[1]
    return [*cases, (x.astype(np.float32), dout.astype(np.float32))]


EXERCISE = Exercise(
    name="relu_backward",
    title=Text("ReLU backward", "ReLU の逆伝播"),
    reference=_relu_backward,
    cases=_cases,
    slips=(
        Slip(
            "forward-again",
            Text(
                "That is ReLU itself, max(x, 0). Backward, `dout` goes"
                " through where `x` was positive.",
                "それは ReLU の順伝播 max(x, 0) です。逆伝播では、`x` が正だっ"
                "た所だけ `dout` を通します。",
            ),
            answer=lambda x, dout: np.maximum(x, 0),
        ),
        Slip(
            "sign-of-dout-asked",
            Text(
                "The sign of `dout` decides here. What counts is whether `x`"
                " was positive on the way forward.",
                "`dout` の符号で決めています。見るのは、順伝播のときの `x` が"
                "正だったかどうかです。",
            ),
            answer=lambda x, dout: np.maximum(dout, 0),
        ),
        Slip(
            "mask-only",
            Text(
                "These are ones and zeros: the slope of ReLU. Multiply it by"
                " `dout`.",
                "1 と 0 だけです。これは ReLU の傾きなので、`dout` を掛けま"
                "す。",
            ),
            answer=lambda x, dout: (x > 0).astype(float),
        ),
        Slip(
            "everything-passes",
            Text(
                "`dout` comes out unchanged. Where `x` was negative nothing"
                " goes back.",
                "`dout` がそのまま出ています。`x` が負だった所には何も戻りま"
                "せん。",
            ),
            answer=lambda x, dout: dout.copy(),
        ),
        Slip(
            "negative-side-kept",
            Text(
                "It is the other way round: the gradient goes through where"
                " `x` is positive.",
                "逆になっています。勾配が通るのは `x` が正の所です。",
            ),
            answer=lambda x, dout: dout * (x < 0),
        ),
        Slip(
            "multiplied-by-x",
            Text(
                "`dout` was multiplied by max(x, 0). The slope is 1 where"
                " `x` is positive, however large `x` is.",
                "`dout` に max(x, 0) を掛けています。`x` が正なら、どんなに"
                "大きくても傾きは 1 です。",
            ),
            answer=lambda x, dout: dout * np.maximum(x, 0),
        ),
    ),
    hints=(
        Text(
            "How steep is max(x, 0) at x = 3, how steep at x = -3?",
            "max(x, 0) の傾きは、x = 3 ではいくつ、x = -3 ではいくつですか。",
        ),
        Text(
            "1 where x > 0, else 0; multiply by what comes back.",
            "x > 0 なら 1、そうでなければ 0 です。戻ってきた値に掛けます。",
        ),
        Text("mask = x > 0", "mask = x > 0"),
    ),
)
