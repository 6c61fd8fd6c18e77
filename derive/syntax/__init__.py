"""Text to tree: the grammar, the spellings of symbols, and where something stands."""
