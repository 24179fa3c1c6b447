"""The exercises of lesson 5_6: the max pooling layer."""

NAMES = (
    "pool_rows",
    "forward",
    "by_hand",
    "put_back",
    "backward",
    "ties",
    "average_forward",
    "average_backward",
)
