"""Exercise 5_11/transposed_by_hand: four stamps, by hand."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_11.shared import transposed
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

X = np.array([[1, 2], [3, 4]])
RIGHT = transposed(X, X)  # [[1, 4, 4], [6, 20, 16], [9, 24, 16]]

EXERCISE = Exercise(
    name="transposed_by_hand",
    title=Text("Four stamps, by hand", "4 つのスタンプを手で押す"),
    reference=RIGHT,
    slips=(
        Slip(
            "overlaps-overwritten",
            Text(
                "Where two stamps overlap you kept one of them. They add up:"
                " the centre gets 4 + 6 + 6 + 4.",
                "スタンプが重なるところで 1 つ分しか残っていません。重なりは足"
                "します。中央は 4 + 6 + 6 + 4 です。",
            ),
            answer=[[1, 2, 4], [3, 4, 8], [9, 12, 16]],
        ),
        Slip(
            "first-stamp-wins",
            Text(
                "Where two stamps overlap only the first one counts. They add"
                " up.",
                "スタンプが重なるところで、最初の 1 つしか数えていません。重な"
                "りは足します。",
            ),
            answer=[[1, 2, 4], [3, 4, 8], [6, 8, 16]],
            also=([[1, 2, 4], [3, 4, 8], [9, 8, 16]],),
        ),
        Slip(
            "ordinary-convolution",
            Text(
                "This is the ordinary convolution: one number, the sum of all"
                " products. Transposed, each pixel *writes* a whole filter.",
                "普通の畳み込み（積の和、数 1 つ）です。転置畳み込みでは、1 画"
                "素がフィルター全体を*書き込み*ます。",
            ),
            answer=30,
            also=([[30]],),
        ),
        Slip(
            "filter-turned-twice",
            Text(
                "This is x in a frame of zeros, convolved with the filter as"
                " it stands. For the same as the stamps the filter would have"
                " to be turned by 180 degrees.",
                "x に 0 の枠を付け、フィルターをそのまま畳み込んだ結果です。ス"
                "タンプと同じにするには、フィルターを 180 度回します。",
            ),
            answer=[[4, 11, 6], [14, 30, 14], [6, 11, 4]],
        ),
        Slip(
            "side-by-side",
            Text(
                "The stamps lie side by side: that is stride 2. With stride 1"
                " the next stamp begins one pixel further on, and they"
                " overlap.",
                "スタンプが並んでいます。それはストライド 2 です。ストライド 1"
                " では 1 画素ずつ進むので重なります。",
            ),
            answer=np.kron(X, X),
        ),
        Slip(
            "element-by-element",
            Text(
                "Each pixel was multiplied with one number of the filter. It"
                " is multiplied with all four.",
                "各画素にフィルターの数を 1 つずつ掛けています。4 つすべてに掛"
                "けます。",
            ),
            answer=X * X,
        ),
        Slip(
            "matrix-product",
            Text(
                "This is the matrix product of the two. Lay down four stamps"
                " instead.",
                "2 つの行列積になっています。スタンプを 4 つ押しましょう。",
            ),
            answer=X @ X,
        ),
        Slip(
            "stamps-not-weighted",
            Text(
                "Every stamp is the filter itself. Multiply it by the value of"
                " its pixel first.",
                "どのスタンプもフィルターそのままです。画素の値を掛けてから押"
                "します。",
            ),
            answer=transposed(np.ones_like(X), X),
        ),
        Slip(
            "rows-only",
            Text(
                "The stamps went right, but not down: the third and fourth"
                " begin one row lower.",
                "スタンプが右にしか動いていません。3 つ目と 4 つ目は 1 行下か"
                "ら始まります。",
            ),
            answer=[[4, 14, 12], [12, 34, 24]],
            also=(transposed(X.sum(axis=0, keepdims=True), X),),
        ),
        Slip(
            "mean-of-overlaps",
            Text(
                "The overlaps were averaged. They add up.",
                "重なりを平均しています。重なりは足します。",
            ),
            answer=RIGHT / [[1, 2, 1], [2, 4, 2], [1, 2, 1]],
        ),
        Slip(
            "transposed-matrix",
            Text(
                'Rows and columns changed places. "Transposed" is the way'
                " the gradient takes, no matrix to be turned over.",
                "行と列が入れ替わっています。「転置」は勾配が通る道のことで、"
                "結果を転置するわけではありません。",
            ),
            answer=RIGHT.T,
        ),
        Slip(
            "last-row-missing",
            Text(
                "What is there is right, but the lower stamps reach into a"
                " third row.",
                "書いてある数は正しいのですが、下のスタンプは 3 行目まで届きま"
                "す。",
            ),
            answer=RIGHT[:2],
            also=(RIGHT[:2, :2], RIGHT[:, :2]),
        ),
        Slip(
            "zeros-around",
            Text(
                "The nine numbers are right, but there is a frame of zeros"
                " around them: no stamp reaches that far.",
                "9 つの数は正しいのですが、まわりに 0 の枠があります。そこまで"
                "届くスタンプはありません。",
            ),
            answer=np.pad(RIGHT, 1),
            also=(np.pad(RIGHT, ((0, 1), (0, 1))),),
        ),
        Slip(
            "rows-run-together",
            Text(
                "The numbers are right, but stand in one line. Write a list of"
                " three rows.",
                "数は合っていますが、1 列に並んでいます。3 行のリストのリスト"
                "で書きます。",
            ),
            answer=RIGHT.ravel(),
        ),
    ),
    hints=(
        Text(
            "What does the pixel 1 write, and where? And the pixel 2?",
            "画素 1 は何をどこに書き込みますか。画素 2 はどうですか。",
        ),
        Text(
            "The pixel 2 writes [[2, 4], [6, 8]] one place to the right, so"
            " the middle of the first row gets 2 + 2. Go on with 3 and 4.",
            "画素 2 は 1 つ右に [[2, 4], [6, 8]] を書くので、1 行目の中央は 2"
            " + 2 です。3 と 4 も同じように続けます。",
        ),
        Text(
            "[[1, 4, ...], [6, ...], ...]",
            "[[1, 4, ...], [6, ...], ...]",
        ),
    ),
)
