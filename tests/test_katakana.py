"""The models of the katakana fit each other, and strokes bend as asked."""

import numpy as np
import pytest

from course_lib.datasets import KATAKANA
from tools.katakana import models, strokes

BENT = np.array([[0.1, 0.1], [0.5, 0.2], [0.9, 0.8]])


def test_every_character_has_a_model_inside_its_box():
    assert "".join(models.BLOCK) == "".join(KATAKANA)
    for glyph, lines in models.BLOCK.items():
        for line in lines:
            points = np.array(line)
            assert points.shape[0] >= 2 and points.shape[1] == 2, glyph
            assert (points >= 0).all() and (points <= 1).all(), glyph


def test_habits_joins_and_pairs_name_strokes_that_exist():
    every = {
        (glyph, k)
        for glyph, lines in models.BLOCK.items()
        for k in range(len(lines))
    }
    assert set(models.HABITS) == every
    assert set(models.JOINS) | set(models.PARALLEL) <= every
    for (glyph, own), join in models.JOINS.items():
        assert (glyph, join.other) in every and join.other != own
        for low, high in (join.own, join.there):
            assert 0 <= low < high <= 1
    for (_, own), other in models.PARALLEL.items():
        assert other < own
    for glyph, pair in models.OPEN.items():
        assert {(glyph, k) for k in pair} <= every


def test_spans_hold_no_change_or_a_small_one():
    for habit in models.HABITS.values():
        for low, high in (habit.turn, habit.longer, habit.dy, habit.bow):
            assert low <= 0 <= high
    assert set(models.WIDER) | {"エ", "コ"} == set(KATAKANA)
    assert all(abs(power) < 0.5 for power in models.WIDER.values())


def test_resampled_points_lie_evenly_on_the_same_line():
    points = strokes.resample(BENT, 50)
    steps = np.diff(strokes.arc_length(points))
    assert points.shape == (50, 2)
    np.testing.assert_allclose(steps, steps.mean(), rtol=0.05)
    np.testing.assert_allclose(points[[0, -1]], BENT[[0, -1]])
    length = strokes.arc_length(BENT)[-1]
    assert 0.99 * length < steps.sum() <= length


def test_corners_keep_a_bend_and_nothing_on_a_line():
    line = np.linspace([0, 0], [1, 1], 9)
    assert strokes.corners(line, 0.01) == [0, 8]
    assert strokes.corners(BENT, 0.01) == [0, 1, 2]


@pytest.mark.parametrize(("turn", "stretch"), [(0, 1), (90, 1), (30, 1.5)])
def test_turn_and_stretch_around_a_centre(turn, stretch):
    centre = BENT.mean(axis=0)
    changed = strokes.affine(BENT, turn, stretch, centre)
    np.testing.assert_allclose(changed.mean(axis=0), centre)
    np.testing.assert_allclose(
        strokes.arc_length(changed), stretch * strokes.arc_length(BENT)
    )


def test_bow_leaves_the_ends():
    points = strokes.resample(BENT, 30)
    bowed = strokes.bow(points, 0.1)
    np.testing.assert_allclose(bowed[[0, -1]], points[[0, -1]], atol=1e-9)
    assert np.abs(bowed - points).max() > 0.05
