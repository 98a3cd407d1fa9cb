"""The number of an intent in an address."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

Number = Annotated[int, Path(ge=1, lt=2**63)]
