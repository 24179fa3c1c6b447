"""Exercise 5_10/reduction: what a 1x1 convolution saves."""

from __future__ import annotations

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

PLACES = 28 * 28
DIRECT = PLACES * 32 * 192 * 25
FIRST = PLACES * 16 * 192
SECOND = PLACES * 32 * 16 * 25


def _seen(*entries: tuple[int, int]):
    """Return a predicate: any of these (index, value) is in the answer."""
    return lambda answer: any(same(answer[i], v) for i, v in entries)


EXERCISE = Exercise(
    name="reduction",
    title=Text("What a 1x1 convolution saves", "1×1 の畳み込みによる節約"),
    reference=(DIRECT, FIRST + SECOND, 153_632, 15_920),
    parts=("direct", "reduced", "p_direct", "p_reduced"),
    slips=(
        Slip(
            "reduce-step-forgotten",
            Text(
                "The second way is counted without its 1x1 convolution."
                " That one costs something, too.",
                "2 つ目の道に、1×1 の畳み込みの分が入っていません。減らすた"
                "めの畳み込みにも計算がかかります。",
            ),
            answer=(DIRECT, SECOND, 153_632, 12_832),
            seen=_seen((1, SECOND), (3, 12_832), (3, 12_800)),
        ),
        Slip(
            "only-the-1x1",
            Text(
                "This is the 1x1 convolution alone. The 5x5 comes behind it.",
                "1×1 の畳み込みだけの数です。その後に 5×5 があります。",
            ),
            answer=(DIRECT, FIRST, 153_632, 3_088),
            seen=_seen((1, FIRST), (3, 3_088), (3, 3_072)),
        ),
        Slip(
            "5x5-on-all-channels",
            Text(
                "The 5x5 convolution still multiplies 192 channels. Behind"
                " the 1x1 there are 16.",
                "5×5 の畳み込みが 192 チャンネルのままです。1×1 の後は 16 チ"
                "ャンネルです。",
            ),
            answer=(DIRECT, FIRST + DIRECT, 153_632, 156_720),
            seen=_seen(
                (1, FIRST + DIRECT), (3, 156_720), (3, 3_072 + 153_600)
            ),
        ),
        Slip(
            "places-forgotten",
            Text(
                "These are the multiplications at one place of the output."
                " There are 28 x 28 places.",
                "出力 1 か所分の掛け算の回数です。出力は 28×28 か所あります。",
            ),
            answer=(153_600, 15_872, 153_632, 15_920),
            seen=_seen((0, 153_600), (1, 15_872)),
        ),
        Slip(
            "input-channels-forgotten",
            Text(
                "A filter looks at all 192 channels of the input. Here it"
                " counts as if there were one.",
                "フィルターは入力の 192 チャンネルすべてを見ます。1 チャンネル"
                "の計算になっています。",
            ),
            answer=(DIRECT // 192, FIRST + SECOND, 832, 15_920),
            seen=_seen((0, DIRECT // 192), (2, 832), (2, 800)),
        ),
        Slip(
            "filters-forgotten",
            Text(
                "This is the work of a single filter. There are 32 of them.",
                "フィルター 1 個分の回数です。フィルターは 32 個あります。",
            ),
            answer=(DIRECT // 32, FIRST + SECOND, 4_801, 15_920),
            seen=_seen((0, DIRECT // 32), (2, 4_801), (2, 4_800)),
        ),
        Slip(
            "5-not-squared",
            Text(
                "A 5x5 window has 25 numbers, not 5.",
                "5×5 の窓の数は 5 個ではなく 25 個です。",
            ),
            answer=(DIRECT // 5, FIRST + SECOND // 5, 30_752, 5_680),
            seen=_seen((0, DIRECT // 5), (1, FIRST + SECOND // 5)),
        ),
        Slip(
            "biases-forgotten",
            Text(
                "The multiplications are right. In the parameters the"
                " biases are missing: one for each filter.",
                "掛け算の回数は合っています。パラメータ数にバイアスが入ってい"
                "ません。フィルターごとに 1 個あります。",
            ),
            answer=(DIRECT, FIRST + SECOND, 153_600, 15_872),
            seen=_seen((2, 153_600), (3, 15_872)),
        ),
    ),
    hints=(
        Text(
            "How many multiplications does one number of the output take,"
            " and how many numbers are there?",
            "出力の数 1 個に掛け算は何回必要ですか。出力の数は何個あります"
            "か。",
        ),
        Text(
            "Places x filters x channels of the input x window. The second"
            " way is two convolutions: add them.",
            "出力の場所の数 × フィルターの数 × 入力チャンネル数 × 窓の大きさ"
            "です。2 つ目の道は畳み込みが 2 回なので、足し合わせます。",
        ),
        Text(
            "direct = 28 * 28 * 32 * 192 * 5 * 5",
            "direct = 28 * 28 * 32 * 192 * 5 * 5",
        ),
    ),
)
