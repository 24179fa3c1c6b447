"""Draw katakana15: handwritten katakana by people who do not exist.

    python tools/katakana/make.py            write data/katakana15
    python tools/katakana/make.py --check    compare, write nothing
    python tools/katakana/make.py --seed 1 --output FOLDER   draw others

The shapes come from ``data/katakana15/sources`` (see sources.py),
everything else from one seed. Each character has a stream of random numbers
of its own, so that it can be drawn again alone. The training part holds those
drawings that ``sources/picks.json`` lists (see choose.py). Another
seed has no such list: its training part holds everything that is drawn,
15,000 images in some minutes.
"""

import argparse
import json
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.katakana import render, writers
from tools.katakana.models import BLOCK
from tools.make_mnist import compress

TARGET = Path(__file__).resolve().parents[2] / "data/katakana15"
GLYPHS = "アイウエオカキクケコサシスセソ"
SEED = 20150
TRIES = 60  # drawings of a character before the last one is taken
BLOCKS = 0.5  # part of the characters that follow the block letters
TEST_FONTS = ("kiwi-maru",)


@dataclass(frozen=True)
class Part:
    """One part of the set: who writes it."""

    name: str
    first: int  # number of its first writer
    hands: int  # writers who draw strokes
    prints: int  # writers whose hand is that of a font


PARTS = (Part("train", 0, 880, 120), Part("t10k", 1000, 54, 6))


def load_shapes() -> tuple[dict, dict]:
    """Read the strokes of each glyph and the outlines of each font."""
    shapes = []
    for name in ("strokes.json", "outlines.json"):
        text = (TARGET / "sources" / name).read_text(encoding="utf-8")
        shapes.append(json.loads(text)["shapes"])
    strokes = {g: arrays(parts) for g, parts in shapes[0].items()}
    fonts = {
        name: {g: arrays(parts) for g, parts in glyphs.items()}
        for name, glyphs in shapes[1].items()
    }
    return strokes, fonts


def arrays(parts: list) -> list[np.ndarray]:
    """Turn lists of points into arrays (P, 2)."""
    return [np.array(points) for points in parts]


def part_styles(part: Part, seed: int) -> list[writers.Style]:
    """Invent the writers of a part: hands first, then fonts."""
    styles = []
    for stream, count in ((1, part.hands), (2, part.prints)):
        rng = np.random.default_rng([seed, part.first, stream])
        styles += writers.make_styles(rng, count)
    return styles


def draw(
    part: Part, writer: int, glyph: str, style, shapes, seed: int
) -> np.ndarray:
    """Draw one image: what a writer of a part makes of a glyph, (28, 28)."""
    strokes, fonts = shapes
    number = part.first + writer
    rng = np.random.default_rng([seed, number, 100 + GLYPHS.index(glyph)])
    if writer < part.hands:
        image = draw_hand(strokes[glyph], glyph, style, rng)
    else:
        names = [n for n in fonts if (n in TEST_FONTS) == (part.first > 0)]
        font = fonts[names[writer % len(names)]]
        image = draw_print(font[glyph], style, rng)
    return develop(image, style, rng)


def draw_hand(strokes, glyph, style, rng) -> np.ndarray:
    """Draw a glyph by hand, ink in 0..1; again if it cannot be read."""
    size = writers.frame_size(style)
    if rng.random() < BLOCKS:
        strokes = arrays(BLOCK[glyph])
    for _ in range(TRIES):
        written = writers.write_glyph(strokes, glyph, style, rng)
        width = writers.pen_width(style, rng)
        placed = writers.fit_frame(written, style, width / 2, rng)
        if writers.legible(placed, strokes, glyph, width, size):
            break
    radii = [
        width / 2 * writers.pressure(len(points), style, rng)
        for points in placed
    ]
    return render.draw_strokes(placed, radii)


def draw_print(contours, style, rng) -> np.ndarray:
    """Draw a glyph of a font, bent as a hand would, ink in 0..1."""
    bent = writers.bend_plane(contours, rng, 0.03 * style.care)
    leaned = writers.lean(bent, style, rng)
    bolder = rng.uniform(-0.1, 0.4)
    placed = writers.fit_frame(leaned, style, max(0.0, bolder), rng)
    return render.draw_outline(placed, bolder)


