"""What each step to a fast layer gained, one after the other.

    python benchmarks/steps.py

One thread, and its own processor time: that hardly depends on what else
the machine does. docs/speed.md explains the steps.
"""

# ruff: noqa: D102, E402

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is imported
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks.libraries import arrays
from course_lib import _blocks
from course_lib.functional import col2im, im2col, output_shape
from course_lib.layers import Convolution, MaxPooling, ReLU, convolution
from course_lib.optimizers import Adam

CASES = {
    "(100, 1, 28, 28) -> 30, 5x5": ((100, 1, 28, 28), (30, 1, 5, 5), 0),
    "(100, 16, 28, 28) -> 32, 3x3": ((100, 16, 28, 28), (32, 16, 3, 3), 1),
}
WHOLE = 1 << 40  # no array is as large: everything is one block


class RowConvolution(Convolution):
    """The book's way: rows (N*OH*OW, C*FH*FW), kept for backward."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        FN, _, FH, FW = self.W.shape
        self.col = im2col(x, FH, FW, self.stride, self.pad)
        rows = self.col @ self.W.reshape(FN, -1).T + self.b
        OH, OW = output_shape(x.shape, FH, FW, self.stride, self.pad)
        self.x_shape = x.shape
        return rows.reshape(len(x), OH, OW, FN).transpose(0, 3, 1, 2)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        FN, _, FH, FW = self.W.shape
        rows = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.db = rows.sum(axis=0)
        self.dW = (self.col.T @ rows).T.reshape(self.W.shape)
        dcol = rows @ self.W.reshape(FN, -1)
        size = FH, FW, self.stride, self.pad
        return col2im(dcol, self.x_shape, *size, is_backward=True)


def cpu_ms(run: Callable[[], object], rounds: int = 15) -> float:
    """Return the median processor time of this thread in ms."""
    run()
    times = []
    for _ in range(rounds):
        start = time.thread_time()
        run()
        times.append(time.thread_time() - start)
    return statistics.median(times) * 1e3


def both(layer, x: np.ndarray) -> Callable[[], None]:
    """Return a function that runs forward and backward of a layer."""
    dout = arrays(*layer.forward(x).shape)

    def run() -> None:
        layer.forward(x)
        layer.backward(dout)

    return run


def convolution_steps(x_shape: tuple, w_shape: tuple, pad: int) -> dict:
    """Return step -> ms of forward and backward of a convolution."""
    x, W, b = arrays(*x_shape), arrays(*w_shape), arrays(w_shape[0])
    found = {}
    rows = RowConvolution(W, b, 1, pad)
    found["rows (N*OH*OW, C*FH*FW), as in the book"] = cpu_ms(both(rows, x))
    layer = Convolution(W, b, 1, pad)
    kept, convolution._BLOCK_BYTES = convolution._BLOCK_BYTES, WHOLE
    step = "all images of a row together in memory"
    found[step] = cpu_ms(both(layer, x))
    convolution._BLOCK_BYTES = kept
    found["... in blocks of 3 MiB of columns"] = cpu_ms(both(layer, x))
    layer.needs_dx = False
    found["without dx, as in a first layer"] = cpu_ms(both(layer, x))
    return found


def block_steps() -> dict[str, tuple[float, float]]:
    """Return what -> ms for the array as a whole, and in blocks."""
    x = arrays(100, 30, 24, 24)
    params = {"W": arrays(4320, 100)}
    adam = Adam()
    runs = {
        "max pool 2x2": both(MaxPooling(2, 2, 2), x),
        "max pool 3x3, stride 2": both(MaxPooling(3, 3, 2), x),
        "ReLU": both(ReLU(), x),
        "Adam, 432,000 numbers": lambda: adam.update(params, params),
    }
    found = {}
    for name, run in runs.items():
        kept, _blocks._NUMBERS_A_BLOCK = _blocks._NUMBERS_A_BLOCK, WHOLE
        whole = cpu_ms(run)
        _blocks._NUMBERS_A_BLOCK = kept
        found[name] = whole, cpu_ms(run)
    return found


def main() -> None:
    """Print what each step gained."""
    for title, case in CASES.items():
        print(f"\nconvolution {title}, forward + backward")
        for step, ms in convolution_steps(*case).items():
            print(f"{ms:8.1f} ms  {step}")
    print("\n   whole   blocks")
    for name, (whole, blocks) in block_steps().items():
        print(f"{whole:8.2f} {blocks:8.2f} ms  {name}")


if __name__ == "__main__":
    main()
