# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - pad the height and the width of a batch of images, and nothing else,
# - say where every number goes when you `reshape`,
# - choose between `reshape` and `transpose`, and see at a glance when the
#   wrong one was used.
#
# It takes about <<minutes>> minutes. These three tools are all that lesson 5_4 needs
# to build `im2col`, the heart of a fast convolution.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - ミニバッチの画像の、高さと幅だけにパディングを付ける
# - `reshape` で、それぞれの数がどこに移るかを言い当てる
# - `reshape` と `transpose` を使い分け、取り違えたときにひと目で気づく
#
# 目安は <<minutes>> 分です。高速な畳み込みの要になる `im2col`（5_4）は、この 3 つの
# 道具だけで組み立てられます。
#
# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from course_lib import plots, widgets
from course_lib.datasets import load_katakana15, load_mnist
from course_lib.exercises import lesson

language = "en"
check = lesson("5_3", language)
plots.use_style()


# %% [markdown] lang="en" slide="slide"
# ## 1. Numbers that tell their place
#
# A batch of images has four axes, (N, C, H, W): image, channel, row, column.
# With real pixels you cannot follow where one of them goes. So let every
# number tell its own place: `1234` stands in image 1, channel 2, row 3,
# column 4.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. 自分の位置を表す数
#
# ミニバッチの画像には (N, C, H, W) の 4 つの軸があります。順に、何枚目か、
# どのチャンネルか、何行目か、何列目かを表します。本物の画素では、どれがどこへ
# 行ったのか追えません。そこで、居場所がわかる数を入れておきます。`1234` は
# 1 番の画像、2 番のチャンネル、3 行、4 列にある数です（番号は 0 から）。
#
# %%
def place_array(N, C, H, W):
    n, c, h, w = np.indices((N, C, H, W))
    return 1000 * n + 100 * c + 10 * h + w


x = place_array(2, 3, 4, 5)  # (N, C, H, W)
print(x[1, 2, 3, 4])
plots.show_arrays({"x[0, 0]": x[0, 0], "x[0, 1]": x[0, 1], "x[1, 2]": x[1, 2]})

# %% [markdown] lang="en" slide="slide"
# ## 2. Padding on the right axes
#
# `np.pad(a, 1)` adds one line on both sides of *every* axis. A pair
# `(before, after)` for each axis says it exactly: below, one row on top and
# two columns on the right.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. どの軸にパディングを付けるか
#
# `np.pad(a, 1)` は、**すべての**軸の両側に 1 つずつ足します。軸ごとに
# `(前, 後)` の組を渡すと、足す場所を細かく決められます。右の図では、上に
# 1 行、右に 2 列を足しています。
#
# %%
a = np.array([[1, 2, 3], [4, 5, 6]])
plots.show_arrays(
    {
        "a": a,
        "np.pad(a, 1)": np.pad(a, 1),
        "((1, 0), (0, 2))": np.pad(a, ((1, 0), (0, 2))),
    }
)

# %% [markdown] lang="en" slide="subslide"
# **Predict first.** `x` is (2, 3, 4, 5). What is the shape of `np.pad(x, 1)`?
# How many images does it hold?
#
# %% [markdown] lang="ja" slide="subslide"
# **予想してみましょう。** `x` の形状は (2, 3, 4, 5) です。`np.pad(x, 1)` の形状は
# どうなるでしょうか。画像は何枚になるでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("padded")

# %%
print(x.shape, "->", np.pad(x, 1).shape)


# %% slide="skip"
check.reveal("padded", str(np.pad(x, 1).shape))


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: pad images
#
# Two images became four, and three channels became five: the new ones hold
# nothing but zeros. Pad only what a filter moves over. Put `pad` lines of
# `constant_values` on all four sides of every image of `x` (N, C, H, W).
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：画像のパディング
#
# 2 枚が 4 枚に、3 チャンネルが 5 チャンネルになってしまいました。増えた分は
# 0 ばかりです。パディングが必要なのは、フィルターが動く方向だけです。
# `x` (N, C, H, W) のどの画像にも、上下左右に `pad` ずつ `constant_values` を
# 足してください。
#
# %% exercise="pad_images"
def pad_images(x, pad, constant_values=0):
    # BEGIN SOLUTION
    width = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    return np.pad(x, width, constant_values=constant_values)
    # END SOLUTION


