# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - assemble a CNN from layers, most of them your own,
# - say the size of every stage and where the parameters are,
# - test a network in four cheap steps before you train it,
# - train it to read at least 98.5 % of 10,000 unseen digits,
# - look into it: filters, feature maps, mistakes.
#
# It takes about <<minutes>> minutes. Your classes `Convolution` (5_5) and
# `MaxPooling` (5_6) go to work today.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - 自分で書いた層を組み合わせて CNN を作る
# - 各段階のサイズと、パラメータがどこに多いかを答える
# - 学習を始める前に、手軽な 4 つの方法でネットワークを点検する
# - 初めて見る 10,000 枚の数字の 98.5 % 以上を読めるように学習させる
# - フィルター、特徴マップ、間違いを見て、中で何が起きているかを調べる
#
# 目安は <<minutes>> 分です。5_5 と 5_6 で書いたクラス `Convolution` と
# `MaxPooling` を、ここで使います。
#
# %%
import matplotlib.pyplot as plt
import numpy as np

from course_lib import networks, plots, widgets
from course_lib.datasets import load_mnist
from course_lib.exercises import lesson
from course_lib.functional import softmax
from course_lib.gradient import check_gradients
from course_lib.layers import ReLU
from course_lib.optimizers import Adam
from course_lib.trainer import Trainer

language = "en"
check = lesson("5_7", language)
plots.use_style()
(x_train, t_train), (x_test, t_test) = load_mnist()
print(x_train.shape, x_test.shape)


# %% [markdown] lang="en" slide="slide"
# ## 1. From the image to ten numbers
#
# The network has six layers:
#
# **Conv1** - ReLU1 - **Pool1** - **Affine1** - ReLU2 - **Affine2**
#
# Conv1 and Pool1 keep the picture a picture: 16 feature maps, then the same
# 16 maps at half the size. Affine1 takes all these numbers in one row and
# makes 100 of them, Affine2 makes 10: one score for each digit. Softmax turns
# the scores into probabilities `y`.
#
# The next two cells draw one digit on its way through a network that has
# learned nothing yet.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. 画像から 10 個の数へ
#
# このネットワークには層が 6 つあります。
#
# **Conv1** - ReLU1 - **Pool1** - **Affine1** - ReLU2 - **Affine2**
#
# Conv1 と Pool1 を通っても、画像は画像のままです。16 枚の特徴マップができ、次
# に縦横が半分になります。Affine1 はその数を 1 行に並べて 100 個の数に変
# え、Affine2 はそれを 10 個にします。数字 1 つにつき 1 つのスコアです。最後に
# softmax がスコアを確率 `y` に変えます。
#
# 下の 2 つのセルは、まだ何も学習していないネットワークの中を、数字の画像 1 枚
# が通っていく様子を描きます。
#
# %% slide="subslide"
def mosaic(maps):  # (16, OH, OW) -> (4*OH, 4*OW)
    _, OH, OW = maps.shape
    tiles = maps.reshape(4, 4, OH, OW).transpose(0, 2, 1, 3)
    return tiles.reshape(4 * OH, 4 * OW)


# %%
def show_stages(network, x):  # (1, 1, 28, 28)
    pictures = {f"x {x.shape[1:]}": x[0, 0]}
    for name, layer in network.layers.items():
        x = layer.forward(x)
        if name in ("ReLU1", "Pool1"):
            pictures[f"{name} {x.shape[1:]}"] = mosaic(x[0])
        elif name == "ReLU2":
            pictures[f"{name} {x.shape[1:]}"] = x.reshape(10, 10)
    _, axes = plt.subplots(1, 5, figsize=(15, 3.3))
    for ax, (title, picture) in zip(axes, pictures.items()):
        ax.imshow(picture)
        ax.set_title(title)
        ax.axis("off")
    axes[-1].bar(range(10), softmax(x)[0])
    axes[-1].set(title="y (10,)", ylim=(0, 1), xticks=range(10))
    plt.show()


# %% slide="subslide"
untrained = networks.SimpleConvNet(
    conv_param={"filter_num": 16}, weight_init_std="he", rng=0
)
show_stages(untrained, x_test[:1])

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: sizes and parameters, by hand
#
# The image is 28x28 with one channel. Conv1 has 16 filters of 5x5 (stride 1,
# pad 0), Pool1 a 2x2 window with stride 2. Affine1 has 100 units, Affine2
# has 10.
#
# - `OH`: height after Conv1. `PH`: height after Pool1.
# - `D`: how many numbers of one image go into Affine1.
# - `n1`, `n2`, `n3`: weights **and** biases of Conv1, Affine1, Affine2.
#
# Before you calculate: which layer has the most parameters?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：サイズとパラメータ数を手で計算する
#
# 画像は 28×28 で 1 チャンネルです。Conv1 は 5×5 のフィルター 16 個（ストライド
# 1、パディング 0）、Pool1 は 2×2 の窓でストライド 2 です。Affine1 のユニットは
# 100 個、Affine2 は 10 個です。
#
# - `OH`：Conv1 の後の高さ。`PH`：Pool1 の後の高さ。
# - `D`：画像 1 枚から Affine1 に入る数の個数。
# - `n1`、`n2`、`n3`：Conv1、Affine1、Affine2 の重みと**バイアス**の総数。
#
# 計算の前に予想してみましょう。パラメータがいちばん多いのはどの層でしょうか。
#
# %% exercise="sizes"
# BEGIN SOLUTION
OH = 28 - 5 + 1
PH = OH // 2
D = 16 * PH * PH
n1 = 16 * 1 * 5 * 5 + 16
n2 = D * 100 + 100
n3 = 100 * 10 + 10
# END SOLUTION

