"""Exercise 5_8/flip: swap left and right."""

from __future__ import annotations

from course_lib import augment
from course_lib.exercises.lesson_5_8.shared import images
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _flip_cases():
    shapes = [(2, 1, 4, 5), (3, 2, 5, 3), (1, 1, 6, 4), (4, 3, 3, 7)]
    shapes.append((2, 2, 1, 6))
    return [(images(i, *shape),) for i, shape in enumerate(shapes)]


EXERCISE = Exercise(
    name="flip",
    hints=(
        Text(
            "Which of the four axes runs from left to right?",
            "4 つの軸のうち、左から右へ進むのはどれですか。",
        ),
        Text(
            "The last axis, W. A slice with step -1 runs backwards.",
            "最後の軸 W です。ステップが -1 のスライスは逆向きに進みます。",
        ),
        Text("return x[:, :, :, ...]", "return x[:, :, :, ...]"),
    ),
    title=Text("Swap left and right", "左右を反転する"),
    reference=augment.flip,
    cases=_flip_cases,
    slips=(
        Slip(
            "upside-down",
            Text(
                "Top and bottom are swapped. Which axis of (N, C, H, W)"
                " runs from left to right?",
                "上下が反転しています。(N, C, H, W) のうち、左右に進む軸は"
                "どれですか。",
            ),
            answer=lambda x: x[:, :, ::-1],
        ),
        Slip(
            "turned-by-180",
            Text(
                "Both axes are reversed: the image is turned by 180"
                " degrees. Only left and right should change places.",
                "縦と横の両方が逆順になり、180 度回転しています。入れ替え"
                "るのは左右だけです。",
            ),
            answer=lambda x: x[:, :, ::-1, ::-1],
        ),
        Slip(
            "image-order-changed",
            Text(
                "The order of the images is reversed, so that they no"
                " longer fit their labels. Axis 0 counts the images.",
                "画像の並びが逆になり、ラベルと合わなくなっています。軸 0 "
                "は画像の番号です。",
            ),
            answer=lambda x: x[::-1],
        ),
        Slip(
            "channels-reversed",
            Text(
                "The channels are reversed, the images themselves are not"
                " mirrored. Count the axes of (N, C, H, W) from 0.",
                "チャンネルの順が逆になっていて、画像は反転していません。"
                "(N, C, H, W) の軸を 0 から数えてみましょう。",
            ),
            answer=lambda x: x[:, ::-1],
        ),
    ),
)
