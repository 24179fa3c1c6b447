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


def _wide(x, p, mode="constant"):
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode=mode)


def _padded(mode):
    """Return an answer that fills the space in another way."""

    def answer(x, dy, dx):
        H, W = x.shape[2:]
        p = max(abs(dy), abs(dx))
        wide = _wide(x, p, mode)
        return wide[:, :, p - dy : p - dy + H, p - dx : p - dx + W]

    return answer


def _cut(size):
    """Return an answer that cuts out `size(H, W)`."""

    def answer(x, dy, dx):
        H, W = size(*x.shape[2:])
        p = max(abs(dy), abs(dx))
        wide = _wide(x, p)
        return wide[:, :, p - dy : p - dy + H, p - dx : p - dx + W]

    return answer


def _narrow(border):
    """Return an answer whose border is `border(dy, dx)` wide."""

    def answer(x, dy, dx):
        H, W = x.shape[2:]
        p = border(dy, dx)
        wide = _wide(x, p)
        return wide[:, :, p - dy : p - dy + H, p - dx : p - dx + W]

    return answer


def _unpadded(x, dy, dx):
    H, W = x.shape[2:]
    p = max(abs(dy), abs(dx))
    return x[:, :, p - dy : p - dy + H, p - dx : p - dx + W]


def _padded_everywhere(x, dy, dx):
    H, W = x.shape[2:]
    p = max(abs(dy), abs(dx))
    return np.pad(x, p)[:, :, p - dy : p - dy + H, p - dx : p - dx + W]


def _written(out, x, dy, dx, least=0):
    """Write each pixel of x to its new place in out."""
    H, W = x.shape[2:]
    for i, j in np.ndindex(H, W):
        if least <= i + dy < H and least <= j + dx < W:
            out[:, :, i + dy, j + dx] = x[:, :, i, j]
    return out


def _onto_copy(x, dy, dx):
    return _written(x.copy(), x, dy, dx)


def _onto_itself(x, dy, dx):
    x = x.copy()
    return _written(x, x, dy, dx)


def _negative_wraps(x, dy, dx):
    return _written(np.zeros_like(x), x, dy, dx, -99)