check("sizes", (OH, PH, D, n1, n2, n3))

# %% [markdown] lang="en" slide="fragment"
# More than 99 % of the parameters sit in Affine1. Conv1, the layer that makes
# this a CNN, has 416: every filter is used again at 576 places.
#
# %% [markdown] lang="ja" slide="fragment"
# パラメータの 99 % 以上が Affine1 にあります。CNN の主役である Conv1 には 416 個
# しかありません。どのフィルターも、576 か所で使い回されるからです。
#
# %% [markdown] lang="en" slide="slide"
# ## 2. Your own layers
#
# Your right answers of earlier lessons are kept in `work/my_cnn`, and
# `check.part` fetches them from there: your class `Convolution` (5_5) and
# your class `MaxPooling` (5_6), each with its `backward`. What you have not
# solved comes from the course; it does the same, only faster.
#
# Fetch the two classes: `my_convolution = check.part("5_5", "backward")`, and
# `my_pooling` from 5_6 in the same way (without `()` behind it: the classes
# themselves are wanted). You may as well paste your two classes here.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. 自分で書いた層
#
# 正解した演習は `work/my_cnn` に残っていて、`check.part` で取り出せます。5_5 の
# クラス `Convolution` と 5_6 のクラス `MaxPooling` を、それぞれの `backward` も
# 含めて使いましょう。まだ正解していないものは、教材の実装が代わりに入ります
# （働きは同じで、計算が速くなっています）。
#
# 2 つのクラスを取り出してください。`my_convolution = check.part("5_5",
# "backward")` と、同じように 5_6 の `my_pooling` です（後ろに `()` は付けません。
# クラスそのものを渡します）。2 つのクラスをここに貼り付けても構いません。
#
# %% exercise="own_layers"
# BEGIN SOLUTION
my_convolution = check.part("5_5", "backward")
my_pooling = check.part("5_6", "backward")
# END SOLUTION

check("own_layers", lambda: (my_convolution, my_pooling))


# %% [markdown] lang="en" slide="slide"
# ## 3. How to begin: the initial weights
#
# An output of a layer is the sum of $n$ products. If the weights are too
# large, the numbers grow from layer to layer; if they are too small, they
# fade away. With standard deviation
#
# $$\sigma = \sqrt{\frac{2}{n}}$$
#
# they keep their size on their way through layers with ReLU. The 2 makes up
# for the half that ReLU cuts off (He and others, 2015).
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. 重みの初期値
#
# 層の出力 1 つは、$n$ 個の積の和です。重みが大きすぎると、層を通るたびに数が
# 膨らみます。小さすぎると、だんだん消えていきます。標準偏差を
#
# $$\sigma = \sqrt{\frac{2}{n}}$$
#
# にすると、ReLU のある層を通っても数の大きさが保たれます。2 は、ReLU が切り捨
# てる半分を補うためのものです。これを **He の初期値**と呼びます（He ら、2015
# 年）。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `init_weight`
#
# Return normally distributed weights with mean 0 and $\sigma = \sqrt{2/n}$,
# drawn from the generator `rng`. $n$ is the number of inputs of **one**
# output:
#
# - a filter array `shape` is (FN, C, FH, FW),
# - an Affine `shape` is (D, M): D inputs, M outputs.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`init_weight`
#
# 平均 0、標準偏差 $\sigma = \sqrt{2/n}$ の正規分布に従う重みを、乱数生成器 `rng`
# から作って返してください。$n$ は出力**1 つ**に対する入力の数です。
#
# - フィルターの `shape` は (FN, C, FH, FW)
# - アフィン層の `shape` は (D, M)。入力が D 個、出力が M 個
#
# %% exercise="init_weight"
def init_weight(shape, rng):
    # BEGIN SOLUTION
    n = np.prod(shape[1:]) if len(shape) == 4 else shape[0]
    return rng.normal(0, np.sqrt(2 / n), size=shape)
    # END SOLUTION


check("init_weight", init_weight)


