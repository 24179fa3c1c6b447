"""Exercise 5_6/put_back: gradients back to their places."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from course_lib.exercises.compare import same
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
    sizes = ((1, 1, 2, 2, 4), (2, 3, 2, 4, 6), (3, 2, 3, 2, 4))
    cases = []
    for N, C, OH, OW, size in (*sizes, (2, 4, 1, 3, 9), (1, 3, 5, 2, 2)):
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


def _put_axes_seen(got, *case):
    return any(
        same(got, _put_axes(axes)(*case)) for axes in permutations(range(4))
    )


def _put_everywhere(dout, argmax, size):
    rows = np.zeros((dout.size, size))
    rows[:, argmax] = dout.transpose(0, 2, 3, 1).ravel()
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
            seen=_put_axes_seen,
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
