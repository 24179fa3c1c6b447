"""Boxes, suppression, matching and AP against worked numbers and oracles."""

import numpy as np
import pytest

from course_lib.detection import (
    GROUND,
    IGNORED,
    anchors,
    area,
    average_precision,
    class_average_precisions,
    clip,
    decode,
    default_boxes,
    encode,
    iou,
    match_anchors,
    match_detections,
    mean_average_precision,
    nms,
    nms_per_class,
    precision_recall,
    roc_auc,
    roc_curve,
    to_centre,
    to_corners,
)

NO_BOX = np.zeros((0, 4))


def random_boxes(rng, n, size=48, integers=False):
    start = rng.uniform(0, size * 0.8, (n, 2))
    boxes = np.concatenate([start, start + rng.uniform(2, 20, (n, 2))], 1)
    return np.rint(boxes) if integers else boxes


# Boxes


def test_iou_of_the_small_numbers():
    found = iou(np.array([[0, 0, 4, 4]]), np.array([[2, 1, 6, 5]]))
    assert found == pytest.approx(np.array([[6 / 26]]))


def test_iou_counts_pixels_of_integer_boxes():
    rng = np.random.default_rng(0)
    a = rng.integers(0, 8, (6, 4))
    b = rng.integers(0, 8, (5, 4))
    a[:, 2:] += a[:, :2]
    b[:, 2:] += b[:, :2]
    for i, j in np.ndindex(6, 5):
        pixels = np.zeros((2, 16, 16), bool)
        for layer, (x1, y1, x2, y2) in zip(pixels, (a[i], b[j])):
            layer[y1:y2, x1:x2] = True
        union = pixels.any(0).sum()
        expected = pixels.all(0).sum() / union if union else 0
        assert iou(a, b)[i, j] == pytest.approx(expected)


def test_iou_agrees_with_pycocotools():
    mask = pytest.importorskip("pycocotools.mask")
    rng = np.random.default_rng(1)
    a, b = random_boxes(rng, 40), random_boxes(rng, 30)

    def as_coco(boxes):
        return np.concatenate([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]], 1)

    theirs = mask.iou(as_coco(a), as_coco(b), np.zeros(30, np.uint8))
    assert np.abs(iou(a, b) - theirs).max() < 1e-12


def test_iou_of_nothing_is_nothing():
    some = np.array([[0, 0, 4, 4.0]])
    point = np.array([[2, 2, 2, 2.0]])
    backward = np.array([[4, 4, 0, 0.0]])
    assert iou(NO_BOX, some).shape == (0, 1)
    assert iou(some, NO_BOX).shape == (1, 0)
    assert iou([], []).shape == (0, 0)
    with np.errstate(all="raise"):
        assert iou(point, point) == 0  # the union is empty
        assert iou(point, some) == 0
        assert iou(backward, some) == 0


def test_float32_stays_float32():
    boxes = np.array([[0, 0, 4, 4]], np.float32)
    assert iou(boxes, boxes).dtype == np.float32
    assert encode(boxes, boxes).dtype == np.float32
    assert decode(boxes, boxes * 0).dtype == np.float32


def test_centres_and_corners_are_inverse():
    boxes = random_boxes(np.random.default_rng(2), 20)
    assert to_corners(to_centre(boxes)) == pytest.approx(boxes)
    found = to_centre(np.array([[10, 20, 30, 44]]))
    assert found.tolist() == [[20, 32, 20, 24]]


def test_encode_of_the_small_numbers():
    found = encode(np.array([[10, 10, 30, 30]]), np.array([[12, 8, 32, 38]]))
    assert found == pytest.approx(np.array([[0.1, 0.15, 0, np.log(1.5)]]))


def test_decode_undoes_encode():
    rng = np.random.default_rng(3)
    start, goal = random_boxes(rng, 30), random_boxes(rng, 30)
    assert decode(start, encode(start, goal)) == pytest.approx(goal)


def test_boxes_without_width_give_finite_numbers():
    flat, some = np.array([[3, 3, 3, 9.0]]), np.array([[0, 0, 4, 4.0]])
    with np.errstate(all="raise"):
        for start, goal in [(flat, some), (some, flat), (flat, flat)]:
            assert np.isfinite(encode(start, goal)).all()
        assert np.isfinite(decode(flat, np.full((1, 4), 500.0))).all()
        assert encode(NO_BOX, NO_BOX).shape == (0, 4)
        assert decode(NO_BOX, NO_BOX).shape == (0, 4)


