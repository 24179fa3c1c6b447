# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - write grouped, depthwise, pointwise, dilated and transposed convolutions
#   on top of your own class `Convolution`,
# - say the output size, the parameters and the multiply-adds of each,
# - count MobileNet's 4,231,976 parameters, and make it narrower,
# - say why fewer multiplications need not take less time.
#
# It takes about <<minutes>> minutes. The last page is a group work: five
# cards, to be presented in 15 minutes.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - グループ化、depthwise、pointwise、dilated、転置の 5 つの畳み込みを、自分の
#   クラス `Convolution` の上に実装する
# - それぞれの出力サイズ、パラメータ数、積和の回数を答える
# - MobileNet の 4,231,976 個のパラメータを数え、幅を変える
# - 掛け算が減っても時間が減るとは限らない理由を説明する
#
# 目安は <<minutes>> 分です。最後にグループワークのページがあります。5 枚のカー
# ドを、15 分で発表します。
#
# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from course_lib import layers, plots, widgets
from course_lib.datasets import recorded
from course_lib.exercises import lesson
from course_lib.gradient import check_gradients
from course_lib.networks import famous
from course_lib.scenes import make_scenes

language = "en"
check = lesson("5_11", language)
plots.use_style()
Convolution = check.part("5_5", "backward")  # yours, if it is right
rng = np.random.default_rng(0)


