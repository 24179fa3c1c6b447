"""Exercise 5_3/pad_images: pad images."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.frames import BATCH, frame, frame_slips
from course_lib.exercises.kinds import FIRST_IMAGE_ONLY, rounded
from course_lib.exercises.lesson_5_3.shared import numbers
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _pad_images(x, pad, constant_values=0):
    return frame(x, pad, constant_values)


def _pad_cases():
    return [
        (numbers(2, 3, 4, 5), 1, 0),
        (numbers(1, 2, 3, 5), 2, -1),
        (numbers(3, 1, 5, 2), 0, 4),
        (numbers(2, 2, 1, 3).astype(np.float32), 1, -np.inf),
        (numbers(3, 2, 2, 4), 3, 7.5),
    ]


def _added(x, pad, constant_values):
    """Add the number to the image as well."""
    return frame(x, pad) + constant_values


def _crops(x, pad, constant_values):
    H, W = x.shape[2:]
    return x[:, :, pad : H - pad, pad : W - pad]


EXERCISE = Exercise(
    name="pad_images",
    title=Text("Pad images", "画像のパディング"),
    reference=_pad_images,
    cases=_pad_cases,
    slips=(
        Slip(
            "pads-every-axis",
            Text(
                "There are more images and channels than before. A single"
                " number pads all four axes: give a pair for each axis.",
                "画像とチャンネルまで増えています。数を 1 つだけ渡すと、4 つの"
                "軸すべてに付きます。軸ごとに組を渡しましょう。",
            ),
            answer=lambda x, pad, constant_values: np.pad(
                x, pad, constant_values=constant_values
            ),
        ),
        Slip(
            "pads-with-zero",
            Text(
                "The frame is in the right place but always 0. Hand on"
                " `constant_values`.",
                "枠の場所は合っていますが、いつも 0 です。`constant_values` も"
                "渡しましょう。",
            ),
            answer=lambda x, pad, constant_values: frame(x, pad),
        ),
        Slip(
            "pad-and-value-swapped",
            Text(
                "The frame is filled with `pad`. That is its width; what it"
                " holds is `constant_values`.",
                "枠が `pad` の値で埋まっています。`pad` は枠の幅で、枠に入れる"
                "数は `constant_values` です。",
            ),
            answer=lambda x, pad, constant_values: frame(x, pad, pad),
        ),
        Slip(
            "frame-negated",
            Text(
                "The frame holds the number with the other sign.",
                "枠の数の符号が逆になっています。",
            ),
            answer=lambda x, pad, constant_values: frame(
                x, pad, -constant_values
            ),
        ),
        Slip(
            "frame-added-to-the-image",
            Text(
                "`constant_values` was added to the pixels of the image too."
                " Only the frame holds it.",
                "`constant_values` を、画像の画素にも足しています。入るのは枠"
                "だけです。",
            ),
            answer=_added,
        ),
        *frame_slips(
            lambda laid: (
                lambda x, pad, constant_values: laid(x, pad, constant_values)
            ),
            (*BATCH, "pads-channels-too"),
        ),
        Slip(
            "not-padded",
            Text(
                "The images are as large as before: no frame was laid around"
                " them. Is the padded array the one that you return?",
                "画像が元の大きさのままで、枠がありません。パディングした配列"
                "を返していますか。",
            ),
            answer=lambda x, pad, constant_values: x,
        ),
        Slip(
            "pads-half",
            Text(
                "The frame is half as wide as it should be: `pad` lines lie"
                " on each of the four sides.",
                "枠の幅が半分です。上下左右のそれぞれに `pad` ずつ付けます。",
            ),
            answer=lambda x, pad, constant_values: frame(
                x, pad // 2, constant_values
            ),
        ),
        Slip(
            "crops-instead",
            Text(
                "The images got smaller: `pad` lines were cut off. They are"
                " to be put around.",
                "画像が小さくなっています。`pad` ずつ切り落としています。外側"
                "に付け足しましょう。",
            ),
            answer=_crops,
        ),
        Slip(
            "image-lost",
            Text(
                "The size is right, but the whole array holds"
                " `constant_values`. Write the image into its middle.",
                "サイズは合っていますが、全体が `constant_values` です。真ん中"
                "に画像を書き込みましょう。",
            ),
            answer=lambda x, pad, constant_values: np.full_like(
                frame(x, pad), constant_values
            ),
            also=(
                lambda x, pad, constant_values: np.zeros_like(frame(x, pad)),
            ),
        ),
        Slip(
            *FIRST_IMAGE_ONLY,
            answer=lambda *case: _pad_images(*case)[:1],
            also=(lambda *case: _pad_images(*case)[0],),
        ),
        rounded(_pad_images),
    ),
    hints=(
        Text(
            "Along which of the four axes does a filter move?",
            "4 つの軸のうち、フィルターが動くのはどの軸ですか。",
        ),
        Text(
            "np.pad takes one pair (before, after) for each axis. N and C"
            " get (0, 0).",
            "np.pad には軸ごとに (前, 後) の組を渡します。N と C は (0, 0)"
            " です。",
        ),
        Text(
            "width = ((0, 0), (0, 0), (pad, pad), (pad, pad))",
            "width = ((0, 0), (0, 0), (pad, pad), (pad, pad))",
        ),
    ),
)
