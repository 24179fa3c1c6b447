# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - rotate, shift, flip and scale whole batches, add noise, erase parts,
# - say which of these changes suit characters, and prove it,
# - measure what augmentation brings, and how sure you may be,
# - avoid two traps: the leak and the wrong scale.
#
# It takes about <<minutes>> minutes. The data are the 15 katakana ア to ソ.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - 回転、移動、反転、伸縮、ノイズ、部分消去をバッチ単位で実装する
# - 文字に向いた加工を選び、その理由を実験で示す
# - データ拡張の効果を、ばらつきも含めて測る
# - データの漏れ（データリーク）とスケールの食い違いという 2 つの落とし穴を避け
#   る
#
# 目安は <<minutes>> 分です。データはカタカナ 15 文字（ア〜ソ）を使います。
#
# %%
import matplotlib.pyplot as plt
import numpy as np

from course_lib import plots, widgets
from course_lib.augment import Augmenter
from course_lib.datasets import KATAKANA, load_katakana15
from course_lib.exercises import lesson
from course_lib.networks import SimpleConvNet
from course_lib.optimizers import Adam

language = "en"
check = lesson("5_8", language)
plots.use_style()

# %% [markdown] lang="en" slide="slide"
# ## 1. When there are few images
#
# Suppose somebody gives you only **15 images of each character**. That is
# little: everyone writes a シ of their own.
#
# - `x_pool`: images from which we draw the few training images
# - `x_val`: images of other writers, to make choices with
# - `x_test`: images of yet other writers, for the final results
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. 画像が少ないとき
#
# 手元に**1 文字につき 15 枚**しか画像がないとします。同じ「シ」でも
# 書く人によって形が違うので、15 枚では足りません。
#
# - `x_pool`：学習用の画像を少しだけ取り出す元のデータ
# - `x_val`：別の人が書いた画像。設定を選ぶときに使う
# - `x_test`：さらに別の人が書いた画像。最後の結果を測るときに使う
#
# %%
train_part, test_part = load_katakana15(with_writers=True)
x_pool, t_pool, _ = train_part
x_other, t_other, writers = test_part
kept = writers % 2 == 0
x_val, t_val = x_other[kept], t_other[kept]
x_test, t_test = x_other[~kept], t_other[~kept]


def pick(seed, per_class=15):
    rng = np.random.default_rng(seed)
    places = [np.flatnonzero(t_pool == k) for k in range(15)]
    chosen = [rng.choice(p, per_class, replace=False) for p in places]
    chosen = np.concatenate(chosen)
    return x_pool[chosen], t_pool[chosen]


x, t = pick(0)
print("x", x.shape, "t", t.shape)

# %% [markdown] lang="en" slide="subslide"
# Above: the シ that we train on. Below: the シ of the test. How do they
# differ? In slant, size, place, thickness: in all the things that change
# **without making it another character**.
#
# %% [markdown] lang="ja" slide="subslide"
# 上の段は学習に使う「シ」、下の段はテストの「シ」です。どこが違いますか。
# 傾き、大きさ、位置、太さ…。どれも**変わっても別の文字にはならない**もの
# ばかりです。
#
# %%
shi = KATAKANA.index("シ")
rows = [x[t == shi][:10], x_test[t_test == shi][:10]]
plots.show_images(np.concatenate(rows), columns=10)

# %% [markdown] lang="en" slide="subslide"
# ### The idea
#
# If the network must not care about slant and place, show it the same
# image with other slants and places. **Data augmentation** trains on changed
# copies of the training images. The label stays as it was.
#
# So there is one rule for choosing a change: **would a person still read the
# same character?**
#
# %% [markdown] lang="ja" slide="subslide"
# ### 考え方
#
# 傾きや位置に左右されてほしくないなら、同じ画像の傾きや位置を変えて見せれば
# よいのです。学習用データを加工したコピーでも学習することを**データ拡張**
# と呼びます。ラベルは元の画像と同じです。
#
# 加工を選ぶ基準は 1 つです。**人が見て、同じ文字だと読めるか。**
#
# %% [markdown] lang="en" slide="slide"
# ## 2. Flip and shift: slices are enough
#
# A small image in numbers first. `flip` swaps left and right. `shift` moves
# everything one row down and one column to the right. What leaves is lost;
# what opens is filled with 0, the black of the background.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. 反転と移動：スライスでできる加工
#
# まず小さな画像を数字で見ます。`flip` は左右の入れ替え、`shift` は下に 1 行、
# 右に 1 列の移動です。はみ出した部分は捨て、空いた所は背景の黒、つまり 0 で
# 埋めます。
#
# %%
a = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]])
flipped = np.array([[0, 3, 2, 1], [3, 2, 1, 0], [2, 1, 0, 3], [1, 0, 3, 2]])
shifted = np.array([[0, 0, 0, 0], [0, 1, 2, 3], [0, 0, 1, 2], [0, 3, 0, 1]])
plots.show_arrays({"x": a, "flip": flipped, "shift": shifted})


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: flip
#
# Write it for a whole batch `x` of shape (N, C, H, W). One line will do: a
# slice may run backwards.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：左右の反転
#
# 形状が (N, C, H, W) のバッチ `x` をまとめて反転してください。スライスは
# 逆向きにも進めるので、1 行で書けます。
#
# %% exercise="flip"
def flip(x):
    # BEGIN SOLUTION
    return x[:, :, :, ::-1]
    # END SOLUTION


check("flip", flip)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: shift
#
# Move all images `dy` pixels down and `dx` pixels to the right; negative
# numbers move up and left. Fill with 0.
#
# One way: put a border of zeros around the images (`np.pad`, lesson 5_3),
# then cut out a window of H times W at another place.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：移動
#
# すべての画像を下に `dy`、右に `dx` 画素だけ動かしてください。負の数なら
# 上と左に動きます。空いた所は 0 です。
#
# 1 つの方法は、まず 0 で縁を付け（5_3 の `np.pad`）、次に H×W の窓を
# ずらした位置で切り出すことです。
#
# %% exercise="shift"
def shift(x, dy, dx):
    # BEGIN SOLUTION
    H, W = x.shape[2:]
    p = max(abs(dy), abs(dx))
    wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    return wide[:, :, p - dy : p - dy + H, p - dx : p - dx + W]
    # END SOLUTION


