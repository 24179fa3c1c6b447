"""Answers to the exercises of lesson 5_6."""

import numpy as np

from tests.bank import Source, answers

TRUNCATED = "truncated cut-to-whole-numbers gradients-cut-to-whole-numbers"
STATE = "later-call-differs"

BOOK = Source("""
from course_lib.functional import im2col, col2im

class MaxPooling:
    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.pool_h = pool_h
        self.pool_w = pool_w
        self.stride = stride
        self.pad = pad
        self.x = None
        self.arg_max = None

    def forward(self, x):
        N, C, H, W = x.shape
        out_h = int(1 + (H + 2 * self.pad - self.pool_h) / self.stride)
        out_w = int(1 + (W + 2 * self.pad - self.pool_w) / self.stride)
        col = im2col(x, self.pool_h, self.pool_w, self.stride, self.pad, constant_values=-np.inf)
        col = col.reshape(-1, self.pool_h * self.pool_w)
        arg_max = np.argmax(col, axis=1)
        out = np.max(col, axis=1)
        out = out.reshape(N, out_h, out_w, C).transpose(0, 3, 1, 2)
        self.x = x
        self.arg_max = arg_max
        return out

    def backward(self, dout):
        dout = dout.transpose(0, 2, 3, 1)
        pool_size = self.pool_h * self.pool_w
        dmax = np.zeros((dout.size, pool_size))
        dmax[np.arange(self.arg_max.size), self.arg_max.flatten()] = dout.flatten()
        dmax = dmax.reshape(dout.shape + (pool_size,))
        dcol = dmax.reshape(dmax.shape[0] * dmax.shape[1] * dmax.shape[2], -1)
        dx = col2im(dcol, self.x.shape, self.pool_h, self.pool_w, self.stride, self.pad, is_backward=True)
        return dx
""")
LOOPS = Source("""
class MaxPooling:
    fill = -np.inf

    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.ph, self.pw, self.s, self.p = pool_h, pool_w, stride, pad

    def forward(self, x):
        p, s = self.p, self.s
        self.xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=self.fill)
        N, C, H, W = self.xp.shape
        OH, OW = (H - self.ph) // s + 1, (W - self.pw) // s + 1
        y = np.zeros((N, C, OH, OW))
        for i in range(OH):
            for j in range(OW):
                win = self.xp[:, :, i*s:i*s+self.ph, j*s:j*s+self.pw]
                y[:, :, i, j] = win.max(axis=(2, 3))
        return y

    def backward(self, dout):
        p, s = self.p, self.s
        dx = np.zeros(self.xp.shape)
        N, C, OH, OW = dout.shape
        for n in range(N):
            for c in range(C):
                for i in range(OH):
                    for j in range(OW):
                        win = self.xp[n, c, i*s:i*s+self.ph, j*s:j*s+self.pw]
                        a, b = np.unravel_index(win.argmax(), win.shape)
                        dx[n, c, i*s+a, j*s+b] += dout[n, c, i, j]
        H, W = dx.shape[2:]
        return dx[:, :, p:H-p, p:W-p]
""")
AVERAGE = Source("""
from course_lib.functional import im2col, col2im, conv_output_size

class AveragePooling:
    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.pool_h, self.pool_w = pool_h, pool_w
        self.stride, self.pad = stride, pad

    def forward(self, x):
        N, C, H, W = self.x_shape = x.shape
        PH, PW = self.pool_h, self.pool_w
        OH = conv_output_size(H, PH, self.stride, self.pad)
        OW = conv_output_size(W, PW, self.stride, self.pad)
        rows = im2col(x, PH, PW, self.stride, self.pad)
        rows = rows.reshape(-1, PH * PW)
        mean = rows.mean(axis=1)
        return mean.reshape(N, OH, OW, C).transpose(0, 3, 1, 2)

    def backward(self, dout):
        N, C, OH, OW = dout.shape
        PH, PW = self.pool_h, self.pool_w
        share = dout.transpose(0, 2, 3, 1).reshape(-1, 1) / (PH * PW)
        rows = np.repeat(share, PH * PW, axis=1)
        dcol = rows.reshape(N * OH * OW, C * PH * PW)
        return col2im(dcol, self.x_shape, PH, PW, self.stride, self.pad, True)
""")
AVERAGE_LOOPS = LOOPS.changed(
    ("fill = -np.inf", "fill = 0"),
    ("win.max(axis=(2, 3))", "win.mean(axis=(2, 3))"),
    ("""                        win = self.xp[n, c, i*s:i*s+self.ph, j*s:j*s+self.pw]
                        a, b = np.unravel_index(win.argmax(), win.shape)
                        dx[n, c, i*s+a, j*s+b] += dout[n, c, i, j]
""", """                        dx[n, c, i*s:i*s+self.ph, j*s:j*s+self.pw] += dout[n, c, i, j] / (self.ph * self.pw)
"""),
)
ROWS = Source("""
from course_lib.functional import im2col
from numpy.lib.stride_tricks import sliding_window_view

def pool_rows(x, pool_h, pool_w, stride, pad):
    col = im2col(x, pool_h, pool_w, stride, pad, constant_values=-np.inf)
    return col.reshape(-1, pool_h * pool_w)
""")
PUT = Source("""
def put_back(dout, argmax, size):
    values = dout.transpose(0, 2, 3, 1).flatten()
    rows = np.zeros((values.size, size))
    for k in range(values.size):
        rows[k, argmax[k]] = values[k]
    return rows
""")
INDEX = Source("""
def put_back(dout, argmax, size):
    flat = dout.transpose(0, 2, 3, 1).reshape(-1)
    rows = np.zeros((len(flat), size))
    rows[np.arange(len(flat)), argmax] = flat
    return rows
""")
EDGE = LOOPS.changed((", constant_values=self.fill", ", mode='edge'"))
POOLS = [("book", BOOK), ("loops", LOOPS)]
POOLS.append(("finfo min", LOOPS.changed(("fill = -np.inf", "fill = np.finfo(np.float64).min"))))
POOLS.append(("-1e10", BOOK.changed(("=-np.inf", "=-1e10"))))
POOLS.append(("swapped loop", LOOPS.changed(("for n in range(N):\n            for c in range(C):", "for c in range(C):\n            for n in range(N):"))))

