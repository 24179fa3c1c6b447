"""Exercise 5_5/by_hand: four gradients by hand."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

EXERCISE = Exercise(
    name="by_hand",
    title=Text("Four gradients by hand", "4 つの勾配を手計算"),
    reference=(4.0, 7.0, 8.0, 5.0),
    parts=("dx2", "dx5", "dw2", "db"),
    slips=(
        Slip(
            "only-the-last-window",
            Text(
                "Each gradient holds one product only. Several windows use"
                " this number: their products add up.",
                "どの勾配にも積が 1 つしか入っていません。その数を使う窓は"
                "複数あります。窓ごとの積を足し合わせます。",
            ),
            answer=(2, -2, -2, -1),
        ),
        Slip(
            "filter-not-followed",
            Text(
                "For dx5 you multiplied delta n with w n. Look in the"
                " graph which w lies on x5 in each window.",
                "dx5 で δ の番号と w の番号をそろえて掛けています。それぞ"
                "れの窓で x5 に重なる w はどれか、グラフで確かめてくださ"
                "い。",
            ),
            seen=lambda got: got[1] == 2,
            answer=(4, 2, 8, 5),
        ),
        Slip(
            "db-is-mean",
            Text(
                "db is the mean of the deltas. y = ... + b in all four"
                " windows, so four gradients arrive at b.",
                "db が δ の平均になっています。4 つの窓すべてで b を足した"
                "ので、b には 4 つの勾配が届きます。",
            ),
            seen=lambda got: got[3] == 1.25,
            answer=(4, 7, 8, 1.25),
        ),
    ),
    hints=(
        Text(
            "In which windows does the number lie, and under which w"
            " or x each time?",
            "その数はどの窓に入り、そのたびに何と掛けられていますか。",
        ),
        Text(
            "For each of these windows: delta times the partner in"
            " the product. Then add up.",
            "窓ごとに「δ × 掛けた相手」を求めて、すべて足します。",
        ),
        Text(
            "dx2 = delta_1 * w_2 + delta_2 * w_1",
            "dx2 = delta_1 * w_2 + delta_2 * w_1",
        ),
    ),
)
