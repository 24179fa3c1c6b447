"""The exercises of lesson 5_4: im2col and col2im."""

NAMES = (
    "rows_by_hand",
    "col_shape",
    "im2col_loops",
    "offset_slice",
    "im2col",
    "multiply",
    "pool_rows",
    "col2im_by_hand",
    "col2im",
)