# %% [markdown] lang="en" slide="slide"
# ## 4. The Affine layer
#
# Forward is one product: $y = xW + b$, with one row of $x$ for each image.
# Backward is the same as in 5_5, only without windows:
#
# $$dx = dy \, W^T \qquad dW = x^T \, dy \qquad
# db = \sum_n dy_n$$
#
# Two things are new. Pool1 sends (N, C, H, W), so `forward` must lay each
# image out in one row. And `dx` goes back to Pool1, so it needs the shape
# that Pool1 sent.
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. アフィン層（全結合層）
#
# 順伝播は行列積 1 回、$y = xW + b$ です。$x$ の 1 行が画像 1 枚にあたります。
# 逆伝播は 5_5 と同じで、窓がない分だけ簡単です。
#
# $$dx = dy \, W^T \qquad dW = x^T \, dy \qquad
# db = \sum_n dy_n$$
#
# 新しいことが 2 つあります。Pool1 から届くのは (N, C, H, W) なので、`forward` では
# 画像 1 枚を 1 行に並べます。そして `dx` は Pool1 に返すので、届いたときの形状に
# 戻します。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `Affine`
#
# Write both methods. Keep in `forward` what `backward` needs, and leave the
# gradients in `self.dW` and `self.db`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`Affine`
#
# 2 つのメソッドを書いてください。`backward` で使うものは `forward` で残しておき、
# 勾配は `self.dW` と `self.db` に入れます。
#
# %% exercise="affine"
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b  # (D, M), (M,)

    def forward(self, x):
        # BEGIN SOLUTION
        self.x_shape = x.shape
        self.x = x.reshape(len(x), -1)
        return self.x @ self.W + self.b
        # END SOLUTION

    def backward(self, dout):
        # BEGIN SOLUTION
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return (dout @ self.W.T).reshape(self.x_shape)
        # END SOLUTION


check("affine", Affine)


# %% [markdown] lang="en" slide="slide"
# ## 5. The loss: how wrong is the answer?
#
# Softmax turns the scores $s$ of one image into probabilities; the loss is
# the surprise at the true class $t$:
#
# $$y_k = \frac{e^{s_k}}{\sum_j e^{s_j}} \qquad L = -\log y_t$$
#
# Over a batch the **mean** is taken. The gradient is simpler than you might
# fear: the probabilities, minus 1 at the true class, divided by $N$.
#
# $$\frac{\partial L}{\partial s_k} = \frac{y_k - [k = t]}{N}$$
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. 損失：予測は正解からどれだけ離れているか
#
# softmax は、画像 1 枚のスコア $s$ を確率に変えます。損失は、正解クラス $t$ の
# 確率が低いほど大きくなります。この損失を**交差エントロピー誤
# 差**（cross-entropy loss）と呼びます。
#
# $$y_k = \frac{e^{s_k}}{\sum_j e^{s_j}} \qquad L = -\log y_t$$
#
# バッチについては**平均**をとります。勾配は意外なほど簡単です。確率から、正解
# クラスのところだけ 1 を引き、$N$ で割ります。
#
# $$\frac{\partial L}{\partial s_k} = \frac{y_k - [k = t]}{N}$$
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `SoftmaxWithLoss`
#
# `x` holds scores (N, K), `t` the true classes (N,) as integers. `forward`
# returns the mean loss, `backward` the gradient (N, K), times `dout`.
#
# Scores may be as large as 1000, and `np.exp(1000)` is `inf`. Subtracting
# the same number from all scores of an image leaves $y$ as it is: which
# number helps?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`SoftmaxWithLoss`
#
# `x` はスコア (N, K)、`t` は正解クラス (N,) で、整数です。`forward` は損失の平均を、
# `backward` は勾配 (N, K) に `dout` を掛けたものを返します。
#
# スコアは 1000 くらいになることもあり、`np.exp(1000)` は `inf` です。画像ごとに、
# すべてのスコアから同じ数を引いても $y$ は変わりません。どんな数を引けば
# よいでしょうか。
#
# %% exercise="softmax_with_loss"
class SoftmaxWithLoss:
    def forward(self, x, t):
        # BEGIN SOLUTION
        s = x - x.max(axis=1, keepdims=True)
        log_y = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
        self.y, self.t = np.exp(log_y), t
        return -log_y[np.arange(len(t)), t].mean()
        # END SOLUTION

    def backward(self, dout=1):
        # BEGIN SOLUTION
        N = len(self.t)
        dx = self.y.copy()
        dx[np.arange(N), self.t] -= 1
        return dout * dx / N
        # END SOLUTION


check("softmax_with_loss", SoftmaxWithLoss)

# %% [markdown] lang="en" slide="slide"
# ## 6. Put it together
#
# All parts are there. The next cell takes your versions, where they are
# right, under these names: `ConvLayer`, `PoolLayer`, `AffineLayer`,
# `LossLayer`. `ReLU` comes from the course; you know it already.
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. 組み立てる
#
# 部品がそろいました。次のセルでは、正解だったものは自分の実装を、そうでないも
# のは教材の実装を、`ConvLayer`、`PoolLayer`、`AffineLayer`、`LossLayer` という
# 名前で使えるようにします。`ReLU` は教材のものを使います。
#
# %%
ConvLayer, PoolLayer = check.use("own_layers")()
AffineLayer = check.use("affine")
LossLayer = check.use("softmax_with_loss")


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `assemble`
#
# `p` holds the parameters `W1`, `b1` (convolution), `W2`, `b2` and `W3`, `b3`
# (Affine). Return the six layers as a dict, in order, under the names
#
# `Conv1`, `ReLU1`, `Pool1`, `Affine1`, `ReLU2`, `Affine2`.
#
# Made like this: `ConvLayer(W, b)`, `PoolLayer(pool_h, pool_w, stride)` with
# a 2x2 window and stride 2, `AffineLayer(W, b)`, `ReLU()`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`assemble`
#
# `p` にはパラメータ `W1`、`b1`（畳み込み層）、`W2`、`b2`、`W3`、`b3`（アフィン層）が
# 入っています。6 つの層を順に並べた辞書を返してください。名前は
#
# `Conv1`、`ReLU1`、`Pool1`、`Affine1`、`ReLU2`、`Affine2`
#
# です。層は `ConvLayer(W, b)`、`PoolLayer(pool_h, pool_w, stride)`（窓は 2×2、
# ストライド 2）、`AffineLayer(W, b)`、`ReLU()` のように作ります。
#
# %% exercise="assemble"
def assemble(p):
    # BEGIN SOLUTION
    return {
        "Conv1": ConvLayer(p["W1"], p["b1"]),
        "ReLU1": ReLU(),
        "Pool1": PoolLayer(2, 2, 2),
        "Affine1": AffineLayer(p["W2"], p["b2"]),
        "ReLU2": ReLU(),
        "Affine2": AffineLayer(p["W3"], p["b3"]),
    }
    # END SOLUTION


