# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - work out a convolution by hand and write it as a loop,
# - say the size of its output before you run it,
# - explain what bias, padding, stride, channels and filters change,
# - say what a filter looks for in a picture.
#
# It takes about <<minutes>> minutes. Write your answer where the code says
# `write here`, then press **Shift+Enter**: the check below your code answers
# at once. A wrong answer costs nothing. When you are stuck, run
# `check.hint("convolve")` in a new cell, with the name of the exercise: there
# are three hints for each.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - 畳み込み演算を手で計算し、ループで実装する
# - 出力サイズを、実行する前に答える
# - バイアス、パディング、ストライド、チャンネル、フィルターの役割を説明する
# - フィルターが画像の何を探しているのかを読み取る
#
# 目安は <<minutes>> 分です。`ここに書く` と書かれた行に答えを書き、**Shift+Enter** を押
# してください。すぐ下にチェックの結果が出ます。何度間違えてもかまいません。行
# き詰まったら、新しいセルで `check.hint("convolve")` のように演習の名前を付け
# て実行してください。ヒントは 1 問につき 3 つあります。
#
# %%
import matplotlib.pyplot as plt
import numpy as np

from course_lib import plots, widgets
from course_lib.datasets import load_mnist
from course_lib.exercises import lesson
from course_lib.layers import Convolution
from course_lib.stages import show_blocks

language = "en"
check = lesson("5_1", language)
plots.use_style()

# %% [markdown] lang="en" slide="slide"
# ## 1. A window that moves
#
# Lay the filter over the top left corner of the image. Multiply the numbers
# that lie on each other and add up the products: that is one number of the
# output. Move the window one step to the right and do it again.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. 動く窓
#
# フィルター（**カーネル**とも呼ばれます）を画像の左上に重ねます。重なった数ど
# うしを掛け、その積をすべて足すと、出力の数が 1 つ決まります。窓を 1 つ右にず
# らして、同じことを繰り返します。
#
# %%
x = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]])
w = np.array([[2, 0, 1], [0, 1, 2], [1, 0, 2]])
plots.show_arrays({"x": x, "w": w}, {"x": [(0, 0, 3, 3)]})

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the first number, by hand
#
# The window in the picture covers `1 2 3 / 0 1 2 / 3 0 1`. Multiply it with
# `w`, number by number, and add up. Which number do you get? And which one
# when the window moves one step to the right?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：最初の数を手で計算する
#
# 図の窓の中は `1 2 3 / 0 1 2 / 3 0 1` です。`w` と要素ごとに掛けて足すと
# いくつになりますか。窓を右に 1 つずらしたときはどうでしょうか。
#
# %% exercise="by_hand"
# BEGIN SOLUTION
y00 = 15
y01 = 16
# END SOLUTION

check("by_hand", (y00, y01))


# %% [markdown] lang="en" slide="subslide"
# ### Move the window yourself
#
# Press play, or move the slider `step`. The products stand in the middle,
# their sum goes into the output. Then change the stride and the padding: which
# numbers of the output stay, and how many are there? The dilation $D$ is the
# distance between the pixels of the filter, which then reaches over
# $D(FH-1)+1$ pixels.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 窓を動かしてみる
#
# 再生ボタンを押すか、「ステップ」のスライダーを動かしてください。真ん中に積が
# 並び、その合計が出力に入ります。次にストライドとパディングを変えてみましょ
# う。出力のどの数が残り、全部でいくつになりますか。ダイレーション $D$ は、フィ
# ルターの画素どうしの間隔です。フィルターの実質のサイズは $D(FH-1)+1$ になりま
# す。
#
# %% tags=["nbval-ignore-output"]
widgets.convolution_stepper(x, w, language=language)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: let a loop do it
#
# Write `convolve(x, w)` for an image `x` of shape (H, W) and a filter `w` of
# shape (FH, FW). The result `y` has shape (OH, OW), with one number for each
# place where the window lies wholly inside the image. Neither the image nor
# the filter has to be square.
#
# Hint: `x[i : i + FH, j : j + FW]` is the window at row `i`, column `j`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：ループに計算させる
#
# 画像 `x`（形状 (H, W)）とフィルター `w`（形状 (FH, FW)）から、畳み込みの
# 結果 `y`（形状 (OH, OW)）を返す関数 `convolve(x, w)` を書いてください。
# 窓が画像からはみ出さない場所ごとに、数が 1 つ決まります。画像も
# フィルターも正方形とは限りません。
#
# ヒント：i 行 j 列に置いた窓は `x[i : i + FH, j : j + FW]` で取り出せます。
#
# %% exercise="convolve"
def convolve(x, w):
    # BEGIN SOLUTION
    FH, FW = w.shape
    OH = x.shape[0] - FH + 1
    OW = x.shape[1] - FW + 1
    y = np.zeros((OH, OW))
    for i in range(OH):
        for j in range(OW):
            y[i, j] = np.sum(x[i : i + FH, j : j + FW] * w)
    return y
    # END SOLUTION


