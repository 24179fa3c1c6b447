"""The exercises of lesson 5_3: padding, reshape, transpose."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _numbers(*shape):
    """Return an array of numbers that are all different, some negative."""
    return np.random.default_rng(53).permutation(np.prod(shape)).reshape(
        shape
    ) - float(np.prod(shape) // 3)


def _pad(x, width, constant_values=0):
    return np.pad(x, width, constant_values=constant_values)


def _pad_reference(x, pad, constant_values=0):
    width = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    return _pad(x, width, constant_values)


def _pad_cases():
    return [
        (_numbers(2, 3, 4, 5), 1, 0),
        (_numbers(1, 2, 3, 5), 2, -1),
        (_numbers(3, 1, 5, 2), 0, 4),
        (_numbers(2, 2, 1, 3).astype(np.float32), 1, -np.inf),
        (_numbers(3, 2, 2, 4), 3, 7.5),
    ]


PAD_IMAGES = Exercise(
    name="pad_images",
    title=Text("Pad images", "画像のパディング"),
    reference=_pad_reference,
    cases=_pad_cases,
    slips=(
        Slip(
            "pads-every-axis",
            Text(
                "There are more images and channels than before. A single"
                " number pads all four axes: give a pair for each axis.",
                "画像とチャンネルまで増えています。数を 1 つだけ渡すと、4 つの"
                "軸すべてに付きます。軸ごとに組を渡しましょう。",
            ),
            answer=_pad,
        ),
        Slip(
            "pads-channels-for-width",
            Text(
                "The height grew, but so did the channels instead of the"
                " width. Is it (N, H, W, C) that you had in mind? Here it is"
                " (N, C, H, W).",
                "幅ではなくチャンネルが増えています。(N, H, W, C) と考えて"
                "いませんか。ここでは (N, C, H, W) です。",
            ),
            answer=lambda x, pad, constant_values: _pad(
                x, ((0, 0), (pad, pad), (pad, pad), (0, 0)), constant_values
            ),
        ),
        Slip(
            "pads-height-only",
            Text(
                "Only the height grew. The filter moves along the width too.",
                "高さしか増えていません。フィルターは横にも動きます。",
            ),
            answer=lambda x, pad, constant_values: _pad(
                x, ((0, 0), (0, 0), (pad, pad), (0, 0)), constant_values
            ),
        ),
        Slip(
            "pads-one-side-only",
            Text(
                "Height and width grew by `pad` once. Each pair is"
                " (before, after), and both sides need the frame.",
                "高さと幅が `pad` 1 つ分しか増えていません。組は (前, 後) で"
                "す。縁は両側に必要です。",
            ),
            answer=lambda x, pad, constant_values: _pad(
                x, ((0, 0), (0, 0), (pad, 0), (pad, 0)), constant_values
            ),
            seen=lambda result, x, pad, constant_values: (
                np.shape(result)
                == (*x.shape[:2], x.shape[2] + pad, x.shape[3] + pad)
            ),
        ),
        Slip(
            "pads-with-zero",
            Text(
                "The frame is in the right place but always 0. Hand on"
                " `constant_values`.",
                "縁の場所は合っていますが、いつも 0 です。`constant_values` も"
                "渡しましょう。",
            ),
            answer=lambda x, pad, constant_values: _pad_reference(x, pad),
        ),
    ),
    hints=(
        Text(
            "Along which of the four axes does a filter move?",
            "4 つの軸のうち、フィルターが動くのはどの軸ですか。",
        ),
        Text(
            "np.pad takes one pair (before, after) for each axis. N and C"
            " get (0, 0).",
            "np.pad には軸ごとに (前, 後) の組を渡します。N と C は (0, 0)"
            " です。",
        ),
        Text(
            "width = ((0, 0), (0, 0), (pad, pad), (pad, pad))",
            "width = ((0, 0), (0, 0), (pad, pad), (pad, pad))",
        ),
    ),
)

RESHAPE_BY_HAND = Exercise(
    name="reshape_by_hand",
    title=Text("reshape in your head", "頭の中で reshape"),
    reference=(14, 15, 4),
    parts=("p", "q", "r"),
    slips=(
        Slip(
            "first-axis-fastest",
            Text(
                "These are the numbers if the first axis ran fastest. In NumPy"
                " the last axis does.",
                "最初の軸から先に進めた並びになっています。NumPy では最後の軸"
                "がいちばん速く進みます。",
            ),
            answer=(13, 14, 4),
        ),
        Slip(
            "counts-from-one",
            Text(
                "Both numbers are one too large. `np.arange(24)` starts at 0.",
                "どちらの数も 1 大きくなっています。`np.arange(24)` は 0 から"
                "始まります。",
            ),
            answer=(15, 16, 4),
        ),
        Slip(
            "minus-one-is-everything",
            Text(
                "`-1` is not the whole size, but what is left over once the"
                " other lengths are taken.",
                "`-1` は全体の個数ではありません。ほかの長さを決めたときに残る"
                "長さです。",
            ),
            answer=(14, 15, 24),
        ),
    ),
    hints=(
        Text(
            "How many numbers make up one step along the first axis?",
            "最初の軸を 1 つ進むと、数をいくつ飛び越えますか。",
        ),
        Text(
            "In shape (2, 3, 4) one step along the axes passes 12, 4 and 1"
            " numbers. The product of all lengths is 24.",
            "形状 (2, 3, 4) では、各軸を 1 つ進むと 12、4、1 個進みます。長"
            "さをすべて掛けると 24 になります。",
        ),
        Text(
            "p = 1 * 12 + 0 * 4 + 2",
            "p = 1 * 12 + 0 * 4 + 2",
        ),
    ),
)


def _flat_index(n, c, h, w, shape):
    return int(np.ravel_multi_index((n, c, h, w), shape))


def _places():
    return [
        (1, 2, 3, 4, (2, 3, 4, 5)),
        (0, 0, 2, 1, (1, 1, 4, 3)),
        (2, 1, 0, 3, (3, 2, 2, 7)),
        (0, 3, 1, 0, (2, 4, 3, 2)),
        (4, 0, 5, 2, (5, 3, 6, 4)),
        (1, 0, 0, 0, (2, 3, 5, 4)),
    ]


def _height_and_width_mixed(result, n, c, h, w, shape):
    _, C, H, W = shape
    mixed = [((n * C + c) * a + h) * b + w for a in (H, W) for b in (H, W)]
    return result in [*mixed, (n * C + c) * H * W + h * H + w]


FLAT_INDEX = Exercise(
    name="flat_index",
    title=Text("The place in the line", "列の中の位置"),
    reference=_flat_index,
    cases=_places,
    slips=(
        Slip(
            "first-axis-fastest",
            Text(
                "That is the place if `n` ran fastest. In NumPy the last axis,"
                " `w`, runs fastest.",
                "`n` がいちばん速く進む並びになっています。NumPy では最後の軸"
                "の `w` がいちばん速く進みます。",
            ),
            answer=lambda n, c, h, w, shape: (
                n + shape[0] * (c + shape[1] * (h + shape[2] * w))
            ),
        ),
        Slip(
            "multiplies-by-own-length",
            Text(
                "Each index was multiplied by the length of its own axis. How"
                " many numbers do you pass when it grows by one? Those of the"
                " axes behind it.",
                "各添字に、その軸自身の長さを掛けています。1 増えたときに飛び"
                "越えるのは、後ろにある軸の分です。",
            ),
            answer=lambda n, c, h, w, shape: (
                n * shape[0] + c * shape[1] + h * shape[2] + w
            ),
        ),
        Slip(
            "height-for-width",
            Text(
                "H and W changed places somewhere. When `h` grows by one, you"
                " pass one row: how long is a row? And how many rows has a"
                " channel?",
                "どこかで H と W を取り違えています。`h` が 1 増えると 1 行進"
                "みます。1 行の長さはいくつで、1 チャンネルは何行ですか。",
            ),
            answer=lambda n, c, h, w, shape: (
                (n * shape[1] + c) * shape[2] * shape[3] + h * shape[2] + w
            ),
            seen=_height_and_width_mixed,
        ),
    ),
    hints=(
        Text(
            "How many numbers lie between [n, c, h, w] and [n, c, h + 1, w]?",
            "[n, c, h, w] から [n, c, h + 1, w] まで、数をいくつ進みますか。",
        ),
        Text(
            "One row holds W numbers, one channel H * W, one image C * H *"
            " W. Count what lies before your element.",
            "1 行は W 個、1 チャンネルは H * W 個、1 枚は C * H * W 個です。"
            "その要素より前にある数を数えます。",
        ),
        Text(
            "before = n * C * H * W",
            "before = n * C * H * W",
        ),
    ),
)


def _batches():
    shapes = [
        (2, 3, 4, 5),
        (3, 2, 5, 4),
        (4, 5, 2, 3),
        (5, 3, 3, 2),
        (2, 4, 1, 6),
    ]
    return [(_numbers(*shape),) for shape in shapes]


FLATTEN = Exercise(
    name="flatten",
    title=Text("One row for each image", "1 枚の画像を 1 行に"),
    reference=lambda x: x.reshape(len(x), -1),
    cases=_batches,
    slips=(
        Slip(
            "flattens-the-batch-too",
            Text(
                "All images ended up in one line. The first axis, N, must"
                " stay.",
                "すべての画像が 1 列につながっています。最初の軸 N は残しま"
                "す。",
            ),
            answer=lambda x: x.reshape(-1),
        ),
        Slip(
            "batch-axis-last",
            Text(
                "The shape is (C*H*W, N). The images belong in the rows.",
                "形状が (C*H*W, N) になっています。画像は行に並べます。",
            ),
            answer=lambda x: x.reshape(-1, len(x)),
        ),
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but each row holds numbers of several"
                " images. `reshape` to (-1, N) cuts the line in other places;"
                " turning it over afterwards does not mend that.",
                "形状は合っていますが、1 行に複数の画像の数が混ざっています。"
                "(-1, N) への `reshape` は別の場所で切ってしまい、後から転置し"
                "ても直りません。",
            ),
            answer=lambda x: x.reshape(-1, len(x)).T,
        ),
        Slip(
            "channels-last",
            Text(
                "The right numbers in each row, but the channels run fastest."
                " No transpose is needed here.",
                "各行の数は合っていますが、チャンネルがいちばん速く進んでいま"
                "す。ここでは transpose は要りません。",
            ),
            answer=lambda x: x.transpose(0, 2, 3, 1).reshape(len(x), -1),
        ),
    ),
    hints=(
        Text(
            "Which axis must stay, and what becomes of the three others?",
            "残す軸はどれで、ほかの 3 つはどうなりますか。",
        ),
        Text(
            "C, H and W already lie in the right order in the line; only"
            " merge them.",
            "C, H, W はすでに正しい順に並んでいます。まとめるだけで済みます。",
        ),
        Text(
            "N = len(x)",
            "N = len(x)",
        ),
    ),
)


def _pictures():
    shapes = [
        (2, 4, 5, 3),
        (1, 3, 2, 4),
        (3, 5, 4, 2),
        (2, 2, 6, 3),
        (4, 3, 5, 1),
    ]
    return [(_numbers(*shape),) for shape in shapes]


CHANNELS_FIRST = Exercise(
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
        ),
        Slip(
            "axes-the-wrong-way",
            Text(
                "These are the axes of the way back, from channels first to"
                " channels last. For each new axis, write which old axis it"
                " takes.",
                "逆向き（チャンネルを後ろに移すとき）の数字になっています。新"
                "しい軸の順に、もとのどの軸を持ってくるかを書きます。",
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
            "軸の順番が変わります。新しい軸 N, C, H, W が、もとの (N, H, W,"
            " C) で何番目かを順に書きます。",
        ),
        Text(
            "pictures.transpose(0, 3, ...)",
            "pictures.transpose(0, 3, ...)",
        ),
    ),
)


def _row_cases():
    sizes = [
        (2, 3, 4, 5),
        (3, 2, 5, 4),
        (1, 4, 2, 3),
        (2, 5, 3, 2),
        (4, 1, 3, 6),
    ]
    return [(_numbers(N * OH * OW, FN), N, OH, OW) for N, OH, OW, FN in sizes]


ROWS_TO_MAPS = Exercise(
    name="rows_to_maps",
    title=Text("Split, then move", "分けてから入れ替える"),
    reference=lambda rows, N, OH, OW: rows.reshape(N, OH, OW, -1).transpose(
        0, 3, 1, 2
    ),
    cases=_row_cases,
    slips=(
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but the filters are mixed up: one reshape"
                " straight to (N, FN, OH, OW) cuts the line where FN still"
                " runs fastest.",
                "形状は合っていますが、フィルターが混ざっています。いきなり"
                " (N, FN, OH, OW) に reshape すると、FN がいちばん速く進む列を"
                "そのまま切ってしまいます。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(N, -1, OH, OW),
        ),
        Slip(
            "images-and-filters-mixed",
            Text(
                "After `.T` the filter runs slowest, before the image."
                " Reshaped straight to (N, FN, ...), images and filters are"
                " mixed when N is more than 1.",
                "`.T` の後では、フィルターが画像よりも前の軸になります。そのま"
                "ま (N, FN, ...) に reshape すると、N が 2 以上のときに画像と"
                "フィルターが混ざります。",
            ),
            answer=lambda rows, N, OH, OW: rows.T.reshape(N, -1, OH, OW),
        ),
        Slip(
            "axes-the-wrong-way",
            Text(
                "The split is right. The axes of the transpose are those of"
                " the way back: for each new axis, write which old one it"
                " takes.",
                "分け方は合っていますが、transpose の数字が逆向きです。新しい"
                "軸の順に、もとのどの軸を持ってくるかを書きます。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(
                N, OH, OW, -1
            ).transpose(0, 2, 3, 1),
        ),
        Slip(
            "height-and-width-swapped",
            Text(
                "FN is in its place, but OH and OW changed places.",
                "FN の位置は合っていますが、OH と OW が入れ替わっています。",
            ),
            answer=lambda rows, N, OH, OW: rows.reshape(
                N, OH, OW, -1
            ).transpose(0, 3, 2, 1),
        ),
    ),
    hints=(
        Text(
            "In which order do image, position and filter run in rows?",
            "rows の中で、画像・位置・フィルターはどの順に進みますか。",
        ),
        Text(
            "They run N, OH, OW, FN. Split into exactly these four axes;"
            " then move the last one to second place.",
            "N, OH, OW, FN の順です。まずこの 4 つの軸に分け、最後の軸を 2"
            " 番目に移します。",
        ),
        Text(
            "split = rows.reshape(N, OH, OW, -1)",
            "split = rows.reshape(N, OH, OW, -1)",
        ),
    ),
)


def _sheet(images, rows, axes):
    N, _, H, W = images.shape
    split = images.reshape(rows, N // rows, H, W)
    return split.transpose(axes).reshape(rows * H, N // rows * W)


def _sheet_reference(images, rows):
    return _sheet(images, rows, (0, 2, 1, 3))


def _down_first(images, rows):
    N, _, H, W = images.shape
    split = images.reshape(N // rows, rows, H, W)
    return split.transpose(1, 2, 0, 3).reshape(rows * H, N // rows * W)


def _sheet_cases():
    return [
        (_numbers(6, 1, 3, 4), 2),
        (_numbers(6, 1, 2, 5), 3),
        (_numbers(4, 1, 4, 3), 1),
        (_numbers(8, 1, 3, 2), 2),
        (_numbers(12, 1, 2, 3), 3),
    ]


CONTACT_SHEET = Exercise(
    name="contact_sheet",
    title=Text("Split, move, merge", "分けて、入れ替えて、まとめる"),
    reference=_sheet_reference,
    cases=_sheet_cases,
    slips=(
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but nothing was moved: each image still"
                " lies in one piece of the line. Before you merge, H must"
                " stand before the columns.",
                "形状は合っていますが、何も動いていません。1 枚の画像がひと続"
                "きのままです。まとめる前に、H を列より前に移します。",
            ),
            answer=lambda images, rows: _sheet(images, rows, (0, 1, 2, 3)),
        ),
        Slip(
            "images-interleaved",
            Text(
                "The rows of pixels are right, but neighbouring images are"
                " woven into each other, column by column. The last axis"
                " before merging should be W.",
                "画素の行は合っていますが、隣どうしの画像が 1 列おきに混ざって"
                "います。まとめる前の最後の軸は W です。",
            ),
            answer=lambda images, rows: _sheet(images, rows, (0, 2, 3, 1)),
        ),
        Slip(
            "fills-columns-first",
            Text(
                "Each image is whole, but they run from top to bottom first."
                " The second image belongs to the right of the first.",
                "画像はどれも正しい形ですが、上から下へ先に並んでいます。2 枚"
                "目は1 枚目の右に来ます。",
            ),
            answer=_down_first,
        ),
    ),
    hints=(
        Text(
            "In one line of pixels of the sheet, what comes first: the next"
            " pixel row of an image, or the next image?",
            "大きな画像の 1 行では、同じ画像の次の行と、隣の画像のどちらが先"
            "に来ますか。",
        ),
        Text(
            "Only neighbouring axes can be merged: rows with H, columns"
            " with W. So they must stand next to each other.",
            "まとめられるのは隣り合う軸だけです。段と H、列と W を隣どうしに"
            "します。",
        ),
        Text(
            "split = images.reshape(rows, columns, H, W)",
            "split = images.reshape(rows, columns, H, W)",
        ),
    ),
)

STRIDES_BY_HAND = Exercise(
    name="strides_by_hand",
    title=Text("Strides in your head", "頭の中でストライド"),
    reference=((240, 80, 20, 4), (240, 20, 4, 80)),
    parts=("x_strides", "y_strides"),
    slips=(
        Slip(
            "counts-elements",
            Text(
                "These are counted in numbers, not in bytes. How many bytes"
                " has one float32?",
                "要素の個数で数えています。float32 は 1 つ何バイトでしょう"
                "か。",
            ),
            answer=((60, 20, 5, 1), (60, 5, 1, 20)),
        ),
        Slip(
            "eight-bytes",
            Text(
                "That is right for float64, 8 bytes each. Here it is float32.",
                "1 つ 8 バイトの float64 なら正解です。ここでは float32 で"
                "す。",
            ),
            answer=((480, 160, 40, 8), (480, 40, 8, 160)),
        ),
        Slip(
            "as-if-copied",
            Text(
                "`y` looks like a fresh array of shape (2, 4, 5, 3). But"
                " transpose moves nothing in memory: it hands on the strides"
                " of `x` in another order.",
                "`y` が、新しく作った (2, 4, 5, 3) の配列の値になっています。"
                "transpose はメモリの中身を動かさず、`x` のストライドを並べ替"
                "えるだけです。",
            ),
            answer=((240, 80, 20, 4), (240, 60, 12, 4)),
        ),
        Slip(
            "strides-unchanged",
            Text(
                "Both are the same. The memory is, but its axes were put in"
                " another order: the strides follow them.",
                "2 つが同じになっています。メモリは同じですが、軸の順番が変わ"
                "ったので、ストライドもその順に変わります。",
            ),
            answer=((240, 80, 20, 4), (240, 80, 20, 4)),
        ),
    ),
    hints=(
        Text(
            "How many numbers do you pass in memory along each axis of x,"
            " and how many bytes has each?",
            "x の各軸を 1 つ進むと、メモリの中で数をいくつ飛び越えますか。1"
            " つは何バイトですか。",
        ),
        Text(
            "float32 has 4 bytes. transpose reorders the strides like the"
            " axes.",
            "float32 は 4 バイトです。transpose は、軸と同じ順にストライドを"
            "並べ替えます。",
        ),
        Text(
            "x_strides = (3 * 4 * 5 * 4, 4 * 5 * 4, ...)",
            "x_strides = (3 * 4 * 5 * 4, 4 * 5 * 4, ...)",
        ),
    ),
)

EXERCISES = (
    PAD_IMAGES,
    RESHAPE_BY_HAND,
    FLAT_INDEX,
    FLATTEN,
    CHANNELS_FIRST,
    ROWS_TO_MAPS,
    CONTACT_SHEET,
    STRIDES_BY_HAND,
)
