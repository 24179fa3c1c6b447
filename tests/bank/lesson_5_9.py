"""Answers to the exercises of lesson 5_9."""

import numpy as np

from course_lib.layers import (
    Affine,
    AveragePooling,
    Convolution,
    Dropout,
    GlobalAveragePooling,
    MaxPooling,
    ReLU,
)
from tests.bank import Answer, Source, collect

ANSWERS: list[Answer] = []
right, wrong = collect(ANSWERS)
SIZES = (28, 14, 10, 5, 1, 156, 48120, 10164)


def sizes(**changed):
    """Return the right sizes with some entries replaced, by name."""
    names = ("C1", "S2", "C3", "S4", "C5", "n1", "n5", "n6")
    return tuple(changed.get(n, v) for n, v in zip(names, SIZES))


# lenet_sizes --------------------------------------------------------------
right("lenet_sizes", "as asked", SIZES)
right("lenet_sizes", "a list", list(SIZES))
right("lenet_sizes", "whole floats", tuple(float(v) for v in SIZES))
right("lenet_sizes", "halved by /", sizes(S2=28 / 2, S4=10 / 2))
right("lenet_sizes", "an array", np.array(SIZES))
right("lenet_sizes", "numpy integers", tuple(np.int32(v) for v in SIZES))
for note, cause, value in [
    ("padding assumed", "padding-assumed", (32, 16, 16, 8, 8, 156, 48120, 10164)),
    ("padding in C1 only", "padding-assumed", (32, 16, 12, 6, 2, 156, 48120, 10164)),
    ("image of 28", "image-of-28-assumed", (24, 12, 8, 4, 0, 156, 48120, 10164)),
    ("image of 28 and rounded", "image-of-28-assumed", (24, 12, 8, 4, 1, 156, 48120, 10164)),
    ("no + 1", "one-too-few", (27, 13, 8, 4, -1, 156, 48120, 10164)),
    ("no + 1, carefully", "one-too-few", (27, 13, 8, 4, 1, 156, 48120, 10164)),
    ("no pooling", "pooling-forgotten", (28, 28, 24, 24, 20, 156, 48120, 10164)),
    ("S2 like C1", "pooling-forgotten", sizes(S2=28)),
    ("no biases", "biases-forgotten", sizes(n1=150, n5=48000, n6=10080)),
    ("no bias in C1", "biases-forgotten", sizes(n1=150)),
    ("no bias in C5", "biases-forgotten", sizes(n5=48000)),
    ("no bias in F6", "biases-forgotten", sizes(n6=10080)),
    ("C5 sees one map", "channels-forgotten", sizes(n5=3120)),
    ("C5 sees one map, no bias", "channels-forgotten", sizes(n5=3000)),
    ("F6 from 400", "output-for-inputs", sizes(n6=84 * 400 + 84)),
    ("F6 has 10 units", "classes-for-units", sizes(n6=1210)),
    ("C1 as high as stride 2", "place one-entry-differs", sizes(C1=14)),
    ("n1 with one bias", "place one-bias-in-all one-entry-differs", sizes(n1=151)),
    ("n5 with one bias", "place one-bias-in-all one-entry-differs", sizes(n5=48001)),
    ("n6 with 120 biases", "place one-entry-differs bias-for-each-channel", sizes(n6=84 * 120 + 120)),
    ("C3 and S4 swapped", "entries-swapped", sizes(C3=5, S4=10)),
    ("n5 and n6 swapped", "entries-swapped", sizes(n5=10164, n6=48120)),
    ("only the sizes", "other-type", SIZES[:5]),
    ("n1 miscounted", "place one-entry-differs", sizes(n1=155)),
    ("strings", "other-type", tuple(str(v) for v in SIZES)),
    ("C3 not halved before", "place", sizes(C3=24, S4=12, C5=8)),
    ("S4 rounded up", "place one-entry-differs", sizes(S4=6)),
    ("n5 counts 6 maps", "place one-entry-differs", sizes(n5=120 * 6 * 25 + 120)),
]:
    wrong("lenet_sizes", note, cause, value)


# conv_params --------------------------------------------------------------
def params(expression):
    return Source(f"def conv_params(C, FN, FH, FW, groups=1):\n    return {expression}\n")


for note, text in [
    ("formula", "FN * (C // groups) * FH * FW + FN"),
    ("bias in the bracket", "FN * (C // groups * FH * FW + 1)"),
    ("divided at the end", "C * FN * FH * FW // groups + FN"),
    ("true division", "FN * C / groups * FH * FW + FN"),
    ("by np.prod", "int(np.prod((FN, C // groups, FH, FW))) + FN"),
    ("size of an array", "np.zeros((FN, C // groups, FH, FW)).size + FN"),
    ("by groups", "sum((FN // groups) * (C // groups * FH * FW + 1) for _ in range(groups))"),
]:
    right("conv_params", note, params(text))
