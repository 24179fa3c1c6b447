"""Tables and the figure of the benchmark."""

from __future__ import annotations

from pathlib import Path

LABELS = {
    "course_lib": "course_lib (NumPy)",
    "torch": "torch",
    "dezero": "DeZero",
    "naive": "loops",
}


def _time(seconds: float) -> str:
    """Return a time with three digits and its unit."""
    for unit, scale in (("s", 1), ("ms", 1e3), ("us", 1e6)):
        if seconds * scale >= 1:
            return f"{seconds * scale:.3g} {unit}"
    return f"{seconds * 1e6:.2g} us"


def _ratio(times: dict, other: str) -> str:
    """Return ours / other, or a dash if it was not measured."""
    if other not in times:
        return "-"
    return f"{times['course_lib']['median'] / times[other]['median']:.2g}"


def _spread(times: dict) -> str:
    """Return the median with the quartiles as a percentage."""
    half = (times["high"] - times["low"]) / 2 / times["median"]
    return f"{_time(times['median'])} +-{100 * half:.0f} %"


def _rows(title: str, times: dict, goal: float | None) -> str:
    """Return one line of the Markdown table."""
    cells = [title, _spread(times["course_lib"])]
    cells += [
        _spread(times[n]) if n in times else "-" for n in ("torch", "dezero")
    ]
    cells += [_ratio(times, "torch"), "" if goal is None else f"{goal:g}"]
    cells += [_ratio(times, "dezero"), _ratio(times, "naive")]
    return "| " + " | ".join(cells) + " |"


def layers(measured: list[dict]) -> list[str]:
    """Return the table of times and ratios of the layers."""
    lines = [
        "",
        "| | course_lib | torch | DeZero | / torch | goal | / DeZero "
        "| / loops |",
        "|:--|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in measured:
        if "forward" in row:
            title = f"{row['title']}: forward"
            lines.append(_rows(title, row["forward"], None))
            lines.append(_rows("... and backward", row["both"], row["goal"]))
        else:
            lines.append(_rows(row["title"], row["both"], row["goal"]))
    return lines


network = layers


def scaling(measured: dict) -> list[str]:
    """Return the times of course_lib as they grow."""
    lines = [""]
    for what, points in measured.items():
        times = [p["both"]["course_lib"]["median"] for p in points]
        found = [f"{p['size']}: {_time(t)}" for p, t in zip(points, times)]
        lines.append(f"{what}: " + ", ".join(found))
    return lines


def batch(measured: dict[int, float]) -> list[str]:
    """Return the time of one image by the size of its batch."""
    middle = sum(measured.values()) / len(measured)
    return [
        "",
        *(
            f"batch of {size}: {_time(t)} an image, {t / middle - 1:+.0%}"
            for size, t in measured.items()
        ),
    ]


def memory(measured: list[dict]) -> list[str]:
    """Return the table of workspaces."""
    names = list(measured[0])
    lines = ["", "| " + " | ".join(names) + " |"]
    lines.append("|" + "--:|" * len(names))
    for row in measured:
        lines.append(
            "| " + " | ".join(f"{v:.3g}" for v in row.values()) + " |"
        )
    return lines


def start(measured: dict[str, float]) -> list[str]:
    """Return one line for each time."""
    return ["", *(f"{name}: {_time(s)}" for name, s in measured.items())]


def limits(measured: dict[str, float]) -> list[str]:
    """Return one line for each limit of the machine."""
    return ["", *(f"{name}: {value:.0f}" for name, value in measured.items())]


def figure(measured: dict, path: Path) -> None:
    """Draw time against size, log-log, one panel for each axis."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot as plt

    style = Path(__file__).resolve().parents[1] / "course_lib/course.mplstyle"
    large = {
        "xtick.labelsize": 14,
        "ytick.labelsize": 14,
        "legend.fontsize": 14,
    }
    with plt.style.context([style, large]):
        fig, axes = plt.subplots(2, 2, figsize=(11, 8), sharey=True)
        for ax, (what, points) in zip(axes.flat, measured.items()):
            _panel(ax, what, points)
        axes[0, 0].legend()
        fig.supylabel("forward + backward, ms", fontsize=14)
        fig.savefig(path, metadata={"Software": None})
        plt.close(fig)


def _panel(ax, what: str, points: list[dict]) -> None:
    """Draw the libraries' times against one size."""
    from matplotlib.ticker import NullFormatter, NullLocator, ScalarFormatter

    sizes = [p["size"] for p in points]
    for name, marker in zip(LABELS, "os^"):
        if points and name in points[0]["both"]:
            times = [p["both"][name]["median"] * 1e3 for p in points]
            ax.loglog(sizes, times, marker=marker, label=LABELS[name])
    ax.set_xticks(sizes)
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(ScalarFormatter())
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.set_xlabel(what)
    ax.grid(alpha=0.3)