def test_clip_and_area():
    boxes = np.array([[-3, 2, 60, 50], [50, 50, 60, 60]])
    assert clip(boxes, 40, 48).tolist() == [[0, 2, 48, 40], [48, 40, 48, 40]]
    assert area(boxes).tolist() == [63 * 48, 100]


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: iou(np.zeros(4), NO_BOX), r"box\[np.newaxis\]"),
        (lambda: iou(np.zeros((2, 5)), NO_BOX), r"expected \(n, 4\)"),
        (lambda: encode(np.zeros((2, 4)), NO_BOX), "2 anchors and 0 boxes"),
        (lambda: nms(np.zeros((2, 4)), np.zeros(3)), "one for each box"),
        (
            lambda: nms_per_class(np.zeros((1, 4)), [1], [[0]]),
            "labels have shape",
        ),
        (lambda: average_precision([0.5], [1, 1]), "expected"),
        (lambda: default_boxes(48, [6], [0.2], [()]), "one scale more"),
        (lambda: class_average_precisions([], [(NO_BOX, [])]), "same number"),
    ],
)
def test_wrong_arguments_are_explained(call, words):
    with pytest.raises(ValueError, match=words):
        call()


# Suppression


def plain_nms(boxes, scores, threshold):
    """The deck's four steps, with a mark for each box."""
    marks = [None] * len(boxes)
    while None in marks:
        rest = [i for i, mark in enumerate(marks) if mark is None]
        best = max(rest, key=lambda i: (scores[i], -i))
        marks[best] = True
        for i in rest:
            if i != best and _plain_iou(boxes[best], boxes[i]) >= threshold:
                marks[i] = False
    kept = [i for i, mark in enumerate(marks) if mark]
    return sorted(kept, key=lambda i: (-scores[i], i))


def _plain_iou(a, b):
    w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    both = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return w * h / (both - w * h) if both > w * h else 0


def test_nms_of_the_small_numbers():
    boxes = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [5, 0, 15, 10]])
    assert nms(boxes, np.array([0.9, 0.8, 0.7]), 0.4).tolist() == [0, 2]


def test_nms_suppresses_at_the_threshold():
    boxes = np.array([[0, 0, 4, 4], [0, 0, 4, 8]])  # IoU 1/2
    assert nms(boxes, np.array([1, 2]), 0.5).tolist() == [1]
    assert nms(boxes, np.array([1, 2]), 0.51).tolist() == [1, 0]


def test_a_suppressed_box_suppresses_nobody():
    # The middle one goes; the third overlaps only the middle one.
    boxes = np.array([[0, 0, 10, 10], [4, 0, 14, 10], [8, 0, 18, 10]])
    assert nms(boxes, np.array([3, 2, 1]), 0.4).tolist() == [0, 2]


@pytest.mark.parametrize("seed", range(12))
def test_nms_agrees_with_the_decks_steps(seed):
    rng = np.random.default_rng(seed)
    boxes = random_boxes(rng, 25, 40, integers=True)
    scores = rng.integers(0, 10, 25) / 10  # some are equal
    for threshold in (0.2, 0.5, 0.8):
        expected = plain_nms(boxes, scores, threshold)
        assert nms(boxes, scores, threshold).tolist() == expected


def test_nms_agrees_where_there_are_many_boxes():
    rng = np.random.default_rng(1)
    boxes = random_boxes(rng, 300, 200)
    scores = rng.integers(0, 50, 300) / 50
    for threshold in (0.05, 0.3):
        expected = plain_nms(boxes, scores, threshold)
        assert nms(boxes, scores, threshold).tolist() == expected


def test_nms_per_class_lets_only_one_class_compete():
    rng = np.random.default_rng(4)
    boxes, scores = random_boxes(rng, 30), rng.random(30)
    labels = rng.integers(0, 3, 30)
    expected = []
    for k in range(3):
        mine = np.flatnonzero(labels == k)
        expected += [
            mine[i] for i in plain_nms(boxes[mine], scores[mine], 0.3)
        ]
    expected.sort(key=lambda i: -scores[i])
    assert nms_per_class(boxes, scores, labels, 0.3).tolist() == expected


