"""Answers to the exercises of lesson 5_3."""

import functools

import numpy as np

from tests.bank import Answer, collect

ANSWERS: list[Answer] = []
right, wrong = collect(ANSWERS)


# pad_images ---------------------------------------------------------------
def framed(x, pad, constant_values=0):
    out = np.full((*x.shape[:2], x.shape[2] + 2 * pad, x.shape[3] + 2 * pad), constant_values, dtype=float)
    out[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]] = x
    return out


right("pad_images", "list of pairs", lambda x, pad, constant_values=0: np.pad(x, [(0, 0)] * 2 + [(pad, pad)] * 2, "constant", constant_values=constant_values))
right("pad_images", "full and slice", framed)
right("pad_images", "pairs of constants", lambda x, p, v=0: np.pad(x, ((0,), (0,), (p,), (p,)), constant_values=v))
right("pad_images", "each map, then stacked", lambda x, p, v=0: np.stack([np.stack([np.pad(c, p, constant_values=v) for c in i]) for i in x]))
right("pad_images", "float32", lambda x, p, v=0: framed(x, p, v).astype(np.float32))
right("pad_images", "a copy without pad", lambda x, p, v=0: x.copy() if p == 0 else np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=v))
right("pad_images", "nested list", lambda x, p, v=0: framed(x, p, v).tolist())


@right("pad_images", "four loops")
def _(x: np.ndarray, pad: int, constant_values: float = 0) -> np.ndarray:
    N, C, H, W = x.shape
    y = np.zeros((N, C, H + 2 * pad, W + 2 * pad)) + constant_values
    if np.isinf(constant_values):
        y[...] = constant_values
    for n in range(N):
        for c in range(C):
            for h in range(H):
                for w in range(W):
                    y[n, c, h + pad, w + pad] = x[n, c, h, w]
    return y


def padded(pairs, **how):
    def answer(x, pad, constant_values=0):
        return np.pad(x, pairs(pad), **(how or {"constant_values": constant_values}))

    return answer


def both(p):
    return ((0, 0), (0, 0), (p, p), (p, p))


