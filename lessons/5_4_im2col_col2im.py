# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - write `im2col` twice: with loops over the positions of the window, then
#   with slices over the pixels of the filter,
# - turn a convolution into one matrix product,
# - write `col2im`, and say when it must overwrite and when it must sum,
# - weigh the speed that you gain against the memory that it costs.
#
# It takes about <<minutes>> minutes. You will use both functions in every lesson that
# follows.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - `im2col` を 2 通りに実装する（窓の位置のループと、フィルターの画素ごとの
#   スライス）
# - 畳み込みを 1 回の行列積に置き換える
# - `col2im` を実装し、上書きと加算のどちらが必要かを判断する
# - 速くなる分と、その代わりに使うメモリを比べる
#
# 目安は <<minutes>> 分です。ここで作る 2 つの関数は、この後のレッスンでずっと使います。
#
# %%
import time
import tracemalloc

import matplotlib.pyplot as plt
import numpy as np

from course_lib import plots, widgets
from course_lib.datasets import load_katakana15
from course_lib.exercises import lesson
from course_lib.functional import conv_output_size

language = "en"
check = lesson("5_4", language)
plots.use_style()

# %% [markdown] lang="en" slide="slide"
# ## 1. Every window becomes a row
#
# A convolution multiplies the same filter with many windows. Python loops
# are slow at that; a matrix product is very fast. So write every window as
# one **row** of a matrix, and let one product do all the work. That is
# `im2col`, *image to columns*.
#
# Below, 4x4 pixels and a 2x2 window with stride 2.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. 窓を 1 行に並べる
#
# 畳み込みでは、同じフィルターをたくさんの窓に掛けます。Python のループでは時間が
# かかりますが、行列積なら一瞬です。そこで、窓を 1 つずつ行列の**行**に並べ、
# 1 回の積ですべてを計算します。これが `im2col`（image to columns）です。
#
# 下の図は、4×4 の画像に 2×2 の窓をストライド 2 で置いたところです。
#
# %%
deck = np.arange(1, 17).reshape(4, 4)
plots.show_arrays(
    {"x": deck, "1": np.array([[1, 2, 5, 6]]), "2": np.array([[3, 4, 7, 8]])},
    {"x": [(0, 0, 2, 2), (0, 2, 2, 2)]},
)

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: all rows, by hand
#
# The first window gives the row `1 2 5 6`, the second `3 4 7 8`. The window
# goes right first, then down. Write down the whole matrix as a list of rows.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：すべての行を手で書く
#
# 1 つ目の窓は `1 2 5 6`、2 つ目は `3 4 7 8` という行になります。窓はまず右へ、次に
# 下へ動きます。行列全体を、行のリストとして書いてください。
#
# %% exercise="rows_by_hand"
# BEGIN SOLUTION
deck_rows = [[1, 2, 5, 6], [3, 4, 7, 8], [9, 10, 13, 14], [11, 12, 15, 16]]
# END SOLUTION

check("rows_by_hand", deck_rows)


# %% [markdown] lang="en" slide="slide"
# ## 2. Channels make it wider, images make it longer
#
# Now 2 images with 2 channels each. The numbers tell their place, as in
# lesson 5_3: `1123` stands in image 1, channel 1, row 2, column 3.
#
# - A row holds the window of **all channels**, one channel after the other.
# - The rows of the second image follow those of the first.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. チャンネルは横に、画像は縦に増える
#
# 今度は、2 チャンネルの画像が 2 枚です。数は 5_3 と同じように居場所を表します。
# `1123` は 1 番の画像、1 番のチャンネル、2 行、3 列にある数です。
#
# - 1 行には、窓の中の**全チャンネル**が、チャンネルの順に並びます。
# - 2 枚目の画像の行は、1 枚目の行の後に続きます。
#
# %% slide="subslide"
def place_array(N, C, H, W):
    n, c, h, w = np.indices((N, C, H, W))
    return 1000 * n + 100 * c + 10 * h + w


batch = place_array(2, 2, 4, 4)  # (N, C, H, W)
names = {f"x[{n}, {c}]": batch[n, c] for n in (0, 1) for c in (0, 1)}
plots.show_arrays(names, {k: [(0, 0, 2, 2)] for k in ("x[0, 0]", "x[0, 1]")})

