"""The exercises of lesson 5_0: what a network is made of."""

NAMES = (
    "graph",
    "affine",
    "relu_backward",
    "cross_entropy",
    "descend",
    "count_steps",
)
