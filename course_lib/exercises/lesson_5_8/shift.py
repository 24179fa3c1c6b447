"""Exercise 5_8/shift: shift and fill with 0."""

from __future__ import annotations

import numpy as np

from course_lib import augment
from course_lib.exercises.lesson_5_8.shared import images
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _shift_cases():
    return [
        (images(10, 2, 1, 5, 6), 1, 2),
        (images(11, 1, 2, 6, 4), -2, 1),
        (images(12, 3, 1, 4, 7), 0, -3),
        (images(13, 2, 2, 7, 5), 3, 0),
        (images(14, 1, 1, 6, 6), -1, -2),
        (images(15, 2, 1, 3, 4), 0, 0),
    ]


def _shift_border(x, dy, dx):
    """Move x, and repeat its border into the space that opens."""
    H, W = x.shape[2:]
    p = max(abs(dy), abs(dx))
    wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="edge")
    return wide[:, :, p - dy : p - dy + H, p - dx : p - dx + W]


EXERCISE = Exercise(
    name="shift",
    hints=(
        Text(
            "How wide must the border be so that every window fits?",
            "どの向きにずらしても窓が収まるには、縁の幅はいくつ要りますか。",
        ),
        Text(
            "As wide as the larger of |dy| and |dx|, call it p. Without a"
            " shift the window starts at row p; when the image moves down,"
            " the window has to move up.",
            "|dy| と |dx| の大きいほうです。これを p とします。ずらさない窓は"
            " p 行目から始まります。画像を下に動かすには、窓を上に動かし"
            "ます。",
        ),
        Text(
            "wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))",
            "wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))",
        ),
    ),
    title=Text("Shift and fill with 0", "ずらして 0 で埋める"),
    reference=augment.shift,
    cases=_shift_cases,
    slips=(
        Slip(
            "wraps-around",
            Text(
                "What leaves on one side comes back on the other, as with"
                " `np.roll`. It must be lost, and zeros come in.",
                "はみ出した部分が反対側から現れています（`np.roll` の動"
                "き）。はみ出した分は捨て、空いた所は 0 にします。",
            ),
            answer=lambda x, dy, dx: np.roll(x, (dy, dx), (2, 3)),
        ),
        Slip(
            "opposite-direction",
            Text(
                "The images move the other way. A positive dy moves down,"
                " a positive dx to the right.",
                "逆向きに動いています。dy が正なら下、dx が正なら右です。",
            ),
            answer=lambda x, dy, dx: augment.shift(x, -dy, -dx),
        ),
        Slip(
            "dy-and-dx-swapped",
            Text(
                "dy moved the columns and dx the rows. H comes before W.",
                "dy で横に、dx で縦に動いています。軸の順は H が先、W が後"
                "です。",
            ),
            answer=lambda x, dy, dx: augment.shift(x, dx, dy),
        ),
        Slip(
            "fills-with-white",
            Text(
                "The space that opens is filled with 1, which is white."
                " The background of these images is black.",
                "空いた所が 1（白）で埋まっています。この画像の背景は黒です。",
            ),
            answer=lambda x, dy, dx: 1 - augment.shift(1 - x, dy, dx),
        ),
        Slip(
            "repeats-the-border",
            Text(
                "The border is repeated into the space that opens. Fill it"
                " with 0.",
                "空いた所に端の画素が繰り返されています。0 で埋めます。",
            ),
            answer=_shift_border,
        ),
    ),
)