EXERCISE = Exercise(
    name="shift",
    hints=(
        Text(
            "How wide must the border be so that every window fits?",
            "どの向きにずらしても窓が収まるには、縁の幅はいくつ必要ですか。",
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
        Slip(
            "mirrors-the-border",
            Text(
                "The border is mirrored into the space that opens. Fill it"
                " with 0.",
                "空いた所に、端の画素が鏡のように折り返されています。0 で埋め"
                "ます。",
            ),
            answer=_padded("symmetric"),
            also=(_padded("reflect"),),
        ),
        Slip(
            "opposite-direction-down",
            Text(
                "Up and down are exchanged, left and right are correct. A"
                " positive dy moves down.",
                "左右は合っていますが、上下が逆です。dy が正なら下に動きま"
                "す。",
            ),
            answer=lambda x, dy, dx: augment.shift(x, -dy, dx),
        ),
        Slip(
            "opposite-direction-right",
            Text(
                "Left and right are exchanged, up and down are correct. A"
                " positive dx moves to the right.",
                "上下は合っていますが、左右が逆です。dx が正なら右に動きま"
                "す。",
            ),
            answer=lambda x, dy, dx: augment.shift(x, dy, -dx),
        ),
        Slip(
            "dx-ignored",
            Text(
                "The images move up and down only. dx moves them to the"
                " right.",
                "画像が上下にしか動いていません。dx だけ右にも動かします。",
            ),
            answer=lambda x, dy, dx: augment.shift(x, dy, 0),
        ),
        Slip(
            "dy-ignored",
            Text(
                "The images move left and right only. dy moves them down.",
                "画像が左右にしか動いていません。dy だけ下にも動かします。",
            ),
            answer=lambda x, dy, dx: augment.shift(x, 0, dx),
        ),
        Slip(
            "one-amount-for-both",
            Text(
                "Both axes move by the same amount. dy belongs to the rows, dx"
                " to the columns.",
                "縦にも横にも同じだけ動いています。dy は行、dx は列の移動量で"
                "す。",
            ),
            answer=lambda x, dy, dx: augment.shift(x, dy, dy),
            also=(lambda x, dy, dx: augment.shift(x, dx, dx),),
        ),
        Slip(
            "sign-ignored",
            Text(
                "The images always move down and to the right. Negative"
                " numbers move up and left.",
                "いつも下と右に動いています。負の数なら上と左に動きます。",
            ),
            answer=lambda x, dy, dx: augment.shift(x, abs(dy), abs(dx)),
        ),
        Slip(
            "negative-wraps-around",
            Text(
                "What leaves at the top or the left comes back on the other"
                " side: a negative index counts from the end. Ask for 0 <="
                " too.",
                "上や左にはみ出した部分が反対側に現れています。負の添字は後ろ"
                "から数えるためです。0 以上かどうかも確かめます。",
            ),
            answer=_negative_wraps,
        ),
        Slip(
            "one-row-too-far",
            Text(
                "The images move one pixel too far or too little along an"
                " axis. Without a shift (0, 0) nothing may move.",
                "1 画素だけ動きすぎているか、足りません。(0, 0) なら動かないは"
                "ずです。",
            ),
            answer=lambda x, dy, dx: augment.shift(x, dy + 1, dx),
            also=(
                lambda x, dy, dx: augment.shift(x, dy - 1, dx),
                lambda x, dy, dx: augment.shift(x, dy, dx + 1),
                lambda x, dy, dx: augment.shift(x, dy, dx - 1),
                lambda x, dy, dx: augment.shift(x, dy + 1, dx + 1),
                lambda x, dy, dx: augment.shift(x, dy - 1, dx - 1),
            ),
        ),
        Slip(
            "border-not-cut-off",
            Text(
                "The result is larger than x: the border of zeros is still"
                " around it. Cut out H by W.",
                "結果が x より大きく、0 の縁が残っています。H×W を切り出しま"
                "す。",
            ),
            answer=lambda x, dy, dx: _wide(x, max(abs(dy), abs(dx))),
        ),
        Slip(
            "background-not-cleared",
            Text(
                "Where the space opens the old pixels still stand. Begin with"
                " zeros, not with x or a copy of it.",
                "空いた所に元の画素が残っています。x やそのコピーではなく、0 "
                "の配列から始めます。",
            ),
            answer=_onto_copy,
            also=(_onto_itself,),
        ),
        Slip(
            "height-for-width",
            Text(
                "The window that is cut out has the wrong size: it is H high"
                " and W wide.",
                "切り出す窓の大きさが違います。高さ H、幅 W です。",
            ),
            answer=_cut(lambda H, W: (H, H)),
            also=(_cut(lambda H, W: (W, W)), _cut(lambda H, W: (W, H))),
        ),
        Slip(
            "border-too-narrow",
            Text(
                "The border is too narrow for some shifts, so that the window"
                " reaches over it. It is as wide as the larger of |dy|, |dx|.",
                "縁の幅が足りず、切り出す窓がはみ出すことがあります。幅は |dy|"
                " と |dx| の大きいほうです。",
            ),
            answer=_narrow(lambda dy, dx: abs(dy)),
            also=(
                _narrow(lambda dy, dx: abs(dx)),
                _narrow(lambda dy, dx: max(dy, dx, 0)),
                _narrow(lambda dy, dx: min(abs(dy), abs(dx))),
                _unpadded,
            ),
        ),
        Slip(
            "pads-every-axis",
            Text(
                "The images and channels were padded too. np.pad needs a pair"
                " for each axis: (0, 0) for the first two.",
                "画像やチャンネルの軸にもパディングが付いています。np.pad には"
                "軸ごとに組を渡し、最初の 2 つは (0, 0) にします。",
            ),
            answer=_padded_everywhere,
        ),
        Slip(
            "not-changed",
            Text(
                "The images came back as they were.",
                "画像が元のまま返っています。",
            ),
            answer=lambda x, dy, dx: x,
        ),
        Slip(
            "first-image-only",
            Text(
                "Only the first image came back. x holds N of them.",
                "1 枚目の画像しか返っていません。x には N 枚入っています。",
            ),
            answer=lambda x, dy, dx: augment.shift(x, dy, dx)[:1],
            also=(lambda x, dy, dx: augment.shift(x, dy, dx)[0],),
        ),
        Slip(
            "axes-0-and-1",
            Text(
                "Images and channels were moved, the axes 0 and 1. H and W are"
                " the axes 2 and 3.",
                "軸 0 と 1（画像とチャンネル）を動かしています。H と W は軸 2 "
                "と 3 です。",
            ),
            answer=lambda x, dy, dx: np.roll(x, (dy, dx), (0, 1)),
        ),
    ),
)
