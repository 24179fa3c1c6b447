# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - say why images get networks of their own kind,
# - send a gradient back through a small graph, with a pencil,
# - write an affine layer, ReLU's backward and the loss,
# - walk downhill with a learning rate, and count steps and epochs.
#
# It takes about <<minutes>> minutes. If all this is familiar, solve the six
# exercises quickly and go on. Write your answer where the code says `write
# here`, then press **Shift+Enter**.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - 画像に専用のネットワークが使われる理由を説明する
# - 小さな計算グラフの上で、勾配を手で逆向きに流す
# - アフィン層、ReLU の逆伝播、損失を実装する
# - 学習率を決めて坂を下り、ステップ数とエポック数を数える
#
# 目安は <<minutes>> 分です。知っていることばかりなら、6 問の演習だけを手早く解い
# て先へ進んでください。`ここに書く` と書かれた行に答えを書き、**Shift+Enter** を
# 押します。
#
# %%

import matplotlib.pyplot as plt
import numpy as np

from course_lib import plots
from course_lib.datasets import load_mnist, recorded
from course_lib.exercises import lesson
from course_lib.functional import softmax

language = "en"
check = lesson("5_0", language)
plots.use_style()
(x_train, t_train), (x_test, t_test) = load_mnist(
    train_size=3000, test_size=1000
)

# %% [markdown] lang="en" slide="slide"
# ## 1. Why images need a network of their own
#
# The same digit, moved by a few pixels. For you nothing has changed. For a
# program that looks at pixel (14, 14) everything has.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. なぜ画像に専用のネットワークが必要なのか
#
# 同じ数字を数画素ずつ動かしました。人にとっては何も変わりません。しかし、画素
# (14, 14) を見ているプログラムにとっては、すべてが変わってしまいます。
#
# %%
digit = x_train[7, 0]  # (28, 28)
places = [(0, 0), (4, 4), (-4, 3), (3, -4)]
moved = np.stack([np.roll(digit, place, (0, 1)) for place in places])
plots.show_images(moved, [str(place) for place in places], columns=4, scale=2)
print("pixel (14, 14):", [f"{image[14, 14]:.2f}" for image in moved])

# %% [markdown] lang="en" slide="subslide"
# ### Four ways to read a digit
#
# | | who finds the features | who decides |
# |:--|:--|:--|
# | rules by hand | a person: holes, width, where the ink is | a person: `if` |
# | features by hand | a person: directions of edges in 7x7 cells (the idea of HOG) | learned: a linear SVM |
# | fully connected network | learned: each unit sees all pixels | learned |
# | CNN | learned: small filters that move over the image | learned |
#
# All of them get the same 3,000 digits, each in the middle of its image. Then
# they read 1,000 others that were moved by up to 0, 1, 2, 3, 4 or 6 pixels.
#
# **Predict:** which one is best at 0 pixels, and which at 6?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 数字を読む 4 つの方法
#
# | | 特徴を決めるのは | 判断するのは |
# |:--|:--|:--|
# | 手で書いた規則 | 人：穴の数、幅、インクの位置 | 人：`if` 文 |
# | 手で決めた特徴量 | 人：7×7 の区画ごとの輪郭の向き（HOG の考え方） | 学習：線形 SVM |
# | 全結合のネットワーク | 学習：どのユニットも全画素を見る | 学習 |
# | CNN | 学習：画像の上を動く小さなフィルター | 学習 |
#
# どれも、中央に書かれた同じ 3,000 枚の数字を使います。その後で、最大 0、1、2、3、
# 4、6 画素だけ動かした 1,000 枚を読みます。
#
# **予想してみましょう。** 0 画素でいちばん良いのはどれで、6 画素ではどれでしょうか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("why")

