"""Exceptions of course_lib itself: what they say, in the reader's words."""

from __future__ import annotations

from course_lib.exercises.error_kinds import Kind
from course_lib.text import Text

SHAPE = r"(?P<name>\w+) has shape (?P<got>\([^)]*\))"

KINDS = (
    Kind(
        "backward-before-forward",
        r"backward was called before forward",
        Text(
            "`backward` needs what `forward` keeps. Run `forward` of this very"
            " layer first.",
            "`backward` は `forward` が残したものを使います。同じ層の"
            " `forward` を先に実行してください。",
        ),
    ),
    Kind(
        "not-an-array",
        r"(?P<name>\w+) is an? (?P<kind>\w+), expected a NumPy array",
        Text(
            "`{name}` should be an array but is of type `{kind}`. What did the"
            " line before return? If it is the right thing, `np.array(...)`"
            " makes an array of it.",
            "`{name}` は配列のはずですが、型が `{kind}` です。直前の行は何を返"
            "しましたか。値が正しければ、`np.array(...)` で配列にします。",
        ),
    ),
    Kind(
        "not-a-count",
        r"(?P<name>\w+) is (?P<value>.+), expected an integer of at least"
        r" (?P<least>\d+)",
        Text(
            "`{name}` must be a whole number of at least {least}, but is"
            " {value}. `/` always gives a float, `//` a whole number.",
            "`{name}` は {least} 以上の整数でなければなりませんが、{value} で"
            "す。`/` は必ず小数になります。整数の割り算は `//` です。",
        ),
    ),
    Kind(
        "channels-differ",
        SHAPE + r" with (?P<c>\d+) channels, expected (?P<d>\d+) as in W",
        Text(
            "The channels of `{name}` {got} number {c}, those of the filters"
            " {d}. The axes are (N, C, H, W) and (FN, C, FH, FW).",
            "`{name}` {got} のチャンネルは {c} 個ですが、フィルターのチャンネ"
            "ルは {d} 個です。軸の順番は (N, C, H, W) と (FN, C, FH, FW) で"
            "す。",
        ),
    ),
    Kind(
        "flat-size-differs",
        SHAPE + r", expected \(N, (?P<d>\d+)\) or \(N, C, H, W\) with",
        Text(
            "`{name}` {got} does not fit the weights: each image must have {d}"
            " numbers. Work out the output size of the layer before.",
            "`{name}` {got} が重みと合いません。画像 1 枚の数は {d} 個でなけれ"
            "ばなりません。1 つ前の層の出力サイズを計算してみましょう。",
        ),
    ),
    Kind(
        "shape-not-expected",
        SHAPE + r", expected (?P<expected>\([^)]*\)( or \([^)]*\))?)",
        Text(
            "`{name}` has shape {got}, but {expected} is wanted. Follow the"
            " shape line by line to where it changes.",
            "`{name}` の形状は {got} ですが、{expected} でなければなりません。"
            "どの行で形状が変わったか、1 行ずつ追ってください。",
        ),
        lambda groups: {"expected": groups["expected"]},
    ),
    Kind(
        "input-shape-wrong",
        r"input_shape is (?P<got>\([^)]*\)), expected",
        Text(
            "`input_shape` is {got}, but the shape of the images that `im2col`"
            " was given is wanted: (N, C, H, W).",
            "`input_shape` が {got} になっています。`im2col` に渡した画像の形"
            "状 (N, C, H, W) を渡します。",
        ),
    ),
    Kind(
        "filter-too-large",
        r"the filter covers (?P<a>\d+) pixels, expected at most (?P<b>\d+)",
        Text(
            "The filter is {a} long, but there are only {b} pixels with the"
            " padding. Are size, filter size and padding passed in their"
            " places?",
            "フィルターのサイズは {a} ですが、画像はパディングを含めて {b} し"
            "かありません。サイズ、フィルターのサイズ、パディングを正しい順に"
            "渡しましたか。",
        ),
    ),
    Kind(
        "pad-as-large-as-window",
        r"pad is (?P<a>\d+), expected less than the window (?P<b>[\d x]+)",
        Text(
            "The padding {a} is as large as the window {b}: such a window"
            " would see no pixel. Are `stride` and `pad` passed in their"
            " places?",
            "パディング {a} が窓 {b} と同じかそれより大きく、画素を含まない窓"
            "ができます。`stride` と `pad` を正しい順に渡しましたか。",
        ),
    ),
    Kind(
        "labels-not-integers",
        r"t has dtype (?P<dtype>\w+), expected integer labels",
        Text(
            "`t` must hold the numbers of the classes, which are integers:"
            " `t.astype(int)`.",
            "`t` はクラスの番号なので、整数でなければなりません。"
            "`t.astype(int)` で整数にします。",
        ),
    ),
    Kind(
        "labels-outside",
        r"t holds labels (?P<a>-?\d+)\.\.(?P<b>-?\d+), expected"
        r" 0\.\.(?P<c>\d+)",
        Text(
            "The labels run from {a} to {b}, but the scores belong to the"
            " classes 0 to {c}.",
            "ラベルは {a}〜{b} ですが、スコアのクラスは 0〜{c} です。",
        ),
    ),
)
