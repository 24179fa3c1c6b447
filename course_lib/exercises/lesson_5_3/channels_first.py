"""Exercise 5_3/channels_first: channels first."""

from __future__ import annotations

from course_lib.exercises.kinds import (
    FIRST_CHANNEL_ONLY,
    FIRST_IMAGE_ONLY,
    rounded,
)
from course_lib.exercises.lesson_5_3.shared import numbers
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _pictures():
    shapes = [
        (2, 4, 5, 3),
        (1, 3, 2, 4),
        (3, 5, 4, 2),
        (2, 2, 6, 3),
        (4, 3, 5, 1),
    ]
    return [(numbers(*shape),) for shape in shapes]


EXERCISE = Exercise(
    name="channels_first",
    title=Text("Channels first", "チャンネルを前に"),
    reference=lambda pictures: pictures.transpose(0, 3, 1, 2),
    cases=_pictures,
    slips=(
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, the numbers are not: `reshape` only cuts"
                " the line anew. To change the order of axes you need another"
                " tool.",
                "形状は合っていますが、中身が違います。`reshape` は列を切り直"
                "すだけです。軸の順番を変えるには別の道具が必要です。",
            ),
            answer=lambda pictures: pictures.reshape(
                len(pictures), pictures.shape[3], *pictures.shape[1:3]
            ),
            also=(
                lambda pictures: pictures.swapaxes(1, 2).reshape(
                    len(pictures), pictures.shape[3], *pictures.shape[1:3]
                ),
            ),
        ),
        Slip(
            "not-transposed",
            Text(
                "The axes are where they were, the channels last. Return the"
                " array whose axes were moved: `transpose` gives a new one.",
                "軸の順番が元のままで、チャンネルが最後です。軸を動かした配列"
                "を返しましょう。`transpose` は新しい配列を返します。",
            ),
            answer=lambda pictures: pictures,
        ),
        Slip(
            "channels-before-images",
            Text(
                "The channels stand before the images. The images stay in"
                " front: (N, C, H, W).",
                "チャンネルが画像より前に来ています。先頭は画像のままで、(N,"
                " C, H, W) です。",
            ),
            answer=lambda pictures: pictures.transpose(3, 0, 1, 2),
            also=(
                lambda pictures: pictures.transpose(3, 1, 2, 0),
                lambda pictures: pictures.transpose(3, 2, 1, 0),
                lambda pictures: pictures.transpose(3, 0, 2, 1),
            ),
        ),
        Slip(
            "channels-not-second",
            Text(
                "The channels are in the third place. They belong right"
                " behind the images: (N, C, H, W).",
                "チャンネルが 3 番目の軸になっています。画像のすぐ次に置き、"
                "(N, C, H, W) にします。",
            ),
            answer=lambda pictures: pictures.transpose(0, 1, 3, 2),
        ),
        Slip(
            "channels-reversed",
            Text(
                "The channels run the other way: blue, green, red. Only their"
                " axis moves.",
                "チャンネルの順番が逆（青・緑・赤）です。動かすのは軸だけで"
                "す。",
            ),
            answer=lambda pictures: pictures[..., ::-1].transpose(0, 3, 1, 2),
        ),
        Slip(
            "channels-summed",
            Text(
                "The channels were added, or averaged, to one. All of them"
                " stay.",
                "チャンネルを足すか平均して 1 つにしています。チャンネルはすべ"
                "て残します。",
            ),
            answer=lambda pictures: pictures.mean(axis=3),
            also=(lambda pictures: pictures.sum(axis=3),),
        ),
        Slip(
            *FIRST_CHANNEL_ONLY,
            answer=lambda pictures: pictures[..., :1].transpose(0, 3, 1, 2),
            also=(lambda pictures: pictures[..., 0],),
        ),
        Slip(
            *FIRST_IMAGE_ONLY,
            answer=lambda pictures: pictures[0].transpose(2, 0, 1),
        ),
        rounded(lambda pictures: pictures.transpose(0, 3, 1, 2)),
        Slip(
            "axes-the-wrong-way",
            Text(
                "These are the axes of the way back, from channels first to"
                " channels last. For each new axis, write which old axis it"
                " takes.",
                "逆向き（チャンネルを後ろに移すとき）の数字になっています。新"
                "しい軸の順に、元のどの軸を持ってくるかを書きます。",
            ),
            answer=lambda pictures: pictures.transpose(0, 2, 3, 1),
        ),
        Slip(
            "height-and-width-swapped",
            Text(
                "The channels are first, but height and width changed places:"
                " the pictures lie on their side.",
                "チャンネルは前に来ましたが、高さと幅が入れ替わっています。画"
                "像が横倒しになります。",
            ),
            answer=lambda pictures: pictures.transpose(0, 3, 2, 1),
        ),
    ),
    hints=(
        Text(
            "Should the numbers keep their order in the line, or move?",
            "数の並ぶ順番は、そのままでよいですか、変わりますか。",
        ),
        Text(
            "The axes change their order. For each new axis (N, C, H, W),"
            " write its number in the old order (N, H, W, C).",
            "軸の順番が変わります。新しい軸 N, C, H, W が、元の (N, H, W,"
            " C) で何番目かを順に書きます。",
        ),
        Text(
            "pictures.transpose(0, 3, ...)",
            "pictures.transpose(0, 3, ...)",
        ),
    ),
)
