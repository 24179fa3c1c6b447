# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - put layers side by side and send the gradient back through all of them,
# - say what a 1x1 convolution saves, to the last multiplication,
# - give a network a shortcut, and say what it does to the gradient,
# - count GoogLeNet, ResNet and DenseNet from blocks of your own,
# - tell which claims about depth hold when you measure them.
#
# It takes about <<minutes>> minutes. So far every network was a chain. From
# today its way forks.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - 層を並列に並べ、すべての枝に勾配を流す
# - 1×1 の畳み込みで減る計算量を、掛け算 1 回の単位まで答える
# - ネットワークにショートカットを付け、勾配への効果を説明する
# - 自分で書いたブロックから、GoogLeNet、ResNet、DenseNet のパラメータを数える
# - 「深さ」についてよく言われることのどれが、測っても正しいかを答える
#
# 目安は <<minutes>> 分です。これまでのネットワークは一本道でした。今日からは道
# が枝分かれします。
#
# %%
import matplotlib.pyplot as plt
import numpy as np

from course_lib import layers, plots
from course_lib.datasets import load_mnist, recorded
from course_lib.exercises import lesson
from course_lib.gradient import check_gradients
from course_lib.layers import AveragePooling, MaxPooling, ReLU, SoftmaxWithLoss
from course_lib.networks import Container, Network, Sequential, famous
from course_lib.optimizers import Adam
from course_lib.trainer import Trainer

language = "en"
check = lesson("5_10", language)
plots.use_style()

# %% [markdown] lang="en" slide="slide"
# ## 1. GoogLeNet: four ways at once
#
# Is a 3x3 filter right, or 5x5? GoogLeNet (first in the ILSVRC of 2014) uses
# all of them and lays the results on one another as channels. This block is
# an **Inception module**; GoogLeNet stacks nine.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. GoogLeNet：4 つの道を同時に
#
# フィルターは 3×3 がよいのか、5×5 がよいのか。GoogLeNet（2014 年の ILSVRC で 1
# 位）は全部を使い、結果をチャンネルとして重ねます。このブロックを **Inception モ
# ジュール**と呼びます。GoogLeNet は、これを 9 個積み重ねたものです。
#
# %%
nodes = {"x": (0, 2.25, "x"), "out": (9.4, 2.25, "concat")}
ways = ["1x1", "1x1 3x3", "1x1 5x5", "max 1x1"]
arrows = []
for row, way in enumerate(ways):
    names = ["x"]
    for step, word in enumerate(way.split()):
        names.append(f"{row}{step}")
        nodes[names[-1]] = (3 + 3 * step, 1.5 * row, word)
    names.append("out")
    arrows += [(a, b, "") for a, b in zip(names, names[1:])]
plots.show_graph(nodes, arrows, scale=0.8)

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: what the 1x1 before the 5x5 saves
#
# A 1x1 convolution looks at one pixel: it only mixes its channels. With fewer
# filters than channels it is a **dimension reduction**. In module 3a, x is
# 28x28 with 192 channels, and the 5x5 makes 32 maps (pad 2, stride 1):
#
# - directly: 192 channels, 5x5, 32 maps;
# - reduced: 192 channels, **1x1 to 16 maps**, 5x5, 32 maps.
#
# `direct`, `reduced`: how many multiplications each way takes for one image.
# `p_direct`, `p_reduced`: parameters of each way, weights **and** biases.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：5×5 の前に 1×1 を置くと
#
# 1×1 の畳み込みが見るのは画素 1 つだけで、チャンネルを混ぜ合わせます。フィルター
# の数をチャンネル数より少なくすれば、**次元削減**になります。モジュール 3a では、x
# は 28×28 で 192 チャンネル、5×5 の出力は 32 枚です（パディング 2、ストライド 1）。
#
# - 直接：192 チャンネル → 5×5 → 32 枚
# - 削減：192 チャンネル → **1×1 で 16 枚** → 5×5 → 32 枚
#
# `direct`、`reduced`：画像 1 枚に必要な掛け算の回数。
# `p_direct`、`p_reduced`：パラメータ数。重みと**バイアス**を合わせて数えます。
#
# %% exercise="reduction"
# BEGIN SOLUTION
direct = 28 * 28 * 32 * 192 * 5 * 5
reduced = 28 * 28 * 16 * 192 + 28 * 28 * 32 * 16 * 5 * 5
p_direct = 192 * 32 * 25 + 32
p_reduced = 192 * 16 + 16 + 16 * 32 * 25 + 32
# END SOLUTION

check("reduction", (direct, reduced, p_direct, p_reduced))

# %% [markdown] lang="en" slide="fragment"
# About a tenth of both. That is how 22 layers with weights cost less than a
# fifth of AlexNet's parameters.
#
# %% [markdown] lang="ja" slide="fragment"
# どちらも約 10 分の 1 です。重みのある層が 22 もあるのに、パラメータが AlexNet の
# 5 分の 1 より少ないのは、このためです。
#
# %% [markdown] lang="en" slide="slide"
# ## 2. Side by side: `Parallel`
#
# Two branches on the same small x: the first gives one map, the second two.
# They are laid on one another along the channels, so that 1 + 2 = 3.
#
# On the way back dout has three channels as well. Each branch gets **its
# own**. And as every branch has read x, what they return is **added**.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. 枝を並べる：`Parallel`
#
# 小さな x を 2 つの枝に通します。1 つ目の枝は 1 枚、2 つ目の枝は 2 枚のマップを
# 出します。チャンネル方向に重ねるので、1 + 2 = 3 枚です。
#
# 逆伝播では、dout も 3 チャンネルで届きます。枝に渡すのは**その枝が出した分**だけ
# です。そして、どの枝も x を読んだので、戻ってきた勾配は**足し合わせます**。
#
# %%
x = np.array([[1.0, 2], [3, 4]])
out = np.stack([2 * x, x - 1, -x])  # branch A: 2x; branch B: x - 1 and -x
dout = np.stack([np.full((2, 2), d) for d in (1.0, 10, 100)])
dx = 2 * dout[0] + (1 * dout[1] + -1 * dout[2])
plots.show_arrays(
    {"x": x, "A": out[0], "B, 0": out[1], "B, 1": out[2], "dx": dx}
)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `Parallel`
#
# - `forward`: each branch gets x; concatenate the results along the
#   channels, in order. Keep what `backward` needs.
# - `backward`: split dout, send each branch its part, return the sum.
#
# `train_flg` says whether we are training; hand it to each branch.
# `Container` and `children` are there so that a network finds the
# parameters inside. Do not write into `dout`: others may need it.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`Parallel`
#
# - `forward`：どの枝にも x を渡し、結果を順にチャンネル方向につなぎます。
#   `backward` で使うものを残しておきます。
# - `backward`：dout を切り分けて枝に渡し、戻り値の合計を返します。
#
# `train_flg` は学習中かどうかを表します。それぞれの枝にも渡してください。
# `Container` と `children` は、ネットワークが中のパラメータを見つけるためのもので
# す。`dout` はほかでも使われるので、書き換えないでください。
#
# %% exercise="parallel"
class Parallel(Container):
    def __init__(self, branches):
        self.branches = branches  # a list of layers

    def children(self):
        return {str(i): b for i, b in enumerate(self.branches)}

    def forward(self, x, train_flg=True):
        # BEGIN SOLUTION
        outs = [b.forward(x, train_flg) for b in self.branches]
        self.ends = np.cumsum([out.shape[1] for out in outs])
        return np.concatenate(outs, axis=1)
        # END SOLUTION

    def backward(self, dout):
        # BEGIN SOLUTION
        parts = np.split(dout, self.ends[:-1], axis=1)
        return sum(b.backward(d) for b, d in zip(self.branches, parts))
        # END SOLUTION


