"""The detectors' parts and the detectors: worked numbers, gradients, edges."""

import json

import numpy as np
import pytest

from course_lib import detection
from course_lib.detection import (
    RCNN,
    SSD,
    YOLO,
    Detector,
    FasterRCNN,
    FastRCNN,
    Grid,
    Region,
    SPPNet,
    hard_negatives,
    hinge_loss,
    iou,
    merge,
    merge_all,
    neighbours,
    regions_of,
    responsible,
    sample_regions,
    segment,
    selective_search,
    similarity,
    smooth_l1,
    smooth_l1_slope,
    softmax_losses,
    warp,
    with_proposals,
    yolo_boxes,
    yolo_decode,
    yolo_goals,
    yolo_loss,
    yolo_target,
)
from course_lib.detection.svm import fit_ridge, fit_svm
from course_lib.gradient import check_gradients, numerical_gradient
from course_lib.optimizers import Adam
from course_lib.scenes import make_scenes, recolour
from course_lib.trainer import Trainer


def affine_yolo(**options):
    return YOLO(head="affine", **options)


KINDS = [RCNN, SPPNet, FastRCNN, FasterRCNN, YOLO, SSD]
NO_BOX, NO_LABEL = np.zeros((0, 4), np.float32), np.zeros(0, np.int64)


# Losses


def test_smooth_l1_is_round_near_0_and_straight_elsewhere():
    d = np.array([-3, -1, -0.5, 0, 0.5, 1, 3])
    assert smooth_l1(d).tolist() == [2.5, 0.5, 0.125, 0, 0.125, 0.5, 2.5]
    d = np.array([-2.2, -0.7, 0.3, 1.4])
    slope = numerical_gradient(lambda d: smooth_l1(d).sum(), d)
    assert smooth_l1_slope(d) == pytest.approx(slope)


def test_softmax_losses_and_their_slopes():
    rng = np.random.default_rng(0)
    scores, labels = rng.normal(size=(5, 3)), np.array([0, 2, 1, 1, 0])
    losses, slopes = softmax_losses(scores, labels)
    p = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    assert losses == pytest.approx(-np.log(p[np.arange(5), labels]))
    numeric = numerical_gradient(
        lambda s: softmax_losses(s, labels)[0].sum(), scores
    )
    assert slopes == pytest.approx(numeric, abs=1e-8)


def test_hard_negatives_are_the_worst_and_three_for_each_positive():
    losses = np.array([9, 1, 5, 3, 4, 2, 6, 0.5])
    positive = np.array([1, 0, 0, 0, 0, 0, 0, 0], bool)
    found = hard_negatives(losses, positive)
    assert np.flatnonzero(found).tolist() == [2, 4, 6]


@pytest.mark.parametrize("least, expected", [(0, 0), (3, 3), (20, 8)])
def test_hard_negatives_without_any_positive(least, expected):
    none = np.zeros(8, bool)
    assert hard_negatives(np.arange(8.0), none, 3, least).sum() == expected


def test_hard_negatives_where_all_are_positive():
    every = np.ones(4, bool)
    assert not hard_negatives(np.arange(4.0), every).any()


def test_hinge_loss_by_hand_and_its_slope():
    scores = np.array([[2, -0.5], [0.25, 3], [-2, 0]])
    labels = np.array([0, 0, 2])  # 2 is the ground
    # Machine 0: 0 + 0.75 + 0; machine 1: 0.5 + 4 + 1; three examples.
    loss, slopes = hinge_loss(scores, labels)
    assert loss == pytest.approx((0.75 + 5.5) / 3)
    numeric = numerical_gradient(lambda s: hinge_loss(s, labels)[0], scores)
    assert slopes == pytest.approx(numeric)


def test_the_svm_separates_what_can_be_separated():
    rng = np.random.default_rng(0)
    centres = np.array([[0, 4], [4, 0], [-4, -4.0]])
    labels = rng.integers(0, 3, 300)
    x = centres[labels] + rng.normal(0, 0.5, (300, 2))
    W, b = fit_svm(x, labels, 2, rng=0, epochs=60)
    scores = x @ W + b
    own = np.where(scores.max(1) > 0, scores.argmax(1), 2)
    assert (own == labels).mean() > 0.99


