# %% [markdown] lang="en" slide="slide"
# # <<number>> <<title>>
#
# After this lesson you can
#
# - measure how well two boxes agree (IoU),
# - keep one box for each object (non-maximum suppression),
# - decide which detections count, and draw a precision-recall curve,
# - compute AP and mAP as the VOC challenge does, and say what a slip costs.
#
# It takes about <<minutes>> minutes. Nothing is trained here: these pieces
# belong to every detector of the next lessons.
#
# %% [markdown] lang="ja" slide="slide"
# # <<number>> <<title>>
#
# このレッスンを終えると、次のことができるようになります。
#
# - 2 つの枠がどれだけ一致するかを測る（IoU）
# - 物体ごとに枠を 1 つに絞る（非最大値の抑制、NMS）
# - どの検出を正解とするかを決め、適合率と再現率の曲線（PR 曲線）を描く
# - VOC のルールで AP と mAP を求め、よくある間違いの影響を調べる
#
# 目安は <<minutes>> 分です。学習は行いません。ここで作る部品は、この後のすべての
# 検出器で使います。
#
# %%
import matplotlib.pyplot as plt
import numpy as np

from course_lib import detection, plots, widgets
from course_lib.exercises import lesson
from course_lib.scenes import make_scenes

language = "en"
check = lesson("5_12", language)
plots.use_style()


# %% [markdown] lang="en" slide="slide"
# ## 1. What a detector says
#
# A classifier says *what* is in an image. A detector says what and **where**,
# for as many objects as there are. For each it gives
#
# - a box (x1, y1, x2, y2) in pixels, **end exclusive**: the width is x2 - x1,
# - a score: how sure it is,
# - a label.
#
# Here is an SSD, as you will build it in two lessons. It was trained on small
# scenes with the digits 0 to 3. Its last step, which you write in section 4, is
# switched off: `suppress` lets every box pass.
#
# %% [markdown] lang="ja" slide="slide"
# ## 1. 検出器の答え
#
# 分類は、画像に**何が**写っているかを答えます。物体検出は、何が**どこに**あるか
# を、あるだけすべて答えます。1 つの答えは次の 3 つです。
#
# - 枠（バウンディングボックス） (x1, y1, x2, y2)。単位は画素で、**終わりは含み
#   ません**。幅は x2 - x1 です。
# - スコア（信頼度）：どれだけ自信があるか
# - ラベル
#
# ここで使うのは、2 つ後のレッスンで作る SSD です。数字 0〜3 を並べた小さなシーン
# で学習してあります。最後の処理（第 4 節で実装します）は切ってあり、`suppress` は
# どの枠も通します。
#
# %% slide="subslide" tags=["nbval-ignore-output"]
ssd = detection.load_detector("SSD")
ssd.suppress = lambda boxes, scores, threshold: np.argsort(-scores)
scenes = make_scenes(200, 0, train=False)
found = ssd.predict(scenes.images)  # (boxes, scores, labels) of each image
truths = scenes.targets  # (boxes, labels) of each image

shown = [1, 4, 6, 11]
true_boxes = [scenes.boxes[i] for i in shown]


def show(found, least=0.3):
    sure = [found[i][1] >= least for i in shown]
    boxes, scores, labels = (
        [found[i][k][m] for i, m in zip(shown, sure)] for k in range(3)
    )
    images = scenes.images[shown]
    plots.show_boxes(images, boxes, labels, scores, true_boxes, scale=2.8)


# %% tags=["nbval-ignore-output"]
print(sum(len(boxes) for boxes, _, _ in found), "boxes in 200 images")
show(found)

# %% [markdown] lang="en" slide="fragment"
# Shown are those with a score of 0.3 or more; dashed is the truth. Four questions follow, one section each: how well does a
# box fit? Which of several boxes stays? Which of them are right? And how good
# is the whole?
#
# %% [markdown] lang="ja" slide="fragment"
# スコアが 0.3 以上の枠だけを示しました。破線が正解です。ここから、4 つの問いに順に答えます。枠はどれだけ合っているか。
# 重なる枠のどれを残すか。どの検出が正しいか。そして、全体としてどれだけ良いか。
#
# %% [markdown] lang="en" slide="slide"
# ## 2. IoU: how much two boxes share
#
# $$IoU = \frac{\text{area of the intersection}}{\text{area of the union}}$$
#
# 1 means the same box, 0 means no common pixel. More than 0.5 usually counts as
# a good fit.
#
# %% [markdown] lang="ja" slide="slide"
# ## 2. IoU：2 つの枠がどれだけ重なるか
#
# $$IoU = \frac{\text{共通部分の面積}}{\text{和集合の面積}}$$
#
# 1 なら同じ枠、0 なら重なりがありません。ふつう、0.5 を超えれば良い枠とみなします。
#
# %%
a, b = np.array([[0.0, 0, 4, 4]]), np.array([[2.0, 1, 6, 5]])
_, ax = plt.subplots(figsize=(4.4, 3.6))
ax.imshow(np.ones((5, 6)), cmap="Greys", vmin=1, vmax=2)
plots.draw_box(ax, a[0], "a", plots.BLUE)
plots.draw_box(ax, b[0], "b", plots.ORANGE)
ax.set_xticks(np.arange(7) - 0.5, labels=range(7))
ax.set_yticks(np.arange(6) - 0.5, labels=range(6))
ax.grid(color="0.8")
plt.show()

