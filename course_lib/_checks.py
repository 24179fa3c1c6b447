"""Answer wrong arguments with an error that says what was expected."""

from __future__ import annotations

import operator

import numpy as np

IMAGE_AXES = "(N, C, H, W)"


def check_int(name: str, value: int, least: int) -> int:
    """Return value as an int, or raise ValueError below `least`."""
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    if number is None or number < least:
        hint = "; use // to divide" if isinstance(value, float) else ""
        raise ValueError(
            f"{name} is {value!r}, expected an integer of at least "
            f"{least}{hint}"
        )
    return number


def check_output_padding(value: int, stride: int) -> int:
    """Return value as an int, or raise ValueError unless 0..stride - 1."""
    value = check_int("output_padding", value, 0)
    if value >= stride:
        raise ValueError(
            f"output_padding is {value}, expected less than the stride "
            f"{stride}; it chooses among the {stride} sizes that a "
            f"convolution with this stride makes equal"
        )
    return value


def check_array(name: str, value: np.ndarray) -> None:
    """Raise ValueError unless value is a NumPy array."""
    if not isinstance(value, np.ndarray):
        kind = type(value).__name__
        article = "an" if kind[0] in "aeiou" else "a"
        raise ValueError(
            f"{name} is {article} {kind}, expected a NumPy array; "
            f"wrap it in np.array(...)"
        )


def check_shape(
    name: str, value: np.ndarray, expected: tuple, hint: str = ""
) -> None:
    """Raise ValueError unless value is an array of the expected shape."""
    check_array(name, value)
    if value.shape != tuple(expected):
        raise ValueError(
            f"{name} has shape {value.shape}, expected {tuple(expected)}"
            + (f"; {hint}" if hint else "")
        )


def check_images(name: str, x: np.ndarray) -> None:
    """Raise ValueError unless x is an array of shape (N, C, H, W)."""
    check_array(name, x)
    if x.ndim == 4:
        return
    hint = ""
    if x.ndim == 2:
        new_shape = f"1, 1, {x.shape[0]}, {x.shape[1]}"
        hint = f"; a single image needs {name}.reshape({new_shape})"
    elif x.ndim == 3:
        hint = (
            f"; one image with channels needs {name}[np.newaxis], "
            f"grey images need {name}[:, np.newaxis]"
        )
    raise ValueError(
        f"{name} has shape {x.shape}, expected {IMAGE_AXES}{hint}"
    )


def check_maps(name: str, x: np.ndarray) -> None:
    """Raise ValueError unless x is (N, C, H, W) with at least one pixel."""
    check_images(name, x)
    if 0 in x.shape[1:]:
        raise ValueError(
            f"{name} has shape {x.shape}, expected {IMAGE_AXES} with at "
            f"least one channel and pixel"
        )


def check_filters(W: np.ndarray, axes: str) -> None:
    """Raise ValueError unless W is an array of filters with four axes."""
    check_array("W", W)
    if W.ndim != 4:
        raise ValueError(
            f"W has shape {W.shape}, expected {axes}; "
            f"a single filter needs W.reshape(1, 1, FH, FW)"
        )
    if 0 in W.shape:
        raise ValueError(
            f"W has shape {W.shape}, expected at least 1 in each of {axes}; "
            f"was // rounded down to 0?"
        )


def check_dout(dout: np.ndarray, forward_shape: tuple | None) -> None:
    """Raise unless forward has run and dout has the shape it returned."""
    if forward_shape is None:
        raise RuntimeError("backward was called before forward")
    check_shape("dout", dout, forward_shape, "dout is shaped like forward's")