def test_ridge_agrees_with_its_formula_and_takes_nothing():
    rng = np.random.default_rng(0)
    x, goals = rng.normal(size=(50, 4)), rng.normal(size=(50, 2))
    W, b = fit_ridge(x, goals, 2.0)

    def cost(W, b):
        return ((x @ W + b - goals) ** 2).sum() + 2.0 * (W * W).sum()

    for array in (W, b):
        slope = numerical_gradient(lambda _: cost(W, b), array)
        assert np.abs(slope).max() < 1e-4
    W, b = fit_ridge(np.zeros((0, 4)), np.zeros((0, 2)))
    assert not W.any() and not b.any()


# YOLO's grid


def test_yolo_target_of_the_small_numbers():
    grid = yolo_target(np.array([[10, 20, 30, 44]]), np.array([3]), 4, 64)
    assert np.argwhere(grid.owns).tolist() == [[2, 1]]
    expected = [0.25, 0, 0.559, 0.612]
    assert grid.boxes[2, 1] == pytest.approx(expected, abs=5e-4)
    assert grid.labels[2, 1] == 3


def test_of_two_objects_in_a_cell_the_first_counts():
    boxes = np.array([[0, 0, 10, 10], [2, 2, 8, 8], [40, 40, 64, 64]])
    grid = yolo_target(boxes, np.array([1, 2, 0]), 4, 64)
    assert grid.owns.sum() == 2
    assert grid.labels[0, 0] == 1 and grid.labels[3, 3] == 0


def test_a_centre_on_the_border_belongs_to_the_last_cell():
    grid = yolo_target(np.array([[60, 60, 68, 68]]), np.array([0]), 4, 64)
    assert grid.owns[3, 3]
    assert grid.boxes[3, 3, :2].tolist() == [1, 1]


def test_yolo_target_without_objects_or_width():
    grid = yolo_target(NO_BOX, NO_LABEL, 4, 64)
    assert not grid.owns.any() and (grid.labels == -1).all()
    with np.errstate(all="raise"):
        grid = yolo_target(np.array([[8, 8, 8, 4]]), np.array([0]), 4, 64)
    assert np.isfinite(grid.boxes).all()


def test_yolo_decode_undoes_yolo_target():
    boxes = np.array([[10, 20, 30, 44], [40, 1, 60, 21]], float)
    grid = yolo_target(boxes, np.array([2, 0]), 4, 64)
    prediction = np.zeros((4, 4, 2 * 5 + 3))
    for (row, column), label in zip(np.argwhere(grid.owns), (0, 2)):
        prediction[row, column, 5:9] = grid.boxes[row, column]  # second box
        prediction[row, column, 9] = 0.8
        prediction[row, column, 10 + label] = 0.5
    found, scores = yolo_decode(prediction, 64)
    assert found.shape == (32, 4) and scores.shape == (32, 3)
    best = np.argwhere(scores > 0.1)
    # In the order of the cells: the upper box first.
    assert found[best[:, 0]] == pytest.approx(boxes[::-1])
    assert best[:, 1].tolist() == [0, 2]
    assert scores.max() == pytest.approx(0.4)


def test_yolo_boxes_by_hand():
    cells = np.zeros((2, 2, 1, 4))
    cells[1, 0, 0] = 0.5, 0.25, 0.5, 0.7
    # Centre (0.5, 1.25) * 8 = (4, 10), size (0.25, 0.49) * 16 = (4, 7.84).
    expected = [2, 6.08, 6, 13.92]
    assert yolo_boxes(cells, 16)[1, 0, 0] == pytest.approx(expected)


def test_the_responsible_box_overlaps_most():
    truth = np.array([[0, 0, 8, 8], [4, 4, 8, 8.0]])
    boxes = np.array(
        [[[0, 0, 4, 4], [0, 0, 8, 6]], [[0, 0, 1, 1], [1, 1, 2, 2]]], float
    )
    index, overlaps = responsible(boxes, truth)
    assert index.tolist() == [1, 0]  # of two without overlap the first
    assert overlaps.tolist() == [0.75, 0]
    index, _ = responsible(boxes[:0], truth[:0])
    assert index.shape == (0,)


