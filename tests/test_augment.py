"""Tests of course_lib.augment against scipy and by hand."""

import numpy as np
import pytest
from scipy import ndimage

from course_lib.augment import (
    Augmenter,
    add_noise,
    elastic,
    erase,
    flip,
    rotate,
    scale,
    shift,
)

SHAPES = [(3, 1, 28, 28), (2, 3, 9, 14), (1, 1, 8, 5), (4, 2, 1, 1)]

CALLS = {
    "rotate": lambda x, rng: rotate(x, 30),
    "shift": lambda x, rng: shift(x, 1.5, -2),
    "scale": lambda x, rng: scale(x, 1.3),
    "flip": lambda x, rng: flip(x),
    "add_noise": lambda x, rng: add_noise(x, 0.3, rng),
    "erase": lambda x, rng: erase(x, 1, rng),
    "elastic": lambda x, rng: elastic(x, 30, 4, rng),
    "augmenter": lambda x, rng: Augmenter(
        noise=0.1, erase=1, elastic=(20, 3), flip=True
    )(x, rng),
}
RANDOM = ["add_noise", "erase", "elastic", "augmenter"]


def images(shape=(3, 1, 28, 28), dtype="float64", seed=0):
    return np.random.default_rng(seed).random(shape).astype(dtype)


def each(x, f):
    """Apply f(image, number) to every plane (H, W)."""
    return np.array([[f(p, n) for p in image] for n, image in enumerate(x)])


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shape", SHAPES)
def test_shape_dtype_and_range_stay(name, dtype, shape):
    x = images(shape, dtype)
    before = x.copy()
    out = CALLS[name](x, 0)
    assert out.shape == shape
    assert out.dtype == dtype
    assert out.min() >= 0
    assert out.max() <= 1 + 1e-6
    np.testing.assert_array_equal(x, before)
    assert not np.shares_memory(out, x)
    assert out.flags.writeable


@pytest.mark.parametrize("name", CALLS)
def test_no_images_at_all(name):
    assert CALLS[name](images((0, 1, 28, 28)), 0).shape == (0, 1, 28, 28)


@pytest.mark.parametrize("name", RANDOM)
def test_a_seed_repeats(name):
    x = images()
    first = CALLS[name](x, 5)
    np.testing.assert_array_equal(CALLS[name](x, 5), first)
    same = CALLS[name](x, np.random.default_rng(5))
    np.testing.assert_array_equal(same, first)
    assert (CALLS[name](x, 6) != first).any()


@pytest.mark.parametrize("name", CALLS)
def test_wrong_input_is_refused(name):
    f = CALLS[name]
    with pytest.raises(ValueError, match=r"\(8, 8\), .*reshape\(1, 1, 8, 8"):
        f(np.zeros((8, 8)), 0)
    with pytest.raises(ValueError, match=r"uint8, expected floats in 0\.\.1"):
        f(np.zeros((1, 1, 8, 8), dtype=np.uint8), 0)
    with pytest.raises(ValueError, match="x is a list"):
        f([[1.0]], 0)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("angle", [-170, -33.3, 5, 45, 90, 180])
def test_rotate_is_scipy(shape, angle):
    x = images(shape)
    expected = each(
        x,
        lambda p, n: ndimage.rotate(
            p, angle, reshape=False, order=1, mode="grid-constant"
        ),
    )
    np.testing.assert_allclose(rotate(x, angle), expected, atol=1e-9)


def test_rotation_is_counter_clockwise():
    x = np.array([[1.0, 2], [3, 4]])[None, None]
    np.testing.assert_allclose(rotate(x, 90)[0, 0], [[2, 4], [1, 3]])
    np.testing.assert_allclose(rotate(x, 0), x)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dy, dx", [(0, 0), (1, -2), (0.5, 0.25), (-3.7, 40)])
