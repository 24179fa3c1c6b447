# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - run a convolution forward as one matrix product,
# - follow the gradients back through its computation graph, with a pencil,
# - write the class `Convolution` with `forward` and `backward`,
# - prove with small steps that your gradients are right.
#
# It takes about <<minutes>> minutes. `im2col` and `col2im` from lesson 5_4 are the
# tools. The class that you write here goes into your network in 5_7.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - 畳み込み層の順伝播を、1 回の行列積で計算する
# - 計算グラフをたどって、勾配を手で求める
# - `forward` と `backward` を持つクラス `Convolution` を書く
# - 勾配が正しいことを、数値微分で確かめる（**勾配確認**）
#
# 目安は <<minutes>> 分です。5_4 で作った `im2col` と `col2im` を道具として使い
# ます（正解した演習は `work/my_cnn` に残っていて、自分の実装がそのまま使われま
# す）。ここで書くクラスは、5_7 でネットワークに組み込みます。
#
# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from course_lib import layers, plots, widgets
from course_lib.datasets import load_mnist
from course_lib.exercises import lesson
from course_lib.functional import conv_output_size

language = "en"
check = lesson("5_5", language)
plots.use_style()
im2col = check.part("5_4", "im2col")
col2im = check.part("5_4", "col2im")
check.whose()

# %% [markdown] lang="en" slide="slide"
# ## 1. A layer works in two directions
#
# Forward (blue), the layer makes `y` from `x`, `W` and `b`. Further on, the
# network turns `y` into one number, the loss $L$.
#
# Backward (orange), the layer is told how much $L$ changes when `y` changes:
# `dout` $= \partial L / \partial y$. It answers the same question for what
# it was given: `dx` is passed on to the layer before, `dW` and `db` tell the
# optimizer how to change the parameters.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. 層は 2 つの向きに計算する
#
# 順伝播（青）では、`x` と `W` と `b` から `y` を作ります。その先で、
# ネットワークは `y` から 1 つの数、損失 $L$ を計算します。
#
# 逆伝播（オレンジ）では、`y` が変わると $L$ がどれだけ変わるか、つまり
# `dout` $= \partial L / \partial y$ を受け取ります。層は、自分が受け取った
# ものについて同じ問いに答えます。`dx` は前の層に渡し、`dW` と `db` は
# パラメータの更新に使います。
#
# %%
nodes = {
    "x": (0, 0, "$x$"),
    "W": (0, 1.5, "$W$"),
    "b": (0, 3, "$b$"),
    "*": (3.5, 1.5, "∗"),
    "y": (7, 1.5, "$y$"),
    "L": (10.5, 1.5, "$L$"),
}
edges = [("x", "*"), ("W", "*"), ("b", "*"), ("*", "y"), ("y", "L")]
forward_arrows = [(start, end, "") for start, end in edges]
label = {name: rf"$\partial L/\partial {name}$" for name in "xWby"}
backward_arrows = [("L", "y", label["y"]), ("y", "*", "")]
backward_arrows += [("*", name, label[name]) for name in "xWb"]
plots.show_graph(nodes, forward_arrows, backward_arrows)

# %% [markdown] lang="en" slide="slide"
# ## 2. Forward: one matrix product
#
# `im2col` writes each window into one row. If each filter stands in one
# column, then row times column is exactly "multiply and add up":
#
# $$\underbrace{\mathrm{col}}_{(N \cdot OH \cdot OW,\; C \cdot FH \cdot FW)}
# \cdot
# \underbrace{\mathrm{col\_W}}_{(C \cdot FH \cdot FW,\; FN)} + b
# = \underbrace{\mathrm{rows}}_{(N \cdot OH \cdot OW,\; FN)}$$
#
# Below, the image and the filter of lesson 5_1. The first row times the
# column gives 15.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. 順伝播は 1 回の行列積
#
# `im2col` は、窓 1 つを 1 行に並べます。フィルター 1 つを 1 列に並べておくと、
# 行と列の積が、そのまま「掛けて足す」計算になります。
#
# $$\underbrace{\mathrm{col}}_{(N \cdot OH \cdot OW,\; C \cdot FH \cdot FW)}
# \cdot
# \underbrace{\mathrm{col\_W}}_{(C \cdot FH \cdot FW,\; FN)} + b
# = \underbrace{\mathrm{rows}}_{(N \cdot OH \cdot OW,\; FN)}$$
#
# 下の図は 5_1 の画像とフィルターです。1 行目と列の積が 15 になります。
#
# %% slide="subslide"
x = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]])
w = np.array([[2, 0, 1], [0, 1, 2], [1, 0, 2]])
x4, w4 = x.reshape(1, 1, 4, 4), w.reshape(1, 1, 3, 3)
col = im2col(x4, 3, 3)  # (4, 9)
col_w = w.reshape(9, 1)
plots.show_arrays(
    {"col": col, "col_W": col_w, "rows": col @ col_w},
    {"col": [(0, 0, 1, 9)], "col_W": [(0, 0, 9, 1)], "rows": [(0, 0, 1, 1)]},
)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: filters as columns
#
# `W` has the shape (FN, C, FH, FW). Return the matrix (C·FH·FW, FN) whose
# columns are the filters. Within a column the numbers stand in the same
# order as in a row of `im2col`: C, FH, FW.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：フィルターを列に並べる
#
# `W` の形状は (FN, C, FH, FW) です。フィルターを 1 列に 1 つずつ並べた行列
# (C·FH·FW, FN) を返してください。列の中の順序は、`im2col` の行と同じ
# C, FH, FW です。
#
# %% exercise="filter_matrix"
def filter_matrix(W):
    # BEGIN SOLUTION
    FN = W.shape[0]
    return W.reshape(FN, -1).T
    # END SOLUTION


