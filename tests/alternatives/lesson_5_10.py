"""Other right answers to the exercises of lesson 5_10."""

import numpy as np

from course_lib.layers import AveragePooling, ReLU, SoftmaxWithLoss
from course_lib.networks import Container, Sequential


class ParallelFilled(Container):
    """Fill arrays branch by branch."""

    def __init__(self, branches):
        self.branches = branches

    def children(self):
        return {f"branch{i}": b for i, b in enumerate(self.branches)}

    def forward(self, x, train_flg=True):
        out = self.branches[0].forward(x, train_flg)
        self.ends = [out.shape[1]]
        for branch in self.branches[1:]:
            out = np.hstack((out, branch.forward(x, train_flg)))
            self.ends.append(out.shape[1])
        return out

    def backward(self, dout):
        start, dx = 0, 0
        for branch, end in zip(self.branches, self.ends):
            dx = dx + branch.backward(dout[:, start:end])
            start = end
        return dx


class ParallelSplit(Container):
    def __init__(self, branches):
        self.branches = list(branches)
        self.cuts = None

    def children(self):
        return dict(zip(map(str, range(9)), self.branches))

    def forward(self, x, train_flg=True):
        outs = []
        for branch in self.branches:
            outs.append(branch.forward(x, train_flg))
        self.cuts = np.cumsum([out.shape[1] for out in outs])
        return np.concatenate(outs, 1)

    def backward(self, dout):
        parts = np.split(dout, self.cuts[:-1], axis=1)
        dxs = [b.backward(p) for b, p in zip(self.branches, parts)]
        return np.sum(dxs, axis=0)


def inception_listed(C, one, reduce3, three, reduce5, five, pool):
    convs = [
        (C, one, 1),
        (C, reduce3, 1),
        (reduce3, three, 9),
        (C, reduce5, 1),
        (reduce5, five, 25),
        (C, pool, 1),
    ]
    return sum(F * (c * window + 1) for c, F, window in convs)


def inception_written_out(C, one, reduce3, three, reduce5, five, pool):
    n = (C + 1) * (one + reduce3 + reduce5 + pool)
    n += (3**2 * reduce3 + 1) * three
    n += (5**2 * reduce5 + 1) * five
    return float(n)


class AuxiliarySteps(Container):
    def __init__(self, lower, upper, side, weight=0.3):
        self.lower, self.upper, self.side = lower, upper, side
        self.weight = weight
        self.last_layer = SoftmaxWithLoss()
        self.side_loss = SoftmaxWithLoss()

    def children(self):
        return {"lower": self.lower, "upper": self.upper, "side": self.side}

    def predict(self, x, train_flg=False):
        for part in (self.lower, self.upper):
            x = part.forward(x, train_flg)
        return x

    def loss(self, x, t):
        h = self.lower.forward(x, True)
        losses = [
            self.last_layer.forward(self.upper.forward(h, True), t),
            self.side_loss.forward(self.side.forward(h, True), t),
        ]
        return np.dot(losses, [1, self.weight])

    def backward(self):
        dh = self.side.backward(self.weight * self.side_loss.backward())
        dh = dh + self.upper.backward(self.last_layer.backward())
        return self.lower.backward(dh)


class AuxiliaryShort(AuxiliarySteps):
    def predict(self, x, train_flg=False):
        return Sequential([self.lower, self.upper]).forward(x, train_flg)

    def backward(self):
        ways = (
            (self.upper, self.last_layer, 1),
            (self.side, self.side_loss, self.weight),
        )
        return self.lower.backward(
            sum(part.backward(loss.backward(w)) for part, loss, w in ways)
        )


class AverageRepeated:
    def forward(self, x):
        self.N, self.C, self.H, self.W = x.shape
        return x.reshape(self.N, self.C, -1).mean(-1)

    def backward(self, dout):
        share = dout / (self.H * self.W)
        dx = np.repeat(share, self.H * self.W)
        return dx.reshape(self.N, self.C, self.H, self.W)


class AverageLooped:
    def forward(self, x, train_flg=True):
        self.x = x
        N, C, H, W = x.shape
        out = np.zeros((N, C))
        for n in range(N):
            for c in range(C):
                out[n, c] = x[n, c].sum() / (H * W)
        return out

    def backward(self, dout):
        dx = np.ones_like(self.x) / self.x[0, 0].size
        return dx * dout[:, :, None, None]