def test_no_box_to_suppress():
    assert nms(NO_BOX, []).shape == (0,)
    assert nms_per_class(NO_BOX, [], []).dtype == np.int64


def test_another_overlap_may_be_handed_in():
    boxes = np.array([[0, 0, 10, 10], [1, 0, 11, 10]])

    def none(a, b):
        return np.zeros((len(a), len(b)))

    assert nms(boxes, np.array([2, 1]), 0.5, none).tolist() == [0, 1]


# Matching and AP


def test_ap_of_the_small_numbers():
    correct = np.array([True, False, True, True, False])
    curve = precision_recall(correct, np.arange(5, 0, -1), 4)
    assert average_precision(*curve, 11) == pytest.approx(0.6136, abs=5e-5)
    assert average_precision(*curve) == pytest.approx(0.625)


def test_recall_of_exactly_three_tenths_counts():
    # np.arange(0, 1.1, 0.1)[3] is 0.30000000000000004: without tolerance
    # this is 3/11 instead of 4/11.
    recall = np.arange(1, 4) / 10
    assert average_precision(recall, np.ones(3), 11) == pytest.approx(4 / 11)
    for n in range(1, 60):
        recall = np.arange(1, n + 1) / n
        assert average_precision(recall, np.ones(n), 11) == pytest.approx(1)
        recall = recall.astype(np.float32)
        assert average_precision(recall, np.ones(n), 11) == pytest.approx(1)


def voc_ap(recall, precision, use_07):
    """VOC's own way, written again from its description, exact in tenths."""
    from fractions import Fraction

    if use_07:
        best = [
            max(
                (p for r, p in zip(recall, precision) if r >= Fraction(k, 10)),
                default=0,
            )
            for k in range(11)
        ]
        return sum(best) / 11
    total, before = 0, 0
    for i, r in enumerate(recall):
        total += (r - before) * max(precision[i:])
        before = r
    return total


@pytest.mark.parametrize("seed", range(20))
def test_ap_agrees_with_voc(seed):
    from fractions import Fraction

    rng = np.random.default_rng(seed)
    n, objects = int(rng.integers(0, 30)), int(rng.integers(1, 25))
    correct = rng.random(n) < 0.6
    correct &= np.cumsum(correct) <= objects
    found = np.cumsum(correct)
    exact_recall = [Fraction(int(f), objects) for f in found]
    exact_precision = [Fraction(int(f), i + 1) for i, f in enumerate(found)]
    curve = precision_recall(correct, -np.arange(n), objects)
    assert curve[0] == pytest.approx(np.array(exact_recall, float))
    assert curve[1] == pytest.approx(np.array(exact_precision, float))
    for points in (11, None):
        expected = voc_ap(exact_recall, exact_precision, points == 11)
        found_ap = average_precision(*curve, points)
        assert found_ap == pytest.approx(float(expected))


def test_a_second_detection_of_an_object_is_false():
    truth = np.array([[0, 0, 10, 10]])
    boxes = np.array([[1, 0, 11, 10], [0, 0, 10, 10]])
    found = match_detections(boxes, np.array([0.9, 0.8]), truth)
    assert found.tolist() == [True, False]  # the better score, not the IoU
    found = match_detections(boxes, np.array([0.8, 0.9]), truth)
    assert found.tolist() == [False, True]


def test_a_detection_looks_only_at_the_object_it_overlaps_most():
    truth = np.array([[0, 0, 10, 10], [3, 0, 13, 10]])
    boxes = np.array([[0, 0, 10, 10], [1, 0, 11, 10]])
    found = match_detections(boxes, np.array([2, 1]), truth)
    # The second overlaps the second object by 0.67 and the taken one more.
    assert found.tolist() == [True, False]


def test_the_threshold_has_to_be_exceeded():
    truth, box = np.array([[0, 0, 4, 4]]), np.array([[0, 0, 4, 8]])
    assert not match_detections(box, [1], truth, 0.5).any()
    assert match_detections(box, [1], truth, 0.49).all()


