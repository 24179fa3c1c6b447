"""The exercises of lesson 5_9: LeNet-5, AlexNet and VGG."""

NAMES = (
    "lenet_sizes",
    "conv_params",
    "table_params",
    "lenet5",
    "conv_macs",
    "image_sides",
    "layer_table",
    "receptive_field",
    "vgg_block",
)