# %% slide="subslide"
record = recorded("5_0")
_, ax = plt.subplots(figsize=(9.5, 4.8))
for (name, values), marker in zip(record["accuracy"].items(), "o^sDv"):
    mean, spread = np.mean(values, axis=0), np.std(values, axis=0)
    ax.errorbar(record["shifts"], mean, spread, marker=marker, label=name)
ax.set(xlabel="moved by up to (pixels)", ylabel="accuracy", ylim=(0, 1))
ax.legend(loc="lower left", fontsize=14)
plt.show()

# %% tags=["nbval-ignore-output"]
best = [
    max(record["accuracy"], key=lambda k: np.mean(record["accuracy"][k], 0)[s])
    for s in (0, -1)
]
check.reveal("why", f"0: {best[0]}, 6: {best[1]}")

# %% [markdown] lang="en" slide="subslide"
# These curves are recorded: five seeds, `tools/record_why_cnn.py`.
#
# - The rules stay below 60 %, but moving does not hurt them: they begin by
#   cutting out the digit. **Somebody thought of it.** Nobody thinks of
#   everything.
# - Features by hand keep up with the CNN here. For digits, edges are nearly
#   all there is, and people know that. Who writes down the features of a cat?
# - The fully connected network breaks first. It learned fixed places.
# - The CNN falls more slowly, for its filters find a stroke wherever it is.
#   But its last layer still looks at fixed places. Average each feature map
#   before it ("CNN, averaged"), and the place counts little. That costs
#   accuracy in the middle, with so few filters.
#
# The idea is older than computers that could run it: cells in the visual
# cortex react to a line of one direction in one small spot (like a filter),
# others to such a line anywhere nearby (like pooling). In the next lessons
# you build both.
#
# %% [markdown] lang="ja" slide="subslide"
# この曲線は記録されたものです（シード 5 通り、`tools/record_why_cnn.py`）。
#
# - 手で書いた規則は 60 % に届きませんが、動かしても悪くなりません。最初に数字を切
#   り出しているからです。**人がそこに気づいた**おかげですが、すべてに気づける人は
#   いません。
# - 手で決めた特徴量は、ここでは CNN に並びます。数字の手がかりはほとんど輪郭だけ
#   で、人はそれを知っているからです。では、猫の特徴をだれが書き出せるでしょうか。
# - 最初に崩れるのは全結合です。決まった位置で覚えたためです。
# - CNN の落ち方はゆるやかです。フィルターは、線がどこにあっても見つけるからです。
#   ただし最後の層は、まだ決まった位置を見ています。その前に特徴マップごとに平均
#   すると（CNN, averaged）、位置はあまり関係なくなります。フィルターが少ないので、
#   その分、中央での正解率は下がります。
#
# この考え方の元は、脳の視覚野の研究です。ある小さな場所の、ある向きの線にだけ反応
# する細胞（フィルターに似ています）と、近くのどこにあっても反応する細胞（プーリン
# グに似ています）があります。この先のレッスンでは、その両方を作ります。
#
# %% [markdown] lang="en" slide="slide"
# ## 2. A graph, forward and backward
#
# Learning means: how does the loss change when I change a weight a little?
# Draw the computation as a graph. Forward (blue) each node computes. Backward
# (orange) each node passes on how much the loss changes.
#
# Here $y = xw + b$ and the loss $L = (y - t)^2 / 2$, with $x = 3$, $w = 2$,
# $b = -1$, $t = 2$. So $y = 5$ and $L = 4.5$.
#
# - At $L$: the slope is $\partial L / \partial y = y - t$.
# - A **+** hands what comes back to both sides as it is.
# - A **×** multiplies what comes back by the *other* number.
#
# This is the chain rule, and all of backpropagation.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. 計算グラフの順伝播と逆伝播
#
# 学習とは、「重みを少し変えると損失はどれだけ変わるか」を調べることです。計算を
# グラフに描きます。順伝播（青）では、ノードが計算します。逆伝播（オレンジ）では、
# 損失がどれだけ変わるかをノードが伝えます。
#
# ここでは $y = xw + b$、損失は $L = (y - t)^2 / 2$ です。$x = 3$、$w = 2$、
# $b = -1$、$t = 2$ なので、$y = 5$、$L = 4.5$ になります。
#
# - $L$ では、傾きは $\partial L / \partial y = y - t$ です。
# - **+** は、戻ってきた値を両方にそのまま流します。
# - **×** は、戻ってきた値に*相手*の数を掛けます。
#
# これが連鎖律で、逆伝播のすべてです。
#
# %% slide="subslide"
nodes = {
    "x": (0, 0, "$x$"),
    "w": (0, 2, "$w$"),
    "*": (3, 1, r"$\times$"),
    "b": (3, 3, "$b$"),
    "+": (6, 2, "$+$"),
    "L": (9, 2, "$L$"),
}
forward = [("x", "*", "3"), ("w", "*", "2"), ("*", "+", "6")]
forward += [("b", "+", "-1"), ("+", "L", "5")]
backward = [("L", "+", "$y - t$"), ("+", "b", ""), ("+", "*", "")]
backward += [("*", "x", ""), ("*", "w", "")]
plots.show_graph(nodes, forward, backward, scale=0.8)

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: backward, by hand
#
# Which numbers arrive at $w$, $x$ and $b$?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：逆伝播を手で計算する
#
# $w$、$x$、$b$ には、どんな数が届きますか。
#
# %% exercise="graph"
# BEGIN SOLUTION
dw = 9  # (y - t) * x
dx = 6  # (y - t) * w
db = 3  # y - t
# END SOLUTION