check("convolve", convolve)

# %% [markdown] lang="en" slide="subslide"
# The whole example: four places for the window, four numbers. Do the first
# two agree with yours?
#
# %% [markdown] lang="ja" slide="subslide"
# 例題の全体です。窓の置き場所は 4 つ、出力の数も 4 つです。上の段の 2 つは、
# 手で計算した値と合っていますか。
#
# %%
best_convolve = check.use("convolve")
plots.show_arrays({"x": x, "w": w, "y": best_convolve(x, w)})

# %% [markdown] lang="en"
# A word on the name. In mathematics a convolution turns the filter by 180
# degrees first; what you wrote is called cross-correlation there. A network
# learns its filters, so it would simply learn them turned. In deep learning
# everybody leaves the filter as it stands and still says convolution.
#
# %% [markdown] lang="ja"
# 名前について一言。数学の畳み込みでは、フィルターを先に 180 度回します。いま書
# いた計算は、数学では「**相互相関**」（cross-correlation）と呼ばれます。フィル
# ターの値は学習で決まるので、回しても回さなくても得られる表現力は同じです。そ
# こで深層学習では、回さない計算をそのまま「畳み込み」と呼んでいます。
#
# %% [markdown] lang="en" slide="slide"
# ## 2. How large is the output?
#
# The window need not move by one. With a **stride** of 2 it takes every
# second place, as in this 7x7 image. And with a **padding** of 1 a frame one
# pixel wide is laid around the image before the window starts.
#
# Make a guess: how many places are there in a row of this image? How many
# if the image were 8 wide?
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. 出力サイズはいくつか
#
# 窓は 1 つずつ動くとは限りません。**ストライド**が 2 なら、下の 7×7 の画像の
# ように 1 つおきに置きます。また、**パディング**が 1 なら、窓を動かす前に
# 画像のまわりを幅 1 の枠で囲みます。
#
# **予想してみましょう。** この画像では、横方向に何か所置けるでしょうか。幅が 8
# だったらどうでしょうか。
#
# %% slide="subslide"
x7 = np.pad(x, (0, 3), mode="wrap")  # (7, 7)
_, ax = plt.subplots(figsize=(4.4, 4.6))
plots.draw_array(ax, x7, "x")
for column, color in zip((0, 2, 4), (plots.ORANGE, plots.BLUE, plots.GREEN)):
    plots.ring(ax, (0, column, 3, 3), color)
plt.show()


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the size of the output
#
# The window of height `filter_size` starts at row 0 and may go down as long
# as it stays inside. Return the number of places it can take, for any
# `stride` and `pad`. When the last step does not fit any more, it is not
# taken.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：出力サイズ
#
# 高さ `filter_size` の窓は 0 行目から始まり、はみ出さない限り下に動きます。
# 窓を置ける場所の数を、`stride` と `pad` がいくつでも求められるように
# してください。最後の 1 歩が収まらないときは、その 1 歩は数えません。
#
# %% exercise="output_size"
def output_size(size, filter_size, stride=1, pad=0):
    # BEGIN SOLUTION
    return (size + 2 * pad - filter_size) // stride + 1
    # END SOLUTION


