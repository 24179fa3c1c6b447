"""Answers to the exercises of lesson 5_11."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import convolve2d, correlate2d

from course_lib.layers import Convolution
from tests.bank import Answer, Source, collect

ANSWERS: list[Answer] = []
right, wrong = collect(ANSWERS)


# grouped ------------------------------------------------------------------
SPLIT = Source("""
from course_lib.layers import Convolution

class Grouped:
    def __init__(self, W, b, stride=1, pad=0, groups=1):
        self.W, self.b = W, b
        self.stride, self.pad, self.groups = stride, pad, groups

    def forward(self, x):
        Ws = np.split(self.W, self.groups)
        bs = np.split(self.b, self.groups)
        xs = np.split(x, self.groups, axis=1)
        self.convs = []
        outs = []
        for W, b, part in zip(Ws, bs, xs):
            conv = Convolution(W, b, self.stride, self.pad)
            outs.append(conv.forward(part))
            self.convs.append(conv)
        return np.concatenate(outs, axis=1)

    def backward(self, dout):
        douts = np.split(dout, self.groups, axis=1)
        dxs = [c.backward(d) for c, d in zip(self.convs, douts)]
        self.dW = np.concatenate([c.dW for c in self.convs], axis=0)
        self.db = np.concatenate([c.db for c in self.convs])
        return np.concatenate(dxs, axis=1)
""")
SLICES = Source("""
from course_lib.layers import Convolution

class GroupConv:
    def __init__(self, W, b, stride=1, pad=0, groups=1):
        self.W = W
        self.b = b
        self.layers = [None] * groups
        self.steps = (stride, pad)

    def forward(self, x):
        G = len(self.layers)
        n, c = self.W.shape[0] // G, x.shape[1] // G
        out = []
        for g in range(G):
            self.layers[g] = Convolution(self.W[g*n:(g+1)*n], self.b[g*n:(g+1)*n], *self.steps)
            out += [self.layers[g].forward(x[:, g*c:(g+1)*c])]
        return np.hstack(out)

    def backward(self, dout):
        G = len(self.layers)
        n = self.W.shape[0] // G
        dx = []
        for g in range(G):
            dx.append(self.layers[g].backward(dout[:, g*n:(g+1)*n]))
        self.dW = np.vstack([l.dW for l in self.layers])
        self.db = np.hstack([l.db for l in self.layers])
        return np.hstack(dx)
