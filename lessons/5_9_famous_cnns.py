# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - count the parameters and the multiply-adds of any such network, exactly,
# - say what LeNet-5, AlexNet and VGG have in common, and what was new,
# - train LeNet-5 to read 99 of 100 digits,
# - compute how much of the image one number sees,
# - say where the 138 million parameters of VGG-16 sit, and try what
#   happens without them.
#
# It takes about <<minutes>> minutes.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - ネットワークのパラメータ数と積和の回数を、1 個の違いもなく数える
# - LeNet-5、AlexNet、VGG に共通する点と、それぞれの新しさを説明する
# - LeNet-5 を学習させ、100 枚中 99 枚の数字を読めるようにする
# - 1 つの出力が画像のどれだけの範囲を見ているかを計算する
# - VGG-16 の 1 億 3800 万個のパラメータがどこにあるかを答え、なくすとどうなるかを
#   試す
#
# 目安は <<minutes>> 分です。
#
# %%
import matplotlib.pyplot as plt
import numpy as np

from course_lib import networks, plots, widgets
from course_lib.datasets import load_mnist, recorded
from course_lib.exercises import lesson
from course_lib.functional import conv_output_size
from course_lib.layers import Affine, Convolution, MaxPooling, ReLU
from course_lib.networks import famous
from course_lib.optimizers import Adam
from course_lib.quick import quick
from course_lib.stages import show_stages
from course_lib.trainer import Trainer

language = "en"
check = lesson("5_9", language)
plots.use_style()

# %% [markdown] lang="en" slide="slide"
# ## 1. Ten years in one picture
#
# ILSVRC was a yearly contest from 2010 on: name what is in a photo, one of
# 1,000 classes. Five guesses are allowed; the **top-5 error** is the part of
# photos where all five are wrong.
#
# Until 2011 people designed the features (grey). Then CNNs came (blue), and
# they grew deeper.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. 1 枚の図で見る移り変わり
#
# ILSVRC は、2010 年に始まった画像認識の大会です。写真に写っているものを 1,000
# クラスから答えます。答えは 5 つまで書けます。5 つとも外れた写真の割合が **top-5
# エラー率**です。
#
# 2011 年までは、特徴量を人が設計していました（灰色）。その後は CNN の時代になり
# （青）、層がどんどん深くなっていきます。
#
# %% slide="subslide"
contest = [
    ("2010\nNEC-UIUC", 28.2, "-"),
    ("2011\nXRCE", 25.8, "-"),
    ("2012\nAlexNet", 15.3, 8),
    ("2013\nClarifai", 11.7, "?"),
    ("2014\nVGG (2nd)", 7.3, 19),
    ("2014\nGoogLeNet", 6.7, 22),
    ("2015\nResNet", 3.57, 152),
]

# %% slide="subslide"
names, errors, depths = zip(*contest)
heights = [0 if depth in ("-", "?") else depth for depth in depths]
colors = ["0.6" if depth == "-" else plots.BLUE for depth in depths]
_, (top, low) = plt.subplots(2, 1, figsize=(13, 5.6), sharex=True)
bars = top.bar(names, heights, color=plots.ORANGE)
top.bar_label(bars, labels=depths)
top.set(ylabel="layers", ylim=(0, 180))
bars = low.bar(names, errors, color=colors)
low.bar_label(bars)
low.set(ylabel="top-5 error (%)", ylim=(0, 33))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# - All are what the contest measured, mostly of several networks together.
#   AlexNet's 15.3 % is that of seven networks, two of them trained on more
#   data; one network alone has 18.2 %. The runner-up had 26.2 %.
# - 2013 was won by Clarifai. (Many pages name ZFNet.) How deep it was, we
#   have not found in print.
# - Layers are those with weights, as in the papers.
#
# This lesson goes up to VGG; GoogLeNet and ResNet come next. It begins 14
# years earlier.
#
# %% [markdown] lang="ja" slide="subslide"
# - どれも大会での値で、多くは複数のネットワークの答えを合わせたものです。AlexNet の
#   15.3 % は 7 つの合計で、うち 2 つはより多くのデータで学習しています。1 つだけなら
#   18.2 % です。2 位は 26.2 % でした。
# - 2013 年の 1 位は Clarifai です（ZFNet と書いてあるページがたくさんあります）。層の
#   数は、確かめられませんでした。
# - 層の数は、論文と同じく、重みを持つ層だけを数えています。
#
# このレッスンでは VGG までを扱い、GoogLeNet と ResNet は次に回します。話は、この
# 図より 14 年前から始まります。
#
# %% [markdown] lang="en" slide="slide"
# ## 2. LeNet-5: the plan that is still in use
#
# LeCun, Bottou, Bengio and Haffner (1998) read handwritten digits with it.
# Convolution, pooling, convolution, pooling, and then units. The numbers
# under each stage: how many maps, how large.
#
# The paper counts **seven** layers, without the input (slides often say six).
# C stands for convolution, S for subsampling, F for fully connected.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. LeNet-5：今も使われている設計
#
# LeCun、Bottou、Bengio、Haffner は、1998 年に手書き数字をこのネットワークで読みま
# した。畳み込み、プーリング、畳み込み、プーリング、最後にユニットの列、という順番
# です。図の下の数は、特徴マップの枚数と大きさです。
#
# 論文では、入力を除いて **7 層**と数えています（スライドには 6 層とあります）。C は畳み込み
# （convolution）、S は間引き（subsampling）、F は全結合（fully connected）です。
#
# %%
show_stages(
    {
        "x": (1, 32, 32),
        "C1": (6, 28, 28),
        "S2": (6, 14, 14),
        "C3": (16, 10, 10),
        "S4": (16, 5, 5),
        "C5": (120, 1, 1),
        "F6": (84,),
        "output": (10,),
    }
)

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the sizes, by hand
#
# Do not copy them from the picture: derive them. The image has 32x32 pixels
# and one channel. All convolutions are 5x5 with stride 1 and no padding, both
# poolings 2x2 with stride 2.
#
# - `C1` to `C5`: the height after each layer.
# - `n1`: weights and biases of C1 (6 filters).
# - `n5`: of C5 (120 filters, each sees all 16 maps of S4).
# - `n6`: of F6 (84 units, each sees all 120 numbers).
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：サイズを手で計算する
#
# 図から写すのではなく、計算で求めてください。画像は 32×32 画素で 1 チャンネルで
# す。畳み込みはすべて 5×5、ストライド 1、パディングなし、プーリングはどちらも 2×2、
# ストライド 2 です。
#
# - `C1` から `C5`：それぞれの層の後の高さ
# - `n1`：C1 の重みとバイアスの総数（フィルター 6 個）
# - `n5`：C5 の総数（フィルター 120 個。どれも S4 の 16 枚すべてを見る）
# - `n6`：F6 の総数（ユニット 84 個。どれも 120 個の数すべてを見る）
#
# %% exercise="lenet_sizes"
# BEGIN SOLUTION
C1 = 32 - 5 + 1
S2 = C1 // 2
C3 = S2 - 5 + 1
S4 = C3 // 2
C5 = S4 - 5 + 1
# END SOLUTION

