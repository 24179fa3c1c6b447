"""Exercise 5_10/bottleneck: 1x1, 3x3, 1x1, and the projection."""

from __future__ import annotations

from course_lib.exercises.lesson_5_10 import shared
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import ReLU
from course_lib.text import Text

CASES = (
    (64, 64, 1),
    (256, 64, 1),
    (256, 128, 2),
    (5, 2, 1),
    (8, 2, 2),
    (12, 3, 1),
    (6, 6, 3),
)


def _run(bottleneck, C, F, stride):
    found = bottleneck(C, F, stride, shared.conv, shared.norm)
    body, shortcut = found
    if shortcut is not None and shared.said(shortcut) == "nothing":
        shortcut = None  # no layer at all: x itself
    return shared.said(body), shared.said(shortcut)


def bottleneck(C, F, stride, conv, norm):
    """Return the layers of the body and of the shortcut (None if x fits)."""
    body = [conv(C, F, 1, stride), norm(F), ReLU()]
    body += [conv(F, F, 3), norm(F), ReLU()]
    body += [conv(F, 4 * F, 1), norm(4 * F)]
    if stride == 1 and C == 4 * F:
        return body, None
    return body, [conv(C, 4 * F, 1, stride), norm(4 * F)]


def _body(change):
    """Return an answer whose body is changed."""

    def answer(C, F, stride, conv, norm):
        body, shortcut = bottleneck(C, F, stride, conv, norm)
        return change(body, C, F, stride, conv, norm), shortcut

    return answer


def _shortcut(change):
    """Return an answer whose shortcut is changed."""

    def answer(C, F, stride, conv, norm):
        body, shortcut = bottleneck(C, F, stride, conv, norm)
        return body, change(shortcut, C, F, stride, conv, norm)

    return answer


def _stride_in_3x3(body, C, F, stride, conv, norm):
    return [conv(C, F, 1), *body[1:3], conv(F, F, 3, stride), *body[4:]]


def _no_stride(body, C, F, stride, conv, norm):
    return [conv(C, F, 1), *body[1:]]


def _stride_everywhere(body, C, F, stride, conv, norm):
    second, third = conv(F, F, 3, stride), conv(F, 4 * F, 1, stride)
    return [*body[:3], second, *body[4:6], third, body[7]]


def _not_widened(body, C, F, stride, conv, norm):
    return [*body[:6], conv(F, F, 1), norm(F)]


def _back_to_c(body, C, F, stride, conv, norm):
    return [*body[:6], conv(F, C, 1), norm(C)]


def _basic(body, C, F, stride, conv, norm):
    return [conv(C, F, 3, stride), norm(F), ReLU(), conv(F, F, 3), norm(F)]


def _never_narrow(body, C, F, stride, conv, norm):
    wide = 4 * F
    first = [conv(C, wide, 1, stride), norm(wide), ReLU()]
    return [*first, conv(wide, wide, 3), norm(wide), *body[5:6], *body[6:]]


def _without(*places):
    return lambda body, *rest: [
        layer for i, layer in enumerate(body) if i not in places
    ]


def _always(shortcut, C, F, stride, conv, norm):
    return [conv(C, 4 * F, 1, stride), norm(4 * F)]


def _only_stride(shortcut, C, F, stride, conv, norm):
    return None if stride == 1 else shortcut


def _only_channels(shortcut, C, F, stride, conv, norm):
    return None if C == 4 * F else shortcut


def _compared_with_f(shortcut, C, F, stride, conv, norm):
    if stride == 1 and C == F:
        return None
    return _always(shortcut, C, F, stride, conv, norm)


def _no_stride_in_shortcut(shortcut, C, F, stride, conv, norm):
    return shortcut and [conv(C, 4 * F, 1), norm(4 * F)]


def _no_norm(shortcut, *rest):
    return shortcut and shortcut[:1]


def _relu_in_shortcut(shortcut, *rest):
    return shortcut and [*shortcut, ReLU()]


def _shortcut_to_f(shortcut, C, F, stride, conv, norm):
    return shortcut and [conv(C, F, 1, stride), norm(F)]


def _never(shortcut, *rest):
    return None


def _only_both(shortcut, C, F, stride, conv, norm):
    return None if C == 4 * F or stride == 1 else shortcut


def _three(shortcut, C, F, stride, conv, norm):
    return shortcut and [conv(C, 4 * F, 3, stride), norm(4 * F)]


def _relu_first(body, *rest):
    return [*(body[i] for i in (0, 2, 1, 3, 5, 4, 6, 7))]


def _turned(*case):
    return bottleneck(*case)[::-1]


