"""The exercises of lesson 5_2: max pooling."""

NAMES = (
    "by_hand",
    "max_pool",
    "average_pool",
    "max_pool_images",
    "stay_share",
    "shift_right",
    "same_map",
)
