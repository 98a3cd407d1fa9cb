"""Limits: what may leave is bounded by rows that named persons set and lift.

The permit keeps them, in the database: see its functions `limits` and `limited_by`.
A row is never changed but by lifting it, so the rows are the record of who did what.
"""

from __future__ import annotations

PASSING = frozenset({"cap_reached", "held", "quiet_hours"})
"""Refusals of a permit that end by themselves: the intent rests until then."""
