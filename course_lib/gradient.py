"""Compare gradients by backpropagation with finite differences."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from ._checks import check_array

_PARAMETERS = ("W", "b", "gamma", "beta")


def numerical_gradient(
    f: Callable[[np.ndarray], float], x: np.ndarray, h: float | None = None
) -> np.ndarray:
    """Return the gradient of f at x by central differences.

    Each entry is (f(x + h) - f(x - h)) / 2h. The entries of x itself are
    moved and restored, so f may also look at x without using its argument.

    Args:
        f: function of x that returns one number.
        x: array of floats of any shape.
        h: step; without it about the cube root of the dtype's precision,
            where rounding and truncation are equally small.

    Returns:
        An array with the shape and dtype of x.

    Raises:
        ValueError: x is not an array of floats, or f(x) not one number.
    """
    _check_floats(x)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        grad[index] = _central_difference(f, x, index, h)
    return grad


def _check_floats(x: np.ndarray) -> None:
    """Raise ValueError unless x is an array of floats."""
    check_array("x", x)
    if x.dtype.kind != "f":
        raise ValueError(
            f"x has dtype {x.dtype}, expected floats, as a small step is "
            f"lost in integers; use x.astype(float)"
        )


def _central_difference(
    f: Callable[[np.ndarray], float],
    x: np.ndarray,
    index: tuple,
    h: float | None,
) -> float:
    """Return the slope of f along one entry of x, then restore x."""
    if h is None:
        h = float(np.cbrt(np.finfo(x.dtype).eps))
    kept = x[index]
    try:
        x[index] = kept + h
        above, f_above = float(x[index]), _number(f(x))
        x[index] = kept - h
        below, f_below = float(x[index]), _number(f(x))
    finally:
        x[index] = kept
    return (f_above - f_below) / (above - below)


def _number(value: Any) -> float:
    """Return what f gave as a float, or raise ValueError."""
    if np.size(value) != 1:
        raise ValueError(
            f"f(x) has shape {np.shape(value)}, expected one number; "
            f"add .sum() to it"
        )
    return float(np.reshape(value, ()))


def check_gradients(
    target: Any,
    x: np.ndarray,
    t: Any = None,
    *,
    samples: int = 20,
    rng: np.random.Generator | int | None = 0,
) -> dict[str, float]:
    """Return the relative error of each gradient of a layer or network.

    A layer has forward(x) and backward(dout): its dx and the gradients of
    W, b, gamma and beta are compared under a fixed random dout. A network
    has loss(x, t), gradient(x, t) and params: `samples` random entries of
    each parameter are compared, as in a container, which has dx as well.
    Everything is done on a copy in float64, so that correct gradients give
    errors far below 1e-5, and the target does not change. At a kink (x = 0
    in ReLU, ties in max pooling) there is no gradient to compare with, so
    use random x.

    Args:
        target: layer, container or network.
        x: its input, as for forward or loss.
        t: labels, for a network (or a layer whose forward takes labels).
        samples: how many entries of each parameter of a network or
            container to try.
        rng: generator or seed of dout and of the samples.

    Returns:
        Name of the gradient -> max|a - n| / max(|a|, |n|), where a is by
        backpropagation and n numerical; 0 if both are 0. In a network or
        container, at least a thousandth of its largest gradient is taken
        for the divisor: some gradients are 0 but for rounding.

    Raises:
        ValueError: shapes do not fit, or t is missing for a network.
    """
    check_array("x", x)
    rng = np.random.default_rng(rng)
    x = x.astype(np.float64)
    if hasattr(target, "gradient"):
        if t is None:
            raise ValueError("t is None, expected the labels of x")
        return _check_network(target, x, t, samples, rng)
    if hasattr(target, "parameters"):
        return _check_container(target, x, samples, rng)
    return _check_layer(target, x, () if t is None else (t,), rng)


def _float64_copy(target: Any, arrays: list[np.ndarray]) -> Any:
    """Copy a layer or network, with these arrays turned into float64."""
    # deepcopy takes from memo what stands for an object, so that a
    # parameter shared by a network and its layer stays shared.
    memo = {id(a): a.astype(np.float64) for a in arrays}
    return copy.deepcopy(target, memo)


def _fresh_copy(target: Any, arrays: list[np.ndarray]) -> Any:
    """Copy all but these arrays: what has state (Dropout) repeats itself."""
    return copy.deepcopy(target, {id(a): a for a in arrays})


def _check_layer(
    layer: Any, x: np.ndarray, labels: tuple, rng: np.random.Generator
) -> dict[str, float]:
    """Compare dx and the parameters' gradients of a layer."""
    floats = [
        value
        for value in vars(layer).values()
        if isinstance(value, np.ndarray) and value.dtype.kind == "f"
    ]
    layer = _float64_copy(layer, floats)

    def run() -> tuple[Any, Any]:
        fresh = copy.deepcopy(layer)
        return fresh, fresh.forward(x, *labels)

    ran, out = run()
    dout = rng.standard_normal(np.shape(out)) if np.ndim(out) else 1.0
    dx = ran.backward(dout)

    def f(_: np.ndarray) -> float:
        return np.sum(run()[1] * dout)

    errors = {"dx": relative_error(dx, numerical_gradient(f, x))}
    for name in _PARAMETERS:
        if hasattr(ran, name) and hasattr(ran, f"d{name}"):
            numeric = numerical_gradient(f, getattr(layer, name))
            analytic = getattr(ran, f"d{name}")
            errors[f"d{name}"] = relative_error(analytic, numeric)
    return errors


