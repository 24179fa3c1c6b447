"""Other right answers to the exercises of lesson 5_8."""

import math

import numpy as np
from scipy import ndimage

from course_lib.augment import rotate


def flip_columns(x):
    return x[..., np.arange(x.shape[3])[::-1]]


def flip_each(x):
    return np.array([[np.fliplr(c) for c in image] for image in x])


def shift_slices(x, dy, dx):
    H, W = x.shape[2:]
    out = np.zeros_like(x)
    out[:, :, max(dy, 0) : H + min(dy, 0), max(dx, 0) : W + min(dx, 0)] = x[
        :, :, max(-dy, 0) : H + min(-dy, 0), max(-dx, 0) : W + min(-dx, 0)
    ]
    return out


def shift_rolled(x, dy, dx):
    out = np.roll(x, (dy, dx), axis=(2, 3)).astype(float)
    if dy > 0:
        out[:, :, :dy] = 0
    elif dy < 0:
        out[:, :, dy:] = 0
    if dx > 0:
        out[..., :dx] = 0
    elif dx < 0:
        out[..., dx:] = 0
    return out


def shift_loop(x, dy, dx):
    H, W = x.shape[2:]
    out = np.zeros(x.shape)
    for i in range(H):
        for j in range(W):
            if 0 <= i - dy < H and 0 <= j - dx < W:
                out[:, :, i, j] = x[:, :, i - dy, j - dx]
    return out.tolist()


def places_meshgrid(H, W, angle, factor):
    v, u = np.meshgrid(np.arange(W) - (W - 1) / 2, np.arange(H) - (H - 1) / 2)
    a = math.radians(angle)
    turned = (v + 1j * -u) * np.exp(-1j * a) / factor
    return [(H - 1) / 2 - turned.imag, (W - 1) / 2 + turned.real]


def places_matrix(H, W, angle, factor, centre=None):
    cos, sin = np.cos(np.pi * angle / 180), np.sin(np.pi * angle / 180)
    middle = np.array([(H - 1) / 2, (W - 1) / 2]).reshape(2, 1, 1)
    places = np.indices((H, W)) - middle
    matrix = np.array([[cos, sin], [-sin, cos]]) / factor
    return tuple(np.tensordot(matrix, places, 1) + middle)


def places_loop(H, W, angle, factor):
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    rows = np.zeros((H, W), dtype=np.float32)
    cols = np.zeros((H, W), dtype=np.float32)
    for i in range(H):
        for j in range(W):
            u, v = i - (H - 1) / 2, j - (W - 1) / 2
            rows[i, j] = (u * cos + v * sin) / factor + (H - 1) / 2
            cols[i, j] = (v * cos - u * sin) / factor + (W - 1) / 2
    return rows, cols


def nearest_framed(x, rows, cols):
    """Put a frame of zeros round the images, and read in it."""
    H, W = x.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    i = np.floor(rows + 0.5).astype(int).clip(-1, H) + 1
    j = np.floor(cols + 0.5).astype(int).clip(-1, W) + 1
    return wide[:, :, i, j]


def nearest_loop(x, rows, cols):
    out = np.zeros(x.shape)
    for i, j in np.ndindex(rows.shape):
        r, c = round(float(rows[i, j])), round(float(cols[i, j]))
        if 0 <= r < x.shape[2] and 0 <= c < x.shape[3]:
            out[:, :, i, j] = x[:, :, r, c]
    return out


def nearest_where(x, rows, cols):
    H, W = x.shape[2:]
    i, j = rows.round().astype(np.intp), cols.round().astype(np.intp)
    outside = (i < 0) | (i > H - 1) | (j < 0) | (j > W - 1)
    return np.where(outside, 0, x[:, :, i % H, j % W])


def noise_scaled(x, std, rng):
    y = x + std * rng.standard_normal(x.shape, dtype=np.float32)
    y[y < 0] = 0
    y[y > 1] = 1
    return y


def noise_each(x, std, rng):
    noisy = [image + rng.normal(scale=std, size=image.shape) for image in x]
    return np.minimum(np.maximum(noisy, 0), 1).astype(x.dtype)


def noise_lists(x, std, rng, low=0, high=1):
    noise = np.array([rng.normal(0, std) for _ in range(x.size)])
    return (x + noise.reshape(x.shape)).clip(low, high).astype(x.dtype)


def erase_mask(x, size, rng):
    N, _, H, W = x.shape
    top = rng.integers(0, H - size + 1, (N, 1, 1))
    left = rng.integers(0, W - size, (N, 1, 1), endpoint=True)
    i, j = np.arange(H).reshape(1, H, 1), np.arange(W).reshape(1, 1, W)
    rows = (top <= i) & (i < top + size)
    columns = (left <= j) & (j < left + size)
    return np.where((rows & columns)[:, np.newaxis], 0, x)


def erase_multiplied(x, size, rng):
    masks = np.ones((len(x), 1, *x.shape[2:]))
    for mask in masks:
        i = int(rng.random() * (x.shape[2] - size + 1))
        j = rng.choice(x.shape[3] - size + 1)
        mask[0, i : i + size, j : j + size] = 0
    return x * masks


def rotate_loop(x, most, rng):
    out = np.empty_like(x)
    for n in range(len(x)):
        angle = most * (2 * rng.random() - 1)
        out[n] = rotate(x[n : n + 1], angle)[0]
    return out


def rotate_scipy(x, most, rng):
    angles = rng.uniform(-most, most, size=len(x))
    return np.stack(
        [
            ndimage.rotate(image, angle, axes=(1, 2), reshape=False, order=1)
            for image, angle in zip(x, angles)
        ]
    )


def rotate_vectorised(x, most, rng):
    return rotate(x, rng.uniform(-1, 1, len(x)) * most)


def enlarge_loop(x, t, change, times):
    images, labels = x, t
    for _ in range(times):
        images = np.concatenate((images, change(x)))
        labels = np.concatenate((labels, t))
    return images, labels


def enlarge_filled(x, t, change, times):
    N = len(x)
    images = np.empty(((1 + times) * N, *x.shape[1:]))
    images[:N] = x
    for k in range(1, times + 1):
        images[k * N : (k + 1) * N] = change(x)
    return [images, list(t) * (1 + times)]


ALTERNATIVES = {
    "flip": [flip_columns, flip_each, lambda x, axis=3: np.flip(x, axis)],
    "shift": [shift_slices, shift_rolled, shift_loop],
    "places": [places_meshgrid, places_matrix, places_loop],
    "read_nearest": [nearest_framed, nearest_loop, nearest_where],
    "add_noise": [noise_scaled, noise_each, noise_lists],
    "erase": [erase_mask, erase_multiplied],
    "random_rotate": [rotate_loop, rotate_scipy, rotate_vectorised],
    "enlarge": [enlarge_loop, enlarge_filled],
}
