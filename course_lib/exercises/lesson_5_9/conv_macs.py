"""Exercise 5_9/conv_macs: the multiply-adds of a convolution."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import conv_output_size
from course_lib.text import Text


def conv_macs(input_shape, FN, FH, FW, stride=1, pad=0, groups=1):
    """Return how often a convolution multiplies and adds for one image."""
    C, H, W = input_shape
    OH = conv_output_size(H, FH, stride, pad)
    OW = conv_output_size(W, FW, stride, pad)
    return FN * (C // groups) * FH * FW * OH * OW


def _other(use):
    """Return an answer made of the sizes by their letters."""

    def answer(input_shape, FN, FH, FW, stride=1, pad=0, groups=1):
        C, H, W = input_shape
        OH = conv_output_size(H, FH, stride, pad)
        OW = conv_output_size(W, FW, stride, pad)
        weights = FN * (C // groups) * FH * FW
        return use(weights, C, H, W, OH, OW, FN, FH, FW, groups)

    return answer


def _placed(places):
    """Return an answer where places(side, window, stride, pad) counts."""

    def answer(input_shape, FN, FH, FW, stride=1, pad=0, groups=1):
        C, H, W = input_shape
        OH, OW = places(H, FH, stride, pad), places(W, FW, stride, pad)
        return FN * (C // groups) * FH * FW * OH * OW

    return answer


def _sized(stride_counts, pad_counts):
    """Return an answer that leaves out the stride or the padding."""

    def answer(input_shape, FN, FH, FW, stride=1, pad=0, groups=1):
        stride = stride if stride_counts else 1
        pad = pad if pad_counts else 0
        return conv_macs(input_shape, FN, FH, FW, stride, pad, groups)

    return answer


EXERCISE = Exercise(
    name="conv_macs",
    title=Text("The multiply-adds of a convolution", "畳み込み層の積和の回数"),
    reference=conv_macs,
    tolerance=0,
    cases=lambda: [
        ((3, 8, 6), 4, 3, 2, 1, 0, 1),
        ((4, 9, 7), 6, 3, 3, 2, 1, 2),
        ((6, 7, 10), 9, 2, 4, 1, 2, 3),
        ((1, 12, 8), 5, 5, 3, 3, 1, 1),
        ((5, 6, 6), 5, 1, 1, 1, 0, 5),
        ((3, 227, 227), 96, 11, 11, 4, 0, 1),
    ],
    slips=(
        Slip(
            "input-size-for-output-size",
            Text(
                "The filter is counted at every pixel of the image. It is"
                " used at OH x OW places: the size of the output.",
                "フィルターを画像の全画素で数えています。使われるのは"
                " OH×OW か所、つまり出力の大きさの分だけです。",
            ),
            _other(lambda weights, C, H, W, *_: weights * H * W),
            also=(
                _other(
                    lambda weights, C, H, W, OH, OW, FN, *_: (
                        (weights + FN) * H * W
                    )
                ),
            ),
        ),
        Slip(
            "weights-for-macs",
            Text(
                "This is the number of weights. Each of them is used again"
                " at every place of the output.",
                "これは重みの数です。どの重みも、出力のすべての場所で使い"
                "回されます。",
            ),
            _other(lambda weights, *_: weights),
            also=(
                _other(lambda weights, C, H, W, OH, OW, FN, *_: weights + FN),
            ),
        ),
        Slip(
            "biases-counted",
            Text(
                "The biases are counted too. Adding a bias is no"
                " multiply-add; the papers leave it out.",
                "バイアスも数えています。バイアスは足すだけで、積和では"
                "ありません。論文でも数えません。",
            ),
            _other(
                lambda weights, C, H, W, OH, OW, FN, *_: (
                    (weights + FN) * OH * OW
                )
            ),
            also=(
                _other(
                    lambda weights, C, H, W, OH, OW, FN, *_: (
                        weights * OH * OW + FN
                    )
                ),
            ),
        ),
        Slip(
            "counted-twice",
            Text(
                "This is twice as many: a multiplication and its addition"
                " count as one multiply-add here.",
                "ちょうど 2 倍です。ここでは、掛け算と足し算の 1 組を 1 回の"
                "積和と数えます。",
            ),
            _other(lambda weights, C, H, W, OH, OW, *_: 2 * weights * OH * OW),
        ),
        Slip(
            "groups-ignored",
            Text(
                "groups changes nothing here. A filter sees only the"
                " channels of its own group.",
                "groups を変えても結果が変わりません。フィルターが見るのは、"
                "自分のグループのチャンネルだけです。",
            ),
            _other(
                lambda weights, C, H, W, OH, OW, FN, FH, FW, groups: (
                    FN * C * FH * FW * OH * OW
                )
            ),
        ),
        Slip(
            "stride-ignored",
            Text(
                "The stride changes nothing here. With stride 2 the filter"
                " stands at only a quarter of the places.",
                "ストライドを変えても結果が変わりません。ストライド 2 なら、"
                "フィルターを置く場所は約 4 分の 1 です。",
            ),
            _sized(False, True),
            also=(_sized(False, False),),
        ),
        Slip(
            "pad-ignored",
            Text(
                "The padding changes nothing here. It makes the output"
                " larger, and so the work.",
                "パディングを変えても結果が変わりません。出力が大きくなり、"
                "計算も増えるはずです。",
            ),
            _sized(True, False),
        ),
        Slip(
            "channels-forgotten",
            Text(
                "One channel of each filter is counted. It multiplies with"
                " all channels that it sees.",
                "フィルターの 1 チャンネル分だけを数えています。見ている"
                "チャンネルのすべてと掛け算をします。",
            ),
            _other(
                lambda weights, C, H, W, OH, OW, FN, FH, FW, groups: (
                    FN * FH * FW * OH * OW
                )
            ),
        ),
        Slip(
            "pads-one-side-only",
            Text(
                "The padding is counted on one side. It stands on both.",
                "パディングを片側しか数えていません。両側にあります。",
            ),
            _placed(
                lambda side, F, stride, pad: (side + pad - F) // stride + 1
            ),
        ),
        Slip(
            "one-too-few",
            Text(
                "OH and OW are one too small. The place where the window"
                " starts counts too (lesson 5_1).",
                "OH と OW が 1 小さくなっています。最初に置いた場所も 1 つと"
                "数えます（5_1）。",
            ),
            _placed(
                lambda side, F, stride, pad: (side + 2 * pad - F) // stride
            ),
        ),
        Slip(
            "not-rounded-down",
            Text(
                "OH and OW are not rounded down. A window that does not fit"
                " any more is not counted.",
                "OH と OW を切り捨てていません。はみ出す窓は数えません。",
            ),
            _placed(
                lambda side, F, stride, pad: (side + 2 * pad - F) / stride + 1
            ),
            also=(
                _placed(
                    lambda side, F, stride, pad: (
                        -(-(side + 2 * pad - F) // stride) + 1
                    )
                ),
            ),
        ),
        Slip(
            "height-for-width",
            Text(
                "Height and width are mixed up: the places are OH x OW.",
                "高さと幅を取り違えています。場所は OH×OW か所です。",
            ),
            _other(lambda weights, C, H, W, OH, OW, *_: weights * OH * OH),
            also=(
                _other(lambda weights, C, H, W, OH, OW, *_: weights * OW * OW),
            ),
        ),
        Slip(
            "square-filter-assumed",
            Text(
                "A filter need not be square: one side is FH, the other FW.",
                "フィルターは正方形とは限りません。高さが FH、幅が FW です。",
            ),
            _other(
                lambda weights, C, H, W, OH, OW, FN, FH, FW, groups: (
                    FN * (C // groups) * FH * FH * OH * OW
                )
            ),
            also=(
                _other(
                    lambda weights, C, H, W, OH, OW, FN, FH, FW, groups: (
                        FN * (C // groups) * FW * FW * OH * OW
                    )
                ),
            ),
        ),
        Slip(
            "one-group-only",
            Text(
                "These are the multiply-adds of one group. There are as many"
                " in every group.",
                "グループ 1 つ分の積和です。どのグループでも同じ回数が必要"
                "です。",
            ),
            _other(
                lambda weights, C, H, W, OH, OW, FN, FH, FW, groups: (
                    weights * OH * OW // groups
                )
            ),
        ),
        Slip(
            "groups-multiplied",
            Text(
                "More groups give more work here. Each filter gets smaller"
                " with groups, and so does the work.",
                "グループを増やすと計算も増えています。グループに分けると"
                "フィルターが小さくなり、計算は減ります。",
            ),
            _other(
                lambda weights, C, H, W, OH, OW, FN, FH, FW, groups: (
                    FN * C * groups * FH * FW * OH * OW
                )
            ),
        ),
        Slip(
            "one-filter-only",
            Text(
                "This is the work of one filter. There are FN of them.",
                "フィルター 1 個分の積和です。フィルターは FN 個あります。",
            ),
            _other(
                lambda weights, C, H, W, OH, OW, FN, *_: (
                    weights // FN * OH * OW
                )
            ),
        ),
        Slip(
            "window-forgotten",
            Text(
                "Each number of the output counts once here. It takes a whole"
                " window: FH x FW products for each channel that it sees.",
                "出力の数 1 つを 1 回と数えています。実際は窓全体、つまり見て"
                "いるチャンネルごとに FH×FW 回の積が必要です。",
            ),
            _other(lambda weights, C, H, W, OH, OW, FN, *_: FN * OH * OW),
            also=(
                _other(
                    lambda weights, C, H, W, OH, OW, FN, FH, FW, groups: (
                        FN * (C // groups) * OH * OW
                    )
                ),
            ),
        ),
        Slip(
            "sides-added",
            Text(
                "Two sides are added that have to be multiplied: there are"
                " OH x OW places and FH x FW weights in a plane.",
                "掛けるはずの縦と横を足しています。場所は OH×OW か所、1 枚の"
                "面の重みは FH×FW 個です。",
            ),
            _other(lambda weights, C, H, W, OH, OW, *_: weights * (OH + OW)),
            also=(
                _other(
                    lambda weights, C, H, W, OH, OW, FN, FH, FW, groups: (
                        FN * (C // groups) * (FH + FW) * OH * OW
                    )
                ),
            ),
        ),
    ),
    hints=(
        Text(
            "How many multiplications give one number of the output? How"
            " many numbers has the output?",
            "出力の数 1 つに、掛け算は何回必要ですか。出力には数がいくつ"
            "ありますか。",
        ),
        Text(
            "One number of the output takes (C // groups) x FH x FW"
            " multiply-adds, and there are FN x OH x OW of them.",
            "出力の数 1 つに (C // groups)×FH×FW 回の積和が必要で、出力の"
            "数は FN×OH×OW 個あります。",
        ),
        Text(
            "OH = conv_output_size(H, FH, stride, pad)",
            "OH = conv_output_size(H, FH, stride, pad)",
        ),
    ),
)
