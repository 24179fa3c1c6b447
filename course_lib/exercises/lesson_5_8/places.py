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


def _other_angle(convert):
    return lambda H, W, angle, factor: _places(H, W, convert(angle), factor)


def _about(centre):
    """Return an answer that turns about `centre(H, W)`."""
    return lambda H, W, angle, factor: _places(
        H, W, np.deg2rad(angle), factor, centre(H, W)
    )


def _unscaled(H, W, angle, factor):
    return places(H, W, angle, 1)


def _sums(H, W, angle):
    """Return the four products of the formula, and the centre."""
    theta = np.deg2rad(angle)
    u = np.arange(H).reshape(H, 1) - (H - 1) / 2
    v = np.arange(W).reshape(1, W) - (W - 1) / 2
    cos, sin = np.cos(theta), np.sin(theta)
    return u * cos, v * sin, v * cos, u * sin, (H - 1) / 2, (W - 1) / 2


def _second_divided(H, W, angle, factor):
    a, b, c, d, y, x = _sums(H, W, angle)
    return a + b / factor + y, c - d / factor + x


def _centre_divided(H, W, angle, factor):
    a, b, c, d, y, x = _sums(H, W, angle)
    return (a + b + y) / factor, (c - d + x) / factor


def _not_subtracted(H, W, angle, factor):
    rows, cols = _places(H, W, np.deg2rad(angle), factor, (0, 0))
    return rows + (H - 1) / 2, cols + (W - 1) / 2


def _u_for_v(H, W, angle, factor):
    theta = np.deg2rad(angle)
    v = np.arange(H).reshape(H, 1) - (H - 1) / 2
    u = np.arange(W).reshape(1, W) - (W - 1) / 2
    cos, sin = np.cos(theta), np.sin(theta)
    rows = (u * cos + v * sin) / factor + (H - 1) / 2
    return rows, (v * cos - u * sin) / factor + (W - 1) / 2


def _clipped(H, W, angle, factor):
    rows, cols = places(H, W, angle, factor)
    return rows.clip(0, H - 1), cols.clip(0, W - 1)


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
        Slip(
            "degrees-for-radians",
            Text(
                "The angle was turned into degrees, but it is in degrees"
                " already. cos and sin want radians: np.deg2rad.",
                "角度を「度」に直していますが、もともと度です。cos と sin に渡"
                "すのはラジアンなので、np.deg2rad を使います。",
            ),
            answer=_other_angle(np.rad2deg),
        ),
        Slip(
            "half-the-angle",
            Text(
                "The images turn by half the angle. 180 degrees are pi.",
                "半分の角度しか回っていません。180 度が pi です。",
            ),
            answer=_other_angle(lambda angle: angle * np.pi / 360),
        ),
        Slip(
            "twice-the-angle",
            Text(
                "The images turn by twice the angle. 180 degrees are pi, not"
                " two pi.",
                "2 倍の角度だけ回っています。180 度が pi です（2 pi ではありま"
                "せん）。",
            ),
            answer=_other_angle(lambda angle: angle * np.pi / 90),
        ),
        Slip(
            "factor-ignored",
            Text(
                "The factor is missing in rows or cols. Both are divided by"
                " it.",
                "rows か cols で倍率が使われていません。どちらも倍率で割りま"
                "す。",
            ),
            answer=_unscaled,
            seen=_some_of(_unscaled),
        ),
        Slip(
            "brackets-missing",
            Text(
                "Brackets are missing: only the second summand was divided by"
                " the factor. Divide the whole sum.",
                "かっこが足りません。2 つ目の項だけを倍率で割っています。和の"
                "全体を割ります。",
            ),
            answer=_second_divided,
            seen=_some_of(_second_divided),
        ),
        Slip(
            "centre-divided-too",
            Text(
                "The centre was added before the division, so it was divided"
                " too. Divide first, then add the centre.",
                "中心を足してから割っているので、中心まで割られています。先に"
                "割ってから、中心を足します。",
            ),
            answer=_centre_divided,
            seen=_some_of(_centre_divided),
        ),
        Slip(
            "centre-rounded",
            Text(
                "The centre was rounded to a whole pixel. With 6 rows it lies"
                " between two of them, at 2.5: divide with `/`.",
                "中心を整数にしています。6 行なら中心は行と行の間の 2.5 です。"
                "`/` で割ります。",
            ),
            answer=_about(lambda H, W: (H // 2, W // 2)),
            also=(_about(lambda H, W: ((H - 1) // 2, (W - 1) // 2)),),
        ),
        Slip(
            "one-centre-for-both",
            Text(
                "The same centre was used for rows and columns. It is"
                " ((H-1)/2, (W-1)/2).",
                "行と列に同じ中心を使っています。中心は ((H-1)/2, (W-1)/2) で"
                "す。",
            ),
            answer=_about(lambda H, W: ((H - 1) / 2, (H - 1) / 2)),
            also=(_about(lambda H, W: ((W - 1) / 2, (W - 1) / 2)),),
        ),
        Slip(
            "centres-swapped",
            Text(
                "The two centres have changed places: (H-1)/2 belongs to the"
                " rows, (W-1)/2 to the columns.",
                "2 つの中心が入れ替わっています。(H-1)/2 は行、(W-1)/2 は列の"
                "中心です。",
            ),
            answer=_about(lambda H, W: ((W - 1) / 2, (H - 1) / 2)),
        ),
        Slip(
            "centre-not-subtracted",
            Text(
                "u and v are counted from the corner, but the centre is added"
                " at the end. Take it off at the start.",
                "最後に中心を足していますが、u と v を角から数えています。初め"
                "に中心を引きます。",
            ),
            answer=_not_subtracted,
        ),
        Slip(
            "u-and-v-swapped",
            Text(
                "u and v have changed places: u is the row, v the column.",
                "u と v が入れ替わっています。u が行、v が列です。",
            ),
            answer=_u_for_v,
        ),
        Slip(
            "result-transposed",
            Text(
                "rows and cols lie on their side. Both have the shape (H, W).",
                "rows と cols の縦と横が逆です。形状はどちらも (H, W) です。",
            ),
            answer=lambda *case: tuple(a.T for a in places(*case)),
        ),
        Slip(
            "one-of-two-returned",
            Text(
                "Only one of the two came back. Return rows and cols.",
                "1 つしか返っていません。rows と cols の 2 つを返します。",
            ),
            answer=lambda *case: places(*case)[0],
            seen=lambda result, H, W, *_: np.shape(result) == (H, W),
        ),
        Slip(
            "rounded-already",
            Text(
                "The places were rounded. Return them as they are: rounding is"
                " the next step.",
                "位置が丸められています。小数のまま返します。丸めるのは次の段"
                "階です。",
            ),
            answer=lambda *case: tuple(np.rint(a) for a in places(*case)),
            also=(
                lambda *case: tuple(np.trunc(a) for a in places(*case)),
                lambda *case: tuple(np.floor(a) for a in places(*case)),
            ),
        ),
        Slip(
            "clipped-already",
            Text(
                "Places outside the image were moved to its border. Return"
                " them as they are: outside becomes 0 in the next step.",
                "画像の外の位置が端に寄せられています。そのまま返します。外を"
                " 0 にするのは次の段階です。",
            ),
            answer=_clipped,
            seen=_some_of(_clipped),
        ),
    ),
)
