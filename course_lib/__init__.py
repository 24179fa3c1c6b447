"""A small NumPy library of convolutional networks for the course."""

__version__ = "0.2.0"
