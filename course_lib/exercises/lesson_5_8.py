"""The exercises of lesson 5_8: data augmentation."""

from __future__ import annotations

from functools import wraps

import numpy as np

from course_lib import augment
from course_lib.exercises.compare import same
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text

# --- flip and shift: slices ------------------------------------------------


def _images(seed, *shape):
    """Return images without symmetry, no pixel 0 or 1."""
    rng = np.random.default_rng(seed)
    return rng.uniform(0.05, 0.95, shape).astype(np.float32)


def _flip_cases():
    shapes = [(2, 1, 4, 5), (3, 2, 5, 3), (1, 1, 6, 4), (4, 3, 3, 7)]
    shapes.append((2, 2, 1, 6))
    return [(_images(i, *shape),) for i, shape in enumerate(shapes)]


def _shift_cases():
    return [
        (_images(10, 2, 1, 5, 6), 1, 2),
        (_images(11, 1, 2, 6, 4), -2, 1),
        (_images(12, 3, 1, 4, 7), 0, -3),
        (_images(13, 2, 2, 7, 5), 3, 0),
        (_images(14, 1, 1, 6, 6), -1, -2),
        (_images(15, 2, 1, 3, 4), 0, 0),
    ]


def _shift_border(x, dy, dx):
    """Move x, and repeat its border into the space that opens."""
    H, W = x.shape[2:]
    p = max(abs(dy), abs(dx))
    wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="edge")
    return wide[:, :, p - dy : p - dy + H, p - dx : p - dx + W]


# --- places and read_nearest: inverse mapping ------------------------------


def places(H, W, angle, factor):
    """Return where each pixel of the turned and enlarged image comes from.

    H, W: size of the images. angle: degrees, counter-clockwise on the
    screen. factor: above 1 enlarges. Returns rows, cols, (H, W) each.
    """
    return _places(H, W, np.deg2rad(angle), factor)


def _places(H, W, angle, factor, centre=None):
    centre_y, centre_x = centre or ((H - 1) / 2, (W - 1) / 2)
    u = np.arange(H).reshape(H, 1) - centre_y
    v = np.arange(W).reshape(1, W) - centre_x
    cos, sin = np.cos(angle), np.sin(angle)
    rows = centre_y + (u * cos + v * sin) / factor
    cols = centre_x + (v * cos - u * sin) / factor
    return rows, cols


def _some_of(wrong):
    """Return a predicate: each of rows and cols is right or as in wrong."""

    def seen(result, *case):
        return len(result) == 2 and all(
            same(got, right) or same(got, slip)
            for got, right, slip in zip(result, places(*case), wrong(*case))
        )

    return seen


def _smaller(H, W, angle, factor):
    return places(H, W, angle, 1 / factor)


def _turned_back(H, W, angle, factor):
    return places(H, W, -angle, factor)


def _from_the_centre(H, W, angle, factor):
    rows, cols = places(H, W, angle, factor)
    return rows - (H - 1) / 2, cols - (W - 1) / 2


def _cos_for_sin(H, W, angle, factor):
    return places(H, W, 90 - angle, factor)


def _places_cases():
    return [
        (5, 7, 90, 1),
        (6, 9, 30, 1),
        (7, 4, 0, 2),
        (8, 5, -20, 1.25),
        (4, 9, 135, 0.8),
    ]


def read_nearest(x, rows, cols):
    """Read x at the nearest pixel of each place; outside it is 0.

    x: (N, C, H, W). rows, cols: (H, W) floats. Returns (N, C, H, W).
    """
    return _read(x, np.rint(rows).astype(int), np.rint(cols).astype(int))


def _read(x, i, j):
    H, W = x.shape[2:]
    inside = (i >= 0) & (i < H) & (j >= 0) & (j < W)
    return x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)] * inside


def _read_cases():
    cases = []
    shapes = [(2, 1, 5, 6), (1, 3, 4, 7), (3, 2, 6, 5), (1, 1, 7, 7)]
    shapes.append((2, 1, 3, 8))
    for seed, (N, C, H, W) in enumerate(shapes, start=20):
        rng = np.random.default_rng(seed)
        # Whole numbers plus less than a half: no ties between two pixels.
        rows = rng.integers(-1, H + 1, (H, W)) + rng.uniform(-0.4, 0.4, (H, W))
        cols = rng.integers(-1, W + 1, (H, W)) + rng.uniform(-0.4, 0.4, (H, W))
        cases.append((_images(seed, N, C, H, W), rows, cols))
    return cases


def _read_square(x, rows, cols, height=None, width=None):
    """Take H for W when asking what is inside, or other lengths."""
    H, W = x.shape[2:]
    i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)
    inside = (i >= 0) & (i < (height or W)) & (j >= 0) & (j < (width or H))
    return x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)] * inside


