"""Exercise 5_11/mobilenet_params: MobileNet and its width."""

from __future__ import annotations

from itertools import pairwise

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

CHANNELS = (32, 64, 128, 128, 256, 256, *[512] * 6, 1024, 1024)


def mobilenet_params(channels, width=1, classes=1000):
    """Return what MobileNet learns, its channels times width."""
    c = [int(width * n) for n in channels]
    total = 3 * 9 * c[0] + 2 * c[0]
    for c_i, c_o in pairwise(c):
        total += 9 * c_i + 2 * c_i + c_i * c_o + 2 * c_o
    return total + c[-1] * classes + classes


def _other(
    stem=lambda n: 29 * n,
    block=lambda c_i, c_o: 11 * c_i + c_i * c_o + 2 * c_o,
    head=lambda n, classes: n * classes + classes,
    scaled=lambda n, width: int(width * n),
):
    """Return an answer that counts one part in another way."""

    def answer(channels, width=1, classes=1000):
        c = [scaled(n, width) for n in channels]
        total = stem(c[0]) + sum(block(*pair) for pair in pairwise(c))
        return total + head(c[-1], classes)

    return answer


def _first_as_it_was(channels, width=1, classes=1000):
    c = [channels[0], *(int(width * n) for n in channels[1:])]
    return mobilenet_params(c, 1, classes)


def _classes_scaled(channels, width=1, classes=1000):
    return mobilenet_params(channels, width, int(width * classes))


def _image_scaled(channels, width=1, classes=1000):
    c = [int(width * n) for n in channels]
    right = mobilenet_params(channels, width, classes)
    return right + 9 * c[0] * (int(3 * width) - 3)