check("shift", shift)


# %% [markdown] lang="en" slide="subslide"
# The fifteen characters of one writer: as they are, flipped, and shifted by
# (4, -4). Read the second row aloud. Can you?
#
# %% [markdown] lang="ja" slide="subslide"
# 1 人が書いた 15 文字です。上から順に、元の画像、左右を反転した画像、(4, -4)
# だけ動かした画像です。2 段目を声に出して読んでみてください。読めますか。
#
# %%
hand = np.flatnonzero(writers == 1030)
glyphs = x_other[hand[np.argsort(t_other[hand])]]
print("x", glyphs.shape)
rows = [glyphs, check.use("flip")(glyphs), check.use("shift")(glyphs, 4, -4)]
plots.show_images(np.concatenate(rows), columns=15, scale=0.8)

# %% [markdown] lang="en" slide="slide"
# ## 3. Rotate and scale: ask where a pixel comes from
#
# To enlarge by 1.6, one might send every pixel to its new place. Look at
# what happens: some places get no pixel at all.
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. 回転と伸縮：画素がどこから来たかを考える
#
# 1.6 倍に拡大するのに、各画素を新しい位置へ送ってみます。すると、どの画素も
# 届かない場所ができてしまいます。
#
# %%
i = np.arange(28)
to = np.rint(13.5 + (i - 13.5) * 1.6).astype(int)
i, to = i[(to >= 0) & (to < 28)], to[(to >= 0) & (to < 28)]
sent = np.zeros_like(glyphs[:5])
sent[:, :, to[:, None], to] = glyphs[:5, :, i[:, None], i]
plots.show_images(np.concatenate([glyphs[:5], sent]), columns=5, scale=1.2)


# %% [markdown] lang="en" slide="subslide"
# ### The other way round
#
# Go through the pixels of the **result** and ask each one: where in `x` do
# you come from? Then no pixel stays empty. This is called inverse mapping.
#
# In one direction: with H = 5 the middle is at 2. Row 0 of the result lies
# 2 above it. After enlarging by 2 it came from half as far, from row
# $2 + (0 - 2) / 2 = 1$. Row 4 came from row 3.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 逆から考える
#
# **結果**の画素を順に見て、`x` のどの位置から来たのかを逆算します。これなら空
# の画素はできません。逆写像と呼ばれる方法です。
#
# 縦方向だけで考えましょう。H = 5 なら中心は 2 です。結果の 0 行目は中心から
# 2 だけ上にあります。2 倍に拡大したのなら、元は半分の距離、つまり
# $2 + (0 - 2) / 2 = 1$ 行目にありました。4 行目は 3 行目から来ています。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the places
#
# Let $u$ be the row and $v$ the column of a result pixel, **measured from the
# centre** $((H-1)/2, (W-1)/2)$. After a turn by $\theta$ (counter-clockwise)
# and an enlargement by $s$ it came from
#
# $$\Big( \frac{u\cos\theta + v\sin\theta}{s},\;
# \frac{v\cos\theta - u\sin\theta}{s} \Big)$$
#
# again from the centre. Return `rows` and `cols`, (H, W) each, counted from
# the upper left corner as usual. `angle` is in degrees.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：元の位置を求める
#
# 結果の画素の行を $u$、列を $v$ とし、どちらも**画像の中心**
# $((H-1)/2, (W-1)/2)$ から測ります。反時計回りに $\theta$ 回し、$s$ 倍に
# 拡大したのなら、この画素の元の位置は（やはり中心から測って）次のとおりです。
#
# $$\Big( \frac{u\cos\theta + v\sin\theta}{s},\;
# \frac{v\cos\theta - u\sin\theta}{s} \Big)$$
#
# これを普段どおり左上から数えた `rows` と `cols`（形状はどちらも (H, W)）に
# して返してください。`angle` の単位は度です。
#
# %% exercise="places"
def places(H, W, angle, factor):
    # BEGIN SOLUTION
    theta = np.deg2rad(angle)
    u = np.arange(H).reshape(H, 1) - (H - 1) / 2
    v = np.arange(W).reshape(1, W) - (W - 1) / 2
    rows = (u * np.cos(theta) + v * np.sin(theta)) / factor
    cols = (v * np.cos(theta) - u * np.sin(theta)) / factor
    return rows + (H - 1) / 2, cols + (W - 1) / 2
    # END SOLUTION


check("places", places)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: read the nearest pixel
#
# The places are rarely whole numbers. The simplest way out: take the nearest
# pixel. Places outside the image give 0.
#
# `x[:, :, i, j]` with two integer arrays of shape (H, W) reads one pixel for
# each place. Only mind the places outside: an index must not leave `x`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：いちばん近い画素を読む
#
# 元の位置はたいてい整数になりません。いちばん簡単なのは、最も近い画素の値を
# 使うことです（最近傍補間）。画像の外なら 0 とします。
#
# 形状 (H, W) の整数配列 `i`、`j` を使って `x[:, :, i, j]` と書くと、位置ごとに
# 1 画素ずつ読めます。画像の外を指す添字の扱いにだけ注意してください。
#
# %% exercise="read_nearest"
def read_nearest(x, rows, cols):
    # BEGIN SOLUTION
    H, W = x.shape[2:]
    i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)
    inside = (i >= 0) & (i < H) & (j >= 0) & (j < W)
    return x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)] * inside
    # END SOLUTION


check("read_nearest", read_nearest)