for note, cause, text in [
    ("no biases", "biases-forgotten", "FN * (C // groups) * FH * FW"),
    ("one bias", "one-bias-in-all", "FN * (C // groups) * FH * FW + 1"),
    ("a bias for each group", "one-bias-in-all", "FN * (C // groups) * FH * FW + groups"),
    ("C biases", "bias-for-each-channel", "FN * (C // groups) * FH * FW + C"),
    ("a bias for each plane", "bias-for-each-channel", "FN * (C // groups) * (FH * FW + 1)"),
    ("a bias for each plane of all", "bias-for-each-channel", "FN * (C // groups) * FH * FW + FN * C"),
    ("groups not used", "groups-ignored", "FN * C * FH * FW + FN"),
    ("filters divided too", "one-group-only", "(FN // groups) * (C // groups) * FH * FW + FN"),
    ("one group with its biases", "one-group-only", "(FN // groups) * (C // groups * FH * FW + 1)"),
    ("times groups", "groups-multiplied", "FN * C * groups * FH * FW + FN"),
    ("groups of all", "groups-multiplied", "groups * (FN * C * FH * FW) + FN"),
    ("no channels", "channels-forgotten", "FN * FH * FW + FN"),
    ("FH twice", "square-filter-assumed", "FN * (C // groups) * FH * FH + FN"),
    ("FW twice", "square-filter-assumed", "FN * (C // groups) * FW ** 2 + FN"),
    ("no channels and no biases", "channels-forgotten", "FN * FH * FW"),
    ("filters forgotten", "one-filter-only", "(C // groups) * FH * FW + 1"),
    ("filters forgotten, FN biases", "one-filter-only", "(C // groups) * FH * FW + FN"),
    ("sides added", "sides-added", "FN * (C // groups) * (FH + FW) + FN"),
    ("groups not used, no biases", "groups-ignored", "FN * C * FH * FW"),
    ("biases divided by groups", "biases-divided", "FN * (C // groups) * FH * FW + FN // groups"),
    ("all divided by groups", "biases-divided", "(FN * C * FH * FW + FN) // groups"),
    ("a shape", "other-type axes-extra", "(FN, C // groups, FH, FW)"),
    ("weights and biases apart", "other-type axes-extra axis-not-summed", "(FN * (C // groups) * FH * FW, FN)"),
    ("C and FN added", "channels-added place", "(FN + C // groups) * FH * FW + FN"),
    ("bias subtracted", "place biases-subtracted", "FN * (C // groups) * FH * FW - FN"),
    ("a list", "name-not-defined", "W.size + b.size"),
    ("None", "returns-none", "None"),
]:
    wrong("conv_params", note, cause, params(text))


# table_params -------------------------------------------------------------
def table(expression):
    return Source(f"def table_params(seen, FH, FW):\n    return {expression}\n")


for note, text in [
    ("sum", "int(seen.sum()) * FH * FW + len(seen)"),
    ("count_nonzero", "np.count_nonzero(seen) * FH * FW + seen.shape[0]"),
    ("row by row", "sum(row.sum() * FH * FW + 1 for row in seen)"),
    ("mask of an array", "(seen[:, :, None, None] * np.ones((FH, FW))).sum() + seen.shape[0]"),
    ("python's sum", "sum(map(sum, seen.tolist())) * FH * FW + len(seen)"),
    ("as float", "np.sum(seen, dtype=float) * (FH * FW) + len(seen)"),
    ("mean", "round(seen.mean() * seen.size) * FH * FW + len(seen)"),
]:
    right("table_params", note, table(text))
for note, cause, text in [
    ("all connected", "all-connected", "seen.size * FH * FW + len(seen)"),
    ("all connected by shape", "all-connected", "seen.shape[0] * (seen.shape[1] * FH * FW + 1)"),
    ("no biases", "biases-forgotten", "seen.sum() * FH * FW"),
    ("a bias for each connection", "bias-for-each-connection", "seen.sum() * (FH * FW + 1)"),
    ("C biases", "rows-and-columns-swapped", "seen.sum() * FH * FW + seen.shape[1]"),
    ("one plane each", "one-map-each", "len(seen) * FH * FW + len(seen)"),
    ("one plane each, any", "one-map-each", "seen.any(axis=1).sum() * FH * FW + len(seen)"),
    ("no filter pixels", "filter-pixels-forgotten", "seen.sum() + len(seen)"),
    ("only the ones", "filter-pixels-forgotten", "seen.sum()"),
    ("zeros", "zeros-counted", "(seen == 0).sum() * FH * FW + len(seen)"),
    ("zeros by difference", "zeros-counted", "(seen.size - seen.sum()) * FH * FW + len(seen)"),
    ("FH twice", "square-filter-assumed", "seen.sum() * FH * FH + len(seen)"),
    ("FW twice", "square-filter-assumed", "seen.sum() * FW**2 + len(seen)"),
    ("one bias", "one-bias-in-all", "seen.sum() * FH * FW + 1"),
    ("a bias for each place", "bias-for-each-place bias-for-each-connection", "seen.sum() * FH * FW + seen.size"),
    ("the first row only", "first-row-only", "seen[0].sum() * FH * FW + 1"),
    ("the first row for all", "first-row-only", "len(seen) * (seen[0].sum() * FH * FW + 1)"),
    ("by rows, an array", "axes-extra axis-not-summed", "seen.sum(axis=1) * FH * FW + 1"),
    ("by columns, an array", "axes-extra", "seen.sum(axis=0) * FH * FW + 1"),
    ("sides added", "sides-added", "seen.sum() * (FH + FW) + len(seen)"),
    ("planes of all maps", "all-connected place", "seen.shape[1] * FH * FW + seen.shape[1]"),
    ("all, no biases", "all-connected biases-forgotten", "seen.size * FH * FW"),
    ("maximum", "place one-map-each", "seen.max() * FH * FW + len(seen)"),
    ("a list's method", "attribute-missing", "seen.count(1) * FH * FW + len(seen)"),
    ("None", "returns-none", "print(seen.sum() * FH * FW + len(seen))"),
    ("len of the table", "place rows-and-columns-swapped one-map-each", "len(seen[0]) * FH * FW + len(seen)"),
]:
    wrong("table_params", note, cause, table(text))


