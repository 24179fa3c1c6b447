"""Answers to the exercises of lesson 5_2."""

from fractions import Fraction

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.functional import conv_output_size
from tests.bank import Answer, collect

ANSWERS: list[Answer] = []
right, wrong = collect(ANSWERS)


def views(x, pool_h, pool_w, stride):
    v = sliding_window_view(x, (pool_h, pool_w), axis=(-2, -1))
    return v[..., ::stride, ::stride, :, :]


def largest(x, pool_h, pool_w, stride=1):
    return views(x, pool_h, pool_w, stride).max(axis=(-2, -1))


def average(x, pool_h, pool_w, stride=1):
    return views(x, pool_h, pool_w, stride).mean(axis=(-2, -1))


# by_hand ------------------------------------------------------------------
right("by_hand", "an array", np.array([[2, 3], [4, 2]]))
right("by_hand", "tuples", ((2, 3), (4, 2)))
right("by_hand", "whole floats", [[2.0, 3.0], [4.0, 2.0]])
for note, cause, value in [
    ("means", "mean-for-max", [[1, 1.5], [2.25, 1]]),
    ("sums", "sum-for-max", [[4, 6], [9, 4]]),
    ("columns first", "rows-and-columns-swapped", [[2, 4], [3, 2]]),
    ("stride 1", "stride-ignored", [[2, 2, 3], [3, 2, 3], [4, 4, 2]]),
    ("minima", "min-for-max", [[0, 0], [0, 0]]),
    ("flat", "axes-missing flat-result", [2, 3, 4, 2]),
    ("one miscounted", "place one-entry-differs", [[2, 3], [3, 2]]),
    ("another miscounted", "place one-entry-differs", [[2, 3], [4, 1]]),
    ("first numbers", "first-of-window", [[1, 1], [3, 0]]),
    ("last numbers", "last-of-window", [[1, 3], [4, 1]]),
    ("largest of rows", "rows-of-the-image", [2, 3, 3, 4]),
    ("largest of columns", "rows-of-the-image", [3, 4, 2, 3]),
    ("the largest of all", "one-window-for-all", 4),
    ("lower row first", "mirrored rows-exchanged", [[4, 2], [2, 3]]),
    ("right first", "mirrored rows-exchanged", [[3, 2], [2, 4]]),
    ("a column", "shape-differs axes-extra flat-result", [[2], [3], [4], [2]]),
    ("only the first row", "rows-missing", [[2, 3]]),
    ("places instead of numbers", "place-for-value", [[1, 3], [3, 2]]),
    ("ragged", "other-type", [[2, 3], [4]]),
    ("largest per quarter, two wrong", "place", [[2, 2], [4, 4]]),
]:
    wrong("by_hand", note, cause, value)


# max_pool -----------------------------------------------------------------
@right("max_pool", "lists and np.max")
def _(x, pool_h, pool_w, stride):
    return [
        [x[i : i + pool_h, j : j + pool_w].max() for j in range(0, x.shape[1] - pool_w + 1, stride)]
        for i in range(0, x.shape[0] - pool_h + 1, stride)
    ]


@right("max_pool", "typed, search from -inf")
def _(x: np.ndarray, ph: int, pw: int, s: int) -> np.ndarray:
    OH, OW = (len(x) - ph) // s + 1, (len(x[0]) - pw) // s + 1
    out = np.empty((OH, OW))
    for i in range(OH):
        for j in range(OW):
            best = -float("inf")
            for a in range(ph):
                for b in range(pw):
                    best = max(best, x[i * s + a, j * s + b])
            out[i, j] = best
    return out


@right("max_pool", "im2col and max along the rows")
def _(x, pool_h, pool_w, stride):
    v = views(x, pool_h, pool_w, stride)
    return v.reshape(-1, pool_h * pool_w).max(axis=1).reshape(v.shape[:2])


@right("max_pool", "np.maximum of shifted slices")
def _(x, pool_h, pool_w, stride):
    OH = conv_output_size(x.shape[0], pool_h, stride)
    OW = conv_output_size(x.shape[1], pool_w, stride)
    y = np.full((OH, OW), -np.inf)
    for a, b in np.ndindex(pool_h, pool_w):
        part = x[a : a + stride * OH : stride, b : b + stride * OW : stride]
        y = np.maximum(y, part)
    return y


@right("max_pool", "dtype of x kept")
def _(x, pool_h, pool_w, stride):
    OH = conv_output_size(x.shape[0], pool_h, stride)
    OW = conv_output_size(x.shape[1], pool_w, stride)
    y = np.zeros((OH, OW), dtype=x.dtype)
    for i in range(OH):
        for j in range(OW):
            y[i, j] = np.sort(x[i * stride :, j * stride :][:pool_h, :pool_w], axis=None)[-1]
    return y


