"""The exercises of lesson 5_8: data augmentation."""

NAMES = (
    "flip",
    "shift",
    "places",
    "read_nearest",
    "add_noise",
    "erase",
    "random_rotate",
    "enlarge",
)