# conv_macs ----------------------------------------------------------------
def macs(expression, OH="(H + 2 * pad - FH) // stride + 1", OW="(W + 2 * pad - FW) // stride + 1"):
    return Source(
        "def conv_macs(input_shape, FN, FH, FW, stride=1, pad=0, groups=1):\n"
        "    C, H, W = input_shape\n"
        f"    OH = {OH}\n    OW = {OW}\n"
        f"    return {expression}\n"
    )


RIGHT_MACS = "FN * (C // groups) * FH * FW * OH * OW"
for note, answer in [
    ("formula", macs(RIGHT_MACS)),
    ("divided at the end", macs("C * FN * FH * FW * OH * OW // groups")),
    ("true division", macs("FN * (C / groups) * FH * FW * OH * OW")),
    ("by ranges", macs(RIGHT_MACS, "len(range(0, H + 2 * pad - FH + 1, stride))", "len(range(0, W + 2 * pad - FW + 1, stride))")),
    ("by int", macs(RIGHT_MACS, "int((H + 2 * pad - FH) / stride) + 1", "int((W + 2 * pad - FW) / stride) + 1")),
    ("by np.prod", macs("np.prod([FN, C // groups, FH, FW, OH, OW])")),
    ("floor of the quotient and 1", macs(RIGHT_MACS, "(H + 2 * pad - FH + stride) // stride", "(W + 2 * pad - FW + stride) // stride")),
]:
    right("conv_macs", note, answer)
for note, cause, answer in [
    ("input's size", "input-size-for-output-size", macs("FN * (C // groups) * FH * FW * H * W")),
    ("weights only", "weights-for-macs", macs("FN * (C // groups) * FH * FW")),
    ("biases at each place", "biases-counted", macs("FN * (C // groups * FH * FW + 1) * OH * OW")),
    ("biases once", "biases-counted", macs(RIGHT_MACS + " + FN")),
    ("twice", "counted-twice", macs("2 * " + RIGHT_MACS)),
    ("groups not used", "groups-ignored", macs("FN * C * FH * FW * OH * OW")),
    ("stride not used", "stride-ignored", macs(RIGHT_MACS, "H + 2 * pad - FH + 1", "W + 2 * pad - FW + 1")),
    ("pad not used", "pad-ignored", macs(RIGHT_MACS, "(H - FH) // stride + 1", "(W - FW) // stride + 1")),
    ("no channels", "channels-forgotten", macs("FN * FH * FW * OH * OW")),
    ("both not used", "stride-ignored", macs(RIGHT_MACS, "H - FH + 1", "W - FW + 1")),
    ("pad once", "pads-one-side-only", macs(RIGHT_MACS, "(H + pad - FH) // stride + 1", "(W + pad - FW) // stride + 1")),
    ("no + 1", "one-too-few", macs(RIGHT_MACS, "(H + 2 * pad - FH) // stride", "(W + 2 * pad - FW) // stride")),
    ("OH twice", "height-for-width", macs("FN * (C // groups) * FH * FW * OH * OH")),
    ("OW twice", "height-for-width", macs("FN * (C // groups) * FH * FW * OW * OW")),
    ("FH twice", "square-filter-assumed", macs("FN * (C // groups) * FH * FH * OH * OW")),
    ("filters divided too", "one-group-only", macs("(FN // groups) * (C // groups) * FH * FW * OH * OW")),
    ("times groups", "groups-multiplied", macs("FN * C * groups * FH * FW * OH * OW")),
    ("filters forgotten", "one-filter-only", macs("(C // groups) * FH * FW * OH * OW")),
    ("output's size only", "window-forgotten", macs("FN * OH * OW")),
    ("filter not used", "window-forgotten", macs("FN * (C // groups) * OH * OW")),
    ("parameters with biases", "weights-for-macs", macs("FN * (C // groups) * FH * FW + FN")),
    ("parameters at each place of the image", "input-size-for-output-size", macs("(FN * (C // groups) * FH * FW + FN) * H * W")),
    ("ceiling", "not-rounded-down", macs(RIGHT_MACS, "-(-(H + 2 * pad - FH) // stride) + 1", "-(-(W + 2 * pad - FW) // stride) + 1")),
    ("not rounded", "not-rounded-down", macs(RIGHT_MACS, "(H + 2 * pad - FH) / stride + 1", "(W + 2 * pad - FW) / stride + 1")),
    ("sum of the sides", "sides-added", macs("FN * (C // groups) * FH * FW * (OH + OW)")),
    ("None", "returns-none", macs("None")),
    ("shape of four", "unpacks-other-number", Source("def conv_macs(input_shape, FN, FH, FW, stride=1, pad=0, groups=1):\n    N, C, H, W = input_shape\n    return FN * C * FH * FW * H * W\n")),
]:
    wrong("conv_macs", note, cause, answer)