check("filter_matrix", filter_matrix)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: rows back to feature maps
#
# The product has one row for each window, in the order N, OH, OW, and one
# column for each filter. The next layer wants (N, FN, OH, OW).
#
# Where does the axis FN stand in `rows`? Where must it go? Lesson 5_3 has
# shown what happens if you only `reshape`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：行を特徴マップに戻す
#
# 行列積の結果は、1 行が 1 つの窓（N, OH, OW の順）、1 列が 1 つのフィルター
# です。次の層が受け取る形は (N, FN, OH, OW) です。
#
# FN の軸は `rows` のどこにあり、どこへ動かせばよいでしょうか。`reshape`
# だけで済ませると何が起きるかは、5_3 で見たとおりです。
#
# %% exercise="rows_to_maps"
def rows_to_maps(rows, N, OH, OW):
    # BEGIN SOLUTION
    maps = rows.reshape(N, OH, OW, -1)
    return maps.transpose(0, 3, 1, 2)
    # END SOLUTION


check("rows_to_maps", rows_to_maps)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `forward`
#
# Put it together. `forward(x)` takes images (N, C, H, W) and returns feature
# maps (N, FN, OH, OW).
#
# - `conv_output_size(size, filter_size, stride, pad)` gives OH and OW.
# - `backward` will need the matrix of `im2col` and the shape of `x` again:
#   keep them in `self`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`forward`
#
# ここまでをまとめましょう。`forward(x)` は画像 (N, C, H, W) を受け取り、
# 特徴マップ (N, FN, OH, OW) を返します。
#
# - OH と OW は `conv_output_size(size, filter_size, stride, pad)` で
#   求められます。
# - `im2col` の行列と `x` の形状は `backward` でもう一度使います。`self` に
#   残しておいてください。
#
# %% exercise="forward"
class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b = W, b  # (FN, C, FH, FW), (FN,)
        self.stride, self.pad = stride, pad
        self.dW, self.db = None, None

    def forward(self, x):
        # BEGIN SOLUTION
        N, (FN, _, FH, FW) = len(x), self.W.shape
        OH = conv_output_size(x.shape[2], FH, self.stride, self.pad)
        OW = conv_output_size(x.shape[3], FW, self.stride, self.pad)
        self.x_shape = x.shape
        self.col = im2col(x, FH, FW, self.stride, self.pad)
        rows = self.col @ self.W.reshape(FN, -1).T + self.b
        return rows.reshape(N, OH, OW, FN).transpose(0, 3, 1, 2)
        # END SOLUTION


check("forward", Convolution)


# %% [markdown] lang="en" slide="subslide"
# ### Is it the same as the plain loop?
#
# Here is the convolution of lesson 5_1 once more: one step of the loop for
# each number of the output. It is slow, but nobody can misread it. That
# makes it the judge of the fast version.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 素直なループと一致するか
#
# 5_1 の畳み込みをもう一度書きます。出力の数 1 つにつきループを 1 回まわす、
# 遅い方法です。その代わり、読み違えようがありません。速い実装が正しいか
# どうかは、これと比べて判断します。
#
# %%
def naive_forward(x, W, b, stride=1, pad=0):
    FN, _, FH, FW = W.shape
    OH = conv_output_size(x.shape[2], FH, stride, pad)
    OW = conv_output_size(x.shape[3], FW, stride, pad)
    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), FN, OH, OW), dtype=x.dtype)
    for n, f, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        window = x[n, :, top : top + FH, left : left + FW]
        out[n, f, i, j] = (window * W[f]).sum() + b[f]
    return out


# %% slide="subslide"
(x_train, t_train), _ = load_mnist(train_size=100)
rng = np.random.default_rng(0)
W = rng.normal(size=(30, 1, 5, 5)).astype(np.float32)
b = rng.normal(size=30).astype(np.float32)
layer = check.use("forward")(W, b, stride=1, pad=2)

start = time.perf_counter()
slow = naive_forward(x_train[:10], W, b, stride=1, pad=2)
slow_time = time.perf_counter() - start
start = time.perf_counter()
fast = layer.forward(x_train[:10])
fast_time = time.perf_counter() - start

print(slow.shape, fast.shape)
assert np.abs(slow - fast).max() < 1e-4

# %% tags=["nbval-ignore-output"]
print(f"for:    {slow_time * 1000:8.1f} ms")
print(f"im2col: {fast_time * 1000:8.1f} ms")
print(f"{slow_time / fast_time:.0f} x")