def loops(use, place=lambda i, j, s: (i * s, j * s), dtype=float, end=None, turned=False):
    """Return an answer as loops over the places."""

    def answer(x, pool_h, pool_w, stride):
        if turned:
            pool_h, pool_w = pool_w, pool_h
        OH = conv_output_size(x.shape[0], pool_h, stride)
        OW = conv_output_size(x.shape[1], pool_w, stride)
        y = np.zeros((OH, OW), dtype)
        for i in range(OH):
            for j in range(OW):
                top, left = place(i, j, stride)
                bottom, right = top + pool_h, left + pool_w
                if end:
                    bottom, right = end(i, j, stride, pool_h, pool_w)
                y[i, j] = use(x[top:bottom, left:right])
        return y

    return answer


def from_zero(window):
    best = 0
    for value in window.ravel():
        if value > best:
            best = value
    return best


COMMON = [  # (note, cause, what loops() gets beside the function)
    ("i and j turned", "rows-and-columns-swapped empty-window", {"place": lambda i, j, s: (j * s, i * s)}),
    ("does not walk", "stride-counted-not-walked", {"place": lambda i, j, s: (i, j)}),
    ("rows do not walk", "stride-on-one-axis", {"place": lambda i, j, s: (i, j * s)}),
    ("columns do not walk", "stride-on-one-axis", {"place": lambda i, j, s: (i * s, j)}),
    ("i + stride", "stride-added-not-multiplied", {"place": lambda i, j, s: (i + s, j + s)}),
    ("ends at (i + 1) * stride", "slice-ends-at-stride", {"end": lambda i, j, s, ph, pw: ((i + 1) * s, (j + 1) * s)}),
    ("one pixel too few", "window-one-too-small empty-window", {"end": lambda i, j, s, ph, pw: (i * s + ph - 1, j * s + pw - 1)}),
    ("one pixel too many", "window-one-too-large", {"end": lambda i, j, s, ph, pw: (i * s + ph + 1, j * s + pw + 1)}),
    ("i + pool_h", "window-end-without-stride empty-window", {"end": lambda i, j, s, ph, pw: (i + ph, j + pw)}),
    ("h for both", "height-for-width", {"end": lambda i, j, s, ph, pw: (i * s + ph, j * s + ph)}),
    ("w for both", "width-for-height height-for-width", {"end": lambda i, j, s, ph, pw: (i * s + pw, j * s + pw)}),
    ("turned window", "height-and-width-swapped", {"turned": True}),
    ("always the first window", "window-does-not-move", {"place": lambda i, j, s: (0, 0), "end": lambda i, j, s, ph, pw: (ph, pw)}),
    ("never moves", "window-does-not-move", {"place": lambda i, j, s: (0, 0)}),
    ("dtype=int", "rounded-down", {"dtype": int}),
]
for note, cause, how in COMMON:
    wrong("max_pool", note, cause, loops(np.max, **how))
    wrong("average_pool", note, cause, loops(np.mean, **how))

BOTH = [
    ("rows from 0 to OH - 1", "last-place-missing", lambda f: lambda x, h, w, s: f(x, h, w, s)[:-1, :-1]),
    ("stride ignored", "stride-ignored", lambda f: lambda x, h, w, s: f(x, h, w, 1)),
    ("stride = pool", "window-size-for-stride", lambda f: lambda x, h, w, s: views(x, h, w, 1)[::h, ::w].max((2, 3)) if f is largest else views(x, h, w, 1)[::h, ::w].mean((2, 3))),
    ("pool_h for the stride", "window-size-for-stride shape-differs height-for-stride", lambda f: lambda x, h, w, s: f(x, h, w, h)),
    ("relu", "negative-cut-off maximum-starts-at-zero", lambda f: lambda x, h, w, s: np.maximum(f(x, h, w, s), 0)),
    ("flat", "flat-result axes-missing", lambda f: lambda x, h, w, s: f(x, h, w, s).ravel()),
    ("turned result", "transposed", lambda f: lambda x, h, w, s: f(x, h, w, s).T),
    ("one number", "everything-in-one-number", lambda f: lambda x, h, w, s: f(x, *x.shape, 1)[0, 0]),
    ("None", "returns-none", lambda f: lambda x, h, w, s: None),
    ("abs", "absolute-value largest-in-size", lambda f: lambda x, h, w, s: f(abs(x), h, w, s)),
    ("other axis only", "one-axis-only axes-extra", lambda f: lambda x, h, w, s: views(x, h, w, s).max(3)),
    ("astype(int)", "rounded-down", lambda f: lambda x, h, w, s: f(x, h, w, s).astype(int)),
    ("rounded", "rounded-down", lambda f: lambda x, h, w, s: np.round(f(x, h, w, s))),
    ("for i in OH", "loop-over-number number-or-list-for-array loop-over-a-number list-for-array", lambda f: lambda x, h, w, s: [i for i in conv_output_size(len(x), h, s)]),
    ("OH by /", "not-an-integer", lambda f: lambda x, h, w, s: np.zeros((x.shape[0] / s, x.shape[1] / s))),
    ("np.zeros(OH, OW)", "zeros-without-brackets shape-not-in-brackets", lambda f: lambda x, h, w, s: np.zeros(3, 4)),
    ("changes x", "changes-input", lambda f: lambda x, h, w, s: (f(x, h, w, s), x.fill(0))[0]),
]
for note, cause, how in BOTH:
    wrong("max_pool", note, cause, how(largest))
    wrong("average_pool", note, cause, how(average))