# %% [markdown] lang="en" slide="subslide"
# Two short functions, and both changes are there. Above: turned by -40 to
# 40 degrees. Below: scaled by 0.5 to 1.5.
#
# %% [markdown] lang="ja" slide="subslide"
# 短い関数 2 つで、回転も伸縮もできるようになりました。上の段は -40 度から
# 40 度までの回転、下の段は 0.5 倍から 1.5 倍までの伸縮です。
#
# %%
def rotate(x, angle):
    rows, cols = check.use("places")(*x.shape[2:], angle, 1)
    return check.use("read_nearest")(x, rows, cols)


def scale(x, factor):
    rows, cols = check.use("places")(*x.shape[2:], 0, factor)
    return check.use("read_nearest")(x, rows, cols)


one = glyphs[[KATAKANA.index("ケ")]]
angles, factors = np.linspace(-40, 40, 9), np.linspace(0.5, 1.5, 9)
turned = [rotate(one, angle) for angle in angles]
scaled = [scale(one, factor) for factor in factors]
titles = [f"{angle:.0f}" for angle in angles] + [f"{f:.2f}" for f in factors]
plots.show_images(np.concatenate(turned + scaled), titles, columns=9)


# %% [markdown] lang="en" slide="subslide"
# The edges are ragged: many pixels share one neighbour. `course_lib.augment`
# mixes the four pixels around a place instead (bilinear interpolation), and
# does turn, scale and shift in one reading. The idea is yours.
#
# %% [markdown] lang="ja" slide="subslide"
# 縁がぎざぎざしているのは、1 つの画素を何度も読むためです。
# `course_lib.augment` では、周りの 4 画素を混ぜ（双線形補間）、回転・伸縮・
# 移動を 1 回の読み取りで済ませています。考え方は、いま書いたものと同じです。
#
# %% [markdown] lang="en" slide="slide"
# ## 4. Noise and erase: random numbers
#
# Random numbers come from a `numpy.random.Generator`, here always called
# `rng`. Whoever passes it in decides the seed, so a result can be repeated:
#
# - `rng.normal(0, std, shape)`: normal distribution, mean 0
# - `rng.uniform(low, high, n)`: `n` numbers, evenly spread
# - `rng.integers(low, high)`: whole numbers, **`high` itself never**
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. ノイズと部分消去：乱数を使う加工
#
# 乱数は `numpy.random.Generator` から取り出します。ここではいつも `rng` と
# いう名前です。シードは渡す側が決めるので、同じ結果を再現できます。
#
# - `rng.normal(0, std, shape)`：平均 0 の正規分布
# - `rng.uniform(low, high, n)`：一様分布の乱数を `n` 個
# - `rng.integers(low, high)`：整数の乱数。**`high` そのものは出ない**
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: add noise
#
# Add normal noise of standard deviation `std` to every pixel of every image.
# The images must stay images: cut off what falls below 0 or above 1. Give
# back the dtype of `x`, and leave `x` itself as it was.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：ノイズを加える
#
# すべての画像のすべての画素に、標準偏差 `std` の正規分布のノイズを加えて
# ください。画素値の範囲を守るため、0 より小さい値や 1 より大きい値は切り
# 落とします。dtype は `x` と同じにし、`x` そのものは書き換えません。
#
# %% exercise="add_noise"
def add_noise(x, std, rng):
    # BEGIN SOLUTION
    noise = rng.normal(0, std, x.shape)
    return np.clip(x + noise, 0, 1).astype(x.dtype)
    # END SOLUTION


check("add_noise", add_noise)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: erase
#
# Set a square of `size` times `size` pixels to 0, **at another random place
# in each image**, the same in all channels. It lies wholly inside the image,
# and every place where it fits can come up.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：部分的に消す
#
# 1 辺 `size` 画素の正方形を 0 にしてください（Random Erasing や Cutout と呼ば
# れる方法です）。場所は**画像ごとにランダム**で、全チャンネルで共通です。正方
# 形は画像の内側に収まり、収まる場所ならどこでも選ばれる可能性があるようにしま
# す。
#
# %% exercise="erase"
def erase(x, size, rng):
    # BEGIN SOLUTION
    H, W = x.shape[2:]
    out = x.copy()
    for image in out:  # (C, H, W)
        i = rng.integers(0, H - size + 1)
        j = rng.integers(0, W - size + 1)
        image[:, i : i + size, j : j + size] = 0
    return out
    # END SOLUTION


check("erase", erase)

# %%
rng = np.random.default_rng(0)
rows = [
    check.use("add_noise")(glyphs, 0.2, rng),
    check.use("erase")(glyphs, 8, rng),
]
plots.show_images(np.concatenate(rows), columns=15, scale=0.8)


# %% [markdown] lang="en" slide="slide"
# ## 5. To each image its own
#
# `rotate(x, 10)` turns the whole batch by 10 degrees. In training every image
# shall get an angle of its own, and another one the next time.
#
# ### Exercise: an angle for each image
#
# Turn image n by its own random angle between `-most` and `most` degrees.
# The order of the images must stay. You may use `rotate`;
# `x[n : n + 1]` is a batch of one image.
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. 画像ごとに加工を変える
#
# `rotate(x, 10)` はバッチ全体を同じ 10 度だけ回します。学習では、画像ごとに
# 違う角度で、しかも毎回違う角度で回します。
#
# ### 演習：画像ごとに違う角度で回す
#
# n 枚目の画像を、`-most` 度から `most` 度までのランダムな角度で回して
# ください。画像の順番は変えません。`rotate` を使ってかまいません。
# `x[n : n + 1]` と書くと、画像 1 枚だけのバッチになります。
#
# %% exercise="random_rotate"
def random_rotate(x, most, rng):
    # BEGIN SOLUTION
    angles = rng.uniform(-most, most, len(x))
    turned = [rotate(x[n : n + 1], angle) for n, angle in enumerate(angles)]
    return np.concatenate(turned)
    # END SOLUTION


check("random_rotate", random_rotate)

# %%
same = np.repeat(glyphs[[KATAKANA.index("キ")]], 12, axis=0)
rng = np.random.default_rng(0)
turned = check.use("random_rotate")(same, 20, rng)
plots.show_images(turned, columns=12, scale=0.9)


