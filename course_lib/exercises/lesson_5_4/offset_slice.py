"""Exercise 5_4/offset_slice: one slice."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.kinds import (
    FIRST_CHANNEL_ONLY,
    FIRST_IMAGE_ONLY,
    rounded,
)
from course_lib.exercises.lesson_5_4.shared import images, slice_at
from course_lib.exercises.model import Exercise, Remark, Slip
from course_lib.text import Text


def _one_pixel_off(part, img, fy, fx, OH, OW, stride):
    """Return whether a part begins one pixel earlier or later."""
    part = np.asarray(part)
    wide = np.pad(img, ((0, 0), (0, 0), (1, 2), (1, 2)))
    return any(
        np.array_equal(part, slice_at(wide, y, x, OH, OW, stride))
        for y in (fy, fy + 1, fy + 2)
        for x in (fx, fx + 1, fx + 2)
        if (y, x) != (fy + 1, fx + 1)
    )


def _is_copy(answer, img, *rest):
    part = answer(img, *rest)
    return not (isinstance(part, np.ndarray) and np.shares_memory(part, img))


EXERCISE = Exercise(
    name="offset_slice",
    title=Text("One slice", "1 つのスライス"),
    reference=slice_at,
    cases=lambda: [
        (images(2, 3, 5, 7), 0, 1, 4, 5, 1),
        (images(1, 2, 8, 9), 1, 2, 3, 4, 2),
        (images(2, 1, 9, 7), 2, 0, 2, 2, 3),
        (images(3, 2, 6, 8), 1, 0, 2, 3, 2),
        (images(2, 2, 7, 5), 0, 3, 3, 1, 2),
    ],
    slips=(
        Slip(
            "stops-too-early",
            Text(
                "Too few rows come out when the stride is 2 or more. `stop` is"
                " a place in the image, not a number of rows: how far do OH"
                " steps reach?",
                "ストライドが 2 以上のとき、行が足りません。`stop` は個数では"
                "なく、画像の中の位置です。OH 歩でどこまで進むでしょうか。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy : fy + OH : stride, fx : fx + OW : stride
            ],
        ),
        Slip(
            "stride-ignored",
            Text(
                "The shape is right, but neighbouring pixels came out. Between"
                " two positions of the window lie `stride` pixels.",
                "形状は合っていますが、隣り合う画素が出ています。窓の位置は"
                " `stride` 画素ずつ離れています。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy : fy + OH, fx : fx + OW
            ],
        ),
        Slip(
            "runs-to-the-end",
            Text(
                "Too many rows or columns come out for some sizes. The slice"
                " must stop after OH rows and OW columns.",
                "大きさによっては、行や列が多すぎます。OH 行、OW 列で止めま"
                "す。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy::stride, fx::stride
            ],
        ),
        Slip(
            "fy-and-fx-swapped",
            Text(
                "The slice starts at (fx, fy). `fy` belongs to the rows, `fx`"
                " to the columns.",
                "(fx, fy) から始まっています。`fy` は行、`fx` は列の番号で"
                "す。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: slice_at(
                img, fx, fy, OH, OW, stride
            ),
        ),
        Slip(
            "step-missing",
            Text(
                "The slice begins and ends in the right place, but takes"
                " every pixel between. The step is the stride:"
                " `start:stop:stride`.",
                "始まりと終わりは合っていますが、間の画素をすべて取っていま"
                "す。`start:stop:stride` のように、歩幅を書きます。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy : fy + stride * OH, fx : fx + stride * OW
            ],
        ),
        Slip(
            "height-and-width-swapped",
            Text(
                "Rows and columns of the result changed places: OH rows and"
                " OW columns are wanted.",
                "結果の行と列の数が逆です。OH 行、OW 列にします。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: slice_at(
                img, fy, fx, OW, OH, stride
            ),
            also=(lambda *case: slice_at(*case).swapaxes(2, 3),),
        ),
        Slip(
            "starts-at-zero",
            Text(
                "The slice always begins in the corner. It begins at the"
                " pixel (fy, fx) of the filter.",
                "スライスがいつも左上の角から始まっています。フィルターの画素"
                " (fy, fx) から始めます。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: slice_at(
                img, 0, 0, OH, OW, stride
            ),
        ),
        Slip(
            "start-not-in-the-stop",
            Text(
                "The slice begins at fy, but ends at stride * OH: for a large"
                " fy rows are missing. The end lies that far behind the"
                " beginning.",
                "fy から始まるのに、stride * OH で終わっています。fy が大きい"
                "と行が足りません。終わりは、始まりからその距離だけ先です。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy : stride * OH : stride, fx : stride * OW : stride
            ],
        ),
        Slip(
            "last-place-missing",
            Text(
                "The last row and column are missing. The end of a slice does"
                " not belong to it any more.",
                "最後の行と列が足りません。スライスの終わりの番号は、スライス"
                "に含まれません。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: slice_at(
                img, fy, fx, OH - 1, OW - 1, stride
            ),
        ),
        Slip(
            "start-times-stride",
            Text(
                "The slice begins at fy * stride. `fy` counts pixels inside"
                " the window, one by one; only the windows move by strides.",
                "fy * stride から始まっています。`fy` は窓の中の画素の番号で、"
                "1 つずつ数えます。ストライドで動くのは窓だけです。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: slice_at(
                img, fy * stride, fx * stride, OH, OW, stride
            ),
        ),
        Slip(
            "stride-on-one-axis",
            Text(
                "The stride was used along one axis only.",
                "ストライドを片方の軸にしか使っていません。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :, :, fy : fy + stride * OH : stride, fx : fx + OW
            ],
            also=(
                lambda img, fy, fx, OH, OW, stride: img[
                    :, :, fy : fy + OH, fx : fx + stride * OW : stride
                ],
            ),
        ),
        Slip(
            "first-axes-sliced",
            Text(
                "Images and channels were cut. Rows and columns are the last"
                " two axes: `img[:, :, ..., ...]`.",
                "画像とチャンネルの軸を切っています。行と列は最後の 2 軸なので"
                "、`img[:, :, ..., ...]` と書きます。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                fy : fy + stride * OH : stride, fx : fx + stride * OW : stride
            ],
        ),
        Slip(
            "not-sliced",
            Text(
                "This is the whole image. The slice takes OH rows and OW"
                " columns of it.",
                "画像全体になっています。スライスで OH 行、OW 列を取り出しま"
                "す。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img,
        ),
        Slip(
            "one-pixel-only",
            Text(
                "This is the pixel (fy, fx) of the image alone: the window in"
                " the first position. All OH x OW positions are wanted.",
                "最初の位置の画素 (fy, fx) だけです。OH x OW 個の位置すべてが"
                "必要です。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[:, :, fy, fx],
        ),
        Slip(
            *FIRST_IMAGE_ONLY,
            answer=lambda *case: slice_at(*case)[0],
            also=(lambda *case: slice_at(*case)[:1],),
        ),
        Slip(
            *FIRST_CHANNEL_ONLY,
            answer=lambda *case: slice_at(*case)[:, 0],
            also=(lambda *case: slice_at(*case)[:, :1],),
        ),
        Slip(
            "starts-one-pixel-off",
            Text(
                "The slice begins one pixel too late or too early. Pixel 0 of"
                " the filter lies on pixel 0 of the first window.",
                "1 画素ずれた所から始まっています。最初の窓では、フィルターの"
                " 0 番の画素が画像の 0 番の画素に重なります。",
            ),
            answer=lambda img, fy, fx, *rest: slice_at(
                np.pad(img, ((0, 0), (0, 0), (0, 1), (0, 1))),
                fy + 1,
                fx + 1,
                *rest,
            ),
            seen=_one_pixel_off,
        ),
        Slip(
            "missing-brackets",
            Text(
                "The end of the slice is (fy + stride) * OH. Only OH is"
                " multiplied with the stride: fy + stride * OH.",
                "スライスの終わりが (fy + stride) * OH になっています。ストラ"
                "イドに掛けるのは OH だけで、fy + stride * OH です。",
            ),
            answer=lambda img, fy, fx, OH, OW, stride: img[
                :,
                :,
                fy : (fy + stride) * OH : stride,
                fx : (fx + stride) * OW : stride,
            ],
        ),
        rounded(slice_at),
    ),
    remarks=(
        Remark(
            Text(
                "The numbers are right, but your result is a copy. To read"
                " pixels that is enough; `col2im` will write into the slice,"
                " and needs a view: return `img[...]` with slices alone, no"
                " index arrays and no `copy()`.",
                "数は合っていますが、結果はコピーです。画素を読むだけならこれ"
                "で十分ですが、後の `col2im` はスライスに書き込むので、ビュー"
                "が必要です。添字の配列や `copy()` を使わず、スライスだけで書"
                "いた `img[...]` を返しましょう。",
            ),
            seen=_is_copy,
        ),
    ),
    hints=(
        Text(
            "At which row does the slice start, and at which row does the"
            " last window have this pixel?",
            "スライスは何行目から始まり、最後の窓ではこの画素は何行目にあり"
            "ますか。",
        ),
        Text(
            "Start at fy, step by stride. The last row is fy + stride * (OH"
            " - 1): stop just behind it, or one step further.",
            "fy から始めて stride ずつ進みます。最後の行は fy + stride *"
            " (OH - 1) で、そのすぐ後か 1 歩先で止めます。",
        ),
        Text(
            "bottom = fy + stride * OH",
            "bottom = fy + stride * OH",
        ),
    ),
)
