"""Answers to the exercises of lesson 5_10."""

import numpy as np

from tests.bank import Source, answers

NO_CONTAINER = "no-container raises attribute-missing"
PARALLEL = Source("""
from course_lib.networks import Container

class Parallel(Container):
    def __init__(self, branches):
        self.branches = branches

    def children(self):
        return {str(i): b for i, b in enumerate(self.branches)}

    def forward(self, x, train_flg=True):
        outs = [b.forward(x, train_flg) for b in self.branches]
        self.channels = [o.shape[1] for o in outs]
        return np.concatenate(outs, axis=1)

    def backward(self, dout):
        dx = 0
        start = 0
        for b, c in zip(self.branches, self.channels):
            dx = dx + b.backward(dout[:, start:start + c])
            start += c
        return dx
""")
SPLIT = PARALLEL.changed(
    (
        """        dx = 0
        start = 0
        for b, c in zip(self.branches, self.channels):
            dx = dx + b.backward(dout[:, start:start + c])
            start += c
        return dx
""",
        """        parts = np.split(dout, np.cumsum(self.channels)[:-1], axis=1)
        dxs = [b.backward(p) for b, p in zip(self.branches, parts)]
        return sum(dxs)
""",
    )
)
INCEPTION = Source("""
def inception_params(C, one, reduce3, three, reduce5, five, pool):
    a = C * one + one
    b = C * reduce3 + reduce3 + reduce3 * three * 9 + three
    c = C * reduce5 + reduce5 + reduce5 * five * 25 + five
    d = C * pool + pool
    return a + b + c + d
""")
AUXILIARY = Source("""
from course_lib.layers import SoftmaxWithLoss
from course_lib.networks import Container

class TwoHeads(Container):
    def __init__(self, lower, upper, side, weight=0.3):
        self.lower, self.upper, self.side = lower, upper, side
        self.weight = weight
        self.last_layer, self.side_loss = SoftmaxWithLoss(), SoftmaxWithLoss()
        self.params = self.parameters()

    def children(self):
        return {"lower": self.lower, "upper": self.upper, "side": self.side}

class AuxiliaryNetwork(TwoHeads):
    def predict(self, x, train_flg=False):
        h = self.lower.forward(x, train_flg)
        return self.upper.forward(h, train_flg)

    def loss(self, x, t):
        h = self.lower.forward(x)
        main = self.last_layer.forward(self.upper.forward(h), t)
        side = self.side_loss.forward(self.side.forward(h), t)
        return main + self.weight * side

    def backward(self):
        d1 = self.upper.backward(self.last_layer.backward(1))
        d2 = self.side.backward(self.side_loss.backward(self.weight))
        return self.lower.backward(d1 + d2)
""")
AVERAGE = Source("""
class GlobalAveragePooling:
    def forward(self, x, train_flg=True):
        self.shape = x.shape
        return np.mean(x, axis=(2, 3))

    def backward(self, dout):
        N, C, H, W = self.shape
        dx = np.zeros(self.shape)
        for n in range(N):
            for c in range(C):
                dx[n, c] = dout[n, c] / (H * W)
        return dx
""")
SHARE = AVERAGE.changed(
    (
        """        dx = np.zeros(self.shape)
        for n in range(N):
            for c in range(C):
                dx[n, c] = dout[n, c] / (H * W)
        return dx
""",
        """        dx = dout.reshape(N, C, 1, 1) / (H * W)
        return dx * np.ones((N, C, H, W))
""",
    )
)
RESIDUAL = Source("""
from course_lib.networks import Container

class Residual(Container):
    def __init__(self, body, shortcut=None):
        self.body, self.shortcut = body, shortcut

    def children(self):
        both = {"body": self.body, "shortcut": self.shortcut}
        return {k: v for k, v in both.items() if v is not None}

    def forward(self, x, train_flg=True):
        out = self.body.forward(x, train_flg)
        if self.shortcut is None:
            return out + x
        return out + self.shortcut.forward(x, train_flg)

    def backward(self, dout):
        dx = self.body.backward(dout)
        if self.shortcut is None:
            return dx + dout
        return dx + self.shortcut.backward(dout)
""")
BOTTLENECK = Source("""
from course_lib.layers import ReLU

def bottleneck(C, F, stride, conv, norm):
    body = [
        conv(C, F, 1, stride), norm(F), ReLU(),
        conv(F, F, 3), norm(F), ReLU(),
        conv(F, 4 * F, 1), norm(4 * F),
    ]
    if C == 4 * F and stride == 1:
        shortcut = None
    else:
        shortcut = [conv(C, 4 * F, 1, stride), norm(4 * F)]
    return body, shortcut
""")
DENSE = Source("""
from course_lib.networks import Container

class DenseBlock(Container):
    def __init__(self, layers):
        self.layers = layers

    def children(self):
        return {str(i): layer for i, layer in enumerate(self.layers)}

    def forward(self, x, train_flg=True):
        self.C = []
        for layer in self.layers:
            self.C.append(x.shape[1])
            new = layer.forward(x, train_flg)
            x = np.concatenate([x, new], axis=1)
        return x

    def backward(self, dout):
        for i in reversed(range(len(self.layers))):
            old = dout[:, :self.C[i]]
            new = dout[:, self.C[i]:]
            dout = old + self.layers[i].backward(new)
        return dout
""")
TRANSITION = Source("""
from course_lib.layers import AveragePooling, MaxPooling, ReLU

def transition(k0, k, L, conv, norm):
    C = k0 + k * L
    return [norm(C), ReLU(), conv(C, C // 2, 1), AveragePooling(2, 2, 2)]
""")

