"""The computation graph of a layer, one edge at a time."""

from __future__ import annotations

from dataclasses import dataclass

import ipywidgets

from course_lib.svg import BLUE, GREY, INK, ORANGE, PALE, WHITE, Picture

from .base import Stepper, play, slider, word

WIDTH, HEIGHT = 1100, 460
_AWAY = 50  # px from an arrow to its label, past the frames of nodes
_PALE_LINE = "#bbbbbb"


@dataclass(frozen=True)
class Node:
    """A value (no frame) or an operation (in a frame) at (x, y)."""

    x: float
    y: float
    label: str
    operation: bool = False

    @property
    def half(self) -> tuple[float, float]:
        """Half the width and height, in px."""
        longest = max(len(line) for line in self.label.split("\n"))
        lines = self.label.count("\n") + 1
        return max(5.6 * longest + 8, 20), 13 * lines + 6


@dataclass(frozen=True)
class Edge:
    """What goes from one node to another, and the gradient back.

    value, shape: forward. gradient: lines of the formula backward.
    back_shape: shape of the gradient.
    """

    start: str
    end: str
    value: str
    shape: str
    gradient: str


_ROWS = "N·OH·OW"
_CONVOLUTION = (
    {
        "x": Node(36, 120, "x"),
        "im2col": Node(220, 120, "im2col", True),
        "@": Node(520, 120, "@", True),
        "+": Node(672, 120, "+", True),
        "fold": Node(900, 120, "reshape\ntranspose", True),
        "y": Node(1078, 120, "y"),
        "W": Node(36, 330, "W"),
        "flat": Node(250, 330, "reshape\n.T", True),
        "b": Node(672, 330, "b"),
    },
    (
        Edge(
            "x",
            "im2col",
            "x",
            "(N, C, H, W)",
            "dx =\ncol2im(dcol,\nis_backward=True)",
        ),
        Edge(
            "im2col",
            "@",
            "col",
            f"({_ROWS}, C·FH·FW)",
            "dcol =\ndout @ col_W.T",
        ),
        Edge("W", "flat", "W", "(FN, C, FH, FW)", "dW = dcol_W\n.T.reshape"),
        Edge(
            "flat",
            "@",
            "col_W",
            "(C·FH·FW, FN)",
            "dcol_W =\ncol.T @ dout",
        ),
        Edge("@", "+", "col @ col_W", f"({_ROWS}, FN)", "dout"),
        Edge("b", "+", "b", "(FN,)", "db =\ndout.sum(axis=0)"),
        Edge(
            "+",
            "fold",
            "out",
            f"({_ROWS}, FN)",
            "dout.transpose\n(0, 2, 3, 1)\n.reshape(-1, FN)",
        ),
        Edge("fold", "y", "y", "(N, FN, OH, OW)", "dout"),
    ),
)
_POOLING = (
    {
        "x": Node(30, 180, "x"),
        "im2col": Node(200, 180, "im2col", True),
        "rows": Node(455, 180, "reshape\n(-1, PH·PW)", True),
        "max": Node(725, 180, "max\n(axis=1)", True),
        "fold": Node(915, 180, "reshape\ntranspose", True),
        "y": Node(1080, 180, "y"),
    },
    (
        Edge(
            "x",
            "im2col",
            "x",
            "(N, C, H, W)",
            "dx =\ncol2im(dcol,\nis_backward=True)",
        ),
        Edge(
            "im2col",
            "rows",
            "col",
            f"({_ROWS},\nC·PH·PW)",
            "dcol =\ndmax.reshape\n(col.shape)",
        ),
        Edge(
            "rows",
            "max",
            "col",
            f"({_ROWS}·C,\nPH·PW)",
            "dmax[i, argmax[i]]\n= dout[i]\n(else 0)",
        ),
        Edge(
            "max",
            "fold",
            "out",
            f"({_ROWS}·C,)",
            "dout\n.transpose\n(0, 2, 3, 1)\n.reshape(-1)",
        ),
        Edge("fold", "y", "y", "(N, C, OH, OW)", "dout"),
    ),
)
_KINDS = {"convolution": _CONVOLUTION, "pooling": _POOLING}


def graph_view(
    kind: str = "convolution", language: str = "en"
) -> ipywidgets.Widget:
    """Walk through a layer's computation graph, forward, then backward.

    Args:
        kind: "convolution" or "pooling" (by im2col, as in the lessons).
        language: of the controls, "en" or "ja".

    Raises:
        ValueError: another kind or language.
    """
    if kind not in _KINDS:
        raise ValueError(f"kind is {kind!r}, expected one of {list(_KINDS)}")
    return GraphView(kind, language)


