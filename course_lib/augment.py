"""Change images a little, so that a network sees more than it was given.

Images x are (N, C, H, W), floats in 0..1. An amount is one number for all
images or one value for each image. Every function returns a new array of
the same shape and dtype.
"""

from __future__ import annotations

import numpy as np

from ._checks import check_images

Amount = float | np.ndarray
Rng = np.random.Generator | int | None


def _check_floats(x: np.ndarray) -> None:
    """Raise ValueError unless x is (N, C, H, W) of floats."""
    check_images("x", x)
    if x.dtype.kind != "f":
        raise ValueError(
            f"x has dtype {x.dtype}, expected floats in 0..1; "
            f"load the data with normalize=True or divide by 255"
        )


def _per_image(name: str, amount: Amount, x: np.ndarray) -> np.ndarray:
    """Return the amount as (N, 1, 1), or (1, 1, 1) for one number."""
    amount = np.asarray(amount, dtype=float)
    if amount.ndim and amount.shape != (len(x),):
        raise ValueError(
            f"{name} has shape {amount.shape}, expected one number or one "
            f"for each image, ({len(x)},)"
        )
    return amount.reshape(-1, 1, 1)


def _sample(x: np.ndarray, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
    """Read x at places between pixels, by bilinear interpolation.

    Args:
        x: images (N, C, H, W); outside they are 0.
        rows: where to read each result pixel, (N, H, W) or (1, H, W).
        cols: the same for the columns.
    """
    N, C, H, W = x.shape
    padded = np.zeros((N, C, H + 2, W + 2), dtype=x.dtype)
    padded[:, :, 1:-1, 1:-1] = x
    rows, cols = np.clip(rows, -1, H), np.clip(cols, -1, W)
    top = np.clip(np.floor(rows), -1, H - 1).astype(int)
    left = np.clip(np.floor(cols), -1, W - 1).astype(int)
    down = (rows - top).astype(x.dtype)[:, np.newaxis]
    right = (cols - left).astype(x.dtype)[:, np.newaxis]

    flat = padded.reshape(N, C, (H + 2) * (W + 2))
    corner = ((top + 1) * (W + 2) + left + 1).reshape(len(top), 1, H * W)

    def pixels(offset: int) -> np.ndarray:
        taken = np.take_along_axis(flat, corner + offset, axis=2)
        return taken.reshape(N, C, H, W)

    upper = pixels(0) * (1 - right) + pixels(1) * right
    lower = pixels(W + 2) * (1 - right) + pixels(W + 3) * right
    return upper * (1 - down) + lower * down


def _transform(
    x: np.ndarray,
    angle_deg: Amount = 0,
    factor: Amount = 1,
    dy: Amount = 0,
    dx: Amount = 0,
) -> np.ndarray:
    """Scale and rotate x about its centre, then shift it, in one reading."""
    _check_floats(x)
    angle = np.deg2rad(_per_image("angle_deg", angle_deg, x))
    factor = _per_image("factor", factor, x)
    if not (factor > 0).all():
        raise ValueError(
            f"factor is {factor.min()}, expected more than 0; "
            f"0.9 makes the image smaller, 1.1 larger"
        )
    H, W = x.shape[2:]
    centre_y, centre_x = (H - 1) / 2, (W - 1) / 2
    # For each result pixel, the place in x that it comes from.
    rows = np.arange(H).reshape(1, H, 1) - centre_y - _per_image("dy", dy, x)
    cols = np.arange(W).reshape(1, 1, W) - centre_x - _per_image("dx", dx, x)
    cos, sin = np.cos(angle) / factor, np.sin(angle) / factor
    return _sample(
        x,
        centre_y + cos * rows + sin * cols,
        centre_x - sin * rows + cos * cols,
    )


def rotate(x: np.ndarray, angle_deg: Amount) -> np.ndarray:
    """Rotate about the centre, counter-clockwise on the screen, in degrees.

    Raises:
        ValueError: x is not (N, C, H, W) of floats, or the amounts are not
            as many as the images.
    """
    return _transform(x, angle_deg=angle_deg)


def shift(x: np.ndarray, dy: Amount, dx: Amount) -> np.ndarray:
    """Move dy pixels down and dx pixels to the right, parts of one too.

    Raises:
        ValueError: x is not (N, C, H, W) of floats, or the amounts are not
            as many as the images.
    """
    return _transform(x, dy=dy, dx=dx)


def scale(x: np.ndarray, factor: Amount) -> np.ndarray:
    """Enlarge (factor above 1) or shrink about the centre.

    Raises:
        ValueError: x is not (N, C, H, W) of floats, the amounts are not as
            many as the images, or a factor is not above 0.
    """
    return _transform(x, factor=factor)


def flip(x: np.ndarray, axis: str = "horizontal") -> np.ndarray:
    """Swap left and right ("horizontal") or top and bottom ("vertical").

    Raises:
        ValueError: x is not (N, C, H, W) of floats, or axis is neither.
    """
    _check_floats(x)
    if axis == "horizontal":
        return x[:, :, :, ::-1].copy()
    if axis == "vertical":
        return x[:, :, ::-1].copy()
    raise ValueError(f'axis is {axis!r}, expected "horizontal" or "vertical"')


def add_noise(x: np.ndarray, std: Amount, rng: Rng = None) -> np.ndarray:
    """Add normal noise of standard deviation std, then clip to 0..1.

    Raises:
        ValueError: x is not (N, C, H, W) of floats, the amounts are not as
            many as the images, or std is negative.
    """
    _check_floats(x)
    std = _per_image("std", std, x)[:, np.newaxis]
    if not (std >= 0).all():
        raise ValueError(f"std is {std.min()}, expected 0 or more")
    noise = np.random.default_rng(rng).standard_normal(x.shape)
    return np.clip(x + std * noise, 0, 1).astype(x.dtype)


def erase(x: np.ndarray, size: Amount, rng: Rng = None) -> np.ndarray:
    """Blacken one square of side `size` at a random place of each image.

    The method is that of DeVries and Taylor, "Cutout" (2017), with the
    square wholly inside.

    Raises:
        ValueError: x is not (N, C, H, W) of floats, the amounts are not as
            many as the images, or a size does not fit into the image.
    """
    _check_floats(x)
    N, _, H, W = x.shape
    size = _per_image("size", size, x)
    if not ((size >= 0) & (size <= min(H, W))).all():
        raise ValueError(
            f"size is {size.min()}..{size.max()}, expected 0..{min(H, W)} "
            f"pixels, so that the square fits into the image"
        )
    rng = np.random.default_rng(rng)
    size = np.broadcast_to(size, (N, 1, 1)).astype(int)
    top = rng.integers(0, H - size + 1)
    left = rng.integers(0, W - size + 1)
    rows, cols = np.arange(H).reshape(1, H, 1), np.arange(W).reshape(1, 1, W)
    inside = (top <= rows) & (rows < top + size)
    inside = inside & (left <= cols) & (cols < left + size)
    return np.where(inside[:, np.newaxis], x.dtype.type(0), x)


def elastic(
    x: np.ndarray, alpha: Amount, sigma: float, rng: Rng = None
) -> np.ndarray:
    """Move each pixel along a smooth random field, like a shaky hand.

    The method is that of Simard, Steinkraus and Platt, "Best Practices for
    Convolutional Neural Networks" (2003): random numbers in -1..1 smoothed
    by a Gaussian of sigma pixels, times alpha.

    Raises:
        ValueError: x is not (N, C, H, W) of floats, the amounts are not as
            many as the images, or sigma is not above 0.
    """
    _check_floats(x)
    alpha = _per_image("alpha", alpha, x)
    N, _, H, W = x.shape
    noise = np.random.default_rng(rng).uniform(-1, 1, (2, N, H, W))
    smooth = _gaussian_matrix(H, sigma) @ noise @ _gaussian_matrix(W, sigma)
    move_y, move_x = alpha * smooth
    rows, cols = np.arange(H).reshape(1, H, 1), np.arange(W).reshape(1, 1, W)
    return _sample(x, rows + move_y, cols + move_x)


def _gaussian_matrix(size: int, sigma: float) -> np.ndarray:
    """Return (size, size): a product with it smooths along one axis."""
    if not sigma > 0:
        raise ValueError(f"sigma is {sigma}, expected more than 0 pixels")
    radius = int(4 * sigma + 0.5)
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    position = np.arange(size)
    distance = np.abs(position[:, np.newaxis] - position)
    near = np.minimum(distance, radius)
    matrix = np.exp(-0.5 * (near / sigma) ** 2) * (distance <= radius)
    return matrix / weights.sum()


class Augmenter:
    """Change every image of a batch by random amounts of its own.

    Usable as Trainer's transform.

    Args:
        rotate: largest angle in degrees, either way.
        shift: largest move in pixels, in each direction.
        scale: smallest and largest factor.
        noise: largest standard deviation of the noise.
        erase: largest side of the erased square in pixels.
        elastic: None or (largest alpha, sigma).
        flip: whether half of the images are swapped left to right.
        rng: generator or seed, used when the call gives none.
    """

    def __init__(
        self,
        rotate: float = 10,
        shift: float = 2,
        scale: tuple[float, float] = (0.9, 1.1),
        noise: float = 0,
        erase: int = 0,
        elastic: tuple[float, float] | None = None,
        flip: bool = False,
        rng: Rng = None,
    ) -> None:
        self.rotate = rotate
        self.shift = shift
        self.scale = scale
        self.noise = noise
        self.erase = erase
        self.elastic = elastic
        self.flip = flip
        self.rng = np.random.default_rng(rng)

    def __call__(self, x: np.ndarray, rng: Rng = None) -> np.ndarray:
        """Return changed images in the shape and dtype of x (N, C, H, W).

        Raises:
            ValueError: x is not (N, C, H, W) of floats, or an amount given
                to the Augmenter is out of range.
        """
        _check_floats(x)
        rng = self.rng if rng is None else np.random.default_rng(rng)
        N = len(x)
        if self.flip:
            swapped = rng.random(N) < 0.5
            x = np.where(swapped[:, None, None, None], flip(x), x)
        # One reading for the three, since each reading blurs a little.
        x = _transform(
            x,
            rng.uniform(-self.rotate, self.rotate, N),
            rng.uniform(*self.scale, N),
            rng.uniform(-self.shift, self.shift, N),
            rng.uniform(-self.shift, self.shift, N),
        )
        if self.elastic is not None:
            alpha, sigma = self.elastic
            x = elastic(x, rng.uniform(0, alpha, N), sigma, rng)
        if self.erase:
            x = erase(x, rng.integers(0, self.erase + 1, N), rng)
        if self.noise:
            x = add_noise(x, rng.uniform(0, self.noise, N), rng)
        return x
