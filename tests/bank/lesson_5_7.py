"""Answers to the exercises of lesson 5_7."""

import math

import numpy as np

from course_lib.layers import Convolution, MaxPooling
from tests.bank import Source, answers, lesson_5_5, lesson_5_6

STATE = "later-call-differs"
CONV = lesson_5_5.SHORT
POOL = lesson_5_6.BOOK


def both(conv=None, pool=None, end="lambda: (Conv, Pool)", more=""):
    """Return a cell that holds both classes, as learners paste them."""
    code = "from course_lib import layers\n"
    code += (conv.code + "Conv = Convolution\n") if conv else "Conv = layers.Convolution\n"
    code += (pool.code + "Pool = MaxPooling\n") if pool else "Pool = layers.MaxPooling\n"
    return Source(code + more + f"\nown = {end}\n")


INIT = Source("""
def init_weight(shape, rng):
    if len(shape) == 4:
        n = shape[1] * shape[2] * shape[3]
    else:
        n = shape[0]
    return rng.normal(0, np.sqrt(2 / n), shape)
""")
AFFINE = Source("""
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.x = None
        self.dW = None
        self.db = None

    def forward(self, x):
        self.x_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx.reshape(self.x_shape)
""")
LOSS = Source("""
class SoftmaxWithLoss:
    def __init__(self):
        self.y = None
        self.t = None

    def forward(self, x, t):
        x = x - np.max(x, axis=1, keepdims=True)
        y = np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)
        self.y, self.t = y, t
        N = len(t)
        p = y[np.arange(N), t]
        return -np.sum(np.log(p + 1e-300)) / N

    def backward(self, dout=1):
        N = len(self.t)
        dx = self.y.copy()
        dx[np.arange(N), self.t] -= 1
        return dout * dx / N
""")
LOG = Source("""
class SoftmaxWithLoss:
    def forward(self, x, t):
        s = x - x.max(axis=1, keepdims=True)
        log_y = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
        self.y, self.t = np.exp(log_y), t
        return -log_y[np.arange(len(t)), t].mean()

    def backward(self, dout=1):
        N, K = self.y.shape
        return dout * (self.y - np.eye(K)[self.t]) / N
""")
ASSEMBLE = Source("""
from course_lib.layers import Affine as AffineLayer, Convolution as ConvLayer, MaxPooling as PoolLayer, ReLU

def assemble(p):
    layers = {}
    layers["Conv1"] = ConvLayer(p["W1"], p["b1"])
    layers["ReLU1"] = ReLU()
    layers["Pool1"] = PoolLayer(2, 2, 2)
    layers["Affine1"] = AffineLayer(p["W2"], p["b2"])
    layers["ReLU2"] = ReLU()
    layers["Affine2"] = AffineLayer(p["W3"], p["b3"])
    return layers
""")
GRADIENT = Source("""
def gradient(network, x, t):
    network.loss(x, t)
    dout = network.last_layer.backward(1)
    layers = list(network.layers.values())
    layers.reverse()
    for layer in layers:
        dout = layer.backward(dout)
    grads = {}
    for i, name in enumerate(network.weighted):
        grads["W" + str(i + 1)] = network.layers[name].dW
        grads["b" + str(i + 1)] = network.layers[name].db
    return grads
""")
ACCURACY = Source("""
def accuracy(network, x, t, batch_size=100):
    acc = 0
    for i in range(0, len(x), batch_size):
        tx = x[i:i + batch_size]
        tt = t[i:i + batch_size]
        y = network.predict(tx)
        y = np.argmax(y, axis=1)
        acc += np.sum(y == tt)
    return acc / len(x)
""")