check("graph", (dw, dx, db))


# %% [markdown] lang="en" slide="subslide"
# Is it true? Move $w$ a little to both sides and look at the loss. That is
# numerical differentiation, and later your best friend for finding mistakes.
#
# %% [markdown] lang="ja" slide="subslide"
# 本当でしょうか。$w$ を両側に少しずつ動かして、損失を見てみましょう。これが数値微
# 分です。後で、間違いを見つけるときのいちばんの味方になります。
#
# %%
def small_loss(x=3.0, w=2.0, b=-1.0, t=2.0):
    return (x * w + b - t) ** 2 / 2


h = 1e-4
slope_w = (small_loss(w=2 + h) - small_loss(w=2 - h)) / (2 * h)
print(f"dw: {slope_w:.4f}")


# %% [markdown] lang="en" slide="slide"
# ## 3. The affine layer
#
# A layer takes a whole **batch** at once: `x` is (N, D), one row for each
# image. Each of the M units multiplies all D numbers with weights of its own
# and adds a bias: that is one column of `W` (D, M). The result is (N, M).
#
# It is also called a fully connected layer, or dense layer.
#
# ### Exercise: `affine`
#
# Return $xW + b$ for a batch.
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. アフィン層（全結合層）
#
# 層は**バッチ**をまとめて受け取ります。`x` の形状は (N, D) で、1 行が画像 1 枚で
# す。M 個のユニットは、それぞれ自分の重みを D 個の数に掛けて足し、バイアスを加え
# ます。その重みが `W`（D, M）の 1 列です。結果の形状は (N, M) になります。
#
# ### 演習：`affine`
#
# バッチについて $xW + b$ を返してください。
#
# %% exercise="affine"
def affine(x, W, b):
    # BEGIN SOLUTION
    return x @ W + b
    # END SOLUTION


check("affine", affine)