# %% [markdown] lang="en" slide="slide"
# ## 1. Two jobs at once
#
# A filter of an ordinary convolution looks at a neighbourhood of k x k pixels
# **and** at all channels. With $c_i$ channels in and $c_o$ out it has
#
# $$N_p = c_i \cdot k^2 \cdot c_o$$
#
# weights, and each is used at every place of the output: $h \cdot w \cdot
# N_p$ multiply-adds (MACs), where $h$, $w$ are the **output's** sides.
#
# The deck asks: must every filter see every channel? Below, a column is a
# channel that comes in, a row a map that goes out; dark: there is a filter.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. 2 つの仕事を同時にしている
#
# 普通の畳み込みのフィルターは、k×k 画素の近所**と**、すべてのチャンネルを同時
# に見ます。入力が $c_i$ チャンネル、出力が $c_o$ チャンネルなら、重みの数は
#
# $$N_p = c_i \cdot k^2 \cdot c_o$$
#
# です。どの重みも出力のすべての場所で使うので、積和の回数（MACs）は
# $h \cdot w \cdot N_p$ です。$h$、$w$ は**出力**の縦と横です。
#
# どのフィルターも、すべてのチャンネルを見る必要があるでしょうか。下の図では、
# 横軸が入るチャンネル、縦軸が出るマップです。濃いところにフィルターがありま
# す。
#
# %% slide="subslide"
def seen_by(groups, C=6):
    block = np.ones((C // groups, C // groups), int)
    return np.kron(np.eye(groups, dtype=int), block)  # (c_o, c_i)


kinds = {"ordinary": (1, 3), "2 groups": (2, 3), "depthwise": (6, 3)}
kinds["pointwise"] = (1, 1)
_, axes = plt.subplots(1, 4, figsize=(14, 3.9))
for ax, (name, (groups, k)) in zip(axes, kinds.items()):
    seen = seen_by(groups)
    ax.imshow(seen, cmap="Blues", vmin=0, vmax=1.6)
    ax.set(xticks=range(6), yticks=range(6), xlabel="$c_i$", ylabel="$c_o$")
    ax.set_title(f"{name}\n{seen.sum()} x {k}x{k} = {seen.sum() * k * k}")
plt.show()

# %% [markdown] lang="en" slide="subslide"
# - **Grouped:** the channels are divided; each part has its own filters.
#   `groups=2` halves the weights. (AlexNet, on two graphics cards.)
# - **Depthwise:** as many groups as channels. Only space is looked at.
# - **Pointwise:** k = 1. Only channels are looked at.
#
# The other two of the deck's five change *where* a filter looks:
# **dilated** ones look farther apart, **transposed** ones turn reading into
# writing. They come in sections 7 and 8.
#
# %% [markdown] lang="ja" slide="subslide"
# - **グループ化畳み込み**（grouped）：チャンネルを分け、それぞれに別のフィル
#   ターを使います。`groups=2` なら重みは半分です（AlexNet では 2 枚の GPU に分
#   けました）。
# - **depthwise 畳み込み**：グループの数がチャンネルの数と同じです。空間だけを
#   見ます。
# - **pointwise 畳み込み**（1×1 畳み込み）：k = 1 です。チャンネルだけを見ま
#   す。
#
# 残りの 2 つは、フィルターが*どこを*見るかを変えます。**dilated 畳み込み**（膨
# 張畳み込み）は間を空けて見ます。**転置畳み込み**（transposed convolution。逆
# 畳み込みとも呼ばれます）は、読む代わりに書き込みます。第 7 節と第 8 節で扱い
# ます。
#
# %% [markdown] lang="en" slide="slide"
# ## 2. Groups
#
# Move the slider `groups` of this convolution of 4 channels. With 1 there is
# one map; with 2 each half makes its own; with 4 it is depthwise. The slider
# of the filter's size makes it pointwise, that of the dilation leaves holes.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. グループに分ける
#
# 4 チャンネルの畳み込みです。スライダー「グループ G」を動かしてください。1 な
# らマップは 1 枚、2 なら半分ずつが 1 枚を作り、4 なら depthwise です。フィル
# ターの大きさを 1 にすると pointwise、ダイレーションを増やすと、すき間ができま
# す。
#
# %% tags=["nbval-ignore-output"]
x4 = np.arange(36).reshape(4, 3, 3) * 7 % 5
w4 = np.arange(16).reshape(4, 2, 2) % 3 - 1
widgets.convolution_stepper(x4, w4, groups=2, language=language)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `grouped`
#
# Write the layer with forward **and** backward, with one `Convolution(W, b,
# stride, pad)` for each group. W is (FN, C // groups, FH, FW): its first FN //
# groups filters see the first C // groups channels, and so on.
#
# Make the convolutions in `forward`. After `backward`, `self.dW` and `self.db`
# hold the gradients, as always.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`grouped`
#
# 順伝播**と**逆伝播を持つ層を書いてください。グループごとに
# `Convolution(W, b, stride, pad)` を 1 つ使います。W は (FN, C // groups, FH,
# FW) です。最初の FN // groups 個のフィルターが最初の C // groups 個のチャンネ
# ルを見て、以下同様です。
#
# 畳み込みの層は `forward` の中で作ります。`backward` のあと、これまでと同じよ
# うに `self.dW` と `self.db` に勾配が入っているようにします。
#
# %% slide="subslide" exercise="grouped"
class Grouped:
    def __init__(self, W, b, stride=1, pad=0, groups=1):
        self.W, self.b = W, b
        self.steps, self.groups = (stride, pad), groups

    def forward(self, x):
        # BEGIN SOLUTION
        Ws, bs = np.split(self.W, self.groups), np.split(self.b, self.groups)
        self.parts = [Convolution(W, b, *self.steps) for W, b in zip(Ws, bs)]
        shares = zip(self.parts, np.split(x, self.groups, axis=1))
        return np.concatenate([part.forward(x) for part, x in shares], axis=1)
        # END SOLUTION

    def backward(self, dout):
        # BEGIN SOLUTION
        douts = np.split(dout, self.groups, axis=1)
        dxs = [part.backward(d) for part, d in zip(self.parts, douts)]
        self.dW = np.concatenate([part.dW for part in self.parts])
        self.db = np.concatenate([part.db for part in self.parts])
        return np.concatenate(dxs, axis=1)
        # END SOLUTION


check("grouped", Grouped)

# %% [markdown] lang="en" slide="subslide"
# The gradient check knows no mercy, and no groups: it only moves each number a
# little. All errors must be far below $10^{-5}$.
#
# %% [markdown] lang="ja" slide="subslide"
# 勾配確認は、グループのことを知りません。数を 1 つずつ少し動かし、傾きを比べる
# だけです。誤差がすべて $10^{-5}$ よりずっと小さければ、正しい勾配です。
#
# %% tags=["nbval-ignore-output"]
GroupedLayer = check.use("grouped")
layer = GroupedLayer(rng.normal(size=(4, 3, 3, 3)), np.ones(4), 1, 1, groups=2)
errors = check_gradients(layer, rng.normal(size=(2, 6, 5, 4)))
print({name: f"{error:.0e}" for name, error in errors.items()})

# %% only="solution" slide="skip"
assert max(errors.values()) < 1e-5


# %% [markdown] lang="en" slide="slide"
# ## 3. Depthwise and pointwise
#
# ### Exercise: `depthwise`
#
# Every channel of `x` (N, C, H, W) is convolved with its own filter of `w`
# (C, FH, FW). Return (N, C, OH, OW), without bias. You may use
# `GroupedLayer`, your layer from above: how many groups?
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. depthwise と pointwise
#
# ### 演習：`depthwise`
#
# `x` (N, C, H, W) の各チャンネルに、`w` (C, FH, FW) の中の自分のフィルターを畳
# み込み、(N, C, OH, OW) を返してください。バイアスはありません。上で書いた層
# `GroupedLayer` を使えます。グループはいくつでしょうか。
#
# %% exercise="depthwise"
def depthwise(x, w, stride=1, pad=0):
    # BEGIN SOLUTION
    C = len(w)
    W = w[:, np.newaxis]  # (FN, 1, FH, FW)
    return GroupedLayer(W, np.zeros(C), stride, pad, groups=C).forward(x)
    # END SOLUTION


check("depthwise", depthwise)

# %% [markdown] lang="en" slide="subslide"
# A small scene in colour: red, green and blue, each with the same edge
# filter. Nothing is mixed: what was red in front stays in the first map.
#
# %% [markdown] lang="ja" slide="subslide"
# 小さなカラー画像です。赤、緑、青のそれぞれに、同じエッジフィルターをかけまし
# た。何も混ざらないので、1 枚目のマップには赤の情報だけが残ります。
#
# %%
best_depthwise = check.use("depthwise")
scene = make_scenes(1, np.random.default_rng(3)).images  # (1, 3, H, W)
edge = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
maps = best_depthwise(scene, np.stack([edge] * 3))
plots.show_images(scene, ["x"], scale=2)
plots.show_feature_maps(maps[0], ["R", "G", "B"], scale=2)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `pointwise`
#
# The opposite: 1x1 filters `W` (FN, C) mix the channels of each pixel, and
# look at no neighbour. Return (N, FN, H, W).
#
# No window, so no `im2col`: one matrix product is enough. Which layer is
# this, at every pixel?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`pointwise`
#
# 今度は逆です。1×1 のフィルター `W` (FN, C) が、画素ごとにチャンネルを混ぜま
# す。隣の画素は見ません。(N, FN, H, W) を返してください。
#
# 窓がないので `im2col` もいりません。行列積 1 回で足ります。画素の 1 つ 1 つで
# 見ると、これは何の層でしょうか。
#
# %% exercise="pointwise"
def pointwise(x, W):
    N, C, H, width = x.shape
    # BEGIN SOLUTION
    columns = x.reshape(N, C, H * width)
    return (W @ columns).reshape(N, len(W), H, width)
    # END SOLUTION


check("pointwise", pointwise)

# %% [markdown] lang="en" slide="subslide"
# Three mixtures of the colours: grey, red against green, blue against the
# rest. (*Pointwise*, *1x1* and *cascaded cross channel pooling* are three
# names of the same thing. GoogLeNet and ResNet use it to change the number of
# channels.)
#
# %% [markdown] lang="ja" slide="subslide"
# 色を 3 通りに混ぜました。灰色、赤と緑の差、青とほかの差です。（pointwise、1×1
# convolution、cascaded cross channel pooling（CCCP）は、どれも同じものです。
# GoogLeNet や ResNet では、チャンネル数を変えるために使います。）
#
# %%
best_pointwise = check.use("pointwise")
mixtures = np.array([[0.3, 0.6, 0.1], [1, -1, 0], [-0.5, -0.5, 1]])
mixed = best_pointwise(scene, mixtures)
plots.show_feature_maps(
    mixed[0], ["grey", "R - G", "B - (R + G) / 2"], scale=2
)


# %% [markdown] lang="en" slide="slide"
# ## 4. One after the other: 1/9 of the cost?
#
# **Depthwise separable:** first depthwise, then pointwise. Space first,
# channels afterwards.
#
# ### Exercise: `separable_cost`
#
# $c_i$ channels come in, $c_o$ go out, the depthwise filters are k x k, the
# maps that come out of both parts h x w. Return the number of parameters
# (without biases, as in the deck) and of MACs.
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. 順に行えば計算量は 1/9 か
#
# **depthwise separable 畳み込み**は、depthwise の後に pointwise を行います。先
# に空間、後からチャンネルです。
#
# ### 演習：`separable_cost`
#
# 入力は $c_i$ チャンネル、出力は $c_o$ チャンネル、depthwise のフィルターは
# k×k、どちらの部分から出るマップも h×w です。パラメータ数（スライドと同じくバ
# イアスなし）と、積和の回数を返してください。
#
# %% exercise="separable_cost"
def separable_cost(c_i, c_o, k, h, w):
    # BEGIN SOLUTION
    parameters = c_i * k * k + c_i * c_o
    macs = parameters * h * w
    # END SOLUTION
    return parameters, macs


check("separable_cost", separable_cost)

# %% [markdown] lang="en" slide="subslide"
# The deck: $N_p = c_i (c_o + k^2)$, "about 1/9 for k = 3". Divide by $c_i k^2
# c_o$:
#
# $$\frac{c_i (c_o + k^2)}{c_i \, k^2 \, c_o} = \frac{1}{c_o} + \frac{1}{k^2}$$
#
# So 1/9 is the limit for many maps; $c_i$ does not matter. With 64 maps it is
# 1/7.9. (The deck's $c_o k^2$ for the depthwise part alone holds because there
# $c_o = c_i$.)
#
# %% [markdown] lang="ja" slide="subslide"
# スライドでは $N_p = c_i (c_o + k^2)$ で、「k = 3 なら約 1/9」で
# す。$c_i k^2 c_o$ で割ってみましょう。
#
# $$\frac{c_i (c_o + k^2)}{c_i \, k^2 \, c_o} = \frac{1}{c_o} + \frac{1}{k^2}$$
#
# 1/9 になるのは、マップがとても多いときの極限です。$c_i$ は関係ありません。64
# 枚なら 1/7.9 です（スライドの depthwise だけの式 $c_o k^2$ は、$c_o = c_i$ だ
# から成り立ちます）。
#
# %%
best_cost = check.use("separable_cost")
for c_o in (16, 64, 128, 512):
    _, macs = best_cost(32, c_o, 3, 28, 28)
    full = 32 * c_o * 9 * 28 * 28
    print(f"c_o = {c_o:3}: {full:>11,} -> {macs:>10,}   1/{full / macs:.1f}")

# %% [markdown] lang="en" slide="slide"
# ## 5. MobileNet
#
# Howard and others (2017) built a network for phones of nothing but this: a
# first convolution, then 13 blocks (depthwise 3x3, batch normalization, ReLU,
# pointwise, batch normalization, ReLU), the mean of each map, one affine
# layer.
#
# ### Exercise: `mobilenet_params`
#
# `channels` holds the maps of the first convolution (3x3 on 3 colours), then
# of each block. Multiply all of them by `width` ($\alpha$) and cut off to
# whole numbers, `int(width * n)`. Count all that is learned: convolutions have
# **no** bias; a normalization, which follows **each** of them, has 2 numbers a
# map ($\gamma$, $\beta$); the affine layer has weights and biases.
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. MobileNet
#
# Howard ら（2017 年）は、これだけでスマートフォン向けのネットワークを作りまし
# た。最初の畳み込み、13 個のブロック（depthwise 3×3、バッチ正規
# 化、ReLU、pointwise、バッチ正規化、ReLU）、マップごとの平均、アフィン層 1 つ
# です。
#
# ### 演習：`mobilenet_params`
#
# `channels` には、最初の畳み込み（3 色に対する 3×3）と各ブロックのマップの数が
# 順に入っています。どれにも `width`（$\alpha$）を掛け、`int(width * n)` で整数
# にします。学習するものをすべて数えてください。畳み込みにバイアスは**ありませ
# ん**。**どの**畳み込みの後にもバッチ正規化があり、マップ 1 枚に 2 個
# （$\gamma$、$\beta$）です。アフィン層には重みとバイアスがあります。
#
# %% slide="subslide" exercise="mobilenet_params"
channels = [32, 64, 128, 128, 256, 256, *[512] * 6, 1024, 1024]


def mobilenet_params(channels, width=1, classes=1000):
    # BEGIN SOLUTION
    c = [int(width * n) for n in channels]
    total = 3 * 3 * 3 * c[0] + 2 * c[0]
    for c_i, c_o in zip(c, c[1:]):
        total += 3 * 3 * c_i + 2 * c_i  # depthwise
        total += c_i * c_o + 2 * c_o  # pointwise
    return total + c[-1] * classes + classes
    # END SOLUTION


check("mobilenet_params", mobilenet_params)

# %% [markdown] lang="en" slide="subslide"
# ### Two knobs
#
# **Predict:** the **width multiplier** $\alpha$ makes all layers narrower, the
# **resolution multiplier** $\rho$ the image smaller. What does each do to the
# parameters, what to the MACs, if it is 0.5?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 2 つのつまみ
#
# **予想してみましょう。** **width multiplier** $\alpha$ は全層のチャンネル数
# を、**resolution multiplier** $\rho$ は画像の一辺を小さくします。0.5 にする
# と、パラメータ数と積和の回数は、それぞれ何倍になるでしょうか。
#
# %% tags=["nbval-ignore-output"]
check.predict("knobs")

# %%
best_params = check.use("mobilenet_params")
print("width  mine        course      MACs")
for width in (1, 0.75, 0.5, 0.25):
    mine = best_params(channels, width)
    course = famous.count("mobilenet", width=width)
    print(f"{width:5} {mine:10,} {course.parameters:11,} {course.macs:12,}")
print("side")
for side in (224, 192, 160, 112):
    course = famous.count("mobilenet", resolution=side / 224)
    print(f"{side:5} {'':10} {course.parameters:11,} {course.macs:12,}")

# %% only="solution" slide="skip"
assert best_params(channels) == 4231976
assert best_params(channels, 0.5) == 1331592

# %%
check.reveal("knobs")

# %% [markdown] lang="en" slide="subslide"
# - 4,231,976 parameters and 568.7 million MACs: the paper's 4.2 million and
#   569 million.
# - Width 0.5 leaves about 1/4 of the MACs: nearly all of them are pointwise,
#   $c_i \cdot c_o$. The parameters fall less, to 1,331,592, as the affine
#   layer keeps its 1,000 classes.
# - Resolution 0.5 leaves 1/4 of the MACs too, but **all** parameters: the same
#   filters at fewer places.
#
# The paper states 70.6 % of ImageNet's images right at width 1, 63.7 % at 0.5.
#
# %% [markdown] lang="ja" slide="subslide"
# - パラメータは 4,231,976 個、積和は 5 億 6870 万回です。論文の 420 万個、5 億
#   6900 万回と一致します。
# - 幅を 0.5 にすると、積和は約 1/4 になります。ほとんどが pointwise の
#   $c_i \cdot c_o$ だからです。パラメータは 1,331,592 個までしか減りません。ア
#   フィン層には 1,000 クラス分が残るからです。
# - 解像度を 0.5 にしても積和は 1/4 になりますが、パラメータは**まったく減りま
#   せん**。同じフィルターを使う場所が減るだけです。
#
# 論文での ImageNet の正解率は、幅 1 で 70.6 %、幅 0.5 で 63.7 % です。
#
# %% [markdown] lang="en" slide="slide"
# ## 6. Fewer multiplications, less time?
#
# The deck warns that fewer parameters do not mean less time. Let us measure.
# Two kinds of small networks, after one plan: a first convolution with stride
# 2, three blocks (32, 64, 64 maps, times a width), the mean of each map, an
# affine layer. *Plain* has a 3x3 convolution in a block, *mobile* a depthwise
# and a pointwise one; a normalization and ReLU follow each convolution.
#
# All learned 5,000 digits for 8 epochs. **Recorded** by
# `tools/record_mobilenet.py`: five seeds, 10,000 test images; the times are
# those of the processor, one thread, for a training step of 100 images.
#
# **Predict:** a mobile and a plain network are about equally good. Which has
# fewer MACs, and which needs less time?
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. 掛け算が減れば、速くなるか
#
# スライドには「計算時間には直結しないことに注意」とあります。測ってみましょ
# う。2 種類の小さなネットワークを、同じ設計で作ります。ストライド 2 の最初の畳
# み込み、3 つのブロック（32、64、64 枚に幅を掛けた数）、マップごとの平均、ア
# フィン層です。*plain* のブロックは 3×3 の畳み込み 1 つ、*mobile* は depthwise
# と pointwise です。どの畳み込みの後にも、バッチ正規化と ReLU があります。
#
# どれも 5,000 枚の数字を 8 エポック学習しました。結果は
# `tools/record_mobilenet.py` で **あらかじめ記録したもの**です（シード 5 つ、
# テスト画像 10,000 枚）。時間は、1 スレッドで 100 枚の学習 1 ステップに使った
# CPU 時間です。
#
# **予想してみましょう。** 同じくらい正確な mobile と plain では、どちらの積和
# が少なく、どちらが速いでしょうか。
#
# %% tags=["nbval-ignore-output"]
check.predict("time")

# %% slide="subslide"
record = recorded("5_11")
networks = {f"{n['kind']} {n['width']:g}": n for n in record["networks"]}
head = f"{'':14}{'parameters':>11}{'MACs':>11}{'test accuracy':>18}"
print(head + f"{'ms a step':>11}")
for name, n in networks.items():
    mean, spread = np.mean(n["test"]), np.std(n["test"], ddof=1)
    print(
        f"{name:14}{n['parameters']:11,}{n['macs']:11,}"
        f"{mean:10.3f} ± {spread:.3f}{np.median(n['step_ms']):11.1f}"
    )

# %% slide="subslide"
_, axes = plt.subplots(1, 2, figsize=(14, 4), sharey=True)
for kind, color in (("plain", plots.BLUE), ("mobile", plots.ORANGE)):
    chosen = [n for n in record["networks"] if n["kind"] == kind]
    y = [np.mean(n["test"]) for n in chosen]
    spread = [np.std(n["test"], ddof=1) for n in chosen]
    macs = [n["macs"] / 1e6 for n in chosen]
    ms = [np.median(n["step_ms"]) for n in chosen]
    for ax, cost in zip(axes, (macs, ms)):
        ax.errorbar(cost, y, spread, marker="o", color=color, label=kind)
axes[0].set(xlabel="million MACs of an image", ylabel="test accuracy")
axes[1].set(xlabel="ms of a training step (100 images)")
axes[1].legend(loc="lower right")
plt.show()

# %%
check.reveal("time")

# %% [markdown] lang="en" slide="subslide"
# - *At the same width* the promise holds: mobile 1 has 1/7.3 of the MACs of
#   plain 1 and 1/7 of its parameters. It loses 2.8 points, and takes not 1/7
#   of the time but 1/1.6.
# - *At about the same accuracy* (chosen on 2,000 other images, not on the
#   test) stand mobile 1 and plain 0.375. By chance they have the same
#   parameters, 8,746 and 8,794, and the same MACs, 0.50 and 0.52 million.
#   **Mobile takes 2.6 times as long**, and is not better. Mobile 2 stands
#   beside plain 0.5: twice the MACs, 3.7 times the time.
#
# So on these digits a narrower plain network does the same sooner. The paper's
# gain was measured with 64 to 1,024 maps and 1,000 classes. It need not hold
# for 16 to 64 maps: do not carry it over unmeasured.
#
# %% [markdown] lang="ja" slide="subslide"
# - *同じ幅で比べると*、確かに軽くなります。mobile 1 の積和は plain 1 の
#   1/7.3、パラメータは 1/7 です。正解率は 2.8 ポイント下がり、時間は 1/7 では
#   なく 1/1.6 にしかなりません。
# - *同じくらいの正解率で比べると*（テストではなく、別の 2,000 枚で選びまし
#   た）、mobile 1 と plain 0.375 の組になります。パラメータ数は 8,746 と
#   8,794、積和は 50 万回と 52 万回で、偶然どちらもほぼ同じです。それなのに
#   **mobile は 2.6 倍の時間がかかり**、正解率が高いわけでもありません。
#   mobile 2 の相手は plain 0.5 です。積和は 2 倍、時間は 3.7 倍です。
#
# この数字の課題では、細くした plain のほうが、同じ仕事を速く終えます。論文の効
# 果は、64～1,024 枚のマップと 1,000 クラスで測ったものです。16～64 枚のマップ
# でも成り立つとは限りません。測ってから使いましょう。
#
# %% only="solution" slide="skip"
pair = networks["plain 0.375"], networks["mobile 1"]
ms = [np.median(n["step_ms"]) for n in pair]
assert 2.3 < ms[1] / ms[0] < 2.9
assert abs(pair[0]["macs"] / pair[1]["macs"] - 1) < 0.05

# %% [markdown] lang="en" slide="subslide"
# ### Where the time goes
#
# One training step of two of them, by kind of layer (recorded as well).
#
# %% [markdown] lang="ja" slide="subslide"
# ### 時間はどこで使われるか
#
# そのうち 2 つについて、学習 1 ステップの時間を層の種類ごとに分けました（これ
# も記録したものです）。
#
# %%
parts = ["convolution", "depthwise", "pointwise", "normalization, ReLU"]
colors = [plots.BLUE, plots.ORANGE, plots.GREEN, "0.7"]
_, ax = plt.subplots(figsize=(12, 3.4))
for name in ("plain 0.375", "mobile 1"):
    left = 0
    for part, color in zip(parts, colors):
        ms = networks[name]["layer_ms"].get(part, 0)
        label = part if name.startswith("mobile") else None
        ax.barh(name, ms, left=left, color=color, label=label)
        left += ms
ax.set(xlabel="ms of a training step (100 images)")
ax.legend(ncols=4, loc="lower center", bbox_to_anchor=(0.5, 1))
ax.invert_yaxis()
plt.show()


# %% [markdown] lang="en" slide="subslide"
# - An ordinary convolution is a matrix product: every number that is fetched
#   from memory is multiplied $c_o$ times. A depthwise filter uses it 9 times,
#   and then the next one is fetched. The processor waits for memory.
# - Two convolutions are two normalizations and two ReLUs more to go through
#   all maps. They have no MACs at all, but half of the time.
#
# MACs count the multiplications and nothing else. (Depthwise in NumPy takes 3
# to 4 times as long as in torch, see `docs/speed.md`: another library, other
# seconds, the same MACs.) Where parameters must travel over a slow line or fit
# into a phone, few of them are worth having all the same.
#
# %% [markdown] lang="ja" slide="subslide"
# - 普通の畳み込みは行列積です。メモリから取り出した数を $c_o$ 回ずつ掛けま
#   す。depthwise のフィルターは 9 回使うだけで、すぐ次の数が必要です。プロセッ
#   サーはメモリを待つことになります。
# - 畳み込みが 2 つに分かれると、バッチ正規化と ReLU も 2 組になり、そのたびに
#   全マップを通ります。積和は 0 回ですが、時間の半分を使っています。
#
# 積和の回数が数えているのは、掛け算だけです（NumPy の depthwise は torch の 3～4
# 倍の時間がかかります。ライブラリーが違えば、積和が同じでも秒数は違います。
# `docs/speed.ja.md` を見てください）。それでも、遅い回線で送るときやスマートフォ
# ンに収めるときには、パラメータが少ないことに意味があります。
#
# %% [markdown] lang="en" slide="subslide"
# ### Live, on your computer
#
# One layer, 64 to 64 maps of 14x14, 50 images, forward: ordinary against
# depthwise and pointwise. The MACs say 1/7.9. Where this was written, the
# processor's time said 1/2.7, and 1/3.4 with 128 maps. What does yours say?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 自分のパソコンで測る
#
# 14×14 のマップを 64 枚から 64 枚にする層の順伝播を、50 枚の画像で測ります。普通
# の畳み込みと、depthwise + pointwise です。積和は 1/7.9 です。これを書いたパソコ
# ンの CPU 時間では 1/2.7、マップが 128 枚なら 1/3.4 でした。あなたのパソコンでは
# どうでしょうか。
#
# %%
def weights(*shape):
    W = rng.normal(size=shape).astype(np.float32)
    return W, np.zeros(shape[0], np.float32)


images = rng.normal(size=(50, 64, 14, 14)).astype(np.float32)
ordinary = layers.Convolution(*weights(64, 64, 3, 3), pad=1)
first = layers.Convolution(*weights(64, 1, 3, 3), pad=1, groups=64)
second = layers.Convolution(*weights(64, 64, 1, 1))
ways = {
    "ordinary": lambda: ordinary.forward(images),
    "depthwise": lambda: first.forward(images),
    "pointwise": lambda: second.forward(images),
}

# %% tags=["nbval-ignore-output"]
times = {name: [] for name in ways}
for _ in range(15):
    for name, work in ways.items():  # in turns: a busy moment hits all
        start = time.process_time()
        work()
        times[name].append(time.process_time() - start)
best = {name: 1000 * np.median(found) for name, found in times.items()}
for name, ms in best.items():
    print(f"{name:10} {ms:6.2f} ms")
both = best["depthwise"] + best["pointwise"]
print(f"1/{best['ordinary'] / both:.1f} of the time, 1/7.9 of the MACs")


# %% [markdown] lang="en" slide="slide"
# ## 7. Dilated: a filter with holes
#
# With dilation D the numbers of a filter lie D pixels apart. A 3x3 filter with
# D = 2 covers 5x5 pixels, and still has 9 weights:
#
# $$OH = \left\lfloor \frac{H + 2P - (D (FH - 1) + 1)}{S} \right\rfloor + 1$$
#
# You need no new convolution for it: put zeros between the numbers, and use
# your own.
#
# %% [markdown] lang="ja" slide="slide"
# ## 7. dilated 畳み込み：すき間のあるフィルター
#
# ダイレーション D では、フィルターの数が D 画素おきに並びます。D = 2 の 3×3 の
# フィルターは 5×5 画素の範囲を見ますが、重みは 9 個のままです。
#
# $$OH = \left\lfloor \frac{H + 2P - (D (FH - 1) + 1)}{S} \right\rfloor + 1$$
#
# 新しい畳み込みを書く必要はありません。数の間に 0 を入れて、自分の畳み込みを使
# います。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `dilate`
#
# `W` is (FN, C, FH, FW). Return the filter with `dilation - 1` zeros between
# neighbours, in height and width: (FN, C, D (FH - 1) + 1, D (FW - 1) + 1).
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`dilate`
#
# `W` は (FN, C, FH, FW) です。縦にも横にも、隣り合う数の間に 0 を
# `dilation - 1` 個入れたフィルター (FN, C, D (FH - 1) + 1, D (FW - 1) + 1) を
# 返してください。
#
# %% exercise="dilate"
def dilate(W, dilation):
    FN, C, FH, FW = W.shape
    # BEGIN SOLUTION
    size = dilation * (FH - 1) + 1, dilation * (FW - 1) + 1
    holes = np.zeros((FN, C, *size), dtype=W.dtype)
    holes[:, :, ::dilation, ::dilation] = W
    return holes
    # END SOLUTION


check("dilate", dilate)

# %% [markdown] lang="en" slide="subslide"
# ### The layer
#
# Your convolution finds a gradient for the zeros as well. They are no
# parameters: `[::D]` takes the others out of `dW`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 層にする
#
# 畳み込みは、すき間の 0 についても勾配を求めます。そこはパラメータではないの
# で、`dW` からは `[::D]` で残りだけを取り出します。
#
# %%
best_dilate = check.use("dilate")


class Dilated:
    def __init__(self, W, b, stride=1, pad=0, dilation=1):
        self.W, self.b, self.dilation = W, b, dilation
        self.stride, self.pad = stride, pad

    def forward(self, x):
        holes = best_dilate(self.W, self.dilation)
        self.layer = Convolution(holes, self.b, self.stride, self.pad)
        return self.layer.forward(x)

    def backward(self, dout):
        dx, D = self.layer.backward(dout), self.dilation
        self.dW, self.db = self.layer.dW[:, :, ::D, ::D], self.layer.db
        return dx


# %% tags=["nbval-ignore-output"]
layer = Dilated(rng.normal(size=(3, 2, 3, 2)), np.ones(3), 1, 1, dilation=2)
errors = check_gradients(layer, rng.normal(size=(2, 2, 6, 7)))
print({name: f"{error:.0e}" for name, error in errors.items()})

# %% only="solution" slide="skip"
assert max(errors.values()) < 1e-5

# %% [markdown] lang="en" slide="subslide"
# ### What does one output see?
#
# Send a gradient of 1 back from a single output through three dilated 3x3
# layers: every pixel with a gradient is seen. That is the receptive field,
# drawn by your own `backward`.
#
# **Predict:** four stacks, with dilations 1, 1, 1; 1, 2, 4; 2, 2, 2; 4, 4, 4.
# Which one sees the most pixels? All have 27 weights.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 1 つの出力は何を見ているか
#
# 3×3 の dilated 畳み込みを 3 層重ね、1 つの出力から勾配 1 を逆伝播させます。勾
# 配が届いた画素が、見えている画素です。**受容野**を、自分の `backward` で描く
# わけです。
#
# **予想してみましょう。** ダイレーションが 1, 1, 1、1, 2, 4、2, 2, 2、4, 4, 4
# の 4 通りを比べます。いちばん多くの画素が見えるのはどれでしょうか。重みはどれ
# も 27 個です。
#
# %% tags=["nbval-ignore-output"]
check.predict("dilated")


# %% slide="subslide"
def receptive_field(dilations):
    side = 1 + 2 * sum(dilations)  # so that one output comes out
    stack = [
        Dilated(np.ones((1, 1, 3, 3)), np.zeros(1), dilation=D)
        for D in dilations
    ]
    x = np.zeros((1, 1, side, side))
    for layer in stack:
        x = layer.forward(x)
    dout = np.ones_like(x)  # (1, 1, 1, 1)
    for layer in reversed(stack):
        dout = layer.backward(dout)
    return dout[0, 0]


# %% slide="subslide"
_, axes = plt.subplots(1, 4, figsize=(15, 4.3))
stacks = [(1, 1, 1), (1, 2, 4), (2, 2, 2), (4, 4, 4)]
for ax, dilations in zip(axes, stacks):
    ways = receptive_field(dilations)
    frame = (25 - len(ways)) // 2
    ax.imshow(np.pad(ways, frame), cmap="Blues", norm="symlog")
    seen = f"{np.count_nonzero(ways)} of {ways.size}"
    ax.set(title=f"D = {dilations}\n{seen}", xticks=[], yticks=[])
    print(dilations, seen)
plt.show()

# %%
check.reveal("dilated")

# %% [markdown] lang="en" slide="subslide"
# - 1, 2, 4 sees 15x15 pixels without a gap. Without dilation seven layers of
#   3x3 would be needed for it: 63 weights instead of 27.
# - 2, 2, 2 and 4, 4, 4 look far, but only at 49 pixels: whatever they do, some
#   rows and columns are never seen (*gridding*). More dilation is not more
#   sight.
#
# Dilation is used where the map must stay large, as in segmentation.
#
# %% [markdown] lang="ja" slide="subslide"
# - 1, 2, 4 は 15×15 画素をすき間なく見ています。ダイレーションなしなら 3×3 が
#   7 層必要で、重みは 27 個ではなく 63 個です。
# - 2, 2, 2 と 4, 4, 4 は遠くまで届きますが、見ている画素は 49 個だけです。どう
#   学習しても、決して見えない行や列が残ります（gridding）。ダイレーションを大
#   きくすれば、よく見えるというわけではありません。
#
# セグメンテーションのように、マップを大きいまま保ちたいときに使います。
#
# %% [markdown] lang="en" slide="slide"
# ## 8. Transposed: reading becomes writing
#
# An ordinary convolution **reads** a window and gives one number. A transposed
# one takes one number and **writes** a window: the pixel's value times the
# filter, like a stamp. The next pixel stamps `stride` pixels further on, and
# where stamps overlap they add up. So maps *grow*: FCN and U-Net need that.
#
# Step through it, then change the stride.
#
# %% [markdown] lang="ja" slide="slide"
# ## 8. 転置畳み込み：読む代わりに書き込む
#
# 普通の畳み込みは、窓を**読んで** 1 つの数にします。転置畳み込みは、1 つの数か
# ら窓に **書き込みます**。画素の値をフィルターに掛け、スタンプのように押すので
# す。次の画素は `stride` 画素先に押し、スタンプが重なるところは足します。こう
# してマップは*大きく*なります。FCN や U-Net に必要な演算です。
#
# 1 ステップずつ進めてください。次にストライドを変えてみましょう。
#
# %% tags=["nbval-ignore-output"]
stamp = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])
small = np.array([[1, 2], [3, 4]])
widgets.transposed_stepper(small, stamp, stride=2, language=language)

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: four stamps, by hand
#
# x is [[1, 2], [3, 4]], and so is the filter. Stride 1, no padding. Four
# stamps of 2x2: write down the 3x3 numbers.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：4 つのスタンプを手で押す
#
# x は [[1, 2], [3, 4]] で、フィルターも同じです。ストライド 1、パディングなし
# とします。2×2 のスタンプを 4 つ押し、3×3 の数を書いてください。
#
# %% exercise="transposed_by_hand"
# BEGIN SOLUTION
by_hand = [[1, 4, 4], [6, 20, 16], [9, 24, 16]]
# END SOLUTION

