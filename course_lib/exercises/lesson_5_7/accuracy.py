"""Exercise 5_7/accuracy: accuracy over all images."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


class Guesser:
    """Stand in for a network: the images are the scores themselves."""

    def __init__(self):
        self.largest = 0

    def predict(self, x):
        self.largest = max(self.largest, len(x))
        return x.reshape(len(x), -1)

    def __repr__(self):
        return "<network>"


def _accuracy_cases():
    rng = np.random.default_rng(75)
    cases = []
    for N, K, batch_size in (
        (23, 3, 10),
        (50, 4, 20),
        (31, 2, 30),
        (40, 5, 10),
        (17, 3, 7),
        (12, 4, 12),
    ):
        x = rng.normal(size=(N, 1, 1, K))
        t = x.reshape(N, K).argmax(axis=1)
        wrong = rng.random(N) < 0.4
        t[wrong] = rng.integers(0, K, wrong.sum())
        t[-1] = x[-1].argmax()  # so that the last batch matters
        cases.append((Guesser(), x, t, batch_size))
    return cases


def _run_accuracy(accuracy, network, x, t, batch_size):
    part = accuracy(network, x, t, batch_size)
    return part, network.largest <= batch_size


def _batches(network, x, t, batch_size, stop):
    """Yield how many images of each batch are read rightly, and its size."""
    for start in range(0, stop, batch_size):
        batch = slice(start, start + batch_size)
        guess = network.predict(x[batch]).argmax(axis=1)
        yield int((guess == t[batch]).sum()), len(guess)


def _full_batches(network, x, t, batch_size):
    return _batches(network, x, t, batch_size, len(x) - batch_size + 1)


def accuracy(network, x, t, batch_size=100):
    """Return the part (0 to 1) of all images that are read rightly."""
    return _count(network, x, t, batch_size) / len(x)


def _count(network, x, t, batch_size=100):
    parts = _batches(network, x, t, batch_size, len(x))
    return sum(right for right, _ in parts)


def _last_as_wrong(network, x, t, batch_size=100):
    parts = _full_batches(network, x, t, batch_size)
    return sum(right for right, _ in parts) / len(x)


def _last_left_out(network, x, t, batch_size=100):
    parts = np.array(list(_full_batches(network, x, t, batch_size)))
    return parts[:, 0].sum() / parts[:, 1].sum()


def _mean_of_batches(network, x, t, batch_size=100):
    parts = _batches(network, x, t, batch_size, len(x))
    return np.mean([right / size for right, size in parts])


def _all_at_once(network, x, t, batch_size=100):
    return (network.predict(x).argmax(axis=1) == t).mean()


EXERCISE = Exercise(
    name="accuracy",
    title=Text("Accuracy over all images", "すべての画像での正解率"),
    reference=accuracy,
    cases=_accuracy_cases,
    run=_run_accuracy,
    parts=("accuracy", "batches <= batch_size"),
    slips=(
        Slip(
            "last-batch-as-wrong",
            Text(
                "Where N is no multiple of batch_size, the images of the"
                " last batch are not looked at, but still counted in N:"
                " they count as wrong.",
                "N が batch_size で割り切れないとき、最後のバッチの画像を"
                "見ていません。それでも N には入っているので、すべて不正解"
                "の扱いになっています。",
            ),
            answer=_last_as_wrong,
        ),
        Slip(
            "last-batch-left-out",
            Text(
                "Where N is no multiple of batch_size, the images of the"
                " last batch are left out. All images count.",
                "N が batch_size で割り切れないとき、最後のバッチの画像が"
                "抜けています。すべての画像を数えてください。",
            ),
            answer=_last_left_out,
        ),
        Slip(
            "mean-of-batches",
            Text(
                "This is the mean of the batches' accuracies. In a small"
                " last batch each image then counts more than the others.",
                "バッチごとの正解率を平均しています。それでは、小さな最後"
                "のバッチの画像だけが重く数えられます。",
            ),
            answer=_mean_of_batches,
        ),
        Slip(
            "count-not-part",
            Text(
                "This is the number of images, not the part of them.",
                "正解した枚数になっています。割合にしてください。",
            ),
            answer=_count,
        ),
        Slip(
            "all-at-once",
            Text(
                "The accuracy is right, but all images went through the"
                " network in one piece. For 10,000 images im2col then"
                " needs more than half a gigabyte.",
                "正解率は合っていますが、全部の画像を一度に通しています。"
                "10,000 枚では im2col だけで 0.5 GB を超えます。",
            ),
            answer=_all_at_once,
        ),
    ),
    hints=(
        Text(
            "23 images in batches of 10: how many batches, and how large"
            " is the last one?",
            "23 枚を 10 枚ずつ。バッチはいくつで、最後は何枚ですか。",
        ),
        Text(
            "range(0, len(x), batch_size) gives all starts. A slice that"
            " reaches past the end is simply shorter. Count the right"
            " ones and divide once, at the end.",
            "range(0, len(x), batch_size) で全部の開始位置が得られます。"
            "終わりを越えるスライスは短くなるだけです。正解の枚数を数え、"
            "割るのは最後に 1 回だけです。",
        ),
        Text(
            "for start in range(0, len(x), batch_size):",
            "for start in range(0, len(x), batch_size):",
        ),
    ),
)
