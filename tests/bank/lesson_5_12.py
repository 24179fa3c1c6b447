"""Answers to the exercises of lesson 5_12."""

import numpy as np

from tests.bank import Answer, Source, collect

ANSWERS: list[Answer] = []
right, wrong = collect(ANSWERS)

# by_hand ------------------------------------------------------------------
for note, value in [
    ("as asked", (6, 26)),
    ("a list", [6, 26]),
    ("floats", (6.0, 26.0)),
    ("an array", np.array([6, 26])),
    ("worked out", (2 * 3, 16 + 16 - 2 * 3)),
    ("numpy numbers", (np.int32(6), np.float64(26))),
]:
    right("by_hand", note, value)
TWICE = "intersection-counted-twice"
for note, true, value in [
    ("sum of areas", TWICE, (6, 32)),
    ("sum of areas, 5", TWICE, (5, 32)),
    ("one pixel more", "one-pixel-more", (12, 38)),
    ("one pixel more, union right", "one-pixel-more", (12, 26)),
    ("one pixel more, all", "one-pixel-more", (12, 50)),
    ("without the shared part", "without-the-shared-part", (6, 20)),
    ("frame around both", "frame-around-both", (6, 30)),
    ("swapped", "entries-swapped", (26, 6)),
    ("areas", "areas-of-the-boxes", (16, 16)),
    ("sides added", "sides-for-area", (5, 27)),
    ("width only", "sides-for-area", (2, 30)),
    ("height only", "sides-for-area", (3, 29)),
    ("circumference", "sides-for-area", (10, 26)),
    ("frame, one more", "one-pixel-more frame-around-both", (12, 30)),
    ("the quotient", "other-type place", 6 / 26),
    ("a text", "other-type", "6/26"),
    ("three numbers", "other-type", (6, 26, 6 / 26)),
    ("not overlapping", "no-shared-part place", (0, 32)),
    ("sides added, union by sum", TWICE, (5, 32)),
    ("miscounted union", "place", (6, 25)),
    ("nothing", "returns-none", None),
    ("areas and sum", TWICE, (16, 32)),
]:
    wrong("by_hand", note, true, value)

# iou ----------------------------------------------------------------------
IOU = """def iou(a, b):
    result = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            x1 = max(a[i, 0], b[j, 0])
            y1 = max(a[i, 1], b[j, 1])
            x2 = min(a[i, 2], b[j, 2])
            y2 = min(a[i, 3], b[j, 3])
            common = max(x2 - x1, 0) * max(y2 - y1, 0)
            area_a = (a[i, 2] - a[i, 0]) * (a[i, 3] - a[i, 1])
            area_b = (b[j, 2] - b[j, 0]) * (b[j, 3] - b[j, 1])
            union = area_a + area_b - common
            result[i, j] = common / union if union > 0 else 0
    return result
"""
WIDE = """def iou(a, b):
    x1 = np.maximum(a[:, None, 0], b[:, 0])
    y1 = np.maximum(a[:, None, 1], b[:, 1])
    x2 = np.minimum(a[:, None, 2], b[:, 2])
    y2 = np.minimum(a[:, None, 3], b[:, 3])
    common = np.maximum(0, x2 - x1) * np.maximum(0, y2 - y1)
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    union = area_a[:, None] + area_b - common
    return common / np.where(union == 0, 1, union)
"""
loops, wide = Source(IOU), Source(WIDE)
right("iou", "loops", loops)
right("iou", "broadcast", wide)
right(
    "iou",
    "if apart, continue",
    loops.changed(
        (
            "            common = max(x2 - x1, 0) * max(y2 - y1, 0)\n",
            "            if x2 <= x1 or y2 <= y1:\n                continue\n            common = (x2 - x1) * (y2 - y1)\n",
        )
    ),
)
right("iou", "small number added", wide.changed(("np.where(union == 0, 1, union)", "(union + 1e-12)")))
right("iou", "nan to num", wide.changed(("common / np.where(union == 0, 1, union)", "np.nan_to_num(common / union)")))
right("iou", "clip", wide.changed(("np.maximum(0, x2 - x1) * np.maximum(0, y2 - y1)", "(x2 - x1).clip(0) * (y2 - y1).clip(0)")))
right(
    "iou",
    "rows collected",
    Source("""def iou(a, b):
    rows = []
    for box in a:
        start = np.maximum(box[:2], b[:, :2])
        end = np.minimum(box[2:], b[:, 2:])
        common = np.prod(np.clip(end - start, 0, None), axis=1)
        both = np.prod(box[2:] - box[:2]) + np.prod(b[:, 2:] - b[:, :2], 1)
        rows.append(common / np.maximum(both - common, 1e-9))
    return np.array(rows).reshape(len(a), len(b))
"""),
)
MORE, CLIP = "one-pixel-more", "negative-overlap-not-clipped"
TWICE, EMPTY = "union-without-subtracting", "empty-union-not-zero"
for note, true, source in [
    (
        "+ 1 all",
        MORE,
        wide.changed(
            ("x2 - x1)", "x2 - x1 + 1)"),
            ("y2 - y1)", "y2 - y1 + 1)"),
            ("(a[:, 2] - a[:, 0])", "(a[:, 2] - a[:, 0] + 1)"),
            ("(a[:, 3] - a[:, 1])", "(a[:, 3] - a[:, 1] + 1)"),
            ("(b[:, 2] - b[:, 0])", "(b[:, 2] - b[:, 0] + 1)"),
            ("(b[:, 3] - b[:, 1])", "(b[:, 3] - b[:, 1] + 1)"),
        ),
    ),
    ("+ 1 in the overlap", MORE, wide.changed(("x2 - x1)", "x2 - x1 + 1)"), ("y2 - y1)", "y2 - y1 + 1)"))),
    ("not clipped", CLIP, wide.changed(("np.maximum(0, x2 - x1) * np.maximum(0, y2 - y1)", "(x2 - x1) * (y2 - y1)"))),
    ("not clipped, loops", CLIP, loops.changed(("max(x2 - x1, 0) * max(y2 - y1, 0)", "(x2 - x1) * (y2 - y1)"))),
    ("product clipped", CLIP, wide.changed(("np.maximum(0, x2 - x1) * np.maximum(0, y2 - y1)", "np.maximum(0, (x2 - x1) * (y2 - y1))"))),
    ("absolute", CLIP, wide.changed(("np.maximum(0, x2 - x1) * np.maximum(0, y2 - y1)", "abs(x2 - x1) * abs(y2 - y1)"))),
    ("union is the sum", TWICE, wide.changed((" - common\n", "\n"))),
    ("union is the sum, loops", TWICE, loops.changed(("area_a + area_b - common", "area_a + area_b"))),
    ("nan where empty", EMPTY, wide.changed(("common / np.where(union == 0, 1, union)", "common / union"))),
    ("1 where empty", EMPTY, loops.changed(("else 0", "else 1"))),
    ("zero division", "zero-division division-by-zero raises " + EMPTY, loops.changed((" if union > 0 else 0", ""))),
    (
        "x1 x2 y1 y2",
        "order-of-coordinates",
        wide.changed(
            ("[:, None, 1], b[:, 1]", "[:, None, 9], b[:, 9]"),
            ("[:, None, 2], b[:, 2]", "[:, None, 1], b[:, 1]"),
            ("[:, None, 9], b[:, 9]", "[:, None, 2], b[:, 2]"),
            ("(a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])", "(a[:, 1] - a[:, 0]) * (a[:, 3] - a[:, 2])"),
            ("(b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])", "(b[:, 1] - b[:, 0]) * (b[:, 3] - b[:, 2])"),
        ),
    ),
    (
        "size read from the corner",
        "corner-and-size",
        wide.changed(
            ("(a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])", "a[:, 2] * a[:, 3]"),
            ("(b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])", "b[:, 2] * b[:, 3]"),
        ),
    ),
    (
        "x, y, w, h",
        "corner-and-size",
        wide.changed(
            ("a[:, None, 2]", "a[:, None, 0] + a[:, None, 2]"),
            ("a[:, None, 3]", "a[:, None, 1] + a[:, None, 3]"),
            (", b[:, 2])", ", b[:, 0] + b[:, 2])"),
            (", b[:, 3])", ", b[:, 1] + b[:, 3])"),
            ("(a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])", "a[:, 2] * a[:, 3]"),
            ("(b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])", "b[:, 2] * b[:, 3]"),
        ),
    ),
    ("smaller area", "smaller-area-for-union", wide.changed(("area_a[:, None] + area_b - common", "np.minimum(area_a[:, None], area_b)"))),
    ("larger area", "larger-area-for-union", loops.changed(("area_a + area_b - common", "max(area_a, area_b)"))),
    ("area of a", "one-area-for-union", loops.changed(("area_a + area_b - common", "area_a"))),
    ("area of b", "one-area-for-union", loops.changed(("area_a + area_b - common", "area_b"))),
    ("intersection", "intersection-only", wide.changed(("common / np.where(union == 0, 1, union)", "common"))),
    ("union", "union-only", wide.changed(("common / np.where(union == 0, 1, union)", "union"))),
    (
        "transposed",
        "rows-and-columns-swapped",
        wide.changed(("common / np.where(union == 0, 1, union)", "(common / np.where(union == 0, 1, union)).T")),
    ),
    ("distance", "distance-for-overlap", wide.changed(("return common", "return 1 - common"))),
    (
        "return inside the loop",
        "pairs-only place never shape-differs "
        "first-row-only returns-none partly-zero single-number first-only "
        "one-number border-only raises",
        loops.changed(("    return result", "            return result")),
    ),
    (
        "list without a shape",
        "no-boxes-no-shape",
        Source(
            IOU.replace("def iou", "def one") + "def iou(a, b):\n    return np.array([list(one(a[[i]], b)[0]) for i in range(len(a))])\n"
        ),
    ),
    (
        "min and max swapped",
        "place " + CLIP + " all-zero frame-around-both",
        wide.changed(("x1 = np.maximum", "x1 = np.least"), ("x2 = np.minimum", "x2 = np.maximum"), ("np.least", "np.minimum")),
    ),
    (
        "pairs by zip",
        "pairs-only",
        Source(
            IOU.replace("def iou", "def one") + "def iou(a, b):\n    return np.array([one(p[None], q[None])[0, 0] for p, q in zip(a, b)])\n"
        ),
    ),
    (
        "rounded",
        "rounded-down",
        wide.changed(("return common / np.where(union == 0, 1, union)", "return np.round(common / np.where(union == 0, 1, union))")),
    ),
    ("common subtracted twice", "place", wide.changed((" - common\n", " - 2 * common\n"))),
]:
    wrong("iou", note, true, source)


