"""Exercise 5_11/transposed: every pixel writes a filter."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import FLIPPED, STRIDE_IGNORED, rounded
from course_lib.exercises.lesson_5_11.shared import maps, transposed
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import im2col
from course_lib.text import Text


def _written(change, size=None):
    """Return an answer that writes its stamps in another way.

    change(place, stamp) gives what the place of the map becomes; size gives
    the shape of the map.
    """

    def answer(x, w, stride=1):
        y = np.zeros(size(x, w, stride) if size else _size(x, w, stride))
        FH, FW = w.shape
        for i, j in np.ndindex(x.shape):
            top, left = i * stride, j * stride
            place = y[top : top + FH, left : left + FW]
            stamp = (x[i, j] * w)[: place.shape[0], : place.shape[1]]
            place[...] = change(place, stamp)
        return y

    return answer


def _size(x, w, stride):
    return tuple(stride * (n - 1) + f for n, f in zip(x.shape, w.shape))


def _first_wins(x, w, stride=1):
    y = np.full(_size(x, w, stride), np.nan)
    FH, FW = w.shape
    for i, j in np.ndindex(x.shape):
        top, left = i * stride, j * stride
        place = y[top : top + FH, left : left + FW]
        place[...] = np.where(np.isnan(place), x[i, j] * w, place)
    return np.nan_to_num(y)


def _convolved(x, w, stride=1):
    """Return the ordinary convolution, of x in zeros if it is too small."""
    pads = [(0, max(0, f - n)) for n, f in zip(x.shape, w.shape)]
    x = np.pad(x, pads)[np.newaxis, np.newaxis]
    OH, OW = ((n - f) // stride + 1 for n, f in zip(x.shape[2:], w.shape))
    return (im2col(x, *w.shape, stride) @ w.ravel()).reshape(OH, OW)


def _cut(x, w, stride=1):
    return transposed(x, w, stride)[
        : stride * x.shape[0], : stride * x.shape[1]
    ]


def _zeros_only(x, w, stride=1):
    """Return x with zeros between its pixels, and no filter."""
    y = np.zeros(tuple(stride * (n - 1) + 1 for n in x.shape))
    y[::stride, ::stride] = x
    return y


EXERCISE = Exercise(
    name="transposed",
    title=Text("Every pixel writes a filter", "画素がフィルターを書き込む"),
    reference=transposed,
    cases=lambda: [
        (np.array([[1.0, 2], [3, 4]]), np.array([[1.0, 2], [3, 4]]), 1),
        (maps(2, 3), maps(3, 2, seed=1), 2),
        (maps(3, 4, seed=2), maps(3, 3, seed=3), 2),
        (maps(4, 2, seed=4), maps(2, 4, seed=5), 3),
        (maps(1, 3, seed=6), maps(2, 2, seed=7), 1),
        (
            maps(3, 3, seed=8).astype(np.float32),
            maps(4, 3, seed=9).astype(np.float32),
            2,
        ),
        (maps(2, 2, seed=10), maps(1, 2, seed=11), 3),
    ],
    slips=(
        Slip(
            "overlaps-overwritten",
            Text(
                "Where two stamps overlap one of them is lost. They add up:"
                " `+=`.",
                "スタンプが重なるところで 1 つ分が消えています。重なりは足しま"
                "す（`+=`）。",
            ),
            answer=_written(lambda place, stamp: stamp),
            also=(
                _first_wins,
                _written(lambda place, stamp: np.maximum(place, stamp)),
            ),
        ),
        Slip(
            *STRIDE_IGNORED,
            answer=lambda x, w, stride: transposed(x, w, 1),
        ),
        Slip(
            "moved-by-one-pixel",
            Text(
                "The size fits the stride, but the stamps moved by one pixel"
                " only. Stamp (i, j) begins at (i * stride, j * stride).",
                "大きさは合っていますが、スタンプが 1 画素ずつしか動いていませ"
                "ん。(i, j) のスタンプは (i * stride, j * stride) から始まりま"
                "す。",
            ),
            answer=lambda x, w, stride: np.pad(
                transposed(x, w, 1),
                [(0, (stride - 1) * (n - 1)) for n in x.shape],
            ),
        ),
        Slip(
            *FLIPPED,
            answer=lambda x, w, stride: transposed(x, w[::-1, ::-1], stride),
        ),
        Slip(
            "ordinary-convolution",
            Text(
                "This is the ordinary convolution, which reads. Here each"
                " pixel *writes*, and the map grows.",
                "読み取る側、つまり普通の畳み込みです。ここでは画素が*書き込み"
                "*、マップは大きくなります。",
            ),
            answer=_convolved,
        ),
        Slip(
            "cut-off-at-the-end",
            Text(
                "The map is too small: the last stamps need their whole"
                " filter. It has stride * (H - 1) + FH rows.",
                "マップが小さすぎます。最後のスタンプもフィルター全体が必要な"
                "ので、stride * (H - 1) + FH 行です。",
            ),
            answer=_cut,
            also=(
                _written(
                    lambda place, stamp: place + stamp,
                    lambda x, w, stride: tuple(stride * n for n in x.shape),
                ),
                lambda x, w, stride: transposed(x, w, stride)[:-1, :-1],
                lambda x, w, stride: transposed(x, w, stride)[
                    : x.shape[0], : x.shape[1]
                ],
            ),
        ),
        Slip(
            "zeros-at-the-end",
            Text(
                "Rows and columns of zeros are left over at the end. The last"
                " stamp begins at stride * (H - 1): the map has stride * (H -"
                " 1) + FH rows.",
                "最後に 0 だけの行や列が余っています。最後のスタンプは stride"
                " * (H - 1) から始まるので、stride * (H - 1) + FH 行です。",
            ),
            answer=_written(
                lambda place, stamp: place + stamp,
                lambda x, w, stride: tuple(
                    stride * n + f for n, f in zip(x.shape, w.shape)
                ),
            ),
            also=(
                lambda x, w, stride: np.pad(
                    transposed(x, w, stride), ((0, 1), (0, 1))
                ),
            ),
        ),
        Slip(
            "stamps-not-weighted",
            Text(
                "Every stamp is the filter itself. Multiply it by the value of"
                " its pixel.",
                "どのスタンプもフィルターそのままです。画素の値を掛けます。",
            ),
            answer=lambda x, w, stride: transposed(np.ones_like(x), w, stride),
        ),
        Slip(
            "filter-not-used",
            Text(
                "The filter's numbers are not used: the pixels were written as"
                " they are.",
                "フィルターの数が使われていません。画素の値がそのまま書き込ま"
                "れています。",
            ),
            answer=lambda x, w, stride: transposed(x, np.ones_like(w), stride),
            also=(_zeros_only,),
        ),
        Slip(
            "side-by-side",
            Text(
                "The stamps lie side by side, whatever the stride is. They"
                " begin `stride` pixels apart, and may overlap.",
                "ストライドに関係なく、スタンプが並んでいます。`stride` 画素ず"
                "つずらすので、重なることもあります。",
            ),
            answer=lambda x, w, stride: np.kron(x, w),
        ),
        Slip(
            "rows-and-columns-swapped",
            Text(
                "Rows and columns of the map changed places: i counts rows, j"
                " columns.",
                "マップの行と列が入れ替わっています。i は行、j は列の番号で"
                "す。",
            ),
            answer=lambda x, w, stride: transposed(x, w, stride).T,
            also=(
                lambda x, w, stride: transposed(x.T, w, stride),
                lambda x, w, stride: transposed(x, w.T, stride),
            ),
        ),
        Slip(
            "mean-of-overlaps",
            Text(
                "The overlaps were averaged. They add up.",
                "重なりを平均しています。重なりは足します。",
            ),
            answer=lambda x, w, stride: (
                transposed(x, w, stride)
                / np.maximum(
                    transposed(np.ones_like(x), np.ones_like(w), stride), 1
                )
            ),
        ),
        rounded(transposed),
    ),
    hints=(
        Text(
            "Where does the stamp of pixel (i, j) begin, and where does the"
            " last one end?",
            "画素 (i, j) のスタンプはどこから始まりますか。最後のスタンプはど"
            "こで終わりますか。",
        ),
        Text(
            "Begin with zeros, stride * (H - 1) + FH rows. Go over the pixels"
            " of x and add x[i, j] * w to its place.",
            "stride * (H - 1) + FH 行の 0 から始めます。x の画素を順に回り、"
            "x[i, j] * w をその場所に足します。",
        ),
        Text(
            "y[top : top + FH, left : left + FW] += x[i, j] * w",
            "y[top : top + FH, left : left + FW] += x[i, j] * w",
        ),
    ),
)
