"""Exercise 5_1/convolve: convolution as a loop."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import (
    ABSOLUTE,
    FILTER_NOT_USED,
    FLAT,
    FLIPPED,
    MAX_FOR_SUM,
    NEGATIVE_CUT_OFF,
    SINGLE_NUMBER,
    rounded,
)
from course_lib.exercises.lesson_5_1.shared import (
    convolution_of,
    fractions,
    walked,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.exercises.walks import walk_slips
from course_lib.text import Text


def _plain(x, w):
    return convolution_of(x, w)


def _plain_cases():
    rng = np.random.default_rng(51)
    shapes = [((4, 4), (3, 3)), ((5, 7), (2, 3)), ((8, 5), (3, 2))]
    shapes += [((6, 6), (1, 4)), ((3, 5), (3, 5)), ((7, 4), (4, 4))]
    cases = [(fractions(rng, *x), fractions(rng, *w)) for x, w in shapes]
    whole = rng.integers(-9, 10, (4, 6)), fractions(rng, 2, 2)
    negative = -0.25 - np.abs(fractions(rng, 5, 4)), fractions(rng, 3, 2)
    single = [a.astype(np.float32) for a in cases[1]]
    return [*cases, whole, negative, tuple(single)]


def _first_window(x, w):
    return float(np.sum(x[: len(w), : w.shape[1]] * w))


def _each(use):
    """Return an answer that makes each number of a window in its own way."""
    made = walked(lambda window, w, b: use(window, w))
    return lambda x, w: made(x, w)


def _moved(start, end):
    made = walked(lambda a, w, b: np.sum(a * w), start, end)
    return lambda x, w: made(x, w)


def _running_total(x, w):
    y = convolution_of(x, w)
    return y.cumsum().reshape(y.shape)


def _last_of_row(x, w):
    y = convolution_of(x, w)
    return np.broadcast_to(y[:, -1:], y.shape)


def _first_row(x, w):
    y = convolution_of(x, w)
    y[1:] = 0
    return y


def _filled(place):
    """Return the answer that fills only a part of the output."""

    def answer(x, w):
        right = convolution_of(x, w)
        y = np.zeros_like(right)
        y[place] = right[place]
        return y

    return answer


EXERCISE = Exercise(
    name="convolve",
    title=Text("Convolution as a loop", "ループで書く畳み込み"),
    reference=_plain,
    cases=_plain_cases,
    slips=(
        Slip(
            *FLIPPED,
            answer=lambda x, w: convolution_of(x, w[::-1, ::-1]),
        ),
        Slip(
            "kernel-mirrored",
            Text(
                "The filter was mirrored: its rows, or its columns, run the"
                " other way. It is laid on as it stands.",
                "フィルターの行か列の並びが逆になっています。フィルターはその"
                "ままの向きで重ねます。",
            ),
            answer=lambda x, w: convolution_of(x, w[::-1]),
            also=(lambda x, w: convolution_of(x, w[:, ::-1]),),
        ),
        Slip(
            "last-place-missing",
            Text(
                "The last row and the last column of the output are missing."
                " Count the places of a 3 wide window in a 4 wide image.",
                "出力の最後の行と列が足りません。幅 4 の画像に幅 3 の窓を置け"
                "る場所を数えてみましょう。",
            ),
            answer=lambda x, w: convolution_of(x, w)[:-1, :-1],
        ),
        Slip(
            "as-large-as-the-image",
            Text(
                "The output is as large as the image. The window must lie"
                " wholly inside, so it has fewer places than there are"
                " pixels.",
                "出力が画像と同じサイズになっています。窓は画像からはみ出せな"
                "いので、置ける場所は画素の数より少なくなります。",
            ),
            answer=lambda x, w: np.zeros(x.shape),
            seen=lambda y, x, w: np.shape(y) == x.shape,
        ),
        Slip(
            "mean-for-sum",
            Text(
                "Each number is the right one divided by the size of the"
                " filter: the products were averaged. They are summed.",
                "どの数も、正しい値をフィルターの要素数で割ったものです。積の"
                "平均ではなく和をとります。",
            ),
            answer=lambda x, w: convolution_of(x, w) / w.size,
        ),
        Slip(*MAX_FOR_SUM, answer=_each(lambda a, w: np.max(a * w))),
        Slip(
            *FILTER_NOT_USED,
            answer=lambda x, w: convolution_of(x, np.ones_like(w)),
        ),
        Slip(
            "added-not-multiplied",
            Text(
                "The numbers that lie on each other were added. Multiply"
                " them, then add up the products.",
                "重なった数どうしを足しています。先に掛けて、その積を足しま"
                "す。",
            ),
            answer=_each(lambda a, w: np.sum(a + w)),
        ),
        Slip(
            "sums-multiplied",
            Text(
                "The sum of the window was multiplied with the sum of the"
                " filter. Each pixel meets one number of the filter: multiply"
                " first, then add up.",
                "窓の和とフィルターの和を掛けています。画素ごとに、重なった数"
                "と掛けてから足します。",
            ),
            answer=_each(lambda a, w: np.sum(a) * np.sum(w)),
        ),
        *walk_slips(
            _moved, "window-does-not-move", "window-moves-one-way-only"
        ),
        Slip(
            "running-total",
            Text(
                "Each number holds all windows before it too: the sum was not"
                " set back to 0 for each place.",
                "それまでの窓の和まで入っています。場所ごとに合計を 0 に戻し"
                "ていません。",
            ),
            answer=_running_total,
        ),
        Slip(
            "last-product-only",
            Text(
                "Each number is the last product of its window: the others"
                " were written over. Add with `+=`.",
                "どの数も、窓の最後の積だけです。ほかの積は上書きされていま"
                "す。`+=` で足しましょう。",
            ),
            answer=_each(lambda a, w: a[-1, -1] * w[-1, -1]),
        ),
        Slip(
            "row-overwritten",
            Text(
                "All numbers of a row are those of its last column: `y[i]` is"
                " a whole row. One place is `y[i, j]`.",
                "どの行も、最後の列の値で埋まっています。`y[i]` は 1 行の全体"
                "です。1 か所は `y[i, j]` です。",
            ),
            answer=_last_of_row,
        ),
        Slip(
            "first-row-of-the-output-only",
            Text(
                "Only the first row of the output is filled. Does the"
                " `return` stand inside the outer loop?",
                "出力の最初の行しか埋まっていません。`return` が外側のループ"
                "の中にありませんか。",
            ),
            answer=_first_row,
        ),
        Slip(
            "last-place-not-filled",
            Text(
                "The size is right, but the last row and column are still 0:"
                " the loops end one place too early.",
                "サイズは合っていますが、最後の行と列が 0 のままです。ループが"
                " 1 つ手前で終わっています。",
            ),
            answer=_filled((slice(None, -1), slice(None, -1))),
        ),
        Slip(
            "first-place-not-filled",
            Text(
                "The size is right, but the first row and column are still 0:"
                " the loops begin at 1. Count from 0.",
                "サイズは合っていますが、最初の行と列が 0 のままです。ループが"
                " 1 から始まっています。0 から数えます。",
            ),
            answer=_filled((slice(1, None), slice(1, None))),
        ),
        rounded(_plain),
        Slip(*SINGLE_NUMBER, answer=_first_window),
        Slip(
            "everything-summed",
            Text(
                "A single number came back, the sum of all places. Each place"
                " of the window has a number of its own.",
                "すべての場所の和が 1 つだけ返っています。窓の場所ごとに 1 つ"
                "の数が必要です。",
            ),
            answer=lambda x, w: float(convolution_of(x, w).sum()),
        ),
        Slip(*FLAT, answer=lambda x, w: convolution_of(x, w).ravel()),
        Slip(
            *NEGATIVE_CUT_OFF,
            answer=lambda x, w: np.maximum(convolution_of(x, w), 0),
        ),
        Slip(*ABSOLUTE, answer=lambda x, w: np.abs(convolution_of(x, w))),
    ),
    hints=(
        Text(
            "How many rows can the window begin at?",
            "窓の上端を置ける行は、何行ありますか。",
        ),
        Text(
            "H - FH + 1 rows and W - FW + 1 columns. Make an array of that "
            "size and fill it with two loops.",
            "H - FH + 1 行、W - FW + 1 列です。そのサイズの配列を用意し、2 "
            "重のループで埋めます。",
        ),
        Text(
            "y = np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - "
            "w.shape[1] + 1))",
            "y = np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - "
            "w.shape[1] + 1))",
        ),
    ),
)