class ResidualIf(Container):
    def __init__(self, body, shortcut=None):
        self.body, self.shortcut = body, shortcut

    def children(self):
        parts = {"body": self.body}
        if self.shortcut is not None:
            parts["shortcut"] = self.shortcut
        return parts

    def forward(self, x, train_flg=True):
        out = self.body.forward(x, train_flg)
        if self.shortcut:
            return out + self.shortcut.forward(x, train_flg)
        return out + x

    def backward(self, dout):
        dx = self.body.backward(dout)
        if self.shortcut:
            return dx + self.shortcut.backward(dout)
        return dx + dout


class ResidualIdentity(ResidualIf):
    """Take a Sequential without layers for the missing shortcut."""

    def __init__(self, body, shortcut=None):
        super().__init__(body, shortcut or Sequential([]))

    def forward(self, x, train_flg=True):
        parts = (self.body, self.shortcut)
        return np.add(*(part.forward(x, train_flg) for part in parts))

    def backward(self, dout):
        return self.shortcut.backward(dout) + self.body.backward(dout)


def bottleneck_tuple(C, F, stride, conv, norm):
    body = (
        conv(C, F, size=1, stride=stride),
        norm(F),
        ReLU(),
        conv(F, F, size=3, stride=1),
        norm(F),
        ReLU(),
        conv(F, F * 4, size=1),
        norm(F * 4),
    )
    fits = stride == 1 and C == F * 4
    return body, None if fits else (conv(C, F * 4, 1, stride), norm(F * 4))


def bottleneck_sequential(C, F, stride, conv, norm):
    out, shortcut, layers = 4 * F, None, []
    for inputs, filters, size, step in (
        (C, F, 1, stride),
        (F, F, 3, 1),
        (F, out, 1, 1),
    ):
        layers += [conv(inputs, filters, size, step), norm(filters), ReLU()]
    if stride != 1 or C != out:
        shortcut = [conv(C, out, 1, stride), norm(out)]
    return [layers[:-1], shortcut]


class DenseStack(Container):
    def __init__(self, layers):
        self.layers = layers

    def children(self):
        return {str(i): layer for i, layer in enumerate(self.layers)}

    def forward(self, x, train_flg=True):
        seen = [x]
        for layer in self.layers:
            both = np.concatenate(seen, axis=1)
            seen.append(layer.forward(both, train_flg))
        self.widths = [part.shape[1] for part in seen]
        return np.concatenate(seen, axis=1)

    def backward(self, dout):
        ends = np.cumsum(self.widths)
        grads = [g.copy() for g in np.split(dout, ends[:-1], axis=1)]
        for i in range(len(self.layers) - 1, -1, -1):
            dx = self.layers[i].backward(grads[i + 1])
            pieces = np.split(dx, ends[:i], axis=1)
            grads[: i + 1] = [g + p for g, p in zip(grads, pieces)]
        return grads[0]


class DensePopped(DenseStack):
    def forward(self, x, train_flg=True):
        self.sizes = []
        for layer in self.layers:
            self.sizes.append(x.shape[1])
            x = np.hstack([x, layer.forward(x, train_flg)])
        return x

    def backward(self, dout):
        dx = dout.copy()
        for layer in reversed(self.layers):
            C = self.sizes.pop()
            inner = layer.backward(dx[:, C:])
            dx = dx[:, :C]
            dx += inner
        return dx


def transition_steps(k0, k, L, conv, norm):
    channels = k0
    for _ in range(L):
        channels += k
    layers = []
    layers.append(norm(channels))
    layers.append(ReLU())
    layers.append(conv(channels, channels // 2, size=1))
    layers.append(AveragePooling(pool_h=2, pool_w=2, stride=2))
    return layers


def transition_tuple(k0, k, L, conv, norm):
    C = L * k + k0
    half = conv(C, int(C / 2), 1, 1)
    return norm(C), ReLU(), half, AveragePooling(2, 2, 2, 0)


REDUCTION = (120422400, 12443648, 153632, 15920)
ALTERNATIVES = {
    "reduction": [list(REDUCTION), np.array(REDUCTION)],
    "parallel": [ParallelFilled, ParallelSplit],
    "inception_params": [inception_listed, inception_written_out],
    "auxiliary_loss": [AuxiliarySteps, AuxiliaryShort],
    "global_average_pooling": [AverageRepeated, AverageLooped],
    "residual": [ResidualIf, ResidualIdentity],
    "bottleneck": [bottleneck_tuple, bottleneck_sequential],
    "dense_block": [DenseStack, DensePopped],
    "transition": [transition_steps, transition_tuple],
}
