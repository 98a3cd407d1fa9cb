"""How good the scores are, on mail that nobody here wrote."""
