"""The exercises of lesson 5_10: networks with branches."""

NAMES = (
    "reduction",
    "parallel",
    "inception_params",
    "auxiliary_loss",
    "global_average_pooling",
    "residual",
    "bottleneck",
    "dense_block",
    "transition",
)
