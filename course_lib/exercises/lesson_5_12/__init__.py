"""The exercises of lesson 5_12: boxes, and how good detections are."""

NAMES = (
    "by_hand",
    "iou",
    "to_centre",
    "to_corners",
    "nms",
    "nms_per_class",
    "match_detections",
    "precision_recall",
    "average_precision",
    "mean_average_precision",
    "roc_auc",
)