check("parallel", Parallel)


# %% [markdown] lang="en" slide="slide"
# ## 3. The Inception module
#
# Two helpers for the whole lesson: `conv` makes a convolution with He's
# weights whose padding keeps the size, `norm` a batch normalization. Then the
# module of the picture above. Your `Parallel` is in it, if it is right.
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. Inception モジュール
#
# このレッスンで使う補助関数を 2 つ用意します。`conv` は、He の初期値を持ち、サイ
# ズを保つパディングの付いた畳み込み層、`norm` はバッチ正規化の層を作ります。続い
# て、図のモジュールを組み立てます。正解していれば、あなたの `Parallel` が使われま
# す。
#
# %%
rng = np.random.default_rng(0)


def conv(C, F, size, stride=1):
    W = rng.normal(0, np.sqrt(2 / (C * size**2)), (F, C, size, size))
    b = np.zeros(F, np.float32)
    return layers.Convolution(W.astype(np.float32), b, stride, size // 2)


def norm(C):
    ones, zeros = np.ones(C, np.float32), np.zeros(C, np.float32)
    return layers.BatchNormalization(ones, zeros)


# %% slide="subslide"
def inception(C, one, reduce3, three, reduce5, five, pool):
    def cr(C, F, size):
        return [conv(C, F, size), ReLU()]

    branches = [
        cr(C, one, 1),
        cr(C, reduce3, 1) + cr(reduce3, three, 3),
        cr(C, reduce5, 1) + cr(reduce5, five, 5),
        [MaxPooling(3, 3, 1, 1)] + cr(C, pool, 1),
    ]
    return check.use("parallel")([Sequential(b) for b in branches])


rng = np.random.default_rng(1)
module = inception(2, 3, 2, 4, 2, 3, 1)
x = np.random.default_rng(1).normal(size=(2, 2, 5, 4))
print(module.forward(x).shape)
errors = check_gradients(module, x)
print(all(error < 1e-5 for error in errors.values()))
assert max(errors.values()) < 1e-5


# %% [markdown] lang="en" slide="fragment"
# 3 + 4 + 3 + 1 = 11 channels, and the gradients of x and of all six
# convolutions agree with numerical ones.
#
# %% [markdown] lang="ja" slide="fragment"
# 3 + 4 + 3 + 1 = 11 チャンネルになりました。x の勾配も、6 つの畳み込みの勾配も、
# 数値微分と一致しています。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `inception_params`
#
# Return the number of parameters (weights and biases) of the module: x has C
# channels, `one` is the number of 1x1 filters, `reduce3` and `three` are the
# filters of the second branch, `reduce5` and `five` of the third, `pool` of
# the 1x1 behind the pooling.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`inception_params`
#
# モジュールのパラメータ数（重みとバイアス）を返してください。x は C チャンネルで
# す。`one` は 1×1 のフィルター数、`reduce3` と `three` は 2 本目の枝、`reduce5`
# と `five` は 3 本目の枝のフィルター数で、`pool` はプーリングの後の 1×1 のフィル
# ター数です。
#
# %% exercise="inception_params"
def inception_params(C, one, reduce3, three, reduce5, five, pool):
    # BEGIN SOLUTION
    def conv_params(C, F, size):
        return C * F * size**2 + F

    return (
        conv_params(C, one, 1)
        + conv_params(C, reduce3, 1)
        + conv_params(reduce3, three, 3)
        + conv_params(C, reduce5, 1)
        + conv_params(reduce5, five, 5)
        + conv_params(C, pool, 1)
    )
    # END SOLUTION


check("inception_params", inception_params)

# %% [markdown] lang="en" slide="subslide"
# ### The whole of GoogLeNet
#
# `famous.layer_table` is the paper's table, counted by the course. Your
# function counts the nine modules, the table the few other rows. Do the two
# columns agree?
#
# %% [markdown] lang="ja" slide="subslide"
# ### GoogLeNet 全体を数える
#
# `famous.layer_table` は、論文の表のとおりに教材が数えたものです。9 個のモジュー
# ルは自分の関数で、残りの行は表の数で合計します。2 つの列は一致するでしょうか。
#
# %%
numbers = {k: v for s in famous.papers.INCEPTION for k, v in s.items()}
count_module = check.use("inception_params")
total, C = 0, 3
for row in famous.layer_table("googlenet"):
    mine, name = row.parameters, row.layer.removeprefix("inception_")
    if name in numbers:
        mine = count_module(C, *numbers[name])
        print(f"{row.layer}  {mine:>10,}  {row.parameters:>10,}")
    total, C = total + mine, row.output[0]
print(f"{total:,}  {famous.count('googlenet').parameters:,}")
assert total == famous.count("googlenet").parameters == 6998552


# %% [markdown] lang="en" slide="fragment"
# 6,998,552 parameters; AlexNet has 60,965,224. A widely used program has
# 6,624,904: it takes 3x3 for the 5x5, and normalizes.
#
# %% [markdown] lang="ja" slide="fragment"
# 6,998,552 個です。AlexNet は 60,965,224 個でした。なお、広く使われているプログラ
# ムでは 6,624,904 個です。5×5 の代わりに 3×3 を使い、正規化を加えているためです。
#
# %% [markdown] lang="en" slide="slide"
# ## 4. The auxiliary loss
#
# GoogLeNet has two more classifiers, half way up. Each has a loss of its own,
# which counts with a weight of 0.3:
#
# $$L = L_{main} + 0.3 \, L_{side}$$
#
# In training their gradients enter the lower layers on a short way. In
# **prediction they are dropped**: only the last output is asked.
#
# The deck gives two reasons: the gradient vanishes less, and several losses
# act like an ensemble, so the network generalizes better. We shall test the
# second one.
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. 補助的損失（auxiliary loss）
#
# GoogLeNet には、途中にも分類器が 2 つあります。それぞれが損失を持ち、重み 0.3 で
# 加えられます。
#
# $$L = L_{main} + 0.3 \, L_{side}$$
#
# 学習では、その勾配が近道を通って下の層に届きます。**予測では使いません**。最後の
# 出力だけを使います。
#
# 講義資料では、理由が 2 つ挙げられています。勾配消失を抑えること、そして複数の損
# 失がアンサンブル学習のように働き、汎化性能が上がることです。2 つ目を後で試しま
# す。
#
# %% slide="subslide"
class TwoHeads(Container):
    def __init__(self, lower, upper, side, weight=0.3):
        self.lower, self.upper, self.side = lower, upper, side
        self.weight = weight
        self.last_layer, self.side_loss = SoftmaxWithLoss(), SoftmaxWithLoss()
        self.params = self.parameters()

    def children(self):
        return {"lower": self.lower, "upper": self.upper, "side": self.side}

    def gradient(self, x, t):
        self.loss(x, t)
        self.backward()
        return self.gradients()


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `AuxiliaryNetwork`
#
# x goes through `lower` to h. From h one way leads through `upper`, another
# through `side`, each to scores. Write
#
# - `predict`: the scores of the last output, without `side`;
# - `loss`: the sum above, with `self.weight`. `self.last_layer` and
#   `self.side_loss` have `forward(scores, t)` and `backward(factor)`;
# - `backward`: from both losses to dx. Each part goes back **once**.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`AuxiliaryNetwork`
#
# x は `lower` を通って h になります。h からは、`upper` を通る道と `side` を通る道
# が分かれ、それぞれスコアになります。次の 3 つを書いてください。
#
# - `predict`：最後の出力のスコア。`side` は使いません。
# - `loss`：上の式の和。重みは `self.weight` です。`self.last_layer` と
#   `self.side_loss` には、`forward(scores, t)` と `backward(係数)` があります。
# - `backward`：2 つの損失から dx まで。どの部分も逆伝播は **1 回**だけです。
#
# %% exercise="auxiliary_loss"
class AuxiliaryNetwork(TwoHeads):
    def predict(self, x, train_flg=False):
        # BEGIN SOLUTION
        h = self.lower.forward(x, train_flg)
        return self.upper.forward(h, train_flg)
        # END SOLUTION

    def loss(self, x, t):
        # BEGIN SOLUTION
        h = self.lower.forward(x)
        main = self.last_layer.forward(self.upper.forward(h), t)
        side = self.side_loss.forward(self.side.forward(h), t)
        return main + self.weight * side
        # END SOLUTION

    def backward(self):
        # BEGIN SOLUTION
        dh = self.upper.backward(self.last_layer.backward(1))
        dside = self.side_loss.backward(self.weight)
        return self.lower.backward(dh + self.side.backward(dside))
        # END SOLUTION


check("auxiliary_loss", AuxiliaryNetwork)


# %% [markdown] lang="en" slide="subslide"
# A gradient check of the whole: every parameter of `lower` hears both losses.
#
# %% [markdown] lang="ja" slide="subslide"
# 全体の勾配を確認します。`lower` のパラメータには、2 つの損失の両方から勾配が届き
# ます。
#
# %%
def head(C, classes=10):
    W = rng.normal(0, np.sqrt(1 / C), (C, classes)).astype(np.float32)
    affine = layers.Affine(W, np.zeros(classes, np.float32))
    return [layers.GlobalAveragePooling(), affine]


rng = np.random.default_rng(2)
two = check.use("auxiliary_loss")(
    Sequential([conv(1, 3, 3), ReLU()]),
    Sequential([conv(3, 4, 3), ReLU(), *head(4)]),
    Sequential(head(3)),
)
x = np.random.default_rng(2).normal(size=(4, 1, 6, 6))
errors = check_gradients(two, x, np.array([3, 1, 4, 1]))
print({name: error < 1e-5 for name, error in errors.items()})
assert max(errors.values()) < 1e-5

# %% [markdown] lang="en" slide="subslide"
# ### Does it help as an ensemble would?
#
# A plain network of 14 layers learns 500 digits, with an auxiliary loss after
# the seventh convolution or without. For comparison, real ensembles: the mean
# probabilities of three plain networks. Ten seeds, 2,000 test digits.
#
# **Predict:** which of the three reads best, and by how much?
#
# %% [markdown] lang="ja" slide="subslide"
# ### アンサンブルのように効くのか
#
# 14 層のふつうのネットワークに、500 枚の数字を学習させます。7 つ目の畳み込みの後
# に補助的損失を付けた場合と、付けない場合です。比べるために、本物のアンサンブル
# （付けないネットワーク 3 つの確率の平均）も用意しました。シードは 10 通り、テス
# トは 2,000 枚です。
#
# **予想してみましょう。** 3 つのうち、どれがどれくらい良いでしょうか。
#
# %% tags=["nbval-ignore-output"]
check.predict("auxiliary")

# %% slide="subslide"
record = recorded("5_10")
accuracy = record["side"]["accuracy"]
_, ax = plt.subplots(figsize=(8, 3.6))
for row, (name, values) in enumerate(accuracy.items()):
    ax.plot(values, [row] * len(values), "o", alpha=0.5, ms=10)
    ax.plot(np.mean(values), row, "k|", ms=30, mew=3)
    print(f"{name:9} {np.mean(values):.3f} +- {np.std(values):.3f}")
ax.set_yticks(range(3), list(accuracy))
ax.set(xlabel="accuracy", ylim=(2.6, -0.6))
plt.show()

# %% tags=["nbval-ignore-output"]
best = max(accuracy, key=lambda name: np.mean(accuracy[name]))
check.reveal("auxiliary", best)


# %% [markdown] lang="en" slide="subslide"
# The real ensemble gains 0.13, the auxiliary loss 0.02 with the same seeds
# (better in 8 of 10: too few to be sure). So the deck's sentence promises too
# much: one body with two heads makes one opinion, not several, as both heads
# see the same features.
#
# And the first reason? The gradient of the first convolution is the same with
# and without it, here. Why it was large enough already: section 7.
#
# Recorded by `tools/record_depth.py`: Adam, 500 steps. These networks are far
# from finished, and test accuracy alone cannot tell "learns more easily" from
# "generalizes better".
#
# %% [markdown] lang="ja" slide="subslide"
# 本物のアンサンブルは 0.13 良くなりました。補助的損失は、同じシードで比べて 0.02 で
# す（10 通りのうち 8 通りで改善。確かと言うには少なすぎます）。「アンサンブルと同様
# の効果」は言い過ぎのようです。2 つの分類器は同じ特徴を見ているので、意見は実質 1
# つだからです。
#
# 1 つ目の理由はどうでしょうか。ここでは、最初の畳み込みの勾配は、付けても付けなくて
# も同じ大きさでした。もともと十分に大きかったのです。その訳は 7 節でわかります。
#
# 記録は `tools/record_depth.py`（Adam、500 ステップ）です。学習はまだ途中で、テスト
# の正解率だけでは、「学習しやすくなった」のか「汎化が良くなった」のかは区別できませ
# ん。
#
# %% [markdown] lang="en" slide="slide"
# ## 5. Global average pooling
#
# In VGG-16 one fully connected layer, fc6, holds 102,764,544 parameters: 74 %
# of them all. GoogLeNet and ResNet take the **mean of each map** in its place.
# It learns nothing, and images may have any size.
#
# Backward: if one of H * W pixels grows by 1, the mean grows by 1 / (H * W).
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. 全体平均プーリング（global average pooling）
#
# VGG-16 では、全結合層 fc6 だけで 102,764,544 個、全体の 74 % のパラメータがあり
# ます。GoogLeNet と ResNet は、その代わりに**各マップの平均**を使います。学習する
# ものはなく、画像の大きさも自由です。
#
# 逆伝播はどうなるでしょうか。H * W 個の画素のうち 1 つが 1 増えると、平均は
# 1 / (H * W) 増えます。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `GlobalAveragePooling`
#
# `forward` turns (N, C, H, W) into (N, C), `backward` turns (N, C) into the
# shape of x.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`GlobalAveragePooling`
#
# `forward` は (N, C, H, W) を (N, C) に、`backward` は (N, C) を x の形状にしま
# す。
#
# %% exercise="global_average_pooling"
class GlobalAveragePooling:
    def forward(self, x, train_flg=True):
        # BEGIN SOLUTION
        self.x_shape = x.shape
        return x.mean(axis=(2, 3))
        # END SOLUTION

    def backward(self, dout):
        # BEGIN SOLUTION
        H, W = self.x_shape[2:]
        share = dout[:, :, None, None] / (H * W)
        return np.broadcast_to(share, self.x_shape).copy()
        # END SOLUTION


check("global_average_pooling", GlobalAveragePooling)

# %% [markdown] lang="en" slide="slide"
# ## 6. ResNet: a shortcut
#
# More layers should never be worse: the added ones could just hand x on. But
# plain layers find it hard to learn "do nothing". ResNet (first in 2015, 152
# layers) makes it the starting point:
#
# $$H(x) = F(x) + x$$
#
# The layers F learn only the difference from x, the **residual**. If F gives
# 0, x passes unchanged. And on the way back the sum hands dout to both: what
# F makes of it, **plus dout itself**.
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. ResNet：ショートカット
#
# 層を増やしても、悪くはならないはずです。増やした層が x をそのまま渡せば、元と同
# じだからです。ところが、ふつうの層には「何もしない」ことを学ぶのが難しいのです。
# ResNet（2015 年の 1 位、152 層）は、それを出発点にしました。
#
# $$H(x) = F(x) + x$$
#
# 層 F が学ぶのは x との差（**残差**、residual）だけです。F が 0 なら、x がそのまま
# 通ります。逆伝播では、足し算が dout を両方に配ります。戻ってくるのは、F を通った
# 勾配と、**dout そのもの**の和です。
#
# %%
nodes = {
    "x": (0, 2, "x"),
    "F": (4, 2, "F"),
    "s": (4, 0, "shortcut"),
    "+": (8, 2, "+"),
    "out": (11, 2, "H"),
}
plots.show_graph(
    nodes,
    [("x", "F", ""), ("F", "+", ""), ("+", "out", "")]
    + [("x", "s", ""), ("s", "+", "")],
    [("out", "+", "dout"), ("+", "F", "dout"), ("+", "s", "dout")],
    scale=0.8,
)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `Residual`
#
# Write both methods. `shortcut` is None where x can be added as it is; else
# it is a layer that brings x into the body's shape (**projection shortcut**).
#
# Hand `train_flg` on, and do not write into `dout`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`Residual`
#
# 2 つのメソッドを書いてください。x をそのまま足せるとき、`shortcut` は None です。
# そうでなければ、x を body の出力と同じ形状にする層です（**射影ショートカッ
# ト**、projection shortcut）。
#
# `train_flg` は中の層にも渡し、`dout` は書き換えないでください。
#
# %% exercise="residual"
class Residual(Container):
    def __init__(self, body, shortcut=None):
        self.body, self.shortcut = body, shortcut

    def children(self):
        both = {"body": self.body, "shortcut": self.shortcut}
        return {name: part for name, part in both.items() if part is not None}

    def forward(self, x, train_flg=True):
        # BEGIN SOLUTION
        way = self.shortcut
        skip = x if way is None else way.forward(x, train_flg)
        return self.body.forward(x, train_flg) + skip
        # END SOLUTION

    def backward(self, dout):
        # BEGIN SOLUTION
        way = self.shortcut
        skip = dout if way is None else way.backward(dout)
        return self.body.backward(dout) + skip
        # END SOLUTION


check("residual", Residual)


# %% [markdown] lang="en" slide="subslide"
# ### Checked with your own convolution
#
# The body holds your `Convolution` of lesson 5_5, if you have solved it. One
# thing may surprise: db of the first convolution is 0. A bias in front of a
# batch normalization is subtracted again with the mean.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 自分の畳み込み層で確認する
#
# body には、5_5 を解いていれば、あなたの `Convolution` が入ります。1 つ意外なこと
# があります。最初の畳み込みの db が 0 です。バッチ正規化の前のバイアスは、平均と
# 一緒に引かれて消えるからです。
#
# %%
MyConv = check.part("5_5", "backward")


def my_conv(C, F):
    layer = conv(C, F, 3)
    return MyConv(layer.W, layer.b, 1, 1)


rng = np.random.default_rng(5)
body = Sequential([my_conv(3, 3), norm(3), ReLU(), my_conv(3, 3)])
block = check.use("residual")(body)
x = np.random.default_rng(5).normal(size=(3, 3, 4, 4))
errors = check_gradients(block, x)
print(all(error < 1e-5 for error in errors.values()))
block.forward(x.astype(np.float32))
block.backward(x.astype(np.float32))
print("db:", np.abs(body.layers[0].db).max() < 1e-4)
assert max(errors.values()) < 1e-5

# %% [markdown] lang="en" slide="slide"
# ## 7. Does the gradient fade?
#
# The deck: in deep networks the gradient fades on its way back, and the
# shortcut prevents it. Let us look. `deep` builds a network of `depth` layers
# with weights, plain or residual, and `sizes` measures the gradient dW of
# each convolution before the first step.
#
# **Predict:** in a plain network of 32 layers with batch normalization, is
# the gradient of the first convolution smaller than that of the last? How
# many times?
#
# %% [markdown] lang="ja" slide="slide"
# ## 7. 勾配は本当に消えるのか
#
# 講義資料によれば、深いネットワークでは逆伝播の途中で勾配が減衰し、ショートカット
# がそれを抑えます。実際に見てみましょう。`deep` は、重みのある層が `depth` 個のネ
# ットワークを、ふつうの形か残差の形で作ります。`sizes` は、学習を始める前に、各畳
# み込みの勾配 dW の大きさを測ります。
#
# **予想してみましょう。** バッチ正規化のある 32 層のふつうのネットワークで、最初の
# 畳み込みの勾配は、最後の畳み込みより小さいでしょうか。何倍違うでしょうか。
#
# %% tags=["nbval-ignore-output"]
check.predict("gradient")


# %% slide="subslide"
def deep(depth, residual, C=8):
    Block, Pool = check.use("residual"), check.use("global_average_pooling")
    parts = [conv(1, C, 3, 2), norm(C), ReLU()]
    for _ in range((depth - 2) // 2):
        body = [conv(C, C, 3), norm(C), ReLU(), conv(C, C, 3), norm(C)]
        parts += [Block(Sequential(body))] if residual else body
        parts.append(ReLU())
    return Network([*parts, Pool(), head(C)[1]])


def sizes(network, x, t):
    grads = network.gradient(x, t)
    return [np.linalg.norm(g) for g in grads.values() if g.ndim == 4]


(x_train, t_train), (x_test, t_test) = load_mnist(
    train_size=6000, test_size=2000
)
small = x_train[:64, :, ::2, ::2]  # (64, 1, 14, 14)

# %% slide="subslide" tags=["nbval-ignore-output"]
first_by_last = {}
for residual in (False, True):
    found = sizes(deep(32, residual), small, t_train[:64])
    first_by_last[residual] = found[0] / found[-1]
    print(
        "residual" if residual else "plain", f"{first_by_last[residual]:.1f}"
    )
check.reveal("gradient", f"{first_by_last[False]:.0f}")

# %% only="solution"
assert first_by_last[False] > 5 and first_by_last[True] < 10

# %% [markdown] lang="en" slide="subslide"
# It does not fade, it **explodes**: in the plain network the first layer has
# a gradient many times larger than the last.
#
# Below, five seeds for each of five kinds, recorded by
# `tools/record_depth.py`: 32 layers, lines are medians, bands reach from the
# smallest to the largest seed. Mind the scales: on the right one step of the
# axis is a factor of 1,000.
#
# %% [markdown] lang="ja" slide="subslide"
# 消えるどころか、**爆発**しています。ふつうのネットワークでは、最初の層の勾配が最
# 後の層より何倍も大きくなっています。
#
# 下の図は、5 種類のネットワークを 5 通りのシードで測った記録です
# （`tools/record_depth.py`）。どれも 32 層で、線は中央値、帯は最小から最大までです。
# 目盛りに注意してください。右の図では、1 目盛りが 1,000 倍です。
#
# %% slide="subslide"
_, axes = plt.subplots(1, 2, figsize=(13, 4.6), width_ratios=(2, 1))
for i, (kind, by_depth) in enumerate(record["runs"].items()):
    ax = axes[1 if "sigmoid" in kind else 0]
    found = np.array([run["dW"] for run in by_depth["32"]])
    number = np.arange(1, found.shape[1] + 1)
    ax.fill_between(
        number, found.min(0), found.max(0), alpha=0.2, color=f"C{i}"
    )
    dashes = "-" if "BN" in kind else "--"
    middle = np.median(found, axis=0)
    ax.plot(number, middle, dashes, color=f"C{i}", label=kind)
for ax in axes:
    ax.set(yscale="log", xlabel="convolution, 1: first", ylabel="|dW|")
axes[0].legend(loc=(0.3, 0.33), ncols=2)
axes[1].legend()
plt.show()

# %% [markdown] lang="en" slide="subslide"
# ### Three reasons
#
# - **Sigmoid**: its slope is 1/4 at most, and that for each layer. Here the
#   gradient does fade, to nothing. This is the old problem that the sentence
#   comes from; ReLU and He's weights solved it.
# - **ReLU with batch normalization, plain**: forward, the numbers keep their
#   size. But each ReLU makes them positive, and the next normalization takes
#   their mean away: of the variance $1 - 1/\pi$ is left. It then divides by
#   the root of that, and the gradient is divided, too. A factor of 1.21 a
#   layer: after 30 layers, some hundred. (Yang and others, 2019)
# - **Residual**: the sum of x and F is divided as a whole nowhere; x passes,
#   and so does dout. Block by block the growth gets smaller.
#
# He and others wrote themselves that vanishing gradients are hardly the
# cause in their plain networks: these had batch normalization, too.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 3 つの理由
#
# - **シグモイド**：傾きは最大でも 1/4 で、それが層ごとに掛かります。ここでは勾配が
#   確かに消えます。よく言われる勾配消失は、もともとこの問題です。これは ReLU と He
#   の初期値で解決しました。
# - **ReLU とバッチ正規化（ふつうの形）**：順伝播では数の大きさが保たれます。しか
#   し、ReLU の出力は正に偏り、次の正規化がその平均を引くので、分散は $1 - 1/\pi$
#   に減ります。正規化はその平方根で割り、勾配も同じ数で割られます。1 層ごとに 1.21
#   倍、30 層では数百倍です（Yang ら、2019 年）。
# - **残差**：x と F の和全体が割られることはありません。x も dout もそのまま通りま
#   す。勾配の増え方は、ブロックごとに小さくなります。
#
# He らの論文自身も、ふつうのネットワークが学習しにくい原因は勾配消失ではなさそうだ
# と述べています。そこでも、バッチ正規化が使われていたからです。
#
# %%
print(f"{(1 - 1 / np.pi) ** -0.5:.2f}  {(1 - 1 / np.pi) ** -15:.0f}")
for kind in ("plain, BN", "residual, BN"):
    runs = record["runs"][kind]["32"]
    growth = [run["dout"][0] / run["dout"][-1] for run in runs]
    print(f"{kind:13}", [round(g) for g in growth])


# %% [markdown] lang="en" slide="subslide"
# ### And without batch normalization?
#
# There the plain network's gradient stays about the same (dashed: within a
# factor of some ten over 31 convolutions). Something else
# goes wrong: look at the eight means from which the last layer has to tell ten
# digits apart. A cosine of 1 means that two images give the same direction.
#
# %% [markdown] lang="ja" slide="subslide"
# ### バッチ正規化がなければ？
#
# そのときは、ふつうのネットワークでも勾配の大きさはあまり変わりません（破線。31
# 個の畳み込みで 10 倍程度）。うまくいかないのは別のところです。最後の層は、8 個の平均値だけを見て 10 種類の数字を見分
# けます。その 8 個の数を、画像どうしで比べてみましょう。余弦（cosine）が 1 なら、2
# 枚の画像は同じ向きになっています。
#
# %% tags=["nbval-ignore-output"]
def likeness(network, x):
    for layer in network.layers[:-1]:
        x = layer.forward(x)
    x = x / np.linalg.norm(x, axis=1, keepdims=True)
    return (x @ x.T)[~np.eye(len(x), dtype=bool)].mean()


for depth in (8, 32):
    network = deep(depth, False)
    kept = [a for a in network.layers if "Norm" not in type(a).__name__]
    bare = Network(kept)
    print(depth, f"{likeness(network, small):.3f}", end="  ")
    print(f"without BN {likeness(bare, small):.3f}")

# %% [markdown] lang="en" slide="fragment"
# Without normalization all digits look nearly the same at the end. The little
# that tells them apart drowns in what they share. Batch normalization takes
# away what all share, and pays with the exploding gradient.
#
# %% [markdown] lang="ja" slide="fragment"
# 正規化がないと、最後にはどの数字もほとんど同じに見えます。見分けるためのわずかな
# 違いが、共通の成分に埋もれてしまうのです。バッチ正規化は共通の成分を取り除きま
# すが、その代わりに勾配が爆発します。
#
# %% [markdown] lang="en" slide="subslide"
# ### Which of them learns?
#
# The loss over 200 steps (Adam, learning rate 0.002, batches of 64, five
# seeds). **Predict:** which curves get worse with depth, and which better?
#
# %% [markdown] lang="ja" slide="subslide"
# ### どれが学習できるのか
#
# 200 ステップの損失です（Adam、学習率 0.002、バッチ 64、シード 5 通り）。**予想し
# てみましょう。** 深くすると悪くなるのはどれで、良くなるのはどれでしょうか。
#
# %% slide="subslide"
_, axes = plt.subplots(1, 3, figsize=(13, 4.4), sharey=True)
for ax, depth in zip(axes, map(str, record["depths"])):
    for i, (kind, by_depth) in enumerate(record["runs"].items()):
        found = np.array([run["loss"] for run in by_depth[depth]])
        steps = 10 * np.arange(1, found.shape[1] + 1)
        low, high = found.min(0), found.max(0)
        ax.fill_between(steps, low, high, alpha=0.2, color=f"C{i}")
        dashes = "-" if "BN" in kind else "--"
        ax.plot(steps, found.mean(0), dashes, color=f"C{i}", label=kind)
    ax.set(title=f"depth {depth}", xlabel="step", ylim=(0, 2.6))
axes[0].set_ylabel("loss")
axes[0].legend(fontsize=14)
plt.show()

# %% slide="subslide"
print("last 20 steps".ljust(15), *(f"{d:>15}" for d in record["depths"]))
for kind, by_depth in record["runs"].items():
    row = []
    for depth in map(str, record["depths"]):
        last = [np.mean(run["loss"][-2:]) for run in by_depth[depth]]
        row.append(f"{np.mean(last):.2f} +- {np.std(last):.2f}")
    print(kind.ljust(15), *(f"{text:>15}" for text in row))


# %% [markdown] lang="en" slide="fragment"
# Only one kind gains from more than 8 layers: shortcuts **with** batch
# normalization. (In these few steps, 32 layers are no better than 20.)
# Shortcuts alone double the variance at each block, and the sums grow too
# large. 2.30 is log 10, a guess: with a sigmoid nothing is learned at all.
#
# %% [markdown] lang="ja" slide="fragment"
# 8 層より深くして良くなったのは、**バッチ正規化のある**残差ネットワークだけです
# （この短い学習では、32 層と 20 層は同じくらいです）。ショートカ
# ットだけでは、ブロックごとに分散が 2 倍になり、数が大きくなりすぎます。2.30 は log
# 10、当てずっぽうの損失です。シグモイドでは何も学習できていません。
#
# %% [markdown] lang="en" slide="slide"
# ## 8. The bottleneck
#
# ResNet-18 and 34 have blocks of two 3x3 convolutions. From 50 layers on that
# would be too dear. The **bottleneck** is Inception's idea once more: a 1x1
# makes the channels few, the 3x3 works on the few, a 1x1 widens again.
#
# | | channels | behind it |
# |:--|:--|:--|
# | 1x1, with the stride | C to F | norm, ReLU |
# | 3x3 | F to F | norm, ReLU |
# | 1x1 | F to 4F | norm |
#
# The ReLU that follows the sum stands outside. Where the shape of x is not
# that of the body, the shortcut is a 1x1 convolution with the stride, and
# norm.
#
# %% [markdown] lang="ja" slide="slide"
# ## 8. ボトルネック
#
# ResNet-18 と 34 のブロックは、3×3 の畳み込み 2 つです。50 層からは、それでは計算
# 量が多すぎます。そこで使われる**ボトルネック**は、Inception と同じ考え方です。1×1
# でチャンネルを減らし、少ないチャンネルで 3×3 を計算し、1×1 で元に戻します。
#
# | | チャンネル | その後 |
# |:--|:--|:--|
# | 1×1（ストライドあり） | C から F | norm、ReLU |
# | 3×3 | F から F | norm、ReLU |
# | 1×1 | F から 4F | norm |
#
# 足し算の後の ReLU は、ブロックの外に置きます。x の形状が body の出力と違うときの
# ショートカットは、ストライドのある 1×1 の畳み込みと norm です。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `bottleneck`
#
# Return two things: the list of the body's layers, and the shortcut: a list
# of layers, or None where x can be added as it is.
#
# `conv(C, F, size, stride=1)` and `norm(C)` make the layers. They are
# arguments, so that the same function can build a network **and** count one:
# whoever calls it says what they make.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`bottleneck`
#
# body の層のリストと、ショートカットの 2 つを返してください。ショートカットは層の
# リストで、x をそのまま足せるときは None です。
#
# 層は `conv(C, F, size, stride=1)` と `norm(C)` で作ります。この 2 つは引数なの
# で、同じ関数でネットワークを**作る**ことも、パラメータを**数える**こともできま
# す。何が作られるかは、呼び出す側が決めます。
#
# %% exercise="bottleneck"
def bottleneck(C, F, stride, conv, norm):
    # BEGIN SOLUTION
    body = [conv(C, F, 1, stride), norm(F), ReLU()]
    body += [conv(F, F, 3), norm(F), ReLU()]
    body += [conv(F, 4 * F, 1), norm(4 * F)]
    if stride == 1 and C == 4 * F:
        return body, None
    return body, [conv(C, 4 * F, 1, stride), norm(4 * F)]
    # END SOLUTION


check("bottleneck", bottleneck)


# %% [markdown] lang="en" slide="subslide"
# ### Count with your own block
#
# Here `conv` and `norm` return numbers of parameters (a convolution before a
# norm needs no bias). `stages` walks through the four stages: F is 64, 128,
# 256, 512, and the first block of the later stages has stride 2.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 自分のブロックで数える
#
# ここでは、`conv` と `norm` がパラメータの数を返します（norm の前の畳み込みにバイ
# アスは要りません）。`stages` は 4 つの段階をたどります。F は 64、128、256、512 で
# 、2 段階目からは最初のブロックのストライドが 2 です。
#
# %%
def conv_count(C, F, size, stride=1):
    return C * F * size**2


def norm_count(C):
    return 2 * C


def basic(C, F, stride, conv, norm):
    body = [conv(C, F, 3, stride), norm(F), ReLU(), conv(F, F, 3), norm(F)]
    fits = stride == 1 and C == F
    return body, None if fits else [conv(C, F, 1, stride), norm(F)]


def numbers_in(*parts):
    return sum(n for part in parts for n in part or [] if isinstance(n, int))


# %% slide="subslide"
def stages(blocks, block, wide):
    total, C = conv_count(3, 64, 7) + norm_count(64), 64
    for stage, count in enumerate(blocks):
        F = 64 * 2**stage
        for i in range(count):
            stride = 2 if stage and not i else 1
            parts = block(C, F, stride, conv_count, norm_count)
            total, C = total + numbers_in(*parts), F * wide
    return total + C * 1000 + 1000  # the last affine layer


mine = check.use("bottleneck")
found = {"resnet18": stages((2, 2, 2, 2), basic, 1)}
found["resnet34"] = stages((3, 4, 6, 3), basic, 1)
found["resnet50"] = stages((3, 4, 6, 3), mine, 4)
found["resnet101"] = stages((3, 4, 23, 3), mine, 4)
found["resnet152"] = stages((3, 8, 36, 3), mine, 4)

# %%
for name, total in found.items():
    count = famous.count(name)
    print(f"{name:9} {total:>11,} {count.parameters:>11,}", end="  ")
    print(f"{count.macs / 1e9:5.2f} G multiply-adds")
assert all(famous.count(n).parameters == found[n] for n in found)


# %% [markdown] lang="en" slide="fragment"
# From 34 to 50 layers the multiply-adds hardly grow: that is the bottleneck.
# And 152 layers cost fewer of them than the 19 of VGG-19 (19.63 G). The paper
# calls multiply-adds "FLOPs".
#
# %% [markdown] lang="ja" slide="fragment"
# 34 層から 50 層にしても、積和演算（multiply-add）の回数はほとんど増えません。ボト
# ルネックのおかげです。152 層でも、19 層の VGG-19（19.63 G）より少なくて済みま
# す。なお、論文は積和演算の回数を「FLOPs」と呼んでいます。
#
# %% [markdown] lang="en" slide="slide"
# ## 9. A small ResNet reads digits
#
# Four bottlenecks of your own, run live: 6,000 digits, three epochs. It
# takes about ten seconds.
#
# %% [markdown] lang="ja" slide="slide"
# ## 9. 小さな ResNet で数字を読む
#
# あなたのボトルネック 4 つで、その場で学習します。数字 6,000 枚、3 エポックで、10
# 秒ほどかかります。
#
# %%
def small_resnet():
    Block, Pool = check.use("residual"), check.use("global_average_pooling")
    parts, C = [conv(1, 32, 3, 2), norm(32), ReLU()], 32
    for F, stride in ((8, 1), (16, 2), (16, 1), (32, 2)):
        body, shortcut = mine(C, F, stride, conv, norm)
        if shortcut is not None:
            shortcut = Sequential(shortcut)
        parts += [Block(Sequential(body), shortcut), ReLU()]
        C = 4 * F
    return Network([*parts, Pool(), head(C)[1]])


# %% slide="subslide" tags=["nbval-ignore-output"]
rng = np.random.default_rng(0)
network = small_resnet()
history = Trainer(
    network,
    (x_train, t_train),
    (x_test, t_test),
    epochs=3,
    batch_size=50,
    optimizer=Adam(lr=0.003),
    evaluate_size=1000,
    rng=0,
    lr_schedule=lambda step, steps: 1 - step / steps,
).fit()
test_accuracy = network.accuracy(x_test, t_test)
print(f"{sum(p.size for p in network.params.values()):,} parameters")
print(f"{test_accuracy:.3f}")

# %% slide="skip"
assert test_accuracy > 0.93

# %% tags=["nbval-ignore-output"]
plots.show_history({"ResNet": history})

# %% [markdown] lang="en" slide="slide"
# ## 10. DenseNet: keep everything
#
# ResNet adds; DenseNet (2017) **concatenates**. Each layer sees the channels
# of all layers before it and adds k new ones; k is the **growth rate**.
#
# A block of L layers turns k0 channels into k0 + L k. (The deck's figure
# writes k0 + 4k: the fifth of its layers is already the transition.)
#
# Back again: the old channels were handed on **and** read by the layer. So
# their gradient is what comes by, plus what the layer returns.
#
# %% [markdown] lang="ja" slide="slide"
# ## 10. DenseNet：すべてを残す
#
# ResNet は足しますが、DenseNet（2017 年）は**つなぎます**。どの層も、それまでの層
# が出したチャンネルをすべて見て、新しく k 枚を加えます。k を**成長率**（growth
# rate）と呼びます。
#
# 層が L 個のブロックは、k0 チャンネルを k0 + L k チャンネルにします。（講義資料の
# 図が k0 + 4k なのは、5 つ目の層がもう遷移層だからです。）
#
# 逆伝播では、前からあるチャンネルは、先へ渡されると**同時に**層にも読まれていま
# す。したがって勾配は、素通りした分と、層から戻った分の和です。
#
# %%
nodes = {"x": (0, 2, "k0")}
for i in range(1, 5):
    nodes[f"l{i}"] = (3 * i - 1, 0, f"layer {i}")
    nodes[f"c{i}"] = (3 * i, 2, f"k0+{i}k")
ends = ["x"] + [f"c{i}" for i in range(1, 5)]
arrows = []
for i in range(1, 5):
    arrows.append((ends[i - 1], ends[i], ""))
    arrows.append((ends[i - 1], f"l{i}", ""))
    arrows.append((f"l{i}", ends[i], "k"))
plots.show_graph(nodes, arrows, scale=0.9)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `DenseBlock`
#
# - `forward`: for each layer, in order, put its result behind x (which stays
#   in front) and go on with the longer x.
# - `backward`: from the last layer to the first.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`DenseBlock`
#
# - `forward`：層を順に通し、結果を x の後ろにつなぎます（x が前です）。長くなった
#   x で次の層へ進みます。
# - `backward`：最後の層から最初の層へさかのぼります。
#
# %% exercise="dense_block"
class DenseBlock(Sequential):  # holds self.layers, a list
    def forward(self, x, train_flg=True):
        # BEGIN SOLUTION
        self.counts = []
        for layer in self.layers:
            self.counts.append(x.shape[1])
            x = np.concatenate([x, layer.forward(x, train_flg)], axis=1)
        return x
        # END SOLUTION

    def backward(self, dout):
        # BEGIN SOLUTION
        for layer, C in zip(self.layers[::-1], self.counts[::-1]):
            dout = dout[:, :C] + layer.backward(dout[:, C:])
        return dout
        # END SOLUTION


check("dense_block", DenseBlock)


# %% [markdown] lang="en" slide="subslide"
# The layer inside is a bottleneck again, with the normalization **in front**
# (BN-ReLU-Conv). A gradient check of three of them:
#
# %% [markdown] lang="ja" slide="subslide"
# 中の層もボトルネックで、正規化は畳み込みの**前**にあります（BN-ReLU-Conv）。3 つ
# 並べて勾配を確認します。
#
# %%
def dense_layer(C, k, conv, norm):
    first = [norm(C), ReLU(), conv(C, 4 * k, 1)]
    return [*first, norm(4 * k), ReLU(), conv(4 * k, k, 3)]


rng = np.random.default_rng(7)
inside = [Sequential(dense_layer(3 + 2 * i, 2, conv, norm)) for i in range(3)]
dense = check.use("dense_block")(inside)
x = np.random.default_rng(7).normal(size=(4, 3, 4, 4))
print(dense.forward(x).shape)
errors = check_gradients(dense, x)
print(all(error < 1e-5 for error in errors.values()))
assert max(errors.values()) < 1e-5


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `transition`
#
# Between two blocks the channels must get fewer again, and the image smaller.
# Return the four layers behind a block of L layers, which k0 channels have
# entered: norm, ReLU, a 1x1 convolution to **half** the channels (rounded
# down), average pooling of 2x2 with stride 2.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`transition`
#
# ブロックの間では、チャンネルを減らし、画像も小さくします。k0 チャンネルが入った L
# 層のブロックの後に置く、4 つの層を返してください。norm、ReLU、チャンネルを**半分**
# （切り捨て）にする 1×1 の畳み込み、2×2 でストライド 2 の平均プーリングです。
#
# %% exercise="transition"
def transition(k0, k, L, conv, norm):
    # BEGIN SOLUTION
    C = k0 + L * k
    half = conv(C, C // 2, 1)
    return [norm(C), ReLU(), half, AveragePooling(2, 2, 2)]
    # END SOLUTION


check("transition", transition)

# %% [markdown] lang="en" slide="subslide"
# ### Count DenseNet-121
#
# k is 32; the blocks have 6, 12, 24 and 16 layers of two convolutions each.
#
# %% [markdown] lang="ja" slide="subslide"
# ### DenseNet-121 を数える
#
# k は 32 です。ブロックの層は 6、12、24、16 個で、1 つの層に畳み込みが 2 つありま
# す。
#
# %%
between, k, C = check.use("transition"), 32, 64
total = conv_count(3, C, 7) + norm_count(C)
for number, L in enumerate((6, 12, 24, 16), start=1):
    for i in range(L):
        one = dense_layer(C + i * k, k, conv_count, norm_count)
        total += numbers_in(one)
    if number < 4:
        total += numbers_in(between(C, k, L, conv_count, norm_count))
        C = (C + L * k) // 2
C += 16 * k
total += norm_count(C) + C * 1000 + 1000
print(f"{total:,}  {famous.count('densenet121').parameters:,}")
assert total == famous.count("densenet121").parameters == 7978856

# %% [markdown] lang="en" slide="fragment"
# 7,978,856: fewer than the 11,689,512 of ResNet-18, with nearly seven times as
# many layers. That is the deck's "fewer parameters": what is kept need not be
# learned again.
#
# %% [markdown] lang="ja" slide="fragment"
# 7,978,856 個です。層は ResNet-18 の 7 倍近くあるのに、ResNet-18 の 11,689,512 個
# より少なくなっています。講義資料の「パラメータ数を少なくできる」とは、このことで
# す。残してあるものは、もう一度学ばなくて済みます。
#
# %% [markdown] lang="en" slide="slide"
# ## In five lines
#
# - Where a way forks, the gradients that come back are added; what is
#   concatenated is split.
# - A 1x1 convolution makes the channels few, before the dear one.
# - Shortcuts keep the gradient's size. Without them, ReLU and batch
#   normalization make it explode; with a sigmoid it fades.
# - An auxiliary loss helps in training only, and is no ensemble.
# - Add (ResNet) or keep (DenseNet): a block of your own counts them all.
#
# Next: **<<next_lesson>>**. You have changed how parts are joined. The parts
# can be changed, too.
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# - 道が分かれたところでは、戻ってきた勾配を足します。つないだものは、切り分けま
#   す。
# - 1×1 の畳み込みで、計算の重い層の前にチャンネルを減らします。
# - ショートカットは勾配の大きさを保ちます。ないと、ReLU とバッチ正規化では勾配が
#   爆発し、シグモイドでは消えます。
# - 補助的損失が役立つのは学習のときだけで、アンサンブルの代わりにはなりません。
# - 足すのが ResNet、残すのが DenseNet です。どちらも、自分のブロックで数え上げら
#   れました。
#
# 次は **<<next_lesson>>** です。組み立て方だけでなく、部品も変えていけます。
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
