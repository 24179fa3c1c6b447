"""The exercises of lesson 5_5: the convolution layer."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.functional import col2im, im2col
from course_lib.gradient import numerical_gradient as course_gradient
from course_lib.layers import Convolution
from course_lib.text import Text

DECK_X = np.array([[1.0, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]])
DECK_W = np.array([[2.0, 0, 1], [0, 1, 2], [1, 0, 2]])
# N, C, H, W, FN, FH, FW, stride, pad: no two of them alike where it matters
SIZES = (
    (1, 2, 4, 5, 3, 2, 3, 1, 0),
    (2, 3, 6, 5, 4, 3, 2, 1, 1),
    (3, 2, 7, 5, 3, 3, 3, 2, 0),
    (2, 1, 5, 8, 2, 2, 4, 2, 1),
    (2, 3, 8, 7, 2, 3, 2, 3, 2),
)


def _deck():
    return DECK_X.reshape(1, 1, 4, 4), DECK_W.reshape(1, 1, 3, 3), np.ones(1)


def _layers():
    """Return (x, W, b, stride, pad) for each size, seeded."""
    rng = np.random.default_rng(55)
    cases = [(*_deck(), 1, 0)]
    for N, C, H, W, FN, FH, FW, stride, pad in SIZES:
        x = rng.normal(size=(N, C, H, W))
        filters = rng.normal(size=(FN, C, FH, FW))
        cases.append((x, filters, rng.normal(size=FN), stride, pad))
    return cases


def _layers_with_dout():
    rng = np.random.default_rng(56)
    cases = []
    for case in _layers():
        x, W, b, stride, pad = case
        out = Convolution(W, b, stride, pad).forward(x)
        cases.append((*case, rng.normal(size=out.shape)))
    return cases


def _rows(dout):
    """Return dout (N, FN, OH, OW) as rows (N*OH*OW, FN)."""
    return dout.transpose(0, 2, 3, 1).reshape(-1, dout.shape[1])


# --- filter_matrix and rows_to_maps -------------------------------------


def _filters():
    return [(case[1],) for case in _layers()]


def filter_matrix(W):
    """Return filters (FN, C, FH, FW) as columns (C*FH*FW, FN)."""
    return W.reshape(len(W), -1).T


def _rows_cases():
    rng = np.random.default_rng(57)
    sizes = ((1, 2, 3, 4), (2, 3, 2, 5), (3, 4, 5, 2), (2, 1, 4, 3))
    return [
        (rng.normal(size=(N * OH * OW, FN)), N, OH, OW)
        for N, FN, OH, OW in (*sizes, (4, 3, 2, 3))
    ]


def rows_to_maps(rows, N, OH, OW):
    """Return rows (N*OH*OW, FN) as feature maps (N, FN, OH, OW)."""
    return rows.reshape(N, OH, OW, -1).transpose(0, 3, 1, 2)


# --- forward ------------------------------------------------------------


def _forward(Layer, x, W, b, stride, pad):
    return Layer(W, b, stride, pad).forward(x)


class _Wrong:
    """A layer as a learner writes it; each slip changes one step."""

    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad
        self.right = Convolution(W, b, stride, pad)
        self.dW = self.db = None

    def forward(self, x):
        self.x_shape = x.shape
        self.col = im2col(x, *self.W.shape[2:], self.stride, self.pad)
        return self.right.forward(x)

    def rows(self, dout):
        return _rows(dout)

    def column_weights(self):
        return self.W.reshape(len(self.W), -1)

    def filters(self, matrix):
        return matrix.T.reshape(self.W.shape)

    def image(self, dcol):
        return col2im(
            dcol,
            self.x_shape,
            *self.W.shape[2:],
            self.stride,
            self.pad,
            is_backward=True,
        )

    def backward(self, dout):
        rows = self.rows(dout)
        self.db = rows.sum(axis=0)
        self.dW = self.filters(self.col.T @ rows)
        return self.image(rows @ self.column_weights())


class _MapsReshaped(_Wrong):
    def forward(self, x):
        out = super().forward(x)
        return _rows(out).reshape(out.shape)


class _FiltersReshaped(_Wrong):
    def forward(self, x):
        FN, C, FH, FW = self.W.shape
        W = self.W.reshape(C * FH * FW, FN).T.reshape(self.W.shape)
        return Convolution(W, self.b, self.stride, self.pad).forward(x)


# --- backward -----------------------------------------------------------


def _backward(Layer, x, W, b, stride, pad, dout):
    layer = Layer(W, b, stride, pad)
    out = layer.forward(x)
    dx = layer.backward(dout)
    return out, dx, layer.dW, layer.db


class _DoutReshaped(_Wrong):
    def rows(self, dout):
        return dout.reshape(-1, len(self.W))


def _dout_axes(axes):
    """Return a layer that puts the axes of dout into this order."""

    class Layer(_Wrong):
        def rows(self, dout):
            return dout.transpose(axes).reshape(-1, len(self.W))

    return Layer


def _dout_axes_seen(got, *case):
    return any(
        same(got, _backward(_dout_axes(axes), *case))
        for axes in permutations(range(4))
    )


class _DbMean(_Wrong):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = self.rows(dout).mean(axis=0)
        return dx


class _NotTransposed(_Wrong):
    def filters(self, matrix):
        return matrix.reshape(self.W.shape)


class _Overwritten(_Wrong):
    def image(self, dcol):
        FH, FW = self.W.shape[2:]
        return col2im(dcol, self.x_shape, FH, FW, self.stride, self.pad)


class _WrongFilterOrder(_Wrong):
    def column_weights(self):
        return self.W.reshape(-1, len(self.W)).T


class _DividedByN(_Wrong):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW, self.db = self.dW / len(dout), self.db / len(dout)
        return dx


class _NotStored(_Wrong):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.db = None
        return dx


DOUT_RESHAPED = Text(
    "The numbers of dout were mixed between filters: its axis FN stands"
    " second, in the rows it stands last. A reshape alone cannot move it.",
    "dout の数がフィルターの間で混ざっています。FN の軸は dout では 2 番目、"
    "行の形では最後です。reshape だけでは軸を動かせません。",
)
DOUT_AXES = (
    "dout-axes-in-other-order",
    Text(
        "The rows of dout are not in the order of the rows of col: N, OH, OW,"
        " and FN in the columns. For each axis, write which axis of dout it"
        " is.",
        "dout の行の順番が col の行と合っていません。行は N, OH, OW の順、列は"
        " FN です。新しい軸の順に、dout のどの軸を持ってくるかを書いてみましょ"
        "う。",
    ),
)
DB_IS_MEAN = (
    "db-is-mean",
    Text(
        "db is a mean. b was added once at each position, so the gradients of"
        " all positions add up.",
        "db が平均になっています。b はすべての位置で足されたので、勾配は合計に"
        "なります。",
    ),
)
DW_NOT_TRANSPOSED = Text(
    "dW holds the right numbers in a wrong order. The product has one"
    " column for each filter, but W.reshape(FN, -1) has one row for each.",
    "dW の数は合っていますが、並びが違います。行列積の結果は 1 列が 1 つの"
    "フィルターですが、W.reshape(FN, -1) では 1 行が 1 つのフィルターです。",
)
DIVIDED_BY_N = Text(
    "dW and db are too small by the batch size N. The mean over the batch is"
    " already in dout, from the loss: the layer only sums.",
    "dW と db がバッチサイズ N の分だけ小さくなっています。平均を取るのは損失"
    "関数の側で、dout に入っています。層は合計するだけです。",
)


# --- parameter_gradients ------------------------------------------------


def _gradient_cases():
    return [
        (dout, im2col(x, *W.shape[2:], stride, pad), W.shape)
        for x, W, b, stride, pad, dout in _layers_with_dout()
    ]


def parameter_gradients(dout, col, W_shape):
    """Return dW (FN, C, FH, FW) and db (FN,)."""
    rows = _rows(dout)
    return (col.T @ rows).T.reshape(W_shape), rows.sum(axis=0)


def _dout_reshaped(dout, col, W_shape):
    rows = dout.reshape(-1, W_shape[0])
    return (col.T @ rows).T.reshape(W_shape), rows.sum(axis=0)


def _gradient_axes(axes):
    def answer(dout, col, W_shape):
        rows = dout.transpose(axes).reshape(-1, W_shape[0])
        return (col.T @ rows).T.reshape(W_shape), rows.sum(axis=0)

    return answer


def _gradient_axes_seen(got, *case):
    return any(
        same(got, _gradient_axes(axes)(*case))
        for axes in permutations(range(4))
    )


def _not_transposed(dout, col, W_shape):
    _, db = parameter_gradients(dout, col, W_shape)
    return (col.T @ _rows(dout)).reshape(W_shape), db


def _divided(dout, col, W_shape):
    dW, db = parameter_gradients(dout, col, W_shape)
    return dW / len(dout), db / len(dout)


def _db_over_batch_only(dout, col, W_shape):
    dW, _ = parameter_gradients(dout, col, W_shape)
    return dW, dout.sum(axis=0)


def _db_mean(dout, col, W_shape):
    dW, _ = parameter_gradients(dout, col, W_shape)
    return dW, _rows(dout).mean(axis=0)


# --- numerical_gradient -------------------------------------------------


class _Formula:
    """A function of an array that shows its formula in messages."""

    def __init__(self, text: str, f: Callable[[np.ndarray], float]):
        self.text, self.f = text, f

    def __call__(self, x):
        return self.f(x)

    def __repr__(self):
        return self.text


def _formulas():
    rng = np.random.default_rng(58)
    square = _Formula("(x**2).sum()", lambda x: (x**2).sum())
    cube = _Formula("(x**3).sum()", lambda x: (x**3).sum())
    mixed = _Formula("x.sum() ** 2", lambda x: x.sum() ** 2)
    sine = _Formula("np.sin(x).sum()", lambda x: np.sin(x).sum())
    return [
        (square, np.array([3.0, -1.0])),
        (mixed, np.array([1.0, 2.0, -0.5])),
        (cube, rng.normal(size=(2, 3))),
        (sine, rng.normal(size=(2, 1, 3, 2))),
        (mixed, rng.normal(size=(3, 2))),
    ]


def numerical_gradient(f, x, h=1e-4):
    """Return the gradient of f at x by central differences."""
    return course_gradient(f, x, h)


def _differences(f, x, h, both_sides=True, restore=True):
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + h
        above = f(x)
        x[index] = kept - h if both_sides else kept
        below = f(x)
        if restore:
            x[index] = kept
        grad[index] = (above - below) / (2 * h if both_sides else h)
    return grad


def _one_sided(f, x, h=1e-4):
    return _differences(f, x, h, both_sides=False)


def _not_restored(f, x, h=1e-4):
    return _differences(f, x, h, restore=False)


# --- dx_by_forward ------------------------------------------------------


def _dx_cases():
    rng = np.random.default_rng(59)
    sizes = ((1, 1, 1, 3, 4, 2), (2, 3, 2, 4, 5, 3), (1, 2, 4, 3, 2, 3))
    more = ((3, 2, 1, 2, 5, 2), (2, 4, 3, 5, 3, 4))
    return [
        (
            Convolution,
            rng.normal(size=(N, FN, OH, OW)),
            rng.normal(size=(FN, C, F, F)),
        )
        for N, FN, C, OH, OW, F in (*sizes, *more)
    ]


def dx_by_forward(Layer, dout, W):
    """Return dx (N, C, H, W) for stride 1, pad 0 and square filters."""
    back = W[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
    return Layer(back, np.zeros(len(back)), pad=W.shape[2] - 1).forward(dout)


def _turned(turn):
    return lambda Layer, dout, W: dx_by_forward(Layer, dout, turn(W))


EXERCISES = (
    Exercise(
        name="filter_matrix",
        title=Text("Filters as columns", "フィルターを列に並べる"),
        reference=filter_matrix,
        cases=_filters,
        slips=(
            Slip(
                "reshape-for-transpose",
                Text(
                    "The shape is right, but each column mixes numbers of"
                    " several filters. First give every filter one row, then"
                    " think.",
                    "形状は合っていますが、1 つの列に複数のフィルターの数が混"
                    "ざっています。まず 1 つのフィルターを 1 行に並べてみまし"
                    "ょう。",
                ),
                answer=lambda W: W.reshape(-1, len(W)),
            ),
            Slip(
                "filters-as-rows",
                Text(
                    "Every filter is a row. For col @ ... each filter must be"
                    " a column.",
                    "フィルターが行に並んでいます。col @ ... と掛けるには、1 "
                    "つのフィルターが 1 列になっている必要があります。",
                ),
                answer=lambda W: W.reshape(len(W), -1),
            ),
            Slip(
                "channels-last",
                Text(
                    "The numbers of a filter stand with the channel last."
                    " im2col puts the channel first: C, FH, FW.",
                    "フィルター内の並びで、チャンネルが最後になっています。"
                    "im2col の列は C, FH, FW の順です。",
                ),
                answer=lambda W: W.transpose(0, 2, 3, 1).reshape(len(W), -1).T,
            ),
        ),
        hints=(
            Text(
                "Where does one filter lie in the memory of W: in one"
                " piece or scattered?",
                "1 つのフィルターの数は、W の中でひと続きですか、ばらばら"
                "ですか。",
            ),
            Text(
                "Each filter is one piece. Give each a row first; then"
                " rows become columns.",
                "ひと続きです。まず 1 つを 1 行に並べ、それから行を列にし"
                "ます。",
            ),
            Text(
                "W.reshape(FN, -1)",
                "W.reshape(FN, -1)",
            ),
        ),
    ),
    Exercise(
        name="rows_to_maps",
        title=Text("Rows back to feature maps", "行を特徴マップに戻す"),
        reference=rows_to_maps,
        cases=_rows_cases,
        slips=(
            Slip(
                "reshape-for-transpose",
                Text(
                    "The shape is right, but the maps are scrambled. In the"
                    " rows the filter is the last axis: reshape so that it"
                    " stays last, then move it.",
                    "形状は合っていますが、マップの中身が混ざっています。行の"
                    "形ではフィルターが最後の軸です。最後のまま reshape してか"
                    "ら、軸を動かします。",
                ),
                answer=lambda rows, N, OH, OW: rows.reshape(N, -1, OH, OW),
            ),
            Slip(
                "channels-last",
                Text(
                    "The axes are (N, OH, OW, FN). The channel axis belongs in"
                    " second place.",
                    "軸が (N, OH, OW, FN) の順です。チャンネルの軸は 2 番目に"
                    "置きます。",
                ),
                answer=lambda rows, N, OH, OW: rows.reshape(N, OH, OW, -1),
            ),
            Slip(
                "height-and-width-swapped",
                Text(
                    "The maps lie on their side: OH and OW changed places in"
                    " the transpose.",
                    "マップの縦と横が入れ替わっています。transpose で OH と OW"
                    " の順序を見直してください。",
                ),
                answer=lambda rows, N, OH, OW: rows.reshape(
                    N, OH, OW, -1
                ).transpose(0, 3, 2, 1),
            ),
        ),
        hints=(
            Text(
                "In which order do the numbers lie in rows: what changes"
                " fastest?",
                "rows の数はどの順に並び、いちばん速く変わる軸はどれですか。",
            ),
            Text(
                "The order is N, OH, OW, FN. Reshape to exactly that,"
                " then move the last axis to second place.",
                "N, OH, OW, FN の順です。まずその形に reshape し、最後の"
                "軸を 2 番目に動かします。",
            ),
            Text(
                "maps = rows.reshape(N, OH, OW, -1)",
                "maps = rows.reshape(N, OH, OW, -1)",
            ),
        ),
    ),
    Exercise(
        name="forward",
        title=Text("The class: forward", "クラスの順伝播"),
        reference=Convolution,
        cases=_layers,
        run=_forward,
        slips=(
            Slip(
                "bias-forgotten",
                Text(
                    "Every number is off by the bias of its filter. Was b"
                    " added?",
                    "どの数も、フィルターのバイアスの分だけずれています。b を"
                    "足しましたか。",
                ),
                answer=lambda W, b, stride, pad: Convolution(
                    W, np.zeros_like(b), stride, pad
                ),
            ),
            Slip(
                "kernel-flipped",
                Text(
                    "The filters were turned by 180 degrees. In a CNN they are"
                    " laid on as they stand.",
                    "フィルターを 180 度回しています。CNN ではそのままの向きで"
                    "重ねます。",
                ),
                answer=lambda W, b, stride, pad: Convolution(
                    W[:, :, ::-1, ::-1], b, stride, pad
                ),
            ),
            Slip(
                "stride-ignored",
                Text(
                    "The result fits stride 1. Did self.stride reach im2col"
                    " and the output size?",
                    "ストライド 1 のときの結果です。im2col と出力サイズの計算"
                    "に self.stride を渡しましたか。",
                ),
                answer=lambda W, b, stride, pad: Convolution(W, b, 1, pad),
            ),
            Slip(
                "pad-ignored",
                Text(
                    "The result fits pad 0. Did self.pad reach im2col and the"
                    " output size?",
                    "パディング 0 のときの結果です。im2col と出力サイズの計算"
                    "に self.pad を渡しましたか。",
                ),
                answer=lambda W, b, stride, pad: Convolution(W, b, stride, 0),
            ),
            Slip(
                "maps-reshaped-not-transposed",
                Text(
                    "The numbers are right but mixed between the feature maps."
                    " The filter is the last axis of the rows.",
                    "数は合っていますが、特徴マップの間で混ざっています。行の"
                    "形ではフィルターが最後の軸です。",
                ),
                answer=_MapsReshaped,
            ),
            Slip(
                "filters-reshaped-not-transposed",
                Text(
                    "The columns of the filter matrix mix several filters:"
                    " look at how you made it from W.",
                    "フィルターの行列の 1 列に、複数のフィルターの数が混ざって"
                    "います。W からの作り方を見直してください。",
                ),
                answer=_FiltersReshaped,
            ),
        ),
        hints=(
            Text(
                "Which three steps lead from x to the feature maps?",
                "x から特徴マップまで、どんな 3 つの段階がありますか。",
            ),
            Text(
                "im2col, then the product with the filter matrix plus b,"
                " then rows to maps. The two exercises before are two of"
                " the steps.",
                "im2col、フィルターの行列との積に b を足す、行をマップに"
                "戻す、の 3 段階です。前の 2 つの演習がそのまま使えます。",
            ),
            Text(
                "N, (FN, C, FH, FW) = len(x), self.W.shape",
                "N, (FN, C, FH, FW) = len(x), self.W.shape",
            ),
        ),
    ),
    Exercise(
        name="by_hand",
        title=Text("Four gradients by hand", "4 つの勾配を手計算"),
        reference=(4.0, 7.0, 8.0, 5.0),
        parts=("dx2", "dx5", "dw2", "db"),
        slips=(
            Slip(
                "only-the-last-window",
                Text(
                    "Each gradient holds one product only. Several windows use"
                    " this number: their products add up.",
                    "どの勾配にも積が 1 つしか入っていません。その数を使う窓は"
                    "複数あります。窓ごとの積を足し合わせます。",
                ),
                answer=(2, -2, -2, -1),
            ),
            Slip(
                "filter-not-followed",
                Text(
                    "For dx5 you multiplied delta n with w n. Look in the"
                    " graph which w lies on x5 in each window.",
                    "dx5 で δ の番号と w の番号をそろえて掛けています。それぞ"
                    "れの窓で x5 に重なる w はどれか、グラフで確かめてくださ"
                    "い。",
                ),
                seen=lambda got: got[1] == 2,
                answer=(4, 2, 8, 5),
            ),
            Slip(
                "db-is-mean",
                Text(
                    "db is the mean of the deltas. y = ... + b in all four"
                    " windows, so four gradients arrive at b.",
                    "db が δ の平均になっています。4 つの窓すべてで b を足した"
                    "ので、b には 4 つの勾配が届きます。",
                ),
                seen=lambda got: got[3] == 1.25,
                answer=(4, 7, 8, 1.25),
            ),
        ),
        hints=(
            Text(
                "In which windows does the number lie, and under which w"
                " or x each time?",
                "その数はどの窓に入り、そのたびに何と掛けられていますか。",
            ),
            Text(
                "For each of these windows: delta times the partner in"
                " the product. Then add up.",
                "窓ごとに「δ × 掛けた相手」を求めて、すべて足します。",
            ),
            Text(
                "dx2 = delta_1 * w_2 + delta_2 * w_1",
                "dx2 = delta_1 * w_2 + delta_2 * w_1",
            ),
        ),
    ),
    Exercise(
        name="parameter_gradients",
        title=Text("Gradients of W and b", "W と b の勾配"),
        reference=parameter_gradients,
        cases=_gradient_cases,
        parts=("dW", "db"),
        slips=(
            Slip(
                "dout-reshaped-not-transposed",
                DOUT_RESHAPED,
                answer=_dout_reshaped,
            ),
            Slip(
                "dw-not-transposed",
                DW_NOT_TRANSPOSED,
                answer=_not_transposed,
            ),
            Slip(
                "db-summed-over-batch-only",
                Text(
                    "db has one number for each position. One bias serves all"
                    " positions of its map, so those are summed too.",
                    "db が位置ごとの数になっています。1 つのバイアスはマップ全"
                    "体で共有されるので、位置についても合計します。",
                ),
                answer=_db_over_batch_only,
            ),
            Slip(*DB_IS_MEAN, answer=_db_mean),
            Slip(
                *DOUT_AXES,
                answer=_gradient_axes((0, 3, 2, 1)),
                seen=_gradient_axes_seen,
            ),
            Slip("divided-by-batch-size", DIVIDED_BY_N, answer=_divided),
        ),
        hints=(
            Text(
                "Which shape must D have so that col.T @ D fits?",
                "col.T @ D が計算できるには、D はどんな形でしょうか。",
            ),
            Text(
                "D has one row for each row of col and one column for"
                " each filter. The product has one column for each filter"
                " too: turn it before you reshape.",
                "D の行は col の行と対応し、列はフィルターです。積の列も"
                "フィルターなので、転置してから W の形に直します。",
            ),
            Text(
                "D = dout.transpose(0, 2, 3, 1).reshape(-1, W_shape[0])",
                "D = dout.transpose(0, 2, 3, 1).reshape(-1, W_shape[0])",
            ),
        ),
    ),
    Exercise(
        name="backward",
        title=Text("The class: backward", "クラスの逆伝播"),
        reference=Convolution,
        cases=_layers_with_dout,
        run=_backward,
        parts=("out", "dx", "dW", "db"),
        slips=(
            Slip(
                "gradients-not-stored",
                Text(
                    "self.dW or self.db is still None after backward. An"
                    " optimizer will look for both there.",
                    "backward のあとも self.dW か self.db が None のままです。"
                    "最適化手法はこの 2 つを参照します。",
                ),
                seen=lambda got, *case: got[2] is None or got[3] is None,
                answer=_NotStored,
            ),
            Slip(
                "overlaps-overwritten",
                Text(
                    "dW and db are right. In dx a pixel keeps the gradient of"
                    " one window only: where windows overlap, col2im must"
                    " sum.",
                    "dW と db は合っています。dx では、画素に窓 1 つ分の勾配し"
                    "か残っていません。窓が重なるところでは、col2im は合計する"
                    "必要があります。",
                ),
                answer=_Overwritten,
            ),
            Slip(
                "dout-reshaped-not-transposed",
                DOUT_RESHAPED,
                answer=_DoutReshaped,
            ),
            Slip(
                "dw-not-transposed", DW_NOT_TRANSPOSED, answer=_NotTransposed
            ),
            Slip(
                "filters-reshaped-not-transposed",
                Text(
                    "dW and db are right. For dx the numbers of W were mixed"
                    " between filters: give every filter one row.",
                    "dW と db は合っています。dx の計算で W の数がフィルターの"
                    "間で混ざっています。1 つのフィルターを 1 行に並べます。",
                ),
                answer=_WrongFilterOrder,
            ),
            Slip(*DB_IS_MEAN, answer=_DbMean),
            Slip(
                *DOUT_AXES,
                answer=_dout_axes((0, 3, 2, 1)),
                seen=_dout_axes_seen,
            ),
            Slip("divided-by-batch-size", DIVIDED_BY_N, answer=_DividedByN),
        ),
        hints=(
            Text(
                "What did forward keep in self, and what is each of it"
                " good for?",
                "順伝播で self に残したものは何で、それぞれ何に使いますか。",
            ),
            Text(
                "The exercise before gives dW and db. For dx: D times the"
                " filters as rows, and then windows back to images.",
                "dW と db は前の演習と同じです。dx は、D と「1 行に 1 つ"
                "のフィルターを並べた行列」の積を求め、窓を画像に戻します"
                "。",
            ),
            Text(
                "FN, C, FH, FW = self.W.shape",
                "FN, C, FH, FW = self.W.shape",
            ),
        ),
    ),
    Exercise(
        name="numerical_gradient",
        title=Text("A gradient by small steps", "数値微分による勾配"),
        reference=numerical_gradient,
        cases=_formulas,
        tolerance=1e-6,
        slips=(
            Slip(
                "one-sided-difference",
                Text(
                    "Close, but the error is of the size of h: only one side"
                    " was stepped to. Step to both sides of x.",
                    "近い値ですが、誤差が h と同じくらいあります。片側の差だけ"
                    "を使っています。x の両側に h だけ動かします。",
                ),
                answer=_one_sided,
            ),
            Slip(
                "x-not-restored",
                Text(
                    "x stays moved after each entry, so the next entries are"
                    " taken at a slightly different place. Put the old number"
                    " back.",
                    "動かした要素が元に戻っていないので、次の要素は少しずれた"
                    "場所で計算されています。元の値に戻してから次に進みます。",
                ),
                answer=_not_restored,
            ),
            Slip(
                "step-not-doubled",
                Text(
                    "Everything is twice as large. How far is it from x - h to"
                    " x + h?",
                    "すべて 2 倍の値です。x - h から x + h まで、幅はいくつで"
                    "すか。",
                ),
                answer=lambda f, x: 2 * numerical_gradient(f, x),
            ),
            Slip(
                "step-doubled",
                Text(
                    "Everything is half as large. How far apart are the two"
                    " places at which you called f?",
                    "すべて半分の値です。f を呼んだ 2 か所は、どれだけ離れてい"
                    "ますか。",
                ),
                answer=lambda f, x: numerical_gradient(f, x) / 2,
            ),
        ),
        hints=(
            Text(
                "Which two calls of f belong to one entry of x?",
                "x の要素 1 つにつき、f をどんな入力で 2 回呼びますか。",
            ),
            Text(
                "Keep the old number, set x[index] to it plus h, then"
                " minus h, then back again.",
                "元の値を覚えておき、x[index] を +h、次に -h にして f を"
                "呼び、最後に元へ戻します。",
            ),
            Text(
                "for index in np.ndindex(x.shape):",
                "for index in np.ndindex(x.shape):",
            ),
        ),
    ),
    Exercise(
        name="dx_by_forward",
        title=Text("dx by a forward pass", "順伝播で dx を求める"),
        reference=dx_by_forward,
        cases=_dx_cases,
        slips=(
            Slip(
                "filter-not-flipped",
                Text(
                    "The filter was laid on as it stands. Follow one pixel of"
                    " x: the first window that holds it has it at the lower"
                    " right, the last one at the upper left. In which order do"
                    " the deltas meet the numbers of the filter?",
                    "フィルターをそのままの向きで重ねています。x の画素を 1 つ"
                    "選んで追ってみましょう。その画素は、最初に入る窓では右"
                    "下、最後に入る窓では左上にあります。δ はフィルターの数と"
                    "どんな順番で掛け合わされますか。",
                ),
                answer=_turned(lambda W: W[:, :, ::-1, ::-1]),
            ),
            Slip(
                "flipped-up-down-only",
                Text(
                    "The filter was reversed along its height only. Which"
                    " other axis does the window move along?",
                    "フィルターを縦方向にだけ反転しています。窓が動くのは縦だ"
                    "けですか。",
                ),
                answer=_turned(lambda W: W[:, :, :, ::-1]),
            ),
            Slip(
                "flipped-left-right-only",
                Text(
                    "The filter was reversed along its width only. Which other"
                    " axis does the window move along?",
                    "フィルターを横方向にだけ反転しています。窓が動くのは横だ"
                    "けですか。",
                ),
                answer=_turned(lambda W: W[:, :, ::-1]),
            ),
            Slip(
                "flipped-in-the-wrong-axes",
                Text(
                    "The order of the filters and channels was reversed, but"
                    " the picture of each filter stands as it was. Count the"
                    " axes of (FN, C, F, F).",
                    "フィルターとチャンネルの順番が逆になり、1 枚ずつの向きは"
                    "そのままです。(FN, C, F, F) の軸を数えてみましょう。",
                ),
                answer=_turned(lambda W: W[::-1, ::-1, ::-1, ::-1]),
            ),
            Slip(
                "height-and-width-swapped",
                Text(
                    "The filters lie on their side: height and width changed"
                    " places in the transpose.",
                    "フィルターの縦と横が入れ替わっています。transpose に渡す"
                    "数字を見直してください。",
                ),
                answer=_turned(lambda W: W.swapaxes(2, 3)),
            ),
        ),
        hints=(
            Text(
                "The new layer goes from dout to dx: how many channels go"
                " in, how many come out?",
                "新しい層は dout から dx を作ります。入力と出力のチャンネ"
                "ル数はいくつですか。",
            ),
            Text(
                "FN go in and C come out: swap these axes of W. Turn"
                " height and width. The output must grow by F - 1, so pad"
                " on each side.",
                "入力が FN、出力が C なので、W のこの 2 軸を入れ替えます"
                "。縦と横は逆順にします。出力は F - 1 だけ大きくなるよう"
                "に、両側にパディングします。",
            ),
            Text(
                "turned = W[:, :, ::-1, ::-1]",
                "turned = W[:, :, ::-1, ::-1]",
            ),
        ),
    ),
)
