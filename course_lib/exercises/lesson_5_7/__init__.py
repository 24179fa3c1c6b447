"""The exercises of lesson 5_7: a simple CNN on MNIST."""

NAMES = (
    "sizes",
    "own_layers",
    "init_weight",
    "affine",
    "softmax_with_loss",
    "assemble",
    "gradient",
    "accuracy",
)