# %% [markdown] lang="en" slide="slide"
# ## 6. Does it help?
#
# Now train. Each step draws 30 of the 225 images. With augmentation, `change`
# gives them a new look **at every step**: the network never sees the very
# same image twice. (`Trainer` of lesson 5_7 does the same with
# `transform=change`.)
#
# `std="he"` fits the size of the first weights to each layer, so that these
# short trainings get going.
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. 効果はあるのか
#
# では学習です。1 ステップごとに 225 枚から 30 枚を選びます。データ拡張では、
# その 30 枚を `change` で**毎ステップ**加工し直すので、まったく同じ画像は
# 二度と現れません（5_7 の `Trainer` なら `transform=change` と書きます）。
#
# `std="he"` とすると、重みの初期値の大きさを層ごとに合わせるので、短い学習でも
# よく進みます。
#
# %%
def train(x, t, change=None, seed=0, steps=120, std="he"):
    net = SimpleConvNet(
        conv_param={"filter_num": 8},
        hidden_size=40,
        output_size=15,
        weight_init_std=std,
        rng=seed,
    )
    optimizer = Adam(lr=0.005)
    order, rng = np.random.default_rng(seed).spawn(2)
    for _ in range(steps):
        chosen = order.choice(len(x), 30, replace=False)
        batch = x[chosen]
        if change is not None:
            batch = change(batch, rng)
        grads = net.gradient(batch, t[chosen])
        optimizer.update(net.params, grads)
    return net


# %% [markdown] lang="en" slide="subslide"
# ### Make it a fair comparison
#
# - **Same number of steps** with and without. Otherwise you compare patience.
# - **Three seeds.** Each draws other training images and other first weights.
#   One training alone might be luck.
# - The **test images stay as they are**. They stand for the real world.
#
# **Predict:** how many of 100 test images will be read rightly without
# augmentation, and how many with? Note your two numbers before you go on.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 公平に比べる
#
# - **ステップ数をそろえる。** そうしないと、学習の長さを比べることになります。
# - **シードを 3 通り試す。** 学習用の画像も重みの初期値も変わります。1 回だけ
#   では偶然かもしれません。
# - **テスト用データは加工しない。** 現実の代わりだからです。
#
# **予想してみましょう。** テスト画像 100 枚のうち、データ拡張なしでは何枚、
# ありでは何枚読めるでしょうか。2 つの数を書いてから先へ進んでください。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("augmented")


# %% slide="subslide"
def show_accuracies(found):
    _, ax = plt.subplots(figsize=(9, 0.5 * len(found) + 1))
    for i, (name, values) in enumerate(found.items()):
        row = np.full(len(values), i)
        ax.plot(values, row, "o", color=plots.BLUE, ms=11, alpha=0.6)
        ax.plot(np.mean(values), i, "k|", ms=26, mew=3)
        print(f"{name:>9} {np.mean(values):.3f} ± {np.std(values):.3f}")
    ax.set_yticks(range(len(found)), list(found))
    ax.set_ylim(len(found) - 0.5, -0.5)
    ax.axvline(np.mean(next(iter(found.values()))), color="k", ls=":")
    ax.set_xlabel("accuracy")
    plt.show()


# %% tags=["nbval-ignore-output"] slide="subslide"
change = Augmenter(rotate=15, shift=2, scale=(0.8, 1.2))
seeds = [0, 1, 2]
plain = [train(*pick(s), None, s, steps=240) for s in seeds]
augmented = [train(*pick(s), change, s, steps=240) for s in seeds]
without = np.array([net.accuracy(x_test, t_test) for net in plain])
with_it = np.array([net.accuracy(x_test, t_test) for net in augmented])
show_accuracies({"x": without, "change(x)": with_it})

# %% tags=["nbval-ignore-output"] slide="skip"
check.reveal(
    "augmented",
    f"{100 * without.mean():.0f}, {100 * with_it.mean():.0f}",
)

# %%
assert (with_it > without).all()
assert with_it.mean() - without.mean() > 0.03

# %% [markdown] lang="en" slide="subslide"
# ### What you see
#
# Each dot is one training, each bar a mean; the dotted line marks the mean
# without augmentation. Compare the **gap between the
# bars** with the **spread of the dots**: the gap is many times larger, so
# this is no luck. The same 225 images, the same number of steps, and far
# fewer mistakes.
#
# And on its own training images, the network without augmentation?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 結果の見方
#
# 点は 1 回ごとの学習、縦棒は平均、点線はデータ拡張なしの平均です。**縦棒どうしの差**を**点のばらつき**と
# 比べてください。差のほうがずっと大きいので、偶然とは言えません。同じ 225 枚、
# 同じステップ数なのに、間違いが大きく減りました。
#
# では、データ拡張なしのネットワークは、学習した画像なら読めるのでしょうか。
#
# %% tags=["nbval-ignore-output"]
for s, a, b in zip(seeds, plain, augmented):
    print(s, round(a.accuracy(*pick(s)), 3), round(b.accuracy(*pick(s)), 3))

# %%
assert min(net.accuracy(*pick(s)) for s, net in zip(seeds, plain)) > 0.95


# %% [markdown] lang="en" slide="subslide"
# It reads (nearly) all of them. It has learned its 225 images by heart
# instead of the characters: **overfitting**. Augmentation makes learning by
# heart useless, as the images are different every time.
#
# %% [markdown] lang="ja" slide="subslide"
# （ほぼ）すべて読めています。文字の形ではなく、225 枚の画像を丸暗記したの
# です。これが**過学習**です。データ拡張では毎回違う画像が来るので、丸暗記が
# 役に立たなくなります。
#
# %% [markdown] lang="en" slide="slide"
# ## 7. Which changes suit characters?
#
# Now each change alone, half as many steps. Your own `rotate`, `add_noise`,
# `erase` and `flip` are among them.
#
# **Predict:** order the six changes from most useful to most harmful. Is
# there one that makes things worse than no change at all?
#
# %% [markdown] lang="ja" slide="slide"
# ## 7. 文字に向く加工はどれか
#
# 今度は加工を 1 つずつ試します。ステップ数は半分です。あなたが書いた回転、
# ノイズ、部分消去、反転も使います。
#
# **予想してみましょう。** 6 つの加工を、役に立つ順に並べてください。何もしない
# ときより悪くなる加工はあるでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("order")


