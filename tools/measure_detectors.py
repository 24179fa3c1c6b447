"""Record what slips cost in mAP, and where the time of an image goes.

    python tools/measure_detectors.py slips
    python tools/measure_detectors.py times

Both use the detectors in data/detectors (see train_detectors.py) and write
slips.json and times.json beside them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.detection import (
    DELTA_SCALE,
    RCNN,
    Detector,
    FasterRCNN,
    average_precision,
    decode,
    iou,
    load_detector,
    match_detections,
    mean_average_precision,
    nms,
    precision_recall,
    shipped_detectors,
)
from course_lib.scenes import make_scenes

RECORDED = Path(__file__).resolve().parents[1] / "data" / "detectors"
TEST_SEED, SCENES = 4_000, 500


# What slips cost


def doubles_are_right(
    boxes: np.ndarray,
    scores: np.ndarray,
    truth: np.ndarray,
    threshold: float = 0.5,
) -> np.ndarray:
    """Slip: a second detection of an object counts as right, too."""
    if len(truth) == 0:
        return np.zeros(len(boxes), bool)
    return iou(boxes, truth).max(axis=1) > threshold


def match_one_pixel_more(
    boxes: np.ndarray,
    scores: np.ndarray,
    truth: np.ndarray,
    threshold: float = 0.5,
) -> np.ndarray:
    """Slip: in the IoU a width is x2 - x1 + 1, though ends are exclusive."""
    more = np.array([0, 0, 1, 1])
    return match_detections(
        boxes, scores, truth, threshold, lambda a, b: iou(a + more, b + more)
    )


def worst_first(found: Sequence, truths: Sequence) -> float:
    """Slip: detections are added by rising score."""
    values = []
    for label in np.unique(np.concatenate([labels for _, labels in truths])):
        correct, scores, objects = [], [], 0
        for (boxes, own, labels), (truth, true_labels) in zip(found, truths):
            mine, there = labels == label, truth[true_labels == label]
            correct.append(match_detections(boxes[mine], own[mine], there))
            scores.append(own[mine])
            objects += len(there)
        curve = precision_recall(
            np.concatenate(correct), -np.concatenate(scores), objects
        )
        values.append(average_precision(*curve))
    return float(np.mean(values))


def without_labels(found: Sequence, truths: Sequence) -> float:
    """Slip: a right box counts, whatever its label is."""
    return mean_average_precision(
        [(boxes, scores, labels * 0) for boxes, scores, labels in found],
        [(boxes, labels * 0) for boxes, labels in truths],
    )


def image_by_image(found: Sequence, truths: Sequence) -> float:
    """Slip: the mean of each image's own mAP."""
    pairs = zip(found, truths)
    return float(np.mean([mean_average_precision([f], [t]) for f, t in pairs]))


def cut_first(found: Sequence, least: float) -> list:
    """Slip: detections with a low score are thrown away before AP."""
    return [
        (boxes[s >= least], s[s >= least], labels[s >= least])
        for boxes, s, labels in found
    ]


def across_labels(detector: Detector, images: np.ndarray) -> list:
    """Slip: boxes of different labels suppress each other."""
    found = []
    for boxes, scores, labels in without_nms(detector, images):
        kept = nms(boxes, scores, detector.nms_threshold)
        found.append((boxes[kept], scores[kept], labels[kept]))
    return found


def without_nms(detector: Detector, images: np.ndarray) -> list:
    """Slip: nothing is suppressed."""
    kept = detector.suppress
    detector.suppress = lambda boxes, scores, threshold: np.argsort(
        -scores, kind="stable"
    )
    try:
        return detector.predict(images)
    finally:
        detector.suppress = kept


def slips(name: str) -> dict[str, float]:
    """Return the mAP of a detector, right and with each slip."""
    detector = load_detector(name)
    scenes = make_scenes(SCENES, TEST_SEED, train=False)
    found, truths = detector.predict(scenes.images), scenes.targets

    def score(found: list, **options: Any) -> float:
        return mean_average_precision(found, truths, **options)

    return {
        "right": score(found),
        "doubles_count_as_right": score(found, match=doubles_are_right),
        "lowest_score_first": worst_first(found, truths),
        "labels_ignored": without_labels(found, truths),
        "image_by_image": image_by_image(found, truths),
        "one_pixel_too_wide": score(found, match=match_one_pixel_more),
        "suppressed_across_labels": score(
            across_labels(detector, scenes.images)
        ),
        "no_suppression": score(without_nms(detector, scenes.images)),
        "scores_below_0.3_cut": score(cut_first(found, 0.3)),
        "scores_below_0.5_cut": score(cut_first(found, 0.5)),
    }


