"""Exercise 5_12/average_precision: the area under the curve."""

from __future__ import annotations

import numpy as np

from course_lib.detection import average_precision, precision_recall
from course_lib.exercises.lesson_5_12.shared import NO_SCORES
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

DECK = np.array([1, 0, 1, 1, 0])


def _curve(correct, objects):
    falling = -np.arange(len(correct), dtype=float)
    return precision_recall(np.array(correct, bool), falling, objects)


def _cases():
    rng = np.random.default_rng(5)
    deck = _curve(DECK, 4)
    exact = _curve([0, 1, 0, 1, 1, 0, 0, 0, 0, 0], 10)  # recall ends at 0.3
    more = _curve([1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0], 10)
    full = _curve([1, 0, 1, 1], 3)
    thinned = np.array([0.2, 0.5, 0.9]), np.array([0.9, 0.75, 0.6])
    many = _curve(rng.random(40) < np.linspace(0.9, 0.2, 40), 26)
    return [
        (*deck, None),
        (*deck, 11),
        (*exact, 11),
        (*exact, None),
        (*more, 11),
        (*full, 11),
        (*thinned, None),
        (*thinned, 11),
        (*many, None),
        (*many, 11),
        (*many, 101),
        (NO_SCORES, NO_SCORES, 11),
        (NO_SCORES, NO_SCORES, None),
        (*_curve([0, 0, 0], 2), None),
        (*_curve([0, 0, 0], 2), 11),
    ]


def _falls(precision):
    """Return the envelope: the best precision from here on."""
    return np.maximum.accumulate(np.asarray(precision)[::-1])[::-1]


def _as_it_is(precision):
    return precision


def _at(recall, best, wanted, slack=1e-9):
    values = []
    for r in wanted:
        reached = best[np.asarray(recall) >= r - slack]
        values.append(reached[0] if len(reached) else 0.0)
    return np.array(values)


def _area(recall, best):
    steps = np.diff(np.concatenate([[0], recall]))
    return float((steps * best).sum())


def _ap(
    envelope=_falls,
    area=_area,
    wanted=None,
    slack=1e-9,
    mean=np.mean,
    area_envelope=None,
):
    """Return an average_precision with one thing changed."""

    def answer(recall, precision, points=None):
        best = envelope(np.asarray(precision, float))
        if points is None:
            if area_envelope is not None:
                best = area_envelope(np.asarray(precision, float))
            return float(area(recall, best))
        grid = (wanted or (lambda n: np.linspace(0, 1, n)))(points)
        return float(mean(_at(recall, best, grid, slack)))

    return answer


def _always(points):
    return lambda recall, precision, _=None: average_precision(
        recall, precision, points
    )


def _first_left_out(recall, best):
    return (np.diff(recall) * best[1:]).sum()


def _trapezoid(recall, best):
    x = np.concatenate([[0], recall])
    y = np.concatenate([best[:1], best])
    return (np.diff(x) * (y[1:] + y[:-1]) / 2).sum()


def _trapezoid_from_first(recall, best):
    return (np.diff(recall) * (best[1:] + best[:-1]) / 2).sum()


def _step_before(recall, best):
    x, y = np.concatenate([[0], recall]), np.concatenate([[1.0], best])
    return (np.diff(x) * y[:-1]).sum()


def _mean_of_all(recall, precision, points=None):
    return float(np.mean(precision)) if len(precision) else 0.0


def _mean_of_hits(recall, precision, points=None):
    hits = np.diff(np.concatenate([[0], recall])) > 0
    return float(np.mean(precision[hits])) if hits.any() else 0.0


def _reached_only(values):
    reached = values[values > 0]
    return reached.mean() if len(reached) else 0.0


def _nan_if_empty(recall, precision, points=None):
    if not len(recall):
        return np.nan
    return average_precision(recall, precision, points)


def _interpolated(recall, precision, points=None):
    if points is None or not len(recall):
        return average_precision(recall, precision, points)
    wanted = np.linspace(0, 1, points)
    return float(np.interp(wanted, recall, _falls(precision)).mean())


def _values(recall, precision, points=None):
    if points is None:
        return _falls(precision)
    return _at(recall, _falls(precision), np.linspace(0, 1, points))


