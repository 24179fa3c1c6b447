"""Exercise 5_0/graph: a graph backward, by hand."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

EXERCISE = Exercise(
    name="graph",
    title=Text("A graph backward, by hand", "計算グラフの逆伝播を手で計算"),
    reference=(9, 6, 3),
    parts=("dw", "dx", "db"),
    slips=(
        Slip(
            "other-factor-forgotten",
            Text(
                "dw and dx are swapped. At `x * w` each number gets what came"
                " back times the other one.",
                "dw と dx が逆です。`x * w` では、戻ってきた値に相手の値"
                "を掛けます。",
            ),
            answer=(6, 9, 3),
        ),
        Slip(
            "local-slopes-only",
            Text(
                "These are the slopes of `x * w + b` alone. Multiply each by"
                " what comes back from the loss, y - t.",
                "`x * w + b` だけの傾きです。それぞれに、損失から戻ってくる"
                " y - t を掛けます。",
            ),
            answer=(3, 2, 1),
        ),
        Slip(
            "target-minus-output",
            Text(
                "The sign is the other way round. The slope of (y - t)**2 / 2"
                " is y - t, not t - y.",
                "符号が逆です。(y - t)**2 / 2 の傾きは y - t で、t - y では"
                "ありません。",
            ),
            answer=(-9, -6, -3),
        ),
        Slip(
            "half-forgotten",
            Text(
                "All three are twice as large. The 2 of the square and the"
                " half in front of it cancel.",
                "3 つとも 2 倍です。2 乗から出る 2 は、前にある 1/2 と打ち消し"
                "合います。",
            ),
            answer=(18, 12, 6),
        ),
        Slip(
            "target-forgotten",
            Text(
                "y = 5 was sent back instead of y - t = 3.",
                "y - t = 3 ではなく、y = 5 を逆向きに流しています。",
            ),
            answer=(15, 10, 5),
        ),
        Slip(
            "loss-sent-back",
            Text(
                "The loss itself, 4.5, was sent back. What goes back is its"
                " slope, y - t.",
                "損失 4.5 そのものを逆向きに流しています。流すのは損失の傾き"
                " y - t です。",
            ),
            answer=(13.5, 9, 4.5),
        ),
    ),
    hints=(
        Text(
            "How much does L change when y grows a little?",
            "y が少し増えると、L はどれだけ変わりますか。",
        ),
        Text(
            "dL/dy = y - t = 3. A `+` hands it on, a `*` multiplies it by the"
            " other number.",
            "dL/dy = y - t = 3 です。`+` はそのまま流し、`*` は相手の値を"
            "掛けます。",
        ),
        Text("db = y - t = 3", "db = y - t = 3"),
    ),
)