check("assemble", assemble)


# %% [markdown] lang="en" slide="subslide"
# ### The network
#
# `predict` passes the images on from layer to layer: each output is the next
# input. That is all of a forward pass, however deep the network is.
# `weighted` lists the layers that have parameters.
#
# %% [markdown] lang="ja" slide="subslide"
# ### ネットワーク本体
#
# `predict` は、画像を層から層へ渡していきます。ある層の出力が、次の層の入力です。
# 層がいくつあっても、順伝播はこれだけです。`weighted` は、パラメータを持つ層の
# 名前の一覧です。
#
# %%
class SimpleConvNet:
    def __init__(self, params, layers):
        self.params, self.layers = params, layers
        kinds = ("Conv", "Affine")
        self.weighted = [name for name in layers if name.startswith(kinds)]
        self.last_layer = LossLayer()

    def predict(self, x):  # (N, C, H, W) -> (N, K)
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        self.last_layer.loss = self.last_layer.forward(self.predict(x), t)
        return self.last_layer.loss


# %%
best_init = check.use("init_weight")


def new_network(seed, init=best_init, FN=16):
    rng = np.random.default_rng(seed)
    shapes = [(FN, 1, 5, 5), (FN * 12 * 12, 100), (100, 10)]
    params = {}
    for i, shape in enumerate(shapes, start=1):
        outputs = shape[0] if len(shape) == 4 else shape[1]
        params[f"W{i}"] = init(shape, rng).astype(np.float32)
        params[f"b{i}"] = np.zeros(outputs, dtype=np.float32)
    return SimpleConvNet(params, check.use("assemble")(params))


print(new_network(seed=0).weighted)

# %% [markdown] lang="en" slide="slide"
# ## 7. First test: the loss before any training
#
# A network that knows nothing should give each of the ten digits about
# probability 1/10. Then the loss is $-\log \frac{1}{10} = \log 10$.
#
# Below are three ways to begin: very small weights, He's, and $\sigma = 1$.
# Which loss do you expect from each? **Predict**, then run.
#
# %% [markdown] lang="ja" slide="slide"
# ## 7. 点検その 1：学習前の損失
#
# 何も知らないネットワークなら、10 個の数字のどれにも 1/10 くらいの確率を付ける
# はずです。すると損失は $-\log \frac{1}{10} = \log 10$ になります。
#
# 下では 3 通りの初期値を比べます。とても小さい重み、He の初期値、$\sigma = 1$ です。
# 損失はそれぞれどのくらいになるでしょうか。**予想してみましょう。**
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("first_loss")

# %% tags=["nbval-ignore-output"]
inits = {
    "0.01": lambda shape, rng: rng.normal(0, 0.01, size=shape),
    "He": best_init,
    "1": lambda shape, rng: rng.normal(0, 1, size=shape),
}
first_loss = {}
for name, init in inits.items():
    network = new_network(seed=0, init=init)
    first_loss[name] = network.loss(x_train[:500], t_train[:500])
    print(f"{name:>8}: {first_loss[name]:7.2f}")
print(f"log(10) : {np.log(10):7.2f}")

# %% tags=["nbval-ignore-output"] slide="skip"
check.reveal(
    "first_loss",
    ", ".join(f"{k}: {v:.2f}" for k, v in first_loss.items()),
)

# %%
assert abs(first_loss["0.01"] - np.log(10)) < 0.01
assert abs(first_loss["He"] - np.log(10)) < 1 and first_loss["1"] > 5


