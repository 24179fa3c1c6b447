"""Exercise 5_1/by_hand: the first two numbers by hand."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

EXERCISE = Exercise(
    name="by_hand",
    title=Text("The first two numbers by hand", "最初の 2 つの数を手計算"),
    reference=(15.0, 16.0),
    parts=("y00", "y01"),
    slips=(
        Slip(
            "kernel-flipped",
            Text(
                "The filter does not lie as it stands: it was turned by"
                " 180 degrees, or its rows were read as columns.",
                "フィルターの向きが違います。180 度回したか、行と列を入れ"
                "替えています。そのままの向きで重ねます。",
            ),
            answer=(11, 12),
        ),
        Slip(
            "filter-not-used",
            Text(
                "This is the sum of the window alone. Each number is first"
                " multiplied with the number of `w` that lies on it.",
                "窓の中の数をそのまま足しています。先に、重なっている `w` "
                "の数を掛けます。",
            ),
            answer=(13, 14),
        ),
        Slip(
            "moved-down",
            Text(
                "The first number is right. For the second the window went"
                " down; it goes to the right first.",
                "1 つ目は正解です。2 つ目は窓を下に動かしています。先に右"
                "へ動かします。",
            ),
            answer=(15, 6),
        ),
        Slip(
            "moved-diagonally",
            Text(
                "The first number is right. For the second the window went"
                " right and down at once; it goes to the right only.",
                "1 つ目は正解です。2 つ目は窓を斜めに動かしています。右へだけ"
                "動かします。",
            ),
            answer=(15, 15),
        ),
        Slip(
            "order-swapped",
            Text(
                "Both numbers are right, but in the other order: the upper"
                " left window comes first.",
                "2 つの数は合っていますが、順番が逆です。左上の窓が先です。",
            ),
            answer=(16, 15),
        ),
        Slip(
            "first-row-only",
            Text(
                "These are the sums of the upper row alone. The window has"
                " three rows, and nine products.",
                "上の 1 行だけの和になっています。窓は 3 行あり、積は 9 つで"
                "す。",
            ),
            answer=(5, 4),
        ),
        Slip(
            "mean-for-sum",
            Text(
                "The products were averaged. They are summed, and nothing is"
                " divided.",
                "積の平均になっています。割らずに和をとります。",
            ),
            answer=(15 / 9, 16 / 9),
        ),
    ),
    hints=(
        Text(
            "How many products does one window give?",
            "1 つの窓から、積はいくつできますか。",
        ),
        Text(
            "Nine products. Go row by row: the window's row times the row "
            "of `w` at the same height.",
            "9 つです。1 行ずつ、同じ高さにある `w` の行と掛けていきます。",
        ),
        Text(
            "The first row gives 1*2 + 2*0 + 3*1.",
            "1 行目は 1*2 + 2*0 + 3*1 です。",
        ),
    ),
)