# to_centre, to_corners ----------------------------------------------------
def rows(name, unpack, parts):
    """Return a function that goes box by box."""
    return Source(
        f"def {name}(boxes):\n    out = np.zeros(boxes.shape)\n"
        f"    for i, ({unpack}) in enumerate(boxes):\n"
        f"        out[i] = [{parts}]\n    return out\n"
    )


def columns(name, unpack, parts, stack="np.stack([{}], axis=1)"):
    return Source(f"def {name}(boxes):\n    {unpack} = boxes.T\n    return {stack.format(parts)}\n")


C, S = "x1, y1, x2, y2", "x, y, w, h"
HALF = "(x1 + x2) / 2, (y1 + y2) / 2"
for note, answer in [
    ("rows", rows("to_centre", C, f"{HALF}, x2 - x1, y2 - y1")),
    ("columns", columns("to_centre", C, f"{HALF}, x2 - x1, y2 - y1")),
    ("start plus half", columns("to_centre", C, "x1 + (x2 - x1) / 2, y1 + (y2 - y1) / 2, x2 - x1, y2 - y1")),
    ("column_stack", columns("to_centre", C, f"{HALF}, x2 - x1, y2 - y1", "np.column_stack([{}])")),
    ("array of rows, transposed", columns("to_centre", C, f"{HALF}, x2 - x1, y2 - y1", "np.array([{}]).T")),
    ("times .5", rows("to_centre", C, "(x1 + x2) * .5, (y1 + y2) * .5, x2 - x1, y2 - y1")),
]:
    right("to_centre", note, answer)
ORDER = "in-another-order"
for note, true, parts in [
    ("corner kept", "corner-for-centre", "x1, y1, x2 - x1, y2 - y1"),
    ("end corner kept", "corner-for-centre", "x2, y2, x2 - x1, y2 - y1"),
    ("half a side", "half-size-for-centre", "(x2 - x1) / 2, (y2 - y1) / 2, x2 - x1, y2 - y1"),
    ("not halved", "not-halved", "x1 + x2, y1 + y2, x2 - x1, y2 - y1"),
    ("brackets missing", "not-halved", "x1 + x2 / 2, y1 + y2 / 2, x2 - x1, y2 - y1"),
    ("half sizes", "half-sizes", f"{HALF}, (x2 - x1) / 2, (y2 - y1) / 2"),
    ("ends kept", "end-for-size", f"{HALF}, x2, y2"),
    ("negative size", "size-negative", f"{HALF}, x1 - x2, y1 - y2"),
    ("+ 1", "one-pixel-more", f"{HALF}, x2 - x1 + 1, y2 - y1 + 1"),
    ("centre of whole pixels", "one-pixel-more", "(x1 + x2 - 1) / 2, (y1 + y2 - 1) / 2, x2 - x1, y2 - y1"),
    ("x w y h", ORDER, "(x1 + x2) / 2, x2 - x1, (y1 + y2) / 2, y2 - y1"),
    ("y first", ORDER, "(y1 + y2) / 2, (x1 + x2) / 2, y2 - y1, x2 - x1"),
    ("h before w", ORDER, f"{HALF}, y2 - y1, x2 - x1"),
    ("sizes first", ORDER, f"x2 - x1, y2 - y1, {HALF}"),
    ("rounded", "rounded-down", "(x1 + x2) // 2, (y1 + y2) // 2, (x2 - x1) // 1, (y2 - y1) // 1"),
]:
    wrong("to_centre", note, true, rows("to_centre", C, parts))
wrong("to_centre", "x1 x2 y1 y2", "order-of-coordinates", rows("to_centre", "x1, x2, y1, y2", f"{HALF}, x2 - x1, y2 - y1"))
wrong("to_centre", "not transposed", "boxes-as-columns", columns("to_centre", C, f"{HALF}, x2 - x1, y2 - y1", "np.array([{}])"))
wrong(
    "to_centre",
    "first box",
    "first-box-only index-outside axis-is-empty raises",
    Source(f"def to_centre(boxes):\n    x1, y1, x2, y2 = boxes[0]\n    return np.array([[{HALF}, x2 - x1, y2 - y1]])\n"),
)
wrong("to_centre", "nothing returned", "returns-none", Source("def to_centre(boxes):\n    boxes.mean()\n"))
wrong(
    "to_centre",
    "writes into boxes",
    "changes-input changed-input",
    Source(
        "def to_centre(boxes):\n    size = boxes[:, 2:] - boxes[:, :2]\n"
        "    boxes[:, :2] += size / 2\n    boxes[:, 2:] = size\n"
        "    return boxes\n"
    ),
)
wrong(
    "to_centre",
    "overwritten too early",
    "half-sizes changes-input place changed-input",
    Source(
        "def to_centre(boxes):\n"
        "    boxes[:, 0] = (boxes[:, 0] + boxes[:, 2]) / 2\n"
        "    boxes[:, 1] = (boxes[:, 1] + boxes[:, 3]) / 2\n"
        "    boxes[:, 2] = boxes[:, 2] - boxes[:, 0]\n"
        "    boxes[:, 3] = boxes[:, 3] - boxes[:, 1]\n    return boxes\n"
    ),
)
wrong(
    "to_centre",
    "unchanged",
    "place nothing-changed unchanged corner-for-centre columns-unchanged input-returned corners-kept",
    Source("def to_centre(boxes):\n    return boxes\n"),
)

CORNERS = "x - w / 2, y - h / 2, x + w / 2, y + h / 2"
for note, answer in [
    ("rows", rows("to_corners", S, CORNERS)),
    ("columns", columns("to_corners", S, CORNERS)),
    ("column_stack", columns("to_corners", S, CORNERS, "np.column_stack(({}))")),
    ("start plus size", rows("to_corners", S, "x - w / 2, y - h / 2, x - w / 2 + w, y - h / 2 + h")),
    ("transposed", columns("to_corners", S, CORNERS, "np.array([{}]).T")),
    ("hstack", Source("def to_corners(boxes):\n    c, s = np.hsplit(boxes, 2)\n    return np.hstack([c - s / 2, c + s / 2])\n")),
]:
    right("to_corners", note, answer)
