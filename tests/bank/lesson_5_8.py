"""Answers to the exercises of lesson 5_8."""

import numpy as np

from tests.bank import Source, answers

TRUNCATED = "truncated cut-to-whole-numbers"

SHIFT = Source("""
def shift(x, dy, dx):
    N, C, H, W = x.shape
    p = max(abs(dy), abs(dx))
    wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    return wide[:, :, p - dy:p - dy + H, p - dx:p - dx + W]
""")
CELLS = Source("""
def shift(x, dy, dx):
    out = np.zeros_like(x)
    N, C, H, W = x.shape
    for i in range(H):
        for j in range(W):
            if 0 <= i + dy < H and 0 <= j + dx < W:
                out[:, :, i + dy, j + dx] = x[:, :, i, j]
    return out
""")
PLACES = Source("""
def places(H, W, angle, factor):
    theta = np.radians(angle)
    cy, cx = (H - 1) / 2, (W - 1) / 2
    u = np.arange(H)[:, None] - cy
    v = np.arange(W)[None, :] - cx
    rows = (u * np.cos(theta) + v * np.sin(theta)) / factor + cy
    cols = (v * np.cos(theta) - u * np.sin(theta)) / factor + cx
    return rows, cols
""")
READ = Source("""
def read_nearest(x, rows, cols):
    N, C, H, W = x.shape
    i = np.round(rows).astype(int)
    j = np.round(cols).astype(int)
    ok = (i >= 0) & (i < H) & (j >= 0) & (j < W)
    out = x[:, :, np.clip(i, 0, H - 1), np.clip(j, 0, W - 1)]
    return np.where(ok, out, 0)
""")
READ_LOOP = Source("""
def read_nearest(x, rows, cols):
    N, C, H, W = x.shape
    out = np.zeros(x.shape)
    for a in range(H):
        for b in range(W):
            i, j = int(np.rint(rows[a, b])), int(np.rint(cols[a, b]))
            if 0 <= i < H and 0 <= j < W:
                out[:, :, a, b] = x[:, :, i, j]
    return out
""")
NOISE = Source("""
def add_noise(x, std, rng):
    noise = rng.normal(0, std, x.shape)
    out = x + noise
    out = np.clip(out, 0, 1)
    return out.astype(x.dtype)
""")
ERASE = Source("""
def erase(x, size, rng):
    out = x.copy()
    N, C, H, W = x.shape
    for n in range(N):
        top = rng.integers(0, H - size + 1)
        left = rng.integers(0, W - size + 1)
        out[n, :, top:top + size, left:left + size] = 0
    return out
""")
ROTATE = Source("""
from course_lib.augment import rotate

def random_rotate(x, most, rng):
    out = np.zeros_like(x)
    for n in range(len(x)):
        angle = rng.uniform(-most, most)
        out[n:n + 1] = rotate(x[n:n + 1], angle)
    return out
""")
LISTED = Source("""
from course_lib.augment import rotate

def random_rotate(x, most, rng):
    angles = rng.uniform(-most, most, len(x))
    turned = [rotate(x[n:n + 1], a) for n, a in enumerate(angles)]
    return np.concatenate(turned)
""")
NEAREST = Source("""
def rotate(x, angle):
    H, W = x.shape[2:]
    a = np.deg2rad(angle)
    u = np.arange(H)[:, None] - (H - 1) / 2
    v = np.arange(W)[None, :] - (W - 1) / 2
    i = np.rint(u * np.cos(a) + v * np.sin(a) + (H - 1) / 2).astype(int)
    j = np.rint(v * np.cos(a) - u * np.sin(a) + (W - 1) / 2).astype(int)
    ok = (i >= 0) & (i < H) & (j >= 0) & (j < W)
    return x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)] * ok

def random_rotate(x, most, rng):
    angles = rng.uniform(-most, most, len(x))
    return np.concatenate([rotate(x[n:n + 1], a) for n, a in enumerate(angles)])
""")
ENLARGE = Source("""
def enlarge(x, t, change, times):
    xs, ts = [x], [t]
    for _ in range(times):
        xs.append(change(x))
        ts.append(t)
    return np.concatenate(xs), np.concatenate(ts)
""")