def test_nothing_found_or_nothing_there():
    box = np.array([[0, 0, 4, 4.0]])
    nothing = (NO_BOX, np.zeros(0), np.zeros(0, int))
    with np.errstate(all="raise"):
        assert match_detections(NO_BOX, [], box).shape == (0,)
        assert match_detections(box, [1], NO_BOX).tolist() == [False]
        assert average_precision([], []) == 0
        assert average_precision([], [], 11) == 0
        assert mean_average_precision([nothing], [(box, [0])]) == 0
        assert mean_average_precision([nothing], [(NO_BOX, [])]) == 0
        assert mean_average_precision([], []) == 0
        assert precision_recall([False], [1], 0)[0].tolist() == [0]


def test_a_class_without_objects_is_left_out():
    box = np.array([[0, 0, 4, 4.0]])
    boxes = np.concatenate([box, box])
    found = (boxes, np.array([0.5, 0.9]), np.array([0, 7]))
    truth = [(box, np.array([0]))]
    assert class_average_precisions([found], truth) == {0: 1.0}
    assert mean_average_precision([found], truth) == 1


def test_scores_compete_across_images():
    # In one image all is right, in the other a wrong box scores higher.
    box = np.array([[0, 0, 4, 4.0]])
    detections = [
        (box, np.array([0.5]), np.array([0])),
        (box + 20, np.array([0.9]), np.array([0])),
    ]
    truth = [(box, np.array([0]))] * 2
    found = class_average_precisions(detections, truth)[0]
    assert found == pytest.approx(0.25)  # recall 1/2 at precision 1/2


