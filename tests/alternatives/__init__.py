"""Right answers in other styles than the solutions, one module a lesson.

Each module has ALTERNATIVES: exercise -> answers as learners write them.
"""