def plain_yolo_loss(prediction, grids, size, B, coord=5.0, noobj=0.5):
    """The paper's sum, cell by cell."""
    total = 0
    for cells, grid in zip(prediction, grids):
        S = len(cells)
        for row, column in np.ndindex(S, S):
            cell = cells[row, column]
            best, overlap = None, 0
            if grid.owns[row, column]:
                want = grid.boxes[row, column]

                def corners(x, y, w, h, row=row, column=column, S=S):
                    x, y = (column + x) * size / S, (row + y) * size / S
                    w, h = w * w * size, h * h * size
                    return [[x - w / 2, y - h / 2, x + w / 2, y + h / 2]]

                overlaps = [
                    iou(corners(*cell[5 * k : 5 * k + 4]), corners(*want))[
                        0, 0
                    ]
                    for k in range(B)
                ]
                best = int(np.argmax(overlaps))
                overlap = overlaps[best]
                own = cell[5 * best : 5 * best + 4]
                total += coord * ((own - want) ** 2).sum()
                one_hot = np.zeros(len(cell) - 5 * B)
                one_hot[grid.labels[row, column]] = 1
                total += ((cell[5 * B :] - one_hot) ** 2).sum()
            for k in range(B):
                confidence = cell[5 * k + 4]
                if k == best:
                    total += (confidence - overlap) ** 2
                else:
                    total += noobj * confidence**2
    return total / len(prediction)


def test_yolo_loss_is_the_papers_sum_and_its_slope():
    rng = np.random.default_rng(0)
    scenes = make_scenes(3, 0)
    targets = [*scenes.targets[:2], (NO_BOX, NO_LABEL)]
    grids = [yolo_target(*t, 6, 48) for t in targets]
    prediction = rng.normal(0.3, 0.3, (3, 6, 6, 14))
    goals = yolo_goals(prediction, grids, 48)
    loss, slope = yolo_loss(prediction, goals)
    assert loss == pytest.approx(plain_yolo_loss(prediction, grids, 48, 2))
    numeric = numerical_gradient(
        lambda p: yolo_loss(p, goals)[0], prediction[:1].repeat(3, 0)
    )
    slope_again = yolo_loss(prediction[:1].repeat(3, 0), goals)[1]
    assert slope_again == pytest.approx(numeric, abs=1e-7)
    assert slope.shape == prediction.shape


def test_a_perfect_yolo_has_no_loss():
    boxes, labels = np.array([[10, 20, 30, 44.0]]), np.array([1])
    grid = yolo_target(boxes, labels, 4, 64)
    assert isinstance(grid, Grid)
    prediction = np.zeros((1, 4, 4, 12))
    prediction[0, 2, 1, :4] = grid.boxes[2, 1]
    prediction[0, 2, 1, 4] = 1  # the IoU of a perfect box
    prediction[0, 2, 1, 11] = 1
    goals = yolo_goals(prediction, [grid], 64)
    assert yolo_loss(prediction, goals)[0] == pytest.approx(0, abs=1e-12)


# Selective search


def painted():
    """Three areas of one colour each: ground, a square, a bar in it."""
    image = np.zeros((3, 20, 24), np.float32)
    image[0] = 0.9
    image[1, 4:14, 6:18] = 0.8
    image[2, 8:10, 8:16] = 1
    return image


def test_segment_finds_areas_of_one_colour():
    image = painted()
    parts = segment(image, k=0.05, smallest=1)
    colours = image.reshape(3, -1).T
    flat = parts.reshape(-1)
    assert parts.min() == 0
    for number in range(parts.max() + 1):
        inside = colours[flat == number]
        assert np.ptp(inside, axis=0).max() == 0  # no mixture, as no noise
    assert len(np.unique(flat)) >= 3


def test_no_segment_is_smaller_than_asked():
    parts = segment(make_scenes(1, 0).images[0], smallest=9)
    assert np.bincount(parts.reshape(-1)).min() >= 9
    assert (np.unique(parts) == np.arange(parts.max() + 1)).all()


def test_regions_know_size_box_and_colours():
    image = painted()
    parts = np.zeros((20, 24), int)
    parts[4:14, 6:18] = 1
    parts[8:10, 8:16] = 2
    ground, square, bar = regions_of(image, parts)
    assert (ground.size, ground.box) == (20 * 24 - 120, (0, 0, 24, 20))
    assert (square.size, square.box) == (120 - 16, (6, 4, 18, 14))
    assert (bar.size, bar.box) == (16, (8, 8, 16, 10))
    for region in (ground, square, bar):
        assert region.colours.sum() == pytest.approx(1)
    assert ground.colours[7] == pytest.approx(1 / 3)  # red 0.9 is bin 7
    assert neighbours(parts) == [(0, 1), (1, 2)]


