"""Build the notebooks and the data; learners never import this."""