ANSWERS = [
    *answers(
        "pool_rows",
        right=[
            ("plain", ROWS),
            ("finfo of x", ROWS.changed(("=-np.inf", "=np.finfo(x.dtype).min"))),
            ("-1e9", ROWS.changed(("=-np.inf", "=-1e9"))),
            ("float('-inf')", ROWS.changed(("-np.inf", "float('-inf')"))),
            ("below the least", ROWS.changed(("=-np.inf", "=x.min() - 1"))),
            ("padded before", ROWS.changed(("    col = im2col(x, pool_h, pool_w, stride, pad, constant_values=-np.inf)", "    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), constant_values=-np.inf)\n    col = im2col(x, pool_h, pool_w, stride)"))),
            ("view", ROWS.changed(("    col = im2col(x, pool_h, pool_w, stride, pad, constant_values=-np.inf)\n    return col", "    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), constant_values=-np.inf)\n    v = sliding_window_view(x, (pool_h, pool_w), (2, 3))[:, :, ::stride, ::stride]\n    return np.moveaxis(v, 1, 3)"))),
        ],
        wrong=[
            ("zero padding", ROWS.changed((", constant_values=-np.inf", "")), "pads-with-zero"),
            ("zero on purpose", ROWS.changed(("=-np.inf", "=0")), "pads-with-zero"),
            ("-1", ROWS.changed(("=-np.inf", "=-1")), "pads-with-too-large"),
            ("-10", ROWS.changed(("=-np.inf", "=-10")), "pads-with-too-large"),
            ("plus infinity", ROWS.changed(("=-np.inf", "=np.inf")), "pads-with-plus-infinity"),
            ("nan", ROWS.changed(("=-np.inf", "=np.nan")), "pads-with-nan not-finite"),
            ("finfo tiny", ROWS.changed(("=-np.inf", "=np.finfo(float).tiny")), "pads-with-zero pads-with-too-large"),
            ("finfo max", ROWS.changed(("=-np.inf", "=np.finfo(float).max")), "pads-with-too-large pads-with-plus-infinity"),
            ("mean", ROWS.changed(("=-np.inf", "=x.mean()")), "pads-with-too-large"),
            ("all channels in a row", ROWS.changed(("col.reshape(-1, pool_h * pool_w)", "col")), "channels-together"),
            ("reshape to columns", ROWS.changed(("col.reshape(-1, pool_h * pool_w)", "col.reshape(pool_h * pool_w, -1)")), "windows-as-columns"),
            ("columns turned", ROWS.changed(("col.reshape(-1, pool_h * pool_w)", "col.reshape(pool_h * pool_w, -1).T")), "reshape-for-transpose"),
            ("channel by channel", ROWS.changed(("return col.reshape(-1, pool_h * pool_w)", "C = x.shape[1]\n    return col.reshape(len(col), C, -1).transpose(1, 0, 2).reshape(-1, pool_h * pool_w)")), "channel-by-channel"),
            ("image, channel, window", ROWS.changed(("return col.reshape(-1, pool_h * pool_w)", "N, C = x.shape[:2]\n    return col.reshape(N, -1, C, pool_h * pool_w).transpose(0, 2, 1, 3).reshape(-1, pool_h * pool_w)")), "channel-by-channel"),
            ("stride forgotten", ROWS.changed(("stride, pad, const", "1, pad, const")), "stride-ignored"),
            ("pad forgotten", ROWS.changed(("stride, pad, const", "stride, 0, const")), "pad-ignored"),
            ("stride and pad forgotten", ROWS.changed(("pool_w, stride, pad, const", "pool_w, const")), "stride-and-pad-ignored stride-ignored"),
            ("pad before stride", ROWS.changed(("stride, pad, const", "pad, stride, const")), "stride-and-pad-swapped divided-by-zero", "raises"),
            ("window h and w swapped", ROWS.changed(("im2col(x, pool_h, pool_w", "im2col(x, pool_w, pool_h")), "height-and-width-swapped"),
            ("max already taken", ROWS.changed(("pool_w)\n", "pool_w).max(axis=1)\n")), "maximum-taken"),
            ("max kept as column", ROWS.changed(("pool_w)\n", "pool_w).max(axis=1, keepdims=True)\n")), "maximum-taken"),
            ("three axes", ROWS.changed(("col.reshape(-1, pool_h * pool_w)", "col.reshape(len(col), x.shape[1], -1)")), "channels-not-split channel-axis-kept", "axes-extra"),
            ("PH + PW", ROWS.changed(("pool_h * pool_w", "pool_h + pool_w")), "reshape-changes-count", "shape-differs"),
            ("only the first channel", ROWS.changed(("im2col(x,", "im2col(x[:, :1],")), "first-channel-only"),
            ("only the first image", ROWS.changed(("im2col(x,", "im2col(x[:1],")), "first-image-only"),
            ("integers", ROWS.changed(("col.reshape", "np.nan_to_num(col, neginf=-1e9).astype(int).reshape")), TRUNCATED),
            ("no return", ROWS.changed(("return col", "col")), "returns-none"),
            ("x for col", ROWS.changed(("return col", "return x")), "", "reshape-changes-count"),
        ],
    ),
    *answers(
        "forward",
        right=[*POOLS, ("edge, whose pixel lies in the window anyway", EDGE), ("finfo of x", LOOPS.changed(("constant_values=self.fill", "constant_values=np.finfo(x.dtype).min")))],
        wrong=[
            ("zero padding", LOOPS.changed(("fill = -np.inf", "fill = 0")), "pads-with-zero"),
            ("padding ones", LOOPS.changed(("fill = -np.inf", "fill = 1")), "pads-with-too-large"),
            ("-1", BOOK.changed(("=-np.inf", "=-1")), "pads-with-too-large"),
            ("plus infinity", BOOK.changed(("=-np.inf", "=np.inf")), "pads-with-plus-infinity not-finite"),
            ("reshape at the end", BOOK.changed(("out_h, out_w, C).transpose(0, 3, 1, 2)", "C, out_h, out_w)")), "maps-reshaped-not-transposed"),
            ("channels last", BOOK.changed((".transpose(0, 3, 1, 2)\n        self", "\n        self")), "channels-last"),
            ("0 3 2 1", BOOK.changed(("0, 3, 1, 2", "0, 3, 2, 1")), "height-and-width-swapped"),
            ("OW OH", BOOK.changed(("N, out_h, out_w, C", "N, out_w, out_h, C")), "height-and-width-swapped"),
            ("channels not split", BOOK.changed(("        col = col.reshape(-1, self.pool_h * self.pool_w)\n", "")), "max-across-channels reshape-changes-count"),
            ("max over channels", LOOPS.changed(("return y", "return y.max(axis=1, keepdims=True)")), "max-across-channels"),
            ("mean", LOOPS.changed(("win.max", "win.mean")), "mean-for-max", "not-finite"),
            ("mean in book", BOOK.changed(("np.max(col, axis=1)", "np.mean(col, axis=1)")), "mean-for-max", "not-finite"),
            ("min", LOOPS.changed(("win.max", "win.min")), "min-for-max", "not-finite"),
            ("sum", LOOPS.changed(("win.max", "win.sum")), "sum-for-max", "not-finite"),
            ("argmax returned", BOOK.changed(("return out", "return arg_max.reshape(N, out_h, out_w, C).transpose(0, 3, 1, 2)")), "argmax-returned"),
            ("max over axis 0", BOOK.changed(("np.max(col, axis=1)", "np.max(col, axis=0)")), "reshape-changes-count"),
            ("max of all", BOOK.changed(("np.max(col, axis=1)", "np.max(col)")), "reshape-changes-count"),
            ("max of all windows in loop", LOOPS.changed(("win.max(axis=(2, 3))", "win.max()")), "max-over-everything"),
            ("max over images", LOOPS.changed(("win.max(axis=(2, 3))", "win.max(axis=(0, 2, 3))")), "max-over-images"),
            ("stride 1", LOOPS.changed(("self.s, self.p = pool_h, pool_w, stride, pad", "self.s, self.p = pool_h, pool_w, 1, pad")), "stride-ignored"),
            ("stride = window", LOOPS.changed(("pool_h, pool_w, stride, pad", "pool_h, pool_w, pool_h, pad")), "stride-is-window"),
            ("pad 0", LOOPS.changed(("pool_w, stride, pad", "pool_w, stride, 0")), "pad-ignored"),
            ("stride not in slices", LOOPS.changed(("i*s:i*s+self.ph, j*s:j*s+self.pw]\n                y", "i:i+self.ph, j:j+self.pw]\n                y")), "windows-not-strided"),
            ("slices end at (i+1)*s", LOOPS.changed(("i*s:i*s+self.ph, j*s:j*s+self.pw]\n                y", "i*s:(i+1)*s, j*s:(j+1)*s]\n                y")), "slice-ends-at-next-start"),
            ("window swapped", LOOPS.changed(("self.ph, self.pw, self.s", "self.pw, self.ph, self.s")), "height-and-width-swapped"),
            ("square window", LOOPS.changed(("= pool_h, pool_w,", "= pool_h, pool_h,")), "square-window"),
            ("relu", LOOPS.changed(("return y", "return np.maximum(y, 0)")), "relu-added"),
            ("best begins at 0", LOOPS.changed(("win.max(axis=(2, 3))", "np.maximum(win.max(axis=(2, 3)), 0)")), "relu-added best-begins-at-zero"),
            ("abs", LOOPS.changed(("win.max", "np.abs(np.nan_to_num(win, neginf=0)).max")), "absolute-values"),
            ("integers", LOOPS.changed(("np.zeros((N, C, OH, OW))", "np.zeros((N, C, OH, OW), dtype=int)")), TRUNCATED),
            ("last row left out", LOOPS.changed(("for i in range(OH):", "for i in range(OH - 1):")), "partly-zero"),
            ("return in loop", LOOPS.changed(("        return y", "            return y")), "partly-zero return-in-loop"),
            ("result kept", LOOPS.changed(("        p, s = self.p, self.s\n        self.xp", "        if hasattr(self, 'xp'):\n            return self.y\n        p, s = self.p, self.s\n        self.xp"), ("        return y", "        self.y = y\n        return y")), f"first-input-kept {STATE}"),
            ("first image only", LOOPS.changed(("return y", "return y[:1]")), "first-image-only"),
            ("no return", LOOPS.changed(("return y", "y")), "returns-none"),
            ("two values", BOOK.changed(("return out", "return out, arg_max")), "argmax-returned-too", "rows-differ-in-length other-type axes-extra"),
            ("x changed", LOOPS.changed(("        p, s = self.p, self.s\n        self.xp", "        x -= 1\n        p, s = self.p, self.s\n        self.xp"), ("return y", "return y + 1")), "changes-input"),
        ],
    ),
    *answers(
        "by_hand",
        right=[
            ("array", np.array([[0, 3, 0], [0, 0, 0], [4, 0, -1]])),
            ("floats", [[0.0, 3.0, 0.0], [0.0, 0.0, 0.0], [4.0, 0.0, -1.0]]),
        ],
        wrong=[
            ("overwritten", [[0, 1, 0], [0, 0, 0], [4, 0, -1]], "overlaps-overwritten"),
            ("first only", [[0, 2, 0], [0, 0, 0], [4, 0, -1]], "overlaps-overwritten"),
            ("to all", [[2, 3, 1], [6, 6, 0], [4, 3, -1]], "gradient-to-all"),
            ("values of y", [[0, 9, 0], [0, 0, 0], [7, 0, 8]], "maxima-for-deltas"),
            ("values times delta", [[0, 27, 0], [0, 0, 0], [28, 0, -8]], "maxima-for-deltas multiplied-by-x"),
            ("counts", [[0, 2, 0], [0, 0, 0], [1, 0, 1]], "ones-for-deltas"),
            ("ones", [[0, 1, 0], [0, 0, 0], [1, 0, 1]], "ones-for-deltas"),
            ("sign lost", [[0, 3, 0], [0, 0, 0], [4, 0, 1]], "sign-of-delta-lost"),
            ("turned", [[0, 0, 4], [3, 0, 0], [0, 0, -1]], "transposed"),
            ("shared by four", [[0.5, 0.75, 0.25], [1.5, 1.5, 0], [1, 0.75, -0.25]], "spread-evenly"),
            ("flat", [0, 3, 0, 0, 0, 0, 4, 0, -1], "rows-missing axes-missing"),
            ("y3 to 4", [[0, 3, 0], [4, 0, 0], [0, 0, -1]], "winner-mistaken"),
            ("y4 to 5", [[0, 3, 0], [0, 0, -1], [4, 0, 0]], "winner-mistaken"),
            ("2 times 1", [[0, 2, 0], [0, 0, 0], [4, 0, -1]], "overlaps-overwritten"),
            ("dropped y4", [[0, 3, 0], [0, 0, 0], [4, 0, 0]], "window-left-out"),
            ("dropped y3", [[0, 3, 0], [0, 0, 0], [0, 0, -1]], "window-left-out"),
            ("all zero", [[0, 0, 0], [0, 0, 0], [0, 0, 0]], "all-zero"),
            ("2x2", [[2, 1], [4, -1]], "deltas-as-they-are"),
            ("mask", [[0, 1, 0], [0, 0, 0], [1, 0, 1.0]], "ones-for-deltas"),
            ("centre too", [[0, 3, 0], [0, 6, 0], [4, 0, -1]], "a-pixel-that-never-wins"),
        ],
    ),
    *answers(
        "put_back",
        right=[
            ("loop", PUT),
            ("index", INDEX),
            ("one hot", lambda dout, argmax, size: np.eye(size)[argmax] * np.moveaxis(dout, 1, -1).reshape(-1, 1)),
            ("put_along_axis", INDEX.changed(("rows[np.arange(len(flat)), argmax] = flat", "np.put_along_axis(rows, argmax[:, None], flat[:, None], 1)"))),
            ("flat index", INDEX.changed(("rows[np.arange(len(flat)), argmax] = flat", "rows.flat[np.arange(len(flat)) * size + argmax] = flat"))),
            ("zip", lambda dout, argmax, size: [[v if k == a else 0 for k in range(size)] for v, a in zip(dout.transpose(0, 2, 3, 1).ravel(), argmax)]),
        ],
        wrong=[
            ("dout flat", INDEX.changed((".transpose(0, 2, 3, 1)", "")), "dout-reshaped-not-transposed"),
            ("ravel F", INDEX.changed((".transpose(0, 2, 3, 1).reshape(-1)", ".ravel('F')")), "dout-axes-in-other-order"),
            ("0 3 2 1", INDEX.changed(("0, 2, 3, 1", "0, 3, 2, 1")), "dout-axes-in-other-order"),
            ("0 3 1 2", INDEX.changed(("0, 2, 3, 1", "0, 3, 1, 2")), "dout-axes-in-other-order"),
            ("1 0 2 3", INDEX.changed(("0, 2, 3, 1", "1, 0, 2, 3")), "dout-axes-in-other-order"),
            ("columns", INDEX.changed(("rows[np.arange(len(flat)), argmax]", "rows[:, argmax]")), "reshape-changes-count shapes-do-not-broadcast assigned-shape-differs column-for-every-row", "raises"),
            ("column by column vector", INDEX.changed(("rows[np.arange(len(flat)), argmax] = flat", "rows[:, argmax] = flat[:, None]")), "column-for-every-row gradient-to-all"),
            ("rows by argmax", INDEX.changed(("rows[np.arange(len(flat)), argmax] = flat", "rows[argmax] = flat[:, None]")), "rows-indexed-by-argmax", "index-outside"),
            ("rows[argmax] in loop", PUT.changed(("rows[k, argmax[k]]", "rows[argmax[k], k]")), "index-outside"),
            ("ones", INDEX.changed(("= flat\n    return", "= 1\n    return")), "ones-for-dout"),
            ("argmax as values", INDEX.changed(("= flat\n    return", "= argmax\n    return")), "argmax-for-dout"),
            ("first column", INDEX.changed(("argmax] = flat", "0] = flat")), "always-the-first-column"),
            ("everywhere", lambda dout, argmax, size: np.repeat(dout.transpose(0, 2, 3, 1).reshape(-1, 1), size, 1), "gradient-to-all"),
            ("share", lambda dout, argmax, size: np.repeat(dout.transpose(0, 2, 3, 1).reshape(-1, 1), size, 1) / size, "spread-evenly"),
            ("argmax from 1", INDEX.changed((", argmax] = flat", ", argmax - 1] = flat")), "one-column-off"),
            ("turned result", INDEX.changed(("return rows", "return rows.T")), "result-transposed", "shape-in-other-order"),
            ("integers", INDEX.changed(("len(flat), size))", "len(flat), size), dtype=int)")), TRUNCATED),
            ("zeros_like argmax", INDEX.changed(("np.zeros((len(flat), size))", "np.zeros((len(flat), size), dtype=argmax.dtype)")), TRUNCATED),
            ("return in loop", PUT.changed(("    return rows", "        return rows")), "partly-zero return-in-loop"),
            ("no values", INDEX.changed(("    rows[np.arange(len(flat)), argmax] = flat\n", "")), "all-zero"),
            ("rows[k] = v", PUT.changed(("rows[k, argmax[k]]", "rows[k]")), "gradient-to-all"),
            ("first image", PUT.changed(("dout.transpose(0, 2, 3, 1)", "dout[0].transpose(1, 2, 0)")), "first-image-only"),
            ("positive only", PUT.changed(("rows[k, argmax[k]] = values[k]", "rows[k, argmax[k]] = max(values[k], 0)")), "only-positive"),
            ("empty", INDEX.changed(("np.zeros(", "np.ones(")), "ones-for-zeros"),
            ("zeros without brackets", INDEX.changed(("np.zeros((len(flat), size))", "np.zeros(len(flat), size)")), "zeros-without-brackets zeros-shape-not-in-brackets shape-not-in-brackets shape-as-two-arguments shape-as-arguments", "raises wrong-arguments"),
            ("shape of dout", INDEX.changed(("return rows", "return rows.reshape(*dout.shape, size)")), "", "axes-extra"),
            ("no return", INDEX.changed(("return rows", "rows")), "returns-none"),
        ],
    ),
    *answers(
        "backward",
        right=POOLS,
        wrong=[
            ("edge padding, which wins the tie with its pixel", EDGE, "padding-takes-gradient"),
            ("zero padding", LOOPS.changed(("fill = -np.inf", "fill = 0")), "pads-with-zero"),
            ("all ties", LOOPS.changed(("a, b = np.unravel_index(win.argmax(), win.shape)\n                        dx[n, c, i*s+a, j*s+b] += dout[n, c, i, j]", "dx[n, c, i*s:i*s+self.ph, j*s:j*s+self.pw] += (win == win.max()) * dout[n, c, i, j]")), "all-ties-get-gradient"),
            ("ties shared", LOOPS.changed(("a, b = np.unravel_index(win.argmax(), win.shape)\n                        dx[n, c, i*s+a, j*s+b] += dout[n, c, i, j]", "m = win == win.max()\n                        dx[n, c, i*s:i*s+self.ph, j*s:j*s+self.pw] += m * dout[n, c, i, j] / m.sum()")), "ties-share-gradient"),
            ("last tie", LOOPS.changed(("np.unravel_index(win.argmax(), win.shape)", "np.argwhere(win == win.max())[-1]")), "last-of-ties"),
            ("= for +=", LOOPS.changed(("j*s+b] += dout", "j*s+b] = dout")), "overlaps-overwritten"),
            ("is_backward forgotten", BOOK.changed((", is_backward=True", "")), "overlaps-overwritten"),
            ("dout reshaped", BOOK.changed(("        dout = dout.transpose(0, 2, 3, 1)\n", "        N, C, OH, OW = dout.shape\n        dout = dout.reshape(N, OH, OW, C)\n")), "dout-reshaped-not-transposed"),
            ("0 3 2 1", BOOK.changed(("dout.transpose(0, 2, 3, 1)", "dout.transpose(0, 3, 2, 1)")), "dout-axes-in-other-order"),
            ("0 3 1 2", BOOK.changed(("dout.transpose(0, 2, 3, 1)", "dout.transpose(0, 3, 1, 2)")), "dout-axes-in-other-order", "reshape-changes-count"),
            ("evenly", LOOPS.changed(("a, b = np.unravel_index(win.argmax(), win.shape)\n                        dx[n, c, i*s+a, j*s+b] += dout[n, c, i, j]", "dx[n, c, i*s:i*s+self.ph, j*s:j*s+self.pw] += dout[n, c, i, j] / win.size")), "spread-evenly"),
            ("to all", LOOPS.changed(("a, b = np.unravel_index(win.argmax(), win.shape)\n                        dx[n, c, i*s+a, j*s+b] += dout[n, c, i, j]", "dx[n, c, i*s:i*s+self.ph, j*s:j*s+self.pw] += dout[n, c, i, j]")), "gradient-to-all"),
            ("ones", LOOPS.changed(("+= dout[n, c, i, j]", "+= 1")), "ones-for-dout"),
            ("only positive dout", LOOPS.changed(("+= dout[n, c, i, j]", "+= max(dout[n, c, i, j], 0)")), "only-positive"),
            ("only positive maxima", LOOPS.changed(("+= dout[n, c, i, j]", "+= dout[n, c, i, j] * (win.max() > 0)")), "only-positive-maxima"),
            ("argmin", LOOPS.changed(("win.argmax()", "win.argmin()")), "smallest-gets-gradient"),
            ("times x", LOOPS.changed(("+= dout[n, c, i, j]", "+= dout[n, c, i, j] * win.max()")), "multiplied-by-x"),
            ("stride forgotten", LOOPS.changed(("dx[n, c, i*s+a, j*s+b]", "dx[n, c, i+a, j+b]")), "stride-ignored stride-ignored-in-backward"),
            ("place in the window only", LOOPS.changed(("dx[n, c, i*s+a, j*s+b]", "dx[n, c, a, b]")), "place-in-window-only"),
            ("a and b swapped", LOOPS.changed(("dx[n, c, i*s+a, j*s+b]", "dx[n, c, i*s+b, j*s+a]")), "row-and-column-swapped index-outside"),
            ("padding not cut", LOOPS.changed(("dx[:, :, p:H-p, p:W-p]", "dx")), "padding-not-cut-off"),
            ("padding cut wrongly", LOOPS.changed(("p:H-p, p:W-p", "p:-p, p:-p")), "padding-cut-when-zero"),
            ("argmax of the first forward", BOOK.changed(("        self.arg_max = arg_max\n", "        if self.arg_max is None:\n            self.arg_max = arg_max\n")), f"first-input-kept {STATE}"),
            ("x of the first forward", LOOPS.changed(("        p, s = self.p, self.s\n        self.xp =", "        p, s = self.p, self.s\n        xp ="), ("N, C, H, W = self.xp.shape", "if not hasattr(self, 'xp'):\n            self.xp = xp\n        N, C, H, W = xp.shape"), ("win = self.xp[:, :", "win = xp[:, :")), f"first-input-kept {STATE}"),
            ("dx accumulates", LOOPS.changed(("dx = np.zeros(self.xp.shape)", "if not hasattr(self, 'dx'):\n            self.dx = np.zeros(self.xp.shape)\n        dx = self.dx")), f"gradients-accumulate {STATE}"),
            ("dx kept", BOOK.changed(("        dx = col2im(", "        if hasattr(self, 'dx'):\n            return self.dx\n        dx = self.dx = col2im(")), f"first-input-kept {STATE}"),
            ("argmax list grows", Source("places = []\n" + BOOK.code.replace("self.arg_max = arg_max", "places.append(arg_max)\n        self.arg_max = places[0]")), f"first-input-kept {STATE}", "shapes-do-not-broadcast index-outside reshape-changes-count raises"),
            ("argmax not kept", BOOK.changed(("        self.arg_max = arg_max\n", "")), "is-none"),
            ("x not kept", BOOK.changed(("        self.x = x\n", "")), "is-none"),
            ("attribute misspelt", BOOK.changed(("np.arange(self.arg_max.size)", "np.arange(self.argmax.size)")), "attribute-missing"),
            ("pad not given to col2im", BOOK.changed(("self.stride, self.pad, is_backward", "self.stride, 0, is_backward")), "", "raises"),
            ("dcol not reshaped", BOOK.changed(("        dcol = dmax.reshape(dmax.shape[0] * dmax.shape[1] * dmax.shape[2], -1)\n", "        dcol = dmax.reshape(-1, pool_size)\n")), "", "raises"),
            ("dcol returned", BOOK.changed(("return dx", "return dcol")), "dcol-returned"),
            ("mask on x", LOOPS.changed(("dx = np.zeros(self.xp.shape)\n", "dx = self.xp\n")), "gradients-added-to-x", "not-finite"),
            ("last row", LOOPS.changed(("for i in range(OH):\n                    for", "for i in range(OH - 1):\n                    for")), "last-windows-left-out"),
            ("no return", LOOPS.changed(("return dx[", "dx[")), "returns-none"),
            ("dout changed", LOOPS.changed(("        p, s = self.p, self.s\n        dx", "        dout *= 2\n        p, s = self.p, self.s\n        dx"), ("+= dout[n, c, i, j]", "+= dout[n, c, i, j] / 2")), "changes-input"),
            ("backward not attached", Source(BOOK.code.split("    def backward")[0]), "backward-not-attached layer-without-method", "attribute-missing"),
            ("integers", LOOPS.changed(("np.zeros(self.xp.shape)", "np.zeros(self.xp.shape, dtype=int)")), TRUNCATED, "raises"),
            ("zeros_like int argmax", BOOK.changed(("dmax = np.zeros((dout.size, pool_size))", "dmax = np.zeros((dout.size, pool_size), dtype=int)")), TRUNCATED),
        ],
    ),
    *answers(
        "ties",
        right=[("list", [0.5, 2]), ("fractions", (1 / 2, 4 / 2))],
        wrong=[
            ("like backward", (1, 1), "like-backward"),
            ("one and four", (1, 4), "one-side-only"),
            ("half and half", (0.5, 0.5), "one-entry-for-sum"),
            ("half and one", (0.5, 1), "shared-by-four"),
            ("zero", (0, 0), "step-up-forgotten"),
            ("zero and two", (0, 2), "step-up-forgotten"),
            ("one and two", (1, 2), "one-side-only like-backward-first"),
            ("two and eight", (2, 8), "place"),
            ("h", (1e-4, 4e-4), "not-divided-by-step"),
            ("half, four", (0.5, 4), "one-side-only"),
            ("0.25 and 1", (0.25, 1), "shared-by-pixels"),
            ("0.5 and 0", (0.5, 0), "step-up-forgotten"),
            ("minus", (-0.5, -2), "negated"),
            ("swapped", (2, 0.5), "order-of-values"),
            ("string", ("1/2", "2"), "other-type"),
            ("only one", (0.5,), "other-type"),
        ],
    ),
    *answers(
        "average_forward",
        right=[
            ("plain", AVERAGE),
            ("loops", AVERAGE_LOOPS),
            ("sum and divide", AVERAGE.changed(("rows.mean(axis=1)", "rows.sum(axis=1) / (PH * PW)"))),
            ("product with ones", AVERAGE.changed(("rows.mean(axis=1)", "rows @ np.full(PH * PW, 1 / (PH * PW))"))),
            ("zeros named", AVERAGE.changed(("self.stride, self.pad)\n        rows = rows", "self.stride, self.pad, 0)\n        rows = rows"))),
        ],
        wrong=[
            ("minus infinity", AVERAGE.changed(("self.stride, self.pad)\n        rows = rows", "self.stride, self.pad, -np.inf)\n        rows = rows")), "pads-with-minus-infinity"),
            ("without padding", AVERAGE.changed(("self.stride, self.pad)\n        rows = rows", "self.stride, self.pad, np.nan)\n        rows = rows"), ("rows.mean(axis=1)", "np.nanmean(rows, axis=1)")), "mean-without-padding", "not-finite"),
            ("edge", AVERAGE_LOOPS.changed((", constant_values=self.fill", ", mode='edge'")), "pads-with-edge"),
            ("sum", AVERAGE.changed(("rows.mean", "rows.sum")), "sum-for-mean"),
            ("max", AVERAGE.changed(("rows.mean", "rows.max")), "max-for-mean"),
            ("median", AVERAGE.changed(("rows.mean(axis=1)", "np.median(rows, axis=1)")), "median-for-mean"),
            ("divided by h squared", AVERAGE.changed(("rows.mean(axis=1)", "rows.sum(axis=1) / PH**2")), "divided-by-square"),
            ("divided by h + w", AVERAGE.changed(("rows.mean(axis=1)", "rows.sum(axis=1) / (PH + PW)")), "divided-by-sum"),
            ("divided by OH OW", AVERAGE.changed(("rows.mean(axis=1)", "rows.sum(axis=1) / (OH * OW)")), "divided-by-places"),
            ("over channels", AVERAGE.changed(("        rows = rows.reshape(-1, PH * PW)\n", "")), "reshape-changes-count mean-across-channels"),
            ("mean over channels kept", AVERAGE_LOOPS.changed(("return y", "return y.mean(axis=1, keepdims=True)")), "mean-across-channels"),
            ("reshape at the end", AVERAGE.changed(("N, OH, OW, C).transpose(0, 3, 1, 2)", "N, C, OH, OW)")), "maps-reshaped-not-transposed"),
            ("channels last", AVERAGE.changed(("C).transpose(0, 3, 1, 2)", "C)")), "channels-last"),
            ("h w swapped", AVERAGE.changed(("0, 3, 1, 2", "0, 3, 2, 1")), "height-and-width-swapped"),
            ("axis 0", AVERAGE.changed(("mean(axis=1)", "mean(axis=0)")), "reshape-changes-count"),
            ("mean of all", AVERAGE.changed(("mean(axis=1)", "mean()")), "reshape-changes-count"),
            ("stride 1", AVERAGE.changed(("self.stride, self.pad = stride", "self.stride, self.pad = 1")), "stride-ignored"),
            ("pad 0", AVERAGE.changed(("self.pad = stride, pad", "self.pad = stride, 0")), "pad-ignored"),
            ("whole numbers", AVERAGE.changed(("rows.mean(axis=1)", "rows.sum(axis=1) // (PH * PW)")), "whole-division"),
            ("integers", AVERAGE_LOOPS.changed(("np.zeros((N, C, OH, OW))", "np.zeros((N, C, OH, OW), dtype=int)")), TRUNCATED),
            ("result kept", AVERAGE.changed(("        mean = rows.mean(axis=1)", "        if not hasattr(self, 'mean'):\n            self.mean = rows.mean(axis=1)\n        mean = self.mean")), f"first-input-kept {STATE}"),
            ("slices end at (i+1)*s", AVERAGE_LOOPS.changed(("i*s:i*s+self.ph, j*s:j*s+self.pw]\n                y", "i*s:(i+1)*s, j*s:(j+1)*s]\n                y")), "slice-ends-at-next-start"),
            ("real pixels only counted", AVERAGE.changed(("rows.mean(axis=1)", "rows.sum(axis=1) / np.maximum((rows != 0).sum(axis=1), 1)")), "mean-without-padding"),
            ("no return", AVERAGE.changed(("return mean", "mean")), "returns-none"),
            ("rows returned", AVERAGE.changed(("return mean.reshape(N, OH, OW, C).transpose(0, 3, 1, 2)", "return mean")), "rows-returned", "axes-missing"),
        ],
    ),
    *answers(
        "average_backward",
        right=[
            ("plain", AVERAGE),
            ("loops", AVERAGE_LOOPS),
            ("broadcast", AVERAGE.changed(("np.repeat(share, PH * PW, axis=1)", "share * np.ones((1, PH * PW))"))),
            ("tile", AVERAGE.changed(("np.repeat(share, PH * PW, axis=1)", "np.tile(share, (1, PH * PW))"))),
            ("repeat along axis 0", AVERAGE.changed(("PH * PW, axis=1)", "PH * PW, axis=0)"))),
            ("divided at the end", AVERAGE.changed((" / (PH * PW)\n", "\n"), ("self.pad, True)", "self.pad, True) / (PH * PW)"))),
        ],
        wrong=[
            ("not divided", AVERAGE.changed((" / (PH * PW)\n", "\n")), "gradient-not-shared"),
            ("overwritten", AVERAGE.changed((", self.pad, True)", ", self.pad)")), "overlaps-overwritten"),
            ("= for +=", AVERAGE_LOOPS.changed(("+= dout", "= dout")), "overlaps-overwritten"),
            ("reshaped", AVERAGE.changed((".transpose(0, 2, 3, 1)", "")), "dout-reshaped-not-transposed"),
            ("0 3 2 1", AVERAGE.changed(("0, 2, 3, 1", "0, 3, 2, 1")), "dout-axes-in-other-order"),
            ("0 3 1 2", AVERAGE.changed(("0, 2, 3, 1", "0, 3, 1, 2")), "dout-axes-in-other-order"),
            ("tile for repeat", AVERAGE.changed(("np.repeat(share, PH * PW, axis=1)", "np.tile(share.reshape(N * OH * OW, C), PH * PW)")), "channels-not-side-by-side tile-for-repeat"),
            ("divided by h squared", AVERAGE.changed(("/ (PH * PW)", "/ PH**2")), "divided-by-square"),
            ("brackets", AVERAGE.changed(("/ (PH * PW)", "/ PH * PW")), "brackets-missing"),
            ("divided by sum", AVERAGE.changed(("/ (PH * PW)", "/ (PH + PW)")), "divided-by-sum"),
            ("divided by places", AVERAGE.changed(("/ (PH * PW)", "/ (OH * OW)")), "divided-by-places"),
            ("divided twice", AVERAGE.changed(("self.pad, True)", "self.pad, True) / (PH * PW)")), "divided-twice"),
            ("divided by N", AVERAGE.changed(("self.pad, True)", "self.pad, True) / N")), "divided-by-batch-size"),
            ("multiplied", AVERAGE.changed(("/ (PH * PW)", "* (PH * PW)")), "multiplied-for-divided"),
            ("to the first pixel", AVERAGE.changed(("np.repeat(share, PH * PW, axis=1)", "np.repeat(share, PH * PW, axis=1) * (np.arange(PH * PW) == 0)")), "gradient-to-one"),
            ("ones", AVERAGE.changed(("share = dout.", "share = np.ones_like(dout).")), "ones-for-dout"),
            ("stride forgotten", AVERAGE_LOOPS.changed(("dx[n, c, i*s:i*s+self.ph, j*s:j*s+self.pw]", "dx[n, c, i:i+self.ph, j:j+self.pw]")), "stride-ignored stride-ignored-in-backward"),
            ("padding not cut", AVERAGE_LOOPS.changed(("dx[:, :, p:H-p, p:W-p]", "dx")), "padding-not-cut-off"),
            ("padding cut wrongly", AVERAGE_LOOPS.changed(("p:H-p, p:W-p", "p:-p, p:-p")), "padding-cut-when-zero"),
            ("accumulates", AVERAGE_LOOPS.changed(("dx = np.zeros(self.xp.shape)", "if not hasattr(self, 'dx'):\n            self.dx = np.zeros(self.xp.shape)\n        dx = self.dx")), f"gradients-accumulate {STATE}"),
            ("dx kept", AVERAGE.changed(("        N, C, OH, OW = dout.shape", "        if hasattr(self, 'dx'):\n            return self.dx\n        N, C, OH, OW = dout.shape"), ("return col2im(", "self.dx = col2im("), ("True)", "True)\n        return self.dx")), f"first-input-kept {STATE}"),
            ("shape of first x", AVERAGE.changed(("        N, C, H, W = self.x_shape = x.shape", "        N, C, H, W = x.shape\n        if not hasattr(self, 'x_shape'):\n            self.x_shape = x.shape")), f"first-input-kept second-call-fails {STATE}", "raises"),
            ("no return", AVERAGE.changed(("return col2im", "col2im")), "returns-none"),
            ("dcol returned", AVERAGE.changed(("return col2im(", "return dcol\n        col2im(")), "dcol-returned"),
            ("pad 0", AVERAGE.changed(("PH, PW, self.stride, self.pad, True", "PH, PW, self.stride, 0, True")), "", "raises"),
            ("not attached", Source(AVERAGE.code.split("    def backward")[0]), "backward-not-attached layer-without-method", "attribute-missing"),
            ("whole division", AVERAGE.changed((" / (PH * PW)\n", " // (PH * PW)\n")), "whole-division"),
        ],
    ),
]
