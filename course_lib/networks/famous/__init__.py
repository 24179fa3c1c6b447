"""The famous networks: counted as in their papers, built small.

Each is described once, as a table of parts (papers.py). count and
layer_table go through the table with shapes only; build makes layers of
the same table, with fewer channels and for small images.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from course_lib._checks import check_int
from course_lib.networks.famous import papers
from course_lib.networks.famous.parts import Measure, Part, Shape
from course_lib.networks.network import Network

_TABLES = {
    "lenet5": papers.lenet5,
    "alexnet": papers.alexnet,
    "vgg16": papers.vgg16,
    "vgg19": papers.vgg19,
    "googlenet": papers.googlenet,
    "resnet18": papers.resnet18,
    "resnet34": papers.resnet34,
    "resnet50": papers.resnet50,
    "resnet101": papers.resnet101,
    "resnet152": papers.resnet152,
    "densenet121": papers.densenet121,
    "mobilenet": papers.mobilenet,
}
NAMES = tuple(_TABLES)
# Where the paper has no 224 x 224 RGB images, 1000 classes and stages.
_INPUTS = {"lenet5": (1, 32, 32), "alexnet": (3, 227, 227)}
_CLASSES = {"lenet5": 10}
# Where stages cannot have any number of blocks: the most of each.
_MOST = {"lenet5": (), "alexnet": (), "googlenet": (2, 5, 2)}


class Count(NamedTuple):
    """Parameters that are learned, and multiply-adds for one image."""

    parameters: int
    macs: int


class Row(NamedTuple):
    """One row of a network's table."""

    layer: str
    output: Shape
    parameters: int
    macs: int


class Table(tuple):
    """Rows of a network, which show themselves as a table of text."""

    __slots__ = ()

    def total(self) -> Count:
        """Return the sums of all rows."""
        return Count(
            sum(row.parameters for row in self), sum(row.macs for row in self)
        )

    def __repr__(self) -> str:
        total = self.total()
        texts = [("layer", "output", "parameters", "MACs")]
        for row in (*self, ("total", (), *total)):
            output = "x".join(str(size) for size in row[1])
            texts.append((row[0], output, f"{row[2]:,}", f"{row[3]:,}"))
        widths = [max(map(len, column)) for column in zip(*texts)]
        name, *others = widths
        return "\n".join(
            "  ".join(
                [
                    text[0].ljust(name),
                    *(t.rjust(w) for t, w in zip(text[1:], others)),
                ]
            )
            for text in texts
        )

    __str__ = __repr__


def count(
    name: str,
    *,
    input_dim: Sequence[int] | None = None,
    classes: int | None = None,
    width: float = 1,
    resolution: float = 1,
    depth: Iterable[int] | None = None,
    small: bool = False,
) -> Count:
    """Return a network's parameters and multiply-adds (MACs).

    No weight is made for it. Only convolutions and affine layers are said
    to multiply, as in the papers. LeNet-5 has 840 fixed numbers besides.

    Args:
        name: one of NAMES.
        input_dim: (C, H, W) of an image; the paper's if None.
        classes: the paper's if None.
        width: factor on all channels (MobileNet's alpha).
        resolution: factor on the sides of an image (MobileNet's rho).
        depth: how many blocks each stage has, one number for each stage
            (VGG: convolutions, DenseNet: layers); the paper's if None.
        small: count what build makes for small images instead.

    Raises:
        ValueError: there is no such network, or a size does not fit.
    """
    return layer_table(
        name,
        input_dim=input_dim,
        classes=classes,
        width=width,
        resolution=resolution,
        depth=depth,
        small=small,
    ).total()