# %% [markdown] lang="en" slide="slide"
# ## 3. Backward on the smallest case
#
# Now a case small enough for a pencil: `x` is 3x3, `W` is 2x2, stride 1, no
# padding. There are nine $x_n$, four $w_n$ and four outputs $y_n$. We write
# $\delta_n = \partial L / \partial y_n$: that is what arrives from behind.
#
# Three rules are enough:
#
# - **×** swaps: for $w \cdot x$, the gradient to $x$ is $\delta \cdot w$, and
#   the gradient to $w$ is $\delta \cdot x$.
# - **+** copies: $\delta$ goes unchanged to every summand.
# - A number that was **used several times** adds up what comes back.
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. いちばん小さい例で逆伝播
#
# 手計算できる大きさで考えます。`x` は 3×3、`W` は 2×2、ストライド 1、パディン
# グなしです。$x_n$ が 9 個、$w_n$ が 4 個、出力 $y_n$ が 4 個あります。後ろか
# ら届く勾配を $\delta_n = \partial L / \partial y_n$ と書きます。
#
# 使う規則は 3 つだけです。
#
# - **×** は相手を掛けて返す（入れ替える）：$w \cdot x$ では、$x$ に
#   $\delta \cdot w$ が、$w$ に $\delta \cdot x$ が伝わります。
# - **+** はそのまま流す：$\delta$ が、足したものすべてに同じ値で伝わります。
# - **何度も使った数**には、戻ってきた勾配を合計します。
#
# %% [markdown] lang="en" slide="subslide"
# ### First a single row
#
# Before the image, a row: three numbers, a filter of two, two outputs.
#
# $$y_1 = w_1 x_1 + w_2 x_2 \qquad y_2 = w_1 x_2 + w_2 x_3$$
#
# $x_1$ and $x_3$ are used once, $x_2$ twice, and each $w$ twice. So
#
# $$\frac{\partial L}{\partial x_2} = \delta_1 w_2 + \delta_2 w_1 \qquad
# \frac{\partial L}{\partial w_1} = \delta_1 x_1 + \delta_2 x_2$$
#
# Find the two orange arrows that come back to $x_2$.
#
# %% [markdown] lang="ja" slide="subslide"
# ### まずは 1 行だけで
#
# 画像の前に、1 行で考えます。数が 3 つ、フィルターが 2 つ、出力が 2 つです。
#
# $$y_1 = w_1 x_1 + w_2 x_2 \qquad y_2 = w_1 x_2 + w_2 x_3$$
#
# $x_1$ と $x_3$ は 1 回、$x_2$ は 2 回、どの $w$ も 2 回使われています。したがって、
#
# $$\frac{\partial L}{\partial x_2} = \delta_1 w_2 + \delta_2 w_1 \qquad
# \frac{\partial L}{\partial w_1} = \delta_1 x_1 + \delta_2 x_2$$
#
# $x_2$ に戻ってくるオレンジの矢印を 2 本見つけてください。
#
# %% slide="subslide"
nodes = {f"x{i}": (0, 1.2 * (i - 1), f"$x_{i}$") for i in (1, 2, 3)}
nodes |= {f"y{k}": (5, 1.2 * k - 0.6, f"$y_{k}$") for k in (1, 2)}
edges = [(f"x{k + m - 1}", f"y{k}", m) for k in (1, 2) for m in (1, 2)]
plots.show_graph(
    nodes,
    [(x, y, "") for x, y, _ in edges],
    [(y, x, rf"$\delta_{y[1]} w_{m}$") for x, y, m in edges],
    scale=1.0,
)

# %% [markdown] lang="en" slide="subslide"
# ### One output: $y_1$
#
# The first window covers $x_1, x_2, x_4, x_5$. Follow an orange arrow from
# $y_1$ to the left and apply the rules.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 出力 1 つ分：$y_1$
#
# 最初の窓に入るのは $x_1, x_2, x_4, x_5$ です。$y_1$ からオレンジの矢印を
# 左へたどり、規則を当てはめてみてください。
#
# %% slide="subslide"
names = ["x_1", "w_1", "x_2", "w_2", "x_4", "w_3", "x_5", "w_4"]
nodes = {name: (0, i, f"${name}$") for i, name in enumerate(names)}
nodes |= {f"×{k}": (3.5, 2 * k + 0.5, "×") for k in range(4)}
nodes |= {"+": (6, 3.5, "+"), "y": (8, 3.5, "$y_1$")}
edges = [(name, f"×{i // 2}") for i, name in enumerate(names)]
edges += [(f"×{k}", "+") for k in range(4)] + [("+", "y")]
gradient = {name: names[i ^ 1] for i, name in enumerate(names)}
plots.show_graph(
    nodes,
    [(start, end, "") for start, end in edges],
    [
        (end, start, rf"$\delta_1 {gradient.get(start, '')}$")
        for start, end in edges
    ],
)

# %% [markdown] lang="en" slide="subslide"
# ### All windows that use $x_5$
#
# All four outputs are drawn below. $x_5$ lies in the middle, so every window
# covers it, each time under another $w$. Four gradients come back to it.
#
# Change `n = 5` to another number from 1 to 9 and run the cell again. Which
# $x_n$ get only one gradient?
#
# %% [markdown] lang="ja" slide="subslide"
# ### $x_5$ を使うすべての窓
#
# 下の図には 4 つの出力がすべて描かれています。$x_5$ は真ん中にあるので、どの窓にも
# 入り、そのたびに違う $w$ と掛けられます。戻ってくる勾配は 4 つです。
#
# `n = 5` を 1 から 9 のほかの数に変えて、実行し直してみましょう。勾配が 1 つ
# しか届かない $x_n$ はどれですか。
#
# %% slide="subslide"
n = 5
numbers = np.arange(1.0, 10).reshape(1, 1, 3, 3)
windows = im2col(numbers, 2, 2).astype(int)  # (4, 4)
nodes = {f"x{i}": (0, i - 1, f"$x_{i}$") for i in range(1, 10)}
nodes |= {f"y{k}": (6, 2 * k - 1, f"$y_{k}$") for k in range(1, 5)}
forward_arrows, backward_arrows = [], []
for k, window in enumerate(windows, start=1):
    for m, i in enumerate(window, start=1):
        forward_arrows.append((f"x{i}", f"y{k}", ""))
        if i == n:
            label = rf"$\delta_{k} w_{m}$"
            backward_arrows.append((f"y{k}", f"x{i}", label))
