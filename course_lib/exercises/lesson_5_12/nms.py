"""Exercise 5_12/nms: non-maximum suppression."""

from __future__ import annotations

import numpy as np

from course_lib.detection import iou, nms
from course_lib.exercises.lesson_5_12.shared import (
    ASCENDING,
    NO_SCORES,
    NONE,
    NOT_SORTED,
    ONE_PIXEL_MORE,
    THRESHOLD_IGNORED,
    heap_of,
    kept_in_order,
    scores_of,
    wide_iou,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

DECK = np.array([[0.0, 0, 10, 10], [1, 0, 11, 10], [5, 0, 15, 10]])


def _cases():
    half = np.array([[4.0, 0, 8, 8], [0, 0, 8, 8], [0, 0, 8, 4], [0, 2, 8, 6]])
    flat = np.array([[1.0, 1, 1, 9], [1, 1, 1, 9], [0, 0, 6, 6]])
    return [
        (DECK, np.array([0.9, 0.8, 0.7]), 0.4),
        (heap_of(9, 1), scores_of(9, 1), 0.5),
        (heap_of(12, 2, 4), scores_of(12, 2), 0.3),
        (
            heap_of(10, 3, 2).astype(np.float32),
            scores_of(10, 3).astype(np.float32),
            0.7,
        ),
        (half, np.array([0.2, 0.9, 0.4, 0.6]), 0.5),
        (flat, np.array([0.3, 0.5, 0.1]), 0.5),
        (DECK[:1], np.array([0.01]), 0.5),
        (NONE, NO_SCORES, 0.5),
    ]


def _walk(order, suppresses, overlap=iou):
    """Return an nms that keeps a box unless suppresses(ious, threshold).

    order(scores) -> places. The IoUs are those with the boxes kept so far.
    """

    def answer(boxes, scores, threshold=0.5):
        kept = []
        for i in order(np.asarray(scores)):
            overlaps = overlap(boxes[[i]], boxes[kept])[0]
            if not suppresses(overlaps, threshold):
                kept.append(int(i))
        return np.array(kept, int)

    return answer


def _falling(scores):
    return np.argsort(-scores, kind="stable")


def _reaches(overlaps, threshold):
    return (overlaps >= threshold).any()


def _all_better_suppress(boxes, scores, threshold=0.5):
    order = _falling(scores)
    overlaps = iou(boxes, boxes)
    kept = [
        i
        for k, i in enumerate(order)
        if not (overlaps[i, order[:k]] >= threshold).any()
    ]
    return np.array(kept, int)


def _one_round(boxes, scores, threshold=0.5):
    order = _falling(scores)
    if not len(order):
        return order
    far = iou(boxes[order[:1]], boxes[order])[0] < threshold
    far[0] = True
    return order[far]


def _next_only(boxes, scores, threshold=0.5):
    order = _falling(scores)
    kept = [
        i
        for k, i in enumerate(order)
        if k == 0 or iou(boxes[[i]], boxes[[order[k - 1]]])[0, 0] < threshold
    ]
    return np.array(kept, int)


def _places(boxes, scores, threshold=0.5):
    order = _falling(scores)
    return np.flatnonzero(np.isin(order, nms(boxes, scores, threshold)))


def _removed(boxes, scores, threshold=0.5):
    order = _falling(scores)
    return order[~np.isin(order, nms(boxes, scores, threshold))]


def _mask(boxes, scores, threshold=0.5):
    mask = np.zeros(len(boxes), bool)
    mask[nms(boxes, scores, threshold)] = True
    return mask


def _sorted_mask(boxes, scores, threshold=0.5):
    return _mask(boxes, scores, threshold)[_falling(scores)]


EXERCISE = Exercise(
    name="nms",
    title=Text("Non-maximum suppression", "非最大値の抑制"),
    reference=nms,
    cases=_cases,
    slips=(
        Slip(
            *ASCENDING,
            answer=_walk(np.argsort, _reaches),
            also=(
                lambda *case: kept_in_order(
                    _walk(np.argsort, _reaches)(*case)
                ),
                lambda *case: _walk(np.argsort, _reaches)(*case)[::-1],
            ),
        ),
        Slip(
            *NOT_SORTED,
            answer=_walk(lambda s: np.arange(len(s)), _reaches),
        ),
        Slip(
            "equal-overlap-stays",
            Text(
                "A box whose IoU is exactly the threshold stays. Here it is"
                " suppressed, too: IoU >= threshold.",
                "IoU がちょうど閾値の枠が残っています。ここでは、閾値以上（IoU"
                " >= threshold）なら取り除きます。",
            ),
            answer=_walk(_falling, lambda o, t: (o > t).any()),
        ),
        Slip(
            "suppressed-boxes-suppress",
            Text(
                "A box that is itself suppressed still suppresses others."
                " Only kept boxes do so; compare with those alone.",
                "取り除かれた枠が、ほかの枠を取り除いています。それができるの"
                "は残った枠だけです。残した枠とだけ比べます。",
            ),
            answer=_all_better_suppress,
        ),
        Slip(
            *THRESHOLD_IGNORED,
            answer=_walk(_falling, lambda o, t: (o >= 0.5).any()),
        ),
        Slip(
            "not-by-score",
            Text(
                "The right boxes, but in the order in which they came. The"
                " indices come by falling score.",
                "残った枠は合っていますが、元の順番のままです。スコアの高い順"
                "に番号を並べます。",
            ),
            answer=lambda *case: kept_in_order(nms(*case)),
            also=(lambda *case: nms(*case)[::-1],),
        ),
        Slip(
            "places-in-the-order",
            Text(
                "These are places in the sorted list. The indices of the boxes"
                " as they came are wanted: `order[place]`.",
                "並べ替えた後の番号になっています。元の枠の番号、つまり"
                " `order[番号]` を返します。",
            ),
            answer=_places,
        ),
        Slip(
            "keeps-the-suppressed",
            Text(
                "These are the boxes that should go. Those that stay are"
                " wanted.",
                "取り除くほうの枠になっています。返すのは残る枠です。",
            ),
            answer=_removed,
            also=(lambda *case: kept_in_order(_removed(*case)),),
        ),
        Slip(
            "one-round-only",
            Text(
                "Only the very best box suppresses. Then the best of the rest"
                " follows, until none is left.",
                "スコアが最も高い枠しか、ほかを取り除いていません。残りの中の"
                "最高の枠でも同じことを、なくなるまで繰り返します。",
            ),
            answer=_one_round,
        ),
        Slip(
            "best-only",
            Text(
                "Only one box is left. Boxes far from it belong to other"
                " objects and stay.",
                "枠が 1 つしか残っていません。離れた枠は別の物体のものなので、"
                "残します。",
            ),
            answer=lambda b, s, t: nms(b, s, t)[:1],
        ),
        Slip(
            "neighbours-in-order-only",
            Text(
                "Each box is compared with the one before it alone. Compare"
                " it with all that are kept so far.",
                "1 つ前の枠としか比べていません。それまでに残したすべての枠と"
                "比べます。",
            ),
            answer=_next_only,
            also=(_walk(_falling, lambda o, t: (o[-1:] >= t).any()),),
        ),
        Slip(
            "all-must-overlap",
            Text(
                "A box goes only if it overlaps all kept boxes. One is"
                " enough.",
                "残したすべての枠と重なるときだけ、取り除いています。1 つと重"
                "なれば取り除きます。",
            ),
            answer=_walk(_falling, lambda o, t: len(o) and (o >= t).all()),
        ),
        Slip(
            "keeps-what-overlaps",
            Text(
                "Boxes that overlap a kept one stay, and those far away go."
                " It is the other way round.",
                "残した枠と重なる枠が残り、離れた枠が消えています。逆です。",
            ),
            answer=_walk(_falling, lambda o, t: len(o) and (o < t).any()),
            also=(_walk(_falling, lambda o, t: len(o) and (o < t).all()),),
        ),
        Slip(
            "nothing-suppressed",
            Text(
                "All boxes are still there, ordered by score. Those that"
                " overlap a better one must go.",
                "すべての枠が、スコアの順に残っています。より良い枠と重なるも"
                "のは取り除きます。",
            ),
            answer=lambda b, s, t: _falling(s),
        ),
        Slip(
            "threshold-for-scores",
            Text(
                "`threshold` was compared with the scores. It is for the IoU;"
                " a score only says who comes first.",
                "`threshold` をスコアと比べています。比べるのは IoU です。スコ"
                "アは順番を決めるだけです。",
            ),
            answer=lambda b, s, t: _falling(s)[np.sort(s)[::-1] >= t],
            also=(
                lambda b, s, t: nms(b, s, t)[s[nms(b, s, t)] >= t],
                lambda b, s, t: nms(b, s, 0.5)[s[nms(b, s, 0.5)] >= t],
                lambda b, s, t: np.flatnonzero(s >= t),
            ),
        ),
        Slip(
            "best-missing",
            Text(
                "The best box of each heap is not in the result: it overlaps"
                " itself with IoU 1. Keep it before the others are compared.",
                "各まとまりの最高の枠が結果にありません。自分自身との IoU は 1"
                " です。比べる前に、その枠を残しておきます。",
            ),
            answer=lambda b, s, t: nms(b, s, t)[1:],
            also=(lambda b, s, t: nms(b, s, t)[:0],),
        ),
        Slip(*ONE_PIXEL_MORE, answer=_walk(_falling, _reaches, wide_iou)),
        Slip(
            "mask-for-indices",
            Text(
                "This says yes or no for each box. Return the indices of the"
                " kept ones, by falling score.",
                "枠ごとに残すかどうかが並んでいます。残る枠の番号を、スコアの"
                "高い順に返します。",
            ),
            answer=_mask,
            also=(_sorted_mask,),
        ),
        Slip(
            "boxes-for-indices",
            Text(
                "These are the kept boxes. Return their indices, so that"
                " scores and labels can be chosen alike.",
                "残った枠そのものです。スコアやラベルも同じように選べるよう"
                "に、番号を返します。",
            ),
            answer=lambda b, s, t: b[nms(b, s, t)],
        ),
        Slip(
            "scores-for-indices",
            Text(
                "These are the scores of the kept boxes. Return their"
                " indices.",
                "残った枠のスコアです。番号を返します。",
            ),
            answer=lambda b, s, t: s[nms(b, s, t)],
        ),
    ),
    hints=(
        Text(
            "Which box is kept for sure? Which ones must then go?",
            "必ず残るのはどの枠ですか。すると、どの枠が取り除かれますか。",
        ),
        Text(
            "Sort the indices by falling score. Keep the first, leave out all"
            " whose IoU with it is >= threshold, and go on with the rest.",
            "番号をスコアの高い順に並べます。先頭を残し、それとの IoU が閾値以"
            "上のものを除き、残りで繰り返します。",
        ),
        Text("order = np.argsort(-scores)", "order = np.argsort(-scores)"),
    ),
)
