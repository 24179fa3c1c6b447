"""Settings of all tests and their kernels; what each lesson may cost.

The code of a lesson is the same in both languages (tools/build.py --check
proves it). So nbval runs the solution of a heavy lesson in English only, and
tests/test_notebooks.py its trainee notebook in Japanese.
"""

import os
import re
from collections import Counter

import pytest

NUMBER = re.compile(r"(?<!\d)\d+_\d+(?!\d)")
BUDGET = 60  # seconds that all tests of a lesson may take, on average

# Tests run in parallel: one BLAS thread each, and equal sums everywhere.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
os.environ["COURSE_PROGRESS"] = "off"  # tests are no learner
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")


def pytest_configure():
    """Draw into memory here; kernels keep their own way of drawing."""
    import matplotlib  # after the variables above: it imports numpy

    matplotlib.use("agg")


def pytest_runtest_setup(item):
    """Skip what asks the package index, unless COURSE_NETWORK=1 allows it."""
    asks = item.get_closest_marker("network")
    if asks and not os.environ.get("COURSE_NETWORK"):
        pytest.skip("asks the network: only with COURSE_NETWORK=1")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Fail what would be skipped, where COURSE_NO_SKIP says so (CI)."""
    report = yield
    if report.skipped and os.environ.get("COURSE_NO_SKIP"):
        report.outcome = "failed"
    return report


def heavy_files() -> dict[str, str]:
    """Return number -> file of the lessons that train for long."""
    from course_lib.exercises.lessons import LESSONS  # it imports numpy

    return {n: lesson.file for n, lesson in LESSONS.items() if lesson.heavy}


def pytest_ignore_collect(collection_path):
    """Leave the Japanese solutions of heavy lessons out."""
    where = collection_path.parts[-3:-1]
    if where == ("solutions", "ja"):
        return collection_path.stem in heavy_files().values() or None
    return None


def pytest_collection_modifyitems(items):
    """Let heavy lessons begin, or one core would wait at the end."""
    heavy = heavy_files()
    runs = ("solutions/", "tests/test_notebooks.py::TestUntouched_")

    def is_light(item):
        is_run = item.nodeid.startswith(runs)
        return not (is_run and lesson_in(item.nodeid) in heavy)

    items.sort(key=is_light)


def pytest_terminal_summary(terminalreporter):
    """Print which lessons took longest, of all tests that name them."""
    seconds = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            number = lesson_in(getattr(report, "nodeid", ""))
            if number:
                seconds[number] += getattr(report, "duration", 0)
    if seconds:
        slowest = [f"{n} {s:.0f} s" for n, s in seconds.most_common(5)]
        mean = sum(seconds.values()) / len(seconds)
        terminalreporter.write_line(f"slowest lessons: {', '.join(slowest)}")
        terminalreporter.write_line(
            f"a lesson took {mean:.0f} s on average, {BUDGET} s are allowed"
        )


def lesson_in(nodeid: str) -> str | None:
    """Return the number of the lesson that a test names, None without."""
    from course_lib.exercises.lessons import LESSONS

    found = NUMBER.search(nodeid)
    return found.group() if found and found.group() in LESSONS else None
