"""Answers to the exercises of lesson 5_5."""

import itertools

import numpy as np

from tests.bank import Source, answers

TRUNCATED = "truncated cut-to-whole-numbers"

# ---------------------------------------------------------------- layers

BOOK = Source("""
from course_lib.functional import im2col, col2im

class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W = W
        self.b = b
        self.stride = stride
        self.pad = pad
        self.x = None
        self.col = None
        self.col_W = None
        self.dW = None
        self.db = None

    def forward(self, x):
        FN, C, FH, FW = self.W.shape
        N, C, H, W = x.shape
        out_h = int(1 + (H + 2 * self.pad - FH) / self.stride)
        out_w = int(1 + (W + 2 * self.pad - FW) / self.stride)
        col = im2col(x, FH, FW, self.stride, self.pad)
        col_W = self.W.reshape(FN, -1).T
        out = np.dot(col, col_W) + self.b
        out = out.reshape(N, out_h, out_w, -1).transpose(0, 3, 1, 2)
        self.x = x
        self.col = col
        self.col_W = col_W
        return out

    def backward(self, dout):
        FN, C, FH, FW = self.W.shape
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.db = np.sum(dout, axis=0)
        self.dW = np.dot(self.col.T, dout)
        self.dW = self.dW.transpose(1, 0).reshape(FN, C, FH, FW)
        dcol = np.dot(dout, self.col_W.T)
        dx = col2im(dcol, self.x.shape, FH, FW, self.stride, self.pad,
                    is_backward=True)
        return dx
""")
SHORT = Source("""
from course_lib.functional import im2col, col2im, conv_output_size

class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b = W, b
        self.stride, self.pad = stride, pad
        self.dW, self.db = None, None

    def forward(self, x):
        FN, C, FH, FW = self.W.shape
        OH = conv_output_size(x.shape[2], FH, self.stride, self.pad)
        OW = conv_output_size(x.shape[3], FW, self.stride, self.pad)
        self.x_shape = x.shape
        self.col = im2col(x, FH, FW, self.stride, self.pad)
        rows = self.col @ self.W.reshape(FN, -1).T + self.b
        return rows.reshape(len(x), OH, OW, FN).transpose(0, 3, 1, 2)

    def backward(self, dout):
        FN, C, FH, FW = self.W.shape
        D = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.dW = (self.col.T @ D).T.reshape(self.W.shape)
        self.db = D.sum(axis=0)
        dcol = D @ self.W.reshape(FN, -1)
        return col2im(dcol, self.x_shape, FH, FW, self.stride, self.pad, True)
""")
LOOPS = Source("""
class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad
        self.dW = self.db = None

    def forward(self, x):
        p, s = self.pad, self.stride
        self.xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        FN, C, FH, FW = self.W.shape
        N, _, H, W = self.xp.shape
        OH, OW = (H - FH) // s + 1, (W - FW) // s + 1
        out = np.zeros((N, FN, OH, OW))
        for i in range(OH):
            for j in range(OW):
                win = self.xp[:, None, :, i*s:i*s+FH, j*s:j*s+FW]
                out[:, :, i, j] = (win * self.W).sum(axis=(2, 3, 4)) + self.b
        return out

    def backward(self, dout):
        p, s = self.pad, self.stride
        FN, C, FH, FW = self.W.shape
        self.dW = np.zeros_like(self.W)
        self.db = dout.sum(axis=(0, 2, 3))
        dx = np.zeros_like(self.xp)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                win = self.xp[:, :, i*s:i*s+FH, j*s:j*s+FW]
                d = dout[:, :, i, j]
                self.dW += np.tensordot(d, win, axes=(0, 0))
                dx[:, :, i*s:i*s+FH, j*s:j*s+FW] += np.tensordot(
                    d, self.W, axes=(1, 0))
        H, W = dx.shape[2:]
        return dx[:, :, p:H-p, p:W-p]
""")
TENSOR = Source("""
from numpy.lib.stride_tricks import sliding_window_view
from dataclasses import dataclass
from course_lib.functional import col2im

@dataclass
class Conv:
    W: np.ndarray
    b: np.ndarray
    stride: int = 1
    pad: int = 0

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.shape = x.shape
        x = np.pad(x, [(0, 0)] * 2 + [(self.pad, self.pad)] * 2)
        self.win = sliding_window_view(x, self.W.shape[2:], (2, 3))
        self.win = self.win[:, :, ::self.stride, ::self.stride]
        out = np.tensordot(self.win, self.W, ((1, 4, 5), (1, 2, 3)))
        return np.moveaxis(out + self.b, 3, 1)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        self.db = dout.sum((0, 2, 3))
        self.dW = np.einsum("nfij,ncijkl->fckl", dout, self.win)
        dcol = np.einsum("nfij,fckl->nijckl", dout, self.W)
        dcol = dcol.reshape(dcol.shape[0] * dcol.shape[1] * dcol.shape[2], -1)
        FH, FW = self.W.shape[2:]
        return col2im(dcol, self.shape, FH, FW, self.stride, self.pad, True)
""")
LAYERS = [("book", BOOK), ("short", SHORT), ("loops", LOOPS)]
LAYERS += [("einsum in a dataclass", TENSOR)]
STATE = "later-call-differs"