check("transposed_by_hand", by_hand)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `transposed`
#
# One map `x` (H, W), one filter `w` (FH, FW), no padding. Write the stamps in
# a loop over the pixels. (Or: put stride - 1 zeros between the pixels, a frame
# around them, and convolve with the filter turned by 180 degrees. It is the
# same.) How large must the result be?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`transposed`
#
# マップ `x` (H, W) とフィルター `w` (FH, FW) が 1 つずつ、パディングはありませ
# ん。画素のループでスタンプを押してください。（画素の間に 0 を stride - 1 個入
# れ、まわりに枠を付け、180 度回したフィルターで畳み込んでも、同じ結果になりま
# す。）結果の大きさは、どれだけ必要でしょうか。
#
# %% exercise="transposed"
def transposed(x, w, stride=1):
    (H, W), (FH, FW) = x.shape, w.shape
    # BEGIN SOLUTION
    y = np.zeros((stride * (H - 1) + FH, stride * (W - 1) + FW))
    for i in range(H):
        for j in range(W):
            top, left = i * stride, j * stride
            y[top : top + FH, left : left + FW] += x[i, j] * w
    return y
    # END SOLUTION


check("transposed", transposed)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `transposed_size`
#
# A pixel more on each side is cut off for every `pad`. Return height or width
# of the result. It is the formula of lesson 5_1, turned around.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`transposed_size`
#
# `pad` が 1 増えるごとに、両側から 1 画素ずつ切り落とします。結果の高さ（また
# は幅）を返してください。5_1 の出力サイズの式を、逆向きにしたものです。
#
# %% exercise="transposed_size"
def transposed_size(size, filter_size, stride=1, pad=0):
    # BEGIN SOLUTION
    return stride * (size - 1) + filter_size - 2 * pad
    # END SOLUTION