# %% [markdown] lang="en" slide="fragment"
# With $\sigma = 1$ the network is not ignorant but certain, and wrong: its
# scores are about a thousand apart. Training would first have to undo that. A loss
# far above $\log 10$ at the start is a warning that costs you one second.
#
# %% [markdown] lang="ja" slide="fragment"
# $\sigma = 1$ のネットワークは、何も知らないのではなく、自信たっぷりに間違えて
# います。スコアの差が 1000 ほどにもなるからです。学習は、まずそれを打ち消すところから
# 始めなければなりません。最初の損失が $\log 10$ よりずっと大きければ、何かが
# おかしいとわかります。1 秒でできる点検です。
#
# %% [markdown] lang="en" slide="slide"
# ## 8. The way back
#
# The gradient takes the same way in the other direction. It starts at the
# loss. Each layer receives `dout` from the layer behind it, keeps its own
# `dW` and `db`, and returns the `dout` for the layer before it.
#
# `list(d.values())[::-1]` or `reversed(d.values())` gives the layers from the
# last to the first.
#
# %% [markdown] lang="ja" slide="slide"
# ## 8. 逆伝播でたどる道
#
# 勾配は、同じ道を逆向きにたどります。出発点は損失です。層は、後ろの層から `dout` を
# 受け取り、自分の `dW` と `db` を残し、前の層に渡す `dout` を返します。
#
# `list(d.values())[::-1]` や `reversed(d.values())` と書くと、層を最後から順に
# 取り出せます。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `gradient`
#
# Return a dict with the gradient of the loss for every parameter, under the
# same names: `W1`, `b1`, `W2`, ... The number counts the layers named in
# `network.weighted`, beginning with 1.
#
# You can use `network.loss(x, t)`, `network.last_layer`, `network.layers`
# and `network.weighted`. (`network` will be the `self` of a method.)
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`gradient`
#
# すべてのパラメータについて、損失の勾配を辞書にして返してください。名前は
# パラメータと同じ `W1`、`b1`、`W2`、… です。番号は、`network.weighted` にある層を
# 1 から順に数えたものです。
#
# `network.loss(x, t)`、`network.last_layer`、`network.layers`、`network.weighted` を
# 使えます（`network` は、後でメソッドの `self` になります）。
#
# %% exercise="gradient"
def gradient(network, x, t):
    # BEGIN SOLUTION
    network.loss(x, t)
    dout = network.last_layer.backward()
    for layer in reversed(network.layers.values()):
        dout = layer.backward(dout)
    grads = {}
    for i, name in enumerate(network.weighted, start=1):
        grads[f"W{i}"] = network.layers[name].dW
        grads[f"b{i}"] = network.layers[name].db
    return grads
    # END SOLUTION


check("gradient", gradient)

# %% [markdown] lang="en" slide="slide"
# ## 9. Second test: the gradient check
#
# `check_gradients` moves 20 entries of each parameter a little and compares
# the slope with `gradient`. In float64 a right gradient differs by less than
# $10^{-5}$, mostly far less.
#
# We use random images. On a real digit the background is exactly 0, so many
# sums before ReLU are exactly 0 too: right on the kink, where there is no
# slope to compare with.
#
# %% [markdown] lang="ja" slide="slide"
# ## 9. 点検その 2：勾配確認
#
# `check_gradients` は、パラメータごとに 20 か所を少しずつ動かし、数値微分で求
# めた傾きを `gradient` の値と比べます。float64 なら、正しい勾配との差は
# $10^{-5}$ より小さく、たいていはもっとずっと小さくなります。
#
# 画像には乱数を使います。本物の数字では背景がちょうど 0 なので、ReLU に入る和も
# ちょうど 0 になりがちです。そこは ReLU の折れ目で、比べる傾きがありません。
#
# %%
SimpleConvNet.gradient = check.use("gradient")

x = np.random.default_rng(1).random((4, 1, 28, 28))
errors = check_gradients(new_network(seed=0), x, np.array([3, 1, 4, 1]))

# %% tags=["nbval-ignore-output"]
for name, error in errors.items():
    print(f"{name}: {error:.0e}")

# %%
assert max(errors.values()) < 1e-5


# %% [markdown] lang="en" slide="slide"
# ## 10. Counting right answers
#
# Do not send 10,000 images through the network at once: `im2col` alone would
# need more than half a gigabyte. They go in batches. A batch size of 300
# gives 33 full batches and one of 100 images, and those 100 count too.
#
# %% [markdown] lang="ja" slide="slide"
# ## 10. 正解を数える
#
# 10,000 枚を一度にネットワークに通すのは得策ではありません。`im2col` だけで 0.5 GB を
# 超えるからです。そこで、バッチに分けて通します。300 枚ずつなら、33 個のバッチと、
# 100 枚だけの最後のバッチができます。その 100 枚も忘れずに数えます。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `accuracy`
#
# Return the part of all images (0 to 1) for which the largest score of
# `network.predict(...)` stands at the true class. Pass at most `batch_size`
# images at once. Every image counts the same.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`accuracy`
#
# `network.predict(...)` のスコアが正解クラスで最大になる画像の割合（0 から 1）
# を返してください。一度に渡すのは `batch_size` 枚までです。どの画像も 1 枚は 1
# 枚として数えます。
#
# %% exercise="accuracy"
def accuracy(network, x, t, batch_size=100):
    # BEGIN SOLUTION
    right = 0
    for start in range(0, len(x), batch_size):
        batch = slice(start, start + batch_size)
        guess = network.predict(x[batch]).argmax(axis=1)
        right += (guess == t[batch]).sum()
    return right / len(x)
    # END SOLUTION


check("accuracy", accuracy)

# %% [markdown] lang="en" slide="fragment"
# Third test: without training, about one in ten should be right.
#
# %% [markdown] lang="ja" slide="fragment"
# 点検その 3：学習前なら、正解は 10 枚に 1 枚くらいのはずです。
#
# %%
SimpleConvNet.accuracy = check.use("accuracy")

blind = new_network(seed=0).accuracy(x_test, t_test, 300)
print(f"{blind:.2f}")
assert blind < 0.3

