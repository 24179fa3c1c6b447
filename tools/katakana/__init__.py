"""Make the 15 katakana of data/katakana15: shapes, writers, choice."""