check("transposed_size", transposed_size)

# %% [markdown] lang="en" slide="subslide"
# A convolution with stride 2 makes 3 out of 7 pixels *and* out of 8: both
# sizes lead back from 3. Libraries therefore know an `output_padding`, which
# adds the missing row and column: at the bottom and at the right, smaller than
# the stride.
#
# %% [markdown] lang="ja" slide="subslide"
# ストライド 2 の畳み込み（3×3）は、7 画素からも 8 画素からも 3 画素を作りま
# す。逆向きでは、3 からどちらにも戻れることになります。そこでライブラリーには
# `output_padding` があり、足りない行と列を下と右に足します（ストライドより小さ
# い数です）。
#
# %% [markdown] lang="en" slide="subslide"
# ### You have written it before
#
# In lesson 5_5 the gradient `dx` was made by stamps: each number of `dout`
# went back to the window it came from, and overlaps were summed. So
# **forward of the transposed convolution is backward of the ordinary one**,
# and the other way round. With your own class, for any N and C:
#
# %% [markdown] lang="ja" slide="subslide"
# ### 実は、もう書いてある
#
# 5_5 の勾配 `dx` も、スタンプで作りました。`dout` の 1 つ 1 つの数が元の窓に戻
# り、重なるところは足しました。つまり、**転置畳み込みの順伝播は、普通の畳み込
# みの逆伝播**です。逆も同じです。自分のクラスを使えば、N や C がいくつでも動き
# ます。
#
# %%
best_size = check.use("transposed_size")


