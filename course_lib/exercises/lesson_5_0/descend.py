"""Exercise 5_0/descend: gradient descent."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _descend(slope, x, lr, steps):
    for _ in range(steps):
        x = x - lr * slope(x)
    return x


def _cases():
    rng = np.random.default_rng(53)
    start = rng.normal(size=(2, 3))
    return [
        (lambda x: x, 4.0, 0.25, 3),
        (lambda x: 2 * (x - 3), -1.5, 0.1, 5),
        (lambda x: x**3 - x, 0.4, 0.2, 4),
        (lambda x: 2 * x, 1.0, 1.5, 2),
        (lambda x: 3 * (x - 1), start, 0.05, 6),
        (lambda x: np.cos(x), np.array([0.5, -2.0]), 0.3, 1),
    ]


def _one_more(slope, x, lr, steps):
    return _descend(slope, x, lr, steps + 1)


def _fixed_slope(slope, x, lr, steps):
    return x - steps * lr * slope(x)


EXERCISE = Exercise(
    name="descend",
    title=Text("Gradient descent", "勾配降下法"),
    reference=_descend,
    cases=_cases,
    slips=(
        Slip(
            "uphill",
            Text(
                "It walks uphill. The slope points up: subtract it.",
                "坂を上っています。傾きは上りの向きなので、引き算します。",
            ),
            answer=lambda slope, x, lr, steps: _descend(slope, x, -lr, steps),
        ),
        Slip(
            "slope-asked-once",
            Text(
                "The slope of the start was used for every step. Ask `slope`"
                " again at each new place.",
                "出発点の傾きを使い続けています。1 歩進むたびに、新しい位置で"
                " `slope` を呼びます。",
            ),
            answer=_fixed_slope,
        ),
        Slip(
            "learning-rate-forgotten",
            Text(
                "`lr` does not show in the result: every step is the whole"
                " slope.",
                "結果に `lr` が効いていません。傾きそのものを 1 歩にしていま"
                "す。",
            ),
            answer=lambda slope, x, lr, steps: _descend(slope, x, 1, steps),
        ),
        Slip(
            "one-step-only",
            Text(
                "Only one step was taken. Is the `return` inside the loop?",
                "1 歩しか進んでいません。`return` がループの中にありません"
                "か。",
            ),
            answer=lambda slope, x, lr, steps: _descend(slope, x, lr, 1),
        ),
        Slip(
            "one-step-too-many",
            Text(
                "One step too many was taken.",
                "1 歩多く進んでいます。",
            ),
            answer=_one_more,
        ),
        Slip(
            "one-step-too-few",
            Text(
                "One step is missing.",
                "1 歩足りません。",
            ),
            answer=lambda slope, x, lr, steps: _descend(
                slope, x, lr, steps - 1
            ),
        ),
        Slip(
            "slope-returned",
            Text(
                "The slope came back, not the place that was reached.",
                "たどり着いた位置ではなく、傾きを返しています。",
            ),
            answer=lambda slope, x, lr, steps: slope(
                _descend(slope, x, lr, steps)
            ),
        ),
        Slip(
            "never-moved",
            Text(
                "It stays at the start. Is the new place put back into `x`?",
                "出発点から動いていません。新しい位置を `x` に入れ直していま"
                "すか。",
            ),
            answer=lambda slope, x, lr, steps: x,
        ),
    ),
    hints=(
        Text(
            "Where do you stand after one step? Which slope does the second"
            " step need?",
            "1 歩進むとどこにいますか。2 歩目に必要なのは、どこの傾きですか。",
        ),
        Text(
            "Repeat `steps` times: from x, go lr times the slope at x, the"
            " other way.",
            "`steps` 回くり返します。x での傾きの lr 倍だけ、逆向きに進みま"
            "す。",
        ),
        Text("x = x - lr * slope(x)", "x = x - lr * slope(x)"),
    ),
)
