"""Exercise 5_2/same_map: another picture, the same map."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_2.shared import max_pooled
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _same_map(x):
    """Lower every pixel, and put the maximum into a corner of its window."""
    z = x - 1.0
    z[::2, ::2] = max_pooled(x, 2, 2, 2)
    return z


def _twin_cases():
    """Return images; most have no two equal numbers, some constant windows."""
    rng = np.random.default_rng(524)
    shapes = [(4, 4), (2, 6), (6, 4), (8, 2), (4, 10)]
    cases = [
        (rng.permutation(H * W).reshape(H, W) / 2 - H * W // 4,)
        for H, W in shapes
    ]
    single = cases[0][0].astype(np.float32)
    negative = -1 - np.abs(cases[2][0])
    flat = np.array(cases[0][0])
    flat[:2, :2], flat[2:, 2:] = 0, -3
    return [*cases, (single,), (negative,), (flat,)]


def _windows_of(x):
    """Return the 2x2 windows of x (H, W) as (H/2, W/2, 4)."""
    x = np.asarray(x)
    H, W = x.shape
    blocks = x.reshape(H // 2, 2, W // 2, 2).transpose(0, 2, 1, 3)
    return blocks.reshape(H // 2, W // 2, 4)


def _map_changed(z, x):
    return np.shape(z) == np.shape(x) and not np.array_equal(
        _windows_of(z).max(axis=2), _windows_of(x).max(axis=2)
    )


def _window_untouched(z, x):
    return bool((_windows_of(z) == _windows_of(x)).all(axis=2).any())


def _constant_untouched(z, x):
    """Return whether only windows of four equal numbers are untouched."""
    same = (_windows_of(z) == _windows_of(x)).all(axis=2)
    constant = np.ptp(_windows_of(x), axis=2) == 0
    return bool(same.any() and (same == constant).all())


def _filled(x):
    return np.kron(max_pooled(x, 2, 2, 2), np.ones((2, 2)))


def _one_number(x):
    """Change a single number, which is not the largest of its window."""
    z = x.copy()
    i, j = np.argwhere(x == x[:2, :2].min())[0]
    z[i, j] -= 1
    return z


EXERCISE = Exercise(
    name="same_map",
    title=Text("Another picture, the same map", "結果が同じになる別の画像"),
    reference=_same_map,
    cases=_twin_cases,
    slips=(
        Slip(
            "same-picture",
            Text(
                "This is the same picture. The map is to stay, the picture is"
                " not.",
                "元と同じ画像です。プーリングの結果を変えずに、画像を変えま"
                "す。",
            ),
            answer=lambda x: x.copy(),
            seen=lambda z, x: np.array_equal(z, x),
        ),
        Slip(
            "another-shape",
            Text(
                "The picture has another shape than `x`, as the pooled map"
                " has. It must be just as high and wide.",
                "形状が `x` と違います（プーリングの結果もそうです）。高さも幅"
                "も `x` と同じ画像を返します。",
            ),
            answer=lambda x: max_pooled(x, 2, 2, 2),
            seen=lambda z, x: z is not None and np.shape(z) != np.shape(x),
        ),
        Slip(
            "map-changed",
            Text(
                "The pooled map is another one now. In each window the largest"
                " number must be the same as before; where it lies is free.",
                "プーリングの結果が変わっています。どの窓でも最大値は前と同じ"
                "でなければなりません。最大値の場所は自由です。",
            ),
            answer=lambda x: x + 1,
            seen=_map_changed,
        ),
        Slip(
            "constant-window-untouched",
            Text(
                "A window of four equal numbers came back as it was. Filling"
                " it with its maximum, or exchanging its pixels, does nothing"
                " there: lower one of them.",
                "4 つの数が等しい窓が、元のままです。最大値で埋めても、画素を"
                "入れ替えても変わりません。どれかを小さくしましょう。",
            ),
            answer=_filled,
            seen=_constant_untouched,
        ),
        Slip(
            "window-untouched",
            Text(
                "The map is the same, but at least one window was left as it"
                " was. Something must differ in each window.",
                "プーリングの結果は同じですが、元のままの窓があります。どの"
                "窓でも何かを変えます。",
            ),
            answer=_one_number,
            seen=_window_untouched,
        ),
    ),
    random=True,
    hints=(
        Text(
            "What about a window may change without the map changing?",
            "窓の中の何を変えても、結果は変わりませんか。",
        ),
        Text(
            "Where the largest number lies, and all the smaller ones. Some"
            " windows hold four equal numbers: there, three of them may get"
            " smaller.",
            "最大値の場所と、それより小さい数です。4 つの数がすべて等しい窓も"
            "あります。その窓では、3 つまで小さくできます。",
        ),
        Text(
            "z = x - 1.0  # then write each maximum into its window",
            "z = x - 1.0  # この後、それぞれの窓に最大値を書き込みます",
        ),
    ),
)
