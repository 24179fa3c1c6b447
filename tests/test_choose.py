"""The choice of the training drawings of katakana15."""

import numpy as np
import pytest

from tools.katakana import choose as tool
from tools.katakana import make as katakana

EACH = 300  # drawings of each character


@pytest.fixture
def drawings(monkeypatch):
    """Give drawings whose margins are known: the last ones are hardest."""
    t = np.repeat(np.arange(15), EACH)
    x = np.zeros((len(t), 1, 28, 28), dtype=np.float32)
    hard = np.tile(np.arange(EACH, 0, -1.0), 15)
    monkeypatch.setattr(tool, "learn", lambda *given: None)
    monkeypatch.setattr(tool, "margins", lambda *given: hard)
    monkeypatch.setattr(tool, "DOUBT", 0.0)
    return x, t


def test_each_character_gets_as_many(drawings):
    x, t = drawings
    chosen = tool.choose(x, t, np.ones(len(t), dtype=bool))
    assert np.bincount(t[chosen]).tolist() == [200] * 15
    assert len(set(chosen)) == len(chosen)


def test_the_hardest_are_chosen(drawings):
    x, t = drawings
    chosen = tool.choose(x, t, np.ones(len(t), dtype=bool))
    hardest = tool.PER_CLASS - tool.FIRST
    for k in range(15):
        places = chosen[t[chosen] == k] - k * EACH
        assert set(range(EACH - hardest, EACH)) <= set(places)


def test_what_cannot_be_read_is_left_out(drawings):
    x, t = drawings
    usable = np.arange(len(t)) % EACH < EACH - 20
    chosen = tool.choose(x, t, usable)
    assert usable[chosen].all()


def test_margins_compare_the_right_class_with_the_next(monkeypatch):
    p = np.full((2, 15), 0.01)
    p[0, 3], p[0, 7], p[1, 5] = 0.6, 0.2, 0.86
    monkeypatch.setattr(tool, "probabilities", lambda network, x: p)
    found = tool.margins(None, None, np.array([3, 4]))
    np.testing.assert_allclose(found, np.log([0.6 / 0.2, 0.01 / 0.86]))


def test_training_teaches():
    rng = np.random.default_rng(0)
    t = rng.integers(0, 15, 300)
    x = rng.random((300, 1, 28, 28)).astype(np.float32) * 0.1
    x[np.arange(300), 0, t + 5, :] = 1  # a bright row says which class
    for make in (tool.simple, tool.lenet):
        network = tool.learn(make, x, t, 0, 60)
        found = tool.probabilities(network, x).argmax(axis=1)
        assert (found == t).mean() > 0.9


def test_only_the_courses_seed_has_a_list(monkeypatch):
    asked = []

    def make_part(part, seed, pairs):
        asked.append((part.name, seed, pairs))
        empty = np.zeros(0, dtype=np.uint8)
        return np.zeros((0, 28, 28), dtype=np.uint8), empty, empty

    monkeypatch.setattr(katakana, "make_part", make_part)
    katakana.build()
    katakana.build(seed=1)
    assert asked[0] == ("train", katakana.SEED, katakana.picked_pairs())
    assert len(asked[0][2]) == 3000
    assert [pairs for _, _, pairs in asked[1:]] == [None] * 3
