"""The lessons of the course, in order: the one place that knows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from course_lib.text import Text


@dataclass(frozen=True)
class Lesson:
    """Describe a lesson; lists, tables and tests are made from this.

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


def number_of(name: str) -> str:
    """Return the lesson's number in the name of a file: "5_1_x" -> "5_1".

    Raises ValueError for a name that does not begin with a number.
    """
    found = re.match(r"\d+_\d+(?=_|\.|$)", name)
    if found is None:
        raise ValueError(f"{name!r} does not begin with a number such as 5_1")
    return found.group()


_ALL = (
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
        Text("A simple CNN on MNIST", "シンプルな CNN"),
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
LESSONS: dict[str, Lesson] = {lesson.number: lesson for lesson in _ALL}


def next_lesson(number: str) -> Lesson | None:
    """Return the lesson after the one of a number, None after the last."""
    place = list(LESSONS).index(number) + 1
    return _ALL[place] if place < len(_ALL) else None
