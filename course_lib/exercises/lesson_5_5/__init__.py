"""The exercises of lesson 5_5: the convolution layer."""

NAMES = (
    "filter_matrix",
    "rows_to_maps",
    "forward",
    "by_hand",
    "parameter_gradients",
    "backward",
    "numerical_gradient",
    "dx_by_forward",
)