plots.show_graph(nodes, forward_arrows, backward_arrows)

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: four gradients by hand
#
# The numbers are below; `delta` is what arrives from behind. Work out, with
# a pencil:
#
# - `dx2` and `dx5`, the gradients to $x_2$ and $x_5$,
# - `dw2`, the gradient to $w_2$: it was used in all four windows,
# - `db`, if a bias $b$ had been added to each of the four outputs.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：4 つの勾配を手で計算する
#
# 数値は下の図のとおりです。`delta` が後ろから届く勾配です。次の 4 つを、手計算
# で求めてください。
#
# - `dx2` と `dx5`：$x_2$ と $x_5$ の勾配
# - `dw2`：$w_2$ の勾配（4 つの窓すべてで使われています）
# - `db`：4 つの出力それぞれにバイアス $b$ を足していた場合の、$b$ の勾配
#
# %%
x3 = np.array([[1, 2, 3], [0, 1, 2], [3, 0, 1]])
w2 = np.array([[2, 1], [0, 3]])
delta = np.array([[2, 1], [3, -1]])
plots.show_arrays({"x": x3, "w": w2, "delta": delta})

# %% exercise="by_hand"
# BEGIN SOLUTION
dx2 = 4  # 2*1 + 1*2
dx5 = 7  # 2*3 + 1*0 + 3*1 - 1*2
dw2 = 8  # 2*2 + 1*3 + 3*1 - 1*2
db = 5  # 2 + 1 + 3 - 1
# END SOLUTION

check("by_hand", (dx2, dx5, dw2, db))


# %% [markdown] lang="en" slide="subslide"
# ### All the sums
#
# $$\begin{aligned}
# \partial L/\partial x_1 &= \delta_1 w_1 &
# \partial L/\partial x_4 &= \delta_1 w_3 + \delta_3 w_1 &
# \partial L/\partial x_7 &= \delta_3 w_3 \\
# \partial L/\partial x_2 &= \delta_1 w_2 + \delta_2 w_1 &
# \partial L/\partial x_5 &=
# \delta_1 w_4 + \delta_2 w_3 + \delta_3 w_2 + \delta_4 w_1 &
# \partial L/\partial x_8 &= \delta_3 w_4 + \delta_4 w_3 \\
# \partial L/\partial x_3 &= \delta_2 w_2 &
# \partial L/\partial x_6 &= \delta_2 w_4 + \delta_4 w_2 &
# \partial L/\partial x_9 &= \delta_4 w_4
# \end{aligned}$$
#
# $$\begin{aligned}
# \partial L/\partial w_1 &=
# \delta_1 x_1 + \delta_2 x_2 + \delta_3 x_4 + \delta_4 x_5 &
# \partial L/\partial w_2 &=
# \delta_1 x_2 + \delta_2 x_3 + \delta_3 x_5 + \delta_4 x_6 \\
# \partial L/\partial w_3 &=
# \delta_1 x_4 + \delta_2 x_5 + \delta_3 x_7 + \delta_4 x_8 &
# \partial L/\partial w_4 &=
# \delta_1 x_5 + \delta_2 x_6 + \delta_3 x_8 + \delta_4 x_9
# \end{aligned}$$
#
# Look at $w_1$: the deltas are multiplied with $x_1, x_2, x_4, x_5$. That is
# the first **column** of `im2col(x)`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### すべての式
#
# $$\begin{aligned}
# \partial L/\partial x_1 &= \delta_1 w_1 &
# \partial L/\partial x_4 &= \delta_1 w_3 + \delta_3 w_1 &
# \partial L/\partial x_7 &= \delta_3 w_3 \\
# \partial L/\partial x_2 &= \delta_1 w_2 + \delta_2 w_1 &
# \partial L/\partial x_5 &=
# \delta_1 w_4 + \delta_2 w_3 + \delta_3 w_2 + \delta_4 w_1 &
# \partial L/\partial x_8 &= \delta_3 w_4 + \delta_4 w_3 \\
# \partial L/\partial x_3 &= \delta_2 w_2 &
# \partial L/\partial x_6 &= \delta_2 w_4 + \delta_4 w_2 &
# \partial L/\partial x_9 &= \delta_4 w_4
# \end{aligned}$$
#
# $$\begin{aligned}
# \partial L/\partial w_1 &=
# \delta_1 x_1 + \delta_2 x_2 + \delta_3 x_4 + \delta_4 x_5 &
# \partial L/\partial w_2 &=
# \delta_1 x_2 + \delta_2 x_3 + \delta_3 x_5 + \delta_4 x_6 \\
# \partial L/\partial w_3 &=
# \delta_1 x_4 + \delta_2 x_5 + \delta_3 x_7 + \delta_4 x_8 &
# \partial L/\partial w_4 &=
# \delta_1 x_5 + \delta_2 x_6 + \delta_3 x_8 + \delta_4 x_9
# \end{aligned}$$
#
# $w_1$ の式では、δ が $x_1, x_2, x_4, x_5$ と掛けられています。これは
# `im2col(x)` の 1 番目の**列**そのものです。
#
# %% [markdown] lang="en" slide="subslide"
# ### Step through the graph
#
# Go forward and look at the shapes, then backward and look at the formulas.
# At every arrow ask: is the gradient as large as what went forward?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 計算グラフをたどる
#
# 順伝播では形状を、逆伝播では式を、1 歩ずつ見てください。どの矢印でも、勾配の形状は
# 順伝播で流れた配列の形状と同じになっていますか。
#
# %% tags=["nbval-ignore-output"]
widgets.graph_view("convolution", language=language)