def _check_container(
    container: Any, x: np.ndarray, samples: int, rng: np.random.Generator
) -> dict[str, float]:
    """Compare dx and sampled entries of each parameter's gradient."""
    arrays = list(container.parameters().values())
    container = _float64_copy(container, arrays)
    params = container.parameters()

    def run() -> tuple[Any, np.ndarray]:
        fresh = _fresh_copy(container, list(params.values()))
        return fresh, fresh.forward(x)

    ran, out = run()
    dout = rng.standard_normal(out.shape)
    dx = ran.backward(dout.copy())

    def f(_: Any) -> float:
        return np.sum(run()[1] * dout)

    numeric = numerical_gradient(f, x)
    errors = {"dx": relative_error(dx, numeric)}
    grads = ran.gradients()
    return errors | _check_samples(f, params, grads, samples, rng)


def _check_network(
    network: Any,
    x: np.ndarray,
    t: Any,
    samples: int,
    rng: np.random.Generator,
) -> dict[str, float]:
    """Compare sampled entries of each parameter's gradient."""
    network = _float64_copy(network, list(network.params.values()))
    arrays = list(network.params.values())
    grads = _fresh_copy(network, arrays).gradient(x, t)

    def f(_: Any) -> float:
        return _fresh_copy(network, arrays).loss(x, t)

    return _check_samples(f, network.params, grads, samples, rng)


def _check_samples(
    f: Callable[[Any], float],
    params: dict[str, np.ndarray],
    grads: dict[str, np.ndarray],
    samples: int,
    rng: np.random.Generator,
) -> dict[str, float]:
    """Compare sampled entries of each parameter's gradient."""
    # A bias before BatchNormalization changes nothing: its gradient is 0,
    # and both ways give only rounding. So what is far smaller than the
    # other gradients is compared with those.
    floor = 1e-3 * max(
        (np.max(np.abs(g), initial=0) for g in grads.values()), default=0
    )
    errors = {}
    for name, param in params.items():
        count = min(samples, param.size)
        chosen = rng.choice(param.size, count, replace=False)
        places = [np.unravel_index(i, param.shape) for i in chosen]
        numeric = [_central_difference(f, param, p, None) for p in places]
        analytic = [grads[name][p] for p in places]
        errors[name] = relative_error(
            np.array(analytic), np.array(numeric), floor
        )
    return errors


def relative_error(a: np.ndarray, b: np.ndarray, floor: float = 0) -> float:
    """Return max|a - b| divided by the largest size in a and b, or floor.

    Raises:
        ValueError: a and b have different shapes.
    """
    if np.shape(a) != np.shape(b):
        raise ValueError(
            f"the gradient has shape {np.shape(a)}, expected {np.shape(b)}"
        )
    largest = max(np.max(np.abs(v), initial=floor) for v in (a, b))
    if largest == 0:
        return 0.0
    return float(np.max(np.abs(a - b)) / largest)
