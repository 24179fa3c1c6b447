"""The lessons of the course, in order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """Name a lesson: its file, its titles and the time that it takes."""

    file: str  # name of the notebook without ending
    en: str
    ja: str
    minutes: int


LESSONS: dict[str, Lesson] = {
    "5_1": Lesson("5_1_convolution", "Convolution", "畳み込み演算", 60),
    "5_2": Lesson(
        "5_2_maxpooling", "Max pooling", "マックスプーリング演算", 50
    ),
    "5_3": Lesson(
        "5_3_padding_reshape_transpose",
        "Padding, reshape, transpose",
        "パディング・reshape・transpose",
        50,
    ),
    "5_4": Lesson(
        "5_4_im2col_col2im", "im2col and col2im", "im2col と col2im", 90
    ),
    "5_5": Lesson(
        "5_5_convolution_layer", "The convolution layer", "畳み込み層", 90
    ),
    "5_6": Lesson(
        "5_6_maxpooling_layer",
        "The max pooling layer",
        "マックスプーリング層",
        70,
    ),
    "5_7": Lesson(
        "5_7_simpleconvnet", "A simple CNN on MNIST", "シンプルな CNN", 90
    ),
    "5_8": Lesson("5_8_augmentation", "Data augmentation", "データ拡張", 90),
}