# %%
rows = [batch[0, :, :2, :2].ravel(), batch[0, :, :2, 2:].ravel()]
plots.show_arrays({"": np.array(rows)}, {"": [(0, 0, 1, 8)]})


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the size of the matrix
#
# Return the number of rows and of columns for any `input_shape`
# (N, C, H, W), filter, stride and pad. `conv_output_size(size, filter_size,
# stride, pad)` is the formula from lesson 5_1.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：行列の大きさ
#
# `input_shape` (N, C, H, W)、フィルター、ストライド、パディングから、行数と列数を
# 求めてください。`conv_output_size(size, filter_size, stride, pad)` は、5_1 で作った
# 出力サイズの式です。
#
# %% exercise="col_shape"
def col_shape(input_shape, filter_h, filter_w, stride=1, pad=0):
    N, C, H, W = input_shape
    # BEGIN SOLUTION
    OH = conv_output_size(H, filter_h, stride, pad)
    OW = conv_output_size(W, filter_w, stride, pad)
    return N * OH * OW, C * filter_h * filter_w
    # END SOLUTION


check("col_shape", col_shape)


# %% [markdown] lang="en" slide="subslide"
# ### Click through it
#
# Click a row, and its window lights up in the image. Click a pixel, and every
# entry that holds it lights up. Beside it stands the product with a filter.
#
# %% [markdown] lang="ja" slide="subslide"
# ### クリックして確かめる
#
# 行をクリックすると、画像の中の窓が光ります。画素をクリックすると、その画素が入る
# 場所がすべて光ります。右側はフィルターとの積です。
#
# %% tags=["nbval-ignore-output"]
widgets.im2col_view(deck, 2, 2, stride=2, language=language)


# %% [markdown] lang="en" slide="slide"
# ## 3. First version: loops over the positions
#
# ### Exercise: im2col with loops
#
# Visit every image, and in it every position of the window: right first,
# then down. Cut out the window, all channels at once, and `ravel()` it into
# one row. Without padding for now. Mind the stride: where does the window
# start that stands at position (i, j)?
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. 最初の版：位置のループ
#
# ### 演習：ループで書く im2col
#
# 画像を 1 枚ずつ、その中の窓の位置を 1 つずつ回ります（まず右へ、次に下へ）。窓を
# 全チャンネルまとめて切り出し、`ravel()` で 1 行にします。パディングはまだ
# 考えません。ストライドに注意しましょう。(i, j) 番目の窓は、どこから始まりますか。
#
# %% exercise="im2col_loops"
def im2col_loops(x, filter_h, filter_w, stride=1):
    N, C, H, W = x.shape
    OH = conv_output_size(H, filter_h, stride)
    OW = conv_output_size(W, filter_w, stride)
    # BEGIN SOLUTION
    rows = []
    for n in range(N):
        for i in range(OH):
            for j in range(OW):
                top, left = i * stride, j * stride
                bottom, right = top + filter_h, left + filter_w
                rows.append(x[n, :, top:bottom, left:right].ravel())
    return np.array(rows)
    # END SOLUTION


check("im2col_loops", im2col_loops)

# %% [markdown] lang="en" slide="subslide"
# The batch from above, all of it. Read the first row and the fifth.
#
# %% [markdown] lang="ja" slide="subslide"
# 上のミニバッチ全体の結果です。最初の行と 5 行目を読んでみましょう。
#
# %%
best_loops = check.use("im2col_loops")
plots.show_array(
    best_loops(batch, 2, 2, stride=2), [(0, 0, 1, 8), (4, 0, 1, 8)]
)

# %% [markdown] lang="en" slide="slide"
# ## 4. What does a column look like?
#
# A row is one window. **Predict first:** take a katakana of 28x28 pixels and
# a 9x9 window. Each row holds 81 pixels. There are 20 x 20 positions, so each
# *column* holds 400 numbers. Drawn as a picture of 20x20, what do you see?
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. 列を絵にすると
#
# 行は 1 つの窓です。**予想してみましょう。** 28×28 画素のカタカナに 9×9 の窓を
# 置くと、1 行は 81 画素になります。窓の位置は 20×20 通りなので、1 **列**には
# 400 個の数が並びます。これを 20×20 の絵にすると、何が見えるでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("column")

# %%
_, (katakana, labels) = load_katakana15()
glyph = katakana[labels == 0][5:6]  # (1, 1, 28, 28)
col = best_loops(glyph, 9, 9)  # (20 * 20, 9 * 9)
offsets = [(fy, fx) for fy in (0, 4, 8) for fx in (0, 4, 8)]
pictures = [col[:, 9 * fy + fx].reshape(20, 20) for fy, fx in offsets]
print(col.shape)
plots.show_images(np.array([glyph[0, 0]]), ["x"], scale=1.4)
plots.show_images(np.array(pictures), offsets, columns=9, scale=1.2)

# %% slide="skip"
check.reveal("column")

