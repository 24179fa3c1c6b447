"""Exercise 5_3/flatten: one row for each image."""

from __future__ import annotations

from course_lib.exercises.lesson_5_3.shared import numbers
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _batches():
    shapes = [
        (2, 3, 4, 5),
        (3, 2, 5, 4),
        (4, 5, 2, 3),
        (5, 3, 3, 2),
        (2, 4, 1, 6),
    ]
    return [(numbers(*shape),) for shape in shapes]


EXERCISE = Exercise(
    name="flatten",
    title=Text("One row for each image", "1 枚の画像を 1 行に"),
    reference=lambda x: x.reshape(len(x), -1),
    cases=_batches,
    slips=(
        Slip(
            "flattens-the-batch-too",
            Text(
                "All images ended up in one line. The first axis, N, must"
                " stay.",
                "すべての画像が 1 列につながっています。最初の軸 N は残しま"
                "す。",
            ),
            answer=lambda x: x.reshape(-1),
        ),
        Slip(
            "batch-axis-last",
            Text(
                "The shape is (C*H*W, N). The images belong in the rows.",
                "形状が (C*H*W, N) になっています。画像は行に並べます。",
            ),
            answer=lambda x: x.reshape(-1, len(x)),
        ),
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but each row holds numbers of several"
                " images. `reshape` to (-1, N) cuts the line in other places;"
                " turning it over afterwards does not mend that.",
                "形状は合っていますが、1 行に複数の画像の数が混ざっています。"
                "(-1, N) への `reshape` は別の場所で切ってしまい、後から転置し"
                "ても直りません。",
            ),
            answer=lambda x: x.reshape(-1, len(x)).T,
        ),
        Slip(
            "channels-last",
            Text(
                "The right numbers in each row, but the channels run fastest."
                " No transpose is needed here.",
                "各行の数は合っていますが、チャンネルがいちばん速く進んでいま"
                "す。ここでは transpose は要りません。",
            ),
            answer=lambda x: x.transpose(0, 2, 3, 1).reshape(len(x), -1),
        ),
    ),
    hints=(
        Text(
            "Which axis must stay, and what becomes of the three others?",
            "残す軸はどれで、ほかの 3 つはどうなりますか。",
        ),
        Text(
            "C, H and W already lie in the right order in the line; only"
            " merge them.",
            "C, H, W はすでに正しい順に並んでいます。まとめるだけで済みます。",
        ),
        Text(
            "N = len(x)",
            "N = len(x)",
        ),
    ),
)
