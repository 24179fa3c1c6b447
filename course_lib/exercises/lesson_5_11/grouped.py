"""Exercise 5_11/grouped: a convolution in groups."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import Convolution
from course_lib.text import Text

# N, C, H, W, FN, FH, FW, stride, pad, groups
SIZES = (
    (1, 4, 5, 6, 6, 3, 2, 1, 0, 2),
    (2, 6, 6, 5, 3, 2, 3, 2, 1, 3),
    (3, 3, 5, 7, 6, 3, 3, 1, 1, 3),
    (2, 4, 6, 6, 8, 1, 1, 1, 0, 4),
    (1, 5, 4, 4, 2, 2, 2, 1, 0, 1),
    (4, 4, 7, 5, 4, 3, 3, 2, 1, 2),
)


class Grouped:
    """Divide channels and filters into groups, each convolved by itself."""

    def __init__(self, W, b, stride=1, pad=0, groups=1):
        self.W, self.b = W, b  # (FN, C // groups, FH, FW), (FN,)
        self.stride, self.pad, self.groups = stride, pad, groups
        self.dW = self.db = None

    def forward(self, x):
        self.parts = [
            Convolution(W, b, self.stride, self.pad)
            for W, b in zip(self.filters(), np.split(self.b, self.groups))
        ]
        outs = [p.forward(c) for p, c in zip(self.parts, self.channels(x))]
        return self.joined(outs)

    def backward(self, dout):
        douts = self.shares(dout)
        dxs = [p.backward(d) for p, d in zip(self.parts, douts)]
        self.dW = np.concatenate([p.dW for p in self.parts])
        self.db = np.concatenate([p.db for p in self.parts])
        return self.joined_dx(dxs)

    # What a slip changes:
    def filters(self):
        return np.split(self.W, self.groups)

    def channels(self, x):
        return np.split(x, self.groups, axis=1)

    def joined(self, outs):
        return np.concatenate(outs, axis=1)

    def shares(self, dout):
        return np.split(dout, self.groups, axis=1)

    def joined_dx(self, dxs):
        return np.concatenate(dxs, axis=1)


def cases():
    """Return (x, W, b, stride, pad, groups, dout) for each size."""
    rng = np.random.default_rng(511)
    found = []
    for N, C, H, width, FN, FH, FW, stride, pad, groups in SIZES:
        x = rng.normal(size=(N, C, H, width))
        W = rng.normal(size=(FN, C // groups, FH, FW))
        b = rng.normal(size=FN)
        if N == 4:
            x, W, b = (a.astype(np.float32) for a in (x, W, b))
        out = Grouped(W, b, stride, pad, groups).forward(x)
        dout = rng.normal(size=out.shape).astype(x.dtype)
        found.append((x, W, b, stride, pad, groups, dout))
    return found


def _run(Layer, x, W, b, stride, pad, groups, dout):
    layer = Layer(W, b, stride, pad, groups)
    layer.forward(-x)  # nothing of an earlier call may be left over
    out = layer.forward(x)
    if np.shape(out) != dout.shape:  # backward could not use this dout
        return out, np.zeros_like(x), np.zeros_like(W), np.zeros_like(b)
    dx = layer.backward(dout)
    return out, dx, layer.dW, layer.db


class _ChannelsInTurn(Grouped):
    def channels(self, x):
        return [x[:, g :: self.groups] for g in range(self.groups)]

    def joined_dx(self, dxs):
        return np.stack(dxs, axis=2).reshape(
            len(dxs[0]), -1, *dxs[0].shape[2:]
        )


class _ChannelsInTurnForwardOnly(Grouped):
    channels = _ChannelsInTurn.channels


class _OutputsInTurn(Grouped):
    def joined(self, outs):
        N, _, OH, OW = outs[0].shape
        return np.stack(outs, axis=2).reshape(N, -1, OH, OW)


class _FirstGroup(Grouped):
    def channels(self, x):
        return [np.split(x, self.groups, axis=1)[0]] * self.groups


class _Joined(Grouped):
    def joined(self, outs):
        return np.concatenate(outs)


class _Added(Grouped):
    def joined(self, outs):
        return sum(outs)


class _DxAdded(Grouped):
    def joined_dx(self, dxs):
        return sum(dxs)


class _DxOfLast(Grouped):
    def joined_dx(self, dxs):
        return dxs[-1]


class _DxOfFirst(Grouped):
    def joined_dx(self, dxs):
        return dxs[0]


class _DxAlongImages(Grouped):
    def joined_dx(self, dxs):
        return np.concatenate(dxs)


class _DwSideways(Grouped):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = np.concatenate([p.dW for p in self.parts], axis=1)
        return dx


class _DwOfLast(Grouped):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW, self.db = self.parts[-1].dW, self.parts[-1].db
        return dx


class _DwOfFirst(Grouped):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW, self.db = self.parts[0].dW, self.parts[0].db
        return dx


class _DwAdded(Grouped):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = sum(p.dW for p in self.parts)
        self.db = sum(p.db for p in self.parts)
        return dx


class _DwLists(Grouped):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = np.stack([p.dW for p in self.parts])
        self.db = np.stack([p.db for p in self.parts])
        return dx


class _NotStored(Grouped):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.db = None
        return dx


class _NoBias(Grouped):
    def forward(self, x):
        return super().forward(x) - self.b[:, np.newaxis, np.newaxis]


class _FirstBias(Grouped):
    def forward(self, x):
        first = np.tile(np.split(self.b, self.groups)[0], self.groups)
        return super().forward(x) + (first - self.b)[:, None, None]


class _PartsKept(Grouped):
    """Append the layers of each call; backward meets the oldest."""

    def forward(self, x):
        out = super().forward(x)
        self.kept = [*getattr(self, "kept", []), *self.parts]
        return out

    def backward(self, dout):
        self.parts = self.kept[: self.groups]
        return super().backward(dout)


class _ZerosForDw(Grouped):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        return dx


EXERCISE = Exercise(
    name="grouped",
    title=Text("A convolution in groups", "グループ化畳み込み"),
    reference=Grouped,
    cases=cases,
    run=_run,
    parts=("out", "dx", "dW", "db"),
    slips=(
        Slip(
            "gradients-not-stored",
            Text(
                "self.dW or self.db is still None after backward. Put the"
                " gradients of all groups together there.",
                "backward のあとも self.dW か self.db が None のままです。"
                "全グループの勾配をまとめて入れます。",
            ),
            seen=lambda got, *case: got[2] is None or got[3] is None,
            answer=_NotStored,
        ),
        Slip(
            "channels-in-turn",
            Text(
                "The channels were dealt out like cards. A group takes"
                " neighbours: with 2 groups of 4 channels, 0 and 1, then 2"
                " and 3.",
                "チャンネルを 1 つずつ交互に配っています。グループに入るのは"
                "隣り合うチャンネルです。4 チャンネルを 2 グループなら、0 と"
                " 1、2 と 3 です。",
            ),
            answer=_ChannelsInTurn,
            also=(_ChannelsInTurnForwardOnly,),
        ),
        Slip(
            "outputs-in-turn",
            Text(
                "The maps of the groups come in turn. All maps of group 0"
                " stand first, then those of group 1.",
                "グループのマップが交互に並んでいます。グループ 0 のマップを"
                "すべて並べてから、グループ 1 に進みます。",
            ),
            answer=_OutputsInTurn,
        ),
        Slip(
            "first-group-for-all",
            Text(
                "Every group sees the first channels. Group 1 has channels"
                " of its own.",
                "どのグループも最初のチャンネルを見ています。グループ 1 には"
                "自分のチャンネルがあります。",
            ),
            answer=_FirstGroup,
        ),
        Slip(
            "groups-added",
            Text(
                "The maps of the groups were added. They stay apart, one"
                " behind the other: `concatenate` on the channels.",
                "グループのマップを足しています。足さずに、チャンネルの方向に"
                "つなげます（`concatenate`）。",
            ),
            answer=_Added,
        ),
        Slip(
            "joined-along-images",
            Text(
                "The groups were joined along the images (axis 0). In maps"
                " (N, FN, OH, OW) the channels are axis 1.",
                "グループを画像の方向（軸 0）につないでいます。(N, FN, OH, OW)"
                " のチャンネルは軸 1 です。",
            ),
            answer=_Joined,
        ),
        Slip(
            "dx-added",
            Text(
                "out is right. The dx of the groups were added, or only one"
                " of them is left. Each belongs to its own channels: join"
                " them as you divided x.",
                "out は合っています。dx はグループの分を足したか、1 つしか残っ"
                "ていません。それぞれ自分のチャンネルのものなので、x を分けた"
                "ときと同じようにつなぎます。",
            ),
            answer=_DxAdded,
            also=(_DxOfLast, _DxOfFirst),
        ),
        Slip(
            "dx-joined-along-images",
            Text(
                "out is right. In dx the groups were joined along the images"
                " (axis 0). dx is (N, C, H, W) like x.",
                "out は合っています。dx ではグループを画像の方向（軸 0）につな"
                "いでいます。dx の形状は x と同じ (N, C, H, W) です。",
            ),
            answer=_DxAlongImages,
        ),
        Slip(
            "parts-of-an-earlier-call",
            Text(
                "The layers of an earlier forward are still in the list, and"
                " backward uses them. Begin each forward with an empty list.",
                "前の forward で作った層がリストに残り、backward で使われてい"
                "ます。forward のたびに空のリストから始めます。",
            ),
            answer=_PartsKept,
        ),
        Slip(
            "dw-joined-along-channels",
            Text(
                "dW was joined along axis 1. W is (FN, C // groups, FH, FW):"
                " the groups divide its filters, axis 0.",
                "dW を軸 1 につないでいます。W は (FN, C // groups, FH, FW) "
                "で、グループに分かれるのはフィルター、つまり軸 0 です。",
            ),
            answer=_DwSideways,
        ),
        Slip(
            "dw-of-one-group",
            Text(
                "dW and db have room for one group only. Every group has"
                " filters of its own: join them as in W and b.",
                "dW と db が 1 グループ分しかありません。フィルターはグループ"
                "ごとに別なので、W や b と同じ順につなぎます。",
            ),
            answer=_DwOfLast,
            also=(_DwOfFirst, _DwAdded, _DwLists),
        ),
        Slip(
            "bias-forgotten",
            Text(
                "Every number of out is off by the bias of its filter. Did b"
                " reach the groups?",
                "out のどの数も、フィルターのバイアスの分だけずれています。"
                "各グループに b を渡しましたか。",
            ),
            answer=_NoBias,
        ),
        Slip(
            "first-bias-for-all",
            Text(
                "Every group adds the biases of the first. b is divided like"
                " W.",
                "どのグループも最初のグループのバイアスを足しています。b も W "
                "と同じように分けます。",
            ),
            answer=_FirstBias,
        ),
        Slip(
            "gradients-zero",
            Text(
                "dW and db are all 0. Each part of your layer has computed"
                " its own in backward: take them from there.",
                "dW と db がすべて 0 です。backward で各グループの層が自分の"
                "勾配を計算しているので、それを取り出します。",
            ),
            answer=_ZerosForDw,
        ),
        Slip(
            "stride-and-pad-ignored",
            Text(
                "The output has the size for stride 1 and no padding. Pass"
                " stride and pad on to each convolution.",
                "ストライド 1、パディングなしのサイズになっています。stride と"
                " pad を各グループの畳み込みに渡しましょう。",
            ),
            answer=lambda W, b, stride, pad, groups: Grouped(
                W, b, 1, 0, groups
            ),
        ),
        Slip(
            "stride-ignored",
            Text(
                "The output has the size for stride 1. Pass the stride on to"
                " each convolution.",
                "ストライド 1 のサイズになっています。stride を各グループの"
                "畳み込みに渡しましょう。",
            ),
            answer=lambda W, b, stride, pad, groups: Grouped(
                W, b, 1, pad, groups
            ),
        ),
        Slip(
            "pad-ignored",
            Text(
                "The output has the size for no padding. Pass pad on to each"
                " convolution.",
                "パディングなしのサイズになっています。pad を各グループの畳み"
                "込みに渡しましょう。",
            ),
            answer=lambda W, b, stride, pad, groups: Grouped(
                W, b, stride, 0, groups
            ),
        ),
    ),
    hints=(
        Text(
            "Which channels, and which filters, belong to group 0?",
            "グループ 0 に属するのは、どのチャンネルとどのフィルターですか。",
        ),
        Text(
            "`np.split(x, groups, axis=1)` gives the channels of each group,"
            " `np.split(W, groups)` its filters. One convolution for each;"
            " `np.concatenate` undoes the split.",
            "`np.split(x, groups, axis=1)` で各グループのチャンネル、"
            "`np.split(W, groups)` でフィルターが得られます。グループごとに"
            "畳み込みを 1 つ作り、`np.concatenate` で元のようにつなぎます。",
        ),
        Text(
            "filters = np.split(self.W, self.groups)",
            "filters = np.split(self.W, self.groups)",
        ),
    ),
)
