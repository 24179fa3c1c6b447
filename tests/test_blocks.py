"""Tests of course_lib._blocks: threads change nothing but the time."""

import multiprocessing
import os
import subprocess
import sys
import threading
import tracemalloc

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from course_lib import _blocks
from course_lib.layers import (
    Affine,
    AveragePooling,
    BatchNormalization,
    Convolution,
    Dropout,
    MaxPooling,
    ReLU,
)
from course_lib.networks import SimpleConvNet
from course_lib.optimizers import SGD, AdaGrad, Adam, Momentum, RMSProp


@pytest.fixture(autouse=True)
def restore_threads():
    before = _blocks.get_threads()
    yield
    _blocks.set_threads(before)


def normal(*shape):
    return np.random.default_rng(0).standard_normal(shape, np.float32)


X = (50, 8, 20, 20)
LAYERS = {
    "convolution": lambda: Convolution(normal(6, 8, 3, 3), normal(6), 2, 1),
    "1x1": lambda: Convolution(normal(6, 8, 1, 1), normal(6)),
    "max": lambda: MaxPooling(2, 2, 2),
    "overlapping max": lambda: MaxPooling(3, 3, 2, 1),
    "average": lambda: AveragePooling(2, 2, 2),
    "affine": lambda: Affine(normal(3200, 40), normal(40)),
    "relu": ReLU,
    "dropout": lambda: Dropout(0.4, rng=0),
    "normalization": lambda: BatchNormalization(normal(8), normal(8)),
}


def run(name, threads):
    """Return out, dx and gradients of a layer with this many threads."""
    _blocks.set_threads(threads)
    layer, x = LAYERS[name](), normal(*X)
    out = layer.forward(x)
    dx = layer.backward(normal(*out.shape))
    grads = [getattr(layer, f"d{p}", None) for p in ("W", "b", "gamma")]
    return [out, dx, *(g for g in grads if g is not None)]


@pytest.mark.parametrize("name", LAYERS)
def test_one_and_many_threads_agree(name, monkeypatch):
    monkeypatch.setattr(_blocks, "_WORTH_A_THREAD", 1)
    alone = run(name, 1)
    monkeypatch.setattr(_blocks, "_NUMBERS_A_BLOCK", 5000)
    for threads in (2, 3, 7, 64):
        together = run(name, threads)
        for got, expected in zip(together, alone, strict=True):
            assert got.dtype == np.float32
            scale = np.abs(expected).max()
            np.testing.assert_allclose(got, expected, atol=2e-6 * scale)


@pytest.mark.parametrize("name", LAYERS)
def test_threads_repeat_themselves(name, monkeypatch):
    monkeypatch.setattr(_blocks, "_WORTH_A_THREAD", 1)
    for first, second in zip(run(name, 3), run(name, 3), strict=True):
        np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("kind", [SGD, Momentum, AdaGrad, RMSProp, Adam])
def test_optimizers_do_not_depend_on_blocks(kind, monkeypatch):
    def train():
        params = {"W": normal(300, 7), "b": normal(3)}
        optimizer = kind()
        for _ in range(3):
            optimizer.update(params, {n: p * 2 for n, p in params.items()})
        return params

    _blocks.set_threads(1)
    whole = train()
    _blocks.set_threads(3)
    monkeypatch.setattr(_blocks, "_WORTH_A_THREAD", 1)
    monkeypatch.setattr(_blocks, "_NUMBERS_A_BLOCK", 100)
    for name, param in train().items():
        np.testing.assert_array_equal(param, whole[name])


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10])
@pytest.mark.parametrize("threads", [1, 2, 4])
def test_shares_cover_everything_once(count, threads):
    _blocks.set_threads(threads)
    shares = _blocks.in_shares(lambda share: share, count, 1 << 30)
    seen = [
        i
        for s in shares
        for b in _blocks.blocks(s, 2)
        for i in range(count)[b]
    ]
    assert seen == list(range(count))
    assert len(shares) == max(1, min(threads, count))


def test_little_work_stays_with_the_caller():
    _blocks.set_threads(4)
    here = threading.get_ident()
    assert _blocks.in_shares(lambda s: threading.get_ident(), 9, 9) == [here]


def test_an_error_in_a_thread_arrives():
    def work(share):
        if share.start:
            raise ZeroDivisionError

    _blocks.set_threads(3)
    with pytest.raises(ZeroDivisionError):
        _blocks.in_shares(work, 9, 1 << 30)
    assert len(_blocks.in_shares(lambda s: 1, 9, 1 << 30)) == 3


def blas_threads():
    return [
        lib["num_threads"]
        for lib in ThreadpoolController().info()
        if lib["user_api"] == "blas"
    ]


