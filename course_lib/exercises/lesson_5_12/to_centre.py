"""Exercise 5_12/to_centre: corners to centre and size."""

from __future__ import annotations

import numpy as np

from course_lib.detection import to_centre
from course_lib.exercises.kinds import rounded
from course_lib.exercises.lesson_5_12.shared import (
    NONE,
    ONE_PIXEL_MORE,
    ORDER_OF_SIDES,
    boxes_of,
    misread,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _cases():
    return [
        (np.array([[2.0, 1, 6, 9]]),),
        (boxes_of(4, 1),),
        (boxes_of(3, 2).astype(np.float32),),
        (boxes_of(2, 3) - 17.5,),
        (np.array([[3.0, 3, 3, 3], [0, 5, 8, 5]]),),
        (NONE,),
    ]


def _parts(boxes):
    return boxes[:, :2], boxes[:, 2:]


def _joined(*parts):
    return np.concatenate(parts, axis=1)


def _wrong(change):
    """Return the answer change(start, end) -> columns."""
    return lambda boxes: _joined(*change(*_parts(boxes)))


EXERCISE = Exercise(
    name="to_centre",
    title=Text("Corners to centre and size", "角から中心と大きさへ"),
    reference=to_centre,
    cases=_cases,
    slips=(
        Slip(
            *ONE_PIXEL_MORE,
            answer=_wrong(lambda s, e: ((s + e) / 2, e - s + 1)),
            also=(_wrong(lambda s, e: ((s + e - 1) / 2, e - s)),),
        ),
        Slip(
            "corner-for-centre",
            Text(
                "The first two numbers are still the corner. The centre lies"
                " half a side further, in the middle between the corners.",
                "前の 2 つが角のままです。中心は 2 つの角の真ん中、つまり辺の"
                "半分だけ先です。",
            ),
            answer=_wrong(lambda s, e: (s, e - s)),
            also=(_wrong(lambda s, e: (e, e - s)),),
        ),
        Slip(
            "half-size-for-centre",
            Text(
                "(x2 - x1) / 2 is half of the width. The centre is (x1 + x2)"
                " / 2.",
                "(x2 - x1) / 2 は幅の半分です。中心は (x1 + x2) / 2 です。",
            ),
            answer=_wrong(lambda s, e: ((e - s) / 2, e - s)),
        ),
        Slip(
            "not-halved",
            Text(
                "The centre is twice as far as it should be: x1 + x2 must be"
                " halved.",
                "中心が 2 倍の位置にあります。x1 + x2 を 2 で割ります。",
            ),
            answer=_wrong(lambda s, e: (s + e, e - s)),
            also=(_wrong(lambda s, e: (s + e / 2, e - s)),),
        ),
        Slip(
            "half-sizes",
            Text(
                "Width and height are halved. Whole sides are wanted.",
                "幅と高さが半分になっています。辺の長さそのものを返します。",
            ),
            answer=_wrong(lambda s, e: ((s + e) / 2, (e - s) / 2)),
        ),
        Slip(
            "end-for-size",
            Text(
                "The last two numbers are still the corner (x2, y2). Width is"
                " x2 - x1.",
                "後ろの 2 つが角 (x2, y2) のままです。幅は x2 - x1 です。",
            ),
            answer=_wrong(lambda s, e: ((s + e) / 2, e)),
        ),
        Slip(
            "size-negative",
            Text(
                "Width and height are negative: the start was subtracted the"
                " wrong way round. It is x2 - x1.",
                "幅と高さが負です。引く順番が逆で、x2 - x1 とします。",
            ),
            answer=_wrong(lambda s, e: ((s + e) / 2, s - e)),
        ),
        Slip(*ORDER_OF_SIDES, answer=lambda b: to_centre(misread(b))),
        Slip(
            "in-another-order",
            Text(
                "The four numbers are right, but in another order: x, y, w,"
                " h, one box in each row.",
                "4 つの数は合っていますが、順番が違います。1 行に x, y, w, h"
                " の順です。",
            ),
            answer=lambda b: to_centre(b)[:, [0, 2, 1, 3]],
            also=(
                lambda b: to_centre(b)[:, [1, 0, 3, 2]],
                lambda b: to_centre(b)[:, [1, 0, 2, 3]],
                lambda b: to_centre(b)[:, [0, 1, 3, 2]],
                lambda b: to_centre(b)[:, [2, 3, 0, 1]],
            ),
        ),
        Slip(
            "boxes-as-columns",
            Text(
                "The numbers stand in rows of x, of y, of w and of h. Each"
                " box is a row: stack with axis=1, or transpose.",
                "x の行、y の行、…と並んでいます。1 つの枠を 1 行にします"
                "（axis=1 で積むか、転置します）。",
            ),
            answer=lambda b: to_centre(b).T,
        ),
        Slip(
            "first-box-only",
            Text(
                "Only the first box was changed. All n rows are wanted.",
                "最初の枠しか変わっていません。n 行すべてが必要です。",
            ),
            answer=lambda b: to_centre(b)[:1],
            also=(lambda b: to_centre(b)[0] if len(b) else NONE,),
        ),
        rounded(to_centre),
    ),
    hints=(
        Text(
            "Where is the middle between x1 and x2?",
            "x1 と x2 の真ん中はどこですか。",
        ),
        Text(
            "`boxes[:, :2]` are the starts (x1, y1), `boxes[:, 2:]` the ends."
            " Centre: half of their sum. Size: their difference.",
            "`boxes[:, :2]` は始まり (x1, y1)、`boxes[:, 2:]` は終わりです。中"
            "心は和の半分、大きさは差です。",
        ),
        Text(
            "start, end = boxes[:, :2], boxes[:, 2:]",
            "start, end = boxes[:, :2], boxes[:, 2:]",
        ),
    ),
)
