# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - run max pooling forward with `im2col`, with a padding that never wins,
# - say which pixel gets which gradient, with a pencil,
# - write the class `MaxPooling` with `forward` and `backward`,
# - explain what happens when several pixels are equally large.
#
# It takes about <<minutes>> minutes. The class that you write here goes into your
# network in 5_7.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - `im2col` でマックスプーリングの順伝播を計算し、パディングの値を正しく選ぶ
# - どの画素にどの勾配が届くかを、手で求める
# - `forward` と `backward` を持つクラス `MaxPooling` を書く
# - 同じ最大値がいくつもあるときに何が起きるかを説明する
#
# 目安は <<minutes>> 分です。ここで書くクラスは、5_7 でネットワークに組み込みます。
#
# %%
import matplotlib.pyplot as plt
import numpy as np

from course_lib import plots, widgets
from course_lib.datasets import load_mnist
from course_lib.exercises import lesson
from course_lib.functional import conv_output_size
from course_lib.gradient import check_gradients

language = "en"
check = lesson("5_6", language)
plots.use_style()
im2col = check.part("5_4", "im2col")
col2im = check.part("5_4", "col2im")
check.whose()

# %% [markdown] lang="en" slide="slide"
# ## 1. A layer that only chooses
#
# Max pooling has no weights. It takes the largest number of a window and
# forgets the others. Below, $x_2$ is the largest.
#
# Backward, ask for each number: what does $y_1$ do if I move it a little? For
# $x_2$ it moves along: the gradient is $\delta_1$. For the others it stays
# where it is: the gradient is 0. The layer is a **switch** that was set
# forward.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. 選ぶだけの層
#
# マックスプーリングに重みはありません。窓の中でいちばん大きい数を取り、ほかは
# 捨てます。下の図では $x_2$ が最大です。
#
# 逆伝播では、数を少し動かしたとき $y_1$ がどうなるかを 1 つずつ考えます。$x_2$ を
# 動かせば $y_1$ も同じだけ動くので、勾配は $\delta_1$ です。ほかの数を動かしても
# $y_1$ は変わらないので、勾配は 0 です。順伝播で切り替えておいた**スイッチ**だと
# 考えられます。
#
# %% slide="subslide"
nodes = {
    "x_1": (0, 0, "$x_1$"),
    "x_2": (0, 1.2, "$x_2$"),
    "x_4": (0, 2.4, "$x_4$"),
    "x_5": (0, 3.6, "$x_5$"),
    "max": (4, 1.8, "max"),
    "y": (7.5, 1.8, "$y_1$"),
}
names = ["x_1", "x_2", "x_4", "x_5"]
gradient = {name: "0" for name in names} | {"x_2": r"$\delta_1$"}
plots.show_graph(
    nodes,
    [(name, "max", "") for name in names] + [("max", "y", "")],
    [("max", name, gradient[name]) for name in names]
    + [("y", "max", r"$\delta_1$")],
)

# %% [markdown] lang="en" slide="slide"
# ## 2. Forward with `im2col`
#
# `im2col` puts the windows of all channels into one row, one channel after
# the other. Pooling works on each channel by itself, so cut every row into
# pieces of PH·PW numbers.
#
# Three channels, 4x4, window 2x2, stride 2: `col` is (4, 12), `rows` is
# (12, 4). The first row of `col` (ringed) becomes the first three rows.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. `im2col` による順伝播
#
# `im2col` は、全チャンネルの窓を 1 行に、チャンネルの順に並べます。プーリングは
# チャンネルごとに行うので、行を PH·PW 個ずつに切り分けます。
#
# 下の図は 3 チャンネル、4×4、窓 2×2、ストライド 2 の例です。`col` は (4, 12)、
# `rows` は (12, 4) です。`col` の 1 行目（枠の中）が、`rows` の最初の 3 行に
# なります。
#
# %% slide="subslide"
x = np.array(
    [
        [[1, 2, 3, 0], [0, 1, 2, 4], [1, 0, 4, 2], [3, 2, 0, 1]],
        [[3, 0, 6, 5], [4, 2, 4, 3], [3, 0, 1, 0], [2, 3, 3, 1]],
        [[4, 2, 1, 2], [0, 1, 0, 4], [3, 0, 6, 2], [4, 2, 4, 5]],
    ]
)
col = im2col(x.reshape(1, 3, 4, 4), 2, 2, stride=2)  # (4, 12)
rows = col.reshape(-1, 4)  # (12, 4)

