"""Scorers in their rooms, and what becomes of what they say."""