# %% [markdown] lang="en" slide="subslide"
# Every column is the character again, **shifted**: a cut-out of 20x20 that
# starts at (fy, fx). It holds the pixel that lies under (fy, fx) of the
# filter, for all positions at once.
#
# That is the key to speed. You need not visit 400 positions: visit the 81
# pixels of the filter, and fetch each time a whole column with one slice.
#
# %% [markdown] lang="ja" slide="subslide"
# どの列にも同じ文字が、**ずれて**現れます。(fy, fx) から始まる 20×20 の切り抜き
# です。つまり (fy, fx) の列には、フィルターの (fy, fx) の下にある画素が、すべての
# 位置について並んでいます。
#
# これが高速化の鍵です。400 か所の位置を回る必要はありません。フィルターの 81 個の
# 画素を回り、そのたびに 1 列分をスライスでまとめて取り出せばよいのです。
#
# %% [markdown] lang="en" slide="subslide"
# ### The same with the small numbers
#
# The window of the 4x4 image has four pixels, so four slices are enough.
# Offset (0, 0) fetches 1, 3, 9, 11: the first column of your matrix. Find the
# other columns in the picture.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 小さな数でも同じ
#
# 4×4 の画像で使った窓は 4 画素なので、スライスも 4 回で済みます。(0, 0) のスライスで
# 取れるのは 1、3、9、11 で、手で書いた行列の 1 列目です。ほかの列も図の中に
# 見つけてください。
#
# %%
offsets = [(fy, fx) for fy in (0, 1) for fx in (0, 1)]
pixels = {
    str((fy, fx)): [(fy + i, fx + j, 1, 1) for i in (0, 2) for j in (0, 2)]
    for fy, fx in offsets
}
plots.show_arrays({name: deck for name in pixels}, pixels)


# %% [markdown] lang="en" slide="slide"
# ## 5. Second version: slices over the filter
#
# ### Exercise: one slice
#
# `img` is (N, C, H, W), already padded. Return the pixel under (fy, fx) of
# the filter for all OH x OW positions, as one slice of shape (N, C, OH, OW).
# A slice is `start:stop:step`; where must it stop so that exactly OH rows
# come out?
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. 次の版：フィルターの画素ごとのスライス
#
# ### 演習：1 つのスライス
#
# `img` (N, C, H, W) はパディング済みです。フィルターの (fy, fx) の下にある画素を、
# OH x OW 個の位置すべてについて取り出し、形状 (N, C, OH, OW) で返してください。
# スライスは `start:stop:step` と書きます。ちょうど OH 行を取り出すには、どこで止めれば
# よいでしょうか。
#
# %% exercise="offset_slice"
def offset_slice(img, fy, fx, OH, OW, stride=1):
    # BEGIN SOLUTION
    bottom, right = fy + stride * OH, fx + stride * OW
    return img[:, :, fy:bottom:stride, fx:right:stride]
    # END SOLUTION


check("offset_slice", offset_slice)

# %% [markdown] lang="en" slide="subslide"
# ### Why `constant_values`?
#
# Padding with 0 is right for a convolution. But take the *largest* number of
# each window of an image with negative numbers only: at the border the 0 of
# the padding wins, though it is no pixel at all. With minus infinity it
# never does. `im2col` leaves the choice to its caller.
#
# %% [markdown] lang="ja" slide="subslide"
# ### なぜ `constant_values` があるのか
#
# 畳み込みなら 0 で埋めてかまいません。しかし、負の数だけの画像で、窓ごとの**最大値**を
# 取るとどうでしょうか。端の窓では、画素ではないはずの 0 が選ばれてしまいます。
# マイナス無限大で埋めれば、選ばれることはありません。どちらにするかは、`im2col` を
# 使う側が決めます。
#
# %%
negative = -np.array([[3.0, 5.0, 2.0], [4.0, 9.0, 8.0], [6.0, 1.0, 7.0]])
maxima = {"x": negative}
for value in (0, -np.inf):
    img = np.pad(negative, 1, constant_values=value)[None, None]
    maxima[str(value)] = best_loops(img, 2, 2, 2).max(axis=1).reshape(2, 2)
plots.show_arrays(maxima)

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: im2col
#
# Now the whole function. Pad height and width (lesson 5_3), go over the
# pixels of the filter, put each slice where it belongs, and bring the axes
# into the order of the rows: N, OH, OW, then C, filter_h, filter_w.
#
# `offset` is your `offset_slice` (or the course's, while yours is not right).
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：im2col
#
# いよいよ全体を書きます。高さと幅にパディングを付け（5_3）、フィルターの画素を回り、
# スライスを正しい場所に入れ、軸を行列の順に並べます。行は N, OH, OW の順、列は
# C, filter_h, filter_w の順です。
#
# `offset` はあなたの `offset_slice` です（まだ正解していなければ教材の関数で
# す）。
#
# %% exercise="im2col"
offset = check.use("offset_slice")


