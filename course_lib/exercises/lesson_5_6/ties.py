"""Exercise 5_6/ties: small steps at a tie."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
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
