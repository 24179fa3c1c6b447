# %% [markdown] lang="en"
# # Convolutional neural networks by hand
#
# You write every part of a CNN yourself, in <<lesson_count>> lessons: from one
# window that moves over an image to a network that reads handwriting.
# [日本語版はこちら](../ja/START.ipynb)
#
# <<lesson_tables>>
#
# %% [markdown] lang="ja"
# # 手で書いて学ぶ畳み込みニューラルネットワーク
#
# 画像の上を動く 1 つの窓から、手書き文字を読むネットワークまで、CNN の部品を
# すべて自分で書く <<lesson_count>> のレッスンです。
# [English version](../en/START.ipynb)
#
# <<lesson_tables>>
#
# %% [markdown] lang="en"
# ## How it works
#
# 1. Open a lesson by its link and read from the top. Run each cell with
#    **Shift+Enter**.
# 2. Where the code says `write here`, put your answer in place of that line
#    and run the cell. The check below says: correct, not yet (and why), or
#    not attempted.
# 3. Stuck? Run `check.hint("name of the exercise")` in a new cell, up to three
#    times: a question, the idea, the first line.
# 4. Nothing breaks if you skip an exercise: the cells after it then use the
#    course's own version.
#
# Your notebooks are yours: the course never overwrites them. All data, and
# the record of what you did, are on this computer only.
#
# %% [markdown] lang="ja"
# ## 進め方
#
# 1. 表のリンクからレッスンを開き、上から順に読みます。セルは
#    **Shift+Enter** で実行します。
# 2. `ここに書く` と書かれた行を、自分の答えに置き換えて実行します。すぐ下に
#    「正解」「もう少し（その理由）」「未着手」のどれかが表示されます。
# 3. 行き詰まったら、新しいセルで `check.hint("演習の名前")` を実行してください。
#    問いかけ、考え方、最初の 1 行の順に、3 つまでヒントが出ます。
# 4. 演習を飛ばしても、先に進めます。そのあとのセルは、教材に用意された
#    実装を代わりに使います。
#
# 書き込んだノートブックを教材が上書きすることはありません。データも学習の
# 記録も、このパソコンの中だけにあります。
#
# %% [markdown] lang="en"
# ## Where you are
#
# Run the next cell: it shows every exercise as done (○), tried (×) or
# open (–). Run it again when you come back.
#
# %% [markdown] lang="ja"
# ## 今いるところ
#
# 次のセルを実行すると、できた演習（○）、途中の演習（×）、まだの演習（–）の
# 一覧が出ます。戻ってきたときに、もう一度実行してください。
#
# %%
from course_lib.exercises import course_map

language = "en"
course_map(language)

# %% [markdown] lang="en"
# ## Is everything ready?
#
# If the next cell shows handwriting, it is.
#
# %% [markdown] lang="ja"
# ## 準備の確認
#
# 次のセルを実行して手書きの文字が出れば、準備は完了です。
#
# %%
from course_lib import datasets, plots

plots.use_style()
_, (digits, _) = datasets.load_mnist()
_, (katakana, labels, writers) = datasets.load_katakana15(with_writers=True)
plots.show_images(digits[:10])
hand = [int(((labels == k) & (writers == 1030)).argmax()) for k in range(15)]
plots.show_images(katakana[hand], columns=15, scale=0.7)

# %% [markdown] lang="en"
# ## When all is done
#
# Write your name between the quotation marks and run the cell: it makes a
# page to print.
#
# %% [markdown] lang="ja"
# ## すべて終わったら
#
# 引用符の間に名前を書いて実行すると、印刷できる修了証ができます。
#
# %%
from course_lib.exercises.certificate import certificate

certificate("", language)
