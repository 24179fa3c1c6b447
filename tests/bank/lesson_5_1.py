"""Answers to the exercises of lesson 5_1."""

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from tests.bank import Answer, collect

ANSWERS: list[Answer] = []
right, wrong = collect(ANSWERS)


def plain(x, w):
    """Return the map of one window, for answers that go wrong elsewhere."""
    windows = sliding_window_view(np.asarray(x), np.shape(w))
    return (windows * w).sum(axis=(2, 3))


def full(x, w, b=0, stride=1, pad=0):
    return plain(np.pad(x, pad), w)[::stride, ::stride] + b


# by_hand ------------------------------------------------------------------
right("by_hand", "a list", [15, 16])
right("by_hand", "whole floats", (15.0, 16.0))
right("by_hand", "numbers of an array", tuple(np.array([15, 16])))
for note, cause, value in [
    ("filter turned by 180 degrees", "kernel-flipped", (11, 12)),
    ("window summed", "filter-not-used", (13, 14)),
    ("down instead of right", "moved-down", (15, 6)),
    ("diagonally", "moved-diagonally", (15, 15)),
    ("the two numbers exchanged", "mirrored order-swapped", (16, 15)),
    ("first row only", "first-row-only", (5, 4)),
    ("miscounted the second", "place one-entry-differs", (15, 17)),
    ("miscounted the first", "place one-entry-differs", (14, 16)),
    ("miscounted both", "place", (17, 13)),
    ("only one number", "other-type", 15),
    ("as words", "other-type", ("15", "16")),
    ("second one is a guess of one more product", "place", (15, 18)),
    ("mean of the nine products", "mean-for-sum", (15 / 9, 16 / 9)),
    ("two steps to the right", "place", (15, 9)),
]:
    wrong("by_hand", note, cause, value)


