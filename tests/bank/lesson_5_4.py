"""Answers to the exercises of lesson 5_4."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.functional import conv_output_size
from tests.bank import Answer, collect

ANSWERS: list[Answer] = []
right, wrong = collect(ANSWERS)
ROWS = [[1, 2, 5, 6], [3, 4, 7, 8], [9, 10, 13, 14], [11, 12, 15, 16]]


# rows_by_hand -------------------------------------------------------------
right("rows_by_hand", "a list", ROWS)
right("rows_by_hand", "whole floats in tuples", tuple(tuple(float(v) for v in r) for r in ROWS))
right("rows_by_hand", "by code", np.arange(1, 17).reshape(2, 2, 2, 2).swapaxes(1, 2).reshape(4, 4))
for note, cause, value in [
    ("rows of the image", "rows-of-the-image", np.arange(1, 17).reshape(4, 4)),
    ("columns", "windows-as-columns", np.array(ROWS).T),
    ("down first", "positions-in-column-order", [ROWS[0], ROWS[2], ROWS[1], ROWS[3]]),
    ("window down first", "window-in-column-order", [[1, 5, 2, 6], [3, 7, 4, 8], [9, 13, 10, 14], [11, 15, 12, 16]]),
    ("both down first", "all-in-column-order", [[1, 5, 2, 6], [9, 13, 10, 14], [3, 7, 4, 8], [11, 15, 12, 16]]),
    ("stride 1", "stride-ignored", [[i + j + k for k in (0, 1, 4, 5)] for i in (1, 5, 9) for j in (0, 1, 2)]),
    ("one miscounted", "place one-entry-differs", [*ROWS[:3], [11, 12, 15, 15]]),
    ("one row miscounted", "place", [*ROWS[:2], [9, 10, 11, 12], ROWS[3]]),
    ("last row missing", "rows-missing", ROWS[:3]),
    ("two rows only", "rows-missing", ROWS[:2]),
    ("flat", "rows-run-together", np.ravel(ROWS)),
    ("windows as tables", "axes-extra windows-not-flat", np.reshape(ROWS, (4, 2, 2))),
    ("clockwise", "window-clockwise", [[1, 2, 6, 5], [3, 4, 8, 7], [9, 10, 14, 13], [11, 12, 16, 15]]),
    ("maxima", "one-number-for-a-window", [6, 8, 14, 16]),
    ("sums", "one-number-for-a-window", [14, 22, 46, 54]),
    ("from zero", "offset counts-from-zero", np.array(ROWS) - 1),
    ("columns of the image", "columns-of-the-image windows-as-columns transposed", np.arange(1, 17).reshape(4, 4).T),
    ("ragged", "other-type", [[1, 2, 5, 6], [3, 4, 7], [9, 10, 13, 14], [11, 12, 15, 16]]),
    ("overlapping rows", "stride-ignored place", [[1, 2, 5, 6], [2, 3, 6, 7], [3, 4, 7, 8], [5, 6, 9, 10]]),
    ("rows from below", "mirrored from-below", ROWS[::-1]),
]:
    wrong("rows_by_hand", note, cause, value)


# col_shape ----------------------------------------------------------------
def size(n, f, s, p):
    return (n + 2 * p - f) // s + 1


right("col_shape", "formula", lambda shape, fh, fw, s=1, p=0: (shape[0] * size(shape[2], fh, s, p) * size(shape[3], fw, s, p), shape[1] * fh * fw))
right("col_shape", "of an im2col", lambda shape, fh, fw, s=1, p=0: (shape[0] * sliding_window_view(np.zeros((shape[2] + 2 * p, shape[3] + 2 * p)), (fh, fw))[::s, ::s, 0, 0].size, shape[1] * fh * fw))
right("col_shape", "list", lambda shape, fh, fw, s=1, p=0: [shape[0] * size(shape[2], fh, s, p) * size(shape[3], fw, s, p), shape[1] * fh * fw])
right("col_shape", "whole floats", lambda shape, fh, fw, s=1, p=0: (float(shape[0] * size(shape[2], fh, s, p) * size(shape[3], fw, s, p)), shape[1] * fh * fw))
right("col_shape", "array", lambda shape, fh, fw, s=1, p=0: np.array((shape[0] * size(shape[2], fh, s, p) * size(shape[3], fw, s, p), shape[1] * fh * fw)))


def shape_of(use):
    def answer(input_shape, filter_h, filter_w, stride=1, pad=0):
        N, C, H, W = input_shape
        OH, OW = size(H, filter_h, stride, pad), size(W, filter_w, stride, pad)
        return use(N, C, H, W, OH, OW, filter_h, filter_w, stride, pad)

    return answer


for note, cause, value in [
    ("C in the rows", "channels-in-the-rows", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * C * OH * OW, FH * FW))),
    ("N forgotten", "images-forgotten", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (OH * OW, C * FH * FW))),
    ("N in the columns", "images-in-the-columns", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (OH * OW, N * C * FH * FW))),
    ("C forgotten", "channels-forgotten", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * OH * OW, FH * FW))),
    ("N and C forgotten", "images-and-channels-forgotten", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (OH * OW, FH * FW))),
    ("swapped", "rows-and-columns-swapped", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (C * FH * FW, N * OH * OW))),
    ("OH twice", "height-for-width", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * OH * OH, C * FH * FW))),
    ("OW twice", "height-for-width", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * OW * OW, C * FH * FW))),
    ("FH twice", "square-filter-assumed height-for-width", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * OH * OW, C * FH * FH))),
    ("filter turned", "height-for-width", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * size(H, FW, s, p) * size(W, FH, s, p), C * FH * FW))),
    ("stride ignored", "stride-ignored", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * size(H, FH, 1, p) * size(W, FW, 1, p), C * FH * FW))),
    ("pad ignored", "pad-ignored", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * size(H, FH, s, 0) * size(W, FW, s, 0), C * FH * FW))),
    ("both ignored", "stride-and-pad-ignored", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * size(H, FH, 1, 0) * size(W, FW, 1, 0), C * FH * FW))),
    ("pad once", "pads-one-side-only", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * ((H + p - FH) // s + 1) * ((W + p - FW) // s + 1), C * FH * FW))),
    ("image sizes", "image-for-output-size", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * H * W, C * FH * FW))),
    ("one too few", "one-too-few", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * (OH - 1) * (OW - 1), C * FH * FW))),
    ("sum of the sides", "sides-added sides-added-not-multiplied", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * (OH + OW), C * FH * FW))),
    ("sum of the filter's sides", "sides-added sides-added-not-multiplied", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * OH * OW, C * (FH + FW)))),
    ("only the rows", "one-number", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: N * OH * OW)),
    ("product of both", "one-number", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: N * OH * OW * C * FH * FW)),
    ("six numbers", "six-axes", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N, OH, OW, C, FH, FW))),
    ("all numbers", "image-in-the-columns columns-of-the-image", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * OH * OW, C * H * W))),
    ("OH, OW", "output-size-for-shape", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (OH, OW))),
    ("/", "float-for-integer exact-division", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * ((H + 2 * p - FH) / s + 1) * ((W + 2 * p - FW) / s + 1), C * FH * FW))),
    ("C added", "sides-added", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * OH * OW, C + FH * FW))),
    ("array needed", "list-for-array number-or-list-for-array loop-over-a-number list-for-array attribute-missing", lambda shape, fh, fw, s=1, p=0: shape.shape),
    ("ceil", "ceiling-for-floor", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * (-(-(H + 2 * p - FH) // s) + 1) * (-(-(W + 2 * p - FW) // s) + 1), C * FH * FW))),
    ("None", "returns-none", lambda shape, fh, fw, s=1, p=0: None),
    ("for OW stride forgotten", "place stride-on-one-axis", shape_of(lambda N, C, H, W, OH, OW, FH, FW, s, p: (N * OH * size(W, FW, 1, p), C * FH * FW))),
]:
    wrong("col_shape", note, cause, value)


# im2col_loops and im2col --------------------------------------------------
def windows(x, fh, fw, s=1, p=0, v=0):
    """Return the windows as (N, OH, OW, C, FH, FW)."""
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=v)
    all_of_them = sliding_window_view(x, (fh, fw), axis=(2, 3))
    return all_of_them[:, :, ::s, ::s].transpose(0, 2, 3, 1, 4, 5)


def rows_of(v):
    return v.reshape(int(np.prod(v.shape[:3])), -1)


def col(x, *sizes):
    return rows_of(windows(x, *sizes))


@right("im2col_loops", "append of flatten")
def _(x, filter_h, filter_w, stride=1):
    out = []
    for image in x:
        for top in range(0, x.shape[2] - filter_h + 1, stride):
            for left in range(0, x.shape[3] - filter_w + 1, stride):
                out.append(image[:, top : top + filter_h, left : left + filter_w].flatten().tolist())
    return out


@right("im2col_loops", "filled, a counter, typed")
def _(x: np.ndarray, filter_h: int, filter_w: int, stride: int = 1) -> np.ndarray:
    N, C, H, W = x.shape
    OH, OW = size(H, filter_h, stride, 0), size(W, filter_w, stride, 0)
    y = np.zeros((N * OH * OW, C * filter_h * filter_w))
    for k in range(len(y)):
        n, i, j = k // (OH * OW), k // OW % OH, k % OW
        y[k] = x[n, :, i * stride : i * stride + filter_h, j * stride : j * stride + filter_w].reshape(-1)
    return y


right("im2col_loops", "windows", lambda x, fh, fw, stride=1: col(x, fh, fw, stride))
right("im2col_loops", "vstack", lambda x, fh, fw, s=1: np.vstack([x[n, :, i : i + fh, j : j + fw].ravel() for n in range(len(x)) for i in range(0, x.shape[2] - fh + 1, s) for j in range(0, x.shape[3] - fw + 1, s)]))
right("im2col_loops", "6 axes filled", lambda x, fh, fw, s=1: np.array([[[i[:, a : a + fh, b : b + fw] for b in range(0, x.shape[3] - fw + 1, s)] for a in range(0, x.shape[2] - fh + 1, s)] for i in x]).reshape(-1, x.shape[1] * fh * fw))


def looped(place=lambda i, j, s: (i * s, j * s), cut=None, order="nij", flat=np.ravel):
    """Return an answer as loops over images and positions."""

    def answer(x, filter_h, filter_w, stride=1):
        N, _, H, W = x.shape
        OH, OW = size(H, filter_h, stride, 0), size(W, filter_w, stride, 0)
        rows = []
        ranges = {"n": N, "i": OH, "j": OW}
        for places in np.ndindex(*[ranges[k] for k in order]):
            at = dict(zip(order, places))
            top, left = place(at["i"], at["j"], stride)
            bottom, right = top + filter_h, left + filter_w
            if cut:
                bottom, right = cut(at["i"], at["j"], stride, filter_h, filter_w)
            rows.append(flat(x[at["n"], :, top:bottom, left:right]))
        return np.array(rows)

    return answer


for note, cause, value in [
    ("does not walk", "stride-counted-not-walked", looped(lambda i, j, s: (i, j))),
    ("only rows walk", "stride-on-one-axis", looped(lambda i, j, s: (i * s, j))),
    ("only columns walk", "stride-on-one-axis", looped(lambda i, j, s: (i, j * s))),
    ("i + stride", "stride-added-not-multiplied rows-differ-in-length", looped(lambda i, j, s: (i + s, j + s))),
    ("i and j turned", "rows-differ-in-length rows-and-columns-swapped", looped(lambda i, j, s: (j * s, i * s))),
    ("ends at (i + 1) * stride", "slice-ends-at-stride rows-differ-in-length", looped(cut=lambda i, j, s, fh, fw: ((i + 1) * s, (j + 1) * s))),
    ("i + filter_h", "rows-differ-in-length window-end-without-stride", looped(cut=lambda i, j, s, fh, fw: (i + fh, j + fw))),
    ("one less", "window-one-too-small shape-differs", looped(cut=lambda i, j, s, fh, fw: (i * s + fh - 1, j * s + fw - 1))),
    ("one more", "rows-differ-in-length window-one-too-large", looped(cut=lambda i, j, s, fh, fw: (i * s + fh + 1, j * s + fw + 1))),
    ("fh for both", "height-for-width rows-differ-in-length", looped(cut=lambda i, j, s, fh, fw: (i * s + fh, j * s + fh))),
    ("turned window", "height-and-width-swapped", lambda x, fh, fw, s=1: col(x, fw, fh, s)),
    ("down first", "positions-in-column-order", looped(order="nji")),
    ("images in turn", "images-in-turn", looped(order="ijn")),
    ("images last, down first", "images-in-turn positions-in-column-order", looped(order="jin")),
    ("channels last", "channels-last", looped(flat=lambda a: a.transpose(1, 2, 0).ravel())),
    ("window down first", "window-in-column-order", looped(flat=lambda a: a.transpose(0, 2, 1).ravel())),
    ("order F", "first-axis-fastest channels-last", looped(flat=lambda a: a.ravel(order="F"))),
    ("not flat", "axes-extra windows-not-flat", looped(flat=lambda a: a)),
    ("channels one below the other", "channels-in-the-rows", lambda x, fh, fw, s=1: windows(x, fh, fw, s).transpose(0, 3, 1, 2, 4, 5).reshape(-1, fh * fw)),
    ("channels in rows", "channels-in-the-rows", lambda x, fh, fw, s=1: windows(x, fh, fw, s).reshape(-1, fh * fw)),
    ("T", "windows-as-columns", lambda x, fh, fw, s=1: col(x, fh, fw, s).T),
    ("first image", "first-image-only", lambda x, fh, fw, s=1: col(x[:1], fh, fw, s)),
    ("first channel", "first-channel-only", lambda x, fh, fw, s=1: col(x[:, :1], fh, fw, s)),
    ("first image for all", "first-image-for-all", lambda x, fh, fw, s=1: np.tile(col(x[:1], fh, fw, s), (len(x), 1))),
    ("stride ignored", "stride-ignored", lambda x, fh, fw, s=1: col(x, fh, fw)),
    ("sum over channels", "channels-summed", looped(flat=lambda a: a.sum(axis=0).ravel())),
    ("int", "rounded-down", looped(flat=lambda a: a.ravel().astype(int))),
    ("sums", "one-number-for-a-window", looped(flat=np.sum)),
    ("maxima", "one-number-for-a-window", looped(flat=np.max)),
    ("extend", "rows-run-together", lambda x, fh, fw, s=1: col(x, fh, fw, s).ravel()),
    ("one window", "window-does-not-move", looped(lambda i, j, s: (0, 0))),
    ("last one missing", "last-place-missing", lambda x, fh, fw, s=1: rows_of(windows(x, fh, fw, s)[:, :-1, :-1])),
    ("return too early", "first-image-only", lambda x, fh, fw, s=1: col(x, fh, fw, s)[: windows(x, fh, fw, s)[0, ..., 0, 0, 0].size]),
    ("append to an array", "array-does-not-grow attribute-missing", lambda x, fh, fw, s=1: np.zeros(0).append(x)),
    ("None", "returns-none", lambda x, fh, fw, s=1: None),
    ("for n in N", "loop-over-number number-or-list-for-array loop-over-a-number list-for-array", lambda x, fh, fw, s=1: [n for n in len(x)]),
    ("reshaped to (-1, rows)", "reshape-for-transpose", lambda x, fh, fw, s=1: windows(x, fh, fw, s).transpose(0, 3, 4, 5, 1, 2).reshape(col(x, fh, fw, s).shape)),
    ("rows in reverse", "mirrored", lambda x, fh, fw, s=1: col(x, fh, fw, s)[::-1]),
    ("inner list not emptied", "rows-differ-in-length", lambda x, fh, fw, s=1: np.array([np.ravel(x)[: k + 1] for k in range(4)])),
]:
    wrong("im2col_loops", note, cause, value)


@right("im2col", "as in the book")
def _(input_data, filter_h, filter_w, stride=1, pad=0, constant_values=0):
    N, C, H, W = input_data.shape
    out_h = (H + 2 * pad - filter_h) // stride + 1
    out_w = (W + 2 * pad - filter_w) // stride + 1
    img = np.pad(input_data, [(0, 0), (0, 0), (pad, pad), (pad, pad)], "constant", constant_values=constant_values)
    c = np.zeros((N, C, filter_h, filter_w, out_h, out_w))
    for y in range(filter_h):
        for x in range(filter_w):
            c[:, :, y, x, :, :] = img[:, :, y : y + stride * out_h : stride, x : x + stride * out_w : stride]
    return c.transpose(0, 4, 5, 1, 2, 3).reshape(N * out_h * out_w, -1)


right("im2col", "windows", lambda x, fh, fw, stride=1, pad=0, constant_values=0: col(x, fh, fw, stride, pad, constant_values))
right("im2col", "list of lists", lambda x, fh, fw, s=1, p=0, v=0: col(x, fh, fw, s, p, v).tolist())
right("im2col", "index arrays", lambda x, fh, fw, s=1, p=0, v=0: np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=v)[:, :, (s * np.arange(size(x.shape[2], fh, s, p)))[:, None, None, None] + np.arange(fh)[:, None], (s * np.arange(size(x.shape[3], fw, s, p)))[:, None, None] + np.arange(fw)].transpose(0, 2, 3, 1, 4, 5).reshape(-1, x.shape[1] * fh * fw))
right("im2col", "stacked columns", lambda x, fh, fw, s=1, p=0, v=0: np.stack([windows(x, fh, fw, s, p, v)[:, :, :, c, a, b].ravel() for c in range(x.shape[1]) for a in range(fh) for b in range(fw)], axis=1))


def moved(*axes):
    def answer(x, fh, fw, s=1, p=0, v=0):
        return windows(x, fh, fw, s, p, v).transpose(axes).reshape(col(x, fh, fw, s, p, v).shape)

    return answer


for note, cause, value in [
    ("reshape at once", "reshape-for-transpose", moved(0, 3, 4, 5, 1, 2)),
    ("channels last", "channels-last", moved(0, 1, 2, 4, 5, 3)),
    ("down first", "positions-in-column-order", moved(0, 2, 1, 3, 4, 5)),
    ("window down first", "window-in-column-order", moved(0, 1, 2, 3, 5, 4)),
    ("both down first", "all-in-column-order", moved(0, 2, 1, 3, 5, 4)),
    ("images in turn", "images-in-turn", moved(1, 2, 0, 3, 4, 5)),
    ("channels before positions", "reshape-for-transpose channels-in-the-rows", moved(0, 3, 1, 2, 4, 5)),
    ("T", "windows-as-columns", lambda x, fh, fw, s=1, p=0, v=0: col(x, fh, fw, s, p, v).T),
    ("zeros", "pads-with-zero", lambda x, fh, fw, s=1, p=0, v=0: col(x, fh, fw, s, p)),
    ("edge", "pads-with-edge", lambda x, fh, fw, s=1, p=0, v=0: col(np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="edge"), fh, fw, s)),
    ("ones", "pads-with-ones", lambda x, fh, fw, s=1, p=0, v=0: col(x, fh, fw, s, p, 1)),
    ("pads all", "pads-every-axis", lambda x, fh, fw, s=1, p=0, v=0: col(np.pad(x, p, constant_values=v), fh, fw, s)),
    ("pad ignored", "pad-ignored", lambda x, fh, fw, s=1, p=0, v=0: col(x, fh, fw, s)),
    ("stride ignored", "stride-ignored", lambda x, fh, fw, s=1, p=0, v=0: col(x, fh, fw, 1, p, v)),
    ("both ignored", "stride-and-pad-ignored", lambda x, fh, fw, s=1, p=0, v=0: col(x, fh, fw)),
    ("one side", "pads-one-side-only", lambda x, fh, fw, s=1, p=0, v=0: col(np.pad(x, ((0, 0), (0, 0), (p, 0), (p, 0)), constant_values=v), fh, fw, s)),
    ("height only", "pads-height-only", lambda x, fh, fw, s=1, p=0, v=0: col(np.pad(x, ((0, 0), (0, 0), (p, p), (0, 0)), constant_values=v), fh, fw, s)),
    ("N and C", "pads-other-axes pads-images-and-channels", lambda x, fh, fw, s=1, p=0, v=0: col(np.pad(x, ((p, p), (p, p), (0, 0), (0, 0)), constant_values=v), fh, fw, s)),
    ("C and H", "pads-channels-for-width", lambda x, fh, fw, s=1, p=0, v=0: col(np.pad(x, ((0, 0), (p, p), (p, p), (0, 0)), constant_values=v), fh, fw, s)),
    ("filter turned", "height-and-width-swapped", lambda x, fh, fw, s=1, p=0, v=0: col(x, fw, fh, s, p, v)),
    ("not reshaped", "windows-not-flat", lambda x, fh, fw, s=1, p=0, v=0: windows(x, fh, fw, s, p, v)),
    ("channels in the rows", "channels-in-the-rows", lambda x, fh, fw, s=1, p=0, v=0: windows(x, fh, fw, s, p, v).reshape(-1, fh * fw)),
    ("first image", "first-image-only", lambda x, fh, fw, s=1, p=0, v=0: col(x[:1], fh, fw, s, p, v)),
    ("first channel", "first-channel-only", lambda x, fh, fw, s=1, p=0, v=0: col(x[:, :1], fh, fw, s, p, v)),
    ("first channel for all", "first-channel-for-all", lambda x, fh, fw, s=1, p=0, v=0: col(np.repeat(x[:, :1], x.shape[1], 1), fh, fw, s, p, v)),
    ("fy + OH", "assigned-shape-differs", lambda x, fh, fw, s=1, p=0, v=0: np.zeros((3, 3)).__setitem__(slice(None), np.zeros((2, 2)))),
    ("starts swapped", "window-reversed", lambda x, fh, fw, s=1, p=0, v=0: windows(x, fh, fw, s, p, v)[..., ::-1, ::-1].transpose(0, 1, 2, 3, 4, 5).reshape(col(x, fh, fw, s, p, v).shape)),
    ("dtype=int", "rounded-down not-finite", lambda x, fh, fw, s=1, p=0, v=0: np.nan_to_num(col(x, fh, fw, s, p, v), neginf=-9).astype(int)),
    ("empty and not filled", "all-zero", lambda x, fh, fw, s=1, p=0, v=0: 0 * np.nan_to_num(col(x, fh, fw, s, p, v), neginf=0)),
    ("only the first offset", "one-offset-for-all", lambda x, fh, fw, s=1, p=0, v=0: np.broadcast_to(windows(x, fh, fw, s, p, v)[..., :1, :1], windows(x, fh, fw, s, p, v).shape).reshape(col(x, fh, fw, s, p, v).shape)),
    ("reshape(N, -1)", "rows-run-together", lambda x, fh, fw, s=1, p=0, v=0: col(x, fh, fw, s, p, v).reshape(len(x), -1)),
    ("return in the loop", "partly-zero one-offset-only", lambda x, fh, fw, s=1, p=0, v=0: col(x, fh, fw, s, p, v) * (np.arange(col(x, fh, fw, s, p, v).shape[1]) % (fh * fw) == 0) if np.isfinite(v) else np.where(np.arange(col(x, fh, fw, s, p, v).shape[1]) % (fh * fw) == 0, col(x, fh, fw, s, p, v), 0)),
    ("None", "returns-none", lambda x, fh, fw, s=1, p=0, v=0: None),
    ("transpose of five", "transpose-axes-wrong", lambda x, fh, fw, s=1, p=0, v=0: windows(x, fh, fw, s, p, v).transpose(0, 1, 2, 3, 4)),
    ("/", "not-an-integer", lambda x, fh, fw, s=1, p=0, v=0: np.zeros((x.shape[2] / s, 2))),
]:
    wrong("im2col", note, cause, value)


# offset_slice -------------------------------------------------------------
right("offset_slice", "stops just behind", lambda img, fy, fx, OH, OW, stride=1: img[:, :, fy : fy + stride * (OH - 1) + 1 : stride, fx : fx + stride * (OW - 1) + 1 : stride])
right("offset_slice", "cuts twice", lambda img, fy, fx, OH, OW, stride=1: img[:, :, fy::stride, fx::stride][:, :, :OH, :OW])
right("offset_slice", "slice objects", lambda img, fy, fx, OH, OW, stride=1: img[..., slice(fy, fy + OH * stride, stride), slice(fx, fx + OW * stride, stride)])
right("offset_slice", "in two steps", lambda img, fy, fx, OH, OW, s=1: img[:, :, fy : fy + OH * s, fx : fx + OW * s][:, :, ::s, ::s])
right("offset_slice", "index arrays", lambda img, fy, fx, OH, OW, stride=1: img[:, :, fy + stride * np.arange(OH)][:, :, :, fx + stride * np.arange(OW)])
right("offset_slice", "copy", lambda img, fy, fx, OH, OW, stride=1: img[:, :, fy : fy + stride * OH : stride, fx : fx + stride * OW : stride].copy())


@right("offset_slice", "loops")
def _(img, fy, fx, OH, OW, stride=1):
    y = np.empty((*img.shape[:2], OH, OW))
    for i in range(OH):
        for j in range(OW):
            y[:, :, i, j] = img[:, :, fy + i * stride, fx + j * stride]
    return y


for note, cause, value in [
    ("fy + OH : stride", "stops-too-early", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : fy + OH : s, fx : fx + OW : s]),
    ("no stride", "stride-ignored", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : fy + OH, fx : fx + OW]),
    ("no step", "step-missing", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : fy + s * OH, fx : fx + s * OW]),
    ("to the end", "runs-to-the-end", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy::s, fx::s]),
    ("fy and fx", "fy-and-fx-swapped", lambda a, fy, fx, OH, OW, s=1: a[:, :, fx : fx + s * OH : s, fy : fy + s * OW : s]),
    ("OH and OW", "height-and-width-swapped", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : fy + s * OW : s, fx : fx + s * OH : s]),
    ("from 0", "starts-at-zero", lambda a, fy, fx, OH, OW, s=1: a[:, :, : s * OH : s, : s * OW : s]),
    ("to s * OH", "start-not-in-the-stop", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : s * OH : s, fx : s * OW : s]),
    ("s * (OH - 1)", "last-place-missing", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : fy + s * (OH - 1) : s, fx : fx + s * (OW - 1) : s]),
    ("fy * stride", "start-times-stride", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy * s : fy * s + s * OH : s, fx * s : fx * s + s * OW : s]),
    ("rows only", "stride-on-one-axis", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : fy + s * OH : s, fx : fx + OW]),
    ("columns only", "stride-on-one-axis", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : fy + OH, fx : fx + s * OW : s]),
    ("first axes", "first-axes-sliced shape-differs", lambda a, fy, fx, OH, OW, s=1: a[fy : fy + s * OH : s, fx : fx + s * OW : s]),
    ("first image", "axes-missing first-image-only", lambda a, fy, fx, OH, OW, s=1: a[0, :, fy : fy + s * OH : s, fx : fx + s * OW : s]),
    ("one pixel", "axes-missing one-pixel-only", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy, fx]),
    ("first channel", "axes-missing first-channel-only", lambda a, fy, fx, OH, OW, s=1: a[:, 0, fy : fy + s * OH : s, fx : fx + s * OW : s]),
    ("index lists", "does-not-broadcast-to shapes-do-not-broadcast axes-missing index-lists-paired", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy + s * np.arange(OH), fx + s * np.arange(OW)]),
    ("whole image", "shape-differs not-sliced", lambda a, fy, fx, OH, OW, s=1: a),
    ("fy - 1", "starts-one-pixel-off", lambda a, fy, fx, OH, OW, s=1: np.pad(a, ((0, 0), (0, 0), (1, 0), (1, 0)))[:, :, fy : fy + s * OH : s, fx : fx + s * OW : s]),
    ("fy + 1", "starts-one-pixel-off", lambda a, fy, fx, OH, OW, s=1: np.pad(a, ((0, 0), (0, 0), (0, 1), (0, 1)))[:, :, fy + 1 : fy + 1 + s * OH : s, fx + 1 : fx + 1 + s * OW : s]),
    ("T", "transposed height-and-width-swapped", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : fy + s * OH : s, fx : fx + s * OW : s].swapaxes(2, 3)),
    ("None", "returns-none", lambda a, fy, fx, OH, OW, s=1: None),
    ("int", "rounded-down", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : fy + s * OH : s, fx : fx + s * OW : s].astype(int)),
    ("step / 1", "not-an-integer", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : fy + s * OH : s / 1]),
    ("stride of 2", "shape-differs", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : fy + 2 * OH : 2, fx : fx + 2 * OW : 2][:, :, :2, :1]),
    ("brackets", "place shape-differs missing-brackets", lambda a, fy, fx, OH, OW, s=1: a[:, :, fy : (fy + s) * OH : s, fx : (fx + s) * OW : s]),
]:
    wrong("offset_slice", note, cause, value)


# multiply -----------------------------------------------------------------
right("multiply", "np.dot", lambda c, W: np.dot(c, W.reshape(W.shape[0], -1).T))
right("multiply", "turned twice", lambda c, W: (W.reshape(len(W), -1) @ c.T).T)
right("multiply", "einsum", lambda c, W: np.einsum("rk,fk->rf", c, W.reshape(len(W), -1)))
right("multiply", "transpose to (C, FH, FW, FN)", lambda c, W: c @ W.transpose(1, 2, 3, 0).reshape(-1, len(W)))
right("multiply", "list of columns", lambda c, W: np.array([c @ w.flatten() for w in W]).T)
right("multiply", "inner", lambda c, W: np.inner(c, W.reshape(len(W), -1)))
right("multiply", "sum of products", lambda c, W: (c[:, None] * W.reshape(1, len(W), -1)).sum(-1))
for note, cause, value in [
    ("reshape(-1, FN)", "reshape-for-transpose", lambda c, W: c @ W.reshape(-1, len(W))),
    ("channels last", "channels-last", lambda c, W: c @ W.transpose(0, 2, 3, 1).reshape(len(W), -1).T),
    ("turned by 180", "kernel-flipped", lambda c, W: c @ W[:, :, ::-1, ::-1].reshape(len(W), -1).T),
    ("all turned", "kernel-flipped filter-reversed", lambda c, W: c @ W.reshape(len(W), -1)[:, ::-1].T),
    ("turned over", "result-turned-over", lambda c, W: W.reshape(len(W), -1) @ c.T),
    ("col @ W.T", "product-sizes-differ", lambda c, W: c @ W.T),
    ("no T", "product-sizes-differ", lambda c, W: c @ W.reshape(len(W), -1)),
    ("np.dot, no T", "dot-sizes-differ", lambda c, W: np.dot(c, W.reshape(len(W), -1))),
    ("*", "shapes-do-not-broadcast", lambda c, W: c * W.reshape(len(W), -1).T),
    ("W.T reshaped", "axes-reversed", lambda c, W: c @ W.T.reshape(-1, len(W))),
    ("H and W exchanged", "window-in-column-order height-and-width-swapped", lambda c, W: c @ W.transpose(0, 1, 3, 2).reshape(len(W), -1).T),
    ("first filter", "first-filter-only axes-missing", lambda c, W: c @ W[0].ravel()),
    ("first filter, axis kept", "first-filter-only", lambda c, W: c @ W[:1].reshape(1, -1).T),
    ("first filter for all", "one-filter-for-all", lambda c, W: np.repeat(c @ W[:1].reshape(1, -1).T, len(W), 1)),
    ("summed filters", "filters-summed", lambda c, W: (c @ W.reshape(len(W), -1).T).sum(1)),
    ("mean", "scaled mean-for-sum", lambda c, W: c @ W.reshape(len(W), -1).T / c.shape[1]),
    ("int", "rounded-down", lambda c, W: (c @ W.reshape(len(W), -1).T).astype(int)),
    ("int filters", "filters-rounded rounded-down", lambda c, W: c @ W.reshape(len(W), -1).T.astype(int)),
    ("dtype=int array filled", "rounded-down", lambda c, W: np.array([[int(r @ w.ravel()) for w in W] for r in c])),
    ("filters in reverse", "mirrored filters-reversed", lambda c, W: c @ W[::-1].reshape(len(W), -1).T),
    ("reshape of the product", "reshape-for-transpose", lambda c, W: (W.reshape(len(W), -1) @ c.T).reshape(len(c), len(W))),
    ("None", "returns-none", lambda c, W: None),
    ("two -1", "two-unknown-sizes", lambda c, W: c @ W.reshape(-1, -1)),
    ("col.T", "product-sizes-differ", lambda c, W: c.T @ W.reshape(len(W), -1).T),
    ("C for FN", "reshape-for-transpose product-sizes-differ", lambda c, W: c @ W.reshape(W.shape[1], -1).T),
    ("one number", "everything-summed", lambda c, W: (c @ W.reshape(len(W), -1).T).sum()),
    ("maps at once", "reshape-changes-count", lambda c, W: (c @ W.reshape(len(W), -1).T).reshape(7, 7, 7)),
    ("abs", "absolute-value", lambda c, W: abs(c @ W.reshape(len(W), -1).T)),
    ("plus one", "offset", lambda c, W: c @ W.reshape(len(W), -1).T + 1),
]:
    wrong("multiply", note, cause, value)


# pool_rows ----------------------------------------------------------------
right("pool_rows", "amax", lambda c, C: np.amax(c.reshape(c.shape[0], C, c.shape[1] // C), axis=2))
right("pool_rows", "rows of channels first", lambda c, C: c.reshape(len(c) * C, -1).max(axis=1).reshape(-1, C))
right("pool_rows", "slices", lambda c, C: np.stack([c[:, k * (c.shape[1] // C) : (k + 1) * (c.shape[1] // C)].max(1) for k in range(C)], 1))
right("pool_rows", "hsplit", lambda c, C: np.array([p.max(axis=1) for p in np.hsplit(c, C)]).T)
right("pool_rows", "lists", lambda c, C: [[max(p) for p in r.reshape(C, -1)] for r in c])
right("pool_rows", "reduceat", lambda c, C: np.maximum.reduceat(c, np.arange(0, c.shape[1], c.shape[1] // C), axis=1))
right("pool_rows", "sorted", lambda c, C: np.sort(c.reshape(len(c), C, -1), axis=2)[:, :, -1])
for note, cause, value in [
    ("all channels", "max-across-channels", lambda c, C: c.max(axis=1)),
    ("all channels, axis kept", "max-across-channels", lambda c, C: c.max(axis=1, keepdims=True)),
    ("channels last", "channels-last", lambda c, C: c.reshape(len(c), -1, C).max(axis=1)),
    ("wrong axis", "max-over-the-wrong-axis", lambda c, C: c.reshape(len(c), C, -1).max(axis=1)),
    ("over positions", "max-over-positions max-over-the-wrong-axis", lambda c, C: c.reshape(len(c), C, -1).max(axis=0)),
    ("max of everything", "everything-in-one-number", lambda c, C: c.max()),
    ("mean", "mean-for-max", lambda c, C: c.reshape(len(c), C, -1).mean(axis=2)),
    ("sum", "sum-for-max", lambda c, C: c.reshape(len(c), C, -1).sum(axis=2)),
    ("min", "min-for-max", lambda c, C: c.reshape(len(c), C, -1).min(axis=2)),
    ("argmax", "place-for-value", lambda c, C: c.reshape(len(c), C, -1).argmax(axis=2)),
    ("best = 0", "maximum-starts-at-zero", lambda c, C: np.maximum(c.reshape(len(c), C, -1).max(axis=2), 0)),
    ("abs", "largest-in-size absolute-value", lambda c, C: abs(c).reshape(len(c), C, -1).max(axis=2)),
    ("first", "first-of-window", lambda c, C: c.reshape(len(c), C, -1)[:, :, 0]),
    ("C columns first", "first-columns-only", lambda c, C: c[:, :C]),
    ("in reverse order (C, -1)", "reshape-for-transpose split-in-other-order", lambda c, C: c.reshape(C, len(c), -1).max(axis=2).T),
    ("max of -1 axes", "max-over-the-wrong-axis", lambda c, C: c.reshape(C, len(c), -1).max(axis=0)),
    ("column", "not-split-back shape-differs", lambda c, C: c.reshape(-1, c.shape[1] // C).max(axis=1)),
    ("column kept", "not-split-back", lambda c, C: c.reshape(-1, c.shape[1] // C).max(axis=1, keepdims=True)),
    ("T", "result-turned-over", lambda c, C: c.reshape(len(c), C, -1).max(axis=2).T),
    ("keepdims", "axes-extra only-the-shape", lambda c, C: c.reshape(len(c), C, -1).max(axis=2, keepdims=True)),
    ("int", "rounded-down", lambda c, C: c.reshape(len(c), C, -1).max(axis=2).astype(int)),
    ("axis 3", "axis-does-not-exist", lambda c, C: c.reshape(len(c), C, -1).max(axis=3)),
    ("/ C", "not-an-integer", lambda c, C: c.reshape(len(c), C, c.shape[1] / C)),
    ("two -1", "two-unknown-sizes", lambda c, C: c.reshape(-1, C, -1)),
    ("max() of rows", "array-as-truth-value array-as-condition", lambda c, C: max(c)),
    ("None", "returns-none", lambda c, C: None),
    ("2 x 2 assumed", "reshape-changes-count", lambda c, C: c.reshape(-1, C, 4).max(axis=2)),
    ("pool of first channel", "first-channel-for-all", lambda c, C: np.repeat(c[:, : c.shape[1] // C].max(1, keepdims=True), C, 1)),
    ("first channel only", "first-channel-only", lambda c, C: c[:, : c.shape[1] // C].max(1, keepdims=True)),
    ("max of lists", "max-of-lists", lambda c, C: [[v for v in max(r.reshape(-1, C).tolist())] for r in c]),
]:
    wrong("pool_rows", note, cause, value)


# col2im -------------------------------------------------------------------
def back(c, shape, fh, fw, s=1, p=0, summed=False, order=1, step=None, parts=None):
    """Return the padded image; order -1 visits the filter backwards."""
    N, C, H, W = shape
    OH, OW = size(H, fh, s, p), size(W, fw, s, p)
    if parts is None:
        parts = c.reshape(N, OH, OW, C, fh, fw).transpose(4, 5, 0, 3, 1, 2)
    t = step or s
    img = np.zeros((N, C, H + 2 * p + t, W + 2 * p + t))
    for a, b in list(np.ndindex(fh, fw))[::order]:
        view = img[:, :, a : a + t * OH : t, b : b + t * OW : t]
        view[...] = parts[a, b] + (view if summed else 0)
    return img[:, :, : H + 2 * p, : W + 2 * p]


def cut(img, shape, p):
    return img[:, :, p : p + shape[2], p : p + shape[3]]


def answer_of(**how):
    def answer(col, input_shape, filter_h, filter_w, stride=1, pad=0, is_backward=False):
        given = dict(how)
        summed = given.pop("summed", None)
        if callable(summed):
            summed = summed(is_backward)
        if summed is None:
            summed = is_backward
        img = back(col, input_shape, filter_h, filter_w, stride, pad, summed, **given)
        return cut(img, input_shape, pad)

    return answer


@right("col2im", "as in the book, two branches")
def _(col, input_shape, filter_h, filter_w, stride=1, pad=0, is_backward=False):
    N, C, H, W = input_shape
    out_h = (H + 2 * pad - filter_h) // stride + 1
    out_w = (W + 2 * pad - filter_w) // stride + 1
    col = col.reshape(N, out_h, out_w, C, filter_h, filter_w).transpose(0, 3, 4, 5, 1, 2)
    img = np.zeros((N, C, H + 2 * pad + stride - 1, W + 2 * pad + stride - 1))
    for y in range(filter_h):
        y_max = y + stride * out_h
        for x in range(filter_w):
            x_max = x + stride * out_w
            if is_backward:
                img[:, :, y:y_max:stride, x:x_max:stride] += col[:, :, y, x, :, :]
            else:
                img[:, :, y:y_max:stride, x:x_max:stride] = col[:, :, y, x, :, :]
    return img[:, :, pad : H + pad, pad : W + pad]


@right("col2im", "positions instead of offsets")
def _(col, input_shape, filter_h, filter_w, stride=1, pad=0, is_backward=False):
    N, C, H, W = input_shape
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    OH = conv_output_size(H, filter_h, stride, pad)
    OW = conv_output_size(W, filter_w, stride, pad)
    parts = col.reshape(N, OH, OW, C, filter_h, filter_w)
    for i in range(OH):
        for j in range(OW):
            place = img[:, :, i * stride : i * stride + filter_h, j * stride : j * stride + filter_w]
            if is_backward:
                place += parts[:, i, j]
            else:
                place[:] = parts[:, i, j]
    return img[:, :, pad : pad + H, pad : pad + W]


right("col2im", "list", lambda *a: answer_of()(*a).tolist())
right("col2im", "backwards over the filter", answer_of(order=-1))


@right("col2im", "crops to H and W from the end")
def _(col, input_shape, filter_h, filter_w, stride=1, pad=0, is_backward=False):
    img = back(col, input_shape, filter_h, filter_w, stride, pad, is_backward)
    return img[:, :, pad:-pad, pad:-pad] if pad > 0 else img


@wrong("col2im", "fresh image for each offset", "one-offset-only")
def _(col, input_shape, filter_h, filter_w, stride=1, pad=0, is_backward=False):
    N, C, H, W = input_shape
    OH, OW = size(H, filter_h, stride, pad), size(W, filter_w, stride, pad)
    parts = col.reshape(N, OH, OW, C, filter_h, filter_w)
    for a, b in np.ndindex(filter_h, filter_w):
        img = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
        img[:, :, a : a + stride * OH : stride, b : b + stride * OW : stride] = parts[..., a, b].transpose(0, 3, 1, 2)
    return cut(img, input_shape, pad)


@wrong("col2im", "writes to a copy", "nothing-written")
def _(col, input_shape, filter_h, filter_w, stride=1, pad=0, is_backward=False):
    N, C, H, W = input_shape
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    part = img[:, :, :2, :2].copy()
    part += col.ravel()[0]
    return cut(img, input_shape, pad)


@wrong("col2im", "view = part", "nothing-written")
def _(col, input_shape, filter_h, filter_w, stride=1, pad=0, is_backward=False):
    N, C, H, W = input_shape
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    view = img[:, :, :2, :2]
    view = col  # noqa: F841
    return cut(img, input_shape, pad)


@wrong("col2im", "offset + is_backward once only", "wrong-arguments")
def _(col, input_shape, filter_h, filter_w):
    return np.zeros(input_shape)


for note, cause, value in [
    ("always overwritten", "overlaps-overwritten", answer_of(summed=False)),
    ("always overwritten, in reverse", "overlaps-overwritten", answer_of(summed=False, order=-1)),
    ("always summed", "overlaps-summed", answer_of(summed=True)),
    ("reversed", "is-backward-reversed", answer_of(summed=lambda flag: not flag)),
    ("is_backward is True and a string", "overlaps-overwritten", answer_of(summed=lambda flag: flag == "True")),
    ("stride ignored", "stride-ignored", answer_of(step=1)),
    ("padding left", "padding-not-cut-off", lambda c, shape, fh, fw, s, p, flag: back(c, shape, fh, fw, s, p, flag)),
    ("pad:-pad", "empty-without-padding", lambda c, shape, fh, fw, s, p, flag: back(c, shape, fh, fw, s, p, flag)[:, :, p:-p, p:-p]),
    ("cut at the end only", "cut-at-one-side", lambda c, shape, fh, fw, s, p, flag: back(c, shape, fh, fw, s, p, flag)[:, :, : shape[2], : shape[3]]),
    ("cut at the front only", "cut-at-one-side", lambda c, shape, fh, fw, s, p, flag: back(c, shape, fh, fw, s, p, flag)[:, :, p:, p:]),
    ("cut twice", "cut-twice", lambda c, shape, fh, fw, s, p, flag: back(c, shape, fh, fw, s, p, flag)[:, :, 2 * p : 2 * p + shape[2], 2 * p : 2 * p + shape[3]]),
    ("reshape for transpose", "reshape-for-transpose", lambda c, shape, fh, fw, s, p, flag: cut(back(c, shape, fh, fw, s, p, flag, parts=c.reshape(shape[0], shape[1], fh, fw, size(shape[2], fh, s, p), size(shape[3], fw, s, p)).transpose(2, 3, 0, 1, 4, 5)), shape, p)),
    ("channels last", "channels-last", lambda c, shape, fh, fw, s, p, flag: cut(back(c, shape, fh, fw, s, p, flag, parts=c.reshape(shape[0], size(shape[2], fh, s, p), size(shape[3], fw, s, p), fh, fw, shape[1]).transpose(3, 4, 0, 5, 1, 2)), shape, p)),
    ("fy and fx turned", "fy-and-fx-swapped window-in-column-order", lambda c, shape, fh, fw, s, p, flag: cut(back(c, shape, fh, fw, s, p, flag, parts=c.reshape(shape[0], size(shape[2], fh, s, p), size(shape[3], fw, s, p), shape[1], fw, fh).transpose(5, 4, 0, 3, 1, 2)), shape, p)),
    ("positions turned", "positions-in-column-order", lambda c, shape, fh, fw, s, p, flag: cut(back(c, shape, fh, fw, s, p, flag, parts=c.reshape(shape[0], size(shape[3], fw, s, p), size(shape[2], fh, s, p), shape[1], fh, fw).transpose(4, 5, 0, 3, 2, 1)), shape, p)),
    ("window turned by 180", "kernel-flipped window-reversed", lambda c, shape, fh, fw, s, p, flag: cut(back(c, shape, fh, fw, s, p, flag, parts=c.reshape(shape[0], size(shape[2], fh, s, p), size(shape[3], fw, s, p), shape[1], fh, fw).transpose(4, 5, 0, 3, 1, 2)[::-1, ::-1]), shape, p)),
    ("divided by the counts", "overlaps-averaged", lambda c, shape, fh, fw, s, p, flag: cut(back(c, shape, fh, fw, s, p, True) / np.maximum(back(np.ones_like(c), shape, fh, fw, s, p, True), 1), shape, p) if flag else answer_of()(c, shape, fh, fw, s, p, flag)),
    ("pad ignored in the size", "reshape-changes-count", lambda c, shape, fh, fw, s, p, flag: c.reshape(shape[0], size(shape[2], fh, s, 0), size(shape[3], fw, s, 0), shape[1], fh, fw)),
    ("stride ignored in the size", "reshape-changes-count", lambda c, shape, fh, fw, s, p, flag: c.reshape(shape[0], size(shape[2], fh, 1, p), size(shape[3], fw, 1, p), shape[1], fh, fw)),
    ("straight reshape", "reshape-changes-count", lambda c, shape, fh, fw, s, p, flag: c.reshape(shape)),
    ("image without padding", "assigned-shape-differs", lambda c, shape, fh, fw, s, p, flag: np.zeros((3, 4)).__setitem__(slice(0, 2), np.ones((3, 4)))),
    ("None", "returns-none", lambda c, shape, fh, fw, s, p, flag: None),
    ("int", "rounded-down", lambda c, shape, fh, fw, s, p, flag: answer_of()(c, shape, fh, fw, s, p, flag).astype(int)),
    ("int image", "rows-rounded rounded-down", lambda c, shape, fh, fw, s, p, flag: answer_of()(c.astype(int), shape, fh, fw, s, p, flag)),
    ("ones to start with", "starts-with-ones offset", lambda c, shape, fh, fw, s, p, flag: answer_of()(c, shape, fh, fw, s, p, flag) + (1 if flag else 0)),
    ("first image only", "first-image-only partly-zero", lambda c, shape, fh, fw, s, p, flag: answer_of()(c, shape, fh, fw, s, p, flag) * (np.arange(shape[0]) == 0)[:, None, None, None]),
    ("+= on a wrong axis", "shapes-do-not-broadcast", lambda c, shape, fh, fw, s, p, flag: np.zeros((2, 3)).__iadd__(np.ones((3, 2)))),
    ("img.transpose", "transposed shape-in-other-order", lambda c, shape, fh, fw, s, p, flag: answer_of()(c, shape, fh, fw, s, p, flag).swapaxes(2, 3)),
    ("last offset missing", "last-offset-missing", lambda c, shape, fh, fw, s, p, flag: cut(back(c, shape, fh, fw, s, p, flag, parts=c.reshape(shape[0], size(shape[2], fh, s, p), size(shape[3], fw, s, p), shape[1], fh, fw).transpose(4, 5, 0, 3, 1, 2) * (np.arange(fh * fw) < fh * fw - 1).reshape(fh, fw, 1, 1, 1, 1)), shape, p)),
]:
    wrong("col2im", note, cause, value)
