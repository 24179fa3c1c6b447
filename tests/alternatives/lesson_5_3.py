"""Other right answers to the exercises of lesson 5_3."""

import functools

import numpy as np


def pad_filled(x, pad, constant_values=0):
    N, C, H, W = x.shape
    out = np.full((N, C, H + 2 * pad, W + 2 * pad), float(constant_values))
    out[:, :, pad : pad + H, pad : pad + W] = x
    return out


def pad_each(x, pad, constant_values=0):
    return np.stack(
        [
            [np.pad(c, pad, constant_values=constant_values) for c in image]
            for image in x
        ]
    ).astype(np.float32)


def pad_joined(x, pad, constant_values):
    rows = np.full((*x.shape[:2], pad, x.shape[3]), constant_values)
    x = np.concatenate([rows, x, rows], axis=2)
    columns = np.full((*x.shape[:3], pad), constant_values)
    return np.concatenate([columns, x, columns], axis=3)


def place_summed(n, c, h, w, shape):
    _, C, H, W = shape
    return n * C * H * W + c * H * W + h * W + w


def place_folded(n, c, h, w, shape):
    pairs = zip((n, c, h, w), shape)
    return functools.reduce(lambda place, p: place * p[1] + p[0], pairs, 0)


def place_looked_up(n, c, h, w, shape):
    return np.arange(np.prod(shape)).reshape(shape)[n, c, h, w]


def place_by_strides(n, c, h, w, shape):
    strides = np.array(np.empty(shape, dtype=np.int8).strides)
    return strides @ (n, c, h, w)


def flatten_lists(x):
    return [[v for c in image for row in c for v in row] for image in x]


def flatten_each(x):
    return np.array([image.ravel() for image in x], dtype=np.float32)


def flatten_sizes(x):
    N, C, H, W = x.shape
    return np.reshape(x, (N, C * H * W))


def first_moved(pictures):
    return np.moveaxis(pictures, -1, 1)


def first_stacked(pictures):
    channels = [pictures[..., c] for c in range(pictures.shape[3])]
    return np.stack(channels, axis=1)


def first_loops(pictures):
    N, H, W, C = pictures.shape
    out = np.empty((N, C, H, W), dtype=np.float32)
    for n, c, h, w in np.ndindex(out.shape):
        out[n, c, h, w] = pictures[n, h, w, c]
    return out


def maps_by_filter(rows, N, OH, OW):
    return np.stack([f.reshape(N, OH, OW) for f in rows.T], axis=1)


def maps_loops(rows, N, OH, OW, order="C"):
    FN = rows.shape[1]
    maps = np.zeros((N, FN, OH, OW))
    for n, k, i, j in np.ndindex(maps.shape):
        maps[n, k, i, j] = rows[(n * OH + i) * OW + j, k]
    return maps


def maps_swapped(rows, N, OH, OW):
    turned = rows.reshape(N, OH * OW, -1).swapaxes(1, 2)
    return turned.reshape(N, -1, OH, OW).tolist()


def sheet_blocks(images, rows):
    columns = len(images) // rows
    return np.block(
        [
            [images[r * columns + c, 0] for c in range(columns)]
            for r in range(rows)
        ]
    )


def sheet_stacked(images, rows):
    columns = len(images) // rows
    lines = [
        np.hstack(list(images[start : start + columns, 0]))
        for start in range(0, len(images), columns)
    ]
    return np.vstack(lines)


def sheet_einsum(images, rows):
    N, _, H, W = images.shape
    split = images.reshape(rows, N // rows, H, W)
    return np.einsum("rchw->rhcw", split).reshape(rows * H, -1)


X = np.zeros((2, 3, 4, 5), dtype=np.float32)

ALTERNATIVES = {
    "pad_images": [pad_filled, pad_each, pad_joined],
    "reshape_by_hand": [
        [14, 15, 4],
        np.array([14, 15, 4]),
        tuple(np.int64(v) for v in (14, 15, 4)),
    ],
    "flat_index": [
        place_summed,
        place_folded,
        place_looked_up,
        place_by_strides,
    ],
    "flatten": [flatten_lists, flatten_each, flatten_sizes],
    "channels_first": [first_moved, first_stacked, first_loops],
    "rows_to_maps": [maps_by_filter, maps_loops, maps_swapped],
    "contact_sheet": [sheet_blocks, sheet_stacked, sheet_einsum],
    "strides_by_hand": [
        ([240, 80, 20, 4], [240, 20, 4, 80]),
        np.array([[240, 80, 20, 4], [240, 20, 4, 80]]),
        (X.strides, X.transpose(0, 2, 3, 1).strides),
    ],
}
