# %% [markdown] lang="en"
# # Convolutional neural networks by hand
#
# You write every part of a CNN yourself, in eight lessons: from one window
# that moves over an image to a network that reads handwriting.
# [日本語版はこちら](../ja/START.ipynb)
#
# | Lesson | You will | Time | Solution |
# |:--|:--|--:|:--|
# | [5_1 Convolution](5_1_convolution_trainee.ipynb) | move a filter over an image, by hand and as a loop | 60 min | [open](../../solutions/en/5_1_convolution.ipynb) |
# | [5_2 Max pooling](5_2_maxpooling_trainee.ipynb) | make images smaller and find out what is lost | 50 min | [open](../../solutions/en/5_2_maxpooling.ipynb) |
# | [5_3 Padding, reshape, transpose](5_3_padding_reshape_transpose_trainee.ipynb) | move axes without scrambling the image | 50 min | [open](../../solutions/en/5_3_padding_reshape_transpose.ipynb) |
# | [5_4 im2col and col2im](5_4_im2col_col2im_trainee.ipynb) | turn convolution into one matrix product | 90 min | [open](../../solutions/en/5_4_im2col_col2im.ipynb) |
# | [5_5 The convolution layer](5_5_convolution_layer_trainee.ipynb) | derive its gradients and prove them right | 90 min | [open](../../solutions/en/5_5_convolution_layer.ipynb) |
# | [5_6 The max pooling layer](5_6_maxpooling_layer_trainee.ipynb) | send each gradient to where the maximum was | 70 min | [open](../../solutions/en/5_6_maxpooling_layer.ipynb) |
# | [5_7 A simple CNN](5_7_simpleconvnet_trainee.ipynb) | assemble the network and read MNIST digits | 90 min | [open](../../solutions/en/5_7_simpleconvnet.ipynb) |
# | [5_8 Data augmentation](5_8_augmentation_trainee.ipynb) | read katakana from very few examples | 90 min | [open](../../solutions/en/5_8_augmentation.ipynb) |
#
# %% [markdown] lang="ja"
# # 手で書いて学ぶ畳み込みニューラルネットワーク
#
# 画像の上を動く 1 つの窓から、手書き文字を読むネットワークまで、CNN の部品を
# すべて自分で書く 8 つのレッスンです。
# [English version](../en/START.ipynb)
#
# | レッスン | すること | 時間 | 解答 |
# |:--|:--|--:|:--|
# | [5_1 畳み込み演算](5_1_convolution_trainee.ipynb) | フィルターを画像の上で動かす。手計算とループで | 60 分 | [開く](../../solutions/ja/5_1_convolution.ipynb) |
# | [5_2 マックスプーリング演算](5_2_maxpooling_trainee.ipynb) | 画像を小さくし、何が失われるかを調べる | 50 分 | [開く](../../solutions/ja/5_2_maxpooling.ipynb) |
# | [5_3 パディング・reshape・transpose](5_3_padding_reshape_transpose_trainee.ipynb) | 画像を崩さずに軸を入れ替える | 50 分 | [開く](../../solutions/ja/5_3_padding_reshape_transpose.ipynb) |
# | [5_4 im2col と col2im](5_4_im2col_col2im_trainee.ipynb) | 畳み込みを 1 回の行列積に変える | 90 分 | [開く](../../solutions/ja/5_4_im2col_col2im.ipynb) |
# | [5_5 畳み込み層](5_5_convolution_layer_trainee.ipynb) | 勾配を導き、正しいことを確かめる | 90 分 | [開く](../../solutions/ja/5_5_convolution_layer.ipynb) |
# | [5_6 マックスプーリング層](5_6_maxpooling_layer_trainee.ipynb) | 最大値だった場所へ勾配を返す | 70 分 | [開く](../../solutions/ja/5_6_maxpooling_layer.ipynb) |
# | [5_7 シンプルな CNN](5_7_simpleconvnet_trainee.ipynb) | ネットワークを組み立てて MNIST の数字を読む | 90 分 | [開く](../../solutions/ja/5_7_simpleconvnet.ipynb) |
# | [5_8 データ拡張](5_8_augmentation_trainee.ipynb) | ごく少ない例からカタカナを読む | 90 分 | [開く](../../solutions/ja/5_8_augmentation.ipynb) |
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