FORWARD_WRONG = [
    ("b forgotten", SHORT.changed((" + self.b", "")), "bias-forgotten"),
    (
        "b subtracted",
        SHORT.changed((".T + self.b", ".T - self.b")),
        "bias-subtracted",
    ),
    (
        "b added twice",
        SHORT.changed(("rows = ", "rows = self.b + ")),
        "bias-added-twice",
    ),
    (
        "b[0] for all",
        SHORT.changed((".T + self.b", ".T + self.b[0]")),
        "one-bias-for-all",
    ),
    (
        "b added inside a loop over windows",
        LOOPS.changed(
            (
                "(win * self.W).sum(axis=(2, 3, 4)) + self.b",
                "(win * self.W + self.b[:, None, None, None]).sum(axis=(2, 3, 4))",
            )
        ),
        "bias-added-to-each-product",
    ),
    (
        "stride not given to im2col nor size",
        SHORT.changed(
            ("FH, self.stride, self.pad)", "FH, 1, self.pad)"),
            (
                "FW, self.stride, self.pad)\n        self.x",
                "FW, 1, self.pad)\n        self.x",
            ),
            ("im2col(x, FH, FW, self.stride", "im2col(x, FH, FW, 1"),
        ),
        "stride-ignored",
    ),
    (
        "pad ignored everywhere",
        SHORT.changed(("self.pad)", "0)")),
        "pad-ignored",
    ),
    (
        "stride forgotten in loop",
        LOOPS.changed(("i*s:i*s+FH, j*s:j*s+FW", "i:i+FH, j:j+FW")),
        "windows-not-strided",
    ),
    (
        "kernel turned",
        SHORT.changed(
            (
                "self.W.reshape(FN, -1).T",
                "self.W[:, :, ::-1, ::-1].reshape(FN, -1).T",
            )
        ),
        "kernel-flipped",
    ),
    (
        "reshape for transpose at the end",
        SHORT.changed(
            (
                ".reshape(len(x), OH, OW, FN).transpose(0, 3, 1, 2)",
                ".reshape(len(x), FN, OH, OW)",
            )
        ),
        "maps-reshaped-not-transposed",
    ),
    (
        "channels last",
        SHORT.changed((".transpose(0, 3, 1, 2)", "")),
        "channels-last",
    ),
    (
        "OH and OW swapped in transpose",
        SHORT.changed(("transpose(0, 3, 1, 2)", "transpose(0, 3, 2, 1)")),
        "height-and-width-swapped",
    ),
    (
        "OH and OW swapped in reshape",
        SHORT.changed(("len(x), OH, OW, FN", "len(x), OW, OH, FN")),
        "height-and-width-swapped",
    ),
    (
        "filters reshaped to columns",
        SHORT.changed(("self.W.reshape(FN, -1).T", "self.W.reshape(-1, FN)")),
        "filters-reshaped-not-transposed",
    ),
    (
        "W not transposed",
        SHORT.changed(("self.W.reshape(FN, -1).T", "self.W.reshape(FN, -1)")),
        "product-sizes-differ",
    ),
    (
        "W left in four axes",
        SHORT.changed(("self.W.reshape(FN, -1).T", "self.W")),
        "product-sizes-differ",
    ),
    (
        "rows returned",
        SHORT.changed(
            (
                "return rows.reshape(len(x), OH, OW, FN).transpose(0, 3, 1, 2)",
                "return rows",
            )
        ),
        "rows-returned",
    ),
    (
        "no return",
        SHORT.changed(("return rows.reshape", "out = rows.reshape")),
        "returns-none",
    ),
    (
        "first channel only",
        LOOPS.changed(
            (
                "(win * self.W).sum(axis=(2, 3, 4))",
                "(win * self.W)[:, :, 0].sum(axis=(2, 3))",
            )
        ),
        "first-channel-only",
    ),
    (
        "last filter for all",
        LOOPS.changed(("(win * self.W)", "(win * self.W[-1])")),
        "one-filter-for-all",
    ),
    (
        "first filter for all",
        LOOPS.changed(("(win * self.W)", "(win * self.W[0])")),
        "one-filter-for-all",
    ),
    (
        "mean instead of sum",
        LOOPS.changed((".sum(axis=(2, 3, 4))", ".mean(axis=(2, 3, 4))")),
        "mean-for-sum",
    ),
    (
        "whole numbers only",
        LOOPS.changed(
            (
                "np.zeros((N, FN, OH, OW))",
                "np.zeros((N, FN, OH, OW), dtype=int)",
            )
        ),
        TRUNCATED,
    ),
    (
        "edge padding",
        LOOPS.changed(("(p, p)))", "(p, p)), mode='edge')")),
        "pads-with-edge",
    ),
    (
        "padding with ones",
        LOOPS.changed(("(p, p)))", "(p, p)), constant_values=1)")),
        "pads-with-one",
    ),
    (
        "padding on one side",
        LOOPS.changed(("(p, p), (p, p)))", "(0, 2 * p), (0, 2 * p)))")),
        "pads-on-one-side",
    ),
    (
        "last row of windows left out",
        LOOPS.changed(("for i in range(OH)", "for i in range(OH - 1)")),
        "partly-zero",
    ),
    (
        "return inside the loop",
        LOOPS.changed(
            (
                "+ self.b\n        return out",
                "+ self.b\n            return out",
            )
        ),
        "partly-zero return-in-loop",
    ),
    (
        "result of the first x kept",
        SHORT.changed(
            (
                "        self.x_shape = x.shape\n        self.col = im2col",
                "        self.x_shape = x.shape\n        if self.dW is None:\n"
                "            self.dW = im2col(x, FH, FW, self.stride, self.pad)\n"
                "        self.col = self.dW\n        #",
            )
        ),
        "first-input-kept " + STATE,
    ),
    (
        "b changed at each call",
        SHORT.changed(
            (
                "rows = self.col @ self.W.reshape(FN, -1).T + self.b",
                "self.b += 1\n        rows = self.col @ self.W.reshape(FN, -1).T"
                " + self.b - 1",
            )
        ),
        f"parameters-changed changes-input {STATE}",
    ),
    (
        "result collected in a list at module level",
        Source(
            "seen = []\n"
            + SHORT.code.replace(
                "self.col = im2col(x, FH, FW, self.stride, self.pad)",
                "seen.append(im2col(x, FH, FW, self.stride, self.pad))\n"
                "        self.col = seen[0]",
            )
        ),
        f"first-input-kept {STATE}",
        "reshape-changes-count",
    ),
    (
        "sigmoid at the end",
        LOOPS.changed(("return out", "return 1 / (1 + np.exp(-out))")),
        "activation-added",
    ),
    (
        "relu at the end",
        LOOPS.changed(("return out", "return np.maximum(out, 0)")),
        "relu-added",
    ),
    (
        "self forgotten",
        SHORT.changed(
            (
                "self.W.reshape(FN, -1).T + self.b",
                "W.reshape(FN, -1).T + self.b",
            )
        ),
        "name-not-defined",
    ),
    (
        "misspelt attribute",
        SHORT.changed(("self.stride, self.pad = ", "self.strid, self.pad = ")),
        "attribute-missing",
    ),
    (
        "float sizes",
        BOOK.changed(
            (
                "int(1 + (H + 2 * self.pad - FH) / self.stride)",
                "1 + (H + 2 * self.pad - FH) / self.stride",
            )
        ),
        "not-an-integer",
    ),
]