check("pad_images", pad_images)

# %% [markdown] lang="en" slide="subslide"
# The same on a real character: a frame of 4 pixels, filled with 0, 0.5
# and 1.
#
# %% [markdown] lang="ja" slide="subslide"
# 本物の文字でも試します。幅 4 の縁を、0、0.5、1 で埋めました。
#
# %%
_, (katakana, labels) = load_katakana15()
best_pad = check.use("pad_images")
glyph = katakana[labels == 0][5:6]  # (1, 1, 28, 28)
values = [0, 0.5, 1]
framed = [best_pad(glyph, 4, value)[0] for value in values]
plots.show_images(np.array(framed), values, scale=1.8)

# %% [markdown] lang="en" slide="slide"
# ## 3. reshape cuts the line anew
#
# `reshape` moves no number. Think of all numbers written in one line, row
# after row: the **last axis runs fastest**. `reshape` cuts that line into
# pieces of another length. One length may be `-1`: NumPy works it out.
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. reshape は 1 列に並べて切り直す
#
# `reshape` は数の順番を変えません。すべての数を、行の順に 1 本の列に並べたと
# 考えてください。**最後の軸がいちばん速く進みます**。`reshape` は、この列を
# 別の長さに切り直すだけです。長さの 1 つを `-1` にすると、NumPy が計算して
# くれます。
#
# %%
line = np.arange(12)
plots.show_arrays(
    {
        "line.reshape(2, 6)": line.reshape(2, 6),
        "line.reshape(3, 4)": line.reshape(3, 4),
        "line.reshape(-1, 3)": line.reshape(-1, 3),
    }
)

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: reshape in your head
#
# Do not run it, work it out. With `a = np.arange(24)`:
#
# - `p`: the number at `[1, 0, 2]` of `a.reshape(2, 3, 4)`
# - `q`: the number at `[2, 3]` of `a.reshape(4, 6)`
# - `r`: the length that `-1` stands for in `a.reshape(2, -1, 3)`
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：頭の中で reshape
#
# 実行せずに考えてみましょう。`a = np.arange(24)` とします。
#
# - `p`：`a.reshape(2, 3, 4)` の `[1, 0, 2]` にある数
# - `q`：`a.reshape(4, 6)` の `[2, 3]` にある数
# - `r`：`a.reshape(2, -1, 3)` の `-1` が表す長さ
#
# %% exercise="reshape_by_hand"
# BEGIN SOLUTION
p = 14
q = 15
r = 4
# END SOLUTION

check("reshape_by_hand", (p, q, r))


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the place in the line
#
# At which place of the line (counted from 0) does the element
# `[n, c, h, w]` of an array with the given `shape` (N, C, H, W) stand? How
# many numbers do you pass when `w` grows by one? And when `h` does?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：列の中の位置
#
# 形状が `shape` (N, C, H, W) の配列で、要素 `[n, c, h, w]` は 1 本の列の何番目
# （0 から数えます）にありますか。`w` が 1 増えると、いくつ先に進むでしょうか。
# `h` が 1 増えたときはどうでしょうか。
#
# %% exercise="flat_index"
def flat_index(n, c, h, w, shape):
    N, C, H, W = shape
    # BEGIN SOLUTION
    return ((n * C + c) * H + h) * W + w
    # END SOLUTION


check("flat_index", flat_index)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: one row for each image
#
# Between the convolutions and a fully connected layer, every image becomes
# one row. Turn (N, C, H, W) into (N, C\*H\*W); let `-1` do the arithmetic.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：1 枚の画像を 1 行に
#
# 畳み込みから全結合層に渡すときは、1 枚の画像を 1 行にします。(N, C, H, W) を
# (N, C\*H\*W) に変形してください。計算は `-1` に任せましょう。
#
# %% exercise="flatten"
def flatten(x):
    # BEGIN SOLUTION
    return x.reshape(len(x), -1)
    # END SOLUTION