def im2col(input_data, filter_h, filter_w, stride=1, pad=0, constant_values=0):
    N, C, H, W = input_data.shape
    OH = conv_output_size(H, filter_h, stride, pad)
    OW = conv_output_size(W, filter_w, stride, pad)
    # BEGIN SOLUTION
    width = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    img = np.pad(input_data, width, constant_values=constant_values)
    col = np.empty((N, OH, OW, C, filter_h, filter_w), dtype=img.dtype)
    for fy in range(filter_h):
        for fx in range(filter_w):
            part = offset(img, fy, fx, OH, OW, stride)  # (N, C, OH, OW)
            col[..., fy, fx] = part.transpose(0, 2, 3, 1)
    return col.reshape(N * OH * OW, -1)
    # END SOLUTION


check("im2col", im2col)


# %% [markdown] lang="en" slide="slide"
# ## 6. The convolution is one product
#
# ### Exercise: rows times filters
#
# `col` is (N\*OH\*OW, C\*FH\*FW) and `W` is (FN, C, FH, FW). Make every filter
# one column, in the same order as the rows of `col`, and return the product
# (N\*OH\*OW, FN). No loop.
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. 畳み込みは 1 回の積
#
# ### 演習：行列とフィルターの積
#
# `col` は (N\*OH\*OW, C\*FH\*FW)、`W` は (FN, C, FH, FW) です。フィルターを 1 つずつ、
# `col` の行と同じ順番の列に直し、積 (N\*OH\*OW, FN) を返してください。ループは
# 使いません。
#
# %% exercise="multiply"
def multiply(col, W):
    # BEGIN SOLUTION
    return col @ W.reshape(len(W), -1).T
    # END SOLUTION


check("multiply", multiply)

# %% [markdown] lang="en" slide="subslide"
# Put together, with the last step of lesson 5_3, it is a convolution. Two edge
# filters on real characters: orange below 0, purple above.
#
# %% [markdown] lang="ja" slide="subslide"
# 5_3 の最後の変形と組み合わせると、畳み込みになります。本物の文字に 2 つのエッ
# ジフィルターをかけました。0 より小さい値はオレンジ、大きい値は紫で表します。
#
# %%
best_im2col = check.use("im2col")
best_multiply = check.use("multiply")


def convolve(x, W, to_col):
    N, _, H, width = x.shape
    FN, _, FH, FW = W.shape
    y = best_multiply(to_col(x, FH, FW), W)  # (N*OH*OW, FN)
    OH, OW = conv_output_size(H, FH), conv_output_size(width, FW)
    return y.reshape(N, OH, OW, FN).transpose(0, 3, 1, 2)


edge = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]], dtype=np.float32)
edges = np.stack([edge, edge.T])[:, np.newaxis]  # (FN, C, FH, FW)
glyphs = katakana[[np.flatnonzero(labels == k)[1] for k in (0, 3, 5, 10)]]
maps = convolve(glyphs, edges, best_im2col)  # (N, FN, OH, OW)
plots.show_feature_maps(maps.reshape(-1, 26, 26), columns=8, scale=1.2)

# %% [markdown] lang="en" slide="subslide"
# ### Pooling uses it too
#
# Pooling treats every channel by itself, but a row of `col` holds all
# channels in turn. So cut every row into its channels: for a 4x4 image of 3
# channels and 2x2 pooling, 4 rows of 12 numbers become 12 rows of 4. Then
# one `max` along the rows is enough.
#
# %% [markdown] lang="ja" slide="subslide"
# ### プーリングにも使える
#
# プーリングはチャンネルごとの計算ですが、`col` の 1 行には全チャンネルが順に入って
# います。そこで、1 行をチャンネルごとに切り分けます。4×4 で 3 チャンネルの画像に
# 2×2 のプーリングを行うなら、12 個の数が並ぶ 4 行を、4 個ずつの 12 行にするのです。
# あとは行ごとに `max` を取るだけです。
#
# %%
colours = np.array(
    [
        [[1, 2, 3, 0], [0, 1, 2, 4], [1, 0, 4, 2], [3, 2, 0, 1]],
        [[3, 0, 6, 5], [4, 2, 4, 3], [3, 0, 1, 0], [2, 3, 3, 1]],
        [[4, 2, 1, 2], [0, 1, 0, 4], [3, 0, 6, 2], [4, 2, 4, 5]],
    ]
)  # (C, H, W)
pool_col = best_im2col(colours[np.newaxis], 2, 2, stride=2)  # (4, 12)
channels = [(0, 4 * c, 4, 4) for c in range(3)]
plots.show_arrays({str(pool_col.shape): pool_col}, {"(4, 12)": channels})


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the largest of each window and channel
#
# `col` is (N\*OH\*OW, C\*PH\*PW). Return the maxima as (N\*OH\*OW, C): one row
# for each position, one column for each channel. Split the long axis, then
# take the maximum along the right one.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：窓とチャンネルごとの最大値
#
# `col` は (N\*OH\*OW, C\*PH\*PW) です。最大値を (N\*OH\*OW, C) の形で返してください。
# 行が位置、列がチャンネルです。長い軸を分け、正しい軸に沿って最大値を取ります。
#
# %% exercise="pool_rows"
def pool_rows(col, C):
    # BEGIN SOLUTION
    return col.reshape(len(col), C, -1).max(axis=2)
    # END SOLUTION


