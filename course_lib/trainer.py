"""The training loop: shuffled batches, optimizer steps, a metric."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from tqdm.auto import tqdm

from ._checks import check_int
from .optimizers import Adam

Data = tuple[Any, Any]  # images and targets, each an array or a list
Transform = Callable[[np.ndarray, np.random.Generator], np.ndarray]
JointTransform = Callable[[Any, Any, np.random.Generator], Data]
Metric = Callable[[Any, Any, Any], float]
History = dict[str, list[float]]


def _check_data(name: str, data: Data) -> Data:
    """Return (x, t), or raise ValueError unless they fit together."""
    if len(data) != 2:
        raise ValueError(f"{name} has {len(data)} parts, expected (x, t)")
    x, t = data
    if len(x) == 0 or len(x) != len(t):
        raise ValueError(
            f"{name} has {len(x)} images and {len(t)} labels, expected "
            f"the same number, at least one"
        )
    return x, t


def _take(values: Any, chosen: np.ndarray) -> Any:
    """Return the chosen entries of an array or of a list."""
    if isinstance(values, np.ndarray):
        return values[chosen]
    return [values[i] for i in chosen]


class Trainer:
    """Train a network and keep the history of loss and accuracy.

    Targets may be anything that the network's gradient takes: labels, or a
    list with one object for each image, such as its boxes and their labels;
    then the network is given a list, too.

    Args:
        network: has params, gradient(x, t), accuracy(x, t, batch_size) and
            last_layer.loss, like SimpleConvNet and Network. With a metric
            it needs no accuracy.
        train: images (N, C, H, W) and targets to learn from: labels (N,)
            or (N, K), or a list of N objects.
        test: images and targets that only the accuracy looks at.
        epochs: how often each training image is seen.
        batch_size: images in one step; the last one may have fewer.
        optimizer: has update(params, grads) and lr; Adam() if None.
        evaluate_size: how many images of train and of test the accuracies
            are measured on (the first ones); all if None.
        rng: generator or seed of the order and of the transform. The two
            draw from streams of their own, so a transform does not change
            the order.
        transform: transform(x_batch, rng) -> x_batch, for augmentation.
        joint_transform: joint_transform(x_batch, t_batch, rng) ->
            (x_batch, t_batch), where the targets change with the images:
            boxes and masks are mirrored with them. It comes before
            transform, and must make new objects, as lists hand on theirs.
        progress: whether a bar is shown.
        lr_schedule: lr_schedule(step, total_steps) -> factor on lr, where
            step counts from 0.
        on_epoch: on_epoch(epoch, history), called after each epoch, where
            epoch counts from 1.
        on_step: on_step(step, history), called after each step, where step
            counts from 1.
        metric: metric(network, x, t) -> float, measured instead of the
            accuracy.
        metric_name: its name in the history ("train_" and "test_" before
            it) and in the bar; the function's own name if None.

    Raises:
        ValueError: numbers of images and labels differ, or a size is not a
            positive integer.
    """

    def __init__(
        self,
        network: Any,
        train: Data,
        test: Data,
        epochs: int,
        batch_size: int = 100,
        optimizer: Any = None,
        *,
        evaluate_size: int | None = None,
        rng: np.random.Generator | int | None = None,
        transform: Transform | None = None,
        progress: bool = True,
        lr_schedule: Callable[[int, int], float] | None = None,
        on_epoch: Callable[[int, History], None] | None = None,
        on_step: Callable[[int, History], None] | None = None,
        joint_transform: JointTransform | None = None,
        metric: Metric | None = None,
        metric_name: str | None = None,
    ) -> None:
        self.network = network
        self.train = _check_data("train", train)
        self.test = _check_data("test", test)
        self.epochs = check_int("epochs", epochs, 1)
        self.batch_size = check_int("batch_size", batch_size, 1)
        self.optimizer = Adam() if optimizer is None else optimizer
        if evaluate_size is not None:
            check_int("evaluate_size", evaluate_size, 1)
        self.evaluate_size = evaluate_size
        self.rng = np.random.default_rng(rng)
        self.transform_rng = self.rng.spawn(1)[0]
        self.transform = transform
        self.joint_transform = joint_transform
        self.progress = progress
        self.lr_schedule = lr_schedule
        self.on_epoch = on_epoch
        self.on_step = on_step
        self.metric = metric
        self.metric_name = metric_name or _name(metric)
        self.history: History = {
            "loss": [],
            f"train_{self.metric_name}": [],
            f"test_{self.metric_name}": [],
        }

    def fit(self) -> History:
        """Train for all epochs and return the history.

        Returns:
            "loss" for each step, "train_accuracy" and "test_accuracy" (or
            the metric's name) for each epoch. A second call trains on and
            appends to it.
        """
        lr = self.optimizer.lr
        try:
            self._run(lr)
        finally:
            self.optimizer.lr = lr
        return self.history

    def _run(self, lr: float) -> None:
        """Do the epochs, with a bar that counts the steps."""
        steps = -(-len(self.train[0]) // self.batch_size)
        total = steps * self.epochs
        step = 0
        with tqdm(total=total, disable=not self.progress) as bar:
            for epoch in range(1, self.epochs + 1):
                bar.set_description(f"epoch {epoch}/{self.epochs}")
                for x, t in self._batches():
                    if self.lr_schedule is not None:
                        self.optimizer.lr = lr * self.lr_schedule(step, total)
                    self._step(x, t)
                    step += 1
                    bar.update()
                    if self.on_step is not None:
                        self.on_step(step, self.history)
                self._evaluate()
                name = self.metric_name
                bar.set_postfix({name: self.history[f"test_{name}"][-1]})
                if self.on_epoch is not None:
                    self.on_epoch(epoch, self.history)

    def _batches(self) -> Iterator[Data]:
        """Yield every training image once, in random order."""
        x, t = self.train
        order = self.rng.permutation(len(x))
        for start in range(0, len(x), self.batch_size):
            chosen = order[start : start + self.batch_size]
            yield _take(x, chosen), _take(t, chosen)

    def _step(self, x: Any, t: Any) -> None:
        """Take one step of the optimizer on a batch, note its loss."""
        if self.joint_transform is not None:
            new = self.joint_transform(x, t, self.transform_rng)
            x, t = _check_data("joint_transform's result", new)
        if self.transform is not None:
            x = self.transform(x, self.transform_rng)
        grads = self.network.gradient(x, t)
        self.optimizer.update(self.network.params, grads)
        self.history["loss"].append(self.network.last_layer.loss)

    def _evaluate(self) -> None:
        """Note the metric on the training and on the test images."""
        for name, (x, t) in (("train", self.train), ("test", self.test)):
            x, t = x[: self.evaluate_size], t[: self.evaluate_size]
            value = self._measure(x, t)
            self.history[f"{name}_{self.metric_name}"].append(value)

    def _measure(self, x: Any, t: Any) -> float:
        """Return the metric, or the accuracy if there is none."""
        if self.metric is None:
            return self.network.accuracy(x, t, self.batch_size)
        return float(self.metric(self.network, x, t))


def _name(metric: Metric | None) -> str:
    """Return a metric's name: that of its function, if it has one."""
    if metric is None:
        return "accuracy"
    name = getattr(metric, "__name__", "metric")
    return "metric" if name == "<lambda>" else name
