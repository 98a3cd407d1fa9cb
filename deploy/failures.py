"""Say what went wrong: one line what and why, one line the next command."""

from __future__ import annotations

import sys
from typing import NoReturn

from outbox.explaining import explain


def exit_saying(error: Exception) -> NoReturn:
    """End the process with the exit code of `error`, or let what we did not foresee through."""
    known = explain(error)
    if known is None:
        raise error
    sys.stderr.write(f"holdshort: {known}\n")
    if known.hint:
        sys.stderr.write(f"  next: {known.hint}\n")
    sys.exit(known.exit_code)