# %% slide="subslide"
plots.show_arrays(
    {"col": col, "rows": rows, "max": rows.max(axis=1, keepdims=True)},
    {"col": [(0, 0, 1, 12)], "rows": [(0, 0, 3, 4)], "max": [(0, 0, 3, 1)]},
)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: one row for each window
#
# Return the matrix (N·OH·OW·C, PH·PW) of an input (N, C, H, W), rows in the
# order N, OH, OW, C, as in the picture.
#
# One thing is new: `pad`. A number of the padding must never become the
# maximum, whatever the pixels are; they may all be negative. Which number
# suits? `im2col` takes it as `constant_values`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：窓ごとに 1 行
#
# 入力 (N, C, H, W) から、行列 (N·OH·OW·C, PH·PW) を作って返してください。
# 行の順は図と同じく N, OH, OW, C です。
#
# 新しく考えるのは `pad` です。画素がどんな値でも、パディングの数が最大になっては
# いけません。画素がすべて負のこともあります。どんな数で埋めればよいでしょうか。
# `im2col` には `constant_values` で渡します。
#
# %% exercise="pool_rows"
def pool_rows(x, pool_h, pool_w, stride, pad):
    # BEGIN SOLUTION
    col = im2col(x, pool_h, pool_w, stride, pad, constant_values=-np.inf)
    return col.reshape(-1, pool_h * pool_w)
    # END SOLUTION


check("pool_rows", pool_rows)

# %% [markdown] lang="en" slide="subslide"
# ### What zeros would do
#
# Every number of `x` is negative. Both results come from a 2x2 window with
# stride 2 and pad 1; each border window has at least one real pixel. In the
# middle picture the padding is 0 and wins all around: eight of nine numbers
# were invented. After a convolution such negative numbers are common.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 0 で埋めるとどうなるか
#
# `x` の数はすべて負です。どちらの結果も、窓 2×2、ストライド 2、パディング 1 の
# 場合で、端の窓にも本物の画素が必ず 1 つは入っています。中央の図では 0 で埋め
# たので、周囲はすべて 0 が最大になります。9 個のうち 8 個は、入力のどこにもな
# かった数です。畳み込みの後では、こうした負の数は珍しくありません。
#
# %%
x = -np.array([[5, 3, 9, 4], [2, 8, 1, 6], [7, 4, 3, 8], [6, 9, 5, 2]])
x = x.reshape(1, 1, 4, 4).astype(float)
zero = im2col(x, 2, 2, 2, 1, constant_values=0).max(axis=1)
right = im2col(x, 2, 2, 2, 1, constant_values=-np.inf).max(axis=1)
plots.show_arrays(
    {"x": x[0, 0], "0": zero.reshape(3, 3), "-inf": right.reshape(3, 3)}
)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `forward`
#
# `forward(x)` takes (N, C, H, W) and returns the maxima (N, C, OH, OW).
#
# - Keep what `backward` will need: the shape of `x`, and for each window the
#   place of its maximum, `rows.argmax(axis=1)`.
# - You may use `pool_rows`. In which order are the maxima, and where does
#   the channel axis have to go?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`forward`
#
# `forward(x)` は (N, C, H, W) を受け取り、最大値 (N, C, OH, OW) を返します。
#
# - `backward` で使うものを残しておきます。`x` の形状と、窓ごとの最大値の位置
#   `rows.argmax(axis=1)` です。
# - `pool_rows` を使ってかまいません。最大値はどの順に並んでいて、チャンネルの軸は
#   どこへ動かせばよいでしょうか。
#
# %% exercise="forward"
class MaxPooling:
    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.pool_h, self.pool_w = pool_h, pool_w
        self.stride, self.pad = stride, pad

    def forward(self, x):
        # BEGIN SOLUTION
        N, C, H, W = self.x_shape = x.shape
        PH, PW = self.pool_h, self.pool_w
        OH = conv_output_size(H, PH, self.stride, self.pad)
        OW = conv_output_size(W, PW, self.stride, self.pad)
        rows = im2col(x, PH, PW, self.stride, self.pad, -np.inf)
        rows = rows.reshape(-1, PH * PW)
        self.argmax = rows.argmax(axis=1)
        return rows.max(axis=1).reshape(N, OH, OW, C).transpose(0, 3, 1, 2)
        # END SOLUTION


