"""Exercise 5_8/places: where each pixel comes from."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def places(H, W, angle, factor):
    """Return where each pixel of the turned and enlarged image comes from.

    H, W: size of the images. angle: degrees, counter-clockwise on the
    screen. factor: above 1 enlarges. Returns rows, cols, (H, W) each.
    """
    return _places(H, W, np.deg2rad(angle), factor)


def _places(H, W, angle, factor, centre=None):
    centre_y, centre_x = centre or ((H - 1) / 2, (W - 1) / 2)
    u = np.arange(H).reshape(H, 1) - centre_y
    v = np.arange(W).reshape(1, W) - centre_x
    cos, sin = np.cos(angle), np.sin(angle)
    rows = centre_y + (u * cos + v * sin) / factor
    cols = centre_x + (v * cos - u * sin) / factor
    return rows, cols


def _some_of(wrong):
    """Return a predicate: each of rows and cols is right or as in wrong."""

    def seen(result, *case):
        return len(result) == 2 and all(
            same(got, right) or same(got, slip)
            for got, right, slip in zip(result, places(*case), wrong(*case))
        )

    return seen


def _smaller(H, W, angle, factor):
    return places(H, W, angle, 1 / factor)


def _turned_back(H, W, angle, factor):
    return places(H, W, -angle, factor)


def _from_the_centre(H, W, angle, factor):
    rows, cols = places(H, W, angle, factor)
    return rows - (H - 1) / 2, cols - (W - 1) / 2


def _cos_for_sin(H, W, angle, factor):
    return places(H, W, 90 - angle, factor)


def _places_cases():
    return [
        (5, 7, 90, 1),
        (6, 9, 30, 1),
        (7, 4, 0, 2),
        (8, 5, -20, 1.25),
        (4, 9, 135, 0.8),
    ]


EXERCISE = Exercise(
    name="places",
    hints=(
        Text(
            "Which shape must u have, and which v, so that their sum is"
            " (H, W)?",
            "u と v を足すと形状が (H, W) になるには、それぞれどんな形状に"
            "すればよいですか。",
        ),
        Text(
            "u is a column (H, 1), v a row (1, W), both counted from the"
            " centre. At the end add the centre again. cos and sin want"
            " radians.",
            "u は縦の (H, 1)、v は横の (1, W) で、どちらも中心から測ります。"
            "最後に中心の座標を足します。cos と sin にはラジアンを渡します。",
        ),
        Text(
            "u = np.arange(H).reshape(H, 1) - (H - 1) / 2",
            "u = np.arange(H).reshape(H, 1) - (H - 1) / 2",
        ),
    ),
    title=Text(
        "Where each pixel comes from",
        "各画素がどこから来たかを求める",
    ),
    reference=places,
    cases=_places_cases,
    parts=("rows", "cols"),
    slips=(
        Slip(
            "angle-in-degrees",
            Text(
                "The degrees went into cos and sin as they are. numpy's"
                " cos and sin take radians.",
                "度のまま cos と sin に渡しています。numpy の cos と sin "
                "はラジアンを受け取ります。",
            ),
            answer=_places,
        ),
        Slip(
            "turns-the-wrong-way",
            Text(
                "The angle has the wrong sign. The formula asks where a"
                " pixel came from, not where it goes.",
                "角度の符号が逆です。求めるのは画素の行き先ではなく、"
                "どこから来たかです。",
            ),
            answer=_turned_back,
            seen=_some_of(_turned_back),
        ),
        Slip(
            "multiplies-by-factor",
            Text(
                "With a factor of 2 the places lie further out than the"
                " pixels. In an image twice as large, a pixel came from"
                " half as far.",
                "倍率 2 で、元の位置が画素より外側になっています。2 倍に拡"
                "大した画像の画素は、中心から半分の距離の所から来ていま"
                "す。",
            ),
            answer=_smaller,
            seen=_some_of(_smaller),
        ),
        Slip(
            "centre-not-added",
            Text(
                "The places are measured from the centre. `rows` and"
                " `cols` are indices: what is missing at the end?",
                "中心から測ったままの位置になっています。`rows` と `cols` "
                "は添字です。最後に何を足せばよいですか。",
            ),
            answer=_from_the_centre,
            seen=_some_of(_from_the_centre),
        ),
        Slip(
            "rows-and-columns-swapped",
            Text(
                "rows and cols have changed places. The rows are returned"
                " first.",
                "rows と cols が入れ替わっています。rows を先に返します。",
            ),
            answer=lambda *case: places(*case)[::-1],
        ),
        Slip(
            "cos-and-sin-swapped",
            Text(
                "cos and sin have changed places. With an angle of 0 each"
                " pixel should stay in its row and column: which of the"
                " two is 1 then?",
                "cos と sin が入れ替わっています。角度 0 なら、どの画素も"
                "元の行と列のままのはずです。そのとき 1 になるのはどちらで"
                "すか。",
            ),
            answer=_cos_for_sin,
            seen=_some_of(_cos_for_sin),
        ),
        Slip(
            "about-the-corner",
            Text(
                "The image turns about its corner (0, 0). Measure u and v"
                " from the centre, and add the centre again at the end.",
                "左上の角 (0, 0) を中心に回っています。u と v は画像の中心"
                "から測り、最後に中心の座標を足して戻します。",
            ),
            answer=lambda H, W, angle, factor: _places(
                H, W, np.deg2rad(angle), factor, (0, 0)
            ),
        ),
        Slip(
            "centre-off-by-half",
            Text(
                "The centre is half a pixel too far. With H = 5 the rows"
                " are 0 1 2 3 4; which one is in the middle?",
                "中心が半画素ずれています。H = 5 なら行は 0 1 2 3 4 です。"
                "真ん中はどれですか。",
            ),
            answer=lambda H, W, angle, factor: _places(
                H, W, np.deg2rad(angle), factor, (H / 2, W / 2)
            ),
        ),
    ),
)