# image_sides --------------------------------------------------------------
def sides(smallest, largest="small + stride - 1"):
    return Source(
        "def image_sides(OH, FH, stride, pad=0):\n"
        f"    small = {smallest}\n    return small, {largest}\n"
    )


SMALL = "(OH - 1) * stride + FH - 2 * pad"
for note, answer in [
    ("formula", sides(SMALL)),
    ("multiplied out", sides("OH * stride - stride + FH - 2 * pad")),
    ("largest first", sides(SMALL, "OH * stride + FH - 2 * pad - 1")),
    ("a list", Source("def image_sides(OH, FH, stride, pad=0):\n    a = stride * (OH - 1) + FH - pad - pad\n    return [a, a - 1 + stride]\n")),
    ("floats", sides("float((OH - 1) * stride + FH - 2 * pad)")),
    ("by search", Source("def image_sides(OH, FH, stride, pad=0):\n    s = [n for n in range(-50, 2000) if n + 2 * pad >= FH and (n + 2 * pad - FH) // stride + 1 == OH]\n    return s[0], s[-1]\n")),
    ("an array", Source("def image_sides(OH, FH, stride, pad=0):\n    return np.array([OH - 1, OH]) * stride + FH - 2 * pad - np.array([0, 1])\n")),
]:
    right("image_sides", note, answer)
for note, cause, answer in [
    ("pad added", "pad-added", sides("(OH - 1) * stride + FH + 2 * pad")),
    ("pad once", "pads-one-side-only", sides("(OH - 1) * stride + FH - pad")),
    ("pad not used", "pad-ignored", sides("(OH - 1) * stride + FH")),
    ("a step too many", "one-step-too-many", sides("OH * stride + FH - 2 * pad")),
    ("stride not used", "stride-ignored", sides("OH - 1 + FH - 2 * pad")),
    ("stride not used at all", "stride-ignored", sides("OH - 1 + FH - 2 * pad", "small")),
    ("one too many", "one-too-many", sides(SMALL, "small + stride")),
    ("only one", "only-the-exact-side", sides(SMALL, "small")),
    ("no window", "window-forgotten", sides("(OH - 1) * stride - 2 * pad")),
    ("window of one", "window-forgotten", sides("(OH - 1) * stride + 1 - 2 * pad")),
    ("OH times stride", "window-forgotten", sides("OH * stride - 2 * pad")),
    ("swapped", "entries-swapped", sides(SMALL, "small").changed(("return small, small", "return small + stride - 1, small"))),
    ("one number", "other-type single-number", sides(SMALL).changed(("return small, small + stride - 1", "return small"))),
    ("pad added and a step", "pad-added one-step-too-many", sides("OH * stride + FH + 2 * pad")),
    ("the output's formula", "forward-formula", sides("(OH + 2 * pad - FH) // stride + 1")),
    ("largest one too few", "one-too-few", sides(SMALL, "small + stride - 2")),
    ("largest a pixel more", "place", sides(SMALL, "small + 1")),
    ("window one less", "place one-too-few both-one-too-few offset", sides("(OH - 1) * stride + FH - 1 - 2 * pad")),
    ("window one more", "place offset one-too-many", sides("(OH - 1) * stride + FH + 1 - 2 * pad")),
    ("steps of the window", "place window-for-stride", sides("(OH - 1) * FH + stride - 2 * pad")),
    ("windows side by side", "windows-side-by-side place", sides("OH * FH - 2 * pad")),
    ("OH + 1", "place one-step-too-many", sides("(OH + 1) * stride + FH - 2 * pad")),
    ("a range", "other-type", sides(SMALL).changed(("return small, small + stride - 1", "return range(small, small + stride)"))),
    ("largest of the next", "place", sides(SMALL, "small + 2 * stride - 1")),
    ("divided", "place stride-divided", sides("(OH - 1) // stride + FH - 2 * pad")),
    ("None", "returns-none", sides(SMALL).changed(("return small, small + stride - 1", "print(small)"))),
]:
    wrong("image_sides", note, cause, answer)