check("forward", MaxPooling)

# %% [markdown] lang="en" slide="slide"
# ## 3. Backward on the smallest case
#
# `x` is 3x3, the window 2x2, stride 1, no padding. The four windows overlap,
# so a number can win more than once. Or never: which one has the most
# chances, and does it use them?
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. いちばん小さい例で逆伝播
#
# `x` は 3×3、窓は 2×2、ストライド 1、パディングなしです。4 つの窓は重なっている
# ので、何度も最大になる数もあれば、一度もならない数もあります。いちばん多くの窓に
# 入っているのはどれで、その数は最大になるでしょうか。
#
# %%
x3 = np.array([[2, 9, 1], [4, 3, 5], [7, 0, 8]])
delta = np.array([[2, 1], [4, -1]])
y = im2col(x3.reshape(1, 1, 3, 3), 2, 2).max(axis=1).reshape(2, 2)
plots.show_arrays({"x": x3, "y": y, "delta": delta})

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `dx` by hand
#
# `delta` is what arrives from behind, one number for each window. Write down
# the nine numbers of `dx` as a list of three rows.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`dx` を手で求める
#
# `delta` は後ろから届く勾配で、窓 1 つに 1 つずつあります。`dx` の 9 個の数を、
# 3 行のリストで書いてください。
#
# %% exercise="by_hand"
# BEGIN SOLUTION
dx3 = [[0, 3, 0], [0, 0, 0], [4, 0, -1]]
# END SOLUTION

check("by_hand", dx3)

# %% [markdown] lang="en" slide="subslide"
# ### The graph of this case
#
# A blue arrow leads from each number to every window that it lies in, an
# orange one back from each window to its winner. $x_2$ gets
# $\delta_1 + \delta_2$. $x_5$ lies in all four windows and gets nothing.
#
# The code finds the winners itself: change a number of `x3` and run the cells
# again.
#
# %% [markdown] lang="ja" slide="subslide"
# ### この例の計算グラフ
#
# 青い矢印は、それぞれの数から、その数が入る窓へ向かいます。オレンジの矢印は、窓から
# 最大だった数へ戻ります。$x_2$ には $\delta_1 + \delta_2$ が届きます。$x_5$ は 4 つの
# 窓すべてに入っているのに、何も届きません。
#
# どれが最大かは、コードが調べています。`x3` の数を変えて実行し直してみましょう。
#
# %% slide="subslide"
numbers = np.arange(1.0, 10).reshape(1, 1, 3, 3)
windows = im2col(numbers, 2, 2).astype(int)  # (4, 4)
winners = im2col(x3.reshape(1, 1, 3, 3), 2, 2).argmax(axis=1)  # (4,)
nodes = {f"x{i}": (0, i - 1, f"$x_{i}$") for i in range(1, 10)}
nodes |= {f"y{k}": (6, 2 * k - 1, f"$y_{k}$") for k in range(1, 5)}
forward_arrows, backward_arrows = [], []
for k, (window, winner) in enumerate(zip(windows, winners), start=1):
    forward_arrows += [(f"x{i}", f"y{k}", "") for i in window]
    place = f"x{window[winner]}"
    backward_arrows.append((f"y{k}", place, rf"$\delta_{k}$"))
