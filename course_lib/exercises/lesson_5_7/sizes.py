"""Exercise 5_7/sizes: sizes and numbers of parameters."""

from __future__ import annotations

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _entry(index: int, value: int):
    """Return a predicate: entry `index` of the answer is `value`."""
    return lambda answer: same(answer[index], value)


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
            "biases-forgotten",
            Text(
                "These are the weights alone. Each filter and each unit"
                " has a bias too.",
                "重みだけの数になっています。フィルターにもユニットにも、"
                "バイアスが 1 つずつあります。",
            ),
            answer=(24, 12, 2304, 400, 230400, 1000),
            seen=lambda answer: same(answer[3], 400) or same(answer[5], 1000),
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