# layer_table --------------------------------------------------------------
TABLE = Source('''
def layer_table(layers, input_shape):
    C, H, W = input_shape
    table = []
    for layer in layers:
        n = macs = 0
        if layer["kind"] == "affine":
            D = C * H * W
            M = layer["M"]
            n = D * M + M
            macs = D * M
            C, H, W = M, 1, 1
        else:
            F, stride, pad = layer["F"], layer["stride"], layer["pad"]
            OH = (H + 2 * pad - F) // stride + 1
            OW = (W + 2 * pad - F) // stride + 1
            if layer["kind"] == "conv":
                FN = layer["FN"]
                weights = FN * (C // layer["groups"]) * F * F
                n = weights + FN
                macs = weights * OH * OW
                C = FN
            H, W = OH, OW
        row = (C, H, W, n, macs)
        table.append(row)
    return table
''')
right("layer_table", "as asked", TABLE)
right("layer_table", "lists", TABLE.changed(("row = (C, H, W, n, macs)", "row = [C, H, W, n, macs]")))
right("layer_table", "an array", TABLE.changed(("return table", "return np.array(table)")))
right("layer_table", "a tuple", TABLE.changed(("return table", "return tuple(table)")))
right("layer_table", "floats", TABLE.changed(("return table", "return np.array(table, dtype=float)")))
right("layer_table", "pool first", TABLE.changed(('if layer["kind"] == "conv":', 'if layer["kind"] != "pool":')))
right("layer_table", "by get", TABLE.changed(('layer["groups"]', 'layer.get("groups", 1)')))
for note, cause, *pairs in [
    ("no biases", "biases-forgotten", ("n = D * M + M", "n = D * M"), ("n = weights + FN", "n = weights")),
    ("no biases of units", "biases-forgotten", ("n = D * M + M", "n = D * M")),
    ("no biases of filters", "biases-forgotten", ("n = weights + FN", "n = weights")),
    ("biases in MACs", "biases-counted", ("macs = D * M", "macs = n")),
    ("biases in all MACs", "biases-counted", ("macs = D * M", "macs = n"), ("macs = weights", "macs = n")),
    ("no MACs of units", "macs-of-affine-missing", ("macs = D * M\n", "macs = 0\n")),
    ("pooling learns", "pooling-learns", ('if layer["kind"] == "conv":', 'FN = C\n            if FN:'), ('FN = layer["FN"]', 'FN = layer.get("FN", C)'), ('layer["groups"]', 'layer.get("groups", 1)')),
    ("shape before", "shape-of-the-input", ("n = macs = 0", "n = macs = 0\n        c, h, w = C, H, W"), ("row = (C, H, W", "row = (c, h, w")),
    ("units keep H, W", "affine-keeps-size", ("C, H, W = M, 1, 1", "C = M")),
    ("no groups", "groups-ignored", ('C // layer["groups"]', "C")),
    ("units from C", "channels-for-inputs", ("D = C * H * W", "D = C")),
    ("MACs at the input", "input-size-for-output-size", ("weights * OH * OW", "weights * H * W")),
    ("MACs are weights", "weights-for-macs", ("weights * OH * OW", "weights")),
    ("C not changed", "channels-not-updated", ("                C = FN\n", "")),
    ("no padding", "pad-ignored", ("H + 2 * pad - F", "H - F"), ("W + 2 * pad - F", "W - F")),
    ("no stride", "stride-ignored", ("// stride + 1\n            OW", "// 1 + 1\n            OW"), ("(W + 2 * pad - F) // stride + 1", "(W + 2 * pad - F) // 1 + 1")),
    ("pad once", "pads-one-side-only", ("H + 2 * pad", "H + pad"), ("W + 2 * pad", "W + pad")),
    ("W as H", "height-for-width", ("H, W = OH, OW", "H, W = OH, OH")),
    ("size not changed", "size-not-updated", ("            H, W = OH, OW\n", "")),
    ("only the last row", "axes-missing axis-last-only", ("return table", "return table[-1]")),
    ("sums only", "axes-missing axis-summed", ("return table", "return np.array(table).sum(axis=0)")),
    ("shapes only", "last-axis-too-short shape-differs", ("row = (C, H, W, n, macs)", "row = (C, H, W)")),
    ("columns swapped", "columns-swapped slices-in-other-order", ("row = (C, H, W, n, macs)", "row = (C, H, W, macs, n)")),
    ("size last", "slices-in-other-order", ("row = (C, H, W, n, macs)", "row = (H, W, C, n, macs)")),
    ("nested shapes", "other-type", ("row = (C, H, W, n, macs)", "row = ((C, H, W), n, macs)")),
    ("returns inside", "shape-differs first-only returns-too-early", ("    return table", "        return table")),
    ("twice", "counted-twice", ("macs = D * M\n", "macs = 2 * D * M\n"), ("macs = weights", "macs = 2 * weights")),
    ("affine not known", "key-missing", ('"affine"', '"Affine"')),
]:
    wrong("layer_table", note, cause, TABLE.changed(*pairs))