EXERCISE = Exercise(
    name="average_precision",
    title=Text("Average precision (AP)", "平均適合率（AP）"),
    reference=average_precision,
    cases=_cases,
    slips=(
        Slip(
            "recall-just-missed",
            Text(
                "A recall of exactly 0.3 does not count as reached:"
                " `np.linspace` and `np.arange` give 0.30000000000000004."
                " Compare with a small tolerance: recall >= r - 1e-6.",
                "ちょうど 0.3 の再現率が、届いていない扱いです。`np.linspace`"
                " や `np.arange` の値が 0.30000000000000004 になるためです。"
                "recall >= r - 1e-6 のように、少し余裕を持たせます。",
            ),
            answer=_ap(slack=0),
            also=(
                _ap(wanted=lambda n: np.arange(n) * (1 / (n - 1)), slack=0),
                _ap(
                    wanted=lambda n: np.arange(
                        0, 1 + 0.5 / (n - 1), 1 / (n - 1)
                    ),
                    slack=0,
                ),
            ),
        ),
        Slip(
            "envelope-forgotten",
            Text(
                "The precision is taken as it is at each recall. First every"
                " precision becomes the best one at this recall or a larger"
                " one.",
                "その再現率での適合率をそのまま使っています。先に、どの適合率"
                "も「それ以上の再現率での最大値」に置き換えます。",
            ),
            answer=_ap(envelope=_as_it_is),
            also=(
                _ap(envelope=_as_it_is, slack=0),
                _ap(area_envelope=_as_it_is),
                _ap(area_envelope=_as_it_is, slack=0),
                _ap(envelope=_as_it_is, area_envelope=_falls),
                _ap(envelope=_as_it_is, area_envelope=_falls, slack=0),
            ),
        ),
        Slip(
            "envelope-the-wrong-way",
            Text(
                "Each precision became the best one so far, at smaller"
                " recalls. It is the best one at this recall or a *larger*"
                " one: accumulate from the end.",
                "適合率が、それまで（小さい再現率）の最大値になっています。そ"
                "れ以上の再現率での最大値です。後ろから累積します。",
            ),
            answer=_ap(envelope=np.maximum.accumulate),
            also=(_ap(envelope=np.maximum.accumulate, slack=0),),
        ),
        Slip(
            "always-all-points",
            Text(
                "The whole area comes out, whatever `points` is. With points"
                " = 11 the mean at 11 recalls is wanted.",
                "`points` がいくつでも、面積全体になっています。points = 11 な"
                "ら、11 個の再現率での平均です。",
            ),
            answer=_always(None),
        ),
        Slip(
            "always-eleven-points",
            Text(
                "The mean at 11 recalls comes out, whatever `points` is. With"
                " None the whole area is wanted.",
                "`points` がいくつでも、11 点の平均になっています。None なら面"
                "積全体を求めます。",
            ),
            answer=_always(11),
            also=(
                lambda r, p, n=None: average_precision(
                    r, p, None if n is None else 11
                ),
            ),
        ),
        Slip(
            "recalls-of-the-deck",
            Text(
                "The recalls go up in steps of 0.01, as a misprint of the"
                " slides says, and end near 0.1. Eleven from 0 to 1 lie 0.1"
                " apart.",
                "再現率が 0.01 刻みになっています（スライドの誤記です）。0 か"
                "ら 1 までの 11 個なら、0.1 刻みです。",
            ),
            answer=_ap(wanted=lambda n: np.arange(n) / (n - 1) / 10),
            also=(
                _ap(
                    wanted=lambda n: (
                        np.arange(101) / 100 if n == 11 else np.arange(n) / 100
                    )
                ),
                _ap(wanted=lambda n: np.arange(n) / 100),
                _ap(wanted=lambda n: np.arange(101) / 100),
            ),
        ),
        Slip(
            "ten-recalls",
            Text(
                "One of the recalls is missing: both 0 and 1 belong to them,"
                " that makes 11.",
                "再現率が 1 つ足りません。0 も 1 も含めて 11 個です。",
            ),
            answer=_ap(wanted=lambda n: np.arange(n - 1) / (n - 1)),
            also=(
                _ap(wanted=lambda n: np.arange(1, n) / (n - 1)),
                _ap(wanted=lambda n: np.arange(n) / n),
                _ap(wanted=lambda n: np.arange(1, n + 1) / n),
            ),
        ),
        Slip(
            "divided-by-ten",
            Text(
                "The sum over 11 recalls is divided by 10. There are"
                " `points` of them.",
                "11 個の和を 10 で割っています。数は `points` 個です。",
            ),
            answer=_ap(mean=lambda v: v.sum() / (len(v) - 1)),
        ),
        Slip(
            "not-divided",
            Text(
                "The precisions at the recalls are added, but not divided by"
                " their number.",
                "各再現率での適合率を足したままです。その個数で割ります。",
            ),
            answer=_ap(mean=np.sum),
        ),
        Slip(
            "unreached-recalls-left-out",
            Text(
                "Recalls that no detection reaches were left out of the mean."
                " The precision there is 0, and it counts.",
                "どの検出も届かない再現率を、平均から除いています。そこでの適"
                "合率は 0 で、平均に含めます。",
            ),
            answer=_ap(mean=_reached_only),
        ),
        Slip(
            "first-step-left-out",
            Text(
                "The part from recall 0 to the first one is missing from the"
                " area. Put a 0 before the recalls.",
                "面積に、再現率 0 から最初の値までの部分がありません。再現率の"
                "先頭に 0 を付けます。",
            ),
            answer=_ap(area=_first_left_out),
            also=(
                _ap(area=_trapezoid_from_first),
                _ap(area=_first_left_out, area_envelope=_as_it_is),
            ),
        ),
        Slip(
            "slanted-steps",
            Text(
                "The area was taken under slanted lines. Between two recalls"
                " the precision is that of the *later* one: rectangles.",
                "面積を台形で求めています。2 つの再現率の間の適合率は、後の"
                "ほうの値です。長方形の和にします。",
            ),
            answer=_ap(area=_trapezoid),
            also=(
                _interpolated,
                *(
                    _ap(envelope, area, area_envelope=_as_it_is)
                    for envelope in (_falls, _as_it_is)
                    for area in (_trapezoid, _trapezoid_from_first)
                ),
            ),
        ),
        Slip(
            "precision-of-the-step-before",
            Text(
                "Each step of recall is multiplied with the precision before"
                " it. It is the one that is reached with the step.",
                "再現率の増分に、1 つ前の適合率を掛けています。その増分で届い"
                "た点の適合率を掛けます。",
            ),
            answer=_ap(area=_step_before),
        ),
        Slip(
            "empty-not-zero",
            Text(
                "Without any detection the result is no number. Nothing was"
                " found: AP is 0.",
                "検出が 1 つもないとき、結果が数になっていません。何も見つかっ"
                "ていないので、AP は 0 です。",
            ),
            answer=_nan_if_empty,
        ),
        Slip(
            "mean-of-precisions",
            Text(
                "This is the mean over the detections. False positives at the"
                " end then count as much as the rest; AP goes by recall.",
                "検出全体での平均になっています。AP は、検出ではなく再現率に"
                "沿って平均します。",
            ),
            answer=_mean_of_all,
            also=(_mean_of_hits,),
        ),
        Slip(
            "curve-not-area",
            Text(
                "These are the precisions along the curve. AP is one number:"
                " their mean, or the area below them.",
                "曲線上の適合率が並んでいます。AP は 1 つの数で、その平均か、"
                "下の面積です。",
            ),
            answer=_values,
        ),
    ),
    hints=(
        Text(
            "Which is the best precision you can have if you need a recall of"
            " at least 0.5?",
            "再現率が少なくとも 0.5 必要なとき、得られる最大の適合率はいくつ"
            "ですか。",
        ),
        Text(
            "From the end, keep the largest precision so far. With points:"
            " the mean at np.linspace(0, 1, points), 0 where no recall"
            " reaches. Else: add step of recall * precision, beginning at 0.",
            "後ろから、それまでの最大の適合率を残します。points があれば"
            " np.linspace(0, 1, points) での平均（届かなければ 0）、なければ"
            "「再現率の増分 × 適合率」を 0 から足します。",
        ),
        Text(
            "best = np.maximum.accumulate(precision[::-1])[::-1]",
            "best = np.maximum.accumulate(precision[::-1])[::-1]",
        ),
    ),
)