check("flatten", flatten)

# %% [markdown] lang="en" slide="slide"
# ## 4. transpose moves the axes
#
# Now compare. `a` is (3, 4), and both results are (4, 3). The colour shows
# the row of `a` that a number comes from.
#
# - `reshape` cuts the same line anew: the rows of `a` are torn apart.
# - `.T` (transpose) turns the table over: every row becomes a column.
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. transpose は軸を入れ替える
#
# 見比べてみましょう。`a` は (3, 4) で、結果はどちらも (4, 3) です。色は、その数が
# もともと `a` のどの行にあったかを表します。
#
# - `reshape` は同じ列を切り直すので、`a` の行がばらばらになります。
# - `.T`（transpose）は表を裏返すので、行がそのまま列になります。
#
# %%
a = place_array(1, 1, 3, 4)[0, 0]
_, axes = plt.subplots(1, 3, figsize=(9, 3))
tables = {"a": a, "a.reshape(4, 3)": a.reshape(4, 3), "a.T": a.T}
for ax, (name, table) in zip(axes, tables.items()):
    plots.draw_array(ax, table, name)
    ax.imshow(table // 10, cmap="Pastel1", vmin=0, vmax=8)
plt.show()

# %% [markdown] lang="en" slide="subslide"
# ### transpose with four axes
#
# `x.transpose(0, 2, 3, 1)` lists, for each *new* axis, which *old* axis it
# takes: image, row, column, channel. So `y[n, h, w, c]` is `x[n, c, h, w]`.
# The numbers tell: 1234 moved from `x[1, 2, 3, 4]` to `y[1, 3, 4, 2]`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 4 つの軸の transpose
#
# `x.transpose(0, 2, 3, 1)` の数字は、**新しい**軸の順に、**元の**どの軸を持っ
# てくるかを表します。ここでは画像、行、列、チャンネルの順です。つまり
# `y[n, h, w, c]` は `x[n, c, h, w]` です。`x[1, 2, 3, 4]` の 1234 は
# `y[1, 3, 4, 2]` に移りました。
#
# %%
y = x.transpose(0, 2, 3, 1)  # (N, H, W, C)
print(x.shape, "->", y.shape)
print(x[1, 2, 3, 4], y[1, 3, 4, 2])


# %% [markdown] lang="en" slide="subslide"
# ### Follow one element
#
# Choose an operation and an element. The line below shows the order in memory;
# the colour is the channel. Compare a `transpose` with the `reshape` to the
# same shape: which of them keeps a pixel's channels together?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 1 つの要素を追う
#
# 操作と要素を選んでください。下の列はメモリの中の並びで、色はチャンネルを
# 表します。同じ形状になる `transpose` と `reshape` を比べましょう。1 つの画素の
# チャンネルが一緒に動くのは、どちらですか。
#
# %% tags=["nbval-ignore-output"]
widgets.axis_tracer(language=language)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: channels first
#
# Cameras, image files and `plt.imshow` keep the channels last. Our layers
# want them first. Turn `pictures` (N, H, W, C) into (N, C, H, W).
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：チャンネルを前に
#
# カメラの画像や画像ファイル、`plt.imshow` では、チャンネルは最後の軸です。
# 一方、このコースの層はチャンネルを前に置きます。`pictures` (N, H, W, C) を
# (N, C, H, W) に直してください。
#
# %% exercise="channels_first"
def channels_first(pictures):
    # BEGIN SOLUTION
    return pictures.transpose(0, 3, 1, 2)
    # END SOLUTION


check("channels_first", channels_first)

# %% [markdown] lang="en" slide="slide"
# ## 5. The bug that no shape shows
#
# Three digits become one colour picture: the first is the red channel, the
# second the green, the third the blue. `picture` is (C, H, W) = (3, 28, 28);
# `plt.imshow` wants (28, 28, 3).
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. 形状では気づけない間違い
#
# 3 つの数字から 1 枚のカラー画像を作ります。1 つ目を赤、2 つ目を緑、3 つ目を
# 青のチャンネルにします。`picture` の形状は (C, H, W) = (3, 28, 28) ですが、
# `plt.imshow` に渡すには (28, 28, 3) でなければなりません。
#
# %%
(digits, numbers), _ = load_mnist(train_size=1000)
first = [np.flatnonzero(numbers == k)[0] for k in (7, 0, 4)]
picture = digits[first, 0]  # (C, H, W)
print(picture.shape)
plots.show_images(picture, titles=["R", "G", "B"], scale=1.8)

# %% [markdown] lang="en" slide="subslide"
# **Predict first.** Both lines below give (28, 28, 3), and neither complains.
# What will you see for each of them?
#
# - `picture.transpose(1, 2, 0)`
# - `picture.reshape(28, 28, 3)`
#
# %% [markdown] lang="ja" slide="subslide"
# **予想してみましょう。** 次の 2 つは、どちらも形状が (28, 28, 3) になり、エラーも
# 出ません。それぞれ何が見えるでしょうか。
#
# - `picture.transpose(1, 2, 0)`
# - `picture.reshape(28, 28, 3)`
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("recut")

# %%
moved = picture.transpose(1, 2, 0)
recut = picture.reshape(28, 28, 3)
print(moved.shape, recut.shape)
_, axes = plt.subplots(1, 2, figsize=(9, 4.4))
for ax, image in zip(axes, [moved, recut]):
    ax.imshow(image)
    ax.axis("off")
plt.show()

# %% slide="skip"
check.reveal("recut")

# %% [markdown] lang="en" slide="subslide"
# Nine small digits in specks of colour! `reshape` takes three *neighbours*
# of a row as red, green and blue. So a row of 28 pixels shrinks to about 9,
# and three rows of one digit lie side by side in each new row.
#
# Every number is still there, and the shape is right. Only the *meaning* of
# the places is lost, and no error message will ever tell you.
#
# **Rule:** to change the order of axes, `transpose`. To split one axis or to
# merge neighbours, `reshape`.
#
# %% [markdown] lang="ja" slide="subslide"
# 小さな数字が 9 個、まだらな色で並びました。`reshape` は、行の中で**隣り合う**
# 3 つの画素を赤・緑・青とみなします。そのため 28 画素の行が約 9 画素に縮み、
# 新しい 1 行には同じ数字の 3 行分が横に並ぶのです。
#
# 数は 1 つも失われておらず、形状も正しいままです。失われたのは場所の**意味**です。
# これを教えてくれるエラーメッセージはありません。
#
# **使い分け：** 軸の順番を変えるなら `transpose`、1 つの軸を分けたり、隣り合う軸を
# まとめたりするなら `reshape` です。
#
# %%
same_numbers = np.array_equal(np.sort(moved, axis=None), np.sort(recut, None))
print(same_numbers, np.array_equal(moved, recut))


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: split, then move
#
# The fast convolution of lesson 5_4 gives a matrix (N\*OH\*OW, FN): one row
# for each position of the filter, one column for each filter. Turn it into
# images (N, FN, OH, OW). Split the long axis first; then move FN.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：分けてから入れ替える
#
# 5_4 の高速な畳み込みでは、結果が (N\*OH\*OW, FN) の行列になります。行がフィルターの
# 位置、列がフィルターの番号です。これを画像の形 (N, FN, OH, OW) に直してください。
# まず長い軸を分け、それから FN を動かします。
#
# %% exercise="rows_to_maps"
def rows_to_maps(rows, N, OH, OW):
    # BEGIN SOLUTION
    return rows.reshape(N, OH, OW, -1).transpose(0, 3, 1, 2)
    # END SOLUTION


check("rows_to_maps", rows_to_maps)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: split, move, merge
#
# Lay out `images` (N, 1, H, W) as one large picture with the given number of
# `rows`, filled from left to right and from top to bottom. N is a multiple
# of `rows`. The result is (rows\*H, columns\*W).
#
# Name the axes before and after: (rows, columns, H, W) must become
# (rows, H, columns, W).
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：分けて、入れ替えて、まとめる
#
# `images` (N, 1, H, W) を、`rows` 段に並べた 1 枚の大きな画像にしてください。
# 左から右へ、上の段から順に並べます。N は `rows` で割り切れます。結果の形状は
# (段数\*H, 列数\*W) です。
#
# 軸に名前を付けて考えましょう。(段, 列, H, W) を (段, H, 列, W) にします。
#
# %% exercise="contact_sheet"
def contact_sheet(images, rows):
    N, _, H, W = images.shape
    columns = N // rows
    # BEGIN SOLUTION
    split = images.reshape(rows, columns, H, W)
    moved = split.transpose(0, 2, 1, 3)  # (rows, H, columns, W)
    return moved.reshape(rows * H, columns * W)
    # END SOLUTION


check("contact_sheet", contact_sheet)

# %% [markdown] lang="en" slide="subslide"
# Five classes of katakana, ten images each. Above, your sheet (or the
# course's, while yours is not right yet). Below, the same numbers in the
# same shape, but without the transpose.
#
# %% [markdown] lang="ja" slide="subslide"
# カタカナ 5 クラスを 10 枚ずつ並べました。上があなたの関数の結果です（まだ正解
# していなければ教材の関数を使います）。下は、同じ数、同じ形状で、transpose だ
# けを省いたものです。
#
# %%
chosen = [np.flatnonzero(labels == k)[:10] for k in range(5)]
images = katakana[np.concatenate(chosen)]  # (50, 1, 28, 28)
sheet = check.use("contact_sheet")(images, rows=5)
_, axes = plt.subplots(2, 1, figsize=(5.6, 5.7))
for ax, image in zip(axes, [sheet, images.reshape(sheet.shape)]):
    ax.imshow(image)
    ax.axis("off")
plt.show()

# %% [markdown] lang="en" slide="slide"
# ## 6. What lies in memory
#
# Memory *is* one line. An array adds its **strides** (another word than the
# stride of a convolution): how many bytes lie between two neighbours along
# each axis. `transpose` only swaps the strides and moves nothing; the result
# is a *view* of the same memory.
#
# Below, a float32 array: one number takes 4 bytes, a row of four takes 16.
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. メモリの中の並び
#
# メモリは、まさに 1 本の列です。配列は、これに**ストライド**（軸ごとに、隣の要素まで
# 何バイトあるか）を組み合わせたものです。畳み込みのストライドとは別の言葉です。
# `transpose` はストライドを入れ替えるだけで、何も動かしません。結果は同じメモリを
# 見る**ビュー**です。
#
# 次の配列は float32 です。数 1 つが 4 バイト、4 つ並んだ 1 行が 16 バイトです。
#
# %%
a = np.arange(12, dtype=np.float32).reshape(3, 4)
for array in (a, a.T):
    print(array.shape, array.strides, array.flags.c_contiguous)
print(np.shares_memory(a, a.T))

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: strides in your head
#
# `x` is float32 with shape (2, 3, 4, 5), and `y = x.transpose(0, 2, 3, 1)`.
# What are `x.strides` and `y.strides`, in bytes?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：頭の中でストライド
#
# `x` は形状 (2, 3, 4, 5) の float32 の配列で、`y = x.transpose(0, 2, 3, 1)` です。
# `x.strides` と `y.strides` は、それぞれ何バイトの組でしょうか。
#
# %% exercise="strides_by_hand"
# BEGIN SOLUTION
x_strides = (240, 80, 20, 4)
y_strides = (240, 20, 4, 80)
# END SOLUTION

check("strides_by_hand", (x_strides, y_strides))

# %% [markdown] lang="en" slide="subslide"
# ### View or copy?
#
# The line in memory is read in order only while the array is *contiguous*.
# After a transpose it is not: if you then `reshape`, NumPy must copy.
#
# **Predict first.** Each line below asks whether the two arrays share their
# memory. Which one is `False`?
#
# %% [markdown] lang="ja" slide="subslide"
# ### ビューか、コピーか
#
# メモリの列を順に読めるのは、配列が**連続**（contiguous）な間だけです。transpose した
# 配列は連続ではないので、そこから `reshape` すると、NumPy はコピーを作ります。
#
# **予想してみましょう。** 次の各行は、2 つの配列がメモリを共有しているかどうかを
# 調べます。`False` になるのはどれでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("memory")

# %%
x = place_array(2, 3, 4, 5)
print(np.shares_memory(x, x.reshape(2, -1)))
print(np.shares_memory(x, x.transpose(0, 2, 3, 1)))
print(np.shares_memory(x, x.transpose(0, 2, 3, 1).reshape(2, -1)))
print(np.shares_memory(x, x[:, :, ::2, 1:]))

# %% slide="skip"
check.reveal("memory")

# %% [markdown] lang="en" slide="subslide"
# A view is a window on the *same* numbers. What you write into it lands in
# the original. In lesson 5_4 that is useful: `col2im` writes into slices.
# Elsewhere it is a trap: writing into a view changes your input.
#
# %% [markdown] lang="ja" slide="subslide"
# ビューは**同じ**数を見る窓です。ビューに書き込むと、元の配列も変わります。
# 5_4 ではこれが役に立ちます（`col2im` はスライスに書き込みます）。そのつもりが
# ないときは落とし穴になります。入力を書き換えてしまうからです。
#
# %%
view = x.transpose(0, 2, 3, 1)
copy = x.transpose(0, 2, 3, 1).reshape(2, -1)
view[1, 3, 4, 2] = -1
copy[0, 0] = -2
print(x[1, 2, 3, 4], x[0, 0, 0, 0])


# %% [markdown] lang="en" slide="subslide"
# ### What a copy costs
#
# 200 pictures of 16 channels, 10 MB. The transpose takes a microsecond or
# so, however large the array is. The reshape behind it has to move all of
# the 2.5 million numbers.
#
# %% [markdown] lang="ja" slide="subslide"
# ### コピーにかかる時間
#
# 16 チャンネルの画像 200 枚、約 10 MB です。transpose は、配列がどれほど大きくても
# 1 マイクロ秒ほどで済みます。続く reshape は、約 250 万個の数をすべて動かさなければ
# なりません。
#
# %% tags=["nbval-ignore-output"]
def best_time(work, tries=5):
    times = []
    for _ in range(tries):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


big = np.zeros((200, 16, 28, 28), dtype=np.float32)
view_time = best_time(lambda: big.transpose(0, 2, 3, 1))
copy_time = best_time(lambda: big.transpose(0, 2, 3, 1).reshape(200, -1))
print(f"transpose          : {1e6 * view_time:10.1f} µs")
print(f"transpose + reshape: {1e6 * copy_time:10.1f} µs")

# %% only="solution"
view = big.transpose(0, 2, 3, 1)
assert np.shares_memory(view, big)
assert not np.shares_memory(view.reshape(200, -1), big)

# %% [markdown] lang="en" slide="slide"
# ## Summary
#
# - `np.pad` takes a pair for each axis: (0, 0) for N and C.
# - `reshape` cuts the same line anew, the last axis fastest; `-1` is worked
#   out.
# - `transpose` changes the order of axes; the list says where each new axis
#   comes from.
# - Split with `reshape`, move with `transpose`, merge with `reshape`: a right
#   shape proves nothing.
# - `transpose` and slices are views; a `reshape` behind a transpose copies.
#
# Next door: **<<next_lesson>>**, where the three become one fast function.
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# - `np.pad` には軸ごとの組を渡します。N と C は (0, 0) です。
# - `reshape` は同じ列を切り直します。最後の軸がいちばん速く進み、`-1` は計算して
#   くれます。
# - `transpose` は軸の順番を変えます。数字は、新しい軸がどこから来るかを表します。
# - `reshape` で分け、`transpose` で入れ替え、`reshape` でまとめます。形状が正しくても
#   中身が正しいとは限りません。
# - `transpose` とスライスはビューです。transpose の後の `reshape` はコピーします。
#
# 次は **<<next_lesson>>** です。この 3 つから、高速な関数を 1 つ組み立てます。
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