ANSWERS = [
    *answers(
        "flip",
        right=[
            ("slice", lambda x: x[..., ::-1]),
            ("np.flip", lambda x: np.flip(x, 3)),
            ("axis -1", lambda x: np.flip(x, axis=-1)),
            ("loop", Source("def flip(x):\n    out = np.zeros_like(x)\n    W = x.shape[3]\n    for j in range(W):\n        out[:, :, :, j] = x[:, :, :, W - 1 - j]\n    return out\n")),
            ("take", lambda x: np.take(x, range(x.shape[3] - 1, -1, -1), axis=3)),
        ],
        wrong=[
            ("upside down", lambda x: x[:, :, ::-1], "upside-down"),
            ("both", lambda x: x[:, :, ::-1, ::-1], "turned-by-180"),
            ("np.flip alone", lambda x: np.flip(x), "all-axes-reversed"),
            ("images", lambda x: x[::-1], "image-order-changed"),
            ("channels", lambda x: x[:, ::-1], "channels-reversed"),
            ("fliplr", lambda x: np.fliplr(x), "channels-reversed"),
            ("flipud", lambda x: np.flipud(x), "image-order-changed"),
            ("transposed", lambda x: x.transpose(0, 1, 3, 2), "transposed", "shape-in-other-order"),
            ("rot90", lambda x: np.rot90(x, 1, (2, 3)), "turned-by-90", "shape-in-other-order"),
            ("rot90 twice", lambda x: np.rot90(x, 2, (2, 3)), "turned-by-180"),
            ("unchanged", lambda x: x, "not-changed"),
            ("every second", lambda x: x[:, :, :, ::2], "every-second-column", "shape-differs"),
            ("-2", lambda x: x[:, :, :, ::-2], "every-second-column", "shape-differs"),
            ("slice that is empty", lambda x: x[:, :, :, -1:0], "empty-slice", "shape-differs"),
            ("last to second", lambda x: x[:, :, :, -1:0:-1], "first-column-missing", "shape-off-by-one"),
            ("first image only", lambda x: x[0, :, :, ::-1], "first-image-only", "axes-missing"),
            ("in place", Source("def flip(x):\n    W = x.shape[3]\n    for j in range(W):\n        x[:, :, :, j] = x[:, :, :, W - 1 - j]\n    return x\n"), "half-mirrored read-after-written", "changes-input"),
            ("one step off", lambda x: np.roll(x[..., ::-1], 1, axis=3), "minus-j-for-last-first", "moved-by-one"),
            ("-j", Source("def flip(x):\n    out = np.zeros_like(x)\n    for j in range(x.shape[3]):\n        out[:, :, :, j] = x[:, :, :, -j]\n    return out\n"), "minus-j-for-last-first", "moved-by-one"),
            ("-j-1 out of range", Source("def flip(x):\n    out = np.zeros_like(x)\n    for j in range(x.shape[3]):\n        out[:, :, :, j] = x[:, :, :, x.shape[3] - j]\n    return out\n"), "index-outside"),
            ("integers", lambda x: x[..., ::-1].astype(int), TRUNCATED + " all-zero zero-below-one"),
            ("negative", lambda x: -x[..., ::-1], "negated"),
            ("inverted", lambda x: 1 - x, "black-and-white-swapped"),
            ("no return", lambda x: None, "returns-none"),
            ("both beside", lambda x: np.concatenate([x, x[..., ::-1]]), "originals-kept-too", "shape-differs"),
        ],
    ),
    *answers(
        "shift",
        right=[
            ("pad", SHIFT),
            ("cells", CELLS),
            ("wide border", SHIFT.changed(("p = max(abs(dy), abs(dx))", "p = H + W"))),
            ("pad on both", SHIFT.changed(("p = max(abs(dy), abs(dx))", "p = abs(dy) + abs(dx)"))),
        ],
        wrong=[
            ("roll", lambda x, dy, dx: np.roll(x, (dy, dx), (2, 3)), "wraps-around"),
            ("other way", SHIFT.changed(("p - dy", "p + dy"), ("p - dx", "p + dx")), "opposite-direction"),
            ("dy other way", SHIFT.changed(("p - dy", "p + dy")), "opposite-direction-down opposite-direction"),
            ("dx other way", SHIFT.changed(("p - dx", "p + dx")), "opposite-direction-right opposite-direction"),
            ("swapped", CELLS.changed(("def shift(x, dy, dx)", "def shift(x, dx, dy)")), "dy-and-dx-swapped"),
            ("white", SHIFT.changed(("(p, p)))", "(p, p)), constant_values=1)")), "fills-with-white"),
            ("edge", SHIFT.changed(("(p, p)))", "(p, p)), mode='edge')")), "repeats-the-border"),
            ("reflect", SHIFT.changed(("(p, p)))", "(p, p)), mode='symmetric')")), "mirrors-the-border"),
            ("wrap mode", SHIFT.changed(("(p, p)))", "(p, p)), mode='wrap')")), "wraps-around"),
            ("only down", SHIFT.changed(("p - dx:p - dx + W", "p:p + W")), "dx-ignored"),
            ("only right", SHIFT.changed(("p - dy:p - dy + H", "p:p + H")), "dy-ignored"),
            ("dy for both", SHIFT.changed(("p - dx:p - dx + W", "p - dy:p - dy + W")), "one-amount-for-both", "shape-differs"),
            ("negative not thought of", CELLS.changed(("if 0 <= i + dy < H and 0 <= j + dx < W", "if i + dy < H and j + dx < W")), "wraps-around negative-wraps-around"),
            ("absolute", SHIFT.changed(("wide = np", "dy, dx = abs(dy), abs(dx)\n    wide = np")), "sign-ignored"),
            ("wide returned", SHIFT.changed(("return wide[:, :, p - dy:p - dy + H, p - dx:p - dx + W]", "return wide")), "border-not-cut-off", "shape-differs"),
            ("H for W", SHIFT.changed(("p - dx + W", "p - dx + H")), "height-for-width", "shape-differs"),
            ("no border", SHIFT.changed(("(p, p), (p, p)))", "(0, 0), (0, 0)))")), "border-missing border-too-narrow", "shape-differs"),
            ("border of dy only", SHIFT.changed(("p = max(abs(dy), abs(dx))", "p = abs(dy)")), "border-too-narrow", "shape-differs"),
            ("border not abs", SHIFT.changed(("max(abs(dy), abs(dx))", "max(dy, dx)")), "border-too-narrow negative-size", "shape-differs raises"),
            ("one too far", SHIFT.changed(("p - dy", "p - dy - 1")), "one-row-too-far moved-by-one place"),
            ("padding the images axis", SHIFT.changed(("((0, 0), (0, 0), (p, p), (p, p))", "p")), "pads-every-axis", "shape-differs"),
            ("unchanged", lambda x, dy, dx: x, "not-changed"),
            ("first image", SHIFT.changed(("wide[:, :,", "wide[:1, :,")), "first-image-only"),
            ("in place", CELLS.changed(("out = np.zeros_like(x)", "out = x")), "background-not-cleared written-into-x", "changes-input"),
            ("copy not emptied", CELLS.changed(("np.zeros_like(x)", "x.copy()")), "background-not-cleared"),
            ("integers", CELLS.changed(("np.zeros_like(x)", "np.zeros(x.shape, dtype=int)")), TRUNCATED + " all-zero zero-below-one"),
            ("no return", SHIFT.changed(("return wide", "wide")), "returns-none"),
            ("channels rolled", lambda x, dy, dx: np.roll(x, (dy, dx), (0, 1)), "axes-0-and-1", ""),
        ],
    ),
    *answers(
        "places",
        right=[
            ("plain", PLACES),
            ("meshgrid", PLACES.changed(("    u = np.arange(H)[:, None] - cy\n    v = np.arange(W)[None, :] - cx\n", "    v, u = np.meshgrid(np.arange(W) - cx, np.arange(H) - cy)\n"))),
            ("indices", PLACES.changed(("    u = np.arange(H)[:, None] - cy\n    v = np.arange(W)[None, :] - cx\n", "    u, v = np.indices((H, W)) - np.array([cy, cx]).reshape(2, 1, 1)\n"))),
            ("linspace", PLACES.changed(("np.arange(H)[:, None] - cy", "np.linspace(-cy, cy, H).reshape(-1, 1)"))),
            ("array", PLACES.changed(("return rows, cols", "return np.array([rows, cols])"))),
        ],
        wrong=[
            ("degrees", PLACES.changed(("np.radians(angle)", "angle")), "angle-in-degrees"),
            ("rad2deg", PLACES.changed(("np.radians(angle)", "np.degrees(angle)")), "degrees-for-radians"),
            ("360", PLACES.changed(("np.radians(angle)", "angle * np.pi / 360")), "half-the-angle"),
            ("2 pi", PLACES.changed(("np.radians(angle)", "angle * 2 * np.pi / 180")), "twice-the-angle"),
            ("other sign", PLACES.changed(("+ v * np.sin", "- v * np.sin"), ("- u * np.sin", "+ u * np.sin")), "turns-the-wrong-way"),
            ("sign of rows only", PLACES.changed(("+ v * np.sin", "- v * np.sin")), "turns-the-wrong-way"),
            ("sign of cols only", PLACES.changed(("- u * np.sin", "+ u * np.sin")), "turns-the-wrong-way"),
            ("times factor", PLACES.changed(("/ factor", "* factor")), "multiplies-by-factor"),
            ("rows times factor", PLACES.changed(("/ factor + cy", "* factor + cy")), "multiplies-by-factor"),
            ("factor ignored", PLACES.changed((" / factor", "")), "factor-ignored"),
            ("cols factor ignored", PLACES.changed((" / factor + cx", " + cx")), "factor-ignored"),
            ("centre not added", PLACES.changed((" + cy\n", "\n"), (" + cx\n", "\n")), "centre-not-added"),
            ("centre of cols not added", PLACES.changed((" + cx\n", "\n")), "centre-not-added"),
            ("swapped return", PLACES.changed(("return rows, cols", "return cols, rows")), "rows-and-columns-swapped"),
            ("cos sin swapped", PLACES.changed(("np.cos", "np.XX"), ("np.sin", "np.cos"), ("np.XX", "np.sin")), "cos-and-sin-swapped"),
            ("corner", PLACES.changed(("(H - 1) / 2, (W - 1) / 2", "0, 0")), "about-the-corner"),
            ("half pixel", PLACES.changed(("(H - 1) / 2, (W - 1) / 2", "H / 2, W / 2")), "centre-off-by-half"),
            ("whole centre", PLACES.changed(("(H - 1) / 2, (W - 1) / 2", "H // 2, W // 2")), "centre-rounded centre-off-by-half"),
            ("whole centre down", PLACES.changed(("(H - 1) / 2, (W - 1) / 2", "(H - 1) // 2, (W - 1) // 2")), "centre-rounded centre-off-by-half"),
            ("one centre", PLACES.changed(("(W - 1) / 2", "(H - 1) / 2")), "one-centre-for-both"),
            ("centres swapped", PLACES.changed(("cy, cx = ", "cx, cy = ")), "centres-swapped"),
            ("centre not subtracted", PLACES.changed(("[:, None] - cy", "[:, None]"), ("[None, :] - cx", "[None, :]")), "centre-not-subtracted"),
            ("factor with the centre", PLACES.changed((") / factor + cy", " + cy) / factor"), (") / factor + cx", " + cx) / factor")), "centre-divided-too"),
            ("brackets forgotten", PLACES.changed(("(u * np.cos(theta) + v * np.sin(theta)) / factor", "u * np.cos(theta) + v * np.sin(theta) / factor")), "brackets-missing"),
            ("brackets forgotten in both", PLACES.changed(("(u * np.cos(theta) + v * np.sin(theta)) / factor", "u * np.cos(theta) + v * np.sin(theta) / factor"), ("(v * np.cos(theta) - u * np.sin(theta)) / factor", "v * np.cos(theta) - u * np.sin(theta) / factor")), "brackets-missing"),
            ("u v swapped", PLACES.changed(("np.arange(H)[:, None] - cy", "np.arange(W)[None, :] - cx"), ("v = np.arange(W)[None, :] - cx", "v = np.arange(H)[:, None] - cy")), "rows-and-columns-swapped u-and-v-swapped", ""),
            ("v vertical", PLACES.changed(("np.arange(W)[None, :]", "np.arange(W)[:, None]")), "shapes-do-not-broadcast"),
            ("one dimensional", PLACES.changed(("[:, None]", ""), ("[None, :]", "")), "shapes-do-not-broadcast"),
            ("turned shape", PLACES.changed(("return rows, cols", "return rows.T, cols.T")), "result-transposed", "shape-in-other-order"),
            ("only rows", PLACES.changed(("return rows, cols", "return rows")), "other-type one-of-two-returned"),
            ("rounded", PLACES.changed(("return rows, cols", "return np.rint(rows), np.rint(cols)")), "rounded-already"),
            ("integers", PLACES.changed(("return rows, cols", "return rows.astype(int), cols.astype(int)")), "rounded-already " + TRUNCATED),
            ("clipped", PLACES.changed(("return rows, cols", "return rows.clip(0, H - 1), cols.clip(0, W - 1)")), "clipped-already"),
            ("tan", PLACES.changed(("np.sin", "np.tan")), "place"),
            ("linspace from -1", PLACES.changed(("np.arange(H)[:, None] - cy", "np.linspace(-1, 1, H)[:, None]")), "place"),
            ("no return", PLACES.changed(("return rows", "rows")), "returns-none"),
        ],
    ),
    *answers(
        "read_nearest",
        right=[
            ("where", READ),
            ("loop", READ_LOOP),
            ("floor of half", READ.changed(("np.round(rows)", "np.floor(rows + 0.5)"), ("np.round(cols)", "np.floor(cols + 0.5)"))),
            ("multiplied", READ.changed(("np.where(ok, out, 0)", "out * ok"))),
            ("written", READ.changed(("return np.where(ok, out, 0)", "out[:, :, ~ok] = 0\n    return out"))),
            ("python round", READ_LOOP.changed(("int(np.rint(rows[a, b]))", "round(rows[a, b])"))),
        ],
        wrong=[
            ("wraps", READ.changed(("np.clip(i, 0, H - 1)", "i % H"), ("np.clip(j, 0, W - 1)", "j % W"), ("np.where(ok, out, 0)", "out")), "wraps-around"),
            ("negative wraps", READ_LOOP.changed(("if 0 <= i < H and 0 <= j < W", "if i < H and j < W")), "negative-wraps-around wraps-around"),
            ("border", READ.changed(("np.where(ok, out, 0)", "out")), "repeats-the-border"),
            ("white", READ.changed(("np.where(ok, out, 0)", "np.where(ok, out, 1)")), "fills-with-white"),
            ("nan", READ.changed(("np.where(ok, out, 0)", "np.where(ok, out, np.nan)")), "fills-with-nan not-finite"),
            ("kept", READ_LOOP.changed(("np.zeros(x.shape)", "x.copy()")), "outside-keeps-old-pixel background-not-cleared"),
            ("truncated", READ.changed(("np.round(rows)", "rows"), ("np.round(cols)", "cols")), "truncated-not-rounded"),
            ("int()", READ_LOOP.changed(("int(np.rint(rows[a, b]))", "int(rows[a, b])"), ("int(np.rint(cols[a, b]))", "int(cols[a, b])")), "truncated-not-rounded"),
            ("floor", READ.changed(("np.round", "np.floor")), "floor-not-rounded"),
            ("ceil", READ.changed(("np.round", "np.ceil")), "ceil-not-rounded"),
            ("plus a half truncated", READ.changed(("np.round(rows)", "(rows + 0.5)"), ("np.round(cols)", "(cols + 0.5)")), "negative-rounded-to-zero"),
            ("rows rounded only", READ.changed(("np.round(cols)", "cols")), "one-axis-not-rounded"),
            ("H W mixed", READ.changed(("(i < H) & (j >= 0) & (j < W)", "(i < W) & (j >= 0) & (j < H)")), "height-for-width"),
            ("W for both", READ.changed(("(i < H)", "(i < W)")), "height-for-width"),
            ("swapped", READ.changed(("np.clip(i, 0, H - 1), np.clip(j, 0, W - 1)", "np.clip(j, 0, H - 1), np.clip(i, 0, W - 1)")), "indices-swapped"),
            ("clip with H", READ.changed(("np.clip(i, 0, H - 1), np.clip(j, 0, W - 1)", "np.clip(i, 0, H), np.clip(j, 0, W)")), "index-outside"),
            ("not clipped", READ.changed(("np.clip(i, 0, H - 1), np.clip(j, 0, W - 1)", "i, j")), "index-outside"),
            ("last row lost", READ.changed(("(i < H)", "(i < H - 1)"), ("(j < W)", "(j < W - 1)")), "last-row-counts-as-outside"),
            ("first row lost", READ.changed(("(i >= 0)", "(i > 0)"), ("(j >= 0)", "(j > 0)")), "first-row-counts-as-outside"),
            ("<= H", READ.changed(("(i < H)", "(i <= H)"), ("(j < W)", "(j <= W)")), "outside-by-one-counts-as-inside"),
            ("only rows checked", READ.changed((" & (j >= 0) & (j < W)", "")), "only-rows-checked"),
            ("or for and", READ.changed(("(i >= 0) & (i < H) & (j >= 0) & (j < W)", "((i >= 0) & (i < H)) | ((j >= 0) & (j < W))")), "or-for-and"),
            ("upper only", READ.changed(("(i >= 0) & (i < H) & (j >= 0) & (j < W)", "(i < H) & (j < W)")), "negative-counts-as-inside"),
            ("and", READ.changed(("(i >= 0) & (i < H)", "(i >= 0) and (i < H)")), "raises array-in-if truth-of-array truth-value-of-array array-as-condition"),
            ("floats as index", READ.changed((".astype(int)", "")), "float-index-array"),
            ("clip first, then ask", READ.changed(("    ok =", "    i, j = np.clip(i, 0, H - 1), np.clip(j, 0, W - 1)\n    ok =")), "repeats-the-border"),
            ("clipped floats first", READ.changed(("np.round(rows)", "np.round(np.clip(rows, 0, H - 1))"), ("np.round(cols)", "np.round(np.clip(cols, 0, W - 1))")), "repeats-the-border"),
            ("first image", READ.changed(("return np.where(ok, out, 0)", "return np.where(ok, out, 0)[:1]")), "first-image-only"),
            ("first channel", READ_LOOP.changed(("out[:, :, a, b] = x[:, :, i, j]", "out[:, 0, a, b] = x[:, 0, i, j]")), "first-channel-only partly-zero"),
            ("forward mapping", READ_LOOP.changed(("out[:, :, a, b] = x[:, :, i, j]", "out[:, :, i, j] = x[:, :, a, b]")), "sends-for-reads"),
            ("integers", READ_LOOP.changed(("np.zeros(x.shape)", "np.zeros(x.shape, dtype=int)")), TRUNCATED + " all-zero zero-below-one"),
            ("inverted mask", READ.changed(("np.where(ok, out, 0)", "np.where(ok, 0, out)")), "inside-and-outside-swapped"),
            ("brackets", READ.changed(("(i >= 0) & (i < H) & (j >= 0) & (j < W)", "i >= 0 & (i < H) & (j >= 0) & (j < W)")), "brackets-missing"),
            ("no return", READ.changed(("return np.where", "np.where")), "returns-none"),
        ],
    ),
    *answers(
        "add_noise",
        right=[
            ("plain", NOISE),
            ("standard", NOISE.changed(("rng.normal(0, std, x.shape)", "std * rng.standard_normal(x.shape)"))),
            ("float32", NOISE.changed(("rng.normal(0, std, x.shape)", "rng.standard_normal(x.shape, dtype=np.float32) * np.float32(std)"))),
            ("images in a loop", NOISE.changed(("    noise = rng.normal(0, std, x.shape)\n    out = x + noise\n", "    out = np.zeros(x.shape)\n    for n in range(len(x)):\n        out[n] = x[n] + rng.normal(0, std, x[n].shape)\n"))),
            ("minimum", NOISE.changed(("np.clip(out, 0, 1)", "np.minimum(1, np.maximum(0, out))"))),
            ("size keyword", NOISE.changed(("0, std, x.shape", "loc=0.0, scale=std, size=x.shape"))),
            ("drawn flat", NOISE.changed(("rng.normal(0, std, x.shape)", "rng.normal(0, std, x.size).reshape(x.shape)"))),
        ],
        wrong=[
            ("float64", NOISE.changed((".astype(x.dtype)", "")), "dtype-changed"),
            ("no clip", NOISE.changed(("    out = np.clip(out, 0, 1)\n", "")), "leaves-the-range"),
            ("clip result lost", NOISE.changed(("out = np.clip(out, 0, 1)", "np.clip(out, 0, 1)")), "leaves-the-range"),
            ("noise clipped", NOISE.changed(("noise = rng.normal(0, std, x.shape)", "noise = np.clip(rng.normal(0, std, x.shape), 0, 1)")), "noise-clipped"),
            ("only below", NOISE.changed(("np.clip(out, 0, 1)", "np.maximum(out, 0)")), "leaves-the-range"),
            ("clip 0..255", NOISE.changed(("np.clip(out, 0, 1)", "np.clip(out, 0, 255)")), "leaves-the-range"),
            ("shared by images", NOISE.changed(("x.shape)", "x.shape[1:])")), "noise-is-shared"),
            ("shared by channels and images", NOISE.changed(("x.shape)", "x.shape[2:])")), "noise-is-shared"),
            ("one number an image", NOISE.changed(("x.shape)", "(len(x), 1, 1, 1))")), "noise-is-shared"),
            ("one number", NOISE.changed(("0, std, x.shape", "0, std")), "noise-is-shared"),
            ("one number a row", NOISE.changed(("x.shape)", "(*x.shape[:3], 1))")), "noise-is-shared"),
            ("uniform of the same spread", NOISE.changed(("rng.normal(0, std, x.shape)", "rng.uniform(-np.sqrt(3) * std, np.sqrt(3) * std, x.shape)")), "uniform-for-normal"),
            ("uniform", NOISE.changed(("rng.normal(0, std, x.shape)", "rng.uniform(-std, std, x.shape)")), "uniform-for-normal"),
            ("random()", NOISE.changed(("rng.normal(0, std, x.shape)", "rng.random(x.shape) * std")), "uniform-for-normal one-sided-noise"),
            ("two values", NOISE.changed(("rng.normal(0, std, x.shape)", "rng.choice([-std, std], x.shape)")), "not-normal uniform-for-normal"),
            ("absolute", NOISE.changed(("out = x + noise", "out = x + np.abs(noise)")), "one-sided-noise"),
            ("variance", NOISE.changed(("0, std, x.shape", "0, std ** 2, x.shape")), "wrong-strength"),
            ("square root", NOISE.changed(("0, std, x.shape", "0, std ** 0.5, x.shape")), "wrong-strength"),
            ("standard normal", NOISE.changed(("0, std, x.shape", "0, 1, x.shape")), "wrong-strength"),
            ("twice", NOISE.changed(("out = x + noise", "out = x + 2 * noise")), "wrong-strength"),
            ("a tenth more", NOISE.changed(("0, std, x.shape", "0, 1.25 * std, x.shape")), "wrong-strength"),
            ("std as mean", NOISE.changed(("0, std, x.shape", "std, 0, x.shape")), "rng-not-used mean-and-spread-swapped"),
            ("mean std", NOISE.changed(("0, std, x.shape", "std, size=x.shape")), "wrong-strength mean-and-spread-swapped one-sided-noise"),
            ("multiplied", NOISE.changed(("x + noise", "x * (1 + noise)")), "noise-multiplied"),
            ("only where drawn", NOISE.changed(("out = x + noise", "out = np.where(x > 0, x + noise, x)")), "background-without-noise ends-not-clipped"),
            ("own rng", NOISE.changed(("    noise = rng", "    rng = np.random.default_rng(0)\n    noise = rng")), "rng-not-used"),
            ("np.random", NOISE.changed(("rng.normal(", "np.random.normal(")), "rng-not-used"),
            ("np.random.seed", NOISE.changed(("    noise = rng.normal(", "    np.random.seed(0)\n    noise = np.random.normal(")), "rng-not-used"),
            ("rescaled", NOISE.changed(("np.clip(out, 0, 1)", "(out - out.min()) / (out.max() - out.min())")), "rescaled-not-clipped"),
            ("modulo", NOISE.changed(("np.clip(out, 0, 1)", "out % 1")), "ends-not-clipped wraps-around"),
            ("absolute of the result", NOISE.changed(("np.clip(out, 0, 1)", "np.clip(np.abs(out), 0, 1)")), "ends-not-clipped"),
            ("in place", NOISE.changed(("    out = x + noise", "    x += noise.astype(x.dtype)\n    out = x")), "changes-input"),
            ("integers", NOISE.changed((".astype(x.dtype)", ".round().astype(x.dtype)")), "rounded whole-numbers wrong-strength"),
            ("uint8", NOISE.changed((".astype(x.dtype)", ".astype(np.uint8)")), "rounded truncated"),
            ("last image left", NOISE.changed(("    noise = rng.normal(0, std, x.shape)\n", "    noise = rng.normal(0, std, x.shape)\n    noise[-1] = 0\n")), "images-left-out"),
            ("only the first image", NOISE.changed(("    noise = rng.normal(0, std, x.shape)\n", "    noise = rng.normal(0, std, x.shape)\n    noise[1:] = 0\n")), "images-left-out"),
            ("only the first channel", NOISE.changed(("    noise = rng.normal(0, std, x.shape)\n", "    noise = rng.normal(0, std, x.shape)\n    noise[:, 1:] = 0\n")), "pixels-left-out channels-left-out"),
            ("noise returned", NOISE.changed(("out = x + noise", "out = noise")), "noise-alone"),
            ("no return", NOISE.changed(("return out", "out")), "returns-none"),
            ("shape as len", NOISE.changed(("x.shape)", "len(x))")), "shapes-do-not-broadcast", "raises"),
        ],
    ),
    *answers(
        "erase",
        right=[
            ("plain", ERASE),
            ("each image", ERASE.changed(("for n in range(N):", "for image in out:"), ("out[n, :, top", "image[:, top"))),
            ("endpoint", ERASE.changed(("0, H - size + 1)", "0, H - size, endpoint=True)"))),
            ("choice", ERASE.changed(("rng.integers(0, H - size + 1)", "rng.choice(np.arange(H - size + 1))"))),
            ("drawn before", ERASE.changed(("    for n in range(N):\n        top = rng.integers(0, H - size + 1)\n        left = rng.integers(0, W - size + 1)\n", "    tops = rng.integers(H - size + 1, size=N)\n    lefts = rng.integers(W - size + 1, size=N)\n    for n, (top, left) in enumerate(zip(tops, lefts)):\n"))),
            ("one place number", ERASE.changed(("        top = rng.integers(0, H - size + 1)\n        left = rng.integers(0, W - size + 1)\n", "        top, left = divmod(rng.integers((H - size + 1) * (W - size + 1)), W - size + 1)\n"))),
        ],
        wrong=[
            ("white", ERASE.changed(("size] = 0", "size] = 1")), "fills-with-white"),
            ("grey", ERASE.changed(("size] = 0", "size] = 0.5")), "not-filled-with-zero not-a-black-square"),
            ("noise filled", ERASE.changed(("size] = 0", "size] = rng.random((C, size, size))")), "not-filled-with-zero not-a-black-square"),
            ("one place", ERASE.changed(("    for n in range(N):\n        top = rng.integers(0, H - size + 1)\n        left = rng.integers(0, W - size + 1)\n", "    top = rng.integers(0, H - size + 1)\n    left = rng.integers(0, W - size + 1)\n    for n in range(N):\n")), "one-place-for-batch"),
            ("cut at border", ERASE.changed((" - size + 1)", ")")), "cut-at-border"),
            ("centre drawn", ERASE.changed(("top:top + size, left:left + size", "max(0, top - size // 2):top + size // 2 + 1, max(0, left - size // 2):left + size // 2 + 1")), "not-a-black-square wrong-size cut-at-border"),
            ("last missing", ERASE.changed((" - size + 1)", " - size)")), "last-place-missing", "raises"),
            ("first missing", ERASE.changed(("integers(0, H - size + 1)", "integers(min(1, H - size), H - size + 1)"), ("integers(0, W - size + 1)", "integers(min(1, W - size), W - size + 1)")), "first-place-missing last-place-missing"),
            ("H for W", ERASE.changed(("integers(0, W - size", "integers(0, H - size")), "height-for-width last-place-missing cut-at-border"),
            ("H W swapped", ERASE.changed(("integers(0, H -", "integers(0, Q -"), ("integers(0, W -", "integers(0, H -"), ("integers(0, Q -", "integers(0, W -")), "height-for-width last-place-missing cut-at-border"),
            ("diagonal", ERASE.changed(("        left = rng.integers(0, W - size + 1)\n", "        left = top\n"), ("0, H - size + 1", "0, min(H, W) - size + 1")), "same-row-and-column"),
            ("diagonal of lists", ERASE.changed(("        left = rng.integers(0, W - size + 1)\n", "        left = min(top, W - size)\n")), "same-row-and-column"),
            ("size + 1", ERASE.changed(("top + size, left:left + size", "top + size + 1, left:left + size + 1")), "wrong-size not-a-black-square cut-at-border"),
            ("size - 1", ERASE.changed(("top + size, left:left + size", "top + size - 1, left:left + size - 1")), "wrong-size not-a-black-square nothing-erased"),
            ("row only", ERASE.changed(("left:left + size]", ":]")), "whole-rows-or-columns"),
            ("column only", ERASE.changed(("top:top + size,", ":,")), "whole-rows-or-columns"),
            ("first channel", ERASE.changed(("out[n, :,", "out[n, 0,")), "channels-differ"),
            ("each channel its own", ERASE.changed(("        top = rng.integers(0, H - size + 1)\n        left = rng.integers(0, W - size + 1)\n        out[n, :, top:top + size, left:left + size] = 0", "        for c in range(C):\n            top = rng.integers(0, H - size + 1)\n            left = rng.integers(0, W - size + 1)\n            out[n, c, top:top + size, left:left + size] = 0")), "channels-differ not-a-black-square"),
            ("a single pixel", ERASE.changed(("top:top + size, left:left + size", "top, left")), "single-pixel wrong-size not-a-black-square"),
            ("own rng", ERASE.changed(("    for n", "    rng = np.random.default_rng(0)\n    for n")), "rng-not-used"),
            ("np.random", ERASE.changed(("rng.integers", "np.random.randint")), "rng-not-used"),
            ("new rng for each", ERASE.changed(("        top =", "        rng = np.random.default_rng(n)\n        top =")), "rng-not-used"),
            ("in place", ERASE.changed(("out = x.copy()", "out = x")), "changes-input"),
            ("view", ERASE.changed(("out = x.copy()", "out = x[:]")), "changes-input"),
            ("last image left", ERASE.changed(("range(N)", "range(N - 1)")), "images-left-out"),
            ("first image only", ERASE.changed(("range(N)", "range(1)")), "images-left-out"),
            ("return in loop", ERASE.changed(("    return out", "        return out")), "images-left-out return-in-loop"),
            ("half of the images", ERASE.changed(("        top =", "        if rng.random() < 0.5:\n            continue\n        top =")), "images-left-out"),
            ("outside erased", ERASE.changed(("out = x.copy()", "out = np.zeros_like(x)"), ("left:left + size] = 0", "left:left + size] = x[n, :, top:top + size, left:left + size]")), "kept-instead-of-erased", "not-a-black-square"),
            ("all black", ERASE.changed(("out[n, :, top:top + size, left:left + size] = 0", "out[n] = 0")), "all-black not-a-black-square"),
            ("multiplied by half", ERASE.changed(("size] = 0", "size] *= 0.5")), "not-filled-with-zero not-a-black-square"),
            ("two squares", ERASE.changed(("        out[n", "        out[n, :, 0:size, 0:size] = 0\n        out[n")), "more-than-one-square not-a-black-square"),
            ("uniform", ERASE.changed(("rng.integers(0, H - size + 1)", "rng.uniform(0, H - size + 1)")), "not-an-integer"),
            ("rounded uniform", ERASE.changed(("rng.integers(0, H - size + 1)", "int(rng.uniform(0, H - size))")), "last-place-missing", "raises"),
            ("brightness", ERASE.changed(("return out", "return out * 0.9")), "rest-changed not-a-black-square"),
            ("no return", ERASE.changed(("return out", "out")), "returns-none"),
            ("middle", ERASE.changed(("rng.integers(0, H - size + 1)", "(H - size) // 2"), ("rng.integers(0, W - size + 1)", "(W - size) // 2")), "rng-not-used one-place-for-batch"),
            ("row random, column fixed", ERASE.changed(("rng.integers(0, W - size + 1)", "0")), "one-column-for-all one-of-two-fixed last-place-missing row-or-column-fixed"),
        ],
    ),
    *answers(
        "random_rotate",
        right=[
            ("loop", ROTATE),
            ("listed", LISTED),
            ("nearest pixel, as in the lesson", NEAREST),
            ("scaled random", ROTATE.changed(("rng.uniform(-most, most)", "(rng.random() * 2 - 1) * most"))),
            ("course at once", LISTED.changed(("    turned = [rotate(x[n:n + 1], a) for n, a in enumerate(angles)]\n    return np.concatenate(turned)", "    return rotate(x, angles)"))),
            ("float angles drawn as fractions", LISTED.changed(("rng.uniform(-most, most, len(x))", "most * rng.uniform(-1, 1, len(x))"))),
        ],
        wrong=[
            ("whole degrees, nearest", NEAREST.changed(("rng.uniform(-most, most, len(x))", "rng.integers(-most, most, len(x))")), "whole-degrees"),
            ("last left, nearest", NEAREST.changed(("enumerate(angles)])", "enumerate(angles[:-1])] + [x[-1:]])")), "images-left-out"),
            ("one angle", LISTED.changed(("    angles = rng.uniform(-most, most, len(x))\n", "    angles = np.full(len(x), rng.uniform(-most, most))\n")), "one-angle-for-batch"),
            ("one angle, at once", LISTED.changed(("rng.uniform(-most, most, len(x))", "rng.uniform(-most, most)"), ("    turned = [rotate(x[n:n + 1], a) for n, a in enumerate(angles)]\n    return np.concatenate(turned)", "    return rotate(x, angles)")), "one-angle-for-batch"),
            ("one angle for two", LISTED.changed(("rng.uniform(-most, most, len(x))", "np.repeat(rng.uniform(-most, most, (len(x) + 1) // 2), 2)[:len(x)]")), "angles-shared angles-repeated"),
            ("halves alike", LISTED.changed(("rng.uniform(-most, most, len(x))", "np.tile(rng.uniform(-most, most, (len(x) + 1) // 2), 2)[:len(x)]")), "angles-shared angles-repeated"),
            ("last image left", ROTATE.changed(("range(len(x))", "range(len(x) - 1)"), ("np.zeros_like(x)", "x.copy()")), "images-left-out"),
            ("last image black", ROTATE.changed(("range(len(x))", "range(len(x) - 1)")), "images-left-out black-images"),
            ("first image left", ROTATE.changed(("range(len(x))", "range(1, len(x))"), ("np.zeros_like(x)", "x.copy()")), "images-left-out"),
            ("only the first", ROTATE.changed(("    return out", "        return out")), "images-left-out return-in-loop black-images"),
            ("plus or minus most", LISTED.changed(("rng.uniform(-most, most, len(x))", "rng.choice([-most, most], len(x))")), "only-a-few-angles"),
            ("three angles", LISTED.changed(("rng.uniform(-most, most, len(x))", "rng.choice([-most, 0, most], len(x))")), "only-two-angles only-a-few-angles few-angles"),
            ("integers", LISTED.changed(("rng.uniform(-most, most, len(x))", "rng.integers(-most, most, len(x))")), "whole-degrees"),
            ("integers, endpoint", LISTED.changed(("rng.uniform(-most, most, len(x))", "rng.integers(-most, most + 1, len(x))")), "whole-degrees"),
            ("rounded", LISTED.changed(("rng.uniform(-most, most, len(x))", "np.round(rng.uniform(-most, most, len(x)))")), "whole-degrees"),
            ("positive", LISTED.changed(("rng.uniform(-most, most", "rng.uniform(0, most")), "one-direction-only"),
            ("rng.random", LISTED.changed(("rng.uniform(-most, most, len(x))", "rng.random(len(x)) * most")), "one-direction-only"),
            ("negative", LISTED.changed(("rng.uniform(-most, most", "rng.uniform(-most, 0")), "one-direction-only"),
            ("normal", LISTED.changed(("rng.uniform(-most, most, len(x))", "rng.normal(0, most, len(x))")), "angles-too-large normal-for-uniform"),
            ("normal, small", LISTED.changed(("rng.uniform(-most, most, len(x))", "rng.normal(0, most / 3, len(x))")), "normal-for-uniform not-evenly-spread angles-too-small angles-too-large"),
            ("normal clipped", LISTED.changed(("rng.uniform(-most, most, len(x))", "np.clip(rng.normal(0, most, len(x)), -most, most)")), "not-evenly-spread only-two-angles normal-for-uniform angles-repeated"),
            ("half", LISTED.changed(("-most, most, len(x)", "-most / 2, most / 2, len(x)")), "angles-too-small"),
            ("twice", LISTED.changed(("-most, most, len(x)", "-2 * most, 2 * most, len(x)")), "angles-too-large"),
            ("radians", LISTED.changed(("rotate(x[n:n + 1], a)", "rotate(x[n:n + 1], np.radians(a))")), "angles-too-small"),
            ("degrees", LISTED.changed(("rotate(x[n:n + 1], a)", "rotate(x[n:n + 1], np.degrees(a))")), "angles-too-large"),
            ("180", LISTED.changed(("-most, most, len(x)", "-180, 180, len(x)")), "angles-too-large"),
            ("always most", lambda x, most, rng: LISTED.changed(("rng.uniform(-most, most, len(x))", "np.full(len(x), most)")).make()(x, most, rng), "rng-not-used"),
            ("own rng", LISTED.changed(("    angles =", "    rng = np.random.default_rng(0)\n    angles =")), "rng-not-used"),
            ("np.random", LISTED.changed(("rng.uniform", "np.random.uniform")), "rng-not-used"),
            ("reversed", LISTED.changed(("np.concatenate(turned)", "np.concatenate(turned[::-1])")), "image-order-changed"),
            ("shuffled", LISTED.changed(("np.concatenate(turned)", "rng.permutation(np.concatenate(turned))")), "image-order-changed"),
            ("first image always", LISTED.changed(("x[n:n + 1], a", "x[0:1], a")), "one-image-for-all image-order-changed first-image-for-all"),
            ("x[n]", LISTED.changed(("x[n:n + 1]", "x[n]")), "", "raises rows-differ-in-length number-or-list-for-array unpacks-other-number"),
            ("stacked", LISTED.changed(("np.concatenate(turned)", "np.array(turned)")), "axis-too-many stacked-not-joined", "axes-extra"),
            ("summed angle", ROTATE.changed(("    for n", "    angle = 0\n    for n"), ("angle = rng", "angle += rng")), "angles-add-up angles-too-large"),
            ("turned twice", ROTATE.changed(("rotate(x[n:n + 1], angle)", "rotate(rotate(x[n:n + 1], angle), angle)")), "angles-too-large turned-twice"),
            ("in place", ROTATE.changed(("np.zeros_like(x)", "x")), "changes-input"),
            ("shifted too", LISTED.changed(("return np.concatenate(turned)", "return np.roll(np.concatenate(turned), 2, axis=3)")), "more-than-turned"),
            ("flipped too", LISTED.changed(("return np.concatenate(turned)", "return np.concatenate(turned)[..., ::-1]")), "flipped-too", "angles-too-large"),
            ("darker", LISTED.changed(("return np.concatenate(turned)", "return np.concatenate(turned) * 0.5")), "more-than-turned brightness-changed"),
            ("unchanged", lambda x, most, rng: x.copy(), "rng-not-used not-changed"),
            ("no return", LISTED.changed(("return np", "np")), "returns-none"),
            ("concatenate without list", LISTED.changed(("np.concatenate(turned)", "np.concatenate(*turned)")), "wrong-arguments joined-without-a-list arguments-missing", "raises"),
            ("len(x) forgotten", LISTED.changed(("most, len(x))", "most)")), "number-or-list-for-array", "raises"),
        ],
    ),
    *answers(
        "enlarge",
        right=[
            ("lists", ENLARGE),
            ("vstack", ENLARGE.changed(("np.concatenate(xs), np.concatenate(ts)", "np.vstack(xs), np.hstack(ts)"))),
            ("np.append", Source("def enlarge(x, t, change, times):\n    X, T = x, t\n    for k in range(times):\n        X = np.append(X, change(x), axis=0)\n        T = np.append(T, t)\n    return X, T\n")),
            ("tile", ENLARGE.changed(("np.concatenate(ts)", "np.tile(t, times + 1)"))),
        ],
        wrong=[
            ("repeat", ENLARGE.changed(("np.concatenate(ts)", "np.repeat(t, times + 1)")), "label-order-changed"),
            ("originals missing", ENLARGE.changed(("xs, ts = [x], [t]", "xs, ts = [], []")), "originals-missing"),
            ("labels not", ENLARGE.changed(("np.concatenate(ts)", "t")), "labels-not-enlarged"),
            ("one label set short", ENLARGE.changed(("np.concatenate(ts)", "np.tile(t, times)")), "labels-one-set-short"),
            ("changed once", ENLARGE.changed(("    for _", "    y = change(x)\n    for _"), ("change(x))\n        ts", "y)\n        ts")), "changed-once"),
            ("cumulative", ENLARGE.changed(("xs.append(change(x))", "xs.append(change(xs[-1]))")), "changes-a-copy-again"),
            ("x overwritten", ENLARGE.changed(("xs.append(change(x))", "x = change(x)\n        xs.append(x)")), "changes-a-copy-again"),
            ("not changed", ENLARGE.changed(("change(x)", "x")), "copies-not-changed"),
            ("one copy too few", ENLARGE.changed(("range(times)", "range(times - 1)")), "one-copy-too-few"),
            ("one copy too many", ENLARGE.changed(("range(times)", "range(times + 1)")), "one-copy-too-many"),
            ("one copy only", lambda x, t, change, times: (np.concatenate([x, change(x)]), np.concatenate([t, t])), "one-copy-only"),
            ("labels first", ENLARGE.changed(("return np.concatenate(xs), np.concatenate(ts)", "return np.concatenate(ts), np.concatenate(xs)")), "images-and-labels-swapped"),
            ("only images", ENLARGE.changed((", np.concatenate(ts)", "")), "other-type one-of-two-returned"),
            ("copies first", ENLARGE.changed(("return np.concatenate(xs)", "return np.concatenate(xs[1:] + xs[:1])")), "originals-last"),
            ("stacked", ENLARGE.changed(("np.concatenate(xs)", "np.array(xs)")), "stacked-not-joined", "axes-extra"),
            ("one by one", Source("def enlarge(x, t, change, times):\n    xs, ts = [], []\n    for n in range(len(x)):\n        xs.append(x[n])\n        ts.append(t[n])\n        for _ in range(times):\n            xs.append(change(x[n:n+1])[0])\n            ts.append(t[n])\n    return np.array(xs), np.array(ts)\n"), "image-by-image"),
            ("image by image, change on all", ENLARGE.changed(("return np.concatenate(xs), np.concatenate(ts)", "return np.stack(xs, 1).reshape(-1, *x.shape[1:]), np.stack(ts, 1).reshape(-1)")), "image-by-image"),
            ("times of x", lambda x, t, change, times: (np.concatenate([x] * times), np.concatenate([t] * times)), "copies-not-changed originals-only", "shape-differs"),
            ("axis 1", ENLARGE.changed(("np.concatenate(xs)", "np.concatenate(xs, axis=1)")), "joined-along-channels"),
            ("labels changed", ENLARGE.changed(("ts.append(t)", "ts.append(t + 1)")), "place", "too-large"),
            ("labels shuffled", ENLARGE.changed(("np.concatenate(ts)", "np.sort(np.concatenate(ts))")), "labels-sorted", "reordered"),
            ("concatenate without list", ENLARGE.changed(("np.concatenate(xs)", "np.concatenate(x, change(x))")), "concatenate-without-list joined-without-a-list", "raises"),
            ("plus", lambda x, t, change, times: (x + sum(change(x) for _ in range(times)), t), "added-not-joined", "shape-differs"),
            ("integers", ENLARGE.changed(("np.concatenate(xs)", "np.concatenate(xs).astype(int)")), TRUNCATED + " all-zero zero-below-one"),
            ("return in loop", ENLARGE.changed(("    return", "        return")), "one-copy-only"),
            ("no return", ENLARGE.changed(("return np", "np")), "returns-none"),
            ("change called with t", ENLARGE.changed(("change(x)", "change(x, t)")), "wrong-arguments"),
            ("change not called", ENLARGE.changed(("change(x)", "change")), "", "raises rows-differ-in-length"),
            ("x changed", ENLARGE.changed(("    xs, ts", "    x /= 2\n    xs, ts")), "", "changes-input scaled"),
        ],
    ),
]
