"""The exercises of lesson 5_1: convolution."""

NAMES = (
    "by_hand",
    "convolve",
    "output_size",
    "convolve2d",
    "convolve_channels",
    "convolve_images",
    "edge_filter",
    "strongest",
)