for note, cause, value in [
    ("np.pad(x, pad)", "pads-every-axis", padded(lambda p: p)),
    ("(0, 0) first and last", "pads-channels-for-width", padded(lambda p: ((0, 0), (p, p), (p, p), (0, 0)))),
    ("N and C", "pads-other-axes", padded(lambda p: ((p, p), (p, p), (0, 0), (0, 0)))),
    ("height only", "pads-height-only", padded(lambda p: ((0, 0), (0, 0), (p, p), (0, 0)))),
    ("width only", "pads-width-only", padded(lambda p: ((0, 0), (0, 0), (0, 0), (p, p)))),
    ("C too", "pads-channels-too", padded(lambda p: ((0, 0), (p, p), (p, p), (p, p)))),
    ("top left", "pads-one-side-only", padded(lambda p: ((0, 0), (0, 0), (p, 0), (p, 0)))),
    ("bottom right", "pads-one-side-only", padded(lambda p: ((0, 0), (0, 0), (0, p), (0, p)))),
    ("top and right", "pads-one-side-only", padded(lambda p: ((0, 0), (0, 0), (p, 0), (0, p)))),
    ("zeros", "pads-with-zero", lambda x, p, v=0: np.pad(x, both(p))),
    ("edge", "pads-with-edge", padded(both, mode="edge")),
    ("reflect", "pads-with-reflection pads-with-edge", padded(both, mode="symmetric")),
    ("wrap", "pads-with-other-side", padded(both, mode="wrap")),
    ("ones", "pads-with-ones", lambda x, p, v=0: np.pad(x, both(p), constant_values=1)),
    ("minus", "negated-frame frame-negated", lambda x, p, v=0: np.pad(x, both(p), constant_values=-v)),
    ("always 1 wide", "pads-by-one-always", lambda x, p, v=0: np.pad(x, both(1), constant_values=v)),
    ("2 * pad", "pads-twice", lambda x, p, v=0: np.pad(x, both(2 * p), constant_values=v)),
    ("pad // 2", "pads-half", lambda x, p, v=0: np.pad(x, both(p // 2), constant_values=v)),
    ("two pairs", "pad-pairs-missing shapes-do-not-broadcast", lambda x, p, v=0: np.pad(x, ((p, p), (p, p)), constant_values=v)),
    ("three pairs", "pad-pairs-missing shapes-do-not-broadcast", lambda x, p, v=0: np.pad(x, ((0, 0), (p, p), (p, p)), constant_values=v)),
    ("unchanged", "not-padded", lambda x, p, v=0: x),
    ("all filled", "image-lost", lambda x, p, v=0: np.full_like(framed(x, p, v), v)),
    ("into the corner", "image-in-the-corner", lambda x, p, v=0: np.pad(x, ((0, 0), (0, 0), (0, 2 * p), (0, 2 * p)), constant_values=v)),
    ("other corner", "image-in-the-corner", lambda x, p, v=0: np.pad(x, ((0, 0), (0, 0), (2 * p, 0), (2 * p, 0)), constant_values=v)),
    ("int", "rounded-down not-finite infinity-into-integers infinity-as-integer", lambda x, p, v=0: np.pad(x.astype(int), both(p), constant_values=v)),
    ("x + frame", "frame-added-to-the-image", lambda x, p, v=0: np.pad(x, both(p)) + v),
    ("first image", "axes-missing first-image-only", lambda x, p, v=0: framed(x, p, v)[0]),
    ("None", "returns-none", lambda x, p, v=0: None),
    ("name misspelt", "name-not-defined", lambda x, p, v=0: np.pad(x, both(p), constant_values=constant_value)),  # noqa: F821
    ("minus pad", "negative-size", lambda x, p, v=0: np.pad(x, both(-p), constant_values=v)),
    ("/ 2", "not-an-integer", lambda x, p, v=0: np.pad(x, both(p / 1), constant_values=v)),
    ("unpacks three", "unpacks-other-number", lambda x, p, v=0: [C for C, H, W in [x.shape]]),
    ("no rows below", "assigned-shape-differs", lambda x, p, v=0: np.zeros((*x.shape[:2], 9, 9)).__setitem__((Ellipsis, slice(p, -1), slice(p, -1)), x)),
    ("crops", "crops-instead", lambda x, p, v=0: x[:, :, p : x.shape[2] - p, p : x.shape[3] - p]),
    ("values swapped", "pad-and-value-swapped", lambda x, p, v=0: np.pad(x, both(p), constant_values=p)),
]:
    wrong("pad_images", note, cause, value)


# reshape_by_hand ----------------------------------------------------------
right("reshape_by_hand", "a list", [14, 15, 4])
right("reshape_by_hand", "whole floats", (14.0, 15.0, 4.0))
right("reshape_by_hand", "integers of numpy", tuple(np.array([14, 15, 4])))
for note, cause, value in [
    ("first axis fastest", "first-axis-fastest", (13, 14, 4)),
    ("from one", "counts-from-one", (15, 16, 4)),
    ("-1 is 24", "minus-one-is-everything", (14, 15, 24)),
    ("-1 is 3", "place one-entry-differs", (14, 15, 3)),
    ("-1 is 6", "place one-entry-differs", (14, 15, 6)),
    ("-1 as it is", "minus-one-kept", (14, 15, -1)),
    ("p forgets the second axis", "place one-entry-differs", (10, 15, 4)),
    ("p = 1 + 0 + 2", "indices-added", (3, 5, 4)),
    ("p = 102", "indices-as-digits", (102, 23, 4)),
    ("one number", "place one-entry-differs", (13, 15, 4)),
    ("q in rows of 4", "place one-entry-differs", (14, 11, 4)),
    ("q counted from one", "place one-entry-differs", (14, 16, 4)),
    ("p counted from one", "place one-entry-differs", (15, 15, 4)),
    ("q with row 3", "place one-entry-differs", (14, 21, 4)),
    ("q column 2 row 3", "place one-entry-differs", (14, 20, 4)),
    ("order of the answers", "order-swapped reordered", (15, 14, 4)),
    ("order of the answers 2", "order-swapped reordered", (4, 14, 15)),
    ("two answers", "other-type", (14, 15)),
    ("text", "other-type", ("14", "15", "4")),
    ("r forgotten, guesses", "place", (12, 12, 2)),
]:
    wrong("reshape_by_hand", note, cause, value)


# flat_index ---------------------------------------------------------------
right("flat_index", "sum of products", lambda n, c, h, w, shape: n * shape[1] * shape[2] * shape[3] + c * shape[2] * shape[3] + h * shape[3] + w)
right("flat_index", "ravel_multi_index", lambda n, c, h, w, shape: np.ravel_multi_index((n, c, h, w), shape))
right("flat_index", "float", lambda n, c, h, w, shape: float(((n * shape[1] + c) * shape[2] + h) * shape[3] + w))
right("flat_index", "dot of np.prod", lambda n, c, h, w, shape: sum(i * np.prod(shape[k + 1 :], dtype=int) for k, i in enumerate((n, c, h, w))))
right("flat_index", "argwhere of a marked one", lambda n, c, h, w, shape: int(np.flatnonzero(np.array([p == (n, c, h, w) for p in np.ndindex(*shape)]))[0]))


@right("flat_index", "counts them")
def _(n, c, h, w, shape):
    count = 0
    for place in np.ndindex(*shape):
        if place == (n, c, h, w):
            return count
        count += 1


@right("flat_index", "recursion, typed")
def _(n: int, c: int, h: int, w: int, shape: tuple) -> int:
    def go(place, size):
        if not place:
            return 0
        return go(place[:-1], size[:-1]) * size[-1] + place[-1]

    return go((n, c, h, w), shape)


for note, cause, value in [
    ("n fastest", "first-axis-fastest", lambda n, c, h, w, s: n + s[0] * (c + s[1] * (h + s[2] * w))),
    ("own lengths", "multiplies-by-own-length", lambda n, c, h, w, s: n * s[0] + c * s[1] + h * s[2] + w),
    ("own lengths, all", "multiplies-by-own-length", lambda n, c, h, w, s: n * s[0] + c * s[1] + h * s[2] + w * s[3]),
    ("next lengths only", "next-axis-only", lambda n, c, h, w, s: n * s[1] + c * s[2] + h * s[3] + w),
    ("H for W", "height-for-width", lambda n, c, h, w, s: (n * s[1] + c) * s[2] * s[3] + h * s[2] + w),
    ("h and w exchanged", "height-for-width column-order", lambda n, c, h, w, s: (n * s[1] + c) * s[2] * s[3] + w * s[2] + h),
    ("from one", "counts-from-one one-too-many", lambda n, c, h, w, s: ((n * s[1] + c) * s[2] + h) * s[3] + w + 1),
    ("minus one", "one-too-few", lambda n, c, h, w, s: ((n * s[1] + c) * s[2] + h) * s[3] + w - 1),
    ("sum of indices", "indices-added", lambda n, c, h, w, s: n + c + h + w),
    ("product of indices", "indices-added", lambda n, c, h, w, s: n * c * h * w),
    ("batch forgotten", "image-not-counted images-forgotten", lambda n, c, h, w, s: (c * s[2] + h) * s[3] + w),
    ("channels forgotten", "channel-not-counted channels-forgotten", lambda n, c, h, w, s: n * s[1] * s[2] * s[3] + h * s[3] + w),
    ("n * H * W", "channels-forgotten", lambda n, c, h, w, s: n * s[2] * s[3] + c * s[2] * s[3] + h * s[3] + w),
    ("N for C", "images-for-channels", lambda n, c, h, w, s: ((n * s[0] + c) * s[2] + h) * s[3] + w),
    ("c + 1", "place", lambda n, c, h, w, s: ((n * s[1] + c + 1) * s[2] + h) * s[3] + w),
    ("w forgotten", "rows-not-counted", lambda n, c, h, w, s: ((n * s[1] + c) * s[2] + h) * s[3]),
    ("h forgotten", "rows-not-counted", lambda n, c, h, w, s: (n * s[1] + c) * s[2] * s[3] + w),
    ("digits", "indices-as-digits", lambda n, c, h, w, s: 1000 * n + 100 * c + 10 * h + w),
    ("bytes", "counts-bytes", lambda n, c, h, w, s: 8 * (((n * s[1] + c) * s[2] + h) * s[3] + w)),
    ("channels last", "channels-last", lambda n, c, h, w, s: ((n * s[2] + h) * s[3] + w) * s[1] + c),
    ("minus one each", "lengths-minus-one", lambda n, c, h, w, s: ((n * (s[1] - 1) + c) * (s[2] - 1) + h) * (s[3] - 1) + w),
    ("index tuple", "other-type axes-extra", lambda n, c, h, w, s: (n, c, h, w)),
    ("value of arange reshaped the wrong way", "first-axis-fastest", lambda n, c, h, w, s: np.arange(np.prod(s)).reshape(s, order="F")[n, c, h, w]),
    ("total", "size-for-place", lambda n, c, h, w, s: int(np.prod(s))),
    ("brackets", "next-axis-only", lambda n, c, h, w, s: n * s[1] + c * s[2] + h * s[3] + w * 1.0),
    ("shape(1)", "shape-called", lambda n, c, h, w, s: n * s(1)),
    ("None", "returns-none", lambda n, c, h, w, s: None),
    ("backwards from the end", "counts-from-the-end", lambda n, c, h, w, s: int(np.prod(s)) - 1 - (((n * s[1] + c) * s[2] + h) * s[3] + w)),
    ("list", "other-type axes-extra", lambda n, c, h, w, s: [((n * s[1] + c) * s[2] + h) * s[3] + w]),
]:
    wrong("flat_index", note, cause, value)


# flatten ------------------------------------------------------------------
right("flatten", "-1", lambda x: x.reshape(x.shape[0], -1))
right("flatten", "np.reshape", lambda x: np.reshape(x, (len(x), x.shape[1] * x.shape[2] * x.shape[3])))
right("flatten", "comprehension", lambda x: [i.flatten() for i in x])
right("flatten", "hstack of channels", lambda x: np.hstack([x[:, c].reshape(len(x), -1) for c in range(x.shape[1])]))
right("flatten", "order of the transpose back", lambda x: x.transpose(1, 2, 3, 0).reshape(-1, len(x)).T)
right("flatten", "-2 works too", lambda x: x.reshape(len(x), -2))
right("flatten", "changes a copy's shape", lambda x: next(y for y in [x.copy()] if setattr(y, "shape", (len(x), x[0].size)) is None))
for note, cause, value in [
    ("one line", "flattens-the-batch-too", lambda x: x.flatten()),
    ("ravel", "flattens-the-batch-too", lambda x: x.ravel()),
    ("(1, -1)", "flattens-the-batch-too", lambda x: x.reshape(1, -1)),
    ("(-1, 1)", "flattens-the-batch-too", lambda x: x.reshape(-1, 1)),
    ("(-1, N)", "batch-axis-last", lambda x: x.reshape(-1, len(x))),
    ("T", "batch-axis-last transposed", lambda x: x.reshape(len(x), -1).T),
    ("(-1, N).T", "reshape-for-transpose", lambda x: x.reshape(-1, len(x)).T),
    ("channels last", "channels-last", lambda x: x.transpose(0, 2, 3, 1).reshape(len(x), -1)),
    ("C kept", "channels-kept axes-extra", lambda x: x.reshape(len(x), x.shape[1], -1)),
    ("rows of maps", "channels-in-the-rows", lambda x: x.reshape(len(x) * x.shape[1], -1)),
    ("rows of pixels", "channels-in-the-rows", lambda x: x.reshape(-1, x.shape[3])),
    ("sum over channels", "channels-summed", lambda x: x.sum(axis=1).reshape(len(x), -1)),
    ("first channel", "first-channel-only", lambda x: x[:, 0].reshape(len(x), -1)),
    ("first image", "first-image-only axes-missing", lambda x: x[0].ravel()),
    ("H and W exchanged", "height-and-width-swapped column-order", lambda x: x.transpose(0, 1, 3, 2).reshape(len(x), -1)),
    ("order F", "first-axis-fastest", lambda x: x.reshape(len(x), -1, order="F")),
    ("two -1", "two-unknown-sizes", lambda x: x.reshape(-1, -1)),
    ("C first", "channels-before-images", lambda x: x.swapaxes(0, 1).reshape(len(x), -1)),
    ("28 * 28", "reshape-changes-count", lambda x: x.reshape(len(x), 784)),
    ("unchanged", "axes-extra not-flattened", lambda x: x),
    ("int", "rounded-down", lambda x: x.reshape(len(x), -1).astype(int)),
    ("x.reshape not kept", "axes-extra not-flattened", lambda x: (x.reshape(len(x), -1), x)[1]),
    ("None", "returns-none", lambda x: None),
    ("mean", "width-averaged reshape-changes-count shape-differs", lambda x: x.mean(axis=3).reshape(len(x), -1)),
    ("transposed", "batch-axis-last transposed", lambda x: x.transpose(1, 2, 3, 0).reshape(-1, len(x))),
    ("x.T", "first-axis-fastest", lambda x: x.T.reshape(len(x), -1)),
    ("reversed", "mirrored", lambda x: x.reshape(len(x), -1)[:, ::-1]),
    ("N images", "reshape-changes-count", lambda x: x.reshape(len(x), x.shape[2] * x.shape[3])),
    ("axes-wise", "transpose-axes-wrong", lambda x: x.transpose(0, 1).reshape(len(x), -1)),
    ("nested lists added", "flattens-the-batch-too", lambda x: functools.reduce(lambda a, b: np.concatenate([a, b]), [i.ravel() for i in x])),
]:
    wrong("flatten", note, cause, value)


# channels_first -----------------------------------------------------------
right("channels_first", "rollaxis", lambda p: np.rollaxis(p, 3, 1))
right("channels_first", "transpose by a tuple", lambda p: np.transpose(p, (0, 3, 1, 2)))
right("channels_first", "swapaxes twice", lambda p: p.swapaxes(1, 3).swapaxes(2, 3))
right("channels_first", "negative axes", lambda p: p.transpose(0, -1, 1, 2))
right("channels_first", "einsum", lambda p: np.einsum("nhwc->nchw", p))
right("channels_first", "list", lambda p: [[i[:, :, c].tolist() for c in range(i.shape[2])] for i in p])
right("channels_first", "copy", lambda p: np.ascontiguousarray(np.moveaxis(p, 3, 1)))
for note, cause, value in [
    ("reshape", "reshape-for-transpose", lambda p: p.reshape(len(p), p.shape[3], *p.shape[1:3])),
    ("way back", "axes-the-wrong-way", lambda p: p.transpose(0, 2, 3, 1)),
    ("swapaxes", "height-and-width-swapped", lambda p: p.swapaxes(1, 3)),
    ("T", "channels-before-images transposed", lambda p: p.T),
    ("C in front", "channels-before-images transposed", lambda p: p.transpose(3, 0, 1, 2)),
    ("C and N exchanged", "channels-before-images transposed", lambda p: p.transpose(3, 1, 2, 0)),
    ("H behind C", "transposed channels-not-second channel-in-the-third-place", lambda p: p.transpose(0, 1, 3, 2)),
    ("unchanged", "not-transposed", lambda p: p.transpose(0, 1, 2, 3)),
    ("three axes", "transpose-axes-wrong", lambda p: p.transpose(2, 0, 1)),
    ("repeated axis", "transpose-axes-wrong", lambda p: p.transpose(0, 3, 1, 1)),
    ("axes from one", "axis-does-not-exist transpose-axes-wrong", lambda p: p.transpose(1, 4, 2, 3)),
    ("first image", "axes-missing first-image-only", lambda p: p[0].transpose(2, 0, 1)),
    ("RGB to BGR", "channels-reversed mirrored", lambda p: p[..., ::-1].transpose(0, 3, 1, 2)),
    ("grey", "channels-summed axes-missing", lambda p: p.mean(axis=3)),
    ("first channel", "first-channel-only", lambda p: p[..., :1].transpose(0, 3, 1, 2)),
    ("int", "rounded-down", lambda p: p.transpose(0, 3, 1, 2).astype(int)),
    ("/ 255", "scaled divided-by-255", lambda p: p.transpose(0, 3, 1, 2) / 255),
    ("result thrown away", "not-transposed", lambda p: (p.transpose(0, 3, 1, 2), p)[1]),
    ("None", "returns-none", lambda p: None),
    ("list of axes as letters", "name-not-defined", lambda p: p.transpose(N, C, H, W)),  # noqa: F821
    ("reshape with -1", "reshape-for-transpose", lambda p: p.reshape(p.shape[0], p.shape[3], p.shape[1], -1)),
    ("transpose then reshape", "reshape-for-transpose", lambda p: p.transpose(0, 2, 1, 3).reshape(len(p), p.shape[3], *p.shape[1:3])),
    ("flips the picture", "mirrored", lambda p: p.transpose(0, 3, 1, 2)[:, :, ::-1]),
    ("height and width later", "height-and-width-swapped", lambda p: p.transpose(0, 3, 2, 1)),
]:
    wrong("channels_first", note, cause, value)


# rows_to_maps -------------------------------------------------------------
def maps(rows, N, OH, OW):
    return rows.reshape(N, OH, OW, -1).transpose(0, 3, 1, 2)


right("rows_to_maps", "moveaxis", lambda rows, N, OH, OW: np.moveaxis(rows.reshape(N, OH, OW, rows.shape[1]), 3, 1))
right("rows_to_maps", "T first", lambda rows, N, OH, OW: rows.T.reshape(-1, N, OH, OW).swapaxes(0, 1))
right("rows_to_maps", "image by image", lambda rows, N, OH, OW: np.array([r.T.reshape(-1, OH, OW) for r in np.split(rows, N)]))
right("rows_to_maps", "einsum", lambda r, N, OH, OW: np.einsum("nijk->nkij", r.reshape(N, OH, OW, -1)))
right("rows_to_maps", "list comprehension", lambda r, N, OH, OW: [[r[n * OH * OW : (n + 1) * OH * OW, k].reshape(OH, OW) for k in range(r.shape[1])] for n in range(N)])
for note, cause, value in [
    ("reshape", "reshape-for-transpose", lambda r, N, OH, OW: r.reshape(N, -1, OH, OW)),
    ("T and reshape", "images-and-filters-mixed", lambda r, N, OH, OW: r.T.reshape(N, -1, OH, OW)),
    ("way back", "axes-the-wrong-way", lambda r, N, OH, OW: r.reshape(N, OH, OW, -1).transpose(0, 2, 3, 1)),
    ("H and W", "height-and-width-swapped", lambda r, N, OH, OW: r.reshape(N, OH, OW, -1).transpose(0, 3, 2, 1)),
    ("no transpose", "not-transposed channels-last", lambda r, N, OH, OW: r.reshape(N, OH, OW, -1)),
    ("OW, OH", "split-in-other-order reshape-for-transpose", lambda r, N, OH, OW: r.reshape(N, OW, OH, -1).transpose(0, 3, 2, 1)),
    ("OW, OH and transposed", "split-in-other-order height-and-width-swapped shape-in-other-order", lambda r, N, OH, OW: r.reshape(N, OW, OH, -1).transpose(0, 3, 1, 2)),
    ("OH, OW, N", "images-split-last split-in-other-order", lambda r, N, OH, OW: r.reshape(OH, OW, N, -1).transpose(2, 3, 0, 1)),
    ("FN first", "filters-before-images transposed", lambda r, N, OH, OW: maps(r, N, OH, OW).swapaxes(0, 1)),
    ("FN split first", "reshape-for-transpose split-in-other-order", lambda r, N, OH, OW: r.reshape(r.shape[1], N, OH, OW).swapaxes(0, 1)),
    ("T only", "axes-missing not-split", lambda r, N, OH, OW: r.T),
    ("unchanged", "axes-missing not-split", lambda r, N, OH, OW: r),
    ("one image", "reshape-changes-count", lambda r, N, OH, OW: r.reshape(OH, OW, r.shape[1])),
    ("one image by -1", "images-piled-up axes-missing", lambda r, N, OH, OW: r.reshape(-1, OH, OW)),
    ("first image only", "first-image-only axes-missing", lambda r, N, OH, OW: maps(r, N, OH, OW)[0]),
    ("first filter only", "first-filter-only", lambda r, N, OH, OW: maps(r, N, OH, OW)[:, :1]),
    ("summed filters", "filters-summed", lambda r, N, OH, OW: maps(r, N, OH, OW).sum(1)),
    ("int", "rounded-down", lambda r, N, OH, OW: maps(r, N, OH, OW).astype(int)),
    ("two -1", "two-unknown-sizes", lambda r, N, OH, OW: r.reshape(N, -1, -1, OW)),
    ("3 axes in the transpose", "transpose-axes-wrong", lambda r, N, OH, OW: r.reshape(N, OH, OW, -1).transpose(2, 0, 1)),
    ("None", "returns-none", lambda r, N, OH, OW: None),
    ("T of everything", "filters-before-images transposed", lambda r, N, OH, OW: r.reshape(N, OH, OW, -1).T),
    ("mirrored", "mirrored array-reversed", lambda r, N, OH, OW: maps(r, N, OH, OW)[:, ::-1]),
    ("order F", "first-axis-fastest", lambda r, N, OH, OW: r.reshape(N, OH, OW, -1, order="F").transpose(0, 3, 1, 2)),
    ("swapped axes 1 and 3", "height-and-width-swapped", lambda r, N, OH, OW: r.reshape(N, OH, OW, -1).swapaxes(1, 3)),
    ("FN unknown", "name-not-defined", lambda r, N, OH, OW: r.reshape(N, OH, OW, FN)),  # noqa: F821
    ("OH twice", "reshape-changes-count height-for-width", lambda r, N, OH, OW: r.reshape(N, OH, OH, -1).transpose(0, 3, 1, 2)),
]:
    wrong("rows_to_maps", note, cause, value)


# contact_sheet ------------------------------------------------------------
def sheet(images, rows, axes=(0, 2, 1, 3)):
    N, _, H, W = images.shape
    split = images.reshape(rows, N // rows, H, W)
    return split.transpose(axes).reshape(rows * H, N // rows * W)


@right("contact_sheet", "paste one by one")
def _(images, rows):
    N, _, H, W = images.shape
    columns = N // rows
    y = np.zeros((rows * H, columns * W))
    for n in range(N):
        r, c = n // columns, n % columns
        y[r * H : r * H + H, c * W : c * W + W] = images[n, 0]
    return y


right("contact_sheet", "swapaxes", lambda images, rows: images[:, 0].reshape(rows, -1, *images.shape[2:]).swapaxes(1, 2).reshape(rows * images.shape[2], -1))
right("contact_sheet", "concatenate twice", lambda i, rows: np.concatenate([np.concatenate(list(r[:, 0]), axis=1) for r in np.split(i, rows)], axis=0))
right("contact_sheet", "np.block", lambda i, rows: np.block([[m for m in r[:, 0]] for r in np.split(i, rows)]))
right("contact_sheet", "list of rows", lambda i, rows: [[v for m in r[:, 0] for v in m[h]] for r in np.split(i, rows) for h in range(i.shape[2])])
for note, cause, value in [
    ("reshape", "reshape-for-transpose", lambda i, r: sheet(i, r, (0, 1, 2, 3))),
    ("interleaved", "images-interleaved", lambda i, r: sheet(i, r, (0, 2, 3, 1))),
    ("columns first", "fills-columns-first", lambda i, r: i[:, 0].reshape(len(i) // r, r, *i.shape[2:]).transpose(1, 2, 0, 3).reshape(r * i.shape[2], -1)),
    ("rows interleaved", "rows-interleaved", lambda i, r: sheet(i, r, (2, 0, 1, 3))),
    ("W before H", "images-turned images-transposed", lambda i, r: sheet(i, r, (0, 3, 1, 2))),
    ("rows for columns", "rows-for-columns", lambda i, r: sheet(i, len(i) // r)),
    ("right axes, wrong sizes", "merged-to-other-sizes", lambda i, r: sheet(i, r).reshape(len(i) // r * i.shape[3], -1)),
    ("not merged", "axes-extra not-merged", lambda i, r: i[:, 0].reshape(r, -1, *i.shape[2:]).transpose(0, 2, 1, 3)),
    ("side by side", "one-row-only", lambda i, r: np.hstack(list(i[:, 0]))),
    ("one below the other", "one-row-only", lambda i, r: np.vstack(list(i[:, 0]))),
    ("channel left in", "axes-extra channel-left-in", lambda i, r: sheet(i, r)[None]),
    ("mirrored", "mirrored", lambda i, r: sheet(i, r)[::-1]),
    ("images in reverse", "images-reversed", lambda i, r: sheet(i[::-1], r)),
    ("rows of images reversed", "images-reversed mirrored", lambda i, r: np.vstack([np.hstack(list(m[:, 0])) for m in np.split(i, r)][::-1])),
    ("each image upside down", "images-upside-down", lambda i, r: sheet(i[:, :, ::-1], r)),
    ("transposed sheet", "transposed", lambda i, r: sheet(i, r).T),
    ("int", "rounded-down", lambda i, r: sheet(i, r).astype(int)),
    ("first row only", "one-row-only first-row-only", lambda i, r: np.hstack(list(i[: len(i) // r, 0]))),
    ("first image", "first-image-only", lambda i, r: i[0, 0]),
    ("five axes", "transpose-axes-wrong", lambda i, r: i.reshape(r, -1, 1, *i.shape[2:]).transpose(0, 2, 1, 3)),
    ("columns with /", "not-an-integer", lambda i, r: i.reshape(r, len(i) / r, *i.shape[2:])),
    ("None", "returns-none", lambda i, r: None),
    ("np.array of the nested", "axes-extra not-merged", lambda i, r: i[:, 0].reshape(r, -1, *i.shape[2:])),
    ("column count as rows", "rows-for-columns", lambda i, r: i.reshape(len(i) // r, r, *i.shape[2:]).transpose(0, 2, 1, 3).reshape(len(i) // r * i.shape[2], -1)),
    ("concatenate(a, b)", "concatenate-without-list joined-without-a-list", lambda i, r: np.concatenate(i[0], i[1])),
    ("first of each row repeated", "first-image-for-all", lambda i, r: np.tile(i[0, 0], (r, len(i) // r))),
    ("hstack of rows", "merged-to-other-sizes rows-joined-sideways", lambda i, r: np.hstack([np.vstack(list(m[:, 0])) for m in np.split(i, r)])),
]:
    wrong("contact_sheet", note, cause, value)


# strides_by_hand ----------------------------------------------------------
right("strides_by_hand", "lists", [[240, 80, 20, 4], [240, 20, 4, 80]])
right("strides_by_hand", "floats", ((240.0, 80.0, 20.0, 4.0), (240, 20, 4, 80)))
X = np.zeros((2, 3, 4, 5), np.float32)
right("strides_by_hand", "asked NumPy", (X.strides, X.transpose(0, 2, 3, 1).strides))
for note, cause, value in [
    ("elements", "counts-elements", ((60, 20, 5, 1), (60, 5, 1, 20))),
    ("float64", "eight-bytes", ((480, 160, 40, 8), (480, 40, 8, 160))),
    ("as if copied", "as-if-copied", ((240, 80, 20, 4), (240, 60, 12, 4))),
    ("both alike", "strides-unchanged", ((240, 80, 20, 4), (240, 80, 20, 4))),
    ("shapes", "shape-for-strides", ((2, 3, 4, 5), (2, 4, 5, 3))),
    ("shape times 4", "shape-for-strides", ((8, 12, 16, 20), (8, 16, 20, 12))),
    ("way back", "axes-the-wrong-way", ((240, 80, 20, 4), (240, 4, 80, 20))),
    ("turned", "order-reversed first-axis-fastest", ((4, 20, 80, 240), (4, 80, 20, 240))),
    ("first axis fastest", "first-axis-fastest", ((4, 8, 24, 96), (4, 24, 96, 8))),
    ("own axis included", "own-length-included", ((480, 240, 80, 20), (480, 80, 20, 240))),
    ("x wrong in one place", "place one-entry-differs", ((240, 60, 20, 4), (240, 20, 4, 60))),
    ("y wrong in one place", "place one-entry-differs", ((240, 80, 20, 4), (240, 20, 5, 80))),
    ("2 bytes", "other-size-of-a-number scaled", ((120, 40, 10, 2), (120, 10, 2, 40))),
    ("three numbers", "other-type", ((80, 20, 4), (20, 4, 80))),
    ("one tuple", "other-type", (240, 80, 20, 4)),
    ("bits", "other-size-of-a-number scaled", ((1920, 640, 160, 32), (1920, 160, 32, 640))),
    ("x and y exchanged", "order-swapped", ((240, 20, 4, 80), (240, 80, 20, 4))),
    ("H and W exchanged", "place height-and-width-swapped", ((240, 80, 20, 4), (240, 4, 20, 80))),
    ("only x by elements", "place", ((60, 20, 5, 1), (240, 20, 4, 80))),
    ("last is 0", "place", ((240, 80, 20, 0), (240, 20, 0, 80))),
]:
    wrong("strides_by_hand", note, cause, value)