BACKWARD_WRONG = [
    (
        "gradients in local variables",
        SHORT.changed(("self.dW = (", "dW = ("), ("self.db = D", "db = D")),
        "gradients-not-stored",
    ),
    (
        "only db local",
        SHORT.changed(("self.db = D", "db = D")),
        "gradients-not-stored",
    ),
    (
        "is_backward forgotten",
        SHORT.changed((", self.pad, True)", ", self.pad)")),
        "overlaps-overwritten",
    ),
    (
        "= for +=",
        LOOPS.changed(
            ("j*s:j*s+FW] += np.tensordot", "j*s:j*s+FW] = np.tensordot")
        ),
        "overlaps-overwritten",
    ),
    (
        "dout reshaped",
        SHORT.changed(("dout.transpose(0, 2, 3, 1).reshape", "dout.reshape")),
        "dout-reshaped-not-transposed",
    ),
    (
        "dout with axes 0 3 2 1",
        SHORT.changed(
            ("dout.transpose(0, 2, 3, 1)", "dout.transpose(0, 3, 2, 1)")
        ),
        "dout-axes-in-other-order",
    ),
    (
        "dout with the forward axes",
        SHORT.changed(
            ("dout.transpose(0, 2, 3, 1)", "dout.transpose(0, 3, 1, 2)")
        ),
        "dout-axes-in-other-order",
    ),
    (
        "dW not turned",
        SHORT.changed((".T @ D).T.reshape", ".T @ D).reshape")),
        "dw-not-transposed",
    ),
    (
        "db is mean",
        SHORT.changed(("D.sum(axis=0)", "D.mean(axis=0)")),
        "db-is-mean",
    ),
    (
        "db over the other axis",
        SHORT.changed(("D.sum(axis=0)", "D.sum(axis=1)")),
        "db-summed-over-filters",
    ),
    (
        "db one number",
        SHORT.changed(("D.sum(axis=0)", "D.sum()")),
        "db-summed-over-everything",
    ),
    (
        "db over the batch only",
        SHORT.changed(("D.sum(axis=0)", "dout.sum(axis=0)")),
        "db-summed-over-batch-only",
    ),
    (
        "db without images",
        SHORT.changed(("D.sum(axis=0)", "dout[0].sum(axis=(1, 2))")),
        "first-image-only",
    ),
    (
        "divided by N",
        SHORT.changed(
            (".reshape(self.W.shape)", ".reshape(self.W.shape) / len(dout)"),
            ("D.sum(axis=0)", "D.sum(axis=0) / len(dout)"),
        ),
        "divided-by-batch-size",
    ),
    (
        "only dW divided by N",
        SHORT.changed(
            (".reshape(self.W.shape)", ".reshape(self.W.shape) / len(dout)")
        ),
        "divided-by-batch-size",
    ),
    (
        "dW accumulates",
        SHORT.changed(
            (
                "self.dW, self.db = None, None",
                "self.dW, self.db = np.zeros_like(W), np.zeros_like(b)",
            ),
            ("self.dW = (", "self.dW += ("),
            ("self.db = D", "self.db += D"),
        ),
        f"gradients-accumulate {STATE}",
    ),
    (
        "only dW accumulates",
        SHORT.changed(
            (
                "self.dW, self.db = None, None",
                "self.dW, self.db = np.zeros_like(W), None",
            ),
            ("self.dW = (", "self.dW += ("),
        ),
        f"gradients-accumulate {STATE}",
    ),
    (
        "SGD step in backward",
        SHORT.changed(
            ("dcol = D @", "self.W -= 0.1 * self.dW\n        dcol = D @")
        ),
        "parameters-changed",
        "changes-input",
    ),
    (
        "SGD step after dx",
        SHORT.changed(
            ("return col2im(", "dx = col2im("),
            (
                "self.pad, True)",
                "self.pad, True)\n"
                "        self.W -= 0.1 * self.dW\n        self.b -= 0.1 * self.db\n"
                "        return dx",
            ),
        ),
        f"parameters-changed changes-input {STATE}",
    ),
    (
        "a new W after dx",
        SHORT.changed(
            ("return col2im(", "dx = col2im("),
            (
                "self.pad, True)",
                "self.pad, True)\n"
                "        self.W = self.W - 0.1 * self.dW\n        return dx",
            ),
        ),
        f"parameters-changed {STATE}",
    ),
    (
        "dW from the first input",
        SHORT.changed(
            (
                "        self.col = im2col(x, FH, FW, self.stride, self.pad)\n"
                "        rows = self.col @",
                "        col = im2col(x, FH, FW, self.stride, self.pad)\n"
                "        if self.dW is None:\n            self.col = col\n"
                "        rows = col @",
            )
        ),
        f"first-input-kept {STATE}",
    ),
    (
        "x_shape of the first input",
        SHORT.changed(
            (
                "        self.x_shape = x.shape\n",
                "        if self.dW is None:\n            self.x_shape = x.shape\n",
            )
        ),
        f"first-input-kept second-call-fails {STATE}",
    ),
    (
        "gradients computed only once",
        SHORT.changed(
            (
                "        self.dW = (self",
                "        if self.dW is not None:\n"
                "            return self.dx\n        self.dW = (self",
            ),
            ("return col2im(", "self.dx = col2im("),
            ("self.pad, True)", "self.pad, True)\n        return self.dx"),
        ),
        f"first-input-kept {STATE}",
    ),
    (
        "W reshaped wrongly for dcol",
        SHORT.changed(
            (
                "dcol = D @ self.W.reshape(FN, -1)",
                "dcol = D @ self.W.reshape(-1, FN).T",
            )
        ),
        "filters-reshaped-not-transposed",
    ),
    (
        "dcol with transposed W",
        SHORT.changed(
            (
                "dcol = D @ self.W.reshape(FN, -1)",
                "dcol = D @ self.W.reshape(FN, -1).T",
            )
        ),
        "product-sizes-differ",
    ),
    (
        "dcol returned",
        SHORT.changed(("return col2im(", "return dcol\n        col2im(")),
        "dcol-returned",
    ),
    (
        "no return",
        SHORT.changed(("return col2im(", "dx = col2im(")),
        "returns-none",
    ),
    (
        "padding not cut off",
        LOOPS.changed(("return dx[:, :, p:H-p, p:W-p]", "return dx")),
        "padding-not-cut-off",
    ),
    (
        "padding cut by a slice that is empty for 0",
        LOOPS.changed(("dx[:, :, p:H-p, p:W-p]", "dx[:, :, p:-p, p:-p]")),
        "padding-cut-when-zero",
    ),
    (
        "pad forgotten in col2im",
        SHORT.changed(
            (
                "self.x_shape, FH, FW, self.stride, self.pad, True",
                "self.x_shape, FH, FW, self.stride, 0, True",
            )
        ),
        "",
        "second-call-fails raises",
    ),
    (
        "dx with ones for dout",
        SHORT.changed(("dcol = D @", "dcol = np.ones_like(D) @")),
        "dout-not-used",
    ),
    (
        "db added to dx",
        SHORT.changed(
            (
                "dcol = D @ self.W.reshape(FN, -1)",
                "dcol = D @ self.W.reshape(FN, -1) + 1",
            )
        ),
        "place", "too-large"),
    (
        "kernel turned in dx",
        SHORT.changed(
            (
                "dcol = D @ self.W.reshape(FN, -1)",
                "dcol = D @ self.W[:, :, ::-1, ::-1].reshape(FN, -1)",
            )
        ),
        "kernel-flipped",
    ),
    (
        "dW and db swapped",
        SHORT.changed(
            (
                "dcol = D @",
                "self.dW, self.db = self.db, self.dW\n        dcol = D @",
            )
        ),
        "dw-and-db-swapped",
    ),
    (
        "forward does not keep col",
        SHORT.changed(
            ("self.col = im2col", "col = im2col"), ("self.col @", "col @")
        ),
        "attribute-missing",
    ),
    (
        "x_shape misspelt",
        SHORT.changed(
            ("col2im(dcol, self.x_shape", "col2im(dcol, self.shape")
        ),
        "attribute-missing",
    ),
    (
        "tuple of three returned",
        SHORT.changed(
            (
                "return col2im(dcol, self.x_shape, FH, FW, self.stride, self.pad,"
                " True)",
                "dx = col2im(dcol, self.x_shape, FH, FW, self.stride,"
                " self.pad, True)\n        return dx, self.dW, self.db",
            )
        ),
        "gradients-returned",
    ),
    (
        "W changed into columns in forward",
        SHORT.changed(
            (
                "dcol = D @ self.W.reshape(FN, -1)",
                "dcol = D @ self.W.reshape(FN, -1)\n        self.W = self.dW",
            )
        ),
        f"parameters-changed {STATE}",
    ),
    (
        "backward not attached",
        Source(SHORT.code.split("    def backward")[0]),
        "backward-not-attached layer-without-method",
        "attribute-missing",
    ),
    (
        "dout multiplied in place",
        SHORT.changed(
            ("        D = dout", "        dout *= 2\n        D = dout"),
            (".reshape(-1, FN)\n", ".reshape(-1, FN) / 2\n"),
        ),
        "changes-input",
    ),
]