class Transposed:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad

    def forward(self, x):  # W is (C, FN, FH, FW): channels first
        C, FN, *filter_size = self.W.shape
        sizes = zip(x.shape[2:], filter_size)
        size = [best_size(n, f, self.stride, self.pad) for n, f in sizes]
        self.x = x
        self.layer = Convolution(self.W, np.zeros(C), self.stride, self.pad)
        self.layer.forward(np.zeros((len(x), FN, *size)))
        return self.layer.backward(x) + self.b[:, np.newaxis, np.newaxis]


# %% slide="subslide"
def backward(self, dout):
    dx = self.layer.forward(dout)
    self.layer.backward(self.x)  # x is what dout was for the convolution
    self.dW, self.db = self.layer.dW, dout.sum(axis=(0, 2, 3))
    return dx


Transposed.backward = backward
best_transposed = check.use("transposed")
W = small[np.newaxis, np.newaxis].astype(float)
same = Transposed(W, np.zeros(1)).forward(W)[0, 0]
print(same.astype(int))
print(np.array_equal(same, best_transposed(small, small)))

# %% tags=["nbval-ignore-output"]
layer = Transposed(rng.normal(size=(2, 3, 4, 3)), np.ones(3), 2, 1)
errors = check_gradients(layer, rng.normal(size=(2, 2, 3, 4)))
print({name: f"{error:.0e}" for name, error in errors.items()})