plots.show_graph(nodes, forward_arrows, backward_arrows)


# %% [markdown] lang="en" slide="subslide"
# ### Step through the graph
#
# Forward, a window becomes a row and the row its largest number. Backward,
# every step is undone in the opposite order.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 計算グラフをたどる
#
# 順伝播では窓が行になり、行がその最大値になります。逆伝播では、同じ道を逆の順に
# 1 歩ずつ戻ります。
#
# %% tags=["nbval-ignore-output"]
widgets.graph_view("pooling", language=language)


# %% [markdown] lang="en" slide="slide"
# ## 4. Backward with `col2im`
#
# Go back the way you came:
#
# 1. `dout` (N, C, OH, OW) to one number for each row, in the rows' order,
# 2. a matrix of zeros (N·OH·OW·C, PH·PW), with that number at the place of
#    the maximum,
# 3. `reshape` to the form of `col`, then `col2im`.
#
# Step 3 is where $x_2$ gets its sum.
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. `col2im` による逆伝播
#
# 来た道を逆にたどります。
#
# 1. `dout` (N, C, OH, OW) を、行と同じ順で、1 行につき 1 つの数にする
# 2. 0 の行列 (N·OH·OW·C, PH·PW) を用意し、最大値のあった位置にその数を置く
# 3. `col` の形に `reshape` して、`col2im` で画像に戻す
#
# $x_2$ の勾配が合計されるのは、3 番目の段階です。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: gradients back to their places
#
# Steps 1 and 2. `argmax` (N·OH·OW·C,) holds a column number for each row,
# `size` is PH·PW. Return the matrix of zeros with one number in each row.
#
# NumPy can do it in one go: `a[[0, 1, 2], [3, 0, 2]]` names the three
# entries (0, 3), (1, 0) and (2, 2).
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：勾配を元の位置に置く
#
# 上の 1 と 2 です。`argmax` (N·OH·OW·C,) には行ごとの列番号が入っていて、`size` は
# PH·PW です。各行に 1 つだけ数が入り、残りは 0 の行列を返してください。
#
# NumPy では一度に書けます。`a[[0, 1, 2], [3, 0, 2]]` は、(0, 3)、(1, 0)、(2, 2)
# の 3 つの要素を指します。
#
# %% exercise="put_back"
def put_back(dout, argmax, size):
    # BEGIN SOLUTION
    values = dout.transpose(0, 2, 3, 1).ravel()  # (N*OH*OW*C,)
    rows = np.zeros((values.size, size), dtype=dout.dtype)
    rows[np.arange(values.size), argmax] = values
    return rows
    # END SOLUTION


check("put_back", put_back)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `backward`
#
# All three steps: from `dout` (N, C, OH, OW) to `dx` in the shape of `x`. You
# may use `put_back`. `col2im` wants rows of C·PH·PW numbers again.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`backward`
#
# 3 段階すべてです。`dout` (N, C, OH, OW) から、`x` と同じ形状の `dx` を求めて
# ください。`put_back` を使ってかまいません。`col2im` に渡す行は、C·PH·PW 個の数に
# 戻しておきます。
#
# %% exercise="backward"
def backward(self, dout):
    # BEGIN SOLUTION
    N, C, OH, OW = dout.shape
    PH, PW = self.pool_h, self.pool_w
    values = dout.transpose(0, 2, 3, 1).ravel()
    rows = np.zeros((values.size, PH * PW), dtype=dout.dtype)
    rows[np.arange(values.size), self.argmax] = values
    dcol = rows.reshape(N * OH * OW, C * PH * PW)
    return col2im(
        dcol, self.x_shape, PH, PW, self.stride, self.pad, is_backward=True
    )
    # END SOLUTION


MaxPooling.backward = backward
check("backward", MaxPooling)

