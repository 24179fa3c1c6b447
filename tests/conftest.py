"""What several test modules ask for."""

import pytest


@pytest.fixture(scope="session")
def torch():
    """Return torch with one thread, or skip where it is not installed."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    return torch