def _square_assumed(result, x, rows, cols):
    H, W = x.shape[2:]
    return any(
        same(result, _read_square(x, rows, cols, height, width))
        for height, width in ((W, H), (W, W), (H, H))
    )


def _read_wrapping(x, rows, cols):
    H, W = x.shape[2:]
    i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)
    return x[:, :, i % H, j % W]


def _read_border(x, rows, cols):
    H, W = x.shape[2:]
    i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)
    return x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)]


# --- random answers --------------------------------------------------------


def _reproducible(answer, x, amount, seed):
    """Return the answer's result, or infinities if rng does not decide it."""
    kept = x.copy()
    first = answer(x, amount, np.random.default_rng(seed))
    if first is None or first is ...:
        return first
    again = answer(kept.copy(), amount, np.random.default_rng(seed))
    other = answer(kept.copy(), amount, np.random.default_rng(seed + 1))
    if np.array_equal(first, again) and not np.array_equal(first, other):
        return first
    return np.full(np.shape(first), np.inf)


def _of_images(seen):
    """Return a predicate that is False for what is not images like x."""

    @wraps(seen)
    def checked(result, x, *amounts):
        return np.shape(result) == x.shape and seen(result, x, *amounts)

    return checked


@_of_images
def _rng_not_used(result, *case):
    return bool(np.isinf(np.asarray(result, dtype=float)).all())


def _not_random(answer):
    """Return the slip of a result that does not follow rng."""
    return Slip(
        "rng-not-used",
        Text(
            "The result must follow `rng`: the same seed gives the same"
            " result, another seed another one. Draw every random number from"
            " `rng`.",
            "結果が `rng` で決まっていません。同じシードなら同じ結果、違うシー"
            "ドなら違う結果になるはずです。乱数はすべて `rng` から取り出しま"
            "す。",
        ),
        answer=answer,
        seen=_rng_not_used,
    )


def _noise_cases():
    cases = []
    shapes = [(4, 1, 12, 15), (3, 2, 9, 16), (2, 3, 14, 9), (5, 1, 10, 12)]
    shapes.append((3, 1, 18, 15))
    for seed, shape in enumerate(shapes, start=30):
        # A third of the pixels each: black, grey, white.
        x = np.arange(np.prod(shape)).reshape(shape) % 3 / 2
        std = [0.05, 0.1, 0.15, 0.08, 0.12][seed - 30]
        cases.append((x.astype(np.float32), std, seed))
    return cases


def _grey(result, x):
    """Return the changes of the grey pixels, which clipping never meets."""
    return (np.asarray(result, dtype=float) - x)[x == 0.5]


@_of_images
def _leaves_range(result, x, std, seed):
    result = np.asarray(result, dtype=float)
    return bool(result.min() < 0 or result.max() > 1)


@_of_images
def _noise_is_shared(result, x, std, seed):
    change = _grey(result, x)
    return len(np.unique(change)) < 0.9 * len(change)


@_of_images
def _one_sided(result, x, std, seed):
    return not abs(_grey(result, x).mean()) < 0.3 * std


@_of_images
def _wrong_strength(result, x, std, seed):
    return not 0.7 * std < _grey(result, x).std() < 1.3 * std


@_of_images
def _ends_not_clipped(result, x, std, seed):
    """Return whether other than half of the black pixels stay black."""
    result = np.asarray(result, dtype=float)
    black, white = result[x == 0] == 0, result[x == 1] == 1
    return not (0.3 < black.mean() < 0.7 and 0.3 < white.mean() < 0.7)


@_of_images
def _rescaled(result, x, std, seed):
    """Return whether just one pixel is 0 and just one is 1."""
    result = np.asarray(result, dtype=float)
    return (result == 0).sum() == 1 and (result == 1).sum() == 1


def _rescaled_noise(x, std, rng):
    y = x + rng.normal(0, std, x.shape)
    return (y - y.min()) / (y.max() - y.min())


def _erase_cases():
    shapes = [(7, 9, 3), (9, 6, 4), (8, 8, 5), (5, 7, 2), (6, 5, 1)]
    return [
        (_images(seed, 120, 1 + seed % 2, H, W), size, seed)
        for seed, (H, W, size) in enumerate(shapes, start=40)
    ]


def _erased(result, x):
    """Return which pixels of each image are other than before, (N, H, W)."""
    return (np.asarray(result, dtype=float) != x).any(axis=1)