check("pool_rows", pool_rows)

# %% [markdown] lang="en" slide="subslide"
# Three pooled channels: compare one number of each with the image above.
#
# %% [markdown] lang="ja" slide="subslide"
# プーリング後の 3 チャンネルです。上の画像と見比べて、1 つずつ確かめてください。
#
# %%
best_pool = check.use("pool_rows")
pooled = best_pool(pool_col, 3).reshape(2, 2, 3).transpose(2, 0, 1)
print(pooled.tolist())
plots.show_arrays({f"y[0, {c}]": pooled[c] for c in range(3)})


# %% [markdown] lang="en" slide="slide"
# ## 7. How much faster, and at what price?
#
# Three ways to the same result: loops over everything, `im2col` with loops
# over positions, `im2col` with slices. All three multiply equally often, and
# the two with `im2col` copy every pixel many times on top.
#
# **Predict first.** Which step gains most? A factor of 2, 10, 100?
#
# %% [markdown] lang="ja" slide="slide"
# ## 7. どれだけ速くなり、代わりに何が増えるのか
#
# 同じ結果を 3 通りの方法で求めます。すべてをループで書いたもの、位置をループで回す
# `im2col`、スライスの `im2col` です。掛け算の回数は 3 つとも同じです。しかも
# `im2col` の 2 つは、同じ画素を何度もコピーします。
#
# **予想してみましょう。** どの段階でいちばん速くなるでしょうか。2 倍、10 倍、それとも
# 100 倍でしょうか。
#
# %%
def convolve_loops(x, W):
    N, _, H, width = x.shape
    FN, _, FH, FW = W.shape
    OH, OW = conv_output_size(H, FH), conv_output_size(width, FW)
    y = np.zeros((N, FN, OH, OW), dtype=x.dtype)
    for n in range(N):
        for k in range(FN):
            for i in range(OH):
                for j in range(OW):
                    window = x[n, :, i : i + FH, j : j + FW]
                    y[n, k, i, j] = (window * W[k]).sum()
    return y


rng = np.random.default_rng(54)
images = katakana[:10]  # (N, C, H, W)
filters = rng.normal(size=(8, 1, 5, 5)).astype(np.float32)
slow = convolve_loops(images, filters)
print(np.allclose(slow, convolve(images, filters, best_loops), atol=1e-4))
print(np.allclose(slow, convolve(images, filters, best_im2col), atol=1e-4))


# %% slide="subslide"
def best_time(work):
    times = []
    while len(times) < 3 or sum(times) < 0.5:
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def peak_bytes(work):
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


# %% tags=["nbval-ignore-output"]
ways = {
    "convolve_loops": lambda: convolve_loops(images, filters),
    "im2col_loops": lambda: convolve(images, filters, best_loops),
    "im2col": lambda: convolve(images, filters, best_im2col),
}
seconds = [best_time(work) for work in ways.values()]
memory = [peak_bytes(work) / images.nbytes for work in ways.values()]
print(f"{'':16}{'ms':>8}{'speed-up':>10}{'bytes / x':>12}")
for name, t, m in zip(ways, seconds, memory):
    print(f"{name:16}{1000 * t:8.1f}{seconds[0] / t:10.0f}{m:12.1f}")

# %% only="solution"
col = best_im2col(images, 5, 5)
assert round(col.nbytes / images.nbytes, 1) == 18.4
assert memory[1] > memory[2]

# %% slide="subslide" tags=["nbval-ignore-output"]
_, axes = plt.subplots(1, 2, figsize=(11, 3), sharey=True)
for ax, values in zip(axes, [np.array(seconds) * 1000, memory]):
    bars = ax.barh(list(ways), values, color=plots.BLUE)
    ax.bar_label(bars, fmt="%.3g", padding=4)
    ax.margins(x=0.15)
axes[0].set(
    xscale="log", xlabel="ms", xlim=(min(seconds) * 300, max(seconds) * 6000)
)
axes[1].set(xlabel="bytes / x.nbytes")
axes[0].invert_yaxis()
plt.show()