for note, cause, value in [
    ("mean", "mean-for-max", average),
    ("sum", "sum-for-max", loops(np.sum)),
    ("min", "min-for-max", loops(np.min)),
    ("best = 0", "maximum-starts-at-zero", loops(from_zero)),
    ("best = -1", "maximum-starts-too-high maximum-starts-at-zero", loops(lambda a: max(-1, a.max()))),
    ("abs max", "largest-in-size", loops(lambda a: a.flat[abs(a).argmax()])),
    ("argmax", "place-for-value", loops(np.argmax)),
    ("first of the window", "first-of-window", loops(lambda a: a[0, 0])),
    ("max of a list of lists", "max-of-lists", loops(lambda a: max(max(a.tolist())))),
    ("max of the last row", "one-row-of-the-window", loops(lambda a: a[-1].max())),
    ("max of the first row", "one-row-of-the-window", loops(lambda a: a[0].max())),
    ("max() of a window", "array-as-truth-value array-as-condition", loops(max)),
    ("max along the rows", "array-into-one-place assigned-shape-differs rows-differ-in-length", loops(lambda a: a.max(axis=0))),
    ("global maximum", "same-everywhere", lambda x, h, w, s: np.full_like(largest(x, h, w, s), x.max())),
]:
    wrong("max_pool", note, cause, value)


@wrong("max_pool", "best is not set back", "running-maximum")
def _(x, pool_h, pool_w, stride):
    y = np.zeros_like(largest(x, pool_h, pool_w, stride))
    best = -np.inf
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            window = x[i * stride :, j * stride :][:pool_h, :pool_w]
            best = max(best, window.max())
            y[i, j] = best
    return y


@wrong("max_pool", "return in the loop", "first-row-of-the-output-only")
def _(x, pool_h, pool_w, stride):
    y = np.zeros_like(largest(x, pool_h, pool_w, stride))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = x[i * stride :, j * stride :][:pool_h, :pool_w].max()
        return y


# average_pool -------------------------------------------------------------
right("average_pool", "one line", lambda x, ph, pw, s: views(x, ph, pw, s).mean((2, 3)))
right("average_pool", "sum by the product of sides", lambda x, ph, pw, s: views(x, ph, pw, s).sum((2, 3)) / (ph * pw))


@right("average_pool", "adds slices and divides once")
def _(x, pool_h, pool_w, stride):
    OH = conv_output_size(x.shape[0], pool_h, stride)
    OW = conv_output_size(x.shape[1], pool_w, stride)
    y = np.zeros((OH, OW))
    for a in range(pool_h):
        for b in range(pool_w):
            y += x[a:, b:][: stride * OH : stride, : stride * OW : stride]
    return y / pool_h / pool_w


@right("average_pool", "pure lists")
def _(x, ph, pw, s):
    out = []
    for i in range(0, len(x) - ph + 1, s):
        row = []
        for j in range(0, len(x[0]) - pw + 1, s):
            numbers = [x[a][b] for a in range(i, i + ph) for b in range(j, j + pw)]
            row.append(sum(numbers) / len(numbers))
        out.append(row)
    return out


@right("average_pool", "a filter of shares")
def _(x, ph, pw, s):
    w = np.ones((ph, pw)) / (ph * pw)
    return np.einsum("ijab,ab->ij", views(x, ph, pw, s), w)


