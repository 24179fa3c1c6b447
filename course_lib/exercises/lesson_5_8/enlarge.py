"""Exercise 5_8/enlarge: enlarge the training set."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_8.shared import images
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


class _Change:
    """Change images otherwise at every call, but always the same way."""

    def __init__(self):
        self.calls = 0

    def __call__(self, x):
        self.calls += 1
        return x * np.float32(1 / (1 + self.calls))

    def __repr__(self):
        return "change"


def enlarge(x, t, change, times):
    """Return the images and `times` changed copies of all, with labels.

    x: (N, C, H, W). t: (N,). change: x -> changed x. Returns x, t of
    (1 + times) N images: first the given ones, then copy by copy.
    """
    copies = [change(x) for _ in range(times)]
    return np.concatenate([x, *copies]), np.tile(t, 1 + times)


def _enlarge_cases():
    cases = []
    for seed, (N, C, H, W, times) in enumerate(
        [(3, 1, 2, 3, 2), (5, 2, 3, 2, 3), (4, 1, 2, 2, 3), (2, 1, 3, 4, 4)],
        start=60,
    ):
        t = np.random.default_rng(seed).permutation(N) + 3
        cases.append((images(seed, N, C, H, W), t, _Change(), times))
    t = np.array([7, 2, 7, 1, 0])
    return [*cases, (images(64, 5, 1, 2, 2), t, _Change(), 2)]


def _enlarge_cumulative(x, t, change, times):
    copies = [x]
    for _ in range(times):
        copies.append(change(copies[-1]))
    return np.concatenate(copies), np.tile(t, 1 + times)


def _with(count):
    """Return an answer that makes `count(times)` copies."""
    return lambda x, t, change, times: enlarge(x, t, change, count(times))


def _originals_last(x, t, change, times):
    copies = [change(x) for _ in range(times)]
    return np.concatenate([*copies, x]), np.tile(t, 1 + times)


def _image_by_image(x, t, change, times):
    copies = [x, *[change(x) for _ in range(times)]]
    joined = np.stack(copies, axis=1).reshape(-1, *x.shape[1:])
    return joined, np.repeat(t, 1 + times)


def _one_by_one(x, t, change, times):
    images = []
    for n in range(len(x)):
        images.append(x[n])
        images += [change(x[n : n + 1])[0] for _ in range(times)]
    return np.array(images), np.repeat(t, 1 + times)


def _joined_along(axis):
    def answer(x, t, change, times):
        copies = [x, *[change(x) for _ in range(times)]]
        return np.concatenate(copies, axis=axis), np.tile(t, 1 + times)

    return answer


EXERCISE = Exercise(
    name="enlarge",
    hints=(
        Text(
            "In which order do the images follow one another? And the labels?",
            "画像はどんな順に並びますか。ラベルはどうですか。",
        ),
        Text(
            "All images, then all again, and so on. np.tile repeats an array"
            " in this order; np.repeat does not.",
            "全部を 1 組、また全部を 1 組、という順です。np.tile はこの順に"
            "繰り返します。np.repeat は違います。",
        ),
        Text(
            "copies = [change(x) for _ in range(times)]",
            "copies = [change(x) for _ in range(times)]",
        ),
    ),
    title=Text("Enlarge the training set", "学習用データを増やす"),
    reference=enlarge,
    cases=_enlarge_cases,
    parts=("x", "t"),
    slips=(
        Slip(
            "label-order-changed",
            Text(
                "The labels are in another order than the images. The"
                " images come copy by copy: all of them, then all of them"
                " again.",
                "ラベルの並びが画像と合っていません。画像は全部で 1 組、"
                "次にまた全部で 1 組、という順に並びます。",
            ),
            answer=lambda x, t, change, times: (
                enlarge(x, t, change, times)[0],
                np.repeat(t, 1 + times),
            ),
        ),
        Slip(
            "originals-missing",
            Text(
                "The given images themselves are missing. Copies are added"
                " to them.",
                "元の画像が入っていません。コピーは元の画像に加えます。",
            ),
            answer=lambda x, t, change, times: (
                np.concatenate([change(x) for _ in range(times)]),
                np.tile(t, times),
            ),
        ),
        Slip(
            "labels-not-enlarged",
            Text(
                "There are more images than labels. Every copy needs its"
                " label too.",
                "画像だけが増えて、ラベルが足りません。コピーにもラベルが"
                "要ります。",
            ),
            answer=lambda x, t, change, times: (
                enlarge(x, t, change, times)[0],
                t,
            ),
        ),
        Slip(
            "changed-once",
            Text(
                "All copies are the same. Call `change` anew for each copy.",
                "コピーがどれも同じです。コピーごとに `change` を呼び直し"
                "てください。",
            ),
            answer=lambda x, t, change, times: (
                np.concatenate([x] + [change(x)] * times),
                np.tile(t, 1 + times),
            ),
        ),
        Slip(
            "changes-a-copy-again",
            Text(
                "Each copy was made from the copy before it, so the"
                " changes pile up. Start from the given images every"
                " time.",
                "前のコピーをさらに加工しているので、変化が積み重なって"
                "います。毎回、元の画像から作ります。",
            ),
            answer=_enlarge_cumulative,
        ),
        Slip(
            "copies-not-changed",
            Text(
                "The copies are the given images once more. Call `change(x)`"
                " for each of them.",
                "コピーが元の画像のままです。コピーごとに `change(x)` を呼びま"
                "す。",
            ),
            answer=lambda x, t, change, times: (
                np.concatenate([x] * (1 + times)),
                np.tile(t, 1 + times),
            ),
            also=(
                lambda x, t, change, times: (
                    np.concatenate([x] * times),
                    np.tile(t, times),
                ),
            ),
        ),
        Slip(
            "one-copy-too-few",
            Text(
                "There is one copy too few: `times` copies are added to the"
                " given images.",
                "コピーが 1 組足りません。元の画像に `times` 組のコピーを加え"
                "ます。",
            ),
            answer=_with(lambda times: times - 1),
        ),
        Slip(
            "one-copy-too-many",
            Text(
                "There is one copy too many: (1 + times) sets in all, the"
                " given images included.",
                "コピーが 1 組多くなっています。元の画像を含めて (1 + times) "
                "組です。",
            ),
            answer=_with(lambda times: times + 1),
        ),
        Slip(
            "one-copy-only",
            Text(
                "Only one copy was added. It has to be `times` of them; is the"
                " `return` indented into the loop?",
                "コピーが 1 組しかありません。`times` 組加えます。`return` が"
                "ループの中に入っていませんか。",
            ),
            answer=_with(lambda times: 1),
        ),
        Slip(
            "labels-one-set-short",
            Text(
                "There is one set of labels too few. The given images need"
                " theirs as well: (1 + times) sets.",
                "ラベルが 1 組足りません。元の画像の分も必要なので、(1 +"
                " times) 組です。",
            ),
            answer=lambda x, t, change, times: (
                enlarge(x, t, change, times)[0],
                np.tile(t, times),
            ),
        ),
        Slip(
            "images-and-labels-swapped",
            Text(
                "Images and labels have changed places. The images come"
                " first.",
                "画像とラベルの順番が逆です。画像を先に返します。",
            ),
            answer=lambda *case: enlarge(*case)[::-1],
        ),
        Slip(
            "one-of-two-returned",
            Text(
                "Only one array came back. Return the images and the labels.",
                "配列が 1 つしか返っていません。画像とラベルの 2 つを返しま"
                "す。",
            ),
            answer=lambda *case: enlarge(*case)[0],
            seen=lambda result, x, *_: (
                isinstance(result, np.ndarray)
                and result.shape[1:] == x.shape[1:]
            ),
        ),
        Slip(
            "originals-last",
            Text(
                "The given images stand at the end. They come first, then the"
                " copies.",
                "元の画像が最後になっています。元の画像が先で、その後にコピー"
                "をつなげます。",
            ),
            answer=_originals_last,
        ),
        Slip(
            "image-by-image",
            Text(
                "The copies stand beside their image. Wanted are sets: all"
                " given images, then a copy of all, and so on.",
                "コピーが元の画像の隣に並んでいます。全部の元の画像、次に全部"
                "のコピーを 1 組、という順にします。",
            ),
            answer=_image_by_image,
            also=(_one_by_one,),
        ),
        Slip(
            "stacked-not-joined",
            Text(
                "The sets stand on an axis of their own. np.concatenate joins"
                " them along the images.",
                "組ごとに新しい軸ができています。np.concatenate で画像の軸に沿"
                "ってつなぎます。",
            ),
            answer=lambda x, t, change, times: (
                np.stack([x, *[change(x) for _ in range(times)]]),
                np.tile(t, 1 + times),
            ),
        ),
        Slip(
            "joined-along-channels",
            Text(
                "The copies were joined along another axis than the images."
                " They are counted by axis 0.",
                "コピーを別の軸に沿ってつないでいます。画像の枚数は軸 0 で"
                "す。",
            ),
            answer=_joined_along(1),
            also=(_joined_along(2), _joined_along(3)),
        ),
        Slip(
            "added-not-joined",
            Text(
                "The copies were added to the images, pixel by pixel. Join"
                " them with np.concatenate.",
                "画像の画素どうしを足し合わせています。np.concatenate でつなぎ"
                "ます。",
            ),
            answer=lambda x, t, change, times: (
                x + sum(change(x) for _ in range(times)),
                t,
            ),
        ),
        Slip(
            "labels-sorted",
            Text(
                "The labels were sorted and no longer fit the images.",
                "ラベルが並べ替えられていて、画像と対応しなくなっています。",
            ),
            answer=lambda x, t, change, times: (
                enlarge(x, t, change, times)[0],
                np.sort(np.tile(t, 1 + times)),
            ),
        ),
    ),
)