def develop(image: np.ndarray, style, rng) -> np.ndarray:
    """Turn ink into the grey levels of a photo or a scan, uint8."""
    if style.tone == "blur":
        image = render.blur(image)
        image = image / max(0.3, image.max())
    elif style.tone == "binary":
        image = (image > rng.uniform(0.3, 0.5) * image.max()).astype(float)
    elif style.tone == "scan":
        image = render.blur(image) * 1.3
        image = image + rng.normal(0, 0.04, image.shape)
        specks = rng.random(image.shape) < 0.002
        image = np.where(specks, rng.uniform(0.2, 0.9), image)
        image = np.where(image < 0.12, 0.0, image)
    return render.to_bytes(np.clip(image, 0.0, 1.0) * style.peak)


def every_pair(part: Part) -> list[tuple[int, int]]:
    """List all that a part's writers write: (writer, label)."""
    count = part.hands + part.prints
    return [(w, k) for w in range(count) for k in range(len(GLYPHS))]


def picked_pairs() -> list[tuple[int, int]]:
    """List what the training part holds: (writer, label)."""
    text = (TARGET / "sources/picks.json").read_text(encoding="utf-8")
    picks = json.loads(text)["writers"]
    return [(w, k) for k, glyph in enumerate(GLYPHS) for w in picks[glyph]]


def make_part(part: Part, seed: int = SEED, pairs=None):
    """Draw a part.

    Args:
        part: which one.
        seed: the number that everything follows from.
        pairs: what to draw, (writer, label), writers counted from 0;
            everything if None.

    Returns:
        Images (N, 28, 28) uint8, labels (N,) uint8, writers (N,) uint16.
    """
    shapes, styles = load_shapes(), part_styles(part, seed)
    pairs = every_pair(part) if pairs is None else pairs
    images = [
        draw(part, w, GLYPHS[k], styles[w], shapes, seed) for w, k in pairs
    ]
    drawn_by, labels = np.array(pairs).T
    return (
        np.stack(images),
        labels.astype(np.uint8),
        (part.first + drawn_by).astype(np.uint16),
    )


def shuffled(drawn: tuple, seed: int, part: Part) -> tuple:
    """Bring images, labels and writers into one random order."""
    rng = np.random.default_rng([seed, part.first, 3])
    order = rng.permutation(len(drawn[0]))
    return tuple(array[order] for array in drawn)


def idx_bytes(array: np.ndarray) -> bytes:
    """Write an array in the IDX format of MNIST (big endian).

    Signed 16-bit numbers have the type code 0x0B, unsigned bytes 0x08.
    """
    code, kind = (0x08, ">u1") if array.dtype == np.uint8 else (0x0B, ">i2")
    head = struct.pack(">HBB", 0, code, array.ndim)
    sizes = struct.pack(f">{array.ndim}I", *array.shape)
    return head + sizes + array.astype(kind).tobytes()


def build(seed: int = SEED) -> dict[str, bytes]:
    """Make all the files of the set: name and uncompressed content."""
    files = {}
    for part in PARTS:
        chosen = part.name == "train" and seed == SEED
        pairs = picked_pairs() if chosen else None
        drawn = shuffled(make_part(part, seed, pairs), seed, part)
        images, labels, numbers = drawn
        files[f"{part.name}-images-idx3-ubyte"] = idx_bytes(images)
        files[f"{part.name}-labels-idx1-ubyte"] = idx_bytes(labels)
        files[f"{part.name}-writers-idx1"] = idx_bytes(numbers)
    return files


def main() -> int:
    """Write the files, or compare them with those that are there."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="only compare")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--output", type=Path, default=TARGET)
    options = parser.parse_args()
    check, target = options.check, options.output
    if options.seed != SEED and target == TARGET:
        parser.error("--seed needs an --output: the course's set stays")
    if not check:
        target.mkdir(parents=True, exist_ok=True)
    different = []
    for name, content in build(options.seed).items():
        path, packed = target / f"{name}.gz", compress(content)
        if not check:
            path.write_bytes(packed)
        elif not path.exists() or path.read_bytes() != packed:
            different.append(path.name)
    if not check:
        classes = "".join(f"{glyph}\n" for glyph in GLYPHS)
        (target / "classes.txt").write_bytes(classes.encode("utf-8"))
    for name in different:
        print(f"{name} is not what the seed gives")
    return 1 if different else 0


if __name__ == "__main__":
    raise SystemExit(main())
