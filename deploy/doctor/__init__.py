"""Whether this installation is as safe as it says: every check, and how to mend it."""

from __future__ import annotations

from deploy.doctor.examining import examine
from deploy.doctor.finding import Finding

__all__ = ["Finding", "examine"]