# %% [markdown] lang="en" slide="slide"
# ## 11. Fourth test: 100 images by heart
#
# Before you spend minutes on 60,000 images, spend a second on 100. A network
# with 230,000 parameters can learn 100 images by heart. If it cannot,
# something is broken, and more data will not mend it.
#
# %% [markdown] lang="ja" slide="slide"
# ## 11. 点検その 4：100 枚を丸暗記する
#
# 60,000 枚に時間をかける前に、まず 100 枚で 1 秒だけ試します。パラメータが 23 万個も
# あれば、100 枚くらいは丸暗記できるはずです。できなければ、どこかが壊れています。
# データを増やしても直りません。
#
# %%
few_x, few_t = x_train[:100], t_train[:100]
network = new_network(seed=0)
optimizer = Adam(lr=0.003)
losses = []
for _ in range(40):
    optimizer.update(network.params, network.gradient(few_x, few_t))
    losses.append(network.last_layer.loss)

few_accuracy = network.accuracy(few_x, few_t)
print(f"{few_accuracy:.2f}")
assert few_accuracy == 1.0 and losses[-1] < 0.05

# %% slide="subslide" tags=["nbval-ignore-output"]
plt.plot(losses)
plt.axhline(np.log(10), color="0.6", linestyle="--")
plt.text(30, 2.5, "log 10", color="0.4")
plt.xlabel("step")
plt.ylabel("loss")
plt.show()
print(f"{network.accuracy(x_test, t_test):.3f}")


# %% [markdown] lang="en" slide="fragment"
# All 100 are right, and the loss goes to 0: everything is connected. The
# last number is the accuracy on the 10,000 test images. Learned by heart is
# not understood.
#
# %% [markdown] lang="ja" slide="fragment"
# 100 枚すべてに正解し、損失は 0 に近づきました。部品は正しくつながっています。
# 最後の数は、テスト用の 10,000 枚での正解率です。丸暗記は、理解とは違います。
#
# %% [markdown] lang="en" slide="slide"
# ## 12. Train on 60,000 images
#
# Now in earnest. `Trainer` does what you did above, on shuffled batches of 50:
# 1,200 steps for one epoch, and there are two. The learning rate rises during
# the first tenth, so that the first gradients do no harm, and then falls
# steadily to 0: long steps to get near, short ones to settle.
#
# This takes about half a minute; with your own layers of 5_5 and 5_6 two or
# three times as long.
#
# %% [markdown] lang="ja" slide="slide"
# ## 12. 60,000 枚で学習する
#
# いよいよ本番です。`Trainer` は、上と同じことを、シャッフルした 50 枚ずつのバ
# ッチで行います。1 エポックが 1,200 ステップで、2 エポック学習します。学習率
# は、最初の 1 割で少しずつ上げ、その後は 0 に向かって下げていきます。初めの不
# 安定な勾配に振り回されないように（ウォームアップ）、そして後半は小さな歩幅で
# 細かく調整するためです。
#
# 30 秒ほどかかります。5_5 と 5_6 で書いた自分の層を使うと、その 2、3 倍です。
#
# %% slide="subslide"
def rise_and_fall(step, total):
    return min(10 * (step + 1) / total, 1) * (1 - step / total)


def full_training(network, board):
    return Trainer(
        network,
        (x_train, t_train),
        (x_test, t_test),
        epochs=2,
        batch_size=50,
        optimizer=Adam(lr=0.003),
        evaluate_size=5000,
        rng=0,
        lr_schedule=rise_and_fall,
        on_epoch=board.on_epoch,
        on_step=board.on_step,
    )


# %% slide="subslide" tags=["nbval-ignore-output"]
network = new_network(seed=0)
W1_before = network.params["W1"].copy()
board = widgets.training_dashboard(network, 2, language=language)
display(board)
history = full_training(network, board).fit()
test_accuracy = network.accuracy(x_test, t_test, 300)
print(f"{test_accuracy:.4f}")

# %% slide="skip"
assert test_accuracy > 0.985

# %% [markdown] lang="en" slide="subslide"
# ### The course of it
#
# On the left the loss of each step, on a logarithmic scale: it falls fast and
# then slowly. On the right the accuracy after each epoch, measured on 5,000
# images of each part. The number above is that of all 10,000 test images.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 学習の経過
#
# 左は各ステップの損失で、縦軸は対数です。初めは速く、その後はゆっくり下がります。
# 右は各エポックの後の正解率で、それぞれ 5,000 枚で測りました。上に表示した値は、
# テスト用の 10,000 枚すべてで測ったものです。
#
# %% tags=["nbval-ignore-output"]
plots.show_history({"CNN": history})

# %% [markdown] lang="en" slide="subslide"
# ### Let it read your hand
#
# Draw a digit with the mouse, or load one. The network answers at once, and
# shows the nearest training images. Which digits does it read even when you
# are careless, and which does it take for another?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 自分の字を読ませてみる
#
# マウスで数字を書くか、画像を読み込んでください。ネットワークがすぐに答え、最も近い
# 学習用データも示します。雑に書いても読める数字、ほかの数字と間違える数字は
# どれですか。
#
# %% tags=["nbval-ignore-output"]
widgets.draw_and_predict(
    network, "0123456789", (x_train[:6000], t_train[:6000]), language=language
)