# %% [markdown] lang="en" slide="subslide"
# ### Exercise: by hand
#
# a = (0, 0, 4, 4), b = (2, 1, 6, 5). How many squares do they share, and how
# many do they cover together? Write two numbers.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：手で数える
#
# a = (0, 0, 4, 4)、b = (2, 1, 6, 5) です。共通のマスはいくつありますか。2 つ合わせて
# 覆うマスはいくつですか。2 つの数を書いてください。
#
# %% exercise="by_hand"
# BEGIN SOLUTION
intersection, union = 6, 26
# END SOLUTION

check("by_hand", (intersection, union))


# %% [markdown] lang="en" slide="subslide"
# ### Move a box
#
# Drag the orange box with the mouse, or use the sliders. Where is the IoU
# exactly 0.5? What happens when the boxes only touch?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 枠を動かす
#
# オレンジの枠をマウスで動かすか、スライダーを使ってください。IoU がちょうど 0.5 に
# なるのはどこですか。枠が接するだけのときは、どうなりますか。
#
# %% tags=["nbval-ignore-output"]
widgets.iou_view(language=language)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: iou
#
# Compare **every** box of `a` (n, 4) with **every** box of `b` (m, 4), and
# return the matrix (n, m).
#
# - Boxes that lie apart share nothing: not a negative area.
# - Where the union is empty (two boxes without any area), the IoU is 0.
# - No box at all gives an empty matrix: (0, m) or (n, 0).
#
# Loops or broadcasting, as you like.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：iou
#
# `a` (n, 4) の**すべての**枠と `b` (m, 4) の**すべての**枠を比べ、行列 (n, m) を返して
# ください。
#
# - 離れた枠の共通部分は 0 です。負の面積にしてはいけません。
# - 和集合が空のとき（どちらの枠にも面積がないとき）、IoU は 0 とします。
# - 枠が 1 つもなければ、(0, m) や (n, 0) の空の行列です。
#
# ループでもブロードキャストでもかまいません。
#
# %% exercise="iou"
def iou(a, b):
    # BEGIN SOLUTION
    start = np.maximum(a[:, np.newaxis, :2], b[:, :2])  # (n, m, 2)
    end = np.minimum(a[:, np.newaxis, 2:], b[:, 2:])
    common = (end - start).clip(0).prod(axis=2)
    area_a, area_b = ((c[:, 2:] - c[:, :2]).prod(axis=1) for c in (a, b))
    union = area_a[:, np.newaxis] + area_b - common
    return common / np.where(union > 0, union, 1)
    # END SOLUTION


check("iou", iou)

# %% [markdown] lang="en" slide="subslide"
# On a scene: one row for each detection, one column for each object. Only
# numbers above 0.5 can become a hit.
#
# %% [markdown] lang="ja" slide="subslide"
# 1 つのシーンで試します。行が検出、列が物体です。0.5 を超える数だけが、正解の候補に
# なります。
#
# %% tags=["nbval-ignore-output"]
best_iou = check.use("iou")
one = 4
boxes, scores, labels = found[one]
print(best_iou(boxes[scores >= 0.4], scenes.boxes[one]).round(2))

# %% [markdown] lang="en" slide="subslide"
# ### How far off is too far?
#
# **Predict first.** A digit is 10 pixels wide and high. A detector gives a box
# of exactly this size, but 2 pixels too far right and 2 too far down. Is the
# IoU above 0.5? And for a digit of 30 pixels?
#
# %% [markdown] lang="ja" slide="subslide"
# ### どこまでずれてよいか
#
# **予想してみましょう。** 幅も高さも 10 画素の数字があります。検出器の枠は、大きさは
# 正確ですが、右に 2 画素、下に 2 画素ずれています。IoU は 0.5 を超えるでしょうか。
# 数字が 30 画素なら、どうでしょうか。
#
# %% tags=["nbval-ignore-output"]
check.predict("shift")

# %% slide="subslide"
steps = np.arange(0, 8.5, 0.5)
_, ax = plt.subplots(figsize=(8, 3.6))
for side, line in ((10, "-"), (20, "--"), (30, ":")):
    box = np.array([[0.0, 0, side, side]])
    moved = box + steps[:, np.newaxis]
    values = best_iou(box, moved)[0]
    print(f"{side} x {side}, dx = dy = 2: {values[4]:.2f}")
    ax.plot(steps, values, line, linewidth=3, label=f"{side} x {side}")
ax.axhline(0.5, color="0.4", linewidth=1)
ax.set(xlabel="dx = dy", ylabel="IoU", ylim=(0, 1.02))
ax.legend()
plt.show()

# %%
check.reveal("shift", "0.47, 0.77")


