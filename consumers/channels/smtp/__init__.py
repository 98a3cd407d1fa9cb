"""Mail, by submission to a smart host.

Read in this order: `events` (how far an attempt can come), `verdict` (what each event
means there), `channel` (the order of things), `phases` (what is said), `wire` (how it
is heard), `mime` and `fidelity` (which bytes leave, and whether they were approved: read
back by `plain` or `thorough`).
"""

from __future__ import annotations

from consumers.channels.smtp.channel import Smtp
from consumers.channels.smtp.events import Timeouts
from consumers.channels.smtp.smarthost import Security, Smarthost

__all__ = ["Security", "Smarthost", "Smtp", "Timeouts"]
