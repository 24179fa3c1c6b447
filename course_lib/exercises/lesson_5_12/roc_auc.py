"""Exercise 5_12/roc_auc: how often a positive is above a negative."""

from __future__ import annotations

import numpy as np

from course_lib.detection import (
    average_precision,
    precision_recall,
    roc_auc,
)
from course_lib.exercises.lesson_5_12.shared import scores_of
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _cases():
    rng = np.random.default_rng(8)
    rare = np.zeros(20, bool)
    rare[[3, 11, 12]] = True
    return [
        (
            np.array([0.9, 0.8, 0.7, 0.4]),
            np.array([True, False, True, False]),
        ),
        (scores_of(12, 1), rng.random(12) < 0.5),
        (scores_of(20, 3).astype(np.float32), rare),
        (np.array([3.0, -1, 2.5, 0, -4]), np.array([1, 0, 0, 1, 0]) > 0),
        (np.array([0.5, 0.5, 0.2, 0.9, 0.5, 0.2]), np.arange(6) % 2 == 0),
        (np.array([1, 1, 0.5, 0]), np.array([True, False, False, True])),
        (np.array([0.3, 0.6]), np.array([True, True])),
        (np.array([0.3, 0.6, 0.1]), np.zeros(3, bool)),
        (np.zeros(0), np.zeros(0, bool)),
    ]


def _pairs(won, alone=0.5, over=None):
    """Return an roc_auc by counting the pairs that won(p, n) counts."""

    def answer(scores, positive):
        scores, positive = np.asarray(scores), np.asarray(positive, bool)
        p, n = scores[positive], scores[~positive]
        if not len(p) or not len(n):
            return alone
        total = won(p[:, None], n).sum()
        return float(total / (over(p, n) if over else len(p) * len(n)))

    return answer


def _half(p, n):
    return (p > n) + 0.5 * (p == n)


def _stairs(order):
    """Return the area under stairs, one detection after the other."""

    def answer(scores, positive):
        positive = np.asarray(positive, bool)
        if positive.all() or not positive.any():
            return 0.5
        hits = positive[order(np.asarray(scores))]
        y = np.cumsum(hits) / hits.sum()
        return float(y[~hits].sum() / (~hits).sum())

    return answer


def _ap(scores, positive):
    positive = np.asarray(positive, bool)
    if positive.all() or not positive.any():
        return 0.5
    curve = precision_recall(positive, scores, int(positive.sum()))
    return average_precision(*curve)


def _accuracy(scores, positive):
    return float(((np.asarray(scores) > 0.5) == positive).mean())


def _accuracy_checked(scores, positive):
    one_kind = np.all(positive) or not np.any(positive)
    return 0.5 if one_kind else _accuracy(scores, positive)


def _mean_difference(scores, positive):
    p, n = scores[positive], scores[~positive]
    return float(p.mean() - n.mean()) if len(p) and len(n) else 0.5


def _rates_swapped_areas(scores, positive):
    return 1 - roc_auc(scores, positive)


