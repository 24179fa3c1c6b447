"""Exercise 5_4/col2im_by_hand: overlapping windows, summed by hand."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

EXERCISE = Exercise(
    name="col2im_by_hand",
    title=Text("The way back, by hand", "戻り道を手で計算"),
    reference=np.array([[1, 4, 3], [8, 20, 12], [7, 16, 9]]),
    slips=(
        Slip(
            "overwritten-instead",
            Text(
                "This is the image itself: each pixel was written once. Here"
                " a pixel gets one number from every window that holds it.",
                "元の画像そのままです。ここでは、画素を含むすべての窓から数が"
                "届き、それらを足します。",
            ),
            answer=np.arange(1, 10).reshape(3, 3),
        ),
        Slip(
            "windows-counted",
            Text(
                "These are the numbers of windows that hold each pixel. Add"
                " up what they bring.",
                "画素を含む窓の数になっています。窓が届ける数を足してくださ"
                "い。",
            ),
            answer=np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]),
        ),
        Slip(
            "two-windows-everywhere",
            Text(
                "Every number was doubled. A corner lies in one window, the"
                " middle of a side in two, the centre in four.",
                "すべて 2 倍になっています。角は 1 つ、辺の真ん中は 2 つ、中央"
                "は 4 つの窓に入ります。",
            ),
            answer=2 * np.arange(1, 10).reshape(3, 3),
        ),
        Slip(
            "four-windows-everywhere",
            Text(
                "Every number was taken four times. Only the centre lies in"
                " four windows.",
                "すべて 4 倍になっています。4 つの窓に入るのは中央だけです。",
            ),
            answer=4 * np.arange(1, 10).reshape(3, 3),
        ),
        Slip(
            "centre-twice",
            Text(
                "The rim is right. The centre lies in all four windows.",
                "縁は合っています。中央は 4 つの窓すべてに入ります。",
            ),
            answer=np.array([[1, 4, 3], [8, 10, 12], [7, 16, 9]]),
        ),
        Slip(
            "sides-once",
            Text(
                "Corners and centre are right. The middle of a side lies in"
                " two windows.",
                "角と中央は合っています。辺の真ん中は 2 つの窓に入ります。",
            ),
            answer=np.array([[1, 2, 3], [4, 20, 6], [7, 8, 9]]),
        ),
    ),
    hints=(
        Text(
            "In how many of the four windows does the centre lie?",
            "中央の画素は、4 つの窓のうちいくつに入りますか。",
        ),
        Text(
            "A corner lies in 1 window, the middle of a side in 2, the centre"
            " in 4. Each window brings the pixel's own number.",
            "角は 1 つ、辺の真ん中は 2 つ、中央は 4 つの窓に入ります。どの窓も"
            "その画素の数を届けます。",
        ),
        Text("back = [[1, 4, 3], ...]", "back = [[1, 4, 3], ...]"),
    ),
)