ENDS = "x + w / 2, y + h / 2"
for note, true, parts in [
    ("whole size", "whole-size-for-half", "x - w, y - h, x + w, y + h"),
    ("begins at the centre", "centre-for-corner", "x, y, x + w, y + h"),
    ("begins at the centre, half", "centre-for-corner", f"x, y, {ENDS}"),
    ("end from centre", "end-from-centre", "x - w / 2, y - h / 2, x + w, y + h"),
    ("ends at the centre", "end-from-centre", "x - w / 2, y - h / 2, x, y"),
    ("starts too early", "end-from-centre", f"x - w, y - h, {ENDS}"),
    ("size kept", "size-kept", "x - w / 2, y - h / 2, w, h"),
    ("- 1", "one-pixel-more", "x - w / 2, y - h / 2, x + w / 2 - 1, y + h / 2 - 1"),
    ("+ 1", "one-pixel-more", "x - w / 2, y - h / 2, x + w / 2 + 1, y + h / 2 + 1"),
    ("corners swapped", "corners-swapped", f"{ENDS}, x - w / 2, y - h / 2"),
    ("brackets", "missing-brackets", "(x - w) / 2, (y - h) / 2, (x + w) / 2, (y + h) / 2"),
    ("x1 x2 y1 y2", ORDER, "x - w / 2, x + w / 2, y - h / 2, y + h / 2"),
    ("y first", ORDER, "y - h / 2, x - w / 2, y + h / 2, x + w / 2"),
    ("w for h", "width-for-height", "x - h / 2, y - w / 2, x + h / 2, y + w / 2"),
    ("rounded", "rounded-down", "(x - w / 2) // 1, (y - h / 2) // 1, (x + w / 2) // 1, (y + h / 2) // 1"),
    ("as to_centre", "back-to-centre", "(x + w) / 2, (y + h) / 2, w - x, h - y"),
    ("sign of y", "place", "x - w / 2, y + h / 2, x + w / 2, y - h / 2"),
]:
    wrong("to_corners", note, true, rows("to_corners", S, parts))
wrong("to_corners", "not transposed", "boxes-as-columns", columns("to_corners", S, CORNERS, "np.array([{}])"))
wrong("to_corners", "nothing returned", "returns-none", Source("def to_corners(boxes):\n    boxes.mean()\n"))
wrong(
    "to_corners",
    "writes into boxes",
    "changes-input",
    Source(
        "def to_corners(boxes):\n    half = boxes[:, 2:] / 2\n"
        "    boxes[:, 2:] = boxes[:, :2] + half\n    boxes[:, :2] -= half\n"
        "    return boxes\n"
    ),
)
wrong(
    "to_corners",
    "first box",
    "first-box-only index-outside axis-is-empty",
    Source(f"def to_corners(boxes):\n    x, y, w, h = boxes[0]\n    return np.array([[{CORNERS}]])\n"),
)

# nms ----------------------------------------------------------------------
PAIR = """def pair(p, q):
    w = max(0, min(p[2], q[2]) - max(p[0], q[0]))
    h = max(0, min(p[3], q[3]) - max(p[1], q[1]))
    union = (p[2] - p[0]) * (p[3] - p[1])
    union = union + (q[2] - q[0]) * (q[3] - q[1]) - w * h
    return w * h / union if union > 0 else 0


"""
NMS = (
    PAIR
    + """def nms(boxes, scores, threshold=0.5):
    order = np.argsort(scores)[::-1]
    keep = []
    for i in order:
        ok = True
        for k in keep:
            if pair(boxes[i], boxes[k]) >= threshold:
                ok = False
        if ok:
            keep.append(i)
    return keep
"""
)
WHILE = (
    PAIR
    + """def nms(boxes, scores, threshold=0.5):
    left = list(np.argsort(-scores))
    keep = []
    while left:
        best = left.pop(0)
        keep.append(best)
        left = [i for i in left if pair(boxes[i], boxes[best]) < threshold]
    return np.array(keep, dtype=int)
"""
)
MARKS = (
    PAIR
    + """def nms(boxes, scores, threshold=0.5):
    n = len(boxes)
    order = np.argsort(-scores)
    gone = np.zeros(n, dtype=bool)
    for a in range(n):
        if gone[order[a]]:
            continue
        for b in range(a + 1, n):
            if pair(boxes[order[a]], boxes[order[b]]) >= threshold:
                gone[order[b]] = True
    return order[~gone[order]]
"""
)
nms, whiles, marks = Source(NMS), Source(WHILE), Source(MARKS)
right("nms", "list of kept", nms)
right("nms", "while with pop", whiles)
right("nms", "marks", marks)
right("nms", "sorted by key", nms.changed(("np.argsort(scores)[::-1]", "sorted(range(len(scores)), key=lambda i: -scores[i])")))
right(
    "nms",
    "any",
    nms.changed(
        (
            "        ok = True\n        for k in keep:\n"
            "            if pair(boxes[i], boxes[k]) >= threshold:\n"
            "                ok = False\n        if ok:\n",
            "        if not any(pair(boxes[i], boxes[k]) >= threshold for k in keep):\n",
        )
    ),
)
right(
    "nms",
    "argmax again and again",
    Source(
        PAIR
        + """def nms(b, s, t=0.5):
    s = s.astype(float).copy()
    keep = []
    while (s > -1).any():
        best = int(s.argmax())
        keep.append(best)
        for i in range(len(b)):
            if i == best or pair(b[i], b[best]) >= t:
                s[i] = -1
    return np.array(keep, int)
"""
    ),
)
FALL = "np.argsort(scores)[::-1]"
for note, true, source in [
    ("ascending", "lowest-score-first", nms.changed((FALL, "np.argsort(scores)"))),
    ("ascending, while", "lowest-score-first", whiles.changed(("-scores", "scores"))),
    ("last popped", "lowest-score-first", whiles.changed(("pop(0)", "pop()"))),
    ("not sorted", "order-of-scores-ignored", nms.changed((FALL, "range(len(boxes))"))),
    ("> for >=", "equal-overlap-stays", nms.changed((">=", ">"))),
    ("<= for <", "equal-overlap-stays", whiles.changed(("< threshold", "<= threshold"))),
    ("suppressed suppress", "suppressed-boxes-suppress", marks.changed(("        if gone[order[a]]:\n            continue\n", ""))),
    (
        "seen for kept",
        "suppressed-boxes-suppress",
        nms.changed(
            (
                "        if ok:\n            keep.append(i)\n    return keep",
                "        keep.append(i)\n        if not ok:\n            bad.append(i)\n    return [i for i in keep if i not in bad]",
            ),
            ("keep = []", "keep, bad = [], []"),
        ),
    ),
    ("0.5 fixed", "threshold-ignored", nms.changed((">= threshold", ">= 0.5"))),
    ("sorted at the end", "not-by-score", nms.changed(("return keep", "return sorted(keep)"))),
    ("reversed at the end", "not-by-score", nms.changed(("return keep", "return keep[::-1]"))),
    ("flatnonzero of marks", "not-by-score", marks.changed(("order[~gone[order]]", "np.flatnonzero(~gone)"))),
    ("places", "places-in-the-order", marks.changed(("order[~gone[order]]", "np.flatnonzero(~gone[order])"))),
    ("the others", "keeps-the-suppressed", marks.changed(("order[~gone[order]]", "order[gone[order]]"))),
    ("one round", "one-round-only", marks.changed(("range(n):\n        if", "range(min(n, 1)):\n        if"))),
    ("return in the loop", "best-only never-ends returns-none raises place", whiles.changed(("    return np", "        return np"))),
    ("last kept only", "neighbours-in-order-only", nms.changed(("for k in keep:", "for k in keep[-1:]:"))),
    (
        "reset in the loop",
        "neighbours-in-order-only all-must-overlap",
        nms.changed(("                ok = False\n", "                ok = False\n            else:\n                ok = True\n")),
    ),
    ("keeps overlapping", "keeps-what-overlaps", whiles.changed(("< threshold", ">= threshold"))),
    (
        "nothing goes",
        "nothing-suppressed",
        nms.changed(("        if ok:\n            keep", "        keep"), ("keep.append(i)\n    return", "keep.append(i)\n    return"))
        if False
        else Source(PAIR + "def nms(b, s, t=0.5):\n    return np.argsort(-s)\n"),
    ),
    (
        "best not kept",
        "shape-differs best-missing",
        Source(
            PAIR + "def nms(b, s, t=0.5):\n    keep = []\n"
            "    for i in np.argsort(-s):\n"
            "        if all(pair(b[i], b[k]) < t for k in range(len(b))):\n"
            "            keep.append(i)\n    return keep\n"
        ),
    ),
    ("boxes", "boxes-for-indices", nms.changed(("return keep", "return boxes[keep]"))),
    ("scores", "scores-for-indices", nms.changed(("return keep", "return scores[keep]"))),
    ("mask", "mask-for-indices", marks.changed(("order[~gone[order]]", "~gone"))),
    (
        "+ 1",
        "one-pixel-more",
        nms.changed(
            ("- max(p[0], q[0])", "- max(p[0], q[0]) + 1"),
            ("- max(p[1], q[1])", "- max(p[1], q[1]) + 1"),
            ("(p[2] - p[0]) * (p[3] - p[1])", "(p[2] - p[0] + 1) * (p[3] - p[1] + 1)"),
            ("(q[2] - q[0]) * (q[3] - q[1])", "(q[2] - q[0] + 1) * (q[3] - q[1] + 1)"),
        ),
    ),
    ("nothing returned", "returns-none", nms.changed(("    return keep", "    keep"))),
    ("never shrinks", "never-ends", whiles.changed(("pop(0)", "__getitem__(0)"), ("< threshold]", "< 2]"))),
    (
        "all must overlap",
        "all-must-overlap",
        nms.changed(
            ("        ok = True\n", "        ok = not keep\n"),
            (">= threshold:\n                ok = False", "< threshold:\n                ok = True"),
        ),
    ),
]:
    wrong("nms", note, true, source)

