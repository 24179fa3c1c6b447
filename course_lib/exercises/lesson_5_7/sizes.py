"""Exercise 5_7/sizes: sizes and numbers of parameters."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.exercises.typed import entry_is, other_order
from course_lib.text import Text


def _entry(place: int, *values: float):
    """Return a predicate: the entry at this place is one of the values."""
    return entry_is(6, entry=(place, values))


EXERCISE = Exercise(
    name="sizes",
    title=Text("Sizes and numbers of parameters", "サイズとパラメータ数"),
    reference=(24, 12, 2304, 416, 230500, 1010),
    parts=("OH", "PH", "D", "n1", "n2", "n3"),
    slips=(
        Slip(
            "one-too-few",
            Text(
                "OH is one too small. The place where the window starts"
                " counts too (lesson 5_1).",
                "OH が 1 小さくなっています。最初に置いた場所も 1 つと"
                "数えます（5_1）。",
            ),
            answer=(23, 11, 1936, 416, 193700, 1010),
            seen=_entry(0, 23),
        ),
        Slip(
            "padding-assumed",
            Text(
                "OH is as large as the image. That needs a padding of 2,"
                " and here pad is 0.",
                "OH が入力画像と同じ大きさです。それにはパディング 2 が必"
                "要ですが、ここでは pad = 0 です。",
            ),
            answer=(28, 14, 3136, 416, 313700, 1010),
            seen=_entry(0, 28),
        ),
        Slip(
            "pooling-forgotten",
            Text(
                "D is counted before the pooling. Affine1 sees what comes"
                " out of it.",
                "D をプーリングの前で数えています。Affine1 が受け取るのは"
                "プーリングの後の数です。",
            ),
            answer=(24, 12, 9216, 416, 921700, 1010),
            seen=_entry(2, 9216),
        ),
        Slip(
            "channels-forgotten",
            Text(
                "D counts one feature map. How many are there?",
                "D が特徴マップ 1 枚分の数になっています。特徴マップは何枚"
                "ありますか。",
            ),
            answer=(24, 12, 144, 416, 14500, 1010),
            seen=_entry(2, 144),
        ),
        Slip(
            "one-too-many",
            Text(
                "OH is one too large. Along 28 pixels a window of 5 has 24"
                " places: 28 - 5 + 1.",
                "OH が 1 大きくなっています。28 画素の中で、幅 5 の窓を置ける"
                "場所は 28 - 5 + 1 か所です。",
            ),
            answer=(25, 12, 2304, 416, 230500, 1010),
            seen=_entry(0, 25),
        ),
        Slip(
            "pool-stride-ignored",
            Text(
                "PH fits a pooling window that moves by 1. It moves by 2.",
                "PH が、窓を 1 画素ずつ動かしたときの値です。ストライドは 2 で"
                "す。",
            ),
            answer=(24, 23, 8464, 416, 846500, 1010),
            seen=_entry(1, 23),
        ),
        Slip(
            "width-forgotten",
            Text(
                "D counts one column of each map. A map has PH * PH numbers.",
                "D が、特徴マップ 1 枚につき 1 列分の数になっています。1 枚に"
                "は PH * PH 個の数があります。",
            ),
            answer=(24, 12, 192, 416, 19300, 1010),
            seen=_entry(2, 192),
        ),
        Slip(
            "filters-forgotten",
            Text(
                "D is not maps x height x width: 16 * 12 * 12.",
                "D が 枚数 × 高さ × 幅 になっていません。16 * 12 * 12 です。",
            ),
            answer=(24, 12, 576, 416, 57700, 1010),
            seen=_entry(2, 576, 12, 24, 48, 400, 784),
        ),
        Slip(
            "biases-forgotten",
            Text(
                "These are the weights alone. Each filter and each unit"
                " has a bias too.",
                "重みだけの数になっています。フィルターにもユニットにも、"
                "バイアスが 1 つずつあります。",
            ),
            answer=(24, 12, 2304, 400, 230400, 1000),
            seen=entry_is(6, a=(3, (400,)), b=(4, (230400,)), c=(5, (1000,))),
        ),
        Slip(
            "one-bias-for-layer",
            Text(
                "One bias was counted for the whole layer. Each filter and"
                " each unit has one.",
                "バイアスを層全体で 1 つと数えています。フィルターごと、ユニッ"
                "トごとに 1 つずつあります。",
            ),
            answer=(24, 12, 2304, 401, 230401, 1001),
            seen=entry_is(6, a=(3, (401,)), b=(4, (230401,)), c=(5, (1001,))),
        ),
        Slip(
            "bias-for-each-input",
            Text(
                "The biases of an Affine layer were counted by its inputs."
                " There is one for each output.",
                "アフィン層のバイアスを入力の数だけ数えています。出力ごとに 1 "
                "つです。",
            ),
            answer=(24, 12, 2304, 416, 232704, 1100),
            seen=entry_is(6, a=(4, (232704,)), b=(5, (1100,))),
        ),
        Slip(
            "bias-for-each-place",
            Text(
                "A bias was counted for each place of each map. A filter has"
                " one bias for all its places.",
                "バイアスを特徴マップの位置ごとに数えています。バイアスは、位"
                "置によらずフィルターごとに 1 つです。",
            ),
            answer=(24, 12, 2304, 9616, 230500, 1010),
            seen=_entry(3, 9616, 976),
        ),
        Slip(
            "one-filter-counted",
            Text(
                "n1 counts one filter. There are 16.",
                "n1 がフィルター 1 個分の数になっています。フィルターは 16 個"
                "あります。",
            ),
            answer=(24, 12, 2304, 26, 230500, 1010),
            seen=_entry(3, 25, 26),
        ),
        Slip(
            "units-mistaken",
            Text(
                "Affine1 has 100 units, Affine2 has 10.",
                "Affine1 のユニットは 100 個、Affine2 は 10 個です。",
            ),
            answer=(24, 12, 2304, 416, 23050, 1010),
            seen=entry_is(
                6, a=(4, (23050, 23040, 23140)), b=(5, (23050, 101000, 10100))
            ),
        ),
        Slip(
            "order-of-values",
            Text(
                "The six numbers are right, but in another order. Wanted are"
                " OH, PH, D, n1, n2, n3.",
                "6 つの数は合っていますが、順番が違います。OH、PH、D、n1、n2、"
                "n3 の順です。",
            ),
            answer=(12, 24, 2304, 416, 230500, 1010),
            seen=other_order(24, 12, 2304, 416, 230500, 1010),
        ),
    ),
    hints=(
        Text(
            "How many places can a window of 5 take along 28 pixels?",
            "幅 5 の窓は、28 画素の中で何か所に置けますか。",
        ),
        Text(
            "D is everything that comes out of the pooling for one image:"
            " maps x height x width. A layer has its weights and one bias"
            " for each output.",
            "D は画像 1 枚についてプーリングから出てくる数の総数で、"
            "枚数 × 高さ × 幅です。層のパラメータは、重みと、出力 1 つに"
            "つき 1 個のバイアスです。",
        ),
        Text("OH = 28 - 5 + 1", "OH = 28 - 5 + 1"),
    ),
)
