"""Tests of course_lib.trainer."""

import numpy as np
import pytest

from course_lib.augment import Augmenter
from course_lib.networks import SimpleConvNet
from course_lib.optimizers import SGD, Adam
from course_lib.trainer import Trainer


class Recorder:
    """A network that only writes down what it is given."""

    def __init__(self):
        self.params = {"W": np.zeros(1, dtype=np.float32)}
        self.batches = []
        self.rates = []
        self.evaluated = []
        self.last_layer = self
        self.loss = 0.5

    def gradient(self, x, t):
        np.testing.assert_array_equal(x[:, 0, 0, 0], t)
        self.batches.append(t)
        return {"W": np.ones(1, dtype=np.float32)}

    def accuracy(self, x, t, batch_size):
        self.evaluated.append((len(x), batch_size))
        return 0.25


def numbered(n):
    """Images that hold their own label."""
    t = np.arange(n)
    return t.reshape(n, 1, 1, 1).astype(np.float32), t


def train(n=10, test=4, epochs=2, batch_size=4, **options):
    options = {"progress": False, "rng": 0, **options}
    trainer = Trainer(
        Recorder(), numbered(n), numbered(test), epochs, batch_size, **options
    )
    trainer.fit()
    return trainer


@pytest.mark.parametrize("batch_size, steps", [(1, 10), (4, 3), (10, 1)])
def test_every_image_once_an_epoch(batch_size, steps):
    batches = train(epochs=3, batch_size=batch_size).network.batches
    assert len(batches) == 3 * steps
    for epoch in range(3):
        seen = np.concatenate(batches[epoch * steps : (epoch + 1) * steps])
        assert sorted(seen) == list(range(10))


def test_a_batch_may_be_larger_than_the_data():
    assert len(train(batch_size=64).network.batches) == 2


def test_order_comes_from_the_seed():
    def order(**options):
        return np.concatenate(train(**options).network.batches).tolist()

    assert order(rng=1) == order(rng=1) == order(rng=np.random.default_rng(1))
    assert order(rng=1) != order(rng=2)
    assert order(rng=1)[:10] != order(rng=1)[10:]
    assert order(rng=1) == order(
        rng=1, transform=lambda x, rng: x + 0 * rng.random()
    )


def test_history():
    trainer = train(evaluate_size=3)
    assert trainer.history == {
        "loss": [0.5] * 6,
        "train_accuracy": [0.25] * 2,
        "test_accuracy": [0.25] * 2,
    }
    assert trainer.network.evaluated == [(3, 4)] * 4
    assert trainer.fit() is trainer.history
    assert len(trainer.history["loss"]) == 12


def test_accuracy_uses_all_images():
    assert train().network.evaluated == [(10, 4), (4, 4)] * 2


def test_lr_schedule_scales_and_restores():
    optimizer = SGD(lr=0.5)
    seen = []

    def schedule(step, total):
        seen.append((step, total))
        return 1 - step / total

    trainer = train(epochs=1, optimizer=optimizer, lr_schedule=schedule)
    assert seen == [(0, 3), (1, 3), (2, 3)]
    assert optimizer.lr == 0.5
    moved = -0.5 * (1 + 2 / 3 + 1 / 3)
    np.testing.assert_allclose(trainer.network.params["W"], moved, rtol=1e-6)


def test_lr_is_restored_when_training_is_interrupted():
    optimizer = SGD(lr=0.5)

    def stop(epoch, history):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(optimizer=optimizer, lr_schedule=lambda s, t: 0.1, on_epoch=stop)
    assert optimizer.lr == 0.5


class Finder:
    """A network for lists: it only writes down what it is given."""

    def __init__(self):
        self.params = {"W": np.zeros(1, dtype=np.float32)}
        self.batches = []
        self.last_layer = self
        self.loss = 0.5

    def gradient(self, x, t):
        self.batches.append((x, t))
        return {"W": np.ones(1, dtype=np.float32)}


def boxes(n):
    """One (boxes, labels) for each image, with 0, 1, 2, ... boxes."""
    return [(np.full((i, 4), i / 2), np.full(i, i)) for i in range(n)]


def mean_boxes(network, x, t):
    """A metric: how many boxes an image has."""
    assert isinstance(t, list) and len(x) == len(t)
    return np.mean([len(b) for b, _ in t])


def find(**options):
    x, _ = numbered(6)
    data = (x, boxes(6))
    options = {"progress": False, "rng": 0, "metric": mean_boxes, **options}
    trainer = Trainer(Finder(), data, data, 2, 4, **options)
    trainer.fit()
    return trainer


def test_targets_may_be_lists_of_objects():
    trainer = find(evaluate_size=3)
    batches = trainer.network.batches
    assert [len(t) for _, t in batches] == [4, 2, 4, 2]
    for x, t in batches:
        assert [len(b) for b, _ in t] == x[:, 0, 0, 0].tolist()
    seen = [len(b) for _, t in batches[:2] for b, _ in t]
    assert sorted(seen) == list(range(6))
    assert trainer.history == {
        "loss": [0.5] * 4,
        "train_mean_boxes": [1.0] * 2,
        "test_mean_boxes": [1.0] * 2,
    }