def layer_table(
    name: str,
    *,
    input_dim: Sequence[int] | None = None,
    classes: int | None = None,
    width: float = 1,
    resolution: float = 1,
    depth: Iterable[int] | None = None,
    small: bool = False,
) -> Table:
    """Return the table of a network: layer, output, parameters, MACs.

    Rows are those of the paper's table: layers, modules or stages.
    Printed, it is a text with a last row of totals. Arguments and errors
    are those of count.
    """
    shape, rows = _plan(
        name, input_dim, classes, width, resolution, depth, small
    )
    return Table(
        Row(layer, *measure) for layer, _, measure in _walk(name, shape, rows)
    )


def build(
    name: str,
    input_dim: Sequence[int] = (1, 28, 28),
    classes: int = 10,
    *,
    width: float | None = None,
    depth: Iterable[int] | None = None,
    small: bool = True,
    rng: np.random.Generator | int | None = None,
) -> Network:
    """Return a network to train, with random weights after He et al.

    It has the papers' blocks in their order, but an eighth of their
    channels (LeNet-5: all), and its beginning fits images of about 28x28
    pixels. Convolutions keep their bias where the papers leave it out
    before a batch normalization; there it stays without effect.

    Args:
        name: one of NAMES.
        input_dim: (C, H, W) of an image.
        classes: number of scores.
        width: factor on the papers' channels; 1/8 if None (LeNet-5: 1).
        depth: as in count.
        small: False for the paper's beginning and large images.
        rng: generator or seed of the weights and of Dropout.

    Raises:
        ValueError: there is no such network, or a size does not fit.
    """
    if width is None:
        width = 1 if name == "lenet5" else 1 / 8
    shape, rows = _plan(name, input_dim, classes, width, 1, depth, small)
    rng = np.random.default_rng(rng)
    layers = {}
    for layer, part, measure in _walk(name, shape, rows):
        layers[layer] = part.layer(shape, rng)
        shape = measure.output
    return Network(layers)


def _walk(
    name: str, shape: Shape, rows: papers.Rows
) -> Iterator[tuple[str, Part, Measure]]:
    """Yield each row's name, part and measure, from the image on."""
    for layer, part in rows.items():
        try:
            measure = part.measure(shape)
        except ValueError as error:
            raise ValueError(
                f"{layer} of {name} does not fit its input {shape}: {error}; "
                f"or larger images"
            ) from None
        yield layer, part, measure
        shape = measure.output


def _plan(
    name: str,
    input_dim: Sequence[int] | None,
    classes: int | None,
    width: float,
    resolution: float,
    depth: Iterable[int] | None,
    small: bool,
) -> tuple[Shape, papers.Rows]:
    """Return the shape of an image and the rows of a network."""
    if name not in _TABLES:
        raise ValueError(f"name is {name!r}, expected one of {list(NAMES)}")
    for label, factor in (("width", width), ("resolution", resolution)):
        if not 0 < factor < float("inf"):
            raise ValueError(f"{label} is {factor!r}, expected more than 0")
    if input_dim is None:
        input_dim = _INPUTS.get(name, (3, 224, 224))
    if len(input_dim) != 3:
        raise ValueError(f"input_dim is {input_dim}, expected (C, H, W)")
    C, H, W = (check_int("a size of input_dim", n, 1) for n in input_dim)
    H, W = (max(1, round(side * resolution)) for side in (H, W))
    if classes is None:
        classes = _CLASSES.get(name, 1000)
    plan = papers.Plan(
        side=min(H, W),
        classes=check_int("classes", classes, 1),
        width=width,
        depth=_check_depth(name, depth),
        small=small,
    )
    return (C, H, W), _TABLES[name](plan)


def _check_depth(name: str, depth: Iterable[int] | None) -> tuple[int, ...]:
    """Return the blocks of each stage; none at all stands for the paper's."""
    if depth is None:
        return ()
    depth = tuple(check_int("a number of depth", n, 1) for n in depth)
    most = _MOST.get(name, depth)
    fits = len(depth) <= len(most) and all(map(int.__le__, depth, most))
    if not depth or not fits:
        raise ValueError(
            f"depth is {depth}, expected "
            + (f"at most {most} in {name}" if most else f"None in {name}")
        )
    return depth