EXERCISE = Exercise(
    name="roc_auc",
    title=Text("Area under the ROC curve", "ROC 曲線の下部面積（AUC）"),
    reference=roc_auc,
    cases=_cases,
    slips=(
        Slip(
            "ties-count-whole",
            Text(
                "A positive and a negative with equal scores count as a win."
                " They count one half: nobody can tell them apart.",
                "スコアの等しい正例と負例を、勝ちと数えています。区別できない"
                "ので、1/2 と数えます。",
            ),
            answer=_pairs(lambda p, n: p >= n),
        ),
        Slip(
            "ties-count-nothing",
            Text(
                "A positive and a negative with equal scores count as lost."
                " They count one half.",
                "スコアの等しい正例と負例を、負けと数えています。1/2 と数えま"
                "す。",
            ),
            answer=_pairs(lambda p, n: p > n),
        ),
        Slip(
            "ties-in-the-order-they-came",
            Text(
                "All is right but for equal scores: there the result depends"
                " on which came first. Equal scores count one half.",
                "等しいスコアのほかは合っています。等しいとき、並んでいた順で"
                "結果が変わります。1/2 と数えます。",
            ),
            answer=_stairs(lambda s: np.argsort(-s, kind="stable")),
            also=(
                _stairs(lambda s: np.argsort(s, kind="stable")[::-1]),
                _stairs(lambda s: np.argsort(-s)),
            ),
        ),
        Slip(
            "one-kind-only",
            Text(
                "With positives alone, or negatives alone, there is no pair to"
                " compare. Nothing can be told: return 0.5.",
                "正例だけ、または負例だけのとき、比べる組がありません。何も言"
                "えないので、0.5 を返します。",
            ),
            answer=_pairs(_half, np.nan),
            also=(_pairs(_half, 0.0), _pairs(_half, 1.0)),
        ),
        Slip(
            "upside-down",
            Text(
                "The result is 1 minus the right one: the lowest score came"
                " first, or the rates are swapped. High scores should mean"
                " positive.",
                "1 から正しい値を引いた数になっています。スコアの低い順に並べ"
                "たか、2 つの割合が逆です。高いスコアが正例を表します。",
            ),
            answer=_rates_swapped_areas,
            also=(
                _pairs(lambda p, n: p < n),
                _stairs(np.argsort),
                _stairs(lambda s: np.argsort(s, kind="stable")),
                _stairs(lambda s: np.argsort(-s, kind="stable")[::-1]),
                _pairs(lambda p, n: p < n, np.nan),
            ),
        ),
        Slip(
            "average-precision",
            Text(
                "This is the area under the precision-recall curve. ROC has"
                " the rate of false positives below and that of true"
                " positives on the left.",
                "適合率と再現率の曲線の面積です。ROC の横軸は偽陽性率、縦軸は"
                "真陽性率です。",
            ),
            answer=_ap,
        ),
        Slip(
            "accuracy-for-area",
            Text(
                "This is the accuracy with one threshold, 0.5. The area takes"
                " all thresholds together.",
                "閾値 0.5 のときの正解率です。面積は、すべての閾値を合わせて見"
                "たものです。",
            ),
            answer=_accuracy_checked,
            also=(_accuracy,),
        ),
        Slip(
            "not-divided",
            Text(
                "The pairs are counted, but not divided by their number:"
                " positives times negatives.",
                "組を数えただけで、組の総数（正例の数 × 負例の数）で割っていま"
                "せん。",
            ),
            answer=_pairs(_half, 0.5, lambda p, n: 1),
            also=(_pairs(_half, 0, lambda p, n: 1),),
        ),
        Slip(
            "divided-by-all-pairs",
            Text(
                "The count is divided by n * n or the like. Pairs have one"
                " positive and one negative.",
                "n × n などで割っています。組は、正例 1 つと負例 1 つです。",
            ),
            answer=_pairs(_half, 0.5, lambda p, n: (len(p) + len(n)) ** 2),
            also=(
                _pairs(_half, 0.5, lambda p, n: len(p) + len(n)),
                _pairs(_half, 0.5, lambda p, n: len(p) ** 2),
                _pairs(_half, 0.5, lambda p, n: len(n) ** 2),
                _pairs(_half, 0.5, lambda p, n: len(p)),
                _pairs(_half, 0.5, lambda p, n: len(n)),
            ),
        ),
        Slip(
            "difference-of-means",
            Text(
                "This compares the mean scores. Only the order of the scores"
                " matters, not how large they are.",
                "スコアの平均を比べています。大切なのは大きさではなく、順番だ"
                "けです。",
            ),
            answer=_mean_difference,
        ),
    ),
    hints=(
        Text(
            "Take one positive and one negative by chance. How often has the"
            " positive the higher score?",
            "正例と負例を 1 つずつ無作為に選びます。正例のスコアのほうが高いの"
            "は、どのくらいの割合ですか。",
        ),
        Text(
            "Compare all positives with all negatives: `p[:, np.newaxis] > n`"
            " is a matrix of wins. Count a tie one half; take the mean. 0.5"
            " if there is no pair.",
            "すべての正例とすべての負例を比べます。`p[:, np.newaxis] > n` が勝"
            "ちの行列です。引き分けは 1/2 とし、平均を取ります。組がなければ"
            " 0.5 です。",
        ),
        Text(
            "p, n = scores[positive], scores[~positive]",
            "p, n = scores[positive], scores[~positive]",
        ),
    ),
)
