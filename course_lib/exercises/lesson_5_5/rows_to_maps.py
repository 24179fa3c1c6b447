"""Exercise 5_5/rows_to_maps: rows back to feature maps."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _rows_cases():
    rng = np.random.default_rng(57)
    sizes = ((1, 2, 3, 4), (2, 3, 2, 5), (3, 4, 5, 2), (2, 1, 4, 3))
    return [
        (rng.normal(size=(N * OH * OW, FN)), N, OH, OW)
        for N, FN, OH, OW in (*sizes, (4, 3, 2, 3))
    ]


def rows_to_maps(rows, N, OH, OW):
    """Return rows (N*OH*OW, FN) as feature maps (N, FN, OH, OW)."""
    return rows.reshape(N, OH, OW, -1).transpose(0, 3, 1, 2)


_maps = rows_to_maps


EXERCISE = Exercise(
    name="rows_to_maps",
    title=Text("Rows back to feature maps", "行を特徴マップに戻す"),
    reference=rows_to_maps,
    cases=_rows_cases,
    slips=(
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but the maps are scrambled. In the"
                " rows the filter is the last axis: reshape so that it"
                " stays last, then move it.",
                "形状は合っていますが、マップの中身が混ざっています。行の"
                "形ではフィルターが最後の軸です。最後のまま reshape してか"
                "ら、軸を動かします。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(N, -1, OH, OW),
            also=(
                lambda rows, N, OH, OW: rows.reshape(N, -1, OW, OH).swapaxes(
                    2, 3
                ),
            ),
        ),
        Slip(
            "channels-last",
            Text(
                "The axes are (N, OH, OW, FN). The channel axis belongs in"
                " second place.",
                "軸が (N, OH, OW, FN) の順です。チャンネルの軸は 2 番目に"
                "置きます。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(N, OH, OW, -1),
            also=(
                lambda rows, N, OH, OW: rows.reshape(N, OW, OH, -1),
                lambda rows, N, OH, OW: rows.reshape(N, OH, OW, -1).swapaxes(
                    1, 2
                ),
            ),
        ),
        Slip(
            "height-and-width-swapped",
            Text(
                "OH and OW are mixed up. The rows are in the order N, OH, OW:"
                " look at reshape and transpose.",
                "OH と OW を取り違えています。行は N, OH, OW の順です。reshape"
                " と transpose を見直してください。",
            ),
            answer=lambda rows, N, OH, OW: _maps(rows, N, OH, OW).swapaxes(
                2, 3
            ),
            also=(
                lambda rows, N, OH, OW: _maps(rows, N, OW, OH),
                lambda rows, N, OH, OW: _maps(rows, N, OW, OH).swapaxes(2, 3),
            ),
        ),
        Slip(
            "axes-of-the-way-back",
            Text(
                "transpose(0, 2, 3, 1) moves the second axis to the end. Here"
                " the last one has to go to second place.",
                "transpose(0, 2, 3, 1) は 2 番目の軸を最後に動かします。ここで"
                "は、最後の軸を 2 番目に動かします。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(
                N, OH, OW, -1
            ).transpose(0, 2, 3, 1),
        ),
        Slip(
            "filters-first",
            Text(
                "The axes are (FN, N, OH, OW). The images come first, then"
                " the feature maps.",
                "軸が (FN, N, OH, OW) の順です。画像の軸が最初で、特徴マップの"
                "軸は 2 番目です。",
            ),
            answer=lambda rows, N, OH, OW: rows.T.reshape(-1, N, OH, OW),
        ),
        Slip(
            "transposed-before-reshape",
            Text(
                "After rows.T the filter comes first, then N, OH, OW. A"
                " reshape to (N, FN, ...) mixes images and filters.",
                "rows.T では FN, N, OH, OW の順に数が並びます。それを (N, FN,"
                " ...) に reshape すると、画像とフィルターが混ざります。",
            ),
            answer=lambda rows, N, OH, OW: rows.T.reshape(N, -1, OH, OW),
        ),
        Slip(
            "first-image-for-all",
            Text(
                "Every image got the rows of the first one. Image n begins at"
                " row n * OH * OW.",
                "どの画像にも、1 枚目の行が入っています。n 枚目の画像は"
                " n * OH * OW 行目から始まります。",
            ),
            answer=lambda rows, N, OH, OW: np.repeat(
                _maps(rows[: OH * OW], 1, OH, OW), N, axis=0
            ),
        ),
        Slip(
            "first-image-only",
            Text(
                "Only the first image is there. The rows hold N of them.",
                "1 枚目の画像しかありません。rows には N 枚分の行があります。",
            ),
            answer=lambda rows, N, OH, OW: _maps(rows, N, OH, OW)[:1],
            also=(lambda rows, N, OH, OW: _maps(rows, N, OH, OW)[0],),
        ),
        Slip(
            "rows-returned",
            Text(
                "The rows came back as they were. reshape and transpose change"
                " nothing in place: use what they return.",
                "rows がそのまま返されています。reshape や transpose は元の配"
                "列を変えません。戻り値を使います。",
            ),
            answer=lambda rows, N, OH, OW: rows,
        ),
        Slip(
            "filters-summed",
            Text(
                "The filters were summed. Each of them gives a feature map of"
                " its own.",
                "フィルターについて合計しています。フィルターごとに 1 枚の特徴"
                "マップになります。",
            ),
            answer=lambda rows, N, OH, OW: rows.sum(axis=1).reshape(
                N, 1, OH, OW
            ),
            also=(
                lambda rows, N, OH, OW: rows.sum(axis=1).reshape(N, OH, OW),
            ),
        ),
    ),
    hints=(
        Text(
            "In which order do the numbers lie in rows: what changes fastest?",
            "rows の数はどの順に並び、いちばん速く変わる軸はどれですか。",
        ),
        Text(
            "The order is N, OH, OW, FN. Reshape to exactly that,"
            " then move the last axis to second place.",
            "N, OH, OW, FN の順です。まずその形に reshape し、最後の"
            "軸を 2 番目に動かします。",
        ),
        Text(
            "maps = rows.reshape(N, OH, OW, -1)",
            "maps = rows.reshape(N, OH, OW, -1)",
        ),
    ),
)
