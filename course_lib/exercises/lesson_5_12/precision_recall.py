"""Exercise 5_12/precision_recall: the curve, detection by detection."""

from __future__ import annotations

import numpy as np

from course_lib.detection import precision_recall
from course_lib.exercises.kinds import ROUNDED
from course_lib.exercises.lesson_5_12.shared import (
    ASCENDING,
    NO_SCORES,
    NOT_SORTED,
    scores_of,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _cases():
    rng = np.random.default_rng(3)
    many = rng.random(15) < 0.6
    deck = np.array([True, False, True, True, False])
    return [
        (deck, np.array([0.9, 0.8, 0.7, 0.6, 0.5]), 4),
        (deck, np.array([0.6, 0.9, 0.5, 0.8, 0.7]), 5),
        (many, scores_of(15, 5), 12),
        (many[:7], scores_of(7, 6).astype(np.float32), 20),
        (np.zeros(3, bool), np.array([0.2, 0.4, 0.3]), 0),
        (np.ones(1, bool), np.array([0.5]), 3),
        (np.array([False, True]), np.array([0.5, 0.25]), 1),
        (np.zeros(0, bool), NO_SCORES, 3),
    ]


def _curve(
    order=lambda s: np.argsort(-s, kind="stable"),
    recall=lambda tp, fp, objects: tp / max(objects, 1),
    precision=lambda tp, fp, objects: tp / (tp + fp),
):
    """Return a precision_recall with one thing changed."""

    def answer(correct, scores, objects):
        ordered = np.asarray(correct, bool)[order(np.asarray(scores))]
        tp, fp = np.cumsum(ordered), np.cumsum(~ordered)
        with np.errstate(all="ignore"):
            pair = recall(tp, fp, objects), precision(tp, fp, objects)
            return tuple(np.asarray(v, float) for v in pair)

    return answer


def _each_alone(correct, scores, objects):
    hit = np.asarray(correct, float)[np.argsort(-np.asarray(scores))]
    return hit / max(objects, 1), hit / np.arange(1, len(hit) + 1)


def _found_in_all(tp):
    return tp[-1] if len(tp) else 0


EXERCISE = Exercise(
    name="precision_recall",
    title=Text("Precision and recall", "適合率と再現率"),
    reference=precision_recall,
    cases=_cases,
    parts=("recall", "precision"),
    slips=(
        Slip(*NOT_SORTED, answer=_curve(lambda s: np.arange(len(s)))),
        Slip(*ASCENDING, answer=_curve(np.argsort)),
        Slip(
            "entries-swapped",
            Text(
                "Precision and recall have changed places: return recall"
                " first.",
                "適合率と再現率が逆です。再現率（recall）を先に返します。",
            ),
            answer=lambda *case: precision_recall(*case)[::-1],
        ),
        Slip(
            "recall-by-detections",
            Text(
                "Recall is divided by the number of detections. It says which"
                " part of the objects was found: divide by `objects`.",
                "再現率を検出の数で割っています。見つかった物体の割合なので、"
                "`objects` で割ります。",
            ),
            answer=_curve(recall=lambda tp, fp, n: tp / max(len(tp), 1)),
            also=(_curve(recall=lambda tp, fp, n: tp / (tp + fp)),),
        ),
        Slip(
            "recall-by-found-objects",
            Text(
                "Recall always ends at 1: it is divided by the objects that"
                " were found. Those that nobody found count, too: `objects`.",
                "再現率がいつも 1 で終わります。見つかった物体の数で割っていま"
                "す。見逃した物体も数に入れ、`objects` で割ります。",
            ),
            answer=_curve(
                recall=lambda tp, fp, n: tp / max(_found_in_all(tp), 1)
            ),
            also=(_curve(recall=lambda tp, fp, n: tp / _found_in_all(tp)),),
        ),
        Slip(
            "no-objects-not-a-number",
            Text(
                "With no object at all recall is 0 / 0, which is no number."
                " Return 0 there, for instance by `max(objects, 1)`.",
                "物体が 1 つもないと再現率が 0 / 0 になり、数になりません。"
                "`max(objects, 1)` で割るなどして、0 を返します。",
            ),
            answer=_curve(recall=lambda tp, fp, n: np.divide(tp, n)),
            also=(_curve(recall=lambda tp, fp, n: tp / n if n else tp + 1.0),),
        ),
        Slip(
            "precision-by-all-detections",
            Text(
                "Precision is divided by all detections from the start."
                " Divide by those added so far: 1, 2, 3, ...",
                "適合率を、はじめから全検出の数で割っています。それまでに加え"
                "た数 1, 2, 3, … で割ります。",
            ),
            answer=_curve(precision=lambda tp, fp, n: tp / max(len(tp), 1)),
        ),
        Slip(
            "precision-by-objects",
            Text(
                "Precision is divided by the number of objects. It says which"
                " part of the detections is right.",
                "適合率を物体の数で割っています。適合率は、検出のうち正しいも"
                "のの割合です。",
            ),
            answer=_curve(precision=lambda tp, fp, n: tp / max(n, 1)),
        ),
        Slip(
            "counts-from-zero",
            Text(
                "The number of detections so far is one too small: `arange`"
                " begins with 0. After the first detection it is 1.",
                "それまでの検出の数が 1 小さくなっています。`arange` は 0 から"
                "始まりますが、最初の検出の後は 1 です。",
            ),
            answer=_curve(precision=lambda tp, fp, n: tp / np.arange(len(tp))),
            also=(
                _curve(
                    precision=lambda tp, fp, n: (
                        tp / np.maximum(np.arange(len(tp)), 1)
                    )
                ),
            ),
        ),
        Slip(
            "true-against-false",
            Text(
                "Precision is TP / FP. It is TP / (TP + FP).",
                "適合率が TP / FP になっています。TP / (TP + FP) です。",
            ),
            answer=_curve(precision=lambda tp, fp, n: tp / fp),
            also=(_curve(precision=lambda tp, fp, n: tp / np.maximum(fp, 1)),),
        ),
        Slip(
            "share-of-false-ones",
            Text(
                "This is the share of the false positives. Precision is the"
                " share of the right ones: TP / (TP + FP).",
                "偽陽性の割合になっています。適合率は正しいものの割合で、TP /"
                " (TP + FP) です。",
            ),
            answer=_curve(precision=lambda tp, fp, n: fp / (tp + fp)),
        ),
        Slip(
            "not-counted-up",
            Text(
                "Each detection stands for itself alone. The true positives"
                " are counted up from the first one: `np.cumsum`.",
                "検出が 1 つずつ別々に計算されています。真陽性は最初から数え上"
                "げます（`np.cumsum`）。",
            ),
            answer=_each_alone,
        ),
        Slip(
            "only-the-end",
            Text(
                "Only the values after the last detection came back. One pair"
                " for each detection is wanted.",
                "最後の検出の後の値しかありません。検出を 1 つ加えるごとの値が"
                "必要です。",
            ),
            answer=lambda *case: tuple(
                v[-1] if len(v) else 0.0 for v in precision_recall(*case)
            ),
        ),
        Slip(
            "point-before-the-first",
            Text(
                "There is one entry too many: a point before the first"
                " detection. Entry 0 belongs to the first detection.",
                "要素が 1 つ多く、最初の検出の前の点が入っています。0 番目は最"
                "初の検出の後の値です。",
            ),
            answer=lambda *case: tuple(
                np.concatenate([[k], v])
                for k, v in enumerate(precision_recall(*case))
            ),
            also=(
                lambda *case: tuple(
                    np.concatenate([[0], v]) for v in precision_recall(*case)
                ),
            ),
        ),
        Slip(
            *ROUNDED,
            answer=lambda *case: tuple(
                np.floor(v) for v in precision_recall(*case)
            ),
            also=(
                lambda *case: tuple(
                    np.rint(v) for v in precision_recall(*case)
                ),
            ),
        ),
    ),
    hints=(
        Text(
            "After three detections, two of them right, and with 4 objects:"
            " what are precision and recall?",
            "検出が 3 つ、そのうち 2 つが正しく、物体は 4 個です。適合率と再現"
            "率はいくつですか。",
        ),
        Text(
            "Sort `correct` by falling score. `np.cumsum` of it is the number"
            " of true positives so far, 1, 2, 3, ... that of the detections.",
            "`correct` をスコアの高い順に並べます。その `np.cumsum` がそこまで"
            "の真陽性の数、検出の数は 1, 2, 3, … です。",
        ),
        Text("order = np.argsort(-scores)", "order = np.argsort(-scores)"),
    ),
)
