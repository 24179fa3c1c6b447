"""Networks: SimpleConvNet of the course, and parts to build others."""

from course_lib.networks import famous
from course_lib.networks.network import Network
from course_lib.networks.sequential import (
    Container,
    Parallel,
    Residual,
    Sequential,
)
from course_lib.networks.simple import SimpleConvNet

__all__ = [
    "Container",
    "Network",
    "Parallel",
    "Residual",
    "Sequential",
    "SimpleConvNet",
    "famous",
]