# %% [markdown] lang="en" slide="subslide"
# Two pixels are too many for a small object, though you would hardly see
# them: 8 x 8 = 64 shared pixels of 136. **IoU is strict with small objects.**
# Remember it when a detector does badly on the set "small".
#
# %% [markdown] lang="ja" slide="subslide"
# 小さな物体では、見てもわからないような 2 画素のずれが大きすぎます。共通部分は
# 8×8 = 64 画素、和集合は 136 画素です。**IoU は小さな物体に厳しい**のです。シーンの
# 種類 small で成績が悪い検出器を見たら、思い出してください。
#
# %% [markdown] lang="en" slide="slide"
# ## 3. Another way to write a box
#
# Networks rather predict the **centre and the size** (x, y, w, h): these can be
# learned independently of each other. So we need both directions.
#
# ### Exercise: to_centre
#
# Turn (x1, y1, x2, y2) into (x, y, w, h), for all boxes (n, 4).
#
# %% [markdown] lang="ja" slide="slide"
# ## 3. 枠のもう 1 つの書き方
#
# ネットワークは、ふつう**中心と大きさ** (x, y, w, h) を予測します。位置と大きさを
# 別々に学習できるからです。そこで、両方向の変換を作ります。
#
# ### 演習：to_centre
#
# すべての枠 (n, 4) を、(x1, y1, x2, y2) から (x, y, w, h) に変換してください。
#
# %% exercise="to_centre"
def to_centre(boxes):
    # BEGIN SOLUTION
    start, end = boxes[:, :2], boxes[:, 2:]
    return np.concatenate([(start + end) / 2, end - start], axis=1)
    # END SOLUTION


check("to_centre", to_centre)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: to_corners
#
# And back again: (x, y, w, h) to (x1, y1, x2, y2).
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：to_corners
#
# 今度は逆です。(x, y, w, h) を (x1, y1, x2, y2) に戻してください。
#
# %% exercise="to_corners"
def to_corners(boxes):
    # BEGIN SOLUTION
    centre, half = boxes[:, :2], boxes[:, 2:] / 2
    return np.concatenate([centre - half, centre + half], axis=1)
    # END SOLUTION


check("to_corners", to_corners)

# %%
there = check.use("to_centre")(scenes.boxes[one])
print(there)
print(np.array_equal(check.use("to_corners")(there), scenes.boxes[one]))

# %% [markdown] lang="en" slide="slide"
# ## 4. NMS: one box for each object
#
# A detector usually finds an object several times. **Non-maximum suppression**
# keeps the best:
#
# 1. Keep the box with the highest score, and suppress every box whose IoU with
#    it is **at least** the threshold.
# 2. Of the boxes that are left take the best, and do the same.
# 3. Go on until each box is either kept or suppressed.
#
# **Predict first.** Threshold 0.4; the IoUs are 0.82 (1st and 2nd), 0.33 (1st
# and 3rd), 0.43 (2nd and 3rd). Which boxes are kept?
#
# %% [markdown] lang="ja" slide="slide"
# ## 4. NMS：物体ごとに 1 つの枠
#
# 検出器は、同じ物体をたいてい何度も見つけます。**非最大値の抑制**（NMS）は、その
# 中の最良の枠を残します。
#
# 1. スコアが最も高い枠を残し、それとの IoU が閾値**以上**の枠をすべて取り除く。
# 2. 残っている枠の中で最もスコアの高いものを選び、同じことをする。
# 3. すべての枠が「残す」か「取り除く」に決まるまで繰り返す。
#
# **予想してみましょう。** 閾値は 0.4 です。IoU は、1 番目と 2 番目が 0.82、1 番目と
# 3 番目が 0.33、2 番目と 3 番目が 0.43 です。どの枠が残りますか。
#
# %%
deck = np.array([[0.0, 0, 10, 10], [1, 0, 11, 10], [5, 0, 15, 10]])
deck_scores = np.array([0.9, 0.8, 0.7])
print(best_iou(deck, deck).round(2))

# %% tags=["nbval-ignore-output"]
check.predict("kept")

# %% [markdown] lang="en" slide="subslide"
# ### Step by step
#
# Go through it. The second box is suppressed by the first. It would have
# suppressed the third (0.43), but **a suppressed box does nothing any more**.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 1 ステップずつ
#
# 順に進めてください。2 番目の枠は 1 番目に取り除かれます。2 番目と 3 番目の IoU は
# 0.43 ですが、**取り除かれた枠は、もう何も取り除きません**。
#
# %% tags=["nbval-ignore-output"]
widgets.nms_stepper(deck, deck_scores, 0.4, language=language)

# %%
check.reveal("kept", "0, 2")


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: nms
#
# Return the **indices** of the boxes to keep, the highest score first. So one
# can choose boxes, scores and labels alike. `overlap` is your `iou` (or the
# course's, while yours is not right).
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：nms
#
# 残す枠の**番号**を、スコアの高い順に返してください。番号なら、枠もスコアもラベルも
# 同じように選べます。`overlap` はあなたの `iou` です（まだ正解していなければ教材の
# 関数です）。
#
# %% exercise="nms"
overlap = check.use("iou")


def nms(boxes, scores, threshold=0.5):
    # BEGIN SOLUTION
    left = np.argsort(-scores)
    kept = []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        left = left[overlap(boxes[[best]], boxes[left])[0] < threshold]
    return np.array(kept, dtype=int)
    # END SOLUTION


check("nms", nms)


# %% [markdown] lang="en" slide="subslide"
# ### Exercise: nms_per_class
#
# A 3 may stand close to a 0: boxes of **different labels** must not suppress
# each other. Call `suppress`, your `nms`, for each label, and return all kept
# indices by falling score. They count in the whole array.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：nms_per_class
#
# 3 と 0 が近くに並ぶこともあります。**ラベルの違う**枠が互いに取り除いてはいけませ
# ん。ラベルごとに `suppress`（あなたの `nms`）を呼び、残った番号をスコアの高い順に
# 返してください。番号は、配列全体での番号です。
#
# %% exercise="nms_per_class"
suppress = check.use("nms")


