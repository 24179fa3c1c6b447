"""Exercise 5_9/table_params: parameters where a table says who sees whom."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.networks.famous.papers import C3_SEES
from course_lib.text import Text


def table_params(seen, FH, FW):
    """Return the weights and biases of a convolution with a table."""
    return int(seen.sum()) * FH * FW + len(seen)


def c3_table():
    """Return LeNet-5's table (16, 6): 1 where a map of C3 sees one of S2."""
    table = np.zeros((len(C3_SEES), 6), dtype=int)
    for row, maps in zip(table, C3_SEES):
        row[maps] = 1
    return table


def _cases():
    rng = np.random.default_rng(591)
    tables = [
        (rng.random(shape) < 0.6).astype(int)
        for shape in ((3, 4), (5, 2), (2, 6), (7, 3))
    ]
    sizes = ((2, 3), (4, 1), (3, 2), (3, 5))
    cases = [(seen, *size) for seen, size in zip(tables, sizes)]
    cases.append((np.eye(4, 5, dtype=int), 2, 3))
    return [*cases, (c3_table(), 5, 5)]


def _counted(entries, biases):
    """Return an answer of other connections or other biases."""

    def answer(seen, FH, FW):
        return int(entries(seen)) * FH * FW + int(biases(seen))

    return answer


EXERCISE = Exercise(
    name="table_params",
    title=Text("Parameters by a table", "結合表のある畳み込み層"),
    reference=table_params,
    cases=_cases,
    tolerance=0,
    slips=(
        Slip(
            "all-connected",
            Text(
                "Every filter is counted with all maps, as if the table"
                " held only ones.",
                "どのフィルターも全部の特徴マップを見る数え方になっています。"
                "表がすべて 1 の場合の数です。",
            ),
            _counted(lambda seen: seen.size, len),
            also=(_counted(lambda seen: seen.size, lambda seen: 0),),
        ),
        Slip(
            "biases-forgotten",
            Text(
                "The biases are missing: each filter has one.",
                "バイアスが数に入っていません。フィルター 1 個につき 1 つ"
                "あります。",
            ),
            _counted(np.sum, lambda seen: 0),
        ),
        Slip(
            "bias-for-each-connection",
            Text(
                "Every connection has a bias here. The maps that a filter"
                " sees are added up, and then one bias is added.",
                "つながりごとにバイアスを数えています。見ている特徴マップの"
                "結果を足し合わせてから、バイアスを 1 つだけ足します。",
            ),
            _counted(np.sum, np.sum),
        ),
        Slip(
            "rows-and-columns-swapped",
            Text(
                "The biases are as many as the maps that come in. A row of"
                " the table stands for a filter, and a filter has one bias.",
                "バイアスが入力の特徴マップの数だけあります。表の 1 行が"
                "フィルター 1 個で、バイアスはフィルターごとに 1 つです。",
            ),
            _counted(np.sum, lambda seen: seen.shape[1]),
        ),
        Slip(
            "one-map-each",
            Text(
                "A filter has a plane of weights for each map that it sees;"
                " here it has one in all.",
                "フィルターは、見る特徴マップ 1 枚ごとに重みの面を持ちます。"
                "ここでは全部で 1 枚だけです。",
            ),
            _counted(len, len),
            also=(_counted(lambda seen: seen.any(axis=1).sum(), len),),
        ),
        Slip(
            "filter-pixels-forgotten",
            Text(
                "Each connection counts once. It has FH x FW weights.",
                "つながりを 1 つと数えています。つながり 1 つには FH×FW 個の"
                "重みがあります。",
            ),
            lambda seen, FH, FW: int(seen.sum()) + len(seen),
            also=(lambda seen, FH, FW: int(seen.sum()),),
        ),
        Slip(
            "zeros-counted",
            Text(
                "The places with 0 were counted. 1 means that the filter"
                " sees the map.",
                "0 の場所を数えています。1 が、その特徴マップを見るという"
                "印です。",
            ),
            _counted(lambda seen: (seen == 0).sum(), len),
        ),
        Slip(
            "square-filter-assumed",
            Text(
                "A filter need not be square: one side is FH, the other FW.",
                "フィルターは正方形とは限りません。高さが FH、幅が FW です。",
            ),
            lambda seen, FH, FW: int(seen.sum()) * FH * FH + len(seen),
            also=(lambda seen, FH, FW: int(seen.sum()) * FW * FW + len(seen),),
        ),
        Slip(
            "one-bias-in-all",
            Text(
                "There is one bias in all. Each filter has a bias of its own.",
                "バイアスが全体で 1 つになっています。フィルターごとに 1 つ"
                "あります。",
            ),
            _counted(np.sum, lambda seen: 1),
        ),
        Slip(
            "bias-for-each-place",
            Text(
                "The biases are as many as the places of the table. Each row"
                " has one.",
                "バイアスが表のマスの数だけあります。1 行に 1 つです。",
            ),
            _counted(np.sum, np.size),
        ),
        Slip(
            "first-row-only",
            Text(
                "Only the first row is counted. The rows differ in how many"
                " maps they see.",
                "最初の行だけを数えています。見る枚数は行によって違います。",
            ),
            _counted(lambda seen: seen[0].sum(), lambda seen: 1),
            also=(
                _counted(lambda seen: seen[0].sum(), len),
                _counted(lambda seen: len(seen) * seen[0].sum(), len),
            ),
        ),
        Slip(
            "sides-added",
            Text(
                "The sides of the filter are added. A plane has FH x FW"
                " weights.",
                "フィルターの縦と横を足しています。1 枚の面には FH×FW 個の"
                "重みがあります。",
            ),
            lambda seen, FH, FW: int(seen.sum()) * (FH + FW) + len(seen),
        ),
    ),
    hints=(
        Text(
            "How many connections are there: how many ones in the table?",
            "つながりはいくつありますか。表の 1 はいくつですか。",
        ),
        Text(
            "Each connection has a plane of FH x FW weights, each row of"
            " the table one bias.",
            "つながり 1 つごとに FH×FW 個の重みがあり、表の 1 行ごとに"
            "バイアスが 1 つあります。",
        ),
        Text(
            "connections = int(seen.sum())",
            "connections = int(seen.sum())",
        ),
    ),
)