def random_results(seed, images=12, classes=3):
    """Objects, and detections that are shifted, doubled, lost, invented."""
    rng = np.random.default_rng(seed)
    detections, truths = [], []
    for _ in range(images):
        # Objects far apart: COCO may take a second object, VOC may not.
        places = rng.permutation(16)[: rng.integers(0, 7)]
        start = np.stack([places % 4, places // 4], 1) * 40.0
        truth = np.concatenate(
            [start, start + rng.uniform(15, 30, (len(start), 2))], 1
        )
        labels = rng.integers(0, classes, len(truth))
        repeat = rng.integers(0, 3, len(truth))
        boxes = np.repeat(truth, repeat, 0)
        boxes = boxes + rng.normal(0, 2.5, boxes.shape)
        own = np.repeat(labels, repeat)
        own = np.where(
            rng.random(len(own)) < 0.8, own, rng.integers(0, classes, len(own))
        )
        detections.append((boxes, rng.random(len(boxes)), own))
        truths.append((truth, labels))
    return detections, truths


def coco_ap(detections, truths, threshold, classes):
    """AP at 101 points by pycocotools."""
    import contextlib
    import io

    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    def coco(box):
        x1, y1, x2, y2 = map(float, box)
        return [x1, y1, x2 - x1, y2 - y1]

    notes = []
    for image, (boxes, labels) in enumerate(truths, 1):
        for box, label in zip(boxes, labels):
            x, y, w, h = coco(box)
            notes.append(
                {
                    "id": len(notes) + 1,
                    "image_id": image,
                    "category_id": int(label) + 1,
                    "bbox": [x, y, w, h],
                    "area": w * h,
                    "iscrowd": 0,
                }
            )
    results = [
        {
            "image_id": image,
            "category_id": int(label) + 1,
            "bbox": coco(box),
            "score": float(score),
        }
        for image, found in enumerate(detections, 1)
        for box, score, label in zip(*found)
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        data = COCO()
        data.dataset = {
            "images": [{"id": i + 1} for i in range(len(truths))],
            "annotations": notes,
            "categories": [{"id": k + 1} for k in range(classes)],
        }
        data.createIndex()
        run = COCOeval(data, data.loadRes(results), "bbox")
        run.params.iouThrs = np.array([threshold])
        run.evaluate()
        run.accumulate()
    # (threshold, recall, class, area, most detections)
    return run.eval["precision"][0, :, :, 0, -1].mean(axis=0)


@pytest.mark.parametrize("threshold", [0.5, 0.75])
@pytest.mark.parametrize("seed", range(4))
def test_ap_agrees_with_pycocotools_at_101_points(seed, threshold):
    pytest.importorskip("pycocotools")
    detections, truths = random_results(seed)
    theirs = coco_ap(detections, truths, threshold, 3)
    ours = class_average_precisions(detections, truths, threshold, 101)
    for k, value in ours.items():
        assert value == pytest.approx(theirs[k], abs=1e-9)


# ROC


@pytest.mark.parametrize("seed", range(6))
def test_auc_counts_pairs(seed):
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 8, 30) / 8
    positive = rng.random(30) < 0.4
    pairs = [
        (a > b) + (a == b) / 2
        for a in scores[positive]
        for b in scores[~positive]
    ]
    assert roc_auc(scores, positive) == pytest.approx(np.mean(pairs))
    x, y = roc_curve(scores, positive)
    assert (x[0], y[0], x[-1], y[-1]) == (0, 0, 1, 1)
    assert (np.diff(x) >= 0).all() and (np.diff(y) >= 0).all()


def test_auc_with_one_class_only():
    with np.errstate(all="raise"):
        assert roc_auc([0.3, 0.2], [True, True]) == 0.5
        assert roc_auc([0.3, 0.2], [False, False]) == 0.5
        assert roc_auc([], []) == 0.5
        assert roc_curve([], [])[0].tolist() == [0, 1]


# Anchors


def test_ssd300_has_8732_default_boxes():
    boxes = default_boxes(
        300,
        (38, 19, 10, 5, 3, 1),
        (0.1, 0.2, 0.375, 0.55, 0.725, 0.9, 1.075),
        ((2,), (2, 3), (2, 3), (2, 3), (2,), (2,)),
    )
    assert boxes.shape == (8732, 4)
    # Those of the first cell: two squares, one wide, one high.
    w, h = (boxes[:4, 2:] - boxes[:4, :2]).T
    assert (w * h) == pytest.approx([900, 1800, 900, 900])
    assert (w / h) == pytest.approx([1, 1, 2, 0.5])
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    assert centre[0] == pytest.approx([300 / 76] * 2)
    assert centre[4] == pytest.approx([900 / 76, 300 / 76])  # to the right
    assert centre[-1] == pytest.approx([150, 150])


def test_ssd512_has_24564_default_boxes():
    scales = np.linspace(0.07, 1.05, 8)
    ratios = ((2,), (2, 3), (2, 3), (2, 3), (2, 3), (2,), (2,))
    boxes = default_boxes(512, (64, 32, 16, 8, 4, 2, 1), scales, ratios)
    assert len(boxes) == 24_564


def test_anchors_have_their_area_ratio_and_place():
    found = anchors(2, 3, 16, (8, 16), (0.5, 1, 2))
    assert found.shape == (2 * 3 * 6, 4)
    cells = found.reshape(2, 3, 2, 3, 4)
    for row, column, s, r in np.ndindex(2, 3, 2, 3):
        x1, y1, x2, y2 = cells[row, column, s, r]
        assert (x2 - x1) * (y2 - y1) == pytest.approx((8, 16)[s] ** 2)
        assert (y2 - y1) / (x2 - x1) == pytest.approx((0.5, 1, 2)[r])
        assert (x1 + x2) / 2 == pytest.approx(16 * column + 8)
        assert (y1 + y2) / 2 == pytest.approx(16 * row + 8)


def test_match_anchors_by_its_three_rules():
    objects = np.array([[0, 0, 10, 10], [30, 30, 40, 40]])
    given = np.array(
        [
            [0, 0, 10, 9],  # 0.9 with the first object
            [0, 0, 10, 5],  # 0.5: between the thresholds
            [0, 0, 10, 2],  # 0.2: ground
            [30, 30, 40, 32],  # 0.2, but the best of the second object
            [20, 0, 25, 5],  # nothing
        ]
    )
    found = match_anchors(given, objects, 0.7, 0.3)
    assert found.tolist() == [0, IGNORED, GROUND, 1, GROUND]
    assert match_anchors(given, objects).tolist() == [0, 0, -1, 1, -1]


def test_match_anchors_without_objects_or_anchors():
    given = np.array([[0, 0, 4, 4.0]])
    assert match_anchors(given, NO_BOX).tolist() == [GROUND]
    assert match_anchors(NO_BOX, given).shape == (0,)
    point = np.array([[2, 2, 2, 2.0]])  # overlaps nothing, even as the best
    assert match_anchors(given, point).tolist() == [GROUND]