# nms_per_class ------------------------------------------------------------
GROUPS = (
    NMS
    + """

def nms_per_class(boxes, scores, labels, threshold=0.5):
    keep = []
    for label in np.unique(labels):
        same = np.flatnonzero(labels == label)
        for i in nms(boxes[same], scores[same], threshold):
            keep.append(same[i])
    keep.sort(key=lambda i: -scores[i])
    return keep
"""
)
SINGLE = (
    PAIR
    + """def nms_per_class(boxes, scores, labels, threshold=0.5):
    keep = []
    for i in np.argsort(-scores):
        ok = True
        for k in keep:
            if labels[i] == labels[k]:
                if pair(boxes[i], boxes[k]) >= threshold:
                    ok = False
        if ok:
            keep.append(i)
    return np.array(keep, dtype=int)
"""
)
groups, single = Source(GROUPS), Source(SINGLE)
right("nms_per_class", "groups", groups)
right("nms_per_class", "one loop", single)
right("nms_per_class", "set of labels", groups.changed(("np.unique(labels)", "set(labels.tolist())")))
right("nms_per_class", "np.where", groups.changed(("np.flatnonzero(labels == label)", "np.where(labels == label)[0]")))
right("nms_per_class", "range of the largest", groups.changed(("np.unique(labels)", "range(max(labels, default=-1) + 1)")))
right(
    "nms_per_class",
    "sorted by argsort",
    groups.changed(
        (
            "    keep.sort(key=lambda i: -scores[i])\n    return keep",
            "    keep = np.array(keep, dtype=int)\n    return keep[np.argsort(scores[keep])[::-1]]",
        )
    ),
)
right(
    "nms_per_class",
    "moved apart",
    Source(
        NMS
        + """

def nms_per_class(boxes, scores, labels, threshold=0.5):
    far = labels.astype(float) * 1000
    return nms(boxes + far[:, None], scores, threshold)
"""
    ),
)
SORT = "    keep.sort(key=lambda i: -scores[i])\n"
PLACE = "index-within-the-class"
for note, true, source in [
    ("labels ignored", "classes-ignored", single.changed(("labels[i] == labels[k]", "True"))),
    ("all at once", "classes-ignored", Source(NMS + "\n\ndef nms_per_class(b, s, labels, t=0.5):\n    return nms(b, s, t)\n")),
    ("not sorted", "grouped-by-label", groups.changed((SORT, ""))),
    ("sorted by index", "not-by-score", groups.changed((SORT, "    keep.sort()\n"))),
    ("sorted upwards", "not-by-score", groups.changed(("-scores[i]", "scores[i]"))),
    ("reversed", "not-by-score", single.changed(("np.array(keep, dtype=int)", "np.array(keep[::-1], dtype=int)"))),
    ("place in the class", PLACE, groups.changed(("same[i]", "i"))),
    ("place in the class, unsorted", PLACE, groups.changed(("same[i]", "i"), (SORT, ""))),
    ("place in the class, sorted", PLACE, groups.changed(("same[i]", "i"), (SORT, "    keep.sort()\n"))),
    ("last label missing", "last-label-missing", groups.changed(("np.unique(labels)", "range(max(labels, default=0))"))),
    ("counted labels", "labels-counted-from-zero", groups.changed(("np.unique(labels)", "range(len(np.unique(labels)))"))),
    ("four labels", "place labels-counted-from-zero last-label-missing", groups.changed(("np.unique(labels)", "range(4)"))),
    ("return in the loop", "one-class-only returns-none", groups.changed((SORT + "    return keep\n", "        return keep\n"))),
    (
        "return in the loop, empty kept",
        "one-class-only",
        groups.changed((SORT + "    return keep\n", "        return keep\n    return keep\n")),
    ),
    (
        "list anew",
        "one-class-only",
        groups.changed(("    for label in np.unique(labels):\n", "    for label in np.unique(labels):\n        keep = []\n")),
    ),
    ("other labels suppress", "only-other-labels-suppress", single.changed(("labels[i] == labels[k]", "labels[i] != labels[k]"))),
    ("best of each", "best-of-each-label-only", groups.changed(("threshold):\n", "threshold)[:1]:\n"))),
    ("0.5 fixed", "threshold-ignored", single.changed((">= threshold", ">= 0.5"))),
    ("threshold not handed on", "threshold-ignored", groups.changed((", threshold):\n            keep", "):\n            keep"))),
    ("nothing goes", "nothing-suppressed", single.changed(("ok = False", "ok = True"))),
    (
        "labels afterwards",
        "labels-after-suppression",
        Source(
            NMS + "\n\ndef nms_per_class(b, s, labels, t=0.5):\n    keep = []\n"
            "    for i in nms(b, s, t):\n"
            "        if labels[i] not in [labels[k] for k in keep]:\n"
            "            keep.append(i)\n    return keep\n"
        ),
    ),
    (
        "boxes",
        "boxes-for-indices",
        groups.changed(("return keep\n", "return boxes[keep]\n"))
        if False
        else single.changed(("np.array(keep, dtype=int)", "boxes[np.array(keep, dtype=int)]")),
    ),
    ("scores", "boxes-for-indices", single.changed(("np.array(keep, dtype=int)", "scores[np.array(keep, dtype=int)]"))),
    ("labels", "place same-for-all", single.changed(("np.array(keep, dtype=int)", "labels[np.array(keep, dtype=int)]"))),
    (
        "mask",
        "mask-for-indices",
        single.changed(("np.array(keep, dtype=int)", "np.isin(np.arange(len(boxes)), np.array(keep, dtype=int))")),
    ),
    (
        "lists of lists",
        "other-type returns-none",
        Source(
            NMS + "\n\ndef nms_per_class(b, s, labels, t=0.5):\n"
            "    return [list(np.flatnonzero(labels == k)[nms(b[labels == k], "
            "s[labels == k], t)]) for k in np.unique(labels)]\n"
        ),
    ),
    ("nothing returned", "returns-none", groups.changed((SORT + "    return keep\n", SORT))),
    (
        "all boxes with part of scores",
        "index-outside raises other-lengths index-within-the-class place",
        groups.changed(("nms(boxes[same], scores[same]", "nms(boxes, scores[same]")),
    ),
]:
    wrong("nms_per_class", note, true, source)

