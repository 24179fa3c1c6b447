"""Find objects: boxes, suppression, AP, and the detectors of the deck."""

from course_lib.detection.anchor_boxes import (
    GROUND,
    IGNORED,
    anchors,
    default_boxes,
    match_anchors,
)
from course_lib.detection.base import Detector
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
from course_lib.detection.rcnn import RCNN
from course_lib.detection.region_detectors import FasterRCNN, FastRCNN, SPPNet
from course_lib.detection.regions import (
    DELTA_SCALE,
    BoxGoals,
    box_goals,
    box_loss,
    join_goals,
    sample_regions,
    warp,
    with_proposals,
)
from course_lib.detection.selective import (
    Region,
    merge,
    merge_all,
    neighbours,
    regions_of,
    segment,
    selective_search,
    similarity,
)
from course_lib.detection.shipped import (
    load_detector,
    recorded,
    shipped_detectors,
)
from course_lib.detection.single_shot import SSD, YOLO
from course_lib.detection.suppression import nms, nms_per_class
from course_lib.detection.svm import fit_ridge, fit_svm, hinge_loss
from course_lib.detection.yolo import (
    Grid,
    responsible,
    yolo_boxes,
    yolo_decode,
    yolo_goals,
    yolo_loss,
    yolo_target,
)

__all__ = [
    "DELTA_SCALE",
    "GROUND",
    "IGNORED",
    "RCNN",
    "SSD",
    "YOLO",
    "BoxGoals",
    "Detector",
    "FastRCNN",
    "FasterRCNN",
    "Grid",
    "Region",
    "SPPNet",
    "anchors",
    "area",
    "average_precision",
    "box_goals",
    "box_loss",
    "class_average_precisions",
    "clip",
    "decode",
    "default_boxes",
    "encode",
    "fit_ridge",
    "fit_svm",
    "hard_negatives",
    "hinge_loss",
    "iou",
    "join_goals",
    "load_detector",
    "match_anchors",
    "match_detections",
    "mean_average_precision",
    "merge",
    "merge_all",
    "neighbours",
    "nms",
    "nms_per_class",
    "precision_recall",
    "recorded",
    "regions_of",
    "responsible",
    "roc_auc",
    "roc_curve",
    "sample_regions",
    "segment",
    "selective_search",
    "shipped_detectors",
    "similarity",
    "smooth_l1",
    "smooth_l1_slope",
    "softmax_losses",
    "to_centre",
    "to_corners",
    "warp",
    "with_proposals",
    "yolo_boxes",
    "yolo_decode",
    "yolo_goals",
    "yolo_loss",
    "yolo_target",
]