# %% slide="subslide"
def random_flip(x, rng):
    swapped = rng.random(len(x)) < 0.5
    return np.where(swapped[:, None, None, None], check.use("flip")(x), x)


changes = {
    "x": None,
    "shift": Augmenter(rotate=0, shift=2, scale=(1, 1)),
    "scale": Augmenter(rotate=0, shift=0, scale=(0.8, 1.2)),
    "rotate": lambda x, rng: check.use("random_rotate")(x, 15, rng),
    "noise": lambda x, rng: check.use("add_noise")(x, 0.1, rng),
    "erase": lambda x, rng: check.use("erase")(x, 8, rng),
    "flip": random_flip,
}

# %% tags=["nbval-ignore-output"] slide="subslide"
found = {}
for name, one_change in changes.items():
    nets = [train(*pick(s), one_change, s) for s in seeds]
    found[name] = [net.accuracy(x_test, t_test) for net in nets]
show_accuracies(found)

# %% tags=["nbval-ignore-output"] slide="skip"
check.reveal(
    "order",
    " > ".join(sorted(found, key=lambda k: -np.mean(found[k]))),
)

# %%
assert np.mean(found["flip"]) < np.mean(found["x"])
assert np.mean(found["shift"]) > np.mean(found["x"]) + 0.02


# %% [markdown] lang="en" slide="subslide"
# ### Why flipping hurts
#
# Nobody writes the flipped characters in the second row of section 2 (only エ
# looks nearly the same). The network must learn almost 30 shapes instead of
# 15, and no test image ever shows the other 15. A photo of a cat may be
# flipped; a character may not.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 反転が害になる理由
#
# 第 2 節の 2 段目のような文字を書く人は、（左右対称に近い「エ」を除けば）いま
# せん。ネットワークは 15 ではなく 30 近い形を覚えさせられますが、その半分はテ
# ストに一度も出ません。猫の写真なら反転しても猫ですが、文字は違います。
#
# %% [markdown] lang="en" slide="subslide"
# ### What makes a change useful
#
# Shifts help a lot: writers start at different places, and the `Affine` layer
# depends on exact positions. Noise and erased squares bring little here, as
# the test images have little noise and hardly a missing part.
#
# **A change helps if it looks like a difference between your training images
# and the real ones.**
#
# %% [markdown] lang="ja" slide="subslide"
# ### 役に立つ加工とは
#
# 移動はよく効きます。書く位置は人によって違うのに、`Affine` 層（全結合層）は正
# 確な位置を頼りにするからです。ノイズと部分消去がここであまり役に立たないの
# は、テスト画像にノイズや欠けた所が少ないためです。
#
# **手元の学習用データと現実のデータとの違いに似た加工が、役に立つのです。**
#
# %% [markdown] lang="en" slide="slide"
# ## 8. A trap: the leak
#
# Instead of a new look at every step, one can enlarge the training set once.
#
# ### Exercise: enlarge the training set
#
# Return the given images followed by `times` changed copies of all of them,
# and the labels to go with them. `change(x)` changes a whole batch, otherwise
# at each call.
#
# %% [markdown] lang="ja" slide="slide"
# ## 8. 落とし穴その 1：データの漏れ（データリーク）
#
# 毎ステップ加工する代わりに、最初に一度だけ学習用データを増やす方法もあります。
#
# ### 演習：学習用データを増やす
#
# 元の画像の後ろに、全体を加工したコピーを `times` 組つなげて返してください。
# 対応するラベルも返します。`change(x)` はバッチ全体を加工する関数で、呼ぶ
# たびに違う加工をします。
#
# %% exercise="enlarge"
def enlarge(x, t, change, times):
    # BEGIN SOLUTION
    copies = [change(x) for _ in range(times)]
    return np.concatenate([x, *copies]), np.tile(t, 1 + times)
    # END SOLUTION


check("enlarge", enlarge)


# %% [markdown] lang="en" slide="subslide"
# ### Split, then enlarge? Or enlarge, then split?
#
# Say that 20 of the 60 writers of the test part are yours: 300 images. To
# watch a training, you keep half of them for validation. Two ways to do it,
# and only the order of two lines differs. 7 copies. The other 40 writers tell
# how good the network really is.
#
# **Predict:** for which of the two will the validation accuracy be higher? And
# which one tells the truth about the other writers?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 分けてから増やすか、増やしてから分けるか
#
# テスト用の 60 人のうち 20 人分、300 枚が手元にあるとします。学習の様子を見る
# ために、その半分を検証用に残します。やり方は 2 通り。違うのは 2 行の順番だけ
# です。コピーは 7 組とします。本当の実力は、残りの 40 人の画像で測ります。
#
# **予想してみましょう。** 検証用データでの正解率が高くなるのはどちらですか。本
# 当の実力を正しく言い当てるのはどちらですか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("leak")


# %% slide="subslide"
def halves(x, t, rng):
    first, rest = np.array_split(rng.permutation(len(x)), 2)
    return (x[first], t[first]), (x[rest], t[rest])


def enlarge_then_split(x, t, gentle, rng):
    many = check.use("enlarge")(x, t, gentle, 7)
    return halves(*many, rng)


def split_then_enlarge(x, t, gentle, rng):
    ours, val = halves(x, t, rng)
    return check.use("enlarge")(*ours, gentle, 7), val


def my_writers(seed):
    order = np.random.default_rng(seed).permutation(np.unique(writers))
    mine = np.isin(writers, order[:20])
    return (x_other[mine], t_other[mine]), (x_other[~mine], t_other[~mine])