# match_detections ---------------------------------------------------------
MATCH = (
    PAIR
    + """def match_detections(boxes, scores, truth, threshold=0.5):
    correct = np.zeros(len(boxes), dtype=bool)
    taken = set()
    for i in np.argsort(-scores):
        best, best_iou = -1, 0
        for j in range(len(truth)):
            value = pair(boxes[i], truth[j])
            if value > best_iou:
                best, best_iou = j, value
        if best_iou > threshold and best not in taken:
            correct[i] = True
            taken.add(best)
    return correct
"""
)
ROWS = (
    PAIR
    + """def match_detections(boxes, scores, truth, threshold=0.5):
    correct = [False] * len(boxes)
    if len(truth) == 0:
        return correct
    used = [False] * len(truth)
    for i in np.argsort(scores)[::-1]:
        row = [pair(boxes[i], t) for t in truth]
        j = int(np.argmax(row))
        if row[j] > threshold:
            if not used[j]:
                correct[i] = True
                used[j] = True
    return correct
"""
)
match, lists = Source(MATCH), Source(ROWS)
right("match_detections", "set of taken", match)
right("match_detections", "lists", lists)
right("match_detections", "zeros and ones", match.changed(("dtype=bool", "dtype=int"), ("correct[i] = True", "correct[i] = 1")))
right("match_detections", "sorted", match.changed(("np.argsort(-scores)", "sorted(range(len(boxes)), key=lambda i: -scores[i])")))
right(
    "match_detections",
    "continue",
    lists.changed(
        (
            "        if row[j] > threshold:\n            if not used[j]:\n"
            "                correct[i] = True\n                used[j] = True\n",
            "        if row[j] <= threshold or used[j]:\n            continue\n        correct[i] = used[j] = True\n",
        )
    ),
)
right("match_detections", "floats", match.changed(("dtype=bool", "dtype=float")))
for note, true, source in [
    ("never taken", "duplicates-count", match.changed((" and best not in taken", ""))),
    ("taken not filled", "duplicates-count", match.changed(("            taken.add(best)\n", ""))),
    ("used not set", "duplicates-count", lists.changed(("                used[j] = True\n", ""))),
    ("not sorted", "order-of-scores-ignored", match.changed(("np.argsort(-scores)", "range(len(boxes))"))),
    ("ascending", "lowest-score-first", match.changed(("-scores", "scores"))),
    ("ascending, lists", "lowest-score-first", lists.changed(("[::-1]", ""))),
    (">= threshold", "equal-overlap-counts", match.changed(("> threshold", ">= threshold"))),
    (
        "next best",
        "second-choice",
        match.changed(
            (
                "            value = pair(boxes[i], truth[j])\n",
                "            if j in taken:\n                continue\n            value = pair(boxes[i], truth[j])\n",
            )
        ),
    ),
    ("first object", "first-object-taken", lists.changed(("int(np.argmax(row))", "int(np.argmax([r > threshold for r in row]))"))),
    ("last object", "place first-object-taken", match.changed(("if value > best_iou:", "if value > threshold:"))),
    (
        "best of each object",
        "best-overlap-wins",
        Source(
            PAIR + "def match_detections(b, s, truth, t=0.5):\n"
            "    correct = np.zeros(len(b), bool)\n    if len(b) == 0:\n"
            "        return correct\n    for object in truth:\n"
            "        row = [pair(box, object) for box in b]\n"
            "        if max(row) > t:\n"
            "            correct[np.argmax(row)] = True\n    return correct\n"
        ),
    ),
    (
        "sorted by overlap",
        "best-overlap-wins",
        match.changed(("np.argsort(-scores)", "np.argsort([-max([pair(b, t) for t in truth], default=0) for b in boxes]).astype(int)")),
    ),
    ("always taken", "taken-without-match", lists.changed(("                used[j] = True\n", "        used[j] = True\n"))),
    ("one in all", "one-match-in-all", match.changed(("best not in taken", "not taken"))),
    ("0.5 fixed", "threshold-ignored", match.changed(("> threshold", "> 0.5"))),
    ("order of scores", "in-order-of-scores", match.changed(("return correct", "return correct[np.argsort(-scores)]"))),
    (
        "appended",
        "in-order-of-scores",
        match.changed(
            ("np.zeros(len(boxes), dtype=bool)", "[]"),
            (
                "            correct[i] = True\n            taken.add(best)\n",
                "            correct.append(True)\n            taken.add(best)\n        else:\n            correct.append(False)\n",
            ),
        ),
    ),
    ("false for true", "false-for-true", match.changed(("return correct", "return ~correct"))),
    ("objects", "objects-not-detections", match.changed(("return correct", "return [j in taken for j in range(len(truth))]"))),
    (
        "overlaps",
        "overlaps-for-verdicts",
        Source(PAIR + "def match_detections(b, s, truth, t=0.5):\n    return [max([pair(p, q) for q in truth], default=0) for p in b]\n"),
    ),
    (
        "score above threshold",
        "score-must-exceed-threshold",
        match.changed(("if best_iou > threshold and", "if scores[i] > threshold and best_iou > threshold and")),
    ),
    (
        "+ 1",
        "one-pixel-more",
        match.changed(
            ("- max(p[0], q[0])", "- max(p[0], q[0]) + 1"),
            ("- max(p[1], q[1])", "- max(p[1], q[1]) + 1"),
            ("(p[2] - p[0]) * (p[3] - p[1])", "(p[2] - p[0] + 1) * (p[3] - p[1] + 1)"),
            ("(q[2] - q[0]) * (q[3] - q[1])", "(q[2] - q[0] + 1) * (q[3] - q[1] + 1)"),
        ),
    ),
    (
        "no objects: error",
        "empty-window empty-argument zero-size empty raisesargmax-of-empty nothing-to-reduce empty-reduction empty-array-reduced",
        lists.changed(("    if len(truth) == 0:\n        return correct\n", "")),
    ),
    (
        "no objects: empty",
        "place shape-differs",
        lists.changed(("    if len(truth) == 0:\n        return correct\n", "    if len(truth) == 0:\n        return []\n")),
    ),
    ("nothing returned", "returns-none", match.changed(("    return correct", "    correct"))),
    ("indices", "place shape-differs", match.changed(("return correct", "return np.flatnonzero(correct)"))),
    ("counts", "place shape-differs", match.changed(("return correct", "return correct.sum()"))),
    ("return in the loop", "returns-none first-only place", match.changed(("    return correct", "        return correct"))),
]:
    wrong("match_detections", note, true, source)

# precision_recall ---------------------------------------------------------
CURVE = """def precision_recall(correct, scores, objects):
    order = np.argsort(scores)[::-1]
    tp = fp = 0
    recall, precision = [], []
    for i in order:
        if correct[i]:
            tp += 1
        else:
            fp += 1
        recall.append(tp / objects if objects else 0)
        precision.append(tp / (tp + fp))
    return recall, precision
"""
SUMS = """def precision_recall(correct, scores, objects):
    hits = correct[np.argsort(-scores)]
    tp, fp = np.cumsum(hits), np.cumsum(~hits)
    recall = tp / max(objects, 1)
    precision = tp / (tp + fp)
    return recall, precision
"""
steps, sums = Source(CURVE), Source(SUMS)
right("precision_recall", "loop", steps)
right("precision_recall", "sums", sums)
right("precision_recall", "arange", sums.changed(("(tp + fp)", "np.arange(1, len(tp) + 1)")))
right("precision_recall", "arrays in a list", sums.changed(("return recall, precision", "return [recall, precision]")))
right("precision_recall", "one array", sums.changed(("return recall, precision", "return np.stack([recall, precision])")))
right("precision_recall", "if no object", sums.changed(("tp / max(objects, 1)", "tp / objects if objects > 0 else tp * 0.0")))
RECALL = "    recall = tp / max(objects, 1)\n"
for note, true, source in [
    ("not sorted", "order-of-scores-ignored", sums.changed(("[np.argsort(-scores)]", ""))),
    ("not sorted, loop", "order-of-scores-ignored", steps.changed(("np.argsort(scores)[::-1]", "range(len(scores))"))),
    ("ascending", "lowest-score-first", sums.changed(("-scores", "scores"))),
    ("ascending, loop", "lowest-score-first", steps.changed(("[::-1]", ""))),
    ("swapped", "entries-swapped", sums.changed(("return recall, precision", "return precision, recall"))),
    ("recall by detections", "recall-by-detections", sums.changed(("max(objects, 1)", "max(len(hits), 1)"))),
    ("recall by those so far", "recall-by-detections", steps.changed(("tp / objects if objects else 0", "tp / (tp + fp)"))),
    ("recall ends at 1", "recall-by-found-objects", sums.changed(("max(objects, 1)", "max(hits.sum(), 1)"))),
    ("recall by the sum", "recall-by-found-objects", sums.changed(("max(objects, 1)", "correct.sum()"))),
    ("no object", "no-objects-not-a-number", sums.changed(("max(objects, 1)", "objects"))),
    (
        "no object, loop",
        "divided-by-zero zero-division division-by-zero raises no-objects-not-a-number",
        steps.changed((" if objects else 0", "")),
    ),
    ("no object: 1", "no-objects-not-a-number", steps.changed(("else 0)", "else 1)"))),
    ("precision by all", "precision-by-all-detections", sums.changed(("(tp + fp)", "len(hits)"))),
    ("precision by objects", "precision-by-objects", sums.changed(("(tp + fp)", "max(objects, 1)"))),
    ("counts from 0", "counts-from-zero", sums.changed(("(tp + fp)", "np.arange(len(tp))"))),
    ("counts from 0, at least 1", "counts-from-zero", sums.changed(("(tp + fp)", "np.maximum(np.arange(len(tp)), 1)"))),
    ("tp / fp", "true-against-false", sums.changed(("(tp + fp)", "fp"))),
    ("tp / fp, at least 1", "true-against-false", steps.changed(("(tp + fp)", "max(fp, 1)"))),
    (
        "not summed",
        "not-counted-up",
        Source(
            "def precision_recall(correct, scores, objects):\n"
            "    hits = correct[np.argsort(-scores)]\n"
            "    return hits / max(objects, 1), "
            "hits / np.arange(1, len(hits) + 1)\n"
        ),
    ),
    (
        "the end",
        "only-the-end",
        Source(
            "def precision_recall(correct, scores, objects):\n"
            "    tp = correct.sum()\n"
            "    return tp / max(objects, 1), tp / max(len(correct), 1)\n"
        ),
    ),
    ("point before", "point-before-the-first", steps.changed(("recall, precision = [], []", "recall, precision = [0], [1]"))),
    ("two zeros before", "point-before-the-first", steps.changed(("recall, precision = [], []", "recall, precision = [0], [0]"))),
    ("return in the loop", "returns-none only-the-end place", steps.changed(("    return", "        return"))),
    ("nothing returned", "returns-none", sums.changed(("    return recall, precision", "    recall"))),
    ("recall only", "other-type", sums.changed(("return recall, precision", "return recall"))),
    (
        "whole numbers",
        "rounded-down",
        sums.changed(("tp / max(objects, 1)", "tp // max(objects, 1)"), ("tp / (tp + fp)", "tp // (tp + fp)")),
    ),
    ("pairs", "other-type place", sums.changed(("return recall, precision", "return np.stack([recall, precision], axis=1)"))),
]:
    wrong("precision_recall", note, true, source)