def nms_per_class(boxes, scores, labels, threshold=0.5):
    # BEGIN SOLUTION
    kept = [np.zeros(0, dtype=int)]
    for label in np.unique(labels):
        same = np.flatnonzero(labels == label)
        kept.append(same[suppress(boxes[same], scores[same], threshold)])
    kept = np.concatenate(kept)
    return kept[np.argsort(-scores[kept])]
    # END SOLUTION


check("nms_per_class", nms_per_class)

# %% slide="subslide" tags=["nbval-ignore-output"]
best_nms = check.use("nms_per_class")


def cleaned(found, threshold=0.45):
    chosen = []
    for boxes, scores, labels in found:
        kept = best_nms(boxes, scores, labels, threshold)
        chosen.append((boxes[kept], scores[kept], labels[kept]))
    return chosen


kept = cleaned(found)
print(sum(len(b) for b, _, _ in found), "->", sum(len(b) for b, _, _ in kept))
show(kept)

# %% [markdown] lang="en" slide="slide"
# ## 5. Which detections are right?
#
# The VOC challenge decides it for one image and one class at a time:
#
# - Go through the detections by **falling score**.
# - Each looks at the object that it overlaps most. If their IoU is **more
#   than** 0.5 and the object is still free, it is a **true positive** (TP),
#   and the object is taken.
# - All others are **false positives** (FP): also a *second* one on a taken
#   object. An object that nobody takes is a miss.
#
# (The slides pair the detection with the highest IoU with the object. The
# rule of VOC goes by score.)
#
# %% [markdown] lang="ja" slide="slide"
# ## 5. どの検出が正しいか
#
# VOC では、1 枚の画像の 1 つのクラスごとに、次のように決めます。
#
# - 検出を**スコアの高い順**に調べる。
# - それぞれ、いちばん重なる物体を見る。IoU が 0.5 を**超え**、物体がまだ対応済み
#   でなければ、**真陽性**（TP）とし、その物体を対応済みにする。
# - それ以外はすべて**偽陽性**（FP）である。対応済みの物体への **2 つ目**の検出も
#   偽陽性になる。どの検出とも対応しない物体は、見逃しである。
#
# （スライドでは、IoU が最も高い検出を物体に対応させていますが、VOC のルールは
# スコアの順です。）
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: match_detections
#
# Return for each detection, **in the order in which they came**, whether it is
# a true positive: (n,) bool. Without any object all are false.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：match_detections
#
# 検出ごとに真陽性かどうかを、**渡された順**で返してください。形状は (n,) の bool です。
# 物体が 1 つもなければ、すべて偽になります。
#
# %% exercise="match_detections"
overlap = check.use("iou")


def match_detections(boxes, scores, truth, threshold=0.5):
    # BEGIN SOLUTION
    correct = np.zeros(len(boxes), dtype=bool)
    if len(truth) == 0:
        return correct
    overlaps = overlap(boxes, truth)  # (n, m)
    taken = np.zeros(len(truth), dtype=bool)
    for i in np.argsort(-scores):
        best = overlaps[i].argmax()
        if overlaps[i, best] > threshold and not taken[best]:
            correct[i] = taken[best] = True
    return correct
    # END SOLUTION


check("match_detections", match_detections)

# %% [markdown] lang="en" slide="subslide"
# The detections of label 0 before NMS, in four scenes: blue if they count, dashed
# orange if not. Of the boxes on one object only one is blue.
#
# %% [markdown] lang="ja" slide="subslide"
# 4 つのシーンで、ラベル 0 の検出を NMS の前のまま見ます。青は真陽性、オレンジの破線
# は偽陽性です。1 つの物体に重なる枠のうち、青は 1 つだけです。
#
# %% tags=["nbval-ignore-output"]
best_match = check.use("match_detections")
_, axes = plt.subplots(1, 4, figsize=(12, 3.2))
for ax, i in zip(axes, shown):
    boxes, scores, labels = found[i]
    mine = (labels == 0) & (scores >= 0.4)
    there = scenes.boxes[i][scenes.labels[i] == 0]
    right = best_match(boxes[mine], scores[mine], there)
    ax.imshow(scenes.images[i].transpose(1, 2, 0))
    for box, ok in zip(boxes[mine], right):
        color = plots.BLUE if ok else plots.ORANGE
        plots.draw_box(ax, box, "", color, "-" if ok else "--")
    ax.axis("off")
plt.show()


# %% [markdown] lang="en" slide="slide"
# ## 6. Precision and recall
#
# Add the detections one by one, the best first:
#
# - **Precision:** which part of the detections so far is right? TP / (TP + FP)
# - **Recall:** which part of *all* objects has been found? TP / objects
#
# The small example: TP FP TP TP FP, and there are 4 objects. Work out both
# columns on paper before you read on.
#
# %% [markdown] lang="ja" slide="slide"
# ## 6. 適合率と再現率
#
# 検出を、スコアの高い順に 1 つずつ加えていきます。
#
# - **適合率**（precision、精度とも）：ここまでの検出のうち正しいものの割合。
#   TP / (TP + FP)
# - **再現率**（recall）：**すべての**物体のうち見つかったものの割合。TP / 物体の数
#
# 小さな例は TP FP TP TP FP で、物体は 4 個です。先に紙の上で、2 つの列を計算して
# みてください。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: precision_recall
#
# `correct` (n,) says which detections are true positives, of all images
# together, in any order; `objects` is how many objects there are. Return
# `recall` and `precision`, (n,) each, as detections are added. Without any
# object recall is 0.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：precision_recall
#
# `correct` (n,) は、全画像の検出が真陽性かどうかです（順番は決まっていません）。
# `objects` は物体の数です。検出を 1 つずつ加えたときの `recall` と `precision` を、
# それぞれ (n,) で返してください。物体が 1 つもなければ、再現率は 0 とします。
#
# %% exercise="precision_recall"
def precision_recall(correct, scores, objects):
    # BEGIN SOLUTION
    order = np.argsort(-scores)
    found = np.cumsum(correct[order])
    precision = found / np.arange(1, len(found) + 1)
    return found / max(objects, 1), precision
    # END SOLUTION


