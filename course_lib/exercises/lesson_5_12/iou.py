"""Exercise 5_12/iou: intersection over union."""

from __future__ import annotations

import numpy as np

from course_lib.detection import iou
from course_lib.exercises.kinds import rounded
from course_lib.exercises.lesson_5_12.shared import (
    CORNER_AND_SIZE,
    NONE,
    ONE_PIXEL_MORE,
    ORDER_OF_SIDES,
    boxes_of,
    misread,
    sized,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _cases():
    a, b = boxes_of(4, 1), boxes_of(3, 2)
    point = np.array([[3.0, 3.0, 3.0, 3.0], [5.0, 2.0, 5.0, 9.0]])
    apart = np.array([[0, 0, 4, 4], [20, 20, 30, 24], [2, 1, 6, 5.0]])
    return [
        (np.array([[0.0, 0, 4, 4]]), np.array([[2.0, 1, 6, 5]])),
        (a, b),
        (boxes_of(2, 3).astype(np.float32), boxes_of(5, 4, 10)),
        (point, np.concatenate([point[:1], a[:2]])),
        (apart, apart[::-1] + 0.25),
        (a[:1] - 20, b - 18.5),
        (a[:2] / 50, b / 50),  # as parts of the image's side
        (NONE, b),
        (a, NONE),
    ]


def _areas(boxes, more=0.0):
    return (boxes[:, 2] - boxes[:, 0] + more) * (
        boxes[:, 3] - boxes[:, 1] + more
    )


def _common(a, b, more=0.0, clip=True):
    start = np.maximum(a[:, None, :2], b[:, :2])
    end = np.minimum(a[:, None, 2:], b[:, 2:])
    sides = end - start + more
    sides = np.maximum(sides, 0) if clip else sides
    return sides[..., 0] * sides[..., 1]


def _divided(common, by, empty=0.0):
    by = np.broadcast_to(by, common.shape)
    out = np.full(common.shape, empty)
    return np.divide(common, by, out=out, where=by != 0)


def _union(a, b, common, more=0.0):
    return _areas(a, more)[:, None] + _areas(b, more) - common


def _more(a, b):
    common = _common(a, b, 1)
    return _divided(common, _union(a, b, common, 1))


def _more_inside_only(a, b):
    common = _common(a, b, 1)
    return _divided(common, _union(a, b, common))


def _more_areas_only(a, b):
    common = _common(a, b)
    return _divided(common, _union(a, b, common, 1))


def _unclipped(a, b, empty=0.0):
    common = _common(a, b, clip=False)
    return _divided(common, _union(a, b, common), empty)


def _positive_union_only(a, b):
    """Take 0 where negative areas make the union negative as well."""
    common = _common(a, b, clip=False)
    union = _union(a, b, common)
    return np.where(union > 0, _divided(common, union), 0)


def _product_clipped(a, b, empty=0.0):
    common = np.maximum(_common(a, b, clip=False), 0)
    return _divided(common, _union(a, b, common), empty)


def _absolute(a, b, empty=0.0):
    common = np.abs(_common(a, b, clip=False))
    return _divided(common, _union(a, b, common), empty)


def _by(choose, empty=0.0):
    def answer(a, b):
        first = np.broadcast_to(_areas(a)[:, None], (len(a), len(b)))
        second = np.broadcast_to(_areas(b), first.shape)
        return _divided(_common(a, b), choose(first, second), empty)

    return answer


def _intersection(a, b):
    return _common(a, b)


def _only_union(a, b):
    return _union(a, b, _common(a, b))


def _around(a, b, empty=0.0):
    start = np.minimum(a[:, None, :2], b[:, :2])
    end = np.maximum(a[:, None, 2:], b[:, 2:])
    whole = (end - start)[..., 0] * (end - start)[..., 1]
    return _divided(_common(a, b), whole, empty)


def _not_zero(empty):
    def answer(a, b):
        common = _common(a, b)
        return _divided(common, _union(a, b, common), empty)

    return answer


def _pairs(a, b):
    count = min(len(a), len(b))
    return np.diagonal(iou(a, b))[:count]


def _row(a, b):
    return iou(a[:1], b)[0] if len(a) else np.zeros(len(b))


def _without_second_axis(a, b):
    return np.array([row.tolist() for row in iou(a, b)])


def _only_empty_lost(got, a, b):
    """Return whether only the shape of an empty matrix is wrong."""
    right = iou(a, b)
    if right.size:
        return bool(
            np.shape(got) == right.shape and np.allclose(got, right, atol=1e-4)
        )
    return np.size(got) == 0


EXERCISE = Exercise(
    name="iou",
    title=Text("IoU of boxes with boxes", "枠と枠の IoU"),
    reference=iou,
    cases=_cases,
    slips=(
        Slip(
            *ONE_PIXEL_MORE,
            answer=_more,
            also=(_more_inside_only, _more_areas_only),
        ),
        Slip(
            "negative-overlap-not-clipped",
            Text(
                "Boxes that lie apart get an overlap. Two negative sides make"
                " a positive product: a side below 0 must become 0 first.",
                "離れた枠にも重なりが出ています。負の辺どうしの積は正になりま"
                "す。掛ける前に、負の辺を 0 にします。",
            ),
            answer=_unclipped,
            also=(
                lambda a, b: _unclipped(a, b, np.nan),
                _positive_union_only,
                _product_clipped,
                lambda a, b: _product_clipped(a, b, np.nan),
                _absolute,
                lambda a, b: _absolute(a, b, np.nan),
            ),
        ),
        Slip(
            "union-without-subtracting",
            Text(
                "The union is the sum of both areas, so the shared part is in"
                " it twice. Subtract the intersection once.",
                "和集合が 2 つの面積の和なので、共通部分が 2 回入っています。"
                "共通部分を 1 回引きます。",
            ),
            answer=_by(np.add),
            also=(_by(np.add, np.nan),),
        ),
        Slip(
            "empty-union-not-zero",
            Text(
                "Two boxes without any area have an empty union, and 0 / 0 is"
                " not a number. Their IoU is 0.",
                "面積のない枠どうしでは和集合が空になり、0 / 0 は数になりませ"
                "ん。この IoU は 0 とします。",
            ),
            answer=_not_zero(np.nan),
            also=(_not_zero(1.0), _not_zero(np.inf)),
        ),
        Slip(
            *ORDER_OF_SIDES,
            answer=lambda a, b: np.nan_to_num(
                _by_misread(misread(a), misread(b), 0.0)
            ),
            also=(
                lambda a, b: _by_misread(misread(a), misread(b), np.nan),
                lambda a, b: iou(misread(a), misread(b)),
            ),
        ),
        Slip(
            *CORNER_AND_SIZE,
            answer=lambda a, b: iou(sized(a), sized(b)),
            also=(
                lambda a, b: _not_zero(np.nan)(sized(a), sized(b)),
                lambda a, b: _size_areas(a, b),
            ),
        ),
        Slip(
            "smaller-area-for-union",
            Text(
                "The intersection is divided by the smaller box. A small box"
                " inside a large one then gets 1: divide by the union.",
                "小さいほうの枠の面積で割っています。大きな枠の中の小さな枠が"
                " 1 になってしまいます。和集合で割ります。",
            ),
            answer=_by(np.minimum),
            also=(_by(np.minimum, np.nan),),
        ),
        Slip(
            "larger-area-for-union",
            Text(
                "The intersection is divided by the larger box, not by what"
                " both cover together.",
                "大きいほうの枠の面積で割っています。割るのは、2 つが合わせて"
                "覆う面積です。",
            ),
            answer=_by(np.maximum),
            also=(_by(np.maximum, np.nan),),
        ),
        Slip(
            "one-area-for-union",
            Text(
                "The intersection is divided by the area of one of the boxes."
                " Both areas belong to the union, less the shared part.",
                "片方の枠の面積で割っています。和集合は両方の面積から共通部分"
                "を引いたものです。",
            ),
            answer=_by(lambda first, second: first),
            also=(
                _by(lambda first, second: second),
                _by(lambda first, second: first, np.nan),
                _by(lambda first, second: second, np.nan),
            ),
        ),
        Slip(
            "frame-around-both",
            Text(
                "The intersection is divided by the rectangle around both"
                " boxes. Its corners belong to neither of them.",
                "両方を囲む長方形の面積で割っています。その隅は、どちらの枠で"
                "もありません。",
            ),
            answer=_around,
            also=(lambda a, b: _around(a, b, np.nan),),
        ),
        Slip(
            "intersection-only",
            Text(
                "This is the intersection, in pixels. Divide it by the union.",
                "共通部分の面積（画素数）です。和集合で割ります。",
            ),
            answer=_intersection,
        ),
        Slip(
            "union-only",
            Text(
                "This is the union, in pixels. The intersection is divided by"
                " it.",
                "和集合の面積（画素数）です。共通部分をこれで割ります。",
            ),
            answer=_only_union,
        ),
        Slip(
            "rows-and-columns-swapped",
            Text(
                "The matrix lies on its side: one row for each box of a, one"
                " column for each box of b.",
                "行と列が逆です。a の枠が行、b の枠が列です。",
            ),
            answer=lambda a, b: iou(a, b).T,
        ),
        Slip(
            "pairs-only",
            Text(
                "Only the first box of a meets the first of b, the second the"
                " second, and so on. Every box of a meets every box of b.",
                "a の 1 番目と b の 1 番目、2 番目どうし、…としか比べていませ"
                "ん。a のどの枠も、b のすべての枠と比べます。",
            ),
            answer=_pairs,
        ),
        Slip(
            "first-row-only",
            Text(
                "Only the first box of a was compared. The result has one row"
                " for each box of a.",
                "a の最初の枠しか比べていません。結果には a の枠ごとに 1 行が"
                "必要です。",
            ),
            answer=_row,
            also=(lambda a, b: iou(a[:1], b),),
        ),
        Slip(
            "no-boxes-no-shape",
            Text(
                "All numbers are right, but with no box at all the shape is"
                " lost: (0, m) or (n, 0) is wanted. Begin with"
                " `np.zeros((n, m))`.",
                "数は合っていますが、枠が 1 つもないときの形状が違います。(0,"
                " m) や (n, 0) になるように、`np.zeros((n, m))` から始めましょ"
                "う。",
            ),
            answer=_without_second_axis,
            seen=_only_empty_lost,
        ),
        Slip(
            "distance-for-overlap",
            Text(
                "This is 1 - IoU: it grows as the boxes move apart. Return"
                " the IoU itself.",
                "1 - IoU になっています。離れるほど大きくなる数です。IoU その"
                "ものを返します。",
            ),
            answer=lambda a, b: 1 - iou(a, b),
        ),
        rounded(iou),
    ),
    hints=(
        Text(
            "Where does the shared part begin in x, and where does it end?"
            " What if it ends before it begins?",
            "共通部分は x 方向のどこから始まり、どこで終わりますか。始まりより"
            "前に終わるときは？",
        ),
        Text(
            "Start: the larger x1. End: the smaller x2. A width below 0 counts"
            " as 0. The same in y. `a[:, np.newaxis, 0]` with `b[:, 0]` gives"
            " all pairs, (n, m).",
            "始まりは大きいほうの x1、終わりは小さいほうの x2 です。負の幅は 0"
            " とします。y も同じです。`a[:, np.newaxis, 0]` と `b[:, 0]` で、"
            "すべての組 (n, m) になります。",
        ),
        Text(
            "x1 = np.maximum(a[:, np.newaxis, 0], b[:, 0])",
            "x1 = np.maximum(a[:, np.newaxis, 0], b[:, 0])",
        ),
    ),
)


def _by_misread(a, b, empty):
    common = _common(a, b)
    return _divided(common, _union(a, b, common), empty)


def _size_areas(a, b):
    """Take corners for the intersection, but x2 * y2 for the areas."""
    common = _common(a, b)
    first, second = a[:, 2] * a[:, 3], b[:, 2] * b[:, 3]
    return _divided(common, first[:, None] + second - common)
