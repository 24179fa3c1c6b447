"""Grade notebooks of strangers: they run in a sandbox, judged outside."""