ANSWERS = [
    *answers(
        "sizes",
        right=[
            ("list", [24, 12, 2304, 416, 230500, 1010]),
            ("floats", (24.0, 12.0, 2304.0, 416.0, 230500.0, 1010.0)),
        ],
        wrong=[
            ("one too few", (23, 11, 1936, 416, 193700, 1010), "one-too-few"),
            ("one too many", (25, 12, 2304, 416, 230500, 1010), "one-too-many"),
            ("padding assumed", (28, 14, 3136, 416, 313700, 1010), "padding-assumed"),
            ("pooling forgotten", (24, 12, 9216, 416, 921700, 1010), "pooling-forgotten"),
            ("pool with stride 1", (24, 23, 8464, 416, 846500, 1010), "pool-stride-ignored"),
            ("channels forgotten", (24, 12, 144, 416, 14500, 1010), "channels-forgotten"),
            ("width forgotten", (24, 12, 192, 416, 19300, 1010), "width-forgotten"),
            ("biases forgotten", (24, 12, 2304, 400, 230400, 1000), "biases-forgotten"),
            ("bias of conv forgotten", (24, 12, 2304, 400, 230500, 1010), "biases-forgotten"),
            ("one bias for the layer", (24, 12, 2304, 401, 230401, 1001), "one-bias-for-layer"),
            ("bias for each input", (24, 12, 2304, 416, 232704, 1100), "bias-for-each-input"),
            ("bias for each place", (24, 12, 2304, 400 + 9216, 230500, 1010), "bias-for-each-place"),
            ("one filter", (24, 12, 2304, 26, 230500, 1010), "one-filter-counted"),
            ("places counted", (24, 12, 2304, 230416, 230500, 1010), "place"),
            ("n2 with 10", (24, 12, 2304, 416, 23050, 1010), "units-mistaken"),
            ("floats of halves", (24, 12.5, 2304, 416, 230500, 1010), "float-for-integer"),
            ("order", (12, 24, 2304, 416, 230500, 1010), "order-of-values"),
            ("n's reversed", (24, 12, 2304, 1010, 230500, 416), "order-of-values"),
            ("D squared", (24, 12, 576, 416, 57700, 1010), "width-forgotten channels-forgotten filters-forgotten"),
            ("only five", (24, 12, 2304, 416, 230500), "other-type"),
        ],
    ),
    *answers(
        "own_layers",
        right=[
            ("both own", both(CONV, POOL)),
            ("course", lambda: (Convolution, MaxPooling)),
            ("list", both(CONV, POOL, "lambda: [Conv, Pool]")),
            ("loops", both(lesson_5_5.LOOPS, lesson_5_6.LOOPS)),
            ("own conv", both(CONV, None)),
        ],
        wrong=[
            ("swapped", both(CONV, POOL, "lambda: (Pool, Conv)"), "classes-swapped"),
            ("swapped course", lambda: (MaxPooling, Convolution), "classes-swapped"),
            ("instances", both(CONV, POOL, "lambda: (Conv(np.ones((1, 1, 2, 2)), np.zeros(1)), Pool(2, 2))"), "instances-given"),
            ("pool instance", lambda: (Convolution, MaxPooling(2, 2)), "instances-given"),
            ("names as text", lambda: ("Convolution", "MaxPooling"), "text-given other-type names-given"),
            ("only one", lambda: Convolution, "one-class-only"),
            ("a tuple of one", lambda: (Convolution,), "one-class-only unpacks-other-number"),
            ("conv without backward", both(Source(CONV.code.split("    def backward")[0]), POOL), "backward-not-attached layer-without-method"),
            ("pool without backward", both(CONV, Source(POOL.code.split("    def backward")[0])), "backward-not-attached layer-without-method"),
            ("backward as a function beside", both(Source(CONV.code.replace("    def backward", "def backward").replace("\n        ", "\n    ") if False else CONV.code.split("    def backward")[0] + "\ndef backward(self, dout):\n    return dout\n"), POOL), "backward-not-attached layer-without-method"),
            ("weights copied", both(CONV.changed(("self.W, self.b = W, b", "self.W, self.b = W.copy(), b.copy()")), POOL), "weights-copied"),
            ("np.array(W)", both(CONV.changed(("self.W, self.b = W, b", "self.W, self.b = np.array(W), b")), POOL), "weights-copied"),
            ("col_W kept from init", both(CONV.changed(("self.dW, self.db = None, None", "self.col_W = W.reshape(len(W), -1).T.copy()"), ("self.col @ self.W.reshape(FN, -1).T", "self.col @ self.col_W")), POOL), "weights-copied"),
            ("gradients not stored", both(CONV.changed(("self.dW = (", "dW = ("), ("self.db = D", "db = D")), POOL), "gradients-not-stored"),
            ("conv overwrites", both(CONV.changed((", self.pad, True)", ", self.pad)")), POOL), "overlaps-overwritten"),
            ("conv dout reshaped", both(CONV.changed(("dout.transpose(0, 2, 3, 1).reshape", "dout.reshape")), POOL), "dout-reshaped-not-transposed"),
            ("conv no bias", both(CONV.changed((" + self.b", "")), POOL), "bias-forgotten"),
            ("conv db mean", both(CONV.changed(("D.sum(axis=0)", "D.mean(axis=0)")), POOL), "db-is-mean"),
            ("conv dW accumulates", both(CONV.changed(("self.dW, self.db = None, None", "self.dW, self.db = 0, 0"), ("self.dW = (", "self.dW = self.dW + ("), ("self.db = D", "self.db = self.db + D")), POOL), f"gradients-accumulate {STATE}"),
            ("conv steps", both(CONV.changed(("        return col2im", "        self.W -= 0.1 * self.dW\n        return col2im")), POOL), f"parameters-changed {STATE}"),
            ("zero padding", both(CONV, POOL.changed(("=-np.inf", "=0"))), "zero-padding-in-max"),
            ("to all ties", both(CONV, lesson_5_6.LOOPS.changed(("a, b = np.unravel_index(win.argmax(), win.shape)\n                        dx[n, c, i*s+a, j*s+b] += dout[n, c, i, j]", "dx[n, c, i*s:i*s+self.ph, j*s:j*s+self.pw] += dout[n, c, i, j]"))), "gradient-to-all"),
            ("pool overwrites", both(CONV, POOL.changed((", is_backward=True", ""))), "pool-overlaps-overwritten overlaps-overwritten"),
            ("pool's first argmax kept", both(CONV, POOL.changed(("        self.arg_max = arg_max\n", "        if self.arg_max is None:\n            self.arg_max = arg_max\n"))), f"first-input-kept {STATE}"),
            ("pool maps reshaped", both(CONV, POOL.changed(("out_h, out_w, C).transpose(0, 3, 1, 2)", "C, out_h, out_w)"))), "maps-reshaped-not-transposed"),
            ("pool means", both(CONV, lesson_5_6.AVERAGE.changed(("class AveragePooling", "class MaxPooling"))), "mean-for-max"),
            ("average for max", Source("from course_lib.layers import Convolution, AveragePooling\nown = lambda: (Convolution, AveragePooling)\n"), "mean-for-max"),
            ("affine for conv", Source("from course_lib.layers import Affine, MaxPooling\nown = lambda: (Affine, MaxPooling)\n"), "", "wrong-arguments arguments-missing"),
            ("None", lambda: None, "returns-none"),
            ("one is None", lambda: (Convolution, None), "none-given returns-none is-none"),
            ("import forgotten", Source(CONV.code.replace("col2im, ", "") + "from course_lib.layers import MaxPooling\nown = lambda: (Convolution, MaxPooling)\n"), "name-not-defined"),
            ("no stride argument", both(CONV.changed(("W, b, stride=1, pad=0", "W, b"), ("= stride, pad", "= 1, 0")), POOL), "wrong-arguments arguments-missing"),
            ("pool without return", both(CONV, POOL.changed(("return dx", "dx"))), "returns-none"),
        ],
    ),
    *answers(
        "init_weight",
        right=[
            ("plain", INIT),
            ("standard_normal", INIT.changed(("rng.normal(0, np.sqrt(2 / n), shape)", "rng.standard_normal(shape) * np.sqrt(2 / n)"))),
            ("float32", INIT.changed(("2 / n), shape)", "2 / n), shape).astype(np.float32)"))),
            ("fan in", lambda shape, rng: rng.normal(size=shape) * math.sqrt(2 / (math.prod(shape[1:]) if len(shape) > 2 else shape[0]))),
            ("size over outputs", lambda shape, rng: rng.normal(0, (2 * shape[0 if len(shape) == 4 else 1] / np.prod(shape)) ** 0.5, shape)),
            ("filter by filter", lambda shape, rng: np.stack([rng.normal(0, np.sqrt(2 / np.prod(shape[1:] if len(shape) == 4 else shape[:1])), shape[1:]) for _ in range(shape[0])])),
            ("flat then reshape", INIT.changed(("shape)\n", "int(np.prod(shape))).reshape(shape)\n"))),
        ],
        wrong=[
            ("own generator", INIT.changed(("return rng.normal", "rng = np.random.default_rng(0)\n    return rng.normal")), "rng-not-used"),
            ("own generator without seed", INIT.changed(("return rng.normal", "rng = np.random.default_rng()\n    return rng.normal")), "rng-not-used"),
            ("np.random.randn", INIT.changed(("rng.normal(0, np.sqrt(2 / n), shape)", "np.random.randn(*shape) * np.sqrt(2 / n)")), "rng-not-used"),
            ("np.random.seed", INIT.changed(("return rng.normal(0, np.sqrt(2 / n), shape)", "np.random.seed(0)\n    return np.random.randn(*shape) * np.sqrt(2 / n)")), "rng-not-used"),
            ("rng.bit_generator copied", INIT.changed(("return rng.normal", "import copy\n    rng = copy.deepcopy(rng)\n    return rng.normal")), "rng-not-advanced rng-not-used"),
            ("square root forgotten", INIT.changed(("np.sqrt(2 / n)", "2 / n")), "square-root-forgotten"),
            ("Xavier", INIT.changed(("2 / n", "1 / n")), "xavier-for-he"),
            ("Glorot", INIT.changed(("np.sqrt(2 / n)", "np.sqrt(2 / (n + shape[0 if len(shape) == 4 else 1]))")), "xavier-for-he glorot-for-he"),
            ("0.01", INIT.changed(("np.sqrt(2 / n)", "0.01")), "fixed-spread"),
            ("1", INIT.changed(("np.sqrt(2 / n)", "1")), "fixed-spread"),
            ("0.1", INIT.changed(("np.sqrt(2 / n)", "0.1")), "fixed-spread"),
            ("C forgotten", INIT.changed(("shape[1] * shape[2] * shape[3]", "shape[2] * shape[3]")), "channels-forgotten"),
            ("C only", INIT.changed(("shape[1] * shape[2] * shape[3]", "shape[1]")), "window-forgotten"),
            ("FN for inputs", INIT.changed(("shape[1] * shape[2] * shape[3]", "shape[0]")), "filters-like-affine"),
            ("product of all", INIT.changed(("shape[1] * shape[2] * shape[3]", "np.prod(shape)")), "filters-counted"),
            ("product of all everywhere", INIT.changed(("np.sqrt(2 / n)", "np.sqrt(2 / np.prod(shape))")), "filters-counted"),
            ("outputs of affine", INIT.changed(("n = shape[0]", "n = shape[1]")), "affine-outputs-for-inputs outputs-for-inputs"),
            ("outputs of both", INIT.changed(("shape[1] * shape[2] * shape[3]", "shape[0] * shape[2] * shape[3]"), ("n = shape[0]", "n = shape[1]")), "outputs-for-inputs affine-outputs-for-inputs"),
            ("sqrt n", INIT.changed(("np.sqrt(2 / n)", "2 / np.sqrt(n)")), "root-of-n-only"),
            ("sqrt 2 over n", INIT.changed(("np.sqrt(2 / n)", "np.sqrt(2) / n")), "root-of-2-only"),
            ("times", INIT.changed(("np.sqrt(2 / n)", "np.sqrt(2 * n)")), "multiplied-for-divided"),
            ("uniform of the same spread", INIT.changed(("rng.normal(0, np.sqrt(2 / n), shape)", "rng.uniform(-np.sqrt(6 / n), np.sqrt(6 / n), shape)")), "uniform-for-normal"),
            ("uniform", INIT.changed(("rng.normal(0, np.sqrt(2 / n), shape)", "rng.uniform(-np.sqrt(2 / n), np.sqrt(2 / n), shape)")), "uniform-for-normal"),
            ("positive", INIT.changed(("rng.normal(0, np.sqrt(2 / n), shape)", "rng.random(shape) * np.sqrt(2 / n)")), "uniform-for-normal mean-not-zero"),
            ("mean given as std", INIT.changed(("normal(0, np.sqrt(2 / n)", "normal(np.sqrt(2 / n), 0")), "mean-and-spread-swapped"),
            ("mean forgotten", INIT.changed(("normal(0, np.sqrt(2 / n), shape)", "normal(np.sqrt(2 / n), size=shape)")), "spread-given-as-mean mean-and-spread-swapped"),
            ("absolute", INIT.changed(("return rng", "return np.abs(rng"), ("shape)\n", "shape))\n")), "mean-not-zero uniform-for-normal not-normal"),
            ("zeros", lambda shape, rng: np.zeros(shape), "all-zero"),
            ("one filter repeated", INIT.changed(("shape)\n", "shape[1:]) * np.ones(shape)\n")), "weights-repeated"),
            ("integers", INIT.changed(("shape)\n", "shape).astype(int)\n")), "all-zero truncated whole-numbers"),
            ("len(shape) wrong", INIT.changed(("len(shape) == 4", "len(shape) == 2")), "", "index-outside shape-has-fewer-entries"),
            ("flat", INIT.changed(("shape)\n", "int(np.prod(shape)))\n")), "result-flat"),
            ("shape missing", INIT.changed((", shape)\n", ")\n")), "one-number-for-all number-for-array size-forgotten", "axes-missing"),
            ("no return", INIT.changed(("return rng", "rng")), "returns-none"),
        ],
    ),
    *answers(
        "affine",
        right=[
            ("book", AFFINE),
            ("einsum", AFFINE.changed(("np.dot(self.x, self.W)", "np.einsum('nd,dm->nm', self.x, self.W)"))),
            ("matmul", AFFINE.changed(("np.dot(self.x, self.W)", "self.x @ self.W"), ("np.dot(self.x.T, dout)", "self.x.T @ dout"), ("np.sum(dout, axis=0)", "dout.sum(0)"))),
            ("ones", AFFINE.changed(("np.sum(dout, axis=0)", "np.ones(len(dout)) @ dout"))),
            ("x kept as it came", AFFINE.changed(("        self.x_shape = x.shape\n        self.x = x.reshape(x.shape[0], -1)\n        return np.dot(self.x,", "        self.x = x\n        return np.dot(x.reshape(len(x), -1),"), ("self.x.T, dout", "self.x.reshape(len(dout), -1).T, dout"), ("self.x_shape", "self.x.shape"))),
        ],
        wrong=[
            ("bias forgotten", AFFINE.changed((" + self.b", "")), "bias-forgotten"),
            ("bias twice", AFFINE.changed((" + self.b", " + 2 * self.b")), "bias-added-twice"),
            ("bias subtracted", AFFINE.changed((" + self.b", " - self.b")), "bias-subtracted"),
            ("not flattened", AFFINE.changed(("x.reshape(x.shape[0], -1)", "x")), "not-flattened dot-sizes-differ", "product-sizes-differ dot-sizes-differ shapes-do-not-broadcast raises"),
            ("flattened to one row", AFFINE.changed(("x.reshape(x.shape[0], -1)", "x.reshape(1, -1)")), "batch-flattened-too dot-sizes-differ", "product-sizes-differ dot-sizes-differ raises"),
            ("left flat", AFFINE.changed((".reshape(self.x_shape)", "")), "dx-left-flat"),
            ("W x", AFFINE.changed(("np.dot(self.x, self.W)", "np.dot(self.W, self.x)")), "factors-swapped product-sizes-differ dot-sizes-differ", "raises"),
            ("x W.T", AFFINE.changed(("np.dot(self.x, self.W)", "np.dot(self.x, self.W.T)")), "product-sizes-differ dot-sizes-differ product-transposed"),
            ("dout W", AFFINE.changed(("np.dot(dout, self.W.T)", "np.dot(dout, self.W)")), "product-sizes-differ dot-sizes-differ product-transposed"),
            ("dW turned", AFFINE.changed(("np.dot(self.x.T, dout)", "np.dot(dout.T, self.x)")), "dw-transposed"),
            ("dW with x", AFFINE.changed(("np.dot(self.x.T, dout)", "np.dot(self.x, dout.T)")), "product-sizes-differ dot-sizes-differ product-transposed"),
            ("dW elementwise", AFFINE.changed(("np.dot(self.x.T, dout)", "self.x.T * dout")), "shapes-do-not-broadcast"),
            ("db one number", AFFINE.changed(("np.sum(dout, axis=0)", "np.sum(dout)")), "db-summed-over-everything"),
            ("db axis 1", AFFINE.changed(("np.sum(dout, axis=0)", "np.sum(dout, axis=1)")), "db-summed-over-outputs"),
            ("db mean", AFFINE.changed(("np.sum(dout, axis=0)", "np.mean(dout, axis=0)")), "db-is-mean divided-by-batch-size"),
            ("db is dout", AFFINE.changed(("np.sum(dout, axis=0)", "dout")), "db-not-summed"),
            ("db keepdims", AFFINE.changed(("axis=0)", "axis=0, keepdims=True)")), "db-keeps-an-axis", "axes-extra"),
            ("both divided", AFFINE.changed(("np.dot(self.x.T, dout)", "np.dot(self.x.T, dout) / len(dout)"), ("np.sum(dout, axis=0)", "np.sum(dout, axis=0) / len(dout)")), "divided-by-batch-size"),
            ("dW divided", AFFINE.changed(("np.dot(self.x.T, dout)", "np.dot(self.x.T, dout) / len(dout)")), "divided-by-batch-size"),
            ("not stored", AFFINE.changed(("self.dW = np.dot", "dW = np.dot"), ("self.db = np.sum", "db = np.sum")), "gradients-not-stored"),
            ("db not stored", AFFINE.changed(("self.db = np.sum", "db = np.sum")), "gradients-not-stored"),
            ("not stored, no None", AFFINE.changed(("        self.dW = None\n        self.db = None\n", ""), ("self.dW = np.dot", "dW = np.dot"), ("self.db = np.sum", "db = np.sum")), "gradients-not-stored attribute-missing"),
            ("copy of W", AFFINE.changed(("self.W = W\n", "self.W = W.copy()\n")), "weights-copied"),
            ("accumulates", AFFINE.changed(("self.dW = None\n        self.db = None", "self.dW = 0\n        self.db = 0"), ("self.dW = np.dot", "self.dW = self.dW + np.dot"), ("self.db = np.sum", "self.db = self.db + np.sum")), f"gradients-accumulate {STATE}"),
            ("dW += with zeros_like", AFFINE.changed(("self.dW = None", "self.dW = np.zeros_like(W)"), ("self.dW = np.dot", "self.dW += np.dot")), f"gradients-accumulate {STATE}"),
            ("steps", AFFINE.changed(("        return dx", "        self.W -= 0.1 * self.dW\n        self.b -= 0.1 * self.db\n        return dx")), f"parameters-changed {STATE}"),
            ("steps anew", AFFINE.changed(("        return dx", "        self.W = self.W - 0.1 * self.dW\n        return dx")), f"parameters-changed {STATE}"),
            ("first x kept", AFFINE.changed(("        self.x = x.reshape(x.shape[0], -1)\n        return np.dot(self.x", "        x = x.reshape(x.shape[0], -1)\n        if self.x is None:\n            self.x = x\n        return np.dot(x")), f"first-input-kept {STATE}"),
            ("first result kept", AFFINE.changed(("        self.x_shape = x.shape", "        if self.x is not None:\n            return self.out\n        self.x_shape = x.shape"), ("return np.dot(self.x, self.W) + self.b", "self.out = np.dot(self.x, self.W) + self.b\n        return self.out")), f"first-input-kept {STATE}"),
            ("b changed in place", AFFINE.changed(("return np.dot(self.x, self.W) + self.b", "self.b += np.zeros_like(self.b) + 1\n        return np.dot(self.x, self.W) + self.b - 1")), f"parameters-changed {STATE}", "changes-input"),
            ("first image for shape", AFFINE.changed(("dx.reshape(self.x_shape)", "dx[:1].reshape(1, *self.x_shape[1:])")), "first-image-only"),
            ("x changed", AFFINE.changed(("        self.x_shape = x.shape", "        x *= 1.5\n        self.x_shape = x.shape"), ("np.dot(self.x, self.W)", "np.dot(self.x / 1.5, self.W)"), ("np.dot(self.x.T, dout)", "np.dot(self.x.T, dout) / 1.5")), "changes-input"),
            ("no return forward", AFFINE.changed(("return np.dot", "np.dot")), "returns-none"),
            ("no return backward", AFFINE.changed(("return dx", "dx")), "returns-none"),
            ("minus", AFFINE.changed(("np.dot(dout, self.W.T)", "-np.dot(dout, self.W.T)")), "dx-negated negated"),
            ("relu inside", AFFINE.changed(("return np.dot(self.x, self.W) + self.b", "return np.maximum(np.dot(self.x, self.W) + self.b, 0)")), "relu-added"),
            ("shape kept wrong", AFFINE.changed(("dx.reshape(self.x_shape)", "dx.reshape(self.x.shape)")), "dx-left-flat"),
        ],
    ),
    *answers(
        "softmax_with_loss",
        right=[
            ("book with tiny", LOSS),
            ("log", LOG),
            ("1e-7", LOSS.changed(("1e-300", "1e-7"))),
            ("logaddexp", LOG.changed(("log_y = s - np.log(np.exp(s).sum(axis=1, keepdims=True))", "log_y = s - np.logaddexp.reduce(s, axis=1, keepdims=True)"))),
            ("one hot", LOG.changed(("-log_y[np.arange(len(t)), t].mean()", "-(log_y * np.eye(x.shape[1])[t]).sum(axis=1).mean()"))),
            ("take_along_axis", LOG.changed(("-log_y[np.arange(len(t)), t].mean()", "-np.take_along_axis(log_y, t[:, None], 1).mean()"))),
            ("sum over N", LOG.changed((".mean()", ".sum() / len(t)"))),
            ("loop", LOG.changed(("-log_y[np.arange(len(t)), t].mean()", "sum(-row[k] for row, k in zip(log_y, t)) / len(t)"))),
        ],
        wrong=[
            ("no maximum", LOSS.changed(("        x = x - np.max(x, axis=1, keepdims=True)\n", "")), "softmax-without-maximum"),
            ("one maximum", LOSS.changed(("np.max(x, axis=1, keepdims=True)", "np.max(x)")), "one-maximum-for-all"),
            ("maximum over axis 0", LOSS.changed(("np.max(x, axis=1, keepdims=True)", "np.max(x, axis=0, keepdims=True)")), "maximum-over-the-batch"),
            ("added", LOSS.changed(("x = x - np.max", "x = x + np.max")), "maximum-added", "not-finite"),
            ("minimum", LOSS.changed(("x - np.max", "x - np.min")), "minimum-subtracted", "not-finite"),
            ("log of zero", LOSS.changed(("p + 1e-300", "p")), "log-of-zero"),
            ("softmax axis 0", LOSS.changed(("np.sum(np.exp(x), axis=1, keepdims=True)", "np.sum(np.exp(x), axis=0, keepdims=True)")), "softmax-over-the-batch"),
            ("softmax over everything", LOSS.changed(("np.sum(np.exp(x), axis=1, keepdims=True)", "np.sum(np.exp(x))")), "softmax-over-everything"),
            ("keepdims forgotten", LOSS.changed(("np.sum(np.exp(x), axis=1, keepdims=True)", "np.sum(np.exp(x), axis=1)")), "shapes-do-not-broadcast"),
            ("not normalised", LOSS.changed((" / np.sum(np.exp(x), axis=1, keepdims=True)", "")), "not-normalised"),
            ("y[:, t]", LOSS.changed(("y[np.arange(N), t]", "y[:, t]")), "all-pairs-picked"),
            ("y[:, t] in backward", LOSS.changed(("dx[np.arange(N), self.t] -= 1", "dx[:, self.t] -= 1")), "all-pairs-picked columns-changed"),
            ("y[t]", LOSS.changed(("y[np.arange(N), t]", "y[t]")), "index-outside rows-picked-by-class", "raises"),
            ("max for t", LOSS.changed(("p = y[np.arange(N), t]", "p = y.max(axis=1)")), "largest-for-true"),
            ("summed", LOSS.changed((")) / N", "))")), "loss-summed"),
            ("minus forgotten", LOSS.changed(("return -np.sum", "return np.sum")), "minus-forgotten"),
            ("divided by all", LOSS.changed((")) / N", ")) / y.size")), "divided-by-all"),
            ("one loss per image", LOSS.changed(("-np.sum(np.log(p + 1e-300)) / N", "-np.log(p + 1e-300)")), "loss-of-each-image"),
            ("log10", LOSS.changed(("np.log(", "np.log10(")), "other-logarithm"),
            ("log2", LOSS.changed(("np.log(", "np.log2(")), "other-logarithm"),
            ("1 - p", LOSS.changed(("-np.sum(np.log(p + 1e-300)) / N", "np.sum(1 - p) / N")), "no-logarithm"),
            ("large epsilon", LOSS.changed(("1e-300", "0.01")), "epsilon-too-large"),
            ("squared error", LOSS.changed(("-np.sum(np.log(p + 1e-300)) / N", "np.sum((y - np.eye(y.shape[1])[t])**2) / N")), "squared-error"),
            ("backward not divided", LOSS.changed(("dout * dx / N", "dout * dx")), "gradient-not-divided"),
            ("backward divided by K", LOSS.changed(("dout * dx / N", "dout * dx / dx.shape[1]")), "divided-by-classes"),
            ("backward divided twice", LOSS.changed(("dout * dx / N", "dout * dx / N / N")), "divided-twice"),
            ("1 not subtracted", LOSS.changed(("        dx[np.arange(N), self.t] -= 1\n", "")), "one-not-subtracted"),
            ("1 subtracted everywhere", LOSS.changed(("dx[np.arange(N), self.t] -= 1", "dx -= 1")), "one-subtracted-everywhere"),
            ("t - y", LOSS.changed(("return dout * dx / N", "return -dout * dx / N")), "gradient-negated"),
            ("no copy", LOSS.changed(("self.y.copy()", "self.y")), "y-changed-in-backward second-backward-differs " + STATE),
            ("dout ignored", LOSS.changed(("dout * dx / N", "dx / N")), "dout-ignored"),
            ("dout added", LOSS.changed(("dout * dx / N", "dout + dx / N")), "dout-added"),
            ("first y kept", LOSS.changed(("        self.y, self.t = y, t\n", "        if self.y is None:\n            self.y, self.t = y, t\n")), f"first-input-kept {STATE}"),
            ("t of the first call", LOSS.changed(("        self.y, self.t = y, t\n", "        self.y = y\n        if self.t is None:\n            self.t = t\n")), f"first-input-kept second-call-fails {STATE}", "raises"),
            ("loss accumulates", LOSS.changed(("        return -np.sum(np.log(p + 1e-300)) / N", "        self.total = getattr(self, 'total', 0) - np.sum(np.log(p + 1e-300)) / N\n        return self.total")), f"loss-accumulates gradients-accumulate {STATE}"),
            ("x changed", LOSS.changed(("x = x - np.max", "x -= np.max")), "changes-input"),
            ("t as one hot changed", LOSS.changed(("        N = len(t)\n", "        N = len(t)\n        t[t == 0] = 1\n")), "", "changes-input"),
            ("sigmoid", LOSS.changed(("y = np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)", "y = 1 / (1 + np.exp(-x))")), "sigmoid-for-softmax"),
            ("jacobian", LOSS.changed(("dx[np.arange(N), self.t] -= 1", "dx = dx * (1 - dx)")), "", "all-zero"),
            ("y not kept", LOSS.changed(("self.y, self.t = y, t", "self.t = t")), "is-none"),
            ("t not kept", LOSS.changed(("self.y, self.t = y, t", "self.y = y")), "is-none number-or-list-for-array none-for-value", "raises"),
            ("loss of first image", LOSS.changed(("np.sum(np.log(p + 1e-300)) / N", "np.log(p + 1e-300)[0]")), "first-image-only"),
            ("no return", LOSS.changed(("return -np.sum", "loss = -np.sum")), "returns-none"),
            ("y returned", LOSS.changed(("return -np.sum(np.log(p + 1e-300)) / N", "return y")), "probabilities-returned", "axes-extra"),
        ],
    ),
    *answers(
        "assemble",
        right=[
            ("steps", ASSEMBLE),
            ("pool before relu", ASSEMBLE.changed(('    layers["ReLU1"] = ReLU()\n    layers["Pool1"] = PoolLayer(2, 2, 2)\n', '    layers["Pool1"] = PoolLayer(2, 2, 2)\n    layers["ReLU1"] = ReLU()\n'))),
            ("dict()", Source(ASSEMBLE.code.split("def")[0] + "def assemble(p):\n    return dict(Conv1=ConvLayer(p['W1'], p['b1'], 1, 0), ReLU1=ReLU(), Pool1=PoolLayer(pool_h=2, pool_w=2, stride=2), Affine1=AffineLayer(p['W2'], p['b2']), ReLU2=ReLU(), Affine2=AffineLayer(p['W3'], p['b3']))\n")),
            ("OrderedDict", ASSEMBLE.changed(("    layers = {}", "    from collections import OrderedDict\n    layers = OrderedDict()"))),
        ],
        wrong=[
            ("one relu", ASSEMBLE.changed(('layers["ReLU2"] = ReLU()', 'layers["ReLU2"] = layers["ReLU1"]')), "one-relu-twice"),
            ("relu 1 missing", ASSEMBLE.changed(('    layers["ReLU1"] = ReLU()\n', "")), "relu-after-conv-missing"),
            ("relu 2 missing", ASSEMBLE.changed(('    layers["ReLU2"] = ReLU()\n', "")), "relu-between-affines-missing"),
            ("both missing", ASSEMBLE.changed(('    layers["ReLU1"] = ReLU()\n', ""), ('    layers["ReLU2"] = ReLU()\n', "")), "relus-missing"),
            ("relu at the end", ASSEMBLE.changed(("    return", '    layers["ReLU3"] = ReLU()\n    return')), "relu-at-the-end"),
            ("stride forgotten", ASSEMBLE.changed(("PoolLayer(2, 2, 2)", "PoolLayer(2, 2)")), "pool-stride-forgotten", "product-sizes-differ dot-sizes-differ raises"),
            ("pool forgotten", ASSEMBLE.changed(('    layers["Pool1"] = PoolLayer(2, 2, 2)\n', "")), "pool-missing", "product-sizes-differ dot-sizes-differ raises"),
            ("pool 3", ASSEMBLE.changed(("PoolLayer(2, 2, 2)", "PoolLayer(3, 3, 2)")), "pool-window-differs", "product-sizes-differ dot-sizes-differ raises"),
            ("average pool", ASSEMBLE.changed(("MaxPooling as PoolLayer", "AveragePooling as PoolLayer")), "average-for-max"),
            ("W2 and W3 swapped", ASSEMBLE.changed(('p["W2"], p["b2"]', 'p["W9"], p["b9"]'), ('p["W3"], p["b3"]', 'p["W2"], p["b2"]'), ('p["W9"], p["b9"]', 'p["W3"], p["b3"]')), "parameters-swapped", "product-sizes-differ dot-sizes-differ raises"),
            ("b2 for b1", ASSEMBLE.changed(('p["W1"], p["b1"]', 'p["W1"], p["b2"]')), "bias-of-another-layer", "raises"),
            ("W3 twice", ASSEMBLE.changed(('p["W2"], p["b2"]', 'p["W3"], p["b3"]')), "parameters-swapped", "product-sizes-differ dot-sizes-differ raises"),
            ("copies", ASSEMBLE.changed(('p["W1"]', 'p["W1"].copy()'), ('p["W2"]', 'p["W2"].copy()'), ('p["W3"]', 'p["W3"].copy()')), "parameters-copied"),
            ("deepcopy", ASSEMBLE.changed(("    layers = {}", "    import copy\n    p = copy.deepcopy(p)\n    layers = {}")), "parameters-copied"),
            ("astype", ASSEMBLE.changed(("    layers = {}", "    p = {k: v.astype(np.float32) for k, v in p.items()}\n    layers = {}")), "parameters-copied"),
            ("biases copied", ASSEMBLE.changed(('p["b1"]', 'p["b1"] * 1'), ('p["b2"]', 'p["b2"] * 1'), ('p["b3"]', 'p["b3"] * 1')), "parameters-copied"),
            ("lower-case names", ASSEMBLE.changed(('layers["Conv1"]', 'layers["conv1"]'), ('layers["Affine1"]', 'layers["affine1"]')), "names-differ"),
            ("names without 1", ASSEMBLE.changed(('["Conv1"]', '["Conv"]'), ('["Pool1"]', '["Pool"]')), "names-differ"),
            ("ReLU name used twice", ASSEMBLE.changed(('layers["ReLU2"]', 'layers["ReLU1"]')), "relu-between-affines-missing name-used-twice"),
            ("list", ASSEMBLE.changed(("return layers", "return list(layers.values())")), "list-for-dict"),
            ("tuple of pairs", ASSEMBLE.changed(("return layers", "return list(layers.items())")), "list-for-dict"),
            ("classes not called", ASSEMBLE.changed(("] = ReLU()", "] = ReLU")), "class-not-called", "wrong-arguments raises"),
            ("keys of p forgotten", ASSEMBLE.changed(('p["W1"], p["b1"]', "p[0], p[1]")), "key-missing"),
            ("p attribute", ASSEMBLE.changed(('p["W1"]', "p.W1")), "attribute-missing"),
            ("no bias given", ASSEMBLE.changed((', p["b1"])', ")")), "wrong-arguments arguments-missing"),
            ("order affine first", ASSEMBLE.changed(('    layers["Affine1"] = AffineLayer(p["W2"], p["b2"])\n    layers["ReLU2"] = ReLU()\n    layers["Affine2"] = AffineLayer(p["W3"], p["b3"])\n', '    layers["Affine2"] = AffineLayer(p["W3"], p["b3"])\n    layers["ReLU2"] = ReLU()\n    layers["Affine1"] = AffineLayer(p["W2"], p["b2"])\n')), "order-of-layers affines-in-other-order", "product-sizes-differ dot-sizes-differ raises"),
            ("relu before conv", ASSEMBLE.changed(('    layers["Conv1"] = ConvLayer(p["W1"], p["b1"])\n    layers["ReLU1"] = ReLU()\n', '    layers["ReLU1"] = ReLU()\n    layers["Conv1"] = ConvLayer(p["W1"], p["b1"])\n')), "order-of-layers"),
            ("relu before affine 1", ASSEMBLE.changed(('    layers["Affine1"] = AffineLayer(p["W2"], p["b2"])\n    layers["ReLU2"] = ReLU()\n', '    layers["ReLU2"] = ReLU()\n    layers["Affine1"] = AffineLayer(p["W2"], p["b2"])\n')), "order-of-layers"),
            ("pad 1", ASSEMBLE.changed(('p["b1"])', 'p["b1"], pad=1)')), "conv-differs", "product-sizes-differ dot-sizes-differ raises"),
            ("conv stride 2", ASSEMBLE.changed(('p["b1"])', 'p["b1"], 2)')), "conv-differs", "product-sizes-differ dot-sizes-differ raises"),
            ("no return", ASSEMBLE.changed(("return layers", "layers")), "returns-none"),
            ("W changed", ASSEMBLE.changed(("    layers = {}", "    p['W1'] *= 0.5\n    layers = {}")), "parameters-changed", "changes-input"),
            ("softmax layer added", ASSEMBLE.changed(("    return", "    from course_lib.layers import SoftmaxWithLoss\n    layers['Softmax'] = SoftmaxWithLoss()\n    return")), "loss-layer-added", "wrong-arguments raises"),
        ],
    ),
    *answers(
        "gradient",
        right=[
            ("book", GRADIENT),
            ("slice", GRADIENT.changed(("    layers = list(network.layers.values())\n    layers.reverse()\n    for layer in layers:", "    for layer in list(network.layers.values())[::-1]:"))),
            ("reversed values", GRADIENT.changed(("    layers = list(network.layers.values())\n    layers.reverse()\n    for layer in layers:", "    for layer in reversed(network.layers.values()):"))),
            ("names reversed", GRADIENT.changed(("    layers = list(network.layers.values())\n    layers.reverse()\n    for layer in layers:\n        dout = layer.", "    for name in reversed(network.layers):\n        dout = network.layers[name]."))),
            ("dict comprehension", GRADIENT.changed(("    grads = {}\n    for i, name in enumerate(network.weighted):\n        grads[\"W\" + str(i + 1)] = network.layers[name].dW\n        grads[\"b\" + str(i + 1)] = network.layers[name].db\n", "    grads = {f'{p}{i}': getattr(network.layers[n], 'd' + p) for i, n in enumerate(network.weighted, 1) for p in 'Wb'}\n"))),
        ],
        wrong=[
            ("not reversed", GRADIENT.changed(("    layers.reverse()\n", "")), "not-reversed"),
            ("reversed twice", GRADIENT.changed(("in layers:", "in layers[::-1]:")), "not-reversed"),
            ("not passed on", GRADIENT.changed(("dout = layer.backward", "layer.backward")), "dout-not-passed-on"),
            ("other name", GRADIENT.changed(("dout = layer.backward", "dx = layer.backward")), "dout-not-passed-on"),
            ("last layer skipped", GRADIENT.changed(("network.last_layer.backward(1)", "np.ones((len(x), 1))")), "last-layer-skipped"),
            ("last layer skipped with ones_like", GRADIENT.changed(("network.last_layer.backward(1)", "np.ones_like(network.predict(x))")), "last-layer-skipped"),
            ("dout = 1", GRADIENT.changed(("network.last_layer.backward(1)", "1")), "last-layer-skipped", "raises number-or-list-for-array attribute-missing"),
            ("dout = loss", GRADIENT.changed(("    network.loss(x, t)\n    dout = network.last_layer.backward(1)", "    dout = network.loss(x, t)")), "last-layer-skipped loss-for-dout", "raises number-or-list-for-array attribute-missing"),
            ("loss passed to backward", GRADIENT.changed(("    network.loss(x, t)\n    dout = network.last_layer.backward(1)", "    dout = network.last_layer.backward(network.loss(x, t))")), "loss-passed-to-backward multiplied-by-loss"),
            ("no forward", GRADIENT.changed(("    network.loss(x, t)\n", "")), "forward-forgotten"),
            ("only predict", GRADIENT.changed(("network.loss(x, t)", "network.predict(x)")), "loss-not-computed predict-for-loss"),
            ("numbered backwards", GRADIENT.changed(("enumerate(network.weighted)", "enumerate(network.weighted[::-1])")), "numbered-backwards"),
            ("from 0", GRADIENT.changed(("str(i + 1)", "str(i)")), "numbered-from-zero"),
            ("all layers numbered", GRADIENT.changed(("enumerate(network.weighted)", "enumerate(network.layers)")), "attribute-missing all-layers-numbered"),
            ("dW and db swapped", GRADIENT.changed(("[name].dW", "[name].xx"), ("[name].db", "[name].dW"), ("[name].xx", "[name].db")), "dw-and-db-swapped"),
            ("parameters for gradients", GRADIENT.changed(("[name].dW", "[name].W"), ("[name].db", "[name].b")), "parameters-for-gradients"),
            ("db missing", GRADIENT.changed(('        grads["b" + str(i + 1)] = network.layers[name].db\n', "")), "biases-missing", "key-missing"),
            ("layer names as keys", GRADIENT.changed(('"W" + str(i + 1)', 'name + "W"'), ('"b" + str(i + 1)', 'name + "b"')), "names-differ key-missing"),
            ("fixed names", GRADIENT.changed(("for i, name in enumerate(network.weighted):", "for i, name in enumerate(['Conv1', 'Affine1', 'Affine2']):")), "names-fixed key-missing"),
            ("only the last layer", GRADIENT.changed(("enumerate(network.weighted)", "enumerate(network.weighted[-1:])")), "one-layer-only", "key-missing"),
            ("only the same layer", GRADIENT.changed(("network.layers[name].dW", "network.layers[network.weighted[0]].dW"), ("network.layers[name].db", "network.layers[network.weighted[0]].db")), "one-layer-for-all"),
            ("reversed dict", GRADIENT.changed(("list(network.layers.values())", "list(network.layers)")), "names-for-layers values-forgotten dict-gives-names"),
            ("reversed(network.layers)", GRADIENT.changed(("    layers = list(network.layers.values())\n    layers.reverse()\n    for layer in layers:", "    for layer in reversed(network.layers):")), "names-for-layers values-forgotten dict-gives-names"),
            ("items", GRADIENT.changed((".values())", ".items())")), "pairs-for-layers", "attribute-missing"),
            ("update done", GRADIENT.changed(("    return grads", "    for k in grads:\n        network.params[k] -= 0.1 * grads[k]\n    return grads")), "parameters-changed"),
            ("update before the return, of layers", GRADIENT.changed(("    return grads", "    for n in network.weighted:\n        network.layers[n].W -= 0.01 * network.layers[n].dW\n    return grads")), "parameters-changed"),
            ("minus", GRADIENT.changed(("[name].dW", "[name].dW * -1"), ("[name].db", "[name].db * -1")), "negated"),
            ("divided by N", GRADIENT.changed(("[name].dW", "[name].dW / len(x)"), ("[name].db", "[name].db / len(x)")), "divided-by-batch-size"),
            ("learning rate inside", GRADIENT.changed(("[name].dW", "[name].dW * 0.1"), ("[name].db", "[name].db * 0.1")), "learning-rate-inside", "scaled"),
            ("backward twice", GRADIENT.changed(("    for layer in layers:\n", "    dout = network.last_layer.backward(dout)\n    for layer in layers:\n")), "last-layer-twice"),
            ("last layer of layers skipped", GRADIENT.changed(("in layers:", "in layers[1:]:")), "a-layer-skipped"),
            ("first layer skipped", GRADIENT.changed(("in layers:", "in layers[:-1]:")), "a-layer-skipped"),
            ("list for dict", GRADIENT.changed(("return grads", "return list(grads.values())")), "list-for-dict"),
            ("dx returned", GRADIENT.changed(("return grads", "return dout")), "dx-returned list-for-dict", "raises index-outside not-an-integer"),
            ("grads kept between calls", Source("grads = {}\n" + GRADIENT.code.replace("    grads = {}\n", "").replace('grads["W" + str(i + 1)] = network.layers[name].dW', 'grads["W" + str(i + 1)] = grads.get("W" + str(i + 1), 0) + network.layers[name].dW')), f"gradients-accumulate {STATE}", "shapes-do-not-broadcast"),
            ("setdefault", Source("grads = {}\n" + GRADIENT.code.replace("    grads = {}\n", "").replace('grads["W" + str(i + 1)] = network.layers[name].dW', 'grads.setdefault("W" + str(i + 1), network.layers[name].dW)')), f"first-input-kept {STATE}"),
            ("no return", GRADIENT.changed(("return grads", "grads")), "returns-none"),
            ("return in loop", GRADIENT.changed(("    return grads", "        return grads")), "one-layer-only", "key-missing"),
            ("numerical sign", GRADIENT.changed(("backward(1)", "backward(-1)")), "negated"),
        ],
    ),
    *answers(
        "accuracy",
        right=[
            ("book", ACCURACY),
            ("enumerate", ACCURACY.changed(("np.sum(y == tt)", "sum(1 for a, b in zip(y, tt) if a == b)"))),
            ("weighted mean", ACCURACY.changed(("np.sum(y == tt)", "np.mean(y == tt) * len(tt)"))),
            ("array_split", lambda network, x, t, batch_size=100: float(np.mean(np.concatenate([network.predict(part).argmax(1) for part in np.array_split(x, -(-len(x) // batch_size))]) == t))),
            ("one by one", lambda network, x, t, batch_size=100: np.mean([network.predict(x[n:n + 1]).argmax() == t[n] for n in range(len(x))])),
        ],
        wrong=[
            ("last as wrong", ACCURACY.changed(("range(0, len(x), batch_size)", "range(0, len(x) - batch_size + 1, batch_size)")), "last-batch-as-wrong"),
            ("int division", ACCURACY.changed(("for i in range(0, len(x), batch_size):", "for k in range(int(len(x) / batch_size)):\n        i = k * batch_size")), "last-batch-as-wrong"),
            ("last left out", ACCURACY.changed(("range(0, len(x), batch_size)", "range(0, len(x) - batch_size + 1, batch_size)"), ("acc / len(x)", "acc / (len(x) // batch_size * batch_size)")), "last-batch-left-out"),
            ("mean of batches", Source("def accuracy(network, x, t, batch_size=100):\n    a = []\n    for i in range(0, len(x), batch_size):\n        y = network.predict(x[i:i+batch_size]).argmax(1)\n        a.append((y == t[i:i+batch_size]).mean())\n    return np.mean(a)\n"), "mean-of-batches"),
            ("count", ACCURACY.changed(("acc / len(x)", "acc")), "count-not-part"),
            ("percent", ACCURACY.changed(("acc / len(x)", "100 * acc / len(x)")), "percent"),
            ("error rate", ACCURACY.changed(("y == tt", "y != tt")), "error-rate"),
            ("1 - acc", ACCURACY.changed(("acc / len(x)", "1 - acc / len(x)")), "error-rate"),
            ("all at once", lambda network, x, t, batch_size=100: np.mean(network.predict(x).argmax(axis=1) == t), "all-at-once"),
            ("first batch", ACCURACY.changed(("    return", "        return"), ("len(x)\n", "len(tx)\n")), "first-batch-only"),
            ("first batch over all", ACCURACY.changed(("    return", "        return")), "first-batch-only"),
            ("last batch", ACCURACY.changed(("acc += np.sum", "acc = np.sum"), ("acc / len(x)", "acc / len(tx)")), "last-batch-only"),
            ("= for +=", ACCURACY.changed(("acc += np.sum", "acc = np.sum")), "last-batch-only"),
            ("argmax axis 0", ACCURACY.changed(("axis=1", "axis=0")), "argmax-over-images", "shapes-do-not-broadcast raises"),
            ("argmax of all", ACCURACY.changed(("np.argmax(y, axis=1)", "np.argmax(y)")), "argmax-of-everything"),
            ("argmin", ACCURACY.changed(("argmax", "argmin")), "smallest-score"),
            ("max for argmax", ACCURACY.changed(("np.argmax(y, axis=1)", "np.max(y, axis=1)")), "max-for-argmax"),
            ("labels not sliced", ACCURACY.changed(("t[i:i + batch_size]", "t")), "labels-not-sliced", "shapes-do-not-broadcast"),
            ("labels from the start", ACCURACY.changed(("t[i:i + batch_size]", "t[:len(tx)]")), "labels-of-the-first-batch"),
            ("images from the start", ACCURACY.changed(("x[i:i + batch_size]", "x[:batch_size]")), "images-of-the-first-batch", "shapes-do-not-broadcast"),
            ("divided by batches", ACCURACY.changed(("acc / len(x)", "acc / (len(x) / batch_size)")), "divided-by-batches"),
            ("divided by batch size", ACCURACY.changed(("acc / len(x)", "acc / batch_size")), "divided-by-batch-size"),
            ("slice one too long", ACCURACY.changed(("x[i:i + batch_size]", "x[i:i + batch_size + 1]"), ("t[i:i + batch_size]", "t[i:i + batch_size + 1]")), "batches-overlap batch-too-large"),
            ("slice one short", ACCURACY.changed(("x[i:i + batch_size]", "x[i:i + batch_size - 1]"), ("t[i:i + batch_size]", "t[i:i + batch_size - 1]")), "images-between-batches-missing batches-too-short"),
            ("starts at batch_size", ACCURACY.changed(("range(0,", "range(batch_size,")), "first-batch-left-out"),
            ("step forgotten", ACCURACY.changed(("range(0, len(x), batch_size)", "range(0, len(x))")), "images-counted-many-times"),
            ("default 100 used", ACCURACY.changed(("    acc = 0", "    acc = 0\n    batch_size = 100")), "batch-size-ignored all-at-once"),
            ("integer division", ACCURACY.changed(("acc / len(x)", "acc // len(x)")), "whole-division"),
            ("rounded", ACCURACY.changed(("acc / len(x)", "round(acc / len(x), 1)")), "rounded"),
            ("scores compared", ACCURACY.changed(("        y = np.argmax(y, axis=1)\n", "")), "argmax-forgotten", "shapes-do-not-broadcast"),
            ("all equal", ACCURACY.changed(("np.sum(y == tt)", "int((y == tt).all()) * len(tt)")), "whole-batches-counted"),
            ("np.equal any", ACCURACY.changed(("np.sum(y == tt)", "len(np.intersect1d(y, tt))")), "place"),
            ("list of truth", lambda network, x, t, batch_size=100: [bool(a == b) for i in range(0, len(x), batch_size) for a, b in zip(network.predict(x[i:i + batch_size]).argmax(1), t[i:i + batch_size])], "one-number-expected", "axes-extra"),
            ("no return", ACCURACY.changed(("return acc / len(x)", "acc / len(x)")), "returns-none"),
            ("mean of labels", ACCURACY.changed(("np.sum(y == tt)", "np.sum(np.abs(y - tt))")), "place"),
            ("predict without batch", ACCURACY.changed(("network.predict(tx)", "network.predict(x)[i:i + batch_size]")), "all-at-once"),
        ],
    ),
]
