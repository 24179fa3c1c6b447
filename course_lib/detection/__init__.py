"""Find objects: boxes, suppression, AP, and the detectors of the deck."""

from course_lib.detection.anchor_boxes import (
    GROUND,
    IGNORED,
    anchors,
    default_boxes,
    match_anchors,
)
from course_lib.detection.boxes import (
    area,
    clip,
    decode,
    encode,
    iou,
    to_centre,
    to_corners,
)
from course_lib.detection.losses import (
    hard_negatives,
    smooth_l1,
    smooth_l1_slope,
    softmax_losses,
)
from course_lib.detection.metrics import (
    average_precision,
    class_average_precisions,
    match_detections,
    mean_average_precision,
    precision_recall,
    roc_auc,
    roc_curve,
)
from course_lib.detection.suppression import nms, nms_per_class

__all__ = [
    "GROUND",
    "IGNORED",
    "anchors",
    "area",
    "average_precision",
    "class_average_precisions",
    "clip",
    "decode",
    "default_boxes",
    "encode",
    "hard_negatives",
    "iou",
    "match_anchors",
    "match_detections",
    "mean_average_precision",
    "nms",
    "nms_per_class",
    "precision_recall",
    "roc_auc",
    "roc_curve",
    "smooth_l1",
    "smooth_l1_slope",
    "softmax_losses",
    "to_centre",
    "to_corners",
]
