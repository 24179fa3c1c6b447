"""Tests of course_lib.datasets, on small files and on the course's own."""

import gzip
import hashlib
import re
import struct
import time

import numpy as np
import pytest

from course_lib import datasets
from course_lib.datasets import (
    KATAKANA,
    DataFileError,
    load_katakana15,
    load_mnist,
)

TYPES = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C}


def write_idx(path, array, dtype="u1"):
    header = bytes([0, 0, TYPES[dtype], array.ndim])
    header += struct.pack(f">{array.ndim}I", *array.shape)
    values = array.astype(f">{dtype}").tobytes()
    path.write_bytes(gzip.compress(header + values))


def write_part(folder, part, n, classes, writer_type):
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(n)
    images = rng.integers(0, 256, (n, 28, 28))
    labels = np.arange(n) % classes
    images[:, 0, 0] = labels
    write_idx(folder / f"{part}-images-idx3-ubyte.gz", images)
    write_idx(folder / f"{part}-labels-idx1-ubyte.gz", labels)
    writers = np.arange(n) * 300 if writer_type != "u1" else np.arange(n)
    write_idx(folder / f"{part}-writers-idx1.gz", writers, writer_type)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A folder with 60 + 30 images of each set."""
    for name, classes in (("mnist", 10), ("katakana15", 15)):
        write_part(tmp_path / name, "train", 60, classes, "i4")
        write_part(tmp_path / name, "t10k", 30, classes, "u1")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    return tmp_path


LOADERS = [load_mnist, load_katakana15]


@pytest.mark.parametrize("load", LOADERS)
def test_defaults(data, load):
    (x_train, t_train), (x_test, t_test) = load()
    assert x_train.shape == (60, 1, 28, 28)
    assert x_test.shape == (30, 1, 28, 28)
    assert x_train.dtype == x_test.dtype == np.float32
    assert 0 <= x_train.min() < 0.01 < 0.99 < x_train.max() <= 1
    assert t_train.dtype == t_test.dtype == np.int64
    pixels = np.rint(x_train[:, 0, 0, 0] * 255)
    np.testing.assert_array_equal(pixels, t_train)
    x_train[...] = 0  # may be written to


@pytest.mark.parametrize("load", LOADERS)
def test_options(data, load):
    (x, t), _ = load(normalize=False, flatten=True, one_hot_label=True)
    assert x.shape == (60, 784)
    assert x.dtype == np.uint8
    assert t.shape == (60, 10 if load is load_mnist else 15)
    assert t.dtype == np.float32
    np.testing.assert_array_equal(t.sum(axis=1), 1)
    np.testing.assert_array_equal(t.argmax(axis=1), x[:, 0])
    x[...] = 0


def test_writers(data):
    train, test = load_katakana15(with_writers=True, train_size=20)
    (_, _, writers), (_, _, others) = train, test
    assert writers.shape == (20,)
    assert writers.dtype == others.dtype == np.int64
    assert set(writers) <= set(range(0, 18000, 300))
    np.testing.assert_array_equal(others, np.arange(30))


@pytest.mark.parametrize(
    "load, classes", [(load_mnist, 10), (load_katakana15, 15)]
)
@pytest.mark.parametrize("size", [1, 15, 25, 30, 60])
def test_a_subset_is_balanced_and_repeats(data, load, classes, size):
    (x, t), (_, t_test) = load(train_size=size, test_size=classes)
    assert len(x) == len(t) == size
    counts = np.bincount(t, minlength=classes)
    assert counts.max() - counts.min() <= 1
    np.testing.assert_array_equal(np.rint(x[:, 0, 0, 0] * 255), t)
    assert sorted(t_test) == list(range(classes))
    (again, _), _ = load(train_size=size)
    np.testing.assert_array_equal(again, x)
    (larger, _), _ = load(train_size=60)
    np.testing.assert_array_equal(larger[:size], x)
    assert len(np.unique(x.reshape(size, -1), axis=0)) == size


@pytest.mark.parametrize("size", [0, -1, 61])
def test_subset_refuses(data, size):
    with pytest.raises(ValueError, match=f"{size} images .* 1 to 60"):
        load_mnist(train_size=size)


NAMES = ["images-idx3-ubyte", "labels-idx1-ubyte"]


def expect_error(load, path, what):
    with pytest.raises(DataFileError) as caught:
        load()
    message = str(caught.value)
    assert str(path) in message
    assert re.search(what, message)
    assert f"data/{path.parent.name}" in message
    assert "\n" not in message


@pytest.mark.parametrize("part", ["train", "t10k"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("load", LOADERS)
class TestDamage:
    @pytest.fixture
    def path(self, data, part, name, load):
        folder = "mnist" if load is load_mnist else "katakana15"
        return data / folder / f"{part}-{name}.gz"

    def test_missing(self, load, path):
        path.unlink()
        expect_error(load, path, "is missing")

    @pytest.mark.parametrize("kept", [0, 3, 10, 20, -1, -4, -8, -9])
    def test_truncated(self, load, path, kept):
        path.write_bytes(path.read_bytes()[:kept])
        expect_error(load, path, "is damaged")

    def test_a_changed_byte(self, load, path):
        packed = bytearray(path.read_bytes())
        packed[len(packed) // 2] ^= 0xFF
        path.write_bytes(packed)
        expect_error(load, path, "is damaged")

    def test_not_gzip(self, load, path):
        path.write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
        expect_error(load, path, "is damaged")

    @pytest.mark.parametrize(
        "raw", [b"", b"\0\0", b"\x89PNG\r\n", b"\0\0\x07\1"]
    )
    def test_not_idx(self, load, path, raw):
        path.write_bytes(gzip.compress(raw))
        expect_error(load, path, "is not IDX")

    def test_a_cut_header(self, load, path):
        path.write_bytes(gzip.compress(b"\0\0\x08\3\0\0"))
        expect_error(load, path, "header is cut")

    @pytest.mark.parametrize("change", [-1, 1])
    def test_wrong_count(self, load, path, change):
        raw = gzip.decompress(path.read_bytes())
        raw = raw[:-1] if change < 0 else raw + b"\0"
        path.write_bytes(gzip.compress(raw))
        expect_error(load, path, r"holds \d+ values, not \d+")

    def test_other_numbers_of_images_and_labels(self, load, path):
        shape = (7, 28, 28) if "images" in path.name else (7,)
        write_idx(path, np.zeros(shape))
        labels = path.with_name(path.name.replace(*NAMES))
        expect_error(load, labels, r"holds int64|holds uint8 of shape")

    def test_a_file_in_the_place_of_another(self, load, path):
        other = path.name.replace(*NAMES)
        if other == path.name:
            other = path.name.replace(*NAMES[::-1])
        path.write_bytes(path.with_name(other).read_bytes())
        expect_error(load, path, "holds .*shape")


def test_images_of_another_size(data):
    path = data / "mnist" / "train-images-idx3-ubyte.gz"
    write_idx(path, np.zeros((60, 32, 32)))
    expect_error(load_mnist, path, r"\(60, 32, 32\), not \(N, 28, 28\)")


def test_images_of_another_type(data):
    path = data / "mnist" / "train-images-idx3-ubyte.gz"
    write_idx(path, np.zeros((60, 28, 28)), "i2")
    expect_error(load_mnist, path, "int16, not bytes")


def test_an_error_of_files_is_an_oserror():
    assert issubclass(DataFileError, OSError)


@pytest.mark.parametrize(
    ("came_as", "remedy"),
    [
        ("clone", "git checkout -- data/mnist"),
        ("zip", "unpack the course's zip again and copy data/mnist"),
        ("package", "pip install --force-reinstall"),
    ],
)
def test_remedy_fits_the_way_the_course_came(
    monkeypatch, tmp_path, came_as, remedy
):
    if came_as != "package":
        (tmp_path / "course.py").touch()
    if came_as == "clone":
        (tmp_path / ".git").mkdir()
    monkeypatch.setattr(datasets.place, "ROOT", tmp_path)
    monkeypatch.setattr(datasets, "_COURSE_DATA", tmp_path / "data")
    monkeypatch.delenv("COURSE_DATA", raising=False)
    with pytest.raises(DataFileError, match=remedy):
        load_mnist()
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "other"))
    with pytest.raises(DataFileError, match=f"COURSE_DATA.*{remedy}"):
        load_mnist()


def needs(name):
    folder = datasets._COURSE_DATA / name
    files = [folder / f"{p}-{n}.gz" for p in ("train", "t10k") for n in NAMES]
    return pytest.mark.skipif(
        not all(f.exists() for f in files), reason=f"data/{name} not built"
    )


@needs("mnist")
def test_the_courses_mnist(monkeypatch):
    monkeypatch.delenv("COURSE_DATA", raising=False)
    (x_train, t_train), (x_test, t_test) = load_mnist()
    assert x_train.shape == (60000, 1, 28, 28)
    assert x_test.shape == (10000, 1, 28, 28)
    assert t_train[:5].tolist() == [5, 0, 4, 1, 9]
    assert np.bincount(t_test).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009
    ]  # fmt: skip


@needs("mnist")
@pytest.mark.parametrize(
    "name, md5",
    [
        ("train-images-idx3-ubyte", "6bbc9ace898e44ae57da46a324031adb"),
        ("train-labels-idx1-ubyte", "a25bea736e30d166cdddb491f175f624"),
        ("t10k-images-idx3-ubyte", "2646ac647ad5339dbf082846283269ea"),
        ("t10k-labels-idx1-ubyte", "27ae3e4e09519cfbb04c329615203637"),
    ],
)
def test_mnist_is_the_well_known_one(name, md5):
    path = datasets._COURSE_DATA / "mnist" / f"{name}.gz"
    raw = gzip.decompress(path.read_bytes())
    assert hashlib.md5(raw, usedforsecurity=False).hexdigest() == md5


@needs("mnist")
def test_mnist_loads_quickly(monkeypatch):
    monkeypatch.delenv("COURSE_DATA", raising=False)
    times = []
    for _ in range(3):
        start = time.thread_time()  # a busy machine does not count
        load_mnist()
        times.append(time.thread_time() - start)
    assert min(times) < 1.5


@needs("katakana15")
def test_the_courses_katakana(monkeypatch):
    monkeypatch.delenv("COURSE_DATA", raising=False)
    train, test = load_katakana15(with_writers=True)
    assert np.bincount(train[1]).tolist() == [200] * 15
    counts = np.bincount(test[1])
    assert len(counts) == 15
    assert counts.min() >= 40
    assert not set(train[2]) & set(test[2])
    assert train[0].shape == (3000, 1, 28, 28)
    assert 0.02 < train[0].mean() < 0.5  # white on black


def test_the_katakana_are_in_order():
    assert len(KATAKANA) == 15
    assert list(KATAKANA) == sorted(KATAKANA)
