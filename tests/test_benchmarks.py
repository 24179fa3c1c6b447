"""The benchmarks run (on tiny sizes), so that they cannot rot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments):
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_run_writes_tables_json_and_a_figure(tmp_path):
    out = run(
        *("benchmarks/run.py", "--tiny", "--threads", 1),
        *("--rounds", 1, "--output", tmp_path),
    )
    assert "| SimpleConvNet, training step of 100 images |" in out
    assert "import course_lib:" in out
    found = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))
    assert set(found) >= {"machine", "layers", "network", "scaling", "memory"}
    for row in found["layers"]:
        assert row["both"]["course_lib"]["median"] > 0
    assert (tmp_path / "speed.png").stat().st_size > 10_000


def test_libraries_that_are_missing_are_named(tmp_path):
    for name in ("torch", "dezero"):
        (tmp_path / f"{name}.py").write_text(
            "raise ImportError('not here')", encoding="utf-8"
        )
    code = (
        f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]; "
        "from benchmarks.libraries import available; print(available(1))"
    )
    out = run("-c", code)
    assert "torch is not measured: not here" in out
    assert "dezero is not measured: not here" in out
    assert "'course_lib'" in out


def test_steps_agree_with_the_layer():
    code = """if True:
        import numpy as np
        from benchmarks import steps
        results = []
        for kind in (steps.RowConvolution, steps.Convolution):
            rng = np.random.default_rng(0)
            W, x = rng.random((4, 2, 3, 3)), rng.random((3, 2, 7, 6))
            layer = kind(W, rng.random(4), 1, 1)
            dx = layer.backward(np.cos(layer.forward(x)))
            results.append([dx, layer.dW, layer.db])
        for a, b in zip(*results):
            np.testing.assert_allclose(a, b)
    """
    run("-c", code)


@pytest.mark.skipif(
    not (ROOT / "data" / "mnist").exists(), reason="data/mnist not built"
)
def test_mnist_is_learned(tmp_path):
    out = run(
        "benchmarks/mnist.py",
        *("--seeds", 0, "--epochs", 1, "--train-size", 2000),
    )
    accuracy = float(out.split()[2].rstrip("%"))
    assert accuracy > 80