# %% [markdown] lang="en" slide="subslide"
# ### Your nine numbers, and the gradient check
#
# First the case from above. Then small steps on random numbers, as in 5_5:
# `check_gradients` returns the largest relative error of `dx`. Expect less
# than $10^{-7}$.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 手計算との比較と、勾配確認
#
# まず、手で求めた 9 個の数と比べます。次に 5_5 と同じように、乱数の入力で
# 数値微分と比べます。`check_gradients` は `dx` の相対誤差の最大値を返します。
# $10^{-7}$ より小さくなるはずです。
#
# %%
Max = check.use("backward")
layer = Max(2, 2)
layer.forward(x3.reshape(1, 1, 3, 3).astype(float))
dx = layer.backward(delta.reshape(1, 1, 2, 2).astype(float))
plots.show_arrays({"x": x3, "delta": delta, "dx": dx[0, 0]})

rng = np.random.default_rng(0)
x = rng.normal(size=(2, 3, 6, 5))
errors = check_gradients(Max(3, 2, stride=2, pad=1), x)
assert errors["dx"] < 1e-7

# %% tags=["nbval-ignore-output"]
print({name: f"{error:.0e}" for name, error in errors.items()})

# %% [markdown] lang="en" slide="slide"
# ## 5. When several are the largest
#
# The random numbers above were all different. Now a window with ties:
# `3 3 / 1 0`. `argmax` takes the first of them, so `backward` sends the whole
# gradient to the first 3 and none to the second.
#
# What would small steps say? The formula looks to both sides:
#
# $$\frac{f(x_i + h) - f(x_i - h)}{2h}$$
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. 同じ最大値がいくつもあるとき
#
# 先ほどの乱数は、すべて違う数でした。今度は同点のある窓 `3 3 / 1 0` を考えます。
# `argmax` は最初のものを選ぶので、`backward` は勾配をすべて 1 つ目の 3 に届け、
# 2 つ目の 3 には何も届けません。
#
# 数値微分ならどう答えるでしょうか。式は両側を見ています。
#
# $$\frac{f(x_i + h) - f(x_i - h)}{2h}$$
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: small steps at a tie
#
# $f$ is the maximum of the window. Work out, with a pencil:
#
# - `two_equal`: the quotient for the first 3 of the window `3 3 / 1 0`,
# - `four_equal_sum`: for the window `3 3 / 3 3`, the quotients of all four
#   pixels added up.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：同点での数値微分
#
# $f$ は窓の最大値です。次の 2 つを、手計算で求めてください。
#
# - `two_equal`：窓 `3 3 / 1 0` の、1 つ目の 3 についての商
# - `four_equal_sum`：窓 `3 3 / 3 3` で、4 画素それぞれの商を合計した値
#
# %% exercise="ties"
# BEGIN SOLUTION
two_equal = 0.5  # ((3 + h) - 3) / (2*h)
four_equal_sum = 2.0  # 4 * 0.5
# END SOLUTION

check("ties", (two_equal, four_equal_sum))

# %% [markdown] lang="en" slide="subslide"
# ### Two answers, both defensible
#
# Small steps give one half to **each** tied pixel, however many there are: up,
# the maximum follows; down, another one holds it. With four equal pixels
# that makes 2 in sum, although `y` moves by 1 only if all four move by 1.
#
# At a tie, the maximum has a kink and no gradient exists. `backward` picks
# one pixel, the sum stays 1. So never check gradients at ties: take random
# numbers.
#
# %% [markdown] lang="ja" slide="subslide"
# ### どちらの答えにも理由がある
#
# 数値微分は、同点の画素が何個あっても、その**それぞれ**に 1/2 を与えます。上に
# 動かせば最大値も上がり、下に動かしてもほかの画素が最大値を保つからです。4 画
# 素が等しいと合計は 2 です。しかし実際には、4 画素を同時に 1 だけ動かしても
# `y` は 1 しか変わりません。
#
# 同点のところで最大値は折れ曲がっていて、勾配は定まりません。`backward` は 1 画素
# だけを選ぶので、合計は 1 のままです。勾配を確かめるときは、同点のない乱数を使い
# ましょう。
#
# %%
layer = Max(2, 2, stride=2)
h = 1e-4
for window in ([3.0, 3, 1, 0], [3.0, 3, 3, 3]):
    x = np.array(window).reshape(1, 1, 2, 2)
    layer.forward(x)
    dx = layer.backward(np.ones((1, 1, 1, 1)))
    steps = h * np.eye(4).reshape(4, 1, 2, 2)
    above, below = layer.forward(x + steps), layer.forward(x - steps)
    quotients = (above - below).ravel() / (2 * h)
    print(dx.ravel(), quotients.round(3))

