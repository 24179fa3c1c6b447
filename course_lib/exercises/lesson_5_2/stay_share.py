"""Exercise 5_2/stay_share: how often a pixel stays."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _stay_share(pool, shift):
    return max(pool - shift, 0) / pool


def _shift_ignored():
    """Return whether a share of a window stays, whatever the shift."""
    wrong = (
        lambda pool: 1 - 1 / pool,
        lambda pool: 1 / pool,
        lambda pool: 0.5,
        lambda pool: 1,
    )
    return lambda share, pool, shift: any(
        abs(share - value(pool)) < 1e-9 for value in wrong
    )


def _stay_cases():
    return [
        (2, 1),
        (2, 0),
        (3, 1),
        (4, 3),
        (7, 2),
        (5, 5),
        (3, 8),
        (1, 1),
        (4, 5),
    ]


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
            also=(lambda pool, shift: shift / pool,),
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
            also=(
                lambda pool, shift: min(max(pool - shift + 1, 0) / pool, 1),
            ),
        ),
        Slip(
            "one-column-too-few",
            Text(
                "One column too few stays. With a shift of 0 all of them do.",
                "残る列を 1 つ少なく数えています。ズレが 0 なら、すべての列が"
                "残ります。",
            ),
            answer=lambda pool, shift: max(pool - shift - 1, 0) / pool,
        ),
        Slip(
            "percent-for-share",
            Text(
                "These are percent. A share goes from 0 to 1.",
                "パーセントになっています。割合は 0 から 1 までの数です。",
            ),
            answer=lambda pool, shift: 100 * max(pool - shift, 0) / pool,
        ),
        Slip(
            "whole-division",
            Text(
                "The share has lost its fraction and is 0 or 1. Look at `//`,"
                " `int` and `round`.",
                "割合の小数が消え、0 か 1 になっています。`//`、`int`、`round`"
                " を見直しましょう。",
            ),
            answer=lambda pool, shift: max(pool - shift, 0) // pool,
            also=(lambda pool, shift: round(max(pool - shift, 0) / pool),),
        ),
        Slip(
            "all-or-nothing",
            Text(
                "This says for one column whether it stays. Asked for is how"
                " many of the columns do, as a share.",
                "残るかどうかを 0 か 1 で答えています。求めるのは、残る列の割"
                "合です。",
            ),
            answer=lambda pool, shift: float(shift < pool),
            also=(lambda pool, shift: float(shift == 0),),
        ),
        Slip(
            "shift-ignored",
            Text(
                "The result does not depend on `shift`. Which columns are"
                " left for a shift of 0, of 1, of 2?",
                "結果が `shift` によらず同じです。ズレが 0、1、2 のとき、残る"
                "のはどの列ですか。",
            ),
            answer=lambda pool, shift: 1 - 1 / pool,
            seen=_shift_ignored(),
        ),
        Slip(
            "both-directions",
            Text(
                "The share was squared, as for a shift to the right and down."
                " The pixel moves to the right only.",
                "割合を 2 乗しています。右と下の両方に動く場合の値です。動くの"
                "は右だけです。",
            ),
            answer=lambda pool, shift: (max(pool - shift, 0) / pool) ** 2,
        ),
        Slip(
            "absolute-value",
            Text(
                "When the pixel moves farther than the window is wide, the"
                " share grows again. It stays 0: no column is left.",
                "窓の幅より大きく動いたときに、割合がまた増えています。残る列"
                "はないので、0 のままです。",
            ),
            answer=lambda pool, shift: abs(pool - shift) / pool,
        ),
        Slip(
            "divided-by-something-else",
            Text(
                "The columns that stay were divided by something else than"
                " the number of columns of the window, `pool`.",
                "残る列の数を、窓の列の数 `pool` 以外の数で割っています。",
            ),
            answer=lambda pool, shift: max(pool - shift, 0) / (pool + shift),
            also=(
                lambda pool, shift: (
                    max(pool - shift, 0) / shift if shift else 0
                ),
                lambda pool, shift: max(pool - shift, 0) / (pool + 1),
            ),
        ),
        Slip(
            "missing-brackets",
            Text(
                "Only a part was divided by `pool`: `/` binds more tightly"
                " than `-`. Put the difference in brackets.",
                "`pool` で割っているのが一部だけです。`/` は `-` より先に計算"
                "されます。差をかっこで囲みましょう。",
            ),
            answer=lambda pool, shift: max(pool - shift / pool, 0),
            also=(
                lambda pool, shift: pool - shift / pool,
                lambda pool, shift: max(pool - shift, 0 / pool),
            ),
        ),
        Slip(
            "wraps-around",
            Text(
                "A shift by the width of the window counts as no shift. The"
                " pixel does not come in again on the other side.",
                "窓の幅だけ動くと、動かないのと同じ値になっています。反対側か"
                "ら戻ってくることはありません。",
            ),
            answer=lambda pool, shift: (pool - shift % pool) / pool,
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
