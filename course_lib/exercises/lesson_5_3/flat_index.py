"""Exercise 5_3/flat_index: the place in the line."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


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
        (2, 1, 4, 5, (4, 3, 6, 7)),
        (0, 1, 2, 3, (2, 3, 4, 5)),
        (2, 0, 1, 3, (3, 2, 4, 6)),
        (1, 2, 0, 3, (3, 4, 2, 5)),
        (1, 2, 3, 0, (2, 3, 4, 6)),
    ]


def _height_and_width_mixed(result, n, c, h, w, shape):
    _, C, H, W = shape
    mixed = [((n * C + c) * a + h) * b + w for a in (H, W) for b in (H, W)]
    turned = [(n * C + c) * H * W + h * H + w, (n * C + c) * H * W + w * H + h]
    return result in [*mixed, *turned]


def _formula(make):
    """Return the answer make(n, c, h, w, N, C, H, W)."""
    return lambda n, c, h, w, shape: make(n, c, h, w, *shape)


# index -> what is passed when it grows by one, in both languages
STEPS = (
    ("n", "a whole image: C * H * W numbers", "画像 1 枚分、C * H * W 個"),
    ("c", "a whole channel: H * W numbers", "1 チャンネル分、H * W 個"),
    ("h", "a whole row: W numbers", "1 行分、W 個"),
    ("w", "a single number", "1 個"),
)


def _step_slip(k):
    """Return the slip of a result that is right wherever index k is 0."""
    name, en, ja = STEPS[k]
    return Slip(
        f"step-of-{name}-wrong",
        Text(
            f"Right wherever `{name}` is 0: only the step of `{name}` is"
            f" wrong. When it grows by one you pass {en}.",
            f"`{name}` が 0 のときは正解です。`{name}` の歩幅だけが違います。"
            f"1 増えると、{ja}進みます。",
        ),
        answer=lambda *case: _flat_index(*case) + 3 * case[k],
        seen=lambda place, *case: case[k] != 0 or place == _flat_index(*case),
    )


EXERCISE = Exercise(
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
            also=(
                _formula(
                    lambda n, c, h, w, N, C, H, W: (
                        n * N + c * C + h * H + w * W
                    )
                ),
            ),
        ),
        Slip(
            "next-axis-only",
            Text(
                "Each index was multiplied by the length of the next axis"
                " alone. One image holds C * H * W numbers: all axes behind"
                " it.",
                "各添字に、すぐ後ろの軸の長さしか掛けていません。1 枚の画像に"
                "は C * H * W 個あります。後ろの軸すべての積です。",
            ),
            answer=_formula(
                lambda n, c, h, w, N, C, H, W: n * C + c * H + h * W + w
            ),
        ),
        Slip(
            "counts-from-one",
            Text(
                "The place is always one too large. It is counted from 0.",
                "いつも 1 大きくなっています。0 から数えます。",
            ),
            answer=lambda *case: _flat_index(*case) + 1,
        ),
        Slip(
            "one-too-few",
            Text(
                "The place is always one too small. Before the first number"
                " stand none: its place is 0.",
                "いつも 1 小さくなっています。先頭の数の位置が 0 です。",
            ),
            answer=lambda *case: _flat_index(*case) - 1,
        ),
        Slip(
            "indices-added",
            Text(
                "The indices themselves were added or multiplied. How many"
                " numbers do you pass when one of them grows?",
                "添字をそのまま足すか掛けています。添字が 1 増えると、数をいく"
                "つ飛び越えますか。",
            ),
            answer=_formula(lambda n, c, h, w, N, C, H, W: n + c + h + w),
            also=(_formula(lambda n, c, h, w, N, C, H, W: n * c * h * w),),
        ),
        Slip(
            "indices-as-digits",
            Text(
                "The indices were read as digits. That is what the numbers of"
                " `place_array` tell, not their place in the line.",
                "添字を数字として並べています。`place_array` の数の読み方で、"
                "列の中の位置ではありません。",
            ),
            answer=_formula(
                lambda n, c, h, w, N, C, H, W: 1000 * n + 100 * c + 10 * h + w
            ),
        ),
        Slip(
            "images-forgotten",
            Text(
                "This is the place inside one image. Before image `n` lie all"
                " the images 0 to n - 1.",
                "1 枚の画像の中の位置です。n 番の画像の前には、0 番から n - 1"
                " 番までの画像があります。",
            ),
            answer=_formula(
                lambda n, c, h, w, N, C, H, W: (c * H + h) * W + w
            ),
        ),
        Slip(
            "channels-forgotten",
            Text(
                "The channels are not counted everywhere: before channel `c`"
                " lie `c` others, and one image holds C of them.",
                "チャンネルを数えていない所があります。チャンネル c の前には c"
                " 個のチャンネルがあり、1 枚の画像には C 個あります。",
            ),
            answer=_formula(
                lambda n, c, h, w, N, C, H, W: n * C * H * W + h * W + w
            ),
            also=(
                _formula(
                    lambda n, c, h, w, N, C, H, W: ((n + c) * H + h) * W + w
                ),
                _formula(lambda n, c, h, w, N, C, H, W: (n * H + h) * W + w),
            ),
        ),
        Slip(
            "images-for-channels",
            Text(
                "N stands where C belongs: one image holds C channels. How"
                " many images there are does not matter.",
                "C の所に N を使っています。1 枚の画像には C 個のチャンネルが"
                "あります。画像が何枚あるかは関係ありません。",
            ),
            answer=_formula(
                lambda n, c, h, w, N, C, H, W: ((n * N + c) * H + h) * W + w
            ),
        ),
        Slip(
            "channels-before-images",
            Text(
                "That is the place if the channels stood before the images,"
                " (C, N, H, W). Here it is (N, C, H, W).",
                "チャンネルが画像より前にある (C, N, H, W) の位置です。ここで"
                "は (N, C, H, W) です。",
            ),
            answer=_formula(
                lambda n, c, h, w, N, C, H, W: ((c * N + n) * H + h) * W + w
            ),
        ),
        Slip(
            "rows-not-counted",
            Text(
                "The rows, or the columns, before the element are not"
                " counted.",
                "その要素より前にある行か列を数えていません。",
            ),
            answer=_formula(
                lambda n, c, h, w, N, C, H, W: (n * C + c) * H * W + w
            ),
            also=(
                _formula(
                    lambda n, c, h, w, N, C, H, W: ((n * C + c) * H + h) * W
                ),
                _formula(
                    lambda n, c, h, w, N, C, H, W: (n * C + c) * H * W + h + w
                ),
            ),
        ),
        Slip(
            "counts-bytes",
            Text(
                "This is the place in bytes. Count numbers.",
                "バイト数で数えています。数の個数で数えます。",
            ),
            answer=lambda *case: 8 * _flat_index(*case),
            also=(lambda *case: 4 * _flat_index(*case),),
        ),
        Slip(
            "channels-last",
            Text(
                "That is the place if the channels ran fastest, (N, H, W, C)."
                " Here it is (N, C, H, W).",
                "チャンネルがいちばん速く進む (N, H, W, C) の位置です。ここで"
                "は (N, C, H, W) です。",
            ),
            answer=_formula(
                lambda n, c, h, w, N, C, H, W: ((n * H + h) * W + w) * C + c
            ),
        ),
        Slip(
            "lengths-minus-one",
            Text(
                "The lengths were taken one too small. A row holds W numbers,"
                " not W - 1.",
                "軸の長さを 1 小さくしています。1 行には W - 1 個ではなく W 個"
                "あります。",
            ),
            answer=_formula(
                lambda n, c, h, w, N, C, H, W: (
                    ((n * (C - 1) + c) * (H - 1) + h) * (W - 1) + w
                )
            ),
        ),
        Slip(
            "counts-from-the-end",
            Text(
                "This counts what lies behind the element. Count what lies"
                " before it.",
                "その要素より後ろにある数を数えています。前にある数を数えま"
                "す。",
            ),
            answer=lambda n, c, h, w, shape: (
                int(np.prod(shape)) - 1 - _flat_index(n, c, h, w, shape)
            ),
        ),
        Slip(
            "size-for-place",
            Text(
                "This is how many numbers the array holds, whatever the"
                " indices are.",
                "添字によらず、配列の要素の総数になっています。",
            ),
            answer=lambda n, c, h, w, shape: int(np.prod(shape)),
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
        *(_step_slip(k) for k in range(len(STEPS))),
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