# %% [markdown] lang="en" slide="slide"
# ## 13. What has it learned?
#
# The 16 filters before training (two rows), then after it (two rows). Purple is
# positive, orange negative. Can you see what has been learned?
#
# %% [markdown] lang="ja" slide="slide"
# ## 13. 何を学んだのか
#
# 16 個のフィルターを、学習前（2 行）、学習後（2 行）の順に描きます。紫が正、オ
# レンジが負です。何を学習したか、読み取れますか。
#
# %% tags=["nbval-ignore-output"]
W1_after = network.params["W1"]
plots.show_filters(W1_before, columns=8)
plots.show_filters(W1_after, columns=8)


# %% [markdown] lang="en" slide="subslide"
# ### Take the noise away
#
# Hardly: in the learned filters the random numbers from the start are still
# there. So draw the **change** alone, after minus before. It is far smoother.
# Some show a bar or a stroke with the other colour beside it, like the edge
# filters of 5_1. Nobody told the network about edges.
#
# The number says how alike neighbours in a filter are: 0 is pure noise, 1 is
# perfectly smooth.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 初めのノイズを引いてみる
#
# なかなか難しいと思います。学習後のフィルターにも、初期値の乱数が残っているから
# です。そこで、学習後から学習前を引いた**変化**だけを描きます。ずっと滑らかです。
# 横や斜めの線の隣に反対の色が並び、5_1 のエッジのフィルターに似たものもあります。
# エッジのことは、誰も教えていません。
#
# 下の数は、フィルターの中で隣り合う値がどれくらい似ているかを表します。0 なら
# まったくのノイズ、1 なら完全に滑らかです。
#
# %% tags=["nbval-ignore-output"]
def neighbours(W):  # (FN, C, FH, FW)
    return np.corrcoef(W[..., 1:].ravel(), W[..., :-1].ravel())[0, 1]


change = W1_after - W1_before
plots.show_filters(change, columns=8)
for name, W in (("W1", W1_before), ("W1'", W1_after), ("W1'-W1", change)):
    print(f"{name:>6}: {neighbours(W):.2f}")

# %%
assert neighbours(change) > neighbours(W1_before) + 0.2

# %% [markdown] lang="en" slide="subslide"
# ### The same digit, before and after
#
# Above before training, below after it. Before, most maps show the same 7,
# more or less. After, they share the work: some answer to the bar, some to
# the falling stroke, some hardly at all. And `y` is certain.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 同じ数字を、学習前と学習後で
#
# 上が学習前、下が学習後です。学習前は、どの特徴マップも同じような 7 です。学習後は
# 役割が分かれ、横棒に反応するもの、斜めの線に反応するもの、ほとんど反応しない
# ものがあります。`y` も、はっきり 1 つの数字を指しています。
#
# %% tags=["nbval-ignore-output"]
show_stages(new_network(seed=0), x_test[:1])
show_stages(network, x_test[:1])

# %% [markdown] lang="en" slide="slide"
# ## 14. Look at the mistakes
#
# A percentage says how many are wrong, not which. Here are the 20 mistakes of
# which the network was surest: truth → answer. Which of them would you have
# read rightly?
#
# %% [markdown] lang="ja" slide="slide"
# ## 14. 間違いを見る
#
# 正解率からわかるのは間違いの数だけで、どれを間違えたかはわかりません。下は、
# ネットワークが自信を持って間違えた 20 枚です。「正解 → 答え」の順に書いて
# あります。あなたなら正しく読めますか。
#
# %% tags=["nbval-ignore-output"]
batches = np.split(x_test, 100)
scores = np.concatenate([network.predict(batch) for batch in batches])
y = scores.argmax(axis=1)
surest = np.argsort(-softmax(scores).max(axis=1))
plots.show_mistakes(x_test[surest], t_test[surest], y[surest], most=20)

# %% [markdown] lang="en" slide="subslide"
# ### Who is taken for whom
#
# Rows are the truth `t`, columns the answer `y`. Look for the darkest field
# off the diagonal, and whether its mirror image is as dark.
#
# %% [markdown] lang="ja" slide="subslide"
# ### どれをどれと間違えるか
#
# 行が正解 `t`、列が答え `y` です。対角線の外でいちばん濃いマスはどこですか。
# 対角線をはさんで反対側のマスも、同じくらい濃いでしょうか。
#
# %% tags=["nbval-ignore-output"]
counts = np.zeros((10, 10), dtype=int)
np.add.at(counts, (t_test, y), 1)
plots.show_confusion(counts)

# %% slide="skip"
assert counts.sum() == 10000
assert abs(counts.trace() - test_accuracy * 10000) < 3

# %% [markdown] lang="en" slide="slide"
# ## 15. What if the pixels are shuffled?
#
# We choose one random order of the 784 pixels and put **every** image, for
# training and for test, into this same order. Nothing is lost: who knows the
# order can undo it. To you the digits below are noise.
#
# %% [markdown] lang="ja" slide="slide"
# ## 15. 画素を並べ替えたら？
#
# 784 個の画素の並び順を 1 つだけ乱数で決め、学習用もテスト用も、**すべての**画像を
# その順に並べ替えます。情報は何も失われません。順序を知っていれば元に戻せます。
# しかし人間には、下の段はただのノイズです。
#
# %%
order = np.random.default_rng(0).permutation(784)


