"""Exercise 5_12/match_detections: true or false positive."""

from __future__ import annotations

import numpy as np

from course_lib.detection import iou, match_detections
from course_lib.exercises.lesson_5_12.shared import (
    ASCENDING,
    NO_SCORES,
    NONE,
    NOT_SORTED,
    ONE_PIXEL_MORE,
    THRESHOLD_IGNORED,
    boxes_of,
    scores_of,
    wide_iou,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _shaken(truth, count, seed):
    rng = np.random.default_rng(seed)
    boxes = truth[rng.integers(0, len(truth), count)]
    return boxes + rng.integers(-14, 15, (count, 4)) / 8


def _cases():
    truth = np.array([[0.0, 0, 10, 10], [4, 0, 14, 10]])
    # Boxes 1 and 2 overlap both objects by more than one half.
    twice = np.array(
        [[0.0, 0, 10, 10], [1.5, 0, 11.5, 10], [3, 0, 13, 10], [9, 9, 19, 19]]
    )
    half = np.array(
        [[0.0, 0, 10, 5], [4, 0, 14, 10], [0, 0, 10, 5.5], [20, 20, 26, 22.75]]
    )
    three = np.concatenate([truth, [[20, 20, 26, 26]]])
    few = boxes_of(3, 21)
    return [
        (twice, np.array([0.6, 0.9, 0.5, 0.8]), truth, 0.5),
        (twice, np.array([0.9, 0.8, 0.7, 0.3]), truth, 0.5),
        (half, np.array([0.9, 0.5, 0.7, 0.6]), three, 0.5),
        (_shaken(few, 9, 1), scores_of(9, 7), few, 0.5),
        (_shaken(few, 12, 2), scores_of(12, 9), few, 0.7),
        (
            _shaken(few, 8, 3).astype(np.float32),
            scores_of(8, 4).astype(np.float32),
            few.astype(np.float32),
            0.3,
        ),
        (twice, np.array([0.6, 0.9, 0.5, 0.8]), NONE, 0.5),
        (NONE, NO_SCORES, truth, 0.5),
    ]


def _match(
    order=lambda s: np.argsort(-s, kind="stable"),
    good=lambda o, t: o > t,
    taken="matched",
    choose="best",
    overlap=iou,
    fixed=None,
):
    """Return a match_detections with one thing changed."""

    def answer(boxes, scores, truth, threshold=0.5):
        if fixed is not None:
            threshold = fixed
        correct = np.zeros(len(boxes), bool)
        if not len(truth) or not len(boxes):
            return correct
        overlaps = overlap(boxes, truth)
        used = np.zeros(len(truth), bool)
        for i in order(np.asarray(scores)):
            row = overlaps[i].copy()
            if choose == "free":
                row[used] = -1
            best = row.argmax()
            if choose == "first":
                best = good(row, threshold).argmax()
            ok = good(row[best], threshold)
            if taken == "one" and used.any():
                continue
            correct[i] = ok and not used[best]
            if taken in ("matched", "one"):
                used[best] |= ok
            elif taken == "always":
                used[best] = True
        return correct

    return answer


def _best_of_each_object(boxes, scores, truth, threshold=0.5):
    correct = np.zeros(len(boxes), bool)
    if len(truth) and len(boxes):
        overlaps = iou(boxes, truth)
        best = overlaps.argmax(axis=0)
        for k, i in enumerate(best):
            correct[i] |= overlaps[i, k] > threshold
    return correct


def _by_overlap(boxes, scores, truth, threshold=0.5):
    if not len(truth) or not len(boxes):
        return np.zeros(len(boxes), bool)
    return match_detections(
        boxes, iou(boxes, truth).max(axis=1), truth, threshold
    )


def _sorted(boxes, scores, truth, threshold=0.5):
    correct = match_detections(boxes, scores, truth, threshold)
    return correct[np.argsort(-scores, kind="stable")]


def _found(boxes, scores, truth, threshold=0.5):
    if not len(truth) or not len(boxes):
        return np.zeros(len(truth), bool)
    correct = match_detections(boxes, scores, truth, threshold)
    owner = iou(boxes, truth).argmax(axis=1)
    return np.isin(np.arange(len(truth)), owner[correct])


def _best_iou(boxes, scores, truth, threshold=0.5):
    return iou(boxes, truth).max(axis=1, initial=0)


def _any_score(boxes, scores, truth, threshold=0.5):
    right = match_detections(boxes, scores, truth, threshold)
    return np.asarray(right) & (scores > threshold)


EXERCISE = Exercise(
    name="match_detections",
    title=Text("True or false positive", "真陽性か偽陽性か"),
    reference=match_detections,
    cases=_cases,
    slips=(
        Slip(
            "duplicates-count",
            Text(
                "A second detection of the same object counts as right, too."
                " An object can be found once: remember which ones are taken.",
                "同じ物体の 2 つ目の検出も正解になっています。1 つの物体を見つ"
                "けられるのは 1 回だけです。対応済みの物体を覚えておきます。",
            ),
            answer=_match(taken="never"),
        ),
        Slip(*NOT_SORTED, answer=_match(lambda s: np.arange(len(s)))),
        Slip(*ASCENDING, answer=_match(np.argsort)),
        Slip(
            "equal-overlap-counts",
            Text(
                "A detection whose IoU is exactly the threshold counts as"
                " right. VOC asks for more than it: IoU > threshold.",
                "IoU がちょうど閾値の検出が正解になっています。VOC では閾値を"
                "超えること（IoU > threshold）が条件です。",
            ),
            answer=_match(good=lambda o, t: o >= t),
        ),
        Slip(
            "second-choice",
            Text(
                "A detection whose best object is taken gets another one. In"
                " VOC it only looks at the object that it overlaps most.",
                "いちばん重なる物体が対応済みのとき、別の物体に対応させていま"
                "す。VOC では、いちばん重なる物体だけを見ます。",
            ),
            answer=_match(choose="free"),
        ),
        Slip(
            "first-object-taken",
            Text(
                "A detection takes the first object with enough overlap. It"
                " belongs to the one that it overlaps most (`argmax`).",
                "重なりが十分な最初の物体に対応させています。いちばん重なる物"
                "体（`argmax`）に対応させます。",
            ),
            answer=_match(choose="first"),
        ),
        Slip(
            "best-overlap-wins",
            Text(
                "Of several detections of an object the one with the largest"
                " IoU counts. It is the one with the highest score.",
                "同じ物体の検出の中で、IoU が最大のものを正解にしています。正"
                "解になるのは、スコアが最も高いものです。",
            ),
            answer=_best_of_each_object,
            also=(_by_overlap,),
        ),
        Slip(
            "taken-without-match",
            Text(
                "An object is marked as taken by a detection that overlaps it"
                " too little. Mark it only where the IoU is enough.",
                "重なりの足りない検出でも、物体が対応済みになっています。印を"
                "付けるのは IoU が十分なときだけです。",
            ),
            answer=_match(taken="always"),
        ),
        Slip(
            "one-match-in-all",
            Text(
                "After the first true positive no other object is found. Keep"
                " for each object by itself whether it is taken.",
                "最初の真陽性の後、ほかの物体が見つからなくなっています。対応"
                "済みかどうかは、物体ごとに覚えます。",
            ),
            answer=_match(taken="one"),
        ),
        Slip(*THRESHOLD_IGNORED, answer=_match(fixed=0.5)),
        Slip(
            "in-order-of-scores",
            Text(
                "The right verdicts, but in the order of the scores. Entry i"
                " belongs to detection i as it came: `correct[i] = True`.",
                "判定は合っていますが、スコアの順に並んでいます。i 番目は、渡"
                "された順で i 番目の検出のものです（`correct[i] = True`）。",
            ),
            answer=_sorted,
        ),
        Slip(
            "false-for-true",
            Text(
                "Yes and no are swapped: True stands for a true positive.",
                "真と偽が逆です。True は真陽性を表します。",
            ),
            answer=lambda *case: ~match_detections(*case),
        ),
        Slip(
            "objects-not-detections",
            Text(
                "This says for each object whether it was found. One entry"
                " for each detection is wanted.",
                "物体ごとに、見つかったかどうかが並んでいます。検出ごとの判定"
                "を返します。",
            ),
            answer=_found,
        ),
        Slip(
            "overlaps-for-verdicts",
            Text(
                "These are the largest IoUs. Return True or False for each"
                " detection.",
                "最大の IoU が並んでいます。検出ごとに True か False を返しま"
                "す。",
            ),
            answer=_best_iou,
        ),
        Slip(
            "score-must-exceed-threshold",
            Text(
                "Detections with a low score never count. `threshold` is for"
                " the IoU alone; a score only says who comes first.",
                "スコアの低い検出が、決して正解になりません。`threshold` は"
                " IoU だけに使います。スコアは順番を決めるだけです。",
            ),
            answer=_any_score,
        ),
        Slip(
            *ONE_PIXEL_MORE,
            answer=_match(overlap=wide_iou),
        ),
    ),
    hints=(
        Text(
            "Two detections lie on one object. Which of them may count?",
            "2 つの検出が 1 つの物体に重なっています。正解になるのはどちらで"
            "すか。",
        ),
        Text(
            "Go through the detections by falling score. Each looks at its"
            " object `overlaps[i].argmax()`: right if the IoU is more than"
            " the threshold and the object is still free.",
            "検出をスコアの高い順に調べます。それぞれ、いちばん重なる物体"
            " `overlaps[i].argmax()` を見て、IoU が閾値を超え、まだ対応済みで"
            "なければ正解です。",
        ),
        Text(
            "taken = np.zeros(len(truth), bool)",
            "taken = np.zeros(len(truth), bool)",
        ),
    ),
)
