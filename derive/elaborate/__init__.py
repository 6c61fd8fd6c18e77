"""From the syntax tree to kernel terms, and back to text."""