for note, cause, value in [
    ("max", "max-for-mean", largest),
    ("sum", "sum-for-mean", loops(np.sum)),
    ("//", "rounded-down", loops(lambda a: a.sum() // a.size)),
    ("/ pool_h", "divided-by-one-side", lambda x, h, w, s: loops(np.sum)(x, h, w, s) / h),
    ("/ pool_w", "divided-by-one-side", lambda x, h, w, s: loops(np.sum)(x, h, w, s) / w),
    ("/ pool_h ** 2", "square-window-assumed", lambda x, h, w, s: loops(np.sum)(x, h, w, s) / h**2),
    ("/ pool_w ** 2", "square-window-assumed", lambda x, h, w, s: loops(np.sum)(x, h, w, s) / w**2),
    ("/ (h + w)", "divided-by-the-sum-of-sides", lambda x, h, w, s: loops(np.sum)(x, h, w, s) / (h + w)),
    ("/ 4", "divided-by-four", lambda x, h, w, s: loops(np.sum)(x, h, w, s) / 4),
    ("/ stride ** 2", "divided-by-the-stride", lambda x, h, w, s: loops(np.sum)(x, h, w, s) / s**2),
    ("/ x.size", "divided-by-the-image", lambda x, h, w, s: loops(np.sum)(x, h, w, s) / x.size),
    ("median", "median-for-mean", loops(np.median)),
    ("middle of max and min", "middle-for-mean median-for-mean", loops(lambda a: (a.max() + a.min()) / 2)),
    ("mean of the whole image", "same-everywhere", lambda x, h, w, s: np.full(average(x, h, w, s).shape, x.mean())),
    ("mean along one axis", "array-into-one-place assigned-shape-differs rows-differ-in-length", loops(lambda a: a.mean(axis=0))),
    ("sum / pool_h * pool_w", "missing-brackets divided-by-one-side", lambda x, h, w, s: loops(np.sum)(x, h, w, s) / h * w),
    ("len(window)", "divided-by-one-side", loops(lambda a: a.sum() / len(a))),
    ("mean of the row means of nonzero", "zeros-not-counted", loops(lambda a: a[a != 0].mean() if a.any() else 0)),
]:
    wrong("average_pool", note, cause, value)


# max_pool_images ----------------------------------------------------------
def frame(x, pad, value=-np.inf):
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), constant_values=value)


def images(x, h, w, s=1, p=0):
    return largest(frame(x.astype(float), p), h, w, s)


right("max_pool_images", "finfo min", lambda x, h, w, s=1, p=0: largest(frame(x, p, np.finfo(x.dtype).min), h, w, s))
right("max_pool_images", "x.min() - 1", lambda x, h, w, s=1, p=0: largest(frame(x, p, x.min()), h, w, s))


@right("max_pool_images", "full of -inf, slice, four loops")
def _(x, pool_h, pool_w, stride=1, pad=0):
    N, C, H, W = x.shape
    big = np.full((N, C, H + 2 * pad, W + 2 * pad), float("-inf"))
    big[:, :, pad : pad + H, pad : pad + W] = x
    OH = (H + 2 * pad - pool_h) // stride + 1
    OW = (W + 2 * pad - pool_w) // stride + 1
    y = np.zeros((N, C, OH, OW))
    for n in range(N):
        for c in range(C):
            for i in range(OH):
                for j in range(OW):
                    y[n, c, i, j] = big[n, c, i * stride : i * stride + pool_h, j * stride : j * stride + pool_w].max()
    return y


right("max_pool_images", "amax of windows, list", lambda x, h, w, s=1, p=0: np.amax(views(frame(x, p), h, w, s), axis=(4, 5)).tolist())
right("max_pool_images", "edge: each window holds these numbers anyway", lambda x, h, w, s=1, p=0: largest(np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="edge"), h, w, s))
right("max_pool_images", "per image and channel", lambda x, h, w, s=1, p=0: np.array([[largest(np.pad(c, p, constant_values=-np.inf), h, w, s) for c in i] for i in x]))


def walk(place=lambda i, j, s: (i * s, j * s), end=None, axis=(2, 3), value=-np.inf, dtype=float):
    def answer(x, pool_h, pool_w, stride=1, pad=0):
        N, C, H, W = x.shape
        x = frame(x, pad, value)
        OH = conv_output_size(H, pool_h, stride, pad)
        OW = conv_output_size(W, pool_w, stride, pad)
        y = np.zeros((N, C, OH, OW), dtype)
        for i in range(OH):
            for j in range(OW):
                top, left = place(i, j, stride)
                bottom, right = top + pool_h, left + pool_w
                if end:
                    bottom, right = end(i, j, stride, pool_h, pool_w)
                y[:, :, i, j] = np.max(x[:, :, top:bottom, left:right], axis=axis)
        return y

    return answer


