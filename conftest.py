"""Settings that hold for every test and for the kernels that tests start."""

import os

import pytest

# Tests run in parallel: one BLAS thread each, and equal sums everywhere.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
os.environ["COURSE_PROGRESS"] = "off"  # tests are no learner
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")


def pytest_configure():
    """Draw into memory here; kernels keep their own way of drawing."""
    import matplotlib  # after the variables above: it imports numpy

    matplotlib.use("agg")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Fail what would be skipped, where COURSE_NO_SKIP says so (CI)."""
    report = yield
    if report.skipped and os.environ.get("COURSE_NO_SKIP"):
        report.outcome = "failed"
    return report
