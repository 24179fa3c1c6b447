"""The lessons of the course, in order: the one place that knows them.

The start page, the README's list, the head and the end of each lesson, the
map, the report and the tests are made from this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from course_lib.text import Text


@dataclass(frozen=True)
class Lesson:
    """Describe a lesson.

    file: name of its source and notebooks, without ending.
    title: what it is called.
    aim: what you will do in it, for the table on the start page.
    minutes: the time that a learner needs.
    heavy: whether its notebooks train for long, so that tests run each of
        them as a unit of its own.
    """

    file: str
    title: Text
    aim: Text
    minutes: int
    heavy: bool = False

    @property
    def number(self) -> str:
        """Return its number, such as "5_1"."""
        return number_of(self.file)


@dataclass(frozen=True)
class Part:
    """Hold the lessons that the start page shows under one heading."""

    title: Text
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Page:
    """Describe a notebook that is no lesson: it has no number and no suffix.

    file: name of its source and notebook, without ending.
    title: what it is called. aim: what it is for.
    solution: whether it also stands in `solutions/`, filled in.
    """

    file: str
    title: Text
    aim: Text
    solution: bool = False


def number_of(name: str) -> str:
    """Return the lesson's number in the name of a file: "5_1_x" -> "5_1".

    Raises ValueError for a name that does not begin with a number.
    """
    found = re.match(r"\d+_\d+(?=_|\.|$)", name)
    if found is None:
        raise ValueError(f"{name!r} does not begin with a number such as 5_1")
    return found.group()


def order_of(number: str) -> tuple[int, ...]:
    """Return what sorts numbers as people count: 5_9 before 5_10."""
    return tuple(int(part) for part in number.split("_"))


_BY_HAND = (
    Lesson(
        "5_0_before_you_start",
        Text("Before you start", "始める前に"),
        Text(
            "see why images need a CNN, and recall gradients and learning",
            "CNN が必要な理由を知り、勾配と学習の基本を思い出す",
        ),
        minutes=60,
    ),
    Lesson(
        "5_1_convolution",
        Text("Convolution", "畳み込み演算"),
        Text(
            "move a filter over an image, by hand and as a loop",
            "フィルターを画像の上で動かす。手計算とループで",
        ),
        minutes=60,
    ),
    Lesson(
        "5_2_maxpooling",
        Text("Max pooling", "マックスプーリング演算"),
        Text(
            "make images smaller and find out what is lost",
            "画像を小さくし、何が失われるかを調べる",
        ),
        minutes=50,
    ),
    Lesson(
        "5_3_padding_reshape_transpose",
        Text("Padding, reshape, transpose", "パディング・reshape・transpose"),
        Text(
            "move axes without scrambling the image",
            "画像を崩さずに軸を入れ替える",
        ),
        minutes=50,
    ),
    Lesson(
        "5_4_im2col_col2im",
        Text("im2col and col2im", "im2col と col2im"),
        Text(
            "turn convolution into one matrix product",
            "畳み込みを 1 回の行列積に変える",
        ),
        minutes=90,
    ),
    Lesson(
        "5_5_convolution_layer",
        Text("The convolution layer", "畳み込み層"),
        Text(
            "derive its gradients and prove them right",
            "勾配を導き、正しいことを確かめる",
        ),
        minutes=90,
    ),
    Lesson(
        "5_6_maxpooling_layer",
        Text("The max pooling layer", "マックスプーリング層"),
        Text(
            "send each gradient to where the maximum was",
            "最大値だった場所へ勾配を返す",
        ),
        minutes=70,
    ),
    Lesson(
        "5_7_simpleconvnet",
        Text("A simple CNN", "シンプルな CNN"),
        Text(
            "assemble the network and read MNIST digits",
            "ネットワークを組み立てて MNIST の数字を読む",
        ),
        minutes=90,
        heavy=True,
    ),
    Lesson(
        "5_8_augmentation",
        Text("Data augmentation", "データ拡張"),
        Text(
            "read katakana from very few examples",
            "ごく少ない例からカタカナを読む",
        ),
        minutes=90,
        heavy=True,
    ),
)
_BEYOND: tuple[Lesson, ...] = (
    Lesson(
        "5_9_famous_cnns",
        Text(
            "Famous CNNs: LeNet-5, AlexNet, VGG",
            "著名な CNN：LeNet-5、AlexNet、VGG",
        ),
        Text(
            "count the great networks to the last parameter, train LeNet-5",
            "有名なネットワークを 1 個単位まで数え、LeNet-5 を学習させる",
        ),
        minutes=90,
        heavy=True,
    ),
    Lesson(
        "5_10_branches",
        Text(
            "Branches: GoogLeNet, ResNet, DenseNet",
            "枝分かれ：GoogLeNet、ResNet、DenseNet",
        ),
        Text(
            "put layers side by side and around, and see what depth needs",
            "層を並べ、迂回路を作り、深くするために必要なものを調べる",
        ),
        minutes=100,
        heavy=True,
    ),
    Lesson(
        "5_11_convolutions",
        Text("Five convolutions and MobileNet", "5 つの畳み込みと MobileNet"),
        Text(
            "split, spread and turn round a convolution, and weigh its cost",
            "畳み込みを分け、広げ、逆向きにし、計算量と時間を比べる",
        ),
        minutes=100,
    ),
    Lesson(
        "5_12_boxes",
        Text("Boxes and how good they are", "枠の扱いと検出の評価"),
        Text(
            "measure overlap, keep the best box, and judge a detector",
            "重なりを測り、最良の枠を残し、検出の良さを評価する",
        ),
        minutes=90,
    ),
)
PARTS = (
    Part(Text("A CNN by hand", "CNN を手で作る"), _BY_HAND),
    Part(Text("What grew out of it", "CNN から広がる世界"), _BEYOND),
)
LESSONS: dict[str, Lesson] = {
    lesson.number: lesson for part in PARTS for lesson in part.lessons
}
PAGES = (
    Page(
        "START",
        Text("Start", "スタート"),
        Text("where you begin", "ここから始める"),
    ),
)


def next_lesson(number: str) -> Lesson | None:
    """Return the lesson after the one of a number, None after the last."""
    lessons = list(LESSONS.values())
    place = list(LESSONS).index(number) + 1
    return lessons[place] if place < len(lessons) else None
