"""Exercise 5_6/ties: small steps at a tie."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.exercises.typed import entry_is, numbers_of
from course_lib.text import Text

EXERCISE = Exercise(
    name="ties",
    title=Text("Small steps at a tie", "同点での数値微分"),
    reference=(0.5, 2.0),
    parts=("two_equal", "four_equal_sum"),
    slips=(
        Slip(
            "like-backward",
            Text(
                "That is what backward says. The quotient looks to both"
                " sides: what is the maximum after a step down?",
                "それは backward の値です。商は両側を見ます。下に動かした"
                "とき、最大値はどうなりますか。",
            ),
            answer=(1, 1),
        ),
        Slip(
            "shared-by-four",
            Text(
                "One of four equal numbers gives the same quotient as one"
                " of two: stepping up raises the maximum, stepping down"
                " does not lower it. Then add up four of them.",
                "4 つが等しいときも、1 つ分の商は 2 つのときと同じです。"
                "上げれば最大値も上がり、下げても下がりません。それを 4 つ"
                "足します。",
            ),
            answer=(0.5, 1),
        ),
        Slip(
            "one-entry-for-sum",
            Text(
                "The first is right. The second asks for the sum over all"
                " four pixels.",
                "1 つ目は合っています。2 つ目は 4 画素の合計です。",
            ),
            answer=(0.5, 0.5),
        ),
        Slip(
            "one-side-only",
            Text(
                "Only the step up was looked at: there the maximum follows."
                " The quotient takes f(x - h) off, and down the maximum"
                " stays.",
                "上に動かす側しか見ていません。商では f(x - h) を引きます。下"
                "に動かしても最大値は変わりません。",
            ),
            answer=(1, 4),
            seen=entry_is(2, one=(0, (1,)), four=(1, (4,))),
        ),
        Slip(
            "step-up-forgotten",
            Text(
                "Stepping down does not move the maximum, stepping up does."
                " The quotient looks to both sides.",
                "下に動かしても最大値は変わりませんが、上に動かせば上がりま"
                "す。商は両側を見ます。",
            ),
            answer=(0, 0),
            seen=entry_is(2, one=(0, (0,)), four=(1, (0,))),
        ),
        Slip(
            "not-divided-by-step",
            Text(
                "This is the difference of f, about h. Divide it by 2h.",
                "f の差（h ほどの値）のままです。2h で割ります。",
            ),
            answer=(1e-4, 4e-4),
            seen=lambda got: 0 < max(map(abs, numbers_of(got, 2))) < 0.02,
        ),
        Slip(
            "shared-by-pixels",
            Text(
                "The gradient was divided by the number of tied pixels. Work"
                " the quotient out instead: what is the maximum after a step"
                " up, and after a step down?",
                "勾配を同点の画素の数で割っています。商を計算してください。上"
                "に動かすと最大値はいくつで、下に動かすといくつですか。",
            ),
            answer=(0.25, 1),
            seen=entry_is(2, one=(0, (0.25,))),
        ),
        Slip(
            "order-of-values",
            Text(
                "The two numbers are right, but in the other order.",
                "2 つの数は合っていますが、順番が逆です。",
            ),
            answer=(2, 0.5),
        ),
        Slip(
            "negated",
            Text(
                "The sign is the other way round: f(x + h) comes first, and"
                " f(x - h) is taken off.",
                "符号が逆です。f(x + h) から f(x - h) を引きます。",
            ),
            answer=(-0.5, -2),
        ),
    ),
    hints=(
        Text(
            "What is max(3 + h, 3), and what is max(3 - h, 3)?",
            "max(3 + h, 3) と max(3 - h, 3) はいくつですか。",
        ),
        Text(
            "Put both into the quotient. With four equal numbers nothing"
            " changes for a single one.",
            "その 2 つを商に代入します。4 つが等しくても、1 つ分の値は"
            "変わりません。",
        ),
        Text(
            "((3 + h) - 3) / (2 * h)",
            "((3 + h) - 3) / (2 * h)",
        ),
    ),
)
