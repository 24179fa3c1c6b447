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
    x = rng.normal(size=(7, 1, 1, 3))
    return [*cases, (Guesser(), x, x.reshape(7, 3).argmax(axis=1), 3)]


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


def _guess(network, x):
    return network.predict(x).argmax(axis=1)


def _counting(
    total=lambda right, x, batch_size: right / len(x),
    guess=_guess,
    labels=lambda t, start, size: t[start : start + size],
    images=lambda x, start, size: x[start : start + size],
    starts=lambda N, size: range(0, N, size),
    fits=lambda guess, t: int((guess == t).sum()),
):
    """Return an answer that counts in batches, some step in another way."""

    def answer(network, x, t, batch_size=100):
        right = 0
        for start in starts(len(x), batch_size):
            y = guess(network, images(x, start, batch_size))
            right += fits(y, labels(t, start, batch_size))
        return total(right, x, batch_size)

    return answer


def _one_batch(place, over_all):
    """Return an answer that counts one batch only, the first or last."""

    def answer(network, x, t, batch_size=100):
        counts = list(_batches(network, x, t, batch_size, len(x)))
        right, size = counts[place]
        return right / (len(x) if over_all else size)

    return answer


def _batch_of_100(network, x, t, batch_size=100):
    return _all_at_once(network, x, t)


def _longer(x, start, size):
    return x[start : start + size + 1]


def _shorter(x, start, size):
    return x[start : start + size - 1]