# %% [markdown] lang="en" slide="slide"
# ## 4. ReLU: the bend that makes depth useful
#
# Two affine layers in a row are only one: $(xW_1)W_2 = x(W_1W_2)$. Between
# them belongs something that is not straight. ReLU keeps what is positive and
# makes the rest 0.
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. ReLU：層を重ねる意味を作る折れ目
#
# アフィン層を 2 つ続けても、1 つ分の働きしかありません。
# $(xW_1)W_2 = x(W_1W_2)$ だからです。間には、まっすぐでないものが必要です。ReLU
# は、正の数をそのまま通し、ほかを 0 にします。
#
# %%
line = np.linspace(-3, 3, 61)
_, axes = plt.subplots(1, 2, figsize=(9, 3.4))
axes[0].plot(line, np.maximum(line, 0))
axes[0].set(xlabel="$x$", title="ReLU: max(x, 0)")
axes[1].plot(line, line > 0, color=plots.ORANGE)
axes[1].set(xlabel="$x$", title="its slope")
plt.show()


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: `relu_backward`
#
# `x` went in on the way forward; `dout` comes back. Return the gradient of
# `x`.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：`relu_backward`
#
# 順伝播で `x` が入り、逆伝播で `dout` が戻ってきます。`x` の勾配を返してくださ
# い。
#
# %% exercise="relu_backward"
def relu_backward(x, dout):
    # BEGIN SOLUTION
    return dout * (x > 0)
    # END SOLUTION


check("relu_backward", relu_backward)

# %% [markdown] lang="en" slide="slide"
# ## 5. Softmax and the loss
#
# The last layer gives one score for each class. **Softmax** makes
# probabilities of them: all positive, each row adds up to 1.
#
# $$y_k = \frac{e^{s_k}}{\sum_j e^{s_j}}$$
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. softmax と損失
#
# 最後の層は、クラスごとに 1 つのスコアを出します。**ソフトマックス関数**
# （softmax）は、スコアを確率に変えます。どれも正で、1 行の合計は 1 です。
#
# $$y_k = \frac{e^{s_k}}{\sum_j e^{s_j}}$$
#
# %%
scores = np.array([[2.0, 1.0, 0.1], [0.0, 0.0, 0.0], [1.0, 5.0, 1.0]])
probabilities = softmax(scores)
print(np.round(probabilities, 3))
print(probabilities.sum(axis=1))


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: the loss
#
# The **cross-entropy loss** of one image is $-\log y_t$, the probability of
# its true class $t$: 0 when the network is sure and right, large when it is
# sure and wrong. Return the mean over the batch.
#
# `y` is (N, K), `t` (N,) holds whole numbers: the true class of each row.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：損失
#
# 画像 1 枚の**交差エントロピー誤差**（cross-entropy loss）は $-\log y_t$ です。
# $y_t$ は正解クラス $t$ の確率です。自信があって正しければ 0 に近く、自信があって
# 間違っていれば大きくなります。バッチの平均を返してください。
#
# `y` の形状は (N, K)、`t` は (N,) で、各行の正解クラスの番号が入っています。
#
# %% exercise="cross_entropy"
def cross_entropy(y, t):
    # BEGIN SOLUTION
    return -np.log(y[np.arange(len(t)), t]).mean()
    # END SOLUTION


check("cross_entropy", cross_entropy)


# %% [markdown] lang="en" slide="slide"
# ## 6. Downhill
#
# The gradient points uphill. So take a step the other way, again and again:
#
# $$x \leftarrow x - \eta \, \frac{\partial L}{\partial x}$$
#
# $\eta$ is the **learning rate**, `lr` in code.
#
# ### Exercise: `descend`
#
# `slope(x)` gives the slope at `x`. Take `steps` steps from `x` and return
# the place where you end.
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. 坂を下る
#
# 勾配は上り坂の向きです。そこで、反対向きに少しずつ進みます。
#
# $$x \leftarrow x - \eta \, \frac{\partial L}{\partial x}$$
#
# $\eta$ を**学習率**（learning rate）と呼びます。コードでは `lr` です。
#
# ### 演習：`descend`
#
# `slope(x)` は、`x` での傾きを返します。`x` から `steps` 歩進み、たどり着いた位置
# を返してください。
#
# %% exercise="descend"
def descend(slope, x, lr, steps):
    # BEGIN SOLUTION
    for _ in range(steps):
        x = x - lr * slope(x)
    return x
    # END SOLUTION