# %% [markdown] lang="en" slide="slide"
# ## 6. On real digits
#
# Is a tie rare? Take 100 digits and cut them into windows of 2x2.
#
# **Predict:** in how many percent of the windows do several pixels share the
# maximum? And how much too large would the sum of `dx` be if every one of
# them got the whole gradient?
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. 本物の数字では
#
# 同点は珍しいことでしょうか。数字の画像 100 枚を 2×2 の窓に分けて調べます。
#
# **予想してみましょう。** 同じ最大値が複数ある窓は、全体の何 % でしょうか。
# また、そのすべてに勾配を丸ごと届けたら、`dx` の合計は何倍になってしまうで
# しょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("ties")

# %%
(x_train, t_train), _ = load_mnist(train_size=100)
rows = im2col(x_train, 2, 2, stride=2).reshape(-1, 4)
tied = (rows == rows.max(axis=1, keepdims=True)).sum(axis=1)
print(f"{np.mean(tied > 1):.3f} {np.mean(tied):.2f}")

# %% slide="skip"
check.reveal("ties")

# %% [markdown] lang="en" slide="subslide"
# ### Where the gradient goes
#
# Four of five windows are tied, because most of a digit is black background.
# Giving the gradient to all of them would make it 3.3 times too large.
#
# Now send `dout` = 1 for every window back to a digit. **Predict:** which
# pixels of the black background light up in `dx`?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 勾配はどこへ届くか
#
# 5 つの窓のうち 4 つが同点でした。数字の画像は、大部分が黒い背景だからです。
# すべてに届けると、勾配は 3.3 倍になってしまいます。
#
# 次に、すべての窓で `dout` = 1 として、1 枚の画像に勾配を戻してみます。
# **予想してみましょう。** 黒い背景では、`dx` のどの画素が光るでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("lit")

# %% slide="subslide"
digit = x_train[7:8]  # (1, 1, 28, 28)
layer = Max(2, 2, stride=2)
dout = np.ones_like(layer.forward(digit))  # (1, 1, 14, 14)
dx = layer.backward(dout)
_, (left, right) = plt.subplots(1, 2, figsize=(9, 4.5))
left.imshow(digit[0, 0])
left.set_title("$x$")
right.imshow(dx[0, 0])
right.set_title("$dx$")
left.axis("off")
right.axis("off")
plt.show()
print(dx.sum(), np.count_nonzero(dx))


# %% slide="skip"
check.reveal("lit")


