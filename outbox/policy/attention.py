"""What a policy may ask of people's attention.

    {"dwell": {"least": "3s", "per_kilobyte": "5s", "most": "1m"},
     "second": {"one_in": 20},
     "tighten": {"missed": 1, "hasty": 10, "pace": "2s", "lasts": "7d"}}

Each part may be left out.  With the section, empty as it may be, it is noted how long what
somebody decides on was open before them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from outbox.fields import Fields

Span = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}[smhd]$")]


class Dwell(Fields):
    """How long it must be open before a yes: in proportion to its bytes, within bounds."""

    least: Span = "3s"
    """And so much for each more on a page of several."""
    per_kilobyte: Span = "5s"
    most: Span = "1m"


class Second(Fields):
    """One version in so many takes one more yes, of somebody who does not see the first."""

    one_in: Annotated[int, Field(ge=1, le=1_000_000)]


class Tighten(Fields):
    """When a person's yes needs one more for a while."""

    missed: Annotated[int, Field(ge=1, le=1000)] = 1
    """So many decoys approved, within thirty days."""
    hasty: Annotated[int, Field(ge=1, le=100_000)] = 10
    """So many yeses faster than `pace`, within a day."""
    pace: Span = "2s"
    """Per kilobyte: nobody reads faster."""
    lasts: Span = "7d"


class Attention(Fields):
    """What people are asked for, so that they stay awake."""

    dwell: Dwell | None = None
    second: Second | None = None
    tighten: Tighten | None = None