for note, cause, how in COMMON[:-4]:
    wrong("max_pool_images", note, cause, walk(**how))
for note, cause, value in [
    ("zeros", "pads-with-zero", walk(value=0)),
    ("frame of -1", "pads-too-high pads-with-zero", walk(value=-1)),
    ("plus infinity", "pads-with-plus-infinity not-finite", walk(value=np.inf)),
    ("nan", "not-finite pads-with-nan", walk(value=np.nan)),
    ("np.pad(x, pad)", "pads-every-axis", lambda x, h, w, s=1, p=0: largest(np.pad(x, p, constant_values=-np.inf), h, w, s)),
    ("pad ignored", "pad-ignored", lambda x, h, w, s=1, p=0: largest(x, h, w, s)),
    ("stride ignored", "stride-ignored", lambda x, h, w, s=1, p=0: images(x, h, w, 1, p)),
    ("both ignored", "stride-and-pad-ignored", lambda x, h, w, s=1, p=0: images(x, h, w)),
    ("one side", "pads-one-side-only", lambda x, h, w, s=1, p=0: largest(np.pad(x, ((0, 0), (0, 0), (p, 0), (p, 0)), constant_values=-np.inf), h, w, s)),
    ("height only", "pads-height-only", lambda x, h, w, s=1, p=0: largest(np.pad(x, ((0, 0), (0, 0), (p, p), (0, 0)), constant_values=-np.inf), h, w, s)),
    ("pads N and C", "pads-channels-for-width pads-images-for-height pads-other-axes", lambda x, h, w, s=1, p=0: largest(np.pad(x, ((p, p), (p, p), (0, 0), (0, 0)), constant_values=-np.inf), h, w, s)),
    ("max over everything", "max-across-images", walk(axis=None)),
    ("max across channels", "max-across-channels", lambda x, h, w, s=1, p=0: np.broadcast_to(images(x, h, w, s, p).max(1, keepdims=True), images(x, h, w, s, p).shape)),
    ("max across channels, axis lost", "max-across-channels axes-missing", lambda x, h, w, s=1, p=0: images(x, h, w, s, p).max(1)),
    ("channels summed", "channels-summed axes-missing", lambda x, h, w, s=1, p=0: images(x, h, w, s, p).sum(1)),
    ("axis 2 only", "assigned-shape-differs", walk(axis=2)),
    ("axis (0, 1)", "assigned-shape-differs", walk(axis=(0, 1))),
    ("first image only", "first-image-only axes-missing", lambda x, h, w, s=1, p=0: images(x, h, w, s, p)[0]),
    ("first image for all", "first-image-for-all", lambda x, h, w, s=1, p=0: np.repeat(images(x[:1], h, w, s, p), len(x), 0)),
    ("first channel only", "first-channel-only", lambda x, h, w, s=1, p=0: images(x[:, :1], h, w, s, p)),
    ("first channel for all", "first-channel-for-all", lambda x, h, w, s=1, p=0: np.repeat(images(x[:, :1], h, w, s, p), x.shape[1], 1)),
    ("channels last", "channels-last", lambda x, h, w, s=1, p=0: images(x, h, w, s, p).transpose(0, 2, 3, 1)),
    ("C before N", "channels-before-images transposed", lambda x, h, w, s=1, p=0: images(x, h, w, s, p).swapaxes(0, 1)),
    ("mean", "mean-for-max not-finite", lambda x, h, w, s=1, p=0: average(frame(x, p, 0), h, w, s)),
    ("int frame", "infinity-into-integers infinity-as-integer", lambda x, h, w, s=1, p=0: images(frame(x.astype(int), p), h, w, s)),
    ("astype int", "rounded-down", lambda x, h, w, s=1, p=0: np.round(images(x, h, w, s, p))),
    ("relu", "negative-cut-off maximum-starts-at-zero", lambda x, h, w, s=1, p=0: np.maximum(images(x, h, w, s, p), 0)),
    ("pads the result", "pads-the-result", lambda x, h, w, s=1, p=0: frame(images(x, h, w, s), p)),
    ("three pairs", "pad-pairs-missing shapes-do-not-broadcast", lambda x, h, w, s=1, p=0: np.pad(x, ((0, 0), (p, p), (p, p)))),
    ("None", "returns-none", lambda x, h, w, s=1, p=0: None),
    ("min", "min-for-max", lambda x, h, w, s=1, p=0: views(frame(x, p, np.inf), h, w, s).min((4, 5))),
    ("turned window", "height-and-width-swapped", lambda x, h, w, s=1, p=0: images(x, w, h, s, p)),
    ("pads in place of x", "changes-input", lambda x, h, w, s=1, p=0: (images(x, h, w, s, p), x.sort())[0]),
]:
    wrong("max_pool_images", note, cause, value)