check("descend", descend)

# %% [markdown] lang="en" slide="subslide"
# ### Too small, right, too large
#
# The valley $L = x^2$, whose slope is $2x$, from $x = 4$. Ten steps with
# three learning rates.
#
# **Predict:** which of 0.02, 0.3 and 1.05 ends nearest to 0? What does the
# largest one do?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 小さすぎる、ちょうどよい、大きすぎる
#
# 谷は $L = x^2$、傾きは $2x$ です。$x = 4$ から、3 通りの学習率で 10 歩進みます。
#
# **予想してみましょう。** 0.02、0.3、1.05 のうち、0 に最も近づくのはどれですか。
# いちばん大きい学習率では何が起きますか。
#
# %% tags=["nbval-ignore-output"] slide="skip"
check.predict("rates")

# %% slide="subslide"
best_descend = check.use("descend")
_, axes = plt.subplots(1, 3, figsize=(12, 3.6), sharey=True)
valley = np.linspace(-10.5, 10.5, 100)
for ax, lr in zip(axes, (0.02, 0.3, 1.05)):
    path = [best_descend(lambda x: 2 * x, 4.0, lr, n) for n in range(11)]
    ax.plot(valley, valley**2, color="0.7")
    ax.plot(path, np.square(path), "o-", color=plots.ORANGE)
    ax.set(title=f"lr = {lr}", xlabel="$x$")
    print(f"lr {lr:4}: x = {path[-1]:.4f}")
axes[0].set_ylabel("$L$")
plt.show()

# %% slide="skip"
check.reveal("rates", "0.3")


