"""From maps to vectors: Flatten and GlobalAveragePooling."""

from __future__ import annotations

import numpy as np

from course_lib._checks import check_array, check_dout, check_images


class Flatten:
    """Lay out each example (C, H, W) as one row of C*H*W numbers."""

    def __init__(self) -> None:
        self.x_shape: tuple | None = None
        self.out_shape: tuple | None = None

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return x (N, ...) as (N, D).

        Raises:
            ValueError: x is not an array of at least two axes.
        """
        check_array("x", x)
        if x.ndim < 2:
            raise ValueError(
                f"x has shape {x.shape}, expected (N, C, H, W) or (N, D)"
            )
        self.x_shape = x.shape
        self.out_shape = (len(x), int(np.prod(x.shape[1:])))
        return x.reshape(self.out_shape)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dout (N, D) in the shape of x.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        check_dout(dout, self.out_shape)
        return dout.reshape(self.x_shape)


class GlobalAveragePooling:
    """Take the mean of each map: images (N, C, H, W) -> rows (N, C).

    From Lin, Chen and Yan, "Network in Network" (2014). It has no weights,
    and the images may have any size.
    """

    def __init__(self) -> None:
        self.x_shape: tuple | None = None

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Return the means (N, C) of images (N, C, H, W).

        Raises:
            ValueError: x is not (N, C, H, W), or its maps have no pixel.
        """
        check_images("x", x)
        if x.shape[2] * x.shape[3] == 0:
            raise ValueError(f"x has shape {x.shape}, expected maps of pixels")
        self.x_shape = x.shape
        return x.mean(axis=(2, 3))

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dx (N, C, H, W): dout (N, C) is shared equally by a map.

        Raises:
            ValueError: dout is not shaped like the result of forward.
        """
        shape = self.x_shape
        check_dout(dout, None if shape is None else shape[:2])
        share = dout[:, :, np.newaxis, np.newaxis] / (shape[2] * shape[3])
        return np.broadcast_to(share, shape).copy()
