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
    negative = -0.5 - rng.permutation(20).reshape(4, 5)
    single = negative.astype(np.float32) / 8
    return [*cases, (negative,), (single,), (-negative,)]


def _search(begin):
    """Return the search that takes what is larger than `begin` so far."""

    def answer(y):
        best, place = begin, (0, 0)
        for index in np.ndindex(*y.shape):
            if y[index] > best:
                best, place = y[index], index
        return place

    return answer


def _last_above_first(y):
    """Forget to keep the best, and compare with the first number."""
    larger = np.argwhere(y > y[0, 0])
    return tuple(int(k) for k in larger[-1]) if len(larger) else (0, 0)


def _divided(by):
    return lambda y: divmod(int(np.argmax(y)), by(y))


def _holds_value(result, y):
    return (
        any(
            np.shape(entry) == () and float(entry) == y.max()
            for entry in (result if np.ndim(result) else [result])
        )
        and np.size(result) <= 3
    )


def _entry_right(k):
    """Return whether row (0) or column (1) is right."""
    return lambda place, y: (
        len(place) == 2
        and place[k] == _strongest(y)[k]
        and place[1 - k] == int(place[1 - k])
    )


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
            "maximum-starts-at-zero",
            Text(
                "Where all numbers are negative, none is found. A search for"
                " the largest must not begin at 0, but at -infinity or at the"
                " first number.",
                "すべて負の数のとき、最大値が見つかっていません。最大値を探す"
                "ときは、0 ではなく、マイナス無限大か最初の数から始めます。",
            ),
            answer=_search(0),
        ),
        Slip(
            "best-not-updated",
            Text(
                "This is the last number that is larger than the first one."
                " When a larger one is found, keep it as the best so far.",
                "最初の数より大きい数のうち、最後のものになっています。より大"
                "きい数が見つかったら、それまでの最大値を更新します。",
            ),
            answer=_last_above_first,
        ),
        Slip(
            "smallest-for-largest",
            Text(
                "This is the place of the smallest number.",
                "これは最も小さい数の場所です。",
            ),
            answer=lambda y: _strongest(-y),
        ),
        Slip(
            "divided-by-the-height",
            Text(
                "The number of rows was used to split the place. In one line"
                " of the array stand as many numbers as there are columns.",
                "行の数で割って、行と列に分けています。1 行に並ぶ数は、列の数"
                "と同じです。",
            ),
            answer=_divided(lambda y: y.shape[0]),
            also=(
                lambda y: np.unravel_index(np.argmax(y), y.shape[::-1]),
                lambda y: divmod(int(np.argmax(y)), y.shape[0])[::-1],
            ),
        ),
        Slip(
            "value-not-place",
            Text(
                "This is the largest number itself, or holds it. Its row and"
                " column are wanted: where does it stand?",
                "最大の数そのものが入っています。求めるのは、その数がある行と"
                "列です。",
            ),
            answer=lambda y: float(y.max()),
            seen=_holds_value,
        ),
        Slip(
            "sums-compared",
            Text(
                "This is the row with the largest sum and the column with the"
                " largest sum. A single number is to be the largest.",
                "和が最大の行と、和が最大の列になっています。探すのは、最大の"
                "数 1 つの場所です。",
            ),
            answer=lambda y: (
                int(y.sum(axis=1).argmax()),
                int(y.sum(axis=0).argmax()),
            ),
        ),
        Slip(
            "first-column-only",
            Text(
                "Only the first row and the first column were searched. The"
                " largest number may stand anywhere.",
                "最初の行と最初の列しか探していません。最大の数は、どこにある"
                "かわかりません。",
            ),
            answer=lambda y: (int(y[:, 0].argmax()), int(y[0].argmax())),
        ),
        Slip(
            "place-in-arrays",
            Text(
                "`np.where` gives arrays, as there might be several places."
                " Take the first entry of each.",
                "`np.where` は、場所がいくつもあるかもしれないので、配列を返し"
                "ます。それぞれの最初の要素を取り出しましょう。",
            ),
            answer=lambda y: np.where(y == y.max()),
            seen=lambda place, y: (
                len(place) == 2 and all(np.shape(k) == (1,) for k in place)
            ),
        ),
        Slip(
            "always-the-same-place",
            Text(
                "The place does not depend on `y`: it is a corner every time.",
                "`y` が何であっても、いつも隅の場所になっています。",
            ),
            answer=lambda y: (0, 0),
            also=(lambda y: (y.shape[0] - 1, y.shape[1] - 1),),
        ),
        Slip(
            "row-only",
            Text(
                "A single number came back, the row. The column is wanted"
                " too.",
                "行の番号しか返っていません。列の番号も必要です。",
            ),
            answer=lambda y: _strongest(y)[0],
        ),
        Slip(
            "column-only",
            Text(
                "A single number came back, the column. The row is wanted"
                " too.",
                "列の番号しか返っていません。行の番号も必要です。",
            ),
            answer=lambda y: _strongest(y)[1],
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
        Slip(
            "column-wrong",
            Text(
                "The row is right every time, the column is not.",
                "行はいつも合っていますが、列が違います。",
            ),
            answer=lambda y: (_strongest(y)[0],) * 2,
            seen=_entry_right(0),
        ),
        Slip(
            "row-wrong",
            Text(
                "The column is right every time, the row is not.",
                "列はいつも合っていますが、行が違います。",
            ),
            answer=lambda y: (_strongest(y)[1],) * 2,
            seen=_entry_right(1),
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
