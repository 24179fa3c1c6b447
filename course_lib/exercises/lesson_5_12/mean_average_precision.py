"""Exercise 5_12/mean_average_precision: all images, all classes."""

from __future__ import annotations

import numpy as np

from course_lib.detection import (
    average_precision,
    match_detections,
    mean_average_precision,
    precision_recall,
)
from course_lib.exercises.lesson_5_12.made_up import NO_LABELS, made_up
from course_lib.exercises.lesson_5_12.shared import (
    NO_SCORES,
    NONE,
    every_match,
    wide_match,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _cases():
    one, many = made_up(1), made_up(2, 8, (0, 1, 2, 5))
    found, truths = made_up(3, 4, (1, 2))
    boxes, scores, labels = found[0]
    found[0] = boxes, scores, np.append(labels[:-1], 9)  # of no class
    nothing = [(NONE, NO_SCORES, NO_LABELS)] * 4
    empty = [(NONE, NO_LABELS)] * 4
    unseen = [(b, k * 0 + 5 + i) for i, (b, k) in enumerate(truths)]
    unseen[:1] = truths[:1]  # the labels 6 to 8 are never detected
    return [
        (*one, 0.5, None),
        (*one, 0.5, 11),
        (*many, 0.5, None),
        (*made_up(4, 6, (0, 3)), 0.75, None),
        (*made_up(5, 6, (4,)), 0.6, 11),
        (found, unseen, 0.5, None),
        (nothing, truths, 0.5, None),
        (found, empty, 0.5, None),
    ]


def _labels(found, truths):
    return np.unique(np.concatenate([NO_LABELS, *(t[1] for t in truths)]))


def _joined(
    found, truths, label, threshold, match=match_detections, every=True
):
    """Return verdicts and scores of a label, and its number of objects."""
    correct, scores, objects = [np.zeros(0, bool)], [NO_SCORES], 0
    for (boxes, own, labels), (truth, true_labels) in zip(found, truths):
        mine, there = labels == label, truth[true_labels == label]
        correct.append(match(boxes[mine], own[mine], there, threshold))
        scores.append(own[mine])
        if every or mine.any():
            objects += len(there)
    return np.concatenate(correct), np.concatenate(scores), objects


def _map(
    labels=_labels,
    match=match_detections,
    fixed=None,
    no_points=False,
    curve=precision_recall,
    mean=np.mean,
    all_objects=True,
):
    """Return a mean_average_precision with one thing changed."""

    def answer(found, truths, threshold=0.5, points=None):
        threshold = threshold if fixed is None else fixed
        values = []
        for label in labels(found, truths):
            parts = found, truths, label, threshold, match, all_objects
            pair = curve(*_joined(*parts))
            kind = None if no_points else points
            values.append(average_precision(*pair, kind))
        return float(mean(values)) if values else 0.0

    return answer


def _image_by_image(found, truths, threshold=0.5, points=None):
    values = [
        mean_average_precision([f], [t], threshold, points)
        for f, t in zip(found, truths)
    ]
    return float(np.mean(values)) if values else 0.0


def _class_by_image(found, truths, threshold=0.5, points=None):
    """Return the mean of the APs of every class in every image."""
    values = [
        average_precision(
            *precision_recall(*_joined([f], [t], label, threshold)),
            points,
        )
        for f, t in zip(found, truths)
        for label in np.unique(t[1])
    ]
    return float(np.mean(values)) if values else 0.0


def _no_labels(found, truths, *rest):
    return mean_average_precision(
        [(b, s, labels * 0) for b, s, labels in found],
        [(b, labels * 0) for b, labels in truths],
        *rest,
    )


def _pooled(found, truths, threshold=0.5, points=None):
    """Return the AP of all classes in one list."""
    parts = [
        _joined(found, truths, label, threshold)
        for label in _labels(found, truths)
    ]
    if not parts:
        return 0.0
    correct, scores, objects = zip(*parts)
    curve = precision_recall(
        np.concatenate(correct), np.concatenate(scores), sum(objects)
    )
    return average_precision(*curve, points)


def _weighted(found, truths, threshold=0.5, points=None):
    labels = _labels(found, truths)
    if not len(labels):
        return 0.0
    parts = [_joined(found, truths, k, threshold) for k in labels]
    values = [average_precision(*precision_recall(*p), points) for p in parts]
    return float(np.average(values, weights=[p[2] for p in parts]))


def _images_mixed(found, truths, threshold=0.5, points=None):
    together = tuple(np.concatenate(part) for part in zip(*found))
    all_truth = tuple(np.concatenate(part) for part in zip(*truths))
    return mean_average_precision([together], [all_truth], threshold, points)


def _either(found, truths):
    seen = [f[2] for f in found] + [t[1] for t in truths]
    return np.unique(np.concatenate([NO_LABELS, *seen]))


def _detected(found, truths):
    return np.unique(np.concatenate([NO_LABELS, *(f[2] for f in found)]))


def _counted(found, truths):
    return range(int(_labels(found, truths).max(initial=-1)) + 1)


def _unsorted(correct, scores, objects):
    return precision_recall(correct, -np.arange(len(correct)), objects)


def _by_detections(correct, scores, objects):
    return precision_recall(correct, scores, len(correct))


def _cut(found, truths, threshold=0.5, points=None):
    sure = [(b[s >= 0.5], s[s >= 0.5], k[s >= 0.5]) for b, s, k in found]
    return mean_average_precision(sure, truths, threshold, points)


def _nan_without_objects(found, truths, *rest):
    value = mean_average_precision(found, truths, *rest)
    return value if len(_labels(found, truths)) else np.nan


def _label_aps(found, truths, threshold=0.5, points=None):
    return [
        _map(labels=lambda f, t, k=k: [k])(found, truths, threshold, points)
        for k in _labels(found, truths)
    ]


EXERCISE = Exercise(
    name="mean_average_precision",
    title=Text("Mean average precision (mAP)", "mAP（AP の全クラス平均）"),
    reference=mean_average_precision,
    cases=_cases,
    slips=(
        Slip(
            "image-by-image",
            Text(
                "Each image got an AP of its own, and these were averaged."
                " Collect the verdicts of one class from all images, then"
                " make one curve of them.",
                "画像ごとに AP を求めて平均しています。1 つのクラスの判定を全"
                "画像から集め、1 本の曲線にします。",
            ),
            answer=_image_by_image,
            also=(_class_by_image,),
        ),
        Slip(
            "classes-ignored",
            Text(
                "Labels are not looked at: a 3 that is called 5 counts as"
                " found. Compare boxes of one label at a time.",
                "ラベルを見ていません。3 を 5 と答えても正解になっています。枠"
                "は同じラベルどうしで比べます。",
            ),
            answer=_no_labels,
        ),
        Slip(
            "classes-in-one-curve",
            Text(
                "All classes share one curve, or count by their number of"
                " objects. Each class has an AP of its own, and every class"
                " counts the same.",
                "全クラスを 1 本の曲線にまとめるか、物体の数で重みを付けていま"
                "す。AP はクラスごとに求め、どのクラスも同じ重みで平均しま"
                "す。",
            ),
            answer=_pooled,
            also=(_weighted,),
        ),
        Slip(
            "images-mixed",
            Text(
                "Detections were matched with objects of other images. Match"
                " image by image; only the verdicts are joined.",
                "別の画像の物体と対応させています。対応付けは画像ごとに行い、"
                "判定だけをまとめます。",
            ),
            answer=_images_mixed,
        ),
        Slip(
            "classes-without-objects-count",
            Text(
                "Labels that are nowhere in the truth count with AP 0. They"
                " have no recall: leave them out of the mean.",
                "正解に 1 つもないラベルを AP 0 として平均に入れています。再現"
                "率が決まらないので、平均から除きます。",
            ),
            answer=_map(labels=_either),
            also=(_map(labels=_counted),),
        ),
        Slip(
            "missed-classes-left-out",
            Text(
                "Labels without any detection were left out. They are in the"
                " truth, and nobody found them: AP 0, and it counts.",
                "1 つも検出のないラベルを除いています。正解にはあるのに見つ"
                "かっていないので、AP 0 として平均に入れます。",
            ),
            answer=_map(
                labels=lambda f, t: np.intersect1d(
                    _detected(f, t), _labels(f, t)
                )
            ),
            also=(_map(labels=_detected),),
        ),
        Slip(
            "objects-of-some-images-only",
            Text(
                "Objects in images without a detection of their label are not"
                " counted. All objects of a label count as `objects`.",
                "そのラベルの検出がない画像の物体を数えていません。ラベルの物"
                "体は、すべて `objects` に数えます。",
            ),
            answer=_map(all_objects=False),
        ),
        Slip(
            "not-sorted-over-images",
            Text(
                "The verdicts follow image after image. Over all images"
                " together the highest score comes first.",
                "判定が画像の順に並んでいます。全画像を通して、スコアの高い順"
                "に並べます。",
            ),
            answer=_map(curve=_unsorted),
        ),
        Slip(
            "recall-by-detections",
            Text(
                "Recall is divided by the number of detections. Divide by the"
                " number of objects of the label in all images.",
                "再現率を検出の数で割っています。全画像にある、そのラベルの物"
                "体の数で割ります。",
            ),
            answer=_map(curve=_by_detections),
        ),
        Slip(
            "duplicates-count",
            Text(
                "A second detection of the same object counts as right, too."
                " Let `match` decide what is right.",
                "同じ物体の 2 つ目の検出も正解になっています。判定は `match`"
                " に任せます。",
            ),
            answer=_map(match=every_match),
        ),
        Slip(
            "threshold-ignored",
            Text(
                "The result is that for 0.5, whatever `threshold` is. Hand it"
                " on to `match`.",
                "`threshold` がいくつでも、0.5 のときの結果です。`match` に渡"
                "しましょう。",
            ),
            answer=_map(fixed=0.5),
        ),
        Slip(
            "points-ignored",
            Text(
                "`points` is not handed on to `average_precision`.",
                "`points` を `average_precision` に渡していません。",
            ),
            answer=_map(no_points=True),
            also=(
                _map(fixed=0.5, no_points=True),
                lambda f, t, threshold, points: mean_average_precision(
                    f, t, threshold, 11
                ),
            ),
        ),
        Slip(
            "low-scores-cut",
            Text(
                "Detections with a low score were thrown away. AP looks at"
                " all of them; a low score only puts them at the end.",
                "スコアの低い検出を捨てています。AP ではすべての検出を使いま"
                "す。スコアが低ければ、後ろに並ぶだけです。",
            ),
            answer=_cut,
        ),
        Slip(
            "no-object-not-zero",
            Text(
                "Without any object the mean is taken of nothing and is no"
                " number. Return 0 there.",
                "物体が 1 つもないと、空の平均になり、数になりません。そのとき"
                "は 0 を返します。",
            ),
            answer=_nan_without_objects,
        ),
        Slip(
            "sum-for-mean",
            Text(
                "The APs are added. Divide by the number of classes.",
                "AP を足したままです。クラスの数で割ります。",
            ),
            answer=_map(mean=np.sum),
        ),
        Slip(
            "one-class-only",
            Text(
                "This is the AP of one class. Does the `return` stand inside"
                " the loop?",
                "1 つのクラスの AP です。`return` がループの中にありません"
                "か。",
            ),
            answer=_map(labels=lambda f, t: _labels(f, t)[:1]),
            also=(_map(labels=lambda f, t: _labels(f, t)[-1:]),),
        ),
        Slip(
            "classes-not-averaged",
            Text(
                "These are the APs of the classes. mAP is their mean, one"
                " number.",
                "クラスごとの AP が並んでいます。mAP は、その平均です。",
            ),
            answer=_label_aps,
        ),
        Slip(
            "one-pixel-more",
            Text(
                "Boxes were compared with one pixel too much. Let `match`"
                " compare them; ends are exclusive.",
                "枠を 1 画素広くして比べています。比べるのは `match` に任せま"
                "す。終わりは含みません。",
            ),
            answer=_map(match=wide_match),
        ),
    ),
    hints=(
        Text(
            "What belongs to one class's curve: one image, or all of them?",
            "1 つのクラスの曲線には、画像 1 枚分と全画像分のどちらが入ります"
            "か。",
        ),
        Text(
            "For each label in the truths: in each image match the boxes of"
            " this label, collect verdicts and scores, count objects. Join,"
            " precision_recall, average_precision. Then the mean.",
            "正解にあるラベルごとに、各画像でそのラベルの枠を対応付け、判定と"
            "スコアを集め、物体を数えます。つなげて precision_recall、"
            "average_precision と進み、最後に平均します。",
        ),
        Text(
            "for label in np.unique(np.concatenate([t for _, t in truths])):",
            "for label in np.unique(np.concatenate([t for _, t in truths])):",
        ),
    ),
)