# convolve -----------------------------------------------------------------
@right("convolve", "typed, with a helper")
def _(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    def at(i: int, j: int) -> float:
        return float((x[i : i + w.shape[0], j : j + w.shape[1]] * w).sum())

    OH: int = x.shape[0] - w.shape[0] + 1
    OW: int = x.shape[1] - w.shape[1] + 1
    return np.array([[at(i, j) for j in range(OW)] for i in range(OH)])


@right("convolve", "np.dot as in the book")
def _(x, w):
    FH, FW = w.shape
    out = np.zeros((x.shape[0] - FH + 1, x.shape[1] - FW + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i][j] = np.dot(x[i : i + FH, j : j + FW].flatten(), w.ravel())
    return out


@right("convolve", "Frobenius product by vdot and nditer")
def _(img, ker):
    h, v = ker.shape
    y = np.empty((len(img) - h + 1, len(img[0]) - v + 1))
    it = np.nditer(y, flags=["multi_index"], op_flags=["writeonly"])
    for cell in it:
        i, j = it.multi_index
        cell[...] = np.vdot(img[i : i + h, j : j + v], ker)
    return y


@right("convolve", "append and reshape")
def _(x, w):
    y = []
    FH, FW = w.shape
    i = 0
    while i + FH <= x.shape[0]:
        for j in range(x.shape[1] - FW + 1):
            y.append(np.sum(np.multiply(w, x[i : i + FH, j : j + FW])))
        i += 1
    return np.reshape(y, (-1, x.shape[1] - FW + 1))


@right("convolve", "recursion over the rows")
def _(x, w):
    def rows(part):
        if len(part) < len(w):
            return []
        return [plain(part[: len(w)], w)[0], *rows(part[1:])]

    return np.array(rows(x))


@right("convolve", "fft")
def _(x, w):
    size = (x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1)
    y = np.fft.irfft2(
        np.fft.rfft2(x, size) * np.fft.rfft2(w[::-1, ::-1], size), size
    )
    return y[w.shape[0] - 1 : x.shape[0], w.shape[1] - 1 : x.shape[1]]


right("convolve", "float32 windows", lambda x, w: plain(x.astype("f4"), w))


def loop(use, OH=None, OW=None, place=None, dtype=float):
    """Return an answer as a loop; `use` makes a number of a window."""

    def answer(x, w):
        FH, FW = w.shape
        y = np.zeros(
            (
                OH(x, w) if OH else x.shape[0] - FH + 1,
                OW(x, w) if OW else x.shape[1] - FW + 1,
            ),
            dtype=dtype,
        )
        for i in range(y.shape[0]):
            for j in range(y.shape[1]):
                top, left = place(i, j, w) if place else (i, j)
                window = x[top : top + FH, left : left + FW]
                y[i, j] = use(window, w)
        return y

    return answer


def product(window, w):
    return np.sum(window * w)


for note, cause, value in [
    (
        "w[::-1, ::-1]",
        "kernel-flipped",
        lambda x, w: plain(x, w[::-1, ::-1]),
    ),
    ("np.flip(w)", "kernel-flipped", lambda x, w: plain(x, np.flip(w))),
    (
        "only upside down",
        "kernel-mirrored",
        lambda x, w: plain(x, w[::-1]),
    ),
    ("only left and right", "kernel-mirrored", lambda x, w: plain(x, w[:, ::-1])),
    ("no filter", "filter-not-used", loop(lambda a, w: np.sum(a))),
    ("mean", "mean-for-sum", loop(lambda a, w: np.mean(a * w))),
    ("max", "max-for-sum", loop(lambda a, w: np.max(a * w))),
    (
        "sum + w instead of times",
        "added-not-multiplied",
        loop(lambda a, w: np.sum(a + w)),
    ),
    (
        "sums multiplied",
        "sums-multiplied",
        loop(lambda a, w: np.sum(a) * np.sum(w)),
    ),
    ("dtype=int", "rounded-down", loop(product, dtype=int)),
    (
        "zero_like of int",
        "rounded-down",
        loop(lambda a, w: int(np.sum(a * w))),
    ),
    ("zeros of uint8", "rounded-down other-range number-too-large", loop(product, dtype=np.int8)),
    (
        "range(OH - 1)",
        "last-place-missing",
        loop(
            product,
            lambda x, w: x.shape[0] - w.shape[0],
            lambda x, w: x.shape[1] - w.shape[1],
        ),
    ),
    (
        "OW from FH",
        "square-assumed assigned-shape-differs shapes-do-not-broadcast",
        loop(product, None, lambda x, w: x.shape[1] - w.shape[0] + 1),
    ),
    (
        "OH and OW swapped",
        "rows-and-columns-swapped shape-in-other-order"
        " shapes-do-not-broadcast",
        loop(
            product,
            lambda x, w: x.shape[1] - w.shape[1] + 1,
            lambda x, w: x.shape[0] - w.shape[0] + 1,
        ),
    ),
    (
        "output as large as the image",
        "shapes-do-not-broadcast",
        loop(product, lambda x, w: x.shape[0], lambda x, w: x.shape[1]),
    ),
    (
        "window x[j, i]",
        "rows-and-columns-swapped shapes-do-not-broadcast",
        loop(product, place=lambda i, j, w: (j, i)),
    ),
    (
        "window never moves",
        "window-does-not-move",
        loop(product, place=lambda i, j, w: (0, 0)),
    ),
    (
        "window moves down only",
        "window-moves-one-way-only",
        loop(product, place=lambda i, j, w: (i, 0)),
    ),
    (
        "window moves right only",
        "window-moves-one-way-only",
        loop(product, place=lambda i, j, w: (0, j)),
    ),
    (
        "steps of the filter's size",
        "shapes-do-not-broadcast",
        loop(product, place=lambda i, j, w: (i * len(w), j * len(w))),
    ),
    ("plus one", "offset", lambda x, w: plain(x, w) + 1),
    ("matrix product", "matrix-product product-sizes-differ", loop(lambda a, w: np.sum(a @ w))),
    (
        "matrix product not summed",
        "assigned-shape-differs number-from-array product-sizes-differ"
        " array-into-one-place rows-differ-in-length",
        loop(lambda a, w: a @ w),
    ),
    (
        "forgot the sum",
        "array-into-one-place rows-differ-in-length assigned-shape-differs",
        loop(lambda a, w: a * w),
    ),
    ("np.dot of the two tables", "dot-sizes-differ", loop(lambda a, w: np.dot(a, w).sum())),
    (
        "returns the number of places",
        "axes-missing shape-differs single-number",
        lambda x, w: (x.shape[0] - w.shape[0] + 1)
        * (x.shape[1] - w.shape[1] + 1),
    ),
    ("one large sum", "single-number everything-summed", lambda x, w: plain(x, w).sum()),
    ("prints, returns nothing", "returns-none", lambda x, w: None),
    ("absolute value", "absolute-value", lambda x, w: abs(plain(x, w))),
    ("negative set to 0", "negative-cut-off", lambda x, w: np.maximum(plain(x, w), 0)),
    ("flat", "axes-missing flat-result", lambda x, w: plain(x, w).ravel()),
    ("np.zeros(OH, OW)", "zeros-without-brackets shape-not-in-brackets", lambda x, w: np.zeros(3, 4)),
    ("x.shape(0)", "shape-called", lambda x, w: x.shape(0)),
    ("same size with zeros", "shape-differs padded-though-not-asked", lambda x, w: full(x, w, 0, 1, 1)),
    ("transposed result", "transposed shape-in-other-order", lambda x, w: plain(x, w).T),
]:
    wrong("convolve", note, cause, value)


@wrong("convolve", "return inside the loop", "single-number")
def _(x, w):
    FH, FW = w.shape
    for i in range(x.shape[0] - FH + 1):
        for j in range(x.shape[1] - FW + 1):
            return np.sum(x[i : i + FH, j : j + FW] * w)


@wrong("convolve", "return after the first row", "partly-zero")
def _(x, w):
    FH, FW = w.shape
    y = np.zeros((x.shape[0] - FH + 1, x.shape[1] - FW + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = np.sum(x[i : i + FH, j : j + FW] * w)
        if i == 0:
            continue
        return y
    return y


@wrong("convolve", "total is never set back", "running-total")
def _(x, w):
    FH, FW = w.shape
    y = np.zeros((x.shape[0] - FH + 1, x.shape[1] - FW + 1))
    total = 0
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            total += np.sum(x[i : i + FH, j : j + FW] * w)
            y[i, j] = total
    return y


@wrong("convolve", "last product only", "last-product-only")
def _(x, w):
    FH, FW = w.shape
    y = np.zeros((x.shape[0] - FH + 1, x.shape[1] - FW + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            for a in range(FH):
                for c in range(FW):
                    y[i, j] = x[i + a, j + c] * w[a, c]
    return y


@wrong("convolve", "y[i] instead of y[i, j]", "row-overwritten last-column-everywhere")
def _(x, w):
    FH, FW = w.shape
    y = np.zeros((x.shape[0] - FH + 1, x.shape[1] - FW + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i] = np.sum(x[i : i + FH, j : j + FW] * w)
    return y


@wrong("convolve", "one place too far", "shapes-do-not-broadcast index-outside")
def _(x, w):
    FH, FW = w.shape
    y = np.zeros((x.shape[0] - FH + 1, x.shape[1] - FW + 1))
    for i in range(y.shape[0] + 1):
        for j in range(y.shape[1] + 1):
            y[i, j] = np.sum(x[i : i + FH, j : j + FW] * w)
    return y


@wrong("convolve", "3 is written for the filter's size", "size-three-assumed shapes-do-not-broadcast")
def _(x, w):
    y = np.zeros((x.shape[0] - 2, x.shape[1] - 2))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = np.sum(x[i : i + 3, j : j + 3] * w)
    return y


@wrong("convolve", "changes x on the way", "changes-input")
def _(x, w):
    y = plain(x, w)
    x[0, 0] = 0
    return y


@wrong("convolve", "for i in OH", "loop-over-number number-or-list-for-array loop-over-a-number list-for-array")
def _(x, w):
    OH = x.shape[0] - w.shape[0] + 1
    return [i for i in OH]


# output_size --------------------------------------------------------------
right("output_size", "int()", lambda n, f, stride=1, pad=0: int((n + 2 * pad - f) / stride) + 1)
right("output_size", "whole float", lambda n, f, s=1, p=0: float((n + 2 * p - f) // s + 1))
right("output_size", "math.floor", lambda n, f, s=1, p=0: math.floor((n + 2 * p - f) / s + 1))
right("output_size", "len(range)", lambda n, f, s=1, p=0: len(range(0, n + 2 * p - f + 1, s)))
right("output_size", "np.arange", lambda n, f, s=1, p=0: np.arange(0, n + 2 * p - f + 1, s).size)


@right("output_size", "while loop, typed")
def _(size: int, filter_size: int, stride: int = 1, pad: int = 0) -> int:
    start, count = 0, 0
    while start + filter_size <= size + 2 * pad:
        start, count = start + stride, count + 1
    return count


for note, cause, value in [
    ("no + 1", "one-too-few", lambda n, f, s=1, p=0: (n + 2 * p - f) // s),
    ("+ 2", "one-too-many", lambda n, f, s=1, p=0: (n + 2 * p - f) // s + 2),
    ("pad once", "pads-one-side-only", lambda n, f, s=1, p=0: (n + p - f) // s + 1),
    ("pad ignored", "pad-ignored", lambda n, f, s=1, p=0: (n - f) // s + 1),
    ("stride ignored", "stride-ignored", lambda n, f, s=1, p=0: n + 2 * p - f + 1),
    ("stride and pad ignored", "stride-and-pad-ignored", lambda n, f, s=1, p=0: n - f + 1),
    ("+ 1 before //", "one-added-before-dividing", lambda n, f, s=1, p=0: (n + 2 * p - f + 1) // s),
    ("brackets around stride + 1", "one-added-to-the-stride", lambda n, f, s=1, p=0: (n + 2 * p - f) // (s + 1)),
    ("ceil", "ceiling-for-floor", lambda n, f, s=1, p=0: math.ceil((n + 2 * p - f) / s) + 1),
    ("round", "rounded-to-nearest ceiling-for-floor", lambda n, f, s=1, p=0: round((n + 2 * p - f) / s) + 1),
    ("/", "exact-division", lambda n, f, s=1, p=0: (n + 2 * p - f) / s + 1),
    ("brackets forgotten", "missing-brackets", lambda n, f, s=1, p=0: n + 2 * p - f // s + 1),
    ("plus filter", "filter-added", lambda n, f, s=1, p=0: (n + 2 * p + f) // s + 1),
    ("minus pad", "pad-subtracted", lambda n, f, s=1, p=0: (n - 2 * p - f) // s + 1),
    ("times stride", "multiplied-by-stride", lambda n, f, s=1, p=0: (n + 2 * p - f) * s + 1),
    ("filter forgotten", "filter-forgotten", lambda n, f, s=1, p=0: (n + 2 * p) // s + 1),
    ("size // stride", "size-divided-by-stride", lambda n, f, s=1, p=0: n // s),
    ("pad ** 2", "pad-squared", lambda n, f, s=1, p=0: (n + p**2 - f) // s + 1),
    ("half the filter", "half-filter", lambda n, f, s=1, p=0: (n + 2 * p - f // 2) // s + 1),
    ("a list", "other-type axes-extra", lambda n, f, s=1, p=0: [(n + 2 * p - f) // s + 1]),
    ("a pair", "other-type axes-extra same-for-all", lambda n, f, s=1, p=0: (7, 7)),
    ("constant", "constant-result same-for-all", lambda n, f, s=1, p=0: 5),
    ("prints", "returns-none", lambda n, f, s=1, p=0: None),
    ("text", "other-type", lambda n, f, s=1, p=0: f"{(n + 2 * p - f) // s + 1}"),
    ("stride and filter swapped", "stride-and-filter-swapped", lambda n, f, s=1, p=0: (n + 2 * p - s) // f + 1),
    ("pad added after dividing", "pad-after-dividing", lambda n, f, s=1, p=0: (n - f) // s + 2 * p + 1),
    ("way // stride as a ceil by hand", "ceiling-for-floor", lambda n, f, s=1, p=0: -(-(n + 2 * p - f) // s) + 1),
    ("a // b of a misspelt name", "name-not-defined", lambda n, f, s=1, p=0: (n + 2 * padd - f) // s + 1),  # noqa: F821
]:
    wrong("output_size", note, cause, value)


# convolve2d ---------------------------------------------------------------
@right("convolve2d", "zeros with a slice, then loops with a step")
def _(x, w, b=0, stride=1, pad=0):
    H, W = x.shape
    big = np.zeros((H + 2 * pad, W + 2 * pad))
    big[pad : H + pad, pad : W + pad] = x
    rows = range(0, big.shape[0] - len(w) + 1, stride)
    columns = range(0, big.shape[1] - len(w[0]) + 1, stride)
    return [
        [(big[i:, j:][: len(w), : len(w[0])] * w).sum() + b for j in columns]
        for i in rows
    ]


@right("convolve2d", "other names, b in front")
def _(image, kernel, bias=0, step=1, margin=0):
    image = np.pad(image, ((margin, margin), (margin, margin)), "constant")
    h, v = kernel.shape
    n = (image.shape[0] - h) // step + 1
    m = (image.shape[1] - v) // step + 1
    y = np.full((n, m), float(bias))
    for i, j in np.ndindex(n, m):
        for k, m2 in np.ndindex(h, v):
            y[i, j] += kernel[k, m2] * image[i * step + k, j * step + m2]
    return y


right("convolve2d", "windows and einsum", lambda x, w, b=0, s=1, p=0: np.einsum("ijkl,kl", sliding_window_view(np.pad(x, p), w.shape)[::s, ::s], w) + b)


@right("convolve2d", "im2col and a product")
def _(x, w, b, stride, pad):
    v = sliding_window_view(np.pad(x, pad), w.shape)[::stride, ::stride]
    return (v.reshape(-1, w.size) @ w.reshape(-1, 1) + b).reshape(v.shape[:2])


def strided(place=lambda i, j, s: (i * s, j * s), frame=np.pad, total=lambda a, w, b: np.sum(a * w) + b, size=None, dtype=float):
    """Return an answer as loops over the places."""

    def answer(x, w, b=0, stride=1, pad=0):
        x = frame(x, pad)
        FH, FW = w.shape
        if size:
            OH, OW = size(x, w, stride)
        else:
            OH = (x.shape[0] - FH) // stride + 1
            OW = (x.shape[1] - FW) // stride + 1
        y = np.zeros((OH, OW), dtype)
        for i in range(OH):
            for j in range(OW):
                top, left = place(i, j, stride)
                y[i, j] = total(x[top : top + FH, left : left + FW], w, b)
        return y

    return answer


for note, cause, value in [
    ("no bias", "bias-forgotten", strided(total=lambda a, w, b: np.sum(a * w))),
    ("bias in the sum", "bias-in-every-product", strided(total=lambda a, w, b: np.sum(a * w + b))),
    ("bias subtracted", "bias-subtracted", strided(total=lambda a, w, b: np.sum(a * w) - b)),
    ("bias times", "bias-multiplied", strided(total=lambda a, w, b: np.sum(a * w) * b)),
    ("bias twice", "bias-twice", strided(total=lambda a, w, b: np.sum(a * w) + b + b)),
    ("mean", "mean-for-sum", strided(total=lambda a, w, b: np.mean(a * w) + b)),
    ("max", "max-for-sum", strided(total=lambda a, w, b: np.max(a * w) + b)),
    ("flipped", "kernel-flipped", strided(total=lambda a, w, b: np.sum(a * w[::-1, ::-1]) + b)),
    ("no filter", "filter-not-used", strided(total=lambda a, w, b: np.sum(a) + b)),
    ("dtype=int", "rounded-down", strided(dtype=int)),
    ("rows do not walk", "stride-on-one-axis", strided(lambda i, j, s: (i * s, j))),
    ("columns walk only", "stride-on-one-axis", strided(lambda i, j, s: (i, j * s))),
    ("no walking", "stride-counted-not-walked", strided(lambda i, j, s: (i, j))),
    ("i + stride", "stride-added-not-multiplied shapes-do-not-broadcast", strided(lambda i, j, s: (i + s, j + s))),
    ("places turned", "rows-and-columns-swapped shapes-do-not-broadcast", strided(lambda i, j, s: (j * s, i * s))),
    ("i // stride", "divided-by-stride", strided(lambda i, j, s: (i // s, j // s))),
    ("pad ignored", "pad-ignored", strided(frame=lambda x, p: x)),
    ("pad always 1", "pads-by-one-always", strided(frame=lambda x, p: np.pad(x, 1))),
    ("edge values", "pads-with-edge", strided(frame=lambda x, p: np.pad(x, p, mode="edge"))),
    ("reflect", "pads-with-reflection pads-with-edge", strided(frame=lambda x, p: np.pad(x, p, mode="symmetric"))),
    ("wraps", "pads-with-other-side", strided(frame=lambda x, p: np.pad(x, p, mode="wrap"))),
    ("frame of ones", "pads-with-ones", strided(frame=lambda x, p: np.pad(x, p, constant_values=1))),
    ("frame on top and left", "pads-one-side-only", strided(frame=lambda x, p: np.pad(x, ((p, 0), (p, 0))))),
    ("frame below and right", "pads-one-side-only", strided(frame=lambda x, p: np.pad(x, (0, p)))),
    ("height only", "pads-height-only", strided(frame=lambda x, p: np.pad(x, ((p, p), (0, 0))))),
    ("width only", "pads-width-only", strided(frame=lambda x, p: np.pad(x, ((0, 0), (p, p))))),
    ("padded twice", "pads-twice", strided(frame=lambda x, p: np.pad(np.pad(x, p), p))),
    ("full, then / stride", "not-an-integer", strided(size=lambda x, w, s: ((x.shape[0] - len(w)) / s + 1, (x.shape[1] - len(w[0])) / s + 1))),
    ("stride not in the size", "shapes-do-not-broadcast", strided(size=lambda x, w, s: (x.shape[0] - len(w) + 1, x.shape[1] - len(w[0]) + 1))),
    ("stride ignored everywhere", "stride-ignored", lambda x, w, b=0, s=1, p=0: full(x, w, b, 1, p)),
    ("stride and pad ignored", "stride-and-pad-ignored", lambda x, w, b=0, s=1, p=0: plain(x, w) + b),
    ("size one less", "last-place-missing", strided(size=lambda x, w, s: ((x.shape[0] - len(w)) // s, (x.shape[1] - len(w[0])) // s))),
    ("one row less", "last-place-missing", lambda x, w, b=0, s=1, p=0: full(x, w, b, s, p)[:-1]),
    ("square image", "square-assumed shapes-do-not-broadcast shape-differs", strided(size=lambda x, w, s: ((x.shape[0] - len(w)) // s + 1,) * 2)),
    ("bias to the image", "bias-added-to-the-image", lambda x, w, b=0, s=1, p=0: full(x + b, w, 0, s, p)),
    ("bias to the filter", "bias-added-to-the-image", lambda x, w, b=0, s=1, p=0: full(x, w + b, 0, s, p)),
    ("relu", "negative-cut-off", lambda x, w, b=0, s=1, p=0: np.maximum(full(x, w, b, s, p), 0)),
    ("pad of the result", "pads-the-result", lambda x, w, b=0, s=1, p=0: np.pad(plain(x, w)[::s, ::s] + b, p)),
    ("stride and pad exchanged", "divided-by-zero stride-and-pad-swapped", lambda x, w, b=0, s=1, p=0: full(x, w, b, p, s)),
    ("pad as x.shape + pad", "shapes-do-not-broadcast", lambda x, w, b=0, s=1, p=0: np.zeros((2, 2)) + x),
    ("returns None", "returns-none", lambda x, w, b=0, s=1, p=0: None),
    ("only three arguments", "wrong-arguments", lambda x, w, b: full(x, w, b)),
    ("y + b forgotten in the return", "bias-forgotten", lambda x, w, b=0, s=1, p=0: full(x, w, 0, s, p)),
]:
    wrong("convolve2d", note, cause, value)


@wrong("convolve2d", "bias only at the end of a row", "bias-in-one-place last-column-only")
def _(x, w, b=0, stride=1, pad=0):
    y = full(x, w, 0, stride, pad)
    y[:, -1] += b
    return y


@wrong("convolve2d", "slice ends at (i + 1) * stride", "slice-ends-at-stride shapes-do-not-broadcast")
def _(x, w, b=0, stride=1, pad=0):
    x = np.pad(x, pad)
    FH, FW = w.shape
    OH = (x.shape[0] - FH) // stride + 1
    OW = (x.shape[1] - FW) // stride + 1
    y = np.zeros((OH, OW))
    for i in range(OH):
        for j in range(OW):
            window = x[i * stride : (i + 1) * stride, j * stride : (j + 1) * stride]
            y[i, j] = np.sum(window * w) + b
    return y


# convolve_channels --------------------------------------------------------
def channels(x, w, b=0, stride=1, pad=0):
    return sum(full(c, v, 0, stride, pad) for c, v in zip(x, w)) + b


@right("convolve_channels", "accumulate with +=")
def _(x, w, b=0, stride=1, pad=0):
    y = full(x[0], w[0], b, stride, pad).astype(float)
    for c in range(1, len(x)):
        y += full(x[c], w[c], 0, stride, pad)
    return y


@right("convolve_channels", "window of all channels at once")
def _(x, w, b=0, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad)))
    _, FH, FW = w.shape
    OH = (x.shape[1] - FH) // stride + 1
    OW = (x.shape[2] - FW) // stride + 1
    y = np.zeros((OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            y[i, j] = (x[:, top : top + FH, left : left + FW] * w).sum() + b
    return y


right("convolve_channels", "np.sum of a list", lambda x, w, b=0, s=1, p=0: np.sum([full(x[c], w[c], 0, s, p) for c in range(len(x))], axis=0) + b)
right("convolve_channels", "bias shared out", lambda x, w, b=0, s=1, p=0: sum(full(c, v, b / len(x), s, p) for c, v in zip(x, w)))


@right("convolve_channels", "recursion")
def conv_rec(x, w, b=0, stride=1, pad=0):
    if len(x) == 0:
        return b
    return full(x[0], w[0], 0, stride, pad) + conv_rec(
        x[1:], w[1:], b, stride, pad
    )


for note, cause, value in [
    ("first channel only", "first-channel-only", lambda x, w, b=0, s=1, p=0: full(x[0], w[0], b, s, p)),
    ("last channel only", "last-channel-only", lambda x, w, b=0, s=1, p=0: full(x[-1], w[-1], b, s, p)),
    ("w[0] for all", "first-filter-channel-for-all", lambda x, w, b=0, s=1, p=0: sum(full(c, w[0], 0, s, p) for c in x) + b),
    ("x[0] for all", "first-channel-for-all", lambda x, w, b=0, s=1, p=0: sum(full(x[0], v, 0, s, p) for v in w) + b),
    ("not summed", "channels-not-summed", lambda x, w, b=0, s=1, p=0: np.array([full(c, v, 0, s, p) for c, v in zip(x, w)])),
    ("not summed, with bias", "channels-not-summed", lambda x, w, b=0, s=1, p=0: np.array([full(c, v, b, s, p) for c, v in zip(x, w)])),
    ("a list of maps", "channels-not-summed", lambda x, w, b=0, s=1, p=0: [full(c, v, 0, s, p) for c, v in zip(x, w)]),
    ("bias each time", "bias-for-each-channel", lambda x, w, b=0, s=1, p=0: sum(full(c, v, b, s, p) for c, v in zip(x, w))),
    ("no bias", "bias-forgotten", lambda x, w, b=0, s=1, p=0: channels(x, w, 0, s, p)),
    ("mean of the channels", "mean-over-channels", lambda x, w, b=0, s=1, p=0: np.mean([full(c, v, 0, s, p) for c, v in zip(x, w)], axis=0) + b),
    ("max of the channels", "max-over-channels", lambda x, w, b=0, s=1, p=0: np.max([full(c, v, 0, s, p) for c, v in zip(x, w)], axis=0) + b),
    ("channels summed first", "channels-summed-first", lambda x, w, b=0, s=1, p=0: full(x.sum(0), w.sum(0), b, s, p)),
    ("images summed, filters not", "channels-not-summed", lambda x, w, b=0, s=1, p=0: np.array([full(x.sum(0), v, b, s, p) for v in w])),
    ("np.pad on three axes", "pads-every-axis shapes-do-not-broadcast", lambda x, w, b=0, s=1, p=0: channels(np.pad(x, p)[: len(x)], w, b, s)),
    ("stride ignored", "stride-ignored", lambda x, w, b=0, s=1, p=0: channels(x, w, b, 1, p)),
    ("pad ignored", "pad-ignored", lambda x, w, b=0, s=1, p=0: channels(x, w, b, s)),
    ("both ignored", "stride-and-pad-ignored", lambda x, w, b=0, s=1, p=0: channels(x, w, b)),
    ("sum() of everything", "single-number everything-summed", lambda x, w, b=0, s=1, p=0: np.sum([full(c, v, 0, s, p) for c, v in zip(x, w)]) + b),
    ("wrong axis summed", "axis-summed-is-rows axes-missing shape-differs summed-over-the-wrong-axis", lambda x, w, b=0, s=1, p=0: np.array([full(c, v, 0, s, p) for c, v in zip(x, w)]).sum(axis=1) + b),
    ("range(3)", "three-channels-assumed index-outside", lambda x, w, b=0, s=1, p=0: sum(full(x[c], w[c], 0, s, p) for c in range(3)) + b),
    ("one channel too few", "last-channel-missing", lambda x, w, b=0, s=1, p=0: sum(full(x[c], w[c], 0, s, p) for c in range(len(x) - 1)) + b),
    ("channels in reverse", "channels-reversed", lambda x, w, b=0, s=1, p=0: channels(x, w[::-1], b, s, p)),
    ("product of channels", "maps-multiplied", lambda x, w, b=0, s=1, p=0: np.prod([full(c, v, 0, s, p) for c, v in zip(x, w)], axis=0) + b),
    ("flipped", "kernel-flipped", lambda x, w, b=0, s=1, p=0: channels(x, w[:, ::-1, ::-1], b, s, p)),
    ("int result", "rounded-down", lambda x, w, b=0, s=1, p=0: channels(x, w, b, s, p).astype(int)),
    ("concatenated", "shape-differs channels-side-by-side", lambda x, w, b=0, s=1, p=0: np.concatenate([full(c, v, 0, s, p) for c, v in zip(x, w)]) + b),
    ("sum with keepdims", "axes-extra only-the-shape", lambda x, w, b=0, s=1, p=0: channels(x, w, b, s, p)[None]),
    ("convolve2d called with 3 axes", "raises shapes-do-not-broadcast unpacks-other-number", lambda x, w, b=0, s=1, p=0: full(x, np.ones((2, 2)), b, s, p) * w),
    ("frame of ones", "pads-with-ones", lambda x, w, b=0, s=1, p=0: channels(np.pad(x, ((0, 0), (p, p), (p, p)), constant_values=1), w, b, s)),
    ("edge", "pads-with-edge", lambda x, w, b=0, s=1, p=0: channels(np.pad(x, ((0, 0), (p, p), (p, p)), mode="edge"), w, b, s)),
    ("overwrites", "last-channel-only", lambda x, w, b=0, s=1, p=0: [full(c, v, b, s, p) for c, v in zip(x, w)][-1]),
]:
    wrong("convolve_channels", note, cause, value)


@wrong("convolve_channels", "return in the loop", "first-channel-only")
def _(x, w, b=0, stride=1, pad=0):
    y = 0
    for c in range(len(x)):
        y = y + full(x[c], w[c], 0, stride, pad)
        return y + b


@wrong("convolve_channels", "loop over the rows", "square-assumed index-outside")
def _(x, w, b=0, stride=1, pad=0):
    return sum(full(x[c], w[c], 0, stride, pad) for c in range(x.shape[1])) + b


# convolve_images ----------------------------------------------------------
def images(x, W, b, stride=1, pad=0):
    return np.array(
        [[channels(i, W[k], b[k], stride, pad) for k in range(len(W))] for i in x]
    )


@right("convolve_images", "filled array")
def _(x, W, b, stride=1, pad=0):
    N, FN = len(x), len(W)
    first = channels(x[0], W[0], b[0], stride, pad)
    y = np.empty((N, FN, *first.shape))
    for n in range(N):
        for k in range(FN):
            y[n, k] = channels(x[n], W[k], b[k], stride, pad)
    return y


@right("convolve_images", "tensordot of windows")
def _(x, W, b, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    v = sliding_window_view(x, W.shape[2:], axis=(2, 3))
    v = v[:, :, ::stride, ::stride]
    y = np.tensordot(v, W, axes=((1, 4, 5), (1, 2, 3)))
    return np.moveaxis(y + b, -1, 1)


right("convolve_images", "zip", lambda x, W, b, stride=1, pad=0: np.stack([np.stack([channels(i, w, v, stride, pad) for w, v in zip(W, b)]) for i in x]))
right("convolve_images", "nested lists", lambda x, W, b, stride=1, pad=0: images(x, W, b, stride, pad).tolist())


def filled(use):
    return lambda x, W, b, s=1, p=0: np.array([[use(i, W, b, k, s, p) for k in range(len(W))] for i in x])


for note, cause, value in [
    ("filters outside", "filters-before-images", lambda x, W, b, s=1, p=0: np.array([[channels(i, W[k], b[k], s, p) for i in x] for k in range(len(W))])),
    ("b[0]", "one-bias-for-all", filled(lambda i, W, b, k, s, p: channels(i, W[k], b[0], s, p))),
    ("no bias", "bias-forgotten", filled(lambda i, W, b, k, s, p: channels(i, W[k], 0, s, p))),
    ("W[0]", "one-filter-for-all", filled(lambda i, W, b, k, s, p: channels(i, W[0], b[k], s, p))),
    ("W[0] and b[0]", "one-filter-for-all", filled(lambda i, W, b, k, s, p: channels(i, W[0], b[0], s, p))),
    ("x[0]", "one-image-for-all first-image-for-all", lambda x, W, b, s=1, p=0: np.array([[channels(x[0], W[k], b[k], s, p) for k in range(len(W))] for _ in x])),
    ("one image only", "axes-missing first-image-only", lambda x, W, b, s=1, p=0: np.array([channels(x[0], W[k], b[k], s, p) for k in range(len(W))])),
    ("one image, axis kept", "first-image-only", lambda x, W, b, s=1, p=0: images(x[:1], W, b, s, p)),
    ("one filter only", "first-filter-only", lambda x, W, b, s=1, p=0: images(x, W[:1], b, s, p)),
    ("stride ignored", "stride-ignored", lambda x, W, b, s=1, p=0: images(x, W, b, 1, p)),
    ("pad ignored", "pad-ignored", lambda x, W, b, s=1, p=0: images(x, W, b, s)),
    ("both ignored", "stride-and-pad-ignored", lambda x, W, b, s=1, p=0: images(x, W, b)),
    ("filters summed", "filters-summed", lambda x, W, b, s=1, p=0: images(x, W, b, s, p).sum(axis=1)),
    ("all biases added", "all-biases-added", filled(lambda i, W, b, k, s, p: channels(i, W[k], b.sum(), s, p))),
    ("vector of biases", "assigned-shape-differs shapes-do-not-broadcast", filled(lambda i, W, b, k, s, p: channels(i, W[k], 0, s, p) + np.ones(7) * b[0])),
    ("one after another", "axes-missing images-and-filters-joined", lambda x, W, b, s=1, p=0: np.array([channels(i, W[k], b[k], s, p) for i in x for k in range(len(W))])),
    ("first channel only", "first-channel-only", filled(lambda i, W, b, k, s, p: channels(i[:1], W[k][:1], b[k], s, p))),
    ("channels last", "channels-last", lambda x, W, b, s=1, p=0: images(x, W, b, s, p).transpose(0, 2, 3, 1)),
    ("flipped", "kernel-flipped", lambda x, W, b, s=1, p=0: images(x, W[:, :, ::-1, ::-1], b, s, p)),
    ("reshape for transpose", "reshape-for-transpose", lambda x, W, b, s=1, p=0: images(x, W, b, s, p).swapaxes(0, 1).reshape(images(x, W, b, s, p).shape)),
    ("int", "rounded-down", lambda x, W, b, s=1, p=0: images(x, W, b, s, p).astype(int)),
    ("range(len(x)) for filters", "index-outside images-for-filters square-assumed shape-differs", lambda x, W, b, s=1, p=0: np.array([[channels(i, W[k], b[k], s, p) for k in range(len(x))] for i in x])),
    ("mean over channels", "mean-over-channels", lambda x, W, b, s=1, p=0: images(x, W / W.shape[1], b, s, p)),
    ("x[k] with W[k]", "index-outside axes-missing image-paired-with-filter", lambda x, W, b, s=1, p=0: np.array([channels(x[k], W[k], b[k], s, p) for k in range(len(W))])),
    ("bias reversed", "biases-reversed", lambda x, W, b, s=1, p=0: images(x, W, b[::-1], s, p)),
    ("None", "returns-none", lambda x, W, b, s=1, p=0: None),
    ("frame of ones", "pads-with-ones", lambda x, W, b, s=1, p=0: images(np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=1), W, b, s)),
    ("np.pad on all", "pads-every-axis product-sizes-differ index-outside", lambda x, W, b, s=1, p=0: images(np.pad(x, p), W, b, s)),
]:
    wrong("convolve_images", note, cause, value)


@wrong("convolve_images", "maps reset in the wrong loop", "images-and-filters-joined")
def _(x, W, b, stride=1, pad=0):
    maps, out = [], []
    for image in x:
        for k in range(len(W)):
            maps.append(channels(image, W[k], b[k], stride, pad))
        out = maps
    return np.array(out)


@wrong("convolve_images", "return in the loop over images", "first-image-only axes-missing")
def _(x, W, b, stride=1, pad=0):
    for image in x:
        return np.array(
            [channels(image, W[k], b[k], stride, pad) for k in range(len(W))]
        )


@wrong("convolve_images", "y overwritten for each image", "last-image-for-all")
def _(x, W, b, stride=1, pad=0):
    y = images(x, W, b, stride, pad)
    for n in range(len(x)):
        for k in range(len(W)):
            y[:, k] = channels(x[n], W[k], b[k], stride, pad)
    return y


# edge_filter --------------------------------------------------------------
right("edge_filter", "array", np.array([[0, -1, 0], [0, 0, 0], [0, 1, 0]]))
right("edge_filter", "floats", [[0.0, -1.0, 0.0], [0, 0, 0], [0, 1.0, 0]])
right("edge_filter", "a column of zeros beside", np.outer([-1, 0, 1], [0, 1, 0]))
for note, cause, value in [
    ("above minus below", "upside-down", [[0, 1, 0], [0, 0, 0], [0, -1, 0]]),
    ("right minus left", "rows-and-columns-swapped", [[0, 0, 0], [-1, 0, 1], [0, 0, 0]]),
    ("left minus right", "rows-and-columns-swapped", [[0, 0, 0], [1, 0, -1], [0, 0, 0]]),
    ("below minus centre", "centre-instead-of-above", [[0, 0, 0], [0, -1, 0], [0, 1, 0]]),
    ("whole rows", "whole-rows", [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]),
    ("Sobel", "sobel", [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
    ("no minus", "no-minus", [[0, 1, 0], [0, 0, 0], [0, 1, 0]]),
    ("centre 1", "centre-not-zero", [[0, -1, 0], [0, 1, 0], [0, 1, 0]]),
    ("only below", "above-missing", [[0, 0, 0], [0, 0, 0], [0, 1, 0]]),
    ("only above", "below-missing", [[0, -1, 0], [0, 0, 0], [0, 0, 0]]),
    ("Laplace", "laplacian centre-not-zero", [[0, -1, 0], [-1, 4, -1], [0, -1, 0]]),
    ("twice", "scaled multiple-of-the-filter", [[0, -2, 0], [0, 0, 0], [0, 2, 0]]),
    ("half", "scaled multiple-of-the-filter", [[0, -0.5, 0], [0, 0, 0], [0, 0.5, 0]]),
    ("flat", "not-three-by-three flat-result", [0, -1, 0, 0, 0, 0, 0, 1, 0]),
    ("a column", "shape-differs not-three-by-three", [[-1], [0], [1]]),
    ("a row of three", "axes-missing not-three-by-three", [-1, 0, 1]),
    ("two rows", "shape-differs shape-off-by-one not-three-by-three", [[0, -1, 0], [0, 1, 0]]),
    ("ragged", "other-type rows-differ-in-length", [[0, -1, 0], [0], [0, 1, 0]]),
    ("left column", "wrong-column", [[-1, 0, 0], [0, 0, 0], [1, 0, 0]]),
    ("right column", "wrong-column", [[0, 0, -1], [0, 0, 0], [0, 0, 1]]),
    ("upper left to lower right", "place wrong-column", [[-1, 0, 0], [0, 0, 0], [0, 0, 1]]),
    ("all zero", "all-zero filter-of-zeros", [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
    ("centre minus above", "centre-instead-of-above", [[0, -1, 0], [0, 1, 0], [0, 0, 0]]),
    ("0 and 255", "place other-weights", [[0, 0, 0], [0, 0, 0], [0, 255, 0]]),
]:
    wrong("edge_filter", note, cause, value)


# strongest ----------------------------------------------------------------
right("strongest", "one line", lambda y: np.unravel_index(y.argmax(), y.shape))
right("strongest", "argwhere", lambda y: tuple(np.argwhere(y == y.max())[0]))
right("strongest", "array", lambda y: np.array(np.unravel_index(y.argmax(), y.shape)))
right("strongest", "max with key", lambda y: max(np.ndindex(*y.shape), key=lambda p: y[p]))


@right("strongest", "enumerate lists")
def _(y):
    best, where = -math.inf, None
    for r, row in enumerate(y.tolist()):
        for c, value in enumerate(row):
            if value > best:
                best, where = value, (r, c)
    return where


@right("strongest", "row of the row maxima")
def _(y):
    row = y.max(axis=1).argmax()
    return row, y[row].argmax()


@wrong("strongest", "best starts at 0", "maximum-starts-at-zero")
def _(y):
    best, row, column = 0, 0, 0
    for i in range(len(y)):
        for j in range(len(y[0])):
            if y[i, j] > best:
                best, row, column = y[i, j], i, j
    return row, column


@wrong("strongest", "best is not kept", "last-larger-place best-not-updated")
def _(y):
    row, column = 0, 0
    for i in range(len(y)):
        for j in range(len(y[0])):
            if y[i, j] > y[0, 0]:
                row, column = i, j
    return row, column


for note, cause, value in [
    ("argmax", "flat-index", lambda y: np.argmax(y)),
    ("swapped", "rows-and-columns-swapped", lambda y: np.unravel_index(y.argmax(), y.shape)[::-1]),
    ("abs", "largest-in-size", lambda y: np.unravel_index(abs(y).argmax(), y.shape)),
    ("smallest", "smallest-for-largest", lambda y: np.unravel_index(y.argmin(), y.shape)),
    ("from one", "counts-from-one", lambda y: tuple(v + 1 for v in np.unravel_index(y.argmax(), y.shape))),
    ("max itself", "value-not-place", lambda y: y.max()),
    ("max and place", "other-type value-not-place", lambda y: (y.max(), y.argmax())),
    ("argmax of each axis", "argmax-of-each-axis other-type axes-extra", lambda y: (y.argmax(axis=0), y.argmax(axis=1))),
    ("max of rows", "other-type value-not-place axes-missing axes-extra", lambda y: y.max(axis=1)),
    ("divmod by the height", "divided-by-the-height", lambda y: divmod(int(y.argmax()), y.shape[0])),
    ("divmod swapped", "rows-and-columns-swapped", lambda y: divmod(int(y.argmax()), y.shape[1])[::-1]),
    ("/ for //", "float-for-integer exact-division", lambda y: (y.argmax() / y.shape[1], y.argmax() % y.shape[1])),
    ("np.where as it is", "place-in-arrays axes-extra", lambda y: np.where(y == y.max())),
    ("one number of the row", "other-type axes-extra single-number row-only", lambda y: y.max(axis=1).argmax()),
    ("always (0, 0)", "constant-result same-for-all always-the-same-place", lambda y: (0, 0)),
    ("row of the first column", "first-column-only", lambda y: (y[:, 0].argmax(), y[0].argmax())),
    ("column of the summed", "sums-compared", lambda y: (y.sum(axis=1).argmax(), y.sum(axis=0).argmax())),
    ("max() of a table", "array-as-truth-value array-as-condition", lambda y: max(y)),
    ("index() of an array", "attribute-missing", lambda y: y.index(y.max())),
    ("if y > best", "array-as-truth-value array-as-condition", lambda y: (0, 0) if y > 0 else (1, 1)),
    ("three numbers", "other-type", lambda y: (0, 0, 0)),
    ("shape minus one", "last-place always-the-same-place", lambda y: (y.shape[0] - 1, y.shape[1] - 1)),
    ("None", "returns-none", lambda y: None),
    ("sorted place", "flat-index", lambda y: int(np.argsort(y, axis=None)[-1])),
    ("unravel with the shape turned", "shape-turned divided-by-the-height", lambda y: np.unravel_index(y.argmax(), y.shape[::-1])),
    ("middle of the window", "place offset", lambda y: tuple(int(v) + 4 for v in np.unravel_index(y.argmax(), y.shape))),
]:
    wrong("strongest", note, cause, value)