def _boxes(mask):
    """Return top, left, height, width of what is marked in each image."""
    rows, cols = mask.any(axis=2), mask.any(axis=1)
    H, W = mask.shape[1:]
    top, left = rows.argmax(axis=1), cols.argmax(axis=1)
    height = H - rows[:, ::-1].argmax(axis=1) - top
    width = W - cols[:, ::-1].argmax(axis=1) - left
    return top, left, height * rows.any(axis=1), width * cols.any(axis=1)


@_of_images
def _fills_with_white(result, x, size, seed):
    result = np.asarray(result, dtype=float)
    return bool((result[result != x] == 1).all())


@_of_images
def _not_black(result, x, size, seed):
    result = np.asarray(result, dtype=float)
    black = (result == 0).all(axis=1)
    return not np.array_equal(black, _erased(result, x))


@_of_images
def _one_place(result, x, size, seed):
    mask = _erased(result, x)
    return bool((mask == mask[0]).all())


@_of_images
def _cut_at_border(result, x, size, seed):
    """Return whether some squares are whole and others smaller."""
    _, _, height, width = _boxes(_erased(result, x))
    small = (height < size) | (width < size)
    return bool(
        0 < small.mean() < 1 and max(height.max(), width.max()) <= size
    )


@_of_images
def _wrong_square(result, x, size, seed):
    mask = _erased(result, x)
    _, _, height, width = _boxes(mask)
    whole = mask.sum(axis=(1, 2)) == size * size
    return not (whole & (height == size) & (width == size)).all()


@_of_images
def _diagonal_only(result, x, size, seed):
    top, left, _, _ = _boxes(_erased(result, x))
    return bool((top == left).all())


@_of_images
def _place_missed(result, x, size, seed):
    top, left, _, _ = _boxes(_erased(result, x))
    H, W = x.shape[2:]
    reached = (top.min(), left.min(), top.max(), left.max())
    return reached != (0, 0, H - size, W - size)


def _erase_with(x, size, rng, value=0.0, extra=1, cut=False, diagonal=False):
    """Erase in a loop, with the slips that the arguments name."""
    H, W = x.shape[2:]
    out = x.copy()
    for image in out:
        if cut:
            i, j = rng.integers(H), rng.integers(W)
        else:
            i = rng.integers(0, H - size + extra)
            j = rng.integers(0, W - size + extra)
        if diagonal:
            i = j = rng.integers(0, min(H, W) - size + 1)
        image[:, i : i + size, j : j + size] = value
    return out


def _erase_one_place(x, size, rng):
    H, W = x.shape[2:]
    i = rng.integers(0, H - size + 1)
    j = rng.integers(0, W - size + 1)
    out = x.copy()
    out[:, :, i : i + size, j : j + size] = 0
    return out


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


@_of_images
def _order_changed(result, x, most, seed):
    got, given = _brightness(result), _brightness(x)
    same = np.allclose(np.sort(got), np.sort(given), rtol=0.15)
    return bool(same and np.abs(got - given).max() > 0.2)


@_of_images
def _one_angle(result, x, most, seed):
    angles = _angles(result, x)
    turned = np.abs(angles).max() > 0.1 * most
    return bool(turned and angles.std() < 0.2 * most)


@_of_images
def _one_direction(result, x, most, seed):
    angles = _angles(result, x)
    least, largest = angles.min(), angles.max()
    turned = max(-least, largest) > 0.3 * most
    return bool(turned and (least > -0.3 * most or largest < 0.3 * most))


@_of_images
def _too_far(result, x, most, seed):
    return bool(np.abs(_angles(result, x)).max() > most + 8)


@_of_images
def _too_little(result, x, most, seed):
    return bool(np.abs(_angles(result, x)).max() < 0.7 * most)


@_of_images
def _more_than_turned(result, x, most, seed):
    """Return whether distances from the centre or brightness changed."""
    moved = np.abs(_direction(result)[1] - _direction(x)[1])
    same = np.allclose(_brightness(result), _brightness(x), rtol=0.15)
    return not (same and moved.max() < 1.5)


# --- enlarge ---------------------------------------------------------------


class _Change:
    """Change images otherwise at every call, but always the same way."""

    def __init__(self):
        self.calls = 0

    def __call__(self, x):
        self.calls += 1
        return x * np.float32(1 / (1 + self.calls))

    def __repr__(self):
        return "change"


def enlarge(x, t, change, times):
    """Return the images and `times` changed copies of all, with labels.

    x: (N, C, H, W). t: (N,). change: x -> changed x. Returns x, t of
    (1 + times) N images: first the given ones, then copy by copy.
    """
    copies = [change(x) for _ in range(times)]
    return np.concatenate([x, *copies]), np.tile(t, 1 + times)