# %% tags=["nbval-ignore-output"] slide="subslide"
leak = {}
for split in (enlarge_then_split, split_then_enlarge):
    pairs = []
    for s in range(8):
        gentle = Augmenter(6, 1, (0.95, 1.05), noise=0.1, rng=s)
        mine, others = my_writers(s)
        ours, val = split(*mine, gentle, np.random.default_rng(s))
        net = train(*ours, None, s)
        pairs.append((net.accuracy(*val), net.accuracy(*others)))
    leak[split.__name__] = np.mean(pairs, axis=0)
    val_accuracy, true_accuracy = leak[split.__name__]
    print(split.__name__)
    print(f"  val {val_accuracy:.3f}  others {true_accuracy:.3f}")

# %% tags=["nbval-ignore-output"] slide="skip"
check.reveal("leak", ", ".join(f"{v:.2f}" for v, _ in leak.values()))

# %% only="solution"
promised, true = leak["enlarge_then_split"]
assert promised - true > 0.15
honest, true_too = leak["split_then_enlarge"]
assert abs(honest - true_too) < 0.06


# %% [markdown] lang="en" slide="subslide"
# Enlarging first promises much more than the other writers keep. (Its true
# accuracy is higher too, as all 300 images got into the training. But the
# promise is false.) Splitting first tells the truth: the two numbers agree
# within the spread of a few seeds. Above: validation images. Below: the most
# similar training image of each. In the first picture these are **copies of
# the same image**: the answers have leaked. In the second they are other
# images.
#
# %% [markdown] lang="ja" slide="subslide"
# 先に増やすと、検証用データでの正解率は、本当の実力よりずっと高く出ます（実力
# も 0.1 ほど高いのは、300 枚すべてが学習に入ったからです。それでも検証の値はあ
# てになりません）。先に分ければ、検証の値は実力とほぼ同じで、違いはシードによる
# ばらつきの範囲です。図の上段は検証用の画像、下段はそれに最も似た学習用の画像で
# す。1 枚目の図では**同じ画像のコピー**が見つかります。答えが漏れていたのです。
# 2 枚目の図では別の画像です。
#
# %%
def nearest(images, others):
    flat, all_flat = images.reshape(len(images), -1), others.reshape(-1, 784)
    distance = ((flat[:, None] - all_flat) ** 2).sum(axis=2)
    return others[distance.argmin(axis=1)]


for split in (enlarge_then_split, split_then_enlarge):
    gentle = Augmenter(6, 1, (0.95, 1.05), noise=0.1, rng=0)
    mine, _ = my_writers(0)
    ours, val = split(*mine, gentle, np.random.default_rng(0))
    images = val[0][:10]
    both = np.concatenate([images, nearest(images, ours[0])])
    plots.show_images(both, columns=10, scale=0.9)

# %% [markdown] lang="en" slide="subslide"
# **Split first.** Whatever is computed from data (copies, a mean for
# normalising, a choice of settings) is computed from the training part
# alone. And images of one writer belong on one side of the split.
#
# %% [markdown] lang="ja" slide="subslide"
# **まず分ける。** データから作るもの（コピー、正規化に使う平均、設定の選択）は、
# 学習用の側だけから作ります。同じ人が書いた画像も、まとめて片方に入れます。
#
# %% [markdown] lang="en" slide="slide"
# ## 9. Another trap: the scale
#
# One program divides the pixels by 255, the other forgets to. Or one scans
# white paper with black ink: `1 - x`. The labels are right, the shapes are
# right, nothing raises an error.
#
# We train one network on 0..1 and one on 0..255 (with small first weights,
# `std=0.01`), and show each of them three versions of the test images.
#
# **Predict:** which of the six accuracies stay high?
#
# %% [markdown] lang="ja" slide="slide"
# ## 9. 落とし穴その 2：スケールの食い違い
#
# 片方のプログラムは画素を 255 で割り、もう片方は割り忘れます。あるいは、白い
# 紙に黒い字をそのまま読み込みます（`1 - x`）。ラベルも形状も正しいので、
# エラーは出ません。
#
# 0〜1 で学習したネットワークと 0〜255 で学習したネットワーク（重みの初期値は小
# さく `std=0.01`）に、3 通りのテスト画像を見せます。
#
# **予想してみましょう。** 6 つの正解率のうち、高いままなのはどれでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("scale")

# %% tags=["nbval-ignore-output"]
full = np.float32(255)
tests = {"x": x_test, "255x": x_test * full, "1-x": 1 - x_test}
accuracy, loss = {}, {}
for name, factor in (("x", np.float32(1)), ("255x", full)):
    net = train(x * factor, t, std=0.01)
    for test_name, images in tests.items():
        key = (name, test_name)
        accuracy[key] = net.accuracy(images, t_test)
        loss[key] = net.loss(images, t_test)
        print(f"{name:>4} {test_name:>4}", end="  ")
        print(f"accuracy {accuracy[key]:.3f}  loss {loss[key]:.2f}")

# %% tags=["nbval-ignore-output"] slide="skip"
check.reveal("scale")

# %%
assert accuracy["x", "1-x"] < 0.5 * accuracy["x", "x"]
assert abs(accuracy["x", "255x"] - accuracy["x", "x"]) < 0.1
assert loss["x", "255x"] > 10 * loss["x", "x"]
assert abs(loss["255x", "x"] - np.log(15)) < 0.6

