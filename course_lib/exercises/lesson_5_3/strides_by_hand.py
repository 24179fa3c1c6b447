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
        Slip(
            "shape-for-strides",
            Text(
                "These are the shapes, or the shapes times 4. A stride says"
                " how far apart two neighbours along the axis lie in memory.",
                "形状か、その 4 倍になっています。ストライドは、その軸で隣の要"
                "素までの、メモリの中の距離です。",
            ),
            answer=((2, 3, 4, 5), (2, 4, 5, 3)),
            also=(((8, 12, 16, 20), (8, 16, 20, 12)),),
        ),
        Slip(
            "axes-the-wrong-way",
            Text(
                "`x_strides` is right. For `y` the axes of the way back were"
                " used: its axis 1 is the old axis 2.",
                "`x_strides` は正解です。`y` には逆向きの軸の順番を使っていま"
                "す。`y` の軸 1 は、元の軸 2 です。",
            ),
            answer=((240, 80, 20, 4), (240, 4, 80, 20)),
        ),
        Slip(
            "first-axis-fastest",
            Text(
                "These are the strides if the first axis ran fastest, or the"
                " right ones from back to front. In NumPy the last axis has"
                " the smallest step.",
                "最初の軸がいちばん速く進む場合の値か、逆の順番になっていま"
                "す。NumPy では、最後の軸の歩幅がいちばん小さくなります。",
            ),
            answer=((4, 8, 24, 96), (4, 24, 96, 8)),
            also=(((4, 20, 80, 240), (4, 80, 20, 240)),),
        ),
        Slip(
            "own-length-included",
            Text(
                "Each stride also counts the length of its own axis. Only the"
                " axes behind it are passed.",
                "各ストライドに、その軸自身の長さまで掛けています。飛び越える"
                "のは、後ろにある軸の分だけです。",
            ),
            answer=((480, 240, 80, 20), (480, 80, 20, 240)),
        ),
        Slip(
            "other-size-of-a-number",
            Text(
                "All are the same multiple of the right ones. A float32 has 4"
                " bytes: not 1, 2, 8 or 32 (those are bits).",
                "すべて、正しい値の同じ倍数です。float32 は 1 つ 4 バイトです"
                "（32 はビット数です）。",
            ),
            answer=((120, 40, 10, 2), (120, 10, 2, 40)),
            also=(((1920, 640, 160, 32), (1920, 160, 32, 640)),),
        ),
        Slip(
            "order-swapped",
            Text(
                "`x_strides` and `y_strides` changed places.",
                "`x_strides` と `y_strides` が逆です。",
            ),
            answer=((240, 20, 4, 80), (240, 80, 20, 4)),
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
