"""Scorers of others, installed as theirs would be: they misbehave on purpose."""