def _enlarge_cases():
    cases = []
    for seed, (N, C, H, W, times) in enumerate(
        [(3, 1, 2, 3, 2), (5, 2, 3, 2, 1), (4, 1, 2, 2, 3), (2, 1, 3, 4, 4)],
        start=60,
    ):
        t = np.random.default_rng(seed).permutation(N) + 3
        cases.append((_images(seed, N, C, H, W), t, _Change(), times))
    t = np.array([7, 2, 7, 1, 0])
    return [*cases, (_images(64, 5, 1, 2, 2), t, _Change(), 2)]


def _enlarge_cumulative(x, t, change, times):
    copies = [x]
    for _ in range(times):
        copies.append(change(copies[-1]))
    return np.concatenate(copies), np.tile(t, 1 + times)


HINTS = {
    "flip": (
        Text(
            "Which of the four axes runs from left to right?",
            "4 つの軸のうち、左から右へ進むのはどれですか。",
        ),
        Text(
            "The last axis, W. A slice with step -1 runs backwards.",
            "最後の軸 W です。ステップが -1 のスライスは逆向きに進みます。",
        ),
        Text("return x[:, :, :, ...]", "return x[:, :, :, ...]"),
    ),
    "shift": (
        Text(
            "How wide must the border be so that every window fits?",
            "どの向きにずらしても窓が収まるには、縁の幅はいくつ要りますか。",
        ),
        Text(
            "As wide as the larger of |dy| and |dx|, call it p. Without a"
            " shift the window starts at row p; when the image moves down,"
            " the window has to move up.",
            "|dy| と |dx| の大きいほうです。これを p とします。ずらさない窓は"
            " p 行目から始まります。画像を下に動かすには、窓を上に動かし"
            "ます。",
        ),
        Text(
            "wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))",
            "wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))",
        ),
    ),
    "places": (
        Text(
            "Which shape must u have, and which v, so that their sum is"
            " (H, W)?",
            "u と v を足すと形状が (H, W) になるには、それぞれどんな形状に"
            "すればよいですか。",
        ),
        Text(
            "u is a column (H, 1), v a row (1, W), both counted from the"
            " centre. At the end add the centre again. cos and sin want"
            " radians.",
            "u は縦の (H, 1)、v は横の (1, W) で、どちらも中心から測ります。"
            "最後に中心の座標を足します。cos と sin にはラジアンを渡します。",
        ),
        Text(
            "u = np.arange(H).reshape(H, 1) - (H - 1) / 2",
            "u = np.arange(H).reshape(H, 1) - (H - 1) / 2",
        ),
    ),
    "read_nearest": (
        Text(
            "How do you know that a place lies inside the image?",
            "ある位置が画像の内側かどうかは、どうすれば分かりますか。",
        ),
        Text(
            "Round first. Inside means 0 <= i < H and 0 <= j < W. Clip the"
            " indices so that reading is allowed, then set to 0 what was"
            " outside.",
            "まず四捨五入します。内側とは 0 <= i < H かつ 0 <= j < W のこと"
            "です。添字を範囲内に収めて読み、外だった所はあとで 0 にします。",
        ),
        Text(
            "i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)",
            "i, j = np.rint(rows).astype(int), np.rint(cols).astype(int)",
        ),
    ),
    "add_noise": (
        Text(
            "How many random numbers does a batch need?",
            "1 つのバッチに、乱数はいくつ要りますか。",
        ),
        Text(
            "One for each pixel of each image, so the noise has the shape of"
            " x. np.clip cuts off; astype gives the dtype back.",
            "すべての画像のすべての画素に 1 つずつ、つまり x と同じ形状です。"
            "np.clip で切り落とし、astype で dtype を戻します。",
        ),
        Text(
            "noise = rng.normal(0, std, x.shape)",
            "noise = rng.normal(0, std, x.shape)",
        ),
    ),
    "erase": (
        Text(
            "Which is the last row that the square may start at?",
            "正方形の上端を置ける最後の行は、何行目ですか。",
        ),
        Text(
            "Row H - size. Copy x, go through the images, and draw a row and"
            " a column for each.",
            "H - size 行目です。x をコピーし、画像を 1 枚ずつ見て、行と列を"
            "そのつど乱数で決めます。",
        ),
        Text(
            "out = x.copy(), then: for image in out:",
            "out = x.copy() のあとに for image in out: と続けます。",
        ),
    ),
    "random_rotate": (
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
    "enlarge": (
        Text(
            "In which order do the images follow one another? And the labels?",
            "画像はどんな順に並びますか。ラベルはどうですか。",
        ),
        Text(
            "All images, then all again, and so on. np.tile repeats an array"
            " in this order; np.repeat does not.",
            "全部を 1 組、また全部を 1 組、という順です。np.tile はこの順に"
            "繰り返します。np.repeat は違います。",
        ),
        Text(
            "copies = [change(x) for _ in range(times)]",
            "copies = [change(x) for _ in range(times)]",
        ),
    ),
}

EXERCISES = (
    Exercise(
        name="flip",
        hints=HINTS["flip"],
        title=Text("Swap left and right", "左右を反転する"),
        reference=augment.flip,
        cases=_flip_cases,
        slips=(
            Slip(
                "upside-down",
                Text(
                    "Top and bottom are swapped. Which axis of (N, C, H, W)"
                    " runs from left to right?",
                    "上下が反転しています。(N, C, H, W) のうち、左右に進む軸は"
                    "どれですか。",
                ),
                answer=lambda x: x[:, :, ::-1],
            ),
            Slip(
                "turned-by-180",
                Text(
                    "Both axes are reversed: the image is turned by 180"
                    " degrees. Only left and right should change places.",
                    "縦と横の両方が逆順になり、180 度回転しています。入れ替え"
                    "るのは左右だけです。",
                ),
                answer=lambda x: x[:, :, ::-1, ::-1],
            ),
            Slip(
                "image-order-changed",
                Text(
                    "The order of the images is reversed, so that they no"
                    " longer fit their labels. Axis 0 counts the images.",
                    "画像の並びが逆になり、ラベルと合わなくなっています。軸 0 "
                    "は画像の番号です。",
                ),
                answer=lambda x: x[::-1],
            ),
            Slip(
                "channels-reversed",
                Text(
                    "The channels are reversed, the images themselves are not"
                    " mirrored. Count the axes of (N, C, H, W) from 0.",
                    "チャンネルの順が逆になっていて、画像は反転していません。"
                    "(N, C, H, W) の軸を 0 から数えてみましょう。",
                ),
                answer=lambda x: x[:, ::-1],
            ),
        ),
    ),
    Exercise(
        name="shift",
        hints=HINTS["shift"],
        title=Text("Shift and fill with 0", "ずらして 0 で埋める"),
        reference=augment.shift,
        cases=_shift_cases,
        slips=(
            Slip(
                "wraps-around",
                Text(
                    "What leaves on one side comes back on the other, as with"
                    " `np.roll`. It must be lost, and zeros come in.",
                    "はみ出した部分が反対側から現れています（`np.roll` の動"
                    "き）。はみ出した分は捨て、空いた所は 0 にします。",
                ),
                answer=lambda x, dy, dx: np.roll(x, (dy, dx), (2, 3)),
            ),
            Slip(
                "opposite-direction",
                Text(
                    "The images move the other way. A positive dy moves down,"
                    " a positive dx to the right.",
                    "逆向きに動いています。dy が正なら下、dx が正なら右です。",
                ),
                answer=lambda x, dy, dx: augment.shift(x, -dy, -dx),
            ),
            Slip(
                "dy-and-dx-swapped",
                Text(
                    "dy moved the columns and dx the rows. H comes before W.",
                    "dy で横に、dx で縦に動いています。軸の順は H が先、W が後"
                    "です。",
                ),
                answer=lambda x, dy, dx: augment.shift(x, dx, dy),
            ),
            Slip(
                "fills-with-white",
                Text(
                    "The space that opens is filled with 1, which is white."
                    " The background of these images is black.",
                    "空いた所が 1（白）で埋まっています。この画像の背景は黒で"
                    "す。",
                ),
                answer=lambda x, dy, dx: 1 - augment.shift(1 - x, dy, dx),
            ),
            Slip(
                "repeats-the-border",
                Text(
                    "The border is repeated into the space that opens. Fill it"
                    " with 0.",
                    "空いた所に端の画素が繰り返されています。0 で埋めます。",
                ),
                answer=_shift_border,
            ),
        ),
    ),
    Exercise(
        name="places",
        hints=HINTS["places"],
        title=Text(
            "Where each pixel comes from",
            "各画素がどこから来たかを求める",
        ),
        reference=places,
        cases=_places_cases,
        parts=("rows", "cols"),
        slips=(
            Slip(
                "angle-in-degrees",
                Text(
                    "The degrees went into cos and sin as they are. numpy's"
                    " cos and sin take radians.",
                    "度のまま cos と sin に渡しています。numpy の cos と sin "
                    "はラジアンを受け取ります。",
                ),
                answer=_places,
            ),
            Slip(
                "turns-the-wrong-way",
                Text(
                    "The angle has the wrong sign. The formula asks where a"
                    " pixel came from, not where it goes.",
                    "角度の符号が逆です。求めるのは画素の行き先ではなく、"
                    "どこから来たかです。",
                ),
                answer=_turned_back,
                seen=_some_of(_turned_back),
            ),
            Slip(
                "multiplies-by-factor",
                Text(
                    "With a factor of 2 the places lie further out than the"
                    " pixels. In an image twice as large, a pixel came from"
                    " half as far.",
                    "倍率 2 で、元の位置が画素より外側になっています。2 倍に拡"
                    "大した画像の画素は、中心から半分の距離の所から来ていま"
                    "す。",
                ),
                answer=_smaller,
                seen=_some_of(_smaller),
            ),
            Slip(
                "centre-not-added",
                Text(
                    "The places are measured from the centre. `rows` and"
                    " `cols` are indices: what is missing at the end?",
                    "中心から測ったままの位置になっています。`rows` と `cols` "
                    "は添字です。最後に何を足せばよいですか。",
                ),
                answer=_from_the_centre,
                seen=_some_of(_from_the_centre),
            ),
            Slip(
                "rows-and-columns-swapped",
                Text(
                    "rows and cols have changed places. The rows are returned"
                    " first.",
                    "rows と cols が入れ替わっています。rows を先に返します。",
                ),
                answer=lambda *case: places(*case)[::-1],
            ),
            Slip(
                "cos-and-sin-swapped",
                Text(
                    "cos and sin have changed places. With an angle of 0 each"
                    " pixel should stay in its row and column: which of the"
                    " two is 1 then?",
                    "cos と sin が入れ替わっています。角度 0 なら、どの画素も"
                    "元の行と列のままのはずです。そのとき 1 になるのはどちらで"
                    "すか。",
                ),
                answer=_cos_for_sin,
                seen=_some_of(_cos_for_sin),
            ),
            Slip(
                "about-the-corner",
                Text(
                    "The image turns about its corner (0, 0). Measure u and v"
                    " from the centre, and add the centre again at the end.",
                    "左上の角 (0, 0) を中心に回っています。u と v は画像の中心"
                    "から測り、最後に中心の座標を足して戻します。",
                ),
                answer=lambda H, W, angle, factor: _places(
                    H, W, np.deg2rad(angle), factor, (0, 0)
                ),
            ),
            Slip(
                "centre-off-by-half",
                Text(
                    "The centre is half a pixel too far. With H = 5 the rows"
                    " are 0 1 2 3 4; which one is in the middle?",
                    "中心が半画素ずれています。H = 5 なら行は 0 1 2 3 4 です。"
                    "真ん中はどれですか。",
                ),
                answer=lambda H, W, angle, factor: _places(
                    H, W, np.deg2rad(angle), factor, (H / 2, W / 2)
                ),
            ),
        ),
    ),
    Exercise(
        name="read_nearest",
        hints=HINTS["read_nearest"],
        title=Text("Read the nearest pixel", "いちばん近い画素を読む"),
        reference=read_nearest,
        cases=_read_cases,
        slips=(
            Slip(
                "wraps-around",
                Text(
                    "Places outside the image are read on the opposite side."
                    " Outside, the result is 0.",
                    "画像の外の位置で、反対側の画素を読んでいます。外は 0 で"
                    "す。",
                ),
                answer=_read_wrapping,
            ),
            Slip(
                "repeats-the-border",
                Text(
                    "Places outside the image give the pixel at the border."
                    " Outside, the result is 0.",
                    "画像の外の位置で、端の画素を返しています。外は 0 です。",
                ),
                answer=_read_border,
            ),
            Slip(
                "fills-with-white",
                Text(
                    "Places outside the image give 1, which is white. The"
                    " background is black.",
                    "画像の外が 1（白）になっています。背景は黒です。",
                ),
                answer=lambda x, rows, cols: (
                    1 - read_nearest(1 - x, rows, cols)
                ),
            ),
            Slip(
                "truncated-not-rounded",
                Text(
                    "2.9 was read at pixel 2: the digits were cut off. The"
                    " nearest pixel is 3, so round first.",
                    "2.9 のとき 2 番の画素を読んでいます（切り捨て）。いちばん"
                    "近いのは 3 番なので、四捨五入します。",
                ),
                answer=lambda x, rows, cols: _read(
                    x, rows.astype(int), cols.astype(int)
                ),
            ),
            Slip(
                "floor-not-rounded",
                Text(
                    "2.9 was read at pixel 2: it was rounded down. The nearest"
                    " pixel is 3.",
                    "2.9 のとき 2 番の画素を読んでいます（切り下げ）。いちばん"
                    "近いのは 3 番です。",
                ),
                answer=lambda x, rows, cols: _read(
                    x,
                    np.floor(rows).astype(int),
                    np.floor(cols).astype(int),
                ),
            ),
            Slip(
                "height-for-width",
                Text(
                    "Some places count as inside that are not, or the other"
                    " way round: H and W are mixed where you ask what is"
                    " inside.",
                    "内側と外側の判定が違う所があります。判定で H と W を取り"
                    "違えています。",
                ),
                answer=_read_square,
                seen=_square_assumed,
            ),
            Slip(
                "rows-and-columns-swapped",
                Text(
                    "rows and cols have changed places. The row counts along"
                    " H, the column along W.",
                    "rows と cols が入れ替わっています。行は H、列は W の方向"
                    "です。",
                ),
                answer=lambda x, rows, cols: read_nearest(x, cols, rows),
            ),
        ),
    ),
    Exercise(
        name="add_noise",
        hints=HINTS["add_noise"],
        title=Text("Noise, clipped to 0..1", "ノイズを加えて 0..1 に収める"),
        reference=augment.add_noise,
        cases=_noise_cases,
        run=lambda add_noise, x, std, seed: _reproducible(
            add_noise, x, std, seed
        ),
        random=True,
        slips=(
            _not_random(lambda x, std, rng: np.clip(x + std, 0, 1)),
            Slip(
                "leaves-the-range",
                Text(
                    "Some pixels are below 0 or above 1. Cut them off after"
                    " the noise is added.",
                    "0 より小さい、または 1 より大きい画素があります。ノイズを"
                    "足したあとで範囲に収めます。",
                ),
                answer=lambda x, std, rng: x + rng.normal(0, std, x.shape),
                seen=_leaves_range,
            ),
            Slip(
                "noise-is-shared",
                Text(
                    "Several pixels got the very same noise. Each pixel of"
                    " each image needs a number of its own: which shape must"
                    " the noise have?",
                    "複数の画素に同じノイズが加わっています。すべての画像の"
                    "すべての画素に別々の乱数が要ります。ノイズの形状は"
                    "何にすればよいですか。",
                ),
                answer=lambda x, std, rng: np.clip(
                    x + rng.normal(0, std, x.shape[1:]), 0, 1
                ),
                seen=_noise_is_shared,
            ),
            Slip(
                "rescaled-not-clipped",
                Text(
                    "The whole batch was squeezed into 0..1, which makes all"
                    " images paler. Only cut off what lies outside.",
                    "全体を 0..1 に縮めているので、画像が薄くなります。はみ出"
                    "した値だけを切り落とします。",
                ),
                answer=_rescaled_noise,
                seen=_rescaled,
            ),
            Slip(
                "one-sided-noise",
                Text(
                    "The images become brighter or darker on average. The"
                    " noise must have the mean 0.",
                    "画像が全体に明るく（または暗く）なっています。ノイズの平"
                    "均は 0 でなければなりません。",
                ),
                answer=lambda x, std, rng: np.clip(
                    x + std * rng.random(x.shape), 0, 1
                ),
                seen=_one_sided,
            ),
            Slip(
                "ends-not-clipped",
                Text(
                    "Black and white pixels changed in another way than"
                    " clipping gives: about half of the black ones should"
                    " still be exactly 0.",
                    "黒と白の画素が、範囲に収めるのとは違う変わり方をしていま"
                    "す。黒い画素の約半分は 0 のままになるはずです。",
                ),
                answer=lambda x, std, rng: np.abs(
                    1 - np.abs(1 - (x + rng.normal(0, std, x.shape)))
                ),
                seen=_ends_not_clipped,
            ),
            Slip(
                "wrong-strength",
                Text(
                    "The noise has another strength than `std`. Is `std` a"
                    " standard deviation in your code, not a variance or the"
                    " edge of a range?",
                    "ノイズの強さが `std` と合いません。`std` を標準偏差として"
                    "使っていますか（分散や範囲の端ではありません）。",
                ),
                answer=lambda x, std, rng: np.clip(
                    x + rng.normal(0, std**2, x.shape), 0, 1
                ),
                seen=_wrong_strength,
            ),
        ),
    ),
    Exercise(
        name="erase",
        hints=HINTS["erase"],
        title=Text("Erase a random square", "ランダムな正方形を消す"),
        reference=augment.erase,
        cases=_erase_cases,
        run=lambda erase, x, size, seed: _reproducible(erase, x, size, seed),
        random=True,
        slips=(
            _not_random(
                lambda x, size, rng: augment.erase(x, size, rng=1),
            ),
            Slip(
                "fills-with-white",
                Text(
                    "The square is white. Hide the character: fill with 0.",
                    "正方形が白くなっています。文字を隠すので 0 で埋めます。",
                ),
                answer=lambda x, size, rng: _erase_with(x, size, rng, 1.0),
                seen=_fills_with_white,
            ),
            Slip(
                "one-place-for-batch",
                Text(
                    "The square lies at the same place in every image. Each"
                    " image needs a place of its own.",
                    "どの画像でも同じ場所が消えています。場所は画像ごとに"
                    "決めます。",
                ),
                answer=_erase_one_place,
                seen=_one_place,
            ),
            Slip(
                "cut-at-border",
                Text(
                    "Some squares are smaller: they reach over the border. How"
                    " far may the upper left corner go so that the square"
                    " stays inside?",
                    "小さい正方形が混じっています。端からはみ出したためです。"
                    "全体が画像に収まるには、左上の角はどこまで動けますか。",
                ),
                answer=lambda x, size, rng: _erase_with(
                    x, size, rng, cut=True
                ),
                seen=_cut_at_border,
            ),
            Slip(
                "not-a-black-square",
                Text(
                    "What changed is not one black square of `size` by `size`"
                    " pixels in each image, the same in all channels.",
                    "変わった部分が、1 辺 `size` の黒い正方形（全チャンネル共"
                    "通）になっていません。",
                ),
                answer=lambda x, size, rng: _erase_with(x, size + 1, rng),
                seen=lambda *case: _not_black(*case) or _wrong_square(*case),
            ),
            Slip(
                "same-row-and-column",
                Text(
                    "The square is always on the diagonal: row and column are"
                    " the same random number.",
                    "正方形がいつも対角線上にあります。行と列に同じ乱数を使っ"
                    "ています。",
                ),
                answer=lambda x, size, rng: _erase_with(
                    x, size, rng, diagonal=True
                ),
                seen=_diagonal_only,
            ),
            Slip(
                "last-place-missing",
                Text(
                    "The square never touches one of the borders. The upper"
                    " bound of `rng.integers` itself is never drawn.",
                    "正方形が届かない端があります。`rng.integers` の上限の値"
                    "そのものは出ません。",
                ),
                answer=lambda x, size, rng: _erase_with(x, size, rng, extra=0),
                seen=_place_missed,
            ),
        ),
    ),
    Exercise(
        name="random_rotate",
        hints=HINTS["random_rotate"],
        title=Text("An angle for each image", "画像ごとに違う角度で回す"),
        reference=random_rotate,
        cases=_rotate_cases,
        run=lambda random_rotate, x, most, seed: _reproducible(
            random_rotate, x, most, seed
        ),
        random=True,
        slips=(
            _not_random(lambda x, most, rng: augment.rotate(x, most)),
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
    ),
    Exercise(
        name="enlarge",
        hints=HINTS["enlarge"],
        title=Text("Enlarge the training set", "学習用データを増やす"),
        reference=enlarge,
        cases=_enlarge_cases,
        parts=("x", "t"),
        slips=(
            Slip(
                "label-order-changed",
                Text(
                    "The labels are in another order than the images. The"
                    " images come copy by copy: all of them, then all of them"
                    " again.",
                    "ラベルの並びが画像と合っていません。画像は全部で 1 組、"
                    "次にまた全部で 1 組、という順に並びます。",
                ),
                answer=lambda x, t, change, times: (
                    enlarge(x, t, change, times)[0],
                    np.repeat(t, 1 + times),
                ),
            ),
            Slip(
                "originals-missing",
                Text(
                    "The given images themselves are missing. Copies are added"
                    " to them.",
                    "元の画像が入っていません。コピーは元の画像に加えます。",
                ),
                answer=lambda x, t, change, times: (
                    np.concatenate([change(x) for _ in range(times)]),
                    np.tile(t, times),
                ),
            ),
            Slip(
                "labels-not-enlarged",
                Text(
                    "There are more images than labels. Every copy needs its"
                    " label too.",
                    "画像だけが増えて、ラベルが足りません。コピーにもラベルが"
                    "要ります。",
                ),
                answer=lambda x, t, change, times: (
                    enlarge(x, t, change, times)[0],
                    t,
                ),
            ),
            Slip(
                "changed-once",
                Text(
                    "All copies are the same. Call `change` anew for each"
                    " copy.",
                    "コピーがどれも同じです。コピーごとに `change` を呼び直し"
                    "てください。",
                ),
                answer=lambda x, t, change, times: (
                    np.concatenate([x] + [change(x)] * times),
                    np.tile(t, 1 + times),
                ),
            ),
            Slip(
                "changes-a-copy-again",
                Text(
                    "Each copy was made from the copy before it, so the"
                    " changes pile up. Start from the given images every"
                    " time.",
                    "前のコピーをさらに加工しているので、変化が積み重なって"
                    "います。毎回、元の画像から作ります。",
                ),
                answer=_enlarge_cumulative,
            ),
        ),
    ),
)