# average_precision --------------------------------------------------------
AP = """def average_precision(recall, precision, points=None):
    if len(recall) == 0:
        return 0.0
    best = precision.copy()
    for i in range(len(best) - 2, -1, -1):
        best[i] = max(best[i], best[i + 1])
    if points is None:
        before, area = 0.0, 0.0
        for r, p in zip(recall, best):
            area += (r - before) * p
            before = r
        return area
    total = 0.0
    for k in range(points):
        r = k / (points - 1)
        for found, p in zip(recall, best):
            if found >= r - 1e-9:
                total += p
                break
    return total / points
"""
MAX = """def average_precision(recall, precision, points=None):
    def p_interp(r):
        reached = recall >= r - 1e-8
        return precision[reached].max() if reached.any() else 0.0

    if points:
        grid = np.linspace(0, 1, points)
        return np.mean([p_interp(r) for r in grid])
    steps = np.diff(np.concatenate([[0], recall]))
    return sum(s * p_interp(r) for s, r in zip(steps, recall))
"""
ap, top = Source(AP), Source(MAX)
right("average_precision", "loops", ap)
right("average_precision", "max of a mask", top)
right("average_precision", "arange / 10", top.changed(("np.linspace(0, 1, points)", "np.arange(points) / (points - 1)"), (" - 1e-8", "")))
right("average_precision", "rounded recalls", top.changed(("np.linspace(0, 1, points)", "np.linspace(0, 1, points).round(6)")))
right("average_precision", "k / 10 without tolerance", ap.changed((" - 1e-9", "")))
right(
    "average_precision",
    "unique recalls",
    top.changed(
        (
            "    steps = np.diff(np.concatenate([[0], recall]))\n    return sum(s * p_interp(r) for s, r in zip(steps, recall))",
            "    levels = np.unique(np.append(0, recall))\n    return sum((b - a) * p_interp(b) for a, b in zip(levels[:-1], levels[1:]))",
        )
    ),
)
DECK, ENVELOPE = "recalls-of-the-deck", "envelope-forgotten"
for note, true, source in [
    ("no tolerance", "recall-just-missed", top.changed((" - 1e-8", ""))),
    (
        "no tolerance, arange",
        "recall-just-missed",
        top.changed(("np.linspace(0, 1, points)", "np.arange(0, 1 + 0.5 / (points - 1), 1 / (points - 1))"), (" - 1e-8", "")),
    ),
    ("no tolerance, times 0.1", "recall-just-missed", ap.changed(("k / (points - 1)", "k * (1 / (points - 1))"), (" - 1e-9", ""))),
    ("> for >=", "place recall-just-missed too-small", top.changed((">= r - 1e-8", "> r"))),
    ("no envelope", ENVELOPE, ap.changed(("        best[i] = max(best[i], best[i + 1])\n", "        pass\n"))),
    (
        "no envelope, no tolerance",
        ENVELOPE,
        ap.changed(
            ("        best[i] = max(best[i], best[i + 1])\n", "        pass\n"),
            ("k / (points - 1)", "np.linspace(0, 1, points)[k]"),
            (" - 1e-9", ""),
        ),
    ),
    ("first of the mask", "place " + ENVELOPE, top.changed(("precision[reached].max()", "precision[reached][0]"))),
    (
        "envelope from the left",
        "envelope-the-wrong-way",
        ap.changed(("range(len(best) - 2, -1, -1)", "range(1, len(best))"), ("best[i + 1]", "best[i - 1]")),
    ),
    ("<= r", "place envelope-the-wrong-way", top.changed((">= r - 1e-8", "<= r + 1e-8"))),
    ("always the area", "always-all-points", top.changed(("if points:", "if False:"))),
    ("always eleven", "always-eleven-points", ap.changed(("    if points is None:", "    points = 11\n    if False:"))),
    ("eleven or area", "always-eleven-points", top.changed(("np.linspace(0, 1, points)", "np.linspace(0, 1, 11)"))),
    ("steps of .01", DECK, ap.changed(("k / (points - 1)", "k / 100"))),
    ("deck's recalls", DECK, top.changed(("np.linspace(0, 1, points)", "np.arange(points) * 0.01"))),
    ("101 points", DECK, top.changed(("np.linspace(0, 1, points)", "np.linspace(0, 1, 101)"))),
    ("ten recalls", "ten-recalls divided-by-ten", ap.changed(("k / (points - 1)", "k / points"))),
    ("without 1", "ten-recalls divided-by-ten", top.changed(("np.linspace(0, 1, points)", "np.linspace(0, 1, points)[:-1]"))),
    ("without 0", "ten-recalls", top.changed(("np.linspace(0, 1, points)", "np.linspace(0, 1, points)[1:]"))),
    ("by ten", "divided-by-ten", ap.changed(("total / points", "total / (points - 1)"))),
    ("sum", "not-divided", top.changed(("np.mean([", "np.sum(["))),
    (
        "reached only",
        "unreached-recalls-left-out",
        top.changed(("np.mean([p_interp(r) for r in grid])", "np.mean([p_interp(r) for r in grid if p_interp(r) > 0] or [0])")),
    ),
    (
        "first step missing",
        "first-step-left-out",
        top.changed(("np.diff(np.concatenate([[0], recall]))", "np.diff(recall, prepend=recall[:1])")),
    ),
    (
        "trapezoids",
        "slanted-steps",
        Source(
            AP.replace(
                "area += (r - before) * p\n            before = r", "area += (r - before) * (p + last) / 2\n            before, last = r, p"
            ).replace("before, area = 0.0, 0.0", "before, area, last = 0, 0.0, best[0]")
        ),
    ),
    (
        "precision before",
        "precision-of-the-step-before",
        Source(
            AP.replace(
                "area += (r - before) * p\n            before = r", "area += (r - before) * last\n            before, last = r, p"
            ).replace("before, area = 0.0, 0.0", "before, area, last = 0, 0.0, 1.0")
        ),
    ),
    (
        "mean of precisions",
        "mean-of-precisions",
        Source("def average_precision(recall, precision, points=None):\n    return precision.mean() if len(precision) else 0\n"),
    ),
    (
        "empty: error",
        "axis-is-empty index-outside empty-argument zero-size raises empty-reduction",
        ap.changed(("    if len(recall) == 0:\n        return 0.0\n", ""), ("before, area = 0.0, 0.0", "before, area = 0.0, best[0] * 0")),
    ),
    ("empty: nan", "empty-not-zero", ap.changed(("        return 0.0\n    best", "        return np.nan\n    best"))),
    (
        "curve",
        "curve-not-area",
        Source(
            "def average_precision(recall, precision, points=None):\n"
            "    best = np.maximum.accumulate(precision[::-1])[::-1]\n"
            "    if points is None:\n        return best\n"
            "    return [max(precision[recall >= r - 1e-8], default=0)"
            " for r in np.linspace(0, 1, points)]\n"
        ),
    ),
    ("nothing returned", "returns-none", top.changed(("        return np.mean(", "        np.mean("), ("    return sum(", "    sum("))),
    ("writes into precision", "changes-input", ap.changed(("precision.copy()", "precision"))),
]:
    wrong("average_precision", note, true, source)