# %% only="solution" slide="skip"
assert max(errors.values()) < 1e-5
assert np.array_equal(same, [[1, 4, 4], [6, 20, 16], [9, 24, 16]])

# %% [markdown] lang="en" slide="subslide"
# ### The checkerboard
#
# **Predict:** an even grey map, every pixel 1, is made larger with stride 2.
# All weights of the filter are 1. Is the result even, too? With a filter of
# 3x3, 4x4, 2x2?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 格子模様
#
# **予想してみましょう。** どの画素も 1 の一様なマップを、ストライド 2 で大きく
# します。フィルターの重みもすべて 1 です。結果も一様になるでしょうか。フィル
# ターが 3×3、4×4、2×2 のときを考えてください。
#
# %% tags=["nbval-ignore-output"]
check.predict("checkerboard")

# %% slide="subslide"
even = np.ones((6, 6))
_, axes = plt.subplots(1, 3, figsize=(13, 4))
for ax, k in zip(axes, (3, 4, 2)):
    y = best_transposed(even, np.ones((k, k)), 2)
    inside = y[2:-2, 2:-2].astype(int)
    ax.imshow(y, cmap="Greys", vmin=0, vmax=5)
    for (i, j), value in np.ndenumerate(y.astype(int)):
        ink = "w" if value > 2 else "k"
        ax.text(j, i, value, ha="center", va="center", color=ink)
    ax.set(title=f"{k}x{k}, S = 2", xticks=[], yticks=[])
    print(f"{k}x{k}:", np.unique(inside))