def test_shift_is_scipy(shape, dy, dx):
    x = images(shape)
    expected = each(
        x,
        lambda p, n: ndimage.shift(p, (dy, dx), order=1, mode="grid-constant"),
    )
    np.testing.assert_allclose(shift(x, dy, dx), expected, atol=1e-9)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_whole_shifts_are_exact(dtype):
    x = images(dtype=dtype)
    out = shift(x, 2, -3)
    np.testing.assert_array_equal(out[:, :, 2:, :-3], x[:, :, :-2, 3:])
    assert out[:, :, :2].max() == out[:, :, :, -3:].max() == 0


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("factor", [0.5, 0.9, 1, 1.7, 4])
def test_scale_is_scipy(shape, factor):
    x = images(shape)
    centre = (np.array(shape[2:]) - 1) / 2
    expected = each(
        x,
        lambda p, n: ndimage.affine_transform(
            p,
            np.eye(2) / factor,
            offset=centre - centre / factor,
            order=1,
            mode="grid-constant",
        ),
    )
    np.testing.assert_allclose(scale(x, factor), expected, atol=1e-9)


def test_a_smaller_image_has_a_black_border():
    out = scale(np.ones((1, 1, 28, 28)), 0.5)
    assert out[0, 0, 14, 14] == 1
    assert out[0, 0, 0].max() == out[0, 0, :, -1].max() == 0
    np.testing.assert_allclose(out.sum(), 14 * 14)


PER_IMAGE = {
    "rotate": (lambda x, a: rotate(x, a), [-20, 0, 50.0]),
    "shift dy": (lambda x, a: shift(x, a, 1), [-2, 0, 3.5]),
    "shift dx": (lambda x, a: shift(x, 1, a), [-2, 0, 3.5]),
    "scale": (lambda x, a: scale(x, a), [0.8, 1, 1.2]),
}


@pytest.mark.parametrize("name", PER_IMAGE)
def test_each_image_has_its_own_amount(name):
    f, amounts = PER_IMAGE[name]
    x = images()
    out = f(x, np.array(amounts))
    for n, amount in enumerate(amounts):
        np.testing.assert_allclose(
            out[n : n + 1], f(x[n : n + 1], amount), atol=1e-12
        )
    np.testing.assert_array_equal(f(x, amounts), out)  # a list will do


def test_amounts_of_the_random_ones():
    x = np.full((3, 1, 28, 28), 0.5)
    noisy = add_noise(x, [0, 0.01, 0.1], rng=0)
    np.testing.assert_allclose(
        noisy.std(axis=(1, 2, 3)), [0, 0.01, 0.1], rtol=0.1
    )
    holes = (erase(x, [0, 3, 28], rng=0) == 0).sum(axis=(1, 2, 3))
    assert holes.tolist() == [0, 9, 784]
    moved = elastic(images(), [0, 1, 30], 4, rng=0)
    change = np.abs(moved - images()).mean(axis=(1, 2, 3))
    assert change[0] < 1e-12
    assert change[0] < change[1] < change[2]


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda x: rotate(x, [1, 2]), r"angle_deg has shape \(2,\), .*\(3,\)"),
        (lambda x: shift(x, [[1]], 0), r"dy has shape \(1, 1\)"),
        (lambda x: shift(x, 0, np.zeros(4)), r"dx has shape \(4,\)"),
        (lambda x: scale(x, 0), "factor is 0.0, expected more than 0"),
        (lambda x: scale(x, [1, -1, 1]), "factor is -1.0"),
        (lambda x: flip(x, "left"), "'left', expected \"horizontal\" or"),
        (lambda x: add_noise(x, -1), "std is -1.0, expected 0 or more"),
        (lambda x: erase(x, 29), r"29\.0, expected 0\.\.28 pixels"),
        (lambda x: erase(x, -1), r"size is -1\.0"),
        (lambda x: elastic(x, 3, 0), "sigma is 0, expected more than 0"),
        (lambda x: elastic(x, [3], 1), r"alpha has shape \(1,\)"),
    ],
)
def test_wrong_amounts_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call(images())


def test_flip():
    x = np.array([[1.0, 2], [3, 4]])[None, None]
    np.testing.assert_array_equal(flip(x)[0, 0], [[2, 1], [4, 3]])
    np.testing.assert_array_equal(flip(x, "vertical")[0, 0], [[3, 4], [1, 2]])
    np.testing.assert_array_equal(flip(flip(x)), x)


