"""Exercise 5_2/shift_right: move a picture."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import rounded
from course_lib.exercises.lesson_5_2.shared import fractions
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
    cases = [(fractions(rng, *shape), s) for shape, s in shapes]
    single = (2 + fractions(rng, 2, 3, 5)).astype(np.float32)
    return [*cases, (single, 2), (rng.integers(1, 10, (3, 4)), 1)]


def _edge_repeated(x, s):
    """Move right and let the first column come in again and again."""
    W = x.shape[-1]
    return x[..., np.maximum(np.arange(W) - s, 0)]


def _left_part(value):
    """Return the answer whose first s columns are value(x, s)."""

    def answer(x, s):
        moved = _shift(x, 0, s).astype(float)
        moved[..., :s] = value(x, s)
        return moved

    return answer


def _on_axis(axis):
    """Return the answer that moves along axis 0 or 1 instead."""
    return lambda x, s: np.moveaxis(
        _shift(np.moveaxis(x, axis, -1), 0, s), -1, axis
    )


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
            also=(lambda x, s: np.roll(x, s),),
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
            also=(lambda x, s: np.roll(x, -s, axis=-1),),
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
            also=(lambda x, s: np.roll(x, s, axis=-2),),
        ),
        Slip(
            "shifts-other-axis",
            Text(
                "The picture moved along another axis: with (N, C, H, W) the"
                " first two are images and channels. Columns are the last"
                " axis, `x[..., s:]`.",
                "別の軸に沿って動いています。(N, C, H, W) では、最初の 2 つの"
                "軸は画像とチャンネルです。列は最後の軸なので `x[..., s:]` と"
                "書きます。",
            ),
            answer=_on_axis(1),
            also=(_on_axis(0),),
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
        Slip(
            "left-part-stays",
            Text(
                "The columns moved, but on the left the old ones still stand."
                " The space that opens there must hold zeros.",
                "列は動いていますが、左側に元の列が残っています。空いた所は 0"
                " です。",
            ),
            answer=_left_part(lambda x, s: x[..., :s]),
        ),
        Slip(
            "fills-with-other-number",
            Text(
                "The columns moved, but the space that opens on the left is"
                " not filled with zeros.",
                "列は動いていますが、空いた左側が 0 になっていません。",
            ),
            answer=_left_part(lambda x, s: 1),
            seen=lambda z, x, s: (
                np.array_equal(
                    np.asarray(z)[..., s:], _shift(x, 0, s)[..., s:]
                )
                and np.shape(z) == x.shape
            ),
        ),
        Slip(
            "not-cut-off",
            Text(
                "The result is wider than the picture. What leaves it on the"
                " right is lost.",
                "結果の幅が元の画像より大きくなっています。右にはみ出した分は"
                "消えます。",
            ),
            answer=lambda x, s: np.pad(x, [(0, 0)] * (x.ndim - 1) + [(s, 0)]),
        ),
        Slip(
            "not-filled-up",
            Text(
                "The result is narrower than the picture. Zeros come in from"
                " the left until it is as wide as before.",
                "結果の幅が元の画像より小さくなっています。左から 0 が入り、"
                "幅は変わりません。",
            ),
            answer=lambda x, s: x[..., : x.shape[-1] - s],
            also=(lambda x, s: x[..., s:],),
        ),
        Slip(
            "not-shifted",
            Text(
                "The picture did not move. Column 0 of `x` must come to"
                " column `s` of the result.",
                "画像が動いていません。`x` の 0 列目は、結果の `s` 列目に来る"
                "はずです。",
            ),
            answer=lambda x, s: x.copy(),
            also=(lambda x, s: x * (np.arange(x.shape[-1]) >= s),),
        ),
        Slip(
            "shifts-by-one-always",
            Text(
                "The picture moved by one column, whatever `s` is.",
                "`s` がいくつでも、1 列だけ動いています。",
            ),
            answer=lambda x, s: _shift(x, 0, 1),
        ),
        Slip(
            "shifts-one-too-far",
            Text(
                "The picture moved one column too far.",
                "1 列余計に動いています。",
            ),
            answer=lambda x, s: _shift(x, 0, s + 1),
        ),
        Slip(
            "shifts-both-ways",
            Text(
                "The picture moved down as well. It moves to the right only.",
                "下にも動いています。動かすのは右だけです。",
            ),
            answer=lambda x, s: _shift(x, s, s),
        ),
        Slip(
            "wrong-side-erased",
            Text(
                "What left on the right came in again on the left, and zeros"
                " were written on the right. They belong on the left.",
                "右にはみ出した列が左に入り、右側が 0 になっています。0 が入る"
                "のは左側です。",
            ),
            answer=lambda x, s: (
                np.roll(x, s, -1) * (np.arange(x.shape[-1]) < x.shape[-1] - s)
            ),
        ),
        Slip(
            "mirrored",
            Text(
                "The picture was mirrored: left and right changed places."
                " Move it as it is.",
                "画像が左右逆になっています。そのままの向きで動かします。",
            ),
            answer=lambda x, s: x[..., ::-1],
            also=(lambda x, s: _shift(x[..., ::-1], 0, s),),
        ),
        rounded(_shift_right),
        Slip(
            "unsigned-integers",
            Text(
                "The result is an array of unsigned integers, such as uint8:"
                " it holds neither fractions nor minus signs. Keep the dtype"
                " of `x`.",
                "結果が uint8 のような符号なし整数の配列です。小数もマイナスの"
                "数も入りません。`x` と同じ dtype にしましょう。",
            ),
            answer=lambda x, s: _shift_right(np.abs(x).astype(np.uint8), s),
            seen=lambda z, x, s: np.asarray(z).dtype.kind == "u",
        ),
    ),
    hints=(
        Text(
            "Where does column 0 of `x` go, and where does the last column "
            "that stays come from?",
            "`x` の 0 列目はどこへ動きますか。消えずに残る最後の列は、元"
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