def _first(x, start, size):
    return x[:size]


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
        Slip(
            "percent",
            Text(
                "This is a percentage. Wanted is the part, between 0 and 1.",
                "百分率になっています。0 から 1 までの割合で返します。",
            ),
            answer=_counting(lambda right, x, size: 100 * right / len(x)),
        ),
        Slip(
            "error-rate",
            Text(
                "This is the part of wrong answers. Count where guess and"
                " label are equal.",
                "不正解の割合になっています。予測とラベルが等しいものを数えま"
                "す。",
            ),
            answer=_counting(lambda right, x, size: 1 - right / len(x)),
        ),
        Slip(
            "first-batch-only",
            Text(
                "Only the first batch was counted. Is the `return` indented"
                " into the loop?",
                "最初のバッチしか数えていません。`return` がループの中に入って"
                "いませんか。",
            ),
            answer=_one_batch(0, True),
            also=(_one_batch(0, False),),
        ),
        Slip(
            "last-batch-only",
            Text(
                "Only the last batch was counted: each round overwrote the"
                " count. Add up with `+=`.",
                "最後のバッチしか数えていません。毎回、数を上書きしています。"
                "`+=` で足していきます。",
            ),
            answer=_one_batch(-1, True),
            also=(_one_batch(-1, False),),
        ),
        Slip(
            "first-batch-left-out",
            Text(
                "The first batch is left out. The starts begin with 0.",
                "最初のバッチが抜けています。開始位置は 0 からです。",
            ),
            answer=_counting(starts=lambda N, size: range(size, N, size)),
        ),
        Slip(
            "images-counted-many-times",
            Text(
                "Images are counted in several batches. The starts go on by"
                " batch_size, not by 1.",
                "同じ画像をいくつものバッチで数えています。開始位置は 1 ずつで"
                "はなく batch_size ずつ進めます。",
            ),
            answer=_counting(starts=lambda N, size: range(N)),
        ),
        Slip(
            "batches-overlap",
            Text(
                "The batches overlap by one image: slices end before their end"
                " index, so it is start + batch_size.",
                "バッチが 1 枚ずつ重なっています。スライスは終わりの番号を含ま"
                "ないので、終わりは start + batch_size です。",
            ),
            answer=_counting(images=_longer, labels=_longer),
        ),
        Slip(
            "batches-too-short",
            Text(
                "Between the batches images are missing: slices end before"
                " their end index, so it is start + batch_size.",
                "バッチの間に、数えていない画像があります。スライスは終わりの"
                "番号を含まないので、終わりは start + batch_size です。",
            ),
            answer=_counting(images=_shorter, labels=_shorter),
        ),
        Slip(
            "labels-of-the-first-batch",
            Text(
                "Every batch was compared with the first labels. Slice t like"
                " x.",
                "どのバッチも、先頭のラベルと比べています。t も x と同じように"
                "切り出します。",
            ),
            answer=_counting(
                labels=lambda t, start, size: t[: min(size, len(t) - start)]
            ),
        ),
        Slip(
            "argmax-of-everything",
            Text(
                "One largest score was looked for in the whole batch. Each"
                " image has its own: argmax(axis=1).",
                "バッチ全体で 1 つの最大値を探しています。画像ごとに求めます。"
                "argmax(axis=1) です。",
            ),
            answer=_counting(
                guess=lambda network, x: network.predict(x).argmax()
            ),
        ),
        Slip(
            "smallest-score",
            Text(
                "The smallest score was taken as the answer. It is the"
                " largest: argmax.",
                "最小のスコアを答えにしています。最大のスコア、argmax です。",
            ),
            answer=_counting(
                guess=lambda network, x: network.predict(x).argmin(axis=1)
            ),
        ),
        Slip(
            "max-for-argmax",
            Text(
                "The scores themselves were compared with the labels. The"
                " answer is the place of the largest: argmax(axis=1).",
                "スコアの値をラベルと比べています。答えは最大のスコアの位置"
                "で、argmax(axis=1) です。",
            ),
            answer=_counting(
                guess=lambda network, x: network.predict(x).max(axis=1)
            ),
        ),
        Slip(
            "divided-by-batches",
            Text(
                "The count was divided by the number of batches. Divide it by"
                " the number of images.",
                "枚数をバッチの数で割っています。画像の枚数で割ります。",
            ),
            answer=_counting(lambda right, x, size: right / (len(x) / size)),
            also=(
                _counting(lambda right, x, size: right / -(-len(x) // size)),
                _counting(lambda right, x, size: right / (len(x) // size)),
            ),
        ),
        Slip(
            "divided-by-batch-size",
            Text(
                "The count was divided by batch_size. Divide it by the number"
                " of all images.",
                "枚数を batch_size で割っています。画像全部の枚数で割ります。",
            ),
            answer=_counting(lambda right, x, size: right / size),
        ),
        Slip(
            "whole-division",
            Text(
                "`//` rounds down to a whole number, here 0. Divide with `/`.",
                "`//` は整数の割り算なので、0 になります。`/` で割ります。",
            ),
            answer=_counting(lambda right, x, size: right // len(x)),
        ),
        Slip(
            "rounded",
            Text(
                "The result was rounded. Return it as it is.",
                "結果が丸められています。そのまま返します。",
            ),
            answer=_counting(lambda right, x, size: round(right / len(x), 1)),
            also=tuple(
                _counting(lambda right, x, size, n=n: round(right / len(x), n))
                for n in (2, 3)
            ),
        ),
        Slip(
            "whole-batches-counted",
            Text(
                "A batch counts only if all its images are right. Count the"
                " images one by one: (guess == t).sum().",
                "全部正しいバッチしか数えていません。1 枚ずつ数えます。"
                "(guess == t).sum() です。",
            ),
            answer=_counting(
                fits=lambda guess, t: len(t) * bool((guess == t).all())
            ),
        ),
        Slip(
            "one-number-expected",
            Text(
                "A list of right and wrong came back, one for each image."
                " Return the part that is right, one number.",
                "画像ごとの正誤の一覧が返っています。正解の割合（1 つの数）を"
                "返します。",
            ),
            answer=lambda network, x, t, batch_size: (
                network.predict(x[:1]).argmax() == t
            ),
            seen=lambda result, *case: len(result[0]) == len(case[1]),
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