# ------------------------------------------------------------- functions

GRADIENTS = Source("""
def parameter_gradients(dout, col, W_shape):
    FN, C, FH, FW = W_shape
    D = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
    dW = (col.T @ D).T.reshape(FN, C, FH, FW)
    db = D.sum(axis=0)
    return dW, db
""")
STEPS = Source("""
def numerical_gradient(f, x, h=1e-4):
    grad = np.zeros_like(x)
    for idx in np.ndindex(x.shape):
        tmp = x[idx]
        x[idx] = tmp + h
        p = f(x)
        x[idx] = tmp - h
        m = f(x)
        grad[idx] = (p - m) / (2 * h)
        x[idx] = tmp
    return grad
""")
DX = Source("""
def dx_by_forward(Layer, dout, W):
    FN, C, F, _ = W.shape
    turned = W[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
    layer = Layer(turned, np.zeros(C), 1, F - 1)
    return layer.forward(dout)
""")
MAPS = Source("""
def rows_to_maps(rows, N, OH, OW):
    FN = rows.shape[1]
    return rows.reshape(N, OH, OW, FN).transpose(0, 3, 1, 2)
""")


def columns_by_loop(W):
    FN, C, FH, FW = W.shape
    out = np.zeros((C * FH * FW, FN))
    for f in range(FN):
        out[:, f] = W[f].flatten()
    return out


def columns_by_index(W):
    FN, C, FH, FW = W.shape
    out = np.empty((C * FH * FW, FN), W.dtype)
    for f, c, i, j in np.ndindex(W.shape):
        out[(c * FH + i) * FW + j, f] = W[f, c, i, j]
    return out


def columns_returned_early(W):
    out = np.zeros((W[0].size, len(W)))
    for f in range(len(W)):
        out[:, f] = W[f].flatten()
        return out


def columns_of_integers(W):
    out = np.zeros((W[0].size, len(W)), dtype=int)
    for f in range(len(W)):
        out[:, f] = W[f].flatten()
    return out


def maps_by_rows(rows, N, OH, OW):
    out = np.zeros((N, rows.shape[1], OH, OW))
    k = 0
    for n in range(N):
        for i in range(OH):
            for j in range(OW):
                out[n, :, i, j] = rows[k]
                k += 1
    return out


def maps_k_not_counted(rows, N, OH, OW):
    out = np.zeros((N, rows.shape[1], OH, OW))
    for n, i, j in itertools.product(range(N), range(OH), range(OW)):
        out[n, :, i, j] = rows[i * OW + j]
    return out