# receptive_field ----------------------------------------------------------
FIELD = Source('''
def receptive_field(layers):
    field = 1
    step = 1
    for F, stride in layers:
        field += (F - 1) * step
        step *= stride
    return field
''')
right("receptive_field", "as asked", FIELD)
right("receptive_field", "backwards", Source("def receptive_field(layers):\n    r = 1\n    for F, s in layers[::-1]:\n        r = r * s + F - s\n    return r\n"))
right("receptive_field", "multiplied out", FIELD.changed(("field += (F - 1) * step", "field = field + F * step - step")))
right("receptive_field", "from 0", FIELD.changed(("field = 1", "field = 0"), ("return field", "return field + 1")))
right("receptive_field", "float", FIELD.changed(("step = 1", "step = 1.0")))
right("receptive_field", "ends", Source("def receptive_field(layers):\n    first, last = 0, 0\n    for F, stride in reversed(layers):\n        first, last = first * stride, last * stride + F - 1\n    return last - first + 1\n"))
right("receptive_field", "by products", Source("def receptive_field(layers):\n    F, S = np.array(layers).T\n    return 1 + int(((F - 1) * np.cumprod([1, *S[:-1]])).sum())\n"))
for note, cause, answer in [
    ("stride not used", "stride-ignored", FIELD.changed(("        step *= stride\n", ""))),
    ("sum of F - 1", "stride-ignored", Source("def receptive_field(layers):\n    return 1 + sum(F - 1 for F, _ in layers)\n")),
    ("own stride first", "own-stride-counted", FIELD.changed(("field += (F - 1) * step\n        step *= stride", "step *= stride\n        field += (F - 1) * step"))),
    ("last stride only", "last-stride-only", FIELD.changed(("step *= stride", "step = stride"))),
    ("strides added", "strides-added", FIELD.changed(("step *= stride", "step += stride"))),
    ("strides added less one", "strides-added", FIELD.changed(("step *= stride", "step += stride - 1"))),
    ("whole windows", "whole-windows-added", FIELD.changed(("(F - 1) * step", "F * step"))),
    ("sum of windows", "whole-windows-added", Source("def receptive_field(layers):\n    return sum(F for F, _ in layers)\n")),
    ("whole windows from 0", "whole-windows-added", FIELD.changed(("(F - 1) * step", "F * step"), ("field = 1", "field = 0"))),
    ("whole windows, no stride", "whole-windows-added", FIELD.changed(("(F - 1) * step", "F"))),
    ("product", "windows-multiplied", Source("def receptive_field(layers):\n    r = 1\n    for F, s in layers:\n        r *= F\n    return r\n")),
    ("from 0", "starts-at-zero", FIELD.changed(("field = 1", "field = 0"))),
    ("area", "area-for-side", FIELD.changed(("return field", "return field * field"))),
    ("other order", "layers-turned-round", FIELD.changed(("in layers", "in layers[::-1]"))),
    ("first layer only", "first-layer-only", FIELD.changed(("    return field", "        return field"))),
    ("last layer only", "last-layer-only", FIELD.changed(("field += (F - 1) * step", "field = F"))),
    ("both sides", "place", FIELD.changed(("(F - 1) * step", "2 * (F - 1) * step"))),
    ("half windows", "half-windows", FIELD.changed(("(F - 1) * step", "(F // 2) * step"))),
    ("step returned", "step-for-field", FIELD.changed(("return field", "return step"))),
    ("both returned", "other-type axes-extra", FIELD.changed(("return field", "return field, step"))),
    ("a field for each layer", "axes-extra other-type", Source("def receptive_field(layers):\n    r, s, out = 1, 1, []\n    for F, stride in layers:\n        r += (F - 1) * s\n        s *= stride\n        out.append(r)\n    return np.array(out)\n")),
    ("stride less one", "place", FIELD.changed(("(F - 1) * step", "(F - stride) * step"))),
    ("F and stride swapped", "filter-and-stride-swapped", FIELD.changed(("for F, stride", "for stride, F"))),
    ("forward formula", "order-of-the-recursion layers-turned-round", Source("def receptive_field(layers):\n    r = 1\n    for F, s in layers:\n        r = r * s + F - s\n    return r\n")),
    ("formula without - s", "whole-windows-added place", Source("def receptive_field(layers):\n    r = 1\n    for F, s in layers[::-1]:\n        r = r * s + F\n    return r\n")),
    ("None", "returns-none", FIELD.changed(("    return field\n", "    print(field)\n"))),
    ("the last step too", "place", FIELD.changed(("return field", "return field + step - 1"))),
]:
    wrong("receptive_field", note, cause, answer)


# lenet5 -------------------------------------------------------------------
def filters(C, FN, F, rng, pad=0):
    return Convolution(rng.normal(0, 0.1, (FN, C, F, F)), np.zeros(FN), pad=pad)


def units(D, M, rng):
    return Affine(rng.normal(0, 0.1, (D, M)), np.zeros(M))


