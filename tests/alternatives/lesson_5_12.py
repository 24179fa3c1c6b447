"""Other right answers to the exercises of lesson 5_12."""

import numpy as np


def area(box):
    return max(box[2] - box[0], 0) * max(box[3] - box[1], 0)


def one_iou(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / (area(a) + area(b) - w * h)


def iou_loops(a, b):
    out = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            out[i, j] = one_iou(a[i], b[j])
    return out


def iou_columns(a, b):
    ax1, ay1, ax2, ay2 = (a[:, [k]] for k in range(4))
    bx1, by1, bx2, by2 = b.T
    w = np.clip(np.minimum(ax2, bx2) - np.maximum(ax1, bx1), 0, None)
    h = np.clip(np.minimum(ay2, by2) - np.maximum(ay1, by1), 0, None)
    both = (ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1)
    out = np.zeros(w.shape, a.dtype)
    union = both - w * h
    np.divide(w * h, union, out=out, where=union > 0)
    return out


def centre_columns(boxes):
    x1, y1, x2, y2 = boxes.T
    return np.stack([(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1], axis=1)


def centre_filled(boxes):
    out = np.zeros_like(boxes)
    for i, (x1, y1, x2, y2) in enumerate(boxes):
        out[i] = x1 + (x2 - x1) / 2, y1 + (y2 - y1) / 2, x2 - x1, y2 - y1
    return out


def corners_columns(boxes):
    x, y, w, h = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    return np.column_stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2])


def corners_matrix(boxes):
    half = 0.5
    return boxes @ np.array(
        [[1, 0, 1, 0], [0, 1, 0, 1], [-half, 0, half, 0], [0, -half, 0, half]]
    )


def nms_kept_list(boxes, scores, threshold=0.5):
    kept = []
    for i in sorted(range(len(scores)), key=lambda i: -scores[i]):
        if all(one_iou(boxes[i], boxes[k]) < threshold for k in kept):
            kept.append(i)
    return kept


def nms_matrix(boxes, scores, threshold):
    order = np.argsort(scores)[::-1]
    overlaps = iou_loops(boxes, boxes)
    gone = np.zeros(len(boxes), bool)
    kept = []
    for i in order:
        if gone[i]:
            continue
        kept.append(i)
        gone |= overlaps[i] >= threshold
    return np.array(kept)


def per_class_loop(boxes, scores, labels, threshold=0.5):
    kept = []
    for i in np.argsort(-scores):
        rivals = [k for k in kept if labels[k] == labels[i]]
        if all(one_iou(boxes[i], boxes[k]) < threshold for k in rivals):
            kept.append(int(i))
    return kept


def per_class_moved(boxes, scores, labels, threshold=0.5):
    """Move each label to a place of its own, then suppress once."""
    moved = boxes + 1000.0 * labels[:, np.newaxis]
    return np.array(nms_kept_list(moved, scores, threshold), int)


def match_rows(boxes, scores, truth, threshold=0.5):
    correct = [False] * len(boxes)
    free = set(range(len(truth)))
    for i in sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True):
        row = [one_iou(boxes[i], t) for t in truth]
        if not row:
            continue
        best = int(np.argmax(row))
        if row[best] > threshold and best in free:
            free.remove(best)
            correct[i] = True
    return correct


def match_objects(boxes, scores, truth, threshold):
    """For each object the best-scored detection that belongs to it."""
    correct = np.zeros(len(boxes), int)
    if not len(truth) or not len(boxes):
        return correct
    overlaps = iou_loops(boxes, truth)
    owner, best = overlaps.argmax(axis=1), overlaps.max(axis=1)
    for k in range(len(truth)):
        mine = np.flatnonzero((owner == k) & (best > threshold))
        if len(mine):
            correct[mine[np.argmax(scores[mine])]] = 1
    return correct


def curve_loop(correct, scores, objects):
    recall, precision, tp, fp = [], [], 0, 0
    for _, ok in sorted(zip(scores, correct), reverse=True):
        tp, fp = tp + bool(ok), fp + (not ok)
        recall.append(tp / objects if objects else 0.0)
        precision.append(tp / (tp + fp))
    return recall, precision


def curve_sums(correct, scores, objects):
    order = np.argsort(scores)[::-1]
    tp, fp = np.cumsum(correct[order]), np.cumsum(~correct[order])
    recall = tp / objects if objects > 0 else np.zeros(len(tp))
    return recall, tp / (tp + fp)


