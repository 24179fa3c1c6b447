"""Open the course, build its notebooks and data; no lesson imports this."""