def lenet(**changed):
    """Return an answer; changed: place of a layer -> what makes another."""
    places = {int(name[1:]): make for name, make in changed.items()}

    def answer(rng):
        layers = [
            filters(1, 6, 5, rng, pad=2), ReLU(), MaxPooling(2, 2, 2),
            filters(6, 16, 5, rng), ReLU(), MaxPooling(2, 2, 2),
            units(400, 120, rng), ReLU(), units(120, 84, rng), ReLU(), units(84, 10, rng),
        ]  # fmt: skip
        made = [
            places[i](rng) if i in places else layer
            for i, layer in enumerate(layers)
        ]
        return [layer for layer in made if layer is not None]

    return answer


def gone(rng):
    return None


def shared_relu(rng):
    relu = ReLU()
    return [relu if isinstance(c, ReLU) else c for c in lenet()(rng)]


right("lenet5", "as asked", lenet())
right("lenet5", "a tuple", lambda rng: tuple(lenet()(rng)))
right("lenet5", "a dict", lambda rng: {str(i): c for i, c in enumerate(lenet()(rng))})
right("lenet5", "pooling before ReLU", lenet(_1=lambda rng: MaxPooling(2, 2, 2), _2=lambda rng: ReLU()))
right("lenet5", "ReLU after both poolings", lenet(_1=lambda rng: MaxPooling(2, 2, 2), _2=lambda rng: ReLU(), _4=lambda rng: MaxPooling(2, 2, 2), _5=lambda rng: ReLU()))
right("lenet5", "grown", lambda rng: [*lenet()(rng)[:6], *lenet()(rng)[6:]])
for note, cause, answer in [
    ("one ReLU", "one-relu-twice", shared_relu),
    ("one pooling", "one-relu-twice", lambda rng: (lambda c: [*c[:5], c[2], *c[6:]])(lenet()(rng))),
    ("no ReLU after C1", "relu-missing", lenet(_1=gone)),
    ("no ReLU after C3", "relu-missing", lenet(_4=gone)),
    ("no ReLU after C5", "relu-missing", lenet(_7=gone)),
    ("no ReLU after F6", "relu-missing", lenet(_9=gone)),
    ("no ReLU in the first part", "relu-missing", lenet(_1=gone, _4=gone)),
    ("no ReLU in the second part", "relu-missing", lenet(_7=gone, _9=gone)),
    ("no ReLU", "relu-missing", lenet(_1=gone, _4=gone, _7=gone, _9=gone)),
    ("ReLU at the end", "relu-at-the-end", lambda rng: [*lenet()(rng), ReLU()]),
    ("average", "average-for-maximum", lenet(_2=lambda rng: AveragePooling(2, 2, 2), _5=lambda rng: AveragePooling(2, 2, 2))),
    ("no padding", "pad-missing", lenet(_0=lambda rng: filters(1, 6, 5, rng), _6=lambda rng: units(256, 120, rng))),
    ("no padding, 400", "pad-missing flat-size-differs", lenet(_0=lambda rng: filters(1, 6, 5, rng))),
    ("no F6", "layer-missing", lenet(_8=gone, _9=gone, _10=lambda rng: units(120, 10, rng))),
    ("one F5", "shape-differs place", lenet(_7=gone, _6=gone, _8=lambda rng: units(400, 84, rng))),
    ("classes of 84", "place shape-differs layer-missing output-layer-missing", lenet(_9=gone, _10=gone)),
    ("no pooling at last", "flat-size-differs", lenet(_5=gone)),
    ("C3 padded", "flat-size-differs", lenet(_3=lambda rng: filters(6, 16, 5, rng, pad=2))),
    ("C3 padded, 784", "place pad-in-c3", lenet(_3=lambda rng: filters(6, 16, 5, rng, pad=2), _6=lambda rng: units(784, 120, rng))),
    ("C3 on one channel", "channels-differ", lenet(_3=lambda rng: filters(1, 16, 5, rng))),
    ("filters 3x3", "flat-size-differs", lenet(_0=lambda rng: filters(1, 6, 3, rng, pad=2))),
    ("6 filters in C3", "flat-size-differs", lenet(_3=lambda rng: filters(6, 6, 5, rng))),
    ("more filters", "place", lenet(_3=lambda rng: filters(6, 32, 5, rng), _6=lambda rng: units(800, 120, rng))),
    ("Dropout", "place extra-layer", lenet(_9=lambda rng: Dropout(0.5, rng))),
    ("global mean", "place flat-size-differs", lenet(_5=lambda rng: GlobalAveragePooling(), _6=lambda rng: units(16, 120, rng))),
    ("None", "returns-none", lambda rng: None),
    ("classes, not layers", "class-for-object", lambda rng: [*lenet()(rng)[:1], ReLU, *lenet()(rng)[2:]]),
    ("one layer", "other-type", lambda rng: filters(1, 6, 5, rng, pad=2)),
]:
    wrong("lenet5", note, cause, answer)


