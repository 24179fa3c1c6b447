"""Exercise 5_8/random_rotate: an angle for each image."""

from __future__ import annotations

import numpy as np

from course_lib import augment
from course_lib.exercises.lesson_5_8.shared import (
    not_random,
    of_images,
    reproducible,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def random_rotate(x, most, rng):
    """Rotate each image by its own angle in -most..most degrees."""
    return augment.rotate(x, rng.uniform(-most, most, len(x)))


def _rotate_cases():
    sizes = [(15, 15, 30), (15, 17, 40), (17, 15, 60), (15, 16, 75)]
    sizes.append((16, 16, 90))
    return [
        (_dots(seed, H, W), most, seed)
        for seed, (H, W, most) in enumerate(sizes, start=50)
    ]


def _dots(seed, H, W, N=48):
    """Return images with one spot of 3x3 each, 5 from the centre.

    Every image has a brightness of its own, so that a changed order shows.
    """
    rng = np.random.default_rng(seed)
    x = np.zeros((N, 1, H, W), dtype=np.float32)
    brightness = rng.permutation(np.linspace(0.3, 1, N))
    for image, light in zip(x, brightness):
        angle = rng.uniform(0, 2 * np.pi)
        i = round((H - 1) / 2 - 5 * np.sin(angle))
        j = round((W - 1) / 2 + 5 * np.cos(angle))
        image[0, i - 1 : i + 2, j - 1 : j + 2] = light
    return x


def _direction(x):
    """Return angle (degrees) and distance of each spot from the centre."""
    x = np.asarray(x, dtype=float)[:, 0]
    _, H, W = x.shape
    weight = np.maximum(x.sum(axis=(1, 2)), 1e-9)
    up = (H - 1) / 2 - (x.sum(axis=2) @ np.arange(H)) / weight
    right = (x.sum(axis=1) @ np.arange(W)) / weight - (W - 1) / 2
    return np.rad2deg(np.arctan2(up, right)), np.hypot(up, right)


def _angles(result, x):
    """Return by how many degrees each image was turned, -180..180."""
    change = _direction(result)[0] - _direction(x)[0]
    return (change + 180) % 360 - 180


def _brightness(x):
    return np.asarray(x, dtype=float).max(axis=(1, 2, 3))


@of_images
def _order_changed(result, x, most, seed):
    got, given = _brightness(result), _brightness(x)
    same = np.allclose(np.sort(got), np.sort(given), rtol=0.15)
    return bool(same and np.abs(got - given).max() > 0.2)


@of_images
def _one_angle(result, x, most, seed):
    angles = _angles(result, x)
    turned = np.abs(angles).max() > 0.1 * most
    return bool(turned and angles.std() < 0.2 * most)


@of_images
def _one_direction(result, x, most, seed):
    angles = _angles(result, x)
    least, largest = angles.min(), angles.max()
    turned = max(-least, largest) > 0.3 * most
    return bool(turned and (least > -0.3 * most or largest < 0.3 * most))


@of_images
def _too_far(result, x, most, seed):
    return bool(np.abs(_angles(result, x)).max() > most + 8)


@of_images
def _too_little(result, x, most, seed):
    return bool(np.abs(_angles(result, x)).max() < 0.7 * most)


@of_images
def _more_than_turned(result, x, most, seed):
    """Return whether distances from the centre or brightness changed."""
    moved = np.abs(_direction(result)[1] - _direction(x)[1])
    same = np.allclose(_brightness(result), _brightness(x), rtol=0.15)
    return not (same and moved.max() < 1.5)


EXERCISE = Exercise(
    name="random_rotate",
    hints=(
        Text(
            "How many angles do you need?",
            "角度はいくつ必要ですか。",
        ),
        Text(
            "len(x) of them. Turn one image at a time, and join the results"
            " with np.concatenate.",
            "len(x) 個です。1 枚ずつ回し、結果を np.concatenate でつなぎ"
            "ます。",
        ),
        Text(
            "angles = rng.uniform(-most, most, len(x))",
            "angles = rng.uniform(-most, most, len(x))",
        ),
    ),
    title=Text("An angle for each image", "画像ごとに違う角度で回す"),
    reference=random_rotate,
    cases=_rotate_cases,
    run=lambda random_rotate, x, most, seed: reproducible(
        random_rotate, x, most, seed
    ),
    random=True,
    slips=(
        not_random(lambda x, most, rng: augment.rotate(x, most)),
        Slip(
            "image-order-changed",
            Text(
                "Image n of the result is not image n of the input turned."
                " Keep the order, or the labels no longer fit.",
                "結果の n 枚目が、入力の n 枚目を回したものになっていませ"
                "ん。順番が変わるとラベルと合わなくなります。",
            ),
            answer=lambda x, most, rng: random_rotate(x, most, rng)[::-1],
            seen=_order_changed,
        ),
        Slip(
            "more-than-turned",
            Text(
                "The spots in the images have another distance from the"
                " centre now, or another brightness. Is anything done"
                " besides turning, and is the centre that of the image?",
                "画像の中の点の、中心からの距離か明るさが変わっています。"
                "回転のほかに何かしていませんか。回転の中心は画像の中心で"
                "すか。",
            ),
            answer=lambda x, most, rng: augment.shift(
                random_rotate(x, most, rng), 2, 0
            ),
            seen=_more_than_turned,
        ),
        Slip(
            "one-angle-for-batch",
            Text(
                "All images are turned by the same angle. Draw as many"
                " angles as there are images.",
                "すべての画像が同じ角度で回っています。画像の枚数だけ角度"
                "を取り出します。",
            ),
            answer=lambda x, most, rng: augment.rotate(
                x, rng.uniform(-most, most)
            ),
            seen=_one_angle,
        ),
        Slip(
            "one-direction-only",
            Text(
                "All images turn the same way. The angles should lie"
                " between -most and most.",
                "どれも同じ向きに回っています。角度の範囲は -most から"
                " most です。",
            ),
            answer=lambda x, most, rng: augment.rotate(
                x, rng.uniform(0, most, len(x))
            ),
            seen=_one_direction,
        ),
        Slip(
            "angles-too-large",
            Text(
                "Some images are turned by more than `most` degrees. A"
                " normal distribution, for instance, has no largest"
                " value.",
                "`most` 度より大きく回った画像があります。たとえば正規分布"
                "には最大値がありません。",
            ),
            answer=lambda x, most, rng: augment.rotate(
                x, rng.normal(0, most, len(x))
            ),
            seen=_too_far,
        ),
        Slip(
            "angles-too-small",
            Text(
                "No image comes near `most` degrees. `rotate` takes"
                " degrees; is there a conversion too many?",
                "`most` 度の近くまで回った画像がありません。`rotate` は度"
                "を受け取ります。余計な変換をしていませんか。",
            ),
            answer=lambda x, most, rng: augment.rotate(
                x, rng.uniform(-most / 2, most / 2, len(x))
            ),
            seen=_too_little,
        ),
    ),
)
