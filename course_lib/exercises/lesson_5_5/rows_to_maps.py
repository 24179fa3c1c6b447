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
        ),
        Slip(
            "height-and-width-swapped",
            Text(
                "The maps lie on their side: OH and OW changed places in"
                " the transpose.",
                "マップの縦と横が入れ替わっています。transpose で OH と OW"
                " の順序を見直してください。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(
                N, OH, OW, -1
            ).transpose(0, 3, 2, 1),
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
