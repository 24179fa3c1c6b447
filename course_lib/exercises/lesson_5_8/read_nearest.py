"""Exercise 5_8/read_nearest: read the nearest pixel."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.compare import same
from course_lib.exercises.lesson_5_8.shared import images
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def read_nearest(x, rows, cols):
    """Read x at the nearest pixel of each place; outside it is 0.

    x: (N, C, H, W). rows, cols: (H, W) floats. Returns (N, C, H, W).
    """
    return _read(x, np.rint(rows).astype(int), np.rint(cols).astype(int))


def _read(x, i, j):
    H, W = x.shape[2:]
    inside = (i >= 0) & (i < H) & (j >= 0) & (j < W)
    return x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)] * inside


def _read_cases():
    cases = []
    shapes = [(2, 2, 5, 6), (2, 3, 4, 7), (3, 2, 6, 5), (2, 2, 7, 7)]
    shapes.append((2, 2, 3, 8))
    for seed, (N, C, H, W) in enumerate(shapes, start=20):
        rng = np.random.default_rng(seed)
        # Whole numbers plus less than a half: no ties between two pixels.
        rows = rng.integers(-2, H + 2, (H, W)) + rng.uniform(-0.4, 0.4, (H, W))
        cols = rng.integers(-2, W + 2, (H, W)) + rng.uniform(-0.4, 0.4, (H, W))
        cases.append((images(seed, N, C, H, W), rows, cols))
    return cases


def _read_square(x, rows, cols, height=None, width=None):
    """Take H for W when asking what is inside, or other lengths."""
    H, W = x.shape[2:]
    i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)
    inside = (i >= 0) & (i < (height or W)) & (j >= 0) & (j < (width or H))
    return x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)] * inside


def _square_assumed(result, x, rows, cols):
    H, W = x.shape[2:]
    return any(
        same(result, _read_square(x, rows, cols, height, width))
        for height, width in ((W, H), (W, W), (H, H))
    )


def _read_wrapping(x, rows, cols):
    H, W = x.shape[2:]
    i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)
    return x[:, :, i % H, j % W]


def _read_border(x, rows, cols):
    H, W = x.shape[2:]
    i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)
    return x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)]


def _up_to(first, more):
    """Return what is inside if rows went from `first` to H - 1 + more."""
    return lambda i, j, H, W: (
        (i >= first) & (i < H + more) & (j >= first) & (j < W + more)
    )


def _below(i, j, H, W):
    return (i < H) & (j < W)


def _wrapped(i, j, H, W):
    return i % H, j % W


def _clipped(i, j, H, W):
    return i.clip(0, H - 1), j.clip(0, W - 1)


INSIDE = _up_to(0, 0)


def _with(inside=INSIDE, index=_clipped, rounding=np.rint, outside=0):
    """Return an answer with some step done in another way."""

    def answer(x, rows, cols):
        H, W = x.shape[2:]
        i, j = rounding(rows).astype(int), rounding(cols).astype(int)
        a, b = index(i, j, H, W)
        return np.where(inside(i, j, H, W), x[:, :, a, b], outside)

    return answer


def _onto_copy(x, rows, cols):
    H, W = x.shape[2:]
    i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)
    return np.where(_up_to(0, 0)(i, j, H, W), read_nearest(x, rows, cols), x)


def _sent(x, rows, cols):
    out = np.zeros(x.shape)
    H, W = x.shape[2:]
    for a, b in np.ndindex(H, W):
        i, j = int(np.rint(rows[a, b])), int(np.rint(cols[a, b]))
        if 0 <= i < H and 0 <= j < W:
            out[:, :, i, j] = x[:, :, a, b]
    return out


def _first_channel(x, rows, cols):
    out = read_nearest(x, rows, cols)
    out[:, 1:] = 0
    return out


EXERCISE = Exercise(
    name="read_nearest",
    hints=(
        Text(
            "How do you know that a place lies inside the image?",
            "ある位置が画像の内側かどうかは、どうすればわかりますか。",
        ),
        Text(
            "Round first. Inside means 0 <= i < H and 0 <= j < W. Clip the"
            " indices so that reading is allowed, then set to 0 what was"
            " outside.",
            "まず四捨五入します。内側とは 0 <= i < H かつ 0 <= j < W のこと"
            "です。添字を範囲内に収めて読み、外だった所はあとで 0 にします。",
        ),
        Text(
            "i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)",
            "i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)",
        ),
    ),
    title=Text("Read the nearest pixel", "いちばん近い画素を読む"),
    reference=read_nearest,
    cases=_read_cases,
    slips=(
        Slip(
            "wraps-around",
            Text(
                "Places outside the image are read on the opposite side."
                " Outside, the result is 0.",
                "画像の外の位置で、反対側の画素を読んでいます。外は 0 です。",
            ),
            answer=_read_wrapping,
        ),
        Slip(
            "repeats-the-border",
            Text(
                "Places outside the image give the pixel at the border."
                " Outside, the result is 0.",
                "画像の外の位置で、端の画素を返しています。外は 0 です。",
            ),
            answer=_read_border,
        ),
        Slip(
            "fills-with-white",
            Text(
                "Places outside the image give 1, which is white. The"
                " background is black.",
                "画像の外が 1（白）になっています。背景は黒です。",
            ),
            answer=lambda x, rows, cols: 1 - read_nearest(1 - x, rows, cols),
        ),
        Slip(
            "truncated-not-rounded",
            Text(
                "2.9 was read at pixel 2: the digits were cut off. The"
                " nearest pixel is 3, so round first.",
                "2.9 のとき 2 番の画素を読んでいます（切り捨て）。いちばん"
                "近いのは 3 番なので、四捨五入します。",
            ),
            answer=lambda x, rows, cols: _read(
                x, rows.astype(int), cols.astype(int)
            ),
        ),
        Slip(
            "floor-not-rounded",
            Text(
                "2.9 was read at pixel 2: it was rounded down. The nearest"
                " pixel is 3.",
                "2.9 のとき 2 番の画素を読んでいます（切り下げ）。いちばん"
                "近いのは 3 番です。",
            ),
            answer=lambda x, rows, cols: _read(
                x,
                np.floor(rows).astype(int),
                np.floor(cols).astype(int),
            ),
        ),
        Slip(
            "height-for-width",
            Text(
                "Some places count as inside that are not, or the other"
                " way round: H and W are mixed where you ask what is"
                " inside.",
                "内側と外側の判定が違う所があります。判定で H と W を取り"
                "違えています。",
            ),
            answer=_read_square,
            seen=_square_assumed,
        ),
        Slip(
            "rows-and-columns-swapped",
            Text(
                "rows and cols have changed places. The row counts along"
                " H, the column along W.",
                "rows と cols が入れ替わっています。行は H、列は W の方向"
                "です。",
            ),
            answer=lambda x, rows, cols: read_nearest(x, cols, rows),
        ),
        Slip(
            "negative-wraps-around",
            Text(
                "Places above or left of the image are read on the opposite"
                " side: a negative index counts from the end. Ask for 0 <= i"
                " and 0 <= j too.",
                "画像の上や左の外で、反対側の画素を読んでいます。負の添字は後"
                "ろから数えるためです。0 <= i と 0 <= j も確かめます。",
            ),
            answer=_with(inside=_below, index=_wrapped),
        ),
        Slip(
            "negative-counts-as-inside",
            Text(
                "Places above or left of the image count as inside. Ask for"
                " 0 <= i and 0 <= j too.",
                "画像の上や左の外が内側と判定されています。0 <= i と 0 <= j も"
                "確かめます。",
            ),
            answer=_with(inside=_below),
            also=(
                _with(inside=lambda i, j, H, W: (i < H) & (j >= 0) & (j < W)),
                _with(inside=lambda i, j, H, W: (i >= 0) & (i < H) & (j < W)),
            ),
        ),
        Slip(
            "outside-by-one-counts-as-inside",
            Text(
                "Places one pixel beyond the lower or right border count as"
                " inside. The last row is H - 1: i < H.",
                "下や右に 1 画素はみ出した位置が内側と判定されています。最後の"
                "行は H - 1 なので、i < H です。",
            ),
            answer=_with(inside=_up_to(0, 1)),
            also=(_with(inside=_up_to(-1, 1)),),
        ),
        Slip(
            "last-row-counts-as-outside",
            Text(
                "The last row and column count as outside. They are H - 1 and"
                " W - 1, and belong to the image.",
                "最後の行と列が外側と判定されています。H - 1 行目と W - 1 列目"
                "は画像の内側です。",
            ),
            answer=_with(inside=_up_to(0, -1)),
        ),
        Slip(
            "first-row-counts-as-outside",
            Text(
                "The first row and column count as outside. 0 belongs to the"
                " image: i >= 0.",
                "最初の行と列が外側と判定されています。0 も内側です。i >= 0 と"
                "します。",
            ),
            answer=_with(inside=_up_to(1, 0)),
        ),
        Slip(
            "only-rows-checked",
            Text(
                "Only one of the two axes was asked for. A place is inside if"
                " both its row and its column are.",
                "片方の軸しか確かめていません。行も列も範囲内のときだけ、内側"
                "です。",
            ),
            answer=_with(inside=lambda i, j, H, W: (i >= 0) & (i < H)),
            also=(_with(inside=lambda i, j, H, W: (j >= 0) & (j < W)),),
        ),
        Slip(
            "brackets-missing",
            Text(
                "Brackets are missing: & binds before >=, so `i >= 0 & ...`"
                " only asks for `i >= 0`. Write (i >= 0) & (i < H) & ...",
                "かっこが足りません。& は >= より先に計算されるので、"
                "`i >= 0 & ...` は `i >= 0` だけになります。"
                "(i >= 0) & (i < H) & … と書きます。",
            ),
            answer=_with(inside=lambda i, j, H, W: i >= 0),
        ),
        Slip(
            "or-for-and",
            Text(
                "A place counts as inside if its row or its column is. Both"
                " have to be: &.",
                "行か列のどちらかが範囲内なら内側としています。両方が範囲内で"
                "なければなりません。& を使います。",
            ),
            answer=_with(
                inside=lambda i, j, H, W: (
                    ((i >= 0) & (i < H)) | ((j >= 0) & (j < W))
                )
            ),
        ),
        Slip(
            "inside-and-outside-swapped",
            Text(
                "Inside the image the result is 0, outside it is not. It is"
                " the other way round.",
                "画像の内側が 0 になり、外側に値が入っています。逆です。",
            ),
            answer=_with(inside=lambda i, j, H, W: ~_up_to(0, 0)(i, j, H, W)),
        ),
        Slip(
            "ceil-not-rounded",
            Text(
                "2.1 was read at pixel 3: it was rounded up. The nearest pixel"
                " is 2.",
                "2.1 のとき 3 番の画素を読んでいます（切り上げ）。いちばん近い"
                "のは 2 番です。",
            ),
            answer=_with(rounding=np.ceil),
        ),
        Slip(
            "negative-rounded-to-zero",
            Text(
                "-0.7 was read at pixel 0: adding 0.5 and cutting off works"
                " for positive numbers only. Use np.rint or np.floor(i +"
                " 0.5).",
                "-0.7 のとき 0 番の画素を読んでいます。0.5 を足して切り捨てる"
                "方法は、正の数でしか使えません。np.rint か np.floor(i + 0.5) "
                "を使います。",
            ),
            answer=_with(rounding=lambda a: np.trunc(a + 0.5)),
        ),
        Slip(
            "one-axis-not-rounded",
            Text(
                "Only one of rows and cols was rounded, of the other the"
                " digits were cut off.",
                "rows と cols の片方だけが四捨五入され、もう片方は切り捨てられ"
                "ています。",
            ),
            answer=lambda x, rows, cols: read_nearest(x, rows, np.trunc(cols)),
            also=(
                lambda x, rows, cols: read_nearest(x, np.trunc(rows), cols),
                lambda x, rows, cols: read_nearest(x, rows, np.floor(cols)),
                lambda x, rows, cols: read_nearest(x, np.floor(rows), cols),
            ),
        ),
        Slip(
            "fills-with-nan",
            Text(
                "Places outside the image give nan. The background is 0.",
                "画像の外が nan になっています。背景は 0 です。",
            ),
            answer=_with(outside=np.nan),
        ),
        Slip(
            "outside-keeps-old-pixel",
            Text(
                "Where a place lies outside the old pixel of x is still there."
                " Begin with zeros, not with a copy of x.",
                "外を指す位置に、x の元の画素が残っています。x のコピーではな"
                "く、0 の配列から始めます。",
            ),
            answer=_onto_copy,
        ),
        Slip(
            "indices-swapped",
            Text(
                "x was read at [j, i]. Rows come first: x[:, :, i, j].",
                "x を [j, i] の順で読んでいます。行が先です。x[:, :, i, j] と"
                "します。",
            ),
            answer=_with(
                index=lambda i, j, H, W: (j.clip(0, H - 1), i.clip(0, W - 1))
            ),
            also=(
                _with(
                    index=lambda i, j, H, W: (
                        j.clip(0, W - 1).clip(0, H - 1),
                        i.clip(0, H - 1).clip(0, W - 1),
                    )
                ),
            ),
        ),
        Slip(
            "sends-for-reads",
            Text(
                "Each pixel of x was sent to its place. Here the places say"
                " where each pixel of the result comes from: out[..., a, b] ="
                " x[..., i, j].",
                "x の画素を送り出しています。rows と cols は、結果の画素がどこ"
                "から来たかを表します。out[..., a, b] = x[..., i, j] です。",
            ),
            answer=_sent,
        ),
        Slip(
            "first-image-only",
            Text(
                "Only the first image came back. x holds N of them.",
                "1 枚目の画像しか返っていません。x には N 枚入っています。",
            ),
            answer=lambda *case: read_nearest(*case)[:1],
            also=(lambda *case: read_nearest(*case)[0],),
        ),
        Slip(
            "first-channel-only",
            Text(
                "Only the first channel was read. `:` takes all of them:"
                " x[:, :, i, j].",
                "最初のチャンネルしか読んでいません。`:` ですべてを取り出しま"
                "す。x[:, :, i, j] です。",
            ),
            answer=_first_channel,
        ),
    ),
)