def ap_max(recall, precision, points=None):
    def best(r):
        return max(precision[recall >= r - 1e-8], default=0.0)

    if points is not None:
        return np.mean([best(k / (points - 1)) for k in range(points)])
    before, total = 0.0, 0.0
    for r in recall:
        total += (r - before) * best(r)
        before = r
    return total


def ap_book(recall, precision, points=None):
    """As devkits do: sentinels, a loop for the envelope, the steps."""
    r = np.concatenate([[0], recall, [1]])
    p = np.concatenate([[0], precision, [0]])
    for i in range(len(p) - 1, 0, -1):
        p[i - 1] = max(p[i - 1], p[i])
    if points is None:
        i = np.where(r[1:] != r[:-1])[0]
        return np.sum((r[i + 1] - r[i]) * p[i + 1])
    wanted = np.arange(points) / (points - 1)
    return sum(p[r >= w - 1e-9][0] for w in wanted) / points


def map_dict(found, truths, threshold=0.5, points=None):
    hits, counts = {}, {}
    for (boxes, scores, labels), (truth, names) in zip(found, truths):
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        for label in set(labels):
            mine = labels == label
            ok = match_rows(
                boxes[mine], scores[mine], truth[names == label], threshold
            )
            hits.setdefault(label, []).extend(zip(scores[mine], ok))
    values = []
    for label, objects in counts.items():
        pairs = hits.get(label, [])
        scores = np.array([s for s, _ in pairs])
        correct = np.array([ok for _, ok in pairs], bool)
        curve = curve_loop(correct, scores, objects)
        values.append(ap_max(*map(np.array, curve), points))
    return sum(values) / len(values) if values else 0.0


def map_arrays(found, truths, threshold=0.5, points=None):
    classes = np.unique([k for _, names in truths for k in names])
    total = 0
    for label in classes:
        scores, correct, objects = np.zeros(0), np.zeros(0, bool), 0
        for image in range(len(truths)):
            boxes, s, labels = found[image]
            truth, names = truths[image]
            s = s[labels == label]
            there = truth[names == label]
            ok = match_objects(boxes[labels == label], s, there, threshold)
            scores = np.append(scores, s)
            correct = np.append(correct, np.array(ok, bool))
            objects += len(there)
        recall, precision = curve_sums(correct, scores, objects)
        total += ap_book(np.array(recall), np.array(precision), points)
    return total / max(len(classes), 1)


def auc_pairs(scores, positive):
    p, n = scores[positive], scores[~positive]
    if len(p) * len(n) == 0:
        return 0.5
    return sum(np.mean(x > n) + np.mean(x == n) / 2 for x in p) / len(p)


def auc_ranks(scores, positive):
    """By the sum of the positives' ranks, ties in the middle."""
    n_p, n_n = positive.sum(), (~positive).sum()
    if n_p == 0 or n_n == 0:
        return 0.5
    below = (scores[:, None] > scores).sum(axis=1)
    same = (scores[:, None] == scores).sum(axis=1)
    ranks = below + (same + 1) / 2
    return (ranks[positive].sum() - n_p * (n_p + 1) / 2) / (n_p * n_n)


def auc_curve(scores, positive):
    if positive.all() or not positive.any():
        return 0.5
    x, y = [0.0], [0.0]
    for threshold in np.unique(scores)[::-1]:
        above = scores >= threshold
        x.append(above[~positive].mean())
        y.append(above[positive].mean())
    x, y = np.array(x), np.array(y)
    return np.sum(np.diff(x) * (y[1:] + y[:-1])) / 2


ALTERNATIVES = {
    "by_hand": [[6, 26], np.array([6.0, 26.0])],
    "iou": [iou_loops, iou_columns],
    "to_centre": [centre_columns, centre_filled],
    "to_corners": [corners_columns, corners_matrix],
    "nms": [nms_kept_list, nms_matrix],
    "nms_per_class": [per_class_loop, per_class_moved],
    "match_detections": [match_rows, match_objects],
    "precision_recall": [curve_loop, curve_sums],
    "average_precision": [ap_max, ap_book],
    "mean_average_precision": [map_dict, map_arrays],
    "roc_auc": [auc_pairs, auc_ranks, auc_curve],
}