def test_blas_is_limited_inside_and_restored_outside():
    before = blas_threads()
    with ThreadpoolController().limit(limits=2, user_api="blas"):
        outside = blas_threads()
        inside = _blocks.in_shares(lambda s: blas_threads(), 4, 1 << 30)
        assert all(n == 1 for counts in inside for n in counts)
        assert blas_threads() == outside
        with pytest.raises(ValueError), _blocks.one_blas_thread():
            with _blocks.one_blas_thread():
                pass
            assert set(blas_threads()) <= {1}
            raise ValueError
        assert blas_threads() == outside
    assert blas_threads() == before


def test_threads_of_the_user_may_use_layers_at_once():
    _blocks.set_threads(2)
    alone = run("convolution", 2)
    results = []

    def work():
        layer, x = LAYERS["convolution"](), normal(*X)
        for _ in range(5):
            results.append(layer.forward(x))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 15
    for out in results:
        np.testing.assert_array_equal(out, alone[0])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork")
def test_a_forked_process_makes_threads_of_its_own():
    expected = run("convolution", 2)[0]
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(
        target=lambda: queue.put(run("convolution", 2)[0].sum())
    )
    child.start()
    assert queue.get(timeout=30) == expected.sum()
    child.join()


@pytest.mark.parametrize("name", ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"])
def test_the_environment_limits_the_threads(name):
    code = "from course_lib import _blocks; print(_blocks.get_threads())"
    environment = {**os.environ, name: "1"}
    out = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert out.stdout.strip() == "1"


def test_it_works_without_threadpoolctl(monkeypatch):
    expected = run("affine", 2)
    monkeypatch.setattr(_blocks, "ThreadpoolController", None)
    monkeypatch.setattr(_blocks._blas, "controller", None)
    for got, array in zip(run("affine", 2), expected, strict=True):
        np.testing.assert_allclose(got, array, rtol=1e-4, atol=1e-3)


def test_threads_must_be_positive():
    with pytest.raises(ValueError, match="count is 0"):
        _blocks.set_threads(0)


def peak(run, *arguments):
    """Return the most memory of a call, beyond what it returns."""
    run(*arguments)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    result = run(*arguments)
    used = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return used - result.nbytes


@pytest.mark.parametrize("threads", [1, 2])
def test_the_workspace_does_not_grow_with_the_batch(threads):
    _blocks.set_threads(threads)
    layer = Convolution(normal(8, 16, 3, 3), normal(8), pad=1)
    used = []
    for N in (64, 256):
        x = normal(N, 16, 28, 28)
        forward = peak(layer.forward, x)
        dout = layer.forward(x)
        used.append((forward, peak(layer.backward, dout)))
    small, large = used
    assert max(large) < 24 << 20  # the columns would be 110 MiB
    for few, many in zip(small, large, strict=True):
        # Two threads need it twice, if they happen to work at once.
        assert many < 1.2 * few * threads


def test_predict_keeps_no_columns():
    network = SimpleConvNet(rng=0)
    x = normal(64, 1, 28, 28)
    network.predict(x)
    tracemalloc.start()
    scores = network.predict(x)
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    columns = 64 * 25 * 24 * 24 * 4
    maps = 64 * 30 * 24 * 24 * 4
    # Masks of ReLU and pooling (a byte a pixel) and the last Affine's x.
    assert kept < scores.nbytes + maps
    assert kept < columns + maps / 2


def test_the_first_layer_makes_no_dx():
    layer = Convolution(normal(2, 1, 3, 3), normal(2))
    dout = layer.forward(normal(3, 1, 8, 8))
    assert layer.backward(dout).shape == (3, 1, 8, 8)
    dW = layer.dW
    layer.needs_dx = False
    assert layer.backward(dout) is None
    np.testing.assert_array_equal(layer.dW, dW)
    assert SimpleConvNet().layers["Conv1"].needs_dx is False


class LearnersConvolution:
    """As in lesson 5_5: nothing but forward and backward, keeps its out."""

    def __init__(self, W, b, stride, pad):
        self.layer = Convolution(W, b, stride, pad)

    def forward(self, x):
        self.out = self.layer.forward(x)
        self.copy = self.out.copy()
        return self.out

    def backward(self, dout):
        np.testing.assert_array_equal(self.out, self.copy)
        dx = self.layer.backward(dout)
        self.dW, self.db = self.layer.dW, self.layer.db
        return dx


def test_a_learners_result_is_not_written_into():
    x, t = normal(20, 1, 28, 28), np.arange(20) % 10
    mine = SimpleConvNet(rng=0, convolution=LearnersConvolution)
    ours = SimpleConvNet(rng=0)
    grads = ours.gradient(x, t)
    for name, grad in mine.gradient(x, t).items():
        np.testing.assert_allclose(grad, grads[name], atol=1e-6)


def test_relu_in_place():
    x, dout = normal(30, 40), normal(30, 40)
    layer, in_place = ReLU(), ReLU()
    in_place.in_place = True
    out, dx = layer.forward(x), layer.backward(dout)
    assert in_place.forward(x) is x
    assert in_place.backward(dout) is dout
    np.testing.assert_array_equal(x, out)
    np.testing.assert_array_equal(dout, dx)