# Where the time goes


def clock(parts: dict[str, list[float]], name: str, work: Callable) -> Any:
    """Do some work and note its milliseconds of the processor."""
    start = time.process_time()
    result = work()
    parts.setdefault(name, []).append((time.process_time() - start) * 1e3)
    return result


def look(detector: Detector, image: np.ndarray, parts: dict) -> None:
    """Let YOLO or SSD look at one image (1, 3, H, W), part by part."""
    out = clock(parts, "network", lambda: detector.forward(image))
    detector.forward = lambda x: out  # so that candidates starts after it
    [found] = clock(parts, "boxes", lambda: detector.candidates(image))
    del detector.forward
    clock(parts, "suppression", lambda: detector.choose(*found))


def look_by_regions(
    detector: Detector, image: np.ndarray, parts: dict
) -> None:
    """Let another detector look at one image, part by part."""
    faster = isinstance(detector, FasterRCNN)
    if not faster:
        regions = clock(
            parts, "proposals", lambda: [detector.propose(image[0])]
        )
    out = clock(parts, "network", lambda: detector.forward(image))
    if faster:
        out, *said = out
        regions = clock(parts, "proposals", lambda: detector.proposals(*said))
    if isinstance(detector, RCNN):
        clock(
            parts,
            "regions cut out",
            lambda: detector.cut(image[0], regions[0]),
        )
    scores, deltas = clock(
        parts, "regions", lambda: detector.look_at(out, regions)
    )
    if isinstance(detector, RCNN):  # look_at has cut them out once more
        parts["regions"][-1] -= parts["regions cut out"][-1]
    boxes = decode(regions[0], deltas * DELTA_SCALE)
    found = detector.confidences(scores)
    clock(parts, "suppression", lambda: detector.choose(boxes, found))


def times(names: Sequence[str], images: np.ndarray) -> dict[str, Any]:
    """Return the median milliseconds of each part, one image at a time."""
    result = {}
    for name in names:
        detector, parts = load_detector(name), {}
        by_regions = hasattr(detector, "look_at")
        for i in range(len(images)):
            one = images[i : i + 1]
            (look_by_regions if by_regions else look)(detector, one, parts)
        result[name] = {
            part: round(float(np.median(v[2:])), 2)
            for part, v in parts.items()
        }
        print(name, result[name], flush=True)
    return result


def by_proposals(images: np.ndarray) -> dict[str, Any]:
    """Return milliseconds of R-CNN's and Fast R-CNN's networks alone.

    The paper has about 2,000 proposals an image, our scenes about 60.
    """
    rng = np.random.default_rng(0)
    result: dict[str, dict] = {"RCNN": {}, "FastRCNN": {}}
    for name, by_count in result.items():
        for count in (1, 10, 60, 200, 600, 2000):
            start = rng.uniform(0, 28, (count, 2))
            boxes = np.concatenate([start, start + 20], axis=1)
            repeat = 3 if count > 500 else 8
            times = [
                network_alone(load_detector(name), images[i : i + 1], boxes)
                for i in range(repeat)
            ]
            by_count[count] = round(float(np.median(times)), 2)
        print(name, by_count, flush=True)
    return result


def network_alone(
    detector: Detector, image: np.ndarray, boxes: np.ndarray
) -> float:
    """Return the milliseconds of a detector whose proposals are given."""
    start = time.process_time()
    detector.look_at(detector.forward(image), [boxes])
    return (time.process_time() - start) * 1e3


def main() -> None:
    """Do what the argument says."""
    if sys.argv[1:] == ["slips"]:
        found: Any = {
            name: {k: round(v, 4) for k, v in slips(name).items()}
            for name in ("SSD", "YOLO")
        }
    elif sys.argv[1:] == ["times"]:
        images = make_scenes(40, TEST_SEED, train=False).images
        kinds = "RCNN SPPNet FastRCNN FasterRCNN YOLO SSD".split()
        names = [name for name in kinds if name in shipped_detectors()]
        found = {
            "unit": "milliseconds of one thread, median, an image at a time",
            "parts": times(names, images),
            "network_by_proposals": by_proposals(images),
        }
    else:
        sys.exit(__doc__)
    text = json.dumps(found, indent=1) + "\n"
    (RECORDED / f"{sys.argv[1]}.json").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