""")
right("grouped", "np.split", SPLIT)
right("grouped", "slices, hstack", SLICES)
right("grouped", "array_split", SPLIT.changed(("np.split(x,", "np.array_split(x,")))
right("grouped", "lists in the end", SPLIT.changed(("self.db = np.concatenate([c.db for c in self.convs])", "self.db = [v for c in self.convs for v in c.db]")))
right(
    "grouped",
    "reshape for dW",
    SPLIT.changed(("np.concatenate([c.dW for c in self.convs], axis=0)", "np.array([c.dW for c in self.convs]).reshape(self.W.shape)")),
)
for note, cause, source in [
    ("dW kept to itself", "gradients-not-stored attribute-missing", SPLIT.changed(("self.dW = np", "dW = np"), ("self.db = np", "db = np"), ("self.W, self.b = W, b", "self.W, self.b = W, b\n        self.dW = self.db = None"))),
    ("None left in dW", "gradients-not-stored", SPLIT.changed(("self.dW = np.concatenate([c.dW for c in self.convs], axis=0)", "self.dW = None"))),
    ("channels in turn", "channels-in-turn", SPLIT.changed(("xs = np.split(x, self.groups, axis=1)", "xs = [x[:, g::self.groups] for g in range(self.groups)]"))),
    ("first channels for all", "first-group-for-all", SPLIT.changed(("xs = np.split(x, self.groups, axis=1)", "xs = [x[:, :x.shape[1] // self.groups]] * self.groups"))),
    ("first channels, slices", "first-group-for-all", SLICES.changed(("x[:, g*c:(g+1)*c]", "x[:, :c]"))),
    ("joined along images", "joined-along-images", SPLIT.changed(("np.concatenate(outs, axis=1)", "np.concatenate(outs)"))),
    ("vstack of maps", "joined-along-images", SLICES.changed(("return np.hstack(out)", "return np.vstack(out)"))),
    ("summed", "groups-added", SPLIT.changed(("np.concatenate(outs, axis=1)", "sum(outs)"))),
    ("dx summed", "dx-added", SPLIT.changed(("np.concatenate(dxs, axis=1)", "sum(dxs)"))),
    ("last dx only", "dx-added", SPLIT.changed(("np.concatenate(dxs, axis=1)", "dxs[-1]"))),
    ("first dx only", "dx-added", SPLIT.changed(("np.concatenate(dxs, axis=1)", "dxs[0]"))),
    ("dx along images", "dx-joined-along-images", SPLIT.changed(("np.concatenate(dxs, axis=1)", "np.concatenate(dxs)"))),
    ("dW along channels", "dw-joined-along-channels", SPLIT.changed(("for c in self.convs], axis=0)", "for c in self.convs], axis=1)"))),
    ("dW of the last", "dw-of-one-group", SPLIT.changed(("np.concatenate([c.dW for c in self.convs], axis=0)", "self.convs[-1].dW"), ("np.concatenate([c.db for c in self.convs])", "self.convs[-1].db"))),
    ("dW of the first", "dw-of-one-group", SPLIT.changed(("np.concatenate([c.dW for c in self.convs], axis=0)", "self.convs[0].dW"), ("np.concatenate([c.db for c in self.convs])", "self.convs[0].db"))),
    ("dW summed", "dw-of-one-group", SPLIT.changed(("np.concatenate([c.dW for c in self.convs], axis=0)", "sum(c.dW for c in self.convs)"), ("np.concatenate([c.db for c in self.convs])", "sum(c.db for c in self.convs)"))),
    ("dW stacked", "dw-of-one-group", SPLIT.changed(("np.concatenate([c.dW for c in self.convs], axis=0)", "np.stack([c.dW for c in self.convs])"), ("np.concatenate([c.db for c in self.convs])", "np.stack([c.db for c in self.convs])"))),
    ("bias left out", "bias-forgotten", SPLIT.changed(("Convolution(W, b,", "Convolution(W, np.zeros_like(b),"))),
    ("first bias", "first-bias-for-all", SPLIT.changed(("Convolution(W, b,", "Convolution(W, bs[0],"))),
    ("stride not passed", "stride-ignored", SPLIT.changed(("self.stride, self.pad)", "1, self.pad)"))),
    ("pad not passed", "pad-ignored", SPLIT.changed(("b, self.stride, self.pad)", "b, self.stride)"))),
    ("neither passed", "stride-and-pad-ignored", SPLIT.changed(("b, self.stride, self.pad)", "b)"))),
    ("gradients zero", "gradients-zero", SPLIT.changed(("np.concatenate([c.dW for c in self.convs], axis=0)", "np.zeros_like(self.W)"), ("np.concatenate([c.db for c in self.convs])", "np.zeros_like(self.b)"))),
    ("backward returns nothing", "returns-none", SPLIT.changed(("return np.concatenate(dxs, axis=1)", "np.concatenate(dxs, axis=1)"))),
    ("parts grow from call to call", "parts-of-an-earlier-call dw-of-one-group", SPLIT.changed(("        self.convs = []\n", ""), ("self.W, self.b = W, b", "self.W, self.b = W, b\n        self.convs = []"))),
    ("outputs in turn", "outputs-in-turn", SPLIT.changed(("return np.concatenate(outs, axis=1)", "y = np.stack(outs, axis=2)\n        return y.reshape(len(x), -1, *y.shape[3:])"))),
    ("split along the images", "raises split-unequal unequal-split", SPLIT.changed(("xs = np.split(x, self.groups, axis=1)", "xs = np.split(x, self.groups)"))),
]:
    wrong("grouped", note, cause, source)


# depthwise ----------------------------------------------------------------
def dw(x, w, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    v = sliding_window_view(x, w.shape[1:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("ncijyx,cyx->ncij", v, w)


def conv(x, W, stride=1, pad=0):
    return Convolution(np.asarray(W), np.zeros(len(W)), stride, pad).forward(x)


right("depthwise", "einsum", dw)
right("depthwise", "groups", lambda x, w, stride=1, pad=0: Convolution(w[:, None], np.zeros(len(w)), stride, pad, groups=len(w)).forward(x))
right("depthwise", "channel by channel", lambda x, w, s=1, p=0: np.concatenate([conv(x[:, c : c + 1], w[c][None, None], s, p) for c in range(len(w))], axis=1))
right("depthwise", "scipy", lambda x, w, s=1, p=0: np.array([[correlate2d(np.pad(i[c], p), w[c], "valid")[::s, ::s] for c in range(len(w))] for i in x]))
right("depthwise", "diagonal filters", lambda x, w, s=1, p=0: conv(x, np.einsum("ck,cyx->ckyx", np.eye(len(w)), w), s, p))
for note, cause, value in [
    ("one filter over all channels", "channels-summed", lambda x, w, s=1, p=0: conv(x, w[None], s, p)),
    ("summed in the end", "channels-summed", lambda x, w, s=1, p=0: dw(x, w, s, p).sum(axis=1)),
    ("mean in the end", "channels-summed", lambda x, w, s=1, p=0: dw(x, w, s, p).mean(axis=1, keepdims=True)),
    ("each filter on all channels", "channels-summed", lambda x, w, s=1, p=0: conv(x, np.repeat(w[:, None], len(w), axis=1), s, p)),
    ("w[0] in the loop", "first-filter-for-all", lambda x, w, s=1, p=0: np.concatenate([conv(x[:, c : c + 1], w[0][None, None], s, p) for c in range(len(w))], axis=1)),
    ("x[:, :1] in the loop", "first-channel-for-all", lambda x, w, s=1, p=0: np.concatenate([conv(x[:, :1], w[c][None, None], s, p) for c in range(len(w))], axis=1)),
    ("all pairs", "every-filter-on-every-channel", lambda x, w, s=1, p=0: np.concatenate([conv(x[:, c : c + 1], w[:, None], s, p) for c in range(len(w))], axis=1)),
    ("filters from behind", "filters-in-other-order", lambda x, w, s=1, p=0: dw(x, w[::-1], s, p)),
    ("off by one filter", "filters-in-other-order", lambda x, w, s=1, p=0: np.stack([dw(x, np.roll(w, 1, 0), s, p)[:, c] for c in range(len(w))], 1)),
    ("turned", "kernel-flipped", lambda x, w, s=1, p=0: np.array([[convolve2d(np.pad(i[c], p), w[c], "valid")[::s, ::s] for c in range(len(w))] for i in x])),
    ("stride left out", "stride-ignored", lambda x, w, stride=1, pad=0: dw(x, w, 1, pad)),
    ("pad left out", "pad-ignored", lambda x, w, stride=1, pad=0: dw(x, w, stride)),
    ("both left out", "stride-and-pad-ignored", lambda x, w, stride=1, pad=0: dw(x, w)),
    ("channels last", "channels-last", lambda x, w, s=1, p=0: np.stack([dw(x, w, s, p)[:, c] for c in range(len(w))], axis=-1)),
    ("list of maps", "channels-first", lambda x, w, s=1, p=0: [dw(x, w, s, p)[:, c] for c in range(len(w))]),
    ("joined on axis 0", "joined-along-images", lambda x, w, s=1, p=0: np.concatenate([conv(x[:, c : c + 1], w[c][None, None], s, p) for c in range(len(w))])),
    ("stacked on axis 1", "axis-of-length-one-left", lambda x, w, s=1, p=0: np.stack([conv(x[:, c : c + 1], w[c][None, None], s, p) for c in range(len(w))], axis=1)),
    ("list of layers' maps", "axis-of-length-one-left", lambda x, w, s=1, p=0: [conv(x[:, c : c + 1], w[c][None, None], s, p) for c in range(len(w))]),
    ("return in the loop", "first-channel-only", lambda x, w, s=1, p=0: conv(x[:, :1], w[:1, None], s, p)),
    ("overwritten in the loop", "last-channel-only", lambda x, w, s=1, p=0: conv(x[:, -1:], w[-1:, None], s, p)),
    ("first image", "first-image-only", lambda x, w, s=1, p=0: dw(x[:1], w, s, p)),
    ("integers", "rounded-down truncated", lambda x, w, s=1, p=0: dw(x, w, s, p).astype(int)),
    ("None", "returns-none", lambda x, w, s=1, p=0: None),
    ("w without an axis", "shape-not-expected", lambda x, w, s=1, p=0: Convolution(w, np.zeros(len(w)), s, p, groups=len(w)).forward(x)),
    ("groups forgotten", "shape-not-expected channels-differ", lambda x, w, s=1, p=0: conv(x, w[:, None], s, p) if x.shape[1] > 1 else None),
    ("same padding", "shape-differs pad-ignored place", lambda x, w, s=1, p=0: dw(x, w, s, w.shape[1] // 2)),
]:
    wrong("depthwise", note, cause, value)


# pointwise ----------------------------------------------------------------
def pw(x, W):
    return np.einsum("nchw,kc->nkhw", x, W)


right("pointwise", "einsum", pw)
right("pointwise", "matmul", lambda x, W: (W @ x.reshape(len(x), x.shape[1], -1)).reshape(len(x), len(W), *x.shape[2:]))
right("pointwise", "rows", lambda x, W: (x.transpose(0, 2, 3, 1).reshape(-1, x.shape[1]) @ W.T).reshape(len(x), x.shape[2], x.shape[3], -1).transpose(0, 3, 1, 2))
right("pointwise", "1x1 convolution", lambda x, W: conv(x, W[:, :, None, None]))
right("pointwise", "sum of products", lambda x, W: (x[:, None] * W[:, :, None, None]).sum(axis=2))
right("pointwise", "lists", lambda x, W: [[sum(W[k, c] * i[c] for c in range(len(i))) for k in range(len(W))] for i in x])
for note, cause, value in [
    ("reshape to rows", "reshaped-not-transposed", lambda x, W: (x.reshape(-1, x.shape[1]) @ W.T).reshape(len(x), len(W), *x.shape[2:])),
    ("rows right, no way back", "reshaped-not-transposed", lambda x, W: (x.transpose(0, 2, 3, 1) @ W.T).reshape(len(x), len(W), *x.shape[2:])),
    ("rows wrong, way back right", "reshaped-not-transposed", lambda x, W: (x.reshape(-1, x.shape[1]) @ W.T).reshape(len(x), x.shape[2], x.shape[3], -1).transpose(0, 3, 1, 2)),
    ("channels last", "channels-last", lambda x, W: x.transpose(0, 2, 3, 1) @ W.T),
    ("tensordot", "filters-first", lambda x, W: np.tensordot(W, x, axes=(1, 1))),
    ("tensordot, other side", "channels-last", lambda x, W: np.tensordot(x, W, axes=(1, 1))),
    ("lying down", "image-lying-down", lambda x, W: np.einsum("nchw,kc->nkwh", x, W)),
    ("transposed rows back", "image-lying-down", lambda x, W: (x.transpose(0, 2, 3, 1) @ W.T).T.transpose(3, 0, 2, 1).swapaxes(2, 3)),
    ("no way back", "pixels-not-in-rows", lambda x, W: W @ x.reshape(len(x), x.shape[1], -1)),
    ("rows", "pixels-not-in-rows", lambda x, W: x.transpose(0, 2, 3, 1).reshape(-1, x.shape[1]) @ W.T),
    ("mean", "mean-for-sum", lambda x, W: (x[:, None] * W[:, :, None, None]).mean(axis=2)),
    ("sum first", "weights-of-each-filter-added", lambda x, W: x.sum(axis=1, keepdims=True) * W.sum(axis=1)[:, None, None]),
    ("first weight", "weights-of-each-filter-added", lambda x, W: x.sum(axis=1, keepdims=True) * W[:, 0][:, None, None]),
    ("W reshaped", "weights-reshaped", lambda x, W: pw(x, W.T.reshape(W.shape))),
    ("W.reshape(C, FN) for the transpose", "weights-reshaped", lambda x, W: np.einsum("nchw,ck->nkhw", x, W.reshape(x.shape[1], -1))),
    ("max", "max-for-sum", lambda x, W: (x[:, None] * W[:, :, None, None]).max(axis=2)),
    ("products", "not-added-yet", lambda x, W: x[:, None] * W[:, :, None, None]),
    ("no weights", "weights-not-used", lambda x, W: np.repeat(x.sum(axis=1, keepdims=True), len(W), axis=1)),
    ("pixels summed", "pixels-added-too", lambda x, W: np.einsum("nchw,kc->nk", x, W)),
    ("pixels summed, axes kept", "pixels-added-too", lambda x, W: np.einsum("nchw,kc->nk", x, W)[:, :, None, None]),
    ("first filter", "first-filter-only", lambda x, W: np.einsum("nchw,c->nhw", x, W[0])),
    ("first filter, axis kept", "first-filter-only", lambda x, W: pw(x, W[:1])),
    ("first channel", "first-channel-only", lambda x, W: x[:, :1] * W[:, :1, None]),
    ("first image", "first-image-only", lambda x, W: pw(x[:1], W)),
    ("integers", "rounded-down truncated", lambda x, W: pw(x, W).astype(int)),
    ("W on the wrong side", "product-sizes-differ", lambda x, W: x.reshape(len(x), x.shape[1], -1) @ W.T),
    ("None", "returns-none", lambda x, W: print(end="")),
]:
    wrong("pointwise", note, cause, value)


# separable_cost -----------------------------------------------------------
right("separable_cost", "formula", lambda c_i, c_o, k, h, w: (c_i * (c_o + k * k), c_i * (c_o + k * k) * h * w))
right("separable_cost", "list", lambda c_i, c_o, k, h, w: [c_i * c_o + c_i * k**2, h * w * (c_i * c_o + c_i * k**2)])
right("separable_cost", "two parts", lambda c_i, c_o, k, h, w: (k * k * c_i + c_o * c_i, k * k * c_i * h * w + c_o * c_i * h * w))
right("separable_cost", "array", lambda c_i, c_o, k, h, w: np.array([1, h * w]) * c_i * (k * k + c_o))
right("separable_cost", "floats", lambda c_i, c_o, k, h, w: (float(c_i * (c_o + k * k)), float(c_i * (c_o + k * k) * h * w)))


def cost(count, area=lambda h, w: h * w):
    return lambda c_i, c_o, k, h, w: (count(c_i, c_o, k), count(c_i, c_o, k) * area(h, w))


def fine(c_i, c_o, k):
    return c_i * (k * k + c_o)


for note, cause, value in [
    ("ordinary", "full-convolution", cost(lambda c_i, c_o, k: c_i * c_o * k * k)),
    ("multiplied", "multiplied-not-added", cost(lambda c_i, c_o, k: c_i * k * k * c_i * c_o)),
    ("depthwise", "depthwise-only", cost(lambda c_i, c_o, k: c_i * k * k)),
    ("the deck's depthwise alone", "depthwise-only", cost(lambda c_i, c_o, k: c_o * k * k)),
    ("pointwise", "pointwise-only", cost(lambda c_i, c_o, k: c_i * c_o)),
    ("c_o k^2 + pointwise", "depthwise-filters-for-outputs", cost(lambda c_i, c_o, k: c_o * k * k + c_i * c_o)),
    ("k for k^2", "k-not-squared", cost(lambda c_i, c_o, k: c_i * k + c_i * c_o)),
    ("2 k for k^2", "k-not-squared", cost(lambda c_i, c_o, k: c_i * 2 * k + c_i * c_o)),
    ("k^2 in both", "pointwise-with-k", cost(lambda c_i, c_o, k: (c_i + c_i * c_o) * k * k)),
    ("c_i squared", "pointwise-square", cost(lambda c_i, c_o, k: c_i * k * k + c_i * c_i)),
    ("c_o squared", "pointwise-square", cost(lambda c_i, c_o, k: c_i * k * k + c_o * c_o)),
    ("c_o alone", "pointwise-square", cost(lambda c_i, c_o, k: c_i * k * k + c_o)),
    ("c_i + c_o", "pointwise-square", cost(lambda c_i, c_o, k: c_i * k * k + c_i + c_o)),
    ("biases", "biases-counted", cost(lambda c_i, c_o, k: fine(c_i, c_o, k) + c_i + c_o)),
    ("biases in the parameters", "biases-counted", lambda c_i, c_o, k, h, w: (fine(c_i, c_o, k) + c_i + c_o, fine(c_i, c_o, k) * h * w)),
    ("bias of the pointwise part", "biases-counted", cost(lambda c_i, c_o, k: fine(c_i, c_o, k) + c_o)),
    ("h only", "places-of-one-side", cost(fine, lambda h, w: h)),
    ("h squared", "places-of-one-side", cost(fine, lambda h, w: h * h)),
    ("h + w", "places-of-one-side", cost(fine, lambda h, w: h + w)),
    ("MACs as parameters", "places-of-one-side", cost(fine, lambda h, w: 1)),
    ("valid places", "places-too-few", lambda c_i, c_o, k, h, w: (fine(c_i, c_o, k), fine(c_i, c_o, k) * (h - k + 1) * (w - k + 1))),
    ("FLOPs", "counted-twice", cost(fine, lambda h, w: 2 * h * w)),
    ("places for depthwise only", "places-for-one-part", lambda c_i, c_o, k, h, w: (fine(c_i, c_o, k), c_i * k * k * h * w + c_i * c_o)),
    ("places for pointwise only", "places-for-one-part", lambda c_i, c_o, k, h, w: (fine(c_i, c_o, k), c_i * k * k + c_i * c_o * h * w)),
    ("swapped", "other-order", lambda c_i, c_o, k, h, w: (fine(c_i, c_o, k) * h * w, fine(c_i, c_o, k))),
    ("parameters only", "one-number other-type parts-missing shape-differs length-differs", lambda c_i, c_o, k, h, w: fine(c_i, c_o, k)),
    ("None", "returns-none", lambda c_i, c_o, k, h, w: None),
]:
    wrong("separable_cost", note, cause, value)


# mobilenet_params ---------------------------------------------------------
def count(stem=lambda n: 29 * n, block=lambda a, b: 11 * a + a * b + 2 * b, head=lambda n, k: n * k + k, narrow=lambda n, width: int(n * width)):
    def answer(channels, width=1, classes=1000):
        c = [narrow(n, width) for n in channels]
        total = stem(c[0])
        for i in range(len(c) - 1):
            total += block(c[i], c[i + 1])
        return total + head(c[-1], classes)

    return answer


good = count()
right("mobilenet_params", "loop over indices", good)
right("mobilenet_params", "rounded", count(narrow=lambda n, width: round(n * width)))
right("mobilenet_params", "float", lambda channels, width=1, classes=1000: float(good(channels, width, classes)))
right("mobilenet_params", "// of the width", count(narrow=lambda n, width: n * width // 1))
right("mobilenet_params", "array", lambda channels, width=1, classes=1000: np.array(good(channels, width, classes)))
for note, cause, value in [
    ("total times width", "width-times-total", lambda channels, width=1, classes=1000: good(channels, 1, classes) * width),
    ("int of it", "width-times-total", lambda channels, width=1, classes=1000: int(width * good(channels, 1, classes))),
    ("total times width squared", "width-times-total", lambda channels, width=1, classes=1000: good(channels, 1, classes) * width**2),
    ("no width", "width-ignored", lambda channels, width=1, classes=1000: good(channels, 1, classes)),
    ("no normalization", "normalization-forgotten", count(lambda n: 27 * n, lambda a, b: 9 * a + a * b)),
    ("one in a block", "one-normalization-for-a-block", count(block=lambda a, b: 9 * a + a * b + 2 * b)),
    ("one in a block, the other", "one-normalization-for-a-block", count(block=lambda a, b: 11 * a + a * b)),
    ("none at the beginning", "one-normalization-for-a-block", count(stem=lambda n: 27 * n)),
    ("4 a map", "running-statistics-counted", count(lambda n: 31 * n, lambda a, b: 13 * a + a * b + 4 * b)),
    ("gamma only", "running-statistics-counted", count(lambda n: 28 * n, lambda a, b: 10 * a + a * b + b)),
    ("biases", "biases-counted", count(lambda n: 30 * n, lambda a, b: 12 * a + a * b + 3 * b)),
    ("no bias at the end", "bias-of-the-classes-forgotten", count(head=lambda n, k: n * k)),
    ("no affine layer", "classes-forgotten", count(head=lambda n, k: 0)),
    ("classes only", "classes-forgotten", count(head=lambda n, k: k)),
    ("no first convolution", "first-convolution-forgotten", count(stem=lambda n: 0)),
    ("its normalization only", "first-convolution-forgotten", count(stem=lambda n: 2 * n)),
    ("grey", "grey-image", count(stem=lambda n: 11 * n)),
    ("1x1 on colours", "grey-image", count(stem=lambda n: 5 * n)),
    ("first as it was", "first-not-narrowed", lambda channels, width=1, classes=1000: good([channels[0]] + [int(width * n) for n in channels[1:]], 1, classes)),
    ("classes narrowed", "classes-narrowed", lambda channels, width=1, classes=1000: good(channels, width, int(width * classes))),
    ("ordinary convolutions", "full-convolutions", count(block=lambda a, b: 9 * a * b + 2 * b)),
    ("ordinary, two normalizations", "full-convolutions", count(block=lambda a, b: 9 * a * b + 2 * a + 2 * b)),
    ("depthwise by outputs", "depthwise-filters-for-outputs", count(block=lambda a, b: 11 * b + a * b + 2 * b)),
    ("no depthwise", "depthwise-forgotten", count(block=lambda a, b: a * b + 2 * b)),
    ("no depthwise, two normalizations", "depthwise-forgotten", count(block=lambda a, b: a * b + 2 * a + 2 * b)),
    ("fractions of channels", "channels-not-whole", count(narrow=lambda n, width: n * width)),
    ("list", "axes-extra", lambda channels, width=1, classes=1000: [good(channels, width, classes)] * 2),
    ("None", "returns-none", lambda channels, width=1, classes=1000: None),
    ("last block missing", "place too-small one-block-missing", lambda channels, width=1, classes=1000: good(channels[:-1], width, classes)),
]:
    wrong("mobilenet_params", note, cause, value)


# dilate -------------------------------------------------------------------
def holes(W, D, size=lambda n, D: D * (n - 1) + 1, step=None):
    out = np.zeros((*W.shape[:2], size(W.shape[2], D), size(W.shape[3], D)), W.dtype)
    out[:, :, :: step or D, :: step or D][:, :, : W.shape[2], : W.shape[3]] = W
    return out


right("dilate", "slices", holes)
right("dilate", "loops", lambda W, dilation: [[[[float(f[y // dilation, x // dilation]) if y % dilation == x % dilation == 0 else 0.0 for x in range(dilation * (f.shape[1] - 1) + 1)] for y in range(dilation * (f.shape[0] - 1) + 1)] for f in filters] for filters in W])
right("dilate", "kron, cut", lambda W, D: np.kron(W, np.eye(1, D * D).reshape(D, D))[:, :, : D * (W.shape[2] - 1) + 1, : D * (W.shape[3] - 1) + 1])
right("dilate", "insert", lambda W, D: np.insert(np.insert(W, np.repeat(np.arange(1, W.shape[2]), D - 1), 0, axis=2), np.repeat(np.arange(1, W.shape[3]), D - 1), 0, axis=3))
right("dilate", "float64", lambda W, D: holes(W, D).astype(float))
for note, cause, value in [
    ("as it was", "dilation-ignored", lambda W, D: W),
    ("copy", "dilation-ignored", lambda W, D: W.copy()),
    ("D * FH", "zeros-behind-the-last", lambda W, D: holes(W, D, lambda n, D: D * n)),
    ("kron, not cut", "zeros-behind-the-last", lambda W, D: np.kron(W, np.eye(1, D * D).reshape(D, D))),
    ("rows right, columns D * FW", "zeros-behind-the-last", lambda W, D: holes(W, D, lambda n, D: D * n)[:, :, : D * (W.shape[2] - 1) + 1]),
    ("D zeros", "one-hole-too-many", lambda W, D: holes(W, D + 1)),
    ("D - 2 zeros", "one-hole-too-few", lambda W, D: holes(W, max(D - 1, 1))),
    ("repeat", "repeated-not-spread", lambda W, D: W.repeat(D, axis=2).repeat(D, axis=3)),
    ("kron of ones", "repeated-not-spread", lambda W, D: np.kron(W, np.ones((D, D)))),
    ("rows only", "one-axis-only", lambda W, D: holes(W, D)[..., ::D]),
    ("columns only", "one-axis-only", lambda W, D: holes(W, D)[:, :, ::D]),
    ("in the corner", "not-spread", lambda W, D: np.pad(W, ((0, 0), (0, 0), (0, (D - 1) * (W.shape[2] - 1)), (0, (D - 1) * (W.shape[3] - 1))))),
    ("in the middle", "not-spread", lambda W, D: np.stack([np.pad(W, ((0, 0), (0, 0), ((D - 1) * (W.shape[2] - 1) // 2, -(-(D - 1) * (W.shape[2] - 1) // 2)), ((D - 1) * (W.shape[3] - 1) // 2, -(-(D - 1) * (W.shape[3] - 1) // 2))))])[0]),
    ("transposed", "height-for-width", lambda W, D: holes(W.swapaxes(2, 3), D)),
    ("all axes", "other-axes", lambda W, D: np.einsum("cnyx->ncyx", holes(np.einsum("yxcn->cnyx", holes(np.einsum("ncyx->yxcn", W), D)), D))),
    ("first axes", "other-axes", lambda W, D: np.einsum("yxnc->ncyx", holes(np.einsum("ncyx->yxnc", W), D))),
    ("left out", "every-second-number", lambda W, D: W[:, :, ::D, ::D]),
    ("times D", "scaled-by-dilation", lambda W, D: W * D),
    ("spread, times D", "scaled-by-dilation", lambda W, D: holes(W, D) * D),
    ("ones", "ones-for-zeros", lambda W, D: holes(W - 1, D) + 1),
    ("integers", "rounded-down truncated", lambda W, D: holes(W, D).astype(int)),
    ("None", "returns-none", lambda W, D: None),
    ("D (FH + 1)", "shape-differs zeros-behind-the-last", lambda W, D: holes(W, D, lambda n, D: D * (n + 1))),
    ("square", "raises shape-differs height-for-width could-not-broadcast broadcast", lambda W, D: holes(W, D)[:, :, : holes(W, D).shape[3]] if W.shape[2] != W.shape[3] else holes(W, D)),
    ("first channel only", "place shape-differs some-slices-only", lambda W, D: holes(W[:, :1], D)),
    ("filter turned", "array-reversed", lambda W, D: holes(W, D)[:, :, ::-1, ::-1]),
]:
    wrong("dilate", note, cause, value)


# transposed_by_hand -------------------------------------------------------
HAND = [[1, 4, 4], [6, 20, 16], [9, 24, 16]]
right("transposed_by_hand", "list", HAND)
right("transposed_by_hand", "array", np.array(HAND))
right("transposed_by_hand", "floats", np.array(HAND, dtype=float))
right("transposed_by_hand", "tuples", tuple(map(tuple, HAND)))
right("transposed_by_hand", "by code", convolve2d([[1, 2], [3, 4]], [[1, 2], [3, 4]]))
for note, cause, value in [
    ("last stamp stays", "overlaps-overwritten", [[1, 2, 4], [3, 4, 8], [9, 12, 16]]),
    ("first stamp stays", "first-stamp-wins", [[1, 2, 4], [3, 4, 8], [6, 8, 16]]),
    ("first stamp, below by the second", "first-stamp-wins", [[1, 2, 4], [3, 4, 8], [9, 8, 16]]),
    ("30", "ordinary-convolution", 30),
    ("[[30]]", "ordinary-convolution", [[30]]),
    ("full correlation", "filter-turned-twice", [[4, 11, 6], [14, 30, 14], [6, 11, 4]]),
    ("stride 2", "side-by-side", [[1, 2, 2, 4], [3, 4, 6, 8], [3, 6, 4, 8], [9, 12, 12, 16]]),
    ("squares", "element-by-element", [[1, 4], [9, 16]]),
    ("matrix product", "matrix-product", [[7, 10], [15, 22]]),
    ("no values", "stamps-not-weighted", [[1, 3, 2], [4, 10, 6], [3, 7, 4]]),
    ("right only", "rows-only", [[4, 14, 12], [12, 34, 24]]),
    ("means", "mean-of-overlaps", [[1, 2, 4], [3, 5, 8], [9, 12, 16]]),
    ("transposed", "transposed-matrix", [[1, 6, 9], [4, 20, 24], [4, 16, 16]]),
    ("flat", "rows-run-together", [1, 4, 4, 6, 20, 16, 9, 24, 16]),
    ("centre miscounted", "place", [[1, 4, 4], [6, 16, 16], [9, 24, 16]]),
    ("one entry miscounted", "place", [[1, 4, 4], [6, 20, 16], [9, 24, 12]]),
    ("edge miscounted", "place", [[1, 4, 4], [6, 20, 16], [9, 20, 16]]),
    ("second row miscounted", "place", [[1, 4, 4], [3, 20, 8], [9, 24, 16]]),
    ("one row missing", "last-row-missing", [[1, 4, 4], [6, 20, 16]]),
    ("frame of zeros", "zeros-around", np.pad(HAND, 1)),
    ("text", "other-type raises", "[[1, 4, 4], [6, 20, 16], [9, 24, 16]]"),
    ("ragged", "other-type", [[1, 4, 4], [6, 20], [9, 24, 16]]),
    ("None", "returns-none", None),
    ("x itself", "shape-differs place", [[1, 2], [3, 4]]),
    ("sum of all", "other-type shape-differs axes-missing ordinary-convolution", 100),
]:
    wrong("transposed_by_hand", note, cause, value)


# transposed ---------------------------------------------------------------
def stamps(x, w, stride=1, write=lambda place, s: place + s, size=lambda n, f, s: s * (n - 1) + f, at=lambda i, s: i * s):
    y = np.zeros([size(n, f, stride) for n, f in zip(x.shape, w.shape)])
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            top, left = at(i, stride), at(j, stride)
            place = y[top : top + w.shape[0], left : left + w.shape[1]]
            place[...] = write(place, (x[i, j] * w)[: place.shape[0], : place.shape[1]])
    return y


def spread(x, stride):
    y = np.zeros([stride * (n - 1) + 1 for n in x.shape])
    y[::stride, ::stride] = x
    return y


right("transposed", "loops", stamps)
right("transposed", "zeros and scipy", lambda x, w, stride=1: convolve2d(spread(x, stride), w))
right("transposed", "turned filter, full", lambda x, w, stride=1: correlate2d(spread(x, stride), w[::-1, ::-1], "full"))
right("transposed", "padded, valid", lambda x, w, stride=1: correlate2d(np.pad(spread(x, stride), ((w.shape[0] - 1,) * 2, (w.shape[1] - 1,) * 2)), w[::-1, ::-1], "valid"))
right("transposed", "list", lambda x, w, stride=1: stamps(x, w, stride).tolist())
for note, cause, value in [
    ("= for +=", "overlaps-overwritten", lambda x, w, stride=1: stamps(x, w, stride, lambda place, s: s)),
    ("maximum", "overlaps-overwritten", lambda x, w, stride=1: stamps(x, w, stride, np.maximum)),
    ("stride not used", "stride-ignored", lambda x, w, stride=1: stamps(x, w)),
    ("moved by one", "moved-by-one-pixel", lambda x, w, stride=1: stamps(x, w, stride, at=lambda i, s: i)),
    ("zeros, filter not turned", "kernel-flipped", lambda x, w, stride=1: correlate2d(spread(x, stride), w, "full")),
    ("filter turned", "kernel-flipped", lambda x, w, stride=1: stamps(x, w[::-1, ::-1], stride)),
    ("S * H", "cut-off-at-the-end", lambda x, w, stride=1: stamps(x, w, stride, size=lambda n, f, s: s * n)),
    ("H", "cut-off-at-the-end", lambda x, w, stride=1: stamps(x, w, stride)[: len(x), : x.shape[1]]),
    ("one too small", "cut-off-at-the-end", lambda x, w, stride=1: stamps(x, w, stride)[:-1, :-1]),
    ("S * H + FH", "zeros-at-the-end", lambda x, w, stride=1: stamps(x, w, stride, size=lambda n, f, s: s * n + f)),
    ("one too large", "zeros-at-the-end", lambda x, w, stride=1: np.pad(stamps(x, w, stride), ((0, 1), (0, 1)))),
    ("no value", "stamps-not-weighted", lambda x, w, stride=1: stamps(np.ones(x.shape), w, stride)),
    ("no filter", "filter-not-used", lambda x, w, stride=1: stamps(x, np.ones(w.shape), stride)),
    ("zeros only", "filter-not-used", lambda x, w, stride=1: spread(x, stride)),
    ("kron", "side-by-side", lambda x, w, stride=1: np.kron(x, w)),
    ("result lying", "rows-and-columns-swapped transposed", lambda x, w, stride=1: stamps(x, w, stride).T),
    ("w lying", "rows-and-columns-swapped", lambda x, w, stride=1: stamps(x, w.T, stride)),
    ("x lying", "rows-and-columns-swapped", lambda x, w, stride=1: stamps(x.T, w, stride)),
    ("means", "mean-of-overlaps", lambda x, w, stride=1: stamps(x, w, stride) / np.maximum(stamps(np.ones(x.shape), np.ones(w.shape), stride), 1)),
    ("integers", "rounded-down truncated", lambda x, w, stride=1: np.trunc(stamps(x, w, stride))),
    ("ordinary", "ordinary-convolution", lambda x, w, stride=1: np.array([[(np.pad(x, ((0, max(0, w.shape[0] - len(x))), (0, max(0, w.shape[1] - x.shape[1]))))[i : i + w.shape[0], j : j + w.shape[1]] * w).sum() for j in range(0, max(x.shape[1], w.shape[1]) - w.shape[1] + 1, stride)] for i in range(0, max(len(x), len(w)) - len(w) + 1, stride)])),
    ("np.convolve", "raises one-axis-wanted not-one-axis", lambda x, w, stride=1: np.convolve(x, w)),
    ("None", "returns-none", lambda x, w, stride=1: None),
    ("return in the loop", "place partly-zero first-stamp-only", lambda x, w, stride=1: stamps(x * np.eye(*x.shape, k=0)[:, :] * (np.arange(x.size).reshape(x.shape) == 0), w, stride)),
    ("stride on rows only", "place shape-differs stride-on-one-axis", lambda x, w, stride=1: np.vstack([np.zeros((0, x.shape[1] + w.shape[1] - 1)), stamps(np.insert(x, np.repeat(np.arange(1, len(x)), stride - 1), 0, axis=0), w)])),
    ("matrix product", "product-sizes-differ", lambda x, w, stride=1: x @ w),
]:
    wrong("transposed", note, cause, value)


# transposed_size ----------------------------------------------------------
right("transposed_size", "formula", lambda size, filter_size, stride=1, pad=0: stride * (size - 1) + filter_size - 2 * pad)
right("transposed_size", "(size - 1) * S - 2 P + (F - 1) + 1", lambda size, filter_size, stride=1, pad=0: (size - 1) * stride - 2 * pad + (filter_size - 1) + 1)
right("transposed_size", "counted", lambda size, filter_size, stride=1, pad=0: len(range(0, (size - 1) * stride + filter_size)) - pad - pad)
right("transposed_size", "float", lambda size, filter_size, stride=1, pad=0: float(stride * (size - 1) + filter_size - 2 * pad))
right("transposed_size", "expanded", lambda size, filter_size, stride=1, pad=0: size * stride - stride + filter_size - pad * 2)
for note, cause, value in [
    ("stride not used", "stride-ignored", lambda n, f, s=1, p=0: n - 1 + f - 2 * p),
    ("pad not used", "pad-ignored", lambda n, f, s=1, p=0: s * (n - 1) + f),
    ("neither", "stride-and-pad-ignored", lambda n, f, s=1, p=0: n + f - 1),
    ("formula of 5_1", "size-of-a-convolution", lambda n, f, s=1, p=0: (n + 2 * p - f) // s + 1),
    ("pad added", "pad-added", lambda n, f, s=1, p=0: s * (n - 1) + f + 2 * p),
    ("pad once", "pad-one-side-only", lambda n, f, s=1, p=0: s * (n - 1) + f - p),
    ("S * size + F", "one-step-too-many", lambda n, f, s=1, p=0: s * n + f - 2 * p),
    ("one less", "one-too-few", lambda n, f, s=1, p=0: s * (n - 1) + f - 2 * p - 1),
    ("one more", "one-too-many", lambda n, f, s=1, p=0: s * (n - 1) + f - 2 * p + 1),
    ("S * size", "times-stride", lambda n, f, s=1, p=0: n * s),
    ("S * size - 2 P", "times-stride", lambda n, f, s=1, p=0: n * s - 2 * p),
    ("F and S swapped", "filter-and-stride-swapped", lambda n, f, s=1, p=0: f * (n - 1) + s - 2 * p),
    ("pad inside", "pad-before-the-stride", lambda n, f, s=1, p=0: s * (n - 2 * p - 1) + f),
    ("pad inside, added", "pad-before-the-stride", lambda n, f, s=1, p=0: s * (n + 2 * p - 1) + f),
    ("pad inside, once", "pad-before-the-stride", lambda n, f, s=1, p=0: s * (n - p - 1) + f),
    ("last stamp's start", "filter-forgotten", lambda n, f, s=1, p=0: s * (n - 1) - 2 * p),
    ("last stamp's start + 1", "filter-forgotten", lambda n, f, s=1, p=0: s * (n - 1) + 1 - 2 * p),
    ("product with F", "side-by-side", lambda n, f, s=1, p=0: n * f),
    ("None", "returns-none", lambda n, f, s=1, p=0: None),
    ("tuple", "other-type shape-differs axes-extra two-numbers", lambda n, f, s=1, p=0: (s * (n - 1) + f - 2 * p,) * 2),
    ("/ for *", "size-of-a-convolution", lambda n, f, s=1, p=0: (n + 2 * p - f) / s + 1),
    ("division back", "float-for-integer place", lambda n, f, s=1, p=0: (n - 1) / s + f - 2 * p),
    ("text", "other-type", lambda n, f, s=1, p=0: f"{s * (n - 1) + f - 2 * p}"),
    ("needs pad", "wrong-arguments", lambda n, f, s: s * (n - 1) + f),
    ("size - 1 twice", "one-too-few", lambda n, f, s=1, p=0: s * (n - 1) + f - 1 - 2 * p + (n == 1)),
]:
    wrong("transposed_size", note, cause, value)