# stay_share ---------------------------------------------------------------
right("stay_share", "Fraction", lambda pool, shift: Fraction(max(pool - shift, 0), pool))
right("stay_share", "if", lambda pool, shift: (pool - shift) / pool if shift < pool else 0)
right("stay_share", "1 - share", lambda pool, shift: 1 - min(shift / pool, 1))
right("stay_share", "counted", lambda pool, shift: sum(c + shift < pool for c in range(pool)) / pool)
right("stay_share", "mean of a mask", lambda pool, shift: np.mean(np.arange(pool) + shift < pool))
for note, cause, value in [
    ("below zero", "share-below-zero", lambda p, s: (p - s) / p),
    ("those that leave", "counts-those-that-leave", lambda p, s: min(s, p) / p),
    ("those that leave, above 1", "counts-those-that-leave", lambda p, s: s / p),
    ("count", "columns-not-divided", lambda p, s: max(p - s, 0)),
    ("percent", "percent-for-share", lambda p, s: 100 * max(p - s, 0) / p),
    ("one too many", "one-column-too-many", lambda p, s: max(p - s + 1, 0) / p),
    ("one too few", "one-column-too-few", lambda p, s: max(p - s - 1, 0) / p),
    ("//", "whole-division", lambda p, s: max(p - s, 0) // p),
    ("divided by shift", "divided-by-zero divided-by-the-shift", lambda p, s: max(p - s, 0) / s),
    ("1 / pool", "shift-ignored", lambda p, s: 1 / p),
    ("squared", "both-directions", lambda p, s: (max(p - s, 0) / p) ** 2),
    ("half", "shift-ignored", lambda p, s: 0.5),
    ("or nothing", "all-or-nothing", lambda p, s: 1.0 if s < p else 0.0),
    ("0 only beyond", "all-or-nothing whole-division", lambda p, s: float(s == 0)),
    ("1 - 1 / pool", "shift-ignored", lambda p, s: 1 - 1 / p),
    ("abs", "absolute-value", lambda p, s: abs(p - s) / p),
    ("max in the wrong place", "missing-brackets columns-not-divided", lambda p, s: max(p - s, 0 / p)),
    ("text", "other-type", lambda p, s: f"{max(p - s, 0) / p:.0%}"),
    ("a list", "other-type axes-extra", lambda p, s: [max(p - s, 0) / p]),
    ("None", "returns-none", lambda p, s: None),
    ("rounded", "whole-division", lambda p, s: round(max(p - s, 0) / p)),
    ("shift wraps", "wraps-around", lambda p, s: (p - s % p) / p),
    ("pool + shift", "divided-by-something-else", lambda p, s: max(p - s, 0) / (p + s)),
    ("if x > 0 on an array", "not-an-integer", lambda p, s: sum(1 for c in range(p - s / 1)) / p),
]:
    wrong("stay_share", note, cause, value)


# shift_right --------------------------------------------------------------
@right("shift_right", "if s is 0")
def _(x, s):
    if s == 0:
        return x.copy()
    y = np.zeros(x.shape)
    y[..., s:] = x[..., :-s]
    return y


right("shift_right", "np.pad and cut", lambda x, s: np.pad(x, [(0, 0)] * (x.ndim - 1) + [(s, 0)])[..., : x.shape[-1]])
right("shift_right", "hstack of zeros", lambda x, s: np.concatenate((np.zeros((*x.shape[:-1], s)), x), -1)[..., : x.shape[-1]])
right("shift_right", "matrix of ones beside the diagonal", lambda x, s: x @ np.eye(x.shape[-1], k=s))
right("shift_right", "s times by one", lambda x, s: x * 1.0 if s == 0 else np.pad(x[..., : x.shape[-1] - s], [(0, 0)] * (x.ndim - 1) + [(s, 0)]))


@right("shift_right", "columns one by one from the right")
def _(x, s):
    y = x.astype(float)
    W = x.shape[-1]
    for j in reversed(range(W)):
        y[..., j] = y[..., j - s] if j >= s else 0
    return y


@wrong("shift_right", "writes into x", "changes-input")
def _(x, s):
    x[..., s:] = x[..., : x.shape[-1] - s].copy()
    x[..., :s] = 0
    return x


@wrong("shift_right", ":-s", "empty-for-zero-shift assigned-shape-differs")
def _(x, s):
    y = np.zeros_like(x)
    y[..., s:] = x[..., :-s]
    return y


@wrong("shift_right", "a running copy", "repeats-the-border")
def _(x, s):
    y = x.copy()
    for j in range(s, x.shape[-1]):
        y[..., j] = x[..., j - s]
    y[..., :s] = x[..., :1]
    return y


@wrong("shift_right", "left part stays", "left-part-stays")
def _(x, s):
    y = x.copy()
    y[..., s:] = x[..., : x.shape[-1] - s]
    return y


@wrong("shift_right", "x[:, s:] for two axes", "first-axes-shifted shifts-other-axis two-axes-assumed assigned-shape-differs")
def _(x, s):
    y = np.zeros_like(x)
    y[:, s:] = x[:, : x.shape[1] - s]
    return y


for note, cause, value in [
    ("roll", "wraps-around", lambda x, s: np.roll(x, s, axis=-1)),
    ("roll without axis", "rolled-flat wraps-around", lambda x, s: np.roll(x, s)),
    ("left", "opposite-direction", lambda x, s: np.pad(x, [(0, 0)] * (x.ndim - 1) + [(0, s)])[..., s:]),
    ("roll left", "opposite-direction wraps-around", lambda x, s: np.roll(x, -s, axis=-1)),
    ("down", "shifts-down", lambda x, s: np.pad(x, [(0, 0)] * (x.ndim - 2) + [(s, 0), (0, 0)])[..., : x.shape[-2], :]),
    ("roll down", "shifts-down wraps-around", lambda x, s: np.roll(x, s, axis=-2)),
    ("edge", "repeats-the-border", lambda x, s: np.pad(x, [(0, 0)] * (x.ndim - 1) + [(s, 0)], mode="edge")[..., : x.shape[-1]]),
    ("too wide", "not-cut-off shape-differs", lambda x, s: np.pad(x, [(0, 0)] * (x.ndim - 1) + [(s, 0)])),
    ("too narrow", "not-filled-up shape-differs", lambda x, s: x[..., : x.shape[-1] - s]),
    ("by one", "shifts-by-one-always", lambda x, s: np.pad(x, [(0, 0)] * (x.ndim - 1) + [(1, 0)])[..., : x.shape[-1]]),
    ("s + 1", "shifts-one-too-far", lambda x, s: np.pad(x, [(0, 0)] * (x.ndim - 1) + [(s + 1, 0)])[..., : x.shape[-1]]),
    ("not at all", "not-shifted", lambda x, s: x.copy()),
    ("left part erased only", "not-shifted", lambda x, s: x * (np.arange(x.shape[-1]) >= s)),
    ("dtype int", "rounded-down", lambda x, s: np.pad(x.astype(int), [(0, 0)] * (x.ndim - 1) + [(s, 0)])[..., : x.shape[-1]]),
    ("uint8", "unsigned-integers", lambda x, s: np.pad(x.astype(np.uint8), [(0, 0)] * (x.ndim - 1) + [(s, 0)])[..., : x.shape[-1]]),
    ("axis 1", "shifts-other-axis", lambda x, s: np.pad(x, [(0, 0), (s, 0)] + [(0, 0)] * (x.ndim - 2))[:, : x.shape[1]]),
    ("axis 0", "shifts-other-axis first-axes-shifted shifts-down", lambda x, s: np.pad(x, [(s, 0)] + [(0, 0)] * (x.ndim - 1))[: len(x)]),
    ("ones", "fills-with-other-number", lambda x, s: np.pad(x, [(0, 0)] * (x.ndim - 1) + [(s, 0)], constant_values=1)[..., : x.shape[-1]]),
    ("mirrored", "mirrored", lambda x, s: x[..., ::-1]),
    ("np.pad with two pairs", "pad-pairs-missing shapes-do-not-broadcast", lambda x, s: np.pad(x, ((0, 0), (s, 0)))[:, : x.shape[-1]]),
    ("concatenate(a, b)", "concatenate-without-list joined-without-a-list", lambda x, s: np.concatenate(np.zeros((4, 1)), x)),
    ("None", "returns-none", lambda x, s: None),
    ("diagonal", "shifts-both-ways", lambda x, s: np.pad(x, [(0, 0)] * (x.ndim - 2) + [(s, 0), (s, 0)])[..., : x.shape[-2], : x.shape[-1]]),
    ("unpacks four", "unpacks-other-number", lambda x, s: [N for N, C, H, W in [x.shape]]),
    ("right side erased too", "wrong-side-erased", lambda x, s: np.roll(x, s, -1) * (np.arange(x.shape[-1]) < x.shape[-1] - s)),
]:
    wrong("shift_right", note, cause, value)


# same_map -----------------------------------------------------------------
@right("same_map", "lower all, maximum at random")
def _(x):
    rng = np.random.default_rng(1)
    z = x - 2.5
    for i in range(0, x.shape[0], 2):
        for j in range(0, x.shape[1], 2):
            a, b = rng.integers(0, 2, 2)
            z[i + a, j + b] = x[i : i + 2, j : j + 2].max()
    return z


right("same_map", "kron", lambda x: np.kron(largest(x, 2, 2, 2), np.eye(2)) + np.kron(largest(x, 2, 2, 2) - 1, 1 - np.eye(2)))
right("same_map", "lists", lambda x: np.kron(largest(x, 2, 2, 2), [[1, 0], [0, 0]]).__add__(np.kron(largest(x, 2, 2, 2) - 5, [[0, 1], [1, 1]])).tolist())


@right("same_map", "maximum to the other corner")
def _(x):
    H, W = x.shape
    z = np.empty((H, W))
    for i, j in np.ndindex(H // 2, W // 2):
        w = x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        z[2 * i : 2 * i + 2, 2 * j : 2 * j + 2] = w.max() - 1
        place = 3 - w.argmax()
        z[2 * i + place // 2, 2 * j + place % 2] = w.max()
    return z


@wrong("same_map", "turns each window", "constant-window-untouched")
def _(x):
    H, W = x.shape
    v = x.reshape(H // 2, 2, W // 2, 2)
    return v[:, ::-1, :, ::-1].reshape(H, W)


@wrong("same_map", "minimum lowered only", "map-changed window-untouched")
def _(x):
    z = x.astype(float)
    for i in range(0, x.shape[0], 2):
        for j in range(0, x.shape[1], 2):
            w = z[i : i + 2, j : j + 2]
            w[w == w.min()] -= 1
    return z


for note, cause, value in [
    ("x", "same-picture", lambda x: x),
    ("copy", "same-picture", lambda x: x.copy()),
    ("plus one", "map-changed", lambda x: x + 1),
    ("minus", "map-changed", lambda x: -x),
    ("turned", "another-shape shape-differs shape-in-other-order map-changed", lambda x: x.T),
    ("the map", "shape-differs another-shape", lambda x: largest(x, 2, 2, 2)),
    ("mean", "map-changed", lambda x: np.kron(average(x, 2, 2, 2), np.ones((2, 2)))),
    ("zeros beside the maximum", "map-changed", lambda x: np.kron(largest(x, 2, 2, 2), [[1, 0], [0, 0]])),
    ("one number", "window-untouched", lambda x: np.where((np.arange(x.size).reshape(x.shape) == x.argmin()), x - 1, x)),
    ("flipped picture", "map-changed", lambda x: x[::-1, ::-1]),
    ("rolled", "map-changed", lambda x: np.roll(x, 1, 1)),
    ("random", "map-changed", lambda x: np.random.default_rng(0).normal(size=x.shape)),
    ("repeat on one axis", "shape-differs another-shape", lambda x: np.repeat(largest(x, 2, 2, 2), 2, 0)),
    ("tile", "map-changed", lambda x: np.tile(largest(x, 2, 2, 2), (2, 2))),
    ("None", "returns-none", lambda x: None),
    ("number", "another-shape shape-differs axes-missing", lambda x: x.max()),
    ("below the mean lowered", "map-changed window-untouched", lambda x: np.where(x < x.mean(), x - 1, x)),
    ("in place", "changes-input", lambda x: (x.__isub__(x - np.kron(largest(x, 2, 2, 2), np.ones((2, 2), x.dtype)) + np.kron(np.ones((x.shape[0] // 2, x.shape[1] // 2), x.dtype), np.array([[0, 1], [1, 1]], x.dtype))), x)[1]),
    ("sorted", "map-changed", lambda x: np.sort(x, axis=0)),
    ("first row only", "window-untouched", lambda x: np.concatenate([np.kron(largest(x[:2], 2, 2, 2), np.ones((2, 2))), x[2:]])),
    ("a tiny change of everything", "map-changed", lambda x: x + 1e-3),
    ("constant windows untouched", "constant-window-untouched", lambda x: np.kron(largest(x, 2, 2, 2), np.ones((2, 2)))),
]:
    wrong("same_map", note, cause, value)