check("output_size", output_size)

# %% [markdown] lang="en" slide="subslide"
# As a formula, with the brackets that round down:
#
# $$OH = \left\lfloor \frac{H + 2P - FH}{S} \right\rfloor + 1$$
#
# The table goes through the sizes $H$ = 6 to 10 for $FH = 3$, $S = 2$. At
# $H$ = 6, 8 and 10 the last row of the image lies under no window: nobody
# ever looks at it.
#
# %% [markdown] lang="ja" slide="subslide"
# 式で書くと次のようになります。$\lfloor\ \rfloor$ は小数点以下の切り捨て（床関
# 数、floor）です。
#
# $$OH = \left\lfloor \frac{H + 2P - FH}{S} \right\rfloor + 1$$
#
# 下の表は、$FH = 3$、$S = 2$ のまま $H$ を 6 から 10 まで変えたものです。
# $H$ が 6、8、10 のとき、画像の最後の 1 行にはどの窓も届きません。つまり、
# その行は一度も見られないままになります。
#
# %%
best_output_size = check.use("output_size")
print(" H  OH")
for H in range(6, 11):
    print(f"{H:2}  {best_output_size(H, 3, stride=2):2}")

# %% [markdown] lang="en" slide="slide"
# ## 3. Bias, padding, stride
#
# - **Bias**: one number `b` for the whole filter, added to each output.
# - **Zero padding**: a frame of zeros. Corner pixels, which only one window
#   would see, now count more often, and the output can keep the size of the
#   image.
# - **Stride**: larger steps give a smaller output.
#
# Here `x` in its frame (`pad=1`) and `b = 3`: 4x4 in, 4x4 out.
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. バイアス・パディング・ストライド
#
# - **バイアス**：フィルター全体で共通の 1 つの数 `b` です。すべての出力に
#   足します。
# - **ゼロパディング**：画像を 0 の枠で囲みます。角の画素は、そのままでは 1 つの
#   窓にしか入りませんが、枠があれば何度も使われます。出力を入力と同じサイズに
#   することもできます。
# - **ストライド**：歩幅を大きくすると、出力は小さくなります。
#
# 下は `pad=1`、`b = 3` の例です。4×4 の入力から 4×4 の出力が得られます。
#
# %% slide="subslide"
b = 3
framed = np.pad(x, 1)  # (6, 6)
y = np.array(best_convolve(framed, w)) + b  # (4, 4)
plots.show_arrays({"x, P=1": framed, "w": w, "y": y})


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: all three in one function
#
# Extend your loop: `convolve2d(x, w, b, stride, pad)`, still for one image
# (H, W) and one filter (FH, FW). `np.pad(x, pad)` lays the frame of zeros
# around a two-dimensional `x`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：3 つをまとめて 1 つの関数に
#
# さきほどのループを広げて、`convolve2d(x, w, b, stride, pad)` を書いてくださ
# い。画像は 1 枚 (H, W)、フィルターも 1 個 (FH, FW) のままです。 2 次元の `x`
# なら、`np.pad(x, pad)` で 0 の枠を付けられます。
#
# %% exercise="convolve2d"
def convolve2d(x, w, b=0, stride=1, pad=0):
    # BEGIN SOLUTION
    x = np.pad(x, pad)
    FH, FW = w.shape
    OH = (x.shape[0] - FH) // stride + 1
    OW = (x.shape[1] - FW) // stride + 1
    y = np.zeros((OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            window = x[top : top + FH, left : left + FW]
            y[i, j] = np.sum(window * w) + b
    return y
    # END SOLUTION


check("convolve2d", convolve2d)

# %% [markdown] lang="en" slide="subslide"
# The 7x7 image of above with stride 2 gives 3x3 numbers.
#
# Make a guess before you look at the next slide: a digit is 28x28. Which
# `pad` keeps that size for a 3x3 filter, and which for 5x5, at stride 1?
#
# %% [markdown] lang="ja" slide="subslide"
# さきほどの 7×7 の画像は、ストライド 2 で 3×3 になります。
#
# **予想してみましょう。** 次に進む前に、数字の画像は 28×28 です。ストライド 1 で
# サイズを変えないためには、3×3 のフィルターなら `pad` はいくつ必要でしょうか。
# 5×5 ならどうでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("pad")

# %%
best_convolve2d = check.use("convolve2d")
print(best_convolve2d(x7, w, 0, stride=2))

# %% [markdown] lang="en" slide="subslide"
# A filter of odd size $FH$ keeps the size with $P = (FH - 1) / 2$. That is
# one reason why filters are 3x3, 5x5 or 7x7 and hardly ever 4x4.
#
# %% [markdown] lang="ja" slide="subslide"
# 奇数サイズ $FH$ のフィルターでは、$P = (FH - 1) / 2$ とすればサイズが
# 変わりません。フィルターに 3×3、5×5、7×7 がよく使われ、4×4 がほとんど
# 使われない理由の 1 つです。
#
# %%
print("FH  P  OH")
for FH in (1, 3, 5, 7):
    P = (FH - 1) // 2
    print(f"{FH:2}  {P}  {best_output_size(28, FH, pad=P)}")

# %% slide="skip"
check.reveal("pad", "3x3: 1, 5x5: 2")

# %% [markdown] lang="en" slide="slide"
# ## 4. Three channels
#
# A colour image has three channels: red, green, blue. The filter then has
# three planes too, one for each channel. Each plane meets its own channel, and
# the three results `p[0]`, `p[1]`, `p[2]` are added, place by place. The bias
# comes on top, once. So three channels go in and **one** comes out.
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. 3 チャンネルの畳み込み
#
# カラー画像には、赤・緑・青の 3 つのチャンネルがあります。フィルターもチャンネ
# ルと同じ枚数の面からなり、チャンネルごとに対応する面で畳み込みます。得られた
# 3 枚 `p[0]`、`p[1]`、`p[2]` を同じ場所どうしで足し、最後にバイアスを 1 回だけ
# 足します。3 チャンネルが入って、出てくるのは **1 枚**です。
#
# %% slide="subslide"
show_blocks(
    {"x": (3, 3, 3), "w": (3, 2, 2), "y": (1, 2, 2)},
    {"x": (0, 0, 2, 2), "w": (0, 0, 2, 2), "y": (0, 0, 1, 1)},
)

# %% [markdown] lang="en" slide="subslide"
# Image and filter are **blocks** of the same depth. The window goes through
# the whole block, multiplies all 3x2x2 numbers in it, and all of them add up
# to one number of the output. The same with numbers:
#
# %% [markdown] lang="ja" slide="subslide"
# 画像もフィルターも、同じ奥行きの**ブロック**です。窓はブロック全体を貫き、中の
# 3×2×2 個の数をすべて掛けて、全部足したものが出力の 1 つの数になります。数で見る
# と、次のようになります。
#
# %% slide="subslide"
x3 = np.array(
    [
        [[1, 2, 0], [0, 1, 3], [2, 0, 1]],
        [[0, 1, 1], [2, 0, 2], [1, 3, 0]],
        [[3, 0, 1], [1, 1, 0], [0, 2, 2]],
    ]
)  # (C, H, W)
w3 = np.array([[[1, 0], [2, 1]], [[0, 1], [1, -1]], [[-1, 2], [0, 1]]])
p = np.array([best_convolve(x3[c], w3[c]) for c in range(3)])  # (C, OH, OW)

# %% slide="subslide"
_, axes = plt.subplots(3, 3, figsize=(6, 5.4), height_ratios=(3, 2, 2))
for c in range(3):
    arrays = {"x": x3[c], "w": w3[c], "p": p[c]}
    for ax, (name, array) in zip(axes[:, c], arrays.items()):
        plots.draw_array(ax, array, f"{name}[{c}]")
plt.show()
print(p[0] + p[1] + p[2])


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: sum over the channels
#
# Write `convolve_channels(x, w, b, stride, pad)` for `x` of shape (C, H, W)
# and `w` of shape (C, FH, FW). The result has shape (OH, OW). You may call
# `best_convolve2d`, which works on one channel, or write your own loop.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：チャンネルについて足す
#
# `x`（形状 (C, H, W)）と `w`（形状 (C, FH, FW)）から、形状 (OH, OW) の結果を
# 返す `convolve_channels(x, w, b, stride, pad)` を書いてください。1 チャンネル
# ぶんを計算する `best_convolve2d` を呼んでも、自分でループを書いても
# かまいません。
#
# %% exercise="convolve_channels"
def convolve_channels(x, w, b=0, stride=1, pad=0):
    # BEGIN SOLUTION
    C = x.shape[0]
    parts = [best_convolve2d(x[c], w[c], 0, stride, pad) for c in range(C)]
    return sum(parts) + b
    # END SOLUTION


check("convolve_channels", convolve_channels)

# %% [markdown] lang="en" slide="slide"
# ## 5. Several filters, several images
#
# One filter finds one thing. A layer has `FN` filters, each with its own
# bias, and each makes one channel of the output. And it takes `N` images at
# once, which do not touch each other.
#
# | | shape |
# |---|---|
# | images `x` | (N, C, H, W) |
# | filters `W` | (FN, C, FH, FW) |
# | biases `b` | (FN,) |
# | output `y` | (N, FN, OH, OW) |
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. 複数のフィルター、複数の画像
#
# 1 つのフィルターが見つけるものは 1 種類です。畳み込み層は `FN` 個の
# フィルターを持ち、それぞれに専用のバイアスがあります。フィルター 1 つが、
# 出力のチャンネル 1 つを作ります。画像は `N` 枚をまとめて受け取りますが、
# 画像どうしが混ざることはありません。
#
# | | 形状 |
# |---|---|
# | 画像 `x` | (N, C, H, W) |
# | フィルター `W` | (FN, C, FH, FW) |
# | バイアス `b` | (FN,) |
# | 出力 `y` | (N, FN, OH, OW) |
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the whole layer
#
# Write `convolve_images(x, W, b, stride, pad)` with the shapes of the table.
# `best_convolve_channels` does one image and one filter; what is left are
# two loops. Mind the order of the axes in the result.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：畳み込み層の全体
#
# 表の形状どおりに `convolve_images(x, W, b, stride, pad)` を書いてください。
# 画像 1 枚とフィルター 1 つの組は `best_convolve_channels` が計算します。
# 残りはループ 2 つです。結果の軸の順番に気をつけましょう。
#
# %%
best_convolve_channels = check.use("convolve_channels")


# %% exercise="convolve_images"
def convolve_images(x, W, b, stride=1, pad=0):
    # BEGIN SOLUTION
    maps = [
        [
            best_convolve_channels(image, W[k], b[k], stride, pad)
            for k in range(len(W))
        ]
        for image in x
    ]
    return np.array(maps)
    # END SOLUTION


check("convolve_images", convolve_images)

# %% [markdown] lang="en" slide="subslide"
# How many numbers does such a layer learn? For 30 filters of 5x5 on one
# channel 30 x 25 weights and 30 biases: 780, whatever the size of the image.
# A fully connected layer from 28x28 pixels to an output of the same size
# (30x24x24) would need more than 13 million.
#
# %% [markdown] lang="ja" slide="subslide"
# この層が学習する数はいくつでしょうか。1 チャンネルの画像に 5×5 の
# フィルターが 30 個なら、重みが 30×25 個、バイアスが 30 個で、合わせて
# 780 個です。画像がどんなに大きくても変わりません。28×28 の画素から同じ
# サイズの出力（30×24×24）を作る全結合層なら、1300 万個を超えます。
#
# %%
OH = best_output_size(28, 5)
print(30 * (1 * 5 * 5) + 30)
print(28 * 28 * (30 * OH * OH) + 30 * OH * OH)

# %% [markdown] lang="en" slide="slide"
# ## 6. Edge filters on a real digit
#
# An edge is a place where the brightness changes. A filter can measure that:
# it subtracts one neighbour from another.
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. 本物の数字にエッジフィルターをかける
#
# 明るさが変わる場所をエッジと呼びます。フィルターは、隣り合う画素の差を
# とることで、この変化を測れます。
#
# %%
(x_train, t_train), _ = load_mnist(train_size=1000, test_size=1)
digit = x_train[32]  # (1, 28, 28)
plots.show_images(digit, scale=2.5)

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: design a filter
#
# Write the 3x3 filter `w_edge` whose answer is *the pixel below the centre
# minus the pixel above the centre*. (Nothing else counts.) A list of lists
# will do.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：フィルターを設計する
#
# 「中心のすぐ下の画素 − 中心のすぐ上の画素」を計算する 3×3 のフィルター
# `w_edge` を書いてください。ほかの画素は使いません。リストのリストで
# かまいません。
#
# %% exercise="edge_filter"
# BEGIN SOLUTION
w_edge = [[0, -1, 0], [0, 0, 0], [0, 1, 0]]
# END SOLUTION

check("edge_filter", w_edge)

# %% [markdown] lang="en" slide="subslide"
# Four filters: yours, yours with rows and columns exchanged, one for all
# outlines (centre times 8 minus the eight neighbours) and one that takes the
# mean of the nine pixels.
#
# Make a guess: the digit is a 5. Which strokes light up under the first
# filter, which under the second? What do the first three say about the
# black background and about the inside of a thick stroke?
#
# %% [markdown] lang="ja" slide="subslide"
# フィルターを 4 つ用意しました。いま書いたもの、その行と列を入れ替えたもの、輪
# 郭を取り出すもの（ラプラシアンフィルター。中心の 8 倍からまわりの 8 画素を引
# く）、9 画素の平均をとるものです。
#
# **予想してみましょう。** 数字は 5 です。1 つ目のフィルターにはどの線が反応
# し、 2 つ目にはどの線が反応するでしょうか。また、最初の 3 つは、黒い背景や太
# い線の内側では、どんな値になるでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("maps")

# %%
edge = np.array(check.use("edge_filter"), dtype=float)
outline = -np.ones((3, 3))
outline[1, 1] = 8
mean = np.full((3, 3), 1 / 9)
W = np.stack([edge, edge.T, outline, mean])[:, np.newaxis]  # (4, 1, 3, 3)
best_convolve_images = check.use("convolve_images")
maps = best_convolve_images(digit[np.newaxis], W, np.zeros(4), 1, 1)[0]

# %% slide="subslide"
_, axes = plt.subplots(2, 4, figsize=(10, 4.6), height_ratios=(1, 2))
for k in range(4):
    for ax, picture in zip(axes[:, k], (W[k, 0], maps[k])):
        limit = np.abs(picture).max()
        ax.imshow(picture, cmap="PuOr", vmin=-limit, vmax=limit)
        ax.axis("off")
plt.show()

# %% slide="skip"
check.reveal("maps")

# %% [markdown] lang="en" slide="subslide"
# Purple is above zero, orange below, white zero. Your filter sees strokes
# that run **across**: purple where it gets brighter downwards (upper edge),
# orange at the lower edge. The second sees strokes that run **down**. The
# entries of the first three add up to zero, so an even area gives zero, be it
# black or white. The fourth adds up to 1: it keeps the brightness and blurs.
#
# %% [markdown] lang="ja" slide="subslide"
# 紫は正、オレンジは負、白は 0 です。1 つ目は**横**の線に反応します。下に
# 向かって明るくなる上側のふちが紫、暗くなる下側のふちがオレンジです。
# 同じように、2 つ目は**縦**の線に反応します。最初の 3 つは要素の和が 0 なので、
# 明るさが一様な場所では、黒くても白くても 0 になります。4 つ目は和が 1 なので、
# 明るさを保ったままぼかします。
#
# %% [markdown] lang="en" slide="subslide"
# ### An edge that nobody drew
#
# Make a guess: the same digit as black ink on white paper (`1 - digit`), the
# same filter, `pad=1`. What happens to the colours, and what appears on the
# border?
#
# %% [markdown] lang="ja" slide="subslide"
# ### だれも描いていないエッジ
#
# **予想してみましょう。** 同じ数字を、白い紙に黒で書いたように反転し
# （`1 - digit`）、同じフィルターを `pad=1` でかけます。色はどう変わるでしょう
# か。そして、画像の端には何が現れるでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("inverted")

# %%
inverted = 1 - digit[np.newaxis]  # (1, 1, 28, 28)
first = best_convolve_images(inverted, W[:1], np.zeros(1), 1, 1)[0, 0]
plots.show_feature_maps(np.stack([maps[0], first]), scale=2.5)

# %% slide="skip"
check.reveal("inverted")

# %% [markdown] lang="en"
# All signs change, and a line appears at the top and at the bottom: there the
# white paper meets the black zeros of the frame. Zero padding is harmless
# only where zero means "nothing here". MNIST is white on black for a reason.
#
# %% [markdown] lang="ja"
# 符号がすべて逆になり、上端と下端に線が現れます。白い紙が、0（黒）で埋めた枠と
# 接しているからです。ゼロパディングが無害なのは、0 が「何もない」ことを
# 表すときだけです。黒地に白の MNIST は、この点でも都合がよいのです。
#
# %% [markdown] lang="en" slide="slide"
# ## 7. What does a filter see?
#
# A filter can also be a small picture. Here it is cut out of a 7: the 9x9
# pixels of its corner. We slide it over 1000 digits and ask for the place
# where it answers most strongly.
#
# %% [markdown] lang="ja" slide="slide"
# ## 7. フィルターには何が見えているのか
#
# フィルターは小さな絵でもかまいません。ここでは 7 の角のところを 9×9 画素
# 切り取って、フィルターにします。これを 1000 枚の数字の上で動かし、最も強く
# 反応する場所を探します。
#
# %%
seven = x_train[27, 0]  # (28, 28)
corner = seven[5:14, 12:21]  # (9, 9)
_, axes = plt.subplots(1, 2, figsize=(6, 3))
for ax, picture in zip(axes, (seven, corner)):
    ax.imshow(picture)
    ax.axis("off")
plots.ring(axes[0], (5, 12, 9, 9))
plt.show()


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the strongest place
#
# Write `strongest(y)`: it returns the row and the column of the largest
# number in `y` (OH, OW). The window that gave it begins at the same row and
# column of the image.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：最も強く反応した場所
#
# `y`（形状 (OH, OW)）の中で最も大きい数がある行と列を返す `strongest(y)` を
# 書いてください。その数を出した窓は、画像の同じ行・同じ列から始まります。
#
# %% exercise="strongest"
def strongest(y):
    # BEGIN SOLUTION
    row, column = np.unravel_index(np.argmax(y), y.shape)
    return row, column
    # END SOLUTION


check("strongest", strongest)

# %% [markdown] lang="en" slide="subslide"
# This function searches all 1000 digits (with the fast layer of `course_lib`,
# which you will write yourself in 5_5) and keeps the ten windows that answer
# most strongly, each from another digit.
#
# Make a guess: what do they look like? Is the corner itself, where filter and
# picture are the same, the winner?
#
# %% [markdown] lang="ja" slide="subslide"
# 次の関数は 1000 枚すべてを調べ、反応が最も強い窓を 10 個（1 枚の数字から
# 1 つずつ）選びます。計算には `course_lib` の速い畳み込み層を使います。これは
# 5_5 で自分で書くものです。
#
# **予想してみましょう。** どんな窓が選ばれるでしょうか。フィルターと絵がぴった
# り一致する「切り取った元の角」が 1 位になるでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("corner")

# %%
best_strongest = check.use("strongest")


def top_windows(w, count=10):
    layer = Convolution(w[np.newaxis, np.newaxis], np.zeros(1, w.dtype))
    y = layer.forward(x_train)[:, 0]  # (N, OH, OW)
    scores = y.max(axis=(1, 2))  # (N,)
    order = np.argsort(-scores)
    windows = []
    for n in order[:count]:
        i, j = best_strongest(y[n])
        window = x_train[n, 0, i : i + 9, j : j + 9]
        windows.append(np.pad(window, 1, constant_values=0.5))
    rank = int((scores > scores[27]).sum()) + 1
    return np.array(windows), t_train[order[:count]], rank


# %% slide="subslide"
windows, labels, rank = top_windows(corner)
plots.show_images(windows, labels)
print("rank:", rank)

# %% slide="skip"
check.reveal("corner", f"{rank} / 1000")

# %% [markdown] lang="en" slide="subslide"
# They hardly look like the corner. They are full of ink: the filter has no
# negative number, so more ink always means a larger sum. Of the 1000 digits
# the 7 from which it was cut comes only 182nd (`rank`).
#
# Now let the filter also *punish* ink where it should be dark: subtract its
# mean, so that its entries add up to zero, as those of the edge filters do.
# Make a guess once more.
#
# %% [markdown] lang="ja" slide="subslide"
# 角にはあまり似ておらず、どれもほとんど真っ白です。フィルターに負の数がないの
# で、白い画素が多いほど和が大きくなるのです。切り取った元の 7 は 1000 枚のうち
# 182 位（`rank`）でした。
#
# そこで、暗いはずの場所が白ければ**減点**するようにします。フィルターから平均
# を引いて、エッジフィルターと同じように要素の和を 0 にします。もう一度 **予想
# してみましょう。**
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("balanced")

# %% slide="subslide"
balanced = corner - corner.mean()  # (9, 9)
windows, labels, rank = top_windows(balanced)
plots.show_filters(balanced[np.newaxis])
plots.show_images(windows, labels)
print("rank:", rank)

# %% slide="skip"
check.reveal("balanced", f"{rank} / 1000")

# %% [markdown] lang="en"
# Now all ten windows hold such a corner. More than half of them come from a
# 7, and the original is the first. What a filter wants to see
# **dark** matters as much as what it wants to see bright. In 5_7 you will
# find positive and negative numbers side by side in the filters that a
# network has learned.
#
# %% [markdown] lang="ja"
# 今度は 10 個とも角です。半分以上が 7 から選ばれ、元の角が 1 位になりました。
# フィルターにとって、**暗くあってほしい**場所は、明るくあってほしい場所と同じ
# くらい大切なのです。5_7 では、ネットワークが学習したフィルターの中に、正の数
# と負の数が並んでいる様子を確かめます。
#
# %% [markdown] lang="en" slide="slide"
# ## Summary
#
# - A filter lies on a window, products are summed, the window moves on.
# - $OH = \lfloor (H + 2P - FH) / S \rfloor + 1$, and the same for the width.
# - Channels are summed; each filter makes one channel of the output.
# - Shapes: (N, C, H, W) and (FN, C, FH, FW) give (N, FN, OH, OW).
# - A filter answers to what looks like it; its negative numbers say what
#   must not be there.
#
# The next door: **<<next_lesson>>**, where the output gets small and
# a digit may move a little.
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# - フィルターを窓に重ね、積の和をとり、窓を動かします。
# - $OH = \lfloor (H + 2P - FH) / S \rfloor + 1$ です。幅も同じ式です。
# - チャンネルについては足し合わせます。フィルター 1 つが出力の
#   チャンネル 1 つを作ります。
# - (N, C, H, W) と (FN, C, FH, FW) から (N, FN, OH, OW) ができます。
# - フィルターは自分に似たものに反応します。負の数は「ここにあっては
#   いけない」ことを表します。
#
# 次は **<<next_lesson>>** です。出力を小さくし、数字が少しずれても困らない
# ようにします。
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
