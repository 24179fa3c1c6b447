"""The network of the course: Conv - ReLU - Pool - Affine - ReLU - Affine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib._checks import check_images, check_int, check_shape
from course_lib.functional import conv_output_size
from course_lib.layers import Affine, Convolution, MaxPooling, ReLU
from course_lib.networks.network import Network

_CONV_PARAM = {"filter_num": 30, "filter_size": 5, "pad": 0, "stride": 1}
_POOL_PARAM = {"pool_size": 2, "stride": 2, "pad": 0}


def _with_defaults(name: str, given: dict | None, defaults: dict) -> dict:
    """Return a new dict of the defaults overridden by what was given."""
    unknown = set(given or {}) - set(defaults)
    if unknown:
        raise ValueError(
            f"{name} has {sorted(unknown)}, expected only {list(defaults)}"
        )
    return {**defaults, **(given or {})}


class SimpleConvNet(Network):
    """A small network for characters: images (N, C, H, W) -> scores (N, K).

    Args:
        input_dim: (C, H, W) of one image.
        conv_param: filter_num, filter_size, pad, stride; what is left out
            is 30, 5, 0, 1.
        pool_param: pool_size, stride, pad; what is left out is 2, 2, 0.
        hidden_size: width of the hidden Affine layer.
        output_size: number of classes K.
        weight_init_std: standard deviation of the random weights, or "he"
            for sqrt(2 / inputs) after He et al., "Delving Deep into
            Rectifiers" (2015).
        rng: generator or seed of the random weights.
        convolution: class used for Conv1, called with (W, b, stride, pad).
        pooling: class used for Pool1, called with
            (pool_h, pool_w, stride, pad).

    Attributes:
        params: W1, b1 (Conv1), W2, b2 (Affine1), W3, b3 (Affine2), float32.
        layers: Conv1, ReLU1, Pool1, Affine1, ReLU2, Affine2, in order.
        last_layer: SoftmaxWithLoss.

    Raises:
        ValueError: a size is not a positive integer or does not fit.
    """

    def __init__(
        self,
        input_dim: tuple[int, int, int] = (1, 28, 28),
        conv_param: dict[str, int] | None = None,
        pool_param: dict[str, int] | None = None,
        hidden_size: int = 100,
        output_size: int = 10,
        weight_init_std: float | str = 0.01,
        *,
        rng: np.random.Generator | int | None = None,
        convolution: Callable[..., Any] = Convolution,
        pooling: Callable[..., Any] = MaxPooling,
    ) -> None:
        conv = _with_defaults("conv_param", conv_param, _CONV_PARAM)
        pool = _with_defaults("pool_param", pool_param, _POOL_PARAM)
        sizes = _weight_shapes(input_dim, conv, pool, hidden_size, output_size)
        p = _random_params(sizes, weight_init_std, rng)
        size = pool["pool_size"]
        layers = {
            "Conv1": convolution(
                p["W1"], p["b1"], conv["stride"], conv["pad"]
            ),
            "ReLU1": ReLU(),
            "Pool1": pooling(size, size, pool["stride"], pool["pad"]),
            "Affine1": Affine(p["W2"], p["b2"]),
            "ReLU2": ReLU(),
            "Affine2": Affine(p["W3"], p["b3"]),
        }
        super().__init__(layers)
        self.params = p
        self._all_params = dict(p)
        self.input_dim = tuple(input_dim)
        self.conv_param, self.pool_param = conv, pool
        self.hidden_size, self.output_size = hidden_size, output_size
        self.weight_init_std = weight_init_std
        self.convolution, self.pooling = convolution, pooling
        # Nobody needs the gradient of the images. (A learner's layer has
        # no such switch and just returns it.)
        if hasattr(layers["Conv1"], "needs_dx"):
            layers["Conv1"].needs_dx = False
        # Our own layers do not look at their results again.
        own = convolution is Convolution and pooling is MaxPooling
        layers["ReLU1"].in_place = own

    def parameters(self) -> dict[str, np.ndarray]:
        """Return all that can be learned, by the names of params."""
        if hasattr(self, "_all_params"):
            return dict(self._all_params)
        return super().parameters()  # while it is made

    def predict(self, x: np.ndarray, train_flg: bool = False) -> np.ndarray:
        """Return the scores (N, K) of images x (N, C, H, W).

        Raises:
            ValueError: x is not (N, *input_dim).
        """
        check_images("x", x)
        check_shape("x", x, (len(x), *self.input_dim), "see input_dim")
        return super().predict(x, train_flg)

    def gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """Return the gradients of the loss, named like params.

        The loss itself stays in last_layer.loss.

        Raises:
            ValueError: x or t do not fit to the network.
        """
        super().gradient(x, t)
        grads = {}
        for i, name in enumerate(["Conv1", "Affine1", "Affine2"], start=1):
            grads[f"W{i}"] = self.layers[name].dW
            grads[f"b{i}"] = self.layers[name].db
        return grads


def _weight_shapes(
    input_dim: tuple,
    conv: dict,
    pool: dict,
    hidden_size: int,
    output_size: int,
) -> dict[str, tuple]:
    """Return the shapes of W1, W2 and W3."""
    if len(input_dim) != 3:
        raise ValueError(
            f"input_dim is {tuple(input_dim)}, expected (C, H, W); "
            f"leave out the number of images"
        )
    hidden_size = check_int("hidden_size", hidden_size, 1)
    output_size = check_int("output_size", output_size, 1)
    FN = check_int("filter_num", conv["filter_num"], 1)
    C, *image = input_dim
    F, P = conv["filter_size"], pool["pool_size"]
    flat = FN
    for size in image:
        size = conv_output_size(size, F, conv["stride"], conv["pad"])
        flat *= conv_output_size(size, P, pool["stride"], pool["pad"])
    return {
        "W1": (FN, C, F, F),
        "W2": (flat, hidden_size),
        "W3": (hidden_size, output_size),
    }


def _random_params(
    shapes: dict[str, tuple],
    weight_init_std: float | str,
    rng: np.random.Generator | int | None,
) -> dict[str, np.ndarray]:
    """Return normal random weights and zero biases, all float32."""
    if isinstance(weight_init_std, str) and weight_init_std != "he":
        raise ValueError(
            f"weight_init_std is {weight_init_std!r}, expected a number "
            f'or "he"'
        )
    rng = np.random.default_rng(rng)
    params = {}
    for name, shape in shapes.items():
        # Filters are (FN, inputs...), Affine weights (inputs, outputs).
        is_filter = len(shape) == 4
        inputs = int(np.prod(shape[1:])) if is_filter else shape[0]
        outputs = shape[0] if is_filter else shape[1]
        std = weight_init_std
        if std == "he":
            std = (2 / inputs) ** 0.5
        W = rng.standard_normal(shape, dtype=np.float32)
        params[name] = W * np.float32(std)
        params[name.replace("W", "b")] = np.zeros(outputs, dtype=np.float32)
    return params
