"""Collect the shapes that katakana15 is drawn from.

Reads the stroke paths of KanjiVG (package ``kanjivg`` of the Python package
index) and the outlines of open fonts (packages ``@fontsource/...`` of npm)
and writes two small files, ``strokes.json`` and ``outlines.json``, which are
kept in ``data/katakana15/sources``. Only whoever wants to add a font needs to
run this: the committed files are enough to build the images.

    pip download --no-deps -d SOURCES kanjivg==20260714
    npm install --prefix SOURCES @fontsource/klee-one@5.3.0 ...
    python tools/katakana/sources.py SOURCES
"""

import argparse
import json
import re
import zipfile
from pathlib import Path

GLYPHS = "アイウエオカキクケコサシスセソ"
FONTS = (
    "klee-one",
    "yomogi",
    "zen-kurenaido",
    "yusei-magic",
    "hachi-maru-pop",
    "kiwi-maru",
)
TARGET = Path(__file__).resolve().parents[2] / "data/katakana15/sources"
KANJIVG_BOX = 109.0
CURVE_STEPS = 6

Point = tuple[float, float]


def cubic(p0: Point, p1: Point, p2: Point, p3: Point) -> list[Point]:
    """Sample a cubic Bezier curve, its start left out."""
    points = []
    for step in range(1, CURVE_STEPS + 1):
        t = step / CURVE_STEPS
        a, b = (1 - t) ** 3, 3 * t * (1 - t) ** 2
        c, d = 3 * t * t * (1 - t), t**3
        x = a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0]
        y = a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1]
        points.append((x, y))
    return points


def quadratic(p0: Point, p1: Point, p2: Point) -> list[Point]:
    """Sample a quadratic Bezier curve, its start left out."""
    points = []
    for step in range(1, CURVE_STEPS + 1):
        t = step / CURVE_STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        x = a * p0[0] + b * p1[0] + c * p2[0]
        y = a * p0[1] + b * p1[1] + c * p2[1]
        points.append((x, y))
    return points


def svg_points(path: str) -> list[Point]:
    """Turn an SVG path of M, c and C commands into a chain of points."""
    points: list[Point] = []
    for command, body in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", path):
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", body)]
        if command == "M":
            points.append((numbers[0], numbers[1]))
        elif command in "cC":
            for i in range(0, len(numbers), 6):
                x, y = points[-1] if command == "c" else (0.0, 0.0)
                n = numbers[i : i + 6]
                ctrl = [(x + n[j], y + n[j + 1]) for j in (0, 2, 4)]
                points += cubic(points[-1], *ctrl)
        else:
            raise ValueError(f"path command {command!r} is not expected")
    return points


def read_strokes(wheel: Path) -> dict[str, list[list[Point]]]:
    """Read the strokes of the glyphs from the kanjivg wheel, in 0..1."""
    strokes = {}
    with zipfile.ZipFile(wheel) as archive:
        for glyph in GLYPHS:
            svg = archive.read(f"kanji/{ord(glyph):05x}.svg").decode("utf-8")
            paths = re.findall(r'<path [^>]*\bd="([^"]+)"', svg)
            strokes[glyph] = [
                scaled(svg_points(path), KANJIVG_BOX) for path in paths
            ]
    return strokes


def scaled(points: list[Point], box: float) -> list[Point]:
    """Divide by the box and round to four places."""
    return [(round(x / box, 4), round(y / box, 4)) for x, y in points]


def flatten(recording: list[tuple], height: float, units: float):
    """Turn recorded pen moves into closed contours, y pointing down."""
    contours: list[list[Point]] = []
    for name, arguments in recording:
        if name == "moveTo":
            contours.append([arguments[0]])
        elif name == "lineTo":
            contours[-1].append(arguments[0])
        elif name == "qCurveTo":
            contours[-1] += quadratic(contours[-1][-1], *arguments)
        elif name == "curveTo":
            contours[-1] += cubic(contours[-1][-1], *arguments)
    flipped = [[(x, height - y) for x, y in c] for c in contours]
    return [scaled(contour, units) for contour in flipped]


def read_outlines(woff: Path) -> dict[str, list[list[Point]]]:
    """Read the glyphs' outlines from a font file, in parts of the em."""
    from fontTools.pens.basePen import decomposeQuadraticSegment
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.ttLib import TTFont

    font = TTFont(woff)
    glyph_set, cmap = font.getGlyphSet(), font.getBestCmap()
    height, units = font["hhea"].ascent, font["head"].unitsPerEm
    outlines = {}
    for glyph in GLYPHS:
        pen = DecomposingRecordingPen(glyph_set)
        glyph_set[cmap[ord(glyph)]].draw(pen)
        moves = []
        for name, arguments in pen.value:
            if name == "qCurveTo":
                parts = decomposeQuadraticSegment(arguments)
                moves += [("qCurveTo", part) for part in parts]
            else:
                moves.append((name, arguments))
        outlines[glyph] = flatten(moves, height, units)
    return outlines


def write_json(path: Path, about: str, shapes: dict) -> None:
    """Write shapes with a line about their licence, the same every time."""
    text = json.dumps(
        {"about": about, "shapes": shapes},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def only_file(folder: Path, pattern: str) -> Path:
    """Find the one file that fits a pattern.

    Raises:
        FileNotFoundError: none is there; the message says how to get it.
    """
    found = sorted(folder.rglob(pattern))
    if not found:
        raise FileNotFoundError(
            f"{folder} holds no {pattern}. Fetch the packages that "
            "tools/katakana/sources.py names in its first lines."
        )
    return found[0]


def main() -> None:
    """Read the sources in a folder and write the two shape files."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sources", type=Path, help="folder with the packages")
    folder = parser.parse_args().sources
    TARGET.mkdir(parents=True, exist_ok=True)
    wheel = only_file(folder, "kanjivg-*.whl")
    write_json(
        TARGET / "strokes.json",
        "Stroke paths of KanjiVG, copyright Ulrich Apel, CC BY-SA 3.0, "
        "http://kanjivg.tagaini.net; flattened and scaled to 0..1",
        read_strokes(wheel),
    )
    fonts = {}
    for name in FONTS:
        woff = only_file(folder, f"{name}-japanese-400-normal.woff")
        fonts[name] = read_outlines(woff)
    write_json(
        TARGET / "outlines.json",
        "Glyph outlines of fonts under the SIL Open Font License 1.1, see "
        "LICENSE; flattened and scaled to parts of the em",
        fonts,
    )


if __name__ == "__main__":
    main()
