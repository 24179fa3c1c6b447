"""Exercise 5_8/random_rotate: an angle for each image."""

from __future__ import annotations

import numpy as np

from course_lib import augment
from course_lib.exercises.lesson_5_8.places import places
from course_lib.exercises.lesson_5_8.read_nearest import read_nearest
from course_lib.exercises.lesson_5_8.shared import (
    IMAGES_LEFT_OUT,
    NOTHING_CHANGED,
    not_random,
    nothing_changed,
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


class _Counting(np.random.Generator):
    """Count the random numbers that are drawn."""

    def __init__(self, seed):
        super().__init__(np.random.PCG64(seed))
        self.drawn = 0

    def _count(self, numbers):
        self.drawn += np.size(numbers)
        return numbers

    def uniform(self, *args, **kwargs):
        return self._count(super().uniform(*args, **kwargs))

    def random(self, *args, **kwargs):
        return self._count(super().random(*args, **kwargs))

    def normal(self, *args, **kwargs):
        return self._count(super().normal(*args, **kwargs))

    def integers(self, *args, **kwargs):
        return self._count(super().integers(*args, **kwargs))

    def choice(self, *args, **kwargs):
        return self._count(super().choice(*args, **kwargs))


LEFT_OUT = -1.0  # fills the result where images are left out


def _run(random_rotate, x, most, seed):
    """Return the result, filled where images or angles are too few.

    A small angle may leave an image as it was, but not with each seed. So
    where an image never changes the result is LEFT_OUT, and nan where fewer
    random numbers were drawn than there are images.
    """
    result = reproducible(random_rotate, x, most, seed)
    if np.shape(result) != x.shape or not np.isfinite(result).all():
        return result
    same = np.array([np.array_equal(*pair) for pair in zip(result, x)])
    if any(same) and not all(same) and most >= 60:
        for other in range(seed + 1, seed + 5):
            again = random_rotate(x.copy(), most, np.random.default_rng(other))
            same &= np.array([np.array_equal(*p) for p in zip(again, x)])
        if any(same):
            return np.full(x.shape, LEFT_OUT)
    if not all(np.any(image) for image in result):
        return result  # black images, said by another slip
    rng = _Counting(seed)
    random_rotate(x.copy(), most, rng)
    if 1 < rng.drawn < len(x):
        return np.full(x.shape, np.nan)
    return result


@of_images
def _angles_shared(result, x, most, seed):
    return bool(np.isnan(np.asarray(result, dtype=float)).all())


@of_images
def _one_image(result, x, most, seed):
    """Return whether every result is the same image, turned."""
    light = _brightness(result)
    return bool(np.ptp(light) < 0.15 * light.max() and np.ptp(_brightness(x)))


@of_images
def _few_angles(result, x, most, seed):
    angles = _angles(result, x)
    few = len(np.unique(np.round(angles / 4))) <= 7
    return few and np.abs(angles).max() > 0.5 * most


@of_images
def _whole_degrees(result, x, most, seed):
    """Return whether whole degrees explain every image exactly."""
    for n, angle in enumerate(_angles(result, x)):
        near = range(round(angle) - 3, round(angle) + 4)
        if not any(
            np.allclose(result[n : n + 1], turned, atol=1e-5)
            for whole in near
            for turned in _both_ways(x[n : n + 1], whole)
        ):
            return False
    return True


def _both_ways(image, angle):
    """Yield an image turned by bilinear and by nearest reading."""
    yield augment.rotate(image, float(angle))
    yield read_nearest(image, *places(*image.shape[2:], angle, 1))


@of_images
def _flipped(result, x, most, seed):
    far = np.abs(_angles(result, x)).max() > most + 8
    return bool(
        far
        and any(
            np.abs(_angles(np.flip(result, axis), x)).max() < most + 8
            for axis in (2, 3)
        )
    )


@of_images
def _heaped_at_ends(result, x, most, seed):
    near = np.abs(_angles(result, x)) > most - 2
    return bool(most >= 60 and near.mean() > 0.2)


@of_images
def _heaped_in_middle(result, x, most, seed):
    return bool(_angles(result, x).std() < 0.44 * most)


@of_images
def _order_changed(result, x, most, seed):
    got, given = _brightness(result), _brightness(x)
    same = np.allclose(np.sort(got), np.sort(given), rtol=0.15)
    return bool(same and np.abs(got - given).max() > 0.2)


@of_images
def _one_angle(result, x, most, seed):
    angles = _angles(result, x)
    turned = np.abs(angles).max() > 0.1 * most
    return bool(turned and angles.std() < 0.1 * most)


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


@of_images
def _left_out(result, x, most, seed):
    black = [not np.any(image) for image in result]
    return bool(np.all(np.equal(result, LEFT_OUT)) or any(black))


def _without_last(x, most, rng):
    out = random_rotate(x, most, rng)
    out[-1] = x[-1]
    return out


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
    run=_run,
    random=True,
    slips=(
        not_random(lambda x, most, rng: augment.rotate(x, most)),
        Slip(
            "not-changed",
            NOTHING_CHANGED,
            answer=lambda x, most, rng: x.copy(),
            seen=nothing_changed,
        ),
        Slip(
            "images-left-out",
            IMAGES_LEFT_OUT,
            answer=_without_last,
            seen=_left_out,
        ),
        Slip(
            "angles-shared",
            Text(
                "Fewer random angles were drawn than there are images, so"
                " several images share one. Draw len(x) of them.",
                "乱数で決めた角度の数が画像の枚数より少ないので、同じ角度の画"
                "像があります。角度は len(x) 個取り出します。",
            ),
            answer=lambda x, most, rng: augment.rotate(
                x, np.tile(rng.uniform(-most, most, len(x) // 2), 2)
            ),
            seen=_angles_shared,
        ),
        Slip(
            "first-image-for-all",
            Text(
                "Every result shows the same image. Turn image n for place n:"
                " x[n : n + 1].",
                "どの結果も同じ画像です。n 枚目には x[n : n + 1] を回したもの"
                "を入れます。",
            ),
            answer=lambda x, most, rng: random_rotate(
                np.repeat(x[:1], len(x), 0), most, rng
            ),
            seen=_one_image,
        ),
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
            "only-a-few-angles",
            Text(
                "Only a few different angles occur, such as -most and most."
                " rng.uniform(-most, most, ...) gives all that lie between.",
                "-most と most のように、決まった数種類の角度しかありません。"
                "rng.uniform(-most, most, …) なら、その間のどの角度も出ます。",
            ),
            answer=lambda x, most, rng: augment.rotate(
                x, rng.choice([-most, most], len(x)).astype(float)
            ),
            seen=_few_angles,
        ),
        Slip(
            "whole-degrees",
            Text(
                "All angles are whole degrees. rng.integers gives whole"
                " numbers; rng.uniform gives all that lie between.",
                "どの角度も整数です。rng.integers は整数だけを返します。"
                "rng.uniform なら、その間のどの値も出ます。",
            ),
            answer=lambda x, most, rng: augment.rotate(
                x, rng.integers(-most, most, len(x)).astype(float)
            ),
            seen=_whole_degrees,
        ),
        Slip(
            "flipped-too",
            Text(
                "The images were mirrored as well. Only turn them.",
                "画像が反転しています。回転だけを行います。",
            ),
            answer=lambda x, most, rng: random_rotate(x, most, rng)[..., ::-1],
            seen=_flipped,
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
        Slip(
            "not-evenly-spread",
            Text(
                "The angles are heaped: many lie near -most and most, or near"
                " 0. Between -most and most all should be equally likely:"
                " rng.uniform.",
                "角度が偏っています（-most や most の近く、または 0 の近くに集"
                "まっています）。-most から most まで、どの角度も同じ確率で出"
                "るようにします。rng.uniform を使います。",
            ),
            answer=lambda x, most, rng: augment.rotate(
                x, np.clip(rng.normal(0, most, len(x)), -most, most)
            ),
            seen=lambda *case: (
                _heaped_at_ends(*case) or _heaped_in_middle(*case)
            ),
        ),
    ),
)
