"""The exercises of lesson 5_3: padding, reshape, transpose."""

NAMES = (
    "pad_images",
    "reshape_by_hand",
    "flat_index",
    "flatten",
    "channels_first",
    "rows_to_maps",
    "contact_sheet",
    "strides_by_hand",
)
