"""Scenes keep their rules, repeat themselves and come fast enough."""

import time

import numpy as np
import pytest

from course_lib.datasets import load_mnist
from course_lib.scenes import KINDS, LARGEST_OVERLAP, make_scenes


@pytest.fixture(scope="module", params=KINDS)
def some(request):
    return request.param, make_scenes(60, 5, request.param)


def test_shapes_and_types(some):
    _, scenes = some
    assert scenes.images.shape == (60, 3, 48, 48)
    assert scenes.images.dtype == np.float32
    assert scenes.masks.shape == (60, 48, 48)
    assert scenes.masks.dtype == np.uint8
    for boxes, labels in scenes.targets:
        assert boxes.shape == (len(labels), 4)
        assert boxes.dtype == np.float32
        assert labels.dtype == np.int64


def test_images_are_bytes_in_0_to_1(some):
    _, scenes = some
    as_bytes = np.rint(scenes.images * 255).astype(np.uint8)
    assert np.array_equal(as_bytes / np.float32(255), scenes.images)
    assert 0 <= scenes.images.min() < scenes.images.max() <= 1


def test_as_many_and_as_high_as_the_kind_says(some):
    name, scenes = some
    kind = KINDS[name]
    counts = [len(boxes) for boxes in scenes.boxes]
    assert (min(counts), max(counts)) == kind.digits
    boxes = np.concatenate(scenes.boxes)
    heights = boxes[:, 3] - boxes[:, 1]
    assert heights.min() >= round(kind.heights[0] * 48)
    assert heights.max() <= round(kind.heights[1] * 48)


def test_boxes_are_inside_and_hardly_overlap(some):
    _, scenes = some
    for boxes in scenes.boxes:
        assert (boxes[:, :2] >= 0).all() and (boxes[:, 2:] <= 48).all()
        sides = boxes[:, 2:] - boxes[:, :2]
        assert (sides >= 3).all()
        area = sides.prod(axis=1)
        for i in range(len(boxes)):
            for j in range(i):
                low = np.maximum(boxes[i, :2], boxes[j, :2])
                high = np.minimum(boxes[i, 2:], boxes[j, 2:])
                common = np.maximum(high - low, 0).prod()
                smaller = min(area[i], area[j])
                assert common <= LARGEST_OVERLAP * smaller + 1e-6


def test_masks_fill_their_boxes_and_nothing_else(some):
    _, scenes = some
    for (boxes, labels), mask in zip(scenes.targets, scenes.masks):
        outside = mask > 0
        for (x1, y1, x2, y2), label in zip(boxes.astype(int), labels):
            inside = mask[y1:y2, x1:x2]
            assert (inside == label + 1).sum() >= 0.08 * inside.size
            outside[y1:y2, x1:x2] = False
        assert not outside.any()


def test_a_box_is_tight():
    # Without a neighbour the mask must come within a pixel of each side.
    scenes = make_scenes(80, 1, "large")
    alone = [i for i, boxes in enumerate(scenes.boxes) if len(boxes) == 1]
    assert alone
    for i in alone:
        rows, columns = np.nonzero(scenes.masks[i])
        ends = columns.max() + 1, rows.max() + 1
        seen = np.array([columns.min(), rows.min(), *ends])
        assert np.abs(seen - scenes.boxes[i][0]).max() <= 2


def test_a_digit_differs_from_its_ground():
    scenes = make_scenes(40, 2)
    for image, mask, (boxes, _) in zip(
        scenes.images, scenes.masks, scenes.targets
    ):
        for x1, y1, x2, y2 in boxes.astype(int):
            place, ink = image[:, y1:y2, x1:x2], mask[y1:y2, x1:x2] > 0
            if ink.all():
                continue
            change = place[:, ink].mean(1) - place[:, ~ink].mean(1)
            assert np.abs(change).max() > 0.12


def test_the_seed_decides_and_fewer_begin_more():
    many, few = make_scenes(8, 3), make_scenes(5, 3)
    assert np.array_equal(many.images[:5], few.images)
    assert np.array_equal(many.masks[:5], few.masks)
    assert all(map(np.array_equal, many.boxes[:5], few.boxes))
    assert not np.array_equal(make_scenes(5, 4).images, few.images)
    generator = np.random.default_rng(3)
    assert np.array_equal(make_scenes(5, generator).images, few.images)
    assert not np.array_equal(make_scenes(5, generator).images, few.images)


def test_training_and_test_scenes_have_other_digits():
    first, second = make_scenes(5, 3), make_scenes(5, 3, train=False)
    assert not np.array_equal(first.images, second.images)


def test_digits_come_from_the_part_that_was_asked_for():
    from course_lib.scenes import _digits

    (train, _), (test, labels) = load_mnist(normalize=False)
    assert sum(map(len, _digits(True))) == len(train)
    assert [len(d) for d in _digits(False)] == list(np.bincount(labels))
    whole = test[np.flatnonzero(labels == 7)[0], 0]
    cut = _digits(False)[7][0]
    h, w = cut.shape
    assert any(
        np.array_equal(cut, whole[y : y + h, x : x + w])
        for y in range(29 - h)
        for x in range(29 - w)
    )


@pytest.mark.parametrize("size, classes", [(64, 10), (33, 1), (24, 10)])
def test_other_sizes_and_classes(size, classes):
    scenes = make_scenes(40, 0, size=size, classes=classes)
    assert scenes.images.shape == (40, 3, size, size)
    labels = np.concatenate(scenes.labels)
    assert set(labels) <= set(range(classes))
    assert len(set(labels)) > classes / 2
    assert max(b.max() for b in scenes.boxes) <= size


def test_a_part_of_scenes_is_scenes():
    scenes = make_scenes(6, 0)
    part = scenes[2:4]
    assert len(part) == 2 and len(scenes) == 6
    assert np.array_equal(part.images, scenes.images[2:4])
    assert np.array_equal(part.boxes[0], scenes.boxes[2])
    assert len(make_scenes(0, 0)) == 0


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"kind": "tiny"}, "kind is 'tiny'"),
        ({"classes": 11}, "expected 1 to 10"),
        ({"classes": 0}, "classes is 0"),
        ({"size": 8}, "size is 8"),
        ({"count": 1.5}, "count is 1.5"),
    ],
)
def test_wrong_arguments_are_explained(wrong, words):
    with pytest.raises(ValueError, match=words):
        make_scenes(**{"count": 1, "rng": 0, **wrong})


def test_a_scene_takes_less_than_a_millisecond():
    make_scenes(1, 0)
    best = min(_seconds(100) for _ in range(3))
    assert best / 100 < 1e-3


def _seconds(count):
    # The processor's time of this process, whatever else is running.
    start = time.process_time()
    make_scenes(count, 0)
    return time.process_time() - start