def shuffled(x):
    return x.reshape(len(x), 784)[:, order].reshape(x.shape)


plots.show_images(np.concatenate([x_test[:8], shuffled(x_test[:8])]), None, 8)


# %% [markdown] lang="en" slide="subslide"
# ### Predict
#
# Two networks learn 10,000 images, once as they are and once shuffled:
#
# - the CNN of this lesson,
# - a fully connected one: Affine (784 to 100), ReLU, Affine (100 to 10).
#
# Four accuracies. Which network suffers, and how much? Write down your guess,
# then run the next cells.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 予想してみましょう
#
# 次の 2 つのネットワークに、10,000 枚をそのまま、または並べ替えて学習させます。
#
# - このレッスンの CNN
# - 全結合のネットワーク：アフィン層（784 から 100）、ReLU、アフィン層（100 から 10）
#
# 正解率は全部で 4 つです。どちらのネットワークの正解率が、どれくらい下がるでし
# ょうか。予想を書き留めてから、次のセルを実行してください。
#
# %% slide="subslide"
def fully_connected(seed):
    rng = np.random.default_rng(seed)
    p = {"W1": best_init((784, 100), rng), "b1": np.zeros(100)}
    p |= {"W2": best_init((100, 10), rng), "b2": np.zeros(10)}
    p = {name: value.astype(np.float32) for name, value in p.items()}
    layers = {
        "Affine1": AffineLayer(p["W1"], p["b1"]),
        "ReLU1": ReLU(),
        "Affine2": AffineLayer(p["W2"], p["b2"]),
    }
    return SimpleConvNet(p, layers)


# %% slide="subslide"
def train(network, x, t):
    Trainer(
        network,
        (x, t),
        (x, t),
        epochs=2,
        batch_size=50,
        optimizer=Adam(lr=0.003),
        evaluate_size=100,
        rng=0,
        progress=False,
        lr_schedule=rise_and_fall,
    ).fit()


# %% slide="subslide" tags=["nbval-ignore-output"]
result = {}
x, x_mixed = x_train[:10000], shuffled(x_train[:10000])
for name, make in (("CNN", new_network), ("affine", fully_connected)):
    plain, mixed = make(seed=0), make(seed=0)
    train(plain, x, t_train[:10000])
    train(mixed, x_mixed, t_train[:10000])
    result[name] = (
        plain.accuracy(x_test, t_test),
        mixed.accuracy(shuffled(x_test), t_test),
    )
    print(f"{name:>6}: x {result[name][0]:.3f}", end="  ")
    print(f"x[order] {result[name][1]:.3f}")

# %% only="solution"
(cnn_plain, cnn_mixed), (affine_plain, affine_mixed) = result.values()
assert abs(affine_plain - affine_mixed) < 0.01
assert cnn_plain - cnn_mixed > 0.02
assert cnn_mixed < affine_mixed + 0.01

# %% [markdown] lang="en" slide="subslide"
# The fully connected network does not notice. To it, an image is a list of
# 784 numbers, and one order is as good as another.
#
# The CNN loses its whole lead. Its filters look at 5x5 neighbours and use the
# same weights everywhere. That is a bet: what lies close together belongs
# together, and means the same in every place. For photographs and letters
# the bet is won; for shuffled pixels it is lost. Which of your own data have
# neighbours?
#
# %% [markdown] lang="ja" slide="subslide"
# 全結合のネットワークは、並べ替えに気づきません。画像は 784 個の数の一覧にすぎず、
# どんな順序でも同じことだからです。
#
# CNN は、優位をすっかり失いました。フィルターは隣り合う 5×5 の画素を見て、同じ重みを
# どこでも使います。これは一種の賭けです。近くにあるものは関係が深く、場所が違っても
# 同じ意味を持つ、という賭けです。写真や文字なら勝てますが、並べ替えた画素では負け
# ます。あなたの身近なデータに、「隣どうし」はありますか。
#
# %% [markdown] lang="en" slide="slide"
# ## In five lines
#
# - A network is a chain of layers: forward in order, backward in reverse.
# - Test before training: first loss, gradient check, 100 images by heart.
# - Most parameters sit in the first Affine layer, most of the idea in Conv1.
# - All images count, also those of the last batch; and look at the mistakes.
# - A CNN wins because neighbouring pixels belong together. Shuffle them, and
#   its lead is gone.
#
# Next: **<<next_lesson>>**. Sixty thousand images are a luxury. What if there
# are only a few?
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# - ネットワークは、層を順につないだものです。順伝播は前から、逆伝播は後ろから
#   たどります。
# - 学習の前に点検します。最初の損失、勾配確認、100 枚の丸暗記です。
# - パラメータの大半は最初のアフィン層に、CNN らしさは Conv1 にあります。
# - 最後のバッチまで、すべての画像を数えます。間違いは目で見て確かめます。
# - CNN の強みは、隣り合う画素に意味があることです。並べ替えると失われます。
#
# 次は **<<next_lesson>>** です。60,000 枚もあるのは恵まれた話です。画像が少し
# しかないときは、どうすればよいでしょうか。
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
