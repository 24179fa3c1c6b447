"""Exercise 5_12/to_corners: centre and size to corners."""

from __future__ import annotations

import numpy as np

from course_lib.detection import to_centre, to_corners
from course_lib.exercises.kinds import rounded
from course_lib.exercises.lesson_5_12.shared import NONE, boxes_of
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _cases():
    return [
        (np.array([[4.0, 5, 4, 8]]),),
        (to_centre(boxes_of(4, 1)),),
        (to_centre(boxes_of(3, 2)).astype(np.float32),),
        (to_centre(boxes_of(2, 3) - 17.5),),
        (np.array([[3.0, 3, 0, 0], [4, 5, 8, 0]]),),
        (NONE,),
    ]


def _wrong(change):
    """Return the answer change(centre, size) -> columns."""
    return lambda boxes: np.concatenate(
        change(boxes[:, :2], boxes[:, 2:]), axis=1
    )


EXERCISE = Exercise(
    name="to_corners",
    title=Text("Centre and size to corners", "中心と大きさから角へ"),
    reference=to_corners,
    cases=_cases,
    slips=(
        Slip(
            "whole-size-for-half",
            Text(
                "The box is twice as wide and high as it should be. From the"
                " centre to the border it is only half a side.",
                "枠の幅と高さが 2 倍になっています。中心から縁までは、辺の半分"
                "です。",
            ),
            answer=_wrong(lambda c, s: (c - s, c + s)),
        ),
        Slip(
            "centre-for-corner",
            Text(
                "The box begins at its centre. It begins half a side before.",
                "枠が中心から始まっています。始まりは、中心より辺の半分だけ手"
                "前です。",
            ),
            answer=_wrong(lambda c, s: (c, c + s)),
            also=(_wrong(lambda c, s: (c, c + s / 2)),),
        ),
        Slip(
            "end-from-centre",
            Text(
                "One corner is right, the other is not: one lies half a side"
                " before the centre, the other half a side behind it.",
                "片方の角は正しいのですが、もう片方が違います。中心から辺の半"
                "分だけ前と、半分だけ後ろです。",
            ),
            answer=_wrong(lambda c, s: (c - s / 2, c + s)),
            also=(
                _wrong(lambda c, s: (c - s / 2, c)),
                _wrong(lambda c, s: (c - s, c + s / 2)),
            ),
        ),
        Slip(
            "size-kept",
            Text(
                "The last two numbers are still width and height. The corner"
                " (x2, y2) is wanted.",
                "後ろの 2 つが幅と高さのままです。角 (x2, y2) にします。",
            ),
            answer=_wrong(lambda c, s: (c - s / 2, s)),
        ),
        Slip(
            "one-pixel-more",
            Text(
                "The end lies one pixel off. It is exclusive: x2 = x + w / 2,"
                " with no - 1 or + 1.",
                "終わりが 1 画素ずれています。終わりは含まないので、x2 = x + w"
                " / 2 です（- 1 や + 1 は付けません）。",
            ),
            answer=_wrong(lambda c, s: (c - s / 2, c + s / 2 - 1)),
            also=(_wrong(lambda c, s: (c - s / 2, c + s / 2 + 1)),),
        ),
        Slip(
            "corners-swapped",
            Text(
                "The end comes first. (x1, y1), the smaller one, comes first.",
                "終わりの角が先になっています。小さいほうの (x1, y1) が先で"
                "す。",
            ),
            answer=_wrong(lambda c, s: (c + s / 2, c - s / 2)),
        ),
        Slip(
            "missing-brackets",
            Text(
                "This is (x - w) / 2. Only w is halved: x - w / 2.",
                "(x - w) / 2 になっています。2 で割るのは w だけで、x - w / 2"
                " です。",
            ),
            answer=_wrong(lambda c, s: ((c - s) / 2, (c + s) / 2)),
        ),
        Slip(
            "back-to-centre",
            Text(
                "This goes the way of `to_centre` once more: half of a sum and"
                " a difference. Now the centre is given.",
                "もう一度 `to_centre` と同じ計算（和の半分と差）をしています。"
                "今度は中心のほうが与えられています。",
            ),
            answer=to_centre,
        ),
        Slip(
            "in-another-order",
            Text(
                "The four numbers are right, but in another order: x1, y1, x2,"
                " y2, one box in each row.",
                "4 つの数は合っていますが、順番が違います。1 行に x1, y1, x2,"
                " y2 の順です。",
            ),
            answer=lambda b: to_corners(b)[:, [0, 2, 1, 3]],
            also=(
                lambda b: to_corners(b)[:, [1, 0, 3, 2]],
                lambda b: to_corners(b)[:, [0, 1, 3, 2]],
                lambda b: to_corners(b)[:, [1, 0, 2, 3]],
            ),
        ),
        Slip(
            "width-for-height",
            Text(
                "Width and height changed places: x goes with w, y with h.",
                "幅と高さが逆です。x には w、y には h を使います。",
            ),
            answer=lambda b: to_corners(b[:, [0, 1, 3, 2]]),
        ),
        Slip(
            "boxes-as-columns",
            Text(
                "The numbers stand in rows of x1, of y1 and so on. Each box"
                " is a row: stack with axis=1, or transpose.",
                "x1 の行、y1 の行、…と並んでいます。1 つの枠を 1 行にします"
                "（axis=1 で積むか、転置します）。",
            ),
            answer=lambda b: to_corners(b).T,
        ),
        Slip(
            "first-box-only",
            Text(
                "Only the first box was changed. All n rows are wanted.",
                "最初の枠しか変わっていません。n 行すべてが必要です。",
            ),
            answer=lambda b: to_corners(b)[:1],
            also=(lambda b: to_corners(b)[0] if len(b) else NONE,),
        ),
        rounded(to_corners),
    ),
    hints=(
        Text(
            "How far is it from the centre to the left border?",
            "中心から左の縁までは、どれだけ離れていますか。",
        ),
        Text(
            "Half a side before the centre lies (x1, y1), half a side behind"
            " it (x2, y2).",
            "中心から辺の半分だけ前が (x1, y1)、半分だけ後ろが (x2, y2) で"
            "す。",
        ),
        Text(
            "centre, half = boxes[:, :2], boxes[:, 2:] / 2",
            "centre, half = boxes[:, :2], boxes[:, 2:] / 2",
        ),
    ),
)
