"""What one version of a mail says otherwise than another one, as data.

Whoever wrote the two may want it to take long, so the effort has a bound: what differs in
more places than that is shown as gone and as new, whole.  Nothing is ever left out but what
is the same in both.
"""

from __future__ import annotations

from outbox.diffing.comparing import Diff, Field, Text, compare
from outbox.diffing.lines import Hunk, Line, Mark, Piece, hunks

__all__ = ["Diff", "Field", "Hunk", "Line", "Mark", "Piece", "Text", "compare", "hunks"]
