"""Hand-made data for tests."""