def test_noise_is_clipped():
    out = add_noise(np.ones((1, 1, 28, 28), dtype=np.float32), 0.5, rng=0)
    assert out.max() == 1
    assert 0.4 < (out == 1).mean() < 0.6


def test_erase_cuts_squares_anywhere():
    x = np.ones((400, 2, 6, 8))
    out = erase(x, 3, rng=0)
    np.testing.assert_array_equal(out[:, 0], out[:, 1])
    holes = out[:, 0] == 0
    assert (holes.any(axis=2).sum(axis=1) == 3).all()
    assert (holes.any(axis=1).sum(axis=1) == 3).all()
    places = {(h.argmax() // 8, h.argmax() % 8) for h in holes}
    assert len(places) == 4 * 6


def test_elastic_is_scipy():
    x = images()
    noise = np.random.default_rng(3).uniform(-1, 1, (2, 3, 28, 28))
    smooth = [
        [ndimage.gaussian_filter(f, 2.5, mode="constant") for f in axis]
        for axis in noise
    ]
    rows, cols = np.mgrid[:28, :28]
    expected = each(
        x,
        lambda p, n: ndimage.map_coordinates(
            p,
            [rows + 20 * smooth[0][n], cols + 20 * smooth[1][n]],
            order=1,
            mode="grid-constant",
        ),
    )
    np.testing.assert_allclose(elastic(x, 20, 2.5, 3), expected, atol=1e-9)


def test_augmenter_of_nothing_changes_nothing():
    x = images()
    out = Augmenter(rotate=0, shift=0, scale=(1, 1), rng=0)(x)
    np.testing.assert_allclose(out, x, atol=1e-12)


def test_augmenter_treats_each_image_alone():
    x = np.repeat(images((1, 1, 28, 28)), 50, axis=0)
    for options in (
        {"rotate": 10},
        {"shift": 2},
        {"scale": (0.8, 1.2)},
        {"noise": 0.2},
        {"elastic": (30, 4)},
    ):
        off = {"rotate": 0, "shift": 0, "scale": (1, 1)}
        out = Augmenter(**{**off, **options}, rng=0)(x)
        assert len(np.unique(out.round(9), axis=0)) == 50


def test_augmenter_flips_half():
    x = np.repeat(images((1, 1, 28, 28)), 400, axis=0)
    still = {"rotate": 0, "shift": 0, "scale": (1, 1)}
    out = Augmenter(**still, flip=True, rng=0)(x)
    same = np.isclose(out, x).all(axis=(1, 2, 3))
    mirrored = np.isclose(out, flip(x)).all(axis=(1, 2, 3))
    assert (same | mirrored).all()
    assert 150 < same.sum() < 250


def test_augmenter_stays_within_its_limits():
    x = np.zeros((300, 1, 29, 29))
    x[:, 0, 14, 14] = 1
    out = Augmenter(rotate=0, shift=2, scale=(1, 1), rng=0)(x)
    rows = (out.sum(axis=(1, 3)) * np.arange(29)).sum(axis=1) - 14
    cols = (out.sum(axis=(1, 2)) * np.arange(29)).sum(axis=1) - 14
    for moved in (rows, cols):
        assert -2 <= moved.min() < -1.8
        assert 1.8 < moved.max() <= 2


def test_augmenter_draws_the_amount_of_noise():
    x = np.full((50, 1, 28, 28), 0.5)
    still = {"rotate": 0, "shift": 0, "scale": (1, 1)}
    spread = Augmenter(**still, noise=0.1, rng=0)(x)[:, :, 9:19, 9:19]
    spread = spread.std(axis=(1, 2, 3))
    assert spread.min() < 0.03
    assert 0.07 < spread.max() < 0.12


def test_augmenter_goes_on_with_its_own_generator():
    x = images()
    first, second = Augmenter(rng=1), Augmenter(rng=1)
    one, two = first(x), first(x)
    assert (one != two).any()
    np.testing.assert_array_equal(second(x), one)
    np.testing.assert_array_equal(second(x), two)