# %% [markdown] lang="en" slide="subslide"
# Both steps together gain far more than a factor of 10. It does not come from
# fewer multiplications, but from fewer *steps of Python*: 10 x 8 x 24 x 24 =
# 46,080 for the loops over everything; 5,760 for the loops over positions,
# whatever the number of filters; 25 for the slices, whatever the size of the
# image.
#
# The price is memory, as every window stores its own pixels: `col` takes
# 18.4 times the bytes of `x`, the result 5.9 times. The loops need even more,
# because they keep a list of rows besides the finished matrix.
#
# %% [markdown] lang="ja" slide="subslide"
# 2 つの段階を合わせると、10 倍を大きく超えて速くなりました。掛け算が減ったからでは
# なく、**Python の処理の回数**が減ったからです。すべてループなら 10×8×24×24 =
# 46,080 回、位置のループなら 5,760 回（フィルターが何個でも同じ）、スライスなら
# 25 回（画像がどれほど大きくても同じ）です。
#
# その代わりにメモリを使います。窓ごとに画素を保存するので、`col` は `x` の 18.4 倍、
# 結果は 5.9 倍のバイト数になります。位置のループはさらに多く使います。できあがった
# 行列のほかに、行のリストも持っているからです。
#
# %%
col = best_im2col(images, 5, 5)
print(10 * 8 * 24 * 24, 10 * 24 * 24, 5 * 5)
print([round(a.nbytes / images.nbytes, 1) for a in (col, slow)])

# %% [markdown] lang="en" slide="subslide"
# ### The price by filter size
#
# If padding keeps the image at its size, every filter pixel costs one copy
# of the image: 9 for a 3x3 filter, 49 for 7x7. A batch of 100 images with 64
# channels of 28x28 takes 20 MB; its `col` for a 3x3 filter takes 181 MB.
#
# %% [markdown] lang="ja" slide="subslide"
# ### フィルターの大きさと必要なメモリ
#
# パディングで画像の大きさを保つと、フィルターの 1 画素につき画像 1 枚分のコピーが
# 必要です。3×3 なら 9 倍、7×7 なら 49 倍になります。28×28 で 64 チャンネルの画像
# 100 枚は 20 MB ですが、3×3 のフィルターの `col` は 181 MB です。
#
# %%
sizes = [1, 3, 5, 7]
factors = []
for size in sizes:
    col = best_im2col(images, size, size, pad=size // 2)
    factors.append(col.nbytes / images.nbytes)
print(factors, round(100 * 64 * 28 * 28 * 4 * 9 / 1e6))
_, ax = plt.subplots(figsize=(7, 3))
bars = ax.bar([f"{size}x{size}" for size in sizes], factors)
ax.bar_label(bars, fmt="%.3g")
ax.set(xlabel="FH x FW", ylabel="col.nbytes / x.nbytes")
plt.show()


# %% [markdown] lang="en" slide="slide"
# ## 8. col2im: the way back
#
# `col2im` puts every row back to where its window was. With the 4x4 image
# and stride 2, the windows lie side by side, and the image comes back. But
# what if they overlap, and several rows bring a number for the same pixel?
#
# - **Overwrite:** the last number stays. Use it to put pixels back.
# - **Sum:** all numbers are added. `is_backward=True`; use it for gradients.
#
# %% [markdown] lang="ja" slide="slide"
# ## 8. col2im：元の場所に戻す
#
# `col2im` は、行を 1 つずつ、元の窓の場所に戻します。4×4 でストライド 2 の例で
# は、窓どうしが重ならないので、元の画像に戻ります。では、窓が重なり、同じ画素
# にいくつもの行から数が届くときはどうでしょうか。
#
# - **上書き：** 最後に届いた数が残ります。画素を戻すときに使います。
# - **加算：** 届いた数をすべて足します。`is_backward=True` のときで、勾配に使います。
#
# %% [markdown] lang="en" slide="subslide"
# ### The way back, by clicking
#
# The same view with stride 1: now the windows overlap. Choose `col2im` and
# click a pixel: in how many rows does it stand?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 戻り道をクリックで見る
#
# 今度はストライド 1 なので、窓が重なります。`col2im` を選び、画素をクリックして
# ください。その画素は、いくつの行に入っていますか。
#
# %% tags=["nbval-ignore-output"]
widgets.im2col_view(deck, 2, 2, stride=1, language=language)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the way back, by hand
#
# A 3x3 image with the numbers 1 to 9, a 2x2 window, stride 1. `im2col` gives
# the four rows below. Put them back with **sums**: which 3x3 image comes out?
# Begin with a corner, then the middle.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：戻り道を手で計算する
#
# 1 から 9 までの数の 3×3 の画像に、2×2 の窓をストライド 1 で動かすと、`im2col` の
# 結果は下の 4 行です。これを**加算**で元の場所に戻すと、どんな 3×3 の画像になりま
# すか。まず角、次に真ん中を考えてみましょう。
#
# %%
small = np.arange(1, 10).reshape(1, 1, 3, 3)
plots.show_arrays({"x": small[0, 0], "col": check.use("im2col")(small, 2, 2)})

# %% exercise="col2im_by_hand"
# BEGIN SOLUTION
back = [[1, 4, 3], [8, 20, 12], [7, 16, 9]]
# END SOLUTION

check("col2im_by_hand", back)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: col2im
#
# It is `im2col` read backwards: start from a padded image of zeros, and for
# each pixel of the filter write (or add) the matching part of `col` into the
# slice. Cut off the padding at the end; it may be 0.
#
# `offset` gives a *view* of `img` (lesson 5_3): with `view[...] = part` or
# `view += part` you write into `img` itself.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：col2im
#
# `im2col` を逆にたどります。パディング込みの大きさの 0 の画像から始め、フィルターの
# 画素ごとに、`col` の対応する部分をスライスに書き込む（または足す）のです。最後に
# パディングを切り落とします。パディングは 0 のこともあります。
#
# `offset` は `img` の**ビュー**を返します（5_3）。`view[...] = part` や `view += part` と
# すれば、`img` そのものに書き込まれます。
#
# %%
probe = np.zeros((1, 1, 2, 2))
offset(probe, 0, 0, 1, 1)[...] = 1
if not probe.any():  # a copy: written into, it would change nothing
    offset = check.exercises["offset_slice"].reference


# %% exercise="col2im"
def col2im(
    col, input_shape, filter_h, filter_w, stride=1, pad=0, is_backward=False
):
    N, C, H, W = input_shape
    OH = conv_output_size(H, filter_h, stride, pad)
    OW = conv_output_size(W, filter_w, stride, pad)
    # BEGIN SOLUTION
    split = col.reshape(N, OH, OW, C, filter_h, filter_w)
    parts = split.transpose(4, 5, 0, 3, 1, 2)  # (FH, FW, N, C, OH, OW)
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=col.dtype)
    for fy, fx in np.ndindex(filter_h, filter_w):
        view = offset(img, fy, fx, OH, OW, stride)
        view[...] = parts[fy, fx] + (view if is_backward else 0)
    return img[:, :, pad : pad + H, pad : pad + W]
    # END SOLUTION