# %% [markdown] lang="en" slide="slide"
# ## 4. The same with matrices
#
# After `im2col`, a convolution is an affine layer: rows = col · col_W + b.
# So its backward is that of the affine layer. Bring `dout` into the form of
# the rows first, call that matrix $D$, of shape (N·OH·OW, FN). Then
#
# $$d\,\mathrm{col\_W} = \mathrm{col}^T D, \qquad
# db = \text{sum of the rows of } D, \qquad
# d\,\mathrm{col} = D \, \mathrm{col\_W}^T .$$
#
# What `forward` has reshaped, `backward` shapes back.
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. 行列でまとめて計算する
#
# `im2col` を使えば、畳み込み層は rows = col · col_W + b、つまりアフィン層と同
# じ式です。逆伝播も同じ式になります。まず `dout` を行の形に直し、それを
# $D$（形状は (N·OH·OW, FN)）とします。すると次のように書けます。
#
# $$d\,\mathrm{col\_W} = \mathrm{col}^T D, \qquad
# db = D \text{ の全行の和}, \qquad d\,\mathrm{col} = D \, \mathrm{col\_W}^T$$
#
# 順伝播で変えた形は、逆伝播で元に戻します。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the gradients of `W` and `b`
#
# Given `dout` (N, FN, OH, OW), the matrix `col` that `forward` kept, and the
# shape of `W`, return `dW` in the shape of `W`, and `db` (FN,).
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`W` と `b` の勾配
#
# `dout` (N, FN, OH, OW)、`forward` で残した行列 `col`、`W` の形状が与えられ
# ます。`W` と同じ形状の `dW` と、`db` (FN,) を返してください。
#
# %% exercise="parameter_gradients"
def parameter_gradients(dout, col, W_shape):
    # BEGIN SOLUTION
    FN = W_shape[0]
    D = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
    dW = (col.T @ D).T.reshape(W_shape)
    db = D.sum(axis=0)
    return dW, db
    # END SOLUTION


check("parameter_gradients", parameter_gradients)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `backward`
#
# The whole of it: store `self.dW` and `self.db`, and return `dx` in the
# shape of `x`.
#
# For `dx`, each row of $d\,\mathrm{col}$ belongs to one window. `col2im`
# puts the windows back onto the image. Look at the sum for $x_5$ before you
# choose its last argument, `is_backward`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`backward`
#
# いよいよ全体です。`self.dW` と `self.db` を保存し、`x` と同じ形状の `dx` を
# 返してください。
#
# $d\,\mathrm{col}$ の 1 行は窓 1 つ分です。`col2im` で画像の形に戻します。
# 最後の引数 `is_backward` は、$x_5$ の式を見てから決めてください。
#
# %% exercise="backward"
def backward(self, dout):
    # BEGIN SOLUTION
    FN, _, FH, FW = self.W.shape
    D = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
    self.dW = (self.col.T @ D).T.reshape(self.W.shape)
    self.db = D.sum(axis=0)
    dcol = D @ self.W.reshape(FN, -1)
    return col2im(
        dcol, self.x_shape, FH, FW, self.stride, self.pad, is_backward=True
    )
    # END SOLUTION


Convolution.backward = backward
check("backward", Convolution)

# %% [markdown] lang="en" slide="subslide"
# ### Your four numbers again
#
# The class gives all thirteen sums at once. Find your `dx2`, `dx5` and `dw2`
# in them. `db` must be 5.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 手計算の 4 つの数をもう一度
#
# クラスを使えば、13 個の式が一度に計算できます。手で求めた `dx2`、`dx5`、
# `dw2` を探してみましょう。`db` は 5 になるはずです。
#
# %%
Layer = check.use("backward")
layer = Layer(w2.reshape(1, 1, 2, 2).astype(float), np.zeros(1))
out = layer.forward(x3.reshape(1, 1, 3, 3).astype(float))
dx = layer.backward(delta.reshape(1, 1, 2, 2).astype(float))
plots.show_arrays(
    {"y": out[0, 0], "dx": dx[0, 0], "dW": layer.dW[0, 0]},
    {"dx": [(0, 1, 1, 1), (1, 1, 1, 1)], "dW": [(0, 1, 1, 1)]},
)
print(layer.db)


# %% [markdown] lang="en" slide="slide"
# ## 5. Can you trust it?
#
# A wrong gradient raises no exception. The network even learns a little, and
# you search for days. So compare it with a gradient that needs no derivation
# at all: move one number $x_i$ a little to both sides and see what $f$ does.
#
# $$\frac{\partial f}{\partial x_i} \approx
# \frac{f(x_i + h) - f(x_i - h)}{2h}$$
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. その勾配は信用できるか
#
# 勾配を間違えても、例外は出ません。ネットワークは少しだけ学習してしまい、
# 原因を何日も探すことになります。そこで、式の導出がいらない方法で求めた勾配と
# 比べます。数 $x_i$ を 1 つだけ両側に少し動かして、$f$ の変化を見る方法です。
#
# $$\frac{\partial f}{\partial x_i} \approx
# \frac{f(x_i + h) - f(x_i - h)}{2h}$$
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the numerical gradient
#
# `f` takes an array like `x` and returns one number. Return an array in the
# shape of `x` that holds the quotient for each entry. `x` may have any number
# of axes: `np.ndindex(x.shape)` runs through all indices. Leave `x` as you
# found it.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：数値微分
#
# `f` は `x` と同じ形の配列を受け取り、1 つの数を返します。各要素について上の商を
# 計算し、`x` と同じ形状の配列で返してください。`x` の軸の数は決まっていません。
# `np.ndindex(x.shape)` で、すべての添字を順に取り出せます。`x` は最後に元の
# 値に戻しておきます。
#
# %% exercise="numerical_gradient"
def numerical_gradient(f, x, h=1e-4):
    # BEGIN SOLUTION
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + h
        above = f(x)
        x[index] = kept - h
        below = f(x)
        x[index] = kept
        grad[index] = (above - below) / (2 * h)
    return grad
    # END SOLUTION