# %% [markdown] lang="en" slide="subslide"
# ### What you see
#
# - `1-x`: no better than guessing. What was stroke is now background.
# - Trained on `x`, shown `255x`: the accuracy hardly moves! ReLU and pooling
#   hand a factor through, so the largest score stays the largest. But the
#   loss is many times higher: the network is absolutely sure, even when it
#   is wrong.
# - Trained on `255x`, shown `x`: the loss stays near $\log 15 = 2.71$, as
#   the network hardly dares to answer.
#
# A good accuracy does not prove that the scale is right. Write **one**
# function that prepares images, and use it for training and test alike.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 結果の見方
#
# - `1-x`：あてずっぽう並みです。線だった所が背景になってしまいました。
# - `x` で学習して `255x` を見せる：正解率はほとんど変わりません。ReLU とプーリ
#   ングは倍率をそのまま通すので、最大のスコアは最大のままです。しかし損失は桁
#   違いに大きく、間違えるときも、確率を 1 近くと出します。
# - `255x` で学習して `x` を見せる：損失が $\log 15 = 2.71$ に近く、ほとんど
#   自信がありません。
#
# 正解率が良くても、スケールが正しいとは限りません。画像の前処理は**1 つの**
# 関数にまとめ、学習とテストの両方で使いましょう。
#
# %% [markdown] lang="en" slide="slide"
# ## 10. Which characters are still confused?
#
# The three networks with augmentation read all the test images. Rows are the
# truth `t`, columns the answer `y`. Everything off the diagonal is a mistake.
#
# **Predict:** which two of the fifteen are confused most often?
#
# %% [markdown] lang="ja" slide="slide"
# ## 10. まだ間違える文字はどれか
#
# データ拡張ありの 3 つのネットワークにテスト画像を読ませます。行が正解 `t`、
# 列が予測 `y` です。対角線の外はすべて間違いです。
#
# **予想してみましょう。** 15 文字のうち、いちばん間違えやすい 2 文字はどれと
# どれでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("confused")

# %% tags=["nbval-ignore-output"] slide="subslide"
y = np.stack([net.predict(x_test).argmax(axis=1) for net in augmented])
counts = np.zeros((15, 15), dtype=int)
for guess in y:
    np.add.at(counts, (t_test, guess), 1)
plots.show_confusion(counts, glyphs[:, 0])

# %% slide="skip"
assert counts.sum() == 3 * len(t_test)
assert np.trace(counts) > 0.6 * counts.sum()

# %% tags=["nbval-ignore-output"] slide="subslide"
mixed = np.triu(counts + counts.T, k=1)
for place in np.argsort(-mixed, axis=None)[:6]:
    a, b = np.unravel_index(place, mixed.shape)
    print(KATAKANA[a], KATAKANA[b], mixed[a, b])

# %% tags=["nbval-ignore-output"] slide="skip"
check.reveal("confused")

# %% [markdown] lang="en" slide="subslide"
# シ and ソ are mixed up most: only the direction of the small strokes tells
# them apart, and in hasty handwriting that is the first to go. Next comes ク,
# which is taken for ウ or ケ: there one stroke more or less, or its length, is
# the difference.
#
# Above: test images of the three that were misread. Below: what the network
# took them for. Would **you** have read all of them?
#
# %% [markdown] lang="ja" slide="subslide"
# いちばん多いのはシとソで、区別の手がかりは短い線の向きだけです。急いで書く
# と、まずそこが崩れます。次に多いのはクで、ウやケと間違えられています。こちら
# の違いは、1 画の有無や線の長さです。
#
# 上の段は、この 3 文字のうち読み間違えたテスト画像、下の段はネットワークの答え
# です。**あなたなら**全部読めたでしょうか。
#
# %% tags=["nbval-ignore-output"]
trio = np.isin(t_test, [KATAKANA.index(k) for k in "シソク"])
wrong = np.flatnonzero(trio & (y != t_test).any(axis=0))[:10]
answers = y[(y[:, wrong] != t_test[wrong]).argmax(axis=0), wrong]
both = np.concatenate([x_test[wrong], glyphs[answers]])
plots.show_images(both, columns=len(wrong))

# %% [markdown] lang="en" slide="slide"
# ## 11. Group work: your recipe for the katakana
#
# In groups of two or three, find the best augmentation for the 15 katakana.
# Talk it over first, then try it in the next cell.
#
# - Which changes suit katakana, which do not, and why?
# - How far may each go? From how many degrees on would you not accept a
#   character any more?
# - What helps to tell シ from ソ, and ク from ウ and ケ? What blurs the
#   difference?
# - What would you do for digits (6 and 9!), for photos of cats, for X-rays?
#
# %% [markdown] lang="ja" slide="slide"
# ## 11. グループワーク：カタカナに合うデータ拡張
#
# 2〜3 人のグループで、カタカナ 15 文字に最も合うデータ拡張を探しましょう。
# まず話し合い、それから次のセルで試します。
#
# - どの加工が向いていて、どれが向いていませんか。それはなぜですか。
# - どこまで強くしてよいですか。何度まで傾いても同じ文字と認められますか。
# - シとソ、クとウとケの区別に役立つ加工は？ 逆に違いを消してしまう加工は？
# - 数字（6 と 9！）、猫の写真、レントゲン写真なら、どうしますか。
#
# %% [markdown] lang="en" slide="subslide"
# ### Move the sliders
#
# How strong is too strong? Move the sliders until you would no longer read
# the character with certainty, then go back a little. With the seed you see
# other random choices.
#
# %% [markdown] lang="ja" slide="subslide"
# ### スライダーを動かしてみる
#
# どこまで強くするとやりすぎでしょうか。その文字だと言い切れなくなるまでスライ
# ダーを動かし、少し戻してください。「シード」を変えると、別の加工の例が見られ
# ます。
#
# %% tags=["nbval-ignore-output"] slide="subslide"
widgets.augmentation_playground(glyphs[:10], language=language)

# %% [markdown] lang="en" slide="subslide"
# ### Playground
#
# Change the numbers, look at the pictures first, then at the accuracy. It is
# measured on `x_val`: you choose by it, so it must not be the test.
#
# `elastic=(alpha, sigma)` bends the strokes like a shaky hand; try `(12, 4)`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 実験用のセル
#
# 数値を変えて、まず画像を、次に正解率を見てください。正解率は `x_val` で
# 測ります。設定を選ぶために使うので、テスト用データではいけません。
#
# `elastic=(alpha, sigma)` は、手が震えたように線をゆがめます。`(12, 4)` から
# 試してみましょう。
#
# %% tags=["nbval-ignore-output"] slide="subslide"
mine = Augmenter(
    rotate=10,
    shift=2,
    scale=(0.9, 1.1),
    noise=0,
    erase=0,
    elastic=None,
    flip=False,
)
some = [KATAKANA.index(k) for k in "キシソ"]
sample = np.repeat(glyphs[some], 10, axis=0)
plots.show_images(mine(sample, rng=0), columns=10, scale=0.9)

