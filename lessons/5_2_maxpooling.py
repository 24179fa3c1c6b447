# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - work out max pooling and average pooling by hand and in code,
# - choose window, stride and padding, and say what size comes out,
# - say how much a digit may move before its pooled map changes,
# - say what pooling throws away.
#
# It takes about <<minutes>> minutes. No number is learned in this lesson's layer:
# pooling has no weights.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - マックスプーリングと平均プーリングを、手計算とコードの両方で求める
# - 窓・ストライド・パディングを選び、出力サイズを答える
# - 数字がどれだけずれるとプーリングの結果が変わるのかを説明する
# - プーリングで失われるものを説明する
#
# 目安は <<minutes>> 分です。プーリングには重みがないので、この層で学習する数は
# 1 つもありません。
#
# %%
import matplotlib.pyplot as plt
import numpy as np

from course_lib import plots, widgets
from course_lib.datasets import load_mnist
from course_lib.exercises import lesson
from course_lib.functional import conv_output_size
from course_lib.layers import AveragePooling, Convolution, MaxPooling

language = "en"
check = lesson("5_2", language)
plots.use_style()

# %% [markdown] lang="en" slide="slide"
# ## 1. Keep the largest
#
# Pooling moves a window over the image, as convolution does, but there is no
# filter. Of the numbers in the window only the **largest** is kept. Usually
# the stride is as long as the window, so that the windows lie side by side.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. 最大値だけを残す
#
# プーリングでも、畳み込みと同じように画像の上で窓を動かします。ただし
# フィルターはありません。窓の中の**最大値**だけを残します。ストライドは窓の
# 幅と同じにすることが多く、そのとき窓はすき間も重なりもなく並びます。
#
# %%
x = np.array([[1, 2, 1, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 4, 0, 1]])
windows = [(0, 0, 2, 2), (0, 2, 2, 2), (2, 0, 2, 2), (2, 2, 2, 2)]
plots.show_arrays({"x": x}, {"x": windows})

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: by hand
#
# Four windows of 2x2, so four numbers come out. Write them as a list of two
# rows: `y = [[?, ?], [?, ?]]`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：手で計算する
#
# 2×2 の窓が 4 つあるので、出力の数も 4 つです。2 行のリスト
# `y = [[?, ?], [?, ?]]` の形で書いてください。
#
# %% exercise="by_hand"
# BEGIN SOLUTION
y = [[2, 3], [4, 2]]
# END SOLUTION

check("by_hand", y)


