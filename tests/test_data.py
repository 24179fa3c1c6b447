"""The data files: whole, licensed, and what their scripts make."""

import gzip
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from tools import make_mnist as mnist
from tools.katakana import make as katakana

DATA = Path(__file__).resolve().parents[1] / "data"
FILES = sorted(DATA.glob("*/*.gz"))
TYPES = {0x08: ">u1", 0x0B: ">i2"}
SIZE_LIMIT = 14_000_000  # bytes of data/ in all


def read_idx(path: Path) -> np.ndarray:
    """Read an IDX file without the course's own loader."""
    raw = gzip.decompress(path.read_bytes())
    axes = raw[3]
    shape = tuple(np.frombuffer(raw, ">u4", axes, 4))
    values = np.frombuffer(raw, TYPES[raw[2]], offset=4 + 4 * axes)
    return values.reshape(shape)


def part(folder: str, name: str) -> tuple[np.ndarray, np.ndarray]:
    images = read_idx(DATA / folder / f"{name}-images-idx3-ubyte.gz")
    labels = read_idx(DATA / folder / f"{name}-labels-idx1-ubyte.gz")
    return images, labels


def numbers(name: str) -> np.ndarray:
    return read_idx(DATA / "katakana15" / f"{name}-writers-idx1.gz")


@pytest.fixture(scope="module")
def shapes():
    return katakana.load_shapes()


def test_all_files_are_there():
    assert len(FILES) == 10


def test_the_folder_is_small():
    sizes = [p.stat().st_size for p in DATA.rglob("*") if p.is_file()]
    assert sum(sizes) < SIZE_LIMIT


@pytest.mark.parametrize(
    "path", FILES, ids=lambda p: f"{p.parent.name}-{p.name}"
)
def test_gzip_keeps_no_time_and_no_name(path):
    head = path.read_bytes()[:10]
    assert head[:3] == b"\x1f\x8b\x08"
    assert head[3] == 0, "the header has a name or another extra field"
    assert head[4:8] == bytes(4), "the header has a time"


@pytest.mark.parametrize("folder", ["mnist", "katakana15"])
def test_licence_and_datasheet_name_the_licence(folder):
    for name in ("LICENSE", "DATASHEET.md"):
        text = (DATA / folder / name).read_text(encoding="utf-8")
        assert "CC BY-SA 3.0" in text


def test_datasheet_has_its_chapters():
    for folder in ("mnist", "katakana15"):
        text = (DATA / folder / "DATASHEET.md").read_text(encoding="utf-8")
        for chapter in ("Motivation", "Composition", "Preprocessing", "Uses"):
            assert f"## {chapter}" in text


def test_fonts_are_named_with_their_licence(shapes):
    text = (DATA / "katakana15" / "LICENSE").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    for font in shapes[1]:
        assert font.replace("-", " ") in text.lower().replace("-", " ")


@pytest.mark.parametrize("name", sorted(mnist.MD5))
def test_mnist_is_the_original(name):
    raw = gzip.decompress((DATA / "mnist" / f"{name}.gz").read_bytes())
    assert hashlib.md5(raw).hexdigest() == mnist.MD5[name]


@pytest.mark.parametrize("name, count", [("train", 60_000), ("t10k", 10_000)])
def test_mnist_shapes(name, count):
    images, labels = part("mnist", name)
    assert images.shape == (count, 28, 28)
    assert images.dtype == np.uint8
    assert labels.shape == (count,)
    assert set(labels) == set(range(10))


@pytest.mark.parametrize("name, per_class", [("train", 200), ("t10k", 60)])
def test_katakana_has_equal_classes(name, per_class):
    images, labels = part("katakana15", name)
    assert images.shape == (15 * per_class, 28, 28)
    assert images.dtype == np.uint8
    assert list(np.bincount(labels)) == [per_class] * 15


def test_katakana_classes():
    raw = (DATA / "katakana15" / "classes.txt").read_bytes()
    assert raw.decode("utf-8").split("\n") == [*katakana.GLYPHS, ""]


@pytest.mark.parametrize("name", ["train", "t10k"])
def test_no_writer_writes_a_class_twice(name):
    pairs = list(zip(numbers(name), part("katakana15", name)[1]))
    assert len(set(pairs)) == len(pairs)