def test_images_may_be_a_list_too():
    x = [np.full((1, i + 1, 2), i) for i in range(6)]
    trainer = Trainer(
        Finder(), (x, boxes(6)), (x, boxes(6)), 1, 3, progress=False,
        metric=mean_boxes,
    )  # fmt: skip
    trainer.fit()
    for x, t in trainer.network.batches:
        assert [len(a[0]) - 1 for a in x] == [len(b) for b, _ in t]


def test_the_order_does_not_depend_on_the_kind_of_target():
    arrays = train(n=6, epochs=2, rng=3).network.batches
    lists = find(rng=3).network.batches
    order = [len(b) for _, t in lists for b, _ in t]
    assert order == np.concatenate(arrays).tolist()


@pytest.mark.parametrize(
    "metric, name, key",
    [
        (mean_boxes, None, "test_mean_boxes"),
        (mean_boxes, "boxes", "test_boxes"),
        (lambda network, x, t: np.float32(2), None, "test_metric"),
    ],
)
def test_names_of_metrics(metric, name, key, capsys):
    trainer = find(metric=metric, metric_name=name, progress=True)
    assert list(trainer.history)[-1] == key
    assert all(type(v) is float for v in trainer.history[key])
    assert key.removeprefix("test_") + "=2" in capsys.readouterr().err


def test_a_joint_transform_changes_both():
    def mirror(x, t, rng):
        assert isinstance(rng, np.random.Generator)
        return -x, [(-b, labels) for b, labels in t]

    trainer = find(joint_transform=mirror, transform=lambda x, rng: 2 * x)
    for x, t in trainer.network.batches:
        assert (x[:, 0, 0, 0] == [-2 * len(b) for b, _ in t]).all()
        assert all((b == -len(b) / 2).all() for b, _ in t)
    plain = find().network.batches
    assert (plain[0][0] * -2 == trainer.network.batches[0][0]).all()


def test_a_joint_transform_that_loses_targets():
    with pytest.raises(ValueError, match="result has 4 images and 3 labels"):
        find(joint_transform=lambda x, t, rng: (x, t[1:]))


def test_on_epoch_is_called():
    calls = []
    train(on_epoch=lambda epoch, h: calls.append((epoch, len(h["loss"]))))
    assert calls == [(1, 3), (2, 6)]


def test_on_step_is_called():
    calls = []
    train(on_step=lambda step, h: calls.append((step, len(h["loss"]))))
    assert calls == [(k, k) for k in range(1, 7)]


def test_progress_is_silent_when_off(capsys):
    train()
    assert capsys.readouterr() == ("", "")


def test_progress_shows_the_epoch(capsys):
    train(progress=True)
    assert "epoch 2/2" in capsys.readouterr().err


def real_data():
    rng = np.random.default_rng(0)
    t = np.arange(30) % 3
    x = rng.random((30, 1, 10, 10), dtype=np.float32) * 0.3
    x[np.arange(30), 0, 3 * t] += 0.7  # the bright row tells the class
    return x, t


def fit_real(**options):
    options = {"progress": False, "rng": 0, **options}
    network = SimpleConvNet(
        (1, 10, 10),
        {"filter_num": 4, "filter_size": 3},
        hidden_size=10,
        output_size=3,
        weight_init_std="he",
        rng=0,
    )
    x, t = real_data()
    kept = x.copy()
    trainer = Trainer(network, (x, t), (x, t), 15, 8, Adam(0.01), **options)
    trainer.fit()
    np.testing.assert_array_equal(x, kept)
    return trainer


def test_a_network_learns():
    history = fit_real().history
    assert history["test_accuracy"][-1] == 1
    assert np.mean(history["loss"][-4:]) < history["loss"][0] / 3


def test_training_repeats_itself():
    assert fit_real().history == fit_real().history


def test_an_augmenter_is_a_transform():
    augmenter = Augmenter(rotate=5, shift=0.5, noise=0.1)
    history = fit_real(transform=augmenter).history
    assert history == fit_real(transform=augmenter).history
    assert history["loss"] != fit_real().history["loss"]


@pytest.mark.parametrize(
    "change, message",
    [
        ({"epochs": 0}, "epochs is 0"),
        ({"batch_size": 0}, "batch_size is 0"),
        ({"batch_size": 2.0}, r"batch_size is 2\.0"),
        ({"evaluate_size": 0}, "evaluate_size is 0"),
        (
            {"train": (np.zeros((3, 1, 1, 1)), np.zeros(2))},
            "train has 3 images and 2 labels",
        ),
        ({"test": (np.zeros((0, 1, 1, 1)), [])}, "test has 0 images"),
        ({"test": np.zeros((3, 1, 1, 1))}, "test has 3 parts"),
    ],
)
def test_trainer_refuses(change, message):
    arguments = {
        "network": Recorder(),
        "train": numbered(3),
        "test": numbered(3),
        "epochs": 1,
    }
    with pytest.raises(ValueError, match=message):
        Trainer(**{**arguments, **change})