# mean_average_precision ---------------------------------------------------
PARTS = MATCH + "\n\n" + SUMS + "\n\n" + MAX + "\n\n"
MAP = """def mean_average_precision(found, truths, threshold=0.5, points=None):
    labels = np.unique([k for _, names in truths for k in names])
    values = []
    for label in labels:
        correct, scores, objects = [], [], 0
        for (boxes, s, k), (truth, names) in zip(found, truths):
            there = truth[names == label]
            objects += len(there)
            mine = k == label
            ok = match_detections(boxes[mine], s[mine], there, threshold)
            correct.append(ok)
            scores.append(s[mine])
        correct = np.concatenate(correct)
        scores = np.concatenate(scores)
        recall, precision = precision_recall(correct, scores, objects)
        values.append(average_precision(recall, precision, points))
    return np.mean(values) if len(values) else 0.0
"""
m = Source(PARTS + MAP)
LABELS = "np.unique([k for _, names in truths for k in names])"
right("mean_average_precision", "lists", m)
right("mean_average_precision", "set of labels", m.changed((LABELS, "set(int(k) for _, names in truths for k in names)")))
right("mean_average_precision", "sum by count", m.changed(("np.mean(values) if len(values)", "sum(values) / len(values) if values")))
right(
    "mean_average_precision",
    "by index",
    m.changed(
        (
            "        for (boxes, s, k), (truth, names) in zip(found, truths):\n",
            "        for n in range(len(found)):\n            boxes, s, k = found[n]\n            truth, names = truths[n]\n",
        )
    ),
)
right(
    "mean_average_precision",
    "early return",
    m.changed(("    values = []\n", "    if len(labels) == 0:\n        return 0\n    values = []\n"), (" if len(values) else 0.0", "")),
)
right(
    "mean_average_precision",
    "a large range, empty ones left out",
    m.changed(
        (LABELS, "range(50)"),
        ("        correct = np.concatenate", "        if objects == 0:\n            continue\n        correct = np.concatenate"),
    ),
)
CALL = "match_detections(boxes[mine], s[mine], there, threshold)"
END = "    return np.mean(values) if len(values) else 0.0\n"
for note, true, source in [
    (
        "image by image",
        "image-by-image",
        m.changed(("def mean_average_precision(found, truths", "def one(found, truths")).changed(
            (
                END,
                END + "\n\ndef mean_average_precision(found, truths, "
                "t=0.5, n=None):\n    return np.mean([one([f], [g], t, n) "
                "for f, g in zip(found, truths)])\n",
            )
        ),
    ),
    (
        "class in each image",
        "image-by-image",
        Source(
            PARTS
            + """
def mean_average_precision(found, truths, threshold=0.5, points=None):
    values = []
    for (boxes, s, k), (truth, names) in zip(found, truths):
        for label in np.unique(names):
            mine, there = k == label, truth[names == label]
            ok = match_detections(boxes[mine], s[mine], there, threshold)
            r, p = precision_recall(ok, s[mine], len(there))
            values.append(average_precision(r, p, points))
    return np.mean(values) if values else 0.0
"""
        ),
    ),
    (
        "labels ignored",
        "classes-ignored",
        m.changed((LABELS, "[0] if sum(len(n) for _, n in truths) else []"), ("names == label", "names > -1"), ("k == label", "k > -1")),
    ),
    (
        "one curve",
        "classes-in-one-curve",
        m.changed(
            (
                "    for label in labels:\n        correct, scores, objects = [], [], 0\n",
                "    correct, scores, objects = [np.zeros(0, bool)], [np.zeros(0)], 0\n    for label in labels:\n",
            ),
            ("        correct = np.concatenate", "    correct = np.concatenate"),
            ("        scores = np.concatenate", "    scores = np.concatenate"),
            ("        recall, precision", "    recall, precision"),
            ("        values.append", "    values.append"),
        ),
    ),
    (
        "weighted",
        "classes-in-one-curve",
        m.changed(
            (
                "        values.append(average_precision(recall, precision, points))\n",
                "        values += [average_precision(recall, precision, points)] * objects\n",
            )
        ),
    ),
    (
        "images mixed",
        "images-mixed",
        m.changed(
            (
                "    values = []\n",
                "    values = []\n    found = [tuple(np.concat"
                "enate(p) for p in zip(*found))]\n    truths = [tuple(np.concat"
                "enate(p) for p in zip(*truths))]\n",
            )
        ),
    ),
    (
        "all labels",
        "classes-without-objects-count",
        m.changed((LABELS, "np.unique(np.concatenate([k for _, _, k in found] + [n for _, n in truths]))")),
    ),
    (
        "labels in a row",
        "classes-without-objects-count",
        m.changed((LABELS, "range(int(max([k for _, n in truths for k in n], default=-1)) + 1)")),
    ),
    ("labels of the detections", "missed-classes-left-out", m.changed((LABELS, "np.unique(np.concatenate([k for _, _, k in found]))"))),
    (
        "labels in both",
        "missed-classes-left-out",
        m.changed((LABELS, "np.intersect1d(np.concatenate([k for _, _, k in found]), np.concatenate([n for _, n in truths]))")),
    ),
    (
        "skipped without detection",
        "objects-of-some-images-only",
        m.changed(
            (
                "            objects += len(there)\n            mine = k == label\n",
                "            mine = k == label\n            if not mine.any():\n"
                "                continue\n            objects += len(there)\n",
            ),
            ("[], [], 0", "[np.zeros(0, bool)], [np.zeros(0)], 0"),
        ),
    ),
    (
        "not sorted over images",
        "not-sorted-over-images",
        m.changed(("= precision_recall(correct, scores, objects)", "= precision_recall(correct, -np.arange(len(scores)), objects)")),
    ),
    (
        "objects = detections",
        "recall-by-detections",
        m.changed(("= precision_recall(correct, scores, objects)", "= precision_recall(correct, scores, len(correct))")),
    ),
    ("duplicates", "duplicates-count", m.changed((" and best not in taken", ""))),
    ("threshold ignored", "threshold-ignored", m.changed((CALL, "match_detections(boxes[mine], s[mine], there)"))),
    ("points ignored", "points-ignored", m.changed(("(recall, precision, points)", "(recall, precision)"))),
    (
        "always 11",
        "points-ignored",
        m.changed(("average_precision(recall, precision, points))", "average_precision(recall, precision, 11))")),
    ),
    (
        "both ignored",
        "points-ignored",
        m.changed((CALL, "match_detections(boxes[mine], s[mine], there)"), ("(recall, precision, points)", "(recall, precision)")),
    ),
    ("no object: nan", "no-object-not-zero", m.changed((" if len(values) else 0.0", ""))),
    (
        "no object: error",
        "divided-by-zero zero-division division-by-zero raises",
        m.changed(("np.mean(values) if len(values) else 0.0", "sum(values) / len(values)")),
    ),
    ("sum", "sum-for-mean", m.changed(("np.mean(values) if", "np.sum(values) if"))),
    ("return in the loop", "one-class-only returns-none", m.changed((END, "        return np.mean(values)\n    return 0.0\n"))),
    ("last class", "one-class-only", m.changed(("np.mean(values) if", "values[-1] if"))),
    ("list of APs", "classes-not-averaged", m.changed((END, "    return values\n"))),
    ("dict of APs", "other-type", m.changed((END, "    return dict(zip(labels, values))\n"))),
    ("+ 1", "one-pixel-more", m.changed((CALL, "match_detections(boxes[mine] + [0, 0, 1, 1], s[mine], there + [0, 0, 1, 1], threshold)"))),
    ("one label missing", "place", m.changed((LABELS, LABELS + "[1:]"))),
    ("nothing returned", "returns-none", m.changed((END, "    np.mean(values or [0])\n"))),
]:
    wrong("mean_average_precision", note, true, source)