# %% [markdown] lang="en" slide="subslide"
# ### A grid of dots
#
# In the background every window is a tie of four zeros, and `argmax` takes the
# first: the top left pixel. The regular grid shows the convention, not the
# image. Only along the strokes do the dots leave it.
#
# Exactly one pixel in four gets a gradient. In a network this does little
# harm: pooling stands behind a ReLU, and where the ReLU gave 0 it stops the
# gradient anyway.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 点の格子
#
# 背景の窓では 0 が 4 つ並んで同点になり、`argmax` は最初の画素、つまり左上を選び
# ます。規則正しい格子は、画像の特徴ではなく、この決まりごとの結果です。格子から
# 外れるのは、線のあるところだけです。
#
# 勾配が届くのは、ちょうど 4 画素に 1 つです。ネットワークの中では、あまり困り
# ません。プーリングの前には ReLU があり、ReLU の出力が 0 だったところでは、どのみち
# 勾配が止まるからです。
#
# %% [markdown] lang="en" slide="slide"
# ## 7. Extra: average pooling
#
# Average pooling takes the mean of the window instead of the maximum. Every
# pixel has its share in the mean, so every pixel gets a share of the
# gradient. No `argmax` is needed, and there are no ties.
#
# %% [markdown] lang="ja" slide="slide"
# ## 7. 発展：平均プーリング
#
# 平均プーリングでは、最大値の代わりに窓の平均をとります。どの画素も平均に
# かかわっているので、どの画素にも勾配が分けられます。`argmax` はいらず、同点の問題も
# ありません。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `forward` of `AveragePooling`
#
# It differs from max pooling in two places only. Padding counts as zeros
# here: the sum is always divided by PH·PW.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`AveragePooling` の `forward`
#
# マックスプーリングと違うのは 2 か所だけです。パディングは 0 として数え、和は
# いつも PH·PW で割ることにします。
#
# %% exercise="average_forward"
class AveragePooling:
    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.pool_h, self.pool_w = pool_h, pool_w
        self.stride, self.pad = stride, pad

    def forward(self, x):
        # BEGIN SOLUTION
        N, C, H, W = self.x_shape = x.shape
        PH, PW = self.pool_h, self.pool_w
        OH = conv_output_size(H, PH, self.stride, self.pad)
        OW = conv_output_size(W, PW, self.stride, self.pad)
        rows = im2col(x, PH, PW, self.stride, self.pad)
        mean = rows.reshape(-1, PH * PW).mean(axis=1)
        return mean.reshape(N, OH, OW, C).transpose(0, 3, 1, 2)
        # END SOLUTION


check("average_forward", AveragePooling)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `backward` of `AveragePooling`
#
# If the mean of four numbers is $y$, how much does $y$ change when one of
# them grows by 1? That share of `dout` goes to **each** pixel of a window.
# Overlapping windows sum up, as before.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`AveragePooling` の `backward`
#
# 4 つの数の平均が $y$ のとき、その 1 つが 1 増えると $y$ はどれだけ増えるで
# しょうか。`dout` のその割合が、窓の**すべて**の画素に届きます。窓の重なりを合計
# するのは、これまでと同じです。
#
# %% exercise="average_backward"
def average_backward(self, dout):
    # BEGIN SOLUTION
    N, C, OH, OW = dout.shape
    PH, PW = self.pool_h, self.pool_w
    share = dout.transpose(0, 2, 3, 1).reshape(-1, 1) / (PH * PW)
    rows = np.repeat(share, PH * PW, axis=1)  # (N*OH*OW*C, PH*PW)
    dcol = rows.reshape(N * OH * OW, C * PH * PW)
    return col2im(
        dcol, self.x_shape, PH, PW, self.stride, self.pad, is_backward=True
    )
    # END SOLUTION


AveragePooling.backward = average_backward
check("average_backward", AveragePooling)


# %% [markdown] lang="en" slide="slide"
# ## 8. Experiment: draw by gradients alone
#
# Somebody shows you only the pooled digit, 14x14. You start with some picture
# of 28x28 and change its **pixels** along `dx` until its pooled version
# agrees. The learning rates are such that a step halves the difference of a
# window, for both kinds of pooling.
#
# **Predict:** start once with black, once with noise. Which pooling leads
# closer to the digit, max or average?
#
# %% [markdown] lang="ja" slide="slide"
# ## 8. 実験：勾配だけで絵を描く
#
# 見せてもらえるのは、プーリングした後の 14×14 の画像だけです。28×28 の適当な画
# 像から始めて、プーリングの結果が一致するまで、**画素**を `dx` で動かしていき
# ます。学習率は、1 回の更新で窓の差が半分になるように、プーリングの種類ごとに
# 選びました。
#
# **予想してみましょう。** 真っ黒な画像から始めた場合と、ノイズから始めた場合を
# 比べます。元の数字に近づくのは、マックスと平均のどちらでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("closer")