check("col2im", col2im)

# %% [markdown] lang="en" slide="subslide"
# ### How many windows hold a pixel?
#
# Fill `col` with ones and sum: every pixel then counts its windows.
#
# **Predict first** for a 7x7 image: how often is a corner held, and how
# often the centre, with a 3x3 filter and stride 1? With stride 2? And with a
# 2x2 filter and stride 3?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 1 つの画素を、いくつの窓が含むか
#
# `col` をすべて 1 にして加算すると、各画素を含む窓の数がわかります。
#
# **予想してみましょう。** 7×7 の画像で、3×3 のフィルターをストライド 1 で動かすと、
# 角の画素と中央の画素は、それぞれいくつの窓に含まれるでしょうか。ストライド 2 では
# どうでしょうか。2×2 のフィルターでストライド 3 なら？
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("held")

# %% slide="subslide"
best_col2im = check.use("col2im")


def overlap_counts(H, W, size, stride):
    ones = np.ones((1, 1, H, W), dtype=int)
    col = best_im2col(ones, size, size, stride)
    back = best_col2im(col, ones.shape, size, size, stride, is_backward=True)
    return back[0, 0]


_, axes = plt.subplots(1, 3, figsize=(12, 4.2))
for ax, (size, stride) in zip(axes, [(3, 1), (3, 2), (2, 3)]):
    counts = overlap_counts(7, 7, size, stride)
    plots.draw_array(ax, counts, f"FH = FW = {size}, S = {stride}")
    ax.imshow(counts, cmap="Blues", vmin=0, vmax=16)
plt.show()


# %% slide="skip"
check.reveal("held")


# %% [markdown] lang="en" slide="subslide"
# ### Why col2im(im2col(x)) is not x
#
# **Predict first.** Send a character, black on white paper, through `im2col`
# and back through `col2im`. What do you see
#
# - with sums, 3x3, stride 1?
# - with sums, 3x3, stride 2?
# - overwriting, 3x3, stride 2?
# - overwriting, 2x2, stride 3?
#
# %% [markdown] lang="ja" slide="subslide"
# ### なぜ col2im(im2col(x)) は x に戻らないのか
#
# **予想してみましょう。** 白い紙に黒で書いた文字を `im2col` に通し、`col2im` で
# 戻します。次の 4 つでは、それぞれ何が見えるでしょうか。
#
# - 加算、3×3、ストライド 1
# - 加算、3×3、ストライド 2
# - 上書き、3×3、ストライド 2
# - 上書き、2×2、ストライド 3
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("back")


# %%
def there_and_back(x, size, stride, is_backward):
    col = best_im2col(x, size, size, stride)
    return best_col2im(col, x.shape, size, size, stride, 0, is_backward)