def test_similarity_by_hand():
    colours = np.zeros(24)
    colours[[0, 8, 16]] = 1 / 3
    others = np.zeros(24)
    others[[0, 8, 17]] = 1 / 3
    a = Region(4, (0, 0, 2, 2), colours)
    b = Region(6, (2, 0, 4, 3), others)
    # Two thirds of the colour; 10 of 100 pixels; 2 of 12 not filled.
    expected = 2 / 3 + (1 - 10 / 100) + (1 - (12 - 10) / 100)
    assert similarity(a, b, 100) == pytest.approx(expected)
    assert similarity(b, a, 100) == similarity(a, b, 100)


def test_merging_is_as_if_the_pixels_were_counted_again():
    rng = np.random.default_rng(0)
    image = rng.random((3, 12, 12), dtype=np.float32)
    parts = rng.integers(0, 3, (12, 12))
    parts[0, :3] = 0, 1, 2
    a, b, _ = regions_of(image, parts)
    both = regions_of(image, np.where(parts == 1, 0, parts // 2))[0]
    found = merge(a, b)
    assert found.size == both.size and found.box == both.box
    assert found.colours == pytest.approx(both.colours)


def test_merging_goes_on_until_one_region_is_left():
    image = make_scenes(1, 4).images[0]
    parts = segment(image)
    regions = merge_all(image, parts)
    count = parts.max() + 1
    assert len(regions) == 2 * count - 1
    assert regions[-1].size == 48 * 48
    assert regions[-1].box == (0, 0, 48, 48)


def test_selective_search_finds_most_digits():
    scenes = make_scenes(25, 9)
    best = np.concatenate(
        [
            iou(boxes, selective_search(image)).max(axis=1)
            for image, boxes in zip(scenes.images, scenes.boxes)
        ]
    )
    assert (best > 0.5).mean() > 0.9


def test_selective_search_gives_boxes_without_doubles():
    found = selective_search(make_scenes(1, 3).images[0])
    assert found.dtype == np.float32
    assert len(np.unique(found, axis=0)) == len(found)
    assert (found[:, 2:] > found[:, :2]).all()
    plain = selective_search(np.full((3, 10, 12), 0.5, np.float32))
    assert plain.tolist() == [[0, 0, 12, 10]]


def test_selective_search_takes_a_learners_parts():
    image = make_scenes(1, 3).images[0]
    calls = []

    def alike(a, b, size):
        calls.append(size)
        return -abs(a.size - b.size)

    def united(a, b):
        return tuple(merge(a, b))

    found = selective_search(image, similarity=alike, merge=united)
    assert calls and set(calls) == {48 * 48}
    assert found.shape[1] == 4


def test_segment_explains_a_batch():
    with pytest.raises(ValueError, match=r"images\[i\]"):
        segment(np.zeros((1, 3, 8, 8)))


@pytest.mark.parametrize("work", [segment, selective_search])
def test_bytes_are_explained(work):
    with pytest.raises(ValueError, match="divide bytes by 255"):
        work(np.zeros((3, 8, 8), np.uint8))
    with pytest.raises(ValueError, match="divide bytes by 255"):
        warp(np.zeros((3, 8, 8), np.uint8), np.zeros((1, 4)), 4)


# Regions


def test_warp_of_the_same_size_is_a_copy():
    image = np.random.default_rng(0).random((3, 12, 15))
    found = warp(image, np.array([[2, 3, 8, 9]]), 6)
    assert found[0] == pytest.approx(image[:, 3:9, 2:8])
    whole = warp(image[:, :, :12], np.array([[0, 0, 12, 12]]), 12)
    assert whole[0] == pytest.approx(image[:, :, :12])


def test_warp_agrees_with_torch():
    torch = pytest.importorskip("torch")
    image = np.random.default_rng(0).random((3, 20, 20))
    boxes = np.array([[0, 0, 20, 20], [4, 2, 9, 16], [5, 5, 19, 8.0]])
    for box, found in zip(boxes.astype(int), warp(image, boxes, 7)):
        x1, y1, x2, y2 = box
        assert found.shape == (3, 7, 7)
        # torch stops at the region's edge; ours may look one pixel on.
        cut = torch.tensor(image[None, :, y1:y2, x1:x2])
        theirs = torch.nn.functional.interpolate(
            cut, (7, 7), mode="bilinear", align_corners=False
        )[0].numpy()
        inside = slice(2, 5)
        assert found[:, inside, inside] == pytest.approx(
            theirs[:, inside, inside]
        )


def test_warp_of_odd_boxes_is_finite():
    image = np.random.default_rng(0).random((3, 10, 10), np.float32)
    boxes = np.array([[3, 3, 3, 3], [-5, -5, 20, 20], [9, 9, 10, 10]])
    found = warp(image, boxes, 5)
    assert np.isfinite(found).all() and found.dtype == np.float32
    assert warp(image, NO_BOX, 5).shape == (0, 3, 5, 5)


def test_sampled_regions_are_half_ground_and_know_their_objects():
    rng = np.random.default_rng(0)
    scene = make_scenes(1, 3)
    boxes, labels = scene.targets[0]
    proposals = selective_search(scene.images[0])
    regions, goals = sample_regions(proposals, boxes, labels, 4, rng, 24)
    assert len(regions) == 24 and goals.positive.sum() <= 12
    overlaps = iou(regions, boxes)
    assert ((overlaps.max(axis=1) >= 0.5) == goals.positive).all()
    own = overlaps.argmax(axis=1)
    assert (goals.labels == np.where(goals.positive, labels[own], 4)).all()
    moved = detection.decode(regions, goals.deltas * detection.DELTA_SCALE)
    assert moved[goals.positive] == pytest.approx(
        boxes[own[goals.positive]], abs=1e-3
    )


def test_sampled_regions_where_there_is_no_object():
    rng = np.random.default_rng(0)
    regions, goals = sample_regions(
        np.array([[0, 0, 4, 4]]), NO_BOX, NO_LABEL, 4, rng
    )
    assert len(regions) == 1 and goals.labels.tolist() == [4]
    regions, goals = sample_regions(NO_BOX, NO_BOX, NO_LABEL, 4, rng)
    assert len(regions) == 0 and goals.deltas.shape == (0, 4)


# The detectors


def large_proposals(image):
    """Regions of a size at which no two pixels of a warp are equal."""
    rng = np.random.default_rng(7)
    start = rng.uniform(0, 16, (6, 2))
    return np.concatenate([start, start + rng.uniform(22, 30, (6, 2))], 1)


@pytest.fixture(scope="module")
def examples():
    """Two scenes and one without any object, with proposals."""
    scenes = make_scenes(3, 1)
    targets = with_proposals(scenes.images, scenes.targets, large_proposals)
    targets[1] = (NO_BOX, NO_LABEL, targets[1][2])
    return scenes.images, targets


class Frozen:
    """A detector whose goals do not follow its outputs."""

    def __init__(self, detector, x, targets):
        self.detector = detector
        self.goals = detector.goals(detector.forward(x), targets)

    @property
    def params(self):
        return self.detector.params

    def loss(self, x, t):
        return self.detector.criterion(self.detector.forward(x), self.goals)[0]

    def gradient(self, x, t):
        outputs = self.detector.forward(x)
        self.detector.backward(self.detector.criterion(outputs, self.goals)[1])
        return self.detector.gradients()


@pytest.mark.parametrize("kind", [*KINDS, affine_yolo])
def test_gradients_with_frozen_goals(kind, examples):
    x, targets = examples
    detector = kind(rng=0)
    # Biases of 0 would put what sees only zeros on the kink of ReLU.
    rng = np.random.default_rng(1)
    for name, param in detector.params.items():
        if name.endswith(".b"):
            param[...] = rng.normal(0, 0.1, param.shape)
    # Noise: in pixels of one colour many maxima of a window are equal.
    x = np.clip(x + rng.normal(0, 0.1, x.shape), 0, 1)
    errors = check_gradients(
        Frozen(detector, x, targets), x, targets, samples=4
    )
    # Among many thousand ReLUs one may sit on its kink, in a gradient or two.
    values = sorted(errors.values())
    assert values[len(values) // 2] < 1e-6, errors
    assert values[-1] < 2e-3, errors


@pytest.mark.parametrize("kind", KINDS)
def test_a_few_scenes_can_be_learned(kind):
    scenes = make_scenes(3, 2)
    targets = with_proposals(scenes.images, scenes.targets)
    detector, optimizer = kind(rng=0), Adam(3e-3)
    detector.sampled = 16
    losses = []
    for _ in range(20):
        grads = detector.gradient(scenes.images, targets)
        losses.append(detector.last_layer.loss)
        optimizer.update(detector.params, grads)
    assert np.mean(losses[-5:]) < 0.8 * losses[0]
    assert all(g.dtype == np.float32 for g in grads.values())


@pytest.mark.parametrize("kind", KINDS)
def test_images_without_objects(kind):
    scenes = make_scenes(2, 0)
    empty = [(NO_BOX, NO_LABEL, selective_search(x)) for x in scenes.images]
    detector = kind(rng=0)
    with np.errstate(invalid="raise", divide="raise"):
        grads = detector.gradient(scenes.images, empty)
    assert np.isfinite(detector.last_layer.loss)
    assert all(np.isfinite(g).all() for g in grads.values())
    assert any(g.any() for g in grads.values())


@pytest.mark.parametrize("kind", KINDS)
def test_predictions_have_their_form(kind):
    scenes = make_scenes(3, 0)
    detector = kind(rng=0)
    detector.score_threshold = 0.0
    for boxes, scores, labels in detector.predict(scenes.images, 2):
        assert boxes.shape == (len(scores), 4) and len(labels) == len(scores)
        assert len(scores) <= 100
        assert (np.diff(scores) <= 0).all()
        assert (boxes >= 0).all() and (boxes <= 48).all()
        assert ((labels >= 0) & (labels < 4)).all()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_found_is_an_answer(kind):
    scenes = make_scenes(2, 0)
    detector = kind(rng=0)
    detector.score_threshold = 1.1
    found = detector.predict(scenes.images)
    assert [len(boxes) for boxes, _, _ in found] == [0, 0]
    assert detector.accuracy(scenes.images, scenes.targets) == 0
    assert detector.predict(scenes.images[:0]) == []


@pytest.mark.parametrize("kind", [RCNN, SPPNet, FastRCNN])
def test_images_without_proposals(kind):
    detector = kind(rng=0)
    images = make_scenes(2, 0).images
    found = detector.predict(images, proposals=[NO_BOX, NO_BOX])
    assert [len(boxes) for boxes, _, _ in found] == [0, 0]


@pytest.mark.parametrize("kind", [RCNN, FastRCNN])
def test_missing_proposals_are_explained(kind):
    scenes = make_scenes(1, 0)
    with pytest.raises(ValueError, match="with_proposals"):
        kind(rng=0).gradient(scenes.images, scenes.targets)


@pytest.mark.parametrize("kind", KINDS)
def test_a_detector_comes_back_from_its_file(kind, tmp_path):
    options = {SSD: {"maps": 2}, YOLO: {"B": 3, "head": "affine"}}.get(
        kind, {}
    )
    detector = kind(classes=3, size=64, rng=5, **options)
    detector.save(tmp_path / "d.npz")
    again = Detector.load(tmp_path / "d.npz")
    assert type(again) is kind and again.config() == detector.config()
    for name, param in detector.params.items():
        assert again.params[name] == pytest.approx(param, rel=2e-3, abs=1e-6)
    images = make_scenes(2, 0, size=64).images
    detector.score_threshold = again.score_threshold = 0
    assert len(again.predict(images)) == 2
    assert (tmp_path / "d.npz").stat().st_size < 2.2 * sum(
        param.size for param in detector.params.values()
    )


def test_another_detectors_file_is_refused(tmp_path):
    YOLO(rng=0).save(tmp_path / "d.npz")
    with pytest.raises(ValueError, match="holds a detector YOLO"):
        SSD.load(tmp_path / "d.npz")
    np.savez(tmp_path / "x.npz", a=np.zeros(3))
    with pytest.raises(ValueError, match="not written by save"):
        Detector.load(tmp_path / "x.npz")


@pytest.mark.parametrize("kind", KINDS)
def test_images_of_another_size_are_explained(kind):
    detector = kind(rng=0)
    for shape in [(1, 3, 64, 64), (1, 1, 48, 48), (3, 48, 48)]:
        with pytest.raises(ValueError, match="expected"):
            detector.predict(np.zeros(shape, np.float32))


def test_bytes_are_as_good_as_floats():
    scenes = make_scenes(2, 0)
    detector = SSD(rng=0)
    as_bytes = np.rint(scenes.images * 255).astype(np.uint8)
    for a, b in zip(
        detector.forward(scenes.images),
        detector.forward(as_bytes / np.float32(255)),
    ):
        assert np.array_equal(a, b)
    found = detector.predict(as_bytes)
    expected = detector.predict(scenes.images)
    assert all(
        np.array_equal(x, y)
        for one, two in zip(found, expected)
        for x, y in zip(one, two)
    )


@pytest.mark.parametrize(
    "kind, names",
    [
        # What returns a named tuple may return a plain one.
        (YOLO, ["overlap", "suppress", "target", "decode"]),
        (SSD, ["suppress", "match", "mine"]),
        (FasterRCNN, ["overlap", "suppress"]),
        (FastRCNN, ["overlap", "suppress", "propose"]),
    ],
)
def test_a_learners_parts_are_used(kind, names):
    scenes = make_scenes(2, 0)
    detector, calls = kind(rng=0), set()
    detector.score_threshold = 0
    for name in names:
        own = getattr(detector, name)

        def noted(*args, name=name, own=own, **options):
            calls.add(name)
            result = own(*args, **options)
            return tuple(result) if name == "target" else result

        setattr(detector, name, noted)
    targets = with_proposals(scenes.images, scenes.targets)
    detector.gradient(scenes.images, targets)
    detector.predict(scenes.images)
    assert calls == set(names)


def test_the_trainer_trains_a_detector():
    scenes = make_scenes(8, 0)
    data = scenes.images, scenes.targets
    trainer = Trainer(
        YOLO(rng=0), data, data, 15, 4, Adam(2e-3), rng=0, progress=False
    )
    history = trainer.fit()
    assert len(history["loss"]) == 30
    assert np.mean(history["loss"][-5:]) < 0.8 * history["loss"][0]
    assert len(history["test_accuracy"]) == 15


def test_rcnn_learns_svm_and_boxes_from_its_features():
    scenes = make_scenes(12, 0)
    targets = with_proposals(scenes.images, scenes.targets)
    detector = RCNN(rng=0)
    assert not detector.params["svm.0.W"].any()
    detector.fit(scenes.images, targets)
    assert detector.params["svm.0.W"].any()
    assert detector.params["deltas.0.W"].any()
    before = RCNN(rng=0)
    assert np.array_equal(
        before.params["body.0.W"], detector.params["body.0.W"]
    )


def test_recolouring_keeps_what_is_to_see():
    images = make_scenes(4, 0).images
    kept = images.copy()
    rng = np.random.default_rng(0)
    seen = [recolour(images, rng) for _ in range(12)]
    assert np.array_equal(images, kept)
    for other in seen:
        assert other.dtype == np.float32 and other.shape == images.shape
        one, two = np.sort(other, axis=1), np.sort(images, axis=1)
        negative = np.sort(1 - images, axis=1)
        assert np.array_equal(one, two) or np.array_equal(one, negative)
    in_bytes = recolour(np.rint(images * 255).astype(np.uint8), 0)
    assert in_bytes.dtype == np.uint8
    assert np.allclose(in_bytes / 255, recolour(images, 0), atol=1e-6)


# What comes with the course


@pytest.mark.parametrize("name", detection.shipped_detectors())
def test_shipped_detectors_find_objects(name):
    detector = detection.load_detector(name)
    scenes = make_scenes(
        40, 77, size=detector.size, classes=detector.classes, train=False
    )
    assert detector.accuracy(scenes.images, scenes.targets) > 0.4


def test_an_unknown_detector_is_named():
    with pytest.raises(ValueError, match="'RNN'"):
        detection.load_detector("RNN")


def test_the_record_can_be_read_as_json():
    if detection.shipped_detectors():
        json.dumps(detection.recorded("table"))