check("numerical_gradient", numerical_gradient)

# %% [markdown] lang="en" slide="subslide"
# ### Three gradients checked
#
# The layer's output is not one number, so we take $L = \sum y \cdot$ `dout`
# with a random `dout`. Then $\partial L / \partial y$ is exactly `dout`.
#
# In float64, expect a relative difference below $10^{-7}$. A mistake usually
# gives more than 0.01. There is hardly anything in between.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 3 つの勾配を確かめる
#
# 層の出力は 1 つの数ではないので、乱数で作った `dout` を使って
# $L = \sum y \cdot$ `dout` とします。すると $\partial L / \partial y$ は
# ちょうど `dout` になります。
#
# float64 なら、相対誤差は $10^{-7}$ より小さくなるはずです。どこかを間違えると、
# たいてい 0.01 より大きくなります。その中間になることは、まずありません。
#
# %% tags=["nbval-ignore-output"]
rng = np.random.default_rng(1)
x = rng.normal(size=(2, 3, 6, 5))
W, b = rng.normal(size=(4, 3, 3, 2)), rng.normal(size=4)
layer = Layer(W, b, stride=2, pad=1)
dout = rng.normal(size=layer.forward(x).shape)
dx = layer.backward(dout)
slopes = check.use("numerical_gradient")
numeric = {
    "dx": slopes(lambda v: (Layer(W, b, 2, 1).forward(v) * dout).sum(), x),
    "dW": slopes(lambda v: (Layer(v, b, 2, 1).forward(x) * dout).sum(), W),
    "db": slopes(lambda v: (Layer(W, v, 2, 1).forward(x) * dout).sum(), b),
}
mine = {"dx": dx, "dW": layer.dW, "db": layer.db}
errors = {
    name: np.abs(mine[name] - numeric[name]).max() / np.abs(mine[name]).max()
    for name in mine
}
print({name: f"{error:.0e}" for name, error in errors.items()})

# %%
assert max(errors.values()) < 1e-7

# %% [markdown] lang="en" slide="subslide"
# ### And what does a mistake look like?
#
# One mistake, on purpose: `col2im` overwrites where windows overlap instead
# of summing. Only `dx` is wrong then; `dW` and `db` stay right. In a network
# with a single convolution nobody would notice, as its `dx` is not used. Add a
# second one, and the first gets wrong gradients.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 間違えるとどう見えるか
#
# わざと 1 か所だけ間違えてみます。窓が重なるところで、`col2im` に合計ではなく
# 上書きをさせます。おかしくなるのは `dx` だけで、`dW` と `db` は正しいままです。
# 畳み込み層が 1 つだけのネットワークでは、その `dx` は使われないので、だれも
# 気づきません。2 つ重ねたとたん、前の層に間違った勾配が届きます。
#
# %%
D = dout.transpose(0, 2, 3, 1).reshape(-1, 4)
dcol = D @ W.reshape(4, -1)
for is_backward in (False, True):
    dx = col2im(dcol, x.shape, 3, 2, 2, 1, is_backward)
    error = np.abs(dx - numeric["dx"]).max() / np.abs(dx).max()
    print(f"is_backward={is_backward}: {error:.3f}")

# %% [markdown] lang="en" slide="slide"
# ## 6. What does `dx` look like?
#
# Let all deltas be 0 but one, in the middle of the output. That says: "the
# loss depends on this one output only." Which pixels of the 5x5 input matter,
# and how much? Make a guess before you run the cell.
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. `dx` はどんな形をしているか
#
# 出力の真ん中の δ だけを 1 にして、ほかは 0 にします。「損失は、この出力 1 つ
# だけで決まる」という意味です。5×5 の入力のうち、どの画素がどれだけ影響する
# でしょうか。実行する前に予想してみましょう。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("dx")

# %%
w = np.array([[2, 0, 1], [0, 1, 2], [1, 0, 2]])
dout = np.zeros((1, 1, 3, 3))
dout[0, 0, 1, 1] = 1
layer = Layer(w.reshape(1, 1, 3, 3).astype(float), np.zeros(1))
layer.forward(np.zeros((1, 1, 5, 5)))
dx = layer.backward(dout)
plots.show_arrays(
    {"dout": dout[0, 0], "W": w, "dx": dx[0, 0]},
    {"dout": [(1, 1, 1, 1)], "dx": [(1, 1, 3, 3)]},
)


# %% slide="skip"
check.reveal("dx")


