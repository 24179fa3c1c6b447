"""What several exercises of lesson 5_8 use."""

from __future__ import annotations

from functools import wraps

import numpy as np

from course_lib.exercises.model import Slip
from course_lib.text import Text


def images(seed, *shape):
    """Return images without symmetry, no pixel 0 or 1."""
    rng = np.random.default_rng(seed)
    return rng.uniform(0.05, 0.95, shape).astype(np.float32)


def reproducible(answer, x, amount, seed):
    """Return the answer's result, or infinities if rng does not decide it."""
    kept = x.copy()
    first = answer(x, amount, np.random.default_rng(seed))
    if first is None or first is ...:
        return first
    again = answer(kept.copy(), amount, np.random.default_rng(seed))
    other = answer(kept.copy(), amount, np.random.default_rng(seed + 1))
    if np.array_equal(first, again) and not np.array_equal(first, other):
        return first
    if np.array_equal(first, kept) or not np.any(first):
        return first  # nothing done, or all black: said by other slips
    return np.full(np.shape(first), np.inf)


def of_images(seen):
    """Return a predicate that is False for what is not images like x."""

    @wraps(seen)
    def checked(result, x, *amounts):
        return np.shape(result) == x.shape and seen(result, x, *amounts)

    return checked


@of_images
def unchanged_images(result, x, *case):
    """Return whether some images, but not all, are as they were."""
    same = [np.array_equal(a, b) for a, b in zip(result, x)]
    return any(same) and not all(same)


@of_images
def nothing_changed(result, x, *case):
    return np.array_equal(result, x)


NOTHING_CHANGED = Text(
    "The images came back as they were.",
    "画像が元のまま返っています。",
)
IMAGES_LEFT_OUT = Text(
    "Some images are as they were. How many images does the loop reach, and"
    " does it end too early?",
    "元のままの画像があります。ループはすべての画像を回っていますか。途中で"
    "終わっていませんか。",
)


@of_images
def rng_not_used(result, *case):
    return bool(np.isinf(np.asarray(result, dtype=float)).all())


def not_random(answer):
    """Return the slip of a result that does not follow rng."""
    return Slip(
        "rng-not-used",
        Text(
            "The result must follow `rng`: the same seed gives the same"
            " result, another seed another one. Draw every random number from"
            " `rng`.",
            "結果が `rng` で決まっていません。同じシードなら同じ結果、違うシー"
            "ドなら違う結果になるはずです。乱数はすべて `rng` から取り出しま"
            "す。",
        ),
        answer=answer,
        seen=rng_not_used,
    )