EXERCISE = Exercise(
    name="mobilenet_params",
    title=Text("The parameters of MobileNet", "MobileNet のパラメータ数"),
    reference=mobilenet_params,
    tolerance=0,
    cases=lambda: [
        (CHANNELS, 1, 1000),
        (CHANNELS, 0.5, 1000),
        (CHANNELS, 0.25, 10),
        (CHANNELS, 0.75, 1000),
        ((8, 16, 12), 1, 10),
        ((8, 16, 12, 20), 0.5, 7),
        ((16, 24), 2, 100),
        ((10, 18), 0.25, 3),  # no whole channels: 2.5 and 4.5
    ],
    slips=(
        Slip(
            "width-times-total",
            Text(
                "The total was multiplied by the width. The *channels* are:"
                " count again with the smaller numbers.",
                "合計に width を掛けています。掛けるのは*チャンネル数*です。"
                "小さくした数で数え直します。",
            ),
            lambda channels, width, classes: (
                mobilenet_params(channels, 1, classes) * width
            ),
            also=(
                lambda channels, width, classes: int(
                    mobilenet_params(channels, 1, classes) * width
                ),
                lambda channels, width, classes: (
                    mobilenet_params(channels, 1, classes) * width**2
                ),
                lambda channels, width, classes: int(
                    mobilenet_params(channels, 1, classes) * width**2
                ),
            ),
        ),
        Slip(
            "width-ignored",
            Text(
                "width changes nothing. Multiply each number of channels by"
                " it first.",
                "width を変えても結果が変わりません。まずチャンネル数に width "
                "を掛けます。",
            ),
            lambda channels, width, classes: mobilenet_params(
                channels, 1, classes
            ),
        ),
        Slip(
            "normalization-forgotten",
            Text(
                "The batch normalizations are missing. Each has 2 numbers"
                " (gamma, beta) for every map that it gets.",
                "バッチ正規化が数えられていません。受け取るマップ 1 枚ごとに"
                "gamma と beta の 2 個があります。",
            ),
            _other(lambda n: 27 * n, lambda c_i, c_o: 9 * c_i + c_i * c_o),
        ),
        Slip(
            "one-normalization-for-a-block",
            Text(
                "Too few normalizations: one follows the first convolution,"
                " and in every block one follows the depthwise and one the"
                " pointwise part.",
                "バッチ正規化が足りません。最初の畳み込みの後と、各ブロックの"
                " depthwise の後、pointwise の後にあります。",
            ),
            _other(block=lambda c_i, c_o: 9 * c_i + c_i * c_o + 2 * c_o),
            also=(
                _other(block=lambda c_i, c_o: 11 * c_i + c_i * c_o),
                _other(stem=lambda n: 27 * n),
                _other(block=lambda c_i, c_o: 9 * c_i + c_i * c_o),
            ),
        ),
        Slip(
            "running-statistics-counted",
            Text(
                "Batch normalization was given 4 numbers for each map, or 1."
                " It learns 2; the running mean and variance are not learned.",
                "バッチ正規化をマップごとに 4 個、または 1 個と数えています。"
                "学習するのは 2 個です。移動平均と分散は学習しません。",
            ),
            _other(
                lambda n: 31 * n,
                lambda c_i, c_o: 13 * c_i + c_i * c_o + 4 * c_o,
            ),
            also=(
                _other(
                    lambda n: 28 * n,
                    lambda c_i, c_o: 10 * c_i + c_i * c_o + c_o,
                ),
            ),
        ),
        Slip(
            "biases-counted",
            Text(
                "The convolutions were given biases. The normalization behind"
                " each has a shift of its own, so they have none.",
                "畳み込みのバイアスも数えています。直後の正規化にずらす役割の"
                "beta があるので、バイアスは付けません。",
            ),
            _other(
                lambda n: 30 * n,
                lambda c_i, c_o: 12 * c_i + c_i * c_o + 3 * c_o,
            ),
        ),
        Slip(
            "bias-of-the-classes-forgotten",
            Text(
                "The affine layer at the end has a bias for each class.",
                "最後のアフィン層には、クラスごとにバイアスがあります。",
            ),
            _other(head=lambda n, classes: n * classes),
        ),
        Slip(
            "classes-forgotten",
            Text(
                "The affine layer at the end is missing: a weight for each"
                " map and class, and a bias for each class.",
                "最後のアフィン層が数えられていません。マップとクラスの組ごと"
                "に重みが、クラスごとにバイアスがあります。",
            ),
            _other(head=lambda n, classes: 0),
            also=(_other(head=lambda n, classes: classes),),
        ),
        Slip(
            "first-convolution-forgotten",
            Text(
                "The first convolution is missing: 3x3 on the 3 colours, with"
                " its normalization.",
                "最初の畳み込みが数えられていません。3 色に対する 3×3 の畳み込"
                "みと、その正規化です。",
            ),
            _other(stem=lambda n: 0),
            also=(_other(stem=lambda n: 2 * n),),
        ),
        Slip(
            "grey-image",
            Text(
                "The first convolution sees 3 colours: 3 * 3 * 3 weights a"
                " filter.",
                "最初の畳み込みが見るのは 3 色です。フィルター 1 個に 3 * 3 *"
                " 3 個の重みがあります。",
            ),
            _other(stem=lambda n: 11 * n),
            also=(_other(stem=lambda n: 5 * n),),
        ),
        Slip(
            "first-not-narrowed",
            Text(
                "All is narrowed but the first convolution. Its channels are"
                " multiplied by the width too.",
                "最初の畳み込みだけ、幅が元のままです。ここのチャンネル数にも"
                " width を掛けます。",
            ),
            _first_as_it_was,
        ),
        Slip(
            "classes-narrowed",
            Text(
                "The classes were multiplied by the width. Their number stays:"
                " only what lies inside the network becomes narrower.",
                "クラス数にも width を掛けています。クラス数は変わりません。"
                "細くなるのは、ネットワークの内側だけです。",
            ),
            _classes_scaled,
        ),
        Slip(
            "image-narrowed",
            Text(
                "The 3 colours of the image were multiplied by the width. An"
                " image keeps its colours.",
                "画像の 3 色にも width を掛けています。画像の色の数は変わりま"
                "せん。",
            ),
            _image_scaled,
        ),
        Slip(
            "full-convolutions",
            Text(
                "The blocks were counted as ordinary 3x3 convolutions. They"
                " are depthwise, then pointwise.",
                "ブロックを普通の 3×3 の畳み込みとして数えています。depthwise "
                "の後に pointwise を行うブロックです。",
            ),
            _other(block=lambda c_i, c_o: 9 * c_i * c_o + 2 * c_o),
            also=(
                _other(
                    block=lambda c_i, c_o: 9 * c_i * c_o + 2 * c_i + 2 * c_o
                ),
            ),
        ),
        Slip(
            "depthwise-filters-for-outputs",
            Text(
                "The depthwise part was given c_o filters. It has one for each"
                " channel that comes in: c_i.",
                "depthwise のフィルターを c_o 個と数えています。入ってくるチャ"
                "ンネルごとに 1 個なので、c_i 個です。",
            ),
            _other(block=lambda c_i, c_o: 11 * c_o + c_i * c_o + 2 * c_o),
            also=(
                _other(
                    block=lambda c_i, c_o: (
                        9 * c_o + 2 * c_i + c_i * c_o + 2 * c_o
                    )
                ),
            ),
        ),
        Slip(
            "depthwise-forgotten",
            Text(
                "The depthwise parts are missing: 9 weights for each channel"
                " that comes into a block.",
                "depthwise の部分が数えられていません。ブロックに入るチャンネ"
                "ルごとに、重みが 9 個あります。",
            ),
            _other(block=lambda c_i, c_o: c_i * c_o + 2 * c_o),
            also=(
                _other(block=lambda c_i, c_o: 2 * c_i + c_i * c_o + 2 * c_o),
            ),
        ),
        Slip(
            "channels-not-whole",
            Text(
                "There are no parts of channels, but the sum has a fraction:"
                " cut it off at once, `int(width * n)`.",
                "チャンネルに端数はありません。合計に小数が出ています。"
                "`int(width * n)` としましょう。",
            ),
            _other(scaled=lambda n, width: width * n),
        ),
    ),
    hints=(
        Text(
            "Which layers learn something in one block, and how much each?",
            "1 つのブロックで学習する層はどれで、それぞれ何個ですか。",
        ),
        Text(
            "First narrow all channels. Then the first convolution, each pair"
            " of neighbours (c_i, c_o) as a block, and the affine layer.",
            "まず全チャンネル数に width を掛けます。次に、最初の畳み込み、隣り"
            "合う組 (c_i, c_o) ごとのブロック、最後のアフィン層を足します。",
        ),
        Text(
            "c = [int(width * n) for n in channels]",
            "c = [int(width * n) for n in channels]",
        ),
    ),
)
