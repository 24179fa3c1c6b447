"""Exercise 5_6/put_back: gradients back to their places."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from course_lib.exercises.lesson_5_6.shared import DOUT_AXES, DOUT_RESHAPED
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def put_back(dout, argmax, size):
    """Return rows (N*OH*OW*C, size), zero but for dout at argmax."""
    values = dout.transpose(0, 2, 3, 1).ravel()
    rows = np.zeros((values.size, size))
    rows[np.arange(values.size), argmax] = values
    return rows


def _put_back_cases():
    rng = np.random.default_rng(68)
    sizes = ((2, 2, 2, 2, 4), (2, 3, 2, 4, 6), (3, 2, 3, 2, 4))
    cases = []
    for N, C, OH, OW, size in (*sizes, (2, 4, 1, 3, 9), (3, 3, 5, 2, 2)):
        dout = rng.normal(size=(N, C, OH, OW))
        cases.append((dout, rng.integers(0, size, dout.size), size))
    return cases


def _put_reshaped(dout, argmax, size):
    rows = np.zeros((dout.size, size))
    rows[np.arange(dout.size), argmax] = dout.ravel()
    return rows


def _put_axes(axes):
    def answer(dout, argmax, size):
        rows = np.zeros((dout.size, size))
        rows[np.arange(dout.size), argmax] = dout.transpose(axes).ravel()
        return rows

    return answer


def _put_everywhere(dout, argmax, size):
    rows = np.zeros((dout.size, size))
    rows[:, argmax] = dout.transpose(0, 2, 3, 1).ravel()
    return rows


def _put_columns(dout, argmax, size):
    rows = np.zeros((dout.size, size))
    rows[:, argmax] = dout.transpose(0, 2, 3, 1).reshape(-1, 1)
    return rows


def _rows_by_argmax(dout, argmax, size):
    rows = np.zeros((dout.size, size))
    rows[argmax] = dout.transpose(0, 2, 3, 1).reshape(-1, 1)
    return rows


def _put(values=None, places=None, dtype=float, background=0):
    """Return an answer with other values, places, dtype or background."""

    def answer(dout, argmax, size):
        flat = dout.transpose(0, 2, 3, 1).ravel()
        rows = np.full((flat.size, size), background, dtype)
        where = argmax if places is None else places(argmax, size)
        rows[np.arange(flat.size), where] = (
            flat if values is None else values(flat, argmax)
        )
        return rows

    return answer


def _share(dout, argmax, size, part=1.0):
    flat = dout.transpose(0, 2, 3, 1).reshape(-1, 1)
    return np.repeat(flat, size, axis=1) * part


def _first_row(dout, argmax, size):
    rows = put_back(dout, argmax, size)
    rows[1:] = 0
    return rows


def _put_ones(dout, argmax, size):
    return put_back(np.ones_like(dout), argmax, size)


EXERCISE = Exercise(
    name="put_back",
    title=Text("Gradients back to their places", "勾配を元の位置に置く"),
    reference=put_back,
    cases=_put_back_cases,
    slips=(
        Slip(
            "dout-reshaped-not-transposed",
            DOUT_RESHAPED,
            answer=_put_reshaped,
        ),
        Slip(
            *DOUT_AXES,
            answer=_put_axes((0, 3, 2, 1)),
            also=tuple(
                _put_axes(axes)
                for axes in permutations(range(4))
                if axes != (0, 2, 3, 1)
            ),
        ),
        Slip(
            "gradient-to-all",
            Text(
                "Every number of a row got the gradient, but only the place of"
                " the maximum gets it. rows[:, argmax] means whole columns:"
                " name row and column of each entry.",
                "行のすべての場所に勾配が入っています。入れるのは最大値のあっ"
                "た位置だけです。rows[:, argmax] は列全体を指すので、要素ごと"
                "に行と列の番号を指定します。",
            ),
            answer=_share,
        ),
        Slip(
            "column-for-every-row",
            Text(
                "Whole columns were filled. rows[:, argmax] means all"
                " rows: give each entry its own row number too.",
                "列全体が埋まっています。rows[:, argmax] は「すべての行」"
                "という意味です。要素ごとに行の番号も指定します。",
            ),
            answer=_put_everywhere,
            also=(_put_columns,),
        ),
        Slip(
            "ones-for-dout",
            Text(
                "The places are right, but they hold 1. There belongs the"
                " number of dout.",
                "位置は合っていますが、値が 1 です。dout の値を置きます。",
            ),
            answer=_put_ones,
        ),
        Slip(
            "argmax-for-dout",
            Text(
                "The places are right, but they hold argmax. There belongs the"
                " number of dout.",
                "位置は合っていますが、値が argmax になっています。dout の値を"
                "置きます。",
            ),
            answer=_put(lambda flat, argmax: argmax),
        ),
        Slip(
            "rows-indexed-by-argmax",
            Text(
                "argmax was used as a row number. It names the column; the"
                " rows are 0, 1, 2, ...",
                "argmax を行の番号として使っています。argmax は列の番号です。"
                "行は 0, 1, 2, … です。",
            ),
            answer=_rows_by_argmax,
        ),
        Slip(
            "always-the-first-column",
            Text(
                "Every number stands in the first column. argmax names the"
                " column of each row.",
                "どの数も最初の列にあります。行ごとの列の番号は argmax に入っ"
                "ています。",
            ),
            answer=_put(places=lambda argmax, size: 0 * argmax),
        ),
        Slip(
            "one-column-off",
            Text(
                "Every number stands one column too far to one side. argmax"
                " counts from 0.",
                "どの数も 1 列ずれています。argmax は 0 から数えます。",
            ),
            answer=_put(places=lambda argmax, size: (argmax - 1) % size),
            also=(_put(places=lambda argmax, size: (argmax + 1) % size),),
        ),
        Slip(
            "spread-evenly",
            Text(
                "The gradient was shared by the whole row. That is average"
                " pooling; here one place gets it all.",
                "勾配を行全体で分けています。それは平均プーリングです。ここで"
                "は 1 か所にすべて入れます。",
            ),
            answer=lambda dout, argmax, size: _share(
                dout, argmax, size, 1 / size
            ),
        ),
        Slip(
            "result-transposed",
            Text(
                "Rows and columns have changed places. There is one row for"
                " each window, and size columns.",
                "行と列が入れ替わっています。1 行が 1 つの窓で、列は size 個で"
                "す。",
            ),
            answer=lambda *case: put_back(*case).T,
        ),
        Slip(
            "gradients-cut-to-whole-numbers",
            Text(
                "The gradients were cut to whole numbers. An array of integers"
                " cannot hold fractions: make it of floats.",
                "勾配の小数部分が切り捨てられています。整数の配列に小数は入り"
                "ません。小数の配列を用意してください。",
            ),
            answer=_put(dtype=int),
        ),
        Slip(
            "only-positive",
            Text(
                "Negative gradients became 0. Every gradient is put back,"
                " whatever its sign.",
                "負の勾配が 0 になっています。符号にかかわらず、どの勾配も置き"
                "ます。",
            ),
            answer=_put(lambda flat, argmax: np.maximum(flat, 0)),
        ),
        Slip(
            "ones-for-zeros",
            Text(
                "The other places hold 1. They must be 0.",
                "ほかの場所が 1 になっています。残りは 0 にします。",
            ),
            answer=_put(background=1),
        ),
        Slip(
            "first-image-only",
            Text(
                "Only the first image is there. There is one row for each"
                " window of all N images.",
                "1 枚目の画像の分しかありません。N 枚すべての窓に 1 行ずつあり"
                "ます。",
            ),
            answer=lambda dout, argmax, size: put_back(
                dout[:1], argmax[: dout[0].size], size
            ),
        ),
        Slip(
            "return-in-loop",
            Text(
                "Only the first row is filled. Is the `return` indented into"
                " the loop?",
                "最初の行だけが埋まっています。`return` がループの中に入って"
                "いませんか。",
            ),
            answer=_first_row,
        ),
    ),
    hints=(
        Text(
            "In which order do the rows stand, and where is the channel"
            " axis in dout?",
            "行はどの順に並び、dout のチャンネルの軸はどこにありますか。",
        ),
        Text(
            "Bring dout into the order N, OH, OW, C and make it flat. Then"
            " one entry for each row: index with row number and argmax.",
            "dout を N, OH, OW, C の順にして 1 次元にします。あとは "
            "1 行に 1 つずつ、行番号と argmax の組で指定します。",
        ),
        Text(
            "rows = np.zeros((dout.size, size))",
            "rows = np.zeros((dout.size, size))",
        ),
    ),
)
