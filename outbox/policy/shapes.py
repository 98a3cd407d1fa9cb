"""What the parts of a policy are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

MOST = 100
"""Tiers, groups, members of a group, scorers."""

Name = Annotated[str, StringConstraints(pattern=r"^\S([^\x00-\x1f\x7f]*\S)?$", max_length=200)]
