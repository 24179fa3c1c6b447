"""The exercises of lesson 5_11: five convolutions and MobileNet."""

NAMES = (
    "grouped",
    "depthwise",
    "pointwise",
    "separable_cost",
    "mobilenet_params",
    "dilate",
    "transposed_by_hand",
    "transposed",
    "transposed_size",
)