# BEGIN SOLUTION
n1 = 6 * (1 * 5 * 5) + 6
n5 = 120 * (16 * 5 * 5) + 120
n6 = 84 * 120 + 84
# END SOLUTION

check("lenet_sizes", (C1, S2, C3, S4, C5, n1, n5, n6))


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `conv_params`
#
# The same for any convolution: FN filters of FH x FW on C channels, one bias
# each.
#
# Channels may come in `groups`. With 2 groups, the first half of the filters
# sees only the first half of the channels, the second half only the second.
# So each filter has `C // groups` channels. (AlexNet will need it.)
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`conv_params`
#
# 同じ計算を、どんな畳み込み層にも使えるようにします。C チャンネルに対する FH×FW の
# フィルターが FN 個、バイアスは 1 個ずつです。
#
# チャンネルは `groups` 個のグループに分けることがあります。2 グループなら、フィルターの
# 前半はチャンネルの前半だけを、後半は後半だけを見ます。フィルター 1 個のチャンネル数は
# `C // groups` です（後で AlexNet に使います）。
#
# %% exercise="conv_params"
def conv_params(C, FN, FH, FW, groups=1):
    # BEGIN SOLUTION
    return FN * (C // groups) * FH * FW + FN
    # END SOLUTION


check("conv_params", conv_params)

# %% [markdown] lang="en" slide="slide"
# ## 3. C3: who sees whom
#
# C3 is special. Its 16 maps do not see all 6 maps of S2: a table says which.
# Six see 3 neighbours, six see 4, three see 4 with a gap, and one sees all.
# Fewer weights, and no two maps learn from the same inputs.
#
# In the picture a column is a map of C3, a row one of S2; dark: it sees it.
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. C3：どのマップがどのマップを見るか
#
# C3 は特別です。16 枚の特徴マップは S2 の 6 枚すべてを見るのではなく、どれを見るかが
# 表で決まっています。隣り合う 3 枚を見るものが 6 つ、4 枚を見るものが 6 つ、間を空けて
# 4 枚を見るものが 3 つ、全部を見るものが 1 つです。重みが減り、マップごとに違う
# ものを学ぶようになります。
#
# 図の横軸が C3 の 16 枚、縦軸が S2 の 6 枚です。見ている組を濃く塗っています。
#
# %%
c3_seen = np.zeros((16, 6), dtype=int)  # (FN, C)
for k in range(6):
    c3_seen[k, [k, (k + 1) % 6, (k + 2) % 6]] = 1
    c3_seen[6 + k, [k, (k + 1) % 6, (k + 2) % 6, (k + 3) % 6]] = 1
for k in range(3):
    c3_seen[12 + k, [k, k + 1, k + 3, (k + 4) % 6]] = 1
c3_seen[15] = 1
_, ax = plt.subplots(figsize=(9, 3.9))
ax.imshow(1 - c3_seen.T, vmin=-0.6)
ax.set(xlabel="C3", ylabel="S2", xticks=range(16), yticks=range(6))
ax.hlines(np.arange(6) - 0.5, -0.5, 15.5, color="white")
ax.vlines(np.arange(16) - 0.5, -0.5, 5.5, color="white")
plt.show()


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `table_params`
#
# `seen` is such a table, (FN, C), with a 1 where filter k sees channel c.
# Every 1 stands for a plane of FH x FW weights; every filter has one bias.
# Return the number of parameters. For C3 the paper says 1,516.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`table_params`
#
# `seen` は上のような表 (FN, C) で、フィルター k がチャンネル c を見るところが 1 で
# す。1 のところには FH×FW 個の重みがあり、バイアスはフィルターごとに 1 個です。
# パラメータ数を返してください。C3 について、論文には 1,516 と書かれています。
#
# %% exercise="table_params"
def table_params(seen, FH, FW):
    # BEGIN SOLUTION
    return int(seen.sum()) * FH * FW + len(seen)
    # END SOLUTION


check("table_params", table_params)

# %% [markdown] lang="en" slide="subslide"
# ### All of LeNet-5
#
# S2 and S4 are not the pooling you know: they add up the four pixels, times a
# weight, plus a bias, both learned. That is 2 parameters a map. A unit of F6
# is a 1x1 filter on 120 channels.
#
# The paper's sum is **60,000**. The output layer compares F6 with ten drawn
# characters of 7x12 pixels: 840 numbers that are not learned.
#
# %% [markdown] lang="ja" slide="subslide"
# ### LeNet-5 のすべて
#
# S2 と S4 は、これまでのプーリングとは少し違います。4 画素を足し、重みを掛け、
# バイアスを加えます。どちらも学習するので、1 枚につきパラメータが 2 個あります。F6 の
# ユニットは、120 チャンネルに対する 1×1 のフィルターと同じです。
#
# 論文での合計は **60,000** です。出力層は、F6 を 7×12 画素で描いた 10 個の文字と比べ
# ます。この 840 個の数は学習しません。
#
# %%
best_params, best_table = check.use("conv_params"), check.use("table_params")
lenet = {
    "C1": best_params(1, 6, 5, 5),
    "S2": 2 * 6,
    "C3": best_table(c3_seen, 5, 5),
    "S4": 2 * 16,
    "C5": best_params(16, 120, 5, 5),
    "F6": best_params(120, 84, 1, 1),
}
for name, n in lenet.items():
    print(f"{name:8}{n:>8,}")
print(f"{'sum':8}{sum(lenet.values()):>8,}   (+{10 * 7 * 12})")

# %% only="solution"
assert sum(lenet.values()) == famous.count("lenet5").parameters == 60000

# %% [markdown] lang="en" slide="slide"
# ## 4. LeNet-5 at work
#
# Today one writes it in a *modern form*: ReLU, max pooling, every map sees
# every map, a softmax at the end. Our images have 28 pixels, so C1 gets a
# padding of 2.
#
# `conv` and `affine` make layers with weights after He; the initial weights
# are your `init_weight` of 5_7, if you have it.
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. LeNet-5 を動かす
#
# 今は、少し変えた**現代版**で書くのが普通です。活性化関数は ReLU、プーリングは最大値、
# マップはすべてのマップを見て、最後はソフトマックス関数（softmax）です。ここの画像は
# 28 画素なので、C1 にパディング 2 を付けます。
#
# `conv` と `affine` は、He の初期値で層を作ります。初期値には、5_7 の `init_weight`（あれば
# あなたのもの）を使います。
#
# %%
best_init = check.part("5_7", "init_weight")


def conv(C, FN, F, rng, pad=0):
    W = best_init((FN, C, F, F), rng).astype(np.float32)
    return Convolution(W, np.zeros(FN, dtype=np.float32), pad=pad)


def affine(D, M, rng):
    W = best_init((D, M), rng).astype(np.float32)
    return Affine(W, np.zeros(M, dtype=np.float32))


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `lenet5`
#
# Return the layers as a list: C1, ReLU, S2, C3, ReLU, S4, then C5, F6 and the
# output as affine layers with a ReLU between them.
#
# `conv(C, FN, F, rng, pad)`, `affine(D, M, rng)`, `ReLU()`,
# `MaxPooling(2, 2, 2)`. How many numbers does S4 hand to C5?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`lenet5`
#
# 層のリストを返してください。C1、ReLU、S2、C3、ReLU、S4、その後は C5、F6、出力を
# アフィン層（全結合層）にし、間に ReLU を入れます。
#
# 使うのは `conv(C, FN, F, rng, pad)`、`affine(D, M, rng)`、`ReLU()`、
# `MaxPooling(2, 2, 2)` です。S4 から C5 に渡る数はいくつでしょうか。
#
# %% exercise="lenet5"
def lenet5(rng):
    # BEGIN SOLUTION
    units = [affine(16 * 5 * 5, 120, rng), ReLU(), affine(120, 84, rng)]
    return [
        conv(1, 6, 5, rng, pad=2),
        ReLU(),
        MaxPooling(2, 2, 2),
        conv(6, 16, 5, rng),
        ReLU(),
        MaxPooling(2, 2, 2),
        *units,
        ReLU(),
        affine(84, 10, rng),
    ]
    # END SOLUTION


check("lenet5", lenet5)


# %% [markdown] lang="en" slide="subslide"
# ### Train it
#
# Six epochs of 60,000 images in batches of 50, Adam, and the learning rate
# rises and falls as in 5_7. Each time an image is shown it is moved by up to
# one pixel (5_8), so that LeNet-5 hardly ever sees the same image twice.
#
# These settings were chosen on 10,000 training images that were kept back,
# not on the test images. It takes about a minute.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 学習させる
#
# 60,000 枚を 50 枚ずつのバッチで 6 エポック学習します。最適化は Adam、学習率は 5_7 と
# 同じように上げてから下げます。画像は、使うたびに最大 1 画素ずらします（5_8）。まったく
# 同じ画像を 2 度見ることは、ほとんどありません。
#
# これらの設定は、テスト用の画像ではなく、学習用から取り分けた 10,000 枚を使って選びま
# した。学習には 1 分ほどかかります。
#
# %%
def rise_and_fall(step, total):
    return min(10 * (step + 1) / total, 1) * (1 - step / total)


def moved(x, rng):  # each image by -1, 0 or 1 pixel, both ways
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(
        padded, x.shape[2:], axis=(2, 3)
    )
    dy, dx = rng.integers(0, 3, size=(2, len(x)))
    return windows[np.arange(len(x)), :, dy, dx]


# %% slide="subslide"
(x_train, t_train), (x_test, t_test) = load_mnist()
count, epochs = quick(60000), 6


def training(network, board, seed=0):
    return Trainer(
        network,
        (x_train[:count], t_train[:count]),
        (x_test, t_test),
        epochs=epochs,
        batch_size=50,
        optimizer=Adam(lr=0.003),
        evaluate_size=2000,
        rng=seed,
        lr_schedule=rise_and_fall,
        transform=moved,
        on_epoch=board.on_epoch,
        on_step=board.on_step,
    )


# %% slide="subslide" tags=["nbval-ignore-output"]
network = networks.Network(check.use("lenet5")(np.random.default_rng(0)))
board = widgets.training_dashboard(network, epochs, language=language)
display(board)
history = training(network, board).fit()
test_accuracy = network.accuracy(x_test, t_test, 500)
print(f"{test_accuracy:.4f}")

# %% only="solution"
assert test_accuracy >= 0.99 or count < len(x_train)

# %% [markdown] lang="en" slide="subslide"
# More than 99 % right (with seeds 0, 1 and 2 we saw 99.4, 99.3 and 99.4), with
# 61,706 parameters: a quarter of what the network of 5_7 had. Two stages of convolution make up for it: they leave 400 numbers
# to the affine layers, and not 2,304.
#
# The paper states 0.95 % errors, and 0.8 % when trained on distorted images
# too. With ReLU, Adam and small moves the old plan does better still.
#
# %% [markdown] lang="ja" slide="subslide"
# 99 % を超えました（シード 0、1、2 では 99.4、99.3、99.4 % でした）。パラメータは 61,706 個で、5_7 のネットワークの約 4 分の 1 です。畳み
# 込みを 2 段にしたので、アフィン層に渡る数が 2,304 個から 400 個に減りました。
#
# 論文の誤り率は 0.95 %、変形した画像でも学習すると 0.8 % です。ReLU と Adam を使い、画
# 像を少しずらすだけで、昔の設計のまま、それより良い結果になりました。
#
# %% [markdown] lang="en" slide="slide"
# ## 5. What it costs: multiply-adds
#
# A *multiply-add*, MAC, is one multiplication and the addition that follows.
# It measures the work, as parameters measure the memory. The papers often
# write "FLOPs" and mean MACs. Biases are not counted.
#
# **Predict:** AlexNet's first layer has 34,944 parameters and its first fully
# connected layer 37,752,832, a thousand times more. Which of the two does
# more multiply-adds for one image?
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. 計算の量：積和の回数
#
# 掛け算 1 回と、それに続く足し算 1 回の組が**積和**（積和演算、MAC）です。パラメータ
# 数がメモリの目安なら、積和の回数は計算量の目安です。論文で「FLOPs」と書かれていても、
# 積和の回数のことがよくあります。バイアスは数えません。
#
# **予想してみましょう。** AlexNet の最初の層のパラメータは 34,944 個、最初の全結合層は
# 37,752,832 個で、約 1,000 倍です。画像 1 枚に対して、積和の回数が多いのはどちらでしょうか。
#
# %% tags=["nbval-ignore-output"]
check.predict("macs")


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `conv_macs`
#
# Return the multiply-adds of a convolution for one image. Each number of the
# output is the sum of (C // groups) x FH x FW products.
#
# The slides write h w N_p. Take care: h and w are those of the **output**.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`conv_macs`
#
# 画像 1 枚に対する、畳み込み層の積和の回数を返してください。出力の数 1 つは、
# (C // groups)×FH×FW 個の積の和です。
#
# スライドの式は h w N_p です。この h と w は**出力**の高さと幅なので注意しましょう。
#
# %% exercise="conv_macs"
def conv_macs(input_shape, FN, FH, FW, stride=1, pad=0, groups=1):
    C, H, W = input_shape
    # BEGIN SOLUTION
    OH = conv_output_size(H, FH, stride, pad)
    OW = conv_output_size(W, FW, stride, pad)
    return FN * (C // groups) * FH * FW * OH * OW
    # END SOLUTION


check("conv_macs", conv_macs)

# %%
best_macs = check.use("conv_macs")
print("conv1:", f"{best_macs((3, 227, 227), 96, 11, 11, stride=4):>12,}")
print("fc6:  ", f"{best_macs((9216, 1, 1), 4096, 1, 1):>12,}")

# %%
check.reveal("macs", "conv1")

# %% [markdown] lang="en" slide="slide"
# ## 6. AlexNet: the same plan, a thousand times larger
#
# Krizhevsky, Sutskever and Hinton (2012): five convolutions, three fully
# connected layers, 60 million parameters. New were the scale (1.2 million
# photos, two graphics cards), ReLU instead of tanh, Dropout, and a lot of
# data augmentation.
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. AlexNet：同じ設計で、規模は 1,000 倍
#
# Krizhevsky、Sutskever、Hinton（2012 年）のネットワークです。畳み込みが 5 層、全結合
# が 3 層で、パラメータは約 6000 万個です。決め手になったのは、規模（写真 120 万枚、GPU
# 2 枚）、tanh に代わる ReLU、Dropout、そして大がかりなデータ拡張です。
#
# %%
show_stages(
    {
        "x": (3, 227, 227),
        "conv1": (96, 55, 55),
        "pool1": (96, 27, 27),
        "conv2": (256, 27, 27),
        "pool2": (256, 13, 13),
        "conv3": (384, 13, 13),
        "conv4": (384, 13, 13),
        "conv5": (256, 13, 13),
        "pool5": (256, 6, 6),
        "fc6": (4096,),
        "fc7": (4096,),
        "fc8": (1000,),
    }
)

# %% [markdown] lang="en" slide="subslide"
# ### Two cards, two groups
#
# One card had 3 GB and the network did not fit. So each card got half of the
# filters, and in conv2, conv4 and conv5 a filter sees only the maps of its
# own card: two groups. What was a way out in 2012 is a tool today: in two
# lessons you will meet as many groups as channels.
#
# %% [markdown] lang="ja" slide="subslide"
# ### GPU が 2 枚、グループが 2 つ
#
# GPU 1 枚のメモリは 3 GB で、ネットワークが入りませんでした。そこでフィルターを半分ずつ
# 分け、conv2、conv4、conv5 では、同じ GPU にある特徴マップだけを見るようにしました。
# これが 2 つのグループです。2012 年の苦肉の策が、今では便利な道具になっています。2 つ
# 後のレッスンでは、チャンネルの数だけグループを作ります。
#
# %%
for groups in (1, 2):
    n = best_params(96, 256, 5, 5, groups)
    print(f"conv2, groups = {groups}: {n:>8,}")


# %% [markdown] lang="en" slide="subslide"
# ### The riddle of 224
#
# The paper says: images of 224 x 224, filters of 11 x 11, stride 4, and 55 x
# 55 numbers in each map. Try the formula of 5_1.
#
# ### Exercise: `image_sides`
#
# Turn the formula round. Return the smallest and the largest side of an
# image that gives exactly `OH` places for a window of `FH`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 224 の謎
#
# 論文によると、画像は 224×224、フィルターは 11×11、ストライド 4、特徴マップは 55×55
# です。5_1 の式で確かめてみましょう。
#
# ### 演習：`image_sides`
#
# 式を逆に使います。幅 `FH` の窓を置ける場所がちょうど `OH` か所になる画像の、最小の
# 大きさと最大の大きさを返してください。
#
# %%
print(conv_output_size(224, 11, stride=4))


# %% exercise="image_sides"
def image_sides(OH, FH, stride, pad=0):
    # BEGIN SOLUTION
    smallest = (OH - 1) * stride + FH - 2 * pad
    return smallest, smallest + stride - 1
    # END SOLUTION


check("image_sides", image_sides)

# %%
best_sides = check.use("image_sides")
print("pad = 0:", best_sides(55, 11, 4))
print("pad = 2:", best_sides(55, 11, 4, pad=2))


# %% [markdown] lang="en" slide="fragment"
# 224 gives 54. Without padding, 55 needs 227 to 230 pixels, and 227 leaves
# none over; so 227 is what people use. With a padding of 2, 224 works as well,
# and some libraries do it like that. The paper does not say.
#
# %% [markdown] lang="ja" slide="fragment"
# 224 では 54 になります。パディングなしで 55 にするには 227 から 230 画素が必要で、
# 227 なら余りが出ません。そこで普通は 227 が使われます。パディングを 2 にすれば 224 でも
# 55 になり、そうしているライブラリもあります。論文には書かれていません。
#
# %% [markdown] lang="en" slide="slide"
# ## 7. The table of a network
#
# A network is a list of rows. Three kinds are enough for all networks of this
# lesson; a row is a dict. (ReLU and Dropout have no parameters and change no
# size, so they are left out.)
#
# %% [markdown] lang="ja" slide="slide"
# ## 7. ネットワークの表
#
# ネットワークは、行を並べたリストとして書けます。このレッスンのネットワークには、3 種類
# の行で十分です。1 行は 1 つの辞書です（ReLU と Dropout は、パラメータがなく大きさも
# 変えないので、省きます）。
#
# %%
def conv_row(FN, F, stride=1, pad=0, groups=1):
    return {
        "kind": "conv",
        "FN": FN,
        "F": F,
        "stride": stride,
        "pad": pad,
        "groups": groups,
    }


def pool_row(F, stride):
    return {"kind": "pool", "F": F, "stride": stride, "pad": 0}


def affine_row(M):
    return {"kind": "affine", "M": M}


# %% slide="subslide"
params_of, macs_of = check.use("conv_params"), check.use("conv_macs")
alexnet = {
    "conv1": conv_row(96, 11, stride=4),
    "pool1": pool_row(3, 2),
    "conv2": conv_row(256, 5, pad=2, groups=2),
    "pool2": pool_row(3, 2),
    "conv3": conv_row(384, 3, pad=1),
    "conv4": conv_row(384, 3, pad=1, groups=2),
    "conv5": conv_row(256, 3, pad=1, groups=2),
    "pool5": pool_row(3, 2),
    "fc6": affine_row(4096),
    "fc7": affine_row(4096),
    "fc8": affine_row(1000),
}


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `layer_table`
#
# `layers` is a list of such rows, `input_shape` the (C, H, W) of the image.
# Return one row for each layer: `(C, H, W, parameters, MACs)`, the shape
# being that of its **output**.
#
# - Filters and windows are square, F x F.
# - An affine layer has C x H x W inputs; its output is (M, 1, 1).
# - Pooling has no parameters and no MACs.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`layer_table`
#
# `layers` は行のリスト、`input_shape` は画像の (C, H, W) です。層ごとに
# `(C, H, W, パラメータ数, 積和の回数)` という行を作り、その一覧を返してください。C、H、
# W は層の**出力**の形状です。
#
# - フィルターと窓は正方形（F×F）
# - アフィン層の入力は C×H×W 個、出力は (M, 1, 1)
# - プーリングのパラメータ数と積和の回数は 0
#
# %% exercise="layer_table" slide="subslide"
def layer_table(layers, input_shape):
    # BEGIN SOLUTION
    (C, H, W), table = input_shape, []
    for layer in layers:
        n = macs = 0
        if layer["kind"] == "affine":
            D, M = C * H * W, layer["M"]
            n, macs, (C, H, W) = D * M + M, D * M, (M, 1, 1)
        else:
            F, moves = layer["F"], (layer["stride"], layer["pad"])
            if layer["kind"] == "conv":
                FN, groups = layer["FN"], layer["groups"]
                n = params_of(C, FN, F, F, groups)
                macs = macs_of((C, H, W), FN, F, F, *moves, groups)
                C = FN
            H, W = (conv_output_size(side, F, *moves) for side in (H, W))
        table.append((C, H, W, n, macs))
    return table
    # END SOLUTION


check("layer_table", layer_table)


# %% slide="subslide"
best_layer_table = check.use("layer_table")


def show_table(network, input_shape):
    table = best_layer_table(list(network.values()), input_shape)
    print(f"{'':9}{'output':>14}{'parameters':>14}{'MACs':>16}")
    for name, (C, H, W, n, macs) in zip(network, table):
        shape = f"{C}x{H}x{W}"
        print(f"{name:9}{shape:>14}{n:>14,}{macs:>16,}")
    n, macs = table[:, 3:].sum(axis=0)
    print(f"{'sum':9}{'':14}{n:>14,}{macs:>16,}")
    return table


# %% slide="subslide"
alexnet_table = show_table(alexnet, (3, 227, 227))

# %% only="solution"
assert alexnet_table[:, 3].sum() == 60_965_224
assert alexnet_table[:, 4].sum() == famous.count("alexnet").macs


# %% [markdown] lang="en" slide="fragment"
# 60,965,224: the paper's "60 million", to the last one. 96 % of them sit in
# the three fully connected layers.
#
# %% [markdown] lang="ja" slide="fragment"
# 60,965,224 個。論文の「6000 万」を、1 個単位で数えたことになります。その 96 % は 3 つの
# 全結合層にあります。
#
# %% [markdown] lang="en" slide="slide"
# ## 8. VGG: only 3x3, but deep
#
# Simonyan and Zisserman (2014, at Oxford's Visual Geometry Group) made it
# plain: every convolution is 3x3 with padding 1, every pooling 2x2. Maps halve,
# channels double. The number counts the layers with weights: 16 or 19.
#
# %% [markdown] lang="ja" slide="slide"
# ## 8. VGG：3×3 だけで、深く
#
# Simonyan と Zisserman（2014 年、オックスフォード大学の Visual Geometry Group）は、構造を
# 単純にしました。畳み込みはすべて 3×3 でパディング 1、プーリングはすべて 2×2 です。
# 縦横が半分になるたびに、チャンネル数が 2 倍になります。名前の数字は、重みを持つ層の数
# （16 または 19）です。
#
# %%
def vgg(*counts):
    rows, FN = {}, 64
    for stage, count in enumerate(counts, start=1):
        for i in range(1, count + 1):
            rows[f"conv{stage}_{i}"] = conv_row(FN, 3, pad=1)
        rows[f"pool{stage}"] = pool_row(2, 2)
        FN = min(2 * FN, 512)
    for name, M in (("fc6", 4096), ("fc7", 4096), ("fc8", 1000)):
        rows[name] = affine_row(M)
    return rows


vgg16, vgg19 = vgg(2, 2, 3, 3, 3), vgg(2, 2, 4, 4, 4)

# %% slide="subslide"
vgg16_table = show_table(vgg16, (3, 224, 224))

# %%
vgg19_table = best_layer_table(list(vgg19.values()), (3, 224, 224))
print(f"VGG-19: {vgg19_table[:, 3].sum():,}")

# %% only="solution"
assert vgg16_table[:, 3].sum() == 138_357_544
assert vgg16_table[:, 4].sum() == famous.count("vgg16").macs
assert vgg19_table[:, 3].sum() == 143_667_240

# %% [markdown] lang="en" slide="subslide"
# ### Where do they sit?
#
# **Predict:** the same 16 layers, once by parameters, once by multiply-adds.
# Where is the longest bar of each?
#
# %% [markdown] lang="ja" slide="subslide"
# ### どこにあるのか
#
# **予想してみましょう。** 同じ 16 層を、パラメータ数と積和の回数でそれぞれ図にします。
# いちばん長い棒は、それぞれどこでしょうか。
#
# %% tags=["nbval-ignore-output"]
check.predict("where")

# %% slide="subslide"
weighted = [name for name in vgg16 if "pool" not in name]
rows = vgg16_table[["pool" not in name for name in vgg16]]
_, axes = plt.subplots(1, 2, figsize=(13, 5.6), sharey=True)
titles = ("parameters (%)", "MACs (%)")
colors = [plots.ORANGE if "fc" in n else plots.BLUE for n in weighted]
for ax, values, title in zip(axes, rows[:, 3:].T, titles):
    part = 100 * values / values.sum()
    bars = ax.barh(weighted, part, color=colors)
    ax.bar_label(bars, fmt="%.1f", padding=4)
    ax.set(xlabel=title, xlim=(0, 1.15 * part.max()))
axes[0].invert_yaxis()
plt.show()

# %% slide="subslide"
check.reveal("where", "fc6; conv1_2, conv2_2, ...")

# %% [markdown] lang="en" slide="fragment"
# One layer, fc6, holds 74 % of all parameters and does less than 1 % of the
# work: each of its weights is used once. The convolutions hold 11 % and do
# 99 % of the work: their weights are used at every place.
#
# So "how large is it?" has two answers. Remember the picture: most networks
# that follow, from GoogLeNet on, do without most of the orange part.
#
# %% [markdown] lang="ja" slide="fragment"
# fc6 の 1 層だけでパラメータの 74 % を占めますが、計算は 1 % もしていません。重みが 1 回
# ずつしか使われないからです。畳み込みのパラメータは 11 % なのに、計算の 99 % をして
# います。重みがすべての場所で使い回されるからです。
#
# ですから、「どれくらい大きいか」の答えは 2 つあります。この図を覚えておきましょう。
# GoogLeNet 以降のネットワークの多くは、オレンジの部分をほとんど使いません。
#
# %% [markdown] lang="en" slide="slide"
# ## 9. Why 3x3? The receptive field
#
# A number after one 3x3 convolution sees 3x3 pixels. After a second one it
# sees 3x3 of those, together 5x5 pixels, for neighbours overlap. What a number
# sees is its **receptive field**.
#
# With a stride, neighbours are further apart in the image. Then every layer
# that follows widens the field faster.
#
# %% [markdown] lang="ja" slide="slide"
# ## 9. なぜ 3×3 なのか：受容野
#
# 3×3 の畳み込みを 1 回通った数は、3×3 画素を見ています。2 回通ると、その 3×3 個分、
# 合わせて 5×5 画素です（隣どうしは重なります）。1 つの数が見ている範囲を**受容野**
# （receptive field）と呼びます。
#
# ストライドがあると、隣どうしが画像の上で離れます。その後の層では、受容野がもっと速く
# 広がります。
#
# %% slide="subslide"
x = np.zeros((1, 1, 9, 9), dtype=np.float32)
ones = np.ones((1, 1, 3, 3), dtype=np.float32)
fields = {}
for count in (1, 2, 3):
    stack = [Convolution(ones, np.zeros(1), pad=1) for _ in range(count)]
    out = networks.Sequential(stack).forward(x)
    dout = np.zeros_like(out)
    dout[0, 0, 4, 4] = 1  # what does this one number see?
    for layer in reversed(stack):
        dout = layer.backward(dout)
    fields[f"3x3, {count}"] = dout[0, 0].astype(int)
plots.show_arrays(fields, {"3x3, 1": [(3, 3, 3, 3)], "3x3, 2": [(2, 2, 5, 5)]})


# %% [markdown] lang="en" slide="subslide"
# The gradient tells it: the pixels with a number other than 0 are seen. Those
# in the middle are seen along more ways.
#
# ### Exercise: `receptive_field`
#
# `layers` is a list of `(F, stride)`, from the image on. Return the side of
# the field: 5 for `[(3, 1), (3, 1)]`. Pooling counts like a convolution.
#
# %% [markdown] lang="ja" slide="subslide"
# 勾配を見るとわかります。0 でない画素が、見えている画素です。真ん中ほど、たくさんの
# 経路で見えています。
#
# ### 演習：`receptive_field`
#
# `layers` は `(F, stride)` のリストで、画像に近い順に並んでいます。受容野の 1 辺の
# 長さを返してください。`[(3, 1), (3, 1)]` なら 5 です。プーリングも畳み込みと同じように
# 数えます。
#
# %% exercise="receptive_field"
def receptive_field(layers):
    # BEGIN SOLUTION
    field, step = 1, 1
    for F, stride in layers:
        field += (F - 1) * step
        step *= stride
    return field
    # END SOLUTION


check("receptive_field", receptive_field)

# %% slide="subslide"
best_field = check.use("receptive_field")
_, ax = plt.subplots(figsize=(10, 4.6))
for name, rows in (("AlexNet", alexnet), ("VGG-16", vgg16)):
    windows = [(r["F"], r["stride"]) for r in rows.values() if "F" in r]
    steps = range(1, len(windows) + 1)
    grown = [best_field(windows[:i]) for i in steps]
    ax.plot(steps, grown, "o-", label=name)
    print(f"{name:8} {grown[-1]}")
ax.xaxis.get_major_locator().set_params(integer=True)
ax.axhline(224, color="0.6", linestyle="--")
ax.text(1, 228, "224", color="0.4")
ax.set(xlabel="layer", ylabel="receptive field", ylim=(0, 250))
ax.legend()
plt.show()

# %% [markdown] lang="en" slide="subslide"
# ### Three 3x3 against one 7x7
#
# Three 3x3 convolutions see 7x7 pixels, as one 7x7 does. With C channels in
# and out, without biases:
#
# - one 7x7: 49 C² weights, one ReLU;
# - three 3x3: 3 x 9 C² = 27 C² weights, three ReLUs.
#
# Almost half of the weights, and more bends. That is VGG's argument.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 3×3 を 3 つ、対 7×7 を 1 つ
#
# 3×3 の畳み込み 3 つで、7×7 の 1 つと同じ 7×7 画素が見えます。入出力がどちらも C
# チャンネルなら、バイアスを除いて次のようになります。
#
# - 7×7 を 1 つ：重みは 49 C² 個、ReLU は 1 つ
# - 3×3 を 3 つ：重みは 3×9 C² = 27 C² 個、ReLU は 3 つ
#
# 重みは約半分で、ReLU の折れ目は増えます。これが VGG の言い分です。
#
# %%
seen = best_field([(7, 1)]), best_field([(3, 1)] * 3)
for C in (64, 512):
    one = best_params(C, C, 7, 7) - C
    three = 3 * (best_params(C, C, 3, 3) - C)
    print(f"C = {C:3}: {one:>10,} {three:>10,} {three / one:.3f}")
print(seen)


# %% [markdown] lang="en" slide="slide"
# ## 10. Your own VGG
#
# ### Exercise: `vgg_block`
#
# Return the layers of one stage as a list: `count` times a 3x3 convolution
# with padding 1 and a ReLU, then one pooling, 2x2 with stride 2. The first
# convolution turns C channels into FN, the others keep FN.
#
# %% [markdown] lang="ja" slide="slide"
# ## 10. 自分の VGG
#
# ### 演習：`vgg_block`
#
# 1 段分の層をリストで返してください。3×3 の畳み込み（パディング 1）と ReLU を `count`
# 回、最後に 2×2、ストライド 2 のプーリングを 1 つです。最初の畳み込みで C チャンネルを
# FN に変え、残りは FN のままにします。
#
# %% exercise="vgg_block"
def vgg_block(C, FN, count, rng):
    # BEGIN SOLUTION
    layers = []
    for _ in range(count):
        layers += [conv(C, FN, 3, rng, pad=1), ReLU()]
        C = FN
    return [*layers, MaxPooling(2, 2, 2)]
    # END SOLUTION


check("vgg_block", vgg_block)

# %% [markdown] lang="en" slide="subslide"
# ### A small one
#
# Three stages of 8, 16 and 32 channels make 32 maps of 3x3 from a katakana.
# Then VGG's end: two affine layers with Dropout, and a last one. As in the
# large one, most parameters sit there.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 小さな VGG
#
# 8、16、32 チャンネルの 3 段で、カタカナ 1 枚から 3×3 の特徴マップが 32 枚できます。
# その後は VGG と同じ終わり方で、Dropout 付きのアフィン層が 2 つと、最後のアフィン層です。
# 本物と同じく、パラメータの大半がここにあります。
#
# %%
rng = np.random.default_rng(0)
block = check.use("vgg_block")
stages = [*block(1, 8, 2, rng), *block(8, 16, 2, rng), *block(16, 32, 2, rng)]
ends = {
    "VGG": [affine(288, 256, rng), affine(256, 256, rng)],
    "one affine": [affine(288, 15, rng)],
}
ends["VGG"].append(affine(256, 15, rng))
weights = [
    layer.W.size + layer.b.size for layer in stages if "W" in vars(layer)
]
print(f"{'stages':12}{sum(weights):>9,}")
for name, layers in ends.items():
    n = sum(layer.W.size + layer.b.size for layer in layers)
    print(f"{name:12}{n:>9,}")

# %% [markdown] lang="en" slide="subslide"
# ### The experiment: cut it off
#
# **Predict:** the small VGG learns the 3,000 katakana of 5_8's training set,
# with three ends: VGG's own, one affine layer alone, and the **mean** of each
# map followed by one affine layer. Which reads the 900 test characters best?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 実験：切り落としてみる
#
# **予想してみましょう。** 小さな VGG に、5_8 の学習用カタカナ 3,000 枚を学習させます。
# 終わり方は 3 通り、VGG のまま、アフィン層 1 つだけ、特徴マップごとの**平均**の後に
# アフィン層 1 つ、です。テスト用の 900 枚をいちばんよく読むのはどれでしょうか。
#
# %% tags=["nbval-ignore-output"]
check.predict("cut")


# %%
def show_recorded(found):
    _, ax = plt.subplots(figsize=(10, 3.2))
    means = []
    for i, (name, one) in enumerate(found.items()):
        accuracy = np.array(one["accuracy"])
        ax.plot(accuracy, np.full(len(accuracy), i), "o", markersize=11)
        means.append(f"{name}: {accuracy.mean():.3f}")
        print(f"{name:20}{one['parameters']:>9,}", end="")
        print(f"{accuracy.mean():>9.3f} ± {accuracy.std():.3f}")
    ax.set_yticks(range(len(found)), labels=list(found))
    ax.set(xlabel="accuracy", ylim=(len(found) - 0.5, -0.5))
    ax.grid(axis="x", color="0.85")
    plt.show()
    return "; ".join(means)


# %% slide="subslide"
record = recorded("5_9")
cut = show_recorded(record["head"])

# %%
check.reveal("cut", cut)

# %% [markdown] lang="en" slide="subslide"
# Recorded by `tools/record_famous.py`: a dot for each of five seeds, six
# epochs, one of two learning rates chosen on 600 training characters kept back.
#
# - With **one** affine layer it reads 2 points better than with VGG's end,
#   more than the spread, with a seventh of the parameters.
# - The mean of each map is as good as VGG's end, within the spread, with a
#   ninth of the parameters.
#
# Nothing is lost here without the large part. Do not conclude that it is
# always useless: 3,000 characters cannot teach 144,000 weights much, Dropout
# learns slowly, and six epochs are few. On ImageNet VGG came second with it;
# GoogLeNet came first in the same year, nearly without.
#
# %% [markdown] lang="ja" slide="subslide"
# `tools/record_famous.py` で記録した結果です。点 1 つがシード 1 つ（5 通り）、学習は 6
# エポック、学習率は学習用から取り分けた 600 文字で 2 つの候補から選びました。
#
# - アフィン層が **1 つ**だけのほうが、VGG の終わり方より約 2 ポイント良く、差はばらつき
#   より大きいです。パラメータは 7 分の 1 です。
# - マップごとの平均は、ばらつきの範囲で VGG の終わり方と同じです。パラメータは 9 分の 1
#   です。
#
# ここでは、大きな部分をなくしても何も失われませんでした。ただし、いつも不要だとは言え
# ません。3,000 文字で 144,000 個の重みを学ぶのは無理がありますし、Dropout を使うと学習
# が遅くなるのに、6 エポックしかしていません。ImageNet では、VGG はこの部分を使って
# 2 位になりました。同じ年の GoogLeNet は、ほとんど使わずに 1 位でした。
#
# %% [markdown] lang="en" slide="subslide"
# ### And three 3x3 against one 7x7?
#
# **Predict:** one convolution in the middle of a small network, once as 7x7,
# once as three 3x3, once as three 3x3 with no ReLU between them.
#
# %% [markdown] lang="ja" slide="subslide"
# ### では、3×3 が 3 つと 7×7 が 1 つでは？
#
# **予想してみましょう。** 小さなネットワークの真ん中の畳み込みを、7×7 の 1 つ、3×3 の
# 3 つ、間に ReLU のない 3×3 の 3 つ、の 3 通りにします。
#
# %% tags=["nbval-ignore-output"]
check.predict("three")

# %%
three = show_recorded(record["filters"])

# %%
check.reveal("three", three)

# %% [markdown] lang="en" slide="subslide"
# Again five seeds, recorded by `tools/record_famous.py`.
#
# Three 3x3 read 0.8 points better than one 7x7, but seeds differ by more than
# a point: five seeds do not prove a gain. What is certain is that 27 C² weights
# do **no worse** than 49 C², and that is what VGG needed.
#
# Without the ReLUs between them, the three together are a single 7x7 filter of
# a restricted kind, and they read like one. It is the ReLUs between them that can make more of it.
#
# %% [markdown] lang="ja" slide="subslide"
# こちらもシード 5 通りで、`tools/record_famous.py` で記録しました。
#
# 3×3 の 3 つは、7×7 の 1 つより 0.8 ポイント高い値です。しかし、シードによる違いが 1 ポイ
# ント以上あるので、5 通りでは良くなったとは言い切れません。確かなのは、27 C² 個の重みでも
# 49 C² 個に**劣らない**ことです。VGG にはそれで十分でした。
#
# 間に ReLU がなければ、3 つ合わせても、形の限られた 7×7 のフィルター 1 つと同じです。正
# 解率も 7×7 と同じくらいです。層を重ねる意味が出るのは、間に ReLU があるからです。
#
# %% [markdown] lang="en" slide="slide"
# ## Summary
#
# - LeNet-5 has the plan of all that follow: convolution, pooling, fewer pixels
#   and more maps, then units. 60,000 parameters.
# - Parameters: FN (C // groups) FH FW + FN. Multiply-adds: the weights times
#   the **output's** OH OW.
# - AlexNet: 60,965,224, two groups, 227 pixels. VGG-16: 138,357,544, only 3x3.
# - Parameters sit in the fully connected layers, the work in the convolutions.
# - Three 3x3 see as much as one 7x7, with 27 instead of 49 C² weights.
#
# Next door: networks whose layers branch (GoogLeNet, ResNet, DenseNet).
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# - LeNet-5 の設計は、後のネットワークすべての手本です。畳み込みとプーリングで画素を
#   減らしてマップを増やし、最後にユニットを並べます。パラメータは 60,000 個です。
# - パラメータ数は FN (C // groups) FH FW + FN、積和の回数は、重みの数に**出力**の
#   OH OW を掛けたものです。
# - AlexNet は 60,965,224 個、2 グループ、227 画素です。VGG-16 は 138,357,544 個で、3×3
#   だけです。
# - パラメータは全結合層に、計算は畳み込み層に集まっています。
# - 3×3 を 3 つ重ねると 7×7 と同じ範囲が見え、重みは 49 C² から 27 C² に減ります。
#
# 次は、層が枝分かれするネットワーク（GoogLeNet、ResNet、DenseNet）です。
#
# %% [markdown] lang="en" slide="slide"
# Whose parts have done the work in this notebook?
#
# %% [markdown] lang="ja" slide="slide"
# このノートブックでは、だれの実装が使われたでしょうか。
#
# %%
check.whose()

# %%
check.progress()
