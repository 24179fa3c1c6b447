"""Load the two data sets that come with the course.

The files are gzip-compressed IDX, the format of the MNIST data base by
LeCun, Cortes and Burges: two zero bytes, a type, the number of axes, the
length of each axis as a big-endian 32-bit number, then the values.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from course_lib import place

KATAKANA = "アイウエオカキクケコサシスセソ"

_IDX_TYPES = {
    0x08: np.dtype("u1"),
    0x09: np.dtype("i1"),
    0x0B: np.dtype(">i2"),
    0x0C: np.dtype(">i4"),
    0x0D: np.dtype(">f4"),
    0x0E: np.dtype(">f8"),
}
# In the course's folder, or inside the package that pip has installed.
_IN_PACKAGE = Path(__file__).resolve().parent / "data"
_COURSE_DATA = _IN_PACKAGE if _IN_PACKAGE.is_dir() else place.ROOT / "data"
_LARGEST_BUFFER = 1 << 26
_SUBSET_SEED = 20


class DataFileError(OSError):
    """A data file is missing or damaged; the message says what to do."""


def load_mnist(
    normalize: bool = True,
    flatten: bool = False,
    one_hot_label: bool = False,
    train_size: int | None = None,
    test_size: int | None = None,
) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """Return MNIST as (x_train, t_train), (x_test, t_test).

    Args:
        normalize: float32 pixels in 0..1, else uint8 in 0..255.
        flatten: images (N, 784), else (N, 1, 28, 28).
        one_hot_label: labels one-hot (N, 10) float32, else int64 (N,).
        train_size: number of training images, the same ones each time and
            as many of each class as possible; all 60000 if None.
        test_size: the same for the 10000 test images.

    Raises:
        DataFileError: a file is missing or damaged.
        ValueError: a size is below 1 or more than there are.
    """
    options = (normalize, flatten, one_hot_label, 10)
    train = _load_part("mnist", "train", ["labels-idx1-ubyte"], train_size)
    test = _load_part("mnist", "t10k", ["labels-idx1-ubyte"], test_size)
    return _convert(train, *options), _convert(test, *options)


def load_katakana15(
    normalize: bool = True,
    flatten: bool = False,
    one_hot_label: bool = False,
    train_size: int | None = None,
    test_size: int | None = None,
    with_writers: bool = False,
) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """Return the katakana as (x_train, t_train), (x_test, t_test).

    Label k is the character KATAKANA[k]. No writer of a training image
    wrote a test image.

    Args:
        normalize: float32 pixels in 0..1, else uint8 in 0..255.
        flatten: images (N, 784), else (N, 1, 28, 28).
        one_hot_label: labels one-hot (N, 15) float32, else int64 (N,).
        train_size: number of training images, the same ones each time and
            as many of each class as possible; all if None.
        test_size: the same for the test images.
        with_writers: add the writers' numbers, int64 (N,), as third array
            of both parts.

    Raises:
        DataFileError: a file is missing or damaged.
        ValueError: a size is below 1 or more than there are.
    """
    options = (normalize, flatten, one_hot_label, len(KATAKANA))
    names = ["labels-idx1-ubyte"] + ["writers-idx1"] * with_writers
    train = _load_part("katakana15", "train", names, train_size)
    test = _load_part("katakana15", "t10k", names, test_size)
    return _convert(train, *options), _convert(test, *options)


def recorded(name: str) -> dict[str, Any]:
    """Return the results of a long experiment that was run beforehand.

    name: such as "5_0", for `data/recorded/5_0.json`; the entry "made_by"
    names the script that makes it again.
    Raises DataFileError if the file is missing or damaged.
    """
    path = data_dir() / "recorded" / f"{name}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(path, "cannot be read") from error


def data_dir() -> Path:
    """Return the folder of the data: COURSE_DATA or that of the course."""
    given = os.environ.get("COURSE_DATA")
    return Path(given) if given else _COURSE_DATA


def _load_part(
    dataset: str, part: str, names: list[str], size: int | None
) -> list[np.ndarray]:
    """Return images (N, 28, 28) and arrays (N,) by name, or a subset."""
    folder = data_dir() / dataset
    path = folder / f"{part}-images-idx3-ubyte.gz"
    images = _read_idx(path)
    if images.ndim != 3 or images.shape[1:] != (28, 28):
        raise _damaged(path, f"holds shape {images.shape}, not (N, 28, 28)")
    if images.dtype != np.uint8:
        raise _damaged(path, f"holds {images.dtype.name}, not bytes")
    arrays = [images]
    for name in names:
        path = folder / f"{part}-{name}.gz"
        values = _read_idx(path)
        if values.shape != (len(images),) or values.dtype.kind not in "iu":
            found = f"holds {values.dtype.name} of shape {values.shape}"
            raise _damaged(path, f"{found}, not {len(images)} integers")
        arrays.append(values.astype(np.int64))
    if size is None:
        return arrays
    chosen = _balanced_subset(arrays[1], size, f"{dataset} ({part})")
    return [values[chosen] for values in arrays]


def _damaged(path: Path, what: str) -> DataFileError:
    """Return the error that names the file, the fault and the remedy."""
    return DataFileError(f"the data file {path} {what}; {_remedy(path)}")


def _remedy(path: Path) -> str:
    """Say how to get a file back, as fits the way the course came."""
    name = f"data/{path.parent.name}"
    if os.environ.get("COURSE_DATA"):
        where = "COURSE_DATA names its folder, is that right? Else "
    else:
        where = ""
    if not place.is_course(place.ROOT):
        return (
            f"{where}install the course again with: "
            "pip install --force-reinstall --no-deps FOLDER_OR_WHEEL"
        )
    if (place.ROOT / ".git").exists():
        return f"{where}restore it with: git checkout -- {name}"
    return f"{where}unpack the course's zip again and copy {name} from there"


def _read_idx(path: Path) -> np.ndarray:
    """Return the array of a gzip-compressed IDX file.

    Raises:
        DataFileError: the file is missing, damaged or not IDX.
    """
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise _damaged(path, "is missing or not readable") from error
    try:
        # The last four bytes of gzip are the length: one buffer is enough,
        # unless the file is cut and they are anything.
        length = int.from_bytes(packed[-4:], "little")
        length = min(max(length, 1), _LARGEST_BUFFER)
        raw = zlib.decompress(packed, wbits=31, bufsize=length)
    except zlib.error as error:
        raise _damaged(path, "is damaged (not a whole gzip file)") from error
    if raw[:2] != b"\0\0" or len(raw) < 4 or raw[2] not in _IDX_TYPES:
        raise _damaged(path, f"is not IDX (it begins with {raw[:4].hex()})")
    dtype, ndim = _IDX_TYPES[raw[2]], raw[3]
    start = 4 + 4 * ndim
    if len(raw) < start:
        raise _damaged(path, "is damaged (its header is cut)")
    shape = struct.unpack(f">{ndim}I", raw[4:start])
    count = int(np.prod(shape, dtype=object))
    if len(raw) - start != count * dtype.itemsize:
        found = (len(raw) - start) // dtype.itemsize
        raise _damaged(path, f"holds {found} values, not {count} {shape}")
    return np.frombuffer(raw, dtype, offset=start).reshape(shape)


def _balanced_subset(labels: np.ndarray, size: int, name: str) -> np.ndarray:
    """Return indices of `size` images, classes in turn, always the same.

    A smaller subset is the beginning of a larger one.
    """
    if not 1 <= size <= len(labels):
        raise ValueError(
            f"{size} images were asked for, expected 1 to {len(labels)}, "
            f"as many as {name} has"
        )
    order = np.random.default_rng(_SUBSET_SEED).permutation(len(labels))
    turn = np.empty(len(labels), dtype=int)
    for label in np.unique(labels):
        same = labels[order] == label
        turn[same] = np.arange(same.sum())
    return order[np.argsort(turn, kind="stable")][:size]


def _convert(
    arrays: list[np.ndarray],
    normalize: bool,
    flatten: bool,
    one_hot_label: bool,
    classes: int,
) -> tuple[np.ndarray, ...]:
    """Return the arrays of one part in the form that was asked for."""
    images, labels, *writers = arrays
    if normalize:
        x = np.divide(images, np.float32(255))
    else:
        x = images.copy()
    x = x.reshape(len(x), -1) if flatten else x[:, np.newaxis]
    t = np.eye(classes, dtype=np.float32)[labels] if one_hot_label else labels
    return (x, t, *writers)