# roc_auc ------------------------------------------------------------------
AUC = """def roc_auc(scores, positive):
    p, n = scores[positive], scores[~positive]
    if len(p) == 0 or len(n) == 0:
        return 0.5
    total = 0
    for a in p:
        for b in n:
            if a > b:
                total += 1
            elif a == b:
                total += 0.5
    return total / (len(p) * len(n))
"""
ROC = """def roc_auc(scores, positive):
    P, N = positive.sum(), (~positive).sum()
    if P == 0 or N == 0:
        return 0.5
    x, y = [0], [0]
    for t in sorted(set(scores), reverse=True):
        y.append((positive & (scores >= t)).sum() / P)
        x.append((~positive & (scores >= t)).sum() / N)
    area = 0
    for i in range(1, len(x)):
        area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2
    return area
"""
STAIRS = """def roc_auc(scores, positive):
    P, N = positive.sum(), (~positive).sum()
    if P == 0 or N == 0:
        return 0.5
    hits = positive[np.argsort(-scores, kind="stable")]
    found, area = 0, 0
    for hit in hits:
        if hit:
            found += 1
        else:
            area += found
    return area / (P * N)
"""
auc, roc, stairs = Source(AUC), Source(ROC), Source(STAIRS)
right("roc_auc", "pairs", auc)
right("roc_auc", "curve", roc)
right(
    "roc_auc",
    "sign",
    Source(
        "def roc_auc(scores, positive):\n"
        "    d = scores[positive][:, None] - scores[~positive]\n"
        "    return (np.sign(d).mean() + 1) / 2 if d.size else 0.5\n"
    ),
)
right(
    "roc_auc",
    "mean of matrices",
    Source(
        "def roc_auc(s, t):\n    a, b = s[t].reshape(-1, 1), s[~t]\n"
        "    if a.size * b.size == 0:\n        return 0.5\n"
        "    return (a > b).mean() + (a == b).mean() / 2\n"
    ),
)
right(
    "roc_auc",
    "trapezoids by numpy",
    roc.changed(
        (
            "    area = 0\n    for i in range(1, len(x)):\n        area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2\n    return area",
            "    x, y = np.array(x), np.array(y)\n    return np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2)",
        )
    ),
)
right(
    "roc_auc",
    "both counts of ties",
    auc.changed(
        (
            "            if a > b:\n                total += 1\n            elif a == b:\n                total += 0.5\n",
            "            total += (int(a > b) + int(a >= b)) / 2\n",
        )
    ),
)
KIND = "    if len(p) == 0 or len(n) == 0:\n        return 0.5\n"
for note, true, source in [
    ("ties whole", "ties-count-whole", auc.changed(("a > b", "a >= b"))),
    ("ties nothing", "ties-count-nothing", auc.changed(("            elif a == b:\n                total += 0.5\n", ""))),
    ("ties by order", "ties-in-the-order-they-came", stairs),
    (
        "ties by order, reversed",
        "ties-in-the-order-they-came",
        stairs.changed(('np.argsort(-scores, kind="stable")', 'np.argsort(scores, kind="stable")[::-1]')),
    ),
    ("one kind: 0", "one-kind-only", auc.changed(("0.5\n    total", "0\n    total"))),
    ("one kind: 1", "one-kind-only", auc.changed(("0.5\n    total", "1\n    total"))),
    (
        "one kind: nan",
        "one-kind-only",
        Source(
            "def roc_auc(scores, positive):\n"
            "    d = scores[positive][:, None] - scores[~positive]\n"
            "    return (np.sign(d).mean() + 1) / 2\n"
        ),
    ),
    ("one kind: error", "divided-by-zero zero-division division-by-zero raises", auc.changed((KIND, ""))),
    ("upside down", "upside-down", auc.changed(("a > b", "a < b"))),
    ("1 minus", "upside-down", auc.changed(("return total / (len(p) * len(n))", "return 1 - total / (len(p) * len(n))"))),
    ("ascending", "upside-down ties-in-the-order-they-came", stairs.changed(("-scores", "scores"))),
    ("rates swapped", "upside-down", roc.changed(("(x[i] - x[i - 1]) * (y[i] + y[i - 1])", "(y[i] - y[i - 1]) * (x[i] + x[i - 1])"))),
    (
        "average precision",
        "average-precision",
        Source(
            SUMS + "\n\n" + MAX + "\n\ndef roc_auc(scores, positive):\n"
            "    if positive.all() or not positive.any():\n        return 0.5\n"
            "    return average_precision(*precision_recall(positive, scores, "
            "positive.sum()))\n"
        ),
    ),
    (
        "accuracy",
        "accuracy-for-area",
        Source("def roc_auc(s, t):\n    if t.all() or not t.any():\n        return 0.5\n    return ((s > 0.5) == t).mean()\n"),
    ),
    ("not divided", "not-divided", auc.changed(("total / (len(p) * len(n))", "total"))),
    ("by n", "divided-by-all-pairs", auc.changed(("(len(p) * len(n))", "len(scores)"))),
    ("by n squared", "divided-by-all-pairs", auc.changed(("(len(p) * len(n))", "len(scores) ** 2"))),
    ("by the positives", "divided-by-all-pairs", auc.changed(("(len(p) * len(n))", "len(p)"))),
    ("by the negatives", "divided-by-all-pairs", auc.changed(("(len(p) * len(n))", "len(n)"))),
    (
        "difference of means",
        "difference-of-means",
        Source("def roc_auc(s, t):\n    if t.all() or not t.any():\n        return 0.5\n    return s[t].mean() - s[~t].mean()\n"),
    ),
    ("nothing returned", "returns-none", auc.changed(("    return total", "    total"))),
    ("wins of the first", "place returns-none", auc.changed(("    for a in p:", "    for a in p[:1]:"))),
    ("steps without halves", "place ties-count-nothing ties-count-whole", roc.changed(("(y[i] + y[i - 1]) / 2", "y[i]"))),
    ("halves forgotten", "place scaled", roc.changed(("(y[i] + y[i - 1]) / 2", "(y[i] + y[i - 1])"))),
    ("the curve", "other-type place", roc.changed(("return area", "return x, y"))),
    ("thresholds upwards", "place negated upside-down", roc.changed((", reverse=True", ""))),
    ("strictly above", "place", roc.changed((">= t", "> t"))),
]:
    wrong("roc_auc", note, true, source)

# more of the same ---------------------------------------------------------
wrong("nms", "scores filtered too", "threshold-for-scores", nms.changed(("        if ok:", "        if ok and scores[i] >= threshold:")))
wrong("nms", "scores filtered only", "threshold-for-scores", Source("def nms(b, s, t=0.5):\n    return np.flatnonzero(s >= t)\n"))
wrong("precision_recall", "share of false ones", "share-of-false-ones", sums.changed(("tp / (tp + fp)", "fp / (tp + fp)")))
wrong("average_precision", "no envelope in the area", ENVELOPE, top.changed(("s * p_interp(r) for s, r in zip(steps, recall)", "s * p for s, p in zip(steps, precision)")))
wrong("average_precision", "trapezoids of the raw curve", "slanted-steps", top.changed(("    return sum(s * p_interp(r) for s, r in zip(steps, recall))", "    p = np.concatenate([precision[:1], precision])\n    return np.sum(steps * (p[1:] + p[:-1]) / 2)")))
wrong("mean_average_precision", "low scores cut", "low-scores-cut", m.changed(("            mine = k == label\n", "            mine = (k == label) & (s >= 0.5)\n")))
wrong("roc_auc", "first threshold missing", "place", roc.changed(("x, y = [0], [0]", "x, y = [], []")))
right("iou", "torch-like names", wide.changed(("common", "inter"), ("area_a", "area1"), ("area_b", "area2")))
right("nms", "delete from the order", Source(PAIR + """def nms(boxes, scores, threshold=0.5):
    order = scores.argsort()[::-1]
    keep = []
    while order.size > 0:
        i = order[0]
        keep.append(i)
        overlaps = np.array([pair(boxes[i], boxes[j]) for j in order[1:]])
        order = order[1:][overlaps < threshold]
    return keep
"""))
