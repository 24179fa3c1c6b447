"""Exercise 5_9/receptive_field: how many pixels one output sees."""

from __future__ import annotations

from math import prod

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def receptive_field(layers):
    """Return the side of what one output sees; layers are (F, stride)."""
    field, step = 1, 1
    for F, stride in layers:
        field += (F - 1) * step
        step *= stride
    return field


def _walk(grow):
    """Return an answer that goes through the layers; grow -> field, step."""

    def answer(layers):
        field, step = 1, 1
        for F, stride in layers:
            field, step = grow(field, step, F, stride)
        return field

    return answer


EXERCISE = Exercise(
    name="receptive_field",
    title=Text("The receptive field", "受容野"),
    reference=receptive_field,
    tolerance=0,
    cases=lambda: [
        ([(3, 1), (3, 1)],),
        ([(5, 1), (2, 2), (5, 1)],),
        ([(3, 2), (3, 2), (3, 1), (2, 3)],),
        ([(11, 4), (3, 2), (5, 1)],),
        ([(7, 1)],),
        ([(4, 3), (2, 1), (3, 2), (5, 1)],),
        ([(3, 1), (3, 1), (2, 2)] * 2,),
    ],
    slips=(
        Slip(
            "stride-ignored",
            Text(
                "The strides change nothing here. After a stride of 2,"
                " neighbours are two pixels of the image apart.",
                "ストライドを変えても結果が変わりません。ストライド 2 の後で"
                "は、隣どうしが画像の上で 2 画素離れています。",
            ),
            _walk(lambda field, step, F, stride: (field + F - 1, step)),
        ),
        Slip(
            "own-stride-counted",
            Text(
                "The stride of a layer widens its own window here. It widens"
                " only the windows of the layers after it.",
                "層のストライドで、その層自身の窓まで広がっています。広がる"
                "のは、それより後の層の窓です。",
            ),
            _walk(
                lambda field, step, F, stride: (
                    field + (F - 1) * step * stride,
                    step * stride,
                )
            ),
        ),
        Slip(
            "last-stride-only",
            Text(
                "Each window is widened by the stride just before it. All"
                " strides before it multiply.",
                "直前のストライドしか効いていません。それより前のストライドを"
                "すべて掛け合わせます。",
            ),
            _walk(
                lambda field, step, F, stride: (
                    field + (F - 1) * step,
                    stride,
                )
            ),
        ),
        Slip(
            "strides-added",
            Text(
                "The strides are added. Two layers of stride 2 put neighbours"
                " 2 x 2 pixels apart: they multiply.",
                "ストライドを足しています。ストライド 2 の層が 2 つあれば、"
                "隣どうしは 2×2 画素離れます。掛け算です。",
            ),
            _walk(
                lambda field, step, F, stride: (
                    field + (F - 1) * step,
                    step + stride,
                )
            ),
            also=(
                _walk(
                    lambda field, step, F, stride: (
                        field + (F - 1) * step,
                        step + stride - 1,
                    )
                ),
            ),
        ),
        Slip(
            "whole-windows-added",
            Text(
                "Whole windows are added. A window on top of another shares"
                " its middle with it: only F - 1 are new.",
                "窓の幅をそのまま足しています。重なる分を除くと、新しく増える"
                "のは F - 1 だけです。",
            ),
            _walk(
                lambda field, step, F, stride: (
                    field + F * step,
                    step * stride,
                )
            ),
            also=(
                lambda layers: sum(F for F, _ in layers),
                lambda layers: sum(
                    F * prod(s for _, s in layers[:i])
                    for i, (F, _) in enumerate(layers)
                ),
                _walk(lambda field, step, F, stride: (field + F, step)),
            ),
        ),
        Slip(
            "windows-multiplied",
            Text(
                "The windows are multiplied, as if they lay side by side."
                " They overlap: a window of 3 on windows of 3 sees 5 pixels.",
                "窓の幅を掛けています。窓は並ぶのではなく重なります。幅 3 の"
                "窓に幅 3 の窓を重ねると、見えるのは 5 画素です。",
            ),
            lambda layers: prod(F for F, _ in layers),
        ),
        Slip(
            "starts-at-zero",
            Text(
                "It is one too small: without any layer, an output is a"
                " pixel and sees itself.",
                "1 小さくなっています。層が 1 つもなければ、出力は画素その"
                "もので、自分自身が見えます。",
            ),
            lambda layers: receptive_field(layers) - 1,
        ),
        Slip(
            "area-for-side",
            Text(
                "This is the area. The side is wanted: 5 for two layers of 3.",
                "面積になっています。求めるのは 1 辺の長さです。3 の層が"
                " 2 つなら 5 です。",
            ),
            lambda layers: receptive_field(layers) ** 2,
        ),
        Slip(
            "layers-turned-round",
            Text(
                "The layers are gone through in the other order: each window"
                " is widened by the strides behind it.",
                "層を逆の順にたどっています。窓が、その後のストライドで"
                "広がっています。",
            ),
            lambda layers: receptive_field(layers[::-1]),
        ),
        Slip(
            "first-layer-only",
            Text(
                "This is the field after the first layer. Is there a return"
                " inside the loop?",
                "最初の層の後の受容野です。return がループの中に入っていませ"
                "んか。",
            ),
            lambda layers: layers[0][0],
        ),
        Slip(
            "last-layer-only",
            Text(
                "This is the window of the last layer. It lies on the windows"
                " of all layers before it.",
                "最後の層の窓の幅です。その窓は、それより前のすべての層の窓に"
                "重なっています。",
            ),
            lambda layers: layers[-1][0],
            also=(
                _walk(
                    lambda field, step, F, stride: (
                        1 + (F - 1) * step,
                        step * stride,
                    )
                ),
            ),
        ),
        Slip(
            "half-windows",
            Text(
                "Only one half of each window is added. It reaches to both"
                " sides: F - 1 pixels in all.",
                "窓の片側しか足していません。窓は両側に広がり、合わせて F - 1"
                " 画素です。",
            ),
            _walk(
                lambda field, step, F, stride: (
                    field + F // 2 * step,
                    step * stride,
                )
            ),
            also=(
                _walk(
                    lambda field, step, F, stride: (
                        field + (F - 1) // 2 * step,
                        step * stride,
                    )
                ),
            ),
        ),
        Slip(
            "step-for-field",
            Text(
                "This is the distance of neighbours at the end, the product"
                " of all strides. The field is wanted.",
                "最後の層で隣どうしが離れている画素数（ストライドの積）です。"
                "求めるのは受容野です。",
            ),
            lambda layers: prod(stride for _, stride in layers),
        ),
        Slip(
            "filter-and-stride-swapped",
            Text(
                "F and stride have changed places: an entry is (F, stride).",
                "F と stride が逆です。1 つの層は (F, stride) の順に書かれて"
                "います。",
            ),
            lambda layers: receptive_field([(s, F) for F, s in layers]),
        ),
    ),
    hints=(
        Text(
            "One more layer of 3: how many pixels does an output see more,"
            " if neighbours are `step` pixels apart?",
            "幅 3 の層をもう 1 つ重ねると、見える画素はいくつ増えますか。"
            "隣どうしは step 画素離れているとします。",
        ),
        Text(
            "Keep two numbers: the field, at first 1, and the distance of"
            " neighbours, at first 1. A layer adds F - 1 distances to the"
            " field, and then multiplies the distance by its stride.",
            "2 つの数を持ち歩きます。受容野（最初は 1）と、隣どうしの間隔"
            "（最初は 1）です。層は受容野に間隔の F - 1 倍を足し、その後で"
            "間隔をストライド倍にします。",
        ),
        Text("field, step = 1, 1", "field, step = 1, 1"),
    ),
)