def test_each_test_writer_writes_every_class():
    assert set(np.bincount(numbers("t10k"))[1000:]) == {15}


def test_the_training_part_has_many_writers():
    counts = np.bincount(numbers("train"), minlength=1000)
    assert len(counts) == 1000
    assert (counts > 0).sum() > 600


def test_test_writers_are_not_in_training():
    assert not set(numbers("train")) & set(numbers("t10k"))


def test_no_image_appears_twice():
    every = np.concatenate(
        [part("katakana15", n)[0] for n in ("train", "t10k")]
    )
    assert len({image.tobytes() for image in every}) == len(every)


@pytest.mark.parametrize("name", ["train", "t10k"])
def test_images_are_light_strokes_on_black(name):
    images, _ = part("katakana15", name)
    inked = (images > 60).mean(axis=(1, 2))
    assert inked.min() > 0.02, "an image is almost empty"
    assert inked.max() < 0.5, "an image is more ink than ground"
    assert images.max(axis=(1, 2)).min() > 90, "an image is too faint"


@pytest.mark.parametrize("which", katakana.PARTS, ids=lambda p: p.name)
def test_a_few_images_are_drawn_again(which):
    images, labels = part("katakana15", which.name)
    writers = numbers(which.name) - which.first
    hands = np.flatnonzero(writers < which.hands)[:20]
    prints = np.flatnonzero(writers >= which.hands)[:20]
    some = np.concatenate([hands, prints])
    pairs = list(zip(writers[some].tolist(), labels[some].tolist()))
    drawn, drawn_labels, drawn_by = katakana.make_part(which, pairs=pairs)
    np.testing.assert_array_equal(drawn, images[some])
    np.testing.assert_array_equal(drawn_labels, labels[some])
    np.testing.assert_array_equal(drawn_by, numbers(which.name)[some])


def test_the_whole_set_is_what_the_seed_gives():
    for name, content in katakana.build().items():
        packed = DATA / "katakana15" / f"{name}.gz"
        assert gzip.decompress(packed.read_bytes()) == content, name


def test_another_seed_gives_other_images():
    which = katakana.PARTS[0]
    pairs = [(0, k) for k in range(15)]
    one = katakana.make_part(which, seed=1, pairs=pairs)[0]
    other = katakana.make_part(which, seed=2, pairs=pairs)[0]
    assert (one != other).any(axis=(1, 2)).all()


def test_compression_gives_the_same_bytes():
    content = np.arange(5000, dtype=np.uint8).tobytes()
    assert mnist.compress(content) == mnist.compress(content)


def test_a_wrong_mnist_file_is_refused(tmp_path):
    path = tmp_path / "t10k-labels-idx1-ubyte"
    path.write_bytes(b"not digits")
    with pytest.raises(ValueError, match="MD5 differs"):
        mnist.checked(path)


def test_sources_hold_every_glyph(shapes):
    strokes, fonts = shapes
    assert "".join(strokes) == katakana.GLYPHS
    assert all("".join(font) == katakana.GLYPHS for font in fonts.values())


def test_sources_name_where_they_come_from():
    folder = DATA / "katakana15" / "sources"
    for name, word in (("strokes", "KanjiVG"), ("outlines", "Open Font")):
        text = (folder / f"{name}.json").read_text(encoding="utf-8")
        assert word in json.loads(text)["about"]


def test_another_set_goes_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(katakana, "build", lambda seed: {f"{seed}": b"x"})
    monkeypatch.setattr("sys.argv", ["make", "--seed", "7"])
    with pytest.raises(SystemExit):
        katakana.main()
    folder = tmp_path / "more"
    monkeypatch.setattr("sys.argv", ["make", "--seed=7", f"--output={folder}"])
    assert katakana.main() == 0
    assert {p.name for p in folder.iterdir()} == {"7.gz", "classes.txt"}


def test_the_record_of_the_detectors_is_whole():
    folder = DATA / "detectors"
    text = (folder / "DATASHEET.md").read_text(encoding="utf-8")
    assert "CC BY-SA 3.0" in text
    for path in folder.glob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    for path in folder.glob("*.npz"):
        assert f"{path.stem}" in (folder / "table.json").read_text("utf-8")