check("precision_recall", precision_recall)

# %%
best_curve = check.use("precision_recall")
small = np.array([True, False, True, True, False])
small_scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
recall, precision = best_curve(small, small_scores, 4)
for name, values in (("recall", recall), ("precision", precision)):
    print(f"{name:9}", *(f"{v:.2f}" for v in values))

# %% [markdown] lang="en" slide="subslide"
# ### Move the threshold
#
# Whoever uses a detector chooses a score from which on a detection is shown.
# Move it: each threshold is one point of the curve. Then look at the shaded
# area, and at the eleven points.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 閾値を動かす
#
# 検出器を使うときは、いくつ以上のスコアの検出を採用するかを決めます。閾値を動かして
# ください。閾値 1 つが、曲線の 1 点です。次に、色の付いた面積と 11 個の点を見ましょ
# う。
#
# %% tags=["nbval-ignore-output"]
widgets.precision_recall_view(small, small_scores, 4, language=language)


# %% [markdown] lang="en" slide="subslide"
# ### AP: one number for the curve
#
# The curve falls in teeth. So the precision at recall $r$ is taken as the best
# one that can be had at $r$ **or more**: the *envelope*.
#
# $$p_{interp}(r) = \max_{\tilde r \ge r} p(\tilde r)$$
#
# - VOC 2007 to 2009: the mean at the **11** recalls 0, 0.1, ..., 1. (The slides
#   write 0, 0.01, 0.02, ..., a misprint.) Where no recall reaches, it is 0.
# - From 2010 on: the **whole area** under the envelope.
#
# %% [markdown] lang="ja" slide="subslide"
# ### AP：曲線を 1 つの数に
#
# 曲線はのこぎりのように上下します。そこで、再現率 $r$ での適合率を、$r$ **以上**で
# 得られる最大の値とします（包絡線）。
#
# $$p_{interp}(r) = \max_{\tilde r \ge r} p(\tilde r)$$
#
# - VOC 2007〜2009 年：**11 個**の再現率 0, 0.1, …, 1 での平均（スライドの 0, 0.01,
#   0.02, … は誤記です）。届かない再現率では 0 とします。
# - 2010 年から：包絡線の下の**面積全体**
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: average_precision
#
# `points=None` asks for the whole area, `points=11` for the mean at so many
# recalls from 0 to 1. Without any detection AP is 0.
#
# A trap: `np.linspace(0, 1, 11)[3]` is 0.30000000000000004. A recall of
# exactly 0.3 must still count as reached: leave a small tolerance.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：average_precision
#
# `points=None` なら面積全体、`points=11` なら 0 から 1 までの 11 個の再現率での平均を
# 返してください。検出が 1 つもなければ、AP は 0 です。
#
# 落とし穴が 1 つあります。`np.linspace(0, 1, 11)[3]` は 0.30000000000000004 です。
# 再現率がちょうど 0.3 のときも「届いた」とするには、小さな余裕が必要です。
#
# %% exercise="average_precision"
def average_precision(recall, precision, points=None):
    # BEGIN SOLUTION
    best = np.maximum.accumulate(precision[::-1])[::-1]  # the envelope
    if points is None:
        return np.sum(np.diff(recall, prepend=0) * best)
    total = 0
    for r in np.linspace(0, 1, points):
        reached = best[recall >= r - 1e-6]
        total += reached[0] if len(reached) else 0
    return total / points
    # END SOLUTION


check("average_precision", average_precision)

# %% slide="subslide"
best_ap = check.use("average_precision")
print(f"11 points   {best_ap(recall, precision, 11):.4f}")
print(f"all points  {best_ap(recall, precision):.4f}")
raw = np.sum(np.diff(recall, prepend=0) * precision)
print(f"no envelope {raw:.4f}")
tenth = best_curve(np.array([0, 1, 0, 1, 1], bool), small_scores, 10)
for slack in (0, 1e-6):
    reached = tenth[0][-1] >= np.linspace(0, 1, 11) - slack
    print(f"tolerance {slack}: AP {0.6 * reached.sum() / 11:.3f}")

