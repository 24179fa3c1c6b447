"""Exercise 5_1/strongest: the strongest place."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _strongest(y):
    row, column = np.unravel_index(np.argmax(y), y.shape)
    return int(row), int(column)


def _map_cases():
    """Return maps whose largest value is not the largest in size."""
    rng = np.random.default_rng(55)
    cases = []
    for shape in [(3, 5), (6, 4), (4, 7), (5, 3), (8, 6)]:
        y = rng.permutation(np.arange(np.prod(shape))).reshape(shape)
        cases.append((y - 0.75 * y.size,))
    return cases


EXERCISE = Exercise(
    name="strongest",
    title=Text("The strongest place", "最も強く反応した場所"),
    reference=_strongest,
    cases=_map_cases,
    parts=("row", "column"),
    slips=(
        Slip(
            "flat-index",
            Text(
                "This is one number: the place in the array written out in one"
                " line. A row and a column are wanted; `np.unravel_index`"
                " splits it.",
                "これは、配列を 1 列に並べたときの番号です。求めるのは行と列で"
                "す。`np.unravel_index` で分けられます。",
            ),
            answer=lambda y: int(np.argmax(y)),
        ),
        Slip(
            "rows-and-columns-swapped",
            Text(
                "Row and column are exchanged. The row comes first.",
                "行と列が逆です。行が先です。",
            ),
            answer=lambda y: _strongest(y)[::-1],
        ),
        Slip(
            "largest-in-size",
            Text(
                "This is the place of the number farthest from zero, which is"
                " a negative one. The largest number is wanted.",
                "これは 0 から最も遠い数（負の数）の場所です。求めるのは最も大"
                "きい数の場所です。",
            ),
            answer=lambda y: _strongest(np.abs(y)),
        ),
        Slip(
            "counts-from-one",
            Text(
                "Row and column are both one too large. NumPy counts from 0.",
                "行も列も 1 大きくなっています。NumPy は 0 から数えます。",
            ),
            answer=lambda y: (_strongest(y)[0] + 1, _strongest(y)[1] + 1),
        ),
    ),
    hints=(
        Text(
            "What does `np.argmax(y)` answer for a table of rows and columns?",
            "行と列のある配列に対して、`np.argmax(y)` は何を返しますか。",
        ),
        Text(
            "A single number: the place when all rows are written one "
            "after another. It must be split into a row and a column.",
            "行をすべてつなげて並べたときの番号です。これを行と列に分けます。",
        ),
        Text(
            "row, column = np.unravel_index(np.argmax(y), y.shape)",
            "row, column = np.unravel_index(np.argmax(y), y.shape)",
        ),
    ),
)
