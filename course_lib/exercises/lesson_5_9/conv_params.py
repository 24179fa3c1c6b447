"""Exercise 5_9/conv_params: the parameters of a convolution."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def conv_params(C, FN, FH, FW, groups=1):
    """Return the weights and biases of FN filters on C channels."""
    return FN * (C // groups) * FH * FW + FN


def _only(weights, biases=lambda C, FN, groups: FN):
    """Return an answer made of other weights or other biases."""

    def answer(C, FN, FH, FW, groups=1):
        return weights(C, FN, FH, FW, groups) + biases(C, FN, groups)

    return answer


def _right(C, FN, FH, FW, groups):
    return FN * (C // groups) * FH * FW


EXERCISE = Exercise(
    name="conv_params",
    title=Text("The parameters of a convolution", "畳み込み層のパラメータ数"),
    reference=conv_params,
    tolerance=0,
    cases=lambda: [
        (3, 8, 5, 2, 1),
        (6, 10, 3, 4, 2),
        (9, 6, 2, 3, 3),
        (4, 4, 3, 1, 4),
        (1, 7, 5, 5, 1),
        (96, 256, 5, 5, 2),
        (3, 96, 11, 11, 1),
    ],
    slips=(
        Slip(
            "biases-forgotten",
            Text(
                "The biases are missing: each filter has one.",
                "バイアスが数に入っていません。フィルター 1 個につき 1 つ"
                "あります。",
            ),
            _only(_right, lambda C, FN, groups: 0),
        ),
        Slip(
            "one-bias-in-all",
            Text(
                "There is one bias in all. Each filter has a bias of its own.",
                "バイアスが全体で 1 つになっています。フィルターごとに 1 つ"
                "あります。",
            ),
            _only(_right, lambda C, FN, groups: 1),
            also=(_only(_right, lambda C, FN, groups: groups),),
        ),
        Slip(
            "bias-for-each-channel",
            Text(
                "The biases are as many as the channels that come in. A bias"
                " is added to each output channel.",
                "バイアスが入力チャンネルの数だけあります。バイアスは出力"
                "チャンネルごとに足すものです。",
            ),
            _only(_right, lambda C, FN, groups: C),
            also=(
                _only(_right, lambda C, FN, groups: C // groups),
                _only(_right, lambda C, FN, groups: FN * C),
                _only(_right, lambda C, FN, groups: FN * (C // groups)),
            ),
        ),
        Slip(
            "groups-ignored",
            Text(
                "groups changes nothing here. A filter sees only the"
                " channels of its own group.",
                "groups を変えても結果が変わりません。フィルターが見るのは、"
                "自分のグループのチャンネルだけです。",
            ),
            _only(lambda C, FN, FH, FW, groups: FN * C * FH * FW),
            also=(lambda C, FN, FH, FW, groups=1: FN * C * FH * FW,),
        ),
        Slip(
            "one-group-only",
            Text(
                "These are the weights of one group. There are as many in"
                " every group.",
                "グループ 1 つ分の重みです。どのグループにも同じ数だけ"
                "あります。",
            ),
            _only(
                lambda C, FN, FH, FW, groups: (
                    FN // groups * (C // groups) * FH * FW
                )
            ),
            also=(
                _only(
                    lambda C, FN, FH, FW, groups: (
                        FN // groups * (C // groups) * FH * FW
                    ),
                    lambda C, FN, groups: FN // groups,
                ),
            ),
        ),
        Slip(
            "groups-multiplied",
            Text(
                "More groups give more weights here. Each filter gets"
                " smaller with groups, and the number of filters stays.",
                "グループを増やすと重みも増えています。グループに分けると"
                "フィルターは小さくなり、個数はそのままです。",
            ),
            _only(lambda C, FN, FH, FW, groups: FN * C * FH * FW * groups),
            also=(
                _only(
                    lambda C, FN, FH, FW, groups: (
                        FN * (C // groups) * FH * FW * groups**2
                    ),
                ),
            ),
        ),
        Slip(
            "channels-forgotten",
            Text(
                "Each filter has a plane of FH x FW weights for every"
                " channel that it sees, not only one.",
                "フィルター 1 個は、見るチャンネルの数だけ FH×FW の面を持ち"
                "ます。1 枚だけではありません。",
            ),
            _only(lambda C, FN, FH, FW, groups: FN * FH * FW),
            also=(
                lambda C, FN, FH, FW, groups=1: FN * FH * FW,
                lambda C, FN, FH, FW, groups=1: FN * FH * FW + 1,
            ),
        ),
        Slip(
            "square-filter-assumed",
            Text(
                "A filter need not be square: one side is FH, the other FW.",
                "フィルターは正方形とは限りません。高さが FH、幅が FW です。",
            ),
            _only(lambda C, FN, FH, FW, groups: FN * (C // groups) * FH * FH),
            also=(
                _only(
                    lambda C, FN, FH, FW, groups: FN * (C // groups) * FW * FW
                ),
            ),
        ),
        Slip(
            "one-filter-only",
            Text(
                "These are the weights of one filter. There are FN of them.",
                "フィルター 1 個分の重みです。フィルターは FN 個あります。",
            ),
            lambda C, FN, FH, FW, groups=1: C // groups * FH * FW + 1,
            also=(
                _only(lambda C, FN, FH, FW, groups: C // groups * FH * FW),
                lambda C, FN, FH, FW, groups=1: C // groups * FH * FW,
            ),
        ),
        Slip(
            "biases-divided",
            Text(
                "The biases were divided by groups too. Every filter keeps"
                " its own, in whatever group it is.",
                "バイアスまで groups で割っています。どのグループにあっても、"
                "バイアスはフィルターごとに 1 つです。",
            ),
            _only(_right, lambda C, FN, groups: FN // groups),
        ),
        Slip(
            "sides-added",
            Text(
                "The sides of the filter are added. A plane has FH x FW"
                " weights.",
                "フィルターの縦と横を足しています。1 枚の面には FH×FW 個の"
                "重みがあります。",
            ),
            _only(
                lambda C, FN, FH, FW, groups: FN * (C // groups) * (FH + FW)
            ),
        ),
    ),
    hints=(
        Text(
            "How many weights has one filter, if it sees C // groups"
            " channels?",
            "C // groups チャンネルを見るフィルター 1 個に、重みはいくつあり"
            "ますか。",
        ),
        Text(
            "FN filters of the same size, and one bias for each of them.",
            "同じ大きさのフィルターが FN 個と、それぞれにバイアスが 1 つ"
            "です。",
        ),
        Text(
            "weights = FN * (C // groups) * FH * FW",
            "weights = FN * (C // groups) * FH * FW",
        ),
    ),
)
