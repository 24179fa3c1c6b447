"""Train the detectors of lessons 5_12 to 5_14 and record how good they are.

    python tools/train_detectors.py train --seed 0 1 2
    python tools/train_detectors.py test --seed 0 1 2
    python tools/train_detectors.py record

`train` writes the weights of each run, and a JSON file with the recipe, the
seconds and the mAP on training and validation scenes: by the latter the
recipes below were chosen. `test` adds the mAP on all kinds of test scenes.
`record` gathers the runs in data/detectors/table.json, with the weights of
seed 0. Names of detectors after the command take these alone.

Validation scenes show digits of MNIST's training part by other seeds; the
test part was never looked at when anything was chosen.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from course_lib import detection
from course_lib._blocks import get_threads
from course_lib.detection import (
    RCNN,
    Detector,
    class_average_precisions,
    mean_average_precision,
    selective_search,
)
from course_lib.optimizers import Adam
from course_lib.scenes import KINDS, Scenes, make_scenes, recolour

RECORDED = Path(__file__).resolve().parents[1] / "data" / "detectors"
SCENES_A_TEST = 500
TRAINING_SEED, VALIDATION_SEED, TEST_SEED = 1_000, 2_000, 3_000


@dataclass(frozen=True)
class Recipe:
    """How a detector is trained.

    Attributes:
        kind: class in course_lib.detection.
        scenes: how many there are.
        views: how many are seen, with repetition.
        lr: learning rate of Adam at its highest.
        batch_size: scenes in one step.
        size: height and width of the scenes in pixels.
        classes: digits 0 to classes - 1.
        scene_kind: kind of the scenes trained on.
        recolour: whether each batch gets other colours.
        options: further arguments of the class.
    """

    kind: str
    scenes: int
    views: int
    lr: float
    batch_size: int = 32
    size: int = 48
    classes: int = 4
    scene_kind: str = "usual"
    recolour: bool = True
    options: dict[str, Any] = field(default_factory=dict)


RECIPES = {
    "SSD": Recipe("SSD", 16_000, 40_000, 5e-3),
    "YOLO": Recipe("YOLO", 16_000, 50_000, 8e-3),
    "FastRCNN": Recipe("FastRCNN", 5_000, 24_000, 4e-3, batch_size=16),
    "FasterRCNN": Recipe("FasterRCNN", 16_000, 30_000, 4e-3, batch_size=16),
    "RCNN": Recipe("RCNN", 5_000, 10_000, 3e-3, batch_size=8),
    "SPPNet": Recipe("SPPNet", 5_000, 24_000, 4e-3, batch_size=16),
    "YOLO_affine": Recipe(
        "YOLO", 16_000, 50_000, 4e-3, options={"head": "affine"}
    ),
    "YOLO_few": Recipe("YOLO", 2_000, 50_000, 8e-3, recolour=False),
    "SSD_one_map": Recipe("SSD", 16_000, 40_000, 5e-3, options={"maps": 1}),
    "SSD_scratched": Recipe(
        "SSD", 16_000, 40_000, 5e-3, scene_kind="scratched"
    ),
    "SSD_ten": Recipe("SSD", 16_000, 60_000, 5e-3, size=64, classes=10),
}

# Of these only the numbers are looked at; data/ shall stay small.
ONLY_NUMBERS = ("YOLO_affine", "YOLO_few", "SSD_scratched")


def as_bytes(scenes: Scenes) -> np.ndarray:
    """Return the images as bytes, a quarter of the memory."""
    return np.rint(scenes.images * 255).astype(np.uint8)


def proposals_of(scenes: Scenes, file: Path) -> tuple[list, float]:
    """Return selective search's proposals and the seconds they took.

    They are kept in a file, as several detectors use the same ones.
    """
    if not file.exists():
        start = time.process_time()
        found = [selective_search(image) for image in scenes.images]
        seconds = time.process_time() - start
        ends = np.cumsum([len(boxes) for boxes in found])
        np.savez(file, boxes=np.concatenate(found), ends=ends, seconds=seconds)
    with np.load(file) as kept:
        boxes = np.split(kept["boxes"], kept["ends"][:-1])
        return boxes, float(kept["seconds"])


def warm_then_cosine(part: float) -> float:
    """Return the factor on lr when this part (0 to 1) is done."""
    warm = min(part / 0.1, 1)
    return warm * (0.5 + 0.5 * np.cos(np.pi * max(0, (part - 0.1) / 0.9)))


def fit(
    detector: Detector,
    images: np.ndarray,
    targets: list[tuple],
    recipe: Recipe,
    rng: np.random.Generator,
    note: Callable[[str], None] = print,
) -> None:
    """Train a detector for as many views as the recipe says."""
    optimizer, params = Adam(recipe.lr), detector.params
    steps = recipe.views // recipe.batch_size
    order: list[int] = []
    for step in range(1, steps + 1):
        if len(order) < recipe.batch_size:
            order += rng.permutation(len(images)).tolist()
        chosen = order[: recipe.batch_size]
        del order[: recipe.batch_size]
        x = images[chosen]
        if recipe.recolour:
            x = recolour(x, rng)
        optimizer.lr = recipe.lr * warm_then_cosine(step / steps)
        grads = detector.gradient(x, [targets[i] for i in chosen])
        optimizer.update(params, grads)
        if step % 250 == 0:
            note(
                f"step {step} of {steps}, loss {detector.last_layer.loss:.3f}"
            )
    if hasattr(detector, "fit"):  # R-CNN's SVMs and boxes
        detector.fit(images, targets)


def measure(
    detector: Detector, scenes: Scenes, proposals: list | None = None
) -> dict[str, Any]:
    """Return how good a detector is on scenes."""
    if proposals is None:
        found = detector.predict(scenes.images)
    else:
        found = detector.predict(scenes.images, proposals=proposals)
    truth = scenes.targets
    by_class = class_average_precisions(found, truth)
    return {
        "mAP": mean_average_precision(found, truth),
        "mAP_11": mean_average_precision(found, truth, points=11),
        "AP75": mean_average_precision(found, truth, 0.75),
        "by_class": {str(k): ap for k, ap in by_class.items()},
    }


def images_a_second(detector: Detector, images: np.ndarray) -> dict:
    """Return the speed, whole and of the network alone, best of three."""
    x = images[:64]

    def seconds(work: Callable[[], Any]) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
        return min(times)

    speed = {"predict": 64 / seconds(lambda: detector.predict(x))}
    if not isinstance(detector, RCNN):  # its regions go through it one by one
        speed["forward"] = 64 / seconds(lambda: detector.forward(x))
    return speed


def searches(kind: str) -> bool:
    """Return whether this kind of detector needs selective search."""
    return kind in ("RCNN", "SPPNet", "FastRCNN")


def train(name: str, seed: int, out: Path) -> None:
    """Train one detector with one seed and validate it; write both."""
    out.mkdir(parents=True, exist_ok=True)
    recipe = RECIPES[name]
    make = {"size": recipe.size, "classes": recipe.classes}
    kind = getattr(detection, recipe.kind)
    detector = kind(rng=seed, **make, **recipe.options)
    cpu = time.process_time()
    scenes = make_scenes(
        recipe.scenes, TRAINING_SEED + seed, recipe.scene_kind, **make
    )
    images, seen, targets = as_bytes(scenes), scenes[:500], scenes.targets
    seconds = {"scenes": time.process_time() - cpu}
    own = None
    if searches(recipe.kind):
        file = out / f"proposals-{recipe.scenes}-{seed}.npz"
        own, seconds["proposals"] = proposals_of(scenes, file)
        targets = [(*t, p) for t, p in zip(targets, own)]
    del scenes
    cpu, start = time.process_time(), time.time()
    fit(detector, images, targets, recipe, np.random.default_rng(seed))
    seconds["fit"] = time.process_time() - cpu
    seconds["fit_on_the_clock"] = time.time() - start
    file = out / f"{name}-{seed}.npz"
    detector.save(file)
    detector = Detector.load(file)  # measure what is shipped: rounded
    result = {
        "detector": name,
        "seed": seed,
        "recipe": asdict(recipe),
        "parameters": sum(p.size for p in detector.params.values()),
        "training_cpu_seconds": {k: round(v, 1) for k, v in seconds.items()},
        "threads": get_threads(),
        "images_a_cpu_second": images_a_second(detector, seen.images),
        "training": measure(detector, seen, own and own[: len(seen)]),
        "validation": measure_kind(
            detector, recipe, recipe.scene_kind, False, out
        ),
    }
    for part in ("training", "validation"):
        print(name, seed, part, round(result[part]["mAP"], 3), flush=True)
    write(result, file)


def measure_kind(
    detector: Detector, recipe: Recipe, kind: str, test: bool, out: Path
) -> dict[str, Any]:
    """Return how good a detector is on test or validation scenes."""
    seed = (TEST_SEED if test else VALIDATION_SEED) + list(KINDS).index(kind)
    scenes = make_scenes(
        SCENES_A_TEST,
        seed,
        kind,
        recipe.size,
        recipe.classes,
        train=not test,
    )
    proposals = None
    if searches(recipe.kind):
        proposals, _ = proposals_of(scenes, out / f"proposals-{seed}.npz")
    return measure(detector, scenes, proposals)


def test(name: str, seed: int, out: Path) -> None:
    """Measure a trained detector on all kinds of test scenes."""
    file = out / f"{name}-{seed}.npz"
    text = file.with_suffix(".json").read_text(encoding="utf-8")
    detector, result = Detector.load(file), json.loads(text)
    for kind in KINDS:
        result[kind] = measure_kind(detector, RECIPES[name], kind, True, out)
        print(name, seed, kind, round(result[kind]["mAP"], 3), flush=True)
    write(result, file)


def write(result: dict, file: Path) -> None:
    """Write a result as JSON beside the weights."""
    text = json.dumps(_rounded(result), indent=1)
    file.with_suffix(".json").write_text(text, encoding="utf-8")


def record(out: Path) -> None:
    """Gather the runs that are there, with the weights of seed 0."""
    RECORDED.mkdir(parents=True, exist_ok=True)
    table: dict[str, list] = {}
    for name in RECIPES:
        files = sorted(out.glob(f"{name}-?.json"))
        runs = [json.loads(f.read_text("utf-8")) for f in files]
        runs = [run for run in runs if "usual" in run]  # tested as well
        if not runs:
            continue
        table[name] = runs
        if name not in ONLY_NUMBERS:
            shutil.copy(out / f"{name}-0.npz", RECORDED / f"{name}.npz")
        for part in ("training", *KINDS):
            values = [run[part]["mAP"] for run in table[name]]
            print(f"{name:14}{part:10}{np.mean(values):.3f} {values}")
    text = json.dumps(table, indent=1) + "\n"
    (RECORDED / "table.json").write_text(text, encoding="utf-8")


def _rounded(value: Any) -> Any:
    """Return the same with all floats to four digits after the point."""
    if isinstance(value, float):
        return round(value, 4) if value < 1 else round(value, 1)
    if isinstance(value, dict):
        keep = ("lr",)
        return {k: v if k in keep else _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, list) else value


def main() -> None:
    """Read the arguments and do as they say."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("what", choices=("train", "test", "record"))
    parser.add_argument("names", nargs="*", help=", ".join(RECIPES))
    parser.add_argument("--seed", type=int, nargs="+", default=[0])
    parser.add_argument("--out", type=Path, default=Path("work/detectors"))
    given = parser.parse_args()
    if given.what == "record":
        return record(given.out)
    work = train if given.what == "train" else test
    for seed in given.seed:
        for name in given.names or RECIPES:
            work(name, seed, given.out)


if __name__ == "__main__":
    main()
