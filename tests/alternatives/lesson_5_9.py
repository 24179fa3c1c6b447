"""Other right answers to the exercises of lesson 5_9."""

import numpy as np

from course_lib.layers import Affine, Convolution, MaxPooling, ReLU

SIZES = [28, 14, 10, 5, 1, 156, 48120, 10164]


def params_one_filter(C, FN, FH, FW, groups=1):
    one = np.zeros((C // groups, FH, FW)).size + 1
    return FN * one


def params_by_group(C, FN, FH, FW, groups):
    total = 0
    for _ in range(groups):
        total += (FN // groups) * (C // groups) * FH * FW + FN // groups
    return total


def table_by_rows(seen, FH, FW):
    total = 0
    for row in seen:
        total += np.count_nonzero(row) * FH * FW + 1
    return total


def table_by_sizes(seen, FH, FW):
    seen = np.asarray(seen, dtype=float)
    return seen.sum() * FH * FW + seen.shape[0]


def macs_by_output(input_shape, FN, FH, FW, stride=1, pad=0, groups=1):
    C, H, W = input_shape
    rows = len(range(0, H + 2 * pad - FH + 1, stride))
    columns = len(range(0, W + 2 * pad - FW + 1, stride))
    return rows * columns * FN * FH * FW * C // groups


def macs_by_group(shape, FN, FH, FW, stride, pad, groups):
    H, W = np.array(shape[1:])
    OH = (H + 2 * pad - FH) // stride + 1
    OW = (W + 2 * pad - FW) // stride + 1
    one = (FN // groups) * OH * OW * (shape[0] // groups) * FH * FW
    return int(groups * one)


def sides_tried(OH, FH, stride, pad=0):
    fits = [
        side
        for side in range(max(1, FH - 2 * pad), 1000)
        if (side + 2 * pad - FH) // stride + 1 == OH
    ]
    if (OH - 1) * stride + FH - 2 * pad > 0:
        return min(fits), max(fits)
    first = (OH - 1) * stride + FH - 2 * pad
    return first, first + stride - 1


def sides_as_list(OH, FH, stride, pad=0):
    return [
        stride * OH - stride + FH - 2 * pad,
        stride * OH + FH - 2 * pad - 1,
    ]


def table_as_lists(layers, input_shape):
    C, H, W = input_shape
    rows = []
    for layer in layers:
        if layer["kind"] == "affine":
            M = layer["M"]
            rows.append([M, 1, 1, (C * H * W + 1) * M, C * H * W * M])
            C, H, W = M, 1, 1
            continue
        F, S, P = layer["F"], layer["stride"], layer["pad"]
        OH, OW = (H + 2 * P - F) // S + 1, (W + 2 * P - F) // S + 1
        if layer["kind"] == "pool":
            rows.append([C, OH, OW, 0, 0])
        else:
            FN = layer["FN"]
            weights = FN * C // layer["groups"] * F * F
            rows.append([FN, OH, OW, weights + FN, weights * OH * OW])
            C = FN
        H, W = OH, OW
    return rows


def table_filled(layers, shape):
    table = np.zeros((len(layers), 5))
    for i, layer in enumerate(layers):
        if layer["kind"] == "affine":
            out = (layer["M"], 1, 1)
            weights = np.prod(shape) * layer["M"]
        else:
            size = np.array(shape[1:]) + 2 * layer["pad"] - layer["F"]
            FN = layer.get("FN", shape[0])
            out = (FN, *(size // layer["stride"] + 1))
            weights = 0
            if layer["kind"] == "conv":
                each = shape[0] // layer["groups"]
                weights = FN * each * layer["F"] ** 2
        table[i, :3] = out
        table[i, 3] = weights + out[0] if weights else 0
        table[i, 4] = weights * out[1] * out[2]
        shape = out
    return table


def field_backwards(layers):
    field = 1
    for F, stride in reversed(layers):
        field = (field - 1) * stride + F
    return field


def field_sum(layers):
    strides = [stride for _, stride in layers]
    return 1 + sum(
        (F - 1) * int(np.prod(strides[:i], dtype=int))
        for i, (F, _) in enumerate(layers)
    )


def _filters(FN, C, F, pad, rng):
    W = 0.1 * rng.standard_normal((FN, C, F, F))
    return Convolution(W, np.zeros(FN), 1, pad)


def _units(D, M, rng):
    return Affine(0.1 * rng.standard_normal((D, M)), np.zeros(M))


def lenet_dict(rng):
    return {
        "C1": _filters(6, 1, 5, 2, rng),
        "S2": MaxPooling(2, 2, stride=2),
        "ReLU1": ReLU(),
        "C3": _filters(16, 6, 5, 0, rng),
        "S4": MaxPooling(2, 2, stride=2),
        "ReLU2": ReLU(),
        "C5": _units(400, 120, rng),
        "ReLU3": ReLU(),
        "F6": _units(120, 84, rng),
        "ReLU4": ReLU(),
        "output": _units(84, 10, rng),
    }


def lenet_grown(rng):
    layers = []
    for FN, C, pad in ((6, 1, 2), (16, 6, 0)):
        layers += [_filters(FN, C, 5, pad, rng), ReLU(), MaxPooling(2, 2, 2)]
    D = 16 * 5 * 5
    for M in (120, 84):
        layers += [_units(D, M, rng), ReLU()]
        D = M
    layers.append(_units(D, 10, rng))
    return tuple(layers)


def block_recursive(C, FN, count, rng):
    first = [_filters(FN, C, 3, 1, rng), ReLU()]
    if count == 1:
        return [*first, MaxPooling(2, 2, 2)]
    return first + block_recursive(FN, FN, count - 1, rng)


def block_pool_first(C, FN, count, rng):
    layers = [_filters(FN, C, 3, 1, rng)]
    while len(layers) < 2 * count - 1:
        layers.append(ReLU())
        layers.append(_filters(FN, FN, 3, 1, rng))
    return (*layers, MaxPooling(2, 2, stride=2), ReLU())


ALTERNATIVES = {
    "lenet_sizes": (SIZES, np.array(SIZES, dtype=float)),
    "conv_params": (params_one_filter, params_by_group),
    "table_params": (table_by_rows, table_by_sizes),
    "lenet5": (lenet_dict, lenet_grown),
    "conv_macs": (macs_by_output, macs_by_group),
    "image_sides": (sides_tried, sides_as_list),
    "layer_table": (table_as_lists, table_filled),
    "receptive_field": (field_backwards, field_sum),
    "vgg_block": (block_recursive, block_pool_first),
}