ANSWERS = [
    *answers(
        "filter_matrix",
        right=[
            ("loop", columns_by_loop),
            ("index by hand", columns_by_index),
            ("comprehension", lambda W: np.array([w.ravel() for w in W]).T),
            ("einsum", lambda W: np.einsum("fk->kf", W.reshape(len(W), -1))),
            (
                "column_stack",
                lambda W: np.column_stack([w.reshape(-1) for w in W]),
            ),
            (
                "all sizes",
                lambda W: W.reshape(
                    W.shape[0], W.shape[1] * W.shape[2] * W.shape[3]
                ).transpose(1, 0),
            ),
        ],
        wrong=[
            (
                "reshape alone",
                lambda W: W.reshape(-1, len(W)),
                "reshape-for-transpose",
            ),
            (
                "not transposed",
                lambda W: W.reshape(len(W), -1),
                "filters-as-rows",
            ),
            (
                "twice transposed",
                lambda W: W.reshape(len(W), -1).T.T,
                "filters-as-rows",
            ),
            (
                "channels last",
                lambda W: W.transpose(2, 3, 1, 0).reshape(-1, len(W)),
                "channels-last",
            ),
            (
                "Fortran order",
                lambda W: np.array([w.ravel("F") for w in W]).T,
                "axes-reversed",
            ),
            (
                "W.T reshaped",
                lambda W: W.T.reshape(-1, len(W)),
                "axes-reversed",
            ),
            (
                "FH and FW swapped",
                lambda W: W.transpose(1, 3, 2, 0).reshape(-1, len(W)),
                "height-and-width-swapped",
            ),
            (
                "turned filters",
                lambda W: W[:, :, ::-1, ::-1].reshape(len(W), -1).T,
                "kernel-flipped",
            ),
            (
                "first channel only",
                lambda W: W[:, 0].reshape(len(W), -1).T,
                "first-channel-only",
            ),
            (
                "channels summed",
                lambda W: W.sum(axis=1).reshape(len(W), -1).T,
                "channels-summed",
            ),
            ("one long row", lambda W: W.reshape(-1), "all-in-one-row"),
            (
                "a column for everything",
                lambda W: W.reshape(-1, 1),
                "all-in-one-row",
            ),
            (
                "first filter only",
                lambda W: W[0].reshape(-1, 1),
                "first-filter-only",
            ),
            (
                "return in the loop",
                columns_returned_early,
                "return-in-loop partly-zero",
            ),
            ("integers", columns_of_integers, TRUNCATED),
            (
                "one matrix a filter",
                lambda W: W.reshape(W.shape[0], W.shape[1], -1).T,
                "",
                "axes-extra",
            ),
            ("no return", lambda W: None, "returns-none"),
            ("print for return", lambda W: print(W.shape), "returns-none"),
            (
                "C and FN confused",
                lambda W: W.reshape(W.shape[1], -1).T,
                "c-for-fn",
            ),
        ],
    ),
    *answers(
        "rows_to_maps",
        right=[
            ("plain", MAPS),
            ("loops", maps_by_rows),
            (
                "moveaxis",
                lambda rows, N, OH, OW: np.moveaxis(
                    rows.reshape((N, OH, OW, -1)), -1, 1
                ),
            ),
            (
                "einsum",
                lambda rows, N, OH, OW: np.einsum(
                    "nijf->nfij", rows.reshape(N, OH, OW, rows.shape[-1])
                ),
            ),
            (
                "rollaxis",
                lambda rows, N, OH, OW: np.rollaxis(
                    rows.reshape(N, OH, OW, -1), 3, 1
                ),
            ),
            (
                "transposed first",
                lambda rows, N, OH, OW: rows.T.reshape(-1, N, OH, OW).swapaxes(
                    0, 1
                ),
            ),
            (
                "one swap after another",
                lambda rows, N, OH, OW: (
                    rows.reshape(N, OH * OW, -1)
                    .swapaxes(1, 2)
                    .reshape(N, -1, OH, OW)
                ),
            ),
        ],
        wrong=[
            (
                "reshape alone",
                lambda rows, N, OH, OW: rows.reshape(N, -1, OH, OW),
                "reshape-for-transpose",
            ),
            (
                "no transpose",
                lambda rows, N, OH, OW: rows.reshape(N, OH, OW, -1),
                "channels-last",
            ),
            (
                "0 3 2 1",
                MAPS.changed(("0, 3, 1, 2", "0, 3, 2, 1")),
                "height-and-width-swapped",
            ),
            (
                "0 2 3 1",
                MAPS.changed(("0, 3, 1, 2", "0, 2, 3, 1")),
                "axes-of-the-way-back",
            ),
            (
                "0 2 1 3",
                MAPS.changed(("0, 3, 1, 2", "0, 2, 1, 3")),
                "channels-last",
                "transposed",
            ),
            (
                "3 0 1 2",
                MAPS.changed(("0, 3, 1, 2", "3, 0, 1, 2")),
                "filters-first",
            ),
            (
                "OW before OH",
                MAPS.changed(("N, OH, OW, FN", "N, OW, OH, FN")),
                "height-and-width-swapped size-order-in-reshape",
            ),
            (
                "FN before OH",
                MAPS.changed(
                    (
                        "N, OH, OW, FN).transpose(0, 3, 1, 2)",
                        "N, FN, OW, OH).swapaxes(2, 3)",
                    )
                ),
                "reshape-for-transpose",
            ),
            (
                "filters first by T",
                lambda rows, N, OH, OW: rows.T.reshape(-1, N, OH, OW),
                "filters-first",
            ),
            (
                "T then reshape",
                lambda rows, N, OH, OW: rows.T.reshape(N, -1, OH, OW),
                "images-mixed transposed-before-reshape",
            ),
            (
                "row number not counted on",
                maps_k_not_counted,
                "first-image-only first-image-for-all",
            ),
            (
                "first image only",
                lambda rows, N, OH, OW: (
                    rows[: OH * OW]
                    .reshape(1, OH, OW, -1)
                    .transpose(0, 3, 1, 2)
                ),
                "first-image-only",
            ),
            (
                "N forgotten",
                lambda rows, N, OH, OW: rows.reshape(OH, OW, -1).transpose(
                    2, 0, 1
                ),
                "",
                "axes-missing",
            ),
            (
                "transposed result thrown away",
                MAPS.changed(
                    (
                        "return rows.reshape(N, OH, OW, FN).transpose(0, 3, 1, 2)",
                        "y = rows.reshape(N, OH, OW, FN)\n"
                        "    y.transpose(0, 3, 1, 2)\n    return y",
                    )
                ),
                "channels-last",
            ),
            (
                "result of reshape thrown away",
                MAPS.changed(
                    (
                        "return rows.reshape(N, OH, OW, FN).transpose(0, 3, 1, 2)",
                        "rows.reshape(N, OH, OW, FN)\n    return rows",
                    )
                ),
                "rows-returned",
            ),
            (
                "transpose with three axes",
                MAPS.changed(("0, 3, 1, 2", "0, 2, 1")),
                "transpose-axes-wrong",
            ),
            (
                "reshape with FN missing",
                MAPS.changed(("N, OH, OW, FN", "N, OH, OW")),
                "reshape-changes-count",
            ),
            (
                "FN of another axis",
                MAPS.changed(("rows.shape[1]", "rows.shape[0]")),
                "reshape-changes-count",
            ),
            (
                "integers",
                MAPS.changed(("rows.reshape", "rows.astype(int).reshape")),
                TRUNCATED,
            ),
            (
                "summed over filters",
                lambda rows, N, OH, OW: rows.sum(axis=1).reshape(N, 1, OH, OW),
                "filters-summed",
            ),
            ("no return", MAPS.changed(("return ", "y = ")), "returns-none"),
        ],
    ),
    *answers("forward", right=LAYERS, wrong=FORWARD_WRONG),
    *answers(
        "by_hand",
        right=[
            ("list", [4, 7, 8, 5]),
            ("floats", (4.0, 7.0, 8.0, 5.0)),
            ("numpy", np.array([4, 7, 8, 5])),
        ],
        wrong=[
            ("last window only", (2, -2, -2, -1), "only-the-last-window"),
            ("first window only", (2, 6, 4, 2), "only-the-first-window"),
            ("w for dx5 in order", (4, 2, 8, 5), "filter-not-followed"),
            ("db mean", (4, 7, 8, 1.25), "db-is-mean"),
            ("db one", (4, 7, 8, 1), "db-is-one one-delta-for-db"),
            ("db four", (4, 7, 8, 4), "db-counts-windows"),
            ("sign of delta 4 lost", (4, 11, 12, 7), "sign-of-delta-lost"),
            ("dx5 sign lost", (4, 11, 8, 5), "sign-of-delta-lost"),
            ("dx2 one window", (2, 7, 8, 5), "dx2-one-window"),
            ("dx2 other window", (2.0, 7, 8, 5), "dx2-one-window"),
            ("dx2 with w in order", (5, 7, 8, 5), "filter-not-followed"),
            ("dw2 with own x", (4, 7, 2, 5), "place"),
            ("x for w", (3, 7, 8, 5), "place"),
            ("dx5 without the last", (4, 9, 8, 5), "last-window-left-out"),
            ("db without delta 4", (4, 7, 8, 6), "last-window-left-out"),
            ("order changed", (7, 4, 8, 5), "order-of-values"),
            ("dw2 and db swapped", (4, 7, 5, 8), "order-of-values"),
            ("arithmetic", (4, 8, 8, 5), "place"),
            ("dx2 arithmetic", (6, 7, 8, 5), "place"),
        ],
    ),
    *answers(
        "parameter_gradients",
        right=[
            ("plain", GRADIENTS),
            (
                "book",
                GRADIENTS.changed(
                    ("(col.T @ D).T", "np.dot(col.T, D).transpose(1, 0)")
                ),
            ),
            ("D.T @ col", GRADIENTS.changed(("(col.T @ D).T", "(D.T @ col)"))),
            (
                "tensordot",
                lambda dout, col, W_shape: (
                    np.tensordot(
                        dout,
                        col.reshape(len(dout), *dout.shape[2:], -1),
                        ((0, 2, 3), (0, 1, 2)),
                    ).reshape(W_shape),
                    dout.sum((0, 2, 3)),
                ),
            ),
            (
                "db by einsum",
                GRADIENTS.changed(
                    ("D.sum(axis=0)", "np.einsum('nfij->f', dout)")
                ),
            ),
            (
                "db as ones @ D",
                GRADIENTS.changed(("D.sum(axis=0)", "np.ones(len(D)) @ D")),
            ),
            (
                "list of two",
                GRADIENTS.changed(("return dW, db", "return [dW, db]")),
            ),
        ],
        wrong=[
            (
                "dout reshaped",
                GRADIENTS.changed((".transpose(0, 2, 3, 1)", "")),
                "dout-reshaped-not-transposed",
            ),
            (
                "0 3 2 1",
                GRADIENTS.changed(("0, 2, 3, 1", "0, 3, 2, 1")),
                "dout-axes-in-other-order",
            ),
            (
                "0 3 1 2",
                GRADIENTS.changed(("0, 2, 3, 1", "0, 3, 1, 2")),
                "dout-axes-in-other-order",
            ),
            (
                "FN first then T",
                GRADIENTS.changed(
                    (
                        "dout.transpose(0, 2, 3, 1).reshape(-1, FN)",
                        "dout.reshape(FN, -1).T",
                    )
                ),
                "dout-reshaped-not-transposed",
            ),
            (
                "dW not transposed",
                GRADIENTS.changed(("(col.T @ D).T", "(col.T @ D)")),
                "dw-not-transposed",
            ),
            (
                "dW left as matrix",
                GRADIENTS.changed(
                    ("(col.T @ D).T.reshape(FN, C, FH, FW)", "col.T @ D")
                ),
                "dw-left-as-matrix",
            ),
            (
                "dW left as turned matrix",
                GRADIENTS.changed((".T.reshape(FN, C, FH, FW)", ".T")),
                "dw-left-as-matrix",
            ),
            (
                "col not transposed",
                GRADIENTS.changed(("col.T @", "col @")),
                "product-sizes-differ",
            ),
            (
                "D transposed instead",
                GRADIENTS.changed(("(col.T @ D).T", "(col @ D.T).T")),
                "product-sizes-differ",
            ),
            (
                "db over batch",
                GRADIENTS.changed(("D.sum(axis=0)", "dout.sum(axis=0)")),
                "db-summed-over-batch-only",
            ),
            (
                "db over axis 1",
                GRADIENTS.changed(("D.sum(axis=0)", "D.sum(axis=1)")),
                "db-summed-over-filters",
            ),
            (
                "db one number",
                GRADIENTS.changed(("D.sum(axis=0)", "D.sum()")),
                "db-summed-over-everything",
            ),
            (
                "db mean",
                GRADIENTS.changed(("D.sum(axis=0)", "D.mean(axis=0)")),
                "db-is-mean",
            ),
            (
                "db mean of images",
                GRADIENTS.changed(
                    ("D.sum(axis=0)", "D.sum(axis=0) / len(dout)")
                ),
                "divided-by-batch-size",
            ),
            (
                "both divided",
                GRADIENTS.changed(
                    ("return dW, db", "return dW / len(dout), db / len(dout)")
                ),
                "divided-by-batch-size",
            ),
            (
                "dW divided only",
                GRADIENTS.changed(
                    ("return dW, db", "return dW / len(dout), db")
                ),
                "divided-by-batch-size",
            ),
            (
                "divided by rows",
                GRADIENTS.changed(
                    ("return dW, db", "return dW / len(col), db / len(col)")
                ),
                "divided-by-rows db-is-mean",
            ),
            (
                "swapped",
                GRADIENTS.changed(("return dW, db", "return db, dW")),
                "dw-and-db-swapped",
            ),
            (
                "only dW",
                GRADIENTS.changed(("return dW, db", "return dW")),
                "one-of-two-returned",
            ),
            (
                "db keeps a row",
                GRADIENTS.changed(
                    ("D.sum(axis=0)", "D.sum(axis=0, keepdims=True)")
                ),
                "db-keeps-an-axis",
                "axes-extra",
            ),
            (
                "db counts windows",
                GRADIENTS.changed(
                    ("D.sum(axis=0)", "np.full(FN, float(len(D)))")
                ),
                "dout-not-used",
            ),
            (
                "ones for D in dW",
                GRADIENTS.changed(
                    ("(col.T @ D)", "(col.T @ np.ones_like(D))")
                ),
                "dout-not-used",
            ),
            (
                "absolute values",
                GRADIENTS.changed(("D.sum(axis=0)", "np.abs(D).sum(axis=0)")),
                "place",
            ),
            (
                "shape in another order",
                GRADIENTS.changed(
                    ("reshape(FN, C, FH, FW)", "reshape(FN, C, FW, FH)")
                ),
                "height-and-width-swapped",
            ),
            (
                "C last",
                GRADIENTS.changed(
                    (
                        "reshape(FN, C, FH, FW)",
                        "reshape(FN, FH, FW, C).transpose(0, 3, 1, 2)",
                    )
                ),
                "channels-last",
            ),
            (
                "no return",
                GRADIENTS.changed(("return dW, db", "")),
                "returns-none",
            ),
            (
                "minus",
                GRADIENTS.changed(("return dW, db", "return -dW, -db")),
                "negated",
            ),
        ],
    ),
    *answers("backward", right=LAYERS, wrong=BACKWARD_WRONG),
    *answers(
        "numerical_gradient",
        right=[
            ("plain", STEPS),
            (
                "on copies",
                STEPS.changed(
                    (
                        "        tmp = x[idx]\n        x[idx] = tmp + h\n"
                        "        p = f(x)\n        x[idx] = tmp - h\n"
                        "        m = f(x)\n",
                        "        a, b = x.copy(), x.copy()\n        a[idx] += h\n"
                        "        b[idx] -= h\n        p, m = f(a), f(b)\n",
                    ),
                    ("        x[idx] = tmp\n", ""),
                ),
            ),
            (
                "flat",
                lambda f, x, h=1e-4: np.array(
                    [
                        (
                            f(x + h * e.reshape(x.shape))
                            - f(x - h * e.reshape(x.shape))
                        )
                        / (2 * h)
                        for e in np.eye(x.size)
                    ]
                ).reshape(x.shape),
            ),
            (
                "ndenumerate",
                STEPS.changed(
                    (
                        "for idx in np.ndindex(x.shape):\n        tmp = x[idx]",
                        "for idx, tmp in np.ndenumerate(x.copy()):",
                    )
                ),
            ),
            (
                "plus and minus equals",
                STEPS.changed(
                    ("x[idx] = tmp + h", "x[idx] += h"),
                    ("x[idx] = tmp - h", "x[idx] -= 2 * h"),
                ),
            ),
            (
                "h fixed inside",
                STEPS.changed(("x, h=1e-4):", "x):\n    h = 1e-4")),
            ),
        ],
        wrong=[
            (
                "forward difference",
                STEPS.changed(
                    ("x[idx] = tmp - h", "x[idx] = tmp"), ("(2 * h)", "h")
                ),
                "one-sided-difference",
            ),
            (
                "backward difference",
                STEPS.changed(
                    ("x[idx] = tmp + h", "x[idx] = tmp"), ("(2 * h)", "h")
                ),
                "one-sided-difference backward-difference",
            ),
            (
                "not restored",
                STEPS.changed(("        x[idx] = tmp\n", "")),
                "x-not-restored",
            ),
            ("by h", STEPS.changed(("(2 * h)", "h")), "step-not-doubled"),
            (
                "brackets forgotten below",
                STEPS.changed(("(p - m) / (2 * h)", "(p - m) / 2 * h")),
                "brackets-missing",
            ),
            (
                "brackets forgotten above",
                STEPS.changed(("(p - m) / (2 * h)", "p - m / (2 * h)")),
                "brackets-missing",
            ),
            (
                "no brackets at all",
                STEPS.changed(("(p - m) / (2 * h)", "p - m / 2 * h")),
                "brackets-missing",
            ),
            (
                "one difference with 2h",
                STEPS.changed(("x[idx] = tmp - h", "x[idx] = tmp")),
                "step-doubled one-sided-difference",
            ),
            (
                "not divided",
                STEPS.changed((" / (2 * h)", "")),
                "not-divided-by-step",
            ),
            ("minus plus", STEPS.changed(("p - m", "m - p")), "negated"),
            ("sum", STEPS.changed(("p - m", "p + m")), "sum-for-difference"),
            (
                "range(len(x))",
                STEPS.changed(("np.ndindex(x.shape)", "range(len(x))")),
                "first-axis-only",
            ),
            (
                "range(x.size)",
                STEPS.changed(("np.ndindex(x.shape)", "range(x.size)")),
                "",
                "index-outside",
            ),
            (
                "all moved at once",
                lambda f, x, h=1e-4: np.full(
                    x.shape, (f(x + h) - f(x - h)) / (2 * h)
                ),
                "all-entries-moved-at-once",
            ),
            (
                "one number",
                lambda f, x, h=1e-4: (f(x + h) - f(x - h)) / (2 * h),
                "all-entries-moved-at-once one-number-for-all",
            ),
            (
                "h added to index",
                STEPS.changed(("tmp - h", "tmp + h - h")),
                "step-doubled",
            ),
            (
                "large h",
                STEPS.changed(("    grad = np", "    h = 0.5\n    grad = np")),
                "step-too-large",
            ),
            (
                "tiny h",
                STEPS.changed(
                    ("    grad = np", "    h = 1e-14\n    grad = np")
                ),
                "step-too-small",
            ),
            (
                "return in loop",
                STEPS.changed(("tmp\n    return", "tmp\n        return")),
                "return-in-loop partly-zero one-entry-only",
            ),
            (
                "overwrites grad",
                STEPS.changed(("grad[idx] = (p", "grad = (p")),
                "one-number-for-all",
            ),
            (
                "only the last entry",
                STEPS.changed(("grad[idx] = (p", "grad[-1] = (p")),
                "",
            ),
            (
                "view kept",
                STEPS.changed(("tmp = x[idx]", "tmp = x")),
                "",
                "changes-input",
            ),
            (
                "f called on the entry",
                STEPS.changed(("f(x)", "f(x[idx])")),
                "f-called-on-entry",
            ),
            (
                "f values kept",
                STEPS.changed(("p = f(x)", "p = f"), ("m = f(x)", "m = f")),
                "number-or-list-for-array function-not-called",
            ),
            (
                "integers",
                STEPS.changed(
                    ("np.zeros_like(x)", "np.zeros(x.shape, dtype=int)")
                ),
                TRUNCATED,
            ),
            (
                "SGD step",
                STEPS.changed(
                    ("    return grad", "    x -= 0.1 * grad\n    return grad")
                ),
                "changes-input",
            ),
            (
                "restored with rounding",
                STEPS.changed(("x[idx] = tmp\n", "x[idx] = round(tmp, 1)\n")),
                "",
                "x-not-restored changes-input too-large",
            ),
            (
                "no return",
                STEPS.changed(("return grad", "grad")),
                "returns-none",
            ),
            (
                "list of numbers",
                STEPS.changed(("return grad", "return grad.ravel()")),
                "result-flat",
                "axes-missing",
            ),
        ],
    ),
    *answers(
        "dx_by_forward",
        right=[
            ("plain", DX),
            (
                "flip",
                DX.changed(("W[:, :, ::-1, ::-1]", "np.flip(W, (2, 3))")),
            ),
            (
                "rot90",
                DX.changed(("W[:, :, ::-1, ::-1]", "np.rot90(W, 2, (2, 3))")),
            ),
            (
                "einsum",
                DX.changed(
                    (
                        "W[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)",
                        "np.einsum('fcij->cfij', W)[..., ::-1, ::-1]",
                    )
                ),
            ),
            (
                "padded by hand",
                DX.changed(
                    (
                        "1, F - 1)\n",
                        "1, 0)\n    p = F - 1\n    dout = np.pad("
                        "dout, ((0, 0), (0, 0), (p, p), (p, p)))\n",
                    )
                ),
            ),
        ],
        wrong=[
            (
                "not turned",
                DX.changed(("[:, :, ::-1, ::-1]", "")),
                "filter-not-flipped",
            ),
            (
                "up down",
                DX.changed(("::-1, ::-1", "::-1, :")),
                "flipped-up-down-only",
            ),
            (
                "left right",
                DX.changed(("::-1, ::-1", ":, ::-1")),
                "flipped-left-right-only",
            ),
            (
                "all axes",
                DX.changed(("[:, :, ::-1, ::-1]", "[::-1, ::-1, ::-1, ::-1]")),
                "channel-order-reversed flipped-in-all-axes",
            ),
            (
                "first axes",
                DX.changed(("[:, :, ::-1, ::-1]", "[::-1, ::-1]")),
                "flipped-in-the-wrong-axes",
            ),
            (
                "transposed filter",
                DX.changed(
                    (
                        "[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)",
                        ".transpose(1, 0, 3, 2)",
                    )
                ),
                "transposed-not-turned filter-not-flipped",
            ),
            (
                "turned and transposed",
                DX.changed(("(1, 0, 2, 3)", "(1, 0, 3, 2)")),
                "height-and-width-swapped",
            ),
            (
                "rot90 once",
                DX.changed(("W[:, :, ::-1, ::-1]", "np.rot90(W, 1, (2, 3))")),
                "turned-by-90",
            ),
            (
                "channels not swapped",
                DX.changed(
                    (".transpose(1, 0, 2, 3)", ""),
                    ("np.zeros(C)", "np.zeros(FN)"),
                ),
                "channels-not-swapped",
                "raises",
            ),
            (
                "channels reshaped",
                DX.changed(
                    (".transpose(1, 0, 2, 3)", ".reshape(C, FN, F, F)")
                ),
                "channels-reshaped-not-swapped",
            ),
            ("pad 0", DX.changed(("1, F - 1)", "1, 0)")), "pad-missing"),
            ("pad F", DX.changed(("1, F - 1)", "1, F)")), "pad-not-f-minus-1"),
            (
                "pad half",
                DX.changed(("1, F - 1)", "1, F // 2)")),
                "pad-for-same-size pad-not-f-minus-1",
            ),
            (
                "bias ones",
                DX.changed(("np.zeros(C)", "np.ones(C)")),
                "bias-not-zero",
                "offset",
            ),
            (
                "bias of FN",
                DX.changed(("np.zeros(C)", "np.zeros(FN)")),
                "bias-of-other-length",
                "raises",
            ),
            (
                "layer not run",
                DX.changed(("return layer.forward(dout)", "return layer")),
                "other-type",
            ),
            (
                "forward of W",
                DX.changed(("layer.forward(dout)", "layer.forward(W)")),
                "",
                "shape-differs",
            ),
            (
                "backward called",
                DX.changed(("layer.forward(dout)", "layer.backward(dout)")),
                "backward-before-forward",
                "raises",
            ),
            (
                "stride F",
                DX.changed(("np.zeros(C), 1,", "np.zeros(C), F,")),
                "",
                "shape-differs",
            ),
            (
                "dout turned",
                DX.changed(
                    (
                        "layer.forward(dout)",
                        "layer.forward(dout[:, :, ::-1, ::-1])",
                    )
                ),
                "dout-turned",
            ),
            (
                "dout turned instead of W",
                DX.changed(
                    ("[:, :, ::-1, ::-1].transpose", ".transpose"),
                    (
                        "layer.forward(dout)",
                        "layer.forward(dout[:, :, ::-1, ::-1])",
                    ),
                ),
                "dout-turned mirrored",
            ),
            (
                "class not called",
                DX.changed(
                    (
                        "layer = Layer(turned, np.zeros(C), 1, F - 1)\n",
                        "layer = Layer\n",
                    )
                ),
                "wrong-arguments",
            ),
            (
                "no return",
                DX.changed(("return layer", "layer")),
                "returns-none",
            ),
            (
                "zero result",
                DX.changed(("layer.forward(dout)", "0 * layer.forward(dout)")),
                "", "all-zero"),
        ],
    ),
]