EXERCISE = Exercise(
    name="bottleneck",
    title=Text(
        "The bottleneck and its shortcut",
        "ボトルネックとショートカット",
    ),
    reference=bottleneck,
    cases=lambda: list(CASES),
    run=_run,
    parts=("body", "shortcut"),
    slips=(
        Slip(
            "stride-in-3x3",
            Text(
                "The stride is in the 3x3 convolution. Many programs do that"
                " (it costs a little more); the paper has it in the first"
                " 1x1, and so do the counts below.",
                "ストライドが 3×3 にあります。そうするプログラムも多い（計算は"
                "少し増えます）のですが、論文と下の表では最初の 1×1 にありま"
                "す。",
            ),
            answer=_body(_stride_in_3x3),
        ),
        Slip(
            "stride-missing-in-body",
            Text(
                "The body keeps the size of the image: the stride belongs in"
                " its first convolution.",
                "body で画像の大きさが変わっていません。最初の畳み込みにストラ"
                "イドを渡します。",
            ),
            answer=_body(_no_stride),
        ),
        Slip(
            "stride-everywhere",
            Text(
                "Every convolution of the body has the stride. One of them is"
                " enough, or the image shrinks three times.",
                "body のどの畳み込みにもストライドがあります。1 つで足りま"
                "す。これでは画像が 3 回縮みます。",
            ),
            answer=_body(_stride_everywhere),
        ),
        Slip(
            "not-widened",
            Text(
                "The last 1x1 gives F channels. It widens them to 4 * F"
                " again: narrow in the middle, wide at both ends.",
                "最後の 1×1 の出力が F チャンネルです。4 * F に戻します。真ん"
                "中だけが細いのがボトルネックです。",
            ),
            answer=_body(_not_widened),
        ),
        Slip(
            "back-to-c",
            Text(
                "The last 1x1 goes back to C channels. It gives 4 * F,"
                " whatever came in.",
                "最後の 1×1 の出力が C チャンネルです。入力に関係なく 4 * F に"
                "します。",
            ),
            answer=_body(_back_to_c),
        ),
        Slip(
            "basic-block",
            Text(
                "Two 3x3 convolutions: that is the basic block of ResNet-18"
                " and 34. The bottleneck has 1x1, 3x3 and 1x1.",
                "3×3 が 2 つあるのは、ResNet-18 と 34 の基本ブロックです。ボト"
                "ルネックは 1×1、3×3、1×1 です。",
            ),
            answer=_body(_basic),
        ),
        Slip(
            "never-narrow",
            Text(
                "The 3x3 convolution works on 4 * F channels. The first 1x1"
                " narrows to F, so that the 3x3 is cheap.",
                "3×3 が 4 * F チャンネルを計算しています。最初の 1×1 で F に減"
                "らすので、3×3 が安く済みます。",
            ),
            answer=_body(_never_narrow),
        ),
        Slip(
            "relu-at-the-end",
            Text(
                "The body ends with a ReLU. Then it could only add; the ReLU"
                " comes behind the sum.",
                "body が ReLU で終わっています。それでは足すことしかできませ"
                "ん。ReLU は足し算の後に置きます。",
            ),
            answer=_body(lambda body, *rest: [*body, ReLU()]),
        ),
        Slip(
            "relu-missing",
            Text(
                "A ReLU is missing in the body: behind the first and behind"
                " the second normalization there is one.",
                "body の ReLU が足りません。1 つ目と 2 つ目の正規化の後に、1 "
                "つずつ入ります。",
            ),
            answer=_body(_without(2, 5)),
            also=(_body(_without(2)), _body(_without(5))),
        ),
        Slip(
            "norm-missing",
            Text(
                "A normalization is missing in the body: one follows each of"
                " the three convolutions.",
                "body の正規化が足りません。3 つの畳み込みの後に 1 つずつ入り"
                "ます。",
            ),
            answer=_body(_without(7)),
            also=(
                _body(_without(1)),
                _body(_without(4)),
                _body(_without(1, 4, 7)),
            ),
        ),
        Slip(
            "always-projected",
            Text(
                "There is a projection even where x fits as it is (stride 1"
                " and C = 4 * F). There the shortcut is None: nothing to"
                " learn.",
                "x がそのまま足せるとき（ストライド 1 で C = 4 * F）にも射影が"
                "あります。そのときのショートカットは None です。",
            ),
            answer=_shortcut(_always),
        ),
        Slip(
            "projected-for-stride-only",
            Text(
                "Where the stride is 1 but C is not 4 * F, x has another"
                " number of channels than the body: it has to be projected.",
                "ストライドが 1 でも、C が 4 * F でなければ、x と body のチャ"
                "ンネル数が違います。そのときも射影が必要です。",
            ),
            answer=_shortcut(_only_stride),
        ),
        Slip(
            "projected-for-channels-only",
            Text(
                "Where C is 4 * F but the stride is not 1, x is larger than"
                " what the body gives: it has to be projected.",
                "C が 4 * F でも、ストライドが 1 でなければ、x は body の出力"
                "より大きくなります。そのときも射影が必要です。",
            ),
            answer=_shortcut(_only_channels),
        ),
        Slip(
            "compared-with-f",
            Text(
                "C was compared with F. The body gives 4 * F channels, and x"
                " has to fit those.",
                "C を F と比べています。body の出力は 4 * F チャンネルなので、"
                "それと比べます。",
            ),
            answer=_shortcut(_compared_with_f),
        ),
        Slip(
            "stride-missing-in-shortcut",
            Text(
                "The body shrinks the image and the shortcut does not: the"
                " two cannot be added. It needs the same stride.",
                "body では画像が縮み、ショートカットでは縮みません。これでは足"
                "せないので、同じストライドにします。",
            ),
            answer=_shortcut(_no_stride_in_shortcut),
        ),
        Slip(
            "norm-missing-in-shortcut",
            Text(
                "The projection has no normalization. In the paper one"
                " follows every convolution, this one too.",
                "射影の後に正規化がありません。論文では、射影も含めてどの畳み"
                "込みの後にも正規化があります。",
            ),
            answer=_shortcut(_no_norm),
        ),
        Slip(
            "relu-in-shortcut",
            Text(
                "The shortcut has a ReLU. It should change x as little as"
                " possible: convolution and normalization only.",
                "ショートカットに ReLU があります。x をできるだけそのまま運ぶ"
                "道なので、畳み込みと正規化だけにします。",
            ),
            answer=_shortcut(_relu_in_shortcut),
        ),
        Slip(
            "shortcut-to-f",
            Text(
                "The projection gives F channels, the body 4 * F. The two"
                " cannot be added.",
                "射影の出力が F チャンネル、body の出力が 4 * F チャンネルで、"
                "足せません。",
            ),
            answer=_shortcut(_shortcut_to_f),
        ),
        Slip(
            "never-projected",
            Text(
                "The shortcut is None everywhere. Where x has other channels"
                " or another size than the body gives, it has to be"
                " projected.",
                "ショートカットがいつも None です。x のチャンネル数や大きさが"
                " body の出力と違うときは、射影が必要です。",
            ),
            answer=_shortcut(_never),
        ),
        Slip(
            "projected-for-both-only",
            Text(
                "It is projected only where both differ, channels and size."
                " One of them is enough.",
                "チャンネル数と大きさの両方が違うときだけ射影しています。片方"
                "でも違えば必要です。",
            ),
            answer=_shortcut(_only_both),
        ),
        Slip(
            "projection-3x3",
            Text(
                "The projection is a 3x3 convolution. A 1x1 is enough to"
                " change the channels.",
                "射影が 3×3 の畳み込みです。チャンネル数を変えるだけなら 1×1 "
                "で足ります。",
            ),
            answer=_shortcut(_three),
        ),
        Slip(
            "relu-before-norm",
            Text(
                "The ReLU comes before the normalization. The order is"
                " convolution, norm, ReLU.",
                "ReLU が正規化の前にあります。畳み込み、norm、ReLU の順です。",
            ),
            answer=_body(_relu_first),
        ),
        Slip(
            "parts-swapped",
            Text(
                "The shortcut came first. Return the body, then the shortcut.",
                "ショートカットが先に返っています。body、ショートカットの順に"
                "返します。",
            ),
            answer=_turned,
        ),
        Slip(
            "class-for-layer",
            Text(
                "The list holds a class where a layer is wanted: write"
                " `ReLU()`, with brackets.",
                "層の代わりにクラスが入っています。`ReLU()` のように括弧を付け"
                "ます。",
            ),
            answer=_body(
                lambda body, *rest: [
                    ReLU if type(part) is ReLU else part for part in body
                ]
            ),
            seen=lambda got, *case: "the class" in got[0],
        ),
    ),
    hints=(
        Text(
            "How many channels are there behind each of the three"
            " convolutions? When has x another shape than the result?",
            "3 つの畳み込みの後は、それぞれ何チャンネルですか。x の形状が結果"
            "と違うのは、どんなときですか。",
        ),
        Text(
            "C to F (1x1, with the stride), F to F (3x3), F to 4 * F (1x1);"
            " norm behind each, ReLU behind the first two. The shortcut is"
            " None if stride is 1 and C equals 4 * F.",
            "C から F（1×1、ストライドあり）、F から F（3×3）、F から 4 * F（"
            "1×1）です。それぞれの後に norm、最初の 2 つの後に ReLU です。スト"
            "ライドが 1 で C が 4 * F なら、ショートカットは None です。",
        ),
        Text(
            "body = [conv(C, F, 1, stride), norm(F), ReLU(), ...]",
            "body = [conv(C, F, 1, stride), norm(F), ReLU(), ...]",
        ),
    ),
)
