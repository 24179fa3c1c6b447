"""Tests of course_lib.optimizers against torch."""

import numpy as np
import pytest

from course_lib.optimizers import SGD, AdaGrad, Adam, Momentum, RMSProp

ALL = [SGD, Momentum, AdaGrad, RMSProp, Adam]


def make(dtype="float64"):
    rng = np.random.default_rng(0)
    params = {"W1": rng.standard_normal((3, 4)), "b1": np.zeros(4)}
    params = {name: p.astype(dtype) for name, p in params.items()}
    steps = [
        {n: rng.standard_normal(p.shape).astype(dtype) for n, p in items}
        for items in [list(params.items())] * 6
    ]
    return params, steps


def torch_optimizer(torch, kind, tensors):
    optim = torch.optim
    return {
        SGD: lambda: optim.SGD(tensors, lr=0.01),
        Momentum: lambda: optim.SGD(tensors, lr=0.01, momentum=0.9),
        AdaGrad: lambda: optim.Adagrad(tensors, lr=0.01),
        RMSProp: lambda: optim.RMSprop(tensors, lr=0.01),
        Adam: lambda: optim.Adam(tensors, lr=0.001),
    }[kind]()


@pytest.mark.parametrize("kind", ALL)
def test_optimizer_is_torch(kind):
    torch = pytest.importorskip("torch")
    params, steps = make()
    tensors = {n: torch.tensor(p) for n, p in params.items()}
    theirs = torch_optimizer(torch, kind, list(tensors.values()))
    ours = kind()
    for grads in steps:
        ours.update(params, grads)
        for name, tensor in tensors.items():
            tensor.grad = torch.tensor(grads[name])
        theirs.step()
        for name, param in params.items():
            np.testing.assert_allclose(param, tensors[name], rtol=1e-9)


@pytest.mark.parametrize("kind", ALL)
def test_update_is_in_place_and_keeps_float32(kind):
    params, steps = make("float32")
    arrays = dict(params)
    kept = [{n: g.copy() for n, g in grads.items()} for grads in steps]
    optimizer = kind(lr=np.float64(0.1))
    for grads in steps:
        optimizer.update(params, grads)
    for name, param in params.items():
        assert param is arrays[name]
        assert param.dtype == np.float32
        assert np.isfinite(param).all()
    for grads, copies in zip(steps, kept, strict=True):
        for name, grad in grads.items():
            np.testing.assert_array_equal(grad, copies[name])


@pytest.mark.parametrize("kind", ALL)
def test_lr_can_be_changed(kind):
    params, steps = make()
    optimizer = kind(lr=0.5)
    assert optimizer.lr == 0.5
    optimizer.update(params, steps[0])
    kept = params["W1"].copy()
    optimizer.lr = 0
    if isinstance(optimizer, Momentum):
        optimizer.momentum = 0
    optimizer.update(params, steps[1])
    np.testing.assert_array_equal(params["W1"], kept)


def test_the_first_steps_of_adam_are_of_size_lr():
    params = {"x": np.array([3.0, -2.0, 5.0])}
    adam = Adam(lr=0.1)
    for step in (1, 2):
        adam.update(params, {"x": np.array([4.0, -0.5, 1e-3])})
        moved = [3 - 0.1 * step, -2 + 0.1 * step, 5 - 0.1 * step]
        np.testing.assert_allclose(params["x"], moved, atol=1e-5)


@pytest.mark.parametrize("kind", ALL)
def test_a_bowl_is_descended(kind):
    params = {"x": np.array([3.0, -2.0])}
    optimizer = kind(lr=0.1)
    for _ in range(800):
        optimizer.update(params, {"x": 2 * params["x"]})
    assert np.abs(params["x"]).max() < 0.2


@pytest.mark.parametrize("kind", ALL)
def test_a_gradient_of_zero_moves_nothing(kind):
    params, _ = make("float32")
    kept = params["W1"].copy()
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    kind().update(params, grads)
    np.testing.assert_array_equal(params["W1"], kept)


@pytest.mark.parametrize("kind", ALL)
def test_optimizers_refuse(kind):
    params, (grads, *_) = make()
    with pytest.raises(ValueError, match=r"grads has \['W1'\], .* 'b1' too"):
        kind().update(params, {"W1": grads["W1"]})
    grads["W1"] = grads["W1"].T
    with pytest.raises(
        ValueError, match=r"grads\['W1'\] has shape \(4, 3\), .*\(3, 4\)"
    ):
        kind().update(params, grads)
