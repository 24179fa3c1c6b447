"""The exercises of lesson 5_6: the max pooling layer."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import col2im, conv_output_size, im2col
from course_lib.layers import AveragePooling, MaxPooling
from course_lib.text import Text

# N, C, H, W, PH, PW, stride, pad: no two of them alike where it matters
SIZES = (
    (1, 1, 3, 3, 2, 2, 1, 0),
    (2, 3, 5, 6, 2, 3, 1, 1),
    (5, 3, 7, 6, 3, 2, 2, 0),
    (2, 4, 6, 8, 2, 2, 2, 0),
    (2, 3, 6, 7, 3, 3, 2, 1),
)


def _images():
    """Return (x, pool_h, pool_w, stride, pad), most numbers negative."""
    rng = np.random.default_rng(66)
    cases = []
    for N, C, H, W, *rest in SIZES:
        x = rng.permutation(N * C * H * W) / 10 - N * C * H * W / 12
        cases.append((x.reshape(N, C, H, W), *rest))
    return cases


def _images_with_dout():
    rng = np.random.default_rng(67)
    tied = rng.integers(-3, 0, size=(2, 3, 5, 4)).astype(float)
    cases = []
    for case in (*_images(), (tied, 2, 2, 1, 0), (-tied, 2, 3, 2, 1)):
        x, *rest = case
        out = MaxPooling(*rest).forward(x)
        cases.append((x, *rest, rng.normal(size=out.shape)))
    return cases


class _Rows:
    """A layer as a learner writes it; each slip changes one step."""

    lowest = -np.inf

    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.window = pool_h, pool_w
        self.stride, self.pad = stride, pad

    def forward(self, x):
        self.x_shape = x.shape
        H, W = x.shape[2:]
        PH, PW = self.window
        self.OH = conv_output_size(H, PH, self.stride, self.pad)
        self.OW = conv_output_size(W, PW, self.stride, self.pad)
        self.cells = im2col(
            x, PH, PW, self.stride, self.pad, self.lowest
        ).reshape(-1, PH * PW)
        return self.maps(self.value(self.cells))

    def value(self, rows):
        return rows.max(axis=1)

    def maps(self, values):
        N, C = self.x_shape[:2]
        return values.reshape(N, self.OH, self.OW, C).transpose(0, 3, 1, 2)

    def flat(self, dout):
        return dout.transpose(0, 2, 3, 1).reshape(-1, 1)

    def share(self, rows):
        """Say which part of the gradient each number of a window gets."""
        first = rows.argmax(axis=1)[:, np.newaxis]
        return (np.arange(rows.shape[1]) == first).astype(float)

    def image(self, dcol):
        return col2im(
            dcol,
            self.x_shape,
            *self.window,
            self.stride,
            self.pad,
            is_backward=True,
        )

    def backward(self, dout):
        drows = self.flat(dout) * self.share(self.cells)
        windows = self.x_shape[0] * self.OH * self.OW
        return self.image(drows.reshape(windows, -1))


# --- pool_rows ----------------------------------------------------------


def pool_rows(x, pool_h, pool_w, stride, pad):
    """Return windows (N*OH*OW*C, PH*PW), padded with minus infinity."""
    col = im2col(x, pool_h, pool_w, stride, pad, -np.inf)
    return col.reshape(-1, pool_h * pool_w)


def _zero_rows(x, pool_h, pool_w, stride, pad):
    col = im2col(x, pool_h, pool_w, stride, pad)
    return col.reshape(-1, pool_h * pool_w)


def _unsplit_rows(x, pool_h, pool_w, stride, pad):
    return im2col(x, pool_h, pool_w, stride, pad, -np.inf)


def _scrambled_rows(x, pool_h, pool_w, stride, pad):
    col = im2col(x, pool_h, pool_w, stride, pad, -np.inf)
    return col.reshape(pool_h * pool_w, -1).T


def _channel_first_rows(x, pool_h, pool_w, stride, pad):
    P = pool_h * pool_w
    rows = pool_rows(x, pool_h, pool_w, stride, pad)
    return rows.reshape(-1, x.shape[1], P).transpose(1, 0, 2).reshape(-1, P)


# --- forward ------------------------------------------------------------


def _forward(Layer, x, pool_h, pool_w, stride, pad):
    return Layer(pool_h, pool_w, stride, pad).forward(x)


class _ZeroPadding(_Rows):
    lowest = 0


class _Mean(_Rows):
    lowest = 0

    def value(self, rows):
        return rows.mean(axis=1)


class _MapsReshaped(_Rows):
    def maps(self, values):
        N, C = self.x_shape[:2]
        return values.reshape(N, C, self.OH, self.OW)


class _AcrossChannels(_Rows):
    def forward(self, x):
        return super().forward(x).max(axis=1, keepdims=True)


# --- put_back -----------------------------------------------------------


def put_back(dout, argmax, size):
    """Return rows (N*OH*OW*C, size), zero but for dout at argmax."""
    values = dout.transpose(0, 2, 3, 1).ravel()
    rows = np.zeros((values.size, size))
    rows[np.arange(values.size), argmax] = values
    return rows


def _put_back_cases():
    rng = np.random.default_rng(68)
    sizes = ((1, 1, 2, 2, 4), (2, 3, 2, 4, 6), (3, 2, 3, 2, 4))
    cases = []
    for N, C, OH, OW, size in (*sizes, (2, 4, 1, 3, 9), (1, 3, 5, 2, 2)):
        dout = rng.normal(size=(N, C, OH, OW))
        cases.append((dout, rng.integers(0, size, dout.size), size))
    return cases


def _put_reshaped(dout, argmax, size):
    rows = np.zeros((dout.size, size))
    rows[np.arange(dout.size), argmax] = dout.ravel()
    return rows


def _put_axes(axes):
    def answer(dout, argmax, size):
        rows = np.zeros((dout.size, size))
        rows[np.arange(dout.size), argmax] = dout.transpose(axes).ravel()
        return rows

    return answer


def _put_axes_seen(got, *case):
    return any(
        same(got, _put_axes(axes)(*case)) for axes in permutations(range(4))
    )


def _put_everywhere(dout, argmax, size):
    rows = np.zeros((dout.size, size))
    rows[:, argmax] = dout.transpose(0, 2, 3, 1).ravel()
    return rows


def _put_ones(dout, argmax, size):
    return put_back(np.ones_like(dout), argmax, size)


# --- backward -----------------------------------------------------------


def _backward(Layer, x, pool_h, pool_w, stride, pad, dout):
    layer = Layer(pool_h, pool_w, stride, pad)
    return layer.forward(x), layer.backward(dout)


class _AllTies(_Rows):
    def share(self, rows):
        return rows == rows.max(axis=1, keepdims=True)


class _TiesShared(_AllTies):
    def share(self, rows):
        tied = super().share(rows)
        return tied / tied.sum(axis=1, keepdims=True)


class _LastTie(_Rows):
    def share(self, rows):
        return super().share(rows[:, ::-1])[:, ::-1]


class _Overwritten(_Rows):
    def image(self, dcol):
        return col2im(dcol, self.x_shape, *self.window, self.stride, self.pad)


class _DoutReshaped(_Rows):
    def flat(self, dout):
        return dout.reshape(-1, 1)


def _dout_axes(axes, Base=_Rows):
    """Return a layer that puts the axes of dout into this order."""

    class Layer(Base):
        def flat(self, dout):
            return dout.transpose(axes).reshape(-1, 1)

    return Layer


def _dout_axes_seen(Base=_Rows):
    def seen(got, *case):
        return any(
            same(got, _backward(_dout_axes(axes, Base), *case))
            for axes in permutations(range(4))
        )

    return seen


class _Evenly(_Rows):
    def share(self, rows):
        return np.full(rows.shape, 1 / rows.shape[1])


class _Ones(_Rows):
    def flat(self, dout):
        return super().flat(np.ones_like(dout))


DOUT_RESHAPED = Text(
    "The gradients went to wrong windows: in the rows the channel stands"
    " last, in dout second. A reshape alone cannot move an axis.",
    "勾配が別の窓に届いています。チャンネルの軸は、行の形では最後、dout では "
    "2 番目です。reshape だけでは軸を動かせません。",
)
DOUT_AXES = (
    "dout-axes-in-other-order",
    Text(
        "The numbers of dout are not in the order of the rows: N, OH, OW, C."
        " For each axis, write which axis of dout it is.",
        "dout の数が、行の順番 N, OH, OW, C に並んでいません。新しい軸の順に、"
        "dout のどの軸を持ってくるかを書いてみましょう。",
    ),
)
OVERWRITTEN = Text(
    "A pixel keeps the gradient of one window only. Where windows overlap,"
    " col2im must sum.",
    "画素に窓 1 つ分の勾配しか残っていません。窓が重なるところでは、col2im は"
    "合計する必要があります。",
)
OVERLAP_NOT_SUMMED = Text(
    "One pixel wins in two windows. It gets a gradient from each.",
    "2 つの窓で最大になっている画素があります。両方の窓から勾配が届きます。",
)
MAPS_RESHAPED = Text(
    "The numbers are right but mixed between the channels. In the rows the"
    " channel changes fastest: reshape with C last, then move it.",
    "数は合っていますが、チャンネルの間で混ざっています。行の形では"
    "チャンネルがいちばん速く変わります。C を最後にして reshape "
    "してから、軸を動かします。",
)


# --- average ------------------------------------------------------------


class _AverageRows(_Mean):
    def share(self, rows):
        return np.full(rows.shape, 1 / rows.shape[1])


class _AverageNotShared(_AverageRows):
    def share(self, rows):
        return np.ones(rows.shape)


class _AverageInside(_AverageRows):
    def forward(self, x):
        out = super().forward(x)
        return out / super().forward(np.ones_like(x))


class _AverageMinusInfinity(_AverageRows):
    lowest = -np.inf


class _AverageOverwritten(_Overwritten, _AverageRows):
    pass


class _AverageDoutReshaped(_DoutReshaped, _AverageRows):
    pass


class _AverageMapsReshaped(_MapsReshaped, _Mean):
    pass


class _SumForAverage(_Mean):
    def value(self, rows):
        return rows.sum(axis=1)


class _AverageToOne(_Mean):
    def share(self, rows):
        return super().share(rows) / rows.shape[1]


EXERCISES = (
    Exercise(
        name="pool_rows",
        title=Text("One row for each window", "窓ごとに 1 行"),
        reference=pool_rows,
        cases=_images,
        slips=(
            Slip(
                "pads-with-zero",
                Text(
                    "The padding holds zeros. Where all numbers of a window"
                    " are negative, such a zero would win.",
                    "パディングが 0 になっています。窓の中の数がすべて負のと"
                    "き、この 0 が最大になってしまいます。",
                ),
                answer=_zero_rows,
            ),
            Slip(
                "channels-together",
                Text(
                    "A row holds the windows of all channels. Pooling works on"
                    " each channel by itself: one row for each.",
                    "1 行にすべてのチャンネルの窓が入っています。プーリングは"
                    "チャンネルごとに行うので、チャンネルごとに 1 行にしま"
                    "す。",
                ),
                answer=_unsplit_rows,
            ),
            Slip(
                "reshape-for-transpose",
                Text(
                    "The shape is right, but the windows are torn apart. The"
                    " numbers of a window lie side by side in col: keep them"
                    " so.",
                    "形状は合っていますが、窓の中身がばらばらです。col では 1 "
                    "つの窓の数が隣り合っています。その並びを保ちます。",
                ),
                answer=_scrambled_rows,
            ),
            Slip(
                "channel-by-channel",
                Text(
                    "All rows of one channel come first. Here the order N, OH,"
                    " OW, C is wanted, as a plain reshape of col gives it.",
                    "チャンネルごとにまとめて並んでいます。ここでは N, OH, OW,"
                    " C の順、つまり col をそのまま reshape した順にします。",
                ),
                answer=_channel_first_rows,
            ),
        ),
        hints=(
            Text(
                "How many numbers has a window of one channel?",
                "1 チャンネル分の窓には、数がいくつ入りますか。",
            ),
            Text(
                "In a row of col the channels follow each other, PH*PW"
                " numbers each. So a reshape is enough.",
                "col の 1 行には、チャンネルごとに PH*PW 個の数が順に並んで"
                "います。reshape だけで分けられます。",
            ),
            Text(
                "col = im2col(x, pool_h, pool_w, stride, pad,"
                " constant_values=...)",
                "col = im2col(x, pool_h, pool_w, stride, pad,"
                " constant_values=...)",
            ),
        ),
    ),
    Exercise(
        name="forward",
        title=Text("The class: forward", "クラスの順伝播"),
        reference=MaxPooling,
        cases=_images,
        run=_forward,
        slips=(
            Slip(
                "pads-with-zero",
                Text(
                    "At the border there are zeros where all pixels are"
                    " negative: they come from the padding.",
                    "画素がすべて負の端で、結果が 0 になっています。その 0 は"
                    "パディングの値です。",
                ),
                answer=_ZeroPadding,
            ),
            Slip(
                "maps-reshaped-not-transposed",
                MAPS_RESHAPED,
                answer=_MapsReshaped,
            ),
            Slip(
                "max-across-channels",
                Text(
                    "The maximum was taken over all channels. Each channel is"
                    " pooled by itself, their number stays.",
                    "すべてのチャンネルを通した最大値になっています。プーリン"
                    "グはチャンネルごとに行い、チャンネル数は変わりません。",
                ),
                answer=_AcrossChannels,
            ),
            Slip(
                "mean-for-max",
                Text(
                    "These are the means of the windows. What is done with the"
                    " numbers of one row?",
                    "窓の平均値になっています。1 行の数から何を求めています"
                    "か。",
                ),
                answer=_Mean,
            ),
            Slip(
                "stride-ignored",
                Text(
                    "The result fits stride 1. Did self.stride reach im2col"
                    " and the output size?",
                    "ストライド 1 のときの結果です。im2col と出力サイズの計算"
                    "に self.stride を渡しましたか。",
                ),
                answer=lambda pool_h, pool_w, stride, pad: MaxPooling(
                    pool_h, pool_w, 1, pad
                ),
            ),
            Slip(
                "pad-ignored",
                Text(
                    "The result fits pad 0. Did self.pad reach im2col and the"
                    " output size?",
                    "パディング 0 のときの結果です。im2col と出力サイズの計算"
                    "に self.pad を渡しましたか。",
                ),
                answer=lambda pool_h, pool_w, stride, pad: MaxPooling(
                    pool_h, pool_w, stride, 0
                ),
            ),
        ),
        hints=(
            Text(
                "Your rows are in the order N, OH, OW, C. Which shape fits"
                " that order?",
                "行は N, OH, OW, C の順に並んでいます。この順に合う形状は"
                "何でしょうか。",
            ),
            Text(
                "Windows as rows, the maximum and its place of each row, then"
                " back to (N, C, OH, OW) by reshape and transpose.",
                "窓を行に並べ、行ごとに最大値とその位置を求め、reshape と "
                "transpose で (N, C, OH, OW) に戻します。",
            ),
            Text(
                "N, C, H, W = self.x_shape = x.shape",
                "N, C, H, W = self.x_shape = x.shape",
            ),
        ),
    ),
    Exercise(
        name="by_hand",
        title=Text("dx by hand", "dx を手計算"),
        reference=np.array([[0.0, 3, 0], [0, 0, 0], [4, 0, -1]]),
        parts=("dx",),
        slips=(
            Slip(
                "overlaps-overwritten",
                OVERLAP_NOT_SUMMED,
                answer=[[0, 1, 0], [0, 0, 0], [4, 0, -1]],
                seen=lambda got: any(
                    same(got, np.array([[0, kept, 0], [0, 0, 0], [4, 0, -1]]))
                    for kept in (1, 2)
                ),
            ),
            Slip(
                "gradient-to-all",
                Text(
                    "Every pixel gets the deltas of all its windows. Only the"
                    " largest pixel of a window has any influence on y.",
                    "どの画素にも、属する窓の δ がすべて届いています。y に影響"
                    "するのは、窓の中で最大の画素だけです。",
                ),
                answer=[[2, 3, 1], [6, 6, 0], [4, 3, -1]],
            ),
        ),
        hints=(
            Text(
                "Which pixel is the largest in each of the four windows?",
                "4 つの窓それぞれで、最大の画素はどれですか。",
            ),
            Text(
                "Each delta goes to the largest pixel of its window; a pixel"
                " that wins twice gets the sum.",
                "δ は、窓の中で最大の画素に届きます。2 つの窓で最大なら、和に"
                "なります。",
            ),
            Text(
                "The 9 is the largest in the windows of y1 and y2.",
                "9 は、y1 の窓でも y2 の窓でも最大です。",
            ),
        ),
    ),
    Exercise(
        name="put_back",
        title=Text("Gradients back to their places", "勾配を元の位置に置く"),
        reference=put_back,
        cases=_put_back_cases,
        slips=(
            Slip(
                "dout-reshaped-not-transposed",
                DOUT_RESHAPED,
                answer=_put_reshaped,
            ),
            Slip(
                *DOUT_AXES,
                answer=_put_axes((0, 3, 2, 1)),
                seen=_put_axes_seen,
            ),
            Slip(
                "column-for-every-row",
                Text(
                    "Whole columns were filled. rows[:, argmax] means all"
                    " rows: give each entry its own row number too.",
                    "列全体が埋まっています。rows[:, argmax] は「すべての行」"
                    "という意味です。要素ごとに行の番号も指定します。",
                ),
                answer=_put_everywhere,
            ),
            Slip(
                "ones-for-dout",
                Text(
                    "The places are right, but they hold 1. There belongs the"
                    " number of dout.",
                    "位置は合っていますが、値が 1 です。dout の値を置きます。",
                ),
                answer=_put_ones,
            ),
        ),
        hints=(
            Text(
                "In which order do the rows stand, and where is the channel"
                " axis in dout?",
                "行はどの順に並び、dout のチャンネルの軸はどこにありますか。",
            ),
            Text(
                "Bring dout into the order N, OH, OW, C and make it flat. Then"
                " one entry for each row: index with row number and argmax.",
                "dout を N, OH, OW, C の順にして 1 次元にします。あとは "
                "1 行に 1 つずつ、行番号と argmax の組で指定します。",
            ),
            Text(
                "rows = np.zeros((dout.size, size))",
                "rows = np.zeros((dout.size, size))",
            ),
        ),
    ),
    Exercise(
        name="backward",
        title=Text("The class: backward", "クラスの逆伝播"),
        reference=MaxPooling,
        cases=_images_with_dout,
        run=_backward,
        parts=("out", "dx"),
        slips=(
            Slip(
                "all-ties-get-gradient",
                Text(
                    "Where several pixels of a window are equally large, each"
                    " got the whole gradient. Only one may, the first.",
                    "窓の中に同じ最大値がいくつかあるとき、そのすべてに勾配が"
                    "丸ごと届いています。届けるのは最初の 1 つだけです。",
                ),
                answer=_AllTies,
            ),
            Slip(
                "ties-share-gradient",
                Text(
                    "Equally large pixels share the gradient. That could be"
                    " defended, but here the first one gets it all, as with"
                    " np.argmax.",
                    "同じ最大値の画素で勾配を分け合っています。そういう考え方"
                    "もありますが、ここでは np.argmax と同じく、最初の 1 つに"
                    "すべて届けます。",
                ),
                answer=_TiesShared,
            ),
            Slip(
                "last-of-ties",
                Text(
                    "Of equally large pixels the last one got the gradient."
                    " np.argmax takes the first.",
                    "同じ最大値の画素のうち、最後のものに勾配が届いています。"
                    "np.argmax が選ぶのは最初のものです。",
                ),
                answer=_LastTie,
            ),
            Slip("overlaps-overwritten", OVERWRITTEN, answer=_Overwritten),
            Slip(
                "dout-reshaped-not-transposed",
                DOUT_RESHAPED,
                answer=_DoutReshaped,
            ),
            Slip(
                *DOUT_AXES,
                answer=_dout_axes((0, 3, 2, 1)),
                seen=_dout_axes_seen(),
            ),
            Slip(
                "spread-evenly",
                Text(
                    "The gradient was shared by all pixels of a window. That"
                    " is average pooling; here the largest gets it all.",
                    "勾配が窓の中の全画素に分けられています。それは平均プーリ"
                    "ングです。ここでは最大の画素がすべて受け取ります。",
                ),
                answer=_Evenly,
            ),
            Slip(
                "ones-for-dout",
                Text(
                    "dx counts how often a pixel won. Each win must bring the"
                    " number of dout, not 1.",
                    "dx が、最大になった回数になっています。1 ではなく dout の"
                    "値を届けます。",
                ),
                answer=_Ones,
            ),
        ),
        hints=(
            Text(
                "What did forward do step by step? Which step undoes each?",
                "順伝播では何をどの順に行いましたか。それぞれを逆にたどる"
                "操作は何ですか。",
            ),
            Text(
                "put_back gives rows of PH*PW; col2im wants rows of C*PH*PW:"
                " the reshape of forward, backwards.",
                "put_back の行の幅は PH*PW、col2im が受け取る行の幅は C*PH*PW "
                "です。順伝播の reshape を逆に行います。",
            ),
            Text(
                "rows = check.use('put_back')(dout, self.argmax, PH * PW)",
                "rows = check.use('put_back')(dout, self.argmax, PH * PW)",
            ),
        ),
    ),
    Exercise(
        name="ties",
        title=Text("Small steps at a tie", "同点での数値微分"),
        reference=(0.5, 2.0),
        parts=("two_equal", "four_equal_sum"),
        slips=(
            Slip(
                "like-backward",
                Text(
                    "That is what backward says. The quotient looks to both"
                    " sides: what is the maximum after a step down?",
                    "それは backward の値です。商は両側を見ます。下に動かした"
                    "とき、最大値はどうなりますか。",
                ),
                answer=(1, 1),
            ),
            Slip(
                "shared-by-four",
                Text(
                    "One of four equal numbers gives the same quotient as one"
                    " of two: stepping up raises the maximum, stepping down"
                    " does not lower it. Then add up four of them.",
                    "4 つが等しいときも、1 つ分の商は 2 つのときと同じです。"
                    "上げれば最大値も上がり、下げても下がりません。それを 4 つ"
                    "足します。",
                ),
                answer=(0.5, 1),
            ),
            Slip(
                "one-entry-for-sum",
                Text(
                    "The first is right. The second asks for the sum over all"
                    " four pixels.",
                    "1 つ目は合っています。2 つ目は 4 画素の合計です。",
                ),
                answer=(0.5, 0.5),
            ),
        ),
        hints=(
            Text(
                "What is max(3 + h, 3), and what is max(3 - h, 3)?",
                "max(3 + h, 3) と max(3 - h, 3) はいくつですか。",
            ),
            Text(
                "Put both into the quotient. With four equal numbers nothing"
                " changes for a single one.",
                "その 2 つを商に代入します。4 つが等しくても、1 つ分の値は"
                "変わりません。",
            ),
            Text(
                "((3 + h) - 3) / (2 * h)",
                "((3 + h) - 3) / (2 * h)",
            ),
        ),
    ),
    Exercise(
        name="average_forward",
        title=Text("Average pooling: forward", "平均プーリングの順伝播"),
        reference=AveragePooling,
        cases=_images,
        run=_forward,
        slips=(
            Slip(
                "mean-without-padding",
                Text(
                    "At the border the mean was taken over the real pixels"
                    " only. That is possible, but here padding counts as"
                    " zeros: divide by PH*PW everywhere.",
                    "端の窓で、本物の画素だけの平均になっています。その流儀も"
                    "ありますが、ここではパディングも 0 として数え、いつも"
                    " PH*PW で割ります。",
                ),
                answer=_AverageInside,
            ),
            Slip(
                "pads-with-minus-infinity",
                Text(
                    "The mean at the border is minus infinity. What suits the"
                    " maximum does not suit the mean.",
                    "端の平均がマイナス無限大です。最大値に合うパディングが、"
                    "平均にも合うとは限りません。",
                ),
                answer=_AverageMinusInfinity,
            ),
            Slip(
                "sum-for-mean",
                Text(
                    "These are the sums of the windows. What turns a sum into"
                    " a mean?",
                    "窓の合計になっています。合計から平均を求めるには、何で割"
                    "りますか。",
                ),
                answer=_SumForAverage,
            ),
            Slip(
                "maps-reshaped-not-transposed",
                MAPS_RESHAPED,
                answer=_AverageMapsReshaped,
            ),
            Slip(
                "max-for-mean",
                Text(
                    "These are the maxima of the windows. What is done with"
                    " the numbers of one row?",
                    "窓の最大値になっています。1 行の数から何を求めています"
                    "か。",
                ),
                answer=MaxPooling,
            ),
        ),
        hints=(
            Text(
                "Which two lines of MaxPooling.forward must change?",
                "MaxPooling の forward で、変える必要があるのはどの 2 行です"
                "か。",
            ),
            Text(
                "The padding is 0 again, and the mean of each row takes the"
                " place of its maximum. No argmax is needed.",
                "パディングを 0 に戻し、行ごとの最大値を平均に替えます。"
                "argmax はいりません。",
            ),
            Text(
                "rows = im2col(x, PH, PW, self.stride, self.pad)",
                "rows = im2col(x, PH, PW, self.stride, self.pad)",
            ),
        ),
    ),
    Exercise(
        name="average_backward",
        title=Text("Average pooling: backward", "平均プーリングの逆伝播"),
        reference=AveragePooling,
        cases=_images_with_dout,
        run=_backward,
        parts=("out", "dx"),
        slips=(
            Slip(
                "gradient-not-shared",
                Text(
                    "dx is too large by the number of pixels in a window. Each"
                    " one had only a share in the mean.",
                    "dx が窓の画素数倍になっています。平均に対する 1 画素の寄"
                    "与はその一部だけです。",
                ),
                answer=_AverageNotShared,
            ),
            Slip(
                "overlaps-overwritten",
                OVERWRITTEN,
                answer=_AverageOverwritten,
            ),
            Slip(
                "dout-reshaped-not-transposed",
                DOUT_RESHAPED,
                answer=_AverageDoutReshaped,
            ),
            Slip(
                *DOUT_AXES,
                answer=_dout_axes((0, 3, 2, 1), _AverageRows),
                seen=_dout_axes_seen(_AverageRows),
            ),
            Slip(
                "gradient-to-one",
                Text(
                    "Only the largest pixel of each window got its share. In a"
                    " mean every pixel has one.",
                    "窓の中で最大の画素にだけ届いています。平均には、どの画素"
                    "もかかわっています。",
                ),
                answer=_AverageToOne,
            ),
        ),
        hints=(
            Text(
                "If the mean of four numbers is y, how much does y change when"
                " one of them grows by 1?",
                "4 つの数の平均が y です。1 つが 1 増えると、y はどれだけ"
                "増えますか。",
            ),
            Text(
                "A row of gradients holds the same number PH*PW times.",
                "勾配の行には、同じ数が PH*PW 個並びます。",
            ),
            Text(
                "share = dout.transpose(0, 2, 3, 1).reshape(-1, 1)"
                " / (PH * PW)",
                "share = dout.transpose(0, 2, 3, 1).reshape(-1, 1)"
                " / (PH * PW)",
            ),
        ),
    ),
)