plt.show()

# %%
check.reveal("checkerboard")


# %% [markdown] lang="en" slide="subslide"
# With 3x3 and stride 2 a pixel gets 1, 2 or 4 stamps: a chequered pattern, the
# one of `col2im` in lesson 5_4. Pictures that networks paint this way often
# show it (Odena, Dumoulin and Olah, 2016). Where the stride divides the
# filter's size, as in 4x4 and 2x2, every pixel inside gets equally many
# stamps. Only the border differs.
#
# So choose 4x4 or 2x2 for stride 2, or enlarge first (`layers.Upsample`) and
# convolve afterwards.
#
# %% [markdown] lang="ja" slide="subslide"
# 3×3 でストライド 2 では、1 つの画素に届くスタンプが 1、2、4 個と入り交じりま
# す。5_4 の `col2im` で見たのと同じ格子模様です。この方法でネットワークに描か
# せた画像には、よくこの模様が現れます（Odena、Dumoulin、Olah、2016 年）。4×4
# や 2×2 のように、フィルターの大きさがストライドで割り切れれば、内側の画素に届
# くスタンプの数はどこも同じです。違うのは縁だけです。
#
# ですから、ストライド 2 なら 4×4 か 2×2 にするか、先に拡大して
# （`layers.Upsample`）から畳み込みます。
#
# %% [markdown] lang="en" slide="slide"
# ## 9. All five in one table
#
# 32 channels in, 64 out (depthwise: 32 out), 3x3, on maps of 28x28. Everything
# below comes from the layers of the course, `layers.Convolution(W, b, stride,
# pad, dilation, groups)` and `layers.TransposedConvolution(W, b, stride, pad,
# output_padding)`, which do what yours do.
#
# %% [markdown] lang="ja" slide="slide"
# ## 9. 5 つを 1 つの表に
#
# 入力 32 チャンネル、出力 64 チャンネル（depthwise は 32）、3×3、28×28 のマッ
# プです。教材の層 `layers.Convolution(W, b, stride, pad, dilation, groups)` と
# `layers.TransposedConvolution(W, b, stride, pad, output_padding)` で計算しま
# した。働きは、ここで書いたものと同じです。
#
# %%
def made(shape, kind=layers.Convolution, axis=0, **settings):
    W = rng.normal(size=shape).astype(np.float32)
    return kind(W, np.zeros(shape[axis], np.float32), **settings)


