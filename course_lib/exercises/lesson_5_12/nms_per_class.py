"""Exercise 5_12/nms_per_class: only boxes of one label compete."""

from __future__ import annotations

import numpy as np

from course_lib.detection import nms, nms_per_class
from course_lib.exercises.lesson_5_12.shared import (
    NO_SCORES,
    NONE,
    THRESHOLD_IGNORED,
    each_class,
    heap_of,
    kept_in_order,
    scores_of,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _cases():
    rng = np.random.default_rng(12)
    cases = []
    for seed, count, names, threshold in (
        (1, 8, (0, 1), 0.5),
        (2, 12, (0, 1, 2), 0.3),
        (4, 10, (2, 5), 0.4),
        (5, 9, (1, 3, 4, 7), 0.6),
    ):
        labels = rng.choice(names, count)
        boxes, scores = heap_of(count, seed, 2), scores_of(count, seed)
        cases.append((boxes, scores, labels, threshold))
    boxes = heap_of(7, 6, 1).astype(np.float32)
    one = np.full(7, 3)
    cases.append((boxes, scores_of(7, 6).astype(np.float32), one, 0.5))
    cases.append((NONE, NO_SCORES, np.zeros(0, int), 0.5))
    return cases


def _places_in_class(boxes, scores, labels, threshold=0.5):
    kept = [np.zeros(0, int)]
    for label in np.unique(labels):
        same = labels == label
        kept.append(nms(boxes[same], scores[same], threshold))
    return np.concatenate(kept)


def _one_class(which):
    def answer(boxes, scores, labels, threshold=0.5):
        kept = [np.zeros(0, int)]
        for label in np.unique(labels)[which]:
            same = np.flatnonzero(labels == label)
            kept.append(same[nms(boxes[same], scores[same], threshold)])
        return np.concatenate(kept)

    return answer


def _other_labels(boxes, scores, labels, threshold=0.5):
    kept = []
    for i in np.argsort(-scores):
        rivals = [k for k in kept if labels[k] != labels[i]]
        picked = [*rivals, i]
        if (
            i
            in np.array(picked)[nms(boxes[picked], scores[picked], threshold)]
        ):
            kept.append(int(i))
    return np.array(kept, int)


def _each_best(boxes, scores, labels, threshold=0.5):
    best = [
        np.flatnonzero(labels == label)[scores[labels == label].argmax()]
        for label in np.unique(labels)
    ]
    best = np.array(best, int)
    return best[np.argsort(-scores[best])]


def _counted_labels(boxes, scores, labels, threshold=0.5):
    kept = [np.zeros(0, int)]
    for label in range(len(np.unique(labels))):
        same = np.flatnonzero(labels == label)
        kept.append(same[nms(boxes[same], scores[same], threshold)])
    kept = np.concatenate(kept)
    return kept[np.argsort(-scores[kept])]


def _label_of_best(boxes, scores, labels, threshold=0.5):
    kept = nms(boxes, scores, threshold)
    _, first = np.unique(labels[kept], return_index=True)
    return kept[np.sort(first)]


def _last_missing(boxes, scores, labels, threshold=0.5):
    kept = [np.zeros(0, int)]
    for label in range(max(labels, default=0)):
        same = np.flatnonzero(labels == label)
        kept.append(same[nms(boxes[same], scores[same], threshold)])
    kept = np.concatenate(kept)
    return kept[np.argsort(-scores[kept])]


EXERCISE = Exercise(
    name="nms_per_class",
    title=Text("Suppression within a class", "クラスごとの抑制"),
    reference=nms_per_class,
    cases=_cases,
    slips=(
        Slip(
            "classes-ignored",
            Text(
                "Boxes of different labels suppress each other. A 3 in front"
                " of a 0 must not vanish: only one label at a time.",
                "ラベルの違う枠が、互いに取り除き合っています。0 の前にある 3 "
                "が消えてはいけません。1 つのラベルの中でだけ比べます。",
            ),
            answer=lambda b, s, labels, t: nms(b, s, t),
        ),
        Slip(
            "grouped-by-label",
            Text(
                "The right boxes, but one label after the other. The result is"
                " ordered by falling score over all labels.",
                "残った枠は合っていますが、ラベルごとに並んでいます。全ラベル"
                "を通して、スコアの高い順に並べます。",
            ),
            answer=each_class(),
            also=(
                lambda *case: each_class()(*case)[::-1],
                each_class(lambda *case: kept_in_order(nms(*case))),
            ),
        ),
        Slip(
            "not-by-score",
            Text(
                "The right boxes, but in the order in which they came. The"
                " indices come by falling score.",
                "残った枠は合っていますが、元の順番のままです。スコアの高い順"
                "に番号を並べます。",
            ),
            answer=lambda *case: kept_in_order(nms_per_class(*case)),
            also=(lambda *case: nms_per_class(*case)[::-1],),
        ),
        Slip(
            "index-within-the-class",
            Text(
                "The indices count within one label only. `same ="
                " np.flatnonzero(labels == label)` leads back: `same[kept]`.",
                "番号が、そのラベルの中での番号になっています。`same ="
                " np.flatnonzero(labels == label)` として、`same[kept]` で元の"
                "番号に戻します。",
            ),
            answer=_places_in_class,
            also=(
                lambda *case: kept_in_order(_places_in_class(*case)),
                lambda *case: np.unique(_places_in_class(*case)),
                lambda b, s, labels, t: _by_scores(
                    _places_in_class(b, s, labels, t), s
                ),
            ),
        ),
        Slip(
            "last-label-missing",
            Text(
                "The boxes of the largest label are missing: `range(n)` ends"
                " before n.",
                "いちばん大きいラベルの枠がありません。`range(n)` は n の手前"
                "で終わります。",
            ),
            answer=_last_missing,
        ),
        Slip(
            "labels-counted-from-zero",
            Text(
                "Boxes are missing where labels skip a number, as 2 and 5 do."
                " Go through `np.unique(labels)`.",
                "ラベルが 2 と 5 のように飛ぶとき、枠が抜けています。"
                "`np.unique(labels)` を順に調べます。",
            ),
            answer=_counted_labels,
        ),
        Slip(
            "one-class-only",
            Text(
                "Only the boxes of one label are in the result. Does the"
                " `return` stand inside the loop, or is the list begun anew"
                " for each label?",
                "1 つのラベルの枠しかありません。`return` がループの中にある"
                "か、ラベルごとにリストを作り直していませんか。",
            ),
            answer=_one_class(slice(0, 1)),
            also=(_one_class(slice(-1, None)),),
        ),
        Slip(
            "only-other-labels-suppress",
            Text(
                "Boxes of other labels suppress, those of the same label do"
                " not. It is the other way round.",
                "違うラベルの枠が取り除き、同じラベルの枠は残っています。逆で"
                "す。",
            ),
            answer=_other_labels,
        ),
        Slip(
            "best-of-each-label-only",
            Text(
                "One box is left of each label. There may be several objects"
                " of a label: suppress only what overlaps.",
                "ラベルごとに 1 つしか残っていません。同じラベルの物体が複数あ"
                "るかもしれません。取り除くのは重なる枠だけです。",
            ),
            answer=_each_best,
        ),
        Slip(
            *THRESHOLD_IGNORED,
            answer=lambda b, s, labels, t: nms_per_class(b, s, labels, 0.5),
        ),
        Slip(
            "nothing-suppressed",
            Text(
                "All boxes are still there, ordered by score. Those that"
                " overlap a better one of their label must go.",
                "すべての枠が、スコアの順に残っています。同じラベルのより良い"
                "枠と重なるものは取り除きます。",
            ),
            answer=lambda b, s, labels, t: np.argsort(-s),
        ),
        Slip(
            "labels-after-suppression",
            Text(
                "All boxes competed first, and the labels were looked at only"
                " afterwards. Split by label before you suppress.",
                "先にすべての枠で競わせ、後からラベルを見ています。取り除く前"
                "に、ラベルで分けます。",
            ),
            answer=_label_of_best,
        ),
        Slip(
            "mask-for-indices",
            Text(
                "This says yes or no for each box. Return the indices of the"
                " kept ones, by falling score.",
                "枠ごとに残すかどうかが並んでいます。残る枠の番号を、スコアの"
                "高い順に返します。",
            ),
            answer=lambda b, *rest: np.isin(
                np.arange(len(b)), nms_per_class(b, *rest)
            ),
        ),
        Slip(
            "boxes-for-indices",
            Text(
                "These are the kept boxes or their scores. Return their"
                " indices.",
                "残った枠かそのスコアです。番号を返します。",
            ),
            answer=lambda b, *rest: b[nms_per_class(b, *rest)],
            also=(lambda b, s, *rest: s[nms_per_class(b, s, *rest)],),
        ),
    ),
    hints=(
        Text(
            "How do you pick the boxes of one label, and how do you get back"
            " to their places among all?",
            "1 つのラベルの枠をどう選びますか。また、全体での番号にどう戻しま"
            "すか。",
        ),
        Text(
            "For each of np.unique(labels): same = np.flatnonzero(labels =="
            " label), call nms on these, collect same[kept]. Sort all by"
            " falling score at the end.",
            "np.unique(labels) のそれぞれで、same = np.flatnonzero(labels =="
            " label) とし、nms を呼んで same[kept] を集めます。最後に全体をス"
            "コアの高い順に並べます。",
        ),
        Text(
            "for label in np.unique(labels):",
            "for label in np.unique(labels):",
        ),
    ),
)


def _by_scores(kept, scores):
    return kept[np.argsort(-scores[kept], kind="stable")]