# %% [markdown] lang="en" slide="slide"
# ## 7. Batches, epochs, and Adam
#
# The loss of all images at once would be slow to compute. So each **step**
# uses a small **batch**. When every image has been used once, one **epoch**
# is over. The images are shuffled before each epoch.
#
# **Adam** is how we choose the step: it remembers a running mean of each
# weight's gradient and of its square, and divides one by the root of the
# other. So every weight gets a step of about the size `lr`, whether its
# gradients are large or small.
#
# ### Exercise: `count_steps`
#
# How many steps does a training take? The last batch of an epoch may be
# smaller; it is a step, too.
#
# %% [markdown] lang="ja" slide="slide"
# ## 7. バッチ、エポック、Adam
#
# 全画像の損失を毎回計算すると、時間がかかります。そこで、1 **ステップ**では少数の
# 画像（**バッチ**、ミニバッチ）だけを使います。全画像を 1 回ずつ使い終わると、1
# **エポック**です。エポックの前に、画像をシャッフルします。
#
# **Adam** は、歩幅の決め方です。重みごとに、勾配とその 2 乗の移動平均を覚えてお
# き、前者を後者の平方根で割ります。勾配が大きくても小さくても、どの重みもだいたい
# `lr` の歩幅で進みます。
#
# ### 演習：`count_steps`
#
# 学習は全部で何ステップになりますか。エポックの最後のバッチは小さくても、1 ステッ
# プと数えます。
#
# %% exercise="count_steps"
def count_steps(images, batch_size, epochs):
    # BEGIN SOLUTION
    return -(-images // batch_size) * epochs
    # END SOLUTION


check("count_steps", count_steps)

# %% [markdown] lang="en" slide="slide"
# ## 8. All of it together
#
# Your affine layer, your ReLU, your loss and your way downhill, on 3,000
# digits: a network with 32 hidden units, plain gradient descent, 20 epochs.
#
# The gradient at the scores is `(y - one_hot) / N`; lesson 5_7 says why. The
# rest is the × and + of section 2, written for matrices.
#
# %% [markdown] lang="ja" slide="slide"
# ## 8. 全部まとめて動かす
#
# 自分のアフィン層、ReLU、損失、坂の下り方を使い、3,000 枚の数字を学習します。隠れ
# 層のユニットは 32 個、単純な勾配降下法で 20 エポックです。
#
# スコアの勾配は `(y - one_hot) / N` です（理由は 5_7 で説明します）。残りは、第 2
# 節の × と + を行列で書いたものです。
#
# %% slide="subslide"
layer, relu_back = check.use("affine"), check.use("relu_backward")
loss_of = check.use("cross_entropy")


def gradients(p, x, t):
    hidden = layer(x, p["W1"], p["b1"])  # (N, 32)
    active = np.maximum(hidden, 0)
    y = softmax(layer(active, p["W2"], p["b2"]))  # (N, 10)
    dy = (y - np.eye(10)[t]) / len(t)
    dhidden = relu_back(hidden, dy @ p["W2"].T)
    grads = {"W1": x.T @ dhidden, "b1": dhidden.sum(axis=0)}
    grads |= {"W2": active.T @ dy, "b2": dy.sum(axis=0)}
    return grads, loss_of(y, t)


# %% tags=["nbval-ignore-output"] slide="subslide"
rng = np.random.default_rng(0)
p = {"W1": rng.normal(0, 0.05, (784, 32)), "b1": np.zeros(32)}
p |= {"W2": rng.normal(0, 0.2, (32, 10)), "b2": np.zeros(10)}
flat, losses = x_train.reshape(-1, 784), []
for _ in range(20):
    order = rng.permutation(len(flat))
    for start in range(0, len(flat), 50):
        chosen = order[start : start + 50]
        grads, loss = gradients(p, flat[chosen], t_train[chosen])
        losses.append(loss)
        for name in p:
            p[name] -= 0.1 * grads[name]
print(len(losses), "=", check.use("count_steps")(3000, 50, 20), "steps")
plt.figure(figsize=(8, 3.4))
plt.plot(losses)
plt.xlabel("step")
plt.ylabel("loss")
plt.show()


# %% tags=["nbval-ignore-output"] slide="subslide"
def read(images):
    active = np.maximum(layer(images, p["W1"], p["b1"]), 0)
    return layer(active, p["W2"], p["b2"]).argmax(axis=1)


accuracy = np.mean(read(x_test.reshape(-1, 784)) == t_test)
right = np.roll(x_test, 3, axis=3).reshape(-1, 784)
moved_accuracy = np.mean(read(right) == t_test)
print(
    f"test {accuracy:.3f}, the same moved 3 to the right {moved_accuracy:.3f}"
)

# %% only="solution"
assert accuracy > 0.88 and moved_accuracy < 0.6

# %% [markdown] lang="en" slide="slide"
# ## Summary
#
# 1. Moved by a few pixels, a digit is another list of numbers. What was
#    learned for fixed places breaks.
# 2. Backward, a + hands the gradient on, a × multiplies it by the other
#    number. That is the chain rule.
# 3. Affine, ReLU, affine, softmax, cross-entropy: that is a network and its
#    loss.
# 4. Step against the gradient. Too small a learning rate crawls, too large a
#    one flies away.
# 5. A step uses a batch, an epoch all images.
#
# Next: **<<next_lesson>>**, the operation that finds a stroke wherever it is.
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# 1. 数画素動かすだけで、数字はまったく別の数の並びになります。決まった位置で覚え
#    たことは役に立ちません。
# 2. 逆伝播では、+ は勾配をそのまま流し、× は相手の数を掛けます。これが連鎖律です。
# 3. アフィン、ReLU、アフィン、softmax、交差エントロピー誤差。これでネットワークと
#    損失がそろいます。
# 4. 勾配と逆向きに進みます。学習率は、小さすぎると進まず、大きすぎると発散します。
# 5. 1 ステップで使うのは 1 バッチ、1 エポックで使うのは全画像です。
#
# 次は **<<next_lesson>>** です。線がどこにあっても見つけられる演算を学びます。
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
