"""Exercise 5_12/by_hand: the overlap of two boxes on squared paper."""

from __future__ import annotations

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _entry(index: int, *values: float):
    """Return a predicate: entry `index` of the answer is one of values."""
    return lambda answer: any(same(answer[index], v) for v in values)


EXERCISE = Exercise(
    name="by_hand",
    title=Text("Two boxes by hand", "2 つの枠を手で数える"),
    reference=(6, 26),
    parts=("intersection", "union"),
    slips=(
        Slip(
            "intersection-counted-twice",
            Text(
                "The union is the sum of both areas. The shared squares are"
                " in it twice: take them away once.",
                "和集合が 2 つの面積の和になっています。共通部分を 2 回数えて"
                "いるので、1 回分を引きます。",
            ),
            answer=(6, 32),
            seen=lambda a: same(a[1], 32) and not same(a[0], 0),
        ),
        Slip(
            "one-pixel-more",
            Text(
                "Each width and height was counted with one pixel too many."
                " The end is exclusive: from 0 to 4 there are 4 pixels.",
                "幅と高さを 1 画素多く数えています。終わりは含まないので、0 か"
                "ら 4 までは 4 画素です。",
            ),
            answer=(12, 38),
            seen=_entry(0, 12),
        ),
        Slip(
            "without-the-shared-part",
            Text(
                "The union lacks the shared squares. They belong to it, once.",
                "和集合に共通部分が入っていません。共通部分も 1 回分は含めま"
                "す。",
            ),
            answer=(6, 20),
            seen=_entry(1, 20),
        ),
        Slip(
            "frame-around-both",
            Text(
                "The second number is the area of the rectangle around both"
                " boxes. Its empty corners belong to neither box.",
                "2 つ目の数は、両方を囲む長方形の面積です。その隅の、どちらの"
                "枠でもない部分は含めません。",
            ),
            answer=(6, 30),
            seen=lambda a: same(a[0], 6) and same(a[1], 30),
        ),
        Slip(
            "entries-swapped",
            Text(
                "The two numbers have changed places: the intersection comes"
                " first.",
                "2 つの数が逆です。共通部分が先です。",
            ),
            answer=(26, 6),
        ),
        Slip(
            "areas-of-the-boxes",
            Text(
                "These are the areas of the two boxes, 16 each. What do they"
                " share, and what do they cover together?",
                "2 つの枠の面積（どちらも 16）です。共通の部分と、合わせて覆う"
                "部分は、それぞれいくつですか。",
            ),
            answer=(16, 16),
        ),
        Slip(
            "no-shared-part",
            Text(
                "The boxes do overlap: a goes to 4 in x, and b begins at 2.",
                "2 つの枠は重なっています。x 方向では、a は 4 まで、b は 2 か"
                "らです。",
            ),
            answer=(0, 32),
            seen=_entry(0, 0),
        ),
        Slip(
            "sides-for-area",
            Text(
                "The first number is a sum of sides or a single side. The"
                " shared part is 2 wide and 3 high: which area is that?",
                "1 つ目の数が、辺の長さか、その和になっています。共通部分は幅"
                " 2、高さ 3 です。面積はいくつですか。",
            ),
            answer=(5, 27),
            seen=_entry(0, 2, 3, 5, 10),
        ),
    ),
    hints=(
        Text(
            "In which columns do both boxes lie, and in which rows?",
            "両方の枠が重なるのは、どの列とどの行ですか。",
        ),
        Text(
            "The shared part goes from the larger start to the smaller end,"
            " in x and in y. Both areas together count it twice.",
            "共通部分は、大きいほうの始まりから小さいほうの終わりまでです（x "
            "も y も）。2 つの面積を足すと、共通部分は 2 回数えられます。",
        ),
        Text(
            "x: from 2 to 4, y: from 1 to 4",
            "x は 2 から 4 まで、y は 1 から 4 まで",
        ),
    ),
)