# %% [markdown] lang="en" slide="fragment"
# Three rules, three numbers for the same detections: never compare APs without
# the rule. And without the tolerance one of eleven recalls is lost: two
# detections could be equally good, and one gets .055 less.
#
# %% [markdown] lang="ja" slide="fragment"
# 同じ検出でも、ルールが 3 つあれば数も 3 つです。ルールを確かめずに AP を比べては
# いけません。また、余裕がないと 11 個のうち 1 個の再現率が失われ、同じ良さの検出なの
# に 0.055 低くなります。
#
# %% [markdown] lang="en" slide="slide"
# ## 7. mAP: all images, all classes
#
# - **Match** in each image by itself, each label by itself.
# - **Join** the verdicts of one label from all images: one curve, one AP.
# - **mAP** is the mean of the APs of all labels.
#
# ### Exercise: mean_average_precision
#
# `found` holds (boxes, scores, labels) of each image, `truths` (boxes, labels).
# Labels without any object have no recall: leave them out. If there is no
# object at all, return 0.
#
# %% [markdown] lang="ja" slide="slide"
# ## 7. mAP：全画像、全クラス
#
# - **対応付け**は、画像ごと、ラベルごとに行う。
# - 1 つのラベルの判定を全画像から**集め**、1 本の曲線、1 つの AP にする。
# - **mAP** は、全ラベルの AP の平均である。
#
# ### 演習：mean_average_precision
#
# `found` は各画像の (boxes, scores, labels)、`truths` は各画像の (boxes, labels) です。
# 物体が 1 つもないラベルには再現率がないので、除きます。物体がまったくなければ 0 を
# 返してください。
#
# %% exercise="mean_average_precision"
match = check.use("match_detections")
curve = check.use("precision_recall")
area = check.use("average_precision")


def mean_average_precision(found, truths, threshold=0.5, points=None):
    # BEGIN SOLUTION
    values = []
    for label in {int(k) for _, labels in truths for k in labels}:
        correct, ranks, objects = [], [], 0
        for (boxes, scores, labels), (truth, names) in zip(found, truths):
            mine, there = labels == label, truth[names == label]
            ranks.extend(scores[mine])
            correct.extend(match(boxes[mine], scores[mine], there, threshold))
            objects += len(there)
        pair = curve(np.array(correct, dtype=bool), np.array(ranks), objects)
        values.append(area(*pair, points))
    return np.mean(values) if values else 0
    # END SOLUTION


check("mean_average_precision", mean_average_precision)

# %% slide="subslide" tags=["nbval-ignore-output"]
best_map = check.use("mean_average_precision")
for name, detections in (("raw", found), ("NMS", kept)):
    row = [best_map(detections, truths, 0.5, points) for points in (None, 11)]
    row.append(best_map(detections, truths, 0.75))
    print(f"{name}  all {row[0]:.3f}  11 points {row[1]:.3f}  ", end="")
    print(f"IoU > 0.75 {row[2]:.3f}")
by_class = detection.class_average_precisions(kept, truths)
print({label: round(value, 3) for label, value in by_class.items()})

# %% [markdown] lang="en" slide="fragment"
# NMS raises the mAP by far, as every copy was a false positive. And a detector
# that looks good at 0.5 may have loose boxes: at 0.75 a large part is lost.
#
# %% [markdown] lang="ja" slide="fragment"
# コピーはすべて偽陽性なので、NMS によって mAP が大きく上がります。また、0.5 で良く
# 見える検出器でも、枠が緩いことがあります。0.75 では大きく下がります。
#
# %% [markdown] lang="en" slide="slide"
# ## 8. What slips cost
#
# A slip in a *network* makes it worse. A slip in the **measure** can make it
# look better, and nobody notices. **Predict first:** which of these raise the
# mAP?
#
# - `no_nms`: nothing is suppressed
# - `ascending`: the lowest score comes first
# - `cut`: detections below 0.5 are thrown away before
# - `one_pixel`: widths and heights are x2 - x1 + 1
# - `no_labels`: a right box counts, whatever its label is
# - `second_counts`: a second match of an object is right, too
# - `image_by_image`: the mean of each image's own mAP
# - `no_nms + second_counts`: both at once
#
# %% [markdown] lang="ja" slide="slide"
# ## 8. 間違いの影響
#
# **ネットワーク**の間違いは、成績を下げます。しかし**評価**の間違いは、成績を良く
# 見せることがあり、しかも気づかれません。**予想してみましょう。** mAP が上がるのは
# どれでしょうか。
#
# - `no_nms`：NMS を行わない
# - `ascending`：スコアの低い順に加える
# - `cut`：0.5 未満の検出を先に捨てる
# - `one_pixel`：幅と高さを x2 - x1 + 1 とする
# - `no_labels`：枠が合っていれば、ラベルが違っても正解とする
# - `second_counts`：同じ物体の 2 つ目の検出も正解とする
# - `image_by_image`：画像ごとの mAP を平均する
# - `no_nms + second_counts`：両方を同時に行う
#
# %% tags=["nbval-ignore-output"]
check.predict("slips")


# %%
def second_counts(boxes, scores, truth, threshold):
    return best_iou(boxes, truth).max(axis=1, initial=0) > threshold


def one_pixel(boxes, scores, truth, threshold):
    more = np.array([0, 0, 1, 1])
    return best_match(boxes + more, scores, truth + more, threshold)


def as_before(boxes, scores, truth, threshold):
    return best_match(boxes, -scores, truth, threshold)


def without_labels(parts):
    return [(*rest, labels * 0) for *rest, labels in parts]