# vgg_block ----------------------------------------------------------------
BLOCK = Source('''
from course_lib.layers import Convolution, MaxPooling, AveragePooling, ReLU

def conv(C, FN, F, rng, pad=0):
    return Convolution(rng.normal(0, 0.1, (FN, C, F, F)), np.zeros(FN), pad=pad)

def vgg_block(C, FN, count, rng):
    layers = []
    for i in range(count):
        layers.append(conv(C, FN, 3, rng, pad=1))
        layers.append(ReLU())
        C = FN
    layers.append(MaxPooling(2, 2, 2))
    return layers
''')
right("vgg_block", "as asked", BLOCK)
right("vgg_block", "a tuple", BLOCK.changed(("return layers", "return tuple(layers)")))
right("vgg_block", "if first", BLOCK.changed(("conv(C, FN, 3", "conv(C if i == 0 else FN, FN, 3"), ("        C = FN\n", "")))
right("vgg_block", "ReLU at last after pooling", BLOCK.changed(("    layers.append(MaxPooling(2, 2, 2))\n", "    layers.insert(-1, MaxPooling(2, 2, 2))\n")))
right("vgg_block", "+=", BLOCK.changed(("layers.append(ReLU())", "layers += [ReLU()]")))
right("vgg_block", "a dict", BLOCK.changed(("return layers", "return dict(enumerate(layers))")))
right("vgg_block", "while", BLOCK.changed(("for i in range(count):", "while len(layers) < 2 * count:")))
for note, cause, *pairs in [
    ("no padding", "pad-missing", (", pad=1", "")),
    ("no pooling", "pooling-missing", ("    layers.append(MaxPooling(2, 2, 2))\n", "")),
    ("pooling in the loop", "pooling-after-each", ("    layers.append(MaxPooling", "        layers.append(MaxPooling")),
    ("no ReLU", "relu-missing", ("        layers.append(ReLU())\n", "")),
    ("ReLU at the end only", "relu-missing", ("        layers.append(ReLU())\n", ""), ("    layers.append(MaxPooling", "    layers.append(ReLU())\n    layers.append(MaxPooling")),
    ("ReLU between only", "relu-missing", ("layers.append(ReLU())", "layers += [ReLU()] * (i < count - 1)")),
    ("no first ReLU", "relu-missing", ("layers.append(ReLU())", "layers += [ReLU()] * (i > 0)")),
    ("one ReLU", "one-relu-twice", ("    layers = []", "    layers = []\n    relu = ReLU()"), ("append(ReLU())", "append(relu)")),
    ("5x5", "larger-filters", ("FN, 3, rng, pad=1", "FN, 5, rng, pad=2")),
    ("one only", "one-convolution-only", ("range(count)", "range(1)")),
    ("channels at last", "channels-change-last", ("conv(C, FN, 3", "conv(C, FN if i == count - 1 else C, 3"), ("        C = FN\n", "")),
    ("C not changed", "channels-differ", ("        C = FN\n", "")),
    ("C = C * 2", "channels-differ", ("C = FN", "C = 2 * C")),
    ("average", "average-for-maximum place", ("append(MaxPooling", "append(AveragePooling")),
    ("stride 1", "pooling-stride-one axis-too-long shape-differs", ("MaxPooling(2, 2, 2)", "MaxPooling(2, 2, 1)")),
    ("3x3 pooling", "shape-one-smaller", ("MaxPooling(2, 2, 2)", "MaxPooling(3, 3, 2)")),
    ("pad 2", "shape-differs pad-too-large", ("pad=1", "pad=2")),
    ("1x1", "larger-filters place filters-differ", ("FN, 3, rng, pad=1", "FN, 1, rng")),
    ("one more", "argument-off-by-one", ("range(count)", "range(count + 1)")),
    ("one fewer", "argument-off-by-one", ("range(count)", "range(1, count)")),
    ("FN and C swapped", "channels-differ", ("conv(C, FN, 3", "conv(FN, C, 3")),
    ("nested lists", "list-for-array", ("layers.append(conv(C, FN, 3, rng, pad=1))", "layers.append([conv(C, FN, 3, rng, pad=1)])")),
    ("one convolution repeated", "channels-differ one-relu-twice", ("    for i in range(count):\n        layers.append(conv(C, FN, 3, rng, pad=1))", "    same = conv(C, FN, 3, rng, pad=1)\n    for i in range(count):\n        layers.append(same)")),
    ("returns inside", "one-convolution-only", ("        C = FN\n", "        C = FN\n        return layers\n")),
    ("None", "returns-none", ("return layers", "layers")),
    ("append returns None", "is-none", ("layers.append(ReLU())", "layers = layers.append(ReLU())")),
    ("class, not layer", "class-for-object", ("append(ReLU())", "append(ReLU)")),
    ("pooling first", "place pooling-first", ("    layers = []", "    layers = [MaxPooling(2, 2, 2)]"), ("    layers.append(MaxPooling(2, 2, 2))\n", "")),
]:
    wrong("vgg_block", note, cause, BLOCK.changed(*pairs))