class GraphView(Stepper):
    """See graph_view."""

    def __init__(self, kind: str, language: str) -> None:
        self.kind = kind
        self.nodes, self.edges = _KINDS[kind]
        self.step = slider(
            word("step", language), 0, 0, 2 * len(self.edges), "460px"
        )
        super().__init__([[play(self.step, 1500), self.step]])
        self.follow(self.step)

    def shown(self) -> tuple[int, int]:
        """Return how many edges have their value and their gradient."""
        count = len(self.edges)
        return min(self.now, count), max(self.now - count, 0)

    def draw(self) -> Picture:
        """Return the graph as far as this step."""
        picture = Picture(WIDTH, HEIGHT, self.alt())
        forward, backward = self.shown()
        count = len(self.edges)
        for k, edge in enumerate(self.edges):
            now = self.now
            self.draw_forward(picture, edge, k < forward, now == k + 1)
            # Gradients come from the far end.
            back = count - 1 - k
            if back < backward:
                self.draw_backward(picture, edge, now == count + back + 1)
        for node in self.nodes.values():
            _draw_node(picture, node)
        picture.text(14, HEIGHT - 22, self.line(), 21, INK, "start", "bold")
        return picture

    def way(self, edge: Edge, offset: float) -> list[tuple[float, float]]:
        """Return the corners of an arrow, moved a little to one side."""
        start, end = self.nodes[edge.start], self.nodes[edge.end]
        if start.y == end.y:
            y = start.y + offset
            return [(start.x + start.half[0], y), (end.x - end.half[0], y)]
        below = end.y + end.half[1]
        if start.x == end.x:
            x = end.x + offset
            return [(x, start.y - start.half[1]), (x, below)]
        y, x = start.y + offset, end.x + offset
        return [(start.x + start.half[0], y), (x, y), (x, below)]

    def draw_forward(
        self, picture: Picture, edge: Edge, seen: bool, now: bool
    ) -> None:
        """Draw the blue arrow, with its value once it was computed."""
        way = self.way(edge, -7)
        colour = BLUE if seen else _PALE_LINE
        picture.path(way, colour, 5 if now else 2.5, arrow=True)
        if not seen:
            return
        lines = [edge.value, *edge.shape.split("\n")]
        x, y, anchor = _label_place(way)
        if anchor == "middle":
            y -= _AWAY - 7 + 24 * (len(lines) - 1)
        for n, line in enumerate(lines):
            weight = "bold" if n == 0 or now else "normal"
            picture.text(x, y + 24 * n, line, 19, BLUE, anchor, weight)

    def draw_backward(self, picture: Picture, edge: Edge, now: bool) -> None:
        """Draw the orange, dashed arrow back with the gradient."""
        way = self.way(edge, 7)
        picture.path(way[::-1], ORANGE, 5 if now else 2.5, "7 4", arrow=True)
        x, y, anchor = _label_place(way)
        if anchor == "end":
            x, anchor = x + 16, "start"
        else:
            y += _AWAY - 7
        weight = "bold" if now else "normal"
        for n, line in enumerate(edge.gradient.split("\n")):
            picture.text(x, y + 24 * n, line, 19, ORANGE, anchor, weight)

    def line(self) -> str:
        """Return the formula of this step."""
        forward, backward = self.shown()
        if backward:
            edge = self.edges[len(self.edges) - backward]
            text = edge.gradient.replace("\n", " ")
            shape = edge.shape.replace("\n", " ")
            return f"{text.replace(' .', '.')}   {shape}"
        if forward:
            edge = self.edges[forward - 1]
            shape = edge.shape.replace("\n", " ")
            return f"{edge.value}   {shape}"
        return ""

    def alt(self) -> str:
        """Return the picture in words of the field."""
        forward, backward = self.shown()
        return (
            f"Computation graph of {self.kind}: {forward} edges forward, "
            f"{backward} backward. {self.line()}"
        )


def _label_place(way: list[tuple[float, float]]) -> tuple[float, float, str]:
    """Return where an arrow's label stands: (x, y, anchor)."""
    (x0, y0), (x1, y1) = way[0], way[1]
    if y0 == y1:
        return (x0 + x1) / 2, y0, "middle"
    return x0 - 8, (y0 + y1) / 2 + 28, "end"


def _draw_node(picture: Picture, node: Node) -> None:
    """Draw a value's name, or an operation in its frame."""
    w, h = node.half
    if node.operation:
        picture.rect(node.x - w, node.y - h, 2 * w, 2 * h, PALE, GREY, line=2)
    else:
        picture.dot(node.x, node.y, 20, WHITE)
    lines = node.label.split("\n")
    for n, line in enumerate(lines):
        y = node.y + 25 * (n - (len(lines) - 1) / 2)
        size = 20 if node.operation else 26
        picture.text(node.x, y, line, size, weight="bold")
