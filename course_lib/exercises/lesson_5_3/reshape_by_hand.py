"""Exercise 5_3/reshape_by_hand: reshape in your head."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

EXERCISE = Exercise(
    name="reshape_by_hand",
    title=Text("reshape in your head", "頭の中で reshape"),
    reference=(14, 15, 4),
    parts=("p", "q", "r"),
    slips=(
        Slip(
            "first-axis-fastest",
            Text(
                "These are the numbers if the first axis ran fastest. In NumPy"
                " the last axis does.",
                "最初の軸から先に進めた並びになっています。NumPy では最後の軸"
                "がいちばん速く進みます。",
            ),
            answer=(13, 14, 4),
        ),
        Slip(
            "counts-from-one",
            Text(
                "Both numbers are one too large. `np.arange(24)` starts at 0.",
                "どちらの数も 1 大きくなっています。`np.arange(24)` は 0 から"
                "始まります。",
            ),
            answer=(15, 16, 4),
        ),
        Slip(
            "minus-one-is-everything",
            Text(
                "`-1` is not the whole size, but what is left over once the"
                " other lengths are taken.",
                "`-1` は全体の個数ではありません。ほかの長さを決めたときに残る"
                "長さです。",
            ),
            answer=(14, 15, 24),
        ),
        Slip(
            "minus-one-kept",
            Text(
                "No length can be -1. NumPy works out what is left over: the"
                " product of all lengths is 24.",
                "長さが -1 になることはありません。すべての長さの積が 24 にな"
                "るように、NumPy が計算します。",
            ),
            answer=(14, 15, -1),
        ),
        Slip(
            "indices-added",
            Text(
                "The indices themselves were added. One step along an axis"
                " passes many numbers: all that lie behind it.",
                "添字をそのまま足しています。軸を 1 つ進むと、その後ろにある数"
                "をすべて飛び越えます。",
            ),
            answer=(3, 5, 4),
        ),
        Slip(
            "indices-as-digits",
            Text(
                "The indices were read as digits. That holds for the arrays"
                " that tell their place; `np.arange(24)` counts on.",
                "添字を数字として並べています。居場所を表す配列ではそうです"
                "が、`np.arange(24)` は順に数えるだけです。",
            ),
            answer=(102, 23, 4),
        ),
        Slip(
            "order-swapped",
            Text(
                "The three numbers are right, but belong to other names.",
                "3 つの数は合っていますが、p、q、r の対応が違います。",
            ),
            answer=(15, 14, 4),
            also=(
                (4, 14, 15),
                (4, 15, 14),
                (14, 4, 15),
                (15, 4, 14),
            ),
        ),
    ),
    hints=(
        Text(
            "How many numbers make up one step along the first axis?",
            "最初の軸を 1 つ進むと、数をいくつ飛び越えますか。",
        ),
        Text(
            "In shape (2, 3, 4) one step along the axes passes 12, 4 and 1"
            " numbers. The product of all lengths is 24.",
            "形状 (2, 3, 4) では、各軸を 1 つ進むと 12、4、1 個進みます。長"
            "さをすべて掛けると 24 になります。",
        ),
        Text(
            "p = 1 * 12 + 0 * 4 + 2",
            "p = 1 * 12 + 0 * 4 + 2",
        ),
    ),
)