# %% [markdown] lang="en" slide="subslide"
# ### Each delta lays down the filter
#
# The filter itself appears, at the place of the window. With many deltas,
# many copies of the filter are laid down and added up: backward **scatters**.
#
# Now stand on one input, such as $x_5$, and **gather** what it gets:
# $\delta_1 w_4 + \delta_2 w_3 + \delta_3 w_2 + \delta_4 w_1$. The deltas
# count upwards, the weights downwards. Do you see which operation this is?
#
# %% [markdown] lang="ja" slide="subslide"
# ### δ が 1 つずつフィルターを置いていく
#
# 窓の位置に、フィルターがそのまま現れました。δ がたくさんあれば、フィルターの
# コピーが次々に置かれて足されていきます。逆伝播は、**ばらまく**計算です。
#
# 今度は入力の側、たとえば $x_5$ に立って、届くものを**集めて**みます。
# $\delta_1 w_4 + \delta_2 w_3 + \delta_3 w_2 + \delta_4 w_1$ です。δ の番号は
# 増え、w の番号は減っていきます。これは何という演算でしょうか。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `dx` without `backward`
#
# Gathering with the weights in reverse order is a convolution of `dout` with
# the filter turned by 180 degrees. So you can get `dx` by a **forward** pass.
#
# Do it for stride 1, pad 0 and square filters. `Layer` is a right class
# `Convolution(W, b, stride, pad)`. Three questions: how do you turn `W`?
# Which channels go in and out? How much padding makes the result as large
# as `x`?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`backward` を使わずに `dx` を求める
#
# 重みを逆順にして集める計算は、180 度回したフィルターによる `dout` の畳み込み
# です。つまり `dx` は**順伝播**で求められます。
#
# ストライド 1、パディング 0、正方形のフィルターの場合に書いてみましょう。
# `Layer` には正しい `Convolution(W, b, stride, pad)` が渡されます。考えることは
# 3 つです。`W` をどう回すか。入力と出力のチャンネルはどうなるか。`x` と同じ
# 大きさにするには、パディングがいくつ必要か。
#
# %% exercise="dx_by_forward"
def dx_by_forward(Layer, dout, W):
    # BEGIN SOLUTION
    _, C, F, _ = W.shape
    turned = W[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)  # (C, FN, F, F)
    return Layer(turned, np.zeros(C), pad=F - 1).forward(dout)
    # END SOLUTION


check("dx_by_forward", dx_by_forward)

# %% [markdown] lang="en" slide="slide"
# ## 7. Experiment: find the hidden filter
#
# Somebody has run a digit through a filter and shows you only the digit and
# the result, not the filter. You start with `W` = 0 and let the gradient
# `dW` correct it, step by step.
#
# **Predict:** how many digits do you need until all nine weights are right
# to two decimals? 60,000, about 100, or 1?
#
# %% [markdown] lang="ja" slide="slide"
# ## 7. 実験：隠されたフィルターを探す
#
# だれかが数字の画像にフィルターをかけました。見せてもらえるのは元の画像と結果
# だけで、フィルターは隠されています。`W` を 0 から始めて、勾配 `dW` で少しずつ
# 直していきます。
#
# **予想してみましょう。** 9 個の重みがすべて小数第 2 位まで合うには、画像が何枚
# 必要でしょうか。60,000 枚、100 枚くらい、それとも 1 枚？
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("digits")

# %% slide="subslide"
hidden = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])
hidden = hidden.reshape(1, 1, 3, 3)
digit = x_train[7:8]  # (1, 1, 28, 28)
target = Layer(hidden, np.zeros(1)).forward(digit)  # (1, 1, 26, 26)
_, (left, right) = plt.subplots(1, 2, figsize=(6, 3))
left.imshow(digit[0, 0])
left.set_title("$x$")
right.imshow(target[0, 0], cmap="PuOr")
right.set_title("$y$")
left.axis("off")
right.axis("off")
plt.show()

# %% slide="subslide"
layer = Layer(np.zeros((1, 1, 3, 3)), np.zeros(1))
losses, filters = [], []
for step in range(1001):
    error = layer.forward(digit) - target  # (1, 1, 26, 26)
    losses.append((error**2).mean() / 2)
    if step in (0, 1, 10, 100, 1000):
        filters.append(layer.W[0, 0].copy())
    layer.backward(error / error.size)
    layer.W -= 0.8 * layer.dW
    layer.b -= 0.8 * layer.db

plt.plot(losses)
plt.yscale("log")
plt.xlabel("step")
plt.ylabel("loss")
plt.show()

# %% slide="skip"
check.reveal("digits")

# %% slide="subslide"
titles = ["0", "1", "10", "100", "1000"]
plots.show_feature_maps(np.array(filters), titles, scale=1.6)
plots.show_arrays({"W": layer.W[0, 0].round(2) + 0.0, "hidden": hidden[0, 0]})

# %% only="solution"
assert np.abs(layer.W - hidden).max() < 0.005
assert abs(layer.b[0]) < 0.005