# %% slide="subslide"
def with_slips(found, kept, truths):
    measure = detection.mean_average_precision
    upside_down = [(b, -s, k) for b, s, k in kept]
    cut = [(b[s >= 0.5], s[s >= 0.5], k[s >= 0.5]) for b, s, k in kept]
    images = [measure([f], [t]) for f, t in zip(kept, truths)]
    blind = without_labels(kept), without_labels(truths)
    return {
        "right": best_map(kept, truths),
        "no_nms": best_map(found, truths),
        "ascending": measure(upside_down, truths, match=as_before),
        "cut": best_map(cut, truths),
        "points=11": best_map(kept, truths, points=11),
        "one_pixel": measure(kept, truths, match=one_pixel),
        "no_labels": best_map(*blind),
        "second_counts": measure(kept, truths, match=second_counts),
        "image_by_image": np.mean(images),
        "no_nms + second_counts": measure(found, truths, match=second_counts),
    }


# %% slide="subslide" tags=["nbval-ignore-output"]
runs = []
for seed in range(5):
    some = make_scenes(100, 100 + seed, train=False)
    raw = ssd.predict(some.images)
    runs.append(with_slips(raw, cleaned(raw), some.targets))
names = list(runs[0])
table = np.array([list(run.values()) for run in runs])  # (seeds, slips)
mean, spread = table.mean(axis=0), table.std(axis=0)
print(names[-1], mean[-1].round(2))

# %% slide="subslide" tags=["nbval-ignore-output"]
colors = [plots.ORANGE if m > mean[0] else plots.BLUE for m in mean[:-1]]
_, ax = plt.subplots(figsize=(9, 4.4))
how = {"xerr": spread[:-1], "color": ["0.4", *colors[1:]]}
bars = ax.barh(names[:-1], mean[:-1], **how)
texts = [f"{m:.3f} ± {s:.3f}" for m, s in zip(mean, spread)][:-1]
ax.bar_label(bars, texts, padding=6)
ax.axvline(mean[0], color="0.4", linewidth=1, zorder=0)
ax.set(xlabel="mAP", xlim=(0, 1.25))
ax.invert_yaxis()
plt.show()

# %%
check.reveal("slips")

# %% only="solution" slide="skip"
assert mean[names.index("image_by_image")] > mean[0] + 0.03
assert mean[names.index("no_labels")] > mean[0] + 0.005
assert mean[names.index("no_nms + second_counts")] > 1
assert (table[:, names.index("cut")] <= table[:, 0]).all()


# %% [markdown] lang="en" slide="subslide"
# Grey: the right mAP; orange: more than that. Mean and spread of 5 times 100
# scenes.
#
# - **Four slips look like progress:** one pixel more, classes ignored,
#   duplicates, image by image. They bring 0.01 to 0.05, as much as a good idea
#   might.
# - Duplicates as true positives show little *after* NMS. Without NMS the mAP
#   passes **1**: one object is found several times, so recall passes 1, too. If
#   you ever see that, look here first.
# - Cutting low scores never raises AP. It only ends the curve earlier.
#   (`points=11` is no slip, but the older rule.)
#
# %% [markdown] lang="ja" slide="subslide"
# 灰色が正しい mAP、オレンジがそれを上回るものです。100 枚のシーンを 5 回分、平均と
# ばらつきで示しました。
#
# - **4 つの間違いは、進歩のように見えます。** 1 画素大きくする、クラスを無視する、
#   重複を真陽性とする、画像ごとに AP を求める、の 4 つです。良い工夫と同じくらい、
#   0.01〜0.05 高くなります。
# - 重複の誤りは、NMS の**後**ではあまり目立ちません。NMS なしでは mAP が **1 を超え
#   ます**。1 つの物体を何度も見つけたことになり、再現率も 1 を超えるからです。そん
#   な値を見たら、まずここを疑いましょう。
# - 低いスコアを切り捨てても、AP は決して上がりません。曲線が早く終わるだけです
#   （`points=11` は間違いではなく、以前のルールです）。
#
# %% [markdown] lang="en" slide="slide"
# ## 9. Why not ROC?
#
# There is another curve: the **ROC** curve shows the rate of true positives
# over the rate of false positives, and its area is the AUC. VOC's measure by
# year:
#
# - until 2006: AUC of the ROC curve, for *classifying whole images*
# - 2007 to 2009: AP at 11 recalls
# - from 2010: AP, the whole area
#
# The AUC has a plain meaning: take a positive and a negative by chance. **How
# often has the positive the higher score?** A tie counts one half.
#
# %% [markdown] lang="ja" slide="slide"
# ## 9. なぜ ROC ではないのか
#
# もう 1 つの曲線があります。**ROC 曲線**は、偽陽性率に対する真陽性率を表し、その
# 下の面積が AUC です。VOC の評価指標は、年によって変わりました。
#
# - 2006 年まで：ROC 曲線の AUC（**画像全体の分類**に使われた指標です）
# - 2007〜2009 年：AP（11 個の再現率）
# - 2010 年から：AP（面積全体）
#
# AUC の意味は簡単です。正例と負例を 1 つずつ無作為に選んだとき、**正例のスコアの
# ほうが高い割合**です。引き分けは 1/2 と数えます。
#
# %% [markdown] lang="en" slide="subslide"
# ### Exercise: roc_auc
#
# `scores` (n,) and `positive` (n,) bool. Compare every positive with every
# negative. With positives alone or negatives alone nothing can be told:
# return 0.5.
#
# %% [markdown] lang="ja" slide="subslide"
# ### 演習：roc_auc
#
# `scores` (n,) と `positive` (n,) bool を受け取ります。すべての正例を、すべての負例と
# 比べてください。正例だけ、または負例だけのときは何も言えないので、0.5 を返します。
#
# %% exercise="roc_auc"
def roc_auc(scores, positive):
    # BEGIN SOLUTION
    p, n = scores[positive], scores[~positive]
    if len(p) == 0 or len(n) == 0:
        return 0.5
    wins = p[:, np.newaxis] > n  # (positives, negatives)
    ties = p[:, np.newaxis] == n
    return np.mean(wins + ties / 2)
    # END SOLUTION


