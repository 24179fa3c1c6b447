"""Exercise 5_9/lenet_sizes: the sizes of LeNet-5."""

from __future__ import annotations

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _entry(index: int, value: int):
    """Return a predicate: entry `index` of the answer is `value`."""
    return lambda answer: same(answer[index], value)


EXERCISE = Exercise(
    name="lenet_sizes",
    title=Text("The sizes of LeNet-5", "LeNet-5 のサイズ"),
    reference=(28, 14, 10, 5, 1, 156, 48120, 10164),
    parts=("C1", "S2", "C3", "S4", "C5", "n1", "n5", "n6"),
    tolerance=0,
    slips=(
        Slip(
            "padding-assumed",
            Text(
                "C1 is as large as the image. LeNet-5 has no padding: the"
                " digit already stands in a frame of 32 pixels.",
                "C1 が入力画像と同じ大きさです。LeNet-5 にパディングはあり"
                "ません。数字は最初から 32 画素の枠の中に置かれています。",
            ),
            answer=(32, 16, 16, 8, 8, 156, 48120, 10164),
            seen=_entry(0, 32),
        ),
        Slip(
            "image-of-28-assumed",
            Text(
                "C1 has the size that an image of 28 pixels would give."
                " LeNet-5 takes 32 x 32.",
                "C1 が 28 画素の画像から計算した大きさです。LeNet-5 の入力は"
                " 32×32 です。",
            ),
            answer=(24, 12, 8, 4, 0, 156, 48120, 10164),
            seen=_entry(0, 24),
        ),
        Slip(
            "one-too-few",
            Text(
                "C1 is one too small. The place where the window starts"
                " counts too (lesson 5_1).",
                "C1 が 1 小さくなっています。最初に置いた場所も 1 つと"
                "数えます（5_1）。",
            ),
            answer=(27, 13, 8, 4, 0, 156, 48120, 10164),
            seen=_entry(0, 27),
        ),
        Slip(
            "pooling-forgotten",
            Text(
                "S2 is as large as C1. Windows of 2x2 lie side by side and"
                " halve each side.",
                "S2 が C1 と同じ大きさです。2×2 の窓を並べて置くので、縦横が"
                "半分になります。",
            ),
            answer=(28, 28, 24, 24, 20, 156, 48120, 10164),
            seen=_entry(1, 28),
        ),
        Slip(
            "biases-forgotten",
            Text(
                "These are the weights alone. Each filter and each unit"
                " has a bias too.",
                "重みだけの数になっています。フィルターにもユニットにも、"
                "バイアスが 1 つずつあります。",
            ),
            answer=(28, 14, 10, 5, 1, 150, 48000, 10080),
            seen=lambda answer: (
                same(answer[5], 150)
                or same(answer[6], 48000)
                or same(answer[7], 10080)
            ),
        ),
        Slip(
            "channels-forgotten",
            Text(
                "n5 counts filters with one channel. Each of the 120 sees"
                " all 16 maps of S4.",
                "n5 が 1 チャンネルのフィルターの数です。120 個のどれもが、"
                "S4 の 16 枚すべてを見ています。",
            ),
            answer=(28, 14, 10, 5, 1, 156, 3120, 10164),
            seen=lambda answer: same(answer[6], 3120) or same(answer[6], 3000),
        ),
        Slip(
            "output-for-inputs",
            Text(
                "n6 is that of 400 inputs. F6 follows C5, which has 120"
                " maps of 1x1.",
                "n6 が入力 400 個の数になっています。F6 の前は C5 で、1×1 の"
                "特徴マップが 120 枚あります。",
            ),
            answer=(28, 14, 10, 5, 1, 156, 48120, 33684),
            seen=_entry(7, 33684),
        ),
        Slip(
            "classes-for-units",
            Text(
                "n6 is that of 10 units. F6 has 84; the ten classes come"
                " after it.",
                "n6 がユニット 10 個の数になっています。F6 のユニットは"
                " 84 個で、10 クラスはその後です。",
            ),
            answer=(28, 14, 10, 5, 1, 156, 48120, 1210),
            seen=_entry(7, 1210),
        ),
    ),
    hints=(
        Text(
            "How many places can a window of 5 take along 32 pixels?",
            "幅 5 の窓は、32 画素の中で何か所に置けますか。",
        ),
        Text(
            "A convolution of 5 takes 4 pixels off each side, pooling"
            " halves. A filter has channels x 5 x 5 weights and one bias; a"
            " unit of F6 has a weight for each of its 120 inputs and a"
            " bias.",
            "5×5 の畳み込みで縦横が 4 ずつ減り、プーリングで半分になり"
            "ます。フィルター 1 個は、チャンネル数 × 5 × 5 個の重みとバイアス"
            " 1 個です。F6 のユニット 1 個は、入力 120 個分の重みとバイアス"
            " 1 個です。",
        ),
        Text("C1 = 32 - 5 + 1", "C1 = 32 - 5 + 1"),
    ),
)