# %% [markdown] lang="en" slide="subslide"
# ### Move the window yourself
#
# Step through the windows, with `max` and with `average`. Then press
# `backward`: where does each number of the output come from?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 窓を動かしてみる
#
# 「最大値」と「平均」のそれぞれで、窓を 1 つずつ進めてください。次に「逆伝播」を
# 押すと、出力の数がどの画素から来たのかが見えます。
#
# %% tags=["nbval-ignore-output"]
widgets.pooling_stepper(x, language=language)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: as a loop
#
# Write `max_pool(x, pool_h, pool_w, stride)` for one image `x` (H, W). The
# window is `pool_h` high and `pool_w` wide. The size of the output follows
# the formula of 5_1; `conv_output_size(size, filter_size, stride)` knows it.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：ループで書く
#
# 画像 1 枚 `x`（形状 (H, W)）に対する `max_pool(x, pool_h, pool_w, stride)` を
# 書いてください。窓の高さは `pool_h`、幅は `pool_w` です。出力サイズの式は
# 5_1 と同じで、`conv_output_size(size, filter_size, stride)` で求められます。
#
# %% exercise="max_pool"
def max_pool(x, pool_h, pool_w, stride):
    # BEGIN SOLUTION
    OH = conv_output_size(x.shape[0], pool_h, stride)
    OW = conv_output_size(x.shape[1], pool_w, stride)
    y = np.zeros((OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            y[i, j] = np.max(x[top : top + pool_h, left : left + pool_w])
    return y
    # END SOLUTION


check("max_pool", max_pool)


# %% [markdown] lang="en" slide="slide"
# ## 2. Or take the mean
#
# **Average pooling** keeps the mean of the window instead. In this example the
# first window `1 2 / 0 1` gives 1 instead of 2.
#
# ### Exercise: average pooling
#
# Write `average_pool(x, pool_h, pool_w, stride)`.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. 平均を残す
#
# 最大値の代わりに窓の平均を残すのが**平均プーリング**です。さきほどの例では、
# 最初の窓 `1 2 / 0 1` から、2 ではなく 1 が得られます。
#
# ### 演習：平均プーリング
#
# `average_pool(x, pool_h, pool_w, stride)` を書いてください。
#
# %% exercise="average_pool"
def average_pool(x, pool_h, pool_w, stride):
    # BEGIN SOLUTION
    OH = conv_output_size(x.shape[0], pool_h, stride)
    OW = conv_output_size(x.shape[1], pool_w, stride)
    y = np.zeros((OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            y[i, j] = np.mean(x[top : top + pool_h, left : left + pool_w])
    return y
    # END SOLUTION


check("average_pool", average_pool)

# %% [markdown] lang="en" slide="subslide"
# The same on a real digit: windows of 2, 4 and 7 pixels, the maximum above,
# the mean below.
#
# Make a guess: what happens to the brightness and to the thickness of the
# strokes in the two rows?
#
# %% [markdown] lang="ja" slide="subslide"
# 本物の数字で比べます。窓の大きさは 2、4、7 画素で、上の段が最大値、下の段が
# 平均です。
#
# **予想してみましょう。** 線の明るさと太さは、2 つの段でどう変わるでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("strokes")

# %%
best_max_pool = check.use("max_pool")
best_average_pool = check.use("average_pool")
(x_train, t_train), (x_test, t_test) = load_mnist(
    normalize=False, train_size=2000, test_size=500
)  # uint8
digit = x_train[32, 0] / 255  # (28, 28)

# %% slide="subslide"
_, axes = plt.subplots(2, 4, figsize=(10, 5.2))
for ax, p in zip(axes.T, (1, 2, 4, 7)):
    for row, pool in zip(ax, (best_max_pool, best_average_pool)):
        row.imshow(pool(digit, p, p, p), vmin=0, vmax=1)
        row.axis("off")
    ax[0].set_title(f"{p}x{p}")
plt.show()

# %% slide="skip"
check.reveal("strokes")

# %% [markdown] lang="en" slide="subslide"
# The maximum keeps strokes bright and makes them thicker; the mean makes them
# fade. Max pooling asks "is the feature anywhere here?", average pooling "how
# much of it is here?".
#
# %% [markdown] lang="ja" slide="subslide"
# 最大値では、線が明るいまま太くなります。平均では、線が薄れていきます。
# マックスプーリングは「この辺りのどこかに特徴があるか」を、平均プーリングは
# 「この辺りに特徴がどれくらいあるか」を答えているのです。
#
# %% [markdown] lang="en" slide="slide"
# ## 3. Window and stride
#
# Window and stride can differ. With a stride shorter than the window the
# windows overlap; with a longer one, some pixels are never looked at. For a
# digit of 28x28 (`p`: window, `S`: stride):
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. 窓とストライド
#
# 窓とストライドは違っていてもかまいません。ストライドが窓より短いと、窓が
# 重なります。長いと、どの窓にも入らない画素ができます。28×28 の数字では、
# 次のようになります（`p` は窓の幅、`S` はストライドです）。
#
# %%
print("p  S  OH")
for p, S in [(2, 2), (3, 2), (3, 3), (4, 4), (7, 7), (2, 3)]:
    print(f"{p}  {S}  {conv_output_size(28, p, S):2}")

# %% [markdown] lang="en" slide="slide"
# ## 4. Several channels, and a border of minus infinity
#
# Each channel is pooled on its own. Nothing is added across channels, so `C`
# stays what it was: (N, C, H, W) gives (N, C, OH, OW).
#
# Padding needs care. After a convolution numbers may be negative. Make a
# guess: all numbers of this `x` are below zero, the window is 2x2, the stride
# 2, and the frame is filled with **zeros**. What comes out?
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. 複数チャンネルと、マイナス無限大の枠
#
# プーリングはチャンネルごとに行います。チャンネルどうしを足すことはないので、
# `C` は変わりません。(N, C, H, W) から (N, C, OH, OW) ができます。
#
# 気をつけたいのはパディングです。畳み込みの後には、負の数が現れます。**予想し
# てみましょう。** 下の `x` はすべて負の数です。窓を 2×2、ストライドを 2 とし、
# 枠を **0** で埋めると、何が出てくるでしょうか。
#
# %% slide="subslide"
negative = np.array(
    [[-1, -2, -5, -6], [-3, -7, -4, -8], [-9, -2, -3, -1], [-5, -6, -8, -4]]
)
framed = np.pad(negative, 1)  # (6, 6)
y_zero = best_max_pool(framed, 2, 2, 2)  # (3, 3)
plots.show_arrays({"x, P=1": framed, "y": y_zero}, {"y": [(1, 1, 1, 1)]})


# %% [markdown] lang="en" slide="subslide"
# At the border the zeros win: eight of nine numbers are not in the image at
# all. A frame must never win. So it is filled with the number that is smaller
# than all others, minus infinity: `-np.inf`.
#
# %% [markdown] lang="ja" slide="subslide"
# 枠の近くでは 0 が最大値になってしまいます。9 個のうち 8 個が、元の画像にはな
# い数です。枠が選ばれてはいけないので、どの数よりも小さいマイナス無限大
# `-np.inf` で埋めます。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: pooling for a layer
#
# Write `max_pool_images(x, pool_h, pool_w, stride, pad)` for `x` (N, C, H, W).
# Hint: the frame lies on the last two axes only,
# `np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), constant_values=...)`,
# and `np.max(..., axis=(2, 3))` takes all images and channels at once.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：層として使えるプーリング
#
# `x`（形状 (N, C, H, W)）に対する
# `max_pool_images(x, pool_h, pool_w, stride, pad)` を書いてください。
# ヒント：枠を付けるのは最後の 2 軸だけです。
# `np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), constant_values=...)` と
# 書けます。`np.max(..., axis=(2, 3))` なら、全画像・全チャンネルを一度に
# 計算できます。
#
# %% exercise="max_pool_images" slide="subslide"
def max_pool_images(x, pool_h, pool_w, stride=1, pad=0):
    # BEGIN SOLUTION
    N, C, H, W = x.shape
    frame = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    x = np.pad(x, frame, constant_values=-np.inf)
    OH = conv_output_size(H, pool_h, stride, pad)
    OW = conv_output_size(W, pool_w, stride, pad)
    y = np.zeros((N, C, OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + pool_h, left : left + pool_w]
            y[:, :, i, j] = np.max(window, axis=(2, 3))
    return y
    # END SOLUTION


check("max_pool_images", max_pool_images)

# %% [markdown] lang="en" slide="subslide"
# The same `x` with both frames, zeros and minus infinity. Now every number of
# the output comes from the image.
#
# %% [markdown] lang="ja" slide="subslide"
# さきほどの `x` で、0 の枠とマイナス無限大の枠を比べます。今度は、出力の
# どの数も画像の中にあります。
#
# %%
best_max_pool_images = check.use("max_pool_images")
batch = negative[np.newaxis, np.newaxis].astype(float)  # (1, 1, 4, 4)
y_inf = best_max_pool_images(batch, 2, 2, stride=2, pad=1)[0][0]
plots.show_arrays({"x": negative, "y, 0": y_zero, "y, -∞": y_inf})


# %% [markdown] lang="en" slide="subslide"
# And with several channels: the digit under three edge filters as in 5_1,
# negative numbers set to 0, then pooled. Three channels go in, three come
# out, each half as high and half as wide. The edges stay where they were.
#
# %% [markdown] lang="ja" slide="subslide"
# 複数チャンネルの例です。5_1 のようなエッジフィルターを 3 つかけ、負の数を 0 に
# してから、プーリングします。3 チャンネルが入って 3 チャンネルが出てきます。
# 縦も横も半分になりますが、エッジの並びは保たれています。
#
# %%
edge = np.array([[0, -1, 0], [0, 0, 0], [0, 1, 0]], dtype=float)
W = np.stack([edge, -edge, edge.T])[:, np.newaxis]  # (3, 1, 3, 3)
layer = Convolution(W, np.zeros(3), pad=1)
maps = np.maximum(layer.forward(digit[np.newaxis, np.newaxis]), 0)
pooled_maps = np.array(best_max_pool_images(maps, 2, 2, stride=2))
print(maps.shape, pooled_maps.shape)
plots.show_feature_maps(maps[0], scale=2)
plots.show_feature_maps(pooled_maps[0], scale=2)


# %% [markdown] lang="en" slide="slide"
# ## 5. May a digit move a little?
#
# Pooling is there to **absorb shifts**: a stroke that moves inside its window
# leaves the maximum as it was. Think of a single bright pixel. Windows are
# `pool` wide and lie side by side. The pixel moves `shift` to the right.
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. 数字は少しなら動いてもよい？
#
# プーリングの意義は**ズレの吸収**です。線が窓の中で動いても、最大値は変わり
# ません。明るい画素が 1 つだけある画像を考えましょう。幅 `pool` の窓がすき間
# なく並び、その画素が `shift` だけ右に動きます。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: how often does it stay?
#
# The pixel may have started in any of the `pool` columns of its window.
# Return the share of these columns (0 to 1) from which it is still in the
# same window afterwards.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：同じ窓に残る割合
#
# その画素は、もともと窓の `pool` 列のうちのどの列にあったのかわかりません。
# 動いた後も同じ窓に残るような列の割合（0 から 1）を返してください。
#
# %% exercise="stay_share"
def stay_share(pool, shift):
    # BEGIN SOLUTION
    return max(pool - shift, 0) / pool
    # END SOLUTION


check("stay_share", stay_share)


# %% [markdown] lang="en" slide="subslide"
# Half of all single pixels survive a shift of 1 under a 2x2 window. Now real
# digits. For that they must be moved.
#
# %% [markdown] lang="ja" slide="subslide"
# 窓が 2×2 でズレが 1 なら、画素 1 つの画像の半分では結果が変わりません。では、
# 本物の数字ではどうでしょうか。まず、数字を動かす関数を作ります。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: move a picture
#
# Write `shift_right(x, s)` for `x` (..., H, W): every column goes `s` places
# to the right, what leaves the picture is lost, and zeros come in from the
# left. `s` may be 0. The input must stay as it is.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：画像を動かす
#
# `x`（形状 (..., H, W)）のすべての列を右に `s` だけ動かす `shift_right(x, s)` を
# 書いてください。右にはみ出した分は消え、左からは 0 が入ります。`s` が 0 の
# こともあります。入力の配列は書き換えません。
#
# %% exercise="shift_right"
def shift_right(x, s):
    # BEGIN SOLUTION
    W = x.shape[-1]
    moved = np.zeros_like(x)
    moved[..., s:] = x[..., : W - s]
    return moved
    # END SOLUTION


check("shift_right", shift_right)

# %% [markdown] lang="en" slide="subslide"
# A picture made for the purpose: four bright pixels, each on the left side of
# its window. `x1` is `x` moved by one pixel. The map does not notice.
#
# %% [markdown] lang="ja" slide="subslide"
# まずは、うまくいくように作った画像です。明るい画素が 4 つあり、どれも窓の左側に
# あります。`x1` は `x` を 1 画素動かしたものです。プーリングの結果は変わりません。
#
# %%
best_shift_right = check.use("shift_right")
dots = np.array([[3, 0, 5, 0], [0, 0, 0, 0], [4, 0, 0, 0], [0, 0, 6, 0]])
pair = {"x": dots, "x1": best_shift_right(dots, 1)}
results = {"y": best_max_pool(dots, 2, 2, 2)}
results["y1"] = best_max_pool(np.array(pair["x1"]), 2, 2, 2)
plots.show_arrays(pair | results, {"x": windows, "x1": windows})

# %% [markdown] lang="en" slide="subslide"
# ### The experiment
#
# We move 1000 digits one pixel to the right and compare the pooled maps of
# before and after (`p`: window, stride the same).
#
# Make a guess: for how many of the 1000 is the map with 2x2 windows
# **exactly** the same? And with windows of 7x7?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 実験
#
# 1000 枚の数字を 1 画素だけ右に動かし、動かす前と後でプーリングの結果を比べ
# ます（`p` は窓の幅で、ストライドも同じです）。
#
# **予想してみましょう。** 2×2 の窓で、結果が**まったく同じ**になる数字は 1000
# 枚中何枚でしょうか。7×7 の窓ではどうでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("same_maps")

# %%
x_some = x_train[:1000]  # (N, 1, 28, 28)
moved = np.array(best_shift_right(x_some, 1))
print(" p  N")
for p in (1, 2, 4, 7, 14, 28):
    layer = MaxPooling(p, p, stride=p)
    same = layer.forward(x_some) == layer.forward(moved)
    print(f"{p:2}  {same.all(axis=(1, 2, 3)).sum()}")


# %% slide="skip"
check.reveal("same_maps")


# %% [markdown] lang="en" slide="subslide"
# Not one. A digit has many pixels on the edges of its strokes, and it is
# enough that **one** of them crosses into the next window. Only very large
# windows let a digit through unchanged, and 28x28 leaves a single number.
#
# So "absorbs" is a matter of degree. How **much** does the map change?
#
# $$D(s) = \frac{\lVert P(x) - P(x_s) \rVert}{\lVert P(x) \rVert}$$
#
# %% [markdown] lang="ja" slide="subslide"
# 2×2 では 1 枚もありません。線のふちにはたくさんの画素があり、**1 つでも**隣の
# 窓に移れば、結果は変わってしまうからです。数字の多くが変わらずに済むのは、
# とても大きな窓だけです。しかも 28×28 の窓では、数が 1 つしか残りません。
#
# つまり「ズレの吸収」は程度の問題です。結果は**どれくらい**変わるのでしょうか。
#
# $$D(s) = \frac{\lVert P(x) - P(x_s) \rVert}{\lVert P(x) \rVert}$$
#
# %%
def change(pool, s):
    layer = MaxPooling(pool, pool, stride=pool)
    a = layer.forward(x_some).astype(float)
    b = layer.forward(np.array(best_shift_right(x_some, s))).astype(float)
    axes = (1, 2, 3)
    distance = np.sqrt(((a - b) ** 2).sum(axis=axes))
    return distance / np.sqrt((a**2).sum(axis=axes))  # (N,)


D = np.array(
    [[change(p, s) for s in range(7)] for p in (1, 2, 4, 7)]
)  # (p, s, N)

# %% slide="subslide"
_, ax = plt.subplots(figsize=(8, 4))
for p, row, marker in zip((1, 2, 4, 7), D, "osd^"):
    ax.plot(row.mean(axis=1), marker=marker, label=f"{p}x{p}")
ax.axhline(0.5, color="0.5", linestyle="--", linewidth=1)
ax.set(xlabel="s", ylabel="D")
ax.legend()
plt.show()

# %% [markdown] lang="en" slide="subslide"
# How far may a digit move until its map has changed by half ($D > 0.5$, the
# dashed line)? For each digit we count the steps that it may take; the table
# gives how many of the 1000 may take 0, 1, 2, ... steps, and the mean.
#
# %% [markdown] lang="ja" slide="subslide"
# では、数字がどこまで動くと、結果は半分（$D > 0.5$、破線）まで変わるので
# しょうか。数字ごとに、何画素までなら動いてもよいかを数えました。表は、それが
# 0、1、2、… 画素だった数字の枚数（1000 枚中）と、その平均です。
#
# %%
print("p     0    1    2    3    4    5  mean")
for p, row in zip((1, 2, 4, 7), D):
    steps = (np.cumsum(row > 0.5, axis=0) == 0).sum(axis=0) - 1  # (N,)
    counts = " ".join(f"{(steps == k).sum():4}" for k in range(6))
    print(f"{p}  {counts}  {steps.mean():4.1f}")


# %% [markdown] lang="en" slide="subslide"
# Without pooling three digits in four may not move by a single pixel. A 2x2
# window allows 0.7 pixels on average, 7x7 about 2. Pooling softens a shift, it
# does not undo it. (A shift by exactly `p` moves the whole map by one place.)
#
# %% [markdown] lang="ja" slide="subslide"
# プーリングなしでは、4 枚に 3 枚が 1 画素も動けません。2×2 の窓なら平均
# 0.7 画素、7×7 の窓なら平均 2 画素ほど動けます。プーリングはズレを和らげます
# が、消してはくれません（ちょうど `p` だけ動くと、結果全体が 1 つずれます）。
#
# %% [markdown] lang="en" slide="subslide"
# ### Does it help?
#
# We name each test digit after the nearest of 2000 training digits, comparing
# pooled maps. The test digits are moved by `s`, the training digits are not.
# Make a guess: which window wins at `s` = 0, which at `s` = 2?
#
# %% [markdown] lang="ja" slide="subslide"
# ### それは役に立つのか
#
# 学習用データ 2000 枚の中から、プーリングの結果が最も近い数字を探し、その答え
# をテスト用の数字の答えとします。動かすのはテスト用データだけです。**予想して
# みましょう。** `s` が 0 のとき、そして 2 のとき、どの窓が勝つでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("window")


# %% slide="subslide"
def pooled(x, p):
    y = MaxPooling(p, p, stride=p).forward(x)
    return y.reshape(len(x), -1).astype(float)


def accuracy(p, s):
    a = pooled(x_train, p)  # (2000, D)
    b = pooled(np.array(best_shift_right(x_test, s)), p)  # (500, D)
    squares = (a**2).sum(axis=1) - 2 * b @ a.T
    return np.mean(t_train[squares.argmin(axis=1)] == t_test)


windows = (1, 2, 4, 7)
table = np.array([[accuracy(p, s) for s in range(6)] for p in windows])
print("p  s = 0 ... 5")
for p, row in zip(windows, table):
    print(p, " ".join(f"{value:.2f}" for value in row))

# %% slide="skip"
check.reveal("window")

# %% slide="subslide"
_, ax = plt.subplots(figsize=(8, 4))
for p, row, marker in zip(windows, table, "osd^"):
    ax.plot(row, marker=marker, label=f"{p}x{p}")
ax.set(xlabel="s", ylabel="accuracy", ylim=(0, 1))
ax.legend()
plt.show()


# %% [markdown] lang="en" slide="subslide"
# On digits in their place the 2x2 window costs nothing (0.90 against 0.89),
# and at `s` = 2 it saves a good part of the loss (0.71 against 0.60). The 7x7
# window is far behind from the start (0.54); when at last it wins, at
# `s` = 5, all of them fail.
#
# Pooling buys tolerance and pays with detail. What it pays with is the last
# subject of this lesson.
#
# %% [markdown] lang="ja" slide="subslide"
# ずらさない数字では、2×2 の窓にしても損はありません（なしの 0.89 に対して
# 0.90）。`s` が 2 のときは、正解率の低下をかなり抑えています（0.60 に対して
# 0.71）。7×7 の窓は最初から大きく劣り（0.54）、`s` が 5 でようやく勝つころには、
# どの窓もほとんど当たりません。
#
# プーリングは、ズレに強くなる代わりに細かい情報を手放します。何を手放すのかを、
# 最後に確かめましょう。
#
# %% [markdown] lang="en" slide="slide"
# ## 6. What pooling loses
#
# A map of 14x14 cannot hold what 28x28 pixels held. Many pictures must share
# one map.
#
# ### Exercise: find a twin
#
# Write `same_map(x)` for an image `x` (H, W) with even sides: it returns
# *another* image of the same shape that has the same 2x2 max-pooled map
# (stride 2). In **each** window something must differ from `x`.
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. プーリングで失われるもの
#
# 28×28 画素にあった情報は、14×14 の結果には入りきりません。同じ結果になる画像が
# たくさんあるはずです。
#
# ### 演習：そっくりさんを作る
#
# 縦も横も偶数の画像 `x`（形状 (H, W)）を受け取り、2×2 の窓（ストライド 2）での
# マックスプーリングの結果が同じになる、*別の*画像を返す `same_map(x)` を書いて
# ください。形状は `x` と同じで、**どの**窓でも何かが `x` と違うようにします。
#
# %% exercise="same_map"
def same_map(x):
    # BEGIN SOLUTION
    z = x - 1.0  # every pixel is lower, in flat windows too
    z[::2, ::2] = best_max_pool(x, 2, 2, 2)  # the maximum, in a corner
    return z
    # END SOLUTION


check("same_map", same_map)


# %% [markdown] lang="en" slide="subslide"
# Here the pixels of each window were shuffled at random: 4, 16 and 49 pixels
# at a time. The max-pooled map is exactly the same each time, and so is the
# average-pooled one. Pooling keeps **what** is there and drops **where** in
# the window it was.
#
# %% [markdown] lang="ja" slide="subslide"
# 下の画像は、窓の中の画素（4 個、16 個、49 個）をでたらめに並べ替えたもので
# す。それでも、マックスプーリングの結果は元の画像とまったく同じで、平均プーリ
# ングでも同じです。プーリングは「**何が**あるか」を残し、「窓の中の**どこ
# に**あるか」を捨てるのです。
#
# %% slide="subslide"
def shuffle_windows(x, p, rng):
    n = x.shape[0] // p
    blocks = x.reshape(n, p, n, p).transpose(0, 2, 1, 3)  # (n, n, p, p)
    mixed = rng.permuted(blocks.reshape(n, n, p * p), axis=2)
    blocks = mixed.reshape(n, n, p, p).transpose(0, 2, 1, 3)
    return blocks.reshape(x.shape)


# %%
rng = np.random.default_rng(5)
x0 = x_train[32, 0]  # (28, 28)
mixed = [shuffle_windows(x0, p, rng) for p in (2, 4, 7)]
for p, z in zip((2, 4, 7), mixed):
    both = np.stack([x0, z])[:, np.newaxis].astype(int)  # (2, 1, 28, 28)
    a = MaxPooling(p, p, stride=p).forward(both)
    b = AveragePooling(p, p, stride=p).forward(both)
    print(p, np.array_equal(*a), np.array_equal(*b))
titles = ["x", "p=2", "p=4", "p=7"]
plots.show_images(np.stack([x0, *mixed]) / 255, titles, scale=2)

# %% [markdown] lang="en" slide="subslide"
# Nobody writes shuffled digits. Make a last guess: among 2000 digits that
# people really wrote, are there two **different** digits, a 3 and an 8 say,
# with exactly the same map for windows of 7x7?
#
# %% [markdown] lang="ja" slide="subslide"
# もちろん、画素を並べ替えた数字を書く人はいません。最後の予想です。人が実際に
# 書いた 2000 枚の数字の中に、たとえば 3 と 8 のように**違う数字**なのに、7×7 の
# 窓での結果がまったく同じになるものはあるでしょうか。
#
# %% slide="subslide"
y7 = MaxPooling(7, 7, stride=7).forward(x_train)  # (2000, 1, 4, 4)
rows, group, sizes = np.unique(
    y7.reshape(2000, -1), axis=0, return_inverse=True, return_counts=True
)
largest = int(sizes.argmax())
members = np.flatnonzero(group.reshape(-1) == largest)
print("N:", len(members), " t:", t_train[members])
plots.show_images(x_train[members] / 255, t_train[members], scale=1.2)
plots.show_array(rows[largest].reshape(4, 4), title="y")

# %% [markdown] lang="en" slide="subslide"
# There are even seven with one and the same map. After one pooling this large
# no layer, however clever, can tell these digits apart. So networks pool
# with 2x2 windows, step by step, and let convolutions look in between.
#
# %% [markdown] lang="ja" slide="subslide"
# 2 枚どころか、7 枚の結果が完全に一致しました。いきなりこれほど大きな窓で
# プーリングすると、その後にどんなに優れた層を置いても、これらの数字を区別でき
# ません。だから CNN では、2×2 の小さな窓で少しずつプーリングし、その間に
# 畳み込みをはさむのです。
#
# %% [markdown] lang="en" slide="slide"
# ## Summary
#
# - Max pooling keeps the largest number of each window, average pooling the
#   mean. Nothing is learned.
# - Each channel is pooled on its own: (N, C, H, W) gives (N, C, OH, OW).
# - Pad with minus infinity, so that the frame never wins.
# - A shift changes the map less than the image, but hardly ever leaves it as
#   it was.
# - Where in its window something was is lost.
#
# The next door: **<<next_lesson>>**, three tools of NumPy with
# which both lessons get rid of their loops.
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# - マックスプーリングは窓の最大値を、平均プーリングは平均を残します。学習する
#   重みはありません。
# - プーリングはチャンネルごとです。(N, C, H, W) から (N, C, OH, OW) ができます。
# - 枠が選ばれないように、マイナス無限大でパディングします。
# - ズレによる変化は、画像そのものより小さくなります。ただし、まったく変わらない
#   ことはほとんどありません。
# - 窓の中のどこにあったかは失われます。
#
# 次は **<<next_lesson>>** です。ループをなくすために使う、NumPy の
# 3 つの道具を確かめます。
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
