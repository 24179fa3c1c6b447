"""The scripts that record how good detectors are, on very little."""

import json
from dataclasses import replace

import numpy as np
import pytest

from course_lib.detection import mean_average_precision
from tools import measure_detectors as measuring
from tools import train_detectors as training


@pytest.fixture
def little(monkeypatch, tmp_path):
    """Let the scripts train on next to nothing, and record elsewhere."""
    for name, recipe in training.RECIPES.items():
        small = replace(recipe, scenes=12, views=24, batch_size=6)
        monkeypatch.setitem(training.RECIPES, name, small)
    monkeypatch.setattr(training, "SCENES_A_TEST", 4)
    monkeypatch.setattr(training, "RECORDED", tmp_path / "recorded")
    return tmp_path


def test_runs_are_trained_tested_and_recorded(little, capsys):
    for name, seed in [("YOLO", 0), ("YOLO", 1), ("FastRCNN", 0)]:
        training.train(name, seed, little)
        training.test(name, seed, little)
    training.train("SSD", 0, little)  # not tested yet: not recorded
    training.record(little)
    text = (little / "recorded" / "table.json").read_text(encoding="utf-8")
    table = json.loads(text)
    assert {name: len(runs) for name, runs in table.items()} == {
        "YOLO": 2,
        "FastRCNN": 1,
    }
    run = table["YOLO"][1]
    assert run["seed"] == 1 and run["parameters"] > 50_000
    for part in ("training", "validation", *training.KINDS):
        assert 0 <= run[part]["mAP"] <= 1
        assert set(run[part]) == {"mAP", "mAP_11", "AP75", "by_class"}
    weights = sorted(p.name for p in (little / "recorded").glob("*.npz"))
    assert weights == ["FastRCNN.npz", "YOLO.npz"]


def test_a_run_can_be_repeated(little):
    arrays = []
    for place in ("a", "b"):
        training.train("YOLO", 3, little / place)
        with np.load(little / place / "YOLO-3.npz") as file:
            arrays.append({name: file[name] for name in file.files})
    assert all(np.array_equal(arrays[0][k], arrays[1][k]) for k in arrays[0])


def test_training_and_test_scenes_have_other_seeds():
    seeds = [
        training.TRAINING_SEED + np.arange(10),
        training.VALIDATION_SEED + np.arange(10),
        training.TEST_SEED + np.arange(10),
        [measuring.TEST_SEED],
    ]
    every = np.concatenate(seeds)
    assert len(set(every.tolist())) == len(every)


def test_the_learning_rate_rises_and_falls():
    parts = np.linspace(0, 1, 101)
    factors = [training.warm_then_cosine(part) for part in parts]
    assert factors[0] == 0 and factors[-1] == pytest.approx(0)
    assert max(factors) == pytest.approx(1)
    assert np.argmax(factors) == 10


# Two images: a right box and its double; a wrong label and a wrong box.
FOUND = [
    (
        np.array([[0, 0, 10, 10], [1, 0, 11, 10.0]]),
        np.array([0.9, 0.8]),
        np.array([0, 0]),
    ),
    (
        np.array([[20, 20, 30, 30], [0, 0, 4, 4.0]]),
        np.array([0.7, 0.1]),
        np.array([0, 1]),
    ),
]
TRUTHS = [
    (np.array([[0, 0, 10, 10.0]]), np.array([0])),
    (np.array([[20, 20, 30, 30.0]]), np.array([1])),
]


def test_slips_change_the_map_as_they_should():
    right = mean_average_precision(FOUND, TRUTHS)
    assert right == pytest.approx(0.5)  # AP 1 and 0
    assert measuring.without_labels(FOUND, TRUTHS) == pytest.approx(
        0.5 + 0.5 * 2 / 3
    )
    assert measuring.image_by_image(FOUND, TRUTHS) == pytest.approx(0.5)
    assert measuring.worst_first(FOUND, TRUTHS) == pytest.approx(1 / 6)
    doubles = mean_average_precision(
        FOUND, TRUTHS, match=measuring.doubles_are_right
    )
    assert doubles > right
    cut = measuring.cut_first(FOUND, 0.85)
    assert [len(boxes) for boxes, _, _ in cut] == [1, 0]


def test_one_pixel_more_makes_overlaps_larger():
    box, truth = np.array([[0, 0, 4, 4.0]]), np.array([[0, 0, 4, 8.0]])
    assert measuring.match_one_pixel_more(box, [1], truth).all()