check("roc_auc", roc_auc)

# %% [markdown] lang="en" slide="subslide"
# ### The same scores, two measures
#
# Your `nms` now works inside the detector. It looks at the same 200 images
# three times; only `score_threshold` changes, from which score on a box is
# reported at all: 0.3, 0.05, 0.01.
#
# **Predict first.** More and more weak boxes come in, nearly all of them wrong.
# What do AUC and AP do?
#
# %% [markdown] lang="ja" slide="subslide"
# ### 同じスコア、2 つの指標
#
# 今度は、あなたの `nms` が検出器の中で働きます。同じ 200 枚を 3 回調べ、変えるのは
# `score_threshold` だけです。これは、いくつ以上のスコアの枠を報告するかを表します
# （0.3、0.05、0.01）。
#
# **予想してみましょう。** スコアの低い枠が増えていき、そのほとんどは間違いです。AUC
# と AP は、どう変わるでしょうか。
#
# %% tags=["nbval-ignore-output"]
check.predict("roc")


# %% slide="subslide"
def verdicts(found, truths):
    scores, correct = [], []
    for (boxes, s, labels), (truth, names) in zip(found, truths):
        for k in range(4):
            mine = labels == k
            right = best_match(boxes[mine], s[mine], truth[names == k])
            scores.extend(s[mine])
            correct.extend(right)
    return np.array(scores), np.array(correct, dtype=bool)


# %% tags=["nbval-ignore-output"]
best_auc = check.use("roc_auc")
ssd.suppress = check.use("nms")
objects = sum(len(boxes) for boxes in scenes.boxes)
aucs, aps = [], []
print("score  boxes  right    AUC     AP")
for least in (0.3, 0.05, 0.01):
    ssd.score_threshold = least
    scores, right = verdicts(ssd.predict(scenes.images), truths)
    aucs.append(best_auc(scores, right))
    aps.append(best_ap(*best_curve(right, scores, objects)))
    print(f"{least:5}{len(scores):7}{right.sum():7}", end="")
    print(f"{aucs[-1]:8.3f}{aps[-1]:7.3f}")

# %% tags=["nbval-ignore-output"]
check.reveal("roc", f"AUC {aucs[0]:.2f}-{aucs[2]:.2f}")

# %% only="solution" slide="skip"
assert aucs[0] + 0.05 < aucs[1] < aucs[2]
assert aps[0] < aps[1] - 0.03 and abs(aps[2] - aps[1]) < 0.02

# %% [markdown] lang="en" slide="subslide"
# From 0.3 to 0.05 more objects are found: AP rises, and rightly. From 0.05 to
# 0.01 more than 2,000 boxes come in, nearly all wrong. They stand at the end
# of the curve, and **AP stays where it was**. But the **AUC rises** once more,
# though nothing has got better: it counts easy negatives as merit. An image has
# any number of windows with nothing in them. Where negatives are that many,
# look at precision and recall.
#
# %% [markdown] lang="ja" slide="subslide"
# 0.3 から 0.05 では、見つかる物体が増えて AP が上がります。これは正当です。0.05 から
# 0.01 では、2,000 個以上の枠が加わり、ほとんどが間違いです。曲線の最後に加わるだけ
# なので、**AP は変わりません**。ところが**AUC はさらに上がります**。何も良くなっていな
# いのに、簡単な負例が増えた分だけ高くなるのです。画像には、何も写っていない窓が
# いくらでもあります。負例がこれほど多いときは、適合率と再現率を見ましょう。
#
# %% [markdown] lang="en" slide="slide"
# ## Summary
#
# - IoU is intersection over union; ends are exclusive, empty is 0. It is strict
#   with small objects.
# - NMS keeps the best box and suppresses what overlaps it, label by label.
# - By falling score each object is found once; a second match is false.
# - AP is the area under the envelope of precision over recall, mAP the mean
#   over the classes: of all images together, and with its rule named.
# - Slips in the measure can make a detector look better. Test the measure
#   first.
#
# Next door: detectors that look at regions.
#
# %% [markdown] lang="ja" slide="slide"
# ## まとめ
#
# - IoU は「共通部分 ÷ 和集合」です。終わりは含まず、空なら 0 とします。小さな物体に
#   は厳しい指標です。
# - NMS は最良の枠を残し、それと重なる枠をラベルごとに取り除きます。
# - スコアの高い順に、1 つの物体は 1 回だけ見つかったとします。2 つ目は偽陽性です。
# - AP は「再現率に対する適合率」の包絡線の下の面積、mAP はその全クラス平均です。
#   全画像をまとめて求め、どのルールかを必ず書きます。
# - 評価の間違いは、検出器を良く見せることがあります。まず評価をテストしましょう。
#
# 次は、領域を調べる検出器です。
#
# %% [markdown] lang="en" slide="subslide"
# Whose parts have done the work in this notebook?
#
# %% [markdown] lang="ja" slide="subslide"
# このノートブックでは、だれの実装が使われたでしょうか。
#
# %%
check.whose()

# %% slide="subslide"
check.progress()