turned = layers.TransposedConvolution
five = {
    "ordinary": made((64, 32, 3, 3), pad=1),
    "grouped, 4": made((64, 8, 3, 3), pad=1, groups=4),
    "depthwise": made((32, 1, 3, 3), pad=1, groups=32),
    "pointwise": made((64, 32, 1, 1)),
    "dilated, 2": made((64, 32, 3, 3), pad=2, dilation=2),
    "transposed, 2": made((32, 64, 4, 4), turned, 1, stride=2, pad=1),
}
maps = rng.normal(size=(1, 32, 28, 28)).astype(np.float32)
for name, layer in five.items():
    out = layer.forward(maps)
    print(f"{name:14}{out.shape!s:18}{layer.W.size:7,} weights")

# %% [markdown] lang="en" slide="slide"
# ## Group work: five cards
#
# In groups of two or three, 45 minutes; then present your cards in 15 minutes,
# three minutes each. Every card answers the same four questions: *What does it
# look at? What size comes out? What does it cost? Where is it used?*
#
# | card | begin with |
# |:--|:--|
# | **Depthwise** | the picture in section 1. Why is it hardly ever alone? |
# | **Pointwise** | `pointwise`: one line. Why is an affine layer at every pixel useful? |
# | **Grouped** | the slider in section 2. What can group 0 never learn from group 1? |
# | **Dilated** | the four pictures in section 7. How would you choose D for 4 layers? |
# | **Transposed** | the stamps in section 8. Does it undo a convolution? |
#
# %% [markdown] lang="ja" slide="slide"
# ## グループワーク：5 枚のカード
#
# 2～3 名のグループで 45 分取り組み、その後 15 分で発表します（1 枚 3 分）。ど
# のカードでも、同じ 4 つの問いに答えてください。*何を見るか。出力はどんな大き
# さか。計算量はどれだけか。どこで使われているか。*
#
# | カード | 手がかり |
# |:--|:--|
# | **Depthwise** | 第 1 節の図。単独で使うことがほとんどないのは、なぜでしょうか。|
# | **Pointwise** | 1 行で書けた `pointwise`。画素ごとのアフィン層が、なぜ役に立つのでしょうか。|
# | **Grouped** | 第 2 節のスライダー。グループ 0 がグループ 1 から決して学べないことは何でしょうか。|
# | **Dilated** | 第 7 節の 4 枚の図。4 層なら D をどう選びますか。|
# | **Transposed** | 第 8 節のスタンプ。畳み込みを元に戻す演算でしょうか。|
#
# %% [markdown] lang="en" slide="subslide"
# ### To check yourselves
#
# - **Depthwise**: $k^2 c_i$ weights; nothing mixes the channels, so a
#   pointwise one follows. MobileNet.
# - **Pointwise**: $c_i c_o$ weights; changes the number of channels cheaply.
#   GoogLeNet, ResNet, MobileNet.
# - **Grouped**: 1/G of the weights and MACs; nothing that needs channels of
#   two groups at once, until a later layer mixes them. AlexNet.
# - **Dilated**: weights as before, it covers D (k - 1) + 1 pixels; 1, 2, 4, 8
#   leave no gaps. Segmentation.
# - **Transposed**: weights as before, S (H - 1) + FH - 2P pixels come out. It
#   gives back the *size*, not the numbers. FCN, U-Net.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 答え合わせ
#
# - **Depthwise**：重みは $k^2 c_i$ 個。チャンネルが混ざらないので、後に
#   pointwise を置きます。MobileNet。
# - **Pointwise**：重みは $c_i c_o$ 個。チャンネル数を安く変えられま
#   す。GoogLeNet、ResNet、MobileNet。
# - **Grouped**：重みも積和も 1/G。2 つのグループのチャンネルを同時に必要とする
#   ことは、後の層で混ぜるまで学べません。AlexNet。
# - **Dilated**：重みは元のままで、D (k - 1) + 1 画素の範囲を見ます。1, 2, 4, 8
#   ならすき間ができません。セグメンテーション。
# - **Transposed**：重みは元のままで、出力は S (H - 1) + FH - 2P 画素。元に戻る
#   のは*大きさ*であって、数ではありません。FCN、U-Net。
#
# %% [markdown] lang="en" slide="slide"
# ## In five lines
#
# - Groups divide the channels; depthwise is C groups, pointwise a 1x1 filter.
# - Separable: $1/c_o + 1/k^2$ of the cost, and MobileNet is made of it.
# - MACs are no seconds: measure.
# - Dilation spreads a filter; 1, 2, 4 leaves no gaps, 2, 2, 2 does.
# - Transposed is `backward` used forward; let the stride divide the filter.
#
# Next door: **<<next_lesson>>**. Where in the picture *is* the thing?
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# - グループはチャンネルを分けます。depthwise は C グループ、pointwise は 1×1
#   のフィルターです。
# - depthwise separable の計算量は $1/c_o + 1/k^2$ 倍で、MobileNet はこれででき
#   ています。
# - 積和の回数は秒数ではありません。測って確かめます。
# - ダイレーションはフィルターを広げます。1, 2, 4 ならすき間はなく、2, 2, 2 で
#   はできます。
# - 転置畳み込みは、逆伝播を順方向に使ったものです。フィルターの大きさは、スト
#   ライドで割り切れるようにします。
#
# 次は **<<next_lesson>>** です。物が画像の*どこに*あるかを考えます。
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