# %% tags=["nbval-ignore-output"] slide="subslide"
my_nets = [train(*pick(s), mine, s) for s in seeds]
scores = {
    "x": [net.accuracy(x_val, t_val) for net in plain],
    "mine(x)": [net.accuracy(x_val, t_val) for net in my_nets],
}
show_accuracies(scores)

# %%
assert np.mean(scores["x"]) > 0.3

# %% [markdown] lang="en" slide="subslide"
# ### When your group has decided
#
# Run this once, and report three things: your recipe, the accuracy on
# `x_test` with its spread, and what surprised you. Double-click here to
# write.
#
# - Our recipe:
# - Accuracy on the test:
# - What surprised us:
#
# %% [markdown] lang="ja" slide="subslide"
# ### グループで決まったら
#
# 次のセルを 1 回だけ実行し、選んだ設定、`x_test` での正解率とそのばらつき、
# 意外だったことの 3 つを発表してください。ここをダブルクリックすると書き込め
# ます。
#
# - 選んだ設定：
# - テストでの正解率：
# - 意外だったこと：
#
# %% tags=["nbval-ignore-output"]
final = [net.accuracy(x_test, t_test) for net in my_nets]
print(f"{np.mean(final):.3f} ± {np.std(final):.3f}")

# %% [markdown] lang="en" slide="slide"
# ## 12. Your own hand
#
# At last, learn from **all 3,000 images**, with `change`, for five times as
# many steps as in section 6. How much do more images add to augmentation?
#
# Then draw one of the fifteen katakana with the mouse. That network answers at
# once, and shows the nearest training images. Draw シ, ソ and ク carelessly:
# when does it fail?
#
# %% [markdown] lang="ja" slide="slide"
# ## 12. 自分の手で書いてみる
#
# 最後に**3,000 枚すべて**を使い、`change` で加工しながら、第 6 節の 5 倍のス
# テップ数だけ学習します。画像を増やすと、データ拡張だけのときよりどこまで伸び
# るでしょうか。
#
# 次に、15 文字のどれかをマウスで書いてください。このネットワークがすぐに答え、
# 最も近い学習用データも示します。シ、ソ、クをわざと雑に書くと、どこで間違え
# 始めますか。
#
# %% tags=["nbval-ignore-output"]
reader = train(x_pool, t_pool, change, steps=1200)
reads = reader.accuracy(x_test, t_test)
print(f"{reads:.3f}")

# %% slide="skip"
assert reads > with_it.mean() + 0.05

# %% tags=["nbval-ignore-output"] slide="subslide"
widgets.draw_and_predict(reader, KATAKANA, (x_pool, t_pool), language=language)

# %% [markdown] lang="en" slide="slide"
# ## Summary
#
# 1. Augmentation trains on changed copies. The label stays, so a change must
#    leave the character readable as itself.
# 2. Ask each result pixel where it comes from, and rotating and scaling take
#    two short functions.
# 3. Compare at equal steps, over several seeds; a gap counts if it is larger
#    than the spread.
# 4. Useful changes look like the differences between your data and the real
#    world. Flipping a character does not.
# 5. Split first, enlarge afterwards; prepare training and test images alike;
#    use the test once.
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# 1. データ拡張では、加工したコピーで学習します。ラベルは変わらないので、同じ文
#    字と読める加工だけを使います。
# 2. 結果の画素が「元のどこから来たか」を計算すれば、回転も伸縮も短い関数 2 つ
#    で書けます。
# 3. ステップ数をそろえ、シードを変えて比べます。信じるのは、ばらつきより大きな
#    差だけです。
# 4. 役に立つのは、手元のデータと現実との違いに似た加工です。文字の反転は、それ
#    にあたりません。
# 5. 分けてから増やします。前処理は学習とテストで同じにし、テストは最後に 1 回
#    だけ行います。
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

# %% [markdown] lang="en" slide="slide"
# ## A CNN by hand: done
#
# In 5_1 a convolution was a window moved by hand over 16 numbers.
# Since then you have written `im2col`, both layers with their backward pass,
# a whole network, and now its data. No line of it is magic any more.
#
# Next: **<<next_lesson>>**. LeNet-5, AlexNet, VGG and those after them are
# made of the very same pieces, more of them, wired more cleverly. Ask there
# what you asked here: which shape goes in, which comes out, and where does
# the gradient flow?
#
# Three ideas for tomorrow: train on all the images of `x_pool` with your
# recipe; write the fifteen characters yourself and have them read; return to
# the exercise that cost you most and solve it without looking. Well done.
#
# %% [markdown] lang="ja" slide="slide"
# ## 前半のおわりに
#
# 5_1 では、16 個の数の上で窓を手で動かしていました。そこから
# `im2col`、2 つの層の順伝播と逆伝播、ネットワーク全体、そしてデータの作り方まで、
# すべて自分で書きました。もう「おまじない」の行は 1 つもありません。
#
# 次は **<<next_lesson>>** です。LeNet-5、AlexNet、VGG、GoogLeNet、ResNet も、同じ部品を増やし、
# つなぎ方を工夫したものです。新しいモデルに出会ったら、ここで繰り返した問いを
# 思い出してください。入力と出力の形状は？ 勾配はどこを流れる？
#
# 明日試すなら、この 3 つがおすすめです。`x_pool` 全部を使い、自分の設定で学習する。
# 15 文字を自分で書いて読ませてみる。いちばん苦労した演習を、何も見ずにもう一度
# 解く。おつかれさまでした。