# %%
def draw(layer, learning_rate, start):
    target = layer.forward(digit)  # (1, 1, 14, 14)
    x = start.astype(float)
    for _ in range(300):
        error = layer.forward(x) - target
        x -= learning_rate * layer.backward(error)
    return x, np.abs(layer.forward(x) - target).max()


# %%
Average = check.use("average_backward")
noise = np.random.default_rng(0).random(digit.shape)
pictures, titles = [digit[0, 0]], ["$x$"]
for start in (np.zeros(digit.shape), noise):
    for Layer, rate in ((Max, 0.5), (Average, 2.0)):
        x, error = draw(Layer(2, 2, stride=2), rate, start)
        assert error < 1e-6
        pictures.append(x[0, 0])
        titles.append(f"{np.abs(x - digit).mean():.3f}")

plots.show_images(np.array(pictures), titles, columns=5, scale=2.2)

# %% slide="skip"
check.reveal("closer")

# %% [markdown] lang="en" slide="subslide"
# ### The winner changes
#
# From left to right: the digit; from black with max and average; from noise
# with max and average. Above each stands its mean error a pixel. All four
# agree with the pooled digit to six decimals.
#
# - **Black:** max only ever moves the first of the ties: dots. Average
#   moves all four: blocks, nearer to the digit.
# - **Noise:** if the maximum is 0, **all four** pixels must be at most 0:
#   the background becomes clean. A mean of 0 says nothing about the single
#   pixel: the noise stays.
#
# Max pooling says little about a stroke and much about its absence.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 出発点で結果が逆転する
#
# 左から、元の数字、黒から始めたマックスと平均、ノイズから始めたマックスと平均
# です。上の数は 1 画素あたりの誤差です。4 枚とも、プーリングの結果は小数第 6 位まで
# 一致しています。
#
# - **黒から**：マックスは、同点のうち最初の画素しか動かさないので、点になります。
#   平均は 4 画素とも動かすのでブロックになり、元の数字に近づきます。
# - **ノイズから**：最大値が 0 なら、**4 画素すべて**が 0 以下のはずです。だから背景が
#   きれいになります。平均が 0 でも 1 つ 1 つの画素のことは分からず、ノイズが残ります。
#
# マックスプーリングの結果からは、線の細かい形はわかりません。その代わり、「こ
# こに線はない」ということは、はっきりわかります。
#
# %% [markdown] lang="en" slide="slide"
# ## In five lines
#
# - Forward: `im2col`, one row for each window and channel, the maximum.
# - The padding must never win: minus infinity, not 0.
# - Backward: each gradient to the place of its maximum, overlaps summed.
# - Ties have no gradient; `argmax` takes the first, and the sum stays right.
# - Average pooling shares the gradient, max pooling sends it to one pixel.
#
# Next: **<<next_lesson>>**. Your classes `Convolution` and `MaxPooling`
# become a network that reads digits.
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# - 順伝播は `im2col`、窓とチャンネルごとに 1 行、そして最大値です。
# - パディングの値が最大になってはいけません。0 ではなくマイナス無限大です。
# - 逆伝播では、勾配を最大値のあった位置に置き、重なりを合計します。
# - 同点では勾配が定まりません。`argmax` は最初を選び、合計は正しく保たれます。
# - 平均プーリングは勾配を分け合い、マックスプーリングは 1 画素に届けます。
#
# 次は **<<next_lesson>>** です。`Convolution` と `MaxPooling` を組み合わせて、
# 数字を読むネットワークを作ります。
#
# %% [markdown] lang="en" slide="subslide"
# Whose parts have done the work in this notebook?
#
# %% [markdown] lang="ja" slide="subslide"
# このノートブックでは、だれの実装が使われたでしょうか。
#
# %%
check.whose()

# %%
check.progress()
