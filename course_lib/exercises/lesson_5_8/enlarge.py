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
        [(3, 1, 2, 3, 2), (5, 2, 3, 2, 1), (4, 1, 2, 2, 3), (2, 1, 3, 4, 4)],
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
    ),
)
