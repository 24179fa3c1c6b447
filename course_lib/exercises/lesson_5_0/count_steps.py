"""Exercise 5_0/count_steps: batches, epochs and steps."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _count_steps(images, batch_size, epochs):
    return -(-images // batch_size) * epochs


EXERCISE = Exercise(
    name="count_steps",
    title=Text("Batches, epochs and steps", "バッチ、エポック、ステップ"),
    reference=_count_steps,
    cases=lambda: [
        (60000, 100, 3),
        (1000, 128, 2),
        (50, 100, 4),
        (225, 30, 1),
        (7, 1, 5),
        (101, 10, 10),
    ],
    slips=(
        Slip(
            "last-batch-dropped",
            Text(
                "The last batch, which is not full, is missing in each epoch.",
                "各エポックの最後にある、満杯でないバッチを数えていません。",
            ),
            answer=lambda images, batch_size, epochs: (
                images // batch_size * epochs
            ),
        ),
        Slip(
            "epochs-forgotten",
            Text(
                "These are the steps of one epoch. Every epoch takes as many.",
                "1 エポック分のステップ数です。どのエポックでも同じ回数だけ"
                "進みます。",
            ),
            answer=lambda images, batch_size, epochs: -(-images // batch_size),
        ),
        Slip(
            "batch-size-forgotten",
            Text(
                "These are images, not steps. One step takes a whole batch.",
                "画像の枚数になっています。1 ステップで 1 バッチを使います。",
            ),
            answer=lambda images, batch_size, epochs: images * epochs,
        ),
        Slip(
            "epochs-joined",
            Text(
                "The images of all epochs were put into one row. Each epoch"
                " begins with a new first batch.",
                "全エポックの画像をひと続きに数えています。エポックごとに、最"
                "初のバッチから始めます。",
            ),
            answer=lambda images, batch_size, epochs: (
                -(-images * epochs // batch_size)
            ),
        ),
        Slip(
            "always-one-more",
            Text(
                "One batch too many where the images fill the last batch"
                " exactly: `// batch_size + 1` adds an empty one.",
                "画像がちょうど割り切れるときに、1 バッチ多くなります。"
                "`// batch_size + 1` では、空のバッチを足してしまいます。",
            ),
            answer=lambda images, batch_size, epochs: (
                (images // batch_size + 1) * epochs
            ),
        ),
        Slip(
            "rounded-to-nearest",
            Text(
                "It was rounded to the nearest number. A batch that is not"
                " full is a step, too, however few images it has.",
                "四捨五入しています。満杯でないバッチも、何枚であっても 1 ス"
                "テップです。",
            ),
            answer=lambda images, batch_size, epochs: (
                round(images / batch_size) * epochs
            ),
        ),
    ),
    hints=(
        Text(
            "Into how many batches do 1,000 images fall when a batch holds"
            " 128?",
            "1 バッチ 128 枚なら、1,000 枚はいくつのバッチに分かれますか。",
        ),
        Text(
            "7 full batches and one of 104 images: round up. Then multiply by"
            " the epochs.",
            "満杯の 7 個と、104 枚の 1 個です。つまり切り上げます。それからエ"
            "ポック数を掛けます。",
        ),
        Text(
            "batches = -(-images // batch_size)  # rounds up",
            "batches = -(-images // batch_size)  # 切り上げ",
        ),
    ),
)
