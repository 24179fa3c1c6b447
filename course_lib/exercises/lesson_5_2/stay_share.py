"""Exercise 5_2/stay_share: how often a pixel stays."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _stay_share(pool, shift):
    return max(pool - shift, 0) / pool


def _stay_cases():
    return [(2, 1), (2, 0), (3, 1), (4, 3), (7, 2), (5, 5), (3, 8), (1, 1)]


EXERCISE = Exercise(
    name="stay_share",
    title=Text("How often a pixel stays", "同じ窓に残る割合"),
    reference=_stay_share,
    cases=_stay_cases,
    slips=(
        Slip(
            "share-below-zero",
            Text(
                "When the pixel moves farther than the window is wide, the"
                " share becomes negative. The least possible share is 0.",
                "窓の幅より大きく動くと、割合が負になっています。割合は 0 より"
                "小さくなりません。",
            ),
            answer=lambda pool, shift: (pool - shift) / pool,
        ),
        Slip(
            "counts-those-that-leave",
            Text(
                "This is the share that leaves the window. Asked for is the"
                " share that stays.",
                "窓から出ていく割合になっています。求めるのは残る割合です。",
            ),
            answer=lambda pool, shift: min(shift, pool) / pool,
        ),
        Slip(
            "columns-not-divided",
            Text(
                "This is the number of columns. Divide by how many there are.",
                "これは列の数です。窓の列の数で割ると割合になります。",
            ),
            answer=lambda pool, shift: max(pool - shift, 0),
        ),
        Slip(
            "one-column-too-many",
            Text(
                "One column too many stays. Draw a window 2 wide and a shift"
                " of 1.",
                "残る列を 1 つ多く数えています。幅 2 の窓とズレ 1 を図に描いて"
                "みましょう。",
            ),
            answer=lambda pool, shift: max(pool - shift + 1, 0) / pool,
        ),
    ),
    hints=(
        Text(
            "A window 4 wide, a shift of 1: from which columns does the "
            "pixel stay inside?",
            "幅 4 の窓でズレが 1 のとき、どの列の画素が窓の中に残りますか。",
        ),
        Text(
            "From all but the last: 3 of 4. A shift by s loses s columns, "
            "but never more than there are.",
            "最後の列以外の、4 列中 3 列です。s だけずれると s 列が出ていき"
            "ますが、窓の列の数より多くは出ていきません。",
        ),
        Text(
            "stay = max(pool - shift, 0)",
            "stay = max(pool - shift, 0)",
        ),
    ),
)
