"""Exercise 5_2/shift_right: move a picture."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _shift(x, down, right):
    """Return x (..., H, W) moved, zeros coming in; both from -H to H."""
    H, W = x.shape[-2:]
    moved = np.zeros_like(x)
    to_rows = slice(max(down, 0), H + min(down, 0))
    to_columns = slice(max(right, 0), W + min(right, 0))
    rows = slice(max(-down, 0), H - max(down, 0))
    columns = slice(max(-right, 0), W - max(right, 0))
    moved[..., to_rows, to_columns] = x[..., rows, columns]
    return moved


def _shift_right(x, s):
    return _shift(x, 0, s)


def _shift_cases():
    rng = np.random.default_rng(523)
    shapes = [((4, 6), 1), ((5, 4), 2), ((2, 3, 5), 0)]
    shapes += [((3, 1, 4, 7), 3), ((2, 2, 6, 5), 2), ((4, 4), 3)]
    return [(rng.integers(1, 10, shape), s) for shape, s in shapes]


def _edge_repeated(x, s):
    """Move right and let the first column come in again and again."""
    W = x.shape[-1]
    return x[..., np.maximum(np.arange(W) - s, 0)]


EXERCISE = Exercise(
    name="shift_right",
    title=Text("Move a picture", "画像を動かす"),
    reference=_shift_right,
    cases=_shift_cases,
    slips=(
        Slip(
            "wraps-around",
            Text(
                "What left on the right came in again on the left. It must be"
                " lost, and zeros come in.",
                "右にはみ出した列が左から戻ってきています。はみ出した分は消"
                "え、左には 0 が入ります。",
            ),
            answer=lambda x, s: np.roll(x, s, axis=-1),
        ),
        Slip(
            "opposite-direction",
            Text(
                "The picture moved to the left. In which column of the result"
                " must column 0 of `x` stand?",
                "画像が左に動いています。`x` の 0 列目は、結果の何列目に来るは"
                "ずですか。",
            ),
            answer=lambda x, s: _shift(x, 0, -s),
        ),
        Slip(
            "shifts-down",
            Text(
                "The picture moved down. Columns are the last axis, rows the"
                " one before.",
                "画像が下に動いています。列は最後の軸、行はその 1 つ前の軸で"
                "す。",
            ),
            answer=lambda x, s: _shift(x, s, 0),
        ),
        Slip(
            "repeats-the-border",
            Text(
                "The first column was repeated on the left. The space that"
                " opens there must hold zeros.",
                "空いた左側に最初の列と同じ数が入っています。空いた所は 0 で"
                "す。",
            ),
            answer=_edge_repeated,
        ),
    ),
    hints=(
        Text(
            "Where does column 0 of `x` go, and where does the last column "
            "that stays come from?",
            "`x` の 0 列目はどこへ動きますか。消えずに残る最後の列は、もと"
            "の何列目ですか。",
        ),
        Text(
            "Begin with an array of zeros and write W - s columns into it. "
            "`x[..., :-s]` is empty for s = 0; count from the front.",
            "0 の配列に、W - s 列ぶんを書き込みます。`x[..., :-s]` は s = 0"
            " のとき空になるので、前から数えます。",
        ),
        Text(
            "moved = np.zeros_like(x)",
            "moved = np.zeros_like(x)",
        ),
    ),
)
