"""Layers with forward and backward, fast by their memory layout."""

from course_lib.layers.convolution import Convolution
from course_lib.layers.dense import Affine, Dropout, ReLU
from course_lib.layers.flatten import Flatten, GlobalAveragePooling
from course_lib.layers.loss import SoftmaxWithLoss
from course_lib.layers.normalization import BatchNormalization
from course_lib.layers.pooling import AveragePooling, MaxPooling
from course_lib.layers.regions import RoIPooling, SpatialPyramidPooling
from course_lib.layers.transposed import TransposedConvolution, Upsample
from course_lib.layers.unpooling import MaxUnpooling

__all__ = [
    "Affine",
    "AveragePooling",
    "BatchNormalization",
    "Convolution",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling",
    "MaxPooling",
    "MaxUnpooling",
    "ReLU",
    "RoIPooling",
    "SoftmaxWithLoss",
    "SpatialPyramidPooling",
    "TransposedConvolution",
    "Upsample",
]
