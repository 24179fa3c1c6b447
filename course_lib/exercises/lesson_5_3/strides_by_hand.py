"""Exercise 5_3/strides_by_hand: strides in your head."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

EXERCISE = Exercise(
    name="strides_by_hand",
    title=Text("Strides in your head", "頭の中でストライド"),
    reference=((240, 80, 20, 4), (240, 20, 4, 80)),
    parts=("x_strides", "y_strides"),
    slips=(
        Slip(
            "counts-elements",
            Text(
                "These are counted in numbers, not in bytes. How many bytes"
                " has one float32?",
                "要素の個数で数えています。float32 は 1 つ何バイトでしょう"
                "か。",
            ),
            answer=((60, 20, 5, 1), (60, 5, 1, 20)),
        ),
        Slip(
            "eight-bytes",
            Text(
                "That is right for float64, 8 bytes each. Here it is float32.",
                "1 つ 8 バイトの float64 なら正解です。ここでは float32 で"
                "す。",
            ),
            answer=((480, 160, 40, 8), (480, 40, 8, 160)),
        ),
        Slip(
            "as-if-copied",
            Text(
                "`y` looks like a fresh array of shape (2, 4, 5, 3). But"
                " transpose moves nothing in memory: it hands on the strides"
                " of `x` in another order.",
                "`y` が、新しく作った (2, 4, 5, 3) の配列の値になっています。"
                "transpose はメモリの中身を動かさず、`x` のストライドを並べ替"
                "えるだけです。",
            ),
            answer=((240, 80, 20, 4), (240, 60, 12, 4)),
        ),
        Slip(
            "strides-unchanged",
            Text(
                "Both are the same. The memory is, but its axes were put in"
                " another order: the strides follow them.",
                "2 つが同じになっています。メモリは同じですが、軸の順番が変わ"
                "ったので、ストライドもその順に変わります。",
            ),
            answer=((240, 80, 20, 4), (240, 80, 20, 4)),
        ),
    ),
    hints=(
        Text(
            "How many numbers do you pass in memory along each axis of x,"
            " and how many bytes has each?",
            "x の各軸を 1 つ進むと、メモリの中で数をいくつ飛び越えますか。1"
            " つは何バイトですか。",
        ),
        Text(
            "float32 has 4 bytes. transpose reorders the strides like the"
            " axes.",
            "float32 は 4 バイトです。transpose は、軸と同じ順にストライドを"
            "並べ替えます。",
        ),
        Text(
            "x_strides = (3 * 4 * 5 * 4, 4 * 5 * 4, ...)",
            "x_strides = (3 * 4 * 5 * 4, 4 * 5 * 4, ...)",
        ),
    ),
)