R = (120422400, 12443648, 153632, 15920)


def other(**values):
    """Return the numbers of `reduction` with some replaced."""
    names = ("direct", "reduced", "p_direct", "p_reduced")
    return tuple(values.get(name, right) for name, right in zip(names, R))


PLACES = 28 * 28
ANSWERS = [
    *answers(
        "reduction",
        right=[
            ("tuple", R),
            ("list", list(R)),
            ("array", np.array(R)),
            ("floats", tuple(map(float, R))),
            ("numpy integers", tuple(map(np.int64, R))),
        ],
        wrong=[
            ("1x1 free", other(reduced=10035200), "reduce-step-forgotten"),
            ("1x1 free in both", other(reduced=10035200, p_reduced=12832), "reduce-step-forgotten"),
            ("1x1 without parameters", other(p_reduced=12832), "reduce-step-forgotten"),
            ("only 1x1", other(reduced=2408448), "only-the-1x1"),
            ("only 1x1, parameters", other(p_reduced=3088), "only-the-1x1"),
            ("5x5 on 192", other(reduced=R[0] + 2408448), "5x5-on-all-channels"),
            ("5x5 on 192, parameters", other(p_reduced=156720), "5x5-on-all-channels"),
            ("one place", other(direct=153600), "places-forgotten"),
            ("one place, both", other(direct=153600, reduced=15872), "places-forgotten"),
            ("one place, second", other(reduced=15872), "places-forgotten"),
            ("one channel", other(direct=PLACES * 32 * 25), "input-channels-forgotten"),
            ("one channel, parameters", other(p_direct=832), "input-channels-forgotten"),
            ("one channel, weights", other(p_direct=800), "input-channels-forgotten"),
            ("one filter", other(direct=PLACES * 192 * 25), "filters-forgotten"),
            ("one filter, parameters", other(p_direct=4801), "filters-forgotten"),
            ("5 not squared", other(direct=PLACES * 32 * 192 * 5), "5-not-squared"),
            ("5 not squared, second", other(reduced=2408448 + PLACES * 32 * 16 * 5), "5-not-squared"),
            ("no biases", other(p_direct=153600, p_reduced=15872), "biases-forgotten"),
            ("no biases in one", other(p_reduced=15872), "biases-forgotten"),
            ("no biases in first", other(p_direct=153600), "biases-forgotten"),
            ("5x5 alone without bias", other(p_reduced=12800), "reduce-step-forgotten"),
            ("swapped", (R[1], R[0], R[2], R[3]), "order-of-values reordered"),
            ("three numbers", R[:3], "other-type"),
            ("text", "many", "other-type"),
            ("None", None, "returns-none"),
        ],
    ),
    *answers(
        "parallel",
        right=[
            ("loop", PARALLEL),
            ("split", SPLIT),
            ("hstack", PARALLEL.changed(("np.concatenate(outs, axis=1)", "np.hstack(outs)"))),
            ("array of sums", SPLIT.changed(("sum(dxs)", "np.sum(dxs, axis=0)"))),
            ("zeros first", PARALLEL.changed(("dx = 0\n", "dx = np.zeros(1)\n"))),
            ("concatenate tuple", PARALLEL.changed(("np.concatenate(outs, axis=1)", "np.concatenate(tuple(outs), 1)"))),
        ],
        wrong=[
            ("last dx", SPLIT.changed(("sum(dxs)", "dxs[-1]")), "dx-of-last-branch"),
            ("first dx", SPLIT.changed(("sum(dxs)", "dxs[0]")), "dx-of-first-branch"),
            ("overwritten dx", PARALLEL.changed(("dx = dx + b.", "dx = b.")), "dx-of-last-branch"),
            ("mean", SPLIT.changed(("sum(dxs)", "sum(dxs) / len(dxs)")), "dx-is-mean"),
            ("np.mean", SPLIT.changed(("sum(dxs)", "np.mean(dxs, axis=0)")), "dx-is-mean"),
            ("train_flg not given", PARALLEL.changed(("b.forward(x, train_flg)", "b.forward(x)")), "train-flg-not-passed-on"),
            ("True always", PARALLEL.changed(("b.forward(x, train_flg)", "b.forward(x, True)")), "train-flg-not-passed-on"),
            ("no Container", PARALLEL.changed(("class Parallel(Container)", "class Parallel")), "no-container"),
            ("no Container, split", SPLIT.changed(("class Parallel(Container)", "class Parallel")), "no-container"),
            ("summed outs", PARALLEL.changed(("np.concatenate(outs, axis=1)", "sum(outs)")), "shapes-do-not-broadcast"),
            ("axis 0", PARALLEL.changed(("axis=1", "axis=0")), "joined-sizes-differ"),
            ("axis -1", PARALLEL.changed(("axis=1", "axis=-1")), "joined-sizes-differ"),
            ("axis 2", PARALLEL.changed(("axis=1", "axis=2")), "joined-sizes-differ"),
            ("whole dout to each", SPLIT.changed(("b.backward(p)", "b.backward(dout)")), "shape-not-expected"),
            ("equal parts", SPLIT.changed(("np.split(dout, np.cumsum(self.channels)[:-1], axis=1)", "np.array_split(dout, len(self.branches), axis=1)")), "shape-not-expected"),
            ("start not moved", PARALLEL.changed(("start += c", "pass")), "shape-not-expected"),
            ("one behind the other", PARALLEL.changed(("outs = [b.forward(x, train_flg) for b in self.branches]", "outs = []\n        for b in self.branches:\n            x = b.forward(x, train_flg)\n            outs.append(x)")), "shape-not-expected"),
            ("reversed", PARALLEL.changed(("np.concatenate(outs, axis=1)", "np.concatenate(outs[::-1], axis=1)")), "slices-in-other-order"),
            ("reversed, both", SPLIT.changed(("np.concatenate(outs, axis=1)", "np.concatenate(outs[::-1], axis=1)"), ("np.split(dout, np.cumsum(self.channels)[:-1], axis=1)", "np.split(dout, np.cumsum(self.channels[::-1])[:-1], axis=1)[::-1]")), "order-reversed"),
            ("written into dx", PARALLEL.changed(("        dx = 0\n", "        dx = self.branches[0].backward(dout[:, :self.channels[0]])\n"), ("start = 0\n", "start = self.channels[0]\n"), ("zip(self.branches, self.channels)", "zip(self.branches[1:], self.channels[1:])"), ("dx = dx + b.", "dx += b.")), "changes-input"),
            ("no return of forward", PARALLEL.changed(("return np.concatenate", "np.concatenate")), "raises returns-none"),
            ("no return of backward", PARALLEL.changed(("        return dx\n", "")), "returns-none"),
            ("returns dxs", SPLIT.changed(("return sum(dxs)", "return dxs")), "axes-extra"),
            ("a list of outs", PARALLEL.changed(("return np.concatenate(outs, axis=1)", "return outs")), "rows-differ-in-length"),
            ("stacked", PARALLEL.changed(("np.concatenate(outs, axis=1)", "np.stack(outs, axis=1)")), "shape-not-expected"),
            ("backward in train", SPLIT.changed(("b.backward(p)", "b.forward(p)")), "shape-not-expected"),
            ("cumsum whole", SPLIT.changed(("[:-1]", "[1:]")), "shape-not-expected"),
        ],
    ),
    *answers(
        "inception_params",
        right=[
            ("four branches", INCEPTION),
            ("float", INCEPTION.changed(("return a", "return 1.0 * a"))),
            ("grouped", INCEPTION.changed(("C * one + one", "(C + 1) * one"))),
            ("powers", INCEPTION.changed(("* 9", "* 3**2"), ("* 25", "* 5**2"))),
            ("numpy", INCEPTION.changed(("a + b + c + d", "np.sum([a, b, c, d])"))),
        ],
        wrong=[
            ("no biases", INCEPTION.changed((" + one\n", "\n"), (" + reduce3 +", " +"), (" + three\n", "\n"), (" + reduce5 +", " +"), (" + five\n", "\n"), (" + pool\n", "\n")), "biases-forgotten"),
            ("no pool branch", INCEPTION.changed((" + d", "")), "pool-branch-forgotten"),
            ("naive module", INCEPTION.changed(("C * reduce3 + reduce3 + reduce3 * three * 9", "C * three * 9"), ("C * reduce5 + reduce5 + reduce5 * five * 25", "C * five * 25")), "reduction-forgotten"),
            ("reduced for nothing", INCEPTION.changed(("reduce3 * three", "C * three"), ("reduce5 * five", "C * five")), "reduced-for-nothing"),
            ("reduction free", INCEPTION.changed(("C * reduce3 + reduce3 + ", ""), ("C * reduce5 + reduce5 + ", "")), "reductions-free"),
            ("3 and 5", INCEPTION.changed(("* 9", "* 3"), ("* 25", "* 5")), "window-not-squared"),
            ("a chain", INCEPTION.changed(("C * reduce3", "one * reduce3"), ("C * reduce5", "three * reduce5"), ("C * pool", "five * pool")), "one-behind-the-other"),
            ("one bias a layer", INCEPTION.changed((" + one\n", " + 1\n"), (" + reduce3 +", " + 1 +"), (" + three\n", " + 1\n"), (" + reduce5 +", " + 1 +"), (" + five\n", " + 1\n"), (" + pool\n", " + 1\n")), "one-bias-a-layer"),
            ("pool 3x3", INCEPTION.changed(("C * pool", "C * pool * 9")), "pool-filters-3x3"),
            ("only last two", INCEPTION.changed(("a + b + c + d", "c + d")), ""),
            ("first branch forgotten", INCEPTION.changed(("a + b", "b")), "first-branch-forgotten argument-ignored"),
            ("printed", INCEPTION.changed(("return a", "print(a"), ("c + d", "c + d)")), "returns-none"),
            ("a tuple", INCEPTION.changed(("a + b + c + d", "a, b, c, d")), "axis-not-summed"),
            ("5x5 as 3x3", INCEPTION.changed(("* 25", "* 9")), "five-as-three"),
            ("5x5 not squared", INCEPTION.changed(("* 25", "* 5")), "window-not-squared"),
            ("channels for pool", INCEPTION.changed(("d = C * pool + pool", "d = C * C + C")), "pool-branch-keeps-c"),
            ("channels out", INCEPTION.changed(("a + b + c + d", "one + three + five + pool")), "channels-of-the-output"),
            ("product", INCEPTION.changed(("a + b + c + d", "a * b * c * d")), ""),
            ("misspelled", INCEPTION.changed(("a + b", "A + b")), "name-not-defined"),
            ("bias twice", INCEPTION.changed(("C * one + one", "C * one + one + one")), ""),
        ],
    ),
    *answers(
        "auxiliary_loss",
        right=[
            ("short", AUXILIARY),
            ("True given", AUXILIARY.changed(("self.lower.forward(x)", "self.lower.forward(x, True)"))),
            ("two steps", AUXILIARY.changed(("d1 + d2", "d2 + d1"))),
            ("weight on the gradient", AUXILIARY.changed(("self.side_loss.backward(self.weight)", "self.weight * self.side_loss.backward(1)"))),
            ("added up", AUXILIARY.changed(("return main + self.weight * side", "total = main\n        total += self.weight * side\n        return total"))),
        ],
        wrong=[
            ("mean of scores", AUXILIARY.changed(("return self.upper.forward(h, train_flg)", "return (self.upper.forward(h, train_flg) + self.side.forward(h, train_flg)) / 2")), "side-in-prediction"),
            ("weighted scores", AUXILIARY.changed(("return self.upper.forward(h, train_flg)", "return self.upper.forward(h, train_flg) + self.weight * self.side.forward(h, train_flg)")), "side-in-prediction"),
            ("side run for nothing", AUXILIARY.changed(("return self.upper.forward(h, train_flg)", "self.side.forward(h, train_flg)\n        return self.upper.forward(h, train_flg)")), "side-in-prediction"),
            ("no weight", AUXILIARY.changed(("main + self.weight * side", "main + side"), ("backward(self.weight)", "backward(1)")), "weight-forgotten"),
            ("weight in loss only", AUXILIARY.changed(("backward(self.weight)", "backward(1)")), "weight-in-loss-only"),
            ("default backward", AUXILIARY.changed(("backward(self.weight)", "backward()")), "weight-in-loss-only"),
            ("main loss only", AUXILIARY.changed(("main + self.weight * side", "main")), "side-not-in-loss"),
            ("side stops", AUXILIARY.changed(("d1 + d2", "d1")), "side-gradient-stops"),
            ("twice", AUXILIARY.changed(("return self.lower.backward(d1 + d2)", "return self.lower.backward(d1) + self.lower.backward(d2)")), "backward-twice"),
            ("twice, last", AUXILIARY.changed(("return self.lower.backward(d1 + d2)", "self.lower.backward(d1)\n        return self.lower.backward(d2)")), "backward-twice"),
            ("shared", AUXILIARY.changed(("main + self.weight", "(1 - self.weight) * main + self.weight"), ("self.last_layer.backward(1)", "self.last_layer.backward(1 - self.weight)")), "main-loss-weighted"),
            ("weight twice", AUXILIARY.changed(("d1 + d2", "d1 + self.weight * d2")), "weight-twice"),
            ("weight behind", AUXILIARY.changed(("backward(self.weight)", "backward(1)"), ("d1 + d2", "d1 + self.weight * d2")), "weight-behind-side"),
            ("always training", AUXILIARY.changed(("self.lower.forward(x, train_flg)", "self.lower.forward(x)"), ("self.upper.forward(h, train_flg)", "self.upper.forward(h)")), "train-flg-not-passed-on"),
            ("0.3 fixed", AUXILIARY.changed(("self.weight * side", "0.3 * side"), ("backward(self.weight)", "backward(0.3)")), "weight-fixed"),
            ("0.3 fixed in loss", AUXILIARY.changed(("self.weight * side", "0.3 * side")), "weight-fixed"),
            ("0.3 fixed in backward", AUXILIARY.changed(("backward(self.weight)", "backward(0.3)")), "weight-fixed"),
            ("dh returned", AUXILIARY.changed(("return self.lower.backward(d1 + d2)", "return d1 + d2")), "is-none"),
            ("lower alone missing", AUXILIARY.changed(("return self.lower.backward(d1 + d2)", "self.lower.backward(d1 + d2)")), "returns-none"),
            ("side sees x", AUXILIARY.changed(("self.side.forward(h)", "self.side.forward(x)")), "raises shape-not-expected channels-differ"),
            ("h forgotten", AUXILIARY.changed(("self.upper.forward(h, train_flg)", "self.upper.forward(x, train_flg)")), "shape-not-expected"),
            ("subtracted", AUXILIARY.changed(("main + self", "main - self"), ("d1 + d2", "d1 - d2")), "subtracted"),
            ("a pair", AUXILIARY.changed(("main + self.weight * side", "main, self.weight * side")), "axis-not-summed"),
            ("no return", AUXILIARY.changed(("return main", "main")), "returns-none"),
            ("softmax of scores", AUXILIARY.changed(("return self.upper.forward(h, train_flg)", "y = self.upper.forward(h, train_flg)\n        return y.argmax(axis=1)")), "axes-missing"),
            ("gradients averaged", AUXILIARY.changed(("d1 + d2", "(d1 + d2) / 2")), "gradients-averaged"),
        ],
    ),
    *answers(
        "global_average_pooling",
        right=[
            ("loops", AVERAGE),
            ("reshape", SHARE),
            ("x alone", SHARE.changed((", train_flg=True", ""))),
            ("mean twice", SHARE.changed(("np.mean(x, axis=(2, 3))", "x.mean(axis=3).mean(axis=2)"))),
            ("sum divided", SHARE.changed(("np.mean(x, axis=(2, 3))", "x.sum(axis=(2, 3)) / (x.shape[2] * x.shape[3])"))),
        ],
        wrong=[
            ("sum", SHARE.changed(("np.mean", "np.sum"), (" / (H * W)", "")), "sum-for-mean"),
            ("sum forward", SHARE.changed(("np.mean", "np.sum")), "sum-for-mean"),
            ("not divided", SHARE.changed((" / (H * W)", "")), "gradient-not-divided"),
            ("not divided, loops", AVERAGE.changed((" / (H * W)", "")), "gradient-not-divided"),
            ("keepdims", SHARE.changed(("axis=(2, 3))", "axis=(2, 3), keepdims=True)")), "two-axes-left"),
            ("max", SHARE.changed(("np.mean", "np.max")), "max-for-mean"),
            ("over channels", SHARE.changed(("axis=(2, 3)", "axis=1")), "mean-over-channels"),
            ("flat dx", SHARE.changed(("return dx * np.ones((N, C, H, W))", "return dx")), "dx-has-no-pixels"),
            ("dout / HW", SHARE.changed(("dx = dout.reshape(N, C, 1, 1) / (H * W)\n        return dx * np.ones((N, C, H, W))", "return dout / (H * W)")), "dx-has-no-pixels"),
            ("channels too", SHARE.changed(("(H * W)", "(C * H * W)")), "divided-by-channels-too"),
            ("batch too", SHARE.changed(("(H * W)", "(N * H * W)")), "divided-by-batch-size"),
            ("size", SHARE.changed(("/ (H * W)", "/ np.prod(self.shape)")), "divided-by-batch-size"),
            ("H * H", SHARE.changed(("(H * W)", "(H * H)")), "divided-by-other-number"),
            ("W * W", SHARE.changed(("(H * W)", "(W * W)")), "divided-by-other-number"),
            ("H only", SHARE.changed(("(H * W)", "H")), "divided-by-other-number"),
            ("W only", SHARE.changed(("(H * W)", "W")), "divided-by-other-number"),
            ("H + W", SHARE.changed(("(H * W)", "(H + W)")), "divided-by-other-number"),
            ("one mean", SHARE.changed(("np.mean(x, axis=(2, 3))", "np.mean(x)")), "shape-differs shape-not-expected other-type"),
            ("axis 3", SHARE.changed(("axis=(2, 3)", "axis=3")), "one-axis-averaged"),
            ("axis 2", SHARE.changed(("axis=(2, 3)", "axis=2")), "one-axis-averaged"),
            ("axis (1, 2)", SHARE.changed(("axis=(2, 3)", "axis=(1, 2)")), "shape-differs shape-not-expected"),
            ("images averaged", SHARE.changed(("axis=(2, 3)", "axis=(0, 2, 3)")), "axes-missing"),
            ("no return", SHARE.changed(("return np.mean", "np.mean")), "returns-none"),
            ("shape fixed", SHARE.changed(("self.shape = x.shape", "self.shape = getattr(self, 'shape', x.shape)")), "reshape-changes-count"),
            ("times HW", SHARE.changed(("/ (H * W)", "* (H * W)")), "multiplied multiplied-not-divided"),
            ("integer division", SHARE.changed(("/ (H * W)", "// (H * W)")), "rounded-down"),
        ],
    ),
    *answers(
        "residual",
        right=[
            ("if", RESIDUAL),
            ("skip", RESIDUAL.changed(("            return dx + dout\n        return dx + self.shortcut.backward(dout)", "            skip = dout\n        else:\n            skip = self.shortcut.backward(dout)\n        return skip + dx"))),
            ("not None", RESIDUAL.changed(("if self.shortcut is None:", "if not self.shortcut:"))),
            ("np.add", RESIDUAL.changed(("return out + x\n", "return np.add(out, x)\n"))),
            ("copy", RESIDUAL.changed(("dx = self.body.backward(dout)", "dx = self.body.backward(dout.copy())"))),
        ],
        wrong=[
            ("dx of body", RESIDUAL.changed(("return dx + dout", "return dx"), ("return dx + self.shortcut.backward(dout)", "return dx")), "gradient-of-shortcut-missing"),
            ("shortcut run, not added", RESIDUAL.changed(("return dx + dout", "return dx"), ("return dx + self.shortcut.backward(dout)", "self.shortcut.backward(dout)\n        return dx")), "gradient-of-shortcut-missing"),
            ("dout alone", RESIDUAL.changed(("return dx + dout", "return dout"), ("return dx + self.shortcut", "return self.shortcut")), "gradient-of-body-missing"),
            ("plain", RESIDUAL.changed(("return out + x", "return out"), ("return out + self.shortcut.forward(x, train_flg)", "return out"), ("return dx + dout", "return dx"), ("return dx + self.shortcut.backward(dout)", "return dx")), "shortcut-missing"),
            ("minus", RESIDUAL.changed(("out + ", "out - "), ("dx + ", "dx - ")), "subtracted"),
            ("minus forward", RESIDUAL.changed(("out + ", "out - ")), "subtracted"),
            ("concatenated", RESIDUAL.changed(("return out + x", "return np.concatenate([out, x], axis=1)"), ("return out + self.shortcut.forward(x, train_flg)", "return np.concatenate([out, self.shortcut.forward(x, train_flg)], axis=1)")), "concatenated"),
            ("relu", RESIDUAL.changed(("return out + x", "return np.maximum(out + x, 0)"), ("return out + self.shortcut.forward(x, train_flg)", "return np.maximum(out + self.shortcut.forward(x, train_flg), 0)")), "relu-inside"),
            ("averaged", RESIDUAL.changed(("return out + x", "return (out + x) / 2"), ("return out + self.shortcut.forward(x, train_flg)", "return (out + self.shortcut.forward(x, train_flg)) / 2"), ("return dx + dout", "return (dx + dout) / 2"), ("return dx + self.shortcut.backward(dout)", "return (dx + self.shortcut.backward(dout)) / 2")), "averaged"),
            ("body trains", RESIDUAL.changed(("self.body.forward(x, train_flg)", "self.body.forward(x)")), "train-flg-not-passed-on"),
            ("shortcut trains", RESIDUAL.changed(("self.shortcut.forward(x, train_flg)", "self.shortcut.forward(x)")), "train-flg-not-passed-on"),
            ("both train", RESIDUAL.changed(("forward(x, train_flg)", "forward(x)")), "train-flg-not-passed-on"),
            ("no Container", RESIDUAL.changed(("class Residual(Container)", "class Residual")), "no-container"),
            ("dout in place", RESIDUAL.changed(("return dx + dout", "dout += dx\n            return dout")), "changes-input"),
            ("shortcut behind body", RESIDUAL.changed(("self.shortcut.forward(x, train_flg)", "self.shortcut.forward(out, train_flg)")), "shape-not-expected"),
            ("x added though projected", RESIDUAL.changed(("return out + self.shortcut.forward(x, train_flg)", "return out + x")), "shapes-do-not-broadcast"),
            ("dout added though projected", RESIDUAL.changed(("return dx + self.shortcut.backward(dout)", "return dx + dout")), "shapes-do-not-broadcast"),
            ("if forgotten", RESIDUAL.changed(("        if self.shortcut is None:\n            return out + x\n", "")), "is-none"),
            ("if forgotten back", RESIDUAL.changed(("        if self.shortcut is None:\n            return dx + dout\n", "")), "is-none"),
            ("no return", RESIDUAL.changed(("            return out + x\n", "            out + x\n"), ("return out + self", "out + self")), "is-none"),
            ("doubled body", RESIDUAL.changed(("return dx + dout", "return dx + dx"), ("dx + self.shortcut.backward(dout)", "dx + dx")), "counted-twice"),
            ("shortcut doubled", RESIDUAL.changed(("return dx + dout", "return dx + 2 * dout"), ("dx + self.shortcut.backward(dout)", "dx + 2 * self.shortcut.backward(dout)")), "counted-twice"),
            ("product", RESIDUAL.changed(("out + x", "out * x"), ("out + self", "out * self")), "multiplied multiplied-not-divided"),
            ("body of body", RESIDUAL.changed(("return out + x", "return out + out"), ("return out + self.shortcut.forward(x, train_flg)", "return out + out")), "counted-twice"),
            ("shortcut alone", RESIDUAL.changed(("return out + x", "return x"), ("return out + self", "return self")), "body-left-out"),
        ],
    ),
    *answers(
        "bottleneck",
        right=[
            ("list", BOTTLENECK),
            ("tuple of tuples", BOTTLENECK.changed(("return body, shortcut", "return tuple(body), shortcut"))),
            ("a list of both", BOTTLENECK.changed(("return body, shortcut", "return [body, shortcut]"))),
            ("named size", BOTTLENECK.changed(("conv(C, F, 1, stride)", "conv(C, F, size=1, stride=stride)"))),
            ("stride 1 named", BOTTLENECK.changed(("conv(F, F, 3)", "conv(F, F, 3, 1)"))),
        ],
        wrong=[
            ("stride in 3x3", BOTTLENECK.changed(("conv(C, F, 1, stride)", "conv(C, F, 1)"), ("conv(F, F, 3)", "conv(F, F, 3, stride)")), "stride-in-3x3"),
            ("no stride", BOTTLENECK.changed(("conv(C, F, 1, stride)", "conv(C, F, 1)")), "stride-missing-in-body"),
            ("stride everywhere", BOTTLENECK.changed(("conv(F, F, 3)", "conv(F, F, 3, stride)"), ("conv(F, 4 * F, 1)", "conv(F, 4 * F, 1, stride)")), "stride-everywhere"),
            ("not widened", BOTTLENECK.changed(("conv(F, 4 * F, 1), norm(4 * F)", "conv(F, F, 1), norm(F)")), "not-widened"),
            ("back to C", BOTTLENECK.changed(("conv(F, 4 * F, 1), norm(4 * F)", "conv(F, C, 1), norm(C)")), "back-to-c"),
            ("relu at end", BOTTLENECK.changed(("norm(4 * F),\n    ]", "norm(4 * F), ReLU(),\n    ]")), "relu-at-the-end"),
            ("no relu", BOTTLENECK.changed((" ReLU(),", "")), "relu-missing"),
            ("no first relu", BOTTLENECK.changed(("stride), norm(F), ReLU(),", "stride), norm(F),")), "relu-missing"),
            ("no last norm", BOTTLENECK.changed(("conv(F, 4 * F, 1), norm(4 * F)", "conv(F, 4 * F, 1)")), "norm-missing"),
            ("no norms", BOTTLENECK.changed((" norm(F),", ""), ("conv(F, 4 * F, 1), norm(4 * F),", "conv(F, 4 * F, 1),")), "norm-missing"),
            ("always projected", BOTTLENECK.changed(("shortcut = None", "shortcut = [conv(C, 4 * F, 1, stride), norm(4 * F)]")), "always-projected"),
            ("stride only", BOTTLENECK.changed(("C == 4 * F and stride == 1", "stride == 1")), "projected-for-stride-only"),
            ("channels only", BOTTLENECK.changed(("C == 4 * F and stride == 1", "C == 4 * F")), "projected-for-channels-only"),
            ("or for and", BOTTLENECK.changed(("C == 4 * F and", "C == 4 * F or")), "projected-for-both-only"),
            ("compared with F", BOTTLENECK.changed(("if C == 4 * F", "if C == F")), "compared-with-f"),
            ("no stride in shortcut", BOTTLENECK.changed(("shortcut = [conv(C, 4 * F, 1, stride)", "shortcut = [conv(C, 4 * F, 1)")), "stride-missing-in-shortcut"),
            ("no norm in shortcut", BOTTLENECK.changed(("stride), norm(4 * F)]", "stride)]")), "norm-missing-in-shortcut"),
            ("relu in shortcut", BOTTLENECK.changed(("stride), norm(4 * F)]", "stride), norm(4 * F), ReLU()]")), "relu-in-shortcut"),
            ("shortcut to F", BOTTLENECK.changed(("[conv(C, 4 * F, 1, stride), norm(4 * F)]", "[conv(C, F, 1, stride), norm(F)]")), "shortcut-to-f"),
            ("never projected", BOTTLENECK.changed(("shortcut = [conv(C, 4 * F, 1, stride), norm(4 * F)]", "shortcut = None")), "never-projected"),
            ("body only", BOTTLENECK.changed(("return body, shortcut", "return body")), "unpacks-other-number"),
            ("order", BOTTLENECK.changed(("return body, shortcut", "return shortcut, body")), "parts-swapped"),
            ("relu before norm", BOTTLENECK.changed(("norm(F), ReLU()", "ReLU(), norm(F)")), "relu-before-norm"),
            ("class for layer", BOTTLENECK.changed(("ReLU()", "ReLU")), "class-for-layer"),
            ("3x3 projection", BOTTLENECK.changed(("shortcut = [conv(C, 4 * F, 1, stride)", "shortcut = [conv(C, 4 * F, 3, stride)")), "projection-3x3"),
            ("no return", BOTTLENECK.changed(("return body, shortcut", "pass")), "is-none"),
            ("two 3x3", BOTTLENECK.changed(("conv(C, F, 1, stride), norm(F), ReLU(),\n        conv(F, F, 3), norm(F), ReLU(),\n        conv(F, 4 * F, 1), norm(4 * F),", "conv(C, F, 3, stride), norm(F), ReLU(),\n        conv(F, F, 3), norm(F),")), "basic-block"),
        ],
    ),
    *answers(
        "dense_block",
        right=[
            ("index", DENSE),
            ("hstack", DENSE.changed(("np.concatenate([x, new], axis=1)", "np.hstack([x, new])"))),
            ("copy", DENSE.changed(("dout = old + self", "dout = old.copy() + self"))),
            ("enumerate", DENSE.changed(("for layer in self.layers:\n            self.C", "for _, layer in enumerate(self.layers):\n            self.C"))),
            ("tuple", DENSE.changed(("np.concatenate([x, new], axis=1)", "np.concatenate((x, new), 1)"))),
        ],
        wrong=[
            ("x left out", DENSE.changed(("        return x\n", "        return x[:, self.C[0]:]\n")), "x-left-out"),
            ("last only", DENSE.changed(("        return x\n", "        return new\n")), "last-layer-only"),
            ("no layer gradient", DENSE.changed(("dout = old + self.layers[i].backward(new)", "self.layers[i].backward(new)\n            dout = old")), "layers-gradient-missing"),
            ("no passing gradient", DENSE.changed(("dout = old + self", "dout = self")), "passing-gradient-missing"),
            ("averaged", DENSE.changed(("dout = old + self.layers[i].backward(new)", "dout = (old + self.layers[i].backward(new)) / 2")), "gradients-averaged"),
            ("train flag", DENSE.changed(("layer.forward(x, train_flg)", "layer.forward(x)")), "train-flg-not-passed-on"),
            ("True", DENSE.changed(("layer.forward(x, train_flg)", "layer.forward(x, True)")), "train-flg-not-passed-on"),
            ("no Container", DENSE.changed(("class DenseBlock(Container)", "class DenseBlock")), "no-container"),
            ("in place", DENSE.changed(("dout = old + self.layers[i].backward(new)", "old += self.layers[i].backward(new)\n            dout = old")), "changes-input"),
            ("new first", DENSE.changed(("[x, new]", "[new, x]")), "new-channels-first mirrored"),
            ("chain", DENSE.changed(("x = np.concatenate([x, new], axis=1)", "x = new")), "shape-not-expected"),
            ("x0 to all", DENSE.changed(("self.C = []", "self.C = []\n        x0 = x"), ("layer.forward(x, train_flg)", "layer.forward(x0, train_flg)")), "shape-not-expected"),
            ("axis 0", DENSE.changed(("axis=1", "axis=0")), "joined-sizes-differ"),
            ("axis 2", DENSE.changed(("axis=1", "axis=2")), "joined-sizes-differ"),
            ("added", DENSE.changed(("np.concatenate([x, new], axis=1)", "x + new")), "shape-not-expected"),
            ("forward order", DENSE.changed(("reversed(range(len(self.layers)))", "range(len(self.layers))")), "shape-not-expected"),
            ("whole dout", DENSE.changed(("backward(new)", "backward(dout)")), "shape-not-expected"),
            ("no return", DENSE.changed(("        return x\n", "")), "raises returns-none"),
            ("no return back", DENSE.changed(("        return dout\n", "")), "returns-none"),
            ("subtracted", DENSE.changed(("old + self", "old - self")), "subtracted"),
            ("return in loop", DENSE.changed(("            x = np.concatenate([x, new], axis=1)\n        return x", "            x = np.concatenate([x, new], axis=1)\n            return x")), "argument-ignored"),
            ("return in loop back", DENSE.changed(("            dout = old + self.layers[i].backward(new)\n        return dout", "            dout = old + self.layers[i].backward(new)\n            return dout")), "stops-early shape-differs"),
            ("C behind", DENSE.changed(("            self.C.append(x.shape[1])\n            new", "            new"), ("axis=1)\n", "axis=1)\n            self.C.append(x.shape[1])\n")), "shape-not-expected"),
            ("own part", DENSE.changed(("            old = dout[:, :self.C[i]]\n            new = dout[:, self.C[i]:]\n            dout = old + self.layers[i].backward(new)\n        return dout", "            k = dout.shape[1] - self.C[-1]\n            d = self.layers[i].backward(dout[:, self.C[i]:self.C[i] + k])\n            dx = d[:, :self.C[0]] + (0 if i < len(self.layers) - 1 else dout[:, :self.C[0]]) + (dx if i < len(self.layers) - 1 else 0)\n        return dx")), "later-readers-left-out"),
        ],
    ),
    *answers(
        "transition",
        right=[
            ("list", TRANSITION),
            ("tuple", TRANSITION.changed(("return [", "return ("), ("2)]", "2))"))),
            ("named", TRANSITION.changed(("AveragePooling(2, 2, 2)", "AveragePooling(pool_h=2, pool_w=2, stride=2, pad=0)"))),
            ("int", TRANSITION.changed(("C // 2, 1", "int(C / 2), 1"))),
            ("size named", TRANSITION.changed(("C // 2, 1)", "C // 2, size=1, stride=1)"))),
        ],
        wrong=[
            ("L - 1", TRANSITION.changed(("k * L", "k * (L - 1)")), "one-layer-less"),
            ("4k as drawn", TRANSITION.changed(("k * L", "k * 4")), "four-layers-always"),
            ("no k0", TRANSITION.changed(("k0 + k * L", "k * L")), "k0-forgotten"),
            ("k0 only", TRANSITION.changed(("k0 + k * L", "k0")), "block-forgotten"),
            ("k0 + k", TRANSITION.changed(("k0 + k * L", "k0 + k")), "one-layer-only"),
            ("k0 + L", TRANSITION.changed(("k0 + k * L", "k0 + L")), "one-channel-a-layer argument-ignored"),
            ("(k0 + k) L", TRANSITION.changed(("k0 + k * L", "(k0 + k) * L")), "k0-multiplied"),
            ("k0 * k * L", TRANSITION.changed(("k0 + k * L", "k0 * k * L")), "k0-multiplied"),
            ("L + 1", TRANSITION.changed(("k * L", "k * (L + 1)")), "one-layer-more argument-off-by-one"),
            ("not halved", TRANSITION.changed(("C // 2", "C")), "not-halved"),
            ("to k", TRANSITION.changed(("conv(C, C // 2", "conv(C, k")), "down-to-k"),
            ("to k0", TRANSITION.changed(("conv(C, C // 2", "conv(C, k0")), "down-to-k"),
            ("no pooling", TRANSITION.changed((", AveragePooling(2, 2, 2)", "")), "pooling-forgotten"),
            ("max pooling", TRANSITION.changed(("1), AveragePooling", "1), MaxPooling")), "max-pooling"),
            ("stride 1", TRANSITION.changed(("Pooling(2, 2, 2)", "Pooling(2, 2, 1)")), "pooling-with-stride-1"),
            ("default stride", TRANSITION.changed(("Pooling(2, 2, 2)", "Pooling(2, 2)")), "pooling-with-stride-1"),
            ("strided conv", TRANSITION.changed(("C // 2, 1), AveragePooling(2, 2, 2)", "C // 2, 1, 2)")), "stride-for-pooling"),
            ("both", TRANSITION.changed(("C // 2, 1)", "C // 2, 1, 2)")), "stride-for-pooling"),
            ("3x3", TRANSITION.changed(("C // 2, 1)", "C // 2, 3)")), "3x3-for-1x1"),
            ("conv first", TRANSITION.changed(("norm(C), ReLU(), conv(C, C // 2, 1)", "conv(C, C // 2, 1), norm(C // 2), ReLU()")), "convolution-first"),
            ("no relu", TRANSITION.changed(("ReLU(), ", "")), "relu-missing"),
            ("no norm", TRANSITION.changed(("norm(C), ", "")), "norm-missing"),
            ("norm of k0", TRANSITION.changed(("norm(C)", "norm(k0)")), "norm-of-other-number"),
            ("norm of half", TRANSITION.changed(("norm(C)", "norm(C // 2)")), "norm-of-other-number"),
            ("true division", TRANSITION.changed(("C // 2", "C / 2")), "float-channels"),
            ("rounded up", TRANSITION.changed(("C // 2", "(C + 1) // 2")), "rounded-up"),
            ("class for layer", TRANSITION.changed(("ReLU()", "ReLU")), "class-for-layer"),
            ("nothing", TRANSITION.changed(("return [", "x = [")), "returns-none"),
            ("relu first", TRANSITION.changed(("norm(C), ReLU()", "ReLU(), norm(C)")), "relu-before-norm"),
        ],
    ),
]