# %% [markdown] lang="en" slide="subslide"
# ### One digit is enough
#
# The same nine weights work at 26 · 26 = 676 places. One picture therefore
# gives 676 equations for 10 unknowns, `b` included.
#
# An affine layer between the same two pictures would have
# 784 · 676 + 676 = 530,660 unknowns, and one picture still gives only 676
# equations. Sharing weights is what makes a CNN learn from few pictures.
#
# Try `x_train[19:20]`, a thin 1. It changes little from row to row, so filters
# that differ only there look almost alike, and 1000 steps are too few.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 1 枚で足りる
#
# 同じ 9 個の重みが、26 · 26 = 676 か所で使われます。画像が 1 枚あれば、`b` を
# 含めて 10 個の未知数に対して、式が 676 本も得られるのです。
#
# 同じ 2 枚の画像をアフィン層でつなぐと、未知数は 784 · 676 + 676 = 530,660 個に
# なりますが、1 枚から得られる式は 676 本のままです。重みを共有しているから、
# CNN は少ない画像でも学習できます。
#
# 細い「1」の `x_train[19:20]` でも試してみてください。上下にほとんど変化がない
# ので、縦方向の違いだけのフィルターは見分けにくく、1000 回では足りません。
#
# %% [markdown] lang="en" slide="slide"
# ## 8. How fast is yours, and how fast could it be?
#
# 100 digits, 30 filters of 5x5, forward. Every way there needs the same 43
# million multiplications. As a yardstick, **one large product, for
# comparison**: what two square matrices need for as many.
#
# **Predict:** how many times longer than the large product do the naive
# loops, your layer, and the layer of `course_lib` take?
#
# %% [markdown] lang="ja" slide="slide"
# ## 8. どれだけ速いか、どこまで速くできるか
#
# 数字 100 枚に 5×5 のフィルター 30 枚をかける順伝播です。どの方法でも、掛け算は同じ
# 4300 万回です。ものさしとして、大きな正方行列どうしの積が同じ回数の掛け算にかける
# 時間も測ります。これを**比較用の大きな行列積**と呼びます。
#
# **予想してみましょう。** 素直なループ、あなたの層、`course_lib` の層は、それぞれ
# 大きな行列積の何倍の時間がかかるでしょうか。
#
# %% slide="subslide"
def in_turns(ways, rounds=7):
    """Return the best time of each way; a busy moment hits all alike."""
    times = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return {name: min(found) for name, found in times.items()}


W = rng.normal(size=(30, 1, 5, 5)).astype(np.float32)
b = rng.normal(size=30).astype(np.float32)
square = rng.normal(size=(1024, 1024)).astype(np.float32)
OH = conv_output_size(28, 5)
products = 100 * 30 * OH * OH * 5 * 5

# %% tags=["nbval-ignore-output"]
mine = Layer(W, b)
package = layers.Convolution(W, b)
ways = {
    "naive": lambda: naive_forward(x_train[:2], W, b),
    "mine": lambda: mine.forward(x_train),
    "course_lib": lambda: package.forward(x_train),
    "large product": lambda: square @ square,
}
times = in_turns(ways)
times["naive"] *= 50  # it had 2 of the 100 images
times["large product"] *= products / 1024**3
for name, t in times.items():
    factor = t / times["large product"]
    print(f"{name:14} {t * 1000:9.2f} ms {factor:9.1f} x large product")

# %% only="solution" slide="skip"
assert np.allclose(mine.forward(x_train), package.forward(x_train), atol=1e-4)

# %% slide="subslide" tags=["nbval-ignore-output"]
_, ax = plt.subplots(figsize=(9, 3.2))
values = np.array(list(times.values())) * 1000
bars = ax.barh(list(times), values, color=plots.BLUE)
ax.bar_label(bars, [f"{v:,.1f}" for v in values], padding=4)
ax.set(xscale="log", xlabel="ms")
ax.set_xlim(values.min() / 3, values.max() * 8)
ax.invert_yaxis()
plt.show()

# %% [markdown] lang="en" slide="subslide"
# The scale is logarithmic: from the loops to your layer is by far the longest
# step, and it cost you a few lines.
#
# What lies between your layer and the large product is no arithmetic. It is
# memory: `im2col` writes every pixel up to 25 times, and the result is
# transposed in the end. The layer of `course_lib` multiplies the same numbers, but lays
# its columns out so that nothing has to be transposed, works on a few images
# at a time, which stay in the cache, and uses all cores. `docs/speed.md`
# tells what each step gains. The large product is a yardstick, not a limit:
# on a busy computer the order of short bars may change from run to run.
#
# %% [markdown] lang="ja" slide="subslide"
# 横軸は対数です。素直なループからあなたの層までが、飛び抜けて大きな一歩です。それを
# 数行のコードで手に入れました。
#
# あなたの層と大きな行列積との差は、計算ではなくメモリから生まれます。`im2col` は
# 1 つの画素を最大 25 回書き写し、結果は最後に並べ替えられます。`course_lib` の層も掛け合わせる数は
# 同じです。違うのは、並べ替えがいらない形に列を並べること、キャッシュに収まるように
# 数枚ずつ処理すること、すべてのコアを使うことです。それぞれの効果は `docs/speed.md` に
# あります。大きな行列積はものさしであって、限界ではありません。ほかの処理で忙しい
# パソコンでは、短い棒の順番は実行のたびに変わることがあります。
#
# %% [markdown] lang="en" slide="slide"
# ## In five lines
#
# - Forward: `im2col`, one matrix product, `reshape`, `transpose`.
# - Backward: the affine layer's formulas; whatever was used often, sums up.
# - `dW` and `dx` are matrix products too, and `col2im` sums the overlaps.
# - A wrong gradient raises nothing: compare it with small steps.
# - `dx` is a convolution with the filter turned by 180 degrees.
#
# Next: **<<next_lesson>>**, a layer without weights whose backward has
# to remember where each number came from. Keep your class `Convolution`: in
# 5_7 it becomes part of your network.
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# - 順伝播は `im2col`、行列積 1 回、`reshape`、`transpose` です。
# - 逆伝播はアフィン層と同じ式です。何度も使った数の勾配は合計します。
# - `dW` も `dx` も行列積で求まり、窓の重なりは `col2im` が合計します。
# - 勾配を間違えても例外は出ません。数値微分と比べて確かめます。
# - `dx` は、180 度回したフィルターによる畳み込みです。
#
# 次は **<<next_lesson>>** です。重みを持たない代わりに、数がどこから来たかを
# 覚えておく層です。ここで書いたクラス `Convolution` は、5_7 でネットワークの
# 部品になります。
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