paper = 1 - glyph  # (1, 1, 28, 28)
settings = [(3, 1, True), (3, 2, True), (3, 2, False), (2, 3, False)]
backs = [there_and_back(paper, *s)[0, 0] for s in settings]
_, axes = plt.subplots(1, 5, figsize=(12, 3))
for ax, image in zip(axes, [paper[0, 0], *backs]):
    ax.imshow(image, vmin=0)
    ax.set_title(f"max {image.max():.2f}")
    ax.axis("off")
plt.show()

# %% slide="skip"
check.reveal("back")

# %% [markdown] lang="en" slide="subslide"
# - Summed, every pixel is multiplied by its count: the paper is 9 times too
#   bright, and dim at the border. (Each picture is scaled to its maximum.)
# - With stride 2 the counts 4, 2 and 1 alternate: a **chequered pattern**. The
#   same one turns up in pictures made with transposed convolutions.
# - Overwritten, each pixel comes back exactly, *if a window holds it*. The
#   last row and column, and the gaps of stride 3, stay 0: black.
#
# So divide the sum by the counts, and the covered pixels are right again.
#
# %% [markdown] lang="ja" slide="subslide"
# - 加算では、どの画素も窓の数だけ倍になります。紙は 9 倍の明るさになり、縁だけが
#   暗くなります（図は、それぞれの最大値に合わせて表示しています）。
# - ストライド 2 では 4、2、1 倍が入り交じり、**格子模様**になります。転置畳み
#   込み（逆畳み込みとも呼ばれます）で作った画像にも、同じ模様が現れることがあ
#   ります。
# - 上書きでは、**どれかの窓に含まれる**画素だけが正確に戻ります。最後の行と列や、
#   ストライド 3 のすき間は 0、つまり黒のままです。
#
# 加算の結果を窓の数で割れば、含まれていた画素は正しい値に戻ります。
#
# %%
summed = there_and_back(paper, 3, 2, True)[0, 0]
counts = overlap_counts(28, 28, 3, 2)
mean = summed / np.maximum(counts, 1)
held = counts > 0
print(np.unique(counts), held.sum(), held.size)
print(np.allclose(mean[held], paper[0, 0][held]))

# %% [markdown] lang="en" slide="subslide"
# ### Then why sum at all?
#
# Because the sum *is* the gradient. A pixel that lies in four windows changes
# the loss along four ways, and the gradients of all ways add up. In
# formulas, for any `x` and any matrix `g` of gradients:
#
# $$\sum \mathrm{im2col}(x) \cdot g = \sum x \cdot \mathrm{col2im}(g)$$
#
# It holds with the sum, and fails with overwriting.
#
# %% [markdown] lang="ja" slide="subslide"
# ### では、なぜ加算するのか
#
# 加算した結果が、**勾配そのもの**だからです。4 つの窓に含まれる画素は、4 つの経路で
# 損失に影響します。勾配は、すべての経路の分を足したものです。式で書くと、どんな `x` と
# 勾配の行列 `g` についても次が成り立ちます。
#
# $$\sum \mathrm{im2col}(x) \cdot g = \sum x \cdot \mathrm{col2im}(g)$$
#
# 加算なら成り立ち、上書きでは成り立ちません。
#
# %%
x = rng.normal(size=(2, 3, 6, 7))  # (N, C, H, W)
col = best_im2col(x, 3, 2, stride=2, pad=1)
g = rng.normal(size=col.shape)
print("im2col:", round((col * g).sum(), 3))
for is_backward in (True, False):
    back = best_col2im(g, x.shape, 3, 2, 2, 1, is_backward)
    print(f"{is_backward!s:>6}:", round((x * back).sum(), 3))

# %% [markdown] lang="en" slide="slide"
# ## Summary
#
# - `im2col` writes every window as a row: (N\*OH\*OW, C\*FH\*FW).
# - A column is the image, shifted: slices over the filter replace the loops
#   over positions.
# - Convolution is one matrix product; pooling is one `max`, after the
#   channels moved into the rows.
# - You pay with memory, about FH\*FW times the image at stride 1.
# - `col2im` overwrites to restore pixels, and sums for gradients; it undoes
#   `im2col` only where exactly one window holds a pixel, or by overwriting.
#
# Next door: **<<next_lesson>>**, forward and backward.
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# - `im2col` は窓を 1 つずつ行にします。形状は (N\*OH\*OW, C\*FH\*FW) です。
# - 列は画像をずらしたものです。位置のループは、フィルターの画素ごとのスライスに
#   置き換えられます。
# - 畳み込みは 1 回の行列積、プーリングはチャンネルを行に移した後の `max` です。
# - その代わりに、ストライド 1 なら画像の約 FH\*FW 倍のメモリを使います。
# - `col2im` は、画素を戻すなら上書き、勾配なら加算です。加算でもとに戻るのは、ちょうど
#   1 つの窓に含まれる画素だけです。
#
# 次は **<<next_lesson>>** です。順伝播と逆伝播を実装します。
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
