"""Exercise 5_9/image_sides: which images give an output of this size."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def image_sides(OH, FH, stride, pad=0):
    """Return the smallest and the largest side that gives OH places."""
    smallest = (OH - 1) * stride + FH - 2 * pad
    return smallest, smallest + stride - 1


def _from(smallest, largest=lambda small, stride: small + stride - 1):
    """Return an answer with another smallest or largest side."""

    def answer(OH, FH, stride, pad=0):
        small = smallest(OH, FH, stride, pad)
        return small, largest(small, stride)

    return answer


def _right(OH, FH, stride, pad):
    return (OH - 1) * stride + FH - 2 * pad


EXERCISE = Exercise(
    name="image_sides",
    title=Text("Images for an output", "出力サイズから画像サイズへ"),
    reference=image_sides,
    tolerance=0,
    cases=lambda: [
        (5, 3, 2, 0),
        (4, 5, 3, 1),
        (7, 2, 1, 0),
        (6, 7, 4, 2),
        (1, 9, 5, 3),
        (55, 11, 4, 0),
        (13, 3, 2, 1),
    ],
    parts=("smallest", "largest"),
    slips=(
        Slip(
            "pad-added",
            Text(
                "The padding is added. Pixels of the padding need not come"
                " from the image, so the image may be smaller.",
                "パディングを足しています。パディングの画素は画像になくて"
                "よいので、その分だけ画像は小さくて済みます。",
            ),
            _from(lambda OH, FH, S, pad: (OH - 1) * S + FH + 2 * pad),
            also=(_from(lambda OH, FH, S, pad: OH * S + FH + 2 * pad),),
        ),
        Slip(
            "pads-one-side-only",
            Text(
                "The padding is counted on one side. It stands on both.",
                "パディングを片側しか数えていません。両側にあります。",
            ),
            _from(lambda OH, FH, stride, pad: (OH - 1) * stride + FH - pad),
        ),
        Slip(
            "pad-ignored",
            Text(
                "The padding changes nothing here. With it, a smaller image"
                " gives the same output.",
                "パディングを変えても結果が変わりません。パディングがあれば、"
                "もっと小さい画像でも同じ出力になります。",
            ),
            _from(lambda OH, FH, stride, pad: (OH - 1) * stride + FH),
        ),
        Slip(
            "one-step-too-many",
            Text(
                "The window takes OH steps here. From the first place to the"
                " last one there is one step less.",
                "窓が OH 歩進む計算です。最初の場所から最後の場所までは、"
                "それより 1 歩少なくなります。",
            ),
            _from(lambda OH, FH, stride, pad: OH * stride + FH - 2 * pad),
        ),
        Slip(
            "stride-ignored",
            Text(
                "The stride changes nothing here: a step is `stride` pixels.",
                "ストライドを変えても結果が変わりません。1 歩は stride 画素"
                "です。",
            ),
            _from(lambda OH, FH, stride, pad: OH - 1 + FH - 2 * pad),
            also=(
                lambda OH, FH, stride, pad=0: (
                    OH - 1 + FH - 2 * pad,
                    OH - 1 + FH - 2 * pad,
                ),
            ),
        ),
        Slip(
            "one-too-many",
            Text(
                "The smallest side is right. `stride` more pixels are one"
                " too many: there the window takes another step.",
                "最小は合っています。最大は 1 大きすぎます。stride 画素"
                "増えると、窓がもう 1 歩進んでしまいます。",
            ),
            _from(_right, lambda small, stride: small + stride),
        ),
        Slip(
            "only-the-exact-side",
            Text(
                "The smallest side is right. Larger images give the same"
                " output too, as long as no further step fits in.",
                "最小は合っています。もう 1 歩進めるようになるまでは、画像が"
                "大きくなっても出力は同じです。",
            ),
            _from(_right, lambda small, stride: small),
        ),
        Slip(
            "window-forgotten",
            Text(
                "The window itself takes room too: FH pixels from the last"
                " place on.",
                "窓そのものの幅が入っていません。最後の場所からさらに FH 画素"
                "必要です。",
            ),
            _from(lambda OH, FH, stride, pad: (OH - 1) * stride - 2 * pad),
            also=(
                _from(
                    lambda OH, FH, stride, pad: (OH - 1) * stride + 1 - 2 * pad
                ),
                _from(lambda OH, FH, stride, pad: OH * stride - 2 * pad),
            ),
        ),
        Slip(
            "forward-formula",
            Text(
                "This is the formula of 5_1, from an image to its output."
                " Here the output is known, and the image is wanted.",
                "画像から出力を求める 5_1 の式です。ここでは出力がわかって"
                "いて、求めるのは画像です。",
            ),
            _from(lambda OH, FH, S, pad: (OH + 2 * pad - FH) // S + 1),
            also=(
                _from(
                    lambda OH, FH, S, pad: (OH + 2 * pad - FH) // S + 1,
                    lambda small, stride: small,
                ),
            ),
        ),
    ),
    hints=(
        Text(
            "At which pixel does the last window begin, and at which does"
            " it end?",
            "最後の窓は、どの画素から始まり、どの画素で終わりますか。",
        ),
        Text(
            "From the first place to the last there are OH - 1 steps; then"
            " comes the window. The padding gives 2 * pad of it. With"
            " `stride` pixels more another step would fit in.",
            "最初の場所から最後の場所までは OH - 1 歩で、そこに窓の幅が"
            "加わります。そのうち 2 * pad はパディングです。さらに stride"
            " 画素増えると、もう 1 歩進めます。",
        ),
        Text(
            "smallest = (OH - 1) * stride + FH - 2 * pad",
            "smallest = (OH - 1) * stride + FH - 2 * pad",
        ),
    ),
)
