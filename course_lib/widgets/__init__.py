"""Pictures that a learner moves: each function returns an ipywidget.

Import this only in a notebook; the rest of course_lib does without it.
"""

from .augmentation import augmentation_playground
from .axes import axis_tracer
from .boxes import iou_view
from .convolution import convolution_stepper
from .dashboard import training_dashboard
from .drawing import draw_and_predict
from .graph import graph_view
from .im2col import im2col_view
from .pooling import pooling_stepper
from .precision_recall import precision_recall_view
from .suppression import nms_stepper
from .transposed import transposed_stepper

__all__ = [
    "augmentation_playground",
    "axis_tracer",
    "convolution_stepper",
    "draw_and_predict",
    "graph_view",
    "im2col_view",
    "iou_view",
    "nms_stepper",
    "pooling_stepper",
    "precision_recall_view",
    "training_dashboard",
    "transposed_stepper",
]
